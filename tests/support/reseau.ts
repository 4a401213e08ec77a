// A network of a test's own: servers that may be killed, a database a depot, the head office's two.
import postgres from "postgres";
import { appliquerDeclaration } from "../../ops/commun/schema/declare.ts";
import { connect, inDatabase } from "../../ops/commun/connection.ts";
import { copyDatabase, prepareProject } from "../../ops/pile/database.ts";
import type { Keys } from "../../ops/pile/keys.ts";
import { startPostgres, SUPERUSER } from "../../ops/pile/postgres.ts";
import { freePort, temporaryDataDir } from "../../ops/pile/throwaway.ts";
import { FILTRES, tablesDeDepot } from "../../ops/exploitation/siege/tables.ts";

/** A worker that lost its line tries again at once: a test waits for what happens, not for a clock. */
const REGLAGES = ["wal_level=logical", "wal_retrieve_retry_interval=200ms", "max_worker_processes=32"]
  .concat(
    "max_logical_replication_workers=24",
    "max_sync_workers_per_subscription=4",
    "max_replication_slots=60",
    "max_wal_senders=60",
  );

export interface Serveur {
  /** A database made from a bare project, or from the declared schema: its address. */
  creer(nom: string, modele: "vierge" | "declare"): Promise<string>;
  fermer(): Promise<void>;
}

export async function ouvrirServeur({ declare = true } = {}): Promise<Serveur> {
  const dataDir = await temporaryDataDir("monaluxe-reseau-");
  const password = crypto.randomUUID();
  const server = await startPostgres({
    dataDir,
    port: freePort(),
    password,
    throwaway: true,
    settings: REGLAGES,
  });
  const url = server.urlAs(SUPERUSER);
  const superuser = connect(url);
  const keys = { databasePassword: password, jwtSecret: "essai" } as Keys;
  await prepareProject(superuser, keys, server.urlAs("postgres")).finally(() => superuser.end());
  const admin = connect(inDatabase(url, "template1"));
  await copyDatabase(admin, "vierge", "postgres");
  if (declare) {
    await copyDatabase(admin, "declare", "vierge");
    const declaree = connect(inDatabase(server.urlAs("postgres"), "declare"));
    await appliquerDeclaration(declaree);
    // Each database has its own first lines of the log; copies of one would have the same.
    await declaree.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`truncate public.log_actions`;
    }).finally(() => declaree.end());
  }
  return {
    creer: async (nom, modele) => {
      await copyDatabase(admin, nom, modele);
      return inDatabase(server.urlAs("postgres"), nom);
    },
    fermer: async () => {
      await admin.end();
      await server.stop();
      await Deno.remove(dataDir, { recursive: true });
    },
  };
}

export const ouvrirBase = (url: string) => postgres(url, { max: 4, onnotice: () => {} });

/** The same database, as the superuser of a server of ours. */
export function ouvrirEnMaitre(url: string): postgres.Sql {
  const maitre = new URL(url);
  maitre.username = SUPERUSER;
  return ouvrirBase(maitre.href);
}

/** Every row that a base sends, or that it received, as text: equal sets are equal bases. */
export async function lignes(base: postgres.Sql): Promise<Set<string>> {
  const toutes = new Set<string>();
  for (const table of await tablesDeDepot(base)) {
    const rows = await base.unsafe<{ dite: string }[]>(
      `select (to_jsonb(t) - 'base')::text as dite from ${table} t where ${FILTRES[table] ?? "true"}`,
    );
    rows.forEach(({ dite }) => toutes.add(`${table} ${dite}`));
  }
  return toutes;
}
