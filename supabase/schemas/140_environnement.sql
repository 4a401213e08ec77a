-- Environment: what a database refuses by itself because of what it is. PROD is never reset, dropped or seeded, whoever
-- asks.

create function private.interdire_si_prod() returns void
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if private.env() = 'prod' then
    perform private.refuser('ENV_INTERDIT', jsonb_build_object('env', 'prod'));
  end if;
end;
$$;
comment on function private.interdire_si_prod() is
  'First line of whatever must never happen in PROD. A database that does not say what it is counts as PROD. Raises '
  'ENV_INTERDIT.';

-- PROD stays PROD -----------------------------------------------------------------------------------------------------

create function private.env_proteger() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Only who could drop the table may say that PROD is something else: a client with the service key may not.
  if old.key = 'env' and old.value = 'prod'
    and (tg_op = 'DELETE' or (new.key, new.value) is distinct from (old.key, old.value))
     and not private.possede(tg_relid) then
    perform private.refuser('ENV_INTERDIT', jsonb_build_object('env', 'prod'));
  end if;
  return case tg_op when 'DELETE' then old else new end;
end;
$$;
comment on function private.env_proteger() is
  'Keeps env = prod in app_settings from everybody but the owner of the table. Raises ENV_INTERDIT.';
grant execute on function private.env_proteger() to service_role;

create trigger app_settings_before_write before update or delete on public.app_settings
  for each row execute function private.env_proteger();

-- No drop in PROD -----------------------------------------------------------------------------------------------------

create function private.autoriser_drop(p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger_motif(p_motif, 10);
  perform set_config('app.drop_autorise', pg_current_xact_id()::text, true);
  perform private.journaliser('DROP_AUTORISE', 'environnement', 'CRITICAL', null, null,
    jsonb_build_object('motif', private.texte_net(p_motif), 'env', private.env()));
end;
$$;
comment on function private.autoriser_drop(text) is
  'The one way through extensions.interdire_drop_en_prod(), for this transaction and no other: a restore in PROD with '
  'writes frozen, or a migration that says why it drops. Owner only; logs DROP_AUTORISE as CRITICAL. Use: begin; '
  'select private.autoriser_drop(''restauration du dump J12, validée par …''); drop …; commit. Raises MOTIF_REQUIS '
  'under 10 characters.';

-- In extensions, which no reset drops: a function that goes with what is dropped would never be asked.
-- Text and not SQL that is checked: private.env() and its table may be what has just been dropped.
create or replace function extensions.interdire_drop_en_prod() returns event_trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_objet text;
  v_env text := 'prod';
begin
  select o.object_identity into v_objet from pg_event_trigger_dropped_objects() o
   where o.schema_name = 'public' or (o.object_type = 'schema' and o.object_name = 'public')
   order by o.original desc limit 1;
  if v_objet is null or current_setting('app.drop_autorise', true) = pg_current_xact_id()::text then
    return;
  end if;
  if to_regclass('public.app_settings') is not null and to_regprocedure('private.env()') is not null then
    execute 'select private.env()' into v_env;
  end if;
  if v_env = 'prod' then
    raise exception using errcode = 'PT403', message = 'ENV_INTERDIT',
      hint = 'Aucun DROP dans public en PROD. Une restauration ou une migration qui doit supprimer le dit d''abord, '
             || 'dans sa transaction : select private.autoriser_drop(''motif'').',
      detail = jsonb_build_object('env', v_env, 'objet', v_objet)::text;
  end if;
end;
$$;
comment on function extensions.interdire_drop_en_prod() is
  'Event trigger on sql_drop: in PROD nothing of public is dropped, cascades included, but in a transaction that '
  'called private.autoriser_drop. Raises ENV_INTERDIT.';
revoke execute on function extensions.interdire_drop_en_prod() from public;

-- A hosted project, and `supabase start`, let "postgres" create event triggers (supautils). Plain PostgreSQL lets only
-- its superuser: there the stack has made it already, on a function this file has just replaced.
do $$
begin
  if not exists (select from pg_event_trigger where evtname = 'interdire_drop_en_prod') then
    create event trigger interdire_drop_en_prod on sql_drop execute function extensions.interdire_drop_en_prod();
  end if;
end;
$$;

create function private.au_siege() returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$ select to_regnamespace('siege') is not null $$;
comment on function private.au_siege() is
  'Whether this is the consolidated database of a network of depots (siege:preparer), where only replication writes.';
