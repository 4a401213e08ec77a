-- Accounts of third parties: entries, what settles what, and the statement as it was known.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(23);

select tests.depot('depot'), tests.equipe('depot'), tests.noter('vendeur', tests.tiers('fournisseurs')),
       tests.noter('autre', tests.tiers('fournisseurs')), tests.acteur('operateur', 'depot', 'comptable');
update public.profils set habilitations = '{finance}' where user_id = tests.id('comptable');

create function pg_temp.ecrire(p_nom text, p_type text, p_debit numeric, p_credit numeric, p_jour date default
  '2026-03-01',
  p_tiers text default 'vendeur') returns void language sql as $$
  select
    tests.noter(p_nom, private.ecrire_compte(jsonb_populate_record(null::public.ecritures_tiers, jsonb_build_object(
    'tiers_type', 'FOURNISSEUR', 'fournisseur_id', tests.id(p_tiers), 'devise', 'USD', 'date_valeur', p_jour, 'type',
    p_type,
    'debit', p_debit, 'credit', p_credit, 'reference', p_nom, 'libelle', p_nom, 'source_type', 'essai',
    'source_id', gen_random_uuid()))))
$$;
create function pg_temp.lettrer(p_debit text, p_credit text, p_montant numeric) returns text language sql as $$
  select format('select private.lettrer(%L, %L, %s)', tests.id(p_debit), tests.id(p_credit), p_montant)
$$;
create function pg_temp.releve(p_connu timestamptz default 'infinity', p_du date default null) returns text
  language sql as $$
  select string_agg(format('%s %s', coalesce(r.reference, r.type), r.solde), ', ' order by r.rang)
    from public.releve_tiers('FOURNISSEUR', tests.id('vendeur'), 'USD', p_du, null, p_connu) r
$$;
grant execute on function pg_temp.releve to authenticated;

select pg_temp.ecrire('F1', 'FACTURE', null, 1000), pg_temp.ecrire('P1', 'PAIEMENT', 400, null, '2026-03-05'),
       pg_temp.ecrire('P2', 'PAIEMENT', 700, null, '2026-03-04'),
       pg_temp.ecrire('FA', 'FACTURE', null, 50, '2026-03-01', 'autre');
select throws_ok($$select pg_temp.ecrire('X', 'FACTURE', 1, 1)$$, '23514', null, 'an entry is a debit or a credit');
select throws_ok($$select pg_temp.ecrire('X', 'FACTURE', 1e13, null)$$, '23514', null,
  'of an amount that JSON says exactly');

select lives_ok(pg_temp.lettrer('P1', 'F1', 400), 'a payment settles a part');
select throws_ok(pg_temp.lettrer('P1', 'F1', 0.01), 'PT409', 'LETTRAGE_EXCESSIF', 'and not more than it is');
select throws_ok(pg_temp.lettrer('P2', 'F1', 600.01), 'PT409', 'LETTRAGE_EXCESSIF', 'nor more than is left');
select throws_ok(pg_temp.lettrer('P2', 'F1', -1), 'PT409', 'LETTRAGE_EXCESSIF', 'nor less than nothing');
select throws_ok(pg_temp.lettrer('P2', 'F1', 'NaN'), '42703', null, 'nor no number');
select throws_ok(pg_temp.lettrer('P2', 'FA', 1), 'PT409', 'LETTRAGE_INCOMPATIBLE', 'nor somebody else''s');
select throws_ok(pg_temp.lettrer('F1', 'P2', 1), 'PT409', 'LETTRAGE_INCOMPATIBLE', 'nor the wrong way round');
select lives_ok(pg_temp.lettrer('P2', 'F1', 600), 'the rest');
select is(private.montant_lettre(tests.id('F1')), 1000.00, 'settled');

select lives_ok(format('select private.contrepasser(%L, %L, %L)', tests.id('P2'), '2026-03-06',
  'Chèque sans provision'), 'a payment is taken back');
select is(private.montant_lettre(tests.id('F1')), 400.00, 'what it had settled is open again');
select throws_ok(format('select private.contrepasser(%L, %L, %L)', tests.id('P2'), '2026-03-06', 'x'), 'PT409',
  'ECRITURE_CONTREPASSEE', 'once');
select is_empty($$select * from private.verifier_comptes() v where v.tiers_id = tests.id('vendeur')$$,
  'all of it holds');

select tests.agir_comme('admin');
select is(pg_temp.releve(), 'REPORT 0, F1 1000.00, P2 300.00, P1 -100.00, P2 600.00',
  'entries by day, each with the balance after it');
select is(pg_temp.releve('infinity', '2026-03-05'), 'REPORT 300.00, P1 -100.00, P2 600.00',
  'a period begins with what was owed before');
select is(pg_temp.releve((select created_at from public.ecritures_tiers where id = tests.id('P1'))),
  'REPORT 0, F1 1000.00, P1 600.00',
  'what was written later is not in it');
select is((select solde from public.v_soldes_tiers where tiers_id = tests.id('vendeur')), 600.00,
  'the balance is the statement''s last');
select tests.agir_comme('comptable');
select is((select count(*)::int from public.ecritures_tiers where tiers_id = tests.id('vendeur')), 4,
  'who holds finance reads accounts, whatever the role');
select tests.agir_comme('operateur');
select is((select count(*)::int from public.ecritures_tiers), 0, 'an operateur reads none');
select throws_ok($$select pg_temp.releve()$$, 'PT403', 'ROLE_FORBIDDEN', 'nor a statement');
select tests.redevenir_systeme();
select throws_ok('update public.ecritures_tiers set libelle = libelle', 'PT403', 'ECRITURE_INTERDITE',
  'nobody changes an entry');

select * from finish();
rollback;
