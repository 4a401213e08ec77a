import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { apres, fonction, inseree, ligne } from "../_shared/appels.ts";
import { lectures } from "../_shared/liste.ts";
import { fiche } from "../_shared/relations.ts";
import { Id, Instant, Jour, Litres, ParId, Texte } from "../_shared/schemas.ts";

const Statut = z.enum(["CHARGEMENT", "TRANSIT", "FRONTIERE", "ARRIVE", "DECHARGE", "ANNULE"]);

const NouveauCoursDeRoute = z.strictObject({
  fournisseur_id: Id,
  depot_destination_id: Id,
  produit_id: Id,
  fournisseur_lot_id: Id.nullish(),
  plaque_camion: Texte.min(1),
  plaque_remorque: Texte.nullish(),
  chauffeur_nom: Texte.nullish(),
  transporteur: Texte.nullish(),
  depart_pays: Texte.nullish(),
  date_chargement: Jour.nullish(),
  volume: Litres,
  note: Texte.nullish(),
}).meta({ id: "NouveauCoursDeRoute" });

const CoursDeRoute = z.object({
  id: Id,
  fournisseur_id: Id,
  depot_destination_id: Id,
  produit_id: Id,
  fournisseur_lot_id: Id.nullable(),
  plaque_camion: z.string(),
  plaque_remorque: z.string().nullable(),
  chauffeur_nom: z.string().nullable(),
  transporteur: z.string().nullable(),
  depart_pays: z.string().nullable(),
  date_chargement: Jour,
  date_chargement_presumee: z.boolean().meta({
    description: "Nobody said the day: an earlier réception takes its place",
  }),
  volume: Litres,
  statut: Statut,
  motif_annulation: z.string().nullable().meta({ description: "Why it never came, where it is ANNULE" }),
  note: z.string().nullable(),
  created_by: Id.nullable(),
  created_at: Instant,
}).meta({ id: "CoursDeRoute" });

const COURS_DE_ROUTE = fiche("cours_de_route", CoursDeRoute);

export const actes = [
  acte({
    methode: "POST",
    chemin: "/",
    resume: "Create a cours de route, at CHARGEMENT",
    corps: NouveauCoursDeRoute,
    reponse: CoursDeRoute,
    statut: 201,
    appel: ({ corps }) => inseree(COURS_DE_ROUTE, corps),
  }),
  ...lectures({
    de: COURS_DE_ROUTE,
    cles: ["date_chargement", "id"],
    sens: "desc",
    depot: "depot_destination_id",
    produit: "produit_id",
    suivis: ["depot_id"],
    duDepot: true,
    jour: "date_chargement",
    exacts: { statut: Statut.optional(), fournisseur_id: Id.optional() },
  }, {
    nom: "cours-de-route",
    pages: "List cours de route, latest loading first",
    une: "Read a cours de route",
    quoi: "ce cours de route",
  }),
  acte({
    methode: "POST",
    chemin: "/:id/statut",
    resume: "Move a cours de route one step forward",
    params: ParId,
    corps: z.strictObject({ statut: Statut }).meta({ id: "ChangementDeStatut" }),
    reponse: CoursDeRoute,
    statut: 200,
    appel: ({ params, corps }) =>
      apres(
        fonction("public.changer_statut_cours_de_route", { p_id: params.id, p_statut: corps.statut }),
        ligne(COURS_DE_ROUTE, params.id, "ce cours de route"),
      ),
  }),
  acte({
    methode: "POST",
    chemin: "/:id/annuler",
    resume: "Close a truck that will never come, with the reason (admin, directeur, gerant)",
    params: ParId,
    corps: z.strictObject({ motif: Texte.min(1) }).meta({ id: "AnnulationDeCoursDeRoute" }),
    reponse: CoursDeRoute,
    statut: 200,
    appel: ({ params, corps }) =>
      apres(
        fonction("public.annuler_cours_de_route", { p_id: params.id, p_motif: corps.motif }),
        ligne(COURS_DE_ROUTE, params.id, "ce cours de route"),
      ),
  }),
];
