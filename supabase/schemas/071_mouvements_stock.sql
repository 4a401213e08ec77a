-- How litres move: snapshot, day and every later day, in the transaction of the movement, which holds the tank.

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
  p_pris_ambiant numeric, p_pris_15c numeric, p_ajustement boolean, p_reserve numeric default 0
) returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
-- Nearly always one row each: a bitmap would be made for nothing.
set enable_bitmapscan = off
as $$
declare
  v_maintenant constant timestamptz := now();
  v_au_moins constant numeric := p_pris_ambiant + p_reserve;
  v_permis text;
begin
  v_permis := set_config('app.stocks_journaliers_allow_write', '1', true);
  -- Written once: a row that its own transaction has written before asks its foreign keys again.
  if p_ajustement then
    update public.stocks_snapshot s
       set stock_ambiant = s.stock_ambiant - p_pris_ambiant,
           stock_15c = s.stock_15c - p_pris_15c,
           delta_ambiant_total = s.delta_ambiant_total - p_pris_ambiant,
           delta_15c_total = s.delta_15c_total - p_pris_15c,
           last_movement_at = v_maintenant,
           updated_at = v_maintenant
     where s.citerne_id = p_citerne_id and s.produit_id = p_produit_id and s.proprietaire_type = p_proprietaire_type
       and s.dernier_jour = p_dernier_jour and s.stock_ambiant >= v_au_moins and s.stock_15c >= p_pris_15c;
  else
    update public.stocks_snapshot s
       set stock_ambiant = s.stock_ambiant - p_pris_ambiant,
           stock_15c = s.stock_15c - p_pris_15c,
           last_movement_at = v_maintenant,
           updated_at = v_maintenant
     where s.citerne_id = p_citerne_id and s.produit_id = p_produit_id and s.proprietaire_type = p_proprietaire_type
       and s.dernier_jour = p_dernier_jour and s.stock_ambiant >= v_au_moins and s.stock_15c >= p_pris_15c;
  end if;
  if not found then
    v_permis := set_config('app.stocks_journaliers_allow_write', '', true);
    return false;
  end if;
  update public.stocks_journaliers j
     set stock_ambiant = j.stock_ambiant - p_pris_ambiant,
         stock_15c = j.stock_15c - p_pris_15c,
         updated_at = v_maintenant
   where j.citerne_id = p_citerne_id and j.produit_id = p_produit_id and j.proprietaire_type = p_proprietaire_type
     and j.date_jour between p_jour and p_dernier_jour;
  v_permis := set_config('app.stocks_journaliers_allow_write', '', true);
  return true;
end;
$$;
comment on function private.deplacer_jours(uuid, uuid, text, date, date, numeric, numeric, boolean, numeric) is
  'Takes litres (negative: adds) from the snapshot and from its days from p_jour to p_dernier_jour. False, and nothing '
  'done, where p_dernier_jour is not the last day it has, or where less than p_reserve litres as measured, or less than '
  'none at 15 °C, would be left. The caller has the lock.';

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
  if private.deplacer_jours(p_citerne_id, p_produit_id, p_proprietaire_type, p_jour, p_jour, -p_delta_ambiant,
       -p_delta_15c, p_ajustement) then
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
       -p_delta_ambiant, -p_delta_15c, p_ajustement) then
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

create function private.melanger(p_citerne_id uuid, p_densite_kgm3 numeric, p_volume_15c numeric) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_apres numeric;
  v_avant numeric;
  v_melange numeric;
  v_permis text;
begin
  select sum(s.stock_15c), sum(s.stock_15c) - p_volume_15c, max(s.densite_melange_kgm3)
    into v_apres, v_avant, v_melange
    from public.stocks_snapshot s where s.citerne_id = p_citerne_id;
  -- Of none of it was a density ever known.
  if num_nonnulls(v_melange, p_densite_kgm3) = 0 then
    return;
  end if;
  v_melange := case
    when v_apres <= 0 then v_melange
    when v_avant <= 0 then p_densite_kgm3
    when p_densite_kgm3 is null then v_melange
    when v_melange is null then p_densite_kgm3
    else (v_melange * v_avant + p_densite_kgm3 * p_volume_15c) / v_apres end;
  -- What is taken back may have been a wrong density: what is left must still be one that fuel can have.
  if v_melange between 400 and 1300 or v_melange is null then
    v_permis := set_config('app.stocks_journaliers_allow_write', '1', true);
    update public.stocks_snapshot s set densite_melange_kgm3 = v_melange
     where s.citerne_id = p_citerne_id and s.densite_melange_kgm3 is distinct from round(v_melange, 4);
    v_permis := set_config('app.stocks_journaliers_allow_write', '', true);
  end if;
end;
$$;
comment on function private.melanger(uuid, numeric, numeric) is
  'After litres at 15 °C came into a tank (negative: were taken back out of it), blends their density (kg/m³) with '
  'that of what was there. A density that is not known changes nothing, but in a tank that was empty. What merely '
  'leaves a tank leaves its density as it was: nobody calls it then. The caller has the lock.';
