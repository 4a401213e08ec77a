// A sheet to draw on, over pdf-lib: what is drawn is a function of what is said, no clock and no chance in it.
import fontkit from "@pdf-lib/fontkit";
import {
  beginText,
  endText,
  lineTo,
  moveText,
  moveTo,
  PDFDocument,
  type PDFFont,
  PDFHexString,
  type PDFName,
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
import POLICES from "./polices.json" with { type: "json" };

const octets = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
let lues: { normale: Uint8Array; grasse: Uint8Array } | undefined;

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

/** For a letter that the font has not, with or without its accent: seen as missing, where nothing drawn would not be. */
const ILLISIBLE = "?";

/**
 * Text as these fonts can draw it: letters in one piece, blanks that are blank, and nothing that nobody sees (the font has
 * no accent that stands alone, no end of line, no mark of direction).
 */
const dessinable = (texte: string) =>
  texte.normalize("NFC").replace(/\s/gu, " ").replace(/[\p{M}\p{Cf}\p{Cc}]/gu, "");

/** A font, sign by sign: what each is written as and how wide it is, asked once. A page of figures is made of twenty signs. */
class Police {
  #signes = new Map<string, { code: string; large: number }>();
  #cles = new WeakMap<PDFPage, PDFName>();
  #lettres: Set<number>;

  constructor(readonly police: PDFFont) {
    this.#lettres = new Set(police.getCharacterSet());
  }

  #signe(signe: string) {
    let connu = this.#signes.get(signe);
    if (!connu) {
      // Asked of a script it does not shape, fontkit throws: it is asked for what the font has, and for nothing else.
      const ecrit = [signe, signe.normalize("NFKD").charAt(0), ILLISIBLE]
        .find((essai) => this.#lettres.has(essai.codePointAt(0)!))!;
      connu = {
        code: this.police.encodeText(ecrit).asString(),
        large: this.police.widthOfTextAtSize(ecrit, 1),
      };
      this.#signes.set(signe, connu);
    }
    return connu;
  }

  large(texte: string, taille: number): number {
    let large = 0;
    for (const signe of dessinable(texte)) large += this.#signe(signe).large;
    return large * taille;
  }

  coder(texte: string): PDFHexString {
    let codes = "";
    for (const signe of dessinable(texte)) codes += this.#signe(signe).code;
    return PDFHexString.of(codes);
  }

  /** Its name on a page. */
  cle(page: PDFPage): PDFName {
    let cle = this.#cles.get(page);
    if (!cle) this.#cles.set(page, cle = page.node.newFontDictionary(this.police.name, this.police.ref));
    return cle;
  }
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
    lues ??= { normale: octets(POLICES.normale), grasse: octets(POLICES.grasse) };
    // updateMetadata would write the time it was made.
    const doc = await PDFDocument.create({ updateMetadata: false });
    doc.registerFontkit(fontkit);
    doc.setTitle(titre);
    doc.setLanguage("fr-CD");
    const police = async (lue: Uint8Array) => new Police(await doc.embedFont(lue, { subset: true }));
    return new Feuille(doc, await police(lues.normale), await police(lues.grasse), largeur, hauteur);
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
    page.pushOperators(
      beginText(),
      setFillingColor(couleur),
      setFontAndSize(police.cle(page), taille),
      moveText(x - recul, this.hauteur - y - taille),
      showText(police.coder(texte)),
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
        ligne = mot;
        // A word wider than the column is cut where the column ends.
        while (this.large(ligne, style) > largeur) {
          let n = ligne.length - 1;
          while (n > 1 && this.large(ligne.slice(0, n), style) > largeur) n--;
          lignes.push(ligne.slice(0, n));
          ligne = ligne.slice(n);
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
