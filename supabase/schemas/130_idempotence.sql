-- Idempotency: a request that is sent again gets its first answer, even if the first answer never arrived.
-- The answer is kept in the transaction of the effect, so that there is never one without the other.

create table private.idempotence (
  user_id uuid not null,
  cle text not null check (char_length(cle) between 1 and 255),
  empreinte bytea not null,
  statut_http int,
  reponse json,
  role text not null,
  depots uuid[] not null,
  habilitations text[] not null default '{}',
  second_facteur boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (user_id, cle)
);
comment on table private.idempotence is
  'First answer to each Idempotency-Key of each user: 30 days, and the last 5 000 of a person '
  '(private.purger_idempotence).';
comment on column private.idempotence.empreinte is
  'SHA-256 of method, path, version read and body: the same key with another request is refused.';
comment on column private.idempotence.reponse is 'Kept as text is, so that the answer is the same to the byte.';
comment on column private.idempotence.statut_http is
  'HTTP status of the first answer.';
comment on column private.idempotence.role is 'Role of the person when they were answered.';
comment on column private.idempotence.habilitations is 'What they might do beside their role when they were answered.';
comment on column private.idempotence.depots is 'Depots they saw when they were answered.';
comment on column private.idempotence.second_facteur is 'Whether their session had been raised to aal2.';

create function private.peut_autant(p_role text, p_role_d_alors text) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
return p_role = p_role_d_alors or (p_role is not null and not exists (
  select from private.capacites c where p_role_d_alors = any (c.roles) and not p_role = any (c.roles)));
comment on function private.peut_autant(text, text) is 'Whether a role may do all that another may.';

create function private.premiere_reponse(p_cle text, p_demande text, p_corps jsonb) returns json
language plpgsql security definer
set search_path = pg_catalog, pg_temp
-- One row by its key, also where a plan was made when there were few.
set enable_seqscan = off
as $$
declare
  v_user_id constant uuid := auth.uid();
  v_empreinte constant bytea := sha256(convert_to(p_demande || E'\n' || coalesce(p_corps::text, ''), 'UTF8'));
  v_fait text;
  v_acteur private.acteur;
  v_premiere private.idempotence;
begin
  -- A second request with the key waits here until the first has committed or rolled back; its answer is then read.
  v_fait := pg_advisory_xact_lock(hashtextextended(concat('cle:', v_user_id, p_cle), 0));
  select * into v_premiere from private.idempotence i where i.user_id = v_user_id and i.cle = p_cle;
  if not found then
    v_fait := set_config('request.empreinte', v_empreinte::text, true);
    return null;
  end if;
  if v_premiere.empreinte <> v_empreinte then
    perform private.refuser('IDEMPOTENCE_CONFLIT');
  end if;
  -- What was told to somebody is not told again to who they have become since.
  v_acteur := private.acteur();
  v_acteur.depots := coalesce(v_acteur.depots, '{}');
  if not private.peut_autant(v_acteur.role, v_premiere.role) or not v_premiere.depots <@ v_acteur.depots
     or not v_premiere.habilitations <@ coalesce(v_acteur.habilitations, '{}') then
    perform private.refuser('ROLE_FORBIDDEN',
      jsonb_build_object('role', v_acteur.role, 'role_d_alors', v_premiere.role));
  end if;
  if v_premiere.second_facteur
     and exists (select from private.capacites c where c.second_facteur and v_acteur.role = any (c.roles)) then
    perform private.exiger_second_facteur();
  end if;
  -- Nor is who may do or see more since held to what was refused them then: asked again, it is judged again.
  if v_premiere.statut_http >= 400
     and (v_premiere.role <> v_acteur.role or v_premiere.depots <> v_acteur.depots) then
    delete from private.idempotence i where i.user_id = v_user_id and i.cle = p_cle;
    v_fait := set_config('request.empreinte', v_empreinte::text, true);
    return null;
  end if;
  return json_build_object('statut', v_premiere.statut_http, 'corps', v_premiere.reponse, 'rejouee', true);
end;
$$;
comment on function private.premiere_reponse(text, text, jsonb) is
  'Null where the key is now held for this request until its transaction ends, otherwise the answer it was already '
  'given as {statut, corps, rejouee}, to a person who may still do and see all that they could then, in a session as '
  'well proved; a refusal only while their rights are the same. p_demande: method, path and version read. Raises '
  'IDEMPOTENCE_CONFLIT, ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

create function private.reponse_gardee(p_cle text, p_statut_http int, p_reponse json) returns json
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.acteur();
begin
  insert into private.idempotence (user_id, cle, empreinte, statut_http, reponse, role, depots, habilitations,
    second_facteur)
  values (auth.uid(), p_cle, current_setting('request.empreinte')::bytea, p_statut_http, p_reponse, v_acteur.role,
    coalesce(v_acteur.depots, '{}'), coalesce(v_acteur.habilitations, '{}'), private.second_facteur_prouve());
  return json_build_object('statut', p_statut_http, 'corps', p_reponse);
end;
$$;
comment on function private.reponse_gardee(text, int, json) is
  'Keeps the answer of the key that premiere_reponse holds for this transaction, with its effect, and returns it as '
  '{statut, corps}.';
grant execute on function private.premiere_reponse(text, text, jsonb), private.reponse_gardee(text, int, json)
  to authenticated;

create function private.purger_idempotence() returns bigint
language sql
set search_path = pg_catalog, pg_temp
as $$
  with oubliees as (
    delete from private.idempotence i
     using (select k.user_id, k.cle, row_number() over (partition by k.user_id order by k.created_at desc, k.cle) as
       rang
              from private.idempotence k) r
     where r.user_id = i.user_id and r.cle = i.cle
       and (r.rang > 5000 or i.created_at < now() - interval '30 days')
    returning 1)
  select count(*) from oubliees
$$;
comment on function private.purger_idempotence() is
  'Forgets, for everybody, answers that are 30 days old and, of each person, all but the last 5 000. Returns how many. '
  'Part of private.taches_periodiques.';
