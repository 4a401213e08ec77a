-- What a réception comes to in the bases that suppliers sell by: litres at 20 °C and tonnes in air, from its litres at
-- 15 °C. One function computes them; whatever was corrected since is counted.

create type private.quantites as (volume_15c numeric, volume_20c numeric, densite_15 numeric, tonnes_air numeric);
comment on type private.quantites is
  'Litres at 15 and 20 °C, density at 15 °C (kg/m³) and tonnes in air of the same fuel; the last two null where no '
  'density is known.';

create function private.volume_20c(
  p_volume_15c numeric, p_densite_15 numeric, p_groupe text, p_methode text, p_alpha numeric
) returns numeric
language plpgsql immutable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_densite_15 is null then
    return round(p_volume_15c / (1 - 5 * p_alpha), 3);
  end if;
  return (select round((p_volume_15c::float8 / c.vcf)::numeric, 3)
            from astm.calculer_15c(p_groupe, p_densite_15::float8, 15, 20, 1000, p_methode, false, 0, false) c);
end;
$$;
comment on function private.volume_20c(numeric, numeric, text, text, numeric) is
  'Litres at 20 °C of litres at 15 °C, to the millilitre: divided by the standard''s factor of this density (kg/m³) at '
  '20 °C; without a density, by the product''s old coefficient.';

create function private.quantites_reception(p_reception_id uuid) returns private.quantites
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_quantites private.quantites;
  v_groupe text;
  v_methode text;
  v_alpha numeric;
begin
  -- What an old row says of its density at 15 °C is whatever was sent, at times the observed one.
  select r.volume_15c + coalesce((select sum(a.delta_15c) from public.stocks_adjustments a
                                   where a.mouvement_type = 'RECEPTION' and a.mouvement_id = r.id), 0),
         case when r.methode_15c <> 'LEGACY' then r.densite_a_15_kgm3 end, p.groupe_mpms, r.methode_15c,
           p.alpha_historique
    into v_quantites.volume_15c, v_quantites.densite_15, v_groupe, v_methode, v_alpha
    from public.receptions r join public.produits p on p.id = r.produit_id where r.id = p_reception_id;
  v_quantites.volume_20c := private.volume_20c(
    v_quantites.volume_15c, v_quantites.densite_15, v_groupe, v_methode, v_alpha);
  v_quantites.tonnes_air := private.masse_air_t(v_quantites.densite_15, v_quantites.volume_15c);
  return v_quantites;
end;
$$;
comment on function private.quantites_reception(uuid) is
  'What is left of a réception after its adjustments, in every base it may be bought by.';
grant execute on function private.quantites_reception(uuid) to authenticated, service_role;

create view public.v_reception_20c with (security_invoker = true) as
  select r.id as reception_id, r.cours_de_route_id, r.depot_id, r.citerne_id, r.produit_id, r.date_reception,
         q.volume_15c, q.volume_20c, q.densite_15, q.tonnes_air
    from public.receptions r cross join lateral private.quantites_reception(r.id) q;
comment on view public.v_reception_20c is 'Each réception with its adjustments: litres at 15 and 20 °C, tonnes in air.';
grant select on public.v_reception_20c to authenticated, service_role;

create function public.compute_volume_20c_from_reception(p_reception_id uuid) returns numeric
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_volume numeric;
begin
  select v.volume_20c into v_volume from public.v_reception_20c v where v.reception_id = p_reception_id;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette réception'));
  end if;
  return v_volume;
end;
$$;
comment on function public.compute_volume_20c_from_reception(uuid) is
  'Litres at 20 °C of a réception that the caller sees. Raises INTROUVABLE.';
revoke execute on function public.compute_volume_20c_from_reception(uuid) from public, anon;
grant execute on function public.compute_volume_20c_from_reception(uuid) to authenticated, service_role;
