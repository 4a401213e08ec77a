import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { type Dit, fonction, idDe, inseree, ligne } from "../_shared/appels.ts";
import { accomplir, consulter } from "../_shared/chose.ts";
import { liste } from "../_shared/liste.ts";
import { fiche } from "../_shared/relations.ts";
import { Densite, Id, Instant, Jour, Litres, Mesure, Temperature, Texte } from "../_shared/schemas.ts";

const Millimetres = Mesure.meta({ description: "mm" });
const StatutBareme = z.enum(["BROUILLON", "ACTIF", "REMPLACE"]);

const NouveauBareme = z.strictObject({
  citerne_id: Id,
  certificat: Texte.min(1).meta({ description: "Number of the certificate it comes from" }),
  organisme: Texte.nullish(),
  valide_du: Jour,
  valide_au: Jour.nullish(),
  hauteur_max_mm: Millimetres,
  temperature_reference_c: Temperature.nullish().meta({
    description: "°C of the shell; 20 where none is said",
  }),
  coefficient_acier: Mesure.nullish().meta({ description: "Linear expansion per °C; 1.12e-5, mild steel" }),
  calorifugee: z.boolean().nullish().meta({ description: "Insulated: its shell is as warm as its liquid" }),
  toit_masse_kg: Mesure.nullish().meta({ description: "Floating roof, kg; with both of its heights" }),
  toit_densite_kgm3: Densite.nullish().meta({
    description: "kg/m³ at which the table took the roof off; without it, an open table",
  }),
  toit_repose_mm: Millimetres.nullish(),
  toit_flotte_mm: Millimetres.nullish(),
  incertitude_pour_mille: Mesure.nullish(),
  incertitude_hauteur_mm: Millimetres.nullish(),
  incertitude_temperature_c: Temperature.nullish(),
  incertitude_densite_kgm3: Mesure.nullish(),
}).meta({ id: "NouveauBareme" });

const BaremeEcrit = z.object({
  id: Id,
  citerne_id: Id,
  produit_id: Id,
  depot_id: Id,
  version: z.int(),
  statut: StatutBareme,
  certificat: z.string(),
  organisme: z.string().nullable(),
  valide_du: Jour,
  valide_au: Jour.nullable(),
  hauteur_max_mm: Millimetres,
  temperature_reference_c: Temperature,
  coefficient_acier: z.number(),
  calorifugee: z.boolean(),
  toit_masse_kg: z.number().nullable(),
  toit_densite_kgm3: Densite.nullable(),
  toit_repose_mm: Millimetres.nullable(),
  toit_flotte_mm: Millimetres.nullable(),
  incertitude_pour_mille: z.number(),
  incertitude_hauteur_mm: z.number(),
  incertitude_temperature_c: z.number(),
  incertitude_densite_kgm3: z.number(),
  created_by: Id,
  active_par: Id.nullable(),
  active_le: Instant.nullable(),
  created_at: Instant,
});
const Bareme = BaremeEcrit.extend({
  citerne_nom: z.string(),
  points: z.int(),
  volume_max_l: Litres.nullable(),
}).meta({ id: "Bareme" });
const PointBareme = z.object({ bareme_id: Id, hauteur_mm: Millimetres, volume_l: Litres, depot_id: Id })
  .meta({ id: "PointBareme" });

const ECRITS = fiche("baremes", BaremeEcrit);
const BAREMES = fiche("v_baremes", Bareme);
const bareme = (id: Dit) => ligne(BAREMES, id, "ce barème");

/** The longest file: ten times a table of a tank of ten metres, millimetre by millimetre. */
const CSV_MAX = 900_000;

const BAREME = { reponse: Bareme, une: bareme };

export const baremes = [
  acte({
    methode: "POST",
    chemin: "/baremes",
    resume: "Begin the next version of a tank's gauge table, as a draft (admin, directeur)",
    corps: NouveauBareme,
    reponse: Bareme,
    statut: 201,
    appel: ({ corps }) => bareme(idDe(inseree(ECRITS, corps))),
  }),
  liste({
    de: BAREMES,
    cles: ["citerne_nom", "id"],
    sens: "asc",
    depot: "depot_id",
    citerne: "citerne_id",
    produit: "produit_id",
    exacts: { statut: StatutBareme.optional() },
  }, { chemin: "/baremes", nom: "baremes", resume: "Gauge tables, every version" }),
  consulter(BAREME, "/baremes/:id", "Read a gauge table: its certificate, its roof, how many points it has"),
  accomplir(
    BAREME,
    "/baremes/:id/points.csv",
    "Put the points of a CSV into a draft: all of them, or each fault by its line",
    z.strictObject({
      csv: z.string().max(CSV_MAX).meta({
        description:
          "hauteur_mm;volume_l (or hauteur_cm, volume_m3), a line a point; also as a body of text/csv",
      }),
    }).meta({ id: "PointsCsv" }),
    (id, corps) => fonction("public.importer_bareme", { p_id: id, p_csv: corps.csv }),
  ),
  liste({
    de: fiche("baremes_points", PointBareme),
    cles: ["bareme_id", "hauteur_mm"],
    sens: "asc",
    depot: "depot_id",
    exacts: { bareme_id: Id.optional() },
  }, { chemin: "/baremes-points", nom: "bareme", resume: "Points of gauge tables: litres at each height" }),
  accomplir(
    BAREME,
    "/baremes/:id/activer",
    "Put a draft into force: the tank is gauged by it from its day on (admin, directeur)",
    z.strictObject({}),
    (id) => fonction("public.activer_bareme", { p_id: id }),
  ),
];
