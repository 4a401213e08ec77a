import { commande } from "../exploitation/cible/commande.ts";
import { entierDepuis } from "../exploitation/cible/options.ts";
import { type ContexteSerie, type DemandeDeSerie, etapesAvancer } from "../exploitation/series/avancer.ts";

/** series:avancer: after a restore from an older backup, no number already on paper is printed again. */
export const enregistrer = commande<ContexteSerie, DemandeDeSerie>("series:avancer", {
  dit: "avance une série au-delà du dernier numéro imprimé, après une restauration",
  aide:
    "Écrit le trou et son motif, journalisé CRITICAL. Une série ne recule jamais : la même demande, une seconde " +
    "fois, est refusée (SERIE_AVANCEE) et ne change rien.",
  etapes: etapesAvancer,
  options: (une) =>
    une
      .option("--depot <code>", "code du dépôt de la série (sans elle : celle de la société)")
      .requiredOption("--serie <lettres>", "FAC, AVR, REC, BL, PRF, FFO, PAF…")
      .requiredOption("--exercice <année>", "année que portent les numéros", entierDepuis(1))
      .requiredOption("--dernier <numéro>", "le plus haut numéro connu sur papier", entierDepuis(1))
      .requiredOption("--motif <phrase>", "pourquoi ces numéros manquent à la base (10 caractères au moins)")
      .option("--operateur <email ou id>", "l'admin au nom de qui c'est écrit"),
});
