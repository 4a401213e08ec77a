-- What was measured of a movement, whether a depot can read it, and what its figures say together.

create function private.exiger_mesures(
  p_table text, p_index_avant numeric, p_index_apres numeric, p_volume_ambiant numeric, p_volume_15c numeric,
  p_temperature_ambiante_c numeric, p_temperature_echantillon_c numeric, p_densite_observee_kgm3 numeric,
  p_densite_a_15_kgm3 numeric, p_vcf numeric
) returns boolean
language plpgsql immutable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_colonne text;
begin
  -- One expression, of null tests first: one that is not reached, because nobody sent its figure, costs nothing.
  if (p_volume_ambiant is null or p_volume_ambiant < 1e9)
     and (p_temperature_ambiante_c is null or p_temperature_ambiante_c between -50 and 150)
     and (p_temperature_echantillon_c is null or p_temperature_echantillon_c between -50 and 150)
     and (p_index_avant is null or p_index_avant <@ '[0,1e12)'::numrange)
     and (p_index_apres is null or p_index_apres <@ '[0,1e12)'::numrange)
     and (p_densite_observee_kgm3 is null or p_densite_observee_kgm3 between 400 and 1300)
     and (p_densite_a_15_kgm3 is null or p_densite_a_15_kgm3 between 400 and 1300)
     and (p_volume_15c is null or p_volume_15c > 0 and p_volume_15c < 1e9)
     and (p_vcf is null or p_vcf between 0.5 and 1.5)
  then
    return true;
  end if;
  v_colonne := case
    when not p_index_avant <@ '[0,1e12)'::numrange then 'index_avant'
    when not p_index_apres <@ '[0,1e12)'::numrange then 'index_apres'
    when not p_volume_ambiant < 1e9 then 'volume_ambiant'
    when not p_volume_15c <@ '(0,1e9)'::numrange then 'volume_corrige_15c'
    when not p_temperature_ambiante_c <@ '[-50,150]'::numrange then 'temperature_ambiante_c'
    when not p_temperature_echantillon_c <@ '[-50,150]'::numrange then 'temperature_echantillon_c'
    when not p_densite_observee_kgm3 <@ '[400,1300]'::numrange then 'densite_observee_kgm3'
    when not p_densite_a_15_kgm3 <@ '[400,1300]'::numrange then 'densite_a_15_kgm3'
    else 'vcf' end;
  raise check_violation using
    message = format('value of column %I is not one that a depot can measure', v_colonne),
    hint = format('Valeur impossible pour %s : vérifiez la saisie.', v_colonne),
    table = p_table, column = v_colonne;
end;
$$;
comment on function private.exiger_mesures(text, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric,
  numeric) is
  'For the check of a movement, and what a sortie asks of itself: true where every measure given is one that a depot '
  'can read (litres, °C, kg/m³; no product expands by half); raises 23514 naming the first column that is not. NaN is '
  'above every number, and so refused as well. One function, because each check''s text is read again at every '
  'statement.';
grant execute on function private.exiger_mesures(text, numeric, numeric, numeric, numeric, numeric, numeric, numeric,
  numeric, numeric)
  to authenticated, service_role;

create function private.en_kgm3(p_densite numeric) returns numeric
language sql immutable
return case when p_densite > 0 and p_densite < 2 then round(p_densite * 1000, 4) else p_densite end;
comment on function private.en_kgm3(numeric) is
  'A density in kg/m³: below 2 it was written in kg/L. Inlined where it is used.';
grant execute on function private.en_kgm3(numeric) to authenticated, service_role;

create function private.ecart_admis(p_valeur numeric, p_autre numeric) returns numeric
language sql immutable
return least(0.5, 0.005 * least(abs(p_valeur), abs(p_autre)));
comment on function private.ecart_admis(numeric, numeric) is
  'How far apart two figures that say the same thing may be: half a unit and 0.5 %, whichever is less. Inlined where '
  'it is used.';

create function private.masse_vide_t(p_densite_a_15_kgm3 numeric, p_volume_15c numeric) returns numeric
language sql immutable
return round(astm.masse_vide_t(p_densite_a_15_kgm3::float8, p_volume_15c::float8)::numeric, 3);
comment on function private.masse_vide_t(numeric, numeric) is
  'Tonnes in vacuum of litres at 15 °C, to the kilogram; null where the density (kg/m³) is not known. Inlined where it '
  'is used.';

create function private.masse_air_t(p_densite_a_15_kgm3 numeric, p_volume_15c numeric) returns numeric
language sql immutable
return round(astm.masse_air_t(p_densite_a_15_kgm3::float8, p_volume_15c::float8)::numeric, 3);
comment on function private.masse_air_t(numeric, numeric) is
  'Tonnes in air of litres at 15 °C, to the kilogram; null where the density (kg/m³) is not known. Inlined where it is '
  'used.';
grant execute on function private.masse_vide_t(numeric, numeric), private.masse_air_t(numeric, numeric)
  to authenticated, service_role;

create function private.champ_volume(p_volume_ambiant numeric, p_volume_observe numeric) returns text
language sql immutable
return case when p_volume_ambiant is not null then 'volume_ambiant'
  when p_volume_observe is not null then 'volume_observe'
            else 'index_apres' end;
comment on function private.champ_volume(numeric, numeric) is
  'The column that a clerk gave the volume in: a refusal of it names that one.';

create type private.mesures as (
  volume_ambiant numeric,
  champ_volume text,
  temperature_produit_c numeric,
  temperature_echantillon_c numeric,
  densite_observee_kgm3 numeric,
  densite_a_15_kgm3 numeric,
  densite_citerne_kgm3 numeric,
  volume_15c_client numeric,
  champ_temperature text,
  par_compteur boolean
);
comment on type private.mesures is
  'What was measured of a movement: litres and the column that said them, °C of product and sample, density read on '
  'the sample, density at 15 °C that was sent, density at 15 °C that may serve in its place (the tank''s, for what '
  'leaves it), litres at 15 °C that the client computed, the column that said the product''s temperature (null: a '
  'movement''s), and whether a meter read it (at the pressure of its line). Densities in kg/m³.';

create type private.volume_corrige as (
  volume_15c numeric,
  vcf numeric,
  densite_a_15_kgm3 numeric,
  methode_15c text,
  parametres_15c jsonb,
  avertissements jsonb
);
comment on type private.volume_corrige is
  'Litres at 15 °C, volume correction factor, density at 15 °C in kg/m³, the method that gave them, how it was set, '
  'and what the clerk should look at again.';

create function private.exiger_accord(p_champ text, p_valeur numeric, p_autre text, p_autre_valeur numeric) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if abs(p_valeur - p_autre_valeur) > private.ecart_admis(p_valeur, p_autre_valeur) then
    perform private.refuser('MESURES_INCOHERENTES', jsonb_build_object(
      'champ', p_champ, 'valeur', p_valeur, 'autre', p_autre, 'autre_valeur', p_autre_valeur));
  end if;
end;
$$;
comment on function private.exiger_accord(text, numeric, text, numeric) is
  'Two columns that say the same thing agree, where both were sent. Raises MESURES_INCOHERENTES.';

create function private.volume_mesure(
  p_volume numeric, p_volume_observe numeric, p_index_avant numeric, p_index_apres numeric
) returns numeric
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_indices constant numeric := p_index_apres - p_index_avant;
  v_volume constant numeric := coalesce(p_volume, p_volume_observe, v_indices);
begin
  -- Litres that were said, and nothing beside them: most of the movements.
  if p_volume_observe is null and p_index_avant is null and p_index_apres is null then
    if p_volume > 0 then
      return p_volume;
    end if;
  end if;
  if (p_index_avant is null) <> (p_index_apres is null) or v_volume is null then
    perform private.refuser('INDICES_MANQUANTS');
  end if;
  if v_indices <= 0 or abs(v_indices - v_volume) > private.ecart_admis(v_indices, v_volume) then
    perform private.refuser('INDEX_INCOHERENTS',
      jsonb_build_object('index_avant', p_index_avant, 'index_apres', p_index_apres, 'volume_ambiant', v_volume));
  end if;
  if v_volume <= 0 then
    perform private.refuser('VOLUME_AMBIANT_NON_POSITIF', jsonb_build_object(
      'champ', private.champ_volume(p_volume, p_volume_observe), 'volume_ambiant', v_volume));
  end if;
  perform private.exiger_accord('volume_ambiant', p_volume, 'volume_observe', p_volume_observe);
  return v_volume;
end;
$$;
comment on function private.volume_mesure(numeric, numeric, numeric, numeric) is
  'Litres measured: the volume sent, or observed, or the difference of the indices; those that are there must agree to '
  'half a litre and to 0.5 %. Raises INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, '
  'MESURES_INCOHERENTES.';
