-- What the doors of sorties call: each act with the row that it answers, in one call.

create function private.sortie_dite(p_id uuid) returns jsonb
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_sortie jsonb;
begin
  select to_jsonb(s) into v_sortie from public.v_sorties s where s.id = p_id;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette sortie'));
  end if;
  return v_sortie;
end;
$$;
comment on function private.sortie_dite(uuid) is
  'A sortie as every act on it answers it: its row of v_sorties, as the caller sees it. Raises INTROUVABLE.';

create function private.porte_rediger_sortie(p_sortie jsonb, p_valider boolean) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_sortie public.sorties_produit;
  v_id uuid;
begin
  if p_valider then
    -- Apart from what reads it, which sees what was there when its expression began.
    v_id := (public.creer_et_valider_sortie(p_sortie)).id;
    return private.sortie_dite(v_id);
  end if;
  v_sortie := jsonb_populate_record(v_sortie, jsonb_strip_nulls(p_sortie));
  insert into public.sorties_produit (
    citerne_id, produit_id, client_id, partenaire_id, proprietaire_type, index_avant, index_apres, compteur_id,
    volume_ambiant, volume_15c, volume_corrige_15c, temperature_ambiante_c, temperature_echantillon_c,
    densite_observee_kgm3, densite_a_15, densite_a_15_kgm3, date_sortie, statut, chauffeur_nom, plaque_camion,
    plaque_remorque, transporteur, note)
  values (
    v_sortie.citerne_id, v_sortie.produit_id, v_sortie.client_id, v_sortie.partenaire_id,
    coalesce(v_sortie.proprietaire_type, 'MONALUXE'), v_sortie.index_avant, v_sortie.index_apres,
    v_sortie.compteur_id, v_sortie.volume_ambiant, v_sortie.volume_15c, v_sortie.volume_corrige_15c,
    v_sortie.temperature_ambiante_c, v_sortie.temperature_echantillon_c, v_sortie.densite_observee_kgm3,
    v_sortie.densite_a_15, v_sortie.densite_a_15_kgm3, coalesce(v_sortie.date_sortie, now()),
    coalesce(v_sortie.statut, 'brouillon'), v_sortie.chauffeur_nom, v_sortie.plaque_camion,
    v_sortie.plaque_remorque, v_sortie.transporteur, v_sortie.note)
  returning id into v_id;
  return private.sortie_dite(v_id);
end;
$$;
comment on function private.porte_rediger_sortie(jsonb, boolean) is
  'POST sorties: writes a draft as whoever asks, under their grants and policies, or with p_valider writes and '
  'validates '
  'it at once. What is null or not sent has the column''s default. Answers as sortie_dite. Raises what sorties_produit '
  'and creer_et_valider_sortie raise.';

create function private.porte_valider_sortie(p_id uuid, p_version int default null) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_version is null then
    perform public.validate_sortie(p_id);
  else
    perform public.valider_sortie_lue(p_id, p_version);
  end if;
  return private.sortie_dite(p_id);
end;
$$;
comment on function private.porte_valider_sortie(uuid, int) is
  'POST sorties/:id/valider: p_version, the draft''s that was read, where the client said so. Answers as sortie_dite. '
  'Raises what validate_sortie and valider_sortie_lue raise.';

create function private.porte_rejeter_sortie(p_id uuid, p_motif text, p_version int default null) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_version is null then
    perform public.rejeter_sortie(p_id, p_motif);
  else
    perform public.rejeter_sortie_lue(p_id, p_motif, p_version);
  end if;
  return private.sortie_dite(p_id);
end;
$$;
comment on function private.porte_rejeter_sortie(uuid, text, int) is
  'POST sorties/:id/rejeter: p_version, the draft''s that was read, where the client said so. Answers as sortie_dite. '
  'Raises what rejeter_sortie and rejeter_sortie_lue raise.';

grant execute on function private.sortie_dite(uuid), private.porte_rediger_sortie(jsonb, boolean),
  private.porte_valider_sortie(uuid, int),
  private.porte_rejeter_sortie(uuid, text, int)
  to authenticated;
