// Functions of what is sold, and of its money and papers.
import { acte, commune, type Fonction, SORTIE } from "./formes.ts";

export const FONCTIONS_VENTES: Record<string, Fonction> = {
  prix_applicable: acte("lire le prix d'un produit", "lire_ventes", {
    p_produit: "@produit",
    p_client: "@client",
    p_depot: "@depot",
    p_jour: "today",
  }),
  creer_tarif: acte("fixer un tarif", "regler_tarifs", {
    p_produit_id: "@produit",
    p_client_id: "@client_neuf",
    p_depot_id: "@depot",
    p_devise: "USD",
    p_base: "L15",
    p_prix_ht: 1,
    p_valide_du: "2026-01-15",
    p_valide_au: null,
    p_motif: "Essai de la matrice",
  }),
  clore_tarif: acte("clore un tarif", "regler_tarifs", {
    p_id: "@tarif",
    p_au: "today",
    p_motif: "Essai de la matrice",
  }),
  fixer_taux_change: commune("dire le taux de change", "regler_taux", {
    p_devise: "USD",
    p_jour: "today",
    p_taux_cdf: 2800,
    p_source: "MANUEL",
  }),
  fixer_taux_tva: commune("changer un taux de TVA", "regler_tva", {
    p_groupe: "B",
    p_valide_du: "2060-01-01",
    p_taux: 16,
    p_libelle: "Essai",
  }),
  fixer_conditions_client: commune("fixer les conditions d'un client", "regler_credit", {
    p_client_id: "@client",
    p_conditions: { delai_jours: 30 },
  }),
  deroger_credit: commune("laisser dépasser un plafond", "deroger_credit", {
    p_client_id: "@client",
    p_montant_max: 1,
    p_expire_le: "tomorrow",
    p_motif: "Essai de la matrice",
  }),
  passer_commande: acte("prendre une commande", "commander", {
    p_commande: { depot_id: "@depot", client_id: "@client", produit_id: "@produit", quantite: 10 },
  }),
  confirmer_commande: acte("confirmer une commande", "commander", { p_id: "@commande_brouillon" }),
  supprimer_commande: acte("supprimer un brouillon de commande", "commander", {
    p_id: "@commande_brouillon",
  }),
  rattacher_sortie: acte("dire quelle commande livre une sortie", "commander", {
    p_commande_id: "@commande_livree",
    p_sortie_id: "@sortie_a_livrer",
  }),
  detacher_sortie: acte("détacher une sortie de sa commande", "commander", {
    p_commande_id: "@commande_livree",
    p_sortie_id: "@sortie_commandee",
    p_motif: "Essai de la matrice",
  }),
  solder_commande: acte("solder une commande", "commander", {
    p_id: "@commande",
    p_motif: "Essai de la matrice",
  }),
  annuler_commande: acte("annuler une commande", "commander", {
    p_id: "@commande",
    p_motif: "Essai de la matrice",
  }),
  etablir_bl: acte("établir un bon de livraison", "livrer", { p_sortie_id: "@sortie_a_livrer" }),
  confirmer_bl: acte("confirmer un bon de livraison", "livrer", { p_id: "@bon_brouillon" }),
  annuler_bl: acte("annuler un bon de livraison", "annuler_livraisons", {
    p_id: "@bon",
    p_motif: "Essai de la matrice",
  }),
  preparer_facture: acte("préparer une facture", "facturer", {
    p_client_id: "@client",
    p_depot_id: "@depot",
    p_services: [{ designation: "Stockage", quantite: 1, prix_ht: 10 }],
  }),
  supprimer_facture: acte("supprimer un brouillon de facture", "facturer", {
    p_id: "@facture_client_brouillon",
  }),
  emettre_facture: acte("émettre une facture", "facturer", { p_id: "@facture_client_brouillon" }),
  facturer_lot: {
    ...acte("facturer tout ce qui est livré", "facturer", { p_depot_id: "@depot" }),
    enTout: true,
  },
  emettre_avoir: acte("émettre un avoir", "facturer", {
    p_facture_id: "@facture_client",
    p_nature: "RRR",
    p_lignes: [{ rang: 1, montant_ht: 0.01 }],
    p_motif: "Essai de la matrice",
  }),
  encaisser: acte("encaisser un paiement", "encaisser", {
    p_encaissement: { depot_id: "@depot", client_id: "@client", mode: "CASH", montant: 1 },
  }),
  confirmer_encaissement: acte("confirmer un encaissement", "encaisser", { p_id: "@encaissement_attente" }),
  annuler_encaissement: acte("annuler un encaissement", "annuler_encaissements", {
    p_id: "@encaissement",
    p_motif: "Essai de la matrice",
  }),
  rembourser: acte("rembourser un encaissement", "annuler_encaissements", {
    p_encaissement_id: "@encaissement",
    p_montant: 0.01,
    p_mode: "CASH",
    p_reference: "@neuf",
    p_motif: "Essai de la matrice",
  }),
  cloturer_caisse: acte("clôturer la caisse", "encaisser", {
    p_depot_id: "@depot",
    p_devise: "USD",
    p_jour: "@jour_caisse",
    p_compte: 0,
  }),
  vendre_comptant: acte("vendre au comptant", "valider_sortie", { p_vente: { sortie: SORTIE } }),
  envoyer_facture: acte("envoyer une facture à son client", "facturer", { p_id: "@facture_client" }),
  envoyer_recu: acte("envoyer un reçu à son client", "encaisser", { p_id: "@encaissement" }),
  envoyer_releve: acte("envoyer un relevé à son client", "facturer", { p_id: "@releve" }),
  imprimer_facture: acte("imprimer une facture", "lire_ventes", { p_id: "@facture_client" }),
  imprimer_recu: acte("imprimer un reçu", "lire_caisse", { p_id: "@encaissement" }),
  imprimer_commande: acte("imprimer une commande", "lire_ventes", { p_id: "@commande_livree" }),
  imprimer_bl: acte("imprimer un bon de livraison", "livrer", { p_id: "@bon_confirme" }),
  imprimer_releve: acte("imprimer un relevé arrêté", "lire_ventes", { p_id: "@releve" }),
  releve_a_imprimer: commune("imprimer le relevé d'un client", "lire_ventes", {
    p_client_id: "@client",
    p_devise: "USD",
    p_du: null,
    p_au: null,
  }),
  transmettre_fiscal: {
    ...commune("transmettre au dispositif fiscal", "transmettre_fiscal", {}),
    service: true,
  },
};
