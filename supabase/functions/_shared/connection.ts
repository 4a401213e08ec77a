import { checkServerIdentity, type PeerCertificate } from "node:tls";
import type postgres from "postgres";
import { refuser } from "./problems.ts";

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

const tableau = (valeurs: unknown): unknown =>
  Array.isArray(valeurs)
    ? `{${valeurs.map((une) => une === null ? "NULL" : `"${String(une).replace(/[\\"]/g, "\\$&")}"`).join()}}`
    : valeurs;
/** text, uuid, int4, int8, numeric, date, timestamptz and boolean, each as an array. */
const TABLEAUX = [1009, 2951, 1007, 1016, 1231, 1182, 1185, 1000];
// How an array is written the driver learns of its first connection, after which its first statement leaves: one of more
// than 1 024 bytes may be answered before it has learnt, and was sent without its braces.
export const tableaux = Object.fromEntries(
  TABLEAUX.map((
    to,
  ) => [`tableau_${to}`, { to, from: [], serialize: tableau, parse: (value: string) => value }]),
);

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

/** What one statement may take, as private.ouvrir has it. */
export const STATEMENT_MS = 10_000;
/** The same for a wait for a lock, and for what is done between two statements: one that has these is told none again. */
const BOUNDS = {
  statement_timeout: STATEMENT_MS,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 20_000,
};

/** Supabase's pooler, where a transaction has any connection and none keeps a statement. */
const POOLER_PORT = "6543";

/** Whether a transaction pooler stands between: its port says so, or who set the address (DB_POOLER). */
export const poolsTransactions = (url: string, said?: string) =>
  said === "transaction" || new URL(url).port === POOLER_PORT;

/** What the driver keeps of a query of its own; it asks for the types of its values first where `describeFirst` is so. */
interface Asked {
  string: string;
  statement: { types: number[] };
}

/** Types of the values of each text, as the server once said them. */
const described = new Map<string, number[]>();
/** Texts of ours are few; those of rows that are written have as many forms as columns can be combined. */
const DESCRIBED_MAX = 1_000;

/** What was described holds no more: the schema has changed. */
export const forgetDescribed = () => described.clear();

/**
 * A query that goes in one flight where no statement is kept: its text is described at its first time in this process, and
 * the driver, which would ask what it is before each sending of it, is told what the server said then.
 */
export function describedOnce<Q>(query: Q): Q {
  let [needed, first]: [unknown, boolean | undefined] = [undefined, undefined];
  return Object.defineProperty(query as object, "describeFirst", {
    configurable: true,
    set(this: Asked, said: unknown) {
      // So it says that the server has answered.
      if (said === false) {
        if (described.size >= DESCRIBED_MAX) described.clear();
        described.set(this.string, [...this.statement.types]);
      }
      [needed, first] = [said, undefined];
    },
    get(this: Asked) {
      const types = needed ? described.get(this.string) : undefined;
      if (first === undefined && types) types.forEach((type, i) => this.statement.types[i] ||= type);
      return first ??= Boolean(needed) && !types;
    },
  }) as Q;
}

/**
 * A statement that has its connection for itself: nobody's waits behind it. The driver would send others' after it, and
 * must not be told to send one at most: a BEGIN that comes last so is never known to be one.
 */
export function alone<R extends readonly postgres.MaybeRow[]>(
  query: postgres.PendingQuery<R>,
): postgres.PendingQuery<R> {
  // What the driver asks, of a BEGIN of its own, as it leaves: whether more may follow it.
  (query as unknown as { options: { onexecute?: () => boolean } }).options.onexecute = () => false;
  return query;
}

/**
 * Takes a statement out of the queue of those that wait for a connection. On its way it is to be left alone: the driver would
 * have the server interrupt whatever runs there by then.
 */
export function takeBack(query: postgres.PendingQuery<postgres.Row[]>): void {
  const kept = query as unknown as { state: unknown; cancelled: unknown };
  if (kept.state) return;
  query.cancel();
  // The one that a connection is being opened for is in no queue, and would leave that connection to nobody.
  kept.cancelled = null;
}

/**
 * A statement that may be given up while it waits for a connection. Its text is read as it leaves; one that was given up
 * leaves the queue. Of two in a row that only refused as they left, the driver would wait, on that connection and for ever,
 * for the answer to the second, which nobody was sent.
 */
export function untilItLeaves<R extends postgres.Row[]>(
  sql: postgres.Sql,
  text: () => string,
  ask: (value: postgres.Parameter<string>) => postgres.PendingQuery<R>,
): { query: postgres.PendingQuery<R>; giveUp(): void } {
  let givenUp = false;
  const value = Object.defineProperty(sql.typed("", 25), "value", {
    get: () => {
      if (givenUp) throw refuser("SERVICE_INDISPONIBLE");
      return text();
    },
  });
  const query = ask(value);
  return {
    query,
    giveUp: () => {
      givenUp = true;
      takeBack(query as unknown as postgres.PendingQuery<postgres.Row[]>);
    },
  };
}

/** How the doors speak to it. */
export const connectionOptions = (
  url: string,
  { authority, pooler }: { authority?: string; pooler?: string } = {},
): postgres.Options<Record<never, never>> => ({
  // One flight a query instead of two, once it is known to its connection. What a door reads is one JSON value: a schema
  // that changes makes it no other type, which a prepared statement would not bear.
  prepare: !poolsTransactions(url, pooler),
  // A statement that is a transaction by itself can't bound itself: the session does, which a pooler would not let it.
  ...(!poolsTransactions(url, pooler) && { connection: BOUNDS }),
  onnotice: () => {},
  types: { moment, ...tableaux } as Record<never, never>,
  ssl: tlsOptions(url, authority),
});

/** What the driver asks of each new connection by itself: who asked for one is told of its loss, this promise by nobody. */
const OF_ITS_TYPES = /\bpg_catalog\.pg_type\b/;

// Faults of the driver as a server hangs up on it, thrown where nobody can catch them: of a statement that is about to be
// sent, and of what it asks of a new connection. Whoever asked has been refused, and no process of ours ends of them.
globalThis.addEventListener("error", (event) => {
  if (
    /null \(reading 'write'\)/.test(event.message) && /postgres\/src\/connection/.test(event.error?.stack)
  ) {
    event.preventDefault();
  }
});
globalThis.addEventListener("unhandledrejection", (event) => {
  if (OF_ITS_TYPES.test((event.reason as { query?: string } | undefined)?.query ?? "")) {
    event.preventDefault();
  }
});
