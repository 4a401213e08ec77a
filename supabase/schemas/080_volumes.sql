-- Volume at 15 °C: every movement gets its figure here and nowhere else.

create function private.exiger_temperatures(p_mesures private.mesures, p_lieu private.lieux) returns void
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
comment on function private.exiger_temperatures(private.mesures, private.lieux) is
  'The product''s temperature, and both within what the depot holds for plausible (°C). Raises TEMPERATURE_REQUISE, '
  'TEMPERATURE_HORS_PLAGE.';

create function private.exiger_densite_du_produit(p_densite_kgm3 numeric, p_lieu private.lieux) returns void
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
comment on function private.exiger_densite_du_produit(numeric, private.lieux) is
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

create function private.calculer_norme(p_mesures private.mesures, p_lieu private.lieux,
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
comment on function private.calculer_norme(private.mesures, private.lieux, astm.profils_calcul) is
  'The standard''s way, set by a profile. parametres_15c says which density served (OBSERVEE: read on the sample; '
  'A_15: sent as it is at 15 °C; CITERNE: that of the tank) and where the sample''s temperature is taken to be the '
  'product''s (PRODUIT); decimals, printed entries and the pressure of the line only where the profile has others than '
  'SEP. Raises DENSITE_OBSERVEE_REQUISE, ASTM_HORS_DOMAINE.';

create function private.volume_15c_norme(p_mesures private.mesures, p_lieu private.lieux)
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
comment on function private.volume_15c_norme(private.mesures, private.lieux) is
  'The standard''s way at this tank. What the client computed does not count; the caller keeps it in the log. Raises '
  'DENSITE_OBSERVEE_REQUISE, ASTM_HORS_DOMAINE, DENSITE_HORS_PRODUIT, VOLUME_TROP_PETIT.';

create function private.densite_15_historique(p_mesures private.mesures, p_lieu private.lieux) returns numeric
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
comment on function private.densite_15_historique(private.mesures, private.lieux) is
  'Density at 15 °C (kg/m³) from the one observed, of a movement whose volume the old way gives; as sent where the '
  'standard has none for its product.';

create function private.formule_historique(p_volume numeric, p_temperature_c numeric, p_alpha numeric) returns numeric
language sql immutable
return p_volume * (1 - p_alpha * (p_temperature_c - 15));
comment on function private.formule_historique(numeric, numeric, numeric) is
  'Litres at 15 °C as the old system has them, not rounded; p_alpha per °C. Contract sections 6 and 7. Inlined where it '
  'is used.';

create function private.volume_15c_historique(p_mesures private.mesures, p_lieu private.lieux)
  returns private.volume_corrige
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  c_ecart_admis constant numeric := 0.02;
  v_alpha constant numeric := p_lieu.alpha_historique;
  v_formule constant numeric := private.formule_historique(p_mesures.volume_ambiant, p_mesures.temperature_produit_c,
    v_alpha);
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
comment on function private.volume_15c_historique(private.mesures, private.lieux) is
  'The old system''s way: what the client sent, at most 2 % from the formula, or the formula: volume × (1 − α (T − '
  '15)), α the product''s. Contract sections 6 and 7. Raises VOLUME_15C_INCOHERENT, DENSITE_HORS_PRODUIT, '
  'VOLUME_TROP_PETIT.';

create function private.volume_15c(p_mesures private.mesures, p_lieu private.lieux, p_norme boolean default true)
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
comment on function private.volume_15c(private.mesures, private.lieux, boolean) is
  'Litres at 15 °C of a measured volume, by the way that flag astm_53b sets for this user at this depot (p_norme '
  'false: the caller knows it off for everybody); where the tank''s density served, its warnings say so '
  '(DENSITE_CITERNE). Raises TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, '
  'and what private.volume_15c_norme or private.volume_15c_historique raises.';

create function private.hors_annonce(p_annonce numeric, p_recu numeric) returns boolean
language sql immutable
set search_path = pg_catalog, pg_temp
as $$ select p_recu >= 10 * p_annonce or p_annonce between 900 * p_recu and 1100 * p_recu $$;
comment on function private.hors_annonce(numeric, numeric) is
  'Whether litres received cannot be those announced: ten times as many or more, a digit too many or a decimal point '
  'that was lost; a thousandth, give or take a tenth, cubic metres typed as litres.';
