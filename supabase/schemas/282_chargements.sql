-- What a truck was loaded with, by its bill of lading, and when it reached each step of its way.

create table public.chargements (
  cours_de_route_id uuid primary key references public.cours_de_route (id),
  depot_id uuid not null,
  bl_numero text not null check (btrim(bl_numero) <> ''),
  date_bl date not null check (date_bl between '2000-01-01' and '2049-12-31'),
  base text not null default 'L20' check (base in ('L20', 'L15', 'TM_AIR')),
  quantite numeric(15,3) not null check (quantite > 0 and quantite < 1e9),
  densite_15 numeric(10,6) check (densite_15 between 400 and 1300),
  temperature_c numeric(6,2) check (temperature_c between -50 and 150),
  scelles text,
  created_by uuid references auth.users (id),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table public.chargements is 'The bill of lading of a truck: what the supplier says was loaded.';
comment on column public.chargements.depot_id is 'Depot its truck goes to; kept by the database.';
comment on column public.chargements.base is 'What it counts in: litres at 20 or 15 °C, tonnes in air.';
comment on column public.chargements.quantite is 'Loaded, in units of base.';
comment on column public.chargements.densite_15 is 'Density at 15 °C it says, kg/m³.';
comment on column public.chargements.temperature_c is 'Temperature it was loaded at, °C.';
comment on column public.chargements.scelles is 'Numbers of the seals.';
create index chargements_depot_id_idx on public.chargements (depot_id);
create index chargements_created_by_idx on public.chargements (created_by);

create table public.cdr_etapes (
  cours_de_route_id uuid not null references public.cours_de_route (id) on delete cascade,
  statut text not null,
  depot_id uuid not null,
  depuis timestamptz not null,
  primary key (cours_de_route_id, statut)
);
comment on table public.cdr_etapes is
  'Since when a truck has been at each step of its way. Written by the database; those of before this table, from the '
  'log.';
comment on column public.cdr_etapes.depot_id is 'Depot the truck goes to; kept by the database.';
create index cdr_etapes_depot_id_idx on public.cdr_etapes (depot_id);

create trigger chargements_gel before insert or update on public.chargements
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger chargements_block before delete or truncate on public.chargements
  for each statement execute function private.interdire_ecriture();
-- A truck's steps are written with it, and it asks the freeze. This one, which nobody pays, says that they are guarded
-- (private.ecritures_en_vol).
create trigger cdr_etapes_gel before truncate on public.cdr_etapes
  for each statement execute function private.exiger_ecritures_ouvertes();

create function private.completer_etapes() returns bigint
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lignes bigint;
begin
  insert into public.cdr_etapes (cours_de_route_id, statut, depot_id, depuis)
  select c.id, 'CHARGEMENT', c.depot_destination_id, c.created_at from public.cours_de_route c
  union all
  select c.id, l.details ->> 'vers', c.depot_destination_id, max(l.created_at)
    from public.cours_de_route c
    join public.log_actions l on l.cible_id = c.id and l.action = 'CDR_STATUT' and l.details ->> 'vers' is not null
   group by c.id, l.details ->> 'vers'
  on conflict do nothing;
  get diagnostics v_lignes = row_count;
  return v_lignes;
end;
$$;
comment on function private.completer_etapes() is
  'The steps of trucks that moved before they were kept, from the log; returns how many it added. Run again, it adds '
  'none.';

create function private.cours_de_route_suivre() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' or new.statut <> old.statut then
    insert into public.cdr_etapes (cours_de_route_id, statut, depot_id, depuis)
    values (new.id, new.statut, new.depot_destination_id, private.moment_de_l_acte())
    on conflict (cours_de_route_id, statut) do update set depuis = excluded.depuis;
  end if;
  if tg_op = 'INSERT' then
    return null;
  end if;
  if new.depot_destination_id <> old.depot_destination_id then
    update public.cdr_etapes e set depot_id = new.depot_destination_id where e.cours_de_route_id = new.id;
    update public.chargements h set depot_id = new.depot_destination_id where h.cours_de_route_id = new.id;
  end if;
  if (new.depot_destination_id, new.fournisseur_lot_id)
     is distinct from (old.depot_destination_id, old.fournisseur_lot_id) then
    perform private.ecarts_suivent(new);
  end if;
  return null;
end;
$$;
comment on function private.cours_de_route_suivre() is
  'Keeps since when a truck is where it is; what refers to it follows its depot and lot. Raises ISOLATION_INTERDITE, '
  'ECRITURES_GELEES.';
create trigger cours_de_route_suivre after insert or update on public.cours_de_route
  for each row execute function private.cours_de_route_suivre();

create function public.enregistrer_chargement(p_cours_de_route_id uuid, p_chargement jsonb) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_cdr public.cours_de_route;
  v_avant public.chargements;
  v_c public.chargements;
begin
  perform private.exiger('ecrire_cours_de_route');
  perform private.exiger_read_committed();
  select * into v_cdr from public.cours_de_route c
   where c.id = p_cours_de_route_id and c.depot_destination_id = any (private.depots_visibles()) for no key update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce cours de route'));
  end if;
  select * into v_avant from public.chargements h where h.cours_de_route_id = p_cours_de_route_id;
  perform private.exiger_chargement_modifiable(v_cdr, v_avant);
  v_c := jsonb_populate_record(v_avant, private.seulement(p_chargement,
    '{bl_numero,date_bl,base,quantite,densite_15,temperature_c,scelles}'));
  v_c.densite_15 := private.en_kgm3(v_c.densite_15);
  perform private.date_de_document(v_c.date_bl);
  insert into public.chargements as h
    (cours_de_route_id, depot_id, bl_numero, date_bl, base, quantite, densite_15, temperature_c, scelles, created_by)
  values (v_cdr.id, v_cdr.depot_destination_id, btrim(v_c.bl_numero), v_c.date_bl, coalesce(v_c.base, 'L20'),
    v_c.quantite, v_c.densite_15, v_c.temperature_c, v_c.scelles, auth.uid())
  on conflict (cours_de_route_id) do update
     set (bl_numero, date_bl, base, quantite, densite_15, temperature_c, scelles, updated_at)
         = (excluded.bl_numero, excluded.date_bl, excluded.base, excluded.quantite, excluded.densite_15,
            excluded.temperature_c, excluded.scelles, now())
  returning * into v_c;
  perform private.journaliser(case when v_avant.cours_de_route_id is null then 'CHARGEMENT_ENREGISTRE'
    else 'CHARGEMENT_MODIFIE' end, 'cours_de_route', case v_cdr.statut when 'DECHARGE' then 'WARNING' else 'INFO' end,
    v_cdr.id, v_cdr.depot_destination_id, jsonb_build_object(
      'avant', case when v_avant.cours_de_route_id is not null then to_jsonb(v_avant) end, 'apres', to_jsonb(v_c)));
  if v_cdr.statut = 'DECHARGE' then
    perform private.juger_transit(v_cdr.id);
  end if;
end;
$$;
comment on function public.enregistrer_chargement(uuid, jsonb) is
  'The bill of lading of a truck {bl_numero, date_bl, base, quantite, densite_15, temperature_c, scelles}, or what '
  'changes of it. Of an unloaded truck, it is compared at once with what came. Raises ROLE_FORBIDDEN, FORME_INATTENDUE, '
  'DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, DATE_FUTURE, INTROUVABLE, '
  'ECRITURES_GELEES, CHARGEMENT_FIGE.';

create function private.exiger_chargement_modifiable(p_cdr public.cours_de_route, p_avant public.chargements)
  returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_cdr.statut = 'ANNULE' or exists (
    select from public.fournisseur_facture_lot_min f
     where f.fournisseur_lot_id = p_cdr.fournisseur_lot_id and f.type = 'FACTURE' and f.validated_at is not null) then
    perform private.refuser('CHARGEMENT_FIGE', jsonb_build_object('plaque_camion', p_cdr.plaque_camion));
  end if;
  -- What the comparison was made by is corrected by who may say what a gap is.
  if p_cdr.statut = 'DECHARGE' and p_avant.cours_de_route_id is not null then
    perform private.exiger('traiter_ecarts');
  end if;
end;
$$;
comment on function private.exiger_chargement_modifiable(public.cours_de_route, public.chargements) is
  'The bill of lading of a truck that came or will, whose lot is not invoiced yet; once it is unloaded, whoever treats '
  'gaps corrects it. Raises CHARGEMENT_FIGE, ROLE_FORBIDDEN.';

alter table public.chargements enable row level security;
alter table public.cdr_etapes enable row level security;
grant select on public.chargements, public.cdr_etapes to authenticated, service_role;
create policy chargements_lecture on public.chargements for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
create policy cdr_etapes_lecture on public.cdr_etapes for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
revoke execute on function public.enregistrer_chargement(uuid, jsonb) from public, anon;
grant execute on function public.enregistrer_chargement(uuid, jsonb) to authenticated;
