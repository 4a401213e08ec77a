// The shell of every report: one file that needs no other, for a screen and for paper.
import { html, raw } from "hono/html";

const STYLE = `
  body { font: 15px/1.5 system-ui, sans-serif; color: #18181b; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
  .verdict { font-size: 1.1rem; font-weight: 600; padding: .6rem .9rem; border-left: 6px solid; }
  .verdict.oui { border-color: #0b6b3a; background: #ecfdf3; } .verdict.non { border-color: #b91c1c; background: #fef2f2; }
  table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
  th, td { padding: .3rem .5rem; border-bottom: 1px solid #e4e4e7; text-align: left; vertical-align: top; }
  th { overflow-wrap: normal; } td.non { color: #b91c1c; font-weight: 700; }
  .chiffre { text-align: right; } td.chiffre { white-space: nowrap; }
  svg text { font-size: 12px; fill: #3f3f46; } svg { max-width: 100%; height: auto; }
  .legende span { margin-right: 1.2rem; white-space: nowrap; } .legende svg { vertical-align: middle; }
  .legende i { display: inline-block; width: 14px; height: 10px; background: #0b6b3a; opacity: .2; }
  .large { overflow-x: auto; } .large table { min-width: 52rem; }
  .signature { display: flex; flex-wrap: wrap; gap: 1.5rem; margin-top: 3rem; break-inside: avoid; }
  .signature span { flex: 1 1 12rem; border-bottom: 1px solid #18181b; padding-bottom: 2.5rem; }
  body { -webkit-print-color-adjust: exact; print-color-adjust: exact; overflow-wrap: anywhere; }
  ol { padding-left: 1.4rem; } @page { margin: 14mm; }
  @media (max-width: 40rem) { body { margin: 1rem auto; } h1 { font-size: 1.25rem; } .verdict { font-size: 1rem; } }
  @media print { body { margin: 0; max-width: none; font-size: 12px; } .large { overflow: visible; }
    .large table { min-width: 0; font-size: .8em; } h2, tr, svg { break-inside: avoid; } }`;

type Html = ReturnType<typeof html>;
type Contenu = string | number | Html;

/** Of a table's row: what it says, or that with the class it is said in. */
export type Cellule = Contenu | { dit: Contenu; classe: string };

const dite = (une: Cellule | undefined) => typeof une === "object" && "dit" in une ? une.dit : une;

/** Figures, with their unit: cut at the end of a line they are read as others. */
const FIGURES = /^([-−+]?\d[\d\s.,]*( ?(L|kg|t|°C|%|s|\*))?|—)$/;
const estChiffre = (une: Cellule | undefined) =>
  typeof dite(une) === "number" || FIGURES.test(String(dite(une))) ||
  typeof une === "object" && "classe" in une && /\bchiffre\b/.test(une.classe);

const cellule = (une: Cellule) => {
  const classe = typeof une === "object" && "classe" in une ? une.classe : "";
  return html`<td class="${!classe && estChiffre(une) ? "chiffre" : classe}">${dite(une)}</td>`;
};

/** A head stands over its figures. */
const titreDe = (titre: string, rang: number, lignes: Cellule[][]) =>
  html`<th class="${
    lignes.length > 0 && lignes.every((ligne) => estChiffre(ligne[rang])) ? "chiffre" : ""
  }">${titre}</th>`;

/** A table of these rows, under these heads where it has any. */
export const tableau = (titres: string[], lignes: Cellule[][], classe = "") =>
  html`
    <table class="${classe}">
      ${titres.length
        ? html`
          <thead>
            <tr>${titres.map((titre, rang) => titreDe(titre, rang, lignes))}</tr>
          </thead>
        `
        : ""}
      <tbody>${lignes.map((ligne) => html`<tr>${ligne.map(cellule)}</tr>`)}</tbody>
    </table>
  `;

/** A self-contained page in French. */
export async function page(titre: string, corps: Html): Promise<string> {
  return (await html`
    <!doctype html>
    <html lang="fr">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>${titre}</title>
        <style>${raw(STYLE)}</style>
      </head>
      <body>
    ${corps}
      </body>
    </html>
  `).toString();
}
