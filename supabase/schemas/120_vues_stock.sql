-- The stock as it is read: by tank and owner, beside the tank, for the board and for older readers.

create view public.v_stock_actuel with (security_invoker = true) as
  select s.depot_id, d.nom as depot_nom, s.citerne_id, c.nom as citerne_nom, s.produit_id, p.nom as produit_nom,
         s.proprietaire_type, s.stock_ambiant, s.stock_15c,
         s.stock_ambiant - s.delta_ambiant_total as stock_ambiant_base,
         s.stock_15c - s.delta_15c_total as stock_15c_base,
         s.delta_ambiant_total, s.delta_15c_total,
         c.capacite_totale, c.capacite_securite, s.last_movement_at, s.updated_at,
         s.densite_melange_kgm3,
         private.masse_vide_t(s.densite_melange_kgm3, s.stock_15c) as masse_vide_t,
         private.masse_air_t(s.densite_melange_kgm3, s.stock_15c) as masse_air_t,
         c.logique
    from public.stocks_snapshot s
    join public.depots d on d.id = s.depot_id
    join public.citernes c on c.id = s.citerne_id
    join public.produits p on p.id = s.produit_id;
comment on view public.v_stock_actuel is
  'Current stock by tank, product and owner: the only source of truth. Base = movements, delta = adjustments and '
  'régularisations, stock = base + delta; litres, and the tonnes they make at the density of the mix (kg/m³ at 15 °C; '
  'null where none is known). logique: it lies at a friend''s depot.';

create view public.v_etat_citernes with (security_invoker = true) as
  select c.id as citerne_id, c.nom as citerne_nom, c.depot_id, c.produit_id, c.statut, c.capacite_totale,
    c.capacite_securite,
         s.stock_ambiant, s.stock_15c, s.densite_melange_kgm3,
         private.masse_vide_t(s.densite_melange_kgm3, s.stock_15c) as masse_vide_t,
         private.masse_air_t(s.densite_melange_kgm3, s.stock_15c) as masse_air_t,
         t.temperature_c, t.temperature_le, h.volume_mesure as derniere_prise_l, h.created_at as derniere_prise_le,
         h.id as derniere_prise_id, h.mesuree_le as derniere_prise_mesuree_le,
         h.hauteur_totale_mm as derniere_hauteur_mm,
         h.hauteur_eau_mm as derniere_hauteur_eau_mm, h.volume_15c as derniere_prise_15c,
         h.volume_15c - h.stock_comptable_15c as dernier_ecart_15c, h.incertitude_15c as derniere_incertitude_15c,
         c.capacite_totale - s.stock_ambiant as place_libre_l
    from public.citernes c
   cross join lateral (
     select coalesce(sum(k.stock_ambiant), 0) as stock_ambiant, coalesce(sum(k.stock_15c), 0) as stock_15c,
            max(k.densite_melange_kgm3) as densite_melange_kgm3
       from public.stocks_snapshot k where k.citerne_id = c.id) s
    left join lateral (
      -- "any": the order then asks for the tank first, so it is the tank's index that is read and not all depots' list.
      select m.temperature_c, m.temperature_le from (
        (select r.temperature_ambiante_c as temperature_c, r.date_reception as temperature_le, r.id
           from public.receptions r where r.citerne_id = any (array[c.id]) and r.temperature_ambiante_c is not null
          order by r.citerne_id, r.date_reception desc, r.id desc limit 1)
        union all
        (select o.temperature_ambiante_c, o.date_jour, o.id
           from public.sorties_produit o
          where o.citerne_id = any (array[c.id]) and o.statut = 'validee' and o.temperature_ambiante_c is not null
          order by o.citerne_id, o.date_jour desc, o.id desc limit 1)
        union all
        -- At the depot a day is its own: what says it is the moment of the dip there.
        (select p.temperature_c, private.jour_au_depot(c.depot_id, coalesce(p.mesuree_le, p.created_at)), p.id
           from public.prises_de_hauteur p where p.citerne_id = c.id and p.temperature_c is not null
          order by p.created_at desc limit 1)) m
       order by m.temperature_le desc, m.id desc limit 1) t on true
    left join lateral (
      select p.* from public.prises_de_hauteur p
       where p.citerne_id = c.id order by p.created_at desc limit 1) h on true;
comment on view public.v_etat_citernes is
  'Each tank as it is now, all owners together: litres as measured and at 15 °C, room left, density at 15 °C of the mix '
  '(kg/m³) and the tonnes it makes, temperature (°C) and day of the last movement or dip that read one, last dip: '
  'heights (mm), litres, gap to the books of then at 15 °C and by how much it may be wrong.';

create view public.v_stock_actuel_snapshot with (security_invoker = true) as
  select citerne_id, citerne_nom, produit_id, produit_nom, depot_id, depot_nom, proprietaire_type,
         stock_ambiant, stock_15c, updated_at, capacite_totale, capacite_securite
    from public.v_stock_actuel;
comment on view public.v_stock_actuel_snapshot is 'v_stock_actuel under the name and columns older readers use.';

create view public.v_stock_actuel_owner_snapshot with (security_invoker = true) as
  select depot_id, depot_nom, proprietaire_type, produit_id, produit_nom,
         sum(stock_ambiant) as stock_ambiant_total, sum(stock_15c) as stock_15c_total,
         max(updated_at) as snapshot_at
    from public.v_stock_actuel
   group by depot_id, depot_nom, proprietaire_type, produit_id, produit_nom;
comment on view public.v_stock_actuel_owner_snapshot is 'Current stock by depot, product and owner, litres.';

create view public.v_kpi_stock_global with (security_invoker = true) as
  select depot_id, depot_nom, produit_id, produit_nom,
         private.jour_au_depot(depot_id, max(updated_at)) as date_jour,
         sum(stock_ambiant) as stock_ambiant_total, sum(stock_15c) as stock_15c_total,
         coalesce(sum(stock_ambiant) filter (where proprietaire_type = 'MONALUXE'), 0) as stock_ambiant_monaluxe,
         coalesce(sum(stock_15c) filter (where proprietaire_type = 'MONALUXE'), 0) as stock_15c_monaluxe,
         coalesce(sum(stock_ambiant) filter (where proprietaire_type = 'PARTENAIRE'), 0) as stock_ambiant_partenaire,
         coalesce(sum(stock_15c) filter (where proprietaire_type = 'PARTENAIRE'), 0) as stock_15c_partenaire,
         -- Of a tank whose density nobody knows, no tonne is: a total without it would be too little.
         case when bool_and(masse_vide_t is not null or stock_15c = 0) then coalesce(sum(masse_vide_t), 0) end
           as masse_vide_t,
         case when bool_and(masse_air_t is not null or stock_15c = 0) then coalesce(sum(masse_air_t), 0) end
           as masse_air_t,
         coalesce(sum(stock_ambiant) filter (where logique), 0) as stock_ambiant_depots_amis,
         coalesce(sum(stock_15c) filter (where logique), 0) as stock_15c_depots_amis
    from public.v_stock_actuel
   group by depot_id, depot_nom, produit_id, produit_nom;
comment on view public.v_kpi_stock_global is
  'Current stock by depot and product, total and by owner, litres; tonnes of the total, null where a tank of it has no '
  'density; and what of the total lies at friends'' depots.';

create view public.v_citerne_stock_snapshot_agg with (security_invoker = true) as
  select c.id as citerne_id, c.nom as citerne_nom, c.depot_id, c.produit_id,
         coalesce(sum(s.stock_ambiant), 0) as stock_ambiant_total, coalesce(sum(s.stock_15c), 0) as stock_15c_total,
         max(s.updated_at) as last_snapshot_at, c.capacite_totale, c.capacite_securite
    from public.citernes c
    left join public.stocks_snapshot s on s.citerne_id = c.id
   group by c.id;
comment on view public.v_citerne_stock_snapshot_agg is
  'Current stock by tank, all owners together, litres; 0 for a tank that never held any.';

create view public.stock_actuel with (security_invoker = true) as
  select distinct on (citerne_id, produit_id, proprietaire_type)
         citerne_id, produit_id, proprietaire_type, date_jour, stock_ambiant, stock_15c
    from public.stocks_journaliers
   order by citerne_id, produit_id, proprietaire_type, date_jour desc;
comment on view public.stock_actuel is
  'Last day of the journal by tank, product and owner, litres. New readers use v_stock_actuel.';

create view public.v_citerne_stock_actuel with (security_invoker = true) as
  select citerne_id, produit_id, max(date_jour) as date_jour,
         sum(stock_ambiant) as stock_ambiant, sum(stock_15c) as stock_15c
    from public.stock_actuel
   group by citerne_id, produit_id;
comment on view public.v_citerne_stock_actuel is
  'stock_actuel by tank and product, all owners together, litres. New readers use v_stock_actuel.';

grant select on
  public.v_etat_citernes, public.v_stock_actuel, public.v_stock_actuel_snapshot, public.v_stock_actuel_owner_snapshot,
  public.v_kpi_stock_global, public.v_citerne_stock_snapshot_agg, public.stock_actuel, public.v_citerne_stock_actuel
  to authenticated, service_role;

create function public.rebuild_stocks_journaliers(p_depot_id uuid, p_start_date date, p_end_date date) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_citernes constant uuid[] := array(select c.id from public.citernes c where c.depot_id = p_depot_id);
begin
  perform private.exiger('reconstruire_stock');
  if not exists (select from public.depots d where d.id = p_depot_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce dépôt'));
  end if;
  -- A tank that is made meanwhile is not among those that are locked, and so not computed again.
  perform private.verrouiller_citernes(variadic v_citernes);

  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  delete from public.stocks_journaliers j
   where j.citerne_id = any (v_citernes) and j.date_jour between p_start_date and p_end_date;
  insert into public.stocks_journaliers
    (citerne_id, produit_id, proprietaire_type, depot_id, date_jour, stock_ambiant, stock_15c)
  select jours.citerne_id, jours.produit_id, jours.proprietaire_type, p_depot_id, jours.date_jour,
         jours.stock_ambiant, jours.stock_15c
    from (
      select m.citerne_id, m.produit_id, m.proprietaire_type, m.date_jour,
             sum(sum(m.delta_ambiant)) over depuis_le_debut as stock_ambiant,
             sum(sum(m.delta_15c)) over depuis_le_debut as stock_15c
        from public.v_mouvements_stock m
       where m.citerne_id = any (v_citernes) and m.date_jour <= p_end_date
       group by m.citerne_id, m.produit_id, m.proprietaire_type, m.date_jour
      window depuis_le_debut as (partition by m.citerne_id, m.produit_id, m.proprietaire_type order by m.date_jour)
    ) jours
   where jours.date_jour >= p_start_date;
  perform set_config('app.stocks_journaliers_allow_write', '', true);

  perform private.journaliser('STOCKS_JOURNALIERS_RECONSTRUITS', 'stocks', 'CRITICAL', null, p_depot_id,
    jsonb_build_object('du', p_start_date, 'au', p_end_date));
end;
$$;
comment on function public.rebuild_stocks_journaliers(uuid, date, date) is
  'Computes the days of a depot again, from its movements (admin). Gives what the rules maintain; logged CRITICAL. '
  'Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, INTROUVABLE, ISOLATION_INTERDITE, ECRITURES_GELEES.';
revoke execute on function public.rebuild_stocks_journaliers(uuid, date, date) from public, anon;
grant execute on function public.rebuild_stocks_journaliers(uuid, date, date) to authenticated;

create view public.sortie_citerne with (security_invoker = true) as
  select s.id as sortie_id, s.citerne_id from public.sorties_produit s;
comment on view public.sortie_citerne is
  'The tank of each sortie, where older readers look for it before they adjust one.';
grant select on public.sortie_citerne to authenticated, service_role;
