-- A refusal for credit leaves a line: somebody wanted fuel to leave beyond a limit, and that is worth knowing. The
-- refused transaction leaves nothing, so the door writes it afterwards, in one of its own.

create function private.noter_refus(p_user_id uuid, p_request_id text, p_porte text, p_code text, p_valeurs jsonb)
  returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_code not in ('CREDIT_DEPASSE', 'CLIENT_SUSPENDU', 'DOCUMENT_TROP_GROS', 'DOCUMENT_ALTERE', 'DOCUMENT_TYPE',
    'DOCUMENT_QUOTA') then
    return;
  end if;
  perform set_config('request.jwt.claims', jsonb_build_object('sub', p_user_id)::text, true),
          set_config('request.id', p_request_id, true);
  if starts_with(p_code, 'DOCUMENT_') then
    perform private.journaliser('DOCUMENT_REFUSE', 'documents', 'WARNING', null, null,
      p_valeurs || jsonb_build_object('code', p_code, 'porte', p_porte));
    return;
  end if;
  perform private.journaliser('CREDIT_REFUSE', 'ventes', 'WARNING', (p_valeurs ->> 'client_id')::uuid,
    (p_valeurs ->> 'depot_id')::uuid, p_valeurs || jsonb_build_object('code', p_code, 'porte', p_porte));
end;
$$;
comment on function private.noter_refus(uuid, text, text, text, jsonb) is
  'What is kept of a refusal that a door has just given, in the name of whom it refused: for credit, a line of the log '
  'with the limit, what was owed and asked; for a file, one with what was wrong with it; of any other, nothing. Called '
  'by the doors only, apart from the transaction that was undone.';
