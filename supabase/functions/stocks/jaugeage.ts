import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { type Dit, fonction, idDe, inseree, ligne } from "../_shared/appels.ts";
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
  Mesure,
  OuiNon,
  Proprietaire,
  Temperature,
  Texte,
} from "../_shared/schemas.ts";

const Millimetres = Mesure.meta({ description: "mm" });
const TypePrise = z.enum(["OUVERTURE", "FERMETURE", "AVANT", "APRES", "INVENTAIRE"]);

const NouvellePriseDeHauteur = z.strictObject({
  citerne_id: Id,
  type: TypePrise.nullish(),
  mesuree_le: Instant.nullish().meta({ description: "When the gauge was read: the books are those of then" }),
  hauteur_totale_mm: Millimetres.nullish().meta({ description: "Height of the liquid, water included, mm" }),
  hauteur_eau_mm: Millimetres.nullish().meta({ description: "Height of the free water, mm" }),
  volume_mesure: Litres.nullish().meta({ description: "Litres, where no height is said" }),
  temperature_c: Temperature.nullish().meta({ description: "°C of the product in the tank" }),
  temperature_echantillon_c: Temperature.nullish(),
  temperature_air_c: Temperature.nullish(),
  densite_observee_kgm3: Densite.nullish(),
  densite_a_15_kgm3: Densite.nullish(),
  eau_sediments_pour_cent: Mesure.nullish().meta({ description: "Sediment and water it carries, percent" }),
  note: Texte.nullish(),
}).meta({ id: "NouvellePriseDeHauteur" });

/** A dip as it is written; what follows from it is read beside the books. */
const PriseEcrite = z.object({
  id: Id,
  depot_id: Id,
  citerne_id: Id,
  produit_id: Id,
  type: TypePrise,
  mesuree_le: Instant.nullable(),
  hauteur_totale_mm: Millimetres.nullable(),
  hauteur_eau_mm: Millimetres.nullable(),
  temperature_c: Temperature.nullable(),
  temperature_echantillon_c: Temperature.nullable(),
  temperature_air_c: Temperature.nullable(),
  densite_observee_kgm3: Densite.nullable(),
  densite_a_15_kgm3: Densite.nullable(),
  eau_sediments_pour_cent: z.number(),
  bareme_id: Id.nullable(),
  volume_total_l: Litres.nullable(),
  volume_eau_l: Litres.nullable(),
  ctsh: z.number().nullable(),
  volume_toit_l: Litres.nullable(),
  volume_brut_l: Litres.nullable(),
  volume_mesure: Litres,
  vcf: z.number().nullable(),
  methode_15c: z.string().nullable(),
  volume_15c_brut: Litres.nullable(),
  volume_15c: Litres.nullable(),
  incertitude_15c: Litres.nullable(),
  stock_comptable: Litres,
  stock_comptable_15c: Litres.nullable(),
  avertissements: Avertissements,
  note: z.string().nullable(),
  created_by: Id,
  created_at: Instant,
});

const { id: _id, ...LUES } = PriseEcrite.shape;
const Ecart = z.object({
  prise_de_hauteur_id: Id,
  citerne_nom: z.string(),
  ...LUES,
  ...Masses.shape,
  ecart_l: Litres,
  ecart_pour_mille: z.number().nullable(),
  ecart_15c: Litres.nullable(),
  ecart_15c_pour_mille: z.number().nullable(),
  tolerance_inventaire_pour_mille: z.number(),
  hors_tolerance: z.boolean(),
  au_dela_incertitude: z.boolean().nullable().meta({
    description: "Beyond what the instruments may be wrong by; null where litres were sent",
  }),
  bareme_version: z.int().nullable(),
  regularisee: z.boolean(),
  date_jour: Jour.meta({ description: "Day of the reading, which du and au bound" }),
}).meta({ id: "EcartInventaire" });

const Regularisation = z.object({
  id: Id,
  prise_de_hauteur_id: Id,
  citerne_id: Id,
  produit_id: Id,
  depot_id: Id,
  proprietaire_type: Proprietaire,
  delta_ambiant: Litres,
  delta_15c: Litres,
  motif: z.string(),
  date_jour: Jour,
  created_by: Id,
  created_at: Instant,
}).meta({ id: "Regularisation" });

const PRISES = fiche("prises_de_hauteur", PriseEcrite, ["tolerance_pour_mille", "parametres_15c"]);
const ECARTS = fiche("v_ecarts_inventaire", Ecart);
const FILTRES = { depot: "depot_id", citerne: "citerne_id", produit: "produit_id" } as const;

const ecart = (id: Dit) => ligne(ECARTS, id, "cette prise de hauteur", "prise_de_hauteur_id");

const ECART = { reponse: Ecart, une: ecart };

export const jaugeage = [
  acte({
    methode: "POST",
    chemin: "/prises-de-hauteur",
    resume:
      "Record a dip, by heights or in litres: what is really in a tank, beside the books of that moment",
    corps: NouvellePriseDeHauteur,
    reponse: Ecart,
    statut: 201,
    appel: ({ corps }) => ecart(idDe(inseree(PRISES, corps))),
  }),
  accomplir(
    ECART,
    "/prises-de-hauteur/:id/regulariser",
    "Book the gap that a dip found (admin), with the reason, once",
    z.strictObject({ motif: Texte.min(1) }).meta({ id: "MotifDeRegularisation" }),
    (id, corps) => fonction("public.regulariser", { p_prise_de_hauteur_id: id, p_motif: corps.motif }),
  ),
  liste({
    de: ECARTS,
    cles: ["created_at", "prise_de_hauteur_id"],
    sens: "desc",
    jour: "date_jour",
    ...FILTRES,
    exacts: { hors_tolerance: OuiNon.optional(), regularisee: OuiNon.optional() },
  }, { chemin: "/ecarts", nom: "ecarts", resume: "Dips beside the books, latest first" }),
  liste({
    de: fiche("regularisations", Regularisation),
    cles: ["date_jour", "id"],
    sens: "desc",
    jour: "date_jour",
    ...FILTRES,
    exacts: { proprietaire_type: Proprietaire.optional() },
  }, { chemin: "/regularisations", nom: "regularisations", resume: "Gaps that were booked, latest first" }),
];
