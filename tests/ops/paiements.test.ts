// The operator's commands for online payments: the door proved from outside, a rotation step by step, a reconciliation.
import assert from "node:assert/strict";
import { connect, inDatabase } from "../../ops/commun/connection.ts";
import { signer } from "../../supabase/functions/paiements/signature.ts";
import { type Fonction, startFonction } from "../support/fonction.ts";
import { status, test } from "../support/monde.ts";
import { environnement, ops, opsJson } from "../support/ops.ts";

const NOUVEAU = `whsec_${crypto.randomUUID()}`;
const ANCIEN = `whsec_${crypto.randomUUID()}`;

/** The public address of a project whose only function is the one in hand. */
function passerelle() {
  const derriere: { fonction?: Fonction } = {};
  const serveur = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (demande) =>
      await derriere.fonction!.demander(
        new URL(demande.url).pathname.replace("/functions/v1/paiements", ""),
        {
          method: demande.method,
          headers: demande.headers,
          body: await demande.arrayBuffer(),
        },
      ),
  );
  return { derriere, url: `http://127.0.0.1:${serveur.addr.port}`, stop: () => serveur.shutdown() };
}

test("a rotation of the provider's secret is proved step by step, and ends in the log once", async (t) => {
  const nom = `paiements_ops_${crypto.randomUUID().slice(0, 8)}`;
  const porte = passerelle();
  const { dbUrl, env } = await environnement("staging", nom, {
    STAGING_API_URL: porte.url,
    STAGING_ANON_KEY: status.ANON_KEY,
    STAGING_SERVICE_ROLE_KEY: status.SERVICE_ROLE_KEY,
    STRIPE_WEBHOOK_SECRET: NOUVEAU,
    STRIPE_WEBHOOK_SECRET_PRECEDENT: ANCIEN,
  });
  const sql = connect(dbUrl);
  const deployer = async (courant: string, precedent = "") => {
    await porte.derriere.fonction?.stop();
    porte.derriere.fonction = await startFonction("paiements", {
      SUPABASE_DB_URL: inDatabase(status.DB_URL, nom),
      STRIPE_WEBHOOK_SECRET: courant,
      STRIPE_WEBHOOK_SECRET_PRECEDENT: precedent,
    });
  };
  const dire = (commande: string, plus: Record<string, string> = {}) =>
    ops([commande, "--env", "staging"], { ...env, ...plus });
  const tournes = async () =>
    (await sql<[{ n: number }]>`
      select count(*)::int as n from public.log_actions where action = 'SECRET_TOURNE'`)[0].n;
  try {
    await t.step("before: the functions have the old one only, and the new one is refused", async () => {
      await deployer(ANCIEN);
      const { code, stdout, stderr } = await dire("paiements:tourner");
      assert.equal(code, 1);
      assert.match(stdout + stderr, /les fonctions ont un autre secret/);
    });
    await t.step("the two are the wrong way round: said, nothing else done", async () => {
      await deployer(ANCIEN, NOUVEAU);
      const { code, stdout, stderr } = await dire("paiements:verifier");
      assert.equal(code, 1);
      assert.match(stdout + stderr, /l'un pour l'autre/);
    });
    await t.step("during: both are accepted, each for what it is, and nothing is over", async () => {
      await deployer(NOUVEAU, ANCIEN);
      const { code, compte } = await opsJson<
        { courant: { version: string }; precedent: { version: string } }
      >(
        ["paiements:verifier", "--env", "staging"],
        env,
      );
      assert.deepEqual([code, compte.resultat.courant.version, compte.resultat.precedent.version], [
        0,
        "COURANT",
        "PRECEDENT",
      ]);
      const { stdout } = await dire("paiements:tourner");
      assert.match(stdout, /à finir/);
      assert.equal(await tournes(), 0);
    });
    await t.step("while the provider still signs with the old one alone, it stays", async () => {
      const corps = JSON.stringify({ id: "evt_vrai", type: "essai", created: 1, data: { object: {} } });
      const recu = await porte.derriere.fonction!.demander("/webhook/stripe", {
        method: "POST",
        headers: { "stripe-signature": await signer(corps, ANCIEN) },
        body: corps,
      });
      await recu.body?.cancel();
      const { stdout } = await dire("paiements:tourner");
      assert.match(stdout, /à attendre/);
    });
    await t.step("after: the old one is refused, the log says so, once", async () => {
      await deployer(NOUVEAU);
      for (let fois = 0; fois < 2; fois++) {
        const { code, stdout } = await dire("paiements:tourner");
        assert.equal(code, 0);
        assert.match(stdout, /finie/);
      }
      assert.equal(await tournes(), 1);
    });
    await t.step("no secret is ever shown", async () => {
      for (const commande of ["paiements:verifier", "paiements:tourner", "paiements:rapprocher"]) {
        const { stdout, stderr } = await dire(commande);
        for (const secret of [NOUVEAU, ANCIEN, status.SERVICE_ROLE_KEY]) {
          assert.ok(!(stdout + stderr).includes(secret));
        }
      }
    });
    await t.step("a reconciliation says what it read; with another key it could not look", async () => {
      const { code, stdout } = await dire("paiements:rapprocher");
      assert.equal(code, 0);
      assert.match(stdout, /0 session\(s\)/);
      const sans = await dire("paiements:rapprocher", { STAGING_SERVICE_ROLE_KEY: status.ANON_KEY });
      assert.equal(sans.code, 1);
      assert.match(sans.stdout + sans.stderr, /NON_AUTHENTIFIE/);
    });
  } finally {
    await porte.derriere.fonction?.stop();
    await porte.stop();
    await sql.end();
  }
});

test("on this machine the simulated provider's own secret is proved, without a word", async () => {
  const { code, stdout } = await ops(["paiements:verifier"]);
  assert.equal(code, 0, stdout);
  assert.match(stdout, /signé du secret courant/);
  assert.match(stdout, /pas d'ancien donné ici/);
});
