-- Volumetrics: the formulas of API MPMS 11.1, one a function, in the order the standard applies them.
--
-- The scalar functions of these chapters have a parsed body (return …): every name and operator in them is bound
-- when they are created, so that no search_path can change what they mean. They carry no "set search_path" because
-- with one PostgreSQL could not inline them, and the engine, which reads as a page of formulas, would cost a
-- function call for each. Coefficients are constants in the functions, not rows of a table: they belong to the
-- published standard, nobody may tune them, and an immutable function must not depend on what a table says today.
--
-- Both editions share one shape: α = (K0/ρ + K1)/ρ + K2, a factor exp(−α Δt (1 + 0.8 α Δt)), and ρ × factor = ρ
-- observed.

create schema astm;
comment on schema astm is
  'Volumes at 15 °C by API MPMS 11.1 (ASTM D1250, IP 200). Densities in kg/m³, temperatures in °C, litres, kPa gauge. '
  'Not exposed through REST.';
revoke all on schema astm from public;
grant usage on schema astm to authenticated, service_role;

-- Shared by both editions -----------------------------------------------------------------------------------------

create function astm.correction_verre(densite_lue_kgm3 float8, dt float8) returns float8
language sql immutable parallel safe
return densite_lue_kgm3 * (1 - 0.000023 * dt - 0.00000002 * dt * dt);
comment on function astm.correction_verre(float8, float8) is
  'Density read on a glass hydrometer graduated at 15 °C, corrected for the expansion of the glass; dt = t − 15 in °C. '
  'API Std 2540 (1980) table 53, MPMS 11.1 (2004) section 11.1.3.10.';

create function astm.alpha(k0 float8, k1 float8, k2 float8, densite_kgm3 float8) returns float8
language sql immutable parallel safe
return (k0 / densite_kgm3 + k1) / densite_kgm3 + k2;
comment on function astm.alpha(float8, float8, float8, float8) is
  'Thermal expansion coefficient at base temperature, per °C (1980) or per °F (2004): K0/ρ² + K1/ρ + K2. API Std 2540 '
  'tables 53/54; MPMS 11.1 (2004) section 11.1.6.1.';

create function astm.estimer_avec(densite_kgm3 float8, u float8, pente float8) returns float8
language sql immutable parallel safe
return densite_kgm3 * (1 + u * (1 + 0.8 * u) / (1 + (1 + 1.6 * u) * pente));
comment on function astm.estimer_avec(float8, float8, float8) is
  'First estimate of the base density: one Newton step on the logarithm, which needs no exponential. u = α Δt at the '
  'observed density, pente = −ρ du/dρ there. Within 6 % over the whole domain, 0.15 % within 30 °C of base.';

create function astm.estimer(densite_kgm3 float8, k0 float8, k1 float8, k2 float8, dt float8) returns float8
language sql immutable parallel safe
return astm.estimer_avec(densite_kgm3, astm.alpha(k0, k1, k2, densite_kgm3) * dt,
                         (2 * k0 / densite_kgm3 + k1) / densite_kgm3 * dt);
comment on function astm.estimer(float8, float8, float8, float8, float8) is
  'First estimate of the base density from the observed one: see astm.estimer_avec.';

create function astm.approcher_avec(
  densite_kgm3 float8, observee_kgm3 float8, exposant float8, u float8, pente float8
) returns float8
language sql immutable parallel safe
return densite_kgm3 + (observee_kgm3 * exp(exposant) - densite_kgm3) / (1 + (1 + 1.6 * u) * pente);
comment on function astm.approcher_avec(float8, float8, float8, float8, float8) is
  'One Newton step towards the base density whose observed density is the one measured. The standard substitutes ρ ← ρ '
  'observed / factor instead, which converges slowly and, hot, not at all between 770 and 787.5 kg/m³; the root is the '
  'same.';

create function astm.approcher_u(densite_kgm3 float8, observee_kgm3 float8, u float8, pente float8) returns float8
language sql immutable parallel safe
return astm.approcher_avec(densite_kgm3, observee_kgm3, u * (1 + 0.8 * u), u, pente);
comment on function astm.approcher_u(float8, float8, float8, float8) is
  'astm.approcher_avec with the exponent u (1 + 0.8 u) of the 1980 edition.';

create function astm.approcher(
  densite_kgm3 float8, observee_kgm3 float8, k0 float8, k1 float8, k2 float8, dt float8
) returns float8
language sql immutable parallel safe
return astm.approcher_u(densite_kgm3, observee_kgm3, astm.alpha(k0, k1, k2, densite_kgm3) * dt,
                        (2 * k0 / densite_kgm3 + k1) / densite_kgm3 * dt);
comment on function astm.approcher(float8, float8, float8, float8, float8, float8) is
  'One Newton step with the coefficients of a zone. Each step squares the relative error, times 0.32 at worst: 6 % → '
  '7e-4 → 9e-8 → below the last digit. Three steps bound the whole domain.';

create function astm.au_litre(valeur float8) returns float8
language sql immutable parallel safe
return floor(valeur + 0.5000001);
comment on function astm.au_litre(float8) is 'A positive volume to the litre, halves up: astm.arrondir at one a unit.';

create function astm.arrondir(valeur float8, par_unite float8) returns float8
language sql immutable parallel safe
return floor(valeur * par_unite + 0.5000001) / par_unite;
comment on function astm.arrondir(float8, float8) is
  'A positive value to 1/par_unite, halves up. Binary arithmetic can miss a decimal half by its last bit (5000 × '
  '0.9937): what is within 1e-7 of a unit below the half counts as the half, here and in the TypeScript twin alike.';

-- Edition of 1980: tables 53A/B/D and 54A/B/D, base 15 °C ----------------------------------------------------------

create function astm.facteur_1980(alpha float8, dt float8) returns float8
language sql immutable parallel safe
return exp(-alpha * dt * (1 + 0.8 * alpha * dt));
comment on function astm.facteur_1980(float8, float8) is
  'Volume correction factor to 15 °C: exp(−α Δt (1 + 0.8 α Δt)), Δt = t − 15. API Std 2540 (1980), tables 54A, 54B, '
  '54D.';

create function astm.zone_b_1980(observee_kgm3 float8, dt float8) returns float8[]
language sql immutable parallel safe
-- Where two formulas meet, α jumps by up to 3e-6: near a boundary an observed density can have a root on both sides, or
-- on neither, and the substitution of the standard then flips between the zones for ever. On paper this never shows:
-- the tables go by 0.5 kg/m³ and the substitution stops at 0.05; the 2004 edition (11.1.6.2, step 4) simply accepts the
-- last value there. We need one figure, always the same, so the boundary decides: carried to the observed temperature
-- by the formula of the zone that owns it (770 the lower, 787.5 and 839 the upper), it says on which side the observed
-- density lies. A root that then falls outside its zone (the case without a root) is brought back to the edge of it.
return case
  when observee_kgm3 >= 839 * astm.facteur_1980(astm.alpha(186.9696, 0.4862, 0, 839), dt)
    then '{186.9696, 0.4862, 0, 839, Infinity}'::float8[]
  when observee_kgm3 >= 787.5 * astm.facteur_1980(astm.alpha(594.5418, 0, 0, 787.5), dt)
    then '{594.5418, 0, 0, 787.5, 838.9999999999999}'::float8[]
  when observee_kgm3 > 770 * astm.facteur_1980(astm.alpha(346.4228, 0.4388, 0, 770), dt)
    then '{2680.3206, 0, -0.00336312, 770.0000000000001, 787.4999999999999}'::float8[]
  else '{346.4228, 0.4388, 0, 0, 770}'::float8[]
end;
comment on function astm.zone_b_1980(float8, float8) is
  'K0, K1, K2, floor and ceiling in kg/m³ of the zone of table 53B that an observed density belongs to: gasolines, '
  'transition, jet fuels and kerosenes, diesel and heating oils.';

create function astm.coefficients_1980(groupe text, observee_kgm3 float8, dt float8) returns float8[]
language sql immutable parallel safe
return case groupe
  when 'B' then astm.zone_b_1980(observee_kgm3, dt)
  when 'A' then '{613.9723, 0, 0, 0, Infinity}'::float8[]
  when 'D' then '{0, 0.6278, 0, 0, Infinity}'::float8[]
end;
comment on function astm.coefficients_1980(text, float8, float8) is
  'K0, K1, K2, floor and ceiling of the zone. Group A: table 53A (crude); B: 53B (refined); D: 53D (lubricating).';

-- Edition of 2004 (addendum 2007): base 60 °F, °C and kg/m³ in, IPTS-68 inside --------------------------------------

create function astm.ipts68_ecart(tau float8) returns float8
language sql immutable parallel safe
return (((((((-3.536296 * tau + 7.438081) * tau - 1.871251) * tau - 4.089591) * tau + 1.269056) * tau
        + 1.080760) * tau - 0.267408) * tau - 0.148759) * tau;
comment on function astm.ipts68_ecart(float8) is
  'ITS-90 minus IPTS-68 in °C, of τ = t/630. MPMS 11.1 (2004) section 11.1.5.3, coefficients a1 to a8.';

create function astm.ecart_60f(temperature_c float8) returns float8
language sql immutable parallel safe
-- What is added is below the last digit of any temperature but zero's neighbours, whose quotient no float8 could hold.
return (temperature_c - astm.ipts68_ecart((temperature_c + 1e-300) / 630)) * 1.8 + 32 - 60.0068749;
comment on function astm.ecart_60f(float8) is
  'Δt in °F above the base of 60 °F, both on IPTS-68 (60 °F there is 60.0068749). MPMS 11.1 (2004) sections 11.1.5.3 '
  'and 11.1.6.1.';

create function astm.etoile_avec(densite_60f_kgm3 float8, a float8, b float8) returns float8
language sql immutable parallel safe
return densite_60f_kgm3 * (1 + (exp(a * (1 + 0.8 * a)) - 1) / (1 + a * (1 + 1.6 * a) * b));
comment on function astm.etoile_avec(float8, float8, float8) is
  'ρ* from ρ60 and the terms A and B. MPMS 11.1 (2004) section 11.1.6.1.';

create function astm.densite_etoile(densite_60f_kgm3 float8, k0 float8, k1 float8, k2 float8) returns float8
language sql immutable parallel safe
return astm.etoile_avec(
  densite_60f_kgm3,
  0.006874897735 * ((k0 / densite_60f_kgm3 + k1) / densite_60f_kgm3 + k2),
  (2 * k0 + k1 * densite_60f_kgm3) / (k0 + (k1 + k2 * densite_60f_kgm3) * densite_60f_kgm3));
comment on function astm.densite_etoile(float8, float8, float8, float8) is
  'ρ*, the density at 60 °F moved to IPTS-68. A = δ60/2 · α(ρ60) with δ60 = 0.01374979547 °F, B = (2 K0 + K1 ρ60)/(K0 '
  '+ (K1 + K2 ρ60) ρ60). MPMS 11.1 (2004) section 11.1.6.1.';

create function astm.exposant_2004(alpha60 float8, dtf float8) returns float8
language sql immutable parallel safe
return alpha60 * dtf * (1 + 0.8 * alpha60 * (dtf + 0.01374979547));
comment on function astm.exposant_2004(float8, float8) is
  'CTL = exp(−this): α60 Δt (1 + 0.8 α60 (Δt + δ60)), Δt in °F from astm.ecart_60f. MPMS 11.1 (2004) section 11.1.6.1.';

create function astm.facteur_pression(densite_etoile_kgm3 float8, tf float8, pression_kpa float8) returns float8
language sql immutable parallel safe
return 1 / (1 - 0.00001 * exp(-1.9947 + 0.00013427 * tf
                              + (793920 + 2326 * tf) / densite_etoile_kgm3 / densite_etoile_kgm3)
                * (pression_kpa / 6.894757));
comment on function astm.facteur_pression(float8, float8, float8) is
  'CPL = 1/(1 − 1e-5 Fp P), Fp from ρ* and the temperature in °F on IPTS-68; P moved from kPa to psi gauge. MPMS 11.1 '
  '(2004) section 11.1.6.1.';

create function astm.seuil_2004(densite_60f_kgm3 float8, alpha60 float8, dtf float8) returns float8
language sql immutable parallel safe
return densite_60f_kgm3 * exp(-astm.exposant_2004(alpha60, dtf));
comment on function astm.seuil_2004(float8, float8, float8) is
  'A density at 60 °F carried to the observed temperature.';

create function astm.zone_b_2004(observee_kgm3 float8, dtf float8) returns float8[]
language sql immutable parallel safe
-- The boundaries were chosen where the curves cross, so α jumps by 1e-9 only; the rule of astm.zone_b_1980 still
-- decides.
return case
  when observee_kgm3 >= astm.seuil_2004(838.3127, astm.alpha(103.8720, 0.2701, 0,
                          astm.densite_etoile(838.3127, 103.8720, 0.2701, 0)), dtf)
    then '{103.8720, 0.2701, 0, 838.3127, Infinity}'::float8[]
  when observee_kgm3 >= astm.seuil_2004(787.5195, astm.alpha(330.3010, 0, 0,
                          astm.densite_etoile(787.5195, 330.3010, 0, 0)), dtf)
    then '{330.3010, 0, 0, 787.5195, 838.3126999999999}'::float8[]
  when observee_kgm3 >= astm.seuil_2004(770.3520, astm.alpha(1489.0670, 0, -0.00186840,
                          astm.densite_etoile(770.3520, 1489.0670, 0, -0.00186840)), dtf)
    then '{1489.0670, 0, -0.00186840, 770.3520, 787.5194999999999}'::float8[]
  else '{192.4571, 0.2438, 0, 0, 770.3519999999999}'::float8[]
end;
comment on function astm.zone_b_2004(float8, float8) is
  'K0, K1, K2, floor and ceiling in kg/m³ at 60 °F of the zone of group B that an observed density belongs to. MPMS '
  '11.1 (2004) section 11.1.6.1.';

create function astm.coefficients_2004(groupe text, observee_kgm3 float8, dtf float8, alpha60 float8) returns float8[]
language sql immutable parallel safe
return case groupe
  when 'B' then astm.zone_b_2004(observee_kgm3, dtf)
  when 'A' then '{341.0957, 0, 0, 0, Infinity}'::float8[]
  when 'D' then '{0, 0.34878, 0, 0, Infinity}'::float8[]
  when 'C' then array[0, 0, alpha60, 0, 'Infinity']
end;
comment on function astm.coefficients_2004(text, float8, float8, float8) is
  'K0, K1, K2, floor and ceiling of the zone. Group A crude, B refined, D lubricating; C special applications, whose '
  'α60 per °F is given by the supplier. MPMS 11.1 (2004) section 11.1.6.1.';
