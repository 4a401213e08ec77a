// Whatever is sent, received, lost and corrected between depots, every litre is in a tank, on its way, or lost for a reason.
import assert from "node:assert/strict";
import fc from "fast-check";
import type postgres from "postgres";
import { connect } from "../../../ops/commun/connection.ts";
import { createUser } from "../../../ops/pile/demo_users.ts";
import { asSuperuser, declaredProject } from "../../support/base.ts";
import { test } from "../../support/monde.ts";
import { sansSuite } from "../../support/sans_suite.ts";

const NOM = "essai_transferts";
const GENRES = ["reception", "sortie", "expedition", "expedition", "arrivee", "perte", "ajustement"] as const;
type Tx = postgres.TransactionSql;
interface Depots {
  admin: string;
  /** Whoever sees one depot only. */
  gerants: [string, string];
  depots: [string, string];
  /** Two here, one there. */
  citernes: [string, string, string];
  client: string;
  partenaires: [string, string];
}
interface Acte {
  genre: (typeof GENRES)[number];
  citerne: 0 | 1 | 2;
  /** Ours, or one of two partners'. */
  qui: 0 | 1 | 2;
  /** Litres of what comes; thousandths of what is there, or was sent, for what leaves or arrives. */
  part: number;
  celsius: number;
  jour: number;
}
const jour = (recul: number) => new Date(Date.now() - recul * 86_400_000).toISOString().slice(0, 10);
const proprietaire = ({ qui }: Acte) => qui === 0 ? "MONALUXE" : "PARTENAIRE";
const partenaire = (d: Depots, { qui }: Acte) => qui === 0 ? null : d.partenaires[qui - 1]!;

async function ouvrir(sql: postgres.Sql): Promise<Depots> {
  const insert = async (table: string, row: Record<string, string | number>): Promise<string> =>
    (await sql`insert into ${sql(`public.${table}`)} ${sql(row)} returning id`)[0]!.id;
  const depots: [string, string] = [
    await insert("depots", { nom: "Ici", code: "ICI" }),
    await insert("depots", { nom: "Là-bas" }),
  ];
  const produit_id = await insert("produits", { nom: "Gasoil", code: "G.O" });
  const citerne = (depot_id: string, nom: string) =>
    insert("citernes", { depot_id, produit_id, nom, capacite_totale: 200_000, capacite_securite: 500 });
  const personne = async (role: "admin" | "gerant", depotId: string, nom: string) => {
    await createUser(sql, { email: `${nom}@essai.test`, password: "x", role, depotId, nom });
    return (await sql`select user_id from public.profils where nom_complet = ${nom}`)[0]!.user_id as string;
  };
  await sql`update public.feature_flags set enabled = true where key = 'astm_53b'`;
  return {
    depots,
    citernes: [await citerne(depots[0], "A"), await citerne(depots[0], "B"), await citerne(depots[1], "C")],
    client: await insert("clients", { nom: "Client" }),
    partenaires: [await insert("partenaires", { nom: "Un" }), await insert("partenaires", { nom: "Deux" })],
    admin: await personne("admin", depots[0], "admin"),
    gerants: [await personne("gerant", depots[0], "ici"), await personne("gerant", depots[1], "la-bas")],
  };
}

/** Litres of an owner in a tank that an act is about. */
const ce_qui_part = (tx: Tx, d: Depots, a: Acte) =>
  tx`(select greatest(1, round(coalesce(sum(s.stock_ambiant), 0) * ${a.part} / 1000)) from public.stocks_snapshot s
       where s.citerne_id = ${d.citernes[a.citerne]} and s.proprietaire_type = ${proprietaire(a)})`;
/** A transfer on its way to the depot of a tank, if there is any. */
const en_route = (tx: Tx, d: Depots, a: Acte) =>
  tx`(select t.id, t.expedie_ambiant from public.transferts_depots t
       where t.statut = 'EXPEDIE' and t.depot_destination_id = ${d.depots[a.citerne === 2 ? 1 : 0]}
       order by md5(t.numero || ${a.part}), t.expedie_ambiant limit 1)`;

const FAIRE: Record<Acte["genre"], (tx: Tx, d: Depots, a: Acte) => Promise<unknown>> = {
  reception: (tx, d, a) =>
    tx`
    insert into public.receptions (citerne_id, proprietaire_type, partenaire_id, volume_ambiant,
      temperature_ambiante_c, densite_a_15_kgm3, date_reception)
    values (${d.citernes[a.citerne]}, 'PARTENAIRE', ${d.partenaires[a.qui % 2]!}, ${
      a.part * 40
    }, ${a.celsius}, 840,
      ${jour(a.jour)})`,
  sortie: async (tx, d, a) => {
    const [{ id }] = await tx<[{ id: string }]>`
      insert into public.sorties_produit (citerne_id, proprietaire_type, partenaire_id, client_id, volume_ambiant,
        temperature_ambiante_c, densite_a_15_kgm3, date_sortie)
      values (${d.citernes[a.citerne]}, ${proprietaire(a)}, ${partenaire(d, a)}, ${d.client}, ${
      ce_qui_part(tx, d, a)
    }, ${a.celsius}, 840, ${jour(a.jour)}) returning id`;
    await tx`select public.validate_sortie(${id})`;
  },
  expedition: (tx, d, a) =>
    tx`
    select public.expedier_transfert(${d.citernes[a.citerne]}, ${d.depots[a.citerne === 2 ? 0 : 1]},
      ${ce_qui_part(tx, d, a)}, ${a.celsius}, p_densite_a_15_kgm3 => 840, p_proprietaire_type => ${
      proprietaire(a)
    },
      p_partenaire_id => ${partenaire(d, a)}, p_date_jour => ${jour(a.jour)})`,
  // More than was sent, too.
  arrivee: (tx, d, a) =>
    tx`
    select public.recevoir_transfert(t.id, ${d.citernes[a.citerne]}, greatest(1, round(t.expedie_ambiant * ${
      a.part + 200
    } / 1000)), ${a.celsius}, p_densite_a_15_kgm3 => 842, p_date_jour => ${jour(a.jour)})
      from ${en_route(tx, d, a)} t`,
  perte: (tx, d, a) => tx`select public.declarer_perdu(t.id, 'camion brûlé') from ${en_route(tx, d, a)} t`,
  ajustement: (tx, d, a) =>
    tx`
    insert into public.stocks_adjustments (mouvement_type, mouvement_id, citerne_id, delta_ambiant, delta_15c, reason)
    select 'TRANSFERT_DEPOT', x.transfert_id, x.citerne_id, ${a.part - 500.5}::numeric / 10, ${
      a.part - 500.5
    }::numeric / 10, 'une mesure relue'
      from public.mouvements_transferts_depots x where x.citerne_id = ${d.citernes[a.citerne]}
     order by md5(x.id::text || ${a.part}) limit 1`,
};
const ACTE = fc.record<Acte>({
  genre: fc.constantFrom(...GENRES),
  citerne: fc.constantFrom(0, 1, 2),
  qui: fc.constantFrom(0, 1, 2),
  part: fc.integer({ min: 1, max: 1000 }),
  celsius: fc.integer({ min: -50, max: 450 }).map((dixiemes) => dixiemes / 10),
  jour: fc.integer({ min: 0, max: 4 }),
});
/** What the rules may say to a history that nobody made sense of. Anything else is a bug. */
const REFUS = [
  ...["INSUFFICIENT_STOCK", "STOCK_FUTUR_NEGATIF", "SORTIE_STOCK_INTROUVABLE", "SORTIE_CAPACITE_SECURITE"],
  ...["CITERNE_PLEINE", "AJUSTEMENT_EXCESSIF", "FACTEUR_HORS_BORNES", "PARTENAIRE_SOLDE_INSUFFISANT"],
  ...["TRANSFERT_AVANT_EXPEDITION", "MOUVEMENT_AVANT_STOCK_INITIAL", "VOLUME_HORS_ANNONCE"],
];

const seDire = (tx: Tx, id: string) =>
  tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: id })}, true)`;

/** What is owned, to the millilitre: in the tanks, on its way, lost on the way; and what came and went otherwise. */
async function exigerToutCompte(tx: Tx): Promise<void> {
  const [{ ambiant, a_15 }] = await tx<[{ ambiant: number; a_15: number }]>`
    with possede as (
      select s.stock_ambiant as ambiant, s.stock_15c as a_15 from public.v_stock_actuel s
      union all
      select t.stock_ambiant, t.stock_15c from public.v_stock_en_transit t
      union all
      select t.expedie_ambiant - coalesce(t.recu_ambiant, 0), t.expedie_15c - coalesce(t.recu_15c, 0)
        from public.transferts_depots t where t.statut <> 'EXPEDIE'
      union all
      select -m.delta_ambiant, -m.delta_15c
        from public.v_mouvements_stock m
        left join public.stocks_adjustments a on m.mouvement_type = 'AJUSTEMENT' and a.id = m.mouvement_id
       where 'TRANSFERT_DEPOT' not in (m.mouvement_type, coalesce(a.mouvement_type, '')))
    select sum(p.ambiant)::float8 as ambiant, sum(p.a_15)::float8 as a_15 from possede p`;
  assert.deepEqual(
    { ambiant, a_15 },
    { ambiant: 0, a_15: 0 },
    "depots + in transit + lost = all else that moved",
  );
  const [{ negatif }] = await tx<[{ negatif: boolean }]>`
    select coalesce(bool_or(t.stock_15c < 0 or t.stock_ambiant < 0), false) as negatif from public.v_stock_en_transit t`;
  assert.equal(negatif, false, "nothing less than nothing is on its way");
}

async function exigerPreuves(tx: Tx, d: Depots): Promise<void> {
  for (const qui of [d.admin, ...d.gerants]) {
    await seDire(tx, qui);
    await tx`set local role authenticated`;
    for (const preuve of ["verifier_stocks", "verifier_comptes_partenaires", "verifier_mouvements"]) {
      assert.deepEqual([...await tx.unsafe(`select * from public.${preuve}()`)], [], preuve);
    }
    const [{ faux }] = await tx<[{ faux: number }]>`
      select count(*)::int as faux
        from public.stock_connu_a(current_date + 1, clock_timestamp()) c
        full join public.v_stock_actuel s using (citerne_id, proprietaire_type)
       where (c.stock_ambiant, c.stock_15c) is distinct from (s.stock_ambiant, s.stock_15c)`;
    assert.equal(faux, 0, "the log knows the same stock");
    await tx`reset role`;
  }
}

test("whatever is sent, received, lost and corrected between depots, every litre is counted once", async (t) => {
  await declaredProject(NOM, { seed: false });
  const sql = connect(asSuperuser(NOM));
  const faits = new Map<string, number>();
  try {
    const d = await ouvrir(sql);
    for (const option of [false, true]) {
      await sql`update public.feature_flags set enabled = ${option} where key = 'comptes_partenaires'`;
      await t.step(
        `any history, ${option ? "where nobody takes another's fuel" : "without the option"}`,
        () =>
          fc.assert(
            fc.asyncProperty(fc.array(ACTE, { minLength: 6, maxLength: 18 }), (actes) =>
              sansSuite(sql, async (tx) => {
                await seDire(tx, d.admin);
                for (const citerne of d.citernes) {
                  await tx`select public.declarer_stock_initial(${citerne}, 'MONALUXE', 30000, 29800, 'un inventaire',
                           ${jour(4)})`;
                }
                for (const acte of actes) {
                  await tx.savepoint(async (essai) => {
                    const { count } = await FAIRE[acte.genre](essai, d, acte) as { count?: number } ?? {};
                    if (count !== 0) {
                      faits.set(acte.genre, (faits.get(acte.genre) ?? 0) + 1);
                    }
                  }).catch((error) => {
                    if (!REFUS.includes(error.message)) {
                      throw error;
                    }
                  });
                }
                await exigerToutCompte(tx);
                await exigerPreuves(tx, d);
              })),
            { numRuns: 15 },
          ),
      );
    }
    for (const genre of GENRES) assert.ok(faits.get(genre), `${genre}: nothing of the kind was ever done`);
  } finally {
    await sql.end();
  }
});
