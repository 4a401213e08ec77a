import { inDatabase, type Sql, withDatabase } from "../commun/connection.ts";
import { oneValue } from "../commun/database.ts";
import { admettre } from "../commun/deroulement.ts";
import { databaseEnvironment } from "../commun/environment.ts";
import { estVierge, noterHistorique } from "../commun/schema/declare.ts";
import { variable } from "../commun/settings.ts";
import { commande } from "../exploitation/cible/commande.ts";
import {
  adresse,
  deLaConsolidee,
  deLaReference,
  fermerTout,
  nomDe,
  nomDesReferentiels,
  ouvrir,
  REFERENCE,
  SIEGE,
} from "../exploitation/siege/adresses.ts";
import { faireConsolidee, fermerConsolidee } from "../exploitation/siege/consolidee.ts";
import { suivreLesReferentiels } from "../exploitation/siege/referentiels.ts";
import { exigerLibre, exigerLogique, lireRecues } from "../exploitation/siege/replication.ts";
import { REFERENTIELS, tablesDeDepot } from "../exploitation/siege/tables.ts";
import { prepareProject } from "../pile/database.ts";
import type { Keys } from "../pile/keys.ts";

const SUPERUTILISATEUR = "SIEGE_SUPERUTILISATEUR_URL";

/**
 * The database that SIEGE_DB_URL names, made where it is not there and the server's superuser is given: as bare as
 * Supabase's.
 */
async function faireProjetVierge(): Promise<string> {
  if (!variable(SUPERUTILISATEUR)) return "celui que donne SIEGE_DB_URL";
  const url = new URL(deLaConsolidee());
  const nom = decodeURIComponent(url.pathname.slice(1));
  const cles = { databasePassword: decodeURIComponent(url.password), jwtSecret: crypto.randomUUID() } as Keys;
  const dans = <T>(base: string, faire: (sql: Sql) => Promise<T>) =>
    withDatabase(inDatabase(adresse(SUPERUTILISATEUR), base), "monaluxe siège", faire);
  const deja = await dans("template1", async (serveur) => {
    const [la] = await serveur`select from pg_database where datname = ${nom}`;
    if (!la) await serveur`create database ${serveur(nom)}`;
    return !!la;
  });
  await dans(nom, (base) => prepareProject(base, cles, url.href));
  return deja ? `${nom} était là` : `${nom}, faite`;
}

/** Makes a bare project the consolidated database, with these settings, whole or not at all. */
async function preparer(sql: Sql, reglages: { key: string; value: string }[]): Promise<void> {
  await faireConsolidee(sql, async (tx) => {
    await noterHistorique(tx);
    // What made it has no line here: every line of this log is a depot's.
    await tx`set local session_replication_role = replica`;
    await tx`truncate public.log_actions`;
    await tx`insert into public.app_settings ${tx(reglages, "key", "value")}
             on conflict (key) do update set value = excluded.value`;
  });
}

/** Of an attempt that was stopped there: it is prepared already, and follows nothing yet. */
const estPreparee = async (sql: Sql): Promise<boolean> =>
  await oneValue<boolean>(sql`select to_regnamespace('siege') is not null`) &&
  !(await lireRecues(sql)).length;

/** Only replication writes there from now on: how many tables of depots it has. */
async function fermer(sql: Sql): Promise<number> {
  await fermerConsolidee(sql);
  return (await tablesDeDepot(sql)).length;
}

interface Preparation {
  siege: Sql;
  reference: Sql;
  resultat?: unknown;
}

/** siege:preparer: the consolidated database, from a bare project: the same schema, in which only replication writes. */
export const enregistrer = commande("siege:preparer")<Preparation>({
  dit: "fait d'un projet vierge la base consolidée du siège, que seule la réplication écrit",
  aide:
    "SIEGE_DB_URL : le projet vierge. REFERENCE_DB_URL : la base où le siège écrit produits, clients, comptes, prix.\n" +
    "Leurs rôles peuvent créer un abonnement et un rôle de réplication (hébergé : postgres).\n" +
    "SIEGE_SUPERUTILISATEUR_URL : sur un serveur à soi, son superutilisateur (npm start : supabase_admin) ; le projet de " +
    "SIEGE_DB_URL est alors fait s'il n'existe pas.",
  env: [],
  etapes: () => ({
    "Ouvrir la référence": async (c) => {
      c.reference = await ouvrir(REFERENCE);
      await exigerLogique(c.reference, deLaReference());
      return nomDe(deLaReference());
    },
    "Le projet vierge": faireProjetVierge,
    "Poser le schéma, que seule la réplication écrira": async (c) => {
      c.siege = await ouvrir(SIEGE);
      const deja = await oneValue<boolean>(c.siege`select to_regnamespace('siege') is not null`)
        ? "Cette base est déjà la consolidée : il n'y a plus rien à préparer. Ensuite : siege:rattacher <CODE> ; siege:etat dit " +
          "où elle en est. Rien n'a été fait."
        : "SIEGE_DB_URL mène à une base qui a déjà un schéma : donnez un projet vierge. Rien n'a été fait.";
      const vierge = await estVierge(c.siege);
      admettre(vierge || await estPreparee(c.siege), "BASE_NON_VIERGE", deja);
      await exigerLibre(c.reference, nomDesReferentiels("siege"));
      const { env } = await databaseEnvironment(c.reference);
      const societe = await c.reference<{ key: string; value: string }[]>`
        select key, value from public.app_settings where key like 'societe\\_%'`;
      if (vierge) await preparer(c.siege, [{ key: "env", value: env }, ...societe]);
      return `${await fermer(c.siege)} tables de dépôt, ${REFERENTIELS.length} de référentiels`;
    },
    "Suivre les référentiels": async ({ reference, siege }) =>
      `${await suivreLesReferentiels(reference, siege, "siege")} lignes`,
  }),
  fin: () => "Ensuite, pour chaque dépôt : npm run ops -- siege:rattacher <CODE>",
  toujours: fermerTout,
});
