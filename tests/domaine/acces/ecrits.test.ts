import assert from "node:assert/strict";
import { test } from "../../support/monde.ts";
import { ECRITS, lireEcrit } from "./ecrire.ts";

test("what is written from the access matrix is what it says today (npm run securite)", async (t) => {
  for (const [nom, ecrire] of Object.entries(ECRITS)) {
    await t.step(nom, async () => {
      assert.equal(await lireEcrit(nom), await ecrire(), `${nom} : npm run securite`);
    });
  }
});
