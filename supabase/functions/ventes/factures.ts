// Delivery notes, invoices and credit notes.
import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import type { Json } from "../_shared/database.types.ts";
import type { Transaction } from "../_shared/database.ts";
import { liste } from "../_shared/liste.ts";
import { appeler, colonnes, type Fiche, lire, reserver, tirer } from "../_shared/relations.ts";
import { Id, Jour, ParId } from "../_shared/schemas.ts";
import {
  A_FACTURER,
  Bon,
  BONS,
  Confirmation,
  FactureEntiere,
  FACTURES,
  LIGNES,
  MARGES,
  Montant,
  Motif,
  NouveauBon,
  NouvelAvoir,
  NouvelleFacture,
  TAXES,
  Vide,
} from "./formes.ts";

const bon = (tx: Transaction, id: string) => lire(tx, BONS, id, "ce bon de livraison");

async function parFacture<L extends z.ZodObject>(tx: Transaction, fiche: Fiche, ordre: string, id: string) {
  const rows = await tx<{ ligne: z.input<L> }[]>`
    select to_jsonb(l) as ligne from (
      select ${tx(colonnes(fiche))} from ${tx(fiche.relation)} where facture_id = ${id} order by ${
    tx(ordre)
  }) l`;
  return rows.map(({ ligne }) => ligne);
}

/** An invoice with all it says. */
export async function factureEntiere(tx: Transaction, id: string): Promise<z.input<typeof FactureEntiere>> {
  const facture = await lire(tx, FACTURES, id, "cette facture");
  const [fiscal] = await tx<{ statut: string }[]>`
    select statut from public.factures_fiscales where facture_id = ${id}`;
  return {
    ...facture,
    lignes: await parFacture<typeof LIGNES.ligne>(tx, LIGNES, "rang", id),
    taxes: await parFacture<typeof TAXES.ligne>(tx, TAXES, "groupe", id),
    statut_fiscal: fiscal?.statut ?? null,
  };
}

export const factures = [
  acte({
    methode: "POST",
    chemin: "/bons-livraison",
    resume: "Draft the delivery note of a validated sortie",
    corps: NouveauBon,
    reponse: Bon,
    statut: 201,
    executer: async (tx, { corps: { sortie_id, ...reste } }) =>
      bon(tx, (await appeler(tx, "public.etablir_bl", { p_sortie_id: sortie_id, p_bon: reste as Json }))!),
  }),
  liste({
    de: BONS,
    cles: ["created_at", "id"],
    sens: "desc",
    depot: "depot_id",
    jour: "date_livraison",
    exacts: { sortie_id: Id.optional() },
  }, { chemin: "/bons-livraison", nom: "bons-livraison", resume: "List delivery notes, latest first" }),
  acte({
    methode: "GET",
    chemin: "/bons-livraison/:id",
    resume: "Read a delivery note",
    params: ParId,
    reponse: Bon,
    statut: 200,
    executer: (tx, { params }) => bon(tx, params.id),
  }),
  acte({
    methode: "POST",
    chemin: "/bons-livraison/:id/confirmer",
    resume: "The client has had it, and signed for so much: it has its number",
    params: ParId,
    corps: Confirmation,
    reponse: Bon,
    statut: 200,
    executer: async (tx, { params, corps }) => {
      await appeler(tx, "public.confirmer_bl", { p_id: params.id, p_bon: corps as Json });
      return bon(tx, params.id);
    },
  }),
  acte({
    methode: "POST",
    chemin: "/bons-livraison/:id/annuler",
    resume: "Take a delivery note back, before its sortie is invoiced",
    params: ParId,
    corps: Motif,
    reponse: Bon,
    statut: 200,
    executer: async (tx, { params, corps }) => {
      await appeler(tx, "public.annuler_bl", { p_id: params.id, p_motif: corps.motif });
      return bon(tx, params.id);
    },
  }),
  liste({
    de: A_FACTURER,
    cles: ["date_jour", "sortie_id"],
    sens: "desc",
    depot: "depot_id",
    produit: "produit_id",
    jour: "date_jour",
    exacts: { client_id: Id.optional() },
  }, {
    chemin: "/sorties-a-facturer",
    nom: "sorties-a-facturer",
    resume: "List deliveries that no invoice sells yet, latest first",
  }),
  acte({
    methode: "POST",
    chemin: "/factures",
    resume: "Draft an invoice of deliveries of one client at one depot, and of services",
    corps: NouvelleFacture,
    reponse: FactureEntiere,
    statut: 201,
    executer: async (tx, { corps }) =>
      factureEntiere(
        tx,
        (await appeler(tx, "public.preparer_facture", {
          p_client_id: corps.client_id,
          p_depot_id: corps.depot_id,
          p_sorties: corps.sorties ?? [],
          p_services: corps.services ?? [],
        }))!,
      ),
  }),
  acte({
    methode: "POST",
    chemin: "/factures/lot",
    resume:
      "Issue the invoices of all that a depot has delivered and not invoiced; who cannot be is told why",
    corps: z.strictObject({
      depot_id: Id,
      au: Jour.nullish(),
      clients: z.array(Id).max(1000).nullish(),
      une_par_sortie: z.boolean().optional(),
    }).meta({ id: "LotDeFactures" }),
    reponse: z.object({
      lignes: z.array(z.object({
        client_id: Id,
        facture_id: Id.nullable(),
        numero: z.string().nullable(),
        devise: z.string().nullable(),
        total_ttc: Montant.nullable(),
        sorties: z.int(),
        code: z.string().nullable(),
        phrase: z.string().nullable(),
      })),
    }).meta({ id: "LotDeFacturesEmis" }),
    statut: 201,
    executer: async (tx, { corps }) => ({
      lignes: await tirer(tx, "public.facturer_lot", {
        p_depot_id: corps.depot_id,
        p_au: corps.au ?? null,
        p_clients: corps.clients ?? null,
        p_une_par_sortie: corps.une_par_sortie ?? false,
      }),
    }),
  }),
  liste({
    de: FACTURES,
    cles: ["created_at", "id"],
    sens: "desc",
    depot: "depot_id",
    jour: "date_facture",
    exacts: {
      client_id: Id.optional(),
      statut: z.enum(["BROUILLON", "EMISE"]).optional(),
      type: z.enum(["FACTURE", "AVOIR"]).optional(),
    },
  }, {
    chemin: "/factures",
    nom: "factures",
    resume: "List invoices and credit notes, latest first",
    avant: reserver("lire_ventes"),
  }),
  acte({
    methode: "GET",
    chemin: "/factures/:id",
    resume: "Read an invoice or credit note, its lines, its taxes, what is paid and left of it",
    params: ParId,
    reponse: FactureEntiere,
    statut: 200,
    executer: (tx, { params }) => factureEntiere(tx, params.id),
  }),
  acte({
    methode: "POST",
    chemin: "/factures/:id/emettre",
    resume: "Issue a draft: dated, numbered, hashed and owed; it never changes again",
    params: ParId,
    corps: Vide,
    reponse: FactureEntiere,
    statut: 200,
    executer: async (tx, { params }) => {
      await appeler(tx, "public.emettre_facture", { p_id: params.id });
      return factureEntiere(tx, params.id);
    },
  }),
  acte({
    methode: "POST",
    chemin: "/factures/:id/supprimer",
    resume: "Delete a draft",
    params: ParId,
    corps: Vide,
    reponse: z.object({ id: Id }),
    statut: 200,
    executer: async (tx, { params }) => {
      await appeler(tx, "public.supprimer_facture", { p_id: params.id });
      return { id: params.id };
    },
  }),
  acte({
    methode: "POST",
    chemin: "/factures/:id/avoirs",
    resume: "Issue a credit note of an issued invoice, by lines, or of all that is left of it",
    params: ParId,
    corps: NouvelAvoir,
    reponse: FactureEntiere,
    statut: 201,
    executer: async (tx, { params, corps }) =>
      factureEntiere(
        tx,
        (await appeler(tx, "public.emettre_avoir", {
          p_facture_id: params.id,
          p_nature: corps.nature,
          p_lignes: (corps.lignes ?? null) as Json,
          p_motif: corps.motif,
        }))!,
      ),
  }),
  liste({
    de: MARGES,
    cles: ["created_at", "ligne_id"],
    sens: "desc",
    depot: "depot_id",
    produit: "produit_id",
    jour: "date_facture",
    exacts: { client_id: Id.optional(), facture_id: Id.optional() },
  }, {
    chemin: "/marges",
    nom: "marges",
    resume: "What each invoiced delivery leaves over what its fuel came to, latest first",
    avant: reserver("lire_marges"),
  }),
  acte({
    methode: "POST",
    chemin: "/fiscal/transmettre",
    resume: "Tell the fiscal device the invoices that wait to be told",
    corps: Vide,
    reponse: z.object({ transmises: z.int() }),
    statut: 200,
    executer: async (tx) => ({ transmises: (await appeler(tx, "public.transmettre_fiscal", {}))! }),
  }),
];
