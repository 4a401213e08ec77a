-- Fuel at a friend's depot: a tank of ours that stands elsewhere has no dip and no bottom, and closes only empty.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(21);

select tests.depot(), tests.equipe(), tests.citerne('cuve'), tests.citerne('chez_ami', p_securite => 900);
select tests.agir_comme('directeur');
with fait as (insert into public.depots_amis (nom) values ('Dépôt ami ' || gen_random_uuid()) returning id)
select isnt(tests.noter('ami', id), null, 'a directeur records a friend''s depot') from fait;
select throws_ok($$update public.citernes set depot_ami_id = tests.id('ami') where id = tests.id('cuve')$$, '23514',
  null, 'a tank of ours stands at none');
select lives_ok($$update public.citernes set logique = true, depot_ami_id = tests.id('ami')
  where id = tests.id('chez_ami')$$, 'a logical one may');
select alike(tests.verdict('gerant', $$insert into public.depots_amis (nom) values ('X')$$), '%row-level security%',
  'a gerant records none');
select tests.recevoir('cuve', 1000), tests.recevoir('chez_ami', 1000, p_nom => 'recue');

create function pg_temp.sortir(p_volume numeric, p_note text default null) returns text language sql as $$
  select format('select public.creer_et_valider_sortie(%L)', jsonb_build_object('citerne_id', tests.id('chez_ami'),
    'client_id', tests.id('client'), 'volume_ambiant', p_volume, 'temperature_ambiante_c', 15, 'note', p_note))
$$;
create function pg_temp.recevoir(p_note text) returns text language sql as $$
  select format('insert into public.receptions (citerne_id, proprietaire_type, partenaire_id, volume_ambiant,
    temperature_ambiante_c, note) values (%L, ''PARTENAIRE'', %L, 100, 15, %L)', tests.id('chez_ami'),
    tests.id('partenaire'), p_note)
$$;
select tests.noter('client', tests.tiers('clients')), tests.noter('partenaire', tests.tiers('partenaires'));

select tests.agir_en_base('gerant');
select lives_ok(pg_temp.sortir(200), 'it has no bottom of ours to keep');
select is((select v.stock_15c_depots_amis from public.v_kpi_stock_global v where v.depot_id = tests.id('depot')),
  800.000, 'what lies there is counted apart');
select is((select v.stock_15c_total from public.v_kpi_stock_global v where v.depot_id = tests.id('depot')), 1800.000,
  'and in the sum, as the client has it');
select is((select v.logique from public.v_stock_actuel v where v.citerne_id = tests.id('chez_ami')), true,
  'the stock says where it lies');
select throws_ok($$insert into public.prises_de_hauteur (citerne_id, volume_mesure)
  values (tests.id('chez_ami'), 800)$$, 'PT422', 'JAUGE_CITERNE_LOGIQUE', 'nobody here dips it');
select lives_ok(pg_temp.recevoir(null), 'without the option nothing need be noted');

select tests.redevenir_systeme();
update public.feature_flags set enabled = true where key = 'citerne_logique_notes';
select tests.agir_en_base('gerant');
select throws_ok(pg_temp.recevoir(n.note), 'PT422', 'NOTE_REQUISE', 'with it, a réception is: ' || n.quoi)
  from (values (null, 'nothing'), ('', 'an empty one'), (e' \t\n', 'blanks')) n (note, quoi);
select lives_ok(pg_temp.recevoir('Bon 12 du dépôt ami'), 'one that says something is enough');
select throws_ok(pg_temp.sortir(10), 'PT422', 'NOTE_REQUISE', 'so is a sortie');
select lives_ok(pg_temp.sortir(10, 'Bon 13 du dépôt ami'), 'likewise');
select is(tests.verdict('gerant', format('select public.creer_et_valider_sortie(%L)', jsonb_build_object('citerne_id',
  tests.id('cuve'), 'client_id', tests.id('client'), 'volume_ambiant', 10, 'temperature_ambiante_c', 15))), 'done',
  'a tank of ours needs none');

select tests.agir_comme('directeur');
select throws_ok($$update public.citernes set statut = 'inactive' where id = tests.id('chez_ami')$$, 'PT409',
  'CITERNE_NON_VIDE', 'it closes only empty');
select throws_ok($$update public.citernes set statut = 'inactive', logique = false, depot_ami_id = null
  where id = tests.id('chez_ami')$$, 'PT409', 'CITERNE_NON_VIDE', 'whatever else is said of it');
select lives_ok($$update public.citernes set statut = 'maintenance' where id = tests.id('chez_ami')$$,
  'it may rest meanwhile');
update public.depots_amis set actif = false where id = tests.id('ami');
select throws_ok($$update public.citernes set logique = true, depot_ami_id = tests.id('ami')
  where id = tests.id('cuve')$$, 'PT422', 'REFERENTIEL_INACTIF', 'no tank goes to a friend who is one no more');

select * from finish();
rollback;
