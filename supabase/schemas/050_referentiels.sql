-- Reference data: products, tanks, clients, suppliers, partners.

create table public.produits (
  id uuid primary key default gen_random_uuid(),
  nom text not null unique check (private.nom_lisible(nom) or private.refuser_valeur('NOM_INVALIDE', 'nom')),
  code text not null unique check (private.nom_lisible(code) or private.refuser_valeur('NOM_INVALIDE', 'code')),
  description text,
  actif boolean not null default true,
  groupe_mpms text not null default 'B' check (groupe_mpms in ('A', 'B', 'D')),
  alpha_historique numeric(8,6) not null check (alpha_historique > 0 and alpha_historique < 0.01),
  densite_15_min numeric(7,2) check (densite_15_min between 400 and 1300),
  densite_15_max numeric(7,2) check (densite_15_max between 400 and 1300),
  franchise_pour_mille numeric(4,1) check (franchise_pour_mille between 0 and 50),
  created_at timestamptz not null default now(),
  check (densite_15_min < densite_15_max)
);
comment on table public.produits is 'A product that is received, stored and delivered.';
create unique index produits_nom_lu_key on public.produits (private.cle_nom(nom));
create unique index produits_code_lu_key on public.produits (private.cle_nom(code));
comment on column public.produits.actif is 'False: nothing new comes of it; what is in stock may leave.';
comment on column public.produits.code is 'What people call it for short, unique; its name where none is given.';
comment on column public.produits.groupe_mpms is 'Product group of API MPMS 11.1: A crude, B refined, D lubricating.';
comment on column public.produits.alpha_historique is
  'Expansion per °C in the old system''s formula. Given when the product is created (0.00100 for ESS, 0.00085 '
  'otherwise); no volume ever reads the code.';
comment on column public.produits.franchise_pour_mille is
  'Loss on the way that nobody answers for, per thousand of what was loaded, where a proforma says nothing; '
  'null: 3. Given when the product is created (5 for ESS, 3 otherwise).';
comment on column public.produits.densite_15_min is
  'Lowest density at 15 °C the product can have, kg/m³; null: not bounded.';
comment on column public.produits.densite_15_max is
  'Highest density at 15 °C the product can have, kg/m³; null: not bounded.';

create function private.produits_proteger() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if auth.uid() is not null then
    perform private.exiger('regler_produits');
  end if;
  return new;
end;
$$;
comment on function private.produits_proteger() is
  'Code, group, coefficient and density range decide litres, the allowance money: an act of its own, with the second '
  'factor where it is asked for. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

create trigger produits_before_update before update on public.produits
  for each row when (old.code is distinct from new.code
    or old.groupe_mpms is distinct from new.groupe_mpms
    or old.alpha_historique is distinct from new.alpha_historique
    or old.densite_15_min is distinct from new.densite_15_min
    or old.densite_15_max is distinct from new.densite_15_max
    or old.franchise_pour_mille is distinct from new.franchise_pour_mille)
  execute function private.produits_proteger();

create table public.citernes (
  id uuid primary key default gen_random_uuid(),
  depot_id uuid not null references public.depots (id),
  produit_id uuid not null references public.produits (id),
  nom text not null check (private.nom_lisible(nom) or private.refuser_valeur('NOM_INVALIDE', 'nom')),
  capacite_totale numeric(15,3) not null check (capacite_totale > 0 and capacite_totale < 1e9),
  capacite_securite numeric(15,3) not null default 0
    check (capacite_securite >= 0 and capacite_securite < capacite_totale),
  localisation text,
  statut text not null default 'active' check (statut in ('active', 'inactive', 'maintenance')),
  logique boolean not null default false,
  created_at timestamptz not null default now(),
  unique (depot_id, nom)
);
comment on table public.citernes is
  'A tank. It holds one product; its stock is split by owner. Whatever refers to a tank says its product and depot '
  'with it, by one key: neither changes once the tank has served.';
comment on column public.citernes.capacite_totale is 'Litres. A réception never fills beyond it, all owners together.';
comment on column public.citernes.capacite_securite is
  'Litres that must stay in the tank after a sortie, all owners together.';
comment on column public.citernes.logique is 'Fuel held for us at a friend''s depot: no tank of ours stands there.';
create unique index citernes_cle on public.citernes (id, produit_id, depot_id);
create unique index citernes_nom_lu_key on public.citernes (private.cle_au_depot(depot_id, private.cle_nom(nom)));
create index citernes_produit_id_idx on public.citernes (produit_id);

create table public.clients (
  id uuid primary key default gen_random_uuid(),
  nom text not null unique check (private.nom_lisible(nom) or private.refuser_valeur('NOM_INVALIDE', 'nom')),
  actif boolean not null default true,
  contact_personne text, email text, telephone text, adresse text, pays text, note_supplementaire text,
  created_at timestamptz not null default now()
);
comment on table public.clients is 'Who buys fuel.';
comment on column public.clients.actif is 'False: no new act names them.';
create unique index clients_nom_lu_key on public.clients (private.cle_nom(nom));

create table public.fournisseurs (
  id uuid primary key default gen_random_uuid(),
  nom text not null unique check (private.nom_lisible(nom) or private.refuser_valeur('NOM_INVALIDE', 'nom')),
  actif boolean not null default true,
  contact_personne text, email text, telephone text, adresse text, pays text, note_supplementaire text,
  created_at timestamptz not null default now(),
  delai_paiement_jours int not null default 30 check (delai_paiement_jours between 0 and 365),
  nif text
);
comment on table public.fournisseurs is 'Who sells us fuel.';
comment on column public.fournisseurs.nif is 'Tax number.';
comment on column public.fournisseurs.delai_paiement_jours is 'Days to pay, where an invoice says no due date.';
comment on column public.fournisseurs.actif is 'False: no new act names them.';
create unique index fournisseurs_nom_lu_key on public.fournisseurs (private.cle_nom(nom));

create table public.partenaires (
  id uuid primary key default gen_random_uuid(),
  nom text not null check (private.nom_lisible(nom) or private.refuser_valeur('NOM_INVALIDE', 'nom')),
  actif boolean not null default true,
  contact text, email text, telephone text,
  created_at timestamptz not null default now()
);
comment on table public.partenaires is 'Who keeps their own fuel in our tanks.';
comment on column public.partenaires.actif is 'False: no new act names them; their fuel may leave.';
create unique index partenaires_nom_lu_key on public.partenaires (private.cle_nom(nom));

alter table public.produits enable row level security;
alter table public.citernes enable row level security;
alter table public.clients enable row level security;
alter table public.fournisseurs enable row level security;
alter table public.partenaires enable row level security;
grant select, insert, update, delete on
  public.produits, public.citernes, public.clients, public.fournisseurs, public.partenaires
  to authenticated, service_role;
-- Whose fuel it is concerns everybody, whom to call does not: the rest of a supplier is read through v_fournisseurs.
revoke select on public.fournisseurs from authenticated;
grant select (id, nom, actif) on public.fournisseurs to authenticated;

create policy citernes_lecture on public.citernes for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));

-- Every other reading and all writing of reference data follow one rule each, the same for all five tables.
do $$
declare
  v_table text;
  v_ecrivain constant text := '(select private.peut(''ecrire_referentiels''))';
begin
  foreach v_table in array array['produits', 'clients', 'partenaires', 'fournisseurs'] loop
    execute
      format('create policy %I on public.%I for select to authenticated using ((select private.role()) is not null)',
                   v_table || '_lecture', v_table);
  end loop;
  foreach v_table in array array['produits', 'citernes', 'clients', 'fournisseurs', 'partenaires'] loop
    execute format('create policy %I on public.%I for insert to authenticated with check (%s)',
                   v_table || '_creation', v_table, v_ecrivain);
    execute format('create policy %I on public.%I for update to authenticated using (%s) with check (%s)',
                   v_table || '_modification', v_table, v_ecrivain, v_ecrivain);
    execute format('create policy %I on public.%I for delete to authenticated using (%s)',
                   v_table || '_suppression', v_table, v_ecrivain);
    execute format('create trigger %I before update or delete on public.%I for each statement '
                   'execute function private.exiger_a_l_ecriture(''ecrire_referentiels'')',
                   v_table || '_reserver', v_table);
  end loop;
end;
$$;

create function private.coordonnees_fournisseurs() returns table (
  id uuid, nom text, contact_personne text, email text, telephone text, adresse text, pays text,
  note_supplementaire text, created_at timestamptz, actif boolean, nif text, delai_paiement_jours integer
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select f.id, f.nom, f.contact_personne, f.email, f.telephone, f.adresse, f.pays, f.note_supplementaire, f.created_at,
         f.actif, f.nif, f.delai_paiement_jours
    from public.fournisseurs f
   where (select private.peut('lire_coordonnees_fournisseurs'))
$$;
comment on function private.coordonnees_fournisseurs() is
  'Suppliers with their contacts, addresses and notes, for those who may read them; no row for anybody else.';
grant execute on function private.coordonnees_fournisseurs() to authenticated, service_role;

create view public.v_fournisseurs with (security_invoker = true) as
  select f.id, f.nom, f.contact_personne, f.email, f.telephone, f.adresse, f.pays, f.note_supplementaire, f.created_at,
    f.actif, f.nif, f.delai_paiement_jours
  from private.coordonnees_fournisseurs() f;
comment on view public.v_fournisseurs is
  'Suppliers whole: contact, address and notes too (admin, directeur, gerant, pca). Everybody reads id and nom in '
  'fournisseurs.';
grant select on public.v_fournisseurs to authenticated, service_role;

create function private.exiger_actifs(
  p_produit_id uuid default null, p_depot_id uuid default null, p_client_id uuid default null,
  p_fournisseur_id uuid default null,
  p_partenaire_id uuid default null
) returns void
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_quoi text;
  v_nom text;
begin
  if p_produit_id is not null then
    select 'le produit', p.nom into v_quoi, v_nom from public.produits p where p.id = p_produit_id and not p.actif;
  end if;
  if p_depot_id is not null and v_quoi is null then
    select 'le dépôt', d.nom into v_quoi, v_nom from public.depots d where d.id = p_depot_id and not d.actif;
  end if;
  if p_client_id is not null and v_quoi is null then
    select 'le client', c.nom into v_quoi, v_nom from public.clients c where c.id = p_client_id and not c.actif;
  end if;
  if p_fournisseur_id is not null and v_quoi is null then
    select 'le fournisseur', f.nom into v_quoi, v_nom
      from public.fournisseurs f where f.id = p_fournisseur_id and not f.actif;
  end if;
  if p_partenaire_id is not null and v_quoi is null then
    select 'le partenaire', t.nom into v_quoi, v_nom
      from public.partenaires t where t.id = p_partenaire_id and not t.actif;
  end if;
  if v_quoi is not null then
    perform private.refuser('REFERENTIEL_INACTIF', jsonb_build_object('quoi', v_quoi, 'nom', v_nom));
  end if;
end;
$$;
comment on function private.exiger_actifs(uuid, uuid, uuid, uuid, uuid) is
  'Refuses a new act that names what has been disabled; null is not looked at. Raises REFERENTIEL_INACTIF.';
grant execute on function private.exiger_actifs(uuid, uuid, uuid, uuid, uuid) to authenticated, service_role;

create function private.citerne_fantome(p_id uuid, p_nom text) returns boolean
language sql immutable
return private.cle_nom(p_nom) in ('tank staging 1', 'tank test')
  or p_id in ('33333333-3333-3333-3333-333333333333', '44444444-4444-4444-4444-444444444444');
comment on function private.citerne_fantome(uuid, text) is
  'Whether a tank is one that must never exist: left by old tests, it holds nothing.';

create function private.citernes_avant_ecriture() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if private.citerne_fantome(new.id, new.nom) then
    perform private.refuser('CITERNE_FANTOME', jsonb_build_object('nom', new.nom));
  end if;
  perform private.exiger_actifs(new.produit_id, new.depot_id);
  return new;
end;
$$;
comment on function private.citernes_avant_ecriture() is
  'No tank of old tests, and none of a product or at a depot that is disabled. Raises CITERNE_FANTOME, '
  'REFERENTIEL_INACTIF.';
create trigger citernes_avant_ecriture before insert or update of id, nom, produit_id, depot_id on public.citernes
  for each row execute function private.citernes_avant_ecriture();

create function private.mesures_proteger() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if auth.uid() is not null then
    perform private.exiger('regler_mesures');
  end if;
  return new;
end;
$$;
comment on function private.mesures_proteger() is
  'A zone decides days, a tolerance what is looked into: an act of its own, with the second factor where it is asked '
  'for. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';
create trigger depots_before_update before update on public.depots
  for each row when (old.fuseau is distinct from new.fuseau
    or old.temperature_min_c is distinct from new.temperature_min_c
    or old.temperature_max_c is distinct from new.temperature_max_c)
  execute function private.mesures_proteger();

create function private.produits_avant_insert() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  new.code := coalesce(new.code, upper(btrim(new.nom)));
  new.alpha_historique := coalesce(new.alpha_historique, case new.code when 'ESS' then 0.00100 else 0.00085 end);
  new.franchise_pour_mille := coalesce(new.franchise_pour_mille, case new.code when 'ESS' then 5 else 3 end);
  new.densite_15_min := coalesce(new.densite_15_min, case new.code when 'ESS' then 700 when 'G.O' then 800 end);
  new.densite_15_max := coalesce(new.densite_15_max, case new.code when 'ESS' then 790 when 'G.O' then 890 end);
  return new;
end;
$$;
comment on function private.produits_avant_insert() is
  'A product that comes without a code is called by its name. A new one of a known code has, where nothing else was '
  'said, its expansion coefficient, transport allowance and density range (ESS 700…790, G.O 800…890 kg/m³). Once: a '
  'code that changes later moves no litre.';
grant execute on function private.produits_avant_insert() to authenticated, service_role;
create trigger produits_before_insert before insert on public.produits
  for each row execute function private.produits_avant_insert();

create view public.current_user_profile with (security_invoker = true) as
  select p.id, p.user_id, p.nom_complet, p.role, p.depot_id, p.email, p.created_at
  from public.profils p where p.user_id = (select auth.uid());
comment on view public.current_user_profile is 'Profile of the calling user: one row, or none.';
grant select on public.current_user_profile to authenticated, service_role;
