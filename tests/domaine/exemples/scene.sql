-- What the examples find when they begin: who is named in them, a second depot, and what no door makes by itself.
update private.limites set par_minute = 1000000000;
update public.feature_flags set enabled = true where key in ('astm_53b', 'paiement_en_ligne');
update public.depots set code = 'DPN' where id = '11111111-1111-1111-1111-111111111111';
insert into public.depots (id, nom, adresse)
values ('c5b1f0de-4f0c-4e0a-9a53-2f1d6a7b8c01', 'Dépôt de Kolwezi', 'Avenue des Usines, Kolwezi');
insert into public.citernes (id, depot_id, produit_id, nom, capacite_totale) values
  ('c5b1f0de-4f0c-4e0a-9a53-2f1d6a7b8c02', 'c5b1f0de-4f0c-4e0a-9a53-2f1d6a7b8c01',
   '22222222-2222-2222-2222-222222222222', 'K1', 200000);
insert into public.fournisseurs (id, nom, contact_personne, email, pays) values
  ('8d0a3c1e-52b7-4c55-9d2f-0c6b4f6e1a01', 'Lusaka Petroleum', 'Mme Banda', 'ventes@lusaka.test', 'Zambie');
insert into public.clients (id, nom, email, pays) values
  ('8d0a3c1e-52b7-4c55-9d2f-0c6b4f6e1a02', 'Mines du Lualaba', 'compta@lualaba.test', 'RDC');
insert into public.partenaires (id, nom) values
  ('8d0a3c1e-52b7-4c55-9d2f-0c6b4f6e1a03', 'Katanga Énergie'),
  ('8d0a3c1e-52b7-4c55-9d2f-0c6b4f6e1a04', 'Copperbelt Fuels');
insert into public.app_settings (key, value) values ('clients_prevenus', 'staging')
    on conflict (key) do update set value = excluded.value;
-- Long open, so that the alerts are of something that is so.
with e as (
  insert into public.ecarts (id, domaine, type, depot_id, reference_type, reference_id, attendu, constate, created_at)
  values ('8d0a3c1e-52b7-4c55-9d2f-0c6b4f6e1a05', 'DEPOT', 'AUTRE', '11111111-1111-1111-1111-111111111111', 'CDR',
          '8d0a3c1e-52b7-4c55-9d2f-0c6b4f6e1a09', 1, 2, now() - interval '30 days')
  returning id)
insert into public.system_alerts (id, check_code, severity, entity_type, entity_id, message, depot_id)
select '8d0a3c1e-52b7-4c55-9d2f-0c6b4f6e1a06'::uuid, 'ECART_ANCIEN', 'WARN', 'ECART', e.id, 'Écart ouvert depuis 30 jours',
       '11111111-1111-1111-1111-111111111111'::uuid from e
union all
select '8d0a3c1e-52b7-4c55-9d2f-0c6b4f6e1a07', 'CDR_ARRIVE_STALE', 'WARN', 'CDR', '8d0a3c1e-52b7-4c55-9d2f-0c6b4f6e1a09',
       'Camion attendu depuis 9 jours', '11111111-1111-1111-1111-111111111111';
insert into public.envois (id, canal, objet_type, cle, destination, contenu, statut) values
  ('8d0a3c1e-52b7-4c55-9d2f-0c6b4f6e1a08', 'EMAIL', 'ESSAI', 'essai-1', 'exploitation@monaluxe.test', '{}', 'MORT');
