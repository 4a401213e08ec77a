import { type Exemple, LIEUX } from "../exemple.ts";

const marie = { id: "@marie.id" };

export const exemples: Exemple[] = [
  {
    porte: "POST /profils",
    corps: {
      email: "marie.ilunga@monaluxe.test",
      nom_complet: "Marie Ilunga",
      role: "operateur",
      depot_id: LIEUX.depot,
    },
    nom: "marie",
    varie: ["invitation", "consigne"],
  },
  { porte: "GET /profils", query: { depot_id: LIEUX.depot, role: "operateur" } },
  { porte: "GET /profils/{id}", params: marie },
  { porte: "PUT /profils/{id}", params: marie, corps: { role: "gerant", habilitations: ["caisse"] } },
  { porte: "POST /profils/{id}/desactiver", params: marie, corps: {} },
  { porte: "POST /profils/{id}/reactiver", params: marie, corps: {} },
];
