-- Volumes at 15 °C by API MPMS 11.1: SEP's eight trucks to the litre, both editions against figures worked out apart,
-- the edges of the domain, every refusal, the boundaries between zones, and what is derived from the engine.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(141);

-- SEP's trucks ------------------------------------------------------------------------------------------------------

create view pg_temp.camions as
  select g.*, c.*
    from public.golden_cases g,
         astm.calculer_15c(g.groupe_mpms, g.densite_observee_kgm3::float8, g.temperature_echantillon_c::float8,
                           g.temperature_produit_c::float8, g.volume_observe_l::float8) c
   where g.source = 'SEP';

select is(count(*), 8::bigint, 'eight trucks of SEP are golden cases') from pg_temp.camions;
select is(volume_15c_l, volume_15c_attendu_l::float8,
  format('SEP %s: %s L at 15 °C, 0 L of gap', reference, volume_15c_attendu_l))
  from pg_temp.camions order by reference;
select is(vcf, vcf_attendu::float8, format('SEP %s: factor %s', reference, vcf_attendu)) from pg_temp.camions
  order by reference;
select results_eq('select densite_15c_kgm3 from pg_temp.camions order by reference',
  array[847.4, 843.4, 843.3, 839.8, 839.5, 840.5, 839.5, 841.1]::float8[],
  'SEP''s densities are those of the contract');
select is_empty($$select * from pg_temp.camions where note is null$$,
  'every truck says what was printed and what was inferred');

-- Read in a printed table 54B by others: bunker surveyors' worked examples (sevensurveyor.com, « Bunker survey
-- calculation », 2010; scribd.com/document/370250180).
select is(c.vcf::numeric, v.imprime, format('table 54B as printed: %s kg/m³ at %s °C', v.densite, v.celsius))
  from (values (990.3, 34, 0.9870), (992.0, 36, 0.9857)) v (densite, celsius, imprime)
 cross join lateral astm.calculer_15c('B', v.densite, 15, v.celsius, 1000, correction_verre => false) c;

-- Both editions, every group and zone, hot and cold, against the same formulas solved with 50 digits ----------------

create temporary table reference (groupe text, methode text, densite float8, echantillon float8, produit float8,
  pression float8, rho15 float8, vcf float8) on commit drop;
insert into reference values
  ('A', 'MPMS_11_1_1980', 870.4, 35, 31.5, 0, 883.94757565114043, 0.98698573566862195),
  ('A', 'MPMS_11_1_2004', 870.4, 35, 31.5, 0, 883.95379675614249, 0.98698008128971455),
  ('A', 'MPMS_11_1_1980', 620, 10, -5, 0, 615.09245268723648, 1.0321185120993677),
  ('A', 'MPMS_11_1_2004', 620, 10, -5, 0, 615.08950616831124, 1.0321353260329465),
  ('A', 'MPMS_11_1_2004', 1040, 110, 145, 0, 1091.6938719737607, 0.93184490009928201),
  ('B', 'MPMS_11_1_1980', 700.2, 28, 31, 0, 712.07592282504485, 0.97908503060161459),
  ('B', 'MPMS_11_1_2004', 700.2, 28, 31, 0, 712.07926364662918, 0.97907917952313956),
  ('B', 'MPMS_11_1_2004', 728.9, 33.3, 29.1, 500, 745.23480252510706, 0.98339853031355651),
  ('B', 'MPMS_11_1_1980', 770.3, 21, 18, 0, 775.30127985538894, 0.99670888469609575),
  ('B', 'MPMS_11_1_2004', 770.3, 21, 18, 0, 775.32198226750957, 0.99669566809111406),
  ('B', 'MPMS_11_1_1980', 640, 95, 60, 0, 714.43285281112019, 0.94092805296543874),
  ('B', 'MPMS_11_1_2004', 640, 95, 60, 0, 714.46275686042979, 0.94091089274979399),
  ('B', 'MPMS_11_1_1980', 790.1, 30.5, 25, 0, 801.36220731393412, 0.99071662827980726),
  ('B', 'MPMS_11_1_2004', 790.1, 30.5, 25, 0, 801.36771296318602, 0.99071234964675465),
  ('B', 'MPMS_11_1_1980', 745, 80, 70, 0, 793.31826195801238, 0.94732086936545675),
  ('B', 'MPMS_11_1_2004', 745, 80, 70, 0, 793.34401300035363, 0.94729571664318507),
  ('B', 'MPMS_11_1_1980', 837.3, 29.7, 22.5, 0, 847.44089903701107, 0.99373285982798364),
  ('B', 'MPMS_11_1_2004', 837.3, 29.7, 22.5, 0, 847.44206664702282, 0.99373222751318074),
  ('B', 'MPMS_11_1_2004', 820, 40, 35, 10342, 837.38454670704454, 0.99167882398672666),
  ('B', 'MPMS_11_1_1980', 960, 85, 92, 0, 1005.9991938560373, 0.9478524460496882),
  ('B', 'MPMS_11_1_2004', 960, 85, 92, 0, 1006.0065215019069, 0.94784468461980636),
  ('B', 'MPMS_11_1_1980', 840, -10, -17.5, 0, 822.52653537973913, 1.0283010202070468),
  ('B', 'MPMS_11_1_2004', 840, -10, -17.5, 0, 822.51918069087371, 1.0283124405550914),
  ('D', 'MPMS_11_1_1980', 885, 22, 40, 0, 889.25769501665749, 0.98226047389909777),
  ('D', 'MPMS_11_1_2004', 885, 22, 40, 0, 889.25784238383005, 0.98225956118931692),
  ('D', 'MPMS_11_1_2004', 1100, 5, 120, 3000, 1093.9833669028461, 0.94059705393061401);
select ok(abs(c.densite_15c_kgm3 - r.rho15) < 1e-9 and abs(c.vcf / r.vcf - 1) < 1e-14 and c.volume_15c_l = 1000 * c.vcf,
    format('%s, group %s, %s kg/m³ at %s °C, product at %s °C and %s kPa', r.methode, r.groupe, r.densite,
      r.echantillon, r.produit, r.pression))
  from reference r, astm.calculer_15c(r.groupe, r.densite, r.echantillon, r.produit, 1000, r.methode, true, r.pression,
    false) c;

-- Temperatures, rounding ----------------------------------------------------------------------------------------------

select results_eq($$select * from astm.calculer_15c('B', 837.3, 15, 15, 1000, arrondir => false)$$,
  $$values (837.3::float8, 1::float8, 1000::float8)$$, 'at 15 °C nothing changes');
select results_eq($$select * from astm.calculer_15c('B', 837.3, 29.7, null, 1000)$$,
  $$select * from astm.calculer_15c('B', 837.3, 29.7, 29.7, 1000)$$, 'the sample''s temperature serves for both');
select results_eq($$select * from astm.calculer_15c('B', 837.3, null, 29.7, 1000, 'MPMS_11_1_2004')$$,
  $$select * from astm.calculer_15c('B', 837.3, 29.7, 29.7, 1000, 'MPMS_11_1_2004')$$,
  'the product''s temperature serves for both');
select is(volume_15c_l, 4969::float8, '5 000 L × 0.9937 = 4 968.5: half a litre goes up')
  from astm.calculer_15c('B', 837.3, 29.7, 22.5, 5000);
select is(densite_15c_kgm3, 837.3::float8, '837.25 kg/m³ prints as 837.3')
  from astm.calculer_15c('B', 837.25, 15, 15, 1000);
select is(densite_15c_kgm3, 847.7::float8, 'a density that is not read on glass is not corrected for it')
  from astm.calculer_15c('B', 837.3, 29.7, 22.5, 1000, correction_verre => false);

-- Refusals ------------------------------------------------------------------------------------------------------------

create function pg_temp.appel(p_arguments text) returns text language sql
return 'select * from astm.calculer_15c(' || p_arguments || ')';
comment on function pg_temp.appel(text) is 'A call as text.';

select throws_ok(pg_temp.appel(a), 'PT422', code, 'refused: ' || quoi) from (values
  ('no density', $$'B', null, 20, 20, 1000$$, 'DENSITE_OBSERVEE_REQUISE'),
  ('no temperature', $$'B', 837, null, null, 1000$$, 'TEMPERATURE_REQUISE'),
  ('no volume', $$'B', 837, 20, 20, null$$, 'ASTM_HORS_DOMAINE'),
  ('no group', $$null, 837, 20, 20, 1000$$, 'ASTM_HORS_DOMAINE'),
  ('no method', $$'B', 837, 20, 20, 1000, null$$, 'ASTM_HORS_DOMAINE'),
  ('no pressure', $$'B', 837, 20, 20, 1000, pression_kpa => null$$, 'ASTM_HORS_DOMAINE'),
  ('glass neither yes nor no', $$'B', 837, 20, 20, 1000, correction_verre => null$$, 'ASTM_HORS_DOMAINE'),
  ('rounding neither yes nor no', $$'B', 837, 20, 20, 1000, arrondir => null$$, 'ASTM_HORS_DOMAINE'),
  ('density NaN', $$'B', 'NaN', 20, 20, 1000$$, 'ASTM_HORS_DOMAINE'),
  ('density infinite', $$'B', 'Infinity', 20, 20, 1000$$, 'ASTM_HORS_DOMAINE'),
  ('density zero', $$'B', 0, 20, 20, 1000$$, 'ASTM_HORS_DOMAINE'),
  ('density negative', $$'B', -837, 20, 20, 1000$$, 'ASTM_HORS_DOMAINE'),
  ('density in g/cm³', $$'B', 0.837, 20, 20, 1000$$, 'ASTM_HORS_DOMAINE'),
  ('density beyond any double', $$'B', 1e308, 20, 20, 1000, 'MPMS_11_1_2004'$$, 'ASTM_HORS_DOMAINE'),
  ('sample temperature NaN', $$'B', 837, 'NaN', 20, 1000$$, 'ASTM_HORS_DOMAINE'),
  ('product temperature infinite', $$'B', 837, 20, '-Infinity', 1000$$, 'ASTM_HORS_DOMAINE'),
  ('volume NaN', $$'B', 837, 20, 20, 'NaN'$$, 'ASTM_HORS_DOMAINE'),
  ('volume infinite', $$'B', 837, 20, 20, 'Infinity'$$, 'ASTM_HORS_DOMAINE'),
  ('volume zero', $$'B', 837, 20, 20, 0$$, 'ASTM_HORS_DOMAINE'),
  ('volume negative', $$'B', 837, 20, 20, -1$$, 'ASTM_HORS_DOMAINE'),
  ('pressure NaN', $$'B', 837, 20, 20, 1000, 'MPMS_11_1_2004', true, 'NaN'$$, 'ASTM_HORS_DOMAINE'),
  ('pressure below 0', $$'B', 837, 20, 20, 1000, 'MPMS_11_1_2004', true, -0.1$$, 'ASTM_HORS_DOMAINE'),
  ('pressure above 10 342 kPa', $$'B', 837, 20, 20, 1000, 'MPMS_11_1_2004', true, 10342.1$$, 'ASTM_HORS_DOMAINE'),
  ('pressure with the edition of 1980', $$'B', 837, 20, 20, 1000, pression_kpa => 0.1$$, 'ASTM_HORS_DOMAINE'),
  ('group unknown', $$'E', 837, 20, 20, 1000$$, 'ASTM_HORS_DOMAINE'),
  ('group C without its α60', $$'C', 837, 20, 20, 1000, 'MPMS_11_1_2004'$$, 'ASTM_HORS_DOMAINE'),
  ('method unknown', $$'B', 837, 20, 20, 1000, 'MPMS'$$, 'ASTM_HORS_DOMAINE')
) as r (quoi, a, code);

-- The edges, at 15 °C, where the density at 15 °C is the one observed ------------------------------------------------

select lives_ok(pg_temp.appel(format($$%L, %s, %s, 20, 1000, %L$$, g, v, t, m)),
  format('%s, group %s: %s kg/m³ at %s °C is inside', m, g, v, t)),
       throws_ok(pg_temp.appel(format($$%L, %s, %s, 20, 1000, %L$$, g, dehors, t_dehors, m)), 'PT422',
         'ASTM_HORS_DOMAINE',
                 format('%s, group %s: %s kg/m³ at %s °C is outside', m, g, dehors, t_dehors))
  from (values
  ('A', 'MPMS_11_1_1980', 610.5, 610.4999, 15, 15), ('A', 'MPMS_11_1_1980', 1075, 1075.0001, 15, 15),
  ('B', 'MPMS_11_1_1980', 653, 652.9999, 15, 15), ('B', 'MPMS_11_1_1980', 1075, 1075.0001, 15, 15),
  ('D', 'MPMS_11_1_1980', 800, 799.9999, 15, 15), ('D', 'MPMS_11_1_1980', 1164, 1164.0001, 15, 15),
  ('B', 'MPMS_11_1_1980', 850, 850, -18, -18.001), ('B', 'MPMS_11_1_1980', 850, 850, 150, 150.001),
  ('B', 'MPMS_11_1_2004', 850, 850, -50, -50.001), ('B', 'MPMS_11_1_2004', 850, 850, 150, 150.001),
  -- 60 °F is 15.5556 °C: the bound at 60 °F is a little more than it is at 15 °C.
  ('A', 'MPMS_11_1_2004', 611.2, 611.1, 15, 15), ('B', 'MPMS_11_1_2004', 1163.8, 1163.9, 15, 15),
  ('D', 'MPMS_11_1_2004', 801.3, 801.1, 15, 15)
) as b (g, m, v, dehors, t, t_dehors);

create function pg_temp.phrase(p_appel text) returns text language plpgsql as $$
declare
  v_phrase text;
begin
  execute p_appel;
  return null;
exception when sqlstate 'PT422' then
  get stacked diagnostics v_phrase = pg_exception_hint;
  return v_phrase;
end;
$$;
comment on function pg_temp.phrase(text) is 'The sentence a clerk reads.';
select is(pg_temp.phrase(pg_temp.appel($$'B', 1100, 20, 20, 1000$$)),
  'Valeur hors du domaine de la norme : densité à 15 °C de 653 à 1075 kg/m³ (groupe B), ici environ 1103,2.',
  'the density''s bound is named');
select is(pg_temp.phrase(pg_temp.appel($$'B', 837, 20, 151, 1000$$)),
  'Valeur hors du domaine de la norme : température de -18 à 150 °C (produit).', 'the temperature''s bound is named');

-- The boundaries of table 53B, where the coefficients jump -----------------------------------------------------------

create view pg_temp.bords as
  select b.bord, t.t::float8 as t, b.alpha, b.bord * astm.facteur_1980(b.alpha, t.t - 15) as observee
    from (values (770::float8, astm.alpha(346.4228, 0.4388, 0, 770)), (787.5, astm.alpha(594.5418, 0, 0, 787.5)),
                 (839, astm.alpha(186.9696, 0.4862, 0, 839))) as b (bord, alpha),
         generate_series(-18, 150) as t (t);
create function pg_temp.rho15(p_densite float8, p_t float8) returns float8 language sql
begin atomic
  select c.densite_15c_kgm3 from astm.calculer_15c('B', p_densite, p_t, p_t, 1000, correction_verre => false,
    arrondir => false) c;
end;
comment on function pg_temp.rho15(float8, float8) is 'Density at 15 °C, full precision.';

select is_empty($$select * from pg_temp.bords where abs(pg_temp.rho15(observee, t) - bord) > 1e-9$$,
  'a product exactly on a boundary comes back to it, at every temperature');
select is_empty($$select * from pg_temp.bords, unnest('{1,58,400}'::int[]) as n
   where not (pg_temp.rho15(observee - n / 1000.0, t) <= bord and pg_temp.rho15(observee + n / 1000.0, t) >= bord)$$,
  'the boundary says on which side a density lies: nothing flips');
select is_empty($$
  select *
    from (select t, n, rho - lag(rho) over (partition by t order by n) as pas
            from generate_series(70000, 86000, 20) as n, unnest('{-18,0,15,35,60,100}'::float8[]) as t,
              lateral (select pg_temp.rho15(n / 100.0, t) as rho offset 0) r) s
   where pas < 0$$, 'a denser sample never comes out lighter');
select is_empty($$
  select * from (select rho, t, pg_temp.rho15(rho * astm.facteur_1980(astm.alpha(k[1], k[2], k[3], rho), t - 15), t) as
    trouve
                   from (select n / 10.0::float8 as rho, t, (astm.zone_b_1980(n / 10.0::float8, 0)) as k
                           from generate_series(6530, 10750, 13) as n, generate_series(-18, 150, 12) as t) d) s
   where abs(trouve - rho) > 1e-9
     and not exists (select from unnest('{770,787.5,839}'::float8[]) as b where abs(rho - b) < 0.5)$$,
  'the density at 15 °C is the root to 1e-9 kg/m³ over the whole table');

-- What is derived -----------------------------------------------------------------------------------------------------

select is_empty($$
  select * from unnest('{MPMS_11_1_1980,MPMS_11_1_2004}'::text[]) as m, generate_series(700, 900, 25) as r,
    generate_series(-10, 40, 10) as t,
    lateral astm.volume_a_charger('B', r, 20, t, 30000, m, arrondir => false) a,
    lateral astm.calculer_15c('B', r, 20, t, a.volume_observe_l, m, arrondir => false) c
   where abs(c.volume_15c_l - 30000) > 1e-8$$, 'what is loaded is what was wanted at 15 °C');
select is(volume_observe_l, 30190::float8, 'rounded: 30 000 L at 15 °C are 30 190 L at 22.5 °C')
  from astm.volume_a_charger('B', 837.3, 29.7, 22.5, 30000);
select throws_ok($$select * from astm.volume_a_charger('B', 837.3, 29.7, 22.5, 0)$$, 'PT422', 'ASTM_HORS_DOMAINE',
  'nothing to load is refused');

select ok(abs(densite_20c_kgm3 - 837.3) < 1e-9 and vcf = 1 and volume_20c_l = 1000,
  'at 20 °C, base 20 °C changes nothing')
  from astm.calculer_20c('B', 837.3, 20, 20, 1000, correction_verre => false, arrondir => false);
select ok(abs(b.densite_20c_kgm3 * b.volume_20c_l / (c.densite_15c_kgm3 * c.volume_15c_l) - 1) < 1e-14,
  'a mass is the same from either base')
  from astm.calculer_20c('B', 837.3, 29.7, 22.5, 39296, arrondir => false) b,
    astm.calculer_15c('B', 837.3, 29.7, 22.5, 39296, arrondir => false) c;
select throws_ok($$select * from astm.calculer_20c('B', 837.3, 20, 20, 1000, arrondir => null)$$, 'PT422',
  'ASTM_HORS_DOMAINE', 'base 20 °C refuses as base 15 °C does');

select is(round(astm.masse_vide_t(847.4, 39048)::numeric, 3), 33.089, 'tonnes in vacuum: ρ15 × V15');
select is(round(astm.masse_air_t(847.4, 39048)::numeric, 3), 33.047,
  'tonnes in air: (ρ15 − 1.22) / (1 − 1.22/8100) × V15');

select
  ok(abs(c.vcf - exp(-astm.exposant_2004(0.0005, astm.ecart_60f(25)) + astm.exposant_2004(0.0005, astm.ecart_60f(15))))
  < 1e-15,
    'group C: the factor is that of the α60 given')
  from astm.calculer_15c_groupe_c(0.0005, 830, 20, 25, 1000, arrondir => false) c;
select throws_ok('select * from astm.calculer_15c_groupe_c(' || a || ', 830, 20, 20, 1000)', 'PT422',
  'ASTM_HORS_DOMAINE', 'group C: α60 = ' || a || ' is refused')
  from unnest(array['0.000229', '0.000931', 'null']) as a;

-- Profiles, access ----------------------------------------------------------------------------------------------------

select tests.depot(), tests.depot('autre');
select tests.equipe();
select results_eq($$select nom, methode, arrondir, correction_verre
  from astm.profil(tests.id('depot'), tests.produit('G.O'))$$,
  $$values ('SEP', 'MPMS_11_1_1980', true, true)$$, 'the default profile is SEP''s way');
insert into astm.profils_calcul (nom, depot_id, produit_id, methode) values
  ('depot', tests.id('depot'), null, 'MPMS_11_1_2004'), ('gasoil', null, tests.produit('G.O'), 'MPMS_11_1_2004'),
  ('gasoil au depot', tests.id('depot'), tests.produit('G.O'), 'MPMS_11_1_2004');
select is((astm.profil(tests.id(d), tests.produit(p))).nom, nom, 'profile of ' || d || ' and ' || p || ': ' || nom)
  from (values
  ('depot', 'G.O', 'gasoil au depot'), ('depot', 'ESS', 'depot'), ('autre', 'G.O', 'gasoil'),
  ('autre', 'ESS', 'SEP')) as v (d, p, nom);
select throws_ok($$delete from astm.profils_calcul where nom = 'SEP'$$, 'PT403', 'ECRITURE_INTERDITE',
  'the default profile stays');
select is((select l.niveau from public.log_actions l where l.action = 'PROFIL_CALCUL_MODIFIE'
  and l.depot_id = tests.id('depot') limit 1),
  'WARNING', 'a change of profile is logged');

select tests.agir_comme('lecture');
select is((select count(*) from public.golden_cases where source = 'SEP'), 8::bigint, 'lecture reads the golden cases');
select throws_ok($$insert into astm.profils_calcul (nom, depot_id) values ('x', tests.id('autre'))$$, '42501', null,
  'lecture writes no profile');
select throws_ok($$insert into public.golden_cases (source, reference, produit_code, volume_observe_l,
  temperature_echantillon_c,
    temperature_produit_c, densite_observee_kgm3, volume_15c_attendu_l) values ('x', '1', 'G.O', 1, 20, 20, 837, 1)$$,
      '42501', null,
  'lecture writes no golden case');
select is(volume_15c_l, 39048::float8, 'any user may calculate') from astm.calculer_15c('B', 837.3, 29.7, 22.5, 39296);
select throws_ok($$select * from astm.calculer_15c('B', null, 20, 20, 1000)$$, 'PT422', 'DENSITE_OBSERVEE_REQUISE',
  'and is refused with the same codes');
select tests.agir_comme('admin');
select lives_ok($$update astm.profils_calcul set methode = 'MPMS_11_1_1980' where nom = 'gasoil'$$,
  'admin writes profiles');
select lives_ok($$insert into public.golden_cases (source, reference, produit_code, volume_observe_l,
  temperature_echantillon_c,
    temperature_produit_c, densite_observee_kgm3, volume_15c_attendu_l) values ('x', '1', 'G.O', 1, 20, 20, 837, 1)$$,
      'admin writes golden cases');
select tests.redevenir_systeme();

select is_empty($$select p.oid::regprocedure from pg_proc p where p.pronamespace = 'astm'::regnamespace
  and coalesce(obj_description(p.oid, 'pg_proc'), '') = ''$$,
  'every function of astm has a comment');
select is_empty($$select p.oid::regprocedure from pg_proc p where p.pronamespace = 'astm'::regnamespace
  and has_function_privilege('anon', p.oid, 'execute')$$,
  'anon executes none of them');
select results_eq($$select p.provolatile::text, p.proparallel::text from pg_proc p
  where p.oid = 'astm.calculer_15c'::regproc$$,
  $$values ('i', 's')$$, 'astm.calculer_15c is immutable and parallel safe');

select * from finish();
rollback;
