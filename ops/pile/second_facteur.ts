// The second factor of a test account: what its phone would show, from the secret that the environment's file keeps.
import { setTimeout as pause } from "node:timers/promises";
import { Secret, TOTP } from "otpauth";
import { Echec } from "../commun/failure.ts";
import type { Person } from "./client.ts";
import { Refusal } from "./refusal.ts";

/** How long a code is the code. */
export const PERIODE_MS = 30_000;
/** The step that runs, and the one after, which is taken too. */
const D_AVANCE = [0, 1];

export const codeDuPas = (secret: string, pas: number) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: pas * PERIODE_MS });

/**
 * Raises the session of a test account. Another run may have used the step that runs, and the next: then it waits for the
 * one after.
 */
export async function prouverFacteur(
  personne: Person,
  secret: string,
  dire: (progres: string) => void = () => {},
): Promise<string> {
  for (let attente = 0; attente < 3; attente++) {
    for (const avance of D_AVANCE) {
      const pas = Math.floor(Date.now() / PERIODE_MS) + avance;
      try {
        const { eleve_jusqu_au } = await personne.call<{ eleve_jusqu_au: string }>(
          "POST",
          "securite/totp/prouver",
          { code: codeDuPas(secret, pas) },
        );
        return eleve_jusqu_au;
      } catch (erreur) {
        if (!(erreur instanceof Refusal) || erreur.problem.code !== "TOTP_REJOUE") throw erreur;
      }
    }
    dire("les deux codes ont déjà servi : attente du suivant");
    await pause(PERIODE_MS - Date.now() % PERIODE_MS + 200);
  }
  throw new Echec("Les codes du compte d'essai servent ailleurs en même temps : relancez dans une minute.");
}
