-- The profile says how a figure is printed: SEP's way, five decimals, or the tables of 1980 entered as on paper.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(16);

-- SEP's own trucks, as it prints them; the density of the last is printed 840,1, a misprint of 841,1.
create temporary table camions (rang int, litres float8, t_echantillon float8, t_produit float8, lue float8,
  rho15 float8[], vcf float8, litres_15 float8);
insert into camions values
  (1, 39296, 29.7, 22.5, 837.3, '{847.6}', 0.9937, 39048), (2, 39391, 23.5, 22.5, 837.5, '{843.4}', 0.9937, 39143),
  (3, 39291, 23.2, 23.2, 837.6, '{843.2}', 0.9931, 39020), (4, 36971, 19.0, 19.0, 837.0, '{839.8}', 0.9966, 36845),
  (5, 38312, 20.0, 20.0, 836.0, '{839.4,839.5}', 0.9958, 38151),
  (6, 39330, 20.0, 20.0, 837.0, '{840.4,840.5}', 0.9958, 39165),
  (7, 37384, 20.0, 20.0, 836.0, '{839.4,839.5}', 0.9958, 37227),
  (8, 33445, 21.0, 21.0, 837.0, '{841.1}', 0.9949, 33274);
select is((select array_agg(c.rang order by c.rang) from camions c,
  astm.calculer_imprime('B', c.lue, c.t_echantillon, c.t_produit, c.litres, 'MPMS_11_1_1980', true, 0, 4, true) i
  where i.densite_15c_kgm3 = any (c.rho15) and (i.vcf, i.volume_15c_l) = (c.vcf, c.litres_15)),
  '{1,2,3,4,5,6,7,8}', 'tables entered as they are printed give every density, factor and volume that SEP prints');
select results_eq($$select densite_15c_kgm3, vcf, volume_15c_l
  from astm.calculer_imprime('B', 837.3, 29.7, 22.5, 39296, 'MPMS_11_1_2004', true, 0, 5, false)$$,
  $$values (847.4::float8, 0.99373::float8, 39050::float8)$$, 'five decimals, as the edition of 2004 prints');
select is((select count(*)::int from camions c, (values ('MPMS_11_1_1980'), ('MPMS_11_1_2004')) m (methode),
  astm.calculer_imprime('B', c.lue, c.t_echantillon, c.t_produit, c.litres, m.methode, true, 0, 4, false) i,
  astm.calculer_15c('B', c.lue, c.t_echantillon, c.t_produit, c.litres, m.methode) e
  where (i.densite_15c_kgm3, i.vcf, i.volume_15c_l) = (e.densite_15c_kgm3, e.vcf, e.volume_15c_l)), 16,
  'four decimals without printed entries are SEP''s way');
select throws_ok($$select * from astm.calculer_imprime('B', 837, 20, 500, 1000, 'MPMS_11_1_1980', true, 0, 5, false)$$,
  'ASTM_HORS_DOMAINE', 'outside the standard it is refused as everywhere');

-- What no instrument reads does no harm to the arithmetic.
select lives_ok(
  format('select * from astm.calculer_15c(''B'', 837, %s, %s, %s, ''MPMS_11_1_2004'', true, %s, false)',
    v.e, v.p, v.l, v.k),
  format('the engine bears %s', v))
  from (values ('5e-324', '20', '1000', '0'), ('20', '-5e-324', '1000', '0'), ('20', '20', '5e-324', '0'),
               ('20', '20', '1000', '5e-324')) v (e, p, l, k);

select tests.depot();
select tests.equipe();
select tests.citerne('cuve', p_capacite => 500000);
update public.feature_flags set enabled = true, depots = '{}', users = '{}' where key = 'astm_53b';
create function pg_temp.regler(p_valeurs text) returns void language plpgsql as $$
begin
  delete from astm.profils_calcul p where p.depot_id = tests.id('depot');
  execute format('insert into astm.profils_calcul (nom, depot_id, %s) values (''Essai'', tests.id(''depot''), %s)',
    split_part(p_valeurs, '=', 1), split_part(p_valeurs, '=', 2));
end;
$$;
create function pg_temp.recevoir(p_index_avant numeric default null, p_index_apres numeric default null) returns text
language plpgsql as $$
declare
  v_reception public.receptions;
begin
  perform tests.cdr('cdr');
  perform tests.agir_comme('operateur');
  insert into public.receptions (cours_de_route_id, citerne_id, volume_ambiant, temperature_ambiante_c,
    temperature_echantillon_c, densite_observee_kgm3, index_avant, index_apres)
  values (tests.id('cdr'), tests.id('cuve'), 39296, 22.5, 29.7, 837.3, p_index_avant, p_index_apres)
  returning * into v_reception;
  perform tests.redevenir_systeme();
  return format('%s %s %s', trim_scale(v_reception.densite_a_15_kgm3), trim_scale(v_reception.vcf),
    trim_scale(v_reception.volume_15c));
end;
$$;
select is(pg_temp.recevoir(), '847.4 0.9937 39048', 'without a profile of its own, a depot counts as SEP');
select pg_temp.regler('decimales_vcf, methode = 5, ''MPMS_11_1_2004''');
select is(pg_temp.recevoir(), '847.4 0.99373 39050', 'a depot counts with five decimals where its profile says so');
select pg_temp.regler('entrees_imprimees = true');
select is(pg_temp.recevoir(), '847.6 0.9937 39048', 'or by the tables of 1980 as they are printed');
select pg_temp.regler('methode, pression_kpa = ''MPMS_11_1_2004'', 700');
select is(pg_temp.recevoir(), '847.4 0.9937 39048', 'the pressure of the line is none of what no meter read');
select is(pg_temp.recevoir(1000, 40296), '847.4 0.9943 39072', 'it corrects what a meter read');
select is((select r.parametres_15c ->> 'pression_kpa' from public.receptions r
  where r.citerne_id = tests.id('cuve') and r.index_avant = 1000), '700.00', 'and the movement says so');
select throws_ok($$select pg_temp.regler('entrees_imprimees, methode = true, ''MPMS_11_1_2004''')$$, '23514', null,
  'the printed tables are those of 1980');
select throws_ok($$select pg_temp.regler('pression_kpa = 700')$$, '23514', null,
  'the edition of 1980 corrects no pressure');

select * from finish();
rollback;
