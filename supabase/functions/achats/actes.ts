import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import type { Transaction } from "../_shared/database.ts";
import { appeler, inserer, lire, modifier, tirer } from "../_shared/relations.ts";
import { Id, Instant, Jour, ParId, Texte } from "../_shared/schemas.ts";
import {
  Facture,
  FACTURES,
  Lot,
  LOTS,
  Montant,
  NouveauPaiement,
  NouvelAvoir,
  NouvelleFacture,
  Paiement,
  PAIEMENTS,
  SAISIES,
  TraitementEcart,
} from "./formes.ts";

const Motif = z.strictObject({ motif: Texte.min(1) });
const Fait = z.object({ id: Id });

const facture = (tx: Transaction, id: string) => lire(tx, FACTURES, id, "cette facture", "facture_id");
const paiement = (tx: Transaction, id: string) => lire(tx, PAIEMENTS, id, "ce paiement");

export const actes = [
  acte({
    methode: "POST",
    chemin: "/lots/:id/cloturer",
    resume: "Close a lot: no truck joins or leaves it any more (admin, directeur)",
    params: ParId,
    corps: z.strictObject({}),
    reponse: Lot,
    statut: 200,
    executer: async (tx, { params }) => {
      await modifier(tx, LOTS, params.id, { statut: "cloture" });
      return lire(tx, LOTS, params.id, "ce lot");
    },
  }),
  acte({
    methode: "POST",
    chemin: "/factures-fournisseur",
    resume: "Enter a supplier's invoice of a lot, as a draft: by the litre at 20 °C, or in another base",
    corps: NouvelleFacture,
    reponse: Facture,
    statut: 201,
    executer: async (tx, { corps }) => {
      const { id } = await inserer(tx, SAISIES, corps);
      return facture(tx, id);
    },
  }),
  acte({
    methode: "GET",
    chemin: "/factures-fournisseur/:id",
    resume: "Read a supplier's invoice: what came against what is invoiced, what is paid and what is left",
    params: ParId,
    reponse: Facture,
    statut: 200,
    executer: (tx, { params }) => facture(tx, params.id),
  }),
  acte({
    methode: "POST",
    chemin: "/factures-fournisseur/:id/calculer",
    resume: "Count what the lot's trucks brought and compare it with what is invoiced",
    params: ParId,
    corps: z.strictObject({}),
    reponse: Facture,
    statut: 200,
    executer: async (tx, { params }) => {
      await appeler(tx, "public.calculer_facture_fournisseur", { p_id: params.id });
      return facture(tx, params.id);
    },
  }),
  acte({
    methode: "POST",
    chemin: "/factures-fournisseur/:id/valider",
    resume: "Validate a calculated invoice: it is owed from now on",
    params: ParId,
    corps: z.strictObject({ justification: Texte.nullish() }),
    reponse: Facture,
    statut: 200,
    executer: async (tx, { params, corps }) => {
      await appeler(tx, "public.valider_facture_fournisseur", {
        p_id: params.id,
        p_justification: corps.justification ?? null,
      });
      return facture(tx, params.id);
    },
  }),
  acte({
    methode: "POST",
    chemin: "/factures-fournisseur/:id/annuler",
    resume: "Cancel an invoice that is not validated, with the reason",
    params: ParId,
    corps: Motif,
    reponse: Fait,
    statut: 200,
    executer: async (tx, { params, corps }) => {
      await appeler(tx, "public.annuler_facture_fournisseur", { p_id: params.id, p_motif: corps.motif });
      return { id: params.id };
    },
  }),
  acte({
    methode: "POST",
    chemin: "/factures-fournisseur/:id/litige",
    resume: "Dispute an invoice, or end the dispute: nothing is paid on it meanwhile",
    params: ParId,
    corps: z.strictObject({ en_litige: z.boolean(), motif: Texte.min(1) }),
    reponse: Facture,
    statut: 200,
    executer: async (tx, { params, corps }) => {
      await appeler(tx, "public.contester_facture_fournisseur", {
        p_id: params.id,
        p_en_litige: corps.en_litige,
        p_motif: corps.motif,
      });
      return facture(tx, params.id);
    },
  }),
  acte({
    methode: "POST",
    chemin: "/factures-fournisseur/:id/avoirs",
    resume: "Record what the supplier takes back of a validated invoice",
    params: ParId,
    corps: NouvelAvoir,
    reponse: Facture,
    statut: 201,
    executer: async (tx, { params, corps }) => {
      await appeler(tx, "public.enregistrer_avoir_fournisseur", {
        p_facture_id: params.id,
        p_invoice_no: corps.invoice_no,
        p_date_facture: corps.date_facture,
        p_montant_usd: corps.montant_usd,
        p_justification: corps.justification,
      });
      return facture(tx, params.id);
    },
  }),
  acte({
    methode: "POST",
    chemin: "/factures-fournisseur/:id/paiements",
    resume: "Record a payment of a validated invoice: confirmed, or waiting for the bank",
    params: ParId,
    corps: NouveauPaiement,
    reponse: Paiement,
    statut: 201,
    executer: (tx, { params, corps }) =>
      inserer(tx, PAIEMENTS, { ...corps, fournisseur_facture_id: params.id }),
  }),
  acte({
    methode: "POST",
    chemin: "/paiements-fournisseur/:id/confirmer",
    resume: "The bank has paid what was waiting",
    params: ParId,
    corps: z.strictObject({}),
    reponse: Paiement,
    statut: 200,
    executer: async (tx, { params }) => {
      await appeler(tx, "public.confirmer_paiement", { p_id: params.id });
      return paiement(tx, params.id);
    },
  }),
  acte({
    methode: "POST",
    chemin: "/paiements-fournisseur/:id/annuler",
    resume: "Take a confirmed payment back (admin): its invoice is owed again",
    params: ParId,
    corps: Motif,
    reponse: Paiement,
    statut: 200,
    executer: async (tx, { params, corps }) => {
      await appeler(tx, "public.annuler_paiement", { p_id: params.id, p_motif: corps.motif });
      return paiement(tx, params.id);
    },
  }),
  acte({
    methode: "POST",
    chemin: "/ecarts/:id/revue",
    resume: "Look into a gap",
    params: ParId,
    corps: z.strictObject({}),
    reponse: Fait,
    statut: 200,
    executer: async (tx, { params }) => {
      await appeler(tx, "public.revoir_ecart", { p_id: params.id });
      return { id: params.id };
    },
  }),
  acte({
    methode: "POST",
    chemin: "/ecarts/:id/traiter",
    resume: "Say what a gap is and what becomes of it",
    params: ParId,
    corps: TraitementEcart,
    reponse: Fait,
    statut: 200,
    executer: async (tx, { params, corps }) => {
      await appeler(tx, "public.traiter_ecart", {
        p_id: params.id,
        p_cause: corps.cause,
        p_decision: corps.decision,
        p_justification: corps.justification,
        p_impact_usd: corps.impact_usd ?? null,
      });
      return { id: params.id };
    },
  }),
  acte({
    methode: "GET",
    chemin: "/fournisseurs/:id/releve",
    resume: "Statement of a supplier's account in USD, as it was known at a moment",
    params: ParId,
    query: z.strictObject({ du: Jour.optional(), au: Jour.optional(), connu_a: Instant.optional() }),
    reponse: z.object({
      lignes: z.array(z.object({
        rang: z.int(),
        date_valeur: Jour.nullable(),
        type: z.string(),
        reference: z.string().nullable(),
        libelle: z.string(),
        debit: Montant.nullable(),
        credit: Montant.nullable(),
        solde: Montant,
        devise: z.string(),
        source_type: z.string().nullable(),
        source_id: Id.nullable(),
      })),
    }).meta({ id: "ReleveTiers" }),
    statut: 200,
    executer: async (tx, { params, query }) => ({
      lignes: await tirer(tx, "public.releve_tiers", {
        p_type: "FOURNISSEUR",
        p_id: params.id,
        p_devise: "USD",
        p_du: query.du ?? null,
        p_au: query.au ?? null,
        ...(query.connu_a && { p_connu_a: query.connu_a }),
      }),
    }),
  }),
];
