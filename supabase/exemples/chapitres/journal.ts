import type { Exemple } from "../exemple.ts";

export const exemples: Exemple[] = [
  {
    porte: "GET /journal",
    par: "directeur",
    query: { action: "RECEPTION_CREEE", cible_id: "@reception.id" },
  },
  {
    porte: "GET /journal/verification",
    par: "directeur",
    varie: ["tete", "lignes_scellees", "lignes_en_attente"],
  },
];
