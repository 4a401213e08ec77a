-- The second factor: under the flag mfa_admin, what only an admin may do asks for a session raised to aal2.
--
-- How a person enrols, proves and recovers a factor is Supabase Auth's. The flag itself is turned by nobody without
-- one, whichever way: whoever turns it on has so proved that they can still turn it off.

create function private.second_facteur_prouve() returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$ select coalesce(auth.jwt() ->> 'aal' = 'aal2', false) $$;
comment on function private.second_facteur_prouve() is 'Whether this session was raised to aal2.';

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
  if not (private.second_facteur_prouve() or (not p_toujours and private.second_facteur_suffit())) then
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
