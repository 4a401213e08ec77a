// Which functions rest, so that all of them fit a laptop's memory: a function rests when nobody asks for it.
import { setTimeout as pause } from "node:timers/promises";
import type { OnDemand } from "./child.ts";

/** When a function rests; times in milliseconds. */
export interface Rest {
  /** One that nobody has asked for so long. */
  unasked: number;
  /** As many may be awake at once; of more, those longest unasked rest, */
  awakeMax: number;
  /** but none that was asked so lately: a screen asks several at once, and again. */
  lately: number;
  /** How often it is looked at. */
  round: number;
}

/** Of npm start: what fits 400 MiB with PostgreSQL and REST. */
export const LAPTOP: Rest = { unasked: 5 * 60_000, awakeMax: 4, lately: 1_000, round: 500 };
/** Of a stack of a test's, which is asked everything at once, and is gone soon. */
export const NEVER: Rest = { unasked: Infinity, awakeMax: Infinity, lately: Infinity, round: 60_000 };

/** What one that makes room is waited for: longer has an answer in hand that somebody is still reading. */
const ROOM_MS = 1_000;

/** Those that nobody is asking, and for how long; the longest unasked first. */
const idle = (functions: OnDemand[]) =>
  functions.flatMap((one) => {
    const since = one.idle();
    return since === undefined ? [] : [{ one, since }];
  }).sort((one, other) => other.since - one.since);

const tooMany = (functions: OnDemand[], awakeMax: number) =>
  functions.filter((one) => one.started()).length - awakeMax;

/** Puts to rest whichever is unasked or one too many, now; none that is being asked. */
export function putToRest(functions: OnDemand[], { unasked, awakeMax, lately }: Omit<Rest, "round">): void {
  const beyond = tooMany(functions, awakeMax);
  idle(functions).filter(({ since }) => since >= lately)
    .filter(({ since }, rank) => since > unasked || rank < beyond)
    .forEach(({ one }) => one.rest());
}

/**
 * For one that is about to start, and counts: those longest unasked end first, so that together they never take more memory
 * than they may. Where all are being asked none does, and it starts all the same.
 */
export async function makeRoom(
  functions: OnDemand[],
  { awakeMax }: Pick<Rest, "awakeMax">,
  patience = ROOM_MS,
): Promise<void> {
  const beyond = Math.max(0, tooMany(functions, awakeMax));
  const ended = idle(functions).slice(0, beyond).map(({ one }) => one.rest());
  if (!ended.length) return;
  await Promise.race([Promise.all(ended), pause(patience, undefined, { ref: false })]);
}
