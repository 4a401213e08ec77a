import pRetry from "p-retry";
import postgres from "postgres";
import type { Identite } from "./identity.ts";

export type Transaction = postgres.TransactionSql;

// prepare: false, because a hosted project speaks through a transaction pooler.
const sql = postgres(Deno.env.get("SUPABASE_DB_URL")!, {
  prepare: false,
  max: 6,
  connect_timeout: 5,
  idle_timeout: 30,
  onnotice: () => {},
});

/** What a request may cost: one statement, one wait for a lock, and what a door does between two statements. */
const BORNES = { statement_timeout: "10s", lock_timeout: "5s", idle_in_transaction_session_timeout: "20s" };
/** No new try after this. */
const PATIENCE_MS = 10_000;

/** Serialization failure, deadlock, lock not had in time: the transaction is undone, another try may pass. */
const PASSING = ["40001", "40P01", "55P03"];

/** One transaction as the caller: their role, their claims, so that RLS and auth.uid() hold. Tried again where that helps. */
export function enTransaction<T>(
  identite: Identite,
  requestId: string,
  travail: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return pRetry(() => uneTransaction(identite, requestId, travail), {
    retries: 3,
    maxRetryTime: PATIENCE_MS,
    minTimeout: 20,
    maxTimeout: 200,
    randomize: true,
    shouldRetry: ({ error }) => error instanceof postgres.PostgresError && PASSING.includes(error.code),
  });
}

function uneTransaction<T>(
  identite: Identite,
  requestId: string,
  travail: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return sql.begin(async (tx) => {
    await tx`
      select set_config('statement_timeout', ${BORNES.statement_timeout}, true),
             set_config('lock_timeout', ${BORNES.lock_timeout}, true),
             set_config('idle_in_transaction_session_timeout', ${BORNES.idle_in_transaction_session_timeout}, true),
             set_config('request.id', ${requestId}, true),
             set_config('request.jwt.claims', ${JSON.stringify(identite)}, true),
             set_config('role', 'authenticated', true),
             private.exiger_profil()`;
    return await travail(tx);
  }) as Promise<T>;
}

/** Counts a request against its limit, apart from its transaction: what is refused there has been counted here. */
export async function compter(identite: Identite, route: string): Promise<void> {
  await sql`select private.compter_demande(${identite.sub}, ${route})`;
}

/** Version of the last migration of this database. Asked as the project, for no user. */
export async function derniereMigration(): Promise<string | undefined> {
  const [row] = await sql<{ version: string }[]>`
    select max(version) as version from supabase_migrations.schema_migrations`;
  return row?.version;
}
