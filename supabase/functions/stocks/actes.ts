import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { inserer, lire, lister, type Listing, page, Recherche } from "../_shared/liste.ts";
import { Densite, Id, Instant, Jour, Litres, Proprietaire, Temperature, Texte } from "../_shared/schemas.ts";

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
}).meta({ id: "StockActuel" });

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

const Mouvement = z.object({
  date_jour: Jour,
  ...Ou,
  delta_ambiant: Litres,
  delta_15c: Litres,
  mouvement_type: z.enum(["RECEPTION", "SORTIE", "AJUSTEMENT", "STOCK_INITIAL", "TRANSFERT"]),
  mouvement_id: Id,
  created_at: Instant,
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
}).meta({ id: "KpiStock" });

const NouvelAjustement = z.strictObject({
  mouvement_type: z.enum(["RECEPTION", "SORTIE"]),
  mouvement_id: Id,
  delta_ambiant: Litres,
  delta_15c: Litres,
  reason: Texte,
}).meta({ id: "NouvelAjustement" });

const Ajustement = z.object({
  id: Id,
  ...Ou,
  mouvement_type: z.enum(["RECEPTION", "SORTIE"]),
  mouvement_id: Id,
  delta_ambiant: Litres,
  delta_15c: Litres,
  reason: z.string(),
  compensation: z.boolean(),
  date_jour: Jour,
  created_by: Id,
  created_at: Instant,
}).meta({ id: "Ajustement" });

const NouveauStockInitial = z.strictObject({
  citerne_id: Id,
  proprietaire_type: Proprietaire,
  volume_ambiant: Litres,
  volume_15c: Litres,
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

const NouveauTransfert = z.strictObject({
  citerne_source_id: Id,
  citerne_destination_id: Id,
  produit_id: Id.nullish(),
  proprietaire_type: Proprietaire.nullish(),
  volume_ambiant: Litres,
  volume_15c: Litres.nullish(),
  temperature_ambiante_c: Temperature.nullish(),
  temperature_echantillon_c: Temperature.nullish(),
  densite_observee_kgm3: Densite.nullish(),
  date_jour: Jour.nullish(),
  note: Texte.nullish(),
}).meta({ id: "NouveauTransfert" });

const Transfert = z.object({
  id: Id,
  citerne_source_id: Id,
  citerne_destination_id: Id,
  produit_id: Id,
  depot_id: Id,
  proprietaire_type: Proprietaire,
  volume_ambiant: Litres,
  temperature_ambiante_c: Temperature.nullable(),
  temperature_echantillon_c: Temperature.nullable(),
  densite_observee_kgm3: Densite.nullable(),
  densite_a_15_kgm3: Densite.nullable(),
  vcf: z.number(),
  methode_15c: z.string(),
  parametres_15c: z.record(z.string(), z.unknown()),
  volume_15c: Litres,
  date_jour: Jour,
  note: z.string().nullable(),
  created_by: Id,
  created_at: Instant,
}).meta({ id: "Transfert" });

const NouvellePriseDeHauteur = z.strictObject({
  citerne_id: Id,
  volume_mesure: Litres,
  note: Texte.nullish(),
}).meta({ id: "NouvellePriseDeHauteur" });

const Ecart = z.object({
  prise_de_hauteur_id: Id,
  created_at: Instant,
  depot_id: Id,
  citerne_id: Id,
  citerne_nom: z.string(),
  produit_id: Id,
  volume_mesure: Litres,
  stock_comptable: Litres,
  ecart_l: Litres,
  ecart_pour_mille: z.number().nullable(),
  tolerance_inventaire_pour_mille: z.number(),
  hors_tolerance: z.boolean(),
  note: z.string().nullable(),
}).meta({ id: "EcartInventaire" });

const FILTRES = { depot: "depot_id", citerne: "citerne_id", produit: "produit_id" };

const lecture = (chemin: string, resume: string, ligne: z.ZodType, listing: Listing) =>
  acte({
    methode: "GET",
    chemin,
    resume,
    query: Recherche,
    reponse: page(ligne),
    statut: 200,
    executer: (tx, { query }) => lister(tx, listing, query),
  });

export const actes = [
  lecture("/actuel", "Current stock by tank, product and owner", StockActuel, {
    relation: "v_stock_actuel",
    cles: ["citerne_nom", "citerne_id", "proprietaire_type"],
    sens: "asc",
    ...FILTRES,
  }),
  lecture("/journaliers", "Stock at the end of each day, latest first", StockJournalier, {
    relation: "stocks_journaliers",
    cles: ["date_jour", "id"],
    sens: "desc",
    jour: "date_jour",
    ...FILTRES,
  }),
  lecture("/mouvements", "Everything that moved stock, latest first", Mouvement, {
    relation: "v_mouvements_stock",
    // The two halves of a transfer share an id: the tank tells them apart.
    cles: ["date_jour", "mouvement_id", "citerne_id"],
    sens: "desc",
    jour: "date_jour",
    ...FILTRES,
  }),
  lecture("/kpi", "Current stock by depot and product, total and by owner", Kpi, {
    relation: "v_kpi_stock_global",
    cles: ["depot_nom", "depot_id", "produit_id"],
    sens: "asc",
    depot: "depot_id",
    produit: "produit_id",
  }),
  acte({
    methode: "POST",
    chemin: "/ajustements",
    resume: "Correct a validated movement (admin), with a reason",
    corps: NouvelAjustement,
    reponse: Ajustement,
    statut: 201,
    executer: (tx, { corps }) => inserer(tx, "stocks_adjustments", corps),
  }),
  acte({
    methode: "POST",
    chemin: "/initiaux",
    resume: "Declare what a tank held for an owner before any movement (admin), once",
    corps: NouveauStockInitial,
    reponse: StockInitial,
    statut: 201,
    executer: async (tx, { corps }) => {
      const [made] = await tx<{ id: string }[]>`
        select public.declarer_stock_initial(${corps.citerne_id}, ${corps.proprietaire_type}, ${corps.volume_ambiant},
          ${corps.volume_15c}, ${corps.motif}, ${corps.date_jour ?? null}) as id`;
      return lire(tx, "stocks_initiaux", made!.id, "ce stock initial");
    },
  }),
  acte({
    methode: "POST",
    chemin: "/transferts",
    resume: "Pump fuel from one tank to another of the same depot: two movements, one act",
    corps: NouveauTransfert,
    reponse: Transfert,
    statut: 201,
    executer: (tx, { corps }) => inserer(tx, "transferts", corps),
  }),
  lecture("/transferts", "Transfers between tanks, latest first", Transfert, {
    relation: "transferts",
    cles: ["date_jour", "id"],
    sens: "desc",
    jour: "date_jour",
    depot: "depot_id",
    citerne: "citerne_source_id",
    produit: "produit_id",
  }),
  acte({
    methode: "POST",
    chemin: "/prises-de-hauteur",
    resume: "Record a dip: what is really in a tank, beside what the books say",
    corps: NouvellePriseDeHauteur,
    reponse: Ecart,
    statut: 201,
    executer: async (tx, { corps }) => {
      const { id } = await inserer(tx, "prises_de_hauteur", corps) as { id: string };
      const [row] = await tx`
        select to_jsonb(e) as ligne from public.v_ecarts_inventaire e where e.prise_de_hauteur_id = ${id}`;
      return row!.ligne;
    },
  }),
  lecture("/ecarts", "Dips beside the books, latest first", Ecart, {
    relation: "v_ecarts_inventaire",
    cles: ["created_at", "prise_de_hauteur_id"],
    sens: "desc",
    ...FILTRES,
  }),
];
