// French for the people of the depot: figures, and what the libraries would say in English.
import { type CommanderError, InvalidArgumentError, type Option } from "commander";
import { ListrLogger, type LoggerFormatOptions } from "listr2";

const TITRES: Record<string, string> = {
  "Usage:": "Usage :",
  "Options:": "Options :",
  "Commands:": "Commandes :",
};

/** By the library's own codes: what it quotes, and what follows what it quotes. */
const ERREURS: Record<string, (cites: string[], suite: string) => string> = {
  "commander.unknownOption": ([option], suite) => `option inconnue : ${option}${suggestion(suite)}`,
  "commander.unknownCommand": ([commande], suite) => `commande inconnue : ${commande}${suggestion(suite)}`,
  "commander.missingArgument": ([argument]) => `il manque : <${argument}>`,
  "commander.missingMandatoryOptionValue": ([option]) => `il manque l'option ${option}`,
  "commander.optionMissingArgument": ([option]) => `l'option ${option} attend une valeur`,
  "commander.invalidArgument": ([ou, valeur], suite) =>
    `${ou} n'admet pas « ${valeur} ». ${suite.slice(suite.indexOf(".") + 1).trim()}`,
  "commander.excessArguments": () => "trop d'arguments",
};

/** Its names for the nearest words end its message. */
const suggestion = (suite: string) => {
  const proches = suite.match(/([-\w:]+(?:, [-\w:]+)*)\?\)$/)?.[1];
  return proches ? ` (vouliez-vous dire ${proches} ?)` : "";
};

/** An option that takes one of `valeurs` and nothing else. */
export const auChoix = (option: Option, valeurs: readonly string[]): Option =>
  option.choices(valeurs).argParser((valeur) => {
    if (valeurs.includes(valeur)) return valeur;
    throw new InvalidArgumentError(`Au choix : ${valeurs.join(", ")}.`);
  });

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

/** A command says what was mistyped in `terminer`, once, and not in the library's words. */
export const MUET = { outputError: () => {} };

/** Ends a command before its steps: 0 after its help; 2 where it was mistyped, since nothing was done. */
export function terminer({ exitCode, code, message }: CommanderError): never {
  if (exitCode === 0) Deno.exit(0);
  const cites = [...message.matchAll(/'([^']*)'/g)];
  const fin = cites.at(-1);
  const suite = fin ? message.slice(fin.index + fin[0].length) : "";
  const phrase = ERREURS[code]?.(cites.map(([, cite]) => cite ?? ""), suite);
  // After the help of a command that was not named, everything has been said.
  if (phrase || code !== "commander.help") console.error(`✗ ${phrase ?? message}`);
  Deno.exit(2);
}

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
