-- A draft may be completed; what the server writes, and what is validated, may not be touched.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(58);

select tests.depot('lubumbashi'), tests.depot('goma'), tests.depot('a_l_est', 'Pacific/Kiritimati'),
  tests.depot('a_l_ouest', 'Etc/GMT+12');
select tests.equipe('lubumbashi');
select tests.acteur('gerant', 'goma', 'gerant_goma'), tests.acteur(null, null, 'inconnu');
select tests.citerne('cuve', 'lubumbashi'), tests.citerne('cuve_goma', 'goma'), tests.citerne('autre', 'lubumbashi');
select tests.citerne('cuve_est', 'a_l_est'), tests.citerne('cuve_ouest', 'a_l_ouest');
select tests.recevoir('cuve', 10000, -3);
select tests.noter('client', tests.tiers('clients'));

create function pg_temp.sortie(p_citerne text, p_valeurs text default 'statut = ''brouillon''') returns text
  language sql as $$
  select
    format(
    'insert into public.sorties_produit (citerne_id, client_id, volume_ambiant, temperature_ambiante_c, %s) values '
    '(%L, %L, 100, 15, %s)',
    split_part(p_valeurs, '=', 1), coalesce(tests.id(p_citerne), '33333333-3333-3333-3333-333333333333'),
    tests.id('client'),
    split_part(p_valeurs, '=', 2))
$$;
comment on function pg_temp.sortie(text, text) is 'A draft of 100 litres with "columns = values".';
create function pg_temp.regler_compat(p_enabled boolean, p_depots uuid[], p_users uuid[]) returns void
  language sql as $$
  update public.feature_flags set enabled = p_enabled, depots = p_depots, users = p_users where key =
    'sortie_directe_compat'
$$;
grant execute on function pg_temp.sortie to authenticated, service_role;

-- Written -------------------------------------------------------------------------------------------------------------

select is(tests.verdict(r, pg_temp.sortie('cuve')), attendu, format('%s writes a draft: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'done'), ('operateur', 'done'),
    ('pca', 'ROLE_FORBIDDEN'),
               ('lecture', 'ROLE_FORBIDDEN'), ('inconnu', 'ROLE_FORBIDDEN')) as t (r, attendu);
select tests.agir_sans_compte('service_role');
select throws_ok(pg_temp.sortie('cuve'), 'PT403', 'ROLE_FORBIDDEN', 'service_role is nobody: it writes no draft');
select tests.agir_comme('operateur');
select throws_ok(pg_temp.sortie(c), 'PT422', 'CITERNE_INACTIVE_OR_INCOMPATIBLE', quoi || ' has no drafts')
  from (values ('cuve_goma', 'a tank of another depot'), ('nulle_part', 'a tank that does not exist')) as t (c, quoi);
select throws_ok(pg_temp.sortie('cuve', 'index_avant = ' || v), etat, null, format('a meter index of %s is refused', v))
  from (values ('''NaN''', '23514'), ('-1', '23514'), ('1e12', '22003')) as t (v, etat);
select tests.agir_en_base('operateur');
insert into public.sorties_produit (id, citerne_id, client_id, volume_ambiant, depot_id, created_by, validated_by,
  methode_15c, vcf,
  motif_rejet, date_jour, created_at, date_sortie, volume_corrige_15c, densite_a_15)
values (tests.noter('sortie', gen_random_uuid()), tests.id('cuve'), tests.id('client'), 100, tests.id('goma'),
  tests.id('admin'),
  tests.id('admin'), 'SEP', 0.5, 'x', '2021-01-01', '2021-01-01', tests.midi(-2), 99, 840);
select results_eq('select statut, depot_id, created_by, validated_by, methode_15c, vcf, motif_rejet, date_jour, created_at
    from public.sorties_produit where id = tests.id(''sortie'')',
  $$values ('brouillon', tests.id('lubumbashi'), tests.id('operateur'), null::uuid, null, null::numeric, null,
    tests.jour(-2), now())$$,
  'the server''s columns are the server''s, whatever was sent');
select
  results_eq(
  'select volume_15c, volume_corrige_15c, densite_a_15, densite_a_15_kgm3 from public.sorties_produit where id = '
  'tests.id(''sortie'')',
  'values (99.0, 99.0, 840.0, 840.0)', 'both names of a figure have the figure');
select tests.redevenir_systeme();
select is(tests.stock('cuve'), '10000 / 10000', 'a draft moves no litre');
select is(tests.trace('SORTIE_CREEE', tests.id('sortie')), 'sorties INFO', 'a draft is logged');
select tests.agir_comme('admin');
select lives_ok(pg_temp.sortie(c, 'date_sortie = now()'), 'a draft is written at ' || c)
  from unnest('{cuve_est,cuve_ouest}'::text[]) as c;
select
  results_eq(
  'select date_jour from public.sorties_produit where citerne_id in (tests.id(''cuve_est''), tests.id(''cuve_ouest'')) '
  'order by 1 desc',
  $$values ((now() at time zone 'Pacific/Kiritimati')::date), ((now() at time zone 'Etc/GMT+12')::date)$$,
  'one moment is another day of stock at each depot');
select tests.redevenir_systeme();

-- Completed -----------------------------------------------------------------------------------------------------------

create function pg_temp.completer(p_changement text) returns text language sql
return format('update public.sorties_produit set %s where id = tests.id(''sortie'')', p_changement);
grant execute on function pg_temp.completer to authenticated, service_role;
select is(tests.verdict(r, pg_temp.completer('note = ''x''')), attendu, format('%s completes a draft: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'done'), ('operateur', 'done'),
    ('pca', 'ROLE_FORBIDDEN'),
               ('lecture', 'ROLE_FORBIDDEN'), ('inconnu', 'ROLE_FORBIDDEN'), ('gerant_goma', 'nothing')) as t (r,
               attendu);
select tests.agir_en_base('gerant');
select lives_ok(pg_temp.completer(format('citerne_id = %L, depot_id = %L, created_by = %L, validated_by = %L, motif_rejet = ''x'', vcf = 0.5,
    methode_15c = ''SEP'', created_at = ''2021-01-01'', date_jour = ''2021-01-01'', id = gen_random_uuid(), chauffeur_nom = ''Ilunga''',
    tests.id('autre'), tests.id('goma'), tests.id('admin'), tests.id('admin'))), 'a draft may be completed');
select results_eq('select chauffeur_nom, citerne_id, depot_id, created_by, validated_by, motif_rejet, vcf, methode_15c, created_at, date_jour
    from public.sorties_produit where id = tests.id(''sortie'')',
  $$values ('Ilunga', tests.id('cuve'), tests.id('lubumbashi'), tests.id('operateur'), null::uuid, null, null::numeric,
    null, now(), tests.jour(-2))$$,
  'the server''s columns stay, whatever was sent');
select tests.agir_comme('gerant');
select lives_ok(pg_temp.completer('date_sortie = tests.midi(-1), volume_corrige_15c = 98, densite_a_15 = 850'),
  'day and figures may be corrected');
select results_eq('select date_jour, volume_15c from public.sorties_produit where id = tests.id(''sortie'')',
  'values (tests.jour(-1), 98.0)', 'the day of stock follows the date, and one volume at 15 °C the other');
select results_eq('select densite_a_15, densite_a_15_kgm3 from public.sorties_produit where id = tests.id(''sortie'')',
  'values (850.0, 850.0)', 'one density at 15 °C follows the other');
select lives_ok(pg_temp.completer('volume_15c = 97'), 'the volume at 15 °C may be corrected under its newer name');
select is((select s.volume_corrige_15c from public.sorties_produit s where s.id = tests.id('sortie')), 97.0,
  'the older name of the volume at 15 °C follows the newer');
select throws_ok(pg_temp.completer(format('statut = %L', s)), 'PT403', 'ECRITURE_INTERDITE',
  'a draft is not made ' || s || ' by hand')
  from unnest('{validee,rejetee}'::text[]) as s;
select throws_ok('delete from public.sorties_produit', '42501', null, 'no client deletes a draft');
select tests.redevenir_systeme();
select throws_ok('delete from public.sorties_produit', 'PT403', 'ECRITURE_INTERDITE', 'the owner deletes no draft');

-- Validated at once, for older clients --------------------------------------------------------------------------------

select pg_temp.regler_compat(false, '{}', '{}');
select is(tests.verdict('gerant', pg_temp.sortie('cuve', format('statut = %L', s))),
  'SORTIE_VALIDATION_DIRECTE_INTERDITE',
    'without the flag, a sortie inserted as ' || s || ' is refused') from unnest('{validee,rejetee}'::text[]) as s;
select pg_temp.regler_compat(true, '{}', '{}');
select is(tests.verdict(r, pg_temp.sortie('cuve', v)), attendu, promesse)
  from (values
    ('gerant', 'statut = ''validee''', 'done', 'with the flag, a sortie inserted as validated is validated'),
    ('operateur', 'statut = ''validee''', 'done', 'with the flag, an operateur''s is taken too'),
    ('gerant', 'statut, date_sortie = ''validee'', tests.midi(-4)', 'STOCK_FUTUR_NEGATIF',
      'a sortie inserted as validated has its days checked'),
    ('gerant', 'statut, proprietaire_type, partenaire_id = ''validee'', ''PARTENAIRE'', tests.tiers(''partenaires'')',
      'SORTIE_STOCK_INTROUVABLE', 'a sortie inserted as validated has its stock checked'),
    ('gerant', 'statut = ''rejetee''', 'SORTIE_VALIDATION_DIRECTE_INTERDITE', 'a sortie is never inserted as rejected')
  ) as t (r, v, attendu, promesse);
select tests.agir_comme('gerant');
insert into public.sorties_produit (id, citerne_id, client_id, volume_ambiant, temperature_ambiante_c, statut)
values (tests.noter('directe', gen_random_uuid()), tests.id('cuve'), tests.id('client'), 100, 15, 'validee');
select
  results_eq(
  'select statut, validated_by, volume_15c, methode_15c from public.sorties_produit where id = tests.id(''directe'')',
  $$values ('validee', tests.id('gerant'), 100.0, 'LEGACY')$$,
  'a sortie inserted as validated gets its author as validator, and its figures');
select tests.redevenir_systeme();
select is(tests.stock('cuve'), '9900 / 9900', 'a sortie inserted as validated is debited');
select is(tests.trace('SORTIE_VALIDEE', tests.id('directe')), 'sorties INFO',
  'a sortie inserted as validated is logged');
select tests.agir_comme('gerant');
insert into public.sorties_produit (citerne_id, client_id, volume_ambiant, temperature_ambiante_c, statut, note)
values (tests.id('cuve'), tests.id('client'), 10, 15, 'validee', 'ensemble'),
  (tests.id('cuve'), tests.id('client'), 20, 15, 'validee', 'ensemble');
select is((select count(*) from public.sorties_produit s where s.note = 'ensemble' and s.statut = 'validee'), 2::bigint,
  'two sorties inserted as validated in one statement are both validated');
-- What the app of today sends of a sortie: meter indices, a density at 15 °C in kg/L or kg/m³, none observed.
select
  is(tests.verdict('gerant',
  pg_temp.sortie('cuve', 'statut, index_avant, index_apres, densite_a_15_kgm3 = ''validee'', 0, 100, ' || d)), 'done',
  'the app''s sortie passes with a density of ' || d) from unnest('{0.84,840}'::text[]) as d;
select tests.agir_comme('operateur');
insert into public.sorties_produit (id, citerne_id, client_id, volume_ambiant, temperature_ambiante_c,
  densite_a_15_kgm3, statut)
values (tests.noter('de_l_operateur', gen_random_uuid()), tests.id('cuve'), tests.id('client'), 10, 25, 0.84,
  'validee');
select
  results_eq(
  'select statut, trim_scale(densite_a_15_kgm3) from public.sorties_produit where id = tests.id(''de_l_operateur'')',
  $$values ('brouillon', 840::numeric)$$, 'an operateur''s is kept as a draft, its density in kg/m³');
select tests.redevenir_systeme();
select is(tests.stock('cuve'), '9870 / 9870', 'and moves no litre');
select tests.agir_comme('gerant');
select public.validate_sortie(tests.id('de_l_operateur'));
select is((select s.statut from public.sorties_produit s where s.id = tests.id('de_l_operateur')), 'validee',
  'a validator then validates it');
select tests.redevenir_systeme();
select pg_temp.regler_compat(true, array[tests.id('goma')], '{}');
select is(tests.verdict('gerant', pg_temp.sortie('cuve', 'statut = ''validee''')),
  'SORTIE_VALIDATION_DIRECTE_INTERDITE',
  'a flag limited to another depot opens nothing here');
select pg_temp.regler_compat(true, array[tests.id('lubumbashi')], array[tests.id('gerant')]);
select is(tests.verdict('gerant', pg_temp.sortie('cuve', 'statut = ''validee''')), 'done',
  'a flag for this depot and user opens the way');
select is(tests.verdict('directeur', pg_temp.sortie('cuve', 'statut = ''validee''')),
  'SORTIE_VALIDATION_DIRECTE_INTERDITE',
  'a flag for another user opens nothing');

select * from finish();
rollback;
