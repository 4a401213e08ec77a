// SQL and its TypeScript twin say the same, on random inputs over the whole domain of both editions: others at each run,
// and more than 200 000 in `npm run test:long`.
import assert from "node:assert/strict";
import fc from "fast-check";
import postgres from "postgres";
import { calculer15c, RefusAstm, type Resultat } from "./moteur.ts";
import { type Entree, entree, SEED } from "./inputs.ts";

const INPUTS = Number(Deno.env.get("ASTM_INPUTS") || 60_000);
const BATCH = 20_000;

type Answer = Resultat | { code: string };

function twin(input: Entree): Answer {
  try {
    return calculer15c(input);
  } catch (error) {
    if (error instanceof RefusAstm) return { code: error.code };
    throw error;
  }
}

const CALL =
  `astm.calculer_15c(e.groupe, e.densite, e.echantillon, e.produit, e.volume, e.methode, e.verre, e.pression,
                                e.arrondir)`;
const INPUT =
  `unnest($1::text[], $2::float8[], $3::float8[], $4::float8[], $5::float8[], $6::text[], $7::text[]::bool[],
                      $8::float8[], $9::text[]::bool[]) with ordinality
               as e(groupe, densite, echantillon, produit, volume, methode, verre, pression, arrondir, rang)`;

const columns = (inputs: Entree[]) => [
  inputs.map((i) => i.groupe),
  inputs.map((i) => i.densite_observee_kgm3),
  inputs.map((i) => i.temperature_echantillon_c),
  inputs.map((i) => i.temperature_produit_c),
  inputs.map((i) => i.volume_observe_l),
  inputs.map((i) => i.methode),
  inputs.map((i) => String(i.correction_verre)),
  inputs.map((i) => i.pression_kpa),
  inputs.map((i) => String(i.arrondir)),
];

const relative = (a: number, b: number) => Math.abs(a - b) / Math.abs(b);

Deno.test("SQL and TypeScript agree to 1e-12 unrounded, exactly when rounded, and refuse the same inputs", async () => {
  const sql = postgres(Deno.env.get("TEST_SUPERUSER_URL")!, { max: 1, onnotice: () => {} });
  let worst = 0, identical = 0, unrounded = 0, rounded = 0, refused = 0;
  try {
    await sql.unsafe(
      `create function pg_temp.code_du_refus(e_groupe text, e_densite float8, e_echantillon float8,
        e_produit float8, e_volume float8, e_methode text, e_verre bool, e_pression float8, e_arrondir bool)
      returns text language plpgsql as $$
      begin
        perform * from astm.calculer_15c(e_groupe, e_densite, e_echantillon, e_produit, e_volume, e_methode, e_verre,
                                         e_pression, e_arrondir);
        return 'accepté';
      exception when sqlstate 'PT422' then return sqlerrm;
      end $$`,
    );

    for (let batch = 0; batch * BATCH < INPUTS; batch++) {
      const inputs = fc.sample(entree, { seed: SEED + batch, numRuns: BATCH });
      const answers = inputs.map(twin);
      const told = (input: Entree) => `seed ${SEED}, batch ${batch}: ${JSON.stringify(input)}`;

      const accepted = inputs.flatMap((input, i) =>
        "code" in answers[i]! ? [] : [{ input, twin: answers[i] as Resultat }]
      );
      const rows = await sql.unsafe<Resultat[]>(
        `select c.* from ${INPUT}, lateral ${CALL} c order by e.rang`,
        columns(accepted.map(({ input }) => input)) as never,
      );
      assert.equal(rows.length, accepted.length);
      for (const [i, { input, twin }] of accepted.entries()) {
        for (const name of ["densite_15c_kgm3", "vcf", "volume_15c_l"] as const) {
          const ours = twin[name], theirs = rows[i]![name];
          if (input.arrondir) {
            assert.equal(ours, theirs, `${name} rounded, ${told(input)}`);
          } else {
            const gap = relative(ours, theirs);
            worst = Math.max(worst, gap);
            if (ours === theirs) identical++;
            assert.ok(gap <= 1e-12, `${name} differs by ${gap}, ${told(input)}`);
          }
        }
        input.arrondir ? rounded++ : unrounded++;
      }

      const outside = inputs.flatMap((input, i) =>
        "code" in answers[i]! ? [{ input, code: answers[i].code }] : []
      );
      const codes = await sql.unsafe<{ code: string }[]>(
        `select pg_temp.code_du_refus(e.groupe, e.densite, e.echantillon, e.produit, e.volume, e.methode, e.verre,
                                      e.pression, e.arrondir) as code from ${INPUT} order by e.rang`,
        columns(outside.map(({ input }) => input)) as never,
      );
      for (const [i, { input, code }] of outside.entries()) assert.equal(codes[i]!.code, code, told(input));
      refused += outside.length;
    }
  } finally {
    await sql.end();
  }
  assert.ok(rounded + unrounded >= INPUTS * 0.8, `only ${rounded + unrounded} inputs were inside the domain`);
  console.log(
    `seed ${SEED}: ${unrounded} unrounded (worst gap ${worst.toExponential(1)}, ` +
      `${
        (identical / unrounded / 3 * 100).toFixed(1)
      } % identical to the last bit), ${rounded} rounded, all equal, ` +
      `${refused} refused by both`,
  );
});
