import type { Exemple } from "../exemple.ts";

export const exemples: Exemple[] = [
  {
    porte: "POST /astm/calculer",
    par: "operateur",
    corps: {
      groupe: "B",
      densite_observee_kgm3: 837.6,
      temperature_echantillon_c: 23.2,
      temperature_produit_c: 23.2,
      volume_observe_l: 39291,
    },
  },
  {
    porte: "POST /astm/convertir",
    par: "operateur",
    corps: { quantite: 30, unite: "T_AIR", densite_a_15_kgm3: 840, temperature_produit_c: 25 },
  },
  { porte: "POST /astm/comparer", corps: {} },
];
