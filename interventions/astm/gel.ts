// freeze: the freeze of the whole depot, and who is still connected.
import type { Etape } from "../../ops/commun/deroulement.ts";
import { type DemandeDeGel, etapesGel as geler, lireGel } from "../../ops/exploitation/gel/gel.ts";
import type { ContexteAstm } from "./etape.ts";
import { lireActifs, lireConnectes, tableauActifs, tableauConnectes } from "./etat.ts";

export const etapesGel = (demande: DemandeDeGel): Etape<ContexteAstm>[] => [
  {
    titre: "Lire le gel",
    faire: async (contexte) => {
      const deja = await lireGel(contexte.sql);
      contexte.sansEffet = !!deja && !!contexte.dossier.acquis("freeze");
      return deja ? `déjà gelées depuis le ${deja.depuis}` : "les écritures sont ouvertes";
    },
  },
  ...geler<ContexteAstm>(demande),
  {
    titre: "Dire qui est connecté",
    faire: async (contexte) => {
      const connectes = await lireConnectes(contexte.sql);
      const { operateur, gel } = contexte;
      Object.assign(contexte.faits, { operateur, gel, connectes });
      const actifs = await lireActifs(contexte.sql);
      contexte.tableaux.push(tableauConnectes(connectes), tableauActifs(actifs));
      const parQui = Map.groupBy(connectes, ({ utilisateur, adresse }) => `${utilisateur}@${adresse}`);
      return (connectes.length
        ? `${connectes.length} session(s) : ${
          [...parQui].map(([qui, { length }]) => `${qui} (${length})`).join(", ")
        }`
        : "personne d'autre") +
        ` ; ont agi depuis une demi-heure : ${actifs.map(({ nom }) => nom).join(", ") || "personne"}`;
    },
  },
];
