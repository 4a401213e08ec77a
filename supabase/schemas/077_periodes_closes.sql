-- Which days of a depot are closed. What closes and opens them is in 262_periodes.sql; what a movement reads of its
-- tank knows the last of them.

create table public.periodes_closes (
  id uuid primary key default private.nouvel_id(),
  depot_id uuid not null references public.depots (id),
  periode text not null check (periode in ('JOUR', 'MOIS')),
  du date not null check (du >= '2020-01-01'),
  au date not null,
  par uuid not null references auth.users (id),
  le timestamptz not null default now(),
  rouverte_par uuid references auth.users (id),
  rouverte_le timestamptz,
  motif_reouverture text,
  created_at timestamptz not null default now(),
  check (au >= du and (periode = 'MOIS' or au = du)),
  check (num_nonnulls(rouverte_par, rouverte_le, motif_reouverture) in (0, 3))
);
comment on table public.periodes_closes is
  'Days and months that were closed at a depot, and which of them were opened again. Written by clore_periode and '
  'rouvrir_periode only.';
comment on column public.periodes_closes.du is 'First day, at the depot.';
comment on column public.periodes_closes.au is 'Last day, included: nothing dated up to it is written any more.';
create unique index periodes_closes_depot_idx on public.periodes_closes (depot_id, au desc) where rouverte_le is null;
create index periodes_closes_page_idx on public.periodes_closes (depot_id, au desc, id desc);
create index periodes_closes_par_idx on public.periodes_closes (par);
create index periodes_closes_rouverte_par_idx on public.periodes_closes (rouverte_par);
create function private.clos_jusqu_au(p_depot_id uuid) returns date
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select c.au from public.periodes_closes c where c.depot_id = p_depot_id and c.rouverte_le is null
   order by c.au desc limit 1
$$;
comment on function private.clos_jusqu_au(uuid) is 'Last closed day of a depot; null where none is.';
