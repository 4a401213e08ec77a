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

-- The engine is inlined into its caller's query: a caller needs every function it is made of, listed here by name.
grant execute on function
  astm.correction_verre, astm.alpha, astm.estimer_avec, astm.estimer, astm.approcher_avec, astm.approcher_u,
  astm.approcher, astm.au_litre, astm.arrondir, astm.facteur_1980, astm.zone_b_1980, astm.coefficients_1980,
  astm.ipts68_ecart, astm.ecart_60f, astm.etoile_avec, astm.densite_etoile, astm.exposant_2004,
  astm.facteur_pression, astm.seuil_2004, astm.zone_b_2004, astm.coefficients_2004, astm.approcher_2004,
  astm.domaine_temperature, astm.domaine_densite, astm.dans_domaine, astm.hors_domaine, astm.refuser_methode,
  astm.refuser_densite, astm.refuser_entree, astm.calculer_1980, astm.calculer_2004, astm.calculer_15c,
  astm.calculer_15c_groupe_c, astm.volume_a_charger, astm.calculer_20c, astm.masse_vide_t, astm.masse_air_t
  to authenticated, service_role;
