-- Closing: what was closed takes no movement, whoever writes, until an admin opens it again, in the open.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(43);

select tests.depot(), tests.equipe(), tests.citerne('a'), tests.citerne('b'), tests.citerne('ouverte'),
       tests.depot('goma'), tests.acteur('gerant', 'goma', 'etranger');
select tests.noter('partenaire', tests.tiers('partenaires')), tests.noter('client', tests.tiers('clients'));
update public.depots set code = 'CLO' where id = tests.id('depot');
select tests.recevoir('a', 1000, -9), tests.recevoir('a', 500, -9, 'PARTENAIRE', p_nom => 'du_partenaire');

create function pg_temp.clore(p_jour int) returns text language sql return
  format('select public.clore_periode(tests.id(''depot''), p_jour => %L)', tests.jour(p_jour));

select is(tests.verdict(r, pg_temp.clore(-2)),
    case when r in ('admin', 'directeur', 'gerant') then 'done' else 'ROLE_FORBIDDEN' end,
      format('closing a day: %s', r))
  from unnest('{admin,directeur,gerant,operateur,pca,lecture}'::text[]) as r;
select is(tests.verdict('etranger', pg_temp.clore(-2)), 'INTROUVABLE', 'of another depot: nobody');
select tests.agir_en_base('gerant');
select throws_ok(v.demande, v.etat, v.code, v.quoi) from (values
  (pg_temp.clore(1), 'PT422', 'DATE_FUTURE', 'tomorrow is not closed'),
  (format('select public.clore_periode(tests.id(''depot''), p_mois => %L)', tests.jour(31)), 'PT422', 'DATE_FUTURE',
    'nor a month that is not over'),
  ('select public.clore_periode(tests.id(''depot''))', 'PT422', 'PERIODE_INVALIDE', 'nor no period'),
  (format('select public.clore_periode(tests.id(''depot''), %L, %1$L)', tests.jour(-2)), 'PT422', 'PERIODE_INVALIDE',
    'nor two')) v (demande, etat, code, quoi);
select lives_ok(pg_temp.clore(-2), 'a day is closed');
select tests.noter('close', (select id from public.periodes_closes where depot_id = tests.id('depot')));
select lives_ok(pg_temp.clore(-2), 'asked again, it is closed once');
select is((select count(*)::int from public.periodes_closes where depot_id = tests.id('depot')), 1, 'and only once');
select is(tests.trace('PERIODE_CLOTUREE', tests.id('close')), 'periodes INFO', 'it is logged');
select throws_ok(pg_temp.clore(-3), 'PT409', 'INVALID_ID_OR_STATE', 'a day before it is closed with it');
select is(tests.recevoir('a', 10, -2) is not null, true, 'without the option, nothing else happens');

create function pg_temp.encaisser(p_jour int, p_reference text default null) returns text language sql return
  format('select tests.noter(%L, public.encaisser(%L))', 'paye', jsonb_strip_nulls(jsonb_build_object(
    'depot_id', tests.id('depot'), 'client_id', tests.id('client'), 'montant', 5, 'recu_le', tests.jour(p_jour),
    'mode', case when p_reference is null then 'CASH' else 'VIREMENT' end, 'reference', p_reference,
    'statut', case when p_reference is null then 'CONFIRME' else 'EN_ATTENTE' end)));
create function pg_temp.livrer(p_jour int) returns text language sql return
  format('select public.etablir_bl(%L, %L)', tests.id('recente'),
    jsonb_build_object('date_livraison', tests.jour(p_jour)));
select lives_ok(pg_temp.encaisser(-2, 'VIR-1'), 'a transfer is announced, of a day that is closed since');

select tests.redevenir_systeme();
update public.feature_flags set enabled = true where key = 'cloture_mensuelle';
select tests.brouillon('a', 10, -2, p_nom => 'ancienne'), tests.brouillon('a', 10, -1, p_nom => 'recente');
select tests.agir_en_base('admin');
select throws_ok(v.demande, 'PT409', 'PERIODE_CLOSE', v.quoi) from (values
  ('select tests.recevoir(''a'', 10, -2)', 'with it, no réception of that day'),
  ('select tests.recevoir(''a'', 10, -5)', 'nor of a day before, which that day carries'),
  ('select public.validate_sortie(tests.id(''ancienne''))', 'no sortie, though its draft was there'),
  (format('insert into public.transferts (citerne_source_id, citerne_destination_id, volume_ambiant,
     temperature_ambiante_c, date_jour) values (%L, %L, 5, 15, %L)', tests.id('a'), tests.id('b'), tests.jour(-4)),
   'no transfer'),
  (format('select public.declarer_stock_initial(%L, ''MONALUXE'', 10, 10, ''Inventaire retrouvé'', %L)',
     tests.id('b'), tests.jour(-4)), 'no opening stock')) v (demande, quoi);
select lives_ok('select tests.recevoir(''a'', 10, -1)', 'the day after takes them');
select lives_ok('select public.validate_sortie(tests.id(''recente''))', 'and sorties');
select lives_ok($$select tests.ajuster('RECEPTION', 'reception', -1, -1)$$, 'a correction counts from today');
select lives_ok(format($$insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id,
  plaque_camion, volume, date_chargement) values (tests.tiers('fournisseurs'), tests.id('depot'), tests.produit('G.O'),
  'AB1234', 10, %L)$$, tests.jour(-5)), 'what moves no litre is not asked');
select throws_ok(v.demande, 'PT409', 'PERIODE_CLOSE', v.quoi) from (values
  (pg_temp.livrer(-2), 'no delivery note of a closed day'),
  (pg_temp.encaisser(-2), 'no payment'),
  (format('select public.confirmer_encaissement(%L)', tests.id('paye')), 'nor one that was waited for')) v (demande,
    quoi);
select lives_ok(pg_temp.livrer(-1), 'a note of the day after');
select lives_ok(pg_temp.encaisser(-1), 'and a payment');
select lives_ok(pg_temp.clore(0), 'today is closed in the evening');
select throws_ok($$select tests.ajuster('RECEPTION', 'reception', -1, -1)$$, 'PT409', 'PERIODE_CLOSE',
  'and takes no correction any more');

select is(tests.verdict(r, format('select public.rouvrir_periode(%L, ''Un bon oublié'')', tests.id('close'))),
    case when r = 'admin' then 'done' else 'ROLE_FORBIDDEN' end, format('opening it again: %s', r))
  from unnest('{admin,gerant}'::text[]) as r;
select tests.agir_en_base('admin');
select throws_ok(format('select public.rouvrir_periode(%L, ''oui'')', tests.id('close')), 'PT422', 'MOTIF_REQUIS',
  'with a reason');
select lives_ok(format('select public.rouvrir_periode(%L, ''Un bon oublié'')', tests.id('close')), 'an admin does');
select is((select string_agg(distinct l.niveau, '') || count(*) from public.log_actions l
            where l.action = 'PERIODE_ROUVERTE' and l.depot_id = tests.id('depot')), 'CRITICAL2',
  'with what was closed after it, all logged');
select lives_ok('select tests.recevoir(''a'', 10, -2)', 'and the day takes movements again');
select throws_ok(format('select public.rouvrir_periode(%L, ''Un bon oublié'')', tests.id('close')), 'PT409',
  'INVALID_ID_OR_STATE', 'once');

-- Opening stock -------------------------------------------------------------------------------------------------------

select public.declarer_stock_initial(tests.id('ouverte'), 'MONALUXE', 100, 100, 'Inventaire du matin', tests.jour(-3));
select throws_ok('select tests.recevoir(''ouverte'', 10, -4)', 'PT409', 'MOUVEMENT_AVANT_STOCK_INITIAL',
  'nothing is received before the opening stock, which counts it already');
select lives_ok('select tests.recevoir(''ouverte'', 10, -3)', 'but from that day on');

select * from finish();
rollback;
