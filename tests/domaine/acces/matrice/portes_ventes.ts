// Doors of what is sold, and of its money and papers.
import { TOUS } from "../acteurs.ts";
import { DEPOT, type Porte, porte, porteCommune, SORTIE } from "./formes.ts";

export const PORTES_VENTES: Record<string, Porte> = {
  "POST /ventes/tarifs": porte("fixer un tarif", "regler_tarifs", {
    corps: {
      produit_id: "@produit",
      client_id: "@client_neuf",
      depot_id: "@depot",
      devise: "USD",
      base: "L15",
      prix_ht: 1,
      valide_du: "2026-01-15",
      motif: "Essai de la matrice",
    },
  }),
  "GET /ventes/tarifs": porte("lire les tarifs", "lire_ventes", DEPOT),
  "POST /ventes/tarifs/{id}/clore": porte("clore un tarif", "regler_tarifs", {
    id: "@tarif",
    corps: { valide_au: "2034-12-31", motif: "Essai de la matrice" },
  }),
  "POST /ventes/taux-change": porteCommune("dire le taux de change", "regler_taux", {
    corps: { devise: "USD", jour: "2026-01-15", taux_cdf: 2800, source: "MANUEL" },
  }),
  "GET /ventes/taux-change": porteCommune("lire les taux de change", TOUS),
  "GET /ventes/encours": porteCommune("lire ce que doit chaque client", "lire_ventes"),
  "GET /ventes/derogations": porteCommune("lire les dérogations", "lire_ventes"),
  "PUT /ventes/clients/{id}/conditions": porteCommune("fixer les conditions d'un client", "regler_credit", {
    id: "@client",
    corps: { delai_jours: 30 },
  }),
  "GET /ventes/clients/{id}/encours": porteCommune("lire ce que doit un client", "lire_ventes", {
    id: "@client",
    refus: "INTROUVABLE",
  }),
  "POST /ventes/clients/{id}/derogations": porteCommune("laisser dépasser un plafond", "deroger_credit", {
    id: "@client",
    corps: { montant_max: 1, expire_le: "2034-12-31T00:00:00Z", motif: "Essai de la matrice" },
  }),
  "GET /ventes/clients/{id}/releve": porteCommune("lire le relevé d'un client", "lire_ventes", {
    id: "@client",
  }),
  "POST /ventes/commandes": porte("prendre une commande", "commander", {
    corps: { depot_id: "@depot", client_id: "@client", produit_id: "@produit", quantite: 10 },
  }),
  "GET /ventes/commandes": porte("lire les commandes", "lire_ventes", DEPOT),
  "GET /ventes/commandes/{id}": porte("lire une commande", "lire_ventes", {
    id: "@commande_livree",
    refus: "INTROUVABLE",
  }),
  "POST /ventes/commandes/{id}/confirmer": porte("confirmer une commande", "commander", {
    id: "@commande_brouillon",
    corps: {},
  }),
  "POST /ventes/commandes/{id}/supprimer": porte("supprimer un brouillon de commande", "commander", {
    id: "@commande_brouillon",
    corps: {},
  }),
  "POST /ventes/commandes/{id}/sorties": porte("dire quelle commande livre une sortie", "commander", {
    id: "@commande_livree",
    corps: { sortie_id: "@sortie_a_livrer" },
  }),
  "POST /ventes/commandes/{id}/detacher": porte("détacher une sortie de sa commande", "commander", {
    id: "@commande_livree",
    corps: { sortie_id: "@sortie_commandee", motif: "Essai de la matrice" },
  }),
  "POST /ventes/commandes/{id}/solder": porte("solder une commande", "commander", {
    id: "@commande",
    corps: { motif: "Essai de la matrice" },
  }),
  "POST /ventes/commandes/{id}/annuler": porte("annuler une commande", "commander", {
    id: "@commande",
    corps: { motif: "Essai de la matrice" },
  }),
  "GET /ventes/commandes/{id}/pdf": porte("imprimer une commande", "lire_ventes", { id: "@commande_livree" }),
  "POST /ventes/bons-livraison": porte("établir un bon de livraison", "livrer", {
    corps: { sortie_id: "@sortie_a_livrer" },
  }),
  "GET /ventes/bons-livraison": porte("lire les bons de livraison", TOUS, DEPOT),
  "GET /ventes/bons-livraison/{id}": porte("lire un bon de livraison", TOUS, { id: "@bon" }),
  "POST /ventes/bons-livraison/{id}/confirmer": porte("confirmer un bon de livraison", "livrer", {
    id: "@bon_brouillon",
    corps: {},
  }),
  "POST /ventes/bons-livraison/{id}/annuler": porte("annuler un bon de livraison", "annuler_livraisons", {
    id: "@bon",
    corps: { motif: "Essai de la matrice" },
  }),
  "GET /ventes/sorties-a-facturer": porte("lire les sorties à facturer", TOUS, DEPOT),
  "POST /ventes/factures": porte("préparer une facture", "facturer", {
    corps: {
      client_id: "@client",
      depot_id: "@depot",
      services: [{ designation: "Stockage", quantite: 1, prix_ht: 10 }],
    },
  }),
  "POST /ventes/factures/lot": porte("facturer tout ce qui est livré", "facturer", {
    corps: { depot_id: "@depot", au: "2020-01-01" },
  }),
  "GET /ventes/factures": porte("lire les factures", "lire_ventes", DEPOT),
  "GET /ventes/factures/{id}": porte("lire une facture", "lire_ventes", {
    id: "@facture_client",
    refus: "INTROUVABLE",
  }),
  "POST /ventes/factures/{id}/emettre": porte("émettre une facture", "facturer", {
    id: "@facture_client_brouillon",
    corps: {},
  }),
  "POST /ventes/factures/{id}/supprimer": porte("supprimer un brouillon de facture", "facturer", {
    id: "@facture_client_brouillon",
    corps: {},
  }),
  "POST /ventes/factures/{id}/avoirs": porte("émettre un avoir", "facturer", {
    id: "@facture_client",
    corps: { nature: "RRR", motif: "Essai de la matrice", lignes: [{ rang: 1, montant_ht: 0.01 }] },
  }),
  "GET /ventes/marges": porte("lire les marges des ventes", "lire_marges", DEPOT),
  "POST /ventes/factures/{id}/envoyer": porte("envoyer une facture à son client", "facturer", {
    id: "@facture_client",
    corps: {},
  }),
  "POST /ventes/encaissements/{id}/envoyer": porte("envoyer un reçu à son client", "encaisser", {
    id: "@encaissement",
    corps: {},
  }),
  "POST /ventes/releves/{id}/envoyer": porte("envoyer un relevé à son client", "facturer", {
    id: "@releve",
    corps: {},
  }),
  "GET /ventes/factures/{id}/pdf": porte("imprimer une facture", "lire_ventes", { id: "@facture_client" }),
  "GET /ventes/encaissements/{id}/recu.pdf": porte("imprimer un reçu", "lire_caisse", {
    id: "@encaissement",
  }),
  "GET /ventes/bons-livraison/{id}/pdf": porte("imprimer un bon de livraison", "livrer", {
    id: "@bon_confirme",
  }),
  "GET /ventes/clients/{id}/releve.pdf": porteCommune("imprimer le relevé d'un client", "lire_ventes", {
    id: "@client",
  }),
  "POST /ventes/clients/{id}/releves": porteCommune("arrêter le relevé d'un client", "lire_ventes", {
    id: "@client",
    corps: {},
  }),
  "GET /ventes/releves": porteCommune("lire les relevés arrêtés", "lire_ventes"),
  "GET /ventes/releves/{id}/pdf": porte("imprimer un relevé arrêté", "lire_ventes", { id: "@releve" }),
  "POST /ventes/fiscal/transmettre": porteCommune("transmettre au dispositif fiscal", "transmettre_fiscal", {
    corps: {},
  }),
  "POST /ventes/comptant": porte("vendre au comptant", "valider_sortie", { corps: { sortie: SORTIE } }),
  "POST /ventes/encaissements": porte("encaisser un paiement", "encaisser", {
    corps: { depot_id: "@depot", client_id: "@client", mode: "CASH", montant: 1 },
  }),
  "GET /ventes/encaissements": porte("lire les encaissements", "lire_caisse", DEPOT),
  "GET /ventes/encaissements/{id}": porte("lire un encaissement", "lire_caisse", {
    id: "@encaissement",
    refus: "INTROUVABLE",
  }),
  "POST /ventes/encaissements/{id}/confirmer": porte("confirmer un encaissement", "encaisser", {
    id: "@encaissement_attente",
    corps: {},
  }),
  "POST /ventes/encaissements/{id}/annuler": porte("annuler un encaissement", "annuler_encaissements", {
    id: "@encaissement",
    corps: { motif: "Essai de la matrice" },
  }),
  "POST /ventes/encaissements/{id}/rembourser": porte("rembourser un encaissement", "annuler_encaissements", {
    id: "@encaissement",
    corps: { montant: 0.01, mode: "CASH", reference: "@neuf", motif: "Essai de la matrice" },
  }),
  "POST /paiements/factures/{id}/session": porte(
    "faire payer une facture en ligne",
    "ouvrir_paiements_en_ligne",
    { id: "@facture_client", corps: {}, ferme: "PAIEMENT_EN_LIGNE_INDISPONIBLE" },
  ),
  "GET /paiements/en-ligne": porte("lire les paiements en ligne", "lire_paiements_en_ligne", DEPOT),
  "GET /paiements/en-ligne/{id}": porte("lire un paiement en ligne", "lire_paiements_en_ligne", {
    id: "@paiement_en_ligne",
    refus: "INTROUVABLE",
  }),
  "GET /paiements/rapprochements": porteCommune(
    "lire les rapprochements des paiements en ligne",
    "lire_rapprochements",
  ),
  "GET /ventes/balance-agee": porteCommune("lire la balance âgée", "lire_ventes"),
  "GET /ventes/caisse/jours": porte("lire la caisse de chaque jour", "lire_caisse", DEPOT),
  "POST /ventes/caisse/clotures": porte("clôturer la caisse", "encaisser", {
    corps: { depot_id: "@depot", devise: "USD", jour: "@jour_caisse", compte: 0 },
  }),
  "GET /ventes/caisse/clotures": porte("lire les clôtures de caisse", "lire_caisse", DEPOT),
};
