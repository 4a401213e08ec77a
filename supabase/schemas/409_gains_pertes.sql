-- Gains and losses: what the gauge found and the books had not, what was loaded and never came. At 15 °C: warmer fuel
-- is no more fuel.

create function private.sorti_15c(p_citerne_id uuid, p_du date, p_au date) returns numeric
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(-sum(m.delta_15c), 0)
    from public.v_mouvements_stock m
   where m.citerne_id = p_citerne_id and m.date_jour between p_du and p_au and m.delta_15c < 0
     and m.mouvement_type in ('SORTIE', 'TRANSFERT', 'TRANSFERT_DEPOT')
$$;
comment on function private.sorti_15c(uuid, date, date) is
  'What left a tank through its pump on some days, litres at 15 °C: what a loss is told against.';
grant execute on function private.sorti_15c(uuid, date, date) to authenticated, service_role;

create view public.v_gains_pertes with (security_invoker = true) as
  select 'DEPOT' as nature, e.depot_id, e.produit_id, e.citerne_id, e.prise_de_hauteur_id as reference_id,
         e.date_jour, 'L15' as unite,
         e.stock_comptable_15c as attendu, e.volume_15c as constate, e.ecart_15c as ecart, d.debit,
         round(1000 * e.ecart_15c / nullif(d.debit, 0), 2) as pour_mille,
         e.tolerance_inventaire_pour_mille as tolerance_pour_mille, e.hors_tolerance, e.created_at
    from public.v_ecarts_inventaire e
    left join lateral (
      select private.jour_au_depot(p.depot_id, coalesce(p.mesuree_le, p.created_at)) as jour
        from public.prises_de_hauteur p
       where p.citerne_id = e.citerne_id and p.created_at < e.created_at and p.volume_15c is not null
       order by p.created_at desc limit 1) a on true
   cross join lateral (
     select private.sorti_15c(e.citerne_id, a.jour + 1, e.date_jour) as debit) d
   where e.volume_15c is not null and e.stock_comptable_15c is not null
  union all
  select 'TRANSIT', t.depot_id, t.produit_id, null, t.cours_de_route_id,
         t.date_jour, t.base, t.charge, t.recu, t.ecart, t.charge,
         round(1000 * t.ecart / nullif(t.charge, 0), 2), round(1000 * t.franchise / nullif(t.charge, 0), 2),
         coalesce(t.excedent, 0) > 0, t.created_at
    from public.v_ecarts_transit t where t.compare;
comment on view public.v_gains_pertes is
  'Each dip against the books of its moment (DEPOT, litres at 15 °C) and each unloaded truck against its bill of lading '
  '(TRANSIT, in its unit): found less expected, in thousandths of what left the tank since the dip before it, or of '
  'what was loaded, and whether that is beyond tolerance.';
grant select on public.v_gains_pertes to authenticated, service_role;

create function private.section_pertes(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with apres as materialized (
    select x.mouvement_id as id from private.ecrits_apres(p_depot_id, p_connu_a) x
  ), sorties as (
    select m.citerne_id, -sum(m.delta_15c) as debit
      from private.mouvements_connus(p_depot_id, p_du, p_au, p_connu_a) m
     where m.delta_15c < 0 and m.mouvement_type in ('SORTIE', 'TRANSFERT', 'TRANSFERT_DEPOT')
     group by m.citerne_id
  ), prises as (
    select e.citerne_id, count(*) as nombre,
           (array_agg(e.prise_de_hauteur_id order by e.created_at desc, e.prise_de_hauteur_id desc))[1] as derniere
      from private.prises_connues(p_depot_id, p_du, p_au, p_connu_a) e
     where e.ecart_15c is not null group by e.citerne_id
  ), comptes as (
    select c.id, private.nom_connu(c.id, c.nom, p_connu_a) as citerne, coalesce(n.nombre, 0) as nombre,
           coalesce(s.debit, 0) as debit, f.ecart_15c as ecart_final,
           -- Without a dip nothing is known of these days: that is not nought.
           case when n.nombre > 0 then coalesce(a.ecart_15c, 0) end as ecart_initial,
           case when n.nombre > 0 then coalesce(r.passe, 0) end as passe, f.tolerance_pour_mille as tolerance,
             f.hors as hors
      from public.citernes c
      left join prises n on n.citerne_id = c.id
      left join sorties s on s.citerne_id = c.id
      left join lateral (
        select p.volume_15c - p.stock_comptable_15c as ecart_15c, p.tolerance_pour_mille, p.created_at,
               abs(p.volume_15c - p.stock_comptable_15c) > p.stock_comptable_15c * p.tolerance_pour_mille / 1000 as hors
          from public.prises_de_hauteur p where p.id = n.derniere) f on true
      -- What the dip before these days had found is none of theirs, booked or not.
      left join lateral (
        select p.volume_15c - p.stock_comptable_15c as ecart_15c, p.created_at
          from public.prises_de_hauteur p
         where p.citerne_id = c.id and p.id not in (select x.id from apres x) and p.volume_15c is not null
           and p.stock_comptable_15c is not null
           and p.created_at < private.debut_du_jour(p_du, p_depot_id) + interval '12 hours'
           and private.jour_au_depot(c.depot_id, coalesce(p.mesuree_le, p.created_at)) < p_du
         order by p.created_at desc, p.id desc limit 1) a on true
      left join lateral (
        select sum(g.delta_15c) as passe from public.regularisations g
         where g.citerne_id = c.id and g.id not in (select x.id from apres x)
           and g.created_at < f.created_at and (a.created_at is null or g.created_at >= a.created_at)) r on true
     where c.depot_id = p_depot_id and (n.nombre > 0 or s.debit > 0)
  )
  select private.section('pertes', 'Gains et pertes du dépôt, litres à 15 °C',
    '{"citerne": "texte|Citerne", "jaugeages": "entier|Jaugeages", "debit": "litres|Sorti de la citerne",
      "ecart_initial": "litres|Écart d''avant", "passe": "litres|Passé en stock",
      "ecart_final": "litres|Écart au dernier jaugeage", "gain": "litres|Gain (+) ou perte (−)",
      "pour_mille": "pour_mille|‰ du sorti", "tolerance": "pour_mille|Tolérance, ‰ des livres",
      "hors_tolerance": "texte|Hors tolérance"}',
    (select jsonb_agg(jsonb_build_object('citerne', c.citerne, 'jaugeages', c.nombre, 'debit', c.debit, 'ecart_initial',
              c.ecart_initial, 'passe', c.passe, 'ecart_final', c.ecart_final, 'gain', g.gain, 'pour_mille',
              round(1000 * g.gain / nullif(c.debit, 0), 2), 'tolerance', c.tolerance, 'hors_tolerance',
              case when c.hors then 'oui' when c.hors is not null then 'non' end) order by c.citerne, c.id)
       from comptes c cross join lateral (select c.ecart_final - c.ecart_initial + c.passe as gain) g),
    '{debit,gain}')
$$;
comment on function private.section_pertes(uuid, date, date, timestamptz) is
  'What each tank gained or lost over some days, litres at 15 °C: the gap of its last dip, less that of the dip before '
  'these days, plus what was booked between the two; in thousandths of what left it.';

create function private.quantites_connues(p_reception_id uuid, p_connu_a timestamptz) returns private.quantites
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_quantites private.quantites := private.quantites_reception(p_reception_id);
  v_depuis constant numeric := (
    select coalesce(sum(a.delta_15c), 0) from public.stocks_adjustments a
     where a.mouvement_type = 'RECEPTION' and a.mouvement_id = p_reception_id
       and a.id in (select e.mouvement_id from private.ecrits_apres(a.depot_id, p_connu_a) e));
begin
  if v_depuis <> 0 then
    v_quantites.volume_15c := v_quantites.volume_15c - v_depuis;
    select private.volume_20c(v_quantites.volume_15c, v_quantites.densite_15, p.groupe_mpms, r.methode_15c,
             p.alpha_historique)
      into v_quantites.volume_20c
      from public.receptions r join public.produits p on p.id = r.produit_id where r.id = p_reception_id;
    v_quantites.tonnes_air := private.masse_air_t(v_quantites.densite_15, v_quantites.volume_15c);
  end if;
  return v_quantites;
end;
$$;
comment on function private.quantites_connues(uuid, timestamptz) is
  'What a réception brought, the adjustments known at a moment counted. Raises what private.volume_20c raises.';

create function private.transits_connus(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz)
returns table (
  cours_de_route_id uuid, date_jour date, base text, charge numeric, recu numeric, recu_15c numeric, franchise numeric
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select x.id, x.jour, h.dite ->> 'base', (h.dite ->> 'quantite')::numeric, q.recu, x.recu_15c,
         round((h.dite ->> 'quantite')::numeric * coalesce(f.pour_mille, 3) / 1000, 3)
    from (
      select r.cours_de_route_id as id, max(r.date_reception) as jour, sum((k.q).volume_15c) as recu_15c,
             sum((k.q).volume_20c) as recu_20c,
             case when bool_and((k.q).tonnes_air is not null) then sum((k.q).tonnes_air) end as recu_t
        from public.receptions r
       cross join lateral (select private.quantites_connues(r.id, p_connu_a) as q) k
       -- All of a truck that filled its tanks over two days, on the day the last of it came.
       where r.cours_de_route_id in (
           select d.cours_de_route_id from public.receptions d
            where d.depot_id = p_depot_id and d.date_reception between p_du and p_au)
         and r.statut = 'validee'
         and not exists (select from private.ecrits_apres(p_depot_id, p_connu_a) e where e.mouvement_id = r.id)
       group by r.cours_de_route_id having max(r.date_reception) between p_du and p_au) x
    join public.cours_de_route c on c.id = x.id
    left join public.chargements b on b.cours_de_route_id = x.id and b.created_at <= p_connu_a
   cross join lateral (
     select private.ligne_connue(x.id, to_jsonb(b), p_connu_a, 'CHARGEMENT_MODIFIE') as dite) h
   cross join lateral (
     select case h.dite ->> 'base' when 'L15' then x.recu_15c when 'L20' then x.recu_20c
              when 'TM_AIR' then coalesce(x.recu_t,
                private.masse_air_t((h.dite ->> 'densite_15')::numeric, x.recu_15c)) end as recu) q
    left join lateral (
      select coalesce(p.franchise_pour_mille, d.franchise_pour_mille) as pour_mille
        from public.produits d
        left join public.fournisseur_lot l on l.id = c.fournisseur_lot_id
        left join public.proformas p on p.id = l.proforma_id
       where d.id = c.produit_id) f on true
   where p_depot_id = any (private.depots_visibles())
$$;
comment on function private.transits_connus(uuid, date, date, timestamptz) is
  'Trucks received on some days of a depot the caller sees: loaded, by their bill of lading, and received, in its unit '
  'and in litres at 15 °C, as it was known at a moment; and the loss on the way that nobody answers for.';

create function private.section_transit(
  p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz, p_transporteur text default null
) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select private.section('transit', 'Écarts de transport : chargé et reçu',
    '{"jour": "date|Reçu le", "camion": "texte|Camion", "transporteur": "texte|Transporteur",
      "fournisseur": "texte|Fournisseur", "unite": "texte|Unité", "charge": "taux|Chargé", "recu": "taux|Reçu",
      "ecart": "taux|Écart", "pour_mille": "pour_mille|‰ du chargé", "franchise": "taux|Franchise",
      "excedent": "taux|Au-delà", "recu_15c": "litres|Reçu à 15 °C"}',
    (select jsonb_agg(jsonb_build_object('jour', t.date_jour, 'camion', l.dite ->> 'plaque_camion', 'transporteur',
              l.dite ->> 'transporteur', 'fournisseur', private.nom_connu(f.id, f.nom, p_connu_a), 'unite',
              private.mot(t.base),
              'charge', t.charge, 'recu', t.recu, 'ecart', t.recu - t.charge, 'pour_mille',
              round(1000 * (t.recu - t.charge) / nullif(t.charge, 0), 2), 'franchise', t.franchise, 'excedent',
              greatest(abs(t.recu - t.charge) - t.franchise, 0), 'recu_15c', t.recu_15c)
              order by t.date_jour, l.dite ->> 'plaque_camion', t.cours_de_route_id)
       from private.transits_connus(p_depot_id, p_du, p_au, p_connu_a) t
       join public.cours_de_route c on c.id = t.cours_de_route_id
       join public.fournisseurs f on f.id = c.fournisseur_id
      cross join lateral (
        select private.ligne_connue(c.id, to_jsonb(c), p_connu_a, 'CDR_MODIFIE') as dite) l
      where p_transporteur is null
         or private.cle_nom(l.dite ->> 'transporteur') = private.cle_nom(p_transporteur)),
    '{recu_15c}')
$$;
comment on function private.section_transit(uuid, date, date, timestamptz, text) is
  'Trucks received on some days: loaded against received, in the unit of the bill of lading; of one carrier where '
  'one is named.';

create function private.rapport_gains_pertes(
  p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz, p_parametres jsonb
) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_array(private.section_pertes(p_depot_id, p_du, p_au, p_connu_a),
    private.section_jaugeages(p_depot_id, p_du, p_au, p_connu_a, private.fuseau_vu(p_depot_id)),
    private.section_transit(p_depot_id, p_du, p_au, p_connu_a))
$$;
comment on function private.rapport_gains_pertes(uuid, date, date, timestamptz, jsonb) is
  'Gains et pertes: of the depot, tank by tank, and of the way, truck by truck, apart.';

revoke execute on function
  private.section_pertes(uuid, date, date, timestamptz), private.quantites_connues(uuid, timestamptz),
  private.transits_connus(uuid, date, date, timestamptz),
  private.section_transit(uuid, date, date, timestamptz, text),
  private.rapport_gains_pertes(uuid, date, date, timestamptz, jsonb)
  from public;
grant execute on function
  private.section_pertes(uuid, date, date, timestamptz), private.quantites_connues(uuid, timestamptz),
  private.transits_connus(uuid, date, date, timestamptz),
  private.section_transit(uuid, date, date, timestamptz, text),
  private.rapport_gains_pertes(uuid, date, date, timestamptz, jsonb)
  to authenticated;
