-- Physical count: what a dip finds in a tank, beside what the books say. It moves no stock: an adjustment does.

alter table public.citernes
  add column tolerance_inventaire_pour_mille numeric(6,2) not null default 5
    check (tolerance_inventaire_pour_mille >= 0 and tolerance_inventaire_pour_mille <= 1000);
comment on column public.citernes.tolerance_inventaire_pour_mille is
  'Gap between dip and books, in thousandths of the books, beyond which a count is flagged.';

create trigger citernes_before_update_tolerance before update on public.citernes
  for each row when (old.tolerance_inventaire_pour_mille is distinct from new.tolerance_inventaire_pour_mille)
  execute function private.mesures_proteger();
create trigger citernes_journal_nom after update on public.citernes
  for each row when (old.tolerance_inventaire_pour_mille is not distinct from new.tolerance_inventaire_pour_mille)
  execute function private.referentiel_journaliser('CITERNE', 'INFO');
create trigger citernes_journal_mesure after update on public.citernes
  for each row when (old.tolerance_inventaire_pour_mille is distinct from new.tolerance_inventaire_pour_mille)
  execute function private.referentiel_journaliser('CITERNE', 'WARNING');

create table public.prises_de_hauteur (
  id uuid primary key default private.nouvel_id(),
  citerne_id uuid not null,
  produit_id uuid not null,
  depot_id uuid not null references public.depots (id),
  volume_mesure numeric(15,3) not null check (volume_mesure >= 0 and volume_mesure < 1e9),
  stock_comptable numeric(15,3) not null,
  tolerance_pour_mille numeric(6,2) not null,
  note text,
  created_by uuid not null references auth.users (id),
  created_at timestamptz not null default now(),
  constraint prises_de_hauteur_citerne_id_fkey foreign key (citerne_id, produit_id, depot_id)
    references public.citernes (id, produit_id, depot_id)
);
comment on table public.prises_de_hauteur is
  'Physical count of a tank by dipping: what is really there. Moves no stock. Immutable.';
comment on column public.prises_de_hauteur.volume_mesure is 'Litres as measured, all owners together.';
comment on column public.prises_de_hauteur.stock_comptable is
  'Litres the books gave at that moment, as measured, all owners together; written by the database.';
comment on column public.prises_de_hauteur.tolerance_pour_mille is
  'Tolerance of the tank at that moment, in thousandths of the books: one that changes since changes no verdict; '
  'written by the database.';
create index prises_de_hauteur_produit_id_idx on public.prises_de_hauteur (produit_id);
create index prises_de_hauteur_citerne_idx on public.prises_de_hauteur (citerne_id, created_at desc);
create index prises_de_hauteur_depot_idx on public.prises_de_hauteur (depot_id, created_at desc);
create index prises_de_hauteur_created_by_idx on public.prises_de_hauteur (created_by);

create function private.prises_de_hauteur_avant_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('mesurer_citerne');
  select c.produit_id, c.depot_id, c.tolerance_inventaire_pour_mille
    into new.produit_id, new.depot_id, new.tolerance_pour_mille
    from public.citernes c
   where c.id = new.citerne_id and c.depot_id = any (private.depots_visibles())
     for key share;
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
  'Notes beside the dip what the books say now, and the tolerance that judges it. Raises ROLE_FORBIDDEN, '
  'CITERNE_INACTIVE_OR_INCOMPATIBLE.';

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
  select p.id as prise_de_hauteur_id, p.created_at, p.depot_id, p.citerne_id, c.nom as citerne_nom, p.produit_id,
         p.volume_mesure, p.stock_comptable,
         p.volume_mesure - p.stock_comptable as ecart_l,
         round(1000 * (p.volume_mesure - p.stock_comptable) / nullif(p.stock_comptable, 0), 2) as ecart_pour_mille,
         p.tolerance_pour_mille as tolerance_inventaire_pour_mille,
         -- Fuel where the books have none is beyond any tolerance.
         abs(p.volume_mesure - p.stock_comptable) > p.stock_comptable * p.tolerance_pour_mille / 1000
           as hors_tolerance,
         p.note
    from public.prises_de_hauteur p
    join public.citernes c on c.id = p.citerne_id;
comment on view public.v_ecarts_inventaire is
  'Each dip beside the books of its moment: gap in litres and thousandths, and whether it is beyond the tolerance of '
  'its day.';

alter table public.prises_de_hauteur enable row level security;
grant select on public.prises_de_hauteur, public.v_ecarts_inventaire to authenticated, service_role;
grant insert (id, citerne_id, volume_mesure, note) on public.prises_de_hauteur to authenticated;
grant insert on public.prises_de_hauteur to service_role;
create policy prises_de_hauteur_lecture on public.prises_de_hauteur for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
create policy prises_de_hauteur_creation on public.prises_de_hauteur for insert to authenticated
  with check (depot_id = any ((select private.depots_ou('mesurer_citerne'))::uuid[]));
