import type { Command } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { verifierCible } from "../exploitation/cible/etape.ts";
import { nombrePositif, optionEnv, optionJson } from "../exploitation/cible/options.ts";
import { type ContexteGel, etapesGel } from "../exploitation/gel/gel.ts";

/** gel: nobody writes any more but an admin, for a restore or any other operation. */
export function enregistrer(programme: Command): void {
  programme.command("gel")
    .description("gèle les écritures pour tous sauf un admin, et attend celles en vol")
    .addOption(optionEnv())
    .requiredOption("--motif <phrase>", "ce que liront ceux qui essaient d'écrire (10 caractères au moins)")
    .option("--operateur <email ou id>", "l'admin qui pourra encore écrire")
    .option("--attente <secondes>", "au plus, pour les écritures en vol", nombrePositif, 60)
    .addOption(optionJson())
    .addHelpText("after", "\nSe relance sans risque. Les lectures continuent. Pour rouvrir : degel.")
    .action(({ env, json, ...demande }) =>
      derouler("gel", {} as ContexteGel, [verifierCible(env), ...etapesGel<ContexteGel>(demande), {
        titre: "Vérifier",
        faire: (contexte) => {
          contexte.resultat = { operateur: contexte.operateur, gel: contexte.gel };
          return contexte.sql.end().then(() => "plus rien ne peut être validé que par lui");
        },
      }], { json, fin: () => `Pour rouvrir : npm run ops -- degel --env ${env}` })
    );
}
