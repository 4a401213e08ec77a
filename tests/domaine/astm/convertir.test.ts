// One quantity of fuel, in every unit it is traded in.
import assert from "node:assert/strict";
import fc from "fast-check";
import { monde, refus, sql, test } from "../../support/monde.ts";

const UNITES = ["L", "L_15C", "L_20C", "BARIL_60F", "T_VIDE", "T_AIR"] as const;
/** The figure of the answer that says the quantity in each unit. */
const DIT = {
  L: "volume_observe_l",
  L_15C: "volume_15c_l",
  L_20C: "volume_20c_l",
  BARIL_60F: "barils_60f",
  T_VIDE: "masse_vide_t",
  T_AIR: "masse_air_t",
} as const;
type Unite = typeof UNITES[number];

async function convertir(quantite: number, unite: Unite, densite: number, celsius: number, methode: string) {
  const [dit] = await sql<Record<string, number>[]>`
    select * from astm.convertir(${quantite}, ${unite}, 'B', p_densite_a_15_kgm3 => ${densite},
      p_temperature_produit_c => ${celsius}, p_methode => ${methode}, p_arrondir => false)`;
  return dit!;
}

test("a quantity converted to any unit and back is the quantity, in every unit at once", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...UNITES),
      fc.constantFrom(...UNITES),
      fc.integer({ min: 1, max: 60_000 }),
      fc.double({ min: 700, max: 890, noNaN: true }),
      fc.double({ min: -10, max: 50, noNaN: true }),
      fc.constantFrom("MPMS_11_1_1980", "MPMS_11_1_2004"),
      async (de, vers, quantite, densite, celsius, methode) => {
        const aller = await convertir(quantite, de, densite, celsius, methode);
        const retour = await convertir(aller[DIT[vers]]!, vers, densite, celsius, methode);
        for (const unite of UNITES) {
          const [a, b] = [aller[DIT[unite]]!, retour[DIT[unite]]!];
          assert.ok(Math.abs(a / b - 1) < 1e-9, `${unite} : ${a} ${b}`);
        }
        assert.ok(aller.masse_air_t! < aller.masse_vide_t!);
      },
    ),
    { numRuns: 60 },
  );
});

test("degrees API and °F say the same fuel as kg/m³ and °C", async () => {
  const kg = await convertir(1000, "L", 840, 30, "MPMS_11_1_1980");
  const [api] = await sql<Record<string, number>[]>`
    select * from astm.convertir(1000, 'L', 'B', p_api_60f => ${kg
    .degres_api!}, p_temperature_produit_f => 86,
      p_arrondir => false)`;
  assert.ok(Math.abs(api!.densite_15c_kgm3! - 840) < 1e-6);
  assert.ok(Math.abs(api!.volume_15c_l! - kg.volume_15c_l!) < 1e-6);
});

test("every signed-in role converts; the volume to load is what makes the wanted litres at 15 °C; nonsense is refused", async () => {
  const lecteur = await (await monde()).personne("lecture");
  const demande = { densite_observee_kgm3: 0.836, temperature_echantillon_c: 20, temperature_produit_c: 20 };
  const voulu = await lecteur.call("POST", "astm/convertir", {
    ...demande,
    quantite: 38_151,
    unite: "L_15C",
  });
  assert.equal(voulu.volume_observe_l, 38_312);
  for (
    const [corps, code] of [
      [{ quantite: 0 }, "QUANTITE_INVALIDE"],
      [{ quantite: -5 }, "QUANTITE_INVALIDE"],
      [{ quantite: 1e300 }, "QUANTITE_INVALIDE"],
      [{ densite_observee_kgm3: null }, "DENSITE_OBSERVEE_REQUISE"],
      [{ temperature_produit_c: 400 }, "ASTM_HORS_DOMAINE"],
      [{ unite: "GALLON" }, "VALIDATION"],
    ] as const
  ) {
    const { code: dit } = await refus(
      lecteur.call("POST", "astm/convertir", { ...demande, quantite: 1, unite: "L", ...corps }),
    );
    assert.equal(dit, code, JSON.stringify(corps));
  }
});

test("a number that no instrument reads is refused by its field, at every door of the engine", async () => {
  const lecteur = await (await monde()).personne("lecture");
  const calcul = {
    groupe: "B",
    densite_observee_kgm3: 837,
    temperature_produit_c: 20,
    volume_observe_l: 1000,
  };
  const conversion = { quantite: 1, unite: "L", densite_a_15_kgm3: 840, temperature_produit_c: 20 };
  for (const infime of [5e-324, -5e-324, 1e-300]) {
    for (
      const [porte, corps, champ] of [
        ["calculer", calcul, "temperature_produit_c"],
        ["calculer", calcul, "temperature_echantillon_c"],
        ["calculer", calcul, "densite_observee_kgm3"],
        ["calculer", calcul, "volume_observe_l"],
        ["calculer", { ...calcul, methode: "MPMS_11_1_2004" }, "temperature_produit_c"],
        ["calculer", { ...calcul, methode: "MPMS_11_1_2004" }, "pression_kpa"],
        ["convertir", conversion, "quantite"],
        ["convertir", conversion, "temperature_produit_c"],
        ["convertir", { ...conversion, temperature_produit_c: null }, "temperature_produit_f"],
        ["convertir", { ...conversion, densite_a_15_kgm3: null }, "api_60f"],
      ] as const
    ) {
      const { status, code, errors } = await refus(
        lecteur.call("POST", `astm/${porte}`, { ...corps, [champ]: infime }),
      );
      assert.deepEqual([status, code, errors?.map(({ path }) => path)], [422, "VALIDATION", [champ]]);
    }
  }
});
