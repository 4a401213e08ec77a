// Functions of the house: alerts, documents, reports, options, proofs.
import { PERSONNE, TOUS } from "../acteurs.ts";
import { acte, commune, declencheur, type Fonction } from "./formes.ts";

export const FONCTIONS_MAISON: Record<string, Fonction> = {
  acquitter_alerte: acte("prendre une alerte en compte", "tenir_alertes", { p_id: "@alerte" }),
  resoudre_alerte: acte("résoudre une alerte", "tenir_alertes", { p_id: "@alerte" }),
  sync_system_alerts_from_integrity: {
    ...commune("faire des contrôles des alertes", "tenir_alertes", {}),
    service: true,
  },
  definir_regle_notification: commune("dire qui est prévenu des alertes", "tenir_notifications", {
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
  }),
  regler_controle: commune("régler un contrôle", "tenir_notifications", {
    p_code: "ECART_ANCIEN",
    p_actif: true,
    p_seuil: 7,
  }),
  lier_document: acte("rattacher un document", "ecrire_reception", {
    p_id: "@document",
    p_objet_type: "RECEPTION",
    p_objet_id: "@reception",
  }),
  geler_document: acte("mettre un document sous gel juridique", "geler_documents", {
    p_id: "@document",
    p_gel: true,
    p_motif: "Essai de la matrice",
  }),
  relancer_envoi: commune("relancer un envoi mort", "tenir_notifications", { p_id: "@envoi_mort" }),
  abonner_rapport: acte("s'abonner à un rapport", "lire_rapports", {
    p_nom: "journalier",
    p_depot_id: "@depot",
    p_rythme: "JOUR",
    p_parametres: "{}",
  }),
  arreter_abonnement: commune("arrêter un abonnement qui n'est pas le sien", PERSONNE, {
    p_id: "@abonnement",
  }),
  revoir_ecart: acte("mettre un écart en revue", "revoir_ecarts", { p_id: "@ecart" }),
  traiter_ecart: acte("traiter un écart", "traiter_ecarts", {
    p_id: "@ecart",
    p_cause: "AUTRE",
    p_decision: "ACCEPTE_AVEC_NOTE",
    p_justification: "Essai de la matrice",
  }),
  avancer_serie: commune("avancer une série de numéros", "avancer_series", {
    p_depot_id: null,
    p_serie: "ZZZ",
    p_exercice: 2026,
    p_dernier_connu: 900000,
    p_motif: "Essai de la matrice d'accès",
  }),
  dire_date_fausse: commune("dire qu'une facture a été datée par une horloge en avance", "avancer_series", {
    p_facture_id: "@facture_client",
    p_motif: "Essai de la matrice d'accès",
  }),
  definir_flag: commune("régler une option", "regler_options", { p_key: "@flag", p_enabled: false }),
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
    ...acte("ce que l'on savait alors du stock", "lire_journal", {
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
  // A block that never was, so that there is something to say.
  verifier_journal: commune("vérifier que le journal est intact", "verifier_journal", {
    p_bloc: 999999999,
    p_empreinte: "00",
  }),
  tete_journal: commune("lire la tête du journal scellé", "verifier_journal", {}),
  receptions_block_update_delete: declencheur("garde des réceptions"),
  sorties_produit_block_update_delete: declencheur("garde des sorties"),
};
