import fc from "fast-check";
import type { Demande, Groupe, Methode } from "./moteur.ts";

/** One call, nothing left to a default. */
export type Entree =
  & Required<Omit<Demande, "densite_observee_kgm3" | "volume_observe_l">>
  & {
    densite_observee_kgm3: number;
    volume_observe_l: number;
    temperature_echantillon_c: number;
    temperature_produit_c: number;
  };

/** Seed of this run: ASTM_SEED replays one. */
export const SEED = Number(Deno.env.get("ASTM_SEED") || (Math.random() * 2 ** 31) | 0);

const DENSITES: Record<Methode, Record<Groupe, [number, number]>> = {
  MPMS_11_1_1980: { A: [610.5, 1075], B: [653, 1075], D: [800, 1164] },
  MPMS_11_1_2004: { A: [611, 1163], B: [611, 1163], D: [801.4, 1163] },
};
const BORDS = [770, 770.352, 787.5, 787.5195, 838.3127, 839];

const decimal = (minimum: number, maximum: number, decimals: number) => {
  const scale = 10 ** decimals;
  return fc.integer({ min: Math.ceil(minimum * scale), max: Math.floor(maximum * scale) }).map((n) =>
    n / scale
  );
};

/**
 * A density as it would be observed: a base density of the domain (or one beside a zone boundary), carried to the
 * sample's temperature by a rough coefficient, so that most are accepted and some fall just outside.
 */
function observed(methode: Methode, groupe: Groupe, temperature: number): fc.Arbitrary<number> {
  const [low, high] = DENSITES[methode][groupe];
  const anywhere = decimal(low, high, 3);
  const beside = fc.tuple(fc.constantFrom(...BORDS), decimal(-0.6, 0.6, 4)).map(([bord, near]) =>
    bord + near
  );
  return (groupe === "B"
    ? fc.oneof({ weight: 4, arbitrary: anywhere }, { weight: 1, arbitrary: beside })
    : anywhere)
    .map((base) => {
      const u = (groupe === "D" ? 0.6278 / base : 613.9723 / base / base) * (temperature - 15);
      return base * Math.exp(-u * (1 + 0.8 * u));
    });
}

export const entree: fc.Arbitrary<Entree> = fc
  .record({
    methode: fc.constantFrom<Methode>("MPMS_11_1_1980", "MPMS_11_1_2004"),
    groupe: fc.constantFrom<Groupe>("A", "B", "B", "D"),
    correction_verre: fc.boolean(),
    arrondir: fc.boolean(),
    volume_observe_l: fc.oneof(decimal(0.001, 100_000, 3), fc.integer({ min: 1, max: 100_000 })),
  })
  .chain((choice) => {
    const coldest = choice.methode === "MPMS_11_1_1980" ? -18 : -50;
    const temperature = fc.oneof(decimal(coldest, 150, 3), decimal(coldest, 150, 1), decimal(10, 40, 1));
    const pressure = choice.methode === "MPMS_11_1_1980"
      ? fc.constant(0)
      : fc.oneof(fc.constant(0), decimal(0, 10342, 1));
    return fc.tuple(temperature, temperature, pressure).chain(([echantillon, produit, pression_kpa]) =>
      fc.tuple(observed(choice.methode, choice.groupe, echantillon), fc.constantFrom(1, 3, 6)).map(([
        density,
        decimals,
      ]) => ({
        ...choice,
        densite_observee_kgm3: Number(density.toFixed(decimals)),
        temperature_echantillon_c: echantillon,
        temperature_produit_c: produit,
        pression_kpa,
      }))
    );
  });
