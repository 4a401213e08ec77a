// The reference of the API: the very viewer that was chosen, and doors that can be tried from it.
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { gunzipSync } from "node:zlib";
import { FICHIERS, LECTEUR_FILE, lireFichier, lireVersion } from "../../../developpement/lecteur.ts";
import { status, test } from "../../support/monde.ts";
import { ouvrirNavigateur, VISITEUR } from "../../support/navigateur.ts";

test("the viewer that is served is the package's own (npm run lecteur)", async () => {
  const lecteur = JSON.parse(await Deno.readTextFile(LECTEUR_FILE));
  assert.equal(lecteur.version, await lireVersion());
  for (const nom of Object.keys(FICHIERS) as (keyof typeof FICHIERS)[]) {
    const attendu = await lireFichier(nom);
    assert.ok(gunzipSync(Buffer.from(lecteur[nom], "base64")).toString() === attendu, nom);
    const servi = await fetch(`${status.API_URL}/docs/lecteur.${nom}`);
    assert.ok(await servi.text() === attendu, nom);
  }
});

test("a door is tried from the reference as a demo account, and answers", async () => {
  const navigateur = await ouvrirNavigateur();
  const corps = `${VISITEUR}
    const $ = (choix) => document.querySelector(choix);
    // The reader signs in once there is something to read: until then the viewer has the page's only thread.
    await attendre(() => $("#operations-tag-stocks button.expand-operation"));
    entrer("lecture@demo.monaluxe.test", "monaluxe-demo");
    await attendre(() => !$("#qui").hidden);
    (await attendre(() => $("#operations-tag-stocks button.expand-operation"))).click();
    (await attendre(() => $("#operations-stocks-get_stocks_actuel .opblock-summary-control"))).click();
    (await attendre(() => $("#operations-stocks-get_stocks_actuel .execute"))).click();
    const statut = await attendre(() => $("#operations-stocks-get_stocks_actuel .live-responses-table tbody .response-col_status"));
    const dit = statut.textContent.trim();
    $("#sortir").click();
    await attendre(() => !$("#connexion").hidden);
    return dit;`;
  try {
    await navigateur.visiter<string, void>(`${status.API_URL}/docs`, corps, {}, ({ resultat, plaintes }) => {
      assert.match(resultat, /^200/);
      assert.deepEqual(plaintes, []);
      return Promise.resolve();
    });
  } finally {
    await navigateur.fermer();
  }
});
