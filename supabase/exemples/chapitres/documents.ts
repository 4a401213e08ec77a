import { type Exemple, LIEUX } from "../exemple.ts";

const document = { id: "@document.id" };
const citerne = { objet_type: "CITERNE", objet_id: LIEUX.tank6 };
const csv = (nom: string, texte: string) => ({ nom, type: "text/csv", texte });

export const exemples: Exemple[] = [
  {
    porte: "POST /documents",
    par: "directeur",
    corps: { categorie: "BAREME", ...citerne },
    fichier: csv("bareme-tank6.csv", "hauteur;volume\n0;0\n3000;300000\n"),
    nom: "document",
  },
  { porte: "GET /documents", par: "directeur", query: { categorie: "BAREME" } },
  { porte: "GET /documents/{id}", par: "directeur", params: document },
  { porte: "GET /documents/{id}/liens", par: "directeur", params: document },
  {
    porte: "POST /documents/{id}/liens",
    par: "directeur",
    params: document,
    corps: { objet_type: "BAREME", objet_id: "@bareme.id" },
  },
  { porte: "GET /documents/liens", par: "directeur", query: { objet_id: LIEUX.tank6 } },
  {
    porte: "POST /documents/{id}/gel",
    par: "directeur",
    params: document,
    corps: { gel: true, motif: "Litige avec le laboratoire" },
  },
  {
    porte: "POST /documents/{id}/remplacer",
    par: "directeur",
    params: document,
    corps: {},
    fichier: csv("bareme-tank6-v2.csv", "hauteur;volume\n0;0\n3000;300100\n"),
  },
  {
    porte: "POST /documents/impressions",
    par: "gerant",
    corps: { objet_type: "BON_LIVRAISON", objet_id: "@bon.id" },
    nom: "imprime",
    varie: ["taille"],
  },
  { porte: "GET /documents/{id}/contenu", par: "gerant", params: { id: "@imprime.id" } },
];
