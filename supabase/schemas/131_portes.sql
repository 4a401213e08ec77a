-- What a door says to the database: who asks, and what. A request whose act is one function is one statement:
--
--   select case when private.ouvrir(…) then
--     coalesce(private.premiere_reponse(…), private.reponse_gardee(…, to_json(<function>(…)))) end
--
-- with its Idempotency-Key; without, the function alone. A condition is asked before what it decides on, and an answer
-- that was given before what would give it: PostgreSQL promises both. Of any other act ouvrir is the first statement.

create function private.ouvrir(
  p_identite text, p_user_id uuid, p_route text, p_ici int, p_session text, p_request_id text, p_trace text
) returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_dites text;
begin
  v_dites := private.exiger_demande(p_user_id, p_route, p_ici);
  -- What a request may cost: one statement, one wait for a lock, and what a door does between two statements. Its own
  -- sessions have the three from their start (_shared/connection.ts); a pooler's have none, nor that value of the last.
  if current_setting('idle_in_transaction_session_timeout') <> '20s' then
    v_dites := concat(set_config('statement_timeout', '10s', true), set_config('lock_timeout', '5s', true),
      set_config('idle_in_transaction_session_timeout', '20s', true));
  end if;
  -- One expression: as queries they would cost as much as the rest.
  v_dites := concat(
    set_config('application_name', p_session, true), set_config('request.id', p_request_id, true),
    set_config('request.trace', p_trace, true), set_config('request.jwt.claims', p_identite, true),
    -- Who it is, apart: auth.uid() is asked a dozen times, and would read the claims each time.
    set_config('request.jwt.claim.sub', p_user_id::text, true),
    set_config('role', 'authenticated', true));
  return true;
end;
$$;
comment on function private.ouvrir(text, uuid, text, int, text, text, text) is
  'First word of a door''s transaction: all that follows in it is done as this person, within what one request may '
  'cost. Returns true, so that an expression may ask it first. p_identite: claims of a verified token, JSON; p_user_id: '
  'their sub; p_route: the act''s, as private.limites has it; p_ici: see exiger_demande; p_session: application_name of '
  'the log; p_trace: of the log of acts. Raises TROP_DE_DEMANDES, ROLE_FORBIDDEN, COMPTE_DESACTIVE.';
