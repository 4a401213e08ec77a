-- What a restore asks the database in its transaction, before ops/stack/vider_projet.sql empties it.
-- Says itself what the target must be: this text is safe to send to any database. {env}: what it must say it is,
-- 'vierge' for one that has nothing yet; {motif}: why, for the log; {gel}: whether writes must be frozen.

begin;
set local lock_timeout = '15s';
set local statement_timeout = 0;
set local idle_in_transaction_session_timeout = 0;

do $$
declare
  v_env text;
  v_gel text;
begin
  if {env} = 'vierge' then
    if to_regclass('public.app_settings') is not null then
      raise exception using errcode = 'PT403', message = 'ENV_INTERDIT',
        hint = 'Cette base n''est pas vierge : rien n''a été restauré.';
    end if;
  else
    -- The label is locked: nobody renames the database between this look and the commit.
    select coalesce((select s.value from public.app_settings s where s.key = 'env' for update), 'prod') into v_env;
    select s.value into v_gel from public.app_settings s where s.key = 'gel_ecritures';
    if v_env <> {env} then
      raise exception using errcode = 'PT403', message = 'ENV_INTERDIT',
        hint = format('Cette base dit être %s, et non %s : rien n''a été restauré.', v_env, {env});
    end if;
    if {gel} and coalesce(v_gel, '') = '' then
      raise exception using errcode = 'PT409', message = 'GEL_REQUIS',
        hint = 'Les écritures ne sont plus gelées : rien n''a été restauré.';
    end if;
    -- Kept across the restore: the freeze is of this database and of now, not of the backup.
    perform set_config('restauration.gel', coalesce(v_gel, ''), true);
    if to_regprocedure('private.autoriser_drop(text)') is not null then
      perform private.autoriser_drop({motif});
    end if;
  end if;
end;
$$;
