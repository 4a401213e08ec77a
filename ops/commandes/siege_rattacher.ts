import { type Command, InvalidArgumentError } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { optionJson } from "../exploitation/cible/options.ts";
import { CODE } from "../exploitation/siege/adresses.ts";
import { etapesRattacher, fermerTout, type Reseau } from "../exploitation/siege/rattachement.ts";

function codeDeBase(texte: string): string {
  if (CODE.test(texte)) return texte;
  throw new InvalidArgumentError("Un code de 2 à 6 capitales est attendu : KLZ.");
}

/** siege:rattacher: a depot's database, into the network. */
export function enregistrer(programme: Command): void {
  programme.command("siege:rattacher")
    .description("rattache la base d'un dépôt au siège, qui travaille pendant ce temps")
    .argument("<code>", "code du dépôt : KLZ", codeDeBase)
    .addOption(optionJson())
    .addHelpText(
      "after",
      "\nSIEGE_DB_URL, REFERENCE_DB_URL, et DEPOT_<CODE>_DB_URL : la base du dépôt, sur un serveur en wal_level = logical.",
    )
    .action((code: string, { json }) =>
      derouler("siege:rattacher", {} as Reseau, etapesRattacher(code), { json, toujours: fermerTout })
    );
}
