import { z } from "zod";
import { fiche } from "../_shared/relations.ts";
import { Id, Instant, Jour, Litres, Texte } from "../_shared/schemas.ts";

export const Montant = z.number().gt(-1e13).lt(1e13).meta({ description: "USD" });
export const Base = z.enum(["L20", "L15", "TM_AIR"]).meta({
  description: "What it is invoiced by: litres at 20 or 15 °C, tonnes in air",
});

const Facturee = {
  fournisseur_lot_id: Id,
  invoice_no: Texte.min(1),
  deal_reference: Texte.nullish(),
  date_facture: Jour,
  date_echeance: Jour.nullish(),
};

export const NouvelleFacture = z.union([
  z.strictObject({ ...Facturee, quantite_facturee_20c: Litres, prix_unitaire_usd: Montant }),
  z.strictObject({ ...Facturee, base: Base, quantite_base: z.number(), prix_base_usd: Montant }),
]).meta({ id: "NouvelleFactureFournisseur" });

export const Facture = z.object({
  facture_id: Id,
  invoice_no: z.string(),
  deal_reference: z.string().nullable(),
  fournisseur_lot_id: Id,
  nb_receptions: z.int(),
  total_volume_15c: Litres,
  total_volume_20c: Litres,
  quantite_facturee_20c: Litres,
  ecart_volume_20c: Litres.meta({ description: "Litres at 20 °C received beyond those invoiced" }),
  statut_rapprochement: z.enum(["OK", "TOLERE", "LITIGE"]),
  prix_unitaire_usd: Montant,
  montant_total_usd: Montant,
  montant_regle_usd: Montant,
  solde_restant_usd: Montant,
  statut_paiement: z.enum(["EN_ATTENTE", "IMPAYE", "PARTIEL", "PAYE"]),
  date_facture: Jour,
  date_echeance: Jour.nullable(),
  created_at: Instant,
  fournisseur_id: Id,
  statut: z.enum(["DRAFT", "CALCULEE", "VALIDEE", "LITIGE"]),
  numero: z.string().nullable(),
  base: Base,
  quantite_base: z.number(),
  prix_base_usd: Montant,
  justification: z.string().nullable(),
  created_by: Id.nullable(),
  validated_by: Id.nullable(),
  validated_at: Instant.nullable(),
}).meta({ id: "FactureFournisseur" });

export const NouveauPaiement = z.strictObject({
  date_paiement: Instant.nullish(),
  montant_paye_usd: Montant,
  mode_paiement: Texte.nullish(),
  reference_paiement: Texte.nullish(),
  note: Texte.nullish(),
  statut: z.enum(["EN_ATTENTE", "CONFIRME"]).nullish(),
}).meta({ id: "NouveauPaiementFournisseur" });

export const Paiement = z.object({
  id: Id,
  fournisseur_facture_id: Id,
  date_paiement: Instant,
  montant_paye_usd: Montant,
  mode_paiement: z.string().nullable(),
  reference_paiement: z.string().nullable(),
  note: z.string().nullable(),
  statut: z.enum(["EN_ATTENTE", "CONFIRME", "ANNULE"]),
  numero: z.string().nullable(),
  motif_annulation: z.string().nullable(),
  created_by: Id.nullable(),
  confirme_par: Id.nullable(),
  annule_par: Id.nullable(),
  created_at: Instant,
}).meta({ id: "PaiementFournisseur" });

export const PaiementEnListe = Paiement.extend({
  invoice_no: z.string(),
  fournisseur_id: Id,
  fournisseur_lot_id: Id,
}).meta({ id: "PaiementFournisseurEnListe" });

export const Avoir = z.object({
  id: Id,
  facture_origine_id: Id,
  facture_invoice_no: z.string(),
  fournisseur_id: Id,
  fournisseur_lot_id: Id,
  invoice_no: z.string(),
  numero: z.string(),
  date_facture: Jour,
  montant_total_usd: Montant,
  justification: z.string().nullable(),
  created_by: Id.nullable(),
  created_at: Instant,
}).meta({ id: "AvoirFournisseur" });

export const NouvelAvoir = z.strictObject({
  invoice_no: Texte.min(1),
  date_facture: Jour,
  montant_usd: Montant,
  justification: Texte,
}).meta({ id: "NouvelAvoirFournisseur" });

export const FACTURES = fiche("v_fournisseur_facture_lot", Facture);
export const PAIEMENTS = fiche("fournisseur_paiement_lot_min", Paiement);
/** What is written of an invoice: its id, the rest is read through the view. */
export const SAISIES = fiche("fournisseur_facture_lot_min", z.object({ id: Id }), [
  "base",
  "created_at",
  "created_by",
  "date_echeance",
  "date_facture",
  "deal_reference",
  "facture_origine_id",
  "fournisseur_id",
  "fournisseur_lot_id",
  "invoice_no",
  "justification",
  "montant_total_usd",
  "numero",
  "prix_base_usd",
  "prix_unitaire_usd",
  "quantite_base",
  "quantite_facturee_20c",
  "statut",
  "type",
  "validated_at",
  "validated_by",
]);
