-- What the base says of how it could be had back: PROD must, and nothing that stopped is silent.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(9);

create function pg_temp.verdict(p_code text) returns text language sql as $$
  select e.verdict from private.etat_continuite() e where e.code = p_code
$$;
create function pg_temp.faits() returns text language sql as $$
  select string_agg(f.check_code, ',' order by f.check_code) from private.controles_continuite() f
$$;
delete from private.passages;
update public.app_settings set value = 'staging' where key = 'env';

select results_eq($$ select e.code from private.etat_continuite() e $$,
  $$ values ('ARCHIVAGE'), ('SAUVEGARDE_PHYSIQUE'), ('EXERCICE') $$, 'three things are looked at');
select is(pg_temp.verdict('SAUVEGARDE_PHYSIQUE'), 'SANS_OBJET', 'elsewhere than in PROD nobody must');
select is(pg_temp.faits(), null, 'and nobody is told');

update public.app_settings set value = 'prod' where key = 'env';
select is(pg_temp.verdict('SAUVEGARDE_PHYSIQUE') || pg_temp.verdict('EXERCICE'), 'NONNON',
  'PROD must have a base backup, and have tried it');
select is(pg_temp.faits(), 'EXERCICE_ANCIEN,SAUVEGARDE_PHYSIQUE_ANCIENNE', 'and is told');
select private.noter_sauvegarde_physique(now()), private.noter_exercice(now());
select is(pg_temp.faits(), null, 'until both are done');
select private.noter_sauvegarde_physique(now() - interval '3 days');
select is(pg_temp.verdict('SAUVEGARDE_PHYSIQUE'), 'OUI', 'an older one that is noted later takes nothing away');
update private.passages set le = now() - interval '100 days' where nom = 'exercice';
select is(pg_temp.verdict('EXERCICE'), 'NON', 'a restore tried last season is one nobody knows how to do');
select ok((select e.actif is not null and e.en_attente >= 0 from private.etat_archivage() e),
  'how much WAL waits is known');

select * from finish();
rollback;
