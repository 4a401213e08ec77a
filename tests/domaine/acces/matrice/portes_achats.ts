// Doors of what is bought.
import { ceuxQui, TOUS } from "../acteurs.ts";
import {
  achatPorte,
  ANALYSE,
  argentPorte,
  CHARGEMENT,
  DEPOT,
  ECART,
  type Porte,
  porte,
  porteCommune,
  PROFORMA,
  SBLC,
} from "./formes.ts";
import { RELATIONS } from "./relations.ts";

export const PORTES_ACHATS: Record<string, Porte> = {
  "GET /achats/fournisseurs": achatPorte("chercher les fournisseurs", "lire_coordonnees_fournisseurs"),
  "GET /achats/fournisseurs/{id}": achatPorte("lire un fournisseur", "lire_coordonnees_fournisseurs", {
    params: { id: "@fournisseur" },
  }),
  "GET /achats/comptes": achatPorte("lire ce qui est dû à chaque fournisseur", "lire_comptes"),
  "GET /achats/couverture": achatPorte("lire ce que les SBLC couvrent", "lire_comptes"),
  "GET /achats/sblc": achatPorte("lire les SBLC", "lire_finance"),
  "POST /achats/sblc": achatPorte("enregistrer une SBLC", "ecrire_sblc", { corps: SBLC }),
  "GET /achats/sblc/{id}": achatPorte("lire une SBLC", "lire_finance", {
    params: { id: "@sblc" },
    refus: "INTROUVABLE",
  }),
  "PUT /achats/sblc/{id}": achatPorte("corriger une SBLC", "ecrire_sblc", {
    params: { id: "@sblc" },
    corps: { note: "Essai de la matrice" },
  }),
  "POST /achats/sblc/{id}/statut": achatPorte("suspendre une SBLC", "ecrire_sblc", {
    params: { id: "@sblc" },
    corps: { statut: "SUSPENDUE", motif: "Essai de la matrice" },
  }),
  "GET /achats/proformas": achatPorte("lire les proformas", "lire_finance"),
  "POST /achats/proformas": achatPorte("écrire une proforma", "ecrire_contrats", { corps: PROFORMA }),
  "GET /achats/proformas/{id}": achatPorte("lire une proforma", "lire_finance", {
    params: { id: "@proforma" },
    refus: "INTROUVABLE",
  }),
  "PUT /achats/proformas/{id}": achatPorte("corriger une proforma", "ecrire_contrats", {
    params: { id: "@proforma_brouillon" },
    corps: { note: "Essai de la matrice" },
  }),
  "GET /achats/proformas/{id}/avancement": achatPorte("lire l'avancement d'une proforma", "lire_finance", {
    params: { id: "@proforma" },
    refus: "INTROUVABLE",
  }),
  "POST /achats/proformas/{id}/activer": achatPorte("activer une proforma", "ecrire_contrats", {
    params: { id: "@proforma_brouillon" },
    corps: {},
  }),
  "POST /achats/proformas/{id}/cloturer": achatPorte("clôturer une proforma", "ecrire_contrats", {
    params: { id: "@proforma_a_clore" },
    corps: { justification: "Essai de la matrice" },
  }),
  "POST /achats/proformas/{id}/annuler": achatPorte("annuler une proforma", "ecrire_contrats", {
    params: { id: "@proforma_brouillon" },
    corps: { motif: "Essai de la matrice" },
  }),
  "GET /achats/lots": porteCommune("lire les lots", TOUS),
  "POST /achats/lots": achatPorte("ouvrir un lot", "ecrire_cours_de_route", {
    corps: RELATIONS.fournisseur_lot!.exemple!,
  }),
  "GET /achats/lots/{id}": porteCommune("lire un lot", TOUS, { params: { id: "@lot" } }),
  "POST /achats/lots/{id}/facturer": achatPorte("marquer un lot facturé", "tenir_lots", {
    params: { id: "@lot_cloture" },
    corps: {},
  }),
  "GET /achats/lots/{id}/cours-de-route": porteCommune("lire les camions d'un lot", TOUS, {
    params: { id: "@lot" },
  }),
  "POST /achats/lots/{id}/cours-de-route": achatPorte(
    "rattacher un camion à un lot",
    "ecrire_cours_de_route",
    { params: { id: "@lot" }, corps: { cours_de_route_id: "@cdr" } },
  ),
  "POST /achats/lots/{id}/cours-de-route/decharges": achatPorte(
    "rattacher un camion déchargé",
    "rattacher_cdr_decharge",
    { params: { id: "@lot" }, corps: { cours_de_route_id: "@cdr_decharge", motif: "Essai de la matrice" } },
  ),
  "PUT /achats/chargements/{id}": porte("enregistrer un bordereau", ceuxQui("ecrire_cours_de_route"), {
    params: { id: "@cdr" },
    corps: CHARGEMENT,
  }),
  "GET /achats/chargements/{id}": porte("lire un bordereau", TOUS, { params: { id: "@cdr_arrive" } }),
  "GET /achats/lots/{id}/couts": achatPorte("lire ce que coûte un lot", "lire_finance", {
    params: { id: "@lot_a_facturer" },
    refus: "INTROUVABLE",
  }),
  "POST /achats/lots/{id}/frais": achatPorte("ajouter des frais à un lot", "ecrire_frais_lot", {
    params: { id: "@lot_a_facturer" },
    corps: { type: "FRET", montant: 1 },
  }),
  "POST /achats/frais/{id}/annuler": achatPorte("annuler des frais d'un lot", "ecrire_frais_lot", {
    params: { id: "@frais" },
    corps: { motif: "Essai de la matrice" },
  }),
  "GET /achats/factures-fournisseur": achatPorte("lire les factures des fournisseurs", "lire_finance"),
  "GET /achats/avoirs-fournisseur": achatPorte("lire les avoirs des fournisseurs", "lire_finance"),
  "GET /achats/paiements-fournisseur": achatPorte("lire les paiements aux fournisseurs", "lire_finance"),
  "GET /achats/ecarts": porte("lire les écarts", ceuxQui("lire_ecarts"), DEPOT),
  "GET /achats/ecarts-transit": porte("lire le chargé et le reçu des camions", ceuxQui("lire_ecarts"), DEPOT),
  "POST /achats/ecarts": porte("déclarer un écart", ceuxQui("revoir_ecarts"), { corps: ECART }),
  "GET /achats/ecarts/{id}": porte("lire un écart", ceuxQui("lire_ecarts"), {
    params: { id: "@ecart" },
    refus: "INTROUVABLE",
  }),
  "POST /achats/ecarts/{id}/litige": porte("mettre un écart en litige", ceuxQui("traiter_ecarts"), {
    params: { id: "@ecart" },
    corps: { motif: "Essai de la matrice" },
  }),
  "GET /achats/ecarts/{id}/notes": porte("lire les notes d'un écart", ceuxQui("lire_ecarts"), {
    params: { id: "@ecart" },
    refus: "INTROUVABLE",
  }),
  "POST /achats/ecarts/{id}/notes": porte("noter ce qu'on sait d'un écart", ceuxQui("revoir_ecarts"), {
    params: { id: "@ecart" },
    corps: { texte: "Essai de la matrice" },
  }),
  "GET /achats/analyses": porte("lire les analyses", ceuxQui("lire_ecarts"), DEPOT),
  "POST /achats/analyses": porte("enregistrer une analyse", ceuxQui("ecrire_analyses"), { corps: ANALYSE }),
  "GET /achats/specifications/{id}": porteCommune("lire les spécifications d'un produit", TOUS, {
    params: { id: "@produit" },
  }),
  "PUT /achats/specifications/{id}": achatPorte("régler une spécification", "regler_specifications", {
    params: { id: "@produit" },
    corps: { parametre: "@neuf", minimum: 1, maximum: 2 },
  }),
  "POST /achats/lots/{id}/cloturer": porteCommune("clôturer un lot", ceuxQui("tenir_lots"), {
    params: { id: "@lot_a_facturer" },
    corps: {},
  }),
  "POST /achats/factures-fournisseur": argentPorte("saisir la facture d'un fournisseur", {
    corps: RELATIONS.fournisseur_facture_lot_min!.exemple!,
  }),
  "GET /achats/factures-fournisseur/{id}": porteCommune(
    "lire la facture d'un fournisseur",
    ceuxQui("lire_finance"),
    { params: { id: "@facture" }, refus: "INTROUVABLE" },
  ),
  "POST /achats/factures-fournisseur/{id}/calculer": argentPorte("calculer la facture d'un fournisseur", {
    params: { id: "@facture_brouillon" },
    corps: {},
  }),
  "POST /achats/factures-fournisseur/{id}/valider": argentPorte("valider la facture d'un fournisseur", {
    params: { id: "@facture_calculee" },
    corps: {},
  }),
  "POST /achats/factures-fournisseur/{id}/annuler": argentPorte("annuler la facture d'un fournisseur", {
    params: { id: "@facture_calculee" },
    corps: { motif: "Essai de la matrice" },
  }),
  "POST /achats/factures-fournisseur/{id}/litige": argentPorte("mettre en litige une facture", {
    params: { id: "@facture_calculee" },
    corps: { en_litige: true, motif: "Essai de la matrice" },
  }),
  "POST /achats/factures-fournisseur/{id}/avoirs": argentPorte("enregistrer l'avoir d'un fournisseur", {
    params: { id: "@facture" },
    corps: {
      invoice_no: "@neuf",
      date_facture: "2026-01-15",
      montant_usd: 1,
      justification: "Essai de la matrice",
    },
  }),
  "POST /achats/factures-fournisseur/{id}/paiements": argentPorte("enregistrer un paiement", {
    params: { id: "@facture" },
    corps: { montant_paye_usd: 1, reference_paiement: "@neuf" },
  }),
  "POST /achats/paiements-fournisseur/{id}/confirmer": argentPorte("confirmer un paiement", {
    params: { id: "@paiement_attente" },
    corps: {},
  }),
  "POST /achats/paiements-fournisseur/{id}/annuler": porteCommune(
    "annuler un paiement",
    ceuxQui("annuler_paiements_fournisseur"),
    { params: { id: "@paiement" }, corps: { motif: "Essai de la matrice" } },
  ),
  "POST /achats/ecarts/{id}/revue": porte("mettre un écart en revue", ceuxQui("revoir_ecarts"), {
    params: { id: "@ecart" },
    corps: {},
  }),
  "POST /achats/ecarts/{id}/traiter": porte("traiter un écart", ceuxQui("traiter_ecarts"), {
    params: { id: "@ecart" },
    corps: { cause: "AUTRE", decision: "ACCEPTE_AVEC_NOTE", justification: "Essai de la matrice" },
  }),
  "GET /achats/fournisseurs/{id}/releve": porteCommune(
    "lire le relevé d'un fournisseur",
    ceuxQui("lire_comptes"),
    { params: { id: "@fournisseur" } },
  ),
};
