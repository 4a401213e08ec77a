-- Fuel lent and given back: a loan's balance is the sum of its movements, and nothing of it is forgotten.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(34);

select tests.depot(), tests.depot('ailleurs'), tests.equipe(), tests.citerne('a');
update public.depots set code = 'PRETS' where id = tests.id('depot');
select tests.noter(n, tests.tiers('partenaires')) from unnest('{un,deux}'::text[]) n;
select tests.recevoir('a', 50000, -5);

create function pg_temp.ouvrir(p_sens text, p_quantite text, p_nom text default 'pret', p_qui text default 'un',
  p_echeance int default 30) returns text language sql as $$
  select format('select tests.noter(%L, public.ouvrir_pret(%L, %L, %L, %L, %L, %L, %L))', p_nom, tests.id('depot'),
    tests.produit('G.O'), tests.id(p_qui), p_sens, p_quantite, tests.jour(p_echeance), 'Le partenaire est à sec')
$$;
create function pg_temp.ceder(p_sens text, p_nature text, p_volume numeric, p_pret text default 'pret',
  p_qui text default 'un') returns text language sql as $$
  select format('select public.ceder(%L, %L, %L, %L, %s, %L, p_pret_id => %L)', tests.id('a'), tests.id(p_qui), p_sens,
    p_nature, p_volume, 'Pour le prêt convenu', tests.id(p_pret))
$$;
create function pg_temp.pret(p_nom text default 'pret') returns text language sql as $$
  select format('%s %s %s %s', v.statut, trim_scale(v.prete_15c), trim_scale(v.rendu_15c), trim_scale(v.solde_15c))
    from public.v_prets v where v.id = tests.id(p_nom)
$$;

select tests.agir_en_base('gerant');
select lives_ok(pg_temp.ouvrir('PRETE', '1000'), 'Monaluxe agrees to lend 1000 L');
select matches((select p.numero from public.prets p where p.id = tests.id('pret')), '^PRETS-PRT-\d{4}-000001$',
  'the loan has a number');
select is(pg_temp.pret(), 'OUVERT 0 0 0', 'nothing has moved yet');
select is(tests.trace('PRET_OUVERT', tests.id('pret')), 'comptes_partenaires INFO', 'it is logged');
select lives_ok(pg_temp.ceder('VERS_PARTENAIRE', 'EMPRUNT', 800), 'some of it is lent');
select is(pg_temp.pret(), 'OUVERT 800 0 800', 'and owed');
select throws_ok(pg_temp.ceder('VERS_PARTENAIRE', 'EMPRUNT', 206), 'PT409', 'PRET_DEPASSE',
  'no more is lent than was agreed');
select throws_ok(pg_temp.ceder('VERS_MONALUXE', 'RESTITUTION', 806), 'PT409', 'PRET_DEPASSE',
  'nor given back than is owed');
select throws_ok(pg_temp.ceder('VERS_MONALUXE', 'EMPRUNT', 10), 'PT422', 'PRET_INCOHERENT',
  'nor lent the other way round');
select throws_ok(pg_temp.ceder('VERS_PARTENAIRE', 'EMPRUNT', 10, p_qui => 'deux'), 'PT422', 'PRET_INCOHERENT',
  'nor to somebody else');
select throws_ok(pg_temp.ceder('VERS_PARTENAIRE', 'VENTE', 10), 'PT422', 'PRET_REQUIS', 'a sale is no loan');
select lives_ok(pg_temp.ceder('VERS_MONALUXE', 'RESTITUTION', 796), 'all but four litres come back');
select is(pg_temp.pret(), 'SOLDE 800 796 4', 'which is given back');
select is(tests.trace('PRET_SOLDE', tests.id('pret')), 'comptes_partenaires INFO', 'it is logged');
select throws_ok(pg_temp.ceder('VERS_PARTENAIRE', 'EMPRUNT', 10), 'PT409', 'PRET_CLOS', 'and takes nothing new');
select lives_ok(pg_temp.ceder('VERS_PARTENAIRE', 'CORRECTION', 100), 'but a return that was none is corrected');
select is(pg_temp.pret(), 'OUVERT 800 696 104', 'by the opposite cession, which opens it again');

-- Fuel that is driven there and back ----------------------------------------------------------------------------------

select lives_ok(pg_temp.ouvrir('PRETE', '2000', 'camion'), 'another loan');
select lives_ok(format($$select tests.noter('partie', (public.creer_et_valider_sortie(%L)).id)$$, jsonb_build_object(
  'citerne_id', tests.id('a'), 'partenaire_id', tests.id('un'), 'volume_ambiant', 2000, 'temperature_ambiante_c', 15,
  'volume_corrige_15c', 2000)), 'a truck of the partner takes 2000 L of Monaluxe''s');
select lives_ok($$select public.rattacher_au_pret(tests.id('camion'), 'SORTIE', tests.id('partie'))$$,
  'it is counted to the loan');
select throws_ok($$select public.rattacher_au_pret(tests.id('pret'), 'SORTIE', tests.id('partie'))$$, 'PT409',
  'INVALID_ID_OR_STATE', 'once');
select throws_ok($$select public.rattacher_au_pret(tests.id('camion'), 'RECEPTION', tests.id('reception'))$$, 'PT422',
  'PRET_INCOHERENT', 'a réception that the partner did not bring is not');
select lives_ok($$insert into public.receptions (cours_de_route_id, citerne_id, partenaire_id, volume_ambiant,
    temperature_ambiante_c, volume_corrige_15c, confirmer)
  select tests.cdr(), tests.id('a'), tests.id('un'), 2000, 15, 2000, true returning tests.noter('revenue', id)$$,
  'a truck of the partner brings as much');
select lives_ok($$select public.rattacher_au_pret(tests.id('camion'), 'RECEPTION', tests.id('revenue'))$$,
  'it gives the loan back');
select is(pg_temp.pret('camion'), 'SOLDE 2000 2000 0', 'whole');
select tests.agir_en_base('admin');
select lives_ok($$insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
  values ('RECEPTION', tests.id('revenue'), -150, -150, 'Un index mal relevé')$$, 'until its measure is corrected');
select is(pg_temp.pret('camion'), 'OUVERT 2000 1850 150', 'which the loan follows, and opens again');
select is((select count(*) from public.prets p where (select coalesce(sum(m.quantite_15c), 0)
      from public.prets_mouvements m where m.pret_id = p.id) <> (select v.solde_15c from public.v_prets v
      where v.id = p.id)), 0::bigint, 'a balance is the sum of its movements');

-- What is refused, who may, and what is late --------------------------------------------------------------------------

select tests.agir_en_base('gerant');
select throws_ok(pg_temp.ouvrir('PRETE', 'NaN'), 'PT422', 'VOLUME_AMBIANT_NON_POSITIF', 'something that is no volume');
select throws_ok(pg_temp.ouvrir('PRETE', '1', p_echeance => -1), 'PT422', 'DATE_PASSEE', 'a day that is over');
select is(tests.verdict('operateur', pg_temp.ouvrir('PRETE', '1')), 'ROLE_FORBIDDEN', 'an operateur lends nothing');
select tests.agir_comme('lecture');
select is_empty('select * from public.v_prets', 'lecture reads no loan');
select tests.redevenir_systeme();
update public.prets set echeance = tests.jour(-1);
select is((select string_agg(v.entity_id::text, ' ' order by v.entity_id) from public.v_integrity_checks v
            where v.check_code = 'PRET_ECHU' and v.depot_id = tests.id('depot')),
          (select string_agg(p.id::text, ' ' order by p.id) from public.prets p where p.depot_id = tests.id('depot')),
  'what is owed after its day, an alert says');
select is_empty($$select 1 from public.verifier_stocks() union all select 1 from public.verifier_comptes_partenaires()
  union all select 1 from public.verifier_mouvements()$$, 'and all the figures agree');

select * from finish();
rollback;
