// The report of the proof: one page to sign, and every movement in a file a spreadsheet reads.
import { stringify } from "csv-stringify/sync";
import { html } from "hono/html";
import { nombre } from "../../ops/commun/francais.ts";
import { momentAuDepot } from "../../ops/commun/horloge.ts";
import { type Cellule, page, tableau } from "../../ops/commun/page.ts";
import type { Compare, Difference, MouvementCompare, StockCompare } from "./comparaison.ts";
import { plus, RIEN } from "./traduction/litres.ts";
import { deuxLitres, LEGENDE_LITRES, litresMl } from "./pages.ts";

export interface Critere {
  titre: string;
  tenu: boolean;
  constat: string;
}

export interface Preuve {
  source: string;
  cible: string;
  le: string;
  decisions: { empreinte: string; nom: string; le: string };
  criteres: Critere[];
  stocks: StockCompare[];
  compare: Compare;
}

/** Beyond these the page gives those that differ, and the file beside it all of them. */
const MOUVEMENTS_MONTRES = 500;
const DIFFERENCES_MONTREES = 1000;

const ligneStock = (
  { citerne, produit, proprietaire, source, ici, ecarts, inexplique }: StockCompare,
): Cellule[] => [
  `${citerne}, ${produit}, ${proprietaire}`,
  deuxLitres(source),
  deuxLitres(ici),
  deuxLitres(plus(ici, source, -1)),
  html`${ecarts.map((e) => html`${e.pourquoi} : ${litresMl(e.ambiant)}, ${litresMl(e.a15)} à 15 °C<br>`)}`,
  deuxLitres(inexplique, inexplique.ambiant || inexplique.a15 ? "chiffre non" : "chiffre"),
];

/** What finance counts by: each product of each owner, all tanks together. */
const totaux = (stocks: StockCompare[]): Cellule[][] =>
  [...Map.groupBy(stocks, ({ produit, proprietaire }) => `${produit}, ${proprietaire}`)].map(
    ([nom, siens]) => {
      const somme = (cote: "source" | "ici") =>
        siens.reduce((total, stock) => plus(total, stock[cote]), RIEN);
      const [source, ici] = [somme("source"), somme("ici")];
      return [nom, deuxLitres(source), deuxLitres(ici), deuxLitres(plus(ici, source, -1))];
    },
  );

const ml = (valeur: number | null) => valeur === null ? "—" : litresMl(valeur);

const ligneMouvement = (m: MouvementCompare): Cellule[] => [
  `${m.jour} ${m.table === "receptions" ? "réception" : "sortie"} ${
    m.id.slice(0, 8)
  }, ${m.citerne}, ${m.proprietaire}`,
  ml(m.ambiant.source),
  ml(m.ambiant.ici),
  ml(m.a15.source),
  ml(m.a15.ici),
  m.explication,
];

const ligneDifference = (d: Difference): Cellule[] => [
  `${d.table} ${d.ligne}`,
  d.champ,
  d.source.slice(0, 80),
  d.ici.slice(0, 80),
  { dit: d.decision ?? "INEXPLIQUÉE", classe: d.decision ? "" : "non" },
];

export function pageMouvements(mouvements: MouvementCompare[]): string {
  const litres = (valeur: number | null) => valeur === null ? "" : (valeur / 1000).toFixed(3);
  return stringify(
    mouvements.map((m) => [
      m.table,
      m.id,
      m.jour,
      m.citerne,
      m.proprietaire,
      litres(m.ambiant.source),
      litres(m.ambiant.ici),
      litres(m.a15.source),
      litres(m.a15.ici),
      m.explication,
    ]),
    {
      header: true,
      columns: [
        "table",
        "id",
        "jour",
        "citerne",
        "proprietaire",
        "ambiant_source_l",
        "ambiant_ici_l",
        "a15_source_l",
        "a15_ici_l",
        "explication",
      ],
    },
  );
}

export async function pagePreuve(preuve: Preuve): Promise<string> {
  const { compare: { differences, mouvements }, criteres, stocks } = preuve;
  const go = criteres.every(({ tenu }) => tenu);
  const montres = mouvements.length <= MOUVEMENTS_MONTRES
    ? mouvements
    : mouvements.filter(({ explication }) => explication).slice(0, MOUVEMENTS_MONTRES);
  const ordonnees = differences.toSorted((a, b) => Number(!!a.decision) - Number(!!b.decision));
  return await page(
    "Reprise : preuve",
    html`
      <h1>Reprise : preuve</h1>
      <p>De ${preuve.source} à ${preuve.cible}, le ${momentAuDepot(preuve.le)}. Décisions signées par
        ${preuve.decisions.nom}, le ${preuve.decisions.le} (SHA-256 ${preuve.decisions.empreinte}).</p>
      <p class="verdict ${go ? "oui" : "non"}">${go
        ? "GO possible : tout est prouvé."
        : "NO-GO : voir les critères."}</p>
      ${tableau(
        ["Critère", "Tenu", "Constat"],
        criteres.map(({ titre, tenu, constat }) => [
          titre,
          { dit: tenu ? "oui" : "NON", classe: tenu ? "" : "non" },
          constat,
        ]),
      )}
      <h2>Le stock, par citerne, produit et propriétaire</h2>
      ${LEGENDE_LITRES} ${tableau(
        ["Compte", "Là-bas", "Ici", "Écart", "Pourquoi", "Inexpliqué"],
        stocks.map(ligneStock),
      )}
      <h2>Le stock, toutes citernes ensemble</h2>
      ${tableau(["Produit, propriétaire", "Là-bas", "Ici", "Écart"], totaux(stocks))}
      <h2>Les mouvements, côte à côte</h2>
      <p>${nombre(mouvements.length)} mouvements${montres.length < mouvements.length
        ? ` ; voici ceux qui diffèrent (${MOUVEMENTS_MONTRES} au plus), tous sont dans le fichier CSV joint`
        : ""}.</p>
      ${tableau(
        ["Mouvement", "Ambiant, là-bas", "Ici", "À 15 °C, là-bas", "Ici", "Différences"],
        montres.map(ligneMouvement),
      )}
      <h2>Toutes les différences, et la décision de chacune : ${nombre(differences.length)}</h2>
      ${tableau(
        ["Ligne", "Champ", "Là-bas", "Ici", "Décision"],
        ordonnees.slice(0, DIFFERENCES_MONTREES).map(ligneDifference),
      )}
      ${differences.length > DIFFERENCES_MONTREES
        ? html`<p>… et ${differences.length - DIFFERENCES_MONTREES} autres, toutes expliquées.</p>`
        : ""}
      <h2>Signatures</h2>
      <p>Responsable du dépôt : ____________________________ Date : ______________</p>
      <p>Direction financière : ____________________________ Date : ______________</p>
      <p>Opérateur de la reprise : ____________________________ Date : ______________</p>
    `,
  );
}
