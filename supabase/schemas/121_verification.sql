-- Proof: what the stock was, what it was believed to be, and that its figures agree.

create function public.verifier_stocks() returns table (
  probleme text, citerne_id uuid, produit_id uuid, proprietaire_type text, date_jour date,
  attendu_ambiant numeric, trouve_ambiant numeric, attendu_15c numeric, trouve_15c numeric
)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with par_jour as materialized (
    select m.citerne_id, m.produit_id, m.proprietaire_type, m.date_jour,
           sum(m.delta_ambiant) as ambiant, sum(m.delta_15c) as a_15c,
           coalesce(sum(m.delta_ambiant) filter (where m.mouvement_type = 'AJUSTEMENT'), 0) as ajuste_ambiant,
           coalesce(sum(m.delta_15c) filter (where m.mouvement_type = 'AJUSTEMENT'), 0) as ajuste_15c
      from public.v_mouvements_stock m
     group by 1, 2, 3, 4
  ), total as (
    select p.citerne_id, p.produit_id, p.proprietaire_type, sum(p.ambiant) as ambiant, sum(p.a_15c) as a_15c,
           sum(p.ajuste_ambiant) as ajuste_ambiant, sum(p.ajuste_15c) as ajuste_15c
      from par_jour p group by 1, 2, 3
  ), cumul as (
    select p.citerne_id, p.produit_id, p.proprietaire_type, p.date_jour,
           sum(p.ambiant) over depuis_le_debut as ambiant, sum(p.a_15c) over depuis_le_debut as a_15c
      from par_jour p
    window depuis_le_debut as (partition by p.citerne_id, p.produit_id, p.proprietaire_type order by p.date_jour)
  )
  select 'STOCK', citerne_id, produit_id, proprietaire_type, null::date,
         t.ambiant, s.stock_ambiant, t.a_15c, s.stock_15c
    from total t full join public.stocks_snapshot s using (citerne_id, produit_id, proprietaire_type)
   where (t.ambiant, t.a_15c) is distinct from (s.stock_ambiant, s.stock_15c)
  union all
  select 'AJUSTEMENTS', citerne_id, produit_id, proprietaire_type, null,
         t.ajuste_ambiant, s.delta_ambiant_total, t.ajuste_15c, s.delta_15c_total
    from total t join public.stocks_snapshot s using (citerne_id, produit_id, proprietaire_type)
   where (t.ajuste_ambiant, t.ajuste_15c) is distinct from (s.delta_ambiant_total, s.delta_15c_total)
  union all
  select 'DERNIER_JOUR', s.citerne_id, s.produit_id, s.proprietaire_type, s.dernier_jour, null, null, null, null
    from public.stocks_snapshot s
   where s.dernier_jour is distinct from (
     select max(j.date_jour) from public.stocks_journaliers j
      where j.citerne_id = s.citerne_id and j.produit_id = s.produit_id and j.proprietaire_type = s.proprietaire_type)
  union all
  select 'JOUR', citerne_id, produit_id, proprietaire_type, date_jour,
         c.ambiant, j.stock_ambiant, c.a_15c, j.stock_15c
    from cumul c full join public.stocks_journaliers j using (citerne_id, produit_id, proprietaire_type, date_jour)
   where (c.ambiant, c.a_15c) is distinct from (j.stock_ambiant, j.stock_15c)
  union all
  select 'NEGATIF', c.citerne_id, c.produit_id, c.proprietaire_type, c.date_jour, c.ambiant, null, c.a_15c, null
    from cumul c where c.ambiant < 0 or c.a_15c < 0
$$;
comment on function public.verifier_stocks() is
  'Every disagreement between movements, snapshot, journal and adjustments, among what the caller sees; no row: all is well. Litres.';

create function public.stock_a(p_date date) returns table (
  depot_id uuid, citerne_id uuid, produit_id uuid, proprietaire_type text, date_jour date,
  stock_ambiant numeric, stock_15c numeric
)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select s.depot_id, s.citerne_id, s.produit_id, s.proprietaire_type, j.date_jour, j.stock_ambiant, j.stock_15c
    from public.stocks_snapshot s
   cross join lateral (
     select v.date_jour, v.stock_ambiant, v.stock_15c from public.stocks_journaliers v
      where v.citerne_id = s.citerne_id and v.produit_id = s.produit_id
        and v.proprietaire_type = s.proprietaire_type and v.date_jour <= p_date
      order by v.date_jour desc limit 1) j
$$;
comment on function public.stock_a(date) is
  'Stock at the end of a day, litres, by all that is known today; date_jour is the last day that moved it. Tanks without any stock yet have no row.';

create function public.stock_connu_a(p_date date, p_moment timestamptz) returns table (
  depot_id uuid, citerne_id uuid, proprietaire_type text, stock_ambiant numeric, stock_15c numeric
)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with lignes as (
    select l.depot_id, l.details, l.action,
           coalesce(l.details ->> 'date_reception', l.details ->> 'date_jour')::date as date_jour
      from public.log_actions l
     where l.created_at <= p_moment
       -- A line of another system says what it said there: the takeover wrote this database's own beside it.
       and l.details ->> 'reprise' is distinct from 'origine'
       and l.action in ('RECEPTION_CREEE', 'SORTIE_VALIDEE', 'STOCK_AJUSTE', 'RECEPTION_COMPENSEE', 'SORTIE_COMPENSEE',
                        'STOCK_INITIAL_DECLARE', 'TRANSFERT_CREE')
  ), mouvements as (
    select l.depot_id, m.citerne_id::uuid as citerne_id, l.details ->> 'proprietaire_type' as proprietaire_type,
           m.signe * coalesce(l.details ->> 'delta_ambiant', l.details ->> 'volume_ambiant')::numeric as delta_ambiant,
           m.signe * coalesce(l.details ->> 'delta_15c', l.details ->> 'volume_15c')::numeric as delta_15c
      from lignes l
     cross join lateral (values
       (case l.action when 'TRANSFERT_CREE' then l.details ->> 'citerne_source_id' else l.details ->> 'citerne_id' end,
        case when l.action in ('SORTIE_VALIDEE', 'TRANSFERT_CREE') then -1 else 1 end),
       (case l.action when 'TRANSFERT_CREE' then l.details ->> 'citerne_destination_id' end, 1)) as m (citerne_id, signe)
     where l.date_jour <= p_date and m.citerne_id is not null
  )
  select m.depot_id, m.citerne_id, m.proprietaire_type, sum(m.delta_ambiant), sum(m.delta_15c)
    from mouvements m
   group by 1, 2, 3
$$;
comment on function public.stock_connu_a(date, timestamptz) is
  'What was believed, at a moment, of the stock at the end of a day: from the log, so without what was back-dated after that moment. Litres; only for those who read the log.';

revoke execute on function public.verifier_stocks(), public.stock_a(date), public.stock_connu_a(date, timestamptz)
  from public, anon;
grant execute on function public.verifier_stocks(), public.stock_a(date), public.stock_connu_a(date, timestamptz)
  to authenticated, service_role;
