import { type Command, Option } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { type Contexte, verifierCible } from "../exploitation/cible/etape.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import { etapesDeplacer } from "../exploitation/documents/deplacer.ts";

/** documents:deplacer: contents go to the bucket, or come back to the database. */
export function enregistrer(programme: Command): void {
  programme.command("documents:deplacer")
    .description("déplace les contenus des documents vers un seau S3, ou les ramène dans la base")
    .addOption(optionEnv())
    .addOption(new Option("--vers <où>", "S3 ou BASE").choices(["S3", "BASE"]).makeOptionMandatory())
    .option("--operateur <email ou id>", "l'admin au nom de qui c'est fait")
    .addOption(optionJson())
    .addHelpText(
      "after",
      "\nInterrompue, elle se relance : chaque contenu est relu où il va avant de quitter où il était.",
    )
    .action(({ env, vers, operateur, json }) =>
      derouler("documents:deplacer", {} as Contexte, [
        verifierCible(env),
        ...etapesDeplacer(vers, operateur),
      ], { json })
    );
}
