// A workbook (xlsx) is an archive: read by its directory, which must be all there is, and unfolded piece by piece.
import { Bombe, gonfler, type Reste } from "./gonfler.ts";
import { enLettres, rejete, SAIN, type Verdict } from "./verdict.ts";

interface Entree {
  nom: string;
  methode: number;
  chiffree: boolean;
  octets: Uint8Array;
}

const FIN = 0x06054b50;
const REPERTOIRE = 0x02014b50;
const LOCALE = 0x04034b50;
const ENTREES_MAX = 5_000;

/** Where an archive ends, if these bytes end one: its directory's place and size. */
export function finArchive(
  octets: Uint8Array,
): { at: number; entrees: number; taille: number; debut: number } | undefined {
  const vue = new DataView(octets.buffer, octets.byteOffset, octets.length);
  for (let at = octets.length - 22; at >= Math.max(0, octets.length - 22 - 65_535); at--) {
    if (vue.getUint32(at, true) !== FIN) continue;
    if (at + 22 + vue.getUint16(at + 20, true) > octets.length) continue;
    return {
      at,
      entrees: vue.getUint16(at + 10, true),
      taille: vue.getUint32(at + 12, true),
      debut: vue.getUint32(at + 16, true),
    };
  }
  return undefined;
}

/** Its entries, one after the other from the first byte; undefined where directory and contents disagree. */
function lireEntrees(octets: Uint8Array): Entree[] | undefined {
  const fin = finArchive(octets);
  if (!fin || fin.debut + fin.taille !== fin.at || fin.entrees > ENTREES_MAX) return undefined;
  const vue = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const texte = (at: number, longueur: number) => enLettres(octets.subarray(at, at + longueur));
  const entrees: Entree[] = [];
  const places: [number, number][] = [];
  for (let at = fin.debut, i = 0; i < fin.entrees; i++) {
    if (at + 46 > fin.at || vue.getUint32(at, true) !== REPERTOIRE) return undefined;
    const [taille, nom, plus, note, ici] = [
      vue.getUint32(at + 20, true),
      vue.getUint16(at + 28, true),
      vue.getUint16(at + 30, true),
      vue.getUint16(at + 32, true),
      vue.getUint32(at + 42, true),
    ];
    if (ici + 30 > fin.debut || vue.getUint32(ici, true) !== LOCALE) return undefined;
    const debut = ici + 30 + vue.getUint16(ici + 26, true) + vue.getUint16(ici + 28, true);
    if (debut + taille > fin.debut) return undefined;
    const dit = texte(at + 46, nom);
    // Two names for one entry: each reader would see another file.
    if (dit !== texte(ici + 30, vue.getUint16(ici + 26, true))) return undefined;
    if (vue.getUint16(at + 10, true) !== vue.getUint16(ici + 8, true)) return undefined;
    entrees.push({
      nom: dit,
      methode: vue.getUint16(at + 10, true),
      chiffree: (vue.getUint16(at + 8, true) & 1) === 1,
      octets: octets.subarray(debut, debut + taille),
    });
    places.push([ici, debut + taille]);
    at += 46 + nom + plus + note;
  }
  // One inside another would be read as often as it is named.
  places.sort(([a], [b]) => a - b);
  const suivies = places.every(([ici], i) => i === 0 ? ici === 0 : ici >= places[i - 1]![1]);
  return places.length && suivies ? entrees : undefined;
}

const NOMS: [RegExp, string][] = [
  [/vbaProject\.bin|vbaData|macrosheets\//i, "Classeur.Macro"],
  [/embeddings\/|activeX\/|oleObject/i, "Classeur.Objet"],
  [/\.(exe|dll|scr|com|bat|cmd|ps1|vbs|js|jar|msi|lnk|zip|rar|7z|html?)$/i, "Classeur.Programme"],
  [/(^|\/)\.\.(\/|$)|^\/|\\/, "Classeur.Chemin"],
];
const DEDANS: [RegExp, string][] = [
  [/macroEnabled|ms-office\.vbaProject/i, "Classeur.Macro"],
  [/<ddeLink\b|<oleLink\b/i, "Classeur.Lien"],
];

/** What SheetJS says of every workbook: of parts in .bin, of which there are none. */
const SANS_OBJET =
  '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>';

function lireEntree(
  { nom, methode, chiffree, octets }: Entree,
  reste: Reste,
  binaires: boolean,
  regarder: (morceau: Uint8Array) => Verdict,
): Verdict {
  const interdit = NOMS.find(([motif]) => motif.test(nom));
  if (interdit) return rejete(interdit[1]);
  if (chiffree) return rejete("Classeur.Chiffre");
  let trouve = SAIN;
  const voir = (morceau: Uint8Array) => {
    if (trouve !== SAIN) return;
    trouve = regarder(morceau);
    if (trouve !== SAIN) return;
    const lu = /\.(xml|rels)$/i.test(nom) ? enLettres(morceau) : "";
    const texte = binaires ? lu : lu.replaceAll(SANS_OBJET, "");
    const dedans = DEDANS.find(([motif]) => motif.test(texte));
    if (dedans) trouve = rejete(dedans[1]);
  };
  if (methode === 0) voir(octets);
  else if (methode === 8) gonfler(octets, "brut", reste, voir);
  else return rejete("Classeur.Methode");
  return trouve;
}

/** `regarder` is shown every piece of every entry. */
export function lireClasseur(
  octets: Uint8Array,
  reste: Reste,
  regarder: (morceau: Uint8Array) => Verdict,
): Verdict {
  const entrees = lireEntrees(octets);
  if (!entrees) return rejete("Classeur.Incoherent");
  const binaires = entrees.some(({ nom }) => /\.bin$/i.test(nom));
  try {
    for (const entree of entrees) {
      const verdict = lireEntree(entree, reste, binaires, regarder);
      if (verdict !== SAIN) return verdict;
    }
  } catch (error) {
    if (error instanceof Bombe) return rejete("Classeur.Bombe");
    throw error;
  }
  return SAIN;
}
