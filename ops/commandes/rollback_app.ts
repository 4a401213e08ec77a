import { commandeVersion } from "../exploitation/deploiement/version.ts";

/** rollback:app: the functions of an earlier commit, if the database still suits them. */
export const enregistrer = commandeVersion("rollback:app", {
  dit: "commit auquel revenir (voir git log)",
  requis: true,
}, {
  dit: "revient aux fonctions d'un commit précédent, si la base leur convient encore",
  aide: "Ne touche pas à la base : pour revenir à des données d'avant, voyez db:restore.\n" +
    "Sans SUPABASE_ACCESS_TOKEN, refuse avant toute chose et donne la commande exacte.",
});
