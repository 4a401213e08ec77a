import { type Command, InvalidArgumentError } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { verifierCible } from "../exploitation/cible/etape.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import { type ContexteSerie, type DemandeDeSerie, etapesAvancer } from "../exploitation/series/avancer.ts";

function entier(texte: string): number {
  const nombre = Number(texte);
  if (/^[0-9]+$/.test(texte) && Number.isSafeInteger(nombre) && nombre > 0) return nombre;
  throw new InvalidArgumentError("Un nombre entier au-dessus de zéro est attendu.");
}

/** series:avancer: after a restore from an older backup, no number already on paper is printed again. */
export function enregistrer(programme: Command): void {
  programme.command("series:avancer")
    .description("avance une série au-delà du dernier numéro imprimé, après une restauration")
    .addOption(optionEnv())
    .option("--depot <code>", "code du dépôt de la série (sans elle : celle de la société)")
    .requiredOption("--serie <lettres>", "FAC, AVR, REC, BL, PRF, FFO, PAF…")
    .requiredOption("--exercice <année>", "année que portent les numéros", entier)
    .requiredOption("--dernier <numéro>", "le plus haut numéro connu sur papier", entier)
    .requiredOption("--motif <phrase>", "pourquoi ces numéros manquent à la base (10 caractères au moins)")
    .option("--operateur <email ou id>", "l'admin au nom de qui c'est écrit")
    .addOption(optionJson())
    .addHelpText(
      "after",
      "\nÉcrit le trou et son motif, journalisé CRITICAL. Une série ne recule jamais : la même demande, une seconde " +
        "fois, est refusée (SERIE_AVANCEE) et ne change rien.",
    )
    .action(({ env, json, ...demande }: DemandeDeSerie & { env: "local"; json?: boolean }) =>
      derouler("series:avancer", {} as ContexteSerie, [
        verifierCible<ContexteSerie>(env),
        ...etapesAvancer(demande),
      ], { json })
    );
}
