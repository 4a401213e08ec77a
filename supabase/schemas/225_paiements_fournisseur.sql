-- Payments to suppliers, and their credit notes: what takes from a debt. A payment declares what the bank has done.
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
begin
  perform private.exiger('ecrire_factures_fournisseur');
  v_facture := private.facture_a_payer(new.fournisseur_facture_id);
  new.date_paiement := coalesce(new.date_paiement, now());
  perform private.date_de_document(private.jour_local(private.fuseau_societe(), new.date_paiement));
  new.statut := coalesce(new.statut, 'CONFIRME');
  if new.statut not in ('EN_ATTENTE', 'CONFIRME') then
    perform private.refuser('PAIEMENT_ETAT', jsonb_build_object('statut', new.statut));
  end if;
  if exists (select from public.fournisseur_paiement_lot_min p
              where p.fournisseur_facture_id = new.fournisseur_facture_id and p.montant_paye_usd = new.montant_paye_usd
                and p.reference_paiement is not distinct from new.reference_paiement and p.created_by = auth.uid()
                and p.statut <> 'ANNULE' and p.created_at > clock_timestamp() - interval '2 minutes') then
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
  'LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

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
  'The bank has paid what was waiting. Raises ROLE_FORBIDDEN, INTROUVABLE, FACTURE_ETAT, PAIEMENT_ETAT, '
  'PAIEMENT_FACTURE_NON_VALIDEE, PAIEMENT_EXCEDENTAIRE, DEPOT_SANS_CODE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, '
  'ISOLATION_INTERDITE, ECRITURES_GELEES.';

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
  'A confirmed payment is taken back (admin): its invoice is owed again. Logged CRITICAL. Raises ROLE_FORBIDDEN, '
  'MOTIF_REQUIS, INTROUVABLE, FACTURE_ETAT, PAIEMENT_ETAT, ECRITURE_CONTREPASSEE, LETTRAGE_INCOMPATIBLE, '
  'LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

create function public.enregistrer_avoir_fournisseur(
  p_facture_id uuid, p_invoice_no text, p_date_facture date, p_montant_usd numeric, p_justification text
) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facture public.fournisseur_facture_lot_min;
  v_avoir public.fournisseur_facture_lot_min;
  v_deja numeric;
  v_ecriture uuid;
  v_solde numeric;
begin
  perform private.exiger('ecrire_factures_fournisseur');
  perform private.exiger_motif(p_justification, 10);
  v_facture := private.facture_a_changer(p_facture_id, 'VALIDEE', 'LITIGE');
  if v_facture.validated_at is null then
    perform private.refuser('FACTURE_ETAT', jsonb_build_object('statut', v_facture.statut));
  end if;
  perform private.exiger_quatre_yeux(v_facture.created_by);
  perform private.date_de_document(p_date_facture);
  perform private.verrouiller_tiers('FOURNISSEUR', v_facture.fournisseur_id);
  select coalesce(sum(a.montant_total_usd), 0) into v_deja
    from public.fournisseur_facture_lot_min a where a.facture_origine_id = p_facture_id;
  if not coalesce(p_montant_usd > 0 and v_deja + p_montant_usd <= v_facture.montant_total_usd, false) then
    perform private.refuser('AVOIR_EXCESSIF',
      jsonb_build_object('montant', p_montant_usd, 'reste', v_facture.montant_total_usd - v_deja));
  end if;
  if exists (select from public.fournisseur_facture_lot_min f where f.statut <> 'ANNULEE'
              and f.fournisseur_id = v_facture.fournisseur_id
                and lower(btrim(f.invoice_no)) = lower(btrim(p_invoice_no))) then
    perform private.refuser('FACTURE_EXISTANTE', jsonb_build_object('invoice_no', p_invoice_no));
  end if;
  insert into public.fournisseur_facture_lot_min
    (fournisseur_lot_id, fournisseur_id, type, facture_origine_id, invoice_no, date_facture, quantite_facturee_20c,
     prix_unitaire_usd, base, quantite_base, prix_base_usd, montant_total_usd, created_by)
  values (v_facture.fournisseur_lot_id, v_facture.fournisseur_id, 'AVOIR', p_facture_id, btrim(p_invoice_no),
    p_date_facture,
          greatest(round(p_montant_usd / v_facture.prix_unitaire_usd, 3), 0.001), v_facture.prix_unitaire_usd,
          v_facture.base,
          greatest(round(p_montant_usd / v_facture.prix_base_usd, 3), 0.001), v_facture.prix_base_usd,
          round(p_montant_usd, 2), auth.uid())
  returning * into v_avoir;
  v_ecriture := private.passer_facture(v_avoir, p_justification);
  v_solde := v_facture.montant_total_usd - private.regle_de_facture(p_facture_id);
  if v_solde > 0 then
    perform private.lettrer(v_ecriture, (private.ecriture_de_facture(p_facture_id)).id,
      least(v_solde, v_avoir.montant_total_usd));
  end if;
  perform private.journaliser('AVOIR_ENREGISTRE', 'factures_fournisseur', 'INFO', v_avoir.id, null,
    jsonb_build_object('facture_id', p_facture_id, 'montant_usd', v_avoir.montant_total_usd, 'justification',
      p_justification));
  return v_avoir.id;
end;
$$;
comment on function public.enregistrer_avoir_fournisseur(uuid, text, date, numeric, text) is
  'The supplier takes back a part of a validated invoice, at most the whole: settles it as a payment does; what is '
  'paid already stays to their credit. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, DENSITE_OBSERVEE_REQUISE, '
  'TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, DATE_FUTURE, '
  'INTROUVABLE, ECRITURES_GELEES, LOT_EXISTANT, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, '
  'LOT_NON_VIDE, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, FACTURE_ETAT, FACTURE_EXISTANTE, '
  'FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE, LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, '
  'FACTURE_PERIMEE, AVOIR_EXCESSIF, PIECE_REQUISE, QUATRE_YEUX, LOT_INCOMPATIBLE, PROFORMA_ETAT.';

-- Reading ------------------------------------------------------------------------------------------------------------

create function private.recu_de_facture(p_facture_id uuid)
returns table (nb_receptions int, total_volume_15c numeric, total_volume_20c numeric)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lot_id uuid;
begin
  -- A draft counts what has come so far.
  select f.fournisseur_lot_id into v_lot_id from public.fournisseur_facture_lot_min f where f.id = p_facture_id
    and f.statut =
    'DRAFT';
  if v_lot_id is not null then
    return query select count(*)::int, coalesce(sum(r.volume_15c), 0), coalesce(sum(r.volume_20c), 0)
      from private.receptions_a_facturer(v_lot_id, p_facture_id) r;
  else
    return query select count(*)::int, coalesce(sum(r.volume_15c), 0), coalesce(sum(r.volume_20c), 0)
      from public.factures_fournisseur_receptions r where r.facture_id = p_facture_id;
  end if;
end;
$$;
comment on function private.recu_de_facture(uuid) is
  'What an invoice counts: réceptions, litres at 15 and at 20 °C; of a draft, what its lot has brought so far.';
grant execute on function private.recu_de_facture(uuid) to authenticated, service_role;

alter table public.fournisseur_facture_lot_min enable row level security;
alter table public.factures_fournisseur_receptions enable row level security;
alter table public.fournisseur_paiement_lot_min enable row level security;
grant select on public.fournisseur_facture_lot_min, public.factures_fournisseur_receptions,
  public.fournisseur_paiement_lot_min to authenticated, service_role;
grant insert (fournisseur_lot_id, invoice_no, deal_reference, date_facture, date_echeance, quantite_facturee_20c,
              prix_unitaire_usd, base, quantite_base, prix_base_usd) on public.fournisseur_facture_lot_min to
                authenticated;
grant insert (fournisseur_facture_id, date_paiement, montant_paye_usd, mode_paiement, reference_paiement, note, statut)
  on public.fournisseur_paiement_lot_min to authenticated;
-- Whose depot no truck of the lot goes to sees nothing of it: cours_de_route shows each their own.
create policy facture_fournisseur_lecture on public.fournisseur_facture_lot_min for select to authenticated
  using ((select private.peut('lire_finance')) and ((select private.peut('voir_tous_depots'))
         or fournisseur_lot_id = any (array(select c.fournisseur_lot_id from public.cours_de_route c
                                             where c.fournisseur_lot_id is not null))));
create policy facture_fournisseur_creation on public.fournisseur_facture_lot_min for insert to authenticated
  with check ((select private.peut('ecrire_factures_fournisseur')));
create policy factures_fournisseur_receptions_lecture on public.factures_fournisseur_receptions for
  select to authenticated
  using (facture_id = any (array(select f.id from public.fournisseur_facture_lot_min f)));
create policy paiement_fournisseur_lecture on public.fournisseur_paiement_lot_min for select to authenticated
  using (fournisseur_facture_id = any (array(select f.id from public.fournisseur_facture_lot_min f)));
create policy paiement_fournisseur_creation on public.fournisseur_paiement_lot_min for insert to authenticated
  with check ((select private.peut('ecrire_factures_fournisseur')));

create view public.v_fournisseur_facture_lot with (security_invoker = true) as
  select f.id as facture_id, f.invoice_no, f.deal_reference, f.fournisseur_lot_id, r.nb_receptions, r.total_volume_15c,
         r.total_volume_20c, f.quantite_facturee_20c, r.total_volume_20c - f.quantite_facturee_20c as ecart_volume_20c,
         private.rapprochement(r.total_volume_20c, f.quantite_facturee_20c) as statut_rapprochement,
         f.prix_unitaire_usd,
         f.montant_total_usd, p.regle as montant_regle_usd, f.montant_total_usd - p.regle as solde_restant_usd,
         case when f.validated_at is null then 'EN_ATTENTE' when p.regle = 0 then 'IMPAYE'
              when p.regle < f.montant_total_usd then 'PARTIEL' else 'PAYE' end as statut_paiement,
         f.date_facture, f.date_echeance, f.created_at, f.fournisseur_id, f.statut, f.numero, f.base, f.quantite_base,
         f.prix_base_usd, f.justification, f.created_by, f.validated_by, f.validated_at
    from public.fournisseur_facture_lot_min f
   cross join lateral private.recu_de_facture(f.id) r
   cross join lateral (select private.regle_de_facture(f.id) as regle) p
   where f.type = 'FACTURE' and f.statut <> 'ANNULEE';
comment on view public.v_fournisseur_facture_lot is
  'Each live supplier''s invoice: what came against what is invoiced (litres at 20 °C), what is paid and what is left '
  '(USD).';

create view public.v_fournisseur_rapprochement_lot_min with (security_invoker = true) as
  select v.facture_id, v.invoice_no, v.deal_reference, v.fournisseur_lot_id, v.nb_receptions, v.total_volume_15c,
         v.total_volume_20c, v.quantite_facturee_20c, v.ecart_volume_20c, v.prix_unitaire_usd, v.montant_total_usd,
         v.statut_rapprochement
    from public.v_fournisseur_facture_lot v;
comment on view public.v_fournisseur_rapprochement_lot_min is 'What came against what is invoiced, invoice by invoice.';

create view public.v_compte_fournisseur with (security_invoker = true) as
  select f.id as fournisseur_id, f.nom, s.devise, s.debit, s.credit, s.solde as dette, s.ecritures, s.derniere_date
    from public.v_soldes_tiers s join public.fournisseurs f on f.id = s.fournisseur_id;
comment on view public.v_compte_fournisseur is 'What we owe each supplier, for who reads accounts.';
grant select on public.v_fournisseur_facture_lot, public.v_fournisseur_rapprochement_lot_min,
  public.v_compte_fournisseur
  to authenticated, service_role;

revoke execute on function public.calculer_facture_fournisseur(uuid), public.valider_facture_fournisseur(uuid, text),
  public.annuler_facture_fournisseur(uuid, text), public.contester_facture_fournisseur(uuid, boolean, text),
  public.confirmer_paiement(uuid), public.annuler_paiement(uuid, text),
  public.enregistrer_avoir_fournisseur(uuid, text, date, numeric, text) from public, anon;
grant execute on function public.calculer_facture_fournisseur(uuid), public.valider_facture_fournisseur(uuid, text),
  public.annuler_facture_fournisseur(uuid, text), public.contester_facture_fournisseur(uuid, boolean, text),
  public.confirmer_paiement(uuid), public.annuler_paiement(uuid, text),
  public.enregistrer_avoir_fournisseur(uuid, text, date, numeric, text) to authenticated;
