// What commands ask any database, before they know what is in it.
import type postgres from "postgres";

/** What a query of one row and one column answers. */
export async function oneValue<T>(query: PromiseLike<readonly postgres.Row[]>): Promise<T> {
  const [row] = await query;
  return Object.values(row!)[0];
}

export const hasTable = (sql: postgres.ISql, name: string): Promise<boolean> =>
  oneValue(sql`select to_regclass(${name}) is not null`);

/** By its signature: private.referentiels(). */
export const hasFunction = (sql: postgres.ISql, signature: string): Promise<boolean> =>
  oneValue(sql`select to_regprocedure(${signature}) is not null`);

/** A setting of the server, as it says it. */
export const serverSetting = (sql: postgres.ISql, name: string): Promise<string> =>
  oneValue(sql`select current_setting(${name})`);

/** Gives the server these settings, its own again where null; heard at once, but by those that wait for its next start. */
export async function setServer(sql: postgres.ISql, settings: Record<string, string | null>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    await sql.unsafe(`alter system ${value === null ? `reset ${name}` : `set ${name} = ${literal(value)}`}`);
  }
  await sql`select pg_reload_conf()`;
}

/** What closes a table of a network of depots to all but replication; after its freeze, whose sentence says more. */
export const CLOSING_TRIGGER = "zz_siege_lecture_seule";

/** Whether only replication writes this table here. */
export const isClosed = (sql: postgres.ISql, table: string): Promise<boolean> =>
  oneValue(sql`
    select exists (select from pg_trigger where tgrelid = to_regclass(${table}) and tgname = ${CLOSING_TRIGGER})`);

/** Takes this name until the transaction ends; false where another has it. */
export const tryLock = (tx: postgres.ISql, name: string): Promise<boolean> =>
  oneValue(tx`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0))`);

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

/** A text between the quotes of a server's file of settings, where a backslash is not itself. */
export const inSettingsFile = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("'", "''");
