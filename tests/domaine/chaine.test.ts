import assert from "node:assert/strict";
import { REAL_TRUCKS } from "../../supabase/seeds/camions.ts";
import { monde, refus, sql, stock, test } from "../support/monde.ts";

test("a truck becomes stock becomes a delivery, through the doors, as the people who do it", async () => {
  const m = await monde();
  const [operateur, gerant, lecture] = await Promise.all(
    (["operateur", "gerant", "lecture"] as const).map(m.personne),
  );
  const cdr = await m.camionArrive(39_296);
  const reception = await operateur!.call("POST", "receptions", {
    cours_de_route_id: cdr,
    citerne_id: m.citernes[0],
    ...REAL_TRUCKS[0],
  });
  assert.equal(reception.statut, "validee");
  assert.equal((await operateur!.call("GET", `cours-de-route/${cdr}`)).statut, "DECHARGE");
  assert.equal((await stock(lecture!, m.citernes[0])).MONALUXE!.stock_ambiant, 39_296);

  const draft = await m.rediger(1_000);
  assert.equal(draft.statut, "brouillon");
  assert.equal((await stock(lecture!, m.citernes[0])).MONALUXE!.stock_ambiant, 39_296);

  const sortie = await gerant!.call("POST", `sorties/${draft.id}/valider`);
  assert.equal(sortie.statut, "validee");
  assert.equal((await stock(lecture!, m.citernes[0])).MONALUXE!.stock_ambiant, 38_296);
});

test("with the flag astm_53b off, the eight real trucks get the historical 15 °C volume", async () => {
  const m = await monde();
  for (const truck of REAL_TRUCKS) {
    const reception = await m.recevoir(truck.volume_ambiant, truck);
    const expected = truck.volume_ambiant * (1 - 0.00085 * (truck.temperature_ambiante_c - 15));
    assert.equal(reception.methode_15c, "LEGACY");
    assert.ok(Math.abs((reception.volume_15c as number) - expected) < 0.001);
    assert.equal(reception.volume_corrige_15c, reception.volume_15c);
  }
});

test("a sortie of more than the stock is refused with a code, a sentence and the figures, and moves nothing", async () => {
  const m = await monde();
  const gerant = await m.personne("gerant");
  await m.recevoir(5_000);
  const draft = await m.rediger(5_001);
  const problem = await refus(gerant.call("POST", `sorties/${draft.id}/valider`));
  assert.equal(problem.status, 409);
  assert.equal(problem.code, "INSUFFICIENT_STOCK");
  assert.match(problem.detail, /5 001 L demandés, 5 000 L disponibles/);
  assert.equal((await stock(gerant, m.citernes[0])).MONALUXE!.stock_ambiant, 5_000);
  assert.equal((await gerant.call("GET", `sorties/${draft.id}`)).statut, "brouillon");
});

test("two people who validate one sortie at the same time debit it once", async () => {
  const m = await monde();
  const [gerant, directeur] = await Promise.all([m.personne("gerant"), m.personne("directeur")]);
  await m.recevoir(10_000);
  const draft = await m.rediger(4_000);
  const outcomes = await Promise.allSettled(
    [gerant, directeur].map((person) => person.call("POST", `sorties/${draft.id}/valider`)),
  );
  assert.equal(outcomes.filter((one) => one.status === "fulfilled").length, 1);
  const lost = outcomes.find((one) => one.status === "rejected")!;
  assert.equal((await refus(Promise.reject(lost.reason))).code, "INVALID_ID_OR_STATE");
  assert.equal((await stock(gerant, m.citernes[0])).MONALUXE!.stock_ambiant, 6_000);
});

test("racing for the last litres, exactly as many sorties win as there is fuel for", async () => {
  const m = await monde();
  const gerant = await m.personne("gerant");
  await m.recevoir(1_000);
  const drafts = await Promise.all(Array.from({ length: 15 }, () => m.rediger(100)));
  const outcomes = await Promise.allSettled(
    drafts.map(({ id }) => gerant.call("POST", `sorties/${id}/valider`)),
  );
  assert.equal(outcomes.filter((one) => one.status === "fulfilled").length, 10);
  for (const lost of outcomes) {
    if (lost.status === "rejected") {
      assert.equal((await refus(Promise.reject(lost.reason))).code, "INSUFFICIENT_STOCK");
    }
  }
  assert.equal((await stock(gerant, m.citernes[0])).MONALUXE!.stock_ambiant, 0);
});

test("two trucks at once never fill a tank beyond its capacity, whoever owns the fuel", async () => {
  const m = await monde({ capacite: 60_000 });
  const outcomes = await Promise.allSettled([
    m.recevoir(40_000),
    m.recevoir(40_000, { proprietaire_type: "PARTENAIRE", partenaire_id: m.partenaire }),
  ]);
  assert.equal(outcomes.filter((one) => one.status === "fulfilled").length, 1);
  const lost = outcomes.find((one) => one.status === "rejected")!;
  assert.equal((await refus(Promise.reject(lost.reason))).code, "CITERNE_PLEINE");
});

test("what a partner owns and what Monaluxe owns are two stocks of one tank", async () => {
  const m = await monde();
  const gerant = await m.personne("gerant");
  await m.recevoir(3_000);
  await m.recevoir(2_000, { proprietaire_type: "PARTENAIRE", partenaire_id: m.partenaire });
  const draft = await m.rediger(500, { proprietaire_type: "PARTENAIRE", partenaire_id: m.partenaire });
  await gerant.call("POST", `sorties/${draft.id}/valider`);
  const stocks = await stock(gerant, m.citernes[0]);
  assert.equal(stocks.MONALUXE!.stock_ambiant, 3_000);
  assert.equal(stocks.PARTENAIRE!.stock_ambiant, 1_500);
});

test("an adjustment moves the stock at once and leaves base and delta to be told apart", async () => {
  const m = await monde();
  const admin = await m.personne("admin");
  const reception = await m.recevoir(10_000);
  await admin.call("POST", "stocks/ajustements", {
    mouvement_type: "RECEPTION",
    mouvement_id: reception.id,
    delta_ambiant: -250,
    delta_15c: -249,
    reason: "jauge relue après dépotage",
  });
  const [row] = (await admin.call<{ data: Record<string, number>[] }>(
    "GET",
    `stocks/actuel?citerne_id=${m.citernes[0]}`,
  )).data;
  assert.deepEqual(
    [row!.stock_ambiant, row!.stock_ambiant_base, row!.delta_ambiant_total],
    [9_750, 10_000, -250],
  );
});

test("every act is in the log with who did it, and the request it came by", async () => {
  const m = await monde();
  const gerant = await m.personne("gerant");
  const reception = await m.recevoir(10_000);
  const draft = await m.rediger(100);
  await gerant.call("POST", `sorties/${draft.id}/valider`, undefined, { "x-request-id": "demande-du-test" });
  const log = await sql`
    select action, cible_id, user_id, request_id from public.log_actions where depot_id = ${m.depot}
       and module not in ('depots', 'citernes', 'alertes') order by created_at`;
  assert.deepEqual(log.map(({ action }) => action), [
    "CDR_CREE",
    "CDR_STATUT",
    "CDR_STATUT",
    "CDR_STATUT",
    ...["RECEPTION_CREEE", "CDR_STATUT"],
    "SORTIE_CREEE",
    "SORTIE_VALIDEE",
  ]);
  assert.equal(log.find(({ action }) => action === "RECEPTION_CREEE")!.cible_id, reception.id);
  assert.equal(log.at(-1)!.request_id, "demande-du-test");
  assert.ok(log.every(({ user_id }) => user_id));
});

test("one truck fills two tanks in one call: both or neither, and its cours de route closes once", async (t) => {
  const m = await monde();
  const operateur = await m.personne("operateur");
  const cours_de_route_id = await m.camionArrive();
  const lignes = [
    { citerne_id: m.citernes[0], index_avant: 0, index_apres: 25_000 },
    { citerne_id: m.citernes[1], index_avant: 25_000, index_apres: 40_000 },
  ];
  const litresOf = async (index: 0 | 1) =>
    (await stock(operateur, m.citernes[index])).MONALUXE?.stock_ambiant;

  await t.step("one tank refuses: neither is filled", async () => {
    const bad = [lignes[0], { ...lignes[1], index_apres: 1_000_000 }];
    const problem = await refus(operateur.call("POST", "receptions", {
      cours_de_route_id,
      temperature_ambiante_c: 20,
      confirmer: true,
      lignes: bad,
    }));
    assert.equal(problem.code, "CITERNE_PLEINE");
    assert.deepEqual([await litresOf(0), await litresOf(1)], [undefined, undefined]);
    assert.equal((await operateur.call("GET", `cours-de-route/${cours_de_route_id}`)).statut, "ARRIVE");
  });
  await t.step("a bad line is named by its place", async () => {
    const bad = [lignes[0], { ...lignes[1], index_apres: "beaucoup" }];
    const problem = await refus(operateur.call("POST", "receptions", {
      cours_de_route_id,
      temperature_ambiante_c: 20,
      lignes: bad,
    }));
    assert.equal(problem.errors![0]!.path, "lignes.1.index_apres");
  });
  await t.step("both accept: both are filled", async () => {
    const answer = await operateur.call<{ lignes: { volume_ambiant: number }[] }>(
      "POST",
      "receptions",
      { cours_de_route_id, temperature_ambiante_c: 20, lignes },
    );
    assert.deepEqual(answer.lignes.map(({ volume_ambiant }) => volume_ambiant), [25_000, 15_000]);
    assert.deepEqual([await litresOf(0), await litresOf(1)], [25_000, 15_000]);
  });
  await t.step("and the truck is received", async () => {
    const problem = await refus(operateur.call("POST", "receptions", { cours_de_route_id, lignes }));
    assert.equal(problem.code, "CDR_NON_ARRIVE");
  });
});

test("a sortie is drafted and validated in one call, by the same rules", async () => {
  const m = await monde();
  const [gerant, operateur] = await Promise.all([m.personne("gerant"), m.personne("operateur")]);
  await m.recevoir(5_000);
  const body = {
    citerne_id: m.citernes[0],
    client_id: m.client,
    volume_ambiant: 2_000,
    temperature_ambiante_c: 20,
  };
  const sortie = await gerant.call("POST", "sorties?valider=true", body);
  assert.deepEqual([sortie.statut, sortie.volume_15c], ["validee", 1_991.5]);
  assert.equal((await stock(gerant, m.citernes[0])).MONALUXE!.stock_ambiant, 3_000);

  assert.equal((await refus(operateur.call("POST", "sorties?valider=true", body))).code, "ROLE_FORBIDDEN");
  const tooMuch = await refus(
    gerant.call("POST", "sorties?valider=true", {
      ...body,
      volume_ambiant: 3_001,
      temperature_ambiante_c: 15,
    }),
  );
  assert.equal(tooMuch.code, "INSUFFICIENT_STOCK");
  const { data } = await gerant.call<{ data: unknown[] }>("GET", `sorties?depot_id=${m.depot}`);
  assert.equal(data.length, 1, "a refused one leaves no draft behind");
});

test("a sortie sent as one object through REST is what it is at the door, and one that is no object is refused", async () => {
  const m = await monde();
  const gerant = await m.personne("gerant");
  await m.recevoir(5_000);
  const p_sortie = {
    citerne_id: m.citernes[0],
    client_id: m.client,
    volume_ambiant: 2_000,
    temperature_ambiante_c: 20,
    note: 'dite « à la main », avec des "guillemets"',
  };
  const { data, error } = await gerant.supabase.rpc("creer_et_valider_sortie", { p_sortie });
  assert.equal(error, null);
  const [ligne] = [data].flat() as { statut: string; volume_15c: number; note: string }[];
  assert.deepEqual([ligne!.statut, ligne!.volume_15c, ligne!.note], ["validee", 1_991.5, p_sortie.note]);
  for (const rien of [null, 12, "texte", [p_sortie]]) {
    const { error } = await gerant.supabase.rpc("creer_et_valider_sortie", { p_sortie: rien });
    assert.equal(error?.message, "FORME_INATTENDUE", JSON.stringify([rien, error]));
  }
  assert.equal((await stock(gerant, m.citernes[0])).MONALUXE!.stock_ambiant, 3_000);
});

test("an opening stock is declared once, and fuel moves between tanks without being lost", async () => {
  const m = await monde();
  const [admin, gerant] = await Promise.all([m.personne("admin"), m.personne("gerant")]);
  const initial = {
    citerne_id: m.citernes[0],
    proprietaire_type: "MONALUXE",
    volume_ambiant: 1_000,
    volume_15c: 996,
    motif: "jaugeage d'ouverture",
  };
  await admin.call("POST", "stocks/initiaux", initial);
  assert.equal((await refus(admin.call("POST", "stocks/initiaux", initial))).code, "INVALID_ID_OR_STATE");
  await gerant.call("POST", "stocks/transferts", {
    citerne_source_id: m.citernes[0],
    citerne_destination_id: m.citernes[1],
    volume_ambiant: 400,
    temperature_ambiante_c: 15,
    volume_15c: 398,
  });
  const [source, cible] = [await stock(gerant, m.citernes[0]), await stock(gerant, m.citernes[1])];
  assert.deepEqual([source.MONALUXE!.stock_ambiant, cible.MONALUXE!.stock_ambiant], [600, 400]);
  assert.deepEqual([source.MONALUXE!.stock_15c, cible.MONALUXE!.stock_15c], [596, 400]);
});
