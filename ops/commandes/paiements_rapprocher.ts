import { commande } from "../exploitation/cible/commande.ts";
import { type ContextePaiements, rapprocher } from "../exploitation/paiements/etapes.ts";

/** paiements:rapprocher: what the provider has over seven days against what is here; what never came is dealt with. */
export const enregistrer = commande("paiements:rapprocher")<ContextePaiements>({
  dit: "compare les paiements en ligne à ceux du prestataire, et rattrape ce qui n'est pas venu",
  aide: "Se relance sans risque. Sortie 1 : un écart reste, ou rien n'a pu être comparé.",
  contexte: () => ({ resultat: {} }),
  etapes: () => [rapprocher],
});
