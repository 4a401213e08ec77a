import type { Etape } from "../commun/deroulement.ts";
import { commande, COMMIT } from "../exploitation/cible/commande.ts";
import { CRITERES } from "../exploitation/golive/criteres.ts";
import { type ContexteGolive, etapeDe } from "../exploitation/golive/jugement.ts";
import { decisionDe, donneesDuRapport, ecrireRapport } from "../exploitation/golive/rapport.ts";

const rapporter: Etape<ContexteGolive> = {
  titre: "Écrire le rapport",
  malgreEchec: ({ sql }) => !!sql,
  faire: async (contexte) => {
    const rapport = donneesDuRapport(contexte);
    const fichier = await ecrireRapport(rapport, contexte.demande.dossier);
    contexte.resultat = { ...rapport, fichier };
    return fichier;
  },
};

const verdict = ({ lignes, resultat, demande }: ContexteGolive) =>
  lignes.length
    ? `${decisionDe(lignes)} — ${demande.env}\nRapport : ${
      (resultat as { fichier?: string })?.fichier ?? "non écrit"
    }`
    : undefined;

/** golive: every criterion of the runbooks, and GO only where each is met, fresh, and decided by somebody. */
export const enregistrer = commande("golive", {
  "--decide-par <nom>": "prénom et nom de la personne qui décide ; sans elle, NO-GO",
  "--confirmation <fichier>": "message écrit du responsable du dépôt (PROD)",
  "--commit <nom>": COMMIT,
  "--dossier <dossier>": "où écrire le rapport (sans elle : docs/interventions/<jour>)",
})<ContexteGolive>({
  dit: "passe tous les critères des runbooks et conclut GO ou NO-GO, avec un rapport",
  aide:
    "Sortie 0 : GO. Sortie 1 : NO-GO, dès qu'un critère manque, n'est pas rempli ou a une preuve trop ancienne.\n" +
    "Passe smoke, qui écrit dans la citerne d'essai et le compense.",
  contexte: (demande) => ({ demande, lignes: [] }),
  etapes: () => [...CRITERES.map(etapeDe), rapporter],
  fin: verdict,
  finEnEchec: verdict,
});
