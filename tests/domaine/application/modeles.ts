// What the app's models do with what they read: a value that would make one of its casts throw fails the replay.
import assert from "node:assert/strict";

type Lecture = (valeur: unknown, ou: string) => void;
export type Ligne = Record<string, unknown>;

const dire = (valeur: unknown) => JSON.stringify(valeur)?.slice(0, 200);

/** `as String` */
export const texte: Lecture = (v, ou) =>
  assert.equal(typeof v, "string", `${ou} : un texte, et non ${dire(v)}`);
/** `as num` */
export const nombre: Lecture = (v, ou) =>
  assert.equal(typeof v, "number", `${ou} : un nombre, et non ${dire(v)}`);
/** `as Map?` */
export const objet: Lecture = (v, ou) =>
  assert.ok(
    v === null || (typeof v === "object" && !Array.isArray(v)),
    `${ou} : un objet, et non ${dire(v)}`,
  );
/** `DateTime.parse(v as String)`: what Dart's parser takes. */
export const date: Lecture = (v, ou) => {
  texte(v, ou);
  assert.match(v as string, /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)?)?$/, ou);
};
/** The same, with a question mark behind it. */
export const ou_rien = (lecture: Lecture): Lecture => (v, ou) => {
  if (v !== null && v !== undefined) lecture(v, ou);
};

/** A row, field by field; fields that the model does not read may be anything. */
export const ligne = (champs: Record<string, Lecture>): Lecture => (v, ou) => {
  assert.ok(v !== null && typeof v === "object" && !Array.isArray(v), `${ou} : une ligne, et non ${dire(v)}`);
  for (const [nom, lecture] of Object.entries(champs)) lecture((v as Ligne)[nom], `${ou}.${nom}`);
};
/** A list that the scene fills: an empty one would prove nothing. */
export const liste = (champs: Record<string, Lecture>, minimum = 1): Lecture => (v, ou) => {
  assert.ok(Array.isArray(v), `${ou} : une liste, et non ${dire(v)}`);
  assert.ok(v.length >= minimum, `${ou} : ${v.length} ligne(s), au moins ${minimum} attendue(s)`);
  v.forEach((une, rang) => ligne(champs)(une, `${ou}[${rang}]`));
};
/** `maybeSingle` of a reading: the client asks for a list and takes its one row, or none. */
export const au_plus_une = (champs: Record<string, Lecture>): Lecture => (v, ou) => {
  liste(champs)(v, ou);
  assert.equal((v as unknown[]).length, 1, `${ou} : une seule ligne`);
};
export const rien: Lecture = (v, ou) => assert.equal(v, null, `${ou} : rien, et non ${dire(v)}`);

const T = ou_rien(texte), N = ou_rien(nombre), D = ou_rien(date);

export const NOM = { id: texte, nom: texte };
export const COURS = {
  id: texte,
  fournisseur_id: texte,
  produit_id: texte,
  depot_destination_id: texte,
  fournisseur_lot_id: T,
  transporteur: T,
  plaque_camion: T,
  plaque_remorque: T,
  chauffeur_nom: T,
  volume: N,
  date_chargement: D,
  depart_pays: T,
  statut: texte,
  note: T,
  created_at: D,
};
export const RECEPTION = {
  id: texte,
  cours_de_route_id: T,
  citerne_id: texte,
  produit_id: texte,
  partenaire_id: T,
  index_avant: nombre,
  index_apres: nombre,
  temperature_ambiante_c: N,
  densite_a_15_kgm3: N,
  volume_15c: N,
  volume_corrige_15c: N,
  volume_ambiant: N,
  proprietaire_type: texte,
  note: T,
  created_at: D,
  statut: T,
  created_by: T,
  validated_by: T,
};
export const SORTIE = { ...RECEPTION, client_id: T, date_sortie: D, chauffeur_nom: T, plaque_camion: T };
export const AJUSTEMENT = {
  id: texte,
  mouvement_type: texte,
  mouvement_id: texte,
  delta_ambiant: nombre,
  delta_15c: nombre,
  reason: texte,
  created_by: texte,
  created_at: date,
};
export const PROFIL = {
  id: texte,
  user_id: T,
  nom_complet: T,
  role: texte,
  depot_id: T,
  email: T,
  created_at: D,
};
export const LOT = {
  id: texte,
  fournisseur_id: texte,
  produit_id: texte,
  reference: texte,
  date_lot: D,
  statut: texte,
  note: T,
  created_at: D,
  updated_at: D,
  fournisseurs: ligne({ nom: texte }),
  produits: ligne({ nom: texte, code: texte }),
};
export const STOCK = {
  depot_id: texte,
  depot_nom: texte,
  citerne_id: texte,
  citerne_nom: texte,
  produit_id: texte,
  produit_nom: texte,
  proprietaire_type: texte,
  stock_ambiant: nombre,
  stock_15c: nombre,
  updated_at: D,
};
export const JOURNAL = {
  id: texte,
  created_at: date,
  module: texte,
  action: texte,
  niveau: texte,
  user_id: T,
  details: objet,
};
export { D as dateOuRien, N as nombreOuRien, T as texteOuRien };
export type { Lecture };
