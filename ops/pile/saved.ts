// What has been saved of the chapters since they were last looked at, where it can be run as it stands on a database that has
// the rest: functions, what is said of them, who may call them, reference rows as upserts.
import { lireChapitres } from "../commun/schema/declare.ts";
import { instructionsDe } from "../commun/schema/scripts.ts";

const AS_IT_STANDS =
  /^(create (or replace )?function|comment on|grant|revoke|insert into\b[^]*\bon conflict)\b/i;
const BEFORE = /^(\s*--.*\n)*\s*/;
/** Which function, or what something is said of: one such statement replaces the other, whole. */
const REPLACES = /^(?:create (?:or replace )?function\b[^]*?\)\s*returns\b|comment on\b[^]*?\bis\s)/i;

export interface Saved {
  /** In the order of the chapters; none where more has changed than can be run as it stands. */
  statements: string[];
  /** Each replaces the one that stood there, and nothing went: once they are run, the database is what the chapters say. */
  complete: boolean;
}

/** Each call gives what is new since the one before. */
export function savedChapters(): () => Promise<Saved> {
  const read = async () => new Map((await lireChapitres()).map(({ fichier, texte }) => [fichier, texte]));
  const subject = (statement: string) => statement.match(REPLACES)?.[0].replace(/\s+/g, " ");
  let last = read();
  return async () => {
    const [before, now] = [await last, await read()];
    last = Promise.resolve(now);
    const [saved, gone]: [string[], string[]] = [[], []];
    const statements = async (file: string, text = "") =>
      (await instructionsDe(file, text)).map((one) => one.replace(BEFORE, ""));
    for (const file of new Set([...before.keys(), ...now.keys()])) {
      if (before.get(file) === now.get(file)) continue;
      const [had, has] = [await statements(file, before.get(file)), await statements(file, now.get(file))];
      saved.push(...has.filter((one) => !had.includes(one)));
      gone.push(...had.filter((one) => !has.includes(one)));
    }
    if (!saved.every((one) => AS_IT_STANDS.test(one))) return { statements: [], complete: false };
    const [replacing, replaced] = [saved.map(subject), gone.map(subject)];
    return {
      statements: saved.map((one) => one.replace(/^create function/i, "create or replace function")),
      complete: replacing.every((one) => one !== undefined && replaced.includes(one)) &&
        replaced.every((one) => one !== undefined && replacing.includes(one)),
    };
  };
}
