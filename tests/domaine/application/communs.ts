// Words that several of the app's requests share.
import * as M from "./modeles.ts";
import { nombreOuRien as N, texte } from "./modeles.ts";

export const actives = { statut: "eq.active" };
export const parNom = { order: "nom.asc.nullslast" };
export const recents = { order: "created_at.desc.nullslast" };
export const VOLUMES = "volume_15c, volume_corrige_15c, volume_ambiant";
export const V = { volume_15c: N, volume_corrige_15c: N, volume_ambiant: N };
export const AVEC_CITERNE = { citernes: M.ligne({ depot_id: texte }) };
/** Those whom the app's router lets into the log and the checks. */
export const GOUVERNANCE = ["admin", "directeur", "pca"] as const;
export const LOT_SELECT =
  "id, fournisseur_id, produit_id, reference, date_lot, statut, note, created_at, updated_at, fournisseurs(nom), produits(nom, code)";
export const COURS_ARRIVES = (pays: string) => `
  id, produit_id, date_chargement, ${pays}, volume, plaque_camion, transporteur, chauffeur:chauffeur_nom, statut,
  produit:produits(id,code,nom), depots:depots(nom), fournisseurs:fournisseurs(nom)`;
