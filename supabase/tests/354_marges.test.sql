-- What a sale leaves over what its fuel came to.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(17);

select tests.depot('depot'), tests.equipe('depot'), tests.citerne('cuve'),
       tests.acteur('operateur', 'depot', 'comptable');
update public.profils set habilitations = '{finance}' where user_id = tests.id('comptable');
update public.depots set code = upper(translate(substr(md5(id::text), 1, 6), '0123456789', 'GHIJKLMNOP'))
 where id = tests.id('depot');
select tests.noter('client', tests.tiers('clients')), tests.noter('vendeur', tests.tiers('fournisseurs'));

create function pg_temp.lot(p_nom text, p_litres numeric) returns void language plpgsql as $$
declare
  v_id uuid;
  v_cdr uuid;
  v_pas text;
begin
  insert into public.fournisseur_lot (fournisseur_id, produit_id, reference)
  values (tests.id('vendeur'), tests.produit('G.O'), p_nom) returning id into v_id;
  perform tests.noter(p_nom, v_id);
  insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume,
    fournisseur_lot_id)
  values (tests.id('vendeur'), tests.id('depot'), tests.produit('G.O'),
    upper(substr(replace(gen_random_uuid()::text, '-', ''), 1, 10)), p_litres, v_id) returning id into v_cdr;
  foreach v_pas in array '{TRANSIT,FRONTIERE,ARRIVE}'::text[] loop
    update public.cours_de_route set statut = v_pas where id = v_cdr;
  end loop;
  insert into public.receptions (cours_de_route_id, citerne_id, volume_ambiant, temperature_ambiante_c)
  values (v_cdr, tests.id('cuve'), p_litres, 15) returning tests.noter(p_nom || '_reception', id) into v_cdr;
end;
$$;
create function pg_temp.acheter(p_lot text, p_prix numeric) returns void language plpgsql as $$
declare
  v_id uuid;
begin
  update public.fournisseur_lot set statut = 'cloture' where id = tests.id(p_lot);
  insert into public.fournisseur_facture_lot_min (fournisseur_lot_id, invoice_no, date_facture,
    quantite_facturee_20c, prix_unitaire_usd)
  select tests.id(p_lot), p_lot, tests.jour(), v.volume_20c, p_prix
    from public.v_reception_20c v where v.reception_id = tests.id(p_lot || '_reception') returning id into v_id;
  perform public.calculer_facture_fournisseur(v_id);
  perform public.valider_facture_fournisseur(v_id);
end;
$$;
create function pg_temp.vendre(p_nom text, p_litres numeric) returns void language plpgsql as $$
begin
  perform tests.noter(p_nom || '_sortie', (public.creer_et_valider_sortie(jsonb_build_object('citerne_id',
    tests.id('cuve'), 'client_id', tests.id('client'), 'volume_ambiant', p_litres, 'temperature_ambiante_c', 15))).id);
  perform tests.noter(p_nom, public.preparer_facture(tests.id('client'), tests.id('depot'),
    array[tests.id(p_nom || '_sortie')]));
  perform public.emettre_facture(tests.id(p_nom));
end;
$$;
create function pg_temp.marge(p_nom text) returns text language sql as $$
  select format('%s litres, vendus %s, part %s', trim_scale(v.litres_15c), v.vente_usd, trim_scale(v.part_connue))
    from public.v_marge_ventes v where v.facture_id = tests.id(p_nom) $$;
create function pg_temp.cout(p_lot text) returns numeric language sql as $$
  select c.usd_par_l15 from public.v_cout_revient_lot c where c.lot_id = tests.id(p_lot) $$;
grant execute on all functions in schema pg_temp to authenticated;

select tests.agir_en_base('admin');
select public.fixer_taux_change('USD', tests.jour(), 2800, 'MANUEL');
select public.creer_tarif(tests.produit('G.O'), null, tests.id('depot'), 'USD', 'L15', 1.2, tests.jour(-30), null,
  'Prix du mois');
select pg_temp.lot('L1', 10000);
select pg_temp.vendre('F1', 1000);
select tests.agir_comme('directeur');
select is(pg_temp.marge('F1'), '1000 litres, vendus 1200.00, part 0', 'of a lot nobody has invoiced nothing is known');
select is((select marge_usd from public.v_marge_ventes where facture_id = tests.id('F1')), null, 'nor what it leaves');
select tests.agir_en_base('admin');
select lives_ok($$select pg_temp.acheter('L1', 0.80)$$, 'the lot is invoiced');
select lives_ok(format('select public.ajouter_frais_lot(%L, %L)', tests.id('L1'),
  '{"type": "FRET", "montant": 500, "devise": "USD"}'), 'its freight is said');
select tests.agir_comme('directeur');
select is(pg_temp.marge('F1'), '1000 litres, vendus 1200.00, part 1', 'all of what was held is known');
select results_eq(format('select cout_usd_par_l15, cout_usd, marge_usd from public.v_marge_ventes
  where facture_id = %L', tests.id('F1')), format('select %1$s::numeric, round(1000 * %1$s, 2),
  1200 - round(1000 * %1$s, 2)', pg_temp.cout('L1')), 'a litre costs what its lot came to, freight included');

select tests.agir_en_base('admin');
select pg_temp.lot('L2', 10000);
select tests.agir_comme('directeur');
select is(pg_temp.marge('F1'), '1000 litres, vendus 1200.00, part 0.5', 'half of what is held is of another lot');
select is((select cout_usd_par_l15 from public.v_marge_ventes where facture_id = tests.id('F1')), pg_temp.cout('L1'),
  'which counts for nothing until it is invoiced');
select tests.agir_en_base('admin');
select lives_ok($$select pg_temp.acheter('L2', 0.90)$$, 'it is');
select tests.agir_comme('directeur');
select ok(abs((select cout_usd_par_l15 from public.v_marge_ventes where facture_id = tests.id('F1'))
  - (pg_temp.cout('L1') + pg_temp.cout('L2')) / 2) < 0.000002, 'one liquid, one average');
select tests.agir_en_base('admin');
select lives_ok(format('select public.emettre_avoir(%L, %L, %L, %L)', tests.id('F1'), 'RRR',
  '[{"rang": 1, "montant_ht": 100}]', 'Rabais accordé au client'), 'a rebate');
select tests.agir_comme('directeur');
select is(pg_temp.marge('F1'), '1000 litres, vendus 1100.00, part 1', 'takes from what was sold');
select tests.agir_en_base('admin');
select lives_ok(format('select public.emettre_avoir(%L, %L, null, %L)', tests.id('F1'), 'RAN',
  'Facturée par erreur au client'), 'taken back whole');

select tests.agir_comme('directeur');
select is(pg_temp.marge('F1'), null, 'it sells nothing any more');
select tests.agir_en_base('admin');
select pg_temp.vendre('F2', 10);
select tests.agir_comme('comptable');
select is(pg_temp.marge('F2'), '10 litres, vendus 12.00, part 1', 'who keeps the books reads margins');
select tests.agir_comme('pca');
select is(pg_temp.marge('F2'), '10 litres, vendus 12.00, part 1', 'a pca reads margins');
select tests.agir_comme('gerant');
select is(pg_temp.marge('F2'), null, 'a gérant reads none');

select * from finish();
rollback;
