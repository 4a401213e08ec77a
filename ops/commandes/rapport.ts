import { InvalidArgumentError, Option } from "commander";
import { FORMATS } from "../../supabase/functions/_shared/rapport/rendre.ts";
import { commande } from "../exploitation/cible/commande.ts";
import {
  type ContexteRapport,
  type DemandeDeRapport,
  etapesRapport,
} from "../exploitation/rapports/tirer.ts";

type Demande = Omit<DemandeDeRapport, "parametres"> & { parametre?: Record<string, string> };

function jour(texte: string): string {
  const lu = new Date(`${texte}T00:00:00Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(texte) && !isNaN(+lu) && lu.toISOString().startsWith(texte)) return texte;
  throw new InvalidArgumentError("Un jour est attendu, comme 2026-11-27.");
}

function instant(texte: string): string {
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(texte) && !isNaN(Date.parse(texte))) return texte;
  throw new InvalidArgumentError("Un moment est attendu, comme 2026-11-27T08:00:00+02:00.");
}

function parametre(texte: string, dits: Record<string, string> = {}): Record<string, string> {
  const [, cle, valeur] = texte.match(/^([a-z_]+)=(.+)$/s) ?? [];
  if (!cle) throw new InvalidArgumentError("clé=valeur est attendu, comme client_id=….");
  return { ...dits, [cle]: valeur! };
}

/** rapport: what is too large for a hosted function, to a file that is there whole or not at all. */
export const enregistrer = commande<ContexteRapport, Demande>("rapport", {
  dit: "tire un rapport de n'importe quelle taille, dans un fichier",
  aide:
    "Le fichier porte son nom quand il est entier : interrompue, la commande n'en laisse rien. csv et json n'ont pas " +
    "de taille limite ; xlsx 200 000 lignes, html 100 000, pdf 50 000. Journalisé EXPORT_GENERE, au nom de l'admin.",
  etapes: ({ parametre: parametres = {}, ...demande }) => etapesRapport({ ...demande, parametres }),
  options: (une) =>
    une
      .argument("<nom>", "journalier, mensuel, livre… (GET rapports les dit)")
      .addOption(new Option("--format <format>", "forme du fichier").choices([...FORMATS]).default("csv"))
      .option("--depot <nom ou code>", "sans elle : celui de l'admin, ou tous si le rapport est de tous")
      .option("--du <jour>", "premier jour", jour)
      .option("--au <jour>", "dernier jour, compris", jour)
      .option("--connu-a <moment>", "tel qu'on le savait à ce moment", instant)
      .option("--parametre <clé=valeur>", "ce que le rapport demande de plus ; se répète", parametre)
      .option("--par-mois", "un fichier par mois")
      .option("--vers <dossier>", "où l'écrire", ".")
      .option("--remplacer", "écrit à nouveau un fichier qui existe")
      .option("--operateur <email ou id>", "l'admin au nom de qui il est tiré"),
});
