// One run of a command: what it reads of its environment, what it says, how it ends. A process is one; within a process
// others may run, side by side, each with its own.
import { AsyncLocalStorage } from "node:async_hooks";

export interface Execution {
  variable(name: string): string | undefined;
  variables(): Record<string, string>;
  print(line: string): void;
  printError(line: string): void;
  terminal(): boolean;
  /** Absent where signals are somebody else's. */
  onSignal?: (signal: Deno.Signal, handler: () => void) => () => void;
  /** What it opened, closed when it ends: a process needs none, its end closes all. */
  opened?: { end(options: { timeout: number }): Promise<void> }[];
  code: number;
}

const ofProcess: Execution = {
  variable: (name) => Deno.env.get(name),
  variables: () => Deno.env.toObject(),
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
  terminal: () => Deno.stdout.isTerminal(),
  onSignal: (signal, handler) => {
    Deno.addSignalListener(signal, handler);
    return () => Deno.removeSignalListener(signal, handler);
  },
  code: 0,
};

/** Where a run of its own is, within a process of others. */
export const within = new AsyncLocalStorage<Execution>();

/** The run that asks. */
export const execution = (): Execution => within.getStore() ?? ofProcess;

export const print = (line: string): void => execution().print(line);
export const printError = (line: string): void => execution().printError(line);

/** What the run will end with, unless something fails after. */
export const endWith = (code: number): void => void (execution().code = code);

/** Who asked to hear of a signal, in their order. */
const hearing = new Map<Deno.Signal, unknown[]>();

/**
 * Has signals heard until what it returns is called; by whoever asked last, and by nobody else; `unlessHeard`, where
 * nobody else asks. A run within another's process hears none.
 */
export function onSignals(
  signals: readonly Deno.Signal[],
  handler: (signal: Deno.Signal) => void,
  { unlessHeard = false } = {},
): () => void {
  const { onSignal } = execution();
  if (!onSignal) return () => {};
  const deaf = signals.map((signal) => {
    const all = hearing.get(signal) ?? [];
    const mine = {};
    if (unlessHeard) all.unshift(mine);
    else all.push(mine);
    hearing.set(signal, all);
    const stop = onSignal(signal, () => all.at(-1) === mine && handler(signal));
    return () => {
      all.splice(all.indexOf(mine), 1);
      stop();
    };
  });
  return () => deaf.forEach((stop) => stop());
}

const onLeaving = new Set<() => void>();

/** Has this done where a signal ends the process, until what it returns is called. */
export function whenLeft(undo: () => void): () => void {
  onLeaving.add(undo);
  return () => onLeaving.delete(undo);
}

/** Ends at once, from a signal: its process is the run's own. */
export function leave(code: number): never {
  for (const undo of onLeaving) {
    try {
      undo();
    } catch {
      // What another has done already.
    }
  }
  Deno.exit(code);
}
