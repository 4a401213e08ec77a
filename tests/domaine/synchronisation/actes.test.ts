// What one batch is answered: each act by itself, by its own door, dated as done and logged as received.
import assert from "node:assert/strict";
import { monde, refus, sql, stock, test } from "../../support/monde.ts";
import { AVANT, cle, dites, envoyer, HEURE_MS, ilYA, type Lot, lotDe, sortie } from "./telephone.ts";

test("a day without a line: a truck, its réception, a draft and its validation, a dip, all in their order", async () => {
  const m = await monde();
  const gerant = await m.personne("gerant");
  const [camion, brouillon] = [cle(), cle()];
  const lot = await envoyer(
    gerant,
    lotDe([
      {
        cle: camion,
        acte: "cours-de-route",
        moment: ilYA(6),
        corps: {
          fournisseur_id: m.fournisseur,
          depot_destination_id: m.depot,
          produit_id: m.produit,
          plaque_camion: cle(),
          volume: 30_000,
        },
      },
      ...["TRANSIT", "FRONTIERE", "ARRIVE"].map((statut, rang) => ({
        cle: cle(),
        acte: `cours-de-route/@${camion}/statut`,
        moment: ilYA(5.5 - rang / 10),
        corps: { statut },
      })),
      {
        cle: cle(),
        acte: "receptions",
        moment: ilYA(5),
        corps: {
          cours_de_route_id: `@${camion}`,
          citerne_id: m.citernes[0],
          volume_ambiant: 30_000,
          temperature_ambiante_c: 15,
        },
      },
      { ...sortie(m, 4_000), cle: brouillon, acte: "sorties", moment: ilYA(4) },
      { cle: cle(), acte: `sorties/@${brouillon}/valider`, moment: ilYA(3.9) },
      {
        cle: cle(),
        acte: "stocks/prises-de-hauteur",
        moment: ilYA(3),
        corps: { citerne_id: m.citernes[0], volume_mesure: 26_010, temperature_c: 15 },
      },
      sortie(m, 1_000, { moment: ilYA(2) }),
    ]),
  );
  assert.deepEqual([...new Set(dites(lot)), lot.reste], ["applique", 0]);
  assert.equal((await stock(gerant, m.citernes[0])).MONALUXE!.stock_ambiant, 25_000);
  // The books of three hours ago count what was done four hours ago and came just now, and not what was done since.
  assert.equal(lot.actes[7]!.reponse.ecart_l, 10);
  const etapes = await sql`
    select statut, depuis from public.cdr_etapes where cours_de_route_id = ${
    lot.actes[0]!.reponse.id
  } order by depuis`;
  assert.deepEqual(etapes.map(({ statut }) => statut), [
    "CHARGEMENT",
    "TRANSIT",
    "FRONTIERE",
    "ARRIVE",
    "DECHARGE",
  ]);
  assert.ok(Date.now() - etapes[3]!.depuis.getTime() > 5 * HEURE_MS);
});

test("a refused act stops no other; what depends on it waits, and says for what", async () => {
  const m = await monde();
  await m.recevoir(1_000, AVANT);
  const gerant = await m.personne("gerant");
  const brouillon = { ...sortie(m, 5_000), acte: "sorties" };
  const trop = { cle: cle(), acte: `sorties/@${brouillon.cle}/valider`, moment: ilYA(1) };
  const lot = await envoyer(
    gerant,
    lotDe([
      brouillon,
      trop,
      { cle: cle(), acte: `sorties/@${brouillon.cle}/rejeter`, moment: ilYA(1), corps: { motif: "erreur" } },
      sortie(m, 300, { apres: [trop.cle] }),
      sortie(m, 400),
    ]),
  );
  assert.deepEqual(dites(lot), [
    "applique",
    "INSUFFICIENT_STOCK",
    "ACTE_DEPENDANT",
    "ACTE_DEPENDANT",
    "applique",
  ]);
  assert.deepEqual(lot.actes.map(({ etat }) => etat).slice(1, 4), ["refuse", "en_attente", "en_attente"]);
  const [, refuse, attend] = lot.actes;
  assert.equal(attend!.depend_de, trop.cle);
  assert.ok(attend!.probleme!.detail.includes(refuse!.probleme!.detail));
  assert.match(refuse!.probleme!.conduite, /citerne/);
  assert.equal((await stock(gerant, m.citernes[0])).MONALUXE!.stock_ambiant, 600);
});

test("sent again, what was done is told and not done twice, and what was refused is judged again", async () => {
  const m = await monde();
  await m.recevoir(100, AVANT);
  const gerant = await m.personne("gerant");
  const lot = lotDe([sortie(m, 50), sortie(m, 500)]);
  const premier = await envoyer(gerant, lot);
  assert.deepEqual(dites(premier), ["applique", "INSUFFICIENT_STOCK"]);
  await m.recevoir(1_000, AVANT);
  const second = await envoyer(gerant, lot);
  assert.deepEqual(dites(second), ["deja_applique", "applique"]);
  assert.deepEqual([second.reste, second.envois], [0, 2]);
  assert.deepEqual(second.actes[0]!.reponse, premier.actes[0]!.reponse);
  const relu = await gerant.call<Lot>("GET", `synchronisation/${lot.lot}`);
  assert.deepEqual(
    relu.actes.map(({ reponse }) => reponse.id),
    second.actes.map(({ reponse }) => reponse.id),
  );
  assert.equal((await stock(gerant, m.citernes[0])).MONALUXE!.stock_ambiant, 550);
});

test("an act is dated as done, by the server's clock, and logged as received with both moments", async () => {
  const m = await monde();
  await m.recevoir(1_000, { date_reception: ilYA(72).slice(0, 10) });
  const gerant = await m.personne("gerant");
  // A phone one hour fast, two days ago at noon at the depot.
  const avance = HEURE_MS;
  const fait = `${ilYA(48).slice(0, 10)}T10:00:00.000Z`;
  const dit = new Date(Date.parse(fait) + avance).toISOString();
  const [envoye] = [sortie(m, 10, { moment: dit })];
  const lot = await envoyer(
    gerant,
    lotDe([envoye], { maintenant: new Date(Date.now() + avance).toISOString() }),
  );
  const [fini] = lot.actes;
  assert.equal(fini!.etat, "applique", JSON.stringify(fini));
  assert.ok(Math.abs(Date.parse(fini!.reponse.date_sortie) - Date.parse(fait)) < 60_000);
  assert.equal(fini!.reponse.date_jour, fait.slice(0, 10));
  const [ligne] = await sql`
    select created_at, details -> 'synchronisation' as dit from public.log_actions
     where cible_id = ${fini!.reponse.id} and action = 'SORTIE_VALIDEE'`;
  assert.ok(Date.now() - ligne!.created_at.getTime() < HEURE_MS);
  assert.deepEqual([ligne!.dit.lot, ligne!.dit.cle, Date.parse(ligne!.dit.moment)], [
    lot.lot,
    envoye!.cle,
    Date.parse(dit),
  ]);
  assert.ok(Math.abs(ligne!.dit.ecart_horloge_s - avance / 1000) < 60);
  assert.ok(Date.parse(ligne!.dit.recu_le) > Date.parse(ligne!.dit.fait_le) + 24 * HEURE_MS);
});

test("what its body says of when it was done stands", async () => {
  const m = await monde();
  await m.recevoir(1_000, { date_reception: ilYA(96).slice(0, 10) });
  const dit = ilYA(72);
  const un = sortie(m, 10);
  const lot = await envoyer(
    await m.personne("gerant"),
    lotDe([{ ...un, corps: { ...un.corps as object, date_sortie: dit } }]),
  );
  assert.equal(Date.parse(lot.actes[0]!.reponse.date_sortie), Date.parse(dit));
});

test("a closed day refuses, says what to do, and takes the act once it is open again", async () => {
  const m = await monde();
  const jour = ilYA(72).slice(0, 10);
  await m.recevoir(1_000, { date_reception: jour });
  const gerant = await m.personne("gerant");
  await sql`update public.feature_flags set depots = depots || ${m.depot}::uuid, enabled = true
             where key = 'cloture_mensuelle'`;
  const { id } = await gerant.call("POST", "stocks/periodes", {
    depot_id: m.depot,
    jour: ilYA(24).slice(0, 10),
  });
  const lot = lotDe([sortie(m, 10, { moment: ilYA(48) })]);
  const clos = await envoyer(gerant, lot);
  assert.deepEqual(dites(clos), ["PERIODE_CLOSE"]);
  assert.ok(clos.actes[0]!.probleme!.conduite.length > 10);
  const [alerte] = await sql`
    select depot_id, niveau, details ->> 'code' as code from public.log_actions
     where action = 'ACTE_DIFFERE_REFUSE' and cible_id = ${clos.actes[0]!.cle}`;
  assert.deepEqual(alerte, { depot_id: m.depot, niveau: "WARNING", code: "PERIODE_CLOSE" });
  await sql`update public.periodes_closes set rouverte_par = par, rouverte_le = now(), motif_reouverture = 'essai'
             where id = ${id}`;
  assert.deepEqual(dites(await envoyer(gerant, lot)), ["applique"]);
});

test("each malformed act is answered by itself, and the others are done", async () => {
  const m = await monde();
  await m.recevoir(1_000, AVANT);
  const gerant = await m.personne("gerant");
  const lot = lotDe([
    { ...sortie(m, 1), acte: "profils" },
    { ...sortie(m, 1), acte: "sorties?format=csv" },
    { ...sortie(m, 1), acte: "../../rest/v1/sorties_produit" },
    { ...sortie(m, 1), acte: `sorties/@${cle()}.a.b/valider` },
    { ...sortie(m, 1), corps: [1] },
    { ...sortie(m, 1), corps: "\u0000" },
    { ...sortie(m, 1), moment: "hier" },
    { ...sortie(m, 1), moment: null },
    { ...sortie(m, 1), moment: undefined },
    { ...sortie(m, 1), version: "un" },
    sortie(m, "beaucoup"),
    sortie(m, Number.NaN),
    sortie(m, 1, { moment: "2019-03-01T08:00:00Z" }),
    sortie(m, 1, { moment: "2020-03-01T08:00:00Z" }),
    sortie(m, 1, { moment: new Date(Date.now() + HEURE_MS).toISOString() }),
    { cle: cle(), acte: `sorties/@${cle()}/valider`, moment: ilYA(1) },
    sortie(m, 7),
  ]);
  for (let fois = 0; fois < 2; fois++) {
    const lue = await envoyer(gerant, lot);
    assert.deepEqual(
      dites(lue),
      [
        ...Array(3).fill("VALIDATION"),
        "ACTE_ATTENDU",
        ...Array(6).fill("VALIDATION"),
        "VALIDATION",
        "INDICES_MANQUANTS",
        "MOMENT_TROP_ANCIEN",
        "MOMENT_TROP_ANCIEN",
        "MOMENT_FUTUR",
        "ACTE_ATTENDU",
        fois ? "deja_applique" : "applique",
      ].map((code) => code),
      JSON.stringify(lue.actes.map(({ probleme }) => probleme)),
    );
  }
  assert.equal((await stock(gerant, m.citernes[0])).MONALUXE!.stock_ambiant, 993);
});

test("a batch that is none is refused whole, and leaves nothing", async () => {
  const m = await monde();
  const gerant = await m.personne("gerant");
  const un = sortie(m, 1);
  for (
    const [quoi, lot] of Object.entries({
      "pas une liste": lotDe({ 0: un }),
      "rien": lotDe([]),
      "10 001 actes": lotDe(Array.from({ length: 10_001 }, () => ({ cle: cle(), acte: "sorties" }))),
      "501 actes": lotDe(Array.from({ length: 501 }, () => ({ cle: cle(), acte: "sorties" }))),
      "sans clé": lotDe([{ ...un, cle: undefined }]),
      "clé en capitales": lotDe([{ ...un, cle: un.cle.toUpperCase() }]),
      "champ inconnu": lotDe([{ ...un, statut: "validee" }]),
      "sans horloge": lotDe([un], { maintenant: undefined }),
    })
  ) {
    const { status: dit, code } = await refus(envoyer(gerant, lot));
    assert.ok([413, 422].includes(dit) && ["VALIDATION", "DEMANDE_TROP_GRANDE"].includes(code), quoi);
    assert.equal((await refus(gerant.call("GET", `synchronisation/${lot.lot}`))).code, "INTROUVABLE", quoi);
  }
  const faux = lotDe([un], { maintenant: ilYA(25) });
  assert.equal((await refus(envoyer(gerant, faux))).code, "HORLOGE_FAUSSE");
});
