// What an example of a door is. Those of a domain are a chapter: a story that is told in its order, to a depot of its own, by
// npm run exemples, which writes what was answered beside it; npm test tells it again.

export type Role = "admin" | "directeur" | "gerant" | "operateur" | "pca" | "lecture";

/**
 * A value as it is sent. « @camion.id » is the id that the answer named camion gave; « @aujourdhui » the day at the
 * depot, « @maintenant » this moment, « @bientot » one that is to come; « @totp(phone.secret) » the six digits that a
 * phone with this secret shows, and « @totp_suivant(…) » those of its next step.
 */
export type Valeur = string | number | boolean | null | Valeur[] | { [champ: string]: Valeur };
export type Valeurs = { [champ: string]: Valeur };

export interface Exemple {
  /** As the description names it: `POST /ventes/tarifs/{id}/clore`. */
  porte: string;
  /** Who asks; admin where nobody is said. */
  par?: Role;
  params?: Valeurs;
  query?: Valeurs;
  corps?: Valeurs;
  /** Of a door that takes a form: the file it comes with; its SHA-256 goes with the fields. */
  fichier?: { nom: string; type: string; texte: string };
  /** What later requests call the answer by. */
  nom?: string;
  /** Brings about what the next ones need: sent, and not published. */
  preparation?: true;
  /** Fields of the answer that the stack, the day or the release decides: shown, and held to their shape only. */
  varie?: string[];
  /** Fields, sent or answered, that are nobody's to read: what is shown instead. */
  tait?: Valeurs;
}

/** What the story finds when it begins: the places and names that every example speaks of. */
export const LIEUX = {
  depot: "11111111-1111-1111-1111-111111111111",
  kolwezi: "c5b1f0de-4f0c-4e0a-9a53-2f1d6a7b8c01",
  citerne_kolwezi: "c5b1f0de-4f0c-4e0a-9a53-2f1d6a7b8c02",
  gasoil: "22222222-2222-2222-2222-222222222222",
  tank1: "57da330a-1305-4582-be45-ceab0f1aa795",
  tank2: "905b3104-0324-4b5c-ba3d-ae1019746c70",
  tank3: "7bf64a46-ca77-4857-af89-2e14d9128473",
  tank4: "91d2078b-8e19-43c2-bf33-322a42cd4e94",
  tank5: "a76a08a6-9017-421e-b5d3-afe8129a8f9d",
  tank6: "6f3e0b4c-abfc-4b67-aaa0-2ca20a59ae1a",
  fournisseur: "8d0a3c1e-52b7-4c55-9d2f-0c6b4f6e1a01",
  client: "8d0a3c1e-52b7-4c55-9d2f-0c6b4f6e1a02",
  partenaire: "8d0a3c1e-52b7-4c55-9d2f-0c6b4f6e1a03",
  partenaire2: "8d0a3c1e-52b7-4c55-9d2f-0c6b4f6e1a04",
  ecart: "8d0a3c1e-52b7-4c55-9d2f-0c6b4f6e1a05",
  alerte: "8d0a3c1e-52b7-4c55-9d2f-0c6b4f6e1a06",
  alerte2: "8d0a3c1e-52b7-4c55-9d2f-0c6b4f6e1a07",
  envoi: "8d0a3c1e-52b7-4c55-9d2f-0c6b4f6e1a08",
} as const;

/** Gasoil as it is measured at the depot. */
export const GASOIL = {
  temperature_ambiante_c: 23.5,
  temperature_echantillon_c: 23.2,
  densite_observee_kgm3: 837.6,
} as const;

const prepare = (exemple: Omit<Exemple, "preparation">): Exemple => ({ ...exemple, preparation: true });

/** A truck that has come to the gate, called by this name. */
export const camionArrive = (
  nom: string,
  plaque_camion: string,
  volume: number,
  plus: Valeurs = {},
): Exemple[] => [
  prepare({
    porte: "POST /cours-de-route",
    par: "operateur",
    corps: {
      fournisseur_id: LIEUX.fournisseur,
      depot_destination_id: LIEUX.depot,
      produit_id: LIEUX.gasoil,
      plaque_camion,
      volume,
      date_chargement: "2026-01-05",
      ...plus,
    },
    nom,
  }),
  ...["TRANSIT", "FRONTIERE", "ARRIVE"].map((statut) =>
    prepare({
      porte: "POST /cours-de-route/{id}/statut",
      par: "operateur",
      params: { id: `@${nom}.id` },
      corps: { statut },
    })
  ),
];

/** A draft of a sortie out of a tank, called by this name. */
export const brouillon = (
  nom: string,
  citerne_id: string,
  volume_ambiant: number,
  plus: Valeurs = {},
): Exemple =>
  prepare({
    porte: "POST /sorties",
    par: "operateur",
    corps: { citerne_id, client_id: LIEUX.client, volume_ambiant, ...GASOIL, ...plus },
    nom,
  });

/** The same, validated. */
export const sortie = (
  nom: string,
  citerne_id: string,
  volume_ambiant: number,
  plus: Valeurs = {},
): Exemple[] => [
  brouillon(nom, citerne_id, volume_ambiant, plus),
  prepare({ porte: "POST /sorties/{id}/valider", par: "gerant", params: { id: `@${nom}.id` }, corps: {} }),
];

export { prepare };
