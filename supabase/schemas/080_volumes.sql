-- Volume at 15 °C: every movement gets its figure here and nowhere else.

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

create function private.exiger_temperatures(p_mesures private.mesures, p_lieu private.emplacement) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_champ text := coalesce(p_mesures.champ_temperature, 'temperature_ambiante_c');
  v_temperature numeric := p_mesures.temperature_produit_c;
begin
  if p_mesures.temperature_produit_c is null then
    perform private.refuser('TEMPERATURE_REQUISE', jsonb_build_object('champ', v_champ));
  end if;
  if p_mesures.temperature_produit_c between p_lieu.temperature_min_c and p_lieu.temperature_max_c then
    if p_mesures.temperature_echantillon_c is null then
      return;
    end if;
    if p_mesures.temperature_echantillon_c between p_lieu.temperature_min_c and p_lieu.temperature_max_c then
      return;
    end if;
  end if;
  if p_mesures.temperature_produit_c between p_lieu.temperature_min_c and p_lieu.temperature_max_c then
    v_champ := 'temperature_echantillon_c';
    v_temperature := p_mesures.temperature_echantillon_c;
  end if;
  perform private.refuser('TEMPERATURE_HORS_PLAGE', jsonb_build_object('champ', v_champ, 'temperature', v_temperature,
    'min', p_lieu.temperature_min_c, 'max', p_lieu.temperature_max_c));
end;
$$;
comment on function private.exiger_temperatures(private.mesures, private.emplacement) is
  'The product''s temperature, and both within what the depot holds for plausible (°C). Raises TEMPERATURE_REQUISE, '
  'TEMPERATURE_HORS_PLAGE.';

create function private.exiger_densite_du_produit(p_densite_kgm3 numeric, p_lieu private.emplacement) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  -- A bound that is not set bounds nothing.
  if p_densite_kgm3 < p_lieu.densite_15_min or p_densite_kgm3 > p_lieu.densite_15_max then
    perform private.refuser('DENSITE_HORS_PRODUIT', jsonb_build_object('produit', p_lieu.produit_nom,
      'densite_a_15_kgm3', p_densite_kgm3, 'minimum', p_lieu.densite_15_min, 'maximum', p_lieu.densite_15_max));
  end if;
end;
$$;
comment on function private.exiger_densite_du_produit(numeric, private.emplacement) is
  'Refuses a density at 15 °C (kg/m³) that the product cannot have. Raises DENSITE_HORS_PRODUIT.';

create function private.avertissements(p_mesures private.mesures, p_densite_a_15_kgm3 numeric,
  p_densite_melange_kgm3 numeric)
returns jsonb
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(jsonb_agg(a), '[]') from (
    select jsonb_build_object('code', 'TEMPERATURES_ECARTEES', 'phrase',
             format(
               'L''échantillon (%s °C) et le produit (%s °C) ont plus de 10 °C d''écart : vérifiez les deux lectures.',
                    private.nombre_fr(p_mesures.temperature_echantillon_c),
                    private.nombre_fr(p_mesures.temperature_produit_c)))
     where abs(p_mesures.temperature_echantillon_c - p_mesures.temperature_produit_c) > 10
    union all
    select jsonb_build_object('code', 'DENSITE_ECARTEE', 'phrase',
             format(
               'La densité à 15 °C (%s kg/m³) s''écarte de plus de 3 kg/m³ de celle de la citerne (%s kg/m³) : '
               'vérifiez la lecture et le produit.',
                    private.nombre_fr(round(p_densite_a_15_kgm3, 1)),
                    private.nombre_fr(round(p_densite_melange_kgm3, 1))))
     where abs(p_densite_a_15_kgm3 - p_densite_melange_kgm3) > 3) a (a)
$$;
comment on function private.avertissements(private.mesures, numeric, numeric) is
  'What is possible but unlikely, as [{code, phrase}]: sample and product more than 10 °C apart '
  '(TEMPERATURES_ECARTEES), density at 15 °C more than 3 kg/m³ from the tank''s (DENSITE_ECARTEE). Refuses nothing.';

create function private.calculer_norme(p_mesures private.mesures, p_lieu private.emplacement,
  p_profil astm.profils_calcul)
returns private.volume_corrige
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  -- A density at 15 °C is one observed at 15 °C, without glass to correct: the same engine serves.
  v_a_15 constant numeric := coalesce(p_mesures.densite_a_15_kgm3, p_mesures.densite_citerne_kgm3);
  v_observee constant boolean := p_mesures.densite_observee_kgm3 is not null;
  v_densite constant numeric := coalesce(p_mesures.densite_observee_kgm3, v_a_15);
  v_echantillon constant numeric := case when v_observee
    then coalesce(p_mesures.temperature_echantillon_c, p_mesures.temperature_produit_c) else 15 end;
  v_verre constant boolean := v_observee and p_profil.correction_verre;
  v_pression constant numeric := case when p_mesures.par_compteur then p_profil.pression_kpa else 0 end;
  v_calcul record;
  v_corrige private.volume_corrige;
begin
  if p_profil.arrondir and (p_profil.decimales_vcf <> 4 or p_profil.entrees_imprimees) then
    select c.* into v_calcul
      from astm.calculer_imprime(p_lieu.groupe_mpms, v_densite, v_echantillon, p_mesures.temperature_produit_c,
             p_mesures.volume_ambiant, p_profil.methode, v_verre, v_pression, p_profil.decimales_vcf,
             p_profil.entrees_imprimees) c;
  else
    select c.* into v_calcul
      from astm.calculer_15c(p_lieu.groupe_mpms, v_densite, v_echantillon, p_mesures.temperature_produit_c,
             p_mesures.volume_ambiant, p_profil.methode, v_verre, v_pression, p_profil.arrondir) c;
  end if;
  v_corrige.volume_15c := round(v_calcul.volume_15c_l::numeric, 3);
  v_corrige.vcf := round(v_calcul.vcf::numeric, 8);
  v_corrige.densite_a_15_kgm3 := case when v_observee then round(v_calcul.densite_15c_kgm3::numeric, 4) else v_a_15 end;
  v_corrige.methode_15c := p_profil.methode;
  v_corrige.parametres_15c := jsonb_build_object('profil', p_profil.nom, 'groupe', p_lieu.groupe_mpms,
    'arrondir', p_profil.arrondir, 'correction_verre', v_verre,
    'densite', case when v_observee then 'OBSERVEE' when p_mesures.densite_a_15_kgm3 is not null then 'A_15'
      else 'CITERNE' end,
    'temperature_echantillon', case when p_mesures.temperature_echantillon_c is null and v_observee then 'PRODUIT' end);
  -- What is as SEP does it needs no word.
  if p_profil.decimales_vcf <> 4 or p_profil.entrees_imprimees or v_pression <> 0 then
    v_corrige.parametres_15c := v_corrige.parametres_15c || jsonb_build_object('decimales_vcf', p_profil.decimales_vcf,
      'entrees_imprimees', p_profil.entrees_imprimees, 'pression_kpa', v_pression);
  end if;
  return v_corrige;
end;
$$;
comment on function private.calculer_norme(private.mesures, private.emplacement, astm.profils_calcul) is
  'The standard''s way, set by a profile. parametres_15c says which density served (OBSERVEE: read on the sample; '
  'A_15: sent as it is at 15 °C; CITERNE: that of the tank) and where the sample''s temperature is taken to be the '
  'product''s (PRODUIT); decimals, printed entries and the pressure of the line only where the profile has others than '
  'SEP. Raises DENSITE_OBSERVEE_REQUISE, ASTM_HORS_DOMAINE.';

create function private.volume_15c_norme(p_mesures private.mesures, p_lieu private.emplacement)
  returns private.volume_corrige
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_corrige constant private.volume_corrige := private.calculer_norme(p_mesures, p_lieu,
    astm.profil(p_lieu.depot_id, p_lieu.produit_id));
begin
  perform private.exiger_densite_du_produit(v_corrige.densite_a_15_kgm3, p_lieu);
  if v_corrige.volume_15c <= 0 then
    perform private.refuser('VOLUME_TROP_PETIT',
      jsonb_build_object('champ', p_mesures.champ_volume, 'volume', p_mesures.volume_ambiant));
  end if;
  return v_corrige;
end;
$$;
comment on function private.volume_15c_norme(private.mesures, private.emplacement) is
  'The standard''s way at this tank. What the client computed does not count; the caller keeps it in the log. Raises '
  'DENSITE_OBSERVEE_REQUISE, ASTM_HORS_DOMAINE, DENSITE_HORS_PRODUIT, VOLUME_TROP_PETIT.';

create function private.densite_15_historique(p_mesures private.mesures, p_lieu private.emplacement) returns numeric
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return (private.calculer_norme(p_mesures, p_lieu,
            astm.profil(p_lieu.depot_id, p_lieu.produit_id))).densite_a_15_kgm3;
exception
  -- The standard does not know this product (gas, additive): it never decided there, and so refuses nothing either.
  when sqlstate 'PT422' then
    return p_mesures.densite_a_15_kgm3;
end;
$$;
comment on function private.densite_15_historique(private.mesures, private.emplacement) is
  'Density at 15 °C (kg/m³) from the one observed, of a movement whose volume the old way gives; as sent where the '
  'standard has none for its product.';

create function private.volume_15c_historique(p_mesures private.mesures, p_lieu private.emplacement)
  returns private.volume_corrige
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  c_ecart_admis constant numeric := 0.02;
  v_alpha constant numeric := p_lieu.alpha_historique;
  v_formule constant numeric := p_mesures.volume_ambiant * (1 - v_alpha * (p_mesures.temperature_produit_c - 15));
  v_densite numeric := coalesce(p_mesures.densite_a_15_kgm3, p_mesures.densite_citerne_kgm3);
  v_volume numeric;
begin
  if p_mesures.volume_15c_client is not null then
    -- Not "beyond": NaN is beyond nothing.
    if (abs(p_mesures.volume_15c_client - v_formule) <= c_ecart_admis * v_formule) is false then
      perform private.refuser('VOLUME_15C_INCOHERENT', jsonb_build_object(
        'envoye', p_mesures.volume_15c_client, 'calcule', round(v_formule, 3)));
    end if;
  end if;
  if p_mesures.densite_observee_kgm3 is not null then
    v_densite := private.densite_15_historique(p_mesures, p_lieu);
  end if;
  if v_densite is not null then
    perform private.exiger_densite_du_produit(v_densite, p_lieu);
  end if;
  v_volume := round(coalesce(p_mesures.volume_15c_client, v_formule), 3);
  if v_volume <= 0 then
    perform private.refuser('VOLUME_TROP_PETIT',
      jsonb_build_object('champ', p_mesures.champ_volume, 'volume', p_mesures.volume_ambiant));
  end if;
  return (v_volume, round(v_volume / p_mesures.volume_ambiant, 8), v_densite, 'LEGACY',
          jsonb_build_object('du_client', p_mesures.volume_15c_client is not null, 'alpha', v_alpha),
          null)::private.volume_corrige;
end;
$$;
comment on function private.volume_15c_historique(private.mesures, private.emplacement) is
  'The old system''s way: what the client sent, at most 2 % from the formula, or the formula: volume × (1 − α (T − '
  '15)), α the product''s. Contract sections 6 and 7. Raises VOLUME_15C_INCOHERENT, DENSITE_HORS_PRODUIT, '
  'VOLUME_TROP_PETIT.';

create function private.volume_15c(p_mesures private.mesures, p_lieu private.emplacement, p_norme boolean default true)
  returns private.volume_corrige
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_corrige private.volume_corrige;
  v_plausibles text;
begin
  v_plausibles := private.exiger_temperatures(p_mesures, p_lieu);
  if p_norme then
    p_norme := private.flag_actif('astm_53b', p_lieu.depot_id);
  end if;
  if p_norme then
    v_corrige := private.volume_15c_norme(p_mesures, p_lieu);
  else
    v_corrige := private.volume_15c_historique(p_mesures, p_lieu);
  end if;
  v_corrige.avertissements := '[]';
  if v_corrige.densite_a_15_kgm3 is null and p_mesures.temperature_echantillon_c is null then
    return v_corrige;
  end if;
  if v_corrige.parametres_15c ->> 'densite' = 'CITERNE' then
    v_corrige.avertissements := jsonb_build_array(jsonb_build_object('code', 'DENSITE_CITERNE', 'phrase',
      format('Aucune densité n''a été saisie : celle de la citerne a servi (%s kg/m³ à 15 °C).',
             private.nombre_fr(round(v_corrige.densite_a_15_kgm3, 1)))));
  end if;
  if abs(p_mesures.temperature_echantillon_c - p_mesures.temperature_produit_c) > 10
     or abs(v_corrige.densite_a_15_kgm3 - p_lieu.densite_melange_kgm3) > 3 then
    v_corrige.avertissements := v_corrige.avertissements || private.avertissements(p_mesures,
      v_corrige.densite_a_15_kgm3, p_lieu.densite_melange_kgm3);
  end if;
  return v_corrige;
end;
$$;
comment on function private.volume_15c(private.mesures, private.emplacement, boolean) is
  'Litres at 15 °C of a measured volume, by the way that flag astm_53b sets for this user at this depot (p_norme '
  'false: the caller knows it off for everybody); where the tank''s density served, its warnings say so '
  '(DENSITE_CITERNE). Raises TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, '
  'and what private.volume_15c_norme or private.volume_15c_historique raises.';
