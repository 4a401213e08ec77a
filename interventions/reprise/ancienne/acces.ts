import type { Sql } from "../../../ops/commun/connection.ts";

/** The old database, opened. */
export interface Source {
  /** What a person calls it: no password in it. */
  nom: string;
  sql: Sql;
  fermer(): Promise<void>;
}
