import type { Command } from "commander";
import { type Contexte, verifierCible } from "../exploitation/cible/etape.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import { derouler } from "../commun/deroulement.ts";
import { sauverBase } from "../exploitation/continuite/sauver.ts";

/** continuite:sauver: a base backup that a restore can start from; sauvegarde:quotidienne takes one each day. */
export function enregistrer(programme: Command): void {
  programme.command("continuite:sauver")
    .description(
      "prend une sauvegarde physique, la relit, ôte ce qui est trop ancien : de là part une restauration à un instant",
    )
    .addOption(optionEnv())
    .addOption(optionJson())
    .addHelpText(
      "after",
      "\nBACKUP_RETENTION_DAYS : jusqu'où on peut remonter (30 jours). sauvegarde:quotidienne la fait chaque jour.",
    )
    .action(({ env, json }) =>
      derouler("continuite:sauver", {} as Contexte, [
        verifierCible(env),
        {
          titre: "Sauver la base",
          faire: async (contexte, dire) => {
            const prise = await sauverBase(contexte.cible, contexte.sql, dire);
            contexte.resultat = prise;
            return prise.constat;
          },
        },
      ], { json, toujours: async ({ sql }) => await sql?.end() })
    );
}
