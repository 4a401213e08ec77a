-- Payments of clients: declared, receipted, settled against what is due.
--
--   EN_ATTENTE → CONFIRME → ANNULE

create table public.encaissements (
  id uuid primary key default private.nouvel_id(),
  numero_recu text unique,
  depot_id uuid not null references public.depots (id),
  client_id uuid not null references public.clients (id),
  mode text not null check (mode in ('CASH', 'VIREMENT', 'MOBILE_MONEY', 'CHEQUE', 'STRIPE')),
  operateur_mobile text check (operateur_mobile in ('MPESA', 'ORANGE', 'AIRTEL', 'AFRIMONEY')),
  devise text not null check (devise in ('USD', 'CDF')),
  montant numeric(18,2) not null check (montant > 0 and montant < 1e13),
  montant_remis numeric(18,2) check (montant_remis >= montant and montant_remis < 1e13),
  devise_compte text not null check (devise_compte in ('USD', 'CDF')),
  taux_cdf numeric(18,6) not null check (taux_cdf > 0),
  montant_compte numeric(18,2) not null check (montant_compte > 0 and montant_compte < 1e13),
  reference text check (btrim(reference) <> ''),
  recu_le timestamptz not null default now(),
  jour_caisse date not null,
  statut text not null default 'CONFIRME' check (statut in ('EN_ATTENTE', 'CONFIRME', 'ANNULE')),
  lettre jsonb not null default '[]',
  client_fige jsonb,
  vendeur_fige jsonb,
  motif_annulation text check ((motif_annulation is not null) = (statut = 'ANNULE')),
  created_by uuid not null references auth.users (id),
  confirme_par uuid references auth.users (id),
  annule_par uuid references auth.users (id),
  created_at timestamptz not null default clock_timestamp(),
  check ((mode = 'MOBILE_MONEY') = (operateur_mobile is not null)),
  check (mode = 'CASH' or reference is not null),
  check (confirme_par is null or numero_recu is not null),
  check (numero_recu is null or confirme_par is not null or mode = 'STRIPE'),
  check (confirme_par is not null or statut = 'EN_ATTENTE' or statut = 'ANNULE' or mode = 'STRIPE')
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
  c_libres constant text[] := '{statut,motif_annulation,annule_par}';
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
create trigger encaissements_gel before insert or update on public.encaissements
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger remboursements_block before update or delete or truncate on public.remboursements
  for each statement execute function private.interdire_ecriture();
create trigger remboursements_gel before insert on public.remboursements
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger clotures_caisse_block before update or delete or truncate on public.clotures_caisse
  for each statement execute function private.interdire_ecriture();
create trigger clotures_caisse_gel before insert on public.clotures_caisse
  for each statement execute function private.exiger_ecritures_ouvertes();

-- The till ------------------------------------------------------------------------------------------------------------

create function private.cle_caisse(p_depot_id uuid, p_devise text, p_jour date) returns bigint
language sql immutable
set search_path = pg_catalog, pg_temp
return hashtextextended(format('caisse:%s:%s:%s', p_depot_id, p_devise, p_jour), 0);
comment on function private.cle_caisse(uuid, text, date) is
  'Mutex of a day''s till: whoever pays in shares it, who closes it has it alone.';

create function private.exiger_caisse_ouverte(p_depot_id uuid, p_devise text, p_jour date) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_advisory_xact_lock_shared(private.cle_caisse(p_depot_id, p_devise, p_jour));
  if exists (select from public.clotures_caisse c
              where c.depot_id = p_depot_id and c.devise = p_devise and c.jour = p_jour) then
    perform private.refuser('CAISSE_CLOTUREE', jsonb_build_object('jour', p_jour, 'devise', p_devise));
  end if;
end;
$$;
comment on function private.exiger_caisse_ouverte(uuid, text, date) is
  'No cash moves in a till that is closed for the day; it stays open until this ends. Raises CAISSE_CLOTUREE.';

create function private.caisse_theorique(p_depot_id uuid, p_devise text, p_jour date) returns numeric
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select coalesce((select sum(e.montant) from public.encaissements e
                    where e.depot_id = p_depot_id and e.jour_caisse = p_jour and e.devise = p_devise
                      and e.mode = 'CASH' and e.statut = 'CONFIRME'), 0)
       - coalesce((select sum(r.montant) from public.remboursements r
                     join public.encaissements e on e.id = r.encaissement_id
                    where r.depot_id = p_depot_id and r.jour_caisse = p_jour and e.devise_compte = p_devise
                      and r.mode = 'CASH'), 0)
$$;
comment on function private.caisse_theorique(uuid, text, date) is
  'Cash that a day has brought to a depot''s till, in one currency, what was given back taken off.';
grant execute on function private.caisse_theorique(uuid, text, date) to authenticated, service_role;

create function public.cloturer_caisse(
  p_depot_id uuid, p_devise text, p_jour date, p_compte numeric, p_motif text default null
) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_theorique numeric;
  v_cloture public.clotures_caisse;
begin
  perform private.depot_d_acteur(private.exiger('encaisser'), p_depot_id);
  perform private.exiger_read_committed();
  if p_jour > private.jour_au_depot(p_depot_id, now()) then
    perform private.refuser('DATE_FUTURE',
      jsonb_build_object('aujourdhui', private.jour_au_depot(p_depot_id, now())));
  end if;
  perform pg_advisory_xact_lock(private.cle_caisse(p_depot_id, p_devise, p_jour));
  if exists (select from public.clotures_caisse c
              where c.depot_id = p_depot_id and c.devise = p_devise and c.jour = p_jour) then
    perform private.refuser('CAISSE_CLOTUREE', jsonb_build_object('jour', p_jour, 'devise', p_devise));
  end if;
  v_theorique := private.caisse_theorique(p_depot_id, p_devise, p_jour);
  if v_theorique <> round(p_compte, 2) then
    perform private.exiger_motif(p_motif, 10);
  end if;
  insert into public.clotures_caisse (depot_id, devise, jour, theorique, compte, motif, par)
  values (p_depot_id, p_devise, p_jour, v_theorique, p_compte, private.texte_net(p_motif), auth.uid())
  returning * into v_cloture;
  perform private.journaliser('CAISSE_CLOTUREE', 'ventes', case v_cloture.ecart when 0 then 'INFO' else 'WARNING' end,
    v_cloture.id, p_depot_id, to_jsonb(v_cloture));
  return v_cloture.id;
end;
$$;
comment on function public.cloturer_caisse(uuid, text, date, numeric, text) is
  'Closes the till of a day in one currency: what was counted against what was taken in; a gap wants a reason and is '
  'logged WARNING. No more cash then for that day. Raises ROLE_FORBIDDEN, INTROUVABLE, DATE_FUTURE, CAISSE_CLOTUREE, '
  'MOTIF_REQUIS, ISOLATION_INTERDITE, ECRITURES_GELEES, and 23xxx.';

-- Settling ------------------------------------------------------------------------------------------------------------

create function private.arrondi_tolere(p_devise text) returns numeric
language sql immutable
set search_path = pg_catalog, pg_temp
return case p_devise when 'USD' then 0.01 else 50 end;
comment on function private.arrondi_tolere(text) is
  'Rest of an invoice that nobody pays any more, a payment once made: 0,01 USD or 50 CDF.';

create function private.ecriture_encaissement(p_encaissement public.encaissements, p_type text, p_source_type text,
  p_source_id uuid, p_credit numeric, p_debit numeric, p_libelle text) returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ecriture public.ecritures_tiers;
begin
  v_ecriture.tiers_type := 'CLIENT';
  v_ecriture.client_id := p_encaissement.client_id;
  v_ecriture.depot_id := p_encaissement.depot_id;
  v_ecriture.devise := p_encaissement.devise_compte;
  v_ecriture.date_valeur := case when p_type = 'PAIEMENT' then p_encaissement.jour_caisse
    else private.jour_au_depot(p_encaissement.depot_id, now()) end;
  v_ecriture.type := p_type;
  v_ecriture.credit := p_credit;
  v_ecriture.debit := p_debit;
  v_ecriture.reference := p_encaissement.numero_recu;
  v_ecriture.libelle := p_libelle;
  v_ecriture.source_type := p_source_type;
  v_ecriture.source_id := p_source_id;
  return private.ecrire_compte(v_ecriture);
end;
$$;
comment on function private.ecriture_encaissement(public.encaissements, text, text, uuid, numeric, numeric, text) is
  'What a payment writes in the account of its client. Raises ISOLATION_INTERDITE, ECRITURES_GELEES.';

create function private.dues(p_encaissement public.encaissements, p_factures jsonb)
returns table (ecriture_id uuid, facture_id uuid, numero text, du numeric, demande numeric)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select r.ecriture_id, e.source_id, e.reference, r.debit, d.montant
    from private.restes_clients r
    join public.ecritures_tiers e on e.id = r.ecriture_id
    left join lateral (
      select (j ->> 'montant')::numeric as montant, n from jsonb_array_elements(p_factures) with ordinality a (j, n)
       where (j ->> 'facture_id')::uuid = e.source_id limit 1) d on true
   where r.client_id = p_encaissement.client_id and r.devise = p_encaissement.devise_compte and r.debit > 0
     and (p_factures is null or d.n is not null)
   order by d.n, r.echeance, r.ordre
$$;
comment on function private.dues(public.encaissements, jsonb) is
  'What a payment settles, in order: the invoices that were named, else all that is due, oldest first.';

create function private.affecter_encaissement(p_encaissement public.encaissements, p_factures jsonb) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ecriture_id uuid;
  v_arrondi_id uuid;
  v_reste numeric := p_encaissement.montant_compte;
  v_due record;
  v_arrondis jsonb := '[]';
  v_lettre jsonb := '[]';
  v_part numeric;
begin
  perform private.verrouiller_tiers('CLIENT', p_encaissement.client_id);
  v_ecriture_id := private.ecriture_encaissement(p_encaissement, 'PAIEMENT', 'encaissements', p_encaissement.id,
    p_encaissement.montant_compte, 0, format('Reçu %s', p_encaissement.numero_recu));
  for v_due in select * from private.dues(p_encaissement, p_factures) loop
    v_part := least(v_reste, v_due.du, coalesce(v_due.demande, v_due.du));
    exit when v_part <= 0;
    perform private.lettrer(v_due.ecriture_id, v_ecriture_id, v_part);
    v_reste := v_reste - v_part;
    if v_due.du - v_part between 0.01 and private.arrondi_tolere(p_encaissement.devise_compte) then
      v_arrondis := v_arrondis || jsonb_build_object('id', v_due.ecriture_id, 'montant', v_due.du - v_part);
      v_part := v_due.du;
    end if;
    v_lettre := v_lettre || jsonb_build_object('facture_id', v_due.facture_id, 'numero', v_due.numero, 'paye', v_part,
      'reste', v_due.du - v_part);
  end loop;
  if v_arrondis <> '[]' then
    v_arrondi_id := private.ecriture_encaissement(p_encaissement, 'ARRONDI', 'arrondis', p_encaissement.id,
      (select sum((a ->> 'montant')::numeric) from jsonb_array_elements(v_arrondis) a), 0,
      format('Arrondi du reçu %s', p_encaissement.numero_recu));
    perform private.lettrer((a ->> 'id')::uuid, v_arrondi_id, (a ->> 'montant')::numeric)
       from jsonb_array_elements(v_arrondis) a;
  end if;
  return v_lettre;
end;
$$;
comment on function private.affecter_encaissement(public.encaissements, jsonb) is
  'A confirmed payment enters the account and settles what it was meant for, else what is due, oldest first; a rest of '
  'next to nothing is closed by one ARRONDI, what is too much stays as an advance. Gives what its receipt says. Raises '
  'LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

create function private.confirmer(p_encaissement public.encaissements, p_factures jsonb) returns public.encaissements
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.verrouiller_tiers('CLIENT', p_encaissement.client_id);
  p_encaissement.statut := 'CONFIRME';
  p_encaissement.confirme_par := auth.uid();
  p_encaissement.vendeur_fige := private.vendeur(p_encaissement.depot_id);
  select jsonb_build_object('nom', c.nom, 'adresse', c.adresse, 'nif', c.nif) into p_encaissement.client_fige
    from public.clients c where c.id = p_encaissement.client_id;
  p_encaissement.numero_recu := private.prendre_numero(p_encaissement.depot_id, 'REC',
    extract(year from private.jour_au_depot(p_encaissement.depot_id, now()))::int, p_encaissement.id);
  p_encaissement.lettre := private.affecter_encaissement(p_encaissement, p_factures);
  return p_encaissement;
end;
$$;
comment on function private.confirmer(public.encaissements, jsonb) is
  'The payment as confirmed, with its receipt''s number, and what it settled. Raises DEPOT_SANS_CODE, '
  'LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

create function private.en_devise(p_montant numeric, p_de text, p_vers text, p_taux_cdf numeric) returns numeric
language sql immutable
set search_path = pg_catalog, pg_temp
return round(case when p_de = p_vers then p_montant when p_vers = 'CDF' then p_montant * p_taux_cdf
                  else p_montant / p_taux_cdf end, 2);
comment on function private.en_devise(numeric, text, text, numeric) is
  'An amount in another currency at CDF for one USD, to the cent.';

create function private.completer_encaissement(p_encaissement public.encaissements) returns public.encaissements
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_enc public.encaissements := p_encaissement;
begin
  if not exists (select from public.clients c where c.id = v_enc.client_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce client'));
  end if;
  v_enc.id := private.nouvel_id();
  v_enc.devise := coalesce(v_enc.devise, 'USD');
  v_enc.devise_compte := coalesce(v_enc.devise_compte, (private.conditions_de(v_enc.client_id)).devise);
  v_enc.recu_le := coalesce(v_enc.recu_le, now());
  v_enc.jour_caisse := private.jour_au_depot(v_enc.depot_id, v_enc.recu_le);
  v_enc.statut := coalesce(v_enc.statut, 'CONFIRME');
  v_enc.reference := private.texte_net(v_enc.reference);
  v_enc.created_at := clock_timestamp();
  v_enc.lettre := '[]';
  if v_enc.jour_caisse > private.jour_au_depot(v_enc.depot_id, now()) then
    perform private.refuser('DATE_FUTURE',
      jsonb_build_object('aujourdhui', private.jour_au_depot(v_enc.depot_id, now())));
  end if;
  if v_enc.statut not in ('EN_ATTENTE', 'CONFIRME') then
    perform private.refuser('ENCAISSEMENT_ETAT', jsonb_build_object('statut', v_enc.statut));
  end if;
  if v_enc.mode <> 'CASH' and coalesce(v_enc.reference, '') = '' then
    perform private.refuser('REFERENCE_REQUISE', jsonb_build_object('mode', v_enc.mode));
  end if;
  if v_enc.mode = 'MOBILE_MONEY' and v_enc.operateur_mobile is null then
    perform private.refuser('OPERATEUR_REQUIS');
  end if;
  if v_enc.mode = 'CASH' then
    perform private.exiger_caisse_ouverte(v_enc.depot_id, v_enc.devise, v_enc.jour_caisse);
  end if;
  v_enc.taux_cdf := case when v_enc.devise = v_enc.devise_compte then 1
    else private.taux_du_jour('USD', v_enc.jour_caisse) end;
  v_enc.montant_compte := private.en_devise(v_enc.montant, v_enc.devise, v_enc.devise_compte, v_enc.taux_cdf);
  return v_enc;
end;
$$;
comment on function private.completer_encaissement(public.encaissements) is
  'A payment, checked and completed, not yet written, whoever says it. Raises INTROUVABLE, DATE_FUTURE, '
  'ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, CAISSE_CLOTUREE, TAUX_ABSENT.';

create function private.nouvel_encaissement(p_encaissement jsonb) returns public.encaissements
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('encaisser');
  c_champs constant text[] := '{depot_id,client_id,mode,operateur_mobile,devise,montant,montant_remis,devise_compte,'
    'reference,recu_le,statut}';
  v_enc public.encaissements;
begin
  v_enc := jsonb_populate_record(v_enc, private.seulement(p_encaissement, c_champs));
  perform private.depot_d_acteur(v_acteur, v_enc.depot_id);
  -- What the provider received is said by its events, and by nobody else.
  if v_enc.mode = 'STRIPE' then
    perform private.refuser('ENCAISSEMENT_EN_LIGNE');
  end if;
  v_enc.created_by := auth.uid();
  v_enc := private.completer_encaissement(v_enc);
  perform private.exiger_jour_ouvert(v_enc.depot_id, v_enc.jour_caisse);
  return v_enc;
end;
$$;
comment on function private.nouvel_encaissement(jsonb) is
  'A payment that a person says, checked and completed, not yet written. Raises ROLE_FORBIDDEN, INTROUVABLE, '
  'ENCAISSEMENT_EN_LIGNE, DATE_FUTURE, ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, CAISSE_CLOTUREE, '
  'PERIODE_CLOSE, TAUX_ABSENT, and 22xxx.';

create function private.exiger_factures_du_client(p_encaissement public.encaissements, p_factures jsonb) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (
    select from jsonb_array_elements(p_factures) j
     where not exists (select from public.factures_client f
                        where f.id = (j ->> 'facture_id')::uuid and f.client_id = p_encaissement.client_id
                          and f.statut = 'EMISE' and f.type = 'FACTURE')) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'une de ces factures'));
  end if;
  if exists (
    select from jsonb_array_elements(p_factures) j
      join public.factures_client f on f.id = (j ->> 'facture_id')::uuid
     where f.devise <> p_encaissement.devise_compte) then
    perform private.refuser('DEVISE_DIFFERENTE', jsonb_build_object('devise', p_encaissement.devise_compte));
  end if;
end;
$$;
comment on function private.exiger_factures_du_client(public.encaissements, jsonb) is
  'The invoices that a payment names are its client''s, issued, and of the account''s currency. Raises INTROUVABLE, '
  'DEVISE_DIFFERENTE, and 22xxx.';

create function private.ecrire_encaissement(p_encaissement public.encaissements, p_factures jsonb)
  returns public.encaissements
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_actions text[] := '{ENCAISSEMENT_ENREGISTRE}';
begin
  perform private.exiger_factures_du_client(p_encaissement, p_factures);
  perform private.verrouiller_tiers('CLIENT', p_encaissement.client_id);
  if p_encaissement.reference is not null and exists (
    select from public.encaissements e
     where e.mode = p_encaissement.mode and e.operateur_mobile is not distinct from p_encaissement.operateur_mobile
       and lower(btrim(e.reference)) = lower(btrim(p_encaissement.reference)) and e.statut <> 'ANNULE') then
    perform private.refuser('REFERENCE_DEJA_UTILISEE', jsonb_build_object('reference', p_encaissement.reference));
  end if;
  if p_encaissement.statut = 'CONFIRME' then
    p_encaissement := private.confirmer(p_encaissement, p_factures);
    v_actions := v_actions || '{ENCAISSEMENT_CONFIRME}'::text[];
  end if;
  begin
    insert into public.encaissements select p_encaissement.*;
  exception
    when unique_violation then
      -- Somebody else has just written the same reference, for another client.
      perform private.refuser('REFERENCE_DEJA_UTILISEE', jsonb_build_object('reference', p_encaissement.reference));
  end;
  perform private.journaliser(v_actions, 'ventes', 'INFO', p_encaissement.id, p_encaissement.depot_id,
    to_jsonb(p_encaissement) - '{client_fige,vendeur_fige}'::text[]);
  return p_encaissement;
end;
$$;
comment on function private.ecrire_encaissement(public.encaissements, jsonb) is
  'Writes a payment, and where it is confirmed does what that means. Raises INTROUVABLE, DEVISE_DIFFERENTE, '
  'REFERENCE_DEJA_UTILISEE, DEPOT_SANS_CODE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, '
  'ECRITURES_GELEES, and 22xxx, 23xxx.';

create function public.encaisser(p_encaissement jsonb) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('encaisser');
  perform private.exiger_read_committed();
  return (private.ecrire_encaissement(private.nouvel_encaissement(p_encaissement), p_encaissement -> 'factures')).id;
end;
$$;
comment on function public.encaisser(jsonb) is
  'Records a payment: depot_id, client_id, mode, operateur_mobile, devise, montant, montant_remis, devise_compte, '
  'reference, recu_le, statut (CONFIRME, or EN_ATTENTE of the bank), factures [{facture_id, montant}]. Raises '
  'ROLE_FORBIDDEN, ISOLATION_INTERDITE, DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES, DEPOT_SANS_CODE, '
  'LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, TAUX_ABSENT, ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, '
  'REFERENCE_DEJA_UTILISEE, DEVISE_DIFFERENTE, ENCAISSEMENT_EN_LIGNE, CAISSE_CLOTUREE, PERIODE_CLOSE, and 22xxx, '
  '23xxx.';

create function private.encaissement_a_changer(p_acteur private.acteur, p_id uuid, variadic p_statuts text[])
  returns public.encaissements
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_enc public.encaissements;
begin
  perform private.exiger_read_committed();
  select * into v_enc from public.encaissements e
   where e.id = p_id and e.depot_id = any (p_acteur.depots) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cet encaissement'));
  end if;
  if exists (select from public.paiements_en_ligne p where p.encaissement_id = p_id) then
    perform private.refuser('ENCAISSEMENT_EN_LIGNE');
  end if;
  if v_enc.statut <> all (p_statuts) then
    perform private.refuser('ENCAISSEMENT_ETAT', jsonb_build_object('statut', v_enc.statut));
  end if;
  return v_enc;
end;
$$;
comment on function private.encaissement_a_changer(private.acteur, uuid, text[]) is
  'A payment, locked, in one of these states, that a person may change. Raises INTROUVABLE, ENCAISSEMENT_EN_LIGNE, '
  'ENCAISSEMENT_ETAT, ISOLATION_INTERDITE.';

create function public.confirmer_encaissement(p_id uuid, p_factures jsonb default null) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_enc public.encaissements;
begin
  v_enc := private.encaissement_a_changer(private.exiger('encaisser'), p_id, 'EN_ATTENTE');
  perform private.exiger_jour_ouvert(v_enc.depot_id, v_enc.jour_caisse);
  perform private.exiger_factures_du_client(v_enc, p_factures);
  v_enc := private.confirmer(v_enc, p_factures);
  update public.encaissements e
     set (statut, confirme_par, numero_recu, lettre, client_fige, vendeur_fige)
         = (v_enc.statut, v_enc.confirme_par, v_enc.numero_recu, v_enc.lettre, v_enc.client_fige, v_enc.vendeur_fige)
   where e.id = p_id;
  perform private.journaliser('ENCAISSEMENT_CONFIRME', 'ventes', 'INFO', p_id, v_enc.depot_id,
    to_jsonb(v_enc) - '{client_fige,vendeur_fige}'::text[]);
end;
$$;
comment on function public.confirmer_encaissement(uuid, jsonb) is
  'What was waited for has come: it has its receipt and settles what is due. Raises ROLE_FORBIDDEN, '
  'ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ECRITURES_GELEES, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, '
  'LETTRAGE_INCOMPATIBLE, ENCAISSEMENT_ETAT, DEVISE_DIFFERENTE, ENCAISSEMENT_EN_LIGNE, PERIODE_CLOSE, and 22xxx.';

create function public.annuler_encaissement(p_id uuid, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_enc public.encaissements;
  v_jour date;
  v_factures uuid[];
begin
  perform private.exiger('annuler_encaissements');
  perform private.exiger_motif(p_motif, 10);
  v_enc := private.encaissement_a_changer(private.exiger('annuler_encaissements'), p_id, 'EN_ATTENTE', 'CONFIRME');
  if v_enc.mode = 'CASH' then
    perform private.exiger_caisse_ouverte(v_enc.depot_id, v_enc.devise, v_enc.jour_caisse);
  end if;
  perform private.verrouiller_tiers('CLIENT', v_enc.client_id);
  if exists (select from public.remboursements r where r.encaissement_id = p_id) then
    perform private.refuser('ENCAISSEMENT_ETAT', jsonb_build_object('statut', 'REMBOURSE'));
  end if;
  v_factures := array(
    select distinct d.source_id from public.ecritures_tiers c
      join private.lettrages l on l.credit_id = c.id
      join public.ecritures_tiers d on d.id = l.debit_id and d.type = 'FACTURE'
     where c.source_type = 'encaissements' and c.source_id = p_id);
  v_jour := private.jour_au_depot(v_enc.depot_id, now());
  perform private.contrepasser(e.id, v_jour, format('Annulation : %s', left(p_motif, 500)))
     from public.ecritures_tiers e
    where e.source_type in ('encaissements', 'arrondis') and e.source_id = p_id and e.type in ('PAIEMENT', 'ARRONDI');
  -- What was credited of them meanwhile is not due again.
  perform private.lettrer_avoirs(f) from unnest(v_factures) f;
  update public.encaissements e
     set statut = 'ANNULE', annule_par = auth.uid(), motif_annulation = private.texte_net(p_motif) where e.id = p_id;
  perform private.journaliser('ENCAISSEMENT_ANNULE', 'ventes', 'WARNING', p_id, v_enc.depot_id,
    jsonb_build_object('motif', p_motif, 'avant', to_jsonb(v_enc) - '{client_fige,vendeur_fige}'::text[]));
end;
$$;
comment on function public.annuler_encaissement(uuid, text) is
  'A payment that was none: the account has its opposite, its invoices are due again, its receipt''s number stays '
  'used. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, '
  'LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, ECRITURE_CONTREPASSEE, ENCAISSEMENT_ETAT, ENCAISSEMENT_EN_LIGNE, '
  'CAISSE_CLOTUREE.';

create function private.ecrire_remboursement(p_encaissement public.encaissements, p_paiement_id uuid,
  p_remboursement public.remboursements) returns public.remboursements
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_remb public.remboursements;
  v_ecriture_id uuid;
begin
  insert into public.remboursements (encaissement_id, depot_id, montant, mode, reference, motif, jour_caisse, par)
  values (p_encaissement.id, p_encaissement.depot_id, p_remboursement.montant, p_remboursement.mode,
    p_remboursement.reference, p_remboursement.motif, p_remboursement.jour_caisse, p_remboursement.par)
  returning * into v_remb;
  v_ecriture_id := private.ecriture_encaissement(p_encaissement, 'REMBOURSEMENT', 'remboursements', v_remb.id, 0,
    v_remb.montant, format('Remboursement du reçu %s', p_encaissement.numero_recu));
  perform private.lettrer(v_ecriture_id, p_paiement_id, v_remb.montant);
  perform private.journaliser('REMBOURSEMENT_ENREGISTRE', 'ventes', 'WARNING', v_remb.id, p_encaissement.depot_id,
    to_jsonb(v_remb));
  return v_remb;
end;
$$;
comment on function private.ecrire_remboursement(public.encaissements, uuid, public.remboursements) is
  'What is given back of a payment leaves its account, against the part that settles nothing. Raises '
  'LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES, and 23xxx.';

create function public.rembourser(
  p_encaissement_id uuid, p_montant numeric, p_mode text, p_reference text, p_motif text
) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_enc public.encaissements;
  v_paiement public.ecritures_tiers;
  v_reste numeric;
  v_remb public.remboursements;
begin
  v_enc := private.encaissement_a_changer(private.exiger('annuler_encaissements'), p_encaissement_id, 'CONFIRME');
  perform private.exiger_motif(p_motif, 10);
  v_remb.jour_caisse := private.jour_au_depot(v_enc.depot_id, now());
  if p_mode = 'CASH' then
    perform private.exiger_caisse_ouverte(v_enc.depot_id, v_enc.devise_compte, v_remb.jour_caisse);
  end if;
  perform private.verrouiller_tiers('CLIENT', v_enc.client_id);
  select * into strict v_paiement from public.ecritures_tiers e
   where e.source_type = 'encaissements' and e.source_id = p_encaissement_id and e.type = 'PAIEMENT';
  perform private.liberer_par_avoirs(v_paiement.id);
  v_reste := v_paiement.credit - private.montant_lettre(v_paiement.id);
  if not coalesce(p_montant > 0 and round(p_montant, 2) <= v_reste, false) then
    perform private.refuser('REMBOURSEMENT_EXCESSIF', jsonb_build_object('montant', p_montant, 'reste', v_reste));
  end if;
  if exists (select from public.remboursements r where r.reference = private.texte_net(p_reference)) then
    perform private.refuser('REFERENCE_DEJA_UTILISEE', jsonb_build_object('reference', p_reference));
  end if;
  v_remb.montant := p_montant;
  v_remb.mode := p_mode;
  v_remb.reference := private.texte_net(p_reference);
  v_remb.motif := private.texte_net(p_motif);
  v_remb.par := auth.uid();
  v_remb := private.ecrire_remboursement(v_enc, v_paiement.id, v_remb);
  return v_remb.id;
end;
$$;
comment on function public.rembourser(uuid, numeric, text, text, text) is
  'Gives back what of a payment settles nothing, in the currency of its account. Raises ROLE_FORBIDDEN, INTROUVABLE, '
  'ENCAISSEMENT_ETAT, ENCAISSEMENT_EN_LIGNE, MOTIF_REQUIS, CAISSE_CLOTUREE, REMBOURSEMENT_EXCESSIF, '
  'REFERENCE_DEJA_UTILISEE, '
  'LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES, and 23xxx.';

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

revoke execute on function public.encaisser(jsonb), public.confirmer_encaissement(uuid, jsonb),
  public.annuler_encaissement(uuid, text), public.rembourser(uuid, numeric, text, text, text),
  public.cloturer_caisse(uuid, text, date, numeric, text) from public, anon;
grant execute on function public.encaisser(jsonb), public.confirmer_encaissement(uuid, jsonb),
  public.annuler_encaissement(uuid, text), public.rembourser(uuid, numeric, text, text, text),
  public.cloturer_caisse(uuid, text, date, numeric, text) to authenticated;
