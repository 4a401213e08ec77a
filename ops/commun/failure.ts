/** Something a person must know: what failed, what state it left, what to do next. Shown without a stack. */
export class Echec extends Error {
  override name = "Echec";
}

/** Throws Echec, with this sentence, where it is not so. */
export function exiger(vrai: unknown, sinon: string): asserts vrai {
  if (!vrai) throw new Echec(sinon);
}

/** A judgement, and not an accident: the evidence says no. */
export class NoGo extends Echec {
  override name = "NoGo";
}

/** Turns what the machine says of a full disk or a refused file into a sentence; anything else passes through. */
export function sentenceFor(error: unknown, dataDir: string): string {
  const said = error instanceof Error ? error.message : String(error);
  if (/no space left on device|ENOSPC|53100|disk full/i.test(said)) {
    return `Le disque qui contient ${dataDir} est plein : rien de validé n'est perdu. Libérez de la place, puis relancez npm start.`;
  }
  if (
    error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotADirectory ||
    /permission denied|EACCES|read-only file system|EROFS/i.test(said)
  ) {
    const reason = said.trim().split("\n")[0];
    // PostgreSQL never runs as root: the library runs it as another user.
    return Deno.uid() === 0 && /permission denied|EACCES/i.test(said)
      ? `Lancé en root, PostgreSQL tourne sous l'utilisateur « postgres », qui n'a pas pu entrer dans ${dataDir} ` +
        `ou dans le dossier du projet (${reason}). Rien n'est perdu. Placez-les hors d'un dossier fermé comme /root, ` +
        "ou lancez sans root."
      : `${dataDir} n'est pas accessible en écriture (${reason}). Rien n'a été écrit. ` +
        "Choisissez un autre dossier avec DATA_DIR=…, ou corrigez ses droits.";
  }
  return said.trim();
}
