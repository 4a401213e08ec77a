// The papers' fonts, and how a text is drawn in them.
import fontkit from "@pdf-lib/fontkit";
import type { PDFDocument, PDFFont, PDFName, PDFPage } from "pdf-lib";
import POLICES from "./polices.json" with { type: "json" };

/** For a letter that the font has not, with or without its accent: seen as missing, where nothing drawn would not be. */
const ILLISIBLE = "?";

/** Text as it may be drawn: letters in one piece where there are such, blanks that are blank, nothing that nobody sees. */
const dessinable = (texte: string) =>
  texte.normalize("NFC").replace(/\s/gu, " ").replace(/[\p{Cf}\p{Cc}]/gu, "");

/** A letter and the accents above and below it: what is never parted. */
export const signesDe = (texte: string): string[] => texte.match(/\P{M}\p{M}*|\p{M}+/gsu) ?? [];

/** What is drawn at once, from where its letter begins, in parts of the size: a letter, or an accent of one. */
interface Trace {
  code: string;
  x: number;
  y: number;
}

interface Signe {
  lettre: Trace;
  accents: Trace[];
  large: number;
}

/** A font, sign by sign: what each is written as and how wide it is, asked once. A page of figures is made of twenty signs. */
export class Police {
  #signes = new Map<string, Signe>();
  #cles = new WeakMap<PDFPage, PDFName>();
  #lettres: Set<number>;

  constructor(readonly police: PDFFont, readonly mesures: Mesures) {
    this.#lettres = new Set(police.getCharacterSet());
  }

  #connait = (essai: string) => [...essai].every((lettre) => this.#lettres.has(lettre.codePointAt(0)!));

  #signe(signe: string): Signe {
    let connu = this.#signes.get(signe);
    if (!connu) {
      const [lettre] = signe;
      // Asked of a script it does not shape, fontkit throws: it is asked for what the font has, and for nothing else.
      const ecrit = /^\p{M}/u.test(signe)
        ? ""
        : [signe, lettre!, [...signe.normalize("NFKD")][0]!, ILLISIBLE].find(this.#connait)!;
      this.#signes.set(signe, connu = this.#composer(ecrit));
    }
    return connu;
  }

  /** Where each accent stands over its letter is the font's to say: an open e has its own place for it, a capital another. */
  #composer(ecrit: string): Signe {
    const codes = this.police.encodeText(ecrit).asString().match(/.{4}/g) ?? [];
    const [lettre = { code: "", x: 0, y: 0 }, ...accents] = codes.length < 2
      ? codes.map((code) => ({ code, x: 0, y: 0 }))
      : this.mesures(ecrit).map(({ x, y }, i) => ({ code: codes[i]!, x, y }));
    return { lettre, accents, large: ecrit ? this.police.widthOfTextAtSize(ecrit, 1) : 0 };
  }

  #signesDe = (texte: string) => signesDe(dessinable(texte)).map((signe) => this.#signe(signe));

  large(texte: string, taille: number): number {
    let large = 0;
    for (const signe of this.#signesDe(texte)) large += signe.large;
    return large * taille;
  }

  /** Letters that follow each other are one trace; an accent is one of its own. */
  tracer(texte: string): Trace[] {
    const traces: Trace[] = [];
    let [x, code, debut] = [0, "", 0];
    for (const { lettre, accents, large } of this.#signesDe(texte)) {
      code += lettre.code;
      if (accents.length) {
        traces.push({ code, x: debut, y: 0 }, ...accents.map((un) => ({ ...un, x: x + un.x })));
        [code, debut] = ["", x + large];
      }
      x += large;
    }
    return [...traces, { code, x: debut, y: 0 }];
  }

  /** Its name on a page. */
  cle(page: PDFPage): PDFName {
    let cle = this.#cles.get(page);
    if (!cle) this.#cles.set(page, cle = page.node.newFontDictionary(this.police.name, this.police.ref));
    return cle;
  }
}

/** Where each glyph of a text is drawn, in parts of the size. */
type Mesures = (texte: string) => { x: number; y: number }[];

/** Read where the first accent that stands alone is met: most papers have none. */
function mesures(octets: Uint8Array): Mesures {
  let lue: ReturnType<typeof fontkit.create> | undefined;
  return (texte) => {
    lue ??= fontkit.create(octets);
    const unite = lue.unitsPerEm;
    let avance = 0;
    return lue.layout(texte).positions.map(({ xAdvance, xOffset, yOffset }) => {
      const place = { x: (avance + xOffset) / unite, y: yOffset / unite };
      avance += xAdvance;
      return place;
    });
  };
}

const octets = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
let lues: { normale: Uint8Array; grasse: Uint8Array } | undefined;

/** Both fonts, in a document; read once, embedded in each. */
export async function ouvrirPolices(doc: PDFDocument): Promise<Record<"normale" | "grasse", Police>> {
  lues ??= { normale: octets(POLICES.normale), grasse: octets(POLICES.grasse) };
  doc.registerFontkit(fontkit);
  const police = async (lue: Uint8Array) =>
    new Police(await doc.embedFont(lue, { subset: true }), mesures(lue));
  return { normale: await police(lues.normale), grasse: await police(lues.grasse) };
}
