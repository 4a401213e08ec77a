import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { type Dit, fonction, ligne, objet, rangees } from "../_shared/appels.ts";
import { accomplir } from "../_shared/chose.ts";
import { liste } from "../_shared/liste.ts";
import { fiche } from "../_shared/relations.ts";
import {
  Avertissements,
  Densite,
  Id,
  Instant,
  Jour,
  Litres,
  Masses,
  Proprietaire,
  Temperature,
  Texte,
} from "../_shared/schemas.ts";

// Fuel sent from one depot to another: out of a tank here, on its way, into a tank there.

const Statut = z.enum(["EXPEDIE", "RECU", "PERDU"]);
const Tonnes = z.number().nullable().meta({ description: "Tonnes in air; null without a density" });

const TransfertDepot = z.object({
  id: Id,
  numero: z.string().nullable(),
  statut: Statut,
  produit_id: Id,
  proprietaire_type: Proprietaire,
  partenaire_id: Id.nullable(),
  depot_source_id: Id,
  depot_source_nom: z.string(),
  citerne_source_id: Id,
  depot_destination_id: Id,
  depot_destination_nom: z.string(),
  citerne_destination_id: Id.nullable(),
  date_expedition: Jour,
  expedie_ambiant: Litres,
  expedie_15c: Litres,
  expedie_temperature_c: Temperature.nullable(),
  expedie_densite_15_kgm3: Densite.nullable(),
  expedie_masse_air_t: Tonnes,
  expedie_avertissements: Avertissements,
  date_reception: Jour.nullable(),
  recu_ambiant: Litres.nullable(),
  recu_15c: Litres.nullable(),
  recu_temperature_c: Temperature.nullable(),
  recu_densite_15_kgm3: Densite.nullable(),
  recu_masse_air_t: Tonnes,
  recu_avertissements: Avertissements,
  perte_15c: Litres.nullable().meta({ description: "Lost on the way, at 15 °C; negative: more arrived" }),
  perte_pour_mille: z.number().nullable(),
  franchise_pour_mille: z.number().nullable(),
  franchise_15c: Litres.nullable(),
  excedent_15c: Litres.nullable().meta({ description: "What of the difference lies beyond the allowance" }),
  plaque_camion: z.string().nullable(),
  chauffeur_nom: z.string().nullable(),
  transporteur: z.string().nullable(),
  note: z.string().nullable(),
  note_reception: z.string().nullable(),
  motif_perte: z.string().nullable(),
  expedie_par: Id,
  expedie_le: Instant,
  clos_par: Id.nullable(),
  clos_le: Instant.nullable(),
  created_at: Instant,
}).meta({ id: "TransfertDepot" });
const TRANSFERTS = fiche("v_transferts_depots", TransfertDepot);
const QUOI = "ce transfert";

const EnTransit = z.object({
  transfert_id: Id,
  numero: z.string().nullable(),
  depot_source_id: Id,
  depot_source_nom: z.string(),
  depot_destination_id: Id,
  depot_destination_nom: z.string(),
  produit_id: Id,
  produit_nom: z.string(),
  proprietaire_type: Proprietaire,
  partenaire_id: Id.nullable(),
  partenaire_nom: z.string().nullable(),
  stock_ambiant: Litres,
  stock_15c: Litres,
  densite_15_kgm3: Densite.nullable(),
  ...Masses.shape,
  plaque_camion: z.string().nullable(),
  date_expedition: Jour,
  expedie_le: Instant,
}).meta({ id: "StockEnTransit" });

/** What is measured at either end. */
const Mesures = {
  volume_ambiant: Litres,
  temperature_ambiante_c: Temperature.nullish(),
  temperature_echantillon_c: Temperature.nullish(),
  densite_observee_kgm3: Densite.nullish(),
  densite_a_15_kgm3: Densite.nullish(),
  date_jour: Jour.nullish(),
  note: Texte.nullish(),
};
const mesures = (corps: z.infer<z.ZodObject<typeof Mesures>>) => ({
  p_volume_ambiant: corps.volume_ambiant,
  p_temperature_ambiante_c: corps.temperature_ambiante_c ?? null,
  p_temperature_echantillon_c: corps.temperature_echantillon_c ?? null,
  p_densite_observee_kgm3: corps.densite_observee_kgm3 ?? null,
  p_densite_a_15_kgm3: corps.densite_a_15_kgm3 ?? null,
  p_date_jour: corps.date_jour ?? null,
  p_note: corps.note ?? null,
});

const TRANSFERT_DEPOT = { reponse: TransfertDepot, une: (id: Dit) => ligne(TRANSFERTS, id, QUOI) };

export const actesTransfertsDepots = [
  acte({
    methode: "POST",
    chemin: "/transferts-depots",
    resume: "Send fuel out of a tank to another depot: from here on it is on its way, owned and in no tank",
    corps: z.strictObject({
      citerne_source_id: Id,
      depot_destination_id: Id,
      proprietaire_type: Proprietaire.nullish(),
      partenaire_id: Id.nullish().meta({ description: "Whose it is, where it is a partner's" }),
      ...Mesures,
      plaque_camion: Texte.nullish(),
      chauffeur_nom: Texte.nullish(),
      transporteur: Texte.nullish(),
    }).meta({ id: "NouveauTransfertDepot" }),
    reponse: TransfertDepot,
    statut: 201,
    appel: ({ corps }) =>
      ligne(
        TRANSFERTS,
        fonction("public.expedier_transfert", {
          p_citerne_source_id: corps.citerne_source_id,
          p_depot_destination_id: corps.depot_destination_id,
          p_proprietaire_type: corps.proprietaire_type ?? null,
          p_partenaire_id: corps.partenaire_id ?? null,
          ...mesures(corps),
          p_plaque_camion: corps.plaque_camion ?? null,
          p_chauffeur_nom: corps.chauffeur_nom ?? null,
          p_transporteur: corps.transporteur ?? null,
        }),
        QUOI,
      ),
  }),
  accomplir(
    TRANSFERT_DEPOT,
    "/transferts-depots/:id/recevoir",
    "Receive it in a tank of the depot it was sent to: the litres measured there",
    z.strictObject({
      citerne_id: Id,
      ...Mesures,
      confirmer: z.boolean().nullish().meta({ description: "Ten times what was sent, and still right" }),
    }).meta({ id: "ReceptionTransfertDepot" }),
    (id, corps) =>
      fonction("public.recevoir_transfert", {
        p_id: id,
        p_citerne_id: corps.citerne_id,
        ...mesures(corps),
        p_confirmer: corps.confirmer ?? false,
      }),
  ),
  accomplir(
    TRANSFERT_DEPOT,
    "/transferts-depots/:id/perdu",
    "Declare that it will never arrive (admin), with a reason",
    z.strictObject({ motif: Texte }),
    (id, corps) => fonction("public.declarer_perdu", { p_id: id, p_motif: corps.motif }),
  ),
  liste({
    de: TRANSFERTS,
    cles: ["date_expedition", "id"],
    sens: "desc",
    jour: "date_expedition",
    depot: ["depot_source_id", "depot_destination_id"],
    citerne: ["citerne_source_id", "citerne_destination_id"],
    produit: "produit_id",
    exacts: {
      statut: Statut.optional(),
      proprietaire_type: Proprietaire.optional(),
      partenaire_id: Id.optional(),
    },
  }, {
    chemin: "/transferts-depots",
    nom: "transferts-depots",
    resume: "Transfers from and to a depot, latest first, with the loss on the way",
  }),
  acte({
    methode: "GET",
    chemin: "/transferts-depots/destinations",
    resume: "Depots that what a tank holds may be sent to",
    query: z.strictObject({ citerne_id: Id }),
    reponse: z.object({ data: z.array(z.object({ depot_id: Id, nom: z.string() })) })
      .meta({ id: "DestinationsTransfert" }),
    statut: 200,
    appel: ({ query }) =>
      objet({ data: rangees("public.destinations_transfert", { p_citerne_source_id: query.citerne_id }) }),
  }),
  liste({
    de: fiche("v_stock_en_transit", EnTransit),
    cles: ["date_expedition", "transfert_id"],
    sens: "desc",
    depot: ["depot_source_id", "depot_destination_id"],
    produit: "produit_id",
    exacts: { proprietaire_type: Proprietaire.optional(), partenaire_id: Id.optional() },
  }, {
    chemin: "/en-transit",
    nom: "en-transit",
    resume: "Fuel on its way between depots: owned and counted, in no tank",
  }),
];
