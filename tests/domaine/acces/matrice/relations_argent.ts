// What is bought, sold and owed, and what the stock is: its tables and views, who reads and writes each.
import { ceuxQui } from "../acteurs.ts";
import { CAISSE, commun, duDepot, LIRE, type Relation, VENTES } from "./formes.ts";

export const RELATIONS_ARGENT: Record<string, Relation> = {
  ecarts: duDepot("les écarts", { id: "@ecart" }, { lire: ceuxQui("lire_ecarts") }),
  v_reception_20c: duDepot("les réceptions en litres à 20 °C", { reception_id: "@reception" }, LIRE),
  fournisseur_facture_lot_min: commun("les factures des fournisseurs", { id: "@facture" }, {
    lire: ceuxQui("lire_finance"),
    creer: ceuxQui("ecrire_factures_fournisseur"),
    exemple: {
      fournisseur_lot_id: "@lot_a_facturer",
      invoice_no: "@neuf",
      date_facture: "2026-01-15",
      quantite_facturee_20c: 10,
      prix_unitaire_usd: 1,
    },
  }),
  factures_fournisseur_receptions: commun(
    "ce que les factures des fournisseurs comptent",
    { facture_id: "@facture" },
    { lire: ceuxQui("lire_finance") },
  ),
  fournisseur_paiement_lot_min: commun("les paiements aux fournisseurs", { id: "@paiement" }, {
    lire: ceuxQui("lire_finance"),
    creer: ceuxQui("ecrire_factures_fournisseur"),
    exemple: { fournisseur_facture_id: "@facture", montant_paye_usd: 1, reference_paiement: "@neuf" },
  }),
  v_fournisseur_facture_lot: commun(
    "les factures des fournisseurs et leur rapprochement",
    { facture_id: "@facture" },
    { lire: ceuxQui("lire_finance") },
  ),
  v_fournisseur_rapprochement_lot_min: commun(
    "les rapprochements des factures",
    { facture_id: "@facture" },
    { lire: ceuxQui("lire_finance") },
  ),
  v_compte_fournisseur: commun("ce qui est dû à chaque fournisseur", { fournisseur_id: "@fournisseur" }, {
    lire: ceuxQui("lire_comptes"),
  }),
  v_soldes_tiers: commun("les soldes des tiers", { tiers_id: "@fournisseur" }, {
    lire: ceuxQui("lire_comptes"),
  }),
  sblc: commun("les garanties bancaires (SBLC)", { id: "@sblc" }, { lire: ceuxQui("lire_finance") }),
  v_sblc: commun("les garanties bancaires, telles qu'elles sont aujourd'hui", { id: "@sblc" }, {
    lire: ceuxQui("lire_finance"),
  }),
  proformas: commun("les proformas", { id: "@proforma" }, { lire: ceuxQui("lire_finance") }),
  v_avancement_proforma: commun("l'avancement des proformas", { proforma_id: "@proforma" }, {
    lire: ceuxQui("lire_finance"),
  }),
  proforma_clotures: commun("la clôture des proformas", { proforma_id: "@proforma_close" }, {
    lire: ceuxQui("lire_finance"),
  }),
  chargements: duDepot("les bordereaux de chargement", { cours_de_route_id: "@cdr_arrive" }, LIRE),
  cdr_etapes: duDepot("les étapes des camions", { cours_de_route_id: "@cdr" }, LIRE),
  v_ecarts_transit: duDepot("le chargé et le reçu de chaque camion", { depot_id: "@depot" }, LIRE),
  ecarts_notes: duDepot("les notes des écarts", { ecart_id: "@ecart" }, { lire: ceuxQui("lire_ecarts") }),
  specifications: commun("les spécifications des produits", { produit_id: "@produit" }, LIRE),
  analyses: duDepot("les analyses de laboratoire", { id: "@analyse" }, { lire: ceuxQui("lire_ecarts") }),
  v_analyses: duDepot("les analyses et leur conformité", { id: "@analyse" }, {
    lire: ceuxQui("lire_ecarts"),
  }),
  frais_lot: commun("les frais des lots", { id: "@frais" }, { lire: ceuxQui("lire_finance") }),
  v_surestaries: commun("les surestaries proposées", { proforma_id: "@proforma" }, {
    lire: ceuxQui("lire_finance"),
  }),
  v_cout_revient_lot: commun("le coût de revient des lots", { lot_id: "@lot_a_facturer" }, {
    lire: ceuxQui("lire_finance"),
    service: [],
  }),
  v_avoirs_fournisseur: commun("les avoirs des fournisseurs", { id: "@avoir" }, {
    lire: ceuxQui("lire_finance"),
  }),
  v_paiements_fournisseur: commun("les paiements aux fournisseurs et leur facture", { id: "@paiement" }, {
    lire: ceuxQui("lire_finance"),
  }),
  v_couverture_sblc: commun("ce que les SBLC couvrent", { fournisseur_id: "@fournisseur" }, {
    lire: ceuxQui("lire_comptes"),
    service: [],
  }),
  taux_tva: commun("les taux de TVA", { groupe: "B" }, LIRE),
  taux_change: commun("les taux de change", { devise: "USD" }, LIRE),
  clients_conditions: commun("les conditions des clients", { client_id: "@client" }, VENTES),
  credits_derogations: commun("les dérogations de crédit", { id: "@derogation" }, VENTES),
  v_encours_client: commun("ce que doit chaque client", { client_id: "@client" }, VENTES),
  tarifs: duDepot("les tarifs", { id: "@tarif" }, VENTES),
  commandes: duDepot("les commandes", { id: "@commande" }, VENTES),
  sorties_commandes: duDepot("ce que livre chaque sortie", { sortie_id: "@sortie_commandee" }, VENTES),
  v_commandes: duDepot("les commandes, ce qui est livré et ce qui reste", { id: "@commande" }, VENTES),
  bons_livraison: duDepot("les bons de livraison", { id: "@bon" }, LIRE),
  factures_client: duDepot("les factures et avoirs des clients", { id: "@facture_client" }, VENTES),
  factures_client_lignes: duDepot("les lignes des factures", { facture_id: "@facture_client" }, VENTES),
  factures_client_taxes: duDepot("les taxes des factures", { facture_id: "@facture_client" }, VENTES),
  factures_fiscales: duDepot("ce que le dispositif fiscal a dit", { facture_id: "@facture_client" }, VENTES),
  v_factures_client: duDepot("les factures et leur règlement", { id: "@facture_client" }, VENTES),
  releves_clients: duDepot("les relevés arrêtés", { id: "@releve" }, {
    lire: ceuxQui("lire_ventes"),
    creer: ceuxQui("lire_ventes"),
    exemple: { client_id: "@client", devise: "USD" },
  }),
  v_marge_ventes: duDepot("les marges des ventes", { facture_id: "@facture_client" }, {
    lire: ceuxQui("lire_marges"),
    service: [],
  }),
  v_sorties_a_facturer: duDepot("les sorties à facturer", { sortie_id: "@sortie_a_livrer" }, LIRE),
  encaissements: duDepot("les encaissements", { id: "@encaissement" }, CAISSE),
  remboursements: duDepot("les remboursements", { id: "@remboursement" }, CAISSE),
  paiements_en_ligne: duDepot("les paiements en ligne", { id: "@paiement_en_ligne" }, {
    lire: ceuxQui("lire_paiements_en_ligne"),
  }),
  v_paiements_en_ligne: duDepot("les paiements en ligne, leur facture et leur reçu", {
    id: "@paiement_en_ligne",
  }, {
    lire: ceuxQui("lire_paiements_en_ligne"),
  }),
  evenements_entrants: commun("ce que le prestataire de paiement a dit", { evenement_id: "evt_matrice" }, {
    lire: ceuxQui("lire_evenements_entrants"),
  }),
  rapprochements: commun("les rapprochements des paiements en ligne", { id: "@rapprochement" }, {
    lire: ceuxQui("lire_rapprochements"),
  }),
  clotures_caisse: duDepot("les clôtures de caisse", { id: "@cloture" }, CAISSE),
  v_caisse_jour: duDepot("la caisse de chaque jour", { depot_id: "@depot" }, CAISSE),
  v_balance_agee: commun("la balance âgée (de son dépôt)", { client_id: "@client" }, {
    lire: ceuxQui("lire_ventes"),
    service: [],
  }),
  v_stock_actuel: duDepot("le stock actuel", { citerne_id: "@citerne" }, LIRE),
  v_stock_actuel_snapshot: duDepot("le stock actuel, ancien nom", { citerne_id: "@citerne" }, LIRE),
  v_stock_actuel_owner_snapshot: duDepot("le stock par propriétaire", { depot_id: "@depot" }, LIRE),
  v_kpi_stock_global: duDepot("le stock par produit", { depot_id: "@depot" }, LIRE),
  v_citerne_stock_snapshot_agg: duDepot("le stock par citerne", { citerne_id: "@citerne" }, LIRE),
  v_citerne_stock_actuel: duDepot(
    "le stock par citerne, d'après le journal",
    { citerne_id: "@citerne" },
    LIRE,
  ),
  stock_actuel: duDepot("le dernier jour du journal", { citerne_id: "@citerne" }, LIRE),
  v_livre_mouvements: duDepot("le livre des mouvements", { mouvement_id: "@reception" }, LIRE),
  v_mouvements_stock: duDepot("les mouvements de stock", { mouvement_id: "@reception" }, LIRE),
  v_etat_citernes: duDepot("l'état des citernes", { citerne_id: "@citerne" }, LIRE),
  v_gains_pertes: duDepot("les gains et pertes de chaque jaugeage et de chaque camion", {
    depot_id: "@depot",
  }, LIRE),
  rapports: duDepot("les rapports gardés (qui pourrait tirer les mêmes)", { id: "@archive" }, {
    lire: ceuxQui("lire_rapports"),
  }),
  v_rapports: duDepot("la liste des rapports gardés", { id: "@archive" }, LIRE),
  v_ecarts_inventaire: duDepot("les écarts d'inventaire", { prise_de_hauteur_id: "@prise" }, LIRE),
};
