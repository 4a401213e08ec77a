import type { Command } from "commander";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import { deroulerVersion } from "../exploitation/deploiement/version.ts";

/** rollback:app: the functions of an earlier commit, if the database still suits them. */
export function enregistrer(programme: Command): void {
  programme.command("rollback:app")
    .description("revient aux fonctions d'un commit précédent, si la base leur convient encore")
    .addOption(optionEnv())
    .requiredOption("--vers <commit>", "commit auquel revenir (voir git log)")
    .addOption(optionJson())
    .addHelpText(
      "after",
      "\nNe touche pas à la base : pour revenir à des données d'avant, voyez db:restore.\n" +
        "Sans SUPABASE_ACCESS_TOKEN, refuse avant toute chose et donne la commande exacte.",
    )
    .action(deroulerVersion("rollback:app"));
}
