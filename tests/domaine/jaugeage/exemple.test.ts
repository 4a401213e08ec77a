// docs/jaugeage.md works one dip out by hand: every figure of it is computed again, from the page's own readings.
import assert from "node:assert/strict";
import { monde, sql, test } from "../../support/monde.ts";
import { mettreEnVigueur } from "./reponses.ts";

const PAGE = await Deno.readTextFile(new URL("../../../docs/jaugeage.md", import.meta.url));

/** The number a line of a table ends with, as people write it: "233 905 L", "27,85 °C". */
function chiffre(ligne: string): number {
  const trouve = PAGE.match(new RegExp(`^\\| ${ligne} \\|.*\\| ([\\d  ]+(?:,\\d+)?)[^|]*\\|$`, "m")) ??
    PAGE.match(new RegExp(`^\\| ${ligne} \\| ([\\d  ]+(?:,\\d+)?)[^|]*\\|$`, "m"));
  assert.ok(trouve, `docs/jaugeage.md has a line « ${ligne} »`);
  return Number(trouve[1]!.replaceAll(/\s/g, "").replace(",", "."));
}

test("the example of docs/jaugeage.md is what the gauge table and the chain give, figure by figure", async () => {
  const m = await monde();
  const csv = PAGE.match(/```csv\n([\s\S]*?)```/)![1]!;
  const { id } = await mettreEnVigueur(m, m.citernes[0], csv);
  const [calcul] = await sql`
    with lu as (
      select t.volume_l::float8 as total, t.pente_l_mm::float8 as pente, e.volume_l::float8 as eau,
             e.pente_l_mm::float8 as pente_eau,
             astm.temperature_paroi(${chiffre("température du produit")}, ${
    chiffre("température de l'air")
  }) as robe
        from private.volume_au_bareme(${id}, ${chiffre("hauteur totale")}::float8::numeric) t,
             private.volume_au_bareme(${id}, ${chiffre("hauteur d'eau")}::float8::numeric) e)
    select lu.*, c.densite_15c_kgm3 as densite, c.vcf, j.*, astm.masse_air_t(c.densite_15c_kgm3, j.volume_15c_l) as masse,
           astm.incertitude_15c('B', c.densite_15c_kgm3, ${
    chiffre("température du produit")
  }, j.volume_net_l, c.vcf,
             lu.pente, lu.pente_eau, 2, 3, 0.5, 0.5) as incertitude
      from lu,
           astm.calculer_15c('B', ${chiffre("densité observée")}, ${chiffre("température de l'échantillon")},
             ${chiffre("température du produit")}, 1) c,
           astm.jaugeage(lu.total, lu.eau, lu.robe, 20, 0.0000112, null, null, c.densite_15c_kgm3, c.vcf,
             ${chiffre("eau et sédiments")}, true) j`;
  const attendus = {
    TOV: calcul!.total,
    eau: calcul!.eau,
    robe: calcul!.robe,
    CTSh: calcul!.ctsh,
    GOV: calcul!.volume_brut_l,
    "densité à 15 °C": calcul!.densite,
    VCF: calcul!.vcf,
    GSV: calcul!.volume_15c_brut_l,
    NSV: calcul!.volume_15c_l,
    "masse dans l'air": Number(calcul!.masse.toFixed(3)),
  };
  for (const [ligne, valeur] of Object.entries(attendus)) {
    assert.ok(
      Math.abs(chiffre(ligne) - valeur) < 1e-9 * valeur + 1e-9,
      `${ligne} : ${chiffre(ligne)} ${valeur}`,
    );
  }
  const [, dite] = PAGE.match(/ensemble, \*\*([\d,]+) L\*\*/)!;
  assert.equal(calcul!.incertitude.toFixed(1), dite!.replace(",", "."));
});
