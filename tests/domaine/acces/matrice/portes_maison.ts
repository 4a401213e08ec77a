// Doors of the house: alerts, documents, people, reports, security, log, options.
import { PERSONNE, TOUS } from "../acteurs.ts";
import { DEPOT, EMPREINTE, FICHIER, type Porte, porte, porteCommune } from "./formes.ts";
import { RELATIONS } from "./relations.ts";

export const PORTES_MAISON: Record<string, Porte> = {
  "GET /alertes": porte("lire les alertes", "lire_alertes", DEPOT),
  "GET /alertes/{id}": porte("lire une alerte", "lire_alertes", { id: "@alerte", refus: "INTROUVABLE" }),
  "GET /alertes/controles": porteCommune("lire les contrôles", "lire_alertes"),
  "POST /alertes/controler": porteCommune("faire les contrôles maintenant", "tenir_alertes", { corps: {} }),
  "PUT /alertes/controles/{code}": porteCommune("régler un contrôle", "tenir_notifications", {
    params: { code: "ECART_ANCIEN" },
    corps: { actif: true, seuil: 7 },
  }),
  "GET /alertes/notifications/regles": porteCommune(
    "lire qui est prévenu des alertes",
    "tenir_notifications",
  ),
  "POST /alertes/notifications/regles": porteCommune(
    "dire qui est prévenu des alertes",
    "tenir_notifications",
    { corps: { canal: "EMAIL", destination: "essai@exemple.cd", actif: false } },
  ),
  "PUT /alertes/notifications/regles/{id}": porteCommune(
    "changer qui est prévenu des alertes",
    "tenir_notifications",
    { id: "@regle", corps: { canal: "EMAIL", destination: "essai@exemple.cd", actif: false } },
  ),
  "GET /documents": porte("lire les documents", TOUS, DEPOT),
  "GET /documents/liens": porte("lire les documents des objets", TOUS, DEPOT),
  "POST /documents": porte("envoyer un document", "ecrire_reception", {
    fichier: FICHIER,
    corps: { categorie: "AUTRE", sha256: EMPREINTE, objet_type: "RECEPTION", objet_id: "@reception" },
  }),
  "POST /documents/impressions": porte("garder un papier imprimé", "facturer", {
    corps: { objet_type: "FACTURE_CLIENT", objet_id: "@facture_client" },
  }),
  "GET /documents/{id}": porte("lire un document", TOUS, { id: "@document" }),
  "GET /documents/{id}/contenu": porte("lire les octets d'un document", TOUS, { id: "@document" }),
  "GET /documents/{id}/liens": porte("lire ce qu'un document prouve", TOUS, { id: "@document" }),
  "POST /documents/{id}/liens": porte("rattacher un document", "ecrire_reception", {
    id: "@document",
    corps: { objet_type: "RECEPTION", objet_id: "@reception" },
  }),
  "POST /documents/{id}/remplacer": porte("remplacer un document", "ecrire_reception", {
    id: "@document",
    fichier: FICHIER,
    corps: { sha256: EMPREINTE },
  }),
  "POST /documents/{id}/gel": porte("mettre un document sous gel juridique", "geler_documents", {
    id: "@document",
    corps: { gel: true, motif: "Essai de la matrice" },
  }),
  "GET /alertes/envois": porteCommune("lire les envois", "tenir_notifications"),
  "POST /alertes/envois/{id}/relancer": porteCommune("relancer un envoi mort", "tenir_notifications", {
    id: "@envoi_mort",
    corps: {},
  }),
  "POST /alertes/{id}/acquitter": porte("prendre une alerte en compte", "tenir_alertes", {
    id: "@alerte",
    corps: {},
  }),
  "POST /alertes/{id}/resoudre": porte("résoudre une alerte", "tenir_alertes", { id: "@alerte", corps: {} }),
  "GET /profils": porteCommune("lire les profils (qui ne lit pas les noms des autres : le sien)", TOUS),
  "GET /profils/{id}": porteCommune("lire le profil d'un autre", RELATIONS.profils!.lire, {
    id: "@profil_collegue",
    refus: "INTROUVABLE",
  }),
  "POST /profils": porteCommune("ouvrir un compte à quelqu'un", "ecrire_profils", {
    corps: { email: "@adresse", nom_complet: "Essai", role: "lecture", depot_id: "@depot" },
  }),
  "PUT /profils/{id}": porteCommune("changer le rôle, le dépôt ou le nom de quelqu'un", "ecrire_profils", {
    id: "@profil_collegue",
    corps: { nom_complet: "Un autre nom" },
  }),
  "POST /profils/{id}/desactiver": porteCommune("fermer l'accès à quelqu'un", "ecrire_profils", {
    id: "@profil_collegue",
    corps: {},
  }),
  "POST /profils/{id}/reactiver": porteCommune("rouvrir l'accès à quelqu'un", "ecrire_profils", {
    id: "@profil_collegue",
    corps: {},
  }),
  "GET /rapports": porteCommune("savoir quels rapports on peut tirer", TOUS),
  "GET /rapports/abonnements": porteCommune("lire ses abonnements", TOUS),
  "POST /rapports/abonnements": porte("s'abonner à un rapport", "lire_rapports", {
    corps: { nom: "journalier", depot_id: "@depot" },
  }),
  "POST /rapports/abonnements/{id}/arreter": porteCommune(
    "arrêter un abonnement qui n'est pas le sien",
    PERSONNE,
    { id: "@abonnement", corps: {}, refus: "INTROUVABLE" },
  ),
  "GET /rapports/archives": porte("lire la liste des rapports gardés", "lire_rapports", DEPOT),
  "GET /rapports/archives/{id}": porte("lire un rapport gardé", "lire_rapports", { id: "@archive" }),
  "POST /rapports/archives": porte("tirer et garder un rapport", "lire_rapports", {
    corps: { nom: "livre", depot_id: "@depot" },
  }),
  "GET /kpi/jour": porte("lire les chiffres du jour", "lire_rapports", DEPOT),
  "GET /kpi/finance": porte("lire les chiffres de l'argent", "lire_ventes", DEPOT),
  "GET /rapports/{nom}": porte("tirer un rapport", "lire_rapports", {
    params: { nom: "journalier" },
    query: { depot_id: "@depot" },
  }),
  "GET /securite/facteur": porteCommune("lire l'état de son second facteur", "tenir_son_facteur"),
  "POST /securite/totp/inscrire": porteCommune(
    "proposer un téléphone comme second facteur",
    "tenir_son_facteur",
    { corps: {} },
  ),
  "POST /securite/totp/confirmer": porteCommune(
    "confirmer son second facteur par un premier code",
    "tenir_son_facteur",
    { corps: { code: "123456" }, ferme: ["FACTEUR_ABSENT", "TOTP_REFUSE"] },
  ),
  "POST /securite/totp/prouver": porteCommune(
    "prouver son second facteur par le code du téléphone",
    "tenir_son_facteur",
    { corps: { code: "123456" }, ferme: "FACTEUR_ABSENT" },
  ),
  "POST /securite/codes-secours": porteCommune("refaire ses codes de secours", "tenir_son_facteur", {
    corps: {},
    ferme: "SECOND_FACTEUR_REQUIS",
  }),
  "POST /securite/codes-secours/prouver": porteCommune(
    "prouver son second facteur par un code de secours",
    "tenir_son_facteur",
    { corps: { code: "0000-0000-0000-0000" }, ferme: "CODE_SECOURS_REFUSE" },
  ),
  "POST /securite/facteurs/{user_id}/reinitialiser": porteCommune(
    "effacer le second facteur perdu d'un autre",
    "reinitialiser_facteur",
    { params: { user_id: "@collegue" }, corps: { motif: "téléphone perdu" }, ferme: "SECOND_FACTEUR_REQUIS" },
  ),
  "GET /kpi/tableau": porte("lire le tableau d'un dépôt", TOUS, DEPOT),
  "GET /journal": porte("lire le journal des actions", "lire_journal", DEPOT),
  "GET /journal/verification": porteCommune("vérifier que le journal est intact", "verifier_journal"),
  "GET /flags": porteCommune("lire les options", TOUS),
  "PUT /flags/{key}": porteCommune("régler une option", "regler_options", {
    params: { key: "@flag" },
    corps: { enabled: false },
  }),
  "GET /ops/pret-production": porteCommune("voir si tout est prêt pour la production", "preparer_production"),
  "POST /synchronisation": porteCommune("envoyer ce qui s'est fait sans ligne", TOUS, {
    corps: {
      lot: "0c9d0e52-7f1b-4b63-9a57-3b1f0c6d2a01",
      maintenant: new Date().toISOString(),
      actes: [{
        cle: "0c9d0e52-7f1b-4b63-9a57-3b1f0c6d2a02",
        acte: "sorties",
        moment: "2026-11-01T08:00:00Z",
      }],
    },
  }),
  // A batch is its sender's own: of anybody else's there is nothing to be told.
  "GET /synchronisation/{lot}": porteCommune("relire un lot que l'on a envoyé", TOUS, {
    params: { lot: "0c9d0e52-7f1b-4b63-9a57-3b1f0c6d2a01" },
    ferme: "INTROUVABLE",
  }),
  "POST /synchronisation/{lot}/abandonner": porteCommune("abandonner un acte de sa file", TOUS, {
    params: { lot: "0c9d0e52-7f1b-4b63-9a57-3b1f0c6d2a01" },
    corps: { cle: "0c9d0e52-7f1b-4b63-9a57-3b1f0c6d2a05", motif: "Saisi deux fois" },
  }),
  "GET /ops/live": porteCommune("savoir si le service répond", "public"),
  "GET /ops/ready": porteCommune("savoir si la base est prête", "public"),
  "GET /ops/openapi.json": porteCommune("lire la description des portes", "public"),
  "GET /ops/codes": porteCommune("lire les codes des refus", "public"),
  "GET /ops/codes/{code}": porteCommune("savoir ce que veut dire un refus", "public", {
    params: { code: "ROLE_FORBIDDEN" },
  }),
};
