// The chart of a section: its lines along a column of days, or bars beside each name. Observable Plot draws SVG of a few
// kilobytes, the same for the same data; the same with ECharts took four times as many, numbered by what was drawn before.
import { areaY, axisX, axisY, barY, dot, gridY, lineY, plot, ruleY } from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { direColonne, direValeur, nombreExact } from "./ecrire.ts";
import type { ColonneRapport, SectionRapport } from "./forme.ts";

const TAILLE = { width: 860, height: 300, marginLeft: 76, marginBottom: 44 };
/** Told apart by who sees few colours (Okabe and Ito), and by how they are dashed by who sees none. */
const COULEURS = ["#0072b2", "#d55e00", "#007a5a", "#a5407e", "#946300", "#3a6f9e", "#000000"];
const TIRETS = ["", "8 4", "2 3", "10 3 2 3", "14 4", "4 2", "6 6"];

interface Point {
  x: string | Date;
  dit: string;
  serie: string;
  valeur: number;
}

/** What is asked of the drawing. */
interface Dessin {
  outerHTML: string;
  querySelector(quoi: string): { remove(): void } | null;
}

export const couleurDe = (rang: number) => COULEURS[rang % COULEURS.length]!;
export const tiretDe = (rang: number) => TIRETS[rang % TIRETS.length]!;

const colonneDe = ({ colonnes }: SectionRapport, cle: string) =>
  colonnes.find((colonne) => colonne.cle === cle);

/** The columns that a section's chart draws; none where it has no chart, or nothing to draw. */
export function seriesDe(section: SectionRapport): ColonneRapport[] {
  const { courbe, lignes } = section;
  if (!courbe || lignes.length < 2 || !colonneDe(section, courbe.x)) return [];
  return courbe.series.flatMap((cle) => colonneDe(section, cle) ?? []).filter(({ cle }) =>
    lignes.some((ligne) => typeof ligne[cle] === "number")
  );
}

const moment = (texte: string) => new Date(`${texte.replace(" ", "T")}${texte.length > 10 ? "Z" : ""}`);

function points(section: SectionRapport, series: ColonneRapport[], temps: boolean): Point[] {
  const x = colonneDe(section, section.courbe!.x)!;
  return series.flatMap((serie) =>
    section.lignes.flatMap((ligne) => {
      const [ou, valeur] = [ligne[x.cle], ligne[serie.cle]];
      if (ou === null || ou === undefined || typeof valeur !== "number") return [];
      const dit = direValeur(x, ou, 0);
      return [{ x: temps ? moment(String(ou)) : dit, dit, serie: serie.libelle, valeur }];
    })
  );
}

const jourCourt = (date: Date) =>
  `${String(date.getUTCDate()).padStart(2, "0")}/${String(date.getUTCMonth() + 1).padStart(2, "0")}`;

const axes = (temps: boolean) => [
  gridY({ stroke: "#d9d9d9", strokeOpacity: 1, ticks: 5 }),
  axisY({ tickFormat: (valeur: number) => nombreExact(valeur), label: null, fontSize: 12, ticks: 5 }),
  axisX({
    label: null,
    fontSize: 12,
    ...(temps
      ? { tickFormat: jourCourt, ticks: 8 }
      : { tickRotate: 0, lineWidth: 8, textOverflow: "ellipsis" }),
  }),
  ruleY([0], { stroke: "#555" }),
];

const lignesDe = (lus: Point[], series: ColonneRapport[]) =>
  series.flatMap(({ libelle }, rang) => {
    const siens = lus.filter(({ serie }) => serie === libelle);
    const stroke = couleurDe(rang);
    return [
      ...(series.length === 1 ? [areaY(siens, { x: "x", y: "valeur", fill: stroke, fillOpacity: 0.1 })] : []),
      lineY(siens, {
        x: "x",
        y: "valeur",
        stroke,
        strokeWidth: 2,
        ...(tiretDe(rang) && { strokeDasharray: tiretDe(rang) }),
      }),
      ...(siens.length <= 40 ? [dot(siens, { x: "x", y: "valeur", fill: stroke, r: 2.5 })] : []),
    ];
  });

/** What is asked of the library, as SVG for a page. */
export function dessiner(options: Parameters<typeof plot>[0]): string {
  // Its types are a browser's, which Deno's have not.
  const { document } = parseHTML("<!doctype html><html><body></body></html>") as unknown as {
    document: never;
  };
  const svg = plot({ className: "courbe", ...options, document }) as unknown as Dessin;
  // The page's own style stands for the drawing's: it is named by its hash, and nothing else is applied.
  svg.querySelector("style")?.remove();
  return svg.outerHTML.replace("<svg ", '<svg role="img" ');
}

/** The chart of a section as SVG; empty where it has none. */
export function dessinerCourbe(section: SectionRapport): string {
  const series = seriesDe(section);
  if (!series.length) return "";
  const x = colonneDe(section, section.courbe!.x)!;
  const temps = x.type === "date" || x.type === "instant";
  const lus = points(section, series, temps);
  const libelles = series.map(({ libelle }) => libelle);
  const marques = temps ? lignesDe(lus, series) : [
    barY(lus, { x: "serie", fx: "x", y: "valeur", fill: "serie", stroke: "#222", strokeWidth: 0.6 }),
  ];
  return dessiner(
    {
      ...TAILLE,
      y: { nice: 5, zero: true },
      ariaLabel: `${section.titre} : ${series.map(direColonne).join(", ")}`,
      ...(temps ? { x: { type: "utc" } } : {
        x: { axis: null, domain: libelles },
        fx: { domain: [...new Set(lus.map(({ dit }) => dit))], label: null },
        color: { domain: libelles, range: series.map((_, rang) => couleurDe(rang)) },
      }),
      marks: [...(temps ? axes(true) : axes(false).filter((_, i) => i !== 2)), ...marques],
    } as Parameters<typeof plot>[0],
  );
}
