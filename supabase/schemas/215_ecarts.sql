-- Gaps: what was expected and what was found, of any document; each has a life until somebody says what it is.
--
--   OUVERT → EN_REVUE → TRAITE | LITIGE,   LITIGE → TRAITE

create table public.ecarts (
  id uuid primary key default private.nouvel_id(),
  domaine text not null check (domaine in ('FOURNISSEUR', 'CLIENT', 'TRANSPORTEUR', 'DEPOT')),
  type text not null check (type in ('QUANTITE', 'QUALITE', 'LOGISTIQUE', 'PRIX', 'AUTRE')),
  depot_id uuid references public.depots (id),
  produit_id uuid references public.produits (id),
  fournisseur_lot_id uuid references public.fournisseur_lot (id),
  reference_type text not null
    check (reference_type in ('PROFORMA', 'LOT', 'CDR', 'RECEPTION', 'ANALYSE', 'SORTIE', 'LIVRAISON', 'FACTURE',
      'MISSION', 'TRANSFERT_DEPOT')),
  reference_id uuid not null,
  origine text not null default 'AUTO' check (origine in ('AUTO', 'MANUEL')),
  attendu numeric(18,6),
  constate numeric(18,6),
  ecart numeric(18,6) generated always as (constate - attendu) stored,
  unite text check (unite in ('L15', 'L20', 'TM_AIR', 'USD', 'KGM3', 'JOUR')),
  franchise numeric(18,6) not null default 0 check (franchise >= 0),
  excedent numeric(18,6) not null default 0 check (excedent >= 0),
  impact_usd numeric(18,2) check (abs(impact_usd) < 1e13),
  impute_a text check (impute_a in ('FOURNISSEUR', 'TRANSPORTEUR', 'MONALUXE')),
  cause text
    check (cause in ('PERTE_TRANSPORT', 'ERREUR_SAISIE', 'DIFFERENCE_TEMPERATURE_DENSITE', 'MANQUANT_FOURNISSEUR',
                              'LIVRAISON_PARTIELLE', 'AUTRE')),
  decision text check (decision in ('ACCEPTE_AVEC_NOTE', 'AJUSTEMENT_REQUIS', 'LITIGE', 'ANNULER')),
  justification text,
  statut text not null default 'OUVERT' check (statut in ('OUVERT', 'EN_REVUE', 'TRAITE', 'LITIGE')),
  created_by uuid references auth.users (id),
  traite_par uuid references auth.users (id),
  traite_le timestamptz,
  ouvert_le timestamptz not null default clock_timestamp(),
  created_at timestamptz not null default now(),
  check ((statut = 'TRAITE') = (traite_le is not null))
);
comment on table public.ecarts is 'Gaps between what was expected and what was found. Never deleted.';
comment on column public.ecarts.depot_id is 'Depot it was found at; null: of a lot or an invoice as a whole.';
comment on column public.ecarts.fournisseur_lot_id is
  'Lot that its truck, réception or invoice is of: the invoice of a lot waits for its gaps.';
comment on column public.ecarts.ecart is 'constate − attendu, in unite.';
comment on column public.ecarts.excedent is 'What lies beyond franchise, in unite.';
comment on column public.ecarts.ouvert_le is 'Since when it has had these figures: it opens again where they change.';
comment on column public.ecarts.traite_par is 'Who treated it; null for the system.';
create unique index ecarts_auto_unique on public.ecarts (type, reference_type, reference_id) where origine = 'AUTO';
create index ecarts_reference_idx on public.ecarts (reference_type, reference_id);
create index ecarts_lot_idx on public.ecarts (fournisseur_lot_id);
create index ecarts_depot_id_idx on public.ecarts (depot_id);
create index ecarts_produit_id_idx on public.ecarts (produit_id);
create index ecarts_created_by_idx on public.ecarts (created_by);
create index ecarts_traite_par_idx on public.ecarts (traite_par);
create index ecarts_page_idx on public.ecarts (created_at desc, id desc);

create trigger ecarts_gel before insert or update on public.ecarts
  for each statement execute function private.exiger_ecritures_ouvertes();

create function private.ouvrir_ecart(p_ecart public.ecarts) returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ancien public.ecarts;
  v_id uuid;
begin
  select * into v_ancien from public.ecarts e
   where e.origine = 'AUTO' and (e.type, e.reference_type, e.reference_id)
         = (p_ecart.type, p_ecart.reference_type, p_ecart.reference_id) for update;
  if found and (v_ancien.attendu, v_ancien.constate) is not distinct
    from (round(p_ecart.attendu, 6), round(p_ecart.constate, 6)) then
    return v_ancien.id;
  end if;
  insert into public.ecarts as e
    (domaine, type, depot_id, produit_id, fournisseur_lot_id, reference_type, reference_id, attendu, constate, unite,
     franchise, excedent, impact_usd, cause, decision, justification, statut, traite_par, traite_le)
  values (p_ecart.domaine, p_ecart.type, p_ecart.depot_id, p_ecart.produit_id, p_ecart.fournisseur_lot_id,
          p_ecart.reference_type, p_ecart.reference_id, p_ecart.attendu, p_ecart.constate, p_ecart.unite,
          coalesce(p_ecart.franchise, 0), coalesce(p_ecart.excedent, 0), p_ecart.impact_usd, p_ecart.cause,
          p_ecart.decision,
          p_ecart.justification, coalesce(p_ecart.statut, 'OUVERT'), p_ecart.traite_par, case
            when p_ecart.statut = 'TRAITE' then now() end)
  on conflict (type, reference_type, reference_id) where origine = 'AUTO' do update
     set attendu = excluded.attendu, constate = excluded.constate, franchise = excluded.franchise,
         excedent = excluded.excedent, impact_usd = excluded.impact_usd, cause = excluded.cause,
         decision = excluded.decision,
         justification = excluded.justification, statut = excluded.statut, traite_par = excluded.traite_par,
         traite_le = excluded.traite_le, ouvert_le = excluded.ouvert_le,
         fournisseur_lot_id = excluded.fournisseur_lot_id,
         depot_id = excluded.depot_id, unite = excluded.unite
  returning e.id into v_id;
  perform private.journaliser(case when p_ecart.statut = 'TRAITE' then array['ECART_CREE', 'ECART_TRAITE']
    else array['ECART_CREE'] end,
    'ecarts', 'INFO', v_id, p_ecart.depot_id, jsonb_strip_nulls(to_jsonb(p_ecart)));
  return v_id;
end;
$$;
comment on function private.ouvrir_ecart(public.ecarts) is
  'The system''s own gap of this kind on this document: opened, or opened again where its figures have changed since '
  'it was treated. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

create function private.fermer_ecart_auto(p_type text, p_reference_type text, p_reference_id uuid, p_justification text)
  returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ecart public.ecarts;
begin
  update public.ecarts e
     set statut = 'TRAITE', traite_par = null, traite_le = now(), decision = 'ACCEPTE_AVEC_NOTE',
       justification = p_justification
   where e.origine = 'AUTO' and (e.type, e.reference_type, e.reference_id) = (p_type, p_reference_type, p_reference_id)
     and e.statut <> 'TRAITE'
  returning * into v_ecart;
  if v_ecart.id is not null then
    perform private.journaliser('ECART_TRAITE', 'ecarts', 'INFO', v_ecart.id, v_ecart.depot_id,
      jsonb_build_object('justification', p_justification));
  end if;
end;
$$;
comment on function private.fermer_ecart_auto(text, text, uuid, text) is
  'The system''s own gap is no more. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

create function private.ecart_a_traiter(p_id uuid, p_capacite_lue boolean) returns public.ecarts
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ecart public.ecarts;
begin
  select * into v_ecart from public.ecarts e
   where e.id = p_id and (e.depot_id = any (private.depots_visibles())
     or (e.depot_id is null and p_capacite_lue)) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cet écart'));
  end if;
  if v_ecart.statut = 'TRAITE' then
    perform private.refuser('ECART_ETAT', jsonb_build_object('statut', v_ecart.statut));
  end if;
  return v_ecart;
end;
$$;
comment on function private.ecart_a_traiter(uuid, boolean) is
  'The gap, locked, of a depot the caller sees, or of none where they may read those; not treated yet. Raises '
  'INTROUVABLE, ECART_ETAT.';

create function public.revoir_ecart(p_id uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ecart public.ecarts;
begin
  perform private.exiger('revoir_ecarts');
  v_ecart := private.ecart_a_traiter(p_id, private.peut('lire_finance'));
  if v_ecart.statut <> 'OUVERT' then
    perform private.refuser('ECART_ETAT', jsonb_build_object('statut', v_ecart.statut));
  end if;
  update public.ecarts e set statut = 'EN_REVUE' where e.id = p_id;
  perform private.journaliser('ECART_EN_REVUE', 'ecarts', 'INFO', p_id, v_ecart.depot_id);
end;
$$;
comment on function public.revoir_ecart(uuid) is
  'Somebody looks into a gap (operateur too). Raises ROLE_FORBIDDEN, INTROUVABLE, ECART_ETAT, ECRITURES_GELEES, '
  'ISOLATION_INTERDITE.';

create function public.traiter_ecart(
  p_id uuid, p_cause text, p_decision text, p_justification text, p_impact_usd numeric default null,
  p_impute_a text default null
) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ecart public.ecarts;
begin
  perform private.exiger('traiter_ecarts');
  if p_decision = 'ANNULER' then
    perform private.exiger('annuler_ecarts');
  end if;
  if p_cause is null or p_decision is null
     or p_decision not in ('ACCEPTE_AVEC_NOTE', 'AJUSTEMENT_REQUIS', 'LITIGE', 'ANNULER') then
    perform private.refuser('ECART_DECISION_REQUISE');
  end if;
  perform private.exiger_motif(p_justification, 10);
  v_ecart := private.ecart_a_traiter(p_id, private.peut('lire_finance'));
  if coalesce(p_impact_usd, v_ecart.impact_usd, 0) <> 0 and v_ecart.created_by = auth.uid() then
    perform private.exiger_quatre_yeux(v_ecart.created_by);
  end if;
  update public.ecarts e
     set cause = p_cause, decision = p_decision, justification = private.texte_net(p_justification),
         impact_usd = coalesce(p_impact_usd, e.impact_usd), impute_a = coalesce(p_impute_a, e.impute_a),
         statut = case p_decision when 'LITIGE' then 'LITIGE' else 'TRAITE' end,
         traite_par = case when p_decision <> 'LITIGE' then auth.uid() end,
         traite_le = case when p_decision <> 'LITIGE' then now() end
   where e.id = p_id;
  perform private.journaliser(case p_decision when 'LITIGE' then 'ECART_LITIGE' else 'ECART_TRAITE' end, 'ecarts',
    case p_decision when 'ANNULER' then 'WARNING' else 'INFO' end, p_id, v_ecart.depot_id,
    jsonb_build_object('cause', p_cause, 'decision', p_decision, 'justification', p_justification, 'impact_usd',
      p_impact_usd,
      'avant', to_jsonb(v_ecart)));
end;
$$;
comment on function public.traiter_ecart(uuid, text, text, text, numeric, text) is
  'Says what a gap is, what becomes of it and who answers for it (admin, directeur, gerant of its depot, or finance, '
  'ANNULER: admin), LITIGE leaves it open. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, MOTIF_REQUIS, INTROUVABLE, '
  'ECRITURES_GELEES, ECART_ETAT, QUATRE_YEUX, ECART_DECISION_REQUISE.';

create function private.exiger_quatre_yeux(p_auteur uuid) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_auteur = auth.uid() and private.flag_actif('quatre_yeux_finance', null) then
    perform private.refuser('QUATRE_YEUX');
  end if;
end;
$$;
comment on function private.exiger_quatre_yeux(uuid) is
  'Under the flag quatre_yeux_finance nobody decides on what they wrote themselves. Raises QUATRE_YEUX.';
revoke execute on function public.revoir_ecart(uuid), public.traiter_ecart(uuid, text, text, text, numeric, text)
  from public,
  anon;
grant execute on function public.revoir_ecart(uuid), public.traiter_ecart(uuid, text, text, text, numeric, text) to
  authenticated;

alter table public.ecarts enable row level security;
grant select on public.ecarts to authenticated, service_role;
create policy ecarts_lecture on public.ecarts for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_ecarts'))::uuid[])
         or (depot_id is null and (select private.peut('lire_finance'))));
