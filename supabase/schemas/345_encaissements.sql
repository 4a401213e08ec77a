-- Payments of clients: declared, receipted, settled against what is due.
--
--   EN_ATTENTE → CONFIRME → ANNULE

create table public.encaissements (
  id uuid primary key default private.nouvel_id(),
  numero_recu text unique,
  depot_id uuid not null references public.depots (id),
  client_id uuid not null references public.clients (id),
  mode text not null,
  operateur_mobile text,
  devise text not null,
  montant numeric(18,2) not null,
  montant_remis numeric(18,2),
  devise_compte text not null,
  taux_cdf numeric(18,6) not null,
  montant_compte numeric(18,2) not null,
  reference text,
  recu_le timestamptz not null default now(),
  jour_caisse date not null,
  statut text not null default 'CONFIRME',
  lettre jsonb not null default '[]',
  client_fige jsonb,
  vendeur_fige jsonb,
  motif_annulation text,
  created_by uuid not null references auth.users (id),
  confirme_par uuid references auth.users (id),
  annule_par uuid references auth.users (id),
  created_at timestamptz not null default clock_timestamp()
);
comment on table public.encaissements is
  'Payments of clients, and their receipts. A receipt is never changed, only cancelled.';
comment on column public.encaissements.numero_recu is 'Number of its receipt, given when it is confirmed (series REC).';
comment on column public.encaissements.montant_remis is
  'Cash that was handed over, in devise; the rest was given back.';
comment on column public.encaissements.devise_compte is 'Currency of the account it pays into.';
comment on column public.encaissements.taux_cdf is
  'CDF for one USD at which it was counted; 1 where nothing is converted.';
comment on column public.encaissements.montant_compte is 'What it comes to in devise_compte.';
comment on column public.encaissements.confirme_par is
  'Who confirmed it; null where the provider of online payments did (created_by: who asked for it).';
comment on column public.encaissements.jour_caisse is 'Day at the depot whose till it is in; written by the database.';
comment on column public.encaissements.lettre is
  'What it closed when it was confirmed, as its receipt says it: [{facture_id, numero, paye, reste}].';
create unique index encaissements_reference_unique on public.encaissements
  (mode, coalesce(operateur_mobile, ''), lower(btrim(reference))) where statut <> 'ANNULE' and reference is not null;
create index encaissements_depot_jour_idx on public.encaissements (depot_id, jour_caisse, devise);
create index encaissements_client_id_idx on public.encaissements (client_id);
create index encaissements_created_by_idx on public.encaissements (created_by);
create index encaissements_confirme_par_idx on public.encaissements (confirme_par);
create index encaissements_annule_par_idx on public.encaissements (annule_par);
create index encaissements_page_idx on public.encaissements (created_at desc, id desc);

create table public.remboursements (
  id uuid primary key default private.nouvel_id(),
  encaissement_id uuid not null references public.encaissements (id),
  depot_id uuid not null references public.depots (id),
  montant numeric(18,2) not null check (montant > 0 and montant < 1e13),
  mode text not null check (mode in ('CASH', 'VIREMENT', 'MOBILE_MONEY', 'CHEQUE', 'STRIPE')),
  reference text not null check (btrim(reference) <> ''),
  motif text not null,
  jour_caisse date not null,
  par uuid references auth.users (id),
  created_at timestamptz not null default clock_timestamp(),
  check ((par is null) = (mode = 'STRIPE'))
);
comment on table public.remboursements is
  'What is given back of a payment, in the currency of its account: by a person what settles nothing yet, by the '
  'provider of online payments any of it (STRIPE). Immutable.';
comment on column public.remboursements.par is 'Who gave it back; null: the provider of online payments.';
-- What a person writes never stands in the way of what the provider says.
create unique index remboursements_reference_unique on public.remboursements ((mode = 'STRIPE'), reference);
create index remboursements_encaissement_idx on public.remboursements (encaissement_id);
create index remboursements_depot_jour_idx on public.remboursements (depot_id, jour_caisse);
create index remboursements_par_idx on public.remboursements (par);

create table public.clotures_caisse (
  id uuid primary key default private.nouvel_id(),
  depot_id uuid not null references public.depots (id),
  devise text not null check (devise in ('USD', 'CDF')),
  jour date not null,
  theorique numeric(18,2) not null,
  compte numeric(18,2) not null check (compte >= 0 and compte < 1e13),
  ecart numeric(18,2) not null generated always as (compte - theorique) stored,
  motif text,
  par uuid not null references auth.users (id),
  created_at timestamptz not null default now(),
  unique (depot_id, devise, jour)
);
comment on table public.clotures_caisse is
  'What the till held at the end of a day against what was taken in and given back. Immutable.';
comment on column public.clotures_caisse.ecart is 'compte − theorique: above zero, more than there should be.';
create index clotures_caisse_par_idx on public.clotures_caisse (par);
create index clotures_caisse_page_idx on public.clotures_caisse (created_at desc, id desc);

create function private.encaissement_figer() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  c_libres constant text[] := array['statut', 'motif_annulation', 'annule_par'];
begin
  if old.statut = 'ANNULE'
     or (old.statut = 'CONFIRME' and to_jsonb(new) - c_libres <> to_jsonb(old) - c_libres) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return new;
end;
$$;
comment on function private.encaissement_figer() is
  'A receipt keeps what it says; it is only ever cancelled. Raises ECRITURE_INTERDITE.';
create trigger encaissements_figer before update on public.encaissements
  for each row execute function private.encaissement_figer();
create trigger encaissements_block before delete or truncate on public.encaissements
  for each statement execute function private.interdire_ecriture();
create trigger encaissements_gel before update on public.encaissements
  for each statement execute function private.exiger_ecritures_ouvertes();

create function private.reference_nette(p_reference text) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
return regexp_replace(private.texte_net(p_reference), '\s+', ' ', 'g');
comment on function private.reference_nette(text) is
  'The reference of a payment as one types it: no blanks around it, single ones within, so that two people who copy it '
  'write the same.';

create function private.encaissement_garder() returns trigger
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
    when new.mode not in ('CASH', 'VIREMENT', 'MOBILE_MONEY', 'CHEQUE', 'STRIPE') then 'mode'
    when (new.mode = 'MOBILE_MONEY') <> (new.operateur_mobile is not null) then 'operateur_mobile'
    when new.devise not in ('USD', 'CDF') then 'devise'
    when new.devise_compte not in ('USD', 'CDF') then 'devise_compte'
    when new.montant <= 0 or new.montant >= 1e13 then 'montant'
    when new.montant_compte <= 0 or new.montant_compte >= 1e13 then 'montant_compte'
    when new.taux_cdf <= 0 then 'taux_cdf'
    when new.statut not in ('EN_ATTENTE', 'CONFIRME', 'ANNULE')
      or new.statut = 'CONFIRME' and new.confirme_par is null and new.mode <> 'STRIPE' then 'statut'
    when new.confirme_par is not null and new.numero_recu is null
      or new.numero_recu is not null and new.confirme_par is null and new.mode <> 'STRIPE' then 'numero_recu'
    when (new.motif_annulation is not null) <> (new.statut = 'ANNULE') then 'motif_annulation' end;
  if new.montant_remis is not null then
    if new.montant_remis < new.montant or new.montant_remis >= 1e13 then
      v_faute := 'montant_remis';
    end if;
  end if;
  if new.operateur_mobile is not null then
    if new.operateur_mobile not in ('MPESA', 'ORANGE', 'AIRTEL', 'AFRIMONEY') then
      v_faute := 'operateur_mobile';
    end if;
  end if;
  if new.reference is not null then
    if btrim(new.reference) = '' then
      v_faute := 'reference';
    end if;
    v_admis := private.texte_admis(new.reference, 'reference', false);
  elsif new.mode <> 'CASH' then
    v_faute := 'reference';
  end if;
  if new.motif_annulation is not null then
    v_admis := private.texte_admis(new.motif_annulation, 'motif_annulation', true);
  end if;
  if v_faute is not null then
    perform private.refuser_ligne(tg_table_name, v_faute);
  end if;
  return new;
end;
$$;
comment on function private.encaissement_garder() is
  'What every payment holds, whoever writes it: no freeze, a known mode and currency, amounts above zero, a reference '
  'unless it is cash, a receipt once a person has confirmed it, a reason once it is cancelled. Raises '
  'ECRITURES_GELEES, ISOLATION_INTERDITE, TEXTE_ILLISIBLE, 23514.';
create trigger encaissements_garder before insert or update on public.encaissements
  for each row execute function private.encaissement_garder();
create trigger remboursements_block before update or delete or truncate on public.remboursements
  for each statement execute function private.interdire_ecriture();
create trigger remboursements_gel before insert on public.remboursements
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger clotures_caisse_block before update or delete or truncate on public.clotures_caisse
  for each statement execute function private.interdire_ecriture();
create trigger clotures_caisse_gel before insert on public.clotures_caisse
  for each statement execute function private.exiger_ecritures_ouvertes();

-- Reading -------------------------------------------------------------------------------------------------------------

alter table public.encaissements enable row level security;
alter table public.remboursements enable row level security;
alter table public.clotures_caisse enable row level security;
grant select on public.encaissements, public.remboursements, public.clotures_caisse to authenticated, service_role;
create policy encaissements_lecture on public.encaissements for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_caisse'))::uuid[]));
create policy remboursements_lecture on public.remboursements for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_caisse'))::uuid[]));
create policy clotures_caisse_lecture on public.clotures_caisse for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_caisse'))::uuid[]));
