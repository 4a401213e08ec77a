-- Réception: fuel measured into a tank. Inserted means validated, and it never changes afterwards.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(69);

select tests.depot('lubumbashi'), tests.depot('goma');
select tests.depot('a_l_est', 'Pacific/Kiritimati'), tests.depot('a_l_ouest', 'Etc/GMT+12');
select tests.equipe('lubumbashi');
select tests.acteur('gerant', 'goma', 'gerant_goma'), tests.acteur(null, null, 'inconnu');
select tests.citerne('cuve', 'lubumbashi'), tests.citerne('cuve_essence', 'lubumbashi', 'ESS'),
  tests.citerne('cuve_goma', 'goma');
select tests.citerne('cuve_est', 'a_l_est'), tests.citerne('cuve_ouest', 'a_l_ouest');
select tests.cdr('cdr', 'lubumbashi'), tests.cdr('cdr_goma', 'goma'),
  tests.cdr('en_route', 'lubumbashi', p_statut => 'FRONTIERE');
select tests.cdr('cdr_est', 'a_l_est'), tests.cdr('cdr_ouest', 'a_l_ouest');

create function pg_temp.reception(p_valeurs text, p_cdr text default 'cdr', p_citerne text default 'cuve') returns text
language sql as $$
  select
    format(
    'insert into public.receptions (temperature_ambiante_c, cours_de_route_id, citerne_id, %s) values (15, %L, %L, %s)',
    split_part(p_valeurs, '=', 1), tests.id(p_cdr),
    coalesce(tests.id(p_citerne), '33333333-3333-3333-3333-333333333333'),
    split_part(p_valeurs, '=', 2))
$$;
comment on function pg_temp.reception(text, text, text) is 'A réception with "columns = values".';
grant execute on function pg_temp.reception to authenticated, service_role;

-- Who -----------------------------------------------------------------------------------------------------------------

select is(tests.verdict(r, pg_temp.reception('volume_ambiant = 1000')), attendu, format('%s receives: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'done'), ('operateur', 'done'),
    ('pca', 'ROLE_FORBIDDEN'),
               ('lecture', 'ROLE_FORBIDDEN'), ('inconnu', 'ROLE_FORBIDDEN')) as t (r, attendu);
select tests.agir_sans_compte('service_role');
select throws_ok(pg_temp.reception('volume_ambiant = 1000'), 'PT403', 'ROLE_FORBIDDEN',
  'service_role is nobody: it receives nothing');
select tests.agir_sans_compte('anon');
select throws_ok('insert into public.receptions default values', '42501', null, 'anon receives nothing');

-- What is refused -----------------------------------------------------------------------------------------------------

select tests.agir_comme('gerant');
select throws_ok(pg_temp.reception('volume_ambiant = 1', 'en_route'), 'PT409', 'CDR_NON_ARRIVE',
  'a truck that has not arrived is not received');
select is((tests.essayer(pg_temp.reception('volume_ambiant = 1', 'en_route')) ->> 'valeurs')::jsonb ->> 'statut',
  'FRONTIERE',
  'the refusal says where the truck is');
select is(tests.essayer(pg_temp.reception('volume_ambiant = 1', 'cdr_goma', 'cuve_goma')),
  tests.essayer(pg_temp.reception('volume_ambiant = 1', 'inconnu', 'cuve')),
  'the truck of another depot cannot be told from one that does not exist');
select throws_ok(pg_temp.reception('volume_ambiant = 1', 'cdr_goma'), 'PT404', 'INTROUVABLE',
  'a truck that is not seen is not found');
select throws_ok(pg_temp.reception('volume_ambiant = 1', 'cdr', t.citerne), 'PT422', 'CITERNE_INACTIVE_OR_INCOMPATIBLE',
    t.quoi || ' takes no fuel')
  from (values ('cuve_essence', 'a tank of another product'), ('cuve_goma', 'a tank of another depot'),
               ('nulle_part', 'a tank that does not exist')) as t (citerne, quoi);
select throws_ok(pg_temp.reception('volume_ambiant, produit_id = 1, ''640cf7ec-1616-4503-a484-0a61afb20005'''), 'PT422',
  'CITERNE_INACTIVE_OR_INCOMPATIBLE', 'a product that is not the truck''s is refused');
select tests.agir_comme('admin');
select throws_ok(pg_temp.reception('volume_ambiant = 1', 'cdr', 'cuve_goma'), 'PT422',
  'CITERNE_INACTIVE_OR_INCOMPATIBLE',
  'a truck sent to one depot is not received at another, even by an admin who sees both');
select tests.agir_comme('gerant');
select throws_ok(pg_temp.reception('volume_ambiant, proprietaire_type = 1, ''PARTENAIRE'''), 'PT422',
  'PARTENAIRE_REQUIS',
  'the fuel of a partner names the partner');
select throws_ok(pg_temp.reception('volume_ambiant, proprietaire_type = 1, ''VOISIN'''), '23514', null,
  'fuel is ours or a partner''s');
select throws_ok(pg_temp.reception(v), 'PT422', refus, promesse)
  from (values
    ('note = null', 'INDICES_MANQUANTS', 'neither volume nor indices is refused'),
    ('index_avant = 10', 'INDICES_MANQUANTS', 'one index alone is refused'),
    ('volume_ambiant, index_apres = 10, 10', 'INDICES_MANQUANTS', 'one index is refused even with a volume'),
    ('index_avant, index_apres = 10, 10', 'INDEX_INCOHERENTS', 'a meter that did not turn is refused'),
    ('index_avant, index_apres = 10, 9', 'INDEX_INCOHERENTS', 'a meter that turned backwards is refused'),
    ('volume_ambiant, index_avant, index_apres = 100.501, 0, 100', 'INDEX_INCOHERENTS',
      'volume and indices half a litre apart are refused'),
    ('volume_ambiant, index_avant, index_apres = 40.3, 0, 40', 'INDEX_INCOHERENTS',
      'of a small volume, 0.5 % apart are too much'),
    ('volume_ambiant, volume_observe = 1000, 1000.6', 'MESURES_INCOHERENTES',
      'two volumes half a litre apart are refused'),
    ('volume_ambiant, volume_observe = 40, 40.3', 'MESURES_INCOHERENTES', 'two small volumes 0.5 % apart are refused'),
    ('volume_ambiant = 0', 'VOLUME_AMBIANT_NON_POSITIF', 'zero litres are refused'),
    ('volume_ambiant = 0.0004', 'VOLUME_AMBIANT_NON_POSITIF', 'less than a millilitre is refused'),
    ('volume_ambiant = -5', 'VOLUME_AMBIANT_NON_POSITIF', 'negative litres are refused')) as t (v, refus, promesse);
select throws_ok(pg_temp.reception('volume_ambiant = ' || v), etat, null, v || ' litres are refused')
  from (values ('''NaN''', '23514'), ('1e9', '23514'), ('1e300', '22003'), ('''Infinity''', '22003')) as t (v, etat);
select throws_ok(format(pg_temp.reception('volume_ambiant, date_reception = 1, %L'), tests.jour(1)), 'PT422',
  'DATE_FUTURE',
  'tomorrow is refused');
select throws_ok(pg_temp.reception('volume_ambiant, date_reception = 1, ''infinity'''), 'PT422', 'DATE_FUTURE',
  'the end of time is refused');
select throws_ok(pg_temp.reception('volume_ambiant, date_reception = 1, ''2019-12-31'''), '23514', null,
  'a day before 2020 is refused');

-- Each depot has its own day: 26 hours lie between these two.
select tests.agir_comme('admin');
select lives_ok(format(pg_temp.reception('volume_ambiant, date_reception = 1, %L', 'cdr_est', 'cuve_est'),
  (now() at time zone 'Pacific/Kiritimati')::date), 'the day it already is at the depot is accepted');
select throws_ok(format(pg_temp.reception('volume_ambiant, date_reception = 1, %L', 'cdr_ouest', 'cuve_ouest'),
  (now() at time zone 'Pacific/Kiritimati')::date), 'PT422', 'DATE_FUTURE',
    'the day it is not yet at the depot is refused');
select lives_ok(pg_temp.reception('volume_ambiant = 1', 'cdr_ouest', 'cuve_ouest'),
  'a réception without a day is accepted');
select results_eq('select date_reception from public.receptions where citerne_id = tests.id(''cuve_ouest'')',
  $$values ((now() at time zone 'Etc/GMT+12')::date)$$, 'its day is today, where the depot is');

-- What is kept --------------------------------------------------------------------------------------------------------

select tests.agir_en_base('operateur');
insert into public.receptions (id, temperature_ambiante_c, cours_de_route_id, citerne_id, depot_id, index_avant,
  index_apres, statut, created_by, validated_by,
  methode_15c, vcf, created_at)
values (tests.noter('reception', gen_random_uuid()), 15, tests.id('cdr'), tests.id('cuve'), tests.id('goma'), 1000,
  3500.5, 'rejetee',
  tests.id('admin'), tests.id('admin'), 'SEP', 0.5, '2001-01-01');
select results_eq('select volume_ambiant, volume_observe from public.receptions where id = tests.id(''reception'')',
  'values (2500.5, 2500.5)', 'without a volume, the meter gives it');
select results_eq('select statut, depot_id, created_by, validated_by, methode_15c, vcf, created_at from public.receptions
    where id = tests.id(''reception'')',
  $$values ('validee', tests.id('lubumbashi'), tests.id('operateur'), tests.id('operateur'), 'LEGACY', 1.0, now())$$,
  'the server''s columns are the server''s, whatever was sent');
select tests.redevenir_systeme();
select is(tests.trace('RECEPTION_CREEE', tests.id('reception')), 'receptions INFO', 'a réception is logged');
select is((select c.statut from public.cours_de_route c where c.id = tests.id('cdr')), 'DECHARGE',
  'a réception closes its CDR');
select is(tests.verdict('gerant', pg_temp.reception('volume_ambiant = 1')), 'CDR_NON_ARRIVE',
  'a truck is received once');
select tests.cdr('deux_fois', 'lubumbashi');
select is(tests.verdict('gerant', pg_temp.reception('volume_ambiant = 1', 'deux_fois')
    || format(', (15, %L, %L, 1)', tests.id('deux_fois'), tests.citerne('autre_cuve', 'lubumbashi'))),
  'done', 'one truck may fill two tanks, in one statement');
select isnt(tests.verdict('gerant', pg_temp.reception('volume_ambiant = 1', 'deux_fois')
    || format(', (15, %L, %L, 1)', tests.id('deux_fois'), tests.id('cuve'))),
  'done', 'but not one tank twice');
select tests.citerne('grande_cuve', 'lubumbashi', p_capacite => 900000);
select is(tests.verdict('gerant', format(
    'insert into public.receptions (temperature_ambiante_c, cours_de_route_id, citerne_id, volume_ambiant, compartiment,
       confirmer) values (15, %1$L, %2$L, %3$s, 1, %4$L), (25, %1$L, %2$L, 100, 2, %4$L)', tests.id('deux_fois'),
    tests.id('grande_cuve'), v.volume, v.confirmer)), v.attendu, v.quoi)
  from (values (700, false, 'done', 'unless from two compartments'),
    (399900, false, 'VOLUME_HORS_ANNONCE', 'ten times what was announced, all compartments together: refused'),
    (399900, true, 'done', 'unless it was read again')) v (volume, confirmer, attendu, quoi);
select is(tests.verdict('gerant', pg_temp.reception('volume_ambiant = 40', 'deux_fois')), 'VOLUME_HORS_ANNONCE',
  'cubic metres are not taken for litres');
select is(tests.verdict('gerant', pg_temp.reception('volume_observe = 700', 'deux_fois')), 'done',
  'volume_observe serves where volume_ambiant was not sent');

-- Seen ----------------------------------------------------------------------------------------------------------------

select is(tests.verdict(r, 'select from public.receptions where id = tests.id(''reception'')'), attendu,
    format('a réception, for %s: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'done'), ('operateur', 'done'), ('pca', 'done'),
               ('lecture', 'done'), ('gerant_goma', 'nothing'), ('inconnu', 'nothing')) as t (r, attendu);
select is(tests.verdict(r, 'select public.validate_reception(tests.id(''reception''))'), attendu,
    format('validate_reception on a validated réception, for %s: %s', r, attendu))
  from (values ('gerant', 'done'), ('operateur', 'done'), ('lecture', 'ROLE_FORBIDDEN'), ('pca', 'ROLE_FORBIDDEN'),
               ('gerant_goma', 'INVALID_ID_OR_STATE')) as t (r, attendu);
select is(tests.stock('cuve'), '2500.5 / 2500.5', 'validate_reception moves no stock');

select * from finish();
rollback;
