import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { apres, fonction, ligne, lignes, objet, rangees, reserver } from "../_shared/appels.ts";
import { liste } from "../_shared/liste.ts";
import { fiche } from "../_shared/relations.ts";
import { Id, Instant, Jour, Litres, ParId, Texte } from "../_shared/schemas.ts";

// The partners' accounts: what each owns of the fuel that lies in the tanks of a depot.

const Compte = z.object({
  compte_id: Id,
  depot_id: Id,
  depot_nom: z.string(),
  produit_id: Id,
  produit_nom: z.string(),
  partenaire_id: Id.nullable().meta({ description: "Null: what is of no partner" }),
  partenaire_nom: z.string(),
  solde_ambiant: Litres,
  solde_15c: Litres,
  dernier_jour: Jour,
  last_movement_at: Instant,
}).meta({ id: "ComptePartenaire" });
const COMPTES = fiche("v_comptes_partenaires", Compte);

/** Of an opening stock of the partners, what was one's. */
export const PartInitiale = z.strictObject({ partenaire_id: Id, volume_ambiant: Litres, volume_15c: Litres })
  .meta({ id: "PartInitiale" });
const PartEcrite = z.object({
  id: Id,
  stock_initial_id: Id,
  partenaire_id: Id,
  depot_id: Id,
  volume_ambiant: Litres,
  volume_15c: Litres,
  created_by: Id,
  created_at: Instant,
});
const PARTS = fiche("stocks_initiaux_partenaires", PartEcrite);

const Attribution = z.object({
  id: Id,
  depot_id: Id,
  produit_id: Id,
  partenaire_id: Id,
  volume_ambiant: Litres,
  volume_15c: Litres,
  date_jour: Jour,
  motif: z.string(),
  created_by: Id,
  created_at: Instant,
}).meta({ id: "Attribution" });

export const actesPartenaires = [
  liste({
    de: COMPTES,
    cles: ["partenaire_nom", "compte_id"],
    sens: "asc",
    depot: "depot_id",
    produit: "produit_id",
    exacts: { partenaire_id: Id.optional() },
  }, {
    chemin: "/comptes-partenaires",
    nom: "comptes-partenaires",
    resume: "What each partner owns at each depot, by product",
    avant: reserver("lire_comptes_partenaires"),
  }),
  acte({
    methode: "GET",
    chemin: "/partenaires/:id/releve",
    resume: "Statement of a partner's account at a depot, by product: each movement and the balance after it",
    params: ParId,
    query: z.strictObject({
      depot_id: Id,
      produit_id: Id,
      du: Jour.optional().meta({ description: "First day, included; from the beginning without it" }),
      au: Jour.optional().meta({ description: "Last day, included" }),
    }),
    reponse: z.object({
      lignes: z.array(z.object({
        rang: z.int(),
        date_jour: Jour.nullable(),
        mouvement_type: z.string(),
        mouvement_id: Id.nullable(),
        delta_ambiant: Litres.nullable(),
        delta_15c: Litres.nullable(),
        solde_ambiant: Litres,
        solde_15c: Litres,
      })),
    }).meta({ id: "RelevePartenaire" }),
    statut: 200,
    appel: ({ params, query }) =>
      objet({
        lignes: rangees("public.releve_partenaire", {
          p_depot_id: query.depot_id,
          p_produit_id: query.produit_id,
          p_partenaire_id: params.id,
          p_du: query.du ?? null,
          p_au: query.au ?? null,
        }),
      }),
  }),
  acte({
    methode: "POST",
    chemin: "/initiaux/:id/partenaires",
    resume: "Say whose the partners' opening stock was (admin); what is left stays of no partner",
    params: ParId,
    corps: z.strictObject({ partenaires: z.array(PartInitiale).min(1).max(100) }),
    reponse: z.object({ partenaires: z.array(PartEcrite) }).meta({ id: "StockInitialReparti" }),
    statut: 201,
    appel: ({ params, corps }) =>
      apres(
        fonction("public.repartir_stock_initial", {
          p_stock_initial_id: params.id,
          p_parts: corps.partenaires,
        }),
        objet({ partenaires: lignes(PARTS, "stock_initial_id", params.id, "id") }),
      ),
  }),
  acte({
    methode: "POST",
    chemin: "/attributions",
    resume: "Give a partner litres at 15 °C that are of none (admin), with a reason",
    corps: z.strictObject({
      depot_id: Id,
      produit_id: Id,
      partenaire_id: Id,
      volume_15c: Litres,
      motif: Texte,
      date_jour: Jour.nullish(),
    }).meta({ id: "NouvelleAttribution" }),
    reponse: Attribution,
    statut: 201,
    appel: ({ corps }) =>
      ligne(
        fiche("attributions_partenaires", Attribution),
        fonction("public.attribuer_stock_partenaire", {
          p_depot_id: corps.depot_id,
          p_produit_id: corps.produit_id,
          p_partenaire_id: corps.partenaire_id,
          p_volume_15c: corps.volume_15c,
          p_motif: corps.motif,
          p_date_jour: corps.date_jour ?? null,
        }),
        "cette attribution",
      ),
  }),
];
