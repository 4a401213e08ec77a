import { commande } from "../exploitation/cible/commande.ts";
import { fermerTout } from "../exploitation/siege/adresses.ts";
import { etapesPreparer, type Reseau } from "../exploitation/siege/rattachement.ts";

/** siege:preparer: the consolidated database, from a bare project. */
export const enregistrer = commande<Reseau>("siege:preparer", {
  dit: "fait d'un projet vierge la base consolidée du siège, que seule la réplication écrit",
  aide:
    "SIEGE_DB_URL : le projet vierge. REFERENCE_DB_URL : la base où le siège écrit produits, clients, comptes, prix.\n" +
    "Leurs rôles peuvent créer un abonnement et un rôle de réplication (hébergé : postgres).\n" +
    "SIEGE_SUPERUTILISATEUR_URL : sur un serveur à soi, son superutilisateur (npm start : supabase_admin) ; le projet de " +
    "SIEGE_DB_URL est alors fait s'il n'existe pas.",
  env: [],
  etapes: () => etapesPreparer,
  fin: () => "Ensuite, pour chaque dépôt : npm run ops -- siege:rattacher <CODE>",
  toujours: fermerTout,
});
