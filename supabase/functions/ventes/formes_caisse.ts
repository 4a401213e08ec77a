// Shapes of payments and of the till.
import { z } from "zod";
import { fiche } from "../_shared/relations.ts";
import { Id, Instant, Jour, Texte } from "../_shared/schemas.ts";
import { Devise, Montant } from "./formes.ts";

export const Mode = z.enum(["CASH", "VIREMENT", "MOBILE_MONEY", "CHEQUE"]);
const Operateur = z.enum(["MPESA", "ORANGE", "AIRTEL", "AFRIMONEY"]);
export const PaiementComptant = z.strictObject({
  mode: Mode.optional(),
  operateur_mobile: Operateur.nullish(),
  devise: Devise.optional(),
  montant_remis: Montant.nullish().meta({ description: "Cash that is handed over; the rest is given back" }),
  reference: Texte.nullish(),
});
export const Affectation = z.array(z.strictObject({ facture_id: Id, montant: Montant.nullish() })).max(500)
  .meta({
    description: "What it pays; else what is due, oldest first",
  });
export const NouvelEncaissement = z.strictObject({
  ...PaiementComptant.shape,
  depot_id: Id,
  client_id: Id,
  mode: Mode,
  montant: Montant,
  devise_compte: Devise.nullish(),
  recu_le: Instant.nullish(),
  statut: z.enum(["EN_ATTENTE", "CONFIRME"]).nullish(),
  factures: Affectation.nullish(),
}).meta({ id: "NouvelEncaissement" });

export const Encaissement = z.object({
  id: Id,
  numero_recu: z.string().nullable(),
  depot_id: Id,
  client_id: Id,
  mode: z.string(),
  operateur_mobile: z.string().nullable(),
  devise: z.string(),
  montant: Montant,
  montant_remis: Montant.nullable(),
  devise_compte: z.string(),
  taux_cdf: z.number(),
  montant_compte: Montant,
  reference: z.string().nullable(),
  recu_le: Instant,
  jour_caisse: Jour,
  statut: z.string(),
  lettre: z.array(z.object({ facture_id: Id, numero: z.string(), paye: Montant, reste: Montant })).meta({
    description: "What its receipt closed, and what remains due of each",
  }),
  motif_annulation: z.string().nullable(),
  created_by: Id,
  confirme_par: Id.nullable(),
  annule_par: Id.nullable(),
  created_at: Instant,
}).meta({ id: "Encaissement" });

export const Remboursement = z.strictObject({
  montant: Montant,
  mode: Mode,
  reference: Texte.min(1),
  motif: Texte,
}).meta({ id: "NouveauRemboursement" });

export const BalanceAgee = z.object({
  client_id: Id,
  client_nom: z.string(),
  devise: z.string(),
  non_echu: Montant,
  de_1_a_30: Montant,
  de_31_a_60: Montant,
  de_61_a_90: Montant,
  plus_de_90: Montant,
  avances: Montant,
  solde: Montant,
}).meta({ id: "BalanceAgee" });

const CaisseJour = z.object({
  depot_id: Id,
  jour: Jour,
  devise: z.string(),
  encaissements: z.int(),
  encaisse: Montant,
  theorique: Montant,
  compte: Montant.nullable(),
  ecart: Montant.nullable(),
  par: Id.nullable(),
}).meta({ id: "CaisseJour" });

export const NouvelleCloture = z.strictObject({
  depot_id: Id,
  devise: Devise,
  jour: Jour,
  compte: Montant.meta({ description: "Cash that was counted" }),
  motif: Texte.nullish(),
}).meta({ id: "NouvelleClotureCaisse" });

export const Cloture = z.object({
  id: Id,
  depot_id: Id,
  devise: z.string(),
  jour: Jour,
  theorique: Montant,
  compte: Montant,
  ecart: Montant.nullable(),
  motif: z.string().nullable(),
  par: Id,
  created_at: Instant,
}).meta({ id: "ClotureCaisse" });

export const ENCAISSEMENTS = fiche("encaissements", Encaissement, ["client_fige", "vendeur_fige"]);
export const BALANCE = fiche("v_balance_agee", BalanceAgee);
export const CAISSE = fiche("v_caisse_jour", CaisseJour);
export const CLOTURES = fiche("clotures_caisse", Cloture);
