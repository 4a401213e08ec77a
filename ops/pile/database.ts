import postgres from "postgres";
import type { Sql } from "../commun/connection.ts";
import { hasTable } from "../commun/database.ts";
import type { Keys } from "./keys.ts";

const sqlFile = (name: string) => Deno.readTextFile(new URL(name, import.meta.url));

/** Gives a bare database the roles and schemas of a Supabase project, without its auth tables. */
export async function prepareRoles(sql: Sql, databasePassword: string): Promise<void> {
  const [{ roles, guard }] = await sql<[{ roles: boolean; guard: boolean }]>`
    select exists (select from pg_roles where rolname = 'postgres')
             and to_regnamespace('auth') is not null and to_regnamespace('extensions') is not null as roles,
           current_setting('is_superuser') = 'off'
             or exists (select from pg_event_trigger where evtname = 'interdire_drop_en_prod') as guard`;
  if (!roles) {
    const text = await sqlFile("project_roles.sql");
    await sql.unsafe(text.replaceAll(":password", databasePassword)).simple();
  }
  if (!guard) await sql.unsafe(await sqlFile("event_trigger.sql")).simple();
}

/** Gives a bare database what a Supabase project has: roles, schemas, auth tables. A project's own is left alone. */
export async function prepareProject(sql: Sql, keys: Keys, apiDatabaseUrl: string): Promise<void> {
  await prepareRoles(sql, keys.databasePassword);
  if (!await hasTable(sql, "auth.users")) {
    // Loaded only here: a second start has no need of it.
    const { createApi } = await import("./api.ts");
    const api = createApi(apiDatabaseUrl, keys.jwtSecret);
    await api.ensureSystemSchema();
    await api.connection.close();
    await sql.unsafe(`set role postgres; ${await sqlFile("auth_functions.sql")} reset role;`).simple();
  }
}

/** Made from a template, file by file. Rights on a database are not copied with it. */
export async function copyDatabase(server: Sql, name: string, template: string): Promise<void> {
  await server`create database ${server(name)} template ${server(template)} strategy file_copy`;
  await server`grant all on database ${server(name)} to postgres`;
}

export interface Environment {
  /** What it is to be treated as: one that does not say counts as PROD, as in private.env(). */
  env: string;
  /** Whether it says so itself. */
  said: boolean;
  /** The same for a person to read. */
  sentence: string;
}

/** What a database is: whoever needs to know asks here. Asks the table and no function: those may be what is broken. */
export async function databaseEnvironment(sql: postgres.ISql): Promise<Environment> {
  const [row] = await hasTable(sql, "public.app_settings")
    ? await sql<{ value: string }[]>`select value from public.app_settings where key = 'env'`
    : [];
  return row
    ? { env: row.value, said: true, sentence: `dit être ${row.value}` }
    : { env: "prod", said: false, sentence: "ne dit pas ce qu'elle est, et compte donc comme prod" };
}

/** Says it, for a database of our own making: no seed does. */
export const labelDatabase = (sql: postgres.ISql, env: "local" | "staging" | "prod") =>
  sql`insert into public.app_settings (key, value) values ('env', ${env})
      on conflict (key) do update set value = excluded.value`;
