-- Before each request through REST: what PostgREST would answer of itself, and must not.
--
-- Asked for count=planned or count=estimated, or for the plan of a query, PostgREST tells what the planner expects to
-- find, from statistics of the whole table: rows that the caller's policies hide are counted with the others. An exact
-- count is of what the caller sees, and stays. (Where Prefer is sent as several headers PostgREST shows the last one
-- here: a proxy in front of it should send them as one.)

create function private.trace_donnee(p_traceparent text) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select m[2]
    from regexp_match(p_traceparent, '^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-[\x21-\x7e]*)?$') m
   where m[1] <> 'ff' and (m[1] <> '00' or m[4] is null) and m[2] !~ '^0+$' and m[3] !~ '^0+$'
$$;
comment on function private.trace_donnee(text) is
  'Trace of a W3C traceparent header, 32 hexadecimal digits; null where it is badly formed, which is to be ignored.';
grant execute on function private.trace_donnee(text) to authenticated, service_role;

create function private.avant_requete() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_entetes constant json := nullif(current_setting('request.headers', true), '')::json;
  v_donnee constant text := private.trace_donnee(v_entetes ->> 'traceparent');
  v_trace constant text := coalesce(v_donnee, replace(gen_random_uuid()::text, '-', ''));
begin
  perform set_config('application_name',
            left('rest ' || nullif(concat_ws(' ', v_donnee, v_entetes ->> 'x-request-id'), ''), 63), true),
          set_config('request.trace', v_trace, true),
          -- PostgREST answers with these.
          set_config('response.headers', json_build_array(json_build_object('traceparent',
            format('00-%s-%s-00', v_trace, left(replace(gen_random_uuid()::text, '-', ''), 16))))::text, true);
  if v_entetes ->> 'accept' ~* 'vnd\.pgrst\.plan'
     or exists (select from regexp_split_to_table(v_entetes ->> 'prefer', ',') p (preference)
                 where p.preference ~* '^\s*count\M' and p.preference !~* '^\s*count\s*=\s*"?(exact|none)"?\s*$') then
    perform private.refuser('ESTIMATION_INTERDITE');
  end if;
end;
$$;
comment on function private.avant_requete() is
  'What PostgREST calls first, as the caller (db_pre_request): refuses whatever would tell the planner''s estimates, '
  'which know nothing of who may see what. PostgreSQL''s log names the request by the trace that it was given '
  'and its x-request-id; the log of acts and the answer bear its trace, made here where none was given. Raises '
  'ESTIMATION_INTERDITE.';
grant execute on function private.avant_requete() to authenticated, service_role;

-- Hosted, PostgREST reads its settings from the role it logs in as; the stack that npm start runs calls the function
-- itself. A role belongs to the whole server: what is already so is left alone, as in 023_bornes.sql.
do $$
begin
  if not exists (select from pg_roles r where r.rolname = 'authenticator'
                    and 'pgrst.db_pre_request=private.avant_requete' = any (r.rolconfig)) then
    alter role authenticator set pgrst.db_pre_request = 'private.avant_requete';
    notify pgrst, 'reload config';
  end if;
end;
$$;
