import { type Exemple, LIEUX, prepare } from "../exemple.ts";

const camion = {
  fournisseur_id: LIEUX.fournisseur,
  depot_destination_id: LIEUX.depot,
  produit_id: LIEUX.gasoil,
  date_chargement: "2026-01-05",
  volume: 40000,
};

export const exemples: Exemple[] = [
  {
    porte: "POST /cours-de-route",
    par: "operateur",
    corps: {
      ...camion,
      plaque_camion: "1234AB05",
      plaque_remorque: "5678CD05",
      chauffeur_nom: "Jean Kabongo",
      transporteur: "Trans Katanga",
      depart_pays: "Zambie",
    },
    nom: "en_route",
  },
  { porte: "GET /cours-de-route", par: "gerant", query: { depot_id: LIEUX.depot, statut: "CHARGEMENT" } },
  { porte: "GET /cours-de-route/{id}", par: "gerant", params: { id: "@en_route.id" } },
  {
    porte: "POST /cours-de-route/{id}/statut",
    par: "operateur",
    params: { id: "@en_route.id" },
    corps: { statut: "TRANSIT" },
  },
  prepare({
    porte: "POST /cours-de-route",
    par: "operateur",
    corps: { ...camion, plaque_camion: "9012EF05" },
    nom: "perdu",
  }),
  {
    porte: "POST /cours-de-route/{id}/annuler",
    par: "gerant",
    params: { id: "@perdu.id" },
    corps: { motif: "Camion accidenté à Kasumbalesa" },
  },
];
