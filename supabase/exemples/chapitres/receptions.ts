import { camionArrive, type Exemple, GASOIL, LIEUX } from "../exemple.ts";

export const exemples: Exemple[] = [
  ...camionArrive("arrive", "3456GH05", 40000),
  {
    porte: "POST /receptions",
    par: "operateur",
    corps: {
      cours_de_route_id: "@arrive.id",
      citerne_id: LIEUX.tank1,
      volume_ambiant: 39291,
      ...GASOIL,
      date_reception: "2026-01-10",
    },
    nom: "reception",
  },
  {
    porte: "GET /receptions",
    par: "gerant",
    query: { depot_id: LIEUX.depot, du: "2026-01-01", au: "2026-01-31" },
  },
  { porte: "GET /receptions/{id}", par: "gerant", params: { id: "@reception.id" } },
];
