// Thresholds of monitor: an option, a variable, or the default. One crossed is an alert.
import { type Command, Option } from "commander";
import { nombrePositif } from "../cli/options.ts";

export interface Seuils {
  connexionsMaxPct: number;
  blocageMaxS: number;
  transactionMaxS: number;
  requeteMaxS: number;
  requeteMoyenneMaxMs: number;
  journalRetardMaxS: number;
  tailleMaxMo: number;
  sauvegardeMaxH: number;
  gelMaxH: number;
}

const SEUILS: [option: string, defaut: number, quoi: string][] = [
  ["connexions-max-pct", 80, "connexions ouvertes, en % de celles que la base accepte"],
  ["blocage-max-s", 5, "attente d'un verrou, en secondes"],
  ["transaction-max-s", 60, "âge d'une transaction, en secondes"],
  ["requete-max-s", 10, "durée d'une requête en cours, en secondes"],
  ["requete-moyenne-max-ms", 1000, "durée moyenne d'une requête des clients, en millisecondes"],
  ["journal-retard-max-s", 10, "retard du journal sur une réception, en secondes"],
  ["taille-max-mo", 8000, "taille de la base, en Mo"],
  ["sauvegarde-max-h", 26, "âge de la dernière sauvegarde vérifiée, en heures (PROD)"],
  ["gel-max-h", 4, "durée d'un gel des saisies, en heures"],
];

/** Adds the thresholds to a command: --connexions-max-pct or MONITOR_CONNEXIONS_MAX_PCT, and so on. */
export function avecSeuils(commande: Command): Command {
  for (const [option, defaut, quoi] of SEUILS) {
    commande.addOption(
      new Option(`--${option} <n>`, `seuil : ${quoi}`)
        .env(`MONITOR_${option.replaceAll("-", "_").toUpperCase()}`)
        .argParser(nombrePositif).default(defaut),
    );
  }
  return commande;
}

const camel = (option: string) => option.replace(/-(\w)/g, (_, lettre: string) => lettre.toUpperCase());

/** The defaults, for a command that has no such options. */
export const seuilsParDefaut = () =>
  Object.fromEntries(SEUILS.map(([option, defaut]) => [camel(option), defaut])) as unknown as Seuils;
