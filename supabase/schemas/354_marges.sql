-- What a sale leaves over what its fuel came to.
--
-- Fuel of several lots is one liquid in a tank: a litre sold costs what the depot's fuel of that day had come to, the
-- average of the last réceptions that make up what it held, each at the landed cost of its lot (v_cout_revient_lot).

create function private.tenu_le(p_depot_id uuid, p_produit_id uuid, p_jour date) returns numeric
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(sum(j.stock_15c), 0) + coalesce((
           select sum(s.volume_15c) from public.sorties_produit s
            where s.depot_id = p_depot_id and s.date_jour = p_jour and s.produit_id = p_produit_id
              and s.statut = 'validee' and s.proprietaire_type = 'MONALUXE'), 0)
    from public.citernes c
   cross join lateral (
     select x.stock_15c from public.stocks_journaliers x
      where x.citerne_id = c.id and x.produit_id = p_produit_id and x.proprietaire_type = 'MONALUXE'
        and x.date_jour <= p_jour
      order by x.date_jour desc limit 1) j
   where c.depot_id = p_depot_id
$$;
comment on function private.tenu_le(uuid, uuid, date) is
  'Litres at 15 °C of Monaluxe''s that a depot held on a day, what left that day included.';

create function private.cout_tenu(p_depot_id uuid, p_produit_id uuid, p_jour date)
returns table (usd_par_l15 numeric, part_connue numeric)
language plpgsql stable security definer rows 1 cost 10000
set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenu constant numeric := private.tenu_le(p_depot_id, p_produit_id, p_jour);
  v_reste numeric := v_tenu;
  v_recue record;
  v_couts jsonb := jsonb '{}';
  v_connus numeric := 0;
  v_cout numeric := 0;
begin
  for v_recue in
    select c.fournisseur_lot_id as lot_id, (private.quantites_reception(r.id)).volume_15c as litres
      from public.receptions r left join public.cours_de_route c on c.id = r.cours_de_route_id
     where r.depot_id = p_depot_id and r.produit_id = p_produit_id and r.proprietaire_type = 'MONALUXE'
       and r.statut = 'validee' and r.date_reception <= p_jour
     order by r.date_reception desc, r.id desc
  loop
    exit when v_reste <= 0;
    if v_recue.lot_id is not null and not v_couts ? v_recue.lot_id::text then
      v_couts := v_couts || (
        select jsonb_build_object(v_recue.lot_id, (k.achat_usd + k.frais_usd) / nullif(k.volume_15c, 0))
          from private.cout_de_lot(v_recue.lot_id) k);
    end if;
    if v_couts ->> v_recue.lot_id::text is not null then
      v_connus := v_connus + least(v_reste, v_recue.litres);
      v_cout := v_cout + least(v_reste, v_recue.litres) * (v_couts ->> v_recue.lot_id::text)::numeric;
    end if;
    v_reste := v_reste - v_recue.litres;
  end loop;
  return query select round(v_cout / nullif(v_connus, 0), 6), round(v_connus / nullif(v_tenu, 0), 4);
end;
$$;
comment on function private.cout_tenu(uuid, uuid, date) is
  'What a litre at 15 °C of Monaluxe''s came to at a depot on a day (USD): the average landed cost of the last '
  'réceptions that make up what it held. part_connue: how much of that is of lots that are invoiced, 0 to 1; the others '
  'cost nobody knows what yet, and count for nothing in it.';

create function private.vendu_par_ligne(p_ligne_id uuid)
returns table (vente_usd numeric, litres_15c numeric)
language sql stable security definer rows 1 cost 1000
set search_path = pg_catalog, pg_temp
as $$
  -- An invoice in francs says no rate: that of its day, or the last one before it.
  select private.en_devise(r.montant_ht, f.devise, 'USD', case f.devise when 'CDF' then (
           select t.taux_cdf from public.taux_change t where t.devise = 'USD' and t.jour <= f.date_facture
            order by t.jour desc, t.version desc limit 1) else f.taux_cdf end),
         s.volume_15c - coalesce((select sum(a.delta_15c) from public.stocks_adjustments a
                                   where a.mouvement_type = 'SORTIE' and a.mouvement_id = s.id), 0)
    from public.factures_client_lignes l
    join public.factures_client f on f.id = l.facture_id
    join public.sorties_produit s on s.id = l.sortie_id
   cross join lateral private.reste_de_ligne(l) r
   where l.id = p_ligne_id
$$;
comment on function private.vendu_par_ligne(uuid) is
  'What a line of an invoice sells, credit notes taken off, before tax (USD, at the invoice''s rate, of one in francs '
  'at that of its day), and what of it has left the tank, adjustments counted (litres at 15 °C).';
grant execute on function private.cout_tenu(uuid, uuid, date), private.vendu_par_ligne(uuid)
  to authenticated, service_role;

create view public.v_marge_ventes with (security_invoker = true) as
  select l.id as ligne_id, f.id as facture_id, f.numero, f.date_facture, f.depot_id, f.client_id, c.nom as client_nom,
         l.sortie_id, s.produit_id, p.nom as produit_nom, s.date_jour, v.litres_15c, v.vente_usd,
         k.usd_par_l15 as cout_usd_par_l15, round(v.litres_15c * k.usd_par_l15, 2) as cout_usd,
         v.vente_usd - round(v.litres_15c * k.usd_par_l15, 2) as marge_usd,
         round(100 * (v.vente_usd - round(v.litres_15c * k.usd_par_l15, 2)) / nullif(v.vente_usd, 0), 2) as marge_pct,
         k.part_connue, f.created_at
    from public.factures_client f
    join public.factures_client_lignes l on l.facture_id = f.id and l.nature = 'CARBURANT'
    join public.sorties_produit s on s.id = l.sortie_id
    join public.clients c on c.id = f.client_id
    join public.produits p on p.id = s.produit_id
   cross join lateral private.vendu_par_ligne(l.id) v
   cross join lateral private.cout_tenu(f.depot_id, s.produit_id, s.date_jour) k
   where f.statut = 'EMISE' and f.type = 'FACTURE' and private.facture_de_sortie(l.sortie_id) = f.id
     and f.depot_id = any ((select private.depots_ou('lire_marges'))::uuid[]);
comment on view public.v_marge_ventes is
  'What each invoiced delivery leaves over what its fuel came to (USD): sold, credit notes taken off, less the average '
  'landed cost of what its depot held that day; null where nothing of that is known yet.';
grant select on public.v_marge_ventes to authenticated, service_role;
