// The pages a person prints: what was found, and what is proposed of it.
import { stringify } from "csv-stringify/sync";
import { html } from "hono/html";
import { nombre } from "../../ops/commun/francais.ts";
import { momentAuDepot } from "../../ops/commun/horloge.ts";
import { type Cellule, page, tableau } from "../../ops/commun/page.ts";
import { nature } from "./examen/codes.ts";
import type { Anomalie } from "./examen/examen.ts";
import type { Bilan } from "./traduction/stocks.ts";
import type { Litres } from "./traduction/traduction.ts";

/** Beyond these a page is no longer read: the JSON holds every row. */
const LIGNES_PAR_ANOMALIE = 300;

export const litresMl = (ml: number) => `${nombre(Math.abs(ml) < 0.5 ? 0 : ml / 1000, 3)} L`;

export interface Compte {
  table: string;
  lignes: number;
}

function section(code: Anomalie["code"], lignes: Anomalie[]) {
  const { titre, choix } = nature(code);
  const montrees = lignes.slice(0, LIGNES_PAR_ANOMALIE);
  return html`
    <h2>${titre} : ${lignes.length}</h2>
    <p>Code ${code}. Choix possibles :</p>
    <ol>
      ${Object.entries(choix).map(([nom, dit], rang) =>
        html`<li><strong>${nom}</strong>${rang ? "" : " (proposé)"} : ${dit}</li>`
      )}
    </ol>
    ${tableau(
      ["Ligne", "Constat", "Décision"],
      montrees.map(({ ligne, constat, choix, table }) => [`${table} ${ligne}`, constat, choix]),
    )}
    ${lignes.length > montrees.length
      ? html`<p>… et ${lignes.length - montrees.length} autres lignes, toutes dans reprise-anomalies.csv.</p>`
      : ""}
  `;
}

/** Litres of an account: as measured, and at 15 °C below. */
export const deuxLitres = ({ ambiant, a15 }: Litres, classe = "chiffre"): Cellule => ({
  dit: html`${litresMl(ambiant)}<br>${litresMl(a15)}`,
  classe,
});
export const LEGENDE_LITRES = html`<p>Dans chaque case, les litres mesurés, et dessous à 15 °C.</p>`;

const tableStocks = (bilans: Bilan[]) =>
  tableau(
    ["Citerne, produit, propriétaire", "Affiché là-bas", "Ici", "Pourquoi"],
    bilans.map(({ citerne, produit, proprietaire_type, affiche, ici, ecarts }) => [
      `${citerne}, ${produit}, ${proprietaire_type}`,
      deuxLitres(affiche),
      deuxLitres(ici),
      ecarts.map(({ pourquoi }) => pourquoi).join(" ; "),
    ]),
  );

/** Every anomaly, for a spreadsheet. */
export const pageAnomalies = (anomalies: Anomalie[]): string =>
  stringify(anomalies.map(({ code, table, ligne, constat, choix }) => [code, table, ligne, constat, choix]), {
    header: true,
    columns: ["anomalie", "table", "ligne", "constat", "decision"],
    escape_formulas: true,
  });

export async function pageExamen(
  { source, le, comptes, anomalies, bilans, gel }: {
    source: string;
    le: string;
    comptes: Compte[];
    anomalies: Anomalie[];
    bilans: Bilan[];
    gel: string;
  },
): Promise<string> {
  const parCode = [...Map.groupBy(anomalies, ({ code }) => code)];
  return await page(
    "Reprise : examen de l'ancienne base",
    html`
      <h1>Reprise : examen de l'ancienne base</h1>
      <p>${source}, le ${momentAuDepot(le)}. Rien n'y a été écrit.</p>
      <p class="verdict ${anomalies.length ? "non" : "oui"}">
        ${anomalies.length
          ? `${anomalies.length} anomalies de ${parCode.length} sortes attendent une décision.`
          : "Aucune anomalie."}</p>
      <p>${gel}</p>
      <h2>Ce qui s'y trouve</h2>
      ${tableau(["Table", "Lignes"], comptes.map(({ table, lignes }) => [table, nombre(lignes)]))}
      <h2>Le stock, avec les décisions proposées</h2>
      ${LEGENDE_LITRES} ${tableStocks(bilans)}
      ${parCode.map(([code, lignes]) => section(code, lignes))}
      <h2>Signature</h2>
      <p>Les décisions se modifient et se signent dans le fichier JSON écrit avec cette page.</p>
      <p>Nom : ____________________________ Date : ______________ Signature : ____________________________</p>
    `,
  );
}
