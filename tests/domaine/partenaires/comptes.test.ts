// Whose litres they are: whatever partners bring, take, lend and find, their accounts are their movements and the stock.
import assert from "node:assert/strict";
import fc from "fast-check";
import type postgres from "postgres";
import { connect } from "../../../ops/commun/connection.ts";
import { createUser } from "../../../ops/pile/demo_users.ts";
import { asSuperuser, declaredProject } from "../../support/base.ts";
import { monde, refus, sql as shared, test } from "../../support/monde.ts";
import { sansSuite } from "../../support/sans_suite.ts";

interface Depot {
  admin: string;
  citernes: [string, string];
  client: string;
  depot: string;
  produit: string;
  partenaires: [string, string, string];
}
interface Acte {
  genre:
    | "reception"
    | "sortie"
    | "transfert"
    | "ajustement"
    | "compensation"
    | "initial"
    | "attribution"
    | "regularisation"
    | "cession"
    | "pret"
    | "camion prete";
  citerne: 0 | 1;
  qui: 0 | 1 | 2;
  /** Litres of what comes; of what is there, thousandths, for what leaves. */
  part: number;
  celsius: number;
  jour: number;
}

const NOM = "essai_partenaires";
const jour = (recul: number) => new Date(Date.now() - recul * 86_400_000).toISOString().slice(0, 10);

async function ouvrir(sql: postgres.Sql): Promise<Depot> {
  const insert = async (table: string, row: Record<string, string | number>): Promise<string> =>
    (await sql`insert into ${sql(`public.${table}`)} ${sql(row)} returning id`)[0]!.id;
  const depot = await insert("depots", { nom: "Essai", code: "ESSAI" });
  const produit = await insert("produits", { nom: "Gasoil", code: "G.O" });
  const citerne = (nom: string) =>
    insert("citernes", { depot_id: depot, produit_id: produit, nom, capacite_totale: 10_000_000 });
  const partenaire = (nom: string) => insert("partenaires", { nom });
  await createUser(sql, {
    email: "admin@essai.test",
    password: "x",
    role: "admin",
    depotId: depot,
    nom: "admin",
  });
  await sql`update public.feature_flags set enabled = true where key = 'astm_53b'`;
  const [{ admin }] = await sql<[{ admin: string }]>`select user_id as admin from public.profils`;
  const citernes: [string, string] = [await citerne("A"), await citerne("B")];
  // What Monaluxe has there to cede and to lend.
  await sql.begin(async (tx) => {
    await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin })}, true)`;
    await tx`
      select public.declarer_stock_initial(c, 'MONALUXE', 20100, 20000, 'un inventaire', ${jour(9)})
        from unnest(${citernes}::uuid[]) c`;
  });
  return {
    depot,
    produit,
    citernes,
    client: await insert("clients", { nom: "Client" }),
    partenaires: [await partenaire("Un"), await partenaire("Deux"), await partenaire("Trois")],
    admin,
  };
}

type Tx = postgres.TransactionSql;
const FAIRE: Record<Acte["genre"], (tx: Tx, d: Depot, a: Acte) => Promise<unknown>> = {
  reception: (tx, d, a) =>
    tx`
    insert into public.receptions (citerne_id, proprietaire_type, partenaire_id, volume_ambiant,
      temperature_ambiante_c, densite_a_15_kgm3, date_reception)
    values (${d.citernes[a.citerne]}, 'PARTENAIRE', ${d.partenaires[a.qui]}, ${
      a.part * 40
    }, ${a.celsius}, 840,
      ${jour(a.jour)})`,
  sortie: async (tx, d, a) => {
    const [{ id }] = await tx<[{ id: string }]>`
      insert into public.sorties_produit (citerne_id, proprietaire_type, partenaire_id, client_id, volume_ambiant,
        temperature_ambiante_c, densite_a_15_kgm3, date_sortie)
      select ${d.citernes[a.citerne]}, 'PARTENAIRE', ${d.partenaires[a.qui]}, ${d.client},
             greatest(1, round(coalesce(sum(s.stock_ambiant), 0) * ${a.part} / 1000)), ${a.celsius}, 840, ${
      jour(a.jour)
    }
        from public.stocks_snapshot s
       where s.citerne_id = ${d.citernes[a.citerne]} and s.proprietaire_type = 'PARTENAIRE' returning id`;
    await tx`select public.validate_sortie(${id})`;
  },
  transfert: (tx, d, a) =>
    tx`
    insert into public.transferts (citerne_source_id, citerne_destination_id, proprietaire_type, volume_ambiant,
      temperature_ambiante_c, date_jour)
    select ${d.citernes[a.citerne]}, ${d.citernes[1 - a.citerne]!}, 'PARTENAIRE',
           greatest(1, round(coalesce(sum(s.stock_ambiant), 0) * ${a.part} / 1000)), ${a.celsius}, ${
      jour(a.jour)
    }
      from public.stocks_snapshot s
     where s.citerne_id = ${d.citernes[a.citerne]} and s.proprietaire_type = 'PARTENAIRE'`,
  ajustement: (tx, _d, a) =>
    tx`
    insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
    select m.mouvement_type, m.mouvement_id, ${a.part - 500.5} / 10.0, ${
      a.part - 500.5
    } / 10.0, 'une mesure relue'
      from public.v_mouvements_stock m
     where m.mouvement_type in ('RECEPTION', 'SORTIE', 'STOCK_INITIAL', 'TRANSFERT')
     order by md5(m.mouvement_id::text || ${a.part}) limit 1`,
  compensation: (tx, _d, a) =>
    tx`
    select private.compenser(m.mouvement_type, m.mouvement_id, 'un mouvement repris')
      from (select * from public.v_mouvements_stock m
             where m.mouvement_type in ('RECEPTION', 'SORTIE', 'STOCK_INITIAL')
             order by md5(m.mouvement_id::text || ${a.part}) limit 1) m`,
  initial: async (tx, d, a) => {
    const [{ id }] = await tx<[{ id: string }]>`
      select public.declarer_stock_initial(${d.citernes[a.citerne]}, 'PARTENAIRE', ${a.part * 30 + 1},
        ${a.part * 30}, 'un inventaire', ${jour(a.jour)}) as id`;
    await tx`
      select public.repartir_stock_initial(${id}, jsonb_build_array(
        jsonb_build_object('partenaire_id', ${d.partenaires[a.qui]}::uuid, 'volume_ambiant', ${
      a.part * 7
    }::numeric,
                           'volume_15c', ${a.part * 7}::numeric),
        jsonb_build_object('partenaire_id', ${d.partenaires[(a.qui + 1) % 3]!}::uuid, 'volume_ambiant', ${
      a.part * 5
    }::numeric,
                           'volume_15c', ${a.part * 4.999}::numeric)))`;
  },
  attribution: (tx, d, a) =>
    tx`
    select public.attribuer_stock_partenaire(${d.depot}, ${d.produit}, ${d.partenaires[a.qui]},
      round(c.solde_15c * ${a.part} / 1000, 3), 'un bon retrouvé', ${jour(a.jour)})
      from public.comptes_partenaires c where c.partenaire_id is null and c.solde_15c > 1`,
  regularisation: async (tx, d, a) => {
    const [{ id }] = await tx<[{ id: string }]>`
      insert into public.prises_de_hauteur (citerne_id, volume_mesure, temperature_c)
      select ${
      d.citernes[a.citerne]
    }, round(coalesce(sum(s.stock_ambiant), 0) * (990 + ${a.part} / 50.0) / 1000, 3),
             ${a.celsius}
        from public.stocks_snapshot s where s.citerne_id = ${d.citernes[a.citerne]} returning id`;
    await tx`select public.regulariser(${id}, 'écart de la jauge accepté')`;
  },
  cession: (tx, d, a) =>
    tx`
    select public.ceder(${d.citernes[a.citerne]}, ${d.partenaires[a.qui]}, ${
      a.part % 2 ? "VERS_MONALUXE" : "VERS_PARTENAIRE"
    }, 'VENTE', greatest(1, round(coalesce(sum(s.stock_15c), 0) * ${a.part} / 1000, 3)), 'une vente au dépôt',
      case when ${a.part} % 3 = 0 then round(sum(s.stock_15c) * ${a.part} * (1 + ${a.celsius} / 1000.0) / 1000, 3) end,
      p_date_jour => ${jour(a.jour)})
      from public.stocks_snapshot s where s.citerne_id = ${d.citernes[a.citerne]}
       and s.proprietaire_type = ${a.part % 2 ? "PARTENAIRE" : "MONALUXE"}`,
  pret: async (tx, d, a) => {
    const [ouvert] = await tx<{ id: string }[]>`
      select id from public.prets where partenaire_id = ${d.partenaires[a.qui]}
       order by md5(id::text || ${a.part}) limit 1`;
    if (!ouvert || a.part % 5 === 0) {
      await tx`
        select public.ouvrir_pret(${d.depot}, ${d.produit}, ${d.partenaires[a.qui]}, ${
        a.part % 2 ? "PRETE" : "EMPRUNTE"
      }, ${a.part * 20}, '2035-01-01', 'le camion est en retard')`;
    }
    await tx`
      select public.ceder(${d.citernes[a.citerne]}, v.partenaire_id,
               case when (v.sens = 'PRETE') = (n.nature <> 'RESTITUTION') then 'VERS_PARTENAIRE' else 'VERS_MONALUXE' end,
               n.nature, greatest(1, case n.nature when 'RESTITUTION' then least(v.solde_15c, ${a.part}) else ${a.part} end),
               'le prêt convenu', p_pret_id => v.id, p_date_jour => ${jour(a.jour)})
        from public.v_prets v
       cross join (select (array['EMPRUNT', 'RESTITUTION', 'RESTITUTION', 'CORRECTION'])[1 + ${a.part} % 4] as nature) n
       where v.partenaire_id = ${
      d.partenaires[a.qui]
    } order by v.statut, md5(v.id::text || ${a.part}) limit 1`;
  },
  "camion prete": async (tx, d, a) => {
    const [{ id }] = await tx<[{ id: string }]>`
      insert into public.sorties_produit (citerne_id, partenaire_id, volume_ambiant, temperature_ambiante_c,
        densite_a_15_kgm3, date_sortie)
      values (${d.citernes[a.citerne]}, ${d.partenaires[a.qui]}, ${a.part}, ${a.celsius}, 840, ${
      jour(a.jour)
    })
      returning id`;
    await tx`select public.validate_sortie(${id})`;
    await tx`
      select public.rattacher_au_pret(p.id, 'SORTIE', ${id}) from public.prets p
       where p.partenaire_id = ${d.partenaires[a.qui]!} order by p.id limit 1`;
  },
};

const ACTE = fc.record<Acte>({
  genre: fc.constantFrom(
    ...[
      "reception",
      "reception",
      "sortie",
      "sortie",
      "transfert",
      "ajustement",
      "compensation",
      "initial",
    ] as const,
    "attribution",
    "regularisation",
    "regularisation",
    ...["cession", "cession", "pret", "pret", "camion prete"] as const,
  ),
  citerne: fc.constantFrom(0, 1),
  qui: fc.constantFrom(0, 1, 2),
  part: fc.integer({ min: 1, max: 1000 }),
  celsius: fc.integer({ min: -50, max: 500 }).map((dixiemes) => dixiemes / 10),
  jour: fc.integer({ min: 0, max: 4 }),
});
/** What the rules may say to a history that nobody made sense of. Anything else is a bug. */
const REFUS = [
  ...["INSUFFICIENT_STOCK", "STOCK_FUTUR_NEGATIF", "SORTIE_STOCK_INTROUVABLE", "SNAPSHOT_VIDE"],
  ...["PARTENAIRE_SOLDE_INSUFFISANT", "AJUSTEMENT_EXCESSIF", "FACTEUR_HORS_BORNES", "INVALID_ID_OR_STATE"],
  "DENSITE_OBSERVEE_REQUISE",
  "MOUVEMENT_AVANT_STOCK_INITIAL",
  ...["REGULARISATION_SANS_15C", "REGULARISATION_DEPASSEE", "REGULARISATION_SANS_ECART"],
  ...["PRET_INCOHERENT", "PRET_CLOS", "PRET_DEPASSE", "VOLUME_AMBIANT_NON_POSITIF"],
];

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
