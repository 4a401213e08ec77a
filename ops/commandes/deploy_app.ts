import type { Command } from "commander";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import { deroulerVersion } from "../exploitation/deploiement/version.ts";

/** deploy:app: the functions of a commit, once the database is known to suit them. */
export function enregistrer(programme: Command): void {
  programme.command("deploy:app")
    .description("déploie les fonctions d'un commit, après avoir vérifié que la base leur convient")
    .addOption(optionEnv())
    .option("--vers <commit>", "commit à déployer", "HEAD")
    .addOption(optionJson())
    .action(deroulerVersion("deploy:app"));
}
