// What a transaction that is still open has written and holds, and whose each of it is.
import type postgres from "postgres";
import type { Scene } from "./scene.ts";

type Ligne = Record<string, unknown>;
interface Ecrit {
  relation: string;
  ligne: Ligne;
}

/** Rows that no depot has alone: what an act of one may write of them, and why that is right. */
const LIGNES_PARTAGEES: Record<string, string> = {
  "public.transferts_depots":
    "le document d'un transfert est vu de ses deux dépôts ; ses deux mouvements, non",
  "public.releves_clients": "le relevé de qui voit tous les dépôts est de tout le compte d'un client",
  "public.log_actions":
    "la ligne d'un acte sur ce qui n'est d'aucun dépôt n'en a pas ; une ligne ne fait que s'ajouter",
  "private.lettrages":
    "un paiement solde les factures du compte d'un client, de quelque dépôt qu'elles soient",
  "private.restes_clients": "ce qui reste dû d'une écriture du compte, comme ci-dessus",
  "private.contenus": "le contenu d'un fichier, par son empreinte : le même deux fois n'est gardé qu'une",
  "private.lots_differes": "un lot d'actes différés est de la personne qui l'envoie",
};

/** Locks that are no depot's: whoever holds one makes the other wait. Which acts may, and why. */
const VERROUS_PARTAGES: Record<string, { actes: RegExp; pourquoi: string }> = {
  "tiers:CLIENT": {
    actes:
      /encaiss|factur|credit|bl\(|bon|sortie|comptant|rembours|avoir|releve|commande|vider une citerne|paiement/,
    pourquoi:
      "le compte et le plafond d'un client sont ceux de la société : servi par deux dépôts, il n'a qu'un solde",
  },
};

/** Whether this act may make another depot's wait for a lock of this name. */
export const partage = (nom: string, acte: string): boolean =>
  VERROUS_PARTAGES[nom]?.actes.test(acte) ?? false;

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const COLONNES = ["depot_id", "depot_destination_id", "depot_source_id"];

/** Depot of every row that says one, by its id. */
export async function lireDepots(base: postgres.Sql): Promise<Map<string, string[]>> {
  const tables = await base<{ relation: string; colonnes: string[] }[]>`
    select a.attrelid::regclass::text as relation, array_agg(a.attname::text) as colonnes
      from pg_attribute a join pg_class c on c.oid = a.attrelid
     where a.attname = any (${COLONNES}) and c.relkind = 'r'
       and c.relnamespace::regnamespace::text in ('public', 'private', 'astm')
       and exists (select from pg_attribute i where i.attrelid = a.attrelid and i.attname = 'id' and i.atttypid = 'uuid'::regtype)
     group by 1`;
  const lignes = await base.unsafe<{ id: string; depots: string[] }[]>(
    tables.map(({ relation, colonnes }) =>
      `select id::text, array_remove(array[${colonnes.join(", ")}]::text[], null) as depots from ${relation}`
    ).concat("select id::text, array[id::text] from public.depots").join(" union all "),
  );
  return new Map(lignes.map(({ id, depots }) => [id, depots]));
}

/** Depots of a row: those it says, else those of what it names. */
function depotsDe({ relation, ligne }: Ecrit, connus: Map<string, string[]>): string[] {
  const dits = COLONNES.map((colonne) => ligne[colonne]).filter((id) => typeof id === "string");
  if (dits.length) return dits;
  // What the log tells of others is no touch of theirs.
  if (relation === "public.log_actions") return connus.get(String(ligne.cible_id)) ?? [];
  return [...new Set((JSON.stringify(ligne).match(UUID) ?? []).flatMap((id) => connus.get(id) ?? []))];
}

/** Why a row is not this depot's to touch; undefined where it is. */
function faute(ecrit: Ecrit, siens: { depot: string; connus: Map<string, string[]> }, quoi: string) {
  const depots = depotsDe(ecrit, siens.connus);
  const { relation } = ecrit;
  if (depots.every((depot) => depot === siens.depot) && depots.length) return undefined;
  if (
    relation in LIGNES_PARTAGEES &&
    !(depots.length && relation === "public.transferts_depots" && !depots.includes(siens.depot))
  ) {
    return undefined;
  }
  const dequi = depots.length ? `du dépôt ${depots.filter((un) => un !== siens.depot)}` : "d'aucun dépôt";
  return `${quoi} une ligne de ${relation} ${dequi} : ${JSON.stringify(ecrit.ligne).slice(0, 300)}`;
}

/** Who waits for nobody holds these on a row: a reference to it, and nothing else. */
const REFERENCES = /^(For )?Key Share$/;

/** Rows that a transaction holds stronger than a reference, seen from another session. */
async function lignesTenues(base: postgres.Sql, pid: number): Promise<Ecrit[]> {
  const tables = await base<{ relation: string }[]>`
    select l.relation::regclass::text as relation from pg_locks l join pg_class c on c.oid = l.relation
     where l.pid = ${pid} and l.locktype = 'relation' and l.mode in ('RowShareLock', 'RowExclusiveLock') and c.relkind = 'r'
       and c.relnamespace::regnamespace::text in ('public', 'private', 'astm', 'auth') group by 1`;
  if (!tables.length) return [];
  const tenues = await base.unsafe<{ relation: string; modes: string[]; ligne: Ligne }[]>(
    tables.map(({ relation }) =>
      `select '${relation}' as relation, k.modes, to_jsonb(t) as ligne
         from pgrowlocks('${relation}') k join ${relation} t on t.ctid = k.locked_row where ${pid} = any (k.pids)`
    ).join(" union all "),
  );
  return tenues.filter(({ modes }) => modes.some((mode) => !REFERENCES.test(mode)))
    .map(({ relation, ligne }) => ({
      relation: relation.includes(".") ? relation : `public.${relation}`,
      ligne,
    }));
}

/** Name of each advisory lock that rows of these ids explain: « citerne », « tiers:CLIENT »… */
async function nommerVerrous(
  base: postgres.ISql,
  cles: string[],
  depot: string,
  ids: string[],
  personne: string,
) {
  const noms = await base<{ cle: string; nom: string }[]>`
    with siens as (select unnest(${ids}::uuid[]) as id), tous (nom, cle) as (
      select 'citerne', uuid_hash_extended(id, 0) from siens
      union all select f.forme, hashtextextended(f.forme || ':' || id, 0) from siens
        cross join unnest('{periodes,transit,impression,envoi,cours_de_route,alertes,lieux}'::text[]) f (forme)
      union all select 'documents', hashtextextended('documents:' || o.objet || id, 0) from siens
        cross join (select distinct objet_type as objet from public.documents_liens) o
      union all select f.forme, hashtextextended(f.forme || ':' || ${personne}::text, 0)
        from unnest('{abonnements,quota}'::text[]) f (forme)
      union all select 'contenu', hashtextextended('contenu:' || encode(c.sha256, 'hex'), 0) from private.contenus c
      union all select 'caisse', private.cle_caisse(${depot}, d.devise, (current_date - n)::date)
        from unnest('{USD,CDF}'::text[]) d (devise), generate_series(-2, 800) n
      union all select 'compteur', hashtextextended(private.cle_au_depot(c.depot_id, private.cle_nom(c.numero)), 0)
        from public.compteurs c where c.depot_id = ${depot}
      union all select 'tiers:CLIENT', private.cle_compte('CLIENT', c.id) from public.clients c
      union all select 'tiers:FOURNISSEUR', private.cle_compte('FOURNISSEUR', f.id) from public.fournisseurs f
      union all select 'tarifs', hashtextextended(format('tarifs:%s:%s', p.id, ${depot}::uuid), 0) from public.produits p
    ) select distinct on (cle) cle::text, nom from tous where cle = any (${cles}::bigint[]) order by cle, nom`;
  return new Map(noms.map(({ cle, nom }) => [cle, nom]));
}

const CLE = "((l.classid::bigint << 32) | l.objid::bigint)::text";
/** Locks of a whole table that make its other writers wait. */
const FORTS = [
  "ShareLock",
  "ShareRowExclusiveLock",
  "ExclusiveLock",
  "AccessExclusiveLock",
  "ShareUpdateExclusiveLock",
];

export interface Constat {
  /** What is another depot's, or nobody's and not said to be shared. */
  fautes: string[];
  relationsInserees: string[];
}

/** Judges the open transaction of `tx`, which acts for `depot` by `personne`. */
export async function constater(
  scene: Scene,
  tx: postgres.ISql,
  { acte, depot, personne, depots }: {
    acte: string;
    depot: string;
    personne: string;
    depots: Map<string, string[]>;
  },
): Promise<Constat> {
  const [{ pid }] = await tx<[{ pid: number }]>`select pg_backend_pid() as pid`;
  const ecrits = (await tx<{ relation: string; verbe: string; ligne: Ligne | null }[]>`
    select relation, verbe, ligne from essai.ecrits where ligne is not null and txid = pg_current_xact_id_if_assigned()`) as unknown as (
    & Ecrit
    & {
      verbe: string;
    }
  )[];
  // A row that the act itself wrote is of the depot it says, for those that name it.
  const connus = new Map(depots);
  for (let avant = -1; avant !== connus.size;) {
    avant = connus.size;
    for (const ecrit of ecrits) {
      const id = ecrit.ligne.id;
      const siens = depotsDe(ecrit, connus);
      if (
        typeof id === "string" && !connus.has(id) && siens.length && !(ecrit.relation in LIGNES_PARTAGEES)
      ) {
        connus.set(id, siens);
      }
    }
  }
  const siens = { depot, connus };
  const tenues = await lignesTenues(scene.base, pid);
  const verrous = await tx.unsafe<{ cle: string }[]>(
    // One that is shared makes nobody wait but who takes it alone: that one is seen at it.
    `select ${CLE} as cle from pg_locks l where l.pid = ${pid} and l.locktype = 'advisory' and l.mode = 'ExclusiveLock'`,
  );
  const ids = [...connus].filter(([, de]) => de.includes(depot)).map(([id]) => id);
  const noms = await nommerVerrous(tx, verrous.map(({ cle }) => cle), depot, ids, personne);
  const fortes = await scene.base<{ relation: string; mode: string }[]>`
    select l.relation::regclass::text as relation, l.mode from pg_locks l join pg_class c on c.oid = l.relation
     where l.pid = ${pid} and l.locktype = 'relation' and l.mode = any (${FORTS}) and c.relpersistence <> 't'`;
  const fautes = [
    ...ecrits.map((ecrit) => faute(ecrit, siens, `écrit (${ecrit.verbe})`)),
    ...tenues.map((ecrit) => faute(ecrit, siens, "tient")),
    ...verrous.filter(({ cle }) => !noms.has(cle)).map(({ cle }) =>
      `tient le verrou ${cle}, qui n'est de rien du dépôt`
    ),
    ...[...noms.values()].filter((nom) => !SIENS.includes(nom) && !partage(nom, acte))
      .map((nom) => `tient « ${nom} », que les dépôts se partagent`),
    ...fortes.map(({ relation, mode }) => `tient ${mode} sur toute la table ${relation}`),
  ].filter((une) => une !== undefined);
  return {
    fautes: [...new Set(fautes)],
    relationsInserees: ecrits.filter(({ verbe }) => verbe === "INSERT").map(({ relation }) => relation),
  };
}

/** Named locks whose key has a depot, a row of one, or a person in it. */
const SIENS = [
  "citerne",
  "periodes",
  "transit",
  "impression",
  "envoi",
  "cours_de_route",
  "alertes",
  "lieux",
  "documents",
  "abonnements",
  "quota",
  "caisse",
  "compteur",
  // Of the bytes of a file: whoever brings the very same waits, for they are kept once.
  "contenu",
  "tarifs",
];

/** What a session waits for, as the name of a shared lock or a sentence. */
export async function attendu(base: postgres.Sql, pid: number): Promise<string> {
  const [verrou] = await base.unsafe<{ cle: string | null; type: string; relation: string | null }[]>(
    `select case l.locktype when 'advisory' then ${CLE} end as cle, l.locktype as type, l.relation::regclass::text as relation
       from pg_locks l where l.pid = ${pid} and not l.granted limit 1`,
  );
  if (!verrou?.cle) return `${verrou?.type ?? "?"} ${verrou?.relation ?? ""}`;
  const nil = "00000000-0000-0000-0000-000000000000";
  return (await nommerVerrous(base, [verrou.cle], nil, [], nil)).get(verrou.cle) ?? `le verrou ${verrou.cle}`;
}
