import { type Exemple, LIEUX } from "../exemple.ts";

export const exemples: Exemple[] = [
  {
    porte: "PUT /flags/{key}",
    params: { key: "sortie_directe_compat" },
    corps: { enabled: true, depots: [LIEUX.depot] },
  },
  { porte: "GET /flags", par: "lecture" },
];
