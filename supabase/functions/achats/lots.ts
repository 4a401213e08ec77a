import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { apres, type Dit, fonction, inseree, ligne, lignes, modifiee, objet } from "../_shared/appels.ts";
import { accomplir, consulter } from "../_shared/chose.ts";
import { liste } from "../_shared/liste.ts";
import { fiche, rangee } from "../_shared/relations.ts";
import { Id, Instant, Jour, Litres, ParId, Texte } from "../_shared/schemas.ts";
import { Base, Montant } from "./formes.ts";

const StatutLot = z.enum(["ouvert", "cloture", "facture"]);
const Lot = z.object({
  id: Id,
  fournisseur_id: Id,
  produit_id: Id,
  reference: z.string(),
  date_lot: Jour.nullable(),
  proforma_id: Id.nullable(),
  statut: StatutLot,
  note: z.string().nullable(),
  created_by: Id.nullable(),
  created_at: Instant,
  updated_at: Instant,
}).meta({ id: "LotFournisseur" });
const NouveauLot = z.strictObject({
  fournisseur_id: Id,
  produit_id: Id,
  reference: Texte.min(1),
  date_lot: Jour.nullish(),
  proforma_id: Id.nullish(),
  note: Texte.nullish(),
}).meta({ id: "NouveauLot" });

const Camion = z.object({
  id: Id,
  depot_destination_id: Id,
  plaque_camion: z.string(),
  volume: Litres,
  statut: z.string(),
  fournisseur_lot_id: Id.nullable(),
  date_chargement: Jour,
}).meta({ id: "CamionDuLot" });

const Chargement = z.object({
  cours_de_route_id: Id,
  depot_id: Id,
  bl_numero: z.string(),
  date_bl: Jour,
  base: Base,
  quantite: z.number().meta({ description: "Loaded, in units of base" }),
  densite_15: z.number().nullable().meta({ description: "kg/m³ at 15 °C" }),
  temperature_c: z.number().nullable().meta({ description: "°C" }),
  scelles: z.string().nullable(),
  created_by: Id.nullable(),
  created_at: Instant,
  updated_at: Instant,
}).meta({ id: "Chargement" });
const NouveauChargement = z.strictObject({
  bl_numero: Texte.min(1),
  date_bl: Jour,
  base: Base.optional(),
  quantite: z.number(),
  densite_15: z.number().nullish().meta({ description: "kg/m³; below 2 it is taken to be in kg/L" }),
  temperature_c: z.number().nullish(),
  scelles: Texte.nullish(),
}).meta({ id: "NouveauChargement" });

const Frais = z.object({
  id: Id,
  lot_id: Id,
  type: z.enum(["FRET", "DOUANE", "SURESTARIES", "STOCKAGE", "INSPECTION", "AUTRE"]),
  montant: Montant,
  devise: z.enum(["USD", "CDF"]),
  taux_cdf: z.number().nullable().meta({ description: "CDF for one USD" }),
  montant_usd: Montant,
  reference: z.string().nullable(),
  tiers: z.string().nullable(),
  motif_annulation: z.string().nullable(),
  annule_par: Id.nullable(),
  created_by: Id.nullable(),
  created_at: Instant,
}).meta({ id: "FraisLot" });
const NouveauFrais = z.strictObject({
  type: Frais.shape.type,
  montant: Montant,
  devise: Frais.shape.devise.optional(),
  taux_cdf: z.number().nullish(),
  reference: Texte.nullish(),
  tiers: Texte.nullish(),
}).meta({ id: "NouveauFraisLot" });

const Surestaries = z.object({
  cours_de_route_id: Id,
  plaque_camion: z.string(),
  fournisseur_lot_id: Id,
  proforma_id: Id,
  arrive_le: Jour,
  decharge_le: Jour.nullable(),
  jours: z.int(),
  jours_franchise: z.int(),
  jours_comptes: z.int(),
  surestaries_usd_jour: Montant,
  montant_usd: Montant,
}).meta({ id: "Surestaries" });
const Cout = z.object({
  lot_id: Id,
  fournisseur_id: Id,
  produit_id: Id,
  reference: z.string(),
  statut: StatutLot,
  volume_15c: Litres,
  achat_usd: Montant.nullable().meta({ description: "USD; null before the lot is invoiced" }),
  frais_usd: Montant,
  surestaries_proposees_usd: Montant,
  cout_usd: Montant.nullable(),
  usd_par_l15: z.number().nullable().meta({ description: "USD for one litre at 15 °C" }),
  created_at: Instant,
}).meta({ id: "CoutLot" });

const LOTS = fiche("fournisseur_lot", Lot);
const CAMIONS = fiche("cours_de_route", Camion, [
  ...[
    "fournisseur_id",
    "produit_id",
    "plaque_remorque",
    "chauffeur_nom",
    "transporteur",
    "depart_pays",
  ] as const,
  ...["date_chargement_presumee", "motif_annulation", "note", "created_by", "created_at"] as const,
]);
const CHARGEMENTS = fiche("chargements", Chargement);
const FRAIS = fiche("frais_lot", Frais);
const SURESTARIES = fiche("v_surestaries", Surestaries);
const COUTS = fiche("v_cout_revient_lot", Cout);

const lot = (id: Dit) => ligne(LOTS, id, "ce lot");

const avancer = (chemin: string, statut: "cloture" | "facture", resume: string) =>
  acte({
    methode: "POST",
    chemin,
    resume,
    params: ParId,
    corps: z.strictObject({}),
    reponse: Lot,
    statut: 200,
    appel: ({ params }) => apres(modifiee(LOTS, params.id, { statut }), lot(params.id)),
  });

const LOT = { reponse: Lot, une: lot };

export const lots = [
  liste({
    de: LOTS,
    cles: ["created_at", "id"],
    sens: "desc",
    produit: "produit_id",
    moment: "created_at",
    exacts: { fournisseur_id: Id.optional(), statut: StatutLot.optional(), proforma_id: Id.optional() },
  }, { chemin: "/lots", nom: "lots", resume: "List suppliers' lots, latest first" }),
  acte({
    methode: "POST",
    chemin: "/lots",
    resume: "Open a lot of a supplier, of a proforma where it has one",
    corps: NouveauLot,
    reponse: Lot,
    statut: 201,
    appel: ({ corps }) => inseree(LOTS, corps),
  }),
  consulter(LOT, "/lots/:id", "Read a lot"),
  avancer(
    "/lots/:id/cloturer",
    "cloture",
    "Close a lot: no truck joins or leaves it any more (admin, directeur)",
  ),
  avancer("/lots/:id/facturer", "facture", "Mark a closed lot as invoiced (admin, directeur)"),
  acte({
    methode: "GET",
    chemin: "/lots/:id/cours-de-route",
    resume: "Read the trucks of a lot that go to depots one sees",
    params: ParId,
    reponse: z.object({ camions: z.array(Camion) }).meta({ id: "CamionsDuLot" }),
    statut: 200,
    appel: ({ params }) =>
      apres(
        lot(params.id),
        objet({ camions: lignes(CAMIONS, "fournisseur_lot_id", params.id, "plaque_camion") }),
      ),
  }),
  acte({
    methode: "POST",
    chemin: "/lots/:id/cours-de-route",
    resume: "Bring a truck into an open lot, or take it out of it",
    params: ParId,
    corps: z.strictObject({ cours_de_route_id: Id, rattacher: z.boolean().default(true) }),
    reponse: Camion,
    statut: 200,
    appel: ({ params, corps: { cours_de_route_id, rattacher } }) => {
      const camion = ligne(CAMIONS, cours_de_route_id, "ce cours de route");
      const du_lot = fonction("private.exiger_camion_du_lot", {
        p_cdr: cours_de_route_id,
        p_lot: params.id,
      });
      return apres(
        rattacher ? camion : apres(camion, du_lot),
        apres(
          modifiee(CAMIONS, cours_de_route_id, { fournisseur_lot_id: rattacher ? params.id : null }),
          camion,
        ),
      );
    },
  }),
  acte({
    methode: "POST",
    chemin: "/lots/:id/cours-de-route/decharges",
    resume: "Bring a truck that is unloaded already into an open lot (admin), with the reason",
    params: ParId,
    corps: z.strictObject({ cours_de_route_id: Id, motif: Texte.min(1) }),
    reponse: Camion,
    statut: 200,
    appel: ({ params, corps }) =>
      apres(
        fonction("public.rattacher_cdr_decharge", {
          p_cdr: corps.cours_de_route_id,
          p_lot: params.id,
          p_motif: corps.motif,
        }),
        ligne(CAMIONS, corps.cours_de_route_id, "ce cours de route"),
      ),
  }),
  acte({
    methode: "PUT",
    chemin: "/chargements/:id",
    resume: "Record the bill of lading of a truck, by the truck's id, or correct it",
    params: ParId,
    corps: NouveauChargement,
    reponse: Chargement,
    statut: 200,
    appel: ({ params, corps }) =>
      apres(
        fonction("public.enregistrer_chargement", {
          p_cours_de_route_id: params.id,
          p_chargement: rangee("chargements", corps),
        }),
        ligne(CHARGEMENTS, params.id, "ce bordereau", "cours_de_route_id"),
      ),
  }),
  consulter(
    { reponse: Chargement, une: (id) => ligne(CHARGEMENTS, id, "ce bordereau", "cours_de_route_id") },
    "/chargements/:id",
    "Read the bill of lading of a truck, by the truck's id",
  ),
  acte({
    methode: "GET",
    chemin: "/lots/:id/couts",
    resume:
      "What a lot costs: its invoice, its other costs, demurrage proposed truck by truck, USD a litre at 15 °C",
    params: ParId,
    reponse: z.object({ cout: Cout, frais: z.array(Frais), surestaries: z.array(Surestaries) }).meta({
      id: "CoutsDuLot",
    }),
    statut: 200,
    appel: ({ params }) =>
      objet({
        cout: ligne(COUTS, params.id, "ce lot", "lot_id"),
        frais: lignes(FRAIS, "lot_id", params.id, "created_at"),
        surestaries: lignes(SURESTARIES, "fournisseur_lot_id", params.id, "plaque_camion"),
      }),
  }),
  acte({
    methode: "POST",
    chemin: "/lots/:id/frais",
    resume: "Add a cost to a lot, in USD or in CDF at its document's rate",
    params: ParId,
    corps: NouveauFrais,
    reponse: Frais,
    statut: 201,
    appel: ({ params, corps }) =>
      ligne(
        FRAIS,
        fonction("public.ajouter_frais_lot", {
          p_lot_id: params.id,
          p_frais: rangee("frais_lot", corps),
        }),
        "ces frais",
      ),
  }),
  accomplir(
    { reponse: Frais, une: (id) => ligne(FRAIS, id, "ces frais") },
    "/frais/:id/annuler",
    "Cancel a cost typed wrong, with the reason",
    z.strictObject({ motif: Texte.min(1) }),
    (id, corps) => fonction("public.annuler_frais_lot", { p_id: id, p_motif: corps.motif }),
  ),
];
