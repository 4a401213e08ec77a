import type { Command } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import { type ContexteEnv, etapesEnvCheck } from "../exploitation/environnement/controles.ts";

/** env:check: every variable a deployment needs, the keys, the certificate, the clocks; never shows a secret. */
export function enregistrer(programme: Command): void {
  programme.command("env:check")
    .description("vérifie chaque variable d'un déploiement, les clés, le certificat et les horloges")
    .addOption(optionEnv())
    .addOption(optionJson())
    .addHelpText(
      "after",
      "\nUne ligne par variable ; sortie 1 si l'une est mauvaise. Aucun secret n'est affiché.",
    )
    .action(({ env, json }) => derouler("env:check", {} as ContexteEnv, etapesEnvCheck(env), { json }));
}
