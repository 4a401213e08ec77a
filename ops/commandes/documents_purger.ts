import { commande } from "../exploitation/cible/commande.ts";
import { etapePurger } from "../exploitation/documents/purger.ts";

/** documents:purger: bytes whose retention is over go; rows and hashes stay. */
export const enregistrer = commande("documents:purger", {
  dit:
    "efface les octets des documents dont la conservation est échue, refusés ou infectés ; jamais sous gel",
  etapes: (demande: { appliquer?: boolean; operateur?: string }) => [etapePurger(demande)],
  options: (une) =>
    une
      .option("--appliquer", "le faire : sans elle, la commande dit ce qui partirait")
      .option("--operateur <email ou id>", "l'admin au nom de qui c'est fait"),
});
