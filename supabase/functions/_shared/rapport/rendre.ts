// A report as a file of the format that was asked for. Same report, same bytes.
import type { Fichier } from "../acte.ts";
import { enCsv } from "../csv.ts";
import type { Rapport } from "./forme.ts";

export const FORMATS = ["json", "csv"] as const;
export type Format = (typeof FORMATS)[number];

/** Media types of the files, JSON apart. */
export const TYPES: Record<Exclude<Format, "json">, string> = { csv: "text/csv; charset=utf-8" };

export function rendre(rapport: Rapport, format: Exclude<Format, "json">): Promise<Fichier> {
  const { entete, sections } = rapport;
  const texte = sections.map(({ colonnes, lignes }) => enCsv(lignes, colonnes.map(({ cle }) => cle))).join(
    "\r\n",
  );
  return Promise.resolve({
    nom: `${entete.nom}_${entete.du}_${entete.au}.${format}`,
    type: TYPES[format],
    octets: new TextEncoder().encode(texte),
  });
}
