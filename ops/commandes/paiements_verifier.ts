import type { Command } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { verifierCible } from "../exploitation/cible/etape.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import {
  type ContextePaiements,
  prouverCourant,
  prouverPrecedent,
  prouverRefus,
} from "../exploitation/paiements/etapes.ts";

/** paiements:verifier: the provider's door is reached from outside, and knows who signs. */
export function enregistrer(programme: Command): void {
  programme.command("paiements:verifier")
    .description("envoie à la porte du prestataire de paiement un événement signé, et relit sa trace")
    .addOption(optionEnv())
    .addOption(optionJson())
    .addHelpText(
      "after",
      "\nSigne avec STRIPE_WEBHOOK_SECRET (env/.env.<env>) ; sans lui, comme le prestataire simulé. Aucun argent ne " +
        "bouge. Se relance sans risque.",
    )
    .action(({ env, json }) =>
      derouler("paiements:verifier", { resultat: {} } as ContextePaiements, [
        verifierCible<ContextePaiements>(env),
        prouverCourant,
        prouverRefus,
        prouverPrecedent,
      ], { json })
    );
}
