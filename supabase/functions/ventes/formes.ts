import { z } from "zod";
import { fiche } from "../_shared/relations.ts";
import { Id, Instant, Jour, Litres, Texte } from "../_shared/schemas.ts";

export const Montant = z.number().gt(-1e16).lt(1e16);
export const Devise = z.enum(["USD", "CDF"]);
export const Base = z.enum(["L15", "AMB"]).meta({ description: "Litres at 15 °C, or as measured" });
export const Groupe = z.string().regex(/^[A-N]$/).meta({ description: "Tax group, A to N" });
export const Motif = z.strictObject({ motif: Texte.min(1) });
export const Vide = z.strictObject({});

export const Prix = z.number().gt(0).lt(1e9).meta({ description: "For one, before tax" });

export const NouveauTarif = z.strictObject({
  produit_id: Id,
  client_id: Id.nullish(),
  depot_id: Id.nullish(),
  devise: Devise,
  base: Base,
  prix_ht: Prix,
  valide_du: Jour,
  valide_au: Jour.nullish(),
  motif: Texte,
}).meta({ id: "NouveauTarif" });

export const Tarif = z.object({
  id: Id,
  produit_id: Id,
  client_id: Id.nullable(),
  depot_id: Id.nullable(),
  devise: z.string(),
  base: z.string(),
  prix_ht: z.number(),
  valide_du: Jour,
  valide_au: Jour.nullable(),
  motif: z.string(),
  par: Id,
  created_at: Instant,
}).meta({ id: "Tarif" });

export const Conditions = z.strictObject({
  devise: Devise.optional(),
  base: Base.optional(),
  delai_jours: z.int().optional(),
  plafond: Montant.nullish().meta({ description: "null: no limit; 0: pays before" }),
  suspendu: z.boolean().optional(),
  suivi_depuis: Jour.nullish(),
}).meta({ id: "ConditionsClient" });

export const Encours = z.object({
  client_id: Id,
  client_nom: z.string(),
  devise: z.string(),
  base: z.string(),
  delai_jours: z.int(),
  plafond: Montant.nullable(),
  suspendu: z.boolean(),
  suivi_depuis: Jour.nullable(),
  solde: Montant,
  non_facture: Montant.meta({ description: "Delivered and not invoiced yet, tax included" }),
  sans_prix: z.int().meta({ description: "Deliveries that have no price, and count for nothing here" }),
  encours: Montant,
  disponible: Montant.nullable(),
}).meta({ id: "EncoursClient" });

const Livre = {
  destinataire: Texte.nullish(),
  lieu: Texte.nullish(),
  recu_par: Texte.nullish(),
};
const Volumes = { volume_livre_ambiant: Litres.nullish(), volume_livre_15c: Litres.nullish() };
export const BonComptant = z.strictObject(Livre);
export const NouveauBon = z.strictObject({
  sortie_id: Id,
  date_livraison: Jour.nullish(),
  ...Livre,
  ...Volumes,
}).meta({ id: "NouveauBonLivraison" });
export const Confirmation = z.strictObject({ recu_par: Texte.nullish(), ...Volumes });

export const Bon = z.object({
  id: Id,
  numero: z.string().nullable(),
  depot_id: Id,
  sortie_id: Id,
  date_livraison: Jour,
  destinataire: z.string().nullable(),
  lieu: z.string().nullable(),
  volume_livre_ambiant: Litres,
  volume_livre_15c: Litres,
  recu_par: z.string().nullable(),
  statut: z.string(),
  motif_annulation: z.string().nullable(),
  created_by: Id,
  confirme_par: Id.nullable(),
  confirme_le: Instant.nullable(),
  created_at: Instant,
}).meta({ id: "BonLivraison" });

export const AFacturer = z.object({
  sortie_id: Id,
  depot_id: Id,
  client_id: Id,
  client_nom: z.string(),
  produit_id: Id,
  produit_nom: z.string(),
  date_jour: Jour,
  volume_ambiant: Litres,
  volume_15c: Litres,
  plaque_camion: z.string().nullable(),
  bl_id: Id.nullable(),
  bl_numero: z.string().nullable(),
}).meta({ id: "SortieAFacturer" });

export const NouvelleFacture = z.strictObject({
  client_id: Id,
  depot_id: Id,
  sorties: z.array(Id).max(500).optional(),
  services: z.array(z.strictObject({
    designation: Texte.min(1),
    quantite: z.number().gt(0),
    prix_ht: Prix,
    tva_groupe: Groupe.optional(),
  })).max(100).optional(),
}).meta({ id: "NouvelleFactureClient" });

export const Facture = z.object({
  id: Id,
  depot_id: Id,
  type: z.enum(["FACTURE", "AVOIR"]),
  numero: z.string().nullable(),
  client_id: Id,
  client_nom: z.string(),
  devise: z.string(),
  taux_cdf: z.number().nullable(),
  date_facture: Jour.nullable(),
  date_echeance: Jour.nullable(),
  statut: z.enum(["BROUILLON", "EMISE"]),
  facture_origine_id: Id.nullable(),
  nature: z.string().nullable(),
  motif: z.string().nullable(),
  total_ht: Montant,
  total_tva: Montant.nullable(),
  total_ttc: Montant.nullable(),
  total_tva_cdf: Montant.nullable(),
  total_ttc_cdf: Montant.nullable(),
  empreinte: z.string().nullable(),
  created_by: Id,
  emise_par: Id.nullable(),
  emise_le: Instant.nullable(),
  created_at: Instant,
  regle: Montant,
  solde: Montant.nullable(),
  statut_paiement: z.enum(["BROUILLON", "IMPAYEE", "PARTIELLE", "PAYEE"]),
  jours_retard: z.int(),
}).meta({ id: "FactureClient" });

const Ligne = z.object({
  id: Id,
  rang: z.int(),
  nature: z.string(),
  sortie_id: Id.nullable(),
  bl_id: Id.nullable(),
  ligne_origine_id: Id.nullable(),
  designation: z.string(),
  base: z.string(),
  quantite: z.number(),
  prix_ht: z.number(),
  tva_groupe: z.string(),
  tva_taux: z.number(),
  montant_ht: Montant,
});
const Taxe = z.object({ groupe: z.string(), taux: z.number(), base_ht: Montant, montant_tva: Montant });
export const FactureEntiere = Facture.extend({
  lignes: z.array(Ligne),
  taxes: z.array(Taxe),
  statut_fiscal: z.string().nullable(),
}).meta({ id: "FactureClientEntiere" });

export const NouvelAvoir = z.strictObject({
  nature: z.enum(["COR", "RAN", "RAM", "RRR"]).meta({
    description: "Correction, cancelling of all that is left, return, rebate",
  }),
  motif: Texte,
  lignes: z.array(z.strictObject({
    rang: z.int(),
    quantite: z.number().gt(0).nullish(),
    montant_ht: Montant.nullish(),
  })).max(600).optional(),
}).meta({ id: "NouvelAvoirClient" });

export const Marge = z.object({
  ligne_id: Id,
  facture_id: Id,
  numero: z.string(),
  date_facture: Jour,
  depot_id: Id,
  client_id: Id,
  client_nom: z.string(),
  sortie_id: Id,
  produit_id: Id,
  produit_nom: z.string(),
  date_jour: Jour,
  litres_15c: Litres,
  vente_usd: Montant.meta({ description: "Before tax, credit notes taken off" }),
  cout_usd_par_l15: z.number().nullable().meta({
    description: "Average landed cost of what the depot held that day",
  }),
  cout_usd: Montant.nullable(),
  marge_usd: Montant.nullable(),
  marge_pct: z.number().nullable(),
  part_connue: z.number().nullable().meta({
    description: "How much of what was held is of lots that are invoiced, 0 to 1",
  }),
  created_at: Instant,
}).meta({ id: "MargeVente" });

export const Releve = z.object({
  id: Id,
  depot_id: Id.nullable().meta({ description: "Whose entries it is of; null: of all depots" }),
  client_id: Id,
  devise: z.string(),
  du: Jour.nullable(),
  au: Jour,
  connu_a: Instant.meta({ description: "What was written later is not in it" }),
  solde: Montant.meta({ description: "Due at its end; below zero: paid ahead" }),
  par: Id,
  created_at: Instant,
}).meta({ id: "ReleveArrete" });

const Taux = z.object({
  devise: z.string(),
  jour: Jour,
  version: z.int().meta({ description: "The highest of a day counts" }),
  taux_cdf: z.number(),
  source: z.string(),
  par: Id,
  created_at: Instant,
}).meta({ id: "TauxChange" });

const Derogation = z.object({
  id: Id,
  client_id: Id,
  montant_max: Montant,
  motif: z.string(),
  expire_le: Instant,
  sortie_id: Id.nullable().meta({ description: "Sortie that used it" }),
  par: Id,
  created_at: Instant,
}).meta({ id: "DerogationCredit" });

export const TARIFS = fiche("tarifs", Tarif);
export const BONS = fiche("bons_livraison", Bon, ["dit"]);
export const A_FACTURER = fiche("v_sorties_a_facturer", AFacturer);
export const FACTURES = fiche("v_factures_client", Facture);
export const LIGNES = fiche("factures_client_lignes", Ligne, ["depot_id", "facture_id"]);
export const TAXES = fiche("factures_client_taxes", Taxe, ["depot_id", "facture_id"]);
export const MARGES = fiche("v_marge_ventes", Marge);
export const RELEVES = fiche("releves_clients", Releve, ["dit"]);
export const TAUX = fiche("taux_change", Taux);
export const DEROGATIONS = fiche("credits_derogations", Derogation);
export const ENCOURS = fiche("v_encours_client", Encours);
