/**
 * What each may do, tried: the access matrix. Who has a capability is read from private.capacites. From it come supabase/tests/800_matrice.test.sql, the tests through
 * HTTP beside this file, and docs/securite.md (`npm run securite` writes the first and the last again).
 *
 * Something new in the database or at the doors fails the tests until it has its line here:
 *   a table or view   RELATIONS    dit, ou (which row is tried, in things of decor.ts), lire, creer + exemple, modifier…
 *   a function        FONCTIONS    dit, roles, arguments
 *   a sequence        SEQUENCES    its name: nobody needs one
 *   private, astm     PRIVE, ASTM  name of the function, for those a client's role may execute
 *   a door            PORTES       dit, roles, params, query, corps
 */
import { ceuxQui, PERSONNE, TOUS } from "./acteurs.ts";
import type { Role } from "../../../ops/pile/demo_users.ts";
import type { Valeurs } from "./decor.ts";

type Roles = readonly Role[];
export type Verbe = "lire" | "creer" | "modifier" | "supprimer";

export interface Relation {
  /** In French, for docs/securite.md. */
  dit: string;
  /** The row that is tried. */
  ou: Valeurs;
  /** A row belongs to a depot: gerant, operateur and lecture have their rights on their own depot's only. */
  parDepot: boolean;
  lire: Roles;
  creer: Roles;
  modifier: Roles;
  supprimer: Roles;
  /** What service_role, the server's own key, gets through. */
  service: readonly Verbe[];
  /** A row that may be created; needed where somebody may. */
  exemple?: Valeurs;
  /** What is written by an update; by default, what is already there. */
  change?: Valeurs;
  /** What is asked of it, where not every column may be. */
  colonnes?: string;
}

export interface Fonction {
  dit: string;
  roles: Roles;
  arguments: Valeurs;
  /** What it does is of one depot, as for a relation. */
  parDepot: boolean;
  /** It only reads, and answers rows or a figure: those who may not get none, and no refusal. This row is looked for. */
  lecture?: Valeurs;
  /** service_role may call it. */
  service?: true;
  /**
   * It acts on all there is, what others look at too, or answers no row where another has some, which here looks like
   * an answer: whoever may is tried in SQL.
   */
  enTout?: true;
  /** A trigger's body: nobody calls it. */
  declencheur?: true;
}

export interface Porte {
  dit: string;
  /** "public": asked without a token. */
  roles: Roles | "public";
  parDepot: boolean;
  params?: Valeurs;
  query?: Valeurs;
  corps?: Valeurs;
  /** Sent as a form, with this text as its file. */
  fichier?: string;
  /** The code that those who may are answered with, where what they ask for is behind a flag. */
  ferme?: string | string[];
  /** The code that those who may not are answered with, where it is not ROLE_FORBIDDEN. */
  refus?: string;
}

const ecrit = (lignes: Partial<Relation>) => ({
  lire: PERSONNE,
  creer: PERSONNE,
  modifier: PERSONNE,
  supprimer: PERSONNE,
  service: ["lire"] as const,
  ...lignes,
});

/** Rows that everyone who may read them reads all of. */
const commun = (dit: string, ou: Valeurs, droits: Partial<Relation>): Relation => ({
  ...ecrit(droits),
  dit,
  ou,
  parDepot: false,
});

/** Rows of a depot. */
const duDepot = (dit: string, ou: Valeurs, droits: Partial<Relation>): Relation => ({
  ...ecrit(droits),
  dit,
  ou,
  parDepot: true,
});

const LIRE = { lire: TOUS };
const COMPTES_PARTENAIRES = { lire: ceuxQui("lire_comptes_partenaires") };
const TOUT: Verbe[] = ["lire", "creer", "modifier", "supprimer"];
const REFERENTIEL = {
  creer: ceuxQui("ecrire_referentiels"),
  modifier: ceuxQui("ecrire_referentiels"),
  supprimer: ceuxQui("ecrire_referentiels"),
  service: TOUT,
};

const VENTES = { lire: ceuxQui("lire_ventes") };
const CAISSE = { lire: ceuxQui("lire_caisse") };

const SORTIE = {
  citerne_id: "@citerne",
  client_id: "@client",
  volume_ambiant: 1,
  temperature_ambiante_c: 15,
} satisfies Valeurs;

const BAREME = {
  citerne_id: "@citerne",
  certificat: "Essai de la matrice",
  valide_du: "2026-01-01",
  hauteur_max_mm: 1000,
} satisfies Valeurs;

const COMPTEUR = {
  numero: "@neuf",
  citerne_id: "@citerne",
  facteur: 0.9985,
  valide_du: "2026-01-01",
  certificat: "Essai de la matrice",
} satisfies Valeurs;

const FICHIER = "hauteur;volume\n0;0\n";
const EMPREINTE = "f25b123ce4db9f4a83fbdb0160d4b0697b20168c0bd3ac3d9280a8659bf9663f";

const POINTS = "hauteur_mm;volume_l\n0;0\n1000;1000";

export const RELATIONS: Record<string, Relation> = {
  app_settings: commun("les réglages de la base", { key: "@reglage" }, {
    ...LIRE,
    service: TOUT,
    exemple: { key: "@neuf", value: "Essai" },
  }),
  feature_flags: commun("les options", { key: "@flag" }, {
    ...LIRE,
    service: TOUT,
    exemple: { key: "@neuf", description: "Essai" },
  }),
  // Of another depot: those who see one only read the names of theirs (020_identite.test.sql).
  profils: commun("les profils des autres, dans tous les dépôts", { user_id: "@collegue" }, {
    lire: ceuxQui("lire_noms").filter((role) => ceuxQui("voir_tous_depots").includes(role)),
    creer: ceuxQui("ecrire_profils"),
    modifier: ceuxQui("ecrire_profils"),
    service: TOUT,
    exemple: { user_id: "@sans_role", role: "lecture", depot_id: "@depot" },
    change: { nom_complet: "Un autre nom" },
  }),
  current_user_profile: commun("son propre profil", {}, { ...LIRE, service: [] }),
  produits: commun("les produits", { id: "@produit" }, {
    ...LIRE,
    ...REFERENTIEL,
    exemple: { nom: "@neuf", code: "@neuf" },
  }),
  clients: commun("les clients", { id: "@client" }, { ...LIRE, ...REFERENTIEL, exemple: { nom: "@neuf" } }),
  partenaires: commun("les partenaires", { id: "@partenaire" }, {
    ...LIRE,
    ...REFERENTIEL,
    exemple: { nom: "@neuf" },
  }),
  depots_amis: commun("les dépôts amis", { id: "@depot_ami" }, {
    ...LIRE,
    ...REFERENTIEL,
    exemple: { nom: "@neuf" },
  }),
  fournisseurs: commun("les fournisseurs (leur nom)", { id: "@fournisseur" }, {
    ...LIRE,
    ...REFERENTIEL,
    colonnes: "id, nom",
    exemple: { nom: "@neuf" },
  }),
  v_fournisseurs: commun("les contacts, adresses et notes des fournisseurs", { id: "@fournisseur" }, {
    lire: ceuxQui("lire_coordonnees_fournisseurs"),
    service: [],
  }),
  fournisseur_lot: commun("les lots des fournisseurs", { id: "@lot" }, {
    ...LIRE,
    creer: ceuxQui("ecrire_cours_de_route"),
    modifier: ceuxQui("tenir_lots"),
    supprimer: ceuxQui("tenir_lots"),
    service: TOUT,
    exemple: { fournisseur_id: "@fournisseur", produit_id: "@produit", reference: "@neuf" },
    change: { note: "Une note" },
  }),
  golden_cases: commun("les camions de référence (volumes à 15 °C)", { id: "@cas" }, {
    ...LIRE,
    creer: ceuxQui("regler_calcul"),
    modifier: ceuxQui("regler_calcul"),
    service: TOUT,
    exemple: {
      source: "@neuf",
      reference: "@neuf",
      produit_code: "G.O",
      volume_observe_l: 1000,
      temperature_echantillon_c: 20,
      temperature_produit_c: 20,
      densite_observee_kgm3: 837,
      volume_15c_attendu_l: 996,
    },
  }),
  "astm.profils_calcul": duDepot("les profils de calcul à 15 °C", { id: "@profil_calcul" }, {
    ...LIRE,
    creer: ceuxQui("regler_calcul"),
    modifier: ceuxQui("regler_calcul"),
    supprimer: ceuxQui("regler_calcul"),
    service: TOUT,
    exemple: { nom: "@neuf", depot_id: "@depot", produit_id: "@produit" },
  }),
  depots: duDepot("les dépôts", { id: "@depot" }, {
    ...LIRE,
    creer: ceuxQui("ecrire_referentiels"),
    modifier: ceuxQui("ecrire_referentiels"),
    service: TOUT,
    exemple: { nom: "@neuf" },
  }),
  citernes: duDepot("les citernes", { id: "@citerne" }, {
    ...LIRE,
    ...REFERENTIEL,
    exemple: { depot_id: "@depot", produit_id: "@produit", nom: "@neuf", capacite_totale: 1000 },
  }),
  cours_de_route: duDepot("les cours de route", { id: "@cdr" }, {
    ...LIRE,
    creer: ceuxQui("ecrire_cours_de_route"),
    modifier: ceuxQui("ecrire_cours_de_route"),
    supprimer: ceuxQui("supprimer_cours_de_route"),
    service: ["lire", "modifier", "supprimer"],
    exemple: {
      fournisseur_id: "@fournisseur",
      depot_destination_id: "@depot",
      produit_id: "@produit",
      plaque_camion: "@neuf",
      volume: 1000,
    },
    change: { note: "Une note" },
  }),
  receptions: duDepot("les réceptions", { id: "@reception" }, {
    ...LIRE,
    creer: ceuxQui("ecrire_reception"),
    exemple: {
      cours_de_route_id: "@cdr_arrive",
      citerne_id: "@citerne",
      produit_id: "@produit",
      volume_ambiant: 10,
      temperature_ambiante_c: 15,
    },
  }),
  sortie_citerne: duDepot("la citerne de chaque sortie, ancien nom", { sortie_id: "@sortie" }, LIRE),
  sorties_produit: duDepot("les sorties (le brouillon d'un autre ; chacun modifie le sien)", {
    id: "@brouillon",
  }, {
    ...LIRE,
    creer: ceuxQui("ecrire_sortie"),
    modifier: ceuxQui("valider_sortie"),
    exemple: SORTIE,
    change: { note: "Une note" },
  }),
  stocks_snapshot: duDepot("le stock du moment", { citerne_id: "@citerne" }, LIRE),
  stocks_journaliers: duDepot("le stock de chaque jour", { citerne_id: "@citerne" }, LIRE),
  stocks_adjustments: duDepot("les ajustements de stock", { id: "@ajustement" }, {
    ...LIRE,
    creer: ceuxQui("ajuster_stock"),
    exemple: {
      mouvement_type: "RECEPTION",
      mouvement_id: "@reception",
      delta_ambiant: 1,
      delta_15c: 1,
      reason: "Essai de la matrice d'accès",
    },
  }),
  stocks_initiaux: duDepot("les stocks initiaux", { id: "@initial" }, LIRE),
  transferts: duDepot("les transferts entre citernes", { id: "@transfert" }, {
    ...LIRE,
    creer: ceuxQui("transferer_stock"),
    exemple: {
      citerne_source_id: "@citerne",
      citerne_destination_id: "@citerne_vide",
      volume_ambiant: 1,
      temperature_ambiante_c: 15,
    },
  }),
  dilatations: duDepot("les dilatations", { id: "@dilatation" }, LIRE),
  comptes_partenaires: duDepot(
    "les comptes des partenaires",
    { id: "@compte_partenaire" },
    COMPTES_PARTENAIRES,
  ),
  v_comptes_partenaires: duDepot(
    "les comptes des partenaires, noms compris",
    { compte_id: "@compte_partenaire" },
    COMPTES_PARTENAIRES,
  ),
  stocks_initiaux_partenaires: duDepot(
    "à quels partenaires était un stock initial",
    { stock_initial_id: "@initial_partenaire" },
    COMPTES_PARTENAIRES,
  ),
  attributions_partenaires: duDepot(
    "les attributions aux partenaires",
    { id: "@attribution" },
    COMPTES_PARTENAIRES,
  ),
  parts_partenaires: duDepot(
    "ce que chaque partenaire porte d'un mouvement commun",
    { mouvement_id: "@ajustement_partenaire" },
    COMPTES_PARTENAIRES,
  ),
  cessions: duDepot("les cessions entre Monaluxe et les partenaires", { id: "@cession" }, LIRE),
  prets: duDepot("les prêts des partenaires", { id: "@pret" }, COMPTES_PARTENAIRES),
  prets_mouvements: duDepot("ce qui a été prêté et rendu", { pret_id: "@pret" }, COMPTES_PARTENAIRES),
  v_prets: duDepot("les prêts et ce qui reste dû", { id: "@pret" }, COMPTES_PARTENAIRES),
  v_camions_recus: duDepot("les camions reçus, en litres", { cours_de_route_id: "@camion_decharge" }, LIRE),
  periodes_closes: duDepot("les jours et les mois clos", { id: "@periode" }, LIRE),
  v_mouvements_partenaires: duDepot(
    "les mouvements du carburant des partenaires",
    { mouvement_id: "@reception_partenaire" },
    LIRE,
  ),
  v_mouvements_sans_partenaire: duDepot(
    "les mouvements communs aux partenaires",
    { id: "@ajustement_partenaire" },
    LIRE,
  ),
  v_receptions: duDepot("les réceptions, masses comprises", { id: "@reception" }, LIRE),
  v_sorties: duDepot("les sorties, masses et dilatations comprises", { id: "@sortie" }, LIRE),
  v_transferts: duDepot("les transferts, masses et dilatations comprises", { id: "@transfert" }, LIRE),
  transferts_depots: duDepot("les transferts entre dépôts", { id: "@transfert_depot" }, LIRE),
  mouvements_transferts_depots: duDepot(
    "ce que les transferts entre dépôts ont fait au stock",
    { transfert_id: "@transfert_depot" },
    LIRE,
  ),
  v_transferts_depots: duDepot(
    "les transferts entre dépôts, pertes comprises",
    { id: "@transfert_depot" },
    LIRE,
  ),
  v_stock_en_transit: duDepot(
    "le carburant en route entre dépôts",
    { transfert_id: "@transfert_depot" },
    LIRE,
  ),
  prises_de_hauteur: duDepot("les prises de hauteur", { id: "@prise" }, {
    ...LIRE,
    creer: ceuxQui("mesurer_citerne"),
    exemple: { citerne_id: "@citerne", volume_mesure: 1 },
  }),
  regularisations: duDepot("les régularisations", { id: "@regularisation" }, LIRE),
  baremes: duDepot("les barèmes des citernes", { id: "@bareme" }, {
    ...LIRE,
    creer: ceuxQui("tenir_baremes"),
    exemple: BAREME,
  }),
  baremes_points: duDepot("les points des barèmes", { bareme_id: "@bareme" }, LIRE),
  compteurs: duDepot("les compteurs et leur facteur", { id: "@compteur" }, {
    ...LIRE,
    creer: ceuxQui("tenir_compteurs"),
    exemple: COMPTEUR,
  }),
  v_baremes: duDepot("les barèmes et leur citerne", { id: "@bareme" }, LIRE),
  log_actions: duDepot("le journal des actions", { cible_id: "@reception" }, {
    lire: ceuxQui("lire_journal"),
  }),
  logs: duDepot("le journal, sous son ancien nom", { cible_id: "@reception" }, {
    lire: ceuxQui("lire_journal"),
  }),
  ecritures_tiers: duDepot("les comptes des tiers, écriture par écriture", { id: "@ecriture" }, {
    lire: ceuxQui("lire_comptes"),
  }),
  system_alerts: duDepot("les alertes", { id: "@alerte" }, {
    lire: ceuxQui("lire_alertes"),
    modifier: ceuxQui("tenir_alertes"),
    change: { status: "RESOLVED" },
  }),
  alertes_evenements: duDepot("ce qui est arrivé à chaque alerte", { alerte_id: "@alerte" }, {
    lire: ceuxQui("lire_alertes"),
  }),
  notifications_regles: commun("qui est prévenu des alertes", { id: "@regle" }, {
    lire: ceuxQui("tenir_notifications"),
  }),
  documents: duDepot("les documents", { id: "@document" }, LIRE),
  documents_liens: duDepot("ce que les documents prouvent", { document_id: "@document" }, LIRE),
  v_documents: duDepot("les documents et leur remplaçant", { id: "@document" }, LIRE),
  v_documents_objet: duDepot("les documents de chaque objet", { document_id: "@document" }, LIRE),
  envois: commun("les messages envoyés et à envoyer", { id: "@envoi" }, {
    lire: ceuxQui("tenir_notifications"),
  }),
  abonnements_rapports: duDepot("les abonnements aux rapports d'une autre personne", { id: "@abonnement" }, {
    lire: PERSONNE,
  }),
  v_integrity_checks: duDepot("ce qui ne va pas, là où l'on lit les alertes", { entity_id: "@ecart" }, {
    lire: ceuxQui("lire_alertes"),
  }),
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

const acte = (dit: string, roles: Roles, args: Valeurs): Fonction => ({
  dit,
  roles,
  arguments: args,
  parDepot: true,
});
const declencheur = (dit: string): Fonction => ({
  dit,
  roles: PERSONNE,
  arguments: {},
  parDepot: false,
  declencheur: true,
});

const argent = (dit: string, args: Valeurs): Fonction => ({
  dit,
  roles: ceuxQui("ecrire_factures_fournisseur"),
  arguments: args,
  parDepot: false,
});

const achat = (dit: string, capacite: string, args: Valeurs): Fonction => ({
  dit,
  roles: ceuxQui(capacite),
  arguments: args,
  parDepot: false,
});
const SBLC = {
  fournisseur_id: "@fournisseur",
  banque: "@neuf",
  reference: "@neuf",
  montant: 1,
  date_debut: "2026-01-01",
  date_fin: "2026-12-31",
} satisfies Valeurs;
const PROFORMA = {
  fournisseur_id: "@fournisseur",
  produit_id: "@produit",
  reference: "@neuf",
  date_proforma: "2026-01-15",
  quantite: 10,
  prix_usd: 1,
} satisfies Valeurs;
const CHARGEMENT = { bl_numero: "@neuf", date_bl: "2026-01-15", quantite: 10 } satisfies Valeurs;
const ANALYSE = {
  objet_type: "CITERNE",
  objet_id: "@citerne",
  parametre: "@neuf",
  valeur: 1,
} satisfies Valeurs;
const ECART = {
  domaine: "DEPOT",
  type: "LOGISTIQUE",
  reference_type: "CDR",
  reference_id: "@cdr",
  justification: "Essai de la matrice",
} satisfies Valeurs;
const commune = (dit: string, roles: Roles, args: Valeurs): Fonction => ({
  dit,
  roles,
  arguments: args,
  parDepot: false,
});

const INITIAL = { citerne_id: "@citerne_vide", proprietaire_type: "PARTENAIRE" } satisfies Valeurs;

export const FONCTIONS: Record<string, Fonction> = {
  annuler_cours_de_route: acte("clore un camion qui n'arrivera pas", ceuxQui("annuler_cours_de_route"), {
    p_id: "@cdr",
    p_motif: "Camion accidenté",
  }),
  changer_statut_cours_de_route: acte("faire avancer un cours de route", ceuxQui("ecrire_cours_de_route"), {
    p_id: "@cdr",
    p_statut: "TRANSIT",
  }),
  validate_reception: acte(
    "reconfirmer une réception (ancien appel, sans effet)",
    ceuxQui("ecrire_reception"),
    { p_reception_id: "@reception" },
  ),
  validate_sortie: acte("valider une sortie", ceuxQui("valider_sortie"), { p_id: "@brouillon" }),
  valider_sortie_lue: acte("valider une sortie telle qu'on l'a lue", ceuxQui("valider_sortie"), {
    p_id: "@brouillon",
    p_version: 1,
  }),
  rejeter_sortie: acte("rejeter une sortie", ceuxQui("valider_sortie"), {
    p_id: "@brouillon",
    p_motif: "Erreur de saisie",
  }),
  rejeter_sortie_lue: acte("rejeter une sortie telle qu'on l'a lue", ceuxQui("valider_sortie"), {
    p_id: "@brouillon",
    p_motif: "Erreur de saisie",
    p_version: 1,
  }),
  creer_et_valider_sortie: acte("écrire et valider une sortie", ceuxQui("valider_sortie"), {
    p_sortie: SORTIE,
  }),
  admin_compensate_reception: acte("compenser une réception", ceuxQui("ajuster_stock"), {
    p_id: "@reception",
    p_reason: "Essai de la matrice d'accès",
  }),
  admin_compensate_sortie: acte("compenser une sortie", ceuxQui("ajuster_stock"), {
    p_id: "@sortie",
    p_reason: "Essai de la matrice d'accès",
  }),
  declarer_stock_initial: acte("déclarer un stock initial", ceuxQui("ajuster_stock"), {
    p_citerne_id: "@citerne_vide",
    p_proprietaire_type: "PARTENAIRE",
    p_volume_ambiant: 10,
    p_volume_15c: 9,
    p_motif: "Essai de la matrice d'accès",
  }),
  importer_bareme: acte("importer le barème d'une citerne", ceuxQui("tenir_baremes"), {
    p_id: "@bareme",
    p_csv: POINTS,
  }),
  activer_bareme: acte("mettre un barème en vigueur", ceuxQui("tenir_baremes"), { p_id: "@bareme" }),
  regulariser: acte("passer en stock l'écart d'une prise de hauteur", ceuxQui("regulariser_stock"), {
    p_prise_de_hauteur_id: "@prise_a_regulariser",
    p_motif: "Essai de la matrice d'accès",
  }),
  repartir_stock_initial: acte("dire à quels partenaires était un stock initial", ceuxQui("ajuster_stock"), {
    p_stock_initial_id: "@initial_partenaire",
    p_parts: [{ partenaire_id: "@partenaire", volume_ambiant: 1, volume_15c: 1 }],
  }),
  attribuer_stock_partenaire: acte(
    "attribuer à un partenaire ce qui n'est à personne",
    ceuxQui("ajuster_stock"),
    {
      p_depot_id: "@depot",
      p_produit_id: "@produit",
      p_partenaire_id: "@partenaire",
      p_volume_15c: 1,
      p_motif: "Essai de la matrice d'accès",
    },
  ),
  ceder: acte("céder du carburant entre Monaluxe et un partenaire", ceuxQui("ceder_stock"), {
    p_citerne_id: "@citerne",
    p_partenaire_id: "@partenaire",
    p_sens: "VERS_PARTENAIRE",
    p_nature: "VENTE",
    p_volume_15c: 1,
    p_motif: "Essai de la matrice d'accès",
  }),
  ouvrir_pret: acte("ouvrir un prêt", ceuxQui("ceder_stock"), {
    p_depot_id: "@depot",
    p_produit_id: "@produit",
    p_partenaire_id: "@partenaire",
    p_sens: "PRETE",
    p_quantite_15c: 1,
    p_echeance: "2035-01-01",
    p_motif: "Essai de la matrice d'accès",
  }),
  rattacher_au_pret: acte("rattacher à un prêt ce qui l'a porté", ceuxQui("ceder_stock"), {
    p_pret_id: "@pret",
    p_mouvement_type: "SORTIE",
    p_mouvement_id: "@sortie_pretee",
  }),
  releve_partenaire: acte("lire le relevé d'un partenaire", ceuxQui("lire_comptes_partenaires"), {
    p_depot_id: "@depot",
    p_produit_id: "@produit",
    p_partenaire_id: "@partenaire",
  }),
  expedier_transfert: acte("expédier à un autre dépôt", ceuxQui("transferer_stock"), {
    p_citerne_source_id: "@citerne",
    p_depot_destination_id: "@depot_lointain",
    p_volume_ambiant: 1,
    p_temperature_ambiante_c: 15,
  }),
  recevoir_transfert: acte("recevoir d'un autre dépôt", ceuxQui("transferer_stock"), {
    p_id: "@transfert_attendu",
    p_citerne_id: "@citerne",
    p_volume_ambiant: 1,
    p_temperature_ambiante_c: 15,
  }),
  declarer_perdu: acte("déclarer perdu un transfert entre dépôts", ceuxQui("ajuster_stock"), {
    p_id: "@transfert_attendu",
    p_motif: "Essai de la matrice d'accès",
  }),
  destinations_transfert: {
    ...acte("lire les dépôts où expédier", ceuxQui("transferer_stock"), { p_citerne_source_id: "@citerne" }),
    enTout: true,
  },
  transit_camion: {
    dit: "ce qu'un camion a perdu en route",
    roles: TOUS,
    arguments: { p_cours_de_route_id: "@camion_decharge" },
    parDepot: true,
    service: true,
  },
  clore_periode: acte("clore un jour ou un mois", ceuxQui("clore_periodes"), {
    p_depot_id: "@depot",
    p_jour: "2020-02-02",
  }),
  rouvrir_periode: acte("rouvrir un jour ou un mois clos", ceuxQui("rouvrir_periodes"), {
    p_id: "@periode",
    p_motif: "Essai de la matrice d'accès",
  }),
  rebuild_stocks_journaliers: acte("recalculer le stock de chaque jour", ceuxQui("reconstruire_stock"), {
    p_depot_id: "@depot",
    p_start_date: "today",
    p_end_date: "today",
  }),
  archiver_rapport: acte("tirer et garder un rapport", ceuxQui("lire_rapports"), {
    p_nom: "livre",
    p_depot_id: "@depot",
  }),
  kpi_jour: acte("lire les chiffres du jour", ceuxQui("lire_rapports"), { p_depot_id: "@depot" }),
  kpi_finance: acte("lire les chiffres de l'argent", ceuxQui("lire_ventes"), { p_depot_id: "@depot" }),
  releve_tiers: {
    dit: "lire le relevé d'un tiers",
    roles: ceuxQui("lire_comptes"),
    arguments: { p_type: "FOURNISSEUR", p_id: "@fournisseur", p_devise: "USD" },
    parDepot: false,
  },
  compute_volume_20c_from_reception: {
    dit: "les litres à 20 °C d'une réception",
    roles: TOUS,
    arguments: { p_reception_id: "@reception" },
    parDepot: true,
    service: true,
  },
  calculer_facture_fournisseur: argent("calculer la facture d'un fournisseur", {
    p_id: "@facture_brouillon",
  }),
  valider_facture_fournisseur: argent("valider la facture d'un fournisseur", { p_id: "@facture_calculee" }),
  annuler_facture_fournisseur: argent("annuler la facture d'un fournisseur", {
    p_id: "@facture_calculee",
    p_motif: "Essai de la matrice",
  }),
  contester_facture_fournisseur: argent("mettre en litige la facture d'un fournisseur", {
    p_id: "@facture_calculee",
    p_en_litige: true,
    p_motif: "Essai de la matrice",
  }),
  enregistrer_avoir_fournisseur: argent("enregistrer l'avoir d'un fournisseur", {
    p_facture_id: "@facture",
    p_invoice_no: "@neuf",
    p_date_facture: "2026-01-15",
    p_montant_usd: 1,
    p_justification: "Essai de la matrice",
  }),
  confirmer_paiement: argent("confirmer un paiement à un fournisseur", { p_id: "@paiement_attente" }),
  annuler_paiement: {
    ...argent("annuler un paiement à un fournisseur", { p_id: "@paiement", p_motif: "Essai de la matrice" }),
    roles: ceuxQui("annuler_paiements_fournisseur"),
  },
  ecrire_sblc: achat("enregistrer une SBLC", "ecrire_sblc", { p_sblc: SBLC }),
  changer_statut_sblc: achat("suspendre une SBLC", "ecrire_sblc", {
    p_id: "@sblc",
    p_statut: "SUSPENDUE",
    p_motif: "Essai de la matrice",
  }),
  ecrire_proforma: achat("écrire une proforma", "ecrire_contrats", { p_proforma: PROFORMA }),
  activer_proforma: achat("activer une proforma", "ecrire_contrats", { p_id: "@proforma_brouillon" }),
  annuler_proforma: achat("annuler une proforma", "ecrire_contrats", {
    p_id: "@proforma_brouillon",
    p_motif: "Essai de la matrice",
  }),
  cloturer_proforma: achat("clôturer une proforma", "ecrire_contrats", {
    p_id: "@proforma_a_clore",
    p_justification: "Essai de la matrice",
  }),
  enregistrer_chargement: acte("enregistrer le bordereau d'un camion", ceuxQui("ecrire_cours_de_route"), {
    p_cours_de_route_id: "@cdr",
    p_chargement: CHARGEMENT,
  }),
  enregistrer_analyse: acte("enregistrer une analyse", ceuxQui("ecrire_analyses"), { p_analyse: ANALYSE }),
  regler_specification: achat("régler une spécification", "regler_specifications", {
    p_produit_id: "@produit",
    p_parametre: "@neuf",
    p_minimum: 1,
    p_maximum: 2,
  }),
  ajouter_frais_lot: achat("ajouter des frais à un lot", "ecrire_frais_lot", {
    p_lot_id: "@lot_a_facturer",
    p_frais: { type: "FRET", montant: 1 },
  }),
  annuler_frais_lot: achat("annuler des frais d'un lot", "ecrire_frais_lot", {
    p_id: "@frais",
    p_motif: "Essai de la matrice",
  }),
  noter_ecart: acte("noter ce qu'on sait d'un écart", ceuxQui("revoir_ecarts"), {
    p_id: "@ecart",
    p_texte: "Essai de la matrice",
  }),
  contester_ecart: acte("mettre un écart en litige", ceuxQui("traiter_ecarts"), {
    p_id: "@ecart",
    p_motif: "Essai de la matrice",
  }),
  declarer_ecart: acte("déclarer un écart", ceuxQui("revoir_ecarts"), { p_ecart: ECART }),
  rattacher_cdr_decharge: achat("rattacher un camion déchargé", "rattacher_cdr_decharge", {
    p_cdr: "@cdr_decharge",
    p_lot: "@lot",
    p_motif: "Essai de la matrice",
  }),
  prix_applicable: acte("lire le prix d'un produit", ceuxQui("lire_ventes"), {
    p_produit: "@produit",
    p_client: "@client",
    p_depot: "@depot",
    p_jour: "today",
  }),
  creer_tarif: acte("fixer un tarif", ceuxQui("regler_tarifs"), {
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
  clore_tarif: acte("clore un tarif", ceuxQui("regler_tarifs"), {
    p_id: "@tarif",
    p_au: "today",
    p_motif: "Essai de la matrice",
  }),
  fixer_taux_change: commune("dire le taux de change", ceuxQui("regler_taux"), {
    p_devise: "USD",
    p_jour: "today",
    p_taux_cdf: 2800,
    p_source: "MANUEL",
  }),
  fixer_taux_tva: commune("changer un taux de TVA", ceuxQui("regler_tva"), {
    p_groupe: "B",
    p_valide_du: "2060-01-01",
    p_taux: 16,
    p_libelle: "Essai",
  }),
  fixer_conditions_client: commune("fixer les conditions d'un client", ceuxQui("regler_credit"), {
    p_client_id: "@client",
    p_conditions: { delai_jours: 30 },
  }),
  deroger_credit: commune("laisser dépasser un plafond", ceuxQui("deroger_credit"), {
    p_client_id: "@client",
    p_montant_max: 1,
    p_expire_le: "tomorrow",
    p_motif: "Essai de la matrice",
  }),
  passer_commande: acte("prendre une commande", ceuxQui("commander"), {
    p_commande: { depot_id: "@depot", client_id: "@client", produit_id: "@produit", quantite: 10 },
  }),
  confirmer_commande: acte("confirmer une commande", ceuxQui("commander"), { p_id: "@commande_brouillon" }),
  supprimer_commande: acte("supprimer un brouillon de commande", ceuxQui("commander"), {
    p_id: "@commande_brouillon",
  }),
  rattacher_sortie: acte("dire quelle commande livre une sortie", ceuxQui("commander"), {
    p_commande_id: "@commande_livree",
    p_sortie_id: "@sortie_a_livrer",
  }),
  detacher_sortie: acte("détacher une sortie de sa commande", ceuxQui("commander"), {
    p_commande_id: "@commande_livree",
    p_sortie_id: "@sortie_commandee",
    p_motif: "Essai de la matrice",
  }),
  solder_commande: acte("solder une commande", ceuxQui("commander"), {
    p_id: "@commande",
    p_motif: "Essai de la matrice",
  }),
  annuler_commande: acte("annuler une commande", ceuxQui("commander"), {
    p_id: "@commande",
    p_motif: "Essai de la matrice",
  }),
  etablir_bl: acte("établir un bon de livraison", ceuxQui("livrer"), { p_sortie_id: "@sortie_a_livrer" }),
  confirmer_bl: acte("confirmer un bon de livraison", ceuxQui("livrer"), { p_id: "@bon_brouillon" }),
  annuler_bl: acte("annuler un bon de livraison", ceuxQui("annuler_livraisons"), {
    p_id: "@bon",
    p_motif: "Essai de la matrice",
  }),
  preparer_facture: acte("préparer une facture", ceuxQui("facturer"), {
    p_client_id: "@client",
    p_depot_id: "@depot",
    p_services: [{ designation: "Stockage", quantite: 1, prix_ht: 10 }],
  }),
  supprimer_facture: acte("supprimer un brouillon de facture", ceuxQui("facturer"), {
    p_id: "@facture_client_brouillon",
  }),
  emettre_facture: acte("émettre une facture", ceuxQui("facturer"), { p_id: "@facture_client_brouillon" }),
  facturer_lot: {
    ...acte("facturer tout ce qui est livré", ceuxQui("facturer"), { p_depot_id: "@depot" }),
    enTout: true,
  },
  emettre_avoir: acte("émettre un avoir", ceuxQui("facturer"), {
    p_facture_id: "@facture_client",
    p_nature: "RRR",
    p_lignes: [{ rang: 1, montant_ht: 0.01 }],
    p_motif: "Essai de la matrice",
  }),
  encaisser: acte("encaisser un paiement", ceuxQui("encaisser"), {
    p_encaissement: { depot_id: "@depot", client_id: "@client", mode: "CASH", montant: 1 },
  }),
  confirmer_encaissement: acte("confirmer un encaissement", ceuxQui("encaisser"), {
    p_id: "@encaissement_attente",
  }),
  annuler_encaissement: acte("annuler un encaissement", ceuxQui("annuler_encaissements"), {
    p_id: "@encaissement",
    p_motif: "Essai de la matrice",
  }),
  rembourser: acte("rembourser un encaissement", ceuxQui("annuler_encaissements"), {
    p_encaissement_id: "@encaissement",
    p_montant: 0.01,
    p_mode: "CASH",
    p_reference: "@neuf",
    p_motif: "Essai de la matrice",
  }),
  cloturer_caisse: acte("clôturer la caisse", ceuxQui("encaisser"), {
    p_depot_id: "@depot",
    p_devise: "USD",
    p_jour: "@jour_caisse",
    p_compte: 0,
  }),
  vendre_comptant: acte("vendre au comptant", ceuxQui("valider_sortie"), { p_vente: { sortie: SORTIE } }),
  envoyer_facture: acte("envoyer une facture à son client", ceuxQui("facturer"), { p_id: "@facture_client" }),
  envoyer_recu: acte("envoyer un reçu à son client", ceuxQui("encaisser"), { p_id: "@encaissement" }),
  envoyer_releve: acte("envoyer un relevé à son client", ceuxQui("facturer"), { p_id: "@releve" }),
  imprimer_facture: acte("imprimer une facture", ceuxQui("lire_ventes"), { p_id: "@facture_client" }),
  imprimer_recu: acte("imprimer un reçu", ceuxQui("lire_caisse"), { p_id: "@encaissement" }),
  imprimer_commande: acte("imprimer une commande", ceuxQui("lire_ventes"), { p_id: "@commande_livree" }),
  imprimer_bl: acte("imprimer un bon de livraison", ceuxQui("livrer"), { p_id: "@bon_confirme" }),
  imprimer_releve: acte("imprimer un relevé arrêté", ceuxQui("lire_ventes"), { p_id: "@releve" }),
  releve_a_imprimer: commune("imprimer le relevé d'un client", ceuxQui("lire_ventes"), {
    p_client_id: "@client",
    p_devise: "USD",
    p_du: null,
    p_au: null,
  }),
  transmettre_fiscal: {
    ...commune("transmettre au dispositif fiscal", ceuxQui("transmettre_fiscal"), {}),
    service: true,
  },
  acquitter_alerte: acte("prendre une alerte en compte", ceuxQui("tenir_alertes"), { p_id: "@alerte" }),
  resoudre_alerte: acte("résoudre une alerte", ceuxQui("tenir_alertes"), { p_id: "@alerte" }),
  sync_system_alerts_from_integrity: {
    dit: "faire des contrôles des alertes",
    roles: ceuxQui("tenir_alertes"),
    arguments: {},
    parDepot: false,
    service: true,
  },
  definir_regle_notification: {
    dit: "dire qui est prévenu des alertes",
    roles: ceuxQui("tenir_notifications"),
    arguments: {
      p_id: "@regle",
      p_canal: "EMAIL",
      p_severity_min: "WARN",
      p_codes: null,
      p_depots: null,
      p_evenements: "{OPEN}",
      p_destination: "essai@exemple.cd",
      p_roles: null,
      p_secret_nom: null,
      p_actif: false,
    },
    parDepot: false,
  },
  regler_controle: {
    dit: "régler un contrôle",
    roles: ceuxQui("tenir_notifications"),
    arguments: { p_code: "ECART_ANCIEN", p_actif: true, p_seuil: 7 },
    parDepot: false,
  },
  lier_document: acte("rattacher un document", ceuxQui("ecrire_reception"), {
    p_id: "@document",
    p_objet_type: "RECEPTION",
    p_objet_id: "@reception",
  }),
  geler_document: acte("mettre un document sous gel juridique", ceuxQui("geler_documents"), {
    p_id: "@document",
    p_gel: true,
    p_motif: "Essai de la matrice",
  }),
  relancer_envoi: {
    dit: "relancer un envoi mort",
    roles: ceuxQui("tenir_notifications"),
    arguments: { p_id: "@envoi_mort" },
    parDepot: false,
  },
  abonner_rapport: acte("s'abonner à un rapport", ceuxQui("lire_rapports"), {
    p_nom: "journalier",
    p_depot_id: "@depot",
    p_rythme: "JOUR",
    p_parametres: "{}",
  }),
  arreter_abonnement: commune("arrêter un abonnement qui n'est pas le sien", PERSONNE, {
    p_id: "@abonnement",
  }),
  revoir_ecart: acte("mettre un écart en revue", ceuxQui("revoir_ecarts"), { p_id: "@ecart" }),
  traiter_ecart: acte("traiter un écart", ceuxQui("traiter_ecarts"), {
    p_id: "@ecart",
    p_cause: "AUTRE",
    p_decision: "ACCEPTE_AVEC_NOTE",
    p_justification: "Essai de la matrice",
  }),
  avancer_serie: {
    dit: "avancer une série de numéros",
    roles: ceuxQui("avancer_series"),
    arguments: {
      p_depot_id: null,
      p_serie: "ZZZ",
      p_exercice: 2026,
      p_dernier_connu: 900000,
      p_motif: "Essai de la matrice d'accès",
    },
    parDepot: false,
  },
  definir_flag: {
    dit: "régler une option",
    roles: ceuxQui("regler_options"),
    arguments: { p_key: "@flag", p_enabled: false },
    parDepot: false,
  },
  get_last_stock_ambiant: {
    ...acte("le stock d'une citerne", TOUS, { p_citerne: "@citerne", p_produit: "@produit" }),
    lecture: {},
    service: true,
  },
  // Tomorrow, as elsewhere in this table where the scene's own movements must count: the depot's day is two hours
  // ahead of the server's.
  stock_a: {
    ...acte("le stock d'un jour passé", TOUS, { p_date: "tomorrow" }),
    lecture: { citerne_id: "@citerne" },
    service: true,
  },
  stock_connu_a: {
    ...acte("ce que l'on savait alors du stock", ceuxQui("lire_journal"), {
      p_date: "tomorrow",
      p_moment: "infinity",
    }),
    lecture: { citerne_id: "@citerne" },
    service: true,
  },
  verifier_stocks: {
    ...acte("vérifier les stocks (aucune ligne : tout concorde)", PERSONNE, {}),
    lecture: { citerne_id: "@citerne" },
    service: true,
  },
  verifier_comptes_partenaires: {
    ...acte("vérifier les comptes des partenaires (aucune ligne : tout concorde)", PERSONNE, {}),
    lecture: { depot_id: "@depot" },
    service: true,
  },
  verifier_mouvements: {
    ...acte(
      "vérifier que les mouvements sont ce que le journal en a dit (aucune ligne : tout concorde)",
      PERSONNE,
      {},
    ),
    lecture: { mouvement_id: "@reception" },
    service: true,
  },
  verifier_journal: {
    dit: "vérifier que le journal est intact",
    roles: ceuxQui("verifier_journal"),
    // A block that never was, so that there is something to say.
    arguments: { p_bloc: 999999999, p_empreinte: "00" },
    parDepot: false,
  },
  tete_journal: {
    dit: "lire la tête du journal scellé",
    roles: ceuxQui("verifier_journal"),
    arguments: {},
    parDepot: false,
  },
  receptions_block_update_delete: declencheur("garde des réceptions"),
  sorties_produit_block_update_delete: declencheur("garde des sorties"),
};

/** Nobody uses one through the API. */
export const SEQUENCES: string[] = ["alertes_evenements_ordre_seq", "ecritures_tiers_ordre_seq"];

/** Functions of private that a client's role may execute, in SQL only: policies, triggers and doors call them. */
export const PRIVE: Record<"lesDeux" | "authenticated" | "service_role", string[]> = {
  lesDeux: [
    "alertes_en_ordre",
    "document_lie",
    "objet",
    "objet_ecrit",
    "objet_vu",
    "types_objets",
    "camion_recu",
    "cedant",
    "cessionnaire",
    "jours_du_compte",
    "sorti_15c",
    "nom_du_depot",
    "faits_vus",
    "aujourdhui",
    "cle_recherche",
    "cout_de_lot",
    "cout_tenu",
    "livre_de_commande",
    "vendu_par_ligne",
    "en_base",
    "lots_finances",
    "proformas_vues",
    "recu_de_proforma",
    "recu_du_camion",
    "sblc_vues",
    "transit_du_camion",
    "faire_avancer_alerte",
    "system_alerts_avant_update",
    "avant_requete",
    "trace_donnee",
    "borner_lignes",
    "exiger_peu_de_lignes",
    "lignes_au_plus",
    "cle_au_depot",
    "cle_nom",
    "cle_plaque",
    "date_admise",
    "date_possible",
    "exiger_actifs",
    "fuseau_nomme",
    "fuseau_societe",
    "illisibles",
    "nom_lisible",
    "plaque_admise",
    "plaque_lisible",
    "refuser_valeur",
    "texte_admis",
    "texte_lisible",
    "en_kgm3",
    "coordonnees_fournisseurs",
    "depots_ou",
    "depots_visibles",
    "exiger",
    "exiger_mesures",
    "exiger_profil",
    "fournisseur_lot_reserver",
    "interdire_ecriture",
    "jour_au_depot",
    "masse_air_t",
    "masse_vide_t",
    "baremes_proteger",
    "mouvements_du_journal",
    "montant_lettre",
    "facture_de_sortie",
    "regle_facture_client",
    "caisse_theorique",
    "encours_vu",
    "restes_vus",
    "lire",
    "sortie_rangee",
    "jour_local",
    "exiger_ouvert",
    "ecarts_lieux",
    "nouvel_id",
    "uuid_v7",
    "peut",
    "possede",
    "produits_avant_insert",
    "profils_calcul_garder_defaut",
    "quantites_reception",
    "rapprochement",
    "recu_de_facture",
    "refuser",
    "regle_de_facture",
    "role",
    "sceller_journal",
    "sortie_a_valider",
    "mouvements_traces",
    "exiger_sortie",
    "exiger_textes",
    "sorties_avant_insert",
  ],
  authenticated: [
    "etat_facteur",
    "poser_codes_secours",
    "proposer_facteur",
    "reinitialiser_facteur",
    "verifier_paiement_en_ligne",
    "recevoir_lot",
    "lire_lot",
    "preparer_acte",
    "noter_acte",
    "deposer_document",
    "document_vu",
    "exiger_ecriture_document",
    "exiger_objet",
    "garder_impression",
    "lire_octets",
    "magasin_documents",
    "ouvrir_document",
    "ranger_genere",
    "recevoir_document",
    "relier_document",
    "remplacer_document",
    "succeder_document",
    "tenir_gel_document",
    "attendre_tiers",
    "controles_lus",
    "vendeur",
    "debut_du_jour",
    "exiger_flag",
    "exiger_lecteur_journal",
    "fuseau_vu",
    "heure_au_depot",
    "kpi_stock_a",
    "pret_production",
    "preparer_profil",
    "premiere_reponse",
    "reponse_gardee",
    "rediger_sortie",
    "point_a_lire",
    "porte_rediger_sortie",
    "colonnes_nommees",
    "faite",
    "ligne_dite",
    "lignes_dites",
    "lignes_inserees",
    "ligne_modifiee",
    "porte_valider_sortie",
    "porte_rejeter_sortie",
    "second_facteur_suffit",
    "stock_actuel_a",
    "tableau",
    "tableau_alertes",
    "tableau_camions",
    "tableau_citernes",
    "tableau_jour",
    "tableau_mouvements",
    "camions_connus",
    "catalogue_rapports",
    "colonnes",
    "controles_dits",
    "deltas_apres",
    "depot_du_rapport",
    "dire_instant",
    "dire_moment",
    "ecrits_apres",
    "encaisse_connu",
    "exiger_jours",
    "exiger_mesure",
    "exporter_rapport",
    "fin_connue",
    "flux_connus",
    "ligne_connue",
    "mouvements_connus",
    "nom_connu",
    "nom_de_l_appelant",
    "noter_export",
    "ouvertures_connues",
    "parametres_du_rapport",
    "periode_du_rapport",
    "prises_connues",
    "rapport",
    "rapport_journalier",
    "rapport_livre",
    "rapports_permis",
    "section",
    "section_alertes",
    "section_camions",
    "section_encaissements",
    "section_jaugeages",
    "section_tiers",
    "section_stock",
    "totaux",
    "camions_a_suivre",
    "capacites_de_lecture",
    "citernes_sous_seuil",
    "courbes_de_stock",
    "ecart_a",
    "ecarts_traites_apres",
    "factures_connues",
    "id_du_parametre",
    "marge_connue",
    "parts_apres",
    "quantites_connues",
    "rapport_balance_agee",
    "rapport_ecarts",
    "rapport_gains_pertes",
    "rapport_mensuel",
    "rapport_releve_client",
    "rapport_releve_fournisseur",
    "rapport_releve_partenaire",
    "rapport_releve_transporteur",
    "rapport_tva",
    "rapport_ventes",
    "restes_connus",
    "section_articles",
    "section_compte",
    "section_factures",
    "section_moyennes",
    "section_pertes",
    "section_taxes",
    "section_transit",
    "stocks_du_jour",
    "stocks_le",
    "transits_connus",
    "volumes_du_jour",
    "a_facturer_connues",
    "brouillons_connus",
    "mot",
    "niveau_citerne",
    "section_a_facturer",
    "section_brouillons",
    "section_citernes",
    "section_creances",
    "exiger_rapport",
    "garder_rapport",
  ],
  service_role: ["env_proteger", "stocks_garder", "stocks_reserver_ecriture"],
};

/** All of astm is arithmetic and refusals, executed by authenticated and service_role: a line each, for none to slip in. */
export const ASTM: string[] = [
  "alpha",
  "approcher",
  "approcher_2004",
  "approcher_avec",
  "approcher_u",
  "arrondir",
  "au_litre",
  "calculer_15c",
  "calculer_15c_groupe_c",
  "calculer_1980",
  "calculer_2004",
  "calculer_20c",
  "calculer_imprime",
  "coefficients_1980",
  "coefficients_2004",
  "comparer",
  "convertir",
  "correction_verre",
  "dans_domaine",
  "densite_etoile",
  "domaine_densite",
  "domaine_temperature",
  "ecart_60f",
  "estimer",
  "estimer_avec",
  "etoile_avec",
  "exposant_2004",
  "facteur_1980",
  "facteur_pression",
  "hors_domaine",
  "incertitude_15c",
  "ctsh",
  "deplacement_toit_l",
  "jaugeage",
  "part_toit",
  "temperature_paroi",
  "ipts68_ecart",
  "masse_air_t",
  "masse_vide_t",
  "profil",
  "refuser_densite",
  "refuser_entree",
  "refuser_methode",
  "seuil_2004",
  "tolerance_l",
  "volume_a_charger",
  "zone_b_1980",
  "zone_b_2004",
];

/** A door that reads or writes things of a depot. */
const porte = (dit: string, roles: Roles, demande: Partial<Porte> = {}): Porte => ({
  dit,
  roles,
  parDepot: true,
  ...demande,
});
/** A door whose answer is no depot's. */
const porteCommune = (dit: string, roles: Roles | "public", demande: Partial<Porte> = {}): Porte => ({
  dit,
  roles,
  parDepot: false,
  ...demande,
});
const argentPorte = (dit: string, demande: Partial<Porte>): Porte =>
  porteCommune(dit, ceuxQui("ecrire_factures_fournisseur"), demande);
const achatPorte = (dit: string, capacite: string, demande: Partial<Porte> = {}): Porte =>
  porteCommune(dit, ceuxQui(capacite), demande);
const DEPOT: Partial<Porte> = { query: { depot_id: "@depot" } };
const CITERNE: Partial<Porte> = { query: { citerne_id: "@citerne" } };

export const PORTES: Record<string, Porte> = {
  "POST /cours-de-route": porte("annoncer un camion", ceuxQui("ecrire_cours_de_route"), {
    corps: RELATIONS.cours_de_route!.exemple!,
  }),
  "GET /cours-de-route": porte("lire les cours de route", TOUS, DEPOT),
  "GET /cours-de-route/{id}": porte("lire un cours de route", TOUS, { params: { id: "@cdr_arrive" } }),
  "POST /cours-de-route/{id}/statut": porte(
    "faire avancer un cours de route",
    ceuxQui("ecrire_cours_de_route"),
    {
      params: { id: "@cdr" },
      corps: { statut: "TRANSIT" },
    },
  ),
  "POST /cours-de-route/{id}/annuler": porte(
    "clore un camion qui n'arrivera pas",
    ceuxQui("annuler_cours_de_route"),
    { params: { id: "@cdr" }, corps: { motif: "Camion accidenté" } },
  ),
  "POST /receptions": porte("recevoir un camion", ceuxQui("ecrire_reception"), {
    corps: RELATIONS.receptions!.exemple!,
  }),
  "GET /receptions": porte("lire les réceptions", TOUS, DEPOT),
  "GET /receptions/{id}": porte("lire une réception", TOUS, { params: { id: "@reception" } }),
  "POST /sorties": porte("écrire un brouillon de sortie", ceuxQui("ecrire_sortie"), { corps: SORTIE }),
  "GET /sorties": porte("lire les sorties", TOUS, DEPOT),
  "GET /sorties/{id}": porte("lire une sortie", TOUS, { params: { id: "@sortie" } }),
  "POST /sorties/{id}/valider": porte("valider une sortie", ceuxQui("valider_sortie"), {
    params: { id: "@brouillon" },
    corps: {},
  }),
  "POST /sorties/{id}/rejeter": porte("rejeter une sortie", ceuxQui("valider_sortie"), {
    params: { id: "@brouillon" },
    corps: { motif: "Erreur de saisie" },
  }),
  "GET /stocks/actuel": porte("lire le stock actuel", TOUS, CITERNE),
  "GET /stocks/journaliers": porte("lire le stock de chaque jour", TOUS, CITERNE),
  "GET /stocks/mouvements": porte("lire les mouvements de stock", TOUS, CITERNE),
  "GET /stocks/kpi": porte("lire le stock par produit", TOUS, DEPOT),
  "POST /stocks/ajustements": porte("ajuster un stock", ceuxQui("ajuster_stock"), {
    corps: RELATIONS.stocks_adjustments!.exemple!,
  }),
  "POST /stocks/initiaux": porte("déclarer un stock initial", ceuxQui("ajuster_stock"), {
    corps: { ...INITIAL, volume_ambiant: 10, volume_15c: 9, motif: "Essai de la matrice d'accès" },
  }),
  "POST /stocks/initiaux/{id}/partenaires": porte(
    "dire à quels partenaires était un stock initial",
    ceuxQui("ajuster_stock"),
    {
      params: { id: "@initial_partenaire" },
      corps: { partenaires: [{ partenaire_id: "@partenaire", volume_ambiant: 1, volume_15c: 1 }] },
    },
  ),
  "POST /stocks/attributions": porte(
    "attribuer à un partenaire ce qui n'est à personne",
    ceuxQui("ajuster_stock"),
    {
      corps: {
        depot_id: "@depot",
        produit_id: "@produit",
        partenaire_id: "@partenaire",
        volume_15c: 1,
        motif: "Essai de la matrice d'accès",
      },
    },
  ),
  "POST /stocks/cessions": porte(
    "céder du carburant entre Monaluxe et un partenaire",
    ceuxQui("ceder_stock"),
    {
      corps: {
        citerne_id: "@citerne",
        partenaire_id: "@partenaire",
        sens: "VERS_PARTENAIRE",
        nature: "VENTE",
        volume_15c: 1,
        motif: "Essai de la matrice d'accès",
      },
    },
  ),
  "GET /stocks/cessions": porte("lire les cessions", TOUS, DEPOT),
  "POST /stocks/prets": porte("ouvrir un prêt", ceuxQui("ceder_stock"), {
    corps: {
      depot_id: "@depot",
      produit_id: "@produit",
      partenaire_id: "@partenaire",
      sens: "PRETE",
      quantite_15c: 1,
      echeance: "2035-01-01",
      motif: "Essai de la matrice d'accès",
    },
  }),
  "GET /stocks/prets": porte("lire les prêts", ceuxQui("lire_comptes_partenaires"), DEPOT),
  "POST /stocks/prets/{id}/mouvements": porte(
    "rattacher à un prêt ce qui l'a porté",
    ceuxQui("ceder_stock"),
    {
      params: { id: "@pret" },
      corps: { mouvement_type: "SORTIE", mouvement_id: "@sortie_pretee" },
    },
  ),
  "GET /stocks/prets-mouvements": porte(
    "lire ce qui a été prêté et rendu",
    ceuxQui("lire_comptes_partenaires"),
    DEPOT,
  ),
  "GET /stocks/camions": porte("lire ce que les camions ont perdu en route", TOUS, DEPOT),
  "POST /stocks/periodes": porte("clore un jour ou un mois", ceuxQui("clore_periodes"), {
    corps: { depot_id: "@depot", jour: "2020-02-02" },
  }),
  "POST /stocks/periodes/{id}/rouvrir": porte(
    "rouvrir un jour ou un mois clos",
    ceuxQui("rouvrir_periodes"),
    {
      params: { id: "@periode" },
      corps: { motif: "Essai de la matrice d'accès" },
    },
  ),
  "GET /stocks/periodes": porte("lire les périodes closes", TOUS, DEPOT),
  "GET /stocks/comptes-partenaires": porte(
    "lire les comptes des partenaires",
    ceuxQui("lire_comptes_partenaires"),
    DEPOT,
  ),
  "GET /stocks/partenaires/{id}/releve": porte(
    "lire le relevé d'un partenaire",
    ceuxQui("lire_comptes_partenaires"),
    { params: { id: "@partenaire" }, query: { depot_id: "@depot", produit_id: "@produit" } },
  ),
  "POST /stocks/transferts": porte("transférer entre deux citernes", ceuxQui("transferer_stock"), {
    corps: RELATIONS.transferts!.exemple!,
  }),
  "GET /stocks/transferts": porte("lire les transferts", TOUS, DEPOT),
  "POST /stocks/transferts-depots": porte("expédier à un autre dépôt", ceuxQui("transferer_stock"), {
    corps: {
      citerne_source_id: "@citerne",
      depot_destination_id: "@depot_lointain",
      volume_ambiant: 1,
      temperature_ambiante_c: 15,
    },
  }),
  "POST /stocks/transferts-depots/{id}/recevoir": porte(
    "recevoir d'un autre dépôt",
    ceuxQui("transferer_stock"),
    {
      params: { id: "@transfert_attendu" },
      corps: { citerne_id: "@citerne", volume_ambiant: 1, temperature_ambiante_c: 15 },
    },
  ),
  "POST /stocks/transferts-depots/{id}/perdu": porte(
    "déclarer perdu un transfert entre dépôts",
    ceuxQui("ajuster_stock"),
    { params: { id: "@transfert_attendu" }, corps: { motif: "Essai de la matrice d'accès" } },
  ),
  "GET /stocks/transferts-depots": porte("lire les transferts entre dépôts", TOUS, DEPOT),
  "GET /stocks/transferts-depots/destinations": porte(
    "lire les dépôts où expédier",
    ceuxQui("transferer_stock"),
    CITERNE,
  ),
  "GET /stocks/en-transit": porte("lire ce qui est en route entre dépôts", TOUS, DEPOT),
  "POST /stocks/prises-de-hauteur": porte("noter une prise de hauteur", ceuxQui("mesurer_citerne"), {
    corps: RELATIONS.prises_de_hauteur!.exemple!,
  }),
  "POST /stocks/prises-de-hauteur/{id}/regulariser": porte(
    "passer en stock l'écart d'une prise de hauteur",
    ceuxQui("regulariser_stock"),
    { params: { id: "@prise_a_regulariser" }, corps: { motif: "Essai de la matrice d'accès" } },
  ),
  "GET /stocks/regularisations": porte("lire les régularisations", TOUS, DEPOT),
  "POST /referentiels/baremes": porte("préparer le barème d'une citerne", ceuxQui("tenir_baremes"), {
    corps: BAREME,
  }),
  "POST /referentiels/compteurs": porte("inscrire l'étalonnage d'un compteur", ceuxQui("tenir_compteurs"), {
    corps: COMPTEUR,
  }),
  "POST /referentiels/depots-amis": porteCommune("inscrire un dépôt ami", ceuxQui("ecrire_referentiels"), {
    corps: { nom: "@neuf" },
  }),
  "GET /referentiels/depots-amis": porteCommune("lire les dépôts amis", TOUS),
  "GET /referentiels/compteurs": porte("lire les compteurs", TOUS, CITERNE),
  "GET /referentiels/baremes": porte("lire les barèmes", TOUS, CITERNE),
  "GET /referentiels/baremes/{id}": porte("lire un barème", TOUS, { params: { id: "@bareme" } }),
  "GET /referentiels/baremes-points": porte("lire les points d'un barème", TOUS, DEPOT),
  "POST /referentiels/baremes/{id}/points.csv": porte(
    "importer le barème d'une citerne",
    ceuxQui("tenir_baremes"),
    { params: { id: "@bareme" }, corps: { csv: POINTS } },
  ),
  "POST /referentiels/baremes/{id}/activer": porte("mettre un barème en vigueur", ceuxQui("tenir_baremes"), {
    params: { id: "@bareme" },
    corps: {},
  }),
  "GET /stocks/citernes": porte("lire l'état des citernes", TOUS, CITERNE),
  "GET /stocks/ecarts": porte("lire les écarts d'inventaire", TOUS, CITERNE),
  "POST /astm/calculer": porteCommune("calculer un volume à 15 °C", TOUS, {
    corps: { groupe: "B", densite_observee_kgm3: 837, temperature_produit_c: 20, volume_observe_l: 1000 },
  }),
  "POST /astm/convertir": porteCommune("convertir litres, tonnes et barils", TOUS, {
    corps: { quantite: 1000, unite: "L", densite_a_15_kgm3: 840, temperature_produit_c: 20 },
  }),
  "POST /astm/comparer": porteCommune("comparer aux chiffres du terrain", TOUS, {
    corps: {},
    ferme: "FLAG_INACTIF",
  }),
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
  "GET /alertes": porte("lire les alertes", ceuxQui("lire_alertes"), DEPOT),
  "GET /alertes/{id}": porte("lire une alerte", ceuxQui("lire_alertes"), {
    params: { id: "@alerte" },
    refus: "INTROUVABLE",
  }),
  "GET /alertes/controles": porteCommune("lire les contrôles", ceuxQui("lire_alertes")),
  "POST /alertes/controler": porteCommune("faire les contrôles maintenant", ceuxQui("tenir_alertes"), {
    corps: {},
  }),
  "PUT /alertes/controles/{code}": porteCommune("régler un contrôle", ceuxQui("tenir_notifications"), {
    params: { code: "ECART_ANCIEN" },
    corps: { actif: true, seuil: 7 },
  }),
  "GET /alertes/notifications/regles": porteCommune(
    "lire qui est prévenu des alertes",
    ceuxQui("tenir_notifications"),
  ),
  "POST /alertes/notifications/regles": porteCommune(
    "dire qui est prévenu des alertes",
    ceuxQui("tenir_notifications"),
    { corps: { canal: "EMAIL", destination: "essai@exemple.cd", actif: false } },
  ),
  "PUT /alertes/notifications/regles/{id}": porteCommune(
    "changer qui est prévenu des alertes",
    ceuxQui("tenir_notifications"),
    { params: { id: "@regle" }, corps: { canal: "EMAIL", destination: "essai@exemple.cd", actif: false } },
  ),
  "GET /documents": porte("lire les documents", TOUS, DEPOT),
  "GET /documents/liens": porte("lire les documents des objets", TOUS, DEPOT),
  "POST /documents": porte("envoyer un document", ceuxQui("ecrire_reception"), {
    fichier: FICHIER,
    corps: { categorie: "AUTRE", sha256: EMPREINTE, objet_type: "RECEPTION", objet_id: "@reception" },
  }),
  "POST /documents/impressions": porte("garder un papier imprimé", ceuxQui("facturer"), {
    corps: { objet_type: "FACTURE_CLIENT", objet_id: "@facture_client" },
  }),
  "GET /documents/{id}": porte("lire un document", TOUS, { params: { id: "@document" } }),
  "GET /documents/{id}/contenu": porte("lire les octets d'un document", TOUS, {
    params: { id: "@document" },
  }),
  "GET /documents/{id}/liens": porte("lire ce qu'un document prouve", TOUS, { params: { id: "@document" } }),
  "POST /documents/{id}/liens": porte("rattacher un document", ceuxQui("ecrire_reception"), {
    params: { id: "@document" },
    corps: { objet_type: "RECEPTION", objet_id: "@reception" },
  }),
  "POST /documents/{id}/remplacer": porte("remplacer un document", ceuxQui("ecrire_reception"), {
    params: { id: "@document" },
    fichier: FICHIER,
    corps: { sha256: EMPREINTE },
  }),
  "POST /documents/{id}/gel": porte("mettre un document sous gel juridique", ceuxQui("geler_documents"), {
    params: { id: "@document" },
    corps: { gel: true, motif: "Essai de la matrice" },
  }),
  "GET /alertes/envois": porteCommune("lire les envois", ceuxQui("tenir_notifications")),
  "POST /alertes/envois/{id}/relancer": porteCommune(
    "relancer un envoi mort",
    ceuxQui("tenir_notifications"),
    {
      params: { id: "@envoi_mort" },
      corps: {},
    },
  ),
  "POST /ventes/tarifs": porte("fixer un tarif", ceuxQui("regler_tarifs"), {
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
  "GET /ventes/tarifs": porte("lire les tarifs", ceuxQui("lire_ventes"), DEPOT),
  "POST /ventes/tarifs/{id}/clore": porte("clore un tarif", ceuxQui("regler_tarifs"), {
    params: { id: "@tarif" },
    corps: { valide_au: "2034-12-31", motif: "Essai de la matrice" },
  }),
  "POST /ventes/taux-change": porteCommune("dire le taux de change", ceuxQui("regler_taux"), {
    corps: { devise: "USD", jour: "2026-01-15", taux_cdf: 2800, source: "MANUEL" },
  }),
  "GET /ventes/taux-change": porteCommune("lire les taux de change", TOUS),
  "GET /ventes/encours": porteCommune("lire ce que doit chaque client", ceuxQui("lire_ventes")),
  "GET /ventes/derogations": porteCommune("lire les dérogations", ceuxQui("lire_ventes")),
  "PUT /ventes/clients/{id}/conditions": porteCommune(
    "fixer les conditions d'un client",
    ceuxQui("regler_credit"),
    {
      params: { id: "@client" },
      corps: { delai_jours: 30 },
    },
  ),
  "GET /ventes/clients/{id}/encours": porteCommune("lire ce que doit un client", ceuxQui("lire_ventes"), {
    params: { id: "@client" },
    refus: "INTROUVABLE",
  }),
  "POST /ventes/clients/{id}/derogations": porteCommune(
    "laisser dépasser un plafond",
    ceuxQui("deroger_credit"),
    {
      params: { id: "@client" },
      corps: { montant_max: 1, expire_le: "2034-12-31T00:00:00Z", motif: "Essai de la matrice" },
    },
  ),
  "GET /ventes/clients/{id}/releve": porteCommune("lire le relevé d'un client", ceuxQui("lire_ventes"), {
    params: { id: "@client" },
  }),
  "POST /ventes/commandes": porte("prendre une commande", ceuxQui("commander"), {
    corps: { depot_id: "@depot", client_id: "@client", produit_id: "@produit", quantite: 10 },
  }),
  "GET /ventes/commandes": porte("lire les commandes", ceuxQui("lire_ventes"), DEPOT),
  "GET /ventes/commandes/{id}": porte("lire une commande", ceuxQui("lire_ventes"), {
    params: { id: "@commande_livree" },
    refus: "INTROUVABLE",
  }),
  "POST /ventes/commandes/{id}/confirmer": porte("confirmer une commande", ceuxQui("commander"), {
    params: { id: "@commande_brouillon" },
    corps: {},
  }),
  "POST /ventes/commandes/{id}/supprimer": porte("supprimer un brouillon de commande", ceuxQui("commander"), {
    params: { id: "@commande_brouillon" },
    corps: {},
  }),
  "POST /ventes/commandes/{id}/sorties": porte(
    "dire quelle commande livre une sortie",
    ceuxQui("commander"),
    {
      params: { id: "@commande_livree" },
      corps: { sortie_id: "@sortie_a_livrer" },
    },
  ),
  "POST /ventes/commandes/{id}/detacher": porte("détacher une sortie de sa commande", ceuxQui("commander"), {
    params: { id: "@commande_livree" },
    corps: { sortie_id: "@sortie_commandee", motif: "Essai de la matrice" },
  }),
  "POST /ventes/commandes/{id}/solder": porte("solder une commande", ceuxQui("commander"), {
    params: { id: "@commande" },
    corps: { motif: "Essai de la matrice" },
  }),
  "POST /ventes/commandes/{id}/annuler": porte("annuler une commande", ceuxQui("commander"), {
    params: { id: "@commande" },
    corps: { motif: "Essai de la matrice" },
  }),
  "GET /ventes/commandes/{id}/pdf": porte("imprimer une commande", ceuxQui("lire_ventes"), {
    params: { id: "@commande_livree" },
  }),
  "POST /ventes/bons-livraison": porte("établir un bon de livraison", ceuxQui("livrer"), {
    corps: { sortie_id: "@sortie_a_livrer" },
  }),
  "GET /ventes/bons-livraison": porte("lire les bons de livraison", TOUS, DEPOT),
  "GET /ventes/bons-livraison/{id}": porte("lire un bon de livraison", TOUS, { params: { id: "@bon" } }),
  "POST /ventes/bons-livraison/{id}/confirmer": porte("confirmer un bon de livraison", ceuxQui("livrer"), {
    params: { id: "@bon_brouillon" },
    corps: {},
  }),
  "POST /ventes/bons-livraison/{id}/annuler": porte(
    "annuler un bon de livraison",
    ceuxQui("annuler_livraisons"),
    {
      params: { id: "@bon" },
      corps: { motif: "Essai de la matrice" },
    },
  ),
  "GET /ventes/sorties-a-facturer": porte("lire les sorties à facturer", TOUS, DEPOT),
  "POST /ventes/factures": porte("préparer une facture", ceuxQui("facturer"), {
    corps: {
      client_id: "@client",
      depot_id: "@depot",
      services: [{ designation: "Stockage", quantite: 1, prix_ht: 10 }],
    },
  }),
  "POST /ventes/factures/lot": porte("facturer tout ce qui est livré", ceuxQui("facturer"), {
    corps: { depot_id: "@depot", au: "2020-01-01" },
  }),
  "GET /ventes/factures": porte("lire les factures", ceuxQui("lire_ventes"), DEPOT),
  "GET /ventes/factures/{id}": porte("lire une facture", ceuxQui("lire_ventes"), {
    params: { id: "@facture_client" },
    refus: "INTROUVABLE",
  }),
  "POST /ventes/factures/{id}/emettre": porte("émettre une facture", ceuxQui("facturer"), {
    params: { id: "@facture_client_brouillon" },
    corps: {},
  }),
  "POST /ventes/factures/{id}/supprimer": porte("supprimer un brouillon de facture", ceuxQui("facturer"), {
    params: { id: "@facture_client_brouillon" },
    corps: {},
  }),
  "POST /ventes/factures/{id}/avoirs": porte("émettre un avoir", ceuxQui("facturer"), {
    params: { id: "@facture_client" },
    corps: { nature: "RRR", motif: "Essai de la matrice", lignes: [{ rang: 1, montant_ht: 0.01 }] },
  }),
  "GET /ventes/marges": porte("lire les marges des ventes", ceuxQui("lire_marges"), DEPOT),
  "POST /ventes/factures/{id}/envoyer": porte("envoyer une facture à son client", ceuxQui("facturer"), {
    params: { id: "@facture_client" },
    corps: {},
  }),
  "POST /ventes/encaissements/{id}/envoyer": porte("envoyer un reçu à son client", ceuxQui("encaisser"), {
    params: { id: "@encaissement" },
    corps: {},
  }),
  "POST /ventes/releves/{id}/envoyer": porte("envoyer un relevé à son client", ceuxQui("facturer"), {
    params: { id: "@releve" },
    corps: {},
  }),
  "GET /ventes/factures/{id}/pdf": porte("imprimer une facture", ceuxQui("lire_ventes"), {
    params: { id: "@facture_client" },
  }),
  "GET /ventes/encaissements/{id}/recu.pdf": porte("imprimer un reçu", ceuxQui("lire_caisse"), {
    params: { id: "@encaissement" },
  }),
  "GET /ventes/bons-livraison/{id}/pdf": porte("imprimer un bon de livraison", ceuxQui("livrer"), {
    params: { id: "@bon_confirme" },
  }),
  "GET /ventes/clients/{id}/releve.pdf": porteCommune(
    "imprimer le relevé d'un client",
    ceuxQui("lire_ventes"),
    {
      params: { id: "@client" },
    },
  ),
  "POST /ventes/clients/{id}/releves": porteCommune("arrêter le relevé d'un client", ceuxQui("lire_ventes"), {
    params: { id: "@client" },
    corps: {},
  }),
  "GET /ventes/releves": porteCommune("lire les relevés arrêtés", ceuxQui("lire_ventes")),
  "GET /ventes/releves/{id}/pdf": porte("imprimer un relevé arrêté", ceuxQui("lire_ventes"), {
    params: { id: "@releve" },
  }),
  "POST /ventes/fiscal/transmettre": porteCommune(
    "transmettre au dispositif fiscal",
    ceuxQui("transmettre_fiscal"),
    {
      corps: {},
    },
  ),
  "POST /ventes/comptant": porte("vendre au comptant", ceuxQui("valider_sortie"), {
    corps: { sortie: SORTIE },
  }),
  "POST /ventes/encaissements": porte("encaisser un paiement", ceuxQui("encaisser"), {
    corps: { depot_id: "@depot", client_id: "@client", mode: "CASH", montant: 1 },
  }),
  "GET /ventes/encaissements": porte("lire les encaissements", ceuxQui("lire_caisse"), DEPOT),
  "GET /ventes/encaissements/{id}": porte("lire un encaissement", ceuxQui("lire_caisse"), {
    params: { id: "@encaissement" },
    refus: "INTROUVABLE",
  }),
  "POST /ventes/encaissements/{id}/confirmer": porte("confirmer un encaissement", ceuxQui("encaisser"), {
    params: { id: "@encaissement_attente" },
    corps: {},
  }),
  "POST /ventes/encaissements/{id}/annuler": porte(
    "annuler un encaissement",
    ceuxQui("annuler_encaissements"),
    {
      params: { id: "@encaissement" },
      corps: { motif: "Essai de la matrice" },
    },
  ),
  "POST /ventes/encaissements/{id}/rembourser": porte(
    "rembourser un encaissement",
    ceuxQui("annuler_encaissements"),
    {
      params: { id: "@encaissement" },
      corps: { montant: 0.01, mode: "CASH", reference: "@neuf", motif: "Essai de la matrice" },
    },
  ),
  "POST /paiements/factures/{id}/session": porte(
    "faire payer une facture en ligne",
    ceuxQui("ouvrir_paiements_en_ligne"),
    { params: { id: "@facture_client" }, corps: {}, ferme: "PAIEMENT_EN_LIGNE_INDISPONIBLE" },
  ),
  "GET /paiements/en-ligne": porte("lire les paiements en ligne", ceuxQui("lire_paiements_en_ligne"), DEPOT),
  "GET /paiements/en-ligne/{id}": porte("lire un paiement en ligne", ceuxQui("lire_paiements_en_ligne"), {
    params: { id: "@paiement_en_ligne" },
    refus: "INTROUVABLE",
  }),
  "GET /paiements/rapprochements": porteCommune(
    "lire les rapprochements des paiements en ligne",
    ceuxQui("lire_rapprochements"),
  ),
  "GET /ventes/balance-agee": porteCommune("lire la balance âgée", ceuxQui("lire_ventes")),
  "GET /ventes/caisse/jours": porte("lire la caisse de chaque jour", ceuxQui("lire_caisse"), DEPOT),
  "POST /ventes/caisse/clotures": porte("clôturer la caisse", ceuxQui("encaisser"), {
    corps: { depot_id: "@depot", devise: "USD", jour: "@jour_caisse", compte: 0 },
  }),
  "GET /ventes/caisse/clotures": porte("lire les clôtures de caisse", ceuxQui("lire_caisse"), DEPOT),
  "POST /alertes/{id}/acquitter": porte("prendre une alerte en compte", ceuxQui("tenir_alertes"), {
    params: { id: "@alerte" },
    corps: {},
  }),
  "POST /alertes/{id}/resoudre": porte("résoudre une alerte", ceuxQui("tenir_alertes"), {
    params: { id: "@alerte" },
    corps: {},
  }),
  "GET /profils": porteCommune("lire les profils (qui ne lit pas les noms des autres : le sien)", TOUS),
  "GET /profils/{id}": porteCommune("lire le profil d'un autre", RELATIONS.profils!.lire, {
    params: { id: "@profil_collegue" },
    refus: "INTROUVABLE",
  }),
  "POST /profils": porteCommune("ouvrir un compte à quelqu'un", ceuxQui("ecrire_profils"), {
    corps: { email: "@adresse", nom_complet: "Essai", role: "lecture", depot_id: "@depot" },
  }),
  "PUT /profils/{id}": porteCommune(
    "changer le rôle, le dépôt ou le nom de quelqu'un",
    ceuxQui("ecrire_profils"),
    {
      params: { id: "@profil_collegue" },
      corps: { nom_complet: "Un autre nom" },
    },
  ),
  "POST /profils/{id}/desactiver": porteCommune("fermer l'accès à quelqu'un", ceuxQui("ecrire_profils"), {
    params: { id: "@profil_collegue" },
    corps: {},
  }),
  "POST /profils/{id}/reactiver": porteCommune("rouvrir l'accès à quelqu'un", ceuxQui("ecrire_profils"), {
    params: { id: "@profil_collegue" },
    corps: {},
  }),
  "GET /rapports": porteCommune("savoir quels rapports on peut tirer", TOUS),
  "GET /rapports/abonnements": porteCommune("lire ses abonnements", TOUS),
  "POST /rapports/abonnements": porte("s'abonner à un rapport", ceuxQui("lire_rapports"), {
    corps: { nom: "journalier", depot_id: "@depot" },
  }),
  "POST /rapports/abonnements/{id}/arreter": porteCommune(
    "arrêter un abonnement qui n'est pas le sien",
    PERSONNE,
    { params: { id: "@abonnement" }, corps: {}, refus: "INTROUVABLE" },
  ),
  "GET /rapports/archives": porte("lire la liste des rapports gardés", ceuxQui("lire_rapports"), DEPOT),
  "GET /rapports/archives/{id}": porte("lire un rapport gardé", ceuxQui("lire_rapports"), {
    params: { id: "@archive" },
  }),
  "POST /rapports/archives": porte("tirer et garder un rapport", ceuxQui("lire_rapports"), {
    corps: { nom: "livre", depot_id: "@depot" },
  }),
  "GET /kpi/jour": porte("lire les chiffres du jour", ceuxQui("lire_rapports"), DEPOT),
  "GET /kpi/finance": porte("lire les chiffres de l'argent", ceuxQui("lire_ventes"), DEPOT),
  "GET /rapports/{nom}": porte("tirer un rapport", ceuxQui("lire_rapports"), {
    params: { nom: "journalier" },
    query: { depot_id: "@depot" },
  }),
  "GET /securite/facteur": porteCommune("lire l'état de son second facteur", ceuxQui("tenir_son_facteur")),
  "POST /securite/totp/inscrire": porteCommune(
    "proposer un téléphone comme second facteur",
    ceuxQui("tenir_son_facteur"),
    { corps: {} },
  ),
  "POST /securite/totp/confirmer": porteCommune(
    "confirmer son second facteur par un premier code",
    ceuxQui("tenir_son_facteur"),
    { corps: { code: "123456" }, ferme: ["FACTEUR_ABSENT", "TOTP_REFUSE"] },
  ),
  "POST /securite/totp/prouver": porteCommune(
    "prouver son second facteur par le code du téléphone",
    ceuxQui("tenir_son_facteur"),
    { corps: { code: "123456" }, ferme: "FACTEUR_ABSENT" },
  ),
  "POST /securite/codes-secours": porteCommune("refaire ses codes de secours", ceuxQui("tenir_son_facteur"), {
    corps: {},
    ferme: "SECOND_FACTEUR_REQUIS",
  }),
  "POST /securite/codes-secours/prouver": porteCommune(
    "prouver son second facteur par un code de secours",
    ceuxQui("tenir_son_facteur"),
    { corps: { code: "0000-0000-0000-0000" }, ferme: "CODE_SECOURS_REFUSE" },
  ),
  "POST /securite/facteurs/{user_id}/reinitialiser": porteCommune(
    "effacer le second facteur perdu d'un autre",
    ceuxQui("reinitialiser_facteur"),
    {
      params: { user_id: "@collegue" },
      corps: { motif: "téléphone perdu" },
      ferme: "SECOND_FACTEUR_REQUIS",
    },
  ),
  "GET /kpi/tableau": porte("lire le tableau d'un dépôt", TOUS, DEPOT),
  "GET /journal": porte("lire le journal des actions", ceuxQui("lire_journal"), DEPOT),
  "GET /journal/verification": porteCommune(
    "vérifier que le journal est intact",
    ceuxQui("verifier_journal"),
  ),
  "GET /flags": porteCommune("lire les options", TOUS),
  "PUT /flags/{key}": porteCommune("régler une option", ceuxQui("regler_options"), {
    params: { key: "@flag" },
    corps: { enabled: false },
  }),
  "GET /ops/pret-production": porteCommune(
    "voir si tout est prêt pour la production",
    ceuxQui("preparer_production"),
  ),
  "POST /synchronisation": porteCommune("envoyer ce qui s'est fait sans ligne", TOUS, {
    corps: {
      lot: "0c9d0e52-7f1b-4b63-9a57-3b1f0c6d2a01",
      maintenant: new Date().toISOString(),
      actes: [{
        cle: "0c9d0e52-7f1b-4b63-9a57-3b1f0c6d2a02",
        acte: "sorties",
        moment: "2026-11-01T08:00:00Z",
      }],
    },
  }),
  // A batch is its sender's own: of anybody else's there is nothing to be told.
  "GET /synchronisation/{lot}": porteCommune("relire un lot que l'on a envoyé", TOUS, {
    params: { lot: "0c9d0e52-7f1b-4b63-9a57-3b1f0c6d2a01" },
    ferme: "INTROUVABLE",
  }),
  "GET /ops/live": porteCommune("savoir si le service répond", "public"),
  "GET /ops/ready": porteCommune("savoir si la base est prête", "public"),
  "GET /ops/openapi.json": porteCommune("lire la description des portes", "public"),
  "GET /ops/codes": porteCommune("lire les codes des refus", "public"),
  "GET /ops/codes/{code}": porteCommune("savoir ce que veut dire un refus", "public", {
    params: { code: "ROLE_FORBIDDEN" },
  }),
};
