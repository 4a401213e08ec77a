import type { Command } from "commander";
import { verifierCible } from "../exploitation/cible/etape.ts";
import { derouler, type Etape } from "../commun/deroulement.ts";
import { nombrePositif, optionCommit, optionEnv, optionJson } from "../exploitation/cible/options.ts";
import type { ContexteGolive, Demande } from "../exploitation/golive/contexte.ts";
import { CRITERES } from "../exploitation/golive/criteres.ts";
import { etapeDe } from "../exploitation/golive/jugement.ts";
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

/** golive: every criterion of the runbooks, and GO only where each is met, fresh, and decided by somebody. */
export function enregistrer(programme: Command): void {
  programme.command("golive")
    .description("passe tous les critères des runbooks et conclut GO ou NO-GO, avec un rapport")
    .addOption(optionEnv())
    .option("--decide-par <nom>", "prénom et nom de la personne qui décide ; sans elle, NO-GO")
    .option("--confirmation <fichier>", "message écrit du responsable du dépôt (PROD)")
    .addOption(optionCommit())
    .option("--surveillance-min <minutes>", "durée de surveillance exigée, en minutes", nombrePositif, 15)
    .option("--dossier <dossier>", "où écrire le rapport (sans elle : docs/interventions/<jour>)")
    .addOption(optionJson())
    .addHelpText(
      "after",
      "\nSortie 0 : GO. Sortie 1 : NO-GO, dès qu'un critère manque, n'est pas rempli ou a une preuve trop ancienne.\n" +
        "Passe smoke, qui écrit dans la citerne d'essai et le compense.",
    )
    .action(({ json, ...demande }: Demande & { json?: boolean }) => {
      const verdict = ({ lignes, resultat }: ContexteGolive) =>
        lignes.length
          ? `${decisionDe(lignes)} — ${demande.env}\nRapport : ${
            (resultat as { fichier?: string })?.fichier ?? "non écrit"
          }`
          : undefined;
      return derouler("golive", { demande, lignes: [] } as unknown as ContexteGolive, [
        verifierCible(demande.env),
        ...CRITERES.map(etapeDe),
        rapporter,
      ], { json, fin: verdict, finEnEchec: verdict });
    });
}
