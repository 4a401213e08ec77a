-- What is still open of clients' accounts, kept beside their entries; what was paid ahead settles the next invoice.
-- No key to the entry, nor to its client: a row is written by its entry's own trigger, and no entry ever goes.

create table private.restes_clients (
  ecriture_id uuid primary key,
  client_id uuid not null,
  devise text not null,
  echeance date not null,
  ordre bigint not null,
  debit numeric(18,2) not null default 0,
  credit numeric(18,2) not null default 0
);
comment on table private.restes_clients is
  'What is not settled yet of each entry of a client; nothing of what is. Their sum is the balance, whatever the '
  'length of the account. Kept by the triggers below, held to the entries by private.verifier_factures.';
create index restes_clients_client_idx on private.restes_clients (client_id, devise, echeance, ordre);
create index restes_clients_avances_idx on private.restes_clients (client_id, devise, ordre) where credit > 0;

-- Written, it is an entry's own or a settlement's, which ask it of themselves.
create function private.reste_garder() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if least(new.debit, new.credit) < 0 or (new.debit > 0) = (new.credit > 0) then
    perform private.refuser_ligne(tg_table_name, 'debit');
  end if;
  return new;
end;
$$;
comment on function private.reste_garder() is 'What is left of an entry is on one side, above zero. Raises 23514.';
create trigger restes_clients_garder before update on private.restes_clients
  for each row execute function private.reste_garder();

create function private.restes_apres_ecriture() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if new.tiers_type <> 'CLIENT' then
    return null;
  end if;
  insert into private.restes_clients (ecriture_id, client_id, devise, echeance, ordre, debit, credit)
  values (new.id, new.client_id, new.devise, coalesce(new.echeance, new.date_valeur), new.ordre, new.debit, new.credit);
  return null;
end;
$$;
comment on function private.restes_apres_ecriture() is 'An entry of a client is open, whole, when it is written.';
create trigger ecritures_tiers_restes after insert on public.ecritures_tiers
  for each row execute function private.restes_apres_ecriture();

create function private.restes_apres_lettrage() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_soldees int;
begin
  -- What is settled whole leaves; a settlement taken back brings it here again. Of a supplier there is nothing here.
  delete from private.restes_clients r
   where (r.ecriture_id = new.debit_id and r.debit = new.montant)
      or (r.ecriture_id = new.credit_id and r.credit = new.montant);
  get diagnostics v_soldees = row_count;
  if v_soldees = 2 then
    return null;
  end if;
  update private.restes_clients r
     set debit = r.debit - case r.ecriture_id when new.debit_id then new.montant else 0 end,
         credit = r.credit - case r.ecriture_id when new.credit_id then new.montant else 0 end
   where r.ecriture_id in (new.debit_id, new.credit_id);
  if new.montant < 0 then
    insert into private.restes_clients (ecriture_id, client_id, devise, echeance, ordre, debit, credit)
    select e.id, e.client_id, e.devise, coalesce(e.echeance, e.date_valeur), e.ordre,
           case when e.debit > 0 then -new.montant else 0 end, case when e.credit > 0 then -new.montant else 0 end
      from public.ecritures_tiers e where e.id in (new.debit_id, new.credit_id) and e.tiers_type = 'CLIENT'
    on conflict (ecriture_id) do nothing;
  end if;
  return null;
end;
$$;
comment on function private.restes_apres_lettrage() is
  'What a settlement, or one taken back, leaves open of its two entries.';
create trigger lettrages_restes after insert on private.lettrages
  for each row execute function private.restes_apres_lettrage();

create function private.affecter_avances(p_facture_id uuid) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ecriture constant public.ecritures_tiers := private.ecriture_facture_client(p_facture_id);
  v_reste numeric := v_ecriture.debit;
  v_avance record;
  v_fait text;
begin
  for v_avance in
    select r.ecriture_id, r.credit from private.restes_clients r
     where r.client_id = v_ecriture.client_id and r.devise = v_ecriture.devise and r.credit > 0 order by r.ordre
  loop
    v_fait := private.lettrer(v_ecriture.id, v_avance.ecriture_id, least(v_reste, v_avance.credit));
    v_reste := v_reste - least(v_reste, v_avance.credit);
    exit when v_reste = 0;
  end loop;
end;
$$;
comment on function private.affecter_avances(uuid) is
  'What a client has paid ahead settles an invoice just issued, oldest first; not one of the counter, which its own '
  'payment settles. Raises what private.lettrer raises.';
