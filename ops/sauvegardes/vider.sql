-- First part of a restore, in its transaction: empties the project of everything its migrations made.
-- Says itself what the target must be: this text is safe to send to any database. {env}: what it must say it is,
-- 'vierge' for one that has nothing yet; {motif}: why, for the log; {gel}: whether writes must be frozen.

begin;
set local lock_timeout = '15s';
set local statement_timeout = 0;
set local idle_in_transaction_session_timeout = 0;

do $$
declare
  v_env text;
  v_gel text;
  v_objet record;
begin
  if {env} <> 'vierge' then
    -- The label is locked: nobody renames the database between this look and the commit.
    select coalesce((select s.value from public.app_settings s where s.key = 'env' for update), 'prod') into v_env;
    select s.value into v_gel from public.app_settings s where s.key = 'gel_ecritures';
    if v_env <> {env} then
      raise exception using errcode = 'PT403', message = 'ENV_INTERDIT',
        hint = format('Cette base dit être %s, et non %s : rien n''a été restauré.', v_env, {env});
    end if;
    if {gel} and coalesce(v_gel, '') = '' then
      raise exception using errcode = 'PT409', message = 'GEL_REQUIS',
        hint = 'Les écritures ne sont plus gelées : rien n''a été restauré.';
    end if;
    -- Kept across the restore: the freeze is of this database and of now, not of the backup.
    perform set_config('restauration.gel', coalesce(v_gel, ''), true);
    if to_regprocedure('private.autoriser_drop(text)') is not null then
      perform private.autoriser_drop({motif});
    end if;
  end if;

  drop schema if exists private cascade;
  drop schema if exists astm cascade;
  drop schema if exists supabase_migrations cascade;

  -- The schema public itself stays, with the owner the platform gave it. What an extension put there is its own.
  for v_objet in
    select distinct i.type, i.identity
      from pg_depend d, pg_identify_object(d.classid, d.objid, 0) i
     where d.refclassid = 'pg_namespace'::regclass and d.refobjid = 'public'::regnamespace and d.deptype = 'n'
       and d.classid <> 'pg_default_acl'::regclass
       and not exists (select from pg_depend e
                        where e.classid = d.classid and e.objid = d.objid and e.deptype in ('e', 'i', 'a'))
  loop
    -- A cascade may have taken it already.
    execute format('drop %s if exists %s cascade', v_objet.type, v_objet.identity);
  end loop;
end;
$$;

-- The dump says every right as a difference from PostgreSQL's own defaults: these must be what new objects get.
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;
alter default privileges grant execute on functions to public;
