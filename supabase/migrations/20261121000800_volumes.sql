-- Volume at 15 °C: every movement gets its figure here and nowhere else.

create type private.volume_corrige as (
  volume_15c numeric,
  vcf numeric,
  densite_a_15_kgm3 numeric,
  methode_15c text,
  parametres_15c jsonb
);
comment on type private.volume_corrige is
  'Litres at 15 °C, volume correction factor, density at 15 °C in kg/m³, the method that gave them and how it was set.';

create function private.alpha_historique(p_produit_code text) returns numeric
language sql immutable
return case p_produit_code when 'ESS' then 0.00100 else 0.00085 end;
comment on function private.alpha_historique(text) is
  'Expansion per °C in the old system''s formula: 0.00100 for essence, 0.00085 otherwise. Contract section 6.';

create function private.volume_15c_historique(
  p_produit_id uuid, p_volume_ambiant numeric, p_temperature_produit_c numeric, p_temperature_echantillon_c numeric,
  p_volume_15c_client numeric
) returns private.volume_corrige
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_alpha numeric;
  v_volume numeric := p_volume_15c_client;
begin
  if v_volume is null then
    select private.alpha_historique(p.code) into v_alpha
      from public.produits p where p.id = p_produit_id;
    -- Without any temperature there is nothing to correct by: the product counts as measured at 15 °C.
    v_volume := p_volume_ambiant
      * (1 - v_alpha * (coalesce(p_temperature_produit_c, p_temperature_echantillon_c, 15) - 15));
  end if;
  v_volume := round(v_volume, 3);
  return (v_volume, round(v_volume / p_volume_ambiant, 8), null, 'LEGACY',
          jsonb_build_object('du_client', p_volume_15c_client is not null, 'alpha', v_alpha))::private.volume_corrige;
end;
$$;
comment on function private.volume_15c_historique(uuid, numeric, numeric, numeric, numeric) is
  'The old system''s way: what the client sent, or volume × (1 − α (T − 15)). Contract section 6.';

create function private.volume_15c_norme(
  p_depot_id uuid, p_produit_id uuid, p_volume_ambiant numeric, p_temperature_produit_c numeric,
  p_temperature_echantillon_c numeric, p_densite_observee_kgm3 numeric
) returns private.volume_corrige
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_profil constant astm.profils_calcul := astm.profil(p_depot_id, p_produit_id);
  v_groupe text;
  v_corrige private.volume_corrige;
begin
  select p.groupe_mpms into v_groupe from public.produits p where p.id = p_produit_id;
  select round(c.volume_15c_l::numeric, 3), round(c.vcf::numeric, 8), round(c.densite_15c_kgm3::numeric, 4),
         v_profil.methode, jsonb_build_object('profil', v_profil.nom, 'groupe', v_groupe,
           'arrondir', v_profil.arrondir, 'correction_verre', v_profil.correction_verre)
    into v_corrige
    from astm.calculer_15c(v_groupe, p_densite_observee_kgm3, p_temperature_echantillon_c, p_temperature_produit_c,
           p_volume_ambiant, v_profil.methode, v_profil.correction_verre, 0, v_profil.arrondir) c;
  return v_corrige;
end;
$$;
comment on function private.volume_15c_norme(uuid, uuid, numeric, numeric, numeric, numeric) is
  'The standard''s way, set by the profile of this depot and product. Raises DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE.';

create function private.volume_15c(
  p_depot_id uuid, p_produit_id uuid, p_volume_ambiant numeric, p_temperature_produit_c numeric,
  p_temperature_echantillon_c numeric, p_densite_observee_kgm3 numeric, p_volume_15c_client numeric
) returns private.volume_corrige
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if private.flag_actif('astm_53b', p_depot_id) then
    -- What the client computed does not count any more; the caller keeps it in the log.
    return private.volume_15c_norme(p_depot_id, p_produit_id, p_volume_ambiant, p_temperature_produit_c,
                                    p_temperature_echantillon_c, p_densite_observee_kgm3);
  end if;
  return private.volume_15c_historique(p_produit_id, p_volume_ambiant, p_temperature_produit_c,
                                       p_temperature_echantillon_c, p_volume_15c_client);
end;
$$;
comment on function private.volume_15c(uuid, uuid, numeric, numeric, numeric, numeric, numeric) is
  'Litres at 15 °C of a measured volume (litres, °C, kg/m³), by the way that flag astm_53b sets for this user at this depot.';
