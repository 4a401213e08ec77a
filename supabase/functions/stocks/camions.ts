import { z } from "zod";
import { liste } from "../_shared/liste.ts";
import { fiche } from "../_shared/relations.ts";
import { Id, Jour, Litres } from "../_shared/schemas.ts";

const LitresOuRien = Litres.nullable();
const Camion = z.object({
  cours_de_route_id: Id,
  depot_id: Id,
  produit_id: Id,
  fournisseur_id: Id,
  plaque_camion: z.string(),
  transporteur: z.string().nullable(),
  date_chargement: Jour,
  volume_annonce: Litres,
  charge_15c: LitresOuRien,
  recu_ambiant: LitresOuRien,
  recu_15c: LitresOuRien,
  perte_15c: LitresOuRien,
  perte_pour_mille: z.number().nullable(),
  franchise_pour_mille: z.number().nullable(),
  franchise_15c: LitresOuRien,
  excedent_15c: LitresOuRien,
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
