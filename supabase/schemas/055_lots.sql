-- A supplier's lot: what was bought in one deal, and the trucks that bring it.
--
--   ouvert → cloture → facture
--
-- Trucks join and leave an open lot only. The client recognises these refusals by their French words in the detail's
-- `message`, which is therefore the sentence itself.

create table public.fournisseur_lot (
  id uuid primary key default private.nouvel_id(),
  fournisseur_id uuid not null references public.fournisseurs (id),
  produit_id uuid not null references public.produits (id),
  reference text not null check (btrim(reference) <> ''),
  date_lot date,
  statut text not null default 'ouvert' check (statut in ('ouvert', 'cloture', 'facture')),
  note text,
  created_by uuid references auth.users (id),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (fournisseur_id, produit_id, reference)
);
comment on table public.fournisseur_lot is 'What one supplier sold us of one product in one deal; trucks bring it.';
comment on column public.fournisseur_lot.statut is
  'ouvert: trucks may join; cloture: complete; facture: invoiced. Lower case, as the client reads it.';
comment on column public.fournisseur_lot.date_lot is 'Day of the deal, null where it is not known.';
create index fournisseur_lot_produit_id_idx on public.fournisseur_lot (produit_id);
create index fournisseur_lot_created_by_idx on public.fournisseur_lot (created_by);
create index fournisseur_lot_page_idx on public.fournisseur_lot (created_at desc, id desc);

create function private.refuser_lot(p_code text, p_valeurs jsonb default '{}') returns void
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.refuser(p_code,
    p_valeurs || jsonb_build_object('message', private.phrase_de_refus(p_code, p_valeurs)));
end;
$$;
comment on function private.refuser_lot(text, jsonb) is
  'Refuses as private.refuser does, the sentence also standing in the detail as message: the client tells lot refusals '
  'by its words.';

create function private.lot_engage(p_lot_id uuid) returns boolean
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return exists (select from public.cours_de_route c where c.fournisseur_lot_id = p_lot_id)
      or exists (select from public.fournisseur_facture_lot_min f where f.fournisseur_lot_id = p_lot_id);
end;
$$;
comment on function private.lot_engage(uuid) is 'Whether a truck or an invoice refers to a lot.';

create function private.fournisseur_lot_avant_ecriture() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  c_suivant constant jsonb := jsonb '{"ouvert":"cloture","cloture":"facture"}';
begin
  if new.statut is null or new.statut not in ('ouvert', 'cloture', 'facture') then
    perform private.refuser_lot('LOT_STATUT_INVALIDE', jsonb_build_object('statut', new.statut));
  end if;
  new.reference := btrim(new.reference);
  new.updated_at := now();
  if tg_op = 'INSERT' then
    if new.statut <> 'ouvert' then
      perform private.refuser_lot('LOT_TRANSITION_INTERDITE',
        jsonb_build_object('de', '(nouveau)', 'vers', new.statut));
    end if;
    perform private.exiger_actifs(p_produit_id => new.produit_id, p_fournisseur_id => new.fournisseur_id);
    new.created_by := auth.uid();
    new.created_at := now();
  else
    perform private.exiger_actifs(p_produit_id => nullif(new.produit_id, old.produit_id),
      p_fournisseur_id => nullif(new.fournisseur_id, old.fournisseur_id));
    if new.statut <> old.statut and new.statut is distinct from c_suivant ->> old.statut then
      perform private.refuser_lot('LOT_TRANSITION_INTERDITE', jsonb_build_object('de', old.statut, 'vers', new.statut));
    end if;
    if old.statut <> 'ouvert'
       and (new.fournisseur_id, new.produit_id, new.reference, new.date_lot, new.proforma_id)
           is distinct from (old.fournisseur_id, old.produit_id, old.reference, old.date_lot, old.proforma_id) then
      perform private.refuser_lot('LOT_NON_OUVERT', jsonb_build_object('acte', 'modifier un', 'statut', old.statut));
    end if;
    if (new.fournisseur_id, new.produit_id) is distinct from (old.fournisseur_id, old.produit_id)
       and private.lot_engage(old.id) then
      perform private.refuser_lot('LOT_NON_VIDE');
    end if;
    new.id := old.id;
    new.created_by := old.created_by;
    new.created_at := old.created_at;
  end if;
  if exists (select from public.fournisseur_lot l
              where l.fournisseur_id = new.fournisseur_id and l.produit_id = new.produit_id
                and l.reference = new.reference and l.id <> new.id) then
    perform private.refuser_lot('LOT_EXISTANT', jsonb_build_object('reference', new.reference));
  end if;
  if tg_op = 'INSERT' then
    perform private.exiger_proforma_du_lot(null, new);
  elsif (new.proforma_id, new.fournisseur_id, new.produit_id)
        is distinct from (old.proforma_id, old.fournisseur_id, old.produit_id) then
    perform private.exiger_proforma_du_lot(old, new);
  end if;
  return new;
end;
$$;
comment on function private.fournisseur_lot_avant_ecriture() is
  'A lot begins open and goes one step forward at a time; once closed only its note still changes; one that has '
  'trucks keeps its supplier and product; a new one names nothing disabled. Raises REFERENTIEL_INACTIF, '
  'LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, LOT_EXISTANT, ROLE_FORBIDDEN, '
  'ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ECRITURES_GELEES, LOT_INCOMPATIBLE, PROFORMA_ETAT.';

create function private.fournisseur_lot_avant_suppression() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if old.statut <> 'ouvert' then
    perform private.refuser_lot('LOT_NON_OUVERT', jsonb_build_object('acte', 'supprimer un', 'statut', old.statut));
  end if;
  if private.lot_engage(old.id) then
    perform private.refuser_lot('LOT_NON_VIDE');
  end if;
  return old;
end;
$$;
comment on function private.fournisseur_lot_avant_suppression() is
  'Only an open lot without a truck may go. Raises LOT_NON_OUVERT, LOT_NON_VIDE.';

create function private.fournisseur_lot_journaliser() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    perform private.journaliser('LOT_CREE', 'lots', 'INFO', new.id, null, jsonb_build_object('reference', new.reference,
      'fournisseur_id', new.fournisseur_id, 'produit_id', new.produit_id));
  elsif tg_op = 'DELETE' then
    perform private.journaliser('LOT_SUPPRIME', 'lots', 'WARNING', old.id, null,
      jsonb_build_object('avant', to_jsonb(old)));
  elsif new.statut <> old.statut then
    perform private.journaliser('LOT_STATUT', 'lots', 'INFO', new.id, null,
      jsonb_build_object('de', old.statut, 'vers', new.statut));
  elsif to_jsonb(new) - 'updated_at' <> to_jsonb(old) - 'updated_at' then
    perform private.journaliser('LOT_MODIFIE', 'lots', 'INFO', new.id, null,
      jsonb_build_object('avant', to_jsonb(old), 'apres', to_jsonb(new)));
  end if;
  return null;
end;
$$;
comment on function private.fournisseur_lot_journaliser() is 'Logs LOT_CREE, LOT_STATUT, LOT_MODIFIE and LOT_SUPPRIME.';

create trigger fournisseur_lot_before_write before insert or update on public.fournisseur_lot
  for each row execute function private.fournisseur_lot_avant_ecriture();
create trigger fournisseur_lot_before_delete before delete on public.fournisseur_lot
  for each row execute function private.fournisseur_lot_avant_suppression();
create trigger fournisseur_lot_creation before insert on public.fournisseur_lot
  for each statement execute function private.exiger_a_l_ecriture('ecrire_cours_de_route');
create trigger fournisseur_lot_reserve before update or delete on public.fournisseur_lot
  for each statement execute function private.exiger_a_l_ecriture('tenir_lots');
create trigger fournisseur_lot_after_write after insert or update or delete on public.fournisseur_lot
  for each row execute function private.fournisseur_lot_journaliser();

alter table public.fournisseur_lot enable row level security;
grant select, insert, update, delete on public.fournisseur_lot to authenticated, service_role;
create policy fournisseur_lot_lecture on public.fournisseur_lot for select to authenticated
  using ((select private.role()) is not null);
create policy fournisseur_lot_creation on public.fournisseur_lot for insert to authenticated
  with check ((select private.peut('ecrire_cours_de_route')));
create policy fournisseur_lot_modification on public.fournisseur_lot for update to authenticated
  using ((select private.peut('tenir_lots'))) with check ((select private.peut('tenir_lots')));
create policy fournisseur_lot_suppression on public.fournisseur_lot for delete to authenticated
  using ((select private.peut('tenir_lots')));
