import { commande } from "../exploitation/cible/commande.ts";
import {
  type ContextePaiements,
  ecrireLaFin,
  prouverCourant,
  prouverPrecedent,
} from "../exploitation/paiements/etapes.ts";

/** paiements:tourner: each step of a rotation of the provider's secret is proved before the next. */
export const enregistrer = commande("paiements:tourner")<ContextePaiements>({
  dit: "suit la rotation du secret du prestataire de paiement, preuve avant chaque pas",
  aide:
    "Le nouveau sous STRIPE_WEBHOOK_SECRET, l'ancien sous STRIPE_WEBHOOK_SECRET_PRECEDENT, ici et dans les " +
    "fonctions. Se relance à chaque pas, et dit lequel vient. N'affiche aucun secret.",
  contexte: () => ({ resultat: {} }),
  etapes: () => [prouverCourant, prouverPrecedent, ecrireLaFin],
});
