import { join } from "node:path";
import postgres from "postgres";
import { ROOT } from "../../ops/commun/settings.ts";
import { freePort, temporaryDataDir } from "../../ops/pile/throwaway.ts";

/** `npm start` as a process, on a folder and ports of its own. */
export interface Pile {
  pid: number;
  apiUrl: string;
  env: Record<string, string>;
  /** All it has said so far. */
  said(): string;
  /** Resolves once it has said this; rejects where it ends first. */
  says(pattern: RegExp): Promise<void>;
  ready: Promise<void>;
  /** Sends a signal, or waits for it to end by itself; resolves with its exit code. */
  end(signal?: Deno.Signal): Promise<number>;
}

export const newEnvironment = async () => ({
  DATA_DIR: await temporaryDataDir("monaluxe-pile-"),
  API_PORT: String(freePort()),
  DB_PORT: String(freePort()),
});

/** Who runs a command, where it is not whoever runs the tests. */
export interface Identite {
  uid?: number;
  gid?: number;
}

export function startPile(env: Record<string, string>, root = ROOT, identite: Identite = {}): Pile {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "ops/pile/start.ts"],
    cwd: root,
    ...identite,
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let said = "";
  const waiting = new Set<() => void>();
  const listen = async (stream: ReadableStream<Uint8Array>) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      said += text;
      waiting.forEach((check) => check());
    }
  };
  const ended = Promise.all([process.status, listen(process.stdout), listen(process.stderr)]);
  const says = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const check = () => pattern.test(said) && resolve();
      waiting.add(check);
      check();
      ended.then(() => pattern.test(said) || reject(new Error(`terminé sans dire ${pattern} :\n${said}`)));
    });
  const ready = says(/Prêt en/);
  ready.catch(() => {});
  return {
    pid: process.pid,
    apiUrl: `http://127.0.0.1:${env.API_PORT}`,
    env,
    said: () => said,
    says,
    ready,
    end: async (signal) => {
      if (signal) process.kill(signal);
      const [{ code }] = await ended;
      return code;
    },
  };
}

/** A command of this tree, run to its end. */
export async function command(
  script: string | string[],
  env: Record<string, string>,
  cwd = ROOT,
  identite: Identite = {},
) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", ...[script].flat()],
    cwd,
    ...identite,
    env: { NO_COLOR: "1", ...env },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/** Works in the database of the stack of this environment, as its status says it. */
export async function inDatabase<T>(
  env: Record<string, string>,
  work: (sql: postgres.Sql) => Promise<T>,
): Promise<T> {
  const { stdout } = await command("ops/pile/print_status.ts", env);
  const sql = postgres(JSON.parse(stdout).DB_URL, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

/** A copy of the tree whose files a test may change. */
export async function copyTree(prefix = "monaluxe-pile-"): Promise<string> {
  const copy = await temporaryDataDir(prefix);
  const files = ["interventions", "ops", "supabase", "deno.json", "package.json"].map((name) =>
    join(ROOT, name)
  );
  await new Deno.Command("cp", { args: ["-r", ...files, copy] }).output();
  await Deno.symlink(join(ROOT, "node_modules"), join(copy, "node_modules"));
  return copy;
}

/** Each process of this machine with its parent's number. */
async function parents(): Promise<[number, number][]> {
  // Linux says it in /proc, without a package and without a process for each; elsewhere ps does.
  if (Deno.build.os === "linux") {
    const pids = [...Deno.readDirSync("/proc")].map(({ name }) => name).filter((name) => /^\d+$/.test(name));
    return pids.flatMap((pid): [number, number][] => {
      try {
        const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
        // The name stands before, in brackets, and may hold anything.
        return [[Number(pid), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1])]];
      } catch {
        // Gone between two looks.
        return [];
      }
    });
  }
  const { stdout } = await new Deno.Command("ps", { args: ["-A", "-o", "pid=,ppid="] }).output();
  return new TextDecoder().decode(stdout).trim().split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
}

/** Every process that descends from this one, now. */
export async function descendants(pid: number): Promise<number[]> {
  const pairs = await parents();
  const children = (parent: number): number[] =>
    pairs.filter(([, ppid]) => ppid === parent).flatMap(([child]) => [child, ...children(child)]);
  return children(pid);
}
