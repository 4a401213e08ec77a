import { type Exemple, LIEUX } from "../exemple.ts";

export const exemples: Exemple[] = [
  // Which reports there are grows with each release: what one is said by stays.
  { porte: "GET /rapports", par: "gerant", varie: ["rapports"] },
  {
    porte: "GET /rapports/{nom}",
    par: "gerant",
    params: { nom: "livre" },
    query: { depot_id: LIEUX.depot, du: "2026-01-10", au: "2026-01-12" },
  },
  {
    porte: "POST /rapports/archives",
    par: "gerant",
    corps: { nom: "livre", depot_id: LIEUX.depot, du: "2026-01-10", au: "2026-01-12" },
    nom: "archive",
  },
  { porte: "GET /rapports/archives", par: "gerant", query: { nom: "livre" } },
  { porte: "GET /rapports/archives/{id}", par: "gerant", params: { id: "@archive.id" } },
  {
    porte: "POST /rapports/abonnements",
    par: "gerant",
    corps: { nom: "journalier", depot_id: LIEUX.depot, rythme: "JOUR" },
    nom: "abonnement",
  },
  { porte: "GET /rapports/abonnements", par: "gerant", query: { nom: "journalier" } },
  {
    porte: "POST /rapports/abonnements/{id}/arreter",
    par: "gerant",
    params: { id: "@abonnement.id" },
    corps: {},
  },
];
