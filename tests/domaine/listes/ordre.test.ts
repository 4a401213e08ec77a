// A page of all movements costs a page: each kind is read in the list's order and no kind is read whole.
import assert from "node:assert/strict";
import postgres from "postgres";
import type { Listing } from "../../../supabase/functions/_shared/listing.ts";
import type { DemandeLue } from "../../../supabase/functions/_shared/requests.ts";
import { monde, sql, superuserUrl, test } from "../../support/monde.ts";
import { expliquer, type Noeud, noeuds } from "../../support/plans.ts";
import { sansSuite } from "../../support/sans_suite.ts";
import { toutesLesListes, type UneListe } from "./scene.ts";

/** How it would be read where réceptions and sorties were a million: what the planner is told of them, then untold. */
const plan = (question: string): Promise<Noeud[]> =>
  sansSuite(sql, async (tx) => {
    await tx`update pg_class set reltuples = 1000000, relpages = 1
              where oid in ('public.receptions'::regclass, 'public.sorties_produit'::regclass)`;
    return noeuds(await expliquer(tx, question));
  });

test("the branches of v_mouvements_stock are merged in the order of its list: one type each, or all would be sorted", async () => {
  const lu = await plan(
    "select * from public.v_mouvements_stock order by date_jour desc, mouvement_id desc, citerne_id desc limit 51",
  );
  const types = lu.map((noeud) => noeud["Node Type"]);
  assert.ok(types.includes("Merge Append"), types.join(", "));
  for (const grande of ["receptions", "sorties_produit"]) {
    assert.ok(
      lu.some((n) => n["Relation Name"] === grande && n["Node Type"] === "Index Scan"),
      `${grande}: ${types.join(", ")}`,
    );
  }
});

/** What grows with the years, and the column that is its depot. */
const GRANDES = {
  cours_de_route: "depot_destination_id",
  receptions: "depot_id",
  sorties_produit: "depot_id",
  stocks_journaliers: "depot_id",
};
const LIGNES = 1000;

/** Many of each of what there is one, of three depots and six tanks: as the server's own copies are written. */
async function multiplier(tx: postgres.TransactionSql, ici: string): Promise<void> {
  await tx`set local session_replication_role = replica`;
  for (const [table, depot] of Object.entries(GRANDES)) {
    await tx`
      insert into ${tx(table)}
      select r.*
        from generate_series(1, ${LIGNES}::int) n
       cross join (select to_jsonb(t) as une from ${tx(table)} t where t.${tx(depot)} = ${ici} limit 1) t
       cross join lateral jsonb_populate_record(null::${tx(table)}, t.une || jsonb_build_object(
                'id', gen_random_uuid(), ${depot}::text, md5((n % 3)::text)::uuid,
                'citerne_id', md5((n % 6)::text)::uuid, 'date_jour', date '2020-01-01' + n / 2,
                'date_reception', date '2020-01-01' + n / 2, 'date_chargement', date '2020-01-01' + n / 2)) r`;
    // As many as these, and not those of all the tests that share the base: few are worth two indexes at once.
    for (const [colonne, distinctes] of [[depot, 3], ["citerne_id", 6]] as const) {
      await tx`update pg_attribute set attoptions = array[${`n_distinct=${distinctes}`}]
                where attrelid = ${`public.${table}`}::regclass and attname = ${colonne}`;
    }
    await tx`analyze ${tx(table)}`;
  }
}

/** The plan that a door has kept of a page, for whoever asks. */
async function planTenu(
  tx: postgres.TransactionSql,
  { acte: { appel } }: UneListe,
  gerant: string,
  query: Record<string, string>,
): Promise<Noeud[]> {
  await tx`deallocate all`;
  await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: gerant })}, true),
                  set_config('role', 'authenticated', true),
                  set_config('plan_cache_mode', 'force_generic_plan', true)`;
  await tx`select ${
    appel!({ params: undefined, query, corps: undefined, csv: false } as unknown as DemandeLue)(tx)
  }`;
  const [{ name, valeurs }] = await tx<[{ name: string; valeurs: number }]>`
    select name, cardinality(parameter_types) as valeurs from pg_prepared_statements where name like 'lecture %'`;
  const places = Array(valeurs).fill("null").join(", ");
  return noeuds(await expliquer(tx, `execute "${name}" (${places})`));
}

test("a page of one depot, or of one tank, is read in its order from the index that begins with it, whatever else there is", async () => {
  const m = await monde();
  await m.recevoir(1000);
  await m.rediger(1);
  const { data: { user } } = await (await m.personne("gerant")).supabase.auth.getUser();
  // Of its own, and without a statement of the driver's: what it has kept is what the door keeps.
  const session = postgres(superuserUrl, { max: 1, prepare: false, onnotice: () => {} });
  await sansSuite(session, async (tx) => {
    await multiplier(tx, m.depot);
    for (const liste of await toutesLesListes()) {
      const { depot, citerne, suivis, duDepot } = liste.acte.liste as unknown as Listing;
      if (!duDepot) continue;
      const citerne_id = m.citernes[0]!;
      const asked: [Record<string, string>, unknown][] = [[{}, depot], [{ depot_id: m.depot }, depot]];
      if (suivis!.includes("citerne_id")) {
        asked.push([{ citerne_id }, citerne], [{ depot_id: m.depot, citerne_id }, citerne]);
      }
      for (const [query, colonne] of asked) {
        const dit = `${liste.adresse} ${JSON.stringify(query)}`;
        const lus = await planTenu(tx, liste, user!.id, query);
        for (const noeud of lus.filter((n) => (n["Relation Name"] ?? "") in GRANDES)) {
          assert.match(
            String(noeud["Index Cond"]),
            new RegExp(`\\b${colonne} = ANY \\(ARRAY`),
            `${dit} : ${JSON.stringify(noeud)}`,
          );
        }
        const triees = lus.filter((n) =>
          n["Node Type"] === "Sort" && noeuds(n).some((sous) => (sous["Relation Name"] ?? "") in GRANDES)
        );
        assert.deepEqual(triees, [], dit);
      }
    }
  });
  await session.end();
});

test("a list is read by depot only where each row is of one depot, and is seen by whoever sees that depot", async () => {
  for (const { adresse, acte: { liste } } of await toutesLesListes()) {
    if (!liste.duDepot) continue;
    const regles = await sql<{ nom: string; regle: string }[]>`
      with recursive lues (oid) as (
        select ${`public.${liste.de.relation}`}::regclass::oid
        union
        select d.refobjid from lues l join pg_rewrite r on r.ev_class = l.oid
          join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
           and d.refclassid = 'pg_class'::regclass)
      select c.relname as nom, coalesce(pg_get_expr(p.polqual, c.oid), 'aucune') as regle
        from lues l join pg_class c on c.oid = l.oid and c.relkind = 'r'
        left join pg_policy p on p.polrelid = c.oid and p.polcmd in ('r', '*')`;
    assert.ok(regles.length, adresse);
    const autres = regles.filter(({ regle }) =>
      !/^\(depot(_destination)?_id = ANY \(\( SELECT private\.depots_visibles\(\) AS depots_visibles\)::uuid\[\]\)\)$/
        .test(regle)
    );
    assert.deepEqual(autres, [], adresse);
  }
});

test("what the app of today lists is read in its order from an index, and so are its day and its trucks that are not over", async () => {
  const questions = {
    "sorties_produit order by date_sortie desc": "sorties_produit_date_sortie_idx",
    "sorties_produit where statut = 'validee' and date_sortie >= now() - interval '1 day' and date_sortie < now()":
      "sorties_produit_date_sortie_idx",
    "receptions order by created_at desc offset 20": "receptions_created_at_idx",
    "receptions order by date_reception desc": "receptions_page_idx",
    "receptions where statut = 'validee' and date_reception = current_date": "receptions_page_idx",
    "cours_de_route order by created_at desc": "cours_de_route_created_at_idx",
    "cours_de_route where statut <> 'DECHARGE' order by created_at desc": "cours_de_route_non_decharges_idx",
  };
  await sansSuite(sql, async (tx) => {
    // Of tables of a few rows, whether there is a way: of long ones it is the only one that is short.
    await tx`set local enable_seqscan = off`;
    await tx`set local enable_sort = off`;
    await tx`set local enable_bitmapscan = off`;
    for (const [question, index] of Object.entries(questions)) {
      const lus = noeuds(await expliquer(tx, `select * from public.${question} limit 1000`));
      assert.ok(lus.some((n) => n["Index Name"] === index), `${question} : ${JSON.stringify(lus)}`);
      assert.ok(lus.every((n) => n["Node Type"] !== "Sort"), question);
    }
  });
});
