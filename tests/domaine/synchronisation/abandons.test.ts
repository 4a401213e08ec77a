// An act that its author withdraws: never done, whoever asks; what needs it is told why, what does not goes on.
import assert from "node:assert/strict";
import type { Person } from "../../../ops/pile/client.ts";
import { monde, sql, stock, test } from "../../support/monde.ts";
import { AVANT, cle, dites, envoyer, ilYA, lotDe, type Repondu, sortie } from "./telephone.ts";

const abandonner = (qui: Person, lot: string, une: string, motif = "Camion reparti à vide") =>
  qui.call<Repondu & { motif: string }>("POST", `synchronisation/${lot}/abandonner`, { cle: une, motif });

const refuse = async (demande: Promise<unknown>): Promise<string> =>
  await demande.then(() => "admis", ({ problem }) => problem?.code);

const depot = async () => {
  const m = await monde();
  await m.recevoir(1_000, AVANT);
  const gerant = await m.personne("gerant");
  return { m, gerant, reste: async () => (await stock(gerant, m.citernes[0])).MONALUXE!.stock_ambiant };
};

test("a refused act is withdrawn with a reason that the log keeps: what only stands behind it goes on, what needs it is told why", async () => {
  const { m, gerant, reste } = await depot();
  const [brouillon, perdu] = [cle(), cle()];
  const lot = lotDe([
    sortie(m, 5, { cle: brouillon, acte: "sorties" }),
    // Two acts on one row: the first says no, the second only comes after it.
    { cle: perdu, acte: `sorties/@${brouillon}/valider`, moment: ilYA(1), version: 99 },
    {
      cle: cle(),
      acte: `sorties/@${brouillon}/rejeter`,
      moment: ilYA(1),
      corps: { motif: "Reparti à vide" },
    },
    sortie(m, 10, { apres: [perdu] }),
    sortie(m, 20),
  ]);
  const avant = await envoyer(gerant, lot);
  assert.deepEqual(avant.actes.map(({ etat }) => etat), [
    ...["applique", "refuse", "en_attente", "en_attente", "applique"],
  ]);
  const dit = await abandonner(gerant, lot.lot, perdu);
  assert.deepEqual([dit.etat, dit.motif, dit.probleme], ["abandonne", "Camion reparti à vide", null]);
  const apres = await envoyer(gerant, lot);
  assert.deepEqual(dites(apres), [
    "deja_applique",
    "abandonne",
    "applique",
    "PRECEDENT_ABANDONNE",
    "deja_applique",
  ]);
  const suit = apres.actes[3]!;
  assert.deepEqual([suit.etat, suit.depend_de, apres.reste], ["refuse", perdu, 1]);
  assert.match(suit.probleme!.detail, /Camion reparti à vide/);
  assert.equal(await reste(), 980);
  const lignes = await sql<{ niveau: string; details: Record<string, unknown> }[]>`
    select niveau, details from public.log_actions where action = 'ACTE_DIFFERE_ABANDONNE' and cible_id = ${perdu}`;
  assert.deepEqual(lignes.map(({ niveau, details }) => [niveau, details.motif, details.lot]), [
    ["WARNING", "Camion reparti à vide", lot.lot],
  ]);
  // Said again it is the same, and the first reason stands.
  assert.equal((await abandonner(gerant, lot.lot, perdu, "Autre")).motif, "Camion reparti à vide");
});

test("an act is withdrawn before its batch has come, and no door does it afterwards", async () => {
  const { m, gerant, reste } = await depot();
  const acte = sortie(m, 10);
  const lot = lotDe([acte, sortie(m, 20)]);
  await abandonner(gerant, lot.lot, acte.cle);
  assert.deepEqual(dites(await envoyer(gerant, lot)), ["abandonne", "applique"]);
  assert.deepEqual(
    await refuse(gerant.call("POST", acte.acte, acte.corps as object, { "idempotency-key": acte.cle })),
    "IDEMPOTENCE_CONFLIT",
  );
  assert.equal(await reste(), 980);
});

test("what is done is withdrawn no more, nor is another person's act", async () => {
  const { m, gerant, reste } = await depot();
  const acte = sortie(m, 10);
  const lot = lotDe([acte]);
  await envoyer(gerant, lot);
  assert.equal(await refuse(abandonner(gerant, lot.lot, acte.cle)), "ACTE_DEJA_FAIT");
  const enLigne = sortie(m, 20);
  await gerant.call("POST", enLigne.acte, enLigne.corps as object, { "idempotency-key": enLigne.cle });
  assert.equal(await refuse(abandonner(gerant, cle(), enLigne.cle)), "ACTE_DEJA_FAIT");
  const directeur = await m.personne("directeur");
  assert.equal(await refuse(abandonner(directeur, lot.lot, acte.cle)), "CLE_D_AUTRUI");
  assert.equal(await reste(), 970);
});
