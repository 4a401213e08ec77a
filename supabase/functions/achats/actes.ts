import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { apres, type Dit, fonction, idDe, inseree, ligne, reserver } from "../_shared/appels.ts";
import { accomplir, consulter, SON_ID } from "../_shared/chose.ts";
import { liste } from "../_shared/liste.ts";
import { fiche } from "../_shared/relations.ts";
import { Id, ParId, Texte } from "../_shared/schemas.ts";
import { contrats } from "./contrats.ts";
import { ecarts } from "./ecarts.ts";
import {
  Avoir,
  Facture,
  FACTURES,
  NouveauPaiement,
  NouvelAvoir,
  NouvelleFacture,
  Paiement,
  PaiementEnListe,
  PAIEMENTS,
  SAISIES,
} from "./formes.ts";
import { fournisseurs } from "./fournisseurs.ts";
import { lots } from "./lots.ts";
import { qualite } from "./qualite.ts";

const Motif = z.strictObject({ motif: Texte.min(1) });

const facture = (id: Dit) => ligne(FACTURES, id, "cette facture", "facture_id");
const paiement = (id: Dit) => ligne(PAIEMENTS, id, "ce paiement");

const PAIEMENT = { reponse: Paiement, une: paiement };
const FACTURE = { reponse: Facture, une: facture };

export const actes = [
  ...fournisseurs,
  ...contrats,
  ...lots,
  ...ecarts,
  ...qualite,
  liste({
    de: FACTURES,
    cles: ["created_at", "facture_id"],
    sens: "desc",
    jour: "date_facture",
    exacts: {
      fournisseur_id: Id.optional(),
      fournisseur_lot_id: Id.optional(),
      statut: Facture.shape.statut.optional(),
      statut_paiement: Facture.shape.statut_paiement.optional(),
      statut_rapprochement: Facture.shape.statut_rapprochement.optional(),
    },
  }, {
    chemin: "/factures-fournisseur",
    nom: "factures-fournisseur",
    resume: "List suppliers' live invoices, latest entered first",
    avant: reserver("lire_finance"),
  }),
  liste({
    de: fiche("v_avoirs_fournisseur", Avoir),
    cles: ["created_at", "id"],
    sens: "desc",
    jour: "date_facture",
    exacts: { fournisseur_id: Id.optional(), facture_origine_id: Id.optional() },
  }, {
    chemin: "/avoirs-fournisseur",
    nom: "avoirs-fournisseur",
    resume: "List suppliers' credit notes, latest first",
    avant: reserver("lire_finance"),
  }),
  liste({
    de: fiche("v_paiements_fournisseur", PaiementEnListe),
    cles: ["created_at", "id"],
    sens: "desc",
    moment: "date_paiement",
    exacts: {
      fournisseur_id: Id.optional(),
      fournisseur_facture_id: Id.optional(),
      statut: Paiement.shape.statut.optional(),
    },
  }, {
    chemin: "/paiements-fournisseur",
    nom: "paiements-fournisseur",
    resume: "List payments to suppliers, latest recorded first",
    avant: reserver("lire_finance"),
  }),
  acte({
    methode: "POST",
    chemin: "/factures-fournisseur",
    resume: "Enter a supplier's invoice of a lot, as a draft: by the litre at 20 °C, or in another base",
    corps: NouvelleFacture,
    reponse: Facture,
    statut: 201,
    appel: ({ corps }) => facture(idDe(inseree(SAISIES, corps))),
  }),
  consulter(
    FACTURE,
    "/factures-fournisseur/:id",
    "Read a supplier's invoice: what came against what is invoiced, what is paid and what is left",
  ),
  accomplir(
    FACTURE,
    "/factures-fournisseur/:id/calculer",
    "Count what the lot's trucks brought and compare it with what is invoiced",
    z.strictObject({}),
    (id) => fonction("public.calculer_facture_fournisseur", { p_id: id }),
  ),
  accomplir(
    FACTURE,
    "/factures-fournisseur/:id/valider",
    "Validate a calculated invoice: it is owed from now on",
    z.strictObject({ justification: Texte.nullish() }),
    (id, corps) =>
      fonction("public.valider_facture_fournisseur", {
        p_id: id,
        p_justification: corps.justification ?? null,
      }),
  ),
  accomplir(
    SON_ID,
    "/factures-fournisseur/:id/annuler",
    "Cancel an invoice that is not validated, with the reason",
    Motif,
    (id, corps) => fonction("public.annuler_facture_fournisseur", { p_id: id, p_motif: corps.motif }),
  ),
  accomplir(
    FACTURE,
    "/factures-fournisseur/:id/litige",
    "Dispute an invoice, or end the dispute: nothing is paid on it meanwhile",
    z.strictObject({ en_litige: z.boolean(), motif: Texte.min(1) }),
    (id, corps) =>
      fonction("public.contester_facture_fournisseur", {
        p_id: id,
        p_en_litige: corps.en_litige,
        p_motif: corps.motif,
      }),
  ),
  acte({
    methode: "POST",
    chemin: "/factures-fournisseur/:id/avoirs",
    resume: "Record what the supplier takes back of a validated invoice",
    params: ParId,
    corps: NouvelAvoir,
    reponse: Facture,
    statut: 201,
    appel: ({ params, corps }) =>
      apres(
        fonction("public.enregistrer_avoir_fournisseur", {
          p_facture_id: params.id,
          p_invoice_no: corps.invoice_no,
          p_date_facture: corps.date_facture,
          p_montant_usd: corps.montant_usd,
          p_justification: corps.justification,
        }),
        facture(params.id),
      ),
  }),
  acte({
    methode: "POST",
    chemin: "/factures-fournisseur/:id/paiements",
    resume: "Record a payment of a validated invoice: confirmed, or waiting for the bank",
    params: ParId,
    corps: NouveauPaiement,
    reponse: Paiement,
    statut: 201,
    appel: ({ params, corps }) => inseree(PAIEMENTS, { ...corps, fournisseur_facture_id: params.id }),
  }),
  accomplir(
    PAIEMENT,
    "/paiements-fournisseur/:id/confirmer",
    "The bank has paid what was waiting",
    z.strictObject({}),
    (id) => fonction("public.confirmer_paiement", { p_id: id }),
  ),
  accomplir(
    PAIEMENT,
    "/paiements-fournisseur/:id/annuler",
    "Take a confirmed payment back (admin): its invoice is owed again",
    Motif,
    (id, corps) => fonction("public.annuler_paiement", { p_id: id, p_motif: corps.motif }),
  ),
];
