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
 * How any program of this project speaks to a database: never in the clear but on this machine, whatever the address
 * says; with `authority` (PEM of a certificate authority), only to a server whose certificate it vouches for.
 */
export function connectionOptions(url: string, authority?: string): postgres.Options<Record<never, never>> {
  const { hostname } = new URL(url);
  const tls = !LOOPBACK.test(hostname) && !OF_THE_CLI.test(hostname);
  return {
    // Not prepared: the address may be that of a transaction pooler.
    prepare: false,
    onnotice: () => {},
    types: { moment } as Record<never, never>,
    ssl: tls && (authority ? { ca: authority, rejectUnauthorized: true } : { rejectUnauthorized: false }),
  };
}
