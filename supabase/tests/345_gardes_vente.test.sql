-- What the tables of a sale hold is asked by their own triggers, of whoever writes: each rule, one row that breaks it.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(67);

select tests.depot('depot'), tests.equipe('depot'), tests.citerne('cuve');
update public.depots set code = upper(translate(substr(md5(id::text), 1, 6), '0123456789', 'GHIJKLMNOP'))
 where id = tests.id('depot');
select tests.recevoir('cuve', 90000);
select tests.noter('client', tests.tiers('clients')), tests.noter('go', tests.produit('G.O'));
select tests.agir_comme('admin');
select public.fixer_taux_change('USD', tests.jour(), 2800, 'MANUEL');
select tests.noter('tarif', public.creer_tarif(tests.id('go'), null, tests.id('depot'), 'USD', 'L15', 1.5,
  tests.jour(-10), null, 'Tarif du mois'));
select tests.agir_comme('gerant');
select tests.noter('facture', (public.vendre_comptant(jsonb_build_object('sortie', jsonb_build_object(
  'citerne_id', tests.id('cuve'), 'client_id', tests.id('client'), 'volume_ambiant', 100,
  'temperature_ambiante_c', 15))) ->> 'facture_id')::uuid);
select tests.redevenir_systeme();
set local role postgres;

-- Another row as the one that the sale wrote, but for what breaks a rule.
create function pg_temp.pareille(p_table text, p_mais jsonb) returns text language sql as $$
  select format('insert into %1$s select (jsonb_populate_record(t, %2$L)).* from %1$s t limit 1', p_table, p_mais)
$$;
create function pg_temp.ecriture(p_mais jsonb) returns text language sql as $$
  select format('select private.ecrire_compte(jsonb_populate_record(e, %L)) from public.ecritures_tiers e
    where e.type = ''FACTURE'' and e.client_id = %L', p_mais || '{"source_type": "essai"}', tests.id('client'))
$$;

select throws_ok(pg_temp.pareille(t, m), coalesce(c, '23514'), null, format('%s: %s', t, left(m::text, 60)))
  from (values
    ('public.bons_livraison', '{"volume_livre_ambiant": 0}'::jsonb, null::text),
    ('public.bons_livraison', '{"volume_livre_ambiant": "NaN"}', null),
    ('public.bons_livraison', '{"volume_livre_15c": 1e9}', null),
    ('public.bons_livraison', '{"statut": "PARTI"}', null),
    ('public.bons_livraison', '{"statut": "ANNULE"}', null),
    ('public.bons_livraison', '{"motif_annulation": "Parti sans être reçu"}', null),
    ('public.bons_livraison', '{"numero": null}', null),
    ('public.bons_livraison', '{"confirme_le": null}', null),
    ('public.bons_livraison', jsonb_build_object('recu_par', repeat('x', 2001)), null),
    ('public.bons_livraison', '{"lieu": "ici\u202e"}', 'PT422'),
    ('public.bons_livraison', '{"date_livraison": "1999-01-01"}', 'PT422'),
    ('public.factures_client', '{"devise": "EUR"}', null),
    ('public.factures_client', '{"type": "DEVIS"}', null),
    ('public.factures_client', '{"type": "AVOIR"}', null),
    ('public.factures_client', '{"nature": "RAN"}', null),
    ('public.factures_client', '{"statut": "PAYEE"}', null),
    ('public.factures_client', '{"statut": "BROUILLON"}', null),
    ('public.factures_client', '{"numero": null}', null),
    ('public.factures_client', '{"total_ht": -1}', null),
    ('public.factures_client', '{"taux_cdf": 0}', null),
    ('public.factures_client', '{"date_echeance": "2001-01-01"}', null),
    ('public.factures_client', '{"total_ht": 1, "total_tva": -1, "total_ttc": 0}', null),
    ('public.factures_client', '{"total_ttc": 1}', null),
    ('public.factures_client', '{"total_ttc": "NaN"}', null),
    ('public.factures_client', '{"total_tva_cdf": -1}', null),
    ('public.factures_client', '{"total_ttc_cdf": 0}', null),
    ('public.factures_client', '{"date_facture": "2050-01-01", "date_echeance": null}', 'PT422'),
    ('public.factures_client_lignes', '{"rang": 0}', null),
    ('public.factures_client_lignes', '{"nature": "CADEAU"}', null),
    ('public.factures_client_lignes', '{"nature": "SERVICE"}', null),
    ('public.factures_client_lignes', '{"base": "UNITE"}', null),
    ('public.factures_client_lignes', '{"base": "KG"}', null),
    ('public.factures_client_lignes', '{"quantite": 0}', null),
    ('public.factures_client_lignes', '{"prix_ht": "NaN"}', null),
    ('public.factures_client_lignes', '{"tva_groupe": "Z"}', null),
    ('public.factures_client_lignes', '{"tva_taux": 101}', null),
    ('public.factures_client_lignes', '{"montant_ht": -1}', null),
    ('public.factures_client_lignes', '{"designation": " "}', null),
    ('public.factures_client_taxes', '{"groupe": "Z"}', null),
    ('public.factures_client_taxes', '{"taux": 101}', null),
    ('public.factures_client_taxes', '{"base_ht": -1}', null),
    ('public.factures_client_taxes', '{"montant_tva": "NaN"}', null),
    ('public.encaissements', '{"mode": "OR"}', null),
    ('public.encaissements', '{"mode": "VIREMENT"}', null),
    ('public.encaissements', '{"operateur_mobile": "MPESA"}', null),
    ('public.encaissements', '{"mode": "MOBILE_MONEY", "operateur_mobile": "ICI", "reference": "M1"}', null),
    ('public.encaissements', '{"devise": "EUR"}', null),
    ('public.encaissements', '{"devise_compte": "EUR"}', null),
    ('public.encaissements', '{"montant": 0}', null),
    ('public.encaissements', '{"montant_remis": 1}', null),
    ('public.encaissements', '{"taux_cdf": 0}', null),
    ('public.encaissements', '{"montant_compte": "NaN"}', null),
    ('public.encaissements', '{"reference": " "}', null),
    ('public.encaissements', '{"statut": "PERDU"}', null),
    ('public.encaissements', '{"statut": "ANNULE"}', null),
    ('public.encaissements', '{"confirme_par": null}', null),
    ('public.encaissements', '{"numero_recu": null}', null),
    ('public.factures_fiscales', '{"statut": "PERDUE"}', null),
    ('public.factures_fiscales', '{"statut": "CERTIFIEE"}', null),
    ('private.lettrages', '{"montant": 0}', null),
    ('private.lettrages', '{"montant": -1}', null)) as cas (t, m, c);
select throws_ok(pg_temp.ecriture(m), '23514', null, format('ecritures_tiers: %s', m))
  from (values ('{"devise": "EUR"}'::jsonb), ('{"type": "CADEAU"}'), ('{"type": "CONTREPASSATION"}'),
               ('{"echeance": "2001-01-01"}')) as cas (m);
select lives_ok(pg_temp.ecriture('{"type": "AVANCE"}'), 'an entry that breaks none is written, and open');
select throws_ok('update private.restes_clients set debit = -debit', '23514', null,
  'what is left of it is never below zero');

select * from finish();
rollback;
