// Words of the doors themselves, in French. The refusals of the rules carry their own sentence, from SQL
// (private.refus): no code stands in both places.

export const PORTE = {
  VALIDATION: {
    statut: 422,
    titre: "Demande invalide",
    phrase: "Certains champs sont absents ou mal remplis.",
    sens:
      "La demande n'a pas la forme attendue, ou nomme une fiche qui n'existe pas ; errors dit chaque champ.",
    conduite: "Corriger les champs cités dans errors, puis renvoyer.",
  },
  NON_AUTHENTIFIE: {
    statut: 401,
    titre: "Non authentifié",
    phrase: "Connectez-vous : votre session est absente, expirée ou invalide.",
    sens: "La demande n'a pas de jeton, ou le sien est expiré, altéré ou d'un autre projet.",
    conduite: "Se reconnecter, puis renvoyer la demande.",
  },
  PORTE_INCONNUE: {
    statut: 404,
    titre: "Adresse inconnue",
    phrase: "Cette adresse ne correspond à aucune action.",
    sens: "Aucune porte n'a cette adresse et cette méthode.",
    conduite: "Comparer à la description : GET ops/openapi.json.",
  },
  CODE_INCONNU: {
    statut: 404,
    titre: "Code inconnu",
    phrase: "Aucun refus ne porte ce code.",
    sens: "L'adresse nomme un code qui n'est pas au catalogue.",
    conduite: "Lire la liste des codes : GET ops/codes.",
  },
  REPONSE_MONTREE: {
    statut: 409,
    titre: "Réponse déjà montrée",
    phrase:
      "La réponse à cette demande contenait un secret, qui ne se montre qu'une fois : recommencez, avec une " +
      "autre clé. Ce qui avait été donné ne vaudra plus.",
    sens:
      "La même Idempotency-Key a déjà servi à une demande dont la réponse, secrète, n'est gardée nulle part.",
    conduite: "Si la réponse s'est perdue, refaire la demande avec une autre clé.",
  },
  DEMANDE_TROP_GRANDE: {
    statut: 413,
    titre: "Demande trop grande",
    phrase: "La demande dépasse 1 Mo.",
    sens: "Le corps de la demande dépasse 1 Mo.",
    conduite: "Envoyer en plusieurs demandes.",
  },
  DEMANDE_INCOMPLETE: {
    statut: 408,
    titre: "Demande incomplète",
    phrase:
      "La demande n'est pas arrivée en entier. Rien n'a été enregistré : vérifiez la connexion, puis renvoyez-la.",
    sens:
      "Le corps de la demande s'est interrompu, ou n'arrive plus : il a 15 s, et une de plus par kilooctet reçu.",
    conduite: "Renvoyer la même demande, avec la même Idempotency-Key, quand la connexion est rétablie.",
  },
  SIGNATURE_INVALIDE: {
    statut: 400,
    titre: "Signature invalide",
    phrase: "Cet événement n'est pas signé par le prestataire, ou l'est depuis trop longtemps.",
    sens:
      "La signature d'un événement de paiement manque, n'est d'aucun de nos secrets, ou date de plus de 300 s.",
    conduite:
      "Comparer STRIPE_WEBHOOK_SECRET à celui du prestataire, et les horloges : npm run ops -- paiements:verifier.",
  },
  PRESTATAIRE_INDISPONIBLE: {
    statut: 503,
    titre: "Prestataire de paiement indisponible",
    phrase: "Le prestataire de paiement ne répond pas. Aucun argent n'a bougé : réessayez dans un instant.",
    sens: "Le prestataire ne répond pas, refuse notre clé, ou n'est pas réglé.",
    conduite: "Réessayer ; si cela dure, npm run ops -- paiements:verifier dit ce qui manque.",
  },
  DELAI_DEPASSE: {
    statut: 503,
    titre: "Délai dépassé",
    phrase: "La demande a pris trop de temps. Rien n'a été enregistré : réessayez dans un instant.",
    sens: "La base n'a pas répondu ou obtenu un verrou à temps ; tout a été défait.",
    conduite: "Renvoyer la même demande, avec la même Idempotency-Key.",
  },
  SATURATION: {
    statut: 503,
    titre: "Trop de demandes à la fois",
    phrase: "Trop de demandes arrivent en même temps. Rien n'a été enregistré : réessayez dans un instant.",
    sens:
      "La fonction a déjà en main autant de demandes qu'elle en peut servir à temps ; celle-ci n'a pas été commencée.",
    conduite: "Renvoyer la même demande après le délai de Retry-After, avec la même Idempotency-Key.",
  },
  SERVICE_INDISPONIBLE: {
    statut: 503,
    titre: "Service indisponible",
    phrase: "Le service est momentanément indisponible. Rien n'a été enregistré : réessayez dans un instant.",
    sens: "La base est injoignable, redémarre ou est saturée ; tout a été défait.",
    conduite:
      "Renvoyer la même demande dans un instant, avec la même Idempotency-Key. Si cela dure : GET ops/ready, puis l'exploitation.",
  },
  RESULTAT_INCONNU: {
    statut: 503,
    titre: "Résultat inconnu",
    phrase: "La base n'a pas confirmé l'enregistrement : renvoyez la même demande, même clé ; " +
      "elle ne comptera qu'une fois.",
    sens:
      "La base a été perdue, ou n'a pas répondu à temps, au moment où elle enregistrait (une base de secours synchrone absente la " +
      "fait attendre) : on ne sait pas si c'est fait. La clé d'idempotence tranche.",
    conduite: "Renvoyer la même demande avec la même Idempotency-Key : elle ne compte qu'une fois.",
  },
  RESULTAT_INCONNU_SANS_CLE: {
    statut: 503,
    titre: "Résultat inconnu",
    phrase: "La base n'a pas confirmé l'enregistrement, et cette demande n'avait pas de clé : " +
      "regardez d'abord si elle a été enregistrée, puis renvoyez-la seulement si elle ne l'est pas.",
    sens:
      "La base a été perdue, ou n'a pas répondu à temps, au moment où elle enregistrait, et la demande n'avait pas de clé : on ne " +
      "sait pas si c'est fait.",
    conduite:
      "Chercher d'abord ce qui devait être enregistré ; ne renvoyer que si cela n'y est pas. La prochaine fois, envoyer une Idempotency-Key.",
  },
  ACTE_NON_TRAITE: {
    statut: 503,
    titre: "Acte pas encore traité",
    phrase:
      "Le temps de cet envoi s'est écoulé, ou le service s'est interrompu, avant la fin de cet acte : " +
      "renvoyez le même lot.",
    sens:
      "Un lot d'actes faits sans ligne s'arrête après 20 secondes, ou quand une porte ne peut pas répondre.",
    conduite: "Renvoyer le même lot, sans rien y changer : ce qui est fait ne se refait pas.",
  },
  INTERNE: {
    statut: 500,
    titre: "Erreur interne",
    phrase: "Une erreur inattendue est survenue. Rien n'a été enregistré. Signalez le numéro de demande.",
    sens: "Un cas que personne n'a prévu : c'est un défaut. Tout a été défait.",
    conduite: "Signaler le numéro de demande (x-request-id) : il est dans les journaux des fonctions.",
  },
} as const;

export type CodePorte = keyof typeof PORTE;

export const CHAMP = {
  reference: "cette fiche n'existe pas",
  valeur: "valeur hors des limites admises",
  requis: "champ obligatoire",
  date: "une date est attendue, écrite 2026-11-28",
  moment: "un moment est attendu, écrit 2026-11-28T14:03:20+02:00",
  identifiant: "un identifiant est attendu, tel que la liste le donne",
  nombre: "un nombre est attendu",
  entier: "un nombre entier est attendu",
  texte: "un texte est attendu",
  oui_non: "oui ou non est attendu : true ou false",
  liste: "une liste est attendue",
  champs: "des champs nommés sont attendus",
  parmi: "une de ces valeurs est attendue",
  forme: "ce n'est pas la forme attendue",
  inconnu: "champ inconnu",
  doublon: "cette valeur existe déjà",
  code: "six chiffres sont attendus",
  devise: "trois majuscules sont attendues, comme USD",
  email: "cette adresse n'est pas acceptée",
  illisible: "ce texte contient des caractères que personne ne voit : ressaisissez-le",
  utf8: "le corps de la demande n'est pas du texte UTF-8 valide",
  json: "le corps de la demande n'est pas du JSON valide",
  profondeur: "le corps de la demande est trop imbriqué",
  formulaire: "un formulaire (multipart/form-data) est attendu, avec un fichier nommé fichier",
  objet: "le corps de la demande doit être un objet JSON",
  curseur: "ce curseur n'est pas de cette liste ainsi filtrée : reprenez-la depuis le début",
  jour: "cette date est hors du temps de ce dépôt : vérifiez l'année",
  parametre: "paramètre inconnu de cette adresse",
  deux_fois: "ce champ est donné deux fois : donnez-lui une seule valeur",
  repete: "ce paramètre ne se donne qu'une fois",
  version: "la version lue s'écrit entre guillemets, telle que ETag la donne",
  sans_version: "cette adresse ne décide d'aucune version : renvoyez sans If-Match",
  temoin: "indiquez le bloc et son empreinte, ou ni l'un ni l'autre",
  objet_a_demi: "indiquez l'objet et son type, ou ni l'un ni l'autre",
  hors_ligne: "cet acte ne se fait pas sans ligne : refaites-le une fois connecté",
  reference_acte: "l'acte cité n'a pas donné cette fiche",
  cle: "la clé d'idempotence compte de 1 à 255 caractères visibles",
} as const;

/** Title of a refusal by its HTTP status. */
export const TITRE_PAR_STATUT: Record<number, string> = {
  403: "Action interdite",
  404: "Introuvable",
  409: "Action impossible dans l'état actuel",
  412: "Version périmée",
  413: "Fichier trop gros",
  415: "Type de fichier refusé",
  422: "Demande refusée",
  423: "Saisies suspendues",
  429: "Trop de demandes",
};
