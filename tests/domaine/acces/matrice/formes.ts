// What the lines of the matrix are made of: their types, the rights and rows that many share.
import { ceuxQui, PERSONNE, TOUS } from "../acteurs.ts";
import type { Role } from "../../../../ops/pile/demo_users.ts";
import type { Valeurs } from "../decor.ts";

export type Roles = readonly Role[];
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

export const ecrit = (lignes: Partial<Relation>) => ({
  lire: PERSONNE,
  creer: PERSONNE,
  modifier: PERSONNE,
  supprimer: PERSONNE,
  service: ["lire"] as const,
  ...lignes,
});

/** Rows that everyone who may read them reads all of. */
export const commun = (dit: string, ou: Valeurs, droits: Partial<Relation>): Relation => ({
  ...ecrit(droits),
  dit,
  ou,
  parDepot: false,
});

/** Rows of a depot. */
export const duDepot = (dit: string, ou: Valeurs, droits: Partial<Relation>): Relation => ({
  ...ecrit(droits),
  dit,
  ou,
  parDepot: true,
});

export const LIRE = { lire: TOUS };
export const COMPTES_PARTENAIRES = { lire: ceuxQui("lire_comptes_partenaires") };
export const TOUT: Verbe[] = ["lire", "creer", "modifier", "supprimer"];
export const REFERENTIEL = {
  creer: ceuxQui("ecrire_referentiels"),
  modifier: ceuxQui("ecrire_referentiels"),
  supprimer: ceuxQui("ecrire_referentiels"),
  service: TOUT,
};

export const VENTES = { lire: ceuxQui("lire_ventes") };
export const CAISSE = { lire: ceuxQui("lire_caisse") };

export const SORTIE = {
  citerne_id: "@citerne",
  client_id: "@client",
  volume_ambiant: 1,
  temperature_ambiante_c: 15,
} satisfies Valeurs;

export const BAREME = {
  citerne_id: "@citerne",
  certificat: "Essai de la matrice",
  valide_du: "2026-01-01",
  hauteur_max_mm: 1000,
} satisfies Valeurs;

export const COMPTEUR = {
  numero: "@neuf",
  citerne_id: "@citerne",
  facteur: 0.9985,
  valide_du: "2026-01-01",
  certificat: "Essai de la matrice",
} satisfies Valeurs;

export const FICHIER = "hauteur;volume\n0;0\n";
export const EMPREINTE = "f25b123ce4db9f4a83fbdb0160d4b0697b20168c0bd3ac3d9280a8659bf9663f";

export const POINTS = "hauteur_mm;volume_l\n0;0\n1000;1000";

export const acte = (dit: string, roles: Roles, args: Valeurs): Fonction => ({
  dit,
  roles,
  arguments: args,
  parDepot: true,
});
export const declencheur = (dit: string): Fonction => ({
  dit,
  roles: PERSONNE,
  arguments: {},
  parDepot: false,
  declencheur: true,
});

export const argent = (dit: string, args: Valeurs): Fonction => ({
  dit,
  roles: ceuxQui("ecrire_factures_fournisseur"),
  arguments: args,
  parDepot: false,
});

export const achat = (dit: string, capacite: string, args: Valeurs): Fonction => ({
  dit,
  roles: ceuxQui(capacite),
  arguments: args,
  parDepot: false,
});
export const SBLC = {
  fournisseur_id: "@fournisseur",
  banque: "@neuf",
  reference: "@neuf",
  montant: 1,
  date_debut: "2026-01-01",
  date_fin: "2026-12-31",
} satisfies Valeurs;
export const PROFORMA = {
  fournisseur_id: "@fournisseur",
  produit_id: "@produit",
  reference: "@neuf",
  date_proforma: "2026-01-15",
  quantite: 10,
  prix_usd: 1,
} satisfies Valeurs;
export const CHARGEMENT = { bl_numero: "@neuf", date_bl: "2026-01-15", quantite: 10 } satisfies Valeurs;
export const ANALYSE = {
  objet_type: "CITERNE",
  objet_id: "@citerne",
  parametre: "@neuf",
  valeur: 1,
} satisfies Valeurs;
export const ECART = {
  domaine: "DEPOT",
  type: "LOGISTIQUE",
  reference_type: "CDR",
  reference_id: "@cdr",
  justification: "Essai de la matrice",
} satisfies Valeurs;
export const commune = (dit: string, roles: Roles, args: Valeurs): Fonction => ({
  dit,
  roles,
  arguments: args,
  parDepot: false,
});

export const INITIAL = { citerne_id: "@citerne_vide", proprietaire_type: "PARTENAIRE" } satisfies Valeurs;

/** A door that reads or writes things of a depot. */
export const porte = (dit: string, roles: Roles, demande: Partial<Porte> = {}): Porte => ({
  dit,
  roles,
  parDepot: true,
  ...demande,
});
/** A door whose answer is no depot's. */
export const porteCommune = (dit: string, roles: Roles | "public", demande: Partial<Porte> = {}): Porte => ({
  dit,
  roles,
  parDepot: false,
  ...demande,
});
export const argentPorte = (dit: string, demande: Partial<Porte>): Porte =>
  porteCommune(dit, ceuxQui("ecrire_factures_fournisseur"), demande);
export const achatPorte = (dit: string, capacite: string, demande: Partial<Porte> = {}): Porte =>
  porteCommune(dit, ceuxQui(capacite), demande);
export const DEPOT: Partial<Porte> = { query: { depot_id: "@depot" } };
export const CITERNE: Partial<Porte> = { query: { citerne_id: "@citerne" } };
