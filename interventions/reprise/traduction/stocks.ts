// Opening stock, and what the old snapshot says beyond its movements. Millilitres, whole.
import type { Ligne, Mesure } from "../ancienne/lecture.ts";
import { ajuster } from "./ajuster.ts";
import { borner } from "./bornes.ts";
import { comparerJours } from "./jours.ts";
import { dits, nul, plus, RIEN } from "./litres.ts";
import { declarable, type Declaration, declarer, lireDeclarations } from "./ouverture.ts";
import { repartirSur } from "./porteurs.ts";
import { type Compte, type Litres, type Traduction } from "./traduction.ts";

/** How an account of stock goes from what the source shows to what is here. */
export interface Bilan {
  cle: string;
  citerne: string;
  produit: string;
  proprietaire_type: string;
  citerne_id: string;
  /** Snapshot and adjustments, as the old application shows them. */
  affiche: Litres;
  ici: Litres;
  /** Why they differ: their sum is the difference. */
  ecarts: (Litres & { pourquoi: string })[];
}

interface Affiche extends Litres {
  present: boolean;
  /** What was shown in place of a number. */
  illisible?: string;
  /** Litres shown under another product than the tank's, by product. */
  autres: Map<string, Litres>;
  /** What rounding added. */
  reste: Litres;
  jour: string | null;
}

const produitDe = (t: Traduction, id: string) =>
  t.source.produits.find((produit) => produit.id === id)?.nom as string | undefined ?? id;

function lireAffiches(t: Traduction): Map<string, Affiche> {
  const affiches = new Map<string, Affiche>();
  for (const stock of t.source.stocks) {
    const citerne = t.citernes.get(stock.citerne_id);
    if (!citerne) {
      t.conserver("stocks_snapshot", stock as unknown as Ligne, "CITERNE_FANTOME");
      continue;
    }
    const { cle } = t.compte(citerne, citerne.produit_id, stock.proprietaire_type);
    const deja = affiches.get(cle);
    const ml = ({ ml }: Mesure) => ml ?? 0;
    const dit = { ambiant: ml(stock.stock_ambiant), a15: ml(stock.stock_15c) };
    const autres = deja?.autres ?? new Map<string, Litres>();
    if (stock.produit_id !== citerne.produit_id) {
      const produit = produitDe(t, stock.produit_id);
      t.examen.choisir(
        "PRODUIT_DIFFERENT",
        "stocks_snapshot",
        `${cle} ${stock.produit_id}`,
        `${citerne.nom}, ${stock.proprietaire_type} : ${dits(dit)} affichés en ${produit}`,
        ["stock"],
      );
      autres.set(stock.produit_id, dit);
    }
    const fautes = [stock.stock_ambiant, stock.stock_15c].filter(({ ml }) => ml === null).map(({ texte }) =>
      texte
    );
    affiches.set(cle, {
      present: true,
      illisible: [deja?.illisible, ...fautes].filter(Boolean).join(", ") || undefined,
      autres,
      ambiant: dit.ambiant + (deja?.ambiant ?? 0),
      a15: dit.a15 + (deja?.a15 ?? 0),
      reste: plus(deja?.reste ?? RIEN, { ambiant: stock.stock_ambiant.reste, a15: stock.stock_15c.reste }),
      jour: stock.jour,
    });
  }
  return affiches;
}

/** Brings an account to what the old application showed, by the decision taken. */
function rapprocher(
  t: Traduction,
  compte: Compte,
  affiche: Affiche,
  declaration?: Declaration,
): Bilan["ecarts"] {
  const { evenements, cle } = compte;
  const mouvements = evenements.filter(({ type }) => type !== "AJUSTEMENT");
  const somme = mouvements.reduce<Litres>((total, e) => plus(total, e), RIEN);
  const arrondis = evenements.reduce<Litres>(
    (total, e) => plus(total, { ambiant: e.reste_ambiant, a15: e.reste_15 }),
    RIEN,
  );
  const nom = `${compte.citerne.nom}, ${compte.proprietaire_type}`;
  const ecarts: Bilan["ecarts"] = [];
  const arrondir = (bruit: Litres) => {
    const reste = plus(arrondis, bruit, -1);
    if (reste.ambiant || reste.a15) ecarts.push({ pourquoi: "arrondi au millilitre", ...reste });
  };
  // Without what rounding added to either: what is left is a real difference, or a double's noise.
  const exact = plus(plus(affiche, affiche.reste, -1), plus(somme, mouvementsArrondis(mouvements), -1), -1);
  if (nul(exact)) {
    arrondir(exact);
    return ecarts;
  }
  if (affiche.illisible) {
    t.examen.choisir("STOCK_ILLISIBLE", "stocks_snapshot", cle, `${nom} : affiché ${affiche.illisible}`, [
      "stock",
    ]);
    ecarts.push({
      pourquoi: `stock affiché illisible (${affiche.illisible}) : les mouvements font foi`,
      ...plus(RIEN, exact, -1),
    });
    arrondir(RIEN);
    return ecarts;
  }
  let ouverture = RIEN;
  const premier = mouvements.reduce<string | null>((jour, e) => jour && jour < e.jour ? jour : e.jour, null);
  const sansTrace = plus(affiche, somme, -1);
  if (declaration && declarable(declaration)) {
    const choix = t.examen.choisir(
      "STOCK_INITIAL_DECLARE",
      "stocks_snapshot",
      cle,
      `${nom} : ${dits(declaration)}`,
      [
        "stock",
      ],
    );
    if (choix === "declarer") ouverture = { ambiant: declaration.ambiant, a15: declaration.a15 };
  } else if (declarable(sansTrace) && (!mouvements.length || passeSousZero(compte))) {
    const choix = t.examen.choisir(
      "STOCK_INITIAL_SANS_TRACE",
      "stocks_snapshot",
      cle,
      `${nom} : ${dits(sansTrace)}`,
      ["stock"],
    );
    if (choix === "declarer") ouverture = sansTrace;
  }
  if (ouverture !== RIEN) {
    declarer(
      t,
      compte,
      ouverture,
      declaration?.jour ?? premier ?? affiche.jour ?? t.source.aujourdhui,
      declaration?.ecrit ?? null,
    );
  }
  const reste = plus(exact, ouverture, -1);
  if (nul(reste)) {
    arrondir(reste);
    return ecarts;
  }
  const entier = plus(plus(affiche, somme, -1), ouverture, -1);
  const porteurs = repartirSur(compte, entier);
  const choix = t.examen.choisir(
    "SNAPSHOT_DIFFERENT",
    "stocks_snapshot",
    cle,
    `${nom} : affiché ${dits(affiche)} ; somme des mouvements ${dits(plus(somme, ouverture))}`,
    ["stock"],
    affiche.present && porteurs.length ? "ajuster" : "croire_les_mouvements",
  );
  if (choix !== "ajuster" || !porteurs.length) {
    ecarts.push({ pourquoi: "les mouvements font foi, et non le stock affiché", ...plus(RIEN, reste, -1) });
    arrondir(RIEN);
    return ecarts;
  }
  const jour = [affiche.jour, ...evenements.map((e) => e.jour)].filter((j) => j && j <= t.source.aujourdhui)
    .sort()
    .at(-1)!;
  const motif = `Reprise : l'ancien système affichait ${dits(affiche)}, la somme de ses mouvements est ${
    dits(plus(somme, ouverture))
  }`;
  for (const part of porteurs) {
    ajuster(t, compte, {
      jour,
      part,
      motif,
      pourquoi: "stock affiché différent de la somme des mouvements",
    });
  }
  // The adjustment is of the rounded figures: only old adjustments' rounding is left.
  const anciens = evenements.filter(({ type }) => type === "AJUSTEMENT");
  const reliquat = plus(mouvementsArrondis(anciens), affiche.reste);
  if (reliquat.ambiant || reliquat.a15) ecarts.push({ pourquoi: "arrondi au millilitre", ...reliquat });
  return ecarts;
}

const mouvementsArrondis = (evenements: Compte["evenements"]) =>
  evenements.reduce<Litres>((total, e) => plus(total, { ambiant: e.reste_ambiant, a15: e.reste_15 }), RIEN);

/** Whether its movements alone would take it below zero on some day. */
function passeSousZero({ evenements }: Compte): boolean {
  const jours = Map.groupBy(evenements, ({ jour }) => jour);
  let cumul = RIEN;
  return [...jours.keys()].sort().some((jour) => {
    cumul = jours.get(jour)!.reduce<Litres>((total, e) => plus(total, e), cumul);
    return cumul.ambiant < 0 || cumul.a15 < 0;
  });
}

export function traduireStocks(t: Traduction): Bilan[] {
  const affiches = lireAffiches(t);
  const declarations = lireDeclarations(t);
  const bilans: Bilan[] = [];
  for (const compte of t.comptes.values()) {
    compte.evenements.sort((a, b) => a.jour < b.jour ? -1 : a.jour > b.jour ? 1 : a.ecrit < b.ecrit ? -1 : 1);
    const affiche = affiches.get(compte.cle) ??
      { ...RIEN, present: false, autres: new Map(), reste: RIEN, jour: null };
    const anciens = compte.evenements.filter(({ type }) => type === "AJUSTEMENT");
    const exacts = plus(
      anciens.reduce<Litres>((total, e) => plus(total, e), RIEN),
      mouvementsArrondis(anciens),
      -1,
    );
    const { citerne, proprietaire_type } = compte;
    const commun = { citerne: citerne.nom, citerne_id: citerne.id, proprietaire_type };
    const ecarts = rapprocher(t, compte, affiche, declarations.get(compte.cle));
    const venus = [...affiche.autres].map(([produit_id, litres]) => {
      const [de, vers] = [produitDe(t, produit_id), produitDe(t, compte.produit_id)];
      ecarts.push({ pourquoi: `affiché en ${de}, repris au produit de la citerne`, ...litres });
      bilans.push({
        ...commun,
        cle: `${citerne.id} ${produit_id} ${proprietaire_type}`,
        produit: de,
        affiche: litres,
        ici: RIEN,
        ecarts: [{ pourquoi: `repris en ${vers}, le produit de la citerne`, ...plus(RIEN, litres, -1) }],
      });
      return litres;
    });
    const propre = venus.reduce((reste, litres) => plus(reste, litres, -1), affiche as Litres);
    bilans.push({
      ...commun,
      cle: compte.cle,
      produit: produitDe(t, compte.produit_id),
      affiche: plus(plus(propre, affiche.reste, -1), exacts),
      ici: RIEN,
      ecarts,
    });
  }
  comparerJours(t);
  const prets = borner(t);
  for (const bilan of bilans) {
    const compte = t.comptes.get(bilan.cle);
    if (!compte) continue;
    bilan.ici = compte.evenements.reduce<Litres>((total, e) => plus(total, e), RIEN);
    const pret = prets.get(bilan.cle);
    if (pret && !nul(pret)) bilan.ecarts.push({ pourquoi: "bornes de la citerne au dernier jour", ...pret });
  }
  return bilans;
}
