-- Who is asking, which depots they see, and that nobody makes themselves more than they are.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(39);

select tests.depot('lubumbashi'), tests.depot('goma');
select tests.equipe('lubumbashi');
select tests.acteur('gerant', 'goma', 'gerant_goma'), tests.acteur(null, null, 'inconnu');

-- Depots seen ---------------------------------------------------------------------------------------------------------

create function pg_temp.voit(p_acteur text, p_depot text) returns text language sql as $$
  select tests.verdict(p_acteur, format('select from public.depots where id = %L', tests.id(p_depot)))
$$;
select is(pg_temp.voit(r, 'lubumbashi'), 'done', r || ' sees their own depot')
  from unnest('{admin,directeur,gerant,operateur,pca,lecture}'::text[]) as r;
select is(pg_temp.voit(r, 'goma'), attendu, format('another depot, for %s: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('pca', 'done'),
               ('gerant', 'nothing'), ('operateur', 'nothing'), ('lecture', 'nothing')) as t (r, attendu);
select is(pg_temp.voit('inconnu', d), 'nothing', 'a user without a profile does not see ' || d)
  from unnest('{lubumbashi,goma}'::text[]) as d;
select is(tests.verdict('inconnu', 'select from public.' || t), 'nothing', 'a user without a profile reads no row of '
  || t)
  from unnest('{profils,produits,feature_flags,app_settings}'::text[]) as t;
select is(tests.verdict('inconnu', 'select from public.current_user_profile'), 'nothing',
  'a user without a profile has no current_user_profile');

-- Depots written ------------------------------------------------------------------------------------------------------

select is(tests.verdict(r, $$insert into public.depots (nom) values ('Dépôt neuf')$$), attendu,
    format('%s opens a depot: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done')) as t (r, attendu);
select is(tests.verdict('admin', $$insert into public.depots (nom) values ('Dépôt neuf') returning id$$), 'done',
  'whoever opens a depot reads it back in the same statement');
select is(tests.verdict(r, $$insert into public.depots (nom) values ('Dépôt neuf')$$),
    'new row violates row-level security policy for table "depots"', r || ' cannot open a depot')
  from unnest('{gerant,operateur,pca,lecture,inconnu}'::text[]) as r;
select throws_ok($$insert into public.depots (nom, fuseau) values ('Dépôt sans heure', 'Afrique/Kipushi')$$, 'PT422',
  'FUSEAU_INCONNU',
  'a depot whose time zone does not exist is refused, since no movement could have a day there');

-- Profiles ------------------------------------------------------------------------------------------------------------

select is(tests.verdict(r, format('select from public.profils where user_id = %L', tests.id('gerant_goma'))), attendu,
    format('somebody else''s profile, for %s: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'nothing'), ('operateur', 'nothing'),
               ('pca', 'done'), ('lecture', 'nothing')) as t (r, attendu);
select tests.agir_comme('gerant');
select results_eq('select role, depot_id from public.current_user_profile',
  $$values ('gerant', tests.id('lubumbashi'))$$, 'current_user_profile is one''s own profile');
select tests.redevenir_systeme();

select tests.agir_comme('admin');
select throws_ok('delete from public.profils', '42501', null, 'no client deletes a profile');
select tests.agir_comme('inconnu');
select throws_ok(format($$insert into public.profils (user_id, role) values (%L, 'admin')$$, tests.id('inconnu')),
  '42501', null,
  'a user without a profile cannot give themselves one');

-- No person at all ----------------------------------------------------------------------------------------------------

select tests.agir_sans_compte('anon');
select throws_ok('select from public.depots', '42501', 'permission denied for table depots', 'anon reads no depot');
select throws_ok('select from public.current_user_profile', '42501', null, 'anon reads no profile');

select * from finish();
rollback;
