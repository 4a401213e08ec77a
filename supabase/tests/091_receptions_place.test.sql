-- Room in the tank, and that nothing received is ever written again.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(27);

select tests.depot();
select tests.equipe();
select tests.citerne('cuve', p_capacite => 1000), tests.citerne('au_repos');

-- Room ----------------------------------------------------------------------------------------------------------------

select throws_ok('select tests.recevoir(''cuve'', 1000.001)', 'PT409', 'CITERNE_PLEINE',
  'more than an empty tank holds is refused');
select tests.recevoir('cuve', 600);
select throws_ok('select tests.recevoir(''cuve'', 401)', 'PT409', 'CITERNE_PLEINE',
  'more than the room that is left is refused');
select is((tests.essayer('select tests.recevoir(''cuve'', 401)') ->> 'valeurs')::jsonb - 'date_jour',
  '{"volume": 401.000, "libre": 400.000, "capacite_totale": 1000.000}', 'the refusal says how much room there is');
select throws_ok('select tests.recevoir(''cuve'', 401, 0, ''PARTENAIRE'')', 'PT409', 'CITERNE_PLEINE',
  'the fuel of a partner takes room like ours');
select tests.recevoir('cuve', 300, 0, 'PARTENAIRE');
select throws_ok('select tests.recevoir(''cuve'', 101)', 'PT409', 'CITERNE_PLEINE',
  'the fuel of a partner leaves less room for ours');
select lives_ok('select tests.recevoir(''cuve'', 100)', 'a tank may be filled to the brim');
select tests.sortir('cuve', 700);
select tests.cdr('camion_1'), tests.cdr('camion_2');
select is(tests.verdict('operateur', format('insert into public.receptions (cours_de_route_id, citerne_id, volume_ambiant, temperature_ambiante_c)
    values (%L, %L, 600, 15), (%L, %L, 600, 15)', tests.id('camion_1'), tests.id('cuve'), tests.id('camion_2'), tests.id('cuve'))),
  'CITERNE_PLEINE', 'two trucks in one statement fill the tank no further than two statements would');

update public.citernes set statut = 'maintenance' where id = tests.id('au_repos');
select throws_ok('select tests.recevoir(''au_repos'', 1)', 'PT422', 'CITERNE_INACTIVE_OR_INCOMPATIBLE',
  'a tank in maintenance takes no fuel');
update public.citernes set statut = 'inactive' where id = tests.id('au_repos');
select throws_ok('select tests.recevoir(''au_repos'', 1)', 'PT422', 'CITERNE_INACTIVE_OR_INCOMPATIBLE',
  'an inactive tank takes no fuel');

-- Never written again -------------------------------------------------------------------------------------------------

select tests.citerne('gardee'), tests.recevoir('gardee', 500);
create function pg_temp.ecritures() returns table (verbe text, ecriture text) language sql as $$
  values ('an update', 'update public.receptions set note = ''x'' where id = tests.id(''reception'')'),
         ('a delete', 'delete from public.receptions where id = tests.id(''reception'')'),
         ('a truncate', 'truncate public.receptions cascade')
$$;
grant execute on function pg_temp.ecritures to authenticated, service_role;

select throws_ok(e.ecriture, 'PT403', 'ECRITURE_INTERDITE', e.verbe || ' by the owner is refused')
  from pg_temp.ecritures() e;
select tests.agir_comme('admin');
select throws_ok(e.ecriture, '42501', null, e.verbe || ' by an admin is refused') from pg_temp.ecritures() e;
select tests.agir_sans_compte('service_role');
select throws_ok(e.ecriture, case e.verbe when 'a truncate' then '42501' else 'PT403' end, null,
  e.verbe || ' by service_role is refused')
  from pg_temp.ecritures() e;
select set_config('app.receptions_allow_write', '1', true);
select throws_ok(e.ecriture, case e.verbe when 'a truncate' then '42501' else 'PT403' end, null,
  e.verbe || ' by service_role is refused even with the flag') from pg_temp.ecritures() e;
-- A plan of an earlier act would hide what a new session would see.
select is(tests.essayer($$
  discard plans;
  create temp table pg_class (oid oid, relowner oid);
  insert into pg_temp.pg_class values ('public.receptions'::regclass, 'service_role'::regrole);
  update public.receptions set volume_ambiant = 1 where id = tests.id('reception')$$) ->> 'message',
  'ECRITURE_INTERDITE', 'a temporary pg_class does not make service_role the owner of the table');
select tests.agir_comme('admin');
select throws_ok(e.ecriture, '42501', null, e.verbe || ' by an admin is refused even with the flag')
  from pg_temp.ecritures() e;
select tests.redevenir_systeme();
select set_config('app.receptions_allow_write', 'oui', true);
select throws_ok('update public.receptions set note = ''x''', 'PT403', 'ECRITURE_INTERDITE',
  'the flag is "1" and nothing else');
select set_config('app.receptions_allow_write', '1', true);
select lives_ok('update public.receptions set note = ''x'' where id = tests.id(''reception'')',
  'the owner with the flag may write: the way of a repair, in the open');

select * from finish();
rollback;
