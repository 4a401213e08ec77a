import { brouillon, type Exemple, GASOIL, LIEUX } from "../exemple.ts";

export const exemples: Exemple[] = [
  {
    porte: "POST /sorties",
    par: "operateur",
    corps: {
      citerne_id: LIEUX.tank1,
      client_id: LIEUX.client,
      volume_ambiant: 5000,
      ...GASOIL,
      plaque_camion: "7788KL05",
      chauffeur_nom: "Pierre Mwamba",
    },
    nom: "brouillon",
  },
  { porte: "GET /sorties", par: "gerant", query: { depot_id: LIEUX.depot, statut: "brouillon" } },
  { porte: "GET /sorties/{id}", par: "gerant", params: { id: "@brouillon.id" } },
  { porte: "POST /sorties/{id}/valider", par: "gerant", params: { id: "@brouillon.id" }, corps: {} },
  brouillon("refuse", LIEUX.tank1, 500),
  {
    porte: "POST /sorties/{id}/rejeter",
    par: "gerant",
    params: { id: "@refuse.id" },
    corps: { motif: "Le client a renoncé à sa commande" },
  },
];
