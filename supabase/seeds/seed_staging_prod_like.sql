-- Graine prod-like : les référentiels de PROD, avec leurs identifiants fixes, et aucun mouvement.
-- Peut être rejouée : ce qui existe déjà reste tel quel. Ne s'applique jamais à PROD.

do $$
begin
  if exists (select from public.app_settings where key = 'env' and value = 'prod') then
    perform private.refuser('ENV_INTERDIT', '{"env": "prod"}');
  end if;
end;
$$;

insert into public.app_settings (key, value) values ('env', 'staging') on conflict (key) do nothing;

insert into public.depots (id, nom, adresse) values
  ('11111111-1111-1111-1111-111111111111', 'Dépôt Daipn', 'Route Kipushi')
on conflict do nothing;

insert into public.produits (id, nom, code, groupe_mpms) values
  ('640cf7ec-1616-4503-a484-0a61afb20005', 'Essence', 'ESS', 'B'),
  ('22222222-2222-2222-2222-222222222222', 'Gasoil/AGO', 'G.O', 'B')
on conflict do nothing;

insert into public.citernes (id, depot_id, produit_id, nom, capacite_totale, capacite_securite)
select t.id::uuid, '11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222', t.nom, t.capacite, 0
  from (values
    ('57da330a-1305-4582-be45-ceab0f1aa795', 'TANK1', 500000),
    ('905b3104-0324-4b5c-ba3d-ae1019746c70', 'TANK2', 500000),
    ('7bf64a46-ca77-4857-af89-2e14d9128473', 'TANK3', 500000),
    ('91d2078b-8e19-43c2-bf33-322a42cd4e94', 'TANK4', 500000),
    ('a76a08a6-9017-421e-b5d3-afe8129a8f9d', 'TANK5', 300000),
    ('6f3e0b4c-abfc-4b67-aaa0-2ca20a59ae1a', 'TANK6', 300000)
  ) as t (id, nom, capacite)
on conflict do nothing;
