// By how many litres another way of counting lies beside the engine, on a truck of 39 000 L: docs/volumetrie.md's table.
import { REAL_TRUCKS } from "../../../supabase/seeds/camions.ts";
import { calculer15c, type Demande } from "./moteur.ts";
import { sql } from "../../support/monde.ts";

const LITRES = 39_000;

interface Lu {
  densite: number;
  celsius: number;
}
/** Gasoil as it comes: every kg/m³ of its densities at 15 °C, every half degree. */
const suite = (minimum: number, maximum: number, pas: number) =>
  Array.from({ length: Math.round((maximum - minimum) / pas) + 1 }, (_, rang) => minimum + rang * pas);
const croiser = (densites: number[], temperatures: number[]): Lu[] =>
  densites.flatMap((densite) => temperatures.map((celsius) => ({ densite, celsius })));
const GASOIL = croiser(suite(820, 860, 1), suite(10, 40, 0.5));
const LEGER = croiser(suite(770, 790, 1), suite(10, 40, 0.5));

/** The engine, of a density at 15 °C. */
const calculer = ({ densite, celsius }: Lu, plus: Partial<Demande> = {}) =>
  calculer15c({
    groupe: "B",
    densite_observee_kgm3: densite,
    temperature_echantillon_c: 15,
    temperature_produit_c: celsius,
    volume_observe_l: LITRES,
    correction_verre: false,
    ...plus,
  });
const moteur = (lu: Lu, plus: Partial<Demande> = {}) => calculer(lu, plus).volume_15c_l;
const facteur = (lu: Lu) => calculer(lu).vcf;
const entier = { arrondir: false } as const;

interface Ecarts {
  moyenne: number;
  pire: number;
}
function comparer(lus: Lu[], leur: (lu: Lu) => number, notre: (lu: Lu) => number = moteur): Ecarts {
  const ecarts = lus.map((lu) => Math.abs(leur(lu) - notre(lu)));
  return {
    moyenne: ecarts.reduce((total, ecart) => total + ecart, 0) / ecarts.length,
    pire: Math.max(...ecarts),
  };
}

/** The engine as the database prints it otherwise, of densities read on glass at the product's temperature. */
async function imprimes(methode: string, decimales: number, entrees: boolean): Promise<Ecarts> {
  const lus = croiser(suite(820, 860, 0.1), suite(10, 40, 0.5));
  const [dit] = await sql<Ecarts[]>`
    select avg(abs(i.volume_15c_l - c.volume_15c_l))::float8 as moyenne, max(abs(i.volume_15c_l - c.volume_15c_l)) as pire
      from unnest(${lus.map((lu) => lu.densite)}::float8[], ${
    lus.map((lu) => lu.celsius)
  }::float8[]) l (rho, t),
           astm.calculer_imprime('B', l.rho, l.t, l.t, ${LITRES}, ${methode}, true, 0, ${decimales}, ${entrees}) i,
           astm.calculer_15c('B', l.rho, l.t, l.t, ${LITRES}) c`;
  return dit!;
}

/** The factor of a grid of nine densities and seven temperatures, four decimals: 63 points. */
const bas = (valeur: number, dernier: number) => Math.min(Math.floor(valeur / 5) * 5, dernier - 5);
function interpole({ densite, celsius }: Lu): number {
  const [d, t] = [bas(densite, 860), bas(celsius, 40)];
  const [x, y] = [(densite - d) / 5, (celsius - t) / 5];
  const coin = (plusD: number, plusT: number) => facteur({ densite: d + plusD, celsius: t + plusT });
  return LITRES *
    ((1 - x) * ((1 - y) * coin(0, 0) + y * coin(0, 5)) + x * ((1 - y) * coin(5, 0) + y * coin(5, 5)));
}
const auPlusProche = (pasDensite: number, pasTemperature: number) => ({ densite, celsius }: Lu) =>
  LITRES * facteur({
    densite: Math.round(densite / pasDensite) * pasDensite,
    celsius: Math.round(celsius / pasTemperature) * pasTemperature,
  });

const nombre = (valeur: number) => valeur.toFixed(1).replace(".", ",");
const etendue = ({ moyenne, pire }: Ecarts) => `${nombre(moyenne)} L en moyenne, ${nombre(pire)} au pire`;
const litres = (valeur: number) => `${Math.round(valeur)} L`;

/** Each line of the table by its first words, and what stands in its last column. */
export async function autresChiffres(): Promise<Record<string, string>> {
  const chaud = { densite: 840, celsius: 45 };
  const borne = moteur({ ...chaud, celsius: 40 }) - moteur(chaud);
  const fixe = (lu: Lu) => litres(Math.abs(LITRES * (1 - 0.00083 * (lu.celsius - 15)) - moteur(lu)));
  const sautee = LITRES * facteur({ densite: 830, celsius: 30 }) -
    moteur({ densite: 830, celsius: 30 }, { temperature_echantillon_c: 30, correction_verre: true });
  const ecartsDUneTemperature = REAL_TRUCKS.slice(0, 2).map((camion) => {
    const reel = {
      groupe: "B",
      volume_observe_l: camion.volume_ambiant,
      densite_observee_kgm3: camion.densite_observee_kgm3,
      temperature_echantillon_c: camion.temperature_echantillon_c,
    } as const;
    return calculer15c({ ...reel, temperature_produit_c: camion.temperature_ambiante_c }).volume_15c_l -
      calculer15c({ ...reel, temperature_produit_c: camion.temperature_echantillon_c }).volume_15c_l;
  });
  const edition2004 = (lu: Lu) => moteur(lu, { methode: "MPMS_11_1_2004", ...entier });
  const edition1980 = (lu: Lu) => moteur(lu, entier);
  const a60f = (lu: Lu) => edition1980(lu) / calculer({ ...lu, celsius: 140 / 9 }, entier).vcf;
  return {
    "l'édition de 1980, tables imprimées": etendue(await imprimes("MPMS_11_1_1980", 4, true)),
    "l'édition de 2004": etendue(comparer(GASOIL, edition2004, edition1980)),
    "… de 770 à 790 kg/m³": etendue(comparer(LEGER, edition2004, edition1980)),
    "l'édition de 2004, à cinq décimales": etendue(await imprimes("MPMS_11_1_2004", 5, false)),
    "un livre de 1952, entré par ses pas": etendue(comparer(GASOIL, auPlusProche(5, 0.5))),
    "… qui ne distingue pas brut et produit": etendue(
      comparer(GASOIL, (lu) => moteur(lu, { groupe: "A", ...entier }), edition1980),
    ),
    "… en °API et °F": etendue(comparer(GASOIL, a60f, edition1980)),
    "une application qui interpole 63 points": etendue(comparer(GASOIL, interpole)),
    "… et qui prend la case la plus proche": etendue(comparer(GASOIL, auPlusProche(5, 5))),
    "… hors de sa grille": litres(borne),
    "la densité lue, prise pour celle à 15 °C": litres(Math.abs(sautee)),
    "une seule température pour l'échantillon et le produit": `${Math.min(...ecartsDUneTemperature)} à ${
      litres(Math.max(...ecartsDUneTemperature))
    }`,
    "un coefficient fixe, 0,00083 par °C": `${fixe({ densite: 820, celsius: 30 })} à 820 kg/m³ et 30 °C, ${
      fixe({ densite: 840, celsius: 40 })
    } à 840 et 40 °C`,
  };
}
