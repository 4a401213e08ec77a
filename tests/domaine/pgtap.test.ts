import assert from "node:assert/strict";
import { join } from "node:path";
import postgres from "postgres";
import { ROOT } from "../../ops/commun/settings.ts";
import { asSuperuser, declaredProject } from "../support/base.ts";
import { test } from "../support/monde.ts";

const TESTS = join(ROOT, "supabase/tests");

/**
 * Runs a pgTAP file as `supabase test db` would, and returns its lines of TAP. All share a session, which knows the functions
 * that a new one would read anew; what a file has set, opened or begun is not there for the next.
 */
async function runFile(base: postgres.Sql, file: string): Promise<string[]> {
  await base`rollback`.simple();
  await base`discard all`.simple();
  const results = await base.unsafe(await Deno.readTextFile(join(TESTS, file))).simple();
  return results.flat().flatMap((row) => Object.values(row as object))
    .filter((value) => typeof value === "string")
    .flatMap((value: string) => value.split("\n"));
}

test("the rules keep their promises in SQL", async (t) => {
  await declaredProject("pgtap", { seed: true });
  const files: string[] = [];
  for await (const entry of Deno.readDir(TESTS)) if (entry.name.endsWith(".test.sql")) files.push(entry.name);
  const base = postgres(asSuperuser("pgtap"), { max: 1, onnotice: () => {} });
  // 000 makes what the others use; each of those undoes itself.
  for (const file of files.sort()) {
    try {
      const lines = await runFile(base, file);
      const promises = lines.filter((line) => /^(not )?ok \d+/.test(line));
      const planned = Number(lines.find((line) => /^1\.\.\d+$/.test(line))?.slice(3));
      for (const promise of promises) {
        await t.step(`${file}: ${promise.replace(/^(not )?ok \d+ - /, "")}`, () => {
          const index = lines.indexOf(promise);
          const said = lines.slice(index + 1).findIndex((line) => !line.startsWith("#"));
          assert.ok(promise.startsWith("ok"), lines.slice(index, index + 1 + Math.max(said, 0)).join("\n"));
        });
      }
      await t.step(`${file}: keeps to its plan`, () => assert.equal(promises.length, planned));
    } catch (error) {
      await t.step(`${file}: runs to its end`, () => Promise.reject(error));
    }
  }
  await base.end();
});
