import type { Command } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { verifierCible } from "../exploitation/cible/etape.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import type { ContexteSecrets } from "../exploitation/secrets/contexte.ts";
import { etapesSecrets } from "../exploitation/secrets/etapes.ts";

/** secrets:verifier: each secret is proved, and the one before it, before that one goes. Shows none. */
export function enregistrer(programme: Command): void {
  programme.command("secrets:verifier")
    .description("éprouve chaque secret et celui d'avant, pendant une rotation ; n'en affiche aucun")
    .addOption(optionEnv())
    .option("--rechiffrer", "passe sous CLE_SECRETS ce qui est encore sous CLE_SECRETS_PRECEDENT")
    .addOption(optionJson())
    .addHelpText(
      "after",
      "\nLe nouveau sous son nom, l'ancien sous <NOM>_PRECEDENT, dans env/.env.<env> ou l'environnement.\n" +
        "Sortie 1 : un nouveau secret ne marche pas, ou quelque chose ne se lit plus. Ne retirez rien.",
    )
    .action(({ env, json, rechiffrer = false }) =>
      derouler("secrets:verifier", { rechiffrer, constats: [] } as unknown as ContexteSecrets, [
        verifierCible<ContexteSecrets>(env),
        ...etapesSecrets,
      ], {
        json,
        fin: ({ constats }) =>
          constats.filter(({ ancien, peut_partir }) => ancien !== "absent" && peut_partir)
            .map(({ nom }) => `${nom}_PRECEDENT peut partir.`).join("\n"),
      })
    );
}
