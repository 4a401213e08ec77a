-- The second factor: under the flag mfa_admin, what only an admin may do asks for a session that was raised.
--
-- Raised by Supabase Auth (aal2), which enrols and proves its own; or here, for fifteen minutes, by a code of 042 or
-- 043. The flag itself is turned by nobody without one, whichever way: whoever turns it on has so proved that they can
-- still turn it off.

create table private.sessions_elevees (
  user_id uuid not null references auth.users (id) on delete cascade,
  session text not null,
  jusqu_au timestamptz not null,
  primary key (user_id, session)
);
comment on table private.sessions_elevees is
  'Sessions that a code of the second factor has raised, each until a moment. Written by the rules of 042 and 043 '
  'only.';
comment on column private.sessions_elevees.session is 'As private.session_de() names it.';
alter table private.sessions_elevees enable row level security;

create function private.session_de(p_jeton jsonb) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce(nullif(p_jeton ->> 'session_id', ''), encode(sha256(convert_to(p_jeton::text, 'UTF8')), 'hex'));
end;
$$;
comment on function private.session_de(jsonb) is
  'The session a token is of, by its claims: session_id, which outlives a refresh; without one, the hash of the claims, '
  'so that what was raised is that very token.';

create function private.second_facteur_prouve() returns boolean
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_jeton constant jsonb := auth.jwt();
begin
  if v_jeton ->> 'aal' = 'aal2' then
    return true;
  end if;
  -- Nearly nobody has raised a session: only of who has is it asked which.
  if not exists (select from private.sessions_elevees s where s.user_id = auth.uid()) then
    return false;
  end if;
  return exists (
    select from private.sessions_elevees s
     where s.user_id = auth.uid() and s.session = private.session_de(v_jeton) and s.jusqu_au > now());
end;
$$;
comment on function private.second_facteur_prouve() is
  'Whether this session was raised: to aal2 by Supabase Auth, or by a code of ours less than fifteen minutes ago.';

create function private.second_facteur_suffit() returns boolean
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return private.second_facteur_prouve()
      or not exists (
        select from public.feature_flags f
         where f.key = 'mfa_admin' and f.enabled and (f.users = '{}' or auth.uid() = any (f.users)));
end;
$$;
comment on function private.second_facteur_suffit() is
  'Whether the calling user may act as an admin with the session they have. The flag''s depots mean nothing here: an '
  'admin belongs to all of them.';

create function private.exiger_second_facteur(p_toujours boolean default false) returns void
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if not (case when p_toujours then private.second_facteur_prouve() else private.second_facteur_suffit() end) then
    perform private.refuser('SECOND_FACTEUR_REQUIS');
  end if;
end;
$$;
comment on function private.exiger_second_facteur(boolean) is
  'Refuses a session without a second factor where the flag mfa_admin asks for one; p_toujours: whatever the flag '
  'says. Raises SECOND_FACTEUR_REQUIS.';

grant execute on function private.second_facteur_suffit() to authenticated;

-- The triggers say it in words; these hold where a trigger would not run. On reading and on the row that is there they
-- say nothing, so that the refusal is the trigger's and not an update that finds no row.
create policy profils_creation_second_facteur on public.profils as restrictive for insert to authenticated
  with check ((select private.second_facteur_suffit()));
create policy profils_modification_second_facteur on public.profils as restrictive for update to authenticated
  with check ((select private.second_facteur_suffit()));
