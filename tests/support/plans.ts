// PostgreSQL's own plans, as trees.
import type postgres from "postgres";

export interface Noeud {
  "Node Type": string;
  "Relation Name"?: string;
  "Parent Relationship"?: string;
  "Subplan Name"?: string;
  "Actual Loops"?: number;
  "Actual Rows"?: number;
  Plans?: Noeud[];
  [autre: string]: unknown;
}

/** A node and all beneath it. */
export const noeuds = (noeud: Noeud): Noeud[] => [noeud, ...(noeud.Plans ?? []).flatMap(noeuds)];

export async function expliquer(
  tx: postgres.TransactionSql,
  requete: string,
  options = "verbose",
): Promise<Noeud> {
  const [ligne] = await tx.unsafe(`explain (${options}, format json) ${requete}`);
  return (ligne!["QUERY PLAN"] as { Plan: Noeud }[])[0]!.Plan;
}
