import { checkServerIdentity, type PeerCertificate } from "node:tls";
import type postgres from "postgres";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;
/** The database of `supabase start`, which speaks no TLS, on the network its containers have to themselves. */
const OF_THE_CLI = /^supabase_db_[\w.-]+$/;

// Moments and days stay the text they are: a JavaScript Date knows no microsecond, and takes many things for a day.
const moment = {
  to: 1184,
  from: [1082, 1114, 1184],
  serialize: (value: string | Date) => value instanceof Date ? value.toISOString() : value,
  parse: (value: string) => value,
};

/**
 * How any program of this project reaches a database: never in the clear but on this machine, whatever the address says;
 * with `authority` (PEM of a certificate authority), only a server whose certificate it vouches for.
 */
export function tlsOptions(url: string, authority?: string) {
  const { hostname } = new URL(url);
  if (LOOPBACK.test(hostname) || OF_THE_CLI.test(hostname)) return false;
  return {
    rejectUnauthorized: authority !== undefined,
    ca: authority,
    // Said, because the driver names no server whose address is a number.
    checkServerIdentity: (_: string, certificate: PeerCertificate) =>
      checkServerIdentity(hostname, certificate),
  };
}

/** Supabase's pooler, where a transaction has any connection and none keeps a statement. */
const POOLER_PORT = "6543";

/** Whether a transaction pooler stands between: its port says so, or who set the address (DB_POOLER). */
const poolsTransactions = (url: string, said?: string) =>
  said === "transaction" || new URL(url).port === POOLER_PORT;

/**
 * A statement that is planned for the values it asks about, never once for all: a plan that suits any tank looks for the
 * few movements of a quiet one through the whole history.
 */
export function plannedEachTime<R extends readonly postgres.MaybeRow[]>(
  query: postgres.PendingQuery<R>,
): postgres.PendingQuery<R> {
  // The driver reads this of any of its queries, and offers it for those it is given as text only.
  (query as unknown as { options: { prepare?: boolean } }).options.prepare = false;
  return query;
}

/** How the doors speak to it. */
export const connectionOptions = (
  url: string,
  { authority, pooler }: { authority?: string; pooler?: string } = {},
): postgres.Options<Record<never, never>> => ({
  // One flight a query instead of two, once it is known to its connection. What a door reads is one JSON value: a schema
  // that changes makes it no other type, which a prepared statement would not bear.
  prepare: !poolsTransactions(url, pooler),
  onnotice: () => {},
  types: { moment } as Record<never, never>,
  ssl: tlsOptions(url, authority),
});
