// The twin against the formulas of the contract, solved by the dullest method there is, and against SEP's trucks.
import assert from "node:assert/strict";
import fc from "fast-check";
import { calculer15c, type Demande, RefusAstm } from "./moteur.ts";
import { SEED } from "./inputs.ts";

const TRUCKS = [
  [39296, 29.7, 22.5, 837.3, 847.4, 0.9937, 39048],
  [39391, 23.5, 22.5, 837.5, 843.4, 0.9937, 39143],
  [39291, 23.2, 23.2, 837.6, 843.3, 0.9931, 39020],
  [36971, 19.0, 19.0, 837.0, 839.8, 0.9966, 36845],
  [38312, 20.0, 20.0, 836.0, 839.5, 0.9958, 38151],
  [39330, 20.0, 20.0, 837.0, 840.5, 0.9958, 39165],
  [37384, 20.0, 20.0, 836.0, 839.5, 0.9958, 37227],
  [33445, 21.0, 21.0, 837.0, 841.1, 0.9949, 33274],
] as const;

for (const [volume, echantillon, produit, densite, rho15, vcf, v15] of TRUCKS) {
  Deno.test(`SEP's truck of ${volume} L at ${densite} kg/m³ comes out at ${v15} L`, () => {
    assert.deepEqual(
      calculer15c({
        groupe: "B",
        densite_observee_kgm3: densite,
        temperature_echantillon_c: echantillon,
        temperature_produit_c: produit,
        volume_observe_l: volume,
      }),
      { densite_15c_kgm3: rho15, vcf, volume_15c_l: v15 },
    );
  });
}

function alpha53b(rho: number): number {
  if (rho <= 770) return (346.4228 + 0.4388 * rho) / rho ** 2;
  if (rho < 787.5) return -0.00336312 + 2680.3206 / rho ** 2;
  if (rho < 839) return 594.5418 / rho ** 2;
  return (186.9696 + 0.4862 * rho) / rho ** 2;
}

const observedOf = (rho: number, t: number) => {
  const u = alpha53b(rho) * (t - 15);
  return rho * Math.exp(-u * (1 + 0.8 * u));
};

const density15 = (observed: number, t: number) =>
  calculer15c({
    groupe: "B",
    densite_observee_kgm3: observed,
    temperature_echantillon_c: t,
    volume_observe_l: 1000,
    correction_verre: false,
    arrondir: false,
  }).densite_15c_kgm3;

const BORDS = [770, 787.5, 839];
const temperature = fc.integer({ min: -180, max: 1500 }).map((n) => n / 10);

Deno.test("table 53B: the density at 15 °C is the root, to 1e-9 kg/m³, hot and cold, in every zone", () => {
  fc.assert(
    fc.property(fc.integer({ min: 653_000, max: 1_075_000 }).map((n) => n / 1000), temperature, (rho, t) => {
      // Beside a boundary two roots may exist: that is the next test.
      fc.pre(BORDS.every((bord) => Math.abs(rho - bord) > 0.7));
      assert.ok(Math.abs(density15(observedOf(rho, t), t) - rho) < 1e-9);
    }),
    { seed: SEED, numRuns: 50_000 },
  );
});

Deno.test("table 53B: at a boundary the answer is one figure, on the side its observed density says", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...BORDS),
      fc.integer({ min: -7000, max: 7000 }),
      temperature,
      (bord, n, t) => {
        const observed = observedOf(bord, t) + n / 10_000;
        const rho = density15(observed, t);
        assert.equal(rho, density15(observed, t));
        // On the boundary itself the last bit of the observed density picks the side: both roots are then answers.
        if (n < 0) assert.ok(rho <= bord);
        if (n > 0) assert.ok(rho >= bord);
        // A root of its zone, or the edge of the zone where there is none: never further off than the jump of the tables.
        const gap = Math.abs(observedOf(rho, t) - observed);
        assert.ok(gap < 1e-9 || Math.abs(rho - bord) < 1e-9 && gap < 4e-6 * 900 * Math.abs(t - 15));
      },
    ),
    { seed: SEED, numRuns: 50_000 },
  );
});

Deno.test("a denser sample never comes out lighter", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 700_000, max: 900_000 }),
      fc.integer({ min: 1, max: 2000 }),
      temperature,
      (n, more, t) => {
        const at = (density: number) => {
          try {
            return density15(density, t);
          } catch (error) {
            assert.ok(error instanceof RefusAstm);
          }
        };
        const light = at(n / 1000), dense = at((n + more) / 1000);
        if (light !== undefined && dense !== undefined) assert.ok(light <= dense);
      },
    ),
    { seed: SEED, numRuns: 50_000 },
  );
});

const sane: Demande = {
  groupe: "B",
  densite_observee_kgm3: 837,
  temperature_echantillon_c: 20,
  temperature_produit_c: 20,
  volume_observe_l: 1000,
};

for (
  const [what, change, code] of [
    ["no density", { densite_observee_kgm3: null }, "DENSITE_OBSERVEE_REQUISE"],
    [
      "no temperature",
      { temperature_echantillon_c: null, temperature_produit_c: null },
      "TEMPERATURE_REQUISE",
    ],
    ["density NaN", { densite_observee_kgm3: NaN }, "ASTM_HORS_DOMAINE"],
    ["density infinite", { densite_observee_kgm3: Infinity }, "ASTM_HORS_DOMAINE"],
    ["density zero", { densite_observee_kgm3: 0 }, "ASTM_HORS_DOMAINE"],
    ["density in g/cm³", { densite_observee_kgm3: 0.837 }, "ASTM_HORS_DOMAINE"],
    ["density of water with salt", { densite_observee_kgm3: 1100 }, "ASTM_HORS_DOMAINE"],
    ["temperature NaN", { temperature_echantillon_c: NaN }, "ASTM_HORS_DOMAINE"],
    ["temperature in °F", { temperature_produit_c: 151 }, "ASTM_HORS_DOMAINE"],
    ["temperature too low for 1980", { temperature_produit_c: -18.1 }, "ASTM_HORS_DOMAINE"],
    ["volume zero", { volume_observe_l: 0 }, "ASTM_HORS_DOMAINE"],
    ["volume negative", { volume_observe_l: -1 }, "ASTM_HORS_DOMAINE"],
    ["volume infinite", { volume_observe_l: Infinity }, "ASTM_HORS_DOMAINE"],
    ["pressure with 1980", { pression_kpa: 1 }, "ASTM_HORS_DOMAINE"],
    ["group unknown", { groupe: "C" as never }, "ASTM_HORS_DOMAINE"],
    ["method unknown", { methode: "MPMS" as never }, "ASTM_HORS_DOMAINE"],
  ] as [string, Partial<Demande>, string][]
) {
  Deno.test(`the twin refuses: ${what}`, () => {
    assert.throws(
      () => calculer15c({ ...sane, ...change }),
      (error) => error instanceof RefusAstm && error.code === code,
    );
  });
}

Deno.test("one temperature serves for both", () => {
  const both = calculer15c(sane);
  assert.deepEqual(calculer15c({ ...sane, temperature_produit_c: undefined }), both);
  assert.deepEqual(calculer15c({ ...sane, temperature_echantillon_c: null }), both);
});
