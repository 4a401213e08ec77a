import type postgres from "postgres";

/** Controls of the database itself: every row that one answers is something that should not be. */
export type Controle = "verifier_stocks" | "verifier_mouvements";

export const ecartsDe = (sql: postgres.ISql, nom: Controle) => sql`select * from ${sql(`public.${nom}`)}()`;
