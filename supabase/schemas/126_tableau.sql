-- The board of a control room: what a depot holds, what is on its way to it, what moved last. Asked again and again by
-- every screen: whoever already has what there is is told so for the price of a few rows.

create function private.tableau_citernes(p_depot_id uuid) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
           'citerne_id', c.id, 'citerne_nom', c.nom, 'statut', c.statut, 'logique', c.logique,
           'produit_id', c.produit_id, 'produit_nom', p.nom,
           'capacite_totale', c.capacite_totale, 'capacite_securite', c.capacite_securite,
           'stock_ambiant', coalesce(s.stock_ambiant, 0), 'stock_15c', coalesce(s.stock_15c, 0),
           'last_movement_at', s.last_movement_at, 'proprietaires', coalesce(s.proprietaires, '[]')) order by c.nom,
             c.id), '[]')
    from public.citernes c
    join public.produits p on p.id = c.produit_id
    left join (
      select n.citerne_id, sum(n.stock_ambiant) as stock_ambiant, sum(n.stock_15c) as stock_15c,
             max(n.last_movement_at) as last_movement_at,
             jsonb_agg(jsonb_build_object('proprietaire_type', n.proprietaire_type, 'stock_ambiant', n.stock_ambiant,
               'stock_15c', n.stock_15c) order by n.proprietaire_type) as proprietaires
        from public.stocks_snapshot n where n.depot_id = p_depot_id
       group by n.citerne_id) s on s.citerne_id = c.id
   where c.depot_id = p_depot_id and (c.statut <> 'inactive' or s.stock_ambiant <> 0 or s.stock_15c <> 0)
$$;
comment on function private.tableau_citernes(uuid) is
  'Tanks of a depot with their limits and stock, by owner too, litres; an inactive one only while it holds something.';

create function private.tableau_camions(p_depot_id uuid) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
           'id', c.id, 'statut', c.statut, 'plaque_camion', c.plaque_camion, 'plaque_remorque', c.plaque_remorque,
           'transporteur', c.transporteur, 'fournisseur_nom', f.nom, 'produit_nom', p.nom, 'volume', c.volume,
           'date_chargement', c.date_chargement)
           order by array_position('{ARRIVE,FRONTIERE,TRANSIT,CHARGEMENT}', c.statut), c.date_chargement, c.id), '[]')
    from public.cours_de_route c
    join public.produits p on p.id = c.produit_id
    left join public.fournisseurs f on f.id = c.fournisseur_id
   where c.depot_destination_id = p_depot_id and c.statut not in ('DECHARGE', 'ANNULE')
$$;
comment on function private.tableau_camions(uuid) is
  'Trucks on their way to a depot, nearest first; litres as announced.';

create function private.tableau_mouvements(p_depot_id uuid, p_nombre int) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  -- By the days that the journal knows each tank moved on: a tank that rests is not looked for through all history.
  with jours as (
    select distinct s.citerne_id, j.date_jour
      from public.stocks_snapshot s
     cross join lateral (
       select v.date_jour from public.stocks_journaliers v
        where v.citerne_id = s.citerne_id and v.produit_id = s.produit_id
          and v.proprietaire_type = s.proprietaire_type
        order by v.date_jour desc limit p_nombre) j
     where s.depot_id = p_depot_id
  ), derniers as (
    select x.citerne_id, x.date_jour from jours x order by x.date_jour desc fetch first (p_nombre) rows with ties
  )
  select coalesce(jsonb_agg(to_jsonb(d) order by d.date_jour desc, d.created_at desc, d.mouvement_id, d.delta_ambiant),
    '[]')
    from (
      select m.date_jour, m.created_at, m.mouvement_type, m.mouvement_id, c.nom as citerne_nom, p.nom as produit_nom,
             m.proprietaire_type, m.delta_ambiant, m.delta_15c
        from derniers x
       cross join lateral (
         select v.* from public.v_mouvements_stock v
          where v.citerne_id = x.citerne_id and v.date_jour = x.date_jour) m
        join public.citernes c on c.id = x.citerne_id
        join public.produits p on p.id = m.produit_id
       order by m.date_jour desc, m.created_at desc, m.mouvement_id, m.delta_ambiant
       limit p_nombre) d
$$;
comment on function private.tableau_mouvements(uuid, int) is
  'The last movements of stock of a depot, latest first, litres, negative out: so many of them.';

create function private.tableau_jour(p_depot_id uuid, p_jour date) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(jsonb_object_agg(c.id, jsonb_build_object('ouverture_ambiant', o.stock_ambiant,
           'mouvements', coalesce(m.mouvements, '[]'))), '{}')
    from public.citernes c
   cross join lateral (
     select coalesce(sum(j.stock_ambiant), 0) as stock_ambiant
       from public.stocks_snapshot s
      cross join lateral (
        select v.stock_ambiant from public.stocks_journaliers v
         where v.citerne_id = s.citerne_id and v.produit_id = s.produit_id
           and v.proprietaire_type = s.proprietaire_type and v.date_jour < p_jour
         order by v.date_jour desc limit 1) j
      where s.citerne_id = c.id) o
   cross join lateral (
     select jsonb_agg(jsonb_build_object('a', x.a, 'delta_ambiant', x.delta_ambiant) order by x.a) as mouvements
       from (
         -- Fuel went out when the sortie says; for the rest, when it was written down.
         select coalesce(t.date_sortie, v.created_at) as a, v.delta_ambiant
           from public.v_mouvements_stock v
           left join public.sorties_produit t on t.id = v.mouvement_id and v.mouvement_type = 'SORTIE'
          where v.citerne_id = c.id and v.date_jour = p_jour) x) m
   where c.depot_id = p_depot_id
$$;
comment on function private.tableau_jour(uuid, date) is
  'What each tank of a depot held when the day began, and how that changed since, by the hour; ambient litres, by '
  'tank.';

-- Alerts are of a later chapter: looked up when the board is asked.
create function private.tableau_alertes(p_depot_id uuid, p_nombre int) returns jsonb
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if not private.peut('lire_alertes') then
    return null;
  end if;
  return (
    select jsonb_build_object('nombre', count(*), 'critiques', count(*) filter (where a.severity = 'CRITICAL'),
             'premieres', coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'check_code', a.check_code,
               'severity', a.severity, 'status', a.status, 'message', a.message, 'ouverte_le', a.ouverte_le)
               order by a.rang) filter (where a.rang <= p_nombre), '[]'))
      from (
        select s.id, s.check_code, s.severity, s.status, s.message, s.ouverte_le,
               row_number() over (order by s.severity = 'CRITICAL' desc, s.status = 'OPEN' desc, s.ouverte_le desc,
                 s.id)
                 as rang
          from public.system_alerts s where s.depot_id = p_depot_id and s.status <> 'RESOLVED') a);
end;
$$;
comment on function private.tableau_alertes(uuid, int) is
  'Alerts of a depot that are not resolved: how many, how many of them critical, and the first so many, gravest, not '
  'yet taken on, latest first; null for who may not read alerts.';

create function private.tableau(p_depot_id uuid, p_connue text) returns jsonb
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  c_derniers constant int := 12;
  v_depot record;
  v_jour date;
  v_citernes jsonb;
  v_camions jsonb;
  v_alertes jsonb;
  v_version text;
begin
  -- RLS says which depots there are; where none is named, one's own comes first.
  select d.id, d.nom, d.fuseau into v_depot
    from public.depots d
   where d.id = coalesce(p_depot_id, d.id)
   order by d.id = (select p.depot_id from public.profils p where p.user_id = auth.uid()) desc nulls last, d.nom
   limit 1;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce dépôt'));
  end if;
  v_jour := private.jour_au_depot(v_depot.id, now());
  v_citernes := private.tableau_citernes(v_depot.id);
  v_camions := private.tableau_camions(v_depot.id);
  v_alertes := private.tableau_alertes(v_depot.id, c_derniers);
  -- A movement changes a stock: what it brings to the rest of the board needs no look of its own.
  v_version := md5(concat_ws('|', v_depot, v_jour, v_citernes, v_camions, v_alertes));
  if v_version = p_connue then
    return null;
  end if;
  return jsonb_build_object(
    'version', v_version, 'depot_id', v_depot.id, 'depot_nom', v_depot.nom, 'fuseau', v_depot.fuseau,
    'date_jour', v_jour, 'citernes', v_citernes, 'camions', v_camions, 'alertes', v_alertes,
    'jour', private.tableau_jour(v_depot.id, v_jour),
    'mouvements', private.tableau_mouvements(v_depot.id, c_derniers));
end;
$$;
comment on function private.tableau(uuid, text) is
  'The board of a depot as the caller may see it (one''s own, or the first, where none is named): tanks, trucks, '
  'alerts, the day so far, the last movements; litres. Null where p_connue is already its version. Raises INTROUVABLE.';

revoke execute on function private.tableau(uuid, text), private.tableau_citernes(uuid), private.tableau_camions(uuid),
  private.tableau_alertes(uuid, int), private.tableau_mouvements(uuid, int), private.tableau_jour(uuid, date)
    from public;
grant execute on function private.tableau(uuid, text), private.tableau_citernes(uuid), private.tableau_camions(uuid),
  private.tableau_alertes(uuid, int), private.tableau_mouvements(uuid, int),
  private.tableau_jour(uuid, date) to authenticated;
