-- The standbys of this database, for a Prometheus.

create function private.mesures_replication() returns setof private.mesure
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with secours as (
    select r.* from pg_stat_replication r
     where not exists (select from pg_replication_slots s where s.active_pid = r.pid and s.slot_type = 'logical')
  )
  select 'monaluxe_standbys', 'gauge', 'Standbys that are fed, by whether a commit waits for them',
         jsonb_build_object('sync', e.dit),
         (select count(*) from secours r
           where r.state = 'streaming' and (r.sync_state in ('sync', 'quorum')) = (e.dit = 'yes'))::float8
    from unnest(array['yes', 'no']) e (dit)
  union all
  select 'monaluxe_standby_lag_bytes', 'gauge', 'What a standby has not replayed yet of the log',
         jsonb_build_object('standby', r.application_name),
         pg_wal_lsn_diff(pg_current_wal_flush_lsn(), r.replay_lsn)::float8
    from secours r where r.replay_lsn is not null
  union all
  select 'monaluxe_standby_lag_seconds', 'gauge', 'Time a standby took to replay what it last told of; 0 while idle',
         jsonb_build_object('standby', r.application_name), coalesce(extract(epoch from r.replay_lag), 0)::float8
    from secours r where r.replay_lsn is not null
  union all
  select 'monaluxe_replication_slot_retained_bytes', 'gauge', 'Log kept on disk for a slot',
         jsonb_build_object('slot', s.slot_name), pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn)::float8
    from pg_replication_slots s where s.restart_lsn is not null
  union all
  select 'monaluxe_replication_slot_lost', 'gauge', '1 where a slot has lost its log: its standby is to be made anew',
         jsonb_build_object('slot', s.slot_name), (s.wal_status = 'lost')::int::float8
    from pg_replication_slots s
$$;
comment on function private.mesures_replication() is
  'Figures of the standbys and of what is kept for them. Nothing of slots where there is none.';
