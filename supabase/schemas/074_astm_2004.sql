-- The edition of 2004, and the one function everybody calls.

create function astm.approcher_2004(
  densite_60f_kgm3 float8, etoile_kgm3 float8, observee_kgm3 float8, k0 float8, k1 float8, k2 float8, dtf float8
) returns float8
language sql immutable parallel safe
return astm.approcher_avec(
  densite_60f_kgm3, observee_kgm3, astm.exposant_2004(astm.alpha(k0, k1, k2, etoile_kgm3), dtf),
  astm.alpha(k0, k1, k2, etoile_kgm3) * dtf, (2 * k0 / densite_60f_kgm3 + k1) / densite_60f_kgm3 * dtf);
comment on function astm.approcher_2004(float8, float8, float8, float8, float8, float8, float8) is
  'One Newton step with α60 taken at ρ*. The slope leaves out how ρ* follows ρ60 (1e-5 of it), so a step divides the '
  'error by 3e4 or more rather than squaring it.';

create function astm.calculer_2004(
  groupe text, densite float8, t_echantillon float8, t_produit float8, volume float8,
  correction_verre boolean, pression float8, arrondir boolean, alpha60 float8 default 0.0005
) returns table (densite_15c_kgm3 float8, vcf float8, volume_15c_l float8)
language sql stable parallel safe rows 1
begin atomic
  with mesure as (
    select case when volume > 0 and densite between 400 and 1400
                     and t_echantillon between -50 and 150 and t_produit between -50 and 150
                     and volume < 'Infinity'::float8 and pression between 0 and 10342
                     and (groupe = 'B' or groupe = 'A' or groupe = 'D' or groupe = 'C')
                     and alpha60 between 230e-6 and 930e-6
                     and correction_verre is not null and arrondir is not null
                then case when correction_verre then astm.correction_verre(densite, t_echantillon - 15) else densite end
                else astm.refuser_entree('MPMS_11_1_2004', groupe, densite, t_echantillon, t_produit, volume,
                                         correction_verre, pression, arrondir, alpha60)
           end as observee
    offset 0
  ), ecarts as (
    select observee, astm.ecart_60f(t_echantillon) as dt from mesure offset 0
  ), zone as (
    select observee, dt, astm.coefficients_2004(groupe, observee, dt, alpha60) as k
    from ecarts offset 0
  ), coefficients as (
    select observee, dt, k[1] as k0, k[2] as k1, k[3] as k2, k from zone offset 0
  ), estimation as (
    select observee, dt, k0, k1, k2, k, astm.estimer(observee, k0, k1, k2, dt) as rho from coefficients offset 0
  ), pas_1 as (
    -- The first two steps take ρ60 for ρ*, a difference of 3e-6, and bring the error under 4e-6; the second is left out
    -- where the first was already small. The last two, with ρ*, bring it under 2e-10, then under 4e-15.
    select observee, dt, k0, k1, k2, k, rho as avant, astm.approcher(rho, observee, k0, k1, k2, dt) as rho
    from estimation offset 0
  ), pas_2 as (
    select observee, dt, k0, k1, k2, k,
           case when abs(rho - avant) > 3e-4 * rho then astm.approcher(rho, observee, k0, k1, k2, dt)
             else rho end as rho
    from pas_1 offset 0
  ), etoile_3 as (
    select observee, dt, k0, k1, k2, k, rho, astm.densite_etoile(rho, k0, k1, k2) as etoile
    from pas_2 offset 0
  ), pas_3 as (
    select observee, dt, k0, k1, k2, k, astm.approcher_2004(rho, etoile, observee, k0, k1, k2, dt) as rho
    from etoile_3 offset 0
  ), etoile_4 as (
    select observee, dt, k0, k1, k2, k, rho, astm.densite_etoile(rho, k0, k1, k2) as etoile
    from pas_3 offset 0
  ), pas_4 as (
    select k0, k1, k2,
           least(greatest(astm.approcher_2004(rho, etoile, observee, k0, k1, k2, dt), k[4]), k[5]) as rho
    from etoile_4 offset 0
  ), base as (
    select case when astm.dans_domaine(rho, 'MPMS_11_1_2004', groupe) then rho
                else astm.refuser_densite('MPMS_11_1_2004', groupe, rho) end as rho,
           k0, k1, k2, astm.densite_etoile(rho, k0, k1, k2) as etoile, astm.ecart_60f(t_produit) as dt
    from pas_4 offset 0
  ), dilatation as (
    -- The base is 60 °F; 15 °C is reached through it, as section 11.1.3.6 does.
    select rho, etoile, dt, astm.alpha(k0, k1, k2, etoile) as alpha60 from base offset 0
  ), facteur as (
    select rho * exp(-astm.exposant_2004(alpha60, astm.ecart_60f(15))) as rho,
           exp(astm.exposant_2004(alpha60, astm.ecart_60f(15)) - astm.exposant_2004(alpha60, dt))
           * case when pression < 1e-9 then 1 else astm.facteur_pression(etoile, dt + 60.0068749, pression) end as f
    from dilatation offset 0
  ), imprime as (
    select case when arrondir then astm.arrondir(rho, 10) else rho end as rho,
           case when arrondir then astm.arrondir(f, 10000) else f end as f
    from facteur offset 0
  )
  select i.rho, i.f, case when arrondir then astm.au_litre(volume * i.f) else volume * i.f end
  from imprime i;
end;
comment on function astm.calculer_2004(text, float8, float8, float8, float8, boolean, float8, boolean, float8) is
  'MPMS 11.1 (2004, addendum 2007), sections 11.1.6.1 to 11.1.6.3 and 11.1.3.6: see astm.calculer_15c. The sample is '
  'weighed at atmospheric pressure; pression is the product''s. alpha60 (per °F) is used by group C only.';

create function astm.calculer_15c(
  groupe text, densite_observee_kgm3 float8, temperature_echantillon_c float8,
  temperature_produit_c float8, volume_observe_l float8,
  methode text default 'MPMS_11_1_1980', correction_verre boolean default true,
  pression_kpa float8 default 0, arrondir boolean default true
) returns table (densite_15c_kgm3 float8, vcf float8, volume_15c_l float8)
language sql immutable parallel safe rows 1
begin atomic
  select c.densite_15c_kgm3, c.vcf, c.volume_15c_l
  from astm.calculer_1980(
    groupe, densite_observee_kgm3, coalesce(temperature_echantillon_c, temperature_produit_c),
    coalesce(temperature_produit_c, temperature_echantillon_c), volume_observe_l,
    correction_verre, pression_kpa, arrondir) c
  where methode = 'MPMS_11_1_1980'
  union all
  select c.densite_15c_kgm3, c.vcf, c.volume_15c_l
  from astm.calculer_2004(
    groupe, densite_observee_kgm3, coalesce(temperature_echantillon_c, temperature_produit_c),
    coalesce(temperature_produit_c, temperature_echantillon_c), volume_observe_l,
    correction_verre, pression_kpa, arrondir,
    -- Group C has no α60 here: refused. It has its own door, astm.calculer_15c_groupe_c.
    case when groupe = 'C' then null else 0.0005 end) c
  where methode = 'MPMS_11_1_2004'
  union all
  select m.refus, m.refus, m.refus
  from (select astm.refuser_methode(methode) as refus offset 0) m
  where (methode = 'MPMS_11_1_1980' or methode = 'MPMS_11_1_2004') is not true;
end;
comment on function astm.calculer_15c(text, float8, float8, float8, float8, text, boolean, float8, boolean) is
  'Density at 15 °C (kg/m³), volume correction factor and volume at 15 °C (L) by API MPMS 11.1. groupe: A crude, B '
  'refined, D lubricating. The density is brought to 15 °C from the sample''s temperature, the volume from the '
  'product''s; given only one, it serves for both. arrondir: density to 0.1, factor to 4 decimals, volume = observed × '
  'rounded factor to the litre, as SEP prints; the factor itself comes from the density before rounding. pression_kpa '
  'is the product''s, gauge, 2004 only. Raises DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE.';
