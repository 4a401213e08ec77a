-- 20261128153006_aube: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261128153006_aube');

DROP TRIGGER "fournisseur_lot_reserve" ON "public"."fournisseur_lot";

DROP INDEX "public"."cours_de_route_depot_idx";

DROP INDEX "public"."receptions_depot_idx";

DROP INDEX "public"."stocks_journaliers_depot_idx";

DROP FUNCTION "private"."condition_dite"(jsonb);

DROP FUNCTION "private"."fournisseur_lot_reserver"();

DROP FUNCTION "private"."lecture_tenue"(text, text);

DROP FUNCTION "private"."page_dite"(text, text, text, text, text, integer);

CREATE OR REPLACE FUNCTION private.cles_choisies(p_relation text, p_conditions text, p_ordre text, p_lignes integer)
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_cles uuid[];
begin
  execute format('select array(select t.id from public.%I t where %s order by %s limit %s)', p_relation, p_conditions,
    p_ordre, p_lignes)
    into v_cles;
  return v_cles;
end;
$function$;

CREATE OR REPLACE FUNCTION private.condition_dite(p_condition jsonb, p_valeur text, p_depot text)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.conditions_choisies(p_conditions jsonb, p_apres jsonb, p_cles text, p_sens text)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.exiger_a_l_ecriture()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- Without a user it is the server's own key or the project itself, which the grants answer for. The project's own
  -- functions have asked already, each what it does: a réception closes its truck, an invoice moves its lot.
  if auth.uid() is not null and not private.possede(tg_relid) then
    perform private.exiger(tg_argv[0]);
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lecture_tenue(p_requete text, p_valeurs text)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.ligne_dite(p_relation text, p_colonnes text, p_cle text, p_id text, p_quoi text)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.lignes_dites(p_relation text, p_colonnes text, p_cle text, p_id text, p_ordre text)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return private.lecture_tenue(
    format('select coalesce(json_agg(t), ''[]'') from (select %s from public.%I where %I = $1 order by %I) t',
      private.colonnes_nommees(p_colonnes), p_relation, p_cle, p_ordre), quote_nullable(p_id));
end;
$function$;

CREATE OR REPLACE FUNCTION private.page_choisie(p_source text, p_colonnes text, p_heures text, p_depot text, p_cles text, p_sens text, p_lignes integer, p_conditions jsonb, p_apres jsonb, p_au text)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.page_dite(p_relation text, p_colonnes text, p_cachees text, p_cles text, p_sens text, p_lignes integer, p_conditions jsonb, p_apres jsonb, p_seul text)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.page_lue(p_relation text, p_colonnes text, p_cachees text, p_cles text, p_ordre text, p_conditions text, p_limite text, p_valeurs text)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- Column by column: of each it is then asked once what it is and how it is written, and its name is said by nobody.
  return private.lecture_tenue(format('select json_build_array(%s, %s) from (select * from (select %s from public.%I t '
    'where %s order by %s %s) p limit $1) s',
    private.colonnes_nommees(p_colonnes, 'json_agg(s.', ')'),
    private.colonnes_nommees(p_cles, 'json_agg(s.', '::text)'),
    private.colonnes_nommees(concat_ws(',', p_colonnes, p_cachees), 't.'), p_relation, p_conditions, p_ordre,
    p_limite), p_valeurs);
end;
$function$;

CREATE OR REPLACE FUNCTION private.page_trouvee(p_relation text, p_colonnes text, p_cachees text, p_cles text, p_sens text, p_lignes integer, p_conditions jsonb, p_apres jsonb)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return private.page_lue(p_relation, p_colonnes, p_cachees, p_cles,
    private.colonnes_nommees(p_cles, 't.', ' ' || p_sens),
    format('t.id = any ((select private.cles_choisies(%L, $2, $3, $4))::uuid[])', p_relation), '',
    format('%1$s, %2$L, %3$L, %1$s', p_lignes,
      private.conditions_choisies(p_conditions, coalesce(p_apres, '[]'), p_cles, p_sens),
      private.colonnes_nommees(p_cles, 't.', ' ' || p_sens)));
end;
$function$;

CREATE OR REPLACE FUNCTION private.system_alerts_avant_update()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- The project's own functions have asked already. Whatever else a client sends is not theirs to say.
  if private.possede(tg_relid) then
    return new;
  end if;
  return private.faire_avancer_alerte(old, new.status);
end;
$function$;

CREATE INDEX cours_de_route_depot_idx ON public.cours_de_route USING btree (depot_destination_id, date_chargement DESC, id DESC);

CREATE INDEX receptions_depot_idx ON public.receptions USING btree (depot_id, date_reception DESC, id DESC);

CREATE INDEX sorties_produit_depot_idx ON public.sorties_produit USING btree (depot_id, date_jour DESC, id DESC);

CREATE INDEX stocks_journaliers_depot_idx ON public.stocks_journaliers USING btree (depot_id, date_jour DESC, id DESC);

CREATE TRIGGER fournisseur_lot_reserve BEFORE DELETE OR UPDATE ON public.fournisseur_lot FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('tenir_lots');

CREATE TRIGGER profils_reserver BEFORE UPDATE ON public.profils FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('ecrire_profils');

CREATE TRIGGER sorties_produit_reserver BEFORE UPDATE ON public.sorties_produit FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('ecrire_sortie');

CREATE TRIGGER system_alerts_reserver BEFORE UPDATE ON public.system_alerts FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('tenir_alertes');

COMMENT ON FUNCTION "private"."cles_choisies"(text, text, text, integer) IS 'Ids of the rows of a page as the caller sees them, by a plan that is made for the values of its conditions; seen as whatever asks it sees the tables.';

COMMENT ON FUNCTION "private"."condition_dite"(jsonb, text, text) IS 'A condition on the rows t of a page, as its query has it. {sorte, colonnes}: any of the columns est p_valeur, the first is it and heads the order (tete: see page_dite), all of them together contient it, the first is depuis or jusqu_a it; or a moment, depuis_le_jour and jusqu_au_jour, days of p_depot. Both as the query says them, a value or the place of one. Null for another sorte: the query is then none.';

COMMENT ON FUNCTION "private"."conditions_choisies"(jsonb, jsonb, text, text) IS 'All that is asked of the rows t of a page, its values in it: p_conditions (condition_dite, with valeur and depot_id in each), and to come after the keys p_apres.';

COMMENT ON FUNCTION "private"."exiger_a_l_ecriture"() IS 'A policy hides the rows one may not change, so that the client says « enregistré » of nothing done: this refuses the statement of a person. Argument of the trigger: the capability that the policy asks for. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."lecture_tenue"(text, text) IS 'What a query of one JSON value reads, as the caller, by a plan that the session keeps and that suits any value: p_valeurs, quoted, with commas between them, are its $1 and after. Behind a pooler too, whoever has the session next. For the queries that are few, of our own making: each stays for as long as its session. PostgreSQL makes the plan again for another role, and where what it reads has changed.';

COMMENT ON FUNCTION "private"."page_choisie"(text, text, text, text, text, text, integer, jsonb, jsonb, text) IS 'Rows of a table or view of public as the caller sees them, p_lignes at most, in the order of p_cles, asc or desc (p_sens): of each row the values of p_colonnes, then as text those of p_cles; null where there is no row. Planned for the values of p_conditions (condition_dite, with valeur and depot_id in each) and p_apres, the keys of the row before the first; p_heures: columns told by the clock of the depot p_depot. p_au: p_source is a function of private that gives the same rows as they stood at the end of that day.';

COMMENT ON FUNCTION "private"."page_dite"(text, text, text, text, text, integer, jsonb, jsonb, text) IS 'A page as page_lue gives it, p_lignes at most, by a plan that suits any value: p_conditions (condition_dite, with valeur and depot_id in each) are those that an index holds before the keys, or bounds of the first of these. p_apres: the keys of the row before the first, or null. p_seul: the column that is the depot, where nobody says it and who sees one depot sees its rows alone. What has one value may head the order, and is said in a way that leaves it there: no index then gives that order but the one that begins with it, and the page of a tank or a depot that moves little is not looked for among what all others have moved since.';

COMMENT ON FUNCTION "private"."page_lue"(text, text, text, text, text, text, text, text) IS 'The first rows t of a table or view of public as the caller sees them, in p_ordre: of each of p_colonnes, then as text of each of p_cles, the values of all rows in their order; null where there is no row. p_cachees: those of p_cles that are not of p_colonnes. Its plan is kept, one for each text: p_conditions on the rows t say the place of a value ($2 and after) and not the value; p_valeurs: these, quoted, $1 first, which is how many rows at most. p_limite: a limit for the plan, above it.';

COMMENT ON FUNCTION "private"."page_trouvee"(text, text, text, text, text, integer, jsonb, jsonb) IS 'A page as page_lue gives it, p_lignes at most, for conditions that no index holds: a plan that suits any tank looks for the few movements of a quiet one through the whole history. So its ids are found by a plan made for the values, and its rows read by one that is kept, both in one look at the tables. The arguments are those of page_dite.';

COMMENT ON FUNCTION "private"."system_alerts_avant_update"() IS 'A person moves an alert''s status, one way, and nothing else of it; who and when are written here. Raises ALERTE_ETAT.';

COMMENT ON FUNCTION "public"."rattacher_cdr_decharge"(uuid, uuid, text) IS 'A truck that was unloaded without its lot, or in another one that is still open, joins an open one (admin), with the reason, logged CRITICAL. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, PLAQUE_INVALIDE, ROLE_FORBIDDEN, REFERENTIEL_INACTIF, CDR_TRANSITION_INTERDITE, CDR_DEJA_OUVERT, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LOT_NON_OUVERT, LOT_INCOMPATIBLE, LOT_CDR_DECHARGE, PROFORMA_ETAT.';

REVOKE ALL ON FUNCTION "private"."cles_choisies"(text, text, text, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."cles_choisies"(text, text, text, integer) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."condition_dite"(jsonb, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."condition_dite"(jsonb, text, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."conditions_choisies"(jsonb, jsonb, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."conditions_choisies"(jsonb, jsonb, text, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_a_l_ecriture"() FROM "authenticated";

GRANT EXECUTE ON FUNCTION "private"."exiger_a_l_ecriture"() TO "authenticated";

REVOKE ALL ON FUNCTION "private"."exiger_a_l_ecriture"() FROM "service_role";

GRANT EXECUTE ON FUNCTION "private"."exiger_a_l_ecriture"() TO "service_role";

REVOKE ALL ON FUNCTION "private"."lecture_tenue"(text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lecture_tenue"(text, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."page_dite"(text, text, text, text, text, integer, jsonb, jsonb, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."page_dite"(text, text, text, text, text, integer, jsonb, jsonb, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."page_lue"(text, text, text, text, text, text, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."page_lue"(text, text, text, text, text, text, text, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."page_trouvee"(text, text, text, text, text, integer, jsonb, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."page_trouvee"(text, text, text, text, text, integer, jsonb, jsonb) TO "authenticated", "postgres";

reset check_function_bodies;
select private.noter_etat('20261128153006_aube');
