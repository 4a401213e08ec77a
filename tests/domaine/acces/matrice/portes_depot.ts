// Doors of a depot: trucks, movements, stock, gauging, volumes.
import { TOUS } from "../acteurs.ts";
import {
  BAREME,
  CITERNE,
  COMPTEUR,
  DEPOT,
  INITIAL,
  POINTS,
  type Porte,
  porte,
  porteCommune,
  SORTIE,
} from "./formes.ts";
import { RELATIONS } from "./relations.ts";

export const PORTES_DEPOT: Record<string, Porte> = {
  "POST /cours-de-route": porte("annoncer un camion", "ecrire_cours_de_route", {
    corps: RELATIONS.cours_de_route!.exemple!,
  }),
  "GET /cours-de-route": porte("lire les cours de route", TOUS, DEPOT),
  "GET /cours-de-route/{id}": porte("lire un cours de route", TOUS, { id: "@cdr_arrive" }),
  "POST /cours-de-route/{id}/statut": porte("faire avancer un cours de route", "ecrire_cours_de_route", {
    id: "@cdr",
    corps: { statut: "TRANSIT" },
  }),
  "POST /cours-de-route/{id}/annuler": porte("clore un camion qui n'arrivera pas", "annuler_cours_de_route", {
    id: "@cdr",
    corps: { motif: "Camion accidenté" },
  }),
  "POST /receptions": porte("recevoir un camion", "ecrire_reception", {
    corps: RELATIONS.receptions!.exemple!,
  }),
  "GET /receptions": porte("lire les réceptions", TOUS, DEPOT),
  "GET /receptions/{id}": porte("lire une réception", TOUS, { id: "@reception" }),
  "POST /sorties": porte("écrire un brouillon de sortie", "ecrire_sortie", { corps: SORTIE }),
  "GET /sorties": porte("lire les sorties", TOUS, DEPOT),
  "GET /sorties/{id}": porte("lire une sortie", TOUS, { id: "@sortie" }),
  "POST /sorties/{id}/valider": porte("valider une sortie", "valider_sortie", {
    id: "@brouillon",
    corps: {},
  }),
  "POST /sorties/{id}/rejeter": porte("rejeter une sortie", "valider_sortie", {
    id: "@brouillon",
    corps: { motif: "Erreur de saisie" },
  }),
  "GET /stocks/actuel": porte("lire le stock actuel", TOUS, CITERNE),
  "GET /stocks/journaliers": porte("lire le stock de chaque jour", TOUS, CITERNE),
  "GET /stocks/mouvements": porte("lire les mouvements de stock", TOUS, CITERNE),
  "GET /stocks/kpi": porte("lire le stock par produit", TOUS, DEPOT),
  "POST /stocks/ajustements": porte("ajuster un stock", "ajuster_stock", {
    corps: RELATIONS.stocks_adjustments!.exemple!,
  }),
  "POST /stocks/initiaux": porte("déclarer un stock initial", "ajuster_stock", {
    corps: { ...INITIAL, volume_ambiant: 10, volume_15c: 9, motif: "Essai de la matrice d'accès" },
  }),
  "POST /stocks/initiaux/{id}/partenaires": porte(
    "dire à quels partenaires était un stock initial",
    "ajuster_stock",
    {
      id: "@initial_partenaire",
      corps: { partenaires: [{ partenaire_id: "@partenaire", volume_ambiant: 1, volume_15c: 1 }] },
    },
  ),
  "POST /stocks/attributions": porte("attribuer à un partenaire ce qui n'est à personne", "ajuster_stock", {
    corps: {
      depot_id: "@depot",
      produit_id: "@produit",
      partenaire_id: "@partenaire",
      volume_15c: 1,
      motif: "Essai de la matrice d'accès",
    },
  }),
  "POST /stocks/cessions": porte("céder du carburant entre Monaluxe et un partenaire", "ceder_stock", {
    corps: {
      citerne_id: "@citerne",
      partenaire_id: "@partenaire",
      sens: "VERS_PARTENAIRE",
      nature: "VENTE",
      volume_15c: 1,
      motif: "Essai de la matrice d'accès",
    },
  }),
  "GET /stocks/cessions": porte("lire les cessions", TOUS, DEPOT),
  "POST /stocks/prets": porte("ouvrir un prêt", "ceder_stock", {
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
  "GET /stocks/prets": porte("lire les prêts", "lire_comptes_partenaires", DEPOT),
  "POST /stocks/prets/{id}/mouvements": porte("rattacher à un prêt ce qui l'a porté", "ceder_stock", {
    id: "@pret",
    corps: { mouvement_type: "SORTIE", mouvement_id: "@sortie_pretee" },
  }),
  "GET /stocks/prets-mouvements": porte(
    "lire ce qui a été prêté et rendu",
    "lire_comptes_partenaires",
    DEPOT,
  ),
  "GET /stocks/camions": porte("lire ce que les camions ont perdu en route", TOUS, DEPOT),
  "POST /stocks/periodes": porte("clore un jour ou un mois", "clore_periodes", {
    corps: { depot_id: "@depot", jour: "2020-02-02" },
  }),
  "POST /stocks/periodes/{id}/rouvrir": porte("rouvrir un jour ou un mois clos", "rouvrir_periodes", {
    id: "@periode",
    corps: { motif: "Essai de la matrice d'accès" },
  }),
  "GET /stocks/periodes": porte("lire les périodes closes", TOUS, DEPOT),
  "GET /stocks/comptes-partenaires": porte(
    "lire les comptes des partenaires",
    "lire_comptes_partenaires",
    DEPOT,
  ),
  "GET /stocks/partenaires/{id}/releve": porte("lire le relevé d'un partenaire", "lire_comptes_partenaires", {
    id: "@partenaire",
    query: { depot_id: "@depot", produit_id: "@produit" },
  }),
  "POST /stocks/transferts": porte("transférer entre deux citernes", "transferer_stock", {
    corps: RELATIONS.transferts!.exemple!,
  }),
  "GET /stocks/transferts": porte("lire les transferts", TOUS, DEPOT),
  "POST /stocks/transferts-depots": porte("expédier à un autre dépôt", "transferer_stock", {
    corps: {
      citerne_source_id: "@citerne",
      depot_destination_id: "@depot_lointain",
      volume_ambiant: 1,
      temperature_ambiante_c: 15,
    },
  }),
  "POST /stocks/transferts-depots/{id}/recevoir": porte("recevoir d'un autre dépôt", "transferer_stock", {
    id: "@transfert_attendu",
    corps: { citerne_id: "@citerne", volume_ambiant: 1, temperature_ambiante_c: 15 },
  }),
  "POST /stocks/transferts-depots/{id}/perdu": porte(
    "déclarer perdu un transfert entre dépôts",
    "ajuster_stock",
    { id: "@transfert_attendu", corps: { motif: "Essai de la matrice d'accès" } },
  ),
  "GET /stocks/transferts-depots": porte("lire les transferts entre dépôts", TOUS, DEPOT),
  "GET /stocks/transferts-depots/destinations": porte(
    "lire les dépôts où expédier",
    "transferer_stock",
    CITERNE,
  ),
  "GET /stocks/en-transit": porte("lire ce qui est en route entre dépôts", TOUS, DEPOT),
  "POST /stocks/prises-de-hauteur": porte("noter une prise de hauteur", "mesurer_citerne", {
    corps: RELATIONS.prises_de_hauteur!.exemple!,
  }),
  "POST /stocks/prises-de-hauteur/{id}/regulariser": porte(
    "passer en stock l'écart d'une prise de hauteur",
    "regulariser_stock",
    { id: "@prise_a_regulariser", corps: { motif: "Essai de la matrice d'accès" } },
  ),
  "GET /stocks/regularisations": porte("lire les régularisations", TOUS, DEPOT),
  "POST /referentiels/baremes": porte("préparer le barème d'une citerne", "tenir_baremes", { corps: BAREME }),
  "POST /referentiels/compteurs": porte("inscrire l'étalonnage d'un compteur", "tenir_compteurs", {
    corps: COMPTEUR,
  }),
  "POST /referentiels/depots-amis": porteCommune("inscrire un dépôt ami", "ecrire_referentiels", {
    corps: { nom: "@neuf" },
  }),
  "GET /referentiels/depots-amis": porteCommune("lire les dépôts amis", TOUS),
  "GET /referentiels/compteurs": porte("lire les compteurs", TOUS, CITERNE),
  "GET /referentiels/baremes": porte("lire les barèmes", TOUS, CITERNE),
  "GET /referentiels/baremes/{id}": porte("lire un barème", TOUS, { id: "@bareme" }),
  "GET /referentiels/baremes-points": porte("lire les points d'un barème", TOUS, DEPOT),
  "POST /referentiels/baremes/{id}/points.csv": porte("importer le barème d'une citerne", "tenir_baremes", {
    id: "@bareme",
    corps: { csv: POINTS },
  }),
  "POST /referentiels/baremes/{id}/activer": porte("mettre un barème en vigueur", "tenir_baremes", {
    id: "@bareme",
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
};
