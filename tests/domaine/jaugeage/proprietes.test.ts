// What holds of every gauge table and every dip, whatever the tank, the fuel and the weather.
import assert from "node:assert/strict";
import fc from "fast-check";
import type postgres from "postgres";
import { connect } from "../../../ops/commun/connection.ts";
import { createUser } from "../../../ops/pile/demo_users.ts";
import { asSuperuser, declaredProject } from "../../support/base.ts";
import { sql, test } from "../../support/monde.ts";
import { sansSuite } from "../../support/sans_suite.ts";

interface Point {
  hauteur: number;
  volume: number;
}

const dixiemes = (minimum: number, maximum: number) =>
  fc.integer({ min: minimum * 10, max: maximum * 10 }).map((n) => n / 10);

/** Points of a gauge table: from the bottom, strictly rising, of 1 to 400 L a millimetre. */
const BAREME: fc.Arbitrary<Point[]> = fc.tuple(
  fc.integer({ min: 0, max: 5000 }),
  fc.array(fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 400 })), {
    minLength: 1,
    maxLength: 30,
  }),
).map(([fond, pas]) => {
  const points = [{ hauteur: 0, volume: fond }];
  for (const [dixieme, pente] of pas) {
    const avant = points.at(-1)!;
    points.push({
      hauteur: Math.round(avant.hauteur * 10 + dixieme) / 10,
      volume: Math.round((avant.volume + pente * dixieme / 10) * 1000) / 1000,
    });
  }
  return points;
});

function surLaDroite(points: Point[], hauteur: number): number | null {
  const haut = points.findIndex((point) => point.hauteur >= hauteur);
  if (haut < 0) return null;
  if (haut === 0) return points[0]!.volume;
  const [a, b] = [points[haut - 1]!, points[haut]!];
  return a.volume + (hauteur - a.hauteur) * (b.volume - a.volume) / (b.hauteur - a.hauteur);
}

/** Litres at each of these heights (in rising order), by a gauge table that is taken back. */
function litresAuBareme(points: Point[], hauteurs: number[]): Promise<(number | null)[]> {
  const bareme = crypto.randomUUID();
  return sansSuite(sql, async (tx) => {
    // Points alone: the tank and the table they would belong to matter to no line between two of them.
    await tx`set local session_replication_role = replica`;
    await tx`
      insert into public.baremes_points (bareme_id, hauteur_mm, volume_l, depot_id)
      select ${bareme}, p.h, p.v, ${bareme}
        from unnest(${points.map((p) => p.hauteur)}::numeric[], ${
      points.map((p) => p.volume)
    }::numeric[]) p (h, v)`;
    const lues = await tx<{ litres: number | null }[]>`
      select v.volume_l::float8 as litres
        from unnest(${hauteurs}::numeric[]) with ordinality h (mm, rang)
        left join lateral private.volume_au_bareme(${bareme}, h.mm) v on true
       order by h.rang`;
    return lues.map((ligne) => ligne.litres);
  });
}

test("a gauge table is exact on its points, straight between them, rises with the height, and says nothing above", async () => {
  await fc.assert(
    fc.asyncProperty(
      BAREME,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 40 }),
      async (points, parts) => {
        const sommet = points.at(-1)!.hauteur;
        const entre = parts.map((part) => Math.round(part * sommet * 10) / 10);
        const hauteurs = [...new Set([...points.map((p) => p.hauteur), ...entre])].sort((a, b) => a - b);
        const litres = await litresAuBareme(points, [...hauteurs, Math.round(sommet * 10 + 1) / 10]);
        assert.equal(litres.pop(), null, "above its last point");
        for (const [rang, hauteur] of hauteurs.entries()) {
          const attendu = surLaDroite(points, hauteur)!;
          assert.ok(Math.abs(litres[rang]! - attendu) <= 1e-9 * attendu, `${hauteur} mm : ${litres[rang]}`);
          if (rang) assert.ok(litres[rang]! > litres[rang - 1]!, `${hauteur} mm`);
        }
      },
    ),
    { numRuns: 60 },
  );
});

interface Lecture {
  total: number;
  eau: number;
  produit: number;
  air: number | null;
  reference: number;
  densite: number;
  sediments: number;
}
const LECTURE: fc.Arbitrary<Lecture> = fc.record({
  total: dixiemes(1000, 500_000),
  eau: dixiemes(0, 900),
  produit: dixiemes(-5, 50),
  air: fc.option(dixiemes(-10, 50)),
  reference: fc.constantFrom(15, 20),
  densite: dixiemes(700, 890),
  sediments: fc.constantFrom(0, 0.05, 0.5),
});
const ACIER = 0.0000112;

async function enchainer(l: Lecture, arrondir: boolean) {
  const [chaine] = await sql<Record<string, number>[]>`
    select j.*, c.vcf, astm.temperature_paroi(${l.produit}, ${l.air}) as robe
      from astm.calculer_15c('B', ${l.densite}, 15, ${l.produit}, 1, correction_verre => false,
             arrondir => ${arrondir}) c,
           astm.jaugeage(${l.total}, ${l.eau}, astm.temperature_paroi(${l.produit}, ${l.air}), ${l.reference},
             ${ACIER}, null, null, c.densite_15c_kgm3, c.vcf, ${l.sediments}, ${arrondir}) j`;
  return chaine!;
}

test("TOV, GOV, GSV and NSV are what the formulas of MPMS 12.1 make of a dip, and in the order they must be", async () => {
  await fc.assert(
    fc.asyncProperty(LECTURE, async (l) => {
      const c = await enchainer(l, false);
      const proche = (a: number, b: number, quoi: string) =>
        assert.ok(Math.abs(a - b) <= 1e-12 * Math.abs(b) + 1e-9, `${quoi} : ${a} ${b}`);
      proche(c.robe!, (7 * l.produit + (l.air ?? l.produit)) / 8, "shell");
      const ecart = c.robe! - l.reference;
      proche(c.ctsh!, 1 + 2 * ACIER * ecart + ACIER ** 2 * ecart ** 2, "CTSh");
      proche(c.volume_brut_l!, (l.total - l.eau) * c.ctsh!, "GOV");
      proche(c.volume_15c_brut_l!, c.volume_brut_l! * c.vcf!, "GSV");
      proche(c.volume_15c_l!, c.volume_15c_brut_l! * (1 - l.sediments / 100), "NSV");
      if (ecart <= 0) assert.ok(c.volume_brut_l! <= l.total - l.eau, "a colder shell holds less");
      assert.equal(Math.sign(c.volume_brut_l! - c.volume_15c_brut_l!), Math.sign(l.produit - 15));
      assert.ok(c.volume_15c_l! <= c.volume_15c_brut_l!, "sediment and water are taken off");
      // Printed: the same to what each rounding may be worth.
      const imprime = await enchainer(l, true);
      assert.ok(Math.abs(imprime.volume_brut_l! - c.volume_brut_l!) <= 0.5 + 5.1e-6 * l.total);
      assert.ok(Math.abs(imprime.volume_15c_l! - c.volume_15c_l!) <= 1.6 + 6e-5 * l.total);
    }),
    { numRuns: 200 },
  );
});

test("more fuel at the same heat is more at 15 °C, and more water less", async () => {
  await fc.assert(
    fc.asyncProperty(LECTURE, dixiemes(1, 1000), async (l, plus) => {
      const [c, haut, eau] = await Promise.all([
        enchainer(l, false),
        enchainer({ ...l, total: l.total + plus }, false),
        enchainer({ ...l, eau: l.eau + plus }, false),
      ]);
      assert.ok(haut.volume_15c_l! > c.volume_15c_l! && eau.volume_15c_l! < c.volume_15c_l!);
    }),
    { numRuns: 60 },
  );
});

const NOM = "essai_jaugeage";

test("the verdict on a dip is that of its litres at 15 °C: heat alone neither makes a gap nor hides one", async () => {
  await declaredProject(NOM, { seed: false });
  const base = connect(asSuperuser(NOM));
  try {
    const insert = async (table: string, row: Record<string, string | number>): Promise<string> =>
      (await base`insert into ${base(`public.${table}`)} ${base(row)} returning id`)[0]!.id;
    const depot = await insert("depots", { nom: "Essai" });
    const produit = await insert("produits", { nom: "Gasoil", code: "G.O" });
    const citerne = await insert("citernes", {
      depot_id: depot,
      produit_id: produit,
      nom: "A",
      capacite_totale: 10_000_000,
    });
    const partenaire = await insert("partenaires", { nom: "Partenaire" });
    await createUser(base, {
      email: "admin@essai.test",
      password: "x",
      role: "admin",
      depotId: depot,
      nom: "a",
    });
    await base`update public.feature_flags set enabled = true where key = 'astm_53b'`;
    const [{ user_id: admin }] = await base<[{ user_id: string }]>`select user_id from public.profils`;

    /** What a dip says of this fuel at this temperature, its books being what came. */
    const juger = async (tx: postgres.TransactionSql, litres15: number, densite: number, celsius: number) => {
      const [{ id }] = await tx<[{ id: string }]>`
        insert into public.prises_de_hauteur (citerne_id, volume_mesure, temperature_c, densite_a_15_kgm3)
        select ${citerne}, round((${litres15} / c.vcf)::numeric, 3), ${celsius}, ${densite}
          from astm.calculer_15c('B', ${densite}, 15, ${celsius}, 1, correction_verre => false,
                 arrondir => false) c
        returning id`;
      const [jauge] = await tx<[{ ecart: number; hors_tolerance: boolean }]>`
        select ecart_15c::float8 as ecart, hors_tolerance from public.v_ecarts_inventaire
         where prise_de_hauteur_id = ${id}`;
      return jauge;
    };

    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 10_000, max: 500_000 }),
        dixiemes(805, 885),
        // Thousandths missing: to either side of the tolerance of five, by more than a factor's rounding is worth.
        fc.oneof(fc.constant(0), dixiemes(0, 4.5), dixiemes(5.5, 20), fc.constant(8.5)),
        fc.array(dixiemes(-5, 50), { minLength: 2, maxLength: 5 }),
        (litres15, densite, manquant, temperatures) =>
          sansSuite(base, async (tx) => {
            await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin })}, true)`;
            await tx`
              insert into public.receptions (citerne_id, proprietaire_type, partenaire_id, volume_ambiant,
                temperature_ambiante_c, densite_a_15_kgm3)
              values (${citerne}, 'PARTENAIRE', ${partenaire}, ${litres15}, 15, ${densite})`;
            const perdus = litres15 * manquant / 1000;
            for (const celsius of temperatures) {
              const { ecart, hors_tolerance } = await juger(tx, litres15 - perdus, densite, celsius);
              assert.equal(hors_tolerance, manquant > 5, `${celsius} °C : ${ecart} L`);
              // A factor of four decimals, and the litre: no more may be seen of the heat.
              assert.ok(Math.abs(ecart + perdus) <= 0.6 + litres15 * 6e-5, `${celsius} °C : ${ecart} L`);
            }
          }),
      ),
      { numRuns: 40 },
    );
  } finally {
    await base.end();
  }
});
