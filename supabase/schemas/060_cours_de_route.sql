-- Cours de route: one truck on its way from a supplier.
--
--   CHARGEMENT → TRANSIT → FRONTIERE → ARRIVE → DECHARGE
--
-- One step at a time, forward only. The last step is not a person's: the réception takes it.

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
    check (statut in ('CHARGEMENT', 'TRANSIT', 'FRONTIERE', 'ARRIVE', 'DECHARGE')),
  note text,
  created_by uuid references auth.users (id),
  created_at timestamptz not null default now()
);
comment on table public.cours_de_route is 'One truck on its way from a supplier to a depot.';
comment on column public.cours_de_route.volume is 'Litres announced by the supplier, not measured by us.';
comment on column public.cours_de_route.date_chargement is 'Day the truck was loaded; today at the depot when not said.';
create unique index cours_de_route_camion_ouvert on public.cours_de_route (plaque_camion) where statut <> 'DECHARGE';
create index cours_de_route_page_idx on public.cours_de_route (date_chargement desc, id desc);
create index cours_de_route_fournisseur_id_idx on public.cours_de_route (fournisseur_id);
create index cours_de_route_depot_idx on public.cours_de_route (depot_destination_id, date_chargement desc);
create index cours_de_route_produit_id_idx on public.cours_de_route (produit_id);
create index cours_de_route_created_by_idx on public.cours_de_route (created_by);

create function private.exiger_camion_libre(p_plaque text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- The lock makes two requests for one truck queue, so that the second reads what the first wrote.
  perform pg_advisory_xact_lock(hashtextextended('cours_de_route:' || p_plaque, 0));
  if exists (select from public.cours_de_route c where c.plaque_camion = p_plaque and c.statut <> 'DECHARGE') then
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

  perform private.exiger_camion_libre(new.plaque_camion);
  return new;
end;
$$;
comment on function private.cours_de_route_avant_insert() is
  'A new CDR starts at CHARGEMENT, at a depot its author sees, one open CDR a truck. Raises ROLE_FORBIDDEN, INTROUVABLE, CDR_TRANSITION_INTERDITE, CDR_DEJA_OUVERT.';

create function private.cours_de_route_avant_update() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  c_suivant constant jsonb := '{"CHARGEMENT":"TRANSIT","TRANSIT":"FRONTIERE","FRONTIERE":"ARRIVE","ARRIVE":"DECHARGE"}';
begin
  if old.statut = 'DECHARGE' then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', 'cours_de_route'));
  end if;
  if new.statut <> old.statut
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
  'One step forward at a time; DECHARGE only once a réception exists; nothing changes after it. Raises CDR_TRANSITION_INTERDITE, CDR_DEJA_OUVERT, ECRITURE_INTERDITE.';

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
  elsif new.statut <> old.statut then
    perform private.journaliser('CDR_STATUT', 'cours_de_route', 'INFO', new.id, new.depot_destination_id,
      jsonb_build_object('de', old.statut, 'vers', new.statut));
  end if;
  -- A move may bring along other changes.
  if tg_op = 'UPDATE' and to_jsonb(new) - 'statut' <> to_jsonb(old) - 'statut' then
    perform private.journaliser('CDR_MODIFIE', 'cours_de_route', 'INFO', new.id, new.depot_destination_id,
      jsonb_build_object('avant', to_jsonb(old), 'apres', to_jsonb(new)));
  end if;
  return null;
end;
$$;
comment on function private.cours_de_route_journaliser() is 'Logs CDR_CREE, CDR_STATUT, CDR_MODIFIE and CDR_SUPPRIME.';

create trigger cours_de_route_before_insert before insert on public.cours_de_route
  for each row execute function private.cours_de_route_avant_insert();
create trigger cours_de_route_before_update before update on public.cours_de_route
  for each row execute function private.cours_de_route_avant_update();
create trigger cours_de_route_after_write after insert or update or delete on public.cours_de_route
  for each row execute function private.cours_de_route_journaliser();

alter table public.cours_de_route enable row level security;
grant select, insert, update on public.cours_de_route to authenticated;
grant select, insert, update, delete on public.cours_de_route to service_role;
create policy cours_de_route_lecture on public.cours_de_route for select to authenticated
  using (depot_destination_id = any ((select private.depots_visibles())::uuid[]));
create policy cours_de_route_creation on public.cours_de_route for insert to authenticated
  with check (depot_destination_id = any ((select private.depots_ou('ecrire_cours_de_route'))::uuid[]));
create policy cours_de_route_modification on public.cours_de_route for update to authenticated
  using (depot_destination_id = any ((select private.depots_ou('ecrire_cours_de_route'))::uuid[]))
  with check (depot_destination_id = any ((select private.depots_ou('ecrire_cours_de_route'))::uuid[]));

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
  'Moves a CDR one step. Raises ROLE_FORBIDDEN, INTROUVABLE, CDR_TRANSITION_INTERDITE, ECRITURE_INTERDITE.';
revoke execute on function public.changer_statut_cours_de_route(uuid, text) from public, anon;
grant execute on function public.changer_statut_cours_de_route(uuid, text) to authenticated;
