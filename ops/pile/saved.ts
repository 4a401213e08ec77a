// What has been saved of the chapters since they were last looked at, where it can be run as it stands on a database that has
// the rest: functions, what is said of them, who may call them, reference rows as upserts.
import { fichiersDeclares } from "../commun/schema/declare.ts";
import { instructionsDe } from "../commun/schema/scripts.ts";

const AS_IT_STANDS =
  /^(create (or replace )?function|comment on|grant|revoke|insert into\b[^]*\bon conflict)\b/i;
const BEFORE = /^(\s*--.*\n)*\s*/;

/** Each call gives what is new since the one before, in the order of the chapters; none where more than that is new. */
export function savedChapters(): () => Promise<string[]> {
  const read = async () => {
    const files = await fichiersDeclares();
    return new Map(
      await Promise.all(files.map(async (file) => [file, await Deno.readTextFile(file)] as const)),
    );
  };
  let last = read();
  return async () => {
    const [before, now] = [await last, await read()];
    last = Promise.resolve(now);
    const saved: string[] = [];
    for (const [file, text] of now) {
      if (before.get(file) === text) continue;
      const had = new Set(await instructionsDe(file, before.get(file) ?? ""));
      saved.push(...(await instructionsDe(file, text)).filter((one) => !had.has(one)));
    }
    const bare = saved.map((one) => one.replace(BEFORE, ""));
    return bare.every((one) => AS_IT_STANDS.test(one))
      ? bare.map((one) => one.replace(/^create function/i, "create or replace function"))
      : [];
  };
}
