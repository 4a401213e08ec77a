// Races that have one right outcome, however they are run.
import assert from "node:assert/strict";
import postgres from "postgres";
import { fetchPorte, type Monde, monde, sql, superuserUrl, test, token } from "../../support/monde.ts";

async function utilisateur(m: Monde, role: "admin" | "gerant"): Promise<string> {
  const { data } = await (await m.personne(role)).supabase.auth.getUser();
  return data.user!.id;
}

/** One transaction straight in SQL, as this person. */
function enTantQue<T>(
  base: postgres.Sql,
  sub: string,
  travail: (tx: postgres.TransactionSql) => Promise<T>,
): Promise<T> {
  return base.begin(async (tx) => {
    await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub, role: "authenticated" })}, true),
                    set_config('role', 'authenticated', true)`;
    return await travail(tx);
  }) as Promise<T>;
}

/** Drafts of 100 L each. */
const rediger = (m: Monde, sub: string, combien: number) =>
  enTantQue(sql, sub, (tx) =>
    tx`
      insert into public.sorties_produit (temperature_ambiante_c, citerne_id, client_id, volume_ambiant)
      select 15, ${m.citernes[0]}, ${m.client}, 100 from generate_series(1, ${combien}::int) returning id`);

const compter = (issues: string[]) =>
  issues.reduce((n, quoi) => ({ ...n, [quoi]: 1 + (n[quoi] ?? 0) }), {} as Record<string, number>);

/** A request to a door as this token's owner: its status, and its body as it came. */
async function demander(jeton: string, adresse: string, corps: unknown, cle?: string) {
  const answer = await fetchPorte(adresse, {
    method: "POST",
    headers: { authorization: `Bearer ${jeton}`, ...(cle && { "idempotency-key": cle }) },
    body: JSON.stringify(corps),
  });
  return { statut: answer.status, texte: await answer.text() };
}

test("two hundred clients race for the last 1 000 L in sorties of 100 L: ten win, the others hear INSUFFICIENT_STOCK", async () => {
  const m = await monde();
  const jeton = await token(await m.personne("gerant"));
  await m.recevoir(1_000);
  const brouillons = await rediger(m, await utilisateur(m, "gerant"), 200);

  const reponses = await Promise.all(
    brouillons.map(({ id }) => demander(jeton, `sorties/${id}/valider`, {})),
  );
  const issues = reponses.map(({ statut, texte }) => statut === 200 ? "validee" : JSON.parse(texte).code);
  assert.deepEqual(compter(issues), { validee: 10, INSUFFICIENT_STOCK: 190 });

  const [stock] = await sql`select * from public.stocks_snapshot where citerne_id = ${m.citernes[0]}`;
  assert.deepEqual([stock!.stock_ambiant, stock!.stock_15c], ["0.000", "0.000"]);
  const statuts = await sql`
    select statut, count(*)::int from public.sorties_produit where depot_id = ${m.depot} group by 1 order by 1`;
  assert.deepEqual(statuts.map((s) => [s.statut, s.count]), [["brouillon", 190], ["validee", 10]]);
});

test("thirty requests, each sent three times at once with its own key, make thirty acts and three equal answers each", async () => {
  const m = await monde();
  const [operateur, gerant] = [
    await token(await m.personne("operateur")),
    await token(await m.personne("gerant")),
  ];
  await m.recevoir(50_000);
  const trucks = await Promise.all(Array.from({ length: 10 }, () => m.camionArrive(1_000)));
  const drafts = await Promise.all(Array.from({ length: 10 }, () => m.rediger(1_000)));
  const demandes = [
    ...trucks.map((cours_de_route_id) => ({
      jeton: operateur,
      adresse: "receptions",
      corps: {
        cours_de_route_id,
        citerne_id: m.citernes[0],
        volume_ambiant: 1_000,
        temperature_ambiante_c: 15,
      },
    })),
    ...drafts.map(({ id }) => ({ jeton: gerant, adresse: `sorties/${id}/valider`, corps: {} })),
    // Refused, each time with the same words: more than there will ever be.
    ...(await Promise.all(Array.from({ length: 10 }, () => m.rediger(400_000)))).map(({ id }) => ({
      jeton: gerant,
      adresse: `sorties/${id}/valider`,
      corps: {},
    })),
  ];
  const copies = demandes.flatMap((demande, i) =>
    [1, 2, 3].map(() => ({ ...demande, cle: `${m.depot}-${i}` }))
  );
  // Interleaved: first copies first, so that the three of a key are far apart and still all under way.
  const ordre = [0, 1, 2].flatMap((rang) => copies.filter((_, i) => i % 3 === rang));
  const reponses = await Promise.all(
    ordre.map(async ({ jeton, adresse, corps, cle }) => ({
      cle,
      ...await demander(jeton, adresse, corps, cle),
    })),
  );

  for (const [cle, trois] of Map.groupBy(reponses, ({ cle }) => cle)) {
    // A problem says which request it answers; the rest is the first answer, to the byte.
    const textes = trois.map(({ statut, texte }) => `${statut} ${texte.replace(/"instance":"[^"]*"/, "")}`);
    assert.equal(new Set(textes).size, 1, `${cle} : ${textes.join("\n")}`);
  }
  const compte = (statut: number) => reponses.filter((r) => r.statut === statut).length;
  assert.deepEqual([compte(201), compte(200), compte(409)], [30, 30, 30]);
  const mouvements = await sql`
    select mouvement_type, count(*)::int, sum(delta_ambiant)::int as litres from public.v_mouvements_stock
     where depot_id = ${m.depot} group by 1 order by 1`;
  assert.deepEqual(mouvements.map((x) => [x.mouvement_type, x.count, x.litres]), [
    ["RECEPTION", 11, 60_000],
    ["SORTIE", 10, -10_000],
  ]);
});

test("the same race in SQL, from twenty-four connections: ten win, and nobody hears of a lock", async () => {
  const m = await monde();
  const gerant = await utilisateur(m, "gerant");
  await m.recevoir(1_000);
  const brouillons = await rediger(m, gerant, 200);
  const foule = postgres(superuserUrl, { max: 24, onnotice: () => {} });
  const issues = await Promise.all(
    brouillons.map(({ id }) =>
      enTantQue(foule, gerant, (tx) => tx`select public.validate_sortie(${id})`)
        .then(() => "validee", (error: Error) => error.message)
    ),
  );
  await foule.end();
  assert.deepEqual(compter(issues), { validee: 10, INSUFFICIENT_STOCK: 190 });
});

test("two tanks and two owners, gone through in opposite orders by eight people: all get through", async () => {
  const m = await monde({ capacite: 10_000_000 });
  const admin = await utilisateur(m, "admin");
  const lieux = m.citernes.flatMap((citerne) =>
    (["MONALUXE", "PARTENAIRE"] as const).map((proprietaire) => ({
      citerne,
      proprietaire,
      partenaire: proprietaire === "PARTENAIRE" ? m.partenaire : null,
    }))
  );
  const camions = await enTantQue(sql, admin, async (tx) => {
    const rows = await tx`
      insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
      select ${m.fournisseur}, ${m.depot}, ${m.produit}, gen_random_uuid(), 1000 from generate_series(1, 8 * 5 * 4)
      returning id`;
    for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
      await tx`update public.cours_de_route set statut = ${statut} where id = any (${
        rows.map((r) => r.id)
      }::uuid[])`;
    }
    return rows.map((r) => r.id as string);
  });
  const foule = postgres(superuserUrl, { max: 8, onnotice: () => {} });
  const acte = (travail: (tx: postgres.TransactionSql) => Promise<unknown>) =>
    enTantQue(foule, admin, travail);
  await Promise.all(Array.from({ length: 8 }, async (_, qui) => {
    for (let tour = 0; tour < 5; tour++) {
      for (const { citerne, proprietaire, partenaire } of qui % 2 ? lieux : lieux.toReversed()) {
        let reception = "", sortie = "";
        await acte(async (tx) => {
          const [row] = await tx`
            insert into public.receptions (temperature_ambiante_c, cours_de_route_id, citerne_id, proprietaire_type, partenaire_id, volume_ambiant)
            values (15, ${camions.pop()!}, ${citerne}, ${proprietaire}, ${partenaire}, 1000) returning id`;
          reception = row!.id;
        });
        await acte(async (tx) => {
          const [row] = await tx`
            insert into public.sorties_produit (temperature_ambiante_c, citerne_id, client_id, proprietaire_type, partenaire_id, volume_ambiant)
            values (15, ${citerne}, ${m.client}, ${proprietaire}, ${partenaire}, 400) returning id`;
          sortie = row!.id;
          await tx`select public.validate_sortie(${sortie})`;
        });
        await acte((tx) =>
          tx`
          insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
          values ('RECEPTION', ${reception}, -100, -100, 'essai de croisement')`
        );
        await acte((tx) => tx`select public.admin_compensate_sortie(${sortie}, 'essai de croisement')`);
      }
    }
  }));
  await foule.end();
  const stocks = await sql`
    select stock_ambiant::int as litres, stock_15c::int as a15 from public.stocks_snapshot where depot_id = ${m.depot}`;
  // Forty times, at each place: 1 000 in, 400 out, 100 off, and the 400 back.
  assert.deepEqual(stocks.map((s) => [s.litres, s.a15]), Array(4).fill([36_000, 36_000]));
});
