-- Each partner owns its own litres: the accounts are the sum of their movements, and add up to the partners' stock.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(44);

select tests.depot(), tests.equipe(), tests.citerne('a'), tests.citerne('b'), tests.citerne('c');
select tests.noter(n, tests.tiers('partenaires')) from unnest('{un,deux}'::text[]) n;

create function pg_temp.comptes() returns text language sql as $$
  select string_agg(format('%s %s/%s', case c.partenaire_id when tests.id('un') then 'un' when tests.id('deux') then
    'deux' else 'personne' end, trim_scale(c.solde_ambiant), trim_scale(c.solde_15c)), ', '
    order by c.partenaire_id = tests.id('un') desc nulls last, c.partenaire_id nulls last)
    from public.v_comptes_partenaires c where c.depot_id = tests.id('depot')
$$;
create function pg_temp.recevoir(p_qui text, p_volume numeric, p_jour int default 0, p_citerne text default 'a')
returns uuid language sql as $$
  insert into public.receptions (citerne_id, proprietaire_type, partenaire_id, volume_ambiant, temperature_ambiante_c,
    volume_corrige_15c, date_reception)
  values (tests.id(p_citerne), 'PARTENAIRE', tests.id(p_qui), p_volume, 15, p_volume, tests.jour(p_jour))
  returning tests.noter('recue_' || p_qui, id)
$$;
create function pg_temp.sortir(p_qui text, p_volume numeric, p_jour int default 0, p_citerne text default 'a')
returns text language sql as $$
  select format('select public.creer_et_valider_sortie(%L)', jsonb_build_object('citerne_id', tests.id(p_citerne),
    'proprietaire_type', 'PARTENAIRE', 'partenaire_id', tests.id(p_qui), 'volume_ambiant', p_volume,
    'temperature_ambiante_c', 15, 'volume_corrige_15c', p_volume, 'date_sortie', tests.midi(p_jour)))
$$;

select tests.agir_en_base('admin');
select lives_ok($$select pg_temp.recevoir('un', 1000, -5), pg_temp.recevoir('deux', 600, -3, 'b')$$,
  'two partners bring fuel');
select is(pg_temp.comptes(), 'un 1000/1000, deux 600/600', 'each has an account, whatever the tank');
select lives_ok(pg_temp.sortir('un', 100, -2), 'one takes some of its own');
select is(pg_temp.comptes(), 'un 900/900, deux 600/600', 'its account pays');
select lives_ok($$insert into public.transferts (citerne_source_id, citerne_destination_id, proprietaire_type,
    volume_ambiant, temperature_ambiante_c, date_jour)
  values (tests.id('a'), tests.id('b'), 'PARTENAIRE', 300, 15, tests.jour(-1))$$, 'fuel is pumped from tank to tank');
select is(pg_temp.comptes(), 'un 900/900, deux 600/600', 'which moves no account');
select lives_ok($$insert into public.receptions (cours_de_route_id, citerne_id, partenaire_id, volume_ambiant,
    temperature_ambiante_c) values (tests.cdr(), tests.id('a'), tests.id('deux'), 50, 15)$$,
  'a MONALUXE réception may name a partner');
select is(pg_temp.comptes(), 'un 900/900, deux 600/600', 'whose fuel it is not');
select lives_ok(format($$insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c,
    reason) values ('RECEPTION', %L, -20, -20, 'Un index mal relevé')$$, tests.id('recue_un')),
  'a réception is corrected');
select is(pg_temp.comptes(), 'un 880/880, deux 600/600', 'on the account of who brought it');

-- Opening stock -------------------------------------------------------------------------------------------------------

select lives_ok($$select tests.noter('ouverture', public.declarer_stock_initial(tests.id('c'), 'PARTENAIRE', 1000, 990,
  'Inventaire du 1er janvier', tests.jour(-10)))$$, 'the partners had fuel before the first movement');
select is(pg_temp.comptes(), 'un 880/880, deux 600/600, personne 1000/990', 'nobody''s, until somebody says whose');
select throws_ok(format('select public.repartir_stock_initial(%L, %L)', tests.id('ouverture'), v.parts), v.etat, v.code,
    v.quoi)
  from (values
    ('[]', 'PT422', 'PARTAGE_INCOHERENT', 'shared between nobody'),
    ('{}', 'PT422', 'PARTAGE_INCOHERENT', 'shared as something else than a list'),
    ('[{"partenaire_id":"00000000-0000-0000-0000-000000000001","volume_ambiant":1,"volume_15c":1}]', 'PT422',
      'PARTENAIRE_REQUIS', 'with a partner nobody knows'),
    (jsonb_build_array(jsonb_build_object('partenaire_id', tests.id('un'), 'volume_ambiant', 'NaN', 'volume_15c',
      1))::text,
      'PT422', 'VOLUME_AMBIANT_NON_POSITIF', 'by something that is no volume'),
    (jsonb_build_array(jsonb_build_object('partenaire_id', tests.id('un'), 'volume_ambiant', 1, 'volume_15c',
      991))::text,
      'PT422', 'PARTAGE_INCOHERENT', 'beyond what there was'),
    (jsonb_build_array(jsonb_build_object('partenaire_id', tests.id('un'), 'volume_ambiant', 1, 'volume_15c', 1),
       jsonb_build_object('partenaire_id', tests.id('un'), 'volume_ambiant', 1, 'volume_15c', 1))::text,
      'PT422', 'PARTAGE_INCOHERENT', 'the same partner twice')
  ) v (parts, etat, code, quoi);
select lives_ok(format('select public.repartir_stock_initial(%L, %L)', tests.id('ouverture'), jsonb_build_array(
  jsonb_build_object('partenaire_id', tests.id('un'), 'volume_ambiant', 500, 'volume_15c', 495),
  jsonb_build_object('partenaire_id', tests.id('deux'), 'volume_ambiant', 300, 'volume_15c', 297))),
  'an admin says whose it was');
select is(pg_temp.comptes(), 'un 1380/1375, deux 900/897, personne 200/198', 'each has its part from that day on');
select is(tests.trace('STOCK_INITIAL_REPARTI', tests.id('ouverture')), 'comptes_partenaires CRITICAL', 'it is logged');
select lives_ok(format($$insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c,
    reason) values ('STOCK_INITIAL', %L, -100.001, -99.001, 'Un inventaire relu')$$, tests.id('ouverture')),
  'the opening stock is corrected');
select is(pg_temp.comptes(), 'un 1329.999/1325.499, deux 870/867.3, personne 180/178.2',
  'on all of them, by their parts, to the millilitre');
select is_empty('select * from public.verifier_comptes_partenaires()', 'and the figures agree');
select lives_ok(format($$select public.attribuer_stock_partenaire(tests.id('depot'), tests.produit('G.O'),
  tests.id('deux'), 100, 'Le partenaire a produit son bon')$$), 'what is nobody''s is given to one');
select throws_ok($$select public.attribuer_stock_partenaire(tests.id('depot'), tests.produit('G.O'), tests.id('deux'),
  1000, 'Le partenaire a produit son bon')$$, 'PT409', 'PARTENAIRE_SOLDE_INSUFFISANT', 'but no more than there is');
select throws_ok($$select public.attribuer_stock_partenaire(tests.id('depot'), tests.produit('G.O'), tests.id('deux'),
  'NaN', 'Le partenaire a produit son bon')$$, 'PT422', 'VOLUME_AMBIANT_NON_POSITIF',
    'nor something that is no volume');
select is_empty('select * from public.verifier_comptes_partenaires()', 'the figures agree');
select is_empty('select * from public.verifier_stocks()', 'those of the tanks too');

-- The flag ------------------------------------------------------------------------------------------------------------

select is(tests.verdict('gerant', pg_temp.sortir('deux', 580, 0, 'a')), 'done',
  'without the option a partner may take what lies in the tank');
select tests.redevenir_systeme();
update public.feature_flags set enabled = true where key = 'comptes_partenaires';
select tests.agir_en_base('admin');
select lives_ok(pg_temp.sortir('un', 550, 0, 'a'), 'with it, its own');
select lives_ok(pg_temp.sortir('un', 700, 0, 'c'), 'wherever it lies');
select throws_ok(pg_temp.sortir('un', 100, 0, 'b'), 'PT409', 'PARTENAIRE_SOLDE_INSUFFISANT', 'and not another''s');
select throws_ok(pg_temp.sortir('un', 80, -9, 'c'), 'PT409', 'PARTENAIRE_SOLDE_INSUFFISANT',
  'nor what it has taken since, on a day of the past');
select throws_ok(format($$select public.admin_compensate_reception(%L, 'Une réception d''un autre')$$,
    tests.id('recue_un')), 'PT409', 'INSUFFICIENT_STOCK', 'nor by way of a correction');
select throws_ok(format($$insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c,
    reason) values ('STOCK_INITIAL', %L, -180, -178.2, 'Un inventaire relu')$$, tests.id('ouverture')),
  'PT409', 'PARTENAIRE_SOLDE_INSUFFISANT', 'nor of the opening stock, of which it bears its part');
select is(tests.verdict('operateur', 'select public.releve_partenaire(tests.id(''depot''), tests.produit(''G.O''),
  tests.id(''un''))'), 'done', 'an operateur reads its statement');
select is(tests.verdict('lecture', 'select public.releve_partenaire(tests.id(''depot''), tests.produit(''G.O''),
  tests.id(''un''))'), 'ROLE_FORBIDDEN', 'lecture does not');
select tests.agir_en_base('admin');
select is((select r.solde_15c from public.releve_partenaire(tests.id('depot'), tests.produit('G.O'), tests.id('un'),
    tests.jour(-5)) r order by r.rang desc limit 1),
  (select c.solde_15c from public.comptes_partenaires c where c.partenaire_id = tests.id('un')),
  'the statement ends with the account, from whatever day it is asked');
select is((select string_agg(r.mouvement_type, ' ' order by r.rang) from public.releve_partenaire(tests.id('depot'),
    tests.produit('G.O'), tests.id('un')) r),
  'REPORT STOCK_INITIAL RECEPTION SORTIE AJUSTEMENT AJUSTEMENT SORTIE SORTIE', 'and says each movement');

-- The alert -----------------------------------------------------------------------------------------------------------

select tests.redevenir_systeme();
update public.feature_flags set enabled = false where key = 'comptes_partenaires';
select tests.agir_en_base('admin');
select lives_ok(pg_temp.sortir('un', 100, 0, 'b'), 'without the option, a partner takes another''s');
select is((select v.severity || ' ' || v.entity_type from public.v_integrity_checks v
            where v.check_code = 'PARTENAIRE_SOLDE_NEGATIF' and v.depot_id = tests.id('depot')),
              'WARN COMPTE_PARTENAIRE',
  'and an alert says so');
select is_empty('select * from public.verifier_comptes_partenaires()', 'the figures agree to the end');

select throws_ok(format($$insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c,
    reason) values ('STOCK_INITIAL', %L, 0, 0, 'Un inventaire relu')$$, tests.id('ouverture')),
  'PT422', 'AJUSTEMENT_NUL', 'a correction of nothing is refused by its code');

select * from finish();
rollback;
