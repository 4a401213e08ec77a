// A day at the depot, by its doors, with the figures that instruments print: at night every litre is explained.
import assert from "node:assert/strict";
import type { Person, Row } from "../../../ops/pile/client.ts";
import { type Monde, monde, refus, stock, test } from "../../support/monde.ts";
import { selonLaNorme } from "../../support/norme.ts";
import { mettreEnVigueur } from "./reponses.ts";

type Litres = { ambiant: number; a_15: number };
/** Opening stock of the morning's books; of the partners', some is of none. */
const OUVERTURE = {
  MONALUXE: { volume_ambiant: 105_000, volume_15c: 104_180 },
  PARTENAIRE: { volume_ambiant: 45_700, volume_15c: 45_345 },
};
const MATIN = {
  type: "OUVERTURE",
  hauteur_totale_mm: 1512,
  hauteur_eau_mm: 8,
  temperature_c: 24.2,
  temperature_air_c: 19,
  temperature_echantillon_c: 24,
  densite_observee_kgm3: 834.6,
};
const CAMION_CHAUD = {
  volume_ambiant: 39_330,
  temperature_ambiante_c: 38,
  temperature_echantillon_c: 36.5,
  densite_observee_kgm3: 824.1,
};
const LIVRAISON_FROIDE = {
  volume_ambiant: 33_445,
  temperature_ambiante_c: 14.5,
  temperature_echantillon_c: 14.8,
  densite_observee_kgm3: 842.3,
};
/** SEP's first truck of the contract: it is a partner's. */
const CAMION_PARTENAIRE = {
  volume_ambiant: 39_296,
  temperature_ambiante_c: 22.5,
  temperature_echantillon_c: 29.7,
  densite_observee_kgm3: 837.3,
};
const AU_COMPTEUR = { temperature_ambiante_c: 23.2, densite_observee_kgm3: 836.9 };
const SOIR = {
  type: "FERMETURE",
  hauteur_totale_mm: 1688,
  hauteur_eau_mm: 8,
  temperature_c: 25.6,
  temperature_air_c: 31,
  temperature_echantillon_c: 25.4,
  densite_observee_kgm3: 834.4,
};

const litres = (row: Row, sens = 1): Litres => ({
  ambiant: sens * (row.volume_ambiant as number),
  a_15: sens * (row.volume_15c as number),
});
/** Millilitres: sums of binary fractions are compared as what they stand for. */
const au_millilitre = (valeur: number) => Math.round(valeur * 1000) / 1000;
const somme = (lignes: Litres[]): Litres => ({
  ambiant: au_millilitre(lignes.reduce((total, { ambiant }) => total + ambiant, 0)),
  a_15: au_millilitre(lignes.reduce((total, { a_15 }) => total + a_15, 0)),
});

/** Opening stock of the morning's books, by owner. */
async function ouvrir(m: Monde): Promise<Litres[]> {
  const admin = await m.personne("admin");
  const ouverts: Litres[] = [];
  for (const proprietaire_type of ["MONALUXE", "PARTENAIRE"] as const) {
    const initial = await admin.call("POST", "stocks/initiaux", {
      citerne_id: m.citernes[0],
      proprietaire_type,
      ...OUVERTURE[proprietaire_type],
      motif: "inventaire d'ouverture",
      ...(proprietaire_type === "PARTENAIRE" && {
        partenaires: [{ partenaire_id: m.partenaire, volume_ambiant: 30_235, volume_15c: 30_000 }],
      }),
    });
    ouverts.push(litres(initial));
  }
  return ouverts;
}

interface Jauge extends Row {
  prise_de_hauteur_id: string;
  volume_mesure: number;
  volume_15c: number;
  stock_comptable: number;
  stock_comptable_15c: number;
  ecart_l: number;
  ecart_15c: number;
  incertitude_15c: number;
  hors_tolerance: boolean;
  au_dela_incertitude: boolean;
}

/** Noise, not loss: less than what the instruments may be wrong by, and the gap is what it says it is. */
function exigerBruit(jauge: Jauge): void {
  assert.equal(au_millilitre(jauge.volume_15c - jauge.stock_comptable_15c), jauge.ecart_15c);
  assert.ok(Math.abs(jauge.ecart_15c) < jauge.incertitude_15c, `${jauge.ecart_15c} L`);
  assert.deepEqual([jauge.hors_tolerance, jauge.au_dela_incertitude], [false, false]);
}

/** Stock and movements of the tank, all owners: as its readers see the first, and as the second add up. */
async function exigerSommeDesMouvements(lecteur: Person, citerne: string): Promise<Litres> {
  const parProprietaire = Object.values(await stock(lecteur, citerne));
  for (const { proprietaire_type, stock_ambiant, stock_15c } of parProprietaire) {
    const { data } = await lecteur.call<{ data: { delta_ambiant: number; delta_15c: number }[] }>(
      "GET",
      `stocks/mouvements?citerne_id=${citerne}&proprietaire_type=${proprietaire_type}&limit=100`,
    );
    assert.deepEqual(
      somme(data.map((d) => ({ ambiant: d.delta_ambiant, a_15: d.delta_15c }))),
      { ambiant: stock_ambiant, a_15: stock_15c },
      `${proprietaire_type}: stock is the sum of its movements`,
    );
  }
  return somme(parProprietaire.map((s) => ({ ambiant: s.stock_ambiant, a_15: s.stock_15c })));
}

async function exigerComptesJustes(gerant: Person, m: Monde): Promise<void> {
  const { data } = await gerant.call<{ data: { solde_ambiant: number; solde_15c: number }[] }>(
    "GET",
    `stocks/comptes-partenaires?depot_id=${m.depot}`,
  );
  const { PARTENAIRE } = await stock(gerant, m.citernes[0]);
  assert.deepEqual(
    somme(data.map((c) => ({ ambiant: c.solde_ambiant, a_15: c.solde_15c }))),
    { ambiant: PARTENAIRE!.stock_ambiant, a_15: PARTENAIRE!.stock_15c },
    "the partners' accounts, and what is of none, are the partners' stock",
  );
  for (const preuve of ["verifier_stocks", "verifier_comptes_partenaires", "verifier_mouvements"] as const) {
    const { data, error } = await gerant.supabase.rpc(preuve);
    assert.equal(error, null, preuve);
    assert.deepEqual(data, [], preuve);
  }
}

test("a day at the depot ends with every litre explained", async (t) => {
  const m = await monde();
  const [admin, directeur, gerant, operateur, pca, lecture] = await Promise.all(
    (["admin", "directeur", "gerant", "operateur", "pca", "lecture"] as const).map(m.personne),
  ) as [Person, Person, Person, Person, Person, Person];
  const [citerne_id] = m.citernes;
  const bouges: Litres[] = [];
  const jauger = (lue: typeof MATIN) =>
    operateur.call<Jauge>("POST", "stocks/prises-de-hauteur", { citerne_id, ...lue });
  const valider = (sortie: Row) => gerant.call("POST", `sorties/${sortie.id}/valider`);
  const auCompteur = (compteur_id: string, index_avant: number, index_apres: number, plus: object) =>
    operateur.call("POST", "sorties", {
      citerne_id,
      compteur_id,
      index_avant,
      index_apres,
      ...AU_COMPTEUR,
      ...plus,
    });

  await selonLaNorme({ depots: [m.depot] }, admin, async () => {
    await mettreEnVigueur(m, citerne_id);
    bouges.push(...await ouvrir(m));

    await t.step("the morning dip is the books of the night, within what the instruments tell", async () => {
      exigerBruit(await jauger(MATIN));
    });
    await t.step("a hot truck brings fewer litres than it measures", async () => {
      const chaud = await m.recevoir(CAMION_CHAUD.volume_ambiant, CAMION_CHAUD);
      assert.ok(chaud.transit, "the answer says what its truck announced and lost on the way");
      assert.equal(chaud.volume_15c, 38_563);
      bouges.push(litres(chaud));
    });
    await t.step("a cold delivery takes more litres than it measures", async () => {
      const froide = await valider(await m.rediger(LIVRAISON_FROIDE.volume_ambiant, LIVRAISON_FROIDE));
      assert.equal(froide.volume_15c, 33_458);
      bouges.push(litres(froide, -1));
    });
    await t.step("a partner's truck brings what SEP printed for it", async () => {
      const apporte = await operateur.call("POST", "receptions", {
        citerne_id,
        proprietaire_type: "PARTENAIRE",
        partenaire_id: m.partenaire,
        ...CAMION_PARTENAIRE,
      });
      assert.deepEqual([apporte.densite_a_15_kgm3, apporte.volume_15c], [847.4, 39_048]);
      bouges.push(litres(apporte));
    });
    await t.step(
      "the meter is read once: what the partner and a client take follow one another",
      async () => {
        const { id: compteur } = await directeur.call("POST", "referentiels/compteurs", {
          numero: "B-2",
          citerne_id,
          facteur: 0.9985,
          valide_du: "2026-01-01",
          certificat: "OCC 2026-13",
        });
        const partenaire = { proprietaire_type: "PARTENAIRE", partenaire_id: m.partenaire };
        const repris = await valider(await auCompteur(compteur, 1_204_300, 1_221_850, partenaire));
        assert.equal(repris.volume_ambiant, 17_523.675, "(1 221 850 − 1 204 300) × 0.9985");
        const chevauche = await auCompteur(compteur, 1_221_000, 1_221_900, { client_id: m.client });
        assert.equal((await refus(valider(chevauche))).code, "COMPTEUR_CHEVAUCHEMENT");
        const livre = await valider(
          await auCompteur(compteur, 1_221_850, 1_231_050, { client_id: m.client }),
        );
        bouges.push(litres(repris, -1), litres(livre, -1));
      },
    );

    const soir = await jauger(SOIR);
    await t.step("in the evening the books are what came less what went, and the dip is the books", () => {
      assert.deepEqual(somme(bouges), { ambiant: soir.stock_comptable, a_15: soir.stock_comptable_15c });
      exigerBruit(soir);
    });
    await t.step("an admin books the gap, and nobody else", async () => {
      const regulariser = (qui: Person) =>
        qui.call("POST", `stocks/prises-de-hauteur/${soir.prise_de_hauteur_id}/regulariser`, {
          motif: "écart du soir, dans l'incertitude de la jauge",
        });
      for (const qui of [directeur, gerant, operateur, pca, lecture]) {
        assert.equal((await refus(regulariser(qui))).code, "ROLE_FORBIDDEN");
      }
      await regulariser(admin);
      const { data } = await gerant.call<{ data: { delta_ambiant: number; delta_15c: number }[] }>(
        "GET",
        `stocks/regularisations?depot_id=${m.depot}`,
      );
      const passes = somme(data.map((r) => ({ ambiant: r.delta_ambiant, a_15: r.delta_15c })));
      assert.deepEqual(passes, { ambiant: soir.ecart_l, a_15: soir.ecart_15c });
      bouges.push(passes);
    });
    await t.step("dipped again, there is no gap", async () => {
      const encore = await jauger({ ...SOIR, type: "INVENTAIRE" });
      assert.deepEqual([encore.ecart_l, encore.ecart_15c], [0, 0]);
    });
    await t.step(
      "whoever reads the stock reads the sum of its movements, as measured and at 15 °C",
      async () => {
        for (const qui of [admin, directeur, gerant, operateur, pca, lecture]) {
          assert.deepEqual(await exigerSommeDesMouvements(qui, citerne_id), somme(bouges));
        }
      },
    );
    await t.step(
      "no proof finds anything: stock, log and partners' accounts",
      () => exigerComptesJustes(gerant, m),
    );
  });
});
