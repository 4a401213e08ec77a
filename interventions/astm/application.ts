// apply: the two functions, in one transaction that proves what it changed and what it did not.
import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { type Etape, Refus } from "../../ops/commun/deroulement.ts";
import type { Sql } from "../../ops/commun/connection.ts";
import { Echec } from "../../ops/commun/failure.ts";
import { ROOT } from "../../ops/commun/settings.ts";
import type { ContexteAstm } from "./etape.ts";
import { exigerGel, type Fonction, FONCTIONS, lireFonctions } from "./etat.ts";

export const FICHIER = join(ROOT, "supabase/schemas/101_validate_sortie.sql");

/** What must not move: hash of each part of the catalogue, the functions the file makes left out. */
interface Catalogue {
  triggers: string;
  policies: string;
  tables: string;
  fonctions: string;
}

async function lireCatalogue(tx: Sql, remplacees: string[]): Promise<Catalogue> {
  const [catalogue] = await tx<Catalogue[]>`
    with schemas as (select oid from pg_namespace where nspname in ('public', 'private', 'astm'))
    select
      (select md5(coalesce(string_agg(concat_ws('|', t.tgrelid::regclass, pg_get_triggerdef(t.oid), t.tgenabled), e'\n'
                                      order by t.tgrelid::regclass::text, t.tgname), ''))
         from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where not t.tgisinternal and c.relnamespace in (select oid from schemas)) as triggers,
      (select md5(coalesce(string_agg(p::text, e'\n' order by p.schemaname, p.tablename, p.policyname), ''))
         from pg_policies p where p.schemaname in ('public', 'private', 'astm')) as policies,
      (select md5(coalesce(string_agg(concat_ws('|', c.oid::regclass, c.relkind, c.relrowsecurity, c.relforcerowsecurity,
                                                c.relacl, c.reloptions, a.attname, a.atttypid::regtype, a.atttypmod,
                                                a.attnotnull, a.attacl, pg_get_expr(d.adbin, d.adrelid)), e'\n'
                                      order by c.oid::regclass::text, a.attnum), ''))
         from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
        where c.relkind in ('r', 'p', 'v', 'm', 'c') and c.relnamespace in (select oid from schemas)) as tables,
      (select md5(coalesce(string_agg(concat_ws('|', pg_get_functiondef(f.oid), f.proowner::regrole, f.proacl), e'\n'
                                      order by f.oid::regprocedure::text), ''))
         from pg_proc f
        where f.prokind in ('f', 'p') and f.pronamespace in (select oid from schemas)
          and f.pronamespace::regnamespace::text || '.' || f.proname <> all (${remplacees})) as fonctions`;
  return catalogue!;
}

/** Refuses what the contract does not fix for these two. */
function exigerContrat(fonctions: Fonction[]): void {
  const [validation, blocage] = FONCTIONS.map((nom) => fonctions.find((fonction) => fonction.nom === nom));
  if (!validation || !blocage) {
    throw new Echec("L'une des deux fonctions n'existe pas après le remplacement.");
  }
  if (!validation.security_definer) throw new Echec("validate_sortie n'est pas SECURITY DEFINER.");
  if (validation.search_path !== "public") {
    throw new Echec(`validate_sortie a le search_path « ${validation.search_path} », et non « public ».`);
  }
  // It must see who writes: as its owner it would take every caller for the owner, and let them through.
  if (blocage.security_definer) {
    throw new Echec("sorties_produit_block_update_delete ne doit pas être SECURITY DEFINER.");
  }
  if (!blocage.search_path?.split(", ").includes("public")) {
    throw new Echec("sorties_produit_block_update_delete ne fixe pas public dans son search_path.");
  }
}

/** A function that the file makes again, and whether it is another than before. */
interface Recreee {
  nom: string;
  etat: "changée" | "inchangée" | "nouvelle";
}

async function lireDefinitions(tx: Sql, noms: string[]): Promise<Map<string, string>> {
  const lignes = await tx<{ nom: string; definition: string }[]>`
    select p.oid::regprocedure::text as nom, pg_get_functiondef(p.oid) as definition from pg_proc p
     where p.pronamespace::regnamespace::text || '.' || p.proname = any (${noms}) order by 1`;
  return new Map(lignes.map(({ nom, definition }) => [nom, definition]));
}

/** Replaces and proves; throws, everything undone, where anything else has moved. */
async function remplacer(
  sql: Sql,
  texte: string,
): Promise<{ catalogue: Catalogue; fonctions: Fonction[]; recreees: Recreee[] }> {
  const remplacees = [...texte.matchAll(/create or replace function ([a-z_]+\.[a-z_0-9]+)\s*\(/g)]
    .map(([, nom]) => nom!);
  return await sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql;
    const avant = await lireCatalogue(tx, remplacees);
    const definitions = await lireDefinitions(tx, remplacees);
    await tx.unsafe(texte).simple();
    const neuves = await tx<{ nom: string }[]>`
      select p.proname as nom from pg_proc p
       where p.pronamespace = 'public'::regnamespace and p.xmin = pg_current_xact_id()::xid
         and p.proname = any (${[...FONCTIONS]})`;
    if (neuves.length !== FONCTIONS.length) {
      throw new Echec(`Le fichier n'a pas remplacé ${FONCTIONS.join(" et ")}. Tout est annulé.`);
    }
    const apres = await lireCatalogue(tx, remplacees);
    const bouges = (Object.keys(avant) as (keyof Catalogue)[]).filter((partie) =>
      avant[partie] !== apres[partie]
    );
    if (bouges.length) {
      throw new Echec(`Autre chose que les deux fonctions a changé (${bouges.join(", ")}). Tout est annulé.`);
    }
    const fonctions = await lireFonctions(tx);
    exigerContrat(fonctions);
    const recreees = [...await lireDefinitions(tx, remplacees)].map(([nom, definition]) => ({
      nom,
      etat: !definitions.has(nom)
        ? "nouvelle" as const
        : definitions.get(nom) === definition
        ? "inchangée" as const
        : "changée" as const,
    }));
    return { catalogue: apres, fonctions, recreees };
  }) as { catalogue: Catalogue; fonctions: Fonction[]; recreees: Recreee[] };
}

/** The functions that apply left, still there as they were. Throws Echec where they are not. */
export async function exigerFonctionsAppliquees({ dossier, sql }: ContexteAstm): Promise<string> {
  const appliquees = dossier.exiger("apply").faits.fonctions as Fonction[];
  const presentes = await lireFonctions(sql);
  const changees = appliquees.filter(({ nom, sha256 }) =>
    presentes.find((fonction) => fonction.nom === nom)?.sha256 !== sha256
  );
  if (changees.length) {
    throw new Echec(`${changees.map(({ nom }) => nom).join(", ")} : changée(s) depuis apply.`);
  }
  return "les deux, telles qu'apply les a laissées";
}

/**
 * `exigerSauvegarde` proves, in PROD, a verified backup of what is there now. Where the functions are already those
 * of the file there is nothing to replace, and so nothing to ask.
 */
export function etapesApplication(
  exigerSauvegarde: (contexte: ContexteAstm) => Promise<string>,
): Etape<ContexteAstm>[] {
  return [
    {
      titre: "Vérifier le gel et la sauvegarde",
      faire: async (contexte) => {
        await exigerGel(contexte.sql, contexte.dossier.contenu.env);
        contexte.sansEffet = !!contexte.dossier.acquis("apply") &&
          await exigerFonctionsAppliquees(contexte).then(() => true, () => false);
        return contexte.sansEffet ? "déjà appliqué, et inchangé depuis" : await exigerSauvegarde(contexte);
      },
    },
    {
      titre: "Remplacer les deux fonctions, en une transaction",
      faire: async (contexte) => {
        if (contexte.sansEffet) {
          contexte.faits.fonctions = contexte.dossier.exiger("apply").faits.fonctions;
          return "rien à faire";
        }
        const texte = await Deno.readTextFile(FICHIER);
        const avant = await lireFonctions(contexte.sql);
        if (!avant.length) {
          throw new Refus(
            "FONCTIONS_ABSENTES",
            "Cette base n'a ni l'une ni l'autre des deux fonctions à remplacer.",
          );
        }
        const { catalogue, fonctions, recreees } = await remplacer(contexte.sql, texte);
        const fichier = { nom: basename(FICHIER), sha256: createHash("sha256").update(texte).digest("hex") };
        Object.assign(contexte.faits, { fichier, fonctions, recreees, catalogue });
        contexte.tableaux.push({
          titre: `Tout ce que ${fichier.nom} recrée`,
          colonnes: ["fonction", "après"],
          lignes: recreees.map(({ nom, etat }) => [nom, etat]),
        });
        contexte.tableaux.push({
          titre: "Fonctions remplacées",
          colonnes: ["fonction", "avant", "après", "security definer", "search_path"],
          lignes: fonctions.map(({ nom, sha256, security_definer, search_path }) => [
            nom,
            avant.find((fonction) => fonction.nom === nom)?.sha256.slice(0, 12) ?? "absente",
            sha256.slice(0, 12),
            security_definer ? "oui" : "non",
            search_path,
          ]),
        });
        contexte.tableaux.push({
          titre: "Catalogue, identique avant et après (md5)",
          colonnes: ["partie", "empreinte"],
          lignes: Object.entries(catalogue),
        });
        const autres = recreees.filter(({ etat }) => etat !== "inchangée").length;
        return `${fichier.nom} : ${recreees.length} fonctions recréées, les deux de PROD et celles qu'elles appellent, dont ` +
          `${autres} autres qu'avant ; SECURITY DEFINER et search_path vérifiés, aucun trigger, aucune policy, ` +
          "aucune table ni autre fonction changée";
      },
    },
  ];
}
