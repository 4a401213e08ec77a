import type { Command } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { optionJson } from "../exploitation/cible/options.ts";
import { ARRETER, LIBERER, OUBLIER, type Retrait } from "../exploitation/secours/retrait.ts";

/** secours:retirer: the primary is alone again, and waits for nobody. */
export function enregistrer(programme: Command): void {
  programme.command("secours:retirer")
    .description(
      "rend la principale à elle-même : plus rien n'attend, plus rien n'est retenu pour la base de secours",
    )
    .addOption(optionJson())
    .action(({ json }: { json?: boolean }) =>
      derouler("secours:retirer", {} as Retrait, [LIBERER, ARRETER, OUBLIER], { json })
    );
}
