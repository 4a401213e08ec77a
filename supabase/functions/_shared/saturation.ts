import type { Context } from "hono";
import { answerError } from "./answers.ts";
import type { Env } from "./context.ts";
import { refuser } from "./problems.ts";

/**
 * Requests that a function has in hand at once. With six connections and about a millisecond each, the last of them is
 * answered within a quarter of a second; more would wait longer, and be given up by who asks before they are answered.
 */
const EN_COURS_MAX = 256;

let enCours = 0;

/** Refuses at once what would only wait: nothing of it is begun, and whoever was let in is answered in time. */
export async function sansSaturer(c: Context<Env>, next: () => Promise<void>): Promise<Response | void> {
  if (enCours >= EN_COURS_MAX) return answerError(c, refuser("SATURATION"));
  enCours++;
  try {
    await next();
  } finally {
    enCours--;
  }
}

/**
 * While it is still on its way a request is in nobody's hands: its place is another's, and one is asked for it once it
 * is there.
 */
export async function enChemin<T>(arrivee: Promise<T>): Promise<T> {
  enCours--;
  let venue: T;
  try {
    venue = await arrivee;
  } finally {
    enCours++;
  }
  if (enCours > EN_COURS_MAX) throw refuser("SATURATION");
  return venue;
}
