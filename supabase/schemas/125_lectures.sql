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
         j.updated_at, null::numeric(9,4), null::numeric, null::numeric, s.logique
    from public.v_stock_actuel s
   cross join lateral (
     select v.date_jour, v.stock_ambiant, v.stock_15c, v.updated_at from public.stocks_journaliers v
      where v.citerne_id = s.citerne_id and v.produit_id = s.produit_id
        and v.proprietaire_type = s.proprietaire_type and v.date_jour <= p_jour
      order by v.date_jour desc limit 1) j
   cross join lateral (
     select coalesce(sum(x.delta_ambiant), 0) as delta_ambiant, coalesce(sum(x.delta_15c), 0) as delta_15c
       from (select z.delta_ambiant, z.delta_15c from public.stocks_adjustments z
              where z.citerne_id = s.citerne_id and z.produit_id = s.produit_id
                and z.proprietaire_type = s.proprietaire_type and z.date_jour <= p_jour
             union all
             select g.delta_ambiant, g.delta_15c from public.regularisations g
              where g.citerne_id = s.citerne_id and g.produit_id = s.produit_id
                and g.proprietaire_type = s.proprietaire_type and g.date_jour <= p_jour) x) a
$$;
comment on function private.stock_actuel_a(date) is
  'v_stock_actuel as it stood at the end of a day, litres, by all that is known today. A tank without stock by then '
  'has no row. No tonnes: the density of the mix is that of now.';

create function private.kpi_stock_a(p_jour date) returns setof public.v_kpi_stock_global
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select s.depot_id, s.depot_nom, s.produit_id, s.produit_nom, p_jour, sum(s.stock_ambiant), sum(s.stock_15c),
         coalesce(sum(s.stock_ambiant) filter (where s.proprietaire_type = 'MONALUXE'), 0),
         coalesce(sum(s.stock_15c) filter (where s.proprietaire_type = 'MONALUXE'), 0),
         coalesce(sum(s.stock_ambiant) filter (where s.proprietaire_type = 'PARTENAIRE'), 0),
         coalesce(sum(s.stock_15c) filter (where s.proprietaire_type = 'PARTENAIRE'), 0),
         null::numeric, null::numeric,
         coalesce(sum(s.stock_ambiant) filter (where s.logique), 0),
         coalesce(sum(s.stock_15c) filter (where s.logique), 0)
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
  'A moment as the clock on the wall of a depot said it, for files; where none is named, of the first depot the caller '
  'sees.';

grant execute on function
  private.stock_actuel_a(date), private.kpi_stock_a(date), private.heure_au_depot(uuid, timestamptz),
  private.fuseau_vu(uuid)
  to authenticated;
