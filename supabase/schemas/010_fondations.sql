-- Foundations: the rooms, who may enter them, and how a rule says no.
--
-- public   the contract: tables, views and RPCs a client may call
-- private  rules, triggers, idempotency: never exposed through REST
-- Everything below is granted by name; nothing is open by default.

create schema private;
comment on schema private is
  'Rules and machinery. Not exposed through REST; a client role may execute only what its policies and doors call.';

revoke all on schema private from public;
grant usage on schema private to authenticated, service_role;
revoke create on schema public from public;

-- A hosted project hands every new object in public to anon and authenticated: take that back, for good.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke execute on functions from anon, authenticated, service_role;

create function private.uuid_v7() returns uuid
language sql volatile parallel safe
return concat('0', to_hex((date_part('epoch', clock_timestamp()) * 1000)::int8), '7',
  substr(gen_random_uuid()::text, 16))::uuid;
comment on function private.uuid_v7() is
  'A UUID of version 7 (RFC 9562, section 5.7): milliseconds since 1970, then 74 random bits. For rows that come in '
  'time, whose indexes then grow at one end instead of being rewritten everywhere. Inlined where a rule uses it.';

-- In PL/pgSQL: an SQL function that is a column's default is read and inlined again at every insertion of a client.
create function private.nouvel_id() returns uuid
language plpgsql volatile parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return private.uuid_v7();
end;
$$;
comment on function private.nouvel_id() is
  'The same for a column''s default, which is planned anew at each client''s insertion: this one is not inlined there.';
grant execute on function private.uuid_v7(), private.nouvel_id() to authenticated, service_role;

-- The catalogue of refusals ---------------------------------------------------------------------------------------

create table private.refus (
  code text primary key,
  statut_http int not null check (statut_http between 400 and 499),
  phrase text not null,
  sens text not null check (btrim(sens) <> ''),
  conduite text not null check (btrim(conduite) <> '')
);
comment on table private.refus is
  'Every refusal of a rule. Its rows are in donnees/011_refus.sql; the doors publish them at functions/v1/ops/codes.';
comment on column private.refus.phrase is
  'What a clerk reads. {name} is replaced by the value of that name in the detail.';
comment on column private.refus.sens is 'What the code means, for whoever looks it up.';
comment on column private.refus.conduite is 'What to do about it.';
comment on column private.refus.statut_http is 'HTTP status carried by the SQLSTATE PTnnn.';

create function private.nombre_fr(p_nombre numeric) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
return translate(rtrim(rtrim(to_char(p_nombre, 'FM999,999,999,999,990.999'), '0'), '.'), ',.', ' ,');
comment on function private.nombre_fr(numeric) is
  'A number as a French reader writes it: 39296.5 gives "39 296,5". At most three decimals.';

-- Every function sets its search_path and looks at temporary objects last: what a caller brings along in pg_temp
-- stands in for nothing.

create function private.phrase_de_refus(p_code text, p_valeurs jsonb) returns text
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_phrase text;
  v_cle text;
  v_valeur jsonb;
begin
  select r.phrase into strict v_phrase from private.refus r where r.code = p_code;
  for v_cle, v_valeur in select key, value from jsonb_each(p_valeurs) loop
    v_phrase := replace(v_phrase, '{' || v_cle || '}',
      case jsonb_typeof(v_valeur)
        when 'number' then private.nombre_fr((v_valeur #>> '{}')::numeric)
        else coalesce(v_valeur #>> '{}', '—')
      end);
  end loop;
  -- A value may be whatever was sent: what says no of it is still read as it stands, in a log too.
  return regexp_replace(v_phrase, private.illisibles(), '·', 'g');
end;
$$;
comment on function private.phrase_de_refus(text, jsonb) is
  'The sentence a clerk reads for this refusal, its values filled in. An unknown code is a bug and raises P0002.';

create function private.refuser(p_code text, p_valeurs jsonb default '{}', p_statut_http int default null) returns void
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    hint = private.phrase_de_refus(p_code, p_valeurs),
    errcode = 'PT' || coalesce(p_statut_http, (select r.statut_http from private.refus r where r.code = p_code)),
    message = p_code,
    detail = regexp_replace(p_valeurs::text, private.illisibles(), '·', 'g');
end;
$$;
comment on function private.refuser(text, jsonb, int) is
  'Raises a refusal: message = code, hint = French sentence, detail = values as JSON, SQLSTATE PTnnn = HTTP status. An '
  'unknown code is a bug and raises P0002.';
grant execute on function private.refuser(text, jsonb, int) to authenticated, service_role;

create function private.lignes_au_plus() returns int
language sql immutable
return 1000;
comment on function private.lignes_au_plus() is
  'Rows that one request may write into a table. Inlined where it is used.';

-- Neither is SECURITY DEFINER: they must see who is writing.
create function private.exiger_peu_de_lignes(p_table oid, p_lignes bigint) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  -- The owner of the tables brings whole databases.
  if p_lignes > private.lignes_au_plus() and not private.possede(p_table) then
    perform private.refuser('TROP_DE_LIGNES',
      jsonb_build_object('lignes', p_lignes, 'maximum', private.lignes_au_plus()));
  end if;
end;
$$;
comment on function private.exiger_peu_de_lignes(oid, bigint) is
  'Bounds the rows that one request writes into a table, so that it never keeps the others waiting for long. Raises '
  'TROP_DE_LIGNES.';

create function private.borner_lignes() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger_peu_de_lignes(tg_relid, (select count(*) from lignes));
  return null;
end;
$$;
comment on function private.borner_lignes() is
  'Bounds the rows that one statement writes, which it knows as lignes. Raises TROP_DE_LIGNES.';
grant execute on function private.lignes_au_plus(), private.exiger_peu_de_lignes(oid, bigint), private.borner_lignes()
  to authenticated, service_role;

create function private.exiger_champs(p_objet jsonb) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if jsonb_typeof(p_objet) is distinct from 'object' then
    perform private.refuser('FORME_INATTENDUE', jsonb_build_object('attendu', 'des champs nommés'));
  end if;
end;
$$;
comment on function private.exiger_champs(jsonb) is
  'Refuses what is no JSON object, null among it. Raises FORME_INATTENDUE.';

create function private.exiger_lignes(p_lignes jsonb) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if jsonb_typeof(p_lignes) <> 'array'
    or jsonb_path_exists(p_lignes, 'strict $[*] ? (@.type() != "object")', silent => true) then
    perform private.refuser('FORME_INATTENDUE', jsonb_build_object('attendu', 'une liste de lignes'));
  end if;
end;
$$;
comment on function private.exiger_lignes(jsonb) is
  'Refuses what is no JSON list of objects; null is no list that was said, and passes. Raises FORME_INATTENDUE.';

create function private.seulement(p_objet jsonb, p_champs text[]) returns jsonb
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_objet is null or p_objet = '{}' then
    return jsonb '{}';
  end if;
  perform private.exiger_champs(p_objet);
  return (
  select coalesce(jsonb_object_agg(c.key, c.value), '{}') from jsonb_each(p_objet) c where c.key = any (p_champs));
end;
$$;
comment on function private.seulement(jsonb, text[]) is
  'The fields of an object that a client may say; of null, none. Raises FORME_INATTENDUE for anything but an object.';

create function private.exiger_read_committed() returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    perform private.refuser('ISOLATION_INTERDITE');
  end if;
end;
$$;
comment on function private.exiger_read_committed() is
  'Refuses an older snapshot of the database, for rules that must see what others have just committed. Raises '
  'ISOLATION_INTERDITE.';
