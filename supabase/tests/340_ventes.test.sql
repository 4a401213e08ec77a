-- From a price to a receipt: tarifs, delivery notes, invoices, credit notes, payments, the till, credit, the counter.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(159);

select tests.depot('depot'), tests.depot('ailleurs'), tests.equipe('depot'), tests.citerne('cuve'),
       tests.acteur('gerant', 'ailleurs', 'etranger'), tests.acteur('operateur', 'depot', 'caissier');
update public.profils set habilitations = '{caisse}' where user_id = tests.id('caissier');
update public.depots set code = upper(translate(substr(md5(id::text), 1, 6), '0123456789', 'GHIJKLMNOP'))
 where id in (tests.id('depot'), tests.id('ailleurs'));
select tests.recevoir('cuve', 90000);
select tests.noter('client', tests.tiers('clients')), tests.noter('autre', tests.tiers('clients')),
       tests.noter('go', tests.produit('G.O'));

create function pg_temp.noter(p_nom text, p_sql text) returns text language sql as $$
  select format('select tests.noter(%L, (%s))', p_nom, p_sql) $$;
create function pg_temp.sortie(p_nom text, p_volume numeric, p_client text default 'client') returns void
  language plpgsql as $$
declare
  v_avant text := tests.passer_chef();
begin
  perform tests.noter(p_nom, (public.creer_et_valider_sortie(jsonb_build_object('citerne_id', tests.id('cuve'),
    'client_id', tests.id(p_client), 'volume_ambiant', p_volume, 'temperature_ambiante_c', 15))).id);
  perform set_config('request.jwt.claims', v_avant, true);
end;
$$;
create function pg_temp.preparer(p_nom text, variadic p_sorties text[]) returns text language sql as $$
  select pg_temp.noter(p_nom, format('select public.preparer_facture(%L, %L, %L)', tests.id('client'),
    tests.id('depot'), array(select tests.id(s) from unnest(p_sorties) s))) $$;
create function pg_temp.emettre(p_nom text) returns text language sql as $$
  select format('select public.emettre_facture(%L)', tests.id(p_nom)) $$;
create function pg_temp.payer(p_nom text, p_montant numeric, p_plus jsonb default '{}') returns text language sql as $$
  select pg_temp.noter(p_nom, format('select public.encaisser(%L)', jsonb_build_object('depot_id', tests.id('depot'),
    'client_id', tests.id('client'), 'mode', 'CASH', 'devise', 'USD', 'montant', p_montant) || p_plus)) $$;
create function pg_temp.vue(p_nom text) returns text language sql as $$
  select format('%s %s %s/%s', v.statut, v.statut_paiement, v.regle, v.solde)
    from public.v_factures_client v where v.id = tests.id(p_nom) $$;
create function pg_temp.solde(p_nom text default 'client') returns numeric language sql as $$
  select coalesce((select s.solde from public.v_soldes_tiers s where s.tiers_id = tests.id(p_nom) and s.devise = 'USD'),
    0) $$;
create function pg_temp.tarif(p_prix numeric, p_client text default null, p_depot text default null,
  p_du int default -10)
  returns text language sql as $$
  select format('select public.creer_tarif(%L, %L, %L, %L, %L, %s, %L, null, %L)', tests.id('go'), tests.id(p_client),
    tests.id(p_depot), 'USD', 'L15', p_prix, tests.jour(p_du), 'Tarif du mois') $$;
create function pg_temp.avoir(p_nom text, p_nature text, p_lignes jsonb) returns text language sql as $$
  select pg_temp.noter('avoir', format('select public.emettre_avoir(%L, %L, %L, %L)', tests.id(p_nom), p_nature,
    p_lignes,
    'Quantité contestée par le client')) $$;
create function pg_temp.comptant(p_volume numeric, p_paiement jsonb default '{}', p_client text default 'client')
  returns text
  language sql as $$
  select format('select public.vendre_comptant(%L)', jsonb_build_object('sortie', jsonb_build_object('citerne_id',
    tests.id('cuve'), 'client_id', tests.id(p_client), 'volume_ambiant', p_volume, 'temperature_ambiante_c', 15),
    'paiement', p_paiement)) $$;
create function pg_temp.a_credit(p_volume numeric) returns text language sql as $$
  select format('select public.creer_et_valider_sortie(%L)', jsonb_build_object('citerne_id', tests.id('cuve'),
    'client_id', tests.id('client'), 'volume_ambiant', p_volume, 'temperature_ambiante_c', 15)) $$;
grant execute on all functions in schema pg_temp to authenticated;

-- Prices and rates ----------------------------------------------------------------------------------------------------
select is(tests.verdict(r, pg_temp.tarif(1)), a, format('who sets a price everywhere: %s', r))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'ROLE_FORBIDDEN'), ('operateur', 'ROLE_FORBIDDEN'),
               ('pca', 'ROLE_FORBIDDEN'), ('lecture', 'ROLE_FORBIDDEN')) as t (r, a);
select tests.agir_comme('directeur');
select throws_ok(format('select public.prix_applicable(%L, %L, %L, %L)', tests.id('go'), tests.id('client'),
  tests.id('depot'), tests.jour()), 'PT409', 'TARIF_ABSENT', 'nothing is sold without a price');
select lives_ok(pg_temp.tarif(1.20), 'a price for everybody');
select lives_ok(pg_temp.tarif(1.10, p_depot => 'depot'), 'of the depot');
select lives_ok(pg_temp.tarif(1.05, 'client'), 'of the client');
select lives_ok(pg_temp.tarif(1.00, 'client', 'depot'), 'of the client at the depot');
select is(public.prix_applicable(tests.id('go'), tests.id('client'), tests.id('depot'), tests.jour()), 1.000000,
  'the nearest price counts');
select is(public.prix_applicable(tests.id('go'), tests.id('autre'), tests.id('depot'), tests.jour()), 1.100000,
  'the depot''s comes before everybody''s');
select is(public.prix_applicable(tests.id('go'), tests.id('client'), tests.id('ailleurs'), tests.jour()), 1.050000,
  'the client''s before the depot''s');
select lives_ok(pg_temp.tarif(0.95, 'client', 'depot', 1), 'another price from tomorrow on');
select is((select valide_au from public.tarifs t where t.prix_ht = 1 and t.client_id = tests.id('client')),
  tests.jour(), 'ends the one before it');
select throws_ok(pg_temp.tarif(2, 'client', 'depot', -3), 'PT409', 'TARIF_CHEVAUCHE', 'one price a day');
select throws_ok('update public.tarifs set prix_ht = 9', '42501', null, 'a price is never edited');
select throws_ok(format('select public.fixer_taux_change(%L, %L, 2800, %L)', 'USD', tests.jour(1), 'MANUEL'), 'PT422',
  'DATE_FUTURE', 'a rate of tomorrow is not known');
select cmp_ok(public.fixer_taux_change('USD', tests.jour(), 2800, 'MANUEL'), '>=', 1, 'the rate of the day');
select cmp_ok(public.fixer_taux_change('USD', tests.jour(), 2850, 'BCC'), '>=', 2, 'said again, the last counts');

-- Delivery ------------------------------------------------------------------------------------------------------------
select pg_temp.sortie('s1', 1000), pg_temp.sortie('s2', 333.333), pg_temp.sortie('s3', 500),
  pg_temp.sortie('sx', 10, 'autre');
select tests.agir_comme('operateur');
select lives_ok(pg_temp.noter('bl', format('select public.etablir_bl(%L, %L)', tests.id('s1'), '{"lieu": "Likasi"}')),
  'a note, drafted by an operateur');
select throws_ok(format('select public.etablir_bl(%L)', tests.id('s1')), 'PT409', 'BL_EXISTANT', 'one a sortie');
select lives_ok(format('select public.confirmer_bl(%L, %L)', tests.id('bl'),
  '{"recu_par": "M. Kasongo", "volume_livre_ambiant": 990}'), 'signed for with less');
select is((select volume_livre_15c from public.bons_livraison where id = tests.id('bl')), 990.000,
  'at the sortie''s own ratio');
select matches((select numero from public.bons_livraison where id = tests.id('bl')), '-BL-\d{4}-000001$', 'numbered');
select is((select e.ecart from public.ecarts e where e.reference_id = tests.id('bl')), -10.000000,
  'what is missing is a gap');
select throws_ok(format('select public.confirmer_bl(%L)', tests.id('bl')), 'PT409', 'BL_ETAT', 'once');
select tests.agir_comme('gerant');
select throws_ok(format('select public.annuler_bl(%L, %L)', tests.id('bl'), 'Bon mal rempli'), 'PT403',
  'ROLE_FORBIDDEN',
  'a gérant takes none back');

-- Invoice -------------------------------------------------------------------------------------------------------------
select is(tests.verdict(r, pg_temp.preparer('X', 's1')), a, format('who drafts an invoice: %s', r))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'done'), ('operateur', 'ROLE_FORBIDDEN'),
               ('pca', 'ROLE_FORBIDDEN'), ('lecture', 'ROLE_FORBIDDEN'), ('caissier', 'ROLE_FORBIDDEN'),
               ('etranger', 'INTROUVABLE')) as t (r, a);
select tests.agir_comme('gerant');
select throws_ok(pg_temp.preparer('X', variadic '{}'), 'PT422', 'FACTURE_VIDE', 'an invoice says something');
select throws_ok(pg_temp.preparer('X', 's1', 'sx'), 'PT409', 'SORTIE_NON_FACTURABLE', 'of one client only');
select lives_ok(pg_temp.preparer('F1', 's1', 's2'), 'a draft');
select is((select string_agg(format('%s×%s=%s', l.quantite, l.prix_ht, l.montant_ht), ' ' order by l.rang)
  from public.factures_client_lignes l where l.facture_id = tests.id('F1')),
  '990.000×1.000000=990.00 333.333×1.000000=333.33', 'the confirmed note is invoiced, not the sortie');
select is((select numero from public.factures_client where id = tests.id('F1')), null, 'a draft has no number');
select lives_ok(pg_temp.preparer('F1bis', 's1'), 'a second draft of the same sortie');
select lives_ok(pg_temp.emettre('F1'), 'issued');
select throws_ok(pg_temp.emettre('F1'), 'PT409', 'FACTURE_ETAT', 'once');
select throws_ok(pg_temp.emettre('F1bis'), 'PT409', 'SORTIE_NON_FACTURABLE', 'and its sortie sold once');
select lives_ok(format('select public.supprimer_facture(%L)', tests.id('F1bis')), 'a draft is deleted');
select is((select format('%s %s %s %s %s', f.total_ht, f.total_tva, f.total_ttc, f.total_tva_cdf, f.total_ttc_cdf)
  from public.factures_client f where f.id = tests.id('F1')), '1323.33 211.73 1535.06 603430.50 4374921.00',
  'HT, TVA at 16 %, TTC, and both in CDF at the day''s rate');
select matches((select numero from public.factures_client where id = tests.id('F1')), '-FAC-\d{4}-000001$', 'numbered');
select is(pg_temp.vue('F1'), 'EMISE IMPAYEE 0/1535.06', 'owed');
select tests.agir_en_base('admin');
select throws_ok(format('update public.factures_client set total_ht = 1, total_tva = 0, total_ttc = 1 where id = %L',
  tests.id('F1')), 'PT403', 'ECRITURE_INTERDITE', 'never changed, by anybody');
select throws_ok(format('delete from public.factures_client_lignes where facture_id = %L', tests.id('F1')), 'PT403',
  'ECRITURE_INTERDITE', 'nor its lines');
select throws_ok(format('delete from public.factures_client where id = %L', tests.id('F1')), 'PT403',
  'ECRITURE_INTERDITE', 'nor deleted');
select throws_ok(format('delete from public.factures_client_taxes where facture_id = %L', tests.id('F1')), 'PT403',
  'ECRITURE_INTERDITE', 'nor its taxes');
select tests.redevenir_systeme();
select is_empty('select * from private.verifier_factures()', 'the hash, the chain and the account verify');

-- A correction between the draft and the issue
select tests.agir_comme('gerant');
select lives_ok(pg_temp.preparer('F2', 's3'), 'another draft');
select tests.ajuster('SORTIE', 's3', -5, -5);
select throws_ok(pg_temp.emettre('F2'), 'PT409', 'FACTURE_CLIENT_PERIMEE', 'a sortie corrected since makes it stale');
select lives_ok(pg_temp.preparer('F2', 's3'), 'drafted again');
select is((select quantite from public.factures_client_lignes where facture_id = tests.id('F2')), 505.000,
  'at what it comes to with its adjustments');
select tests.redevenir_systeme();
update public.clients set type_fiscal = 'PM' where id = tests.id('client');
select tests.agir_comme('gerant');
select throws_ok(pg_temp.emettre('F2'), 'PT422', 'CLIENT_INCOMPLET', 'a company is invoiced with its NIF');
select tests.redevenir_systeme();
update public.clients set nif = 'A1234567B' where id = tests.id('client');
select tests.agir_comme('gerant');
select lives_ok(pg_temp.emettre('F2'), 'then issued');
select is((select f.precedent = g.empreinte from public.factures_client f, public.factures_client g
  where f.id = tests.id('F2') and g.id = tests.id('F1')), true, 'chained to the one before');

-- Paying --------------------------------------------------------------------------------------------------------------
select is(tests.verdict(r, pg_temp.payer('X', 1)), a, format('who takes money: %s', r))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'done'), ('caissier', 'done'),
               ('operateur', 'ROLE_FORBIDDEN'), ('pca', 'ROLE_FORBIDDEN'), ('lecture', 'ROLE_FORBIDDEN'),
               ('etranger', 'INTROUVABLE')) as t (r, a);
select tests.agir_comme('caissier');
select lives_ok(pg_temp.payer('P1', 1000), 'a part, in cash');
select tests.agir_comme('gerant');
select is(pg_temp.vue('F1'), 'EMISE PARTIELLE 1000.00/535.06', 'the oldest due is paid first');
select throws_ok(pg_temp.payer('P2', 10, '{"mode": "VIREMENT"}'), 'PT422', 'REFERENCE_REQUISE',
  'a transfer has a reference');
select
  lives_ok(pg_temp.payer('P2', 1524921,
  '{"mode": "MOBILE_MONEY", "operateur_mobile": "MPESA", "devise": "CDF", "reference": "MP 1"}'),
  'the rest, in francs');
select is((select montant_compte from public.encaissements where id = tests.id('P2')), 535.06,
  'counted at the day''s rate');
select is(pg_temp.vue('F1'), 'EMISE PAYEE 1535.06/0.00', 'paid');
select throws_ok(pg_temp.payer('X', 1, '{"mode": "MOBILE_MONEY", "operateur_mobile": "MPESA", "reference": "mp   1 "}'),
  'PT409',
  'REFERENCE_DEJA_UTILISEE', 'a reference pays once, however it is spaced');
select lives_ok(pg_temp.payer('P3', 700), 'more than is due');
select is(pg_temp.vue('F2'), 'EMISE PAYEE 585.80/0.00', 'pays what is due');
select is(pg_temp.solde(), -114.20, 'the rest is an advance');
select tests.agir_comme('directeur');
select throws_ok(format('select public.rembourser(%L, 200, %L, %L, %L)', tests.id('P3'), 'CASH', 'RB1',
  'Trop perçu au guichet'), 'PT409', 'REMBOURSEMENT_EXCESSIF', 'no more is given back than settles nothing');
select lives_ok(format('select public.rembourser(%L, 14.20, %L, %L, %L)', tests.id('P3'), 'CASH', 'RB1',
  'Trop perçu au guichet'), 'a part of it is given back');
select is(pg_temp.solde(), -100.00, 'and the account says so');
select lives_ok(format('select public.annuler_encaissement(%L, %L)', tests.id('P2'), 'Paiement mobile rejeté'),
  'a payment that was none');
select is(pg_temp.vue('F1'), 'EMISE PARTIELLE 1000.00/535.06', 'is due again');
select is((select e.statut || (e.numero_recu is not null) from public.encaissements e where e.id = tests.id('P2')),
  'ANNULEtrue', 'its number stays used');
select lives_ok(pg_temp.payer('P4', 535.05), 'all but a cent');
select is(pg_temp.vue('F1'), 'EMISE PAYEE 1535.06/0.00', 'closes by a rounding');
select is((select count(*)::int from public.ecritures_tiers where type = 'ARRONDI' and tiers_id = tests.id('client')),
  1, 'one');
select tests.redevenir_systeme();
select is_empty('select * from private.verifier_factures()', 'all verifies');
select is_empty('select * from private.verifier_series()', 'no number is missing');

-- Papers --------------------------------------------------------------------------------------------------------------
select tests.agir_comme('gerant');
select is((public.imprimer_facture(tests.id('F1')) ->> 'exemplaire')::int, 1, 'the first print is the original');
select is((public.imprimer_facture(tests.id('F1')) ->> 'exemplaire')::int, 2, 'the second says it is not');
select is(public.imprimer_recu(tests.id('P1')) -> 'recu' ->> 'numero_recu',
  (select numero_recu from public.encaissements
  where id = tests.id('P1')), 'a receipt');
select is(public.imprimer_bl(tests.id('bl')) -> 'bon' ->> 'recu_par', 'M. Kasongo', 'a delivery note');
select
  is((public.releve_a_imprimer(tests.id('client'), 'USD', null, null, clock_timestamp()) -> 'lignes' -> -1 ->>
  'solde')::numeric,
  pg_temp.solde(), 'a statement ends at the balance');

-- Credit note ---------------------------------------------------------------------------------------------------------
select tests.agir_comme('gerant');
select throws_ok(pg_temp.avoir('F1', 'COR', '[{"rang": 1, "quantite": 991}]'), 'PT409', 'AVOIR_EXCEDENTAIRE',
  'not beyond the line');
select throws_ok(pg_temp.avoir('F1', 'COR', '[{"rang": 1, "quantite": 1}, {"rang": 1, "quantite": 1}]'), 'PT422',
  'AVOIR_LIGNE_REPETEE', 'a line is said once');
select lives_ok(pg_temp.avoir('F1', 'COR', '[{"rang": 1, "quantite": 33.333}]'), 'a part of a line');
select is((select format('%s %s %s', f.total_ht, f.total_tva, f.taux_cdf) from public.factures_client f
  where f.id = tests.id('avoir')), '33.33 5.33 2850.000000', 'at the rate and taxes of its invoice');
select lives_ok(pg_temp.avoir('F1', 'RRR', '[{"rang": 2, "montant_ht": 10.01}]'), 'a rebate in money');
select lives_ok(pg_temp.avoir('F1', 'RAN', null), 'all that is left');
select is((select format('%s %s %s %s', sum(f.total_ht), sum(f.total_tva), sum(f.total_ttc_cdf), sum(f.total_tva_cdf))
  from public.factures_client f where f.facture_origine_id = tests.id('F1')), '1323.33 211.73 4374921.00 603430.50',
  'credit notes come to the invoice, to the cent, tax and francs included');
select throws_ok(pg_temp.avoir('F1', 'RAN', null), 'PT422', 'FACTURE_VIDE', 'nothing is left');
select lives_ok(pg_temp.preparer('F3', 's1', 's2'), 'its sorties may be sold again');
select lives_ok(pg_temp.emettre('F3'), 'and are');
select is(pg_temp.vue('F3'), 'EMISE PAYEE 1535.06/0.00', 'out of what the client has to their credit');
select is(pg_temp.solde(), -100.00, 'which comes back to what it was');

-- The counter ---------------------------------------------------------------------------------------------------------
select is(tests.verdict(r, pg_temp.comptant(1)), a, format('who sells at the counter: %s', r))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'done'), ('operateur', 'ROLE_FORBIDDEN'),
               ('caissier', 'ROLE_FORBIDDEN'), ('pca', 'ROLE_FORBIDDEN'), ('lecture', 'ROLE_FORBIDDEN')) as t (r, a);
select tests.agir_comme('gerant');
select is(tests.stock('cuve'), '88151.667 / 88151.667', 'so much is in the tank');
select throws_ok(pg_temp.comptant(100, '{"montant_remis": 100}'), 'PT409', 'COMPTANT_INSUFFISANT',
  'paid in full, or nothing');
select is(tests.stock('cuve'), '88151.667 / 88151.667', 'and nothing was moved');
select lives_ok(pg_temp.comptant(100, '{"montant_remis": 120}'), 'sold');
select is(tests.stock('cuve'), '88051.667 / 88051.667', 'the fuel has left');
select is((select format('%s %s %s', e.montant, e.montant_remis - e.montant, e.lettre -> 0 ->> 'reste')
  from public.encaissements e where e.client_id = tests.id('client') order by e.numero_recu desc limit 1),
  '116.00 4.00 0.00', 'its receipt says what was given back and that nothing is due');
select is((select count(*)::int from public.v_sorties_a_facturer where client_id = tests.id('client')), 0,
  'nothing of this client is left to invoice');
select lives_ok(pg_temp.comptant(50, '{"devise": "CDF"}'), 'in francs');

-- The till ------------------------------------------------------------------------------------------------------------
select is((select theorique from public.v_caisse_jour where depot_id = tests.id('depot') and devise = 'USD'
    and jour = tests.jour()),
  1000 + 700 + 535.05 + 116.00 - 14.20, 'cash in, less cash out');
select throws_ok(format('select public.cloturer_caisse(%L, %L, %L, 2300)', tests.id('depot'), 'USD', tests.jour()),
  'PT422',
  'MOTIF_REQUIS', 'a gap says why');
select lives_ok(format('select public.cloturer_caisse(%L, %L, %L, 2300, %L)', tests.id('depot'), 'USD', tests.jour(),
  'Il manque un billet'), 'closed');
select throws_ok(pg_temp.comptant(10), 'PT409', 'CAISSE_CLOTUREE', 'no more cash today');
select lives_ok(pg_temp.comptant(10, '{"mode": "CHEQUE", "reference": "CH-9"}'), 'a cheque is no cash');

-- Credit --------------------------------------------------------------------------------------------------------------
select tests.redevenir_systeme();
update public.feature_flags set enabled = true where key = 'credit_client_blocant';
select tests.agir_comme('directeur');
select lives_ok(format('select public.fixer_conditions_client(%L, %L)', tests.id('client'),
  '{"plafond": 1000, "delai_jours": 30}'), 'a limit');
select is((select encours from public.v_encours_client where client_id = tests.id('client')), -100.00,
  'an advance is no debt');
select lives_ok(pg_temp.a_credit(900), 'within the limit: 1044.00 - 100.00');
select throws_ok(pg_temp.a_credit(100), 'PT409', 'CREDIT_DEPASSE', 'not beyond it, invoiced or not');
select lives_ok(pg_temp.comptant(100, '{"mode": "CHEQUE", "reference": "CH-10"}'), 'who pays asks no credit');
select lives_ok(format('select public.deroger_credit(%L, 100, %L, %L)', tests.id('client'), now() + interval '1 day',
  'Accord du directeur'), 'a dérogation');
select lives_ok(pg_temp.a_credit(100), 'lets one go');
select throws_ok(pg_temp.a_credit(1), 'PT409', 'CREDIT_DEPASSE', 'once');
select lives_ok(format('select public.fixer_conditions_client(%L, %L)', tests.id('client'), '{"suspendu": true}'),
  'suspended');
select throws_ok(pg_temp.a_credit(1), 'PT409', 'CLIENT_SUSPENDU', 'nothing leaves');
select throws_ok(pg_temp.comptant(1, '{"mode": "CHEQUE", "reference": "CH-11"}'), 'PT409', 'CLIENT_SUSPENDU',
  'even paid');
select lives_ok(format('select public.fixer_conditions_client(%L, %L)', tests.id('client'),
  '{"suspendu": false, "plafond": null}'), 'no limit any more');
select lives_ok(pg_temp.a_credit(5000), 'lets go');

-- Many at once --------------------------------------------------------------------------------------------------------
select results_eq(format('select sorties, total_ttc, code from public.facturer_lot(%L) where client_id = %L',
  tests.id('depot'), tests.id('client')), 'values (3, 6960.00, null::text)',
    'all that is delivered, one invoice a client');
select is_empty(format('select * from public.facturer_lot(%L)', tests.id('depot')), 'and nothing is left');
select tests.redevenir_systeme();
select is_empty('select * from private.verifier_factures()', 'all verifies');
select is_empty('select * from private.verifier_series()', 'no number is missing');
select is_empty('select * from private.verifier_comptes()', 'nor is a settlement beyond its entry');

-- Less than a cent's worth of fuel
select pg_temp.sortie('goutte', 0.004);
select tests.agir_comme('gerant');
select lives_ok(pg_temp.preparer('F0', 'goutte'), 'drafted');
select throws_ok(pg_temp.emettre('F0'), 'PT422', 'FACTURE_VIDE', 'an invoice that comes to nothing');
select tests.redevenir_systeme();

-- The device ----------------------------------------------------------------------------------------------------------
insert into public.app_settings (key, value) values ('dispositif_fiscal', 'simule');
select tests.agir_comme('gerant');
select pg_temp.sortie('s9', 10);
select lives_ok(pg_temp.preparer('F9', 's9'), 'with a device');
select lives_ok(pg_temp.emettre('F9'), 'issued');
select is((select statut from public.factures_fiscales where facture_id = tests.id('F9')), 'A_TRANSMETTRE', 'it waits');
select is(public.transmettre_fiscal(), 1, 'told once');
select is((select statut from public.factures_fiscales where facture_id = tests.id('F9')), 'CERTIFIEE',
  'and certified');
select is(public.transmettre_fiscal(), 0, 'not twice');

select tests.agir_comme('etranger');
select is((select count(*)::int from public.factures_client) + (select count(*)::int from public.encaissements), 0,
  'of another depot one sees nothing');
select tests.agir_comme('caissier');
select is((select count(*)::int from public.factures_client), 0, 'a cashier reads no invoice');
select isnt((select count(*)::int from public.encaissements), 0, 'but the till');
select tests.redevenir_systeme();
insert into public.app_settings (key, value) values ('env', 'staging') on conflict (key) do update
  set value = 'staging';
select lives_ok('select private.vider_mouvements()', 'a purge of STAGING takes sales with the movements');
select is((select count(*) from public.factures_client) + (select count(*) from public.encaissements)
  + (select count(*) from public.bons_livraison), 0::bigint, 'and leaves none');

select * from finish();
rollback;
