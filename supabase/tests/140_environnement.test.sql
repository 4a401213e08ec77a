-- Environment: what a database refuses by itself because it is PROD, and what it lets STAGING do.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(40);

create function pg_temp.dire(p_env text) returns void language sql as $$
  delete from public.app_settings where key = 'env';
  insert into public.app_settings (key, value) select 'env', p_env where p_env is not null
$$;

-- In PROD, and where nobody said --------------------------------------------------------------------------------------

select tests.depot('depot'), tests.equipe('depot');
select lives_ok(format('select pg_temp.dire(%L)', e), 'becomes ' || e) from unnest('{staging,local}'::text[]) e;
select lives_ok('select private.interdire_si_prod()', 'local is not PROD');

select pg_temp.dire('prod');
select throws_ok(f, 'PT403', 'ENV_INTERDIT', 'PROD refuses ' || f)
  from unnest(array['select private.interdire_si_prod()', 'select private.poser_referentiels()',
                    'select private.vider_mouvements()', 'select private.nettoyer_staging()']) f;
select pg_temp.dire(null);
select throws_ok(f, 'PT403', 'ENV_INTERDIT', 'a database that does not say what it is refuses ' || f)
  from unnest(array['select private.interdire_si_prod()', 'select private.vider_mouvements()']) f;

-- No drop in PROD -----------------------------------------------------------------------------------------------------

select pg_temp.dire('prod');
select throws_ok(d, 'PT403', 'ENV_INTERDIT', 'PROD refuses: ' || d)
  from unnest(array['drop view public.logs', 'drop table public.prises_de_hauteur cascade',
    'drop schema public cascade',
                    'drop schema private cascade', 'drop table public.app_settings cascade',
                    'drop function public.validate_sortie(uuid) cascade', 'drop policy depots_lecture on public.depots',
                    'drop trigger log_actions_block on public.log_actions',
                    'alter table public.depots drop column adresse']) d;
select lives_ok(d, 'PROD allows: ' || d)
  from unnest(array['create temp table brouillon (id int)', 'drop table pg_temp.brouillon',
                    'create table private.brouillon (id int)', 'drop table private.brouillon',
                    'create or replace view public.logs as ' || pg_get_viewdef('public.logs'),
                    'create or replace function public.rien() returns int language sql return 1']) d;
select set_config('app.drop_autorise', '1', true);
select throws_ok('drop view public.logs', 'PT403', 'ENV_INTERDIT', 'a setting alone opens nothing');
select throws_ok($$select private.autoriser_drop('court')$$, 'PT422', 'MOTIF_REQUIS', 'the way through asks why');
select lives_ok($$select private.autoriser_drop('restauration validée')$$, 'the owner says why');
select lives_ok('drop view public.logs', 'and may drop, in this transaction');
select is((select count(*)::int from public.log_actions where action = 'DROP_AUTORISE' and niveau = 'CRITICAL'), 1,
  'which leaves its line in the log');
select is(has_function_privilege(r, 'private.autoriser_drop(text)', 'execute'), false, r || ' has no way through')
  from unnest('{anon,authenticated,service_role}'::text[]) r;

-- PROD stays PROD -----------------------------------------------------------------------------------------------------

select tests.agir_sans_compte('service_role');
select throws_ok(q, 'PT403', 'ENV_INTERDIT', 'with the service key: ' || q)
  from unnest(array[$$update public.app_settings set value = 'staging' where key = 'env'$$,
                    $$delete from public.app_settings where key = 'env'$$]) q;
select tests.redevenir_systeme();

-- What STAGING allows -------------------------------------------------------------------------------------------------

select pg_temp.dire('staging');
select set_config('app.purge_staging', '1', true);
select throws_ok('delete from public.log_actions', 'PT403', 'ECRITURE_INTERDITE', 'the log is as closed as anywhere');
select set_config('app.purge_staging', pg_current_xact_id()::text, true);
select tests.agir_sans_compte('service_role');
select throws_ok('delete from public.stocks_adjustments', 'PT403', 'ECRITURE_INTERDITE',
  'the setting opens nothing to the service key');
select tests.redevenir_systeme();
select lives_ok('select private.vider_mouvements()', 'the purge runs');
select is((select sum(lignes)::int from private.compter_mouvements() where quoi <> 'cours_de_route'), 0,
  'and leaves no movement');
select is(concat(current_setting('app.purge_staging', true), current_setting('app.receptions_allow_write', true)), '',
  'nor a flag');


-- A tank that tests of another time left, and through which fuel has gone since: somebody looks before it is removed.
select tests.depot('depot'), tests.equipe('depot'), tests.citerne('reste');
select tests.recevoir('reste', 1000);
alter table public.citernes disable trigger user;
update public.citernes set nom = 'TANK STAGING 1' where id = tests.id('reste');
alter table public.citernes enable trigger user;
select throws_ok('select count(*) from private.nettoyer_staging()', 'PT409', 'CITERNE_AVEC_MOUVEMENTS',
  'a tank of old tests that holds movements is not removed');

select * from finish();
rollback;
