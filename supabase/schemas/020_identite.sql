-- Who is asking, and which depots they see.

create function private.fuseau_societe() returns text
language sql immutable
set search_path = pg_catalog, pg_temp
return 'Africa/Lubumbashi';
comment on function private.fuseau_societe() is
  'Time zone of the company, and of a depot that says no other.';
grant execute on function private.fuseau_societe() to authenticated, service_role;

create function private.fuseau_nomme(p_fuseau text) returns boolean
language sql stable
return exists (select from pg_catalog.pg_timezone_names z where z.name = p_fuseau);
comment on function private.fuseau_nomme(text) is
  'Whether a time zone is one by its IANA name. PostgreSQL takes many another text for one: UTC+2 is four hours off '
  'what it looks like.';
grant execute on function private.fuseau_nomme(text) to authenticated, service_role;

create table public.depots (
  id uuid primary key default gen_random_uuid(),
  nom text not null unique check (private.nom_lisible(nom) or private.refuser_valeur('NOM_INVALIDE', 'nom')),
  adresse text,
  code text unique check (code ~ '^[A-Z]{2,6}$'),
  actif boolean not null default true,
  fuseau text not null default private.fuseau_societe()
    check (fuseau = private.fuseau_societe() or private.fuseau_nomme(fuseau)
      or private.refuser_valeur('FUSEAU_INCONNU', 'fuseau')),
  temperature_min_c numeric(6,2) not null default -10 check (temperature_min_c >= -50),
  temperature_max_c numeric(6,2) not null default 60 check (temperature_max_c <= 150),
  created_at timestamptz not null default now(),
  check (temperature_min_c < temperature_max_c)
);
comment on table public.depots is 'A depot: where tanks stand and people work.';
comment on column public.depots.code is
  'Two to six capitals, what the numbers of its documents begin with; null: it issues none of its own yet.';
comment on column public.depots.actif is 'False: nothing new comes to it; what it holds may leave.';
create unique index depots_nom_lu_key on public.depots (private.cle_nom(nom));
comment on column public.depots.temperature_min_c is 'Lowest temperature that product or sample can have here, °C.';
comment on column public.depots.temperature_max_c is 'Highest temperature that product or sample can have here, °C.';
comment on column public.depots.fuseau is 'IANA time zone: decides which day a movement belongs to.';

create table public.profils (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null unique references auth.users (id) on delete cascade,
  nom_complet text,
  role text not null check (role in ('admin', 'directeur', 'gerant', 'operateur', 'pca', 'lecture')),
  depot_id uuid references public.depots (id),
  email text,
  habilitations text[] not null default '{}' check (habilitations <@ '{finance,caisse}'::text[]),
  desactive_le timestamptz,
  desactive_par uuid,
  created_at timestamptz not null default now()
);
comment on table public.profils is 'What a signed-in user may be. No row here: nothing is allowed.';
comment on column public.profils.desactive_le is
  'Since when this person is shut out, however valid their token; null while they are not.';
comment on column public.profils.desactive_par is
  'Who shut them out; null for the system. Not a foreign key, as in the log.';
comment on column public.profils.role is
  'admin, directeur, gerant, operateur, pca or lecture: see the access matrix in docs/architecture.md.';
comment on column public.profils.habilitations is
  'What this person may do beside their role, inside the depots it sees: finance, caisse. Given by an admin, never by '
  'oneself.';
comment on column public.profils.depot_id is 'The only depot that gerant, operateur and lecture see.';
create index profils_depot_id_idx on public.profils (depot_id);

-- In PL/pgSQL, though one query each: its plan is kept for the session, where that of an SQL function that cannot be
-- inlined (these run as their owner) is made again at every call. Who is asking is asked several times a request.

create type private.acteur as (user_id uuid, role text, depots uuid[], habilitations text[]);
comment on type private.acteur is
  'Who is asking, their role, the depots they see and what they may do beside. All null for a user without a profile or '
  'deactivated, and for no user.';

create function private.tous_les_depots() returns uuid[]
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return (select array_agg(d.id) from public.depots d);
end;
$$;
comment on function private.tous_les_depots() is
  'Every depot; null where there is none. Apart: it is no part of the plan that those who see one of them run, several '
  'times a request.';

create function private.depots_de(p_tous boolean, p_depot_id uuid) returns uuid[]
language sql stable
return case when p_tous then private.tous_les_depots() when p_depot_id is not null then array[p_depot_id] end;
comment on function private.depots_de(boolean, uuid) is
  'Depots that somebody sees: every one, or their own; null for none. Inlined where it is used.';

create function private.acteur() returns private.acteur
language plpgsql stable
set search_path = pg_catalog, pg_temp
-- Of a hundred capabilities, one or two: the planner would read them all.
set enable_seqscan = off
as $$
declare
  v_acteur private.acteur;
  v_depot_id uuid;
  v_tous boolean;
begin
  select p.user_id, p.role, p.habilitations, p.depot_id, p.role = any (c.roles)
    into v_acteur.user_id, v_acteur.role, v_acteur.habilitations, v_depot_id, v_tous
    from public.profils p join private.capacites c on c.capacite = 'voir_tous_depots'
   where p.user_id = auth.uid() and p.desactive_le is null;
  v_acteur.depots := private.depots_de(v_tous, v_depot_id);
  return v_acteur;
end;
$$;
comment on function private.acteur() is
  'The calling user: their role, and their own depot, or every one where they may voir_tous_depots.';

create function private.role() returns text
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return (private.acteur()).role;
end;
$$;
comment on function private.role() is 'Role of the calling user, null without a profile or without a user.';

create function private.depots_visibles() returns uuid[]
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
-- Of a hundred capabilities, one or two: the planner would read them all.
set enable_seqscan = off
as $$
declare
  v_depot_id uuid;
  v_tous boolean;
begin
  -- As private.acteur, of whom a policy wants no more than this.
  select p.depot_id, p.role = any (c.roles) into v_depot_id, v_tous
    from public.profils p join private.capacites c on c.capacite = 'voir_tous_depots'
   where p.user_id = auth.uid() and p.desactive_le is null;
  return coalesce(private.depots_de(v_tous, v_depot_id), '{}');
end;
$$;
comment on function private.depots_visibles() is
  'Depots the calling user sees. Read in policies as a sub-select, so that it runs once a statement and not once a '
  'row.';

create function private.admis(p_role text, p_habilitations text[], p_capacite private.capacites) returns boolean
language sql immutable
return coalesce(p_role = any (p_capacite.roles) or p_habilitations && p_capacite.habilitations, false);
comment on function private.admis(text, text[], private.capacites) is
  'Whether a role, or what is given to somebody beside it, has a capability; false for nobody. Inlined where it is '
  'used.';

create function private.peut(p_capacite text) returns boolean
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
-- Of a hundred capabilities, one or two: the planner would read them all.
set enable_seqscan = off
as $$
declare
  v_peut boolean;
begin
  select private.admis(p.role, p.habilitations, c) into strict v_peut
    from private.capacites c left join public.profils p on p.user_id = auth.uid() and p.desactive_le is null
   where c.capacite = p_capacite;
  return v_peut;
end;
$$;
comment on function private.peut(text) is
  'Whether the calling user has a capability, by their role or beside it; false for nobody. Read in policies as a '
  'sub-select, so that it runs once a statement. A capability that is not in the list is a bug and raises P0002.';

create function private.depots_ou(p_capacite text) returns uuid[]
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
-- Of a hundred capabilities, one or two: the planner would read them all.
set enable_seqscan = off
as $$
declare
  v_depot_id uuid;
  v_tous boolean;
  v_peut boolean;
begin
  select p.depot_id, p.role = any (voir.roles), private.admis(p.role, p.habilitations, c)
    into strict v_depot_id, v_tous, v_peut
    from private.capacites c
    join private.capacites voir on voir.capacite = 'voir_tous_depots'
    left join public.profils p on p.user_id = auth.uid() and p.desactive_le is null
   where c.capacite = p_capacite;
  return case when v_peut then coalesce(private.depots_de(v_tous, v_depot_id), '{}') else '{}' end;
end;
$$;
comment on function private.depots_ou(text) is
  'Depots where the calling user has a capability: who and where in one question, for policies.';

create function private.exiger(p_capacite text) returns private.acteur
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
-- Of a hundred capabilities, one or two: the planner would read them all.
set enable_seqscan = off
as $$
declare
  v_acteur private.acteur;
  v_depot_id uuid;
  v_roles text[];
  v_second_facteur boolean;
  v_tous boolean;
  v_peut boolean;
begin
  -- One question for who it is and whether they may: every movement begins with it.
  select p.user_id, p.role, p.habilitations, p.depot_id, p.role = any (voir.roles), c.roles, c.second_facteur,
         private.admis(p.role, p.habilitations, c)
    into strict v_acteur.user_id, v_acteur.role, v_acteur.habilitations, v_depot_id, v_tous, v_roles, v_second_facteur,
         v_peut
    from private.capacites c
    join private.capacites voir on voir.capacite = 'voir_tous_depots'
    left join public.profils p on p.user_id = auth.uid() and p.desactive_le is null
   where c.capacite = p_capacite;
  if not v_peut then
    perform private.refuser('ROLE_FORBIDDEN', jsonb_build_object('capacite', p_capacite, 'roles_admis', v_roles));
  end if;
  if v_second_facteur then
    perform private.exiger_second_facteur();
  end if;
  v_acteur.depots := private.depots_de(v_tous, v_depot_id);
  return v_acteur;
end;
$$;
comment on function private.exiger(text) is
  'The gate: the calling user, who must have this capability, and a second factor where it asks for one. A movement is '
  'always made by a person: service_role and psql without a user are refused too. A capability that is not in the list '
  'is a bug and raises P0002. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

create function private.exiger_toutes(p_capacites text[]) returns private.acteur
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
-- Of a hundred capabilities, a few: the planner would read them all.
set enable_seqscan = off
as $$
declare
  v_acteur private.acteur := private.acteur();
  v_capacite text;
  v_admises int;
begin
  select count(*) into v_admises from private.capacites c
   where c.capacite = any (p_capacites) and not c.second_facteur
     and private.admis(v_acteur.role, v_acteur.habilitations, c);
  if v_admises < cardinality(p_capacites) then
    foreach v_capacite in array p_capacites loop
      v_acteur := private.exiger(v_capacite);
    end loop;
  end if;
  return v_acteur;
end;
$$;
comment on function private.exiger_toutes(text[]) is
  'Who is asking, who may all of these: asked at once, and one by one only where that does not settle it. Raises '
  'ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

create function private.possede(p_table oid) returns boolean
language sql stable
return pg_catalog.has_table_privilege(p_table, 'truncate');
comment on function private.possede(oid) is
  'Whether the current role owns a table: nobody else is granted to truncate any (a structure test sees to it). '
  'Inlined where it is used, it costs no query.';
grant execute on function private.possede(oid) to authenticated, service_role;

create function private.exiger_a_l_ecriture() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Without a user it is the server's own key or the project itself, which the grants answer for. The project's own
  -- functions, which write nearly every row, have asked already, each what it does: a réception closes its truck, an
  -- invoice moves its lot.
  if not private.possede(tg_relid) then
    if auth.uid() is not null then
      perform private.exiger(tg_argv[0]);
    end if;
  end if;
  return null;
end;
$$;
comment on function private.exiger_a_l_ecriture() is
  'A policy hides the rows one may not change, so that the client says « enregistré » of nothing done: this refuses '
  'the statement of a person. Argument of the trigger: the capability that the policy asks for. Raises ROLE_FORBIDDEN, '
  'SECOND_FACTEUR_REQUIS.';
grant execute on function private.exiger_a_l_ecriture() to authenticated, service_role;

create function private.exiger_profil() returns void
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if private.role() is not null then
    return;
  end if;
  perform private.refuser(case
    when exists (select from public.profils p where p.user_id = auth.uid()) then 'COMPTE_DESACTIVE'
      else 'ROLE_FORBIDDEN' end);
end;
$$;
comment on function private.exiger_profil() is
  'Refuses a user without a profile (ROLE_FORBIDDEN) or deactivated (COMPTE_DESACTIVE). The doors open with it: such a '
  'user can do nothing.';

create function private.jour_local(p_fuseau text, p_moment timestamptz) returns date
language sql stable
return (p_moment at time zone p_fuseau)::date;
comment on function private.jour_local(text, timestamptz) is
  'Which day it is, or was, in a time zone. Inlined where it is used.';
grant execute on function private.jour_local(text, timestamptz) to authenticated, service_role;

create function private.jour_au_depot(p_depot_id uuid, p_moment timestamptz) returns date
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return (select private.jour_local(d.fuseau, p_moment) from public.depots d where d.id = p_depot_id);
end;
$$;
comment on function private.jour_au_depot(uuid, timestamptz) is 'Which day it is, or was, where the depot is.';

grant execute on function
  private.role(), private.depots_visibles(), private.peut(text), private.depots_ou(text), private.exiger(text),
  private.exiger_profil(), private.jour_au_depot(uuid, timestamptz)
  to authenticated, service_role;

alter table public.depots enable row level security;
alter table public.profils enable row level security;
grant select, insert, update on public.depots to authenticated;
grant select, insert, update on public.profils to authenticated;
grant select, insert, update, delete on public.depots, public.profils to service_role;

-- Whoever opens a depot sees it in the very statement that does, when it is not yet among those counted.
create policy depots_lecture on public.depots for select to authenticated
  using (id = any ((select private.depots_visibles())::uuid[]) or (select private.peut('ecrire_referentiels')));
create policy depots_creation on public.depots for insert to authenticated
  with check ((select private.peut('ecrire_referentiels')));
create policy depots_modification on public.depots for update to authenticated
  using ((select private.peut('ecrire_referentiels')))
  with check ((select private.peut('ecrire_referentiels')));
create trigger depots_reserver before update on public.depots
  for each statement execute function private.exiger_a_l_ecriture('ecrire_referentiels');

-- Whose act a line of the log or an adjustment is: a person without a depot acts in all of them.
create policy profils_lecture on public.profils for select to authenticated
  using ((user_id = (select auth.uid()) and desactive_le is null) or (select private.peut('ecrire_profils'))
         or ((select private.peut('lire_noms'))
             and (depot_id is null or depot_id = any ((select private.depots_visibles())::uuid[]))));
create policy profils_creation on public.profils for insert to authenticated
  with check ((select private.peut('ecrire_profils')));
create policy profils_modification on public.profils for update to authenticated
  using ((select private.peut('ecrire_profils'))) with check ((select private.peut('ecrire_profils')));
create trigger profils_reserver before update on public.profils
  for each statement execute function private.exiger_a_l_ecriture('ecrire_profils');
