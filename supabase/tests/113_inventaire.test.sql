-- Physical count: a dip says what is there, the books what should be; the gap is shown, the stock untouched.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(67);

select tests.depot('lubumbashi'), tests.depot('goma');
select tests.equipe('lubumbashi');
select tests.acteur('gerant', 'goma', 'gerant_goma'), tests.acteur(null, null, 'inconnu');
select tests.citerne('cuve', 'lubumbashi'), tests.citerne('vide', 'lubumbashi');
select tests.recevoir('cuve', 700), tests.recevoir('cuve', 300, 0, 'PARTENAIRE');

create function pg_temp.jauger(p_litres text default '500', p_citerne text default 'cuve') returns text language sql
return format('insert into public.prises_de_hauteur (citerne_id, volume_mesure) values (tests.id(%L), %L)', p_citerne,
  p_litres);
grant execute on function pg_temp.jauger to authenticated, service_role;

select is(tests.verdict(r, pg_temp.jauger()), attendu, format('%s dips a tank: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'done'), ('operateur', 'done'),
    ('pca', 'ROLE_FORBIDDEN'),
               ('lecture', 'ROLE_FORBIDDEN'), ('inconnu', 'ROLE_FORBIDDEN'),
               ('gerant_goma', 'CITERNE_INACTIVE_OR_INCOMPATIBLE')) as t (r, attendu);
select tests.agir_comme('operateur');
select throws_ok(pg_temp.jauger(v), etat, null, format('a dip of %s litres is refused', v))
  from (values ('-1', '23514'), ('NaN', '23514'), ('1e9', '23514'), ('1e300', '22003')) as t (v, etat);
select throws_ok($$insert into public.prises_de_hauteur (citerne_id, volume_mesure, stock_comptable)
  values (tests.id('cuve'), 1, 1)$$,
  '42501', null, 'nobody writes what the books said');

select lives_ok(pg_temp.jauger('996'), 'an operateur dips');
select tests.redevenir_systeme();
select is(tests.stock('cuve'), '700 / 700', 'a dip moves no stock');
select results_eq($$select stock_comptable, ecart_l, ecart_pour_mille, hors_tolerance from public.v_ecarts_inventaire
  where citerne_id = tests.id('cuve')$$,
  $$values (1000.0, -4.0, -4.00, false)$$, 'its gap is against all owners together, in litres and thousandths');
select tests.sortir('cuve', 500);
select is((select e.ecart_l from public.v_ecarts_inventaire e where e.citerne_id = tests.id('cuve')), -4.000,
  'and stays what it was when the tank was dipped');
update public.citernes set tolerance_inventaire_pour_mille = 3 where id = tests.id('cuve');
select is((select e.hors_tolerance from public.v_ecarts_inventaire e where e.citerne_id = tests.id('cuve')), false,
  'it keeps the tolerance of its day: one that changes since changes no verdict');
select tests.agir_comme('operateur');
select lives_ok(pg_temp.jauger('498'), 'a dip of after');
select is((select e.hors_tolerance from public.v_ecarts_inventaire e where e.citerne_id = tests.id('cuve')
  and e.volume_mesure = 498), true,
  'beyond the tolerance of its tank it is flagged');
select lives_ok(pg_temp.jauger('1', 'vide'), 'a tank without stock is dipped too');
select results_eq($$select ecart_l, ecart_pour_mille, hors_tolerance from public.v_ecarts_inventaire
  where citerne_id = tests.id('vide')$$,
  $$values (1.0, null::numeric, true)$$, 'and fuel the books do not know is beyond any tolerance');
select tests.redevenir_systeme();
select is((select count(*)::int from public.log_actions l where l.action = 'PRISE_DE_HAUTEUR'
  and l.user_id = tests.id('operateur')), 3,
  'each dip is logged');
select throws_ok(e.ecriture, 'PT403', 'ECRITURE_INTERDITE', e.ecriture || ': refused')
  from (values ('update public.prises_de_hauteur set volume_mesure = 1'), ('delete from public.prises_de_hauteur'),
               ('truncate public.prises_de_hauteur cascade')) as e (ecriture);

-- By heights, through the tank's gauge table.
select tests.citerne('grande', 'lubumbashi', p_capacite => 500000), tests.citerne('chez_un_ami', 'lubumbashi');
update public.citernes set logique = true where id = tests.id('chez_un_ami');
update public.feature_flags set enabled = true, depots = '{}', users = '{}' where key = 'astm_53b';
create function pg_temp.bareme(p_citerne text, p_valeurs text default 'calorifugee => false') returns void
language plpgsql as $$
begin
  perform tests.agir_comme('directeur');
  execute format('insert into public.baremes (citerne_id, certificat, valide_du, hauteur_max_mm, %s)
      values (tests.id(%L), ''CERT-12'', tests.jour(-10), 3000, %s) returning tests.noter(''bareme'', id)',
    split_part(p_valeurs, ' => ', 1), p_citerne, split_part(p_valeurs, ' => ', 2));
  perform public.importer_bareme(tests.id('bareme'),
    E'hauteur_mm;volume_l\n0;0\n1000;100250\n2000;200480\n3000;300730');
  perform public.activer_bareme(tests.id('bareme'));
  perform tests.redevenir_systeme();
end;
$$;
create function pg_temp.mesurer(p_valeurs text, p_citerne text default 'grande') returns public.v_ecarts_inventaire
language plpgsql as $$
declare
  v_colonnes text;
  v_valeurs text;
  v_ecart public.v_ecarts_inventaire;
begin
  -- The gauger's reading, with what this one says otherwise.
  select string_agg(quote_ident(m.key), ', '), string_agg(coalesce(quote_literal(m.value), 'null'), ', ')
    into v_colonnes, v_valeurs
    from jsonb_each_text('{"hauteur_totale_mm": 2345, "hauteur_eau_mm": 12, "temperature_c": 28.4,
      "temperature_air_c": 24, "temperature_echantillon_c": 29.7, "densite_observee_kgm3": 837.3}'::jsonb
      || p_valeurs::jsonb) m;
  perform tests.agir_comme('operateur');
  execute
    format('insert into public.prises_de_hauteur (citerne_id, %s) values (%L, %s) returning tests.noter(''prise'', id)',
    v_colonnes, tests.id(p_citerne), v_valeurs);
  perform tests.redevenir_systeme();
  select * into v_ecart from public.v_ecarts_inventaire e where e.prise_de_hauteur_id = tests.id('prise');
  return v_ecart;
end;
$$;
create function pg_temp.refus(p_valeurs text, p_citerne text default 'grande') returns text language sql as $$
  select tests.essayer(format('select pg_temp.mesurer(%L, %L)', p_valeurs, p_citerne)) ->> 'message'
$$;

select is(pg_temp.refus('{}'), 'BAREME_ABSENT', 'without a gauge table heights say nothing');
select tests.redevenir_systeme();
select pg_temp.bareme('grande');
-- By hand: 200 480 + 345 × 100,25 = 235 066,25; less 12 × 100,25 = 1 203; × (1 + 1,12e-5 × 7,85)² = 1,00018.
select is(format('%s %s %s %s %s %s', trim_scale(m.volume_total_l), trim_scale(m.volume_eau_l), trim_scale(m.ctsh),
    trim_scale(m.volume_brut_l), trim_scale(m.vcf), trim_scale(m.volume_15c)),
  '235066.25 1203 1.00018 233905 0.9888 231285', 'TOV, water, CTSh, GOV, VCF, NSV: as the gauger has them by hand')
  from pg_temp.mesurer('{}') m;
select is(format('%s %s %s', trim_scale(m.densite_a_15_kgm3), m.masse_vide_t, m.masse_air_t), '847.4 195.991 195.738',
  'and the tonnes they make') from pg_temp.mesurer('{}') m;
select is(format('%s %s %s %s', trim_scale(m.volume_brut_l), trim_scale(m.volume_mesure), trim_scale(m.volume_15c_brut),
    trim_scale(m.volume_15c)), '233905 233788 231285 231169',
      'half a thousandth of sediment and water is taken off both litres')
  from pg_temp.mesurer('{"eau_sediments_pour_cent": 0.05}') m;
select is(trim_scale(m.ctsh), 1.00019, 'without the air''s temperature the shell is as warm as the liquid')
  from pg_temp.mesurer('{"temperature_air_c": null}') m;
select is(m.volume_eau_l, 0.000, 'no water is none') from pg_temp.mesurer('{"hauteur_eau_mm": null}') m;
select is(format('%s %s %s', trim_scale(m.volume_mesure), trim_scale(m.volume_15c), trim_scale(m.ecart_15c)), '0 0 0',
  'an empty tank is gauged too') from pg_temp.mesurer('{"hauteur_totale_mm": 0, "hauteur_eau_mm": 0}') m;
select ok(m.avertissements @> '[{"code": "TEMPERATURES_ECARTEES"}]', 'it is warned of as a movement is')
  from pg_temp.mesurer('{"temperature_c": 12}') m;
select is(pg_temp.refus(v, c), r, format('refused: %s %s', v, r))
  from (values ('{"hauteur_totale_mm": 3000.1}', 'grande', 'JAUGE_HORS_BAREME'),
    ('{"hauteur_totale_mm": -1, "hauteur_eau_mm": null}', 'grande', 'JAUGE_HORS_BAREME'),
    ('{"hauteur_totale_mm": "NaN"}', 'grande', 'JAUGE_HORS_BAREME'),
    ('{"hauteur_eau_mm": 2346}', 'grande', 'JAUGE_INCOHERENTE'),
    ('{"temperature_c": null}', 'grande', 'TEMPERATURE_REQUISE'),
    ('{"temperature_c": 80}', 'grande', 'TEMPERATURE_HORS_PLAGE'),
    ('{"densite_observee_kgm3": 737}', 'grande', 'DENSITE_HORS_PRODUIT'),
    ('{"volume_mesure": 234500}', 'grande', 'MESURES_INCOHERENTES'),
    ('{"mesuree_le": "2020-01-01T00:00:00Z"}', 'grande', 'JAUGE_HORS_DELAI'),
    ('{"mesuree_le": "infinity"}', 'grande', 'JAUGE_HORS_DELAI'),
    ('{}', 'chez_un_ami', 'JAUGE_CITERNE_LOGIQUE'),
    ('{"hauteur_totale_mm": null, "hauteur_eau_mm": null, "volume_mesure": 500001}', 'grande',
      'JAUGE_SUPERIEURE_CAPACITE'))
    t (v, c, r);
select matches(tests.essayer(format('select pg_temp.mesurer(%L)', v)) ->> 'etat', '^(23514|22003|22P02|23502)$',
  format('refused by its column: %s', v))
  from (values ('{"hauteur_eau_mm": -1}'),
    ('{"temperature_air_c": 1000}'), ('{"eau_sediments_pour_cent": 100}'), ('{"hauteur_totale_mm": 1e30}'),
    ('{"type": "AUTRE"}'), ('{"hauteur_totale_mm": null, "hauteur_eau_mm": null}')) t (v);
select tests.redevenir_systeme();
update public.citernes set capacite_totale = 230000 where id = tests.id('grande');
select is(pg_temp.refus('{}'), 'JAUGE_SUPERIEURE_CAPACITE', 'more than the tank holds is refused');
select tests.redevenir_systeme();
update public.citernes set capacite_totale = 500000 where id = tests.id('grande');

-- Compared at 15 °C: what fuel does by its temperature is no gain and no loss.
create function pg_temp.recevoir_densite(p_litres numeric) returns void language plpgsql as $$
begin
  perform tests.cdr('cdr', 'lubumbashi');
  perform tests.agir_comme('operateur');
  insert into public.receptions (cours_de_route_id, citerne_id, volume_ambiant, temperature_ambiante_c,
    densite_a_15_kgm3)
  values (tests.id('cdr'), tests.id('grande'), p_litres, 20, 840);
  perform tests.redevenir_systeme();
end;
$$;
select pg_temp.recevoir_densite(200000);
select is(format('%s %s %s', trim_scale(m.ecart_l), abs(m.ecart_15c) < 20, m.hors_tolerance), '1704 t f',
  'the same fuel 10 °C warmer: litres more, none at 15 °C, within tolerance')
  from pg_temp.mesurer('{"hauteur_totale_mm": null, "hauteur_eau_mm": null, "temperature_echantillon_c": null,
    "densite_observee_kgm3": null, "densite_a_15_kgm3": 840, "volume_mesure": 201704, "temperature_c": 30}') m;
select is(format('%s %s', trim_scale(m.ecart_l), m.hors_tolerance), '4 t', '1 700 L taken away do not hide in the heat')
  from pg_temp.mesurer('{"hauteur_totale_mm": null, "hauteur_eau_mm": null, "temperature_echantillon_c": null,
    "densite_observee_kgm3": null, "densite_a_15_kgm3": 840, "volume_mesure": 200004, "temperature_c": 30}') m
 where (select set_config('tests.rien', '', true)) = '';
select ok(m.avertissements @> '[{"code": "DENSITE_CITERNE"}]' and m.densite_a_15_kgm3 = 840,
  'without a density the tank''s serves, and it says so')
  from pg_temp.mesurer('{"densite_observee_kgm3": null, "temperature_echantillon_c": null}') m;

-- Uncertainty: root of the sum of the squares of the table (2 ‰), the tape (3 mm, twice), the thermometer and the
-- hydrometer.
select is(m.incertitude_15c, round(sqrt((231285 * 0.002) ^ 2 + 2 * (100.25 * 0.9888 * 3) ^ 2
    + (231285.3 * 0.5 * 0.00083413) ^ 2 + (231285.3 * 0.5 * 13.4 * (2 * 186.9696 / 847.4 + 0.4862) / 847.4 ^ 2) ^ 2),
      1),
  'beside the gap stands what the instruments may be wrong by') from pg_temp.mesurer('{}') m;
select is(m.au_dela_incertitude, abs(m.ecart_15c) > m.incertitude_15c, 'so that loss is told from noise')
  from pg_temp.mesurer('{}') m;
select is(m.au_dela_incertitude, null, 'where litres were sent nobody knows it')
  from pg_temp.mesurer('{"hauteur_totale_mm": null, "hauteur_eau_mm": null, "volume_mesure": 200000}') m;

-- The books of the moment it was read, not of the moment it was typed.
select set_config('tests.moment', clock_timestamp()::text, true);
select tests.brouillon('grande', 1000, p_nom => 'commencee');
select tests.valider('commencee');
select is(trim_scale(m.stock_comptable), 200000.0 - 0,
  'what was validated since it was read is not in the books of then')
  from pg_temp.mesurer(format('{"mesuree_le": "%s"}', current_setting('tests.moment'))) m;
select is(trim_scale(m.stock_comptable), 199000.0, 'read now, it is') from pg_temp.mesurer('{}') m;

-- A floating roof: 12 t, in a table that took off none, from 1 800 mm on it floats.
select pg_temp.bareme('grande', 'toit_masse_kg, toit_repose_mm, toit_flotte_mm => 12000, 1500, 1800');
select is(format('%s %s', trim_scale(m.volume_toit_l), trim_scale(m.volume_brut_l)),
  format('%s %s', round(-12000000 / (847.4 * 0.9888), 3), round(233905.345 - 12000000 / (847.4 * 0.9888))),
  'it displaces its weight in fuel') from pg_temp.mesurer('{}') m;
select is(m.volume_toit_l, 0.000, 'on its legs it displaces none')
  from pg_temp.mesurer('{"hauteur_totale_mm": 1400}') m;
select ok(m.avertissements @> '[{"code": "ZONE_CRITIQUE"}]' and m.volume_toit_l between -14000 and -1,
  'between the two it is warned of') from pg_temp.mesurer('{"hauteur_totale_mm": 1650}') m;
select pg_temp.bareme('grande',
  'toit_masse_kg, toit_densite_kgm3, toit_repose_mm, toit_flotte_mm => 12000, 840, 1500, 1800');
select is(trim_scale(m.volume_toit_l), round(12000000 / 840.0 - 12000000 / (847.4 * 0.9888), 3),
  'where the table took it off at a density, the difference counts') from pg_temp.mesurer('{}') m;
select pg_temp.bareme('grande', 'valide_au => tests.jour(-1)');
select ok(m.avertissements @> '[{"code": "BAREME_PERIME"}]', 'a certificate that is over is warned of')
  from pg_temp.mesurer('{}') m;
update public.feature_flags set enabled = false where key = 'astm_53b';
select is(format('%s %s', m.methode_15c, trim_scale(m.vcf)), 'LEGACY 0.98861',
  'where the old formula counts, it counts here')
  from pg_temp.mesurer('{}') m;

select * from finish();
rollback;
