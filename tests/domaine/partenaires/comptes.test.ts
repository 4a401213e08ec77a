// Whose litres they are: whatever partners bring, take, lend and find, their accounts are their movements and the stock.
import assert from "node:assert/strict";
import fc from "fast-check";
import type postgres from "postgres";
import { connect } from "../../../ops/commun/connection.ts";
import { asSuperuser, declaredProject } from "../../support/base.ts";
import { monde, refus, sql as shared, test } from "../../support/monde.ts";
import { sansSuite } from "../../support/sans_suite.ts";
import { ACTE, type Depot, FAIRE, NOM, ouvrir, REFUS, type Tx } from "./histoire.ts";

/** What it does is taken back: each history begins at an empty depot. */
async function enReprenant(sql: postgres.Sql, d: Depot, histoire: (tx: Tx) => Promise<void>) {
  await sansSuite(sql, async (tx) => {
    await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: d.admin })}, true)`;
    await histoire(tx);
  });
}

async function accordes(tx: Tx) {
  assert.deepEqual([...await tx`select * from public.verifier_comptes_partenaires()`], []);
  assert.deepEqual([...await tx`select * from public.verifier_stocks()`], []);
  const [{ ecart }] = await tx<[{ ecart: number }]>`
    select (coalesce((select sum(abs(s.stock_15c) + abs(s.stock_ambiant)) from public.v_stock_actuel s
                       where s.proprietaire_type = 'PARTENAIRE'), 0)
            - coalesce((select sum(c.solde_15c + c.solde_ambiant) from public.v_comptes_partenaires c), 0))::float8
           as ecart`;
  assert.equal(ecart, 0, "the accounts add up to the partners' stock, to the millilitre");
  await cessionsJustes(tx);
  await pretsJustes(tx);
}

/** A cession leaves what a tank holds as it was, and never a third owner there; the log knows each owner's part. */
async function cessionsJustes(tx: Tx) {
  assert.deepEqual([
    ...await tx`
      select m.mouvement_id from public.v_mouvements_stock m where m.mouvement_type = 'CESSION'
       group by m.citerne_id, m.mouvement_id having sum(m.delta_ambiant) <> 0 or sum(m.delta_15c) <> 0`,
    ...await tx`select s.citerne_id from public.v_stock_actuel s group by s.citerne_id having count(*) > 2`,
    ...await tx`
      select s.citerne_id, s.proprietaire_type, s.stock_ambiant, s.stock_15c from public.stocks_snapshot s
      except
      select k.citerne_id, k.proprietaire_type, k.stock_ambiant, k.stock_15c
        from public.stock_connu_a('2035-01-01', 'infinity') k`,
  ], []);
}

/** The balance of a loan is what was done for it, corrections included; it is settled where next to nothing is left. */
async function pretsJustes(tx: Tx) {
  assert.deepEqual([
    ...await tx`
    with faits as (
      select c.pret_id, case c.sens when 'VERS_MONALUXE' then c.volume_15c else -c.volume_15c end as vers_monaluxe
        from public.cessions c where c.pret_id is not null
      union all
      select m.pret_id, r.delta_15c
        from public.prets_mouvements m
       cross join lateral private.reste_du_mouvement(m.mouvement_type, m.mouvement_id) r
       where m.mouvement_type in ('SORTIE', 'RECEPTION')
    )
    select v.numero, v.solde_15c, v.statut, f.solde
      from public.v_prets v
     cross join lateral (
       select coalesce(sum(case v.sens when 'PRETE' then -x.vers_monaluxe else x.vers_monaluxe end), 0) as solde
         from faits x where x.pret_id = v.id) f
     where v.solde_15c <> f.solde
        or (v.statut = 'SOLDE') <> (v.prete_15c > 0 and abs(v.solde_15c) <= 5)`,
  ], []);
}

/** Balance of each named account at the end of each day, from the movements alone. */
const decouverts = (tx: Tx) =>
  tx`
  select * from (
    select m.partenaire_id, m.date_jour,
           sum(sum(m.delta_15c)) over (partition by m.partenaire_id order by m.date_jour) as solde
      from public.v_mouvements_partenaires m where m.partenaire_id is not null group by 1, 2) j
   where j.solde < 0`;

test("whatever partners bring, take and find, each account is its movements and all are the partners' stock", async (t) => {
  await declaredProject(NOM, { seed: false });
  const sql = connect(asSuperuser(NOM));
  try {
    const d = await ouvrir(sql);
    const faits = { regularisations: 0, cessions: 0, prets: 0 };
    for (const option of [false, true]) {
      await sql`update public.feature_flags set enabled = ${option} where key = 'comptes_partenaires'`;
      await t.step(
        `any history, ${option ? "where nobody takes another's fuel" : "without the option"}`,
        () =>
          fc.assert(
            fc.asyncProperty(fc.array(ACTE, { minLength: 4, maxLength: 16 }), async (actes) => {
              await enReprenant(sql, d, async (tx) => {
                for (const acte of actes) {
                  await tx.savepoint((essai) => FAIRE[acte.genre](essai, d, acte)).catch((error) => {
                    if (!REFUS.includes(error.message)) throw error;
                  });
                }
                const [{ regularisations, cessions, prets }] = await tx<[typeof faits]>`
                  select (select count(*)::int from public.regularisations r
                           where r.proprietaire_type = 'PARTENAIRE') as regularisations,
                         (select count(*)::int from public.cessions) as cessions,
                         (select count(*)::int from public.prets_mouvements m
                           where m.rendu) as prets`;
                faits.regularisations += regularisations;
                faits.cessions += cessions;
                faits.prets += prets;
                await accordes(tx);
                if (option) assert.deepEqual([...await decouverts(tx)], []);
                await tx`select private.recalculer_comptes_partenaires()`;
                await accordes(tx);
              });
            }),
            { numRuns: 40 },
          ),
      );
    }
    assert.ok(faits.regularisations > 0, "some history shared the gap of a dip among the partners");
    assert.ok(faits.cessions > 20, `litres changed owner (${faits.cessions} times)`);
    assert.ok(faits.prets > 0, "some of what was lent was given back");
  } finally {
    await sql.end();
  }
});

test("two sorties at once cannot take more than a partner owns, whatever tanks they leave", async () => {
  const m = await monde();
  const [gerant, operateur] = [await m.personne("gerant"), await m.personne("operateur")];
  await shared`
    update public.feature_flags set enabled = true, depots = array_append(depots, ${m.depot}::uuid)
     where key = 'comptes_partenaires'`;
  const [autre] =
    await shared`insert into public.partenaires (nom) values (${crypto.randomUUID()}) returning id`;
  // Enough of others' fuel in both tanks: what runs out is what the partner owns.
  for (
    const [citerne_id, partenaire_id, volume_ambiant] of [
      [m.citernes[0], m.partenaire, 1000],
      [m.citernes[0], autre!.id, 1000],
      [m.citernes[1], autre!.id, 2000],
    ]
  ) {
    await operateur.call("POST", "receptions", {
      citerne_id,
      proprietaire_type: "PARTENAIRE",
      partenaire_id,
      volume_ambiant,
      temperature_ambiante_c: 15,
    });
  }
  const brouillons = await Promise.all(Array.from({ length: 8 }, (_, i) =>
    m.rediger(300, {
      citerne_id: m.citernes[i % 2],
      proprietaire_type: "PARTENAIRE",
      partenaire_id: m.partenaire,
    })));
  const issues = await Promise.allSettled(
    brouillons.map(({ id }) => gerant.call("POST", `sorties/${id}/valider`, {})),
  );
  const dits = await Promise.all(
    issues.map((issue) =>
      issue.status === "fulfilled" ? "faite" : refus(Promise.reject(issue.reason)).then(({ code }) => code)
    ),
  );
  assert.deepEqual(
    dits.sort(),
    [...Array(5).fill("PARTENAIRE_SOLDE_INSUFFISANT"), ...Array(3).fill("faite")],
    "three of 300 L out of 1000 L",
  );
  const { data } = await gerant.call<{ data: { partenaire_id: string; solde_15c: number }[] }>(
    "GET",
    `stocks/comptes-partenaires?depot_id=${m.depot}`,
  );
  assert.deepEqual(
    Object.fromEntries(data.map(({ partenaire_id, solde_15c }) => [partenaire_id, solde_15c])),
    { [m.partenaire]: 100, [autre!.id]: 3000 },
  );
  const encore = await m.rediger(300, {
    citerne_id: m.citernes[1],
    proprietaire_type: "PARTENAIRE",
    partenaire_id: m.partenaire,
  });
  const { code, detail, status } = await refus(gerant.call("POST", `sorties/${encore.id}/valider`, {}));
  assert.deepEqual([code, status], ["PARTENAIRE_SOLDE_INSUFFISANT", 409]);
  assert.match(detail, /300 L à 15 °C demandés, 100/);
});

test("cessions and sorties at once cannot take an account below zero, nor a tank's owner, whatever the option", async () => {
  const m = await monde();
  const [gerant, operateur] = [await m.personne("gerant"), await m.personne("operateur")];
  const [citerne_id] = m.citernes;
  await operateur.call("POST", "receptions", {
    citerne_id,
    proprietaire_type: "PARTENAIRE",
    partenaire_id: m.partenaire,
    volume_ambiant: 1000,
    temperature_ambiante_c: 15,
  });
  const issues = await Promise.allSettled(
    Array.from({ length: 8 }, () =>
      gerant.call("POST", "stocks/cessions", {
        citerne_id,
        partenaire_id: m.partenaire,
        sens: "VERS_MONALUXE",
        nature: "VENTE",
        volume_15c: 300,
        motif: "une vente au dépôt",
      })),
  );
  assert.equal(
    issues.filter(({ status }) => status === "fulfilled").length,
    3,
    "three of 300 L out of 1000 L",
  );
  for (const issue of issues) {
    if (issue.status === "rejected") {
      assert.match((await refus(Promise.reject(issue.reason))).code, /PARTENAIRE_SOLDE|INSUFFICIENT_STOCK/);
    }
  }
  const { data } = await gerant.call<{ data: { proprietaire_type: string; stock_15c: number }[] }>(
    "GET",
    `stocks/actuel?citerne_id=${citerne_id}`,
  );
  assert.equal(data.find((s) => s.proprietaire_type === "PARTENAIRE")?.stock_15c, 100);
  assert.equal(data.reduce((somme, s) => somme + s.stock_15c, 0), 1000, "the tank holds what it held");
});

test("the statement of a partner, and of what is of none, says as of a moment what it said then, whatever share of an opening stock is told since", async () => {
  const m = await monde();
  const admin = await m.personne("admin");
  const [{ jour, demain }] = await shared<[{ jour: string; demain: string }]>`
    select j::text as jour, (j + 1)::text as demain from private.jour_au_depot(${m.depot}, now()) j`;
  const { id } = await admin.call<{ id: string }>("POST", "stocks/initiaux", {
    citerne_id: m.citernes[0],
    proprietaire_type: "PARTENAIRE",
    volume_ambiant: 1000,
    volume_15c: 990,
    motif: "L'inventaire de départ",
  });
  const attribuer = (volume_15c: number) =>
    admin.call("POST", "stocks/attributions", {
      depot_id: m.depot,
      produit_id: m.produit,
      partenaire_id: m.partenaire,
      volume_15c,
      motif: "Le bon retrouvé",
    });
  await attribuer(100);
  interface Releve {
    entete: { connu_a: string };
    sections: { titre: string; lignes: { solde_15c: number }[] }[];
  }
  /** The day after too: what is brought forward is told as of then as well. */
  const relever = (partenaire: string | null, connuA?: string) =>
    Promise.all([jour, demain].map((du) =>
      admin.call<Releve>(
        "GET",
        `rapports/releve_partenaire?depot_id=${m.depot}&produit_id=${m.produit}&du=${du}&au=${du}` +
          (partenaire ? `&partenaire_id=${partenaire}` : "") + (connuA ? `&connu_a=${connuA}` : ""),
      )
    ));
  const soldes = (releves: Releve[]) => releves.map(({ sections }) => sections[0]!.lignes.at(-1)!.solde_15c);

  const comptes = [m.partenaire, null];
  const avant = await Promise.all(comptes.map((compte) => relever(compte)));
  assert.deepEqual(avant.map(soldes), [[100, 100], [890, 890]]);
  assert.match(avant[1]![0]!.sections[0]!.titre, /à aucun partenaire/);
  await admin.call("POST", `stocks/initiaux/${id}/partenaires`, {
    partenaires: [{ partenaire_id: m.partenaire, volume_ambiant: 300, volume_15c: 290 }],
  });
  await attribuer(50);
  const apres = await Promise.all(comptes.map((compte) => relever(compte)));
  assert.deepEqual(apres.map(soldes), [[440, 440], [550, 550]]);
  for (const [rang, compte] of comptes.entries()) {
    const alors = await relever(compte, avant[rang]![0]!.entete.connu_a);
    assert.deepEqual(alors.map(({ sections }) => sections), avant[rang]!.map(({ sections }) => sections));
  }
});
