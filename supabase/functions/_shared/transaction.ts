import postgres from "postgres";
import { connectionOptions, describedOnce, poolsTransactions } from "./connection.ts";
import { connectionLost, refuser } from "./problems.ts";

// Connections of a process, and a transaction over one of them, which is refused as soon as that one is lost.

export type Sql = postgres.Sql;
export type Transaction = postgres.TransactionSql;

/** A query, or a part of one, behind a pooler. */
const inOneFlight = <Q>(query: Q): Q => query instanceof Promise ? describedOnce(query) : query;

/** Connections of a process to a database of this project: the one it writes to, or a copy of it. */
export interface Opened {
  /** Whether nothing is kept from one transaction to the next. */
  readonly pooled: boolean;
  /** Asks over them. Where one is lost they serve nobody who comes later. */
  ask<T>(question: (sql: postgres.Sql) => Promise<T>): Promise<T>;
}

export function open(url: string, more: postgres.Options<Record<never, never>> = {}): Opened {
  const pooler = Deno.env.get("DB_POOLER") || undefined;
  const pooled = poolsTransactions(url, pooler);
  const connect = () => {
    const sql = postgres(url, {
      ...connectionOptions(url, { authority: Deno.env.get("DB_CA_CERT") || undefined, pooler }),
      max: 6,
      connect_timeout: 5,
      // In seconds; by the name that the driver has for it.
      idle_timeout: Number(Deno.env.get("PGIDLE_TIMEOUT") || 10),
      ...more,
    });
    // Whatever it is asked, it asks in one flight.
    const asked = new Proxy(sql, { apply: (ask, self, said) => inOneFlight(Reflect.apply(ask, self, said)) });
    return pooled ? asked : sql;
  };
  let current: postgres.Sql | undefined;
  return {
    pooled,
    ask: async (question) => {
      const mine = current ??= connect();
      try {
        return await question(mine);
      } catch (error) {
        // The driver waits longer and longer before it calls a server again, and never finds its way back where it was cut in
        // the middle of a word. Those that wait there are answered or refused there, and what is idle ends by itself.
        if (connectionLost(error) && current === mine) current = undefined;
        throw error;
      }
    },
  };
}

let opened: Opened | undefined;
/** Opened by the first request, not by whoever only reads what the acts are. */
export const connections = () => opened ??= open(Deno.env.get("SUPABASE_DB_URL")!);

/** What never ends: the driver then sends nothing more of this transaction, neither COMMIT nor ROLLBACK. */
const suspended = () => new Promise<never>(() => {});

/**
 * Work of a transaction, for as long as it goes on and its connection lives. The driver opens a lost connection again for
 * whoever comes next, and would send there what this work still has to say: outside its transaction, as the project
 * itself, or within somebody else's.
 */
const whileItLasts = <T>(travail: (tx: Transaction) => Promise<T>, lost: () => boolean) =>
async (
  tx: Transaction,
): Promise<T> => {
  let over = false;
  const still = <V>(value: V): V => {
    if (over || lost()) throw refuser("SERVICE_INDISPONIBLE");
    return value;
  };
  const guarded = new Proxy(tx, {
    apply: (ask, self, said) => {
      const asked = Reflect.apply(still(ask), self, said);
      return opened?.pooled ? inOneFlight(asked) : asked;
    },
    get: (whole, name) => Reflect.get(still(whole), name),
  });
  try {
    return still(await travail(guarded));
  } catch (error) {
    if (lost() || connectionLost(error)) await suspended();
    throw error;
  } finally {
    over = true;
  }
};

/** A transaction, refused as soon as its connection is lost; nothing of it is sent once it is over. */
export function transaction<T>(sql: postgres.Sql, travail: (tx: Transaction) => Promise<T>): Promise<T> {
  let lost = false;
  const whole = sql.begin(whileItLasts(travail, () => lost)) as Promise<T>;
  whole.catch(() => lost = true);
  return whole;
}

/** What the first connection is waited for: a server that hangs up before its first word is called again for ever. */
const OPENING_MS = 5_000;

/** Refuses as unavailable what has not begun in time; `begun` says whether it has, `abandon` that it no longer may. */
export async function beginning<T>(
  work: Promise<T>,
  begun = () => false,
  abandon = () => {},
  patienceMs = OPENING_MS,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      if (begun()) return;
      abandon();
      reject(refuser("SERVICE_INDISPONIBLE"));
    }, patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
