// A report as paper: its head, a table a section, room for who signs. It computes nothing but where things stand.
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
import { avecTotal } from "./csv.ts";
import { A4, Feuille, GRIS } from "../papier/feuille.ts";

const MARGE = 36;
const ECART = 8;
const BAS = 50;
/** What it is read at, and the least it is shrunk to where a table is wide. */
const TAILLES = [8, 7, 6.5, 6];
/** Of a column of text: what is longer goes on below. */
const TEXTE_MAX = 130;

interface Colonne {
  titre: string;
  chiffre: boolean;
  cellules: string[];
  total: string;
  largeur: number;
}

const plusLarge = (f: Feuille, textes: Iterable<string>, style: { taille: number; gras?: boolean }) => {
  let large = 0;
  for (const texte of textes) large = Math.max(large, f.large(texte, style));
  return large;
};

/** What each column says, and how wide that is: a figure is never cut, a title stands on as many lines as it takes. */
function mesurer(f: Feuille, section: SectionRapport, taille: number): Colonne[] {
  const { colonnes, lignes, totaux } = section;
  const dits = totaux && avecTotal(colonnes.map(({ cle }) => totaux[cle] ?? null));
  const decimalesDeLaSection = decimalesDe(section);
  return colonnes.map((colonne, i) => {
    const decimales = decimalesDeLaSection(colonne);
    const cellules = lignes.map((ligne) => direValeur(colonne, ligne[colonne.cle], decimales));
    const titre = direColonne(colonne);
    const total = dits && dits[i] !== null
      ? typeof dits[i] === "string" ? dits[i] : direValeur(colonne, dits[i], decimales)
      : "";
    const mots = plusLarge(f, titre.split(" "), { taille, gras: true });
    // As many figures make as many widths: those of the longest are enough.
    const long = Math.max(0, ...cellules.map(({ length }) => length)) - 1;
    const contenu = Math.max(
      plusLarge(f, new Set(cellules.filter(({ length }) => length >= long)), { taille }),
      f.large(total, { taille, gras: true }),
    );
    const chiffre = estChiffre(colonne);
    const voulu = colonne.type === "texte" ? Math.min(contenu, TEXTE_MAX) : contenu;
    return { titre, chiffre, cellules, total, largeur: Math.max(mots, voulu) + ECART };
  });
}

const somme = (colonnes: Colonne[]) => colonnes.reduce((total, { largeur }) => total + largeur, 0);

/** The whole width of the page, where there is some left. */
function etaler(colonnes: Colonne[], place: number): Colonne[] {
  const reste = Math.max(0, place - somme(colonnes)) / colonnes.length;
  return colonnes.map((colonne) => ({ ...colonne, largeur: colonne.largeur + reste }));
}

/** Columns that stand side by side; where they do not, the first one is said again beside those that follow. */
function blocs(colonnes: Colonne[], place: number): Colonne[][] {
  if (somme(colonnes) <= place) return [colonnes];
  const [premiere, ...autres] = colonnes;
  const tous: Colonne[][] = [[premiere!]];
  for (const colonne of autres) {
    const bloc = tous.at(-1)!;
    if (bloc.length > 1 && somme(bloc) + colonne.largeur > place) tous.push([premiere!, colonne]);
    else bloc.push(colonne);
  }
  return tous;
}

class Table {
  #xs: number[] = [];

  constructor(
    readonly f: Feuille,
    readonly colonnes: Colonne[],
    readonly taille: number,
    readonly suite: () => void,
  ) {
    let x = MARGE;
    for (const { largeur, chiffre } of colonnes) {
      this.#xs.push(chiffre ? x + largeur - ECART / 2 : x + ECART / 2);
      x += largeur;
    }
  }

  get #interligne() {
    return this.taille * 1.35;
  }

  #ecrire(textes: string[][], gras = false): void {
    const { f, taille } = this;
    textes.forEach((lignes, i) =>
      lignes.forEach((texte, rang) => {
        const y = f.y + 3 + rang * this.#interligne;
        if (texte) {
          f.texteA(f.page, this.#xs[i]!, y, texte, { taille, gras, droite: this.colonnes[i]!.chiffre });
        }
      })
    );
  }

  titres(): void {
    const { f, taille } = this;
    const style = { taille, gras: true };
    const lignes = this.colonnes.map(({ titre, largeur }) => f.couper(titre, largeur - ECART + 0.1, style));
    const hauteur = Math.max(...lignes.map(({ length }) => length)) * this.#interligne + 6;
    f.fond(MARGE, somme(this.colonnes), hauteur);
    this.#ecrire(lignes, true);
    f.y += hauteur;
  }

  /** `suivie`: the line after it stays on its page. */
  ligne(cellules: string[], { gras = false, suivie = false } = {}): void {
    const { f, taille } = this;
    const coupees = cellules.map((texte, i) => {
      const { chiffre, largeur } = this.colonnes[i]!;
      return chiffre || f.large(texte, { taille, gras }) <= largeur - ECART + 0.1
        ? [texte]
        : f.couper(texte, largeur - ECART, { taille, gras });
    });
    const hauteur = Math.max(...coupees.map(({ length }) => length)) * this.#interligne + 4;
    if (f.y + hauteur + (suivie ? this.#interligne + 4 : 0) > f.hauteur - BAS) {
      this.suite();
      this.titres();
    }
    this.#ecrire(coupees, gras);
    f.y += hauteur;
    f.trait(MARGE, MARGE + somme(this.colonnes), 0.3);
  }
}

function dessinerSection(f: Feuille, section: SectionRapport, colonnes: Colonne[], taille: number): void {
  const place = f.largeur - 2 * MARGE;
  const nouvelle = () => {
    f.ajouterPage();
    f.texte(MARGE, `${section.titre} (suite)`, { taille: 8, couleur: GRIS });
    f.y += 14;
  };
  // Its title, those of its columns and some of its lines are read together.
  if (f.y + 90 > f.hauteur - BAS) f.ajouterPage();
  f.texte(MARGE, section.titre, { taille: 11, gras: true });
  f.y += 17;
  if (estVide(section)) {
    f.texte(MARGE, "Rien sur la période.", { taille: 8, couleur: GRIS });
    f.y += 24;
    return;
  }
  for (const bloc of blocs(colonnes, place)) {
    const table = new Table(f, etaler(bloc, place), taille, nouvelle);
    if (f.y + 50 > f.hauteur - BAS) nouvelle();
    table.titres();
    for (let rang = 0; rang < section.lignes.length; rang++) {
      // A total is never read without a line above it.
      const suivie = Boolean(section.totaux) && rang === section.lignes.length - 1;
      table.ligne(bloc.map(({ cellules }) => cellules[rang]!), { suivie });
    }
    if (section.totaux) table.ligne(bloc.map(({ total }) => total), { gras: true });
    f.y += 12;
  }
  f.y += 8;
}

function dessinerTete(f: Feuille, rapport: Rapport): void {
  const { titre, depot } = rapport.entete;
  f.texte(MARGE, titre, { taille: 16, gras: true });
  f.texte(f.largeur - MARGE, depot?.nom ?? "Monaluxe", { taille: 11, gras: true, droite: true });
  f.y += 26;
  for (const [nom, valeur] of direEntete(rapport)) {
    f.texte(MARGE, nom, { taille: 7.5, couleur: GRIS });
    const x = MARGE + 100;
    f.paragraphe(x, valeur, f.largeur - MARGE - x, { taille: 7.5 });
    f.y += 1;
  }
  f.y += 14;
}

function signer(f: Feuille, qui: string[]): void {
  if (!qui.length) return;
  const large = (f.largeur - 2 * MARGE - (qui.length - 1) * 14) / qui.length;
  if (f.y + 100 > f.hauteur - BAS) f.ajouterPage();
  f.y += 6;
  qui.forEach((nom, i) => {
    const x = MARGE + i * (large + 14);
    f.texte(x, nom, { taille: 8 });
    f.cadre(x, f.y + 14, large, 60);
  });
  f.y += 84;
}

/** The largest letters at which every table fits across, upright where it can; the smallest, lying, where none does. */
async function feuillePour(rapport: Rapport) {
  const titre = `${rapport.entete.titre} · ${direPeriode(rapport.entete)}`;
  for (const [largeur, hauteur] of [[A4.largeur, A4.hauteur], [A4.hauteur, A4.largeur]] as const) {
    const essai = await Feuille.ouvrir(titre, largeur, hauteur);
    for (const taille of largeur === A4.largeur ? TAILLES.slice(0, 2) : TAILLES) {
      const mesures = rapport.sections.map((section) => mesurer(essai, section, taille));
      if (mesures.every((colonnes) => somme(colonnes) <= largeur - 2 * MARGE)) {
        return { f: essai, mesures, taille };
      }
    }
  }
  const f = await Feuille.ouvrir(titre, A4.hauteur, A4.largeur);
  const taille = TAILLES.at(-1)!;
  return { f, taille, mesures: rapport.sections.map((section) => mesurer(f, section, taille)) };
}

export async function imprimerRapport(rapport: Rapport): Promise<Uint8Array> {
  const { entete, sections } = rapport;
  const { f, mesures, taille } = await feuillePour(rapport);
  dessinerTete(f, rapport);
  sections.forEach((section, i) => dessinerSection(f, section, mesures[i]!, taille));
  signer(f, entete.signatures);
  f.piedDePage(
    (n, sur) =>
      `${entete.titre} · ${entete.depot?.nom ?? "Monaluxe"} · ${direPeriode(entete)} · SHA-256 ${
        entete.sha256.slice(0, 16)
      }… · page ${n}/${sur}`,
    f.largeur / 2,
  );
  return f.octets();
}
