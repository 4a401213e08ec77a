-- Online payments as the tables hold them: what was asked never changes, what was said only goes further, nobody's hand
-- writes any of it.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(24);

select tests.depot('depot'), tests.equipe('depot');
update public.depots set code = upper(translate(substr(md5(id::text), 1, 6), '0123456789', 'GHIJKLMNOP'))
 where id = tests.id('depot');
update public.app_settings set value = 'staging' where key = 'env';
select tests.noter('client', tests.tiers('clients'));
select tests.passer_chef();
select public.fixer_taux_change('USD', private.jour_au_depot(tests.id('depot'), now()), 2800, 'MANUEL');
select tests.noter('facture', public.preparer_facture(tests.id('client'), tests.id('depot'), '{}',
  '[{"designation":"Stockage","quantite":1,"prix_ht":100,"tva_groupe":"A"}]'));
select public.emettre_facture(tests.id('facture'));

update public.feature_flags set enabled = false, depots = '{}' where key = 'paiement_en_ligne';
select throws_ok($$select private.reserver_paiement(tests.id('facture'), 'SIMULE')$$, 'PT409',
  'PAIEMENT_EN_LIGNE_INDISPONIBLE', 'where the option is off nothing is opened');
update public.feature_flags set enabled = true where key = 'paiement_en_ligne';
select tests.noter('paiement', (private.reserver_paiement(tests.id('facture'), 'SIMULE') ->> 'id')::uuid);
select is((private.reserver_paiement(tests.id('facture'), 'SIMULE') ->> 'id')::uuid, tests.id('paiement'),
  'asked again, it is the same session');
select is((private.reserver_paiement(tests.id('facture'), 'STRIPE') ->> 'perime')::boolean, true,
  'one of another provider is closed first');
select private.noter_session(tests.id('paiement'), s ->> 'session_id', 'https://exemple.cd', now() + interval '1 day')
  from (select private.ouvrir_session_simulee(private.reserver_paiement(tests.id('facture'), 'SIMULE')) as s) o;
select is((select statut from public.paiements_en_ligne where id = tests.id('paiement')), 'OUVERT', 'it is open');
select throws_ok(format($$update public.paiements_en_ligne set montant_minime = 1 where id = %L$$,
  tests.id('paiement')), 'PT403', 'ECRITURE_INTERDITE', 'what was asked never changes');
select throws_ok(format($$delete from public.paiements_en_ligne where id = %L$$, tests.id('paiement')), 'PT403',
  'ECRITURE_INTERDITE', 'nothing of it is deleted');

create temp table recu on commit drop as
  select private.simuler(p.session_id, 'payer') as e, p.session_id from public.paiements_en_ligne p
   where p.id = tests.id('paiement');
select is((select private.recevoir_evenement('SIMULE', e, 'COURANT', private.etat_simule(session_id)) from recu),
  'APPLIQUE', 'an event and its effect are one');
select is((select private.recevoir_evenement('SIMULE', e, 'COURANT', private.etat_simule(session_id)) from recu),
  'DEJA_RECU', 'told again it is nothing new');
select is((select solde from public.v_factures_client where id = tests.id('facture')), 0.00, 'the invoice is paid');
select throws_ok(format($$update public.paiements_en_ligne set statut = 'EN_ATTENTE', encaissement_id = null
  where id = %L$$, tests.id('paiement')), 'PT403', 'ECRITURE_INTERDITE', 'no state goes back');
select throws_ok($$update public.evenements_entrants set resultat = 'IGNORE'$$, 'PT403', 'ECRITURE_INTERDITE',
  'an event stays what it was');
select throws_ok($$delete from public.evenements_entrants$$, 'PT403', 'ECRITURE_INTERDITE', 'and stays');
select throws_ok(format($$select public.annuler_encaissement(%L, 'Essai de reprise')$$,
  (select encaissement_id from public.paiements_en_ligne where id = tests.id('paiement'))), 'PT409',
  'ENCAISSEMENT_EN_LIGNE', 'what the provider received is cancelled by nobody here');
select throws_ok(format($$select public.encaisser(jsonb_build_object('depot_id', %L::uuid, 'client_id', %L::uuid,
  'mode', 'STRIPE', 'montant', 1, 'reference', 'pi_main'))$$, tests.id('depot'), tests.id('client')), 'PT409',
  'ENCAISSEMENT_EN_LIGNE', 'nor said by hand');
select is((select private.appliquer_etat('SIMULE', private.etat_simule(session_id) || jsonb_build_object('paiement',
  'unpaid', 'session', 'expired')) from recu), 'SANS_EFFET', 'an old answer about it changes nothing');
select is((select user_id from public.log_actions where action = 'PAIEMENT_EN_LIGNE_REUSSI'
             and cible_id = tests.id('paiement')), tests.chef(),
  'in a transaction of a person it is that person''s');

-- Closed meanwhile.
update public.feature_flags set enabled = true, depots = '{}' where key = 'cloture_mensuelle';
select tests.noter('autre', public.preparer_facture(tests.id('client'), tests.id('depot'), '{}',
  '[{"designation":"Stockage","quantite":1,"prix_ht":80,"tva_groupe":"A"}]'));
select public.emettre_facture(tests.id('autre'));
select tests.noter('tard', (private.reserver_paiement(tests.id('autre'), 'SIMULE') ->> 'id')::uuid);
select private.noter_session(tests.id('tard'), s ->> 'session_id', 'https://exemple.cd', now() + interval '1 day')
  from (select private.ouvrir_session_simulee(private.reserver_paiement(tests.id('autre'), 'SIMULE')) as s) o;
select public.clore_periode(tests.id('depot'), p_jour => tests.jour(-1));
select private.recevoir_evenement('SIMULE', private.simuler(p.session_id, 'payer'), 'COURANT',
    private.etat_simule(p.session_id) || jsonb_build_object('session', 'complete', 'paiement', 'paid', 'paye_le',
      now() - interval '1 day'))
  from public.paiements_en_ligne p where p.id = tests.id('tard');
select is((select e.jour_caisse from public.paiements_en_ligne p join public.encaissements e on e.id = p.encaissement_id
            where p.id = tests.id('tard')), tests.jour(0), 'paid on a day that was closed since, it is of today');
select isnt_empty($$select from pg_locks l where l.pid = pg_backend_pid() and l.locktype = 'advisory'
  and l.mode = 'ShareLock'
  and (l.classid::bigint << 32) | l.objid::bigint = hashtextextended('periodes:' || tests.id('depot'), 0)$$,
  'and whoever closes waits until it is written');

-- What somebody wrote as the reference of another refund is no refund of the provider's.
select tests.noter('especes', public.encaisser(jsonb_build_object('depot_id', tests.id('depot'), 'client_id',
  tests.id('client'), 'mode', 'CASH', 'montant', 5)));
select public.rembourser(tests.id('especes'), 5, 'VIREMENT', 're_tard', 'Rendu au client au guichet');
select private.appliquer_etat('SIMULE', private.etat_simule(p.session_id) || jsonb_build_object('retours',
    '[{"id":"re_tard","genre":"REMBOURSEMENT","devise":"USD","montant_minime":3000}]'::jsonb))
  from public.paiements_en_ligne p where p.id = tests.id('tard');
select is((select solde from public.v_factures_client where id = tests.id('autre')), 30.00,
  'a refund is booked, whatever somebody wrote by hand');

-- Credited meanwhile.
select public.emettre_avoir(tests.id('autre'), 'RRR', '[{"rang":1,"montant_ht":40}]', 'Remise accordée');
select private.appliquer_etat('SIMULE', private.etat_simule(p.session_id) || jsonb_build_object('retours',
    '[{"id":"re_avoir","genre":"REMBOURSEMENT","devise":"USD","montant_minime":2000}]'::jsonb))
  from public.paiements_en_ligne p where p.id = tests.id('tard');
select is((select solde from public.v_factures_client where id = tests.id('autre')), 10.00,
  'what was given back of an invoice that was credited is due again but for its credit note');
select tests.noter('main', public.preparer_facture(tests.id('client'), tests.id('depot'), '{}',
  '[{"designation":"Stockage","quantite":1,"prix_ht":60,"tva_groupe":"A"}]'));
select public.emettre_facture(tests.id('main'));
select tests.noter('paye', public.encaisser(jsonb_build_object('depot_id', tests.id('depot'), 'client_id',
  tests.id('client'), 'mode', 'CASH', 'montant', 60, 'factures',
  jsonb_build_array(jsonb_build_object('facture_id', tests.id('main'))))));
select public.emettre_avoir(tests.id('main'), 'RRR', '[{"rang":1,"montant_ht":45}]', 'Remise accordée');
select public.annuler_encaissement(tests.id('paye'), 'Chèque pris pour des espèces');
select is((select solde from public.v_factures_client where id = tests.id('main')), 15.00,
  'and so where a payment was none');
select tests.noter('vire', public.encaisser(jsonb_build_object('depot_id', tests.id('depot'), 'client_id',
  tests.id('client'), 'mode', 'VIREMENT', 'reference', 'V1', 'montant', 15, 'factures',
  jsonb_build_array(jsonb_build_object('facture_id', tests.id('main'))))));
select public.emettre_avoir(tests.id('main'), 'RRR', '[{"rang":1,"montant_ht":6}]', 'Remise accordée');
select throws_ok(format($$select public.rembourser(%L, 6.01, 'VIREMENT', 'R2', 'Rendu après un avoir')$$,
  tests.id('vire')), 'PT409', 'REMBOURSEMENT_EXCESSIF', 'no more is given back by hand than was credited');
select public.rembourser(tests.id('vire'), 6, 'VIREMENT', 'R3', 'Rendu après un avoir');
select is((select array[(select solde from public.v_factures_client where id = tests.id('main')),
    (select sum(solde) from public.v_soldes_tiers where client_id = tests.id('client'))]), array[0.00, 10.00],
  'what was credited of a paid invoice is given back, and nothing of it is due again');

select tests.redevenir_systeme();
select private.vider_mouvements();
select is((select count(*)::int from public.paiements_en_ligne)
        + (select count(*)::int from public.evenements_entrants)
        + (select count(*)::int from private.sessions_simulees), 0, 'a purge of STAGING leaves none of it');

select * from finish();
rollback;
