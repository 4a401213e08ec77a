import type { Sql } from "../commun/connection.ts";
import { admettre, type Dire } from "../commun/deroulement.ts";
import { exiger } from "../commun/failure.ts";
import { variable } from "../commun/settings.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { mettreAuSchema } from "../exploitation/siege/actualisation_schema.ts";
import {
  basesRattachees,
  codeDuDepot,
  deLaConsolidee,
  fermerTout,
  nomDe,
  nomDesReferentiels,
  ouvrir,
  ouvrirConsolidee,
  REFERENCE,
  variableDuDepot,
} from "../exploitation/siege/adresses.ts";
import {
  attendreCopie,
  attendreLecture,
  aUnSlot,
  laisserLire,
  positionActuelle,
  publiees,
  publier,
  rafraichir,
  recue,
} from "../exploitation/siege/replication.ts";
import { verser } from "../exploitation/siege/referentiels.ts";
import { nonRecues } from "../exploitation/siege/suivi.ts";
import { colonnes, intenables } from "../exploitation/siege/colonnes.ts";
import {
  fermer,
  fermerComptes,
  REFERENTIELS,
  referentielsDe,
  tablesDeDepot,
  tenirDepots,
} from "../exploitation/siege/tables.ts";

interface BaseDuReseau {
  base: string;
  depots: string[];
  code: string;
  sql: Sql;
}

interface Actualisation {
  siege: Sql;
  reference: Sql;
  bases: BaseDuReseau[];
  /** Attached, and their address was not given. */
  sansAdresse: string[];
  gardes: string[];
  voulues: Map<string, string>;
  resultat?: unknown;
}

const fermerBases = async (c: Actualisation): Promise<void> => {
  await fermerTout(c);
  for (const { sql } of c.bases ?? []) await sql.end();
};

async function ouvrirLesBases(c: Actualisation): Promise<string> {
  c.siege = await ouvrirConsolidee();
  c.reference = await ouvrir(REFERENCE);
  c.bases = [];
  c.sansAdresse = [];
  for (const rattachee of await basesRattachees(c.siege)) {
    const code = codeDuDepot(rattachee.base);
    const url = variable(variableDuDepot(code));
    if (!url) {
      c.sansAdresse.push(code);
      continue;
    }
    const sql = await ouvrir(variableDuDepot(code));
    c.bases.push({ ...rattachee, code, sql });
    admettre(
      await aUnSlot(sql, rattachee.base),
      "AUTRE_BASE",
      `${variableDuDepot(code)} mène à ${
        nomDe(url)
      }, que le siège ne lit pas : vérifiez l'adresse. Rien n'a été fait.`,
    );
  }
  const dits = c.bases.map(({ code }) => code).join(", ") || "aucune base de dépôt";
  return dits + (c.sansAdresse.length ? ` ; sans adresse, laissées : ${c.sansAdresse.join(", ")}` : "");
}

/** What a depot sends and the consolidated database could not write would stop its line: it is newer than this tree. */
async function exigerTenables(c: Actualisation): Promise<string> {
  const fautes: string[] = [];
  for (const { code, sql } of c.bases) {
    const tables = await tablesDeDepot(sql);
    fautes.push(...(await intenables(sql, c.siege, tables)).map((une) => `${code} : ${une}`));
  }
  const references = await intenables(c.reference, c.siege, REFERENTIELS);
  fautes.push(...references.map((une) => `référence : ${une}`));
  exiger(
    !fautes.length,
    `Une base envoie ce que la consolidée ne peut pas écrire : ${
      fautes.join(" ; ")
    }. Sa ligne s'arrête dessus et garde tout : ` +
      "relancez depuis la version du dépôt git dont viennent ses migrations.",
  );
  return "tout ce que les bases envoient peut être écrit au siège";
}

/** Reference tables that this base does not receive yet: nobody writes them while they are poured. */
async function recevoirNouvelles(reference: Sql, vers: Sql, qui: string): Promise<string[]> {
  const nom = nomDesReferentiels(qui);
  if (!await recue(vers, nom)) return [];
  await fermerComptes(vers);
  const envoyees = new Set(await referentielsDe(reference));
  const nouvelles = (await nonRecues(vers, nom)).filter((table) => envoyees.has(table));
  if (!nouvelles.length) return [];
  await reference.begin(async (tx) => {
    await tx.unsafe("set local lock_timeout = '30s'");
    await tx.unsafe(`lock table ${nouvelles.join(", ")} in share mode`);
    // What was written there before is poured: it must not come a second time, late.
    const position = await positionActuelle(reference);
    exiger(
      await attendreLecture(reference, nom, position),
      `${nom} ne lit pas la référence : rétablissez sa ligne (siege:etat), puis relancez. Rien n'y a été versé.`,
    );
    await rafraichir(vers, nom, { copie: false });
    await verser(tx, vers, { tables: nouvelles });
  });
  await fermer(vers, nouvelles);
  return nouvelles;
}

async function suivreReferentiels(c: Actualisation): Promise<string> {
  await laisserLire(c.reference, "referentiels", await publier(c.reference, "referentiels"));
  const dits: string[] = [];
  for (
    const [qui, vers] of [["siege", c.siege], ...c.bases.map(({ code, sql }) => [code, sql])] as [
      string,
      Sql,
    ][]
  ) {
    const nouvelles = await recevoirNouvelles(c.reference, vers, qui);
    if (nouvelles.length) dits.push(`${qui} : ${nouvelles.join(", ")}`);
  }
  return dits.join(" ; ") || "rien de nouveau";
}

async function suivreDepot(
  c: Actualisation,
  { base, depots, sql }: BaseDuReseau,
  dire: Dire,
): Promise<string[]> {
  await laisserLire(sql, "depot", await publier(sql, "depot"));
  await tenirDepots(sql, depots);
  const ici = new Set(await tablesDeDepot(sql));
  const nouvelles = (await nonRecues(c.siege, base)).filter((table) => ici.has(table));
  if (!nouvelles.length) return [];
  await rafraichir(c.siege, base, { copie: true });
  await attendreCopie(c.siege, base, dire);
  return nouvelles;
}

async function suivreDepots(c: Actualisation, dire: Dire): Promise<string> {
  const dits: string[] = [];
  for (const une of c.bases) {
    const nouvelles = await suivreDepot(c, une, dire);
    if (nouvelles.length) dits.push(`${une.code} : ${nouvelles.join(", ")}`);
  }
  return dits.join(" ; ") || "rien de nouveau";
}

/** Of these tables, a column that this base has and this tree has not, or not so. */
async function envoieEncore(c: Actualisation, sql: Sql, tables: string[]): Promise<string | undefined> {
  const [nom, type] = [...await colonnes(sql, tables)].find(([nom, type]) => c.voulues.get(nom) !== type) ??
    [];
  return nom && `${nom} (${type})`;
}

/** Why what was kept in the consolidated database may not go yet; undefined where no base sends it any more. */
async function raisonDeGarder(c: Actualisation): Promise<string | undefined> {
  if (c.sansAdresse.length) return `ces bases n'ont pas été regardées : ${c.sansAdresse.join(", ")}`;
  for (const { code, base, sql } of c.bases) {
    const encore = await envoieEncore(c, sql, await publiees(sql, "depot"));
    if (encore) return `${code} envoie encore ${encore}`;
    if (!await attendreLecture(sql, base, await positionActuelle(sql))) {
      return `le siège n'a pas tout lu de ${code}`;
    }
  }
  const encore = await envoieEncore(c, c.reference, REFERENTIELS);
  if (encore) return `la référence envoie encore ${encore}`;
  const lue = await attendreLecture(
    c.reference,
    nomDesReferentiels("siege"),
    await positionActuelle(c.reference),
  );
  return lue ? undefined : "le siège n'a pas tout lu de la référence";
}

async function oterOuDire(c: Actualisation): Promise<string> {
  if (!c.gardes.length) return "rien";
  const raison = await raisonDeGarder(c);
  if (raison) {
    return `gardé, car ${raison} : ${c.gardes.join(" ; ")}. Relancez quand toutes les bases sont migrées`;
  }
  await mettreAuSchema(c.siege, deLaConsolidee(), { oter: true });
  const dits = c.gardes.join(" ; ");
  c.gardes = [];
  return dits;
}

/**
 * siege:actualiser: the network at the schema of this tree, the consolidated database's own and the tables that each
 * base sends since.
 */
export const enregistrer = commande("siege:actualiser")<Actualisation>({
  dit:
    "met le réseau au schéma de ce dépôt git : la consolidée, puis les tables que chaque base envoie depuis",
  aide:
    "SIEGE_DB_URL, REFERENCE_DB_URL, et DEPOT_<CODE>_DB_URL de chaque base rattachée : celles qui n'en ont pas sont laissées.\n" +
    "La consolidée ne reçoit pas de migration (db push) : cette commande en tient lieu. Avant et après les migrations des dépôts ; " +
    "relancée, elle finit ce qui restait. Rien n'est perdu ni doublé.",
  env: [],
  etapes: () => ({
    "Ouvrir les bases": ouvrirLesBases,
    "Mettre la consolidée au schéma de ce dépôt git": async (c) => {
      const { faites, gardes, voulues } = await mettreAuSchema(c.siege, deLaConsolidee(), { oter: false });
      Object.assign(c, { gardes, voulues });
      return `${faites} instruction(s)${gardes.length ? `, ${gardes.length} gardée(s) pour la fin` : ""}`;
    },
    "Vérifier que tout ce qui est envoyé peut y être écrit": exigerTenables,
    "Suivre les nouvelles tables de la référence": suivreReferentiels,
    "Suivre les nouvelles tables des dépôts": suivreDepots,
    "Ôter de la consolidée ce que plus aucune base n'envoie": oterOuDire,
  }),
  toujours: fermerBases,
});
