// What a person must say before STAGING loses anything, on the command line and each time: never from a file.
import { basename, join } from "node:path";
import { Refus } from "../cli/deroulement.ts";
import { ROOT } from "../stack/settings.ts";

const GRAINES = join(ROOT, "supabase/seeds");
const GRAINE_PAR_DEFAUT = "seed_empty.sql";

export const PHRASE_RESET = "I_UNDERSTAND_THIS_WILL_DROP_PUBLIC";
export const PHRASE_MOUVEMENTS = "I_UNDERSTAND_THIS_WILL_DELETE_MOVEMENTS";

/** Refuses unless both variables say so, word for word. Two different sentences: neither command passes for the other. */
export function exigerConfirmation(phrase: string, commande: string): void {
  const manquantes = [["ALLOW_STAGING_RESET", "true"], ["CONFIRM_STAGING_RESET", phrase]]
    .filter(([nom, valeur]) => Deno.env.get(nom!) !== valeur)
    .map(([nom, valeur]) => `${nom}=${valeur}`);
  if (manquantes.length) {
    throw new Refus(
      "CONFIRMATION_REQUISE",
      `Il manque ${
        manquantes.join(" et ")
      }. Cette commande efface : donnez les deux sur sa ligne, à chaque fois ` +
        `(env/.env.staging ne compte pas) :\n  ALLOW_STAGING_RESET=true CONFIRM_STAGING_RESET=${phrase} ` +
        `npm run ops -- ${commande}`,
    );
  }
}

const existe = (fichier: string) => Deno.stat(fichier).then(({ isFile }) => isFile, () => false);

/** File of SEED_FILE: a path, or the name of a file of supabase/seeds; seed_empty.sql where it says nothing. */
export async function choisirGraine(
  demandee = Deno.env.get("SEED_FILE") || GRAINE_PAR_DEFAUT,
): Promise<string> {
  const candidats = [demandee, join(GRAINES, basename(demandee))];
  const fichier = await existe(candidats[0]!) ? candidats[0]! : candidats[1]!;
  // A link must not lend a forbidden seed a better name.
  const vrai = await Deno.realPath(fichier).catch(() => fichier);
  if ([demandee, vrai].some((chemin) => /minimal|disabled/i.test(basename(chemin)))) {
    throw new Refus(
      "GRAINE_INTERDITE",
      `❌ Refusing SEED_FILE='${demandee}' (would pollute STAGING).\n` +
        "     Use default (seed_empty.sql) ou explicitly run DB-tests workflow if needed.",
    );
  }
  if (!await existe(fichier)) {
    const connues = [...Deno.readDirSync(GRAINES)].map(({ name }) => name).sort().join(", ");
    throw new Refus(
      "GRAINE_INCONNUE",
      `SEED_FILE='${demandee}' n'existe pas. Graines de ce dépôt : ${connues}.`,
    );
  }
  return vrai;
}
