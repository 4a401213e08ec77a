-- Written by `npm run securite` from tests/domaine/acces/matrice.ts: change that, never this.
--
-- The access matrix in SQL: each statement is tried by each of those who may ask, as through REST, and taken back.

begin;
set local role postgres;
set local search_path = public, extensions;

select plan(1072);

-- An invoice as far as a state, with the lot, the truck and the réception it takes; as the admin of the claims.
create or replace function pg_temp.facture(
  p_depot_id uuid, p_citerne_id uuid, p_fournisseur_id uuid, p_produit_id uuid, p_statut text
) returns uuid language plpgsql as $$
declare
  v_id uuid;
  v_lot_id uuid;
  v_cdr_id uuid;
  v_pas text;
begin
  insert into public.fournisseur_lot (fournisseur_id, produit_id, reference)
  values (p_fournisseur_id, p_produit_id, gen_random_uuid()) returning id into v_lot_id;
  insert into public.cours_de_route
    (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume, fournisseur_lot_id)
  values (p_fournisseur_id, p_depot_id, p_produit_id, gen_random_uuid(), 10, v_lot_id) returning id into v_cdr_id;
  if p_statut = 'AUCUNE' then
    return v_lot_id;
  end if;
  foreach v_pas in array '{TRANSIT,FRONTIERE,ARRIVE}'::text[] loop
    update public.cours_de_route set statut = v_pas where id = v_cdr_id;
  end loop;
  insert into public.receptions (temperature_ambiante_c, cours_de_route_id, citerne_id, volume_ambiant)
  values (15, v_cdr_id, p_citerne_id, 10);
  update public.fournisseur_lot set statut = 'cloture' where id = v_lot_id;
  insert into public.fournisseur_facture_lot_min
    (fournisseur_lot_id, invoice_no, date_facture, quantite_facturee_20c, prix_unitaire_usd)
  values (v_lot_id, gen_random_uuid(), current_date, 10, 100) returning id into v_id;
  if p_statut in ('CALCULEE', 'VALIDEE') then
    perform public.calculer_facture_fournisseur(v_id);
  end if;
  if p_statut = 'VALIDEE' then
    perform public.valider_facture_fournisseur(v_id, 'Essai de la matrice');
  end if;
  return v_id;
end;
$$;
create or replace function pg_temp.paiement(p_facture_id uuid, p_statut text) returns uuid language sql as $$
  insert into public.fournisseur_paiement_lot_min
    (fournisseur_facture_id, montant_paye_usd, reference_paiement, statut)
  values (p_facture_id, 1, gen_random_uuid(), p_statut) returning id
$$;
create or replace function pg_temp.ecart(p_depot_id uuid) returns uuid language sql as $$
  insert into public.ecarts (domaine, type, depot_id, reference_type, reference_id, attendu, constate, created_at)
  -- Long enough ago for a check to say so.
  values ('DEPOT', 'AUTRE', p_depot_id, 'CDR', gen_random_uuid(), 1, 2, now() - interval '30 days') returning id
$$;
-- Of something that is so, or the next pass would resolve it.
create or replace function pg_temp.alerte(p_depot_id uuid) returns uuid language sql as $$
  insert into public.system_alerts (check_code, severity, entity_type, entity_id, message, depot_id)
  values ('ECART_ANCIEN', 'WARN', 'ECART', pg_temp.ecart(p_depot_id), 'Essai', p_depot_id) returning id
$$;
-- A proforma as far as a state, with its guarantee; from EN_EXECUTION with a truck that will not come, and a cost.
create or replace function pg_temp.proforma(p_depot_id uuid, p_fournisseur_id uuid, p_produit_id uuid, p_statut text) returns uuid
language plpgsql as $$
declare
  v_id uuid := public.ecrire_proforma(jsonb_build_object('fournisseur_id', p_fournisseur_id, 'produit_id', p_produit_id,
    'reference', gen_random_uuid(), 'date_proforma', current_date, 'quantite', 10, 'prix_usd', 1,
    'sblc_id', pg_temp.sblc(p_fournisseur_id)));
  v_lot_id uuid;
  v_cdr_id uuid;
begin
  if p_statut = 'DRAFT' then
    return v_id;
  end if;
  perform public.activer_proforma(v_id);
  insert into public.fournisseur_lot (fournisseur_id, produit_id, reference, proforma_id)
  values (p_fournisseur_id, p_produit_id, gen_random_uuid(), v_id) returning id into v_lot_id;
  insert into public.cours_de_route
    (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume, fournisseur_lot_id)
  values (p_fournisseur_id, p_depot_id, p_produit_id, gen_random_uuid(), 10, v_lot_id) returning id into v_cdr_id;
  perform public.ajouter_frais_lot(v_lot_id, '{"type":"FRET","montant":1}');
  if p_statut = 'ARRIVE' then
    update public.cours_de_route set statut = 'TRANSIT' where id = v_cdr_id;
    update public.cours_de_route set statut = 'FRONTIERE' where id = v_cdr_id;
    update public.cours_de_route set statut = 'ARRIVE' where id = v_cdr_id;
    return v_id;
  end if;
  perform public.annuler_cours_de_route(v_cdr_id, 'Essai de la matrice');
  if p_statut = 'CLOTUREE' then
    perform public.cloturer_proforma(v_id, 'Essai de la matrice');
  end if;
  return v_id;
end;
$$;
create or replace function pg_temp.sblc(p_fournisseur_id uuid) returns uuid language sql as $$
  select public.ecrire_sblc(jsonb_build_object('fournisseur_id', p_fournisseur_id, 'banque', gen_random_uuid(),
    'reference', 'Essai', 'montant', 1, 'date_debut', current_date, 'date_fin', current_date))
$$;
-- Unloaded, and of no lot.
create or replace function pg_temp.camion_recu(p_depot_id uuid, p_citerne_id uuid, p_fournisseur_id uuid, p_produit_id uuid)
  returns uuid language plpgsql as $$
declare
  v_id uuid;
  v_pas text;
begin
  insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
  values (p_fournisseur_id, p_depot_id, p_produit_id, gen_random_uuid(), 10) returning id into v_id;
  foreach v_pas in array '{TRANSIT,FRONTIERE,ARRIVE}'::text[] loop
    update public.cours_de_route set statut = v_pas where id = v_id;
  end loop;
  insert into public.receptions (temperature_ambiante_c, cours_de_route_id, citerne_id, volume_ambiant)
  values (15, v_id, p_citerne_id, 10);
  return v_id;
end;
$$;
create or replace function pg_temp.analyse(p_citerne_id uuid) returns uuid language sql as $$
  select public.enregistrer_analyse(jsonb_build_object('objet_type', 'CITERNE', 'objet_id', p_citerne_id,
    'parametre', 'Soufre', 'valeur', 1))
$$;
-- What a sale is made of, as far as a state; as the admin of the claims.
create or replace function pg_temp.vente_conditions(p_depot_id uuid, p_client_id uuid, p_produit_id uuid) returns uuid
language plpgsql as $$
begin
  update public.depots set code = translate(upper(substr(md5(id::text), 1, 6)), '0123456789', 'GHIJKLMNOP')
   where id = p_depot_id and code is null;
  update public.clients set email = 'compta@client.monaluxe.test' where id = p_client_id and email is null;
  insert into public.app_settings (key, value) values ('clients_prevenus', coalesce(private.env(), 'local'))
    on conflict (key) do nothing;
  perform public.fixer_taux_change('USD', (now() at time zone 'Africa/Lubumbashi')::date, 2800, 'MANUEL');
  perform public.fixer_conditions_client(p_client_id, '{"delai_jours": 30}');
  perform public.encaisser(jsonb_build_object('depot_id', p_depot_id, 'client_id', p_client_id, 'mode', 'CASH',
    'montant', 1));
  return public.creer_tarif(p_produit_id, null, p_depot_id, 'USD', 'L15', 1.5, '2026-01-01', null, 'Essai de la matrice');
end;
$$;
create or replace function pg_temp.vente_sortie(p_citerne_id uuid, p_client_id uuid) returns uuid language sql as $$
  select (public.creer_et_valider_sortie(jsonb_build_object('citerne_id', p_citerne_id, 'client_id', p_client_id,
    'volume_ambiant', 1, 'temperature_ambiante_c', 15))).id
$$;
create or replace function pg_temp.vente_bon(p_citerne_id uuid, p_client_id uuid) returns uuid language sql as $$
  select public.etablir_bl(pg_temp.vente_sortie(p_citerne_id, p_client_id))
$$;
create or replace function pg_temp.vente_bon_confirme(p_citerne_id uuid, p_client_id uuid) returns uuid language plpgsql as $$
declare
  v_id constant uuid := pg_temp.vente_bon(p_citerne_id, p_client_id);
begin
  perform public.confirmer_bl(v_id);
  return v_id;
end;
$$;
create or replace function pg_temp.vente_facture(p_depot_id uuid, p_citerne_id uuid, p_client_id uuid, p_statut text) returns uuid
language plpgsql as $$
declare
  v_id uuid;
begin
  v_id := public.preparer_facture(p_client_id, p_depot_id, array[pg_temp.vente_sortie(p_citerne_id, p_client_id)]);
  if p_statut = 'EMISE' then
    perform public.emettre_facture(v_id);
  end if;
  return v_id;
end;
$$;
create or replace function pg_temp.vente_encaissement(p_depot_id uuid, p_client_id uuid, p_statut text) returns uuid
language sql as $$
  select public.encaisser(jsonb_build_object('depot_id', p_depot_id, 'client_id', p_client_id, 'mode', 'VIREMENT',
    'montant', 100, 'reference', gen_random_uuid(), 'statut', p_statut))
$$;
create or replace function pg_temp.vente_paiement(p_facture_id uuid) returns uuid language sql as $$
  insert into public.paiements_en_ligne (facture_id, depot_id, prestataire, devise, montant_minime, statut, expire_le,
    created_by)
  select f.id, f.depot_id, 'SIMULE', 'USD', 100, 'EXPIRE', now(), auth.uid() from public.factures_client f
   where f.id = p_facture_id returning id
$$;
create or replace function pg_temp.vente_rapprochement() returns uuid language sql as $$
  insert into public.rapprochements (prestataire, du, au, lu, concordant, rejoues, ecarts)
  values ('SIMULE', now() - interval '7 days', now(), 0, 0, 0, '[]') returning id
$$;
create or replace function pg_temp.vente_evenement() returns void language sql as $$
  insert into public.evenements_entrants (prestataire, evenement_id, type, cree_le, traite_le, resultat, corps,
    secret_version)
  values ('SIMULE', 'evt_matrice', 'essai', now(), now(), 'IGNORE', '{}', 'COURANT') on conflict do nothing
$$;
create or replace function pg_temp.vente_remboursement(p_encaissement_id uuid) returns uuid language sql as $$
  select public.rembourser(p_encaissement_id, 0.01, 'VIREMENT', gen_random_uuid()::text, 'Essai de la matrice')
$$;
create or replace function pg_temp.vente_cloture(p_depot_id uuid) returns uuid language sql as $$
  select public.cloturer_caisse(p_depot_id, 'CDF', '2026-01-02', 0)
$$;
create or replace function pg_temp.vente_derogation(p_client_id uuid) returns uuid language sql as $$
  select public.deroger_credit(p_client_id, 10, now() + interval '1 day', 'Essai de la matrice')
$$;
create or replace function pg_temp.vente_commande(p_depot_id uuid, p_client_id uuid, p_produit_id uuid, p_statut text)
returns uuid language plpgsql as $$
declare
  v_id uuid;
begin
  v_id := public.passer_commande(jsonb_build_object('depot_id', p_depot_id, 'client_id', p_client_id,
    'produit_id', p_produit_id, 'quantite', 1000));
  if p_statut <> 'BROUILLON' then
    perform public.confirmer_commande(v_id);
  end if;
  return v_id;
end;
$$;
create or replace function pg_temp.vente_sortie_commandee(p_commande_id uuid, p_citerne_id uuid, p_client_id uuid)
returns uuid language plpgsql as $$
declare
  v_sortie_id constant uuid := pg_temp.vente_sortie(p_citerne_id, p_client_id);
begin
  perform public.rattacher_sortie(p_commande_id, v_sortie_id);
  return v_sortie_id;
end;
$$;
create or replace function pg_temp.vente_releve(p_depot_id uuid, p_client_id uuid) returns uuid language plpgsql as $$
declare
  v_avant constant text := current_setting('request.jwt.claims', true);
  v_gerant uuid;
  v_id uuid;
begin
  select p.user_id into v_gerant from public.profils p where p.role = 'gerant' and p.depot_id = p_depot_id limit 1;
  if v_gerant is null then
    insert into auth.users (id, email, aud, role)
    values (gen_random_uuid(), gen_random_uuid() || '@test.monaluxe.test', 'authenticated', 'authenticated')
    returning id into v_gerant;
    insert into public.profils (user_id, role, depot_id) values (v_gerant, 'gerant', p_depot_id);
  end if;
  perform set_config('request.jwt.claims', jsonb_build_object('sub', v_gerant)::text, true);
  insert into public.releves_clients (client_id, devise) values (p_client_id, 'USD') returning id into v_id;
  perform set_config('request.jwt.claims', v_avant, true);
  return v_id;
end;
$$;
create or replace function pg_temp.rapport_archive(p_depot_id uuid) returns uuid language plpgsql as $$
declare
  v_avant constant text := current_setting('request.jwt.claims', true);
  v_gerant uuid;
  v_id uuid;
begin
  select p.user_id into v_gerant from public.profils p where p.role = 'gerant' and p.depot_id = p_depot_id limit 1;
  if v_gerant is null then
    insert into auth.users (id, email, aud, role)
    values (gen_random_uuid(), gen_random_uuid() || '@test.monaluxe.test', 'authenticated', 'authenticated')
    returning id into v_gerant;
    insert into public.profils (user_id, role, depot_id) values (v_gerant, 'gerant', p_depot_id);
  end if;
  perform set_config('request.jwt.claims', jsonb_build_object('sub', v_gerant)::text, true);
  v_id := public.archiver_rapport('livre', p_depot_id);
  perform set_config('request.jwt.claims', v_avant, true);
  return v_id;
end;
$$;
create or replace function pg_temp.vente_tarif(p_depot_id uuid, p_produit_id uuid) returns uuid language plpgsql as $$
declare
  v_client_id uuid;
begin
  insert into public.clients (nom) values (gen_random_uuid()) returning id into v_client_id;
  return public.creer_tarif(p_produit_id, v_client_id, p_depot_id, 'USD', 'L15', 1, '2026-01-01', null,
    'Essai de la matrice');
end;
$$;
-- The same things at two depots, as tests/domaine/acces/decor.ts names them.

create function pg_temp.ecrire_compte(p_depot_id uuid, p_fournisseur_id uuid) returns uuid language sql as $$
  select private.ecrire_compte(jsonb_populate_record(null::public.ecritures_tiers, jsonb_build_object(
    'tiers_type', 'FOURNISSEUR', 'fournisseur_id', p_fournisseur_id, 'depot_id', p_depot_id, 'devise', 'USD',
    'date_valeur', tests.jour(), 'type', 'FACTURE', 'credit', 100, 'libelle', 'Essai', 'source_type', 'essai',
    'source_id', gen_random_uuid())))
$$;
create function pg_temp.deposer_document(p_reception uuid) returns uuid language plpgsql as $$
declare
  c_octets constant bytea := convert_to('a;b' || gen_random_uuid(), 'UTF8');
  v_id uuid;
begin
  v_id := private.deposer_document(jsonb_build_object('categorie', 'AUTRE', 'nom', 'essai.csv', 'type_mime', 'text/csv',
    'sha256', encode(sha256(c_octets), 'hex'), 'objet_type', 'RECEPTION', 'objet_id', p_reception), c_octets);
  perform private.noter_analyse(v_id, 'SAIN', 'integre', null);
  return v_id;
end;
$$;
create function pg_temp.decor(p_suffixe text) returns void language plpgsql as $$
declare
  n record;
begin
  select 'depot' || p_suffixe as depot, 'citerne' || p_suffixe as citerne, 'citerne_vide' || p_suffixe as vide into n;
  perform tests.depot(n.depot), tests.citerne(n.citerne, n.depot), tests.citerne(n.vide, n.depot),
          tests.citerne('citerne_initiale', n.depot);
  perform tests.recevoir(n.citerne, 5000, p_nom => 'autre'), tests.recevoir(n.citerne, 1000, p_nom => 'reception' || p_suffixe);
  perform tests.cdr('cdr' || p_suffixe, n.depot, p_statut => 'CHARGEMENT'), tests.cdr('cdr_arrive' || p_suffixe, n.depot);
  perform tests.brouillon(n.citerne, 10, p_nom => 'sortie' || p_suffixe);
  perform tests.valider('sortie' || p_suffixe);
  perform tests.brouillon(n.citerne, 5, p_nom => 'brouillon' || p_suffixe);
  perform tests.passer_chef();
  perform tests.noter('document' || p_suffixe, pg_temp.deposer_document(tests.id('reception' || p_suffixe)));
  with fait as (
    insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
    values ('RECEPTION', tests.id('reception' || p_suffixe), 1, 1, 'Essai de la matrice') returning id)
  select tests.noter('ajustement' || p_suffixe, id) into n from fait;
  with fait as (
    insert into public.transferts (temperature_ambiante_c, citerne_source_id, citerne_destination_id, volume_ambiant)
    values (15, tests.id('citerne' || p_suffixe), tests.id('citerne_vide' || p_suffixe), 1) returning id)
  select tests.noter('transfert' || p_suffixe, id) into n from fait;
  perform tests.noter('transfert_depot' || p_suffixe, public.expedier_transfert(tests.id('citerne' || p_suffixe),
            tests.id('depot_lointain'), 1, 15)),
          tests.noter('transfert_attendu' || p_suffixe, public.expedier_transfert(tests.id('citerne_lointaine'),
            tests.id('depot' || p_suffixe), 1, 15));
  perform private.dilater('SORTIE', s.id, s.citerne_id, s.produit_id, s.depot_id, s.proprietaire_type, s.date_jour, 1),
          private.appliquer_mouvement(s.citerne_id, s.produit_id, s.depot_id, s.proprietaire_type, s.date_jour, 1, 0)
     from public.sorties_produit s where s.id = tests.id('sortie' || p_suffixe);
  perform tests.noter('dilatation' || p_suffixe, d.id) from public.dilatations d
    where d.mouvement_id = tests.id('sortie' || p_suffixe);
  with fait as (
    insert into public.prises_de_hauteur (citerne_id, volume_mesure)
    values (tests.id('citerne' || p_suffixe), 990) returning id)
  select tests.noter('prise' || p_suffixe, id) into n from fait;
  with fait as (
    insert into public.prises_de_hauteur (citerne_id, volume_mesure, temperature_c)
    values (tests.id('citerne_vide' || p_suffixe), 3, 15) returning id)
  select tests.noter('prise_regularisee' || p_suffixe, id) into n from fait;
  perform public.regulariser(tests.id('prise_regularisee' || p_suffixe), 'Essai de la matrice');
  perform tests.noter('regularisation' || p_suffixe, r.id) from public.regularisations r
    where r.prise_de_hauteur_id = tests.id('prise_regularisee' || p_suffixe);
  with fait as (
    insert into public.prises_de_hauteur (citerne_id, volume_mesure, temperature_c)
    values (tests.id('citerne_vide' || p_suffixe), 4, 15) returning id)
  select tests.noter('prise_a_regulariser' || p_suffixe, id) into n from fait;
  with fait as (
    insert into public.baremes (citerne_id, certificat, valide_du, hauteur_max_mm)
    values (tests.id('citerne' || p_suffixe), 'Essai', tests.jour(), 1000) returning id)
  select tests.noter('bareme' || p_suffixe, id) into n from fait;
  perform public.importer_bareme(tests.id('bareme' || p_suffixe), E'hauteur_mm;volume_l\n0;0\n1000;1000');
  with fait as (
    insert into public.compteurs (numero, citerne_id, facteur, valide_du, certificat)
    values ('Essai', tests.id('citerne' || p_suffixe), 1, tests.jour(), 'Essai') returning id)
  select tests.noter('compteur' || p_suffixe, id) into n from fait;
  perform tests.noter('initial' || p_suffixe, public.declarer_stock_initial(
    tests.id('citerne_initiale'), 'MONALUXE', 10, 9, 'Essai de la matrice'));
  perform tests.noter('initial_partenaire' || p_suffixe, public.declarer_stock_initial(
    tests.id('citerne_initiale'), 'PARTENAIRE', 100, 90, 'Essai de la matrice'));
  perform public.repartir_stock_initial(tests.id('initial_partenaire' || p_suffixe), jsonb_build_array(
    jsonb_build_object('partenaire_id', tests.tiers('partenaires'), 'volume_ambiant', 10, 'volume_15c', 9)));
  perform tests.noter('attribution' || p_suffixe, public.attribuer_stock_partenaire(
    tests.id('depot' || p_suffixe), tests.produit('G.O'), tests.id('partenaire'), 5, 'Essai de la matrice'));
  with fait as (
    insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
    values ('STOCK_INITIAL', tests.id('initial_partenaire' || p_suffixe), 1, 1, 'Essai de la matrice') returning id)
  select tests.noter('ajustement_partenaire' || p_suffixe, id) into n from fait;
  with fait as (
    insert into public.receptions (citerne_id, proprietaire_type, partenaire_id, volume_ambiant, temperature_ambiante_c)
    values (tests.id('citerne' || p_suffixe), 'PARTENAIRE', tests.id('partenaire'), 20, 15) returning id)
  select tests.noter('reception_partenaire' || p_suffixe, id) into n from fait;
  perform tests.noter('compte_partenaire' || p_suffixe, c.id) from public.comptes_partenaires c
    where c.depot_id = tests.id('depot' || p_suffixe) and c.partenaire_id = tests.id('partenaire');
  update public.depots set code = translate(upper(substr(md5(id::text), 1, 6)), '0123456789', 'GHIJKLMNOP')
   where id = tests.id('depot' || p_suffixe) and code is null;
  perform tests.noter('pret' || p_suffixe, public.ouvrir_pret(tests.id('depot' || p_suffixe), tests.produit('G.O'),
    tests.id('partenaire'), 'PRETE', 1000, '2035-01-01', 'Essai de la matrice'));
  perform tests.noter('cession' || p_suffixe, public.ceder(tests.id('citerne' || p_suffixe), tests.id('partenaire'),
    'VERS_PARTENAIRE', 'EMPRUNT', 20, 'Essai de la matrice', p_pret_id => tests.id('pret' || p_suffixe)));
  perform tests.noter('sortie_pretee' || p_suffixe, (public.creer_et_valider_sortie(jsonb_build_object('citerne_id',
    tests.id('citerne' || p_suffixe), 'partenaire_id', tests.id('partenaire'), 'volume_ambiant', 1,
    'temperature_ambiante_c', 15))).id);
  perform tests.noter('camion_decharge' || p_suffixe, r.cours_de_route_id) from public.receptions r
    where r.id = tests.id('reception' || p_suffixe);
  perform tests.noter('periode' || p_suffixe,
    public.clore_periode(tests.id('depot' || p_suffixe), p_jour => '2020-02-01'));
  perform tests.noter('alerte' || p_suffixe, pg_temp.alerte(tests.id('depot' || p_suffixe)));
  perform tests.noter('ecart' || p_suffixe, pg_temp.ecart(tests.id('depot' || p_suffixe)));
  perform public.noter_ecart(tests.id('ecart' || p_suffixe), 'Essai de la matrice');
  perform public.enregistrer_chargement(tests.id('cdr_arrive' || p_suffixe), jsonb_build_object('bl_numero', 'Essai',
    'date_bl', tests.jour(), 'quantite', 10));
  perform tests.noter('analyse' || p_suffixe, pg_temp.analyse(tests.id('citerne' || p_suffixe)));
  perform tests.noter('ecriture' || p_suffixe,
    pg_temp.ecrire_compte(tests.id('depot' || p_suffixe), tests.tiers('fournisseurs')));
  with fait as (
    insert into astm.profils_calcul (nom, depot_id)
    values ('Essai' || p_suffixe, tests.id('depot' || p_suffixe)) returning id)
  select tests.noter('profil_calcul' || p_suffixe, id) into n from fait;
end;
$$;
select tests.noter('partenaire', tests.tiers('partenaires')),
       tests.noter('depot_ami', tests.tiers('depots_amis'));
select tests.depot('depot_lointain'), tests.citerne('citerne_lointaine', 'depot_lointain'),
       tests.recevoir('citerne_lointaine', 1000, p_nom => 'autre');
select pg_temp.decor(''), pg_temp.decor('_ailleurs');
select tests.redevenir_systeme();
select tests.equipe('depot'), tests.acteur(null, null, 'sans_profil'), tests.acteur(null, null, 'sans_role'),
       tests.acteur('lecture', 'depot_ailleurs', 'collegue'), tests.noter('inconnu', gen_random_uuid()),
       tests.noter('produit', tests.produit('G.O')), tests.noter('client', tests.tiers('clients')),
       tests.noter('fournisseur', tests.tiers('fournisseurs')),
       tests.noter('cas', (select g.id from public.golden_cases g limit 1));
with fait as (
  insert into public.fournisseur_lot (fournisseur_id, produit_id, reference)
  values (tests.id('fournisseur'), tests.id('produit'), 'Essai') returning id)
select tests.noter('lot', id) from fait;
with fait as (
  insert into public.fournisseur_lot (fournisseur_id, produit_id, reference)
  values (tests.id('fournisseur'), tests.id('produit'), 'Essai clos') returning id)
select tests.noter('lot_cloture', id) from fait;
update public.fournisseur_lot set statut = 'cloture' where id = tests.id('lot_cloture');
select tests.passer_chef();
select tests.noter(t.nom, pg_temp.facture(tests.id('depot'), tests.id('citerne'), tests.id('fournisseur'),
    tests.id('produit'), t.statut))
  from (values ('facture', 'VALIDEE'), ('facture_calculee', 'CALCULEE'), ('facture_brouillon', 'DRAFT'),
               ('lot_a_facturer', 'AUCUNE')) as t (nom, statut);
select tests.noter('paiement', pg_temp.paiement(tests.id('facture'), 'CONFIRME')),
       tests.noter('paiement_attente', pg_temp.paiement(tests.id('facture'), 'EN_ATTENTE'));
select tests.noter(t.nom, pg_temp.proforma(tests.id('depot'), tests.id('fournisseur'), tests.id('produit'), t.statut))
  from (values ('proforma', 'ARRIVE'), ('proforma_brouillon', 'DRAFT'), ('proforma_a_clore', 'EN_EXECUTION'),
               ('proforma_close', 'CLOTUREE')) as t (nom, statut);
select tests.noter('sblc', p.sblc_id), tests.noter('frais', f.id)
  from public.proformas p join public.fournisseur_lot l on l.proforma_id = p.id join public.frais_lot f on f.lot_id = l.id
 where p.id = tests.id('proforma');
select tests.noter('avoir', public.enregistrer_avoir_fournisseur(tests.id('facture'), 'Essai', tests.jour(), 1,
  'Essai de la matrice'));
select tests.noter('cdr_decharge', pg_temp.camion_recu(tests.id('depot'), tests.id('citerne'), tests.id('fournisseur'),
  tests.id('produit'))), public.regler_specification(tests.id('produit'), 'Soufre', null, 50, 'ppm');
select tests.noter('client_neuf', tests.tiers('clients')),
       tests.noter('derogation', pg_temp.vente_derogation(tests.id('client')));
select tests.noter('tarif' || s, pg_temp.vente_conditions(tests.id('depot' || s), tests.id('client'), tests.id('produit'))),
       tests.noter('sortie_a_livrer' || s, pg_temp.vente_sortie(tests.id('citerne' || s), tests.id('client'))),
       tests.noter('commande_brouillon' || s,
         pg_temp.vente_commande(tests.id('depot' || s), tests.id('client'), tests.id('produit'), 'BROUILLON')),
       tests.noter('commande' || s,
         pg_temp.vente_commande(tests.id('depot' || s), tests.id('client'), tests.id('produit'), 'CONFIRMEE')),
       tests.noter('commande_livree' || s,
         pg_temp.vente_commande(tests.id('depot' || s), tests.id('client'), tests.id('produit'), 'CONFIRMEE')),
       tests.noter('bon_brouillon' || s, pg_temp.vente_bon(tests.id('citerne' || s), tests.id('client'))),
       tests.noter('bon' || s, pg_temp.vente_bon(tests.id('citerne' || s), tests.id('client'))),
       tests.noter('bon_confirme' || s, pg_temp.vente_bon_confirme(tests.id('citerne' || s), tests.id('client'))),
       tests.noter('facture_client' || s,
         pg_temp.vente_facture(tests.id('depot' || s), tests.id('citerne' || s), tests.id('client'), 'EMISE')),
       tests.noter('facture_client_brouillon' || s,
         pg_temp.vente_facture(tests.id('depot' || s), tests.id('citerne' || s), tests.id('client'), 'BROUILLON')),
       tests.noter('encaissement' || s,
         pg_temp.vente_encaissement(tests.id('depot' || s), tests.id('client'), 'CONFIRME')),
       tests.noter('encaissement_attente' || s,
         pg_temp.vente_encaissement(tests.id('depot' || s), tests.id('client'), 'EN_ATTENTE')),
       tests.noter('remboursement' || s, pg_temp.vente_remboursement(
         pg_temp.vente_encaissement(tests.id('depot' || s), tests.id('client'), 'CONFIRME'))),
       tests.noter('releve' || s, pg_temp.vente_releve(tests.id('depot' || s), tests.id('client'))),
       tests.noter('archive' || s, pg_temp.rapport_archive(tests.id('depot' || s))),
       tests.noter('cloture' || s, pg_temp.vente_cloture(tests.id('depot' || s)))
  from unnest(array['', '_ailleurs']) s;
select tests.noter('sortie_commandee' || s, pg_temp.vente_sortie_commandee(tests.id('commande_livree' || s),
         tests.id('citerne' || s), tests.id('client')))
  from unnest(array['', '_ailleurs']) s;
select tests.noter('paiement_en_ligne' || s, pg_temp.vente_paiement(tests.id('facture_client' || s)))
  from unnest(array['', '_ailleurs']) s;
select tests.noter('rapprochement', pg_temp.vente_rapprochement()), pg_temp.vente_evenement();
select tests.redevenir_systeme();
-- A draft is seen by who wrote it, and by who sees every depot.
update public.proformas set created_by = tests.id('gerant') where id = tests.id('proforma_brouillon');
select pg_temp.ecrire_compte(null, tests.id('fournisseur'));
insert into public.feature_flags (key, description) values ('essai_matrice', 'Essai');
with fait as (
  insert into public.notifications_regles (canal, destination, actif)
  values ('EMAIL', 'essai@exemple.cd', false) returning id)
select tests.noter('regle', id) from fait;
with fait as (
  insert into public.envois (canal, objet_type, regle_id, cle, destination, contenu, statut, envoye_le)
  select 'EMAIL', 'ESSAI', tests.id('regle'), s.statut, 'essai@exemple.cd', '{}', s.statut,
         case s.statut when 'ENVOYE' then now() end
    from unnest('{ENVOYE,MORT}'::text[]) s (statut) returning id, statut)
select tests.noter(case statut when 'MORT' then 'envoi_mort' else 'envoi' end, id) from fait;
with fait as (
  insert into public.abonnements_rapports (user_id, nom, rythme, prochain)
  values (tests.id('collegue'), 'journalier', 'JOUR', '2035-01-01') returning id)
select tests.noter('abonnement', id) from fait;
insert into public.app_settings (key, value) values ('essai_matrice', 'Essai');

create function pg_temp.essayer_comme(p_acteur text, p_sql text) returns jsonb language plpgsql as $$
declare
  v_essai jsonb;
begin
  if p_acteur in ('anon', 'service_role') then
    perform tests.agir_sans_compte(p_acteur);
  else
    perform tests.agir_comme(p_acteur);
  end if;
  v_essai := tests.essayer(p_sql);
  perform tests.redevenir_systeme();
  return v_essai;
end;
$$;

create function pg_temp.qui(p_sql text) returns text language plpgsql as $$
declare
  -- How access says no. 55000: a view that nobody could write through.
  c_refus constant text := '^(42501|55000)$|^(ROLE_FORBIDDEN|ECRITURE_INTERDITE|INTROUVABLE|INVALID_ID_OR_STATE|CITERNE_INACTIVE_OR_INCOMPATIBLE)$';
  v_acteur text;
  v_essai jsonb;
  v_qui text[];
begin
  foreach v_acteur in array '{admin,directeur,gerant,operateur,pca,lecture,sans_profil,anon,service_role}'::text[] loop
    v_essai := pg_temp.essayer_comme(v_acteur, p_sql);
    v_qui := v_qui || case
      when (v_essai ->> 'lignes')::bigint > 0 then v_acteur
      -- Others refer to the row: whoever was told so was let through.
      when v_essai ->> 'etat' = '23503' and p_sql like 'delete %' then v_acteur
      when v_essai ->> 'lignes' = '0' or v_essai ->> 'etat' ~ c_refus or v_essai ->> 'message' ~ c_refus then null
      else v_acteur || ': ' || (v_essai ->> 'message')
    end;
  end loop;
  return array_to_string(v_qui, ' ');
end;
$$;

create function pg_temp.reponses(p_sql text) returns text language sql as $$
  -- The id that was asked for comes back in some refusals: not what tells them apart.
  select string_agg(r || ': ' || regexp_replace(pg_temp.essayer_comme(r, p_sql)::text, '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', '?', 'g'), e'\n')
    from unnest('{gerant,operateur,lecture}'::text[]) r
$$;

create function pg_temp.executent(p_nom text) returns text language sql as $$
  select coalesce(string_agg(r, ' '), '') from unnest('{anon,authenticated,service_role}'::text[]) r
   where exists (select from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname = p_nom
                    and has_function_privilege(r, p.oid, 'execute'))
$$;


-- Nothing is left out --------------------------------------------------------------------------------------------

select is_empty($$select nom, 'add its line to RELATIONS of tests/domaine/acces/matrice.ts, then: npm run securite' from (select case when c.relnamespace = 'public'::regnamespace then c.relname::text else c.oid::regclass::text end
     from pg_class c where c.relkind in ('r', 'p', 'v', 'm', 'f') and (c.relnamespace in ('public'::regnamespace, 'astm'::regnamespace))
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')) t (nom)
  where nom <> all (array['app_settings', 'feature_flags', 'profils', 'current_user_profile', 'produits', 'clients', 'partenaires', 'depots_amis', 'fournisseurs', 'v_fournisseurs', 'fournisseur_lot', 'golden_cases', 'astm.profils_calcul', 'depots', 'citernes', 'cours_de_route', 'receptions', 'sortie_citerne', 'sorties_produit', 'stocks_snapshot', 'stocks_journaliers', 'stocks_adjustments', 'stocks_initiaux', 'transferts', 'dilatations', 'comptes_partenaires', 'v_comptes_partenaires', 'stocks_initiaux_partenaires', 'attributions_partenaires', 'parts_partenaires', 'cessions', 'prets', 'prets_mouvements', 'v_prets', 'v_camions_recus', 'periodes_closes', 'v_mouvements_partenaires', 'v_mouvements_sans_partenaire', 'v_receptions', 'v_sorties', 'v_transferts', 'transferts_depots', 'mouvements_transferts_depots', 'v_transferts_depots', 'v_stock_en_transit', 'prises_de_hauteur', 'regularisations', 'baremes', 'baremes_points', 'compteurs', 'v_baremes', 'log_actions', 'logs', 'ecritures_tiers', 'system_alerts', 'alertes_evenements', 'notifications_regles', 'documents', 'documents_liens', 'v_documents', 'v_documents_objet', 'envois', 'abonnements_rapports', 'v_integrity_checks', 'ecarts', 'v_reception_20c', 'fournisseur_facture_lot_min', 'factures_fournisseur_receptions', 'fournisseur_paiement_lot_min', 'v_fournisseur_facture_lot', 'v_fournisseur_rapprochement_lot_min', 'v_compte_fournisseur', 'v_soldes_tiers', 'sblc', 'v_sblc', 'proformas', 'v_avancement_proforma', 'proforma_clotures', 'chargements', 'cdr_etapes', 'v_ecarts_transit', 'ecarts_notes', 'specifications', 'analyses', 'v_analyses', 'frais_lot', 'v_surestaries', 'v_cout_revient_lot', 'v_avoirs_fournisseur', 'v_paiements_fournisseur', 'v_couverture_sblc', 'taux_tva', 'taux_change', 'clients_conditions', 'credits_derogations', 'v_encours_client', 'tarifs', 'commandes', 'sorties_commandes', 'v_commandes', 'bons_livraison', 'factures_client', 'factures_client_lignes', 'factures_client_taxes', 'factures_fiscales', 'v_factures_client', 'releves_clients', 'v_marge_ventes', 'v_sorties_a_facturer', 'encaissements', 'remboursements', 'paiements_en_ligne', 'v_paiements_en_ligne', 'evenements_entrants', 'rapprochements', 'clotures_caisse', 'v_caisse_jour', 'v_balance_agee', 'v_stock_actuel', 'v_stock_actuel_snapshot', 'v_stock_actuel_owner_snapshot', 'v_kpi_stock_global', 'v_citerne_stock_snapshot_agg', 'v_citerne_stock_actuel', 'stock_actuel', 'v_livre_mouvements', 'v_mouvements_stock', 'v_etat_citernes', 'v_gains_pertes', 'rapports', 'v_rapports', 'v_ecarts_inventaire']::text[])$$, 'every table and view has its line in the matrix');
select is_empty($$select nom, 'take its line out of RELATIONS of tests/domaine/acces/matrice.ts, then: npm run securite' from unnest(array['app_settings', 'feature_flags', 'profils', 'current_user_profile', 'produits', 'clients', 'partenaires', 'depots_amis', 'fournisseurs', 'v_fournisseurs', 'fournisseur_lot', 'golden_cases', 'astm.profils_calcul', 'depots', 'citernes', 'cours_de_route', 'receptions', 'sortie_citerne', 'sorties_produit', 'stocks_snapshot', 'stocks_journaliers', 'stocks_adjustments', 'stocks_initiaux', 'transferts', 'dilatations', 'comptes_partenaires', 'v_comptes_partenaires', 'stocks_initiaux_partenaires', 'attributions_partenaires', 'parts_partenaires', 'cessions', 'prets', 'prets_mouvements', 'v_prets', 'v_camions_recus', 'periodes_closes', 'v_mouvements_partenaires', 'v_mouvements_sans_partenaire', 'v_receptions', 'v_sorties', 'v_transferts', 'transferts_depots', 'mouvements_transferts_depots', 'v_transferts_depots', 'v_stock_en_transit', 'prises_de_hauteur', 'regularisations', 'baremes', 'baremes_points', 'compteurs', 'v_baremes', 'log_actions', 'logs', 'ecritures_tiers', 'system_alerts', 'alertes_evenements', 'notifications_regles', 'documents', 'documents_liens', 'v_documents', 'v_documents_objet', 'envois', 'abonnements_rapports', 'v_integrity_checks', 'ecarts', 'v_reception_20c', 'fournisseur_facture_lot_min', 'factures_fournisseur_receptions', 'fournisseur_paiement_lot_min', 'v_fournisseur_facture_lot', 'v_fournisseur_rapprochement_lot_min', 'v_compte_fournisseur', 'v_soldes_tiers', 'sblc', 'v_sblc', 'proformas', 'v_avancement_proforma', 'proforma_clotures', 'chargements', 'cdr_etapes', 'v_ecarts_transit', 'ecarts_notes', 'specifications', 'analyses', 'v_analyses', 'frais_lot', 'v_surestaries', 'v_cout_revient_lot', 'v_avoirs_fournisseur', 'v_paiements_fournisseur', 'v_couverture_sblc', 'taux_tva', 'taux_change', 'clients_conditions', 'credits_derogations', 'v_encours_client', 'tarifs', 'commandes', 'sorties_commandes', 'v_commandes', 'bons_livraison', 'factures_client', 'factures_client_lignes', 'factures_client_taxes', 'factures_fiscales', 'v_factures_client', 'releves_clients', 'v_marge_ventes', 'v_sorties_a_facturer', 'encaissements', 'remboursements', 'paiements_en_ligne', 'v_paiements_en_ligne', 'evenements_entrants', 'rapprochements', 'clotures_caisse', 'v_caisse_jour', 'v_balance_agee', 'v_stock_actuel', 'v_stock_actuel_snapshot', 'v_stock_actuel_owner_snapshot', 'v_kpi_stock_global', 'v_citerne_stock_snapshot_agg', 'v_citerne_stock_actuel', 'stock_actuel', 'v_livre_mouvements', 'v_mouvements_stock', 'v_etat_citernes', 'v_gains_pertes', 'rapports', 'v_rapports', 'v_ecarts_inventaire']::text[]) t (nom)
  where nom not in (select case when c.relnamespace = 'public'::regnamespace then c.relname::text else c.oid::regclass::text end
     from pg_class c where c.relkind in ('r', 'p', 'v', 'm', 'f') and (c.relnamespace in ('public'::regnamespace, 'astm'::regnamespace))
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e'))$$, 'every line of the matrix is a table and view');
select is_empty($$select nom, 'add its line to FONCTIONS of tests/domaine/acces/matrice.ts, then: npm run securite' from (select p.proname::text from pg_proc p where p.pronamespace = 'public'::regnamespace
   and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')) t (nom)
  where nom <> all (array['annuler_cours_de_route', 'changer_statut_cours_de_route', 'validate_reception', 'validate_sortie', 'valider_sortie_lue', 'rejeter_sortie', 'rejeter_sortie_lue', 'creer_et_valider_sortie', 'admin_compensate_reception', 'admin_compensate_sortie', 'declarer_stock_initial', 'importer_bareme', 'activer_bareme', 'regulariser', 'repartir_stock_initial', 'attribuer_stock_partenaire', 'ceder', 'ouvrir_pret', 'rattacher_au_pret', 'releve_partenaire', 'expedier_transfert', 'recevoir_transfert', 'declarer_perdu', 'destinations_transfert', 'transit_camion', 'clore_periode', 'rouvrir_periode', 'rebuild_stocks_journaliers', 'archiver_rapport', 'kpi_jour', 'kpi_finance', 'releve_tiers', 'compute_volume_20c_from_reception', 'calculer_facture_fournisseur', 'valider_facture_fournisseur', 'annuler_facture_fournisseur', 'contester_facture_fournisseur', 'enregistrer_avoir_fournisseur', 'confirmer_paiement', 'annuler_paiement', 'ecrire_sblc', 'changer_statut_sblc', 'ecrire_proforma', 'activer_proforma', 'annuler_proforma', 'cloturer_proforma', 'enregistrer_chargement', 'enregistrer_analyse', 'regler_specification', 'ajouter_frais_lot', 'annuler_frais_lot', 'noter_ecart', 'contester_ecart', 'declarer_ecart', 'rattacher_cdr_decharge', 'prix_applicable', 'creer_tarif', 'clore_tarif', 'fixer_taux_change', 'fixer_taux_tva', 'fixer_conditions_client', 'deroger_credit', 'passer_commande', 'confirmer_commande', 'supprimer_commande', 'rattacher_sortie', 'detacher_sortie', 'solder_commande', 'annuler_commande', 'etablir_bl', 'confirmer_bl', 'annuler_bl', 'preparer_facture', 'supprimer_facture', 'emettre_facture', 'facturer_lot', 'emettre_avoir', 'encaisser', 'confirmer_encaissement', 'annuler_encaissement', 'rembourser', 'cloturer_caisse', 'vendre_comptant', 'envoyer_facture', 'envoyer_recu', 'envoyer_releve', 'imprimer_facture', 'imprimer_recu', 'imprimer_commande', 'imprimer_bl', 'imprimer_releve', 'releve_a_imprimer', 'transmettre_fiscal', 'acquitter_alerte', 'resoudre_alerte', 'sync_system_alerts_from_integrity', 'definir_regle_notification', 'regler_controle', 'lier_document', 'geler_document', 'relancer_envoi', 'abonner_rapport', 'arreter_abonnement', 'revoir_ecart', 'traiter_ecart', 'avancer_serie', 'dire_date_fausse', 'definir_flag', 'get_last_stock_ambiant', 'stock_a', 'stock_connu_a', 'verifier_stocks', 'verifier_comptes_partenaires', 'verifier_mouvements', 'verifier_journal', 'tete_journal', 'receptions_block_update_delete', 'sorties_produit_block_update_delete']::text[])$$, 'every function has its line in the matrix');
select is_empty($$select nom, 'take its line out of FONCTIONS of tests/domaine/acces/matrice.ts, then: npm run securite' from unnest(array['annuler_cours_de_route', 'changer_statut_cours_de_route', 'validate_reception', 'validate_sortie', 'valider_sortie_lue', 'rejeter_sortie', 'rejeter_sortie_lue', 'creer_et_valider_sortie', 'admin_compensate_reception', 'admin_compensate_sortie', 'declarer_stock_initial', 'importer_bareme', 'activer_bareme', 'regulariser', 'repartir_stock_initial', 'attribuer_stock_partenaire', 'ceder', 'ouvrir_pret', 'rattacher_au_pret', 'releve_partenaire', 'expedier_transfert', 'recevoir_transfert', 'declarer_perdu', 'destinations_transfert', 'transit_camion', 'clore_periode', 'rouvrir_periode', 'rebuild_stocks_journaliers', 'archiver_rapport', 'kpi_jour', 'kpi_finance', 'releve_tiers', 'compute_volume_20c_from_reception', 'calculer_facture_fournisseur', 'valider_facture_fournisseur', 'annuler_facture_fournisseur', 'contester_facture_fournisseur', 'enregistrer_avoir_fournisseur', 'confirmer_paiement', 'annuler_paiement', 'ecrire_sblc', 'changer_statut_sblc', 'ecrire_proforma', 'activer_proforma', 'annuler_proforma', 'cloturer_proforma', 'enregistrer_chargement', 'enregistrer_analyse', 'regler_specification', 'ajouter_frais_lot', 'annuler_frais_lot', 'noter_ecart', 'contester_ecart', 'declarer_ecart', 'rattacher_cdr_decharge', 'prix_applicable', 'creer_tarif', 'clore_tarif', 'fixer_taux_change', 'fixer_taux_tva', 'fixer_conditions_client', 'deroger_credit', 'passer_commande', 'confirmer_commande', 'supprimer_commande', 'rattacher_sortie', 'detacher_sortie', 'solder_commande', 'annuler_commande', 'etablir_bl', 'confirmer_bl', 'annuler_bl', 'preparer_facture', 'supprimer_facture', 'emettre_facture', 'facturer_lot', 'emettre_avoir', 'encaisser', 'confirmer_encaissement', 'annuler_encaissement', 'rembourser', 'cloturer_caisse', 'vendre_comptant', 'envoyer_facture', 'envoyer_recu', 'envoyer_releve', 'imprimer_facture', 'imprimer_recu', 'imprimer_commande', 'imprimer_bl', 'imprimer_releve', 'releve_a_imprimer', 'transmettre_fiscal', 'acquitter_alerte', 'resoudre_alerte', 'sync_system_alerts_from_integrity', 'definir_regle_notification', 'regler_controle', 'lier_document', 'geler_document', 'relancer_envoi', 'abonner_rapport', 'arreter_abonnement', 'revoir_ecart', 'traiter_ecart', 'avancer_serie', 'dire_date_fausse', 'definir_flag', 'get_last_stock_ambiant', 'stock_a', 'stock_connu_a', 'verifier_stocks', 'verifier_comptes_partenaires', 'verifier_mouvements', 'verifier_journal', 'tete_journal', 'receptions_block_update_delete', 'sorties_produit_block_update_delete']::text[]) t (nom)
  where nom not in (select p.proname::text from pg_proc p where p.pronamespace = 'public'::regnamespace
   and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e'))$$, 'every line of the matrix is a function');
select is_empty($$select nom, 'add its line to SEQUENCES of tests/domaine/acces/matrice.ts, then: npm run securite' from (select c.relname::text from pg_class c where c.relkind = 'S' and c.relnamespace = 'public'::regnamespace) t (nom)
  where nom <> all (array['alertes_evenements_ordre_seq', 'ecritures_tiers_ordre_seq']::text[])$$, 'every sequence has its line in the matrix');
select is_empty($$select nom, 'take its line out of SEQUENCES of tests/domaine/acces/matrice.ts, then: npm run securite' from unnest(array['alertes_evenements_ordre_seq', 'ecritures_tiers_ordre_seq']::text[]) t (nom)
  where nom not in (select c.relname::text from pg_class c where c.relkind = 'S' and c.relnamespace = 'public'::regnamespace)$$, 'every line of the matrix is a sequence');
select is_empty($$select nom, 'add its line to ASTM of tests/domaine/acces/matrice.ts, then: npm run securite' from (select p.proname::text from pg_proc p where p.pronamespace = 'astm'::regnamespace
   and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') and has_function_privilege('authenticated', p.oid, 'execute')) t (nom)
  where nom <> all (array['alpha', 'approcher', 'approcher_2004', 'approcher_avec', 'approcher_u', 'arrondir', 'au_litre', 'calculer_15c', 'calculer_15c_groupe_c', 'calculer_1980', 'calculer_2004', 'calculer_20c', 'calculer_imprime', 'coefficients_1980', 'coefficients_2004', 'comparer', 'convertir', 'correction_verre', 'dans_domaine', 'densite_etoile', 'domaine_densite', 'domaine_temperature', 'ecart_60f', 'estimer', 'estimer_avec', 'etoile_avec', 'exposant_2004', 'facteur_1980', 'facteur_pression', 'hors_domaine', 'incertitude_15c', 'ctsh', 'deplacement_toit_l', 'jaugeage', 'part_toit', 'temperature_paroi', 'ipts68_ecart', 'masse_air_t', 'masse_vide_t', 'profil', 'refuser_densite', 'refuser_entree', 'refuser_methode', 'seuil_2004', 'tolerance_l', 'volume_a_charger', 'zone_b_1980', 'zone_b_2004']::text[])$$, 'every function of astm that is executed has its line in the matrix');
select is_empty($$select nom, 'take its line out of ASTM of tests/domaine/acces/matrice.ts, then: npm run securite' from unnest(array['alpha', 'approcher', 'approcher_2004', 'approcher_avec', 'approcher_u', 'arrondir', 'au_litre', 'calculer_15c', 'calculer_15c_groupe_c', 'calculer_1980', 'calculer_2004', 'calculer_20c', 'calculer_imprime', 'coefficients_1980', 'coefficients_2004', 'comparer', 'convertir', 'correction_verre', 'dans_domaine', 'densite_etoile', 'domaine_densite', 'domaine_temperature', 'ecart_60f', 'estimer', 'estimer_avec', 'etoile_avec', 'exposant_2004', 'facteur_1980', 'facteur_pression', 'hors_domaine', 'incertitude_15c', 'ctsh', 'deplacement_toit_l', 'jaugeage', 'part_toit', 'temperature_paroi', 'ipts68_ecart', 'masse_air_t', 'masse_vide_t', 'profil', 'refuser_densite', 'refuser_entree', 'refuser_methode', 'seuil_2004', 'tolerance_l', 'volume_a_charger', 'zone_b_1980', 'zone_b_2004']::text[]) t (nom)
  where nom not in (select p.proname::text from pg_proc p where p.pronamespace = 'astm'::regnamespace
   and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') and has_function_privilege('authenticated', p.oid, 'execute'))$$, 'every line of the matrix is a function of astm that is executed');
select is_empty($$select nom, 'add its line to PRIVE of tests/domaine/acces/matrice.ts, then: npm run securite' from (select p.proname::text from pg_proc p where p.pronamespace = 'private'::regnamespace
   and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') and has_function_privilege('authenticated', p.oid, 'execute')) t (nom)
  where nom <> all (array['alertes_en_ordre', 'document_lie', 'objet', 'objet_ecrit', 'objet_vu', 'types_objets', 'camion_recu', 'cedant', 'cessionnaire', 'jours_du_compte', 'sorti_15c', 'nom_du_depot', 'faits_vus', 'aujourdhui', 'cle_recherche', 'cout_de_lot', 'cout_tenu', 'livre_de_commande', 'vendu_par_ligne', 'en_base', 'lots_finances', 'proformas_vues', 'recu_de_proforma', 'recu_du_camion', 'jour_du_camion', 'sblc_vues', 'transit_du_camion', 'faire_avancer_alerte', 'system_alerts_avant_update', 'avant_requete', 'trace_donnee', 'borner_lignes', 'exiger_peu_de_lignes', 'lignes_au_plus', 'cle_au_depot', 'cle_nom', 'cle_plaque', 'date_admise', 'date_possible', 'exiger_actifs', 'fuseau_nomme', 'fuseau_societe', 'illisibles', 'nom_lisible', 'plaque_admise', 'plaque_lisible', 'refuser_ligne', 'refuser_valeur', 'texte_admis', 'texte_lisible', 'en_kgm3', 'coordonnees_fournisseurs', 'depots_ou', 'depots_visibles', 'exiger', 'exiger_mesures', 'exiger_profil', 'exiger_a_l_ecriture', 'interdire_ecriture', 'jour_au_depot', 'masse_air_t', 'masse_vide_t', 'baremes_proteger', 'mouvements_du_journal', 'montant_lettre', 'facture_de_sortie', 'regle_facture_client', 'caisse_theorique', 'encours_vu', 'restes_vus', 'lire', 'sortie_rangee', 'jour_local', 'exiger_ouvert', 'ecarts_lieux', 'nouvel_id', 'uuid_v7', 'peut', 'possede', 'produits_avant_insert', 'profils_calcul_garder_defaut', 'quantites_reception', 'rapprochement', 'recu_de_facture', 'refuser', 'regle_de_facture', 'role', 'sceller_journal', 'sortie_a_valider', 'mouvements_traces', 'exiger_sortie', 'exiger_textes', 'sorties_avant_insert', 'etat_facteur', 'poser_codes_secours', 'proposer_facteur', 'reinitialiser_facteur', 'verifier_paiement_en_ligne', 'recevoir_lot', 'lire_lot', 'abandonner_acte', 'preparer_acte', 'noter_acte', 'deposer_document', 'document_vu', 'exiger_ecriture_document', 'exiger_objet', 'garder_impression', 'lire_octets', 'magasin_documents', 'ouvrir_document', 'ranger_genere', 'recevoir_document', 'relier_document', 'remplacer_document', 'succeder_document', 'tenir_gel_document', 'attendre_tiers', 'controles_lus', 'vendeur', 'debut_du_jour', 'exiger_flag', 'exiger_lecteur_journal', 'fuseau_vu', 'heure_au_depot', 'kpi_stock_a', 'pret_production', 'preparer_profil', 'premiere_reponse', 'reponse_gardee', 'rediger_sortie', 'point_a_lire', 'porte_rediger_sortie', 'colonnes_nommees', 'faite', 'lecture_tenue', 'condition_dite', 'conditions_choisies', 'colonnes_vues', 'page_lue', 'page_dite', 'cles_choisies', 'page_trouvee', 'page_choisie', 'exiger_camion_du_lot', 'ligne_dite', 'lignes_dites', 'lignes_inserees', 'ligne_modifiee', 'porte_valider_sortie', 'porte_rejeter_sortie', 'second_facteur_suffit', 'stock_actuel_a', 'tableau', 'tableau_alertes', 'tableau_camions', 'tableau_citernes', 'tableau_jour', 'tableau_mouvements', 'camions_connus', 'catalogue_rapports', 'colonnes', 'controles_dits', 'deltas_apres', 'depot_du_rapport', 'dire_instant', 'dire_moment', 'ecrits_apres', 'encaisse_connu', 'exiger_jours', 'exiger_mesure', 'exporter_rapport', 'fin_connue', 'flux_connus', 'ligne_connue', 'mouvements_connus', 'nom_connu', 'nom_de_l_appelant', 'noter_export', 'ouvertures_connues', 'parametres_du_rapport', 'periode_du_rapport', 'prises_connues', 'rapport', 'rapport_journalier', 'rapport_livre', 'rapports_permis', 'section', 'section_alertes', 'section_camions', 'section_encaissements', 'section_jaugeages', 'section_tiers', 'section_stock', 'totaux', 'camions_a_suivre', 'capacites_de_lecture', 'citernes_sous_seuil', 'courbes_de_stock', 'ecart_a', 'ecarts_traites_apres', 'factures_connues', 'id_du_parametre', 'marge_connue', 'parts_apres', 'quantites_connues', 'rapport_balance_agee', 'rapport_ecarts', 'rapport_gains_pertes', 'rapport_mensuel', 'rapport_releve_client', 'rapport_releve_fournisseur', 'rapport_releve_partenaire', 'rapport_releve_transporteur', 'rapport_tva', 'rapport_ventes', 'restes_connus', 'section_articles', 'section_compte', 'section_factures', 'section_moyennes', 'section_pertes', 'section_taxes', 'section_transit', 'stocks_du_jour', 'stocks_le', 'transits_connus', 'volumes_du_jour', 'a_facturer_connues', 'brouillons_connus', 'mot', 'niveau_citerne', 'section_a_facturer', 'section_brouillons', 'section_citernes', 'section_creances', 'exiger_rapport', 'garder_rapport']::text[])$$, 'every function of private that authenticated executes has its line in the matrix');
select is_empty($$select nom, 'take its line out of PRIVE of tests/domaine/acces/matrice.ts, then: npm run securite' from unnest(array['alertes_en_ordre', 'document_lie', 'objet', 'objet_ecrit', 'objet_vu', 'types_objets', 'camion_recu', 'cedant', 'cessionnaire', 'jours_du_compte', 'sorti_15c', 'nom_du_depot', 'faits_vus', 'aujourdhui', 'cle_recherche', 'cout_de_lot', 'cout_tenu', 'livre_de_commande', 'vendu_par_ligne', 'en_base', 'lots_finances', 'proformas_vues', 'recu_de_proforma', 'recu_du_camion', 'jour_du_camion', 'sblc_vues', 'transit_du_camion', 'faire_avancer_alerte', 'system_alerts_avant_update', 'avant_requete', 'trace_donnee', 'borner_lignes', 'exiger_peu_de_lignes', 'lignes_au_plus', 'cle_au_depot', 'cle_nom', 'cle_plaque', 'date_admise', 'date_possible', 'exiger_actifs', 'fuseau_nomme', 'fuseau_societe', 'illisibles', 'nom_lisible', 'plaque_admise', 'plaque_lisible', 'refuser_ligne', 'refuser_valeur', 'texte_admis', 'texte_lisible', 'en_kgm3', 'coordonnees_fournisseurs', 'depots_ou', 'depots_visibles', 'exiger', 'exiger_mesures', 'exiger_profil', 'exiger_a_l_ecriture', 'interdire_ecriture', 'jour_au_depot', 'masse_air_t', 'masse_vide_t', 'baremes_proteger', 'mouvements_du_journal', 'montant_lettre', 'facture_de_sortie', 'regle_facture_client', 'caisse_theorique', 'encours_vu', 'restes_vus', 'lire', 'sortie_rangee', 'jour_local', 'exiger_ouvert', 'ecarts_lieux', 'nouvel_id', 'uuid_v7', 'peut', 'possede', 'produits_avant_insert', 'profils_calcul_garder_defaut', 'quantites_reception', 'rapprochement', 'recu_de_facture', 'refuser', 'regle_de_facture', 'role', 'sceller_journal', 'sortie_a_valider', 'mouvements_traces', 'exiger_sortie', 'exiger_textes', 'sorties_avant_insert', 'etat_facteur', 'poser_codes_secours', 'proposer_facteur', 'reinitialiser_facteur', 'verifier_paiement_en_ligne', 'recevoir_lot', 'lire_lot', 'abandonner_acte', 'preparer_acte', 'noter_acte', 'deposer_document', 'document_vu', 'exiger_ecriture_document', 'exiger_objet', 'garder_impression', 'lire_octets', 'magasin_documents', 'ouvrir_document', 'ranger_genere', 'recevoir_document', 'relier_document', 'remplacer_document', 'succeder_document', 'tenir_gel_document', 'attendre_tiers', 'controles_lus', 'vendeur', 'debut_du_jour', 'exiger_flag', 'exiger_lecteur_journal', 'fuseau_vu', 'heure_au_depot', 'kpi_stock_a', 'pret_production', 'preparer_profil', 'premiere_reponse', 'reponse_gardee', 'rediger_sortie', 'point_a_lire', 'porte_rediger_sortie', 'colonnes_nommees', 'faite', 'lecture_tenue', 'condition_dite', 'conditions_choisies', 'colonnes_vues', 'page_lue', 'page_dite', 'cles_choisies', 'page_trouvee', 'page_choisie', 'exiger_camion_du_lot', 'ligne_dite', 'lignes_dites', 'lignes_inserees', 'ligne_modifiee', 'porte_valider_sortie', 'porte_rejeter_sortie', 'second_facteur_suffit', 'stock_actuel_a', 'tableau', 'tableau_alertes', 'tableau_camions', 'tableau_citernes', 'tableau_jour', 'tableau_mouvements', 'camions_connus', 'catalogue_rapports', 'colonnes', 'controles_dits', 'deltas_apres', 'depot_du_rapport', 'dire_instant', 'dire_moment', 'ecrits_apres', 'encaisse_connu', 'exiger_jours', 'exiger_mesure', 'exporter_rapport', 'fin_connue', 'flux_connus', 'ligne_connue', 'mouvements_connus', 'nom_connu', 'nom_de_l_appelant', 'noter_export', 'ouvertures_connues', 'parametres_du_rapport', 'periode_du_rapport', 'prises_connues', 'rapport', 'rapport_journalier', 'rapport_livre', 'rapports_permis', 'section', 'section_alertes', 'section_camions', 'section_encaissements', 'section_jaugeages', 'section_tiers', 'section_stock', 'totaux', 'camions_a_suivre', 'capacites_de_lecture', 'citernes_sous_seuil', 'courbes_de_stock', 'ecart_a', 'ecarts_traites_apres', 'factures_connues', 'id_du_parametre', 'marge_connue', 'parts_apres', 'quantites_connues', 'rapport_balance_agee', 'rapport_ecarts', 'rapport_gains_pertes', 'rapport_mensuel', 'rapport_releve_client', 'rapport_releve_fournisseur', 'rapport_releve_partenaire', 'rapport_releve_transporteur', 'rapport_tva', 'rapport_ventes', 'restes_connus', 'section_articles', 'section_compte', 'section_factures', 'section_moyennes', 'section_pertes', 'section_taxes', 'section_transit', 'stocks_du_jour', 'stocks_le', 'transits_connus', 'volumes_du_jour', 'a_facturer_connues', 'brouillons_connus', 'mot', 'niveau_citerne', 'section_a_facturer', 'section_brouillons', 'section_citernes', 'section_creances', 'exiger_rapport', 'garder_rapport']::text[]) t (nom)
  where nom not in (select p.proname::text from pg_proc p where p.pronamespace = 'private'::regnamespace
   and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') and has_function_privilege('authenticated', p.oid, 'execute'))$$, 'every line of the matrix is a function of private that authenticated executes');
select is_empty($$select nom, 'add its line to PRIVE of tests/domaine/acces/matrice.ts, then: npm run securite' from (select p.proname::text from pg_proc p where p.pronamespace = 'private'::regnamespace
   and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') and has_function_privilege('service_role', p.oid, 'execute')) t (nom)
  where nom <> all (array['alertes_en_ordre', 'document_lie', 'objet', 'objet_ecrit', 'objet_vu', 'types_objets', 'camion_recu', 'cedant', 'cessionnaire', 'jours_du_compte', 'sorti_15c', 'nom_du_depot', 'faits_vus', 'aujourdhui', 'cle_recherche', 'cout_de_lot', 'cout_tenu', 'livre_de_commande', 'vendu_par_ligne', 'en_base', 'lots_finances', 'proformas_vues', 'recu_de_proforma', 'recu_du_camion', 'jour_du_camion', 'sblc_vues', 'transit_du_camion', 'faire_avancer_alerte', 'system_alerts_avant_update', 'avant_requete', 'trace_donnee', 'borner_lignes', 'exiger_peu_de_lignes', 'lignes_au_plus', 'cle_au_depot', 'cle_nom', 'cle_plaque', 'date_admise', 'date_possible', 'exiger_actifs', 'fuseau_nomme', 'fuseau_societe', 'illisibles', 'nom_lisible', 'plaque_admise', 'plaque_lisible', 'refuser_ligne', 'refuser_valeur', 'texte_admis', 'texte_lisible', 'en_kgm3', 'coordonnees_fournisseurs', 'depots_ou', 'depots_visibles', 'exiger', 'exiger_mesures', 'exiger_profil', 'exiger_a_l_ecriture', 'interdire_ecriture', 'jour_au_depot', 'masse_air_t', 'masse_vide_t', 'baremes_proteger', 'mouvements_du_journal', 'montant_lettre', 'facture_de_sortie', 'regle_facture_client', 'caisse_theorique', 'encours_vu', 'restes_vus', 'lire', 'sortie_rangee', 'jour_local', 'exiger_ouvert', 'ecarts_lieux', 'nouvel_id', 'uuid_v7', 'peut', 'possede', 'produits_avant_insert', 'profils_calcul_garder_defaut', 'quantites_reception', 'rapprochement', 'recu_de_facture', 'refuser', 'regle_de_facture', 'role', 'sceller_journal', 'sortie_a_valider', 'mouvements_traces', 'exiger_sortie', 'exiger_textes', 'sorties_avant_insert', 'env_proteger', 'stocks_garder', 'stocks_reserver_ecriture']::text[])$$, 'every function of private that service_role executes has its line in the matrix');
select is_empty($$select nom, 'take its line out of PRIVE of tests/domaine/acces/matrice.ts, then: npm run securite' from unnest(array['alertes_en_ordre', 'document_lie', 'objet', 'objet_ecrit', 'objet_vu', 'types_objets', 'camion_recu', 'cedant', 'cessionnaire', 'jours_du_compte', 'sorti_15c', 'nom_du_depot', 'faits_vus', 'aujourdhui', 'cle_recherche', 'cout_de_lot', 'cout_tenu', 'livre_de_commande', 'vendu_par_ligne', 'en_base', 'lots_finances', 'proformas_vues', 'recu_de_proforma', 'recu_du_camion', 'jour_du_camion', 'sblc_vues', 'transit_du_camion', 'faire_avancer_alerte', 'system_alerts_avant_update', 'avant_requete', 'trace_donnee', 'borner_lignes', 'exiger_peu_de_lignes', 'lignes_au_plus', 'cle_au_depot', 'cle_nom', 'cle_plaque', 'date_admise', 'date_possible', 'exiger_actifs', 'fuseau_nomme', 'fuseau_societe', 'illisibles', 'nom_lisible', 'plaque_admise', 'plaque_lisible', 'refuser_ligne', 'refuser_valeur', 'texte_admis', 'texte_lisible', 'en_kgm3', 'coordonnees_fournisseurs', 'depots_ou', 'depots_visibles', 'exiger', 'exiger_mesures', 'exiger_profil', 'exiger_a_l_ecriture', 'interdire_ecriture', 'jour_au_depot', 'masse_air_t', 'masse_vide_t', 'baremes_proteger', 'mouvements_du_journal', 'montant_lettre', 'facture_de_sortie', 'regle_facture_client', 'caisse_theorique', 'encours_vu', 'restes_vus', 'lire', 'sortie_rangee', 'jour_local', 'exiger_ouvert', 'ecarts_lieux', 'nouvel_id', 'uuid_v7', 'peut', 'possede', 'produits_avant_insert', 'profils_calcul_garder_defaut', 'quantites_reception', 'rapprochement', 'recu_de_facture', 'refuser', 'regle_de_facture', 'role', 'sceller_journal', 'sortie_a_valider', 'mouvements_traces', 'exiger_sortie', 'exiger_textes', 'sorties_avant_insert', 'env_proteger', 'stocks_garder', 'stocks_reserver_ecriture']::text[]) t (nom)
  where nom not in (select p.proname::text from pg_proc p where p.pronamespace = 'private'::regnamespace
   and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') and has_function_privilege('service_role', p.oid, 'execute'))$$, 'every line of the matrix is a function of private that service_role executes');
select is_empty($$select a.attrelid::regclass, a.attname from pg_attribute a
  where a.attname ~ '(^|_)(depot|citerne)_' and a.attname like '%\_id' and not a.attisdropped
    and a.attrelid in (select ('public.' || nom)::regclass from unnest(array['app_settings', 'feature_flags', 'produits', 'clients', 'partenaires', 'depots_amis', 'fournisseurs', 'v_fournisseurs', 'fournisseur_lot', 'golden_cases', 'notifications_regles', 'fournisseur_facture_lot_min', 'factures_fournisseur_receptions', 'fournisseur_paiement_lot_min', 'v_fournisseur_facture_lot', 'v_fournisseur_rapprochement_lot_min', 'v_compte_fournisseur', 'v_soldes_tiers', 'sblc', 'v_sblc', 'proformas', 'v_avancement_proforma', 'proforma_clotures', 'specifications', 'frais_lot', 'v_surestaries', 'v_cout_revient_lot', 'v_avoirs_fournisseur', 'v_paiements_fournisseur', 'v_couverture_sblc', 'taux_tva', 'taux_change', 'clients_conditions', 'credits_derogations', 'v_encours_client', 'evenements_entrants', 'rapprochements', 'v_balance_agee']::text[]) t (nom))$$, 'rows that name a depot or a tank are said to be a depot''s in the matrix');
select is_empty($$select c.oid::regclass, r from pg_class c, unnest('{anon,authenticated,service_role}'::text[]) r
  where c.relkind = 'S' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace, 'astm'::regnamespace)
    and has_sequence_privilege(r, c.oid, 'usage, select, update')$$, 'no role of the API uses a sequence');
select is_empty($$select p.oid::regprocedure from pg_proc p where p.pronamespace = 'astm'::regnamespace
  and (has_function_privilege('anon', p.oid, 'execute')
       or has_function_privilege('authenticated', p.oid, 'execute') <> has_function_privilege('service_role', p.oid, 'execute'))$$,
  'astm is executed by authenticated and service_role alike, and not by anon');
select is_empty($$select schemaname, tablename, policyname from pg_policies
  where schemaname in ('public', 'private', 'astm') and roles <> '{authenticated}'$$, 'every policy is for signed-in users, and for nobody else');
select is_empty($$select r, s from unnest('{anon,authenticated,service_role}'::text[]) r, unnest('{public,private,astm}'::text[]) s
  where has_schema_privilege(r, s, 'create') or (r = 'anon' and s <> 'public' and has_schema_privilege(r, s, 'usage'))$$,
  'no role of the API creates anything, and anon does not enter private nor astm');

-- Tables and views --------------------------------------------------------------------------------------------------

-- app_settings
select is(pg_temp.qui($sql$select from public.app_settings where key = 'essai_matrice'$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads app_settings');
select is(pg_temp.qui($sql$insert into public.app_settings (key, value) values (left(md5(random()::text), 20), 'Essai')$sql$), 'service_role', 'who creates app_settings');
select is(pg_temp.qui($sql$update public.app_settings set key = key where key = 'essai_matrice'$sql$), 'service_role', 'who changes app_settings');
select is(pg_temp.qui($sql$delete from public.app_settings where key = 'essai_matrice'$sql$), 'service_role', 'who deletes app_settings');

-- feature_flags
select is(pg_temp.qui($sql$select from public.feature_flags where key = 'essai_matrice'$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads feature_flags');
select is(pg_temp.qui($sql$insert into public.feature_flags (key, description) values (left(md5(random()::text), 20), 'Essai')$sql$), 'service_role', 'who creates feature_flags');
select is(pg_temp.qui($sql$update public.feature_flags set key = key where key = 'essai_matrice'$sql$), 'service_role', 'who changes feature_flags');
select is(pg_temp.qui($sql$delete from public.feature_flags where key = 'essai_matrice'$sql$), 'service_role', 'who deletes feature_flags');

-- profils
select is(pg_temp.qui($sql$select from public.profils where user_id = tests.id('collegue')$sql$), 'admin directeur pca service_role', 'who reads profils');
select is(pg_temp.qui($sql$insert into public.profils (user_id, role, depot_id) values (tests.id('sans_role'), 'lecture', tests.id('depot'))$sql$), 'admin service_role', 'who creates profils');
select is(pg_temp.qui($sql$update public.profils set nom_complet = 'Un autre nom' where user_id = tests.id('collegue')$sql$), 'admin service_role', 'who changes profils');
select is(pg_temp.qui($sql$delete from public.profils where user_id = tests.id('collegue')$sql$), 'service_role', 'who deletes profils');

-- current_user_profile
select is(pg_temp.qui($sql$select from public.current_user_profile where true$sql$), 'admin directeur gerant operateur pca lecture', 'who reads current_user_profile');
select is(pg_temp.qui($sql$insert into public.current_user_profile default values$sql$), '', 'who creates current_user_profile');
select is(pg_temp.qui($sql$update public.current_user_profile set id = id where true$sql$), '', 'who changes current_user_profile');
select is(pg_temp.qui($sql$delete from public.current_user_profile where true$sql$), '', 'who deletes current_user_profile');

-- produits
select is(pg_temp.qui($sql$select from public.produits where id = tests.id('produit')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads produits');
select is(pg_temp.qui($sql$insert into public.produits (nom, code) values (left(md5(random()::text), 20), left(md5(random()::text), 20))$sql$), 'admin directeur service_role', 'who creates produits');
select is(pg_temp.qui($sql$update public.produits set id = id where id = tests.id('produit')$sql$), 'admin directeur service_role', 'who changes produits');
select is(pg_temp.qui($sql$delete from public.produits where id = tests.id('produit')$sql$), 'admin directeur service_role', 'who deletes produits');

-- clients
select is(pg_temp.qui($sql$select from public.clients where id = tests.id('client')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads clients');
select is(pg_temp.qui($sql$insert into public.clients (nom) values (left(md5(random()::text), 20))$sql$), 'admin directeur service_role', 'who creates clients');
select is(pg_temp.qui($sql$update public.clients set id = id where id = tests.id('client')$sql$), 'admin directeur service_role', 'who changes clients');
select is(pg_temp.qui($sql$delete from public.clients where id = tests.id('client')$sql$), 'admin directeur service_role', 'who deletes clients');

-- partenaires
select is(pg_temp.qui($sql$select from public.partenaires where id = tests.id('partenaire')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads partenaires');
select is(pg_temp.qui($sql$insert into public.partenaires (nom) values (left(md5(random()::text), 20))$sql$), 'admin directeur service_role', 'who creates partenaires');
select is(pg_temp.qui($sql$update public.partenaires set id = id where id = tests.id('partenaire')$sql$), 'admin directeur service_role', 'who changes partenaires');
select is(pg_temp.qui($sql$delete from public.partenaires where id = tests.id('partenaire')$sql$), 'admin directeur service_role', 'who deletes partenaires');

-- depots_amis
select is(pg_temp.qui($sql$select from public.depots_amis where id = tests.id('depot_ami')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads depots_amis');
select is(pg_temp.qui($sql$insert into public.depots_amis (nom) values (left(md5(random()::text), 20))$sql$), 'admin directeur service_role', 'who creates depots_amis');
select is(pg_temp.qui($sql$update public.depots_amis set id = id where id = tests.id('depot_ami')$sql$), 'admin directeur service_role', 'who changes depots_amis');
select is(pg_temp.qui($sql$delete from public.depots_amis where id = tests.id('depot_ami')$sql$), 'admin directeur service_role', 'who deletes depots_amis');

-- fournisseurs
select is(pg_temp.qui($sql$select from public.fournisseurs where id = tests.id('fournisseur')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads fournisseurs');
select is(pg_temp.qui($sql$insert into public.fournisseurs (nom) values (left(md5(random()::text), 20))$sql$), 'admin directeur service_role', 'who creates fournisseurs');
select is(pg_temp.qui($sql$update public.fournisseurs set id = id where id = tests.id('fournisseur')$sql$), 'admin directeur service_role', 'who changes fournisseurs');
select is(pg_temp.qui($sql$delete from public.fournisseurs where id = tests.id('fournisseur')$sql$), 'admin directeur service_role', 'who deletes fournisseurs');

-- v_fournisseurs
select is(pg_temp.qui($sql$select from public.v_fournisseurs where id = tests.id('fournisseur')$sql$), 'admin directeur gerant pca', 'who reads v_fournisseurs');
select is(pg_temp.qui($sql$insert into public.v_fournisseurs default values$sql$), '', 'who creates v_fournisseurs');
select is(pg_temp.qui($sql$update public.v_fournisseurs set id = id where id = tests.id('fournisseur')$sql$), '', 'who changes v_fournisseurs');
select is(pg_temp.qui($sql$delete from public.v_fournisseurs where id = tests.id('fournisseur')$sql$), '', 'who deletes v_fournisseurs');

-- fournisseur_lot
select is(pg_temp.qui($sql$select from public.fournisseur_lot where id = tests.id('lot')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads fournisseur_lot');
select is(pg_temp.qui($sql$insert into public.fournisseur_lot (fournisseur_id, produit_id, reference) values (tests.id('fournisseur'), tests.id('produit'), left(md5(random()::text), 20))$sql$), 'admin directeur gerant operateur service_role', 'who creates fournisseur_lot');
select is(pg_temp.qui($sql$update public.fournisseur_lot set note = 'Une note' where id = tests.id('lot')$sql$), 'admin directeur service_role', 'who changes fournisseur_lot');
select is(pg_temp.qui($sql$delete from public.fournisseur_lot where id = tests.id('lot')$sql$), 'admin directeur service_role', 'who deletes fournisseur_lot');

-- golden_cases
select is(pg_temp.qui($sql$select from public.golden_cases where id = tests.id('cas')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads golden_cases');
select is(pg_temp.qui($sql$insert into public.golden_cases (source, reference, produit_code, volume_observe_l, temperature_echantillon_c, temperature_produit_c, densite_observee_kgm3, volume_15c_attendu_l) values (left(md5(random()::text), 20), left(md5(random()::text), 20), 'G.O', 1000, 20, 20, 837, 996)$sql$), 'admin service_role', 'who creates golden_cases');
select is(pg_temp.qui($sql$update public.golden_cases set id = id where id = tests.id('cas')$sql$), 'admin service_role', 'who changes golden_cases');
select is(pg_temp.qui($sql$delete from public.golden_cases where id = tests.id('cas')$sql$), 'service_role', 'who deletes golden_cases');

-- astm.profils_calcul
select is(pg_temp.qui($sql$select from astm.profils_calcul where id = tests.id('profil_calcul')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads astm.profils_calcul');
select is(pg_temp.qui($sql$select from astm.profils_calcul where id = tests.id('profil_calcul_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads astm.profils_calcul of another depot');
select is(pg_temp.qui($sql$insert into astm.profils_calcul (nom, depot_id, produit_id) values (left(md5(random()::text), 20), tests.id('depot'), tests.id('produit'))$sql$), 'admin service_role', 'who creates astm.profils_calcul');
select is(pg_temp.qui($sql$insert into astm.profils_calcul (nom, depot_id, produit_id) values (left(md5(random()::text), 20), tests.id('depot_ailleurs'), tests.id('produit'))$sql$), 'admin service_role', 'who creates astm.profils_calcul of another depot');
select is(pg_temp.reponses($sql$insert into astm.profils_calcul (nom, depot_id, produit_id) values (left(md5(random()::text), 20), tests.id('depot_ailleurs'), tests.id('produit'))$sql$), pg_temp.reponses($sql$insert into astm.profils_calcul (nom, depot_id, produit_id) values (left(md5(random()::text), 20), tests.id('inconnu'), tests.id('produit'))$sql$), 'who creates astm.profils_calcul, depot of another depot: as one that does not exist');
select is(pg_temp.qui($sql$update astm.profils_calcul set id = id where id = tests.id('profil_calcul')$sql$), 'admin service_role', 'who changes astm.profils_calcul');
select is(pg_temp.qui($sql$update astm.profils_calcul set id = id where id = tests.id('profil_calcul_ailleurs')$sql$), 'admin service_role', 'who changes astm.profils_calcul of another depot');
select is(pg_temp.reponses($sql$update astm.profils_calcul set id = id where id = tests.id('profil_calcul_ailleurs')$sql$), pg_temp.reponses($sql$update astm.profils_calcul set id = id where id = tests.id('inconnu')$sql$), 'who changes astm.profils_calcul, profil_calcul of another depot: as one that does not exist');
select is(pg_temp.qui($sql$delete from astm.profils_calcul where id = tests.id('profil_calcul')$sql$), 'admin service_role', 'who deletes astm.profils_calcul');
select is(pg_temp.qui($sql$delete from astm.profils_calcul where id = tests.id('profil_calcul_ailleurs')$sql$), 'admin service_role', 'who deletes astm.profils_calcul of another depot');
select is(pg_temp.reponses($sql$delete from astm.profils_calcul where id = tests.id('profil_calcul_ailleurs')$sql$), pg_temp.reponses($sql$delete from astm.profils_calcul where id = tests.id('inconnu')$sql$), 'who deletes astm.profils_calcul, profil_calcul of another depot: as one that does not exist');

-- depots
select is(pg_temp.qui($sql$select from public.depots where id = tests.id('depot')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads depots');
select is(pg_temp.qui($sql$select from public.depots where id = tests.id('depot_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads depots of another depot');
select is(pg_temp.qui($sql$insert into public.depots (nom) values (left(md5(random()::text), 20))$sql$), 'admin directeur service_role', 'who creates depots');
select is(pg_temp.qui($sql$update public.depots set id = id where id = tests.id('depot')$sql$), 'admin directeur service_role', 'who changes depots');
select is(pg_temp.qui($sql$update public.depots set id = id where id = tests.id('depot_ailleurs')$sql$), 'admin directeur service_role', 'who changes depots of another depot');
select is(pg_temp.reponses($sql$update public.depots set id = id where id = tests.id('depot_ailleurs')$sql$), pg_temp.reponses($sql$update public.depots set id = id where id = tests.id('inconnu')$sql$), 'who changes depots, depot of another depot: as one that does not exist');
select is(pg_temp.qui($sql$delete from public.depots where id = tests.id('depot')$sql$), 'service_role', 'who deletes depots');
select is(pg_temp.qui($sql$delete from public.depots where id = tests.id('depot_ailleurs')$sql$), 'service_role', 'who deletes depots of another depot');
select is(pg_temp.reponses($sql$delete from public.depots where id = tests.id('depot_ailleurs')$sql$), pg_temp.reponses($sql$delete from public.depots where id = tests.id('inconnu')$sql$), 'who deletes depots, depot of another depot: as one that does not exist');

-- citernes
select is(pg_temp.qui($sql$select from public.citernes where id = tests.id('citerne')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads citernes');
select is(pg_temp.qui($sql$select from public.citernes where id = tests.id('citerne_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads citernes of another depot');
select is(pg_temp.qui($sql$insert into public.citernes (depot_id, produit_id, nom, capacite_totale) values (tests.id('depot'), tests.id('produit'), left(md5(random()::text), 20), 1000)$sql$), 'admin directeur service_role', 'who creates citernes');
select is(pg_temp.qui($sql$insert into public.citernes (depot_id, produit_id, nom, capacite_totale) values (tests.id('depot_ailleurs'), tests.id('produit'), left(md5(random()::text), 20), 1000)$sql$), 'admin directeur service_role', 'who creates citernes of another depot');
select is(pg_temp.reponses($sql$insert into public.citernes (depot_id, produit_id, nom, capacite_totale) values (tests.id('depot_ailleurs'), tests.id('produit'), left(md5(random()::text), 20), 1000)$sql$), pg_temp.reponses($sql$insert into public.citernes (depot_id, produit_id, nom, capacite_totale) values (tests.id('inconnu'), tests.id('produit'), left(md5(random()::text), 20), 1000)$sql$), 'who creates citernes, depot of another depot: as one that does not exist');
select is(pg_temp.qui($sql$update public.citernes set id = id where id = tests.id('citerne')$sql$), 'admin directeur service_role', 'who changes citernes');
select is(pg_temp.qui($sql$update public.citernes set id = id where id = tests.id('citerne_ailleurs')$sql$), 'admin directeur service_role', 'who changes citernes of another depot');
select is(pg_temp.reponses($sql$update public.citernes set id = id where id = tests.id('citerne_ailleurs')$sql$), pg_temp.reponses($sql$update public.citernes set id = id where id = tests.id('inconnu')$sql$), 'who changes citernes, citerne of another depot: as one that does not exist');
select is(pg_temp.qui($sql$delete from public.citernes where id = tests.id('citerne')$sql$), 'admin directeur service_role', 'who deletes citernes');
select is(pg_temp.qui($sql$delete from public.citernes where id = tests.id('citerne_ailleurs')$sql$), 'admin directeur service_role', 'who deletes citernes of another depot');
select is(pg_temp.reponses($sql$delete from public.citernes where id = tests.id('citerne_ailleurs')$sql$), pg_temp.reponses($sql$delete from public.citernes where id = tests.id('inconnu')$sql$), 'who deletes citernes, citerne of another depot: as one that does not exist');

-- cours_de_route
select is(pg_temp.qui($sql$select from public.cours_de_route where id = tests.id('cdr')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads cours_de_route');
select is(pg_temp.qui($sql$select from public.cours_de_route where id = tests.id('cdr_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads cours_de_route of another depot');
select is(pg_temp.qui($sql$insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume) values (tests.id('fournisseur'), tests.id('depot'), tests.id('produit'), left(md5(random()::text), 20), 1000)$sql$), 'admin directeur gerant operateur', 'who creates cours_de_route');
select is(pg_temp.qui($sql$insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume) values (tests.id('fournisseur'), tests.id('depot_ailleurs'), tests.id('produit'), left(md5(random()::text), 20), 1000)$sql$), 'admin directeur', 'who creates cours_de_route of another depot');
select is(pg_temp.reponses($sql$insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume) values (tests.id('fournisseur'), tests.id('depot_ailleurs'), tests.id('produit'), left(md5(random()::text), 20), 1000)$sql$), pg_temp.reponses($sql$insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume) values (tests.id('fournisseur'), tests.id('inconnu'), tests.id('produit'), left(md5(random()::text), 20), 1000)$sql$), 'who creates cours_de_route, depot of another depot: as one that does not exist');
select is(pg_temp.qui($sql$update public.cours_de_route set note = 'Une note' where id = tests.id('cdr')$sql$), 'admin directeur gerant operateur service_role', 'who changes cours_de_route');
select is(pg_temp.qui($sql$update public.cours_de_route set note = 'Une note' where id = tests.id('cdr_ailleurs')$sql$), 'admin directeur service_role', 'who changes cours_de_route of another depot');
select is(pg_temp.reponses($sql$update public.cours_de_route set note = 'Une note' where id = tests.id('cdr_ailleurs')$sql$), pg_temp.reponses($sql$update public.cours_de_route set note = 'Une note' where id = tests.id('inconnu')$sql$), 'who changes cours_de_route, cdr of another depot: as one that does not exist');
select is(pg_temp.qui($sql$delete from public.cours_de_route where id = tests.id('cdr')$sql$), 'admin service_role', 'who deletes cours_de_route');
select is(pg_temp.qui($sql$delete from public.cours_de_route where id = tests.id('cdr_ailleurs')$sql$), 'admin service_role', 'who deletes cours_de_route of another depot');
select is(pg_temp.reponses($sql$delete from public.cours_de_route where id = tests.id('cdr_ailleurs')$sql$), pg_temp.reponses($sql$delete from public.cours_de_route where id = tests.id('inconnu')$sql$), 'who deletes cours_de_route, cdr of another depot: as one that does not exist');

-- receptions
select is(pg_temp.qui($sql$select from public.receptions where id = tests.id('reception')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads receptions');
select is(pg_temp.qui($sql$select from public.receptions where id = tests.id('reception_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads receptions of another depot');
select is(pg_temp.qui($sql$insert into public.receptions (cours_de_route_id, citerne_id, produit_id, volume_ambiant, temperature_ambiante_c) values (tests.id('cdr_arrive'), tests.id('citerne'), tests.id('produit'), 10, 15)$sql$), 'admin directeur gerant operateur', 'who creates receptions');
select is(pg_temp.qui($sql$insert into public.receptions (cours_de_route_id, citerne_id, produit_id, volume_ambiant, temperature_ambiante_c) values (tests.id('cdr_arrive_ailleurs'), tests.id('citerne_ailleurs'), tests.id('produit'), 10, 15)$sql$), 'admin directeur', 'who creates receptions of another depot');
select is(pg_temp.reponses($sql$insert into public.receptions (cours_de_route_id, citerne_id, produit_id, volume_ambiant, temperature_ambiante_c) values (tests.id('cdr_arrive_ailleurs'), tests.id('citerne'), tests.id('produit'), 10, 15)$sql$), pg_temp.reponses($sql$insert into public.receptions (cours_de_route_id, citerne_id, produit_id, volume_ambiant, temperature_ambiante_c) values (tests.id('inconnu'), tests.id('citerne'), tests.id('produit'), 10, 15)$sql$), 'who creates receptions, cdr_arrive of another depot: as one that does not exist');
select is(pg_temp.reponses($sql$insert into public.receptions (cours_de_route_id, citerne_id, produit_id, volume_ambiant, temperature_ambiante_c) values (tests.id('cdr_arrive'), tests.id('citerne_ailleurs'), tests.id('produit'), 10, 15)$sql$), pg_temp.reponses($sql$insert into public.receptions (cours_de_route_id, citerne_id, produit_id, volume_ambiant, temperature_ambiante_c) values (tests.id('cdr_arrive'), tests.id('inconnu'), tests.id('produit'), 10, 15)$sql$), 'who creates receptions, citerne of another depot: as one that does not exist');
select is(pg_temp.qui($sql$update public.receptions set id = id where id = tests.id('reception')$sql$), '', 'who changes receptions');
select is(pg_temp.qui($sql$delete from public.receptions where id = tests.id('reception')$sql$), '', 'who deletes receptions');

-- sortie_citerne
select is(pg_temp.qui($sql$select from public.sortie_citerne where sortie_id = tests.id('sortie')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads sortie_citerne');
select is(pg_temp.qui($sql$select from public.sortie_citerne where sortie_id = tests.id('sortie_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads sortie_citerne of another depot');
select is(pg_temp.qui($sql$insert into public.sortie_citerne default values$sql$), '', 'who creates sortie_citerne');
select is(pg_temp.qui($sql$update public.sortie_citerne set sortie_id = sortie_id where sortie_id = tests.id('sortie')$sql$), '', 'who changes sortie_citerne');
select is(pg_temp.qui($sql$delete from public.sortie_citerne where sortie_id = tests.id('sortie')$sql$), '', 'who deletes sortie_citerne');

-- sorties_produit
select is(pg_temp.qui($sql$select from public.sorties_produit where id = tests.id('brouillon')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads sorties_produit');
select is(pg_temp.qui($sql$select from public.sorties_produit where id = tests.id('brouillon_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads sorties_produit of another depot');
select is(pg_temp.qui($sql$insert into public.sorties_produit (citerne_id, client_id, volume_ambiant, temperature_ambiante_c) values (tests.id('citerne'), tests.id('client'), 1, 15)$sql$), 'admin directeur gerant operateur', 'who creates sorties_produit');
select is(pg_temp.qui($sql$insert into public.sorties_produit (citerne_id, client_id, volume_ambiant, temperature_ambiante_c) values (tests.id('citerne_ailleurs'), tests.id('client'), 1, 15)$sql$), 'admin directeur', 'who creates sorties_produit of another depot');
select is(pg_temp.reponses($sql$insert into public.sorties_produit (citerne_id, client_id, volume_ambiant, temperature_ambiante_c) values (tests.id('citerne_ailleurs'), tests.id('client'), 1, 15)$sql$), pg_temp.reponses($sql$insert into public.sorties_produit (citerne_id, client_id, volume_ambiant, temperature_ambiante_c) values (tests.id('inconnu'), tests.id('client'), 1, 15)$sql$), 'who creates sorties_produit, citerne of another depot: as one that does not exist');
select is(pg_temp.qui($sql$update public.sorties_produit set note = 'Une note' where id = tests.id('brouillon')$sql$), 'admin directeur gerant', 'who changes sorties_produit');
select is(pg_temp.qui($sql$update public.sorties_produit set note = 'Une note' where id = tests.id('brouillon_ailleurs')$sql$), 'admin directeur', 'who changes sorties_produit of another depot');
select is(pg_temp.reponses($sql$update public.sorties_produit set note = 'Une note' where id = tests.id('brouillon_ailleurs')$sql$), pg_temp.reponses($sql$update public.sorties_produit set note = 'Une note' where id = tests.id('inconnu')$sql$), 'who changes sorties_produit, brouillon of another depot: as one that does not exist');
select is(pg_temp.qui($sql$delete from public.sorties_produit where id = tests.id('brouillon')$sql$), '', 'who deletes sorties_produit');

-- stocks_snapshot
select is(pg_temp.qui($sql$select from public.stocks_snapshot where citerne_id = tests.id('citerne')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads stocks_snapshot');
select is(pg_temp.qui($sql$select from public.stocks_snapshot where citerne_id = tests.id('citerne_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads stocks_snapshot of another depot');
select is(pg_temp.qui($sql$insert into public.stocks_snapshot default values$sql$), '', 'who creates stocks_snapshot');
select is(pg_temp.qui($sql$update public.stocks_snapshot set citerne_id = citerne_id where citerne_id = tests.id('citerne')$sql$), '', 'who changes stocks_snapshot');
select is(pg_temp.qui($sql$delete from public.stocks_snapshot where citerne_id = tests.id('citerne')$sql$), '', 'who deletes stocks_snapshot');

-- stocks_journaliers
select is(pg_temp.qui($sql$select from public.stocks_journaliers where citerne_id = tests.id('citerne')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads stocks_journaliers');
select is(pg_temp.qui($sql$select from public.stocks_journaliers where citerne_id = tests.id('citerne_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads stocks_journaliers of another depot');
select is(pg_temp.qui($sql$insert into public.stocks_journaliers default values$sql$), '', 'who creates stocks_journaliers');
select is(pg_temp.qui($sql$update public.stocks_journaliers set citerne_id = citerne_id where citerne_id = tests.id('citerne')$sql$), '', 'who changes stocks_journaliers');
select is(pg_temp.qui($sql$delete from public.stocks_journaliers where citerne_id = tests.id('citerne')$sql$), '', 'who deletes stocks_journaliers');

-- stocks_adjustments
select is(pg_temp.qui($sql$select from public.stocks_adjustments where id = tests.id('ajustement')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads stocks_adjustments');
select is(pg_temp.qui($sql$select from public.stocks_adjustments where id = tests.id('ajustement_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads stocks_adjustments of another depot');
select is(pg_temp.qui($sql$insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason) values ('RECEPTION', tests.id('reception'), 1, 1, 'Essai de la matrice d''accès')$sql$), 'admin', 'who creates stocks_adjustments');
select is(pg_temp.qui($sql$insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason) values ('RECEPTION', tests.id('reception_ailleurs'), 1, 1, 'Essai de la matrice d''accès')$sql$), 'admin', 'who creates stocks_adjustments of another depot');
select is(pg_temp.reponses($sql$insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason) values ('RECEPTION', tests.id('reception_ailleurs'), 1, 1, 'Essai de la matrice d''accès')$sql$), pg_temp.reponses($sql$insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason) values ('RECEPTION', tests.id('inconnu'), 1, 1, 'Essai de la matrice d''accès')$sql$), 'who creates stocks_adjustments, reception of another depot: as one that does not exist');
select is(pg_temp.qui($sql$update public.stocks_adjustments set id = id where id = tests.id('ajustement')$sql$), '', 'who changes stocks_adjustments');
select is(pg_temp.qui($sql$delete from public.stocks_adjustments where id = tests.id('ajustement')$sql$), '', 'who deletes stocks_adjustments');

-- stocks_initiaux
select is(pg_temp.qui($sql$select from public.stocks_initiaux where id = tests.id('initial')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads stocks_initiaux');
select is(pg_temp.qui($sql$select from public.stocks_initiaux where id = tests.id('initial_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads stocks_initiaux of another depot');
select is(pg_temp.qui($sql$insert into public.stocks_initiaux default values$sql$), '', 'who creates stocks_initiaux');
select is(pg_temp.qui($sql$update public.stocks_initiaux set id = id where id = tests.id('initial')$sql$), '', 'who changes stocks_initiaux');
select is(pg_temp.qui($sql$delete from public.stocks_initiaux where id = tests.id('initial')$sql$), '', 'who deletes stocks_initiaux');

-- transferts
select is(pg_temp.qui($sql$select from public.transferts where id = tests.id('transfert')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads transferts');
select is(pg_temp.qui($sql$select from public.transferts where id = tests.id('transfert_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads transferts of another depot');
select is(pg_temp.qui($sql$insert into public.transferts (citerne_source_id, citerne_destination_id, volume_ambiant, temperature_ambiante_c) values (tests.id('citerne'), tests.id('citerne_vide'), 1, 15)$sql$), 'admin directeur gerant', 'who creates transferts');
select is(pg_temp.qui($sql$insert into public.transferts (citerne_source_id, citerne_destination_id, volume_ambiant, temperature_ambiante_c) values (tests.id('citerne_ailleurs'), tests.id('citerne_vide_ailleurs'), 1, 15)$sql$), 'admin directeur', 'who creates transferts of another depot');
select is(pg_temp.reponses($sql$insert into public.transferts (citerne_source_id, citerne_destination_id, volume_ambiant, temperature_ambiante_c) values (tests.id('citerne_ailleurs'), tests.id('citerne_vide'), 1, 15)$sql$), pg_temp.reponses($sql$insert into public.transferts (citerne_source_id, citerne_destination_id, volume_ambiant, temperature_ambiante_c) values (tests.id('inconnu'), tests.id('citerne_vide'), 1, 15)$sql$), 'who creates transferts, citerne of another depot: as one that does not exist');
select is(pg_temp.reponses($sql$insert into public.transferts (citerne_source_id, citerne_destination_id, volume_ambiant, temperature_ambiante_c) values (tests.id('citerne'), tests.id('citerne_vide_ailleurs'), 1, 15)$sql$), pg_temp.reponses($sql$insert into public.transferts (citerne_source_id, citerne_destination_id, volume_ambiant, temperature_ambiante_c) values (tests.id('citerne'), tests.id('inconnu'), 1, 15)$sql$), 'who creates transferts, citerne_vide of another depot: as one that does not exist');
select is(pg_temp.qui($sql$update public.transferts set id = id where id = tests.id('transfert')$sql$), '', 'who changes transferts');
select is(pg_temp.qui($sql$delete from public.transferts where id = tests.id('transfert')$sql$), '', 'who deletes transferts');

-- dilatations
select is(pg_temp.qui($sql$select from public.dilatations where id = tests.id('dilatation')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads dilatations');
select is(pg_temp.qui($sql$select from public.dilatations where id = tests.id('dilatation_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads dilatations of another depot');
select is(pg_temp.qui($sql$insert into public.dilatations default values$sql$), '', 'who creates dilatations');
select is(pg_temp.qui($sql$update public.dilatations set id = id where id = tests.id('dilatation')$sql$), '', 'who changes dilatations');
select is(pg_temp.qui($sql$delete from public.dilatations where id = tests.id('dilatation')$sql$), '', 'who deletes dilatations');

-- comptes_partenaires
select is(pg_temp.qui($sql$select from public.comptes_partenaires where id = tests.id('compte_partenaire')$sql$), 'admin directeur gerant operateur pca service_role', 'who reads comptes_partenaires');
select is(pg_temp.qui($sql$select from public.comptes_partenaires where id = tests.id('compte_partenaire_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads comptes_partenaires of another depot');
select is(pg_temp.qui($sql$insert into public.comptes_partenaires default values$sql$), '', 'who creates comptes_partenaires');
select is(pg_temp.qui($sql$update public.comptes_partenaires set id = id where id = tests.id('compte_partenaire')$sql$), '', 'who changes comptes_partenaires');
select is(pg_temp.qui($sql$delete from public.comptes_partenaires where id = tests.id('compte_partenaire')$sql$), '', 'who deletes comptes_partenaires');

-- v_comptes_partenaires
select is(pg_temp.qui($sql$select from public.v_comptes_partenaires where compte_id = tests.id('compte_partenaire')$sql$), 'admin directeur gerant operateur pca service_role', 'who reads v_comptes_partenaires');
select is(pg_temp.qui($sql$select from public.v_comptes_partenaires where compte_id = tests.id('compte_partenaire_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_comptes_partenaires of another depot');
select is(pg_temp.qui($sql$insert into public.v_comptes_partenaires default values$sql$), '', 'who creates v_comptes_partenaires');
select is(pg_temp.qui($sql$update public.v_comptes_partenaires set compte_id = compte_id where compte_id = tests.id('compte_partenaire')$sql$), '', 'who changes v_comptes_partenaires');
select is(pg_temp.qui($sql$delete from public.v_comptes_partenaires where compte_id = tests.id('compte_partenaire')$sql$), '', 'who deletes v_comptes_partenaires');

-- stocks_initiaux_partenaires
select is(pg_temp.qui($sql$select from public.stocks_initiaux_partenaires where stock_initial_id = tests.id('initial_partenaire')$sql$), 'admin directeur gerant operateur pca service_role', 'who reads stocks_initiaux_partenaires');
select is(pg_temp.qui($sql$select from public.stocks_initiaux_partenaires where stock_initial_id = tests.id('initial_partenaire_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads stocks_initiaux_partenaires of another depot');
select is(pg_temp.qui($sql$insert into public.stocks_initiaux_partenaires default values$sql$), '', 'who creates stocks_initiaux_partenaires');
select is(pg_temp.qui($sql$update public.stocks_initiaux_partenaires set stock_initial_id = stock_initial_id where stock_initial_id = tests.id('initial_partenaire')$sql$), '', 'who changes stocks_initiaux_partenaires');
select is(pg_temp.qui($sql$delete from public.stocks_initiaux_partenaires where stock_initial_id = tests.id('initial_partenaire')$sql$), '', 'who deletes stocks_initiaux_partenaires');

-- attributions_partenaires
select is(pg_temp.qui($sql$select from public.attributions_partenaires where id = tests.id('attribution')$sql$), 'admin directeur gerant operateur pca service_role', 'who reads attributions_partenaires');
select is(pg_temp.qui($sql$select from public.attributions_partenaires where id = tests.id('attribution_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads attributions_partenaires of another depot');
select is(pg_temp.qui($sql$insert into public.attributions_partenaires default values$sql$), '', 'who creates attributions_partenaires');
select is(pg_temp.qui($sql$update public.attributions_partenaires set id = id where id = tests.id('attribution')$sql$), '', 'who changes attributions_partenaires');
select is(pg_temp.qui($sql$delete from public.attributions_partenaires where id = tests.id('attribution')$sql$), '', 'who deletes attributions_partenaires');

-- parts_partenaires
select is(pg_temp.qui($sql$select from public.parts_partenaires where mouvement_id = tests.id('ajustement_partenaire')$sql$), 'admin directeur gerant operateur pca service_role', 'who reads parts_partenaires');
select is(pg_temp.qui($sql$select from public.parts_partenaires where mouvement_id = tests.id('ajustement_partenaire_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads parts_partenaires of another depot');
select is(pg_temp.qui($sql$insert into public.parts_partenaires default values$sql$), '', 'who creates parts_partenaires');
select is(pg_temp.qui($sql$update public.parts_partenaires set mouvement_id = mouvement_id where mouvement_id = tests.id('ajustement_partenaire')$sql$), '', 'who changes parts_partenaires');
select is(pg_temp.qui($sql$delete from public.parts_partenaires where mouvement_id = tests.id('ajustement_partenaire')$sql$), '', 'who deletes parts_partenaires');

-- cessions
select is(pg_temp.qui($sql$select from public.cessions where id = tests.id('cession')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads cessions');
select is(pg_temp.qui($sql$select from public.cessions where id = tests.id('cession_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads cessions of another depot');
select is(pg_temp.qui($sql$insert into public.cessions default values$sql$), '', 'who creates cessions');
select is(pg_temp.qui($sql$update public.cessions set id = id where id = tests.id('cession')$sql$), '', 'who changes cessions');
select is(pg_temp.qui($sql$delete from public.cessions where id = tests.id('cession')$sql$), '', 'who deletes cessions');

-- prets
select is(pg_temp.qui($sql$select from public.prets where id = tests.id('pret')$sql$), 'admin directeur gerant operateur pca service_role', 'who reads prets');
select is(pg_temp.qui($sql$select from public.prets where id = tests.id('pret_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads prets of another depot');
select is(pg_temp.qui($sql$insert into public.prets default values$sql$), '', 'who creates prets');
select is(pg_temp.qui($sql$update public.prets set id = id where id = tests.id('pret')$sql$), '', 'who changes prets');
select is(pg_temp.qui($sql$delete from public.prets where id = tests.id('pret')$sql$), '', 'who deletes prets');

-- prets_mouvements
select is(pg_temp.qui($sql$select from public.prets_mouvements where pret_id = tests.id('pret')$sql$), 'admin directeur gerant operateur pca service_role', 'who reads prets_mouvements');
select is(pg_temp.qui($sql$select from public.prets_mouvements where pret_id = tests.id('pret_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads prets_mouvements of another depot');
select is(pg_temp.qui($sql$insert into public.prets_mouvements default values$sql$), '', 'who creates prets_mouvements');
select is(pg_temp.qui($sql$update public.prets_mouvements set pret_id = pret_id where pret_id = tests.id('pret')$sql$), '', 'who changes prets_mouvements');
select is(pg_temp.qui($sql$delete from public.prets_mouvements where pret_id = tests.id('pret')$sql$), '', 'who deletes prets_mouvements');

-- v_prets
select is(pg_temp.qui($sql$select from public.v_prets where id = tests.id('pret')$sql$), 'admin directeur gerant operateur pca service_role', 'who reads v_prets');
select is(pg_temp.qui($sql$select from public.v_prets where id = tests.id('pret_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_prets of another depot');
select is(pg_temp.qui($sql$insert into public.v_prets default values$sql$), '', 'who creates v_prets');
select is(pg_temp.qui($sql$update public.v_prets set id = id where id = tests.id('pret')$sql$), '', 'who changes v_prets');
select is(pg_temp.qui($sql$delete from public.v_prets where id = tests.id('pret')$sql$), '', 'who deletes v_prets');

-- v_camions_recus
select is(pg_temp.qui($sql$select from public.v_camions_recus where cours_de_route_id = tests.id('camion_decharge')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_camions_recus');
select is(pg_temp.qui($sql$select from public.v_camions_recus where cours_de_route_id = tests.id('camion_decharge_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_camions_recus of another depot');
select is(pg_temp.qui($sql$insert into public.v_camions_recus default values$sql$), '', 'who creates v_camions_recus');
select is(pg_temp.qui($sql$update public.v_camions_recus set cours_de_route_id = cours_de_route_id where cours_de_route_id = tests.id('camion_decharge')$sql$), '', 'who changes v_camions_recus');
select is(pg_temp.qui($sql$delete from public.v_camions_recus where cours_de_route_id = tests.id('camion_decharge')$sql$), '', 'who deletes v_camions_recus');

-- periodes_closes
select is(pg_temp.qui($sql$select from public.periodes_closes where id = tests.id('periode')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads periodes_closes');
select is(pg_temp.qui($sql$select from public.periodes_closes where id = tests.id('periode_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads periodes_closes of another depot');
select is(pg_temp.qui($sql$insert into public.periodes_closes default values$sql$), '', 'who creates periodes_closes');
select is(pg_temp.qui($sql$update public.periodes_closes set id = id where id = tests.id('periode')$sql$), '', 'who changes periodes_closes');
select is(pg_temp.qui($sql$delete from public.periodes_closes where id = tests.id('periode')$sql$), '', 'who deletes periodes_closes');

-- v_mouvements_partenaires
select is(pg_temp.qui($sql$select from public.v_mouvements_partenaires where mouvement_id = tests.id('reception_partenaire')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_mouvements_partenaires');
select is(pg_temp.qui($sql$select from public.v_mouvements_partenaires where mouvement_id = tests.id('reception_partenaire_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_mouvements_partenaires of another depot');
select is(pg_temp.qui($sql$insert into public.v_mouvements_partenaires default values$sql$), '', 'who creates v_mouvements_partenaires');
select is(pg_temp.qui($sql$update public.v_mouvements_partenaires set mouvement_id = mouvement_id where mouvement_id = tests.id('reception_partenaire')$sql$), '', 'who changes v_mouvements_partenaires');
select is(pg_temp.qui($sql$delete from public.v_mouvements_partenaires where mouvement_id = tests.id('reception_partenaire')$sql$), '', 'who deletes v_mouvements_partenaires');

-- v_mouvements_sans_partenaire
select is(pg_temp.qui($sql$select from public.v_mouvements_sans_partenaire where id = tests.id('ajustement_partenaire')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_mouvements_sans_partenaire');
select is(pg_temp.qui($sql$select from public.v_mouvements_sans_partenaire where id = tests.id('ajustement_partenaire_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_mouvements_sans_partenaire of another depot');
select is(pg_temp.qui($sql$insert into public.v_mouvements_sans_partenaire default values$sql$), '', 'who creates v_mouvements_sans_partenaire');
select is(pg_temp.qui($sql$update public.v_mouvements_sans_partenaire set id = id where id = tests.id('ajustement_partenaire')$sql$), '', 'who changes v_mouvements_sans_partenaire');
select is(pg_temp.qui($sql$delete from public.v_mouvements_sans_partenaire where id = tests.id('ajustement_partenaire')$sql$), '', 'who deletes v_mouvements_sans_partenaire');

-- v_receptions
select is(pg_temp.qui($sql$select from public.v_receptions where id = tests.id('reception')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_receptions');
select is(pg_temp.qui($sql$select from public.v_receptions where id = tests.id('reception_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_receptions of another depot');
select is(pg_temp.qui($sql$insert into public.v_receptions default values$sql$), '', 'who creates v_receptions');
select is(pg_temp.qui($sql$update public.v_receptions set id = id where id = tests.id('reception')$sql$), '', 'who changes v_receptions');
select is(pg_temp.qui($sql$delete from public.v_receptions where id = tests.id('reception')$sql$), '', 'who deletes v_receptions');

-- v_sorties
select is(pg_temp.qui($sql$select from public.v_sorties where id = tests.id('sortie')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_sorties');
select is(pg_temp.qui($sql$select from public.v_sorties where id = tests.id('sortie_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_sorties of another depot');
select is(pg_temp.qui($sql$insert into public.v_sorties default values$sql$), '', 'who creates v_sorties');
select is(pg_temp.qui($sql$update public.v_sorties set id = id where id = tests.id('sortie')$sql$), '', 'who changes v_sorties');
select is(pg_temp.qui($sql$delete from public.v_sorties where id = tests.id('sortie')$sql$), '', 'who deletes v_sorties');

-- v_transferts
select is(pg_temp.qui($sql$select from public.v_transferts where id = tests.id('transfert')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_transferts');
select is(pg_temp.qui($sql$select from public.v_transferts where id = tests.id('transfert_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_transferts of another depot');
select is(pg_temp.qui($sql$insert into public.v_transferts default values$sql$), '', 'who creates v_transferts');
select is(pg_temp.qui($sql$update public.v_transferts set id = id where id = tests.id('transfert')$sql$), '', 'who changes v_transferts');
select is(pg_temp.qui($sql$delete from public.v_transferts where id = tests.id('transfert')$sql$), '', 'who deletes v_transferts');

-- transferts_depots
select is(pg_temp.qui($sql$select from public.transferts_depots where id = tests.id('transfert_depot')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads transferts_depots');
select is(pg_temp.qui($sql$select from public.transferts_depots where id = tests.id('transfert_depot_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads transferts_depots of another depot');
select is(pg_temp.qui($sql$insert into public.transferts_depots default values$sql$), '', 'who creates transferts_depots');
select is(pg_temp.qui($sql$update public.transferts_depots set id = id where id = tests.id('transfert_depot')$sql$), '', 'who changes transferts_depots');
select is(pg_temp.qui($sql$delete from public.transferts_depots where id = tests.id('transfert_depot')$sql$), '', 'who deletes transferts_depots');

-- mouvements_transferts_depots
select is(pg_temp.qui($sql$select from public.mouvements_transferts_depots where transfert_id = tests.id('transfert_depot')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads mouvements_transferts_depots');
select is(pg_temp.qui($sql$select from public.mouvements_transferts_depots where transfert_id = tests.id('transfert_depot_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads mouvements_transferts_depots of another depot');
select is(pg_temp.qui($sql$insert into public.mouvements_transferts_depots default values$sql$), '', 'who creates mouvements_transferts_depots');
select is(pg_temp.qui($sql$update public.mouvements_transferts_depots set transfert_id = transfert_id where transfert_id = tests.id('transfert_depot')$sql$), '', 'who changes mouvements_transferts_depots');
select is(pg_temp.qui($sql$delete from public.mouvements_transferts_depots where transfert_id = tests.id('transfert_depot')$sql$), '', 'who deletes mouvements_transferts_depots');

-- v_transferts_depots
select is(pg_temp.qui($sql$select from public.v_transferts_depots where id = tests.id('transfert_depot')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_transferts_depots');
select is(pg_temp.qui($sql$select from public.v_transferts_depots where id = tests.id('transfert_depot_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_transferts_depots of another depot');
select is(pg_temp.qui($sql$insert into public.v_transferts_depots default values$sql$), '', 'who creates v_transferts_depots');
select is(pg_temp.qui($sql$update public.v_transferts_depots set id = id where id = tests.id('transfert_depot')$sql$), '', 'who changes v_transferts_depots');
select is(pg_temp.qui($sql$delete from public.v_transferts_depots where id = tests.id('transfert_depot')$sql$), '', 'who deletes v_transferts_depots');

-- v_stock_en_transit
select is(pg_temp.qui($sql$select from public.v_stock_en_transit where transfert_id = tests.id('transfert_depot')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_stock_en_transit');
select is(pg_temp.qui($sql$select from public.v_stock_en_transit where transfert_id = tests.id('transfert_depot_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_stock_en_transit of another depot');
select is(pg_temp.qui($sql$insert into public.v_stock_en_transit default values$sql$), '', 'who creates v_stock_en_transit');
select is(pg_temp.qui($sql$update public.v_stock_en_transit set transfert_id = transfert_id where transfert_id = tests.id('transfert_depot')$sql$), '', 'who changes v_stock_en_transit');
select is(pg_temp.qui($sql$delete from public.v_stock_en_transit where transfert_id = tests.id('transfert_depot')$sql$), '', 'who deletes v_stock_en_transit');

-- prises_de_hauteur
select is(pg_temp.qui($sql$select from public.prises_de_hauteur where id = tests.id('prise')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads prises_de_hauteur');
select is(pg_temp.qui($sql$select from public.prises_de_hauteur where id = tests.id('prise_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads prises_de_hauteur of another depot');
select is(pg_temp.qui($sql$insert into public.prises_de_hauteur (citerne_id, volume_mesure) values (tests.id('citerne'), 1)$sql$), 'admin directeur gerant operateur', 'who creates prises_de_hauteur');
select is(pg_temp.qui($sql$insert into public.prises_de_hauteur (citerne_id, volume_mesure) values (tests.id('citerne_ailleurs'), 1)$sql$), 'admin directeur', 'who creates prises_de_hauteur of another depot');
select is(pg_temp.reponses($sql$insert into public.prises_de_hauteur (citerne_id, volume_mesure) values (tests.id('citerne_ailleurs'), 1)$sql$), pg_temp.reponses($sql$insert into public.prises_de_hauteur (citerne_id, volume_mesure) values (tests.id('inconnu'), 1)$sql$), 'who creates prises_de_hauteur, citerne of another depot: as one that does not exist');
select is(pg_temp.qui($sql$update public.prises_de_hauteur set id = id where id = tests.id('prise')$sql$), '', 'who changes prises_de_hauteur');
select is(pg_temp.qui($sql$delete from public.prises_de_hauteur where id = tests.id('prise')$sql$), '', 'who deletes prises_de_hauteur');

-- regularisations
select is(pg_temp.qui($sql$select from public.regularisations where id = tests.id('regularisation')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads regularisations');
select is(pg_temp.qui($sql$select from public.regularisations where id = tests.id('regularisation_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads regularisations of another depot');
select is(pg_temp.qui($sql$insert into public.regularisations default values$sql$), '', 'who creates regularisations');
select is(pg_temp.qui($sql$update public.regularisations set id = id where id = tests.id('regularisation')$sql$), '', 'who changes regularisations');
select is(pg_temp.qui($sql$delete from public.regularisations where id = tests.id('regularisation')$sql$), '', 'who deletes regularisations');

-- baremes
select is(pg_temp.qui($sql$select from public.baremes where id = tests.id('bareme')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads baremes');
select is(pg_temp.qui($sql$select from public.baremes where id = tests.id('bareme_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads baremes of another depot');
select is(pg_temp.qui($sql$insert into public.baremes (citerne_id, certificat, valide_du, hauteur_max_mm) values (tests.id('citerne'), 'Essai de la matrice', '2026-01-01', 1000)$sql$), 'admin directeur', 'who creates baremes');
select is(pg_temp.qui($sql$insert into public.baremes (citerne_id, certificat, valide_du, hauteur_max_mm) values (tests.id('citerne_ailleurs'), 'Essai de la matrice', '2026-01-01', 1000)$sql$), 'admin directeur', 'who creates baremes of another depot');
select is(pg_temp.reponses($sql$insert into public.baremes (citerne_id, certificat, valide_du, hauteur_max_mm) values (tests.id('citerne_ailleurs'), 'Essai de la matrice', '2026-01-01', 1000)$sql$), pg_temp.reponses($sql$insert into public.baremes (citerne_id, certificat, valide_du, hauteur_max_mm) values (tests.id('inconnu'), 'Essai de la matrice', '2026-01-01', 1000)$sql$), 'who creates baremes, citerne of another depot: as one that does not exist');
select is(pg_temp.qui($sql$update public.baremes set id = id where id = tests.id('bareme')$sql$), '', 'who changes baremes');
select is(pg_temp.qui($sql$delete from public.baremes where id = tests.id('bareme')$sql$), '', 'who deletes baremes');

-- baremes_points
select is(pg_temp.qui($sql$select from public.baremes_points where bareme_id = tests.id('bareme')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads baremes_points');
select is(pg_temp.qui($sql$select from public.baremes_points where bareme_id = tests.id('bareme_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads baremes_points of another depot');
select is(pg_temp.qui($sql$insert into public.baremes_points default values$sql$), '', 'who creates baremes_points');
select is(pg_temp.qui($sql$update public.baremes_points set bareme_id = bareme_id where bareme_id = tests.id('bareme')$sql$), '', 'who changes baremes_points');
select is(pg_temp.qui($sql$delete from public.baremes_points where bareme_id = tests.id('bareme')$sql$), '', 'who deletes baremes_points');

-- compteurs
select is(pg_temp.qui($sql$select from public.compteurs where id = tests.id('compteur')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads compteurs');
select is(pg_temp.qui($sql$select from public.compteurs where id = tests.id('compteur_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads compteurs of another depot');
select is(pg_temp.qui($sql$insert into public.compteurs (numero, citerne_id, facteur, valide_du, certificat) values (left(md5(random()::text), 20), tests.id('citerne'), 0.9985, '2026-01-01', 'Essai de la matrice')$sql$), 'admin directeur', 'who creates compteurs');
select is(pg_temp.qui($sql$insert into public.compteurs (numero, citerne_id, facteur, valide_du, certificat) values (left(md5(random()::text), 20), tests.id('citerne_ailleurs'), 0.9985, '2026-01-01', 'Essai de la matrice')$sql$), 'admin directeur', 'who creates compteurs of another depot');
select is(pg_temp.reponses($sql$insert into public.compteurs (numero, citerne_id, facteur, valide_du, certificat) values (left(md5(random()::text), 20), tests.id('citerne_ailleurs'), 0.9985, '2026-01-01', 'Essai de la matrice')$sql$), pg_temp.reponses($sql$insert into public.compteurs (numero, citerne_id, facteur, valide_du, certificat) values (left(md5(random()::text), 20), tests.id('inconnu'), 0.9985, '2026-01-01', 'Essai de la matrice')$sql$), 'who creates compteurs, citerne of another depot: as one that does not exist');
select is(pg_temp.qui($sql$update public.compteurs set id = id where id = tests.id('compteur')$sql$), '', 'who changes compteurs');
select is(pg_temp.qui($sql$delete from public.compteurs where id = tests.id('compteur')$sql$), '', 'who deletes compteurs');

-- v_baremes
select is(pg_temp.qui($sql$select from public.v_baremes where id = tests.id('bareme')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_baremes');
select is(pg_temp.qui($sql$select from public.v_baremes where id = tests.id('bareme_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_baremes of another depot');
select is(pg_temp.qui($sql$insert into public.v_baremes default values$sql$), '', 'who creates v_baremes');
select is(pg_temp.qui($sql$update public.v_baremes set id = id where id = tests.id('bareme')$sql$), '', 'who changes v_baremes');
select is(pg_temp.qui($sql$delete from public.v_baremes where id = tests.id('bareme')$sql$), '', 'who deletes v_baremes');

-- log_actions
select is(pg_temp.qui($sql$select from public.log_actions where cible_id = tests.id('reception')$sql$), 'admin directeur gerant pca service_role', 'who reads log_actions');
select is(pg_temp.qui($sql$select from public.log_actions where cible_id = tests.id('reception_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads log_actions of another depot');
select is(pg_temp.qui($sql$insert into public.log_actions default values$sql$), '', 'who creates log_actions');
select is(pg_temp.qui($sql$update public.log_actions set cible_id = cible_id where cible_id = tests.id('reception')$sql$), '', 'who changes log_actions');
select is(pg_temp.qui($sql$delete from public.log_actions where cible_id = tests.id('reception')$sql$), '', 'who deletes log_actions');

-- logs
select is(pg_temp.qui($sql$select from public.logs where cible_id = tests.id('reception')$sql$), 'admin directeur gerant pca service_role', 'who reads logs');
select is(pg_temp.qui($sql$select from public.logs where cible_id = tests.id('reception_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads logs of another depot');
select is(pg_temp.qui($sql$insert into public.logs default values$sql$), '', 'who creates logs');
select is(pg_temp.qui($sql$update public.logs set cible_id = cible_id where cible_id = tests.id('reception')$sql$), '', 'who changes logs');
select is(pg_temp.qui($sql$delete from public.logs where cible_id = tests.id('reception')$sql$), '', 'who deletes logs');

-- ecritures_tiers
select is(pg_temp.qui($sql$select from public.ecritures_tiers where id = tests.id('ecriture')$sql$), 'admin directeur pca service_role', 'who reads ecritures_tiers');
select is(pg_temp.qui($sql$select from public.ecritures_tiers where id = tests.id('ecriture_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads ecritures_tiers of another depot');
select is(pg_temp.qui($sql$insert into public.ecritures_tiers default values$sql$), '', 'who creates ecritures_tiers');
select is(pg_temp.qui($sql$update public.ecritures_tiers set id = id where id = tests.id('ecriture')$sql$), '', 'who changes ecritures_tiers');
select is(pg_temp.qui($sql$delete from public.ecritures_tiers where id = tests.id('ecriture')$sql$), '', 'who deletes ecritures_tiers');

-- system_alerts
select is(pg_temp.qui($sql$select from public.system_alerts where id = tests.id('alerte')$sql$), 'admin directeur gerant pca service_role', 'who reads system_alerts');
select is(pg_temp.qui($sql$select from public.system_alerts where id = tests.id('alerte_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads system_alerts of another depot');
select is(pg_temp.qui($sql$insert into public.system_alerts default values$sql$), '', 'who creates system_alerts');
select is(pg_temp.qui($sql$update public.system_alerts set status = 'RESOLVED' where id = tests.id('alerte')$sql$), 'admin directeur', 'who changes system_alerts');
select is(pg_temp.qui($sql$update public.system_alerts set status = 'RESOLVED' where id = tests.id('alerte_ailleurs')$sql$), 'admin directeur', 'who changes system_alerts of another depot');
select is(pg_temp.reponses($sql$update public.system_alerts set status = 'RESOLVED' where id = tests.id('alerte_ailleurs')$sql$), pg_temp.reponses($sql$update public.system_alerts set status = 'RESOLVED' where id = tests.id('inconnu')$sql$), 'who changes system_alerts, alerte of another depot: as one that does not exist');
select is(pg_temp.qui($sql$delete from public.system_alerts where id = tests.id('alerte')$sql$), '', 'who deletes system_alerts');

-- alertes_evenements
select is(pg_temp.qui($sql$select from public.alertes_evenements where alerte_id = tests.id('alerte')$sql$), 'admin directeur gerant pca service_role', 'who reads alertes_evenements');
select is(pg_temp.qui($sql$select from public.alertes_evenements where alerte_id = tests.id('alerte_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads alertes_evenements of another depot');
select is(pg_temp.qui($sql$insert into public.alertes_evenements default values$sql$), '', 'who creates alertes_evenements');
select is(pg_temp.qui($sql$update public.alertes_evenements set alerte_id = alerte_id where alerte_id = tests.id('alerte')$sql$), '', 'who changes alertes_evenements');
select is(pg_temp.qui($sql$delete from public.alertes_evenements where alerte_id = tests.id('alerte')$sql$), '', 'who deletes alertes_evenements');

-- notifications_regles
select is(pg_temp.qui($sql$select from public.notifications_regles where id = tests.id('regle')$sql$), 'admin service_role', 'who reads notifications_regles');
select is(pg_temp.qui($sql$insert into public.notifications_regles default values$sql$), '', 'who creates notifications_regles');
select is(pg_temp.qui($sql$update public.notifications_regles set id = id where id = tests.id('regle')$sql$), '', 'who changes notifications_regles');
select is(pg_temp.qui($sql$delete from public.notifications_regles where id = tests.id('regle')$sql$), '', 'who deletes notifications_regles');

-- documents
select is(pg_temp.qui($sql$select from public.documents where id = tests.id('document')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads documents');
select is(pg_temp.qui($sql$select from public.documents where id = tests.id('document_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads documents of another depot');
select is(pg_temp.qui($sql$insert into public.documents default values$sql$), '', 'who creates documents');
select is(pg_temp.qui($sql$update public.documents set id = id where id = tests.id('document')$sql$), '', 'who changes documents');
select is(pg_temp.qui($sql$delete from public.documents where id = tests.id('document')$sql$), '', 'who deletes documents');

-- documents_liens
select is(pg_temp.qui($sql$select from public.documents_liens where document_id = tests.id('document')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads documents_liens');
select is(pg_temp.qui($sql$select from public.documents_liens where document_id = tests.id('document_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads documents_liens of another depot');
select is(pg_temp.qui($sql$insert into public.documents_liens default values$sql$), '', 'who creates documents_liens');
select is(pg_temp.qui($sql$update public.documents_liens set document_id = document_id where document_id = tests.id('document')$sql$), '', 'who changes documents_liens');
select is(pg_temp.qui($sql$delete from public.documents_liens where document_id = tests.id('document')$sql$), '', 'who deletes documents_liens');

-- v_documents
select is(pg_temp.qui($sql$select from public.v_documents where id = tests.id('document')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_documents');
select is(pg_temp.qui($sql$select from public.v_documents where id = tests.id('document_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_documents of another depot');
select is(pg_temp.qui($sql$insert into public.v_documents default values$sql$), '', 'who creates v_documents');
select is(pg_temp.qui($sql$update public.v_documents set id = id where id = tests.id('document')$sql$), '', 'who changes v_documents');
select is(pg_temp.qui($sql$delete from public.v_documents where id = tests.id('document')$sql$), '', 'who deletes v_documents');

-- v_documents_objet
select is(pg_temp.qui($sql$select from public.v_documents_objet where document_id = tests.id('document')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_documents_objet');
select is(pg_temp.qui($sql$select from public.v_documents_objet where document_id = tests.id('document_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_documents_objet of another depot');
select is(pg_temp.qui($sql$insert into public.v_documents_objet default values$sql$), '', 'who creates v_documents_objet');
select is(pg_temp.qui($sql$update public.v_documents_objet set document_id = document_id where document_id = tests.id('document')$sql$), '', 'who changes v_documents_objet');
select is(pg_temp.qui($sql$delete from public.v_documents_objet where document_id = tests.id('document')$sql$), '', 'who deletes v_documents_objet');

-- envois
select is(pg_temp.qui($sql$select from public.envois where id = tests.id('envoi')$sql$), 'admin service_role', 'who reads envois');
select is(pg_temp.qui($sql$insert into public.envois default values$sql$), '', 'who creates envois');
select is(pg_temp.qui($sql$update public.envois set id = id where id = tests.id('envoi')$sql$), '', 'who changes envois');
select is(pg_temp.qui($sql$delete from public.envois where id = tests.id('envoi')$sql$), '', 'who deletes envois');

-- abonnements_rapports
select is(pg_temp.qui($sql$select from public.abonnements_rapports where id = tests.id('abonnement')$sql$), 'service_role', 'who reads abonnements_rapports');
select is(pg_temp.qui($sql$insert into public.abonnements_rapports default values$sql$), '', 'who creates abonnements_rapports');
select is(pg_temp.qui($sql$update public.abonnements_rapports set id = id where id = tests.id('abonnement')$sql$), '', 'who changes abonnements_rapports');
select is(pg_temp.qui($sql$delete from public.abonnements_rapports where id = tests.id('abonnement')$sql$), '', 'who deletes abonnements_rapports');

-- v_integrity_checks
select is(pg_temp.qui($sql$select from public.v_integrity_checks where entity_id = tests.id('ecart')$sql$), 'admin directeur gerant pca service_role', 'who reads v_integrity_checks');
select is(pg_temp.qui($sql$select from public.v_integrity_checks where entity_id = tests.id('ecart_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_integrity_checks of another depot');
select is(pg_temp.qui($sql$insert into public.v_integrity_checks default values$sql$), '', 'who creates v_integrity_checks');
select is(pg_temp.qui($sql$update public.v_integrity_checks set entity_id = entity_id where entity_id = tests.id('ecart')$sql$), '', 'who changes v_integrity_checks');
select is(pg_temp.qui($sql$delete from public.v_integrity_checks where entity_id = tests.id('ecart')$sql$), '', 'who deletes v_integrity_checks');

-- ecarts
select is(pg_temp.qui($sql$select from public.ecarts where id = tests.id('ecart')$sql$), 'admin directeur gerant operateur pca service_role', 'who reads ecarts');
select is(pg_temp.qui($sql$select from public.ecarts where id = tests.id('ecart_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads ecarts of another depot');
select is(pg_temp.qui($sql$insert into public.ecarts default values$sql$), '', 'who creates ecarts');
select is(pg_temp.qui($sql$update public.ecarts set id = id where id = tests.id('ecart')$sql$), '', 'who changes ecarts');
select is(pg_temp.qui($sql$delete from public.ecarts where id = tests.id('ecart')$sql$), '', 'who deletes ecarts');

-- v_reception_20c
select is(pg_temp.qui($sql$select from public.v_reception_20c where reception_id = tests.id('reception')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_reception_20c');
select is(pg_temp.qui($sql$select from public.v_reception_20c where reception_id = tests.id('reception_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_reception_20c of another depot');
select is(pg_temp.qui($sql$insert into public.v_reception_20c default values$sql$), '', 'who creates v_reception_20c');
select is(pg_temp.qui($sql$update public.v_reception_20c set reception_id = reception_id where reception_id = tests.id('reception')$sql$), '', 'who changes v_reception_20c');
select is(pg_temp.qui($sql$delete from public.v_reception_20c where reception_id = tests.id('reception')$sql$), '', 'who deletes v_reception_20c');

-- fournisseur_facture_lot_min
select is(pg_temp.qui($sql$select from public.fournisseur_facture_lot_min where id = tests.id('facture')$sql$), 'admin directeur gerant pca service_role', 'who reads fournisseur_facture_lot_min');
select is(pg_temp.qui($sql$insert into public.fournisseur_facture_lot_min (fournisseur_lot_id, invoice_no, date_facture, quantite_facturee_20c, prix_unitaire_usd) values (tests.id('lot_a_facturer'), left(md5(random()::text), 20), '2026-01-15', 10, 1)$sql$), 'admin directeur gerant', 'who creates fournisseur_facture_lot_min');
select is(pg_temp.qui($sql$update public.fournisseur_facture_lot_min set id = id where id = tests.id('facture')$sql$), '', 'who changes fournisseur_facture_lot_min');
select is(pg_temp.qui($sql$delete from public.fournisseur_facture_lot_min where id = tests.id('facture')$sql$), '', 'who deletes fournisseur_facture_lot_min');

-- factures_fournisseur_receptions
select is(pg_temp.qui($sql$select from public.factures_fournisseur_receptions where facture_id = tests.id('facture')$sql$), 'admin directeur gerant pca service_role', 'who reads factures_fournisseur_receptions');
select is(pg_temp.qui($sql$insert into public.factures_fournisseur_receptions default values$sql$), '', 'who creates factures_fournisseur_receptions');
select is(pg_temp.qui($sql$update public.factures_fournisseur_receptions set facture_id = facture_id where facture_id = tests.id('facture')$sql$), '', 'who changes factures_fournisseur_receptions');
select is(pg_temp.qui($sql$delete from public.factures_fournisseur_receptions where facture_id = tests.id('facture')$sql$), '', 'who deletes factures_fournisseur_receptions');

-- fournisseur_paiement_lot_min
select is(pg_temp.qui($sql$select from public.fournisseur_paiement_lot_min where id = tests.id('paiement')$sql$), 'admin directeur gerant pca service_role', 'who reads fournisseur_paiement_lot_min');
select is(pg_temp.qui($sql$insert into public.fournisseur_paiement_lot_min (fournisseur_facture_id, montant_paye_usd, reference_paiement) values (tests.id('facture'), 1, left(md5(random()::text), 20))$sql$), 'admin directeur gerant', 'who creates fournisseur_paiement_lot_min');
select is(pg_temp.qui($sql$update public.fournisseur_paiement_lot_min set id = id where id = tests.id('paiement')$sql$), '', 'who changes fournisseur_paiement_lot_min');
select is(pg_temp.qui($sql$delete from public.fournisseur_paiement_lot_min where id = tests.id('paiement')$sql$), '', 'who deletes fournisseur_paiement_lot_min');

-- v_fournisseur_facture_lot
select is(pg_temp.qui($sql$select from public.v_fournisseur_facture_lot where facture_id = tests.id('facture')$sql$), 'admin directeur gerant pca service_role', 'who reads v_fournisseur_facture_lot');
select is(pg_temp.qui($sql$insert into public.v_fournisseur_facture_lot default values$sql$), '', 'who creates v_fournisseur_facture_lot');
select is(pg_temp.qui($sql$update public.v_fournisseur_facture_lot set facture_id = facture_id where facture_id = tests.id('facture')$sql$), '', 'who changes v_fournisseur_facture_lot');
select is(pg_temp.qui($sql$delete from public.v_fournisseur_facture_lot where facture_id = tests.id('facture')$sql$), '', 'who deletes v_fournisseur_facture_lot');

-- v_fournisseur_rapprochement_lot_min
select is(pg_temp.qui($sql$select from public.v_fournisseur_rapprochement_lot_min where facture_id = tests.id('facture')$sql$), 'admin directeur gerant pca service_role', 'who reads v_fournisseur_rapprochement_lot_min');
select is(pg_temp.qui($sql$insert into public.v_fournisseur_rapprochement_lot_min default values$sql$), '', 'who creates v_fournisseur_rapprochement_lot_min');
select is(pg_temp.qui($sql$update public.v_fournisseur_rapprochement_lot_min set facture_id = facture_id where facture_id = tests.id('facture')$sql$), '', 'who changes v_fournisseur_rapprochement_lot_min');
select is(pg_temp.qui($sql$delete from public.v_fournisseur_rapprochement_lot_min where facture_id = tests.id('facture')$sql$), '', 'who deletes v_fournisseur_rapprochement_lot_min');

-- v_compte_fournisseur
select is(pg_temp.qui($sql$select from public.v_compte_fournisseur where fournisseur_id = tests.id('fournisseur')$sql$), 'admin directeur pca service_role', 'who reads v_compte_fournisseur');
select is(pg_temp.qui($sql$insert into public.v_compte_fournisseur default values$sql$), '', 'who creates v_compte_fournisseur');
select is(pg_temp.qui($sql$update public.v_compte_fournisseur set fournisseur_id = fournisseur_id where fournisseur_id = tests.id('fournisseur')$sql$), '', 'who changes v_compte_fournisseur');
select is(pg_temp.qui($sql$delete from public.v_compte_fournisseur where fournisseur_id = tests.id('fournisseur')$sql$), '', 'who deletes v_compte_fournisseur');

-- v_soldes_tiers
select is(pg_temp.qui($sql$select from public.v_soldes_tiers where tiers_id = tests.id('fournisseur')$sql$), 'admin directeur pca service_role', 'who reads v_soldes_tiers');
select is(pg_temp.qui($sql$insert into public.v_soldes_tiers default values$sql$), '', 'who creates v_soldes_tiers');
select is(pg_temp.qui($sql$update public.v_soldes_tiers set tiers_id = tiers_id where tiers_id = tests.id('fournisseur')$sql$), '', 'who changes v_soldes_tiers');
select is(pg_temp.qui($sql$delete from public.v_soldes_tiers where tiers_id = tests.id('fournisseur')$sql$), '', 'who deletes v_soldes_tiers');

-- sblc
select is(pg_temp.qui($sql$select from public.sblc where id = tests.id('sblc')$sql$), 'admin directeur gerant pca service_role', 'who reads sblc');
select is(pg_temp.qui($sql$insert into public.sblc default values$sql$), '', 'who creates sblc');
select is(pg_temp.qui($sql$update public.sblc set id = id where id = tests.id('sblc')$sql$), '', 'who changes sblc');
select is(pg_temp.qui($sql$delete from public.sblc where id = tests.id('sblc')$sql$), '', 'who deletes sblc');

-- v_sblc
select is(pg_temp.qui($sql$select from public.v_sblc where id = tests.id('sblc')$sql$), 'admin directeur gerant pca service_role', 'who reads v_sblc');
select is(pg_temp.qui($sql$insert into public.v_sblc default values$sql$), '', 'who creates v_sblc');
select is(pg_temp.qui($sql$update public.v_sblc set id = id where id = tests.id('sblc')$sql$), '', 'who changes v_sblc');
select is(pg_temp.qui($sql$delete from public.v_sblc where id = tests.id('sblc')$sql$), '', 'who deletes v_sblc');

-- proformas
select is(pg_temp.qui($sql$select from public.proformas where id = tests.id('proforma')$sql$), 'admin directeur gerant pca service_role', 'who reads proformas');
select is(pg_temp.qui($sql$insert into public.proformas default values$sql$), '', 'who creates proformas');
select is(pg_temp.qui($sql$update public.proformas set id = id where id = tests.id('proforma')$sql$), '', 'who changes proformas');
select is(pg_temp.qui($sql$delete from public.proformas where id = tests.id('proforma')$sql$), '', 'who deletes proformas');

-- v_avancement_proforma
select is(pg_temp.qui($sql$select from public.v_avancement_proforma where proforma_id = tests.id('proforma')$sql$), 'admin directeur gerant pca service_role', 'who reads v_avancement_proforma');
select is(pg_temp.qui($sql$insert into public.v_avancement_proforma default values$sql$), '', 'who creates v_avancement_proforma');
select is(pg_temp.qui($sql$update public.v_avancement_proforma set proforma_id = proforma_id where proforma_id = tests.id('proforma')$sql$), '', 'who changes v_avancement_proforma');
select is(pg_temp.qui($sql$delete from public.v_avancement_proforma where proforma_id = tests.id('proforma')$sql$), '', 'who deletes v_avancement_proforma');

-- proforma_clotures
select is(pg_temp.qui($sql$select from public.proforma_clotures where proforma_id = tests.id('proforma_close')$sql$), 'admin directeur gerant pca service_role', 'who reads proforma_clotures');
select is(pg_temp.qui($sql$insert into public.proforma_clotures default values$sql$), '', 'who creates proforma_clotures');
select is(pg_temp.qui($sql$update public.proforma_clotures set proforma_id = proforma_id where proforma_id = tests.id('proforma_close')$sql$), '', 'who changes proforma_clotures');
select is(pg_temp.qui($sql$delete from public.proforma_clotures where proforma_id = tests.id('proforma_close')$sql$), '', 'who deletes proforma_clotures');

-- chargements
select is(pg_temp.qui($sql$select from public.chargements where cours_de_route_id = tests.id('cdr_arrive')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads chargements');
select is(pg_temp.qui($sql$select from public.chargements where cours_de_route_id = tests.id('cdr_arrive_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads chargements of another depot');
select is(pg_temp.qui($sql$insert into public.chargements default values$sql$), '', 'who creates chargements');
select is(pg_temp.qui($sql$update public.chargements set cours_de_route_id = cours_de_route_id where cours_de_route_id = tests.id('cdr_arrive')$sql$), '', 'who changes chargements');
select is(pg_temp.qui($sql$delete from public.chargements where cours_de_route_id = tests.id('cdr_arrive')$sql$), '', 'who deletes chargements');

-- cdr_etapes
select is(pg_temp.qui($sql$select from public.cdr_etapes where cours_de_route_id = tests.id('cdr')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads cdr_etapes');
select is(pg_temp.qui($sql$select from public.cdr_etapes where cours_de_route_id = tests.id('cdr_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads cdr_etapes of another depot');
select is(pg_temp.qui($sql$insert into public.cdr_etapes default values$sql$), '', 'who creates cdr_etapes');
select is(pg_temp.qui($sql$update public.cdr_etapes set cours_de_route_id = cours_de_route_id where cours_de_route_id = tests.id('cdr')$sql$), '', 'who changes cdr_etapes');
select is(pg_temp.qui($sql$delete from public.cdr_etapes where cours_de_route_id = tests.id('cdr')$sql$), '', 'who deletes cdr_etapes');

-- v_ecarts_transit
select is(pg_temp.qui($sql$select from public.v_ecarts_transit where depot_id = tests.id('depot')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_ecarts_transit');
select is(pg_temp.qui($sql$select from public.v_ecarts_transit where depot_id = tests.id('depot_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_ecarts_transit of another depot');
select is(pg_temp.qui($sql$insert into public.v_ecarts_transit default values$sql$), '', 'who creates v_ecarts_transit');
select is(pg_temp.qui($sql$update public.v_ecarts_transit set depot_id = depot_id where depot_id = tests.id('depot')$sql$), '', 'who changes v_ecarts_transit');
select is(pg_temp.qui($sql$delete from public.v_ecarts_transit where depot_id = tests.id('depot')$sql$), '', 'who deletes v_ecarts_transit');

-- ecarts_notes
select is(pg_temp.qui($sql$select from public.ecarts_notes where ecart_id = tests.id('ecart')$sql$), 'admin directeur gerant operateur pca service_role', 'who reads ecarts_notes');
select is(pg_temp.qui($sql$select from public.ecarts_notes where ecart_id = tests.id('ecart_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads ecarts_notes of another depot');
select is(pg_temp.qui($sql$insert into public.ecarts_notes default values$sql$), '', 'who creates ecarts_notes');
select is(pg_temp.qui($sql$update public.ecarts_notes set ecart_id = ecart_id where ecart_id = tests.id('ecart')$sql$), '', 'who changes ecarts_notes');
select is(pg_temp.qui($sql$delete from public.ecarts_notes where ecart_id = tests.id('ecart')$sql$), '', 'who deletes ecarts_notes');

-- specifications
select is(pg_temp.qui($sql$select from public.specifications where produit_id = tests.id('produit')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads specifications');
select is(pg_temp.qui($sql$insert into public.specifications default values$sql$), '', 'who creates specifications');
select is(pg_temp.qui($sql$update public.specifications set produit_id = produit_id where produit_id = tests.id('produit')$sql$), '', 'who changes specifications');
select is(pg_temp.qui($sql$delete from public.specifications where produit_id = tests.id('produit')$sql$), '', 'who deletes specifications');

-- analyses
select is(pg_temp.qui($sql$select from public.analyses where id = tests.id('analyse')$sql$), 'admin directeur gerant operateur pca service_role', 'who reads analyses');
select is(pg_temp.qui($sql$select from public.analyses where id = tests.id('analyse_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads analyses of another depot');
select is(pg_temp.qui($sql$insert into public.analyses default values$sql$), '', 'who creates analyses');
select is(pg_temp.qui($sql$update public.analyses set id = id where id = tests.id('analyse')$sql$), '', 'who changes analyses');
select is(pg_temp.qui($sql$delete from public.analyses where id = tests.id('analyse')$sql$), '', 'who deletes analyses');

-- v_analyses
select is(pg_temp.qui($sql$select from public.v_analyses where id = tests.id('analyse')$sql$), 'admin directeur gerant operateur pca service_role', 'who reads v_analyses');
select is(pg_temp.qui($sql$select from public.v_analyses where id = tests.id('analyse_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_analyses of another depot');
select is(pg_temp.qui($sql$insert into public.v_analyses default values$sql$), '', 'who creates v_analyses');
select is(pg_temp.qui($sql$update public.v_analyses set id = id where id = tests.id('analyse')$sql$), '', 'who changes v_analyses');
select is(pg_temp.qui($sql$delete from public.v_analyses where id = tests.id('analyse')$sql$), '', 'who deletes v_analyses');

-- frais_lot
select is(pg_temp.qui($sql$select from public.frais_lot where id = tests.id('frais')$sql$), 'admin directeur gerant pca service_role', 'who reads frais_lot');
select is(pg_temp.qui($sql$insert into public.frais_lot default values$sql$), '', 'who creates frais_lot');
select is(pg_temp.qui($sql$update public.frais_lot set id = id where id = tests.id('frais')$sql$), '', 'who changes frais_lot');
select is(pg_temp.qui($sql$delete from public.frais_lot where id = tests.id('frais')$sql$), '', 'who deletes frais_lot');

-- v_surestaries
select is(pg_temp.qui($sql$select from public.v_surestaries where proforma_id = tests.id('proforma')$sql$), 'admin directeur gerant pca service_role', 'who reads v_surestaries');
select is(pg_temp.qui($sql$insert into public.v_surestaries default values$sql$), '', 'who creates v_surestaries');
select is(pg_temp.qui($sql$update public.v_surestaries set proforma_id = proforma_id where proforma_id = tests.id('proforma')$sql$), '', 'who changes v_surestaries');
select is(pg_temp.qui($sql$delete from public.v_surestaries where proforma_id = tests.id('proforma')$sql$), '', 'who deletes v_surestaries');

-- v_cout_revient_lot
select is(pg_temp.qui($sql$select from public.v_cout_revient_lot where lot_id = tests.id('lot_a_facturer')$sql$), 'admin directeur gerant pca', 'who reads v_cout_revient_lot');
select is(pg_temp.qui($sql$insert into public.v_cout_revient_lot default values$sql$), '', 'who creates v_cout_revient_lot');
select is(pg_temp.qui($sql$update public.v_cout_revient_lot set lot_id = lot_id where lot_id = tests.id('lot_a_facturer')$sql$), '', 'who changes v_cout_revient_lot');
select is(pg_temp.qui($sql$delete from public.v_cout_revient_lot where lot_id = tests.id('lot_a_facturer')$sql$), '', 'who deletes v_cout_revient_lot');

-- v_avoirs_fournisseur
select is(pg_temp.qui($sql$select from public.v_avoirs_fournisseur where id = tests.id('avoir')$sql$), 'admin directeur gerant pca service_role', 'who reads v_avoirs_fournisseur');
select is(pg_temp.qui($sql$insert into public.v_avoirs_fournisseur default values$sql$), '', 'who creates v_avoirs_fournisseur');
select is(pg_temp.qui($sql$update public.v_avoirs_fournisseur set id = id where id = tests.id('avoir')$sql$), '', 'who changes v_avoirs_fournisseur');
select is(pg_temp.qui($sql$delete from public.v_avoirs_fournisseur where id = tests.id('avoir')$sql$), '', 'who deletes v_avoirs_fournisseur');

-- v_paiements_fournisseur
select is(pg_temp.qui($sql$select from public.v_paiements_fournisseur where id = tests.id('paiement')$sql$), 'admin directeur gerant pca service_role', 'who reads v_paiements_fournisseur');
select is(pg_temp.qui($sql$insert into public.v_paiements_fournisseur default values$sql$), '', 'who creates v_paiements_fournisseur');
select is(pg_temp.qui($sql$update public.v_paiements_fournisseur set id = id where id = tests.id('paiement')$sql$), '', 'who changes v_paiements_fournisseur');
select is(pg_temp.qui($sql$delete from public.v_paiements_fournisseur where id = tests.id('paiement')$sql$), '', 'who deletes v_paiements_fournisseur');

-- v_couverture_sblc
select is(pg_temp.qui($sql$select from public.v_couverture_sblc where fournisseur_id = tests.id('fournisseur')$sql$), 'admin directeur pca', 'who reads v_couverture_sblc');
select is(pg_temp.qui($sql$insert into public.v_couverture_sblc default values$sql$), '', 'who creates v_couverture_sblc');
select is(pg_temp.qui($sql$update public.v_couverture_sblc set fournisseur_id = fournisseur_id where fournisseur_id = tests.id('fournisseur')$sql$), '', 'who changes v_couverture_sblc');
select is(pg_temp.qui($sql$delete from public.v_couverture_sblc where fournisseur_id = tests.id('fournisseur')$sql$), '', 'who deletes v_couverture_sblc');

-- taux_tva
select is(pg_temp.qui($sql$select from public.taux_tva where groupe = 'B'$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads taux_tva');
select is(pg_temp.qui($sql$insert into public.taux_tva default values$sql$), '', 'who creates taux_tva');
select is(pg_temp.qui($sql$update public.taux_tva set groupe = groupe where groupe = 'B'$sql$), '', 'who changes taux_tva');
select is(pg_temp.qui($sql$delete from public.taux_tva where groupe = 'B'$sql$), '', 'who deletes taux_tva');

-- taux_change
select is(pg_temp.qui($sql$select from public.taux_change where devise = 'USD'$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads taux_change');
select is(pg_temp.qui($sql$insert into public.taux_change default values$sql$), '', 'who creates taux_change');
select is(pg_temp.qui($sql$update public.taux_change set devise = devise where devise = 'USD'$sql$), '', 'who changes taux_change');
select is(pg_temp.qui($sql$delete from public.taux_change where devise = 'USD'$sql$), '', 'who deletes taux_change');

-- clients_conditions
select is(pg_temp.qui($sql$select from public.clients_conditions where client_id = tests.id('client')$sql$), 'admin directeur gerant pca service_role', 'who reads clients_conditions');
select is(pg_temp.qui($sql$insert into public.clients_conditions default values$sql$), '', 'who creates clients_conditions');
select is(pg_temp.qui($sql$update public.clients_conditions set client_id = client_id where client_id = tests.id('client')$sql$), '', 'who changes clients_conditions');
select is(pg_temp.qui($sql$delete from public.clients_conditions where client_id = tests.id('client')$sql$), '', 'who deletes clients_conditions');

-- credits_derogations
select is(pg_temp.qui($sql$select from public.credits_derogations where id = tests.id('derogation')$sql$), 'admin directeur gerant pca service_role', 'who reads credits_derogations');
select is(pg_temp.qui($sql$insert into public.credits_derogations default values$sql$), '', 'who creates credits_derogations');
select is(pg_temp.qui($sql$update public.credits_derogations set id = id where id = tests.id('derogation')$sql$), '', 'who changes credits_derogations');
select is(pg_temp.qui($sql$delete from public.credits_derogations where id = tests.id('derogation')$sql$), '', 'who deletes credits_derogations');

-- v_encours_client
select is(pg_temp.qui($sql$select from public.v_encours_client where client_id = tests.id('client')$sql$), 'admin directeur gerant pca service_role', 'who reads v_encours_client');
select is(pg_temp.qui($sql$insert into public.v_encours_client default values$sql$), '', 'who creates v_encours_client');
select is(pg_temp.qui($sql$update public.v_encours_client set client_id = client_id where client_id = tests.id('client')$sql$), '', 'who changes v_encours_client');
select is(pg_temp.qui($sql$delete from public.v_encours_client where client_id = tests.id('client')$sql$), '', 'who deletes v_encours_client');

-- tarifs
select is(pg_temp.qui($sql$select from public.tarifs where id = tests.id('tarif')$sql$), 'admin directeur gerant pca service_role', 'who reads tarifs');
select is(pg_temp.qui($sql$select from public.tarifs where id = tests.id('tarif_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads tarifs of another depot');
select is(pg_temp.qui($sql$insert into public.tarifs default values$sql$), '', 'who creates tarifs');
select is(pg_temp.qui($sql$update public.tarifs set id = id where id = tests.id('tarif')$sql$), '', 'who changes tarifs');
select is(pg_temp.qui($sql$delete from public.tarifs where id = tests.id('tarif')$sql$), '', 'who deletes tarifs');

-- commandes
select is(pg_temp.qui($sql$select from public.commandes where id = tests.id('commande')$sql$), 'admin directeur gerant pca service_role', 'who reads commandes');
select is(pg_temp.qui($sql$select from public.commandes where id = tests.id('commande_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads commandes of another depot');
select is(pg_temp.qui($sql$insert into public.commandes default values$sql$), '', 'who creates commandes');
select is(pg_temp.qui($sql$update public.commandes set id = id where id = tests.id('commande')$sql$), '', 'who changes commandes');
select is(pg_temp.qui($sql$delete from public.commandes where id = tests.id('commande')$sql$), '', 'who deletes commandes');

-- sorties_commandes
select is(pg_temp.qui($sql$select from public.sorties_commandes where sortie_id = tests.id('sortie_commandee')$sql$), 'admin directeur gerant pca service_role', 'who reads sorties_commandes');
select is(pg_temp.qui($sql$select from public.sorties_commandes where sortie_id = tests.id('sortie_commandee_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads sorties_commandes of another depot');
select is(pg_temp.qui($sql$insert into public.sorties_commandes default values$sql$), '', 'who creates sorties_commandes');
select is(pg_temp.qui($sql$update public.sorties_commandes set sortie_id = sortie_id where sortie_id = tests.id('sortie_commandee')$sql$), '', 'who changes sorties_commandes');
select is(pg_temp.qui($sql$delete from public.sorties_commandes where sortie_id = tests.id('sortie_commandee')$sql$), '', 'who deletes sorties_commandes');

-- v_commandes
select is(pg_temp.qui($sql$select from public.v_commandes where id = tests.id('commande')$sql$), 'admin directeur gerant pca service_role', 'who reads v_commandes');
select is(pg_temp.qui($sql$select from public.v_commandes where id = tests.id('commande_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_commandes of another depot');
select is(pg_temp.qui($sql$insert into public.v_commandes default values$sql$), '', 'who creates v_commandes');
select is(pg_temp.qui($sql$update public.v_commandes set id = id where id = tests.id('commande')$sql$), '', 'who changes v_commandes');
select is(pg_temp.qui($sql$delete from public.v_commandes where id = tests.id('commande')$sql$), '', 'who deletes v_commandes');

-- bons_livraison
select is(pg_temp.qui($sql$select from public.bons_livraison where id = tests.id('bon')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads bons_livraison');
select is(pg_temp.qui($sql$select from public.bons_livraison where id = tests.id('bon_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads bons_livraison of another depot');
select is(pg_temp.qui($sql$insert into public.bons_livraison default values$sql$), '', 'who creates bons_livraison');
select is(pg_temp.qui($sql$update public.bons_livraison set id = id where id = tests.id('bon')$sql$), '', 'who changes bons_livraison');
select is(pg_temp.qui($sql$delete from public.bons_livraison where id = tests.id('bon')$sql$), '', 'who deletes bons_livraison');

-- factures_client
select is(pg_temp.qui($sql$select from public.factures_client where id = tests.id('facture_client')$sql$), 'admin directeur gerant pca service_role', 'who reads factures_client');
select is(pg_temp.qui($sql$select from public.factures_client where id = tests.id('facture_client_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads factures_client of another depot');
select is(pg_temp.qui($sql$insert into public.factures_client default values$sql$), '', 'who creates factures_client');
select is(pg_temp.qui($sql$update public.factures_client set id = id where id = tests.id('facture_client')$sql$), '', 'who changes factures_client');
select is(pg_temp.qui($sql$delete from public.factures_client where id = tests.id('facture_client')$sql$), '', 'who deletes factures_client');

-- factures_client_lignes
select is(pg_temp.qui($sql$select from public.factures_client_lignes where facture_id = tests.id('facture_client')$sql$), 'admin directeur gerant pca service_role', 'who reads factures_client_lignes');
select is(pg_temp.qui($sql$select from public.factures_client_lignes where facture_id = tests.id('facture_client_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads factures_client_lignes of another depot');
select is(pg_temp.qui($sql$insert into public.factures_client_lignes default values$sql$), '', 'who creates factures_client_lignes');
select is(pg_temp.qui($sql$update public.factures_client_lignes set facture_id = facture_id where facture_id = tests.id('facture_client')$sql$), '', 'who changes factures_client_lignes');
select is(pg_temp.qui($sql$delete from public.factures_client_lignes where facture_id = tests.id('facture_client')$sql$), '', 'who deletes factures_client_lignes');

-- factures_client_taxes
select is(pg_temp.qui($sql$select from public.factures_client_taxes where facture_id = tests.id('facture_client')$sql$), 'admin directeur gerant pca service_role', 'who reads factures_client_taxes');
select is(pg_temp.qui($sql$select from public.factures_client_taxes where facture_id = tests.id('facture_client_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads factures_client_taxes of another depot');
select is(pg_temp.qui($sql$insert into public.factures_client_taxes default values$sql$), '', 'who creates factures_client_taxes');
select is(pg_temp.qui($sql$update public.factures_client_taxes set facture_id = facture_id where facture_id = tests.id('facture_client')$sql$), '', 'who changes factures_client_taxes');
select is(pg_temp.qui($sql$delete from public.factures_client_taxes where facture_id = tests.id('facture_client')$sql$), '', 'who deletes factures_client_taxes');

-- factures_fiscales
select is(pg_temp.qui($sql$select from public.factures_fiscales where facture_id = tests.id('facture_client')$sql$), 'admin directeur gerant pca service_role', 'who reads factures_fiscales');
select is(pg_temp.qui($sql$select from public.factures_fiscales where facture_id = tests.id('facture_client_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads factures_fiscales of another depot');
select is(pg_temp.qui($sql$insert into public.factures_fiscales default values$sql$), '', 'who creates factures_fiscales');
select is(pg_temp.qui($sql$update public.factures_fiscales set facture_id = facture_id where facture_id = tests.id('facture_client')$sql$), '', 'who changes factures_fiscales');
select is(pg_temp.qui($sql$delete from public.factures_fiscales where facture_id = tests.id('facture_client')$sql$), '', 'who deletes factures_fiscales');

-- v_factures_client
select is(pg_temp.qui($sql$select from public.v_factures_client where id = tests.id('facture_client')$sql$), 'admin directeur gerant pca service_role', 'who reads v_factures_client');
select is(pg_temp.qui($sql$select from public.v_factures_client where id = tests.id('facture_client_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_factures_client of another depot');
select is(pg_temp.qui($sql$insert into public.v_factures_client default values$sql$), '', 'who creates v_factures_client');
select is(pg_temp.qui($sql$update public.v_factures_client set id = id where id = tests.id('facture_client')$sql$), '', 'who changes v_factures_client');
select is(pg_temp.qui($sql$delete from public.v_factures_client where id = tests.id('facture_client')$sql$), '', 'who deletes v_factures_client');

-- releves_clients
select is(pg_temp.qui($sql$select from public.releves_clients where id = tests.id('releve')$sql$), 'admin directeur gerant pca service_role', 'who reads releves_clients');
select is(pg_temp.qui($sql$select from public.releves_clients where id = tests.id('releve_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads releves_clients of another depot');
select is(pg_temp.qui($sql$insert into public.releves_clients (client_id, devise) values (tests.id('client'), 'USD')$sql$), 'admin directeur gerant pca', 'who creates releves_clients');
select is(pg_temp.qui($sql$update public.releves_clients set id = id where id = tests.id('releve')$sql$), '', 'who changes releves_clients');
select is(pg_temp.qui($sql$delete from public.releves_clients where id = tests.id('releve')$sql$), '', 'who deletes releves_clients');

-- v_marge_ventes
select is(pg_temp.qui($sql$select from public.v_marge_ventes where facture_id = tests.id('facture_client')$sql$), 'admin directeur pca', 'who reads v_marge_ventes');
select is(pg_temp.qui($sql$select from public.v_marge_ventes where facture_id = tests.id('facture_client_ailleurs')$sql$), 'admin directeur pca', 'who reads v_marge_ventes of another depot');
select is(pg_temp.qui($sql$insert into public.v_marge_ventes default values$sql$), '', 'who creates v_marge_ventes');
select is(pg_temp.qui($sql$update public.v_marge_ventes set facture_id = facture_id where facture_id = tests.id('facture_client')$sql$), '', 'who changes v_marge_ventes');
select is(pg_temp.qui($sql$delete from public.v_marge_ventes where facture_id = tests.id('facture_client')$sql$), '', 'who deletes v_marge_ventes');

-- v_sorties_a_facturer
select is(pg_temp.qui($sql$select from public.v_sorties_a_facturer where sortie_id = tests.id('sortie_a_livrer')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_sorties_a_facturer');
select is(pg_temp.qui($sql$select from public.v_sorties_a_facturer where sortie_id = tests.id('sortie_a_livrer_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_sorties_a_facturer of another depot');
select is(pg_temp.qui($sql$insert into public.v_sorties_a_facturer default values$sql$), '', 'who creates v_sorties_a_facturer');
select is(pg_temp.qui($sql$update public.v_sorties_a_facturer set sortie_id = sortie_id where sortie_id = tests.id('sortie_a_livrer')$sql$), '', 'who changes v_sorties_a_facturer');
select is(pg_temp.qui($sql$delete from public.v_sorties_a_facturer where sortie_id = tests.id('sortie_a_livrer')$sql$), '', 'who deletes v_sorties_a_facturer');

-- encaissements
select is(pg_temp.qui($sql$select from public.encaissements where id = tests.id('encaissement')$sql$), 'admin directeur gerant pca service_role', 'who reads encaissements');
select is(pg_temp.qui($sql$select from public.encaissements where id = tests.id('encaissement_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads encaissements of another depot');
select is(pg_temp.qui($sql$insert into public.encaissements default values$sql$), '', 'who creates encaissements');
select is(pg_temp.qui($sql$update public.encaissements set id = id where id = tests.id('encaissement')$sql$), '', 'who changes encaissements');
select is(pg_temp.qui($sql$delete from public.encaissements where id = tests.id('encaissement')$sql$), '', 'who deletes encaissements');

-- remboursements
select is(pg_temp.qui($sql$select from public.remboursements where id = tests.id('remboursement')$sql$), 'admin directeur gerant pca service_role', 'who reads remboursements');
select is(pg_temp.qui($sql$select from public.remboursements where id = tests.id('remboursement_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads remboursements of another depot');
select is(pg_temp.qui($sql$insert into public.remboursements default values$sql$), '', 'who creates remboursements');
select is(pg_temp.qui($sql$update public.remboursements set id = id where id = tests.id('remboursement')$sql$), '', 'who changes remboursements');
select is(pg_temp.qui($sql$delete from public.remboursements where id = tests.id('remboursement')$sql$), '', 'who deletes remboursements');

-- paiements_en_ligne
select is(pg_temp.qui($sql$select from public.paiements_en_ligne where id = tests.id('paiement_en_ligne')$sql$), 'admin directeur gerant pca service_role', 'who reads paiements_en_ligne');
select is(pg_temp.qui($sql$select from public.paiements_en_ligne where id = tests.id('paiement_en_ligne_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads paiements_en_ligne of another depot');
select is(pg_temp.qui($sql$insert into public.paiements_en_ligne default values$sql$), '', 'who creates paiements_en_ligne');
select is(pg_temp.qui($sql$update public.paiements_en_ligne set id = id where id = tests.id('paiement_en_ligne')$sql$), '', 'who changes paiements_en_ligne');
select is(pg_temp.qui($sql$delete from public.paiements_en_ligne where id = tests.id('paiement_en_ligne')$sql$), '', 'who deletes paiements_en_ligne');

-- v_paiements_en_ligne
select is(pg_temp.qui($sql$select from public.v_paiements_en_ligne where id = tests.id('paiement_en_ligne')$sql$), 'admin directeur gerant pca service_role', 'who reads v_paiements_en_ligne');
select is(pg_temp.qui($sql$select from public.v_paiements_en_ligne where id = tests.id('paiement_en_ligne_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_paiements_en_ligne of another depot');
select is(pg_temp.qui($sql$insert into public.v_paiements_en_ligne default values$sql$), '', 'who creates v_paiements_en_ligne');
select is(pg_temp.qui($sql$update public.v_paiements_en_ligne set id = id where id = tests.id('paiement_en_ligne')$sql$), '', 'who changes v_paiements_en_ligne');
select is(pg_temp.qui($sql$delete from public.v_paiements_en_ligne where id = tests.id('paiement_en_ligne')$sql$), '', 'who deletes v_paiements_en_ligne');

-- evenements_entrants
select is(pg_temp.qui($sql$select from public.evenements_entrants where evenement_id = 'evt_matrice'$sql$), 'admin service_role', 'who reads evenements_entrants');
select is(pg_temp.qui($sql$insert into public.evenements_entrants default values$sql$), '', 'who creates evenements_entrants');
select is(pg_temp.qui($sql$update public.evenements_entrants set evenement_id = evenement_id where evenement_id = 'evt_matrice'$sql$), '', 'who changes evenements_entrants');
select is(pg_temp.qui($sql$delete from public.evenements_entrants where evenement_id = 'evt_matrice'$sql$), '', 'who deletes evenements_entrants');

-- rapprochements
select is(pg_temp.qui($sql$select from public.rapprochements where id = tests.id('rapprochement')$sql$), 'admin directeur pca service_role', 'who reads rapprochements');
select is(pg_temp.qui($sql$insert into public.rapprochements default values$sql$), '', 'who creates rapprochements');
select is(pg_temp.qui($sql$update public.rapprochements set id = id where id = tests.id('rapprochement')$sql$), '', 'who changes rapprochements');
select is(pg_temp.qui($sql$delete from public.rapprochements where id = tests.id('rapprochement')$sql$), '', 'who deletes rapprochements');

-- clotures_caisse
select is(pg_temp.qui($sql$select from public.clotures_caisse where id = tests.id('cloture')$sql$), 'admin directeur gerant pca service_role', 'who reads clotures_caisse');
select is(pg_temp.qui($sql$select from public.clotures_caisse where id = tests.id('cloture_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads clotures_caisse of another depot');
select is(pg_temp.qui($sql$insert into public.clotures_caisse default values$sql$), '', 'who creates clotures_caisse');
select is(pg_temp.qui($sql$update public.clotures_caisse set id = id where id = tests.id('cloture')$sql$), '', 'who changes clotures_caisse');
select is(pg_temp.qui($sql$delete from public.clotures_caisse where id = tests.id('cloture')$sql$), '', 'who deletes clotures_caisse');

-- v_caisse_jour
select is(pg_temp.qui($sql$select from public.v_caisse_jour where depot_id = tests.id('depot')$sql$), 'admin directeur gerant pca service_role', 'who reads v_caisse_jour');
select is(pg_temp.qui($sql$select from public.v_caisse_jour where depot_id = tests.id('depot_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_caisse_jour of another depot');
select is(pg_temp.qui($sql$insert into public.v_caisse_jour default values$sql$), '', 'who creates v_caisse_jour');
select is(pg_temp.qui($sql$update public.v_caisse_jour set depot_id = depot_id where depot_id = tests.id('depot')$sql$), '', 'who changes v_caisse_jour');
select is(pg_temp.qui($sql$delete from public.v_caisse_jour where depot_id = tests.id('depot')$sql$), '', 'who deletes v_caisse_jour');

-- v_balance_agee
select is(pg_temp.qui($sql$select from public.v_balance_agee where client_id = tests.id('client')$sql$), 'admin directeur gerant pca', 'who reads v_balance_agee');
select is(pg_temp.qui($sql$insert into public.v_balance_agee default values$sql$), '', 'who creates v_balance_agee');
select is(pg_temp.qui($sql$update public.v_balance_agee set client_id = client_id where client_id = tests.id('client')$sql$), '', 'who changes v_balance_agee');
select is(pg_temp.qui($sql$delete from public.v_balance_agee where client_id = tests.id('client')$sql$), '', 'who deletes v_balance_agee');

-- v_stock_actuel
select is(pg_temp.qui($sql$select from public.v_stock_actuel where citerne_id = tests.id('citerne')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_stock_actuel');
select is(pg_temp.qui($sql$select from public.v_stock_actuel where citerne_id = tests.id('citerne_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_stock_actuel of another depot');
select is(pg_temp.qui($sql$insert into public.v_stock_actuel default values$sql$), '', 'who creates v_stock_actuel');
select is(pg_temp.qui($sql$update public.v_stock_actuel set citerne_id = citerne_id where citerne_id = tests.id('citerne')$sql$), '', 'who changes v_stock_actuel');
select is(pg_temp.qui($sql$delete from public.v_stock_actuel where citerne_id = tests.id('citerne')$sql$), '', 'who deletes v_stock_actuel');

-- v_stock_actuel_snapshot
select is(pg_temp.qui($sql$select from public.v_stock_actuel_snapshot where citerne_id = tests.id('citerne')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_stock_actuel_snapshot');
select is(pg_temp.qui($sql$select from public.v_stock_actuel_snapshot where citerne_id = tests.id('citerne_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_stock_actuel_snapshot of another depot');
select is(pg_temp.qui($sql$insert into public.v_stock_actuel_snapshot default values$sql$), '', 'who creates v_stock_actuel_snapshot');
select is(pg_temp.qui($sql$update public.v_stock_actuel_snapshot set citerne_id = citerne_id where citerne_id = tests.id('citerne')$sql$), '', 'who changes v_stock_actuel_snapshot');
select is(pg_temp.qui($sql$delete from public.v_stock_actuel_snapshot where citerne_id = tests.id('citerne')$sql$), '', 'who deletes v_stock_actuel_snapshot');

-- v_stock_actuel_owner_snapshot
select is(pg_temp.qui($sql$select from public.v_stock_actuel_owner_snapshot where depot_id = tests.id('depot')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_stock_actuel_owner_snapshot');
select is(pg_temp.qui($sql$select from public.v_stock_actuel_owner_snapshot where depot_id = tests.id('depot_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_stock_actuel_owner_snapshot of another depot');
select is(pg_temp.qui($sql$insert into public.v_stock_actuel_owner_snapshot default values$sql$), '', 'who creates v_stock_actuel_owner_snapshot');
select is(pg_temp.qui($sql$update public.v_stock_actuel_owner_snapshot set depot_id = depot_id where depot_id = tests.id('depot')$sql$), '', 'who changes v_stock_actuel_owner_snapshot');
select is(pg_temp.qui($sql$delete from public.v_stock_actuel_owner_snapshot where depot_id = tests.id('depot')$sql$), '', 'who deletes v_stock_actuel_owner_snapshot');

-- v_kpi_stock_global
select is(pg_temp.qui($sql$select from public.v_kpi_stock_global where depot_id = tests.id('depot')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_kpi_stock_global');
select is(pg_temp.qui($sql$select from public.v_kpi_stock_global where depot_id = tests.id('depot_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_kpi_stock_global of another depot');
select is(pg_temp.qui($sql$insert into public.v_kpi_stock_global default values$sql$), '', 'who creates v_kpi_stock_global');
select is(pg_temp.qui($sql$update public.v_kpi_stock_global set depot_id = depot_id where depot_id = tests.id('depot')$sql$), '', 'who changes v_kpi_stock_global');
select is(pg_temp.qui($sql$delete from public.v_kpi_stock_global where depot_id = tests.id('depot')$sql$), '', 'who deletes v_kpi_stock_global');

-- v_citerne_stock_snapshot_agg
select is(pg_temp.qui($sql$select from public.v_citerne_stock_snapshot_agg where citerne_id = tests.id('citerne')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_citerne_stock_snapshot_agg');
select is(pg_temp.qui($sql$select from public.v_citerne_stock_snapshot_agg where citerne_id = tests.id('citerne_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_citerne_stock_snapshot_agg of another depot');
select is(pg_temp.qui($sql$insert into public.v_citerne_stock_snapshot_agg default values$sql$), '', 'who creates v_citerne_stock_snapshot_agg');
select is(pg_temp.qui($sql$update public.v_citerne_stock_snapshot_agg set citerne_id = citerne_id where citerne_id = tests.id('citerne')$sql$), '', 'who changes v_citerne_stock_snapshot_agg');
select is(pg_temp.qui($sql$delete from public.v_citerne_stock_snapshot_agg where citerne_id = tests.id('citerne')$sql$), '', 'who deletes v_citerne_stock_snapshot_agg');

-- v_citerne_stock_actuel
select is(pg_temp.qui($sql$select from public.v_citerne_stock_actuel where citerne_id = tests.id('citerne')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_citerne_stock_actuel');
select is(pg_temp.qui($sql$select from public.v_citerne_stock_actuel where citerne_id = tests.id('citerne_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_citerne_stock_actuel of another depot');
select is(pg_temp.qui($sql$insert into public.v_citerne_stock_actuel default values$sql$), '', 'who creates v_citerne_stock_actuel');
select is(pg_temp.qui($sql$update public.v_citerne_stock_actuel set citerne_id = citerne_id where citerne_id = tests.id('citerne')$sql$), '', 'who changes v_citerne_stock_actuel');
select is(pg_temp.qui($sql$delete from public.v_citerne_stock_actuel where citerne_id = tests.id('citerne')$sql$), '', 'who deletes v_citerne_stock_actuel');

-- stock_actuel
select is(pg_temp.qui($sql$select from public.stock_actuel where citerne_id = tests.id('citerne')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads stock_actuel');
select is(pg_temp.qui($sql$select from public.stock_actuel where citerne_id = tests.id('citerne_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads stock_actuel of another depot');
select is(pg_temp.qui($sql$insert into public.stock_actuel default values$sql$), '', 'who creates stock_actuel');
select is(pg_temp.qui($sql$update public.stock_actuel set citerne_id = citerne_id where citerne_id = tests.id('citerne')$sql$), '', 'who changes stock_actuel');
select is(pg_temp.qui($sql$delete from public.stock_actuel where citerne_id = tests.id('citerne')$sql$), '', 'who deletes stock_actuel');

-- v_livre_mouvements
select is(pg_temp.qui($sql$select from public.v_livre_mouvements where mouvement_id = tests.id('reception')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_livre_mouvements');
select is(pg_temp.qui($sql$select from public.v_livre_mouvements where mouvement_id = tests.id('reception_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_livre_mouvements of another depot');
select is(pg_temp.qui($sql$insert into public.v_livre_mouvements default values$sql$), '', 'who creates v_livre_mouvements');
select is(pg_temp.qui($sql$update public.v_livre_mouvements set mouvement_id = mouvement_id where mouvement_id = tests.id('reception')$sql$), '', 'who changes v_livre_mouvements');
select is(pg_temp.qui($sql$delete from public.v_livre_mouvements where mouvement_id = tests.id('reception')$sql$), '', 'who deletes v_livre_mouvements');

-- v_mouvements_stock
select is(pg_temp.qui($sql$select from public.v_mouvements_stock where mouvement_id = tests.id('reception')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_mouvements_stock');
select is(pg_temp.qui($sql$select from public.v_mouvements_stock where mouvement_id = tests.id('reception_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_mouvements_stock of another depot');
select is(pg_temp.qui($sql$insert into public.v_mouvements_stock default values$sql$), '', 'who creates v_mouvements_stock');
select is(pg_temp.qui($sql$update public.v_mouvements_stock set mouvement_id = mouvement_id where mouvement_id = tests.id('reception')$sql$), '', 'who changes v_mouvements_stock');
select is(pg_temp.qui($sql$delete from public.v_mouvements_stock where mouvement_id = tests.id('reception')$sql$), '', 'who deletes v_mouvements_stock');

-- v_etat_citernes
select is(pg_temp.qui($sql$select from public.v_etat_citernes where citerne_id = tests.id('citerne')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_etat_citernes');
select is(pg_temp.qui($sql$select from public.v_etat_citernes where citerne_id = tests.id('citerne_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_etat_citernes of another depot');
select is(pg_temp.qui($sql$insert into public.v_etat_citernes default values$sql$), '', 'who creates v_etat_citernes');
select is(pg_temp.qui($sql$update public.v_etat_citernes set citerne_id = citerne_id where citerne_id = tests.id('citerne')$sql$), '', 'who changes v_etat_citernes');
select is(pg_temp.qui($sql$delete from public.v_etat_citernes where citerne_id = tests.id('citerne')$sql$), '', 'who deletes v_etat_citernes');

-- v_gains_pertes
select is(pg_temp.qui($sql$select from public.v_gains_pertes where depot_id = tests.id('depot')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_gains_pertes');
select is(pg_temp.qui($sql$select from public.v_gains_pertes where depot_id = tests.id('depot_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_gains_pertes of another depot');
select is(pg_temp.qui($sql$insert into public.v_gains_pertes default values$sql$), '', 'who creates v_gains_pertes');
select is(pg_temp.qui($sql$update public.v_gains_pertes set depot_id = depot_id where depot_id = tests.id('depot')$sql$), '', 'who changes v_gains_pertes');
select is(pg_temp.qui($sql$delete from public.v_gains_pertes where depot_id = tests.id('depot')$sql$), '', 'who deletes v_gains_pertes');

-- rapports
select is(pg_temp.qui($sql$select from public.rapports where id = tests.id('archive')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads rapports');
select is(pg_temp.qui($sql$select from public.rapports where id = tests.id('archive_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads rapports of another depot');
select is(pg_temp.qui($sql$insert into public.rapports default values$sql$), '', 'who creates rapports');
select is(pg_temp.qui($sql$update public.rapports set id = id where id = tests.id('archive')$sql$), '', 'who changes rapports');
select is(pg_temp.qui($sql$delete from public.rapports where id = tests.id('archive')$sql$), '', 'who deletes rapports');

-- v_rapports
select is(pg_temp.qui($sql$select from public.v_rapports where id = tests.id('archive')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_rapports');
select is(pg_temp.qui($sql$select from public.v_rapports where id = tests.id('archive_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_rapports of another depot');
select is(pg_temp.qui($sql$insert into public.v_rapports default values$sql$), '', 'who creates v_rapports');
select is(pg_temp.qui($sql$update public.v_rapports set id = id where id = tests.id('archive')$sql$), '', 'who changes v_rapports');
select is(pg_temp.qui($sql$delete from public.v_rapports where id = tests.id('archive')$sql$), '', 'who deletes v_rapports');

-- v_ecarts_inventaire
select is(pg_temp.qui($sql$select from public.v_ecarts_inventaire where prise_de_hauteur_id = tests.id('prise')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who reads v_ecarts_inventaire');
select is(pg_temp.qui($sql$select from public.v_ecarts_inventaire where prise_de_hauteur_id = tests.id('prise_ailleurs')$sql$), 'admin directeur pca service_role', 'who reads v_ecarts_inventaire of another depot');
select is(pg_temp.qui($sql$insert into public.v_ecarts_inventaire default values$sql$), '', 'who creates v_ecarts_inventaire');
select is(pg_temp.qui($sql$update public.v_ecarts_inventaire set prise_de_hauteur_id = prise_de_hauteur_id where prise_de_hauteur_id = tests.id('prise')$sql$), '', 'who changes v_ecarts_inventaire');
select is(pg_temp.qui($sql$delete from public.v_ecarts_inventaire where prise_de_hauteur_id = tests.id('prise')$sql$), '', 'who deletes v_ecarts_inventaire');

-- Functions ---------------------------------------------------------------------------------------------------------

-- annuler_cours_de_route
select is(pg_temp.qui($sql$select public.annuler_cours_de_route(p_id => tests.id('cdr'), p_motif => 'Camion accidenté')$sql$), 'admin directeur gerant', 'who gets something from annuler_cours_de_route');
select is(pg_temp.executent('annuler_cours_de_route'), 'authenticated', 'which roles of the API may execute annuler_cours_de_route');
select is(pg_temp.qui($sql$select public.annuler_cours_de_route(p_id => tests.id('cdr_ailleurs'), p_motif => 'Camion accidenté')$sql$), 'admin directeur', 'who gets something from annuler_cours_de_route, elsewhere');
select is(pg_temp.reponses($sql$select public.annuler_cours_de_route(p_id => tests.id('cdr_ailleurs'), p_motif => 'Camion accidenté')$sql$), pg_temp.reponses($sql$select public.annuler_cours_de_route(p_id => tests.id('inconnu'), p_motif => 'Camion accidenté')$sql$), 'annuler_cours_de_route, cdr of another depot: as one that does not exist');

-- changer_statut_cours_de_route
select is(pg_temp.qui($sql$select public.changer_statut_cours_de_route(p_id => tests.id('cdr'), p_statut => 'TRANSIT')$sql$), 'admin directeur gerant operateur', 'who gets something from changer_statut_cours_de_route');
select is(pg_temp.executent('changer_statut_cours_de_route'), 'authenticated', 'which roles of the API may execute changer_statut_cours_de_route');
select is(pg_temp.qui($sql$select public.changer_statut_cours_de_route(p_id => tests.id('cdr_ailleurs'), p_statut => 'TRANSIT')$sql$), 'admin directeur', 'who gets something from changer_statut_cours_de_route, elsewhere');
select is(pg_temp.reponses($sql$select public.changer_statut_cours_de_route(p_id => tests.id('cdr_ailleurs'), p_statut => 'TRANSIT')$sql$), pg_temp.reponses($sql$select public.changer_statut_cours_de_route(p_id => tests.id('inconnu'), p_statut => 'TRANSIT')$sql$), 'changer_statut_cours_de_route, cdr of another depot: as one that does not exist');

-- validate_reception
select is(pg_temp.qui($sql$select public.validate_reception(p_reception_id => tests.id('reception'))$sql$), 'admin directeur gerant operateur', 'who gets something from validate_reception');
select is(pg_temp.executent('validate_reception'), 'authenticated', 'which roles of the API may execute validate_reception');
select is(pg_temp.qui($sql$select public.validate_reception(p_reception_id => tests.id('reception_ailleurs'))$sql$), 'admin directeur', 'who gets something from validate_reception, elsewhere');
select is(pg_temp.reponses($sql$select public.validate_reception(p_reception_id => tests.id('reception_ailleurs'))$sql$), pg_temp.reponses($sql$select public.validate_reception(p_reception_id => tests.id('inconnu'))$sql$), 'validate_reception, reception of another depot: as one that does not exist');

-- validate_sortie
select is(pg_temp.qui($sql$select public.validate_sortie(p_id => tests.id('brouillon'))$sql$), 'admin directeur gerant', 'who gets something from validate_sortie');
select is(pg_temp.executent('validate_sortie'), 'authenticated', 'which roles of the API may execute validate_sortie');
select is(pg_temp.qui($sql$select public.validate_sortie(p_id => tests.id('brouillon_ailleurs'))$sql$), 'admin directeur', 'who gets something from validate_sortie, elsewhere');
select is(pg_temp.reponses($sql$select public.validate_sortie(p_id => tests.id('brouillon_ailleurs'))$sql$), pg_temp.reponses($sql$select public.validate_sortie(p_id => tests.id('inconnu'))$sql$), 'validate_sortie, brouillon of another depot: as one that does not exist');

-- valider_sortie_lue
select is(pg_temp.qui($sql$select public.valider_sortie_lue(p_id => tests.id('brouillon'), p_version => 1)$sql$), 'admin directeur gerant', 'who gets something from valider_sortie_lue');
select is(pg_temp.executent('valider_sortie_lue'), 'authenticated', 'which roles of the API may execute valider_sortie_lue');
select is(pg_temp.qui($sql$select public.valider_sortie_lue(p_id => tests.id('brouillon_ailleurs'), p_version => 1)$sql$), 'admin directeur', 'who gets something from valider_sortie_lue, elsewhere');
select is(pg_temp.reponses($sql$select public.valider_sortie_lue(p_id => tests.id('brouillon_ailleurs'), p_version => 1)$sql$), pg_temp.reponses($sql$select public.valider_sortie_lue(p_id => tests.id('inconnu'), p_version => 1)$sql$), 'valider_sortie_lue, brouillon of another depot: as one that does not exist');

-- rejeter_sortie
select is(pg_temp.qui($sql$select public.rejeter_sortie(p_id => tests.id('brouillon'), p_motif => 'Erreur de saisie')$sql$), 'admin directeur gerant', 'who gets something from rejeter_sortie');
select is(pg_temp.executent('rejeter_sortie'), 'authenticated', 'which roles of the API may execute rejeter_sortie');
select is(pg_temp.qui($sql$select public.rejeter_sortie(p_id => tests.id('brouillon_ailleurs'), p_motif => 'Erreur de saisie')$sql$), 'admin directeur', 'who gets something from rejeter_sortie, elsewhere');
select is(pg_temp.reponses($sql$select public.rejeter_sortie(p_id => tests.id('brouillon_ailleurs'), p_motif => 'Erreur de saisie')$sql$), pg_temp.reponses($sql$select public.rejeter_sortie(p_id => tests.id('inconnu'), p_motif => 'Erreur de saisie')$sql$), 'rejeter_sortie, brouillon of another depot: as one that does not exist');

-- rejeter_sortie_lue
select is(pg_temp.qui($sql$select public.rejeter_sortie_lue(p_id => tests.id('brouillon'), p_motif => 'Erreur de saisie', p_version => 1)$sql$), 'admin directeur gerant', 'who gets something from rejeter_sortie_lue');
select is(pg_temp.executent('rejeter_sortie_lue'), 'authenticated', 'which roles of the API may execute rejeter_sortie_lue');
select is(pg_temp.qui($sql$select public.rejeter_sortie_lue(p_id => tests.id('brouillon_ailleurs'), p_motif => 'Erreur de saisie', p_version => 1)$sql$), 'admin directeur', 'who gets something from rejeter_sortie_lue, elsewhere');
select is(pg_temp.reponses($sql$select public.rejeter_sortie_lue(p_id => tests.id('brouillon_ailleurs'), p_motif => 'Erreur de saisie', p_version => 1)$sql$), pg_temp.reponses($sql$select public.rejeter_sortie_lue(p_id => tests.id('inconnu'), p_motif => 'Erreur de saisie', p_version => 1)$sql$), 'rejeter_sortie_lue, brouillon of another depot: as one that does not exist');

-- creer_et_valider_sortie
select is(pg_temp.qui($sql$select public.creer_et_valider_sortie(p_sortie => jsonb_build_object('citerne_id', tests.id('citerne'), 'client_id', tests.id('client'), 'volume_ambiant', 1, 'temperature_ambiante_c', 15))$sql$), 'admin directeur gerant', 'who gets something from creer_et_valider_sortie');
select is(pg_temp.executent('creer_et_valider_sortie'), 'authenticated', 'which roles of the API may execute creer_et_valider_sortie');
select is(pg_temp.qui($sql$select public.creer_et_valider_sortie(p_sortie => jsonb_build_object('citerne_id', tests.id('citerne_ailleurs'), 'client_id', tests.id('client'), 'volume_ambiant', 1, 'temperature_ambiante_c', 15))$sql$), 'admin directeur', 'who gets something from creer_et_valider_sortie, elsewhere');
select is(pg_temp.reponses($sql$select public.creer_et_valider_sortie(p_sortie => jsonb_build_object('citerne_id', tests.id('citerne_ailleurs'), 'client_id', tests.id('client'), 'volume_ambiant', 1, 'temperature_ambiante_c', 15))$sql$), pg_temp.reponses($sql$select public.creer_et_valider_sortie(p_sortie => jsonb_build_object('citerne_id', tests.id('inconnu'), 'client_id', tests.id('client'), 'volume_ambiant', 1, 'temperature_ambiante_c', 15))$sql$), 'creer_et_valider_sortie, citerne of another depot: as one that does not exist');

-- admin_compensate_reception
select is(pg_temp.qui($sql$select public.admin_compensate_reception(p_id => tests.id('reception'), p_reason => 'Essai de la matrice d''accès')$sql$), 'admin', 'who gets something from admin_compensate_reception');
select is(pg_temp.executent('admin_compensate_reception'), 'authenticated', 'which roles of the API may execute admin_compensate_reception');
select is(pg_temp.qui($sql$select public.admin_compensate_reception(p_id => tests.id('reception_ailleurs'), p_reason => 'Essai de la matrice d''accès')$sql$), 'admin', 'who gets something from admin_compensate_reception, elsewhere');
select is(pg_temp.reponses($sql$select public.admin_compensate_reception(p_id => tests.id('reception_ailleurs'), p_reason => 'Essai de la matrice d''accès')$sql$), pg_temp.reponses($sql$select public.admin_compensate_reception(p_id => tests.id('inconnu'), p_reason => 'Essai de la matrice d''accès')$sql$), 'admin_compensate_reception, reception of another depot: as one that does not exist');

-- admin_compensate_sortie
select is(pg_temp.qui($sql$select public.admin_compensate_sortie(p_id => tests.id('sortie'), p_reason => 'Essai de la matrice d''accès')$sql$), 'admin', 'who gets something from admin_compensate_sortie');
select is(pg_temp.executent('admin_compensate_sortie'), 'authenticated', 'which roles of the API may execute admin_compensate_sortie');
select is(pg_temp.qui($sql$select public.admin_compensate_sortie(p_id => tests.id('sortie_ailleurs'), p_reason => 'Essai de la matrice d''accès')$sql$), 'admin', 'who gets something from admin_compensate_sortie, elsewhere');
select is(pg_temp.reponses($sql$select public.admin_compensate_sortie(p_id => tests.id('sortie_ailleurs'), p_reason => 'Essai de la matrice d''accès')$sql$), pg_temp.reponses($sql$select public.admin_compensate_sortie(p_id => tests.id('inconnu'), p_reason => 'Essai de la matrice d''accès')$sql$), 'admin_compensate_sortie, sortie of another depot: as one that does not exist');

-- declarer_stock_initial
select is(pg_temp.qui($sql$select public.declarer_stock_initial(p_citerne_id => tests.id('citerne_vide'), p_proprietaire_type => 'PARTENAIRE', p_volume_ambiant => 10, p_volume_15c => 9, p_motif => 'Essai de la matrice d''accès')$sql$), 'admin', 'who gets something from declarer_stock_initial');
select is(pg_temp.executent('declarer_stock_initial'), 'authenticated', 'which roles of the API may execute declarer_stock_initial');
select is(pg_temp.qui($sql$select public.declarer_stock_initial(p_citerne_id => tests.id('citerne_vide_ailleurs'), p_proprietaire_type => 'PARTENAIRE', p_volume_ambiant => 10, p_volume_15c => 9, p_motif => 'Essai de la matrice d''accès')$sql$), 'admin', 'who gets something from declarer_stock_initial, elsewhere');
select is(pg_temp.reponses($sql$select public.declarer_stock_initial(p_citerne_id => tests.id('citerne_vide_ailleurs'), p_proprietaire_type => 'PARTENAIRE', p_volume_ambiant => 10, p_volume_15c => 9, p_motif => 'Essai de la matrice d''accès')$sql$), pg_temp.reponses($sql$select public.declarer_stock_initial(p_citerne_id => tests.id('inconnu'), p_proprietaire_type => 'PARTENAIRE', p_volume_ambiant => 10, p_volume_15c => 9, p_motif => 'Essai de la matrice d''accès')$sql$), 'declarer_stock_initial, citerne_vide of another depot: as one that does not exist');

-- importer_bareme
select is(pg_temp.qui($sql$select public.importer_bareme(p_id => tests.id('bareme'), p_csv => 'hauteur_mm;volume_l
0;0
1000;1000')$sql$), 'admin directeur', 'who gets something from importer_bareme');
select is(pg_temp.executent('importer_bareme'), 'authenticated', 'which roles of the API may execute importer_bareme');
select is(pg_temp.qui($sql$select public.importer_bareme(p_id => tests.id('bareme_ailleurs'), p_csv => 'hauteur_mm;volume_l
0;0
1000;1000')$sql$), 'admin directeur', 'who gets something from importer_bareme, elsewhere');
select is(pg_temp.reponses($sql$select public.importer_bareme(p_id => tests.id('bareme_ailleurs'), p_csv => 'hauteur_mm;volume_l
0;0
1000;1000')$sql$), pg_temp.reponses($sql$select public.importer_bareme(p_id => tests.id('inconnu'), p_csv => 'hauteur_mm;volume_l
0;0
1000;1000')$sql$), 'importer_bareme, bareme of another depot: as one that does not exist');

-- activer_bareme
select is(pg_temp.qui($sql$select public.activer_bareme(p_id => tests.id('bareme'))$sql$), 'admin directeur', 'who gets something from activer_bareme');
select is(pg_temp.executent('activer_bareme'), 'authenticated', 'which roles of the API may execute activer_bareme');
select is(pg_temp.qui($sql$select public.activer_bareme(p_id => tests.id('bareme_ailleurs'))$sql$), 'admin directeur', 'who gets something from activer_bareme, elsewhere');
select is(pg_temp.reponses($sql$select public.activer_bareme(p_id => tests.id('bareme_ailleurs'))$sql$), pg_temp.reponses($sql$select public.activer_bareme(p_id => tests.id('inconnu'))$sql$), 'activer_bareme, bareme of another depot: as one that does not exist');

-- regulariser
select is(pg_temp.qui($sql$select public.regulariser(p_prise_de_hauteur_id => tests.id('prise_a_regulariser'), p_motif => 'Essai de la matrice d''accès')$sql$), 'admin', 'who gets something from regulariser');
select is(pg_temp.executent('regulariser'), 'authenticated', 'which roles of the API may execute regulariser');
select is(pg_temp.qui($sql$select public.regulariser(p_prise_de_hauteur_id => tests.id('prise_a_regulariser_ailleurs'), p_motif => 'Essai de la matrice d''accès')$sql$), 'admin', 'who gets something from regulariser, elsewhere');
select is(pg_temp.reponses($sql$select public.regulariser(p_prise_de_hauteur_id => tests.id('prise_a_regulariser_ailleurs'), p_motif => 'Essai de la matrice d''accès')$sql$), pg_temp.reponses($sql$select public.regulariser(p_prise_de_hauteur_id => tests.id('inconnu'), p_motif => 'Essai de la matrice d''accès')$sql$), 'regulariser, prise_a_regulariser of another depot: as one that does not exist');

-- repartir_stock_initial
select is(pg_temp.qui($sql$select public.repartir_stock_initial(p_stock_initial_id => tests.id('initial_partenaire'), p_parts => jsonb_build_array(jsonb_build_object('partenaire_id', tests.id('partenaire'), 'volume_ambiant', 1, 'volume_15c', 1)))$sql$), 'admin', 'who gets something from repartir_stock_initial');
select is(pg_temp.executent('repartir_stock_initial'), 'authenticated', 'which roles of the API may execute repartir_stock_initial');
select is(pg_temp.qui($sql$select public.repartir_stock_initial(p_stock_initial_id => tests.id('initial_partenaire_ailleurs'), p_parts => jsonb_build_array(jsonb_build_object('partenaire_id', tests.id('partenaire'), 'volume_ambiant', 1, 'volume_15c', 1)))$sql$), 'admin', 'who gets something from repartir_stock_initial, elsewhere');
select is(pg_temp.reponses($sql$select public.repartir_stock_initial(p_stock_initial_id => tests.id('initial_partenaire_ailleurs'), p_parts => jsonb_build_array(jsonb_build_object('partenaire_id', tests.id('partenaire'), 'volume_ambiant', 1, 'volume_15c', 1)))$sql$), pg_temp.reponses($sql$select public.repartir_stock_initial(p_stock_initial_id => tests.id('inconnu'), p_parts => jsonb_build_array(jsonb_build_object('partenaire_id', tests.id('partenaire'), 'volume_ambiant', 1, 'volume_15c', 1)))$sql$), 'repartir_stock_initial, initial_partenaire of another depot: as one that does not exist');

-- attribuer_stock_partenaire
select is(pg_temp.qui($sql$select public.attribuer_stock_partenaire(p_depot_id => tests.id('depot'), p_produit_id => tests.id('produit'), p_partenaire_id => tests.id('partenaire'), p_volume_15c => 1, p_motif => 'Essai de la matrice d''accès')$sql$), 'admin', 'who gets something from attribuer_stock_partenaire');
select is(pg_temp.executent('attribuer_stock_partenaire'), 'authenticated', 'which roles of the API may execute attribuer_stock_partenaire');
select is(pg_temp.qui($sql$select public.attribuer_stock_partenaire(p_depot_id => tests.id('depot_ailleurs'), p_produit_id => tests.id('produit'), p_partenaire_id => tests.id('partenaire'), p_volume_15c => 1, p_motif => 'Essai de la matrice d''accès')$sql$), 'admin', 'who gets something from attribuer_stock_partenaire, elsewhere');
select is(pg_temp.reponses($sql$select public.attribuer_stock_partenaire(p_depot_id => tests.id('depot_ailleurs'), p_produit_id => tests.id('produit'), p_partenaire_id => tests.id('partenaire'), p_volume_15c => 1, p_motif => 'Essai de la matrice d''accès')$sql$), pg_temp.reponses($sql$select public.attribuer_stock_partenaire(p_depot_id => tests.id('inconnu'), p_produit_id => tests.id('produit'), p_partenaire_id => tests.id('partenaire'), p_volume_15c => 1, p_motif => 'Essai de la matrice d''accès')$sql$), 'attribuer_stock_partenaire, depot of another depot: as one that does not exist');

-- ceder
select is(pg_temp.qui($sql$select public.ceder(p_citerne_id => tests.id('citerne'), p_partenaire_id => tests.id('partenaire'), p_sens => 'VERS_PARTENAIRE', p_nature => 'VENTE', p_volume_15c => 1, p_motif => 'Essai de la matrice d''accès')$sql$), 'admin directeur gerant', 'who gets something from ceder');
select is(pg_temp.executent('ceder'), 'authenticated', 'which roles of the API may execute ceder');
select is(pg_temp.qui($sql$select public.ceder(p_citerne_id => tests.id('citerne_ailleurs'), p_partenaire_id => tests.id('partenaire'), p_sens => 'VERS_PARTENAIRE', p_nature => 'VENTE', p_volume_15c => 1, p_motif => 'Essai de la matrice d''accès')$sql$), 'admin directeur', 'who gets something from ceder, elsewhere');
select is(pg_temp.reponses($sql$select public.ceder(p_citerne_id => tests.id('citerne_ailleurs'), p_partenaire_id => tests.id('partenaire'), p_sens => 'VERS_PARTENAIRE', p_nature => 'VENTE', p_volume_15c => 1, p_motif => 'Essai de la matrice d''accès')$sql$), pg_temp.reponses($sql$select public.ceder(p_citerne_id => tests.id('inconnu'), p_partenaire_id => tests.id('partenaire'), p_sens => 'VERS_PARTENAIRE', p_nature => 'VENTE', p_volume_15c => 1, p_motif => 'Essai de la matrice d''accès')$sql$), 'ceder, citerne of another depot: as one that does not exist');

-- ouvrir_pret
select is(pg_temp.qui($sql$select public.ouvrir_pret(p_depot_id => tests.id('depot'), p_produit_id => tests.id('produit'), p_partenaire_id => tests.id('partenaire'), p_sens => 'PRETE', p_quantite_15c => 1, p_echeance => '2035-01-01', p_motif => 'Essai de la matrice d''accès')$sql$), 'admin directeur gerant', 'who gets something from ouvrir_pret');
select is(pg_temp.executent('ouvrir_pret'), 'authenticated', 'which roles of the API may execute ouvrir_pret');
select is(pg_temp.qui($sql$select public.ouvrir_pret(p_depot_id => tests.id('depot_ailleurs'), p_produit_id => tests.id('produit'), p_partenaire_id => tests.id('partenaire'), p_sens => 'PRETE', p_quantite_15c => 1, p_echeance => '2035-01-01', p_motif => 'Essai de la matrice d''accès')$sql$), 'admin directeur', 'who gets something from ouvrir_pret, elsewhere');
select is(pg_temp.reponses($sql$select public.ouvrir_pret(p_depot_id => tests.id('depot_ailleurs'), p_produit_id => tests.id('produit'), p_partenaire_id => tests.id('partenaire'), p_sens => 'PRETE', p_quantite_15c => 1, p_echeance => '2035-01-01', p_motif => 'Essai de la matrice d''accès')$sql$), pg_temp.reponses($sql$select public.ouvrir_pret(p_depot_id => tests.id('inconnu'), p_produit_id => tests.id('produit'), p_partenaire_id => tests.id('partenaire'), p_sens => 'PRETE', p_quantite_15c => 1, p_echeance => '2035-01-01', p_motif => 'Essai de la matrice d''accès')$sql$), 'ouvrir_pret, depot of another depot: as one that does not exist');

-- rattacher_au_pret
select is(pg_temp.qui($sql$select public.rattacher_au_pret(p_pret_id => tests.id('pret'), p_mouvement_type => 'SORTIE', p_mouvement_id => tests.id('sortie_pretee'))$sql$), 'admin directeur gerant', 'who gets something from rattacher_au_pret');
select is(pg_temp.executent('rattacher_au_pret'), 'authenticated', 'which roles of the API may execute rattacher_au_pret');
select is(pg_temp.qui($sql$select public.rattacher_au_pret(p_pret_id => tests.id('pret_ailleurs'), p_mouvement_type => 'SORTIE', p_mouvement_id => tests.id('sortie_pretee_ailleurs'))$sql$), 'admin directeur', 'who gets something from rattacher_au_pret, elsewhere');
select is(pg_temp.reponses($sql$select public.rattacher_au_pret(p_pret_id => tests.id('pret_ailleurs'), p_mouvement_type => 'SORTIE', p_mouvement_id => tests.id('sortie_pretee'))$sql$), pg_temp.reponses($sql$select public.rattacher_au_pret(p_pret_id => tests.id('inconnu'), p_mouvement_type => 'SORTIE', p_mouvement_id => tests.id('sortie_pretee'))$sql$), 'rattacher_au_pret, pret of another depot: as one that does not exist');
select is(pg_temp.reponses($sql$select public.rattacher_au_pret(p_pret_id => tests.id('pret'), p_mouvement_type => 'SORTIE', p_mouvement_id => tests.id('sortie_pretee_ailleurs'))$sql$), pg_temp.reponses($sql$select public.rattacher_au_pret(p_pret_id => tests.id('pret'), p_mouvement_type => 'SORTIE', p_mouvement_id => tests.id('inconnu'))$sql$), 'rattacher_au_pret, sortie_pretee of another depot: as one that does not exist');

-- releve_partenaire
select is(pg_temp.qui($sql$select public.releve_partenaire(p_depot_id => tests.id('depot'), p_produit_id => tests.id('produit'), p_partenaire_id => tests.id('partenaire'))$sql$), 'admin directeur gerant operateur pca', 'who gets something from releve_partenaire');
select is(pg_temp.executent('releve_partenaire'), 'authenticated', 'which roles of the API may execute releve_partenaire');
select is(pg_temp.qui($sql$select public.releve_partenaire(p_depot_id => tests.id('depot_ailleurs'), p_produit_id => tests.id('produit'), p_partenaire_id => tests.id('partenaire'))$sql$), 'admin directeur pca', 'who gets something from releve_partenaire, elsewhere');
select is(pg_temp.reponses($sql$select public.releve_partenaire(p_depot_id => tests.id('depot_ailleurs'), p_produit_id => tests.id('produit'), p_partenaire_id => tests.id('partenaire'))$sql$), pg_temp.reponses($sql$select public.releve_partenaire(p_depot_id => tests.id('inconnu'), p_produit_id => tests.id('produit'), p_partenaire_id => tests.id('partenaire'))$sql$), 'releve_partenaire, depot of another depot: as one that does not exist');

-- expedier_transfert
select is(pg_temp.qui($sql$select public.expedier_transfert(p_citerne_source_id => tests.id('citerne'), p_depot_destination_id => tests.id('depot_lointain'), p_volume_ambiant => 1, p_temperature_ambiante_c => 15)$sql$), 'admin directeur gerant', 'who gets something from expedier_transfert');
select is(pg_temp.executent('expedier_transfert'), 'authenticated', 'which roles of the API may execute expedier_transfert');
select is(pg_temp.qui($sql$select public.expedier_transfert(p_citerne_source_id => tests.id('citerne_ailleurs'), p_depot_destination_id => tests.id('depot_lointain'), p_volume_ambiant => 1, p_temperature_ambiante_c => 15)$sql$), 'admin directeur', 'who gets something from expedier_transfert, elsewhere');
select is(pg_temp.reponses($sql$select public.expedier_transfert(p_citerne_source_id => tests.id('citerne_ailleurs'), p_depot_destination_id => tests.id('depot_lointain'), p_volume_ambiant => 1, p_temperature_ambiante_c => 15)$sql$), pg_temp.reponses($sql$select public.expedier_transfert(p_citerne_source_id => tests.id('inconnu'), p_depot_destination_id => tests.id('depot_lointain'), p_volume_ambiant => 1, p_temperature_ambiante_c => 15)$sql$), 'expedier_transfert, citerne of another depot: as one that does not exist');

-- recevoir_transfert
select is(pg_temp.qui($sql$select public.recevoir_transfert(p_id => tests.id('transfert_attendu'), p_citerne_id => tests.id('citerne'), p_volume_ambiant => 1, p_temperature_ambiante_c => 15)$sql$), 'admin directeur gerant', 'who gets something from recevoir_transfert');
select is(pg_temp.executent('recevoir_transfert'), 'authenticated', 'which roles of the API may execute recevoir_transfert');
select is(pg_temp.qui($sql$select public.recevoir_transfert(p_id => tests.id('transfert_attendu_ailleurs'), p_citerne_id => tests.id('citerne_ailleurs'), p_volume_ambiant => 1, p_temperature_ambiante_c => 15)$sql$), 'admin directeur', 'who gets something from recevoir_transfert, elsewhere');
select is(pg_temp.reponses($sql$select public.recevoir_transfert(p_id => tests.id('transfert_attendu_ailleurs'), p_citerne_id => tests.id('citerne'), p_volume_ambiant => 1, p_temperature_ambiante_c => 15)$sql$), pg_temp.reponses($sql$select public.recevoir_transfert(p_id => tests.id('inconnu'), p_citerne_id => tests.id('citerne'), p_volume_ambiant => 1, p_temperature_ambiante_c => 15)$sql$), 'recevoir_transfert, transfert_attendu of another depot: as one that does not exist');
select is(pg_temp.reponses($sql$select public.recevoir_transfert(p_id => tests.id('transfert_attendu'), p_citerne_id => tests.id('citerne_ailleurs'), p_volume_ambiant => 1, p_temperature_ambiante_c => 15)$sql$), pg_temp.reponses($sql$select public.recevoir_transfert(p_id => tests.id('transfert_attendu'), p_citerne_id => tests.id('inconnu'), p_volume_ambiant => 1, p_temperature_ambiante_c => 15)$sql$), 'recevoir_transfert, citerne of another depot: as one that does not exist');

-- declarer_perdu
select is(pg_temp.qui($sql$select public.declarer_perdu(p_id => tests.id('transfert_attendu'), p_motif => 'Essai de la matrice d''accès')$sql$), 'admin', 'who gets something from declarer_perdu');
select is(pg_temp.executent('declarer_perdu'), 'authenticated', 'which roles of the API may execute declarer_perdu');
select is(pg_temp.qui($sql$select public.declarer_perdu(p_id => tests.id('transfert_attendu_ailleurs'), p_motif => 'Essai de la matrice d''accès')$sql$), 'admin', 'who gets something from declarer_perdu, elsewhere');
select is(pg_temp.reponses($sql$select public.declarer_perdu(p_id => tests.id('transfert_attendu_ailleurs'), p_motif => 'Essai de la matrice d''accès')$sql$), pg_temp.reponses($sql$select public.declarer_perdu(p_id => tests.id('inconnu'), p_motif => 'Essai de la matrice d''accès')$sql$), 'declarer_perdu, transfert_attendu of another depot: as one that does not exist');

-- destinations_transfert
select is(pg_temp.qui($sql$select public.destinations_transfert(p_citerne_source_id => tests.id('citerne'))$sql$), 'admin directeur gerant', 'who gets something from destinations_transfert');
select is(pg_temp.executent('destinations_transfert'), 'authenticated', 'which roles of the API may execute destinations_transfert');
select is(pg_temp.qui($sql$select public.destinations_transfert(p_citerne_source_id => tests.id('citerne_ailleurs'))$sql$), 'admin directeur', 'who gets something from destinations_transfert, elsewhere');
select is(pg_temp.reponses($sql$select public.destinations_transfert(p_citerne_source_id => tests.id('citerne_ailleurs'))$sql$), pg_temp.reponses($sql$select public.destinations_transfert(p_citerne_source_id => tests.id('inconnu'))$sql$), 'destinations_transfert, citerne of another depot: as one that does not exist');

-- transit_camion
select is(pg_temp.qui($sql$select public.transit_camion(p_cours_de_route_id => tests.id('camion_decharge'))$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who gets something from transit_camion');
select is(pg_temp.executent('transit_camion'), 'authenticated service_role', 'which roles of the API may execute transit_camion');
select is(pg_temp.qui($sql$select public.transit_camion(p_cours_de_route_id => tests.id('camion_decharge_ailleurs'))$sql$), 'admin directeur pca service_role', 'who gets something from transit_camion, elsewhere');
select is(pg_temp.reponses($sql$select public.transit_camion(p_cours_de_route_id => tests.id('camion_decharge_ailleurs'))$sql$), pg_temp.reponses($sql$select public.transit_camion(p_cours_de_route_id => tests.id('inconnu'))$sql$), 'transit_camion, camion_decharge of another depot: as one that does not exist');

-- clore_periode
select is(pg_temp.qui($sql$select public.clore_periode(p_depot_id => tests.id('depot'), p_jour => '2020-02-02')$sql$), 'admin directeur gerant', 'who gets something from clore_periode');
select is(pg_temp.executent('clore_periode'), 'authenticated', 'which roles of the API may execute clore_periode');
select is(pg_temp.qui($sql$select public.clore_periode(p_depot_id => tests.id('depot_ailleurs'), p_jour => '2020-02-02')$sql$), 'admin directeur', 'who gets something from clore_periode, elsewhere');
select is(pg_temp.reponses($sql$select public.clore_periode(p_depot_id => tests.id('depot_ailleurs'), p_jour => '2020-02-02')$sql$), pg_temp.reponses($sql$select public.clore_periode(p_depot_id => tests.id('inconnu'), p_jour => '2020-02-02')$sql$), 'clore_periode, depot of another depot: as one that does not exist');

-- rouvrir_periode
select is(pg_temp.qui($sql$select public.rouvrir_periode(p_id => tests.id('periode'), p_motif => 'Essai de la matrice d''accès')$sql$), 'admin', 'who gets something from rouvrir_periode');
select is(pg_temp.executent('rouvrir_periode'), 'authenticated', 'which roles of the API may execute rouvrir_periode');
select is(pg_temp.qui($sql$select public.rouvrir_periode(p_id => tests.id('periode_ailleurs'), p_motif => 'Essai de la matrice d''accès')$sql$), 'admin', 'who gets something from rouvrir_periode, elsewhere');
select is(pg_temp.reponses($sql$select public.rouvrir_periode(p_id => tests.id('periode_ailleurs'), p_motif => 'Essai de la matrice d''accès')$sql$), pg_temp.reponses($sql$select public.rouvrir_periode(p_id => tests.id('inconnu'), p_motif => 'Essai de la matrice d''accès')$sql$), 'rouvrir_periode, periode of another depot: as one that does not exist');

-- rebuild_stocks_journaliers
select is(pg_temp.qui($sql$select public.rebuild_stocks_journaliers(p_depot_id => tests.id('depot'), p_start_date => 'today', p_end_date => 'today')$sql$), 'admin', 'who gets something from rebuild_stocks_journaliers');
select is(pg_temp.executent('rebuild_stocks_journaliers'), 'authenticated', 'which roles of the API may execute rebuild_stocks_journaliers');
select is(pg_temp.qui($sql$select public.rebuild_stocks_journaliers(p_depot_id => tests.id('depot_ailleurs'), p_start_date => 'today', p_end_date => 'today')$sql$), 'admin', 'who gets something from rebuild_stocks_journaliers, elsewhere');
select is(pg_temp.reponses($sql$select public.rebuild_stocks_journaliers(p_depot_id => tests.id('depot_ailleurs'), p_start_date => 'today', p_end_date => 'today')$sql$), pg_temp.reponses($sql$select public.rebuild_stocks_journaliers(p_depot_id => tests.id('inconnu'), p_start_date => 'today', p_end_date => 'today')$sql$), 'rebuild_stocks_journaliers, depot of another depot: as one that does not exist');

-- archiver_rapport
select is(pg_temp.qui($sql$select public.archiver_rapport(p_nom => 'livre', p_depot_id => tests.id('depot'))$sql$), 'admin directeur gerant operateur pca lecture', 'who gets something from archiver_rapport');
select is(pg_temp.executent('archiver_rapport'), 'authenticated', 'which roles of the API may execute archiver_rapport');
select is(pg_temp.qui($sql$select public.archiver_rapport(p_nom => 'livre', p_depot_id => tests.id('depot_ailleurs'))$sql$), 'admin directeur pca', 'who gets something from archiver_rapport, elsewhere');
select is(pg_temp.reponses($sql$select public.archiver_rapport(p_nom => 'livre', p_depot_id => tests.id('depot_ailleurs'))$sql$), pg_temp.reponses($sql$select public.archiver_rapport(p_nom => 'livre', p_depot_id => tests.id('inconnu'))$sql$), 'archiver_rapport, depot of another depot: as one that does not exist');

-- kpi_jour
select is(pg_temp.qui($sql$select public.kpi_jour(p_depot_id => tests.id('depot'))$sql$), 'admin directeur gerant operateur pca lecture', 'who gets something from kpi_jour');
select is(pg_temp.executent('kpi_jour'), 'authenticated', 'which roles of the API may execute kpi_jour');
select is(pg_temp.qui($sql$select public.kpi_jour(p_depot_id => tests.id('depot_ailleurs'))$sql$), 'admin directeur pca', 'who gets something from kpi_jour, elsewhere');
select is(pg_temp.reponses($sql$select public.kpi_jour(p_depot_id => tests.id('depot_ailleurs'))$sql$), pg_temp.reponses($sql$select public.kpi_jour(p_depot_id => tests.id('inconnu'))$sql$), 'kpi_jour, depot of another depot: as one that does not exist');

-- kpi_finance
select is(pg_temp.qui($sql$select public.kpi_finance(p_depot_id => tests.id('depot'))$sql$), 'admin directeur gerant pca', 'who gets something from kpi_finance');
select is(pg_temp.executent('kpi_finance'), 'authenticated', 'which roles of the API may execute kpi_finance');
select is(pg_temp.qui($sql$select public.kpi_finance(p_depot_id => tests.id('depot_ailleurs'))$sql$), 'admin directeur pca', 'who gets something from kpi_finance, elsewhere');
select is(pg_temp.reponses($sql$select public.kpi_finance(p_depot_id => tests.id('depot_ailleurs'))$sql$), pg_temp.reponses($sql$select public.kpi_finance(p_depot_id => tests.id('inconnu'))$sql$), 'kpi_finance, depot of another depot: as one that does not exist');

-- releve_tiers
select is(pg_temp.qui($sql$select public.releve_tiers(p_type => 'FOURNISSEUR', p_id => tests.id('fournisseur'), p_devise => 'USD')$sql$), 'admin directeur pca', 'who gets something from releve_tiers');
select is(pg_temp.executent('releve_tiers'), 'authenticated', 'which roles of the API may execute releve_tiers');

-- compute_volume_20c_from_reception
select is(pg_temp.qui($sql$select public.compute_volume_20c_from_reception(p_reception_id => tests.id('reception'))$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who gets something from compute_volume_20c_from_reception');
select is(pg_temp.executent('compute_volume_20c_from_reception'), 'authenticated service_role', 'which roles of the API may execute compute_volume_20c_from_reception');
select is(pg_temp.qui($sql$select public.compute_volume_20c_from_reception(p_reception_id => tests.id('reception_ailleurs'))$sql$), 'admin directeur pca service_role', 'who gets something from compute_volume_20c_from_reception, elsewhere');
select is(pg_temp.reponses($sql$select public.compute_volume_20c_from_reception(p_reception_id => tests.id('reception_ailleurs'))$sql$), pg_temp.reponses($sql$select public.compute_volume_20c_from_reception(p_reception_id => tests.id('inconnu'))$sql$), 'compute_volume_20c_from_reception, reception of another depot: as one that does not exist');

-- calculer_facture_fournisseur
select is(pg_temp.qui($sql$select public.calculer_facture_fournisseur(p_id => tests.id('facture_brouillon'))$sql$), 'admin directeur gerant', 'who gets something from calculer_facture_fournisseur');
select is(pg_temp.executent('calculer_facture_fournisseur'), 'authenticated', 'which roles of the API may execute calculer_facture_fournisseur');

-- valider_facture_fournisseur
select is(pg_temp.qui($sql$select public.valider_facture_fournisseur(p_id => tests.id('facture_calculee'))$sql$), 'admin directeur gerant', 'who gets something from valider_facture_fournisseur');
select is(pg_temp.executent('valider_facture_fournisseur'), 'authenticated', 'which roles of the API may execute valider_facture_fournisseur');

-- annuler_facture_fournisseur
select is(pg_temp.qui($sql$select public.annuler_facture_fournisseur(p_id => tests.id('facture_calculee'), p_motif => 'Essai de la matrice')$sql$), 'admin directeur gerant', 'who gets something from annuler_facture_fournisseur');
select is(pg_temp.executent('annuler_facture_fournisseur'), 'authenticated', 'which roles of the API may execute annuler_facture_fournisseur');

-- contester_facture_fournisseur
select is(pg_temp.qui($sql$select public.contester_facture_fournisseur(p_id => tests.id('facture_calculee'), p_en_litige => true, p_motif => 'Essai de la matrice')$sql$), 'admin directeur gerant', 'who gets something from contester_facture_fournisseur');
select is(pg_temp.executent('contester_facture_fournisseur'), 'authenticated', 'which roles of the API may execute contester_facture_fournisseur');

-- enregistrer_avoir_fournisseur
select is(pg_temp.qui($sql$select public.enregistrer_avoir_fournisseur(p_facture_id => tests.id('facture'), p_invoice_no => left(md5(random()::text), 20), p_date_facture => '2026-01-15', p_montant_usd => 1, p_justification => 'Essai de la matrice')$sql$), 'admin directeur gerant', 'who gets something from enregistrer_avoir_fournisseur');
select is(pg_temp.executent('enregistrer_avoir_fournisseur'), 'authenticated', 'which roles of the API may execute enregistrer_avoir_fournisseur');

-- confirmer_paiement
select is(pg_temp.qui($sql$select public.confirmer_paiement(p_id => tests.id('paiement_attente'))$sql$), 'admin directeur gerant', 'who gets something from confirmer_paiement');
select is(pg_temp.executent('confirmer_paiement'), 'authenticated', 'which roles of the API may execute confirmer_paiement');

-- annuler_paiement
select is(pg_temp.qui($sql$select public.annuler_paiement(p_id => tests.id('paiement'), p_motif => 'Essai de la matrice')$sql$), 'admin', 'who gets something from annuler_paiement');
select is(pg_temp.executent('annuler_paiement'), 'authenticated', 'which roles of the API may execute annuler_paiement');

-- ecrire_sblc
select is(pg_temp.qui($sql$select public.ecrire_sblc(p_sblc => jsonb_build_object('fournisseur_id', tests.id('fournisseur'), 'banque', left(md5(random()::text), 20), 'reference', left(md5(random()::text), 20), 'montant', 1, 'date_debut', '2026-01-01', 'date_fin', '2026-12-31'))$sql$), 'admin directeur', 'who gets something from ecrire_sblc');
select is(pg_temp.executent('ecrire_sblc'), 'authenticated', 'which roles of the API may execute ecrire_sblc');

-- changer_statut_sblc
select is(pg_temp.qui($sql$select public.changer_statut_sblc(p_id => tests.id('sblc'), p_statut => 'SUSPENDUE', p_motif => 'Essai de la matrice')$sql$), 'admin directeur', 'who gets something from changer_statut_sblc');
select is(pg_temp.executent('changer_statut_sblc'), 'authenticated', 'which roles of the API may execute changer_statut_sblc');

-- ecrire_proforma
select is(pg_temp.qui($sql$select public.ecrire_proforma(p_proforma => jsonb_build_object('fournisseur_id', tests.id('fournisseur'), 'produit_id', tests.id('produit'), 'reference', left(md5(random()::text), 20), 'date_proforma', '2026-01-15', 'quantite', 10, 'prix_usd', 1))$sql$), 'admin directeur gerant', 'who gets something from ecrire_proforma');
select is(pg_temp.executent('ecrire_proforma'), 'authenticated', 'which roles of the API may execute ecrire_proforma');

-- activer_proforma
select is(pg_temp.qui($sql$select public.activer_proforma(p_id => tests.id('proforma_brouillon'))$sql$), 'admin directeur gerant', 'who gets something from activer_proforma');
select is(pg_temp.executent('activer_proforma'), 'authenticated', 'which roles of the API may execute activer_proforma');

-- annuler_proforma
select is(pg_temp.qui($sql$select public.annuler_proforma(p_id => tests.id('proforma_brouillon'), p_motif => 'Essai de la matrice')$sql$), 'admin directeur gerant', 'who gets something from annuler_proforma');
select is(pg_temp.executent('annuler_proforma'), 'authenticated', 'which roles of the API may execute annuler_proforma');

-- cloturer_proforma
select is(pg_temp.qui($sql$select public.cloturer_proforma(p_id => tests.id('proforma_a_clore'), p_justification => 'Essai de la matrice')$sql$), 'admin directeur gerant', 'who gets something from cloturer_proforma');
select is(pg_temp.executent('cloturer_proforma'), 'authenticated', 'which roles of the API may execute cloturer_proforma');

-- enregistrer_chargement
select is(pg_temp.qui($sql$select public.enregistrer_chargement(p_cours_de_route_id => tests.id('cdr'), p_chargement => jsonb_build_object('bl_numero', left(md5(random()::text), 20), 'date_bl', '2026-01-15', 'quantite', 10))$sql$), 'admin directeur gerant operateur', 'who gets something from enregistrer_chargement');
select is(pg_temp.executent('enregistrer_chargement'), 'authenticated', 'which roles of the API may execute enregistrer_chargement');
select is(pg_temp.qui($sql$select public.enregistrer_chargement(p_cours_de_route_id => tests.id('cdr_ailleurs'), p_chargement => jsonb_build_object('bl_numero', left(md5(random()::text), 20), 'date_bl', '2026-01-15', 'quantite', 10))$sql$), 'admin directeur', 'who gets something from enregistrer_chargement, elsewhere');
select is(pg_temp.reponses($sql$select public.enregistrer_chargement(p_cours_de_route_id => tests.id('cdr_ailleurs'), p_chargement => jsonb_build_object('bl_numero', left(md5(random()::text), 20), 'date_bl', '2026-01-15', 'quantite', 10))$sql$), pg_temp.reponses($sql$select public.enregistrer_chargement(p_cours_de_route_id => tests.id('inconnu'), p_chargement => jsonb_build_object('bl_numero', left(md5(random()::text), 20), 'date_bl', '2026-01-15', 'quantite', 10))$sql$), 'enregistrer_chargement, cdr of another depot: as one that does not exist');

-- enregistrer_analyse
select is(pg_temp.qui($sql$select public.enregistrer_analyse(p_analyse => jsonb_build_object('objet_type', 'CITERNE', 'objet_id', tests.id('citerne'), 'parametre', left(md5(random()::text), 20), 'valeur', 1))$sql$), 'admin directeur gerant operateur', 'who gets something from enregistrer_analyse');
select is(pg_temp.executent('enregistrer_analyse'), 'authenticated', 'which roles of the API may execute enregistrer_analyse');
select is(pg_temp.qui($sql$select public.enregistrer_analyse(p_analyse => jsonb_build_object('objet_type', 'CITERNE', 'objet_id', tests.id('citerne_ailleurs'), 'parametre', left(md5(random()::text), 20), 'valeur', 1))$sql$), 'admin directeur', 'who gets something from enregistrer_analyse, elsewhere');
select is(pg_temp.reponses($sql$select public.enregistrer_analyse(p_analyse => jsonb_build_object('objet_type', 'CITERNE', 'objet_id', tests.id('citerne_ailleurs'), 'parametre', left(md5(random()::text), 20), 'valeur', 1))$sql$), pg_temp.reponses($sql$select public.enregistrer_analyse(p_analyse => jsonb_build_object('objet_type', 'CITERNE', 'objet_id', tests.id('inconnu'), 'parametre', left(md5(random()::text), 20), 'valeur', 1))$sql$), 'enregistrer_analyse, citerne of another depot: as one that does not exist');

-- regler_specification
select is(pg_temp.qui($sql$select public.regler_specification(p_produit_id => tests.id('produit'), p_parametre => left(md5(random()::text), 20), p_minimum => 1, p_maximum => 2)$sql$), 'admin directeur', 'who gets something from regler_specification');
select is(pg_temp.executent('regler_specification'), 'authenticated', 'which roles of the API may execute regler_specification');

-- ajouter_frais_lot
select is(pg_temp.qui($sql$select public.ajouter_frais_lot(p_lot_id => tests.id('lot_a_facturer'), p_frais => jsonb_build_object('type', 'FRET', 'montant', 1))$sql$), 'admin directeur gerant', 'who gets something from ajouter_frais_lot');
select is(pg_temp.executent('ajouter_frais_lot'), 'authenticated', 'which roles of the API may execute ajouter_frais_lot');

-- annuler_frais_lot
select is(pg_temp.qui($sql$select public.annuler_frais_lot(p_id => tests.id('frais'), p_motif => 'Essai de la matrice')$sql$), 'admin directeur gerant', 'who gets something from annuler_frais_lot');
select is(pg_temp.executent('annuler_frais_lot'), 'authenticated', 'which roles of the API may execute annuler_frais_lot');

-- noter_ecart
select is(pg_temp.qui($sql$select public.noter_ecart(p_id => tests.id('ecart'), p_texte => 'Essai de la matrice')$sql$), 'admin directeur gerant operateur', 'who gets something from noter_ecart');
select is(pg_temp.executent('noter_ecart'), 'authenticated', 'which roles of the API may execute noter_ecart');
select is(pg_temp.qui($sql$select public.noter_ecart(p_id => tests.id('ecart_ailleurs'), p_texte => 'Essai de la matrice')$sql$), 'admin directeur', 'who gets something from noter_ecart, elsewhere');
select is(pg_temp.reponses($sql$select public.noter_ecart(p_id => tests.id('ecart_ailleurs'), p_texte => 'Essai de la matrice')$sql$), pg_temp.reponses($sql$select public.noter_ecart(p_id => tests.id('inconnu'), p_texte => 'Essai de la matrice')$sql$), 'noter_ecart, ecart of another depot: as one that does not exist');

-- contester_ecart
select is(pg_temp.qui($sql$select public.contester_ecart(p_id => tests.id('ecart'), p_motif => 'Essai de la matrice')$sql$), 'admin directeur gerant', 'who gets something from contester_ecart');
select is(pg_temp.executent('contester_ecart'), 'authenticated', 'which roles of the API may execute contester_ecart');
select is(pg_temp.qui($sql$select public.contester_ecart(p_id => tests.id('ecart_ailleurs'), p_motif => 'Essai de la matrice')$sql$), 'admin directeur', 'who gets something from contester_ecart, elsewhere');
select is(pg_temp.reponses($sql$select public.contester_ecart(p_id => tests.id('ecart_ailleurs'), p_motif => 'Essai de la matrice')$sql$), pg_temp.reponses($sql$select public.contester_ecart(p_id => tests.id('inconnu'), p_motif => 'Essai de la matrice')$sql$), 'contester_ecart, ecart of another depot: as one that does not exist');

-- declarer_ecart
select is(pg_temp.qui($sql$select public.declarer_ecart(p_ecart => jsonb_build_object('domaine', 'DEPOT', 'type', 'LOGISTIQUE', 'reference_type', 'CDR', 'reference_id', tests.id('cdr'), 'justification', 'Essai de la matrice'))$sql$), 'admin directeur gerant operateur', 'who gets something from declarer_ecart');
select is(pg_temp.executent('declarer_ecart'), 'authenticated', 'which roles of the API may execute declarer_ecart');
select is(pg_temp.qui($sql$select public.declarer_ecart(p_ecart => jsonb_build_object('domaine', 'DEPOT', 'type', 'LOGISTIQUE', 'reference_type', 'CDR', 'reference_id', tests.id('cdr_ailleurs'), 'justification', 'Essai de la matrice'))$sql$), 'admin directeur', 'who gets something from declarer_ecart, elsewhere');
select is(pg_temp.reponses($sql$select public.declarer_ecart(p_ecart => jsonb_build_object('domaine', 'DEPOT', 'type', 'LOGISTIQUE', 'reference_type', 'CDR', 'reference_id', tests.id('cdr_ailleurs'), 'justification', 'Essai de la matrice'))$sql$), pg_temp.reponses($sql$select public.declarer_ecart(p_ecart => jsonb_build_object('domaine', 'DEPOT', 'type', 'LOGISTIQUE', 'reference_type', 'CDR', 'reference_id', tests.id('inconnu'), 'justification', 'Essai de la matrice'))$sql$), 'declarer_ecart, cdr of another depot: as one that does not exist');

-- rattacher_cdr_decharge
select is(pg_temp.qui($sql$select public.rattacher_cdr_decharge(p_cdr => tests.id('cdr_decharge'), p_lot => tests.id('lot'), p_motif => 'Essai de la matrice')$sql$), 'admin', 'who gets something from rattacher_cdr_decharge');
select is(pg_temp.executent('rattacher_cdr_decharge'), 'authenticated', 'which roles of the API may execute rattacher_cdr_decharge');

-- prix_applicable
select is(pg_temp.qui($sql$select public.prix_applicable(p_produit => tests.id('produit'), p_client => tests.id('client'), p_depot => tests.id('depot'), p_jour => 'today')$sql$), 'admin directeur gerant pca', 'who gets something from prix_applicable');
select is(pg_temp.executent('prix_applicable'), 'authenticated', 'which roles of the API may execute prix_applicable');
select is(pg_temp.qui($sql$select public.prix_applicable(p_produit => tests.id('produit'), p_client => tests.id('client'), p_depot => tests.id('depot_ailleurs'), p_jour => 'today')$sql$), 'admin directeur pca', 'who gets something from prix_applicable, elsewhere');
select is(pg_temp.reponses($sql$select public.prix_applicable(p_produit => tests.id('produit'), p_client => tests.id('client'), p_depot => tests.id('depot_ailleurs'), p_jour => 'today')$sql$), pg_temp.reponses($sql$select public.prix_applicable(p_produit => tests.id('produit'), p_client => tests.id('client'), p_depot => tests.id('inconnu'), p_jour => 'today')$sql$), 'prix_applicable, depot of another depot: as one that does not exist');

-- creer_tarif
select is(pg_temp.qui($sql$select public.creer_tarif(p_produit_id => tests.id('produit'), p_client_id => tests.id('client_neuf'), p_depot_id => tests.id('depot'), p_devise => 'USD', p_base => 'L15', p_prix_ht => 1, p_valide_du => '2026-01-15', p_valide_au => null, p_motif => 'Essai de la matrice')$sql$), 'admin directeur', 'who gets something from creer_tarif');
select is(pg_temp.executent('creer_tarif'), 'authenticated', 'which roles of the API may execute creer_tarif');
select is(pg_temp.qui($sql$select public.creer_tarif(p_produit_id => tests.id('produit'), p_client_id => tests.id('client_neuf'), p_depot_id => tests.id('depot_ailleurs'), p_devise => 'USD', p_base => 'L15', p_prix_ht => 1, p_valide_du => '2026-01-15', p_valide_au => null, p_motif => 'Essai de la matrice')$sql$), 'admin directeur', 'who gets something from creer_tarif, elsewhere');
select is(pg_temp.reponses($sql$select public.creer_tarif(p_produit_id => tests.id('produit'), p_client_id => tests.id('client_neuf'), p_depot_id => tests.id('depot_ailleurs'), p_devise => 'USD', p_base => 'L15', p_prix_ht => 1, p_valide_du => '2026-01-15', p_valide_au => null, p_motif => 'Essai de la matrice')$sql$), pg_temp.reponses($sql$select public.creer_tarif(p_produit_id => tests.id('produit'), p_client_id => tests.id('client_neuf'), p_depot_id => tests.id('inconnu'), p_devise => 'USD', p_base => 'L15', p_prix_ht => 1, p_valide_du => '2026-01-15', p_valide_au => null, p_motif => 'Essai de la matrice')$sql$), 'creer_tarif, depot of another depot: as one that does not exist');

-- clore_tarif
select is(pg_temp.qui($sql$select public.clore_tarif(p_id => tests.id('tarif'), p_au => 'today', p_motif => 'Essai de la matrice')$sql$), 'admin directeur', 'who gets something from clore_tarif');
select is(pg_temp.executent('clore_tarif'), 'authenticated', 'which roles of the API may execute clore_tarif');
select is(pg_temp.qui($sql$select public.clore_tarif(p_id => tests.id('tarif_ailleurs'), p_au => 'today', p_motif => 'Essai de la matrice')$sql$), 'admin directeur', 'who gets something from clore_tarif, elsewhere');
select is(pg_temp.reponses($sql$select public.clore_tarif(p_id => tests.id('tarif_ailleurs'), p_au => 'today', p_motif => 'Essai de la matrice')$sql$), pg_temp.reponses($sql$select public.clore_tarif(p_id => tests.id('inconnu'), p_au => 'today', p_motif => 'Essai de la matrice')$sql$), 'clore_tarif, tarif of another depot: as one that does not exist');

-- fixer_taux_change
select is(pg_temp.qui($sql$select public.fixer_taux_change(p_devise => 'USD', p_jour => 'today', p_taux_cdf => 2800, p_source => 'MANUEL')$sql$), 'admin directeur', 'who gets something from fixer_taux_change');
select is(pg_temp.executent('fixer_taux_change'), 'authenticated', 'which roles of the API may execute fixer_taux_change');

-- fixer_taux_tva
select is(pg_temp.qui($sql$select public.fixer_taux_tva(p_groupe => 'B', p_valide_du => '2060-01-01', p_taux => 16, p_libelle => 'Essai')$sql$), 'admin', 'who gets something from fixer_taux_tva');
select is(pg_temp.executent('fixer_taux_tva'), 'authenticated', 'which roles of the API may execute fixer_taux_tva');

-- fixer_conditions_client
select is(pg_temp.qui($sql$select public.fixer_conditions_client(p_client_id => tests.id('client'), p_conditions => jsonb_build_object('delai_jours', 30))$sql$), 'admin directeur', 'who gets something from fixer_conditions_client');
select is(pg_temp.executent('fixer_conditions_client'), 'authenticated', 'which roles of the API may execute fixer_conditions_client');

-- deroger_credit
select is(pg_temp.qui($sql$select public.deroger_credit(p_client_id => tests.id('client'), p_montant_max => 1, p_expire_le => 'tomorrow', p_motif => 'Essai de la matrice')$sql$), 'admin directeur', 'who gets something from deroger_credit');
select is(pg_temp.executent('deroger_credit'), 'authenticated', 'which roles of the API may execute deroger_credit');

-- passer_commande
select is(pg_temp.qui($sql$select public.passer_commande(p_commande => jsonb_build_object('depot_id', tests.id('depot'), 'client_id', tests.id('client'), 'produit_id', tests.id('produit'), 'quantite', 10))$sql$), 'admin directeur gerant', 'who gets something from passer_commande');
select is(pg_temp.executent('passer_commande'), 'authenticated', 'which roles of the API may execute passer_commande');
select is(pg_temp.qui($sql$select public.passer_commande(p_commande => jsonb_build_object('depot_id', tests.id('depot_ailleurs'), 'client_id', tests.id('client'), 'produit_id', tests.id('produit'), 'quantite', 10))$sql$), 'admin directeur', 'who gets something from passer_commande, elsewhere');
select is(pg_temp.reponses($sql$select public.passer_commande(p_commande => jsonb_build_object('depot_id', tests.id('depot_ailleurs'), 'client_id', tests.id('client'), 'produit_id', tests.id('produit'), 'quantite', 10))$sql$), pg_temp.reponses($sql$select public.passer_commande(p_commande => jsonb_build_object('depot_id', tests.id('inconnu'), 'client_id', tests.id('client'), 'produit_id', tests.id('produit'), 'quantite', 10))$sql$), 'passer_commande, depot of another depot: as one that does not exist');

-- confirmer_commande
select is(pg_temp.qui($sql$select public.confirmer_commande(p_id => tests.id('commande_brouillon'))$sql$), 'admin directeur gerant', 'who gets something from confirmer_commande');
select is(pg_temp.executent('confirmer_commande'), 'authenticated', 'which roles of the API may execute confirmer_commande');
select is(pg_temp.qui($sql$select public.confirmer_commande(p_id => tests.id('commande_brouillon_ailleurs'))$sql$), 'admin directeur', 'who gets something from confirmer_commande, elsewhere');
select is(pg_temp.reponses($sql$select public.confirmer_commande(p_id => tests.id('commande_brouillon_ailleurs'))$sql$), pg_temp.reponses($sql$select public.confirmer_commande(p_id => tests.id('inconnu'))$sql$), 'confirmer_commande, commande_brouillon of another depot: as one that does not exist');

-- supprimer_commande
select is(pg_temp.qui($sql$select public.supprimer_commande(p_id => tests.id('commande_brouillon'))$sql$), 'admin directeur gerant', 'who gets something from supprimer_commande');
select is(pg_temp.executent('supprimer_commande'), 'authenticated', 'which roles of the API may execute supprimer_commande');
select is(pg_temp.qui($sql$select public.supprimer_commande(p_id => tests.id('commande_brouillon_ailleurs'))$sql$), 'admin directeur', 'who gets something from supprimer_commande, elsewhere');
select is(pg_temp.reponses($sql$select public.supprimer_commande(p_id => tests.id('commande_brouillon_ailleurs'))$sql$), pg_temp.reponses($sql$select public.supprimer_commande(p_id => tests.id('inconnu'))$sql$), 'supprimer_commande, commande_brouillon of another depot: as one that does not exist');

-- rattacher_sortie
select is(pg_temp.qui($sql$select public.rattacher_sortie(p_commande_id => tests.id('commande_livree'), p_sortie_id => tests.id('sortie_a_livrer'))$sql$), 'admin directeur gerant', 'who gets something from rattacher_sortie');
select is(pg_temp.executent('rattacher_sortie'), 'authenticated', 'which roles of the API may execute rattacher_sortie');
select is(pg_temp.qui($sql$select public.rattacher_sortie(p_commande_id => tests.id('commande_livree_ailleurs'), p_sortie_id => tests.id('sortie_a_livrer_ailleurs'))$sql$), 'admin directeur', 'who gets something from rattacher_sortie, elsewhere');
select is(pg_temp.reponses($sql$select public.rattacher_sortie(p_commande_id => tests.id('commande_livree_ailleurs'), p_sortie_id => tests.id('sortie_a_livrer'))$sql$), pg_temp.reponses($sql$select public.rattacher_sortie(p_commande_id => tests.id('inconnu'), p_sortie_id => tests.id('sortie_a_livrer'))$sql$), 'rattacher_sortie, commande_livree of another depot: as one that does not exist');
select is(pg_temp.reponses($sql$select public.rattacher_sortie(p_commande_id => tests.id('commande_livree'), p_sortie_id => tests.id('sortie_a_livrer_ailleurs'))$sql$), pg_temp.reponses($sql$select public.rattacher_sortie(p_commande_id => tests.id('commande_livree'), p_sortie_id => tests.id('inconnu'))$sql$), 'rattacher_sortie, sortie_a_livrer of another depot: as one that does not exist');

-- detacher_sortie
select is(pg_temp.qui($sql$select public.detacher_sortie(p_commande_id => tests.id('commande_livree'), p_sortie_id => tests.id('sortie_commandee'), p_motif => 'Essai de la matrice')$sql$), 'admin directeur gerant', 'who gets something from detacher_sortie');
select is(pg_temp.executent('detacher_sortie'), 'authenticated', 'which roles of the API may execute detacher_sortie');
select is(pg_temp.qui($sql$select public.detacher_sortie(p_commande_id => tests.id('commande_livree_ailleurs'), p_sortie_id => tests.id('sortie_commandee_ailleurs'), p_motif => 'Essai de la matrice')$sql$), 'admin directeur', 'who gets something from detacher_sortie, elsewhere');
select is(pg_temp.reponses($sql$select public.detacher_sortie(p_commande_id => tests.id('commande_livree_ailleurs'), p_sortie_id => tests.id('sortie_commandee'), p_motif => 'Essai de la matrice')$sql$), pg_temp.reponses($sql$select public.detacher_sortie(p_commande_id => tests.id('inconnu'), p_sortie_id => tests.id('sortie_commandee'), p_motif => 'Essai de la matrice')$sql$), 'detacher_sortie, commande_livree of another depot: as one that does not exist');
select is(pg_temp.reponses($sql$select public.detacher_sortie(p_commande_id => tests.id('commande_livree'), p_sortie_id => tests.id('sortie_commandee_ailleurs'), p_motif => 'Essai de la matrice')$sql$), pg_temp.reponses($sql$select public.detacher_sortie(p_commande_id => tests.id('commande_livree'), p_sortie_id => tests.id('inconnu'), p_motif => 'Essai de la matrice')$sql$), 'detacher_sortie, sortie_commandee of another depot: as one that does not exist');

-- solder_commande
select is(pg_temp.qui($sql$select public.solder_commande(p_id => tests.id('commande'), p_motif => 'Essai de la matrice')$sql$), 'admin directeur gerant', 'who gets something from solder_commande');
select is(pg_temp.executent('solder_commande'), 'authenticated', 'which roles of the API may execute solder_commande');
select is(pg_temp.qui($sql$select public.solder_commande(p_id => tests.id('commande_ailleurs'), p_motif => 'Essai de la matrice')$sql$), 'admin directeur', 'who gets something from solder_commande, elsewhere');
select is(pg_temp.reponses($sql$select public.solder_commande(p_id => tests.id('commande_ailleurs'), p_motif => 'Essai de la matrice')$sql$), pg_temp.reponses($sql$select public.solder_commande(p_id => tests.id('inconnu'), p_motif => 'Essai de la matrice')$sql$), 'solder_commande, commande of another depot: as one that does not exist');

-- annuler_commande
select is(pg_temp.qui($sql$select public.annuler_commande(p_id => tests.id('commande'), p_motif => 'Essai de la matrice')$sql$), 'admin directeur gerant', 'who gets something from annuler_commande');
select is(pg_temp.executent('annuler_commande'), 'authenticated', 'which roles of the API may execute annuler_commande');
select is(pg_temp.qui($sql$select public.annuler_commande(p_id => tests.id('commande_ailleurs'), p_motif => 'Essai de la matrice')$sql$), 'admin directeur', 'who gets something from annuler_commande, elsewhere');
select is(pg_temp.reponses($sql$select public.annuler_commande(p_id => tests.id('commande_ailleurs'), p_motif => 'Essai de la matrice')$sql$), pg_temp.reponses($sql$select public.annuler_commande(p_id => tests.id('inconnu'), p_motif => 'Essai de la matrice')$sql$), 'annuler_commande, commande of another depot: as one that does not exist');

-- etablir_bl
select is(pg_temp.qui($sql$select public.etablir_bl(p_sortie_id => tests.id('sortie_a_livrer'))$sql$), 'admin directeur gerant operateur', 'who gets something from etablir_bl');
select is(pg_temp.executent('etablir_bl'), 'authenticated', 'which roles of the API may execute etablir_bl');
select is(pg_temp.qui($sql$select public.etablir_bl(p_sortie_id => tests.id('sortie_a_livrer_ailleurs'))$sql$), 'admin directeur', 'who gets something from etablir_bl, elsewhere');
select is(pg_temp.reponses($sql$select public.etablir_bl(p_sortie_id => tests.id('sortie_a_livrer_ailleurs'))$sql$), pg_temp.reponses($sql$select public.etablir_bl(p_sortie_id => tests.id('inconnu'))$sql$), 'etablir_bl, sortie_a_livrer of another depot: as one that does not exist');

-- confirmer_bl
select is(pg_temp.qui($sql$select public.confirmer_bl(p_id => tests.id('bon_brouillon'))$sql$), 'admin directeur gerant operateur', 'who gets something from confirmer_bl');
select is(pg_temp.executent('confirmer_bl'), 'authenticated', 'which roles of the API may execute confirmer_bl');
select is(pg_temp.qui($sql$select public.confirmer_bl(p_id => tests.id('bon_brouillon_ailleurs'))$sql$), 'admin directeur', 'who gets something from confirmer_bl, elsewhere');
select is(pg_temp.reponses($sql$select public.confirmer_bl(p_id => tests.id('bon_brouillon_ailleurs'))$sql$), pg_temp.reponses($sql$select public.confirmer_bl(p_id => tests.id('inconnu'))$sql$), 'confirmer_bl, bon_brouillon of another depot: as one that does not exist');

-- annuler_bl
select is(pg_temp.qui($sql$select public.annuler_bl(p_id => tests.id('bon'), p_motif => 'Essai de la matrice')$sql$), 'admin directeur', 'who gets something from annuler_bl');
select is(pg_temp.executent('annuler_bl'), 'authenticated', 'which roles of the API may execute annuler_bl');
select is(pg_temp.qui($sql$select public.annuler_bl(p_id => tests.id('bon_ailleurs'), p_motif => 'Essai de la matrice')$sql$), 'admin directeur', 'who gets something from annuler_bl, elsewhere');
select is(pg_temp.reponses($sql$select public.annuler_bl(p_id => tests.id('bon_ailleurs'), p_motif => 'Essai de la matrice')$sql$), pg_temp.reponses($sql$select public.annuler_bl(p_id => tests.id('inconnu'), p_motif => 'Essai de la matrice')$sql$), 'annuler_bl, bon of another depot: as one that does not exist');

-- preparer_facture
select is(pg_temp.qui($sql$select public.preparer_facture(p_client_id => tests.id('client'), p_depot_id => tests.id('depot'), p_services => jsonb_build_array(jsonb_build_object('designation', 'Stockage', 'quantite', 1, 'prix_ht', 10)))$sql$), 'admin directeur gerant', 'who gets something from preparer_facture');
select is(pg_temp.executent('preparer_facture'), 'authenticated', 'which roles of the API may execute preparer_facture');
select is(pg_temp.qui($sql$select public.preparer_facture(p_client_id => tests.id('client'), p_depot_id => tests.id('depot_ailleurs'), p_services => jsonb_build_array(jsonb_build_object('designation', 'Stockage', 'quantite', 1, 'prix_ht', 10)))$sql$), 'admin directeur', 'who gets something from preparer_facture, elsewhere');
select is(pg_temp.reponses($sql$select public.preparer_facture(p_client_id => tests.id('client'), p_depot_id => tests.id('depot_ailleurs'), p_services => jsonb_build_array(jsonb_build_object('designation', 'Stockage', 'quantite', 1, 'prix_ht', 10)))$sql$), pg_temp.reponses($sql$select public.preparer_facture(p_client_id => tests.id('client'), p_depot_id => tests.id('inconnu'), p_services => jsonb_build_array(jsonb_build_object('designation', 'Stockage', 'quantite', 1, 'prix_ht', 10)))$sql$), 'preparer_facture, depot of another depot: as one that does not exist');

-- supprimer_facture
select is(pg_temp.qui($sql$select public.supprimer_facture(p_id => tests.id('facture_client_brouillon'))$sql$), 'admin directeur gerant', 'who gets something from supprimer_facture');
select is(pg_temp.executent('supprimer_facture'), 'authenticated', 'which roles of the API may execute supprimer_facture');
select is(pg_temp.qui($sql$select public.supprimer_facture(p_id => tests.id('facture_client_brouillon_ailleurs'))$sql$), 'admin directeur', 'who gets something from supprimer_facture, elsewhere');
select is(pg_temp.reponses($sql$select public.supprimer_facture(p_id => tests.id('facture_client_brouillon_ailleurs'))$sql$), pg_temp.reponses($sql$select public.supprimer_facture(p_id => tests.id('inconnu'))$sql$), 'supprimer_facture, facture_client_brouillon of another depot: as one that does not exist');

-- emettre_facture
select is(pg_temp.qui($sql$select public.emettre_facture(p_id => tests.id('facture_client_brouillon'))$sql$), 'admin directeur gerant', 'who gets something from emettre_facture');
select is(pg_temp.executent('emettre_facture'), 'authenticated', 'which roles of the API may execute emettre_facture');
select is(pg_temp.qui($sql$select public.emettre_facture(p_id => tests.id('facture_client_brouillon_ailleurs'))$sql$), 'admin directeur', 'who gets something from emettre_facture, elsewhere');
select is(pg_temp.reponses($sql$select public.emettre_facture(p_id => tests.id('facture_client_brouillon_ailleurs'))$sql$), pg_temp.reponses($sql$select public.emettre_facture(p_id => tests.id('inconnu'))$sql$), 'emettre_facture, facture_client_brouillon of another depot: as one that does not exist');

-- facturer_lot
select is(pg_temp.qui($sql$select public.facturer_lot(p_depot_id => tests.id('depot'))$sql$), 'admin directeur gerant', 'who gets something from facturer_lot');
select is(pg_temp.executent('facturer_lot'), 'authenticated', 'which roles of the API may execute facturer_lot');
select is(pg_temp.qui($sql$select public.facturer_lot(p_depot_id => tests.id('depot_ailleurs'))$sql$), 'admin directeur', 'who gets something from facturer_lot, elsewhere');
select is(pg_temp.reponses($sql$select public.facturer_lot(p_depot_id => tests.id('depot_ailleurs'))$sql$), pg_temp.reponses($sql$select public.facturer_lot(p_depot_id => tests.id('inconnu'))$sql$), 'facturer_lot, depot of another depot: as one that does not exist');

-- emettre_avoir
select is(pg_temp.qui($sql$select public.emettre_avoir(p_facture_id => tests.id('facture_client'), p_nature => 'RRR', p_lignes => jsonb_build_array(jsonb_build_object('rang', 1, 'montant_ht', 0.01)), p_motif => 'Essai de la matrice')$sql$), 'admin directeur gerant', 'who gets something from emettre_avoir');
select is(pg_temp.executent('emettre_avoir'), 'authenticated', 'which roles of the API may execute emettre_avoir');
select is(pg_temp.qui($sql$select public.emettre_avoir(p_facture_id => tests.id('facture_client_ailleurs'), p_nature => 'RRR', p_lignes => jsonb_build_array(jsonb_build_object('rang', 1, 'montant_ht', 0.01)), p_motif => 'Essai de la matrice')$sql$), 'admin directeur', 'who gets something from emettre_avoir, elsewhere');
select is(pg_temp.reponses($sql$select public.emettre_avoir(p_facture_id => tests.id('facture_client_ailleurs'), p_nature => 'RRR', p_lignes => jsonb_build_array(jsonb_build_object('rang', 1, 'montant_ht', 0.01)), p_motif => 'Essai de la matrice')$sql$), pg_temp.reponses($sql$select public.emettre_avoir(p_facture_id => tests.id('inconnu'), p_nature => 'RRR', p_lignes => jsonb_build_array(jsonb_build_object('rang', 1, 'montant_ht', 0.01)), p_motif => 'Essai de la matrice')$sql$), 'emettre_avoir, facture_client of another depot: as one that does not exist');

-- encaisser
select is(pg_temp.qui($sql$select public.encaisser(p_encaissement => jsonb_build_object('depot_id', tests.id('depot'), 'client_id', tests.id('client'), 'mode', 'CASH', 'montant', 1))$sql$), 'admin directeur gerant', 'who gets something from encaisser');
select is(pg_temp.executent('encaisser'), 'authenticated', 'which roles of the API may execute encaisser');
select is(pg_temp.qui($sql$select public.encaisser(p_encaissement => jsonb_build_object('depot_id', tests.id('depot_ailleurs'), 'client_id', tests.id('client'), 'mode', 'CASH', 'montant', 1))$sql$), 'admin directeur', 'who gets something from encaisser, elsewhere');
select is(pg_temp.reponses($sql$select public.encaisser(p_encaissement => jsonb_build_object('depot_id', tests.id('depot_ailleurs'), 'client_id', tests.id('client'), 'mode', 'CASH', 'montant', 1))$sql$), pg_temp.reponses($sql$select public.encaisser(p_encaissement => jsonb_build_object('depot_id', tests.id('inconnu'), 'client_id', tests.id('client'), 'mode', 'CASH', 'montant', 1))$sql$), 'encaisser, depot of another depot: as one that does not exist');

-- confirmer_encaissement
select is(pg_temp.qui($sql$select public.confirmer_encaissement(p_id => tests.id('encaissement_attente'))$sql$), 'admin directeur gerant', 'who gets something from confirmer_encaissement');
select is(pg_temp.executent('confirmer_encaissement'), 'authenticated', 'which roles of the API may execute confirmer_encaissement');
select is(pg_temp.qui($sql$select public.confirmer_encaissement(p_id => tests.id('encaissement_attente_ailleurs'))$sql$), 'admin directeur', 'who gets something from confirmer_encaissement, elsewhere');
select is(pg_temp.reponses($sql$select public.confirmer_encaissement(p_id => tests.id('encaissement_attente_ailleurs'))$sql$), pg_temp.reponses($sql$select public.confirmer_encaissement(p_id => tests.id('inconnu'))$sql$), 'confirmer_encaissement, encaissement_attente of another depot: as one that does not exist');

-- annuler_encaissement
select is(pg_temp.qui($sql$select public.annuler_encaissement(p_id => tests.id('encaissement'), p_motif => 'Essai de la matrice')$sql$), 'admin directeur', 'who gets something from annuler_encaissement');
select is(pg_temp.executent('annuler_encaissement'), 'authenticated', 'which roles of the API may execute annuler_encaissement');
select is(pg_temp.qui($sql$select public.annuler_encaissement(p_id => tests.id('encaissement_ailleurs'), p_motif => 'Essai de la matrice')$sql$), 'admin directeur', 'who gets something from annuler_encaissement, elsewhere');
select is(pg_temp.reponses($sql$select public.annuler_encaissement(p_id => tests.id('encaissement_ailleurs'), p_motif => 'Essai de la matrice')$sql$), pg_temp.reponses($sql$select public.annuler_encaissement(p_id => tests.id('inconnu'), p_motif => 'Essai de la matrice')$sql$), 'annuler_encaissement, encaissement of another depot: as one that does not exist');

-- rembourser
select is(pg_temp.qui($sql$select public.rembourser(p_encaissement_id => tests.id('encaissement'), p_montant => 0.01, p_mode => 'CASH', p_reference => left(md5(random()::text), 20), p_motif => 'Essai de la matrice')$sql$), 'admin directeur', 'who gets something from rembourser');
select is(pg_temp.executent('rembourser'), 'authenticated', 'which roles of the API may execute rembourser');
select is(pg_temp.qui($sql$select public.rembourser(p_encaissement_id => tests.id('encaissement_ailleurs'), p_montant => 0.01, p_mode => 'CASH', p_reference => left(md5(random()::text), 20), p_motif => 'Essai de la matrice')$sql$), 'admin directeur', 'who gets something from rembourser, elsewhere');
select is(pg_temp.reponses($sql$select public.rembourser(p_encaissement_id => tests.id('encaissement_ailleurs'), p_montant => 0.01, p_mode => 'CASH', p_reference => left(md5(random()::text), 20), p_motif => 'Essai de la matrice')$sql$), pg_temp.reponses($sql$select public.rembourser(p_encaissement_id => tests.id('inconnu'), p_montant => 0.01, p_mode => 'CASH', p_reference => left(md5(random()::text), 20), p_motif => 'Essai de la matrice')$sql$), 'rembourser, encaissement of another depot: as one that does not exist');

-- cloturer_caisse
select is(pg_temp.qui($sql$select public.cloturer_caisse(p_depot_id => tests.id('depot'), p_devise => 'USD', p_jour => '2026-01-15', p_compte => 0)$sql$), 'admin directeur gerant', 'who gets something from cloturer_caisse');
select is(pg_temp.executent('cloturer_caisse'), 'authenticated', 'which roles of the API may execute cloturer_caisse');
select is(pg_temp.qui($sql$select public.cloturer_caisse(p_depot_id => tests.id('depot_ailleurs'), p_devise => 'USD', p_jour => '2026-01-15', p_compte => 0)$sql$), 'admin directeur', 'who gets something from cloturer_caisse, elsewhere');
select is(pg_temp.reponses($sql$select public.cloturer_caisse(p_depot_id => tests.id('depot_ailleurs'), p_devise => 'USD', p_jour => '2026-01-15', p_compte => 0)$sql$), pg_temp.reponses($sql$select public.cloturer_caisse(p_depot_id => tests.id('inconnu'), p_devise => 'USD', p_jour => '2026-01-15', p_compte => 0)$sql$), 'cloturer_caisse, depot of another depot: as one that does not exist');

-- vendre_comptant
select is(pg_temp.qui($sql$select public.vendre_comptant(p_vente => jsonb_build_object('sortie', jsonb_build_object('citerne_id', tests.id('citerne'), 'client_id', tests.id('client'), 'volume_ambiant', 1, 'temperature_ambiante_c', 15)))$sql$), 'admin directeur gerant', 'who gets something from vendre_comptant');
select is(pg_temp.executent('vendre_comptant'), 'authenticated', 'which roles of the API may execute vendre_comptant');
select is(pg_temp.qui($sql$select public.vendre_comptant(p_vente => jsonb_build_object('sortie', jsonb_build_object('citerne_id', tests.id('citerne_ailleurs'), 'client_id', tests.id('client'), 'volume_ambiant', 1, 'temperature_ambiante_c', 15)))$sql$), 'admin directeur', 'who gets something from vendre_comptant, elsewhere');
select is(pg_temp.reponses($sql$select public.vendre_comptant(p_vente => jsonb_build_object('sortie', jsonb_build_object('citerne_id', tests.id('citerne_ailleurs'), 'client_id', tests.id('client'), 'volume_ambiant', 1, 'temperature_ambiante_c', 15)))$sql$), pg_temp.reponses($sql$select public.vendre_comptant(p_vente => jsonb_build_object('sortie', jsonb_build_object('citerne_id', tests.id('inconnu'), 'client_id', tests.id('client'), 'volume_ambiant', 1, 'temperature_ambiante_c', 15)))$sql$), 'vendre_comptant, citerne of another depot: as one that does not exist');

-- envoyer_facture
select is(pg_temp.qui($sql$select public.envoyer_facture(p_id => tests.id('facture_client'))$sql$), 'admin directeur gerant', 'who gets something from envoyer_facture');
select is(pg_temp.executent('envoyer_facture'), 'authenticated', 'which roles of the API may execute envoyer_facture');
select is(pg_temp.qui($sql$select public.envoyer_facture(p_id => tests.id('facture_client_ailleurs'))$sql$), 'admin directeur', 'who gets something from envoyer_facture, elsewhere');
select is(pg_temp.reponses($sql$select public.envoyer_facture(p_id => tests.id('facture_client_ailleurs'))$sql$), pg_temp.reponses($sql$select public.envoyer_facture(p_id => tests.id('inconnu'))$sql$), 'envoyer_facture, facture_client of another depot: as one that does not exist');

-- envoyer_recu
select is(pg_temp.qui($sql$select public.envoyer_recu(p_id => tests.id('encaissement'))$sql$), 'admin directeur gerant', 'who gets something from envoyer_recu');
select is(pg_temp.executent('envoyer_recu'), 'authenticated', 'which roles of the API may execute envoyer_recu');
select is(pg_temp.qui($sql$select public.envoyer_recu(p_id => tests.id('encaissement_ailleurs'))$sql$), 'admin directeur', 'who gets something from envoyer_recu, elsewhere');
select is(pg_temp.reponses($sql$select public.envoyer_recu(p_id => tests.id('encaissement_ailleurs'))$sql$), pg_temp.reponses($sql$select public.envoyer_recu(p_id => tests.id('inconnu'))$sql$), 'envoyer_recu, encaissement of another depot: as one that does not exist');

-- envoyer_releve
select is(pg_temp.qui($sql$select public.envoyer_releve(p_id => tests.id('releve'))$sql$), 'admin directeur gerant', 'who gets something from envoyer_releve');
select is(pg_temp.executent('envoyer_releve'), 'authenticated', 'which roles of the API may execute envoyer_releve');
select is(pg_temp.qui($sql$select public.envoyer_releve(p_id => tests.id('releve_ailleurs'))$sql$), 'admin directeur', 'who gets something from envoyer_releve, elsewhere');
select is(pg_temp.reponses($sql$select public.envoyer_releve(p_id => tests.id('releve_ailleurs'))$sql$), pg_temp.reponses($sql$select public.envoyer_releve(p_id => tests.id('inconnu'))$sql$), 'envoyer_releve, releve of another depot: as one that does not exist');

-- imprimer_facture
select is(pg_temp.qui($sql$select public.imprimer_facture(p_id => tests.id('facture_client'))$sql$), 'admin directeur gerant pca', 'who gets something from imprimer_facture');
select is(pg_temp.executent('imprimer_facture'), 'authenticated', 'which roles of the API may execute imprimer_facture');
select is(pg_temp.qui($sql$select public.imprimer_facture(p_id => tests.id('facture_client_ailleurs'))$sql$), 'admin directeur pca', 'who gets something from imprimer_facture, elsewhere');
select is(pg_temp.reponses($sql$select public.imprimer_facture(p_id => tests.id('facture_client_ailleurs'))$sql$), pg_temp.reponses($sql$select public.imprimer_facture(p_id => tests.id('inconnu'))$sql$), 'imprimer_facture, facture_client of another depot: as one that does not exist');

-- imprimer_recu
select is(pg_temp.qui($sql$select public.imprimer_recu(p_id => tests.id('encaissement'))$sql$), 'admin directeur gerant pca', 'who gets something from imprimer_recu');
select is(pg_temp.executent('imprimer_recu'), 'authenticated', 'which roles of the API may execute imprimer_recu');
select is(pg_temp.qui($sql$select public.imprimer_recu(p_id => tests.id('encaissement_ailleurs'))$sql$), 'admin directeur pca', 'who gets something from imprimer_recu, elsewhere');
select is(pg_temp.reponses($sql$select public.imprimer_recu(p_id => tests.id('encaissement_ailleurs'))$sql$), pg_temp.reponses($sql$select public.imprimer_recu(p_id => tests.id('inconnu'))$sql$), 'imprimer_recu, encaissement of another depot: as one that does not exist');

-- imprimer_commande
select is(pg_temp.qui($sql$select public.imprimer_commande(p_id => tests.id('commande_livree'))$sql$), 'admin directeur gerant pca', 'who gets something from imprimer_commande');
select is(pg_temp.executent('imprimer_commande'), 'authenticated', 'which roles of the API may execute imprimer_commande');
select is(pg_temp.qui($sql$select public.imprimer_commande(p_id => tests.id('commande_livree_ailleurs'))$sql$), 'admin directeur pca', 'who gets something from imprimer_commande, elsewhere');
select is(pg_temp.reponses($sql$select public.imprimer_commande(p_id => tests.id('commande_livree_ailleurs'))$sql$), pg_temp.reponses($sql$select public.imprimer_commande(p_id => tests.id('inconnu'))$sql$), 'imprimer_commande, commande_livree of another depot: as one that does not exist');

-- imprimer_bl
select is(pg_temp.qui($sql$select public.imprimer_bl(p_id => tests.id('bon_confirme'))$sql$), 'admin directeur gerant operateur', 'who gets something from imprimer_bl');
select is(pg_temp.executent('imprimer_bl'), 'authenticated', 'which roles of the API may execute imprimer_bl');
select is(pg_temp.qui($sql$select public.imprimer_bl(p_id => tests.id('bon_confirme_ailleurs'))$sql$), 'admin directeur', 'who gets something from imprimer_bl, elsewhere');
select is(pg_temp.reponses($sql$select public.imprimer_bl(p_id => tests.id('bon_confirme_ailleurs'))$sql$), pg_temp.reponses($sql$select public.imprimer_bl(p_id => tests.id('inconnu'))$sql$), 'imprimer_bl, bon_confirme of another depot: as one that does not exist');

-- imprimer_releve
select is(pg_temp.qui($sql$select public.imprimer_releve(p_id => tests.id('releve'))$sql$), 'admin directeur gerant pca', 'who gets something from imprimer_releve');
select is(pg_temp.executent('imprimer_releve'), 'authenticated', 'which roles of the API may execute imprimer_releve');
select is(pg_temp.qui($sql$select public.imprimer_releve(p_id => tests.id('releve_ailleurs'))$sql$), 'admin directeur pca', 'who gets something from imprimer_releve, elsewhere');
select is(pg_temp.reponses($sql$select public.imprimer_releve(p_id => tests.id('releve_ailleurs'))$sql$), pg_temp.reponses($sql$select public.imprimer_releve(p_id => tests.id('inconnu'))$sql$), 'imprimer_releve, releve of another depot: as one that does not exist');

-- releve_a_imprimer
select is(pg_temp.qui($sql$select public.releve_a_imprimer(p_client_id => tests.id('client'), p_devise => 'USD', p_du => null, p_au => null)$sql$), 'admin directeur gerant pca', 'who gets something from releve_a_imprimer');
select is(pg_temp.executent('releve_a_imprimer'), 'authenticated', 'which roles of the API may execute releve_a_imprimer');

-- transmettre_fiscal
select is(pg_temp.qui($sql$select public.transmettre_fiscal()$sql$), 'admin directeur gerant service_role', 'who gets something from transmettre_fiscal');
select is(pg_temp.executent('transmettre_fiscal'), 'authenticated service_role', 'which roles of the API may execute transmettre_fiscal');

-- acquitter_alerte
select is(pg_temp.qui($sql$select public.acquitter_alerte(p_id => tests.id('alerte'))$sql$), 'admin directeur', 'who gets something from acquitter_alerte');
select is(pg_temp.executent('acquitter_alerte'), 'authenticated', 'which roles of the API may execute acquitter_alerte');
select is(pg_temp.qui($sql$select public.acquitter_alerte(p_id => tests.id('alerte_ailleurs'))$sql$), 'admin directeur', 'who gets something from acquitter_alerte, elsewhere');
select is(pg_temp.reponses($sql$select public.acquitter_alerte(p_id => tests.id('alerte_ailleurs'))$sql$), pg_temp.reponses($sql$select public.acquitter_alerte(p_id => tests.id('inconnu'))$sql$), 'acquitter_alerte, alerte of another depot: as one that does not exist');

-- resoudre_alerte
select is(pg_temp.qui($sql$select public.resoudre_alerte(p_id => tests.id('alerte'))$sql$), 'admin directeur', 'who gets something from resoudre_alerte');
select is(pg_temp.executent('resoudre_alerte'), 'authenticated', 'which roles of the API may execute resoudre_alerte');
select is(pg_temp.qui($sql$select public.resoudre_alerte(p_id => tests.id('alerte_ailleurs'))$sql$), 'admin directeur', 'who gets something from resoudre_alerte, elsewhere');
select is(pg_temp.reponses($sql$select public.resoudre_alerte(p_id => tests.id('alerte_ailleurs'))$sql$), pg_temp.reponses($sql$select public.resoudre_alerte(p_id => tests.id('inconnu'))$sql$), 'resoudre_alerte, alerte of another depot: as one that does not exist');

-- sync_system_alerts_from_integrity
select is(pg_temp.qui($sql$select public.sync_system_alerts_from_integrity()$sql$), 'admin directeur service_role', 'who gets something from sync_system_alerts_from_integrity');
select is(pg_temp.executent('sync_system_alerts_from_integrity'), 'authenticated service_role', 'which roles of the API may execute sync_system_alerts_from_integrity');

-- definir_regle_notification
select is(pg_temp.qui($sql$select public.definir_regle_notification(p_id => tests.id('regle'), p_canal => 'EMAIL', p_severity_min => 'WARN', p_codes => null, p_depots => null, p_evenements => '{OPEN}', p_destination => 'essai@exemple.cd', p_roles => null, p_secret_nom => null, p_actif => false)$sql$), 'admin', 'who gets something from definir_regle_notification');
select is(pg_temp.executent('definir_regle_notification'), 'authenticated', 'which roles of the API may execute definir_regle_notification');

-- regler_controle
select is(pg_temp.qui($sql$select public.regler_controle(p_code => 'ECART_ANCIEN', p_actif => true, p_seuil => 7)$sql$), 'admin', 'who gets something from regler_controle');
select is(pg_temp.executent('regler_controle'), 'authenticated', 'which roles of the API may execute regler_controle');

-- lier_document
select is(pg_temp.qui($sql$select public.lier_document(p_id => tests.id('document'), p_objet_type => 'RECEPTION', p_objet_id => tests.id('reception'))$sql$), 'admin directeur gerant operateur', 'who gets something from lier_document');
select is(pg_temp.executent('lier_document'), 'authenticated', 'which roles of the API may execute lier_document');
select is(pg_temp.qui($sql$select public.lier_document(p_id => tests.id('document_ailleurs'), p_objet_type => 'RECEPTION', p_objet_id => tests.id('reception_ailleurs'))$sql$), 'admin directeur', 'who gets something from lier_document, elsewhere');
select is(pg_temp.reponses($sql$select public.lier_document(p_id => tests.id('document_ailleurs'), p_objet_type => 'RECEPTION', p_objet_id => tests.id('reception'))$sql$), pg_temp.reponses($sql$select public.lier_document(p_id => tests.id('inconnu'), p_objet_type => 'RECEPTION', p_objet_id => tests.id('reception'))$sql$), 'lier_document, document of another depot: as one that does not exist');
select is(pg_temp.reponses($sql$select public.lier_document(p_id => tests.id('document'), p_objet_type => 'RECEPTION', p_objet_id => tests.id('reception_ailleurs'))$sql$), pg_temp.reponses($sql$select public.lier_document(p_id => tests.id('document'), p_objet_type => 'RECEPTION', p_objet_id => tests.id('inconnu'))$sql$), 'lier_document, reception of another depot: as one that does not exist');

-- geler_document
select is(pg_temp.qui($sql$select public.geler_document(p_id => tests.id('document'), p_gel => true, p_motif => 'Essai de la matrice')$sql$), 'admin directeur', 'who gets something from geler_document');
select is(pg_temp.executent('geler_document'), 'authenticated', 'which roles of the API may execute geler_document');
select is(pg_temp.qui($sql$select public.geler_document(p_id => tests.id('document_ailleurs'), p_gel => true, p_motif => 'Essai de la matrice')$sql$), 'admin directeur', 'who gets something from geler_document, elsewhere');
select is(pg_temp.reponses($sql$select public.geler_document(p_id => tests.id('document_ailleurs'), p_gel => true, p_motif => 'Essai de la matrice')$sql$), pg_temp.reponses($sql$select public.geler_document(p_id => tests.id('inconnu'), p_gel => true, p_motif => 'Essai de la matrice')$sql$), 'geler_document, document of another depot: as one that does not exist');

-- relancer_envoi
select is(pg_temp.qui($sql$select public.relancer_envoi(p_id => tests.id('envoi_mort'))$sql$), 'admin', 'who gets something from relancer_envoi');
select is(pg_temp.executent('relancer_envoi'), 'authenticated', 'which roles of the API may execute relancer_envoi');

-- abonner_rapport
select is(pg_temp.qui($sql$select public.abonner_rapport(p_nom => 'journalier', p_depot_id => tests.id('depot'), p_rythme => 'JOUR', p_parametres => '{}')$sql$), 'admin directeur gerant operateur pca lecture', 'who gets something from abonner_rapport');
select is(pg_temp.executent('abonner_rapport'), 'authenticated', 'which roles of the API may execute abonner_rapport');
select is(pg_temp.qui($sql$select public.abonner_rapport(p_nom => 'journalier', p_depot_id => tests.id('depot_ailleurs'), p_rythme => 'JOUR', p_parametres => '{}')$sql$), 'admin directeur pca', 'who gets something from abonner_rapport, elsewhere');
select is(pg_temp.reponses($sql$select public.abonner_rapport(p_nom => 'journalier', p_depot_id => tests.id('depot_ailleurs'), p_rythme => 'JOUR', p_parametres => '{}')$sql$), pg_temp.reponses($sql$select public.abonner_rapport(p_nom => 'journalier', p_depot_id => tests.id('inconnu'), p_rythme => 'JOUR', p_parametres => '{}')$sql$), 'abonner_rapport, depot of another depot: as one that does not exist');

-- arreter_abonnement
select is(pg_temp.qui($sql$select public.arreter_abonnement(p_id => tests.id('abonnement'))$sql$), '', 'who gets something from arreter_abonnement');
select is(pg_temp.executent('arreter_abonnement'), 'authenticated', 'which roles of the API may execute arreter_abonnement');

-- revoir_ecart
select is(pg_temp.qui($sql$select public.revoir_ecart(p_id => tests.id('ecart'))$sql$), 'admin directeur gerant operateur', 'who gets something from revoir_ecart');
select is(pg_temp.executent('revoir_ecart'), 'authenticated', 'which roles of the API may execute revoir_ecart');
select is(pg_temp.qui($sql$select public.revoir_ecart(p_id => tests.id('ecart_ailleurs'))$sql$), 'admin directeur', 'who gets something from revoir_ecart, elsewhere');
select is(pg_temp.reponses($sql$select public.revoir_ecart(p_id => tests.id('ecart_ailleurs'))$sql$), pg_temp.reponses($sql$select public.revoir_ecart(p_id => tests.id('inconnu'))$sql$), 'revoir_ecart, ecart of another depot: as one that does not exist');

-- traiter_ecart
select is(pg_temp.qui($sql$select public.traiter_ecart(p_id => tests.id('ecart'), p_cause => 'AUTRE', p_decision => 'ACCEPTE_AVEC_NOTE', p_justification => 'Essai de la matrice')$sql$), 'admin directeur gerant', 'who gets something from traiter_ecart');
select is(pg_temp.executent('traiter_ecart'), 'authenticated', 'which roles of the API may execute traiter_ecart');
select is(pg_temp.qui($sql$select public.traiter_ecart(p_id => tests.id('ecart_ailleurs'), p_cause => 'AUTRE', p_decision => 'ACCEPTE_AVEC_NOTE', p_justification => 'Essai de la matrice')$sql$), 'admin directeur', 'who gets something from traiter_ecart, elsewhere');
select is(pg_temp.reponses($sql$select public.traiter_ecart(p_id => tests.id('ecart_ailleurs'), p_cause => 'AUTRE', p_decision => 'ACCEPTE_AVEC_NOTE', p_justification => 'Essai de la matrice')$sql$), pg_temp.reponses($sql$select public.traiter_ecart(p_id => tests.id('inconnu'), p_cause => 'AUTRE', p_decision => 'ACCEPTE_AVEC_NOTE', p_justification => 'Essai de la matrice')$sql$), 'traiter_ecart, ecart of another depot: as one that does not exist');

-- avancer_serie
select is(pg_temp.qui($sql$select public.avancer_serie(p_depot_id => null, p_serie => 'ZZZ', p_exercice => 2026, p_dernier_connu => 900000, p_motif => 'Essai de la matrice d''accès')$sql$), 'admin', 'who gets something from avancer_serie');
select is(pg_temp.executent('avancer_serie'), 'authenticated', 'which roles of the API may execute avancer_serie');

-- dire_date_fausse
select is(pg_temp.qui($sql$select public.dire_date_fausse(p_facture_id => tests.id('facture_client'), p_motif => 'Essai de la matrice d''accès')$sql$), 'admin', 'who gets something from dire_date_fausse');
select is(pg_temp.executent('dire_date_fausse'), 'authenticated', 'which roles of the API may execute dire_date_fausse');

-- definir_flag
select is(pg_temp.qui($sql$select public.definir_flag(p_key => 'essai_matrice', p_enabled => false)$sql$), 'admin', 'who gets something from definir_flag');
select is(pg_temp.executent('definir_flag'), 'authenticated', 'which roles of the API may execute definir_flag');

-- get_last_stock_ambiant
select is(pg_temp.qui($sql$select from public.get_last_stock_ambiant(p_citerne => tests.id('citerne'), p_produit => tests.id('produit')) r where r > 0$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who gets something from get_last_stock_ambiant');
select is(pg_temp.executent('get_last_stock_ambiant'), 'authenticated service_role', 'which roles of the API may execute get_last_stock_ambiant');
select is(pg_temp.qui($sql$select from public.get_last_stock_ambiant(p_citerne => tests.id('citerne_ailleurs'), p_produit => tests.id('produit')) r where r > 0$sql$), 'admin directeur pca service_role', 'who gets something from get_last_stock_ambiant, elsewhere');
select is(pg_temp.reponses($sql$select from public.get_last_stock_ambiant(p_citerne => tests.id('citerne_ailleurs'), p_produit => tests.id('produit')) r where r > 0$sql$), pg_temp.reponses($sql$select from public.get_last_stock_ambiant(p_citerne => tests.id('inconnu'), p_produit => tests.id('produit')) r where r > 0$sql$), 'get_last_stock_ambiant, citerne of another depot: as one that does not exist');

-- stock_a
select is(pg_temp.qui($sql$select from public.stock_a(p_date => 'tomorrow') r where citerne_id = tests.id('citerne')$sql$), 'admin directeur gerant operateur pca lecture service_role', 'who gets something from stock_a');
select is(pg_temp.executent('stock_a'), 'authenticated service_role', 'which roles of the API may execute stock_a');
select is(pg_temp.qui($sql$select from public.stock_a(p_date => 'tomorrow') r where citerne_id = tests.id('citerne_ailleurs')$sql$), 'admin directeur pca service_role', 'who gets something from stock_a, elsewhere');
select is(pg_temp.reponses($sql$select from public.stock_a(p_date => 'tomorrow') r where citerne_id = tests.id('citerne_ailleurs')$sql$), pg_temp.reponses($sql$select from public.stock_a(p_date => 'tomorrow') r where citerne_id = tests.id('inconnu')$sql$), 'stock_a, citerne of another depot: as one that does not exist');

-- stock_connu_a
select is(pg_temp.qui($sql$select from public.stock_connu_a(p_date => 'tomorrow', p_moment => 'infinity') r where citerne_id = tests.id('citerne')$sql$), 'admin directeur gerant pca service_role', 'who gets something from stock_connu_a');
select is(pg_temp.executent('stock_connu_a'), 'authenticated service_role', 'which roles of the API may execute stock_connu_a');
select is(pg_temp.qui($sql$select from public.stock_connu_a(p_date => 'tomorrow', p_moment => 'infinity') r where citerne_id = tests.id('citerne_ailleurs')$sql$), 'admin directeur pca service_role', 'who gets something from stock_connu_a, elsewhere');
select is(pg_temp.reponses($sql$select from public.stock_connu_a(p_date => 'tomorrow', p_moment => 'infinity') r where citerne_id = tests.id('citerne_ailleurs')$sql$), pg_temp.reponses($sql$select from public.stock_connu_a(p_date => 'tomorrow', p_moment => 'infinity') r where citerne_id = tests.id('inconnu')$sql$), 'stock_connu_a, citerne of another depot: as one that does not exist');

-- verifier_stocks
select is(pg_temp.qui($sql$select from public.verifier_stocks() r where citerne_id = tests.id('citerne')$sql$), '', 'who gets something from verifier_stocks');
select is(pg_temp.executent('verifier_stocks'), 'authenticated service_role', 'which roles of the API may execute verifier_stocks');

-- verifier_comptes_partenaires
select is(pg_temp.qui($sql$select from public.verifier_comptes_partenaires() r where depot_id = tests.id('depot')$sql$), '', 'who gets something from verifier_comptes_partenaires');
select is(pg_temp.executent('verifier_comptes_partenaires'), 'authenticated service_role', 'which roles of the API may execute verifier_comptes_partenaires');

-- verifier_mouvements
select is(pg_temp.qui($sql$select from public.verifier_mouvements() r where mouvement_id = tests.id('reception')$sql$), '', 'who gets something from verifier_mouvements');
select is(pg_temp.executent('verifier_mouvements'), 'authenticated service_role', 'which roles of the API may execute verifier_mouvements');

-- verifier_journal
select is(pg_temp.qui($sql$select public.verifier_journal(p_bloc => 999999999, p_empreinte => '00')$sql$), 'admin directeur', 'who gets something from verifier_journal');
select is(pg_temp.executent('verifier_journal'), 'authenticated', 'which roles of the API may execute verifier_journal');

-- tete_journal
select is(pg_temp.qui($sql$select public.tete_journal()$sql$), 'admin directeur', 'who gets something from tete_journal');
select is(pg_temp.executent('tete_journal'), 'authenticated', 'which roles of the API may execute tete_journal');

select * from finish();
rollback;
