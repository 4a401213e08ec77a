import assert from "node:assert/strict";
import { PAGE, page } from "./ecrans.ts";
import { CONNUES } from "./valeurs.ts";

const DESCRIPTION = new URL("../../../supabase/functions/ops/openapi.json", import.meta.url);

Deno.test("docs/contrats/application.md says of each refusal what the app shows (npm run application)", async () => {
  const actuelle = await Deno.readTextFile(PAGE);
  assert.equal(actuelle, await page(actuelle));
});

Deno.test("docs/contrats/application.md names each value that a screen of the app takes for another", async () => {
  const dite = await Deno.readTextFile(PAGE);
  const { components: { schemas } } = JSON.parse(await Deno.readTextFile(DESCRIPTION)) as {
    components: { schemas: Record<string, { properties: Record<string, { enum?: string[] }> }> };
  };
  for (const [quoi, connues] of Object.entries(CONNUES)) {
    const [schema, champ] = quoi.split(".") as [string, string];
    const valeurs = schemas[schema]?.properties[champ]?.enum;
    assert.ok(valeurs?.length, `${quoi} : no list of values in the description`);
    for (const valeur of valeurs) {
      assert.ok(connues.includes(valeur) || dite.includes(`\`${valeur}\``), `${quoi} : ${valeur}`);
    }
  }
});
