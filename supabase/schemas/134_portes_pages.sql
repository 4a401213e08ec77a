-- Pages of lists, as one statement (131_portes.sql) may ask for them: what a door says of a page is written here as the
-- query that reads it, as the caller, under what the tables allow them.

create function private.condition_dite(p_condition jsonb) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_colonne constant text := format('t.%I', p_condition #>> '{colonnes,0}');
  v_valeur constant text := p_condition ->> 'valeur';
begin
  return case p_condition ->> 'sorte'
    when 'est' then
      (select string_agg(format('t.%I = %L', c, v_valeur), ' or ')
         from jsonb_array_elements_text(p_condition -> 'colonnes') c)
    when 'contient' then
      (select format('position(private.cle_recherche(%L) in private.cle_recherche(concat_ws('' | '', %s))) > 0',
                v_valeur, string_agg(format('t.%I', c), ', '))
         from jsonb_array_elements_text(p_condition -> 'colonnes') c)
    when 'depuis' then format('%s >= %L', v_colonne, v_valeur)
    when 'jusqu_a' then format('%s <= %L', v_colonne, v_valeur)
    when 'depuis_le_jour' then
      format('%s >= private.debut_du_jour(%L, %L)', v_colonne, v_valeur, p_condition ->> 'depot_id')
    when 'jusqu_au_jour' then
      format('%s < private.debut_du_jour(%L::date + 1, %L)', v_colonne, v_valeur, p_condition ->> 'depot_id')
  end;
end;
$$;
comment on function private.condition_dite(jsonb) is
  'A condition on the rows t of a page, as its query has it. {sorte, colonnes, valeur}: any of the columns est, all of '
  'them together contient, the first is depuis or jusqu_a; or a moment, depuis_le_jour and jusqu_au_jour, days of '
  'depot_id. Null for another sorte: the query is then none.';

create function private.colonnes_vues(p_colonnes text, p_heures text, p_depot text) returns text
language plpgsql immutable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_depot constant text := case when p_depot is null then 'null' else format('t.%I', p_depot) end;
begin
  if p_heures is null then
    return private.colonnes_nommees(p_colonnes, 't.');
  end if;
  return (select string_agg(case when c = any (string_to_array(p_heures, ','))
                              then format('private.heure_au_depot(%s, t.%I)', v_depot, c) else format('t.%I', c) end,
                              ', ')
            from unnest(string_to_array(p_colonnes, ',')) c);
end;
$$;
comment on function private.colonnes_vues(text, text, text) is
  'Columns of the rows t of a page, as its query has them: those of p_heures as the clock of the depot p_depot said '
  'them; of a depot that is none, the company''s.';

create function private.page_dite(
  p_relation text, p_colonnes text, p_cachees text, p_cles text, p_sens text, p_lignes int
) returns json
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Column by column: of each it is then asked once what it is and how it is written, and its name is said by nobody.
  return private.lecture_tenue(format('select json_build_array(%s, %s) from (select %s from public.%I t order by %s '
    'limit %s) s',
    private.colonnes_nommees(p_colonnes, 'json_agg(s.', ')'),
    private.colonnes_nommees(p_cles, 'json_agg(s.', '::text)'),
    private.colonnes_nommees(concat_ws(',', p_colonnes, p_cachees), 't.'), p_relation,
    private.colonnes_nommees(p_cles, 't.', ' ' || p_sens), p_lignes));
end;
$$;
comment on function private.page_dite(text, text, text, text, text, int) is
  'The first rows of a table or view of public as the caller sees them, p_lignes at most, in the order of p_cles, asc '
  'or desc (p_sens): of each of p_colonnes, then as text of each of p_cles, the values of all rows in their order; null '
  'where there is no row. p_cachees: those of p_cles that are not of p_colonnes. Its plan is kept: what is asked '
  'without '
  'a value is of one form a list.';

create function private.page_choisie(
  p_source text, p_colonnes text, p_heures text, p_depot text, p_cles text, p_sens text, p_lignes int,
  p_conditions jsonb, p_apres jsonb, p_au text
) returns json
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_page json;
begin
  -- Planned for the values it asks about: a plan that suits any tank looks for the few movements of a quiet one through
  -- the whole history. Row by row: there a plan of so many aggregates would cost more than they save.
  execute format('select json_agg(s.ligne) from (select json_build_array(%s, %s) as ligne from %s t where true%s%s '
    'order by %s limit %s) s',
    private.colonnes_vues(p_colonnes, p_heures, p_depot), private.colonnes_nommees(p_cles, 't.', '::text'),
    case when p_au is null then format('public.%I', p_source) else format('private.%I(%L)', p_source, p_au) end,
    (select string_agg(' and (' || private.condition_dite(c) || ')', '') from jsonb_array_elements(p_conditions) c),
    (select format(' and row(%s) %s row(%s)', private.colonnes_nommees(p_cles, 't.'),
              case p_sens when 'asc' then '>' else '<' end, string_agg(quote_literal(v), ', '))
       from jsonb_array_elements_text(p_apres) v having count(*) > 0),
    private.colonnes_nommees(p_cles, 't.', ' ' || p_sens), p_lignes)
    into v_page;
  return v_page;
end;
$$;
comment on function private.page_choisie(text, text, text, text, text, text, int, jsonb, jsonb, text) is
  'Rows of a table or view of public as the caller sees them, p_lignes at most, in the order of p_cles, asc or desc '
  '(p_sens): of each row the values of p_colonnes, then as text those of p_cles; null where there is no row. '
  'p_conditions: see condition_dite; p_apres: the keys of the row before the first; p_heures: columns told by the clock '
  'of the depot p_depot. p_au: p_source is a function of private that gives the same rows as they stood at the end of '
  'that day.';

grant execute on function private.condition_dite(jsonb),
  private.colonnes_vues(text, text, text),
  private.page_dite(text, text, text, text, text, int),
  private.page_choisie(text, text, text, text, text, text, int, jsonb, jsonb, text)
  to authenticated;
