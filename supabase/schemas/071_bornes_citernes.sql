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

create function private.exiger_contenance(p_citerne_id uuid, p_jour date, p_volume numeric) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_statut text;
  v_capacite numeric;
  v_stock numeric;
  v_dernier_jour date;
begin
  select c.statut, c.capacite_totale, sum(s.stock_ambiant), max(s.dernier_jour)
    into v_statut, v_capacite, v_stock, v_dernier_jour
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
  return v_statut;
end;
$$;
comment on function private.exiger_contenance(uuid, date, numeric) is
  'After litres came into a tank on a day, refuses where that day or a later one ends above what it can hold, all '
  'owners together, and names the first. Gives the state of the tank, which may have closed since it was read. The '
  'caller has the lock. Raises CITERNE_PLEINE.';

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
