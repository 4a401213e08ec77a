import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { apres, ensemble, fonction, objet, rangees, seule } from "../_shared/appels.ts";
import { page } from "../_shared/liste.ts";
import { Densite, Litres, Mesure, Temperature } from "../_shared/schemas.ts";

const Methode = z.enum(["MPMS_11_1_1980", "MPMS_11_1_2004"]);

const Calcul = z.strictObject({
  groupe: z.enum(["A", "B", "D"]).meta({ description: "A crude, B refined, D lubricating" }),
  densite_observee_kgm3: Densite.nullish(),
  temperature_echantillon_c: Temperature.nullish().meta({
    description: "°C of the sample its density was read on",
  }),
  temperature_produit_c: Temperature.nullish().meta({
    description: "°C of the product its volume was read at",
  }),
  volume_observe_l: Litres,
  methode: Methode.default("MPMS_11_1_1980"),
  correction_verre: z.boolean().default(true),
  pression_kpa: Mesure.default(0),
  arrondir: z.boolean().default(true),
}).meta({ id: "Calcul15c" });

const Resultat = z.object({
  densite_15c_kgm3: Densite,
  vcf: z.number(),
  volume_15c_l: Litres,
  methode: Methode,
}).meta({ id: "Resultat15c" });

const Conversion = z.strictObject({
  quantite: Mesure,
  unite: z.enum(["L", "L_15C", "L_20C", "BARIL_60F", "T_VIDE", "T_AIR"]).meta({
    description: "L: as measured at the product's temperature; T_VIDE, T_AIR: tonnes in vacuum, in air",
  }),
  groupe: z.enum(["A", "B", "D"]).default("B").meta({ description: "A crude, B refined, D lubricating" }),
  densite_observee_kgm3: Densite.nullish(),
  temperature_echantillon_c: Temperature.nullish(),
  densite_a_15_kgm3: Densite.nullish(),
  api_60f: Mesure.nullish().meta({ description: "Degrees API at 60 °F, where no density is known" }),
  temperature_produit_c: Temperature.nullish(),
  temperature_produit_f: Mesure.nullish().meta({ description: "°F, where no °C is known" }),
  methode: Methode.default("MPMS_11_1_1980"),
  correction_verre: z.boolean().default(true),
  arrondir: z.boolean().default(true),
}).meta({ id: "Conversion" });

const Converti = z.object({
  densite_15c_kgm3: Densite,
  densite_20c_kgm3: Densite,
  degres_api: z.number(),
  temperature_c: Temperature,
  temperature_f: z.number(),
  vcf: z.number(),
  volume_observe_l: Litres.meta({ description: "Litres at the product's temperature: what to load" }),
  volume_15c_l: Litres,
  volume_20c_l: Litres,
  barils_60f: z.number(),
  masse_vide_t: z.number(),
  masse_air_t: z.number(),
}).meta({ id: "Converti" });

const Comparaison = z.object({
  source: z.string(),
  reference: z.string(),
  produit_code: z.string(),
  note: z.string().nullable(),
  volume_observe_l: Litres,
  densite_15c_attendue_kgm3: Densite.nullable(),
  vcf_attendu: z.number().nullable(),
  volume_15c_attendu_l: Litres,
  densite_15c_kgm3: Densite.nullable(),
  vcf: z.number().nullable(),
  volume_15c_l: Litres.nullable(),
  ecart_l: Litres.nullable(),
  dans_tolerance: z.boolean(),
  ecart_une_temperature_l: Litres.nullable(),
  ecart_historique_l: Litres,
  temperature_echantillon_c: z.number(),
  temperature_produit_c: z.number(),
  temperature_produit_deduite: z.boolean().meta({
    description: "Not given by the source, but deduced from its factor",
  }),
  densite_observee_kgm3: Densite,
  refus: z.string().nullable().meta({ description: "Code of the refusal of a case without figures" }),
  refus_phrase: z.string().nullable(),
}).meta({ id: "Comparaison" });

export const actes = [
  acte({
    methode: "POST",
    chemin: "/calculer",
    resume: "Volume at 15 °C by API MPMS 11.1, without recording anything",
    corps: Calcul,
    reponse: Resultat,
    statut: 200,
    appel: ({ corps }) =>
      ensemble(
        seule(rangees("astm.calculer_15c", {
          ...corps,
          densite_observee_kgm3: corps.densite_observee_kgm3 ?? null,
          temperature_echantillon_c: corps.temperature_echantillon_c ?? null,
          temperature_produit_c: corps.temperature_produit_c ?? null,
        })),
        objet({ methode: corps.methode }),
      ),
  }),
  acte({
    methode: "POST",
    chemin: "/convertir",
    resume:
      "A quantity of fuel in every unit: litres at any base, tonnes, barrels, degrees API, volume to load",
    corps: Conversion,
    reponse: Converti,
    statut: 200,
    appel: ({ corps }) =>
      seule(rangees("astm.convertir", {
        p_quantite: corps.quantite,
        p_unite: corps.unite,
        p_groupe: corps.groupe,
        p_densite_observee_kgm3: corps.densite_observee_kgm3 ?? null,
        p_temperature_echantillon_c: corps.temperature_echantillon_c ?? null,
        p_densite_a_15_kgm3: corps.densite_a_15_kgm3 ?? null,
        p_api_60f: corps.api_60f ?? null,
        p_temperature_produit_c: corps.temperature_produit_c ?? null,
        p_temperature_produit_f: corps.temperature_produit_f ?? null,
        p_methode: corps.methode,
        p_correction_verre: corps.correction_verre,
        p_arrondir: corps.arrondir,
      })),
  }),
  acte({
    methode: "POST",
    chemin: "/comparer",
    resume: "Compare the engine with the field's own figures (flag astm_53b)",
    corps: z.strictObject({ methode: Methode.nullish(), profil: z.string().max(200).nullish() })
      .meta({ id: "DemandeDeComparaison" }),
    reponse: page(Comparaison),
    statut: 200,
    appel: ({ corps }) =>
      apres(
        fonction("private.exiger_flag", { p_key: "astm_53b" }),
        objet({
          data: rangees("astm.comparer", {
            p_methode: corps.methode ?? null,
            p_profil: corps.profil ?? null,
          }),
          next_cursor: null,
        }),
      ),
  }),
];
