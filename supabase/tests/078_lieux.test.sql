-- What a movement reads of its tank is a copy: it follows what it copies, is done without where it is missing, and says
-- where it differs.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(24);

select tests.depot('lubumbashi');
select tests.equipe('lubumbashi');
select tests.citerne('cuve', 'lubumbashi'), tests.citerne('autre', 'lubumbashi');
select tests.recevoir('cuve', 10000, -3);
select tests.noter('client', tests.tiers('clients'));

create function pg_temp.copie(p_citerne text) returns jsonb language sql as $$
  select to_jsonb(l) from private.lieux l where l.citerne_id = tests.id(p_citerne)
$$;
create function pg_temp.brouillon() returns text language sql as $$
  select format('insert into public.sorties_produit (citerne_id, client_id, volume_ambiant, temperature_ambiante_c)
                 values (%L, %L, 100, 15)', tests.id('cuve'), tests.id('client'))
$$;
grant execute on function pg_temp.brouillon to authenticated;

select is_empty('select * from private.ecarts_lieux()', 'a tank that was just made is copied as it is');
select is((select count(*) from private.lieux_vrais), (select count(*) from private.lieux), 'every tank has its row');

update public.citernes set statut = 'maintenance' where id = tests.id('cuve');
update public.depots set fuseau = 'Africa/Kinshasa', temperature_max_c = 55 where id = tests.id('lubumbashi');
update public.produits set densite_15_max = 895 where code = 'G.O';
select is(pg_temp.copie('cuve') ->> 'statut', 'maintenance', 'its state follows');
select is(pg_temp.copie('autre') ->> 'fuseau', 'Africa/Kinshasa', 'the zone of its depot too');
select is((pg_temp.copie('autre') ->> 'temperature_max_c')::numeric, 55::numeric, 'and its temperatures');
select is((pg_temp.copie('autre') ->> 'densite_15_max')::numeric, 895::numeric, 'and the densities of its product');
select is_empty('select * from private.ecarts_lieux()', 'and all the rest');

set local session_replication_role = replica;
update public.citernes set statut = 'active' where id = tests.id('cuve');
update public.depots set fuseau = 'Africa/Lubumbashi' where id = tests.id('lubumbashi');
set local session_replication_role = origin;
select is(pg_temp.copie('cuve') ->> 'statut', 'active', 'what a replica applies follows as well');
select is_empty('select * from private.ecarts_lieux()', 'to the last column');

update public.feature_flags set enabled = not enabled where key = 'astm_53b';
select is(pg_temp.copie('cuve') ->> 'norme', (select enabled::text from public.feature_flags where key = 'astm_53b'),
  'the flag of the standard follows');
update public.feature_flags set enabled = not enabled where key = 'astm_53b';
insert into public.app_settings (key, value)
  values ('gel_ecritures', '{"operateur": "00000000-0000-4000-8000-000000000001"}');
select is(pg_temp.copie('autre') ->> 'gele', 'true', 'a freeze too');
delete from public.app_settings where key = 'gel_ecritures';
select is(pg_temp.copie('autre') ->> 'gele', 'false', 'and its end');
update private.capacites set second_facteur = true where capacite = 'valider_sortie';
select is(pg_temp.copie('cuve') ->> 'validateurs', '[]', 'who may validate as well: nobody, without another question');
update private.capacites set second_facteur = false where capacite = 'valider_sortie';
update private.capacites set roles = '{gerant}' where capacite = 'ecrire_reception';
select is(pg_temp.copie('cuve') ->> 'receveurs', '["gerant"]', 'and who may receive');
update public.produits set actif = false where code = 'G.O';
select is(pg_temp.copie('cuve') ->> 'ouvert', 'false', 'a product that is disabled is said of its tanks');
update public.produits set actif = true where code = 'G.O';
update public.depots set actif = false where id = tests.id('lubumbashi');
select is(pg_temp.copie('cuve') ->> 'ouvert', 'false', 'a depot too');
update public.depots set actif = true where id = tests.id('lubumbashi');
select is_empty('select * from private.ecarts_lieux()', 'all of it');

delete from private.lieux where citerne_id = tests.id('cuve');
select is_empty('select * from private.ecarts_lieux()', 'a tank without its copy is no difference');
select tests.agir_comme('operateur');
select lives_ok(pg_temp.brouillon(), 'a draft is written without it');
select tests.redevenir_systeme();
select lives_ok($$select tests.brouillon('cuve', 100, 0, p_nom => 'sans_copie')$$, 'another');
select lives_ok($$select tests.valider('sans_copie')$$, 'and validated without it');
select private.taches_periodiques();
select isnt(pg_temp.copie('cuve'), null, 'every hour it is made again');

alter table public.citernes disable trigger citernes_lieux;
update public.citernes set nom = 'CUVE RENOMMEE' where id = tests.id('cuve');
alter table public.citernes enable always trigger citernes_lieux;
select results_eq('select nom from private.ecarts_lieux() where citerne_id = tests.id(''cuve'') order by nom',
  $$select nom from (values ('CUVE RENOMMEE'), (pg_temp.copie('cuve') ->> 'nom')) v (nom) order by nom$$,
  'a copy that was left behind is said, with what it should be');
select private.recopier_lieux();
select is_empty('select * from private.ecarts_lieux()', 'and made again');

select * from finish();
rollback;
