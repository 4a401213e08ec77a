// Payments, the till, and the sale at the counter.
import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { avec, type Dit, fonction, idDit, ligne, objet, reserver } from "../_shared/appels.ts";
import { accomplir, consulter } from "../_shared/chose.ts";
import type { Json } from "../_shared/database.types.ts";
import { liste } from "../_shared/liste.ts";
import { rangee } from "../_shared/relations.ts";
import { Id, Instant, Mesures, ParId, Texte } from "../_shared/schemas.ts";
import { factureEntiere } from "./factures.ts";
import { Bon, BonComptant, BONS, Devise, FactureEntiere, Motif } from "./formes.ts";
import {
  Affectation,
  BALANCE,
  CAISSE,
  Cloture,
  CLOTURES,
  Encaissement,
  ENCAISSEMENTS,
  NouvelEncaissement,
  NouvelleCloture,
  PaiementComptant,
  Remboursement,
} from "./formes_caisse.ts";

const encaissement = (id: Dit) => ligne(ENCAISSEMENTS, id, "cet encaissement");

const VenteComptant = z.strictObject({
  sortie: z.strictObject({
    citerne_id: Id,
    produit_id: Id.nullish(),
    client_id: Id,
    ...Mesures.shape,
    date_sortie: Instant.nullish(),
    chauffeur_nom: Texte.nullish(),
    plaque_camion: Texte.nullish(),
    plaque_remorque: Texte.nullish(),
    transporteur: Texte.nullish(),
    note: Texte.nullish(),
  }),
  bon_livraison: BonComptant.nullish(),
  paiement: PaiementComptant.nullish(),
}).meta({ id: "VenteComptant" });

/** A sale's parts, each held to the row that SQL makes of it. */
const vente = ({ sortie, bon_livraison, paiement }: z.output<typeof VenteComptant>): Json => ({
  sortie: rangee("sorties_produit", sortie),
  ...(bon_livraison && { bon_livraison: rangee("bons_livraison", bon_livraison) }),
  ...(paiement && { paiement: rangee("encaissements", paiement) }),
});

const ENCAISSEMENT = { reponse: Encaissement, une: encaissement };

export const encaissements = [
  acte({
    methode: "POST",
    chemin: "/comptant",
    resume: "Sell at the counter: sortie, delivery note, invoice, payment and receipt in one act, or nothing",
    corps: VenteComptant,
    reponse: z.object({
      sortie_id: Id,
      bon_livraison: Bon,
      facture: FactureEntiere,
      encaissement: Encaissement,
    }).meta({ id: "VenteComptantFaite" }),
    statut: 201,
    appel: ({ corps }) =>
      avec(fonction("public.vendre_comptant", { p_vente: vente(corps) }), (faite) =>
        objet({
          sortie_id: idDit(faite, "sortie_id"),
          bon_livraison: ligne(BONS, idDit(faite, "bon_livraison_id"), "ce bon de livraison"),
          facture: factureEntiere(idDit(faite, "facture_id")),
          encaissement: encaissement(idDit(faite, "encaissement_id")),
        })),
  }),
  acte({
    methode: "POST",
    chemin: "/encaissements",
    resume: "Record a payment: confirmed with its receipt, or waiting for the bank",
    corps: NouvelEncaissement,
    reponse: Encaissement,
    statut: 201,
    appel: ({ corps }) =>
      encaissement(
        fonction("public.encaisser", { p_encaissement: rangee("encaissements", corps, "factures") }),
      ),
  }),
  liste({
    de: ENCAISSEMENTS,
    cles: ["created_at", "id"],
    sens: "desc",
    depot: "depot_id",
    jour: "jour_caisse",
    exacts: { client_id: Id.optional(), devise: Devise.optional() },
  }, {
    chemin: "/encaissements",
    nom: "encaissements",
    resume: "List payments, latest first",
    avant: reserver("lire_caisse"),
  }),
  consulter(
    ENCAISSEMENT,
    "/encaissements/:id",
    "Read a payment, what its receipt closed and what remains due",
  ),
  accomplir(
    ENCAISSEMENT,
    "/encaissements/:id/confirmer",
    "What was waited for has come: it has its receipt",
    z.strictObject({ factures: Affectation.nullish() }),
    (id, corps) =>
      fonction("public.confirmer_encaissement", { p_id: id, p_factures: (corps.factures ?? null) as Json }),
  ),
  accomplir(
    ENCAISSEMENT,
    "/encaissements/:id/annuler",
    "Take a payment back that was none: its invoices are due again",
    Motif,
    (id, corps) => fonction("public.annuler_encaissement", { p_id: id, p_motif: corps.motif }),
  ),
  acte({
    methode: "POST",
    chemin: "/encaissements/:id/rembourser",
    resume: "Give back what of a payment settles nothing",
    params: ParId,
    corps: Remboursement,
    reponse: z.object({ id: Id }),
    statut: 201,
    appel: ({ params, corps }) =>
      objet({
        id: fonction("public.rembourser", {
          p_encaissement_id: params.id,
          p_montant: corps.montant,
          p_mode: corps.mode,
          p_reference: corps.reference,
          p_motif: corps.motif,
        }),
      }),
  }),
  liste({
    de: BALANCE,
    cles: ["client_nom", "client_id", "devise"],
    sens: "asc",
    exacts: { client_id: Id.optional(), devise: Devise.optional() },
  }, {
    chemin: "/balance-agee",
    nom: "balance-agee",
    resume: "What each client owes by how many days it is late",
    avant: reserver("lire_ventes"),
  }),
  liste({
    de: CAISSE,
    cles: ["jour", "depot_id", "devise"],
    sens: "desc",
    depot: "depot_id",
    jour: "jour",
    exacts: { devise: Devise.optional() },
  }, {
    chemin: "/caisse/jours",
    nom: "caisse-jours",
    resume: "List the cash of each day: taken in, what the till should hold, what was counted",
    avant: reserver("lire_caisse"),
  }),
  acte({
    methode: "POST",
    chemin: "/caisse/clotures",
    resume: "Close the till of a day in one currency: what was counted against what was taken in",
    corps: NouvelleCloture,
    reponse: Cloture,
    statut: 201,
    appel: ({ corps }) =>
      ligne(
        CLOTURES,
        fonction("public.cloturer_caisse", {
          p_depot_id: corps.depot_id,
          p_devise: corps.devise,
          p_jour: corps.jour,
          p_compte: corps.compte,
          p_motif: corps.motif ?? null,
        }),
        "cette clôture",
      ),
  }),
  liste({
    de: CLOTURES,
    cles: ["created_at", "id"],
    sens: "desc",
    depot: "depot_id",
    jour: "jour",
    exacts: { devise: Devise.optional() },
  }, {
    chemin: "/caisse/clotures",
    nom: "clotures-caisse",
    resume: "List closings of the till, latest first",
    avant: reserver("lire_caisse"),
  }),
];
