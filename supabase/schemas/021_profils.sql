-- Profiles: who may be made, changed and shut out, and by whom. An admin does it; nobody does it to themselves.

create function private.depot_manque(p_role text, p_depot_id uuid) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
return p_depot_id is null and not private.role_peut(p_role, 'voir_tous_depots');
comment on function private.depot_manque(text, uuid) is 'Whether a person of this role would see no depot at all.';

create function private.profils_avant_ecriture() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Of anybody else, the policies make nothing.
  if private.peut('ecrire_profils') then
    perform private.exiger_second_facteur();
  end if;
  if private.depot_manque(new.role, new.depot_id) then
    perform private.refuser('DEPOT_REQUIS', jsonb_build_object('role', new.role));
  end if;
  if tg_op = 'INSERT' or new.depot_id is distinct from old.depot_id then
    perform private.exiger_actifs(p_depot_id => new.depot_id);
  end if;
  if tg_op = 'INSERT' then
    new.email := coalesce(new.email, (select u.email from auth.users u where u.id = new.user_id));
    new.desactive_le := null;
    new.desactive_par := null;
    new.created_at := now();
    return new;
  end if;

  if (new.id, new.user_id) is distinct from (old.id, old.user_id)
     or (old.user_id = auth.uid()
         and (new.role, new.depot_id, new.habilitations, new.desactive_le)
             is distinct from (old.role, old.depot_id, old.habilitations, old.desactive_le)) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', 'profils'));
  end if;
  new.created_at := old.created_at;
  if (new.desactive_le is null) <> (old.desactive_le is null) then
    new.desactive_le := case when new.desactive_le is not null then now() end;
    new.desactive_par := case when new.desactive_le is not null then auth.uid() end;
  else
    new.desactive_le := old.desactive_le;
    new.desactive_par := old.desactive_par;
  end if;
  return new;
end;
$$;
comment on function private.profils_avant_ecriture() is
  'A profile keeps its account for good; nobody changes their own role, depot or habilitations, nor shuts themselves '
  'out; gerant, operateur and lecture have a depot; nobody comes to one that is disabled. Says itself when and by whom '
  'somebody was shut out. Raises ECRITURE_INTERDITE, DEPOT_REQUIS, REFERENTIEL_INACTIF, SECOND_FACTEUR_REQUIS.';

create trigger profils_before_write before insert or update on public.profils
  for each row execute function private.profils_avant_ecriture();

create function private.profils_fermer_le_compte() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Supabase Auth reads a moment, not infinity: a hundred years, as its own ban_duration would be said.
  update auth.users u
     set banned_until = case when new.desactive_le is not null then now() + interval '100 years' end
   where u.id = new.user_id;
  return null;
end;
$$;
comment on function private.profils_fermer_le_compte() is
  'Shuts the account with the profile, and opens it with it: Auth then says at sign-in « User is banned », and '
  'prolongs no session, instead of letting in somebody who may see nothing.';

create trigger profils_after_desactivation after update on public.profils
  for each row when ((new.desactive_le is null) <> (old.desactive_le is null))
  execute function private.profils_fermer_le_compte();

create function private.profils_garder_un_admin() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_level = 'ROW' and not private.role_peut(old.role, 'ecrire_profils') then
    return null;
  end if;
  -- With an older snapshot of the database, an admin whom somebody else has just removed would still be counted.
  perform private.exiger_read_committed();
  -- Two admins who remove each other queue here: the second counts what the first has left.
  perform pg_advisory_xact_lock(hashtextextended('profils:admins', 0));
  if not exists (select from public.profils p
                  where p.desactive_le is null and private.role_peut(p.role, 'ecrire_profils')) then
    perform private.refuser('DERNIER_ADMIN');
  end if;
  return null;
end;
$$;
comment on function private.profils_garder_un_admin() is
  'After an active admin has ceased to be one: is another left? Holds for every role, and for a profile that goes with '
  'its account. Raises DERNIER_ADMIN, ISOLATION_INTERDITE.';

create trigger profils_after_update after update on public.profils
  for each row when (old.desactive_le is null and (new.role <> old.role or new.desactive_le is not null))
  execute function private.profils_garder_un_admin();
create trigger profils_after_delete after delete on public.profils
  for each row when (old.desactive_le is null) execute function private.profils_garder_un_admin();
create trigger profils_after_truncate after truncate on public.profils
  for each statement execute function private.profils_garder_un_admin();

create function private.preparer_profil(p_email text, p_role text, p_depot_id uuid) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_user_id uuid;
begin
  perform private.exiger('ecrire_profils');
  -- Said by the table too, but once an account would have been made.
  if private.fermee('public.profils') then
    perform private.refuser('REFERENTIEL_AUTRE_BASE', '{"table": "profils", "verbe": "INSERT"}');
  end if;
  if private.depot_manque(p_role, p_depot_id) then
    perform private.refuser('DEPOT_REQUIS', jsonb_build_object('role', p_role));
  end if;
  if p_depot_id is not null and not exists (select from public.depots d where d.id = p_depot_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce dépôt'));
  end if;
  perform private.exiger_actifs(p_depot_id => p_depot_id);
  -- One at a time for an address: a request that is sent again finds what the first one made.
  perform pg_advisory_xact_lock(hashtextextended('profils:' || lower(p_email), 0));
  select u.id into v_user_id from auth.users u where u.email = lower(p_email) order by u.created_at limit 1;
  if exists (select from public.profils p where p.user_id = v_user_id) then
    perform private.refuser('PROFIL_EXISTANT');
  end if;
  return v_user_id;
end;
$$;
comment on function private.preparer_profil(text, text, uuid) is
  'Everything that could refuse a new profile, asked before an account is made for it. Returns the account this '
  'address already has, null where it has none. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, REFERENTIEL_AUTRE_BASE, '
  'DEPOT_REQUIS, INTROUVABLE, REFERENTIEL_INACTIF, PROFIL_EXISTANT.';
grant execute on function private.preparer_profil(text, text, uuid) to authenticated;
