// Words of the doors themselves, in French. The refusals of the rules carry their own sentence, from SQL
// (private.refus): no code stands in both places.

export const PORTE = {
  VALIDATION: {
    statut: 422,
    titre: "Demande invalide",
    phrase: "Certains champs sont absents ou mal remplis.",
  },
  NON_AUTHENTIFIE: {
    statut: 401,
    titre: "Non authentifié",
    phrase: "Connectez-vous : votre session est absente, expirée ou invalide.",
  },
  PORTE_INCONNUE: {
    statut: 404,
    titre: "Adresse inconnue",
    phrase: "Cette adresse ne correspond à aucune action.",
  },
  DEMANDE_TROP_GRANDE: { statut: 413, titre: "Demande trop grande", phrase: "La demande dépasse 1 Mo." },
  DELAI_DEPASSE: {
    statut: 503,
    titre: "Délai dépassé",
    phrase: "La demande a pris trop de temps. Rien n'a été enregistré : réessayez dans un instant.",
  },
  SERVICE_INDISPONIBLE: {
    statut: 503,
    titre: "Service indisponible",
    phrase: "Le service est momentanément indisponible. Rien n'a été enregistré : réessayez dans un instant.",
  },
  RESULTAT_INCONNU: {
    statut: 503,
    titre: "Résultat inconnu",
    phrase: "La connexion s'est perdue au moment d'enregistrer : renvoyez la même demande, même clé ; " +
      "elle ne comptera qu'une fois.",
  },
  RESULTAT_INCONNU_SANS_CLE: {
    statut: 503,
    titre: "Résultat inconnu",
    phrase: "La connexion s'est perdue au moment d'enregistrer, et cette demande n'avait pas de clé : " +
      "regardez d'abord si elle a été enregistrée, puis renvoyez-la seulement si elle ne l'est pas.",
  },
  INTERNE: {
    statut: 500,
    titre: "Erreur interne",
    phrase: "Une erreur inattendue est survenue. Rien n'a été enregistré. Signalez le numéro de demande.",
  },
} as const;

export type CodePorte = keyof typeof PORTE;

export const CHAMP = {
  reference: "cette fiche n'existe pas",
  valeur: "valeur hors des limites admises",
  requis: "champ obligatoire",
  inconnu: "champ inconnu",
  doublon: "cette valeur existe déjà",
  email: "cette adresse n'est pas acceptée",
  json: "le corps de la demande n'est pas du JSON valide",
  profondeur: "le corps de la demande est trop imbriqué",
  objet: "le corps de la demande doit être un objet JSON",
  curseur: "ce curseur n'est pas de cette liste ainsi filtrée : reprenez-la depuis le début",
  jour: "cette date est hors du temps de ce dépôt : vérifiez l'année",
  parametre: "paramètre inconnu de cette adresse",
  repete: "ce paramètre ne se donne qu'une fois",
  version: "la version lue s'écrit entre guillemets, telle que ETag la donne",
  temoin: "indiquez le bloc et son empreinte, ou ni l'un ni l'autre",
  cle: "la clé d'idempotence compte de 1 à 255 caractères visibles",
} as const;

/** Title of a refusal by its HTTP status. */
export const TITRE_PAR_STATUT: Record<number, string> = {
  403: "Action interdite",
  404: "Introuvable",
  409: "Action impossible dans l'état actuel",
  412: "Version périmée",
  422: "Demande refusée",
  423: "Saisies suspendues",
  429: "Trop de demandes",
};
