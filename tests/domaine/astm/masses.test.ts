// The mass in air is what the printed tables say: every cell of tables 56 and 57, and 58 to the last digit.
import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import { sql, test } from "../../support/monde.ts";

const LIVRES = { courte: 907.18474, longue: 1016.0469088 };
const LITRES_PAR_GALLON = 3.785411784;

function lire<T>(fichier: string): T[] {
  const texte = Deno.readTextFileSync(new URL(fichier, import.meta.url));
  return parse(texte, { columns: true, comment: "#", cast: (texte) => Number(texte) || texte });
}

/** By how much of its last printed digit a figure lies beside its cell. */
const ecart = (calcule: number, imprime: number, decimales: number) =>
  Math.abs(calcule - imprime) * 10 ** decimales;

interface Ligne {
  densite_15c_kgm3: number;
  kg_par_m3: number;
  m3_par_t: number;
  tonnes_courtes_par_m3: number;
  tonnes_longues_par_m3: number;
  gallons_par_t: number;
  barils_par_t: number;
}

/** How many of a density's four cells kilograms in air a cubic metre do not print as. */
const manquees = (ligne: Ligne, air: number): number =>
  ([
    [air, ligne.kg_par_m3, 1],
    [1000 / air, ligne.m3_par_t, 4],
    [air / LIVRES.courte, ligne.tonnes_courtes_par_m3, 4],
    [air / LIVRES.longue, ligne.tonnes_longues_par_m3, 4],
  ] as const).filter(([calcule, imprime, decimales]) => ecart(calcule, imprime, decimales) > 0.5 + 1e-6)
    .length;

test("each of the 422 densities of tables 56 and 57 gives its four printed cells", async () => {
  const lignes = lire<Ligne>("masses_imprimees.csv");
  assert.equal(lignes.length, 422);
  const calculees = await sql<{ rho: number; air: number; vide: number }[]>`
    select rho, astm.masse_air_t(rho, 1000) * 1000 as air, astm.masse_vide_t(rho, 1000) * 1000 as vide
      from unnest(${
    lignes.map((l) => l.densite_15c_kgm3)
  }::float8[]) with ordinality d (rho, rang) order by rang`;
  const fausses: string[] = [];
  for (const [rang, ligne] of lignes.entries()) {
    const { rho, air, vide } = calculees[rang]!;
    assert.ok(Math.abs(vide - rho) < 1e-9, "in vacuo a cubic metre weighs its density");
    if (manquees(ligne, air)) fausses.push(`${rho} : ${air}`);
  }
  assert.deepEqual(fausses, []);
});

test("table 58's gallons and barrels a tonne are those of astm.convertir, to the last printed digit", async () => {
  const lignes = lire<Ligne>("masses_imprimees.csv");
  const converties = await sql<{ barils: number }[]>`
    select c.barils_60f as barils
      from unnest(${lignes.map((l) => l.densite_15c_kgm3)}::float8[]) with ordinality d (rho, rang),
           astm.convertir(1, 'T_AIR', 'B', p_densite_a_15_kgm3 => d.rho, p_temperature_produit_c => 15,
             p_arrondir => false) c
     order by rang`;
  const fausses: string[] = [];
  for (const [rang, ligne] of lignes.entries()) {
    const { barils } = converties[rang]!;
    const gallons = barils * 42;
    assert.ok(Math.abs(gallons * LITRES_PAR_GALLON / (barils * 158.987294928) - 1) < 1e-9);
    // The book rounded its factor to 60 °F on the way: that is worth one unit of the last digit, never two.
    if (ecart(gallons, ligne.gallons_par_t, 2) >= 1 || ecart(barils, ligne.barils_par_t, 3) >= 1) {
      fausses.push(`${ligne.densite_15c_kgm3} : ${gallons} ${barils}`);
    }
  }
  assert.deepEqual(fausses, []);
});

test("the printed factors from vacuo to air and back hold at both ends of each of their densities", async () => {
  const lignes = lire<{ de_kgl: number; a_kgl: number; vers: "AIR" | "VIDE"; facteur: number }>(
    "air_vide_imprimes.csv",
  );
  assert.equal(lignes.length, 28);
  for (const { de_kgl, a_kgl, vers, facteur } of lignes) {
    for (const rho of [de_kgl * 1000, a_kgl * 1000]) {
      const [dit] = await sql<{ facteur: number }[]>`
        select astm.masse_air_t(${rho}::float8, 1) / astm.masse_vide_t(${rho}::float8, 1) as facteur`;
      const calcule = vers === "AIR" ? dit!.facteur : 1 / dit!.facteur;
      // A step of the book is 0.0001 wide, and it steps at the nearest 0.0001 kg/L.
      assert.ok(Math.abs(calcule - facteur) < 0.000055, `${rho} ${vers} : ${facteur} ${calcule}`);
    }
  }
});

test("the shortcut of 1.1 kg/m³ misses as many of them as docs/volumetrie.md says", async () => {
  const page = await Deno.readTextFile(new URL("../../../docs/volumetrie.md", import.meta.url));
  const manque = lire<Ligne>("masses_imprimees.csv").reduce(
    (total, ligne) => total + manquees(ligne, ligne.densite_15c_kgm3 - 1.1),
    0,
  );
  assert.equal(page.match(/en manque (\d+) sur les 1 688/)?.[1], String(manque));
});
