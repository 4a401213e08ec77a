// Functions of a depot: trucks, movements, dips, partners, transfers, days.
import { TOUS } from "../acteurs.ts";
import { acte, commune, type Fonction, POINTS, SORTIE } from "./formes.ts";

export const FONCTIONS_DEPOT: Record<string, Fonction> = {
  annuler_cours_de_route: acte("clore un camion qui n'arrivera pas", "annuler_cours_de_route", {
    p_id: "@cdr",
    p_motif: "Camion accidenté",
  }),
  changer_statut_cours_de_route: acte("faire avancer un cours de route", "ecrire_cours_de_route", {
    p_id: "@cdr",
    p_statut: "TRANSIT",
  }),
  validate_reception: acte("reconfirmer une réception (ancien appel, sans effet)", "ecrire_reception", {
    p_reception_id: "@reception",
  }),
  validate_sortie: acte("valider une sortie", "valider_sortie", { p_id: "@brouillon" }),
  valider_sortie_lue: acte("valider une sortie telle qu'on l'a lue", "valider_sortie", {
    p_id: "@brouillon",
    p_version: 1,
  }),
  rejeter_sortie: acte("rejeter une sortie", "valider_sortie", {
    p_id: "@brouillon",
    p_motif: "Erreur de saisie",
  }),
  rejeter_sortie_lue: acte("rejeter une sortie telle qu'on l'a lue", "valider_sortie", {
    p_id: "@brouillon",
    p_motif: "Erreur de saisie",
    p_version: 1,
  }),
  creer_et_valider_sortie: acte("écrire et valider une sortie", "valider_sortie", { p_sortie: SORTIE }),
  admin_compensate_reception: acte("compenser une réception", "ajuster_stock", {
    p_id: "@reception",
    p_reason: "Essai de la matrice d'accès",
  }),
  admin_compensate_sortie: acte("compenser une sortie", "ajuster_stock", {
    p_id: "@sortie",
    p_reason: "Essai de la matrice d'accès",
  }),
  declarer_stock_initial: acte("déclarer un stock initial", "ajuster_stock", {
    p_citerne_id: "@citerne_vide",
    p_proprietaire_type: "PARTENAIRE",
    p_volume_ambiant: 10,
    p_volume_15c: 9,
    p_motif: "Essai de la matrice d'accès",
  }),
  importer_bareme: acte("importer le barème d'une citerne", "tenir_baremes", {
    p_id: "@bareme",
    p_csv: POINTS,
  }),
  activer_bareme: acte("mettre un barème en vigueur", "tenir_baremes", { p_id: "@bareme" }),
  regulariser: acte("passer en stock l'écart d'une prise de hauteur", "regulariser_stock", {
    p_prise_de_hauteur_id: "@prise_a_regulariser",
    p_motif: "Essai de la matrice d'accès",
  }),
  repartir_stock_initial: acte("dire à quels partenaires était un stock initial", "ajuster_stock", {
    p_stock_initial_id: "@initial_partenaire",
    p_parts: [{ partenaire_id: "@partenaire", volume_ambiant: 1, volume_15c: 1 }],
  }),
  attribuer_stock_partenaire: acte("attribuer à un partenaire ce qui n'est à personne", "ajuster_stock", {
    p_depot_id: "@depot",
    p_produit_id: "@produit",
    p_partenaire_id: "@partenaire",
    p_volume_15c: 1,
    p_motif: "Essai de la matrice d'accès",
  }),
  ceder: acte("céder du carburant entre Monaluxe et un partenaire", "ceder_stock", {
    p_citerne_id: "@citerne",
    p_partenaire_id: "@partenaire",
    p_sens: "VERS_PARTENAIRE",
    p_nature: "VENTE",
    p_volume_15c: 1,
    p_motif: "Essai de la matrice d'accès",
  }),
  ouvrir_pret: acte("ouvrir un prêt", "ceder_stock", {
    p_depot_id: "@depot",
    p_produit_id: "@produit",
    p_partenaire_id: "@partenaire",
    p_sens: "PRETE",
    p_quantite_15c: 1,
    p_echeance: "2035-01-01",
    p_motif: "Essai de la matrice d'accès",
  }),
  rattacher_au_pret: acte("rattacher à un prêt ce qui l'a porté", "ceder_stock", {
    p_pret_id: "@pret",
    p_mouvement_type: "SORTIE",
    p_mouvement_id: "@sortie_pretee",
  }),
  releve_partenaire: acte("lire le relevé d'un partenaire", "lire_comptes_partenaires", {
    p_depot_id: "@depot",
    p_produit_id: "@produit",
    p_partenaire_id: "@partenaire",
  }),
  expedier_transfert: acte("expédier à un autre dépôt", "transferer_stock", {
    p_citerne_source_id: "@citerne",
    p_depot_destination_id: "@depot_lointain",
    p_volume_ambiant: 1,
    p_temperature_ambiante_c: 15,
  }),
  recevoir_transfert: acte("recevoir d'un autre dépôt", "transferer_stock", {
    p_id: "@transfert_attendu",
    p_citerne_id: "@citerne",
    p_volume_ambiant: 1,
    p_temperature_ambiante_c: 15,
  }),
  declarer_perdu: acte("déclarer perdu un transfert entre dépôts", "ajuster_stock", {
    p_id: "@transfert_attendu",
    p_motif: "Essai de la matrice d'accès",
  }),
  destinations_transfert: {
    ...acte("lire les dépôts où expédier", "transferer_stock", { p_citerne_source_id: "@citerne" }),
    enTout: true,
  },
  transit_camion: {
    ...acte("ce qu'un camion a perdu en route", TOUS, { p_cours_de_route_id: "@camion_decharge" }),
    service: true,
  },
  clore_periode: acte("clore un jour ou un mois", "clore_periodes", {
    p_depot_id: "@depot",
    p_jour: "2020-02-02",
  }),
  rouvrir_periode: acte("rouvrir un jour ou un mois clos", "rouvrir_periodes", {
    p_id: "@periode",
    p_motif: "Essai de la matrice d'accès",
  }),
  rebuild_stocks_journaliers: acte("recalculer le stock de chaque jour", "reconstruire_stock", {
    p_depot_id: "@depot",
    p_start_date: "today",
    p_end_date: "today",
  }),
  archiver_rapport: acte("tirer et garder un rapport", "lire_rapports", {
    p_nom: "livre",
    p_depot_id: "@depot",
  }),
  kpi_jour: acte("lire les chiffres du jour", "lire_rapports", { p_depot_id: "@depot" }),
  kpi_finance: acte("lire les chiffres de l'argent", "lire_ventes", { p_depot_id: "@depot" }),
  releve_tiers: commune("lire le relevé d'un tiers", "lire_comptes", {
    p_type: "FOURNISSEUR",
    p_id: "@fournisseur",
    p_devise: "USD",
  }),
  compute_volume_20c_from_reception: {
    ...acte("les litres à 20 °C d'une réception", TOUS, { p_reception_id: "@reception" }),
    service: true,
  },
};
