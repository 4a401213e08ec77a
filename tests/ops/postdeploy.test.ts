import assert from "node:assert/strict";
import { connect } from "../../ops/commun/connection.ts";
import { fetchPorte, status, test } from "../support/monde.ts";
import { citerneDEssai, environnement, ops, opsJson } from "../support/ops.ts";

const deploye = async () => {
  const reponse = await fetchPorte("stocks/");
  await reponse.body?.cancel();
  return reponse.headers.get("x-deployed-commit")!;
};

test("every function says its commit, whatever it answers, and ops/ready says the same", async () => {
  const { commit } = await (await fetchPorte("ops/ready")).json();
  assert.match(commit, /^[0-9a-f]{40}(-dirty)?$/);
  assert.equal(await deploye(), commit);
});

test("postdeploy passes where the functions are of the commit that was asked", async () => {
  const { code, compte } = await opsJson(["postdeploy", "--commit", await deploye()], {
    LOCAL_TEST_CITERNE_ID: await citerneDEssai(),
  });
  assert.equal(code, 0, JSON.stringify(compte));
  assert.ok(compte.etapes.every(({ statut }) => statut === "faite"));
});

test("functions of another commit fail postdeploy before it writes anything", async () => {
  const { code, compte } = await opsJson(["postdeploy", "--commit", "0".repeat(40)]);
  assert.equal(code, 1);
  assert.match(compte.erreur!, /les \d+ : [0-9a-f]{40}/);
  assert.match(compte.erreur!, /deploy:app --env local --vers 000000000000/);
  assert.deepEqual(
    compte.etapes.slice(4).map(({ statut }) => statut).filter((s) => s !== "non_commencee"),
    [],
  );
});

test("a database that is behind, or was changed by hand, fails postdeploy, which names what", async () => {
  const { env, dbUrl } = await environnement("staging", "staging_postdeploy", {
    STAGING_API_URL: status.API_URL,
    STAGING_ANON_KEY: status.ANON_KEY,
  });
  const base = connect(dbUrl);
  const apres = async () => (await ops(["postdeploy", "--env", "staging"], env)).stderr;
  await base`alter table public.clients add column fidelite int`;
  assert.match(
    await apres(),
    /La base est modifiée à la main : colonne public\.clients\.fidelite\. Voyez quoi/,
  );
  // As a migration of another branch would have brought it there.
  await base`delete from private.etats_schema`;
  await base`select private.noter_etat('20990101000000_ailleurs')`;
  assert.match(await apres(), /La base est en retard : elle en est à 20990101000000_ailleurs/);
  await base`drop function private.etat_schema()`;
  assert.match(await apres(), /en retard : cette base ne sait pas encore dire où elle en est/);
  await base.end();
});

test("ops:wait asks again until the service is ready", async () => {
  const reponses = ["base_injoignable", "migrations_en_attente", "pret"];
  let demandes = 0;
  const service = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, () => {
    const statut = reponses[Math.min(demandes++, 2)];
    return Response.json({ statut, schema: "à jour" }, {
      status: statut === "pret" ? 200 : 503,
    });
  });
  const { env } = await environnement("staging", "staging_wait", {
    STAGING_API_URL: `http://127.0.0.1:${service.addr.port}`,
    STAGING_ANON_KEY: status.ANON_KEY,
  });
  const { code, compte } = await opsJson(["ops:wait", "--env", "staging"], env);
  assert.equal(code, 0, JSON.stringify(compte));
  assert.equal(demandes, 3);
  await service.shutdown();

  const absent = await ops(["ops:wait", "--env", "staging", "--delai", "1"], env);
  assert.equal(absent.code, 1);
  assert.match(absent.stderr, /pas prêt après 1 s\. Dernière réponse : http:\/\/127.0.0.1:\d+ ne répond pas/);
});
