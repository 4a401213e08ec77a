-- A whole movement taken back: one adjustment that makes it nothing.

create function private.compenser(p_type text, p_id uuid, p_reason text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_reste private.mouvement;
begin
  perform private.exiger('ajuster_stock');
  v_reste := private.mouvement_valide(p_type, p_id);
  -- Whoever compensates or adjusts it too waits here for this one to end.
  perform private.verrouiller_citernes(v_reste.citerne_id);
  v_reste := private.reste_du_mouvement(p_type, p_id);
  if (v_reste.delta_ambiant = 0 and v_reste.delta_15c = 0)
     or exists (select from public.stocks_adjustments a
                where a.mouvement_type = p_type and a.mouvement_id = p_id and a.compensation) then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id, 'deja_compense', true));
  end if;
  insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason, compensation)
  values (p_type, p_id, -v_reste.delta_ambiant, -v_reste.delta_15c, p_reason, true);
end;
$$;
comment on function private.compenser(text, uuid, text) is
  'Takes back what is left of a movement after its adjustments, once. Raises what an adjustment raises, and '
  'INVALID_ID_OR_STATE the second time or where nothing is left.';

create function public.admin_compensate_reception(p_id uuid, p_reason text) returns void
language sql security definer
set search_path = pg_catalog, pg_temp
as $$ select private.compenser('RECEPTION', p_id, p_reason) $$;
comment on function public.admin_compensate_reception(uuid, text) is
  'Takes back what is left of what a réception credited (admin, reason of 10 characters or more). See '
  'private.compenser. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, INSUFFICIENT_STOCK, STOCK_FUTUR_NEGATIF, '
  'CITERNE_PLEINE, TROP_DE_LIGNES, TEXTE_ILLISIBLE, AJUSTEMENT_INCOMPLET, AJUSTEMENT_NUL, AJUSTEMENT_EXCESSIF, '
  'FACTEUR_HORS_BORNES, '
  'DENSITE_OBSERVEE_REQUISE, '
  'TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, MOTIF_REQUIS, SECOND_FACTEUR_REQUIS, '
  'ECRITURES_GELEES, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';

create function public.admin_compensate_sortie(p_id uuid, p_reason text) returns void
language sql security definer
set search_path = pg_catalog, pg_temp
as $$ select private.compenser('SORTIE', p_id, p_reason) $$;
comment on function public.admin_compensate_sortie(uuid, text) is
  'Gives back what is left of what a sortie debited (admin, reason of 10 characters or more). See private.compenser. '
  'Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, INSUFFICIENT_STOCK, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, '
  'TROP_DE_LIGNES, TEXTE_ILLISIBLE, AJUSTEMENT_INCOMPLET, AJUSTEMENT_NUL, AJUSTEMENT_EXCESSIF, FACTEUR_HORS_BORNES, '
  'DENSITE_OBSERVEE_REQUISE, '
  'TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, MOTIF_REQUIS, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, '
  'PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';
revoke execute on function public.admin_compensate_reception(uuid, text), public.admin_compensate_sortie(uuid, text)
  from public, anon;
grant execute on function public.admin_compensate_reception(uuid, text), public.admin_compensate_sortie(uuid, text)
  to authenticated;
