-- Pages of lists, as one statement (131_portes.sql) may ask for them: what a door says of a page is written here as the
-- query that reads it, as the caller, under what the tables allow them.

create function private.condition_dite(p_condition jsonb, p_valeur text, p_depot text) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_colonne constant text := format('t.%I', p_condition #>> '{colonnes,0}');
begin
  return case p_condition ->> 'sorte'
    when 'est' then
      case when jsonb_array_length(p_condition -> 'colonnes') = 1 then format('%s = %s', v_colonne, p_valeur)
        else (select string_agg(format('t.%I = %s', c, p_valeur), ' or ')
                from jsonb_array_elements_text(p_condition -> 'colonnes') c) end
    when 'tete' then format('%s = any (array[%s]::uuid[])', v_colonne, p_valeur)
    when 'contient' then
      (select format('position(private.cle_recherche(%s) in private.cle_recherche(concat_ws('' | '', %s))) > 0',
                p_valeur, string_agg(format('t.%I', c), ', '))
         from jsonb_array_elements_text(p_condition -> 'colonnes') c)
    when 'depuis' then format('%s >= %s', v_colonne, p_valeur)
    when 'jusqu_a' then format('%s <= %s', v_colonne, p_valeur)
    when 'depuis_le_jour' then format('%s >= private.debut_du_jour(%s, %s)', v_colonne, p_valeur, p_depot)
    when 'jusqu_au_jour' then format('%s < private.debut_du_jour(%s::date + 1, %s)', v_colonne, p_valeur, p_depot)
  end;
end;
$$;
comment on function private.condition_dite(jsonb, text, text) is
  'A condition on the rows t of a page, as its query has it. {sorte, colonnes}: any of the columns est p_valeur, the '
  'first is it and heads the order (tete: see page_dite), all of them together contient it, the first is depuis or '
  'jusqu_a it; or a moment, depuis_le_jour and jusqu_au_jour, days of p_depot. Both as the query says them, a value or '
  'the place of one. Null for another sorte: the query is then none.';

create function private.conditions_choisies(p_conditions jsonb, p_apres jsonb, p_cles text, p_sens text) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return concat(
    'true',
    (select string_agg(format(' and (%s)',
              private.condition_dite(c, quote_literal(c ->> 'valeur'), quote_nullable(c ->> 'depot_id'))), '')
       from jsonb_array_elements(p_conditions) c),
    (select format(' and row(%s) %s row(%s)', private.colonnes_nommees(p_cles, 't.'),
              case p_sens when 'asc' then '>' else '<' end, string_agg(quote_literal(v), ', '))
       from jsonb_array_elements_text(p_apres) v having count(*) > 0));
end;
$$;
comment on function private.conditions_choisies(jsonb, jsonb, text, text) is
  'All that is asked of the rows t of a page, its values in it: p_conditions (condition_dite, with valeur and depot_id '
  'in each), and to come after the keys p_apres.';

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

create function private.page_lue(
  p_relation text, p_colonnes text, p_cachees text, p_cles text, p_ordre text, p_conditions text, p_limite text,
  p_valeurs text
) returns json
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Column by column: of each it is then asked once what it is and how it is written, and its name is said by nobody.
  return private.lecture_tenue(format('select json_build_array(%s, %s) from (select * from (select %s from public.%I t '
    'where %s order by %s %s) p limit $1) s',
    private.colonnes_nommees(p_colonnes, 'json_agg(s.', ')'),
    private.colonnes_nommees(p_cles, 'json_agg(s.', '::text)'),
    private.colonnes_nommees(concat_ws(',', p_colonnes, p_cachees), 't.'), p_relation, p_conditions, p_ordre,
    p_limite), p_valeurs);
end;
$$;
comment on function private.page_lue(text, text, text, text, text, text, text, text) is
  'The first rows t of a table or view of public as the caller sees them, in p_ordre: of each of p_colonnes, then as '
  'text of each of p_cles, the values of all rows in their order; null where there is no '
  'row. p_cachees: those of p_cles that are not of p_colonnes. Its plan is kept, one for each text: p_conditions on the '
  'rows t say the place of a value ($2 and after) and not the value; p_valeurs: these, quoted, $1 first, which is how '
  'many rows at most. p_limite: a limit for the plan, above it.';

create function private.page_dite(
  p_relation text, p_colonnes text, p_cachees text, p_cles text, p_sens text, p_lignes int, p_conditions jsonb,
  p_apres jsonb, p_seul text
) returns json
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_valeurs text[] := array[quote_literal(p_lignes)];
  v_conditions text := 'true';
  v_places text[];
  v_condition jsonb;
  v_depots uuid[];
  v_ordre text := private.colonnes_nommees(p_cles, 't.', ' ' || p_sens);
begin
  for i in 0 .. jsonb_array_length(p_conditions) - 1 loop
    v_condition := p_conditions -> i;
    v_valeurs := v_valeurs || quote_literal(v_condition ->> 'valeur');
    v_conditions := format('%s and (%s)', v_conditions,
      private.condition_dite(v_condition, '$' || cardinality(v_valeurs), '$' || cardinality(v_valeurs) + 1));
    if v_condition ->> 'sorte' = 'tete' then
      v_ordre := format('t.%I, %s', v_condition #>> '{colonnes,0}', v_ordre);
    elsif v_condition ->> 'sorte' in ('depuis_le_jour', 'jusqu_au_jour') then
      v_valeurs := v_valeurs || quote_nullable(v_condition ->> 'depot_id');
    end if;
  end loop;
  if p_seul is not null then
    v_depots := private.depots_visibles();
    if cardinality(v_depots) = 1 then
      v_valeurs := v_valeurs || quote_literal(v_depots[1]);
      v_conditions := format('%s and t.%I = any (array[$%s]::uuid[])', v_conditions, p_seul, cardinality(v_valeurs));
      v_ordre := format('t.%I, %s', p_seul, v_ordre);
    end if;
  end if;
  if p_apres is not null then
    for i in 0 .. jsonb_array_length(p_apres) - 1 loop
      v_valeurs := v_valeurs || quote_literal(p_apres ->> i);
      v_places := v_places || ('$' || cardinality(v_valeurs));
    end loop;
    v_conditions := format('%s and row(%s) %s row(%s)', v_conditions, private.colonnes_nommees(p_cles, 't.'),
      case p_sens when 'asc' then '>' else '<' end, array_to_string(v_places, ', '));
  end if;
  -- The plan is made for the usual page, or the longest: it reads in order, and stops where a shorter one does.
  return private.page_lue(p_relation, p_colonnes, p_cachees, p_cles, v_ordre, v_conditions,
    case when p_lignes <= 51 then 'limit 51' else 'limit 501' end, array_to_string(v_valeurs, ', '));
end;
$$;
comment on function private.page_dite(text, text, text, text, text, int, jsonb, jsonb, text) is
  'A page as page_lue gives it, p_lignes at most, by a plan that suits any value: p_conditions (condition_dite, with '
  'valeur and depot_id in each) are those that an index holds before the keys, or bounds of the first of these. '
  'p_apres: the keys of the row before the first, or null. p_seul: the column that is the depot, where nobody says it '
  'and who sees one depot sees its rows alone. What has one value may head the order, and is said in a way that leaves '
  'it there: no index then gives that order but the one that begins with it, and the page of a tank or a depot that '
  'moves little is not looked for among what all others have moved since.';

create function private.cles_choisies(
  p_relation text, p_conditions text, p_ordre text, p_lignes int
) returns uuid[]
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_cles uuid[];
begin
  execute format('select array(select t.id from public.%I t where %s order by %s limit %s)', p_relation, p_conditions,
    p_ordre, p_lignes)
    into v_cles;
  return v_cles;
end;
$$;
comment on function private.cles_choisies(text, text, text, int) is
  'Ids of the rows of a page as the caller sees them, by a plan that is made for the values of its conditions; seen as '
  'whatever asks it sees the tables.';

create function private.page_trouvee(
  p_relation text, p_colonnes text, p_cachees text, p_cles text, p_sens text, p_lignes int, p_conditions jsonb,
  p_apres jsonb
) returns json
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  return private.page_lue(p_relation, p_colonnes, p_cachees, p_cles,
    private.colonnes_nommees(p_cles, 't.', ' ' || p_sens),
    format('t.id = any ((select private.cles_choisies(%L, $2, $3, $4))::uuid[])', p_relation), '',
    format('%1$s, %2$L, %3$L, %1$s', p_lignes,
      private.conditions_choisies(p_conditions, coalesce(p_apres, '[]'), p_cles, p_sens),
      private.colonnes_nommees(p_cles, 't.', ' ' || p_sens)));
end;
$$;
comment on function private.page_trouvee(text, text, text, text, text, int, jsonb, jsonb) is
  'A page as page_lue gives it, p_lignes at most, for conditions that no index holds: a plan that suits any tank looks '
  'for the few movements of a quiet one through the whole history. So its ids are found by a plan made for the values, '
  'and its rows read by one that is kept, both in one look at the tables. The arguments are those of page_dite.';

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
  -- Row by row: there a plan of so many aggregates would cost more than they save.
  execute format('select json_agg(s.ligne) from (select json_build_array(%s, %s) as ligne from %s t where %s '
    'order by %s limit %s) s',
    private.colonnes_vues(p_colonnes, p_heures, p_depot), private.colonnes_nommees(p_cles, 't.', '::text'),
    case when p_au is null then format('public.%I', p_source) else format('private.%I(%L)', p_source, p_au) end,
    private.conditions_choisies(p_conditions, coalesce(p_apres, '[]'), p_cles, p_sens),
    private.colonnes_nommees(p_cles, 't.', ' ' || p_sens), p_lignes)
    into v_page;
  return v_page;
end;
$$;
comment on function private.page_choisie(text, text, text, text, text, text, int, jsonb, jsonb, text) is
  'Rows of a table or view of public as the caller sees them, p_lignes at most, in the order of p_cles, asc or desc '
  '(p_sens): of each row the values of p_colonnes, then as text those of p_cles; null where there is no row. Planned '
  'for the values of p_conditions (condition_dite, with valeur and depot_id in each) and p_apres, the keys of the row '
  'before the first; p_heures: columns told by the clock '
  'of the depot p_depot. p_au: p_source is a function of private that gives the same rows as they stood at the end of '
  'that day.';

grant execute on function private.condition_dite(jsonb, text, text),
  private.conditions_choisies(jsonb, jsonb, text, text),
  private.colonnes_vues(text, text, text),
  private.page_lue(text, text, text, text, text, text, text, text),
  private.page_dite(text, text, text, text, text, int, jsonb, jsonb, text),
  private.cles_choisies(text, text, text, int),
  private.page_trouvee(text, text, text, text, text, int, jsonb, jsonb),
  private.page_choisie(text, text, text, text, text, text, int, jsonb, jsonb, text)
  to authenticated;
