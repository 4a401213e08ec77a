import type { Command } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { type Contexte, verifierCible } from "../exploitation/cible/etape.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import { etapePurger } from "../exploitation/documents/purger.ts";

/** documents:purger: bytes whose retention is over go; rows and hashes stay. */
export function enregistrer(programme: Command): void {
  programme.command("documents:purger")
    .description(
      "efface les octets des documents dont la conservation est échue, refusés ou infectés ; jamais sous gel",
    )
    .addOption(optionEnv())
    .option("--appliquer", "le faire : sans elle, la commande dit ce qui partirait")
    .option("--operateur <email ou id>", "l'admin au nom de qui c'est fait")
    .addOption(optionJson())
    .action(({ env, json, ...demande }) =>
      derouler("documents:purger", {} as Contexte, [verifierCible(env), etapePurger(demande)], { json })
    );
}
