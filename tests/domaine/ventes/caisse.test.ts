// The till, day by day: what was given back is said as what was taken in, and what is closed stays as it was counted.
import assert from "node:assert/strict";
import { asSuperuser, declaredProject } from "../../support/base.ts";
import { test } from "../../support/monde.ts";
import { administrer } from "./administrer.ts";

test("the till says a day on which cash was only given back, and cash of a closed day is given back, not cancelled", async () => {
  const nom = "ventes_caisse";
  await declaredProject(nom, { seed: false });
  const { sql, agir, depot, client } = await administrer(asSuperuser(nom));
  try {
    const id = await depot("CAI", "Africa/Lubumbashi");
    const [{ jour, moment }] = await sql<[{ jour: string; moment: string }]>`
      select (j.jour)::text as jour, (j.jour + time '12:00')::timestamp at time zone 'Africa/Lubumbashi' as moment
        from (select private.jour_au_depot(${id}, now()) - 1 as jour) j`;
    const [{ recu }] = await agir((tx) =>
      tx<[{ recu: string }]>`select public.encaisser(${
        tx.json({ depot_id: id, client_id: client, mode: "CASH", montant: 50, recu_le: moment })
      }) as recu`
    );
    await sql`update public.feature_flags set enabled = true where key = 'cloture_mensuelle'`;
    await agir((tx) => tx`select public.clore_periode(${id}, ${jour})`);
    await assert.rejects(
      agir((tx) => tx`select public.annuler_encaissement(${recu}, 'Billets faux, rendus')`),
      { message: "PERIODE_CLOSE" },
    );
    await agir((tx) => tx`select public.rembourser(${recu}, 20, 'CASH', 'R1', 'Billets faux, rendus')`);
    const jours = await sql`
      select c.jour = ${jour}::date as hier, c.encaissements::int as encaissements, c.encaisse::float8 as encaisse,
             c.theorique::float8 as theorique
        from public.v_caisse_jour c order by c.jour`;
    assert.deepEqual([...jours], [
      { hier: true, encaissements: 1, encaisse: 50, theorique: 50 },
      { hier: false, encaissements: 0, encaisse: 0, theorique: -20 },
    ]);
  } finally {
    await sql.end();
  }
});
