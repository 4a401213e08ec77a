-- How often one person may ask one thing.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(23);

select tests.depot();
select tests.acteur('operateur', p_nom => 'un'), tests.acteur('operateur', p_nom => 'autre'),
  tests.acteur(null, p_nom => 'personne');
update private.limites set par_minute = 3 where route = 'POST';
insert into private.limites (route, par_minute) values ('POST essais/large', 5);

create function pg_temp.demander(p_qui text, p_route text) returns text language sql as $$
  select coalesce(tests.essayer(format('select private.exiger_demande(%L, %L, 1)', tests.id(p_qui), p_route)) ->>
    'message', 'done')
$$;
-- As if the person had asked so many times; a minute ahead, so that none begins anew while the test runs.
create function pg_temp.avoir_demande(p_qui text, p_route text, p_nombre int, p_age interval default '-1 minute')
  returns void language sql as $$
  insert into private.limites_compteurs
    values (tests.id(p_qui), p_route, date_trunc('minute', clock_timestamp()) - p_age, p_nombre)
  on conflict (user_id, route) do update set minute = excluded.minute, nombre = excluded.nombre
$$;

select pg_temp.avoir_demande('un', 'POST essais/', 2);
select is(pg_temp.demander('un', 'POST essais/'), 'done', 'as many requests as the limit says pass');
select pg_temp.avoir_demande('un', 'POST essais/', 3);
select is(pg_temp.demander('un', 'POST essais/'), 'TROP_DE_DEMANDES', 'one more is refused');
select is(pg_temp.demander('autre', 'POST essais/'), 'done', 'another person is not');
select is(pg_temp.demander('un', 'POST essais/:id'), 'done', 'nor the same person at another door');
select pg_temp.avoir_demande('un', 'POST essais/large', 4);
select is(pg_temp.demander('un', 'POST essais/large'), 'done', 'a door may have a limit of its own');
select pg_temp.avoir_demande('un', 'POST essais/large', 5);
select is(pg_temp.demander('un', 'POST essais/large'), 'TROP_DE_DEMANDES', 'and it holds');
select pg_temp.avoir_demande('un', 'HEAD essais/', 1000000);
select is(pg_temp.demander('un', 'HEAD essais/'), 'done', 'what has no limit is counted and let through');
select pg_temp.avoir_demande('un', 'POST essais/', 1000, '1 minute');
select is(pg_temp.demander('un', 'POST essais/'), 'done', 'a minute later everything begins anew');

select is(pg_temp.demander('personne', 'POST essais/'), 'ROLE_FORBIDDEN', 'who has no profile asks nothing');
select pg_temp.avoir_demande('personne', 'POST essais/', 3);
select is(pg_temp.demander('personne', 'POST essais/'), 'TROP_DE_DEMANDES',
  'and is told first that they ask too often');
update public.profils set desactive_le = now() where user_id = tests.id('autre');
select is(pg_temp.demander('autre', 'POST essais/'), 'COMPTE_DESACTIVE', 'who is shut out asks nothing either');
select pg_temp.avoir_demande('autre', 'POST essais/', 3);
select is(pg_temp.demander('autre', 'POST essais/'), 'TROP_DE_DEMANDES', 'and is told first that they ask too often');

select pg_temp.avoir_demande('un', 'POST essais/', 1000);
create temporary table refus as
  select tests.essayer(format('select private.exiger_demande(%L, %L, 1)', tests.id('un'), 'POST essais/')) as r;
select is((select r ->> 'etat' from refus), 'PT429', 'the refusal is a 429');
select ok((select ((r ->> 'valeurs')::jsonb ->> 'attendre_s')::int between 1 and 60 from refus),
  'it says how long to wait, at most a minute');
select matches((select r ->> 'phrase' from refus), '^Trop de demandes en peu de temps : réessayez dans \d+ s\.$',
  'in a sentence');

-- Counting ------------------------------------------------------------------------------------------------------------

create function pg_temp.dire(p_qui text, p_route text, p_nombre int) returns int language sql as $$
  select private.compter_demandes(jsonb_build_array(
    jsonb_build_object('user_id', tests.id(p_qui), 'route', p_route, 'nombre', p_nombre),
    jsonb_build_object('user_id', tests.id(p_qui), 'route', p_route, 'nombre', 1)));
  select c.nombre from private.limites_compteurs c where c.user_id = tests.id(p_qui) and c.route = p_route;
$$;
select pg_temp.avoir_demande('un', 'PUT essais/', 2);
select is(pg_temp.dire('un', 'PUT essais/', 4), 7, 'what a process says is added to what others said in the minute');
select pg_temp.avoir_demande('un', 'PUT essais/', 1000, '1 minute');
select is(pg_temp.dire('un', 'PUT essais/', 4), 5, 'and begins the next one anew');

update private.limites set par_minute = 1000 where route = 'POST';
select pg_temp.avoir_demande('un', 'POST essais/', 4), pg_temp.dire('un', 'POST essais/', 4);
select is(pg_temp.demander('un', 'POST essais/'), 'done',
  'a limit that has changed holds from when the door is next counted');

-- Tidy ----------------------------------------------------------------------------------------------------------------

select pg_temp.avoir_demande('autre', 'POST essais/vieux', 7, '2 hours'),
  pg_temp.avoir_demande('autre', 'POST essais/jeune', 7, '2 minutes');
select
  private.compter_demandes(jsonb_build_array(jsonb_build_object('user_id', gen_random_uuid(), 'route', 'POST essais/',
  'nombre', 1)));
select results_eq($$select c.route from private.limites_compteurs c
  where c.route in ('POST essais/vieux', 'POST essais/jeune')$$,
  array['POST essais/jeune'], 'counts of an hour ago are forgotten');
select is((select c.relpersistence::text from pg_class c where c.oid = 'private.limites_compteurs'::regclass), 'u',
  'counting writes nothing to the write-ahead log');
select ok(not has_function_privilege(r, 'private.compter_demandes(jsonb)', 'execute'),
  r || ' does not count, nor forget, for anybody')
  from unnest('{anon,authenticated,service_role}'::text[]) as r;

select * from finish();
rollback;
