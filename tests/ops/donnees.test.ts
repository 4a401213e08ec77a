// Rows that come with the schema reach a hosted project by a migration, and a migration is made from what
// private.referentiels() lists: a table it does not name would stay empty there.
import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../ops/commun/settings.ts";
import { sql, test } from "../support/monde.ts";

const DONNEES = join(ROOT, "supabase/schemas/donnees");
/** Sown once, where an environment has no row of its own; what it makes of them is never compared. */
const SEMEES_UNE_FOIS = ["public.notifications_regles"];

test("each table that schemas/donnees fills is one whose rows a migration brings", async () => {
  const tables = new Set<string>();
  for (const { name } of Deno.readDirSync(DONNEES)) {
    const texte = await Deno.readTextFile(join(DONNEES, name));
    for (const [, table] of texte.matchAll(/^insert into ([a-z_.]+)/gm)) tables.add(table!);
  }
  const connues = (await sql<{ nom: string }[]>`select nom from private.referentiels()`).map(({ nom }) =>
    nom
  );
  assert.ok(tables.size > 5, "nothing was read");
  assert.deepEqual([...tables].filter((table) => ![...connues, ...SEMEES_UNE_FOIS].includes(table)), []);
});
