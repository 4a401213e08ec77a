// The engine that is always there: what a depot's papers never hold, looked for without a network or a database.
import { finArchive, lireClasseur } from "./classeur.ts";
import { GONFLE_MAX } from "./gonfler.ts";
import { lirePdf } from "./pdf.ts";
import { enLettres, infecte, rejete, SAIN, type Verdict } from "./verdict.ts";

/** Names its rules: one that changes here is another engine. */
export const MOTEUR_INTEGRE = "integre 2";

// In two parts: this file is not what it looks for.
const EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";
const PROGRAMMES = [
  "This program cannot be run in DOS mode",
  "This program must be run under Win32",
  "\x7fELF\x01\x01\x01",
  "\x7fELF\x02\x01\x01",
];
const CLASSEUR = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/** A cell that has a program run: =cmd|'/c calc'!A0. No blank both begins a cell and is passed over: read once. */
const COMMANDE = /(^|[;,\t\n"])[ \r\xa0]*[=+\-@][^;,\t\n|]{0,60}\|[^!\n]{0,200}!/;

/** What no file of ours holds, wherever it is in it. */
function partout(octets: Uint8Array): Verdict {
  const texte = enLettres(octets);
  if (texte.includes(EICAR)) return infecte("Eicar-Test-Signature");
  return PROGRAMMES.some((programme) => texte.includes(programme)) ? rejete("Programme") : SAIN;
}

/** Two files in one: what a reader takes it for depends on the reader. */
function double(octets: Uint8Array, type: string): Verdict {
  const tete = enLettres(octets.subarray(0, 4096));
  if (type !== "application/pdf" && tete.slice(0, 1024).includes("%PDF-")) return rejete("Double.Pdf");
  if (type !== CLASSEUR && finArchive(octets)) return rejete("Double.Archive");
  if (type.startsWith("image/") && /<\?php|<script|<html/i.test(tete)) return rejete("Double.Page");
  return SAIN;
}

function parType(octets: Uint8Array, type: string): Verdict {
  const reste = { octets: GONFLE_MAX };
  switch (type) {
    case "application/pdf":
      return lirePdf(octets, reste);
    case CLASSEUR:
      return lireClasseur(octets, reste, partout);
    case "text/csv":
      return COMMANDE.test(enLettres(octets)) ? rejete("CSV.Commande") : SAIN;
    default:
      return SAIN;
  }
}

export function analyserIci(octets: Uint8Array, type: string): Verdict {
  for (const regarder of [partout, double, parType]) {
    const verdict = regarder(octets, type);
    if (verdict !== SAIN) return verdict;
  }
  return SAIN;
}
