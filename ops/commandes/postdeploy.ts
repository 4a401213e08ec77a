import type { Command } from "commander";
import { verifierCible } from "../exploitation/cible/etape.ts";
import { derouler } from "../commun/deroulement.ts";
import { optionCommit, optionDelai, optionEnv, optionJson } from "../exploitation/cible/options.ts";
import { attente, fonctions, schemaALaPage } from "../exploitation/deploiement/etapes.ts";
import { nouveauContexte } from "../exploitation/smoke/contexte.ts";
import { etapesSmoke } from "../exploitation/smoke/smoke.ts";

/** postdeploy: what must be true after each deployment, in the order it would break. */
export function enregistrer(programme: Command): void {
  programme.command("postdeploy")
    .description("après un déploiement : service prêt, migrations, fonctions de ce commit, smoke")
    .addOption(optionEnv())
    .addOption(optionDelai())
    .addOption(optionCommit())
    .option("--sans-ecriture", "smoke : lectures et refus seulement")
    .addOption(optionJson())
    .action(({ env, delai, commit, sansEcriture, json }) =>
      derouler("postdeploy", nouveauContexte(), [
        verifierCible(env),
        attente(delai),
        schemaALaPage(),
        fonctions(commit),
        ...etapesSmoke({ ecritures: !sansEcriture }),
      ], { json })
    );
}
