-- Idempotency: a request that is sent again gets its first answer, even if the first answer never arrived.
-- The answer is kept in the transaction of the effect, so that there is never one without the other.

create table private.idempotence (
  user_id uuid not null,
  cle text not null check (char_length(cle) between 1 and 255),
  empreinte bytea not null,
  statut_http int,
  reponse json,
  created_at timestamptz not null default now(),
  primary key (user_id, cle)
);
comment on table private.idempotence is 'First answer to each Idempotency-Key of each user, kept 30 days.';
comment on column private.idempotence.empreinte is 'SHA-256 of method, path and body: the same key with another request is refused.';
comment on column private.idempotence.reponse is 'Kept as text is, so that the answer is the same to the byte.';
comment on column private.idempotence.statut_http is 'HTTP status of the first answer; null while its transaction is open.';
create index idempotence_created_at_idx on private.idempotence (user_id, created_at);

create function private.reprendre_reponse(p_cle text, p_demande text, p_corps jsonb) returns table (statut_http int, reponse json)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_empreinte constant bytea := sha256(convert_to(p_demande || E'\n' || coalesce(p_corps::text, ''), 'UTF8'));
  v_premiere private.idempotence;
begin
  delete from private.idempotence i where i.user_id = auth.uid() and i.created_at < now() - interval '30 days';
  -- A second request with the key waits here until the first has committed or rolled back.
  insert into private.idempotence (user_id, cle, empreinte) values (auth.uid(), p_cle, v_empreinte)
  on conflict (user_id, cle) do nothing;
  if found then
    return;
  end if;
  select * into strict v_premiere from private.idempotence i where i.user_id = auth.uid() and i.cle = p_cle;
  if v_premiere.empreinte <> v_empreinte then
    perform private.refuser('IDEMPOTENCE_CONFLIT');
  end if;
  return query select v_premiere.statut_http, v_premiere.reponse;
end;
$$;
comment on function private.reprendre_reponse(text, text, jsonb) is
  'Reserves a key for this request and returns no row, or returns the answer it was already given. p_demande: method and path. Raises IDEMPOTENCE_CONFLIT.';

create function private.garder_reponse(p_cle text, p_statut_http int, p_reponse json) returns void
language sql security definer
set search_path = pg_catalog, pg_temp
as $$
  update private.idempotence set statut_http = p_statut_http, reponse = p_reponse
   where user_id = auth.uid() and cle = p_cle
$$;
comment on function private.garder_reponse(text, int, json) is 'Keeps the answer of a reserved key, in the transaction of its effect.';
grant execute on function private.reprendre_reponse(text, text, jsonb), private.garder_reponse(text, int, json)
  to authenticated;
