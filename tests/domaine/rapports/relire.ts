// A report read back from what each format wrote, by a reader that is not its writer.
import { read, type WorkSheet } from "@e965/xlsx";
import { parse } from "csv-parse/sync";
import { parseHTML } from "linkedom";
import { extractTextItems, getDocumentProxy } from "unpdf";
import { estVide } from "../../../supabase/functions/_shared/rapport/ecrire.ts";
import type { ColonneRapport, Rapport } from "../../../supabase/functions/_shared/rapport/forme.ts";

export type Valeur = string | number | null;
export interface Lue {
  titre: string;
  lignes: Valeur[][];
  totaux: Valeur[] | null;
}

const chiffre = ({ type }: ColonneRapport) => !["texte", "date", "instant"].includes(type);

/** Text that Excel would take for a formula has one in front. */
const sansApostrophe = (dit: string) => dit.replace(/^'(?=[=+\-@])/, "");

/** What a person takes « −1 535,06 » for. */
export const nombreLu = (dit: string) => Number(dit.replaceAll(" ", "").replace("−", "-").replace(",", "."));

/** As the data says it, with what each format leaves out of a total's line. */
export const dites = ({ sections }: Rapport): Lue[] =>
  sections.map(({ titre, colonnes, lignes, totaux }) => ({
    titre,
    lignes: lignes.map((ligne) => colonnes.map(({ cle }) => ligne[cle] ?? null)),
    totaux: totaux && colonnes.map(({ cle }) => totaux[cle] ?? null),
  }));

/** What a person reads: of what is empty, no totals of nothing. */
export const lues = (rapport: Rapport): Lue[] =>
  dites(rapport).map((section, i) => estVide(rapport.sections[i]!) ? { ...section, totaux: null } : section);

/** A total's line without its word. */
const sansMot = (ligne: Valeur[]) => ligne.map((valeur) => valeur === "Total" ? null : valeur);

/** Cells below their titles, as the columns say to read them. */
function ranger(rapport: Rapport, tables: { titre: string; cellules: Valeur[][] }[]): Lue[] {
  return tables.map(({ titre, cellules }, i) => {
    const { lignes, totaux } = rapport.sections[i]!;
    return {
      titre,
      lignes: cellules.slice(0, lignes.length),
      totaux: totaux && cellules[lignes.length] ? sansMot(cellules[lignes.length]!) : null,
    };
  });
}

export function relireCsv(rapport: Rapport, octets: Uint8Array): Lue[] {
  const brut: string[][] = parse(octets as never, { delimiter: ";", bom: true, relax_column_count: true });
  const lire = (colonne: ColonneRapport, dit: string): Valeur =>
    dit === "" || dit === "Total"
      ? null
      : chiffre(colonne)
      ? Number(dit.replace(",", "."))
      : sansApostrophe(dit);
  // An empty line comes before each section.
  const debuts = brut.flatMap((ligne, i) => ligne.length === 1 && ligne[0] === "" ? [i + 1] : []);
  return ranger(
    rapport,
    debuts.map((debut, i) => {
      const { colonnes } = rapport.sections[i]!;
      const lignes = brut.slice(debut + 2, debuts[i + 1] === undefined ? undefined : debuts[i + 1]! - 1);
      return {
        titre: sansApostrophe(brut[debut]![0]!),
        cellules: lignes.map((ligne) => colonnes.map((colonne, c) => lire(colonne, ligne[c]!))),
      };
    }),
  );
}

const deSerie = (jours: number) => new Date(Math.round((jours - 25_569) * 86_400) * 1000).toISOString();

function relireFeuille(rapport: Rapport, feuille: WorkSheet, rang: number) {
  const { colonnes, lignes, totaux } = rapport.sections[rang]!;
  const lire = (ligne: number, c: number, { type }: ColonneRapport): Valeur => {
    const cellule = feuille[`${String.fromCharCode(65 + c)}${ligne + 1}`];
    if (cellule?.v === undefined) return null;
    if (cellule.f !== undefined) throw new Error(`${cellule.f} est une formule`);
    if (type === "date" && cellule.t === "n") return deSerie(cellule.v).slice(0, 10);
    return type === "instant" && cellule.t === "n"
      ? deSerie(cellule.v).slice(0, 19).replace("T", " ")
      : cellule.v;
  };
  return {
    titre: String(feuille.A1.v),
    cellules: Array.from(
      { length: lignes.length + (totaux ? 1 : 0) },
      (_, i) => colonnes.map((colonne, c) => lire(i + 2, c, colonne)),
    ),
  };
}

export function relireXlsx(rapport: Rapport, octets: Uint8Array): Lue[] {
  const { SheetNames, Sheets } = read(octets, { cellDates: false, cellNF: true });
  return ranger(
    rapport,
    SheetNames.slice(1).map((nom, i) => relireFeuille(rapport, Sheets[nom]!, i)),
  );
}

export function relireHtml(rapport: Rapport, octets: Uint8Array): Lue[] {
  const { document } = parseHTML(new TextDecoder().decode(octets)) as unknown as { document: Document };
  const lire = (colonne: ColonneRapport, dit: string): Valeur => {
    if (dit === "" || dit === "Total") return null;
    if (chiffre(colonne)) return nombreLu(dit);
    const [, j, m, a, heure] = dit.match(/^(\d\d)\/(\d\d)\/(\d{4})(.*)$/s) ?? [];
    return colonne.type === "texte" ? dit : `${a}-${m}-${j}${heure}`;
  };
  return ranger(
    rapport,
    [...document.querySelectorAll("section")].map((section, i) => ({
      titre: section.querySelector("h2")!.textContent!,
      cellules: [...section.querySelectorAll("tbody tr, tfoot tr")].map((ligne) =>
        [...ligne.querySelectorAll("td")].map((td, c) =>
          lire(rapport.sections[i]!.colonnes[c]!, td.textContent!)
        )
      ),
    })),
  );
}

interface Document {
  querySelectorAll(quoi: string): Iterable<Element>;
}
interface Element extends Document {
  textContent: string | null;
  querySelector(quoi: string): Element | null;
}

/** Every piece of text of a paper, in the order it was written. */
export async function textesPdf(octets: Uint8Array): Promise<string[]> {
  const { items } = await extractTextItems(await getDocumentProxy(octets.slice()));
  return items.flat().map(({ str }) => str).filter((str) => str.trim());
}

/** Every figure of a paper's tables, smallest first: nothing else on it stands alone and is a number. */
export const chiffresPdf = async (octets: Uint8Array) =>
  (await textesPdf(octets)).filter((dit) => /^−?\d{1,3}( \d{3})*(,\d+)?$/.test(dit)).map(nombreLu)
    .sort((un, autre) => un - autre);

/** Every figure that a report says. */
export const chiffresDe = (rapport: Rapport) =>
  lues(rapport).flatMap(({ lignes, totaux }) => [...lignes, totaux ?? []].flat())
    .filter((valeur) => typeof valeur === "number").sort((un, autre) => un - autre);
