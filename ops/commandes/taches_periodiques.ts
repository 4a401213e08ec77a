import type { Command } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { type Contexte, verifierCible } from "../exploitation/cible/etape.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";

/** taches:periodiques: what the database's own clock does each hour, where it has none or stopped. */
export function enregistrer(programme: Command): void {
  programme.command("taches:periodiques")
    .description(
      "oublie les vieilles réponses gardées pour les clés ; chaque heure, là où pg_cron n'existe pas",
    )
    .addOption(optionEnv())
    .addOption(optionJson())
    .addHelpText("after", "\nSe relance sans risque. Chaque minute, c'est journal:sceller.")
    .action(({ env, json }) =>
      derouler("taches:periodiques", {} as Contexte, [verifierCible(env), {
        titre: "Faire ce qui revient chaque heure",
        faire: async (contexte) => {
          await contexte.sql`select private.taches_periodiques()`;
          const [{ reponses }] = await contexte.sql<[{ reponses: number }]>`
            select count(*)::int as reponses from private.idempotence`;
          contexte.resultat = { reponses_gardees: reponses };
          await contexte.sql.end();
          return `${reponses} réponse(s) gardée(s), de 30 jours au plus`;
        },
      }], { json })
    );
}
