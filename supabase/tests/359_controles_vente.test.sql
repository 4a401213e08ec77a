-- What sales say to the checks.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(15);

select tests.depot('depot'), tests.equipe('depot'), tests.citerne('cuve');
update public.depots set code = upper(translate(substr(md5(id::text), 1, 6), '0123456789', 'GHIJKLMNOP'))
 where id = tests.id('depot');
select tests.recevoir('cuve', 90000);
select tests.noter('client', tests.tiers('clients')), tests.noter('go', tests.produit('G.O'));
create function pg_temp.sortie(p_nom text) returns void language sql as $$
  select tests.noter(p_nom, (public.creer_et_valider_sortie(jsonb_build_object('citerne_id', tests.id('cuve'),
    'client_id', tests.id('client'), 'volume_ambiant', 1000, 'temperature_ambiante_c', 15))).id) $$;
create function pg_temp.corriger(p_nom text, p_delta numeric) returns text language sql as $$
  select format('insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
    values (%L, %L, %s, %s, %L)', 'SORTIE', tests.id(p_nom), p_delta, p_delta, 'compteur relu le soir') $$;
create function pg_temp.facturer(p_nom text) returns void language plpgsql as $$
begin
  perform tests.noter(p_nom, public.preparer_facture(tests.id('client'), tests.id('depot'),
    array[tests.id('sortie_' || p_nom)]));
  perform public.emettre_facture(tests.id(p_nom));
end;
$$;
create function pg_temp.faits(p_source text, p_code text) returns setof uuid language plpgsql as $$
begin
  return query execute format('select f.entity_id from private.%I() f where f.check_code = %L
    and coalesce(f.depot_id, %L) = %L', p_source, p_code, tests.id('depot'), tests.id('depot'));
end;
$$;
select tests.agir_en_base('admin');
select public.fixer_taux_change('USD', tests.jour(), 2800, 'MANUEL');
select public.creer_tarif(tests.id('go'), null, tests.id('depot'), 'USD', 'L15', 1, tests.jour(-30), null,
  'Prix du mois');
select pg_temp.sortie('sortie_juste'), pg_temp.sortie('sortie_avant'), pg_temp.sortie('sortie_apres'),
       pg_temp.sortie('sortie_seule');

select lives_ok(pg_temp.corriger('sortie_avant', 12), 'a sortie is corrected, then invoiced');
select pg_temp.facturer('juste'), pg_temp.facturer('avant'), pg_temp.facturer('apres');
select is_empty($$select pg_temp.faits('controles_achats', 'FACTURE_MOUVEMENT_CORRIGE')$$,
  'invoices that sell what left the tank say nothing');
select lives_ok(pg_temp.corriger('sortie_apres', 12), 'one is corrected once its invoice is issued');
select results_eq($$select pg_temp.faits('controles_achats', 'FACTURE_MOUVEMENT_CORRIGE')$$, array[tests.id('apres')],
  'its invoice says so, whatever the clock says of which came first');
select lives_ok(pg_temp.corriger('sortie_apres', -12), 'the correction is taken back');
select is_empty($$select pg_temp.faits('controles_achats', 'FACTURE_MOUVEMENT_CORRIGE')$$,
  'and the invoice is right again');
select lives_ok(pg_temp.corriger('sortie_apres', 12), 'corrected again, by as much');
select public.emettre_avoir(tests.id('apres'), 'COR', '[{"rang": 1, "quantite": 2}]', 'Douze litres de trop');
select results_eq($$select pg_temp.faits('controles_achats', 'FACTURE_MOUVEMENT_CORRIGE')$$, array[tests.id('apres')],
  'a credit note of another quantity does not say the same');
select public.emettre_avoir(tests.id('apres'), 'COR', '[{"rang": 1, "quantite": 10}]', 'Douze litres de trop');
select is_empty($$select pg_temp.faits('controles_achats', 'FACTURE_MOUVEMENT_CORRIGE')$$,
  'credited by what it was corrected, the invoice is right');

select is_empty($$select pg_temp.faits('controles_ventes', 'SORTIE_NON_FACTUREE')$$, 'a sortie of today may wait');
update private.controles set seuil = -1 where code = 'SORTIE_NON_FACTUREE';
select results_eq($$select pg_temp.faits('controles_ventes', 'SORTIE_NON_FACTUREE')$$, array[tests.id('sortie_seule')],
  'one that waited too long is said');

select public.fixer_conditions_client(tests.id('client'), '{"plafond": 100}');
select ok(tests.id('client') in (select pg_temp.faits('controles_credit', 'CREDIT_DEPASSE')),
  'a client beyond their limit is said, even where the limit stops nothing');
select is_empty($$select pg_temp.faits('controles_ventes', 'FACTURE_CHAINE_ROMPUE')$$, 'the chain holds');

select is_empty($$select f.message from private.controles_taux() f$$, 'a rate of today is a rate');
update private.controles set seuil = -1 where code = 'TAUX_ABSENT';
select is((select f.check_code from private.controles_taux() f), 'TAUX_ABSENT',
  'one that nobody says any more is said');

select * from finish();
rollback;
