import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { fonction } from "../_shared/appels.ts";
import { lectures } from "../_shared/liste.ts";
import { fiche, rangee } from "../_shared/relations.ts";
import {
  Dilatation,
  Id,
  Instant,
  Jour,
  Masses,
  Mesures,
  MesuresEcrites,
  OuiNon,
  ParId,
  Proprietaire,
  Texte,
} from "../_shared/schemas.ts";

const Statut = z.enum(["brouillon", "validee", "rejetee"]);

const NouvelleSortie = z.strictObject({
  citerne_id: Id,
  produit_id: Id.nullish(),
  client_id: Id.nullish(),
  partenaire_id: Id.nullish(),
  proprietaire_type: Proprietaire.nullish(),
  ...Mesures.shape,
  date_sortie: Instant.nullish(),
  statut: Statut.nullish().meta({
    description: "brouillon; validee only under the flag sortie_directe_compat",
  }),
  chauffeur_nom: Texte.nullish(),
  plaque_camion: Texte.nullish(),
  plaque_remorque: Texte.nullish(),
  transporteur: Texte.nullish(),
  note: Texte.nullish(),
}).meta({ id: "NouvelleSortie" });

const Ecrite = z.object({
  id: Id,
  citerne_id: Id,
  produit_id: Id,
  depot_id: Id,
  client_id: Id.nullable(),
  partenaire_id: Id.nullable(),
  proprietaire_type: Proprietaire,
  ...MesuresEcrites.shape,
  date_sortie: Instant,
  date_jour: Jour,
  statut: Statut,
  chauffeur_nom: z.string().nullable(),
  plaque_camion: z.string().nullable(),
  plaque_remorque: z.string().nullable(),
  transporteur: z.string().nullable(),
  note: z.string().nullable(),
  motif_rejet: z.string().nullable(),
  created_by: Id,
  validated_by: Id.nullable(),
  created_at: Instant,
  version: z.int().meta({ description: "Of the draft, counted from 1; also its ETag" }),
  updated_by: Id.nullable(),
  updated_at: Instant,
});
const Sortie = Ecrite.extend({ ...Masses.shape, dilatation_ambiant: Dilatation }).meta({ id: "Sortie" });

const SORTIES = fiche("v_sorties", Sortie);

export const actes = [
  acte({
    methode: "POST",
    chemin: "/",
    resume:
      "Draft a sortie: it moves no stock until it is validated. With valider=true, draft and validate it at once",
    query: z.strictObject({ valider: OuiNon.optional() }),
    corps: NouvelleSortie,
    reponse: Sortie,
    statut: 201,
    versionne: true,
    // Read again there: under sortie_directe_compat the insertion has gone on to validate it.
    appel: ({ corps, query }) =>
      fonction("private.porte_rediger_sortie", {
        p_sortie: rangee("sorties_produit", corps),
        p_valider: query.valider ?? false,
      }),
  }),
  ...lectures({
    de: SORTIES,
    cles: ["date_jour", "id"],
    sens: "desc",
    depot: "depot_id",
    citerne: "citerne_id",
    produit: "produit_id",
    suivis: ["depot_id", "citerne_id"],
    duDepot: true,
    jour: "date_jour",
    exacts: {
      statut: Statut.optional(),
      client_id: Id.optional(),
      proprietaire_type: Proprietaire.optional(),
    },
  }, {
    nom: "sorties",
    pages: "List sorties, latest first",
    une: "Read a sortie",
    quoi: "cette sortie",
    versionne: true,
  }),
  acte({
    methode: "POST",
    chemin: "/:id/valider",
    resume:
      "Validate a draft: locks, checks, debits the stock. With If-Match, only the version that was read",
    params: ParId,
    corps: z.strictObject({}),
    reponse: Sortie,
    statut: 200,
    versionne: true,
    decide: true,
    appel: ({ params, version }) =>
      fonction("private.porte_valider_sortie", { p_id: params.id, p_version: version }),
  }),
  acte({
    methode: "POST",
    chemin: "/:id/rejeter",
    resume: "Reject a draft, with a reason. With If-Match, only the version that was read",
    params: ParId,
    corps: z.strictObject({ motif: Texte }).meta({ id: "Rejet" }),
    reponse: Sortie,
    statut: 200,
    versionne: true,
    decide: true,
    appel: ({ params, corps, version }) =>
      fonction("private.porte_rejeter_sortie", { p_id: params.id, p_motif: corps.motif, p_version: version }),
  }),
];
