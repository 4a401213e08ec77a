-- Meters: GSV = index × MF × CTL × CPL, by the factor of the day; no litre is read twice.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(26);

select tests.depot('lubumbashi');
select tests.equipe('lubumbashi');
select tests.citerne('cuve', 'lubumbashi', p_capacite => 500000), tests.citerne('autre', 'lubumbashi');
update public.feature_flags set enabled = true, depots = '{}', users = '{}' where key = 'astm_53b';

create function pg_temp.etalonner(p_nom text, p_numero text, p_facteur numeric, p_jour int, p_citerne text default
  'cuve')
returns void language plpgsql as $$
begin
  perform tests.agir_comme('directeur');
  insert into public.compteurs (numero, citerne_id, facteur, valide_du, certificat)
  values (p_numero, tests.id(p_citerne), p_facteur, tests.jour(p_jour), 'OCC') returning tests.noter(p_nom, id)::text
    into p_nom;
  perform tests.redevenir_systeme();
end;
$$;
create function pg_temp.recevoir(p_avant numeric, p_apres numeric, p_compteur text default 'mf',
  p_volume numeric default null,
  p_jour int default 0) returns public.receptions language plpgsql as $$
declare
  v_reception public.receptions;
begin
  perform tests.cdr('cdr', 'lubumbashi');
  perform tests.agir_comme('operateur');
  insert into public.receptions (cours_de_route_id, citerne_id, compteur_id, index_avant, index_apres, volume_ambiant,
    temperature_ambiante_c, densite_a_15_kgm3, date_reception)
  values (tests.id('cdr'), tests.id('cuve'), tests.id(p_compteur), p_avant, p_apres, p_volume, 25, 840,
    tests.jour(p_jour))
  returning * into v_reception;
  perform tests.redevenir_systeme();
  perform tests.noter('recue', v_reception.id);
  return v_reception;
end;
$$;
create function pg_temp.refus(p_appel text) returns text language sql as $$
  select tests.essayer('select pg_temp.recevoir(' || p_appel || ')') ->> 'message'
$$;
create function pg_temp.sortir(p_avant numeric, p_apres numeric) returns void language plpgsql as $$
declare
  v_id uuid;
begin
  perform tests.agir_comme('gerant');
  insert into public.sorties_produit (citerne_id, client_id, compteur_id, index_avant, index_apres,
    temperature_ambiante_c)
  values (tests.id('cuve'), tests.tiers('clients'), tests.id('mf'), p_avant, p_apres, 25) returning id into v_id;
  perform tests.redevenir_systeme();
  perform tests.noter('sortie', v_id);
end;
$$;

select is(tests.verdict(r, $$insert into public.compteurs (numero, citerne_id, facteur, valide_du, certificat)
  values ('X', tests.id('cuve'), 1, tests.jour(), 'C')$$), attendu, format('%s records a meter: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'ROLE_FORBIDDEN'), ('operateur', 'ROLE_FORBIDDEN'),
    ('pca', 'ROLE_FORBIDDEN'), ('lecture', 'ROLE_FORBIDDEN')) t (r, attendu);
select pg_temp.etalonner('mf', 'C-1', 0.9985, -30), pg_temp.etalonner('ailleurs', 'C-2', 1, -30, 'autre');
select is(tests.trace('COMPTEUR_ETALONNE', tests.id('mf')), 'compteurs WARNING', 'which is logged');

-- 40 000 indicated × 0,9985 = 39 940 L; × 0,9915 = 39 601 L at 15 °C.
select is(format('%s %s %s %s', trim_scale(r.volume_ambiant), trim_scale(r.facteur_compteur), trim_scale(r.vcf),
  trim_scale(r.volume_15c)), format('39940 0.9985 %s %s', trim_scale(r.vcf), round(39940 * r.vcf)),
  'index × MF × CTL') from pg_temp.recevoir(1000, 41000) r;
select is(trim_scale(r.volume_observe), 5000.0 - 0,
  'what the meter indicated stays beside it, and must agree with its indices')
  from pg_temp.recevoir(41000, 46000, p_volume => 5000) r;
select is(pg_temp.refus($$46000, 51000, p_volume => 4000$$), 'INDEX_INCOHERENTS', 'another volume is refused');
select tests.redevenir_systeme();
select is(pg_temp.refus(v), c, format('refused: %s %s', v, c))
  from (values ('null, null, p_volume => 100', 'INDICES_MANQUANTS'), ('46000, 47000, ''ailleurs''', 'COMPTEUR_INCONNU'),
    ('46000, 47000, p_jour => -31', 'COMPTEUR_INCONNU'), ('40999, 42000', 'COMPTEUR_CHEVAUCHEMENT'),
    ('0, 1001', 'COMPTEUR_CHEVAUCHEMENT'), ('500, 60000', 'COMPTEUR_CHEVAUCHEMENT')) t (v, c);
select tests.redevenir_systeme();
select is(r.avertissements, '[]'::jsonb, 'where the last one stopped is no overlap, and no gap')
  from pg_temp.recevoir(46000, 47000) r;
select ok(r.avertissements @> '[{"code": "COMPTEUR_TROU"}]',
  'litres that nobody counted between two readings are warned of')
  from pg_temp.recevoir(47100, 48000) r;

-- The factor of its day.
select pg_temp.etalonner('mf2', 'c-1 ', 1.0005, 0);
select is(format('%s %s', r.compteur_id = tests.id('mf2'), trim_scale(r.facteur_compteur)), 't 1.0005',
  'the calibration of its day counts, whichever of the meter was named') from pg_temp.recevoir(48000, 49000) r;
select is(trim_scale(r.facteur_compteur), 0.9985, 'for a day before it, the one of then')
  from pg_temp.recevoir(49000, 50000, p_jour => -1) r;
select is(pg_temp.refus('1500, 1600, ''mf2'''), 'COMPTEUR_CHEVAUCHEMENT', 'both are one meter');
select tests.redevenir_systeme();

-- Sorties too, at validation; what is compensated frees its readings.
select pg_temp.sortir(50000, 51000), tests.redevenir_systeme(), tests.valider();
select is((select format('%s %s', trim_scale(s.volume_ambiant), trim_scale(s.facteur_compteur))
  from public.sorties_produit s
  where s.id = tests.id('sortie')), '1000.5 1.0005', 'a sortie is read by its meter when it is validated');
select pg_temp.sortir(50500, 51500), tests.redevenir_systeme();
select is(tests.essayer('select tests.valider()') ->> 'message', 'COMPTEUR_CHEVAUCHEMENT', 'and no litre leaves twice');
select pg_temp.recevoir(60000, 61000);
select tests.agir_comme('admin'), public.admin_compensate_reception(tests.id('recue'), 'Camion compté deux fois'),
  tests.redevenir_systeme();
select lives_ok('select pg_temp.recevoir(60000, 61000)', 'a compensated movement frees what it read');

-- Without a meter of the register, the depot's own factor.
select is(r.facteur_compteur, null, 'without a factor nothing is said of one') from pg_temp.recevoir(0, 1000, null) r;
insert into astm.profils_calcul (nom, depot_id, facteur_compteur) values ('Essai', tests.id('lubumbashi'), 1.002);
select is(format('%s %s', trim_scale(r.volume_ambiant), trim_scale(r.facteur_compteur)), '1002 1.002',
  'the profile''s factor counts where both indices were read') from pg_temp.recevoir(0, 1000, null) r;

select * from finish();
rollback;
