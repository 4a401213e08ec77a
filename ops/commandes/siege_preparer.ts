import type { Command } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { optionJson } from "../exploitation/cible/options.ts";
import { etapesPreparer, fermerTout, type Reseau } from "../exploitation/siege/rattachement.ts";

/** siege:preparer: the consolidated database, from a bare project. */
export function enregistrer(programme: Command): void {
  programme.command("siege:preparer")
    .description("fait d'un projet vierge la base consolidée du siège, que seule la réplication écrit")
    .addOption(optionJson())
    .addHelpText(
      "after",
      "\nSIEGE_DB_URL : le projet vierge. REFERENCE_DB_URL : la base où le siège écrit produits, clients, comptes, prix.\n" +
        "Leurs rôles peuvent créer un abonnement et un rôle de réplication (hébergé : postgres).",
    )
    .action(({ json }) =>
      derouler("siege:preparer", {} as Reseau, etapesPreparer, {
        json,
        toujours: fermerTout,
        fin: () => "Ensuite, pour chaque dépôt : npm run ops -- siege:rattacher <CODE>",
      })
    );
}
