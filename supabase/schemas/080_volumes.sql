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
  if coalesce(p_index_avant, 0) <@ '[0,1e12)'::numrange and coalesce(p_index_apres, 0) <@ '[0,1e12)'::numrange
     and coalesce(p_volume_ambiant, 0) < 1e9 and coalesce(p_volume_15c, 1) <@ '(0,1e9)'::numrange
     and coalesce(p_temperature_ambiante_c, 0) <@ '[-50,150]'::numrange
     and coalesce(p_temperature_echantillon_c, 0) <@ '[-50,150]'::numrange
     and coalesce(p_densite_observee_kgm3, 400) <@ '[400,1300]'::numrange
     and coalesce(p_densite_a_15_kgm3, 400) <@ '[400,1300]'::numrange
     and coalesce(p_vcf, 1) <@ '[0.5,1.5]'::numrange then
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
comment on function private.exiger_mesures(text, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric) is
  'For the check of a movement: true where every measure given is one that a depot can read (litres, °C, kg/m³; no product expands by half); raises 23514 naming the first column that is not. Ranges refuse NaN as well. One function, because each check''s text is read again at every statement.';
grant execute on function private.exiger_mesures(text, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric)
  to authenticated, service_role;

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
