// A tank's bounds hold on every day: never below zero, never above its capacity. What the old days break is lent by an
// adjustment on the day, and taken back as soon as the stock allows, so that what stays is what the movements say.
import { type Part, repartirSur } from "./porteurs.ts";
import { ajuster } from "./ajuster.ts";
import {
  type Citerne,
  type Compte,
  type Evenement,
  type Litres,
  litresDits,
  type Traduction,
} from "./traduction.ts";

const MESURES = ["ambiant", "a15"] as const;

interface Etat {
  compte: Compte;
  parJour: Map<string, Evenement[]>;
  cumul: Litres;
  pret: Litres;
  parts: Part[];
}

/** Spreads a change of what is lent over movements: first back from those it was lent to, then to the day's own. */
function repartir(etat: Etat, delta: Litres, jour: string): Part[] {
  const rendus: Part[] = [];
  const reste = { ...delta };
  // A movement that had to be turned around for a while comes first.
  const retourne = ({ mouvement_type, mouvement_id }: Part) => {
    const net = etat.compte.nets.get(`${mouvement_type} ${mouvement_id}`)!;
    return MESURES.some((mesure) => mouvement_type === "SORTIE" ? net[mesure] > 0 : net[mesure] < 0);
  };
  const prets = etat.parts.toReversed().sort((a, b) => Number(retourne(b)) - Number(retourne(a)));
  for (const pret of prets) {
    const rendu: Part = { ...pret, ambiant: 0, a15: 0 };
    for (const mesure of MESURES) {
      if (Math.sign(pret[mesure]) !== -Math.sign(reste[mesure])) continue;
      rendu[mesure] = Math.sign(reste[mesure]) * Math.min(Math.abs(reste[mesure]), Math.abs(pret[mesure]));
      pret[mesure] += rendu[mesure];
      reste[mesure] -= rendu[mesure];
    }
    if (rendu.ambiant || rendu.a15) rendus.push(rendu);
  }
  const duJour = (etat.parJour.get(jour) ?? [])
    .filter(({ type }) => type === "RECEPTION" || type === "SORTIE")
    .sort((a, b) => Math.abs(b.ambiant) - Math.abs(a.ambiant));
  const pretes = repartirSur(etat.compte, reste, duJour);
  etat.parts.push(...pretes.map((part) => ({ ...part })));
  etat.parts = etat.parts.filter((part) => part.ambiant || part.a15);
  return fondre([...rendus, ...pretes]);
}

/** One part a movement. */
function fondre(parts: Part[]): Part[] {
  return [...Map.groupBy(parts, (part) => `${part.mouvement_type} ${part.mouvement_id}`).values()]
    .map((memes) => memes.reduce((a, b) => ({ ...a, ambiant: a.ambiant + b.ambiant, a15: a.a15 + b.a15 })))
    .filter((part) => part.ambiant || part.a15);
}

const total = (etats: Etat[], avec: (etat: Etat) => number) =>
  etats.reduce((somme, etat) => somme + avec(etat), 0);

/** Most the tank ever held at a day's end, once nothing is below zero; and what it holds at the last. */
function plusHaut(comptes: Compte[], jours: string[]): { jour: string; ml: number; reste: number } {
  const etats = comptes.map(etatDe);
  const haut = { jour: "", ml: 0, reste: 0 };
  for (const jour of jours) {
    avancer(etats, jour);
    haut.reste = total(etats, ({ cumul }) => Math.max(0, cumul.ambiant));
    if (haut.reste > haut.ml) Object.assign(haut, { jour, ml: haut.reste });
  }
  return haut;
}

const etatDe = (compte: Compte): Etat => ({
  compte,
  parJour: Map.groupBy(compte.evenements, ({ jour }) => jour),
  cumul: { ambiant: 0, a15: 0 },
  pret: { ambiant: 0, a15: 0 },
  parts: [],
});

function avancer(etats: Etat[], jour: string): void {
  for (const { parJour, cumul } of etats) {
    for (const evenement of parJour.get(jour) ?? []) {
      cumul.ambiant += evenement.ambiant;
      cumul.a15 += evenement.a15;
    }
  }
}

/** What must be lent at the end of this day, by account. */
function aPreter(etats: Etat[], capacite: number): Litres[] {
  const prets = etats.map(({ cumul }) => ({
    ambiant: Math.max(0, -cumul.ambiant),
    a15: Math.max(0, -cumul.a15),
  }));
  let trop = etats.reduce((somme, { cumul }, rang) => somme + cumul.ambiant + prets[rang]!.ambiant, 0) -
    capacite;
  const parTaille = etats.map((_, rang) => rang)
    .sort((a, b) => etats[b]!.cumul.ambiant - etats[a]!.cumul.ambiant);
  for (const rang of parTaille) {
    if (trop <= 0) break;
    const pret = prets[rang]!;
    // Of what is measured only: the litre at 15 °C is owned, whatever the tank can hold.
    const pris = Math.min(trop, etats[rang]!.cumul.ambiant + pret.ambiant);
    pret.ambiant -= pris;
    trop -= pris;
  }
  return prets;
}

function bornerCiterne(t: Traduction, citerne: Citerne, comptes: Compte[]): Etat[] {
  const jours = [...new Set(comptes.flatMap(({ evenements }) => evenements.map(({ jour }) => jour)))].sort();
  const haut = plusHaut(comptes, jours);
  let capacite = citerne.capacite;
  if (citerne.capaciteIllisible) {
    capacite = Math.max(capacite, haut.ml);
    citerne.ligne.capacite_totale = capacite / 1000;
  } else if (haut.ml > capacite) {
    const choix = t.examen.choisir(
      "CAPACITE_DEPASSEE",
      "citernes",
      citerne.id,
      `${citerne.nom} : ${litresDits(haut.ml)} le ${haut.jour}, pour une capacité de ${
        litresDits(capacite)
      }` +
        (haut.reste > capacite
          ? ` ; au dernier jour encore ${
            litresDits(haut.reste - capacite)
          } ambiants de trop, que « ajuster » laisse de côté`
          : ""),
      ["capacite_totale", "stock"],
    );
    if (choix === "relever_capacite") {
      capacite = haut.ml;
      citerne.ligne.capacite_totale = capacite / 1000;
    }
  }
  const etats = comptes.map(etatDe);
  for (const jour of jours) {
    avancer(etats, jour);
    const prets = aPreter(etats, capacite);
    for (const [rang, etat] of etats.entries()) {
      const pret = prets[rang]!;
      const delta = { ambiant: pret.ambiant - etat.pret.ambiant, a15: pret.a15 - etat.pret.a15 };
      if (!delta.ambiant && !delta.a15) continue;
      const sousZero = delta.ambiant > 0 && pret.ambiant > 0 || delta.a15 > 0 && pret.a15 > 0;
      const { compte } = etat;
      if (sousZero) {
        t.examen.choisir(
          "STOCK_NEGATIF",
          "stocks_journaliers",
          `${compte.cle} ${jour}`,
          `${citerne.nom}, ${compte.proprietaire_type}, ${jour} : ${
            litresDits(etat.cumul.ambiant)
          } ambiants, ` +
            `${litresDits(etat.cumul.a15)} à 15 °C`,
          ["jour", "stock"],
        );
      }
      etat.pret = pret;
      const motif = sousZero
        ? `Reprise : le ${jour} les sorties dépassaient le stock ; litres prêtés, repris dès que possible`
        : pret.ambiant < 0 || pret.a15 < 0
        ? `Reprise : le ${jour} la citerne dépassait sa capacité ; excédent mis de côté, rendu dès que possible`
        : `Reprise : le ${jour} le stock permet de solder ce que les bornes de la citerne avaient demandé`;
      for (const part of repartir(etat, delta, jour)) {
        ajuster(t, compte, { jour, part, motif, pourquoi: "bornes de la citerne" });
      }
    }
  }
  return etats;
}

/** Lends and takes back; answers what is still lent on the last day, by account. */
export function borner(t: Traduction): Map<string, Litres> {
  const parCiterne = Map.groupBy(t.comptes.values(), ({ citerne }) => citerne);
  const restes = new Map<string, Litres>();
  for (const [citerne, comptes] of parCiterne) {
    for (const { compte, pret } of bornerCiterne(t, citerne, comptes)) restes.set(compte.cle, pret);
  }
  return restes;
}
