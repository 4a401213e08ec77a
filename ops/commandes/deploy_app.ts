import type { Command } from "commander";
import { verifierCible } from "../exploitation/cible/etape.ts";
import { derouler } from "../commun/deroulement.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import {
  type ContexteVersion,
  deployer,
  essayer,
  exigerMoyens,
  extraire,
  migrationSuffisante,
  nomsPresents,
  ranger,
} from "../exploitation/deploiement/version.ts";

const derouleVersion =
  (commande: string) =>
  ({ env, vers, json }: { env: "local" | "staging" | "prod"; vers: string; json?: boolean }) =>
    derouler(commande, { commande, vers } as ContexteVersion, [
      verifierCible(env),
      exigerMoyens,
      extraire,
      migrationSuffisante,
      nomsPresents,
      essayer,
      deployer,
    ], {
      json,
      toujours: ranger,
      fin: ({ commit }) => {
        if (env !== "local") return `Suite : npm run ops -- postdeploy --env ${env} --commit ${commit}`;
      },
    });

/** deploy:app and rollback:app: the functions of a commit, once the database is known to suit them. */
export function enregistrer(programme: Command): void {
  programme.command("deploy:app")
    .description("déploie les fonctions d'un commit, après avoir vérifié que la base leur convient")
    .addOption(optionEnv())
    .option("--vers <commit>", "commit à déployer", "HEAD")
    .addOption(optionJson())
    .action(derouleVersion("deploy:app"));
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
    .action(derouleVersion("rollback:app"));
}
