-- Volume at 15 °C by the historical path: what the client sent, or volume × (1 − α (T − 15)). Flag astm_53b is off.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(31);

select tests.depot();
select tests.equipe();
select tests.citerne('gasoil'), tests.citerne('essence', p_produit => 'ESS');
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
select is(pg_temp.volume_15c('gasoil', 'volume_ambiant, temperature_ambiante_c, temperature_echantillon_c = 10000, 25, 35'),
  9915::numeric, 'the temperature of the product counts, not that of the sample');
select is(pg_temp.volume_15c('gasoil', 'volume_ambiant, temperature_echantillon_c = 10000, 25'), 9915::numeric,
  'the sample''s temperature serves where it is the only one');
select is(pg_temp.volume_15c('gasoil', 'volume_ambiant = 10000'), 10000::numeric,
  'without a temperature there is nothing to correct by');
select is(pg_temp.volume_15c('gasoil', 'volume_ambiant, temperature_ambiante_c, volume_corrige_15c = 10000, 25, 9876.543'),
  9876.543, 'the client''s own figure is kept, under its older name');
select is(pg_temp.volume_15c('gasoil', 'volume_ambiant, temperature_ambiante_c, volume_15c = 10000, 25, 9876.543'),
  9876.543, 'the client''s own figure is kept, under its name');
select is(pg_temp.volume_15c('gasoil', 'volume_ambiant, volume_15c, volume_corrige_15c = 10000, 9000, 9876'), 9876::numeric,
  'where the client sends both and they differ, volume_corrige_15c is what it sent');
select is(pg_temp.volume_15c('gasoil', 'volume_ambiant, temperature_ambiante_c = 33.333, 22.22'), 33.128,
  'the figure is kept to the millilitre');
select is((select r.methode_15c from public.receptions r where r.id = tests.id('reception')), 'LEGACY', 'the method is named');
select is(round((select r.vcf * r.volume_ambiant - r.volume_15c from public.receptions r where r.id = tests.id('reception')), 3), 0.000,
  'the factor is the one that was used');
select is_empty('select from public.receptions r where r.depot_id = tests.id(''depot'')
    and (r.volume_15c is distinct from r.volume_corrige_15c or r.volume_15c is null)',
  'both volumes at 15 °C are written on every réception, and equal');

select pg_temp.recevoir('gasoil', 'volume_ambiant, densite_a_15 = 100, 843.4');
select results_eq('select densite_a_15, densite_a_15_kgm3 from public.receptions where id = tests.id(''reception'')',
  'values (843.4, 843.4)', 'a density at 15 °C sent under one name is kept under both');
select throws_ok($$select pg_temp.recevoir('gasoil', 'volume_ambiant, vcf, methode_15c = 100, 0.5, ''SEP''')$$, '42501', null,
  'factor and method are the database''s: no client sends any');

select throws_ok(format('select pg_temp.recevoir(''gasoil'', ''volume_ambiant, %s = 100, %s'')', colonne, v), etat, null,
    format('%s = %s is refused', colonne, v))
  from (values
    ('temperature_ambiante_c', '-50.01', '23514'), ('temperature_ambiante_c', '150.01', '23514'),
    ('temperature_ambiante_c', '''''NaN''''', '23514'), ('temperature_echantillon_c', '''''NaN''''', '23514'),
    ('densite_observee_kgm3', '399', '23514'), ('densite_observee_kgm3', '1301', '23514'),
    ('densite_observee_kgm3', '0.8431', '23514'), ('densite_observee_kgm3', '''''NaN''''', '23514'),
    ('volume_corrige_15c', '0', '23514'), ('volume_corrige_15c', '-1', '23514'),
    ('volume_corrige_15c', '''''NaN''''', '23514'), ('volume_corrige_15c', '1e9', '22003')) as t (colonne, v, etat);

-- A sortie goes the same way, at validation.
select tests.brouillon('gasoil', 1000);
update public.sorties_produit set temperature_ambiante_c = 35 where id = tests.id('sortie');
select is((select s.volume_15c from public.sorties_produit s where s.id = tests.id('sortie')), null,
  'a draft has no volume at 15 °C of its own');
select tests.valider();
select results_eq('select volume_15c, volume_corrige_15c, vcf, methode_15c from public.sorties_produit where id = tests.id(''sortie'')',
  $$values (983.0, 983.0, 0.983, 'LEGACY')$$, 'a sortie gets its volume at 15 °C when it is validated');
select tests.brouillon('gasoil', 1000, p_volume_15c => 991.5), tests.valider();
select results_eq('select volume_15c, volume_corrige_15c from public.sorties_produit where id = tests.id(''sortie'')',
  'values (991.5, 991.5)', 'the client''s own figure is kept for a sortie too');

select * from finish();
rollback;
