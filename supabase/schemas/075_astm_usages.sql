-- What a depot does with the engine: load a wanted volume, answer at 20 °C, weigh, choose a profile, compare with SEP.

create function astm.calculer_15c_groupe_c(
  alpha60 float8, densite_observee_kgm3 float8, temperature_echantillon_c float8,
  temperature_produit_c float8, volume_observe_l float8,
  correction_verre boolean default true, pression_kpa float8 default 0, arrondir boolean default true
) returns table (densite_15c_kgm3 float8, vcf float8, volume_15c_l float8)
language sql immutable parallel safe rows 1
begin atomic
  select c.densite_15c_kgm3, c.vcf, c.volume_15c_l
  from astm.calculer_2004(
    'C', densite_observee_kgm3, coalesce(temperature_echantillon_c, temperature_produit_c),
    coalesce(temperature_produit_c, temperature_echantillon_c), volume_observe_l,
    correction_verre, pression_kpa, arrondir, alpha60) c;
end;
comment on function astm.calculer_15c_groupe_c(float8, float8, float8, float8, float8, boolean, float8, boolean) is
  'astm.calculer_15c for a product of group C (special applications), by MPMS 11.1 (2004): alpha60 is its expansion '
  'coefficient at 60 °F, 230e-6 to 930e-6 per °F, from the supplier.';

create function astm.volume_a_charger(
  groupe text, densite_observee_kgm3 float8, temperature_echantillon_c float8,
  temperature_produit_c float8, volume_15c_voulu_l float8,
  methode text default 'MPMS_11_1_1980', correction_verre boolean default true,
  pression_kpa float8 default 0, arrondir boolean default true
) returns table (densite_15c_kgm3 float8, vcf float8, volume_observe_l float8)
language sql immutable parallel safe rows 1
begin atomic
  select c.densite_15c_kgm3, c.vcf,
         case when arrondir then astm.au_litre(volume_15c_voulu_l / c.vcf) else volume_15c_voulu_l / c.vcf end
  from astm.calculer_15c(groupe, densite_observee_kgm3, temperature_echantillon_c, temperature_produit_c,
                         volume_15c_voulu_l, methode, correction_verre, pression_kpa, arrondir) c;
end;
comment on function astm.volume_a_charger(text, float8, float8, float8, float8, text, boolean, float8, boolean) is
  'The inverse of astm.calculer_15c: litres to measure out, at the product''s temperature, so that they are '
  'volume_15c_voulu_l at 15 °C.';

create function astm.calculer_20c(
  groupe text, densite_observee_kgm3 float8, temperature_echantillon_c float8,
  temperature_produit_c float8, volume_observe_l float8,
  methode text default 'MPMS_11_1_1980', correction_verre boolean default true,
  pression_kpa float8 default 0, arrondir boolean default true
) returns table (densite_20c_kgm3 float8, vcf float8, volume_20c_l float8)
language sql immutable parallel safe rows 1
begin atomic
  with facteurs as (
    select c.densite_15c_kgm3 * base.vcf as rho, c.vcf / base.vcf as f
    from astm.calculer_15c(
      groupe, densite_observee_kgm3, temperature_echantillon_c, temperature_produit_c, volume_observe_l,
      methode, correction_verre, pression_kpa, case when arrondir is not null then false end) c,
    astm.calculer_15c(
      groupe, densite_observee_kgm3, coalesce(temperature_echantillon_c, temperature_produit_c), 20, volume_observe_l,
      methode, correction_verre, 0, false) base
    offset 0
  ), imprime as (
    select case when arrondir then astm.arrondir(rho, 10) else rho end as rho,
           case when arrondir then astm.arrondir(f, 10000) else f end as f
    from facteurs offset 0
  )
  select i.rho, i.f, case when arrondir then astm.au_litre(volume_observe_l * i.f) else volume_observe_l * i.f end
  from imprime i;
end;
comment on function astm.calculer_20c(text, float8, float8, float8, float8, text, boolean, float8, boolean) is
  'astm.calculer_15c at a base of 20 °C (tables 59 and 60), some partners'' base: every factor is the 15 °C one '
  'divided by that of 20 °C.';

create function astm.calculer_imprime(
  groupe text, densite_observee_kgm3 float8, temperature_echantillon_c float8,
  temperature_produit_c float8, volume_observe_l float8, methode text, correction_verre boolean, pression_kpa float8,
  decimales int, entrees_imprimees boolean
) returns table (densite_15c_kgm3 float8, vcf float8, volume_15c_l float8)
language sql immutable parallel safe rows 1
begin atomic
  with entrees as (
    select case when entrees_imprimees then astm.arrondir(densite_observee_kgm3, 2)
      else densite_observee_kgm3 end as rho,
           case when entrees_imprimees then round(temperature_echantillon_c * 20) / 20 else temperature_echantillon_c
             end as t_echantillon,
           case when entrees_imprimees then round(temperature_produit_c * 20) / 20 else temperature_produit_c
             end as t_produit
    offset 0
  ), base as (
    select c.densite_15c_kgm3 as rho, c.vcf, e.t_produit
      from entrees e,
           astm.calculer_15c(groupe, e.rho, e.t_echantillon, e.t_produit, volume_observe_l, methode, correction_verre,
             pression_kpa, case when decimales is not null then false end) c
    offset 0
  ), facteur as (
    -- As on paper, the second table is entered with the density that the first one gave, to its step.
    select b.rho, case when entrees_imprimees then (
             select d.vcf from astm.calculer_15c(groupe, astm.arrondir(b.rho, 2), 15, b.t_produit, volume_observe_l,
               methode, false, pression_kpa, false) d) else b.vcf end as vcf
      from base b
    offset 0
  ), imprime as (
    select astm.arrondir(f.rho, 10) as rho, astm.arrondir(f.vcf, 10.0::float8 ^ decimales) as vcf
      from facteur f offset 0
  )
  select i.rho, i.vcf, astm.au_litre(volume_observe_l * i.vcf) from imprime i;
end;
comment on function astm.calculer_imprime(text, float8, float8, float8, float8, text, boolean, float8, int, boolean) is
  'astm.calculer_15c rounded otherwise than SEP prints: the factor to so many decimals (5 as the edition of 2004), or '
  'both tables of 1980 entered as they are printed: densities to 0.5 kg/m³, temperatures to 0.05 °C. Both temperatures '
  'are said. Raises DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE.';

create function astm.masse_vide_t(densite_15c_kgm3 float8, volume_15c_l float8) returns float8
language sql immutable parallel safe
return densite_15c_kgm3 * volume_15c_l / 1000000;
comment on function astm.masse_vide_t(float8, float8) is 'Mass in tonnes, in vacuum: ρ15 × V15.';

create function astm.masse_air_t(densite_15c_kgm3 float8, volume_15c_l float8) returns float8
language sql immutable parallel safe
return volume_15c_l * (densite_15c_kgm3 - 1.22) / (1 - 1.22 / 8100) / 1000000;
comment on function astm.masse_air_t(float8, float8) is
  'Apparent mass in tonnes, in air, what a weighbridge shows and an invoice says: fuel and brass weights (8100 kg/m³) '
  'both weighed in air of 1.22 kg/m³. Tables 56 to 58.';

create function astm.convertir(
  p_quantite float8, p_unite text, p_groupe text,
  p_densite_observee_kgm3 float8 default null, p_temperature_echantillon_c float8 default null,
  p_densite_a_15_kgm3 float8 default null, p_api_60f float8 default null,
  p_temperature_produit_c float8 default null, p_temperature_produit_f float8 default null,
  p_methode text default 'MPMS_11_1_1980', p_correction_verre boolean default true, p_arrondir boolean default true
) returns table (
  densite_15c_kgm3 float8, densite_20c_kgm3 float8, degres_api float8, temperature_c float8, temperature_f float8,
  vcf float8,
  volume_observe_l float8, volume_15c_l float8, volume_20c_l float8, barils_60f float8, masse_vide_t float8,
  masse_air_t float8
)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  c_60f constant float8 := 140 / 9.0::float8;
  c_eau_60f constant float8 := 999.016;
  c_litres_par_baril constant float8 := 158.987294928;
  v_observee constant boolean := p_densite_observee_kgm3 is not null;
  v_densite float8 := coalesce(p_densite_observee_kgm3, p_densite_a_15_kgm3, c_eau_60f * 141.5 / (p_api_60f + 131.5));
  v_a_60f float8;
  v_a_20 float8;
begin
  v_densite := private.en_kgm3(v_densite::numeric);
  -- No thermometer reads a millionth of a degree, and no exponential bears a smaller one.
  temperature_c :=
    round(coalesce(p_temperature_produit_c, (p_temperature_produit_f - 32) / 1.8, p_temperature_echantillon_c)
                         ::numeric, 6);
  temperature_f := temperature_c * 1.8 + 32;
  -- A density that is not observed is one at 15 °C, or at 60 °F where it came in degrees API: without glass.
  select c.densite_15c_kgm3, c.vcf into densite_15c_kgm3, vcf
    from astm.calculer_15c(p_groupe, v_densite,
           case when v_observee then p_temperature_echantillon_c when p_densite_a_15_kgm3 is null then c_60f
             else 15 end,
           temperature_c, 1, p_methode, v_observee and p_correction_verre, 0, p_arrondir) c;
  select c.vcf into v_a_60f
    from astm.calculer_15c(p_groupe, densite_15c_kgm3, 15, c_60f, 1, p_methode, false, 0, false) c;
  select c.vcf into v_a_20 from astm.calculer_15c(p_groupe, densite_15c_kgm3, 15, 20, 1, p_methode, false, 0, false) c;
  densite_20c_kgm3 := densite_15c_kgm3 * v_a_20;
  degres_api := 141.5 * c_eau_60f / (densite_15c_kgm3 * v_a_60f) - 131.5;
  volume_15c_l := case p_unite
    when 'L' then p_quantite * vcf
    when 'L_15C' then p_quantite
    when 'L_20C' then p_quantite * v_a_20
    when 'BARIL_60F' then p_quantite * c_litres_par_baril * v_a_60f
    when 'T_VIDE' then p_quantite / astm.masse_vide_t(densite_15c_kgm3, 1)
    when 'T_AIR' then p_quantite / astm.masse_air_t(densite_15c_kgm3, 1) end;
  if (volume_15c_l >= 0.001 and volume_15c_l < 1e12) is not true then
    perform private.refuser('QUANTITE_INVALIDE', jsonb_build_object('quantite', p_quantite, 'unite', p_unite));
  end if;
  volume_observe_l := case p_unite when 'L' then p_quantite else volume_15c_l / vcf end;
  volume_20c_l := volume_15c_l / v_a_20;
  barils_60f := volume_15c_l / v_a_60f / c_litres_par_baril;
  if p_arrondir then
    densite_20c_kgm3 := astm.arrondir(densite_20c_kgm3, 10);
    degres_api := astm.arrondir(degres_api, 10);
    volume_15c_l := astm.au_litre(volume_15c_l);
    volume_observe_l := case p_unite when 'L' then p_quantite else astm.au_litre(volume_observe_l) end;
    volume_20c_l := astm.au_litre(volume_20c_l);
    barils_60f := astm.arrondir(barils_60f, 100);
  end if;
  masse_vide_t := astm.masse_vide_t(densite_15c_kgm3, volume_15c_l);
  masse_air_t := astm.masse_air_t(densite_15c_kgm3, volume_15c_l);
  -- Tonnes that were given are what they are.
  if p_unite = 'T_VIDE' then
    masse_air_t := masse_air_t * p_quantite / masse_vide_t;
    masse_vide_t := p_quantite;
  elsif p_unite = 'T_AIR' then
    masse_vide_t := masse_vide_t * p_quantite / masse_air_t;
    masse_air_t := p_quantite;
  end if;
  if p_arrondir then
    masse_vide_t := astm.arrondir(masse_vide_t, 1000);
    masse_air_t := astm.arrondir(masse_air_t, 1000);
  end if;
  return next;
end;
$$;
comment on function astm.convertir(float8, text, text, float8, float8, float8, float8, float8, float8, text, boolean,
  boolean) is
  'A quantity of fuel in every unit it is traded in. p_unite: L (as measured at the product''s temperature), L_15C, '
  'L_20C, BARIL_60F, T_VIDE (tonnes in vacuum) or T_AIR. Density: observed (kg/m³, or kg/L below 2) on a sample, else '
  'at 15 °C, else degrees API at 60 °F; temperature in °C, else in °F. From L_15C, volume_observe_l is what to load. '
  'Raises DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, QUANTITE_INVALIDE.';

-- The engine is inlined into its caller's query: a caller needs every function it is made of, listed here by name.
grant execute on function
  astm.correction_verre, astm.alpha, astm.estimer_avec, astm.estimer, astm.approcher_avec, astm.approcher_u,
  astm.approcher, astm.au_litre, astm.arrondir, astm.facteur_1980, astm.zone_b_1980, astm.coefficients_1980,
  astm.ipts68_ecart, astm.ecart_60f, astm.etoile_avec, astm.densite_etoile, astm.exposant_2004,
  astm.facteur_pression, astm.seuil_2004, astm.zone_b_2004, astm.coefficients_2004, astm.approcher_2004,
  astm.domaine_temperature, astm.domaine_densite, astm.dans_domaine, astm.hors_domaine, astm.refuser_methode,
  astm.refuser_densite, astm.refuser_entree, astm.calculer_1980, astm.calculer_2004, astm.calculer_15c,
  astm.calculer_15c_groupe_c, astm.volume_a_charger, astm.calculer_20c, astm.calculer_imprime, astm.masse_vide_t,
  astm.masse_air_t,
  astm.convertir
  to authenticated, service_role;
