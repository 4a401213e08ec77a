-- Payments to suppliers: what takes from a debt. A payment declares what the bank has done.
--
--   EN_ATTENTE → CONFIRME → ANNULE

create table public.fournisseur_paiement_lot_min (
  id uuid primary key default private.nouvel_id(),
  fournisseur_facture_id uuid not null references public.fournisseur_facture_lot_min (id),
  date_paiement timestamptz not null default now() check (date_paiement >= '2020-01-01'),
  montant_paye_usd numeric(18,2) not null check (montant_paye_usd > 0 and montant_paye_usd < 1e13),
  mode_paiement text,
  reference_paiement text,
  note text,
  statut text not null default 'CONFIRME' check (statut in ('EN_ATTENTE', 'CONFIRME', 'ANNULE')),
  numero text unique,
  motif_annulation text check ((motif_annulation is not null) = (statut = 'ANNULE')),
  created_by uuid references auth.users (id),
  confirme_par uuid references auth.users (id),
  annule_par uuid references auth.users (id),
  created_at timestamptz not null default now(),
  check ((numero is not null) = (confirme_par is not null))
);
comment on table public.fournisseur_paiement_lot_min is
  'Payments of suppliers'' invoices, USD. One that the client inserts is confirmed at once; taken back only by its '
  'reversal.';
comment on column public.fournisseur_paiement_lot_min.date_paiement is
  'As the client says it, often a local time without its offset: judged by its day.';
comment on column public.fournisseur_paiement_lot_min.numero is 'Ours, given when it is confirmed (series PAF).';
create index fournisseur_paiement_facture_idx on public.fournisseur_paiement_lot_min (fournisseur_facture_id,
  date_paiement desc);
create index fournisseur_paiement_created_by_idx on public.fournisseur_paiement_lot_min (created_by);
create index fournisseur_paiement_confirme_par_idx on public.fournisseur_paiement_lot_min (confirme_par);
create index fournisseur_paiement_annule_par_idx on public.fournisseur_paiement_lot_min (annule_par);
create index fournisseur_paiement_page_idx on public.fournisseur_paiement_lot_min (created_at desc, id desc);

create function private.ecriture_de_facture(p_facture_id uuid) returns public.ecritures_tiers
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select e from public.ecritures_tiers e
   where e.source_type = 'fournisseur_facture_lot_min' and e.source_id = p_facture_id and e.type in ('FACTURE', 'AVOIR')
$$;
comment on function private.ecriture_de_facture(uuid) is
  'What a validated invoice or credit note wrote in the account; null before.';

create function private.regle_de_facture(p_facture_id uuid) returns numeric
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$ select coalesce(private.montant_lettre((private.ecriture_de_facture(p_facture_id)).id), 0) $$;
comment on function private.regle_de_facture(uuid) is 'USD settled of an invoice, credit notes counted.';
grant execute on function private.regle_de_facture(uuid) to authenticated, service_role;

create function private.exiger_solde(p_facture public.fournisseur_facture_lot_min, p_montant numeric) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_solde numeric;
begin
  perform private.verrouiller_tiers('FOURNISSEUR', p_facture.fournisseur_id);
  v_solde := p_facture.montant_total_usd - private.regle_de_facture(p_facture.id);
  if not coalesce(p_montant <= v_solde, false) then
    perform private.refuser('PAIEMENT_EXCEDENTAIRE', jsonb_build_object('montant', p_montant, 'solde', v_solde));
  end if;
end;
$$;
comment on function private.exiger_solde(public.fournisseur_facture_lot_min, numeric) is
  'An invoice is not paid beyond what is left of it; takes the mutex of the account. Raises PAIEMENT_EXCEDENTAIRE, '
  'ISOLATION_INTERDITE.';

create function private.facture_a_payer(p_id uuid) returns public.fournisseur_facture_lot_min
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facture public.fournisseur_facture_lot_min;
begin
  v_facture := private.facture_a_changer(p_id, 'DRAFT', 'CALCULEE', 'VALIDEE');
  if v_facture.statut <> 'VALIDEE' then
    perform private.refuser('PAIEMENT_FACTURE_NON_VALIDEE', jsonb_build_object('statut', v_facture.statut));
  end if;
  return v_facture;
end;
$$;
comment on function private.facture_a_payer(uuid) is
  'The invoice, locked: validated, and not disputed. Raises PAIEMENT_FACTURE_NON_VALIDEE, INTROUVABLE, FACTURE_ETAT, '
  'ISOLATION_INTERDITE.';

create function private.paiement_fournisseur_avant_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facture public.fournisseur_facture_lot_min;
  v_au_mur timestamptz;
begin
  perform private.exiger('ecrire_factures_fournisseur');
  v_facture := private.facture_a_payer(new.fournisseur_facture_id);
  new.date_paiement := coalesce(new.date_paiement, now());
  -- The client sends the hour on the wall without its offset: late in the evening it would be of tomorrow.
  v_au_mur := (new.date_paiement at time zone 'UTC') at time zone private.fuseau_societe();
  if private.jour_local(private.fuseau_societe(), new.date_paiement) > private.aujourdhui()
     and private.jour_local(private.fuseau_societe(), v_au_mur) <= private.aujourdhui() then
    new.date_paiement := v_au_mur;
  end if;
  perform private.date_de_document(private.jour_local(private.fuseau_societe(), new.date_paiement));
  new.statut := coalesce(new.statut, 'CONFIRME');
  if new.statut not in ('EN_ATTENTE', 'CONFIRME') then
    perform private.refuser('PAIEMENT_ETAT', jsonb_build_object('statut', new.statut));
  end if;
  if exists (select from public.fournisseur_paiement_lot_min p
              where p.fournisseur_facture_id = new.fournisseur_facture_id and p.montant_paye_usd = new.montant_paye_usd
                and p.reference_paiement is not distinct from new.reference_paiement and p.created_by = auth.uid()
                and p.statut <> 'ANNULE' and p.created_at between clock_timestamp() - interval '2 minutes'
                  and clock_timestamp() + interval '2 minutes') then
    perform private.refuser('PAIEMENT_DOUBLE', jsonb_build_object('montant', new.montant_paye_usd));
  end if;
  perform private.exiger_solde(v_facture, new.montant_paye_usd);
  new.motif_annulation := null;
  new.annule_par := null;
  new.created_by := auth.uid();
  new.created_at := clock_timestamp();
  new.confirme_par := case new.statut when 'CONFIRME' then auth.uid() end;
  new.numero := case new.statut when 'CONFIRME' then private.numero_de_paiement(new.id) end;
  return new;
end;
$$;
comment on function private.paiement_fournisseur_avant_insert() is
  'A payment of a validated invoice, not beyond what is left of it, not the same twice within two minutes (REST has no '
  'idempotency key). Raises ROLE_FORBIDDEN, INTROUVABLE, FACTURE_ETAT, PAIEMENT_FACTURE_NON_VALIDEE, DATE_FUTURE, '
  'PAIEMENT_ETAT, PAIEMENT_DOUBLE, PAIEMENT_EXCEDENTAIRE, DEPOT_SANS_CODE, ISOLATION_INTERDITE.';

create function private.numero_de_paiement(p_id uuid) returns text
language sql
set search_path = pg_catalog, pg_temp
as $$
  select private.prendre_numero(private.societe(), 'PAF', extract(year from private.aujourdhui())::int, p_id)
$$;
comment on function private.numero_de_paiement(uuid) is
  'The number of a payment that is confirmed. Raises DEPOT_SANS_CODE.';

create function private.passer_paiement(p_paiement public.fournisseur_paiement_lot_min) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facture constant public.ecritures_tiers := private.ecriture_de_facture(p_paiement.fournisseur_facture_id);
  v_ecriture public.ecritures_tiers;
begin
  v_ecriture.tiers_type := 'FOURNISSEUR';
  v_ecriture.fournisseur_id := v_facture.fournisseur_id;
  v_ecriture.devise := 'USD';
  v_ecriture.date_valeur := private.jour_local(private.fuseau_societe(), p_paiement.date_paiement);
  v_ecriture.type := 'PAIEMENT';
  v_ecriture.debit := p_paiement.montant_paye_usd;
  v_ecriture.reference := coalesce(p_paiement.reference_paiement, p_paiement.numero);
  v_ecriture.libelle := format('Paiement de la facture %s', v_facture.reference);
  v_ecriture.source_type := 'fournisseur_paiement_lot_min';
  v_ecriture.source_id := p_paiement.id;
  perform private.lettrer(private.ecrire_compte(v_ecriture), v_facture.id, p_paiement.montant_paye_usd);
end;
$$;
comment on function private.passer_paiement(public.fournisseur_paiement_lot_min) is
  'A confirmed payment enters the account and settles its invoice. Raises LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, '
  'ISOLATION_INTERDITE, ECRITURES_GELEES.';

create function private.paiement_fournisseur_apres_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if new.statut = 'CONFIRME' then
    perform private.passer_paiement(new);
  end if;
  perform private.journaliser(case new.statut when 'CONFIRME' then array['PAIEMENT_ENREGISTRE', 'PAIEMENT_CONFIRME']
    else array['PAIEMENT_ENREGISTRE'] end, 'paiements_fournisseur', 'INFO', new.id, null, to_jsonb(new));
  return null;
end;
$$;
comment on function private.paiement_fournisseur_apres_insert() is
  'What the payment does to the account, where it is confirmed; logs PAIEMENT_ENREGISTRE and PAIEMENT_CONFIRME. Raises '
  'TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

create trigger paiement_fournisseur_before_insert before insert on public.fournisseur_paiement_lot_min
  for each row execute function private.paiement_fournisseur_avant_insert();
create trigger paiement_fournisseur_after_insert after insert on public.fournisseur_paiement_lot_min
  for each row execute function private.paiement_fournisseur_apres_insert();
create trigger paiement_fournisseur_block before delete or truncate on public.fournisseur_paiement_lot_min
  for each statement execute function private.interdire_ecriture();
create trigger paiement_fournisseur_gel before insert or update on public.fournisseur_paiement_lot_min
  for each statement execute function private.exiger_ecritures_ouvertes();

create function private.paiement_a_changer(p_id uuid, p_statut text) returns public.fournisseur_paiement_lot_min
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_paiement public.fournisseur_paiement_lot_min;
begin
  select * into v_paiement from public.fournisseur_paiement_lot_min p where p.id = p_id;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce paiement'));
  end if;
  -- The invoice first, as whoever pays it does.
  perform private.facture_a_changer(v_paiement.fournisseur_facture_id, 'VALIDEE', 'LITIGE');
  select * into v_paiement from public.fournisseur_paiement_lot_min p where p.id = p_id for update;
  if v_paiement.statut <> p_statut then
    perform private.refuser('PAIEMENT_ETAT', jsonb_build_object('statut', v_paiement.statut));
  end if;
  return v_paiement;
end;
$$;
comment on function private.paiement_a_changer(uuid, text) is
  'The payment and its invoice, locked, in this state. Raises INTROUVABLE, FACTURE_ETAT, PAIEMENT_ETAT, '
  'ISOLATION_INTERDITE.';

create function public.confirmer_paiement(p_id uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_paiement public.fournisseur_paiement_lot_min;
begin
  perform private.exiger('ecrire_factures_fournisseur');
  v_paiement := private.paiement_a_changer(p_id, 'EN_ATTENTE');
  perform private.exiger_solde(private.facture_a_payer(v_paiement.fournisseur_facture_id), v_paiement.montant_paye_usd);
  update public.fournisseur_paiement_lot_min p
     set statut = 'CONFIRME', confirme_par = auth.uid(), numero = private.numero_de_paiement(p.id)
   where p.id = p_id returning * into v_paiement;
  perform private.passer_paiement(v_paiement);
  perform private.journaliser('PAIEMENT_CONFIRME', 'paiements_fournisseur', 'INFO', p_id, null, to_jsonb(v_paiement));
end;
$$;
comment on function public.confirmer_paiement(uuid) is
  'The bank has paid what was waiting. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, INTROUVABLE, '
  'FACTURE_ETAT, PAIEMENT_ETAT, PAIEMENT_FACTURE_NON_VALIDEE, PAIEMENT_EXCEDENTAIRE, DEPOT_SANS_CODE, '
  'LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

create function public.annuler_paiement(p_id uuid, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_paiement public.fournisseur_paiement_lot_min;
begin
  perform private.exiger('annuler_paiements_fournisseur');
  perform private.exiger_motif(p_motif, 10);
  v_paiement := private.paiement_a_changer(p_id, 'CONFIRME');
  perform private.contrepasser(e.id, private.aujourdhui(),
    format('Annulation : %s', left(p_motif, 500)))
     from public.ecritures_tiers e
    where e.source_type = 'fournisseur_paiement_lot_min' and e.source_id = p_id and e.type = 'PAIEMENT';
  update public.fournisseur_paiement_lot_min p
     set statut = 'ANNULE', annule_par = auth.uid(), motif_annulation = private.texte_net(p_motif) where p.id = p_id;
  perform private.journaliser('PAIEMENT_ANNULE', 'paiements_fournisseur', 'CRITICAL', p_id, null,
    jsonb_build_object('motif', p_motif, 'avant', to_jsonb(v_paiement)));
end;
$$;
comment on function public.annuler_paiement(uuid, text) is
  'A confirmed payment is taken back (admin): its invoice is owed again. Logged CRITICAL. Raises TEXTE_ILLISIBLE, '
  'DATE_IMPOSSIBLE, ROLE_FORBIDDEN, MOTIF_REQUIS, INTROUVABLE, FACTURE_ETAT, PAIEMENT_ETAT, ECRITURE_CONTREPASSEE, '
  'LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';
