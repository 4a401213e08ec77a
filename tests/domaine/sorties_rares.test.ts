// Drafts are few among sorties: they are found without reading those that were validated.
import assert from "node:assert/strict";
import { connect } from "../../ops/commun/connection.ts";
import { asSuperuser, declaredProject } from "../support/base.ts";
import { test } from "../support/monde.ts";
import { expliquer, noeuds } from "../support/plans.ts";

const NOM = "essai_sorties_rares";
const SORTIES = 6000;
/** Of one summary, as the index has it; and at most as many are not yet summed up. */
const PAGES = 32;

test("drafts that were validated since are read no more once the index of rare sorties is summed up", async () => {
  await declaredProject(NOM, { seed: false });
  const sql = connect(asSuperuser(NOM));
  /** The drafts that are found, and the pages that are read for it. */
  const brouillons = () =>
    sql.begin(async (tx) => {
      await tx`set local enable_seqscan = off`;
      const requete = "select from public.sorties_produit s where s.statut = 'brouillon'";
      const [lecture] = noeuds(await expliquer(tx, requete, "analyze"));
      const pages = Number(lecture!["Lossy Heap Blocks"]) + Number(lecture!["Exact Heap Blocks"]);
      return { trouves: lecture!["Actual Rows"], pages };
    });
  try {
    // Past the rules: what is tried is the index, not how a sortie is written.
    await sql`set session_replication_role = replica`;
    await sql`
      insert into public.sorties_produit (citerne_id, produit_id, depot_id, date_jour, volume_ambiant, created_by)
      select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), current_date, 100, gen_random_uuid()
        from generate_series(1, ${SORTIES})`;
    await sql`select private.resumer_sorties()`;
    await sql`
      with validees as (
        update public.sorties_produit set statut = 'validee', volume_15c = 99
         where id not in (select id from public.sorties_produit order by ctid limit 1) returning id)
      insert into public.log_actions (action, module, cible_id) select 'SORTIE_VALIDEE', 'sorties', id from validees`;
    const [{ pages }] = await sql<[{ pages: number }]>`
      select count(distinct (ctid::text::point)[0])::int as pages from public.sorties_produit`;
    const avant = await brouillons();
    assert.equal(avant.trouves, 1);
    assert.ok(avant.pages >= pages, `${avant.pages} pages lues de ${pages}`);

    await sql`select private.resumer_sorties()`;
    const apres = await brouillons();
    assert.equal(apres.trouves, 1);
    assert.ok(apres.pages < 2 * PAGES, `${apres.pages} pages lues pour un brouillon, de ${pages}`);
  } finally {
    await sql.end();
  }
});
