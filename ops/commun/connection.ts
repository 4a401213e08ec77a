import { connect as open } from "node:net";
import postgres from "postgres";
import { tableaux, tlsOptions } from "../../supabase/functions/_shared/connection.ts";
import { execution } from "./execution.ts";
import { Incertain, isCut } from "./failure.ts";
import { variable } from "./settings.ts";

export type Sql = postgres.Sql;

/** PEM of the authority that must vouch for a database elsewhere, where PGSSLROOTCERT names its file, as for psql. */
export function authority(): string | undefined {
  const file = variable("PGSSLROOTCERT");
  return file && file !== "system" ? Deno.readTextFileSync(file) : undefined;
}

/**
 * A wire that sends at once. The end of a COPY is a short message after another: the kernel would hold it back for 40 ms,
 * twice a table. The driver takes the host from the socket, to name it in TLS.
 */
const atOnce = ({ host: [host], port: [port] }: { host: string[]; port: number[] }) =>
  Object.assign(open({ host, port: port! }).setNoDelay(), { host });

/** The same server and person, another database. */
export const inDatabase = (url: string, name: string): string => {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
};

/** What is under way is given so long to end, in seconds, where nobody says. */
const END_S = 5;

/** `application` is the name these sessions have in pg_stat_activity; they end with the block of `await using`. */
export function connect(
  url: string,
  application = "monaluxe",
  options: { max?: number; idle_timeout?: number } = {},
): Sql & AsyncDisposable {
  const sql = postgres(url, {
    max: 2,
    // Not prepared: an operator's URL may be that of a transaction pooler.
    prepare: false,
    onnotice: () => {},
    connect_timeout: 30,
    idle_timeout: 5,
    ssl: tlsOptions(url, authority()),
    types: tableaux as Record<never, never>,
    // An option that the driver's types do not name.
    ...{ socket: atOnce },
    connection: { application_name: application },
    ...options,
  });
  execution().opened?.push(sql);
  const end = sql.end;
  return Object.assign(sql, {
    // What a server that is gone still owes is not waited for.
    end: ({ timeout = END_S } = {}) => end({ timeout }),
    [Symbol.asyncDispose]: () => sql.end(),
  });
}

/** One connection to a database, for as long as this lasts. */
export async function withDatabase<T>(
  url: string,
  application: string,
  work: (sql: Sql) => Promise<T>,
): Promise<T> {
  const sql = connect(url, application, { max: 1 });
  return await work(sql).finally(() => sql.end({ timeout: 1 }));
}

/**
 * A connection for oneself. The driver never gives one to who asks in the very turn in which it lets an idle one go, as it does
 * where something else has kept the process busy: one that has just answered is not let go.
 */
export async function reserve(sql: Sql): Promise<postgres.ReservedSql> {
  await sql`select 1`;
  return await sql.reserve();
}

/** A transaction; throws Incertain where the line was cut once all of it was done, and its commit is not known of. */
export async function wholeOrNot<T>(
  sql: Sql,
  work: (tx: postgres.TransactionSql) => Promise<T>,
): Promise<T> {
  let done = false;
  try {
    return await sql.begin(async (tx) => {
      const made = await work(tx);
      done = true;
      return made;
    }) as T;
  } catch (error) {
    if (!done || !isCut(error)) throw error;
    throw new Incertain(
      `La ligne s'est coupée pendant la validation (${
        (error as Error).message
      }). La base est soit comme avant, soit ` +
        "entièrement faite, jamais entre les deux.",
    );
  }
}
