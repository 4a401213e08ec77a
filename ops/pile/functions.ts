import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { commitDeLArbre } from "../commun/commit.ts";
import { watchFiles } from "./watch.ts";
import { type OnDemand, onDemand, startChild } from "./child.ts";
import { environmentOf, LEANED_ON } from "./function_environment.ts";
import { appendTo } from "./log.ts";
import { makeRoom, putToRest, type Rest } from "./rest.ts";
import { exists, namesIn } from "../commun/files.ts";
import { FUNCTIONS_DIR, ROOT } from "../commun/settings.ts";

export interface EdgeFunctions {
  names: string[];
  /** A function, started when it is asked where it listens; undefined for a name that is none. */
  named(name: string): OnDemand | undefined;
  stop(): Promise<void>;
}

/** What a request that has been sent to a function is given to reach it before that one takes no more. */
const GRACE_MS = 5_000;

const having = async (file: string): Promise<string[]> => {
  const names = (await namesIn(FUNCTIONS_DIR)).filter((name) => !name.startsWith("_")).sort();
  const there = await Promise.all(names.map((name) => exists(join(FUNCTIONS_DIR, name, file))));
  return names.filter((_, rank) => there[rank]);
};

/** Names of the edge functions of this tree. */
export const listFunctions = () => having("index.ts");

/** Those that are doors of the API: the others serve pages. */
export const listDomains = () => having("actes.ts");

/**
 * Runs every edge function's own entry point in a process of its own, allowed what the hosted runtime allows:
 * the network, these variables, the functions' folder. A function starts at its first request; rests when nobody asks
 * it any more, and those that run are run again when a file changes.
 */
export async function startFunctions(
  environment: Record<string, string>,
  logFile: string,
  rest: Rest,
): Promise<EdgeFunctions> {
  const names = await listFunctions();
  const courrier = environment.COURRIER_DIR!;
  const variables = [
    ...Object.keys(environment),
    "DEPLOYED_COMMIT",
    ...["DENO_", "NODE_", "PG", ...LEANED_ON].map((beginning) => `${beginning}*`),
  ];
  const start = (): Map<string, OnDemand> => {
    // Asked again at each start: a change of source may come with a change of commit.
    const withCommit = { ...environment, DEPLOYED_COMMIT: commitDeLArbre() ?? "" };
    return new Map(names.map((name) => [
      name,
      onDemand(() =>
        startChild({
          name: `La fonction ${name}`,
          module: pathToFileURL(join(FUNCTIONS_DIR, name, "index.ts")).href,
          permissions: [
            "--allow-net",
            `--allow-env=${variables.join(",")}`,
            `--allow-read=${FUNCTIONS_DIR},${join(ROOT, "node_modules")}${
              name === "envois" ? `,${courrier}` : ""
            }`,
            // A TLS of their own asks for the authorities; letters are files here.
            ...(["envois", "ops"].includes(name) ? ["--allow-sys=ca"] : []),
            ...(name === "envois" ? [`--allow-write=${courrier}`] : []),
          ],
          environment: environmentOf(name, withCommit),
          log: appendTo(logFile),
        }), () => makeRoom([...running.values()], rest)),
    ]));
  };

  let running = start();
  const round = setInterval(() => putToRest([...running.values()], rest), rest.round);
  Deno.unrefTimer(round);
  const leaving = new Set<{ stop(): Promise<void> }>();
  const watcher = watchFiles(FUNCTIONS_DIR, /\.(ts|js|json)$/, async () => {
    const before = [...running].filter(([, child]) => child.started());
    running = start();
    const outcomes = await Promise.allSettled(before.map(([name]) => running.get(name)!.origin()));
    const broken = outcomes.filter((outcome) => outcome.status === "rejected");
    broken.forEach(({ reason }) => console.error(`✗ ${reason.message}`));
    if (!broken.length) console.log("↻ Fonctions rechargées.");
    for (const [, child] of before) {
      leaving.add(child);
      setTimeout(() => child.stop().then(() => leaving.delete(child)), GRACE_MS);
    }
  });

  return {
    names,
    named: (name) => running.get(name),
    stop: async () => {
      watcher.close();
      clearInterval(round);
      await Promise.all([...running.values(), ...leaving].map((child) => child.stop()));
    },
  };
}
