import { commande } from "../exploitation/cible/commande.ts";
import {
  type ContextePaiements,
  prouverCourant,
  prouverPrecedent,
  prouverRefus,
} from "../exploitation/paiements/etapes.ts";

/** paiements:verifier: the provider's door is reached from outside, and knows who signs. */
export const enregistrer = commande("paiements:verifier")<ContextePaiements>({
  dit: "envoie à la porte du prestataire de paiement un événement signé, et relit sa trace",
  aide:
    "Signe avec STRIPE_WEBHOOK_SECRET (env/.env.<env>) ; sans lui, comme le prestataire simulé. Aucun argent ne " +
    "bouge. Se relance sans risque.",
  contexte: () => ({ resultat: {} }),
  etapes: () => [prouverCourant, prouverRefus, prouverPrecedent],
});
