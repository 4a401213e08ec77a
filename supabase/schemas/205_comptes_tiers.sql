-- Accounts of third parties: what we owe a supplier, what a client owes us. Entries are written by the rules only, and
-- never change; a correction is the opposite entry. A payment is matched with what it pays, by amounts (lettrage).
--
-- An entry is written under the mutex of its account and dated within it, so that those of one account are dated in the
-- order they commit in: a statement asked as of a moment is the same whenever it is asked.

create table public.ecritures_tiers (
  id uuid primary key default private.nouvel_id(),
  ordre bigint generated always as identity unique,
  tiers_type text not null,
  fournisseur_id uuid references public.fournisseurs (id),
  client_id uuid references public.clients (id),
  tiers_id uuid not null generated always as (coalesce(fournisseur_id, client_id)) stored,
  depot_id uuid references public.depots (id),
  devise text not null,
  date_valeur date not null,
  echeance date,
  type text not null,
  debit numeric(18,2) not null,
  credit numeric(18,2) not null,
  reference text,
  libelle text not null,
  source_type text not null,
  source_id uuid not null,
  contrepasse_id uuid unique references public.ecritures_tiers (id),
  created_by uuid references auth.users (id),
  created_at timestamptz not null default clock_timestamp(),
  unique (source_type, source_id, type)
);
comment on table public.ecritures_tiers is
  'Accounts of third parties, entry by entry. Written by the rules only; immutable. Of a supplier credit is what we '
  'owe, of a client debit is what is owed to us.';
comment on column public.ecritures_tiers.ordre is
  'Order they were written in: that of one account''s entries is the order they committed in.';
comment on column public.ecritures_tiers.tiers_id is 'The supplier or client, whichever it is.';
comment on column public.ecritures_tiers.depot_id is 'Depot it is of; null: the company''s.';
comment on column public.ecritures_tiers.date_valeur is 'Day it counts from.';
comment on column public.ecritures_tiers.reference is 'Number of its document, as printed.';
comment on column public.ecritures_tiers.source_id is 'Document it comes from, of the table source_type.';
comment on column public.ecritures_tiers.contrepasse_id is 'Entry that this one is the exact opposite of.';
comment on column public.ecritures_tiers.created_at is 'Moment of the entry itself, under the mutex of its account.';
create index ecritures_tiers_compte_idx on public.ecritures_tiers (tiers_type, tiers_id, devise, date_valeur, ordre);
create index ecritures_tiers_fournisseur_id_idx on public.ecritures_tiers (fournisseur_id);
create index ecritures_tiers_client_id_idx on public.ecritures_tiers (client_id);
create index ecritures_tiers_depot_id_idx on public.ecritures_tiers (depot_id);
create index ecritures_tiers_created_by_idx on public.ecritures_tiers (created_by);

-- Not in public: two keys to one table would make every embed of the pair ambiguous.
create table private.lettrages (
  id uuid primary key default private.nouvel_id(),
  debit_id uuid not null references public.ecritures_tiers (id),
  credit_id uuid not null references public.ecritures_tiers (id),
  montant numeric(18,2) not null,
  annule_id uuid unique references private.lettrages (id),
  created_by uuid,
  created_at timestamptz not null default clock_timestamp()
);
comment on table private.lettrages is
  'Which debit settles which credit, and of how much. Taken back by the opposite row (annule_id). Immutable.';
create index lettrages_debit_id_idx on private.lettrages (debit_id);
create index lettrages_credit_id_idx on private.lettrages (credit_id);

create trigger ecritures_tiers_block before update or delete or truncate on public.ecritures_tiers
  for each statement execute function private.interdire_ecriture();
create trigger lettrages_block before update or delete or truncate on private.lettrages
  for each statement execute function private.interdire_ecriture();
-- A row asks the freeze with all the rest. This one, which nobody pays, says that the table is guarded
-- (private.ecritures_en_vol).
create trigger ecritures_tiers_gel before truncate on public.ecritures_tiers
  for each statement execute function private.exiger_ecritures_ouvertes();

create function private.ecriture_garder() returns trigger
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
    when new.debit < 0 or new.debit >= 1e13 or (new.debit > 0) = (new.credit > 0) then 'debit'
    when new.credit < 0 or new.credit >= 1e13 then 'credit'
    when new.type not in ('FACTURE', 'AVOIR', 'PAIEMENT', 'REMBOURSEMENT', 'AVANCE', 'DECOMPTE', 'ARRONDI',
      'CONTREPASSATION') then 'type'
    when (new.contrepasse_id is not null) <> (new.type = 'CONTREPASSATION') then 'contrepasse_id'
    when case new.tiers_type when 'CLIENT' then new.client_id is null or new.fournisseur_id is not null
      when 'FOURNISSEUR' then new.fournisseur_id is null or new.client_id is not null else true end then 'tiers_type'
    when new.echeance < new.date_valeur then 'echeance' end;
  if v_faute is not null then
    perform private.refuser_ligne(tg_table_name, v_faute);
  end if;
  -- All at once, and one by one where that does not hold.
  if (private.date_possible(new.date_valeur) and private.date_possible(coalesce(new.echeance, new.date_valeur))
      and private.ligne_admise(new.libelle) and private.ligne_admise(coalesce(new.reference, ''))) is not true then
    v_admis := private.date_admise(new.date_valeur, 'date_valeur');
    v_admis := private.date_admise(new.echeance, 'echeance');
    v_admis := private.texte_admis(new.libelle, 'libelle', false);
    v_admis := private.texte_admis(new.reference, 'reference', false);
  end if;
  return new;
end;
$$;
comment on function private.ecriture_garder() is
  'What every entry holds, whoever writes it: no freeze, a known currency and type, an amount on one side, one third '
  'party, a due day not before its own, texts that people read. Raises ECRITURES_GELEES, ISOLATION_INTERDITE, '
  'DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, 23514.';
create trigger ecritures_tiers_garder before insert on public.ecritures_tiers
  for each row execute function private.ecriture_garder();

create function private.lettrage_garder() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if new.montant = 0 or abs(new.montant) >= 1e13 or (new.annule_id is not null) <> (new.montant < 0) then
    perform private.refuser_ligne(tg_table_name, 'montant');
  end if;
  return new;
end;
$$;
comment on function private.lettrage_garder() is
  'A settlement is of an amount; what takes one back, and nothing else, is below zero. Raises 23514.';
create trigger lettrages_garder before insert on private.lettrages
  for each row execute function private.lettrage_garder();

create function private.cle_compte(p_type text, p_id uuid) returns bigint
language sql immutable
return hashtextextended('tiers:' || p_type || ':' || p_id::text, 0);
comment on function private.cle_compte(text, uuid) is 'Key of the mutex of an account. Inlined where it is used.';

create function private.verrouiller_tiers(p_type text, variadic p_ids uuid[]) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_pris text;
begin
  -- One account, nearly always, and asked of by each rule of an act: without a query.
  if cardinality(p_ids) = 1 and current_setting('transaction_isolation') = 'read committed' then
    v_pris := pg_advisory_xact_lock(private.cle_compte(p_type, p_ids[1]));
    return;
  end if;
  v_pris := private.exiger_read_committed();
  perform pg_advisory_xact_lock(t.verrou)
     from (select distinct private.cle_compte(p_type, i.id) as verrou from unnest(p_ids) i (id)
       order by 1) t;
end;
$$;
comment on function private.verrouiller_tiers(text, uuid[]) is
  'Takes the mutex of these accounts until the transaction ends, in one order, after the rows of the documents and '
  'before the tanks. Raises ISOLATION_INTERDITE.';

create function private.ecrire_compte(p_ecriture public.ecritures_tiers) returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_id uuid;
  v_pris text;
begin
  v_pris := private.verrouiller_tiers(p_ecriture.tiers_type,
    coalesce(p_ecriture.fournisseur_id, p_ecriture.client_id));
  insert into public.ecritures_tiers
    (tiers_type, fournisseur_id, client_id, depot_id, devise, date_valeur, echeance, type, debit, credit, reference,
     libelle, source_type, source_id, contrepasse_id, created_by)
  values (p_ecriture.tiers_type, p_ecriture.fournisseur_id, p_ecriture.client_id, p_ecriture.depot_id,
    p_ecriture.devise,
          p_ecriture.date_valeur, p_ecriture.echeance, p_ecriture.type, coalesce(p_ecriture.debit, 0),
          coalesce(p_ecriture.credit, 0), p_ecriture.reference, p_ecriture.libelle, p_ecriture.source_type,
          p_ecriture.source_id, p_ecriture.contrepasse_id, auth.uid())
  returning id into v_id;
  return v_id;
end;
$$;
comment on function private.ecrire_compte(public.ecritures_tiers) is
  'Writes an entry, under the mutex of its account, and gives its id. Raises ISOLATION_INTERDITE, ECRITURES_GELEES.';

create function private.montant_lettre(p_ecriture_id uuid) returns numeric
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
-- Rows by their keys, also where a plan was made when there were few.
set enable_seqscan = off
as $$
begin
  return (select coalesce((select sum(d.montant) from private.lettrages d where d.debit_id = p_ecriture_id), 0)
               + coalesce((select sum(c.montant) from private.lettrages c where c.credit_id = p_ecriture_id), 0));
end;
$$;
comment on function private.montant_lettre(uuid) is 'How much of an entry is settled, in its own currency.';
grant execute on function private.montant_lettre(uuid) to authenticated, service_role;

create function private.lettrer(p_debit_id uuid, p_credit_id uuid, p_montant numeric) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
-- Rows by their keys, also where a plan was made when there were few.
set enable_seqscan = off
as $$
declare
  v_deux record;
  v_solde numeric;
  v_pris text;
begin
  select d.tiers_type, d.tiers_id, d.debit, c.credit,
         d.debit > 0 and c.credit > 0 and c.tiers_type = d.tiers_type and c.tiers_id = d.tiers_id
           and c.devise = d.devise as compatible
    into strict v_deux
    from public.ecritures_tiers d cross join public.ecritures_tiers c
   where d.id = p_debit_id and c.id = p_credit_id;
  v_pris := private.verrouiller_tiers(v_deux.tiers_type, v_deux.tiers_id);
  if not v_deux.compatible then
    perform private.refuser('LETTRAGE_INCOMPATIBLE');
  end if;
  -- A debit has been settled as one only, a credit as one only.
  v_solde := least(
    v_deux.debit - (select coalesce(sum(l.montant), 0) from private.lettrages l where l.debit_id = p_debit_id),
    v_deux.credit - (select coalesce(sum(l.montant), 0) from private.lettrages l where l.credit_id = p_credit_id));
  if (p_montant > 0 and p_montant <= v_solde) is not true then
    perform private.refuser('LETTRAGE_EXCESSIF', jsonb_build_object('montant', p_montant, 'solde', v_solde));
  end if;
  v_pris := private.ecrire_lettrage(p_debit_id, p_credit_id, p_montant);
end;
$$;
comment on function private.lettrer(uuid, uuid, numeric) is
  'Settles one entry by another of the same account and currency: never more than either. Raises '
  'LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE.';

create function private.ecrire_lettrage(p_debit_id uuid, p_credit_id uuid, p_montant numeric) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into private.lettrages (debit_id, credit_id, montant, created_by)
    values (p_debit_id, p_credit_id, p_montant, auth.uid());
end;
$$;
comment on function private.ecrire_lettrage(uuid, uuid, numeric) is
  'Settles two entries of whoever has looked at both, or has just written both, under the mutex of their account.';

create function private.contrepasser(p_ecriture_id uuid, p_date_valeur date, p_libelle text) returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ecriture public.ecritures_tiers;
  v_opposee public.ecritures_tiers;
  v_id uuid;
begin
  select * into strict v_ecriture from public.ecritures_tiers e where e.id = p_ecriture_id;
  perform private.verrouiller_tiers(v_ecriture.tiers_type, v_ecriture.tiers_id);
  if v_ecriture.type = 'CONTREPASSATION'
     or exists (select from public.ecritures_tiers e where e.contrepasse_id = p_ecriture_id) then
    perform private.refuser('ECRITURE_CONTREPASSEE', jsonb_build_object('reference', v_ecriture.reference));
  end if;
  insert into private.lettrages (debit_id, credit_id, montant, annule_id, created_by)
  select l.debit_id, l.credit_id, -l.montant, l.id, auth.uid()
    from private.lettrages l
   where p_ecriture_id in (l.debit_id, l.credit_id) and l.annule_id is null
     and not exists (select from private.lettrages a where a.annule_id = l.id);
  v_opposee := v_ecriture;
  v_opposee.type := 'CONTREPASSATION';
  v_opposee.contrepasse_id := p_ecriture_id;
  v_opposee.debit := v_ecriture.credit;
  v_opposee.credit := v_ecriture.debit;
  v_opposee.date_valeur := greatest(p_date_valeur, v_ecriture.date_valeur);
  v_opposee.echeance := null;
  v_opposee.libelle := p_libelle;
  v_id := private.ecrire_compte(v_opposee);
  -- The two settle one another: neither waits for anything more.
  if v_ecriture.debit > 0 then
    perform private.lettrer(p_ecriture_id, v_id, v_ecriture.debit);
  else
    perform private.lettrer(v_id, p_ecriture_id, v_ecriture.credit);
  end if;
  return v_id;
end;
$$;
comment on function private.contrepasser(uuid, date, text) is
  'Takes an entry back by its exact opposite, once: what it had settled is open again, and the two settle one another. '
  'Raises ECRITURE_CONTREPASSEE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

-- Reading ------------------------------------------------------------------------------------------------------------

alter table public.ecritures_tiers enable row level security;
grant select on public.ecritures_tiers to authenticated, service_role;
create policy ecritures_tiers_lecture on public.ecritures_tiers for select to authenticated
  using ((depot_id is null and (select private.peut('lire_comptes')))
         or depot_id = any ((select private.depots_ou('lire_comptes'))::uuid[])
         or (tiers_type = 'CLIENT' and depot_id = any ((select private.depots_ou('lire_ventes'))::uuid[])));
