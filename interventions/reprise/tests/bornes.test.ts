// Whatever the old history: what it becomes keeps every bound, on every day, and accounts for every millilitre.
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Ancienne, Ligne, Mesure, Reception, Sortie, Stock } from "../ancienne/lecture.ts";
import { traduire, type Traduite } from "../traduire.ts";

const DEPOT = "11111111-1111-4111-8111-111111111111";
const PRODUIT = "22222222-2222-4222-8222-222222222222";
const CITERNES = ["33333333-0000-4000-8000-000000000001", "33333333-0000-4000-8000-000000000002"];
const CAPACITE_L = 50_000;
const PROPRIETAIRES = ["MONALUXE", "PARTENAIRE"] as const;
const LE = "2026-01-01T00:00:00Z";

const mesure = (ml: number | null): Mesure => ({
  ml,
  reste: 0,
  texte: ml === null ? null : String(ml / 1000),
});
const jour = (n: number) => `2026-03-${String(n + 1).padStart(2, "0")}`;

const mouvement = fc.record({
  entree: fc.boolean(),
  citerne: fc.nat({ max: 1 }),
  proprietaire: fc.constantFrom(...PROPRIETAIRES),
  jour: fc.nat({ max: 20 }),
  ml: fc.integer({ min: 1, max: 45_000_000 }),
  quinze: fc.integer({ min: 970, max: 1010 }),
});
const compte = fc.record({
  citerne: fc.nat({ max: 1 }),
  proprietaire: fc.constantFrom(...PROPRIETAIRES),
  ambiant: fc.integer({ min: 0, max: 60_000_000 }),
  a15: fc.integer({ min: 0, max: 60_000_000 }),
});
const histoire = fc.record({
  mouvements: fc.array(mouvement, { maxLength: 40 }),
  affiches: fc.uniqueArray(compte, { selector: (c) => `${c.citerne} ${c.proprietaire}`, maxLength: 4 }),
});
type Histoire = typeof histoire extends fc.Arbitrary<infer H> ? H : never;

function ancienne({ mouvements, affiches }: Histoire): Ancienne {
  const lignes = mouvements.map((m, rang) => ({
    id: `44444444-0000-4000-8000-${String(rang).padStart(12, "0")}`,
    citerne_id: CITERNES[m.citerne]!,
    produit_id: PRODUIT,
    proprietaire_type: m.proprietaire,
    partenaire_id: null,
    statut: "validee",
    volume_ambiant: mesure(m.ml),
    volume_15c: mesure(Math.max(1, Math.round(m.ml * m.quinze / 1000))),
    volume_corrige_15c: mesure(null),
    volume_observe: mesure(null),
    index_avant: mesure(null),
    index_apres: mesure(null),
    temperature_ambiante_c: null,
    densite_a_15: null,
    densite_a_15_kgm3: null,
    densite_observee_kgm3: null,
    note: null,
    created_by: null,
    validated_by: null,
    created_at: `${jour(m.jour)}T08:00:00Z`,
    jour: jour(m.jour),
    jour_ecrit: jour(m.jour),
    cours_de_route_id: null,
    client_id: null,
    date_sortie: `${jour(m.jour)}T08:00:00Z`,
    plaque_camion: null,
    plaque_remorque: null,
    chauffeur_nom: null,
    transporteur: null,
    ligne: {},
    entree: m.entree,
  }));
  return {
    depots: [{ id: DEPOT, nom: "Dépôt", created_at: LE }],
    produits: [{ id: PRODUIT, nom: "Gasoil", code: "G.O", created_at: LE }],
    citernes: CITERNES.map((id, n) => ({
      id,
      nom: `TANK${n}`,
      depot_id: DEPOT,
      produit_id: PRODUIT,
      capacite_totale: CAPACITE_L,
      capacite_securite: 0,
      statut: "active",
      created_at: LE,
    })),
    clients: [],
    fournisseurs: [],
    partenaires: [],
    profils: [],
    fournisseur_lot: [],
    cours_de_route: [],
    prises_de_hauteur: [],
    log_actions: [],
    comptes: [],
    identites: [],
    receptions: lignes.filter(({ entree }) => entree) as unknown as Reception[],
    sorties: lignes.filter(({ entree }) => !entree) as unknown as Sortie[],
    ajustements: [],
    stocks: affiches.map((a): Stock => ({
      citerne_id: CITERNES[a.citerne]!,
      produit_id: PRODUIT,
      proprietaire_type: a.proprietaire,
      depot_id: DEPOT,
      stock_ambiant: mesure(a.ambiant),
      stock_15c: mesure(a.a15),
      jour: jour(20),
    })),
    jours: [],
    autres: [],
    inconnues: [],
    aujourdhui: "2026-04-01",
  };
}

interface Pas {
  citerne: string;
  proprietaire: string;
  jour: string;
  ambiant: number;
  a15: number;
}

/** What the rows to be written do to stock, by nothing but themselves. */
function pas({ traduction: { tables } }: Traduite): Pas[] {
  const ml = (litres: unknown) => Math.round(Number(litres) * 1000);
  const lire = (table: string, signe: number, champs: [string, string, string]) =>
    (tables.get(table) ?? []).map((ligne): Pas => ({
      citerne: ligne.citerne_id as string,
      proprietaire: ligne.proprietaire_type as string,
      ambiant: signe * ml(ligne[champs[0]]),
      a15: signe * ml(ligne[champs[1]]),
      jour: ligne[champs[2]] as string,
    }));
  return [
    ...lire("receptions", 1, ["volume_ambiant", "volume_15c", "date_reception"]),
    ...lire("sorties_produit", -1, ["volume_ambiant", "volume_15c", "date_jour"]),
    ...lire("stocks_initiaux", 1, ["volume_ambiant", "volume_15c", "date_jour"]),
    ...lire("stocks_adjustments", 1, ["delta_ambiant", "delta_15c", "date_jour"]),
  ];
}

const somme = (lesPas: Pas[], mesure: "ambiant" | "a15") =>
  lesPas.reduce((total, un) => total + un[mesure], 0);

const propriete = (verifier: (traduite: Traduite, histoire: Histoire) => void) =>
  fc.assert(fc.property(histoire, (h) => verifier(traduire(ancienne(h)), h)), {
    numRuns: Number(Deno.env.get("REPRISE_HISTOIRES") ?? 400),
  });

Deno.test("no day ends below zero, nor above the tank's capacity", () =>
  propriete((traduite) => {
    const tous = pas(traduite);
    for (const jour of new Set(tous.map((un) => un.jour))) {
      for (const citerne of CITERNES) {
        const jusquA = tous.filter((un) => un.citerne === citerne && un.jour <= jour);
        assert.ok(somme(jusquA, "ambiant") <= CAPACITE_L * 1000, `au-dessus le ${jour}`);
        for (const proprietaire of PROPRIETAIRES) {
          const siens = jusquA.filter((un) => un.proprietaire === proprietaire);
          assert.ok(somme(siens, "ambiant") >= 0 && somme(siens, "a15") >= 0, `sous zéro le ${jour}`);
        }
      }
    }
  }));

Deno.test("every account is what the old application showed, but for what a decision names", () =>
  propriete((traduite) => {
    const tous = pas(traduite);
    for (const { citerne_id, proprietaire_type, affiche, ici, ecarts } of traduite.bilans) {
      const siens = tous.filter((un) => un.citerne === citerne_id && un.proprietaire === proprietaire_type);
      for (const mesure of ["ambiant", "a15"] as const) {
        assert.equal(somme(siens, mesure), ici[mesure]);
        assert.equal(
          ici[mesure] - affiche[mesure],
          ecarts.reduce((total, ecart) => total + ecart[mesure], 0),
        );
      }
    }
  }));

Deno.test("every old movement is there, with its litres, its day and its tank", () =>
  propriete(({ traduction: { tables } }, { mouvements }) => {
    const ici = [...tables.get("receptions") ?? [], ...tables.get("sorties_produit") ?? []];
    assert.equal(ici.length, mouvements.length);
    for (const [rang, m] of mouvements.entries()) {
      const ligne = ici.find(({ id }) => (id as string).endsWith(String(rang).padStart(12, "0")))!;
      assert.equal(Math.round(Number(ligne.volume_ambiant) * 1000), m.ml);
      assert.equal(ligne.date_reception ?? ligne.date_jour, jour(m.jour));
      assert.equal(ligne.citerne_id, CITERNES[m.citerne]);
    }
  }));

Deno.test("rows of the takeover have ids of their own, the same each time", () =>
  propriete((traduite, h) => {
    const ids = ({ traduction }: Traduite) => traduction.ajouts.map(({ table, id }) => `${table} ${id}`);
    assert.equal(new Set(ids(traduite)).size, ids(traduite).length);
    assert.deepEqual(ids(traduire(ancienne(h))), ids(traduite));
  }));

Deno.test("no adjustment of the takeover turns a movement around, where another can bear it", () =>
  propriete(({ traduction: { tables } }) => {
    const ml = (litres: unknown) => Math.round(Number(litres) * 1000);
    const lire = (table: string) => tables.get(table) ?? [];
    const compte = (ligne: Ligne) => `${ligne.citerne_id} ${ligne.proprietaire_type}`;
    const entrees = new Set([...lire("receptions"), ...lire("stocks_initiaux")].map(compte));
    for (
      const [table, type, signe] of [["receptions", "RECEPTION", 1], [
        "sorties_produit",
        "SORTIE",
        -1,
      ]] as const
    ) {
      for (const ligne of lire(table).filter((une) => entrees.has(compte(une)))) {
        const siens = lire("stocks_adjustments")
          .filter((a) => a.mouvement_type === type && a.mouvement_id === ligne.id);
        for (const [volume, delta] of [["volume_ambiant", "delta_ambiant"], ["volume_15c", "delta_15c"]]) {
          const reste = signe * ml(ligne[volume!]) + siens.reduce((total, a) => total + ml(a[delta!]), 0);
          assert.ok(signe * reste >= 0, `${type} ${signe * ml(ligne[volume!])} devient ${reste}`);
        }
      }
    }
  }));
