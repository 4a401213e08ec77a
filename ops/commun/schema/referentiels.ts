// The rows that come with the schema, or that every environment must share: compared row by row, as the schema is. Which
// they are is said once, by private.referentiels().
import type { Sql } from "../connection.ts";
import { hasFunction, hasTable } from "../database.ts";

interface Referentiel {
  nom: string;
  /** What a person calls a row by. */
  cle: string[];
  sans: string[];
  /** Whether an environment may have rows of its own: PROD's test tank, a tank that is new. */
  propre: boolean;
}

/** The CLI's own list, which is no part of the schema: each migration, by what it does. */
const HISTOIRE: Referentiel = {
  nom: "supabase_migrations.schema_migrations",
  cle: ["version"],
  sans: ["statements", "created_by", "idempotency_key", "rollback"],
  propre: false,
};
const TEMPS = ["created_at", "updated_at", "updated_by"];

export interface Ligne {
  valeurs: Record<string, unknown>;
  propre: boolean;
}
export type Lignes = Map<string, Ligne>;

/** Every reference row under the name a person knows it by. A table that is missing has none: the schema says so. */
export async function lireReferentiels(sql: Sql): Promise<Lignes> {
  const tables = await hasFunction(sql, "private.referentiels()")
    ? await sql<Referentiel[]>`select nom, cle, sans, propre from private.referentiels()`
    : [];
  const lignes: Lignes = new Map();
  for (const { nom: table, cle, sans, propre } of [...tables, HISTOIRE]) {
    if (!await hasTable(sql, table)) continue;
    const lues = await sql<{ valeurs: Record<string, unknown> }[]>`
      select to_jsonb(t) - ${[...TEMPS, ...sans]}::text[] as valeurs from ${
      sql(table)
    } t order by to_jsonb(t)::text`;
    for (const { valeurs } of lues) {
      const dite = cle.filter((colonne) => colonne !== "id").map((colonne) => valeurs[colonne]).join(" ");
      // Two depots may each have a tank of that name.
      const nom = `ligne de ${table} « ${dite} »`;
      lignes.set(lignes.has(nom) ? `${nom} (${valeurs.id})` : nom, { valeurs, propre });
    }
  }
  return lignes;
}
