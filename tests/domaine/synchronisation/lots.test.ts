// A batch: its sender, their keys and rights, and how long it is taken and kept.
import assert from "node:assert/strict";
import { startFonction } from "../../support/fonction.ts";
import { fetchPorte, monde, refus, sql, status, stock, test, token } from "../../support/monde.ts";
import { AVANT, cle, dites, envoyer, ilYA, type Lot, lotDe, sortie } from "./telephone.ts";

test("a key that was another act's is refused, and what it did stands", async () => {
  const m = await monde();
  await m.recevoir(1_000, AVANT);
  const gerant = await m.personne("gerant");
  const un = sortie(m, 10);
  await envoyer(gerant, lotDe([un]));
  const autre = { ...sortie(m, 20), cle: un.cle };
  const lot = lotDe([autre]);
  assert.deepEqual(dites(await envoyer(gerant, lot)), ["IDEMPOTENCE_CONFLIT"]);
  const [relu] = (await gerant.call<Lot>("GET", `synchronisation/${lot.lot}`)).actes;
  assert.deepEqual([relu!.etat, relu!.reponse, relu!.probleme?.code], [
    "refuse",
    null,
    "IDEMPOTENCE_CONFLIT",
  ]);
  assert.ok(relu!.probleme!.detail && relu!.probleme!.conduite);
  assert.deepEqual(dites(await envoyer(gerant, lotDe([un]))), ["deja_applique"]);
});

test("an act that was tried with its key while there was a line counts once", async () => {
  const m = await monde();
  await m.recevoir(1_000, AVANT);
  const gerant = await m.personne("gerant");
  const un = sortie(m, 10);
  const fait = await gerant.call("POST", un.acte, un.corps, { "idempotency-key": un.cle });
  const lot = await envoyer(gerant, lotDe([un]));
  assert.deepEqual([lot.actes[0]!.etat, lot.actes[0]!.reponse.id], ["deja_applique", fait.id]);
  assert.equal((await stock(gerant, m.citernes[0])).MONALUXE!.stock_ambiant, 990);
});

test("where a door cannot answer the batch stops, says to send it again, and goes on from there", async () => {
  const m = await monde();
  await m.recevoir(1_000, AVANT);
  const gerant = await m.personne("gerant");
  const lot = lotDe([sortie(m, 10), sortie(m, 20)]);
  const sansPortes = await startFonction("synchronisation", { SUPABASE_URL: "http://127.0.0.1:9" });
  try {
    const coupe: Lot = await (await sansPortes.demander("", {
      method: "POST",
      headers: { authorization: `Bearer ${await token(gerant)}` },
      body: JSON.stringify(lot),
    })).json();
    assert.deepEqual(dites(coupe), ["ACTE_NON_TRAITE", "ACTE_NON_TRAITE"]);
    assert.deepEqual([coupe.reste, ...coupe.actes.map(({ etat }) => etat)], [2, "non_traite", "non_traite"]);
  } finally {
    await sansPortes.stop();
  }
  assert.deepEqual(dites(await envoyer(gerant, lot)), ["applique", "applique"]);
});

test("where the time of a sending is over, what is left says to send it again, and is done then", async () => {
  const m = await monde();
  await m.recevoir(1_000, AVANT);
  const gerant = await m.personne("gerant");
  const fait = sortie(m, 10);
  await envoyer(gerant, lotDe([fait]));
  const lot = lotDe([fait, sortie(m, 20)]);
  const sansTemps = await startFonction("synchronisation", { SYNCHRONISATION_DUREE_S: "0" });
  try {
    const presse: Lot = await (await sansTemps.demander("", {
      method: "POST",
      headers: { authorization: `Bearer ${await token(gerant)}` },
      body: JSON.stringify(lot),
    })).json();
    assert.deepEqual([presse.reste, ...dites(presse)], [1, "deja_applique", "ACTE_NON_TRAITE"]);
  } finally {
    await sansTemps.stop();
  }
  assert.deepEqual(dites(await envoyer(gerant, lot)), ["deja_applique", "applique"]);
});

test("a batch is its sender's: others neither read it nor cite its acts", async () => {
  const m = await monde();
  await m.recevoir(1_000, AVANT);
  const brouillon = { ...sortie(m, 10), acte: "sorties" };
  const lot = lotDe([brouillon]);
  await envoyer(await m.personne("operateur"), lot);
  const gerant = await m.personne("gerant");
  assert.equal((await refus(gerant.call("GET", `synchronisation/${lot.lot}`))).code, "INTROUVABLE");
  const sien = await envoyer(
    gerant,
    lotDe([{ cle: cle(), acte: `sorties/@${brouillon.cle}/valider`, moment: ilYA(1) }]),
  );
  // Refused, not waiting: it will never be theirs to follow.
  assert.deepEqual([...dites(sien), sien.actes[0]!.etat], ["PRECEDENT_D_AUTRUI", "refuse"]);
  assert.match(sien.actes[0]!.probleme!.detail, /quelqu'un d'autre/);
  // The same number is another batch of theirs.
  assert.equal((await envoyer(gerant, { ...lotDe([sortie(m, 5)]), lot: lot.lot })).envois, 1);
});

test("rights are those of the moment of sending: a role that was lost refuses, given back it passes", async () => {
  const m = await monde();
  await m.recevoir(1_000, AVANT);
  const gerant = await m.personne("gerant");
  const { data: { user } } = await gerant.supabase.auth.getUser();
  const dire = (role: string) => sql`update public.profils set role = ${role} where user_id = ${user!.id}`;
  const lot = lotDe([{ ...sortie(m, 10), acte: "sorties" }, sortie(m, 20)]);
  await dire("operateur");
  assert.deepEqual(dites(await envoyer(gerant, lot)), ["applique", "ROLE_FORBIDDEN"]);
  await dire("gerant");
  assert.deepEqual(dites(await envoyer(gerant, lot)), ["deja_applique", "applique"]);
  await sql`update public.profils set desactive_le = now(), desactive_par = user_id where user_id = ${
    user!.id
  }`;
  assert.equal((await refus(envoyer(gerant, lot))).code, "COMPTE_DESACTIVE");
});

test("a batch is forgotten after 60 days, and what is 30 days old is not taken any more", async () => {
  const m = await monde();
  await m.recevoir(1_000, AVANT);
  const gerant = await m.personne("gerant");
  const [vieux, recent] = [lotDe([sortie(m, 1)]), lotDe([sortie(m, 1)])];
  await envoyer(gerant, vieux);
  await envoyer(gerant, recent);
  await sql`update private.lots_differes set recu_le = now() - interval '61 days' where id = ${vieux.lot}`;
  await sql`update private.actes_differes set recu_le = now() - interval '61 days' where lot_id = ${vieux.lot}`;
  await sql`select private.taches_periodiques()`;
  assert.equal((await refus(gerant.call("GET", `synchronisation/${vieux.lot}`))).code, "INTROUVABLE");
  assert.equal((await gerant.call<Lot>("GET", `synchronisation/${recent.lot}`)).reste, 0);
  assert.deepEqual(dites(await envoyer(gerant, lotDe([sortie(m, 1, { moment: ilYA(31 * 24) })]))), [
    "MOMENT_TROP_ANCIEN",
  ]);
});

test("without a token nothing is taken, and no key of the project is one", async () => {
  const m = await monde();
  for (const entete of [{}, { authorization: `Bearer ${status.ANON_KEY}` }]) {
    const dite = await fetchPorte("synchronisation", {
      method: "POST",
      headers: entete as Record<string, string>,
      body: JSON.stringify(lotDe([sortie(m, 1)])),
    });
    assert.equal((await dite.json()).code, "NON_AUTHENTIFIE");
  }
  assert.ok(await token(await m.personne("gerant")));
});
