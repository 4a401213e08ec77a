// A PDF that could do something when it is opened: its actions and what it carries, wherever they are written.
import { Bombe, gonfler, type Reste } from "./gonfler.ts";
import { enLettres, rejete, SAIN, type Verdict } from "./verdict.ts";

const INTERDITS: Record<string, string> = {
  JavaScript: "PDF.JavaScript",
  Launch: "PDF.Launch",
  EmbeddedFile: "PDF.EmbeddedFile",
  EmbeddedFiles: "PDF.EmbeddedFile",
  RichMedia: "PDF.RichMedia",
  ImportData: "PDF.ImportData",
  // What it hides cannot be looked at.
  Encrypt: "PDF.Chiffre",
};
/** Long enough for no compressed bytes to spell them by chance. */
const NOM = /\/((?:[A-Za-z]|#[0-9A-Fa-f]{2}){6,40})/g;
const MOT = /\bstream(\r\n|\n|\r)/g;

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

/** What stands before a stream: its dictionary, or the end of it. */
function dictionnaire(texte: string, at: number): string {
  const avant = texte.slice(Math.max(0, at - 4096), at);
  return lire(avant.slice(avant.lastIndexOf(" obj") + 1));
}

/** A picture unfolds to its pixels, which are no instructions; what holds objects says so, whatever else it says. */
const estImage = (dit: string) => /\/Image\b/.test(dit) && !/\/(ObjStm|First)\b/.test(dit);
/** Objects under more than one cover: nothing that a scanner or an office makes. */
const estCouvert = (dit: string) =>
  /\/ObjStm\b/.test(dit) &&
  /\/(ASCIIHexDecode|ASCII85Decode|LZWDecode|RunLengthDecode|Crypt|AHx|A85|LZW)\b/.test(dit);

export function lirePdf(octets: Uint8Array, reste: Reste): Verdict {
  const texte = enLettres(octets);
  const dehors = interdit(texte);
  if (dehors) return rejete(dehors);
  let trouve: string | undefined;
  const voir = (morceau: Uint8Array) => trouve ??= interdit(enLettres(morceau));
  for (const { index, 0: mot } of texte.matchAll(MOT)) {
    const dit = dictionnaire(texte, index);
    if (estCouvert(dit)) return rejete("PDF.Couvert");
    const debut = index + mot.length;
    // A zlib header, whatever the dictionary calls it.
    if ((octets[debut]! & 0x0f) !== 8 || ((octets[debut]! << 8) | octets[debut + 1]!) % 31) continue;
    if (estImage(dit)) continue;
    const fin = texte.indexOf("endstream", debut);
    try {
      gonfler(octets.subarray(debut, fin < 0 ? undefined : fin), "zlib", reste, voir);
    } catch (error) {
      if (error instanceof Bombe) return rejete("PDF.Bombe");
      throw error;
    }
    if (trouve) return rejete(trouve);
  }
  return SAIN;
}
