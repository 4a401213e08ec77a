// Which functions rest, so that all of them fit a laptop's memory: a function rests when nobody asks for it.
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

/** Puts to rest whichever is unasked or one too many, now; none that is being asked. */
export function putToRest(functions: OnDemand[], { unasked, awakeMax, lately }: Omit<Rest, "round">): void {
  const idle = functions.flatMap((one) => {
    const since = one.idle();
    return since !== undefined && since >= lately ? [{ one, since }] : [];
  }).sort((one, other) => other.since - one.since);
  const tooMany = functions.filter((one) => one.started()).length - awakeMax;
  idle.filter(({ since }, rank) => since > unasked || rank < tooMany).forEach(({ one }) => one.rest());
}
