import type postgres from "postgres";
import { inDatabase, type Sql, withDatabase } from "../commun/connection.ts";
import { oneValue } from "../commun/database.ts";
import { admettre } from "../commun/deroulement.ts";
import { databaseEnvironment } from "../commun/environment.ts";
import { appliquerDeclaration, estVierge, noterHistorique } from "../commun/schema/declare.ts";
import { variable } from "../commun/settings.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { adresse, deLaConsolidee, deLaReference, fermerTout, nomDe } from "../exploitation/siege/adresses.ts";
import { nomDesReferentiels, ouvrir } from "../exploitation/siege/adresses.ts";
import { suivreLesReferentiels } from "../exploitation/siege/referentiels.ts";
import { exigerLibre, exigerLogique } from "../exploitation/siege/replication.ts";
import { fermer, JOURNAL, REFERENTIELS, tablesDeDepot } from "../exploitation/siege/tables.ts";
import { prepareProject } from "../pile/database.ts";
import type { Keys } from "../pile/keys.ts";

const SUPERUTILISATEUR = "SIEGE_SUPERUTILISATEUR_URL";

/** The database that SIEGE_DB_URL names, made where it is not there and the server's superuser is given: as bare as Supabase's. */
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

/**
 * Keys other than a row's own are a rule of who writes: two depots may each have a first entry. Here they are plain
 * indexes, for reading. Those that a foreign key rests on hold the row's own id.
 */
async function rendreLesClesDeLecture(sql: postgres.ISql, tables: string[]): Promise<void> {
  const instructions = await oneValue<string>(sql`
    select string_agg(
             case when k.conname is null then format('drop index %s;', i.indexrelid::regclass)
               else format('alter table %s drop constraint %I;', i.indrelid::regclass, k.conname) end
             || regexp_replace(replace(pg_get_indexdef(i.indexrelid), ' NULLS NOT DISTINCT', ''),
                  '^CREATE UNIQUE INDEX', 'CREATE INDEX') || ';', '')
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
      left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('u', 'x')
     where i.indisunique and not i.indisprimary and n.nspname || '.' || c.relname = any (${tables})
       and not exists (select from pg_constraint f where f.contype = 'f' and f.conindid = i.indexrelid)`);
  await sql.unsafe(instructions).simple();
}

const FAITS = "select f.objet, md5(f.fait::text) as md5 from private.faits() f where not f.propre";

/** What this work makes otherwise than declared is noted: the database is at the schema that it was made from all the same. */
async function enNotantLesEcarts(tx: postgres.ISql, travail: () => Promise<unknown>): Promise<void> {
  await tx.unsafe(`create temp table declares on commit drop as ${FAITS}`);
  await travail();
  await tx.unsafe(`
    insert into siege.ecarts_schema (objet, ici, declare)
    select objet, i.md5, d.md5 from (${FAITS}) i full join declares d using (objet) where i.md5 is distinct from d.md5`);
}

/** Makes a bare project the consolidated database, with these settings: how many tables of depots it has. */
async function preparer(sql: Sql, reglages: { key: string; value: string }[]): Promise<number> {
  await appliquerDeclaration(sql);
  await noterHistorique(sql);
  const tables = await tablesDeDepot(sql);
  await sql.begin(async (tx) => {
    // In PROD nothing of public is dropped; this one is nobody's yet.
    await tx`select set_config('app.drop_autorise', pg_current_xact_id()::text, true)`;
    await enNotantLesEcarts(tx, async () => {
      await rendreLesClesDeLecture(tx, tables);
      await tx.unsafe(await Deno.readTextFile(new URL("../exploitation/siege/siege.sql", import.meta.url)))
        .simple();
    });
    // What made it has no line here: every line of this log is a depot's.
    await tx`set local session_replication_role = replica`;
    await tx`truncate public.log_actions`;
    await tx`insert into public.app_settings ${tx(reglages, "key", "value")}
             on conflict (key) do update set value = excluded.value`;
  });
  // What is read here, and refused, is told in the log; nobody changes a line of it anywhere.
  await fermer(sql, [...REFERENTIELS, ...tables.filter((nom) => nom !== JOURNAL)]);
  return tables.length;
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
      c.reference = await ouvrir(deLaReference());
      await exigerLogique(c.reference, deLaReference());
      return nomDe(deLaReference());
    },
    "Le projet vierge": faireProjetVierge,
    "Poser le schéma, que seule la réplication écrira": async (c) => {
      c.siege = await ouvrir(deLaConsolidee());
      const deja =
        "SIEGE_DB_URL mène à une base qui a déjà un schéma : donnez un projet vierge. Rien n'a été fait.";
      admettre(await estVierge(c.siege), "BASE_NON_VIERGE", deja);
      await exigerLibre(c.reference, nomDesReferentiels("siege"));
      const { env } = await databaseEnvironment(c.reference);
      const societe = await c.reference<{ key: string; value: string }[]>`
        select key, value from public.app_settings where key like 'societe\\_%'`;
      const combien = await preparer(c.siege, [{ key: "env", value: env }, ...societe]);
      return `${combien} tables de dépôt, ${REFERENTIELS.length} de référentiels`;
    },
    "Suivre les référentiels": async ({ reference, siege }) =>
      `${await suivreLesReferentiels(reference, siege, "siege")} lignes`,
  }),
  fin: () => "Ensuite, pour chaque dépôt : npm run ops -- siege:rattacher <CODE>",
  toujours: fermerTout,
});
