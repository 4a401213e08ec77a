import assert from "node:assert/strict";
import { traceDe } from "../../supabase/functions/_shared/trace.ts";
import { porteur } from "../support/jetons.ts";
import { fetchPorte, type Monde, monde, sql, status, stock, test, token } from "../support/monde.ts";

async function envoyer(m: Monde, body: string, address = "sorties") {
  const headers = porteur(await token(await m.personne("operateur")));
  const answer = await fetchPorte(address, { method: "POST", headers, body });
  return { statut: answer.status, corps: await answer.json() };
}

test("a body nested without end is refused as VALIDATION, with a key or without, whatever field it is in", async (t) => {
  const m = await monde();
  const nested = (depth: number, open = "[", close = "]") => open.repeat(depth) + close.repeat(depth);
  const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
  const bodies = {
    "lists, 1 000 deep": `{"note": ${nested(1_000)}}`,
    "objects, 1 000 deep": objects(1_000),
    "as deep as a megabyte allows": `{"note": ${nested(500_000)}}`,
    "deep in a field nobody knows": `{"citerne_id": "${m.citernes[0]}", "x": ${objects(100)}}`,
  };
  for (const [what, body] of Object.entries(bodies)) {
    await t.step(what, async () => {
      const { statut, corps } = await envoyer(m, body);
      assert.deepEqual([statut, corps.code], [422, "VALIDATION"]);
    });
  }
});

test("a list of 10 000 elements is refused, and the refusal is not as long as the list", async () => {
  const m = await monde();
  const lignes = Array.from({ length: 10_000 }, () => ({ citerne_id: "x", volume_ambiant: "y" }));
  const many = await envoyer(m, JSON.stringify({ cours_de_route_id: m.depot, lignes }), "receptions");
  assert.deepEqual([many.statut, many.corps.code], [422, "VALIDATION"]);
  assert.ok(many.corps.errors.length <= 50);
  const fields = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`champ_${i}`, 1]));
  const unknown = await envoyer(m, JSON.stringify(fields));
  assert.deepEqual([unknown.statut, unknown.corps.code], [422, "VALIDATION"]);
  assert.ok(unknown.corps.errors.length <= 50);
});

test("a page is never longer than 500 rows, whatever is asked", async () => {
  const m = await monde();
  const headers = porteur(await token(await m.personne("operateur")));
  for (const limit of ["501", "1e9", "-1", "0", "NaN", "Infinity"]) {
    const answer = await fetchPorte(`sorties?limit=${limit}`, { headers });
    assert.deepEqual([answer.status, (await answer.json()).errors[0].path], [422, "limit"], limit);
  }
});

test("a text longer than a page is refused, at the door and through REST", async () => {
  const m = await monde();
  const note = "x".repeat(2_001);
  const { statut, corps } = await envoyer(
    m,
    JSON.stringify({ citerne_id: m.citernes[0], volume_ambiant: 1, temperature_ambiante_c: 15, note }),
  );
  assert.deepEqual([statut, corps.errors[0].path], [422, "note"]);
  const { supabase } = await m.personne("operateur");
  const { error, status: http } = await supabase.from("sorties_produit")
    .insert({
      citerne_id: m.citernes[0],
      produit_id: m.produit,
      volume_ambiant: 1,
      temperature_ambiante_c: 15,
      note,
    });
  assert.ok(error && http >= 400, `${http}`);
  assert.match(JSON.stringify(error), /too long for a text of sorties_produit/);
});

test("a request whose time is over is answered 503 with Retry-After, and has done nothing", async () => {
  const m = await monde();
  await m.recevoir(1_000);
  const draft = await m.rediger(10);
  const gerant = await m.personne("gerant");
  const headers = porteur(await token(gerant));
  const holding = await sql.reserve();
  try {
    await holding`begin`;
    await holding`select from public.sorties_produit where id = ${draft.id as string} for update`;
    const [holder] = await holding`select pg_backend_pid() as pid`;
    let answered = false;
    const answer = fetchPorte(`sorties/${draft.id}/valider`, { method: "POST", headers, body: "{}" })
      .finally(() => answered = true);
    // What the database does when the time is over, without the wait: the statement is cancelled.
    for (let cancelled = false; !cancelled && !answered;) {
      const rows = await sql`
        select pg_cancel_backend(a.pid) from pg_stat_activity a where ${
        holder!.pid
      } = any (pg_blocking_pids(a.pid))`;
      cancelled = rows.length > 0;
    }
    const refused = await answer;
    assert.deepEqual([refused.status, refused.headers.get("retry-after")], [503, "1"]);
    const problem = await refused.json();
    assert.equal(problem.code, "DELAI_DEPASSE");
    assert.match(problem.detail, /Rien n'a été enregistré/);
  } finally {
    await holding`rollback`;
    holding.release();
  }
  assert.equal((await stock(gerant, m.citernes[0])).MONALUXE!.stock_ambiant, 1_000);
  assert.equal((await gerant.call("GET", `sorties/${draft.id}`)).statut, "brouillon");
});

test("every transaction of a door has bounds on its statements, its waits and its silence", async () => {
  Deno.env.set("SUPABASE_DB_URL", status.DB_URL);
  const { enTransaction } = await import("../../supabase/functions/_shared/database.ts");
  const { supabase } = await (await monde()).personne("lecture");
  const { data } = await supabase.auth.getUser();
  const [bounds] = await enTransaction(
    {
      identite: { sub: data.user!.id, role: "authenticated" },
      route: "GET bornes",
      ici: 1,
      requestId: "bornes",
      trace: traceDe(null, "bornes"),
      ecrit: false,
    },
    (tx) =>
      tx`select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as verrou,
                current_setting('idle_in_transaction_session_timeout') as silence`,
  );
  assert.deepEqual({ ...bounds }, { statement: "10s", verrou: "5s", silence: "20s" });
});
