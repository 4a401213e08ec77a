// What people read of a text, and what nobody sees of it.

/** As private.illisibles() has it; a note may have lines. */
const ILLISIBLES =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffd\u{e0000}-\u{e0fff}]/gu;
const PLUSIEURS_LIGNES = /^(note|adresse|description|reason|motif)/;
/** Scripts whose letters look like ours: Greek, Cyrillic, Armenian, Cherokee. */
const SOSIES = /[\u0370-\u03ff\u0400-\u058f\u13a0-\u13ff\uab70-\uabbf]/;
const PLAQUE = /^[\x20-\x7e·•‐‑‒–—―‘’°]*$/;

export const nomLisible = (nom: string) => !!nom.trim() && !SOSIES.test(nom.normalize("NFKC"));
export const plaqueLisible = (plaque: string) => PLAQUE.test(plaque.normalize("NFKC"));

/** The letters under their accents. */
export const sansAccents = (texte: string) => texte.normalize("NFKD").replace(/\p{M}/gu, "");

const lettres = (texte: string) => sansAccents(texte).toUpperCase().replace(/[^A-Z]/g, "");

/** Which of these words an old spelling means: whatever its case, its accents, its gender (« Arrivée », « en transit »). */
export function motReconnu(dit: unknown, mots: readonly string[]): string | undefined {
  const lu = lettres(typeof dit === "string" ? dit : "");
  return mots.find((mot) => [lettres(mot), `${lettres(mot)}E`, `EN${lettres(mot)}`].includes(lu));
}

/** What nobody sees, shown: for the log, where the row is kept as it was. */
export const montrer = (texte: string) =>
  texte.replace(
    ILLISIBLES,
    (signe) => `⟨U+${signe.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}⟩`,
  );

export function lire(nom: string, texte: string): string {
  const lu = texte.replace(ILLISIBLES, "");
  return PLUSIEURS_LIGNES.test(nom) ? lu : lu.replace(/[\n\r\t]/g, " ");
}
