-- Times: nothing that a client starts runs, waits or holds a lock for ever.
--
-- PostgREST takes these on when it becomes the role. The doors log in as the project and set their own, transaction by
-- transaction (functions/_shared/database.ts).
--
-- A role belongs to the whole server: what is already so is left alone, for two databases that change the same role at
-- once would refuse one another ("tuple concurrently updated").
do $$
declare
  v_borne record;
begin
  for v_borne in
    select * from (values
      ('anon', 'statement_timeout', '3s'),
      ('anon', 'lock_timeout', '1s'),
      ('anon', 'idle_in_transaction_session_timeout', '5s'),
      ('authenticated', 'statement_timeout', '8s'),
      ('authenticated', 'lock_timeout', '5s'),
      ('authenticated', 'idle_in_transaction_session_timeout', '15s'),
      -- For an operator's scripts, which read and move more at once than a person does.
      ('service_role', 'statement_timeout', '60s'),
      ('service_role', 'lock_timeout', '10s'),
      ('service_role', 'idle_in_transaction_session_timeout', '60s')
    ) as b (role, parametre, valeur)
     where not exists (
       select from pg_roles r
        where r.rolname = b.role and format('%s=%s', b.parametre, b.valeur) = any (r.rolconfig)
     )
  loop
    execute format('alter role %I set %I = %L', v_borne.role, v_borne.parametre, v_borne.valeur);
  end loop;
end;
$$;
