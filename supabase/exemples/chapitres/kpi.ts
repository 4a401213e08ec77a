import { type Exemple, LIEUX } from "../exemple.ts";

export const exemples: Exemple[] = [
  {
    porte: "GET /kpi/tableau",
    par: "gerant",
    query: { depot_id: LIEUX.depot },
    varie: ["version", "citernes", "camions", "alertes", "jour", "mouvements"],
  },
  {
    porte: "GET /kpi/jour",
    par: "gerant",
    query: { depot_id: LIEUX.depot, jour: "2026-01-10" },
    varie: ["version"],
  },
  {
    porte: "GET /kpi/finance",
    par: "directeur",
    query: { depot_id: LIEUX.depot, du: "2026-01-01", au: "2026-01-31" },
    varie: ["version"],
  },
];
