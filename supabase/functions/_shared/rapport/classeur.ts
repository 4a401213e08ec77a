// A report as a workbook: its head on the first sheet, a section a sheet. Numbers are numbers, dates are dates, and text is
// text for good: its format keeps what looks like a formula from becoming one, even when somebody edits the cell.
import { type CellStyle, type CellValue, type ColumnDef, type WriteSheet, writeXlsx } from "hucre/xlsx";
import { avecTotal } from "./csv.ts";
import { decimalesDe, direColonne, direEntete, direPeriode, estChiffre } from "./ecrire.ts";
import type { ColonneRapport, Rapport, SectionRapport, ValeurRapport } from "./forme.ts";

const GRAS: CellStyle = { font: { bold: true }, numFmt: "@" };
const TITRES: CellStyle = {
  font: { bold: true },
  fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "EFEFEF" } },
  alignment: { wrapText: true, vertical: "top" },
  numFmt: "@",
};

/** Excel's own words: it writes them as the reader's language does. */
function format(colonne: ColonneRapport, decimales: number): string {
  if (colonne.type === "date") return "dd/mm/yyyy";
  if (colonne.type === "instant") return "dd/mm/yyyy hh:mm:ss";
  if (!estChiffre(colonne)) return "@";
  return decimales ? `#,##0.${"0".repeat(decimales)}` : "#,##0";
}

/**
 * Text that is read back as it was written: a workbook has its own way of writing a character by its number, which a name may
 * look like, and is no workbook at all with the two that XML has not.
 */
const texte = (dit: string) =>
  dit.replaceAll(/_(?=x[\da-f]{4}_)/gi, "_x005F_").replaceAll(/[\ufffe\uffff]/g, "\ufffd");

/** Days and moments of the depot's clock, which a workbook has no zone for. */
function cellule({ type }: ColonneRapport, valeur: ValeurRapport): CellValue {
  if (typeof valeur !== "string") return valeur;
  if (type === "texte") return texte(valeur);
  if (type === "date") return new Date(`${valeur}T00:00:00Z`);
  return type === "instant" ? new Date(`${valeur.replace(" ", "T")}Z`) : valeur;
}

const NOM_MAX = 31;

/** What a title ends with tells it from its neighbours (« en USD », « litres à 15 °C »): what is left out is its middle. */
function raccourcir(titre: string, longueur: number): string {
  if (titre.length <= longueur) return titre;
  const fin = titre.match(/(?<= ).{1,15}$/)?.[0] ?? "";
  // No sign of two halves is left with one.
  return titre.slice(0, longueur - 1 - fin.length).replace(/[\uD800-\uDBFF]$/, "").trimEnd() + "…" + fin;
}

/** Names of sheets: 31 signs, none of those Excel keeps for itself, no two alike. */
export function nomsDesFeuilles(titres: string[]): string[] {
  // « History » is a sheet of Excel's own.
  const pris = new Set(["rapport", "history"]);
  return titres.map((titre) => {
    const net = titre.replace(/[\\/?*[\]:\p{Cc}\s]+/gu, " ").replaceAll(/^[' ]+|[' ]+$/g, "") || "Section";
    for (let n = 1;; n++) {
      const suite = n === 1 ? "" : ` (${n})`;
      const nom = raccourcir(net, NOM_MAX - suite.length) + suite;
      if (pris.has(nom.toLowerCase())) continue;
      pris.add(nom.toLowerCase());
      return nom;
    }
  });
}

/** The two lines that each printed page of a sheet begins with; a sheet's name is quoted, which the library does not do. */
const titresImprimes = (nom: string) => ({
  name: "_xlnm.Print_Titles",
  range: `'${nom.replaceAll("'", "''")}'!$1:$2`,
  scope: nom,
});

const A4_PAYSAGE = {
  paperSize: "a4",
  orientation: "landscape",
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
} as const;

function feuille(section: SectionRapport, nom: string, pied: string): WriteSheet {
  const { titre, colonnes, lignes, totaux } = section;
  const decimales = decimalesDe(section);
  const formats = colonnes.map((colonne) => format(colonne, decimales(colonne)));
  const rows: CellValue[][] = [[texte(titre)], colonnes.map((colonne) => texte(direColonne(colonne)))];
  for (const ligne of lignes) {
    rows.push(colonnes.map((colonne) => cellule(colonne, ligne[colonne.cle] ?? null)));
  }
  const cells = new Map([
    ["0,0", { style: GRAS }],
    ...colonnes.map((_, i) => [`1,${i}`, { style: TITRES }] as const),
  ]);
  if (totaux) {
    avecTotal(colonnes.map(({ cle }) => totaux[cle] ?? null)).forEach((valeur, i, ligne) => {
      if (i === 0) rows.push(ligne);
      cells.set(`${rows.length - 1},${i}`, {
        style: {
          font: { bold: true },
          numFmt: typeof valeur === "string" ? "@" : formats[i]!,
        },
      });
    });
  }
  return {
    name: nom,
    columns: colonnes.map((colonne, i): ColumnDef => ({
      numFmt: formats[i]!,
      width: estChiffre(colonne) ? 16 : colonne.type === "texte" ? 24 : 19,
    })),
    rows,
    cells,
    freezePane: { rows: 2 },
    pageSetup: A4_PAYSAGE,
    headerFooter: { oddFooter: pied },
  };
}

export function rapportXlsx(rapport: Rapport): Promise<Uint8Array> {
  const { entete, sections } = rapport;
  const noms = nomsDesFeuilles(sections.map(({ titre }) => titre));
  // Ampersands are commands in a foot.
  const pied = `&C${`${entete.titre} · ${direPeriode(entete)}`.replaceAll("&", "&&")} · page &P/&N`;
  const tete: WriteSheet = {
    name: "Rapport",
    columns: [{ width: 22, numFmt: "@" }, { width: 70, numFmt: "@" }],
    rows: [[entete.titre], ...direEntete(rapport)].map((ligne) => ligne.map(texte)),
    cells: new Map([["0,0", { style: GRAS }]]),
    pageSetup: { paperSize: "a4", orientation: "portrait", fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    headerFooter: { oddFooter: pied },
  };
  const genere = new Date(entete.genere_le);
  return writeXlsx({
    sheets: [tete, ...sections.map((section, i) => feuille(section, noms[i]!, pied))],
    namedRanges: noms.map(titresImprimes),
    properties: { title: entete.titre, creator: "Monaluxe", created: genere, modified: genere },
  });
}
