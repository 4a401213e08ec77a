// The database server killed with -9 in the middle of the load of histoire.test.ts. PANNES and HISTOIRE_SEED set how
// many times and which requests; what was under way at the kill is not the seed's to say.
import assert from "node:assert/strict";
import { test } from "../../support/monde.ts";
import { startServeur, tuer } from "../../support/serveur.ts";
import { arriver, charger } from "./clients.ts";
import { faireArriver, ouvrirDepot } from "./depot.ts";
import { Juge } from "./jugement.ts";
import { tirage } from "./operations.ts";

const PANNES = Number(Deno.env.get("PANNES") || 2);
const GRAINE = Number(Deno.env.get("HISTOIRE_SEED") || crypto.getRandomValues(new Uint32Array(1))[0]);
/** More than any load needs before its kill. */
const LOT = 1_000;
const AVANT_LA_MORT = [50, 400] as const;

test(`killed with -9 under load, the server keeps what it answered, and of the rest all or nothing (HISTOIRE_SEED=${GRAINE})`, async () => {
  const serveur = await startServeur();
  let sql = serveur.connecter(2);
  const depot = await ouvrirDepot(sql);
  const juge = new Juge(sql, depot, GRAINE);
  const horloge = { tic: 0 };
  const { prendre, hasard } = tirage(GRAINE);
  let coupees = 0, faitesQuandMeme = 0;
  try {
    for (let panne = 0; panne < PANNES; panne++) {
      const { operations, camions } = prendre(LOT);
      await faireArriver(sql, depot, camions);
      juge.camionsArrives(camions);

      const gens = await arriver(serveur.url);
      const backends = await Promise.all(
        gens.connexions.map(async (une) =>
          (await une<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]!.pid
        ),
      );
      // By turns: the whole server, or one backend in mid-sentence, on which the postmaster ends all and recovers.
      const entier = panne % 2 === 0;
      const victimes = entier ? await serveur.processus() : [hasard.parmi(backends)];
      let encore = hasard.entre(...AVANT_LA_MORT);

      const issues = await charger(gens, depot, operations, horloge, () => {
        if (--encore === 0) tuer(victimes);
      });
      await Promise.all([gens.partir(), sql.end({ timeout: 0 })]);
      if (entier) await serveur.relancer();
      await serveur.pret();
      sql = serveur.connecter(2);
      juge.sql = sql;

      const perdues = issues.filter(({ reponse }) => reponse === "inconnue");
      assert.ok(perdues.length > 0, "le serveur est mort sans que personne ne travaille");
      faitesQuandMeme += await juge.juger(issues);
      coupees += perdues.length;
    }
    // And it still works.
    const { operations, camions } = prendre(200);
    await faireArriver(sql, depot, camions);
    juge.camionsArrives(camions);
    const gens = await arriver(serveur.url);
    await juge.juger(await charger(gens, depot, operations, horloge));
    await gens.partir();
  } finally {
    await sql.end({ timeout: 0 });
    await serveur.fermer();
  }
  console.log(
    `HISTOIRE_SEED=${GRAINE} PANNES=${PANNES} : ${coupees} demandes coupées, dont ${faitesQuandMeme} entièrement faites`,
    Object.fromEntries(juge.bilan),
  );
});
