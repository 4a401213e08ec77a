// The smoke test: each role, through the public doors only. Runbook ASTM, sections 5.1 to 5.5.
import { verifierCible } from "../cible/etape.ts";
import type { Environnement } from "../cible/cible.ts";
import type { Etape } from "../cli/deroulement.ts";
import { choisirCiterne, uneCiterneALire } from "./citerne.ts";
import { compenser, reprendreAbandons } from "./compensation.ts";
import type { ContexteSmoke } from "./contexte.ts";
import { connexion, depots, stocks } from "./lectures.ts";
import { reception, sortie } from "./mouvements.ts";
import { coherence, refusAnonyme, refusParRole } from "./refus.ts";

/** Its steps. Without writing: reads and refusals only. What was written is compensated, whatever fails. */
export function etapesSmoke(env: Environnement, options: { ecritures: boolean }): Etape<ContexteSmoke>[] {
  const cible = verifierCible<ContexteSmoke>(env);
  return [
    {
      ...cible,
      faire: async (contexte, dire) => {
        contexte.resultat = { env, marque: contexte.marque, ecritures: options.ecritures, laisse: [] };
        const constat = await cible.faire(contexte, dire);
        // From here on, only what a client may ask.
        await contexte.sql.end();
        return constat;
      },
    },
    connexion,
    depots,
    ...(options.ecritures
      ? [choisirCiterne, reprendreAbandons, stocks, reception, sortie]
      : [uneCiterneALire, stocks]),
    refusParRole,
    refusAnonyme,
    ...(options.ecritures ? [compenser] : []),
    coherence,
  ];
}
