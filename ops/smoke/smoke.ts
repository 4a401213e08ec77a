// The smoke test: each role, through the public doors only. Runbook ASTM, sections 5.1 to 5.5.
import type { Etape } from "../cli/deroulement.ts";
import { choisirCiterne, uneCiterneALire } from "./citerne.ts";
import { compenser, reprendreAbandons } from "./compensation.ts";
import type { ContexteSmoke } from "./contexte.ts";
import { connexion, depots, stocks } from "./lectures.ts";
import { reception, sortie } from "./mouvements.ts";
import { coherence, refusAnonyme, refusParRole } from "./refus.ts";

/**
 * Its steps, on a target that was verified; they ask nothing of the database directly.
 * Without writing: reads and refusals only. What was written is compensated, whatever fails.
 */
export function etapesSmoke(options: { ecritures: boolean }): Etape<ContexteSmoke>[] {
  return [
    {
      ...connexion,
      faire: (contexte, dire) => {
        const { marque, cible } = contexte;
        contexte.resultat = { env: cible.env, marque, ecritures: options.ecritures, laisse: [] };
        return connexion.faire(contexte, dire);
      },
    },
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
