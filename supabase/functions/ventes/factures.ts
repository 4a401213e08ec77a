// Delivery notes, invoices and credit notes.
import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import {
  avecId,
  type Dit,
  ensemble,
  fonction,
  ligne,
  lignes,
  objet,
  premiere,
  rangees,
  reserver,
} from "../_shared/appels.ts";
import { accomplir, consulter, SON_ID } from "../_shared/chose.ts";
import type { Json } from "../_shared/database.types.ts";
import type { Appel } from "../_shared/database.ts";
import { liste } from "../_shared/liste.ts";
import { fiche, rangee } from "../_shared/relations.ts";
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

const FISCALES = fiche("factures_fiscales", z.object({ statut: z.string() }), [
  ...["facture_id", "depot_id", "created_at", "essais", "demande", "reponse"] as const,
  ...["code_dgi", "compteurs", "horodatage", "nid", "qr"] as const,
]);

const bon = (id: Dit) => ligne(BONS, id, "ce bon de livraison");

/** An invoice with all it says. */
export const factureEntiere = (id: Dit): Appel<z.input<typeof FactureEntiere>> =>
  avecId(id, (id) =>
    ensemble(
      ligne(FACTURES, id, "cette facture"),
      objet({
        lignes: lignes(LIGNES, "facture_id", id, "rang"),
        taxes: lignes(TAXES, "facture_id", id, "groupe"),
        statut_fiscal: premiere(lignes(FISCALES, "facture_id", id, "facture_id"), "statut"),
      }),
    ));

const FACTURE = { reponse: FactureEntiere, une: factureEntiere };
const BON = { reponse: Bon, une: bon };

export const factures = [
  acte({
    methode: "POST",
    chemin: "/bons-livraison",
    resume: "Draft the delivery note of a validated sortie",
    corps: NouveauBon,
    reponse: Bon,
    statut: 201,
    appel: ({ corps: { sortie_id, ...reste } }) =>
      bon(fonction("public.etablir_bl", { p_sortie_id: sortie_id, p_bon: rangee("bons_livraison", reste) })),
  }),
  liste({
    de: BONS,
    cles: ["created_at", "id"],
    sens: "desc",
    depot: "depot_id",
    jour: "date_livraison",
    exacts: { sortie_id: Id.optional() },
  }, { chemin: "/bons-livraison", nom: "bons-livraison", resume: "List delivery notes, latest first" }),
  consulter(BON, "/bons-livraison/:id", "Read a delivery note"),
  accomplir(
    BON,
    "/bons-livraison/:id/confirmer",
    "The client has had it, and signed for so much: it has its number",
    Confirmation,
    (id, corps) => fonction("public.confirmer_bl", { p_id: id, p_bon: rangee("bons_livraison", corps) }),
  ),
  accomplir(
    BON,
    "/bons-livraison/:id/annuler",
    "Take a delivery note back, before its sortie is invoiced",
    Motif,
    (id, corps) => fonction("public.annuler_bl", { p_id: id, p_motif: corps.motif }),
  ),
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
    appel: ({ corps }) =>
      factureEntiere(fonction("public.preparer_facture", {
        p_client_id: corps.client_id,
        p_depot_id: corps.depot_id,
        p_sorties: corps.sorties ?? [],
        p_services: corps.services ?? [],
      })),
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
    appel: ({ corps }) =>
      objet({
        lignes: rangees("public.facturer_lot", {
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
  consulter(
    FACTURE,
    "/factures/:id",
    "Read an invoice or credit note, its lines, its taxes, what is paid and left of it",
  ),
  accomplir(
    FACTURE,
    "/factures/:id/emettre",
    "Issue a draft: dated, numbered, hashed and owed; it never changes again",
    Vide,
    (id) => fonction("public.emettre_facture", { p_id: id }),
  ),
  accomplir(
    SON_ID,
    "/factures/:id/supprimer",
    "Delete a draft",
    Vide,
    (id) => fonction("public.supprimer_facture", { p_id: id }),
  ),
  acte({
    methode: "POST",
    chemin: "/factures/:id/avoirs",
    resume: "Issue a credit note of an issued invoice, by lines, or of all that is left of it",
    params: ParId,
    corps: NouvelAvoir,
    reponse: FactureEntiere,
    statut: 201,
    appel: ({ params, corps }) =>
      factureEntiere(fonction("public.emettre_avoir", {
        p_facture_id: params.id,
        p_nature: corps.nature,
        p_lignes: (corps.lignes ?? null) as Json,
        p_motif: corps.motif,
      })),
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
    appel: () => objet({ transmises: fonction("public.transmettre_fiscal", {}) }),
  }),
];
