-- Orders: taken, confirmed, delivered within their litres, invoiced at their price, ended.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(83);

select tests.depot('depot'), tests.depot('ailleurs'), tests.equipe('depot'), tests.citerne('cuve'),
       tests.acteur('gerant', 'ailleurs', 'etranger');
update public.depots set code = upper(translate(substr(md5(id::text), 1, 6), '0123456789', 'GHIJKLMNOP'))
 where id in (tests.id('depot'), tests.id('ailleurs'));
select tests.recevoir('cuve', 90000);
select tests.noter('client', tests.tiers('clients')), tests.noter('autre', tests.tiers('clients')),
       tests.noter('go', tests.produit('G.O'));

create function pg_temp.commander(p_nom text, p_quantite numeric, p_plus jsonb default '{}') returns text
  language sql as $$
  select format('select tests.noter(%L, public.passer_commande(%L))', p_nom, jsonb_build_object(
    'depot_id', tests.id('depot'), 'client_id', tests.id('client'), 'produit_id', tests.id('go'), 'quantite',
    p_quantite) || p_plus) $$;
create function pg_temp.agir(p_acte text, p_nom text, p_motif text default null) returns text language sql as $$
  select format('select public.%I_commande(%L%s)', p_acte, tests.id(p_nom), ', ' || quote_literal(p_motif)) $$;
create function pg_temp.confirmer(p_nom text) returns text language sql as $$
  select format('select public.confirmer_commande(%L)', tests.id(p_nom)) $$;
create function pg_temp.rattacher(p_commande text, p_sortie text) returns text language sql as $$
  select format('select public.rattacher_sortie(%L, %L)', tests.id(p_commande), tests.id(p_sortie)) $$;
create function pg_temp.detacher(p_commande text, p_sortie text) returns text language sql as $$
  select format('select public.detacher_sortie(%L, %L, %L)', tests.id(p_commande), tests.id(p_sortie),
    'Autre commande') $$;
create function pg_temp.brouillon(p_nom text, p_volume numeric, p_client text default 'client') returns void
  language plpgsql as $$
declare
  v_avant text := tests.passer_chef();
  v_id uuid;
begin
  insert into public.sorties_produit (citerne_id, client_id, volume_ambiant, temperature_ambiante_c)
  values (tests.id('cuve'), tests.id(p_client), p_volume, 15) returning id into v_id;
  perform tests.noter(p_nom, v_id);
  perform set_config('request.jwt.claims', v_avant, true);
end;
$$;
create function pg_temp.valider(p_nom text) returns text language sql as $$
  select format('select public.validate_sortie(%L)', tests.id(p_nom)) $$;
create function pg_temp.vue(p_nom text) returns text language sql as $$
  select format('%s livre %s reste %s', v.statut, v.livre, v.reste) from public.v_commandes v
   where v.id = tests.id(p_nom) $$;
grant execute on all functions in schema pg_temp to authenticated;

-- Taken and confirmed -------------------------------------------------------------------------------------------------
select tests.agir_comme('gerant');
select is(tests.verdict(r, pg_temp.commander('X', 10)), a, format('who takes an order: %s', r))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'done'), ('operateur', 'ROLE_FORBIDDEN'),
               ('pca', 'ROLE_FORBIDDEN'), ('lecture', 'ROLE_FORBIDDEN'), ('etranger', 'INTROUVABLE')) as t (r, a);
select tests.agir_comme('gerant');
select throws_ok(pg_temp.commander('X', 10, '{"devise": "CDF"}'), 'PT409', 'COMMANDE_DEVISE',
  'an order is in its client''s currency');
select throws_ok(pg_temp.commander('X', 10, '{"valide_jusqu_au": "2020-01-01"}'), 'PT422', 'DATE_PASSEE',
  'none is taken for a day that has passed');
select throws_ok(pg_temp.commander('X', 10, jsonb_build_object('client_id', gen_random_uuid())), 'PT404',
  'INTROUVABLE', 'nor for a client nobody knows');
select throws_ok(pg_temp.commander('X', -1), '23514', null, 'nor of less than nothing');
select throws_ok(pg_temp.commander('X', 'NaN'), '23514', null, 'nor of no number');
select lives_ok(pg_temp.commander('C1', 1000), 'an order at the tarif');
select throws_ok(pg_temp.confirmer('C1'), 'PT409', 'TARIF_ABSENT', 'there must be one');
select tests.agir_comme('directeur');
select lives_ok(format('select public.creer_tarif(%L, null, %L, %L, %L, 1.2, %L, null, %L)', tests.id('go'),
  tests.id('depot'), 'USD', 'L15', tests.jour(-30), 'Prix du mois'), 'there is one');
select cmp_ok(public.fixer_taux_change('USD', tests.jour(), 2800, 'MANUEL'), '>=', 1, 'and a rate');
select tests.agir_comme('gerant');
select throws_ok(format('select public.imprimer_commande(%L)', tests.id('C1')), 'PT409', 'COMMANDE_ETAT',
  'a draft is no paper');
select lives_ok(pg_temp.confirmer('C1'), 'confirmed');
select throws_ok(pg_temp.confirmer('C1'), 'PT409', 'COMMANDE_ETAT', 'once');
select results_eq(format('select prix_ht, numero ~ %L, statut from public.commandes where id = %L',
    '-CMD-\d{4}-000001$', tests.id('C1')), $$values (1.2::numeric, true, 'CONFIRMEE')$$, 'numbered, at the tarif');
select lives_ok(pg_temp.commander('C2', 1000, '{"prix_ht": 1.05}'), 'an order at a price of its own');
select throws_ok(pg_temp.confirmer('C2'), 'PT403', 'ROLE_FORBIDDEN',
  'a gérant, who sets no tarif, does not confirm it');
select tests.agir_comme('directeur');
select lives_ok(pg_temp.confirmer('C2'), 'a directeur does');
select throws_ok('update public.commandes set quantite = 9', '42501', null, 'nobody writes an order by hand');
select tests.agir_en_base('admin');
select throws_ok(format('update public.commandes set prix_ht = 9 where id = %L', tests.id('C2')), 'PT403',
  'ECRITURE_INTERDITE', 'not even the owner changes what is confirmed');
select throws_ok(format('delete from public.commandes where id = %L', tests.id('C2')), 'PT403', 'ECRITURE_INTERDITE',
  'nor deletes it');

-- Delivered -----------------------------------------------------------------------------------------------------------
select pg_temp.brouillon('s600', 600), pg_temp.brouillon('s405', 405), pg_temp.brouillon('s406', 406),
       pg_temp.brouillon('sx', 10, 'autre'), pg_temp.brouillon('s5', 5);
select tests.agir_comme('operateur');
select throws_ok(pg_temp.rattacher('C2', 's600'), 'PT403', 'ROLE_FORBIDDEN', 'an operateur says no order');
select tests.agir_comme('etranger');
select throws_ok(pg_temp.rattacher('C2', 's600'), 'PT404', 'INTROUVABLE', 'nor who is of another depot');
select tests.agir_comme('gerant');
select throws_ok(pg_temp.rattacher('C2', 'sx'), 'PT422', 'COMMANDE_INCOMPATIBLE', 'an order is of one client');
select lives_ok(pg_temp.rattacher('C2', 's600'), 'a draft says its order');
select lives_ok(pg_temp.rattacher('C2', 's600'), 'said twice is said');
select throws_ok(pg_temp.rattacher('C1', 's600'), 'PT409', 'SORTIE_DEJA_COMMANDEE', 'one order');
select is(pg_temp.vue('C2'), 'CONFIRMEE livre 0 reste 1000.000', 'a draft delivers nothing');
select lives_ok(pg_temp.valider('s600'), 'validated');
select is(pg_temp.vue('C2'), 'CONFIRMEE livre 600.000 reste 400.000', 'it delivers');
select lives_ok(pg_temp.rattacher('C2', 's406'), 'a draft of more than is left');
select throws_ok(pg_temp.valider('s406'), 'PT409', 'COMMANDE_DEPASSEE', 'is not validated');
select is((select statut from public.sorties_produit where id = tests.id('s406')), 'brouillon', 'and stays a draft');
select lives_ok(pg_temp.rattacher('C2', 's405'), 'another');
select lives_ok(pg_temp.valider('s405'), 'half a per cent more than ordered may leave');
select is(pg_temp.vue('C2'), 'CONFIRMEE livre 1005.000 reste 0', 'nothing is left');
select lives_ok(pg_temp.detacher('C2', 's406'), 'a draft is taken away');
select lives_ok(pg_temp.valider('s406'), 'and leaves outside any order');
select throws_ok(pg_temp.rattacher('C2', 's406'), 'PT409', 'COMMANDE_DEPASSEE', 'validated, it cannot come back');

select tests.agir_comme('operateur');
select tests.noter('bl', public.etablir_bl(tests.id('s600')));
select throws_ok(format('select public.confirmer_bl(%L, %L)', tests.id('bl'), '{"volume_livre_ambiant": 601}'),
  'PT409', 'COMMANDE_DEPASSEE', 'a note signed for more than is left');
select lives_ok(format('select public.confirmer_bl(%L, %L)', tests.id('bl'), '{"volume_livre_ambiant": 590}'),
  'one signed for less');
select tests.agir_comme('gerant');
select is(pg_temp.vue('C2'), 'CONFIRMEE livre 995.000 reste 5.000', 'is what was delivered');
select lives_ok(pg_temp.rattacher('C2', 's5'), 'what it left');
select lives_ok(pg_temp.valider('s5'), 'is delivered');
select lives_ok(pg_temp.agir('solder', 'C2'), 'a delivered order is done with, no reason asked');
select throws_ok(pg_temp.agir('solder', 'C2', 'encore une fois'), 'PT409', 'COMMANDE_ETAT', 'once');
select throws_ok(pg_temp.rattacher('C2', 's406'), 'PT409', 'COMMANDE_ETAT', 'and takes no more');
select tests.agir_comme('directeur');
select throws_ok(format('select public.annuler_bl(%L, %L)', tests.id('bl'), 'Bon mal rempli, à refaire'), 'PT409',
  'COMMANDE_DEPASSEE', 'a note whose sortie would pass the order again is not taken back');

-- Its price beats the tarif -------------------------------------------------------------------------------------------
select tests.agir_comme('gerant');
select tests.noter('F', public.preparer_facture(tests.id('client'), tests.id('depot'),
  array[tests.id('s600'), tests.id('s406')]));
select results_eq(format('select quantite, prix_ht from public.factures_client_lignes where facture_id = %L
  order by quantite', tests.id('F')), $$values (406.000, 1.200000), (590.000, 1.050000)$$,
  'an invoice is at the order''s price, and at the tarif where there is no order');
select lives_ok(format('select public.emettre_facture(%L)', tests.id('F')), 'issued');
select ok((select bool_or(l.designation like '%commande ' || c.numero) from public.factures_client_lignes l,
  public.commandes c where l.facture_id = tests.id('F') and c.id = tests.id('C2')), 'the line says the order');
select throws_ok(pg_temp.detacher('C2', 's600'), 'PT409', 'SORTIE_NON_LIVRABLE', 'what is invoiced is not taken away');
select tests.agir_comme('directeur');
select lives_ok(format('select public.fixer_conditions_client(%L, %L)', tests.id('client'), '{"devise": "CDF"}'),
  'the client changes currency');
select throws_ok(format('select public.preparer_facture(%L, %L, array[%L]::uuid[])', tests.id('client'),
  tests.id('depot'), tests.id('s5')), 'PT409', 'COMMANDE_DEVISE', 'and the order''s price is none of theirs');
select lives_ok(format('select public.fixer_conditions_client(%L, %L)', tests.id('client'), '{"devise": "USD"}'),
  'it was a mistake');

-- A correction is the tank's truth ------------------------------------------------------------------------------------
select tests.agir_en_base('admin');
select lives_ok(format('insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c,
  reason) values (%L, %L, -50, -50, %L)', 'SORTIE', tests.id('s405'), 'compteur relu le soir'),
  'a correction asks no order');
select results_eq(format('select payload ->> %L from private.controles_ventes() where check_code = %L
  and entity_id = %L', 'livre', 'COMMANDE_DEPASSEE', tests.id('C2')), array['1050.000'], 'and what it passes is said');

-- Its end -------------------------------------------------------------------------------------------------------------
select tests.agir_comme('gerant');
select throws_ok(pg_temp.agir('solder', 'C1'), 'PT422', 'MOTIF_REQUIS', 'what is given up is said why');
select throws_ok(pg_temp.agir('annuler', 'C1', ''), 'PT422', 'MOTIF_REQUIS', 'what is taken back too');
select pg_temp.brouillon('s7', 7);
select lives_ok(pg_temp.rattacher('C1', 's7'), 'a draft of an order');
select lives_ok(pg_temp.agir('annuler', 'C1', 'Le client y renonce'), 'an order of which nothing left');
select throws_ok(pg_temp.valider('s7'), 'PT409', 'COMMANDE_ETAT', 'its draft does not leave under it');
select lives_ok(pg_temp.detacher('C1', 's7'), 'it is taken away');
select lives_ok(pg_temp.valider('s7'), 'and leaves');
select lives_ok(pg_temp.commander('C3', 100, jsonb_build_object('valide_jusqu_au', tests.jour())), 'valid until today');
select lives_ok(pg_temp.confirmer('C3'), 'confirmed');
select lives_ok(pg_temp.rattacher('C3', 's7'), 'delivered');
select throws_ok(pg_temp.agir('annuler', 'C3', 'Le client y renonce'), 'PT409', 'COMMANDE_LIVREE',
  'what has left is not taken back');
select lives_ok(pg_temp.agir('solder', 'C3', 'Le client y renonce'), 'the rest is given up');
select lives_ok(pg_temp.commander('C4', 100), 'a draft');
select lives_ok(format('select public.supprimer_commande(%L)', tests.id('C4')), 'is deleted');
select throws_ok(format('select public.supprimer_commande(%L)', tests.id('C3')), 'PT409', 'COMMANDE_ETAT',
  'what was confirmed is not');

select tests.agir_en_base('admin');
with c as (
  insert into public.commandes (numero, depot_id, client_id, produit_id, quantite, devise, base, prix_ht,
    valide_jusqu_au, statut, created_by, confirmee_par, confirmee_le, dit)
  select 'HIER', c.depot_id, c.client_id, c.produit_id, c.quantite, c.devise, c.base, c.prix_ht, tests.jour(-1),
         'CONFIRMEE', c.created_by, c.confirmee_par, c.confirmee_le, c.dit
    from public.commandes c where c.id = tests.id('C3') returning id)
select tests.noter('C5', c.id) from c;
select pg_temp.brouillon('s8', 8);
select tests.agir_comme('gerant');
select throws_ok(pg_temp.rattacher('C5', 's8'), 'PT409', 'COMMANDE_EXPIREE', 'an order whose last day has passed');

-- Paper ---------------------------------------------------------------------------------------------------------------
select is((public.imprimer_commande(tests.id('C3')) ->> 'exemplaire')::int, 1, 'printed');
select is((public.imprimer_commande(tests.id('C3')) ->> 'exemplaire')::int, 2, 'printed again');
select is(public.imprimer_commande(tests.id('C3')) - 'exemplaire', public.imprimer_commande(tests.id('C3'))
  - 'exemplaire', 'it says the same');
select is(public.imprimer_commande(tests.id('C1')) -> 'annulee', 'true', 'an order that was taken back says so');
select tests.agir_comme('operateur');
select throws_ok(format('select public.imprimer_commande(%L)', tests.id('C3')), 'PT403', 'ROLE_FORBIDDEN',
  'who reads no prices prints none');

select * from finish();
rollback;
