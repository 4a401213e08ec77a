-- Litres change owner without moving: the tank's total stays, what one owner loses the other gains.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(38);

select tests.depot(), tests.depot('ailleurs'), tests.equipe(), tests.citerne('a'), tests.citerne('b'),
       tests.citerne('vide'), tests.citerne('loin', 'ailleurs');
select tests.noter(n, tests.tiers('partenaires')) from unnest('{un,deux}'::text[]) n;
select tests.recevoir('a', 5000, -5);

create function pg_temp.recevoir(p_qui text, p_volume numeric, p_jour int default 0, p_citerne text default 'a')
returns uuid language sql as $$
  insert into public.receptions (citerne_id, proprietaire_type, partenaire_id, volume_ambiant, temperature_ambiante_c,
    volume_corrige_15c, date_reception)
  values (tests.id(p_citerne), 'PARTENAIRE', tests.id(p_qui), p_volume, 15, p_volume, tests.jour(p_jour))
  returning tests.noter('recue_' || p_qui, id)
$$;
create function pg_temp.ceder(p_qui text, p_sens text, p_volume text, p_jour int default 0, p_nature text default
  'VENTE',
  p_citerne text default 'a', p_ambiant numeric default null) returns text language sql as $$
  select format('select public.ceder(%L, %L, %L, %L, %L, %L, p_volume_ambiant => %L, p_date_jour => %L)',
    tests.id(p_citerne), tests.id(p_qui), p_sens, p_nature, p_volume, 'Vendu au dépôt même', p_ambiant,
    tests.jour(p_jour))
$$;
create function pg_temp.stock(p_citerne text default 'a') returns text language sql as $$
  select string_agg(format('%s %s/%s', s.proprietaire_type, trim_scale(s.stock_ambiant), trim_scale(s.stock_15c)), ', '
    order by s.proprietaire_type) from public.v_stock_actuel s where s.citerne_id = tests.id(p_citerne)
$$;
create function pg_temp.compte(p_qui text) returns text language sql as $$
  select format('%s/%s', trim_scale(c.solde_ambiant), trim_scale(c.solde_15c)) from public.comptes_partenaires c
   where c.partenaire_id = tests.id(p_qui) and c.depot_id = tests.id('depot')
$$;

select tests.agir_en_base('gerant');
select lives_ok($$select pg_temp.recevoir('un', 1000, -3), pg_temp.recevoir('deux', 600, -3, 'b')$$,
  'two partners bring fuel');
select lives_ok(pg_temp.ceder('un', 'VERS_MONALUXE', '400', -1), 'one sells Monaluxe some of its own');
select is(pg_temp.stock(), 'MONALUXE 5400/5400, PARTENAIRE 600/600', 'the tank holds as much, by other owners');
select is(pg_temp.compte('un'), '600/600', 'its account pays');
select is((select string_agg(format('%s %s', m.proprietaire_type, trim_scale(m.delta_15c)), ', '
             order by m.proprietaire_type)
             from public.v_mouvements_stock m where m.mouvement_type = 'CESSION'), 'MONALUXE 400, PARTENAIRE -400',
  'two movements, of one id');
select is((select count(distinct m.mouvement_id) from public.v_mouvements_stock m where m.mouvement_type = 'CESSION'),
  1::bigint, 'which is the cession''s');
select is((select trim_scale(s.stock_15c) from public.stocks_journaliers s where s.citerne_id = tests.id('a')
    and s.proprietaire_type = 'MONALUXE' and s.date_jour = tests.jour(-1)), 5400::numeric, 'from the day it says on');
select is(tests.trace('CESSION_CREEE', (select c.id from public.cessions c)), 'stocks INFO', 'it is logged');
select lives_ok(pg_temp.ceder('deux', 'VERS_PARTENAIRE', '500'), 'another buys fuel from Monaluxe');
select is(pg_temp.compte('deux'), '1100/1100', 'its account has it, whatever the tank');
select is(pg_temp.stock(), 'MONALUXE 4900/4900, PARTENAIRE 1100/1100', 'the tank still holds as much');
select is_empty('select * from public.verifier_stocks()', 'the figures of the tanks agree');
select is_empty('select * from public.verifier_comptes_partenaires()', 'those of the accounts too');
select is_empty(format($$select s.proprietaire_type, s.stock_ambiant, s.stock_15c from public.stocks_snapshot s
    where s.citerne_id = tests.id('a') except select k.proprietaire_type, k.stock_ambiant, k.stock_15c
     from public.stock_connu_a(%L, clock_timestamp()) k where k.citerne_id = tests.id('a')$$, tests.jour()),
  'and so does what the log says of each owner');
select is_empty('select * from public.verifier_mouvements()', 'each cession is as its line of the log said');

-- What is not one's own is not given away -----------------------------------------------------------------------------

select throws_ok(pg_temp.ceder('un', 'VERS_MONALUXE', '601'), 'PT409', 'PARTENAIRE_SOLDE_INSUFFISANT',
  'a partner cedes no more than is its own, whatever lies in the tank, without any option');
select throws_ok(pg_temp.ceder('deux', 'VERS_MONALUXE', '601', p_citerne => 'b'), 'PT409', 'INSUFFICIENT_STOCK',
  'nor more than lies in that tank');
select throws_ok(pg_temp.ceder('un', 'VERS_PARTENAIRE', '4901'), 'PT409', 'INSUFFICIENT_STOCK', 'nor does Monaluxe');
select throws_ok(pg_temp.ceder('un', 'VERS_PARTENAIRE', '1', p_citerne => 'vide'), 'PT409',
  'SORTIE_STOCK_INTROUVABLE', 'nor out of a tank where it has none');
select throws_ok(pg_temp.ceder('deux', 'VERS_PARTENAIRE', '100', -6), 'PT409', 'STOCK_FUTUR_NEGATIF',
  'nor before it had come');
select throws_ok(pg_temp.ceder('un', 'VERS_MONALUXE', '500', -4), 'PT409', 'STOCK_FUTUR_NEGATIF',
  'nor does a partner');
select throws_ok(pg_temp.ceder('un', 'VERS_MONALUXE', v.volume, v.jour, v.nature, v.citerne, v.ambiant), v.etat, v.code,
    v.quoi)
  from (values
    ('0', 0, 'VENTE', 'a', null, 'PT422', 'VOLUME_AMBIANT_NON_POSITIF', 'no litre'),
    ('-1', 0, 'VENTE', 'a', null, 'PT422', 'VOLUME_AMBIANT_NON_POSITIF', 'less than none'),
    ('NaN', 0, 'VENTE', 'a', null, 'PT422', 'VOLUME_AMBIANT_NON_POSITIF', 'something that is no volume'),
    ('Infinity', 0, 'VENTE', 'a', null, 'PT422', 'VOLUME_AMBIANT_NON_POSITIF', 'more than can be'),
    ('0.0004', 0, 'VENTE', 'a', null, 'PT422', 'VOLUME_AMBIANT_NON_POSITIF', 'less than a millilitre'),
    ('100', 0, 'VENTE', 'a', 10, 'PT422', 'FACTEUR_HORS_BORNES', 'two volumes that no fuel has'),
    ('100', 1, 'VENTE', 'a', null, 'PT422', 'DATE_FUTURE', 'a day to come'),
    ('100', 0, 'EMPRUNT', 'a', null, 'PT422', 'PRET_REQUIS', 'a borrowing without its loan'),
    ('100', 0, 'VENTE', 'loin', null, 'PT422', 'CITERNE_INACTIVE_OR_INCOMPATIBLE', 'a tank of another depot')
  ) v (volume, jour, nature, citerne, ambiant, etat, code, quoi);
select throws_ok(replace(pg_temp.ceder('un', 'VERS_MONALUXE', '1'), 'Vendu au dépôt même', 'vu'), 'PT422',
  'MOTIF_REQUIS', 'no reason');
select is(tests.verdict('operateur', pg_temp.ceder('un', 'VERS_MONALUXE', '1')), 'ROLE_FORBIDDEN',
  'an operateur cedes nothing');
select throws_ok('update public.cessions set volume_15c = 1', 'PT403', 'ECRITURE_INTERDITE', 'what is ceded stays so');

-- The litre at 15 °C decides ------------------------------------------------------------------------------------------

select tests.agir_en_base('gerant');
select lives_ok(pg_temp.ceder('deux', 'VERS_MONALUXE', '600', p_citerne => 'b', p_ambiant => 606),
  'fuel that reads warmer than it came is ceded to its last litre at 15 °C');
select is(pg_temp.stock('b'), 'MONALUXE 606/600, PARTENAIRE 0/0', 'what it lacked as measured was booked with it');
select is((select format('%s %s', d.proprietaire_type, trim_scale(d.delta_ambiant)) from public.dilatations d
            where d.mouvement_type = 'CESSION'), 'PARTENAIRE 6', 'in the open');
select is_empty($$select 1 from public.verifier_stocks() union all select 1 from public.verifier_comptes_partenaires()
  union all select 1 from public.verifier_mouvements()$$, 'and all the figures agree');

-- A closed day --------------------------------------------------------------------------------------------------------

select tests.redevenir_systeme();
update public.feature_flags set enabled = true where key = 'cloture_mensuelle';
select tests.agir_en_base('gerant');
select throws_ok(pg_temp.ceder('un', 'VERS_MONALUXE', '1', -2), 'PT409', 'PERIODE_CLOSE', 'a closed day takes none')
  from (select public.clore_periode(tests.id('depot'), p_jour => tests.jour(-2))) x;

select * from finish();
rollback;
