// The collection is what the examples say, and runs from its first request to its last in Postman's own runner.
import assert from "node:assert/strict";
import { COLLECTION_FILE } from "../../../developpement/collection.ts";
import { collectionDe, describeApi } from "../../../developpement/openapi.ts";
import { test } from "../../support/monde.ts";
import { newman } from "../../support/newman.ts";
import { ouvrirTheatre, PASSWORD } from "./histoire.ts";

test("the collection in the tree is what the examples give today (npm run openapi)", async () => {
  assert.equal(await Deno.readTextFile(COLLECTION_FILE), await collectionDe(await describeApi()));
});

test("the collection, run by newman against a new depot, is answered as it expects at each step", async () => {
  const theatre = await ouvrirTheatre("collection");
  try {
    const { run } = await newman(COLLECTION_FILE, {
      api: theatre.status.API_URL,
      cle_anonyme: theatre.status.ANON_KEY,
      mot_de_passe: PASSWORD,
    });
    assert.deepEqual(run.failures.map(({ source, error }) => `${source?.name} : ${error.message}`), []);
    assert.ok(run.stats.requests.total > 200 && run.stats.assertions.total >= run.stats.requests.total);
  } finally {
    await theatre.fermer();
  }
});
