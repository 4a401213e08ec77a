// A report as a file of cells: its head, then each section under its title, as the lists are written.
import { enLignesCsv } from "../csv.ts";
import { direColonne, direEntete } from "./ecrire.ts";
import type { Rapport, SectionRapport } from "./forme.ts";

export type Cellules = (string | number | null)[];
/** A section, whether or not its lines are there. */
export type Cadre = Omit<SectionRapport, "lignes">;

/** The word « Total », in the first cell where the totals leave room. */
export function avecTotal(totaux: Cellules): Cellules {
  const libre = totaux.indexOf(null);
  return totaux.map((valeur, i) => i === libre ? "Total" : valeur);
}

export const enTete = (entete: Rapport["entete"]): Cellules[] => [
  [entete.titre],
  ...direEntete({ entete }),
];

export const debutDeSection = ({ titre, colonnes }: Cadre): Cellules[] => [
  [],
  [titre],
  colonnes.map(direColonne),
];

export const enLigne = ({ colonnes }: Cadre, ligne: SectionRapport["lignes"][number]): Cellules =>
  colonnes.map(({ cle }) => ligne[cle] ?? null);

export const finDeSection = ({ colonnes, totaux }: Cadre): Cellules[] =>
  totaux ? [avecTotal(colonnes.map(({ cle }) => totaux[cle] ?? null))] : [];

export const rapportCsv = ({ entete, sections }: Rapport): string =>
  enLignesCsv([
    ...enTete(entete),
    ...sections.flatMap((section) => [
      ...debutDeSection(section),
      ...section.lignes.map((ligne) => enLigne(section, ligne)),
      ...finDeSection(section),
    ]),
  ]);
