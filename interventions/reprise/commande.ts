import type { Command } from "commander";
import { Option } from "commander";
import { etapesChargement } from "./charger.ts";
import { etapesExamen } from "./examiner.ts";
import { etapesPreuve } from "./prouver.ts";
import { derouler } from "../../ops/commun/deroulement.ts";
import { optionJson } from "../../ops/exploitation/cible/commande.ts";
import { contexteVide, fermerAuSignal } from "./contexte.ts";

const optionSource = () =>
  new Option("--source <adresse ou dump>", "l'ancienne base : postgresql://…, ou le fichier d'un pg_dump")
    .env("REPRISE_SOURCE").makeOptionMandatory();
const optionVers = () =>
  new Option(
    "--vers <adresse ou environnement>",
    "la base d'arrivée : postgresql://…, local, staging ou prod",
  )
    .env("REPRISE_VERS").makeOptionMandatory();
const optionDecisions = () =>
  new Option("--decisions <fichier>", "les décisions, relues et signées").makeOptionMandatory();

/** reprise:*: the old PROD moves in, with proof. */
export function enregistrer(programme: Command): void {
  programme.command("reprise:examiner")
    .description(
      "lit l'ancienne base, sans rien y écrire : ce qui s'y trouve, et une décision proposée par anomalie",
    )
    .addOption(optionSource())
    .option("--decisions <fichier>", "reprend les choix d'un fichier déjà modifié")
    .option("--dans <dossier>", "où écrire la page et les décisions", ".")
    .addOption(optionJson())
    .action((options) => {
      const contexte = contexteVide();
      return derouler("reprise:examiner", contexte, etapesExamen(options), {
        json: options.json,
        fin: ({ suite }) => suite,
        toujours: fermerAuSignal(contexte),
      });
    });

  programme.command("reprise:charger")
    .description("charge l'ancienne base dans une base vide, en une transaction, selon les décisions signées")
    .addOption(optionSource())
    .addOption(optionVers())
    .addOption(optionDecisions())
    .option("--a-blanc", "fait tout, contrôles compris, puis annule : dit combien de temps durera le gel")
    .addOption(optionJson())
    .action((options) => {
      const contexte = contexteVide();
      return derouler("reprise:charger", contexte, etapesChargement(options), {
        json: options.json,
        fin: ({ suite }) => suite,
        finEnEchec: ({ incertain }) =>
          incertain
            ? undefined
            : "La base d'arrivée est comme avant cette commande : corrigez, puis relancez-la.",
        toujours: fermerAuSignal(contexte),
      });
    });

  programme.command("reprise:prouver")
    .description(
      "compare l'ancienne base et la nouvelle, litre par litre et ligne par ligne ; rapport à signer",
    )
    .addOption(optionSource())
    .addOption(optionVers())
    .addOption(optionDecisions())
    .option("--dans <dossier>", "où écrire le rapport", ".")
    .option("--sans-rejeu <motif>", "ne rejoue pas les appels de l'application ; le rapport dit pourquoi")
    .addOption(optionJson())
    .action((options) => {
      const contexte = contexteVide();
      return derouler("reprise:prouver", contexte, etapesPreuve(options), {
        json: options.json,
        fin: ({ suite }) => suite,
        finEnEchec: ({ suite }) => suite,
        toujours: fermerAuSignal(contexte),
      });
    });
}
