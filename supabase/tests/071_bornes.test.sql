-- The bounds of a tank hold on every day, whoever writes: what was true of today only let 130 000 L stand in 100 000.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(16);

select tests.depot('lubumbashi');
select tests.equipe('lubumbashi');

create function pg_temp.refus(p_sql text) returns text language sql as $$
  select concat_ws(' ', r ->> 'message', (r ->> 'valeurs')::jsonb ->> 'date_jour') from tests.essayer(p_sql) r
$$;
grant execute on function pg_temp.refus to authenticated;
comment on function pg_temp.refus(text) is 'The refusal of a statement, and the day it names.';
create function pg_temp.jour(p_decalage int) returns text language sql return tests.jour(p_decalage)::text;
grant execute on function pg_temp.jour to authenticated;

-- Full ten days ago, emptied since ------------------------------------------------------------------------------------

select tests.citerne('cuve', p_depot => 'lubumbashi', p_capacite => 1000),
  tests.citerne('voisine', p_depot => 'lubumbashi');
select tests.recevoir('voisine', 5000, -20);
select tests.recevoir('cuve', 600, -10, p_nom => 'grande'), tests.recevoir('cuve', 300, -10, 'PARTENAIRE'),
  tests.sortir('cuve', 600, -2);

select is(pg_temp.refus('select tests.recevoir(''cuve'', 101, -12)'), 'CITERNE_PLEINE ' || pg_temp.jour(-10),
  'a back-dated réception is refused for a later day that would end above the capacity, which it names');
select is(pg_temp.refus('select tests.recevoir(''cuve'', 101, -5, ''PARTENAIRE'')'),
  'CITERNE_PLEINE ' || pg_temp.jour(-5),
  'for its own day, whose stock stands in an older row, all owners together');
select is((tests.essayer('select tests.recevoir(''cuve'', 101, -12)') ->> 'valeurs')::jsonb - 'date_jour',
  '{"volume": 101.000, "libre": 100.000, "capacite_totale": 1000.000}', 'with the room there was on that day');
select matches(tests.essayer('select tests.recevoir(''cuve'', 101, -12)') ->> 'phrase', 'le ' || pg_temp.jour(-10),
  'the sentence says the day');
select lives_ok('select tests.recevoir(''cuve'', 100, -12)', 'a tank may have been full to the brim');
select tests.agir_comme('admin');
select is(pg_temp.refus(format('insert into public.transferts (citerne_source_id, citerne_destination_id, volume_ambiant, temperature_ambiante_c, date_jour)
    values (%L, %L, 1, 15, %L)', tests.id('voisine'), tests.id('cuve'), tests.jour(-15))), 'CITERNE_PLEINE ' || pg_temp.jour(-10),
  'a back-dated transfer does not overfill the tank it goes to');
select
  is(pg_temp.refus(format(
  'select public.declarer_stock_initial(%L, ''PARTENAIRE'', 1000001, 1000000, ''Inventaire de reprise'')',
    (select tests.citerne('neuve', p_depot => 'lubumbashi', p_capacite => 1000000)))),
      'CITERNE_PLEINE ' || pg_temp.jour(0),
  'nor does an opening stock');
select tests.redevenir_systeme();
select tests.recevoir('neuve', 900000, -8), tests.sortir('neuve', 900000, -1);
select tests.agir_comme('admin');
select
  is(pg_temp.refus(format(
  'select public.declarer_stock_initial(%L, ''PARTENAIRE'', 100001, 100000, ''Inventaire de reprise'', %L)',
    tests.id('neuve'), tests.jour(-9))), 'CITERNE_PLEINE ' || pg_temp.jour(-8), 'nor does a back-dated one');
select tests.redevenir_systeme();

-- Low three days ago, filled since ------------------------------------------------------------------------------------

select tests.citerne('reserve', p_depot => 'lubumbashi', p_securite => 500);
select tests.recevoir('reserve', 700, -9), tests.recevoir('reserve', 100, -9, 'PARTENAIRE'),
  tests.sortir('reserve', 250, -4), tests.recevoir('reserve', 5000, -1);
select tests.brouillon('reserve', 51, -6, p_nom => 'basse');
select is(pg_temp.refus('select tests.valider(''basse'')'), 'SORTIE_CAPACITE_SECURITE ' || pg_temp.jour(-4),
  'a back-dated sortie is refused for a later day that would end below the security capacity, which it names');
select is((tests.essayer('select tests.valider(''basse'')') ->> 'valeurs')::jsonb - 'date_jour',
  '{"reste": 499.000, "capacite_securite": 500.000}',
  'with what would be left that day, all owners together');
select tests.agir_comme('admin');
select is(pg_temp.refus(format('insert into public.transferts (citerne_source_id, citerne_destination_id, volume_ambiant, temperature_ambiante_c, date_jour)
    values (%L, %L, 51, 15, %L)', tests.id('reserve'), tests.id('voisine'), tests.jour(-7))), 'SORTIE_CAPACITE_SECURITE ' || pg_temp.jour(-4),
  'nor does a back-dated transfer empty the tank it leaves');
select tests.redevenir_systeme();
select tests.brouillon('reserve', 4000, 0, p_nom => 'large');
select lives_ok('select tests.valider(''large'')', 'a sortie of today asks no past day');
select tests.brouillon('reserve', 50, -6, p_nom => 'juste');
select lives_ok('select tests.valider(''juste'')', 'a back-dated sortie may leave just the security capacity');

-- Corrections ---------------------------------------------------------------------------------------------------------

select tests.agir_comme('admin');
select is(pg_temp.refus(format('insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
    values (''RECEPTION'', %L, 4000000, 4000000, ''Jaugeage refait'')', tests.id('grande'))), 'CITERNE_PLEINE ' || pg_temp.jour(0),
  'an adjustment does not overfill its tank');
select tests.redevenir_systeme();

select is_empty('select * from public.verifier_stocks()', 'the figures agree');
select is_empty($$
  select c.nom, d.* from public.citernes c cross join lateral private.jours_citerne(c.id, '-infinity') d
    where d.stock_ambiant > c.capacite_totale$$,
  'no day of any tank ends above its capacity');

select * from finish();
rollback;
