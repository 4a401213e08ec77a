import type { Command } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { verifierCible } from "../exploitation/cible/etape.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import {
  type ContextePaiements,
  ecrireLaFin,
  prouverCourant,
  prouverPrecedent,
} from "../exploitation/paiements/etapes.ts";

/** paiements:tourner: each step of a rotation of the provider's secret is proved before the next. */
export function enregistrer(programme: Command): void {
  programme.command("paiements:tourner")
    .description("suit la rotation du secret du prestataire de paiement, preuve avant chaque pas")
    .addOption(optionEnv())
    .addOption(optionJson())
    .addHelpText(
      "after",
      "\nLe nouveau sous STRIPE_WEBHOOK_SECRET, l'ancien sous STRIPE_WEBHOOK_SECRET_PRECEDENT, ici et dans les " +
        "fonctions. Se relance à chaque pas, et dit lequel vient. N'affiche aucun secret.",
    )
    .action(({ env, json }) =>
      derouler("paiements:tourner", { resultat: {} } as ContextePaiements, [
        verifierCible<ContextePaiements>(env),
        prouverCourant,
        prouverPrecedent,
        ecrireLaFin,
      ], { json })
    );
}
