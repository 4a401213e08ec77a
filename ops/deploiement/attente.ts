// Waits for a service that is starting: asks ops/ready again, less and less often, until it says yes or time is up.
import pRetry from "p-retry";
import { z } from "zod";
import type { Portes } from "../client.ts";
import { Refus } from "../cli/deroulement.ts";
import { Echec } from "../stack/failure.ts";

const Etat = z.object({
  statut: z.enum(["pret", "base_injoignable", "migrations_en_attente"]),
  migration: z.string().nullable(),
  migration_attendue: z.string(),
  // Functions of before it was said have none.
  commit: z.string().nullable().default(null),
});
export type EtatDuService = z.output<typeof Etat>;

const UN_APPEL_MS = 10_000;

/** What ops/ready answers, ready or not. Throws where nothing that is ours answers. */
export async function lireEtat({ API_URL, ANON_KEY }: Portes): Promise<EtatDuService> {
  const reponse = await fetch(`${API_URL}/functions/v1/ops/ready`, {
    headers: { apikey: ANON_KEY },
    signal: AbortSignal.timeout(UN_APPEL_MS),
  }).catch(({ message, cause }: Error) => {
    throw new Echec(`${API_URL} ne répond pas (${(cause as Error | undefined)?.message ?? message})`);
  });
  const { data } = Etat.safeParse(await reponse.json().catch(() => undefined));
  if (!data) throw new Echec(`${API_URL} répond ${reponse.status}, et non l'état du service`);
  return data;
}

/** Asks until ready. Throws with the last thing heard once `delai` seconds have passed; at once where it is refused. */
export async function attendrePret(
  portes: () => Promise<Portes>,
  options: { delai: number; dire?: (progres: string) => void },
): Promise<EtatDuService> {
  let dernier = "rien";
  try {
    return await pRetry(async () => {
      const etat = await lireEtat(await portes());
      if (etat.statut !== "pret") {
        throw new Echec(
          `${etat.statut} (migration ${etat.migration}, attendue ${etat.migration_attendue})`,
        );
      }
      return etat;
    }, {
      retries: Infinity,
      minTimeout: 200,
      maxTimeout: 5_000,
      randomize: true,
      signal: AbortSignal.timeout(options.delai * 1000),
      shouldRetry: ({ error }) => !(error instanceof Refus),
      onFailedAttempt: ({ error, attemptNumber }) => {
        dernier = error.message;
        options.dire?.(`essai ${attemptNumber} : ${dernier}`);
      },
    });
  } catch (erreur) {
    if (erreur instanceof Refus) throw erreur;
    throw new Echec(
      `Le service n'est pas prêt après ${options.delai} s. Dernière réponse : ${
        dernier.replace(/\.$/, "")
      }. Rien n'a été changé.`,
    );
  }
}
