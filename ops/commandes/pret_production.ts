import { commande } from "../exploitation/cible/commande.ts";
import { pretProduction } from "../exploitation/environnement/preparation.ts";

/** pret:production: is everything there, as the functions of an environment see it from where they run? */
export const enregistrer = commande("pret:production", {
  dit: "demande aux fonctions si tout est prêt : courrier, analyseur, paiements, sauvegarde, file, admins…",
  aide:
    "Se connecte par le compte d'essai admin (<ENV>_SMOKE_ADMIN_EMAIL). Sortie 1 dès qu'une ligne dit NON ; rien n'est écrit.",
  etapes: () => [pretProduction()],
});
