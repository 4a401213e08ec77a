// The provider's door: who signed what, when, with which secret. P3: what does not verify changes nothing but a count.
// P4: during a rotation no valid event is refused, after it no old one accepted.
import assert from "node:assert/strict";
import { test } from "../../support/monde.ts";
import { signer } from "../../../supabase/functions/paiements/signature.ts";
import { ouvrirCaisse, PRECEDENT, SECRET } from "./caisse.ts";

const MO = 1024 * 1024;
const evenement = (plus: Record<string, unknown> = {}) => ({
  id: `evt_${crypto.randomUUID()}`,
  object: "event",
  type: "essai",
  created: Math.floor(Date.now() / 1000),
  data: { object: {} },
  ...plus,
});

test("only what the provider signed lately is listened to", async (t) => {
  const c = await ouvrirCaisse("signatures");
  const frapper = async (corps: BodyInit, entetes: HeadersInit) => {
    // Without a token: Stripe has none.
    const reponse = await c.demander("POST", "/webhook/stripe", {
      headers: { authorization: "", ...Object.fromEntries(new Headers(entetes)) },
      body: corps,
    });
    const { resultat, code } = await reponse.json();
    return [reponse.status, resultat ?? code];
  };
  const etat = async () => {
    const [dit] = await c.sql`
      select (select count(*)::int from public.evenements_entrants) as evenements,
             (select count(*)::int from public.encaissements) as encaissements,
             (select count(*)::int from public.log_actions) as lignes,
             (select jsonb_agg(statut) from public.paiements_en_ligne) as paiements`;
    return dit;
  };
  const comptees = async () => {
    const [{ n }] = await c.sql<[{ n: number }]>`
      select coalesce(sum(nombre), 0)::int as n from private.signatures_refusees`;
    return n;
  };
  try {
    const { facture } = await c.facturer(10);
    const { session_id } = await c.ouvrir(facture);
    const [vrai] = c.stripe.agir(session_id, { quoi: "payer" });
    const corps = JSON.stringify(vrai);
    const bonne = await signer(corps, SECRET);
    const [t0, v1] = [bonne.split(",")[0]!, bonne.split(",")[1]!];
    const aDecaler = (secondes: number) => signer(corps, SECRET, new Date(Date.now() + secondes * 1000));
    const mauvaises: [string, BodyInit, HeadersInit][] = [
      ["no header", corps, {}],
      ["an empty one", corps, { "stripe-signature": "" }],
      ["another secret", corps, { "stripe-signature": await signer(corps, "whsec_de_personne") }],
      ["another body", corps.replace('"', ' "'), { "stripe-signature": bonne }],
      ["a body written again", JSON.stringify(vrai, null, 1), { "stripe-signature": bonne }],
      [
        "a header twice",
        corps,
        [["stripe-signature", bonne], ["stripe-signature", bonne]] as unknown as HeadersInit,
      ],
      ["two moments", corps, { "stripe-signature": `${t0},${bonne}` }],
      ["no moment", corps, { "stripe-signature": v1 }],
      ["no signature", corps, { "stripe-signature": t0 }],
      ["a moment moved", corps, { "stripe-signature": `t=${Number(t0.slice(2)) + 1},${v1}` }],
      ["an older scheme", corps, { "stripe-signature": bonne.replace("v1=", "v0=") }],
      ["too old", corps, { "stripe-signature": await aDecaler(-310) }],
      ["not yet", corps, { "stripe-signature": await aDecaler(310) }],
      ["no text", new Uint8Array([0xff, 0xfe]), { "stripe-signature": bonne }],
      ["a word", corps, { "stripe-signature": "NaN" }],
    ];
    const avant = await etat();
    for (const [rang, [dit, envoi, entetes]] of mauvaises.entries()) {
      await t.step(`${dit}: refused, counted`, async () => {
        assert.deepEqual(await frapper(envoi, entetes), [400, "SIGNATURE_INVALIDE"]);
        assert.deepEqual(await etat(), avant);
        assert.equal(await comptees(), rang + 1);
      });
    }
    await t.step("ten megabytes are refused before they are read", async () => {
      assert.deepEqual(await frapper("x".repeat(10 * MO), { "stripe-signature": bonne }), [
        413,
        "DEMANDE_TROP_GRANDE",
      ]);
    });
    await t.step("either secret is good until the old one goes, and says which", async () => {
      for (const [secret, version] of [[SECRET, "COURANT"], [PRECEDENT, "PRECEDENT"]] as const) {
        const un = evenement();
        assert.deepEqual(await c.dire(un, secret), { statut: 200, dit: "IGNORE" });
        const [{ secret_version }] = await c.sql<[{ secret_version: string }]>`
          select secret_version from public.evenements_entrants where evenement_id = ${un.id}`;
        assert.equal(secret_version, version);
      }
      // Stripe signs with both while it turns.
      const un = JSON.stringify(evenement());
      const deux = `${await signer(un, SECRET)},${(await signer(un, "whsec_autre")).split(",")[1]}`;
      assert.deepEqual(await frapper(un, { "stripe-signature": deux }), [200, "IGNORE"]);
    });
    await t.step("within the tolerance it is taken, once", async () => {
      assert.deepEqual(await frapper(corps, { "stripe-signature": await aDecaler(-290) }), [200, "APPLIQUE"]);
      assert.deepEqual(await frapper(corps, { "stripe-signature": await aDecaler(290) }), [200, "DEJA_RECU"]);
      assert.equal(await c.solde(facture), 0);
    });
    await t.step("what is signed and makes no sense is refused, and kept nowhere", async () => {
      const tenus = await etat();
      for (
        const rien of [
          null,
          [],
          "evt",
          {},
          evenement({ id: 5 }),
          evenement({ id: "x".repeat(300) }),
          evenement({ created: "hier" }),
          evenement({ data: null }),
        ]
      ) {
        assert.deepEqual(await c.dire(rien), { statut: 500, dit: "VALIDATION" });
      }
      assert.deepEqual(await etat(), tenus);
    });
    await t.step("an event of somebody else's session is kept and does nothing", async () => {
      for (const id of ["cs_test_deQuelquunDautre", "../v1/charges", "", "cs_"]) {
        const un = evenement({ type: "checkout.session.completed", data: { object: { id } } });
        assert.deepEqual(await c.dire(un), { statut: 200, dit: "INCONNU" });
      }
      const sans = evenement({ type: "charge.refunded", data: { object: { payment_intent: null } } });
      assert.deepEqual(await c.dire(sans), { statut: 200, dit: "IGNORE" });
    });
  } finally {
    await c.fermer();
  }
});

test("once the old secret is gone, nothing it signed is accepted", async () => {
  const c = await ouvrirCaisse("rotation", { STRIPE_WEBHOOK_SECRET_PRECEDENT: "" });
  try {
    assert.equal((await c.dire(evenement(), PRECEDENT)).dit, "SIGNATURE_INVALIDE");
    assert.equal((await c.dire(evenement())).dit, "IGNORE");
  } finally {
    await c.fermer();
  }
});
