import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { apres, avec, fonction, inseree, ligne } from "../_shared/appels.ts";
import { liste } from "../_shared/liste.ts";
import { fiche } from "../_shared/relations.ts";
import {
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
import { jaugeage } from "./jaugeage.ts";
import { actesCamions } from "./camions.ts";
import { actesCessions } from "./cessions.ts";
import { actesPartenaires, PartInitiale } from "./partenaires.ts";
import { actesPeriodes } from "./periodes.ts";
import { actesTransferts } from "./transferts.ts";
import { actesTransfertsDepots } from "./transferts_depots.ts";

const Ou = { citerne_id: Id, produit_id: Id, depot_id: Id, proprietaire_type: Proprietaire };

const StockActuel = z.object({
  ...Ou,
  depot_nom: z.string(),
  citerne_nom: z.string(),
  produit_nom: z.string(),
  stock_ambiant: Litres,
  stock_15c: Litres,
  stock_ambiant_base: Litres,
  stock_15c_base: Litres,
  delta_ambiant_total: Litres,
  delta_15c_total: Litres,
  capacite_totale: Litres,
  capacite_securite: Litres,
  last_movement_at: Instant,
  updated_at: Instant,
  densite_melange_kgm3: Densite.nullable(),
  ...Masses.shape,
  logique: z.boolean().meta({ description: "It lies at a friend's depot" }),
}).meta({ id: "StockActuel" });

const EtatCiterne = z.object({
  citerne_id: Id,
  citerne_nom: z.string(),
  depot_id: Id,
  produit_id: Id,
  statut: z.string(),
  capacite_totale: Litres,
  capacite_securite: Litres,
  stock_ambiant: Litres,
  stock_15c: Litres,
  densite_melange_kgm3: Densite.nullable(),
  ...Masses.shape,
  temperature_c: Temperature.nullable(),
  temperature_le: Jour.nullable(),
  place_libre_l: Litres,
  derniere_prise_id: Id.nullable(),
  derniere_prise_l: Litres.nullable(),
  derniere_prise_le: Instant.nullable(),
  derniere_prise_mesuree_le: Instant.nullable(),
  derniere_hauteur_mm: z.number().nullable(),
  derniere_hauteur_eau_mm: z.number().nullable(),
  derniere_prise_15c: Litres.nullable(),
  dernier_ecart_15c: Litres.nullable().meta({
    description: "Last dip less the books of its moment, at 15 °C",
  }),
  derniere_incertitude_15c: Litres.nullable(),
}).meta({ id: "EtatCiterne" });

const StockJournalier = z.object({
  id: Id,
  ...Ou,
  date_jour: Jour,
  stock_ambiant: Litres,
  stock_15c: Litres,
  source: z.string(),
  updated_at: Instant,
  created_at: Instant,
}).meta({ id: "StockJournalier" });

const MouvementType = z.enum([
  "RECEPTION",
  "SORTIE",
  "AJUSTEMENT",
  "STOCK_INITIAL",
  "TRANSFERT",
  "DILATATION",
  "REGULARISATION",
  "TRANSFERT_DEPOT",
  "CESSION",
]);
const Mouvement = z.object({
  date_jour: Jour,
  ...Ou,
  delta_ambiant: Litres,
  delta_15c: Litres,
  mouvement_type: MouvementType,
  mouvement_id: Id,
  created_at: Instant,
  ...Masses.shape,
}).meta({ id: "Mouvement" });

const Kpi = z.object({
  depot_id: Id,
  depot_nom: z.string(),
  produit_id: Id,
  produit_nom: z.string(),
  date_jour: Jour,
  stock_ambiant_total: Litres,
  stock_15c_total: Litres,
  stock_ambiant_monaluxe: Litres,
  stock_15c_monaluxe: Litres,
  stock_ambiant_partenaire: Litres,
  stock_15c_partenaire: Litres,
  ...Masses.shape,
  stock_ambiant_depots_amis: Litres.meta({ description: "What of the total lies at friends' depots" }),
  stock_15c_depots_amis: Litres,
}).meta({ id: "KpiStock" });

const MouvementCorrige = z.enum(["RECEPTION", "SORTIE", "STOCK_INITIAL", "TRANSFERT", "TRANSFERT_DEPOT"]);

const NouvelAjustement = z.strictObject({
  mouvement_type: MouvementCorrige,
  mouvement_id: Id,
  /** Of a transfer: from the side of which tank the litres are said, the one it went to where none is (yet: it left). */
  citerne_id: Id.nullish(),
  delta_ambiant: Litres,
  delta_15c: Litres,
  reason: Texte,
}).meta({ id: "NouvelAjustement" });

const Ajustement = z.object({
  id: Id,
  ...Ou,
  mouvement_type: MouvementCorrige,
  mouvement_id: Id,
  delta_ambiant: Litres,
  delta_15c: Litres,
  reason: z.string(),
  compensation: z.boolean(),
  contrepartie_de: Id.nullable(),
  date_jour: Jour,
  created_by: Id,
  created_at: Instant,
}).meta({ id: "Ajustement" });

const NouveauStockInitial = z.strictObject({
  citerne_id: Id,
  proprietaire_type: Proprietaire,
  volume_ambiant: Litres,
  volume_15c: Litres,
  partenaires: z.array(PartInitiale).min(1).max(100).nullish().meta({
    description: "Whose it was; what is left is of no partner",
  }),
  motif: Texte,
  date_jour: Jour.nullish(),
}).meta({ id: "NouveauStockInitial" });

const StockInitial = z.object({
  id: Id,
  ...Ou,
  volume_ambiant: Litres,
  volume_15c: Litres,
  motif: z.string(),
  date_jour: Jour,
  created_by: Id,
  created_at: Instant,
}).meta({ id: "StockInitial" });

const FILTRES = { depot: "depot_id", citerne: "citerne_id", produit: "produit_id" } as const;
const exacts = { proprietaire_type: Proprietaire.optional() };

export const actes = [
  liste({
    de: fiche("v_stock_actuel", StockActuel),
    cles: ["citerne_nom", "citerne_id", "proprietaire_type"],
    sens: "asc",
    ...FILTRES,
    suivis: ["depot_id", "citerne_id"],
    passe: "stock_actuel_a",
    exacts,
  }, {
    chemin: "/actuel",
    nom: "stock",
    resume: "Stock by tank, product and owner: now, or at the end of a day",
  }),
  liste({
    de: fiche("v_etat_citernes", EtatCiterne),
    cles: ["citerne_nom", "citerne_id"],
    sens: "asc",
    ...FILTRES,
    suivis: ["depot_id", "citerne_id"],
  }, {
    chemin: "/citernes",
    nom: "citernes",
    resume: "Each tank as it is: stock, density of the mix, tonnes, temperature, last dip",
  }),
  liste({
    de: fiche("stocks_journaliers", StockJournalier),
    cles: ["date_jour", "id"],
    sens: "desc",
    jour: "date_jour",
    ...FILTRES,
    suivis: ["depot_id"],
    duDepot: true,
    exacts,
  }, {
    chemin: "/journaliers",
    nom: "stocks-journaliers",
    resume: "Stock at the end of each day, latest first",
  }),
  liste({
    de: fiche("v_mouvements_stock", Mouvement),
    // The two halves of a transfer share an id, and those of a cession a tank too: the owner tells them apart.
    cles: ["date_jour", "mouvement_id", "citerne_id", "proprietaire_type"],
    sens: "desc",
    jour: "date_jour",
    ...FILTRES,
    suivis: ["depot_id", "citerne_id"],
    duDepot: true,
    exacts: { ...exacts, mouvement_type: MouvementType.optional() },
  }, { chemin: "/mouvements", nom: "mouvements", resume: "Everything that moved stock, latest first" }),
  liste({
    de: fiche("v_kpi_stock_global", Kpi),
    cles: ["depot_nom", "depot_id", "produit_id"],
    sens: "asc",
    depot: "depot_id",
    produit: "produit_id",
    passe: "kpi_stock_a",
  }, {
    chemin: "/kpi",
    nom: "kpi",
    resume: "Stock by depot and product, total and by owner: now, or at the end of a day",
  }),
  acte({
    methode: "POST",
    chemin: "/ajustements",
    resume: "Correct a validated movement (admin), with a reason",
    corps: NouvelAjustement,
    reponse: Ajustement,
    statut: 201,
    appel: ({ corps }) => inseree(fiche("stocks_adjustments", Ajustement), corps),
  }),
  acte({
    methode: "POST",
    chemin: "/initiaux",
    resume: "Declare what a tank held for an owner before any movement (admin), once",
    corps: NouveauStockInitial,
    reponse: StockInitial,
    statut: 201,
    appel: ({ corps }) =>
      avec(
        fonction("public.declarer_stock_initial", {
          p_citerne_id: corps.citerne_id,
          p_proprietaire_type: corps.proprietaire_type,
          p_volume_ambiant: corps.volume_ambiant,
          p_volume_15c: corps.volume_15c,
          p_motif: corps.motif,
          p_date_jour: corps.date_jour ?? null,
        }),
        (id) => {
          const declare = ligne(fiche("stocks_initiaux", StockInitial), id, "ce stock initial");
          return corps.partenaires
            ? apres(
              fonction("public.repartir_stock_initial", {
                p_stock_initial_id: id,
                p_parts: corps.partenaires,
              }),
              declare,
            )
            : declare;
        },
      ),
  }),
  ...actesTransferts,
  ...jaugeage,
  ...actesCamions,
  ...actesPartenaires,
  ...actesCessions,
  ...actesPeriodes,
  ...actesTransfertsDepots,
];
