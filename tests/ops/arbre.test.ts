import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../ops/commun/settings.ts";
import { test } from "../support/monde.ts";

async function deno(...args: string[]): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: ROOT }).output();
  assert.ok(success, new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr));
}

const readJson = async (file: string) => JSON.parse(await Deno.readTextFile(join(ROOT, file)));

test("the tree is formatted, SQL too (npm run fmt)", () =>
  deno("run", "-A", "developpement/format.ts", "--check"));
test("the tree has no lint (npm run lint)", () => deno("lint", "--quiet"));
test("the types hold (npm run check)", async () => {
  const { scripts } = await readJson("package.json") as { scripts: { check: string } };
  // In the very words of the script: what was checked so just before is not checked again.
  const [programme, ...args] = scripts.check.split(" ");
  assert.equal(programme, "deno");
  await deno(...args);
});

test("the functions are deployed with the very packages they are tested with", async () => {
  const { imports } = await readJson("supabase/functions/deno.json") as { imports: Record<string, string> };
  const { dependencies } = await readJson("package.json") as { dependencies: Record<string, string> };
  for (const [name, target] of Object.entries(imports)) {
    const bare = name.replace(/\/$/, "");
    assert.ok(
      target.includes(`${bare}@${dependencies[bare]}`),
      `${name}: ${target}, package.json: ${dependencies[bare]}`,
    );
  }
});

test("every function has its settings in config.toml", async () => {
  const config = await Deno.readTextFile(join(ROOT, "supabase/config.toml"));
  for await (const entry of Deno.readDir(join(ROOT, "supabase/functions"))) {
    if (entry.isDirectory && !entry.name.startsWith("_")) {
      assert.match(config, new RegExp(`\\[functions\\.${entry.name}\\]`));
    }
  }
});
