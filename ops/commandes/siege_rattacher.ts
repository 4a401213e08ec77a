import type { Sql } from "../commun/connection.ts";
import { oneValue } from "../commun/database.ts";
import { admettre } from "../commun/deroulement.ts";
import { commande } from "../exploitation/cible/commande.ts";
import {
  basesRattachees,
  codeDeBase,
  deLaConsolidee,
  deLaReference,
  duDepot,
  exigerSeule,
  fermerTout,
  nomDe,
  nomDesReferentiels,
  nomDuDepot,
  ouvrir,
  ouvrirConsolidee,
  REFERENCE,
  variableDuDepot,
} from "../exploitation/siege/adresses.ts";
import { suivreLesReferentiels, verser } from "../exploitation/siege/referentiels.ts";
import {
  abonner,
  attendreCopie,
  exigerLibre,
  exigerLogique,
  exigerPlaces,
  offrir,
  recue,
  retirerSlot,
  suivreA,
} from "../exploitation/siege/replication.ts";
import { intenables } from "../exploitation/siege/colonnes.ts";
import {
  exigerTables,
  fermer,
  fermerComptes,
  REFERENTIELS,
  tablesDeDepot,
  tenirDepots,
} from "../exploitation/siege/tables.ts";

interface Rattachement {
  siege: Sql;
  reference: Sql;
  depot: Sql;
  depots: string[];
  /** What the numbers of the company begin with in this depot's database. */
  societeCode: string;
  /** The depot's database is the reference too: what it has for itself it sends already. */
  elleMeme: boolean;
  resultat?: unknown;
}

/** Two addresses of one database have one. */
const identite = (sql: Sql): Promise<string> =>
  oneValue(sql`select system_identifier || ' ' || current_database() from pg_control_system()`);

/** What would make two authors of a row is refused before anything is done. */
async function exigerSeul(c: Rattachement, code: string): Promise<string> {
  // Those whose tanks, or rows, this database has.
  c.depots = await oneValue(c.depot`
    select coalesce(array_agg(distinct id), '{}') from
      (select depot_id::text from public.citernes union select depot_id::text from public.stocks_snapshot) d (id)`);
  c.societeCode = await oneValue(c.depot`
    select coalesce((select value from public.app_settings where key = 'societe_code'), 'MLX')`);
  const autres = await basesRattachees(c.siege);
  const deja = autres.some(({ base }) => base === nomDuDepot(code));
  admettre(!deja, "BASE_DEJA_RATTACHEE", `${code} est déjà rattaché. Rien n'a été fait.`);
  exigerSeule(
    autres.find(({ depots }) => depots.some((un) => c.depots.includes(un))),
    `Un dépôt de la base de ${code} est déjà celui`,
  );
  admettre(
    !autres.some(({ societe_code }) => societe_code === c.societeCode),
    "SOCIETE_CODE_PRIS",
    `Les numéros de la société commencent déjà par « ${c.societeCode} » dans une autre base : écrivez un autre ` +
      "societe_code dans app_settings de celle-ci, ou deux papiers porteraient le même numéro. Rien n'a été fait.",
  );
  await exigerTables(c.depot);
  await exigerTables(c.reference);
  const autrement = [
    ...await intenables(c.depot, c.siege, await tablesDeDepot(c.depot)),
    ...await intenables(c.reference, c.siege, REFERENTIELS),
    ...c.elleMeme ? [] : await intenables(c.reference, c.depot, REFERENTIELS),
  ];
  admettre(
    !autrement.length,
    "SCHEMAS_DIFFERENTS",
    `Ces bases n'ont pas le même schéma : ${autrement.slice(0, 5).join(", ")}${
      autrement.length > 5 ? `, et ${autrement.length - 5} autres` : ""
    }. Appliquez-y les mêmes migrations (à la consolidée : siege:actualiser). Rien n'a été fait.`,
  );
  return `${c.depots.length} dépôt(s), que cette base seule écrit`;
}

/** siege:rattacher: a depot's database, into the network. */
export const enregistrer = commande("siege:rattacher", {
  "<code>": { dit: "code du dépôt : KLZ", lire: codeDeBase },
})<Rattachement>({
  dit: "rattache la base d'un dépôt au siège, qui travaille pendant ce temps",
  aide:
    "SIEGE_DB_URL, REFERENCE_DB_URL, et DEPOT_<CODE>_DB_URL : la base du dépôt, sur un serveur en wal_level = logical.",
  env: [],
  etapes: ({ code }) => ({
    "Ouvrir les bases": async (c) => {
      c.siege = await ouvrirConsolidee();
      c.reference = await ouvrir(REFERENCE);
      c.depot = await ouvrir(variableDuDepot(code));
      c.elleMeme = await identite(c.reference) === await identite(c.depot);
      await exigerPlaces(c.siege, deLaConsolidee(), nomDuDepot(code));
      await exigerLogique(c.depot, duDepot(code));
      await exigerLogique(c.reference, deLaReference());
      if (!await recue(c.siege, nomDuDepot(code))) await exigerLibre(c.depot, nomDuDepot(code));
      return nomDe(duDepot(code));
    },
    "Vérifier que rien n'aura deux auteurs": (c) => exigerSeul(c, code),
    "Verser à la référence ce que ce dépôt avait seul": async (c) =>
      c.elleMeme
        ? "c'est elle, la base de référence"
        : `${await verser(c.depot, c.reference, { seulementNouvelles: true })} lignes`,
    "Recevoir les référentiels, qui s'écrivent dans la base de référence seule": async (c) => {
      if (c.elleMeme) return "ils s'écrivent ici, et nulle part ailleurs";
      // Of an attempt that stopped later: it follows already.
      const suivis = await recue(c.depot, nomDesReferentiels(code));
      const lignes = suivis ? 0 : await suivreLesReferentiels(c.reference, c.depot, code);
      await fermer(c.depot, REFERENTIELS);
      await fermerComptes(c.depot);
      return `${lignes} lignes`;
    },
    "Tenir cette base à ses dépôts": async (c) => {
      await tenirDepots(c.depot, c.depots);
      return "un acte d'un autre dépôt y est refusé (DEPOT_AUTRE_BASE)";
    },
    "Copier le dépôt dans la base consolidée": async ({ siege, depot, depots, societeCode }, dire) => {
      const nom = nomDuDepot(code);
      const offre = await offrir(depot, duDepot(code), "siege", "depot");
      if (await recue(siege, nom)) await suivreA(siege, nom, offre.connexion);
      else {
        // Of a head office that was lost: this one copies all anew.
        await retirerSlot(depot, nom);
        await abonner(siege, { ...offre, nom, copie: true });
      }
      const tables = await attendreCopie(siege, nom, dire);
      await siege`insert into siege.bases (base, depots, societe_code) values (${nom}, ${depots}, ${societeCode})`;
      return `${tables} tables, suivies`;
    },
  }),
  toujours: fermerTout,
});
