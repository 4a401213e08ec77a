-- The engine: domain, one chain of steps an edition, and astm.calculer_15c that chooses between them.
--
-- A chain is one query of small steps, each a line of the standard's procedure, written in the order of the procedure.
-- "offset 0" keeps a step apart, so that its result is computed once; everything else is inlined into the caller's
-- query. That is what makes it quick: the same steps in PL/pgSQL take half as long again (bench/astm.ts).
-- No table is read, except the catalogue of refusals once a refusal is certain. Those functions are stable and not
-- immutable, so that the planner never runs one ahead of time for a branch that is not taken.

create function astm.domaine_temperature(methode text) returns float8[]
language sql immutable parallel safe
return case methode when 'MPMS_11_1_1980' then '{-18, 150}'::float8[] when 'MPMS_11_1_2004' then '{-50, 150}'::float8[]
  end;
comment on function astm.domaine_temperature(text) is
  'Lowest and highest temperature in °C. 1980: tables 53/54; 2004: section 11.1.2.3.';

create function astm.domaine_densite(methode text, groupe text) returns float8[]
language sql immutable parallel safe
return case methode
  when 'MPMS_11_1_1980' then case groupe
    when 'B' then '{653, 1075}'::float8[] when 'A' then '{610.5, 1075}'::float8[]
      when 'D' then '{800, 1164}'::float8[] end
  when 'MPMS_11_1_2004' then case groupe
    when 'B' then '{610.6, 1163.5}'::float8[] when 'A' then '{610.6, 1163.5}'::float8[]
    when 'D' then '{800.9, 1163.5}'::float8[] when 'C' then '{610.6, 1163.5}'::float8[] end
end;
comment on function astm.domaine_densite(text, text) is
  'Lowest and highest base density in kg/m³: at 15 °C (1980) or at 60 °F (2004, section 11.1.2.3). Group C, for which '
  '2004 bounds α60 only, keeps the bounds of A and B.';

create function astm.dans_domaine(densite_base float8, methode text, groupe text) returns boolean
language sql immutable parallel safe
-- A billionth of a kg/m³ more: a product exactly on the bound must not fall to the last bit of a double.
return densite_base between (astm.domaine_densite(methode, groupe))[1] - 1e-9
                        and (astm.domaine_densite(methode, groupe))[2] + 1e-9;
comment on function astm.dans_domaine(float8, text, text) is
  'Whether a base density is within the domain, bounds included.';

create function astm.hors_domaine(parametre text, valeur float8, minimum float8, maximum float8, phrase text)
  returns void
language plpgsql stable parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.refuser('ASTM_HORS_DOMAINE', jsonb_build_object(
    'borne', phrase, 'parametre', parametre, 'valeur', valeur, 'minimum', minimum, 'maximum', maximum));
end;
$$;
comment on function astm.hors_domaine(text, float8, float8, float8, text) is
  'Raises ASTM_HORS_DOMAINE. phrase names the bound to a person; the detail carries it as numbers.';

create function astm.refuser_methode(methode text) returns float8
language plpgsql stable parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  perform astm.hors_domaine('methode', null, null, null, format(
    'méthode MPMS_11_1_1980 ou MPMS_11_1_2004 (indiquée : %s)', coalesce(methode, 'aucune')));
  return null;
end;
$$;
comment on function astm.refuser_methode(text) is 'Refuses a method that does not exist. Raises ASTM_HORS_DOMAINE.';

create function astm.refuser_densite(methode text, groupe text, densite float8) returns float8
language plpgsql stable parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  v_d constant float8[] := astm.domaine_densite(methode, groupe);
begin
  perform astm.hors_domaine(
    case methode when 'MPMS_11_1_1980' then 'densite_15c_kgm3' else 'densite_60f_kgm3' end, densite, v_d[1], v_d[2],
    format('densité à %s de %s à %s kg/m³ (groupe %s), ici environ %s',
           case methode when 'MPMS_11_1_1980' then '15 °C' else '60 °F' end,
           replace(v_d[1]::text, '.', ','), replace(v_d[2]::text, '.', ','), groupe,
           replace(round(densite::numeric, 1)::text, '.', ',')));
  return null;
end;
$$;
comment on function astm.refuser_densite(text, text, float8) is
  'Refuses a base density outside the edition''s domain. Raises ASTM_HORS_DOMAINE.';

create function astm.refuser_entree(
  methode text, groupe text, densite float8, t_echantillon float8, t_produit float8, volume float8,
  correction_verre boolean, pression float8, arrondir boolean, alpha60 float8 default 0.0005
) returns float8
language plpgsql stable parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  v_t constant float8[] := astm.domaine_temperature(methode);
  v_temperatures constant text := format('température de %s à %s °C', v_t[1], v_t[2]);
  v_pression_max constant float8 := case methode when 'MPMS_11_1_1980' then 0 else 10342 end;
begin
  if densite is null then
    perform private.refuser('DENSITE_OBSERVEE_REQUISE');
  elsif t_echantillon is null then
    perform private.refuser('TEMPERATURE_REQUISE');
  elsif astm.domaine_densite(methode, groupe) is null then
    perform astm.hors_domaine('groupe', null, null, null, format(
      'groupe de produit A, B ou D (indiqué : %s)', coalesce(groupe, 'aucun')));
  elsif not (densite > 0 and densite < 'Infinity') then
    perform astm.hors_domaine('densite_observee_kgm3', densite, 0, null,
      'densité observée supérieure à 0 kg/m³ et finie');
  elsif not (t_echantillon between v_t[1] and v_t[2]) then
    perform astm.hors_domaine('temperature_echantillon_c', t_echantillon, v_t[1], v_t[2],
                              v_temperatures || ' (échantillon)');
  elsif not (t_produit between v_t[1] and v_t[2]) then
    perform astm.hors_domaine('temperature_produit_c', t_produit, v_t[1], v_t[2], v_temperatures || ' (produit)');
  elsif (volume > 0 and volume < 'Infinity') is not true then
    perform astm.hors_domaine('volume_observe_l', volume, 0, null, 'volume observé supérieur à 0 L et fini');
  elsif (pression between 0 and v_pression_max) is not true then
    perform astm.hors_domaine('pression_kpa', pression, 0, v_pression_max,
      case v_pression_max when 0 then 'pression 0 kPa (l''édition de 1980 ne corrige pas la pression)'
                          else 'pression de 0 à 10 342 kPa' end);
  elsif (alpha60 between 230e-6 and 930e-6) is not true then
    perform astm.hors_domaine('alpha60', alpha60, 230e-6, 930e-6, 'α60 de 0,000 230 à 0,000 930 par °F (groupe C)');
  end if;
  if not (densite between 400 and 1400) then
    perform astm.refuser_densite(methode, groupe, densite);
  end if;
  perform astm.hors_domaine('options', null, null, null, 'correction du verre et arrondi : oui ou non');
  return null;
end;
$$;
comment on function astm.refuser_entree(text, text, float8, float8, float8, float8, boolean, float8, boolean, float8) is
  'Says which input a chain refused. Raises DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE or ASTM_HORS_DOMAINE.';

create function astm.calculer_1980(
  groupe text, densite float8, t_echantillon float8, t_produit float8, volume float8,
  correction_verre boolean, pression float8, arrondir boolean
) returns table (densite_15c_kgm3 float8, vcf float8, volume_15c_l float8)
language sql stable parallel safe rows 1
begin atomic
  with mesure as (
    -- No product of the domain, however hot or cold, is observed outside 400…1400 kg/m³: no root to look for there.
    select t_echantillon - 15 as dt,
           case when volume > 0 and densite between 400 and 1400
                     and t_echantillon between -18 and 150 and t_produit between -18 and 150
                     and volume < 'Infinity'::float8 and pression = 0
                     and (groupe = 'B' or groupe = 'A' or groupe = 'D')
                     and correction_verre is not null and arrondir is not null
                then case when correction_verre then astm.correction_verre(densite, t_echantillon - 15) else densite end
                else astm.refuser_entree('MPMS_11_1_1980', groupe, densite, t_echantillon, t_produit, volume,
                                         correction_verre, pression, arrondir)
           end as observee
    offset 0
  ), zone as (
    select observee, dt, astm.coefficients_1980(groupe, observee, dt) as k from mesure offset 0
  ), coefficients as (
    select observee, dt, k[1] as k0, k[2] as k1, k[3] as k2, k from zone offset 0
  ), estimation as (
    select observee, dt, k0, k1, k2, k, astm.estimer(observee, k0, k1, k2, dt) as rho from coefficients offset 0
  ), pas_1 as (
    select observee, dt, k0, k1, k2, k, astm.approcher(rho, observee, k0, k1, k2, dt) as rho from estimation offset 0
  ), pas_2 as (
    select observee, dt, k0, k1, k2, k, rho as avant, astm.approcher(rho, observee, k0, k1, k2, dt) as rho
    from pas_1 offset 0
  ), pas_3 as (
    -- The error is now below (last step)²: under 1e-7 relative, a third step would change nothing.
    select k0, k1, k2,
           least(greatest(case when abs(rho - avant) > 1e-7 * rho
                               then astm.approcher(rho, observee, k0, k1, k2, dt) else rho end, k[4]), k[5]) as rho
    from pas_2 offset 0
  ), facteur as (
    select case when astm.dans_domaine(rho, 'MPMS_11_1_1980', groupe) then rho
                else astm.refuser_densite('MPMS_11_1_1980', groupe, rho) end as rho,
           astm.facteur_1980(astm.alpha(k0, k1, k2, rho), t_produit - 15) as f
    from pas_3 offset 0
  ), imprime as (
    select case when arrondir then astm.arrondir(rho, 10) else rho end as rho,
           case when arrondir then astm.arrondir(f, 10000) else f end as f
    from facteur offset 0
  )
  select i.rho, i.f, case when arrondir then astm.au_litre(volume * i.f) else volume * i.f end
  from imprime i;
end;
comment on function astm.calculer_1980(text, float8, float8, float8, float8, boolean, float8, boolean) is
  'API Std 2540 (1980), tables 53 and 54: see astm.calculer_15c.';
