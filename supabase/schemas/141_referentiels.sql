-- The rows of reference that a new depot starts from, and the tanks that must never be.

create function private.poser_referentiels() returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  -- A database that says nothing counts as PROD; but for one where nobody is yet: it is only being made.
  if exists (select from public.app_settings s where s.key = 'env') or exists (select from public.profils)
     or exists (select from public.cours_de_route) then
    perform private.interdire_si_prod();
  end if;
  insert into public.depots (id, nom, adresse) values
    ('11111111-1111-1111-1111-111111111111', 'Dépôt Daipn', 'Route Kipushi')
  on conflict do nothing;
  -- Without one nothing of it is numbered; one that somebody chose stays.
  update public.depots d set code = 'DAIPN'
   where d.id = '11111111-1111-1111-1111-111111111111' and d.code is null
     and not exists (select from public.depots x where x.code = 'DAIPN');

  insert into public.produits (id, nom, code, groupe_mpms) values
    ('640cf7ec-1616-4503-a484-0a61afb20005', 'Essence', 'ESS', 'B'),
    ('22222222-2222-2222-2222-222222222222', 'Gasoil/AGO', 'G.O', 'B')
  on conflict do nothing;

  insert into public.citernes (id, depot_id, produit_id, nom, capacite_totale, capacite_securite)
  select t.id::uuid, '11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222', t.nom, t.capacite,
    0
    from (values
      ('57da330a-1305-4582-be45-ceab0f1aa795', 'TANK1', 500000),
      ('905b3104-0324-4b5c-ba3d-ae1019746c70', 'TANK2', 500000),
      ('7bf64a46-ca77-4857-af89-2e14d9128473', 'TANK3', 500000),
      ('91d2078b-8e19-43c2-bf33-322a42cd4e94', 'TANK4', 500000),
      ('a76a08a6-9017-421e-b5d3-afe8129a8f9d', 'TANK5', 300000),
      ('6f3e0b4c-abfc-4b67-aaa0-2ca20a59ae1a', 'TANK6', 300000)
    ) as t (id, nom, capacite)
  on conflict do nothing;
end;
$$;
comment on function private.poser_referentiels() is
  'PROD''s depot, products and six tanks (litres), with their fixed ids, and no movement. What is already there stays '
  'as it is. Called by every reset and by the prod-like seed: in a database that says it is no PROD, or that says '
  'nothing and has nobody yet. Raises ENV_INTERDIT.';

create function private.citernes_fantomes() returns setof public.citernes
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select c.* from public.citernes c where private.citerne_fantome(c.id, c.nom)
$$;
comment on function private.citernes_fantomes() is 'Tanks that must never exist: left by old tests, they hold nothing.';
