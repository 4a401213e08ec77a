import type { Command } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { type Contexte, verifierCible } from "../exploitation/cible/etape.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import { etapeJoindre } from "../exploitation/documents/joindre.ts";

/** documents:joindre: a file of this machine is kept with what it proves. */
export function enregistrer(programme: Command): void {
  programme.command("documents:joindre")
    .description("garde un fichier de cette machine avec ce qu'il prouve (preuve signée d'une intervention)")
    .addOption(optionEnv())
    .requiredOption("--fichier <chemin>", "PDF, JPEG, PNG, WebP, xlsx ou CSV, 10 Mio au plus")
    .requiredOption("--objet <TYPE:id>", "ce qu'il prouve : INTERVENTION:id, RECEPTION:id, SBLC:id…")
    .option("--categorie <mot>", "CERTIFICAT, BL, RAPPORT…", "RAPPORT")
    .option("--operateur <email ou id>", "l'admin au nom de qui c'est fait")
    .addOption(optionJson())
    .action(({ env, json, ...demande }) =>
      derouler("documents:joindre", {} as Contexte, [verifierCible(env), etapeJoindre(demande)], { json })
    );
}
