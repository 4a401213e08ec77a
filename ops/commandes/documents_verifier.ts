import type { Command } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { type Contexte, verifierCible } from "../exploitation/cible/etape.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import { VERIFIER } from "../exploitation/documents/verifier.ts";

/** documents:verifier: every content is what its hash says, and of a document. */
export function enregistrer(programme: Command): void {
  programme.command("documents:verifier")
    .description("recalcule l'empreinte de chaque contenu, en base et dans le seau, et cherche ce qui manque")
    .addOption(optionEnv())
    .addOption(optionJson())
    .addHelpText(
      "after",
      "\nNe change rien. Sortie 1 : un contenu n'est pas ce qu'il doit être ; il est nommé.",
    )
    .action(({ env, json }) =>
      derouler("documents:verifier", {} as Contexte, [verifierCible(env), VERIFIER], { json })
    );
}
