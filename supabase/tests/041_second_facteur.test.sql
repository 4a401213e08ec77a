-- The second factor: what an admin does under the flag mfa_admin, and that the flag itself is turned by nobody without
-- one.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(39);

select tests.depot('lubumbashi');
select tests.equipe('lubumbashi');
select tests.acteur('admin', 'lubumbashi', 'autre_admin'), tests.acteur(null, null, 'inconnu');
select tests.citerne('cuve', 'lubumbashi'), tests.citerne('cuve_vide', 'lubumbashi');
select tests.recevoir('cuve', 1000);

create function pg_temp.tente(p_acteur text, p_aal text, p_sql text) returns text language plpgsql as $$
declare
  v_essai jsonb;
begin
  perform tests.agir_comme(p_acteur);
  perform set_config('request.jwt.claims',
    jsonb_build_object('sub', tests.id(p_acteur), 'role', 'authenticated', 'aal', p_aal)::text, true);
  v_essai := tests.essayer(p_sql);
  perform tests.redevenir_systeme();
  return case when v_essai ? 'etat' then v_essai ->> 'message' when v_essai ->> 'lignes' = '0' then 'nothing'
    else 'done' end;
end;
$$;
create temporary table actes (quoi text, sql text);
insert into actes values
  ('an adjustment',
    format($$insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
     values ('RECEPTION', %L, -1, -1, 'jaugeage refait')$$, tests.id('reception'))),
  ('a compensation', format($$select public.admin_compensate_reception(%L, 'réception en double')$$,
    tests.id('reception'))),
  ('an opening stock', format($$select public.declarer_stock_initial(%L, 'MONALUXE', 100, 99, 'relevé du matin')$$,
    tests.id('cuve_vide'))),
  ('a flag', $$select public.definir_flag('astm_53b', false)$$),
  ('a rebuild', format($$select public.rebuild_stocks_journaliers(%L, '2026-01-01', '2026-01-02')$$,
    tests.id('lubumbashi'))),
  ('a new profile', format($$insert into public.profils (user_id, role) values (%L, 'pca')$$, tests.id('inconnu'))),
  ('a change of profile', format($$update public.profils set role = 'pca' where user_id = %L$$, tests.id('gerant'))),
  ('the check before an account is made', $$select private.preparer_profil('x@tests.monaluxe.test', 'pca', null)$$);
grant select on actes to authenticated;

select is(pg_temp.tente('admin', 'aal1', a.sql), 'done', a.quoi || ' needs no second factor while the flag is off')
  from actes a;

-- Turning it ----------------------------------------------------------------------------------------------------------

select is(pg_temp.tente('admin', 'aal1', $$select public.definir_flag('mfa_admin', true)$$), 'SECOND_FACTEUR_REQUIS',
  'who has not shown a second factor does not ask it of others');
select is(pg_temp.tente('directeur', 'aal2', $$select public.definir_flag('mfa_admin', true)$$), 'ROLE_FORBIDDEN',
  'a second factor makes nobody an admin');
select set_config('request.jwt.claims', jsonb_build_object('sub', tests.id('admin'), 'aal', 'aal2')::text, true);
select lives_ok($$select public.definir_flag('mfa_admin', true)$$, 'who has shown one turns it on');
select tests.redevenir_systeme();
select is(pg_temp.tente('admin', aal, $$select public.definir_flag('mfa_admin', false)$$), 'SECOND_FACTEUR_REQUIS',
    'nobody turns it off with ' || coalesce(aal, 'no level at all'))
  from unnest(array['aal1', null, 'AAL2', 'aal3']) as aal;
select is(pg_temp.tente('admin', 'aal2', $$select public.definir_flag('mfa_admin', false)$$), 'done',
  'with a second factor it is turned off');

-- On ------------------------------------------------------------------------------------------------------------------

select is(pg_temp.tente('admin', 'aal1', a.sql), 'SECOND_FACTEUR_REQUIS',
  a.quoi || ' is refused without a second factor') from actes a;
select is(pg_temp.tente('admin', 'aal2', a.sql), 'done', a.quoi || ' passes with one') from actes a;
select is(pg_temp.tente('gerant', 'aal1', $$select from public.produits$$), 'done',
  'who is no admin is asked for nothing');
select is(pg_temp.tente('gerant', 'aal1', (select a.sql from actes a where a.quoi = 'a flag')), 'ROLE_FORBIDDEN',
  'who may not is told so, not to fetch their second factor');
update public.feature_flags set depots = array[gen_random_uuid()] where key = 'mfa_admin';
select is(pg_temp.tente('admin', 'aal1', (select a.sql from actes a where a.quoi = 'a flag')), 'SECOND_FACTEUR_REQUIS',
  'limiting the flag to a depot opens nothing: an admin belongs to all');
update public.feature_flags set users = array[tests.id('autre_admin')] where key = 'mfa_admin';
select is(pg_temp.tente('admin', 'aal1', (select a.sql from actes a where a.quoi = 'a flag')), 'done',
  'limited to some, it asks nothing of the others');
select is(pg_temp.tente('autre_admin', 'aal1', (select a.sql from actes a where a.quoi = 'a flag')),
  'SECOND_FACTEUR_REQUIS',
  'and asks it of those');

-- The policies hold where no trigger speaks ---------------------------------------------------------------------------

select results_eq(
  $$select tablename::text collate "default", cmd::text collate "default" from pg_policies
    where permissive = 'RESTRICTIVE' and schemaname = 'public'
      and tablename in ('profils', 'stocks_adjustments') order by 1, 2$$,
  $$values ('profils', 'INSERT'), ('profils', 'UPDATE'), ('stocks_adjustments', 'INSERT')$$,
  'what an admin writes directly is narrowed by a restrictive policy');
update public.feature_flags set users = '{}', depots = '{}' where key = 'mfa_admin';
alter table public.stocks_adjustments disable trigger stocks_adjustments_before_insert;
select is(pg_temp.tente('admin', 'aal1', format($$insert into public.stocks_adjustments
      (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
        values ('RECEPTION', %L, -1, -1, 'jaugeage refait')$$,
      tests.id('reception'))),
        'new row violates row-level security policy "stocks_adjustments_creation_second_facteur" for table '
        '"stocks_adjustments"',
  'and that policy refuses by itself');

select * from finish();
rollback;
