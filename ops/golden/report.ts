import { html, raw } from "hono/html";
import { nombre } from "../cli/francais.ts";
import { page } from "../rapport/page.ts";

/** One case compared, as astm.comparer gives it. */
export interface Comparison {
  source: string;
  reference: string;
  produit_code: string;
  note: string | null;
  volume_observe_l: number;
  densite_15c_attendue_kgm3: number | null;
  vcf_attendu: number | null;
  volume_15c_attendu_l: number;
  densite_15c_kgm3: number;
  vcf: number;
  volume_15c_l: number;
  ecart_l: number;
  dans_tolerance: boolean;
  ecart_une_temperature_l: number;
  ecart_historique_l: number;
}

const TOLERANCE_L = 5;
const PLOT = { width: 760, height: 300, left: 56, right: 16, top: 16, bottom: 36 };

export const signed = (value: number) =>
  `${value > 0 ? "+" : ""}${nombre(value, Number.isInteger(value) ? 0 : 1)}`;

/** Gaps as points over the tolerance band: the engine, the one-temperature shortcut, the historical formula. */
function plot(rows: Comparison[]): string {
  const series = [
    { name: "norme", colour: "#0b6b3a", shape: "circle", of: (row: Comparison) => row.ecart_l },
    {
      name: "une seule température",
      colour: "#b45309",
      shape: "square",
      of: (row: Comparison) => row.ecart_une_temperature_l,
    },
    {
      name: "formule historique",
      colour: "#6b21a8",
      shape: "cross",
      of: (row: Comparison) => row.ecart_historique_l,
    },
  ];
  // The scale follows the engine, so that the tolerance can be seen; what lies beyond stands at the edge, with its figure.
  const largest = Math.max(TOLERANCE_L * 2, ...rows.map((row) => Math.abs(row.ecart_l))) * 1.1;
  const innerWidth = PLOT.width - PLOT.left - PLOT.right;
  const innerHeight = PLOT.height - PLOT.top - PLOT.bottom;
  const x = (index: number) => PLOT.left + innerWidth * (index + 0.5) / rows.length;
  const y = (gap: number) =>
    PLOT.top + innerHeight * (1 - (Math.max(-largest, Math.min(largest, gap)) + largest) / (2 * largest));
  const beyond = (gap: number, cx: number) =>
    Math.abs(gap) > largest ? `<text x="${cx + 9}" y="${y(gap) + 4}">${signed(gap)} L</text>` : "";
  const mark = (shape: string, colour: string, cx: number, cy: number, title: string) =>
    shape === "circle"
      ? `<circle cx="${cx}" cy="${cy}" r="5" fill="${colour}"><title>${title}</title></circle>`
      : shape === "square"
      ? `<rect x="${cx - 4}" y="${
        cy - 4
      }" width="8" height="8" fill="${colour}"><title>${title}</title></rect>`
      : `<path d="M${cx - 4} ${
        cy - 4
      }l8 8m0 -8l-8 8" stroke="${colour}" stroke-width="2"><title>${title}</title></path>`;
  const ticks = [-2, -1, 0, 1, 2].map((part) => part * Math.round(largest / 1.1 / 2));
  return [
    `<svg viewBox="0 0 ${PLOT.width} ${PLOT.height}" role="img" aria-label="Écarts en litres par camion">`,
    `<rect x="${PLOT.left}" y="${y(TOLERANCE_L)}" width="${innerWidth}" height="${
      y(-TOLERANCE_L) - y(TOLERANCE_L)
    }" fill="#0b6b3a" opacity=".14"/>`,
    ...ticks.map((tick) =>
      `<line x1="${PLOT.left}" x2="${PLOT.width - PLOT.right}" y1="${y(tick)}" y2="${
        y(tick)
      }" stroke="#d4d4d8"/>` +
      `<text x="${PLOT.left - 8}" y="${y(tick) + 4}" text-anchor="end">${signed(Math.round(tick))}</text>`
    ),
    ...rows.map((row, index) =>
      `<text x="${x(index)}" y="${PLOT.height - 16}" text-anchor="middle">${escapeText(row.reference)}</text>`
    ),
    ...rows.flatMap((row, index) =>
      series.toReversed().map(({ name, colour, shape, of }) =>
        mark(
          shape,
          colour,
          x(index),
          y(of(row)),
          `${escapeText(row.reference)}, ${name} : ${signed(of(row))} L`,
        ) + beyond(of(row), x(index))
      )
    ),
    "</svg>",
    `<p class="legende">${
      series.map(({ name, colour, shape }) =>
        `<span><svg viewBox="0 0 16 16" width="14" height="14">${
          mark(shape, colour, 8, 8, name)
        }</svg> ${name}</span>`
      ).join("")
    }<span><i></i> tolérance ±${TOLERANCE_L} L</span></p>`,
  ].join("");
}

const escapeText = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** A self-contained page, to read on a screen or on paper. */
export async function renderReport(
  rows: Comparison[],
  how: { methode: string; profil: string },
): Promise<string> {
  const worst = rows.reduce((most, row) => Math.max(most, Math.abs(row.ecart_l)), 0);
  const within = rows.filter((row) => row.dans_tolerance).length;
  const allWithin = within === rows.length;
  return await page(
    "Comparaison ML_PP / SEP",
    html`
      <h1>Comparaison des volumes à 15 °C</h1>
      <p>Le moteur de calcul (${how.methode}, profil ${how
        .profil}) face aux chiffres de l'application de terrain. Édité le
      ${new Date().toLocaleDateString("fr-FR", { dateStyle: "long" })}.</p>
      <p class="verdict ${allWithin ? "oui" : "non"}">${within} camions sur ${rows
        .length} dans la tolérance de ±${TOLERANCE_L} L ;
      plus grand écart : ${nombre(worst, Number.isInteger(worst) ? 0 : 1)} L.</p>
      <h2>Écarts par camion (litres)</h2>
      ${raw(plot(rows))}
      <h2>Détail</h2>
      <table>
        <thead>
          <tr>
            <th>Camion</th>
            <th>Observé L</th>
            <th>Densité attendue</th>
            <th>Densité</th>
            <th>Facteur attendu</th>
            <th>Facteur</th>
            <th>Attendu L</th>
            <th>Calculé L</th>
            <th>Écart L</th>
            <th>Une seule temp.</th>
            <th>Historique</th>
          </tr>
        </thead>
        <tbody>${rows.map((row) =>
          html`
            <tr>
              <td>${row.source} ${row.reference} (${row.produit_code})</td>
              <td>${nombre(row.volume_observe_l)}</td>
              <td>${row.densite_15c_attendue_kgm3 === null
                ? "—"
                : nombre(row.densite_15c_attendue_kgm3, 1)}</td>
              <td>${nombre(row.densite_15c_kgm3, 1)}</td>
              <td>${row.vcf_attendu === null ? "—" : nombre(row.vcf_attendu, 4)}</td>
              <td>${nombre(row.vcf, 4)}</td>
              <td>${nombre(row.volume_15c_attendu_l)}</td>
              <td>${nombre(row.volume_15c_l)}</td>
              <td class="${row.dans_tolerance ? "oui" : "non"}">${signed(row.ecart_l)}</td>
              <td>${signed(row.ecart_une_temperature_l)}</td>
              <td>${signed(row.ecart_historique_l)}</td>
            </tr>
          `
        )}</tbody>
      </table>
      <p>« Une seule temp. » : ce que donnerait la température de l'échantillon employée aussi pour le volume.
      « Historique » : l'ancienne formule, sans densité.</p>
      <h2>Notes sur les cas</h2>
      <ol>${rows.filter((row) => row.note).map((row) =>
        html`<li>${row.source} ${row.reference} — ${row.note}</li>`
      )}</ol>
    `,
  );
}
