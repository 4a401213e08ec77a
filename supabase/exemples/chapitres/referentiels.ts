import { type Exemple, LIEUX } from "../exemple.ts";

const bareme = { id: "@bareme.id" };

export const exemples: Exemple[] = [
  {
    porte: "POST /referentiels/baremes",
    par: "directeur",
    corps: {
      citerne_id: LIEUX.tank6,
      certificat: "OCC 2026-12",
      organisme: "OCC",
      valide_du: "2026-01-01",
      hauteur_max_mm: 3000,
    },
    nom: "bareme",
  },
  {
    porte: "POST /referentiels/baremes/{id}/points.csv",
    par: "directeur",
    params: bareme,
    corps: { csv: "hauteur_mm;volume_l\n0;0\n1000;100 250\n2000;200 480\n3000;300 000\n" },
  },
  { porte: "POST /referentiels/baremes/{id}/activer", par: "directeur", params: bareme, corps: {} },
  { porte: "GET /referentiels/baremes", par: "operateur", query: { citerne_id: LIEUX.tank6 } },
  { porte: "GET /referentiels/baremes/{id}", par: "operateur", params: bareme },
  { porte: "GET /referentiels/baremes-points", par: "operateur", query: { bareme_id: "@bareme.id" } },
  {
    porte: "POST /referentiels/compteurs",
    par: "directeur",
    corps: {
      numero: "MCC-4471",
      citerne_id: LIEUX.tank1,
      facteur: 0.9985,
      valide_du: "2026-01-01",
      certificat: "OCC 2026-13",
    },
    nom: "compteur",
  },
  { porte: "GET /referentiels/compteurs", par: "operateur", query: { citerne_id: LIEUX.tank1 } },
  {
    porte: "POST /referentiels/depots-amis",
    par: "directeur",
    corps: { nom: "Dépôt ami de Likasi" },
    nom: "ami",
  },
  { porte: "GET /referentiels/depots-amis", par: "operateur", query: { actif: true } },
];
