// Functions of the house: alerts, documents, reports, options, proofs.
import { ceuxQui, PERSONNE, TOUS } from "../acteurs.ts";
import { acte, commune, declencheur, type Fonction } from "./formes.ts";

export const FONCTIONS_MAISON: Record<string, Fonction> = {
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
