import { type Command, Option } from "commander";
import { auChoix } from "../commun/command_line.ts";
import { derouler } from "../commun/deroulement.ts";
import { verifierCible } from "../exploitation/cible/etape.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import { type ContexteJeton, type DemandeDeJeton, etapesJeton } from "../exploitation/jetons/obtenir.ts";
import { ROLES } from "../pile/demo_users.ts";

/** tokens:get: a token of a test account, written where asked and shown nowhere. Never of PROD. */
export function enregistrer(programme: Command): void {
  programme.command("tokens:get")
    .description("écrit dans un fichier un jeton d'un compte d'essai, second facteur prouvé ; jamais en PROD")
    .addOption(optionEnv(["local", "staging"]))
    .addOption(
      auChoix(new Option("--role <rôle>", "compte de smoke dont on veut le jeton"), ROLES).default("lecture"),
    )
    .requiredOption("--vers <fichier>", "où l'écrire (mode 600) ; un fichier qui s'y trouve est remplacé")
    .option("--par-cle", "signé par JWT_SECRET, au lieu du mot de passe du compte")
    .addOption(optionJson())
    .addHelpText(
      "after",
      '\nEnsuite : curl -H "authorization: Bearer $(cat <fichier>)" …/functions/v1/stocks/actuel\n' +
        "Comptes : <ENV>_SMOKE_<ROLE>_EMAIL et _PASSWORD ; second facteur de l'admin : <ENV>_SMOKE_ADMIN_TOTP.",
    )
    .action(({ env, json, ...demande }: DemandeDeJeton & { env: "local"; json?: boolean }) =>
      derouler("tokens:get", {} as ContexteJeton, [
        verifierCible<ContexteJeton>(env),
        ...etapesJeton(demande),
      ], { json })
    );
}
