import type { Command } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { optionJson } from "../exploitation/cible/options.ts";
import { etapesEtat } from "../exploitation/siege/etat.ts";
import { fermerTout, type Reseau } from "../exploitation/siege/rattachement.ts";

/** siege:etat: which lines are up, and whether what came is right. */
export function enregistrer(programme: Command): void {
  programme.command("siege:etat")
    .description("dit quels dépôts la base consolidée reçoit, et contrôle ce qui est arrivé")
    .addOption(optionJson())
    .addHelpText(
      "after",
      "\nSIEGE_DB_URL : la base consolidée. Sortie 1 : une ligne est coupée, ou un contrôle dit non.",
    )
    .action(({ json }) => derouler("siege:etat", {} as Reseau, etapesEtat, { json, toujours: fermerTout }));
}
