-- The trace: written by the acts themselves, read by those who answer for them, changed by nobody.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(42);

select tests.depot('lubumbashi'), tests.depot('goma');
select tests.equipe('lubumbashi');
select tests.acteur('gerant', 'goma', 'gerant_goma'), tests.acteur(null, null, 'inconnu');
select tests.cdr('camion', 'lubumbashi', p_statut => 'CHARGEMENT');

select is(tests.trace('CDR_CREE', tests.id('camion')), 'cours_de_route INFO', 'an act leaves one line in the log');
select results_eq(
  format($$select user_id, depot_id, details ? 'plaque_camion' from public.log_actions where cible_id = %L$$,
    tests.id('camion')),
  $$values (tests.chef(), tests.id('lubumbashi'), true)$$, 'a line says who, where and with which values');
select set_config('request.id', 'req-42', true);
select tests.cdr('autre_camion', 'lubumbashi', p_statut => 'CHARGEMENT');
select is((select l.request_id from public.log_actions l where l.cible_id = tests.id('autre_camion')), 'req-42',
  'a line carries the id of the HTTP request');

select set_config('request.id', '', true), set_config('request.headers', '{"x-request-id": "rest-43", "accept": "*/*"}',
  true);
select tests.cdr('par_rest', 'lubumbashi', p_statut => 'CHARGEMENT');
select is((select l.request_id from public.log_actions l where l.cible_id = tests.id('par_rest')), 'rest-43',
  'through REST, the id is the one among its headers');
select set_config('request.headers', '', true);

select throws_ok($$select private.journaliser('ESSAI', 'essais', 'GRAVE', null, null)$$, '23514', null,
  'no rule writes a line of a level that is none of the three');

-- Every act ---------------------------------------------------------------------------------------------------------

-- What happened to the rows of a table: "ACTION NIVEAU from to", where "from" and "to" are what a field was and became.
create function pg_temp.dit(p_champ text, p_cible uuid default null) returns text language sql as $$
  select string_agg(concat_ws(' ', l.action, l.niveau, l.details #>> array['avant', p_champ],
    l.details #>> array['apres', p_champ]),
                    ', ' order by l.created_at)
    from public.log_actions l where l.details ? 'table' and l.cible_id is not distinct from p_cible
      and l.created_at >= now()
$$;
select tests.citerne('tank', 'lubumbashi'), tests.recevoir('tank', 5000), tests.brouillon('tank', 100);
select is(pg_temp.dit('note', tests.id('sortie')), null, 'a draft that nobody touched has nothing but its creation');
update public.sorties_produit set note = 'complété' where id = tests.id('sortie');
update public.sorties_produit set note = note where id = tests.id('sortie');
select is(pg_temp.dit('note', tests.id('sortie')), 'SORTIE_MODIFIEE INFO complété',
  'an edit of a draft is logged, with what it was and became');
select tests.valider();
select is(pg_temp.dit('note', tests.id('sortie')), 'SORTIE_MODIFIEE INFO complété',
  'validating is logged as what it is, not as an edit');
select set_config('app.sorties_produit_allow_write', '1', true), set_config('app.receptions_allow_write', '1', true);
update public.sorties_produit set note = 'forcé' where id = tests.id('sortie');
update public.receptions set note = 'forcé' where id = tests.id('reception');
select set_config('app.sorties_produit_allow_write', '', true), set_config('app.receptions_allow_write', '', true);
select is(pg_temp.dit('note', tests.id('sortie')),
  'SORTIE_MODIFIEE INFO complété, SORTIE_FORCEE_MODIFIEE CRITICAL complété forcé',
  'what the owner forces on a validated sortie is CRITICAL');
select is(pg_temp.dit('note', tests.id('reception')), 'RECEPTION_FORCEE_MODIFIEE CRITICAL forcé',
  'and on a réception too');
insert into public.app_settings (key, value) values ('essai', '1');
update public.app_settings set value = '2' where key = 'essai';
delete from public.app_settings where key = 'essai';
select is(pg_temp.dit('value'), 'REGLAGE_CREE WARNING 1, REGLAGE_MODIFIE WARNING 1 2, REGLAGE_SUPPRIME WARNING 2',
  'every change of a setting is logged, before and after');
select is((select distinct l.details ->> 'role_sql' from public.log_actions l where l.module = 'reglages'
  and l.created_at >= now()),
  'postgres', 'a line of nobody''s account says which database role wrote');
insert into public.golden_cases (source, reference, produit_code, volume_observe_l, temperature_echantillon_c,
    temperature_produit_c, densite_observee_kgm3, volume_15c_attendu_l)
  values ('ESSAI', '1', 'G.O', 1000, 20, 20, 837, 996) returning tests.noter('cas', id);
update public.golden_cases set volume_15c_attendu_l = 995 where id = tests.id('cas');
select is(pg_temp.dit('volume_15c_attendu_l', tests.id('cas')),
  'CAS_REFERENCE_CREE WARNING 996.000, CAS_REFERENCE_MODIFIE WARNING 996.000 995.000',
  'a case that the engine is judged by does not change unseen');
select tests.cdr('corrige', 'lubumbashi', p_statut => 'CHARGEMENT');
update public.cours_de_route set statut = 'TRANSIT', volume = 39000 where id = tests.id('corrige');
select results_eq(format($$select l.action, l.details #>> '{avant,volume}', l.details #>> '{apres,volume}'
  from public.log_actions l
    where l.cible_id = %L and l.action <> 'CDR_CREE' order by l.created_at$$, tests.id('corrige')),
  $$values ('CDR_STATUT', null, null), ('CDR_MODIFIE', '40000.000', '39000.000')$$,
  'a move that brings other changes along logs them too');
delete from public.cours_de_route where id = tests.id('corrige');
select is(tests.trace('CDR_SUPPRIME', tests.id('corrige')), 'cours_de_route CRITICAL',
  'a CDR that service_role deletes leaves its line');
select is_empty($$
  select c.relname, v.verbe
    from pg_class c, (values ('insert', 4), ('delete', 8), ('update', 16)) as v (verbe, bit)
   where c.relnamespace in ('public'::regnamespace, 'astm'::regnamespace) and c.relkind = 'r'
     and (has_any_column_privilege('authenticated', c.oid, nullif(v.verbe, 'delete'))
       or has_any_column_privilege('service_role', c.oid, nullif(v.verbe, 'delete'))
          or has_table_privilege('authenticated', c.oid, v.verbe)
            or has_table_privilege('service_role', c.oid, v.verbe))
     and not exists (
       select from pg_trigger t join pg_proc p on p.oid = t.tgfoid
        where t.tgrelid = c.oid and t.tgtype & v.bit > 0
          -- Logged once done, or refused before.
          and (t.tgtype & 2 = 0 and p.prosrc ~ 'private\.(journaliser|noter_evenement_alerte)\(' or t.tgtype & 2 > 0
            and p.proname = 'interdire_ecriture'))$$,
  'whatever a role may do to a table leaves a line, or is refused');

-- Read ----------------------------------------------------------------------------------------------------------------

select is(tests.verdict(r, format('select from public.%I where cible_id = %L', 'log_actions', tests.id('camion'))),
  attendu,
    format('the log of a depot, for %s: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'done'), ('operateur', 'nothing'), ('pca', 'done'),
               ('lecture', 'nothing'), ('inconnu', 'nothing'), ('gerant_goma', 'nothing')) as t (r, attendu);
select is(tests.verdict('gerant_goma', format('select from public.logs where cible_id = %L', tests.id('camion'))),
  'nothing',
  'the view logs shows a manager no line of another depot');
select is(tests.verdict('gerant', format('select from public.logs where cible_id = %L', tests.id('camion'))), 'done',
  'the view logs shows a manager the lines of their own depot');

select is(tests.verdict(r, 'select private.exiger_lecteur_journal()'), attendu,
  format('asking for the log, as %s: %s', r, attendu))
  from (values ('gerant', 'done'), ('pca', 'done'), ('operateur', 'ROLE_FORBIDDEN'), ('lecture', 'ROLE_FORBIDDEN')) as t
    (r, attendu);

-- Written by nobody ---------------------------------------------------------------------------------------------------

select tests.agir_comme('admin');
select throws_ok($$insert into public.log_actions (action, module) values ('FAUX', 'stocks')$$, '42501', null,
  'an admin cannot write a line');
select throws_ok($$select private.journaliser('FAUX', 'stocks', 'INFO', null, null)$$, '42501', null,
  'an admin cannot have a line written');
select throws_ok('update public.log_actions set action = ''FAUX''', '42501', null, 'an admin cannot change a line');
select throws_ok('delete from public.log_actions', '42501', null, 'an admin cannot delete a line');
select is_empty($$select p.oid::regprocedure, r from pg_proc p, unnest('{anon,authenticated,service_role}'::text[]) as r
   where p.pronamespace = 'private'::regnamespace and p.proname like '%journaliser%'
     and has_function_privilege(r, p.oid, 'execute')$$,
  'nobody but the rules executes, or hooks to a table of their own, a function that writes lines');
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
