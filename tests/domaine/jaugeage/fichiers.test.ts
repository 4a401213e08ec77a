// A gauge table's file, however people write it: read whole, or each fault said by its line and no other.
import assert from "node:assert/strict";
import fc from "fast-check";
import { monde, refus, sql, test } from "../../support/monde.ts";
import { CSV } from "./reponses.ts";

interface Point {
  hauteur: number;
  volume: number;
}
const POINTS: fc.Arbitrary<Point[]> = fc.array(
  fc.tuple(fc.integer({ min: 10, max: 400 }), fc.integer({ min: 10, max: 50_000 })),
  { minLength: 2, maxLength: 25 },
).map((pas) => {
  const points = [{ hauteur: 0, volume: 0 }];
  for (const [hauteur, volume] of pas) {
    points.push({ hauteur: points.at(-1)!.hauteur + hauteur, volume: points.at(-1)!.volume + volume });
  }
  return points;
});

interface Ecriture {
  separateur: ";" | "," | "\t";
  fin: "\n" | "\r\n";
  marque: boolean;
  virgule: boolean;
  milliers: "" | " " | "\u00a0" | "\u202f";
  guillemets: boolean;
  enCentimetres: boolean;
  enMetresCubes: boolean;
  ligneVide: boolean;
}
const ECRITURE: fc.Arbitrary<Ecriture> = fc.record<Ecriture>({
  separateur: fc.constantFrom(";", ",", "\t"),
  fin: fc.constantFrom("\n", "\r\n"),
  marque: fc.boolean(),
  virgule: fc.boolean(),
  milliers: fc.constantFrom("", " ", "\u00a0", "\u202f"),
  guillemets: fc.boolean(),
  enCentimetres: fc.boolean(),
  enMetresCubes: fc.boolean(),
  ligneVide: fc.boolean(),
});

function nombre(valeur: number, e: Ecriture): string {
  const [entier, decimales] = String(valeur).split(".");
  const groupes = entier!.replace(/\B(?=(\d{3})+$)/g, e.milliers);
  const virgule = e.virgule && e.separateur !== "," ? "," : ".";
  const texte = decimales ? `${groupes}${virgule}${decimales}` : groupes;
  return e.guillemets ? `"${texte}"` : texte;
}

/** The file, a line each: its heading, then the points. */
const lignes = (points: Point[], e: Ecriture): string[] => [
  [e.enCentimetres ? "hauteur_cm" : "hauteur_mm", e.enMetresCubes ? "volume_m3" : "volume_l"].join(
    e.separateur,
  ),
  ...points.map(({ hauteur, volume }) =>
    [
      nombre(e.enCentimetres ? hauteur / 10 : hauteur, e),
      nombre(e.enMetresCubes ? volume / 1000 : volume, e),
    ].join(e.separateur)
  ),
];
const fichier = (texte: string[], e: Ecriture) =>
  (e.marque ? "\ufeff" : "") + texte.join(e.fin) + (e.ligneVide ? e.fin + e.fin : "");

const lire = (csv: string) =>
  sql<{ ligne: number; hauteur: number; volume: number; faute: string | null }[]>`
    select ligne, hauteur_mm::float8 as hauteur, volume_l::float8 as volume, faute
      from private.lire_bareme(${csv}) order by ligne`;

test("however a gauge table is written, the points read are those that were written", async () => {
  await fc.assert(
    fc.asyncProperty(POINTS, ECRITURE, async (points, e) => {
      const lus = await lire(fichier(lignes(points, e), e));
      assert.deepEqual(
        lus.map(({ ligne, hauteur, volume, faute }) => ({ ligne, hauteur, volume, faute })),
        points.map((point, rang) => ({ ligne: rang + 2, ...point, faute: null })),
      );
    }),
    { numRuns: 150 },
  );
});

/** What may be wrong of a line, written in the place of a sound one; avant: the point of the line before. */
const FAUTES: Record<string, (avant: Point, point: Point, e: Ecriture) => string[]> = {
  "no number": (_, { hauteur }, e) => [nombre(hauteur, e), "abc"],
  "NaN": (_, { volume }, e) => ["NaN", nombre(volume, e)],
  "infinity": (_, { hauteur }, e) => [nombre(hauteur, e), "Infinity"],
  "an exponent": (_, { hauteur }, e) => [nombre(hauteur, e), "1e3"],
  "a negative": (_, { volume }, e) => ["-5", nombre(volume, e)],
  "beyond all measure": (_, { hauteur }, e) => [nombre(hauteur, e), "9".repeat(400)],
  "more than any tank": (_, { hauteur }, e) => [nombre(hauteur, e), "1000000000"],
  "higher than any tank": (_, { volume }, e) => ["100001", nombre(volume, e)],
  "an empty cell": (_, { hauteur }, e) => [nombre(hauteur, e), ""],
  "a column too many": (_, point, e) => [...cellules(point, e), "1"],
  "a column too few": (_, point, e) => cellules(point, e).slice(0, 1),
  "the height of the line before": (avant, point, e) =>
    cellules({ hauteur: avant.hauteur, volume: point.volume }, e),
  "a lower height": (avant, point, e) => cellules({ hauteur: avant.hauteur - 1, volume: point.volume }, e),
  "the volume of the line before": (avant, point, e) =>
    cellules({ hauteur: point.hauteur, volume: avant.volume }, e),
  "a lower volume": (avant, point, e) => cellules({ hauteur: point.hauteur, volume: avant.volume - 1 }, e),
};
const cellules = ({ hauteur, volume }: Point, e: Ecriture) => [nombre(hauteur, e), nombre(volume, e)];

test("a line that is wrong is told by its number, in French, and those around it are not", async () => {
  await fc.assert(
    fc.asyncProperty(
      POINTS,
      ECRITURE,
      fc.constantFrom(...Object.keys(FAUTES)),
      fc.nat(),
      async (points, ecriture, faute, hasard) => {
        const e = { ...ecriture, enCentimetres: false, enMetresCubes: false };
        // Never the first point (nothing is before it), never one whose line before is the bottom of the tank.
        const rang = 2 + hasard % (points.length - 2);
        const texte = lignes(points, e);
        texte[rang + 1] = FAUTES[faute]!(points[rang - 1]!, points[rang]!, e).join(e.separateur);
        const fautes = (await lire(fichier(texte, e))).filter((ligne) => ligne.faute !== null);
        assert.deepEqual(fautes.map(({ ligne }) => ligne), [rang + 2], `${faute} : ${texte[rang + 1]}`);
        assert.match(fautes[0]!.faute!, /[a-zé]{3}/);
      },
    ),
    { numRuns: 300 },
  );
});

test("a file with faults is refused whole, by its door, with each line and its sentence", async () => {
  const m = await monde();
  const directeur = await m.personne("directeur");
  const { id } = await directeur.call("POST", "referentiels/baremes", {
    citerne_id: m.citernes[0],
    certificat: "OCC 2026-12",
    valide_du: "2026-01-01",
    hauteur_max_mm: 3000,
  });
  const importer = (csv: string) => directeur.call("POST", `referentiels/baremes/${id}/points.csv`, { csv });
  await importer(CSV);
  const fautif =
    "\ufeffhauteur_mm;volume_l\r\n0;0\r\n1000;100 250,5\r\n1000;110000\r\n2000;NaN\r\n3000;300730\r\n";
  const { status, code, errors } = await refus(importer(fautif));
  assert.deepEqual([status, code, errors?.map(({ path }) => path)], [422, "BAREME_INVALIDE", [
    "ligne 4",
    "ligne 5",
  ]]);
  const { data } = await directeur.call<{ data: unknown[] }>(
    "GET",
    `referentiels/baremes-points?bareme_id=${id}`,
  );
  assert.equal(data.length, 4, "the points it had are kept");
});
