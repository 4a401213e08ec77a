// A network of a test's own: servers that may be killed, a database a depot, the head office's two.
import postgres from "postgres";
import { connect, inDatabase } from "../../ops/commun/connection.ts";
import { copyDatabase } from "../../ops/pile/database.ts";
import { SUPERUSER } from "../../ops/pile/postgres.ts";
import { freePort, temporaryDataDir } from "../../ops/pile/throwaway.ts";
import { SERIES, SOCIETE, tablesDeDepot } from "../../ops/exploitation/siege/tables.ts";
import { attendre, retirerDossier } from "./attente.ts";
import { startCopy } from "./grappe.ts";
import { MODELES } from "./modeles.ts";
import { descendants } from "./pile.ts";
import { tuer, vivant } from "./serveur.ts";
import { claims, type Depot, faireArriver } from "../domaine/concurrence/depot.ts";

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
  /** kill -9 of all its processes, as a machine that dies. */
  tuer(): Promise<void>;
  /** Starts it again on what is left of it. */
  relancer(): Promise<void>;
  fermer(): Promise<void>;
}

/** A server of a test's own, with what the network's databases are made from: the run's, whose folder is `tournee`. */
export async function ouvrirServeur(
  { reglages = REGLAGES, tournee }: { reglages?: string[]; tournee?: string } = {},
): Promise<Serveur> {
  const dataDir = await temporaryDataDir("monaluxe-reseau-");
  const options = { dataDir, port: freePort(), throwaway: true, settings: reglages };
  const { server: premier, restart } = await startCopy(options, tournee);
  let server = premier;
  const url = server.urlAs(SUPERUSER);
  const enAdmin = () => connect(inDatabase(url, "template1"));
  let admin = enAdmin();
  await admin`alter database ${admin(MODELES.declare)} with allow_connections true`;
  // Each database has its own first lines of the log; copies of one would have the same.
  const declaree = connect(inDatabase(url, MODELES.declare));
  await declaree.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`truncate public.log_actions`;
  }).finally(() => declaree.end());
  return {
    creer: async (nom, modele) => {
      await copyDatabase(admin, nom, MODELES[modele]);
      return inDatabase(server.urlAs("postgres"), nom);
    },
    tuer: async () => {
      await admin.end();
      const [postmaster] = (await Deno.readTextFile(`${dataDir}/postgres/postmaster.pid`)).split("\n");
      const tous = [Number(postmaster), ...await descendants(Number(postmaster))];
      tuer(tous);
      await attendre("the end of the killed server", () => !tous.some(vivant));
    },
    relancer: async () => {
      server = await restart();
      admin = enAdmin();
    },
    fermer: async () => {
      await admin.end();
      await server.stop();
      await retirerDossier(dataDir);
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

/** The company's own series stay where they are. */
const filtre = (table: string) => SERIES.includes(table) ? `depot_id <> '${SOCIETE}'` : "true";

/** Every row that a base sends, or that it received, as text: equal sets are equal bases. */
export async function lignes(base: postgres.Sql): Promise<Set<string>> {
  const toutes = new Set<string>();
  for (const table of await tablesDeDepot(base)) {
    const rows = await base.unsafe<{ dite: string }[]>(
      `select (to_jsonb(t) - 'base')::text as dite from ${table} t where ${filtre(table)}`,
    );
    rows.forEach(({ dite }) => toutes.add(`${table} ${dite}`));
  }
  return toutes;
}

export interface Base {
  sql: postgres.Sql;
  depot: Depot;
}

const comme = <T>(
  { sql, depot }: Base,
  role: "operateur" | "gerant",
  quoi: (tx: postgres.TransactionSql) => Promise<T>,
) =>
  sql.begin(async (tx) => {
    await tx`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${
      claims(depot, role)
    }, true)`;
    return await quoi(tx);
  });

/** A truck in, by an opérateur: litres into the first tank. */
export async function recevoir(base: Base, litres: number): Promise<void> {
  const camion = crypto.randomUUID();
  await faireArriver(base.sql, base.depot, [camion]);
  await comme(
    base,
    "operateur",
    (tx) =>
      tx`insert into public.receptions (temperature_ambiante_c, cours_de_route_id, citerne_id, volume_ambiant)
       values (15, ${camion}, ${base.depot.citernes[0]!}, ${litres})`,
  );
}

/** A litre out of it, by a gérant, in a transaction of its own: its id. */
export const sortir = (base: Base): Promise<string> =>
  comme(base, "gerant", async (tx) => {
    const [{ id }] = await tx<[{ id: string }]>`select (public.creer_et_valider_sortie(${
      tx.json({
        citerne_id: base.depot.citernes[0]!,
        client_id: base.depot.client,
        volume_ambiant: 1,
        temperature_ambiante_c: 15,
      })
    })).id`;
    return id;
  }) as Promise<string>;

/** A truck in, so many sorties, and the log sealed. */
export async function travailler(base: Base, sorties: number): Promise<void> {
  await recevoir(base, 1000);
  for (let n = 0; n < sorties; n++) await sortir(base);
  await base.sql`select private.sceller_journal()`;
}
