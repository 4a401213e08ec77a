import { commande } from "../exploitation/cible/commande.ts";
import { VERIFIER } from "../exploitation/documents/verifier.ts";

/** documents:verifier: every content is what its hash says, and of a document. */
export const enregistrer = commande("documents:verifier", {
  dit: "recalcule l'empreinte de chaque contenu, en base et dans le seau, et cherche ce qui manque",
  aide: "Ne change rien. Sortie 1 : un contenu n'est pas ce qu'il doit être ; il est nommé.",
  etapes: () => [VERIFIER],
});
