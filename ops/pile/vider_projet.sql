-- Empties a project inside the caller's transaction: everything its migrations made, nothing of auth. The caller has
-- checked which database it is, and opened the way where that is PROD.

do $$
declare
  v_objet record;
begin
  drop schema if exists private cascade;
  drop schema if exists astm cascade;

  -- The schema public itself stays, with the owner and the rights the platform gave it. What an extension put there is
  -- its own.
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
