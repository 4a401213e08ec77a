/**
 * The TypeScript twin of schema `astm`: volumes at 15 °C by API MPMS 11.1, for previews and for the golden comparison.
 *
 * The oracle of the tests: SQL is the truth (the astm chapters of supabase/schemas say where each formula comes from);
 * this repeats it operation by operation, in the same order, so that the two differ only by the last bit of `exp`.
 * Change one, change the other: tests/domaine/astm compares them on 200 000 random inputs. Densities in kg/m³,
 * temperatures in °C, litres, kPa.
 */

export type Methode = "MPMS_11_1_1980" | "MPMS_11_1_2004";
export type Groupe = "A" | "B" | "D";

/** Arguments of `astm.calculer_15c`, by name. */
export interface Demande {
  groupe: Groupe;
  densite_observee_kgm3: number | null;
  temperature_echantillon_c?: number | null;
  temperature_produit_c?: number | null;
  volume_observe_l: number | null;
  methode?: Methode;
  correction_verre?: boolean;
  pression_kpa?: number;
  arrondir?: boolean;
}

export interface Resultat {
  densite_15c_kgm3: number;
  vcf: number;
  volume_15c_l: number;
}

/** A refusal of the engine: the code the database would raise, and the bound that was passed. */
export class RefusAstm extends Error {
  constructor(
    readonly code: "DENSITE_OBSERVEE_REQUISE" | "TEMPERATURE_REQUISE" | "ASTM_HORS_DOMAINE",
    readonly borne?: string,
  ) {
    super(borne === undefined ? code : `${code}: ${borne}`);
  }
}

interface Zone {
  k0: number;
  k1: number;
  k2: number;
  /** Lowest and highest base density of the zone. */
  plancher: number;
  plafond: number;
}

const zone = (k0: number, k1: number, k2: number, plancher = 0, plafond = Infinity): Zone => ({
  k0,
  k1,
  k2,
  plancher,
  plafond,
});

// Shared by both editions ------------------------------------------------------------------------------------------

function correctionVerre(densiteLue: number, dt: number): number {
  return densiteLue * (1 - 0.000023 * dt - 0.00000002 * dt * dt);
}

function alpha({ k0, k1, k2 }: Zone, densite: number): number {
  return (k0 / densite + k1) / densite + k2;
}

function pente({ k0, k1 }: Zone, densite: number, dt: number): number {
  return (2 * k0 / densite + k1) / densite * dt;
}

/** First estimate of the base density: one Newton step on the logarithm. */
function estimer(z: Zone, observee: number, dt: number): number {
  const u = alpha(z, observee) * dt;
  return observee * (1 + u * (1 + 0.8 * u) / (1 + (1 + 1.6 * u) * pente(z, observee, dt)));
}

/** One Newton step towards the base density whose observed density is the one measured. */
function approcher(z: Zone, densite: number, observee: number, dt: number): number {
  const u = alpha(z, densite) * dt;
  return densite +
    (observee * Math.exp(u * (1 + 0.8 * u)) - densite) / (1 + (1 + 1.6 * u) * pente(z, densite, dt));
}

function dansZone(z: Zone, densite: number): number {
  return Math.min(Math.max(densite, z.plancher), z.plafond);
}

/** Halves up; what is within 1e-7 of a unit below the half counts as the half, in SQL alike. */
function arrondi(valeur: number, parUnite: number): number {
  return Math.floor(valeur * parUnite + 0.5000001) / parUnite;
}

// Edition of 1980: tables 53 and 54, base 15 °C ----------------------------------------------------------------------

function facteur1980(alpha: number, dt: number): number {
  return Math.exp(-alpha * dt * (1 + 0.8 * alpha * dt));
}

const ESSENCES = zone(346.4228, 0.4388, 0, 0, 770);
const TRANSITION = zone(2680.3206, 0, -0.00336312, 770.0000000000001, 787.4999999999999);
const KEROSENES = zone(594.5418, 0, 0, 787.5, 838.9999999999999);
const GASOILS = zone(186.9696, 0.4862, 0, 839);
const ZONES_1980 = { A: zone(613.9723, 0, 0), D: zone(0, 0.6278, 0) };
const BORD_839 = alpha(GASOILS, 839), BORD_787 = alpha(KEROSENES, 787.5), BORD_770 = alpha(ESSENCES, 770);

/** Each boundary, carried to the observed temperature by the zone that owns it, says on which side a density lies. */
function zoneB1980(observee: number, dt: number): Zone {
  if (observee >= 839 * facteur1980(BORD_839, dt)) return GASOILS;
  if (observee >= 787.5 * facteur1980(BORD_787, dt)) return KEROSENES;
  if (observee > 770 * facteur1980(BORD_770, dt)) return TRANSITION;
  return ESSENCES;
}

function densite1980(z: Zone, observee: number, dt: number): number {
  const avant = approcher(z, estimer(z, observee, dt), observee, dt);
  let rho = approcher(z, avant, observee, dt);
  if (Math.abs(rho - avant) > 1e-7 * rho) rho = approcher(z, rho, observee, dt);
  return dansZone(z, rho);
}

// Edition of 2004: base 60 °F, IPTS-68 inside ------------------------------------------------------------------------

function ecart60f(temperature: number): number {
  const tau = temperature / 630;
  const ipts68 =
    (((((((-3.536296 * tau + 7.438081) * tau - 1.871251) * tau - 4.089591) * tau + 1.269056) * tau +
              1.080760) * tau - 0.267408) * tau - 0.148759) * tau;
  return (temperature - ipts68) * 1.8 + 32 - 60.0068749;
}

const ECART_15C = ecart60f(15);

function densiteEtoile({ k0, k1, k2 }: Zone, densite60f: number): number {
  const a = 0.006874897735 * ((k0 / densite60f + k1) / densite60f + k2);
  const b = (2 * k0 + k1 * densite60f) / (k0 + (k1 + k2 * densite60f) * densite60f);
  return densite60f * (1 + (Math.exp(a * (1 + 0.8 * a)) - 1) / (1 + a * (1 + 1.6 * a) * b));
}

function exposant2004(alpha60: number, dtf: number): number {
  return alpha60 * dtf * (1 + 0.8 * alpha60 * (dtf + 0.01374979547));
}

function facteurPression(etoile: number, tf: number, pression: number): number {
  return 1 / (1 -
    0.00001 * Math.exp(-1.9947 + 0.00013427 * tf + (793920 + 2326 * tf) / etoile / etoile) *
      (pression / 6.894757));
}

/** One Newton step with α60 taken at ρ*. */
function approcher2004(z: Zone, densite60f: number, observee: number, dtf: number): number {
  const alpha60 = alpha(z, densiteEtoile(z, densite60f));
  return densite60f + (observee * Math.exp(exposant2004(alpha60, dtf)) - densite60f) /
      (1 + (1 + 1.6 * (alpha60 * dtf)) * pente(z, densite60f, dtf));
}

const ZONES_B_2004 = [
  zone(103.8720, 0.2701, 0, 838.3127),
  zone(330.3010, 0, 0, 787.5195, 838.3126999999999),
  zone(1489.0670, 0, -0.00186840, 770.3520, 787.5194999999999),
];
const BORDS_2004 = ZONES_B_2004.map((z) => alpha(z, densiteEtoile(z, z.plancher)));
const LEGERS_2004 = zone(192.4571, 0.2438, 0, 0, 770.3519999999999);
const ZONES_2004 = { A: zone(341.0957, 0, 0), D: zone(0, 0.34878, 0) };

function zoneB2004(observee: number, dtf: number): Zone {
  for (const [i, z] of ZONES_B_2004.entries()) {
    if (observee >= z.plancher * Math.exp(-exposant2004(BORDS_2004[i]!, dtf))) return z;
  }
  return LEGERS_2004;
}

function densite60f(z: Zone, observee: number, dtf: number): number {
  const avant = estimer(z, observee, dtf);
  let rho = approcher(z, avant, observee, dtf);
  if (Math.abs(rho - avant) > 3e-4 * rho) rho = approcher(z, rho, observee, dtf);
  rho = approcher2004(z, rho, observee, dtf);
  return dansZone(z, approcher2004(z, rho, observee, dtf));
}

// The engine -------------------------------------------------------------------------------------------------------

const DOMAINES = {
  MPMS_11_1_1980: { t: [-18, 150], p: 0, A: [610.5, 1075], B: [653, 1075], D: [800, 1164] },
  MPMS_11_1_2004: { t: [-50, 150], p: 10342, A: [610.6, 1163.5], B: [610.6, 1163.5], D: [800.9, 1163.5] },
} as const;

type Bornes = readonly [number, number];
const entre = (valeur: number, [minimum, maximum]: Bornes) => valeur >= minimum && valeur <= maximum;
const fr = (nombre: number) => String(nombre).replace(".", ",");

function refuserDensite(methode: Methode, groupe: Groupe, densite: number): never {
  const [minimum, maximum] = DOMAINES[methode][groupe];
  const base = methode === "MPMS_11_1_1980" ? "15 °C" : "60 °F";
  throw new RefusAstm(
    "ASTM_HORS_DOMAINE",
    `densité à ${base} de ${fr(minimum)} à ${fr(maximum)} kg/m³ (groupe ${groupe}), ici environ ` +
      fr(arrondi(densite, 10)),
  );
}

function dansDomaine(methode: Methode, groupe: Groupe, densite: number): number {
  const [minimum, maximum] = DOMAINES[methode][groupe];
  return densite >= minimum - 1e-9 && densite <= maximum + 1e-9
    ? densite
    : refuserDensite(methode, groupe, densite);
}

/** `astm.calculer_15c`: density at 15 °C, factor and volume at 15 °C. Throws RefusAstm. */
export function calculer15c(demande: Demande): Resultat {
  const methode = demande.methode ?? "MPMS_11_1_1980";
  const { groupe, densite_observee_kgm3: densite, volume_observe_l: volume } = demande;
  const verre = demande.correction_verre ?? true, arrondir = demande.arrondir ?? true;
  const pression = demande.pression_kpa ?? 0;
  const tEchantillon = demande.temperature_echantillon_c ?? demande.temperature_produit_c;
  const tProduit = demande.temperature_produit_c ?? demande.temperature_echantillon_c;

  const domaine = DOMAINES[methode];
  const horsDomaine = (borne: string) => new RefusAstm("ASTM_HORS_DOMAINE", borne);
  if (!domaine) throw horsDomaine(`méthode MPMS_11_1_1980 ou MPMS_11_1_2004 (indiquée : ${methode})`);
  if (densite === null || densite === undefined) throw new RefusAstm("DENSITE_OBSERVEE_REQUISE");
  if (tEchantillon == null || tProduit == null) throw new RefusAstm("TEMPERATURE_REQUISE");
  if (groupe !== "A" && groupe !== "B" && groupe !== "D") {
    throw horsDomaine(`groupe de produit A, B ou D (indiqué : ${groupe})`);
  }
  if (!(densite > 0 && densite < Infinity)) {
    throw horsDomaine("densité observée supérieure à 0 kg/m³ et finie");
  }
  const temperatures = `température de ${domaine.t[0]} à ${domaine.t[1]} °C`;
  if (!entre(tEchantillon, domaine.t)) throw horsDomaine(`${temperatures} (échantillon)`);
  if (!entre(tProduit, domaine.t)) throw horsDomaine(`${temperatures} (produit)`);
  if (volume === null || !(volume > 0 && volume < Infinity)) {
    throw horsDomaine("volume observé supérieur à 0 L et fini");
  }
  if (!entre(pression, [0, domaine.p])) {
    throw horsDomaine(
      domaine.p === 0
        ? "pression 0 kPa (l'édition de 1980 ne corrige pas la pression)"
        : "pression de 0 à 10 342 kPa",
    );
  }
  if (!entre(densite, [400, 1400])) refuserDensite(methode, groupe, densite);

  const observee = verre ? correctionVerre(densite, tEchantillon - 15) : densite;
  let rho: number, f: number;
  if (methode === "MPMS_11_1_1980") {
    const dt = tEchantillon - 15;
    const z = groupe === "B" ? zoneB1980(observee, dt) : ZONES_1980[groupe];
    rho = dansDomaine(methode, groupe, densite1980(z, observee, dt));
    f = facteur1980(alpha(z, rho), tProduit - 15);
  } else {
    const dt = ecart60f(tEchantillon), dtProduit = ecart60f(tProduit);
    const z = groupe === "B" ? zoneB2004(observee, dt) : ZONES_2004[groupe];
    const rho60 = dansDomaine(methode, groupe, densite60f(z, observee, dt));
    const etoile = densiteEtoile(z, rho60), alpha60 = alpha(z, etoile);
    rho = rho60 * Math.exp(-exposant2004(alpha60, ECART_15C));
    f = Math.exp(exposant2004(alpha60, ECART_15C) - exposant2004(alpha60, dtProduit)) *
      (pression === 0 ? 1 : facteurPression(etoile, dtProduit + 60.0068749, pression));
  }
  if (!arrondir) return { densite_15c_kgm3: rho, vcf: f, volume_15c_l: volume * f };
  const imprime = arrondi(f, 10000);
  return {
    densite_15c_kgm3: arrondi(rho, 10),
    vcf: imprime,
    volume_15c_l: Math.floor(volume * imprime + 0.5000001),
  };
}
