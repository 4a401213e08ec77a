import assert from "node:assert/strict";
import { PAGE, page } from "./ecrans.ts";

Deno.test("docs/contrats/application.md says of each refusal what the app shows (npm run application)", async () => {
  const actuelle = await Deno.readTextFile(PAGE);
  assert.equal(actuelle, await page(actuelle));
});
