-- The golden comparison: the engine beside what the field's application printed for the same trucks.

create function astm.tolerance_l() returns numeric
language sql immutable parallel safe
return 5;
comment on function astm.tolerance_l() is
  'Litres at 15 °C that may lie between what the field''s application printed and what the engine gives. Contract '
  'section 1 (SEP).';

create function astm.comparer(p_methode text default null, p_profil text default null)
returns table (
  source text, reference text, produit_code text, note text,
  volume_observe_l numeric, densite_15c_attendue_kgm3 numeric, vcf_attendu numeric, volume_15c_attendu_l numeric,
  densite_15c_kgm3 float8, vcf float8, volume_15c_l float8,
  ecart_l numeric, dans_tolerance boolean,
  ecart_une_temperature_l numeric, ecart_historique_l numeric,
  temperature_echantillon_c numeric, temperature_produit_c numeric, temperature_produit_deduite boolean,
  densite_observee_kgm3 numeric, refus text, refus_phrase text
)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_profil astm.profils_calcul;
  v_cas public.golden_cases;
begin
  select * into v_profil from astm.profils_calcul p
   where case when p_profil is null then p.depot_id is null and p.produit_id is null else p.nom = p_profil end;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', format('le profil de calcul « %s »', p_profil)));
  end if;
  for v_cas in select * from public.golden_cases g order by g.source, length(g.reference), g.reference loop
    select v_cas.source, v_cas.reference, v_cas.produit_code, v_cas.note, v_cas.volume_observe_l,
           v_cas.densite_15c_attendue_kgm3, v_cas.vcf_attendu, v_cas.volume_15c_attendu_l,
           v_cas.temperature_echantillon_c, v_cas.temperature_produit_c, v_cas.temperature_produit_deduite,
           v_cas.densite_observee_kgm3,
           null::float8, null::float8, null::float8, null::numeric, null::numeric, null, null, false,
           round(v_cas.volume_observe_l * (1 - v_cas.alpha_historique * (v_cas.temperature_produit_c - 15))
                 - v_cas.volume_15c_attendu_l, 1)
      into source, reference, produit_code, note, volume_observe_l,
           densite_15c_attendue_kgm3, vcf_attendu, volume_15c_attendu_l,
           temperature_echantillon_c, temperature_produit_c, temperature_produit_deduite,
           densite_observee_kgm3, densite_15c_kgm3, vcf, volume_15c_l, ecart_l, ecart_une_temperature_l,
           refus, refus_phrase, dans_tolerance, ecart_historique_l;
    -- A case that the standard does not take is told as such: it says nothing of the others.
    begin
      select norme.densite_15c_kgm3, norme.vcf, norme.volume_15c_l,
             round(norme.volume_15c_l::numeric - v_cas.volume_15c_attendu_l, 1),
             abs(norme.volume_15c_l::numeric - v_cas.volume_15c_attendu_l) <= astm.tolerance_l(),
             round(raccourci.volume_15c_l::numeric - v_cas.volume_15c_attendu_l, 1)
        into strict densite_15c_kgm3, vcf, volume_15c_l, ecart_l, dans_tolerance, ecart_une_temperature_l
        from astm.calculer_15c(
               v_cas.groupe_mpms, v_cas.densite_observee_kgm3, v_cas.temperature_echantillon_c,
               v_cas.temperature_produit_c,
               v_cas.volume_observe_l, coalesce(p_methode, v_profil.methode), v_profil.correction_verre, 0,
               v_profil.arrondir) norme
       cross join lateral astm.calculer_15c(
               v_cas.groupe_mpms, v_cas.densite_observee_kgm3, v_cas.temperature_echantillon_c,
               v_cas.temperature_echantillon_c,
               v_cas.volume_observe_l, coalesce(p_methode, v_profil.methode), v_profil.correction_verre, 0,
               v_profil.arrondir) raccourci;
    exception when others then
      if sqlstate !~ '^PT' then
        raise;
      end if;
      get stacked diagnostics refus = message_text, refus_phrase = pg_exception_hint;
    end;
    return next;
  end loop;
end;
$$;
comment on function astm.comparer(text, text) is
  'Every golden case by a profile (default: the default one) and a method (default: the profile''s): litres the engine '
  'gives minus litres expected, tolerance ±5 L; and the same gap for the shortcut of one temperature (the sample''s '
  'for both) and for the historical formula; with what was measured of it (°C, kg/m³). A case that the standard '
  'refuses has refus, its sentence and no figures, and is out of tolerance. Raises INTROUVABLE.';
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
