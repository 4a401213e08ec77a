import { databaseEnvironment } from "../commun/environment.ts";
import { join } from "node:path";
import { onDemand, startChild } from "./child.ts";
import { connect, type Sql } from "../commun/connection.ts";
import { estVierge } from "../commun/schema/declare.ts";
import { prepareProject } from "./database.ts";
import { createDemoUsers, demoEmail, ROLES } from "./demo_users.ts";
import { Echec, sentenceFor } from "../commun/failure.ts";
import { LEANED_ON } from "./function_environment.ts";
import { listFunctions, startFunctions } from "./functions.ts";
import { createGateway } from "./gateway.ts";
import { type Keys, loadKeys } from "./keys.ts";
import { appendTo } from "./log.ts";
import { applySaved, bringToHead, compare, type Head, UP_TO_DATE } from "./head.ts";
import { LAPTOP, NEVER } from "./rest.ts";
import { refuseSamePort, refuseTakenPort } from "./ports.ts";
import { type PostgresServer, startPostgres, SUPERUSER } from "./postgres.ts";
import { ROOT, type Settings, variable } from "../commun/settings.ts";
import { savedChapters } from "./saved.ts";
import { runScheduledTasks } from "./scheduled.ts";
import { watchFiles } from "./watch.ts";
import { type StackStatus, statusFile } from "./status.ts";

export interface Stack {
  status: StackStatus;
  /** Superuser's connection; undefined on a database of somebody else's. */
  superuserUrl?: string;
  functionNames: string[];
  /** What the start did to the database, in a word or two. */
  schema: string;
  stop(): Promise<void>;
  /** Resolves if the database goes away by itself. */
  databaseGone: Promise<void>;
}

/** Takes the data folder for this process. The kernel gives the lock back when the process ends, however it ends. */
async function lockDataDir(dataDir: string): Promise<Deno.FsFile> {
  try {
    // Others' eyes stay out of what is made here; as root, the server's own user passes through.
    await Deno.mkdir(dataDir, { recursive: true, mode: Deno.uid() === 0 ? 0o711 : 0o700 });
    await Deno.mkdir(join(dataDir, "logs"), { recursive: true, mode: 0o700 });
    await Deno.chmod(join(dataDir, "logs"), 0o700);
    const lock = await Deno.open(join(dataDir, "lock"), { create: true, write: true });
    if (await lock.tryLock(true)) return lock;
    lock.close();
  } catch (error) {
    throw new Echec(sentenceFor(error, dataDir));
  }
  throw new Echec(
    `Une pile tourne déjà sur ${dataDir} (npm run -s status dit où). Rien n'a été démarré. ` +
      "Arrêtez-la d'abord, ou choisissez un autre dossier avec DATA_DIR=….",
  );
}

/**
 * Before anything is done to it. Somebody else's database must say itself that it is for trying things out; ours may
 * be one that is still to be made, which bringToHead labels as it makes it.
 */
async function refuseProd(sql: Sql, isOurs: boolean): Promise<void> {
  const { env, said, sentence } = await databaseEnvironment(sql);
  if (env !== "prod" || (isOurs && await estVierge(sql))) return;
  const howToSay = said ? "" : " Si c'est bien une base d'essai, dites-le-lui d'abord, une fois migrée " +
    "(npx supabase db push --remote) : insert into public.app_settings (key, value) values ('env', 'staging');";
  throw new Echec(
    `Cette base ${sentence} (app_settings.env) : npm start ne s'y connecte jamais. Rien n'a été fait.${howToSay}`,
  );
}

async function prepareDatabase(
  url: { superuser: string; project: string; isOurs: boolean },
  keys: Keys,
  settings: Settings,
): Promise<string> {
  const sql = connect(url.superuser);
  const project = connect(url.project);
  try {
    await refuseProd(sql, url.isOurs);
    await prepareProject(sql, keys, url.project);
    return await bringToHead({
      project,
      projectUrl: url.project,
      superuserUrl: url.isOurs ? url.superuser : undefined,
      keys,
      dataDir: settings.dataDir,
      withLoss: settings.withLoss,
    });
  } catch (error) {
    if (error instanceof Echec) throw error;
    throw new Echec(`La base n'est pas joignable ou refuse : ${sentenceFor(error, settings.dataDir)}`);
  } finally {
    await Promise.all([sql.end(), project.end()]);
  }
}

/** The accounts it is tried with: their passwords take as long as REST takes to read the schema. */
async function prepareDemoUsers(databaseUrl: string, { demoPassword, dataDir }: Settings): Promise<void> {
  const sql = connect(databaseUrl);
  try {
    await createDemoUsers(sql, demoPassword);
  } catch (error) {
    throw new Echec(`La base n'est pas joignable ou refuse : ${sentenceFor(error, dataDir)}`);
  } finally {
    await sql.end();
  }
}

const headOf = (server: PostgresServer, keys: Keys, settings: Settings) => ({
  projectUrl: server.urlAs("postgres"),
  superuserUrl: server.urlAs(SUPERUSER),
  keys,
  dataDir: settings.dataDir,
});

/** A rule that is saved is tried at once, on the data that is there, whatever is compared meanwhile. Returns what ends it. */
function followChapters(head: Omit<Head, "project">, afterwards: () => Promise<void>): () => Promise<void> {
  const saved = savedChapters();
  let saves = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  };
  const onProject = async (work: (project: Sql) => Promise<void>) => {
    const project = connect(head.projectUrl);
    try {
      await work(project);
    } catch (error) {
      console.error(`✗ ${error instanceof Error ? error.message : error}`);
    } finally {
      await project.end();
    }
  };
  let [owed, comparing]: [boolean, Promise<void> | undefined] = [false, undefined];
  /** Until what was compared is what is there. */
  const comparison = (tried: boolean) =>
    onProject(async (project) => {
      while (owed) {
        owed = false;
        const seen = saves;
        const said = await compare({ ...head, project, alone, superseded: () => saves !== seen });
        owed ||= said === undefined;
        if (owed) continue;
        // REST has read the schema as it was.
        await afterwards();
        if (!tried || said !== UP_TO_DATE) console.log(`↻ Schéma : ${said}`);
      }
    });
  const follow = () =>
    onProject(async (project) => {
      saves++;
      const tried = await alone(async () =>
        applySaved({ ...head, project }, await saved().catch(() => ({ statements: [], complete: false })))
      );
      if (tried.said) console.log(`↻ Schéma : ${tried.said}`);
      if (!tried.compare) return;
      owed = true;
      comparing ??= comparison(tried.said !== undefined).finally(() => comparing = undefined);
    });
  const following = new Set<Promise<void>>();
  const watcher = watchFiles(join(ROOT, "supabase/schemas"), /\.sql$/, () => {
    const one = follow().finally(() => following.delete(one));
    following.add(one);
  });
  return async () => {
    watcher.close();
    await Promise.all(following);
    await comparing;
  };
}

/** What the first page says of this stack; of the database, where it is and no password. */
async function describeStack(projectUrl: string, demoPassword: string): Promise<string> {
  const { host, pathname } = new URL(projectUrl);
  return JSON.stringify({
    base: `${host}${pathname}`,
    fonctions: await listFunctions(),
    comptes: ROLES.map(demoEmail),
    mot_de_passe: demoPassword,
  });
}

/** What the functions lean on, as this machine's environment says; letters that it sends nowhere are files of the data folder. */
async function servicesGiven(dataDir: string): Promise<Record<string, string>> {
  const courrier = join(dataDir, "courrier");
  await Deno.mkdir(courrier, { recursive: true, mode: 0o700 });
  const given = Object.entries(Deno.env.toObject()).filter(([name, value]) =>
    value && LEANED_ON.some((beginning) => name.startsWith(beginning))
  );
  return { COURRIEL: "fichier", ...Object.fromEntries(given), COURRIER_DIR: await Deno.realPath(courrier) };
}

/** Starts everything, in order; on any failure stops what had started and throws Echec. */
export async function startStack(settings: Settings): Promise<Stack> {
  const lock = await lockDataDir(settings.dataDir);
  const stops: (() => Promise<unknown> | void)[] = [() => lock.close()];
  const stop = async () => {
    for (const undo of stops.splice(0).reverse()) await undo();
  };

  try {
    if (!settings.databaseUrl) refuseSamePort(settings.apiPort, settings.dbPort);
    refuseTakenPort("API_PORT", settings.apiPort);
    const keys = await loadKeys(settings.dataDir);

    let server: PostgresServer | undefined;
    if (!settings.databaseUrl) {
      server = await startPostgres({
        dataDir: settings.dataDir,
        port: settings.dbPort,
        password: keys.databasePassword,
        throwaway: settings.throwaway,
        settings: settings.serverSettings,
      });
      stops.push(() => server!.stop());
    }
    const projectUrl = settings.databaseUrl ?? server!.urlAs("postgres");
    const superuserUrl = server?.urlAs(SUPERUSER);
    const schema = await prepareDatabase(
      { superuser: superuserUrl ?? projectUrl, project: projectUrl, isOurs: server !== undefined },
      keys,
      settings,
    );

    const status: StackStatus = {
      API_URL: `http://127.0.0.1:${settings.apiPort}`,
      DB_URL: projectUrl,
      ANON_KEY: keys.anonKey,
      SERVICE_ROLE_KEY: keys.serviceRoleKey,
      JWT_SECRET: keys.jwtSecret,
    };
    const environment = {
      SUPABASE_URL: status.API_URL,
      SUPABASE_ANON_KEY: status.ANON_KEY,
      SUPABASE_SERVICE_ROLE_KEY: status.SERVICE_ROLE_KEY,
      SUPABASE_DB_URL: status.DB_URL,
      JWT_SECRET: status.JWT_SECRET,
      JWT_SECRET_PRECEDENT: variable("JWT_SECRET_PRECEDENT") ?? "",
      JWT_ISSUER: "",
      AUTH_ADMIN_KEY: "",
      CLE_SECRETS: variable("CLE_SECRETS") ?? keys.cleSecrets,
      CLE_SECRETS_PRECEDENT: variable("CLE_SECRETS_PRECEDENT") ?? "",
      DB_CA_CERT: variable("DB_CA_CERT") ?? "",
      DB_POOLER: variable("DB_POOLER") ?? "",
      DATABASE_READ_URL: variable("DATABASE_READ_URL") ?? "",
      ...await servicesGiven(settings.dataDir),
      PILE_LOCALE: await describeStack(projectUrl, settings.demoPassword),
    };
    const logs = join(settings.dataDir, "logs");
    const rest = settings.throwaway ? NEVER : LAPTOP;
    const functions = await startFunctions(environment, join(logs, "functions.log"), rest);
    stops.push(() => functions.stop());
    const api = onDemand(() =>
      startChild({
        name: "Le service REST et auth",
        module: import.meta.resolve("./serve_api.ts"),
        permissions: ["-A"],
        // Nothing else is its business: no mail server's password, no key of ours.
        environment: { SUPABASE_DB_URL: status.DB_URL, JWT_SECRET: status.JWT_SECRET },
        log: appendTo(join(logs, "api.log")),
      })
    );
    stops.push(() => api.stop());

    const http = Deno.serve(
      { hostname: "127.0.0.1", port: settings.apiPort, onListen: () => {} },
      createGateway(api, functions),
    );
    stops.push(() => http.shutdown());
    await Promise.all([api.origin(), prepareDemoUsers(superuserUrl ?? projectUrl, settings)]);
    const scheduled = runScheduledTasks(superuserUrl ?? projectUrl, status);
    stops.push(() => scheduled.stop());
    if (server) stops.push(followChapters(headOf(server, keys, settings), () => api.renew()));

    await Deno.writeTextFile(statusFile(settings.dataDir), JSON.stringify(status), { mode: 0o600 });
    stops.push(() => Deno.remove(statusFile(settings.dataDir)).catch(() => {}));
    return {
      status,
      superuserUrl,
      functionNames: functions.names,
      schema,
      stop,
      databaseGone: server?.gone ?? new Promise(() => {}),
    };
  } catch (error) {
    await stop();
    throw error instanceof Echec ? error : new Echec(sentenceFor(error, settings.dataDir));
  }
}
