import { commande } from "../exploitation/cible/commande.ts";
import { verifierCible } from "../exploitation/cible/cible.ts";
import {
  etapesDemonstration,
  type Jeu,
  JEUX,
  refuserProd,
} from "../exploitation/demonstration/demonstration.ts";

/** demo:donnees: a document of each kind, a month of trade, or a year; never in PROD. */
export const enregistrer = commande("demo:donnees", {
  "<jeu>": { dit: "base, commerce ou analyse", choix: Object.keys(JEUX) as Jeu[] },
})({
  dit: "remplit une base de données de démonstration ; jamais PROD",
  aide:
    `  base      un document de chaque sorte, de la garantie bancaire à la clôture de caisse ; un second dépôt
  commerce  un mois de négoce, un camion en litige, un client qui paie en retard
  analyse   une année, deux dépôts, trois partenaires (le dépôt de Kolwezi reste : refaire STAGING avant golive)

Chaque acte est celui d'un rôle, sous toutes les règles, en une transaction : tout, ou rien. Un jeu déjà fait est
refusé. Une facture porte toujours la date du jour, quelle que soit celle de la livraison.`,
  sansCible: true,
  etapes: ({ env, jeu }) => [refuserProd(env), verifierCible(env), ...etapesDemonstration(jeu)],
});
