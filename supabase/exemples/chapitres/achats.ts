import { camionArrive, type Exemple, GASOIL, LIEUX, prepare, type Valeurs } from "../exemple.ts";

const fournisseur = { fournisseur_id: LIEUX.fournisseur };
const achat = { ...fournisseur, produit_id: LIEUX.gasoil };
const de = (nom: string) => ({ id: `@${nom}.id` });
const [sblc, proforma, lot, camion, ecart] = [
  de("sblc"),
  de("proforma"),
  de("lot"),
  de("du_lot"),
  de("ecart"),
];

const nouvelleProforma = (nom: string, reference: string, plus: Valeurs = {}): Exemple => ({
  porte: "POST /achats/proformas",
  corps: {
    ...achat,
    reference,
    date_proforma: "2026-01-05",
    base: "L15",
    quantite: 100000,
    prix_usd: 0.82,
    ...plus,
  },
  nom,
});

const contrat: Exemple[] = [
  { porte: "GET /achats/fournisseurs", query: { recherche: "Lusaka" } },
  { porte: "GET /achats/fournisseurs/{id}", params: { id: LIEUX.fournisseur } },
  {
    porte: "POST /achats/sblc",
    corps: {
      ...fournisseur,
      banque: "Rawbank",
      reference: "SBLC-2026-014",
      montant: 1000000,
      date_debut: "2026-01-01",
      date_fin: "2035-01-01",
    },
    nom: "sblc",
    varie: ["jours_restants"],
  },
  { porte: "GET /achats/sblc", query: fournisseur, varie: ["jours_restants"] },
  { porte: "GET /achats/sblc/{id}", params: sblc, varie: ["jours_restants"] },
  {
    porte: "PUT /achats/sblc/{id}",
    params: sblc,
    corps: { date_fin: "2034-01-01" },
    varie: ["jours_restants"],
  },
  nouvelleProforma("proforma", "PF-2026-031", { sblc_id: "@sblc.id", surestaries_usd_jour: 150 }),
  { porte: "GET /achats/proformas", query: fournisseur },
  { porte: "GET /achats/proformas/{id}", params: proforma },
  { porte: "PUT /achats/proformas/{id}", params: proforma, corps: { quantite: 101000 } },
  { porte: "POST /achats/proformas/{id}/activer", params: proforma, corps: {} },
  { ...nouvelleProforma("doublon", "PF-2026-032"), preparation: true },
  {
    porte: "POST /achats/proformas/{id}/annuler",
    params: { id: "@doublon.id" },
    corps: { motif: "Saisie deux fois" },
  },
];

const duLot: Exemple[] = [
  {
    porte: "POST /achats/lots",
    corps: { ...achat, reference: "LOT-2026-007", proforma_id: "@proforma.id", date_lot: "2026-01-06" },
    nom: "lot",
  },
  ...camionArrive("du_lot", "8642RS05", 36000),
  ...camionArrive("tardif", "9753TU05", 500),
  {
    porte: "POST /achats/lots/{id}/cours-de-route",
    par: "operateur",
    params: lot,
    corps: { cours_de_route_id: "@du_lot.id" },
  },
  { porte: "GET /achats/lots/{id}/cours-de-route", params: lot },
  {
    porte: "PUT /achats/chargements/{id}",
    par: "operateur",
    params: camion,
    corps: {
      bl_numero: "BL 4471",
      date_bl: "2026-01-06",
      base: "L15",
      quantite: 36000,
      densite_15: 843.3,
      temperature_c: 20,
      scelles: "A 10 234 à A 10 239",
    },
  },
  { porte: "GET /achats/chargements/{id}", par: "operateur", params: camion },
  prepare({
    porte: "POST /receptions",
    par: "operateur",
    corps: {
      cours_de_route_id: "@du_lot.id",
      citerne_id: LIEUX.tank4,
      volume_ambiant: 35900,
      ...GASOIL,
      date_reception: "2026-01-12",
    },
    nom: "recue",
  }),
  prepare({
    porte: "POST /receptions",
    par: "operateur",
    corps: { cours_de_route_id: "@tardif.id", citerne_id: LIEUX.tank4, volume_ambiant: 500, ...GASOIL },
  }),
  {
    porte: "POST /achats/lots/{id}/cours-de-route/decharges",
    params: lot,
    corps: { cours_de_route_id: "@tardif.id", motif: "Oublié à l'arrivée" },
  },
  {
    porte: "POST /achats/lots/{id}/frais",
    params: lot,
    corps: { type: "FRET", montant: 280000, devise: "CDF", taux_cdf: 2800, reference: "LTA 118" },
    nom: "frais",
  },
  { porte: "GET /achats/lots/{id}/couts", params: lot, varie: ["surestaries"] },
  {
    porte: "POST /achats/frais/{id}/annuler",
    params: { id: "@frais.id" },
    corps: { motif: "Saisi deux fois" },
  },
  { porte: "GET /achats/lots", par: "gerant", query: { proforma_id: "@proforma.id" } },
  { porte: "GET /achats/lots/{id}", par: "gerant", params: lot },
];

const qualite: Exemple[] = [
  {
    porte: "PUT /achats/specifications/{id}",
    params: { id: LIEUX.gasoil },
    corps: { parametre: "Soufre", maximum: 50, unite: "ppm" },
  },
  { porte: "GET /achats/specifications/{id}", par: "operateur", params: { id: LIEUX.gasoil } },
  {
    porte: "POST /achats/analyses",
    par: "operateur",
    corps: {
      objet_type: "RECEPTION",
      objet_id: "@recue.id",
      parametre: "Soufre",
      valeur: 42,
      methode: "ASTM D5453",
      laboratoire: "OCC Lubumbashi",
    },
  },
  { porte: "GET /achats/analyses", par: "gerant", query: { objet_id: "@recue.id" } },
  {
    porte: "POST /achats/ecarts",
    par: "operateur",
    corps: {
      domaine: "TRANSPORTEUR",
      type: "LOGISTIQUE",
      reference_type: "CDR",
      reference_id: "@du_lot.id",
      justification: "Scellé trouvé ouvert à l'arrivée",
    },
    nom: "ecart",
  },
  { porte: "GET /achats/ecarts", par: "gerant", query: { reference_id: "@du_lot.id", type: "LOGISTIQUE" } },
  { porte: "GET /achats/ecarts/{id}", par: "gerant", params: ecart },
  {
    porte: "POST /achats/ecarts/{id}/notes",
    par: "operateur",
    params: ecart,
    corps: { texte: "Photo prise au portail" },
  },
  { porte: "GET /achats/ecarts/{id}/notes", par: "gerant", params: ecart },
  { porte: "POST /achats/ecarts/{id}/revue", par: "gerant", params: ecart, corps: {} },
  {
    porte: "POST /achats/ecarts/{id}/litige",
    par: "gerant",
    params: ecart,
    corps: { motif: "Le transporteur conteste" },
  },
  {
    porte: "POST /achats/ecarts/{id}/traiter",
    par: "gerant",
    params: ecart,
    corps: {
      cause: "PERTE_TRANSPORT",
      decision: "ACCEPTE_AVEC_NOTE",
      justification: "Le transporteur a reconnu le manquant",
      impute_a: "TRANSPORTEUR",
    },
  },
  prepare({
    porte: "GET /achats/ecarts",
    par: "gerant",
    query: { reference_id: "@du_lot.id", type: "QUANTITE" },
    nom: "manquants",
  }),
  prepare({
    porte: "POST /achats/ecarts/{id}/traiter",
    par: "gerant",
    params: { id: "@manquants.data.0.id" },
    corps: {
      cause: "MANQUANT_FOURNISSEUR",
      decision: "ACCEPTE_AVEC_NOTE",
      justification: "Le fournisseur fera un avoir",
    },
  }),
  { porte: "GET /achats/ecarts-transit", par: "gerant", query: { fournisseur_lot_id: "@lot.id" } },
];

const nouvelleFacture = (nom: string, invoice_no: string, fournisseur_lot_id: string): Exemple => ({
  porte: "POST /achats/factures-fournisseur",
  par: "directeur",
  corps: {
    fournisseur_lot_id,
    invoice_no,
    date_facture: "2026-01-15",
    date_echeance: "2026-02-14",
    base: "L15",
    quantite_base: 36175,
    prix_base_usd: 0.82,
  },
  nom,
});
const factureLue = { id: "@facture.facture_id" };
const paiement = (nom: string, statut: string, montant_paye_usd: number): Exemple => ({
  porte: "POST /achats/factures-fournisseur/{id}/paiements",
  par: "directeur",
  params: factureLue,
  corps: {
    montant_paye_usd,
    statut,
    mode_paiement: "VIREMENT",
    reference_paiement: `VIR-${montant_paye_usd}`,
    date_paiement: "2026-01-20T09:00:00Z",
  },
  nom,
});

const factures: Exemple[] = [
  { porte: "POST /achats/lots/{id}/cloturer", params: lot, corps: {} },
  nouvelleFacture("facture", "INV-88123", "@lot.id"),
  {
    porte: "POST /achats/factures-fournisseur/{id}/calculer",
    par: "directeur",
    params: factureLue,
    corps: {},
  },
  {
    porte: "POST /achats/factures-fournisseur/{id}/valider",
    par: "directeur",
    params: factureLue,
    corps: { justification: "Manquant reconnu, avoir attendu du fournisseur" },
  },
  { porte: "GET /achats/factures-fournisseur", par: "directeur", query: fournisseur },
  { porte: "GET /achats/factures-fournisseur/{id}", par: "directeur", params: factureLue },
  {
    porte: "POST /achats/factures-fournisseur/{id}/litige",
    par: "directeur",
    params: factureLue,
    corps: { en_litige: true, motif: "Qualité contestée" },
  },
  prepare({
    porte: "POST /achats/factures-fournisseur/{id}/litige",
    par: "directeur",
    params: factureLue,
    corps: { en_litige: false, motif: "Analyse conforme" },
  }),
  paiement("paye", "CONFIRME", 10000),
  { ...paiement("annonce", "EN_ATTENTE", 500), preparation: true },
  { ...paiement("rejete", "CONFIRME", 700), preparation: true },
  {
    porte: "GET /achats/paiements-fournisseur",
    par: "directeur",
    query: { fournisseur_facture_id: factureLue.id },
  },
  {
    porte: "POST /achats/paiements-fournisseur/{id}/confirmer",
    par: "directeur",
    params: { id: "@annonce.id" },
    corps: {},
  },
  {
    porte: "POST /achats/paiements-fournisseur/{id}/annuler",
    params: { id: "@rejete.id" },
    corps: { motif: "Virement rejeté par la banque" },
  },
  {
    porte: "POST /achats/factures-fournisseur/{id}/avoirs",
    par: "directeur",
    params: factureLue,
    corps: {
      invoice_no: "CN-88123",
      date_facture: "2026-01-25",
      montant_usd: 410,
      justification: "Manquant reconnu par le fournisseur",
    },
  },
  { porte: "GET /achats/avoirs-fournisseur", par: "directeur", query: { facture_origine_id: factureLue.id } },
  { porte: "GET /achats/fournisseurs/{id}/releve", par: "directeur", params: { id: LIEUX.fournisseur } },
  { porte: "GET /achats/comptes", par: "directeur", query: fournisseur },
  {
    porte: "GET /achats/couverture",
    par: "directeur",
    query: { recherche: "Lusaka" },
    varie: ["jours_restants"],
  },
];

const fin: Exemple[] = [
  { porte: "GET /achats/proformas/{id}/avancement", params: proforma },
  {
    porte: "POST /achats/proformas/{id}/cloturer",
    params: proforma,
    corps: { justification: "Le solde ne sera pas chargé" },
  },
  {
    porte: "POST /achats/sblc/{id}/statut",
    params: sblc,
    corps: { statut: "SUSPENDUE", motif: "La banque demande un avenant" },
    varie: ["jours_restants"],
  },
  prepare({ porte: "POST /achats/lots", corps: { ...achat, reference: "LOT-2026-008" }, nom: "autre_lot" }),
  prepare({ porte: "POST /achats/lots/{id}/cloturer", params: { id: "@autre_lot.id" }, corps: {} }),
  { porte: "POST /achats/lots/{id}/facturer", params: { id: "@autre_lot.id" }, corps: {} },
  prepare({ porte: "POST /achats/lots", corps: { ...achat, reference: "LOT-2026-009" }, nom: "lot_double" }),
  ...camionArrive("du_double", "1122VW05", 400, { fournisseur_lot_id: "@lot_double.id" }),
  prepare({
    porte: "POST /receptions",
    par: "operateur",
    corps: { cours_de_route_id: "@du_double.id", citerne_id: LIEUX.tank4, volume_ambiant: 400, ...GASOIL },
  }),
  prepare({ porte: "POST /achats/lots/{id}/cloturer", params: { id: "@lot_double.id" }, corps: {} }),
  { ...nouvelleFacture("double", "INV-88124", "@lot_double.id"), preparation: true },
  {
    porte: "POST /achats/factures-fournisseur/{id}/annuler",
    par: "directeur",
    params: { id: "@double.facture_id" },
    corps: { motif: "Saisie deux fois" },
  },
];

export const exemples: Exemple[] = [...contrat, ...duLot, ...qualite, ...factures, ...fin];
