-- Friends' depots: fuel of ours that lies elsewhere. A tank that is logical says what lies there, and may say where.

create table public.depots_amis (
  id uuid primary key default gen_random_uuid(),
  nom text not null unique check (private.nom_lisible(nom) or private.refuser_valeur('NOM_INVALIDE', 'nom')),
  contact text,
  actif boolean not null default true,
  created_at timestamptz not null default now()
);
comment on table public.depots_amis is 'Depots of others that keep fuel for us.';
comment on column public.depots_amis.actif is
  'False: no tank is said to lie there any more; what lies there may leave.';
create unique index depots_amis_nom_lu_key on public.depots_amis (private.cle_nom(nom));

alter table public.citernes
  add column depot_ami_id uuid references public.depots_amis (id),
  add constraint citernes_depot_ami_check check (depot_ami_id is null or logique);
comment on column public.citernes.depot_ami_id is 'Of a logical tank: the friend''s depot where its fuel lies.';
create index citernes_depot_ami_id_idx on public.citernes (depot_ami_id);

create function private.citernes_logiques_proteger() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if new.depot_ami_id is not null and (tg_op = 'INSERT' or new.depot_ami_id is distinct from old.depot_ami_id)
     and exists (select from public.depots_amis a where a.id = new.depot_ami_id and not a.actif) then
    perform private.refuser('REFERENTIEL_INACTIF', jsonb_build_object('quoi', 'le dépôt ami', 'nom',
      (select a.nom from public.depots_amis a where a.id = new.depot_ami_id)));
  end if;
  if tg_op = 'UPDATE' and (old.logique or new.logique) and new.statut = 'inactive' and old.statut <> 'inactive' then
    -- Who moves its fuel meanwhile waits here, and then finds it closed.
    perform private.verrouiller_citernes(old.id);
    if exists (select from public.stocks_snapshot s
                where s.citerne_id = old.id and (s.stock_ambiant <> 0 or s.stock_15c <> 0)) then
      perform private.refuser('CITERNE_NON_VIDE', jsonb_build_object('nom', old.nom,
        'stock_15c', (select sum(s.stock_15c) from public.stocks_snapshot s where s.citerne_id = old.id)));
    end if;
  end if;
  return new;
end;
$$;
comment on function private.citernes_logiques_proteger() is
  'No tank lies at a friend''s depot that is disabled, and none that is logical closes while something lies there: '
  'nobody here would see it any more. Raises REFERENTIEL_INACTIF, CITERNE_NON_VIDE, ISOLATION_INTERDITE.';
create trigger citernes_logiques before insert or update of statut, logique, depot_ami_id on public.citernes
  for each row execute function private.citernes_logiques_proteger();

create function private.exiger_note(p_lieu private.lieux, p_note text) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_lieu.logique and coalesce(private.texte_net(p_note), '') = ''
     and private.flag_actif('citerne_logique_notes', p_lieu.depot_id) then
    perform private.refuser('NOTE_REQUISE', jsonb_build_object('nom', p_lieu.nom));
  end if;
end;
$$;
comment on function private.exiger_note(private.lieux, text) is
  'Under the flag citerne_logique_notes, what enters or leaves a logical tank is noted: there is no truck of ours and '
  'no dip to ask. Raises NOTE_REQUISE.';

alter table public.depots_amis enable row level security;
grant select, insert, update, delete on public.depots_amis to authenticated, service_role;
create policy depots_amis_lecture on public.depots_amis for select to authenticated
  using ((select private.role()) is not null);
create policy depots_amis_creation on public.depots_amis for insert to authenticated
  with check ((select private.peut('ecrire_referentiels')));
create policy depots_amis_modification on public.depots_amis for update to authenticated
  using ((select private.peut('ecrire_referentiels'))) with check ((select private.peut('ecrire_referentiels')));
create policy depots_amis_suppression on public.depots_amis for delete to authenticated
  using ((select private.peut('ecrire_referentiels')));
create trigger depots_amis_reserver before update or delete on public.depots_amis
  for each statement execute function private.exiger_a_l_ecriture('ecrire_referentiels');
create trigger depots_amis_journal after insert or update or delete on public.depots_amis
  for each row execute function private.referentiel_journaliser('DEPOT_AMI', 'INFO');
