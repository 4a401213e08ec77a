// A report as a page in one file: no script, no link, nothing fetched, so that it opens anywhere and prints as it stands.
import { html, raw } from "hono/html";
import { avecTotal } from "./csv.ts";
import { couleurDe, dessinerCourbe, seriesDe, tiretDe } from "./courbe.ts";
import {
  decimalesDe,
  direColonne,
  direEntete,
  direPeriode,
  direValeur,
  estChiffre,
  estVide,
} from "./ecrire.ts";
import type { Rapport, SectionRapport } from "./forme.ts";

const STYLE = `
:root { color-scheme: light; --encre: #1c2328; --doux: #4f5a61; --trait: #cfcbc2 }
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100% }
body { margin: 0 auto; max-width: 78rem; padding: 1.5rem 1.25rem 3rem; background: #fff; color: var(--encre);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: break-word }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .75rem }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .6rem }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .1rem 1.25rem; margin: 0; font-size: .9rem }
dt { color: var(--doux) }
dd { margin: 0; overflow-wrap: anywhere }
.table { overflow-x: auto; max-width: 100% }
.table:focus-visible { outline: 2px solid #7a4306; outline-offset: 2px }
table { border-collapse: collapse; min-width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums }
th, td { text-align: left; vertical-align: top; padding: .35rem .45rem; border-bottom: 1px solid var(--trait) }
th { font-weight: 600; background: #f2f0eb }
td.n, th.n { text-align: right }
td.n, td.j { white-space: nowrap }
tfoot td { font-weight: 700; border-top: 2px solid var(--encre) }
figure { margin: 0 0 1rem }
figcaption { color: var(--doux); font-size: .85rem }
.courbe { display: block; width: 100%; max-width: 860px; height: auto; overflow: visible }
.courbe text { white-space: pre; font-family: inherit }
ul.legende { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.25rem; margin: .25rem 0; padding: 0 }
ul.legende svg { width: 2rem; height: .7rem; margin-right: .4rem }
.rien { color: var(--doux) }
.signatures { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: 1rem; margin-top: 2.5rem }
.signatures p { margin: 0; border: 1px solid var(--doux); min-height: 6rem; padding: .4rem .6rem }
@media (max-width: 34rem) {
  body { padding: 1rem .9rem 2rem }
  h1 { font-size: 1.35rem }
  dl { grid-template-columns: minmax(0, 1fr) }
  dd { margin-bottom: .35rem }
}
@page { size: A4 landscape; margin: 12mm }
@media print {
  body { max-width: none; padding: 0; font-size: 9pt }
  h1 { font-size: 15pt }
  h2 { font-size: 11pt; margin-top: 1.2rem; break-after: avoid }
  table { font-size: 7.5pt }
  th, td { padding: .15rem .35rem }
  .table { overflow: visible }
  thead { display: table-header-group }
  tfoot { display: table-row-group }
  tr, figure, .signatures { break-inside: avoid }
}
`;

async function csp(): Promise<string> {
  const octets = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(STYLE)));
  const empreinte = btoa(String.fromCharCode(...octets));
  return `default-src 'none'; style-src 'sha256-${empreinte}'; base-uri 'none'; form-action 'none'`;
}

const echapper = (texte: string) => String(html`${texte}`);

/** How a column's cells are set: figures under each other, moments on one line. */
const classe = (chiffre: boolean, texte: boolean) => chiffre ? ' class="n"' : texte ? "" : ' class="j"';

/** Written by hand and not by a template: a report may have tens of thousands of lines. */
function table(section: SectionRapport, id: string): string {
  const { colonnes, lignes, totaux } = section;
  const decimales = decimalesDe(section);
  const poses = colonnes.map((colonne) => ({
    colonne,
    decimales: decimales(colonne),
    classe: classe(estChiffre(colonne), colonne.type === "texte"),
  }));
  const titres = poses.map(({ colonne, classe }) =>
    `<th scope="col"${classe === ' class="j"' ? "" : classe}>${echapper(direColonne(colonne))}</th>`
  ).join("");
  const corps = lignes.map((ligne) =>
    `<tr>${
      poses.map(({ colonne, decimales, classe }) =>
        `<td${classe}>${echapper(direValeur(colonne, ligne[colonne.cle], decimales))}</td>`
      ).join("")
    }</tr>`
  ).join("\n");
  const dits = totaux && avecTotal(colonnes.map(({ cle }) => totaux[cle] ?? null));
  const pied = dits
    ? `<tfoot><tr>${
      poses.map(({ colonne, decimales, classe }, i) => {
        const valeur = dits[i]!;
        const dit = typeof valeur === "string" ? valeur : direValeur(colonne, valeur, decimales);
        return `<td${classe}>${echapper(dit)}</td>`;
      }).join("")
    }</tr></tfoot>`
    : "";
  return `<div class="table" role="region" tabindex="0" aria-labelledby="${id}"><table>
<thead><tr>${titres}</tr></thead><tbody>
${corps}
</tbody>${pied}</table></div>`;
}

function figure(section: SectionRapport): string {
  const series = seriesDe(section);
  if (!series.length) return "";
  const temps = section.colonnes.find(({ cle }) => cle === section.courbe!.x)!.type !== "texte";
  const marque = (rang: number) =>
    temps
      ? `<line x1="0" y1="5" x2="32" y2="5" stroke="${couleurDe(rang)}" stroke-width="3" stroke-dasharray="${
        tiretDe(rang)
      }"/>`
      : `<rect width="32" height="10" fill="${couleurDe(rang)}"/>`;
  const legende = series.map((colonne, rang) =>
    `<li><svg viewBox="0 0 32 10" aria-hidden="true">${marque(rang)}</svg>${
      echapper(direColonne(colonne))
    }</li>`
  ).join("");
  return `<figure>${
    dessinerCourbe(section)
  }<figcaption><ul class="legende">${legende}</ul>Les chiffres de cette courbe sont dans la table qui suit.</figcaption></figure>`;
}

function direSection(section: SectionRapport, rang: number): string {
  const id = `section-${rang + 1}`;
  const contenu = estVide(section)
    ? '<p class="rien">Rien sur la période.</p>'
    : figure(section) + table(section, id);
  return `<section><h2 id="${id}">${echapper(section.titre)}</h2>\n${contenu}</section>`;
}

export async function rapportHtml(rapport: Rapport): Promise<string> {
  const { entete, sections } = rapport;
  const tete = direEntete(rapport).map(([nom, valeur]) =>
    `<dt>${echapper(nom)}</dt><dd>${echapper(valeur)}</dd>`
  ).join("\n");
  const signatures = entete.signatures.map((qui) => `<p>${echapper(qui)}</p>`).join("");
  return String(
    await html`
      <!doctype html>
      <html lang="fr">
        <head>
          <meta charset="utf-8">
          <meta http-equiv="Content-Security-Policy" content="${await csp()}">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>${entete.titre} · ${direPeriode(entete)}</title>
          <style>${raw(STYLE)}</style>
        </head>
        <body>
      <h1>${entete.titre}</h1>
      <dl>${raw(tete)}</dl>
      ${raw(sections.map(direSection).join("\n"))}
      ${signatures ? raw(`<div class="signatures">${signatures}</div>`) : ""}
        </body>
      </html>
    `,
  );
}
