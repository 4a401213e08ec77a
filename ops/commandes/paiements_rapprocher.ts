import type { Command } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { verifierCible } from "../exploitation/cible/etape.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import { type ContextePaiements, rapprocher } from "../exploitation/paiements/etapes.ts";

/** paiements:rapprocher: what the provider has over seven days against what is here; what never came is dealt with. */
export function enregistrer(programme: Command): void {
  programme.command("paiements:rapprocher")
    .description("compare les paiements en ligne à ceux du prestataire, et rattrape ce qui n'est pas venu")
    .addOption(optionEnv())
    .addOption(optionJson())
    .addHelpText("after", "\nSe relance sans risque. Sortie 1 : un écart reste, ou rien n'a pu être comparé.")
    .action(({ env, json }) =>
      derouler("paiements:rapprocher", { resultat: {} } as ContextePaiements, [
        verifierCible<ContextePaiements>(env),
        rapprocher,
      ], { json })
    );
}
