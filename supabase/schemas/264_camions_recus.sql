-- Truck against tank, in the litre that is owned: what was announced, loaded and received, what was lost on the way
-- and how much of that nobody answers for.

create type private.camion_recu as (
  volume_annonce numeric,
  charge_15c numeric,
  recu_ambiant numeric,
  recu_15c numeric,
  perte_15c numeric,
  perte_pour_mille numeric,
  franchise_pour_mille numeric,
  franchise_15c numeric,
  excedent_15c numeric
);
comment on type private.camion_recu is
  'A truck in litres: announced (as said), loaded by its bill of lading (at 15 °C), received (as measured and at 15 °C, '
  'adjustments counted), lost on the way (at 15 °C and in thousandths of what was loaded, negative: gained), the loss '
  'nobody answers for and what lies beyond it. Null where there is no bill of lading.';

create function private.camion_recu(p_cours_de_route_id uuid) returns private.camion_recu
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_camion private.camion_recu;
  v_recu private.quantites;
  v_transit record;
begin
  select c.volume, sum(r.volume_ambiant + coalesce(a.delta_ambiant, 0)) into v_camion.volume_annonce,
    v_camion.recu_ambiant
    from public.cours_de_route c
    left join public.receptions r on r.cours_de_route_id = c.id and r.statut = 'validee'
    left join lateral (select sum(x.delta_ambiant) as delta_ambiant from public.stocks_adjustments x
                        where x.mouvement_type = 'RECEPTION' and x.mouvement_id = r.id) a on true
   where c.id = p_cours_de_route_id group by c.id;
  v_recu := private.recu_du_camion(p_cours_de_route_id);
  select t.* into v_transit from private.transit_du_camion(p_cours_de_route_id) t;
  v_camion.recu_15c := v_recu.volume_15c;
  -- What a bill of lading counts in another base is brought to litres at 15 °C by what was received of it.
  v_camion.charge_15c := round(v_transit.charge * v_recu.volume_15c / nullif(v_transit.recu, 0), 3);
  v_camion.perte_15c := v_camion.charge_15c - v_camion.recu_15c;
  v_camion.perte_pour_mille := round(1000 * v_camion.perte_15c / nullif(v_camion.charge_15c, 0), 2);
  v_camion.franchise_pour_mille := round(1000 * v_transit.franchise / v_transit.charge, 2);
  v_camion.franchise_15c := round(v_camion.charge_15c * v_transit.franchise / v_transit.charge, 3);
  v_camion.excedent_15c := greatest(abs(v_camion.perte_15c) - v_camion.franchise_15c, 0);
  return v_camion;
end;
$$;
comment on function private.camion_recu(uuid) is
  'A truck, unloaded, in litres: what was announced, loaded and received of it, and lost.';

create function public.transit_camion(p_cours_de_route_id uuid) returns private.camion_recu
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  -- As the caller: a truck that is none of theirs has no figures.
  if not exists (select from public.cours_de_route c where c.id = p_cours_de_route_id and c.statut = 'DECHARGE') then
    perform private.refuser('INTROUVABLE', '{"quoi":"ce camion"}');
  end if;
  return private.camion_recu(p_cours_de_route_id);
end;
$$;
comment on function public.transit_camion(uuid) is
  'A truck against the tanks it filled, in litres: see private.camion_recu. Raises DENSITE_OBSERVEE_REQUISE, '
  'TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, INTROUVABLE.';
revoke execute on function public.transit_camion(uuid) from public, anon;
grant execute on function public.transit_camion(uuid), private.camion_recu(uuid) to authenticated, service_role;

create view public.v_camions_recus with (security_invoker = true) as
  select c.id as cours_de_route_id, c.depot_destination_id as depot_id, c.produit_id, c.fournisseur_id, c.plaque_camion,
         c.transporteur, c.date_chargement, t.volume_annonce, t.charge_15c, t.recu_ambiant, t.recu_15c, t.perte_15c,
         t.perte_pour_mille, t.franchise_pour_mille, t.franchise_15c, t.excedent_15c
    from public.cours_de_route c cross join lateral private.camion_recu(c.id) t
   where c.statut = 'DECHARGE';
comment on view public.v_camions_recus is
  'Each unloaded truck against the tanks it filled, litres: announced, loaded by its bill of lading, received; the loss '
  'on the way at 15 °C and in thousandths, against its allowance.';
grant select on public.v_camions_recus to authenticated, service_role;

create function private.exiger_volume_annonce(p_cdr public.cours_de_route, p_recu numeric, p_confirme boolean)
  returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if not private.hors_annonce(p_cdr.volume, p_recu) then
    return;
  end if;
  if not p_confirme then
    perform private.refuser('VOLUME_HORS_ANNONCE', jsonb_build_object('annonce', p_cdr.volume, 'recu', p_recu,
      'champ', 'confirmer'));
  end if;
  perform private.journaliser('RECEPTION_CONFIRMEE', 'receptions', 'WARNING', p_cdr.id, p_cdr.depot_destination_id,
    jsonb_build_object('annonce', p_cdr.volume, 'recu', p_recu));
end;
$$;
comment on function private.exiger_volume_annonce(public.cours_de_route, numeric, boolean) is
  'Refuses what cannot be what a truck announced (litres), all its tanks together, unless that was confirmed: then '
  'logs RECEPTION_CONFIRMEE, WARNING. Raises VOLUME_HORS_ANNONCE.';
