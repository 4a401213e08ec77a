import { join } from "node:path";
import { Echec, exiger, sentenceFor } from "../commun/failure.ts";
import { exists, namesIn, removeIfThere } from "../commun/files.ts";
import { initialise, SERVER_ENVIRONMENT, serverOwner, serverPrograms } from "./initdb.ts";
import { clearLeftover, endWithParent } from "./leftover.ts";
import { appendTo, eachLines } from "./log.ts";
import { refuseTakenPort } from "./ports.ts";
import { refusalsInALine } from "./postgres_log.ts";

export { SUPERUSER } from "./initdb.ts";

export interface PostgresServer {
  urlAs(role: string): string;
  /** Resolves when the server is gone, whoever stopped it, with what it said last and is worth reading. */
  gone: Promise<string>;
  /** Resolves before that: its process has ended, what it had started may not have yet. */
  ended: Promise<unknown>;
  stop(): Promise<void>;
}

/** What is there and is no server's is somebody's: nothing is made in its place. */
async function refuseForeignFolder(dir: string): Promise<void> {
  // One that may not be read is no empty one.
  const entries = await namesIn(dir);
  exiger(
    !entries.length,
    `${dir} n'est pas le dossier d'une base PostgreSQL (PG_VERSION y manque), et n'est pas vide. Rien n'a été touché. ` +
      "Déplacez-le, ou choisissez un autre dossier avec DATA_DIR=….",
  );
}

/** Lies beside a base that is coming back, until it is whole and proved: killed before, it is neither. */
export const UNFINISHED_RESTORE = "restauration_inachevee";

async function refuseUnfinished(dataDir: string): Promise<void> {
  exiger(
    !await exists(join(dataDir, UNFINISHED_RESTORE)),
    `${dataDir} est le reste d'une restauration interrompue : la base n'y est ni entière ni prouvée. Rien n'a été ` +
      "démarré. La même commande continuite:restaurer l'ôte et recommence ; sinon ôtez ce dossier, qui la contient en clair.",
  );
}

/** What secours:promouvoir has put aside: it would start to be read only, and never be ready. */
async function refuseReplaced(dir: string): Promise<void> {
  exiger(
    !await exists(join(dir, "standby.signal")),
    `${dir} a été remplacé par sa base de secours (standby.signal) : y écrire encore ferait deux bases. Rien n'a été ` +
      "démarré. Démarrez sur celle qui écrit : DATABASE_URL=… npm start (secours:etat dit laquelle).",
  );
}

/** Of a server whose folder goes away with it: nothing in it need outlive the machine, nor be tidied up in its time. */
const NOTHING_TO_KEEP = [
  ...["fsync=off", "full_page_writes=off", "synchronous_commit=off"],
  "autovacuum_naptime=600",
  // Tests of several files at once, each with its own, beside those that its functions keep.
  "max_connections=400",
  // Databases of it that say they are PROD archive, as PROD must: to nowhere.
  ...["archive_mode=on", "archive_command=true", "archive_timeout=60"],
];

/** Runs the server on its folder; resolves once it takes connections, rejects where it ends before. */
async function run(
  dir: string,
  port: number,
  settings: string[],
  onLine: (line: string) => void,
): Promise<{ gone: Promise<void>; ended: Promise<unknown>; stop(): void }> {
  const { postgres } = await serverPrograms();
  const server = new Deno.Command(postgres, {
    args: ["-D", dir, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])],
    ...await serverOwner(),
    env: SERVER_ENVIRONMENT,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  const read = eachLines(server.stderr, (lines) =>
    lines.forEach((line) => {
      if (line.includes("database system is ready to accept connections")) resolve();
      onLine(line);
    }));
  const gone = Promise.all([read, server.status]).then(() => {});
  await Promise.race([
    ready,
    gone.then(() => {
      throw new Error("le serveur s'est arrêté");
    }),
  ]);
  return {
    gone,
    ended: server.status,
    stop: () => {
      try {
        server.kill("SIGINT");
      } catch {
        // Already gone.
      }
    },
  };
}

/** Starts the embedded PostgreSQL 17 on its folder, made first where it does not exist. */
export async function startPostgres(
  options: {
    dataDir: string;
    port: number;
    password: string;
    throwaway?: boolean;
    /** More of the server's settings: wal_level=logical. */
    settings?: string[];
    /** Whoever restores starts what is not whole yet. */
    unfinished?: boolean;
  },
): Promise<PostgresServer> {
  const dir = join(options.dataDir, "postgres");
  await Deno.mkdir(join(options.dataDir, "logs"), { recursive: true, mode: 0o700 });
  await clearLeftover(dir);
  await refuseReplaced(dir);
  if (!options.unfinished) await refuseUnfinished(options.dataDir);
  refuseTakenPort("DB_PORT", options.port);

  const logFile = join(options.dataDir, "logs/postgres.log");
  const lastLines: string[] = [];
  const write = appendTo(logFile);
  const onLine = refusalsInALine((line) => {
    lastLines.push(line);
    lastLines.splice(0, lastLines.length - 20);
    write(line);
  });
  const settings = [
    ...["listen_addresses=127.0.0.1", "unix_socket_directories=", "timezone=UTC"],
    // Every function keeps connections of its own; hosted, a pooler stands between.
    "max_connections=200",
    // %a: a door's transaction bears the number of its request; %e: what kind of error it is.
    "log_line_prefix=%m [%p] %a %e ",
    ...options.throwaway ? NOTHING_TO_KEEP : [],
    ...options.settings ?? [],
  ];

  /** Why it ended: the sentence of a full disk or a closed folder, else, after `otherwise`, its last word of trouble. */
  const why = (otherwise: string, error?: unknown): string => {
    const said = sentenceFor(
      [error instanceof Error ? error.message : error ?? "", ...lastLines].join("\n"),
      options.dataDir,
    );
    if (/^(Le disque|Lancé en root|\/)/.test(said)) return said.split("\n")[0]!;
    const last = lastLines.findLast((line) => /FATAL|ERROR|PANIC|error:/.test(line)) ?? said;
    return `${otherwise}${last.trim()} (journal : ${logFile}).`;
  };

  try {
    if (!await exists(join(dir, "PG_VERSION"))) {
      await refuseForeignFolder(dir);
      // Made beside and renamed: a start that is killed here leaves nothing to trip over.
      await removeIfThere(`${dir}.new`);
      await initialise(options.dataDir, { ...options, databaseDir: `${dir}.new` });
      await Deno.rename(`${dir}.new`, dir);
    }
    // Before it starts: what it replays may take minutes, and whoever waits for it may be killed in them.
    const release = endWithParent(dir);
    const start = () => run(dir, options.port, settings, onLine);
    // What a killed transaction left of an unlogged table stops the recovery that meets it, and is cleared by the next.
    const server = await start().catch((error) => {
      if (!lastLines.some((line) => line.includes("startup process failure"))) throw error;
      return start();
    }).catch(async (error) => {
      await release();
      throw error;
    });
    return {
      urlAs: (role) => `postgresql://${role}:${options.password}@127.0.0.1:${options.port}/postgres`,
      gone: server.gone.then(() => why("")),
      ended: server.ended,
      stop: async () => {
        server.stop();
        await server.gone;
        await release();
      },
    };
  } catch (error) {
    if (error instanceof Echec) throw error;
    throw new Echec(why("PostgreSQL n'a pas démarré : ", error));
  }
}
