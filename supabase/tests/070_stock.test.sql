-- Stock is the sum of the movements: now, on each day, for each owner, whatever order they were entered in.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(73);

select tests.depot('lubumbashi'), tests.depot('goma');
select tests.equipe('lubumbashi');
select tests.acteur('gerant', 'goma', 'gerant_goma'), tests.acteur(null, null, 'inconnu');

-- First of all, while no movement of this session has touched the flag: nobody writes stock by hand.
create function pg_temp.ecritures() returns table (verbe text, ecriture text) language sql as $$
  select format('%s of %s', v.verbe, t), format(v.sql, t)
    from (values ('insert', 'insert into public.%I default values'),
      ('update', 'update public.%I set stock_ambiant = 1e6'),
                 ('delete', 'delete from public.%I'), ('truncate', 'truncate public.%I')) as v (verbe, sql),
         unnest('{stocks_snapshot,stocks_journaliers}'::text[]) as t
$$;
grant execute on function pg_temp.ecritures to authenticated, service_role;
select throws_ok(e.ecriture, 'PT403', 'ECRITURE_INTERDITE', format('%s by the owner is refused', e.verbe))
  from pg_temp.ecritures() e where e.verbe not like 'update%';

-- Today and every day -------------------------------------------------------------------------------------------------

select tests.citerne('cuve', 'lubumbashi');
select tests.recevoir('cuve', 1000, -5, p_volume_15c => 990);
select is(tests.stock('cuve'), '1000 / 990', 'a réception makes the stock of a tank that had none');
select is(tests.jours('cuve'), '-5: 1000/990', 'a réception makes the first day of a tank that had none');
select throws_ok(e.ecriture, 'PT403', 'ECRITURE_INTERDITE', format('%s by the owner is refused', e.verbe))
  from pg_temp.ecritures() e where e.verbe like 'update%';
select set_config('app.stocks_journaliers_allow_write', '1', true);
select throws_ok(format('update public.%I set %s', t, v), '23514', null,
  format('not even a rule writes %s into %s', v, t))
  from unnest('{stocks_snapshot,stocks_journaliers}'::text[]) t,
       unnest('{stock_15c = -0.001,stock_ambiant = ''NaN''}'::text[]) v;
select set_config('app.stocks_journaliers_allow_write', '', true);
select tests.sortir('cuve', 300, -3);
select is(tests.jours('cuve'), '-5: 1000/990, -3: 700/690', 'a day carries on from the last day that saw a movement');
select tests.recevoir('cuve', 50, -3);
select is(tests.jours('cuve'), '-5: 1000/990, -3: 750/740', 'two movements of a day make one day');
select tests.recevoir('cuve', 100, 0);
select is(tests.jours('cuve'), '-5: 1000/990, -3: 750/740, 0: 850/840', 'today is a day like another');
select is(tests.stock('cuve'), '850 / 840', 'the current stock is the stock at the end of the last day');

-- Back-dating ---------------------------------------------------------------------------------------------------------

select tests.recevoir('cuve', 200, -4);
select is(tests.jours('cuve'), '-5: 1000/990, -4: 1200/1190, -3: 950/940, 0: 1050/1040',
  'a back-dated réception moves every later day, and no earlier one');
select tests.sortir('cuve', 900, -4);
select is(tests.jours('cuve'), '-5: 1000/990, -4: 300/290, -3: 50/40, 0: 150/140',
  'a back-dated sortie moves every later day, and no earlier one');
select tests.brouillon('cuve', 100, -4);
select throws_ok('select tests.valider()', 'PT409', 'STOCK_FUTUR_NEGATIF',
  'a back-dated sortie that a later day cannot bear is refused, though today''s stock could');
select is((tests.essayer('select tests.valider()') ->> 'valeurs')::jsonb ->> 'date_jour', tests.jour(-3)::text,
  'the refusal names the first day that would go below zero');
select is(tests.essayer('select tests.valider()') ->> 'phrase',
  format('À cette date, le stock du %s deviendrait négatif.', tests.jour(-3)),
  'the sentence of the refusal names that day too');
select is(tests.stock('cuve') || ' ; ' || tests.jours('cuve'),
  '150 / 140 ; -5: 1000/990, -4: 300/290, -3: 50/40, 0: 150/140',
  'a refused movement leaves the stock as it was');
select tests.brouillon('cuve', 10, -6);
select is((tests.essayer('select tests.valider()') ->> 'valeurs')::jsonb ->> 'date_jour', tests.jour(-6)::text,
  'a sortie before the first réception is refused, naming its own day');
select tests.brouillon('cuve', 40.1, -2, p_volume_15c => 40.2);
select is((tests.essayer('select tests.valider()') ->> 'valeurs')::jsonb ->> 'date_jour', tests.jour(-2)::text,
  'the litres at 15 °C of a day may not go below zero either, even on a day that had no movement yet');
select tests.sortir('cuve', 40, -2);
select is(tests.jours('cuve'), '-5: 1000/990, -4: 300/290, -3: 50/40, -2: 10/0, 0: 110/100',
  'a day may go down to exactly zero');

select tests.citerne('basse', 'lubumbashi');
select tests.recevoir('basse', 1000, -5), tests.sortir('basse', 950, -4), tests.recevoir('basse', 10, -3),
  tests.recevoir('basse', 500, 0);
select tests.brouillon('basse', 100, -5);
select is((tests.essayer('select tests.valider()') ->> 'valeurs')::jsonb ->> 'date_jour', tests.jour(-4)::text,
  'where several days would go below zero, the refusal names the first');

-- Two owners ----------------------------------------------------------------------------------------------------------

select tests.citerne('partagee', 'lubumbashi');
select tests.recevoir('partagee', 500, -1), tests.recevoir('partagee', 300, 0, 'PARTENAIRE');
select tests.sortir('partagee', 100, 0, 'PARTENAIRE');
select is(tests.stock('partagee') || ' ; ' || tests.stock('partagee', 'PARTENAIRE'), '500 / 500 ; 200 / 200',
  'the fuel of each owner is counted apart');
select is(tests.jours('partagee') || ' ; ' || tests.jours('partagee', 'PARTENAIRE'), '-1: 500/500 ; 0: 200/200',
  'the days of each owner are counted apart');

-- Order ---------------------------------------------------------------------------------------------------------------

select tests.citerne('a', 'lubumbashi'), tests.citerne('b', 'lubumbashi'), tests.citerne('c', 'lubumbashi');
select tests.recevoir('a', 1000, -9), tests.sortir('a', 400, -7), tests.recevoir('a', 300, -5, p_volume_15c => 297),
       tests.sortir('a', 150, -5), tests.sortir('a', 700, -2), tests.recevoir('a', 20, 0);
select tests.recevoir('b', 20, 0), tests.recevoir('b', 300, -5, p_volume_15c => 297), tests.recevoir('b', 1000, -9),
       tests.sortir('b', 700, -2), tests.sortir('b', 150, -5), tests.sortir('b', 400, -7);
select tests.recevoir('c', 300, -5, p_volume_15c => 297), tests.sortir('c', 150, -5), tests.recevoir('c', 20, 0),
       tests.recevoir('c', 1000, -9), tests.sortir('c', 400, -7), tests.sortir('c', 700, -2);
select is(tests.jours('a'), '-9: 1000/1000, -7: 600/600, -5: 750/747, -2: 50/47, 0: 70/67',
  'six movements entered as they came');
select is(tests.jours('b') || ' ; ' || tests.stock('b'), tests.jours('a') || ' ; ' || tests.stock('a'),
  'entered backwards they give the same days and the same stock');
select is(tests.jours('c') || ' ; ' || tests.stock('c'), tests.jours('a') || ' ; ' || tests.stock('a'),
  'entered in any other order they give the same days and the same stock');

-- Which day it is -----------------------------------------------------------------------------------------------------

-- 26 hours apart: at any moment it is another day there.
select tests.depot('a_l_est', 'Pacific/Kiritimati'), tests.depot('a_l_ouest', 'Etc/GMT+12');
select tests.citerne('est', 'a_l_est'), tests.citerne('ouest', 'a_l_ouest');
select isnt(private.jour_au_depot(tests.id('a_l_est'), now()), private.jour_au_depot(tests.id('a_l_ouest'), now()),
  'one moment is two days at two depots');
select is(private.jour_au_depot(tests.id('lubumbashi'), '2026-03-31 22:30+00'), '2026-04-01'::date,
  'at Lubumbashi the day begins at 22:00 UTC');
select is(private.jour_au_depot(tests.id('lubumbashi'), '2026-03-31 21:59:59+00'), '2026-03-31'::date,
  'at Lubumbashi the day ends a second before 22:00 UTC');

-- Who reads, and that nobody writes -----------------------------------------------------------------------------------

select is(tests.verdict(r, format('select from public.%I where citerne_id = tests.id(''cuve'')', t)), attendu,
    format('%s, for %s: %s', t, r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'done'), ('operateur', 'done'), ('pca', 'done'),
               ('lecture', 'done'), ('gerant_goma', 'nothing'), ('inconnu', 'nothing')) as a (r, attendu),
       unnest('{stocks_snapshot,stocks_journaliers}'::text[]) as t;

create function pg_temp.litres(p_acteur text) returns numeric language plpgsql as $$
declare
  v_litres numeric;
begin
  perform tests.agir_comme(p_acteur);
  v_litres := public.get_last_stock_ambiant(tests.id('partagee'), tests.produit('G.O'));
  perform tests.redevenir_systeme();
  return v_litres;
end;
$$;
select is(pg_temp.litres('lecture'), 700::numeric, 'get_last_stock_ambiant gives the litres of all owners');
select is(pg_temp.litres('gerant_goma'), 0::numeric,
  'get_last_stock_ambiant gives 0 for a tank the caller may not see');
select is(public.get_last_stock_ambiant(tests.id('cuve'), tests.produit('ESS')), 0::numeric,
  'get_last_stock_ambiant gives 0 where there is none');

select set_config('app.stocks_journaliers_allow_write', '1', true);
select tests.agir_comme('admin');
select throws_ok(e.ecriture, '42501', null, format('%s by an admin is refused, even with the flag', e.verbe))
  from pg_temp.ecritures() e;
select tests.agir_sans_compte('service_role');
select throws_ok(e.ecriture, '42501', null, format('%s by service_role is refused, even with the flag', e.verbe))
  from pg_temp.ecritures() e;
select tests.redevenir_systeme();
select lives_ok('update public.stocks_journaliers set source = source',
  'with the flag the owner, and so the rules, may write');
select tests.recevoir('cuve', 1);
select is(coalesce(current_setting('app.stocks_journaliers_allow_write', true), ''), '',
  'a movement closes the flag behind it');

select * from finish();
rollback;
