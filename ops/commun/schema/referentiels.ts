// The rows that come with the schema, or that every environment must share: compared row by row, as the schema is.
import type { Sql } from "../connection.ts";

/** Not compared: the state of the flags and the settings, which are each environment's own. */
const REFERENTIELS: Record<string, { cle: string; sauf?: string[] }> = {
  "private.refus": { cle: "code" },
  "private.capacites": { cle: "capacite" },
  "public.depots": { cle: "nom" },
  "public.produits": { cle: "code" },
  "public.citernes": { cle: "nom" },
  "public.feature_flags": { cle: "key", sauf: ["enabled", "depots", "users"] },
  // Its id is drawn anew in each database, and nothing refers to it.
  "astm.profils_calcul": { cle: "nom", sauf: ["id"] },
  "supabase_migrations.schema_migrations": {
    cle: "version",
    sauf: ["statements", "created_by", "idempotency_key", "rollback"],
  },
};
const TEMPS = ["created_at", "updated_at", "updated_by"];

export type Lignes = Map<string, Record<string, unknown>>;

/** Every reference row under the name a person knows it by. A table that is missing has none: the schema says so. */
export async function lireReferentiels(sql: Sql): Promise<Lignes> {
  const lignes: Lignes = new Map();
  for (const [table, { cle, sauf = [] }] of Object.entries(REFERENTIELS)) {
    const [{ connue }] = await sql<[{ connue: boolean }]>`select to_regclass(${table}) is not null as connue`;
    if (!connue) continue;
    const lues = await sql<{ cle: string; ligne: Record<string, unknown> }[]>`
      select to_jsonb(t) ->> ${cle} as cle, to_jsonb(t) - ${[...TEMPS, ...sauf]}::text[] as ligne
        from ${sql(table)} t order by to_jsonb(t)::text`;
    for (const { cle: valeur, ligne } of lues) {
      // Two depots may each have a tank of that name.
      const nom = `ligne de ${table} « ${valeur} »`;
      lignes.set(lignes.has(nom) ? `${nom} (${ligne.id})` : nom, ligne);
    }
  }
  return lignes;
}
