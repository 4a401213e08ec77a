// Files as people, and others, send them.
import { type Zippable, zipSync, zlibSync } from "fflate";

const lettres = (texte: string) => Uint8Array.from(texte, (lettre) => lettre.charCodeAt(0));
export const octets = (texte: string) => new TextEncoder().encode(texte);

export const coller = (...morceaux: Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const tout = new Uint8Array(morceaux.reduce((somme, { length }) => somme + length, 0));
  let place = 0;
  for (const morceau of morceaux) {
    tout.set(morceau, place);
    place += morceau.length;
  }
  return tout;
};

/** A PDF of one page, with whatever else is wanted in it; of its own, however often it is made. */
export const pdf = (dedans = "", unique = crypto.randomUUID()) =>
  lettres(
    `%PDF-1.4\n% ${unique}\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n` +
      `2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n` +
      `3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\n${dedans}` +
      `trailer\n<< /Root 1 0 R >>\n%%EOF\n`,
  );

/** A PDF with one stream, compressed as PDFs do. */
export const pdfAvecFlux = (dit: string, contenu: Uint8Array) => {
  const compresse = zlibSync(contenu, { level: 1 });
  return coller(
    lettres(
      `%PDF-1.5\n9 0 obj\n<< ${dit} /Filter /FlateDecode /Length ${compresse.length} >>\nstream\n`,
    ),
    compresse,
    lettres(`\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n`),
  );
};

export const EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

const CLASSEUR: Zippable = {
  "[Content_Types].xml": octets('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/"/>'),
  "_rels/.rels": octets("<Relationships/>"),
  "xl/workbook.xml": octets("<workbook><sheets/></workbook>"),
  "xl/worksheets/sheet1.xml": octets("<worksheet><sheetData/></worksheet>"),
};
export const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
export const classeur = (plus: Zippable = {}) =>
  zipSync({ ...CLASSEUR, ...plus }, { level: 1 }) as Uint8Array<ArrayBuffer>;

export const png = () =>
  coller(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    crypto.getRandomValues(new Uint8Array(64)),
  );
export const jpeg = (dedans = "") =>
  coller(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), octets(`\0\x10JFIF\0${dedans}`), Uint8Array.of(0xff, 0xd9));
export const webp = () => octets("RIFF\x10\0\0\0WEBPVP8 " + crypto.randomUUID());
export const csv = () => octets(`hauteur;volume\n0;0\n1000;${Math.round(Math.random() * 1e9)}\n`);
/** A program of Windows, as far as its header says. */
export const programme = () =>
  coller(lettres("MZ\x90\0\x03\0\0\0"), octets("!This program cannot be run in DOS mode.\r\n"));
