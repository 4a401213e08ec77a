// A database's catalogue as the Supabase CLI's own engine reads it, and what of it is the project's.
import { extract, type FactBase } from "@supabase/pg-delta";
import pg from "pg";

export const SCHEMAS = ["public", "private", "astm"];
/** Of the extensions schema, only what the project put there. */
export const GARDE = "interdire_drop_en_prod";

/** Reads it, on so many connections at most: a server elsewhere has others to serve. */
export async function lireCatalogue(url: string, connexions: number): Promise<FactBase> {
  const pool = new pg.Pool({ connectionString: url, max: connexions, connectionTimeoutMillis: 30_000 });
  try {
    return (await extract(pool)).factBase;
  } finally {
    await pool.end();
  }
}
