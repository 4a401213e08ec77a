import { type Exemple, LIEUX } from "../exemple.ts";

const regle = {
  canal: "EMAIL",
  destination: "exploitation@monaluxe.test",
  severity_min: "WARN",
  depots: [LIEUX.depot],
  evenements: ["OPEN", "REOPEN"],
  actif: false,
};

export const exemples: Exemple[] = [
  { porte: "GET /alertes", query: { depot_id: LIEUX.depot, check_code: "ECART_ANCIEN" } },
  { porte: "GET /alertes/{id}", params: { id: LIEUX.alerte } },
  {
    porte: "POST /alertes/{id}/acquitter",
    par: "directeur",
    params: { id: LIEUX.alerte },
    corps: { note: "Vu avec le chef de quai" },
  },
  {
    porte: "POST /alertes/{id}/resoudre",
    par: "directeur",
    params: { id: LIEUX.alerte2 },
    corps: { note: "Le camion est arrivé" },
  },
  { porte: "GET /alertes/controles", varie: ["presentes"] },
  {
    porte: "PUT /alertes/controles/{code}",
    params: { code: "ECART_ANCIEN" },
    corps: { actif: true, seuil: 7 },
    varie: ["presentes"],
  },
  { porte: "POST /alertes/controler", corps: {}, varie: ["presentes"] },
  { porte: "POST /alertes/notifications/regles", corps: regle, nom: "regle" },
  { porte: "GET /alertes/notifications/regles", query: { actif: false } },
  {
    porte: "PUT /alertes/notifications/regles/{id}",
    params: { id: "@regle.id" },
    corps: { ...regle, severity_min: "CRITICAL" },
  },
  { porte: "GET /alertes/envois", query: { statut: "MORT" } },
  { porte: "POST /alertes/envois/{id}/relancer", params: { id: LIEUX.envoi }, corps: {} },
];
