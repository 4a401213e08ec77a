// A report as a file of cells: its head, then each section under its title, as the lists are written.
import { enLignesCsv } from "../csv.ts";
import { direColonne, direEntete } from "./ecrire.ts";
import type { Rapport, SectionRapport } from "./forme.ts";

type Cellules = (string | number | null)[];

function* cellules({ titre, colonnes, lignes, totaux }: SectionRapport): Iterable<Cellules> {
  yield [];
  yield [titre];
  yield colonnes.map(direColonne);
  for (const ligne of lignes) yield colonnes.map(({ cle }) => ligne[cle] ?? null);
  if (totaux) yield avecTotal(colonnes.map(({ cle }) => totaux[cle] ?? null));
}

/** The word « Total », in the first cell where the totals leave room. */
export function avecTotal(totaux: Cellules): Cellules {
  const libre = totaux.indexOf(null);
  return totaux.map((valeur, i) => i === libre ? "Total" : valeur);
}

/** All the lines of a report, one at a time. */
export function* enCellules(rapport: Rapport): Iterable<Cellules> {
  yield [rapport.entete.titre];
  yield* direEntete(rapport);
  for (const section of rapport.sections) yield* cellules(section);
}

export const rapportCsv = (rapport: Rapport): string => enLignesCsv([...enCellules(rapport)]);
