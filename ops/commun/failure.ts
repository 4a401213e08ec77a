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

/** Its end was asked of the database, whose answer never came: whole or not at all, and only looking tells which. */
export class Incertain extends Echec {
  override name = "Incertain";
}

const ROOM = "faites-y de la place, puis relancez";
const UNDONE = "Ce qu'elle n'avait pas validé est annulé, rien de validé n'est perdu";

const CUT = /^(57P0[1-5]|CONNECTION_(CLOSED|ENDED|DESTROYED)|EPIPE|ECONNRESET)$/;

/** Whether the line to the database was cut, or its end. */
export const isCut = (error: unknown): boolean =>
  CUT.test((error as { code?: string } | undefined)?.code ?? "");

/**
 * What a server or a machine could not, by its code: PostgreSQL's, the driver's, the system's name or its number;
 * before and after its own words.
 */
const FAULTS: [codes: RegExp, before: string, after: string][] = [
  [/^53100$/, "Le disque de la base est plein", `. ${UNDONE} : ${ROOM}.`],
  [/^53200$/, "La base manque de mémoire", `. ${UNDONE} : relancez quand elle en a.`],
  [/^53300$/, "La base n'a plus de connexion libre", ". Relancez dans un instant."],
  [
    CUT,
    "La base s'est arrêtée, ou la ligne qui y mène s'est coupée",
    ". Ce qu'elle n'avait pas validé est annulé. Quand elle répond de nouveau, regardez ce qui est fait, puis relancez.",
  ],
  [
    /^(28P01|28000)$/,
    "La base refuse ce compte ou son mot de passe",
    " : corrigez l'adresse, puis relancez.",
  ],
  [/^3D000$/, "Ce serveur n'a pas de base de ce nom", " : corrigez la fin de l'adresse, puis relancez."],
  [
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|CONNECT_TIMEOUT)$/,
    "Rien ne répond à cette adresse",
    " : vérifiez l'hôte, le port, et que ce serveur tourne, puis relancez.",
  ],
  [/^42501$/, "Ce compte n'a pas ce droit", " : donnez l'adresse d'un compte qui l'a, puis relancez."],
  [/^25006$/, "Cette base ne se laisse que lire", " : donnez l'adresse de celle qui écrit."],
  [/^(ENOSPC|28)$/, "Le disque où l'on écrit est plein", ` : ${ROOM}.`],
  [/^(EDQUOT|122)$/, "Le quota du compte est atteint là où l'on écrit", ` : ${ROOM}.`],
  [/^(EROFS|30)$/, "Le disque où l'on écrit est en lecture seule", "."],
  [/^(E[MN]FILE|2[34])$/, "Trop de fichiers sont ouverts", " : relancez, ou relevez ulimit -n."],
  [/^(ENOMEM|12)$/, "La machine manque de mémoire", "."],
];

/** What a program that is not ours said, shown as it is; before it the sentence, where a disk had no room left. */
export const saidBy = (program: string, said: string): string =>
  (/no space left on device|disk quota exceeded/i.test(said)
    ? `Le disque où ${program} écrivait est plein : ${ROOM}. Il a dit : `
    : `${program} a échoué : `) + said;

/** The sentence of what a server or a machine could not; undefined where it is something else. */
export function machineFault(error: unknown): string | undefined {
  if (error instanceof Echec) return undefined;
  const { code, message = String(error) } = (error ?? {}) as { code?: string; message?: string };
  const said = message.trim().split("\n")[0]!;
  const known = code ?? said.match(/\(os error (\d+)\)/)?.[1] ?? "";
  const [, before, after] = FAULTS.find(([codes]) => codes.test(known)) ?? [];
  return before && `${before} (${said})${after}`;
}

/** Turns what the machine says of a full disk or a refused file into a sentence; anything else passes through. */
export function sentenceFor(error: unknown, dataDir: string): string {
  const said = error instanceof Error ? error.message : String(error);
  const code = (error as { code?: string } | undefined)?.code ?? "";
  if (
    code === "53100" ||
    /no space left on device|disk quota exceeded|ENOSPC|EDQUOT|disk full|wrote only \d+ of \d+ bytes/i.test(
      said,
    )
  ) {
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
  return machineFault(error) ?? said.trim();
}
