-- What a door says to the database: who asks, and what. A request whose act is one function is one statement:
--
--   select case when private.ouvrir(…) then
--     coalesce(private.premiere_reponse(…), private.reponse_gardee(…, to_json(<function>(…)))) end
--
-- with its Idempotency-Key; without, the function alone. A condition is asked before what it decides on, and an answer
-- that was given before what would give it: PostgreSQL promises both. Of any other act ouvrir is the first statement.

create function private.ouvrir(
  p_identite text, p_route text, p_ici int, p_session text, p_request_id text, p_trace text) returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_dites text;
begin
  perform private.exiger_limite((p_identite::jsonb ->> 'sub')::uuid, p_route, p_ici);
  -- One expression: as queries they would cost as much as the rest.
  v_dites := concat(
    -- What a request may cost: one statement, one wait for a lock, and what a door does between two statements.
    set_config('statement_timeout', '10s', true), set_config('lock_timeout', '5s', true),
    set_config('idle_in_transaction_session_timeout', '20s', true),
    set_config('application_name', p_session, true), set_config('request.id', p_request_id, true),
    set_config('request.trace', p_trace, true), set_config('request.jwt.claims', p_identite, true),
    set_config('role', 'authenticated', true));
  perform private.exiger_profil();
  return true;
end;
$$;
comment on function private.ouvrir(text, text, int, text, text, text) is
  'First word of a door''s transaction: all that follows in it is done as this person, within what one request may '
  'cost. Returns true, so that an expression may ask it first. p_identite: claims of a verified token, JSON; p_route: '
  'the act''s, as private.limites has it; p_ici: see '
  'exiger_limite; p_session: application_name of the log; p_trace: of the log of acts. Raises TROP_DE_DEMANDES, '
  'ROLE_FORBIDDEN, COMPTE_DESACTIVE.';

create function private.premiere_reponse(p_cle text, p_demande text, p_corps jsonb) returns json
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  return (select json_build_object('statut', r.statut_http, 'corps', r.reponse, 'rejouee', true)
            from private.reprendre_reponse(p_cle, p_demande, p_corps) r);
end;
$$;
comment on function private.premiere_reponse(text, text, jsonb) is
  'reprendre_reponse as one value: null where the key is now reserved for this request, otherwise its first answer as '
  '{statut, corps, rejouee}. Raises what reprendre_reponse raises.';

create function private.reponse_gardee(p_cle text, p_statut_http int, p_reponse json) returns json
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.garder_reponse(p_cle, p_statut_http, p_reponse);
  return json_build_object('statut', p_statut_http, 'corps', p_reponse);
end;
$$;
comment on function private.reponse_gardee(text, int, json) is
  'Keeps an answer as garder_reponse does, and returns it as {statut, corps}.';
grant execute on function private.premiere_reponse(text, text, jsonb), private.reponse_gardee(text, int, json)
  to authenticated;
