-- The freeze: while production is being migrated or restored, nobody writes but the one who does it.
--
-- The setting gel_ecritures holds {operateur, motif, depuis}; no row, no freeze. Whatever moves a litre, or would be
-- lost if the backup had to be restored, is refused at its first statement: after that statement has its table's lock,
-- so that whoever declares the freeze then waits for those locks and knows that nothing more can commit.

alter table public.app_settings add constraint app_settings_gel_check
  check (key <> 'gel_ecritures' or (value::jsonb ->> 'operateur')::uuid is not null);

create function private.gel_reserver_ecriture() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if not private.possede(tg_relid) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return case tg_op when 'DELETE' then old else new end;
end;
$$;
comment on function private.gel_reserver_ecriture() is
  'A freeze begins and ends by the functions below only: a client with the service key does not end it. Raises '
  'ECRITURE_INTERDITE.';

create trigger app_settings_gel_insert before insert on public.app_settings
  for each row when (new.key = 'gel_ecritures') execute function private.gel_reserver_ecriture();
create trigger app_settings_gel_update before update on public.app_settings
  for each row when ('gel_ecritures' in (old.key, new.key)) execute function private.gel_reserver_ecriture();
create trigger app_settings_gel_delete before delete on public.app_settings
  for each row when (old.key = 'gel_ecritures') execute function private.gel_reserver_ecriture();

create function private.exiger_non_gele(p_gel jsonb) returns void
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_gel is not null and (p_gel ->> 'operateur')::uuid is distinct from auth.uid() then
    perform private.refuser('ECRITURES_GELEES', p_gel - 'operateur');
  end if;
end;
$$;
comment on function private.exiger_non_gele(jsonb) is
  'Refuses whoever is not the operator of this freeze; null: there is none. Raises ECRITURES_GELEES.';

create function private.exiger_ouvert() returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_gel text;
begin
  -- An older snapshot of the database would not see a freeze declared since.
  if current_setting('transaction_isolation') <> 'read committed' then
    perform private.exiger_read_committed();
  end if;
  select s.value into v_gel from public.app_settings s where s.key = 'gel_ecritures';
  if v_gel is not null then
    perform private.exiger_non_gele(v_gel::jsonb);
  end if;
end;
$$;
comment on function private.exiger_ouvert() is
  'Refuses to write while a freeze is on, except its operator: asked once the statement has its table. Raises '
  'ECRITURES_GELEES, ISOLATION_INTERDITE.';
grant execute on function private.exiger_ouvert() to authenticated, service_role;

create function private.exiger_ecritures_ouvertes() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ouvertes text;
begin
  v_ouvertes := private.exiger_ouvert();
  return null;
end;
$$;
comment on function private.exiger_ecritures_ouvertes() is
  'Refuses every statement that writes while a freeze is on, except its operator''s: one reading of app_settings a '
  'statement. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

create trigger cours_de_route_gel before insert or update or delete on public.cours_de_route
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger fournisseur_lot_gel before insert or update or delete on public.fournisseur_lot
  for each statement execute function private.exiger_ecritures_ouvertes();
-- A row that is written asks it with all the rest: a trigger a statement costs as much again.
create trigger receptions_gel before update or delete on public.receptions
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger transferts_gel before truncate on public.transferts
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger stocks_adjustments_gel before truncate on public.stocks_adjustments
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger sorties_produit_gel before delete on public.sorties_produit
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger stocks_initiaux_gel before insert on public.stocks_initiaux
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger transferts_depots_gel before insert or update on public.transferts_depots
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger mouvements_transferts_depots_gel before insert on public.mouvements_transferts_depots
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger dilatations_gel before insert on public.dilatations
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger stocks_initiaux_partenaires_gel before insert on public.stocks_initiaux_partenaires
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger attributions_partenaires_gel before insert on public.attributions_partenaires
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger parts_partenaires_gel before insert on public.parts_partenaires
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger cessions_gel before insert on public.cessions
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger prets_gel before insert or update on public.prets
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger prets_mouvements_gel before insert on public.prets_mouvements
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger prises_de_hauteur_gel before insert on public.prises_de_hauteur
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger regularisations_gel before insert on public.regularisations
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger compteurs_gel before insert on public.compteurs
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger baremes_gel before insert or update or delete on public.baremes
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger baremes_points_gel before insert or update or delete on public.baremes_points
  for each statement execute function private.exiger_ecritures_ouvertes();
-- Only computing the days again (rebuild_stocks_journaliers) deletes any; no movement does, so none pays for this one.
create trigger stocks_journaliers_gel before delete on public.stocks_journaliers
  for each statement execute function private.exiger_ecritures_ouvertes();

create function private.geler_ecritures(p_motif text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_gel jsonb;
begin
  perform private.exiger('geler_ecritures');
  perform private.exiger_motif(p_motif, 10);
  insert into public.app_settings as s (key, value) values ('gel_ecritures', jsonb_build_object(
    'operateur', auth.uid(), 'motif', private.texte_net(p_motif),
    'depuis', to_char(now() at time zone coalesce(
      (select d.fuseau from public.profils p join public.depots d on d.id = p.depot_id where p.user_id = auth.uid()),
      'UTC'), 'DD/MM/YYYY à HH24:MI')))
  on conflict (key) do nothing;
  if found then
    perform private.journaliser('ECRITURES_GELEES', 'operations', 'CRITICAL', null, null,
      (select s.value::jsonb from public.app_settings s where s.key = 'gel_ecritures'));
    return;
  end if;
  select s.value::jsonb into v_gel from public.app_settings s where s.key = 'gel_ecritures';
  if (v_gel ->> 'operateur')::uuid is distinct from auth.uid() then
    perform private.refuser('ECRITURES_GELEES', v_gel - 'operateur');
  end if;
end;
$$;
comment on function private.geler_ecritures(text) is
  'Declares the freeze, with the calling admin as its operator; logged CRITICAL. Theirs already: changes nothing. Once '
  'committed, private.ecritures_en_vol must have become empty before nothing more can commit. Raises ROLE_FORBIDDEN, '
  'MOTIF_REQUIS, and ECRITURES_GELEES where another admin''s freeze is on.';

create function private.degeler_ecritures() returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_gel jsonb;
begin
  perform private.exiger('geler_ecritures');
  delete from public.app_settings s where s.key = 'gel_ecritures' returning s.value::jsonb into v_gel;
  if v_gel is null then
    return false;
  end if;
  perform private.journaliser('ECRITURES_DEGELEES', 'operations', 'CRITICAL', null, null, v_gel);
  return true;
end;
$$;
comment on function private.degeler_ecritures() is
  'Ends the freeze, whoever declared it (admin); logged CRITICAL. False where there was none. Raises ROLE_FORBIDDEN.';

create function private.ecritures_en_vol() returns table (pid int, utilisateur text, depuis timestamptz, requete text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select a.pid, a.usename::text, a.xact_start, a.query
    from pg_catalog.pg_stat_activity a
   where a.pid <> pg_backend_pid()
     and exists (
       select from pg_catalog.pg_locks l join pg_catalog.pg_trigger t on t.tgrelid = l.relation
        where l.pid = a.pid and l.locktype = 'relation' and l.granted and l.mode = 'RowExclusiveLock'
          and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = current_database())
          and t.tgfoid = 'private.exiger_ecritures_ouvertes'::regproc)
   order by a.xact_start
$$;
comment on function private.ecritures_en_vol() is
  'Transactions that hold a table the freeze guards: begun before it, they may still commit; those that come after it '
  'are refused and leave at once.';

create table private.interventions (
  id uuid primary key default gen_random_uuid(),
  nom text not null,
  reference text not null,
  ouverte_le timestamptz not null default now(),
  close_le timestamptz,
  etape text,
  par text,
  version int not null default 1,
  contenu jsonb not null
);
comment on table private.interventions is
  'Interventions of the operators on this database, beside the freeze they declare: whoever continues one from another '
  'machine finds it here. A restore keeps them, for they are of this database and of now. Written by the owner only.';
comment on column private.interventions.reference is
  'Project it was made on: a copy of the database elsewhere has none of its own.';
comment on column private.interventions.etape is 'Last step that was run.';
comment on column private.interventions.par is 'Account and machine that ran it.';
comment on column private.interventions.version is
  'Of how many writings this is the state: who has read an older one writes nothing.';
comment on column private.interventions.contenu is 'What each step saw, as its evidence says.';
-- One at a time, whatever it is.
create unique index interventions_une_ouverte on private.interventions ((true)) where close_le is null;
alter table private.interventions enable row level security;
