-- Rows that a door writes and answers, told by name: what makes of any act one statement (131_portes.sql). Each runs as
-- the caller, under what the tables allow them; each sees what the act before it in its statement has done, for
-- PostgreSQL gives a volatile function a new look at the tables. A statement that named the tables itself would be
-- planned before it is known who asks, and would see them as they were when it began.

create function private.colonnes_nommees(p_colonnes text, p_avant text default '', p_apres text default '') returns text
language sql immutable
return p_avant || '"' || replace(replace(p_colonnes, '"', '""'), ',', '"' || p_apres || ', ' || p_avant || '"') || '"'
  || p_apres;
comment on function private.colonnes_nommees(text, text, text) is
  'Columns, told with commas between them, as a statement lists them; each between p_avant and p_apres. Inlined where '
  'it is used.';

create function private.faite(p_fait text) returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  return true;
end;
$$;
comment on function private.faite(text) is
  'True once its argument has been computed, whatever it is: a condition that no plan leaves out, asked before what it '
  'decides on.';

create function private.lecture_tenue(p_requete text, p_valeurs text) returns json
language plpgsql
set search_path = pg_catalog, pg_temp
-- Made once, and not again for each value.
set plan_cache_mode = force_generic_plan
as $$
declare
  v_nom constant text := 'lecture ' || hashtextextended(p_requete, 0);
  v_lire constant text := format('execute %I(%s)', v_nom, p_valeurs);
  v_lu json;
begin
  begin
    execute v_lire into v_lu;
  exception when invalid_sql_statement_name then
    execute format('prepare %I as %s', v_nom, p_requete);
    execute v_lire into v_lu;
  end;
  return v_lu;
end;
$$;
comment on function private.lecture_tenue(text, text) is
  'What a query of one JSON value reads, as the caller, by a plan that the session keeps and that suits any value: '
  'p_valeurs, quoted, with commas between them, are its $1 and after. Behind a pooler too, whoever has the session '
  'next. '
  'For the queries that are few, of our own making: each stays for as long as its session. PostgreSQL makes the plan '
  'again for another role, and where what it reads has changed.';

create function private.ligne_dite(p_relation text, p_colonnes text, p_cle text, p_id text, p_quoi text) returns json
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ligne constant json := private.lecture_tenue(
    format('select to_json(t) from (select %s from public.%I where %I = $1) t', private.colonnes_nommees(p_colonnes),
      p_relation, p_cle), quote_nullable(p_id));
begin
  if v_ligne is null then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', p_quoi));
  end if;
  return v_ligne;
end;
$$;
comment on function private.ligne_dite(text, text, text, text, text) is
  'One row of a table or view of public, as the caller sees it: p_cle, the column that is p_id; p_quoi, what it is '
  'called where it is not there. Raises INTROUVABLE.';

create function private.lignes_dites(p_relation text, p_colonnes text, p_cle text, p_id text, p_ordre text)
  returns json
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  return private.lecture_tenue(
    format('select coalesce(json_agg(t), ''[]'') from (select %s from public.%I where %I = $1 order by %I) t',
      private.colonnes_nommees(p_colonnes), p_relation, p_cle, p_ordre), quote_nullable(p_id));
end;
$$;
comment on function private.lignes_dites(text, text, text, text, text) is
  'The few rows of a table or view of public that belong to one thing, as the caller sees them, in order of one of '
  'their columns.';

create function private.lignes_inserees(p_table text, p_lignes jsonb, p_colonnes text, p_rendues text) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lignes jsonb;
begin
  execute format('with ecrites as (insert into public.%1$I (%2$s) select %2$s '
                 'from jsonb_populate_recordset(null::public.%1$I, $1) returning %3$s) '
                 'select jsonb_agg(to_jsonb(e)) from ecrites e',
                 p_table, private.colonnes_nommees(p_colonnes), private.colonnes_nommees(p_rendues))
     into v_lignes using p_lignes;
  return v_lignes;
end;
$$;
comment on function private.lignes_inserees(text, jsonb, text, text) is
  'Inserts rows into a table of public as the caller, in one statement: p_colonnes of each, the others keep their '
  'defaults. Gives p_rendues of each, in their order. Raises what the table does.';

create function private.ligne_modifiee(p_table text, p_id uuid, p_changements jsonb, p_colonnes text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  execute format('update public.%1$I set (%2$s) = (select %2$s from jsonb_populate_record(null::public.%1$I, $1)) '
                 'where id = $2',
                 p_table, private.colonnes_nommees(p_colonnes))
    using p_changements, p_id;
end;
$$;
comment on function private.ligne_modifiee(text, uuid, jsonb, text) is
  'Changes p_colonnes of the row of a table of public whose id this is, as the caller, where they may change it. '
  'Raises what the table does.';

grant execute on function private.colonnes_nommees(text, text, text),
  private.faite(text),
  private.lecture_tenue(text, text),
  private.ligne_dite(text, text, text, text, text),
  private.lignes_dites(text, text, text, text, text),
  private.lignes_inserees(text, jsonb, text, text),
  private.ligne_modifiee(text, uuid, jsonb, text)
  to authenticated;
