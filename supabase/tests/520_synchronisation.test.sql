-- What the base remembers of acts done without a line: once by key, whoever sends it; what is done stays done.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(15);

create temporary table gens as
  select gen_random_uuid() as id, n from (values ('gerant'), ('directeur')) as v (n);
insert into auth.users (id, email) select g.id, g.n || '.520@test.monaluxe.test' from gens g;
insert into public.depots (id, nom) values ('52000000-0000-4000-8000-000000000001', 'Dépôt 520');
insert into public.profils (user_id, role, depot_id)
  select g.id, g.n, '52000000-0000-4000-8000-000000000001' from gens g;
create function pg_temp.comme(p_n text) returns void language sql as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', g.id, 'role', 'authenticated')::text, true)
    from gens g where g.n = p_n
$$;
create function pg_temp.envoyer(p_lot int, p_actes jsonb, p_maintenant timestamptz default clock_timestamp())
  returns jsonb
language sql as $$
  select private.recevoir_lot(format('52000000-0000-4000-8000-0000000001%s', p_lot)::uuid, 'essai', p_maintenant,
    p_actes)
$$;
create function pg_temp.acte(p_n int, p_moment timestamptz, p_corps jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object('cle', format('52000000-0000-4000-8000-0000000002%s', p_n), 'acte', 'sorties',
    'moment', p_moment, 'corps', p_corps)
$$;
create function pg_temp.preparer(p_lot int, p_rang int, variadic p_precedents int[] default '{}') returns jsonb
language sql as $$
  select private.preparer_acte(format('52000000-0000-4000-8000-0000000001%s', p_lot)::uuid, p_rang,
    (select coalesce(array_agg(format('52000000-0000-4000-8000-0000000002%s', p)::uuid), '{}')
      from unnest(p_precedents) p))
$$;
create function pg_temp.noter(p_n int, p_etat text, p_statut int, p_dite jsonb) returns void language sql as $$
  select private.noter_acte(format('52000000-0000-4000-8000-0000000002%s', p_n)::uuid, p_etat, p_statut, p_dite)
$$;

select pg_temp.comme('gerant');
select is(pg_temp.envoyer(10, jsonb_build_array(pg_temp.acte(10, now() - interval '1 hour'),
    pg_temp.acte(11, now() - interval '1 hour'))) #>> '{actes,1,etat}', 'RECU', 'an act that came is remembered');
select is(pg_temp.preparer(10, 0) ->> 'etat', 'EN_COURS', 'and is tried');
select lives_ok($$ select pg_temp.noter(10, 'APPLIQUE', 201, '{"id": "a"}') $$, 'its end is remembered');
select lives_ok($$ select pg_temp.noter(10, 'REFUSE', 422, '{"code": "VALIDATION"}') $$,
  'a slower sending tells its own end');
select is(pg_temp.preparer(10, 0) -> 'reponse', '{"id": "a"}', 'which takes nothing away: what is done is done');
select is(pg_temp.preparer(10, 1, 10) #>> array['reponses', '52000000-0000-4000-8000-000000000210', 'id'], 'a',
  'what follows is told the answer of what it follows');

select pg_temp.noter(11, 'REFUSE', 409, '{"code": "CITERNE_PLEINE", "detail": "La citerne est pleine."}');
select is((select count(*)::int from public.log_actions l where l.action = 'ACTE_DIFFERE_REFUSE'
             and l.cible_id = '52000000-0000-4000-8000-000000000211'), 1,
               'a refusal is told to who answers for the depot');
select pg_temp.noter(11, 'REFUSE', 409, '{"code": "CITERNE_PLEINE", "detail": "La citerne est pleine."}');
select is((select count(*)::int from public.log_actions l where l.action = 'ACTE_DIFFERE_REFUSE'
             and l.cible_id = '52000000-0000-4000-8000-000000000211'), 1, 'once a reason');

select pg_temp.envoyer(11, jsonb_build_array(pg_temp.acte(11, now() - interval '1 hour', '{"autre": 1}'),
  pg_temp.acte(12, now() + interval '1 hour'), pg_temp.acte(13, now() - interval '31 days'),
  pg_temp.acte(14, now() - interval '1 hour')));
select throws_ok($$ select pg_temp.preparer(11, 0) $$, 'PT409', 'IDEMPOTENCE_CONFLIT', 'a key is one act');
select throws_ok($$ select pg_temp.preparer(11, 1) $$, 'PT422', 'MOMENT_FUTUR', 'nothing is done before its time');
select throws_ok($$ select pg_temp.preparer(11, 2) $$, 'PT422', 'MOMENT_TROP_ANCIEN', 'nor a month after it');
select throws_ok($$ select pg_temp.preparer(11, 3, 11) $$, 'PT409', 'ACTE_DEPENDANT', 'nor before what it follows');
select throws_ok($$ select pg_temp.preparer(11, 3, 19) $$, 'PT409', 'ACTE_ATTENDU', 'nor before that has come');

select pg_temp.comme('directeur');
select is((pg_temp.envoyer(10, jsonb_build_array(pg_temp.acte(10, now() - interval '1 hour'))) #> '{actes,0}') -
  'recu_le',
  '{"cle": "52000000-0000-4000-8000-000000000210", "acte": "sorties", "contre": "CLE_D_AUTRUI"}',
  'in another hand the same act is not done again, nor is its answer told');
select throws_ok($$ select pg_temp.preparer(10, 0) $$, 'PT409', 'CLE_D_AUTRUI', 'and its door is not asked');

select * from finish();
rollback;
