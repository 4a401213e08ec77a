import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { inseree } from "../_shared/appels.ts";
import { liste } from "../_shared/liste.ts";
import { fiche } from "../_shared/relations.ts";
import { Id, Instant, Jour, Mesure, Texte } from "../_shared/schemas.ts";

const NouveauCompteur = z.strictObject({
  numero: Texte.min(1).meta({ description: "Number on the meter" }),
  citerne_id: Id,
  facteur: Mesure.meta({ description: "Meter factor: litres that passed for a litre indicated" }),
  valide_du: Jour.meta({ description: "Day from which it counts, until the next calibration's" }),
  certificat: Texte.min(1),
}).meta({ id: "NouveauCompteur" });

const Compteur = z.object({
  id: Id,
  numero: z.string(),
  citerne_id: Id,
  produit_id: Id,
  depot_id: Id,
  facteur: z.number(),
  valide_du: Jour,
  certificat: z.string(),
  created_by: Id,
  created_at: Instant,
}).meta({ id: "Compteur" });

const COMPTEURS = fiche("compteurs", Compteur);

export const compteurs = [
  acte({
    methode: "POST",
    chemin: "/compteurs",
    resume: "Record the calibration of a meter: its factor from a day on (admin, directeur)",
    corps: NouveauCompteur,
    reponse: Compteur,
    statut: 201,
    appel: ({ corps }) => inseree(COMPTEURS, corps),
  }),
  liste({
    de: COMPTEURS,
    cles: ["numero", "valide_du", "id"],
    sens: "asc",
    depot: "depot_id",
    citerne: "citerne_id",
    produit: "produit_id",
  }, { chemin: "/compteurs", nom: "compteurs", resume: "Meters and their factors, a row a calibration" }),
];
