// Whatever somebody is called, what is printed and exported of them comes out, and is read back as it can be.
import assert from "node:assert/strict";
import { read } from "@e965/xlsx";
import fc from "fast-check";
import { A4, Feuille } from "../../../supabase/functions/_shared/papier/feuille.ts";
import { rapportXlsx } from "../../../supabase/functions/_shared/rapport/classeur.ts";
import type { Rapport } from "../../../supabase/functions/_shared/rapport/forme.ts";
import { caractere } from "../../support/caracteres.ts";
import { test } from "../../support/monde.ts";
import { textesPdf } from "./relire.ts";

const ESSAIS = { numRuns: 25, seed: Number(Deno.env.get("GRAINE") ?? 20261128) };

/** Text of any script there is, a sign of each range that has a writing of its own now and then. */
const mot = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
  fc.string({ unit: caractere, minLength: 1, maxLength: 30 }),
  fc.array(fc.constantFrom("س", "ש", "中", "ߊ", "ⵣ", "𞸀", "क", "\u0301", "\uffff", "\u202e", "\n", "\t"), {
    minLength: 1,
  })
    .map((signes) => signes.join("")),
);

async function dessiner(...lignes: string[]): Promise<string> {
  const feuille = await Feuille.ouvrir("Essai", A4.largeur, A4.hauteur);
  for (const ligne of lignes) {
    feuille.texte(40, ligne);
    feuille.paragraphe(40, ligne, 90, { gras: true });
  }
  return (await textesPdf(await feuille.octets())).join("\n");
}

test("a paper is drawn of any text, and of the same text it is the same", async () => {
  await fc.assert(
    fc.asyncProperty(mot, async (dit) => assert.equal(await dessiner(dit), await dessiner(dit))),
    ESSAIS,
  );
});

test("what a paper's font has is read as it was written, however it was typed; what it has not is seen as missing", async () => {
  const lu = async (dit: string) => (await dessiner(dit)).split("\n")[0];
  assert.equal(await lu("Éts Ñandú Œuvre ŁÓDŹ — 12,5 °C"), "Éts Ñandú Œuvre ŁÓDŹ — 12,5 °C");
  assert.equal(await lu("E\u0301lise"), "Élise");
  assert.equal(await lu("Ọbá ＝１＋１"), "Ọbá =1+1");
  assert.equal(await lu("Ɓaɗu Ŋɔŋgɔ"), "Ɓaɗu Ŋɔŋgɔ");
  assert.equal(
    await lu("Ligne un\nligne\u00a0deux\u200b"),
    "Ligne un ligne\u00a0deux".replaceAll(/\s/g, " "),
  );
  assert.equal(await lu("شركة SARL 中石油"), "???? SARL ???");
});

test("tones of Congolese names stand on their letters, in the column that cuts them too", async () => {
  // An accent that stands alone is an item of its own for a reader: what is said is compared, in its order.
  const dit = "Lisɔlɔ́ Ɛ́lɛ́ngɛ Ŋɔ̂ŋgɔ";
  const lettres = (texte: string) => texte.replaceAll(/\s/g, "").normalize("NFC");
  assert.equal(lettres(await dessiner(dit)), lettres(dit + dit));
  const feuille = await Feuille.ouvrir("Essai", A4.largeur, A4.hauteur);
  const coupees = feuille.couper("ɔ́".repeat(40) + "🚚".repeat(9), 60);
  assert.equal(coupees.join(""), "ɔ́".repeat(40) + "🚚".repeat(9));
  for (const ligne of coupees) assert.doesNotMatch(ligne, /^\p{M}|^[\uDC00-\uDFFF]/u);
  assert.equal(feuille.large("ɔ́"), feuille.large("ɔ"));
});

const rapport = (dit: string): Rapport => ({
  entete: {
    nom: "journalier",
    titre: dit,
    depot: { id: "11111111-1111-1111-1111-111111111111", nom: dit },
    zone: "Africa/Lubumbashi",
    du: "2026-11-27",
    au: "2026-11-27",
    connu_a: "2026-11-27T06:00:00Z",
    parametres: {},
    version: 1,
    signatures: [],
    genere_le: "2026-11-27T06:00:01Z",
    genere_par: dit,
    lignes: 1,
    sha256: "0".repeat(64),
  },
  sections: [{
    cle: "section",
    titre: dit,
    colonnes: [{ cle: "nom", libelle: dit, type: "texte", decimales: null, devise: null }],
    lignes: [{ nom: dit }],
    totaux: null,
    courbe: null,
  }],
});

test("a workbook of any text is one that other programs open, each of its texts as it was written", async () => {
  const ailleurs = (nom: string) => nom.replaceAll(/[\ufffe\uffff]/g, "\ufffd");
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(mot, fc.constantFrom("_x0041_ ET FILS", "_x005F_", "__x000d__", "a\uffffb")),
      async (dit) => {
        const octets = await rapportXlsx(rapport(dit));
        const { Sheets, SheetNames } = read(octets);
        const [tete, section] = SheetNames.map((nom) => Sheets[nom]!);
        const lus = [tete!.A1, tete!.B2, section!.A1, section!.A2, section!.A3].map((cellule) =>
          cellule?.v ?? ""
        );
        assert.deepEqual(lus, lus.map(() => ailleurs(dit)));
      },
    ),
    { ...ESSAIS, numRuns: 60 },
  );
});

test("sheets whose titles are long are told apart by their ends; each page of one begins with its titles", async () => {
  const titres = [
    "Stock par citerne et propriétaire, litres à 15 °C",
    "Stock par citerne et propriétaire, litres ambiants",
    "Encaissements de la période, en USD",
    "Encaissements de la période, en CDF",
    "Stock de fin de jour : [L'Étoile]",
    "Stock de fin de jour : [L'Étoile]",
    `${"x".repeat(17)}🚚zzzzz suite longue`,
    "History",
    "':*?/\\",
  ];
  const { sections: [section], ...reste } = rapport("essai");
  const octets = await rapportXlsx({ ...reste, sections: titres.map((titre) => ({ ...section!, titre })) });
  const { SheetNames: [, ...noms], Workbook } = read(octets);
  assert.deepEqual(noms, [
    "Stock par citern…litres à 15 °C",
    "Stock par citer…litres ambiants",
    "Encaissements d…période, en USD",
    "Encaissements d…période, en CDF",
    "Stock de fin de jour L'Étoile",
    "Stock de fin…jour L'Étoile (2)",
    "xxxxxxxxxxxxxxxxx…suite longue",
    "History (2)",
    "Section",
  ]);
  assert.deepEqual(
    Workbook!.Names!.map(({ Name, Ref, Sheet }) => [Name, Ref, Sheet]),
    noms.map((nom, i) => ["_xlnm.Print_Titles", `'${nom.replaceAll("'", "''")}'!$1:$2`, i + 1]),
  );
});
