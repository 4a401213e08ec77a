-- Profiles: made and changed by an admin, never by oneself; somebody who can let people in is always left.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(48);

select tests.depot('lubumbashi'), tests.depot('goma');
select tests.equipe('lubumbashi');
select tests.acteur('gerant', 'goma', 'gerant_goma'), tests.acteur(null, null, 'inconnu'),
  tests.acteur('admin', 'goma', 'second_admin');

create function pg_temp.modifier(p_qui text, p_changement text) returns text language sql as $$
  select format('update public.profils set %s where user_id = %L', p_changement, tests.id(p_qui))
$$;

create function pg_temp.par_service_role(p_sql text) returns text language plpgsql as $$
declare
  v_essai jsonb;
begin
  perform tests.agir_sans_compte('service_role');
  v_essai := tests.essayer(p_sql);
  perform tests.redevenir_systeme();
  return coalesce(v_essai ->> 'message', 'done');
end;
$$;

-- Nobody makes themselves more than they are --------------------------------------------------------------------------

select is(tests.verdict('admin', pg_temp.modifier('gerant_goma', c)), 'done', 'an admin changes somebody else''s ' || c)
  from unnest(array['role = ''directeur''', 'depot_id = tests.id(''lubumbashi'')', 'nom_complet = ''Autre nom''',
                    'desactive_le = now()']) as c;
select is(tests.verdict(r, pg_temp.modifier(r, 'role = ''admin''')), 'ROLE_FORBIDDEN',
  r || ' cannot make themselves admin')
  from unnest('{directeur,gerant,operateur,pca,lecture}'::text[]) as r;
select is(tests.verdict(r, pg_temp.modifier('second_admin', 'desactive_le = now()')), 'ROLE_FORBIDDEN',
  r || ' shuts nobody out')
  from unnest('{directeur,gerant,operateur,pca,lecture}'::text[]) as r;
select is(tests.verdict('admin', pg_temp.modifier('admin', t.changement)), 'ECRITURE_INTERDITE',
    'even an admin cannot change their own ' || t.quoi)
  from (values ('role', 'role = ''lecture'''), ('depot', 'depot_id = null'), ('account', 'user_id = gen_random_uuid()'),
               ('id', 'id = gen_random_uuid()'), ('being active', 'desactive_le = now()')) as t (quoi, changement);
select is(tests.verdict('admin', pg_temp.modifier('gerant', 'user_id = ' || quote_literal(tests.id('inconnu')))),
  'ECRITURE_INTERDITE',
  'a profile is not handed to another account');
select is(tests.verdict('admin', pg_temp.modifier('admin', 'nom_complet = ''Autre nom''')), 'done',
  'an admin changes their own name');
select is(tests.verdict('admin', format(
    'insert into public.profils (user_id, role) values (%L, ''directeur'') on conflict (user_id) do update set role = '
    'excluded.role',
    tests.id('admin'))), 'ECRITURE_INTERDITE', 'an upsert is no way round it');

-- A depot to work in --------------------------------------------------------------------------------------------------

select
  is(tests.verdict('admin', format('insert into public.profils (user_id, role) values (%L, %L)', tests.id('inconnu'),
  r)), attendu,
    format('a profile of %s without a depot: %s', r, attendu))
  from (values ('gerant', 'DEPOT_REQUIS'), ('operateur', 'DEPOT_REQUIS'), ('lecture', 'DEPOT_REQUIS'),
               ('directeur', 'done'), ('pca', 'done'), ('admin', 'done')) as t (r, attendu);
select is(tests.verdict('admin', pg_temp.modifier('gerant', 'depot_id = null')), 'DEPOT_REQUIS',
  'a gerant keeps a depot');
select throws_ok(pg_temp.modifier('operateur', 'depot_id = null'), 'PT422', 'DEPOT_REQUIS', 'whoever writes');

-- Shut out ------------------------------------------------------------------------------------------------------------

select tests.agir_comme('admin');
update public.profils set desactive_le = '2020-01-01', desactive_par = tests.id('gerant')
  where user_id = tests.id('gerant_goma');
select tests.redevenir_systeme();
select results_eq(format('select desactive_le = now(), desactive_par from public.profils where user_id = %L',
  tests.id('gerant_goma')),
  $$values (true, tests.id('admin'))$$, 'the database says when somebody was shut out, and by whom');
select is(tests.verdict('gerant_goma', 'select from public.' || t), 'nothing',
  'somebody shut out reads no row of ' || t)
  from unnest('{depots,profils,current_user_profile,produits,v_stock_actuel,log_actions}'::text[]) as t;
select is(tests.verdict('gerant_goma', 'select private.exiger_profil()'), 'COMPTE_DESACTIVE',
  'the doors tell them why');
select is(tests.verdict('gerant_goma', 'select public.validate_sortie(gen_random_uuid())'), 'ROLE_FORBIDDEN',
  'an RPC is closed to them');
select is(tests.verdict('gerant_goma', pg_temp.modifier('gerant_goma', 'desactive_le = null')), 'ROLE_FORBIDDEN',
  'they do not let themselves in again');
select tests.agir_comme('admin');
update public.profils set desactive_le = null where user_id = tests.id('gerant_goma');
select tests.redevenir_systeme();
select is(tests.verdict('gerant_goma', 'select from public.depots'), 'done', 'let in again, they find what was theirs');

-- One admin is left ---------------------------------------------------------------------------------------------------

delete from public.profils where role = 'admin' and user_id not in (tests.id('admin'), tests.id('second_admin'));
select is(tests.verdict('admin', pg_temp.modifier('second_admin', 'role = ''pca''')), 'done',
  'one of two admins may be demoted');
update public.profils set desactive_le = now() where user_id = tests.id('second_admin');
select throws_ok(pg_temp.modifier('admin', 'role = ''pca'''), 'PT409', 'DERNIER_ADMIN',
  'the last admin is not demoted');
select is(pg_temp.par_service_role(pg_temp.modifier('admin', 'desactive_le = now()')), 'DERNIER_ADMIN',
  'not even service_role shuts the last admin out');
select is(pg_temp.par_service_role('delete from public.profils where role = ''admin'''), 'DERNIER_ADMIN',
  'nor deletes all of them');
select throws_ok(format('delete from auth.users where id = %L', tests.id('admin')), 'PT409', 'DERNIER_ADMIN',
  'the account of the last admin is not deleted either');
select throws_ok('truncate public.profils', 'PT409', 'DERNIER_ADMIN', 'the table is not emptied');
select lives_ok(format('delete from auth.users where id = %L', tests.id('second_admin')),
  'an admin who was shut out already may go');

select * from finish();
rollback;
