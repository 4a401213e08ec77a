import { commande } from "../exploitation/cible/commande.ts";
import { type DemandeDeJoindre, etapeJoindre } from "../exploitation/documents/joindre.ts";

/** documents:joindre: a file of this machine is kept with what it proves. */
export const enregistrer = commande("documents:joindre", {
  dit: "garde un fichier de cette machine avec ce qu'il prouve (preuve signée d'une intervention)",
  etapes: (demande: DemandeDeJoindre) => [etapeJoindre(demande)],
  options: (une) =>
    une
      .requiredOption("--fichier <chemin>", "PDF, JPEG, PNG, WebP, xlsx ou CSV, 10 Mio au plus")
      .requiredOption("--objet <TYPE:id>", "ce qu'il prouve : INTERVENTION:id, RECEPTION:id, SBLC:id…")
      .option("--categorie <mot>", "CERTIFICAT, BL, RAPPORT…", "RAPPORT")
      .option("--operateur <email ou id>", "l'admin au nom de qui c'est fait"),
});
