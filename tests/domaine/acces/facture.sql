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
