import type { Command } from "commander";
import { verifierCible } from "../exploitation/cible/etape.ts";
import { derouler } from "../commun/deroulement.ts";
import { onSignals } from "../commun/execution.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import { nouveauContexte } from "../exploitation/smoke/contexte.ts";
import { etapesSmoke } from "../exploitation/smoke/smoke.ts";

/** smoke: the backend as its users meet it, each role, reads, controlled movements, refusals. */
export function enregistrer(programme: Command): void {
  programme.command("smoke")
    .description("contrôle par les portes publiques, comme chaque rôle : lectures, réception, sortie, refus")
    .addOption(optionEnv())
    .option("--sans-ecriture", "lectures et refus seulement")
    .addOption(optionJson())
    .addHelpText(
      "after",
      "\nÉcrit une réception et une sortie dans la citerne d'essai (<ENV>_TEST_CITERNE_ID ; obligatoire en PROD),\n" +
        "puis les compense, même après un échec. Comptes : <ENV>_SMOKE_<ROLE>_EMAIL et _PASSWORD.",
    )
    .action(({ env, sansEcriture, json }) => {
      const contexte = nouveauContexte();
      // Ctrl-C stops what is being written; what was written is still compensated.
      onSignals(["SIGINT"], () => contexte.interrompu = true);
      const etapes = etapesSmoke({ ecritures: !sansEcriture });
      return derouler("smoke", contexte, [verifierCible(env), ...etapes], { json });
    });
}
