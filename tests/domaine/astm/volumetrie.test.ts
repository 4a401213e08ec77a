// What docs/volumetrie.md says by how many litres, computed again from what it says it of.
import assert from "node:assert/strict";
import { REAL_TRUCKS } from "../../../supabase/seeds/camions.ts";
import { sql, test } from "../../support/monde.ts";
import { autresChiffres } from "./autres_chiffres.ts";

const PAGE = await Deno.readTextFile(new URL("../../../docs/volumetrie.md", import.meta.url));

/** Cells of each line of the table below a heading, its heading and rule left out. */
function tableau(titre: string): string[][] {
  const apres = PAGE.slice(PAGE.indexOf(titre) + titre.length);
  const lignes = apres.match(/(?:^\|.*\n)+/m)![0].trim().split("\n").slice(2);
  return lignes.map((ligne) =>
    ligne.split("|").slice(1, -1).map((cellule) => cellule.replaceAll("**", "").trim())
  );
}
const lu = (cellule: string) =>
  Number(cellule.replace(/ \(.*/, "").replaceAll(/\s/g, "").replace(",", ".").replace("−", "-"));
const entreParentheses = (cellule: string) => lu(cellule.match(/\((.*)\)/)![1]!);

test("« Quand un autre chiffre ne tombe pas juste » : each line says the litres that its way of counting makes", async () => {
  const dites = Object.fromEntries(
    tableau("## Quand un autre chiffre ne tombe pas juste").map(([quoi, , ecart]) => [quoi, ecart]),
  );
  assert.deepEqual(dites, await autresChiffres());
});

test("« Les huit camions » : engine, single temperature and old formula are what the database makes of each", async () => {
  const lignes = tableau("## Les huit camions de SEP");
  assert.equal(lignes.length, REAL_TRUCKS.length);
  for (const ligne of lignes) {
    const [, volume, echantillon, produit, lue, densite, vcf, sep] = ligne.map((cellule) =>
      lu(cellule)
    ) as number[];
    const [calcul] = await sql<Record<string, number>[]>`
      select c.*, u.volume_15c_l as une_temperature, round(${volume!}::numeric * (1 - 0.00085 * (${produit!}::numeric - 15)))::float8 as ancienne
        from astm.calculer_15c('B', ${lue!}, ${echantillon!}, ${produit!}, ${volume!}) c,
             astm.calculer_15c('B', ${lue!}, ${echantillon!}, ${echantillon!}, ${volume!}) u`;
    const { densite_15c_kgm3, vcf: facteur, volume_15c_l, une_temperature, ancienne } = calcul!;
    assert.deepEqual(
      [densite, vcf, lu(ligne[8]!)],
      [densite_15c_kgm3, facteur, volume_15c_l],
      ligne.join(" "),
    );
    for (const [colonne, litres] of [[8, volume_15c_l], [9, une_temperature], [10, ancienne]] as const) {
      assert.equal(lu(ligne[colonne]!), litres, ligne.join(" "));
      assert.equal(entreParentheses(ligne[colonne]!) + 0, litres! - sep!, ligne.join(" "));
    }
  }
});

test("« Ce que l'ancienne formule aurait donné » : both figures and the gap", async () => {
  const ALPHA: Record<string, number> = { essence: 0.001, kérosène: 0.00085, gasoil: 0.00085 };
  for (
    const [produit, lue, t, moteur, ancienne, ecart] of tableau(
      "Ce que l'ancienne formule aurait donné ailleurs",
    )
  ) {
    const [calcul] = await sql<{ volume: number; ancien: number }[]>`
      select c.volume_15c_l as volume, round((39000 * (1 - ${ALPHA[
      produit!
    ]!} * (t - 15)))::numeric)::float8 as ancien
        from (select ${lu(t!.replace(" °C", ""))}::float8 as t) l,
             astm.calculer_15c('B', ${lu(lue!)}, l.t, l.t, 39000) c`;
    assert.deepEqual(
      [lu(moteur!), lu(ancienne!), lu(ecart!)],
      [calcul!.volume, calcul!.ancien, calcul!.ancien - calcul!.volume],
      produit,
    );
  }
});
