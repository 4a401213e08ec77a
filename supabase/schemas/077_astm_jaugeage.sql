-- What a tank holds, from what its gauge says: API MPMS 12.1.1 (2018), ISO 4267-2, one formula a function.
--
--   TOV  litres of the gauge table at the height of the liquid
--   GOV  (TOV − free water) × CTSh ± floating roof: litres of product, as measured
--   GSV  GOV × VCF: the same at 15 °C
--   NSV  GSV × (1 − S&W): without the sediment and water it carries
--
-- As in the chapters before, a parsed body binds every name, and carries no "set search_path" so that it is inlined.

create function astm.temperature_paroi(temperature_produit_c float8, temperature_air_c float8) returns float8
language sql immutable parallel safe
return (7 * temperature_produit_c + coalesce(temperature_air_c, temperature_produit_c)) / 8;
comment on function astm.temperature_paroi(float8, float8) is
  'Temperature of a tank''s shell that nothing insulates, °C: seven parts of the liquid''s, one of the air''s; the '
  'liquid''s where the air''s is null. MPMS 12.1.1.';

create function astm.ctsh(coefficient float8, ecart_c float8) returns float8
language sql immutable parallel safe
return (1 + coefficient * ecart_c) * (1 + coefficient * ecart_c);
comment on function astm.ctsh(float8, float8) is
  'Correction for the temperature of the shell: 1 + 2αΔT + α²ΔT², the area of the tank. coefficient: linear expansion '
  'of its steel per °C; ecart_c: shell less the reference of its gauge table. MPMS 12.1.1.';

create function astm.part_toit(hauteur_mm float8, repose_mm float8, flotte_mm float8) returns float8
language sql immutable parallel safe
return case when hauteur_mm <= repose_mm then 0 when hauteur_mm >= flotte_mm then 1
  else (hauteur_mm - repose_mm) / (flotte_mm - repose_mm) end;
comment on function astm.part_toit(float8, float8, float8) is
  'Part of a floating roof''s weight that the liquid carries: none while it stands on its legs, all once it floats, in '
  'proportion between (the critical zone, where no gauge is exact).';

create function astm.deplacement_toit_l(masse_kg float8, densite_table_kgm3 float8, densite_kgm3 float8) returns float8
language sql immutable parallel safe
return 1000 * masse_kg * (coalesce(1 / densite_table_kgm3, 0) - 1 / densite_kgm3);
comment on function astm.deplacement_toit_l(float8, float8, float8) is
  'Litres to add to a gauge table for a floating roof in a liquid of this density (kg/m³, in the tank): what the table '
  'took off for it at its own density (null: an open table, it took off nothing), less what it displaces. MPMS 12.1.1.';

create function astm.jaugeage(
  volume_total_l float8, volume_eau_l float8, temperature_paroi_c float8, temperature_reference_c float8,
  coefficient_acier float8, masse_toit_kg float8, densite_toit_kgm3 float8,
  densite_15c_kgm3 float8, vcf float8, eau_sediments_pour_cent float8, arrondir boolean
) returns table (
  ctsh float8, volume_toit_l float8, volume_brut_l float8, volume_15c_brut_l float8, volume_net_l float8,
  volume_15c_l float8
)
language sql immutable parallel safe rows 1
begin atomic
  with facteurs as (
    select case when arrondir then astm.arrondir(f.ctsh, 100000) else f.ctsh end as ctsh,
           case when masse_toit_kg > 0
                then astm.deplacement_toit_l(masse_toit_kg, densite_toit_kgm3, densite_15c_kgm3 * vcf)
                  else 0 end as toit
      from (select astm.ctsh(coefficient_acier, temperature_paroi_c - temperature_reference_c) as ctsh) f
    offset 0
  ), brut as (
    select f.ctsh, f.toit, (volume_total_l - volume_eau_l) * f.ctsh + f.toit as litres from facteurs f offset 0
  ), observe as (
    select b.ctsh, b.toit, case when arrondir then astm.au_litre(b.litres) else b.litres end as litres
      from brut b offset 0
  ), standard as (
    select o.ctsh, o.toit, o.litres,
           case when arrondir then astm.au_litre(o.litres * vcf) else o.litres * vcf end as a_15
      from observe o offset 0
  ), net as (
    select s.ctsh, s.toit, s.litres, s.a_15, s.litres * (1 - eau_sediments_pour_cent / 100) as net,
           s.a_15 * (1 - eau_sediments_pour_cent / 100) as net_15 from standard s offset 0
  )
  select n.ctsh, n.toit, n.litres, n.a_15, case when arrondir then astm.au_litre(n.net) else n.net end,
         case when arrondir then astm.au_litre(n.net_15) else n.net_15 end
    from net n;
end;
comment on function astm.jaugeage(float8, float8, float8, float8, float8, float8, float8, float8, float8, float8,
  boolean) is
  'The chain of a dip: litres of the gauge table at the height of the liquid and at that of the water under it (TOV, '
  'FW), shell and reference in °C, linear expansion of the steel per °C, weight of the floating roof that floats (kg) '
  'and the density its table counted with, density at 15 °C and factor of the product, percent of sediment and water. '
  'Answers CTSh, the roof''s litres, GOV, GSV, and both without sediment and water (NSV). arrondir: CTSh to 5 '
  'decimals, litres. MPMS 12.1.1.';

create function astm.incertitude_15c(
  groupe text, densite_15c_kgm3 float8, temperature_c float8, volume_net_l float8, vcf float8,
  pente_l_mm float8, pente_eau_l_mm float8,
  u_bareme_pour_mille float8, u_hauteur_mm float8, u_temperature_c float8, u_densite_kgm3 float8
) returns float8
language sql immutable parallel safe
return sqrt(
  (volume_net_l * vcf * u_bareme_pour_mille / 1000) ^ 2
  + (pente_l_mm * vcf * u_hauteur_mm) ^ 2
  + (pente_eau_l_mm * vcf * u_hauteur_mm) ^ 2
  + (volume_net_l * vcf * u_temperature_c
     * astm.alpha((astm.coefficients_1980(groupe, densite_15c_kgm3, 0))[1],
         (astm.coefficients_1980(groupe, densite_15c_kgm3, 0))[2],
         (astm.coefficients_1980(groupe, densite_15c_kgm3, 0))[3], densite_15c_kgm3)) ^ 2
  + (volume_net_l * vcf * u_densite_kgm3 * (temperature_c - 15) / densite_15c_kgm3
     * (2 * (astm.coefficients_1980(groupe, densite_15c_kgm3, 0))[1] / densite_15c_kgm3
        + (astm.coefficients_1980(groupe, densite_15c_kgm3, 0))[2]) / densite_15c_kgm3) ^ 2);
comment on function astm.incertitude_15c(text, float8, float8, float8, float8, float8, float8, float8, float8, float8,
  float8) is
  'By how many litres at 15 °C a dip may be wrong: root of the sum of the squares of what each instrument may be wrong '
  'by (gauge table in thousandths, tape in mm at the slope of the table, the same on the water, thermometer in °C, '
  'hydrometer in kg/m³), each at 95 %, and so is the answer. What expands by 1 °C is taken from the tables of 1980.';

grant execute on function
  astm.temperature_paroi, astm.ctsh, astm.part_toit, astm.deplacement_toit_l, astm.jaugeage, astm.incertitude_15c
  to authenticated, service_role;
