// P6: with no network an invoice is paid online, at the simulated provider, through the same public door.
import { labelDatabase } from "../../../ops/commun/environment.ts";
import assert from "node:assert/strict";
import { connect, inDatabase } from "../../../ops/commun/connection.ts";
import { declaredProject } from "../../support/base.ts";
import { startFonction } from "../../support/fonction.ts";
import { porteur, signer as jeton } from "../../support/jetons.ts";
import { fetchPorte, monde, refus, sql, status, test } from "../../support/monde.ts";
import { DEPOT } from "../../support/projets.ts";
import { facturer, jouer, ouvrirOption, type Session } from "./scene.ts";

test("without a network, a client pays an invoice on the simulated page", async (t) => {
  const m = await monde();
  await ouvrirOption(m);
  const [directeur, gerant] = [await m.personne("directeur"), await m.personne("gerant")];
  const facture = await facturer(m, directeur);
  const ouvrir = () => gerant.call<Session>("POST", `paiements/factures/${facture}/session`, {});
  const lire = (id: string) => gerant.call<Session>("GET", `paiements/en-ligne/${id}`);
  const ouvert = await ouvrir();

  await t.step("its page says what is asked, to whoever has the address, and is no card's", async () => {
    const page = await fetch(ouvert.url);
    assert.match(page.headers.get("content-type")!, /^text\/html/);
    assert.match(await page.text(), /116,00 USD/);
    for (const autre of ["cs_simule_inconnue", "..%2f..", "%00", "' or 1=1"]) {
      const reponse = await fetch(ouvert.url.replace(/[^/]+$/, autre));
      await reponse.body?.cancel();
      assert.equal(reponse.status, autre === "%00" ? reponse.status : 404, autre);
      assert.notEqual(reponse.status, 200);
    }
  });
  await t.step("whoever comes back from paying is told nothing is confirmed yet", async () => {
    const reponse = await fetchPorte("paiements/retour?session_id=" + ouvert.session_id);
    assert.match(await reponse.text(), /Dès que le prestataire confirme/);
    assert.equal((await lire(ouvert.id)).statut, "OUVERT");
  });
  await t.step("what the page cannot do now it refuses", async () => {
    for (const acte of ["rembourser", "contester", "gagner", "echouer"]) {
      assert.deepEqual(await jouer(ouvert.url, acte), { statut: 409, dit: "PAIEMENT_EN_LIGNE_INDISPONIBLE" });
    }
    assert.deepEqual(await jouer(ouvert.url, "voler"), { statut: 422, dit: "VALIDATION" });
    for (const montant of [-1, 0, 1.5, 1e300, NaN]) {
      assert.deepEqual(await jouer(ouvert.url, "payer", montant), { statut: 422, dit: "VALIDATION" });
    }
  });
  await t.step("paid by its button, it is a receipt; a refund opens the invoice again", async () => {
    const formulaire = new FormData();
    formulaire.set("acte", "payer");
    const page = await fetch(ouvert.url, { method: "POST", body: formulaire });
    assert.match(await page.text(), /APPLIQUE/);
    const paye = await lire(ouvert.id);
    assert.deepEqual([paye.statut, paye.encaissement_id !== null], ["REUSSI", true]);
    assert.equal((await refus(ouvrir())).code, "PAIEMENT_EN_LIGNE_INDISPONIBLE");
    assert.deepEqual(await jouer(ouvert.url, "rembourser", 1600), { statut: 200, dit: "APPLIQUE" });
    assert.equal((await ouvrir()).montant, 16);
  });
  await t.step("a till clerk of the depot may open one, an operator and another depot may not", async () => {
    const operateur = await m.personne("operateur");
    assert.equal(
      (await refus(operateur.call("POST", `paiements/factures/${facture}/session`, {}))).code,
      "ROLE_FORBIDDEN",
    );
    await sql`
      update public.profils set habilitations = '{caisse}' where role = 'operateur' and depot_id = ${m.depot}`;
    assert.equal(
      (await operateur.call<Session>("POST", `paiements/factures/${facture}/session`, {})).montant,
      16,
    );
    const ailleurs = await (await monde()).personne("gerant");
    assert.equal(
      (await refus(ailleurs.call("POST", `paiements/factures/${facture}/session`, {}))).code,
      "INTROUVABLE",
    );
  });
  await t.step("only the project's own key has it reconciled", async () => {
    for (const authorization of ["", "Bearer ", `Bearer ${status.ANON_KEY}`]) {
      const reponse = await fetchPorte("paiements/rapprocher", {
        method: "POST",
        headers: { authorization },
      });
      assert.deepEqual([reponse.status, (await reponse.json()).code], [401, "NON_AUTHENTIFIE"]);
    }
  });
});

test("in PROD there is no simulated provider", async () => {
  const base = `paiements_prod_${crypto.randomUUID().slice(0, 8)}`;
  const prod = connect(await declaredProject(base, { seed: true }));
  const fonction = await startFonction("paiements", { SUPABASE_DB_URL: inDatabase(status.DB_URL, base) });
  try {
    await labelDatabase(prod, "prod");
    await prod`update public.feature_flags set enabled = true where key = 'paiement_en_ligne'`;
    const [{ admin, facture }] = await prod<[{ admin: string; facture: string }]>`
      with u as (insert into auth.users (id, email, aud, role)
                 values (gen_random_uuid(), 'chef@exemple.cd', 'authenticated', 'authenticated') returning id),
      p as (insert into public.profils (user_id, role) select id, 'admin' from u returning user_id),
      c as (insert into public.clients (nom) values ('Client') returning id)
      insert into public.factures_client (depot_id, client_id, devise, created_by)
      select ${DEPOT}, c.id, 'USD', p.user_id from c, p returning created_by as admin, id as facture`;
    const reponse = await fonction.demander(`/factures/${facture}/session`, {
      method: "POST",
      headers: porteur(await jeton({ sub: admin })),
    });
    const { code, valeurs } = await reponse.json();
    assert.deepEqual([reponse.status, code, valeurs.cause], [
      409,
      "PAIEMENT_EN_LIGNE_INDISPONIBLE",
      "PRESTATAIRE",
    ]);
    for (const methode of ["GET", "POST"]) {
      const page = await fonction.demander("/simulateur/cs_simule_une", { method: methode });
      assert.deepEqual([page.status, (await page.json()).code], [404, "PORTE_INCONNUE"]);
    }
    await assert.rejects(prod`select private.simuler('cs_simule_une', 'payer')`.execute(), {
      message: "ENV_INTERDIT",
    });
    await assert.rejects(
      prod`select private.recevoir_evenement('SIMULE', '{"id":"evt","type":"t","created":1}', 'COURANT')`
        .execute(),
      { message: "ENV_INTERDIT" },
    );
  } finally {
    await fonction.stop();
    await prod.end();
  }
});
