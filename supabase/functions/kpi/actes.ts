import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { appeler } from "../_shared/relations.ts";
import { Id, Instant, Jour, Litres, Proprietaire } from "../_shared/schemas.ts";

const CiterneDuTableau = z.object({
  citerne_id: Id,
  citerne_nom: z.string(),
  statut: z.enum(["active", "inactive", "maintenance"]),
  logique: z.boolean(),
  produit_id: Id,
  produit_nom: z.string(),
  capacite_totale: Litres,
  capacite_securite: Litres,
  stock_ambiant: Litres,
  stock_15c: Litres,
  last_movement_at: Instant.nullable(),
  proprietaires: z.array(z.object({
    proprietaire_type: Proprietaire,
    stock_ambiant: Litres,
    stock_15c: Litres,
  })),
}).meta({ id: "CiterneDuTableau" });

const CamionDuTableau = z.object({
  id: Id,
  statut: z.enum(["CHARGEMENT", "TRANSIT", "FRONTIERE", "ARRIVE"]),
  plaque_camion: z.string(),
  plaque_remorque: z.string().nullable(),
  transporteur: z.string().nullable(),
  fournisseur_nom: z.string().nullable(),
  produit_nom: z.string(),
  volume: Litres,
  date_chargement: Jour,
}).meta({ id: "CamionDuTableau" });

const MouvementDuTableau = z.object({
  date_jour: Jour,
  created_at: Instant,
  mouvement_type: z.string(),
  mouvement_id: Id,
  citerne_nom: z.string(),
  produit_nom: z.string(),
  proprietaire_type: Proprietaire,
  delta_ambiant: Litres,
  delta_15c: Litres,
}).meta({ id: "MouvementDuTableau" });

const Tableau = z.object({
  version: z.string().meta({ description: "The ETag, without its quotes" }),
  depot_id: Id,
  depot_nom: z.string(),
  fuseau: z.string(),
  date_jour: Jour.meta({ description: "Today, where the depot is" }),
  citernes: z.array(CiterneDuTableau),
  camions: z.array(CamionDuTableau).meta({ description: "On their way, nearest first" }),
  jour: z.record(
    z.string(),
    z.object({
      ouverture_ambiant: Litres.meta({ description: "What the tank held when the day began" }),
      mouvements: z.array(z.object({ a: Instant, delta_ambiant: Litres })),
    }),
  ).meta({ description: "Today so far, by tank" }),
  mouvements: z.array(MouvementDuTableau).meta({ description: "The last ones, latest first" }),
}).meta({ id: "Tableau" });

export const actes = [
  acte({
    methode: "GET",
    chemin: "/tableau",
    resume: "The board of a depot's control room; 304 while nothing has changed (If-None-Match)",
    query: z.strictObject({
      depot_id: Id.optional().meta({
        description: "The caller's own depot, or the first, where none is named",
      }),
    }),
    reponse: Tableau,
    statut: 200,
    conditionnel: true,
    executer: async (tx, { query, connue }) =>
      await appeler(tx, "private.tableau", {
        p_depot_id: query.depot_id ?? null,
        p_connue: connue ?? null,
      }) as z.input<typeof Tableau>,
  }),
];
