// Functions of what is bought.
import { acte, ANALYSE, CHARGEMENT, commune, ECART, type Fonction, PROFORMA, SBLC } from "./formes.ts";

export const FONCTIONS_ACHATS: Record<string, Fonction> = {
  calculer_facture_fournisseur: commune(
    "calculer la facture d'un fournisseur",
    "ecrire_factures_fournisseur",
    { p_id: "@facture_brouillon" },
  ),
  valider_facture_fournisseur: commune("valider la facture d'un fournisseur", "ecrire_factures_fournisseur", {
    p_id: "@facture_calculee",
  }),
  annuler_facture_fournisseur: commune("annuler la facture d'un fournisseur", "ecrire_factures_fournisseur", {
    p_id: "@facture_calculee",
    p_motif: "Essai de la matrice",
  }),
  contester_facture_fournisseur: commune(
    "mettre en litige la facture d'un fournisseur",
    "ecrire_factures_fournisseur",
    { p_id: "@facture_calculee", p_en_litige: true, p_motif: "Essai de la matrice" },
  ),
  enregistrer_avoir_fournisseur: commune(
    "enregistrer l'avoir d'un fournisseur",
    "ecrire_factures_fournisseur",
    {
      p_facture_id: "@facture",
      p_invoice_no: "@neuf",
      p_date_facture: "2026-01-15",
      p_montant_usd: 1,
      p_justification: "Essai de la matrice",
    },
  ),
  confirmer_paiement: commune("confirmer un paiement à un fournisseur", "ecrire_factures_fournisseur", {
    p_id: "@paiement_attente",
  }),
  annuler_paiement: commune("annuler un paiement à un fournisseur", "annuler_paiements_fournisseur", {
    p_id: "@paiement",
    p_motif: "Essai de la matrice",
  }),
  ecrire_sblc: commune("enregistrer une SBLC", "ecrire_sblc", { p_sblc: SBLC }),
  changer_statut_sblc: commune("suspendre une SBLC", "ecrire_sblc", {
    p_id: "@sblc",
    p_statut: "SUSPENDUE",
    p_motif: "Essai de la matrice",
  }),
  ecrire_proforma: commune("écrire une proforma", "ecrire_contrats", { p_proforma: PROFORMA }),
  activer_proforma: commune("activer une proforma", "ecrire_contrats", { p_id: "@proforma_brouillon" }),
  annuler_proforma: commune("annuler une proforma", "ecrire_contrats", {
    p_id: "@proforma_brouillon",
    p_motif: "Essai de la matrice",
  }),
  cloturer_proforma: commune("clôturer une proforma", "ecrire_contrats", {
    p_id: "@proforma_a_clore",
    p_justification: "Essai de la matrice",
  }),
  enregistrer_chargement: acte("enregistrer le bordereau d'un camion", "ecrire_cours_de_route", {
    p_cours_de_route_id: "@cdr",
    p_chargement: CHARGEMENT,
  }),
  enregistrer_analyse: acte("enregistrer une analyse", "ecrire_analyses", { p_analyse: ANALYSE }),
  regler_specification: commune("régler une spécification", "regler_specifications", {
    p_produit_id: "@produit",
    p_parametre: "@neuf",
    p_minimum: 1,
    p_maximum: 2,
  }),
  ajouter_frais_lot: commune("ajouter des frais à un lot", "ecrire_frais_lot", {
    p_lot_id: "@lot_a_facturer",
    p_frais: { type: "FRET", montant: 1 },
  }),
  annuler_frais_lot: commune("annuler des frais d'un lot", "ecrire_frais_lot", {
    p_id: "@frais",
    p_motif: "Essai de la matrice",
  }),
  noter_ecart: acte("noter ce qu'on sait d'un écart", "revoir_ecarts", {
    p_id: "@ecart",
    p_texte: "Essai de la matrice",
  }),
  contester_ecart: acte("mettre un écart en litige", "traiter_ecarts", {
    p_id: "@ecart",
    p_motif: "Essai de la matrice",
  }),
  declarer_ecart: acte("déclarer un écart", "revoir_ecarts", { p_ecart: ECART }),
  rattacher_cdr_decharge: commune("rattacher un camion déchargé", "rattacher_cdr_decharge", {
    p_cdr: "@cdr_decharge",
    p_lot: "@lot",
    p_motif: "Essai de la matrice",
  }),
};
