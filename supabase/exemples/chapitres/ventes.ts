import { camionArrive, type Exemple, GASOIL, LIEUX, prepare, sortie, type Valeurs } from "../exemple.ts";

const ici = { depot_id: LIEUX.depot };
const client = { id: LIEUX.client };
const de = (nom: string) => ({ id: `@${nom}.id` });

const conditions: Exemple[] = [
  {
    porte: "POST /ventes/taux-change",
    par: "directeur",
    corps: { devise: "USD", jour: "@aujourdhui", taux_cdf: 2800, source: "BCC" },
  },
  { porte: "GET /ventes/taux-change", par: "gerant", query: { devise: "USD" } },
  {
    porte: "POST /ventes/tarifs",
    par: "directeur",
    corps: {
      produit_id: LIEUX.gasoil,
      ...ici,
      devise: "USD",
      base: "L15",
      prix_ht: 1.25,
      valide_du: "2026-01-01",
      motif: "Prix du dépôt pour 2026",
    },
  },
  prepare({
    porte: "POST /ventes/tarifs",
    par: "directeur",
    corps: {
      produit_id: LIEUX.gasoil,
      client_id: LIEUX.client,
      ...ici,
      devise: "CDF",
      base: "AMB",
      prix_ht: 3600,
      valide_du: "2026-01-01",
      motif: "Prix du client en francs",
    },
    nom: "tarif_client",
  }),
  {
    porte: "POST /ventes/tarifs/{id}/clore",
    par: "directeur",
    params: de("tarif_client"),
    corps: { valide_au: "@aujourdhui", motif: "Fin du contrat" },
  },
  { porte: "GET /ventes/tarifs", par: "gerant", query: { ...ici, devise: "USD" } },
  {
    porte: "PUT /ventes/clients/{id}/conditions",
    par: "directeur",
    params: client,
    corps: { plafond: 50000, delai_jours: 30 },
  },
  { porte: "GET /ventes/clients/{id}/encours", par: "gerant", params: client },
  { porte: "GET /ventes/encours", par: "gerant", query: { client_id: LIEUX.client } },
  {
    porte: "POST /ventes/clients/{id}/derogations",
    par: "directeur",
    params: client,
    corps: { montant_max: 2000, expire_le: "2034-01-01T00:00:00Z", motif: "Accord de la direction" },
  },
  { porte: "GET /ventes/derogations", par: "gerant", query: { client_id: LIEUX.client } },
];

const commande = (nom: string, reference_client: string): Exemple => ({
  porte: "POST /ventes/commandes",
  par: "gerant",
  corps: {
    ...ici,
    client_id: LIEUX.client,
    produit_id: LIEUX.gasoil,
    quantite: 5000,
    reference_client,
    valide_jusqu_au: "2034-12-31",
  },
  nom,
});

const confirmer = (nom: string): Exemple => ({
  porte: "POST /ventes/commandes/{id}/confirmer",
  par: "gerant",
  params: de(nom),
  corps: {},
});

const commandes: Exemple[] = [
  ...camionArrive("a_vendre", "5566XY05", 40000),
  prepare({
    porte: "POST /receptions",
    par: "operateur",
    corps: { cours_de_route_id: "@a_vendre.id", citerne_id: LIEUX.tank5, volume_ambiant: 39800, ...GASOIL },
  }),
  commande("commande", "BC 1201"),
  { porte: "GET /ventes/commandes", par: "gerant", query: { recherche: "BC 1201" } },
  confirmer("commande"),
  ...sortie("commandee", LIEUX.tank5, 1000),
  {
    porte: "POST /ventes/commandes/{id}/sorties",
    par: "gerant",
    params: de("commande"),
    corps: { sortie_id: "@commandee.id" },
  },
  { porte: "GET /ventes/commandes/{id}", par: "gerant", params: de("commande") },
  { porte: "GET /ventes/commandes/{id}/pdf", par: "gerant", params: de("commande") },
  {
    porte: "POST /ventes/commandes/{id}/detacher",
    par: "gerant",
    params: de("commande"),
    corps: { sortie_id: "@commandee.id", motif: "Sortie d'une autre commande" },
  },
  {
    porte: "POST /ventes/commandes/{id}/solder",
    par: "gerant",
    params: de("commande"),
    corps: { motif: "Le client n'en veut pas davantage" },
  },
  { ...commande("abandonnee", "BC 1202"), preparation: true },
  { ...confirmer("abandonnee"), preparation: true },
  {
    porte: "POST /ventes/commandes/{id}/annuler",
    par: "gerant",
    params: de("abandonnee"),
    corps: { motif: "Prise par erreur" },
  },
  { ...commande("oubliee", "BC 1203"), preparation: true },
  { porte: "POST /ventes/commandes/{id}/supprimer", par: "gerant", params: de("oubliee"), corps: {} },
];

const bon = (nom: string, sortie_id: string): Exemple => ({
  porte: "POST /ventes/bons-livraison",
  par: "gerant",
  corps: { sortie_id, lieu: "Mine de Kamoa", destinataire: "M. Kasongo" },
  nom,
});

const facture = (nom: string, sortie_id: string): Exemple => ({
  porte: "POST /ventes/factures",
  par: "gerant",
  corps: {
    client_id: LIEUX.client,
    ...ici,
    sorties: [sortie_id],
    services: [{ designation: "Passage au dépôt", quantite: 2, prix_ht: 3.5, tva_groupe: "B" }],
  },
  nom,
});

const factures: Exemple[] = [
  bon("bon", "@commandee.id"),
  {
    porte: "POST /ventes/bons-livraison/{id}/confirmer",
    par: "gerant",
    params: de("bon"),
    corps: { recu_par: "M. Kasongo" },
  },
  { porte: "GET /ventes/bons-livraison", par: "gerant", query: { sortie_id: "@commandee.id" } },
  { porte: "GET /ventes/bons-livraison/{id}", par: "gerant", params: de("bon") },
  { porte: "GET /ventes/bons-livraison/{id}/pdf", par: "gerant", params: de("bon") },
  ...sortie("mal_livree", LIEUX.tank5, 300),
  { ...bon("bon_perdu", "@mal_livree.id"), preparation: true },
  {
    porte: "POST /ventes/bons-livraison/{id}/annuler",
    par: "directeur",
    params: de("bon_perdu"),
    corps: { motif: "Mauvais destinataire" },
  },
  { porte: "GET /ventes/sorties-a-facturer", par: "gerant", query: { client_id: LIEUX.client } },
  facture("facture_client", "@commandee.id"),
  { porte: "POST /ventes/factures/{id}/emettre", par: "gerant", params: de("facture_client"), corps: {} },
  { porte: "GET /ventes/factures", par: "gerant", query: { client_id: LIEUX.client } },
  { porte: "GET /ventes/factures/{id}", par: "gerant", params: de("facture_client") },
  { porte: "GET /ventes/factures/{id}/pdf", par: "gerant", params: de("facture_client") },
  {
    porte: "POST /ventes/factures/{id}/envoyer",
    par: "gerant",
    params: de("facture_client"),
    corps: {},
  },
  ...sortie("mal_facturee", LIEUX.tank5, 200),
  { ...facture("facture_perdue", "@mal_facturee.id"), preparation: true },
  { porte: "POST /ventes/factures/{id}/supprimer", par: "gerant", params: de("facture_perdue"), corps: {} },
  {
    porte: "POST /ventes/factures/{id}/avoirs",
    par: "gerant",
    params: de("facture_client"),
    corps: { nature: "RRR", motif: "Remise accordée", lignes: [{ rang: 1, montant_ht: 25 }] },
  },
  { porte: "GET /ventes/marges", par: "directeur", query: { facture_id: "@facture_client.id" } },
  {
    porte: "POST /ventes/factures/lot",
    par: "gerant",
    corps: { ...ici, clients: [LIEUX.client], une_par_sortie: true },
  },
  { porte: "POST /ventes/fiscal/transmettre", par: "gerant", corps: {} },
];

const encaissement = (nom: string, statut: string, montant: number, reference: string): Exemple => ({
  porte: "POST /ventes/encaissements",
  par: "gerant",
  corps: { ...ici, client_id: LIEUX.client, mode: "VIREMENT", reference, montant, statut },
  nom,
});
const periode: Valeurs = { du: "2026-01-01", au: "2034-12-31" };

const caisse: Exemple[] = [
  encaissement("paye", "CONFIRME", 500, "VIR 2026-118"),
  { porte: "GET /ventes/encaissements", par: "gerant", query: { client_id: LIEUX.client } },
  { porte: "GET /ventes/encaissements/{id}", par: "gerant", params: de("paye") },
  { porte: "GET /ventes/encaissements/{id}/recu.pdf", par: "gerant", params: de("paye") },
  { porte: "POST /ventes/encaissements/{id}/envoyer", par: "gerant", params: de("paye"), corps: {} },
  { ...encaissement("attendu", "EN_ATTENTE", 9000, "VIR 2026-119"), preparation: true },
  { porte: "POST /ventes/encaissements/{id}/confirmer", par: "gerant", params: de("attendu"), corps: {} },
  { ...encaissement("rejete_client", "CONFIRME", 60, "CHQ 4411"), preparation: true },
  {
    porte: "POST /ventes/encaissements/{id}/annuler",
    par: "directeur",
    params: de("rejete_client"),
    corps: { motif: "Virement rejeté" },
  },
  {
    porte: "POST /ventes/encaissements/{id}/rembourser",
    par: "directeur",
    params: de("attendu"),
    corps: { montant: 40, mode: "VIREMENT", reference: "VIR 2026-120", motif: "Trop perçu" },
  },
  {
    porte: "POST /ventes/comptant",
    par: "gerant",
    corps: {
      sortie: { citerne_id: LIEUX.tank5, client_id: LIEUX.client, volume_ambiant: 100, ...GASOIL },
      bon_livraison: { recu_par: "M. Ilunga" },
      paiement: { mode: "CASH", devise: "CDF", montant_remis: 500000 },
    },
  },
  { porte: "GET /ventes/balance-agee", par: "gerant", query: { client_id: LIEUX.client } },
  { porte: "GET /ventes/clients/{id}/releve", par: "gerant", params: client, query: periode },
  { porte: "GET /ventes/clients/{id}/releve.pdf", par: "gerant", params: client, query: periode },
  { porte: "POST /ventes/clients/{id}/releves", par: "gerant", params: client, corps: {}, nom: "releve" },
  { porte: "GET /ventes/releves", par: "gerant", query: { client_id: LIEUX.client } },
  { porte: "GET /ventes/releves/{id}/pdf", par: "gerant", params: de("releve") },
  { porte: "POST /ventes/releves/{id}/envoyer", par: "gerant", params: de("releve"), corps: {} },
  { porte: "GET /ventes/caisse/jours", par: "gerant", query: { ...ici, devise: "CDF" } },
  {
    porte: "POST /ventes/caisse/clotures",
    par: "gerant",
    corps: { ...ici, devise: "USD", jour: "2026-01-15", compte: 0 },
  },
  { porte: "GET /ventes/caisse/clotures", par: "gerant", query: ici },
];

export const exemples: Exemple[] = [...conditions, ...commandes, ...factures, ...caisse];
