-- The book: what came and went of each tank and owner, and what was left after it.

create view public.v_livre_mouvements with (security_invoker = true) as
  -- From the day's own beginning, not from the first day: a page costs its days, whatever came before them.
  select m.depot_id, m.citerne_id, m.produit_id, m.proprietaire_type, m.date_jour, m.created_at, m.mouvement_type,
         m.mouvement_id, m.delta_ambiant, m.delta_15c,
         coalesce(o.stock_ambiant, 0) + sum(m.delta_ambiant) over w as solde_ambiant,
         coalesce(o.stock_15c, 0) + sum(m.delta_15c) over w as solde_15c
    from public.v_mouvements_stock m
    left join lateral (
      select j.stock_ambiant, j.stock_15c from public.stocks_journaliers j
       where j.citerne_id = m.citerne_id and j.produit_id = m.produit_id
         and j.proprietaire_type = m.proprietaire_type and j.date_jour < m.date_jour
       order by j.date_jour desc limit 1) o on true
  window w as (partition by m.citerne_id, m.produit_id, m.proprietaire_type, m.date_jour
                   order by m.created_at, m.mouvement_id, m.delta_15c, m.delta_ambiant rows unbounded preceding);
comment on view public.v_livre_mouvements is
  'Every movement of stock with what its tank and owner had after it, litres, negative out. Of a day the last balance '
  'is that of stocks_journaliers.';
grant select on public.v_livre_mouvements to authenticated, service_role;

create function private.flux_connus(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz)
returns table (
  citerne_id uuid, produit_id uuid, proprietaire_type text, ouverture_ambiant numeric, ouverture_15c numeric,
  receptions_ambiant numeric, receptions_15c numeric, sorties_ambiant numeric, sorties_15c numeric,
  transferts_ambiant numeric, transferts_15c numeric, cessions_ambiant numeric, cessions_15c numeric,
  initiaux_ambiant numeric, initiaux_15c numeric, ajustements_ambiant numeric, ajustements_15c numeric,
  dilatations_ambiant numeric, cloture_ambiant numeric, cloture_15c numeric
)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with passes as (
    select m.citerne_id, m.produit_id, m.proprietaire_type, f.famille, sum(m.delta_ambiant) as ambiant,
           sum(m.delta_15c) as a_15c
      from private.mouvements_connus(p_depot_id, p_du, p_au, p_connu_a) m
     cross join lateral (
       select case m.mouvement_type when 'RECEPTION' then 'RECEPTION' when 'SORTIE' then 'SORTIE'
                when 'TRANSFERT' then 'TRANSFERT' when 'TRANSFERT_DEPOT' then 'TRANSFERT' when 'CESSION' then 'CESSION'
                when 'DILATATION' then 'DILATATION' when 'STOCK_INITIAL' then 'INITIAL'
                  else 'AJUSTEMENT' end as famille) f
     group by m.citerne_id, m.produit_id, m.proprietaire_type, f.famille
  ), par_compte as (
    select p.citerne_id, p.produit_id, p.proprietaire_type,
           coalesce(sum(p.ambiant) filter (where p.famille = 'RECEPTION'), 0) as receptions_ambiant,
           coalesce(sum(p.a_15c) filter (where p.famille = 'RECEPTION'), 0) as receptions_15c,
           coalesce(sum(p.ambiant) filter (where p.famille = 'SORTIE'), 0) as sorties_ambiant,
           coalesce(sum(p.a_15c) filter (where p.famille = 'SORTIE'), 0) as sorties_15c,
           coalesce(sum(p.ambiant) filter (where p.famille = 'TRANSFERT'), 0) as transferts_ambiant,
           coalesce(sum(p.a_15c) filter (where p.famille = 'TRANSFERT'), 0) as transferts_15c,
           coalesce(sum(p.ambiant) filter (where p.famille = 'CESSION'), 0) as cessions_ambiant,
           coalesce(sum(p.a_15c) filter (where p.famille = 'CESSION'), 0) as cessions_15c,
           coalesce(sum(p.ambiant) filter (where p.famille = 'INITIAL'), 0) as initiaux_ambiant,
           coalesce(sum(p.a_15c) filter (where p.famille = 'INITIAL'), 0) as initiaux_15c,
           coalesce(sum(p.ambiant) filter (where p.famille = 'AJUSTEMENT'), 0) as ajustements_ambiant,
           coalesce(sum(p.a_15c) filter (where p.famille = 'AJUSTEMENT'), 0) as ajustements_15c,
           coalesce(sum(p.ambiant) filter (where p.famille = 'DILATATION'), 0) as dilatations_ambiant,
           sum(p.ambiant) as tout_ambiant, sum(p.a_15c) as tout_15c
      from passes p group by p.citerne_id, p.produit_id, p.proprietaire_type
  )
  select citerne_id, produit_id, proprietaire_type, coalesce(o.stock_ambiant, 0), coalesce(o.stock_15c, 0),
         coalesce(m.receptions_ambiant, 0), coalesce(m.receptions_15c, 0), coalesce(m.sorties_ambiant, 0),
         coalesce(m.sorties_15c, 0), coalesce(m.transferts_ambiant, 0), coalesce(m.transferts_15c, 0),
         coalesce(m.cessions_ambiant, 0), coalesce(m.cessions_15c, 0), coalesce(m.initiaux_ambiant, 0),
         coalesce(m.initiaux_15c, 0), coalesce(m.ajustements_ambiant, 0),
         coalesce(m.ajustements_15c, 0), coalesce(m.dilatations_ambiant, 0),
         coalesce(o.stock_ambiant, 0) + coalesce(m.tout_ambiant, 0), coalesce(o.stock_15c, 0) + coalesce(m.tout_15c, 0)
    from private.ouvertures_connues(p_depot_id, p_du, p_connu_a) o
    full join par_compte m using (citerne_id, produit_id, proprietaire_type)
   where o.stock_ambiant <> 0 or o.stock_15c <> 0 or m.citerne_id is not null
$$;
comment on function private.flux_connus(uuid, date, date, timestamptz) is
  'Of each tank and owner that had or moved something: what it began with, what came and went by kind (negative out; '
  'transfers of both kinds; initiaux: opening stocks; ajustements: adjustments and régularisations), what was left; '
  'litres as measured and at 15 °C.';

revoke execute on function private.flux_connus(uuid, date, date, timestamptz) from public;
grant execute on function private.flux_connus(uuid, date, date, timestamptz) to authenticated;
