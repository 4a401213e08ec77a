import assert from "node:assert/strict";
import { join } from "node:path";
import { TYPES_FILE, typesDe } from "../../developpement/types.ts";
import { FUNCTIONS_DIR, ROOT } from "../../ops/commun/settings.ts";
import { status, test } from "../support/monde.ts";

test("the types in the tree are those of the database today (npm run types)", async () => {
  assert.equal(await Deno.readTextFile(TYPES_FILE), await typesDe(status.DB_URL));
});

/** What the compiler says of the functions where the database has been changed so. */
async function compiler(change: (types: string) => string): Promise<string> {
  const copy = await Deno.makeTempDir();
  await new Deno.Command("cp", { args: ["-r", join(ROOT, "supabase"), join(ROOT, "deno.json"), copy] })
    .output();
  await Deno.symlink(join(ROOT, "node_modules"), join(copy, "node_modules"));
  const file = join(copy, "supabase/functions/_shared/database.types.ts");
  const types = await Deno.readTextFile(file);
  assert.notEqual(change(types), types);
  await Deno.writeTextFile(file, change(types));
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["check", "supabase/functions/cours-de-route", "supabase/functions/sorties"],
    cwd: copy,
    env: { NO_COLOR: "1" },
  }).output();
  assert.notEqual(code, 0, "the compiler found nothing");
  return new TextDecoder().decode(stderr);
}

test("what is renamed in the database is an error of the compiler, wherever it is used", async (t) => {
  // One reading of the compiler for both: it is what takes time.
  const said = await compiler((types) =>
    types.replaceAll('"date_chargement"', '"date_de_chargement"')
      .replaceAll('"chauffeur_nom"', '"nom_du_chauffeur"')
      .replace(/"annuler_cours_de_route": \{[\s\S]*?\}/, (text) => text.replace(/"?p_motif"?/, '"p_raison"'))
  );
  await t.step("a column, where it is read, written and sorted by", () => {
    assert.match(said, /fiche\("cours_de_route", CoursDeRoute\)/);
    assert.match(said, /inseree\(COURS_DE_ROUTE, corps\)/);
    assert.match(said, /cles: \["date_chargement", "id"\]/);
  });
  await t.step("a column, where SQL makes a row of what the client wrote", () => {
    assert.match(said, /rangee\("sorties_produit", corps\)/);
  });
  await t.step("an argument, where the function is called", () => {
    assert.match(said, /"public\.annuler_cours_de_route", \{/);
  });
});

test("no door hands what a client wrote over without saying of which table: rangee(…) does", async () => {
  const nues: string[] = [];
  for (const { name, isDirectory } of Deno.readDirSync(FUNCTIONS_DIR)) {
    if (!isDirectory || name.startsWith("_")) continue;
    for (const { name: file } of Deno.readDirSync(join(FUNCTIONS_DIR, name))) {
      if (!file.endsWith(".ts")) continue;
      const source = await Deno.readTextFile(join(FUNCTIONS_DIR, name, file));
      if (/\b(corps|reste) as Json\b/.test(source)) nues.push(`${name}/${file}`);
    }
  }
  assert.deepEqual(nues, []);
});
