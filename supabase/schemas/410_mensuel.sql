-- The monthly report: the daily one summed, with averages and a curve a tank.

create function private.section_moyennes(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select private.section('moyennes', 'Moyennes par jour',
    '{"produit": "texte|Produit", "jours": "entier|Jours", "receptions_15c": "litres|Réceptions par jour, à 15 °C",
      "sorties_15c": "litres|Sorties par jour, à 15 °C", "stock_15c": "litres|Stock de clôture, à 15 °C",
      "autonomie": "entier|Autonomie, jours"}',
    (select jsonb_agg(jsonb_build_object('produit', private.nom_connu(p.id, p.nom, p_connu_a), 'jours', j.jours,
              'receptions_15c', round(x.recu / j.jours, 3), 'sorties_15c', round(-x.sorti / j.jours, 3), 'stock_15c',
              x.stock, 'autonomie', floor(x.stock / nullif(-x.sorti / j.jours, 0))) order by p.nom, p.id)
       from (select f.produit_id, sum(f.receptions_15c) as recu, sum(f.sorties_15c) as sorti, sum(f.cloture_15c) as
               stock
               from private.flux_connus(p_depot_id, p_du, p_au, p_connu_a) f group by f.produit_id) x
       join public.produits p on p.id = x.produit_id
      -- Of a month that is not over, the days so far.
      cross join lateral (
        select greatest(least(p_au, private.jour_au_depot(p_depot_id, p_connu_a)) - p_du + 1, 1) as jours) j))
$$;
comment on function private.section_moyennes(uuid, date, date, timestamptz) is
  'What came and left a day on average, by product, litres at 15 °C, and how many days what is left would last.';

create function private.courbes_de_stock(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz)
returns setof jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with ouvertures as (
    select o.citerne_id, sum(o.stock_ambiant) as ambiant, sum(o.stock_15c) as a_15c
      from private.ouvertures_connues(p_depot_id, p_du, p_connu_a) o group by o.citerne_id
  ), par_jour as (
    select m.citerne_id, m.date_jour, sum(m.delta_ambiant) as ambiant, sum(m.delta_15c) as a_15c
      from private.mouvements_connus(p_depot_id, p_du, p_au, p_connu_a) m group by m.citerne_id, m.date_jour
  ), citernes as (
    select c.id, private.nom_connu(c.id, c.nom, p_connu_a) as nom
      from public.citernes c
     where c.id in (select o.citerne_id from ouvertures o where o.ambiant <> 0 or o.a_15c <> 0
                    union select p.citerne_id from par_jour p)
  ), jours as (
    select d::date as jour
      from generate_series(p_du, least(p_au, private.jour_au_depot(p_depot_id, p_connu_a)), interval '1 day') d
  ), stocks as (
    select c.id, c.nom, j.jour,
           coalesce(o.ambiant, 0) + sum(coalesce(p.ambiant, 0)) over w as ambiant,
           coalesce(o.a_15c, 0) + sum(coalesce(p.a_15c, 0)) over w as a_15c
      from citernes c
     cross join jours j
      left join ouvertures o on o.citerne_id = c.id
      left join par_jour p on p.citerne_id = c.id and p.date_jour = j.jour
    window w as (partition by c.id order by j.jour)
  )
  select private.section('courbe_' || row_number() over (order by s.nom, s.id), 'Stock de fin de jour : ' || s.nom,
    '{"jour": "date|Jour", "stock_15c": "litres|Stock à 15 °C", "stock_ambiant": "litres|Stock ambiant"}',
    jsonb_agg(jsonb_build_object('jour', s.jour, 'stock_15c', s.a_15c, 'stock_ambiant', s.ambiant) order by s.jour),
    null, '{"x": "jour", "series": ["stock_15c", "stock_ambiant"]}')
    from stocks s group by s.id, s.nom order by s.nom, s.id
$$;
comment on function private.courbes_de_stock(uuid, date, date, timestamptz) is
  'A section a tank: what it held at the end of each day, all owners together, litres, and its curve.';

create function private.rapport_mensuel(
  p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz, p_parametres jsonb
) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_array(
      private.section_stock('stock_15c', p_depot_id, p_du, p_au, p_connu_a),
      private.section_stock('stock_ambiant', p_depot_id, p_du, p_au, p_connu_a),
      private.section_stock('proprietaires', p_depot_id, p_du, p_au, p_connu_a),
      private.section_moyennes(p_depot_id, p_du, p_au, p_connu_a),
      private.section_tiers('receptions', p_depot_id, p_du, p_au, p_connu_a),
      private.section_tiers('sorties', p_depot_id, p_du, p_au, p_connu_a),
      private.section_pertes(p_depot_id, p_du, p_au, p_connu_a))
    || case when private.peut('lire_caisse')
         then jsonb_build_array(private.section_encaissements(p_depot_id, p_du, p_au, p_connu_a)) else '[]' end
    || coalesce((select jsonb_agg(c) from private.courbes_de_stock(p_depot_id, p_du, p_au, p_connu_a) c), '[]')
$$;
comment on function private.rapport_mensuel(uuid, date, date, timestamptz, jsonb) is
  'Rapport mensuel: the days of a month summed, averages, gains and losses of each tank, its curve; the till for who '
  'reads it.';

revoke execute on function
  private.section_moyennes(uuid, date, date, timestamptz), private.courbes_de_stock(uuid, date, date, timestamptz),
  private.rapport_mensuel(uuid, date, date, timestamptz, jsonb)
  from public;
grant execute on function
  private.section_moyennes(uuid, date, date, timestamptz), private.courbes_de_stock(uuid, date, date, timestamptz),
  private.rapport_mensuel(uuid, date, date, timestamptz, jsonb)
  to authenticated;
