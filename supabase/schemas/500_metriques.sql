-- What a Prometheus reads at ops/metrics. Each domain says its own figures: a function of private without argument that
-- answers setof private.mesure is asked, whoever wrote it.
--
-- Requests are counted here because nowhere else are they all: a function runs in as many processes as the platform
-- likes, each for a while, and whoever asks one of them for its counters is told of that one. Each adds what it has
-- counted, about once a second; one that is killed takes its last second with it.

create type private.mesure as (nom text, genre text, aide text, etiquettes jsonb, valeur float8);
comment on type private.mesure is
  'A figure: its name as Prometheus has names (base unit last), gauge or counter, what it says, its labels, its value.';

-- Not in the write-ahead log: a crash starts the counters anew, which Prometheus knows for what it is.
create unlogged table private.demandes_comptees (
  fonction text not null,
  route text not null,
  classe smallint not null check (classe between 1 and 5),
  nombre bigint not null,
  secondes float8 not null,
  paniers bigint[] not null,
  primary key (fonction, route, classe)
) with (fillfactor = 50);
comment on table private.demandes_comptees is
  'Answers of the doors since the counters began, by function, route, class.';
comment on column private.demandes_comptees.route is
  'Method and address as the act declares it; « ? » for no address of ours.';
comment on column private.demandes_comptees.classe is 'First digit of the HTTP status.';
comment on column private.demandes_comptees.secondes is 'Sum of the times to answer, in seconds.';
comment on column private.demandes_comptees.paniers is
  'Answers by time, one number for each bound of the doors'' histogram and one beyond; each answer in one of them.';
alter table private.demandes_comptees enable row level security;

create function private.compter_reponses(p_reponses jsonb) returns void
language sql
set search_path = pg_catalog, pg_temp
as $$
  insert into private.demandes_comptees as d (fonction, route, classe, nombre, secondes, paniers)
  select r.fonction, r.route, r.classe, r.nombre, r.secondes, r.paniers
    from jsonb_to_recordset(p_reponses) r (fonction text, route text, classe smallint, nombre bigint, secondes float8,
                                           paniers bigint[])
   -- One order for everybody: two that add to the same rows wait, and never for each other.
   order by r.fonction, r.route, r.classe
  on conflict (fonction, route, classe) do update
     set nombre = d.nombre + excluded.nombre, secondes = d.secondes + excluded.secondes,
         -- Bounds that have changed start anew: what was counted by others means nothing by these.
         paniers = case when cardinality(d.paniers) = cardinality(excluded.paniers)
           then (select array_agg(a + b order by n)
                   from unnest(d.paniers, excluded.paniers) with ordinality u (a, b, n))
           else excluded.paniers end
$$;
comment on function private.compter_reponses(jsonb) is
  'Adds what a process of a function has answered since it last said so. Called by the doors, apart from any request.';

create function private.mesures_base() returns setof private.mesure
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with sessions as (
    select a.state, a.wait_event_type, a.xact_start
      from pg_stat_activity a
     where a.datname = current_database() and a.backend_type = 'client backend' and a.pid <> pg_backend_pid()
  )
  select 'monaluxe_db_connections', 'gauge', 'Connections to the database, by state',
    jsonb_build_object('state', e.etat),
         (select count(*) from sessions s where coalesce(s.state, 'unknown') = e.etat)::float8
    from unnest(array['active', 'idle', 'idle in transaction', 'unknown']) e (etat)
  union all
  select 'monaluxe_db_connections_max', 'gauge', 'Connections the server accepts', '{}',
         current_setting('max_connections')::float8
  union all
  select 'monaluxe_db_waiting_for_lock', 'gauge', 'Connections that wait for a lock', '{}',
         count(*) filter (where s.wait_event_type = 'Lock')::float8 from sessions s
  union all
  select 'monaluxe_db_oldest_transaction_seconds', 'gauge', 'Age of the oldest open transaction', '{}',
         coalesce(extract(epoch from clock_timestamp() - min(s.xact_start)), 0)::float8 from sessions s
  union all
  select 'monaluxe_db_size_bytes', 'gauge', 'Size of the database', '{}', pg_database_size(current_database())::float8
$$;
comment on function private.mesures_base() is 'Figures of the server: connections, locks, transactions, size.';

create function private.mesures_envois() returns setof private.mesure
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'monaluxe_outbox_messages', 'gauge', 'Messages that wait to be sent, that are being sent, that are dead',
         jsonb_build_object('status', s.dit),
         (select count(*) from public.envois e where e.env = private.env() and e.statut = s.statut)::float8
    from (values ('A_ENVOYER', 'waiting'), ('EN_COURS', 'sending'), ('MORT', 'dead')) s (statut, dit)
  union all
  select 'monaluxe_outbox_oldest_seconds', 'gauge', 'How late the message is that should have gone first', '{}',
         greatest(0, coalesce(extract(epoch from clock_timestamp() - min(e.prochain_essai)), 0))::float8
    from public.envois e
   where e.env = private.env() and e.statut in ('A_ENVOYER', 'EN_COURS')
     and (e.roles is null or private.prevenus('profils_prevenus'))
$$;
comment on function private.mesures_envois() is 'Figures of the outbox.';

create function private.mesures_journal() returns setof private.mesure
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select m.nom, 'gauge', m.aide, '{}'::jsonb, m.valeur
    from private.etat_scellement() e
   cross join lateral (values
     ('monaluxe_log_blocks', 'Blocks of the sealed log', coalesce(e.bloc, 0)::float8),
     ('monaluxe_log_unsealed_lines', 'Lines of the log that wait for their seal', e.lignes_en_attente::float8),
     ('monaluxe_log_oldest_unsealed_seconds', 'How long the oldest of them has waited',
      coalesce(extract(epoch from clock_timestamp() - e.attend_depuis), 0)::float8)) m (nom, aide, valeur)
$$;
comment on function private.mesures_journal() is 'Figures of the log and its sealing.';

create function private.mesures_integrite() returns setof private.mesure
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'monaluxe_alerts_open', 'gauge', 'Alerts that nobody has resolved', jsonb_build_object('severity', g.severity),
         (select count(*) from public.system_alerts a
           where a.status <> 'RESOLVED' and a.severity = g.severity)::float8
    from unnest(array['CRITICAL', 'WARN']) g (severity)
  union all
  select 'monaluxe_integrity_faults', 'gauge',
         'What the last night''s proof of all history found: stock that is not its movements, lines that were touched',
         jsonb_build_object('check', c.code),
         (select count(*) from private.constats f where f.check_code = c.code)::float8
    from private.controles c where c.rythme = 'NUIT' and c.severity = 'CRITICAL' and c.actif
  union all
  select 'monaluxe_pass_age_seconds', 'gauge', 'Since the checks of each minute, and those of the night, last ended',
         jsonb_build_object('pass', p.nom), extract(epoch from clock_timestamp() - p.le)::float8
    from private.passages p where p.nom in ('alertes', 'nuit')
  union all
  select 'monaluxe_backup_last_verified_timestamp_seconds', 'gauge', 'Moment of the last verified backup', '{}',
         extract(epoch from p.le)::float8
    from private.passages p where p.nom = 'sauvegarde'
  union all
  select 'monaluxe_backup_age_seconds', 'gauge', 'Age of the last verified backup', '{}',
         extract(epoch from clock_timestamp() - p.le)::float8
    from private.passages p where p.nom = 'sauvegarde'
  union all
  select 'monaluxe_writes_frozen', 'gauge', '1 while writes are frozen', '{}',
         (exists (select from public.app_settings s where s.key = 'gel_ecritures'))::int::float8
$$;
comment on function private.mesures_integrite() is
  'Figures of the checks: alerts, the proof of the night, the passes, the backups, the freeze.';

create function private.mesures_paiements() returns setof private.mesure
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'monaluxe_online_payments', 'gauge', 'Online payments, by state', jsonb_build_object('status', s.statut),
         (select count(*) from public.paiements_en_ligne p where p.statut = s.statut)::float8
    from unnest(array['CREE', 'OUVERT', 'EN_ATTENTE', 'EXPIRE', 'ECHOUE', 'REUSSI', 'LITIGE', 'REMBOURSE']) s (statut)
  union all
  select 'monaluxe_provider_last_event_timestamp_seconds', 'gauge', 'Moment the provider last told something', '{}',
         extract(epoch from max(e.recu_le))::float8 from public.evenements_entrants e having count(*) > 0
  union all
  select 'monaluxe_reconciliation_age_seconds', 'gauge', 'Since payments were last compared with their provider', '{}',
         extract(epoch from clock_timestamp() - max(r.le))::float8 from public.rapprochements r having count(*) > 0
$$;
comment on function private.mesures_paiements() is 'Figures of online payments.';

create function private.mesures_documents() returns setof private.mesure
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'monaluxe_documents_to_look_at', 'gauge',
    'Documents that wait for their analysis, or in which something was found',
         jsonb_build_object('status', s.dit),
         (select count(*) from public.documents d
           where d.statut in ('RECU', 'INFECTE') and d.statut = s.statut)::float8
    from (values ('RECU', 'waiting'), ('INFECTE', 'infected')) s (statut, dit)
  union all
  select 'monaluxe_documents_oldest_waiting_seconds', 'gauge', 'How long the oldest of them has waited', '{}',
         coalesce(extract(epoch from clock_timestamp() - min(d.created_at)), 0)::float8
    from public.documents d where d.statut = 'RECU'
$$;
comment on function private.mesures_documents() is 'Figures of the documents.';

create function private.mesures() returns setof private.mesure
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_source text;
  v_mesures private.mesure[];
  v_lue boolean;
begin
  for v_source in
    select p.proname from pg_proc p
     where p.pronamespace = 'private'::regnamespace and p.prorettype = 'private.mesure'::regtype and p.proretset
       and p.pronargs = 0 and p.proname <> 'mesures' order by 1
  loop
    -- One that fails keeps no other from being read, and says so itself.
    begin
      execute format('select array_agg(m) from private.%I() m', v_source) into v_mesures;
      v_lue := true;
    exception when others then
      v_mesures := null;
      v_lue := false;
    end;
    return query select * from unnest(v_mesures);
    return query
      select 'monaluxe_source_up', 'gauge', '0 where these figures could not be read',
             jsonb_build_object('source', v_source), v_lue::int::float8;
  end loop;
end;
$$;
comment on function private.mesures() is 'Every figure of every domain. Called by ops/metrics only.';
