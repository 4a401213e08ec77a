import { setTimeout as pause } from "node:timers/promises";

/** Looks again and again until something is there; undefined once the time is up. All in milliseconds. */
export async function until<T>(
  look: () => Promise<T | undefined | false>,
  { every, atMost }: { every: number; atMost: number },
): Promise<T | undefined> {
  const end = performance.now() + atMost;
  for (;; await pause(every)) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (performance.now() > end) return undefined;
  }
}
