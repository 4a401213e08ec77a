import postgres from "postgres";
import { tlsOptions } from "../../supabase/functions/_shared/connection.ts";
import { variable } from "./settings.ts";

export type Sql = postgres.Sql;

/** PEM of the authority that must vouch for a database elsewhere, where PGSSLROOTCERT names its file, as for psql. */
function authority(): string | undefined {
  const file = variable("PGSSLROOTCERT");
  return file && file !== "system" ? Deno.readTextFileSync(file) : undefined;
}

/** `application` is the name these sessions have in pg_stat_activity. */
export function connect(
  url: string,
  application = "monaluxe",
  options: { max?: number; idle_timeout?: number } = {},
): Sql {
  return postgres(url, {
    max: 2,
    // Not prepared: an operator's URL may be that of a transaction pooler.
    prepare: false,
    onnotice: () => {},
    connect_timeout: 30,
    idle_timeout: 5,
    ssl: tlsOptions(url, authority()),
    connection: { application_name: application },
    ...options,
  });
}
