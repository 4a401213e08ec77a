import type { Command } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { type Contexte, verifierCible } from "../exploitation/cible/etape.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";

/** journal:sceller: what the database's own clock does each minute, where it has none or stopped. */
export function enregistrer(programme: Command): void {
  programme.command("journal:sceller")
    .description(
      "scelle les lignes du journal qui ne le sont pas encore ; chaque minute, là où pg_cron n'existe pas",
    )
    .addOption(optionEnv())
    .addOption(optionJson())
    .addHelpText(
      "after",
      "\nSe relance sans risque ; deux à la fois attendent leur tour. Sortie 1 : rien n'a été scellé.",
    )
    .action(({ env, json }) =>
      derouler("journal:sceller", {} as Contexte, [verifierCible(env), {
        titre: "Sceller",
        faire: async (contexte) => {
          const [{ scellees }] = await contexte.sql<[{ scellees: number }]>`
            select private.sceller_journal()::int as scellees`;
          const [tete] = await contexte.sql<
            [{ bloc: number | null; empreinte: string | null; en_attente: number }]
          >`
            select bloc::int, empreinte, lignes_en_attente::int as en_attente from private.etat_scellement()`;
          contexte.resultat = { scellees, ...tete };
          await contexte.sql.end();
          return `${scellees} ligne(s) scellée(s) ; tête : bloc ${tete.bloc ?? "—"}, ${
            tete.empreinte ?? "—"
          }`;
        },
      }], { json })
    );
}
