-- A supplier's invoice: one a lot, compared with what the lot's trucks really brought, then owed.
--
--   DRAFT → CALCULEE → VALIDEE,   CALCULEE | VALIDEE ⇄ LITIGE,   DRAFT | CALCULEE → ANNULEE
--
-- Whether it is paid is read from the supplier's account. What is validated never changes: an AVOIR takes from it.

create table public.fournisseur_facture_lot_min (
  id uuid primary key default private.nouvel_id(),
  fournisseur_lot_id uuid not null references public.fournisseur_lot (id),
  fournisseur_id uuid not null references public.fournisseurs (id),
  type text not null default 'FACTURE' check (type in ('FACTURE', 'AVOIR')),
  facture_origine_id uuid references public.fournisseur_facture_lot_min (id),
  invoice_no text not null check (btrim(invoice_no) <> ''),
  deal_reference text,
  date_facture date not null check (date_facture >= '2020-01-01'),
  date_echeance date check (date_echeance >= date_facture),
  quantite_facturee_20c numeric(15,3) not null check (quantite_facturee_20c > 0 and quantite_facturee_20c < 1e9),
  prix_unitaire_usd numeric(18,6) not null check (prix_unitaire_usd > 0 and prix_unitaire_usd < 1e6),
  base text not null default 'L20' check (base in ('L20', 'L15', 'TM_AIR')),
  quantite_base numeric(15,3) not null check (quantite_base > 0 and quantite_base < 1e9),
  prix_base_usd numeric(18,6) not null check (prix_base_usd > 0 and prix_base_usd < 1e7),
  montant_total_usd numeric(18,2) not null check (montant_total_usd > 0 and montant_total_usd < 1e13),
  statut text not null default 'DRAFT' check (statut in ('DRAFT', 'CALCULEE', 'VALIDEE', 'LITIGE', 'ANNULEE')),
  numero text unique,
  justification text,
  created_by uuid references auth.users (id),
  validated_by uuid references auth.users (id),
  validated_at timestamptz,
  created_at timestamptz not null default now(),
  check ((type = 'AVOIR') = (facture_origine_id is not null)),
  check ((numero is null) = (validated_at is null)),
  check (validated_at is not null or statut <> 'VALIDEE')
);
comment on table public.fournisseur_facture_lot_min is
  'Invoices and credit notes of suppliers, in USD, one live invoice a lot. Written by the client as a draft; frozen '
  'once validated.';
comment on column public.fournisseur_facture_lot_min.quantite_facturee_20c is
  'Litres at 20 °C that the supplier invoices; in another base, what that quantity comes to at the lot''s own ratio.';
comment on column public.fournisseur_facture_lot_min.prix_unitaire_usd is 'USD for one litre at 20 °C.';
comment on column public.fournisseur_facture_lot_min.base is
  'What it is invoiced by: litres at 20 or 15 °C, tonnes in air.';
comment on column public.fournisseur_facture_lot_min.montant_total_usd is 'quantite_base × prix_base_usd, to the cent.';
comment on column public.fournisseur_facture_lot_min.numero is 'Ours, given with its validation (series FFO).';
create unique index fournisseur_facture_numero_unique
  on public.fournisseur_facture_lot_min (fournisseur_id, lower(btrim(invoice_no))) where statut <> 'ANNULEE';
create unique index fournisseur_facture_lot_unique
  on public.fournisseur_facture_lot_min (fournisseur_lot_id) where type = 'FACTURE' and statut <> 'ANNULEE';
create index fournisseur_facture_lot_id_idx on public.fournisseur_facture_lot_min (fournisseur_lot_id);
create index fournisseur_facture_fournisseur_id_idx on public.fournisseur_facture_lot_min (fournisseur_id);
create index fournisseur_facture_origine_idx on public.fournisseur_facture_lot_min (facture_origine_id);
create index fournisseur_facture_created_by_idx on public.fournisseur_facture_lot_min (created_by);
create index fournisseur_facture_validated_by_idx on public.fournisseur_facture_lot_min (validated_by);
create index fournisseur_facture_page_idx on public.fournisseur_facture_lot_min (created_at desc, id desc);

create table public.factures_fournisseur_receptions (
  id uuid primary key default private.nouvel_id(),
  facture_id uuid not null references public.fournisseur_facture_lot_min (id),
  reception_id uuid not null unique references public.receptions (id),
  volume_15c numeric(15,3) not null check (volume_15c > 0),
  densite_15 numeric(10,6),
  volume_20c numeric(15,3) not null check (volume_20c > 0),
  tonnes_air numeric(12,3),
  created_at timestamptz not null default now()
);
comment on table public.factures_fournisseur_receptions is
  'What an invoice counts of each réception, as it was when it was calculated: each in one live invoice at most. '
  'Frozen with it.';
comment on column public.factures_fournisseur_receptions.volume_15c is 'Litres at 15 °C, adjustments counted.';
comment on column public.factures_fournisseur_receptions.volume_20c is 'Litres at 20 °C.';
comment on column public.factures_fournisseur_receptions.densite_15 is 'kg/m³ at 15 °C; null where none is known.';
create index factures_fournisseur_receptions_facture_idx on public.factures_fournisseur_receptions (facture_id);

create function private.exiger_lot_finance(p_lot_id uuid) returns public.fournisseur_lot
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lot public.fournisseur_lot;
begin
  select * into v_lot from public.fournisseur_lot l
   where l.id = p_lot_id
     and (private.peut('voir_tous_depots')
          or exists (select from public.cours_de_route c where c.fournisseur_lot_id = l.id
                      and c.depot_destination_id = any (private.depots_visibles()))) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce lot'));
  end if;
  return v_lot;
end;
$$;
comment on function private.exiger_lot_finance(uuid) is
  'The lot, locked, of somebody who sees its money: who sees every depot, or one that a truck of it goes to. Raises '
  'INTROUVABLE.';

create function private.facture_a_changer(p_id uuid, variadic p_statuts text[])
  returns public.fournisseur_facture_lot_min
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facture public.fournisseur_facture_lot_min;
begin
  perform private.exiger_read_committed();
  select * into v_facture from public.fournisseur_facture_lot_min f where f.id = p_id for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette facture'));
  end if;
  perform private.exiger_lot_finance(v_facture.fournisseur_lot_id);
  if v_facture.type <> 'FACTURE' or v_facture.statut <> all (p_statuts) then
    perform private.refuser('FACTURE_ETAT', jsonb_build_object('statut', v_facture.statut));
  end if;
  return v_facture;
end;
$$;
comment on function private.facture_a_changer(uuid, text[]) is
  'The invoice and its lot, locked, in one of these states. Raises INTROUVABLE, FACTURE_ETAT, ISOLATION_INTERDITE.';

create function private.receptions_a_facturer(p_lot_id uuid, p_facture_id uuid)
returns table (reception_id uuid, volume_15c numeric, densite_15 numeric, volume_20c numeric, tonnes_air numeric)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select r.id, q.volume_15c, q.densite_15, q.volume_20c, q.tonnes_air
    from public.cours_de_route c
    join public.receptions r on r.cours_de_route_id = c.id and r.statut = 'validee' and r.proprietaire_type = 'MONALUXE'
   cross join lateral private.quantites_reception(r.id) q
   where c.fournisseur_lot_id = p_lot_id and q.volume_15c > 0
     and not exists (select from public.factures_fournisseur_receptions f
                      where f.reception_id = r.id and f.facture_id is distinct from p_facture_id)
$$;
comment on function private.receptions_a_facturer(uuid, uuid) is
  'What the lot''s trucks brought of Monaluxe''s fuel, as it stands now, and no other invoice counts.';

create function private.aujourdhui() returns date
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return private.jour_local(private.fuseau_societe(), now());
end;
$$;
comment on function private.aujourdhui() is 'Today where the company keeps its books: Lubumbashi.';
grant execute on function private.aujourdhui() to authenticated, service_role;

create function private.date_de_document(p_jour date) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_aujourdhui constant date := private.aujourdhui();
begin
  -- The client sends local times without their offset: a day ahead is no future.
  if p_jour > v_aujourdhui + 1 then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
end;
$$;
comment on function private.date_de_document(date) is 'A document is not of a day beyond tomorrow. Raises DATE_FUTURE.';

create function private.facture_fournisseur_avant_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lot public.fournisseur_lot;
begin
  -- A credit note is written by its own rule, which has asked already.
  if new.type = 'AVOIR' then
    return new;
  end if;
  perform private.exiger('ecrire_factures_fournisseur');
  v_lot := private.exiger_lot_finance(new.fournisseur_lot_id);
  perform private.date_de_document(new.date_facture);
  new.fournisseur_id := v_lot.fournisseur_id;
  new.invoice_no := btrim(new.invoice_no);
  if exists (select from public.fournisseur_facture_lot_min f
              where f.statut <> 'ANNULEE'
                and (f.fournisseur_lot_id = new.fournisseur_lot_id and f.type = 'FACTURE'
                     or f.fournisseur_id = new.fournisseur_id
                        and lower(btrim(f.invoice_no)) = lower(new.invoice_no))) then
    perform private.refuser('FACTURE_EXISTANTE', jsonb_build_object('invoice_no', new.invoice_no));
  end if;
  new.base := coalesce(new.base, 'L20');
  if new.base = 'L20' then
    new.quantite_base := coalesce(new.quantite_base, new.quantite_facturee_20c);
    new.prix_base_usd := coalesce(new.prix_base_usd, new.prix_unitaire_usd);
  end if;
  new := private.facture_en_20c(new);
  new.date_echeance := coalesce(new.date_echeance, new.date_facture + (
    select f.delai_paiement_jours from public.fournisseurs f where f.id = new.fournisseur_id));
  new.statut := 'DRAFT';
  new.numero := null;
  new.facture_origine_id := null;
  new.validated_by := null;
  new.validated_at := null;
  new.justification := null;
  new.created_by := auth.uid();
  new.created_at := now();
  return new;
end;
$$;
comment on function private.facture_fournisseur_avant_insert() is
  'A supplier''s invoice begins as a draft, of a lot its author sees the money of; one live invoice a lot, one a '
  'number. Raises ROLE_FORBIDDEN, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, DATE_FUTURE, '
  'INTROUVABLE, FACTURE_EXISTANTE, FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE.';

create function private.facture_en_20c(p_facture public.fournisseur_facture_lot_min)
returns public.fournisseur_facture_lot_min
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_rapport numeric;
begin
  if p_facture.base <> 'L20' then
    if exists (select from private.receptions_a_facturer(p_facture.fournisseur_lot_id, p_facture.id) r
                where r.tonnes_air is null) and p_facture.base = 'TM_AIR' then
      perform private.refuser('TONNAGE_SANS_DENSITE');
    end if;
    select sum(r.volume_20c) / sum(case p_facture.base when 'L15' then r.volume_15c else r.tonnes_air end)
      into v_rapport
      from private.receptions_a_facturer(p_facture.fournisseur_lot_id, p_facture.id) r;
    if v_rapport is null then
      perform private.refuser('FACTURE_SANS_RECEPTION');
    end if;
    p_facture.quantite_facturee_20c := round(p_facture.quantite_base * v_rapport, 3);
    p_facture.prix_unitaire_usd := round(p_facture.prix_base_usd / v_rapport, 6);
  else
    p_facture.quantite_facturee_20c := p_facture.quantite_base;
    p_facture.prix_unitaire_usd := p_facture.prix_base_usd;
  end if;
  p_facture.montant_total_usd := round(p_facture.quantite_base * p_facture.prix_base_usd, 2);
  return p_facture;
end;
$$;
comment on function private.facture_en_20c(public.fournisseur_facture_lot_min) is
  'Its quantity and price by litres at 20 °C, whatever base it is invoiced by, and its amount. Raises '
  'FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE.';

create function private.facture_fournisseur_figer() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'UPDATE' and old.validated_at is not null
     and to_jsonb(new) - 'statut' <> to_jsonb(old) - 'statut' then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return new;
end;
$$;
comment on function private.facture_fournisseur_figer() is
  'What is validated keeps its figures: only a dispute still comes and goes. Raises ECRITURE_INTERDITE.';

create function private.snapshot_facture_figer() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if current_setting('app.purge_staging', true) is distinct from pg_current_xact_id()::text
     and exists (select from public.fournisseur_facture_lot_min f
                  where f.id = old.facture_id and f.validated_at is not null) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return case tg_op when 'DELETE' then old else new end;
end;
$$;
comment on function private.snapshot_facture_figer() is
  'What a validated invoice counts stays as it was. Raises ECRITURE_INTERDITE.';

create function private.facture_fournisseur_apres_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if new.type = 'FACTURE' then
    perform private.journaliser('FACTURE_CREEE', 'factures_fournisseur', 'INFO', new.id, null, to_jsonb(new));
    -- The client of today has no screen to calculate and validate: one act does it all, or nothing.
    if private.flag_actif('facture_lot_directe_compat', null) then
      perform public.calculer_facture_fournisseur(new.id);
      perform public.valider_facture_fournisseur(new.id,
        format('Facture %s saisie dans l''application', new.invoice_no));
    end if;
  end if;
  return null;
end;
$$;
comment on function private.facture_fournisseur_apres_insert() is
  'Logs FACTURE_CREEE; under the flag facture_lot_directe_compat, calculates and validates at once. Raises '
  'TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, '
  'ROLE_FORBIDDEN, REFERENTIEL_INACTIF, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, '
  'ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LOT_EXISTANT, '
  'LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, DEPOT_SANS_CODE, FACTURE_ETAT, '
  'FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE, LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, '
  'FACTURE_PERIMEE, PIECE_REQUISE, QUATRE_YEUX, LOT_INCOMPATIBLE, PROFORMA_ETAT.';

create trigger facture_fournisseur_before_insert before insert on public.fournisseur_facture_lot_min
  for each row execute function private.facture_fournisseur_avant_insert();
create trigger facture_fournisseur_figer before update on public.fournisseur_facture_lot_min
  for each row execute function private.facture_fournisseur_figer();
create trigger facture_fournisseur_block before delete or truncate on public.fournisseur_facture_lot_min
  for each statement execute function private.interdire_ecriture();
create trigger facture_fournisseur_gel before insert or update on public.fournisseur_facture_lot_min
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger facture_fournisseur_after_insert after insert on public.fournisseur_facture_lot_min
  for each row execute function private.facture_fournisseur_apres_insert();
create trigger factures_fournisseur_receptions_figer before update or delete on public.factures_fournisseur_receptions
  for each row execute function private.snapshot_facture_figer();
create trigger factures_fournisseur_receptions_gel before insert or update on public.factures_fournisseur_receptions
  for each statement execute function private.exiger_ecritures_ouvertes();
