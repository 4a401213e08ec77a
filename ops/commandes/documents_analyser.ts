import type { Command } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { type Contexte, verifierCible } from "../exploitation/cible/etape.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import { etapeAnalyser } from "../exploitation/documents/analyser.ts";

/** documents:analyser: what waits for an engine is judged now. */
export function enregistrer(programme: Command): void {
  programme.command("documents:analyser")
    .description(
      "analyse les documents qui attendent, sans attendre l'ouvrier ; --tout : aussi ceux qu'on lit déjà",
    )
    .addOption(optionEnv())
    .option("--tout", "réanalyser aussi les documents disponibles (nouvelles signatures)")
    .addOption(optionJson())
    .addHelpText(
      "after",
      "\nSe relance sans risque. Sortie 1 : un document n'a pas pu être analysé, et reste illisible.",
    )
    .action(({ env, tout, json }) =>
      derouler("documents:analyser", {} as Contexte, [verifierCible(env), etapeAnalyser(tout === true)], {
        json,
      })
    );
}
