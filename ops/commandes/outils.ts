import type { Command } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { optionJson } from "../exploitation/cible/options.ts";
import { type Outils, trouverOutils } from "../exploitation/outils/outils.ts";

/** outils: finds pg_dump and pg_restore of the server's major version, or fetches them. */
export function enregistrer(programme: Command): void {
  programme.command("outils")
    .description(
      "trouve pg_dump et pg_restore de la version du serveur, ou les télécharge (Debian), sans toucher au système",
    )
    .addOption(optionJson())
    .action(({ json }) => {
      const contexte = {} as { outils: Outils; resultat?: unknown };
      const etape = trouverOutils<typeof contexte>();
      return derouler("outils", contexte, [{
        ...etape,
        faire: async (contexte, dire) => {
          const constat = await etape.faire(contexte, dire);
          contexte.resultat = contexte.outils;
          return constat;
        },
      }], { json });
    });
}
