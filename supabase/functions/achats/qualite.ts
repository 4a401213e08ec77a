// What a laboratory finds of the product, and between what bounds it must lie.
import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { apres, fonction, ligne, lignes, objet, reserver } from "../_shared/appels.ts";
import { liste } from "../_shared/liste.ts";
import { fiche, rangee } from "../_shared/relations.ts";
import { Id, Instant, Jour, ParId, Texte } from "../_shared/schemas.ts";

const Analyse = z.object({
  id: Id,
  objet_type: z.enum(["CDR", "RECEPTION", "CITERNE"]),
  objet_id: Id,
  cours_de_route_id: Id.nullable(),
  depot_id: Id,
  produit_id: Id,
  parametre: z.string(),
  valeur: z.number(),
  unite: z.string().nullable(),
  minimum: z.number().nullable(),
  maximum: z.number().nullable(),
  conforme: z.boolean().nullable().meta({ description: "Null where the parameter is not specified" }),
  methode: z.string().nullable(),
  laboratoire: z.string().nullable(),
  analysee_le: Jour,
  note: z.string().nullable(),
  created_by: Id.nullable(),
  created_at: Instant,
}).meta({ id: "Analyse" });
const NouvelleAnalyse = z.strictObject({
  objet_type: Analyse.shape.objet_type,
  objet_id: Id,
  parametre: Texte.min(1),
  valeur: z.number(),
  methode: Texte.nullish(),
  laboratoire: Texte.nullish(),
  analysee_le: Jour.nullish(),
  note: Texte.nullish(),
}).meta({ id: "NouvelleAnalyse" });

const Specification = z.object({
  id: Id,
  produit_id: Id,
  parametre: z.string(),
  minimum: z.number().nullable(),
  maximum: z.number().nullable(),
  unite: z.string().nullable(),
  updated_at: Instant,
  created_at: Instant,
}).meta({ id: "Specification" });
const Specifications = z.object({ specifications: z.array(Specification) }).meta({ id: "Specifications" });

const ANALYSES = fiche("v_analyses", Analyse);
const SPECIFICATIONS = fiche("specifications", Specification);

const specifications = (produit_id: string) =>
  objet({ specifications: lignes(SPECIFICATIONS, "produit_id", produit_id, "parametre") });

export const qualite = [
  liste({
    de: ANALYSES,
    cles: ["created_at", "id"],
    sens: "desc",
    depot: "depot_id",
    produit: "produit_id",
    jour: "analysee_le",
    exacts: { objet_type: Analyse.shape.objet_type.optional(), objet_id: Id.optional() },
  }, {
    chemin: "/analyses",
    nom: "analyses",
    resume: "List laboratory analyses, latest recorded first",
    avant: reserver("lire_ecarts"),
  }),
  acte({
    methode: "POST",
    chemin: "/analyses",
    resume: "Record what a laboratory found of a truck, a réception or a tank",
    corps: NouvelleAnalyse,
    reponse: Analyse,
    statut: 201,
    appel: ({ corps }) =>
      ligne(
        ANALYSES,
        fonction("public.enregistrer_analyse", { p_analyse: rangee("analyses", corps) }),
        "cette analyse",
      ),
  }),
  acte({
    methode: "GET",
    chemin: "/specifications/:id",
    resume: "Read between what bounds the parameters of a product must lie, by the product's id",
    params: ParId,
    reponse: Specifications,
    statut: 200,
    appel: ({ params }) => specifications(params.id),
  }),
  acte({
    methode: "PUT",
    chemin: "/specifications/:id",
    resume: "Say between what bounds a parameter of a product must lie; without any, it is no more specified",
    params: ParId,
    corps: z.strictObject({
      parametre: Texte.min(1),
      minimum: z.number().nullish(),
      maximum: z.number().nullish(),
      unite: Texte.nullish(),
    }),
    reponse: Specifications,
    statut: 200,
    appel: ({ params, corps }) =>
      apres(
        fonction("public.regler_specification", {
          p_produit_id: params.id,
          p_parametre: corps.parametre,
          p_minimum: corps.minimum ?? null,
          p_maximum: corps.maximum ?? null,
          p_unite: corps.unite ?? null,
        }),
        specifications(params.id),
      ),
  }),
];
