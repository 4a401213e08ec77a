import { z } from "zod";
import { liste } from "../_shared/liste.ts";
import { fiche } from "../_shared/relations.ts";
import { Id, Jour, Litres, TRANSIT } from "../_shared/schemas.ts";

const Camion = z.object({
  cours_de_route_id: Id,
  depot_id: Id,
  produit_id: Id,
  fournisseur_id: Id,
  plaque_camion: z.string(),
  transporteur: z.string().nullable(),
  date_chargement: Jour,
  ...TRANSIT,
  volume_annonce: Litres,
}).meta({ id: "CamionRecu" });

export const actesCamions = [
  liste({
    de: fiche("v_camions_recus", Camion),
    cles: ["date_chargement", "cours_de_route_id"],
    sens: "desc",
    depot: "depot_id",
    produit: "produit_id",
    jour: "date_chargement",
    exacts: { fournisseur_id: Id.optional() },
  }, {
    chemin: "/camions",
    nom: "camions",
    resume: "Trucks against the tanks they filled: announced, loaded, received, and the loss on the way",
  }),
];
