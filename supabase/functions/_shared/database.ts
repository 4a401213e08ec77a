import pRetry from "p-retry";
import postgres from "postgres";
import { connectionOptions } from "./connection.ts";
import { type EtatSchema, lireEtatSchema } from "./etat_schema.ts";
import type { Identite } from "./identity.ts";
import { connectionLost, refuser } from "./problems.ts";
import { nomDeSession, type Trace } from "./trace.ts";

function open(): postgres.Sql {
  const url = Deno.env.get("SUPABASE_DB_URL")!;
  return postgres(url, {
    ...connectionOptions(url, {
      authority: Deno.env.get("DB_CA_CERT") || undefined,
      pooler: Deno.env.get("DB_POOLER") || undefined,
    }),
    max: 6,
    connect_timeout: 5,
    idle_timeout: 30,
  });
}

let opened: postgres.Sql | undefined;
/** Opened by the first request, not by whoever only reads what the acts are. */
const database = () => opened ??= open();

export type Transaction = postgres.TransactionSql;

/** What a request may cost: one statement, one wait for a lock, and what a door does between two statements. */
const BORNES = { statement_timeout: "10s", lock_timeout: "5s", idle_in_transaction_session_timeout: "20s" };
/** No new try after this. */
const PATIENCE_MS = 10_000;

/** Serialization failure, deadlock, lock not had in time: the transaction is undone, another try may pass. */
const PASSING = ["40001", "40P01", "55P03"];

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
    apply: (ask, self, said) => Reflect.apply(still(ask), self, said),
    get: (whole, name) =>
      name === "savepoint"
        ? (inner: (tx: Transaction) => Promise<unknown>) => still(whole).savepoint(whileItLasts(inner, lost))
        : Reflect.get(still(whole), name),
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
async function beginning<T>(work: Promise<T>, begun = () => false, abandon = () => {}): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      if (begun()) return;
      abandon();
      reject(refuser("SERVICE_INDISPONIBLE"));
    }, OPENING_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Work that may be undone without its transaction. */
export const savepoint = <T>(tx: Transaction, travail: (tx: Transaction) => Promise<T>): Promise<T> =>
  tx.savepoint(travail) as Promise<T>;

// The same fault, where a statement is about to be sent as the server hangs up: the transaction has already been refused.
globalThis.addEventListener("error", (event) => {
  if (
    /null \(reading 'write'\)/.test(event.message) && /postgres\/src\/connection/.test(event.error?.stack)
  ) {
    event.preventDefault();
  }
});

/** What is said of a request: who asks, its number and its trace, and whether it records and may be sent again with its key. */
export interface Auteur {
  identite: Identite;
  requestId: string;
  trace: Trace;
  ecrit: boolean;
  cle?: string;
}

/** One transaction as the caller: their role, their claims, so that RLS and auth.uid() hold. Tried again where that helps. */
export function enTransaction<T>(auteur: Auteur, travail: (tx: Transaction) => Promise<T>): Promise<T> {
  return pRetry(() => uneTransaction(auteur, travail), {
    retries: 3,
    maxRetryTime: PATIENCE_MS,
    minTimeout: 20,
    maxTimeout: 200,
    randomize: true,
    shouldRetry: ({ error }) => error instanceof postgres.PostgresError && PASSING.includes(error.code),
  });
}

/**
 * The work, whose first statement goes out with the claims: the server takes them in order, and where it refuses the
 * claims it refuses all that follows. Both are waited for whatever happens, so that nothing is sent after the rollback.
 */
async function afterClaims<T>(claims: Promise<unknown>, work: Promise<T>): Promise<T> {
  const [said, done] = await Promise.allSettled([claims, work]);
  if (said.status === "rejected") throw said.reason;
  if (done.status === "rejected") throw done.reason;
  return done.value;
}

async function uneTransaction<T>(
  { identite, requestId, trace, ecrit, cle }: Auteur,
  travail: (tx: Transaction) => Promise<T>,
): Promise<T> {
  let [begun, abandoned, committing] = [false, false, false];
  try {
    const work = transaction(database(), async (tx) => {
      if (abandoned) throw refuser("SERVICE_INDISPONIBLE");
      begun = true;
      const claims = tx`
        select set_config('statement_timeout', ${BORNES.statement_timeout}, true),
               set_config('lock_timeout', ${BORNES.lock_timeout}, true),
               set_config('idle_in_transaction_session_timeout', ${BORNES.idle_in_transaction_session_timeout}, true),
               set_config('application_name', ${nomDeSession("porte", trace, requestId)}, true),
               set_config('request.id', ${requestId}, true),
               set_config('request.trace', ${trace.id}, true),
               set_config('request.jwt.claims', ${JSON.stringify(identite)}, true),
               set_config('role', 'authenticated', true),
               private.exiger_profil()`.execute();
      const done = await afterClaims(claims, travail(tx));
      committing = true;
      return done;
    });
    return await beginning(work, () => begun, () => abandoned = true);
  } catch (error) {
    // Between the word COMMIT and its answer, nobody here knows what was done; but a refusal is an answer.
    const refused = error instanceof postgres.PostgresError && !connectionLost(error);
    if (committing && ecrit && !refused) {
      throw refuser(cle ? "RESULTAT_INCONNU" : "RESULTAT_INCONNU_SANS_CLE", undefined, error);
    }
    throw error;
  }
}

/** Counts a request against its limit, apart from its transaction: what is refused there has been counted here. */
export async function compter(identite: Identite, route: string): Promise<void> {
  await beginning(database()`select private.compter_demande(${identite.sub}, ${route})`);
}

/**
 * Has the database keep what it keeps of a refusal, apart from the transaction that was undone. A refusal is an answer,
 * kept or not: where this fails, only the function's own log says so.
 */
export async function noterRefus(
  { identite, requestId, trace }: Auteur,
  porte: string,
  { code, valeurs }: { code: string; valeurs?: unknown },
): Promise<void> {
  // What says no by itself has no values: shapes, tokens, and doors that do not exist.
  if (!valeurs) return;
  try {
    await beginning(database()`
      select set_config('request.trace', ${trace.id}, true), private.noter_refus(${identite.sub}, ${requestId}, ${porte}, ${code}, ${
      database().json(valeurs as postgres.JSONValue)
    })`);
  } catch (error) {
    console.error(JSON.stringify({
      quand: new Date().toISOString(),
      niveau: "error",
      request_id: requestId,
      trace_id: trace.id,
      erreur: `le refus ${code} n'a pas pu être noté : ${error instanceof Error ? error.message : error}`,
    }));
  }
}

/** Asks as the project, for no user: what the project's own worker does. One statement, in a transaction of its own. */
export const auNomDuProjet = <T>(demander: (sql: postgres.Sql) => Promise<T>): Promise<T> =>
  beginning(demander(database()));

/** What this database is at. Asked as the project, for no user. */
export const etatDeLaBase = (): Promise<EtatSchema | undefined> => beginning(lireEtatSchema(database()));
