import type { Command } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { type Contexte, verifierCible } from "../exploitation/cible/etape.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import { pretProduction } from "../exploitation/environnement/preparation.ts";

/** pret:production: is everything there, as the functions of an environment see it from where they run? */
export function enregistrer(programme: Command): void {
  programme.command("pret:production")
    .description(
      "demande aux fonctions si tout est prêt : courrier, analyseur, paiements, sauvegarde, file, admins…",
    )
    .addOption(optionEnv())
    .addOption(optionJson())
    .addHelpText(
      "after",
      "\nSe connecte par le compte d'essai admin (<ENV>_SMOKE_ADMIN_EMAIL). Sortie 1 dès qu'une ligne dit NON ; rien n'est écrit.",
    )
    .action(({ env, json }) =>
      derouler("pret:production", {} as Contexte, [
        verifierCible(env),
        pretProduction(),
        {
          titre: "Quitter la base",
          malgreEchec: ({ sql }: Contexte) => !!sql,
          faire: ({ sql }: Contexte) => sql.end(),
        },
      ], { json })
    );
}
