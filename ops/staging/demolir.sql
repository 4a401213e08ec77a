-- What a reset of STAGING asks the database inside its transaction, before ops/stack/vider_projet.sql empties it.
-- Says itself what the target must be: this text is safe to send to any database.

do $$
declare
  v_env text;
begin
  -- The label is locked: nobody renames the database between this look and the commit.
  select s.value into v_env from public.app_settings s where s.key = 'env' for update;
  if v_env is distinct from 'staging' then
    raise exception using errcode = 'PT403', message = 'ENV_INTERDIT',
      hint = format('Cette base dit être %s : seule STAGING se remet à zéro.', coalesce(v_env, 'sans nom, donc prod')),
      detail = jsonb_build_object('env', v_env)::text;
  end if;
  -- Absent only where somebody broke STAGING: a reason to reset it, not to refuse.
  if to_regprocedure('private.interdire_si_prod()') is not null then
    perform private.interdire_si_prod();
  end if;
  perform set_config('app.drop_autorise', pg_current_xact_id()::text, true);
end;
$$;
