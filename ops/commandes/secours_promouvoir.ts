import type { Command } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { optionJson } from "../exploitation/cible/options.ts";
import {
  ISOLER,
  type Promotion,
  PROMOUVOIR,
  RATTRAPER,
  REGARDER,
  suite,
  VERIFIER,
} from "../exploitation/secours/promotion.ts";

/** secours:promouvoir: the standby writes, the primary no longer may. */
export function enregistrer(programme: Command): void {
  programme.command("secours:promouvoir")
    .description("fait de la base de secours la principale ; refuse tant que la principale répond")
    .option(
      "--principale-vivante",
      "bascule voulue : empêche d'abord la principale d'écrire, et ne perd rien",
    )
    .addOption(optionJson())
    .addHelpText(
      "after",
      "\nSans --principale-vivante, une principale qui répond arrête tout : deux bases qui écrivent ne se réunissent plus.",
    )
    .action(({ json, principaleVivante }: { json?: boolean; principaleVivante?: boolean }) =>
      derouler("secours:promouvoir", {} as Promotion, [
        REGARDER,
        ISOLER(principaleVivante),
        RATTRAPER,
        PROMOUVOIR,
        VERIFIER,
      ], { json, fin: suite, finEnEchec: suite, toujours: async ({ sql }) => await sql?.end({ timeout: 1 }) })
    );
}
