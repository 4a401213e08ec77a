-- A client's invoices: drafted from deliveries, then issued once: dated by the database, numbered without a gap,
-- chained by its hash to the one before, owed, and never changed. An AVOIR takes from one.
--
--   BROUILLON → EMISE
--
-- What refers to an invoice is asked for it at the end: its lines and taxes are written first, then it, once, with the
-- hash of all.
--
-- Issuing takes its locks in one order: the draft, its sorties, the client's account, and last the series' number,
-- which alone makes those who issue at one depot wait for one another.

create table public.factures_client (
  id uuid primary key default private.nouvel_id(),
  depot_id uuid not null references public.depots (id),
  type text not null default 'FACTURE',
  exercice int,
  sequence bigint,
  numero text unique,
  client_id uuid not null references public.clients (id),
  client_fige jsonb,
  vendeur_fige jsonb,
  devise text not null,
  taux_cdf numeric(18,6),
  date_facture date,
  date_echeance date,
  statut text not null default 'BROUILLON',
  facture_origine_id uuid references public.factures_client (id),
  nature text,
  motif text,
  total_ht numeric(18,2) not null default 0,
  total_tva numeric(18,2),
  total_ttc numeric(18,2),
  total_tva_cdf numeric(18,2),
  total_ttc_cdf numeric(18,2),
  precedent bytea,
  empreinte bytea,
  created_by uuid not null references auth.users (id),
  emise_par uuid references auth.users (id),
  emise_le timestamptz,
  created_at timestamptz not null default now(),
  unique (depot_id, type, exercice, sequence)
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
create index factures_client_client_id_idx on public.factures_client (client_id);
create index factures_client_origine_idx on public.factures_client (facture_origine_id);
create index factures_client_created_by_idx on public.factures_client (created_by);
create index factures_client_emise_par_idx on public.factures_client (emise_par);
create index factures_client_page_idx on public.factures_client (created_at desc, id desc);

create table public.factures_client_lignes (
  id uuid primary key default private.nouvel_id(),
  facture_id uuid not null references public.factures_client (id) on delete cascade deferrable initially deferred,
  depot_id uuid not null references public.depots (id),
  rang int not null,
  nature text not null default 'CARBURANT',
  sortie_id uuid references public.sorties_produit (id),
  bl_id uuid references public.bons_livraison (id),
  ligne_origine_id uuid references public.factures_client_lignes (id),
  designation text not null,
  base text not null,
  quantite numeric(15,3) not null,
  prix_ht numeric(18,6) not null,
  tva_groupe text not null,
  tva_taux numeric(5,2) not null,
  montant_ht numeric(18,2) not null,
  unique (facture_id, rang)
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
  facture_id uuid not null references public.factures_client (id) deferrable initially deferred,
  depot_id uuid not null references public.depots (id),
  groupe text not null,
  taux numeric(5,2) not null,
  base_ht numeric(18,2) not null,
  montant_tva numeric(18,2) not null,
  primary key (facture_id, groupe)
);
comment on table public.factures_client_taxes is 'Tax of an invoice, group by group. Written when it is issued.';
create index factures_client_taxes_depot_id_idx on public.factures_client_taxes (depot_id);

create table private.facturations_sortie (
  id uuid primary key default private.nouvel_id(),
  sortie_id uuid not null references public.sorties_produit (id),
  facture_id uuid not null references public.factures_client (id) deferrable initially deferred,
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

create table private.dates_fausses (
  facture_id uuid primary key references public.factures_client (id),
  motif text not null,
  par uuid not null,
  le timestamptz not null default now()
);
comment on table private.dates_fausses is
  'Invoices and credit notes that a clock running ahead has dated in days to come, and who says so: they keep number, '
  'date and hash, and hold no other back. Immutable.';
create trigger dates_fausses_block before update or delete or truncate on private.dates_fausses
  for each statement execute function private.interdire_ecriture();

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
-- A row asks the freeze with all the rest, and its lines and taxes are written with it. This one, which nobody pays,
-- says that the table is guarded (private.ecritures_en_vol).
create trigger factures_client_gel before truncate on public.factures_client
  for each statement execute function private.exiger_ecritures_ouvertes();

create function private.facture_client_garder() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_faute text;
  v_admis boolean;
  v_ouvertes text;
begin
  v_ouvertes := private.exiger_ouvert();
  v_faute := case
    when new.devise not in ('USD', 'CDF') then 'devise'
    when case new.type when 'FACTURE' then num_nonnulls(new.facture_origine_id, new.nature, new.motif) > 0
      when 'AVOIR' then num_nulls(new.facture_origine_id, new.nature, new.motif) > 0 else true end then 'type'
    when new.total_ht < 0 or new.total_ht >= 1e13 then 'total_ht'
    when num_nonnulls(new.exercice, new.sequence, new.numero, new.client_fige, new.vendeur_fige, new.taux_cdf,
      new.date_facture, new.total_tva, new.total_ttc, new.total_tva_cdf, new.total_ttc_cdf, new.empreinte,
      new.emise_par, new.emise_le) <> case new.statut when 'BROUILLON' then 0 when 'EMISE' then 14 else -1 end
      then 'statut' end;
  if v_faute is null and new.statut = 'EMISE' then
    v_faute := case
      when new.taux_cdf <= 0 then 'taux_cdf'
      when new.date_echeance < new.date_facture then 'date_echeance'
      when new.total_tva < 0 then 'total_tva'
      when new.total_ttc <= 0 or new.total_ttc >= 1e13 or new.total_ttc <> new.total_ht + new.total_tva
        then 'total_ttc'
      when new.total_tva_cdf < 0 then 'total_tva_cdf'
      when new.total_ttc_cdf <= 0 or new.total_ttc_cdf >= 1e16 then 'total_ttc_cdf' end;
    if (private.date_possible(new.date_facture) and private.date_possible(new.date_echeance)) is not true then
      v_admis := private.date_admise(new.date_facture, 'date_facture');
      v_admis := private.date_admise(new.date_echeance, 'date_echeance');
    end if;
  end if;
  if new.motif is not null then
    if new.nature not in ('COR', 'RAN', 'RAM', 'RRR') then
      v_faute := 'nature';
    end if;
    v_admis := private.texte_admis(new.motif, 'motif', true);
  end if;
  if v_faute is not null then
    perform private.refuser_ligne(tg_table_name, v_faute);
  end if;
  return new;
end;
$$;
comment on function private.facture_client_garder() is
  'What every invoice holds, whoever writes it: no freeze, a known currency; a credit note says what it takes from and '
  'why; a draft has nothing of what issuing gives, an issued one has all of it, and totals that agree. Raises '
  'ECRITURES_GELEES, ISOLATION_INTERDITE, DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, 23514.';
create trigger factures_client_garder before insert or update on public.factures_client
  for each row execute function private.facture_client_garder();

create function private.facture_client_ligne_garder() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_faute text;
  v_admis boolean;
begin
  v_faute := case
    when new.rang <= 0 then 'rang'
    when new.nature not in ('CARBURANT', 'SERVICE', 'TAXE') then 'nature'
    when new.base not in ('L15', 'AMB', 'UNITE')
      or (new.nature = 'CARBURANT') <> (new.base <> 'UNITE') and new.ligne_origine_id is null then 'base'
    when new.quantite <= 0 or new.quantite >= 1e9 then 'quantite'
    when new.prix_ht <= 0 or new.prix_ht >= 1e9 then 'prix_ht'
    when new.tva_groupe !~ '^[A-N]$' then 'tva_groupe'
    when new.tva_taux not between 0 and 100 then 'tva_taux'
    when new.montant_ht < 0 or new.montant_ht >= 1e13 then 'montant_ht'
    when btrim(new.designation) = '' then 'designation' end;
  if v_faute is not null then
    perform private.refuser_ligne(tg_table_name, v_faute);
  end if;
  if private.ligne_admise(new.designation) is not true then
    v_admis := private.texte_admis(new.designation, 'designation', false);
  end if;
  return new;
end;
$$;
comment on function private.facture_client_ligne_garder() is
  'What every line of an invoice holds: fuel by the litre, what is not by the unit (a credit note takes an amount of '
  'either), a price, a tax. Raises TEXTE_ILLISIBLE, 23514.';
create trigger factures_client_lignes_garder before insert or update on public.factures_client_lignes
  for each row execute function private.facture_client_ligne_garder();

create function private.facture_client_taxe_garder() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if new.groupe !~ '^[A-N]$' or new.taux not between 0 and 100 or least(new.base_ht, new.montant_tva) < 0
     or greatest(new.base_ht, new.montant_tva) >= 1e16 then
    perform private.refuser_ligne(tg_table_name, 'groupe');
  end if;
  return new;
end;
$$;
comment on function private.facture_client_taxe_garder() is
  'What the tax of an invoice holds: a known group, a rate, nothing below zero. Raises 23514.';
create trigger factures_client_taxes_garder before insert or update on public.factures_client_taxes
  for each row execute function private.facture_client_taxe_garder();

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
