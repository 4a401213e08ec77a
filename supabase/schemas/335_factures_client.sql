-- A client's invoices: drafted from deliveries, then issued once: dated by the database, numbered without a gap,
-- chained by its hash to the one before, owed, and never changed. An AVOIR takes from one.
--
--   BROUILLON → EMISE
--
-- Issuing takes its locks in one order: the draft, its sorties, the client's account, and last the series' number,
-- which alone makes those who issue at one depot wait for one another.

create table public.factures_client (
  id uuid primary key default private.nouvel_id(),
  depot_id uuid not null references public.depots (id),
  type text not null default 'FACTURE' check (type in ('FACTURE', 'AVOIR')),
  exercice int,
  sequence bigint,
  numero text unique,
  client_id uuid not null references public.clients (id),
  client_fige jsonb,
  vendeur_fige jsonb,
  devise text not null check (devise in ('USD', 'CDF')),
  taux_cdf numeric(18,6) check (taux_cdf > 0),
  date_facture date,
  date_echeance date check (date_echeance >= date_facture),
  statut text not null default 'BROUILLON' check (statut in ('BROUILLON', 'EMISE')),
  facture_origine_id uuid references public.factures_client (id),
  nature text check (nature in ('COR', 'RAN', 'RAM', 'RRR')),
  motif text,
  total_ht numeric(18,2) not null default 0 check (total_ht >= 0 and total_ht < 1e13),
  total_tva numeric(18,2) check (total_tva >= 0),
  total_ttc numeric(18,2) check (total_ttc > 0 and total_ttc < 1e13),
  total_tva_cdf numeric(18,2) check (total_tva_cdf >= 0),
  total_ttc_cdf numeric(18,2) check (total_ttc_cdf > 0 and total_ttc_cdf < 1e16),
  precedent bytea,
  empreinte bytea,
  created_by uuid not null references auth.users (id),
  emise_par uuid references auth.users (id),
  emise_le timestamptz,
  created_at timestamptz not null default now(),
  unique (depot_id, type, exercice, sequence),
  check ((type = 'AVOIR') = (facture_origine_id is not null)),
  check (num_nonnulls(nature, motif) = case type when 'AVOIR' then 2 else 0 end),
  check (case statut when 'BROUILLON' then 0 else 14 end = num_nonnulls(exercice, sequence, numero, client_fige,
    vendeur_fige, taux_cdf, date_facture, total_tva, total_ttc, total_tva_cdf, total_ttc_cdf, empreinte, emise_par,
    emise_le)),
  check (total_ttc = total_ht + total_tva)
);
comment on table public.factures_client is
  'Invoices and credit notes of clients. Frozen once issued; a draft has no number and may be deleted.';
comment on column public.factures_client.sequence is 'Its number in the series of its depot, type and year.';
comment on column public.factures_client.client_fige is 'The client as they were when it was issued.';
comment on column public.factures_client.vendeur_fige is 'The seller as they were when it was issued.';
comment on column public.factures_client.taux_cdf is 'CDF for one unit of devise on its day; 1 where it is in CDF.';
comment on column public.factures_client.date_facture is 'Day it was issued at the depot, by the database''s clock.';
comment on column public.factures_client.nature is
  'Of a credit note: COR correction, RAN cancelling, RAM return, RRR rebate.';
comment on column public.factures_client.total_ht is 'Sum of its lines, in devise.';
comment on column public.factures_client.precedent is
  'Hash of the one before it in its series; null for the first of a year.';
comment on column public.factures_client.empreinte is
  'SHA-256 of precedent and of all it says: see private.empreinte_facture.';
create index factures_client_depot_id_idx on public.factures_client (depot_id);
create index factures_client_client_id_idx on public.factures_client (client_id);
create index factures_client_origine_idx on public.factures_client (facture_origine_id);
create index factures_client_created_by_idx on public.factures_client (created_by);
create index factures_client_emise_par_idx on public.factures_client (emise_par);
create index factures_client_page_idx on public.factures_client (created_at desc, id desc);

create table public.factures_client_lignes (
  id uuid primary key default private.nouvel_id(),
  facture_id uuid not null references public.factures_client (id) on delete cascade,
  depot_id uuid not null references public.depots (id),
  rang int not null check (rang > 0),
  nature text not null default 'CARBURANT' check (nature in ('CARBURANT', 'SERVICE', 'TAXE')),
  sortie_id uuid references public.sorties_produit (id),
  bl_id uuid references public.bons_livraison (id),
  ligne_origine_id uuid references public.factures_client_lignes (id),
  designation text not null check (btrim(designation) <> ''),
  base text not null check (base in ('L15', 'AMB', 'UNITE')),
  quantite numeric(15,3) not null check (quantite > 0 and quantite < 1e9),
  prix_ht numeric(18,6) not null check (prix_ht > 0 and prix_ht < 1e9),
  tva_groupe text not null check (tva_groupe ~ '^[A-N]$'),
  tva_taux numeric(5,2) not null check (tva_taux between 0 and 100),
  montant_ht numeric(18,2) not null check (montant_ht >= 0 and montant_ht < 1e13),
  unique (facture_id, rang),
  check ((nature = 'CARBURANT') = (base <> 'UNITE') or ligne_origine_id is not null)
);
comment on table public.factures_client_lignes is
  'What an invoice sells, line by line: fuel of a sortie, by one kind of litre, or a service. Frozen with it.';
comment on column public.factures_client_lignes.ligne_origine_id is 'Of a credit note: the line it takes from.';
comment on column public.factures_client_lignes.quantite is 'Litres of base, or units.';
comment on column public.factures_client_lignes.prix_ht is 'For one, in the invoice''s currency, before tax.';
create index factures_client_lignes_depot_id_idx on public.factures_client_lignes (depot_id);
create index factures_client_lignes_sortie_id_idx on public.factures_client_lignes (sortie_id);
create index factures_client_lignes_bl_id_idx on public.factures_client_lignes (bl_id);
create index factures_client_lignes_origine_idx on public.factures_client_lignes (ligne_origine_id);

create table public.factures_client_taxes (
  facture_id uuid not null references public.factures_client (id),
  depot_id uuid not null references public.depots (id),
  groupe text not null check (groupe ~ '^[A-N]$'),
  taux numeric(5,2) not null check (taux between 0 and 100),
  base_ht numeric(18,2) not null check (base_ht >= 0),
  montant_tva numeric(18,2) not null check (montant_tva >= 0),
  primary key (facture_id, groupe)
);
comment on table public.factures_client_taxes is 'Tax of an invoice, group by group. Written when it is issued.';
create index factures_client_taxes_depot_id_idx on public.factures_client_taxes (depot_id);

create table private.facturations_sortie (
  id uuid primary key default private.nouvel_id(),
  sortie_id uuid not null references public.sorties_produit (id),
  facture_id uuid not null references public.factures_client (id),
  ajuste_15c numeric(15,3),
  libere_par uuid references public.factures_client (id)
);
comment on column private.facturations_sortie.ajuste_15c is
  'Litres at 15 °C by which the sortie had been corrected when it was invoiced; null: invoiced before this was kept.';
comment on table private.facturations_sortie is
  'Which invoice sells a sortie: one at a time; a cancelling credit note frees it (libere_par).';
create unique index facturations_sortie_unique on private.facturations_sortie (sortie_id) where libere_par is null;
create index facturations_sortie_sortie_idx on private.facturations_sortie (sortie_id);
create index facturations_sortie_facture_idx on private.facturations_sortie (facture_id);
create index facturations_sortie_libere_idx on private.facturations_sortie (libere_par);

create function private.facture_client_figer() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facture_id uuid;
begin
  if tg_table_name = 'factures_client' then
    if old.statut = 'BROUILLON' then
      return case tg_op when 'DELETE' then old else new end;
    end if;
  else
    v_facture_id := old.facture_id;
    -- Its own invoice is gone before a draft's line goes.
    if not exists (select from public.factures_client f where f.id = v_facture_id and f.statut <> 'BROUILLON') then
      return case tg_op when 'DELETE' then old else new end;
    end if;
  end if;
  if tg_op = 'DELETE' and current_setting('app.purge_staging', true) = pg_current_xact_id()::text then
    perform private.interdire_si_prod();
    return old;
  end if;
  perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
end;
$$;
comment on function private.facture_client_figer() is
  'What is issued is never changed nor deleted, lines and taxes included; but by a purge of STAGING. Raises '
  'ECRITURE_INTERDITE, ENV_INTERDIT.';
create trigger factures_client_figer before update or delete on public.factures_client
  for each row execute function private.facture_client_figer();
create trigger factures_client_lignes_figer before update or delete on public.factures_client_lignes
  for each row execute function private.facture_client_figer();
create trigger factures_client_taxes_figer before update or delete on public.factures_client_taxes
  for each row execute function private.facture_client_figer();
create trigger factures_client_gel before insert or update on public.factures_client
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger factures_client_lignes_gel before insert or update on public.factures_client_lignes
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger factures_client_taxes_gel before insert on public.factures_client_taxes
  for each statement execute function private.exiger_ecritures_ouvertes();

-- Reading -------------------------------------------------------------------------------------------------------------

alter table public.factures_client enable row level security;
alter table public.factures_client_lignes enable row level security;
alter table public.factures_client_taxes enable row level security;
grant select on public.factures_client, public.factures_client_lignes, public.factures_client_taxes
  to authenticated, service_role;
create policy factures_client_lecture on public.factures_client for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_ventes'))::uuid[]));
create policy factures_client_lignes_lecture on public.factures_client_lignes for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_ventes'))::uuid[]));
create policy factures_client_taxes_lecture on public.factures_client_taxes for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_ventes'))::uuid[]));
