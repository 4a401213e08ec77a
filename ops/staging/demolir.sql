-- Empties a STAGING project inside the caller's transaction: everything the migrations made, nothing of auth.
-- Says itself what the target must be: this text is safe to send to any database.

do $$
declare
  v_env text;
  v_objet record;
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

  drop schema if exists private cascade;
  drop schema if exists astm cascade;

  -- The schema public itself stays, with the owner and the rights the platform gave it. What an extension put there is its own.
  for v_objet in
    select distinct i.type, i.identity
      from pg_depend d, pg_identify_object(d.classid, d.objid, 0) i
     where d.refclassid = 'pg_namespace'::regclass and d.refobjid = 'public'::regnamespace and d.deptype = 'n'
       and d.classid <> 'pg_default_acl'::regclass
       and not exists (select from pg_depend e
                        where e.classid = d.classid and e.objid = d.objid and e.deptype in ('e', 'i', 'a'))
  loop
    -- A cascade may have taken it already.
    execute format('drop %s if exists %s cascade', v_objet.type, v_objet.identity);
  end loop;
end;
$$;
