// What was measured, as ours takes it: temperatures, densities, indices, and the historical litres at 15 °C.
import { densiteA15, type Ligne, type Mesure, type Mouvement } from "../ancienne/lecture.ts";
import { type Citerne, litresDe, type Traduction } from "./traduction.ts";

const MAX_LITRES_ML = 1e12;
const ALPHA = { ESS: 0.00100, autre: 0.00085 };
export const valide = (ml: number | null): ml is number => ml !== null && ml > 0 && ml < MAX_LITRES_ML;

/** A measure between bounds, or nothing. */
const entre = (valeur: number | null, bas: number, haut: number) =>
  valeur !== null && valeur >= bas && valeur <= haut ? valeur : null;

/** Density in kg/m³, of what may be in kg/L. */
const densite = (dite: number | null) =>
  dite === null ? null : Math.round((dite < 2 ? dite * 1000 : dite) * 1e4) / 1e4;

/** Temperatures, densities and indices as ours takes them. */
export function mesures(t: Traduction, table: string, m: Mouvement): Ligne {
  const dites = {
    densite_observee_kgm3: m.densite_observee_kgm3,
    densite_a_15_kgm3: densiteA15(m),
  };
  const enLitre = Object.entries(dites).filter(([, d]) => d !== null && d > 0 && d < 2);
  if (enLitre.length) {
    t.examen.choisir(
      "DENSITE_EN_KG_PAR_LITRE",
      table,
      m.id,
      enLitre.map(([nom, d]) => `${nom} ${d}`).join(", "),
      [
        ...enLitre.map(([nom]) => nom),
        "densite_a_15",
      ],
    );
  }
  if (m.statut === "validee" && Object.values(dites).every((d) => d === null)) {
    t.examen.choisir("DENSITE_ABSENTE", table, m.id, "aucune densité", []);
  }
  const observee = entre(densite(dites.densite_observee_kgm3), 400, 1300);
  const a15 = entre(densite(dites.densite_a_15_kgm3), 400, 1300);
  const litres = (mesure: Mesure) =>
    mesure.ml !== null && mesure.ml >= 0 && mesure.ml < 1e15 ? litresDe(mesure.ml) : null;
  const lues: Ligne = {
    index_avant: litres(m.index_avant),
    index_apres: litres(m.index_apres),
    temperature_ambiante_c: entre(m.temperature_ambiante_c, -50, 150),
    densite_observee_kgm3: observee,
    densite_a_15_kgm3: a15,
    densite_a_15: a15,
  };
  const perdues = [
    m.index_avant.texte !== null && lues.index_avant === null && "index_avant",
    m.index_apres.texte !== null && lues.index_apres === null && "index_apres",
    m.temperature_ambiante_c !== null && lues.temperature_ambiante_c === null && "temperature_ambiante_c",
    dites.densite_observee_kgm3 !== null && observee === null && "densite_observee_kgm3",
    dites.densite_a_15_kgm3 !== null && a15 === null && "densite_a_15_kgm3",
  ].filter((nom) => nom !== false);
  if (perdues.length) {
    t.examen.choisir("MESURE_IMPOSSIBLE", table, m.id, perdues.join(", "), [...perdues, "densite_a_15"]);
    t.conserver(table, m.ligne, "MESURE_IMPOSSIBLE");
  }
  return lues;
}

/** Both readings of a meter, which the application's screens do without for no movement but a draft. */
export function index(t: Traduction, table: string, m: Mouvement): Ligne {
  const lu = ({ ml }: Mesure) => ml !== null && ml >= 0 && ml < 1e15 ? ml : null;
  const [avant, apres, volume] = [lu(m.index_avant), lu(m.index_apres), m.volume_ambiant.ml!];
  if (avant !== null && apres !== null) return {};
  t.examen.choisir(
    "INDEX_ABSENT",
    table,
    m.id,
    `index_avant ${m.index_avant.texte ?? "absent"}, index_apres ${m.index_apres.texte ?? "absent"}`,
    ["index_avant", "index_apres"],
  );
  const debut = avant ?? Math.max(0, (apres ?? volume) - volume);
  return {
    index_avant: litresDe(debut),
    index_apres: litresDe(apres !== null && apres >= debut ? apres : debut + volume),
  };
}

/** Litres as measured and at 15 °C, millilitres, with where they come from. */
export function volumes(t: Traduction, table: string, m: Mouvement, citerne: Citerne) {
  const ambiant = m.volume_ambiant.ml!;
  const [dit, corrige] = [m.volume_15c, m.volume_corrige_15c];
  if (dit.ml !== null && corrige.ml !== null && dit.ml !== corrige.ml) {
    t.examen.choisir(
      "VOLUMES_15C_DIFFERENTS",
      table,
      m.id,
      `volume_15c ${dit.texte} L, volume_corrige_15c ${corrige.texte} L`,
      ["volume_corrige_15c"],
    );
  }
  let source: Mesure = dit.ml === null ? corrige : dit;
  let a15 = source.ml;
  if (!valide(a15)) {
    const code = t.tables.get("produits")?.find(({ id }) => id === citerne.produit_id)?.code;
    const alpha = code === "ESS" ? ALPHA.ESS : ALPHA.autre;
    a15 = Math.round(ambiant * (1 - alpha * ((entre(m.temperature_ambiante_c, -50, 150) ?? 15) - 15)));
    source = { ml: a15, reste: 0, texte: null };
    t.examen.choisir(
      "VOLUME_15C_ABSENT",
      table,
      m.id,
      `${dit.texte ?? corrige.texte ?? "absent"} ; calculé ${litresDe(a15)} L`,
      ["volume_15c", "volume_corrige_15c"],
    );
  }
  const arrondis = [m.volume_ambiant, source].filter(({ reste }) => Math.abs(reste) > 1e-6);
  if (arrondis.length) {
    t.examen.choisir(
      "LITRES_AU_DELA_DU_MILLILITRE",
      table,
      m.id,
      arrondis.map(({ texte }) => `${texte} L`).join(", "),
      [],
    );
  }
  const vcf = Math.round(a15 / ambiant * 1e8) / 1e8;
  return {
    ambiant,
    a15,
    reste_ambiant: m.volume_ambiant.reste,
    reste_15: source.reste,
    vcf: entre(vcf, 0.5, 1.5),
    parametres: {
      reprise: true,
      volume_ambiant: m.volume_ambiant.texte,
      volume_15c: dit.texte,
      volume_corrige_15c: corrige.texte,
    },
  };
}

export type Volumes = ReturnType<typeof volumes>;

export const colonnesDe = (v: Volumes): Ligne => ({
  volume_ambiant: litresDe(v.ambiant),
  volume_15c: litresDe(v.a15),
  volume_corrige_15c: litresDe(v.a15),
  vcf: v.vcf,
  methode_15c: "REPRISE",
  parametres_15c: v.parametres,
});
