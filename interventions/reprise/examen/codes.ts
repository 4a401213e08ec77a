// Every anomaly the takeover knows: what it is, what may be done of it, and what is proposed.

interface Nature {
  /** What a person reads above its rows. */
  titre: string;
  /** What may be decided, and what each does; the first is the proposal. */
  choix: Record<string, string>;
}

const garder = (quoi: string) => ({ garder: quoi });
const ECARTER = "la ligne n'est pas reprise comme telle : elle est conservée entière dans le journal";
const AJUSTER = "un ajustement motivé, au nom du compte « reprise »";
const CROIRE = "les mouvements font foi : l'ancien stock affiché n'est pas suivi";

export const NATURES = {
  // Reference data
  NOM_VIDE: { titre: "Un nom vide", choix: { nommer: "« Sans nom », suivi du début de l'identifiant" } },
  NOM_EN_DOUBLE: {
    titre: "Deux lignes du même nom, à la casse et aux espaces près",
    choix: {
      suffixer: "les deux sont gardées, la seconde suivie d'un numéro",
      fusionner: "la seconde n'est pas reprise, tout ce qui la cite cite la première",
    },
  },
  NOM_PROCHE: {
    titre: "Deux noms qui ne diffèrent que par les accents ou la ponctuation",
    choix: {
      garder: "les deux sont gardés tels quels",
      fusionner: "le second n'est pas repris, tout ce qui le cite cite le premier",
    },
  },
  NOM_ILLISIBLE: {
    titre: "Un nom dont les lettres ressemblent aux nôtres sans en être",
    choix: {
      nommer: "« Nom illisible » et le début de l'identifiant ; la ligne entière va aussi au journal",
    },
  },
  PRODUIT_SANS_CODE: {
    titre: "Un produit sans code, au code illisible ou déjà pris",
    choix: { deduire: "un code déduit de son nom, à corriger ensuite s'il le faut" },
  },
  CITERNE_SANS_DEPOT: {
    titre: "Une citerne sans dépôt",
    choix: { rattacher: "rattachée au dépôt de son stock, sinon au premier dépôt" },
  },
  CITERNE_FANTOME: {
    titre: "Une citerne fantôme, reste d'anciens essais",
    choix: {
      reprendre_inactive: "reprise inactive, sous un autre nom et un autre identifiant, avec ses litres",
      ecarter: "non reprise, et rien de ce qui s'y rapporte : mouvements et stock vont au journal",
    },
  },
  CITERNE_INCOMPLETE: {
    titre: "Une citerne dont une valeur manque ou se contredit",
    choix: {
      corriger:
        "statut « active » ; sécurité à zéro quand elle atteint la capacité ; capacité illisible : le plus haut " +
        "que la citerne a contenu, ou 1 L",
    },
  },
  TEXTE_ILLISIBLE: {
    titre: "Un texte qui contient des caractères que personne ne voit",
    choix: {
      retirer: "ils sont retirés ; la ligne entière est conservée dans le journal, où ils sont montrés",
    },
  },
  TEXTE_TROP_LONG: {
    titre: "Un texte de plus de 2 000 caractères",
    choix: { abreger: "coupé à 2 000 ; la ligne entière est conservée dans le journal" },
  },
  COMPTE_SANS_PROFIL: {
    titre: "Un compte sans profil : il se connecte, et ne peut rien",
    choix: {
      reprendre: "repris avec son mot de passe, sans profil ; un administrateur lui en donne un, ou le ferme",
    },
  },
  PROFIL_SANS_COMPTE: {
    titre: "Un profil sans compte, ou en double sur un compte",
    choix: { ecarter: ECARTER },
  },
  ROLE_INCONNU: {
    titre:
      "Un rôle inconnu, ou d'une autre orthographe (« ADMIN ») : l'ancienne base ne lui donnait aucun droit",
    choix: {
      lecture: "le rôle lecture, le plus étroit",
      lire: "le rôle que ces lettres disent ; lecture, si aucun",
    },
  },
  PROFIL_SANS_DEPOT: {
    titre: "Un gérant, opérateur ou lecteur sans dépôt",
    choix: { rattacher: "rattaché au premier dépôt" },
  },
  // Trucks
  LOT_INCOMPLET: {
    titre: "Un lot fournisseur incomplet, ou en double",
    choix: {
      completer:
        "« Reprise (fournisseur inconnu) », le premier produit, le statut ouvert, une référence numérotée",
    },
  },
  CDR_LOT_INCOMPATIBLE: {
    titre: "Un cours de route d'un lot absent, ou d'un autre fournisseur ou produit",
    choix: { detacher: "détaché du lot ; la ligne entière est conservée dans le journal" },
  },
  CDR_INCOMPLET: {
    titre: "Un cours de route dont une valeur manque",
    choix: {
      completer:
        "« Reprise (fournisseur inconnu) », le premier dépôt, le produit et le volume de sa réception, ou 1 L, à corriger avant de la recevoir",
    },
  },
  CDR_STATUT_ANCIEN: {
    titre: "Un statut de cours de route dans une autre orthographe (« déchargé », « En transit »)",
    choix: { lire: "le statut que ces lettres disent ; un camion annulé l'est ici aussi, avec ce motif" },
  },
  CDR_RECU_NON_DECHARGE: {
    titre: "Un cours de route reçu, mais pas au statut DECHARGE",
    choix: { decharger: "statut DECHARGE, comme le veut sa réception" },
  },
  PLAQUE_ILLISIBLE: {
    titre: "Une plaque sans lettre ni chiffre latin, ou d'une autre écriture",
    choix: {
      remplacer:
        "« REPRISE » et le début de l'identifiant, ou vide où elle est facultative ; l'ancienne plaque est en note",
    },
  },
  PLAQUE_EN_DOUBLE: {
    titre: "Plusieurs cours de route ouverts pour un même camion",
    choix: {
      distinguer: "le plus avancé garde la plaque, les autres la portent suivie de R2, R3…",
      annuler: "le plus avancé reste ouvert, les autres sont annulés avec leur motif",
    },
  },
  // Movements
  STATUT_INCONNU: {
    titre: "Un mouvement au statut d'une autre orthographe, ou inconnu : l'ancien stock ne l'a jamais compté",
    choix: {
      hors_stock: "hors du stock ici aussi : une réception est reprise rejetée, une sortie en brouillon",
    },
  },
  RECEPTION_SANS_CDR: {
    titre: "Une réception MONALUXE sans cours de route",
    choix: { ajouter: "un cours de route « reprise », déchargé le même jour, lui est ajouté" },
  },
  DEUX_RECEPTIONS_UN_CDR: {
    titre: "Deux réceptions pour un cours de route",
    choix: { ajouter: "la seconde reçoit un cours de route « reprise », copie du premier" },
  },
  PRODUIT_DIFFERENT: {
    titre: "Un mouvement d'un autre produit que sa citerne ou son cours de route",
    choix: { suivre_citerne: "repris au produit de la citerne ; un cours de route « reprise » au besoin" },
  },
  LITRES_AU_DELA_DU_MILLILITRE: {
    titre: "Des litres au-delà du millilitre",
    choix: { arrondir: "arrondis au millilitre ; la valeur d'origine est gardée dans parametres_15c" },
  },
  DENSITE_EN_KG_PAR_LITRE: {
    titre: "Une densité en kg/L",
    choix: { convertir: "multipliée par 1 000" },
  },
  DENSITE_ABSENTE: { titre: "Aucune densité", choix: garder("laissée vide : rien n'est inventé") },
  MESURE_IMPOSSIBLE: {
    titre: "Une mesure qu'aucun dépôt ne peut lire (index, température, densité)",
    choix: { vider: "laissée vide ; la ligne entière est conservée dans le journal" },
  },
  INDEX_ABSENT: {
    titre: "Un mouvement sans ses deux index de compteur",
    choix: {
      deduire:
        "de l'autre index et du volume, sinon 0 et le volume, comme ici où personne n'a lu de compteur",
    },
  },
  VOLUME_15C_ABSENT: {
    titre: "Un mouvement validé sans volume à 15 °C",
    choix: { formule: "la formule de l'ancien système, volume × (1 − α (T − 15))" },
  },
  VOLUMES_15C_DIFFERENTS: {
    titre: "volume_15c et volume_corrige_15c ne sont pas égaux",
    choix: { volume_15c: "volume_15c, celui qui a crédité le stock" },
  },
  VOLUME_NON_POSITIF: {
    titre: "Un mouvement aux litres impossibles : nuls, négatifs, au-delà du milliard",
    choix: { ecarter: ECARTER },
  },
  DATE_ABSENTE: {
    titre: "Une date absente",
    choix: { creation: "le moment où la ligne a été écrite, sinon son jour, sinon celui de la reprise" },
  },
  DATE_HORS_BORNES: {
    titre:
      "Une date d'un autre temps : d'avant 2020 ou dans le futur pour un mouvement, écrite dans le futur, d'un autre demi-siècle",
    choix: { creation: "le moment où la ligne a été écrite, sinon celui de la reprise" },
  },
  AUTEUR_INCONNU: {
    titre: "Un auteur ou un validateur inconnu",
    choix: { compte_reprise: "le compte « Reprise de l'ancien système »" },
  },
  PROPRIETAIRE_INCONNU: {
    titre: "Un propriétaire ni MONALUXE ni PARTENAIRE",
    choix: {
      deduire: "celui que ces lettres disent, sinon PARTENAIRE où un partenaire est dit, et MONALUXE",
    },
  },
  PARTENAIRE_ABSENT: {
    titre: "Du carburant de partenaire, sans dire lequel",
    choix: { inconnu: "« Reprise (partenaire inconnu) »" },
  },
  BENEFICIAIRE_ABSENT: {
    titre: "Une sortie sans client ni partenaire",
    choix: { inconnu: "« Reprise (client inconnu) »" },
  },
  REFERENCE_PERDUE: {
    titre: "Une ligne qui en cite une absente",
    choix: {
      traiter: "sans citerne, elle va au journal ; sinon la référence est laissée vide, ou « inconnue »",
    },
  },
  AJUSTEMENT_INCOMPLET: {
    titre: "Un ajustement au motif trop court, nul, illisible, ou dont le mouvement manque",
    choix: {
      reprendre: "motif complété ; celui de zéro litre, sans citerne ou sans chiffre lisible va au journal",
    },
  },
  JAUGE_SANS_CITERNE: {
    titre: "Une prise de hauteur sans citerne, ou aux litres impossibles",
    choix: { ecarter: ECARTER },
  },
  // Log
  JOURNAL_AUTRE_NOM: {
    titre: "Des actions du journal qui ont un autre nom ici",
    choix: garder("gardées sous leur nom, marquées comme reprises"),
  },
  JOURNAL_INCOMPLET: {
    titre: "Une ligne du journal sans détail, ou d'un niveau inconnu",
    choix: { completer: "détail vide, niveau INFO" },
  },
  // Stock
  STOCK_INITIAL_DECLARE: {
    titre: "Un stock d'ouverture que seuls le stock affiché et le journal connaissent",
    choix: { declarer: "déclaré en stock initial, à sa date", croire_les_mouvements: CROIRE },
  },
  STOCK_INITIAL_SANS_TRACE: {
    titre: "Un stock d'ouverture que seul le stock affiché connaît",
    choix: {
      declarer: "déclaré en stock initial, à la date du premier mouvement",
      croire_les_mouvements: CROIRE,
    },
  },
  SNAPSHOT_DIFFERENT: {
    titre: "Un stock affiché qui n'est pas la somme des mouvements",
    choix: { ajuster: `${AJUSTER} rend le stock affiché`, croire_les_mouvements: CROIRE },
  },
  STOCK_ILLISIBLE: {
    titre: "Un stock affiché qui n'est pas un nombre",
    choix: { croire_les_mouvements: "la somme des mouvements fait foi" },
  },
  STOCK_NEGATIF: {
    titre: "Un jour qui finirait sous zéro : une sortie au-delà de son stock",
    choix: { ajuster: `${AJUSTER} prête les litres ce jour-là, et les reprend dès que le stock le permet` },
  },
  CAPACITE_DEPASSEE: {
    titre: "Un jour qui finirait au-dessus de la capacité de la citerne",
    choix: {
      ajuster: `${AJUSTER} met l'excédent de côté ce jour-là, et le rend dès qu'il y a la place`,
      relever_capacite: "la capacité de la citerne est relevée à ce qu'elle a contenu",
    },
  },
  JOURS_DIFFERENTS: {
    titre: "Des jours qui sautent, ou ne sont pas le cumul des mouvements",
    choix: { recalculer: "recalculés depuis les mouvements ; les anciens ne sont pas repris" },
  },
  // Tables
  COLONNE_SANS_EQUIVALENT: {
    titre: "Une colonne de l'ancienne base que la reprise ne connaît pas",
    choix: {
      laisser: "laissée dans l'ancienne base, dont la sauvegarde est gardée",
      conserver: "la valeur de chaque ligne est conservée dans le journal",
    },
  },
  TABLE_SANS_EQUIVALENT: {
    titre: "Une table de l'ancienne base qui n'a pas sa place ici",
    choix: {
      conserver: "chaque ligne est conservée entière dans le journal",
      laisser: "laissée dans l'ancienne base, dont la sauvegarde est gardée",
    },
  },
} satisfies Record<string, Nature>;

export type Code = keyof typeof NATURES;

export const nature = (code: Code): Nature => NATURES[code];
export const propose = (code: Code): string => Object.keys(nature(code).choix)[0]!;
