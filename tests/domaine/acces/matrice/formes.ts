// What the lines of the matrix are made of: their types, the rights and rows that many share.
import { ceuxQui, PERSONNE, TOUS } from "../acteurs.ts";
import type { Role } from "../../../../ops/pile/demo_users.ts";
import type { Valeurs } from "../decor.ts";

export type Roles = readonly Role[];
/** Who may: those who have this capability, or these. */
type Qui = string | Roles;
const rolesDe = (qui: Qui): Roles => typeof qui === "string" ? ceuxQui(qui) : qui;

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

type Droits = Partial<Omit<Relation, Verbe>> & Partial<Record<Verbe, Qui>>;

/** What may be done with these rows; of those that are read and no more, who may. */
const relation = (parDepot: boolean) => (dit: string, ou: Valeurs, droits: Droits | Qui): Relation => {
  const dits: Droits = typeof droits === "string" || droits instanceof Array
    ? { lire: droits }
    : droits as Droits;
  const { lire = PERSONNE, creer = PERSONNE, modifier = PERSONNE, supprimer = PERSONNE } = dits;
  return {
    service: ["lire"],
    ...dits,
    ...{ dit, ou, parDepot },
    lire: rolesDe(lire),
    creer: rolesDe(creer),
    modifier: rolesDe(modifier),
    supprimer: rolesDe(supprimer),
  };
};

/** Rows that everyone who may read them reads all of. */
export const commun = relation(false);

/** Rows of a depot. */
export const duDepot = relation(true);

export const LIRE = { lire: TOUS };
export const TOUT: Verbe[] = ["lire", "creer", "modifier", "supprimer"];
export const REFERENTIEL = {
  creer: "ecrire_referentiels",
  modifier: "ecrire_referentiels",
  supprimer: "ecrire_referentiels",
  service: TOUT,
};

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

const fonction = (parDepot: boolean) => (dit: string, qui: Qui, args: Valeurs): Fonction => ({
  dit,
  roles: rolesDe(qui),
  arguments: args,
  parDepot,
});
/** What is done of one depot, and what is of none. */
export const acte = fonction(true);
export const commune = fonction(false);

export const declencheur = (dit: string): Fonction => ({
  dit,
  roles: PERSONNE,
  arguments: {},
  parDepot: false,
  declencheur: true,
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

export const INITIAL = { citerne_id: "@citerne_vide", proprietaire_type: "PARTENAIRE" } satisfies Valeurs;

/** `id`: of what the address names. */
type Demande = Partial<Porte> & { id?: string };
const laPorte = (parDepot: boolean) => (dit: string, qui: Qui, { id, ...demande }: Demande = {}): Porte => ({
  dit,
  roles: qui === "public" ? qui : rolesDe(qui),
  parDepot,
  ...(id !== undefined && { params: { id } }),
  ...demande,
});
/** A door that reads or writes things of a depot. */
export const porte = laPorte(true);
/** A door whose answer is no depot's. */
export const porteCommune = laPorte(false);
export const DEPOT: Partial<Porte> = { query: { depot_id: "@depot" } };
export const CITERNE: Partial<Porte> = { query: { citerne_id: "@citerne" } };
