import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Echec } from "../commun/failure.ts";
import { ROOT, variable } from "../commun/settings.ts";
import { eachLines } from "./log.ts";

/** A Deno process of ours that serves HTTP on a port of its own choosing. */
export interface Child {
  /** Where it listens; rejects with what it said where it ended instead. */
  origin: Promise<string>;
  /** It listened, and has ended by itself since. */
  crashed(): boolean;
  /** Takes nothing new, answers what it has in hand, ends; ended at once when its patience, in milliseconds, is over. */
  stop(patience?: number): Promise<void>;
}

/** What requests in hand are given to end where whoever stops the process waits for it. */
const PATIENCE_MS = 5_000;
/**
 * What V8 may let a process of ours grow to, for a laptop has many: for what lives a moment, 48 MiB in each, and it goes there
 * under load; for the rest, several times what is in use before it is cleared. Kept at 6, and at half as much again, a function
 * under load takes 42 MiB where it took 67, and no more of the processor; less still costs requests (bench/notes.md). One that
 * nobody asks gives back what it has after a second and not after eight.
 */
const V8_FLAGS =
  "--v8-flags=--max-semi-space-size=2,--heap-growing-percent=50,--gc-memory-reducer-start-delay-ms=1000";

/** A child that is there when it is asked for: not before, and again after it has crashed, as the hosted runtime does. */
export interface OnDemand {
  origin(): Promise<string>;
  /** Asks it where it listens; until this is answered, it does not rest. */
  ask<T>(question: (origin: string) => Promise<T>): Promise<T>;
  /** Whether it runs, or is about to. */
  started(): boolean;
  /** Milliseconds since it was last asked anything; undefined while it is, or where it runs not. */
  idle(): number | undefined;
  /** The next one asked for is a new one. Resolves when this one has ended. */
  renew(): Promise<void>;
  /** The same; what this one has in hand, an answer that is still read included, is waited for however long it takes. */
  rest(): Promise<void>;
  /** Said by who waited in vain for the one at this address, or for one to listen: the next one asked for is a new one. */
  replace(origin: string | undefined, patience: number): Promise<void>;
  /** Said by who got no answer: where it listens no more, the next one asked for is a new one. */
  renewIfGone(): Promise<void>;
  stop(): Promise<void>;
}

/** A process that has died listens no more at once; that it has ended is heard of later. */
async function listens(origin: string): Promise<boolean> {
  const { hostname, port } = new URL(origin);
  return await Deno.connect({ hostname, port: Number(port) }).then((socket) => {
    socket.close();
    return true;
  }, () => false);
}

/** `room` is waited for before each start. */
export function onDemand(start: () => Child, room: () => Promise<void> = () => Promise.resolve()): OnDemand {
  let child: Child | undefined;
  let starting: Promise<Child> | undefined;
  const ending = new Set<Child>();
  let [asking, asked] = [0, 0];
  const awaken = async () => {
    child = undefined;
    try {
      await room();
    } finally {
      // Whoever asks next tries again.
      starting = undefined;
    }
    return child = start();
  };
  const origin = async () => {
    asked = performance.now();
    // Counts as started before it asks for room.
    const awake = child && !child.crashed() ? child : await (starting ??= Promise.resolve().then(awaken));
    return awake.origin;
  };
  const renew = async (patience?: number) => {
    if (!child) return;
    const before = child;
    child = undefined;
    ending.add(before);
    await before.stop(patience);
    ending.delete(before);
  };
  return {
    origin,
    ask: async (question) => {
      asking++;
      try {
        return await question(await origin());
      } finally {
        asking--;
        asked = performance.now();
      }
    },
    started: () => (child ?? starting) !== undefined,
    idle: () => child && !asking ? performance.now() - asked : undefined,
    renew: () => renew(),
    rest: () => renew(Infinity),
    replace: async (asked, patience) => {
      const silent = child;
      const there = await Promise.race([silent?.origin.catch(() => undefined), pause(0, undefined)]);
      // Of those who waited together, the first has said it.
      if (silent && child === silent && there === asked) await renew(patience);
    },
    renewIfGone: async () => {
      const silent = child;
      // One that never listened has said why: it is not started again for every request.
      if (!silent || await silent.origin.then(listens, () => true)) return;
      if (child === silent) await renew();
    },
    stop: async () => {
      await starting?.catch(() => {});
      await Promise.all([...ending, ...child ? [child] : []].map((one) => one.stop()));
    },
  };
}

/** Starts a module in a process of its own, with these permissions and this environment and no other. */
export function startChild(
  { name, module, root = ROOT, permissions, environment, log }: {
    name: string;
    module: string;
    /** Tree it runs in, where it is not this one. */
    root?: string;
    permissions: string[];
    environment: Record<string, string>;
    /** One line, or several with a line break between them. */
    log: (lines: string) => void;
  },
): Child {
  const runner = join(root, "ops/pile/run_with_parent.ts");
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--cached-only", V8_FLAGS, ...permissions, runner, module],
    cwd: root,
    clearEnv: true,
    env: {
      ...environment,
      DENO_SERVE_ADDRESS: "tcp:127.0.0.1:0",
      HOME: variable("HOME") ?? ROOT,
      NO_COLOR: "1",
    },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();

  const said: string[] = [];
  let [listened, over] = [false, false];
  const { promise: origin, resolve, reject } = Promise.withResolvers<string>();
  origin.catch(() => {});
  const isAddress = (line: string) => {
    const [, address] = line.match(/^Listening on (http:\/\/127\.0\.0\.1:\d+)/) ?? [];
    if (!address) return false;
    listened = true;
    resolve(address);
    return true;
  };
  const onLines = (heard: string[]) => {
    const lines = heard.filter((line) => !isAddress(line));
    if (!lines.length) return;
    said.push(...lines);
    said.splice(0, said.length - 10);
    const asJson = (line: string) =>
      line.startsWith("{") ? line : JSON.stringify({ processus: name, message: line });
    log(lines.map(asJson).join("\n"));
  };
  const ended = Promise.all([
    eachLines(process.stdout, onLines),
    eachLines(process.stderr, onLines),
    process.status,
  ]).then(() => {
    over = true;
    reject(new Echec(`${name} s'est arrêté : ${said.join(" ").trim() || "sans rien dire"}.`));
  });

  const signal = (name: Deno.Signal) => {
    try {
      process.kill(name);
    } catch {
      // Already ended.
    }
  };

  return {
    origin,
    crashed: () => over && listened,
    stop: async (patience = PATIENCE_MS) => {
      signal("SIGTERM");
      const impatience = Number.isFinite(patience)
        ? setTimeout(() => signal("SIGKILL"), patience)
        : undefined;
      await ended;
      clearTimeout(impatience);
      await process.stdin.close().catch(() => {});
    },
  };
}
