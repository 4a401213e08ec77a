// A day at the depot, by its doors, with the figures that instruments print: at night every litre is explained.
import assert from "node:assert/strict";
import type { Person, Row } from "../../../ops/pile/client.ts";
import { type Monde, monde, refus, sql, stock, test } from "../../support/monde.ts";
import { selonLaNorme } from "../../support/norme.ts";
import { mettreEnVigueur } from "./reponses.ts";

type Litres = { ambiant: number; a_15: number };
/** A line of the day: what happened, its litres as measured and at 15 °C, and what it showed. */
type Ligne = { quoi: string; mesures: string } & Litres;

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

async function ouvrir(m: Monde): Promise<Ligne[]> {
  const admin = await m.personne("admin");
  const lignes: Ligne[] = [];
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
    lignes.push({ quoi: `stock comptable ${proprietaire_type}`, mesures: "", ...litres(initial) });
  }
  return lignes;
}

const mesures = (m: { temperature_ambiante_c: number; densite_observee_kgm3: number }) =>
  `${m.temperature_ambiante_c} °C, ${m.densite_observee_kgm3} kg/m³`;

/** What came and went between the two dips. */
async function bouger(m: Monde, operateur: Person, gerant: Person): Promise<Ligne[]> {
  const [citerne_id] = m.citernes;
  const chaud = await m.recevoir(CAMION_CHAUD.volume_ambiant, CAMION_CHAUD);
  assert.ok(chaud.transit, "the answer says what its truck announced and lost on the way");
  const valider = (sortie: Row) => gerant.call("POST", `sorties/${sortie.id}/valider`);
  const froide = await valider(await m.rediger(LIVRAISON_FROIDE.volume_ambiant, LIVRAISON_FROIDE));
  const apporte = await operateur.call("POST", "receptions", {
    citerne_id,
    proprietaire_type: "PARTENAIRE",
    partenaire_id: m.partenaire,
    ...CAMION_PARTENAIRE,
  });
  const { id: compteur_id } = await (await m.personne("directeur")).call("POST", "referentiels/compteurs", {
    numero: "B-2",
    citerne_id,
    facteur: 0.9985,
    valide_du: "2026-01-01",
    certificat: "OCC 2026-13",
  });
  const lire = (index_avant: number, index_apres: number, plus: object) =>
    operateur.call("POST", "sorties", {
      citerne_id,
      compteur_id,
      index_avant,
      index_apres,
      ...AU_COMPTEUR,
      ...plus,
    });
  const repris = await valider(
    await lire(1_204_300, 1_221_850, { proprietaire_type: "PARTENAIRE", partenaire_id: m.partenaire }),
  );
  assert.equal(repris.volume_ambiant, 17_523.675, "(1 221 850 − 1 204 300) × 0.9985");
  const chevauche = await lire(1_221_000, 1_221_900, { client_id: m.client });
  assert.equal((await refus(valider(chevauche))).code, "COMPTEUR_CHEVAUCHEMENT");
  const livre = await valider(await lire(1_221_850, 1_231_050, { client_id: m.client }));
  return [
    { quoi: "camion chaud", mesures: mesures(CAMION_CHAUD), ...litres(chaud) },
    { quoi: "livraison froide", mesures: mesures(LIVRAISON_FROIDE), ...litres(froide, -1) },
    { quoi: "partenaire, apporté", mesures: mesures(CAMION_PARTENAIRE), ...litres(apporte) },
    { quoi: "partenaire, repris au compteur", mesures: mesures(AU_COMPTEUR), ...litres(repris, -1) },
    { quoi: "client, au compteur", mesures: mesures(AU_COMPTEUR), ...litres(livre, -1) },
  ];
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
}

const releve = (quoi: string, lue: typeof MATIN, jauge: Jauge): Ligne => ({
  quoi,
  mesures: `${lue.hauteur_totale_mm} mm, eau ${lue.hauteur_eau_mm}, ${lue.temperature_c} °C, ` +
    `± ${jauge.incertitude_15c} L`,
  ambiant: jauge.volume_mesure,
  a_15: jauge.volume_15c,
});

function imprimer(lignes: Ligne[]): void {
  const nombre = (valeur: number) => valeur.toFixed(3).replace(/\.?0+$/, "").padStart(11);
  for (const { quoi, mesures, ambiant, a_15 } of lignes) {
    console.log(`${quoi.padEnd(31)}${nombre(ambiant)}${nombre(a_15)}  ${mesures}`);
  }
}

/** Stock and movements of the tank, all owners: as its readers see the first, and as the second add up. */
async function exigerSommeDesMouvements(gerant: Person, citerne: string): Promise<Litres> {
  const parProprietaire = Object.values(await stock(gerant, citerne));
  for (const { proprietaire_type, stock_ambiant, stock_15c } of parProprietaire) {
    const { data } = await gerant.call<{ data: { delta_ambiant: number; delta_15c: number }[] }>(
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

test("a day at the depot ends with every litre explained", async () => {
  const m = await monde();
  const [admin, gerant, operateur] = await Promise.all([
    m.personne("admin"),
    m.personne("gerant"),
    m.personne("operateur"),
  ]);
  const [citerne_id] = m.citernes;
  await selonLaNorme({ depots: [m.depot] }, admin, async () => {
    await mettreEnVigueur(m, citerne_id);
    const ouverture = await ouvrir(m);
    const jauger = (lue: typeof MATIN) =>
      operateur.call<Jauge>("POST", "stocks/prises-de-hauteur", { citerne_id, ...lue });
    const matin = await jauger(MATIN);
    const mouvements = await bouger(m, operateur, gerant);
    const soir = await jauger(SOIR);

    const livres = somme([...ouverture, ...mouvements]);
    assert.deepEqual(livres, { ambiant: soir.stock_comptable, a_15: soir.stock_comptable_15c });
    for (const jauge of [matin, soir]) {
      assert.equal(au_millilitre(jauge.volume_15c - jauge.stock_comptable_15c), jauge.ecart_15c);
      assert.equal(jauge.hors_tolerance, false);
      assert.ok(Math.abs(jauge.ecart_15c) < jauge.incertitude_15c, "noise, not loss");
    }
    await admin.call("POST", `stocks/prises-de-hauteur/${soir.prise_de_hauteur_id}/regulariser`, {
      motif: "écart du soir, dans l'incertitude de la jauge",
    });
    const ecritures = await sql<Litres[]>`
      select delta_ambiant::float8 as ambiant, delta_15c::float8 as a_15
        from public.regularisations where prise_de_hauteur_id = ${soir.prise_de_hauteur_id}`;
    const passe = somme(ecritures);
    assert.deepEqual(passe, { ambiant: soir.ecart_l, a_15: soir.ecart_15c }, "the gap is what was booked");

    const final = await exigerSommeDesMouvements(gerant, citerne_id);
    assert.deepEqual(final, { ambiant: soir.volume_mesure, a_15: soir.volume_15c }, "the books are the dip");
    await exigerComptesJustes(gerant, m);
    imprimer([
      ...ouverture,
      releve("jauge du matin", MATIN, matin),
      ...mouvements,
      { quoi: "livres du soir", mesures: "", ...livres },
      releve("jauge du soir", SOIR, soir),
      { quoi: "régularisation", mesures: `${ecritures.length} propriétaires`, ...passe },
      { quoi: "stock final", mesures: "", ...final },
    ]);
  });
});
