import { camionArrive, type Exemple, GASOIL, LIEUX, prepare, sortie } from "../exemple.ts";

const ici = { depot_id: LIEUX.depot };
const compte = { ...ici, produit_id: LIEUX.gasoil };

const actuel: Exemple[] = [
  { porte: "GET /stocks/actuel", par: "lecture", query: { citerne_id: LIEUX.tank1 } },
  { porte: "GET /stocks/citernes", par: "lecture", query: { citerne_id: LIEUX.tank1 } },
  {
    porte: "GET /stocks/journaliers",
    par: "lecture",
    query: { citerne_id: LIEUX.tank1, du: "2026-01-10", au: "2026-01-10" },
  },
  {
    porte: "GET /stocks/mouvements",
    par: "lecture",
    query: { citerne_id: LIEUX.tank1, mouvement_type: "RECEPTION", au: "2026-01-31" },
  },
  { porte: "GET /stocks/kpi", par: "pca", query: ici },
  { porte: "GET /stocks/camions", par: "gerant", query: ici },
];

const corrections: Exemple[] = [
  {
    porte: "POST /stocks/ajustements",
    corps: {
      mouvement_type: "RECEPTION",
      mouvement_id: "@reception.id",
      delta_ambiant: -12,
      delta_15c: -12,
      reason: "Erreur de lecture de l'index après",
    },
  },
  {
    porte: "POST /stocks/initiaux",
    corps: {
      citerne_id: LIEUX.tank3,
      proprietaire_type: "PARTENAIRE",
      volume_ambiant: 20000,
      volume_15c: 19860,
      motif: "Inventaire d'ouverture du dépôt",
      date_jour: "2026-01-02",
    },
    nom: "initial",
  },
  {
    porte: "POST /stocks/initiaux/{id}/partenaires",
    params: { id: "@initial.id" },
    corps: { partenaires: [{ partenaire_id: LIEUX.partenaire2, volume_ambiant: 5000, volume_15c: 4965 }] },
  },
  {
    porte: "POST /stocks/attributions",
    corps: {
      ...compte,
      partenaire_id: LIEUX.partenaire,
      volume_15c: 1000,
      motif: "Part reconnue après rapprochement",
    },
  },
  {
    porte: "POST /stocks/transferts",
    par: "gerant",
    corps: {
      citerne_source_id: LIEUX.tank1,
      citerne_destination_id: LIEUX.tank2,
      volume_ambiant: 3000,
      ...GASOIL,
    },
  },
  { porte: "GET /stocks/transferts", par: "gerant", query: ici },
];

const expedier = (nom: string) => ({
  porte: "POST /stocks/transferts-depots",
  par: "gerant" as const,
  corps: {
    citerne_source_id: LIEUX.tank1,
    depot_destination_id: LIEUX.kolwezi,
    volume_ambiant: 1000,
    ...GASOIL,
    plaque_camion: "2468MN05",
  },
  nom,
});

const entreDepots: Exemple[] = [
  expedier("transfert"),
  prepare(expedier("disparu")),
  prepare(expedier("en_chemin")),
  { porte: "GET /stocks/transferts-depots", par: "gerant", query: ici },
  {
    porte: "GET /stocks/transferts-depots/destinations",
    par: "gerant",
    query: { citerne_id: LIEUX.tank1 },
  },
  { porte: "GET /stocks/en-transit", par: "gerant", query: ici },
  {
    porte: "POST /stocks/transferts-depots/{id}/recevoir",
    params: { id: "@transfert.id" },
    corps: { citerne_id: LIEUX.citerne_kolwezi, volume_ambiant: 998, ...GASOIL },
  },
  {
    porte: "POST /stocks/transferts-depots/{id}/perdu",
    params: { id: "@disparu.id" },
    corps: { motif: "Camion incendié sur la route de Likasi" },
  },
];

const jaugeage: Exemple[] = [
  ...camionArrive("pour_tank6", "1357PQ05", 12000),
  prepare({
    porte: "POST /receptions",
    par: "operateur",
    corps: {
      cours_de_route_id: "@pour_tank6.id",
      citerne_id: LIEUX.tank6,
      volume_ambiant: 12000,
      ...GASOIL,
      date_reception: "2026-01-11",
    },
  }),
  {
    porte: "POST /stocks/prises-de-hauteur",
    par: "operateur",
    corps: {
      citerne_id: LIEUX.tank6,
      hauteur_totale_mm: 120,
      hauteur_eau_mm: 2,
      temperature_c: 24,
      densite_a_15_kgm3: 843.3,
    },
    nom: "prise",
  },
  { porte: "GET /stocks/ecarts", par: "gerant", query: { citerne_id: LIEUX.tank6 } },
  {
    porte: "POST /stocks/prises-de-hauteur/{id}/regulariser",
    params: { id: "@prise.prise_de_hauteur_id" },
    corps: { motif: "Écart constaté au jaugeage du mois" },
  },
  { porte: "GET /stocks/regularisations", par: "gerant", query: { citerne_id: LIEUX.tank6 } },
];

const pret = (nom: string) => ({
  porte: "POST /stocks/prets",
  par: "gerant" as const,
  corps: {
    ...compte,
    partenaire_id: LIEUX.partenaire,
    sens: "PRETE",
    quantite_15c: 500,
    echeance: "2035-01-01",
    motif: "Dépannage avant l'arrivée de son camion",
  },
  nom,
});

const partenaires: Exemple[] = [
  prepare({
    porte: "POST /receptions",
    par: "operateur",
    corps: {
      citerne_id: LIEUX.tank1,
      proprietaire_type: "PARTENAIRE",
      partenaire_id: LIEUX.partenaire,
      volume_ambiant: 8000,
      ...GASOIL,
    },
  }),
  pret("pret"),
  prepare(pret("rendu")),
  {
    porte: "POST /stocks/cessions",
    par: "gerant",
    corps: {
      citerne_id: LIEUX.tank1,
      partenaire_id: LIEUX.partenaire,
      sens: "VERS_PARTENAIRE",
      nature: "EMPRUNT",
      volume_15c: 100,
      pret_id: "@pret.id",
      motif: "Cent litres en attendant son camion",
    },
  },
  { porte: "GET /stocks/cessions", par: "gerant", query: ici },
  { porte: "GET /stocks/prets", par: "gerant", query: { partenaire_id: LIEUX.partenaire } },
  ...sortie("emportee", LIEUX.tank1, 50, { client_id: null, partenaire_id: LIEUX.partenaire }),
  {
    porte: "POST /stocks/prets/{id}/mouvements",
    par: "gerant",
    params: { id: "@rendu.id" },
    corps: { mouvement_type: "SORTIE", mouvement_id: "@emportee.id" },
  },
  { porte: "GET /stocks/prets-mouvements", par: "gerant", query: { pret_id: "@rendu.id" } },
  { porte: "GET /stocks/comptes-partenaires", par: "gerant", query: { partenaire_id: LIEUX.partenaire } },
  {
    porte: "GET /stocks/partenaires/{id}/releve",
    par: "gerant",
    params: { id: LIEUX.partenaire },
    query: compte,
  },
];

const periodes: Exemple[] = [
  { porte: "POST /stocks/periodes", par: "gerant", corps: { ...ici, jour: "2020-03-01" } },
  { porte: "GET /stocks/periodes", par: "gerant", query: ici },
  prepare({
    porte: "POST /stocks/periodes",
    par: "gerant",
    corps: { ...ici, jour: "2020-03-02" },
    nom: "close",
  }),
  {
    porte: "POST /stocks/periodes/{id}/rouvrir",
    params: { id: "@close.id" },
    corps: { motif: "Une réception de ce jour a été oubliée" },
  },
];

export const exemples: Exemple[] = [
  ...actuel,
  ...corrections,
  ...entreDepots,
  ...jaugeage,
  ...partenaires,
  ...periodes,
];
