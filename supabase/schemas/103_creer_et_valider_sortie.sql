-- The path a client mostly takes: a sortie written and validated at once, in one call and one row.
--
-- Nothing is defined here: the table's own triggers do all there is to do.

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

create function private.sortie_envoyee(p_sortie jsonb, p_statut text) returns public.sorties_produit
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
  v_sortie.id := private.uuid_v7();
  v_sortie.proprietaire_type := 'MONALUXE';
  v_sortie.version := 1;
  v_sortie.avertissements := '[]'::jsonb;
  v_sortie := jsonb_populate_record(v_sortie, jsonb_strip_nulls(p_sortie));
  v_sortie.statut := p_statut;
  return v_sortie;
end;
$$;
comment on function private.sortie_envoyee(jsonb, text) is
  'A sortie of the columns that a client may write, whichever they are: a null counts as not sent. Raises '
  'CHAMP_INCONNU, and 22xxx for a value that its column would not take.';

create function private.creer_et_valider(p_sortie jsonb, p_payee boolean) returns public.sorties_produit
language plpgsql
set search_path = public, pg_temp
as $$
declare
  v_ecrite record;
  v_permis text;
begin
  -- Who may is asked of the row; of what is no row, here.
  if jsonb_typeof(p_sortie) is distinct from 'object' then
    perform private.exiger('valider_sortie');
    perform private.exiger_champs(p_sortie);
  end if;
  v_permis := set_config('app.sorties_produit_allow_write', case when p_payee then 'comptant' else 'regle' end, true);
  -- The table's own triggers complete it, check everything, write its figures, log it and debit it.
  -- What was sent is read as a row of a function, and answered as one value: column by column either would cost as
  -- much as a third of the insertion.
  insert into public.sorties_produit as s select e.* from private.sortie_envoyee(p_sortie, 'validee') e
    returning s as ligne into v_ecrite;
  v_permis := set_config('app.sorties_produit_allow_write', '', true);
  return v_ecrite.ligne;
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
  'whole row, validee. Logs SORTIE_CREEE and SORTIE_VALIDEE. Raises CHAMP_INCONNU, FORME_INATTENDUE, DATE_IMPOSSIBLE, '
  'TEXTE_ILLISIBLE, PLAQUE_INVALIDE, all that validate_sortie raises but INVALID_ID_OR_STATE, and 22xxx, 23xxx for a '
  'value the table would not take.';
revoke execute on function public.creer_et_valider_sortie(jsonb) from public, anon;
grant execute on function public.creer_et_valider_sortie(jsonb) to authenticated;
