-- The trace: who did what, to what, written by the database in the transaction of the act itself.

create table public.log_actions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid,
  action text not null,
  module text not null,
  niveau text not null default 'INFO' check (niveau in ('INFO', 'WARNING', 'CRITICAL')),
  details jsonb not null default '{}',
  cible_id uuid,
  depot_id uuid,
  request_id text,
  created_at timestamptz not null default clock_timestamp()
);
comment on table public.log_actions is 'Append-only log of every act that changes something.';
comment on column public.log_actions.user_id is 'Who acted; null for the system. Not a foreign key: the log outlives the account.';
comment on column public.log_actions.created_at is 'Moment of the line itself, not of its transaction: lines of one act keep their order.';
comment on column public.log_actions.cible_id is 'Row the act was about.';
comment on column public.log_actions.depot_id is 'Depot of the target, so that a manager reads only their own. Not a foreign key: taken from the target, which has one.';
comment on column public.log_actions.request_id is 'x-request-id of the HTTP request, null outside one.';
create index log_actions_created_at_idx on public.log_actions (created_at desc, id desc);
create index log_actions_cible_id_idx on public.log_actions (cible_id);

create function private.journaliser(
  p_action text, p_module text, p_niveau text, p_cible_id uuid, p_depot_id uuid, p_details jsonb default '{}'
) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into public.log_actions (user_id, action, module, niveau, cible_id, depot_id, details, request_id)
  values (auth.uid(), p_action, p_module, p_niveau, p_cible_id, p_depot_id, p_details,
          nullif(current_setting('request.id', true), ''));
end;
$$;
comment on function private.journaliser(text, text, text, uuid, uuid, jsonb) is
  'Writes one line of the log in the name of the calling user. Called by the rules only.';

create function private.interdire_ecriture() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Only a purge of STAGING deletes: the project's own function, as the owner of the table, in its own transaction.
  if tg_op = 'DELETE' and current_setting('app.purge_staging', true) = pg_current_xact_id()::text
     and current_user = (select pg_get_userbyid(c.relowner) from pg_catalog.pg_class c where c.oid = tg_relid) then
    perform private.interdire_si_prod();
    return null;
  end if;
  perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  return null;
end;
$$;
comment on function private.interdire_ecriture() is
  'Refuses whatever verb the trigger is on, for every role, the owner included; but, outside PROD, the deletes of private.vider_mouvements().';
grant execute on function private.interdire_ecriture() to authenticated, service_role;

create trigger log_actions_block before update or delete or truncate on public.log_actions
  for each statement execute function private.interdire_ecriture();

create view public.logs with (security_invoker = true) as
  select id, created_at, user_id, action, module, niveau, details, cible_id, depot_id, request_id
  from public.log_actions;
comment on view public.logs is 'log_actions under the name older readers use.';

alter table public.log_actions enable row level security;
grant select on public.log_actions, public.logs to authenticated, service_role;
create policy log_actions_lecture on public.log_actions for select to authenticated
  using ((select private.role()) in ('admin', 'directeur', 'pca')
         or ((select private.role()) = 'gerant' and depot_id = any ((select private.depots_visibles())::uuid[])));
