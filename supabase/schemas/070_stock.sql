-- Stock: the sum of the movements, right at commit.
--
-- stocks_snapshot holds the stock of now, stocks_journaliers the stock at the end of every day that saw a movement.
-- One function writes both, inside the transaction of the movement. Lock order, everywhere: the movement (or CDR) row,
-- then the tanks, all those of the statement in one order. The mutex of a tank is an advisory lock of its id, not its
-- rows of stocks_snapshot: those of an owner who never had any do not exist yet, and so could not be waited for; nor
-- the tank's own row, which every foreign key to it shares, and which each movement would write again.

create table public.stocks_snapshot (
  id uuid primary key default gen_random_uuid(),
  citerne_id uuid not null,
  produit_id uuid not null references public.produits (id),
  proprietaire_type text not null,
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
  unique (citerne_id, produit_id, proprietaire_type),
  constraint stocks_snapshot_citerne_id_fkey foreign key (citerne_id, produit_id, depot_id)
    references public.citernes (id, produit_id, depot_id)
)
-- A few rows written by every movement: room on the page keeps each new version beside the old one, out of the indexes.
with (fillfactor = 20);
comment on table public.stocks_snapshot is
  'Current stock of a tank, product and owner: movements and adjustments. Written by private.appliquer_mouvement only.';
comment on column public.stocks_snapshot.stock_ambiant is 'Litres as measured.';
comment on column public.stocks_snapshot.stock_15c is 'Litres at 15 °C.';
comment on column public.stocks_snapshot.delta_ambiant_total is
  'Part of stock_ambiant that came from stocks_adjustments, litres.';
comment on column public.stocks_snapshot.delta_15c_total is
  'Part of stock_15c that came from stocks_adjustments, litres at 15 °C.';
comment on column public.stocks_snapshot.densite_melange_kgm3 is
  'Density at 15 °C of what the tank holds, all owners together, kg/m³: Σ ρ15·V15 / ΣV15 of what came in, written by '
  'private.melanger; null where no density was ever known.';
comment on column public.stocks_snapshot.dernier_jour is
  'Last day of the journal for this tank, product and owner: a movement of that day moves no other.';
create index stocks_snapshot_produit_id_idx on public.stocks_snapshot (produit_id);
create index stocks_snapshot_depot_id_idx on public.stocks_snapshot (depot_id);

create table public.stocks_journaliers (
  id uuid primary key default gen_random_uuid(),
  citerne_id uuid not null,
  produit_id uuid not null references public.produits (id),
  date_jour date not null,
  proprietaire_type text not null,
  depot_id uuid not null references public.depots (id),
  stock_ambiant numeric(15,3) not null,
  stock_15c numeric(15,3) not null,
  source text not null default 'MOUVEMENTS',
  updated_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  unique (citerne_id, produit_id, proprietaire_type, date_jour),
  constraint stocks_journaliers_citerne_id_fkey foreign key (citerne_id, produit_id, depot_id)
    references public.citernes (id, produit_id, depot_id)
) with (fillfactor = 70);
comment on table public.stocks_journaliers is
  'Stock at the end of a day, cumulative. A day without a movement has no row: the last row before it holds.';
comment on column public.stocks_journaliers.date_jour is 'Day in the time zone of the depot.';
comment on column public.stocks_journaliers.stock_ambiant is 'Litres as measured, at the end of the day.';
comment on column public.stocks_journaliers.stock_15c is 'Litres at 15 °C, at the end of the day.';
create index stocks_journaliers_page_idx on public.stocks_journaliers (date_jour desc, id desc);
create index stocks_journaliers_depot_idx on public.stocks_journaliers (depot_id, date_jour desc, id desc);
create index stocks_journaliers_produit_id_idx on public.stocks_journaliers (produit_id);

create function private.stocks_reserver_ecriture() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- The flag alone opens nothing: the writer must also be the owner of the tables, as the project's functions are.
  if current_setting('app.stocks_journaliers_allow_write', true) = '1' and private.possede(tg_relid) then
    return null;
  end if;
  perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  return null;
end;
$$;
comment on function private.stocks_reserver_ecriture() is
  'Stock is written by the rules only. Raises ECRITURE_INTERDITE for any role without the transaction''s flag.';
grant execute on function private.stocks_reserver_ecriture() to service_role;

create function private.stocks_garder() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Nearly every row: one question for the writer, who they are and both litres, NaN refused as well. Said here and not
  -- as checks, whose text is read again at every movement.
  if current_setting('app.stocks_journaliers_allow_write', true) = '1' and private.possede(tg_relid)
     and 0 <= all (array[new.stock_ambiant, new.stock_15c]) and 'NaN' <> all (array[new.stock_ambiant, new.stock_15c])
     and new.proprietaire_type in ('MONALUXE', 'PARTENAIRE') then
    return new;
  end if;
  if (current_setting('app.stocks_journaliers_allow_write', true) = '1' and private.possede(tg_relid)) is not true then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  if (new.proprietaire_type in ('MONALUXE', 'PARTENAIRE')) is not true then
    raise check_violation using message = format('%s: an owner that is none', tg_table_name),
      table = tg_table_name, constraint = tg_table_name || '_proprietaire_type_check';
  end if;
  raise check_violation using message = format('%s: litres that no tank holds', tg_table_name),
    table = tg_table_name, constraint = tg_table_name || '_stock_check';
end;
$$;
comment on function private.stocks_garder() is
  'Stock is written by the rules only; what a tank holds is never negative nor NaN (litres), and is ours or the '
  'partners''. Raises ECRITURE_INTERDITE, 23514.';
grant execute on function private.stocks_garder() to service_role;

create trigger stocks_snapshot_block before delete or truncate on public.stocks_snapshot
  for each statement execute function private.stocks_reserver_ecriture();
create trigger stocks_snapshot_garder before insert or update on public.stocks_snapshot
  for each row execute function private.stocks_garder();
create trigger stocks_journaliers_block before delete or truncate on public.stocks_journaliers
  for each statement execute function private.stocks_reserver_ecriture();
create trigger stocks_journaliers_garder before insert or update on public.stocks_journaliers
  for each row execute function private.stocks_garder();

create function private.verrouiller_citerne(p_citerne_id uuid) returns void
language sql volatile
return pg_catalog.pg_advisory_xact_lock(pg_catalog.uuid_hash_extended(p_citerne_id, 0));
comment on function private.verrouiller_citerne(uuid) is
  'The mutex of one tank, of whoever has no other and has asked for the isolation. Inlined where it is used.';

create function private.verrouiller_citernes(variadic p_citerne_ids uuid[]) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_pris text;
begin
  -- With an older snapshot of the database, what another has just written would not be seen, lock or no lock.
  if current_setting('transaction_isolation') <> 'read committed' then
    perform private.exiger_read_committed();
  end if;
  if cardinality(p_citerne_ids) = 1 then
    v_pris := private.verrouiller_citerne(p_citerne_ids[1]);
  else
    perform pg_advisory_xact_lock(t.verrou)
       from (select distinct uuid_hash_extended(c.id, 0) as verrou from unnest(p_citerne_ids) c (id) order by 1) t;
  end if;
end;
$$;
comment on function private.verrouiller_citernes(uuid[]) is
  'Takes the mutex of these tanks until the transaction ends, always in one order: whatever moves stock takes it '
  'before it reads any. Raises ISOLATION_INTERDITE outside read committed.';

create function public.get_last_stock_ambiant(p_citerne uuid, p_produit uuid) returns numeric
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(sum(s.stock_ambiant), 0) from public.stocks_snapshot s
   where s.citerne_id = p_citerne and s.produit_id = p_produit
$$;
comment on function public.get_last_stock_ambiant(uuid, uuid) is
  'Current litres of a product in a tank, as measured, all owners together; 0 where there is none or the caller may '
  'not see it.';
revoke execute on function public.get_last_stock_ambiant(uuid, uuid) from public, anon;
grant execute on function public.get_last_stock_ambiant(uuid, uuid) to authenticated, service_role;

alter table public.stocks_snapshot enable row level security;
alter table public.stocks_journaliers enable row level security;
grant select on public.stocks_snapshot, public.stocks_journaliers to authenticated, service_role;
create policy stocks_snapshot_lecture on public.stocks_snapshot for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
create policy stocks_journaliers_lecture on public.stocks_journaliers for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
