-- The trace: who did what, to what, written by the database in the transaction of the act itself.

create table public.log_actions (
  id uuid primary key default private.nouvel_id(),
  user_id uuid,
  action text not null,
  module text not null,
  niveau text not null default 'INFO',
  details jsonb not null default '{}',
  cible_id uuid,
  depot_id uuid,
  request_id text,
  -- Before created_at: a line's transaction has its number when its moment is read, which sealing counts on.
  txid xid8 not null default pg_current_xact_id(),
  created_at timestamptz not null default clock_timestamp(),
  trace_id text
);
comment on table public.log_actions is 'Append-only log of every act that changes something.';
comment on column public.log_actions.user_id is
  'Who acted; null for the system. Not a foreign key: the log outlives the account.';
comment on column public.log_actions.created_at is
  'Moment of the line itself, not of its transaction: lines of one act keep their order.';
comment on column public.log_actions.cible_id is 'Row the act was about.';
comment on column public.log_actions.depot_id is
  'Depot of the target, so that a manager reads only their own. Not a foreign key: taken from the target, which has '
  'one.';
comment on column public.log_actions.request_id is 'x-request-id of the HTTP request, null outside one.';
comment on column public.log_actions.trace_id is
  'Trace of the HTTP request (W3C traceparent, 32 hexadecimal digits), null outside one.';
comment on column public.log_actions.txid is
  'Transaction that wrote the line: tells a line that committed late from one slipped in later.';
create index log_actions_created_at_idx on public.log_actions (created_at desc, id desc);
create index log_actions_cible_id_idx on public.log_actions (cible_id);
-- For what is asked of a few people only, writers pay next to nothing: a summary of every 64 pages finds whatever is
-- rare, the order above whatever is frequent, and what is not INFO is rare enough to be kept in order.
create index log_actions_rare_idx on public.log_actions
  using brin (user_id uuid_bloom_ops, depot_id uuid_bloom_ops, action text_bloom_ops, module text_bloom_ops)
  with (pages_per_range = 64, autosummarize = on);
create index log_actions_niveau_idx on public.log_actions (niveau, created_at desc, id desc) where niveau <> 'INFO';

create function private.id_de_ligne() returns uuid
language sql volatile
return concat('0', to_hex((date_part('epoch', clock_timestamp()) * 1000)::int8), '7000',
  to_hex(random(-9223372036854775808, -4611686018427387905)))::uuid;
comment on function private.id_de_ligne() is
  'A UUID of version 7 for a line of the log: milliseconds since 1970, then 62 bits of the session''s own generator, '
  'which costs a third of what nobody can guess costs (private.uuid_v7): no client sends or guesses the id of a line. '
  'Inlined where it is used.';

create function private.numero_demande() returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_numero text := current_setting('request.id', true);
begin
  if v_numero is null or v_numero = '' then
    -- Through REST nobody says it: PostgREST hands on the headers as they came.
    v_numero := current_setting('request.headers', true);
    if v_numero is not null then
      v_numero := left(nullif(v_numero, '')::json ->> 'x-request-id', 100);
    end if;
  end if;
  return v_numero;
end;
$$;
comment on function private.numero_demande() is 'x-request-id of the HTTP request, null outside one.';

create function private.details_de_personne(p_details jsonb) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select p_details || jsonb_strip_nulls(jsonb_build_object(
    'role_sql', coalesce(nullif(current_setting('role', true), 'none'), session_user),
    'acteur', nullif(current_setting('app.acteur', true), '')))
$$;
comment on function private.details_de_personne(jsonb) is
  'Details of an act in nobody''s account: which database role it was, and which system it acted for.';

create function private.journaliser(
  p_actions text[], p_module text, p_niveau text, p_cible_id uuid, p_depot_id uuid, p_details jsonb default '{}',
  p_user_id uuid default null, p_cibles uuid[] default null, p_leurs_details jsonb[] default null
) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_demande text := nullif(current_setting('request.id', true), '');
  v_trace constant text := nullif(current_setting('request.trace', true), '');
begin
  if p_niveau not in ('INFO', 'WARNING', 'CRITICAL') then
    raise check_violation using message = 'a level that the log does not know', table = 'log_actions',
      column = 'niveau';
  end if;
  if p_user_id is null then
    p_user_id := auth.uid();
    if p_user_id is null then
      p_details := private.details_de_personne(p_details);
    end if;
  end if;
  if v_demande is null and current_setting('request.headers', true) is not null then
    v_demande := private.numero_demande();
  end if;
  if v_demande is not null then
    if v_demande like 'synchronisation-%' then
      p_details := private.details_differes(p_details, v_demande);
    end if;
  end if;
  -- Apart: nearly every act has one action and one target, and then nothing is to be taken apart.
  if p_cibles is not null then
    insert into public.log_actions (id, user_id, action, module, niveau, cible_id, depot_id, details, request_id,
      trace_id)
    select private.id_de_ligne(), p_user_id, a.action, p_module, p_niveau, a.cible_id, p_depot_id,
      a.details || p_details,
      v_demande, v_trace
      from unnest(p_actions, p_cibles, p_leurs_details) a (action, cible_id, details);
    return;
  end if;
  if p_actions[2] is null then
    insert into public.log_actions (id, user_id, action, module, niveau, cible_id, depot_id, details, request_id,
      trace_id)
    values (private.id_de_ligne(), p_user_id, p_actions[1], p_module, p_niveau, p_cible_id, p_depot_id, p_details,
      v_demande, v_trace);
    return;
  end if;
  insert into public.log_actions (id, user_id, action, module, niveau, cible_id, depot_id, details, request_id,
    trace_id)
  select private.id_de_ligne(), p_user_id, a.action, p_module, p_niveau, p_cible_id, p_depot_id, p_details, v_demande,
    v_trace
    from unnest(p_actions) a (action);
end;
$$;
comment on function private.journaliser(text[], text, text, uuid, uuid, jsonb, uuid, uuid[], jsonb[]) is
  'Writes the lines of what one call did to one target, in its order, in the name of p_user_id, whom the rule that '
  'calls has just read; null: of the calling user. Without one, details.role_sql says which database role, and acteur '
  'which system it acted for. p_cibles, p_leurs_details: a target and details a line, of an act that has several; what '
  'p_details says is said of each. Called by the rules only, who alone write here: the level is asked of them and not '
  'by a check, whose text is read again at every line.';

create function private.journaliser(
  p_action text, p_module text, p_niveau text, p_cible_id uuid, p_depot_id uuid, p_details jsonb default '{}'
) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_trace text;
begin
  v_trace := private.journaliser(array[p_action], p_module, p_niveau, p_cible_id, p_depot_id, p_details);
end;
$$;
comment on function private.journaliser(text, text, text, uuid, uuid, jsonb) is
  'Writes one line of the log: what nearly every rule does.';

create function private.journaliser_ligne() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ligne constant jsonb := to_jsonb(coalesce(new, old));
begin
  perform private.journaliser(
    tg_argv[1] || case tg_op when 'INSERT' then '_CREE' when 'UPDATE' then '_MODIFIE'
      else '_SUPPRIME' end || coalesce(tg_argv[3], ''),
    tg_argv[0], tg_argv[2], (v_ligne ->> 'id')::uuid, (v_ligne ->> 'depot_id')::uuid,
    jsonb_build_object('table', tg_table_name)
      || case when tg_op <> 'INSERT' then jsonb_build_object('avant', to_jsonb(old)) else '{}' end
      || case when tg_op <> 'DELETE' then jsonb_build_object('apres', to_jsonb(new)) else '{}' end);
  return null;
end;
$$;
comment on function private.journaliser_ligne() is
  'Logs whatever happens to a row, before and after, for a table without a rule of its own for it. Arguments of the '
  'trigger: module, what the action''s name begins with, level, and E where that is feminine.';

create function private.journaliser_creation() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_trace text;
begin
  v_trace := private.journaliser(tg_argv[0], tg_argv[1], tg_argv[2], new.id, new.depot_id, to_jsonb(new));
  return null;
end;
$$;
comment on function private.journaliser_creation() is
  'Logs a row of a depot that was written, whole, for a table whose rows are written once. Arguments of the trigger: '
  'action, module, level.';

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
  'Refuses whatever verb the trigger is on, for every role, the owner included; but, outside PROD, the deletes of '
  'private.vider_mouvements(). Raises ECRITURE_INTERDITE, ENV_INTERDIT.';
grant execute on function private.interdire_ecriture() to authenticated, service_role;

create trigger log_actions_block before update or delete or truncate on public.log_actions
  for each statement execute function private.interdire_ecriture();

create view public.logs with (security_invoker = true) as
  select id, created_at, user_id, action, module, niveau, details, cible_id, depot_id, request_id,
         trace_id
  from public.log_actions;
comment on view public.logs is 'log_actions under the name older readers use.';

create function private.exiger_lecteur_journal() returns void
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('lire_journal');
end;
$$;
comment on function private.exiger_lecteur_journal() is
  'Refuses with ROLE_FORBIDDEN whoever may read no line of the log, rather than showing them an empty one.';

create function private.fuseau_vu(p_depot_id uuid) returns text
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce(
    (select d.fuseau from public.depots d
      where d.id = any (private.depots_visibles())
      order by d.id = p_depot_id desc nulls last, d.created_at, d.id limit 1),
    private.fuseau_societe());
end;
$$;
comment on function private.fuseau_vu(uuid) is
  'Time zone of a depot the caller sees; without one, of the first of those they see.';

create function private.debut_du_jour(p_jour date, p_depot_id uuid) returns timestamptz
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return p_jour::timestamp at time zone private.fuseau_vu(p_depot_id);
end;
$$;
comment on function private.debut_du_jour(date, uuid) is
  'When a day began at a depot the caller sees; without one, at the first of those they see.';
grant execute on function private.exiger_lecteur_journal(), private.debut_du_jour(date, uuid) to authenticated;

alter table public.log_actions enable row level security;
grant select on public.log_actions, public.logs to authenticated, service_role;
create policy log_actions_lecture on public.log_actions for select to authenticated
  -- The second question is only asked where a line is of no depot, or of one the caller does not see.
  using (depot_id = any ((select private.depots_ou('lire_journal'))::uuid[])
         or ((select private.peut('lire_journal')) and (select private.peut('voir_tous_depots'))));
