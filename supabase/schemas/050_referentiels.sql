-- Reference data: products, tanks, clients, suppliers, partners.

create table public.produits (
  id uuid primary key default gen_random_uuid(),
  nom text not null unique check (btrim(nom) <> ''),
  code text not null unique check (btrim(code) <> ''),
  description text,
  actif boolean not null default true,
  groupe_mpms text not null default 'B' check (groupe_mpms in ('A', 'B', 'D')),
  alpha_historique numeric(8,6) not null check (alpha_historique > 0 and alpha_historique < 0.01),
  densite_15_min numeric(7,2) check (densite_15_min between 400 and 1300),
  densite_15_max numeric(7,2) check (densite_15_max between 400 and 1300),
  created_at timestamptz not null default now(),
  check (densite_15_min < densite_15_max)
);
comment on table public.produits is 'A product that is received, stored and delivered.';
comment on column public.produits.code is 'What people call it for short, unique; its name where none is given.';
comment on column public.produits.groupe_mpms is 'Product group of API MPMS 11.1: A crude, B refined, D lubricating.';
comment on column public.produits.alpha_historique is
  'Expansion per °C in the old system''s formula. Given when the product is created (0.00100 for ESS, 0.00085 '
  'otherwise); no volume ever reads the code.';
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
  'Code, group, coefficient and density range decide litres: an act of its own, with the second factor where it is '
  'asked for. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

create trigger produits_before_update before update on public.produits
  for each row when (old.code is distinct from new.code
    or old.groupe_mpms is distinct from new.groupe_mpms
    or old.alpha_historique is distinct from new.alpha_historique
    or old.densite_15_min is distinct from new.densite_15_min
    or old.densite_15_max is distinct from new.densite_15_max)
  execute function private.produits_proteger();

create table public.citernes (
  id uuid primary key default gen_random_uuid(),
  depot_id uuid not null references public.depots (id),
  produit_id uuid not null references public.produits (id),
  nom text not null check (btrim(nom) <> ''),
  capacite_totale numeric(15,3) not null check (capacite_totale > 0 and capacite_totale < 1e9),
  capacite_securite numeric(15,3) not null default 0
    check (capacite_securite >= 0 and capacite_securite < capacite_totale),
  localisation text,
  statut text not null default 'active' check (statut in ('active', 'inactive', 'maintenance')),
  logique boolean not null default false,
  created_at timestamptz not null default now(),
  unique (depot_id, nom)
);
comment on table public.citernes is 'A tank. It holds one product; its stock is split by owner.';
comment on column public.citernes.capacite_totale is 'Litres. A réception never fills beyond it, all owners together.';
comment on column public.citernes.capacite_securite is
  'Litres that must stay in the tank after a sortie, all owners together.';
comment on column public.citernes.logique is 'Fuel held for us at a friend''s depot: no tank of ours stands there.';
create index citernes_produit_id_idx on public.citernes (produit_id);

create table public.clients (
  id uuid primary key default gen_random_uuid(),
  nom text not null unique check (btrim(nom) <> ''),
  contact_personne text, email text, telephone text, adresse text, pays text, note_supplementaire text,
  created_at timestamptz not null default now()
);
comment on table public.clients is 'Who buys fuel.';

create table public.fournisseurs (
  id uuid primary key default gen_random_uuid(),
  nom text not null unique check (btrim(nom) <> ''),
  contact_personne text, email text, telephone text, adresse text, pays text, note_supplementaire text,
  created_at timestamptz not null default now()
);
comment on table public.fournisseurs is 'Who sells us fuel.';

create table public.partenaires (
  id uuid primary key default gen_random_uuid(),
  nom text not null check (btrim(nom) <> ''),
  contact text, email text, telephone text,
  created_at timestamptz not null default now()
);
comment on table public.partenaires is 'Who keeps their own fuel in our tanks.';

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
grant select (id, nom) on public.fournisseurs to authenticated;

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
  end loop;
end;
$$;

create function private.coordonnees_fournisseurs() returns setof public.fournisseurs
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select * from public.fournisseurs f where (select private.peut('lire_coordonnees_fournisseurs'))
$$;
comment on function private.coordonnees_fournisseurs() is
  'Suppliers with their contacts, addresses and notes, for those who may read them; no row for anybody else.';
grant execute on function private.coordonnees_fournisseurs() to authenticated, service_role;

create view public.v_fournisseurs with (security_invoker = true) as
  select f.id, f.nom, f.contact_personne, f.email, f.telephone, f.adresse, f.pays, f.note_supplementaire, f.created_at
  from private.coordonnees_fournisseurs() f;
comment on view public.v_fournisseurs is
  'Suppliers whole: contact, address and notes too (admin, directeur, gerant, pca). Everybody reads id and nom in '
  'fournisseurs.';
grant select on public.v_fournisseurs to authenticated, service_role;

create function private.produits_avant_insert() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  new.code := coalesce(new.code, upper(btrim(new.nom)));
  new.alpha_historique := coalesce(new.alpha_historique, case new.code when 'ESS' then 0.00100 else 0.00085 end);
  new.densite_15_min := coalesce(new.densite_15_min, case new.code when 'ESS' then 700 when 'G.O' then 800 end);
  new.densite_15_max := coalesce(new.densite_15_max, case new.code when 'ESS' then 790 when 'G.O' then 890 end);
  return new;
end;
$$;
comment on function private.produits_avant_insert() is
  'A product that comes without a code is called by its name. A new one of a known code has, where nothing else was '
  'said, its expansion coefficient and density range (ESS 700…790, G.O 800…890 kg/m³). Once: a code that changes later '
  'moves no litre.';
grant execute on function private.produits_avant_insert() to authenticated, service_role;
create trigger produits_before_insert before insert on public.produits
  for each row execute function private.produits_avant_insert();

-- The trace of what acts refer to -------------------------------------------------------------------------------------

create function private.referentiel_journaliser() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_avant constant jsonb := to_jsonb(old);
  v_apres constant jsonb := to_jsonb(new);
  v_ligne constant jsonb := coalesce(v_apres, v_avant);
begin
  if v_avant = v_apres then
    return null;
  end if;
  perform private.journaliser(
    tg_argv[0] || case tg_op when 'INSERT' then '_CREE' when 'UPDATE' then '_MODIFIE' else '_SUPPRIME' end,
    tg_table_name,
    case when tg_op = 'DELETE' then 'WARNING' else tg_argv[1] end,
    (v_ligne ->> 'id')::uuid,
    case tg_table_name when 'depots' then v_ligne ->> 'id' when 'citernes' then v_ligne ->> 'depot_id' end::uuid,
    jsonb_build_object('avant', v_avant, 'apres', v_apres));
  return null;
end;
$$;
comment on function private.referentiel_journaliser() is
  'Logs <NAME>_CREE, _MODIFIE or _SUPPRIME with the row before and after; arguments: name and level. A deletion is a '
  'WARNING. Only a depot and a tank have a depot in the log: a manager reads of no other changes.';

create trigger depots_journal after insert or update or delete on public.depots
  for each row execute function private.referentiel_journaliser('DEPOT', 'INFO');
-- A change of what decides litres is a WARNING, one of a name is not.
create trigger produits_journal after insert or delete on public.produits
  for each row execute function private.referentiel_journaliser('PRODUIT', 'INFO');
create trigger produits_journal_nom after update on public.produits
  for each row when (old.code is not distinct from new.code
    and old.groupe_mpms is not distinct from new.groupe_mpms
    and old.alpha_historique is not distinct from new.alpha_historique
    and old.densite_15_min is not distinct from new.densite_15_min
    and old.densite_15_max is not distinct from new.densite_15_max)
  execute function private.referentiel_journaliser('PRODUIT', 'INFO');
create trigger produits_journal_mesure after update on public.produits
  for each row when (old.code is distinct from new.code
    or old.groupe_mpms is distinct from new.groupe_mpms
    or old.alpha_historique is distinct from new.alpha_historique
    or old.densite_15_min is distinct from new.densite_15_min
    or old.densite_15_max is distinct from new.densite_15_max)
  execute function private.referentiel_journaliser('PRODUIT', 'WARNING');
create trigger citernes_journal after insert or update or delete on public.citernes
  for each row execute function private.referentiel_journaliser('CITERNE', 'INFO');
create trigger clients_journal after insert or update or delete on public.clients
  for each row execute function private.referentiel_journaliser('CLIENT', 'INFO');
create trigger fournisseurs_journal after insert or update or delete on public.fournisseurs
  for each row execute function private.referentiel_journaliser('FOURNISSEUR', 'INFO');
create trigger partenaires_journal after insert or update or delete on public.partenaires
  for each row execute function private.referentiel_journaliser('PARTENAIRE', 'INFO');
create trigger profils_journal after insert or update or delete on public.profils
  for each row execute function private.referentiel_journaliser('PROFIL', 'WARNING');

create view public.current_user_profile with (security_invoker = true) as
  select p.id, p.user_id, p.nom_complet, p.role, p.depot_id, p.email, p.created_at
  from public.profils p where p.user_id = (select auth.uid());
comment on view public.current_user_profile is 'Profile of the calling user: one row, or none.';
grant select on public.current_user_profile to authenticated, service_role;
