import type { Exemple } from "../exemple.ts";

export const exemples: Exemple[] = [
  { porte: "GET /ops/live" },
  { porte: "GET /ops/ready", varie: ["statut", "schema", "empreinte", "empreinte_attendue", "commit"] },
  { porte: "GET /ops/pret-production", varie: ["pret", "lignes"] },
  { porte: "GET /ops/codes" },
  { porte: "GET /ops/codes/{code}", params: { code: "SORTIE_CAPACITE_SECURITE" } },
];
