-- What the stock was at the end of a day, and what it was believed to be at a moment.

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
  'Stock at the end of a day, litres, by all that is known today; date_jour is the last day that moved it. Tanks '
  'without any stock yet have no row.';

create function private.mouvements_du_journal() returns table (
  created_at timestamptz, depot_id uuid, date_jour date, citerne_id uuid, proprietaire_type text,
  delta_ambiant numeric, delta_15c numeric, fait_le timestamptz
)
language sql stable
begin atomic
  select l.created_at, l.depot_id, coalesce(l.details ->> 'date_reception', l.details ->> 'date_jour')::date,
         m.citerne_id::uuid, m.proprietaire_type,
         m.signe * coalesce(l.details ->> 'delta_ambiant', l.details ->> 'volume_ambiant')::numeric,
         m.signe * coalesce(l.details ->> 'delta_15c', l.details ->> 'volume_15c')::numeric,
         coalesce((l.details -> 'synchronisation' ->> 'fait_le')::timestamptz, l.created_at)
    from public.log_actions l
   cross join lateral (values
     (case l.action when 'TRANSFERT_CREE' then l.details ->> 'citerne_source_id' else l.details ->> 'citerne_id' end,
      case when l.action in ('SORTIE_VALIDEE', 'TRANSFERT_CREE', 'CESSION_CREEE') then -1 else 1 end,
      coalesce(private.cedant(l.details ->> 'sens'), l.details ->> 'proprietaire_type')),
     (case l.action when 'TRANSFERT_CREE' then l.details ->> 'citerne_destination_id'
                    when 'CESSION_CREEE' then l.details ->> 'citerne_id' end, 1,
      coalesce(private.cessionnaire(l.details ->> 'sens'), l.details ->> 'proprietaire_type')))
     as m (citerne_id, signe, proprietaire_type)
   where m.citerne_id is not null
     -- A line of another system says what it said there: the takeover wrote this database's own beside it.
     and l.details ->> 'reprise' is distinct from 'origine'
     and l.action in ('RECEPTION_CREEE', 'SORTIE_VALIDEE', 'STOCK_AJUSTE', 'RECEPTION_COMPENSEE', 'SORTIE_COMPENSEE',
                      'STOCK_INITIAL_COMPENSEE', 'TRANSFERT_COMPENSEE', 'STOCK_INITIAL_DECLARE', 'TRANSFERT_CREE',
                      'DILATATION', 'STOCK_REGULARISE', 'CESSION_CREEE',
                      'TRANSFERT_DEPOT_EXPEDIE', 'TRANSFERT_DEPOT_RECU');
end;
comment on function private.mouvements_du_journal() is
  'Every movement as the log says it, a row a tank and owner: when the line was written, day of stock, litres, negative '
  'out; when it was done, which is earlier for what was done without a line. '
  'Only what the caller reads of the log. A parsed body: it is inlined.';
grant execute on function private.mouvements_du_journal() to authenticated, service_role;

create function public.stock_connu_a(p_date date, p_moment timestamptz) returns table (
  depot_id uuid, citerne_id uuid, proprietaire_type text, stock_ambiant numeric, stock_15c numeric
)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select m.depot_id, m.citerne_id, m.proprietaire_type, sum(m.delta_ambiant), sum(m.delta_15c)
    from private.mouvements_du_journal() m
   where m.created_at <= p_moment and m.date_jour <= p_date
   group by 1, 2, 3
$$;
comment on function public.stock_connu_a(date, timestamptz) is
  'What was believed, at a moment, of the stock at the end of a day: from the log, so without what was back-dated '
  'after that moment. Litres; only for those who read the log.';

revoke execute on function public.stock_a(date), public.stock_connu_a(date, timestamptz) from public, anon;
grant execute on function public.stock_a(date), public.stock_connu_a(date, timestamptz) to authenticated, service_role;
