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
