import { TOLERANCE_L } from "../../ops/commun/constantes.ts";
import { type Command, InvalidArgumentError } from "commander";
import { etapesActivation } from "./activation.ts";
import { etapesApplication } from "./application.ts";
import { etapesArchive } from "./archive.ts";
import { etapesComparaison } from "./comparaison.ts";
import { etapesDecision } from "./decision.ts";
import { etapesEssai } from "./essai.ts";
import { commandeSuivante, deroulerActe, exigerConfirmation, type OptionsCommunes } from "./etape.ts";
import { etapesGel } from "./gel.ts";
import { etapesPlan } from "./plan.ts";
import { etapesRejeuAppliquer, etapesRejeuPlan, etapesRejeuRelire } from "./rejeu.ts";
import { etapesReprise, etapesRetour } from "./retour.ts";
import { etapesSauvegarde, exigerSauvegarde } from "./sauvegarde.ts";
import { motDeCommande } from "../../ops/commun/command_line.ts";
import { Refus, SORTIES } from "../../ops/commun/deroulement.ts";
import { endWith, print, printError } from "../../ops/commun/execution.ts";
import { optionEnv, optionJson } from "../../ops/exploitation/cible/commande.ts";

const secondes = (dit: string) => {
  const nombre = Number(dit);
  if (!(nombre > 0 && nombre <= 3600)) throw new InvalidArgumentError("Un nombre de secondes, de 1 à 3600.");
  return nombre;
};
const plusieurs = (dit: string, deja: string[] = []) => [...deja, dit];

const CONFIRMATION: [string, string] = ["--confirme-par <nom>", "prénom et nom de la personne qui en répond"];

/** Refuses before the target is even asked: the decision is a person's. */
function avecConfirmation<O extends OptionsCommunes>(quoi: string, faire: (options: O) => Promise<void>) {
  return async (options: O) => {
    try {
      exigerConfirmation(options.confirmePar, quoi);
    } catch (erreur) {
      const { code, message } = erreur as Refus;
      if (options.json) print(JSON.stringify({ statut: "refus", code, erreur: message, etapes: [] }));
      else printError(`✗ Refusé, rien n'a été fait.\n  ${code} : ${message}`);
      return endWith(SORTIES.refus);
    }
    await faire(options);
  };
}

/** migration:astm: the migration of PROD to ASTM 53B, one command a step, in the runbook's order, with a way back. */
export function enregistrer(programme: Command): void {
  const astm = programme.command("migration:astm")
    .description("migre une base vers ASTM 53B, étape par étape, avec les preuves et le retour arrière")
    .addHelpText(
      "after",
      "\nDans l'ordre : plan, freeze, backup, apply, verify, activate, smoke, [rejeu], go, archive. " +
        "À tout moment après backup : rollback.\n" +
        "Y renoncer avant apply, ou rouvrir après rollback : rollback --reprise.\n" +
        "Chaque étape vérifie celle d'avant, consigne ce qu'elle a vu dans docs/interventions/<jour>/ " +
        "(INTERVENTIONS_DIR), et dit la suivante.\nUne étape peut être relancée sans risque. " +
        "Le mode d'emploi est interventions/astm/runbook.md.",
    );
  const etape = (parent: Command, nom: string, description: string) =>
    parent.command(nom).description(description).addOption(optionEnv()).addOption(optionJson());

  etape(
    astm,
    "plan",
    "relève l'état de la base avant l'intervention : camions, réceptions, fonctions, connectés",
  )
    .action((options) =>
      deroulerActe(options, {
        acte: "plan",
        apres: [],
        ouvre: "neuve",
        apresGo: true,
        etapes: etapesPlan,
        suite: commandeSuivante(options.env, "plan", ' --operateur <email> --confirme-par "…"'),
      })
    );

  etape(astm, "freeze", "gèle les écritures pour tous sauf l'opérateur, et attend celles en vol")
    .option("--operateur <email ou id>", "l'admin qui mène l'intervention")
    .option("--motif <phrase>", "ce que liront ceux qui essaient d'écrire", "Migration ASTM 53B en cours")
    .option("--attente <secondes>", "au plus, pour les écritures en vol", secondes, 60)
    .option(...CONFIRMATION)
    .action(
      avecConfirmation(
        "la fenêtre est convenue et l'équipe du dépôt est prévenue",
        (options) =>
          deroulerActe(options, {
            acte: "freeze",
            apres: ["plan"],
            etapes: etapesGel(options),
            suite: commandeSuivante(options.env, "freeze"),
          }),
      ),
    );

  etape(astm, "backup", "sauvegarde la base gelée, puis prouve la sauvegarde en la restaurant ailleurs")
    .option("--sur-cette-machine", "accepte une sauvegarde de PROD sur la machine de sa base")
    .action((options) =>
      deroulerActe(options, {
        acte: "backup",
        apres: ["freeze"],
        etapes: etapesSauvegarde(options),
        suite: commandeSuivante(options.env, "backup", ' --confirme-par "…"'),
      })
    );

  etape(astm, "apply", "remplace les deux fonctions en une transaction, et prouve que rien d'autre n'a bougé")
    .option(...CONFIRMATION)
    .action(
      avecConfirmation("le SQL validé en STAGING peut être appliqué", (options) =>
        deroulerActe(options, {
          acte: "apply",
          apres: ["backup"],
          etapes: etapesApplication(exigerSauvegarde),
          suite: commandeSuivante(options.env, "apply"),
        })),
    );

  etape(astm, "verify", `compare ML_PP et SEP sur les cas de référence : au-delà de ±${TOLERANCE_L} L, NO-GO`)
    .action((options) =>
      deroulerActe(options, {
        acte: "verify",
        apres: ["apply"],
        etapes: etapesComparaison,
        suite: commandeSuivante(options.env, "verify", ' --depot <nom> --confirme-par "…"'),
      })
    );

  etape(astm, "activate", "allume le drapeau astm_53b pour les dépôts et utilisateurs dits")
    .option("--depot <nom ou id>", "un dépôt (peut se répéter)", plusieurs)
    .option("--utilisateur <email ou id>", "un utilisateur (peut se répéter)", plusieurs)
    .option("--partout", "tous les dépôts, tous les utilisateurs")
    .option(...CONFIRMATION)
    .action(
      avecConfirmation(
        "la version Flutter qui connaît ASTM 53B est déployée",
        (options) =>
          deroulerActe(options, {
            acte: "activate",
            apres: ["verify"],
            etapes: etapesActivation(options),
            suite: commandeSuivante(options.env, "activate"),
          }),
      ),
    );

  etape(astm, "smoke", "contrôles 5.1 à 5.5 sur la citerne d'essai, repris par compensation")
    .option("--citerne <id>", "citerne d'essai (défaut : <ENV>_TEST_CITERNE_ID)")
    .action((options) =>
      deroulerActe(options, {
        acte: "smoke",
        apres: ["activate"],
        etapes: etapesEssai(options),
        suite: commandeSuivante(options.env, "smoke", ' --validation <fichier> --confirme-par "…"'),
      })
    );

  const rejeu = astm.command("rejeu")
    .description("corrige les réceptions de l'ancien calcul, par ajustement : plan, relire, apply");
  etape(rejeu, "plan", "calcule chaque ancienne réception par la norme, et écrit le fichier à relire")
    .action((options) =>
      deroulerActe(options, {
        acte: "rejeu plan",
        apres: ["apply"],
        etapes: etapesRejeuPlan,
        suite:
          `relire le fichier, puis npm run ops -- migration:astm rejeu relire <fichier> --env ${options.env} ` +
          '--confirme-par "…"',
      })
    );
  etape(rejeu, "relire", "consigne que ce fichier a été relu, tel quel")
    .argument("<fichier>", "le fichier écrit par « rejeu plan » ; seul « retenue » s'y modifie")
    .option(...CONFIRMATION)
    .action((fichier, options) =>
      avecConfirmation<OptionsCommunes>("chaque ligne du fichier a été relue", () =>
        deroulerActe(options, {
          acte: "rejeu relire",
          apres: ["rejeu plan"],
          etapes: etapesRejeuRelire(fichier),
          suite: `npm run ops -- migration:astm rejeu apply ${
            motDeCommande(fichier)
          } --env ${options.env} --confirme-par "…"`,
        }))(options)
    );
  etape(rejeu, "apply", "écrit un ajustement par réception retenue, si le fichier est celui qui a été relu")
    .argument("<fichier>", "le fichier relu")
    .option(...CONFIRMATION)
    .action((fichier, options) =>
      avecConfirmation<OptionsCommunes>(
        "les anciennes réceptions doivent être corrigées ainsi",
        () =>
          deroulerActe(options, {
            acte: "rejeu apply",
            apres: ["smoke", "rejeu relire"],
            etapes: etapesRejeuAppliquer(fichier, exigerSauvegarde),
            suite: commandeSuivante(options.env, "smoke", ' --validation <fichier> --confirme-par "…"'),
          }),
      )(options)
    );

  etape(astm, "go", "réunit toutes les preuves : GO rouvre les écritures, NO-GO les laisse gelées")
    .option("--validation <fichier>", "la validation écrite du responsable du dépôt")
    .option(...CONFIRMATION)
    .action(avecConfirmation("la décision GO", (options) =>
      deroulerActe(options, {
        acte: "go",
        apresGo: true,
        apres: ["smoke"],
        etapes: etapesDecision(options),
        suite: commandeSuivante(
          options.env,
          "go",
          ' --commit-flutter <hash> --confirmation <fichier> --confirme-par "…"',
        ),
      })));

  etape(astm, "rollback", "gèle, restaure la sauvegarde d'avant, vérifie les tables, éteint le drapeau")
    .option("--cause <phrase>", "pourquoi : ce que dira le journal de l'incident")
    .option("--sur-cette-machine", "PROD sur cette machine : accepte que la sauvegarde préalable y reste")
    .option(
      "--ecritures-perdues <nombre>",
      "après le GO : nombre exact d'actes du journal qui seront perdus",
      Number,
    )
    .option("--reprise", "rouvre les écritures : retour fait et équipe prévenue, ou renoncement avant apply")
    .option("--attente <secondes>", "au plus, pour les écritures en vol", secondes, 60)
    .option(...CONFIRMATION)
    .action(
      avecConfirmation(
        "le retour arrière (runbook, section 11)",
        (options) =>
          options.reprise
            ? deroulerActe(options, {
              acte: "reprise",
              // Nothing replaced yet: giving up is only to open writes again.
              apres: (dossier) => {
                if (dossier.dernier("apply") || dossier.annulee) return ["rollback"];
                return [dossier.dernier("freeze") ? "freeze" : "plan"];
              },
              apresRetour: true,
              apresGo: true,
              etapes: etapesReprise,
              suite: ({ dossier }) =>
                (dossier.annulee
                  ? "cause racine, mise à jour du runbook, audit avant tout déploiement, puis "
                  : "") +
                `npm run ops -- migration:astm plan --env ${options.env}`,
            })
            : deroulerActe(options, {
              acte: "rollback",
              ouvre: "archivee",
              // Which backup is judged by what it holds: the one of before, however steps were repeated since.
              apres: [],
              apresRetour: true,
              apresGo: true,
              etapes: etapesRetour(options),
              suite: "prévenir l'équipe terrain, puis " +
                `npm run ops -- migration:astm rollback --reprise --env ${options.env} --confirme-par "…"`,
            }),
      ),
    );

  etape(astm, "archive", "réunit les pièces du runbook 5.7 et écrit le CHANGELOG ; refuse s'il en manque")
    .option("--commit-flutter <hash>", "commit de la version Flutter déployée")
    .option("--confirmation <fichier>", "confirmation terrain SEP (mail, export WhatsApp)")
    .option("--changelog <fichier>", "défaut : CHANGELOG.md")
    .option(...CONFIRMATION)
    .action(avecConfirmation("l'archive est complète", (options) =>
      deroulerActe(options, {
        acte: "archive",
        apresGo: true,
        apres: ["go"],
        etapes: etapesArchive(options),
        suite: "git add docs/interventions CHANGELOG.md, puis un commit : la migration est valide.",
      })));
}
