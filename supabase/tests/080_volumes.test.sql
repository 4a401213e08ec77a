-- Volume at 15 °C by the historical path: what the client sent, or volume × (1 − α (T − 15)). Flag astm_53b is off.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(51);

select tests.depot();
select tests.equipe();
select tests.citerne('gasoil', p_capacite => 500000), tests.citerne('essence', p_produit => 'ESS');
update public.feature_flags set enabled = false where key = 'astm_53b';

create function pg_temp.recevoir(p_citerne text, p_valeurs text) returns void language plpgsql as $$
begin
  perform tests.cdr('cdr', p_produit => case p_citerne when 'essence' then 'ESS' else 'G.O' end);
  perform tests.agir_comme('operateur');
  execute format('insert into public.receptions (cours_de_route_id, citerne_id, %s) values (%L, %L, %s)
      returning tests.noter(''reception'', id)',
    split_part(p_valeurs, '=', 1), tests.id('cdr'), tests.id(p_citerne), split_part(p_valeurs, '=', 2));
  perform tests.redevenir_systeme();
end;
$$;
comment on function pg_temp.recevoir(text, text) is 'Receives with "columns = values".';
create function pg_temp.volume_15c(p_citerne text, p_valeurs text) returns numeric language sql as $$
  select pg_temp.recevoir(p_citerne, p_valeurs);
  select trim_scale(r.volume_15c) from public.receptions r where r.id = tests.id('reception')
$$;

select is(pg_temp.volume_15c('gasoil', 'volume_ambiant, temperature_ambiante_c = 10000, 25'), 9915::numeric,
  'gasoil at 25 °C: α = 0.00085, 10 000 L are 9 915 L at 15 °C');
select is(pg_temp.volume_15c('essence', 'volume_ambiant, temperature_ambiante_c = 10000, 25'), 9900::numeric,
  'essence at 25 °C: α = 0.00100, 10 000 L are 9 900 L at 15 °C');
select is(pg_temp.volume_15c('gasoil', 'volume_ambiant, temperature_ambiante_c = 10000, 5'), 10085::numeric,
  'below 15 °C the volume at 15 °C is the greater');
select is(pg_temp.volume_15c('gasoil', 'volume_ambiant, temperature_ambiante_c = 10000, 15'), 10000::numeric,
  'at 15 °C both volumes are one');
select
  is(pg_temp.volume_15c('gasoil', 'volume_ambiant, temperature_ambiante_c, temperature_echantillon_c = 10000, 25, 35'),
  9915::numeric, 'the temperature of the product counts, not that of the sample');
select throws_ok('select pg_temp.recevoir(''gasoil'', ''volume_ambiant, temperature_echantillon_c = 10000, 25'')',
  'PT422',
  'TEMPERATURE_REQUISE', 'the sample''s temperature is never taken to be the product''s');
select throws_ok('select pg_temp.recevoir(''gasoil'', ''volume_ambiant, volume_corrige_15c = 10000, 10000'')', 'PT422',
  'TEMPERATURE_REQUISE', 'a movement needs the product''s temperature, whatever else it says');
select
  is(pg_temp.volume_15c('gasoil', 'volume_ambiant, temperature_ambiante_c, volume_corrige_15c = 10000, 25, 9876.543'),
  9876.543, 'the client''s own figure is kept, under its older name');
select is(pg_temp.volume_15c('gasoil', 'volume_ambiant, temperature_ambiante_c, volume_15c = 10000, 25, 9876.543'),
  9876.543, 'the client''s own figure is kept, under its name');
select
  is(pg_temp.volume_15c('gasoil',
  'volume_ambiant, temperature_ambiante_c, volume_15c, volume_corrige_15c = 10000, 25, 9876.1, 9876'), 9876::numeric,
  'where the client sends both and they differ by less than half a litre, volume_corrige_15c is what it sent');
select is(pg_temp.volume_15c('gasoil', 'volume_ambiant, temperature_ambiante_c = 33.333, 22.22'), 33.128,
  'the figure is kept to the millilitre');
select is((select r.methode_15c from public.receptions r where r.id = tests.id('reception')), 'LEGACY',
  'the method is named');
select
  is(round((select r.vcf * r.volume_ambiant - r.volume_15c from public.receptions r where r.id = tests.id('reception')),
  3), 0.000,
  'the factor is the one that was used');
select is_empty('select from public.receptions r where r.depot_id = tests.id(''depot'')
    and (r.volume_15c is distinct from r.volume_corrige_15c or r.volume_15c is null)',
  'both volumes at 15 °C are written on every réception, and equal');

select pg_temp.recevoir('gasoil', 'volume_ambiant, temperature_ambiante_c, densite_a_15 = 100, 15, 843.4');
select results_eq('select densite_a_15, densite_a_15_kgm3 from public.receptions where id = tests.id(''reception'')',
  'values (843.4, 843.4)', 'a density at 15 °C sent under one name is kept under both');
select
  throws_ok($$select pg_temp.recevoir('gasoil',
  'volume_ambiant, temperature_ambiante_c, vcf, methode_15c = 100, 15, 0.5, ''SEP''')$$, '42501', null,
  'factor and method are the database''s: no client sends any');

select throws_ok(format('select pg_temp.recevoir(''gasoil'', ''volume_ambiant, %s = 100, %s'')', colonne, v), etat,
  code,
    format('%s = %s is refused', colonne, v))
  from (values
    ('temperature_ambiante_c', '-10.01', 'PT422', 'TEMPERATURE_HORS_PLAGE'),
    ('temperature_ambiante_c', '60.01', 'PT422', 'TEMPERATURE_HORS_PLAGE'),
    ('temperature_ambiante_c', '''''NaN''''', 'PT422', 'TEMPERATURE_HORS_PLAGE'),
    ('temperature_ambiante_c, temperature_echantillon_c', '20, ''''NaN''''', 'PT422', 'TEMPERATURE_HORS_PLAGE'),
    ('temperature_ambiante_c, temperature_echantillon_c', '20, 61', 'PT422', 'TEMPERATURE_HORS_PLAGE'),
    ('temperature_ambiante_c, densite_observee_kgm3', '20, 399', '23514', null),
    ('temperature_ambiante_c, densite_observee_kgm3', '20, 1301', '23514', null),
    ('temperature_ambiante_c, densite_observee_kgm3', '20, 737', 'PT422', 'DENSITE_HORS_PRODUIT'),
    ('temperature_ambiante_c, densite_observee_kgm3', '20, 0.737', 'PT422', 'DENSITE_HORS_PRODUIT'),
    ('temperature_ambiante_c, densite_a_15_kgm3', '20, 890.1', 'PT422', 'DENSITE_HORS_PRODUIT'),
    ('temperature_ambiante_c, densite_a_15', '20, 0.7999', 'PT422', 'DENSITE_HORS_PRODUIT'),
    ('temperature_ambiante_c, densite_a_15, densite_a_15_kgm3', '20, 0.84, 841', 'PT422', 'MESURES_INCOHERENTES'),
    ('temperature_ambiante_c, densite_observee_kgm3', '20, ''''NaN''''', '23514', null),
    ('temperature_ambiante_c, volume_corrige_15c', '15, 0', 'PT422', 'VOLUME_15C_INCOHERENT'),
    ('temperature_ambiante_c, volume_corrige_15c', '15, 97.9', 'PT422', 'VOLUME_15C_INCOHERENT'),
    ('temperature_ambiante_c, volume_corrige_15c', '35, 100.4', 'PT422', 'VOLUME_15C_INCOHERENT'),
    ('temperature_ambiante_c, volume_corrige_15c', '15, ''''NaN''''', 'PT422', 'VOLUME_15C_INCOHERENT'),
    ('temperature_ambiante_c, volume_15c, volume_corrige_15c', '15, 99, 100', 'PT422', 'MESURES_INCOHERENTES'),
    ('temperature_ambiante_c, volume_corrige_15c', '15, 1e9', 'PT422', 'VOLUME_15C_INCOHERENT')) as t (colonne, v, etat,
    code);
select
  lives_ok(
  'select pg_temp.recevoir(''gasoil'', ''volume_ambiant, temperature_ambiante_c, volume_corrige_15c = 100, 15, 98'')',
  'a client''s figure 2 % from the formula is taken');

-- Densities, in whichever unit and column they come.
select pg_temp.recevoir('gasoil', v)
  from unnest(array['volume_ambiant, temperature_ambiante_c, densite_observee_kgm3 = 107, 20, 0.83735',
  'volume_ambiant, temperature_ambiante_c, densite_a_15 = 101, 20, 0.84345',
  'volume_ambiant, temperature_ambiante_c, densite_a_15_kgm3 = 102, 20, 843.45']) v;
select is((select trim_scale(r.densite_observee_kgm3) from public.receptions r where r.volume_ambiant = 107
  and r.depot_id = tests.id('depot')),
  837.35, 'a density observed in kg/L is kept in kg/m³, to its last digit');
select
  results_eq(
  'select trim_scale(densite_a_15), trim_scale(densite_a_15_kgm3) from public.receptions where volume_ambiant in (101, '
  '102) and depot_id = tests.id(''depot'')',
  'values (843.45, 843.45), (843.45, 843.45)', 'a density at 15 °C in kg/L or kg/m³ is one density');
select ok((select r.densite_a_15_kgm3 between 840.7 and 840.9 from public.receptions r where r.volume_ambiant = 107
  and r.depot_id = tests.id('depot')),
  'the density at 15 °C is known under the old way too');
select is((select r.avertissements from public.receptions r where r.volume_ambiant = 102
  and r.depot_id = tests.id('depot')), '[]', 'nothing odd, nothing to look at again');
select pg_temp.recevoir('gasoil',
  'volume_ambiant, temperature_ambiante_c, temperature_echantillon_c, densite_observee_kgm3 = 103, 20, 31, 850');
select is((select string_agg(a ->> 'code', ',' order by a ->> 'code') from public.receptions r,
  jsonb_array_elements(r.avertissements) a
            where r.volume_ambiant = 103 and r.depot_id = tests.id('depot')),
  'DENSITE_ECARTEE,TEMPERATURES_ECARTEES',
  'sample and product 11 °C apart, and a density far from the tank''s, are pointed at');
select is((select l.details -> 'avertissements' from public.log_actions l where l.cible_id = tests.id('reception')
  and l.action = 'RECEPTION_CREEE'),
  (select r.avertissements from public.receptions r where r.id = tests.id('reception')), 'and the log says so');

-- The coefficient is the product's, not its code's.
select tests.noter('ess', tests.produit('ESS'));
update public.produits set code = 'SUPER' where id = tests.id('ess');
select pg_temp.recevoir('gasoil', 'volume_ambiant, temperature_ambiante_c = 1, 15');
select tests.cdr('cdr_super', p_produit => 'SUPER'), tests.agir_comme('operateur');
insert into public.receptions (id, cours_de_route_id, citerne_id, volume_ambiant, temperature_ambiante_c)
values (tests.noter('super', gen_random_uuid()), tests.id('cdr_super'), tests.id('essence'), 10000, 25);
select is((select trim_scale(r.volume_15c) from public.receptions r where r.id = tests.id('super')), 9900::numeric,
  'a product whose code changes moves no litre');
select tests.redevenir_systeme();

-- The standard: a density sent as it is at 15 °C, that of the tank, and volumes too small for it.
update public.feature_flags set enabled = true where key = 'astm_53b';
select
  is(pg_temp.volume_15c('gasoil', 'volume_ambiant, temperature_ambiante_c, densite_a_15_kgm3 = 39330, 20, 0.840451'),
  39165::numeric,
  'a density at 15 °C serves as such: SEP''s own figure');
select pg_temp.recevoir('gasoil', 'volume_ambiant, temperature_ambiante_c, densite_observee_kgm3 = 39330, 20, 837');
select
  results_eq(
  'select r.parametres_15c ->> ''densite'', r.parametres_15c ->> ''temperature_echantillon'', trim_scale(r.volume_15c) '
  'from public.receptions r where r.id = tests.id(''reception'')',
  $$values ('OBSERVEE', 'PRODUIT', 39165::numeric)$$,
  'a sample without a temperature has the product''s, and the movement says so');
select throws_ok('select pg_temp.recevoir(''gasoil'', ''volume_ambiant, temperature_ambiante_c = 100, 20'')', 'PT422',
  'DENSITE_OBSERVEE_REQUISE',
  'what comes in is not what was there: a réception needs its density');
select
  is((tests.essayer(
    'select pg_temp.recevoir(''gasoil'', ''volume_observe, temperature_ambiante_c, densite_observee_kgm3 = 0.3, 20, '
    '837'')')
    ->> 'valeurs')::jsonb ->> 'champ',
  'volume_observe', 'litres that round to none are refused by the column they came in');
select tests.brouillon('gasoil', 100, p_nom => 'sans_densite'), tests.valider('sans_densite');
select results_eq('select s.parametres_15c ->> ''densite'', s.densite_a_15_kgm3 = (select max(k.densite_melange_kgm3) from public.stocks_snapshot k where k.citerne_id = s.citerne_id)
    from public.sorties_produit s where s.id = tests.id(''sans_densite'')',
  $$values ('CITERNE', true)$$, 'a sortie without a density has its tank''s, and says so');
update public.feature_flags set enabled = false where key = 'astm_53b';

-- A sortie goes the same way, at validation.
select tests.brouillon('gasoil', 1000);
update public.sorties_produit set temperature_ambiante_c = 35 where id = tests.id('sortie');
select is((select s.volume_15c from public.sorties_produit s where s.id = tests.id('sortie')), null,
  'a draft has no volume at 15 °C of its own');
select tests.valider();
select
  results_eq(
  'select volume_15c, volume_corrige_15c, vcf, methode_15c from public.sorties_produit where id = tests.id(''sortie'')',
  $$values (983.0, 983.0, 0.983, 'LEGACY')$$, 'a sortie gets its volume at 15 °C when it is validated');
select tests.brouillon('gasoil', 1000, p_volume_15c => 991.5), tests.valider();
select results_eq('select volume_15c, volume_corrige_15c from public.sorties_produit where id = tests.id(''sortie'')',
  'values (991.5, 991.5)', 'the client''s own figure is kept for a sortie too');

select * from finish();
rollback;
