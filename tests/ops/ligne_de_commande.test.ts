// What a person typed wrong is said once, in French, in the words they typed.
import assert from "node:assert/strict";
import { test } from "../support/monde.ts";
import { ops } from "../support/ops.ts";

for (
  const [mots, phrase] of [
    [["siege:rattacher", "klz"], "<code> n'admet pas « klz ». Un code de 2 à 6 capitales est attendu : KLZ."],
    [
      ["gel", "--env", "local", "--motif", "x", "--attente", "l'heure"],
      "--attente <secondes> n'admet pas « l'heure ».",
    ],
    [["siege:ratacher", "KLZ"], "commande inconnue : siege:ratacher (vouliez-vous dire siege:rattacher ?)"],
    [["siege:rattacher"], "il manque : <code>"],
  ] as const
) {
  test(`« ${mots.join(" ")} » is answered in its own words, and nothing is done`, async () => {
    const { code, stderr } = await ops([...mots]);
    assert.equal(code, 2, stderr);
    assert.ok(stderr.includes(`✗ ${phrase}`), stderr);
  });
}
