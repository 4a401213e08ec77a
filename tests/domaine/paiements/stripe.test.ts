// An invoice paid online by Stripe, its API played by a stand-in over HTTP: opening, success, what goes wrong, refunds,
// disputes.
import assert from "node:assert/strict";
import { test } from "../../support/monde.ts";
import { type Caisse, ouvrirCaisse, type Paiement } from "./caisse.ts";

const refuse = async (c: Caisse, facture: string) => {
  const reponse = await c.demander("POST", `/factures/${facture}/session`);
  const { code, valeurs } = await reponse.json();
  return [reponse.status, code, valeurs?.cause];
};

test("an invoice is paid online, and what the provider says is what the account says", async (t) => {
  const c = await ouvrirCaisse("paiements");
  const { stripe } = c;
  const payer = async (session: string) => {
    for (const evenement of stripe.agir(session, { quoi: "payer" })) {
      assert.equal((await c.dire(evenement)).statut, 200);
    }
  };
  try {
    const { facture: reglee } = await c.facturer(120.5);
    let un!: Paiement;
    await t.step("a session asks for what is due, once, whoever asks again", async () => {
      const [premiere, deux] = await Promise.all([c.ouvrir(reglee), c.ouvrir(reglee)]);
      un = premiere;
      assert.equal(un.session_id, deux.session_id);
      assert.deepEqual([un.statut, un.montant_minime, un.montant], ["OUVERT", 12050, 120.5]);
      const la = stripe.sessions.get(un.session_id)!;
      assert.deepEqual([la.amount_total, la.currency, la.metadata.facture_id], [12050, "usd", reglee]);
      assert.equal(la.client_reference_id, un.id);
    });
    await t.step("success, told by two events, is one receipt that closes the invoice", async () => {
      await payer(un.session_id);
      const { statut, encaissement_id } = await c.paiement(un.id);
      assert.equal(statut, "REUSSI");
      assert.equal(await c.solde(reglee), 0);
      const recus = await c.sql<{ id: string; reference: string; numero_recu: string }[]>`
        select id, reference, numero_recu, created_by, confirme_par from public.encaissements where mode = 'STRIPE'`;
      assert.deepEqual(recus.map(({ id }) => id), [encaissement_id]);
      assert.match(recus[0]!.reference, /^pi_/);
      assert.match(recus[0]!.numero_recu, /-REC-/);
      const [ligne] = await c.sql<[{ user_id: null; acteur: string }]>`
        select user_id, details ->> 'acteur' as acteur from public.log_actions
         where action = 'ENCAISSEMENT_CONFIRME' and cible_id = ${encaissement_id}`;
      assert.deepEqual([ligne.user_id, ligne.acteur], [null, "stripe"]);
    });
    await t.step("paid, it is opened no more, and no hand changes what the provider said", async () => {
      assert.deepEqual(await refuse(c, reglee), [409, "PAIEMENT_EN_LIGNE_INDISPONIBLE", "SOLDEE"]);
      const [{ id }] = await c.sql<[{ id: string }]>`
        select encaissement_id as id from public.paiements_en_ligne where id = ${un.id}`;
      for (
        const geste of [
          (tx: Caisse["sql"]) => tx`select public.annuler_encaissement(${id}, 'Essai de reprise')`,
          (tx: Caisse["sql"]) => tx`select public.rembourser(${id}, 1, 'VIREMENT', 'R1', 'Essai de reprise')`,
          (tx: Caisse["sql"]) =>
            tx`select public.encaisser(jsonb_build_object('depot_id', e.depot_id, 'client_id', e.client_id, 'mode',
                 'STRIPE', 'montant', 1, 'reference', 'pi_main')) from public.encaissements e where e.id = ${id}`,
        ]
      ) {
        await assert.rejects(c.enAdmin(async (tx) => await geste(tx)), {
          message: "ENCAISSEMENT_EN_LIGNE",
        });
      }
      await assert.rejects(
        c.sql`update public.paiements_en_ligne set statut = 'OUVERT' where id = ${un.id}`.execute(),
        { message: "ECRITURE_INTERDITE" },
      );
    });
    await t.step("a refund there makes it due again by as much; the rest, wholly", async () => {
      for (
        const [montant, solde, statut] of [[5025, 50.25, "REUSSI"], [7025, 120.5, "REMBOURSE"]] as const
      ) {
        const [evenement] = stripe.agir(un.session_id, { quoi: "rembourser", montant });
        assert.equal((await c.dire(evenement)).dit, "APPLIQUE");
        assert.equal(await c.solde(reglee), solde);
        assert.equal((await c.paiement(un.id)).statut, statut);
      }
      assert.equal((await c.ouvrir(reglee)).montant_minime, 12050);
    });

    await t.step("only an issued invoice in dollars is paid online, where the option is on", async () => {
      const { facture, client } = await c.facturer(0.3);
      assert.deepEqual((await refuse(c, facture))[2], "MONTANT");
      const brouillon = await c.enAdmin(async (tx) => {
        const [{ id }] = await tx<[{ id: string }]>`
          select public.preparer_facture(${client}, depot_id, '{}', ${
          tx.json([{ designation: "Stockage", quantite: 1, prix_ht: 10 }])
        }) as id from public.factures_client where id = ${facture}`;
        return id;
      });
      assert.deepEqual((await refuse(c, brouillon))[2], "ETAT");
      assert.deepEqual((await refuse(c, crypto.randomUUID())).slice(0, 2), [404, "INTROUVABLE"]);
      await c.sql`update public.feature_flags set enabled = false where key = 'paiement_en_ligne'`;
      assert.deepEqual((await refuse(c, facture))[2], "OPTION");
      await c.sql`update public.feature_flags set enabled = true where key = 'paiement_en_ligne'`;
    });

    await t.step("an invoice that was paid meanwhile keeps what is too much as an advance", async () => {
      const { facture, client } = await c.facturer(100);
      const { id, session_id } = await c.ouvrir(facture);
      await c.enAdmin((tx) =>
        tx`select public.encaisser(jsonb_build_object('depot_id', f.depot_id, 'client_id', f.client_id, 'mode', 'CASH',
             'montant', 60)) from public.factures_client f where f.id = ${facture}`
      );
      await payer(session_id);
      assert.equal((await c.paiement(id)).statut, "REUSSI");
      assert.equal(await c.solde(facture), 0);
      const [{ avance }] = await c.sql<[{ avance: number }]>`
        select sum(credit)::float8 as avance from private.restes_clients where client_id = ${client}`;
      assert.equal(avance, 60);
    });

    let fermee!: { avant: Paiement; facture: string };
    await t.step(
      "what is due has changed: the session before is closed there, and another opened",
      async () => {
        const { facture } = await c.facturer(100);
        const avant = await c.ouvrir(facture);
        await c.enAdmin((tx) =>
          tx`select public.encaisser(jsonb_build_object('depot_id', f.depot_id, 'client_id', f.client_id, 'mode', 'CASH',
             'montant', 40)) from public.factures_client f where f.id = ${facture}`
        );
        const apres = await c.ouvrir(facture);
        assert.notEqual(apres.session_id, avant.session_id);
        assert.deepEqual([apres.montant, stripe.sessions.get(avant.session_id)!.status], [60, "expired"]);
        assert.equal((await c.paiement(avant.id)).statut, "EXPIRE");
        fermee = { avant, facture };
      },
    );
    await t.step("money is a fact, even after the end of its session", async () => {
      const { avant, facture } = fermee;
      // As a payer who was on the last page when it ended.
      Object.assign(stripe.sessions.get(avant.session_id)!, { status: "open" });
      await payer(avant.session_id);
      assert.equal((await c.paiement(avant.id)).statut, "REUSSI");
      assert.equal(await c.solde(facture), 0);
    });

    await t.step("a promise is waited for, and no other session opened meanwhile", async () => {
      const { facture } = await c.facturer(80);
      const { id, session_id } = await c.ouvrir(facture);
      await c.dire(stripe.agir(session_id, { quoi: "promettre" })[0]);
      assert.equal((await c.paiement(id)).statut, "EN_ATTENTE");
      assert.deepEqual((await refuse(c, facture))[2], "EN_COURS");
      await c.dire(stripe.agir(session_id, { quoi: "echouer" })[0]);
      assert.equal((await c.paiement(id)).statut, "ECHOUE");
      assert.equal(await c.solde(facture), 80);
      assert.notEqual((await c.ouvrir(facture)).session_id, session_id);
    });

    await t.step("an amount that is not what was asked is told, and never booked", async () => {
      for (
        const [champ, valeur] of [["amount_total", -5], ["amount_total", 9e14], ["currency", "eur"]] as const
      ) {
        const { facture, client } = await c.facturer(30);
        const { id, session_id } = await c.ouvrir(facture);
        Object.assign(stripe.sessions.get(session_id)!, { [champ]: valeur });
        const [evenement] = stripe.agir(session_id, { quoi: "payer" });
        assert.deepEqual(await c.dire(evenement), { statut: 200, dit: "ECART" });
        const { statut, ecart, encaissement_id } = await c.paiement(id);
        assert.deepEqual([statut, encaissement_id, ecart !== null], ["ECHOUE", null, true]);
        assert.equal(await c.solde(facture), 30);
        const [{ entrees }] = await c.sql<[{ entrees: number }]>`
          select count(*)::int as entrees from public.ecritures_tiers where client_id = ${client}`;
        assert.equal(entrees, 1, "its invoice, and no payment");
        const [{ niveau }] = await c.sql<[{ niveau: string }]>`
          select niveau from public.log_actions where action = 'PAIEMENT_EN_LIGNE_ECART' and cible_id = ${id}`;
        assert.equal(niveau, "CRITICAL");
      }
      const faits = await c.sql<
        { check_code: string }[]
      >`select check_code from private.controles_paiements()`;
      assert.equal(faits.filter(({ check_code }) => check_code === "PAIEMENT_EN_LIGNE_ECART").length, 3);
    });

    await t.step(
      "a dispute is an alert while it is open, and money that went back once it is lost",
      async () => {
        const { facture } = await c.facturer(70);
        const { id, session_id } = await c.ouvrir(facture);
        await payer(session_id);
        await c.dire(stripe.agir(session_id, { quoi: "contester" })[0]);
        const alertes = () =>
          c.sql`select 1 from private.controles_paiements() f
               where f.check_code = 'PAIEMENT_EN_LIGNE_LITIGE' and f.entity_id = ${id}`;
        assert.equal((await c.paiement(id)).statut, "LITIGE");
        assert.equal((await alertes()).length, 1);
        assert.equal(await c.solde(facture), 0);
        await c.dire(stripe.agir(session_id, { quoi: "perdre" })[0]);
        assert.equal((await alertes()).length, 0);
        assert.equal((await c.paiement(id)).statut, "REMBOURSE");
        assert.equal(await c.solde(facture), 70);
      },
    );

    await t.step(
      "a provider that fails, or says nothing of a session, leaves nothing half done",
      async () => {
        const { facture } = await c.facturer(55);
        stripe.pannes.push(500, 500);
        const reponse = await c.demander("POST", `/factures/${facture}/session`);
        assert.deepEqual([reponse.status, (await reponse.json()).code], [503, "PRESTATAIRE_INDISPONIBLE"]);
        const { id, session_id } = await c.ouvrir(facture);
        const [{ combien }] = await c.sql<[{ combien: number }]>`
        select count(*)::int as combien from public.paiements_en_ligne where facture_id = ${facture}`;
        assert.equal(combien, 1, "asked again for the same row");
        const [evenement] = stripe.agir(session_id, { quoi: "payer" });
        stripe.pannes.push(500, 500);
        assert.equal((await c.dire(evenement)).statut, 500);
        assert.equal((await c.paiement(id)).statut, "OUVERT");
        assert.deepEqual(await c.dire(evenement), { statut: 200, dit: "APPLIQUE" });
        assert.deepEqual(await c.dire(evenement), { statut: 200, dit: "DEJA_RECU" });
      },
    );

    await t.step("its success may be told before its opening was written down", async () => {
      const { facture } = await c.facturer(45);
      const { id, session_id } = await c.ouvrir(facture);
      // As if the connection had been cut between the provider's answer and our row.
      await c.sql.begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        await tx`update public.paiements_en_ligne set session_id = null, url = null, statut = 'CREE' where id = ${id}`;
      });
      await payer(session_id);
      assert.equal((await c.paiement(id)).statut, "REUSSI");
      assert.equal(await c.solde(facture), 0);
    });

    await t.step("while writes are frozen an event is refused, to be sent again", async () => {
      const { facture } = await c.facturer(65);
      const { session_id } = await c.ouvrir(facture);
      const [evenement] = stripe.agir(session_id, { quoi: "payer" });
      await c.sql`insert into public.app_settings (key, value) 
                  values ('gel_ecritures', jsonb_build_object('operateur', gen_random_uuid()))`;
      assert.deepEqual(await c.dire(evenement), { statut: 500, dit: "ECRITURES_GELEES" });
      await c.sql`delete from public.app_settings where key = 'gel_ecritures'`;
      assert.equal((await c.dire(evenement)).dit, "APPLIQUE");
    });

    await t.step("books agree after all this", async () => {
      assert.deepEqual([...await c.sql`select * from private.verifier_factures()`], []);
      assert.deepEqual([...await c.sql`select * from private.verifier_series()`], []);
    });
  } finally {
    await c.fermer();
  }
});
