import { commande } from "../exploitation/cible/commande.ts";
import { etapeAnalyser } from "../exploitation/documents/analyser.ts";

/** documents:analyser: what waits for an engine is judged now. */
export const enregistrer = commande("documents:analyser", {
  dit: "analyse les documents qui attendent, sans attendre l'ouvrier ; --tout : aussi ceux qu'on lit déjà",
  aide: "Se relance sans risque. Sortie 1 : un document n'a pas pu être analysé, et reste illisible.",
  etapes: ({ tout = false }: { tout?: boolean }) => [etapeAnalyser(tout)],
  options: (une) =>
    une
      .option("--tout", "réanalyser aussi les documents disponibles (nouvelles signatures)"),
});
