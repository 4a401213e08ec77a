import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { fonction } from "../_shared/appels.ts";
import { Devise } from "../_shared/rapport/forme.ts";
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

const AlertesDuTableau = z.object({
  nombre: z.int().meta({ description: "Not resolved, all of them" }),
  critiques: z.int(),
  premieres: z.array(z.object({
    id: Id,
    check_code: z.string(),
    severity: z.enum(["CRITICAL", "WARN"]),
    status: z.enum(["OPEN", "ACK"]),
    message: z.string(),
    ouverte_le: Instant,
  })).meta({ description: "Gravest first, then those that nobody has taken on, latest first" }),
}).meta({ id: "AlertesDuTableau" });

const Tableau = z.object({
  version: z.string().meta({ description: "The ETag, without its quotes" }),
  depot_id: Id,
  depot_nom: z.string(),
  fuseau: z.string(),
  date_jour: Jour.meta({ description: "Today, where the depot is" }),
  citernes: z.array(CiterneDuTableau),
  camions: z.array(CamionDuTableau).meta({ description: "On their way, nearest first" }),
  alertes: AlertesDuTableau.nullable().meta({ description: "null for who may not read alerts" }),
  jour: z.record(
    z.string(),
    z.object({
      ouverture_ambiant: Litres.meta({ description: "What the tank held when the day began" }),
      mouvements: z.array(z.object({ a: Instant, delta_ambiant: Litres })),
    }),
  ).meta({ description: "Today so far, by tank" }),
  mouvements: z.array(MouvementDuTableau).meta({ description: "The last ones, latest first" }),
}).meta({ id: "Tableau" });

const Volumes = z.object({
  count: z.int(),
  volume_ambient: Litres,
  volume_15c: Litres,
  count_monaluxe: z.int(),
  count_partenaire: z.int(),
});
const Lieu = {
  zone: z.string(),
  depot_id: Id.nullable().meta({ description: "null: all depots" }),
  depot_nom: z.string().nullable(),
};

const KpiJour = z.object({
  jour: Jour.meta({ description: "At the depot" }),
  ...Lieu,
  receptions_today: Volumes,
  sorties_today: Volumes,
  balance_today: z.object({ delta_ambient: Litres, delta_15c: Litres }),
  stocks: z.object({
    total_ambient: Litres,
    total_15c: Litres,
    capacity_total: Litres.meta({ description: "Of the tanks that hold, or held, some" }),
    par_proprietaire: z.array(
      z.object({ proprietaire_type: Proprietaire, stock_ambiant: Litres, stock_15c: Litres }),
    ),
  }),
  trucks_to_follow: z.object({
    total_trucks: z.int(),
    total_planned_volume: Litres,
    trucks_loading: z.int(),
    trucks_on_route: z.int(),
    trucks_arrived: z.int(),
    volume_loading: Litres,
    volume_on_route: Litres,
    volume_arrived: Litres,
  }).meta({ description: "Now, whatever the day" }),
  citernes_sous_seuil: z.array(z.object({
    citerne_id: Id,
    nom: z.string(),
    stock: Litres,
    seuil: Litres,
    critique: z.boolean().meta({ description: "Less than a fifth of its threshold" }),
  })),
}).meta({ id: "KpiJour" });

const KpiFinance = z.object({
  du: Jour,
  au: Jour,
  ...Lieu,
  creances: z.array(
    z.object({ devise: Devise, du: z.number(), echu: z.number(), avances: z.number(), solde: z.number() }),
  ),
  ventes: z.array(z.object({ devise: Devise, documents: z.int(), ht: z.number(), ttc: z.number() })),
  a_facturer: z.object({ sorties: z.int(), volume_15c: Litres }).meta({
    description: "Delivered on these days, sold by no invoice yet",
  }),
  dettes: z.array(z.object({ devise: Devise, solde: z.number() })).nullable().meta({
    description: "To suppliers; null for who does not read their accounts",
  }),
  marge: z.object({
    vente_usd: z.number(),
    cout_usd: z.number(),
    marge_usd: z.number(),
    livraisons_sans_cout: z.int(),
  }).nullable(),
  gain_15c: Litres.nullable().meta({
    description: "What the gauge found more (+) or less (−) than the books; null: of no one depot, or no dip",
  }),
}).meta({ id: "KpiFinance" });

export const actes = [
  acte({
    methode: "GET",
    chemin: "/jour",
    resume: "The figures of a day, by the app's own definitions",
    query: z.strictObject({
      depot_id: Id.optional().meta({ description: "One's own depot without it; all, for who sees them all" }),
      jour: Jour.optional().meta({ description: "Today at the depot without it" }),
    }),
    reponse: KpiJour,
    statut: 200,
    lecture: true,
    appel: ({ query }) =>
      fonction("public.kpi_jour", {
        p_depot_id: query.depot_id ?? null,
        p_jour: query.jour ?? null,
      }),
  }),
  acte({
    methode: "GET",
    chemin: "/finance",
    resume: "Money of some days: what is owed, what was sold, what it left",
    query: z.strictObject({
      depot_id: Id.optional(),
      du: Jour.optional().meta({ description: "The first of the month without it" }),
      au: Jour.optional().meta({ description: "Today without it" }),
    }),
    reponse: KpiFinance,
    statut: 200,
    lecture: true,
    appel: ({ query }) =>
      fonction("public.kpi_finance", {
        p_depot_id: query.depot_id ?? null,
        p_du: query.du ?? null,
        p_au: query.au ?? null,
      }),
  }),
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
    lecture: true,
    conditionnel: true,
    appel: ({ query, connue }) =>
      fonction("private.tableau", {
        p_depot_id: query.depot_id ?? null,
        p_connue: connue ?? null,
      }),
  }),
];
