-- The path a client mostly takes: a sortie written and validated at once, in one call and one row.
--
-- Nothing is defined here but the order: completer_brouillon is what makes a draft, preparer_validation and
-- debiter_sortie what validates one.

create function private.exiger_colonnes(p_table regclass, p_ligne jsonb) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  -- Of the columns that were sent, those that a client's role may insert: the grants are the list.
  v_inconnus constant jsonb := p_ligne - array(
    select a.attname::text from pg_catalog.pg_attribute a
     where a.attrelid = p_table and p_ligne ? a.attname and has_column_privilege('authenticated', p_table, a.attnum,
       'insert'));
begin
  if v_inconnus <> '{}' then
    perform private.refuser('CHAMP_INCONNU',
      jsonb_build_object('champ', (select min(k) from jsonb_object_keys(v_inconnus) k)));
  end if;
end;
$$;
comment on function private.exiger_colonnes(regclass, jsonb) is
  'Refuses a row that brings a column which a client may not insert into this table, or which does not exist. Raises '
  'CHAMP_INCONNU.';

create function private.sortie_envoyee(p_sortie jsonb) returns public.sorties_produit
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_sortie public.sorties_produit;
begin
  -- Granted when the table was made, or since: of what is more than that, the grants are asked.
  if p_sortie - private.champs_sortie() <> '{}' then
    perform private.exiger_colonnes('public.sorties_produit', p_sortie);
  end if;
  -- As in an insertion, what was not sent has the column's default.
  v_sortie.id := private.nouvel_id();
  v_sortie.proprietaire_type := 'MONALUXE';
  v_sortie.statut := 'brouillon';
  return jsonb_populate_record(v_sortie, jsonb_strip_nulls(p_sortie));
end;
$$;
comment on function private.sortie_envoyee(jsonb) is
  'A sortie of the columns that a client may write, whichever they are: a null counts as not sent. Raises '
  'CHAMP_INCONNU, '
  'and 22xxx for a value that its column would not take.';

create function private.creer_et_valider(p_sortie jsonb, p_payee boolean) returns public.sorties_produit
language plpgsql
set search_path = public, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('valider_sortie');
  v_sortie public.sorties_produit;
  v_lieu private.lieu;
  v_fait text;
begin
  v_sortie := private.sortie_envoyee(p_sortie);
  v_lieu := private.lieu(v_sortie.citerne_id, v_acteur.depots);
  v_sortie := private.completer_brouillon(v_sortie, v_acteur.user_id, (v_lieu.citerne).produit_id,
    (v_lieu.citerne).depot_id, (v_lieu.depot).fuseau);
  v_sortie := private.preparer_validation(v_sortie, v_acteur.user_id, v_lieu);

  v_fait := set_config('app.sorties_produit_allow_write', 'regle', true);
  insert into public.sorties_produit select v_sortie.*;
  v_fait := set_config('app.sorties_produit_allow_write', '', true);
  v_fait := private.journaliser('{SORTIE_CREEE,SORTIE_VALIDEE}'::text[], 'sorties', 'INFO', v_sortie.id,
    v_sortie.depot_id, to_jsonb(v_sortie));
  if not p_payee then
    v_fait := private.exiger_credit(v_sortie);
  end if;
  v_fait := private.debiter_sortie(v_sortie);
  return v_sortie;
end;
$$;
comment on function private.creer_et_valider(jsonb, boolean) is
  'What creer_et_valider_sortie does; p_payee: its caller takes the money in the same act, and asks no credit of it. '
  'Raises what creer_et_valider_sortie raises.';

create function public.creer_et_valider_sortie(p_sortie jsonb) returns public.sorties_produit
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return private.creer_et_valider(p_sortie, false);
end;
$$;
comment on function public.creer_et_valider_sortie(jsonb) is
  'Writes a sortie and validates it at once (admin, directeur, gerant). Takes the columns a client may write of a '
  'draft, as one JSON object (litres, °C, kg/m³); a null counts as not sent, statut does not count. Answers with the '
  'whole row, validee. Logs SORTIE_CREEE and SORTIE_VALIDEE. Raises CHAMP_INCONNU, DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, '
  'PLAQUE_INVALIDE, all that validate_sortie raises but INVALID_ID_OR_STATE, and 22xxx, 23xxx for a value the table '
  'would not take.';
revoke execute on function public.creer_et_valider_sortie(jsonb) from public, anon;
grant execute on function public.creer_et_valider_sortie(jsonb) to authenticated;
