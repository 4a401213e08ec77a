-- Everything an empty database needs: written from supabase/schemas/, never edited afterwards.

-- 010_fondations.sql
-- Foundations: the rooms, who may enter them, and how a rule says no.
--
-- public   the contract: tables, views and RPCs a client may call
-- private  rules, triggers, idempotency: never exposed through REST
-- Everything below is granted by name; nothing is open by default.

create schema private;
comment on schema private is
  'Rules and machinery. Not exposed through REST; a client role may execute only what its policies and doors call.';

revoke all on schema private from public;
grant usage on schema private to authenticated, service_role;
revoke create on schema public from public;

-- A hosted project hands every new object in public to anon and authenticated: take that back, for good.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke execute on functions from anon, authenticated, service_role;

create function private.nouvel_id() returns uuid
language sql volatile parallel safe
return encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
  substring(int8send((extract(epoch from clock_timestamp()) * 1000)::int8) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid;
comment on function private.nouvel_id() is
  'A UUID of version 7 (RFC 9562, section 5.7): milliseconds since 1970, then 74 random bits. For rows that come in time, whose indexes then grow at one end instead of being rewritten everywhere.';
grant execute on function private.nouvel_id() to authenticated, service_role;

-- The catalogue of refusals ---------------------------------------------------------------------------------------

create table private.refus (
  code text primary key,
  statut_http int not null check (statut_http between 400 and 499),
  phrase text not null,
  sens text not null check (btrim(sens) <> ''),
  conduite text not null check (btrim(conduite) <> '')
);
comment on table private.refus is
  'Every refusal of a rule. Its rows are in donnees/011_refus.sql; the doors publish them at functions/v1/ops/codes.';
comment on column private.refus.phrase is 'What a clerk reads. {name} is replaced by the value of that name in the detail.';
comment on column private.refus.sens is 'What the code means, for whoever looks it up.';
comment on column private.refus.conduite is 'What to do about it.';
comment on column private.refus.statut_http is 'HTTP status carried by the SQLSTATE PTnnn.';

create function private.nombre_fr(p_nombre numeric) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
return translate(rtrim(rtrim(to_char(p_nombre, 'FM999,999,999,999,990.999'), '0'), '.'), ',.', ' ,');
comment on function private.nombre_fr(numeric) is
  'A number as a French reader writes it: 39296.5 gives "39 296,5". At most three decimals.';

-- Every function sets its search_path and looks at temporary objects last: what a caller brings along in pg_temp
-- stands in for nothing.

create function private.phrase_de_refus(p_code text, p_valeurs jsonb) returns text
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_phrase text;
  v_cle text;
  v_valeur jsonb;
begin
  select r.phrase into strict v_phrase from private.refus r where r.code = p_code;
  for v_cle, v_valeur in select key, value from jsonb_each(p_valeurs) loop
    v_phrase := replace(v_phrase, '{' || v_cle || '}',
      case jsonb_typeof(v_valeur)
        when 'number' then private.nombre_fr((v_valeur #>> '{}')::numeric)
        else coalesce(v_valeur #>> '{}', '—')
      end);
  end loop;
  return v_phrase;
end;
$$;
comment on function private.phrase_de_refus(text, jsonb) is
  'The sentence a clerk reads for this refusal, its values filled in. An unknown code is a bug and raises P0002.';

create function private.refuser(p_code text, p_valeurs jsonb default '{}', p_statut_http int default null) returns void
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    hint = private.phrase_de_refus(p_code, p_valeurs),
    errcode = 'PT' || coalesce(p_statut_http, (select r.statut_http from private.refus r where r.code = p_code)),
    message = p_code,
    detail = p_valeurs::text;
end;
$$;
comment on function private.refuser(text, jsonb, int) is
  'Raises a refusal: message = code, hint = French sentence, detail = values as JSON, SQLSTATE PTnnn = HTTP status. An unknown code is a bug and raises P0002.';
grant execute on function private.refuser(text, jsonb, int) to authenticated, service_role;

create function private.exiger_read_committed() returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    perform private.refuser('ISOLATION_INTERDITE');
  end if;
end;
$$;
comment on function private.exiger_read_committed() is
  'Refuses an older snapshot of the database, for rules that must see what others have just committed. Raises ISOLATION_INTERDITE.';

-- 015_capacites.sql
-- Who may do what: one list, its rows in donnees/015_capacites.sql. The gates (private.exiger), the policies
-- (private.peut, private.depots_ou), the access matrix that the tests try and the page that people read are all made
-- from these rows; no other SQL names a role.

create table private.capacites (
  capacite text primary key check (capacite ~ '^[a-z]+(_[a-z]+)*$'),
  roles text[] not null check (roles <> '{}'),
  second_facteur boolean not null default false,
  dit text not null check (btrim(dit) <> '')
);
comment on table private.capacites is 'What may be done, and the roles that may do it.';
comment on column private.capacites.capacite is 'Name by which the rules ask.';
comment on column private.capacites.roles is 'Roles of profils.role that have it.';
comment on column private.capacites.second_facteur is 'Under the flag mfa_admin, also asks for a session raised to aal2.';
comment on column private.capacites.dit is 'In French, for the page of who may do what.';

create function private.role_peut(p_role text, p_capacite text) returns boolean
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_roles text[];
begin
  select c.roles into strict v_roles from private.capacites c where c.capacite = p_capacite;
  return coalesce(p_role = any (v_roles), false);
end;
$$;
comment on function private.role_peut(text, text) is
  'Whether a role has a capability; false for no role. A capability that is not in the list is a bug and raises P0002.';

-- 020_identite.sql
-- Who is asking, and which depots they see.

create table public.depots (
  id uuid primary key default gen_random_uuid(),
  nom text not null unique check (btrim(nom) <> ''),
  adresse text,
  -- An unknown zone raises here, and not at the first movement.
  fuseau text not null default 'Africa/Lubumbashi' check (timestamptz '2000-01-01' at time zone fuseau is not null),
  temperature_min_c numeric(6,2) not null default -10 check (temperature_min_c >= -50),
  temperature_max_c numeric(6,2) not null default 60 check (temperature_max_c <= 150),
  created_at timestamptz not null default now(),
  check (temperature_min_c < temperature_max_c)
);
comment on table public.depots is 'A depot: where tanks stand and people work.';
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
  desactive_le timestamptz,
  desactive_par uuid,
  created_at timestamptz not null default now()
);
comment on table public.profils is 'What a signed-in user may be. No row here: nothing is allowed.';
comment on column public.profils.desactive_le is 'Since when this person is shut out, however valid their token; null while they are not.';
comment on column public.profils.desactive_par is 'Who shut them out; null for the system. Not a foreign key, as in the log.';
comment on column public.profils.role is 'admin, directeur, gerant, operateur, pca or lecture: see the access matrix in docs/architecture.md.';
comment on column public.profils.depot_id is 'The only depot that gerant, operateur and lecture see.';
create index profils_depot_id_idx on public.profils (depot_id);

-- In PL/pgSQL, though one query each: its plan is kept for the session, where that of an SQL function that cannot be
-- inlined (these run as their owner) is made again at every call. Who is asking is asked several times a request.

create type private.acteur as (user_id uuid, role text, depots uuid[]);
comment on type private.acteur is 'Who is asking, their role and the depots they see. All null for a user without a profile or deactivated, and for no user.';

create function private.acteur() returns private.acteur
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur private.acteur;
  v_depot_id uuid;
  v_tous boolean;
begin
  select p.user_id, p.role, p.depot_id, p.role = any (c.roles) into v_acteur.user_id, v_acteur.role, v_depot_id, v_tous
    from public.profils p join private.capacites c on c.capacite = 'voir_tous_depots'
   where p.user_id = auth.uid() and p.desactive_le is null;
  -- Apart: the depots of those who see them all are no part of the plan that everyone else runs, several times a request.
  if v_tous then
    v_acteur.depots := (select array_agg(d.id) from public.depots d);
  elsif v_depot_id is not null then
    v_acteur.depots := array[v_depot_id];
  end if;
  return v_acteur;
end;
$$;
comment on function private.acteur() is 'The calling user: their role, and their own depot, or every one where they may voir_tous_depots.';

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
as $$
begin
  return coalesce((private.acteur()).depots, '{}');
end;
$$;
comment on function private.depots_visibles() is
  'Depots the calling user sees. Read in policies as a sub-select, so that it runs once a statement and not once a row.';

create function private.peut(p_capacite text) returns boolean
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return private.role_peut((private.acteur()).role, p_capacite);
end;
$$;
comment on function private.peut(text) is
  'Whether the calling user has a capability. Read in policies as a sub-select, so that it runs once a statement.';

create function private.depots_ou(p_capacite text) returns uuid[]
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.acteur();
begin
  return case when private.role_peut(v_acteur.role, p_capacite) then coalesce(v_acteur.depots, '{}') else '{}' end;
end;
$$;
comment on function private.depots_ou(text) is
  'Depots where the calling user has a capability: who and where in one question, for policies.';

create function private.exiger(p_capacite text) returns private.acteur
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.acteur();
  v_capacite private.capacites;
begin
  select * into strict v_capacite from private.capacites c where c.capacite = p_capacite;
  if v_acteur.role = any (v_capacite.roles) then
    if v_capacite.second_facteur then
      perform private.exiger_second_facteur();
    end if;
    return v_acteur;
  end if;
  perform private.refuser('ROLE_FORBIDDEN', jsonb_build_object('capacite', p_capacite, 'roles_admis', v_capacite.roles));
end;
$$;
comment on function private.exiger(text) is
  'The gate: the calling user, who must have this capability, and a second factor where it asks for one. A movement is always made by a person: service_role and psql without a user are refused too. A capability that is not in the list is a bug and raises P0002. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

create function private.exiger_a_l_ecriture() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Without a user it is the server's own key or the project itself, which the grants answer for.
  if auth.uid() is not null then
    perform private.exiger(tg_argv[0]);
  end if;
  return null;
end;
$$;
comment on function private.exiger_a_l_ecriture() is
  'A policy hides the rows one may not change, so that the client says « enregistré » of nothing done: this refuses the statement. Argument of the trigger: the capability. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

create function private.exiger_profil() returns void
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if private.role() is not null then
    return;
  end if;
  perform private.refuser(case
    when exists (select from public.profils p where p.user_id = auth.uid()) then 'COMPTE_DESACTIVE' else 'ROLE_FORBIDDEN' end);
end;
$$;
comment on function private.exiger_profil() is
  'Refuses a user without a profile (ROLE_FORBIDDEN) or deactivated (COMPTE_DESACTIVE). The doors open with it: such a user can do nothing.';

create function private.jour_local(p_fuseau text, p_moment timestamptz) returns date
language sql stable
return (p_moment at time zone p_fuseau)::date;
comment on function private.jour_local(text, timestamptz) is 'Which day it is, or was, in a time zone. Inlined where it is used.';

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
  private.role(), private.depots_visibles(), private.peut(text), private.depots_ou(text), private.exiger(text), private.exiger_profil(), private.jour_au_depot(uuid, timestamptz)
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

-- Whose act a line of the log or an adjustment is: a person without a depot acts in all of them.
create policy profils_lecture on public.profils for select to authenticated
  using ((user_id = (select auth.uid()) and desactive_le is null) or (select private.peut('ecrire_profils'))
         or ((select private.peut('lire_noms'))
             and (depot_id is null or depot_id = any ((select private.depots_visibles())::uuid[]))));
create policy profils_creation on public.profils for insert to authenticated
  with check ((select private.peut('ecrire_profils')));
create policy profils_modification on public.profils for update to authenticated
  using ((select private.peut('ecrire_profils'))) with check ((select private.peut('ecrire_profils')));

-- 021_profils.sql
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
  if tg_op = 'INSERT' then
    new.email := coalesce(new.email, (select u.email from auth.users u where u.id = new.user_id));
    new.desactive_le := null;
    new.desactive_par := null;
    new.created_at := now();
    return new;
  end if;

  if (new.id, new.user_id) is distinct from (old.id, old.user_id)
     or (old.user_id = auth.uid()
         and (new.role, new.depot_id, new.desactive_le) is distinct from (old.role, old.depot_id, old.desactive_le)) then
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
  'A profile keeps its account for good; nobody changes their own role or depot, nor shuts themselves out; gerant, operateur and lecture have a depot. Says itself when and by whom somebody was shut out. Raises ECRITURE_INTERDITE, DEPOT_REQUIS, SECOND_FACTEUR_REQUIS.';

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
  'Shuts the account with the profile, and opens it with it: Auth then says at sign-in « User is banned », and prolongs no session, instead of letting in somebody who may see nothing.';

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
  'After an active admin has ceased to be one: is another left? Holds for every role, and for a profile that goes with its account. Raises DERNIER_ADMIN, ISOLATION_INTERDITE.';

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
  if private.depot_manque(p_role, p_depot_id) then
    perform private.refuser('DEPOT_REQUIS', jsonb_build_object('role', p_role));
  end if;
  if p_depot_id is not null and not exists (select from public.depots d where d.id = p_depot_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce dépôt'));
  end if;
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
  'Everything that could refuse a new profile, asked before an account is made for it. Returns the account this address already has, null where it has none. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, DEPOT_REQUIS, INTROUVABLE, PROFIL_EXISTANT.';
grant execute on function private.preparer_profil(text, text, uuid) to authenticated;

-- 022_limites.sql
-- Limits: how often one person may ask one thing, counted here and on no other server.

create table private.limites (
  route text primary key,
  par_minute int not null check (par_minute > 0)
);
comment on table private.limites is
  'Requests a minute that one user may send to one door. The longest route that fits counts: "POST sorties/", or its method alone.';
comment on column private.limites.route is 'Method, space, function and path as its act declares it ("POST sorties/:id/valider"), or a method.';

-- Not in the write-ahead log: counting costs no wait for the disk, and a crash forgets a minute's counts.
create unlogged table private.limites_compteurs (
  user_id uuid not null,
  route text not null,
  minute timestamptz not null,
  nombre int not null,
  primary key (user_id, route)
) with (fillfactor = 50);
comment on table private.limites_compteurs is 'Requests of a user to a door in the last minute they sent any.';
comment on column private.limites_compteurs.minute is 'Start of the minute that is counted.';

create function private.compter_demande(p_user_id uuid, p_route text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_maintenant constant timestamptz := clock_timestamp();
  v_nombre int;
  v_limite int;
begin
  insert into private.limites_compteurs as c (user_id, route, minute, nombre)
  values (p_user_id, p_route, date_trunc('minute', v_maintenant), 1)
  on conflict (user_id, route) do update
     set nombre = case when c.minute >= excluded.minute then c.nombre + 1 else 1 end,
         minute = greatest(c.minute, excluded.minute)
  returning nombre into v_nombre;

  if v_nombre = 1 then
    delete from private.limites_compteurs c
     where (c.user_id, c.route) in (
       select v.user_id, v.route from private.limites_compteurs v
        where v.minute < v_maintenant - interval '1 hour' limit 100 for update skip locked);
  end if;

  select l.par_minute into v_limite from private.limites l
   where l.route in (p_route, split_part(p_route, ' ', 1)) order by length(l.route) desc limit 1;
  if v_nombre > v_limite then
    perform private.refuser('TROP_DE_DEMANDES',
      jsonb_build_object('attendre_s', ceil(60 - extract(second from v_maintenant))::int, 'par_minute', v_limite));
  end if;
end;
$$;
comment on function private.compter_demande(uuid, text) is
  'Counts one request of a user to a door. Called by the doors before anything else, in a transaction of its own: a request that is refused later has been counted, and nobody waits for it. Forgets what is an hour old. Raises TROP_DE_DEMANDES.';

-- 023_bornes.sql
-- Times: nothing that a client starts runs, waits or holds a lock for ever.
--
-- PostgREST takes these on when it becomes the role. The doors log in as the project and set their own, transaction by
-- transaction (functions/_shared/database.ts).
--
-- A role belongs to the whole server: what is already so is left alone, for two databases that change the same role at
-- once would refuse one another ("tuple concurrently updated").
do $$
declare
  v_borne record;
begin
  for v_borne in
    select * from (values
      ('anon', 'statement_timeout', '3s'),
      ('anon', 'lock_timeout', '1s'),
      ('anon', 'idle_in_transaction_session_timeout', '5s'),
      ('authenticated', 'statement_timeout', '8s'),
      ('authenticated', 'lock_timeout', '5s'),
      ('authenticated', 'idle_in_transaction_session_timeout', '15s'),
      -- For an operator's scripts, which read and move more at once than a person does.
      ('service_role', 'statement_timeout', '60s'),
      ('service_role', 'lock_timeout', '10s'),
      ('service_role', 'idle_in_transaction_session_timeout', '60s')
    ) as b (role, parametre, valeur)
     where not exists (
       select from pg_roles r
        where r.rolname = b.role and format('%s=%s', b.parametre, b.valeur) = any (r.rolconfig)
     )
  loop
    execute format('alter role %I set %I = %L', v_borne.role, v_borne.parametre, v_borne.valeur);
  end loop;
end;
$$;

-- 030_journal.sql
-- The trace: who did what, to what, written by the database in the transaction of the act itself.

create table public.log_actions (
  id uuid primary key default private.nouvel_id(),
  user_id uuid,
  action text not null,
  module text not null,
  niveau text not null default 'INFO' check (niveau in ('INFO', 'WARNING', 'CRITICAL')),
  details jsonb not null default '{}',
  cible_id uuid,
  depot_id uuid,
  request_id text,
  -- Before created_at: a line's transaction has its number when its moment is read, which sealing counts on.
  txid xid8 not null default pg_current_xact_id(),
  created_at timestamptz not null default clock_timestamp()
);
comment on table public.log_actions is 'Append-only log of every act that changes something.';
comment on column public.log_actions.user_id is 'Who acted; null for the system. Not a foreign key: the log outlives the account.';
comment on column public.log_actions.created_at is 'Moment of the line itself, not of its transaction: lines of one act keep their order.';
comment on column public.log_actions.cible_id is 'Row the act was about.';
comment on column public.log_actions.depot_id is 'Depot of the target, so that a manager reads only their own. Not a foreign key: taken from the target, which has one.';
comment on column public.log_actions.request_id is 'x-request-id of the HTTP request, null outside one.';
comment on column public.log_actions.txid is 'Transaction that wrote the line: tells a line that committed late from one slipped in later.';
create index log_actions_created_at_idx on public.log_actions (created_at desc, id desc);
create index log_actions_cible_id_idx on public.log_actions (cible_id);
-- For what is asked of a few people only, writers pay next to nothing: a summary of every 64 pages finds whatever is rare,
-- the order above whatever is frequent, and what is not INFO is rare enough to be kept in order.
create index log_actions_rare_idx on public.log_actions
  using brin (user_id uuid_bloom_ops, depot_id uuid_bloom_ops, action text_bloom_ops, module text_bloom_ops)
  with (pages_per_range = 64, autosummarize = on);
create index log_actions_niveau_idx on public.log_actions (niveau, created_at desc, id desc) where niveau <> 'INFO';

create function private.journaliser(
  p_actions text[], p_module text, p_niveau text, p_cible_id uuid, p_depot_id uuid, p_details jsonb
) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_user_id constant uuid := auth.uid();
begin
  -- Nobody's account: who it was is the database role that wrote.
  if v_user_id is null then
    p_details := p_details || jsonb_build_object(
      'role_sql', coalesce(nullif(current_setting('role', true), 'none'), session_user));
  end if;
  insert into public.log_actions (user_id, action, module, niveau, cible_id, depot_id, details, request_id)
  select v_user_id, a.action, p_module, p_niveau, p_cible_id, p_depot_id, p_details,
         coalesce(nullif(current_setting('request.id', true), ''),
           -- Through REST nobody says it: PostgREST hands on the headers as they came.
           left(nullif(current_setting('request.headers', true), '')::json ->> 'x-request-id', 100))
    from unnest(p_actions) a (action);
end;
$$;
comment on function private.journaliser(text[], text, text, uuid, uuid, jsonb) is
  'Writes the lines of what one call did to one target, in its order, in the name of the calling user; without one, details.role_sql says which database role. Called by the rules only.';

create function private.journaliser(
  p_action text, p_module text, p_niveau text, p_cible_id uuid, p_depot_id uuid, p_details jsonb default '{}'
) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.journaliser(array[p_action], p_module, p_niveau, p_cible_id, p_depot_id, p_details);
end;
$$;
comment on function private.journaliser(text, text, text, uuid, uuid, jsonb) is 'Writes one line of the log: what nearly every rule does.';

create function private.journaliser_ligne() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ligne constant jsonb := to_jsonb(coalesce(new, old));
begin
  perform private.journaliser(
    tg_argv[1] || case tg_op when 'INSERT' then '_CREE' when 'UPDATE' then '_MODIFIE' else '_SUPPRIME' end || coalesce(tg_argv[3], ''),
    tg_argv[0], tg_argv[2], (v_ligne ->> 'id')::uuid, (v_ligne ->> 'depot_id')::uuid,
    jsonb_build_object('table', tg_table_name)
      || case when tg_op <> 'INSERT' then jsonb_build_object('avant', to_jsonb(old)) else '{}' end
      || case when tg_op <> 'DELETE' then jsonb_build_object('apres', to_jsonb(new)) else '{}' end);
  return null;
end;
$$;
comment on function private.journaliser_ligne() is
  'Logs whatever happens to a row, before and after, for a table without a rule of its own for it. Arguments of the trigger: module, what the action''s name begins with, level, and E where that is feminine.';

create function private.interdire_ecriture() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Only a purge of STAGING deletes: the project's own function, as the owner of the table, in its own transaction.
  if tg_op = 'DELETE' and current_setting('app.purge_staging', true) = pg_current_xact_id()::text
     and current_user = (select pg_get_userbyid(c.relowner) from pg_catalog.pg_class c where c.oid = tg_relid) then
    perform private.interdire_si_prod();
    return null;
  end if;
  perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  return null;
end;
$$;
comment on function private.interdire_ecriture() is
  'Refuses whatever verb the trigger is on, for every role, the owner included; but, outside PROD, the deletes of private.vider_mouvements(). Raises ECRITURE_INTERDITE, ENV_INTERDIT.';
grant execute on function private.interdire_ecriture() to authenticated, service_role;

create trigger log_actions_block before update or delete or truncate on public.log_actions
  for each statement execute function private.interdire_ecriture();

create view public.logs with (security_invoker = true) as
  select id, created_at, user_id, action, module, niveau, details, cible_id, depot_id, request_id
  from public.log_actions;
comment on view public.logs is 'log_actions under the name older readers use.';

create function private.exiger_lecteur_journal() returns void
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('lire_journal');
end;
$$;
comment on function private.exiger_lecteur_journal() is
  'Refuses with ROLE_FORBIDDEN whoever may read no line of the log, rather than showing them an empty one.';

create function private.fuseau_vu(p_depot_id uuid) returns text
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce(
    (select d.fuseau from public.depots d
      where d.id = any (private.depots_visibles())
      order by d.id = p_depot_id desc nulls last, d.created_at, d.id limit 1),
    'Africa/Lubumbashi');
end;
$$;
comment on function private.fuseau_vu(uuid) is
  'Time zone of a depot the caller sees; without one, of the first of those they see.';

create function private.debut_du_jour(p_jour date, p_depot_id uuid) returns timestamptz
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return p_jour::timestamp at time zone private.fuseau_vu(p_depot_id);
end;
$$;
comment on function private.debut_du_jour(date, uuid) is
  'When a day began at a depot the caller sees; without one, at the first of those they see.';
grant execute on function private.exiger_lecteur_journal(), private.debut_du_jour(date, uuid) to authenticated;

alter table public.log_actions enable row level security;
grant select on public.log_actions, public.logs to authenticated, service_role;
create policy log_actions_lecture on public.log_actions for select to authenticated
  -- The second question is only asked where a line is of no depot, or of one the caller does not see.
  using (depot_id = any ((select private.depots_ou('lire_journal'))::uuid[])
         or ((select private.peut('lire_journal')) and (select private.peut('voir_tous_depots'))));

-- 031_scellement.sql
-- Sealing: what makes the log prove that nobody touched it, the owner of the tables included.
--
-- A pass takes the lines that no block holds yet, hashes each, and writes them as blocks, each bound to the one before by
-- its hash. Writers know nothing of it: they wait for no lock, share no counter and keep no index for it. Which lines are
-- new is told by the pass's own snapshot: a transaction that had ended then is sealed whole, one still open is not, and
-- its lines go to a later block whenever it commits.
--
-- What this cannot see: a line changed or removed before it was sealed (seal often), a line the owner adds today, and a
-- chain made again from end to end. The last is why the head of the chain is worth noting elsewhere.

create table private.blocs_journal (
  numero bigint primary key check (numero >= 1),
  passe bigint not null check (passe between 1 and numero),
  scelle_le timestamptz not null,
  serveur bigint not null,
  txid xid8 not null,
  instantane pg_snapshot not null,
  lignes uuid[] not null check (cardinality(lignes) between 1 and 10000),
  empreintes bytea[] not null check (cardinality(empreintes) = cardinality(lignes)),
  precedent bytea check ((precedent is null) = (numero = 1)),
  empreinte bytea not null
);
comment on table private.blocs_journal is
  'Sealed log: blocks of up to 10 000 lines of log_actions, chained. Written by private.sceller_journal only. Immutable.';
comment on column private.blocs_journal.numero is 'Place in the chain, from 1, without a gap.';
comment on column private.blocs_journal.passe is 'First block of the pass that wrote this one.';
comment on column private.blocs_journal.scelle_le is 'Taken before the pass had its txid and looked: what it did not see and dates from before was still open.';
comment on column private.blocs_journal.serveur is 'Identifier of the server: transaction numbers mean nothing on another, where a backup was restored.';
comment on column private.blocs_journal.txid is
  'Transaction of the pass: one with a lower number had begun to write before it, one with a higher number writes lines dated after scelle_le. The snapshot''s own end does not tell: it ends at the last transaction that had ended.';
comment on column private.blocs_journal.instantane is 'Which transactions had ended when the pass looked.';
comment on column private.blocs_journal.lignes is 'log_actions.id, in the order of the block.';
comment on column private.blocs_journal.empreintes is 'SHA-256 of each line, in the same order.';
comment on column private.blocs_journal.precedent is 'Hash of the block before; null for the first.';
comment on column private.blocs_journal.empreinte is 'SHA-256 of everything above: the last one is the head of the chain.';
create index blocs_journal_scelle_le_idx on private.blocs_journal (scelle_le);
alter table private.blocs_journal enable row level security;
create trigger blocs_journal_block before update or delete or truncate on private.blocs_journal
  for each statement execute function private.interdire_ecriture();

-- No "set" on the next four: they are inlined into queries over the whole log.

create function private.tolerance_horloge() returns interval
language sql immutable parallel safe
return interval '10 seconds';
comment on function private.tolerance_horloge() is 'How far back a server''s clock may be set without a line looking older than it is.';

create function private.empreinte_ligne(p_ligne public.log_actions) returns bytea
language sql stable parallel safe
return sha256(convert_to(row(
  (p_ligne).id, (p_ligne).user_id, (p_ligne).action, (p_ligne).module, (p_ligne).niveau, (p_ligne).details,
  (p_ligne).cible_id, (p_ligne).depot_id, (p_ligne).request_id, (p_ligne).txid,
  extract(epoch from (p_ligne).created_at))::text, 'UTF8'));
comment on function private.empreinte_ligne(public.log_actions) is
  'SHA-256 of a line: of all its columns as one record in PostgreSQL''s own text, the moment in seconds since 1970. The same whatever the session''s settings.';

create function private.empreinte_bloc(p_bloc private.blocs_journal) returns bytea
language sql stable parallel safe
return sha256(convert_to(row(
    (p_bloc).numero, (p_bloc).passe, extract(epoch from (p_bloc).scelle_le), (p_bloc).serveur, (p_bloc).txid,
    (p_bloc).instantane,
    encode((p_bloc).precedent, 'hex'))::text, 'UTF8')
  || array_send((p_bloc).lignes) || array_send((p_bloc).empreintes));
comment on function private.empreinte_bloc(private.blocs_journal) is 'SHA-256 of a block: its header, its lines, their hashes and the hash of the block before.';

create function private.ligne_recente(p_ligne public.log_actions, p_dernier private.blocs_journal, p_serveur bigint) returns boolean
language sql stable parallel safe
return (p_dernier).numero is null
  or ((p_serveur <> (p_dernier).serveur or not pg_visible_in_snapshot((p_ligne).txid, (p_dernier).instantane)
       -- Once a subtransaction of its own has ended, a transaction may count itself among those its snapshot sees.
       or (p_ligne).txid = (p_dernier).txid)
      and ((p_ligne).created_at >= (p_dernier).scelle_le - private.tolerance_horloge()
           or ((p_ligne).txid < (p_dernier).txid
               and not pg_visible_in_snapshot((p_ligne).txid, (p_dernier).instantane))));
comment on function private.ligne_recente(public.log_actions, private.blocs_journal, bigint) is
  'Whether the pass that wrote this block, the last, could not have seen the line: written since, or by a transaction that was still open. A line in no block that is not so was slipped in.';

create function private.serveur() returns bigint
language sql stable
set search_path = pg_catalog, pg_temp
as $$ select c.system_identifier from pg_control_system() c $$;
comment on function private.serveur() is 'Identifier of this database server, made once when it was created.';

create function private.sceller_journal() returns bigint
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set work_mem = '64MB'
as $$
declare
  c_lignes_par_bloc constant int := 10000;
  v_serveur constant bigint := private.serveur();
  v_dernier private.blocs_journal;
  v_bloc private.blocs_journal;
  v_borne timestamptz;
  v_tranche record;
  v_scellees bigint := 0;
begin
  -- An older snapshot than scelle_le would take what was committed in between for slipped in.
  perform private.exiger_read_committed();
  -- Writers never take this lock: it only keeps two passes from sealing the same lines.
  if not pg_try_advisory_xact_lock(hashtextextended('private.sceller_journal', 0)) then
    return 0;
  end if;
  select * into v_dernier from private.blocs_journal b order by b.numero desc limit 1;
  -- The last pass that every transaction still open at the last one began to write after: nothing older is left to seal.
  select coalesce(max(b.scelle_le), '-infinity') - private.tolerance_horloge() into v_borne
    from private.blocs_journal b
   where b.serveur = v_dernier.serveur and b.txid <= pg_snapshot_xmin(v_dernier.instantane);

  v_bloc.passe := coalesce(v_dernier.numero, 0) + 1;
  v_bloc.numero := v_dernier.numero;
  v_bloc.precedent := v_dernier.empreinte;
  v_bloc.serveur := v_serveur;
  -- In this order: whoever gets a number after ours dates what they write after scelle_le.
  v_bloc.scelle_le := clock_timestamp();
  v_bloc.txid := pg_current_xact_id();
  for v_tranche in
    with nouvelles as materialized (
      select l.id, l.created_at, private.empreinte_ligne(l) as empreinte
        from public.log_actions l
       where l.created_at >= v_borne
         and private.ligne_recente(l, v_dernier, v_serveur)
         and l.id not in (select unnest(b.lignes) from private.blocs_journal b
                           where b.scelle_le >= v_borne - private.tolerance_horloge())
    ), rangees as (
      select n.*, (row_number() over (order by n.created_at, n.id) - 1) / c_lignes_par_bloc as tranche from nouvelles n
    )
    select array_agg(r.id order by r.created_at, r.id) as lignes,
           array_agg(r.empreinte order by r.created_at, r.id) as empreintes,
           -- Of this very statement: what it saw and what it says it saw are one.
           pg_current_snapshot() as instantane
      from rangees r group by r.tranche order by r.tranche
  loop
    v_bloc.numero := coalesce(v_bloc.numero, 0) + 1;
    v_bloc.lignes := v_tranche.lignes;
    v_bloc.empreintes := v_tranche.empreintes;
    v_bloc.instantane := v_tranche.instantane;
    v_bloc.empreinte := private.empreinte_bloc(v_bloc);
    insert into private.blocs_journal select v_bloc.*;
    v_bloc.precedent := v_bloc.empreinte;
    v_scellees := v_scellees + cardinality(v_bloc.lignes);
  end loop;
  return v_scellees;
end;
$$;
comment on function private.sceller_journal() is
  'Seals every line of the log that is in no block yet; answers how many. Answers 0 at once while another pass runs. Slows no writer down: takes no lock that one waits for. Raises ISOLATION_INTERDITE outside read committed.';
grant execute on function private.sceller_journal() to authenticated, service_role;

create function private.controler_journal(p_bloc bigint default null, p_empreinte text default null)
returns table (probleme text, bloc bigint, ligne_id uuid, constat jsonb)
language plpgsql stable
set search_path = pg_catalog, pg_temp
set work_mem = '128MB'
as $$
declare
  v_serveur constant bigint := private.serveur();
  v_dernier private.blocs_journal;
begin
  select * into v_dernier from private.blocs_journal b order by b.numero desc limit 1;

  return query
  select 'BLOC_ALTERE', b.numero, null::uuid, jsonb_build_object('scelle_le', b.scelle_le, 'lignes', cardinality(b.lignes))
    from private.blocs_journal b where b.empreinte <> private.empreinte_bloc(b)
  union all
  select case when c.manquants > 0 then 'BLOC_SUPPRIME' else 'CHAINE_ROMPUE' end, c.numero - sign(c.manquants)::int, null,
         jsonb_build_object('avant_le_bloc', c.numero, 'manquants', c.manquants)
    from (
      select b.numero, b.precedent, b.numero - 1 - coalesce(lag(b.numero) over chaine, 0) as manquants,
             lag(b.empreinte) over chaine as attendu
        from private.blocs_journal b window chaine as (order by b.numero)
    ) c
   where c.manquants > 0 or c.precedent is distinct from c.attendu
  union all
  select case when v_dernier.numero is null or v_dernier.numero < p_bloc then 'BLOC_SUPPRIME' else 'CHAINE_REFAITE' end,
         p_bloc, null, jsonb_build_object('attendu', p_empreinte, 'dernier_bloc', v_dernier.numero)
   where p_bloc is not null
     and not exists (select from private.blocs_journal b
                      where b.numero = p_bloc and encode(b.empreinte, 'hex') = lower(btrim(p_empreinte)));

  return query
  select case when s.id is null then 'LIGNE_INSEREE' when l.id is null then 'LIGNE_SUPPRIMEE' else 'LIGNE_ALTEREE' end,
         s.numero, coalesce(l.id, s.id),
         (select to_jsonb(t) from public.log_actions t where t.id = l.id)
    from (select b.numero, u.id, u.empreinte
            from private.blocs_journal b cross join unnest(b.lignes, b.empreintes) as u (id, empreinte)) s
    full join (select t.id, private.empreinte_ligne(t) as empreinte, private.ligne_recente(t, v_dernier, v_serveur) as recente
                 from public.log_actions t) l on l.id = s.id
   where l.id is null
      or (s.id is null and not l.recente)
      or s.empreinte <> l.empreinte;
end;
$$;
comment on function private.controler_journal(bigint, text) is
  'What public.verifier_journal answers, for the project itself: no user, no role.';

create function public.verifier_journal(p_bloc bigint default null, p_empreinte text default null)
returns table (probleme text, bloc bigint, ligne_id uuid, constat jsonb)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('verifier_journal');
  return query select * from private.controler_journal(p_bloc, p_empreinte);
end;
$$;
comment on function public.verifier_journal(bigint, text) is
  'Every sign that the log was tampered with (admin, directeur); no row: none. probleme: LIGNE_ALTEREE, LIGNE_SUPPRIMEE, LIGNE_INSEREE (ligne_id says which, constat what it is now), BLOC_ALTERE, BLOC_SUPPRIME, CHAINE_ROMPUE. With a head noted elsewhere (number and hash of a block, see tete_journal), also whether that block is still in the chain: BLOC_SUPPRIME, CHAINE_REFAITE. Raises ROLE_FORBIDDEN.';

create function public.tete_journal() returns table (
  bloc bigint, empreinte text, scelle_le timestamptz, lignes_scellees bigint, lignes_en_attente bigint
)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_dernier private.blocs_journal;
begin
  perform private.exiger('verifier_journal');
  select * into v_dernier from private.blocs_journal b order by b.numero desc limit 1;
  return query
  select v_dernier.numero, encode(v_dernier.empreinte, 'hex'), v_dernier.scelle_le, s.lignes, l.lignes - s.lignes
    from (select coalesce(sum(cardinality(b.lignes)), 0)::bigint as lignes from private.blocs_journal b) s,
         (select count(*) as lignes from public.log_actions) l;
end;
$$;
comment on function public.tete_journal() is
  'Head of the sealed log (admin, directeur): last block, its hash, how many lines are sealed and how many are not yet. Noted outside the database, number and hash prove later that nothing before them was touched. bloc is null before the first sealing. Raises ROLE_FORBIDDEN.';
revoke execute on function public.verifier_journal(bigint, text), public.tete_journal() from public, anon;
grant execute on function public.verifier_journal(bigint, text), public.tete_journal() to authenticated;

-- Where the server has a clock of its own (a hosted project), it seals every minute. Elsewhere whoever operates it calls
-- private.sceller_journal(), and every verification begins with it.
do $$
begin
  if exists (select from pg_available_extensions where name = 'pg_cron') then
    create extension if not exists pg_cron;
    perform cron.schedule('sceller_journal', '* * * * *', 'select private.sceller_journal()');
  end if;
exception when others then
  raise warning 'pg_cron ne peut pas servir ici (%) : appelez private.sceller_journal() vous-même, chaque minute.', sqlerrm;
end;
$$;

-- 040_reglages.sql
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

create function public.definir_flag(p_key text, p_enabled boolean, p_depots uuid[] default null, p_users uuid[] default null)
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
  'Turns a flag on or off (admin). A null list keeps the one in place. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, FLAG_INCONNU.';
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

-- 041_second_facteur.sql
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
  'Whether the calling user may act as an admin with the session they have. The flag''s depots mean nothing here: an admin belongs to all of them.';

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
  'Refuses a session without a second factor where the flag mfa_admin asks for one; p_toujours: whatever the flag says. Raises SECOND_FACTEUR_REQUIS.';

grant execute on function private.second_facteur_suffit() to authenticated;

-- The triggers say it in words; these hold where a trigger would not run. On reading and on the row that is there they
-- say nothing, so that the refusal is the trigger's and not an update that finds no row.
create policy profils_creation_second_facteur on public.profils as restrictive for insert to authenticated
  with check ((select private.second_facteur_suffit()));
create policy profils_modification_second_facteur on public.profils as restrictive for update to authenticated
  with check ((select private.second_facteur_suffit()));

-- 050_referentiels.sql
-- Reference data: products, tanks, clients, suppliers, partners.

create table public.produits (
  id uuid primary key default gen_random_uuid(),
  nom text not null unique check (btrim(nom) <> ''),
  code text not null unique check (btrim(code) <> ''),
  description text,
  actif boolean not null default true,
  groupe_mpms text not null default 'B' check (groupe_mpms in ('A', 'B', 'D')),
  alpha_historique numeric(8,6) not null check (alpha_historique > 0 and alpha_historique < 0.01),
  densite_15_min numeric(7,2) check (densite_15_min between 400 and 1300),
  densite_15_max numeric(7,2) check (densite_15_max between 400 and 1300),
  created_at timestamptz not null default now(),
  check (densite_15_min < densite_15_max)
);
comment on table public.produits is 'A product that is received, stored and delivered.';
comment on column public.produits.code is 'What people call it for short, unique; its name where none is given.';
comment on column public.produits.groupe_mpms is 'Product group of API MPMS 11.1: A crude, B refined, D lubricating.';
comment on column public.produits.alpha_historique is
  'Expansion per °C in the old system''s formula. Given when the product is created (0.00100 for ESS, 0.00085 otherwise); no volume ever reads the code.';
comment on column public.produits.densite_15_min is 'Lowest density at 15 °C the product can have, kg/m³; null: not bounded.';
comment on column public.produits.densite_15_max is 'Highest density at 15 °C the product can have, kg/m³; null: not bounded.';

create function private.produits_proteger() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if auth.uid() is not null then
    perform private.exiger('regler_produits');
  end if;
  return new;
end;
$$;
comment on function private.produits_proteger() is
  'Code, group, coefficient and density range decide litres: an act of its own, with the second factor where it is asked for. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

create trigger produits_before_update before update on public.produits
  for each row when ((old.code, old.groupe_mpms, old.alpha_historique, old.densite_15_min, old.densite_15_max)
    is distinct from (new.code, new.groupe_mpms, new.alpha_historique, new.densite_15_min, new.densite_15_max))
  execute function private.produits_proteger();

create table public.citernes (
  id uuid primary key default gen_random_uuid(),
  depot_id uuid not null references public.depots (id),
  produit_id uuid not null references public.produits (id),
  nom text not null check (btrim(nom) <> ''),
  capacite_totale numeric(15,3) not null check (capacite_totale > 0 and capacite_totale < 1e9),
  capacite_securite numeric(15,3) not null default 0 check (capacite_securite >= 0 and capacite_securite < capacite_totale),
  localisation text,
  statut text not null default 'active' check (statut in ('active', 'inactive', 'maintenance')),
  logique boolean not null default false,
  created_at timestamptz not null default now(),
  unique (depot_id, nom)
);
comment on table public.citernes is 'A tank. It holds one product; its stock is split by owner.';
comment on column public.citernes.capacite_totale is 'Litres. A réception never fills beyond it, all owners together.';
comment on column public.citernes.capacite_securite is 'Litres that must stay in the tank after a sortie, all owners together.';
comment on column public.citernes.logique is 'Fuel held for us at a friend''s depot: no tank of ours stands there.';
create index citernes_produit_id_idx on public.citernes (produit_id);

create table public.clients (
  id uuid primary key default gen_random_uuid(),
  nom text not null unique check (btrim(nom) <> ''),
  contact_personne text, email text, telephone text, adresse text, pays text, note_supplementaire text,
  created_at timestamptz not null default now()
);
comment on table public.clients is 'Who buys fuel.';

create table public.fournisseurs (
  id uuid primary key default gen_random_uuid(),
  nom text not null unique check (btrim(nom) <> ''),
  contact_personne text, email text, telephone text, adresse text, pays text, note_supplementaire text,
  created_at timestamptz not null default now()
);
comment on table public.fournisseurs is 'Who sells us fuel.';

create table public.partenaires (
  id uuid primary key default gen_random_uuid(),
  nom text not null check (btrim(nom) <> ''),
  contact text, email text, telephone text,
  created_at timestamptz not null default now()
);
comment on table public.partenaires is 'Who keeps their own fuel in our tanks.';

alter table public.produits enable row level security;
alter table public.citernes enable row level security;
alter table public.clients enable row level security;
alter table public.fournisseurs enable row level security;
alter table public.partenaires enable row level security;
grant select, insert, update, delete on
  public.produits, public.citernes, public.clients, public.fournisseurs, public.partenaires
  to authenticated, service_role;
-- Whose fuel it is concerns everybody, whom to call does not: the rest of a supplier is read through v_fournisseurs.
revoke select on public.fournisseurs from authenticated;
grant select (id, nom) on public.fournisseurs to authenticated;

create policy citernes_lecture on public.citernes for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));

-- Every other reading and all writing of reference data follow one rule each, the same for all five tables.
do $$
declare
  v_table text;
  v_ecrivain constant text := '(select private.peut(''ecrire_referentiels''))';
begin
  foreach v_table in array array['produits', 'clients', 'partenaires', 'fournisseurs'] loop
    execute format('create policy %I on public.%I for select to authenticated using ((select private.role()) is not null)',
                   v_table || '_lecture', v_table);
  end loop;
  foreach v_table in array array['produits', 'citernes', 'clients', 'fournisseurs', 'partenaires'] loop
    execute format('create policy %I on public.%I for insert to authenticated with check (%s)',
                   v_table || '_creation', v_table, v_ecrivain);
    execute format('create policy %I on public.%I for update to authenticated using (%s) with check (%s)',
                   v_table || '_modification', v_table, v_ecrivain, v_ecrivain);
    execute format('create policy %I on public.%I for delete to authenticated using (%s)',
                   v_table || '_suppression', v_table, v_ecrivain);
  end loop;
end;
$$;

create function private.coordonnees_fournisseurs() returns setof public.fournisseurs
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select * from public.fournisseurs f where (select private.peut('lire_coordonnees_fournisseurs'))
$$;
comment on function private.coordonnees_fournisseurs() is
  'Suppliers with their contacts, addresses and notes, for those who may read them; no row for anybody else.';
grant execute on function private.coordonnees_fournisseurs() to authenticated, service_role;

create view public.v_fournisseurs with (security_invoker = true) as
  select f.id, f.nom, f.contact_personne, f.email, f.telephone, f.adresse, f.pays, f.note_supplementaire, f.created_at
  from private.coordonnees_fournisseurs() f;
comment on view public.v_fournisseurs is
  'Suppliers whole: contact, address and notes too (admin, directeur, gerant, pca). Everybody reads id and nom in fournisseurs.';
grant select on public.v_fournisseurs to authenticated, service_role;

create function private.produits_avant_insert() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  new.code := coalesce(new.code, upper(btrim(new.nom)));
  new.alpha_historique := coalesce(new.alpha_historique, case new.code when 'ESS' then 0.00100 else 0.00085 end);
  new.densite_15_min := coalesce(new.densite_15_min, case new.code when 'ESS' then 700 when 'G.O' then 800 end);
  new.densite_15_max := coalesce(new.densite_15_max, case new.code when 'ESS' then 790 when 'G.O' then 890 end);
  return new;
end;
$$;
comment on function private.produits_avant_insert() is 'A product that comes without a code is called by its name. A new one of a known code has, where nothing else was said, its expansion coefficient and density range (ESS 700…790, G.O 800…890 kg/m³). Once: a code that changes later moves no litre.';
grant execute on function private.produits_avant_insert() to authenticated, service_role;
create trigger produits_before_insert before insert on public.produits
  for each row execute function private.produits_avant_insert();

-- The trace of what acts refer to ---------------------------------------------------------------------------------------

create function private.referentiel_journaliser() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_avant constant jsonb := to_jsonb(old);
  v_apres constant jsonb := to_jsonb(new);
  v_ligne constant jsonb := coalesce(v_apres, v_avant);
begin
  if v_avant = v_apres then
    return null;
  end if;
  perform private.journaliser(
    tg_argv[0] || case tg_op when 'INSERT' then '_CREE' when 'UPDATE' then '_MODIFIE' else '_SUPPRIME' end,
    tg_table_name,
    case when tg_op = 'DELETE' then 'WARNING' else tg_argv[1] end,
    (v_ligne ->> 'id')::uuid,
    case tg_table_name when 'depots' then v_ligne ->> 'id' when 'citernes' then v_ligne ->> 'depot_id' end::uuid,
    jsonb_build_object('avant', v_avant, 'apres', v_apres));
  return null;
end;
$$;
comment on function private.referentiel_journaliser() is
  'Logs <NAME>_CREE, _MODIFIE or _SUPPRIME with the row before and after; arguments: name and level. A deletion is a WARNING. Only a depot and a tank have a depot in the log: a manager reads of no other changes.';

create trigger depots_journal after insert or update or delete on public.depots
  for each row execute function private.referentiel_journaliser('DEPOT', 'INFO');
-- A change of what decides litres is a WARNING, one of a name is not.
create trigger produits_journal after insert or delete on public.produits
  for each row execute function private.referentiel_journaliser('PRODUIT', 'INFO');
create trigger produits_journal_nom after update on public.produits
  for each row when ((old.code, old.groupe_mpms, old.alpha_historique, old.densite_15_min, old.densite_15_max)
    is not distinct from (new.code, new.groupe_mpms, new.alpha_historique, new.densite_15_min, new.densite_15_max))
  execute function private.referentiel_journaliser('PRODUIT', 'INFO');
create trigger produits_journal_mesure after update on public.produits
  for each row when ((old.code, old.groupe_mpms, old.alpha_historique, old.densite_15_min, old.densite_15_max)
    is distinct from (new.code, new.groupe_mpms, new.alpha_historique, new.densite_15_min, new.densite_15_max))
  execute function private.referentiel_journaliser('PRODUIT', 'WARNING');
create trigger citernes_journal after insert or update or delete on public.citernes
  for each row execute function private.referentiel_journaliser('CITERNE', 'INFO');
create trigger clients_journal after insert or update or delete on public.clients
  for each row execute function private.referentiel_journaliser('CLIENT', 'INFO');
create trigger fournisseurs_journal after insert or update or delete on public.fournisseurs
  for each row execute function private.referentiel_journaliser('FOURNISSEUR', 'INFO');
create trigger partenaires_journal after insert or update or delete on public.partenaires
  for each row execute function private.referentiel_journaliser('PARTENAIRE', 'INFO');
create trigger profils_journal after insert or update or delete on public.profils
  for each row execute function private.referentiel_journaliser('PROFIL', 'WARNING');

create view public.current_user_profile with (security_invoker = true) as
  select p.id, p.user_id, p.nom_complet, p.role, p.depot_id, p.email, p.created_at
  from public.profils p where p.user_id = (select auth.uid());
comment on view public.current_user_profile is 'Profile of the calling user: one row, or none.';
grant select on public.current_user_profile to authenticated, service_role;

-- 055_lots.sql
-- A supplier's lot: what was bought in one deal, and the trucks that bring it.
--
--   ouvert → cloture → facture
--
-- Trucks join and leave an open lot only. The client recognises these refusals by their French words in the detail's
-- `message`, which is therefore the sentence itself.

create table public.fournisseur_lot (
  id uuid primary key default private.nouvel_id(),
  fournisseur_id uuid not null references public.fournisseurs (id),
  produit_id uuid not null references public.produits (id),
  reference text not null check (btrim(reference) <> ''),
  date_lot date,
  statut text not null default 'ouvert' check (statut in ('ouvert', 'cloture', 'facture')),
  note text,
  created_by uuid references auth.users (id),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (fournisseur_id, produit_id, reference)
);
comment on table public.fournisseur_lot is 'What one supplier sold us of one product in one deal; trucks bring it.';
comment on column public.fournisseur_lot.statut is 'ouvert: trucks may join; cloture: complete; facture: invoiced. Lower case, as the client reads it.';
comment on column public.fournisseur_lot.date_lot is 'Day of the deal, null where it is not known.';
create index fournisseur_lot_produit_id_idx on public.fournisseur_lot (produit_id);
create index fournisseur_lot_created_by_idx on public.fournisseur_lot (created_by);
create index fournisseur_lot_page_idx on public.fournisseur_lot (created_at desc, id desc);

create function private.refuser_lot(p_code text, p_valeurs jsonb default '{}') returns void
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.refuser(p_code, p_valeurs || jsonb_build_object('message', private.phrase_de_refus(p_code, p_valeurs)));
end;
$$;
comment on function private.refuser_lot(text, jsonb) is
  'Refuses as private.refuser does, the sentence also standing in the detail as message: the client tells lot refusals by its words.';

create function private.fournisseur_lot_avant_ecriture() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  c_suivant constant jsonb := '{"ouvert":"cloture","cloture":"facture"}';
begin
  if new.statut is null or new.statut not in ('ouvert', 'cloture', 'facture') then
    perform private.refuser_lot('LOT_STATUT_INVALIDE', jsonb_build_object('statut', new.statut));
  end if;
  new.reference := btrim(new.reference);
  new.updated_at := now();
  if tg_op = 'INSERT' then
    if new.statut <> 'ouvert' then
      perform private.refuser_lot('LOT_TRANSITION_INTERDITE', jsonb_build_object('de', '(nouveau)', 'vers', new.statut));
    end if;
    new.created_by := auth.uid();
    new.created_at := now();
  else
    if new.statut <> old.statut and new.statut is distinct from c_suivant ->> old.statut then
      perform private.refuser_lot('LOT_TRANSITION_INTERDITE', jsonb_build_object('de', old.statut, 'vers', new.statut));
    end if;
    if old.statut <> 'ouvert'
       and (new.fournisseur_id, new.produit_id, new.reference, new.date_lot)
           is distinct from (old.fournisseur_id, old.produit_id, old.reference, old.date_lot) then
      perform private.refuser_lot('LOT_NON_OUVERT', jsonb_build_object('acte', 'modifier un', 'statut', old.statut));
    end if;
    if (new.fournisseur_id, new.produit_id) is distinct from (old.fournisseur_id, old.produit_id)
       and exists (select from public.cours_de_route c where c.fournisseur_lot_id = old.id) then
      perform private.refuser_lot('LOT_NON_VIDE');
    end if;
    new.id := old.id;
    new.created_by := old.created_by;
    new.created_at := old.created_at;
  end if;
  if exists (select from public.fournisseur_lot l
              where l.fournisseur_id = new.fournisseur_id and l.produit_id = new.produit_id
                and l.reference = new.reference and l.id <> new.id) then
    perform private.refuser_lot('LOT_EXISTANT', jsonb_build_object('reference', new.reference));
  end if;
  return new;
end;
$$;
comment on function private.fournisseur_lot_avant_ecriture() is
  'A lot begins open and goes one step forward at a time; once closed only its note still changes; one that has trucks keeps its supplier and product. Raises LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, LOT_EXISTANT.';

create function private.fournisseur_lot_avant_suppression() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if old.statut <> 'ouvert' then
    perform private.refuser_lot('LOT_NON_OUVERT', jsonb_build_object('acte', 'supprimer un', 'statut', old.statut));
  end if;
  if exists (select from public.cours_de_route c where c.fournisseur_lot_id = old.id) then
    perform private.refuser_lot('LOT_NON_VIDE');
  end if;
  return old;
end;
$$;
comment on function private.fournisseur_lot_avant_suppression() is
  'Only an open lot without a truck may go. Raises LOT_NON_OUVERT, LOT_NON_VIDE.';

create function private.fournisseur_lot_journaliser() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    perform private.journaliser('LOT_CREE', 'lots', 'INFO', new.id, null, jsonb_build_object('reference', new.reference,
      'fournisseur_id', new.fournisseur_id, 'produit_id', new.produit_id));
  elsif tg_op = 'DELETE' then
    perform private.journaliser('LOT_SUPPRIME', 'lots', 'WARNING', old.id, null, jsonb_build_object('avant', to_jsonb(old)));
  elsif new.statut <> old.statut then
    perform private.journaliser('LOT_STATUT', 'lots', 'INFO', new.id, null,
      jsonb_build_object('de', old.statut, 'vers', new.statut));
  elsif to_jsonb(new) - 'updated_at' <> to_jsonb(old) - 'updated_at' then
    perform private.journaliser('LOT_MODIFIE', 'lots', 'INFO', new.id, null,
      jsonb_build_object('avant', to_jsonb(old), 'apres', to_jsonb(new)));
  end if;
  return null;
end;
$$;
comment on function private.fournisseur_lot_journaliser() is 'Logs LOT_CREE, LOT_STATUT, LOT_MODIFIE and LOT_SUPPRIME.';

create trigger fournisseur_lot_before_write before insert or update on public.fournisseur_lot
  for each row execute function private.fournisseur_lot_avant_ecriture();
create trigger fournisseur_lot_before_delete before delete on public.fournisseur_lot
  for each row execute function private.fournisseur_lot_avant_suppression();
create trigger fournisseur_lot_creation before insert on public.fournisseur_lot
  for each statement execute function private.exiger_a_l_ecriture('ecrire_cours_de_route');
create trigger fournisseur_lot_reserve before update or delete on public.fournisseur_lot
  for each statement execute function private.exiger_a_l_ecriture('tenir_lots');
create trigger fournisseur_lot_after_write after insert or update or delete on public.fournisseur_lot
  for each row execute function private.fournisseur_lot_journaliser();

alter table public.fournisseur_lot enable row level security;
grant select, insert, update, delete on public.fournisseur_lot to authenticated, service_role;
create policy fournisseur_lot_lecture on public.fournisseur_lot for select to authenticated
  using ((select private.role()) is not null);
create policy fournisseur_lot_creation on public.fournisseur_lot for insert to authenticated
  with check ((select private.peut('ecrire_cours_de_route')));
create policy fournisseur_lot_modification on public.fournisseur_lot for update to authenticated
  using ((select private.peut('tenir_lots'))) with check ((select private.peut('tenir_lots')));
create policy fournisseur_lot_suppression on public.fournisseur_lot for delete to authenticated
  using ((select private.peut('tenir_lots')));

-- 060_cours_de_route.sql
-- Cours de route: one truck on its way from a supplier.
--
--   CHARGEMENT → TRANSIT → FRONTIERE → ARRIVE → DECHARGE
--
-- One step at a time, forward only. The last step is not a person's: the réception takes it. A truck that will never
-- come is closed as ANNULE, from any of the others, with a reason.

create table public.cours_de_route (
  id uuid primary key default private.nouvel_id(),
  fournisseur_id uuid not null references public.fournisseurs (id),
  depot_destination_id uuid not null references public.depots (id),
  produit_id uuid not null references public.produits (id),
  plaque_camion text not null check (btrim(plaque_camion) <> ''),
  plaque_remorque text,
  chauffeur_nom text,
  transporteur text,
  depart_pays text,
  date_chargement date not null,
  volume numeric(15,3) not null check (volume > 0 and volume < 1e9),
  statut text not null default 'CHARGEMENT'
    check (statut in ('CHARGEMENT', 'TRANSIT', 'FRONTIERE', 'ARRIVE', 'DECHARGE', 'ANNULE')),
  fournisseur_lot_id uuid references public.fournisseur_lot (id),
  motif_annulation text check ((motif_annulation is not null) = (statut = 'ANNULE')),
  note text,
  created_by uuid references auth.users (id),
  created_at timestamptz not null default now()
);
comment on table public.cours_de_route is 'One truck on its way from a supplier to a depot.';
comment on column public.cours_de_route.volume is 'Litres announced by the supplier, not measured by us.';
comment on column public.cours_de_route.date_chargement is 'Day the truck was loaded; today at the depot when not said.';
comment on column public.cours_de_route.fournisseur_lot_id is 'Lot this truck brings a part of; null while it is in none. Frozen once unloaded.';
comment on column public.cours_de_route.motif_annulation is 'Why the truck never came; null unless ANNULE.';
create unique index cours_de_route_camion_ouvert on public.cours_de_route (plaque_camion) where statut not in ('DECHARGE', 'ANNULE');
create index cours_de_route_page_idx on public.cours_de_route (date_chargement desc, id desc);
create index cours_de_route_fournisseur_id_idx on public.cours_de_route (fournisseur_id);
create index cours_de_route_depot_idx on public.cours_de_route (depot_destination_id, date_chargement desc);
create index cours_de_route_produit_id_idx on public.cours_de_route (produit_id);
create index cours_de_route_fournisseur_lot_id_idx on public.cours_de_route (fournisseur_lot_id);
create index cours_de_route_created_by_idx on public.cours_de_route (created_by);

create function private.exiger_camion_libre(p_plaque text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- The lock makes two requests for one truck queue, so that the second reads what the first wrote.
  perform pg_advisory_xact_lock(hashtextextended('cours_de_route:' || p_plaque, 0));
  if exists (select from public.cours_de_route c where c.plaque_camion = p_plaque and c.statut not in ('DECHARGE', 'ANNULE')) then
    perform private.refuser('CDR_DEJA_OUVERT', jsonb_build_object('plaque_camion', p_plaque));
  end if;
end;
$$;
comment on function private.exiger_camion_libre(text) is
  'Refuses a truck that is already on its way to us (CDR_DEJA_OUVERT); until the transaction ends nobody else can open it.';

create function private.cours_de_route_avant_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('ecrire_cours_de_route');
  if not coalesce(new.depot_destination_id = any (private.depots_visibles()), false) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'le dépôt de destination'));
  end if;
  if new.statut <> 'CHARGEMENT' then
    perform private.refuser('CDR_TRANSITION_INTERDITE', jsonb_build_object('de', '(nouveau)', 'vers', new.statut));
  end if;

  new.plaque_camion := upper(btrim(new.plaque_camion));
  new.date_chargement := coalesce(new.date_chargement, private.jour_au_depot(new.depot_destination_id, now()));
  new.created_by := auth.uid();
  new.created_at := now();

  new.motif_annulation := null;

  perform private.exiger_camion_libre(new.plaque_camion);
  perform private.exiger_rattachement(null, new);
  return new;
end;
$$;
comment on function private.cours_de_route_avant_insert() is
  'A new CDR starts at CHARGEMENT, at a depot its author sees, one open CDR a truck. Raises ROLE_FORBIDDEN, INTROUVABLE, CDR_TRANSITION_INTERDITE, CDR_DEJA_OUVERT, LOT_NON_OUVERT, LOT_INCOMPATIBLE.';

create function private.cours_de_route_avant_update() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  c_suivant constant jsonb := '{"CHARGEMENT":"TRANSIT","TRANSIT":"FRONTIERE","FRONTIERE":"ARRIVE","ARRIVE":"DECHARGE"}';
begin
  perform private.exiger_rattachement(old, new);
  if old.statut in ('DECHARGE', 'ANNULE') then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', 'cours_de_route'));
  end if;
  if new.statut = 'ANNULE' then
    perform private.exiger('annuler_cours_de_route');
    perform private.exiger_motif(new.motif_annulation, 3);
    new.motif_annulation := private.texte_net(new.motif_annulation);
  else
    new.motif_annulation := null;
  end if;
  if new.statut not in (old.statut, 'ANNULE')
     and (new.statut is distinct from c_suivant ->> old.statut
          or (new.statut = 'DECHARGE'
              and not exists (select from public.receptions r where r.cours_de_route_id = new.id))) then
    perform private.refuser('CDR_TRANSITION_INTERDITE', jsonb_build_object('de', old.statut, 'vers', new.statut));
  end if;
  new.id := old.id;
  new.plaque_camion := upper(btrim(new.plaque_camion));
  if new.plaque_camion <> old.plaque_camion then
    perform private.exiger_camion_libre(new.plaque_camion);
  end if;
  new.created_by := old.created_by;
  new.created_at := old.created_at;
  return new;
end;
$$;
comment on function private.cours_de_route_avant_update() is
  'One step forward at a time; DECHARGE only once a réception exists, ANNULE with a reason; nothing changes after either. Raises CDR_TRANSITION_INTERDITE, CDR_DEJA_OUVERT, ECRITURE_INTERDITE, ROLE_FORBIDDEN, MOTIF_REQUIS, INTROUVABLE, LOT_NON_OUVERT, LOT_INCOMPATIBLE, LOT_CDR_DECHARGE.';

create function private.cours_de_route_avant_suppression() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from public.receptions r where r.cours_de_route_id = old.id) then
    perform private.refuser('CDR_RECU', jsonb_build_object('plaque_camion', old.plaque_camion));
  end if;
  return old;
end;
$$;
comment on function private.cours_de_route_avant_suppression() is
  'Only a truck that nothing refers to may go. Raises CDR_RECU.';

create function private.cours_de_route_journaliser() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    perform private.journaliser('CDR_CREE', 'cours_de_route', 'INFO', new.id, new.depot_destination_id,
      jsonb_build_object('plaque_camion', new.plaque_camion, 'volume', new.volume));
  elsif tg_op = 'DELETE' then
    perform private.journaliser('CDR_SUPPRIME', 'cours_de_route', 'CRITICAL', old.id, old.depot_destination_id,
      jsonb_build_object('avant', to_jsonb(old)));
    return null;
  elsif new.statut = 'ANNULE' and old.statut <> 'ANNULE' then
    perform private.journaliser('CDR_ANNULE', 'cours_de_route', 'WARNING', new.id, new.depot_destination_id,
      jsonb_build_object('de', old.statut, 'motif', new.motif_annulation, 'plaque_camion', new.plaque_camion));
  elsif new.statut <> old.statut then
    perform private.journaliser('CDR_STATUT', 'cours_de_route', 'INFO', new.id, new.depot_destination_id,
      jsonb_build_object('de', old.statut, 'vers', new.statut));
  end if;
  if new.fournisseur_lot_id is distinct from old.fournisseur_lot_id then
    perform private.journaliser(case when new.fournisseur_lot_id is null then 'CDR_DELIE_LOT' else 'CDR_LIE_LOT' end,
      'cours_de_route', 'INFO', new.id, new.depot_destination_id,
      jsonb_build_object('de', old.fournisseur_lot_id, 'vers', new.fournisseur_lot_id));
  end if;
  -- A move may bring along other changes.
  if tg_op = 'UPDATE'
     and to_jsonb(new) - '{statut,motif_annulation,fournisseur_lot_id}'::text[]
      <> to_jsonb(old) - '{statut,motif_annulation,fournisseur_lot_id}'::text[] then
    perform private.journaliser('CDR_MODIFIE', 'cours_de_route', 'INFO', new.id, new.depot_destination_id,
      jsonb_build_object('avant', to_jsonb(old), 'apres', to_jsonb(new)));
  end if;
  return null;
end;
$$;
comment on function private.cours_de_route_journaliser() is 'Logs CDR_CREE, CDR_STATUT, CDR_ANNULE, CDR_LIE_LOT, CDR_DELIE_LOT, CDR_MODIFIE and CDR_SUPPRIME.';

create trigger cours_de_route_before_insert before insert on public.cours_de_route
  for each row execute function private.cours_de_route_avant_insert();
create trigger cours_de_route_before_update before update on public.cours_de_route
  for each row execute function private.cours_de_route_avant_update();
create trigger cours_de_route_before_delete before delete on public.cours_de_route
  for each row execute function private.cours_de_route_avant_suppression();
create trigger cours_de_route_modification before update on public.cours_de_route
  for each statement execute function private.exiger_a_l_ecriture('ecrire_cours_de_route');
create trigger cours_de_route_suppression before delete on public.cours_de_route
  for each statement execute function private.exiger_a_l_ecriture('supprimer_cours_de_route');
create trigger cours_de_route_after_write after insert or update or delete on public.cours_de_route
  for each row execute function private.cours_de_route_journaliser();

alter table public.cours_de_route enable row level security;
grant select, insert, update, delete on public.cours_de_route to authenticated;
grant select, insert, update, delete on public.cours_de_route to service_role;
create policy cours_de_route_lecture on public.cours_de_route for select to authenticated
  using (depot_destination_id = any ((select private.depots_visibles())::uuid[]));
create policy cours_de_route_creation on public.cours_de_route for insert to authenticated
  with check (depot_destination_id = any ((select private.depots_ou('ecrire_cours_de_route'))::uuid[]));
create policy cours_de_route_modification on public.cours_de_route for update to authenticated
  using (depot_destination_id = any ((select private.depots_ou('ecrire_cours_de_route'))::uuid[]))
  with check (depot_destination_id = any ((select private.depots_ou('ecrire_cours_de_route'))::uuid[]));

create policy cours_de_route_suppression on public.cours_de_route for delete to authenticated
  using (depot_destination_id = any ((select private.depots_ou('supprimer_cours_de_route'))::uuid[]));

create function public.changer_statut_cours_de_route(p_id uuid, p_statut text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_cdr public.cours_de_route;
begin
  perform private.exiger('ecrire_cours_de_route');
  select * into v_cdr from public.cours_de_route c
   where c.id = p_id and c.depot_destination_id = any (private.depots_visibles())
     for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce cours de route'));
  end if;
  -- Asking for the state it is already in is a move that is not one step forward.
  if p_statut is null or p_statut = v_cdr.statut then
    perform private.refuser('CDR_TRANSITION_INTERDITE', jsonb_build_object('de', v_cdr.statut, 'vers', p_statut));
  end if;
  update public.cours_de_route set statut = p_statut where id = p_id;
end;
$$;
comment on function public.changer_statut_cours_de_route(uuid, text) is
  'Moves a CDR one step. Raises ROLE_FORBIDDEN, INTROUVABLE, CDR_TRANSITION_INTERDITE, ECRITURE_INTERDITE, ISOLATION_INTERDITE, ECRITURES_GELEES, MOTIF_REQUIS.';
revoke execute on function public.changer_statut_cours_de_route(uuid, text) from public, anon;
grant execute on function public.changer_statut_cours_de_route(uuid, text) to authenticated;

create function public.annuler_cours_de_route(p_id uuid, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_cdr public.cours_de_route;
begin
  perform private.exiger('annuler_cours_de_route');
  perform private.exiger_motif(p_motif, 3);
  select * into v_cdr from public.cours_de_route c
   where c.id = p_id and c.depot_destination_id = any (private.depots_visibles())
     for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce cours de route'));
  end if;
  if v_cdr.statut in ('DECHARGE', 'ANNULE') then
    perform private.refuser('CDR_TRANSITION_INTERDITE', jsonb_build_object('de', v_cdr.statut, 'vers', 'ANNULE'));
  end if;
  update public.cours_de_route set statut = 'ANNULE', motif_annulation = p_motif where id = p_id;
end;
$$;
comment on function public.annuler_cours_de_route(uuid, text) is
  'Closes a truck that will never come, with the reason (admin, directeur, gerant). Raises ROLE_FORBIDDEN, MOTIF_REQUIS, INTROUVABLE, CDR_TRANSITION_INTERDITE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, ECRITURES_GELEES.';
revoke execute on function public.annuler_cours_de_route(uuid, text) from public, anon;
grant execute on function public.annuler_cours_de_route(uuid, text) to authenticated;

-- 061_rattachement.sql
-- A truck joins its supplier's lot, and leaves it.

create function private.exiger_lot_ouvert(p_lot_id uuid, p_acte text) returns public.fournisseur_lot
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lot public.fournisseur_lot;
begin
  -- Shared: trucks join side by side, whoever closes the lot waits for them, and they for whoever has.
  select * into v_lot from public.fournisseur_lot l where l.id = p_lot_id for share;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce lot'));
  end if;
  if v_lot.statut <> 'ouvert' then
    perform private.refuser_lot('LOT_NON_OUVERT', jsonb_build_object('acte', p_acte, 'statut', v_lot.statut));
  end if;
  return v_lot;
end;
$$;
comment on function private.exiger_lot_ouvert(uuid, text) is
  'The lot, locked while this transaction lasts, if trucks may still join and leave it; p_acte says in French what was wanted of it. Raises INTROUVABLE, LOT_NON_OUVERT.';

create function private.exiger_rattachement(p_avant public.cours_de_route, p_apres public.cours_de_route) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lot public.fournisseur_lot;
begin
  if (p_avant.fournisseur_lot_id, p_avant.fournisseur_id, p_avant.produit_id)
     is not distinct from (p_apres.fournisseur_lot_id, p_apres.fournisseur_id, p_apres.produit_id) then
    return;
  end if;
  if p_avant.fournisseur_lot_id is distinct from p_apres.fournisseur_lot_id then
    if p_avant.statut = 'DECHARGE' then
      perform private.refuser_lot('LOT_CDR_DECHARGE');
    end if;
    if p_avant.fournisseur_lot_id is not null then
      perform private.exiger_lot_ouvert(p_avant.fournisseur_lot_id, 'détacher un CDR d''un');
    end if;
  end if;
  if p_apres.fournisseur_lot_id is null then
    return;
  end if;
  v_lot := private.exiger_lot_ouvert(p_apres.fournisseur_lot_id, 'rattacher un CDR à un');
  if v_lot.fournisseur_id <> p_apres.fournisseur_id then
    perform private.refuser_lot('LOT_INCOMPATIBLE', '{"quoi":"fournisseur"}');
  end if;
  if v_lot.produit_id <> p_apres.produit_id then
    perform private.refuser_lot('LOT_INCOMPATIBLE', '{"quoi":"produit"}');
  end if;
end;
$$;
comment on function private.exiger_rattachement(public.cours_de_route, public.cours_de_route) is
  'Whether a truck may join, leave or change its lot, or its supplier and product within one: open lots only, same supplier and product, never once unloaded. Raises INTROUVABLE, LOT_NON_OUVERT, LOT_INCOMPATIBLE, LOT_CDR_DECHARGE.';

-- 070_stock.sql
-- Stock: the sum of the movements, right at commit.
--
-- stocks_snapshot holds the stock of now, stocks_journaliers the stock at the end of every day that saw a movement.
-- One function writes both, inside the transaction of the movement. Lock order, everywhere: the movement (or CDR) row,
-- then the tanks, all those of the statement in one order. The mutex of a tank is an advisory lock of its id, not its
-- rows of stocks_snapshot: those of an owner who never had any do not exist yet, and so could not be waited for; nor the
-- tank's own row, which every foreign key to it shares, and which each movement would write again.

create table public.stocks_snapshot (
  id uuid primary key default gen_random_uuid(),
  citerne_id uuid not null references public.citernes (id),
  produit_id uuid not null references public.produits (id),
  proprietaire_type text not null check (proprietaire_type in ('MONALUXE', 'PARTENAIRE')),
  depot_id uuid not null references public.depots (id),
  stock_ambiant numeric(15,3) not null,
  stock_15c numeric(15,3) not null,
  delta_ambiant_total numeric(15,3) not null default 0,
  delta_15c_total numeric(15,3) not null default 0,
  densite_melange_kgm3 numeric(9,4),
  dernier_jour date not null,
  last_movement_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  -- Both at once, NaN refused as well: every movement has the text of each check read again.
  constraint stocks_snapshot_stock_check check (least(stock_ambiant, stock_15c) >= 0 and greatest(stock_ambiant, stock_15c) < 1e12),
  unique (citerne_id, produit_id, proprietaire_type)
)
-- A few rows written by every movement: room on the page keeps each new version beside the old one, out of the indexes.
with (fillfactor = 20);
comment on table public.stocks_snapshot is
  'Current stock of a tank, product and owner: movements and adjustments. Written by private.appliquer_mouvement only.';
comment on column public.stocks_snapshot.stock_ambiant is 'Litres as measured.';
comment on column public.stocks_snapshot.stock_15c is 'Litres at 15 °C.';
comment on column public.stocks_snapshot.delta_ambiant_total is 'Part of stock_ambiant that came from stocks_adjustments, litres.';
comment on column public.stocks_snapshot.delta_15c_total is 'Part of stock_15c that came from stocks_adjustments, litres at 15 °C.';
comment on column public.stocks_snapshot.densite_melange_kgm3 is
  'Density at 15 °C of what the tank holds, all owners together, kg/m³: Σ ρ15·V15 / ΣV15 of what came in, written by private.melanger; null where no density was ever known.';
comment on column public.stocks_snapshot.dernier_jour is 'Last day of the journal for this tank, product and owner: a movement of that day moves no other.';
create index stocks_snapshot_produit_id_idx on public.stocks_snapshot (produit_id);
create index stocks_snapshot_depot_id_idx on public.stocks_snapshot (depot_id);

create table public.stocks_journaliers (
  id uuid primary key default gen_random_uuid(),
  citerne_id uuid not null references public.citernes (id),
  produit_id uuid not null references public.produits (id),
  date_jour date not null,
  proprietaire_type text not null check (proprietaire_type in ('MONALUXE', 'PARTENAIRE')),
  depot_id uuid not null references public.depots (id),
  stock_ambiant numeric(15,3) not null,
  stock_15c numeric(15,3) not null,
  source text not null default 'MOUVEMENTS',
  updated_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  -- Both at once, NaN refused as well: every movement has the text of each check read again.
  constraint stocks_journaliers_stock_check check (least(stock_ambiant, stock_15c) >= 0 and greatest(stock_ambiant, stock_15c) < 1e12),
  unique (citerne_id, produit_id, proprietaire_type, date_jour)
) with (fillfactor = 70);
comment on table public.stocks_journaliers is
  'Stock at the end of a day, cumulative. A day without a movement has no row: the last row before it holds.';
comment on column public.stocks_journaliers.date_jour is 'Day in the time zone of the depot.';
comment on column public.stocks_journaliers.stock_ambiant is 'Litres as measured, at the end of the day.';
comment on column public.stocks_journaliers.stock_15c is 'Litres at 15 °C, at the end of the day.';
create index stocks_journaliers_page_idx on public.stocks_journaliers (date_jour desc, id desc);
create index stocks_journaliers_depot_idx on public.stocks_journaliers (depot_id, date_jour desc);
create index stocks_journaliers_produit_id_idx on public.stocks_journaliers (produit_id);

create function private.possede(p_table oid) returns boolean
language sql stable
return pg_catalog.has_table_privilege(p_table, 'truncate');
comment on function private.possede(oid) is
  'Whether the current role owns a table: nobody else is granted to truncate any (a structure test sees to it). Inlined where it is used, it costs no query.';
grant execute on function private.possede(oid) to authenticated, service_role;

create function private.stocks_reserver_ecriture() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- The flag alone opens nothing: the writer must also be the owner of the tables, as the project's functions are.
  if current_setting('app.stocks_journaliers_allow_write', true) is distinct from '1'
     or not private.possede(tg_relid) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return null;
end;
$$;
comment on function private.stocks_reserver_ecriture() is
  'Stock is written by the rules only. Raises ECRITURE_INTERDITE for any role without the transaction''s flag.';
grant execute on function private.stocks_reserver_ecriture() to service_role;

create trigger stocks_snapshot_block before insert or update or delete or truncate on public.stocks_snapshot
  for each statement execute function private.stocks_reserver_ecriture();
create trigger stocks_journaliers_block before insert or update or delete or truncate on public.stocks_journaliers
  for each statement execute function private.stocks_reserver_ecriture();

create function private.verrouiller_citernes(variadic p_citerne_ids uuid[]) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- With an older snapshot of the database, what another has just written would not be seen, lock or no lock.
  perform private.exiger_read_committed();
  if cardinality(p_citerne_ids) = 1 then
    perform pg_advisory_xact_lock(uuid_hash_extended(p_citerne_ids[1], 0));
  else
    perform pg_advisory_xact_lock(t.verrou)
       from (select distinct uuid_hash_extended(c.id, 0) as verrou from unnest(p_citerne_ids) c (id) order by 1) t;
  end if;
end;
$$;
comment on function private.verrouiller_citernes(uuid[]) is
  'Takes the mutex of these tanks until the transaction ends, always in one order: whatever moves stock takes it before it reads any. Raises ISOLATION_INTERDITE outside read committed.';

create function private.premier_jour_negatif(
  p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date, p_delta_ambiant numeric, p_delta_15c numeric
) returns date
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return (
  select min(j.date_jour) from (
    (select p_jour as date_jour, s.stock_ambiant, s.stock_15c
       from (select 1) un
       left join lateral (
         select v.stock_ambiant, v.stock_15c from public.stocks_journaliers v
          where v.citerne_id = p_citerne_id and v.produit_id = p_produit_id
            and v.proprietaire_type = p_proprietaire_type and v.date_jour <= p_jour
          order by v.date_jour desc limit 1) s on true)
    union all
    (select v.date_jour, v.stock_ambiant, v.stock_15c from public.stocks_journaliers v
      where v.citerne_id = p_citerne_id and v.produit_id = p_produit_id
        and v.proprietaire_type = p_proprietaire_type and v.date_jour > p_jour)
  ) j
  where coalesce(j.stock_ambiant, 0) + p_delta_ambiant < 0 or coalesce(j.stock_15c, 0) + p_delta_15c < 0);
end;
$$;
comment on function private.premier_jour_negatif(uuid, uuid, text, date, numeric, numeric) is
  'First day, from p_jour on, that a movement of these litres would take below zero; null if none.';

create function private.deplacer_jours(
  p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date, p_dernier_jour date,
  p_delta_ambiant numeric, p_delta_15c numeric, p_ajustement boolean
) returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
-- Nearly always one row each: a bitmap would be made for nothing.
set enable_bitmapscan = off
as $$
declare
  v_part constant int := p_ajustement::int;
  v_fait boolean;
begin
  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  update public.stocks_snapshot s
     set stock_ambiant = s.stock_ambiant + p_delta_ambiant,
         stock_15c = s.stock_15c + p_delta_15c,
         delta_ambiant_total = s.delta_ambiant_total + v_part * p_delta_ambiant,
         delta_15c_total = s.delta_15c_total + v_part * p_delta_15c,
         last_movement_at = now(),
         updated_at = now()
   where s.citerne_id = p_citerne_id and s.produit_id = p_produit_id and s.proprietaire_type = p_proprietaire_type
     and s.dernier_jour = p_dernier_jour
     and s.stock_ambiant + p_delta_ambiant >= 0 and s.stock_15c + p_delta_15c >= 0;
  v_fait := found;
  if v_fait then
    update public.stocks_journaliers j
       set stock_ambiant = j.stock_ambiant + p_delta_ambiant,
           stock_15c = j.stock_15c + p_delta_15c,
           updated_at = now()
     where j.citerne_id = p_citerne_id and j.produit_id = p_produit_id and j.proprietaire_type = p_proprietaire_type
       and j.date_jour between p_jour and p_dernier_jour;
  end if;
  perform set_config('app.stocks_journaliers_allow_write', '', true);
  return v_fait;
end;
$$;
comment on function private.deplacer_jours(uuid, uuid, text, date, date, numeric, numeric, boolean) is
  'Adds litres (negative: takes) to the snapshot and to its days from p_jour to p_dernier_jour. False, and nothing done, where p_dernier_jour is not the last day it has, or its stock could not bear it. The caller has the lock.';

create function private.appliquer_mouvement(
  p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date,
  p_delta_ambiant numeric, p_delta_15c numeric, p_ajustement boolean default false
) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_jour_negatif date;
  v_dernier_jour date;
begin
  -- Nearly every movement is of today, in a tank that today has already seen: two rows to update.
  if private.deplacer_jours(p_citerne_id, p_produit_id, p_proprietaire_type, p_jour, p_jour, p_delta_ambiant, p_delta_15c,
                            p_ajustement) then
    return;
  end if;

  -- The others: the first of a tank or of a day, a back-dated one, or one that a day could not bear.
  if p_delta_ambiant < 0 or p_delta_15c < 0 then
    v_jour_negatif := private.premier_jour_negatif(
      p_citerne_id, p_produit_id, p_proprietaire_type, p_jour, p_delta_ambiant, p_delta_15c);
    if v_jour_negatif is not null then
      perform private.refuser('STOCK_FUTUR_NEGATIF', jsonb_build_object('date_jour', v_jour_negatif));
    end if;
  end if;

  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  insert into public.stocks_snapshot as s
    (citerne_id, produit_id, proprietaire_type, depot_id, stock_ambiant, stock_15c, dernier_jour)
  values (p_citerne_id, p_produit_id, p_proprietaire_type, p_depot_id, 0, 0, p_jour)
  on conflict (citerne_id, produit_id, proprietaire_type) do update
     set dernier_jour = greatest(s.dernier_jour, p_jour)
  returning s.dernier_jour into v_dernier_jour;
  -- A day begins with the stock of the one before it.
  insert into public.stocks_journaliers
    (citerne_id, produit_id, proprietaire_type, date_jour, depot_id, stock_ambiant, stock_15c)
  select p_citerne_id, p_produit_id, p_proprietaire_type, p_jour, p_depot_id,
         coalesce(veille.stock_ambiant, 0), coalesce(veille.stock_15c, 0)
    from (select 1) un
    left join lateral (
      select v.stock_ambiant, v.stock_15c from public.stocks_journaliers v
       where v.citerne_id = p_citerne_id and v.produit_id = p_produit_id
         and v.proprietaire_type = p_proprietaire_type and v.date_jour < p_jour
       order by v.date_jour desc limit 1) veille on true
  on conflict (citerne_id, produit_id, proprietaire_type, date_jour) do nothing;
  perform set_config('app.stocks_journaliers_allow_write', '', true);

  if not private.deplacer_jours(p_citerne_id, p_produit_id, p_proprietaire_type, p_jour, v_dernier_jour, p_delta_ambiant,
                                p_delta_15c, p_ajustement) then
    raise exception 'the last day of tank % for % holds another stock than its snapshot', p_citerne_id, p_proprietaire_type;
  end if;
end;
$$;
comment on function private.appliquer_mouvement(uuid, uuid, uuid, text, date, numeric, numeric, boolean) is
  'Adds litres (negative: takes) to the snapshot, to the day and to every later day. Creates the rows that are missing. The caller has locked and checked. Raises STOCK_FUTUR_NEGATIF, naming the first day that would go below zero; P0001 where snapshot and journal disagree, which verifier_stocks() would show.';

create function private.melanger(p_citerne_id uuid, p_densite_kgm3 numeric, p_volume_15c numeric) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_apres numeric;
  v_avant numeric;
  v_melange numeric;
begin
  select sum(s.stock_15c), sum(s.stock_15c) - p_volume_15c, max(s.densite_melange_kgm3)
    into v_apres, v_avant, v_melange
    from public.stocks_snapshot s where s.citerne_id = p_citerne_id;
  v_melange := case
    when v_apres <= 0 then v_melange
    when v_avant <= 0 then p_densite_kgm3
    when p_densite_kgm3 is null then v_melange
    when v_melange is null then p_densite_kgm3
    else (v_melange * v_avant + p_densite_kgm3 * p_volume_15c) / v_apres end;
  -- What is taken back may have been a wrong density: what is left must still be one that fuel can have.
  if v_melange between 400 and 1300 or v_melange is null then
    perform set_config('app.stocks_journaliers_allow_write', '1', true);
    update public.stocks_snapshot s set densite_melange_kgm3 = v_melange
     where s.citerne_id = p_citerne_id and s.densite_melange_kgm3 is distinct from round(v_melange, 4);
    perform set_config('app.stocks_journaliers_allow_write', '', true);
  end if;
end;
$$;
comment on function private.melanger(uuid, numeric, numeric) is
  'After litres at 15 °C came into a tank (negative: were taken back out of it), blends their density (kg/m³) with that of what was there. A density that is not known changes nothing, but in a tank that was empty. What merely leaves a tank leaves its density as it was: nobody calls it then. The caller has the lock.';

create function private.citernes_proteger() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock numeric;
begin
  if (new.depot_id, new.produit_id) is distinct from (old.depot_id, old.produit_id)
     and exists (select from public.stocks_snapshot s where s.citerne_id = old.id) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', 'citernes'));
  end if;
  if new.capacite_totale < old.capacite_totale then
    -- Who fills the tank meanwhile waits here, and then finds the new capacity.
    perform private.verrouiller_citernes(old.id);
    select coalesce(sum(s.stock_ambiant), 0) into v_stock from public.stocks_snapshot s where s.citerne_id = old.id;
    if v_stock > new.capacite_totale then
      perform private.refuser('CAPACITE_SOUS_LE_STOCK',
        jsonb_build_object('stock', v_stock, 'capacite_totale', new.capacite_totale));
    end if;
  end if;
  return new;
end;
$$;
comment on function private.citernes_proteger() is
  'A tank that has seen fuel keeps its product and its depot, and room for what it holds. Raises ECRITURE_INTERDITE, CAPACITE_SOUS_LE_STOCK, ISOLATION_INTERDITE.';

create trigger citernes_before_update before update on public.citernes
  for each row execute function private.citernes_proteger();

create function public.get_last_stock_ambiant(p_citerne uuid, p_produit uuid) returns numeric
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(sum(s.stock_ambiant), 0) from public.stocks_snapshot s
   where s.citerne_id = p_citerne and s.produit_id = p_produit
$$;
comment on function public.get_last_stock_ambiant(uuid, uuid) is
  'Current litres of a product in a tank, as measured, all owners together; 0 where there is none or the caller may not see it.';
revoke execute on function public.get_last_stock_ambiant(uuid, uuid) from public, anon;
grant execute on function public.get_last_stock_ambiant(uuid, uuid) to authenticated, service_role;

alter table public.stocks_snapshot enable row level security;
alter table public.stocks_journaliers enable row level security;
grant select on public.stocks_snapshot, public.stocks_journaliers to authenticated, service_role;
create policy stocks_snapshot_lecture on public.stocks_snapshot for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
create policy stocks_journaliers_lecture on public.stocks_journaliers for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));

-- 072_astm.sql
-- Volumetrics: the formulas of API MPMS 11.1, one a function, in the order the standard applies them.
--
-- The scalar functions of these chapters have a parsed body (return …): every name and operator in them is bound
-- when they are created, so that no search_path can change what they mean. They carry no "set search_path" because
-- with one PostgreSQL could not inline them, and the engine, which reads as a page of formulas, would cost a
-- function call for each. Coefficients are constants in the functions, not rows of a table: they belong to the
-- published standard, nobody may tune them, and an immutable function must not depend on what a table says today.
--
-- Both editions share one shape: α = (K0/ρ + K1)/ρ + K2, a factor exp(−α Δt (1 + 0.8 α Δt)), and ρ × factor = ρ observed.

create schema astm;
comment on schema astm is
  'Volumes at 15 °C by API MPMS 11.1 (ASTM D1250, IP 200). Densities in kg/m³, temperatures in °C, litres, kPa gauge. Not exposed through REST.';
revoke all on schema astm from public;
grant usage on schema astm to authenticated, service_role;

-- Shared by both editions -----------------------------------------------------------------------------------------

create function astm.correction_verre(densite_lue_kgm3 float8, dt float8) returns float8
language sql immutable parallel safe
return densite_lue_kgm3 * (1 - 0.000023 * dt - 0.00000002 * dt * dt);
comment on function astm.correction_verre(float8, float8) is
  'Density read on a glass hydrometer graduated at 15 °C, corrected for the expansion of the glass; dt = t − 15 in °C. API Std 2540 (1980) table 53, MPMS 11.1 (2004) section 11.1.3.10.';

create function astm.alpha(k0 float8, k1 float8, k2 float8, densite_kgm3 float8) returns float8
language sql immutable parallel safe
return (k0 / densite_kgm3 + k1) / densite_kgm3 + k2;
comment on function astm.alpha(float8, float8, float8, float8) is
  'Thermal expansion coefficient at base temperature, per °C (1980) or per °F (2004): K0/ρ² + K1/ρ + K2. API Std 2540 tables 53/54; MPMS 11.1 (2004) section 11.1.6.1.';

create function astm.estimer_avec(densite_kgm3 float8, u float8, pente float8) returns float8
language sql immutable parallel safe
return densite_kgm3 * (1 + u * (1 + 0.8 * u) / (1 + (1 + 1.6 * u) * pente));
comment on function astm.estimer_avec(float8, float8, float8) is
  'First estimate of the base density: one Newton step on the logarithm, which needs no exponential. u = α Δt at the observed density, pente = −ρ du/dρ there. Within 6 % over the whole domain, 0.15 % within 30 °C of base.';

create function astm.estimer(densite_kgm3 float8, k0 float8, k1 float8, k2 float8, dt float8) returns float8
language sql immutable parallel safe
return astm.estimer_avec(densite_kgm3, astm.alpha(k0, k1, k2, densite_kgm3) * dt,
                         (2 * k0 / densite_kgm3 + k1) / densite_kgm3 * dt);
comment on function astm.estimer(float8, float8, float8, float8, float8) is
  'First estimate of the base density from the observed one: see astm.estimer_avec.';

create function astm.approcher_avec(
  densite_kgm3 float8, observee_kgm3 float8, exposant float8, u float8, pente float8
) returns float8
language sql immutable parallel safe
return densite_kgm3 + (observee_kgm3 * exp(exposant) - densite_kgm3) / (1 + (1 + 1.6 * u) * pente);
comment on function astm.approcher_avec(float8, float8, float8, float8, float8) is
  'One Newton step towards the base density whose observed density is the one measured. The standard substitutes ρ ← ρ observed / factor instead, which converges slowly and, hot, not at all between 770 and 787.5 kg/m³; the root is the same.';

create function astm.approcher_u(densite_kgm3 float8, observee_kgm3 float8, u float8, pente float8) returns float8
language sql immutable parallel safe
return astm.approcher_avec(densite_kgm3, observee_kgm3, u * (1 + 0.8 * u), u, pente);
comment on function astm.approcher_u(float8, float8, float8, float8) is
  'astm.approcher_avec with the exponent u (1 + 0.8 u) of the 1980 edition.';

create function astm.approcher(
  densite_kgm3 float8, observee_kgm3 float8, k0 float8, k1 float8, k2 float8, dt float8
) returns float8
language sql immutable parallel safe
return astm.approcher_u(densite_kgm3, observee_kgm3, astm.alpha(k0, k1, k2, densite_kgm3) * dt,
                        (2 * k0 / densite_kgm3 + k1) / densite_kgm3 * dt);
comment on function astm.approcher(float8, float8, float8, float8, float8, float8) is
  'One Newton step with the coefficients of a zone. Each step squares the relative error, times 0.32 at worst: 6 % → 7e-4 → 9e-8 → below the last digit. Three steps bound the whole domain.';

create function astm.au_litre(valeur float8) returns float8
language sql immutable parallel safe
return floor(valeur + 0.5000001);
comment on function astm.au_litre(float8) is 'A positive volume to the litre, halves up: astm.arrondir at one a unit.';

create function astm.arrondir(valeur float8, par_unite float8) returns float8
language sql immutable parallel safe
return floor(valeur * par_unite + 0.5000001) / par_unite;
comment on function astm.arrondir(float8, float8) is
  'A positive value to 1/par_unite, halves up. Binary arithmetic can miss a decimal half by its last bit (5000 × 0.9937): what is within 1e-7 of a unit below the half counts as the half, here and in the TypeScript twin alike.';

-- Edition of 1980: tables 53A/B/D and 54A/B/D, base 15 °C ----------------------------------------------------------

create function astm.facteur_1980(alpha float8, dt float8) returns float8
language sql immutable parallel safe
return exp(-alpha * dt * (1 + 0.8 * alpha * dt));
comment on function astm.facteur_1980(float8, float8) is
  'Volume correction factor to 15 °C: exp(−α Δt (1 + 0.8 α Δt)), Δt = t − 15. API Std 2540 (1980), tables 54A, 54B, 54D.';

create function astm.zone_b_1980(observee_kgm3 float8, dt float8) returns float8[]
language sql immutable parallel safe
-- Where two formulas meet, α jumps by up to 3e-6: near a boundary an observed density can have a root on both sides, or
-- on neither, and the substitution of the standard then flips between the zones for ever. On paper this never shows: the
-- tables go by 0.5 kg/m³ and the substitution stops at 0.05; the 2004 edition (11.1.6.2, step 4) simply accepts the last
-- value there. We need one figure, always the same, so the boundary decides: carried to the observed temperature by the
-- formula of the zone that owns it (770 the lower, 787.5 and 839 the upper), it says on which side the observed density
-- lies. A root that then falls outside its zone (the case without a root) is brought back to the edge of it.
return case
  when observee_kgm3 >= 839 * astm.facteur_1980(astm.alpha(186.9696, 0.4862, 0, 839), dt)
    then '{186.9696, 0.4862, 0, 839, Infinity}'::float8[]
  when observee_kgm3 >= 787.5 * astm.facteur_1980(astm.alpha(594.5418, 0, 0, 787.5), dt)
    then '{594.5418, 0, 0, 787.5, 838.9999999999999}'::float8[]
  when observee_kgm3 > 770 * astm.facteur_1980(astm.alpha(346.4228, 0.4388, 0, 770), dt)
    then '{2680.3206, 0, -0.00336312, 770.0000000000001, 787.4999999999999}'::float8[]
  else '{346.4228, 0.4388, 0, 0, 770}'::float8[]
end;
comment on function astm.zone_b_1980(float8, float8) is
  'K0, K1, K2, floor and ceiling in kg/m³ of the zone of table 53B that an observed density belongs to: gasolines, transition, jet fuels and kerosenes, diesel and heating oils.';

create function astm.coefficients_1980(groupe text, observee_kgm3 float8, dt float8) returns float8[]
language sql immutable parallel safe
return case groupe
  when 'B' then astm.zone_b_1980(observee_kgm3, dt)
  when 'A' then '{613.9723, 0, 0, 0, Infinity}'::float8[]
  when 'D' then '{0, 0.6278, 0, 0, Infinity}'::float8[]
end;
comment on function astm.coefficients_1980(text, float8, float8) is
  'K0, K1, K2, floor and ceiling of the zone. Group A: table 53A (crude); B: 53B (refined); D: 53D (lubricating).';

-- Edition of 2004 (addendum 2007): base 60 °F, °C and kg/m³ in, IPTS-68 inside --------------------------------------

create function astm.ipts68_ecart(tau float8) returns float8
language sql immutable parallel safe
return (((((((-3.536296 * tau + 7.438081) * tau - 1.871251) * tau - 4.089591) * tau + 1.269056) * tau
        + 1.080760) * tau - 0.267408) * tau - 0.148759) * tau;
comment on function astm.ipts68_ecart(float8) is
  'ITS-90 minus IPTS-68 in °C, of τ = t/630. MPMS 11.1 (2004) section 11.1.5.3, coefficients a1 to a8.';

create function astm.ecart_60f(temperature_c float8) returns float8
language sql immutable parallel safe
return (temperature_c - astm.ipts68_ecart(temperature_c / 630)) * 1.8 + 32 - 60.0068749;
comment on function astm.ecart_60f(float8) is
  'Δt in °F above the base of 60 °F, both on IPTS-68 (60 °F there is 60.0068749). MPMS 11.1 (2004) sections 11.1.5.3 and 11.1.6.1.';

create function astm.etoile_avec(densite_60f_kgm3 float8, a float8, b float8) returns float8
language sql immutable parallel safe
return densite_60f_kgm3 * (1 + (exp(a * (1 + 0.8 * a)) - 1) / (1 + a * (1 + 1.6 * a) * b));
comment on function astm.etoile_avec(float8, float8, float8) is
  'ρ* from ρ60 and the terms A and B. MPMS 11.1 (2004) section 11.1.6.1.';

create function astm.densite_etoile(densite_60f_kgm3 float8, k0 float8, k1 float8, k2 float8) returns float8
language sql immutable parallel safe
return astm.etoile_avec(
  densite_60f_kgm3,
  0.006874897735 * ((k0 / densite_60f_kgm3 + k1) / densite_60f_kgm3 + k2),
  (2 * k0 + k1 * densite_60f_kgm3) / (k0 + (k1 + k2 * densite_60f_kgm3) * densite_60f_kgm3));
comment on function astm.densite_etoile(float8, float8, float8, float8) is
  'ρ*, the density at 60 °F moved to IPTS-68. A = δ60/2 · α(ρ60) with δ60 = 0.01374979547 °F, B = (2 K0 + K1 ρ60)/(K0 + (K1 + K2 ρ60) ρ60). MPMS 11.1 (2004) section 11.1.6.1.';

create function astm.exposant_2004(alpha60 float8, dtf float8) returns float8
language sql immutable parallel safe
return alpha60 * dtf * (1 + 0.8 * alpha60 * (dtf + 0.01374979547));
comment on function astm.exposant_2004(float8, float8) is
  'CTL = exp(−this): α60 Δt (1 + 0.8 α60 (Δt + δ60)), Δt in °F from astm.ecart_60f. MPMS 11.1 (2004) section 11.1.6.1.';

create function astm.facteur_pression(densite_etoile_kgm3 float8, tf float8, pression_kpa float8) returns float8
language sql immutable parallel safe
return 1 / (1 - 0.00001 * exp(-1.9947 + 0.00013427 * tf
                              + (793920 + 2326 * tf) / densite_etoile_kgm3 / densite_etoile_kgm3)
                * (pression_kpa / 6.894757));
comment on function astm.facteur_pression(float8, float8, float8) is
  'CPL = 1/(1 − 1e-5 Fp P), Fp from ρ* and the temperature in °F on IPTS-68; P moved from kPa to psi gauge. MPMS 11.1 (2004) section 11.1.6.1.';

create function astm.seuil_2004(densite_60f_kgm3 float8, alpha60 float8, dtf float8) returns float8
language sql immutable parallel safe
return densite_60f_kgm3 * exp(-astm.exposant_2004(alpha60, dtf));
comment on function astm.seuil_2004(float8, float8, float8) is
  'A density at 60 °F carried to the observed temperature.';

create function astm.zone_b_2004(observee_kgm3 float8, dtf float8) returns float8[]
language sql immutable parallel safe
-- The boundaries were chosen where the curves cross, so α jumps by 1e-9 only; the rule of astm.zone_b_1980 still decides.
return case
  when observee_kgm3 >= astm.seuil_2004(838.3127, astm.alpha(103.8720, 0.2701, 0,
                          astm.densite_etoile(838.3127, 103.8720, 0.2701, 0)), dtf)
    then '{103.8720, 0.2701, 0, 838.3127, Infinity}'::float8[]
  when observee_kgm3 >= astm.seuil_2004(787.5195, astm.alpha(330.3010, 0, 0,
                          astm.densite_etoile(787.5195, 330.3010, 0, 0)), dtf)
    then '{330.3010, 0, 0, 787.5195, 838.3126999999999}'::float8[]
  when observee_kgm3 >= astm.seuil_2004(770.3520, astm.alpha(1489.0670, 0, -0.00186840,
                          astm.densite_etoile(770.3520, 1489.0670, 0, -0.00186840)), dtf)
    then '{1489.0670, 0, -0.00186840, 770.3520, 787.5194999999999}'::float8[]
  else '{192.4571, 0.2438, 0, 0, 770.3519999999999}'::float8[]
end;
comment on function astm.zone_b_2004(float8, float8) is
  'K0, K1, K2, floor and ceiling in kg/m³ at 60 °F of the zone of group B that an observed density belongs to. MPMS 11.1 (2004) section 11.1.6.1.';

create function astm.coefficients_2004(groupe text, observee_kgm3 float8, dtf float8, alpha60 float8) returns float8[]
language sql immutable parallel safe
return case groupe
  when 'B' then astm.zone_b_2004(observee_kgm3, dtf)
  when 'A' then '{341.0957, 0, 0, 0, Infinity}'::float8[]
  when 'D' then '{0, 0.34878, 0, 0, Infinity}'::float8[]
  when 'C' then array[0, 0, alpha60, 0, 'Infinity']
end;
comment on function astm.coefficients_2004(text, float8, float8, float8) is
  'K0, K1, K2, floor and ceiling of the zone. Group A crude, B refined, D lubricating; C special applications, whose α60 per °F is given by the supplier. MPMS 11.1 (2004) section 11.1.6.1.';

-- 073_astm_moteur.sql
-- The engine: domain, one chain of steps an edition, and astm.calculer_15c that chooses between them.
--
-- A chain is one query of small steps, each a line of the standard's procedure, written in the order of the procedure.
-- "offset 0" keeps a step apart, so that its result is computed once; everything else is inlined into the caller's
-- query. That is what makes it quick: the same steps in PL/pgSQL take half as long again (bench/astm.ts).
-- No table is read, except the catalogue of refusals once a refusal is certain. Those functions are stable and not
-- immutable, so that the planner never runs one ahead of time for a branch that is not taken.

create function astm.domaine_temperature(methode text) returns float8[]
language sql immutable parallel safe
return case methode when 'MPMS_11_1_1980' then '{-18, 150}'::float8[] when 'MPMS_11_1_2004' then '{-50, 150}'::float8[] end;
comment on function astm.domaine_temperature(text) is
  'Lowest and highest temperature in °C. 1980: tables 53/54; 2004: section 11.1.2.3.';

create function astm.domaine_densite(methode text, groupe text) returns float8[]
language sql immutable parallel safe
return case methode
  when 'MPMS_11_1_1980' then case groupe
    when 'B' then '{653, 1075}'::float8[] when 'A' then '{610.5, 1075}'::float8[] when 'D' then '{800, 1164}'::float8[] end
  when 'MPMS_11_1_2004' then case groupe
    when 'B' then '{610.6, 1163.5}'::float8[] when 'A' then '{610.6, 1163.5}'::float8[]
    when 'D' then '{800.9, 1163.5}'::float8[] when 'C' then '{610.6, 1163.5}'::float8[] end
end;
comment on function astm.domaine_densite(text, text) is
  'Lowest and highest base density in kg/m³: at 15 °C (1980) or at 60 °F (2004, section 11.1.2.3). Group C, for which 2004 bounds α60 only, keeps the bounds of A and B.';

create function astm.dans_domaine(densite_base float8, methode text, groupe text) returns boolean
language sql immutable parallel safe
-- A billionth of a kg/m³ more: a product exactly on the bound must not fall to the last bit of a double.
return densite_base between (astm.domaine_densite(methode, groupe))[1] - 1e-9
                        and (astm.domaine_densite(methode, groupe))[2] + 1e-9;
comment on function astm.dans_domaine(float8, text, text) is 'Whether a base density is within the domain, bounds included.';

create function astm.hors_domaine(parametre text, valeur float8, minimum float8, maximum float8, phrase text) returns void
language plpgsql stable parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.refuser('ASTM_HORS_DOMAINE', jsonb_build_object(
    'borne', phrase, 'parametre', parametre, 'valeur', valeur, 'minimum', minimum, 'maximum', maximum));
end;
$$;
comment on function astm.hors_domaine(text, float8, float8, float8, text) is
  'Raises ASTM_HORS_DOMAINE. phrase names the bound to a person; the detail carries it as numbers.';

create function astm.refuser_methode(methode text) returns float8
language plpgsql stable parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  perform astm.hors_domaine('methode', null, null, null, format(
    'méthode MPMS_11_1_1980 ou MPMS_11_1_2004 (indiquée : %s)', coalesce(methode, 'aucune')));
  return null;
end;
$$;
comment on function astm.refuser_methode(text) is 'Refuses a method that does not exist. Raises ASTM_HORS_DOMAINE.';

create function astm.refuser_densite(methode text, groupe text, densite float8) returns float8
language plpgsql stable parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  v_d constant float8[] := astm.domaine_densite(methode, groupe);
begin
  perform astm.hors_domaine(
    case methode when 'MPMS_11_1_1980' then 'densite_15c_kgm3' else 'densite_60f_kgm3' end, densite, v_d[1], v_d[2],
    format('densité à %s de %s à %s kg/m³ (groupe %s), ici environ %s',
           case methode when 'MPMS_11_1_1980' then '15 °C' else '60 °F' end,
           replace(v_d[1]::text, '.', ','), replace(v_d[2]::text, '.', ','), groupe,
           replace(round(densite::numeric, 1)::text, '.', ',')));
  return null;
end;
$$;
comment on function astm.refuser_densite(text, text, float8) is
  'Refuses a base density outside the edition''s domain. Raises ASTM_HORS_DOMAINE.';

create function astm.refuser_entree(
  methode text, groupe text, densite float8, t_echantillon float8, t_produit float8, volume float8,
  correction_verre boolean, pression float8, arrondir boolean, alpha60 float8 default 0.0005
) returns float8
language plpgsql stable parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  v_t constant float8[] := astm.domaine_temperature(methode);
  v_temperatures constant text := format('température de %s à %s °C', v_t[1], v_t[2]);
  v_pression_max constant float8 := case methode when 'MPMS_11_1_1980' then 0 else 10342 end;
begin
  if densite is null then
    perform private.refuser('DENSITE_OBSERVEE_REQUISE');
  elsif t_echantillon is null then
    perform private.refuser('TEMPERATURE_REQUISE');
  elsif astm.domaine_densite(methode, groupe) is null then
    perform astm.hors_domaine('groupe', null, null, null, format(
      'groupe de produit A, B ou D (indiqué : %s)', coalesce(groupe, 'aucun')));
  elsif not (densite > 0 and densite < 'Infinity') then
    perform astm.hors_domaine('densite_observee_kgm3', densite, 0, null, 'densité observée supérieure à 0 kg/m³ et finie');
  elsif not (t_echantillon between v_t[1] and v_t[2]) then
    perform astm.hors_domaine('temperature_echantillon_c', t_echantillon, v_t[1], v_t[2],
                              v_temperatures || ' (échantillon)');
  elsif not (t_produit between v_t[1] and v_t[2]) then
    perform astm.hors_domaine('temperature_produit_c', t_produit, v_t[1], v_t[2], v_temperatures || ' (produit)');
  elsif (volume > 0 and volume < 'Infinity') is not true then
    perform astm.hors_domaine('volume_observe_l', volume, 0, null, 'volume observé supérieur à 0 L et fini');
  elsif (pression between 0 and v_pression_max) is not true then
    perform astm.hors_domaine('pression_kpa', pression, 0, v_pression_max,
      case v_pression_max when 0 then 'pression 0 kPa (l''édition de 1980 ne corrige pas la pression)'
                          else 'pression de 0 à 10 342 kPa' end);
  elsif (alpha60 between 230e-6 and 930e-6) is not true then
    perform astm.hors_domaine('alpha60', alpha60, 230e-6, 930e-6, 'α60 de 0,000 230 à 0,000 930 par °F (groupe C)');
  end if;
  if not (densite between 400 and 1400) then
    perform astm.refuser_densite(methode, groupe, densite);
  end if;
  perform astm.hors_domaine('options', null, null, null, 'correction du verre et arrondi : oui ou non');
  return null;
end;
$$;
comment on function astm.refuser_entree(text, text, float8, float8, float8, float8, boolean, float8, boolean, float8) is
  'Says which input a chain refused. Raises DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE or ASTM_HORS_DOMAINE.';

create function astm.calculer_1980(
  groupe text, densite float8, t_echantillon float8, t_produit float8, volume float8,
  correction_verre boolean, pression float8, arrondir boolean
) returns table (densite_15c_kgm3 float8, vcf float8, volume_15c_l float8)
language sql stable parallel safe rows 1
begin atomic
  with mesure as (
    -- No product of the domain, however hot or cold, is observed outside 400…1400 kg/m³: no root to look for there.
    select t_echantillon - 15 as dt,
           case when densite between 400 and 1400
                     and t_echantillon between -18 and 150 and t_produit between -18 and 150
                     and volume > 0 and volume < 'Infinity'::float8 and pression = 0
                     and (groupe = 'B' or groupe = 'A' or groupe = 'D')
                     and correction_verre is not null and arrondir is not null
                then case when correction_verre then astm.correction_verre(densite, t_echantillon - 15) else densite end
                else astm.refuser_entree('MPMS_11_1_1980', groupe, densite, t_echantillon, t_produit, volume,
                                         correction_verre, pression, arrondir)
           end as observee
    offset 0
  ), zone as (
    select observee, dt, astm.coefficients_1980(groupe, observee, dt) as k from mesure offset 0
  ), coefficients as (
    select observee, dt, k[1] as k0, k[2] as k1, k[3] as k2, k from zone offset 0
  ), estimation as (
    select observee, dt, k0, k1, k2, k, astm.estimer(observee, k0, k1, k2, dt) as rho from coefficients offset 0
  ), pas_1 as (
    select observee, dt, k0, k1, k2, k, astm.approcher(rho, observee, k0, k1, k2, dt) as rho from estimation offset 0
  ), pas_2 as (
    select observee, dt, k0, k1, k2, k, rho as avant, astm.approcher(rho, observee, k0, k1, k2, dt) as rho
    from pas_1 offset 0
  ), pas_3 as (
    -- The error is now below (last step)²: under 1e-7 relative, a third step would change nothing.
    select k0, k1, k2,
           least(greatest(case when abs(rho - avant) > 1e-7 * rho
                               then astm.approcher(rho, observee, k0, k1, k2, dt) else rho end, k[4]), k[5]) as rho
    from pas_2 offset 0
  ), facteur as (
    select case when astm.dans_domaine(rho, 'MPMS_11_1_1980', groupe) then rho
                else astm.refuser_densite('MPMS_11_1_1980', groupe, rho) end as rho,
           astm.facteur_1980(astm.alpha(k0, k1, k2, rho), t_produit - 15) as f
    from pas_3 offset 0
  ), imprime as (
    select case when arrondir then astm.arrondir(rho, 10) else rho end as rho,
           case when arrondir then astm.arrondir(f, 10000) else f end as f
    from facteur offset 0
  )
  select i.rho, i.f, case when arrondir then astm.au_litre(volume * i.f) else volume * i.f end
  from imprime i;
end;
comment on function astm.calculer_1980(text, float8, float8, float8, float8, boolean, float8, boolean) is
  'API Std 2540 (1980), tables 53 and 54: see astm.calculer_15c.';

-- 074_astm_2004.sql
-- The edition of 2004, and the one function everybody calls.

create function astm.approcher_2004(
  densite_60f_kgm3 float8, etoile_kgm3 float8, observee_kgm3 float8, k0 float8, k1 float8, k2 float8, dtf float8
) returns float8
language sql immutable parallel safe
return astm.approcher_avec(
  densite_60f_kgm3, observee_kgm3, astm.exposant_2004(astm.alpha(k0, k1, k2, etoile_kgm3), dtf),
  astm.alpha(k0, k1, k2, etoile_kgm3) * dtf, (2 * k0 / densite_60f_kgm3 + k1) / densite_60f_kgm3 * dtf);
comment on function astm.approcher_2004(float8, float8, float8, float8, float8, float8, float8) is
  'One Newton step with α60 taken at ρ*. The slope leaves out how ρ* follows ρ60 (1e-5 of it), so a step divides the error by 3e4 or more rather than squaring it.';

create function astm.calculer_2004(
  groupe text, densite float8, t_echantillon float8, t_produit float8, volume float8,
  correction_verre boolean, pression float8, arrondir boolean, alpha60 float8 default 0.0005
) returns table (densite_15c_kgm3 float8, vcf float8, volume_15c_l float8)
language sql stable parallel safe rows 1
begin atomic
  with mesure as (
    select case when densite between 400 and 1400
                     and t_echantillon between -50 and 150 and t_produit between -50 and 150
                     and volume > 0 and volume < 'Infinity'::float8 and pression between 0 and 10342
                     and (groupe = 'B' or groupe = 'A' or groupe = 'D' or groupe = 'C')
                     and alpha60 between 230e-6 and 930e-6
                     and correction_verre is not null and arrondir is not null
                then case when correction_verre then astm.correction_verre(densite, t_echantillon - 15) else densite end
                else astm.refuser_entree('MPMS_11_1_2004', groupe, densite, t_echantillon, t_produit, volume,
                                         correction_verre, pression, arrondir, alpha60)
           end as observee
    offset 0
  ), ecarts as (
    select observee, astm.ecart_60f(t_echantillon) as dt from mesure offset 0
  ), zone as (
    select observee, dt, astm.coefficients_2004(groupe, observee, dt, alpha60) as k
    from ecarts offset 0
  ), coefficients as (
    select observee, dt, k[1] as k0, k[2] as k1, k[3] as k2, k from zone offset 0
  ), estimation as (
    select observee, dt, k0, k1, k2, k, astm.estimer(observee, k0, k1, k2, dt) as rho from coefficients offset 0
  ), pas_1 as (
    -- The first two steps take ρ60 for ρ*, a difference of 3e-6, and bring the error under 4e-6; the second is left out
    -- where the first was already small. The last two, with ρ*, bring it under 2e-10, then under 4e-15.
    select observee, dt, k0, k1, k2, k, rho as avant, astm.approcher(rho, observee, k0, k1, k2, dt) as rho
    from estimation offset 0
  ), pas_2 as (
    select observee, dt, k0, k1, k2, k,
           case when abs(rho - avant) > 3e-4 * rho then astm.approcher(rho, observee, k0, k1, k2, dt) else rho end as rho
    from pas_1 offset 0
  ), etoile_3 as (
    select observee, dt, k0, k1, k2, k, rho, astm.densite_etoile(rho, k0, k1, k2) as etoile
    from pas_2 offset 0
  ), pas_3 as (
    select observee, dt, k0, k1, k2, k, astm.approcher_2004(rho, etoile, observee, k0, k1, k2, dt) as rho
    from etoile_3 offset 0
  ), etoile_4 as (
    select observee, dt, k0, k1, k2, k, rho, astm.densite_etoile(rho, k0, k1, k2) as etoile
    from pas_3 offset 0
  ), pas_4 as (
    select k0, k1, k2,
           least(greatest(astm.approcher_2004(rho, etoile, observee, k0, k1, k2, dt), k[4]), k[5]) as rho
    from etoile_4 offset 0
  ), base as (
    select case when astm.dans_domaine(rho, 'MPMS_11_1_2004', groupe) then rho
                else astm.refuser_densite('MPMS_11_1_2004', groupe, rho) end as rho,
           k0, k1, k2, astm.densite_etoile(rho, k0, k1, k2) as etoile, astm.ecart_60f(t_produit) as dt
    from pas_4 offset 0
  ), dilatation as (
    -- The base is 60 °F; 15 °C is reached through it, as section 11.1.3.6 does.
    select rho, etoile, dt, astm.alpha(k0, k1, k2, etoile) as alpha60 from base offset 0
  ), facteur as (
    select rho * exp(-astm.exposant_2004(alpha60, astm.ecart_60f(15))) as rho,
           exp(astm.exposant_2004(alpha60, astm.ecart_60f(15)) - astm.exposant_2004(alpha60, dt))
           * case when pression = 0 then 1 else astm.facteur_pression(etoile, dt + 60.0068749, pression) end as f
    from dilatation offset 0
  ), imprime as (
    select case when arrondir then astm.arrondir(rho, 10) else rho end as rho,
           case when arrondir then astm.arrondir(f, 10000) else f end as f
    from facteur offset 0
  )
  select i.rho, i.f, case when arrondir then astm.au_litre(volume * i.f) else volume * i.f end
  from imprime i;
end;
comment on function astm.calculer_2004(text, float8, float8, float8, float8, boolean, float8, boolean, float8) is
  'MPMS 11.1 (2004, addendum 2007), sections 11.1.6.1 to 11.1.6.3 and 11.1.3.6: see astm.calculer_15c. The sample is weighed at atmospheric pressure; pression is the product''s. alpha60 (per °F) is used by group C only.';

create function astm.calculer_15c(
  groupe text, densite_observee_kgm3 float8, temperature_echantillon_c float8,
  temperature_produit_c float8, volume_observe_l float8,
  methode text default 'MPMS_11_1_1980', correction_verre boolean default true,
  pression_kpa float8 default 0, arrondir boolean default true
) returns table (densite_15c_kgm3 float8, vcf float8, volume_15c_l float8)
language sql immutable parallel safe rows 1
begin atomic
  select c.densite_15c_kgm3, c.vcf, c.volume_15c_l
  from astm.calculer_1980(
    groupe, densite_observee_kgm3, coalesce(temperature_echantillon_c, temperature_produit_c),
    coalesce(temperature_produit_c, temperature_echantillon_c), volume_observe_l,
    correction_verre, pression_kpa, arrondir) c
  where methode = 'MPMS_11_1_1980'
  union all
  select c.densite_15c_kgm3, c.vcf, c.volume_15c_l
  from astm.calculer_2004(
    groupe, densite_observee_kgm3, coalesce(temperature_echantillon_c, temperature_produit_c),
    coalesce(temperature_produit_c, temperature_echantillon_c), volume_observe_l,
    correction_verre, pression_kpa, arrondir,
    -- Group C has no α60 here: refused. It has its own door, astm.calculer_15c_groupe_c.
    case when groupe = 'C' then null else 0.0005 end) c
  where methode = 'MPMS_11_1_2004'
  union all
  select m.refus, m.refus, m.refus
  from (select astm.refuser_methode(methode) as refus offset 0) m
  where (methode = 'MPMS_11_1_1980' or methode = 'MPMS_11_1_2004') is not true;
end;
comment on function astm.calculer_15c(text, float8, float8, float8, float8, text, boolean, float8, boolean) is
  'Density at 15 °C (kg/m³), volume correction factor and volume at 15 °C (L) by API MPMS 11.1. groupe: A crude, B refined, D lubricating. The density is brought to 15 °C from the sample''s temperature, the volume from the product''s; given only one, it serves for both. arrondir: density to 0.1, factor to 4 decimals, volume = observed × rounded factor to the litre, as SEP prints; the factor itself comes from the density before rounding. pression_kpa is the product''s, gauge, 2004 only. Raises DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE.';

-- 075_astm_usages.sql
-- What a depot does with the engine: load a wanted volume, answer at 20 °C, weigh, choose a profile, compare with SEP.

create function astm.calculer_15c_groupe_c(
  alpha60 float8, densite_observee_kgm3 float8, temperature_echantillon_c float8,
  temperature_produit_c float8, volume_observe_l float8,
  correction_verre boolean default true, pression_kpa float8 default 0, arrondir boolean default true
) returns table (densite_15c_kgm3 float8, vcf float8, volume_15c_l float8)
language sql immutable parallel safe rows 1
begin atomic
  select c.densite_15c_kgm3, c.vcf, c.volume_15c_l
  from astm.calculer_2004(
    'C', densite_observee_kgm3, coalesce(temperature_echantillon_c, temperature_produit_c),
    coalesce(temperature_produit_c, temperature_echantillon_c), volume_observe_l,
    correction_verre, pression_kpa, arrondir, alpha60) c;
end;
comment on function astm.calculer_15c_groupe_c(float8, float8, float8, float8, float8, boolean, float8, boolean) is
  'astm.calculer_15c for a product of group C (special applications), by MPMS 11.1 (2004): alpha60 is its expansion coefficient at 60 °F, 230e-6 to 930e-6 per °F, from the supplier.';

create function astm.volume_a_charger(
  groupe text, densite_observee_kgm3 float8, temperature_echantillon_c float8,
  temperature_produit_c float8, volume_15c_voulu_l float8,
  methode text default 'MPMS_11_1_1980', correction_verre boolean default true,
  pression_kpa float8 default 0, arrondir boolean default true
) returns table (densite_15c_kgm3 float8, vcf float8, volume_observe_l float8)
language sql immutable parallel safe rows 1
begin atomic
  select c.densite_15c_kgm3, c.vcf,
         case when arrondir then astm.au_litre(volume_15c_voulu_l / c.vcf) else volume_15c_voulu_l / c.vcf end
  from astm.calculer_15c(groupe, densite_observee_kgm3, temperature_echantillon_c, temperature_produit_c,
                         volume_15c_voulu_l, methode, correction_verre, pression_kpa, arrondir) c;
end;
comment on function astm.volume_a_charger(text, float8, float8, float8, float8, text, boolean, float8, boolean) is
  'The inverse of astm.calculer_15c: litres to measure out, at the product''s temperature, so that they are volume_15c_voulu_l at 15 °C.';

create function astm.calculer_20c(
  groupe text, densite_observee_kgm3 float8, temperature_echantillon_c float8,
  temperature_produit_c float8, volume_observe_l float8,
  methode text default 'MPMS_11_1_1980', correction_verre boolean default true,
  pression_kpa float8 default 0, arrondir boolean default true
) returns table (densite_20c_kgm3 float8, vcf float8, volume_20c_l float8)
language sql immutable parallel safe rows 1
begin atomic
  with facteurs as (
    select c.densite_15c_kgm3 * base.vcf as rho, c.vcf / base.vcf as f
    from astm.calculer_15c(
      groupe, densite_observee_kgm3, temperature_echantillon_c, temperature_produit_c, volume_observe_l,
      methode, correction_verre, pression_kpa, case when arrondir is not null then false end) c,
    astm.calculer_15c(
      groupe, densite_observee_kgm3, coalesce(temperature_echantillon_c, temperature_produit_c), 20, volume_observe_l,
      methode, correction_verre, 0, false) base
    offset 0
  ), imprime as (
    select case when arrondir then astm.arrondir(rho, 10) else rho end as rho,
           case when arrondir then astm.arrondir(f, 10000) else f end as f
    from facteurs offset 0
  )
  select i.rho, i.f, case when arrondir then astm.au_litre(volume_observe_l * i.f) else volume_observe_l * i.f end
  from imprime i;
end;
comment on function astm.calculer_20c(text, float8, float8, float8, float8, text, boolean, float8, boolean) is
  'astm.calculer_15c at a base of 20 °C (tables 59 and 60), some partners'' base: every factor is the 15 °C one divided by that of 20 °C.';

create function astm.masse_vide_t(densite_15c_kgm3 float8, volume_15c_l float8) returns float8
language sql immutable parallel safe
return densite_15c_kgm3 * volume_15c_l / 1000000;
comment on function astm.masse_vide_t(float8, float8) is 'Mass in tonnes, in vacuum: ρ15 × V15.';

create function astm.masse_air_t(densite_15c_kgm3 float8, volume_15c_l float8) returns float8
language sql immutable parallel safe
return (densite_15c_kgm3 - 1.1) * volume_15c_l / 1000000;
comment on function astm.masse_air_t(float8, float8) is
  'Apparent mass in tonnes, in air, what a weighbridge shows and an invoice says: (ρ15 − 1.1 kg/m³) × V15. Table 56.';

-- The engine is inlined into its caller's query: a caller needs every function it is made of, listed here by name.
grant execute on function
  astm.correction_verre, astm.alpha, astm.estimer_avec, astm.estimer, astm.approcher_avec, astm.approcher_u,
  astm.approcher, astm.au_litre, astm.arrondir, astm.facteur_1980, astm.zone_b_1980, astm.coefficients_1980,
  astm.ipts68_ecart, astm.ecart_60f, astm.etoile_avec, astm.densite_etoile, astm.exposant_2004,
  astm.facteur_pression, astm.seuil_2004, astm.zone_b_2004, astm.coefficients_2004, astm.approcher_2004,
  astm.domaine_temperature, astm.domaine_densite, astm.dans_domaine, astm.hors_domaine, astm.refuser_methode,
  astm.refuser_densite, astm.refuser_entree, astm.calculer_1980, astm.calculer_2004, astm.calculer_15c,
  astm.calculer_15c_groupe_c, astm.volume_a_charger, astm.calculer_20c, astm.masse_vide_t, astm.masse_air_t
  to authenticated, service_role;

-- 076_astm_profils.sql
-- Which way of calculating counts where, and the real trucks the engine is compared with.

create table astm.profils_calcul (
  id uuid primary key default gen_random_uuid(),
  nom text not null unique check (btrim(nom) <> ''),
  depot_id uuid references public.depots (id),
  produit_id uuid references public.produits (id),
  methode text not null default 'MPMS_11_1_1980' check (methode in ('MPMS_11_1_1980', 'MPMS_11_1_2004')),
  arrondir boolean not null default true,
  correction_verre boolean not null default true,
  created_at timestamptz not null default now(),
  unique nulls not distinct (depot_id, produit_id)
);
comment on table astm.profils_calcul is
  'How volumes at 15 °C are calculated, by depot and product. The row without either is the default: SEP''s way.';
comment on column astm.profils_calcul.depot_id is 'Depot it is for; null: any.';
comment on column astm.profils_calcul.produit_id is 'Product it is for; null: any.';
comment on column astm.profils_calcul.arrondir is
  'Round as SEP prints (density 0.1 kg/m³, factor 4 decimals, litres), or keep full precision.';
comment on column astm.profils_calcul.correction_verre is
  'The density is read on a glass hydrometer; false for a densitometer or a density already corrected.';
create index profils_calcul_produit_id_idx on astm.profils_calcul (produit_id);

create function astm.profil(p_depot_id uuid, p_produit_id uuid) returns astm.profils_calcul
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select p from astm.profils_calcul p
   where (p.depot_id = p_depot_id or p.depot_id is null) and (p.produit_id = p_produit_id or p.produit_id is null)
   order by p.depot_id is null, p.produit_id is null
   limit 1
$$;
comment on function astm.profil(uuid, uuid) is
  'The profile that counts: this depot and product, else this depot, else this product, else the default.';
grant execute on function astm.profil(uuid, uuid) to authenticated, service_role;

create function private.profils_calcul_garder_defaut() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if old.depot_id is null and old.produit_id is null
     and (tg_op = 'DELETE' or new.depot_id is not null or new.produit_id is not null) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', 'profils_calcul', 'verbe', tg_op));
  end if;
  return coalesce(new, old);
end;
$$;
comment on function private.profils_calcul_garder_defaut() is
  'There is always a default profile. Raises ECRITURE_INTERDITE.';
grant execute on function private.profils_calcul_garder_defaut() to authenticated, service_role;

create trigger profils_calcul_before_write before update or delete on astm.profils_calcul
  for each row execute function private.profils_calcul_garder_defaut();

create function private.profils_calcul_journaliser() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.journaliser('PROFIL_CALCUL_MODIFIE', 'astm', 'WARNING', coalesce(new.id, old.id),
    coalesce(new.depot_id, old.depot_id), jsonb_build_object('avant', to_jsonb(old), 'apres', to_jsonb(new)));
  return null;
end;
$$;
comment on function private.profils_calcul_journaliser() is
  'Logs every change of a calculation profile: it changes the litres of the movements to come.';

create trigger profils_calcul_after_write after insert or update or delete on astm.profils_calcul
  for each row execute function private.profils_calcul_journaliser();

create table public.golden_cases (
  id uuid primary key default gen_random_uuid(),
  source text not null check (btrim(source) <> ''),
  reference text not null check (btrim(reference) <> ''),
  date_mesure date,
  produit_code text not null check (btrim(produit_code) <> ''),
  groupe_mpms text not null default 'B' check (groupe_mpms in ('A', 'B', 'D')),
  alpha_historique numeric(8,6) not null default 0.00085 check (alpha_historique > 0 and alpha_historique < 0.01),
  volume_observe_l numeric(15,3) not null check (volume_observe_l > 0),
  temperature_echantillon_c numeric(6,2) not null,
  temperature_produit_c numeric(6,2) not null,
  densite_observee_kgm3 numeric(8,2) not null check (densite_observee_kgm3 > 0),
  densite_15c_attendue_kgm3 numeric(8,2) check (densite_15c_attendue_kgm3 > 0),
  vcf_attendu numeric(8,6) check (vcf_attendu > 0),
  volume_15c_attendu_l numeric(15,3) not null check (volume_15c_attendu_l > 0),
  note text,
  created_at timestamptz not null default now(),
  unique (source, reference)
);
comment on table public.golden_cases is
  'Real trucks and what another application calculated for them, to compare the engine with. Tolerance ±5 L.';
comment on column public.golden_cases.source is 'Application the expected figures come from: SEP.';
comment on column public.golden_cases.reference is
  'Number of the case at its source; with source, what makes an import repeatable.';
comment on column public.golden_cases.date_mesure is 'Day of the measurement; null where the source does not give it.';
comment on column public.golden_cases.produit_code is
  'produits.code. Not a foreign key: a case outlives the reference data of a database.';
comment on column public.golden_cases.groupe_mpms is 'Product group of API MPMS 11.1: A crude, B refined, D lubricating.';
comment on column public.golden_cases.volume_observe_l is 'Litres as measured, at the product''s temperature.';
comment on column public.golden_cases.temperature_echantillon_c is '°C of the sample when its density was read.';
comment on column public.golden_cases.temperature_produit_c is '°C of the product when its volume was read.';
comment on column public.golden_cases.densite_observee_kgm3 is 'kg/m³ read on the hydrometer, not corrected.';
comment on column public.golden_cases.densite_15c_attendue_kgm3 is
  'Density at 15 °C the source gives, kg/m³; null: not given.';
comment on column public.golden_cases.vcf_attendu is 'Volume correction factor the source gives; null: not given.';
comment on column public.golden_cases.volume_15c_attendu_l is 'Litres at 15 °C the source gives: what is compared.';
comment on column public.golden_cases.alpha_historique is 'Expansion per °C that the old system''s formula has for this product.';
comment on column public.golden_cases.note is 'In French: what was printed, what was inferred.';

create trigger golden_cases_after_write after insert or update or delete on public.golden_cases
  for each row execute function private.journaliser_ligne('astm', 'CAS_REFERENCE', 'WARNING');

alter table astm.profils_calcul enable row level security;
alter table public.golden_cases enable row level security;
grant select, insert, update, delete on astm.profils_calcul to authenticated, service_role;
grant select, insert, update on public.golden_cases to authenticated;
grant select, insert, update, delete on public.golden_cases to service_role;

create policy profils_calcul_lecture on astm.profils_calcul for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[])
         or (depot_id is null and (select private.role()) is not null));
create policy profils_calcul_creation on astm.profils_calcul for insert to authenticated
  with check ((select private.peut('regler_calcul')));
create policy profils_calcul_modification on astm.profils_calcul for update to authenticated
  using ((select private.peut('regler_calcul'))) with check ((select private.peut('regler_calcul')));
create policy profils_calcul_suppression on astm.profils_calcul for delete to authenticated
  using ((select private.peut('regler_calcul')));

create policy golden_cases_lecture on public.golden_cases for select to authenticated
  using ((select private.role()) is not null);
create policy golden_cases_creation on public.golden_cases for insert to authenticated
  with check ((select private.peut('regler_calcul')));
create policy golden_cases_modification on public.golden_cases for update to authenticated
  using ((select private.peut('regler_calcul'))) with check ((select private.peut('regler_calcul')));

create policy profils_calcul_creation_second_facteur on astm.profils_calcul as restrictive for insert to authenticated
  with check ((select private.second_facteur_suffit()));
create policy profils_calcul_modification_second_facteur on astm.profils_calcul as restrictive for update to authenticated
  with check ((select private.second_facteur_suffit()));
create policy profils_calcul_suppression_second_facteur on astm.profils_calcul as restrictive for delete to authenticated
  using ((select private.second_facteur_suffit()));
create policy golden_cases_creation_second_facteur on public.golden_cases as restrictive for insert to authenticated
  with check ((select private.second_facteur_suffit()));
create policy golden_cases_modification_second_facteur on public.golden_cases as restrictive for update to authenticated
  with check ((select private.second_facteur_suffit()));

-- 080_volumes.sql
-- Volume at 15 °C: every movement gets its figure here and nowhere else.

create function private.exiger_mesures(
  p_table text, p_index_avant numeric, p_index_apres numeric, p_volume_ambiant numeric, p_volume_15c numeric,
  p_temperature_ambiante_c numeric, p_temperature_echantillon_c numeric, p_densite_observee_kgm3 numeric,
  p_densite_a_15_kgm3 numeric, p_vcf numeric
) returns boolean
language plpgsql immutable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_colonne text;
begin
  if coalesce(p_index_avant, 0) <@ '[0,1e12)'::numrange and coalesce(p_index_apres, 0) <@ '[0,1e12)'::numrange
     and coalesce(p_volume_ambiant, 0) < 1e9 and coalesce(p_volume_15c, 1) <@ '(0,1e9)'::numrange
     and coalesce(p_temperature_ambiante_c, 0) <@ '[-50,150]'::numrange
     and coalesce(p_temperature_echantillon_c, 0) <@ '[-50,150]'::numrange
     and coalesce(p_densite_observee_kgm3, 400) <@ '[400,1300]'::numrange
     and coalesce(p_densite_a_15_kgm3, 400) <@ '[400,1300]'::numrange
     and coalesce(p_vcf, 1) <@ '[0.5,1.5]'::numrange then
    return true;
  end if;
  v_colonne := case
    when not p_index_avant <@ '[0,1e12)'::numrange then 'index_avant'
    when not p_index_apres <@ '[0,1e12)'::numrange then 'index_apres'
    when not p_volume_ambiant < 1e9 then 'volume_ambiant'
    when not p_volume_15c <@ '(0,1e9)'::numrange then 'volume_corrige_15c'
    when not p_temperature_ambiante_c <@ '[-50,150]'::numrange then 'temperature_ambiante_c'
    when not p_temperature_echantillon_c <@ '[-50,150]'::numrange then 'temperature_echantillon_c'
    when not p_densite_observee_kgm3 <@ '[400,1300]'::numrange then 'densite_observee_kgm3'
    when not p_densite_a_15_kgm3 <@ '[400,1300]'::numrange then 'densite_a_15_kgm3'
    else 'vcf' end;
  raise check_violation using
    message = format('value of column %I is not one that a depot can measure', v_colonne),
    hint = format('Valeur impossible pour %s : vérifiez la saisie.', v_colonne),
    table = p_table, column = v_colonne;
end;
$$;
comment on function private.exiger_mesures(text, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric) is
  'For the check of a movement: true where every measure given is one that a depot can read (litres, °C, kg/m³; no product expands by half); raises 23514 naming the first column that is not. Ranges refuse NaN as well. One function, because each check''s text is read again at every statement.';
grant execute on function private.exiger_mesures(text, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric)
  to authenticated, service_role;

create function private.en_kgm3(p_densite numeric) returns numeric
language sql immutable
return case when p_densite > 0 and p_densite < 2 then round(p_densite * 1000, 4) else p_densite end;
comment on function private.en_kgm3(numeric) is
  'A density in kg/m³: below 2 it was written in kg/L. Inlined where it is used.';
grant execute on function private.en_kgm3(numeric) to authenticated, service_role;

create function private.ecart_admis(p_valeur numeric, p_autre numeric) returns numeric
language sql immutable
return least(0.5, 0.005 * least(abs(p_valeur), abs(p_autre)));
comment on function private.ecart_admis(numeric, numeric) is
  'How far apart two figures that say the same thing may be: half a unit and 0.5 %, whichever is less. Inlined where it is used.';

create function private.champ_volume(p_volume_ambiant numeric, p_volume_observe numeric) returns text
language sql immutable
return case when p_volume_ambiant is not null then 'volume_ambiant' when p_volume_observe is not null then 'volume_observe'
            else 'index_apres' end;
comment on function private.champ_volume(numeric, numeric) is 'The column that a clerk gave the volume in: a refusal of it names that one.';

create type private.mesures as (
  volume_ambiant numeric,
  champ_volume text,
  temperature_produit_c numeric,
  temperature_echantillon_c numeric,
  densite_observee_kgm3 numeric,
  densite_a_15_kgm3 numeric,
  densite_citerne_kgm3 numeric,
  volume_15c_client numeric
);
comment on type private.mesures is
  'What was measured of a movement: litres and the column that said them, °C of product and sample, density read on the sample, density at 15 °C that was sent, density at 15 °C that may serve in its place (the tank''s, for what leaves it), litres at 15 °C that the client computed. Densities in kg/m³.';

create type private.lieu as (
  citerne public.citernes,
  depot public.depots,
  produit public.produits,
  densite_melange_kgm3 numeric
);
comment on type private.lieu is
  'Where a movement takes place: tank, its depot, its product, density at 15 °C of what it holds in kg/m³. All null where the caller does not see the tank.';

create type private.volume_corrige as (
  volume_15c numeric,
  vcf numeric,
  densite_a_15_kgm3 numeric,
  methode_15c text,
  parametres_15c jsonb,
  avertissements jsonb
);
comment on type private.volume_corrige is
  'Litres at 15 °C, volume correction factor, density at 15 °C in kg/m³, the method that gave them, how it was set, and what the clerk should look at again.';

create function private.exiger_temperatures(p_mesures private.mesures, p_depot public.depots) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_champ text;
  v_temperature numeric;
begin
  if p_mesures.temperature_produit_c is null then
    perform private.refuser('TEMPERATURE_REQUISE', '{"champ": "temperature_ambiante_c"}');
  end if;
  if p_mesures.temperature_produit_c between p_depot.temperature_min_c and p_depot.temperature_max_c
     and coalesce(p_mesures.temperature_echantillon_c, p_mesures.temperature_produit_c)
         between p_depot.temperature_min_c and p_depot.temperature_max_c then
    return;
  end if;
  if p_mesures.temperature_produit_c between p_depot.temperature_min_c and p_depot.temperature_max_c then
    v_champ := 'temperature_echantillon_c';
    v_temperature := p_mesures.temperature_echantillon_c;
  else
    v_champ := 'temperature_ambiante_c';
    v_temperature := p_mesures.temperature_produit_c;
  end if;
  perform private.refuser('TEMPERATURE_HORS_PLAGE', jsonb_build_object('champ', v_champ, 'temperature', v_temperature,
    'min', p_depot.temperature_min_c, 'max', p_depot.temperature_max_c));
end;
$$;
comment on function private.exiger_temperatures(private.mesures, public.depots) is
  'The product''s temperature, and both within what the depot holds for plausible (°C). Raises TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE.';

create function private.exiger_densite_du_produit(p_densite_kgm3 numeric, p_produit public.produits) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  -- A bound that is not set bounds nothing.
  if p_densite_kgm3 < p_produit.densite_15_min or p_densite_kgm3 > p_produit.densite_15_max then
    perform private.refuser('DENSITE_HORS_PRODUIT', jsonb_build_object('produit', p_produit.nom,
      'densite_a_15_kgm3', p_densite_kgm3, 'minimum', p_produit.densite_15_min, 'maximum', p_produit.densite_15_max));
  end if;
end;
$$;
comment on function private.exiger_densite_du_produit(numeric, public.produits) is
  'Refuses a density at 15 °C (kg/m³) that the product cannot have. Raises DENSITE_HORS_PRODUIT.';

create function private.avertissements(p_mesures private.mesures, p_densite_a_15_kgm3 numeric, p_densite_melange_kgm3 numeric)
returns jsonb
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(jsonb_agg(a), '[]') from (
    select jsonb_build_object('code', 'TEMPERATURES_ECARTEES', 'phrase',
             format('L''échantillon (%s °C) et le produit (%s °C) ont plus de 10 °C d''écart : vérifiez les deux lectures.',
                    private.nombre_fr(p_mesures.temperature_echantillon_c), private.nombre_fr(p_mesures.temperature_produit_c)))
     where abs(p_mesures.temperature_echantillon_c - p_mesures.temperature_produit_c) > 10
    union all
    select jsonb_build_object('code', 'DENSITE_ECARTEE', 'phrase',
             format('La densité à 15 °C (%s kg/m³) s''écarte de plus de 3 kg/m³ de celle de la citerne (%s kg/m³) : vérifiez la lecture et le produit.',
                    private.nombre_fr(round(p_densite_a_15_kgm3, 1)), private.nombre_fr(round(p_densite_melange_kgm3, 1))))
     where abs(p_densite_a_15_kgm3 - p_densite_melange_kgm3) > 3) a (a)
$$;
comment on function private.avertissements(private.mesures, numeric, numeric) is
  'What is possible but unlikely, as [{code, phrase}]: sample and product more than 10 °C apart (TEMPERATURES_ECARTEES), density at 15 °C more than 3 kg/m³ from the tank''s (DENSITE_ECARTEE). Refuses nothing.';

create function private.calculer_norme(p_mesures private.mesures, p_produit public.produits, p_profil astm.profils_calcul)
returns private.volume_corrige
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  -- A density at 15 °C is one observed at 15 °C, without glass to correct: the same engine serves.
  v_a_15 constant numeric := coalesce(p_mesures.densite_a_15_kgm3, p_mesures.densite_citerne_kgm3);
  v_observee constant boolean := p_mesures.densite_observee_kgm3 is not null;
  v_corrige private.volume_corrige;
begin
  select round(c.volume_15c_l::numeric, 3), round(c.vcf::numeric, 8),
         case when v_observee then round(c.densite_15c_kgm3::numeric, 4) else v_a_15 end, p_profil.methode,
         jsonb_build_object('profil', p_profil.nom, 'groupe', p_produit.groupe_mpms, 'arrondir', p_profil.arrondir,
           'correction_verre', v_observee and p_profil.correction_verre,
           'densite', case when v_observee then 'OBSERVEE' when p_mesures.densite_a_15_kgm3 is not null then 'A_15' else 'CITERNE' end,
           'temperature_echantillon', case when p_mesures.temperature_echantillon_c is null and v_observee then 'PRODUIT' end)
    into v_corrige
    from astm.calculer_15c(p_produit.groupe_mpms, coalesce(p_mesures.densite_observee_kgm3, v_a_15),
           case when v_observee then coalesce(p_mesures.temperature_echantillon_c, p_mesures.temperature_produit_c) else 15 end,
           p_mesures.temperature_produit_c, p_mesures.volume_ambiant, p_profil.methode,
           v_observee and p_profil.correction_verre, 0, p_profil.arrondir) c;
  return v_corrige;
end;
$$;
comment on function private.calculer_norme(private.mesures, public.produits, astm.profils_calcul) is
  'The standard''s way, set by a profile. parametres_15c says which density served (OBSERVEE: read on the sample; A_15: sent as it is at 15 °C; CITERNE: that of the tank) and where the sample''s temperature is taken to be the product''s (PRODUIT). Raises DENSITE_OBSERVEE_REQUISE, ASTM_HORS_DOMAINE.';

create function private.volume_15c_norme(p_mesures private.mesures, p_lieu private.lieu) returns private.volume_corrige
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_corrige constant private.volume_corrige := private.calculer_norme(p_mesures, p_lieu.produit,
    astm.profil((p_lieu.depot).id, (p_lieu.produit).id));
begin
  perform private.exiger_densite_du_produit(v_corrige.densite_a_15_kgm3, p_lieu.produit);
  if v_corrige.volume_15c <= 0 then
    perform private.refuser('VOLUME_TROP_PETIT',
      jsonb_build_object('champ', p_mesures.champ_volume, 'volume', p_mesures.volume_ambiant));
  end if;
  return v_corrige;
end;
$$;
comment on function private.volume_15c_norme(private.mesures, private.lieu) is
  'The standard''s way at this tank. What the client computed does not count; the caller keeps it in the log. Raises DENSITE_OBSERVEE_REQUISE, ASTM_HORS_DOMAINE, DENSITE_HORS_PRODUIT, VOLUME_TROP_PETIT.';

create function private.densite_15_historique(p_mesures private.mesures, p_lieu private.lieu) returns numeric
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_mesures.densite_observee_kgm3 is null then
    return coalesce(p_mesures.densite_a_15_kgm3, p_mesures.densite_citerne_kgm3);
  end if;
  return (private.calculer_norme(p_mesures, p_lieu.produit,
            astm.profil((p_lieu.depot).id, (p_lieu.produit).id))).densite_a_15_kgm3;
exception
  -- The standard does not know this product (gas, additive): it never decided there, and so refuses nothing either.
  when sqlstate 'PT422' then
    return p_mesures.densite_a_15_kgm3;
end;
$$;
comment on function private.densite_15_historique(private.mesures, private.lieu) is
  'Density at 15 °C (kg/m³) of a movement whose volume the old way gives: from the one observed, else as sent, else the tank''s; null where none is known.';

create function private.volume_15c_historique(p_mesures private.mesures, p_lieu private.lieu) returns private.volume_corrige
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  c_ecart_admis constant numeric := 0.02;
  v_alpha constant numeric := (p_lieu.produit).alpha_historique;
  v_formule constant numeric := p_mesures.volume_ambiant * (1 - v_alpha * (p_mesures.temperature_produit_c - 15));
  v_densite constant numeric := private.densite_15_historique(p_mesures, p_lieu);
  v_volume numeric;
begin
  -- Not "beyond": NaN is beyond nothing.
  if (abs(p_mesures.volume_15c_client - v_formule) <= c_ecart_admis * v_formule) is false then
    perform private.refuser('VOLUME_15C_INCOHERENT', jsonb_build_object(
      'envoye', p_mesures.volume_15c_client, 'calcule', round(v_formule, 3)));
  end if;
  perform private.exiger_densite_du_produit(v_densite, p_lieu.produit);
  v_volume := round(coalesce(p_mesures.volume_15c_client, v_formule), 3);
  if v_volume <= 0 then
    perform private.refuser('VOLUME_TROP_PETIT',
      jsonb_build_object('champ', p_mesures.champ_volume, 'volume', p_mesures.volume_ambiant));
  end if;
  return (v_volume, round(v_volume / p_mesures.volume_ambiant, 8), v_densite, 'LEGACY',
          jsonb_build_object('du_client', p_mesures.volume_15c_client is not null, 'alpha', v_alpha),
          null)::private.volume_corrige;
end;
$$;
comment on function private.volume_15c_historique(private.mesures, private.lieu) is
  'The old system''s way: what the client sent, at most 2 % from the formula, or the formula: volume × (1 − α (T − 15)), α the product''s. Contract sections 6 and 7. Raises VOLUME_15C_INCOHERENT, DENSITE_HORS_PRODUIT, VOLUME_TROP_PETIT.';

create function private.volume_15c(p_mesures private.mesures, p_lieu private.lieu) returns private.volume_corrige
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_corrige private.volume_corrige;
begin
  perform private.exiger_temperatures(p_mesures, p_lieu.depot);
  if private.flag_actif('astm_53b', (p_lieu.depot).id) then
    v_corrige := private.volume_15c_norme(p_mesures, p_lieu);
  else
    v_corrige := private.volume_15c_historique(p_mesures, p_lieu);
  end if;
  v_corrige.avertissements := '[]';
  if abs(p_mesures.temperature_echantillon_c - p_mesures.temperature_produit_c) > 10
     or abs(v_corrige.densite_a_15_kgm3 - p_lieu.densite_melange_kgm3) > 3 then
    v_corrige.avertissements := private.avertissements(p_mesures, v_corrige.densite_a_15_kgm3, p_lieu.densite_melange_kgm3);
  end if;
  return v_corrige;
end;
$$;
comment on function private.volume_15c(private.mesures, private.lieu) is
  'Litres at 15 °C of a measured volume, by the way that flag astm_53b sets for this user at this depot. Raises TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, and what private.volume_15c_norme or private.volume_15c_historique raises.';

-- 082_comparaison.sql
-- The golden comparison: the engine beside what the field's application printed for the same trucks.

create function astm.tolerance_l() returns numeric
language sql immutable parallel safe
return 5;
comment on function astm.tolerance_l() is
  'Litres at 15 °C that may lie between what the field''s application printed and what the engine gives. Contract section 1 (SEP).';

create function astm.comparer(p_methode text default null, p_profil text default null)
returns table (
  source text, reference text, produit_code text, note text,
  volume_observe_l numeric, densite_15c_attendue_kgm3 numeric, vcf_attendu numeric, volume_15c_attendu_l numeric,
  densite_15c_kgm3 float8, vcf float8, volume_15c_l float8,
  ecart_l numeric, dans_tolerance boolean,
  ecart_une_temperature_l numeric, ecart_historique_l numeric
)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_profil astm.profils_calcul;
begin
  select * into v_profil from astm.profils_calcul p
   where case when p_profil is null then p.depot_id is null and p.produit_id is null else p.nom = p_profil end;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', format('le profil de calcul « %s »', p_profil)));
  end if;
  return query
    select g.source, g.reference, g.produit_code, g.note,
           g.volume_observe_l, g.densite_15c_attendue_kgm3, g.vcf_attendu, g.volume_15c_attendu_l,
           norme.densite_15c_kgm3, norme.vcf, norme.volume_15c_l,
           round(norme.volume_15c_l::numeric - g.volume_15c_attendu_l, 1),
           abs(norme.volume_15c_l::numeric - g.volume_15c_attendu_l) <= astm.tolerance_l(),
           round(raccourci.volume_15c_l::numeric - g.volume_15c_attendu_l, 1),
           round(g.volume_observe_l * (1 - g.alpha_historique * (g.temperature_produit_c - 15))
                 - g.volume_15c_attendu_l, 1)
      from public.golden_cases g
     cross join lateral astm.calculer_15c(
             g.groupe_mpms, g.densite_observee_kgm3, g.temperature_echantillon_c, g.temperature_produit_c,
             g.volume_observe_l, coalesce(p_methode, v_profil.methode), v_profil.correction_verre, 0,
             v_profil.arrondir) norme
     cross join lateral astm.calculer_15c(
             g.groupe_mpms, g.densite_observee_kgm3, g.temperature_echantillon_c, g.temperature_echantillon_c,
             g.volume_observe_l, coalesce(p_methode, v_profil.methode), v_profil.correction_verre, 0,
             v_profil.arrondir) raccourci
     order by g.source, length(g.reference), g.reference;
end;
$$;
comment on function astm.comparer(text, text) is
  'Every golden case by a profile (default: the default one) and a method (default: the profile''s): litres the engine gives minus litres expected, tolerance ±5 L; and the same gap for the shortcut of one temperature (the sample''s for both) and for the historical formula. Raises INTROUVABLE, ASTM_HORS_DOMAINE.';
grant execute on function astm.tolerance_l(), astm.comparer(text, text) to authenticated, service_role;

create function private.exiger_flag(p_key text) returns void
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if not private.flag_actif(p_key, (select p.depot_id from public.profils p where p.user_id = auth.uid())) then
    perform private.refuser('FLAG_INACTIF', jsonb_build_object('key', p_key));
  end if;
end;
$$;
comment on function private.exiger_flag(text) is
  'Refuses with FLAG_INACTIF where a flag is off for the calling user at their depot.';
grant execute on function private.exiger_flag(text) to authenticated;

-- 090_receptions.sql
-- Réception: fuel measured into a tank. Inserted means validated; never changed afterwards.

create table public.receptions (
  id uuid primary key default private.nouvel_id(),
  cours_de_route_id uuid references public.cours_de_route (id),
  citerne_id uuid not null references public.citernes (id),
  produit_id uuid not null references public.produits (id),
  depot_id uuid not null references public.depots (id),
  partenaire_id uuid references public.partenaires (id),
  proprietaire_type text not null default 'MONALUXE' check (proprietaire_type in ('MONALUXE', 'PARTENAIRE')),
  index_avant numeric(15,3),
  index_apres numeric(15,3),
  volume_ambiant numeric(15,3) not null check (volume_ambiant > 0),
  volume_observe numeric(15,3) check (volume_observe > 0 and volume_observe < 1e9),
  temperature_ambiante_c numeric(6,2),
  temperature_echantillon_c numeric(6,2),
  densite_observee_kgm3 numeric(10,6),
  densite_a_15 numeric(10,6),
  densite_a_15_kgm3 numeric(10,6),
  vcf numeric(12,8),
  methode_15c text not null,
  parametres_15c jsonb not null,
  volume_15c numeric(15,3) not null,
  volume_corrige_15c numeric(15,3) not null check (volume_corrige_15c = volume_15c),
  date_reception date not null check (date_reception >= '2020-01-01'),
  avertissements jsonb not null default '[]',
  statut text not null default 'validee' check (statut in ('validee', 'rejetee')),
  note text,
  created_by uuid not null references auth.users (id),
  validated_by uuid references auth.users (id),
  created_at timestamptz not null default now(),
  unique (cours_de_route_id, citerne_id),
  check (private.exiger_mesures('receptions', index_avant, index_apres, volume_ambiant, volume_15c,
    temperature_ambiante_c, temperature_echantillon_c, densite_observee_kgm3, densite_a_15_kgm3, vcf)),
  check (proprietaire_type <> 'PARTENAIRE' or partenaire_id is not null)
);
comment on table public.receptions is 'Fuel measured into a tank: credits stock and closes its CDR. One truck may fill several tanks, in one statement. Immutable.';
comment on column public.receptions.cours_de_route_id is 'The truck that brought it; null for a partner''s fuel that came without one.';
comment on column public.receptions.depot_id is 'Depot of the tank; written by the database.';
comment on column public.receptions.volume_ambiant is 'Litres as measured: sent, or the difference of the two meter indices.';
comment on column public.receptions.volume_observe is 'Litres as read at the meter; the same figure as volume_ambiant where only one was sent.';
comment on column public.receptions.temperature_ambiante_c is 'Temperature of the product in the tank or truck, °C: the volume is corrected from it.';
comment on column public.receptions.temperature_echantillon_c is 'Temperature of the sample whose density was read, °C.';
comment on column public.receptions.densite_observee_kgm3 is 'Density read on the sample, kg/m³. One sent in kg/L (below 2) is multiplied by 1000: six decimals, so that none is lost before.';
comment on column public.receptions.densite_a_15_kgm3 is 'Density at 15 °C, kg/m³; densite_a_15 is the same figure under its older name.';
comment on column public.receptions.vcf is 'Volume correction factor to 15 °C that was used.';
comment on column public.receptions.methode_15c is 'Method that gave volume_15c: LEGACY or the name of a standard.';
comment on column public.receptions.parametres_15c is 'How the method was set, and what the client had computed: with the measures, all it takes to compute volume_15c again.';
comment on column public.receptions.avertissements is 'What was possible but unlikely when it was written, [{code, phrase}]: see private.avertissements.';
comment on column public.receptions.volume_15c is 'Litres at 15 °C; volume_corrige_15c is the same figure under its older name.';
comment on column public.receptions.date_reception is 'Day in the depot''s time zone; may lie in the past, never in the future.';
create index receptions_citerne_idx on public.receptions (citerne_id, date_reception desc);
create index receptions_depot_idx on public.receptions (depot_id, date_reception desc);
create index receptions_page_idx on public.receptions (date_reception desc, id desc);
create index receptions_produit_id_idx on public.receptions (produit_id);
create index receptions_partenaire_id_idx on public.receptions (partenaire_id);
create index receptions_created_by_idx on public.receptions (created_by);
create index receptions_validated_by_idx on public.receptions (validated_by);

create function private.exiger_accord(p_champ text, p_valeur numeric, p_autre text, p_autre_valeur numeric) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if abs(p_valeur - p_autre_valeur) > private.ecart_admis(p_valeur, p_autre_valeur) then
    perform private.refuser('MESURES_INCOHERENTES', jsonb_build_object(
      'champ', p_champ, 'valeur', p_valeur, 'autre', p_autre, 'autre_valeur', p_autre_valeur));
  end if;
end;
$$;
comment on function private.exiger_accord(text, numeric, text, numeric) is
  'Two columns that say the same thing agree, where both were sent. Raises MESURES_INCOHERENTES.';

create function private.volume_mesure(
  p_volume numeric, p_volume_observe numeric, p_index_avant numeric, p_index_apres numeric
) returns numeric
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_indices constant numeric := p_index_apres - p_index_avant;
  v_volume constant numeric := coalesce(p_volume, p_volume_observe, v_indices);
begin
  if (p_index_avant is null) <> (p_index_apres is null) or v_volume is null then
    perform private.refuser('INDICES_MANQUANTS');
  end if;
  if v_indices <= 0 or abs(v_indices - v_volume) > private.ecart_admis(v_indices, v_volume) then
    perform private.refuser('INDEX_INCOHERENTS',
      jsonb_build_object('index_avant', p_index_avant, 'index_apres', p_index_apres, 'volume_ambiant', v_volume));
  end if;
  if v_volume <= 0 then
    perform private.refuser('VOLUME_AMBIANT_NON_POSITIF', jsonb_build_object(
      'champ', private.champ_volume(p_volume, p_volume_observe), 'volume_ambiant', v_volume));
  end if;
  perform private.exiger_accord('volume_ambiant', p_volume, 'volume_observe', p_volume_observe);
  return v_volume;
end;
$$;
comment on function private.volume_mesure(numeric, numeric, numeric, numeric) is
  'Litres measured: the volume sent, or observed, or the difference of the indices; those that are there must agree to half a litre and to 0.5 %. Raises INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, MESURES_INCOHERENTES.';

create function private.lieu(p_citerne_id uuid, p_depots uuid[]) returns private.lieu
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lieu private.lieu;
begin
  select c, d, p, (select max(s.densite_melange_kgm3) from public.stocks_snapshot s where s.citerne_id = c.id)
    into v_lieu.citerne, v_lieu.depot, v_lieu.produit, v_lieu.densite_melange_kgm3
    from public.citernes c
    join public.depots d on d.id = c.depot_id
    join public.produits p on p.id = c.produit_id
   where c.id = p_citerne_id and c.depot_id = any (p_depots);
  return v_lieu;
end;
$$;
comment on function private.lieu(uuid, uuid[]) is
  'The tank with all that its movements are measured by, among these depots; all null where it is not one of theirs.';

create function private.exiger_citerne(p_citerne public.citernes, p_citerne_id uuid, p_produit_id uuid) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_citerne.statut = 'active' and p_citerne.produit_id = p_produit_id then
    return;
  end if;
  perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_citerne_id));
end;
$$;
comment on function private.exiger_citerne(public.citernes, uuid, uuid) is
  'Refuses a tank that was not found (null), is not active or holds another product (CITERNE_INACTIVE_OR_INCOMPATIBLE).';

create function private.lieu_pour_mouvement(p_citerne_id uuid, p_produit_id uuid) returns private.lieu
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lieu constant private.lieu := private.lieu(p_citerne_id, private.depots_visibles());
begin
  perform private.exiger_citerne(v_lieu.citerne, p_citerne_id, coalesce(p_produit_id, (v_lieu.citerne).produit_id));
  return v_lieu;
end;
$$;
comment on function private.lieu_pour_mouvement(uuid, uuid) is
  'The tank, active, of that product where one is said, in a depot the caller sees. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE.';

create function private.camion_a_recevoir(p_cours_de_route_id uuid, p_proprietaire_type text) returns public.cours_de_route
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_cdr public.cours_de_route;
begin
  if p_cours_de_route_id is null then
    -- A partner's own trucks are none of ours.
    if p_proprietaire_type is distinct from 'PARTENAIRE' then
      perform private.refuser('CDR_REQUIS');
    end if;
    return null;
  end if;
  select * into v_cdr from public.cours_de_route c
   where c.id = p_cours_de_route_id and c.depot_destination_id = any (private.depots_visibles())
     for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce cours de route'));
  end if;
  if v_cdr.statut <> 'ARRIVE' then
    perform private.refuser('CDR_NON_ARRIVE', jsonb_build_object('statut', v_cdr.statut));
  end if;
  return v_cdr;
end;
$$;
comment on function private.camion_a_recevoir(uuid, text) is
  'The truck that brings a réception, locked; null for a partner''s fuel that comes without one. Raises CDR_REQUIS, INTROUVABLE, CDR_NON_ARRIVE.';

create function private.mesures_de(p_reception public.receptions) returns private.mesures
language sql immutable
return row(
  p_reception.volume_ambiant, private.champ_volume(p_reception.volume_ambiant, p_reception.volume_observe),
  p_reception.temperature_ambiante_c, p_reception.temperature_echantillon_c, p_reception.densite_observee_kgm3,
  p_reception.densite_a_15_kgm3, null, coalesce(p_reception.volume_corrige_15c, p_reception.volume_15c))::private.mesures;
comment on function private.mesures_de(public.receptions) is
  'What was measured of a réception, as sent. The tank''s density does not serve: it is what was there before.';

create function private.receptions_avant_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_cdr public.cours_de_route;
  v_lieu private.lieu;
  v_aujourdhui date;
  v_mesures private.mesures;
  v_corrige private.volume_corrige;
begin
  perform private.exiger('ecrire_reception');

  v_cdr := private.camion_a_recevoir(new.cours_de_route_id, new.proprietaire_type);
  v_lieu := private.lieu_pour_mouvement(new.citerne_id, coalesce(new.produit_id, v_cdr.produit_id));
  new.produit_id := (v_lieu.citerne).produit_id;
  if new.produit_id <> v_cdr.produit_id or (v_lieu.depot).id <> v_cdr.depot_destination_id then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', new.citerne_id));
  end if;
  if new.proprietaire_type = 'PARTENAIRE' and new.partenaire_id is null then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;

  v_aujourdhui := private.jour_local((v_lieu.depot).fuseau, now());
  new.date_reception := coalesce(new.date_reception, v_aujourdhui);
  if new.date_reception > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;

  new.densite_observee_kgm3 := private.en_kgm3(new.densite_observee_kgm3);
  new.densite_a_15 := private.en_kgm3(new.densite_a_15);
  new.densite_a_15_kgm3 := private.en_kgm3(new.densite_a_15_kgm3);
  perform private.exiger_accord('densite_a_15', new.densite_a_15, 'densite_a_15_kgm3', new.densite_a_15_kgm3);
  perform private.exiger_accord('volume_15c', new.volume_15c, 'volume_corrige_15c', new.volume_corrige_15c);
  new.densite_a_15_kgm3 := coalesce(new.densite_a_15_kgm3, new.densite_a_15);
  v_mesures := private.mesures_de(new);
  v_mesures.volume_ambiant := private.volume_mesure(
    new.volume_ambiant, new.volume_observe, new.index_avant, new.index_apres);
  v_corrige := private.volume_15c(v_mesures, v_lieu);

  new.volume_ambiant := v_mesures.volume_ambiant;
  new.volume_observe := coalesce(new.volume_observe, new.volume_ambiant);
  -- No meter was read: the client's model wants two numbers, and these differ by the volume.
  new.index_avant := coalesce(new.index_avant, 0);
  new.index_apres := coalesce(new.index_apres, new.volume_ambiant);
  new.volume_15c := v_corrige.volume_15c;
  new.volume_corrige_15c := v_corrige.volume_15c;
  new.vcf := v_corrige.vcf;
  new.methode_15c := v_corrige.methode_15c;
  new.parametres_15c := v_corrige.parametres_15c || jsonb_build_object('volume_15c_client', v_mesures.volume_15c_client);
  new.avertissements := v_corrige.avertissements;
  new.densite_a_15_kgm3 := v_corrige.densite_a_15_kgm3;
  new.densite_a_15 := v_corrige.densite_a_15_kgm3;

  new.depot_id := (v_lieu.depot).id;
  new.statut := 'validee';
  new.created_by := auth.uid();
  new.validated_by := auth.uid();
  new.created_at := now();

  return new;
end;
$$;
comment on function private.receptions_avant_insert() is
  'Checks and completes a réception, in the order a clerk would: role, CDR, tank, owner, day, volume, volume at 15 °C. Locks the CDR. Raises ROLE_FORBIDDEN, CDR_REQUIS, INTROUVABLE, CDR_NON_ARRIVE, CITERNE_INACTIVE_OR_INCOMPATIBLE, PARTENAIRE_REQUIS, DATE_FUTURE, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, MESURES_INCOHERENTES, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, DENSITE_OBSERVEE_REQUISE, DENSITE_HORS_PRODUIT, ASTM_HORS_DOMAINE, VOLUME_15C_INCOHERENT, VOLUME_TROP_PETIT.';

create function private.exiger_place(p_citerne_id uuid, p_volume numeric) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_capacite numeric;
  v_stock numeric;
begin
  perform private.verrouiller_citernes(p_citerne_id);
  select c.capacite_totale, coalesce(sum(s.stock_ambiant), 0) into v_capacite, v_stock
    from public.citernes c left join public.stocks_snapshot s on s.citerne_id = c.id
   where c.id = p_citerne_id group by c.id;
  if v_stock + p_volume > v_capacite then
    perform private.refuser('CITERNE_PLEINE', jsonb_build_object(
      'volume', p_volume, 'libre', greatest(v_capacite - v_stock, 0), 'capacite_totale', v_capacite));
  end if;
end;
$$;
comment on function private.exiger_place(uuid, numeric) is
  'Locks the tank and refuses litres it has no room for, all owners together (CITERNE_PLEINE).';

-- After the statement and not before each row: rows of one statement are all checked before any is written, so only
-- here does each see what the one before it did, and can all their tanks be locked in one order.
create function private.receptions_apres_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_reception public.receptions;
begin
  perform private.verrouiller_citernes(variadic array(select n.citerne_id from nouvelles n));
  for v_reception in select * from nouvelles n order by n.citerne_id loop
    perform private.exiger_place(v_reception.citerne_id, v_reception.volume_ambiant);
    perform private.appliquer_mouvement(v_reception.citerne_id, v_reception.produit_id, v_reception.depot_id,
      v_reception.proprietaire_type, v_reception.date_reception, v_reception.volume_ambiant, v_reception.volume_15c);
    perform private.melanger(v_reception.citerne_id, v_reception.densite_a_15_kgm3, v_reception.volume_15c);
    perform private.journaliser('RECEPTION_CREEE', 'receptions', 'INFO', v_reception.id, v_reception.depot_id,
      jsonb_build_object('citerne_id', v_reception.citerne_id, 'produit_id', v_reception.produit_id,
        'cours_de_route_id', v_reception.cours_de_route_id,
        'proprietaire_type', v_reception.proprietaire_type, 'volume_ambiant', v_reception.volume_ambiant,
        'volume_15c', v_reception.volume_15c, 'methode_15c', v_reception.methode_15c,
        'parametres_15c', v_reception.parametres_15c, 'avertissements', v_reception.avertissements,
        'date_reception', v_reception.date_reception));
  end loop;
  update public.cours_de_route c set statut = 'DECHARGE'
   where c.id in (select n.cours_de_route_id from nouvelles n);
  return null;
end;
$$;
comment on function private.receptions_apres_insert() is
  'Each réception of the statement: is there room? Then credits the stock, logs RECEPTION_CREEE. Last, closes each CDR, once: one truck may fill several tanks, in one act. Raises CITERNE_PLEINE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

create function public.receptions_block_update_delete() returns trigger
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  -- The flag alone opens nothing: the writer must also be the table's owner, as the project's functions are.
  if current_setting('app.receptions_allow_write', true) is distinct from '1'
     or not private.possede(tg_relid) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return case tg_op when 'UPDATE' then new when 'DELETE' then old end;
end;
$$;
comment on function public.receptions_block_update_delete() is
  'Refuses every update, delete and truncate of a réception (ECRITURE_INTERDITE), except to the table''s owner in a transaction with app.receptions_allow_write = 1.';
revoke execute on function public.receptions_block_update_delete() from public, anon;
grant execute on function public.receptions_block_update_delete() to service_role;

create trigger receptions_before_insert before insert on public.receptions
  for each row execute function private.receptions_avant_insert();
create trigger receptions_after_insert after insert on public.receptions
  referencing new table as nouvelles for each statement execute function private.receptions_apres_insert();
create trigger receptions_block before update or delete on public.receptions
  for each row execute function public.receptions_block_update_delete();
create trigger receptions_after_write after update or delete on public.receptions
  for each row execute function private.journaliser_ligne('receptions', 'RECEPTION_FORCEE', 'CRITICAL', 'E');
create trigger receptions_block_truncate before truncate on public.receptions
  for each statement execute function public.receptions_block_update_delete();

create function public.validate_reception(p_reception_id uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform private.exiger('ecrire_reception');
  if not exists (select from public.receptions r where r.id = p_reception_id and r.statut = 'validee'
                 and r.depot_id = any (private.depots_visibles())) then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_reception_id), 404);
  end if;
end;
$$;
comment on function public.validate_reception(uuid) is
  'Kept for older clients: a réception is validated when it is inserted, so this changes nothing. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE.';
revoke execute on function public.validate_reception(uuid) from public, anon;
grant execute on function public.validate_reception(uuid) to authenticated;

alter table public.receptions enable row level security;
grant select on public.receptions to authenticated;
-- Of created_by and validated_by the client says null: they are whoever is asking, whatever is sent.
grant insert (id, cours_de_route_id, citerne_id, produit_id, partenaire_id, proprietaire_type, index_avant, index_apres, volume_ambiant, volume_observe, volume_15c,
              volume_corrige_15c, temperature_ambiante_c, temperature_echantillon_c, densite_observee_kgm3, densite_a_15,
              densite_a_15_kgm3, date_reception, statut, note, created_by, validated_by)
  on public.receptions to authenticated;
grant select, insert, update, delete on public.receptions to service_role;
create policy receptions_lecture on public.receptions for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
create policy receptions_creation on public.receptions for insert to authenticated
  with check (depot_id = any ((select private.depots_ou('ecrire_reception'))::uuid[]));

-- 100_sorties.sql
-- Sortie: fuel measured out of a tank, for a client or a partner.
--
--   brouillon → validee   (validate_sortie: locks, checks, debits, logs)
--             ↘ rejetee   (rejeter_sortie)
--
-- A draft is what a clerk wrote; it moves no litre. Everything is checked when it is validated.

create function private.sortie_entiere(
  p_statut text, p_proprietaire_type text, p_volume_ambiant numeric, p_volume_15c numeric, p_volume_corrige_15c numeric,
  p_methode_15c text, p_validated_by uuid, p_client_id uuid, p_partenaire_id uuid, p_chauffeur_nom text,
  p_plaque_camion text, p_plaque_remorque text, p_transporteur text, p_note text, p_motif_rejet text
) returns boolean
language plpgsql immutable
set search_path = pg_catalog, pg_temp
as $$
begin
  if greatest(char_length(p_chauffeur_nom), char_length(p_plaque_camion), char_length(p_plaque_remorque),
              char_length(p_transporteur), char_length(p_note), char_length(p_motif_rejet)) > 2000 then
    raise check_violation using message = 'value too long for a text of sorties_produit: 2000 characters at most',
      hint = 'Texte trop long : 2000 caractères au plus.', table = 'sorties_produit', column = case
        when char_length(p_note) > 2000 then 'note'
        when char_length(p_motif_rejet) > 2000 then 'motif_rejet'
        when char_length(p_chauffeur_nom) > 2000 then 'chauffeur_nom'
        when char_length(p_transporteur) > 2000 then 'transporteur'
        when char_length(p_plaque_camion) > 2000 then 'plaque_camion'
        else 'plaque_remorque' end;
  end if;
  return p_proprietaire_type in ('MONALUXE', 'PARTENAIRE')
    and (p_statut in ('brouillon', 'rejetee')
         or (p_statut = 'validee' and p_volume_ambiant > 0 and p_volume_corrige_15c = p_volume_15c
             and num_nulls(p_volume_ambiant, p_volume_15c, p_methode_15c, p_validated_by) = 0
             and num_nonnulls(p_client_id, p_partenaire_id) > 0));
end;
$$;
comment on function private.sortie_entiere(text, text, numeric, numeric, numeric, text, uuid, uuid, uuid, text, text, text, text, text, text) is
  'For the check of a sortie: a known state and owner; texts of a page at most; once validated, both volumes, the method, who validated it and for whom it is. Raises 23514 naming the text that is too long.';
grant execute on function private.sortie_entiere(text, text, numeric, numeric, numeric, text, uuid, uuid, uuid, text, text, text, text, text, text)
  to authenticated, service_role;

create table public.sorties_produit (
  id uuid primary key default private.nouvel_id(),
  citerne_id uuid not null references public.citernes (id),
  produit_id uuid not null references public.produits (id),
  depot_id uuid not null,
  client_id uuid references public.clients (id),
  partenaire_id uuid references public.partenaires (id),
  proprietaire_type text not null default 'MONALUXE',
  index_avant numeric(15,3),
  index_apres numeric(15,3),
  volume_ambiant numeric(15,3),
  temperature_ambiante_c numeric(6,2),
  temperature_echantillon_c numeric(6,2),
  densite_observee_kgm3 numeric(10,6),
  densite_a_15 numeric(10,6),
  densite_a_15_kgm3 numeric(10,6),
  vcf numeric(12,8),
  methode_15c text,
  parametres_15c jsonb,
  avertissements jsonb not null default '[]',
  volume_15c numeric(15,3),
  volume_corrige_15c numeric(15,3),
  date_sortie timestamptz not null default now() check (date_sortie >= '2020-01-01'),
  date_jour date not null,
  statut text not null default 'brouillon',
  chauffeur_nom text,
  plaque_camion text,
  plaque_remorque text,
  transporteur text,
  note text,
  motif_rejet text,
  version int not null default 1,
  created_by uuid not null references auth.users (id),
  validated_by uuid references auth.users (id),
  updated_by uuid,
  updated_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  check (private.exiger_mesures('sorties_produit', index_avant, index_apres, volume_ambiant, volume_15c,
    temperature_ambiante_c, temperature_echantillon_c, densite_observee_kgm3, densite_a_15_kgm3, vcf)),
  constraint sorties_produit_statut_check check (private.sortie_entiere(statut, proprietaire_type, volume_ambiant, volume_15c,
    volume_corrige_15c, methode_15c, validated_by, client_id, partenaire_id, chauffeur_nom, plaque_camion, plaque_remorque,
    transporteur, note, motif_rejet))
)
-- Room for the version that validating writes, on the page of the draft.
with (fillfactor = 80);
comment on table public.sorties_produit is 'Fuel measured out of a tank. A draft until validate_sortie or rejeter_sortie; immutable afterwards.';
comment on column public.sorties_produit.depot_id is 'Depot of the tank; written by the database, so that the tank''s own reference to it is enough.';
comment on column public.sorties_produit.volume_ambiant is 'Litres as measured; from the meter indices at validation where not given.';
comment on column public.sorties_produit.temperature_ambiante_c is 'Temperature of the product, °C: the volume is corrected from it.';
comment on column public.sorties_produit.temperature_echantillon_c is 'Temperature of the sample whose density was read, °C.';
comment on column public.sorties_produit.densite_observee_kgm3 is 'Density read on the sample, kg/m³. One sent in kg/L (below 2) is multiplied by 1000: six decimals, so that none is lost before.';
comment on column public.sorties_produit.densite_a_15_kgm3 is 'Density at 15 °C, kg/m³; densite_a_15 is the same figure under its older name.';
comment on column public.sorties_produit.vcf is 'Volume correction factor to 15 °C that was used.';
comment on column public.sorties_produit.methode_15c is 'Method that gave volume_15c; null on a draft.';
comment on column public.sorties_produit.parametres_15c is 'How the method was set, and what the client had computed: with the measures, all it takes to compute volume_15c again.';
comment on column public.sorties_produit.avertissements is 'What was possible but unlikely when it was validated, [{code, phrase}]: see private.avertissements; empty on a draft.';
comment on column public.sorties_produit.volume_15c is 'Litres at 15 °C: on a draft what the client sent, once validated what the database computed.';
comment on column public.sorties_produit.volume_corrige_15c is 'volume_15c under its older name: always the same figure.';
comment on column public.sorties_produit.date_sortie is 'Moment of the sortie: its day at the depot decides the day of stock. Never in the future.';
comment on column public.sorties_produit.date_jour is 'Day of date_sortie at the depot, the day of stock; written by the database.';
comment on column public.sorties_produit.motif_rejet is 'Why it was rejected.';
comment on column public.sorties_produit.version is 'Counts the changes of the draft, from 1: what was validated is the draft of this version. Written by the database.';
comment on column public.sorties_produit.updated_by is 'Who last changed the draft. Not a foreign key, as in the log.';
comment on column public.sorties_produit.updated_at is 'When the draft was last changed.';
create index sorties_produit_citerne_idx on public.sorties_produit (citerne_id, date_jour desc);
create index sorties_produit_page_idx on public.sorties_produit (date_jour desc, id desc);
create index sorties_produit_client_id_idx on public.sorties_produit (client_id);
-- BRIN, for deleting what they refer to: an account, a partner or a product, seldom. A tree would cost every sortie an entry, and
-- one on validated_by, which validating writes, would cost it an entry in each of the others too (no HOT update).
create index sorties_produit_produit_id_idx on public.sorties_produit using brin (produit_id);
create index sorties_produit_partenaire_id_idx on public.sorties_produit using brin (partenaire_id);
create index sorties_produit_created_by_idx on public.sorties_produit using brin (created_by);
create index sorties_produit_validated_by_idx on public.sorties_produit using brin (validated_by);

create function private.completer_brouillon(
  p_sortie public.sorties_produit, p_auteur uuid, p_lieu private.lieu
) returns public.sorties_produit
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if (p_lieu.citerne).id is null then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_sortie.citerne_id));
  end if;
  p_sortie.depot_id := (p_lieu.citerne).depot_id;
  p_sortie.produit_id := coalesce(p_sortie.produit_id, (p_lieu.citerne).produit_id);
  p_sortie.date_sortie := coalesce(p_sortie.date_sortie, now());
  p_sortie.date_jour := private.jour_local((p_lieu.depot).fuseau, p_sortie.date_sortie);
  p_sortie.densite_observee_kgm3 := private.en_kgm3(p_sortie.densite_observee_kgm3);
  p_sortie.densite_a_15 := private.en_kgm3(p_sortie.densite_a_15);
  p_sortie.densite_a_15_kgm3 := private.en_kgm3(p_sortie.densite_a_15_kgm3);
  perform private.exiger_accord('densite_a_15', p_sortie.densite_a_15, 'densite_a_15_kgm3', p_sortie.densite_a_15_kgm3);
  perform private.exiger_accord('volume_15c', p_sortie.volume_15c, 'volume_corrige_15c', p_sortie.volume_corrige_15c);
  p_sortie.volume_15c := coalesce(p_sortie.volume_corrige_15c, p_sortie.volume_15c);
  p_sortie.volume_corrige_15c := p_sortie.volume_15c;
  p_sortie.densite_a_15_kgm3 := coalesce(p_sortie.densite_a_15_kgm3, p_sortie.densite_a_15);
  p_sortie.densite_a_15 := p_sortie.densite_a_15_kgm3;
  p_sortie.vcf := null;
  p_sortie.methode_15c := null;
  p_sortie.parametres_15c := null;
  p_sortie.avertissements := '[]';
  p_sortie.motif_rejet := null;
  p_sortie.version := 1;
  p_sortie.created_by := p_auteur;
  p_sortie.validated_by := null;
  p_sortie.updated_by := p_auteur;
  p_sortie.updated_at := now();
  p_sortie.created_at := now();
  return p_sortie;
end;
$$;
comment on function private.completer_brouillon(public.sorties_produit, uuid, private.lieu) is
  'A draft with what the server writes of it: product, depot, day, author, densities in kg/m³. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE, MESURES_INCOHERENTES.';

create function private.nouveau_brouillon(p_sortie public.sorties_produit) returns public.sorties_produit
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('ecrire_sortie');
begin
  return private.completer_brouillon(p_sortie, v_acteur.user_id, private.lieu(p_sortie.citerne_id, v_acteur.depots));
end;
$$;
comment on function private.nouveau_brouillon(public.sorties_produit) is
  'A draft of the calling user, completed. Moves nothing. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, MESURES_INCOHERENTES.';
grant execute on function private.nouveau_brouillon(public.sorties_produit) to authenticated, service_role;

create function private.sortie_a_valider(p_id uuid, p_depot_id uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if not private.flag_actif('sortie_directe_compat', p_depot_id) then
    perform private.refuser('SORTIE_VALIDATION_DIRECTE_INTERDITE');
  end if;
  -- What an operateur could not validate stays a draft, for somebody who can: the app of today has no other way to write.
  if private.peut('valider_sortie') then
    perform set_config('app.sorties_a_valider', concat_ws(' ', current_setting('app.sorties_a_valider', true), p_id), true);
  end if;
end;
$$;
comment on function private.sortie_a_valider(uuid, uuid) is
  'A sortie that is inserted as validated, under flag sortie_directe_compat: by who may validate, it is noted for the path of validate_sortie once inserted; by an operateur, it stays a draft. Raises SORTIE_VALIDATION_DIRECTE_INTERDITE.';
grant execute on function private.sortie_a_valider(uuid, uuid) to authenticated, service_role;

-- Not SECURITY DEFINER: it must see who is inserting.
create function private.sorties_avant_insert() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- creer_et_valider_sortie brings a row that is complete and debited. As for an update, the flag alone opens nothing.
  if new.statut = 'validee' and current_setting('app.sorties_produit_allow_write', true) = '1'
     and private.possede(tg_relid) then
    return new;
  end if;
  new := private.nouveau_brouillon(new);
  if new.statut <> 'brouillon' then
    if new.statut <> 'validee' then
      perform private.refuser('SORTIE_VALIDATION_DIRECTE_INTERDITE');
    end if;
    perform private.sortie_a_valider(new.id, new.depot_id);
    new.statut := 'brouillon';
  end if;
  return new;
end;
$$;
comment on function private.sorties_avant_insert() is
  'Completes a draft: tank the caller sees, columns of the server. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, MESURES_INCOHERENTES, SORTIE_VALIDATION_DIRECTE_INTERDITE.';
grant execute on function private.sorties_avant_insert() to authenticated, service_role;

create function private.sorties_apres_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.journaliser('{SORTIE_CREEE}'::text[], 'sorties', 'INFO', new.id, new.depot_id,
    jsonb_build_object('citerne_id', new.citerne_id, 'volume_ambiant', new.volume_ambiant));
  return null;
end;
$$;
comment on function private.sorties_apres_insert() is 'Logs SORTIE_CREEE.';

-- After the statement and not each row: only here can the tanks of all its sorties be locked in one order.
create function private.sorties_valider_directes() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ids uuid[];
  v_id uuid;
begin
  if coalesce(current_setting('app.sorties_a_valider', true), '') = '' then
    return null;
  end if;
  v_ids := string_to_array(btrim(current_setting('app.sorties_a_valider')), ' ');
  perform set_config('app.sorties_a_valider', '', true);
  perform private.verrouiller_citernes(variadic array(
    select s.citerne_id from public.sorties_produit s where s.id = any (v_ids)));
  foreach v_id in array v_ids loop
    perform public.validate_sortie(v_id);
  end loop;
  return null;
end;
$$;
comment on function private.sorties_valider_directes() is
  'Under the flag sortie_directe_compat, sends what an older client inserted as validated down the path of validate_sortie. Raises what validate_sortie raises.';

-- 101_validate_sortie.sql
-- The functions of the sorties that production replaces by name: this file alone makes them again, as often as it is
-- run, and touches no trigger and no policy.

create or replace function private.exiger_stock(p_sortie public.sorties_produit) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock public.stocks_snapshot;
begin
  select * into v_stock from public.stocks_snapshot s
   where s.citerne_id = p_sortie.citerne_id and s.produit_id = p_sortie.produit_id
     and s.proprietaire_type = p_sortie.proprietaire_type;
  if not found then
    perform private.refuser(
      case when exists (select from public.stocks_snapshot) then 'SORTIE_STOCK_INTROUVABLE' else 'SNAPSHOT_VIDE' end,
      jsonb_build_object('citerne_id', p_sortie.citerne_id, 'produit_id', p_sortie.produit_id,
      'date_sortie', p_sortie.date_sortie, 'proprietaire_type', p_sortie.proprietaire_type));
  end if;
  if p_sortie.volume_ambiant > v_stock.stock_ambiant then
    perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object(
      'mesure', 'volume ambiant', 'demande', p_sortie.volume_ambiant, 'disponible', v_stock.stock_ambiant));
  end if;
  if p_sortie.volume_15c > v_stock.stock_15c then
    perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object(
      'mesure', 'volume à 15 °C', 'demande', p_sortie.volume_15c, 'disponible', v_stock.stock_15c));
  end if;
end;
$$;
comment on function private.exiger_stock(public.sorties_produit) is
  'Refuses a sortie that its tank and owner have no stock for, as measured or at 15 °C (litres). Raises SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, INSUFFICIENT_STOCK.';

create or replace function private.exiger_securite(p_citerne public.citernes, p_volume numeric) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_reste numeric;
begin
  if p_citerne.capacite_securite = 0 then
    return;
  end if;
  select sum(s.stock_ambiant) - p_volume into v_reste from public.stocks_snapshot s where s.citerne_id = p_citerne.id;
  if v_reste < p_citerne.capacite_securite then
    perform private.refuser('SORTIE_CAPACITE_SECURITE', jsonb_build_object(
      'reste', v_reste, 'capacite_securite', p_citerne.capacite_securite));
  end if;
end;
$$;
comment on function private.exiger_securite(public.citernes, numeric) is
  'Refuses to leave a tank below its security capacity, all owners together, once these litres have left it. Raises SORTIE_CAPACITE_SECURITE.';

create or replace function private.preparer_validation(
  p_sortie public.sorties_produit, p_validateur uuid, p_lieu private.lieu
) returns public.sorties_produit
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_mesures private.mesures;
  v_corrige private.volume_corrige;
  v_aujourdhui date;
begin
  if p_sortie.client_id is null and p_sortie.partenaire_id is null then
    perform private.refuser('BENEFICIAIRE_REQUIRED');
  end if;
  if p_sortie.proprietaire_type = 'PARTENAIRE' and p_sortie.partenaire_id is null then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;
  perform private.exiger_citerne(p_lieu.citerne, p_sortie.citerne_id, p_sortie.produit_id);
  v_aujourdhui := private.jour_local((p_lieu.depot).fuseau, now());
  if p_sortie.date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;

  v_mesures.volume_ambiant := private.volume_mesure(p_sortie.volume_ambiant, null, p_sortie.index_avant, p_sortie.index_apres);
  v_mesures.champ_volume := private.champ_volume(p_sortie.volume_ambiant, null);
  v_mesures.temperature_produit_c := p_sortie.temperature_ambiante_c;
  v_mesures.temperature_echantillon_c := p_sortie.temperature_echantillon_c;
  v_mesures.densite_observee_kgm3 := p_sortie.densite_observee_kgm3;
  v_mesures.densite_a_15_kgm3 := p_sortie.densite_a_15_kgm3;
  v_mesures.densite_citerne_kgm3 := p_lieu.densite_melange_kgm3;
  v_mesures.volume_15c_client := p_sortie.volume_15c;
  v_corrige := private.volume_15c(v_mesures, p_lieu);

  p_sortie.volume_ambiant := v_mesures.volume_ambiant;
  -- As for a réception: where no meter was read, two numbers that differ by the volume.
  p_sortie.index_avant := coalesce(p_sortie.index_avant, 0);
  p_sortie.index_apres := coalesce(p_sortie.index_apres, p_sortie.volume_ambiant);
  p_sortie.volume_15c := v_corrige.volume_15c;
  p_sortie.volume_corrige_15c := v_corrige.volume_15c;
  p_sortie.vcf := v_corrige.vcf;
  p_sortie.methode_15c := v_corrige.methode_15c;
  p_sortie.parametres_15c := v_corrige.parametres_15c || jsonb_build_object('volume_15c_client', v_mesures.volume_15c_client);
  p_sortie.avertissements := v_corrige.avertissements;
  p_sortie.densite_a_15_kgm3 := v_corrige.densite_a_15_kgm3;
  p_sortie.densite_a_15 := v_corrige.densite_a_15_kgm3;
  p_sortie.depot_id := (p_lieu.depot).id;
  p_sortie.statut := 'validee';
  p_sortie.validated_by := p_validateur;
  return p_sortie;
end;
$$;
comment on function private.preparer_validation(public.sorties_produit, uuid, private.lieu) is
  'A draft as it is to be written once validated: checks everything but role, state and stock, computes its volumes; without a density of its own, that of its tank serves. Moves nothing. Raises BENEFICIAIRE_REQUIRED, PARTENAIRE_REQUIS, CITERNE_INACTIVE_OR_INCOMPATIBLE, DATE_FUTURE, and what private.volume_mesure and private.volume_15c raise.';

create or replace function private.debiter_sortie(p_sortie public.sorties_produit, p_citerne public.citernes) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.verrouiller_citernes(p_sortie.citerne_id);
  -- Debited at once where that is all it takes; anything else is looked at in its order before it is done or refused.
  if private.deplacer_jours(p_sortie.citerne_id, p_sortie.produit_id, p_sortie.proprietaire_type, p_sortie.date_jour,
                            p_sortie.date_jour, -p_sortie.volume_ambiant, -p_sortie.volume_15c, false) then
    perform private.exiger_securite(p_citerne, 0);
  else
    perform private.exiger_stock(p_sortie);
    perform private.exiger_securite(p_citerne, p_sortie.volume_ambiant);
    perform private.appliquer_mouvement(p_sortie.citerne_id, p_sortie.produit_id, p_sortie.depot_id,
      p_sortie.proprietaire_type, p_sortie.date_jour, -p_sortie.volume_ambiant, -p_sortie.volume_15c);
  end if;
end;
$$;
comment on function private.debiter_sortie(public.sorties_produit, public.citernes) is
  'Takes a prepared sortie out of snapshot and days: locks the tank, checks the stock. Done last in its transaction, so that others wait for the tank as little as can be.';

create or replace function private.tracer_validation(p_sortie public.sorties_produit, p_actions text[]) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.journaliser(p_actions, 'sorties', 'INFO', p_sortie.id, p_sortie.depot_id,
    jsonb_build_object('citerne_id', p_sortie.citerne_id, 'proprietaire_type', p_sortie.proprietaire_type,
      'volume_ambiant', p_sortie.volume_ambiant, 'volume_15c', p_sortie.volume_15c,
      'methode_15c', p_sortie.methode_15c, 'parametres_15c', p_sortie.parametres_15c,
      'avertissements', p_sortie.avertissements, 'date_jour', p_sortie.date_jour, 'version', p_sortie.version,
      'created_by', p_sortie.created_by, 'updated_by', p_sortie.updated_by, 'updated_at', p_sortie.updated_at));
end;
$$;
comment on function private.tracer_validation(public.sorties_produit, text[]) is
  'Logs what was done to a sortie that is now validated: its actions share its figures, who wrote the draft, who last changed it and when.';

create or replace function private.valider_sortie(p_id uuid, p_version int default null) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur private.acteur;
  v_lu record;
  v_sortie public.sorties_produit;
begin
  v_acteur := private.exiger('valider_sortie');

  select s as sortie, row(c, d, p, (select max(k.densite_melange_kgm3) from public.stocks_snapshot k
                                    where k.citerne_id = c.id))::private.lieu as lieu
    into v_lu
    from public.sorties_produit s
    left join public.citernes c on c.id = s.citerne_id and c.depot_id = any (v_acteur.depots)
    left join public.depots d on d.id = c.depot_id
    left join public.produits p on p.id = c.produit_id
   where s.id = p_id and s.depot_id = any (v_acteur.depots)
     for update of s;
  if not found then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id), 404);
  end if;
  v_sortie := v_lu.sortie;
  if v_sortie.statut <> 'brouillon' then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id, 'statut', v_sortie.statut));
  end if;

  if p_version <> v_sortie.version then
    perform private.refuser('VERSION_PERIMEE', jsonb_build_object('version', p_version, 'version_actuelle', v_sortie.version,
      'modifiee_par', v_sortie.updated_by, 'modifiee_le', v_sortie.updated_at));
  end if;

  v_sortie := private.preparer_validation(v_sortie, v_acteur.user_id, v_lu.lieu);

  perform set_config('app.sorties_produit_allow_write', '1', true);
  update public.sorties_produit s
     set statut = v_sortie.statut,
         depot_id = v_sortie.depot_id,
         validated_by = v_sortie.validated_by,
         index_avant = v_sortie.index_avant,
         index_apres = v_sortie.index_apres,
         volume_ambiant = v_sortie.volume_ambiant,
         volume_15c = v_sortie.volume_15c,
         volume_corrige_15c = v_sortie.volume_corrige_15c,
         vcf = v_sortie.vcf,
         methode_15c = v_sortie.methode_15c,
         parametres_15c = v_sortie.parametres_15c,
         avertissements = v_sortie.avertissements,
         densite_a_15_kgm3 = v_sortie.densite_a_15_kgm3,
         densite_a_15 = v_sortie.densite_a_15
   where s.id = p_id;
  perform set_config('app.sorties_produit_allow_write', '', true);
  perform private.tracer_validation(v_sortie, '{SORTIE_VALIDEE}');
  perform private.debiter_sortie(v_sortie, (v_lu.lieu).citerne);
end;
$$;
comment on function private.valider_sortie(uuid, int) is
  'What validate_sortie and valider_sortie_lue do. p_version: the draft''s version that was read; null: whichever it has. Raises what they raise.';

create or replace function public.validate_sortie(p_id uuid) returns void
language plpgsql security definer
set search_path = 'public'
as $$
begin
  -- With this search_path a caller's temporary objects would come first: the name below says its schema.
  perform private.valider_sortie(p_id);
end;
$$;
comment on function public.validate_sortie(uuid) is
  'Validates a draft (admin, directeur, gerant): locks it and the tank, checks everything, debits snapshot and days, logs SORTIE_VALIDEE. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, BENEFICIAIRE_REQUIRED, PARTENAIRE_REQUIS, CITERNE_INACTIVE_OR_INCOMPATIBLE, DATE_FUTURE, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, MESURES_INCOHERENTES, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, DENSITE_OBSERVEE_REQUISE, DENSITE_HORS_PRODUIT, ASTM_HORS_DOMAINE, VOLUME_15C_INCOHERENT, VOLUME_TROP_PETIT, SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, INSUFFICIENT_STOCK, SORTIE_CAPACITE_SECURITE, STOCK_FUTUR_NEGATIF, ECRITURES_GELEES, ISOLATION_INTERDITE.';
revoke execute on function public.validate_sortie(uuid) from public, anon;
grant execute on function public.validate_sortie(uuid) to authenticated;

create or replace function public.valider_sortie_lue(p_id uuid, p_version int) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.valider_sortie(p_id, p_version);
end;
$$;
comment on function public.valider_sortie_lue(uuid, int) is
  'Validates a draft as it was read: validate_sortie, but refused with VERSION_PERIMEE where its version is no longer p_version. Raises VERSION_PERIMEE, and what validate_sortie raises.';
revoke execute on function public.valider_sortie_lue(uuid, int) from public, anon;
grant execute on function public.valider_sortie_lue(uuid, int) to authenticated;

create or replace function public.sorties_produit_block_update_delete() returns trigger
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  -- The flag alone opens nothing: the writer must also be the table's owner, as the project's functions are.
  if current_setting('app.sorties_produit_allow_write', true) = '1'
     and private.possede(tg_relid) then
    return case tg_op when 'UPDATE' then new when 'DELETE' then old end;
  end if;
  if tg_op <> 'UPDATE' or old.statut <> 'brouillon' or new.statut <> 'brouillon' then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  -- A draft may be completed by who wrote it or who may validate it; who wrote it, where it belongs and what the server
  -- computes may not be touched.
  if old.created_by is distinct from auth.uid()
     and not private.peut('valider_sortie')
     and not (auth.uid() is null and private.possede(tg_relid)) then
    perform private.refuser('ROLE_FORBIDDEN', jsonb_build_object('redigee_par', old.created_by));
  end if;
  new.id := old.id;
  new.citerne_id := old.citerne_id;
  new.depot_id := old.depot_id;
  new.created_by := old.created_by;
  new.created_at := old.created_at;
  new.version := old.version;
  new.updated_by := old.updated_by;
  new.updated_at := old.updated_at;
  new.validated_by := old.validated_by;
  new.motif_rejet := old.motif_rejet;
  new.vcf := old.vcf;
  new.methode_15c := old.methode_15c;
  new.parametres_15c := old.parametres_15c;
  new.avertissements := old.avertissements;
  new.densite_observee_kgm3 := private.en_kgm3(new.densite_observee_kgm3);
  new.densite_a_15 := private.en_kgm3(new.densite_a_15);
  new.densite_a_15_kgm3 := private.en_kgm3(new.densite_a_15_kgm3);
  new.date_jour := private.jour_au_depot(old.depot_id, new.date_sortie);
  -- Of the two names of one figure, the one that was changed wins.
  if new.volume_corrige_15c is distinct from old.volume_corrige_15c then
    new.volume_15c := new.volume_corrige_15c;
  else
    new.volume_corrige_15c := new.volume_15c;
  end if;
  if new.densite_a_15 is distinct from old.densite_a_15 then
    new.densite_a_15_kgm3 := new.densite_a_15;
  else
    new.densite_a_15 := new.densite_a_15_kgm3;
  end if;
  if new is distinct from old then
    new.version := old.version + 1;
    new.updated_by := auth.uid();
    new.updated_at := now();
  end if;
  return new;
end;
$$;
comment on function public.sorties_produit_block_update_delete() is
  'Refuses every update, delete and truncate of a sortie (ECRITURE_INTERDITE), except completing a draft, by its author or a validator, which counts its version up; or the table''s owner in a transaction with app.sorties_produit_allow_write = 1. Raises ECRITURE_INTERDITE, ROLE_FORBIDDEN.';
revoke execute on function public.sorties_produit_block_update_delete() from public, anon;
grant execute on function public.sorties_produit_block_update_delete() to authenticated, service_role;

-- 102_sorties_acces.sql
-- Who may do what with sorties, what happens around each, and how a draft is rejected.

create trigger sorties_produit_before_insert before insert on public.sorties_produit
  for each row execute function private.sorties_avant_insert();
-- One that creer_et_valider_sortie brings is logged there, with what its validation says.
create trigger sorties_produit_after_insert after insert on public.sorties_produit
  for each row when (new.statut = 'brouillon') execute function private.sorties_apres_insert();
create trigger sorties_produit_after_statement after insert on public.sorties_produit
  for each statement execute function private.sorties_valider_directes();
create trigger sorties_produit_block before update or delete on public.sorties_produit
  for each row execute function public.sorties_produit_block_update_delete();
create trigger sorties_produit_after_update after update on public.sorties_produit
  for each row when (old.statut = 'brouillon' and new.statut = 'brouillon' and old.* is distinct from new.*)
  execute function private.journaliser_ligne('sorties', 'SORTIE', 'INFO', 'E');
-- Past the draft only the owner writes, with the transaction's flag: that is never routine.
create trigger sorties_produit_after_forced_update after update on public.sorties_produit
  for each row when (old.statut <> 'brouillon')
  execute function private.journaliser_ligne('sorties', 'SORTIE_FORCEE', 'CRITICAL', 'E');
create trigger sorties_produit_after_delete after delete on public.sorties_produit
  for each row execute function private.journaliser_ligne('sorties', 'SORTIE_FORCEE', 'CRITICAL', 'E');
create trigger sorties_produit_block_truncate before truncate on public.sorties_produit
  for each statement execute function public.sorties_produit_block_update_delete();

create function private.texte_net(p_texte text) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
return regexp_replace(p_texte, '^\s+|\s+$', '', 'g');
comment on function private.texte_net(text) is 'A text without the blanks around it: spaces, tabs, line breaks.';

create function private.exiger_motif(p_motif text, p_minimum int) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_motif is null or char_length(private.texte_net(p_motif)) < p_minimum then
    perform private.refuser('MOTIF_REQUIS', jsonb_build_object('minimum', p_minimum));
  end if;
end;
$$;
comment on function private.exiger_motif(text, int) is 'Refuses with MOTIF_REQUIS a reason shorter than p_minimum characters.';

create function public.rejeter_sortie(p_id uuid, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  v_sortie public.sorties_produit;
begin
  perform private.exiger('valider_sortie');
  perform private.exiger_motif(p_motif, 3);
  select * into v_sortie from public.sorties_produit s
   where s.id = p_id and s.depot_id = any (private.depots_visibles())
     for update;
  if not found then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id), 404);
  end if;
  if v_sortie.statut <> 'brouillon' then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id, 'statut', v_sortie.statut));
  end if;

  perform set_config('app.sorties_produit_allow_write', '1', true);
  update public.sorties_produit set statut = 'rejetee', validated_by = auth.uid(), motif_rejet = private.texte_net(p_motif) where id = p_id;
  perform set_config('app.sorties_produit_allow_write', '', true);
  perform private.journaliser('SORTIE_REJETEE', 'sorties', 'WARNING', p_id, v_sortie.depot_id,
    jsonb_build_object('motif', private.texte_net(p_motif)));
end;
$$;
comment on function public.rejeter_sortie(uuid, text) is
  'Rejects a draft with a reason of at least 3 characters (admin, directeur, gerant). Raises ROLE_FORBIDDEN, MOTIF_REQUIS, INVALID_ID_OR_STATE, ISOLATION_INTERDITE, ECRITURES_GELEES.';
revoke execute on function public.rejeter_sortie(uuid, text) from public, anon;
grant execute on function public.rejeter_sortie(uuid, text) to authenticated;

alter table public.sorties_produit enable row level security;
-- What a client may write, column by column: the doors, REST and creer_et_valider_sortie all go by it.
grant select on public.sorties_produit to authenticated;
grant insert (id, citerne_id, produit_id, client_id, partenaire_id, proprietaire_type, index_avant, index_apres, volume_ambiant, volume_15c,
              volume_corrige_15c, temperature_ambiante_c, temperature_echantillon_c, densite_observee_kgm3, densite_a_15,
              densite_a_15_kgm3, date_sortie, statut, chauffeur_nom, plaque_camion, plaque_remorque, transporteur, note)
  on public.sorties_produit to authenticated;
grant update (produit_id, client_id, partenaire_id, proprietaire_type, index_avant, index_apres, volume_ambiant, volume_15c,
              volume_corrige_15c, temperature_ambiante_c, temperature_echantillon_c, densite_observee_kgm3, densite_a_15,
              densite_a_15_kgm3, date_sortie, statut, chauffeur_nom, plaque_camion, plaque_remorque, transporteur, note)
  on public.sorties_produit to authenticated;
grant select, insert, update, delete on public.sorties_produit to service_role;
create policy sorties_produit_lecture on public.sorties_produit for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
create policy sorties_produit_creation on public.sorties_produit for insert to authenticated
  with check (depot_id = any ((select private.depots_ou('ecrire_sortie'))::uuid[]));
create policy sorties_produit_modification on public.sorties_produit for update to authenticated
  using (depot_id = any ((select private.depots_ou('ecrire_sortie'))::uuid[]))
  with check (depot_id = any ((select private.depots_ou('ecrire_sortie'))::uuid[]));

-- 103_creer_et_valider_sortie.sql
-- The path a client mostly takes: a sortie written and validated at once, in one call and one row.
--
-- Nothing is defined here but the order: completer_brouillon is what makes a draft, preparer_validation and
-- debiter_sortie what validates one.

create function private.exiger_colonnes(p_table regclass, p_ligne jsonb) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  -- Of the columns that were sent, those that a client's role may insert: the grants are the list.
  v_inconnus constant jsonb := p_ligne - array(
    select a.attname::text from pg_catalog.pg_attribute a
     where a.attrelid = p_table and p_ligne ? a.attname and has_column_privilege('authenticated', p_table, a.attnum, 'insert'));
begin
  if v_inconnus <> '{}' then
    perform private.refuser('CHAMP_INCONNU', jsonb_build_object('champ', (select min(k) from jsonb_object_keys(v_inconnus) k)));
  end if;
end;
$$;
comment on function private.exiger_colonnes(regclass, jsonb) is
  'Refuses a row that brings a column which a client may not insert into this table, or which does not exist. Raises CHAMP_INCONNU.';

create function public.creer_et_valider_sortie(p_sortie jsonb) returns public.sorties_produit
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('valider_sortie');
  v_sortie public.sorties_produit;
  v_lieu private.lieu;
begin
  perform private.exiger_colonnes('public.sorties_produit', p_sortie);
  -- As in an insertion, what was not sent has the column's default.
  v_sortie.id := private.nouvel_id();
  v_sortie.proprietaire_type := 'MONALUXE';
  v_sortie := jsonb_populate_record(v_sortie, jsonb_strip_nulls(p_sortie));
  v_lieu := private.lieu(v_sortie.citerne_id, v_acteur.depots);
  v_sortie := private.completer_brouillon(v_sortie, v_acteur.user_id, v_lieu);
  v_sortie := private.preparer_validation(v_sortie, v_acteur.user_id, v_lieu);

  perform set_config('app.sorties_produit_allow_write', '1', true);
  insert into public.sorties_produit select v_sortie.*;
  perform set_config('app.sorties_produit_allow_write', '', true);
  perform private.tracer_validation(v_sortie, '{SORTIE_CREEE,SORTIE_VALIDEE}');
  perform private.debiter_sortie(v_sortie, v_lieu.citerne);
  return v_sortie;
end;
$$;
comment on function public.creer_et_valider_sortie(jsonb) is
  'Writes a sortie and validates it at once (admin, directeur, gerant). Takes the columns a client may write of a draft, as one JSON object (litres, °C, kg/m³); a null counts as not sent, statut does not count. Answers with the whole row, validee. Logs SORTIE_CREEE and SORTIE_VALIDEE. Raises CHAMP_INCONNU, all that validate_sortie raises but INVALID_ID_OR_STATE, and 22xxx, 23xxx for a value the table would not take.';
revoke execute on function public.creer_et_valider_sortie(jsonb) from public, anon;
grant execute on function public.creer_et_valider_sortie(jsonb) to authenticated;

-- 110_ajustements.sql
-- Corrections: what was validated never changes, so an error is corrected by a row of its own, in the open.

create table public.stocks_adjustments (
  id uuid primary key default private.nouvel_id(),
  mouvement_type text not null check (mouvement_type in ('RECEPTION', 'SORTIE')),
  mouvement_id uuid not null,
  delta_ambiant numeric(15,3) not null check (abs(delta_ambiant) < 1e9),
  delta_15c numeric(15,3) not null default 0 check (abs(delta_15c) < 1e9),
  reason text not null check (char_length(btrim(reason, E' \t\n\r')) >= 10),
  compensation boolean not null default false,
  date_jour date not null,
  created_by uuid not null references auth.users (id),
  depot_id uuid not null references public.depots (id),
  citerne_id uuid not null references public.citernes (id),
  produit_id uuid not null references public.produits (id),
  proprietaire_type text not null check (proprietaire_type in ('MONALUXE', 'PARTENAIRE')),
  created_at timestamptz not null default now(),
  check (delta_ambiant <> 0 or delta_15c <> 0)
);
comment on table public.stocks_adjustments is 'Correction of a movement, by an admin, with a reason. Counts from the day it is made. Immutable.';
comment on column public.stocks_adjustments.mouvement_id is 'receptions.id or sorties_produit.id, as mouvement_type says.';
comment on column public.stocks_adjustments.delta_ambiant is 'Litres added to (negative: taken from) the stock as measured.';
comment on column public.stocks_adjustments.delta_15c is 'The same at 15 °C.';
comment on column public.stocks_adjustments.compensation is 'Exact opposite of its movement: at most one a movement.';
comment on column public.stocks_adjustments.date_jour is 'Day it counts from, at the depot.';
create unique index stocks_adjustments_compensation_unique
  on public.stocks_adjustments (mouvement_type, mouvement_id) where compensation;
create index stocks_adjustments_mouvement_idx on public.stocks_adjustments (mouvement_type, mouvement_id);
create index stocks_adjustments_citerne_idx on public.stocks_adjustments (citerne_id, date_jour desc);
create index stocks_adjustments_depot_id_idx on public.stocks_adjustments (depot_id);
create index stocks_adjustments_produit_id_idx on public.stocks_adjustments (produit_id);
create index stocks_adjustments_created_by_idx on public.stocks_adjustments (created_by);

create type private.mouvement as (
  citerne_id uuid,
  produit_id uuid,
  depot_id uuid,
  proprietaire_type text,
  delta_ambiant numeric,
  delta_15c numeric
);
comment on type private.mouvement is 'What a validated movement did to the stock: litres, negative for a sortie.';

create function private.mouvement_valide(p_type text, p_id uuid) returns private.mouvement
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_mouvement private.mouvement;
begin
  if p_type = 'RECEPTION' then
    select r.citerne_id, r.produit_id, r.depot_id, r.proprietaire_type, r.volume_ambiant, r.volume_15c
      into v_mouvement
      from public.receptions r where r.id = p_id and r.statut = 'validee';
  else
    select s.citerne_id, s.produit_id, s.depot_id, s.proprietaire_type, -s.volume_ambiant, -s.volume_15c
      into v_mouvement
      from public.sorties_produit s where s.id = p_id and s.statut = 'validee';
  end if;
  if not found then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('mouvement_type', p_type, 'id', p_id), 404);
  end if;
  return v_mouvement;
end;
$$;
comment on function private.mouvement_valide(text, uuid) is
  'What a validated movement did to the stock. Needs no lock: it never changes. Raises INVALID_ID_OR_STATE.';

create function private.stocks_adjustments_avant_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_mouvement private.mouvement;
begin
  perform private.exiger('ajuster_stock');
  perform private.exiger_motif(new.reason, 10);
  v_mouvement := private.mouvement_valide(new.mouvement_type, new.mouvement_id);

  new.citerne_id := v_mouvement.citerne_id;
  new.produit_id := v_mouvement.produit_id;
  new.depot_id := v_mouvement.depot_id;
  new.proprietaire_type := v_mouvement.proprietaire_type;
  new.date_jour := private.jour_au_depot(v_mouvement.depot_id, now());
  new.created_by := auth.uid();
  new.created_at := now();

  return new;
end;
$$;
comment on function private.stocks_adjustments_avant_insert() is
  'An admin, a reason, a validated movement. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, MOTIF_REQUIS, INVALID_ID_OR_STATE.';

create function private.stocks_adjustments_apres_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ajustement public.stocks_adjustments;
  v_stock public.stocks_snapshot;
begin
  perform private.verrouiller_citernes(variadic array(select n.citerne_id from nouveaux n));
  for v_ajustement in select * from nouveaux n order by n.citerne_id loop
    select * into strict v_stock from public.stocks_snapshot s
     where s.citerne_id = v_ajustement.citerne_id and s.produit_id = v_ajustement.produit_id
       and s.proprietaire_type = v_ajustement.proprietaire_type;
    if v_stock.stock_ambiant + v_ajustement.delta_ambiant < 0 then
      perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object('mesure', 'volume ambiant',
        'demande', -v_ajustement.delta_ambiant, 'disponible', v_stock.stock_ambiant));
    end if;
    if v_stock.stock_15c + v_ajustement.delta_15c < 0 then
      perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object('mesure', 'volume à 15 °C',
        'demande', -v_ajustement.delta_15c, 'disponible', v_stock.stock_15c));
    end if;
    perform private.appliquer_mouvement(v_ajustement.citerne_id, v_ajustement.produit_id, v_ajustement.depot_id,
      v_ajustement.proprietaire_type, v_ajustement.date_jour, v_ajustement.delta_ambiant, v_ajustement.delta_15c, true);
    perform private.journaliser(
      case when v_ajustement.compensation then v_ajustement.mouvement_type || '_COMPENSEE' else 'STOCK_AJUSTE' end,
      'stocks', 'CRITICAL', v_ajustement.mouvement_id, v_ajustement.depot_id, to_jsonb(v_ajustement));
  end loop;
  return null;
end;
$$;
comment on function private.stocks_adjustments_apres_insert() is
  'Each adjustment of the statement: would the stock stay at or above zero? Then moves it; logs STOCK_AJUSTE, RECEPTION_COMPENSEE or SORTIE_COMPENSEE as CRITICAL. Raises INSUFFICIENT_STOCK, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE.';

create trigger stocks_adjustments_before_insert before insert on public.stocks_adjustments
  for each row execute function private.stocks_adjustments_avant_insert();
create trigger stocks_adjustments_after_insert after insert on public.stocks_adjustments
  referencing new table as nouveaux for each statement execute function private.stocks_adjustments_apres_insert();
create trigger stocks_adjustments_block before update or delete or truncate on public.stocks_adjustments
  for each statement execute function private.interdire_ecriture();

create function private.compenser(p_type text, p_id uuid, p_reason text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_mouvement private.mouvement;
begin
  perform private.exiger('ajuster_stock');
  v_mouvement := private.mouvement_valide(p_type, p_id);
  -- Whoever compensates it too waits here for this one to end.
  perform private.verrouiller_citernes(v_mouvement.citerne_id);
  if exists (select from public.stocks_adjustments a
             where a.mouvement_type = p_type and a.mouvement_id = p_id and a.compensation) then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id, 'deja_compense', true));
  end if;
  insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason, compensation)
  values (p_type, p_id, -v_mouvement.delta_ambiant, -v_mouvement.delta_15c, p_reason, true);
end;
$$;
comment on function private.compenser(text, uuid, text) is
  'Writes the exact opposite of a movement, once. Raises what an adjustment raises, and INVALID_ID_OR_STATE the second time.';

create function public.admin_compensate_reception(p_id uuid, p_reason text) returns void
language sql security definer
set search_path = pg_catalog, pg_temp
as $$ select private.compenser('RECEPTION', p_id, p_reason) $$;
comment on function public.admin_compensate_reception(uuid, text) is
  'Takes back what a réception credited (admin, reason of 10 characters or more). See private.compenser. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, INSUFFICIENT_STOCK, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, MOTIF_REQUIS, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES.';

create function public.admin_compensate_sortie(p_id uuid, p_reason text) returns void
language sql security definer
set search_path = pg_catalog, pg_temp
as $$ select private.compenser('SORTIE', p_id, p_reason) $$;
comment on function public.admin_compensate_sortie(uuid, text) is
  'Gives back what a sortie debited (admin, reason of 10 characters or more). See private.compenser. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, INSUFFICIENT_STOCK, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, MOTIF_REQUIS, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES.';
revoke execute on function public.admin_compensate_reception(uuid, text), public.admin_compensate_sortie(uuid, text)
  from public, anon;
grant execute on function public.admin_compensate_reception(uuid, text), public.admin_compensate_sortie(uuid, text)
  to authenticated;

alter table public.stocks_adjustments enable row level security;
grant select on public.stocks_adjustments to authenticated;
-- Not the column "compensation": only admin_compensate_* write it.
grant insert (id, mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason, created_by, depot_id, citerne_id,
              produit_id, proprietaire_type)
  on public.stocks_adjustments to authenticated;
grant select, insert, update, delete on public.stocks_adjustments to service_role;
create policy stocks_adjustments_lecture on public.stocks_adjustments for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
create policy stocks_adjustments_creation on public.stocks_adjustments for insert to authenticated
  with check ((select private.peut('ajuster_stock')));
create policy stocks_adjustments_creation_second_facteur on public.stocks_adjustments as restrictive
  for insert to authenticated with check ((select private.second_facteur_suffit()));

-- 111_stock_initial.sql
-- Opening stock: fuel that was in a tank before its first movement, declared once and in the open.

create table public.stocks_initiaux (
  id uuid primary key default private.nouvel_id(),
  citerne_id uuid not null references public.citernes (id),
  produit_id uuid not null references public.produits (id),
  depot_id uuid not null references public.depots (id),
  proprietaire_type text not null check (proprietaire_type in ('MONALUXE', 'PARTENAIRE')),
  volume_ambiant numeric(15,3) not null check (volume_ambiant > 0 and volume_ambiant < 1e9),
  volume_15c numeric(15,3) not null check (volume_15c > 0 and volume_15c < 1e9),
  date_jour date not null check (date_jour >= '2020-01-01'),
  motif text not null,
  created_by uuid not null references auth.users (id),
  created_at timestamptz not null default now(),
  unique (citerne_id, produit_id, proprietaire_type),
  check (volume_15c / volume_ambiant between 0.5 and 1.5)
);
comment on table public.stocks_initiaux is
  'Opening stock of a tank and owner, declared by an admin before any movement. Written by declarer_stock_initial only. Immutable.';
comment on column public.stocks_initiaux.volume_ambiant is 'Litres as measured.';
comment on column public.stocks_initiaux.volume_15c is 'Litres at 15 °C.';
comment on column public.stocks_initiaux.date_jour is 'Day it counts from, at the depot.';
comment on column public.stocks_initiaux.motif is 'Where the figure comes from.';
create index stocks_initiaux_depot_id_idx on public.stocks_initiaux (depot_id);
create index stocks_initiaux_produit_id_idx on public.stocks_initiaux (produit_id);
create index stocks_initiaux_created_by_idx on public.stocks_initiaux (created_by);

create trigger stocks_initiaux_block before update or delete or truncate on public.stocks_initiaux
  for each statement execute function private.interdire_ecriture();

create function public.declarer_stock_initial(
  p_citerne_id uuid, p_proprietaire_type text, p_volume_ambiant numeric, p_volume_15c numeric, p_motif text,
  p_date_jour date default null
) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_citerne public.citernes;
  v_aujourdhui date;
  v_initial public.stocks_initiaux;
begin
  perform private.exiger('ajuster_stock');
  perform private.exiger_motif(p_motif, 10);
  select * into v_citerne from public.citernes c
   where c.id = p_citerne_id and c.depot_id = any (private.depots_visibles());
  if not found or v_citerne.statut <> 'active' then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_citerne_id));
  end if;
  -- NaN is greater than any number: only a bound above tells it from one.
  if (p_volume_ambiant > 0 and p_volume_15c > 0 and p_volume_ambiant < 1e9 and p_volume_15c < 1e9) is not true then
    perform private.refuser('VOLUME_AMBIANT_NON_POSITIF', jsonb_build_object('volume_ambiant', p_volume_ambiant));
  end if;
  v_aujourdhui := private.jour_au_depot(v_citerne.depot_id, now());
  if p_date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;

  perform private.exiger_place(p_citerne_id, p_volume_ambiant);
  if exists (select from public.stocks_snapshot s
             where s.citerne_id = p_citerne_id and s.proprietaire_type = p_proprietaire_type) then
    perform private.refuser('INVALID_ID_OR_STATE',
      jsonb_build_object('citerne_id', p_citerne_id, 'proprietaire_type', p_proprietaire_type, 'a_deja_un_stock', true));
  end if;

  insert into public.stocks_initiaux
    (citerne_id, produit_id, depot_id, proprietaire_type, volume_ambiant, volume_15c, date_jour, motif, created_by)
  values
    (p_citerne_id, v_citerne.produit_id, v_citerne.depot_id, p_proprietaire_type, p_volume_ambiant, p_volume_15c,
     coalesce(p_date_jour, v_aujourdhui), private.texte_net(p_motif), auth.uid())
  returning * into v_initial;
  perform private.appliquer_mouvement(v_initial.citerne_id, v_initial.produit_id, v_initial.depot_id,
    v_initial.proprietaire_type, v_initial.date_jour, v_initial.volume_ambiant, v_initial.volume_15c);
  perform private.melanger(v_initial.citerne_id, null, v_initial.volume_15c);
  perform private.journaliser('STOCK_INITIAL_DECLARE', 'stocks', 'CRITICAL', v_initial.id, v_initial.depot_id,
    to_jsonb(v_initial) || jsonb_build_object(
      'delta_ambiant', v_initial.volume_ambiant, 'delta_15c', v_initial.volume_15c));
  return v_initial.id;
end;
$$;
comment on function public.declarer_stock_initial(uuid, text, numeric, numeric, text, date) is
  'Declares what a tank held for an owner before its first movement (admin, once, reason of 10 characters or more); litres as measured and at 15 °C. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, MOTIF_REQUIS, CITERNE_INACTIVE_OR_INCOMPATIBLE, VOLUME_AMBIANT_NON_POSITIF, DATE_FUTURE, CITERNE_PLEINE, INVALID_ID_OR_STATE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';
revoke execute on function public.declarer_stock_initial(uuid, text, numeric, numeric, text, date) from public, anon;
grant execute on function public.declarer_stock_initial(uuid, text, numeric, numeric, text, date) to authenticated;

alter table public.stocks_initiaux enable row level security;
grant select on public.stocks_initiaux to authenticated, service_role;
create policy stocks_initiaux_lecture on public.stocks_initiaux for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));

-- 112_transferts.sql
-- Transfer: fuel pumped from one tank to another of the same depot. Two movements, one act.

create table public.transferts (
  id uuid primary key default private.nouvel_id(),
  citerne_source_id uuid not null references public.citernes (id),
  citerne_destination_id uuid not null references public.citernes (id),
  produit_id uuid not null references public.produits (id),
  depot_id uuid not null references public.depots (id),
  proprietaire_type text not null default 'MONALUXE' check (proprietaire_type in ('MONALUXE', 'PARTENAIRE')),
  volume_ambiant numeric(15,3) not null check (volume_ambiant > 0 and volume_ambiant < 1e9),
  temperature_ambiante_c numeric(6,2) check (temperature_ambiante_c between -50 and 150),
  temperature_echantillon_c numeric(6,2) check (temperature_echantillon_c between -50 and 150),
  densite_observee_kgm3 numeric(10,6) check (densite_observee_kgm3 between 400 and 1300),
  densite_a_15_kgm3 numeric(10,6) check (densite_a_15_kgm3 between 400 and 1300),
  vcf numeric(12,8) check (vcf between 0.5 and 1.5),
  methode_15c text not null,
  parametres_15c jsonb not null,
  avertissements jsonb not null default '[]',
  volume_15c numeric(15,3) not null check (volume_15c > 0 and volume_15c < 1e9),
  date_jour date not null check (date_jour >= '2020-01-01'),
  note text,
  created_by uuid not null references auth.users (id),
  created_at timestamptz not null default now(),
  check (citerne_source_id <> citerne_destination_id)
);
comment on table public.transferts is 'Fuel pumped from one tank to another of the same depot: what leaves one enters the other. Immutable.';
comment on column public.transferts.volume_ambiant is 'Litres as measured.';
comment on column public.transferts.temperature_ambiante_c is 'Temperature of the product, °C.';
comment on column public.transferts.temperature_echantillon_c is 'Temperature of the sample whose density was read, °C.';
comment on column public.transferts.densite_observee_kgm3 is 'Density read on the sample, kg/m³.';
comment on column public.transferts.densite_a_15_kgm3 is 'Density at 15 °C, kg/m³: from the one observed, else as sent, else that of the tank it leaves.';
comment on column public.transferts.avertissements is 'What was possible but unlikely, [{code, phrase}]: see private.avertissements.';
comment on column public.transferts.parametres_15c is 'How the method was set.';
comment on column public.transferts.volume_15c is 'Litres at 15 °C, by private.volume_15c: the same out of one tank and into the other.';
comment on column public.transferts.date_jour is 'Day of stock at the depot; may lie in the past, never in the future.';
create index transferts_source_idx on public.transferts (citerne_source_id, date_jour desc);
create index transferts_destination_idx on public.transferts (citerne_destination_id, date_jour desc);
create index transferts_depot_idx on public.transferts (depot_id, date_jour desc);
create index transferts_produit_id_idx on public.transferts (produit_id);
create index transferts_created_by_idx on public.transferts (created_by);

create function private.exiger_disponible(
  p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_volume numeric, p_volume_15c numeric
) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock public.stocks_snapshot;
  v_securite numeric;
  v_reste numeric;
begin
  perform private.verrouiller_citernes(p_citerne_id);
  select * into v_stock from public.stocks_snapshot s
   where s.citerne_id = p_citerne_id and s.produit_id = p_produit_id and s.proprietaire_type = p_proprietaire_type;
  if not found then
    perform private.refuser(
      case when exists (select from public.stocks_snapshot) then 'SORTIE_STOCK_INTROUVABLE' else 'SNAPSHOT_VIDE' end,
      jsonb_build_object('citerne_id', p_citerne_id, 'proprietaire_type', p_proprietaire_type));
  end if;
  if p_volume > v_stock.stock_ambiant then
    perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object(
      'mesure', 'volume ambiant', 'demande', p_volume, 'disponible', v_stock.stock_ambiant));
  end if;
  if p_volume_15c > v_stock.stock_15c then
    perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object(
      'mesure', 'volume à 15 °C', 'demande', p_volume_15c, 'disponible', v_stock.stock_15c));
  end if;
  select c.capacite_securite, sum(s.stock_ambiant) - p_volume into v_securite, v_reste
    from public.citernes c join public.stocks_snapshot s on s.citerne_id = c.id
   where c.id = p_citerne_id group by c.id;
  if v_securite > 0 and v_reste < v_securite then
    perform private.refuser('SORTIE_CAPACITE_SECURITE', jsonb_build_object(
      'reste', v_reste, 'capacite_securite', v_securite));
  end if;
end;
$$;
comment on function private.exiger_disponible(uuid, uuid, text, numeric, numeric) is
  'Locks the stock of a tank and refuses litres it does not have, or may not give. Raises SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, INSUFFICIENT_STOCK, SORTIE_CAPACITE_SECURITE.';

create function private.transferts_avant_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_source private.lieu;
  v_destination private.lieu;
  v_aujourdhui date;
  v_mesures private.mesures;
  v_corrige private.volume_corrige;
begin
  perform private.exiger('transferer_stock');
  v_source := private.lieu_pour_mouvement(new.citerne_source_id, new.produit_id);
  new.produit_id := (v_source.citerne).produit_id;
  v_destination := private.lieu_pour_mouvement(new.citerne_destination_id, new.produit_id);
  if (v_source.depot).id <> (v_destination.depot).id or new.citerne_source_id = new.citerne_destination_id then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE',
      jsonb_build_object('citerne_id', new.citerne_destination_id));
  end if;

  v_aujourdhui := private.jour_local((v_source.depot).fuseau, now());
  new.date_jour := coalesce(new.date_jour, v_aujourdhui);
  if new.date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
  new.densite_observee_kgm3 := private.en_kgm3(new.densite_observee_kgm3);
  new.densite_a_15_kgm3 := private.en_kgm3(new.densite_a_15_kgm3);
  new.volume_ambiant := private.volume_mesure(new.volume_ambiant, null, null, null);
  v_mesures.volume_ambiant := new.volume_ambiant;
  v_mesures.champ_volume := 'volume_ambiant';
  v_mesures.temperature_produit_c := new.temperature_ambiante_c;
  v_mesures.temperature_echantillon_c := new.temperature_echantillon_c;
  v_mesures.densite_observee_kgm3 := new.densite_observee_kgm3;
  v_mesures.densite_a_15_kgm3 := new.densite_a_15_kgm3;
  v_mesures.densite_citerne_kgm3 := v_source.densite_melange_kgm3;
  -- Nobody tells the volume at 15 °C of what stays here: it is computed, whatever was sent.
  v_corrige := private.volume_15c(v_mesures, v_source);
  new.volume_15c := v_corrige.volume_15c;
  new.vcf := v_corrige.vcf;
  new.densite_a_15_kgm3 := v_corrige.densite_a_15_kgm3;
  new.methode_15c := v_corrige.methode_15c;
  new.parametres_15c := v_corrige.parametres_15c;
  new.avertissements := v_corrige.avertissements;
  new.depot_id := (v_source.depot).id;
  new.created_by := auth.uid();
  new.created_at := now();
  return new;
end;
$$;
comment on function private.transferts_avant_insert() is
  'Two different active tanks of one product and one depot, a day not in the future, litres above zero. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, DATE_FUTURE, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, MESURES_INCOHERENTES, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, DENSITE_OBSERVEE_REQUISE, DENSITE_HORS_PRODUIT, ASTM_HORS_DOMAINE, VOLUME_15C_INCOHERENT, VOLUME_TROP_PETIT.';

create function private.transferts_apres_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_transfert public.transferts;
begin
  perform private.verrouiller_citernes(variadic array(
    select n.citerne_source_id from nouveaux n union select n.citerne_destination_id from nouveaux n));
  for v_transfert in select * from nouveaux loop
    perform private.exiger_disponible(v_transfert.citerne_source_id, v_transfert.produit_id,
      v_transfert.proprietaire_type, v_transfert.volume_ambiant, v_transfert.volume_15c);
    perform private.exiger_place(v_transfert.citerne_destination_id, v_transfert.volume_ambiant);
    perform private.appliquer_mouvement(v_transfert.citerne_source_id, v_transfert.produit_id, v_transfert.depot_id,
      v_transfert.proprietaire_type, v_transfert.date_jour, -v_transfert.volume_ambiant, -v_transfert.volume_15c);
    perform private.appliquer_mouvement(v_transfert.citerne_destination_id, v_transfert.produit_id, v_transfert.depot_id,
      v_transfert.proprietaire_type, v_transfert.date_jour, v_transfert.volume_ambiant, v_transfert.volume_15c);
    perform private.melanger(v_transfert.citerne_destination_id, v_transfert.densite_a_15_kgm3, v_transfert.volume_15c);
    perform private.journaliser('TRANSFERT_CREE', 'stocks', 'INFO', v_transfert.id, v_transfert.depot_id,
      to_jsonb(v_transfert));
  end loop;
  return null;
end;
$$;
comment on function private.transferts_apres_insert() is
  'Takes from one tank and gives to the other, or neither; logs TRANSFERT_CREE. Raises SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, INSUFFICIENT_STOCK, SORTIE_CAPACITE_SECURITE, CITERNE_PLEINE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE.';

create trigger transferts_before_insert before insert on public.transferts
  for each row execute function private.transferts_avant_insert();
create trigger transferts_after_insert after insert on public.transferts
  referencing new table as nouveaux for each statement execute function private.transferts_apres_insert();
create trigger transferts_block before update or delete or truncate on public.transferts
  for each statement execute function private.interdire_ecriture();

alter table public.transferts enable row level security;
grant select on public.transferts to authenticated;
grant insert (id, citerne_source_id, citerne_destination_id, produit_id, proprietaire_type, volume_ambiant,
              temperature_ambiante_c, temperature_echantillon_c, densite_observee_kgm3, volume_15c, date_jour, note)
  on public.transferts to authenticated;
grant select, insert on public.transferts to service_role;
create policy transferts_lecture on public.transferts for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
create policy transferts_creation on public.transferts for insert to authenticated
  with check (depot_id = any ((select private.depots_ou('transferer_stock'))::uuid[]));

-- 113_inventaire.sql
-- Physical count: what a dip finds in a tank, beside what the books say. It moves no stock: an adjustment does.

alter table public.citernes
  add column tolerance_inventaire_pour_mille numeric(6,2) not null default 5
    check (tolerance_inventaire_pour_mille >= 0 and tolerance_inventaire_pour_mille <= 1000);
comment on column public.citernes.tolerance_inventaire_pour_mille is
  'Gap between dip and books, in thousandths of the books, beyond which a count is flagged.';

create table public.prises_de_hauteur (
  id uuid primary key default private.nouvel_id(),
  citerne_id uuid not null references public.citernes (id),
  depot_id uuid not null references public.depots (id),
  volume_mesure numeric(15,3) not null check (volume_mesure >= 0 and volume_mesure < 1e9),
  stock_comptable numeric(15,3) not null,
  note text,
  created_by uuid not null references auth.users (id),
  created_at timestamptz not null default now()
);
comment on table public.prises_de_hauteur is 'Physical count of a tank by dipping: what is really there. Moves no stock. Immutable.';
comment on column public.prises_de_hauteur.volume_mesure is 'Litres as measured, all owners together.';
comment on column public.prises_de_hauteur.stock_comptable is
  'Litres the books gave at that moment, as measured, all owners together; written by the database.';
create index prises_de_hauteur_citerne_idx on public.prises_de_hauteur (citerne_id, created_at desc);
create index prises_de_hauteur_depot_idx on public.prises_de_hauteur (depot_id, created_at desc);
create index prises_de_hauteur_created_by_idx on public.prises_de_hauteur (created_by);

create function private.prises_de_hauteur_avant_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('mesurer_citerne');
  select c.depot_id into new.depot_id from public.citernes c
   where c.id = new.citerne_id and c.depot_id = any (private.depots_visibles());
  if not found then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', new.citerne_id));
  end if;
  select coalesce(sum(s.stock_ambiant), 0) into new.stock_comptable
    from public.stocks_snapshot s where s.citerne_id = new.citerne_id;
  new.created_by := auth.uid();
  new.created_at := now();
  return new;
end;
$$;
comment on function private.prises_de_hauteur_avant_insert() is
  'Notes beside the dip what the books say now. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE.';

create function private.prises_de_hauteur_journaliser() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.journaliser('PRISE_DE_HAUTEUR', 'stocks', 'INFO', new.id, new.depot_id, to_jsonb(new));
  return null;
end;
$$;
comment on function private.prises_de_hauteur_journaliser() is 'Logs PRISE_DE_HAUTEUR.';

create trigger prises_de_hauteur_before_insert before insert on public.prises_de_hauteur
  for each row execute function private.prises_de_hauteur_avant_insert();
create trigger prises_de_hauteur_after_insert after insert on public.prises_de_hauteur
  for each row execute function private.prises_de_hauteur_journaliser();
create trigger prises_de_hauteur_block before update or delete or truncate on public.prises_de_hauteur
  for each statement execute function private.interdire_ecriture();

create view public.v_ecarts_inventaire with (security_invoker = true) as
  select p.id as prise_de_hauteur_id, p.created_at, p.depot_id, p.citerne_id, c.nom as citerne_nom, c.produit_id,
         p.volume_mesure, p.stock_comptable,
         p.volume_mesure - p.stock_comptable as ecart_l,
         round(1000 * (p.volume_mesure - p.stock_comptable) / nullif(p.stock_comptable, 0), 2) as ecart_pour_mille,
         c.tolerance_inventaire_pour_mille,
         -- Fuel where the books have none is beyond any tolerance.
         abs(p.volume_mesure - p.stock_comptable) > p.stock_comptable * c.tolerance_inventaire_pour_mille / 1000
           as hors_tolerance,
         p.note
    from public.prises_de_hauteur p
    join public.citernes c on c.id = p.citerne_id;
comment on view public.v_ecarts_inventaire is
  'Each dip beside the books of its moment: gap in litres and thousandths, and whether it is beyond the tank''s tolerance.';

alter table public.prises_de_hauteur enable row level security;
grant select on public.prises_de_hauteur, public.v_ecarts_inventaire to authenticated, service_role;
grant insert (id, citerne_id, volume_mesure, note) on public.prises_de_hauteur to authenticated;
grant insert on public.prises_de_hauteur to service_role;
create policy prises_de_hauteur_lecture on public.prises_de_hauteur for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
create policy prises_de_hauteur_creation on public.prises_de_hauteur for insert to authenticated
  with check (depot_id = any ((select private.depots_ou('mesurer_citerne'))::uuid[]));

-- 120_vues.sql
-- What readers read. Every view runs as its caller (security_invoker): it never shows a row its tables would refuse.

create view public.v_mouvements_stock with (security_invoker = true) as
  -- Filtered out here and not in each branch: so the planner reads the branches in order, and a page costs a page.
  select m.date_jour, m.citerne_id, m.produit_id, m.depot_id, m.proprietaire_type, m.delta_ambiant, m.delta_15c,
         m.mouvement_type, m.mouvement_id, m.created_at
    from (
      select r.date_reception as date_jour, r.citerne_id, r.produit_id, r.depot_id, r.proprietaire_type,
             r.volume_ambiant as delta_ambiant, r.volume_15c as delta_15c,
             'RECEPTION' as mouvement_type, r.id as mouvement_id, r.created_at, r.statut
        from public.receptions r
      union all
      select s.date_jour, s.citerne_id, s.produit_id, s.depot_id, s.proprietaire_type,
             -s.volume_ambiant, -s.volume_15c, 'SORTIE', s.id, s.created_at, s.statut
        from public.sorties_produit s
      union all
      select a.date_jour, a.citerne_id, a.produit_id, a.depot_id, a.proprietaire_type,
             a.delta_ambiant, a.delta_15c, 'AJUSTEMENT', a.id, a.created_at, 'validee'
        from public.stocks_adjustments a
      union all
      select i.date_jour, i.citerne_id, i.produit_id, i.depot_id, i.proprietaire_type,
             i.volume_ambiant, i.volume_15c, 'STOCK_INITIAL', i.id, i.created_at, 'validee'
        from public.stocks_initiaux i
      union all
      select t.date_jour, t.citerne_source_id, t.produit_id, t.depot_id, t.proprietaire_type,
             -t.volume_ambiant, -t.volume_15c, 'TRANSFERT', t.id, t.created_at, 'validee'
        from public.transferts t
      union all
      select t.date_jour, t.citerne_destination_id, t.produit_id, t.depot_id, t.proprietaire_type,
             t.volume_ambiant, t.volume_15c, 'TRANSFERT', t.id, t.created_at, 'validee'
        from public.transferts t) m
   where m.statut = 'validee';
comment on view public.v_mouvements_stock is
  'Everything that ever moved stock, litres, negative out. Its sum is the stock, to the millilitre.';

create view public.v_stock_actuel with (security_invoker = true) as
  select s.depot_id, d.nom as depot_nom, s.citerne_id, c.nom as citerne_nom, s.produit_id, p.nom as produit_nom,
         s.proprietaire_type, s.stock_ambiant, s.stock_15c,
         s.stock_ambiant - s.delta_ambiant_total as stock_ambiant_base,
         s.stock_15c - s.delta_15c_total as stock_15c_base,
         s.delta_ambiant_total, s.delta_15c_total,
         c.capacite_totale, c.capacite_securite, s.last_movement_at, s.updated_at
    from public.stocks_snapshot s
    join public.depots d on d.id = s.depot_id
    join public.citernes c on c.id = s.citerne_id
    join public.produits p on p.id = s.produit_id;
comment on view public.v_stock_actuel is
  'Current stock by tank, product and owner: the only source of truth. Base = movements, delta = adjustments, stock = base + delta; litres.';

create view public.v_stock_actuel_snapshot with (security_invoker = true) as
  select citerne_id, citerne_nom, produit_id, produit_nom, depot_id, depot_nom, proprietaire_type,
         stock_ambiant, stock_15c, updated_at, capacite_totale, capacite_securite
    from public.v_stock_actuel;
comment on view public.v_stock_actuel_snapshot is 'v_stock_actuel under the name and columns older readers use.';

create view public.v_stock_actuel_owner_snapshot with (security_invoker = true) as
  select depot_id, depot_nom, proprietaire_type, produit_id, produit_nom,
         sum(stock_ambiant) as stock_ambiant_total, sum(stock_15c) as stock_15c_total,
         max(updated_at) as snapshot_at
    from public.v_stock_actuel
   group by depot_id, depot_nom, proprietaire_type, produit_id, produit_nom;
comment on view public.v_stock_actuel_owner_snapshot is 'Current stock by depot, product and owner, litres.';

create view public.v_kpi_stock_global with (security_invoker = true) as
  select depot_id, depot_nom, produit_id, produit_nom,
         private.jour_au_depot(depot_id, max(updated_at)) as date_jour,
         sum(stock_ambiant) as stock_ambiant_total, sum(stock_15c) as stock_15c_total,
         coalesce(sum(stock_ambiant) filter (where proprietaire_type = 'MONALUXE'), 0) as stock_ambiant_monaluxe,
         coalesce(sum(stock_15c) filter (where proprietaire_type = 'MONALUXE'), 0) as stock_15c_monaluxe,
         coalesce(sum(stock_ambiant) filter (where proprietaire_type = 'PARTENAIRE'), 0) as stock_ambiant_partenaire,
         coalesce(sum(stock_15c) filter (where proprietaire_type = 'PARTENAIRE'), 0) as stock_15c_partenaire
    from public.v_stock_actuel
   group by depot_id, depot_nom, produit_id, produit_nom;
comment on view public.v_kpi_stock_global is 'Current stock by depot and product, total and by owner, litres.';

create view public.v_citerne_stock_snapshot_agg with (security_invoker = true) as
  select c.id as citerne_id, c.nom as citerne_nom, c.depot_id, c.produit_id,
         coalesce(sum(s.stock_ambiant), 0) as stock_ambiant_total, coalesce(sum(s.stock_15c), 0) as stock_15c_total,
         max(s.updated_at) as last_snapshot_at, c.capacite_totale, c.capacite_securite
    from public.citernes c
    left join public.stocks_snapshot s on s.citerne_id = c.id
   group by c.id;
comment on view public.v_citerne_stock_snapshot_agg is 'Current stock by tank, all owners together, litres; 0 for a tank that never held any.';

create view public.stock_actuel with (security_invoker = true) as
  select distinct on (citerne_id, produit_id, proprietaire_type)
         citerne_id, produit_id, proprietaire_type, date_jour, stock_ambiant, stock_15c
    from public.stocks_journaliers
   order by citerne_id, produit_id, proprietaire_type, date_jour desc;
comment on view public.stock_actuel is 'Last day of the journal by tank, product and owner, litres. New readers use v_stock_actuel.';

create view public.v_citerne_stock_actuel with (security_invoker = true) as
  select citerne_id, produit_id, max(date_jour) as date_jour,
         sum(stock_ambiant) as stock_ambiant, sum(stock_15c) as stock_15c
    from public.stock_actuel
   group by citerne_id, produit_id;
comment on view public.v_citerne_stock_actuel is 'stock_actuel by tank and product, all owners together, litres. New readers use v_stock_actuel.';

grant select on
  public.v_mouvements_stock, public.v_stock_actuel, public.v_stock_actuel_snapshot, public.v_stock_actuel_owner_snapshot,
  public.v_kpi_stock_global, public.v_citerne_stock_snapshot_agg, public.stock_actuel, public.v_citerne_stock_actuel
  to authenticated, service_role;

create function public.rebuild_stocks_journaliers(p_depot_id uuid, p_start_date date, p_end_date date) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('reconstruire_stock');
  if not exists (select from public.depots d where d.id = p_depot_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce dépôt'));
  end if;
  perform private.verrouiller_citernes(variadic array(select c.id from public.citernes c where c.depot_id = p_depot_id));

  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  delete from public.stocks_journaliers j
   where j.depot_id = p_depot_id and j.date_jour between p_start_date and p_end_date;
  insert into public.stocks_journaliers
    (citerne_id, produit_id, proprietaire_type, depot_id, date_jour, stock_ambiant, stock_15c)
  select jours.citerne_id, jours.produit_id, jours.proprietaire_type, p_depot_id, jours.date_jour,
         jours.stock_ambiant, jours.stock_15c
    from (
      select m.citerne_id, m.produit_id, m.proprietaire_type, m.date_jour,
             sum(sum(m.delta_ambiant)) over depuis_le_debut as stock_ambiant,
             sum(sum(m.delta_15c)) over depuis_le_debut as stock_15c
        from public.v_mouvements_stock m
       where m.depot_id = p_depot_id and m.date_jour <= p_end_date
       group by m.citerne_id, m.produit_id, m.proprietaire_type, m.date_jour
      window depuis_le_debut as (partition by m.citerne_id, m.produit_id, m.proprietaire_type order by m.date_jour)
    ) jours
   where jours.date_jour >= p_start_date;
  perform set_config('app.stocks_journaliers_allow_write', '', true);

  perform private.journaliser('STOCKS_JOURNALIERS_RECONSTRUITS', 'stocks', 'CRITICAL', null, p_depot_id,
    jsonb_build_object('du', p_start_date, 'au', p_end_date));
end;
$$;
comment on function public.rebuild_stocks_journaliers(uuid, date, date) is
  'Computes the days of a depot again, from its movements (admin). Gives what the rules maintain; logged CRITICAL. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, INTROUVABLE, ISOLATION_INTERDITE, ECRITURES_GELEES.';
revoke execute on function public.rebuild_stocks_journaliers(uuid, date, date) from public, anon;
grant execute on function public.rebuild_stocks_journaliers(uuid, date, date) to authenticated;

create view public.sortie_citerne with (security_invoker = true) as
  select s.id as sortie_id, s.citerne_id from public.sorties_produit s;
comment on view public.sortie_citerne is 'The tank of each sortie, where older readers look for it before they adjust one.';
grant select on public.sortie_citerne to authenticated, service_role;

-- 121_verification.sql
-- Proof: what the stock was, what it was believed to be, and that its figures agree.

create function public.verifier_stocks() returns table (
  probleme text, citerne_id uuid, produit_id uuid, proprietaire_type text, date_jour date,
  attendu_ambiant numeric, trouve_ambiant numeric, attendu_15c numeric, trouve_15c numeric
)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with par_jour as materialized (
    select m.citerne_id, m.produit_id, m.proprietaire_type, m.date_jour,
           sum(m.delta_ambiant) as ambiant, sum(m.delta_15c) as a_15c,
           coalesce(sum(m.delta_ambiant) filter (where m.mouvement_type = 'AJUSTEMENT'), 0) as ajuste_ambiant,
           coalesce(sum(m.delta_15c) filter (where m.mouvement_type = 'AJUSTEMENT'), 0) as ajuste_15c
      from public.v_mouvements_stock m
     group by 1, 2, 3, 4
  ), total as (
    select p.citerne_id, p.produit_id, p.proprietaire_type, sum(p.ambiant) as ambiant, sum(p.a_15c) as a_15c,
           sum(p.ajuste_ambiant) as ajuste_ambiant, sum(p.ajuste_15c) as ajuste_15c
      from par_jour p group by 1, 2, 3
  ), cumul as (
    select p.citerne_id, p.produit_id, p.proprietaire_type, p.date_jour,
           sum(p.ambiant) over depuis_le_debut as ambiant, sum(p.a_15c) over depuis_le_debut as a_15c
      from par_jour p
    window depuis_le_debut as (partition by p.citerne_id, p.produit_id, p.proprietaire_type order by p.date_jour)
  )
  select 'STOCK', citerne_id, produit_id, proprietaire_type, null::date,
         t.ambiant, s.stock_ambiant, t.a_15c, s.stock_15c
    from total t full join public.stocks_snapshot s using (citerne_id, produit_id, proprietaire_type)
   where (t.ambiant, t.a_15c) is distinct from (s.stock_ambiant, s.stock_15c)
  union all
  select 'AJUSTEMENTS', citerne_id, produit_id, proprietaire_type, null,
         t.ajuste_ambiant, s.delta_ambiant_total, t.ajuste_15c, s.delta_15c_total
    from total t join public.stocks_snapshot s using (citerne_id, produit_id, proprietaire_type)
   where (t.ajuste_ambiant, t.ajuste_15c) is distinct from (s.delta_ambiant_total, s.delta_15c_total)
  union all
  select 'DERNIER_JOUR', s.citerne_id, s.produit_id, s.proprietaire_type, s.dernier_jour, null, null, null, null
    from public.stocks_snapshot s
   where s.dernier_jour is distinct from (
     select max(j.date_jour) from public.stocks_journaliers j
      where j.citerne_id = s.citerne_id and j.produit_id = s.produit_id and j.proprietaire_type = s.proprietaire_type)
  union all
  select 'JOUR', citerne_id, produit_id, proprietaire_type, date_jour,
         c.ambiant, j.stock_ambiant, c.a_15c, j.stock_15c
    from cumul c full join public.stocks_journaliers j using (citerne_id, produit_id, proprietaire_type, date_jour)
   where (c.ambiant, c.a_15c) is distinct from (j.stock_ambiant, j.stock_15c)
  union all
  select 'NEGATIF', c.citerne_id, c.produit_id, c.proprietaire_type, c.date_jour, c.ambiant, null, c.a_15c, null
    from cumul c where c.ambiant < 0 or c.a_15c < 0
$$;
comment on function public.verifier_stocks() is
  'Every disagreement between movements, snapshot, journal and adjustments, among what the caller sees; no row: all is well. Litres.';

create function public.stock_a(p_date date) returns table (
  depot_id uuid, citerne_id uuid, produit_id uuid, proprietaire_type text, date_jour date,
  stock_ambiant numeric, stock_15c numeric
)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select s.depot_id, s.citerne_id, s.produit_id, s.proprietaire_type, j.date_jour, j.stock_ambiant, j.stock_15c
    from public.stocks_snapshot s
   cross join lateral (
     select v.date_jour, v.stock_ambiant, v.stock_15c from public.stocks_journaliers v
      where v.citerne_id = s.citerne_id and v.produit_id = s.produit_id
        and v.proprietaire_type = s.proprietaire_type and v.date_jour <= p_date
      order by v.date_jour desc limit 1) j
$$;
comment on function public.stock_a(date) is
  'Stock at the end of a day, litres, by all that is known today; date_jour is the last day that moved it. Tanks without any stock yet have no row.';

create function public.stock_connu_a(p_date date, p_moment timestamptz) returns table (
  depot_id uuid, citerne_id uuid, proprietaire_type text, stock_ambiant numeric, stock_15c numeric
)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with lignes as (
    select l.depot_id, l.details, l.action,
           coalesce(l.details ->> 'date_reception', l.details ->> 'date_jour')::date as date_jour
      from public.log_actions l
     where l.created_at <= p_moment
       -- A line of another system says what it said there: the takeover wrote this database's own beside it.
       and l.details ->> 'reprise' is distinct from 'origine'
       and l.action in ('RECEPTION_CREEE', 'SORTIE_VALIDEE', 'STOCK_AJUSTE', 'RECEPTION_COMPENSEE', 'SORTIE_COMPENSEE',
                        'STOCK_INITIAL_DECLARE', 'TRANSFERT_CREE')
  ), mouvements as (
    select l.depot_id, m.citerne_id::uuid as citerne_id, l.details ->> 'proprietaire_type' as proprietaire_type,
           m.signe * coalesce(l.details ->> 'delta_ambiant', l.details ->> 'volume_ambiant')::numeric as delta_ambiant,
           m.signe * coalesce(l.details ->> 'delta_15c', l.details ->> 'volume_15c')::numeric as delta_15c
      from lignes l
     cross join lateral (values
       (case l.action when 'TRANSFERT_CREE' then l.details ->> 'citerne_source_id' else l.details ->> 'citerne_id' end,
        case when l.action in ('SORTIE_VALIDEE', 'TRANSFERT_CREE') then -1 else 1 end),
       (case l.action when 'TRANSFERT_CREE' then l.details ->> 'citerne_destination_id' end, 1)) as m (citerne_id, signe)
     where l.date_jour <= p_date and m.citerne_id is not null
  )
  select m.depot_id, m.citerne_id, m.proprietaire_type, sum(m.delta_ambiant), sum(m.delta_15c)
    from mouvements m
   group by 1, 2, 3
$$;
comment on function public.stock_connu_a(date, timestamptz) is
  'What was believed, at a moment, of the stock at the end of a day: from the log, so without what was back-dated after that moment. Litres; only for those who read the log.';

revoke execute on function public.verifier_stocks(), public.stock_a(date), public.stock_connu_a(date, timestamptz)
  from public, anon;
grant execute on function public.verifier_stocks(), public.stock_a(date), public.stock_connu_a(date, timestamptz)
  to authenticated, service_role;

-- 122_gel.sql
-- The freeze: while production is being migrated or restored, nobody writes but the one who does it.
--
-- The setting gel_ecritures holds {operateur, motif, depuis}; no row, no freeze. Whatever moves a litre, or would be
-- lost if the backup had to be restored, is refused at its first statement: after that statement has its table's lock,
-- so that whoever declares the freeze then waits for those locks and knows that nothing more can commit.

alter table public.app_settings add constraint app_settings_gel_check
  check (key <> 'gel_ecritures' or (value::jsonb ->> 'operateur')::uuid is not null);

create function private.gel_reserver_ecriture() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if not private.possede(tg_relid) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return case tg_op when 'DELETE' then old else new end;
end;
$$;
comment on function private.gel_reserver_ecriture() is
  'A freeze begins and ends by the functions below only: a client with the service key does not end it. Raises ECRITURE_INTERDITE.';

create trigger app_settings_gel_insert before insert on public.app_settings
  for each row when (new.key = 'gel_ecritures') execute function private.gel_reserver_ecriture();
create trigger app_settings_gel_update before update on public.app_settings
  for each row when ('gel_ecritures' in (old.key, new.key)) execute function private.gel_reserver_ecriture();
create trigger app_settings_gel_delete before delete on public.app_settings
  for each row when (old.key = 'gel_ecritures') execute function private.gel_reserver_ecriture();

create function private.exiger_ecritures_ouvertes() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_gel text;
begin
  -- An older snapshot of the database would not see a freeze declared since.
  perform private.exiger_read_committed();
  select s.value into v_gel from public.app_settings s where s.key = 'gel_ecritures';
  if v_gel is not null and (v_gel::jsonb ->> 'operateur')::uuid is distinct from auth.uid() then
    perform private.refuser('ECRITURES_GELEES', v_gel::jsonb - 'operateur');
  end if;
  return null;
end;
$$;
comment on function private.exiger_ecritures_ouvertes() is
  'Refuses every statement that writes while a freeze is on, except its operator''s: one reading of app_settings a statement. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

create trigger cours_de_route_gel before insert or update or delete on public.cours_de_route
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger fournisseur_lot_gel before insert or update or delete on public.fournisseur_lot
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger receptions_gel before insert or update or delete on public.receptions
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger sorties_produit_gel before insert or update or delete on public.sorties_produit
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger stocks_adjustments_gel before insert on public.stocks_adjustments
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger stocks_initiaux_gel before insert on public.stocks_initiaux
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger transferts_gel before insert on public.transferts
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger prises_de_hauteur_gel before insert on public.prises_de_hauteur
  for each statement execute function private.exiger_ecritures_ouvertes();
-- Only computing the days again (rebuild_stocks_journaliers) deletes any; no movement does, so none pays for this one.
create trigger stocks_journaliers_gel before delete on public.stocks_journaliers
  for each statement execute function private.exiger_ecritures_ouvertes();

create function private.geler_ecritures(p_motif text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_gel jsonb;
begin
  perform private.exiger('geler_ecritures');
  perform private.exiger_motif(p_motif, 10);
  insert into public.app_settings as s (key, value) values ('gel_ecritures', jsonb_build_object(
    'operateur', auth.uid(), 'motif', private.texte_net(p_motif),
    'depuis', to_char(now() at time zone coalesce(
      (select d.fuseau from public.profils p join public.depots d on d.id = p.depot_id where p.user_id = auth.uid()),
      'UTC'), 'DD/MM/YYYY à HH24:MI')))
  on conflict (key) do nothing;
  if found then
    perform private.journaliser('ECRITURES_GELEES', 'operations', 'CRITICAL', null, null,
      (select s.value::jsonb from public.app_settings s where s.key = 'gel_ecritures'));
    return;
  end if;
  select s.value::jsonb into v_gel from public.app_settings s where s.key = 'gel_ecritures';
  if (v_gel ->> 'operateur')::uuid is distinct from auth.uid() then
    perform private.refuser('ECRITURES_GELEES', v_gel - 'operateur');
  end if;
end;
$$;
comment on function private.geler_ecritures(text) is
  'Declares the freeze, with the calling admin as its operator; logged CRITICAL. Theirs already: changes nothing. Once committed, private.ecritures_en_vol must have become empty before nothing more can commit. Raises ROLE_FORBIDDEN, MOTIF_REQUIS, and ECRITURES_GELEES where another admin''s freeze is on.';

create function private.degeler_ecritures() returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_gel jsonb;
begin
  perform private.exiger('geler_ecritures');
  delete from public.app_settings s where s.key = 'gel_ecritures' returning s.value::jsonb into v_gel;
  if v_gel is null then
    return false;
  end if;
  perform private.journaliser('ECRITURES_DEGELEES', 'operations', 'CRITICAL', null, null, v_gel);
  return true;
end;
$$;
comment on function private.degeler_ecritures() is
  'Ends the freeze, whoever declared it (admin); logged CRITICAL. False where there was none. Raises ROLE_FORBIDDEN.';

create function private.ecritures_en_vol() returns table (pid int, utilisateur text, depuis timestamptz, requete text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select a.pid, a.usename::text, a.xact_start, a.query
    from pg_catalog.pg_stat_activity a
   where a.pid <> pg_backend_pid()
     and exists (
       select from pg_catalog.pg_locks l join pg_catalog.pg_trigger t on t.tgrelid = l.relation
        where l.pid = a.pid and l.locktype = 'relation' and l.granted and l.mode = 'RowExclusiveLock'
          and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = current_database())
          and t.tgfoid = 'private.exiger_ecritures_ouvertes'::regproc)
   order by a.xact_start
$$;
comment on function private.ecritures_en_vol() is
  'Transactions that hold a table the freeze guards: begun before it, they may still commit; those that come after it are refused and leave at once.';

create table private.interventions (
  id uuid primary key default gen_random_uuid(),
  nom text not null,
  reference text not null,
  ouverte_le timestamptz not null default now(),
  close_le timestamptz,
  etape text,
  par text,
  version int not null default 1,
  contenu jsonb not null
);
comment on table private.interventions is
  'Interventions of the operators on this database, beside the freeze they declare: whoever continues one from another machine finds it here. A restore keeps them, for they are of this database and of now. Written by the owner only.';
comment on column private.interventions.reference is 'Project it was made on: a copy of the database elsewhere has none of its own.';
comment on column private.interventions.etape is 'Last step that was run.';
comment on column private.interventions.par is 'Account and machine that ran it.';
comment on column private.interventions.version is 'Of how many writings this is the state: who has read an older one writes nothing.';
comment on column private.interventions.contenu is 'What each step saw, as its evidence says.';
-- One at a time, whatever it is.
create unique index interventions_une_ouverte on private.interventions ((true)) where close_le is null;
alter table private.interventions enable row level security;

-- 125_lectures.sql
-- What the lists of the doors read beside tables and views: the stock of a past day, and the hour at a depot.

create function private.stock_actuel_a(p_jour date) returns setof public.v_stock_actuel
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select s.depot_id, s.depot_nom, s.citerne_id, s.citerne_nom, s.produit_id, s.produit_nom, s.proprietaire_type,
         j.stock_ambiant, j.stock_15c, j.stock_ambiant - a.delta_ambiant, j.stock_15c - a.delta_15c,
         a.delta_ambiant, a.delta_15c, s.capacite_totale, s.capacite_securite,
         (select max(m.created_at) from public.v_mouvements_stock m
           where m.citerne_id = s.citerne_id and m.produit_id = s.produit_id
             and m.proprietaire_type = s.proprietaire_type and m.date_jour = j.date_jour),
         j.updated_at
    from public.v_stock_actuel s
   cross join lateral (
     select v.date_jour, v.stock_ambiant, v.stock_15c, v.updated_at from public.stocks_journaliers v
      where v.citerne_id = s.citerne_id and v.produit_id = s.produit_id
        and v.proprietaire_type = s.proprietaire_type and v.date_jour <= p_jour
      order by v.date_jour desc limit 1) j
   cross join lateral (
     select coalesce(sum(x.delta_ambiant), 0) as delta_ambiant, coalesce(sum(x.delta_15c), 0) as delta_15c
       from public.stocks_adjustments x
      where x.citerne_id = s.citerne_id and x.produit_id = s.produit_id
        and x.proprietaire_type = s.proprietaire_type and x.date_jour <= p_jour) a
$$;
comment on function private.stock_actuel_a(date) is
  'v_stock_actuel as it stood at the end of a day, litres, by all that is known today. A tank without stock by then has no row.';

create function private.kpi_stock_a(p_jour date) returns setof public.v_kpi_stock_global
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select s.depot_id, s.depot_nom, s.produit_id, s.produit_nom, p_jour, sum(s.stock_ambiant), sum(s.stock_15c),
         coalesce(sum(s.stock_ambiant) filter (where s.proprietaire_type = 'MONALUXE'), 0),
         coalesce(sum(s.stock_15c) filter (where s.proprietaire_type = 'MONALUXE'), 0),
         coalesce(sum(s.stock_ambiant) filter (where s.proprietaire_type = 'PARTENAIRE'), 0),
         coalesce(sum(s.stock_15c) filter (where s.proprietaire_type = 'PARTENAIRE'), 0)
    from private.stock_actuel_a(p_jour) s
   group by s.depot_id, s.depot_nom, s.produit_id, s.produit_nom
$$;
comment on function private.kpi_stock_a(date) is 'v_kpi_stock_global as it stood at the end of a day, litres.';

create function private.heure_au_depot(p_depot_id uuid, p_moment timestamptz) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return to_char(p_moment at time zone private.fuseau_vu(p_depot_id), 'YYYY-MM-DD HH24:MI:SS');
end;
$$;
comment on function private.heure_au_depot(uuid, timestamptz) is
  'A moment as the clock on the wall of a depot said it, for files; where none is named, of the first depot the caller sees.';

grant execute on function
  private.stock_actuel_a(date), private.kpi_stock_a(date), private.heure_au_depot(uuid, timestamptz), private.fuseau_vu(uuid)
  to authenticated;

-- 129_tailles.sql
-- Sizes: no text that anybody writes, by whichever way, is longer than a page.
--
-- One rule for every text column of the contract, where a list of values does not bound it already. The doors say the
-- same before they ask (Texte, in functions/_shared/schemas.ts); the log is written by the rules alone, and a sortie's
-- texts are measured by its own check (private.sortie_entiere): each check costs every sortie its reading again.

do $$
declare
  v_colonne record;
begin
  for v_colonne in
    select c.relname as nom_table, a.attname as nom
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.atttypid = 'text'::regtype
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not in ('log_actions', 'sorties_produit')
       and not exists (
         select from pg_constraint k
          where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
            and pg_get_constraintdef(k.oid) like '%= ANY (ARRAY[%')
  loop
    execute format('alter table public.%I add constraint %I check (char_length(%I) <= 2000)',
                   v_colonne.nom_table, v_colonne.nom_table || '_' || v_colonne.nom || '_check2000', v_colonne.nom);
  end loop;
end;
$$;

-- 130_idempotence.sql
-- Idempotency: a request that is sent again gets its first answer, even if the first answer never arrived.
-- The answer is kept in the transaction of the effect, so that there is never one without the other.

create table private.idempotence (
  user_id uuid not null,
  cle text not null check (char_length(cle) between 1 and 255),
  empreinte bytea not null,
  statut_http int,
  reponse json,
  role text not null,
  depots uuid[] not null,
  created_at timestamptz not null default now(),
  primary key (user_id, cle)
);
comment on table private.idempotence is
  'First answer to each Idempotency-Key of each user: 30 days, and the last 5 000 of a person (private.purger_idempotence).';
comment on column private.idempotence.empreinte is 'SHA-256 of method, path and body: the same key with another request is refused.';
comment on column private.idempotence.reponse is 'Kept as text is, so that the answer is the same to the byte.';
comment on column private.idempotence.statut_http is 'HTTP status of the first answer; null while its transaction is open.';
comment on column private.idempotence.role is 'Role of the person when they were answered.';
comment on column private.idempotence.depots is 'Depots they saw when they were answered.';
create index idempotence_created_at_idx on private.idempotence (created_at);

create function private.peut_autant(p_role text, p_role_d_alors text) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
return p_role = p_role_d_alors or (p_role is not null and not exists (
  select from private.capacites c where p_role_d_alors = any (c.roles) and not p_role = any (c.roles)));
comment on function private.peut_autant(text, text) is 'Whether a role may do all that another may.';

create function private.reprendre_reponse(p_cle text, p_demande text, p_corps jsonb) returns table (statut_http int, reponse json)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_empreinte constant bytea := sha256(convert_to(p_demande || E'\n' || coalesce(p_corps::text, ''), 'UTF8'));
  v_acteur constant private.acteur := private.acteur();
  v_depots constant uuid[] := coalesce(v_acteur.depots, '{}');
  v_premiere private.idempotence;
begin
  -- A second request with the key waits here until the first has committed or rolled back.
  insert into private.idempotence (user_id, cle, empreinte, role, depots)
  values (auth.uid(), p_cle, v_empreinte, v_acteur.role, v_depots)
  on conflict (user_id, cle) do nothing;
  if found then
    return;
  end if;
  select * into strict v_premiere from private.idempotence i where i.user_id = auth.uid() and i.cle = p_cle;
  if v_premiere.empreinte <> v_empreinte then
    perform private.refuser('IDEMPOTENCE_CONFLIT');
  end if;
  -- What was told to somebody is not told again to who they have become since.
  if not private.peut_autant(v_acteur.role, v_premiere.role) or not v_premiere.depots <@ v_depots then
    perform private.refuser('ROLE_FORBIDDEN', jsonb_build_object('role', v_acteur.role, 'role_d_alors', v_premiere.role));
  end if;
  return query select v_premiere.statut_http, v_premiere.reponse;
end;
$$;
comment on function private.reprendre_reponse(text, text, jsonb) is
  'Reserves a key for this request and returns no row, or returns the answer it was already given, to a person who may still do and see all that they could then. p_demande: method and path. Raises IDEMPOTENCE_CONFLIT, ROLE_FORBIDDEN.';

create function private.garder_reponse(p_cle text, p_statut_http int, p_reponse json) returns void
language sql security definer
set search_path = pg_catalog, pg_temp
as $$
  update private.idempotence set statut_http = p_statut_http, reponse = p_reponse
   where user_id = auth.uid() and cle = p_cle
$$;
comment on function private.garder_reponse(text, int, json) is 'Keeps the answer of a reserved key, in the transaction of its effect.';
grant execute on function private.reprendre_reponse(text, text, jsonb), private.garder_reponse(text, int, json)
  to authenticated;

create function private.purger_idempotence() returns bigint
language sql
set search_path = pg_catalog, pg_temp
as $$
  with oubliees as (
    delete from private.idempotence i
     using (select k.user_id, k.cle, row_number() over (partition by k.user_id order by k.created_at desc, k.cle) as rang
              from private.idempotence k) r
     where r.user_id = i.user_id and r.cle = i.cle
       and (r.rang > 5000 or i.created_at < now() - interval '30 days')
    returning 1)
  select count(*) from oubliees
$$;
comment on function private.purger_idempotence() is
  'Forgets, for everybody, answers that are 30 days old and, of each person, all but the last 5 000. Returns how many. Part of private.taches_periodiques.';

-- 140_environnement.sql
-- Environment: what a database refuses by itself because of what it is. PROD is never reset, dropped or seeded, whoever asks.

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
  'First line of whatever must never happen in PROD. A database that does not say what it is counts as PROD. Raises ENV_INTERDIT.';

-- PROD stays PROD ------------------------------------------------------------------------------------------------------

create function private.env_proteger() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Only who could drop the table may say that PROD is something else: a client with the service key may not.
  if old.key = 'env' and old.value = 'prod' and (tg_op = 'DELETE' or (new.key, new.value) is distinct from (old.key, old.value))
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

-- No drop in PROD ------------------------------------------------------------------------------------------------------

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
  'The one way through extensions.interdire_drop_en_prod(), for this transaction and no other: a restore in PROD with writes frozen, or a migration that says why it drops. Owner only; logs DROP_AUTORISE as CRITICAL. Use: begin; select private.autoriser_drop(''restauration du dump J12, validée par …''); drop …; commit. Raises MOTIF_REQUIS under 10 characters.';

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
  'Event trigger on sql_drop: in PROD nothing of public is dropped, cascades included, but in a transaction that called private.autoriser_drop. Raises ENV_INTERDIT.';
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

-- Reference rows ---------------------------------------------------------------------------------------------------------

create function private.poser_referentiels() returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.interdire_si_prod();
  insert into public.depots (id, nom, adresse) values
    ('11111111-1111-1111-1111-111111111111', 'Dépôt Daipn', 'Route Kipushi')
  on conflict do nothing;

  insert into public.produits (id, nom, code, groupe_mpms) values
    ('640cf7ec-1616-4503-a484-0a61afb20005', 'Essence', 'ESS', 'B'),
    ('22222222-2222-2222-2222-222222222222', 'Gasoil/AGO', 'G.O', 'B')
  on conflict do nothing;

  insert into public.citernes (id, depot_id, produit_id, nom, capacite_totale, capacite_securite)
  select t.id::uuid, '11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222', t.nom, t.capacite, 0
    from (values
      ('57da330a-1305-4582-be45-ceab0f1aa795', 'TANK1', 500000),
      ('905b3104-0324-4b5c-ba3d-ae1019746c70', 'TANK2', 500000),
      ('7bf64a46-ca77-4857-af89-2e14d9128473', 'TANK3', 500000),
      ('91d2078b-8e19-43c2-bf33-322a42cd4e94', 'TANK4', 500000),
      ('a76a08a6-9017-421e-b5d3-afe8129a8f9d', 'TANK5', 300000),
      ('6f3e0b4c-abfc-4b67-aaa0-2ca20a59ae1a', 'TANK6', 300000)
    ) as t (id, nom, capacite)
  on conflict do nothing;
end;
$$;
comment on function private.poser_referentiels() is
  'PROD''s depot, products and six tanks (litres), with their fixed ids, and no movement. What is already there stays as it is. Called by every reset and by the prod-like seed. Raises ENV_INTERDIT.';

create function private.citernes_fantomes() returns setof public.citernes
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select c.* from public.citernes c
   where c.nom in ('TANK STAGING 1', 'TANK TEST')
      or c.id in ('33333333-3333-3333-3333-333333333333', '44444444-4444-4444-4444-444444444444')
$$;
comment on function private.citernes_fantomes() is 'Tanks that must never exist: left by old tests, they hold nothing.';

-- Purges of STAGING ------------------------------------------------------------------------------------------------------

create function private.empreinte_cours_de_route() returns text
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select encode(sha256(convert_to(coalesce(string_agg(to_jsonb(c)::text, E'\n' order by c.id), ''), 'UTF8')), 'hex')
    from public.cours_de_route c
$$;
comment on function private.empreinte_cours_de_route() is 'SHA-256 of every CDR, every column: the same before and after, no CDR has changed.';

create function private.compter_mouvements() returns table (quoi text, lignes bigint)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select 'receptions', count(*) from public.receptions
  union all select 'sorties_produit', count(*) from public.sorties_produit
  union all select 'transferts', count(*) from public.transferts
  union all select 'stocks_adjustments', count(*) from public.stocks_adjustments
  union all select 'stocks_initiaux', count(*) from public.stocks_initiaux
  union all select 'prises_de_hauteur', count(*) from public.prises_de_hauteur
  union all select 'stocks_journaliers', count(*) from public.stocks_journaliers
  union all select 'stocks_snapshot', count(*) from public.stocks_snapshot
  union all select 'log_actions (mouvements)', count(*) from public.log_actions l
             where l.module in ('receptions', 'sorties', 'stocks')
  union all select 'cours_de_route', count(*) from public.cours_de_route
$$;
comment on function private.compter_mouvements() is
  'Rows of every table that private.vider_mouvements() empties, in its order, and the CDR that it keeps.';

create function private.verrouiller_mouvements() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  lock table public.cours_de_route, public.citernes, public.receptions, public.sorties_produit, public.transferts,
    public.stocks_adjustments, public.stocks_initiaux, public.prises_de_hauteur, public.stocks_journaliers,
    public.stocks_snapshot, public.log_actions in share row exclusive mode;
end;
$$;
comment on function private.verrouiller_mouvements() is
  'Until the transaction ends nobody else writes a movement, a stock, a tank or a CDR; readers go on.';

create function private.vider_journal_mouvements() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  delete from public.log_actions l where l.module in ('receptions', 'sorties', 'stocks');
  delete from private.blocs_journal;
end;
$$;
comment on function private.vider_journal_mouvements() is
  'The one place where lines leave the log: whatever proves the log''s lines to one another starts anew here. Called by private.vider_mouvements() only, which opens the way and has checked that this is not PROD.';

create function private.vider_mouvements() returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.interdire_si_prod();
  perform private.verrouiller_mouvements();
  perform set_config('app.purge_staging', pg_current_xact_id()::text, true);
  perform set_config('app.receptions_allow_write', '1', true);
  perform set_config('app.sorties_produit_allow_write', '1', true);
  perform set_config('app.stocks_journaliers_allow_write', '1', true);

  delete from public.receptions;
  delete from public.sorties_produit;
  delete from public.transferts;
  delete from public.stocks_adjustments;
  delete from public.stocks_initiaux;
  delete from public.prises_de_hauteur;
  delete from public.stocks_journaliers;
  delete from public.stocks_snapshot;
  perform private.vider_journal_mouvements();
  -- A key used again must not be answered with a movement that is no more.
  delete from private.idempotence;

  perform set_config('app.stocks_journaliers_allow_write', '', true);
  perform set_config('app.sorties_produit_allow_write', '', true);
  perform set_config('app.receptions_allow_write', '', true);
  perform set_config('app.purge_staging', '', true);
  perform private.journaliser('MOUVEMENTS_PURGES', 'environnement', 'CRITICAL', null, null,
    jsonb_build_object('env', private.env()));
end;
$$;
comment on function private.vider_mouvements() is
  'Deletes every movement, all stock, their lines of the log and the kept answers of idempotency keys; keeps every CDR as it is, a DECHARGE one included. Never in PROD. Owner only; logs MOUVEMENTS_PURGES. Raises ENV_INTERDIT.';

create function private.nettoyer_staging() returns table (quoi text, objet text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_citerne public.citernes;
  v_mouvements bigint;
begin
  perform private.interdire_si_prod();
  perform private.verrouiller_mouvements();

  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  return query
    delete from public.stocks_journaliers j
     where not exists (select from public.v_mouvements_stock m
                        where m.citerne_id = j.citerne_id and m.produit_id = j.produit_id
                          and m.proprietaire_type = j.proprietaire_type and m.date_jour = j.date_jour)
    returning 'stocks_journaliers', format('%s du %s : %s L', j.proprietaire_type, j.date_jour, j.stock_ambiant);
  return query
    delete from public.stocks_snapshot s
     where not exists (select from public.v_mouvements_stock m
                        where m.citerne_id = s.citerne_id and m.produit_id = s.produit_id
                          and m.proprietaire_type = s.proprietaire_type)
    returning 'stocks_snapshot', format('%s : %s L', s.proprietaire_type, s.stock_ambiant);
  update public.stocks_snapshot s
     set dernier_jour = j.dernier_jour
    from (select v.citerne_id, v.produit_id, v.proprietaire_type, max(v.date_jour) as dernier_jour
            from public.stocks_journaliers v group by 1, 2, 3) j
   where (s.citerne_id, s.produit_id, s.proprietaire_type) = (j.citerne_id, j.produit_id, j.proprietaire_type)
     and s.dernier_jour <> j.dernier_jour;
  perform set_config('app.stocks_journaliers_allow_write', '', true);

  for v_citerne in select * from private.citernes_fantomes() loop
    select (select count(*) from public.receptions r where r.citerne_id = v_citerne.id)
         + (select count(*) from public.sorties_produit s where s.citerne_id = v_citerne.id)
         + (select count(*) from public.transferts t where v_citerne.id in (t.citerne_source_id, t.citerne_destination_id))
         + (select count(*) from public.stocks_initiaux i where i.citerne_id = v_citerne.id)
         + (select count(*) from public.prises_de_hauteur p where p.citerne_id = v_citerne.id)
      into v_mouvements;
    if v_mouvements > 0 then
      perform private.refuser('CITERNE_AVEC_MOUVEMENTS',
        jsonb_build_object('nom', v_citerne.nom, 'mouvements', v_mouvements));
    end if;
    delete from public.citernes c where c.id = v_citerne.id;
    quoi := 'citerne fantôme';
    objet := format('%s (%s)', v_citerne.nom, v_citerne.id);
    return next;
  end loop;
end;
$$;
comment on function private.nettoyer_staging() is
  'Deletes the rows of stock that no movement stands behind, then the phantom tanks, and says each. A phantom tank with a movement, drafts and dips included, stops it all. Owner only. Raises ENV_INTERDIT, CITERNE_AVEC_MOUVEMENTS.';

-- 150_taches_periodiques.sql
-- What must be done from time to time, whoever has a clock: a hosted project's pg_cron, or the stack that npm start runs.

create function private.taches_periodiques() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.purger_idempotence();
end;
$$;
comment on function private.taches_periodiques() is
  'Everything to be done every hour; run again, or twice at once, it does no harm. Forgets old answers to idempotent requests.';

do $$
begin
  if exists (select from pg_available_extensions where name = 'pg_cron') then
    create extension if not exists pg_cron;
    perform cron.schedule('taches_periodiques', '7 * * * *', 'select private.taches_periodiques()');
  end if;
exception when others then
  raise warning 'pg_cron ne peut pas servir ici (%) : appelez private.taches_periodiques() vous-même, chaque heure.', sqlerrm;
end;
$$;

-- 011_refus.sql
-- The refusals of the rules, one row each: the code a program reads, the HTTP status it travels with, the sentence a
-- clerk reads, what it means and what to do. Functions raise them by code (private.refuser); nothing else says them.

insert into private.refus as r (code, statut_http, phrase, sens, conduite) values
  ('ROLE_FORBIDDEN', 403, 'Votre rôle ne permet pas cette action.',
    'La personne est connue, mais son rôle n''a pas la capacité que l''acte demande (detail : capacite, roles_admis).',
    'Confier l''acte à quelqu''un dont le rôle le permet, ou demander à un administrateur de changer le rôle.'),
  ('INVALID_ID_OR_STATE', 409, 'Cet enregistrement n''existe pas ou n''est plus dans l''état attendu : rechargez la page.',
    'L''enregistrement n''existe pas pour cette personne, ou quelqu''un l''a déjà validé, rejeté ou compensé.',
    'Recharger la page : si l''acte est déjà fait, il n''y a rien à refaire.'),
  ('BENEFICIAIRE_REQUIRED', 422, 'Indiquez le client ou le partenaire qui reçoit le carburant.',
    'Une sortie se valide pour quelqu''un : ni client ni partenaire n''est indiqué.',
    'Compléter le brouillon, puis valider.'),
  ('CITERNE_INACTIVE_OR_INCOMPATIBLE', 422, 'Cette citerne est inactive, inconnue ou contient un autre produit.',
    'La citerne n''est pas de ce dépôt, n''est pas active, ou contient un autre produit.',
    'Vérifier la citerne et le produit. Une citerne en maintenance se rouvre dans les référentiels.'),
  ('INDICES_MANQUANTS', 422, 'Indiquez le volume, ou les deux index du compteur (avant et après).',
    'Sans volume, il faut les deux index du compteur pour le calculer.',
    'Saisir le volume, ou l''index avant et l''index après.'),
  ('INDEX_INCOHERENTS', 422, 'Les index du compteur ne concordent pas : vérifiez l''index avant, l''index après et le volume.',
    'L''index après est sous l''index avant, ou leur différence n''est pas le volume envoyé.',
    'Relire le compteur et corriger la saisie.'),
  ('VOLUME_AMBIANT_NON_POSITIF', 422, 'Le volume doit être supérieur à zéro.',
    'Un mouvement porte sur un volume de plus de zéro litre.',
    'Corriger le volume ou les index.'),
  ('INSUFFICIENT_STOCK', 409, 'Stock insuffisant : {demande} L demandés, {disponible} L disponibles ({mesure}).',
    'Ce propriétaire n''a pas assez de carburant dans cette citerne ; rien n''a été débité (detail : mesure, demande, disponible).',
    'Réduire le volume, choisir une autre citerne, ou recevoir d''abord. Si la jauge dit autre chose, faire une prise de hauteur et prévenir un administrateur.'),
  ('SNAPSHOT_VIDE', 409, 'Aucun stock n''existe encore : enregistrez d''abord une réception.',
    'La base n''a encore aucun stock : rien ne peut sortir.',
    'Enregistrer une réception, ou faire déclarer le stock initial par un administrateur.'),
  ('SORTIE_STOCK_INTROUVABLE', 409, 'Cette citerne n''a aucun stock pour ce propriétaire.',
    'Ce propriétaire n''a jamais eu de carburant dans cette citerne.',
    'Vérifier la citerne et le propriétaire (MONALUXE ou PARTENAIRE).'),
  ('SORTIE_CAPACITE_SECURITE', 409, 'Cette sortie ferait descendre la citerne sous sa capacité de sécurité ({capacite_securite} L) : il resterait {reste} L.',
    'Une sortie laisse toujours dans la citerne sa capacité de sécurité, tous propriétaires ensemble.',
    'Réduire le volume ou choisir une autre citerne.'),
  ('STOCK_FUTUR_NEGATIF', 409, 'À cette date, le stock du {date_jour} deviendrait négatif.',
    'À la date du mouvement, un jour passé ou suivant descendrait sous zéro (detail : date_jour).',
    'Vérifier la date. Si elle est juste, un mouvement plus ancien manque ou est faux : le corriger d''abord.'),
  ('CITERNE_PLEINE', 409, 'La citerne n''a pas assez de place : {volume} L à recevoir, {libre} L libres.',
    'Le volume dépasse la place qui reste, tous propriétaires ensemble (detail : volume, libre, capacite_totale).',
    'Répartir sur plusieurs citernes, ou transférer d''abord.'),
  ('CDR_NON_ARRIVE', 409, 'Ce camion n''est pas au statut ARRIVE (statut actuel : {statut}).',
    'Un camion se reçoit une fois, quand son cours de route est ARRIVE.',
    'Faire avancer le cours de route jusqu''à ARRIVE ; s''il est DECHARGE, la réception est déjà faite.'),
  ('CDR_TRANSITION_INTERDITE', 409, 'Un cours de route ne peut pas passer de {de} à {vers}.',
    'Un cours de route avance d''un pas à la fois : CHARGEMENT, TRANSIT, FRONTIERE, ARRIVE. DECHARGE est écrit par la réception.',
    'Demander le pas suivant.'),
  ('CDR_DEJA_OUVERT', 409, 'Le camion {plaque_camion} a déjà un cours de route ouvert.',
    'Un camion n''a qu''un cours de route ouvert à la fois.',
    'Terminer le premier, ou vérifier la plaque.'),
  ('PARTENAIRE_REQUIS', 422, 'Le carburant d''un partenaire exige d''indiquer ce partenaire.',
    'Le carburant est à un PARTENAIRE sans que l''on sache lequel.',
    'Indiquer le partenaire.'),
  ('DENSITE_OBSERVEE_REQUISE', 422, 'Indiquez la densité observée.',
    'Le volume à 15 °C se calcule de la densité lue sur l''échantillon.',
    'Saisir la densité observée, en kg/m³.'),
  ('TEMPERATURE_REQUISE', 422, 'Indiquez la température du produit.',
    'Le volume à 15 °C se calcule de la température du produit ; celle de l''échantillon ne la remplace jamais.',
    'Saisir la température du produit, en °C.'),
  ('TEMPERATURE_HORS_PLAGE', 422, 'Une température de {temperature} °C est invraisemblable dans ce dépôt (de {min} à {max} °C) : vérifiez la saisie.',
    'Une température sort de ce que le dépôt tient pour possible (detail : champ, temperature, min, max).',
    'Relire le thermomètre. La plage se règle dans le référentiel des dépôts.'),
  ('VOLUME_15C_INCOHERENT', 422, 'Le volume à 15 °C envoyé ({envoye} L) s''écarte de plus de 2 % de celui que donne la température ({calcule} L).',
    'Sous le calcul historique, le volume à 15 °C du client est gardé s''il est à moins de 2 % de la formule.',
    'Vérifier le volume et la température, ou ne pas envoyer de volume à 15 °C.'),
  ('MESURES_INCOHERENTES', 422, 'Deux valeurs disent la même chose et ne concordent pas : {champ} ({valeur}) et {autre} ({autre_valeur}).',
    'Deux colonnes d''un même chiffre s''écartent de plus d''une demi-unité, ou de plus de 0,5 %.',
    'Relire la mesure et n''en envoyer qu''une, ou deux qui concordent.'),
  ('VOLUME_TROP_PETIT', 422, 'Un volume de {volume} L fait 0 L à 15 °C : vérifiez la saisie.',
    'Le volume s''arrondit à zéro litre à 15 °C (detail : champ, volume).',
    'Vérifier l''unité et la virgule du volume saisi.'),
  ('ASTM_HORS_DOMAINE', 422, 'Valeur hors du domaine de la norme : {borne}.',
    'La norme ne donne pas de chiffre pour ces valeurs, et rien n''est extrapolé (detail : borne).',
    'Vérifier densité, température et produit.'),
  ('SORTIE_VALIDATION_DIRECTE_INTERDITE', 409, 'Une sortie se crée en brouillon, puis se valide.',
    'Une sortie naît en brouillon ; l''option sortie_directe_compat seule admet une sortie insérée comme validée, et rien n''admet une sortie insérée comme rejetée.',
    'Écrire le brouillon, puis le valider.'),
  ('VERSION_PERIMEE', 412, 'Ce brouillon a changé depuis que vous l''avez lu : relisez-le, puis validez de nouveau.',
    'Quelqu''un a modifié le brouillon entre la lecture et la validation : on ne valide que ce que l''on a lu (detail : version, version_actuelle).',
    'Relire le brouillon, puis valider la nouvelle version.'),
  ('ISOLATION_INTERDITE', 409, 'Cette écriture exige une transaction ordinaire (read committed).',
    'La transaction travaille sur une image ancienne de la base (repeatable read ou serializable) et ne verrait pas ce que d''autres viennent d''écrire.',
    'Recommencer dans une transaction ordinaire.'),
  ('ECRITURE_INTERDITE', 403, 'Cet enregistrement ne peut plus être modifié ni supprimé.',
    'Ce qui est validé ne change plus, et certaines lignes ne s''écrivent que par les règles.',
    'Corriger par une compensation ou un ajustement, avec son motif.'),
  ('CHAMP_INCONNU', 422, 'Le champ {champ} n''existe pas : vérifiez son nom.',
    'La demande porte un champ qui n''existe pas, ou que seule la base écrit (detail : champ).',
    'Corriger le nom, ou retirer le champ.'),
  ('MOTIF_REQUIS', 422, 'Indiquez un motif d''au moins {minimum} caractères.',
    'Un rejet, un ajustement et une compensation s''expliquent.',
    'Écrire un motif assez long pour être compris dans un an.'),
  ('DATE_FUTURE', 422, 'La date est dans le futur : nous sommes le {aujourdhui} au dépôt.',
    'Un mouvement est du jour même ou d''un jour passé, à l''heure du dépôt.',
    'Corriger la date.'),
  ('IDEMPOTENCE_CONFLIT', 409, 'Cette clé d''idempotence a déjà servi pour une autre demande.',
    'La même clé Idempotency-Key a été envoyée avec une autre demande.',
    'Une clé neuve pour chaque demande ; la même, seulement pour la renvoyer à l''identique.'),
  ('FLAG_INACTIF', 403, 'Cette fonction n''est pas encore ouverte pour vous.',
    'La fonction est derrière une option qui n''est pas ouverte pour cette personne ou ce dépôt.',
    'Demander à un administrateur d''ouvrir l''option.'),
  ('FLAG_INCONNU', 404, 'Cette option n''existe pas.',
    'Aucune option ne porte ce nom.',
    'Lire la liste des options (GET flags).'),
  ('INTROUVABLE', 404, 'Introuvable : {quoi}.',
    'L''objet n''existe pas, ou il est d''un dépôt que cette personne ne voit pas : la réponse est la même (detail : quoi).',
    'Vérifier l''identifiant.'),
  ('COMPTE_DESACTIVE', 403, 'Votre compte est désactivé : adressez-vous à un administrateur.',
    'Un administrateur a fermé l''accès de cette personne.',
    'S''adresser à un administrateur.'),
  ('DEPOT_REQUIS', 422, 'Ce rôle travaille dans un dépôt : indiquez lequel.',
    'Ce rôle ne voit que son dépôt : sans dépôt, il ne verrait rien.',
    'Indiquer le dépôt.'),
  ('PROFIL_EXISTANT', 409, 'Cette personne a déjà un profil : modifiez-le.',
    'Une personne a un seul profil.',
    'Modifier celui qu''elle a.'),
  ('DERNIER_ADMIN', 409, 'Il doit rester un administrateur actif : nommez-en un autre d''abord.',
    'Sans administrateur actif, plus personne ne pourrait ouvrir ni fermer d''accès.',
    'Nommer un autre administrateur d''abord.'),
  ('SECOND_FACTEUR_REQUIS', 403, 'Cette action demande votre second facteur : saisissez le code de votre application, puis recommencez.',
    'L''option mfa_admin demande le second facteur pour cet acte, et la session n''en a pas.',
    'Saisir le code de l''application d''authentification, puis recommencer.'),
  ('TROP_DE_DEMANDES', 429, 'Trop de demandes en peu de temps : réessayez dans {attendre_s} s.',
    'La limite de demandes par minute de cette porte est atteinte.',
    'Attendre le délai de Retry-After.'),
  ('CAPACITE_SOUS_LE_STOCK', 409, 'La citerne contient {stock} L : sa capacité ne peut pas descendre à {capacite_totale} L.',
    'La capacité demandée est sous ce que la citerne contient.',
    'Sortir ou transférer du carburant d''abord, ou corriger la capacité.'),
  ('CITERNE_AVEC_MOUVEMENTS', 409, 'La citerne {nom} a {mouvements} mouvements : elle ne peut pas être retirée. Purgez d''abord les mouvements (staging:reset-mouvements).',
    'Une citerne qui a servi ne se retire pas : son histoire resterait sans citerne.',
    'En STAGING, purger d''abord les mouvements ; ailleurs, passer la citerne à inactive.'),
  ('ENV_INTERDIT', 403, 'Cette opération est interdite dans cet environnement.',
    'L''opération détruirait des données de production, ou l''environnement n''est pas déclaré.',
    'Vérifier la cible (app_settings, env).'),
  ('ECRITURES_GELEES', 423, 'Les saisies sont suspendues depuis le {depuis} ({motif}). Rien n''a été enregistré : réessayez quand la reprise sera annoncée.',
    'Une intervention est en cours : seules les lectures passent (detail : motif, depuis).',
    'Attendre l''annonce de la reprise, puis renvoyer la même demande : elle n''a pas été gardée.'),
  ('DENSITE_HORS_PRODUIT', 422, 'La densité à 15 °C ({densite_a_15_kgm3} kg/m³) n''est pas celle de {produit} : de {minimum} à {maximum} kg/m³.',
    'La densité à 15 °C sort de la plage du produit : une densité mal lue, ou un autre produit.',
    'Relire le densimètre et la température de l''échantillon, vérifier le produit. La plage se règle dans le référentiel des produits.'),
  ('CDR_REQUIS', 422, 'Le carburant de Monaluxe arrive par un cours de route : indiquez lequel.',
    'Une réception de carburant MONALUXE se rattache au camion qui l''a apporté ; seul un partenaire livre sans cours de route.',
    'Choisir le cours de route du camion, ou indiquer le propriétaire PARTENAIRE.'),
  ('LOT_EXISTANT', 409, 'Ce fournisseur a déjà un lot « {reference} » pour ce produit.',
    'Une référence de lot ne sert qu''une fois par fournisseur et produit.',
    'Choisir une autre référence, ou reprendre le lot existant.'),
  ('LOT_STATUT_INVALIDE', 422, 'Statut lot invalide : {statut}.',
    'Un lot est ouvert, cloture ou facture.',
    'Corriger le statut.'),
  ('LOT_TRANSITION_INTERDITE', 409, 'Transition de statut lot invalide : de {de} à {vers}.',
    'Un lot avance d''ouvert à cloture, puis à facture, et ne revient pas.',
    'Demander le pas suivant.'),
  ('LOT_NON_OUVERT', 409, 'Impossible de {acte} lot qui n''est pas ouvert (statut actuel : {statut}).',
    'Un camion ne rejoint et ne quitte qu''un lot ouvert.',
    'Choisir un lot ouvert.'),
  ('LOT_INCOMPATIBLE', 422, 'Impossible de rattacher : le {quoi} du CDR ne correspond pas à celui du lot.',
    'Le camion et le lot ne sont pas du même fournisseur ou du même produit.',
    'Vérifier le camion et le lot.'),
  ('LOT_CDR_DECHARGE', 409, 'Impossible de modifier le rattachement au lot pour un CDR au statut DECHARGE.',
    'Un camion déchargé garde son lot : ce qui a été reçu ne change plus.',
    'Aucune : corriger par les documents du lot.'),
  ('LOT_NON_VIDE', 409, 'Des camions sont rattachés à ce lot : il ne peut être ni supprimé, ni changé de fournisseur ou de produit.',
    'Des camions sont rattachés au lot.',
    'Détacher d''abord les camions qui peuvent l''être.'),
  ('CDR_RECU', 409, 'Une réception a déchargé ce camion : il ne peut pas être supprimé.',
    'Le camion a été reçu : son cours de route est la pièce de la réception.',
    'Compenser la réception si elle est fausse ; le cours de route reste.')
on conflict (code) do update
   set (statut_http, phrase, sens, conduite) = (excluded.statut_http, excluded.phrase, excluded.sens, excluded.conduite)
 where (r.statut_http, r.phrase, r.sens, r.conduite)
       is distinct from (excluded.statut_http, excluded.phrase, excluded.sens, excluded.conduite);

-- 015_capacites.sql
-- Who may do what, row by row (private.capacites). The list is whole here: a capability that is not on it is taken away.

insert into private.capacites as c (capacite, roles, second_facteur, dit) values
  ('voir_tous_depots', '{admin,directeur,pca}', false, 'voir tous les dépôts, et pas seulement le sien'),
  ('ecrire_cours_de_route', '{admin,directeur,gerant,operateur}', false, 'annoncer un camion et le faire avancer'),
  ('annuler_cours_de_route', '{admin,directeur,gerant}', false, 'clore un camion qui n''arrivera pas'),
  ('supprimer_cours_de_route', '{admin}', false, 'supprimer un camion auquel rien ne se rattache'),
  ('tenir_lots', '{admin,directeur}', false, 'clôturer, facturer, corriger et supprimer un lot de fournisseur'),
  ('ecrire_reception', '{admin,directeur,gerant,operateur}', false, 'recevoir un camion'),
  ('ecrire_sortie', '{admin,directeur,gerant,operateur}', false, 'écrire le brouillon d''une sortie'),
  ('valider_sortie', '{admin,directeur,gerant}', false, 'valider ou rejeter une sortie'),
  ('transferer_stock', '{admin,directeur,gerant}', false, 'transférer d''une citerne à une autre'),
  ('mesurer_citerne', '{admin,directeur,gerant,operateur}', false, 'relever la hauteur d''une citerne'),
  ('ajuster_stock', '{admin}', true, 'ajuster un stock, compenser un mouvement, déclarer un stock initial'),
  ('reconstruire_stock', '{admin}', true, 'recalculer le stock de chaque jour'),
  ('ecrire_referentiels', '{admin,directeur}', false, 'tenir les dépôts, citernes, produits, clients, fournisseurs et partenaires'),
  ('lire_coordonnees_fournisseurs', '{admin,directeur,gerant,pca}', false, 'lire les contacts, adresses et notes des fournisseurs'),
  ('lire_noms', '{admin,directeur,gerant,pca}', false, 'lire le nom et le rôle des autres personnes'),
  ('lire_journal', '{admin,directeur,gerant,pca}', false, 'lire le journal des actions'),
  ('verifier_journal', '{admin,directeur}', false, 'vérifier que le journal est intact'),
  ('regler_options', '{admin}', true, 'régler une option'),
  ('ecrire_profils', '{admin}', true, 'ouvrir, changer et fermer les accès'),
  ('regler_produits', '{admin}', true, 'changer le code, le groupe, le coefficient ou les densités d''un produit'),
  ('regler_calcul', '{admin}', false, 'régler le calcul à 15 °C et ses cas de référence'),
  ('geler_ecritures', '{admin}', false, 'geler et rouvrir les écritures')
on conflict (capacite) do update
   set (roles, second_facteur, dit) = (excluded.roles, excluded.second_facteur, excluded.dit)
 where (c.roles, c.second_facteur, c.dit) is distinct from (excluded.roles, excluded.second_facteur, excluded.dit);

-- 022_limites.sql
-- How often one person may ask one thing, a minute. A limit that an environment has tuned, or added, stays its own.

insert into private.limites (route, par_minute) values
  ('GET', 1200),
  ('POST', 600),
  ('PUT', 600)
on conflict (route) do nothing;

-- 040_options.sql
-- The feature flags there are. Whether each is on, and for whom, is the environment's own.

insert into public.feature_flags as f (key, description) values
  ('astm_53b', 'Volumes à 15 °C calculés par la norme API MPMS 11.1 (tables 53B/54B) au lieu du calcul historique.'),
  ('sortie_directe_compat', 'Une sortie insérée avec le statut « validee » suit le chemin de validation au lieu d''être refusée.'),
  ('mfa_admin', 'Les actes d''administrateur demandent le second facteur (ajustement, compensation, stock initial, options, profils).')
on conflict (key) do update set description = excluded.description
  where f.description is distinct from excluded.description;

-- 076_cas_reference.sql
-- Real trucks as SEP calculated them, that the engine is compared with. Cases imported since stay.

insert into public.golden_cases as g (
  source, reference, produit_code, volume_observe_l, temperature_echantillon_c, temperature_produit_c,
  densite_observee_kgm3, densite_15c_attendue_kgm3, vcf_attendu, volume_15c_attendu_l, note
) values
  ('SEP', '1', 'G.O', 39296, 29.7, 22.5, 837.3, 847.6, 0.9937, 39048,
   'La température du produit (22,5 °C) est déduite du facteur imprimé par SEP. SEP imprime 847,6 pour la densité ; la norme donne 847,4 : le facteur et le volume n''en changent pas.'),
  ('SEP', '2', 'G.O', 39391, 23.5, 22.5, 837.5, 843.4, 0.9937, 39143,
   'La température du produit (22,5 °C) est déduite du facteur imprimé par SEP ; le reste est imprimé.'),
  ('SEP', '3', 'G.O', 39291, 23.2, 23.2, 837.6, 843.2, 0.9931, 39020,
   'La même température pour l''échantillon et le produit. SEP imprime 843,2 pour la densité ; la norme donne 843,3 (843,258).'),
  ('SEP', '4', 'G.O', 36971, 19.0, 19.0, 837.0, 839.8, 0.9966, 36845,
   'La même température pour l''échantillon et le produit ; tout est imprimé.'),
  ('SEP', '5', 'G.O', 38312, 20.0, 20.0, 836.0, 839.5, 0.9958, 38151,
   'La même température pour l''échantillon et le produit. Pour la densité, SEP donne 839,4 ou 839,5 ; la norme, 839,5 (839,453).'),
  ('SEP', '6', 'G.O', 39330, 20.0, 20.0, 837.0, 840.5, 0.9958, 39165,
   'La même température pour l''échantillon et le produit. Pour la densité, SEP donne 840,4 ou 840,5 ; la norme, 840,5 (840,451).'),
  ('SEP', '7', 'G.O', 37384, 20.0, 20.0, 836.0, 839.5, 0.9958, 37227,
   'La même température pour l''échantillon et le produit. Pour la densité, SEP donne 839,4 ou 839,5 ; la norme, 839,5 (839,453).'),
  ('SEP', '8', 'G.O', 33445, 21.0, 21.0, 837.0, 841.1, 0.9949, 33274,
   'La même température pour l''échantillon et le produit. SEP imprime 840,1 pour la densité, une coquille pour 841,1, retenu ici.')
on conflict (source, reference) do update set
  produit_code = excluded.produit_code,
  volume_observe_l = excluded.volume_observe_l,
  temperature_echantillon_c = excluded.temperature_echantillon_c,
  temperature_produit_c = excluded.temperature_produit_c,
  densite_observee_kgm3 = excluded.densite_observee_kgm3,
  densite_15c_attendue_kgm3 = excluded.densite_15c_attendue_kgm3,
  vcf_attendu = excluded.vcf_attendu,
  volume_15c_attendu_l = excluded.volume_15c_attendu_l,
  note = excluded.note
where (g.produit_code, g.volume_observe_l, g.temperature_echantillon_c, g.temperature_produit_c,
    g.densite_observee_kgm3, g.densite_15c_attendue_kgm3, g.vcf_attendu, g.volume_15c_attendu_l, g.note)
   is distinct from (excluded.produit_code, excluded.volume_observe_l, excluded.temperature_echantillon_c,
    excluded.temperature_produit_c, excluded.densite_observee_kgm3, excluded.densite_15c_attendue_kgm3,
    excluded.vcf_attendu, excluded.volume_15c_attendu_l, excluded.note);

-- 076_profils_calcul.sql
-- The way of calculating that counts where no other does. What an administrator has made of it stays.

insert into astm.profils_calcul (nom) values ('SEP')
on conflict do nothing;
