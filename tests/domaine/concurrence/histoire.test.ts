// Random histories from eight connections at once. HISTOIRE_OPERATIONS and HISTOIRE_SEED set how long and which;
// a seed replays the requests, with their ids, not the instant at which each connection gets its turn.
import assert from "node:assert/strict";
import { sql, superuserUrl, test } from "../../support/monde.ts";
import { arriver, charger } from "./clients.ts";
import { faireArriver, fermerDepot, ouvrirDepot } from "./depot.ts";
import { Juge } from "./jugement.ts";
import { tirage } from "./operations.ts";

const OPERATIONS = Number(Deno.env.get("HISTOIRE_OPERATIONS") || 1_500);
const GRAINE = Number(Deno.env.get("HISTOIRE_SEED") || crypto.getRandomValues(new Uint32Array(1))[0]);
const LOT = 500;

// A history that never meets these proves nothing about them.
const RENCONTRES = [
  "reception faite",
  "sortie faite",
  "validation faite",
  "rejet faite",
  "ajustement faite",
  "compensation faite",
  "transfert faite",
  "INSUFFICIENT_STOCK",
  "STOCK_FUTUR_NEGATIF",
  "CITERNE_PLEINE",
  "SORTIE_CAPACITE_SECURITE",
  "INVALID_ID_OR_STATE",
  "CDR_NON_ARRIVE",
  "DATE_FUTURE",
  "ROLE_FORBIDDEN",
];

test(`whatever eight people ask at once, it is as if one clerk had done it in some order (HISTOIRE_SEED=${GRAINE})`, async () => {
  const depot = await ouvrirDepot(sql);
  const juge = new Juge(sql, depot, GRAINE);
  const gens = await arriver(superuserUrl);
  const horloge = { tic: 0 };
  const { prendre } = tirage(GRAINE);
  try {
    for (let faites = 0; faites < OPERATIONS; faites += LOT) {
      const { operations, camions } = prendre(Math.min(LOT, OPERATIONS - faites));
      await faireArriver(sql, depot, camions);
      juge.camionsArrives(camions);
      await juge.juger(await charger(gens, depot, operations, horloge));
    }
  } finally {
    await gens.partir();
  }
  console.log(`HISTOIRE_SEED=${GRAINE} HISTOIRE_OPERATIONS=${OPERATIONS}`, Object.fromEntries(juge.bilan));
  if (OPERATIONS >= 1_000) {
    for (const quoi of RENCONTRES) {
      assert.ok(juge.bilan.get(quoi), `l'histoire n'a jamais rencontré : ${quoi}`);
    }
  }
  await fermerDepot(sql, depot);
});
