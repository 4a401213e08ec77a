// Reconciliation: what never came is fetched and dealt with once, and what still differs is said.
import assert from "node:assert/strict";
import { test } from "../../support/monde.ts";
import { ouvrirCaisse } from "./caisse.ts";

test("the daily reconciliation catches up with what never came, and says what still differs", async (t) => {
  const c = await ouvrirCaisse("rapprochement");
  const ecarts = () =>
    c.sql<{ check_code: string }[]>`
      select check_code from private.controles_paiements() where check_code like 'RAPPROCHEMENT%'`;
  try {
    await t.step("with nothing to compare it is not due; once something was opened it is", async () => {
      const du = async () => (await c.sql<[{ du: boolean }]>`select private.rapprochement_du() as du`)[0].du;
      assert.equal(await du(), false);
      await c.ouvrir((await c.facturer(5)).facture);
      assert.equal(await du(), true);
      await c.rapprocher();
      assert.equal(await du(), false);
    });
    await t.step("events that were lost are dealt with by the same way, once", async () => {
      const { facture } = await c.facturer(100);
      const { id, session_id } = await c.ouvrir(facture);
      c.stripe.agir(session_id, { quoi: "payer" });
      c.stripe.agir(session_id, { quoi: "rembourser", montant: 2500 });
      const fait = await c.rapprocher();
      assert.deepEqual([fait.rejoues, fait.ecarts, fait.lu, fait.concordant], [4, [], 2, 2]);
      assert.equal(await c.solde(facture), 25);
      assert.equal((await c.paiement(id)).statut, "REUSSI");
      const versions = await c.sql<{ v: string }[]>`
        select distinct secret_version as v from public.evenements_entrants`;
      assert.deepEqual(versions.map(({ v }) => v), ["RAPPROCHEMENT"]);
      assert.equal((await c.rapprocher()).rejoues, 0);
      // And one of them that comes after all.
      assert.equal((await c.dire(c.stripe.evenements[0])).dit, "DEJA_RECU");
    });
    await t.step(
      "a session that the provider no longer knows, or one we do not, is told as it is",
      async () => {
        const { facture } = await c.facturer(40);
        const { session_id } = await c.ouvrir(facture);
        const perdue = c.stripe.sessions.get(session_id)!;
        c.stripe.sessions.delete(session_id);
        // Neither end of that time is judged: another session may be on its way.
        assert.deepEqual((await c.rapprocher()).ecarts, []);
        await c.sql.begin(async (tx) => {
          await tx`set local session_replication_role = replica`;
          await tx`update public.paiements_en_ligne set created_at = now() - interval '1 hour' where session_id = ${session_id}`;
        });
        assert.deepEqual((await c.rapprocher()).ecarts.map(({ defaut }) => defaut), ["ABSENT_LA"]);
        assert.deepEqual((await ecarts()).map(({ check_code }) => check_code), ["RAPPROCHEMENT_ECART"]);
        c.stripe.sessions.set(session_id, perdue);
        const inconnu = crypto.randomUUID();
        const etrangere: typeof perdue = {
          ...perdue,
          id: "cs_test_perdue",
          client_reference_id: inconnu,
          metadata: { ...perdue.metadata, paiement_id: inconnu },
        };
        c.stripe.sessions.set(etrangere.id, etrangere);
        assert.deepEqual((await c.rapprocher()).ecarts.map(({ defaut }) => defaut), ["ABSENT_ICI"]);
        // Of another shop on the same account: none of ours, whatever it calls them.
        for (const reference of [null, "commande-42", crypto.randomUUID()]) {
          Object.assign(etrangere, { client_reference_id: reference, metadata: { paiement_id: "42" } });
          const [evenement] = c.stripe.agir(etrangere.id, { quoi: "payer" });
          if (evenement) assert.deepEqual(await c.dire(evenement), { statut: 200, dit: "INCONNU" });
          assert.deepEqual((await c.rapprocher()).ecarts, []);
        }
        assert.deepEqual([...await ecarts()], []);
      },
    );
    await t.step("without its provider nothing is written, and a day later somebody is told", async () => {
      const combien = async () =>
        (await c.sql<[{ n: number }]>`select count(*)::int as n from public.rapprochements`)[0].n;
      const avant = await combien();
      c.stripe.pannes.push(500, 500);
      await assert.rejects(c.rapprocher());
      assert.equal(await combien(), avant);
      await c.sql.begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        await tx`update public.rapprochements set le = le - interval '27 hours'`;
        await tx`update public.paiements_en_ligne set created_at = created_at - interval '27 hours'`;
      });
      assert.deepEqual((await ecarts()).map(({ check_code }) => check_code), ["RAPPROCHEMENT_ABSENT"]);
    });
  } finally {
    await c.fermer();
  }
});
