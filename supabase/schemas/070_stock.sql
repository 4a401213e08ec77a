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
create index stocks_journaliers_depot_idx on public.stocks_journaliers (depot_id, date_jour desc);
create index stocks_journaliers_produit_id_idx on public.stocks_journaliers (produit_id);

create function private.possede(p_table oid) returns boolean
language sql stable
return pg_catalog.has_table_privilege(p_table, 'truncate');
comment on function private.possede(oid) is
  'Whether the current role owns a table: nobody else is granted to truncate any (a structure test sees to it). '
  'Inlined where it is used, it costs no query.';
grant execute on function private.possede(oid) to authenticated, service_role;

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
     and least(new.stock_ambiant, new.stock_15c) >= 0 and greatest(new.stock_ambiant, new.stock_15c) < 1e12
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
    v_pris := pg_advisory_xact_lock(uuid_hash_extended(p_citerne_ids[1], 0));
  else
    perform pg_advisory_xact_lock(t.verrou)
       from (select distinct uuid_hash_extended(c.id, 0) as verrou from unnest(p_citerne_ids) c (id) order by 1) t;
  end if;
end;
$$;
comment on function private.verrouiller_citernes(uuid[]) is
  'Takes the mutex of these tanks until the transaction ends, always in one order: whatever moves stock takes it '
  'before it reads any. Raises ISOLATION_INTERDITE outside read committed.';

create function private.premier_jour_negatif(
  p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date, p_delta_ambiant numeric,
  p_delta_15c numeric
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
  v_maintenant constant timestamptz := now();
  v_fait boolean;
  v_permis text;
begin
  v_permis := set_config('app.stocks_journaliers_allow_write', '1', true);
  update public.stocks_snapshot s
     set stock_ambiant = s.stock_ambiant + p_delta_ambiant,
         stock_15c = s.stock_15c + p_delta_15c,
         last_movement_at = v_maintenant,
         updated_at = v_maintenant
   where s.citerne_id = p_citerne_id and s.produit_id = p_produit_id and s.proprietaire_type = p_proprietaire_type
     and s.dernier_jour = p_dernier_jour
     and s.stock_ambiant + p_delta_ambiant >= 0 and s.stock_15c + p_delta_15c >= 0;
  v_fait := found;
  if v_fait then
    update public.stocks_journaliers j
       set stock_ambiant = j.stock_ambiant + p_delta_ambiant,
           stock_15c = j.stock_15c + p_delta_15c,
           updated_at = v_maintenant
     where j.citerne_id = p_citerne_id and j.produit_id = p_produit_id and j.proprietaire_type = p_proprietaire_type
       and j.date_jour between p_jour and p_dernier_jour;
    if p_ajustement then
      update public.stocks_snapshot s
         set delta_ambiant_total = s.delta_ambiant_total + p_delta_ambiant,
             delta_15c_total = s.delta_15c_total + p_delta_15c
       where s.citerne_id = p_citerne_id and s.produit_id = p_produit_id and s.proprietaire_type = p_proprietaire_type;
    end if;
  end if;
  v_permis := set_config('app.stocks_journaliers_allow_write', '', true);
  return v_fait;
end;
$$;
comment on function private.deplacer_jours(uuid, uuid, text, date, date, numeric, numeric, boolean) is
  'Adds litres (negative: takes) to the snapshot and to its days from p_jour to p_dernier_jour. False, and nothing '
  'done, where p_dernier_jour is not the last day it has, or its stock could not bear it. The caller has the lock.';

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
  v_ouverte text;
begin
  v_ouverte := private.exiger_periode_ouverte(p_depot_id, p_jour);
  -- Nearly every movement is of today, in a tank that today has already seen: two rows to update.
  if private.deplacer_jours(p_citerne_id, p_produit_id, p_proprietaire_type, p_jour, p_jour, p_delta_ambiant,
    p_delta_15c,
                            p_ajustement) then
    return;
  end if;

  -- The others: the first of a tank or of a day, a back-dated one, or one that a day could not bear.
  perform private.exiger_depuis_l_ouverture(p_citerne_id, p_produit_id, p_proprietaire_type, p_jour);
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

  if not private.deplacer_jours(p_citerne_id, p_produit_id, p_proprietaire_type, p_jour, v_dernier_jour,
    p_delta_ambiant,
                                p_delta_15c, p_ajustement) then
    raise exception 'the last day of tank % for % holds another stock than its snapshot', p_citerne_id,
      p_proprietaire_type;
  end if;
end;
$$;
comment on function private.appliquer_mouvement(uuid, uuid, uuid, text, date, numeric, numeric, boolean) is
  'Adds litres (negative: takes) to the snapshot, to the day and to every later day. Creates the rows that are '
  'missing. The caller has locked and checked. Raises STOCK_FUTUR_NEGATIF, naming the first day that would go below '
  'zero; P0001 where snapshot and journal disagree, which verifier_stocks() would show.';

create function private.jours_citerne(p_citerne_id uuid, p_jour date)
returns table (date_jour date, stock_ambiant numeric, stock_15c numeric)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with comptes as (
    select s.produit_id, s.proprietaire_type from public.stocks_snapshot s where s.citerne_id = p_citerne_id
  ), jours as (
    select p_jour as date_jour
     union
    select v.date_jour
      from comptes c cross join lateral (
        select j.date_jour from public.stocks_journaliers j
         where j.citerne_id = p_citerne_id and j.produit_id = c.produit_id and j.proprietaire_type = c.proprietaire_type
           and j.date_jour > p_jour) v
  )
  select d.date_jour, sum(v.stock_ambiant), sum(v.stock_15c)
    from jours d cross join comptes c cross join lateral (
      select j.stock_ambiant, j.stock_15c from public.stocks_journaliers j
       where j.citerne_id = p_citerne_id and j.produit_id = c.produit_id and j.proprietaire_type = c.proprietaire_type
         and j.date_jour <= d.date_jour
       order by j.date_jour desc limit 1) v
   group by 1
$$;
comment on function private.jours_citerne(uuid, date) is
  'What a tank holds at the end of a day and of every later one that saw a movement, all owners together, litres as '
  'measured and at 15 °C. A day before any stock has no row.';

-- A tank's bounds, looked at once the litres have moved and while its mutex is held. A movement of today asks no past
-- day.

create function private.exiger_en_service(p_citerne_id uuid) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from public.citernes c where c.id = p_citerne_id and c.statut <> 'active') then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_citerne_id));
  end if;
end;
$$;
comment on function private.exiger_en_service(uuid) is
  'Refuses a tank that has closed since it was read. The caller has the lock. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE.';

create function private.exiger_contenance(p_citerne_id uuid, p_jour date, p_volume numeric) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_capacite numeric;
  v_stock numeric;
  v_dernier_jour date;
begin
  select c.capacite_totale, sum(s.stock_ambiant), max(s.dernier_jour) into v_capacite, v_stock, v_dernier_jour
    from public.citernes c join public.stocks_snapshot s on s.citerne_id = c.id
   where c.id = p_citerne_id group by c.id;
  if v_dernier_jour > p_jour then
    select j.date_jour, j.stock_ambiant into p_jour, v_stock
      from private.jours_citerne(p_citerne_id, p_jour) j where j.stock_ambiant > v_capacite order by j.date_jour
        limit 1;
  end if;
  if v_stock > v_capacite then
    perform private.refuser('CITERNE_PLEINE', jsonb_build_object('date_jour', p_jour, 'volume', p_volume,
      'libre', greatest(v_capacite - v_stock + p_volume, 0), 'capacite_totale', v_capacite));
  end if;
end;
$$;
comment on function private.exiger_contenance(uuid, date, numeric) is
  'After litres came into a tank on a day, refuses where that day or a later one ends above what it can hold, all '
  'owners together, and names the first. The caller has the lock. Raises CITERNE_PLEINE.';

create function private.exiger_securite(p_citerne_id uuid, p_jour date, p_vcf numeric default null) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_statut text;
  v_securite numeric;
  v_stock numeric;
  v_dernier_jour date;
begin
  -- What lies in a friend's tank has no bottom of ours to keep.
  select c.statut, case when c.logique then 0 else c.capacite_securite end into v_statut, v_securite
    from public.citernes c where c.id = p_citerne_id;
  if v_statut <> 'active' then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_citerne_id));
  end if;
  if v_securite = 0 then
    return;
  end if;
  -- What is left, as it measures at the temperature of what has just left: the books' ambient litres are of other days.
  select sum(coalesce(s.stock_15c / p_vcf, s.stock_ambiant)), max(s.dernier_jour) into v_stock, v_dernier_jour
    from public.stocks_snapshot s where s.citerne_id = p_citerne_id;
  if v_dernier_jour > p_jour then
    select j.date_jour, coalesce(j.stock_15c / p_vcf, j.stock_ambiant) into p_jour, v_stock
      from private.jours_citerne(p_citerne_id, p_jour) j
     where coalesce(j.stock_15c / p_vcf, j.stock_ambiant) < v_securite order by j.date_jour limit 1;
  end if;
  if v_stock < v_securite then
    perform private.refuser('SORTIE_CAPACITE_SECURITE',
      jsonb_build_object('date_jour', p_jour, 'reste', round(v_stock, 3), 'capacite_securite', v_securite));
  end if;
end;
$$;
comment on function private.exiger_securite(uuid, date, numeric) is
  'After litres left a tank on a day, refuses where that day or a later one ends below its security capacity, all '
  'owners together, and names the first: litres at 15 °C read at the temperature they left at where p_vcf, their '
  'correction factor, is given, else as measured; or where it has closed since it was read. The caller has the lock. '
  'Raises SORTIE_CAPACITE_SECURITE, CITERNE_INACTIVE_OR_INCOMPATIBLE.';

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
  'After litres at 15 °C came into a tank (negative: were taken back out of it), blends their density (kg/m³) with '
  'that of what was there. A density that is not known changes nothing, but in a tank that was empty. What merely '
  'leaves a tank leaves its density as it was: nobody calls it then. The caller has the lock.';

create function private.citerne_a_servi(p_citerne_id uuid) returns boolean
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return exists (select from public.receptions r where r.citerne_id = p_citerne_id)
      or exists (select from public.sorties_produit s where s.citerne_id = p_citerne_id)
      or exists (select from public.transferts t where p_citerne_id in (t.citerne_source_id, t.citerne_destination_id))
      or exists (select from public.mouvements_transferts_depots t where t.citerne_id = p_citerne_id)
      or exists (select from public.stocks_initiaux i where i.citerne_id = p_citerne_id)
      or exists (select from public.cessions x where x.citerne_id = p_citerne_id)
      or exists (select from public.prises_de_hauteur p where p.citerne_id = p_citerne_id)
      or exists (select from public.baremes b where b.citerne_id = p_citerne_id)
      or exists (select from public.compteurs k where k.citerne_id = p_citerne_id)
      or exists (select from public.stocks_snapshot s where s.citerne_id = p_citerne_id);
end;
$$;
comment on function private.citerne_a_servi(uuid) is
  'Whether anything refers to a tank: a movement, a draft included, a dip, a gauge table, stock. The keys say the same '
  'once it is too late for words.';

create function private.citernes_proteger() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock numeric;
begin
  -- Whoever moves fuel there holds the tank's row by its key until they end: they have been waited for.
  if (new.depot_id, new.produit_id) is distinct from (old.depot_id, old.produit_id)
    and private.citerne_a_servi(old.id) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', 'citernes'));
  end if;
  if (new.statut, new.capacite_totale, new.capacite_securite) is distinct
    from (old.statut, old.capacite_totale, old.capacite_securite) then
    -- Who moves fuel meanwhile waits here, and then finds the tank as it has become.
    perform private.verrouiller_citernes(old.id);
    select coalesce(sum(s.stock_ambiant), 0) into v_stock from public.stocks_snapshot s where s.citerne_id = old.id;
    if v_stock > new.capacite_totale and new.capacite_totale < old.capacite_totale then
      perform private.refuser('CAPACITE_SOUS_LE_STOCK',
        jsonb_build_object('stock', v_stock, 'capacite_totale', new.capacite_totale));
    end if;
  end if;
  return new;
end;
$$;
comment on function private.citernes_proteger() is
  'A tank that has served keeps its product and its depot, and room for what it holds; what decides its movements '
  'changes between two of them. Raises ECRITURE_INTERDITE, CAPACITE_SOUS_LE_STOCK, ISOLATION_INTERDITE.';

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
