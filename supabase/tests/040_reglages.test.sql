-- Settings and feature flags: who turns them, for whom they are on.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(35);

select tests.depot('lubumbashi'), tests.depot('goma');
select tests.equipe('lubumbashi');
select tests.acteur(null, null, 'inconnu');

select results_eq(
  $$select key, enabled from public.feature_flags where key in ('astm_53b', 'sortie_directe_compat') order by key$$,
  $$values ('astm_53b', false), ('sortie_directe_compat', true)$$,
  'both flags exist; the prod-like seed has turned on the one that the app of today needs');

-- Who -----------------------------------------------------------------------------------------------------------------

select is(tests.verdict(r, $$select public.definir_flag('astm_53b', true)$$), attendu,
  format('%s turns a flag: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'ROLE_FORBIDDEN'), ('gerant', 'ROLE_FORBIDDEN'),
               ('operateur', 'ROLE_FORBIDDEN'), ('pca', 'ROLE_FORBIDDEN'), ('lecture', 'ROLE_FORBIDDEN'),
               ('inconnu', 'ROLE_FORBIDDEN')) as t (r, attendu);
select is(tests.verdict(r, 'select from public.feature_flags'), 'done', r || ' reads the flags')
  from unnest('{admin,directeur,gerant,operateur,pca,lecture}'::text[]) as r;
select tests.agir_comme('admin');
select throws_ok($$select public.definir_flag('option_inventee', true)$$, 'PT404', 'FLAG_INCONNU',
  'a flag that does not exist cannot be turned');
select throws_ok($$select public.definir_flag(null, true)$$, 'PT404', 'FLAG_INCONNU', 'no key is no flag');
select throws_ok($$update public.feature_flags set enabled = true$$, '42501', null,
  'not even an admin writes the table itself');
select throws_ok($$insert into public.app_settings (key, value) values ('env', 'local')$$, '42501', null,
  'no client says which environment this is');
select lives_ok($$select public.definir_flag('astm_53b', false)$$, 'an admin turns a flag off');
select tests.agir_sans_compte('anon');
select throws_ok($$select public.definir_flag('astm_53b', true)$$, '42501', null, 'anon turns nothing');
select tests.redevenir_systeme();

-- For whom ------------------------------------------------------------------------------------------------------------

create function pg_temp.regler(p_enabled boolean, p_depots uuid[], p_users uuid[]) returns void language plpgsql as $$
begin
  perform tests.agir_comme('admin');
  perform public.definir_flag('astm_53b', p_enabled, p_depots, p_users);
  perform tests.redevenir_systeme();
end;
$$;
create function pg_temp.actif(p_acteur text, p_depot text) returns boolean language plpgsql as $$
begin
  perform set_config('request.jwt.claims', jsonb_build_object('sub', tests.id(p_acteur))::text, true);
  return private.flag_actif('astm_53b', tests.id(p_depot));
end;
$$;

select pg_temp.regler(true, '{}', '{}');
select ok(pg_temp.actif('gerant', 'goma'), 'an enabled flag without lists is on for everybody, everywhere');
select pg_temp.regler(true, array[tests.id('lubumbashi')], '{}');
select ok(pg_temp.actif('gerant', 'lubumbashi'), 'a flag limited to a depot is on there');
select ok(not pg_temp.actif('gerant', 'goma'), 'a flag limited to a depot is off elsewhere');
select pg_temp.regler(true, '{}', array[tests.id('gerant')]);
select ok(pg_temp.actif('gerant', 'goma'), 'a flag limited to a user is on for them');
select ok(not pg_temp.actif('operateur', 'goma'), 'a flag limited to a user is off for another');
select pg_temp.regler(true, array[tests.id('lubumbashi')], array[tests.id('gerant')]);
select ok(pg_temp.actif('gerant', 'lubumbashi') and not pg_temp.actif('gerant', 'goma')
          and not pg_temp.actif('operateur', 'lubumbashi'), 'where both lists are filled, both must match');
select pg_temp.regler(true, null, null);
select ok(not pg_temp.actif('gerant', 'goma'), 'a null list keeps the one in place');
select pg_temp.regler(false, null, null);
select ok(not pg_temp.actif('gerant', 'lubumbashi'), 'a disabled flag is off, whatever its lists say');
select ok(not private.flag_actif('option_inventee', tests.id('goma')), 'a flag that does not exist is off');

-- Trace and environment -----------------------------------------------------------------------------------------------

select tests.redevenir_systeme();
select pg_temp.regler(true, '{}', '{}');
select results_eq(
  $$select l.user_id, l.niveau, l.details -> 'avant' ->> 'enabled', l.details -> 'apres' ->> 'enabled'
      from public.log_actions l where l.action = 'FLAG_MODIFIE' and l.user_id = tests.id('admin')
     order by (l.details -> 'apres' ->> 'enabled') = 'true' and l.details -> 'avant' ->> 'enabled' = 'false' desc
       limit 1$$,
  $$values (tests.id('admin'), 'WARNING', 'false', 'true')$$, 'a change of a flag is logged, before and after');
select is((select f.updated_by from public.feature_flags f where f.key = 'astm_53b'), tests.id('admin'),
  'a flag remembers who changed it last');
select tests.agir_sans_compte('service_role');
insert into public.feature_flags (key, description) values ('option_neuve', 'Option neuve');
delete from public.feature_flags where key = 'option_neuve';
select tests.redevenir_systeme();
select is((select count(*) from public.log_actions l where l.details::text like '%option_neuve%'), 2::bigint,
  'a flag that service_role adds or removes is logged, as any change');
insert into public.app_settings (key, value) values ('env', 'staging') on conflict (key) do update
  set value = excluded.value;
select is(private.env(), 'staging', 'a database says which environment it is');
delete from public.app_settings where key = 'env';
select is(private.env(), 'prod', 'a database that does not say counts as prod');
select throws_ok($$insert into public.app_settings (key, value) values ('env', 'preprod')$$, '23514', null,
  'an environment that does not exist is refused');

select * from finish();
rollback;
