-- Statements that were given to a client: kept as they were said, whatever is written in the account afterwards.

create table public.releves_clients (
  id uuid primary key default private.nouvel_id(),
  depot_id uuid references public.depots (id),
  client_id uuid not null references public.clients (id),
  devise text not null check (devise in ('USD', 'CDF')),
  du date,
  au date not null check (au >= du),
  connu_a timestamptz not null,
  solde numeric(18,2) not null,
  dit jsonb not null,
  par uuid not null references auth.users (id),
  created_at timestamptz not null default now()
);
comment on table public.releves_clients is
  'Statements of clients'' accounts, as they were known when they were drawn up. Immutable.';
comment on column public.releves_clients.depot_id is
  'Whose entries it is of: the depot of who drew it up; null: of all, by somebody who sees all.';
comment on column public.releves_clients.au is 'Last day of it: the day it was drawn up where nobody said.';
comment on column public.releves_clients.connu_a is 'What was written later is not in it.';
comment on column public.releves_clients.solde is 'What was due at its end, in devise; below zero: paid ahead.';
comment on column public.releves_clients.dit is 'All that its paper says: seller, client, each entry.';
create index releves_clients_client_id_idx on public.releves_clients (client_id);
create index releves_clients_depot_id_idx on public.releves_clients (depot_id);
create index releves_clients_par_idx on public.releves_clients (par);
create index releves_clients_page_idx on public.releves_clients (created_at desc, id desc);
create trigger releves_clients_block before update or delete or truncate on public.releves_clients
  for each statement execute function private.interdire_ecriture();
create trigger releves_clients_gel before insert on public.releves_clients
  for each statement execute function private.exiger_ecritures_ouvertes();

-- As the caller, on purpose: a statement holds the entries that who draws it up may read, and no other.
create function private.releves_clients_avant_insert() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('lire_ventes');
begin
  new.depot_id := case when not private.peut('voir_tous_depots') then v_acteur.depots[1] end;
  new.connu_a := clock_timestamp();
  new.dit := public.releve_a_imprimer(new.client_id, new.devise, new.du, new.au, new.connu_a);
  new.au := (new.dit ->> 'au')::date;
  new.solde := coalesce((new.dit #>> '{lignes,-1,solde}')::numeric, 0);
  new.par := auth.uid();
  return new;
end;
$$;
comment on function private.releves_clients_avant_insert() is
  'Draws up a statement of a client''s account in a currency, du to au, as it is known now. Raises '
  'ROLE_FORBIDDEN, INTROUVABLE, ISOLATION_INTERDITE.';
create trigger releves_clients_avant_insert before insert on public.releves_clients
  for each row execute function private.releves_clients_avant_insert();

create function private.releves_clients_apres_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.journaliser('RELEVE_ARRETE', 'ventes', 'INFO', new.id, new.depot_id, to_jsonb(new) - 'dit');
  return null;
end;
$$;
comment on function private.releves_clients_apres_insert() is 'A statement that is kept leaves its line of the log.';
create trigger releves_clients_apres_insert after insert on public.releves_clients
  for each row execute function private.releves_clients_apres_insert();

alter table public.releves_clients enable row level security;
grant select on public.releves_clients to authenticated, service_role;
grant insert (client_id, devise, du, au) on public.releves_clients to authenticated;
create policy releves_clients_lecture on public.releves_clients for select to authenticated
  using ((select private.peut('lire_ventes'))
         and ((select private.peut('voir_tous_depots'))
           or depot_id = any ((select private.depots_ou('lire_ventes'))::uuid[])));
create policy releves_clients_ajout on public.releves_clients for insert to authenticated
  with check ((select private.peut('lire_ventes')));
