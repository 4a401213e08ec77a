// The pages a person prints: what was found, and what is proposed of it.
import { html } from "hono/html";
import { nombre } from "../../ops/commun/francais.ts";
import { momentAuDepot } from "../../ops/commun/horloge.ts";
import { page } from "../../ops/commun/page.ts";
import { nature } from "./examen/codes.ts";
import type { Anomalie } from "./examen/examen.ts";
import type { Bilan } from "./traduction/stocks.ts";

/** Beyond these a page is no longer read: the JSON holds every row. */
const LIGNES_PAR_ANOMALIE = 300;

export const litresMl = (ml: number) => `${nombre(ml / 1000, 3)} L`;

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
    <table>
      <thead>
        <tr>
          <th>Ligne</th>
          <th>Constat</th>
          <th>Décision</th>
        </tr>
      </thead>
      <tbody>
        ${montrees.map(({ ligne, constat, choix, table }) =>
          html`
            <tr>
              <td>${table} ${ligne}</td>
              <td>${constat}</td>
              <td>${choix}</td>
            </tr>
          `
        )}
      </tbody>
    </table>
    ${lignes.length > montrees.length
      ? html`<p>… et ${
        lignes.length - montrees.length
      } autres lignes, toutes dans le fichier de décisions.</p>`
      : ""}
  `;
}

const tableStocks = (bilans: Bilan[]) =>
  html`
    <table>
      <thead>
        <tr>
          <th>Citerne, propriétaire</th>
          <th>Affiché là-bas</th>
          <th>Ici</th>
          <th>À 15 °C, là-bas</th>
          <th>Ici</th>
          <th>Pourquoi</th>
        </tr>
      </thead>
      <tbody>
        ${bilans.map(({ citerne, proprietaire_type, affiche, ici, ecarts }) =>
          html`
            <tr>
              <td>${citerne}, ${proprietaire_type}</td>
              <td>${litresMl(affiche.ambiant)}</td>
              <td>${litresMl(ici.ambiant)}</td>
              <td>${litresMl(affiche.a15)}</td>
              <td>${litresMl(ici.a15)}</td>
              <td>${ecarts.map(({ pourquoi }) => pourquoi).join(" ; ")}</td>
            </tr>
          `
        )}
      </tbody>
    </table>
  `;

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
      <table>
        <thead>
          <tr>
            <th>Table</th>
            <th>Lignes</th>
          </tr>
        </thead>
        <tbody>
        ${comptes.map(({ table, lignes }) =>
          html`
            <tr>
              <td>${table}</td>
              <td>${nombre(lignes)}</td>
            </tr>
          `
        )}
        </tbody>
      </table>
      <h2>Le stock, avec les décisions proposées</h2>
      ${tableStocks(bilans)}
      ${parCode.map(([code, lignes]) => section(code, lignes))}
      <h2>Signature</h2>
      <p>Les décisions se modifient et se signent dans le fichier JSON écrit avec cette page.</p>
      <p>Nom : ____________________________ Date : ______________ Signature : ____________________________</p>
    `,
  );
}
