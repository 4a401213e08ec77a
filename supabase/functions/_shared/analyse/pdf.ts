// A PDF that could do something when it is opened: its actions and what it carries, wherever they are written.
import { Bombe, GONFLE_MAX, gonfler, type Reste } from "./gonfler.ts";
import { enLettres, rejete, SAIN, type Verdict } from "./verdict.ts";

const INTERDITS: Record<string, string> = {
  JavaScript: "PDF.JavaScript",
  Launch: "PDF.Launch",
  EmbeddedFile: "PDF.EmbeddedFile",
  EmbeddedFiles: "PDF.EmbeddedFile",
  FileAttachment: "PDF.EmbeddedFile",
  RichMedia: "PDF.RichMedia",
  ImportData: "PDF.ImportData",
  // What it hides cannot be looked at.
  Encrypt: "PDF.Chiffre",
};
/** Long enough for no compressed bytes to spell them by chance. */
const NOM = /\/((?:[A-Za-z]|#[0-9A-Fa-f]{2}){6,40})/g;
const MOT = /\bstream/g;
const LIGNE = /\r\n|\n|\r/g;
/** A stream is looked at from its first byte to its end: all of them are no more than the file, unless they overlap. */
const LUS_MAX = 4;
/** What looking at one costs, however short it is. */
const LU_MIN = 256;

const lire = (nom: string) =>
  nom.replace(/#([0-9A-Fa-f]{2})/g, (_, hexa) => String.fromCharCode(parseInt(hexa, 16)));

/** The first forbidden name in a text, whatever its letters are written as. */
function interdit(texte: string): string | undefined {
  for (const [, nom] of texte.matchAll(NOM)) {
    const lu = lire(nom!);
    if (Object.hasOwn(INTERDITS, lu)) return INTERDITS[lu];
  }
  return undefined;
}

interface Dictionnaire {
  dit: string;
  /** From its first letter, with no text nor comment that could say another. */
  entier: boolean;
}

/** What stands before a stream: its dictionary, or as much as is near. */
function dictionnaire(texte: string, at: number): Dictionnaire {
  const avant = texte.slice(Math.max(0, at - 4096), at);
  const objet = [...avant.matchAll(/[\r\n]\d+ \d+ obj\b/g)].at(-1);
  const dit = avant.slice(objet?.index ?? 0);
  const reste = dit.replace(/\((?:\\.|[^()\\])*\)/gs, "");
  return { dit: lire(dit), entier: objet !== undefined && !/[()%\\]/.test(reste) };
}

/** Whether it holds objects; an outline's /First is another object. */
const porteDesObjets = (dit: string) => /\/ObjStm\b|\/First\s+\d+(?!\d|\s+\d+\s+R)/.test(dit);
/** Objects under more than one cover, or one that we do not lift: nothing that a scanner or an office makes. */
const estCouvert = (dit: string) =>
  /\/(DecodeParms|DP)\b/.test(dit) ||
  /\/Filter\b(?!\s*(?:null\b|\/(?:FlateDecode|Fl)\b(?!\s*\])|\[\s*\/(?:FlateDecode|Fl)\s*\]))/.test(dit);

/** Where the next one is, asked for places that only grow: a file is read once, whatever it is made of. */
function prochain(chercher: (at: number) => number): (at: number) => number {
  let connu = -1;
  return (at) => {
    if (connu < at) connu = chercher(at);
    return connu;
  };
}

export function lirePdf(octets: Uint8Array, reste: Reste): Verdict {
  const texte = enLettres(octets);
  const dehors = interdit(texte);
  if (dehors) return rejete(dehors);
  let trouve: string | undefined;
  const voir = (morceau: Uint8Array) => trouve ??= interdit(enLettres(morceau));
  const debutApres = prochain((at) => {
    LIGNE.lastIndex = at;
    return LIGNE.test(texte) ? LIGNE.lastIndex : Infinity;
  });
  const finApres = prochain((at) => {
    const fin = texte.indexOf("endstream", at);
    return fin < 0 ? Infinity : fin;
  });
  let lus = 0;
  for (const { index } of texte.matchAll(MOT)) {
    // Whatever else its line says: readers pass over it.
    const debut = debutApres(index + 1);
    if (debut >= octets.length) break;
    // A zlib header, whatever the dictionary calls it.
    const plie = (octets[debut]! & 0x0f) === 8 && ((octets[debut]! << 8) | octets[debut + 1]!) % 31 === 0;
    const fin = Math.min(finApres(debut), octets.length);
    lus += plie ? Math.max(LU_MIN, fin - debut) : LU_MIN;
    if (lus > LUS_MAX * octets.length + GONFLE_MAX / 100) return rejete("PDF.Bombe");
    const { dit, entier } = dictionnaire(texte, index);
    const objets = porteDesObjets(dit);
    if (objets && estCouvert(dit)) return rejete("PDF.Couvert");
    // A picture unfolds to its pixels, which are no instructions.
    if (!plie || (entier && !objets && /\/Image\b/.test(dit))) continue;
    try {
      const tout = gonfler(octets.subarray(debut, fin), "zlib", reste, voir);
      if (trouve) return rejete(trouve);
      // Its end was not its end: a reader, who is told its length, would see more.
      if (!tout && (objets || !entier)) return rejete("PDF.Incomplet");
    } catch (error) {
      if (error instanceof Bombe) return rejete("PDF.Bombe");
      throw error;
    }
  }
  return SAIN;
}
