// Reports of any figures, any words and any width.
import fc from "fast-check";
import type { Rapport, TypeColonne } from "../../../supabase/functions/_shared/rapport/forme.ts";

const enregistrement = <T>(de: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(de, { noNullPrototype: true });

const DECIMALES: Record<TypeColonne, number | null> = {
  texte: null,
  date: null,
  instant: null,
  entier: 0,
  litres: 3,
  kg: 3,
  montant: 2,
  taux: 6,
  pour_mille: 3,
  degres: 1,
  densite: 1,
};

/** A figure as SQL says it: whole units of its last decimal. */
const figure = (decimales: number) =>
  fc.oneof(
    fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
    fc.integer({ min: -9_999_999_999_999, max: 9_999_999_999_999 }),
    fc.constant(0),
  ).map((unites) => Number(`${unites}e-${decimales}`)).map((valeur) => valeur || 0);

/** What people write, and what somebody writes who means harm; never a number by itself. */
const texte = fc.oneof(
  fc.constantFrom(
    "=1+1",
    "+33",
    "-2+3",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "Dépôt « Daipn »",
    "deux\nlignes",
    "a;b",
    'dit "oui"',
    "<script>alert(1)</script>",
    "&amp;",
    "MONALUXE",
    "Жан 😀",
    "شركة النفط",
    "中石油 公司",
    "E\u0301lise Ọbá",
    "_x0041_ ET FILS",
    "x".repeat(180),
  ),
  fc.stringMatching(/^[A-Za-zé][A-Za-zé0-9 .,;'"<>&=-]{0,30}[A-Za-z]$/),
).filter((dit) => dit !== "Total");

const jour = fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const instant = fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 19).replace("T", " "));

function valeurDe(type: TypeColonne): fc.Arbitrary<string | number | null> {
  const mots: Partial<Record<TypeColonne, fc.Arbitrary<string>>> = { texte, date: jour, instant };
  const dite: fc.Arbitrary<string | number> = mots[type] ?? figure(DECIMALES[type]!);
  return fc.option(dite, { freq: 8 });
}

const section = fc.tuple(
  texte,
  fc.array(fc.constantFrom(...Object.keys(DECIMALES) as TypeColonne[]), { maxLength: 16 }),
)
  .chain(([titre, types]) => {
    // A section is about something: its first column names it.
    const colonnes = (["texte", ...types] as TypeColonne[]).map((type, i) => ({
      cle: `c${i}`,
      libelle: `Colonne c${i}`,
      type,
      decimales: DECIMALES[type],
      devise: type === "montant" && i % 2 ? "USD" as const : null,
    }));
    const ligne = enregistrement(Object.fromEntries(colonnes.map(({ cle, type }) => [cle, valeurDe(type)])));
    const totaux = enregistrement(
      Object.fromEntries(
        colonnes.filter(({ decimales }) => decimales !== null).map(({ cle, type }) => [cle, valeurDe(type)]),
      ),
    );
    const dates = colonnes.find(({ type }) => type === "date")?.cle ?? "c0";
    const series = colonnes.filter(({ decimales }) => decimales !== null).map(({ cle }) => cle).slice(0, 3);
    return enregistrement({
      cle: fc.constant("section"),
      titre: fc.constant(titre),
      colonnes: fc.constant(colonnes),
      // The first column is said on every line.
      lignes: fc.array(fc.tuple(ligne, texte).map(([autres, c0]) => ({ ...autres, c0 })), {
        maxLength: 40,
      }),
      totaux: fc.option(totaux),
      courbe: fc.option(fc.constant({ x: dates, series })),
    });
  });

export const rapports: fc.Arbitrary<Rapport> = fc.tuple(
  fc.array(section, { minLength: 1, maxLength: 4 }),
  texte,
  jour,
  fc.array(fc.constantFrom("Le gérant", "Le directeur"), { maxLength: 2 }),
).map(([sections, nom, au, signatures]) => ({
  entete: {
    nom: "journalier",
    titre: "Rapport journalier",
    depot: { id: "11111111-1111-1111-1111-111111111111", nom },
    zone: "Africa/Lubumbashi",
    du: au,
    au,
    connu_a: "2026-11-27T06:00:00.123456Z",
    parametres: { Propriétaire: "MONALUXE" },
    version: 1,
    signatures,
    genere_le: "2026-11-27T06:00:01Z",
    genere_par: "Jean Ilunga",
    lignes: sections.reduce((total, { lignes }) => total + lignes.length, 0),
    sha256: "0123456789abcdef".repeat(4),
  },
  sections: sections as Rapport["sections"],
}));
