-- Reading from a standby: what the primary had acknowledged when a reading was asked for, and whether a copy of it has
-- all of that. Nothing is remembered of anybody: whoever wrote, through whatever way, is in the log of the primary.

create function private.point_a_lire() returns jsonb
language sql volatile
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object(
    'systeme', (select s.system_identifier::text from pg_control_system() s), 'base', current_database(),
    'ligne', substr(pg_walfile_name(pg_current_wal_flush_lsn()), 1, 8),
    -- Who is told before the disk is (synchronous_commit = off) is further than the disk.
    'position', case when current_setting('synchronous_commit') = 'off' then pg_current_wal_insert_lsn()
      else pg_current_wal_flush_lsn() end,
    'moment', clock_timestamp())
$$;
comment on function private.point_a_lire() is
  'Where this database stands: which it is, its timeline, the position of its log that holds all that it has '
  'acknowledged, and its clock. Asked of the primary by the doors, as they let in a request that a standby may '
  'answer.';
grant execute on function private.point_a_lire() to authenticated;

create function private.refus_de_lecture(p_point jsonb, p_patience_ms int) returns text
language plpgsql volatile
set search_path = pg_catalog, pg_temp
as $$
declare
  c_pause constant float8 := 0.001;
  v_position constant pg_lsn := (p_point ->> 'position')::pg_lsn;
  v_moment constant timestamptz := (p_point ->> 'moment')::timestamptz;
  v_ligne constant text := (select lpad(to_hex(c.timeline_id), 8, '0') from pg_control_checkpoint() c);
  v_fin constant timestamptz := clock_timestamp() + make_interval(secs => p_patience_ms / 1000.0);
begin
  if v_position is null or v_moment is null then
    return 'n''a pas reçu jusqu''où la base principale en est';
  elsif not pg_is_in_recovery() then
    return case when private.au_siege()
      then 'est la base consolidée d''un réseau : elle se lit à ses propres portes (SUPABASE_DB_URL)'
      else 'n''est pas une base de secours : elle écrit pour elle-même' end;
  elsif (select s.system_identifier::text from pg_control_system() s) is distinct from p_point ->> 'systeme'
     or current_database() is distinct from p_point ->> 'base' then
    return 'est la copie d''une autre base';
  elsif upper(v_ligne) is distinct from p_point ->> 'ligne' then
    return format('suit la ligne %s et la base principale la ligne %s : l''une des deux a été promue', upper(v_ligne),
      p_point ->> 'ligne');
  end if;
  -- Both: a standby whose clock is behind would hide, as not yet done, what was just recorded.
  while pg_last_wal_replay_lsn() < v_position or clock_timestamp() < v_moment loop
    if clock_timestamp() >= v_fin then
      return case when pg_last_wal_replay_lsn() < v_position
        then format('a %s octets de retard%s', pg_wal_lsn_diff(v_position, pg_last_wal_replay_lsn()),
               case when pg_is_wal_replay_paused() then ' : sa reprise du journal est suspendue' else '' end)
        else 'a son horloge en retard sur celle de la base principale' end;
    end if;
    perform pg_sleep(c_pause);
  end loop;
  return null;
end;
$$;
comment on function private.refus_de_lecture(jsonb, int) is
  'Asked of a standby before it is read: null where it holds all that private.point_a_lire() told of the primary, '
  'waiting p_patience_ms milliseconds at most for it; else why it must not be read, for an operator.';
