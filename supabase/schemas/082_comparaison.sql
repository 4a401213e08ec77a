-- The golden comparison: the engine beside what the field's application printed for the same trucks.

create function astm.tolerance_l() returns numeric
language sql immutable parallel safe
return 5;
comment on function astm.tolerance_l() is
  'Litres at 15 °C that may lie between what the field''s application printed and what the engine gives. Contract section 1 (SEP).';

create function astm.comparer(p_methode text default null, p_profil text default null)
returns table (
  source text, reference text, produit_code text, note text,
  volume_observe_l numeric, densite_15c_attendue_kgm3 numeric, vcf_attendu numeric, volume_15c_attendu_l numeric,
  densite_15c_kgm3 float8, vcf float8, volume_15c_l float8,
  ecart_l numeric, dans_tolerance boolean,
  ecart_une_temperature_l numeric, ecart_historique_l numeric
)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_profil astm.profils_calcul;
begin
  select * into v_profil from astm.profils_calcul p
   where case when p_profil is null then p.depot_id is null and p.produit_id is null else p.nom = p_profil end;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', format('le profil de calcul « %s »', p_profil)));
  end if;
  return query
    select g.source, g.reference, g.produit_code, g.note,
           g.volume_observe_l, g.densite_15c_attendue_kgm3, g.vcf_attendu, g.volume_15c_attendu_l,
           norme.densite_15c_kgm3, norme.vcf, norme.volume_15c_l,
           round(norme.volume_15c_l::numeric - g.volume_15c_attendu_l, 1),
           abs(norme.volume_15c_l::numeric - g.volume_15c_attendu_l) <= astm.tolerance_l(),
           round(raccourci.volume_15c_l::numeric - g.volume_15c_attendu_l, 1),
           round(g.volume_observe_l * (1 - g.alpha_historique * (g.temperature_produit_c - 15))
                 - g.volume_15c_attendu_l, 1)
      from public.golden_cases g
     cross join lateral astm.calculer_15c(
             g.groupe_mpms, g.densite_observee_kgm3, g.temperature_echantillon_c, g.temperature_produit_c,
             g.volume_observe_l, coalesce(p_methode, v_profil.methode), v_profil.correction_verre, 0,
             v_profil.arrondir) norme
     cross join lateral astm.calculer_15c(
             g.groupe_mpms, g.densite_observee_kgm3, g.temperature_echantillon_c, g.temperature_echantillon_c,
             g.volume_observe_l, coalesce(p_methode, v_profil.methode), v_profil.correction_verre, 0,
             v_profil.arrondir) raccourci
     order by g.source, length(g.reference), g.reference;
end;
$$;
comment on function astm.comparer(text, text) is
  'Every golden case by a profile (default: the default one) and a method (default: the profile''s): litres the engine gives minus litres expected, tolerance ±5 L; and the same gap for the shortcut of one temperature (the sample''s for both) and for the historical formula. Raises INTROUVABLE, ASTM_HORS_DOMAINE.';
grant execute on function astm.tolerance_l(), astm.comparer(text, text) to authenticated, service_role;

create function private.exiger_flag(p_key text) returns void
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if not private.flag_actif(p_key, (select p.depot_id from public.profils p where p.user_id = auth.uid())) then
    perform private.refuser('FLAG_INACTIF', jsonb_build_object('key', p_key));
  end if;
end;
$$;
comment on function private.exiger_flag(text) is
  'Refuses with FLAG_INACTIF where a flag is off for the calling user at their depot.';
grant execute on function private.exiger_flag(text) to authenticated;
