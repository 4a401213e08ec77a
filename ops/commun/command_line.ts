// A program of commands: its words are French, and it ends with a code, in a process of its own or within another.
import { type Argument, Command, CommanderError, InvalidArgumentError, type Option } from "commander";
import { dit, SORTIES } from "./deroulement.ts";
import { execution, print, printError } from "./execution.ts";

const TITRES: Record<string, string> = {
  "Usage:": "Usage :",
  "Arguments:": "Arguments :",
  "Options:": "Options :",
  "Commands:": "Commandes :",
};

/** An option says itself before its value, an argument after; what comes last is our own sentence. */
const NON_ADMIS =
  /^error: (?:option '(?<option>.+?)' argument|command-argument value) '(?<valeur>.*)' is invalid(?: for argument '(?<argument>.+?)')?\.(?<phrase>.*)$/s;

function nonAdmis(message: string): string {
  const { option, argument, valeur, phrase = "" } = message.match(NON_ADMIS)?.groups ?? {};
  return `${option ?? `<${argument}>`} n'admet pas « ${valeur} ». ${phrase.trim()}`;
}

/** By the library's own codes: what it quotes, what follows what it quotes, the whole. */
const ERREURS: Record<
  string,
  (cites: string[], suite: string, message: string, variable?: string) => string
> = {
  "commander.unknownOption": ([option], suite) => `option inconnue : ${option}${suggestion(suite)}`,
  "commander.unknownCommand": ([commande], suite) => `commande inconnue : ${commande}${suggestion(suite)}`,
  "commander.missingArgument": ([argument]) => `il manque : <${argument}>`,
  "commander.missingMandatoryOptionValue": ([option], _suite, _message, variable) =>
    `il manque l'option ${option}${variable ? `, ou la variable ${variable} dans l'environnement` : ""}`,
  "commander.optionMissingArgument": ([option]) => `l'option ${option} attend une valeur`,
  "commander.invalidArgument": (_cites, _suite, message) => nonAdmis(message),
  "commander.excessArguments": () => "trop d'arguments",
};

/** Its names for the nearest words end its message. */
const suggestion = (suite: string) => {
  const proches = suite.match(/([-\w:]+(?:, [-\w:]+)*)\?\)$/)?.[1];
  return proches ? ` (vouliez-vous dire ${proches} ?)` : "";
};

/** As a shell reads it back: a command that is told is a command that can be pasted, whatever folder it names. */
export const motDeCommande = (texte: string): string =>
  /^[\w./:@%+=,-]+$/.test(texte) ? texte : `'${texte.replaceAll("'", "'\\''")}'`;

/** Has an option, or an argument, take one of `valeurs` and nothing else. */
export const auChoix = <O extends Option | Argument>(une: O, valeurs: readonly string[]): O => {
  une.choices(valeurs);
  une.argParser((valeur: string) => {
    if (valeurs.includes(valeur)) return valeur;
    throw new InvalidArgumentError(`Au choix : ${valeurs.join(", ")}.`);
  });
  return une;
};

const AIDE = {
  styleTitle: (titre: string) => TITRES[titre] ?? titre,
  optionDescription: ({ description, argChoices, defaultValue }: Option) =>
    [
      description,
      argChoices && `(au choix : ${argChoices.join(", ")}`
        .concat(defaultValue === undefined ? ")" : ` ; sans elle : ${defaultValue})`),
      !argChoices && defaultValue !== undefined && `(sans elle : ${defaultValue})`,
    ].filter(Boolean).join(" "),
};

/** Help goes where a run speaks; what was mistyped is said once, below, and not in the library's words. */
const PAROLE = {
  writeOut: (texte: string) => print(texte.trimEnd()),
  writeErr: (texte: string) => printError(texte.trimEnd()),
  outputError: () => {},
};

/** Exit code of a command that ended before its steps: 0 after its help; 2, and why, where it was mistyped. */
function finAvantLesEtapes({ exitCode, code, message }: CommanderError, options: readonly Option[]): number {
  if (exitCode === 0) return 0;
  const cites = [...message.matchAll(/'([^']*)'/g)];
  const fin = cites.at(-1);
  const suite = fin ? message.slice(fin.index + fin[0].length) : "";
  const dits = cites.map(([, cite]) => cite ?? "");
  const phrase = ERREURS[code]?.(
    dits,
    suite,
    message,
    options.find(({ flags }) => flags === dits[0])?.envVar,
  );
  // After the help of a command that was not named, everything has been said.
  if (phrase || code !== "commander.help") printError(`✗ ${phrase ?? message}`);
  return 2;
}

/** A program that speaks French; its commands are added to it. */
export const newProgram = (name: string): Command =>
  new Command(name).configureHelp(AIDE).configureOutput(PAROLE).exitOverride()
    .helpOption("-h, --help", "affiche cette aide")
    .helpCommand("help [commande]", "affiche l'aide d'une commande");

/** Runs what these words ask for; resolves with its exit code. */
export async function runProgram(program: Command, words: string[]): Promise<number> {
  try {
    await program.parseAsync(words, { from: "user" });
    return execution().code;
  } catch (erreur) {
    if (erreur instanceof CommanderError) {
      const options = program.commands.flatMap((une) => [une, ...une.commands]).flatMap((une) => une.options);
      return finAvantLesEtapes(erreur, options);
    }
    const { code, phrase } = dit(erreur);
    printError(`✗ ${code ? `${code} : ` : ""}${phrase}`);
    return SORTIES.echec;
  }
}
