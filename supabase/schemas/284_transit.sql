-- What a truck brought against what it was loaded with: the loss on the way, what of it nobody answers for, and what is
-- left to be explained. Judged when the truck is unloaded, and again whenever one of the two figures is corrected.

create function private.recu_du_camion(p_cours_de_route_id uuid) returns private.quantites
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_recu private.quantites;
begin
  select coalesce(sum(q.volume_15c), 0), coalesce(sum(q.volume_20c), 0),
         case when bool_and(q.densite_15 is not null) then sum(q.volume_15c * q.densite_15) / nullif(sum(q.volume_15c),
           0)
           end,
         case when bool_and(q.tonnes_air is not null) then sum(q.tonnes_air) end
    into v_recu
    from public.receptions r cross join lateral private.quantites_reception(r.id) q
   where r.cours_de_route_id = p_cours_de_route_id and r.statut = 'validee';
  return v_recu;
end;
$$;
comment on function private.recu_du_camion(uuid) is
  'All that a truck brought, whoever owns it and whatever tanks it filled, adjustments counted. Density and tonnes are '
  'null where one réception has none.';
grant execute on function private.recu_du_camion(uuid) to authenticated, service_role;

create function private.en_base(p_quantites private.quantites, p_base text) returns numeric
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select case p_base when 'L15' then p_quantites.volume_15c when 'L20' then p_quantites.volume_20c
         when 'TM_AIR' then p_quantites.tonnes_air end
$$;
comment on function private.en_base(private.quantites, text) is 'The same fuel in one of the bases it is bought by.';
grant execute on function private.en_base(private.quantites, text) to authenticated, service_role;

create type private.transit as (
  charge numeric, recu numeric, base text, franchise numeric, excedent numeric, impact_usd numeric,
  densite_charge numeric, densite_recu numeric
);
comment on type private.transit is
  'A truck unloaded: loaded and received, the loss nobody answers for and what lies beyond it, in units of base; what '
  'that is worth (USD, negative: short); densities at 15 °C, kg/m³.';

create function private.transit_du_camion(p_cours_de_route_id uuid) returns private.transit
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_transit private.transit;
  v_recu private.quantites;
  v_prix_usd numeric;
  v_base_prix text;
  v_pour_mille numeric;
begin
  select h.quantite, h.base, h.densite_15, p.prix_usd, p.base,
         coalesce(p.franchise_pour_mille, d.franchise_pour_mille, 3)
    into v_transit.charge, v_transit.base, v_transit.densite_charge, v_prix_usd, v_base_prix, v_pour_mille
    from public.chargements h
    join public.cours_de_route c on c.id = h.cours_de_route_id
    join public.produits d on d.id = c.produit_id
    left join public.fournisseur_lot l on l.id = c.fournisseur_lot_id
    left join public.proformas p on p.id = l.proforma_id
   where h.cours_de_route_id = p_cours_de_route_id;
  if not found then
    return null;
  end if;
  v_recu := private.recu_du_camion(p_cours_de_route_id);
  v_transit.densite_recu := round(v_recu.densite_15, 1);
  -- Tonnes of what has no density of its own are those of the bill of lading.
  v_recu.tonnes_air := coalesce(v_recu.tonnes_air, private.masse_air_t(v_transit.densite_charge, v_recu.volume_15c));
  v_transit.recu := private.en_base(v_recu, v_transit.base);
  v_transit.franchise := round(v_transit.charge * v_pour_mille / 1000, 3);
  v_transit.excedent := greatest(abs(v_transit.recu - v_transit.charge) - v_transit.franchise, 0);
  -- A price by another base is brought to this one by what was received.
  v_transit.impact_usd := round(sign(v_transit.recu - v_transit.charge) * v_transit.excedent * v_prix_usd
    * case when v_base_prix = v_transit.base then 1
        else private.en_base(v_recu, v_base_prix) / nullif(v_transit.recu, 0) end, 2);
  return v_transit;
end;
$$;
comment on function private.transit_du_camion(uuid) is
  'What a truck was loaded with and what it brought, in the base of its bill of lading; null without one. recu is null '
  'where tonnes cannot be told for want of a density.';
grant execute on function private.transit_du_camion(uuid) to authenticated, service_role;

create function private.juger_transit(p_cours_de_route_id uuid) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  c_ecart_densite constant numeric := 3;
  v_cdr public.cours_de_route;
  v_transit private.transit;
  v_ecart public.ecarts;
  v_pris text;
begin
  -- Last of all locks: what was received in two tanks may be corrected at once.
  v_pris := pg_advisory_xact_lock(hashtextextended('transit:' || p_cours_de_route_id::text, 0));
  if not exists (select from public.chargements h where h.cours_de_route_id = p_cours_de_route_id) then
    return;
  end if;
  select * into v_cdr from public.cours_de_route c where c.id = p_cours_de_route_id;
  v_transit := private.transit_du_camion(p_cours_de_route_id);
  if v_cdr.statut is distinct from 'DECHARGE' then
    return;
  end if;
  v_ecart.domaine := 'TRANSPORTEUR';
  v_ecart.depot_id := v_cdr.depot_destination_id;
  v_ecart.produit_id := v_cdr.produit_id;
  v_ecart.fournisseur_lot_id := v_cdr.fournisseur_lot_id;
  v_ecart.reference_type := 'CDR';
  v_ecart.reference_id := v_cdr.id;

  v_ecart.type := 'QUANTITE';
  v_ecart.attendu := v_transit.charge;
  v_ecart.constate := v_transit.recu;
  v_ecart.unite := v_transit.base;
  v_ecart.franchise := v_transit.franchise;
  v_ecart.excedent := v_transit.excedent;
  v_ecart.impact_usd := v_transit.impact_usd;
  if v_transit.recu = v_transit.charge then
    perform private.fermer_ecart_auto('QUANTITE', 'CDR', v_cdr.id, 'Le camion a apporté ce qui avait été chargé.');
  else
    if v_transit.excedent = 0 then
      v_ecart.statut := 'TRAITE';
      v_ecart.cause := case when v_transit.recu < v_transit.charge then 'PERTE_TRANSPORT'
        else 'DIFFERENCE_TEMPERATURE_DENSITE' end;
      v_ecart.decision := 'ACCEPTE_AVEC_NOTE';
      v_ecart.justification := 'Dans la franchise de transport.';
    end if;
    perform private.ouvrir_ecart(v_ecart);
  end if;

  if abs(v_transit.densite_recu - v_transit.densite_charge) > c_ecart_densite then
    v_ecart.domaine := 'FOURNISSEUR';
    v_ecart.type := 'QUALITE';
    v_ecart.attendu := v_transit.densite_charge;
    v_ecart.constate := v_transit.densite_recu;
    v_ecart.unite := 'KGM3';
    v_ecart.franchise := c_ecart_densite;
    v_ecart.excedent := abs(v_transit.densite_recu - v_transit.densite_charge) - c_ecart_densite;
    v_ecart.impact_usd := null;
    v_ecart.statut := null;
    v_ecart.cause := null;
    v_ecart.decision := null;
    v_ecart.justification := null;
    perform private.ouvrir_ecart(v_ecart);
  else
    perform private.fermer_ecart_auto('QUALITE', 'CDR', v_cdr.id, 'Les densités à 15 °C concordent.');
  end if;
end;
$$;
comment on function private.juger_transit(uuid) is
  'The gaps of a truck that is unloaded and has a bill of lading: within its loss allowance the system treats it, '
  'beyond it somebody does; densities more than 3 kg/m³ apart are another. Raises ECRITURES_GELEES, '
  'ISOLATION_INTERDITE.';

create function private.juger_transfert_depot(p_id uuid) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_transfert public.v_transferts_depots;
  v_ecart public.ecarts;
begin
  select * into strict v_transfert from public.v_transferts_depots t where t.id = p_id;
  if v_transfert.statut = 'EXPEDIE' then
    return;
  end if;
  v_ecart.domaine := 'TRANSPORTEUR';
  v_ecart.type := 'QUANTITE';
  -- Found where it arrived; what never did is missed where it left.
  v_ecart.depot_id := case v_transfert.statut when 'RECU' then v_transfert.depot_destination_id
    else v_transfert.depot_source_id end;
  v_ecart.produit_id := v_transfert.produit_id;
  v_ecart.reference_type := 'TRANSFERT_DEPOT';
  v_ecart.reference_id := p_id;
  v_ecart.attendu := v_transfert.expedie_15c;
  v_ecart.constate := coalesce(v_transfert.recu_15c, 0);
  v_ecart.unite := 'L15';
  v_ecart.franchise := v_transfert.franchise_15c;
  v_ecart.excedent := v_transfert.excedent_15c;
  if v_transfert.perte_15c = 0 then
    perform private.fermer_ecart_auto('QUANTITE', 'TRANSFERT_DEPOT', p_id,
      'Le camion a apporté ce qui avait été expédié.');
    return;
  end if;
  if v_ecart.excedent = 0 then
    v_ecart.statut := 'TRAITE';
    v_ecart.cause := case when v_transfert.perte_15c > 0 then 'PERTE_TRANSPORT'
      else 'DIFFERENCE_TEMPERATURE_DENSITE' end;
    v_ecart.decision := 'ACCEPTE_AVEC_NOTE';
    v_ecart.justification := 'Dans la franchise de transport.';
  end if;
  perform private.ouvrir_ecart(v_ecart);
end;
$$;
comment on function private.juger_transfert_depot(uuid) is
  'The gap of a transfer between depots that arrived, or was lost, in litres at 15 °C: within the loss allowance of its '
  'product the system treats it, beyond it somebody does. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

create function private.ecarts_suivent(p_cdr public.cours_de_route) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  update public.ecarts e
     set fournisseur_lot_id = p_cdr.fournisseur_lot_id, depot_id = p_cdr.depot_destination_id
   where (e.reference_type = 'CDR' and e.reference_id = p_cdr.id
          or e.reference_type = 'RECEPTION' and e.reference_id in (
            select r.id from public.receptions r where r.cours_de_route_id = p_cdr.id)
          or e.reference_type = 'ANALYSE' and e.reference_id in (
            select a.id from public.analyses a where a.cours_de_route_id = p_cdr.id))
     and (e.fournisseur_lot_id, e.depot_id) is distinct from (p_cdr.fournisseur_lot_id, p_cdr.depot_destination_id);
end;
$$;
comment on function private.ecarts_suivent(public.cours_de_route) is
  'The gaps of a truck, its réceptions and its analyses are of its lot and depot. Raises ECRITURES_GELEES, '
  'ISOLATION_INTERDITE.';

create function private.ajustements_juger_transit() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.juger_transit(c.id)
     from (select distinct r.cours_de_route_id as id from nouveaux n
             join public.receptions r on r.id = n.mouvement_id
            where n.mouvement_type = 'RECEPTION' and r.cours_de_route_id is not null order by 1) c;
  return null;
end;
$$;
comment on function private.ajustements_juger_transit() is
  'A réception corrected is compared again with what its truck was loaded with. Raises ECRITURES_GELEES, '
  'ISOLATION_INTERDITE, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE.';
create trigger stocks_adjustments_transit after insert on public.stocks_adjustments
  referencing new table as nouveaux for each statement execute function private.ajustements_juger_transit();

create function private.jour_du_camion(p_cours_de_route_id uuid) returns date
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select max(r.date_reception) from public.receptions r
   where r.cours_de_route_id = p_cours_de_route_id and r.statut = 'validee'
$$;
comment on function private.jour_du_camion(uuid) is
  'The day all that a truck brought was in: what it lost on its way is told of that day, whenever it was typed; null '
  'where nothing was received of it.';
grant execute on function private.jour_du_camion(uuid) to authenticated, service_role;

create view public.v_ecarts_transit with (security_invoker = true) as
  select c.id as cours_de_route_id, c.plaque_camion, c.fournisseur_id, c.produit_id,
         c.depot_destination_id as depot_id, c.fournisseur_lot_id, h.bl_numero, coalesce(t.base, 'L15') as base,
         coalesce(t.charge, c.volume) as charge, coalesce(t.recu, r.volume_15c) as recu,
         coalesce(t.recu, r.volume_15c) - coalesce(t.charge, c.volume) as ecart, t.franchise, t.excedent, t.impact_usd,
         t.densite_charge, t.densite_recu, t.charge is not null as compare, e.id as ecart_id, e.statut as ecart_statut,
         s.depuis as decharge_le, c.created_at, private.jour_du_camion(c.id) as date_jour
    from public.cours_de_route c
    left join public.chargements h on h.cours_de_route_id = c.id
    left join public.cdr_etapes s on s.cours_de_route_id = c.id and s.statut = 'DECHARGE'
    left join public.ecarts e on e.reference_type = 'CDR' and e.reference_id = c.id and e.type = 'QUANTITE'
      and e.origine = 'AUTO'
   cross join lateral private.transit_du_camion(c.id) t
   cross join lateral private.recu_du_camion(c.id) r
   where c.statut = 'DECHARGE';
comment on view public.v_ecarts_transit is
  'Each unloaded truck: loaded against received, in the base of its bill of lading. Without one (compare is false) '
  'what was announced stands against litres at 15 °C, for information only. date_jour: the day it was received.';
grant select on public.v_ecarts_transit to authenticated, service_role;
