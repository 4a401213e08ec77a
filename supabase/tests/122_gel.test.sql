-- The freeze: nobody writes but its operator, and it can be told when nothing more can commit.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(31);

select tests.depot('lubumbashi');
select tests.equipe('lubumbashi');
select tests.acteur('admin', 'lubumbashi', 'autre_admin');
select tests.citerne('cuve', 'lubumbashi'), tests.citerne('autre', 'lubumbashi');
select tests.recevoir('cuve', 1000, -1), tests.cdr('arrive', 'lubumbashi'),
  tests.brouillon('cuve', 10, p_nom => 'brouillon');
delete from public.app_settings where key = 'gel_ecritures';

create function pg_temp.declarer(p_acteur text, p_expression text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', jsonb_build_object('sub', tests.id(p_acteur))::text, true);
  execute 'select ' || p_expression;
  perform tests.redevenir_systeme();
end;
$$;

create table pg_temp.ecritures (quoi text, sql text);
insert into pg_temp.ecritures values
  ('a réception', format('insert into public.receptions (cours_de_route_id, citerne_id, volume_ambiant, temperature_ambiante_c)
     values (%L, %L, 100, 25)',
     tests.id('arrive'), tests.id('cuve'))),
  ('a draft', format('insert into public.sorties_produit (citerne_id, volume_ambiant) values (%L, 10)',
    tests.id('cuve'))),
  ('a change of a draft', format('update public.sorties_produit set note = ''x'' where id = %L',
    tests.id('brouillon'))),
  ('a validation', format('select public.validate_sortie(%L)', tests.id('brouillon'))),
  ('a rejection', format('select public.rejeter_sortie(%L, ''Saisie deux fois'')', tests.id('brouillon'))),
  ('a sortie in one call',
    format('select public.creer_et_valider_sortie(%L)', jsonb_build_object('citerne_id', tests.id('cuve'),
     'volume_ambiant', 10, 'temperature_ambiante_c', 25, 'client_id', tests.tiers('clients')))),
  ('an adjustment', format('insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
     values (''RECEPTION'', %L, 5, 5, ''Jaugeage refait'')', tests.id('reception'))),
  ('a compensation', format('select public.admin_compensate_reception(%L, ''Saisie deux fois'')',
    tests.id('reception'))),
  ('a transfer', format('insert into public.transferts (citerne_source_id, citerne_destination_id, volume_ambiant, temperature_ambiante_c)
     values (%L, %L, 10, 25)', tests.id('cuve'), tests.id('autre'))),
  ('an opening stock', format('select public.declarer_stock_initial(%L, ''MONALUXE'', 10, 10, ''Jaugeage initial'')',
    tests.id('autre'))),
  ('a step of a truck', format('update public.cours_de_route set note = ''x'' where id = %L', tests.id('arrive'))),
  ('a dip', format('insert into public.prises_de_hauteur (citerne_id, volume_mesure) values (%L, 10)',
    tests.id('cuve'))),
  ('computing the days again', format('select public.rebuild_stocks_journaliers(%L, %L, %L)', tests.id('lubumbashi'),
     tests.jour(-2), tests.jour()));
grant select on pg_temp.ecritures to authenticated;

-- Who declares it -----------------------------------------------------------------------------------------------------

select throws_ok(format('select pg_temp.declarer(%L, ''private.geler_ecritures(''''Migration ASTM 53B'''')'')', r),
  'PT403', 'ROLE_FORBIDDEN',
  r || ' does not declare a freeze') from unnest('{directeur,gerant}'::text[]) as r;
select throws_ok($$select pg_temp.declarer('admin', 'private.geler_ecritures(''court'')')$$, 'PT422', 'MOTIF_REQUIS',
  'a freeze gives a reason');
select tests.agir_comme('admin');
select throws_ok($$select private.geler_ecritures('Migration ASTM 53B')$$, '42501', null,
  'no client declares a freeze, nor an admin through REST');
select throws_ok($$select private.degeler_ecritures()$$, '42501', null, 'no client ends one');
select tests.redevenir_systeme();
select throws_ok($$insert into public.app_settings (key, value) values ('gel_ecritures', '{}')$$, '23514', null,
  'a freeze has an operator');

-- What it stops -------------------------------------------------------------------------------------------------------

select pg_temp.declarer('admin', 'private.geler_ecritures(''Migration ASTM 53B'')');
select is(tests.verdict('autre_admin', e.sql), 'ECRITURES_GELEES', 'frozen: ' || e.quoi) from pg_temp.ecritures e;
select tests.agir_comme('operateur');
select matches(tests.essayer((select e.sql from pg_temp.ecritures e where e.quoi = 'a draft')) ->> 'phrase',
  '^Les saisies sont suspendues depuis le ../../.... à ..:.. \(Migration ASTM 53B\)\.',
  'the refusal says since when and why');
select is(tests.essayer((select e.sql from pg_temp.ecritures e where e.quoi = 'a draft')) ->> 'etat', 'PT423',
  'it is HTTP 423');
select tests.agir_sans_compte('service_role');
select throws_ok('delete from public.cours_de_route', 'PT423', 'ECRITURES_GELEES',
  'service_role is nobody: it writes nothing either');
select throws_ok('delete from public.app_settings', 'PT403', 'ECRITURE_INTERDITE',
  'and does not end the freeze behind its operator');
select tests.redevenir_systeme();
select throws_ok('update public.cours_de_route set note = note', 'PT423', 'ECRITURES_GELEES',
  'nor does the owner of the tables');
select is_empty($$select e.quoi from pg_temp.ecritures e where tests.verdict('admin', e.sql) <> 'done'$$,
  'its operator writes as ever');
select is(tests.verdict('gerant', 'select from public.v_stock_actuel where citerne_id = tests.id(''cuve'')'), 'done',
  'everybody reads as ever');

-- Its life ------------------------------------------------------------------------------------------------------------

select lives_ok($$select pg_temp.declarer('admin', 'private.geler_ecritures(''Encore une fois'')')$$,
  'its operator may declare it again');
select is((select s.value::jsonb ->> 'motif' from public.app_settings s where s.key = 'gel_ecritures'),
  'Migration ASTM 53B', 'which changes nothing');
select throws_ok($$select pg_temp.declarer('autre_admin', 'private.geler_ecritures(''Une autre fois'')')$$, 'PT423',
  'ECRITURES_GELEES',
  'another admin does not take it over');
select pg_temp.declarer('autre_admin', 'private.degeler_ecritures()');
select is(tests.verdict('operateur', e.sql), 'done', 'over: ' || e.quoi) from pg_temp.ecritures e
  where e.quoi = 'a draft';
select is((select string_agg(l.action || ' ' || l.niveau, ', ' order by l.created_at) from public.log_actions l
  where l.module = 'operations'
    and l.user_id in (tests.id('admin'), tests.id('autre_admin'))),
  'ECRITURES_GELEES CRITICAL, ECRITURES_DEGELEES CRITICAL', 'its beginning and its end are logged, once each');

select * from finish();
rollback;
