// What commands ask any database, before they know what is in it.
import type postgres from "postgres";

export async function hasTable(sql: postgres.ISql, name: string): Promise<boolean> {
  const [{ there }] = await sql<[{ there: boolean }]>`select to_regclass(${name}) is not null as there`;
  return there;
}

/** By its signature: private.referentiels(). */
export async function hasFunction(sql: postgres.ISql, signature: string): Promise<boolean> {
  const [{ there }] = await sql<[{ there: boolean }]>`
    select to_regprocedure(${signature}) is not null as there`;
  return there;
}

/** What closes a table of a network of depots to all but replication; after its freeze, whose sentence says more. */
export const CLOSING_TRIGGER = "zz_siege_lecture_seule";

/** Whether only replication writes this table here. */
export async function isClosed(sql: postgres.ISql, table: string): Promise<boolean> {
  const [{ closed }] = await sql<[{ closed: boolean }]>`
    select exists (select from pg_trigger where tgrelid = to_regclass(${table}) and tgname = ${CLOSING_TRIGGER}) as closed`;
  return closed;
}

/** Takes this name until the transaction ends; false where another has it. */
export async function tryLock(tx: postgres.ISql, name: string): Promise<boolean> {
  const [{ taken }] = await tx<[{ taken: boolean }]>`
    select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as taken`;
  return taken;
}

/**
 * Until the transaction ends, acts are this user's; with a role, as through REST. Whoever holds the database's own password is
 * asked for no code: a command has no session that one could raise.
 */
export async function actAs(tx: postgres.ISql, user: string, role?: "authenticated"): Promise<void> {
  const claims = JSON.stringify({ sub: user, role: "authenticated", aal: "aal2" });
  await tx`select set_config('request.jwt.claims', ${claims}, true)`;
  if (role) await tx`select set_config('role', ${role}, true)`;
}

/** A text as a statement that takes no parameter says it; a backslash is itself. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
