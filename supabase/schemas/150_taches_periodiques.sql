-- What must be done from time to time, whoever has a clock: a hosted project's pg_cron, or the stack that npm start
-- runs.

create function private.taches_periodiques() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.purger_idempotence();
end;
$$;
comment on function private.taches_periodiques() is
  'Everything to be done every hour; run again, or twice at once, it does no harm. Forgets old answers to idempotent '
  'requests.';

do $$
begin
  if exists (select from pg_available_extensions where name = 'pg_cron') then
    create extension if not exists pg_cron;
    perform cron.schedule('taches_periodiques', '7 * * * *', 'select private.taches_periodiques()');
  end if;
exception when others then
  raise warning 'pg_cron ne peut pas servir ici (%) : appelez private.taches_periodiques() vous-même, chaque heure.',
    sqlerrm;
end;
$$;
