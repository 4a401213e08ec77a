// The database taken over from: its tables and columns. What a dump holds beside these is counted and said, never run.

export type TypeColonne =
  | "uuid"
  | "text"
  | "float8"
  | "numeric"
  | "date"
  | "timestamptz"
  | "jsonb"
  | "boolean";

interface Table {
  /** Without one of these it is another database. */
  requises: Record<string, TypeColonne>;
  /** Came with a later migration of the old project, or went with one. */
  possibles?: Record<string, TypeColonne>;
  /** Came late: a dump from before has none. */
  facultative?: true;
}

const TIERS: Table = {
  requises: { id: "uuid", nom: "text", created_at: "timestamptz" },
  possibles: {
    contact_personne: "text",
    email: "text",
    telephone: "text",
    adresse: "text",
    pays: "text",
    note_supplementaire: "text",
  },
};

const MESURES: Record<string, TypeColonne> = {
  partenaire_id: "uuid",
  volume_15c: "float8",
  volume_observe: "float8",
  densite_a_15: "float8",
  densite_a_15_kgm3: "float8",
  densite_a_15_g_cm3: "float8",
  densite_observee_kgm3: "float8",
  note: "text",
  created_by: "uuid",
  validated_by: "uuid",
};
const MOUVEMENT: Record<string, TypeColonne> = {
  id: "uuid",
  citerne_id: "uuid",
  produit_id: "uuid",
  proprietaire_type: "text",
  index_avant: "float8",
  index_apres: "float8",
  volume_ambiant: "float8",
  volume_corrige_15c: "float8",
  temperature_ambiante_c: "float8",
  statut: "text",
  created_at: "timestamptz",
};
const COMPTE: Record<string, TypeColonne> = {
  citerne_id: "uuid",
  produit_id: "uuid",
  proprietaire_type: "text",
  stock_ambiant: "float8",
  stock_15c: "float8",
};

/** In the order a reader meets them; their keys are the tables of `public`. */
export const ANCIENNE: Record<string, Table> = {
  depots: {
    requises: { id: "uuid", nom: "text", created_at: "timestamptz" },
    possibles: { adresse: "text" },
  },
  produits: {
    requises: { id: "uuid", nom: "text", code: "text", created_at: "timestamptz" },
    possibles: { description: "text", actif: "boolean" },
  },
  citernes: {
    requises: {
      id: "uuid",
      depot_id: "uuid",
      produit_id: "uuid",
      nom: "text",
      capacite_totale: "float8",
      capacite_securite: "float8",
      statut: "text",
      created_at: "timestamptz",
    },
    possibles: { localisation: "text" },
  },
  clients: TIERS,
  fournisseurs: TIERS,
  partenaires: {
    requises: { id: "uuid", nom: "text", created_at: "timestamptz" },
    possibles: { contact: "text", email: "text", telephone: "text" },
  },
  profils: {
    requises: { id: "uuid", user_id: "uuid", role: "text", depot_id: "uuid", created_at: "timestamptz" },
    possibles: { nom_complet: "text", email: "text" },
  },
  fournisseur_lot: {
    requises: {
      id: "uuid",
      fournisseur_id: "uuid",
      produit_id: "uuid",
      reference: "text",
      statut: "text",
      created_at: "timestamptz",
    },
    possibles: { date_lot: "date", note: "text", updated_at: "timestamptz" },
    facultative: true,
  },
  cours_de_route: {
    requises: {
      id: "uuid",
      fournisseur_id: "uuid",
      depot_destination_id: "uuid",
      produit_id: "uuid",
      plaque_camion: "text",
      date_chargement: "date",
      volume: "numeric",
      statut: "text",
      created_at: "timestamptz",
    },
    possibles: {
      fournisseur_lot_id: "uuid",
      plaque_remorque: "text",
      chauffeur_nom: "text",
      transporteur: "text",
      depart_pays: "text",
      note: "text",
    },
  },
  receptions: {
    requises: { ...MOUVEMENT, cours_de_route_id: "uuid", date_reception: "date" },
    possibles: MESURES,
  },
  sorties_produit: {
    requises: { ...MOUVEMENT, client_id: "uuid", date_sortie: "timestamptz" },
    possibles: {
      ...MESURES,
      chauffeur_nom: "text",
      plaque_camion: "text",
      plaque_remorque: "text",
      transporteur: "text",
    },
  },
  stocks_adjustments: {
    requises: {
      id: "uuid",
      mouvement_type: "text",
      mouvement_id: "uuid",
      delta_ambiant: "float8",
      delta_15c: "float8",
      reason: "text",
      created_by: "uuid",
      created_at: "timestamptz",
      citerne_id: "uuid",
      produit_id: "uuid",
      proprietaire_type: "text",
    },
    possibles: { depot_id: "uuid" },
  },
  stocks_snapshot: {
    requises: { ...COMPTE, last_movement_at: "timestamptz" },
    possibles: { depot_id: "uuid", updated_at: "timestamptz" },
  },
  stocks_journaliers: {
    requises: { ...COMPTE, date_jour: "date" },
    possibles: { depot_id: "uuid", source: "text" },
  },
  prises_de_hauteur: {
    requises: { id: "uuid", citerne_id: "uuid", volume_mesure: "float8", created_at: "timestamptz" },
    possibles: { note: "text" },
  },
  log_actions: {
    requises: {
      id: "uuid",
      user_id: "uuid",
      action: "text",
      module: "text",
      niveau: "text",
      details: "jsonb",
      created_at: "timestamptz",
    },
    possibles: { cible_id: "uuid" },
  },
};

/** What this database makes anew of the movements: read to be compared, and no row of it is taken over. */
export const CALCULEES = ["stocks_snapshot", "stocks_journaliers"];

/** Tables of the old project whose rows nobody validated by our rules: kept row by row in the log, to be entered again. */
export const CONSERVEES = [
  "fournisseur_facture_lot_min",
  "fournisseur_paiement_lot_min",
  "system_alerts",
];

/** Of the platform's accounts, who may sign in and how. */
export const COMPTES = ["users", "identities"];

export const colonnesConnues = (table: string): Record<string, TypeColonne> => ({
  ...ANCIENNE[table]?.requises,
  ...ANCIENNE[table]?.possibles,
});
