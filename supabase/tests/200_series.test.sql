-- Series: numbers without a gap, and holes that somebody explains.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(16);

select tests.depot('depot'), tests.depot('sans_code'), tests.equipe('depot');
update public.depots set code = 'ESSAI' where id = tests.id('depot');
create function pg_temp.prendre(p_depot text default 'depot') returns text language sql as $$
  select private.prendre_numero(tests.id(p_depot), 'FAC', 2026, gen_random_uuid())
$$;
create function pg_temp.avancer(p_dernier bigint, p_motif text default 'Restauration de la sauvegarde de la veille')
  returns text language sql as $$
  select format('select public.avancer_serie(%L, %L, 2026, %s, %L)', tests.id('depot'), 'FAC',
    coalesce(p_dernier::text, 'null'), p_motif)
$$;
grant execute on function pg_temp.avancer to authenticated;

select is(pg_temp.prendre(), 'ESSAI-FAC-2026-000001', 'the first number of a depot''s series');
select is(pg_temp.prendre(), 'ESSAI-FAC-2026-000002', 'then the next');
select is(private.prendre_numero('00000000-0000-0000-0000-000000000000', 'ZZZ', 2026, gen_random_uuid()),
  'MLX-ZZZ-2026-000001',
  'the company has series of its own');
select throws_ok($$select pg_temp.prendre('sans_code')$$, 'PT409', 'DEPOT_SANS_CODE',
  'a depot without a code issues nothing');
select is(tests.essayer('select pg_temp.prendre()') ->> 'lignes', '1', 'a number is taken and taken back');
select is(pg_temp.prendre(), 'ESSAI-FAC-2026-000003', 'and none is lost by it');
select is_empty($$select * from private.verifier_series() v where v.depot_id = tests.id('depot')$$, 'no gap');

select is(tests.verdict(r, pg_temp.avancer(10)), attendu, format('who moves a series: %s', r))
  from (values ('admin', 'done'), ('directeur', 'ROLE_FORBIDDEN')) as t (r, attendu);
select tests.agir_comme('admin');
select throws_ok(pg_temp.avancer(3), 'PT409', 'SERIE_AVANCEE', 'a series never goes back');
select throws_ok(pg_temp.avancer(null), 'PT409', 'SERIE_AVANCEE', 'nor nowhere');
select throws_ok(pg_temp.avancer(10, 'court'), 'PT422', 'MOTIF_REQUIS', 'nor without a reason');
select lives_ok(pg_temp.avancer(10), 'it moves past what paper knows');
select tests.redevenir_systeme();
select is(pg_temp.prendre(), 'ESSAI-FAC-2026-000011', 'the next number follows it');
select is_empty($$select * from private.verifier_series() v where v.depot_id = tests.id('depot')$$,
  'and the hole is explained');
select throws_ok('delete from private.numeros', 'PT403', 'ECRITURE_INTERDITE', 'what was issued stays issued');

select * from finish();
rollback;
