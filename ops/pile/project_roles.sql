-- What a Supabase project has before its first migration: roles, schemas, default grants.
-- Run by the cluster's superuser on a database that has none of it. :password is replaced by the caller.

do $$
declare
  v_role text;
begin
  foreach v_role in array array['anon', 'authenticated', 'supabase_auth_admin', 'dashboard_user'] loop
    if not exists (select from pg_roles where rolname = v_role) then
      execute format('create role %I nologin noinherit', v_role);
    end if;
  end loop;
  if not exists (select from pg_roles where rolname = 'service_role') then
    create role service_role nologin noinherit bypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'authenticator') then
    create role authenticator nologin noinherit;
  end if;
  if not exists (select from pg_roles where rolname = 'postgres') then
    create role postgres login createrole createdb bypassrls password ':password';
  end if;
  -- Everyday work is done as "postgres", which is not a superuser: a migration that needs one fails here too.
  execute format('grant all on database %I to postgres', current_database());
end;
$$;

grant anon, authenticated, service_role to postgres with admin option;
-- As on a hosted project: who is connected and what they run, whoever they are.
grant pg_monitor to postgres;
grant anon, authenticated, service_role to authenticator;
-- As on a hosted project, whose owner sets what PostgREST reads of the role it logs in as.
grant authenticator to postgres with admin option, inherit false, set false;
grant set on parameter "pgrst.db_pre_request" to postgres;
grant supabase_auth_admin to postgres;
-- As on a hosted project, whose owner publishes what it writes and subscribes to what others do.
alter role postgres replication;
grant pg_create_subscription to postgres;
grant set on parameter session_replication_role to postgres;

alter schema public owner to postgres;
grant usage on schema public to anon, authenticated, service_role;

-- A project's default: every new object in public is open to the API roles. The migrations take it back.
alter default privileges for role postgres in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges for role postgres in schema public grant all on functions to anon, authenticated, service_role;
alter default privileges for role postgres in schema public grant all on sequences to anon, authenticated, service_role;

create schema if not exists extensions authorization postgres;
grant execute on function pg_replication_origin_advance(text, pg_lsn), pg_replication_origin_progress(text, boolean)
  to postgres;
grant usage on schema extensions to anon, authenticated, service_role;
create extension if not exists pgcrypto with schema extensions;

create schema if not exists auth authorization postgres;
grant usage on schema auth to anon, authenticated, service_role;
