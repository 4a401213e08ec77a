import { type Exemple, LIEUX, prepare, sortie } from "../exemple.ts";

export const exemples: Exemple[] = [
  ...sortie("impayee", LIEUX.tank5, 20000),
  prepare({
    porte: "POST /ventes/factures",
    par: "gerant",
    corps: { client_id: LIEUX.client, depot_id: LIEUX.depot, sorties: ["@impayee.id"] },
    nom: "a_payer",
  }),
  prepare({
    porte: "POST /ventes/factures/{id}/emettre",
    par: "gerant",
    params: { id: "@a_payer.id" },
    corps: {},
  }),
  {
    porte: "POST /paiements/factures/{id}/session",
    par: "gerant",
    params: { id: "@a_payer.id" },
    corps: {},
    nom: "en_ligne",
    varie: ["url", "session_id"],
  },
  {
    porte: "GET /paiements/en-ligne",
    par: "gerant",
    query: { facture_id: "@a_payer.id" },
    varie: ["url", "session_id"],
  },
  {
    porte: "GET /paiements/en-ligne/{id}",
    par: "gerant",
    params: { id: "@en_ligne.id" },
    varie: ["url", "session_id"],
  },
  { porte: "GET /paiements/rapprochements", par: "directeur" },
];
