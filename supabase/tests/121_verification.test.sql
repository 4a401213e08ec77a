-- Proof: the check finds what is wrong, and the past can be read as it was and as it was believed.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(17);

select tests.depot('lubumbashi'), tests.depot('goma');
select tests.equipe('lubumbashi');
select tests.acteur('gerant', 'goma', 'etranger');
select tests.citerne('cuve', 'lubumbashi'), tests.citerne('autre', 'lubumbashi');
select tests.recevoir('cuve', 1000, -6, p_volume_15c => 990), tests.sortir('cuve', 300, -4), tests.ajuster('RECEPTION', 'reception', -20, -19);

select is_empty('select * from public.verifier_stocks()', 'a ledger that was only written by the rules has nothing to say');

create function pg_temp.abimer(p_sql text) returns text language plpgsql as $$
declare
  v_constat text;
begin
  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  execute p_sql;
  select string_agg(distinct v.probleme, ', ' order by v.probleme) into v_constat from public.verifier_stocks() v;
  raise exception using errcode = 'TT000', message = coalesce(v_constat, 'rien');
exception when sqlstate 'TT000' then
  return sqlerrm;
end;
$$;
select is(pg_temp.abimer(a.sql), a.constat, a.quoi)
  from (values
    ('update public.stocks_snapshot set stock_ambiant = stock_ambiant + 0.001', 'STOCK', 'a millilitre too many in the stock is found'),
    ('update public.stocks_snapshot set stock_15c = stock_15c - 1', 'STOCK', 'and a litre too few at 15 °C'),
    ('delete from public.stocks_snapshot where citerne_id = tests.id(''cuve'')', 'STOCK', 'and a stock that is gone'),
    ('update public.stocks_snapshot set delta_ambiant_total = 0', 'AJUSTEMENTS', 'and adjustments that do not add up'),
    ('update public.stocks_journaliers set stock_ambiant = 1 where date_jour = tests.jour(-4)', 'JOUR', 'and a day that is wrong'),
    ('delete from public.stocks_journaliers where date_jour = tests.jour(-4)', 'JOUR', 'and a day that is gone'),
    ('update public.stocks_journaliers set date_jour = tests.jour(-3) where date_jour = tests.jour(-4)', 'JOUR', 'and a day that is another')
  ) as a (sql, constat, quoi);

select results_eq(format('select stock_ambiant, date_jour from public.stock_a(%L) where citerne_id = tests.id(''cuve'')', tests.jour(j)),
    format('values (%s::numeric, %L::date)', litres, tests.jour(dernier)), format('the stock of day %s is %s L', j, litres))
  from (values (-6, '1000', -6), (-5, '1000', -6), (-4, '700', -4), (-1, '700', -4), (0, '680', 0)) as t (j, litres, dernier);
select is_empty(format('select 1 from public.stock_a(%L) where citerne_id = tests.id(''cuve'')', tests.jour(-7)),
  'before the first movement there was none');

select set_config('tests.moment', clock_timestamp()::text, true);
select tests.recevoir('cuve', 50, -5);
select is((select s.stock_ambiant from public.stock_a(tests.jour(-5)) s where s.citerne_id = tests.id('cuve')), 1050.000,
  'a back-dated réception changes what a past day held');
select tests.agir_comme('pca');
select is((select s.stock_ambiant from public.stock_connu_a(tests.jour(-5), current_setting('tests.moment')::timestamptz) s
            where s.citerne_id = tests.id('cuve')), 1000.000, 'but not what was believed of it before');
select tests.agir_comme('etranger');
select is((select count(*)::int from public.stock_a(tests.jour()) s), 0, 'somebody of another depot sees neither');

select * from finish();
rollback;
