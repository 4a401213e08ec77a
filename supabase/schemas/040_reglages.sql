-- Settings and feature flags.

create table public.app_settings (
  key text primary key,
  value text not null,
  updated_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  check (key <> 'env' or value in ('local', 'staging', 'prod'))
);
comment on table public.app_settings is 'Settings of this database. env is local, staging or prod.';

create function private.env() returns text
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$ select coalesce((select s.value from public.app_settings s where s.key = 'env'), 'prod') $$;
comment on function private.env() is
  'Environment of this database. One that does not say what it is counts as prod: the safe side.';

create table public.feature_flags (
  key text primary key check (key ~ '^[a-z0-9_]{3,60}$'),
  enabled boolean not null default false,
  description text not null,
  depots uuid[] not null default '{}',
  users uuid[] not null default '{}',
  updated_by uuid,
  updated_at timestamptz not null default now(),
  created_at timestamptz not null default now()
);
comment on table public.feature_flags is
  'On when enabled and, where depots or users is not empty, only for those.';
comment on column public.feature_flags.depots is 'Depots the flag is limited to; empty: all.';
comment on column public.feature_flags.users is 'Users the flag is limited to; empty: all.';

create function private.flag_actif(p_key text, p_depot_id uuid) returns boolean
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce((
    select f.enabled
           and (f.depots = '{}' or p_depot_id = any (f.depots))
           and (f.users = '{}' or auth.uid() = any (f.users))
    from public.feature_flags f where f.key = p_key), false);
end;
$$;
comment on function private.flag_actif(text, uuid) is
  'Whether a flag is on for the calling user at this depot. Where both lists are filled, both must match.';

create function public.definir_flag(p_key text, p_enabled boolean, p_depots uuid[] default null,
  p_users uuid[] default null)
returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('regler_options');
  if p_key = 'mfa_admin' then
    perform private.exiger_second_facteur(true);
  end if;
  update public.feature_flags
     set enabled = p_enabled,
         depots = coalesce(p_depots, depots),
         users = coalesce(p_users, users),
         updated_by = auth.uid(),
         updated_at = now()
   where key = p_key;
  if not found then
    perform private.refuser('FLAG_INCONNU', jsonb_build_object('key', p_key));
  end if;
end;
$$;
comment on function public.definir_flag(text, boolean, uuid[], uuid[]) is
  'Turns a flag on or off (admin). A null list keeps the one in place. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, '
  'FLAG_INCONNU, and for the flag of the standard ISOLATION_INTERDITE.';
revoke execute on function public.definir_flag(text, boolean, uuid[], uuid[]) from public, anon;
grant execute on function public.definir_flag(text, boolean, uuid[], uuid[]) to authenticated;

create function private.feature_flags_journaliser() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.journaliser('FLAG_MODIFIE', 'flags', 'WARNING', null, null,
    jsonb_build_object('key', coalesce(new.key, old.key), 'avant', to_jsonb(old), 'apres', to_jsonb(new)));
  return null;
end;
$$;
comment on function private.feature_flags_journaliser() is 'Logs every change of a flag, whoever makes it.';

create trigger feature_flags_after_write after insert or update or delete on public.feature_flags
  for each row execute function private.feature_flags_journaliser();

create trigger app_settings_after_write after insert or update or delete on public.app_settings
  for each row execute function private.journaliser_ligne('reglages', 'REGLAGE', 'WARNING');

alter table public.app_settings enable row level security;
alter table public.feature_flags enable row level security;
grant select on public.app_settings, public.feature_flags to authenticated;
grant select, insert, update, delete on public.app_settings, public.feature_flags to service_role;
create policy app_settings_lecture on public.app_settings for select to authenticated
  using ((select private.role()) is not null);
create policy feature_flags_lecture on public.feature_flags for select to authenticated
  using ((select private.role()) is not null);
