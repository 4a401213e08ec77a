// The cluster of a run: made once with what every database of a test is a copy of, stopped, and copied file by file, where
// another would be made from nothing. Copies bear one system's number: a standby would take one of them for its primary.
import { labelDatabase } from "../../ops/commun/environment.ts";
import { dirname, join } from "node:path";
import { lireEtatSchema } from "../../supabase/functions/_shared/etat_schema.ts";
import { connect, inDatabase } from "../../ops/commun/connection.ts";
import { copyDatabase } from "../../ops/pile/database.ts";
import { remember } from "../../ops/pile/head.ts";
import { loadKeys } from "../../ops/pile/keys.ts";
import { type PostgresServer, startPostgres, SUPERUSER } from "../../ops/pile/postgres.ts";
import { freePort } from "../../ops/pile/throwaway.ts";
import { makeModeles, MODELES } from "./modeles.ts";

const inRun = (dataDir: string) => join(dataDir, "grappe");
/** Of the run that this test is of. */
const ofThisRun = () => inRun(dirname(Deno.env.get("TEST_LOGS")!));

/** What a server leaves of its log beside its data. */
const LITTLE_WAL = ["min_wal_size=32MB", "max_wal_size=64MB"];

/** Makes it in the folder of a run: the templates, and the project of a stack that was started on the declared schema. */
export async function makeGrappe(dataDir: string): Promise<void> {
  const folder = inRun(dataDir);
  // As root the server is another user, who passes through.
  await Deno.mkdir(folder, { mode: 0o711 });
  const keys = await loadKeys(folder);
  const server = await startPostgres({
    dataDir: folder,
    port: freePort(),
    password: keys.databasePassword,
    throwaway: true,
    settings: LITTLE_WAL,
  });
  try {
    const superuserUrl = server.urlAs(SUPERUSER);
    await makeModeles({ DB_URL: server.urlAs("postgres"), JWT_SECRET: keys.jwtSecret }, superuserUrl);
    await putProject(server, "seme");
    const project = connect(server.urlAs("postgres"));
    try {
      await labelDatabase(project, "local");
      await remember(folder, (await lireEtatSchema(project))!.empreinte);
    } finally {
      await project.end();
    }
  } finally {
    await server.stop();
  }
}

/** In place of the project that a copied server has, a copy of this template. */
async function putProject(server: PostgresServer, modele: keyof typeof MODELES): Promise<void> {
  const admin = connect(inDatabase(server.urlAs(SUPERUSER), "template1"), "monaluxe", { max: 1 });
  try {
    await admin`drop database postgres`;
    await copyDatabase(admin, "postgres", MODELES[modele]);
  } finally {
    await admin.end();
  }
}

async function copy(names: string[], from: string, to: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("cp", {
    args: ["-a", ...names.map((name) => join(from, name)), to],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** The data folder of a stack that was started on the declared schema and stopped: the next start is its second. */
export const copyStarted = (dataDir: string, from = ofThisRun()): Promise<void> =>
  copy(["postgres", "keys.json", "schema.json"], from, dataDir);

/** The same for the run's own. */
export const startRunFrom = (dataDir: string): Promise<void> => copyStarted(dataDir, inRun(dataDir));

interface Copy {
  server: PostgresServer;
  /** Starts it again on what is left of it. */
  restart(): Promise<PostgresServer>;
}

type Options = Omit<Parameters<typeof startPostgres>[0], "password">;

/** A server of a test's own, with the templates in it of the run whose folder that is. */
export async function startCopy(options: Options, run?: string): Promise<Copy> {
  const from = run ? inRun(run) : ofThisRun();
  const { databasePassword: password } = await loadKeys(from);
  await copy(["postgres"], from, options.dataDir);
  const restart = () => startPostgres({ ...options, password });
  return { server: await restart(), restart };
}

/** The same, whose project is at the declared schema. */
export async function startDeclared(options: Options): Promise<Copy> {
  const copied = await startCopy(options);
  await putProject(copied.server, "declare");
  return copied;
}
