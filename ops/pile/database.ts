import type { Sql } from "../commun/connection.ts";
import { oneValue } from "../commun/database.ts";
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

/** By the last that is done of it: the library makes its tables one by one, after identity functions that know one spelling. */
const hasAuth = (sql: Sql): Promise<boolean> =>
  oneValue(sql`
    select to_regclass('auth.users') is not null
           and exists (select from pg_proc where oid = to_regprocedure('auth.uid()') and prosrc like '%request.jwt.claims%')`);

/** Gives a bare database what a Supabase project has: roles, schemas, auth tables. A project's own is left alone. */
export async function prepareProject(sql: Sql, keys: Keys, apiDatabaseUrl: string): Promise<void> {
  await prepareRoles(sql, keys.databasePassword);
  if (!await hasAuth(sql)) {
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

/**
 * What makes the first commit of a start wait without end, as a sentence; undefined where it is there, or none is
 * waited for.
 */
export async function waitsForStandby(sql: Sql): Promise<string | undefined> {
  const [{ attendus, la }] = await sql<[{ attendus: string; la: boolean }]>`
    select current_setting('synchronous_standby_names') as attendus,
           exists (select from pg_stat_replication where sync_state in ('sync', 'quorum')) as la`;
  if (!attendus || la) return undefined;
  return `Les validations attendent la base de secours (${attendus}), qui ne suit pas : le démarrage continue dès qu'elle suit. ` +
    "Pour travailler sans elle : npm run ops -- secours:retirer, de la machine où elle a été faite ; si celle-ci est perdue, ici, par " +
    "le superutilisateur : alter system reset synchronous_standby_names; select pg_reload_conf();";
}
