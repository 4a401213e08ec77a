import { databaseEnvironment } from "../commun/environment.ts";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { onDemand, startChild } from "./child.ts";
import { connect, type Sql, withDatabase } from "../commun/connection.ts";
import { estVierge } from "../commun/schema/declare.ts";
import { prepareProject, waitsForStandby } from "./database.ts";
import { createDemoUsers, demoEmail, ROLES } from "./demo_users.ts";
import { Echec, exiger, machineFault, sentenceFor } from "../commun/failure.ts";
import { removeIfThere } from "../commun/files.ts";
import { LEANED_ON } from "./function_environment.ts";
import { listFunctions, startFunctions } from "./functions.ts";
import { createGateway } from "./gateway.ts";
import { loadKeys } from "./keys.ts";
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
  /** Resolves if the database goes away by itself, with why. */
  databaseGone: Promise<string>;
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
  const howToSay = said ? "" : " Si c'est bien une base d'essai, dites-le-lui d'abord, une fois migrée " +
    "(npx supabase db push --remote) : insert into public.app_settings (key, value) values ('env', 'staging');";
  exiger(
    env !== "prod" || (isOurs && await estVierge(sql)),
    `Cette base ${sentence} (app_settings.env) : npm start ne s'y connecte jamais. Rien n'a été fait.${howToSay}`,
  );
}

/** The project's database, by its owner and by who may more; whose it is. */
type Base = Omit<Head, "project"> & { adminUrl: string };

/** Throws Echec, with a sentence, whatever the database or its folder refuses. */
const onBase = <T>({ adminUrl, superuserUrl, dataDir }: Base, work: (admin: Sql) => Promise<T>): Promise<T> =>
  withDatabase(adminUrl, "monaluxe", work).catch((error) => {
    if (error instanceof Echec) throw error;
    // Its own server's: nobody gave it an address.
    exiger(
      !superuserUrl || (error as { code?: string }).code !== "28P01",
      `Le mot de passe de la base n'est pas celui de ${
        join(dataDir, "keys.json")
      } (databasePassword) : remettez-y le bon, ` +
        "puis relancez npm start. Rien n'a été touché.",
    );
    const said = sentenceFor(error, dataDir);
    // A rule of the database: its message is a code, its hint the sentence.
    const { hint } = error as { hint?: string };
    throw new Echec(
      machineFault(error)
        ? said
        : `La base n'est pas joignable ou refuse : ${said}${hint ? `. ${hint}` : ""}`,
    );
  });

const prepareDatabase = (base: Base): Promise<string> =>
  onBase(base, async (admin) => {
    await refuseProd(admin, base.superuserUrl !== undefined);
    const waits = await waitsForStandby(admin);
    if (waits) console.error(waits);
    await prepareProject(admin, base.keys, base.projectUrl);
    await using project = connect(base.projectUrl);
    return await bringToHead({ ...base, project });
  });

/** A rule that is saved is tried at once, on the data that is there, whatever is compared meanwhile. Returns what ends it. */
function followChapters(base: Base, afterwards: () => Promise<void>): () => Promise<void> {
  const saved = savedChapters();
  let saves = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  };
  const onProject = async (work: (project: Sql) => Promise<void>) => {
    try {
      await using project = connect(base.projectUrl);
      await work(project);
    } catch (error) {
      console.error(`✗ ${error instanceof Error ? error.message : error}`);
    }
  };
  let [owed, comparing]: [boolean, Promise<void> | undefined] = [false, undefined];
  /** Until what was compared is what is there. */
  const comparison = (tried: boolean) =>
    onProject(async (project) => {
      while (owed) {
        owed = false;
        const seen = saves;
        const said = await compare({ ...base, project, alone, superseded: () => saves !== seen });
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
        applySaved({ ...base, project }, await saved().catch(() => ({ statements: [], complete: false })))
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

/** What functions are given of this machine's environment, or nothing: they may not ask for what they are not given. */
const AS_GIVEN = [
  "JWT_SECRET_PRECEDENT",
  "CLE_SECRETS_PRECEDENT",
  "DB_CA_CERT",
  "DB_POOLER",
  "DATABASE_READ_URL",
];

/**
 * What the functions lean on, as this machine's environment says; letters that it sends nowhere are files of the data
 * folder.
 */
async function servicesGiven(dataDir: string): Promise<Record<string, string>> {
  const courrier = join(dataDir, "courrier");
  await Deno.mkdir(courrier, { recursive: true, mode: 0o700 });
  const given = Object.entries(Deno.env.toObject()).filter(([name, value]) =>
    value && LEANED_ON.some((beginning) => name.startsWith(beginning))
  );
  return { COURRIEL: "fichier", ...Object.fromEntries(given), COURRIER_DIR: await Deno.realPath(courrier) };
}

/** What is said of a database that has ended by itself. */
export const stopped = (why: string) => `La base s'est arrêtée d'elle-même : ${why}`;

/** How long after a line was cut the end of its server may be heard of. */
const END_HEARD_MS = 500;

/** Work on a server's database, or that it has ended by itself: who speaks to it hears only that a line is cut, or nothing. */
async function whileItRuns<T>(work: Promise<T>, server: PostgresServer | undefined): Promise<T> {
  if (!server) return await work;
  const end = server.gone.then((why) => Promise.reject(new Echec(stopped(why))));
  return await Promise.race([
    end,
    work.catch(async (error) => {
      if (await Promise.race([server.ended.then(() => true), pause(END_HEARD_MS, false)])) await end;
      throw error;
    }),
  ]);
}

/** Of a stack of a test's, which is gone soon: whoever comes anew, half a minute later, would read every rule anew. */
const KEPT_S = "300";

/** Starts everything, in order; on any failure stops what had started and throws Echec. */
export async function startStack(settings: Settings): Promise<Stack> {
  const { dataDir, apiPort, dbPort, databaseUrl, demoPassword, throwaway, withLoss } = settings;
  try {
    await using started = new AsyncDisposableStack();
    const lock = await lockDataDir(dataDir);
    started.defer(() => lock.close());
    if (!databaseUrl) refuseSamePort(apiPort, dbPort);
    refuseTakenPort("API_PORT", apiPort);
    const keys = await loadKeys(dataDir);

    const server = databaseUrl ? undefined : await startPostgres({
      dataDir,
      port: dbPort,
      password: keys.databasePassword,
      throwaway,
      settings: settings.serverSettings,
    });
    if (server) started.defer(() => server.stop());
    const projectUrl = databaseUrl ?? server!.urlAs("postgres");
    const superuserUrl = server?.urlAs(SUPERUSER);
    const base = { projectUrl, superuserUrl, adminUrl: superuserUrl ?? projectUrl, keys, dataDir };
    const schema = await whileItRuns(prepareDatabase({ ...base, withLoss }), server);

    const status: StackStatus = {
      API_URL: `http://127.0.0.1:${apiPort}`,
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
      JWT_ISSUER: "",
      AUTH_ADMIN_KEY: "",
      CLE_SECRETS: variable("CLE_SECRETS") ?? keys.cleSecrets,
      ...Object.fromEntries(AS_GIVEN.map((name) => [name, variable(name) ?? ""])),
      ...await servicesGiven(dataDir),
      PILE_LOCALE: await describeStack(projectUrl, demoPassword),
      ...(throwaway && { PGIDLE_TIMEOUT: KEPT_S }),
    };
    const logs = join(dataDir, "logs");
    const functions = await startFunctions(
      environment,
      join(logs, "functions.log"),
      throwaway ? NEVER : LAPTOP,
    );
    started.defer(() => functions.stop());
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
    started.defer(() => api.stop());

    const listen = { hostname: "127.0.0.1", port: apiPort, onListen: () => {} };
    const http = Deno.serve(listen, createGateway(api, functions));
    started.defer(() => http.shutdown());
    // Their passwords take as long as REST takes to read the schema.
    await Promise.all([api.origin(), onBase(base, (admin) => createDemoUsers(admin, demoPassword))]);
    const scheduled = runScheduledTasks(base.adminUrl, status);
    started.defer(() => scheduled.stop());
    if (server) started.defer(followChapters(base, () => api.renew()));

    await Deno.writeTextFile(statusFile(dataDir), JSON.stringify(status), { mode: 0o600 });
    started.defer(() => removeIfThere(statusFile(dataDir)));
    const running = started.move();
    return {
      status,
      superuserUrl,
      schema,
      functionNames: functions.names,
      stop: () => running.disposeAsync(),
      databaseGone: server?.gone ?? new Promise(() => {}),
    };
  } catch (error) {
    throw error instanceof Echec ? error : new Echec(sentenceFor(error, dataDir));
  }
}
