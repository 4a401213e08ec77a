// French for the people of the depot: figures, and what the libraries would say in English.
import type { CommanderError, Option } from "commander";
import { ListrLogger, type LoggerFormatOptions } from "listr2";

const TITRES: Record<string, string> = {
  "Usage:": "Usage :",
  "Options:": "Options :",
  "Commands:": "Commandes :",
};

const ERREURS: [RegExp, string][] = [
  [/^error: unknown option '(.*)'/, "option inconnue : $1"],
  [/^error: unknown command '(.*)'/, "commande inconnue : $1"],
  [/^error: missing required argument '(.*)'/, "il manque : <$1>"],
  [/^error: required option '(.*)' not specified/, "il manque l'option $1"],
  [/^error: option '(.*)' argument missing/, "l'option $1 attend une valeur"],
  [
    /^error: option '(.*)' argument '(.*)' is invalid\. Allowed choices are (.*)\./,
    "l'option $1 n'admet pas « $2 », mais : $3",
  ],
  [/^error: option '(.*)' argument '(.*)' is invalid\./, "l'option $1 n'admet pas « $2 »."],
  [/^error: too many arguments.*/, "trop d'arguments"],
  [/\(Did you mean (.*)\?\)/, "(vouliez-vous dire $1 ?)"],
];

export const AIDE = {
  styleTitle: (titre: string) => TITRES[titre] ?? titre,
  optionDescription: ({ description, argChoices, defaultValue }: Option) =>
    [
      description,
      argChoices && `(au choix : ${argChoices.join(", ")}`
        .concat(defaultValue === undefined ? ")" : ` ; sans elle : ${defaultValue})`),
      !argChoices && defaultValue !== undefined && `(sans elle : ${defaultValue})`,
    ].filter(Boolean).join(" "),
};

export const ERREUR = {
  outputError: (texte: string, ecrire: (texte: string) => void) =>
    ecrire(`✗ ${ERREURS.reduce((dit, [motif, phrase]) => dit.replace(motif, phrase), texte)}`),
};

/** Exit code of a command that ends before its steps: 0 after its help; 2 where it was mistyped, since nothing was done. */
export const sortieDe = ({ exitCode }: CommanderError): number => exitCode === 0 ? 0 : 2;

/** One line a step, where there is no terminal. */
export class LigneParEtape extends ListrLogger {
  override wrap(message: string, options?: LoggerFormatOptions): string {
    return super.wrap(message.replace(/^FAILED: /, "échec : ").replace(/^SKIPPED: /, ""), options);
  }
}

/** With this many decimals, no more and no fewer: columns of figures line up. */
export const nombre = (valeur: number, decimales = 0) =>
  valeur.toLocaleString("fr-FR", { minimumFractionDigits: decimales, maximumFractionDigits: decimales });

export const litres = (nombre: number) => `${nombre.toLocaleString("fr-FR")} L`;
