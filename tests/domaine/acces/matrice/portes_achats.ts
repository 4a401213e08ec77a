// Doors of what is bought.
import { TOUS } from "../acteurs.ts";
import {
  ANALYSE,
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
  "GET /achats/fournisseurs": porteCommune("chercher les fournisseurs", "lire_coordonnees_fournisseurs"),
  "GET /achats/fournisseurs/{id}": porteCommune("lire un fournisseur", "lire_coordonnees_fournisseurs", {
    id: "@fournisseur",
  }),
  "GET /achats/comptes": porteCommune("lire ce qui est dû à chaque fournisseur", "lire_comptes"),
  "GET /achats/couverture": porteCommune("lire ce que les SBLC couvrent", "lire_comptes"),
  "GET /achats/sblc": porteCommune("lire les SBLC", "lire_finance"),
  "POST /achats/sblc": porteCommune("enregistrer une SBLC", "ecrire_sblc", { corps: SBLC }),
  "GET /achats/sblc/{id}": porteCommune("lire une SBLC", "lire_finance", {
    id: "@sblc",
    refus: "INTROUVABLE",
  }),
  "PUT /achats/sblc/{id}": porteCommune("corriger une SBLC", "ecrire_sblc", {
    id: "@sblc",
    corps: { note: "Essai de la matrice" },
  }),
  "POST /achats/sblc/{id}/statut": porteCommune("suspendre une SBLC", "ecrire_sblc", {
    id: "@sblc",
    corps: { statut: "SUSPENDUE", motif: "Essai de la matrice" },
  }),
  "GET /achats/proformas": porteCommune("lire les proformas", "lire_finance"),
  "POST /achats/proformas": porteCommune("écrire une proforma", "ecrire_contrats", { corps: PROFORMA }),
  "GET /achats/proformas/{id}": porteCommune("lire une proforma", "lire_finance", {
    id: "@proforma",
    refus: "INTROUVABLE",
  }),
  "PUT /achats/proformas/{id}": porteCommune("corriger une proforma", "ecrire_contrats", {
    id: "@proforma_brouillon",
    corps: { note: "Essai de la matrice" },
  }),
  "GET /achats/proformas/{id}/avancement": porteCommune("lire l'avancement d'une proforma", "lire_finance", {
    id: "@proforma",
    refus: "INTROUVABLE",
  }),
  "POST /achats/proformas/{id}/activer": porteCommune("activer une proforma", "ecrire_contrats", {
    id: "@proforma_brouillon",
    corps: {},
  }),
  "POST /achats/proformas/{id}/cloturer": porteCommune("clôturer une proforma", "ecrire_contrats", {
    id: "@proforma_a_clore",
    corps: { justification: "Essai de la matrice" },
  }),
  "POST /achats/proformas/{id}/annuler": porteCommune("annuler une proforma", "ecrire_contrats", {
    id: "@proforma_brouillon",
    corps: { motif: "Essai de la matrice" },
  }),
  "GET /achats/lots": porteCommune("lire les lots", TOUS),
  "POST /achats/lots": porteCommune("ouvrir un lot", "ecrire_cours_de_route", {
    corps: RELATIONS.fournisseur_lot!.exemple!,
  }),
  "GET /achats/lots/{id}": porteCommune("lire un lot", TOUS, { id: "@lot" }),
  "POST /achats/lots/{id}/facturer": porteCommune("marquer un lot facturé", "tenir_lots", {
    id: "@lot_cloture",
    corps: {},
  }),
  "GET /achats/lots/{id}/cours-de-route": porteCommune("lire les camions d'un lot", TOUS, { id: "@lot" }),
  "POST /achats/lots/{id}/cours-de-route": porteCommune(
    "rattacher un camion à un lot",
    "ecrire_cours_de_route",
    { id: "@lot", corps: { cours_de_route_id: "@cdr" } },
  ),
  "POST /achats/lots/{id}/cours-de-route/decharges": porteCommune(
    "rattacher un camion déchargé",
    "rattacher_cdr_decharge",
    { id: "@lot", corps: { cours_de_route_id: "@cdr_decharge", motif: "Essai de la matrice" } },
  ),
  "PUT /achats/chargements/{id}": porte("enregistrer un bordereau", "ecrire_cours_de_route", {
    id: "@cdr",
    corps: CHARGEMENT,
  }),
  "GET /achats/chargements/{id}": porte("lire un bordereau", TOUS, { id: "@cdr_arrive" }),
  "GET /achats/lots/{id}/couts": porteCommune("lire ce que coûte un lot", "lire_finance", {
    id: "@lot_a_facturer",
    refus: "INTROUVABLE",
  }),
  "POST /achats/lots/{id}/frais": porteCommune("ajouter des frais à un lot", "ecrire_frais_lot", {
    id: "@lot_a_facturer",
    corps: { type: "FRET", montant: 1 },
  }),
  "POST /achats/frais/{id}/annuler": porteCommune("annuler des frais d'un lot", "ecrire_frais_lot", {
    id: "@frais",
    corps: { motif: "Essai de la matrice" },
  }),
  "GET /achats/factures-fournisseur": porteCommune("lire les factures des fournisseurs", "lire_finance"),
  "GET /achats/avoirs-fournisseur": porteCommune("lire les avoirs des fournisseurs", "lire_finance"),
  "GET /achats/paiements-fournisseur": porteCommune("lire les paiements aux fournisseurs", "lire_finance"),
  "GET /achats/ecarts": porte("lire les écarts", "lire_ecarts", DEPOT),
  "GET /achats/ecarts-transit": porte("lire le chargé et le reçu des camions", "lire_ecarts", DEPOT),
  "POST /achats/ecarts": porte("déclarer un écart", "revoir_ecarts", { corps: ECART }),
  "GET /achats/ecarts/{id}": porte("lire un écart", "lire_ecarts", { id: "@ecart", refus: "INTROUVABLE" }),
  "POST /achats/ecarts/{id}/litige": porte("mettre un écart en litige", "traiter_ecarts", {
    id: "@ecart",
    corps: { motif: "Essai de la matrice" },
  }),
  "GET /achats/ecarts/{id}/notes": porte("lire les notes d'un écart", "lire_ecarts", {
    id: "@ecart",
    refus: "INTROUVABLE",
  }),
  "POST /achats/ecarts/{id}/notes": porte("noter ce qu'on sait d'un écart", "revoir_ecarts", {
    id: "@ecart",
    corps: { texte: "Essai de la matrice" },
  }),
  "GET /achats/analyses": porte("lire les analyses", "lire_ecarts", DEPOT),
  "POST /achats/analyses": porte("enregistrer une analyse", "ecrire_analyses", { corps: ANALYSE }),
  "GET /achats/specifications/{id}": porteCommune("lire les spécifications d'un produit", TOUS, {
    id: "@produit",
  }),
  "PUT /achats/specifications/{id}": porteCommune("régler une spécification", "regler_specifications", {
    id: "@produit",
    corps: { parametre: "@neuf", minimum: 1, maximum: 2 },
  }),
  "POST /achats/lots/{id}/cloturer": porteCommune("clôturer un lot", "tenir_lots", {
    id: "@lot_a_facturer",
    corps: {},
  }),
  "POST /achats/factures-fournisseur": porteCommune(
    "saisir la facture d'un fournisseur",
    "ecrire_factures_fournisseur",
    { corps: RELATIONS.fournisseur_facture_lot_min!.exemple! },
  ),
  "GET /achats/factures-fournisseur/{id}": porteCommune("lire la facture d'un fournisseur", "lire_finance", {
    id: "@facture",
    refus: "INTROUVABLE",
  }),
  "POST /achats/factures-fournisseur/{id}/calculer": porteCommune(
    "calculer la facture d'un fournisseur",
    "ecrire_factures_fournisseur",
    { id: "@facture_brouillon", corps: {} },
  ),
  "POST /achats/factures-fournisseur/{id}/valider": porteCommune(
    "valider la facture d'un fournisseur",
    "ecrire_factures_fournisseur",
    { id: "@facture_calculee", corps: {} },
  ),
  "POST /achats/factures-fournisseur/{id}/annuler": porteCommune(
    "annuler la facture d'un fournisseur",
    "ecrire_factures_fournisseur",
    { id: "@facture_calculee", corps: { motif: "Essai de la matrice" } },
  ),
  "POST /achats/factures-fournisseur/{id}/litige": porteCommune(
    "mettre en litige une facture",
    "ecrire_factures_fournisseur",
    { id: "@facture_calculee", corps: { en_litige: true, motif: "Essai de la matrice" } },
  ),
  "POST /achats/factures-fournisseur/{id}/avoirs": porteCommune(
    "enregistrer l'avoir d'un fournisseur",
    "ecrire_factures_fournisseur",
    {
      id: "@facture",
      corps: {
        invoice_no: "@neuf",
        date_facture: "2026-01-15",
        montant_usd: 1,
        justification: "Essai de la matrice",
      },
    },
  ),
  "POST /achats/factures-fournisseur/{id}/paiements": porteCommune(
    "enregistrer un paiement",
    "ecrire_factures_fournisseur",
    { id: "@facture", corps: { montant_paye_usd: 1, reference_paiement: "@neuf" } },
  ),
  "POST /achats/paiements-fournisseur/{id}/confirmer": porteCommune(
    "confirmer un paiement",
    "ecrire_factures_fournisseur",
    { id: "@paiement_attente", corps: {} },
  ),
  "POST /achats/paiements-fournisseur/{id}/annuler": porteCommune(
    "annuler un paiement",
    "annuler_paiements_fournisseur",
    { id: "@paiement", corps: { motif: "Essai de la matrice" } },
  ),
  "POST /achats/ecarts/{id}/revue": porte("mettre un écart en revue", "revoir_ecarts", {
    id: "@ecart",
    corps: {},
  }),
  "POST /achats/ecarts/{id}/traiter": porte("traiter un écart", "traiter_ecarts", {
    id: "@ecart",
    corps: { cause: "AUTRE", decision: "ACCEPTE_AVEC_NOTE", justification: "Essai de la matrice" },
  }),
  "GET /achats/fournisseurs/{id}/releve": porteCommune("lire le relevé d'un fournisseur", "lire_comptes", {
    id: "@fournisseur",
  }),
};
