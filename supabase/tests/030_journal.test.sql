-- The trace: written by the acts themselves, read by those who answer for them, changed by nobody.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(24);

select tests.depot('lubumbashi'), tests.depot('goma');
select tests.equipe('lubumbashi');
select tests.acteur('gerant', 'goma', 'gerant_goma'), tests.acteur(null, null, 'inconnu');
select tests.cdr('camion', 'lubumbashi', p_statut => 'CHARGEMENT');

select is(tests.trace('CDR_CREE', tests.id('camion')), 'cours_de_route INFO', 'an act leaves one line in the log');
select results_eq(
  format($$select user_id, depot_id, details ? 'plaque_camion' from public.log_actions where cible_id = %L$$, tests.id('camion')),
  $$values (tests.chef(), tests.id('lubumbashi'), true)$$, 'a line says who, where and with which values');
select set_config('request.id', 'req-42', true);
select tests.cdr('autre_camion', 'lubumbashi', p_statut => 'CHARGEMENT');
select is((select l.request_id from public.log_actions l where l.cible_id = tests.id('autre_camion')), 'req-42',
  'a line carries the id of the HTTP request');

-- Read ----------------------------------------------------------------------------------------------------------------

select is(tests.verdict(r, format('select from public.%I where cible_id = %L', 'log_actions', tests.id('camion'))), attendu,
    format('the log of a depot, for %s: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'done'), ('operateur', 'nothing'), ('pca', 'done'),
               ('lecture', 'nothing'), ('inconnu', 'nothing'), ('gerant_goma', 'nothing')) as t (r, attendu);
select is(tests.verdict('gerant_goma', format('select from public.logs where cible_id = %L', tests.id('camion'))), 'nothing',
  'the view logs shows a manager no line of another depot');
select is(tests.verdict('gerant', format('select from public.logs where cible_id = %L', tests.id('camion'))), 'done',
  'the view logs shows a manager the lines of their own depot');

-- Written by nobody -----------------------------------------------------------------------------------------------------

select tests.agir_comme('admin');
select throws_ok($$insert into public.log_actions (action, module) values ('FAUX', 'stocks')$$, '42501', null,
  'an admin cannot write a line');
select throws_ok($$select private.journaliser('FAUX', 'stocks', 'INFO', null, null)$$, '42501', null,
  'an admin cannot have a line written');
select throws_ok('update public.log_actions set action = ''FAUX''', '42501', null, 'an admin cannot change a line');
select throws_ok('delete from public.log_actions', '42501', null, 'an admin cannot delete a line');
select tests.agir_sans_compte('service_role');
select throws_ok($$insert into public.log_actions (action, module) values ('FAUX', 'stocks')$$, '42501', null,
  'service_role cannot write a line');
select throws_ok('delete from public.log_actions', '42501', null, 'service_role cannot delete a line');
select throws_ok('truncate public.log_actions', '42501', null, 'service_role cannot truncate the log');
select tests.redevenir_systeme();
select throws_ok('update public.log_actions set action = ''FAUX''', 'PT403', 'ECRITURE_INTERDITE',
  'the owner cannot change a line');
select throws_ok('delete from public.log_actions', 'PT403', 'ECRITURE_INTERDITE', 'the owner cannot delete a line');
select throws_ok('truncate public.log_actions', 'PT403', 'ECRITURE_INTERDITE', 'the owner cannot truncate the log');
select throws_ok($$update public.log_actions set action = 'FAUX' where false$$, 'PT403', 'ECRITURE_INTERDITE',
  'a write that touches no line is refused too');

select * from finish();
rollback;
