-- What the base remembers of acts done without a line: once by key, whoever sends it; what is done stays done.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(27);

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
create function pg_temp.cle(p_n int) returns text language sql as $$
  select '52000000-0000-4000-8000-0000000002' || p_n
$$;
create function pg_temp.acte(p_n int, p_moment timestamptz, p_corps jsonb default '{}',
  variadic p_precedents int[] default '{}') returns jsonb
language sql as $$
  select jsonb_build_object('cle', pg_temp.cle(p_n), 'acte', 'sorties', 'moment', p_moment, 'corps', p_corps,
    'precedents', (select coalesce(jsonb_agg(pg_temp.cle(p)), '[]') from unnest(p_precedents) p))
$$;
create function pg_temp.suit(p_n int, variadic p_precedents int[] default '{}') returns jsonb language sql as $$
  select pg_temp.acte(p_n, now() - interval '1 hour', '{}', variadic p_precedents)
$$;
create function pg_temp.preparer(p_lot int, p_rang int) returns jsonb language sql as $$
  select private.preparer_acte(format('52000000-0000-4000-8000-0000000001%s', p_lot)::uuid, p_rang)
$$;
create function pg_temp.noter(p_n int, p_etat text, p_statut int, p_dite jsonb) returns void language sql as $$
  select private.noter_acte(pg_temp.cle(p_n)::uuid, p_etat, p_statut, p_dite)
$$;

select pg_temp.comme('gerant');
select is(pg_temp.envoyer(10, jsonb_build_array(pg_temp.acte(10, now() - interval '1 hour'),
    pg_temp.suit(11, 10))) #>> '{actes,1,etat}', 'RECU', 'an act that came is remembered');
select is(pg_temp.preparer(10, 0) ->> 'etat', 'EN_COURS', 'and is tried');
select lives_ok($$ select pg_temp.noter(10, 'APPLIQUE', 201, '{"id": "a"}') $$, 'its end is remembered');
select lives_ok($$ select pg_temp.noter(10, 'REFUSE', 422, '{"code": "VALIDATION"}') $$,
  'a slower sending tells its own end');
select is(pg_temp.preparer(10, 0) -> 'reponse', '{"id": "a"}', 'which takes nothing away: what is done is done');
select is(pg_temp.preparer(10, 1) #>> array['reponses', '52000000-0000-4000-8000-000000000210', 'id'], 'a',
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
  pg_temp.suit(14, 11), pg_temp.suit(15, 19)));
select throws_ok($$ select pg_temp.preparer(11, 0) $$, 'PT409', 'IDEMPOTENCE_CONFLIT', 'a key is one act');
select throws_ok($$ select pg_temp.preparer(11, 1) $$, 'PT422', 'MOMENT_FUTUR', 'nothing is done before its time');
select throws_ok($$ select pg_temp.preparer(11, 2) $$, 'PT422', 'MOMENT_TROP_ANCIEN', 'nor a month after it');
select throws_ok($$ select pg_temp.preparer(11, 3) $$, 'PT409', 'ACTE_DEPENDANT', 'nor before what it follows');
select throws_ok($$ select pg_temp.preparer(11, 4) $$, 'PT409', 'ACTE_ATTENDU', 'nor before that has come');

-- 20 waits for 21, which a later batch brings, and which waits for 20 through 22; 23 only follows.
select pg_temp.envoyer(12, jsonb_build_array(pg_temp.suit(20, 19, 21)));
select throws_ok($$ select pg_temp.preparer(12, 0) $$, 'PT409', 'ACTE_ATTENDU', 'what it waits for may still come');
select pg_temp.envoyer(13, jsonb_build_array(pg_temp.suit(21, 22), pg_temp.suit(22, 20), pg_temp.suit(23, 21)));
select throws_ok($$ select pg_temp.preparer(13, 0) $$, 'PT409', 'ACTES_EN_CERCLE', 'not what waits for it in its turn');
select throws_ok($$ select pg_temp.preparer(12, 0) $$, 'PT409', 'ACTES_EN_CERCLE', 'the first batch is told so too');
select throws_ok($$ select pg_temp.preparer(13, 2) $$, 'PT409', 'ACTE_DEPENDANT',
  'what follows a circle is in none: it may wait');
select pg_temp.envoyer(12, jsonb_build_array(pg_temp.suit(20)));
select is(pg_temp.preparer(12, 0) ->> 'etat', 'EN_COURS', 'sent again without what it waited for, it passes');

update private.actes_differes set (fait_le, recu_le) = (fait_le - interval '31 days', recu_le - interval '31 days')
 where cle = pg_temp.cle(15)::uuid;
select throws_ok($$ select pg_temp.preparer(11, 4) $$, 'PT409', 'PRECEDENT_PERDU',
  'a month later what it follows cannot come any more');
select is((select payload -> 'actes' -> 0 ->> 'cle' from private.controles_synchronisation()), pg_temp.cle(15),
  'who answers for the depot is told of what came and waits still');
select pg_temp.noter(15, 'REFUSE', 409, '{"code": "PRECEDENT_PERDU"}');
select is_empty('select * from private.controles_synchronisation()', 'and of what is refused by the refusal alone');

select pg_temp.comme('directeur');
select is((pg_temp.envoyer(10, jsonb_build_array(pg_temp.acte(10, now() - interval '1 hour'))) #> '{actes,0}') -
  'recu_le',
  '{"cle": "52000000-0000-4000-8000-000000000210", "acte": "sorties", "contre": "CLE_D_AUTRUI"}',
  'in another hand the same act is not done again, nor is its answer told');
select throws_ok($$ select pg_temp.preparer(10, 0) $$, 'PT409', 'CLE_D_AUTRUI', 'and its door is not asked');
select pg_temp.envoyer(11, jsonb_build_array(pg_temp.suit(30, 10)));
select throws_ok($$ select pg_temp.preparer(11, 0) $$, 'PT409', 'PRECEDENT_D_AUTRUI',
  'nor the door of what follows another''s: to wait for it would be to wait for ever');

-- Any client may number its request as it likes.
select pg_temp.envoyer(90, jsonb_build_array(pg_temp.acte(90, now() + interval '5 years'), pg_temp.suit(91)));
select set_config('request.id', 'synchronisation-' || pg_temp.cle(90), true);
select is(private.moment_de_l_acte(), now(), 'an act that only came dates nothing');
select pg_temp.noter(90, 'REFUSE', 422, '{"code": "MOMENT_FUTUR"}');
select is(private.moment_de_l_acte(), now(), 'nor does one that was refused, whose moment may be any');
select pg_temp.preparer(90, 1);
select set_config('request.id', 'synchronisation-' || pg_temp.cle(91), true);
select is(private.moment_de_l_acte(), now() - interval '1 hour', 'one that is being done is of its own moment');

select * from finish();
rollback;
