import type { z } from "zod";
import type { Colonne, Fiche, Relation } from "./relations.ts";

/** How a relation is read as pages. What it can be asked for is said here, and nowhere else. */
export interface Listing<R extends Relation = Relation> {
  de: Fiche<R>;
  /** Columns that order the rows and tell any two apart; none is null. */
  cles: [Colonne<R>, ...Colonne<R>[]];
  sens: "asc" | "desc";
  /** What `depot_id`, `citerne_id` and `produit_id` must equal: a column, or one of several. */
  depot?: Colonne<R> | [Colonne<R>, Colonne<R>];
  citerne?: Colonne<R> | [Colonne<R>, Colonne<R>];
  produit?: Colonne<R>;
  /** What an index holds before the keys: a plan that suits any value of these reads no more than the page. */
  suivis?: ("depot_id" | "citerne_id")[];
  /** Each row is of the depot of its column `depot`, and is seen by who sees that depot. */
  duDepot?: true;
  /** Column of type date that `du` and `au` bound. */
  jour?: Colonne<R>;
  /** Column of type timestamptz that they bound, by the days of the depot. */
  moment?: Colonne<R>;
  /** Function of private, of a day, that gives the same rows as they stood at its end: `au` alone is asked of it. */
  passe?: "stock_actuel_a" | "kpi_stock_a";
  /** Columns that `recherche` is looked for in: whatever its case and accents. */
  recherche?: Colonne<R>[];
  /** Other columns that a parameter of the same name must equal, and the shape of that parameter. */
  exacts?: { [C in Colonne<R>]?: z.ZodType<string | boolean | undefined> };
}
