-- What the sales refuse beside the chain of 340: days, rates, prices, currencies, a clock that goes back, four eyes.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(20);

select tests.depot('depot'), tests.equipe('depot'), tests.citerne('cuve');
update public.depots set code = upper(translate(substr(md5(id::text), 1, 6), '0123456789', 'GHIJKLMNOP'))
 where id = tests.id('depot');
select tests.recevoir('cuve', 90000);
select tests.noter('client', tests.tiers('clients')), tests.noter('go', tests.produit('G.O'));

create function pg_temp.noter(p_nom text, p_sql text) returns text language sql as $$
  select format('select tests.noter(%L, (%s))', p_nom, p_sql) $$;
create function pg_temp.sortie(p_nom text, p_valider boolean default true) returns void language plpgsql as $$
declare
  v_avant text := tests.passer_chef();
begin
  perform tests.noter(p_nom, tests.brouillon('cuve', 100, p_nom => p_nom || '_brouillon'));
  update public.sorties_produit set client_id = tests.id('client') where id = tests.id(p_nom);
  if p_valider then
    perform public.validate_sortie(tests.id(p_nom));
  end if;
  perform set_config('request.jwt.claims', v_avant, true);
end;
$$;
create function pg_temp.preparer(p_nom text, p_sortie text) returns text language sql as $$
  select pg_temp.noter(p_nom, format('select public.preparer_facture(%L, %L, %L)', tests.id('client'),
    tests.id('depot'), array[tests.id(p_sortie)])) $$;
create function pg_temp.emettre(p_nom text) returns text language sql as $$
  select format('select public.emettre_facture(%L)', tests.id(p_nom)) $$;
create function pg_temp.payer(p_plus jsonb) returns text language sql as $$
  select format('select public.encaisser(%L)', jsonb_build_object('depot_id', tests.id('depot'), 'client_id',
    tests.id('client'), 'mode', 'CASH', 'devise', 'USD', 'montant', 10) || p_plus) $$;
create function pg_temp.tarif(p_devise text) returns text language sql as $$
  select format('select public.creer_tarif(%L, null, null, %L, %L, 1, %L, null, %L)', tests.id('go'), p_devise, 'L15',
    tests.jour(-10), 'Tarif du mois') $$;
grant execute on all functions in schema pg_temp to authenticated;

select tests.agir_en_base('admin');

-- Days ----------------------------------------------------------------------------------------------------------------
select throws_ok(format('select public.fixer_taux_tva(%L, %L, 16, %L)', 'B', tests.jour(0), 'Essai'), 'PT422',
  'DATE_PASSEE', 'a tax rate is for a day to come');
select throws_ok(format('select public.deroger_credit(%L, 10, now() - interval ''1 second'', %L)', tests.id('client'),
  'Le directeur a dit oui'), 'PT422', 'DATE_PASSEE', 'credit is not let go until a moment that has passed');

-- Prices --------------------------------------------------------------------------------------------------------------
select lives_ok(pg_temp.noter('prix', pg_temp.tarif('USD')), 'a price');
select throws_ok(format('select public.clore_tarif(%L, %L, %L)', tests.id('prix'), tests.jour(-5), 'Fin du mois'),
  'PT409', 'TARIF_NON_CLOTURABLE', 'what was sold at a price was sold at it');
select throws_ok(format('select public.clore_tarif(%L, %L, %L)', tests.id('prix'), tests.jour(-20), 'Fin du mois'),
  'PT409', 'TARIF_NON_CLOTURABLE', 'a price does not end before it begins');

-- Delivery and invoices -----------------------------------------------------------------------------------------------
select pg_temp.sortie('brouillon', false), pg_temp.sortie('une'), pg_temp.sortie('deux'), pg_temp.sortie('trois');
select throws_ok(format('select public.etablir_bl(%L)', tests.id('brouillon')), 'PT409', 'SORTIE_NON_LIVRABLE',
  'what has not left the tank is not delivered');
select lives_ok(pg_temp.preparer('F1', 'une'), 'drafted');
select throws_ok(pg_temp.emettre('F1'), 'PT409', 'TAUX_ABSENT', 'no invoice without the rate of the week');
select lives_ok(format('select public.fixer_taux_change(%L, %L, 2800, %L)', 'USD', tests.jour(0), 'MANUEL'),
  'which is said');
select tests.redevenir_systeme();
update public.feature_flags set enabled = true where key = 'quatre_yeux_finance';
select tests.agir_en_base('admin');
select throws_ok(pg_temp.emettre('F1'), 'PT403', 'QUATRE_YEUX', 'with four eyes, not by who prepared it');
select tests.agir_en_base('directeur');
select lives_ok(pg_temp.emettre('F1'), 'by another');
select tests.redevenir_systeme();
update public.feature_flags set enabled = false where key = 'quatre_yeux_finance';
update public.produits set tva_groupe = 'N' where id = tests.id('go');
select tests.agir_en_base('admin');
select throws_ok(pg_temp.preparer('F2', 'deux'), 'PT409', 'TVA_NON_FIXEE', 'nor in a tax group whose rate nobody said');
select tests.redevenir_systeme();
update public.produits set tva_groupe = 'B' where id = tests.id('go');

-- Payments ------------------------------------------------------------------------------------------------------------
select tests.agir_en_base('admin');
select throws_ok(pg_temp.payer('{"mode": "MOBILE_MONEY", "reference": "MP-1"}'), 'PT422', 'OPERATEUR_REQUIS',
  'mobile money says whose');
select lives_ok(pg_temp.payer(jsonb_build_object('devise_compte', 'USD')), 'cash');
select throws_ok(pg_temp.payer(jsonb_build_object('devise', 'CDF', 'devise_compte', 'CDF', 'factures',
  jsonb_build_array(jsonb_build_object('facture_id', tests.id('F1'), 'montant', 10)))), 'PT422', 'DEVISE_DIFFERENTE',
  'a debt in dollars is not settled in the account of francs');

-- The device, and a clock that goes back ------------------------------------------------------------------------------
select tests.redevenir_systeme();
insert into public.app_settings (key, value) values ('dispositif_fiscal', 'simule');
select tests.agir_en_base('admin');
select lives_ok(pg_temp.preparer('F2', 'deux'), 'drafted');
select lives_ok(pg_temp.emettre('F2'), 'issued with a device');
select throws_ok(format('select public.imprimer_facture(%L)', tests.id('F2')), 'PT409', 'FACTURE_NON_CERTIFIEE',
  'not printed before the device has certified it');
select lives_ok(pg_temp.preparer('F3', 'trois'), 'another');
select tests.redevenir_systeme();
alter table public.factures_client disable trigger user;
update public.factures_client set date_facture = date_facture + 1, date_echeance = date_echeance + 1
 where id = tests.id('F2');
alter table public.factures_client enable trigger user;
select tests.agir_en_base('admin');
select throws_ok(pg_temp.emettre('F3'), 'PT409', 'HORLOGE_RECULEE', 'a clock behind the last invoice issues nothing');

select * from finish();
rollback;
