// A sheet to draw on, over pdf-lib: what is drawn is a function of what is said, no clock and no chance in it.
import {
  beginText,
  endText,
  lineTo,
  moveText,
  moveTo,
  PDFDocument,
  PDFHexString,
  type PDFPage,
  rgb,
  setFillingColor,
  setFontAndSize,
  setLineWidth,
  setStrokingColor,
  showText,
  stroke,
} from "pdf-lib";
import qrcode from "qrcode-generator";
import { ouvrirPolices, type Police, signesDe } from "./police.ts";

export const NOIR = rgb(0, 0, 0);
export const GRIS = rgb(0.35, 0.35, 0.35);
const TRAIT = rgb(0.6, 0.6, 0.6);
const FOND = rgb(0.94, 0.94, 0.94);

export const A4 = { largeur: 595.28, hauteur: 841.89 };
/** A roll of 80 mm, whose paper is as long as what is on it. */
export const ROULEAU = 226.77;

interface Style {
  taille?: number;
  gras?: boolean;
  couleur?: typeof NOIR;
  /** x is where it ends. */
  droite?: boolean;
  /** x is its middle. */
  milieu?: boolean;
}

/** y goes down from the top, in points, as one reads. */
export class Feuille {
  page!: PDFPage;
  y = 0;
  #pages: PDFPage[] = [];

  private constructor(
    readonly doc: PDFDocument,
    readonly normale: Police,
    readonly grasse: Police,
    readonly largeur: number,
    readonly hauteur: number,
  ) {
    this.ajouterPage();
  }

  static async ouvrir(titre: string, largeur: number, hauteur: number): Promise<Feuille> {
    // updateMetadata would write the time it was made.
    const doc = await PDFDocument.create({ updateMetadata: false });
    doc.setTitle(titre);
    doc.setLanguage("fr-CD");
    const { normale, grasse } = await ouvrirPolices(doc);
    return new Feuille(doc, normale, grasse, largeur, hauteur);
  }

  ajouterPage(): void {
    this.page = this.doc.addPage([this.largeur, this.hauteur]);
    this.#pages.push(this.page);
    this.y = 40;
  }

  #police = (gras?: boolean) => gras ? this.grasse : this.normale;

  large(texte: string, { taille = 9, gras }: Style = {}): number {
    return this.#police(gras).large(texte, taille);
  }

  texte(x: number, texte: string, style: Style = {}): void {
    this.texteA(this.page, x, this.y, texte, style);
  }

  texteA(page: PDFPage, x: number, y: number, texte: string, style: Style = {}): void {
    const { taille = 9, gras, couleur = NOIR, droite, milieu } = style;
    const recul = droite ? this.large(texte, style) : milieu ? this.large(texte, style) / 2 : 0;
    const police = this.#police(gras);
    let ici = { x: 0, y: 0 };
    page.pushOperators(
      beginText(),
      setFillingColor(couleur),
      setFontAndSize(police.cle(page), taille),
      moveText(x - recul, this.hauteur - y - taille),
      ...police.tracer(texte).flatMap((trace) => {
        const [dx, dy] = [(trace.x - ici.x) * taille, (trace.y - ici.y) * taille];
        ici = trace;
        const dessin = showText(PDFHexString.of(trace.code));
        return dx || dy ? [moveText(dx, dy), dessin] : [dessin];
      }),
      endText(),
    );
  }

  /** As many lines as it takes; says how many. */
  couper(texte: string, largeur: number, style: Style = {}): string[] {
    const lignes: string[] = [];
    for (const paragraphe of texte.split("\n")) {
      let ligne = "";
      for (const mot of paragraphe.split(" ")) {
        const essai = ligne ? `${ligne} ${mot}` : mot;
        if (this.large(essai, style) <= largeur) {
          ligne = essai;
          continue;
        }
        if (ligne) lignes.push(ligne);
        ligne = "";
        // A word wider than the column is cut where the column ends.
        for (const signe of signesDe(mot)) {
          if (ligne && this.large(ligne + signe, style) > largeur) {
            lignes.push(ligne);
            ligne = "";
          }
          ligne += signe;
        }
      }
      lignes.push(ligne);
    }
    return lignes;
  }

  paragraphe(x: number, texte: string, largeur: number, style: Style = {}): void {
    for (const ligne of this.couper(texte, largeur, style)) {
      this.texte(x, ligne, style);
      this.y += (style.taille ?? 9) * 1.35;
    }
  }

  trait(x1: number, x2: number, epaisseur = 0.5): void {
    const y = this.hauteur - this.y;
    this.page.pushOperators(
      setStrokingColor(TRAIT),
      setLineWidth(epaisseur),
      moveTo(x1, y),
      lineTo(x2, y),
      stroke(),
    );
  }

  fond(x: number, largeur: number, hauteur: number): void {
    this.page.drawRectangle({
      x,
      y: this.hauteur - this.y - hauteur,
      width: largeur,
      height: hauteur,
      color: FOND,
    });
  }

  cadre(x: number, y: number, largeur: number, hauteur: number): void {
    this.page.drawRectangle({
      x,
      y: this.hauteur - y - hauteur,
      width: largeur,
      height: hauteur,
      borderColor: TRAIT,
      borderWidth: 0.7,
    });
  }

  qr(x: number, y: number, cote: number, dit: string): void {
    const code = qrcode(0, "M");
    code.addData(dit);
    code.make();
    const n = code.getModuleCount();
    const pas = cote / n;
    const modules: string[] = [];
    for (let rang = 0; rang < n; rang++) {
      for (let colonne = 0; colonne < n; colonne++) {
        if (!code.isDark(rang, colonne)) continue;
        const [gauche, haut] = [colonne * pas, rang * pas];
        modules.push(`M${gauche} ${haut}h${pas}v${pas}h${-pas}z`);
      }
    }
    this.page.drawSvgPath(modules.join(""), { x, y: this.hauteur - y, color: NOIR });
  }

  /** What stands at the foot of each page, once their number is known. */
  piedDePage(dire: (page: number, sur: number) => string, x: number): void {
    this.#pages.forEach((page, i) =>
      this.texteA(page, x, this.hauteur - 34, dire(i + 1, this.#pages.length), {
        taille: 7,
        couleur: GRIS,
        milieu: true,
      })
    );
  }

  octets(): Promise<Uint8Array> {
    return this.doc.save({ useObjectStreams: false });
  }
}
