-- What a database was at when it was last brought to a state, and what other hands have changed since.

create table private.etats_schema (
  empreinte text primary key,
  nom text not null check (btrim(nom) <> ''),
  faits jsonb,
  note_le timestamptz not null
);
comment on table private.etats_schema is
  'States this database has been brought to, one row each: the last noted is the one it should still be in.';
comment on column private.etats_schema.empreinte is 'private.empreinte() when it was there.';
comment on column private.etats_schema.nom is 'What brought it: a migration''s name, or supabase/schemas.';
comment on column private.etats_schema.faits is 'Of the last state only: each object, with the MD5 of its fact.';

create function private.empreintes() returns table (objet text, md5 text)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if to_regclass('siege.ecarts_schema') is null then
    return query select f.objet, md5(f.fait::text) from private.faits() f where not f.propre;
    return;
  end if;
  -- What siege:preparer made otherwise counts as it is declared, for as long as it is as that made it.
  return query execute $siege$
    select e.objet, e.md5
      from (select coalesce(i.objet, s.objet) as objet,
                   case when s.objet is null then i.md5
                        when i.md5 is not distinct from s.ici then s.declare
                        else coalesce(nullif(i.md5, s.declare), '') end as md5
              from (select f.objet, md5(f.fait::text) as md5 from private.faits() f where not f.propre) i
              full join siege.ecarts_schema s on s.objet = i.objet) e
     where e.md5 is not null
  $siege$;
end;
$$;
comment on function private.empreintes() is
  'Every fact that two databases of one schema share, with its MD5; the consolidated database of a network is at the '
  'schema that it was made from. Owner only.';

create function private.empreinte() returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select encode(sha256(convert_to(string_agg(e.objet || ' ' || e.md5, E'\n' order by e.objet collate "C"), 'UTF8')),
    'hex')
    from private.empreintes() e
$$;
comment on function private.empreinte() is
  'SHA-256 of every fact that two databases of one schema share: the same, they are at the same point. Owner only.';

create function private.noter_etat(p_nom text) returns text
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_empreinte text;
  v_faits jsonb;
begin
  select encode(sha256(convert_to(string_agg(e.objet || ' ' || e.md5, E'\n' order by e.objet collate "C"), 'UTF8')),
    'hex'), jsonb_object_agg(e.objet, e.md5)
    into v_empreinte, v_faits
    from private.empreintes() e;
  update private.etats_schema e set faits = null where e.faits is not null;
  insert into private.etats_schema as e (empreinte, nom, faits, note_le)
  values (v_empreinte, p_nom, v_faits, clock_timestamp())
  on conflict (empreinte) do update
     set (nom, faits, note_le) = (excluded.nom, excluded.faits, excluded.note_le);
  perform private.recopier_lieux();
  perform private.regler_horloge();
  return v_empreinte;
end;
$$;
comment on function private.noter_etat(text) is
  'Last statement of whatever brings this database to a state: notes what it is at, under the name of the migration '
  '(p_nom), makes the copy of the tanks again (private.lieux), and sets the server''s clock (private.regler_horloge). '
  'Gives the fingerprint. Owner only.';

create function private.etat_schema()
returns table (empreinte text, notee text, nom text, connues text[], modifies text[])
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with ici as materialized (
    select e.objet, e.md5 from private.empreintes() e
  ), dernier as (
    select e.* from private.etats_schema e order by e.note_le desc limit 1
  ), note as (
    select n.key as objet, n.value as md5 from dernier d cross join lateral jsonb_each_text(d.faits) n
  )
  select
    (select encode(sha256(convert_to(string_agg(i.objet || ' ' || i.md5, E'\n' order by i.objet collate "C"), 'UTF8')),
    'hex') from ici i),
         (select d.empreinte from dernier d),
         (select d.nom from dernier d),
         (select array_agg(e.empreinte order by e.note_le) from private.etats_schema e),
         -- What is granted comes after the objects it is granted on.
         (select coalesce(array_agg(objet order by objet like 'droits %', objet collate "C"), '{}')
            from ici i full join note n using (objet) where i.md5 is distinct from n.md5)
$$;
comment on function private.etat_schema() is
  'What this database is at: empreinte now; notee and nom, of the last state it was brought to; connues, every state '
  'it has been in; modifies, the objects changed since by other hands. Owner only.';
