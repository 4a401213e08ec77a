import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { apres, type Dit, fonction, ligne, lignes, objet, reserver } from "../_shared/appels.ts";
import { accomplir, consulter } from "../_shared/chose.ts";
import { liste } from "../_shared/liste.ts";
import { fiche, rangee } from "../_shared/relations.ts";
import { Id, Instant, Jour, ParId, Texte } from "../_shared/schemas.ts";
import { Montant } from "./formes.ts";

const Domaine = z.enum(["FOURNISSEUR", "CLIENT", "TRANSPORTEUR", "DEPOT"]);
const Type = z.enum(["QUANTITE", "QUALITE", "LOGISTIQUE", "PRIX", "AUTRE"]);
const Statut = z.enum(["OUVERT", "EN_REVUE", "TRAITE", "LITIGE"]);
const Unite = z.enum(["L15", "L20", "TM_AIR", "USD", "KGM3", "JOUR"]);
const Imputation = z.enum(["FOURNISSEUR", "TRANSPORTEUR", "MONALUXE"]).meta({
  description: "Who answers for it",
});
const Cause = z.enum([
  ...["PERTE_TRANSPORT", "ERREUR_SAISIE", "DIFFERENCE_TEMPERATURE_DENSITE", "MANQUANT_FOURNISSEUR"] as const,
  ...["LIVRAISON_PARTIELLE", "AUTRE"] as const,
]);
const Decision = z.enum(["ACCEPTE_AVEC_NOTE", "AJUSTEMENT_REQUIS", "LITIGE", "ANNULER"]);

const Ecart = z.object({
  id: Id,
  domaine: Domaine,
  type: Type,
  depot_id: Id.nullable(),
  produit_id: Id.nullable(),
  fournisseur_lot_id: Id.nullable(),
  reference_type: z.string(),
  reference_id: Id,
  origine: z.enum(["AUTO", "MANUEL"]),
  attendu: z.number().nullable(),
  constate: z.number().nullable(),
  ecart: z.number().nullable().meta({ description: "constate − attendu, in unite" }),
  unite: Unite.nullable(),
  franchise: z.number(),
  excedent: z.number().meta({ description: "What lies beyond franchise" }),
  impact_usd: Montant.nullable(),
  impute_a: Imputation.nullable(),
  cause: Cause.nullable(),
  decision: Decision.nullable(),
  justification: z.string().nullable(),
  statut: Statut,
  created_by: Id.nullable().meta({ description: "Null where the system found it" }),
  traite_par: Id.nullable(),
  traite_le: Instant.nullable(),
  ouvert_le: Instant,
  created_at: Instant,
}).meta({ id: "Ecart" });

const NouvelEcart = z.strictObject({
  domaine: Domaine,
  type: Type,
  reference_type: z.enum(["LOT", "CDR", "RECEPTION", "SORTIE", "FACTURE"]),
  reference_id: Id,
  attendu: z.number().nullish(),
  constate: z.number().nullish(),
  unite: Unite.nullish(),
  impact_usd: Montant.nullish(),
  impute_a: Imputation.nullish(),
  justification: Texte.min(1),
}).meta({ id: "NouvelEcart" });

const Traitement = z.strictObject({
  cause: Cause,
  decision: Decision,
  justification: Texte,
  impact_usd: Montant.nullish(),
  impute_a: Imputation.nullish(),
}).meta({ id: "TraitementEcart" });

const Note = z.object({
  id: Id,
  ecart_id: Id,
  depot_id: Id.nullable(),
  texte: z.string(),
  auteur: Id.nullable(),
  created_at: Instant,
}).meta({ id: "NoteEcart" });

const Transit = z.object({
  cours_de_route_id: Id,
  plaque_camion: z.string(),
  fournisseur_id: Id,
  produit_id: Id,
  depot_id: Id,
  fournisseur_lot_id: Id.nullable(),
  bl_numero: z.string().nullable(),
  base: z.string(),
  charge: z.number().meta({ description: "In units of base" }),
  recu: z.number().nullable(),
  ecart: z.number().nullable(),
  franchise: z.number().nullable(),
  excedent: z.number().nullable(),
  impact_usd: Montant.nullable(),
  densite_charge: z.number().nullable(),
  densite_recu: z.number().nullable(),
  compare: z.boolean().meta({
    description: "Whether it has a bill of lading; without one, for information only",
  }),
  ecart_id: Id.nullable(),
  ecart_statut: z.string().nullable(),
  decharge_le: Instant.nullable(),
  created_at: Instant,
  date_jour: Jour.nullable().meta({ description: "Day it was received, which du and au bound" }),
}).meta({ id: "EcartTransit" });

const ECARTS = fiche("ecarts", Ecart);
const NOTES = fiche("ecarts_notes", Note);
const lus = reserver("lire_ecarts");

const ecart = (id: Dit) => ligne(ECARTS, id, "cet écart");
const ECART = { reponse: Ecart, une: ecart };

export const ecarts = [
  liste({
    de: ECARTS,
    cles: ["created_at", "id"],
    sens: "desc",
    depot: "depot_id",
    produit: "produit_id",
    moment: "created_at",
    exacts: {
      statut: Statut.optional(),
      type: Type.optional(),
      domaine: Domaine.optional(),
      fournisseur_lot_id: Id.optional(),
      reference_id: Id.optional(),
    },
  }, { chemin: "/ecarts", nom: "ecarts", resume: "List gaps, latest first", avant: lus }),
  liste({
    de: fiche("v_ecarts_transit", Transit),
    cles: ["created_at", "cours_de_route_id"],
    sens: "desc",
    depot: "depot_id",
    produit: "produit_id",
    jour: "date_jour",
    exacts: { fournisseur_id: Id.optional(), fournisseur_lot_id: Id.optional() },
  }, {
    chemin: "/ecarts-transit",
    nom: "ecarts-transit",
    resume: "List unloaded trucks, loaded against received, latest announced first",
    avant: lus,
  }),
  acte({
    methode: "POST",
    chemin: "/ecarts",
    resume: "Declare a gap of a truck, a réception, a sortie, a lot or an invoice",
    corps: NouvelEcart,
    reponse: Ecart,
    statut: 201,
    appel: ({ corps }) => ecart(fonction("public.declarer_ecart", { p_ecart: rangee("ecarts", corps) })),
  }),
  consulter(ECART, "/ecarts/:id", "Read a gap"),
  accomplir(
    ECART,
    "/ecarts/:id/revue",
    "Look into a gap",
    z.strictObject({}),
    (id) => fonction("public.revoir_ecart", { p_id: id }),
  ),
  accomplir(
    ECART,
    "/ecarts/:id/traiter",
    "Say what a gap is, what becomes of it and who answers for it",
    Traitement,
    (id, corps) =>
      fonction("public.traiter_ecart", {
        p_id: id,
        p_cause: corps.cause,
        p_decision: corps.decision,
        p_justification: corps.justification,
        p_impact_usd: corps.impact_usd ?? null,
        p_impute_a: corps.impute_a ?? null,
      }),
  ),
  accomplir(
    ECART,
    "/ecarts/:id/litige",
    "Dispute a gap: the invoice of its lot waits",
    z.strictObject({ motif: Texte.min(1) }),
    (id, corps) => fonction("public.contester_ecart", { p_id: id, p_motif: corps.motif }),
  ),
  acte({
    methode: "GET",
    chemin: "/ecarts/:id/notes",
    resume: "Read what people wrote of a gap, in order",
    params: ParId,
    reponse: z.object({ notes: z.array(Note) }).meta({ id: "NotesEcart" }),
    statut: 200,
    appel: ({ params }) =>
      apres(ecart(params.id), objet({ notes: lignes(NOTES, "ecart_id", params.id, "created_at") })),
  }),
  acte({
    methode: "POST",
    chemin: "/ecarts/:id/notes",
    resume: "Write what was found of a gap",
    params: ParId,
    corps: z.strictObject({ texte: Texte.min(1) }),
    reponse: Note,
    statut: 201,
    appel: ({ params, corps }) =>
      ligne(NOTES, fonction("public.noter_ecart", { p_id: params.id, p_texte: corps.texte }), "cette note"),
  }),
];
