-- The contract of a purchase: the bank guarantee that stands behind it (SBLC), and the proforma that says what is
-- bought, at what price. Neither moves a litre or a dollar: a lot refers to its proforma, trucks to their lot.
--
--   SBLC       ACTIVE ⇄ SUSPENDUE,  → ANNULEE
--   proforma   DRAFT → ACTIVE → EN_EXECUTION → CLOTUREE,  DRAFT | ACTIVE → ANNULEE

create table public.sblc (
  id uuid primary key default private.nouvel_id(),
  fournisseur_id uuid not null references public.fournisseurs (id),
  banque text not null check (btrim(banque) <> ''),
  reference text not null check (btrim(reference) <> ''),
  montant numeric(18,2) not null check (montant > 0 and montant < 1e13),
  devise char(3) not null default 'USD' check (devise ~ '^[A-Z]{3}$'),
  date_debut date not null check (date_debut between '2000-01-01' and '2049-12-31'),
  date_fin date not null check (date_fin between date_debut and '2049-12-31'),
  statut text not null default 'ACTIVE' check (statut in ('ACTIVE', 'SUSPENDUE', 'ANNULEE')),
  note text,
  created_by uuid references auth.users (id),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table public.sblc is
  'Standby letters of credit: what banks guarantee our suppliers. For information: no balance, debt or stock reads '
  'them.';
comment on column public.sblc.montant is 'What the bank guarantees, in devise.';
comment on column public.sblc.statut is 'EXPIREE is not stored: v_sblc reads it from date_fin.';
create unique index sblc_reference_unique on public.sblc (lower(btrim(banque)), lower(btrim(reference)));
create index sblc_fournisseur_id_idx on public.sblc (fournisseur_id);
create index sblc_created_by_idx on public.sblc (created_by);
create index sblc_page_idx on public.sblc (created_at desc, id desc);

create table public.proformas (
  id uuid primary key default private.nouvel_id(),
  numero text unique,
  fournisseur_id uuid not null references public.fournisseurs (id),
  produit_id uuid not null references public.produits (id),
  reference text not null check (btrim(reference) <> ''),
  date_proforma date not null check (date_proforma between '2000-01-01' and '2049-12-31'),
  date_validite date check (date_validite between date_proforma and '2049-12-31'),
  incoterm text,
  base text not null default 'L20' check (base in ('L20', 'L15', 'TM_AIR')),
  quantite numeric(15,3) not null check (quantite > 0 and quantite < 1e9),
  prix_usd numeric(18,6) not null check (prix_usd > 0 and prix_usd < 1e7),
  franchise_pour_mille numeric(4,1) check (franchise_pour_mille between 0 and 50),
  jours_franchise int not null default 2 check (jours_franchise between 0 and 365),
  surestaries_usd_jour numeric(18,2) not null default 0
    check (surestaries_usd_jour >= 0 and surestaries_usd_jour < 1e7),
  sblc_id uuid references public.sblc (id),
  statut text not null default 'DRAFT' check (statut in ('DRAFT', 'ACTIVE', 'EN_EXECUTION', 'CLOTUREE', 'ANNULEE')),
  motif_annulation text check ((motif_annulation is not null) = (statut = 'ANNULEE')),
  note text,
  created_by uuid references auth.users (id),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (numero is not null or statut in ('DRAFT', 'ANNULEE'))
);
comment on table public.proformas is
  'What a supplier commits to sell us: one product, a quantity, a price. Written as a draft; its figures are frozen '
  'once active.';
comment on column public.proformas.numero is 'Ours, given when it becomes active (series PRF).';
comment on column public.proformas.base is 'What it is sold by: litres at 20 or 15 °C, tonnes in air.';
comment on column public.proformas.quantite is 'In units of base.';
comment on column public.proformas.prix_usd is 'USD for one unit of base.';
comment on column public.proformas.franchise_pour_mille is
  'Loss on the way that nobody answers for, per thousand of what was loaded; null: the product''s.';
comment on column public.proformas.jours_franchise is 'Days a truck may wait at the depot before demurrage.';
comment on column public.proformas.surestaries_usd_jour is 'USD for each truck and day beyond them.';
comment on column public.proformas.date_validite is 'Last day a truck may join it; null: no end.';
create unique index proformas_reference_unique
  on public.proformas (fournisseur_id, lower(btrim(reference))) where statut <> 'ANNULEE';
create index proformas_fournisseur_id_idx on public.proformas (fournisseur_id);
create index proformas_produit_id_idx on public.proformas (produit_id);
create index proformas_sblc_id_idx on public.proformas (sblc_id);
create index proformas_created_by_idx on public.proformas (created_by);
create index proformas_page_idx on public.proformas (created_at desc, id desc);

create table public.proforma_clotures (
  proforma_id uuid primary key references public.proformas (id),
  instantane jsonb not null,
  justification text not null,
  par uuid references auth.users (id),
  le timestamptz not null default now()
);
comment on table public.proforma_clotures is
  'What a proforma had come to when it was closed, réception by réception, and why it was. Immutable.';
create index proforma_clotures_par_idx on public.proforma_clotures (par);

alter table public.fournisseur_lot add column proforma_id uuid references public.proformas (id);
comment on column public.fournisseur_lot.proforma_id is 'Proforma that its trucks are bought by; null: none is known.';
create index fournisseur_lot_proforma_id_idx on public.fournisseur_lot (proforma_id);

create trigger sblc_gel before insert or update on public.sblc
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger proformas_gel before insert or update on public.proformas
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger proforma_clotures_gel before insert on public.proforma_clotures
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger sblc_block before delete or truncate on public.sblc
  for each statement execute function private.interdire_ecriture();
create trigger proformas_block before delete or truncate on public.proformas
  for each statement execute function private.interdire_ecriture();
create trigger proforma_clotures_block before update or delete or truncate on public.proforma_clotures
  for each statement execute function private.interdire_ecriture();

create function private.proformas_figer() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if old.statut <> 'DRAFT'
     and to_jsonb(new) - '{statut,motif_annulation,updated_at}'::text[]
         <> to_jsonb(old) - '{statut,motif_annulation,updated_at}'::text[] then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  new.updated_at := now();
  return new;
end;
$$;
comment on function private.proformas_figer() is 'Only a draft changes its figures. Raises ECRITURE_INTERDITE.';
create trigger proformas_figer before update on public.proformas
  for each row execute function private.proformas_figer();

-- Who sees them -------------------------------------------------------------------------------------------------------

create function private.lots_finances() returns uuid[]
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if not private.peut('lire_finance') or private.peut('voir_tous_depots') then
    return '{}'::uuid[];
  end if;
  return coalesce((select array_agg(distinct c.fournisseur_lot_id) from public.cours_de_route c
                    where c.fournisseur_lot_id is not null
                      and c.depot_destination_id = any (private.depots_visibles())), '{}');
end;
$$;
comment on function private.lots_finances() is
  'Lots that a truck brings to a depot the caller sees: whose money they then see. Empty for who sees every depot, and '
  'needs no list.';

create function private.proformas_vues() returns uuid[]
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce((select array_agg(distinct l.proforma_id) from public.fournisseur_lot l
                    where l.id = any (private.lots_finances()) and l.proforma_id is not null), '{}')
    || coalesce((select array_agg(p.id) from public.proformas p where p.created_by = auth.uid()), '{}');
end;
$$;
comment on function private.proformas_vues() is
  'Proformas of the lots whose money the caller sees, and those they wrote; read by who does not see every depot.';

create function private.sblc_vues() returns uuid[]
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce((select array_agg(distinct p.sblc_id) from public.proformas p
                    where p.id = any (private.proformas_vues()) and p.sblc_id is not null), '{}')
    || coalesce((select array_agg(s.id) from public.sblc s where s.created_by = auth.uid()), '{}');
end;
$$;
comment on function private.sblc_vues() is 'The same of the guarantees behind them.';
grant execute on function private.lots_finances(), private.proformas_vues(), private.sblc_vues()
  to authenticated, service_role;

-- SBLC ----------------------------------------------------------------------------------------------------------------

create function private.sblc_a_changer(p_id uuid) returns public.sblc
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_sblc public.sblc;
begin
  select * into v_sblc from public.sblc s
   where s.id = p_id and (private.peut('voir_tous_depots') or s.id = any (private.sblc_vues())) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette SBLC'));
  end if;
  if v_sblc.statut = 'ANNULEE' then
    perform private.refuser('SBLC_ETAT', jsonb_build_object('statut', v_sblc.statut));
  end if;
  return v_sblc;
end;
$$;
comment on function private.sblc_a_changer(uuid) is
  'The guarantee, locked, that the caller sees and nobody has cancelled. Raises INTROUVABLE, SBLC_ETAT.';

create function public.ecrire_sblc(p_sblc jsonb, p_id uuid default null) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  c_champs constant text[] := array['fournisseur_id', 'banque', 'reference', 'montant', 'devise', 'date_debut',
    'date_fin', 'note'];
  v_avant public.sblc;
  v_sblc public.sblc;
begin
  perform private.exiger('ecrire_sblc');
  perform private.exiger_read_committed();
  if p_id is not null then
    v_avant := private.sblc_a_changer(p_id);
  end if;
  v_sblc := jsonb_populate_record(v_avant, private.seulement(p_sblc, c_champs));
  if p_id is not null and v_sblc.fournisseur_id <> v_avant.fournisseur_id then
    perform private.refuser('ECRITURE_INTERDITE', '{"table":"sblc","verbe":"UPDATE"}');
  end if;
  perform private.exiger_actifs(p_fournisseur_id => nullif(v_sblc.fournisseur_id, v_avant.fournisseur_id));
  if exists (select from public.sblc s where lower(btrim(s.banque)) = lower(btrim(v_sblc.banque))
              and lower(btrim(s.reference)) = lower(btrim(v_sblc.reference)) and s.id is distinct from p_id) then
    perform private.refuser('SBLC_EXISTANTE', jsonb_build_object('reference', v_sblc.reference));
  end if;
  if p_id is null then
    insert into public.sblc (fournisseur_id, banque, reference, montant, devise, date_debut, date_fin, note, created_by)
    values (v_sblc.fournisseur_id, btrim(v_sblc.banque), btrim(v_sblc.reference), v_sblc.montant,
      coalesce(v_sblc.devise, 'USD'), v_sblc.date_debut, v_sblc.date_fin, v_sblc.note, auth.uid())
    returning * into v_sblc;
  else
    update public.sblc s
       set (banque, reference, montant, devise, date_debut, date_fin, note, updated_at)
           = (btrim(v_sblc.banque), btrim(v_sblc.reference), v_sblc.montant, v_sblc.devise, v_sblc.date_debut,
              v_sblc.date_fin, v_sblc.note, now())
     where s.id = p_id returning * into v_sblc;
  end if;
  perform private.journaliser(case when p_id is null then 'SBLC_CREEE' else 'SBLC_MAJ' end, 'sblc', 'INFO', v_sblc.id,
    null, jsonb_build_object('avant', case when p_id is not null then to_jsonb(v_avant) end, 'apres',
      to_jsonb(v_sblc)));
  return v_sblc.id;
end;
$$;
comment on function public.ecrire_sblc(jsonb, uuid) is
  'Writes a guarantee {fournisseur_id, banque, reference, montant, devise, date_debut, date_fin, note}, or changes '
  'what is said of p_id, but its supplier. Raises ROLE_FORBIDDEN, FORME_INATTENDUE, REFERENTIEL_INACTIF, '
  'ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ECRITURES_GELEES, SBLC_EXISTANTE, SBLC_ETAT.';

create function public.changer_statut_sblc(p_id uuid, p_statut text, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_sblc public.sblc;
begin
  if p_statut = 'ANNULEE' then
    perform private.exiger('annuler_sblc');
  else
    perform private.exiger('ecrire_sblc');
  end if;
  perform private.exiger_motif(p_motif, 3);
  v_sblc := private.sblc_a_changer(p_id);
  if p_statut is null or p_statut not in ('ACTIVE', 'SUSPENDUE', 'ANNULEE') or p_statut = v_sblc.statut then
    perform private.refuser('SBLC_ETAT', jsonb_build_object('statut', v_sblc.statut));
  end if;
  update public.sblc s set statut = p_statut, updated_at = now() where s.id = p_id;
  perform private.journaliser(case p_statut when 'ANNULEE' then 'SBLC_ANNULEE' else 'SBLC_MAJ' end, 'sblc',
    case p_statut when 'ANNULEE' then 'WARNING' else 'INFO' end, p_id, null,
    jsonb_build_object('de', v_sblc.statut, 'vers', p_statut, 'motif', p_motif));
end;
$$;
comment on function public.changer_statut_sblc(uuid, text, text) is
  'Suspends a guarantee, takes it up again, or cancels it (admin), with the reason. Raises ROLE_FORBIDDEN, '
  'ISOLATION_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, SBLC_ETAT.';

create view public.v_sblc with (security_invoker = true) as
  select s.id, s.fournisseur_id, s.banque, s.reference, s.montant, s.devise, s.date_debut, s.date_fin,
         case when s.statut in ('ACTIVE', 'SUSPENDUE') and s.date_fin < j.aujourdhui then 'EXPIREE' else s.statut end
           as statut,
         greatest(s.date_fin - j.aujourdhui, 0) as jours_restants, s.note, s.created_by, s.created_at, s.updated_at
    from public.sblc s cross join (select private.aujourdhui() as aujourdhui offset 0) j;
comment on view public.v_sblc is
  'Guarantees as they stand today: EXPIREE once date_fin is past; jours_restants: days before.';

-- Reading -------------------------------------------------------------------------------------------------------------

alter table public.sblc enable row level security;
alter table public.proformas enable row level security;
alter table public.proforma_clotures enable row level security;
grant select on public.sblc, public.proformas, public.proforma_clotures, public.v_sblc
  to authenticated, service_role;
create policy sblc_lecture on public.sblc for select to authenticated
  using ((select private.peut('lire_finance'))
         and ((select private.peut('voir_tous_depots')) or id = any ((select private.sblc_vues())::uuid[])));
create policy proformas_lecture on public.proformas for select to authenticated
  using ((select private.peut('lire_finance'))
         and ((select private.peut('voir_tous_depots')) or id = any ((select private.proformas_vues())::uuid[])));
create policy proforma_clotures_lecture on public.proforma_clotures for select to authenticated
  using ((select private.peut('lire_finance'))
         and ((select private.peut('voir_tous_depots'))
              or proforma_id = any ((select private.proformas_vues())::uuid[])));

revoke execute on function public.ecrire_sblc(jsonb, uuid), public.changer_statut_sblc(uuid, text, text)
  from public, anon;
grant execute on function public.ecrire_sblc(jsonb, uuid), public.changer_statut_sblc(uuid, text, text)
  to authenticated;
