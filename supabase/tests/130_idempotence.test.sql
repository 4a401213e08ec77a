-- A request that is sent again gets its first answer; another request with the same key is refused.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(31);

select tests.depot();
select tests.acteur('operateur'), tests.acteur('gerant');
create function pg_temp.reprendre(p_cle text default 'cle-1', p_demande text default 'POST /receptions',
  p_corps jsonb default '{"volume": 1}') returns text
language sql as $$
  select
    coalesce((select format('%s %s', r ->> 'statut', r -> 'corps')
                from private.premiere_reponse(p_cle, p_demande, p_corps) r where r is not null), 'go on')
$$;
grant execute on function pg_temp.reprendre to authenticated, service_role;

select tests.agir_comme('operateur');
select is(pg_temp.reprendre(), 'go on', 'the first request with a key goes on');
select private.reponse_gardee('cle-1', 201, '{"id":  "1",   "volume": 1.500}');
select is(pg_temp.reprendre(), '201 {"id":  "1",   "volume": 1.500}', 'the second gets the first answer, to the byte');
select is(pg_temp.reprendre(p_corps => '{ "volume" :1 }'), '201 {"id":  "1",   "volume": 1.500}',
  'white space in the body makes no other request');
select throws_ok('select pg_temp.reprendre(p_corps => ''{"volume": 2}'')', 'PT409', 'IDEMPOTENCE_CONFLIT',
  'the same key with another body is refused');
select throws_ok('select pg_temp.reprendre(p_demande => ''POST /sorties'')', 'PT409', 'IDEMPOTENCE_CONFLIT',
  'the same key for another path is refused');
select throws_ok('select pg_temp.reprendre(p_corps => null)', 'PT409', 'IDEMPOTENCE_CONFLIT',
  'the same key without a body is refused');
select is(pg_temp.reprendre('cle-2'), 'go on', 'another key is another request');
select is(pg_temp.reprendre('cle-3', p_corps => null), 'go on', 'a request without a body has a key too');
select throws_ok(format('select pg_temp.reprendre(%1$L), private.reponse_gardee(%1$L, 201, ''{}'')', c), '23514', null,
  'a key of ' || length(c) || ' characters is refused')
  from unnest(array['', repeat('x', 256)]) as c;
select tests.agir_comme('gerant');
select is(pg_temp.reprendre(p_corps => '{"volume": 2}'), 'go on', 'the key of one user is not the key of another');
select private.reponse_gardee('cle-1', 200, '{}');
select tests.agir_comme('operateur');
select is(pg_temp.reprendre(), '201 {"id":  "1",   "volume": 1.500}',
  'the answer kept for one user is not the answer of another');

-- Without the effect there is no answer, and the key is free.
select tests.essayer('select pg_temp.reprendre(''cle-4''), private.reponse_gardee(''cle-4'', 201, ''{}'')');
select is(pg_temp.reprendre('cle-4'), 'go on', 'a request that was rolled back may be sent again');

select tests.redevenir_systeme();
update private.idempotence set created_at = now() - interval '31 days' where user_id = tests.id('operateur')
  and cle = 'cle-1';
select is(private.purger_idempotence(), 1::bigint, 'the scheduled pass forgets what is 30 days old, whoever''s it is');
select tests.agir_comme('operateur');
select is(pg_temp.reprendre(p_corps => '{"volume": 2}'), 'go on', 'after 30 days a key is free again');

-- Whoever may no longer do or see what they could then is not told again; whoever may do more is.
select pg_temp.reprendre('cle-5'), private.reponse_gardee('cle-5', 201, '{"id": "5"}');
create function pg_temp.devenu(p_role text, p_depot uuid) returns text
language plpgsql as $$
begin
  perform tests.redevenir_systeme();
  update public.profils set role = p_role, depot_id = p_depot where user_id = tests.id('operateur');
  perform tests.agir_comme('operateur');
  return pg_temp.reprendre('cle-5');
end
$$;
grant execute on function pg_temp.devenu to authenticated;
select is(pg_temp.devenu('gerant', tests.id('depot')), '201 {"id": "5"}',
  'a person promoted since gets their first answer');
select throws_ok(format('select pg_temp.devenu(%L, %L)', r, tests.id('depot')), 'PT403', 'ROLE_FORBIDDEN',
  'who has become ' || r || ' does not')
  from unnest(array['lecture', 'pca']) r;
select tests.redevenir_systeme();
select tests.depot('ailleurs');
select throws_ok(format('select pg_temp.devenu(''operateur'', %L)', tests.id('ailleurs')), 'PT403', 'ROLE_FORBIDDEN',
  'who has moved to another depot does not');

-- What was refused is judged again once the person may do or see more.
select tests.redevenir_systeme();
update public.profils set role = 'operateur', depot_id = tests.id('depot') where user_id = tests.id('operateur');
select tests.agir_comme('operateur');
select pg_temp.reprendre('cle-6'), private.reponse_gardee('cle-6', 404, '{"code": "INTROUVABLE"}');
select is(pg_temp.reprendre('cle-6'), '404 {"code": "INTROUVABLE"}',
  'a refusal is given again while rights are the same');
select tests.redevenir_systeme();
update public.profils set role = 'gerant' where user_id = tests.id('operateur');
select tests.agir_comme('operateur');
select is(pg_temp.reprendre('cle-6'), 'go on', 'and judged again once they are others');
select private.reponse_gardee('cle-6', 201, '{"id": "6"}');
select is(pg_temp.reprendre('cle-6'), '201 {"id": "6"}', 'what it then gives is the answer of its key');
select throws_ok('select pg_temp.reprendre(''cle-6'', p_corps => ''{"volume": 2}'')', 'PT409', 'IDEMPOTENCE_CONFLIT',
  'for the same request only');

-- What an admin was told behind a second factor is not told to a session without one.
select tests.redevenir_systeme();
select tests.acteur('admin');
update public.feature_flags set enabled = true where key = 'mfa_admin';
create function pg_temp.session(p_aal text) returns void language sql as $$
  select tests.agir_comme('admin');
  select set_config('request.jwt.claims', jsonb_set(current_setting('request.jwt.claims')::jsonb, '{aal}',
    to_jsonb(p_aal))::text, true)
$$;
grant execute on function pg_temp.session to authenticated;
select pg_temp.session('aal2');
select pg_temp.reprendre('cle-7'), private.reponse_gardee('cle-7', 201, '{}');
select is(pg_temp.reprendre('cle-7'), '201 {}', 'a session with its second factor gets its first answer');
select pg_temp.session('aal1');
select throws_ok('select pg_temp.reprendre(''cle-7'')', 'PT403', 'SECOND_FACTEUR_REQUIS', 'one without it does not');

select tests.redevenir_systeme();
insert into private.idempotence (user_id, cle, empreinte, role, depots, created_at)
select tests.id('gerant'), 'ancienne-' || n, '', 'gerant', '{}', now() - interval '1 hour'
  from generate_series(1, 5010) n;
select private.purger_idempotence();
select is((select count(*) from private.idempotence where user_id = tests.id('gerant')), 5000::bigint,
  'of one person the last 5 000 are kept');
select is((select count(*) from private.idempotence where user_id = tests.id('gerant') and cle = 'cle-1'), 1::bigint,
  'the last ones, and no other');
select tests.agir_comme('operateur');

select throws_ok('select from private.idempotence', '42501', null, 'no client reads the table');
select throws_ok('delete from private.idempotence', '42501', null, 'no client frees a key');
select tests.agir_sans_compte('service_role');
select throws_ok('select pg_temp.reprendre()', '42501', null, 'service_role is nobody: it has no keys');
select tests.agir_sans_compte('anon');
select throws_ok('select from private.idempotence', '42501', null, 'anon has no keys');

select * from finish();
rollback;
