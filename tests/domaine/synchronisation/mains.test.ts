// What happens between an act and its reception, at a depot with few telephones: another hand, a role lost, a tank filled, a
// clock of elsewhere; and what the clerk reads of it.
import assert from "node:assert/strict";
import { monde, sql, stock, test } from "../../support/monde.ts";
import { ouvrirLesVentes } from "../ventes/reponses.ts";
import { AVANT, cle, dites, envoyer, HEURE_MS, ilYA, type Lot, lotDe, sortie } from "./telephone.ts";

const CHEZ_NOUS = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/;

test("a telephone that changes hands brings nothing twice: what one did is not done again in the other's name", async () => {
  const m = await monde();
  await m.recevoir(1_000, AVANT);
  const [gerant, directeur] = [await m.personne("gerant"), await m.personne("directeur")];
  const brouillon = { ...sortie(m, 10), acte: "sorties" };
  const lot = lotDe([
    brouillon,
    { cle: cle(), acte: `sorties/@${brouillon.cle}/valider`, moment: ilYA(0.5) },
    sortie(m, 20),
  ]);
  await envoyer(gerant, lot);
  const autre = await envoyer(directeur, lot);
  assert.deepEqual(dites(autre), ["CLE_D_AUTRUI", "CLE_D_AUTRUI", "CLE_D_AUTRUI"]);
  for (const { etat, reponse, fait_le, probleme } of autre.actes) {
    assert.deepEqual([etat, reponse, fait_le], ["refuse", null, null]);
    assert.ok(probleme!.conduite);
  }
  assert.deepEqual(dites(await directeur.call<Lot>("GET", `synchronisation/${lot.lot}`)), dites(autre));
  // Nor what it had only received: its author sends it again, or does it anew.
  const aDeux = sortie(m, 5);
  const tous = await Promise.all([gerant, directeur].map((qui) => envoyer(qui, lotDe([aDeux]))));
  assert.deepEqual(tous.flatMap(dites).toSorted(), ["CLE_D_AUTRUI", "applique"]);
  assert.equal((await stock(gerant, m.citernes[0])).MONALUXE!.stock_ambiant, 965);
});

test("what one did while there still was a line is not done again in the name of who has the telephone next", async () => {
  const m = await monde();
  await m.recevoir(1_000, AVANT);
  const [gerant, directeur] = [await m.personne("gerant"), await m.personne("directeur")];
  const un = sortie(m, 10);
  await gerant.call("POST", un.acte, un.corps, { "idempotency-key": un.cle });
  // Its answer was cut: the telephone keeps it, and sends it once somebody is signed in.
  assert.deepEqual(dites(await envoyer(directeur, lotDe([un, sortie(m, 5)]))), ["CLE_D_AUTRUI", "applique"]);
  assert.deepEqual(dites(await envoyer(gerant, lotDe([un]))), ["deja_applique"]);
  assert.equal((await stock(gerant, m.citernes[0])).MONALUXE!.stock_ambiant, 985);
});

test("what was done before a role was lost is told as done: nobody is sent to do it again", async () => {
  const m = await monde();
  await m.recevoir(1_000, AVANT);
  const gerant = await m.personne("gerant");
  const { data: { user } } = await gerant.supabase.auth.getUser();
  const un = sortie(m, 10);
  // As a door that answered a batch which died before it could note it.
  await gerant.call("POST", un.acte, un.corps, { "idempotency-key": un.cle });
  await sql`update public.profils set role = 'operateur' where user_id = ${user!.id}`;
  const lot = await envoyer(gerant, lotDe([un, sortie(m, 20)]));
  assert.deepEqual(dites(lot), ["deja_applique", "ROLE_FORBIDDEN"]);
  assert.equal((await stock(gerant, m.citernes[0])).MONALUXE!.stock_ambiant, 990);
});

test("a sale at the counter with its payment is one act: delivery note, invoice and receipt, once", async () => {
  const m = await monde();
  await ouvrirLesVentes(m);
  await m.recevoir(1_000, { date_reception: ilYA(72).slice(0, 10) });
  const gerant = await m.personne("gerant");
  const { corps } = sortie(m, 100);
  const lot = lotDe([{
    cle: cle(),
    acte: "ventes/comptant",
    moment: ilYA(26),
    corps: { sortie: corps, bon_livraison: { recu_par: "M. Ilunga" }, paiement: { mode: "CASH" } },
  }]);
  const [un] = (await envoyer(gerant, lot)).actes;
  assert.equal(un!.etat, "applique", JSON.stringify(un!.probleme));
  assert.equal(un!.reponse.facture.statut_paiement, "PAYEE");
  assert.ok(un!.reponse.encaissement.numero_recu && un!.reponse.bon_livraison.numero);
  assert.deepEqual(dites(await envoyer(gerant, lot)), ["deja_applique"]);
  const [compte] = await sql`
    select (select count(*)::int from public.encaissements where depot_id = ${m.depot}) as recus,
           (select count(*)::int from public.factures_client where depot_id = ${m.depot}) as factures,
           (select array_agg(private.jour_au_depot(depot_id, date_sortie)::text)
              from public.sorties_produit where depot_id = ${m.depot}) as jours,
           private.jour_au_depot(${m.depot}, ${ilYA(26)})::text as la_veille`;
  const { la_veille, ...compte1 } = compte!;
  assert.deepEqual(compte1, { recus: 1, factures: 1, jours: [la_veille] });
});

test("a tank that another truck filled meanwhile says so with its litres, and takes what was left once there is room", async () => {
  const m = await monde({ capacite: 50_000 });
  const gerant = await m.personne("gerant");
  const [ici, autre] = [await m.camionArrive(30_000), await m.camionArrive(30_000)];
  const recu = (cours_de_route_id: string) => ({
    cle: cle(),
    acte: "receptions",
    moment: ilYA(1),
    corps: {
      cours_de_route_id,
      citerne_id: m.citernes[0],
      volume_ambiant: 30_000,
      temperature_ambiante_c: 15,
    },
  });
  await envoyer(await m.personne("operateur"), lotDe([recu(autre)]));
  const lot = lotDe([recu(ici)]);
  const plein = await envoyer(gerant, lot);
  assert.deepEqual(dites(plein), ["CITERNE_PLEINE"]);
  assert.match(plein.actes[0]!.probleme!.detail, /20.000 L libres/);
  await envoyer(gerant, lotDe([sortie(m, 15_000)]));
  assert.deepEqual(dites(await envoyer(gerant, lot)), ["applique"]);
});

test("a batch in another order ends as it should: what came before what it follows is done at the next sending", async () => {
  const m = await monde();
  await m.recevoir(1_000, AVANT);
  const gerant = await m.personne("gerant");
  const brouillon = { ...sortie(m, 10), acte: "sorties" };
  const valider = { cle: cle(), acte: `sorties/@${brouillon.cle}/valider`, moment: ilYA(0.5) };
  const lot = lotDe([valider, brouillon]);
  assert.deepEqual(dites(await envoyer(gerant, lot)), ["ACTE_DEPENDANT", "applique"]);
  assert.deepEqual(dites(await envoyer(gerant, lot)), ["applique", "deja_applique"]);
});

test("of a chain of refusals each says what began it, in words, and no address or clock of elsewhere", async () => {
  const m = await monde();
  const gerant = await m.personne("gerant");
  const brouillon = sortie(m, 10, { acte: "sorties" });
  const chaine = [
    { ...brouillon, corps: { ...brouillon.corps as object, citerne_id: cle() } },
    { cle: cle(), acte: `sorties/@${brouillon.cle}/valider`, moment: ilYA(0.5) },
  ];
  const suite = sortie(m, 5, { apres: [chaine[1]!.cle] });
  const [refuse, ...attendent] = (await envoyer(gerant, lotDe([...chaine, suite]))).actes;
  for (const { probleme } of attendent) {
    assert.equal(
      probleme!.detail,
      `Cet acte en suit un autre, qui n'est pas fait : ${refuse!.probleme!.detail}`,
    );
  }
  const demain = new Date(Date.now() + 20 * HEURE_MS).toISOString();
  const [futur] = (await envoyer(gerant, lotDe([sortie(m, 1, { moment: demain })]))).actes;
  assert.match(futur!.probleme!.detail, CHEZ_NOUS);
  assert.doesNotMatch(futur!.probleme!.detail, /T\d|\+00/);
  const [sansCorps] = (await envoyer(gerant, lotDe([{ ...sortie(m, 1), corps: [] }]))).actes;
  assert.match(sansCorps!.probleme!.errors![0]!.message, /des champs nommés sont attendus/);
});

test("a moment is the same wherever the phone believes it is", async () => {
  const m = await monde();
  await m.recevoir(1_000, { date_reception: ilYA(72).slice(0, 10) });
  const gerant = await m.personne("gerant");
  const fait = Date.now() - 30 * HEURE_MS;
  const la = (heures: number) =>
    new Date(fait + heures * HEURE_MS).toISOString().replace(
      "Z",
      `${heures < 0 ? "-" : "+"}${String(Math.abs(heures)).padStart(2, "0")}:00`,
    );
  const lot = await envoyer(
    gerant,
    lotDe([-11, 2, 14].map((heures) => sortie(m, 1, { moment: la(heures) }))),
  );
  assert.deepEqual(new Set(lot.actes.map(({ reponse }) => Date.parse(reponse.date_sortie))), new Set([fait]));
});
