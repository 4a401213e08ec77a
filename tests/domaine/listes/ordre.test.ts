// A page of all movements costs a page: each kind is read in the list's order and no kind is read whole.
import assert from "node:assert/strict";
import { sql, test } from "../../support/monde.ts";
import { expliquer, type Noeud, noeuds } from "../../support/plans.ts";
import { sansSuite } from "../../support/sans_suite.ts";

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
