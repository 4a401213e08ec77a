// What people read of a text, and what nobody sees of it.

/** As private.illisibles() has it; a note may have lines. */
const ILLISIBLES =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\uffff\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;
const PLUSIEURS_LIGNES = /^(note|adresse|description|reason|motif)/;
/** As private.nom_lisible() has it: scripts whose letters look like ours, marks that make no difference to be seen. */
const SOSIES =
  /[\u0370-\u058f\u13a0-\u167f\u18b0-\u18ff\u1c80-\u1c8f\u1d26-\u1d2b\u1f00-\u1fff\u2c80-\u2cff\u2de0-\u2dff\ua4d0-\ua4ff\ua640-\ua69f\uab65\uab70-\uabbf\ufe00-\ufe0f\ufe2e\ufe2f\u{10000}-\u{11fff}\u{1d200}-\u{1d24f}\u{1e030}-\u{1e08f}]/u;
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
