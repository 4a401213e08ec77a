import type { Command } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import type { ContexteEnv } from "../exploitation/environnement/contexte.ts";
import { etapesEnvCheck } from "../exploitation/environnement/controles.ts";
import { ETAPES_ETAT } from "../exploitation/environnement/services.ts";

/** env:check: every variable a deployment needs, the keys, certificates and clocks, the services it leans on; no secret shown. */
export function enregistrer(programme: Command): void {
  programme.command("env:check")
    .description(
      "vérifie les variables d'un déploiement, les clés, les certificats, les horloges et les services dont il dépend",
    )
    .addOption(optionEnv())
    .addOption(optionJson())
    .addHelpText(
      "after",
      "\nUne ligne par variable ; sortie 1 si l'une est mauvaise. Aucun secret n'est affiché.",
    )
    .action(({ env, json }) =>
      derouler("env:check", {} as ContexteEnv, [
        ...etapesEnvCheck(env),
        // A database to try things on answers for nothing.
        ...(env === "local" ? [] : ETAPES_ETAT),
      ], { json })
    );
}
