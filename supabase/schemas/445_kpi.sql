-- The figures that the app's first page shows, by its own definitions: computed here, once, whatever the history.

create function private.volumes_du_jour(p_depots uuid[], p_jour date, p_sens text) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('count', count(*), 'volume_ambient', coalesce(sum(m.volume_ambiant), 0), 'volume_15c',
           coalesce(sum(coalesce(m.volume_15c, m.volume_corrige_15c)), 0), 'count_monaluxe',
           count(*) filter (where m.proprietaire_type = 'MONALUXE'), 'count_partenaire',
           count(*) filter (where m.proprietaire_type = 'PARTENAIRE'))
    from (
      select r.volume_ambiant, r.volume_15c, r.volume_corrige_15c, r.proprietaire_type
        from public.receptions r
       where p_sens = 'RECEPTIONS' and r.depot_id = any (p_depots) and r.date_reception = p_jour
         and r.statut = 'validee'
      union all
      select s.volume_ambiant, s.volume_15c, s.volume_corrige_15c, s.proprietaire_type
        from public.sorties_produit s
       where p_sens = 'SORTIES' and s.citerne_id = any (array(select c.id from public.citernes c
                                                              where c.depot_id = any (p_depots)))
         and s.date_jour = p_jour and s.statut = 'validee') m
$$;
comment on function private.volumes_du_jour(uuid[], date, text) is
  'Réceptions or sorties of a day at some depots: how many, litres as measured and at 15 °C (never the one for the '
  'other), how many of each owner.';

create function private.stocks_le(p_depots uuid[], p_jour date)
returns table (citerne_id uuid, proprietaire_type text, stock_ambiant numeric, stock_15c numeric)
language sql stable rows 20
set search_path = pg_catalog, pg_temp
as $$
  select s.citerne_id, s.proprietaire_type, j.stock_ambiant, j.stock_15c
    from public.stocks_snapshot s
   cross join lateral (
     select v.stock_ambiant, v.stock_15c from public.stocks_journaliers v
      where v.citerne_id = s.citerne_id and v.produit_id = s.produit_id
        and v.proprietaire_type = s.proprietaire_type and v.date_jour <= p_jour
      order by v.date_jour desc limit 1) j
   where s.depot_id = any (p_depots)
$$;
comment on function private.stocks_le(uuid[], date) is
  'What each tank and owner of some depots had at the end of a day, litres: of today, v_stock_actuel.';

create function private.stocks_du_jour(p_depots uuid[], p_jour date) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('total_ambient', coalesce(sum(s.stock_ambiant), 0), 'total_15c',
           coalesce(sum(s.stock_15c), 0),
           -- Of the tanks that ever held some, as the app adds them.
           'capacity_total', (select coalesce(sum(c.capacite_totale), 0) from public.citernes c
                               where c.id in (select x.citerne_id from private.stocks_le(p_depots, p_jour) x)),
           'par_proprietaire', (
             select coalesce(jsonb_agg(to_jsonb(o) order by o.proprietaire_type), '[]')
               from (select x.proprietaire_type, sum(x.stock_ambiant) as stock_ambiant, sum(x.stock_15c) as stock_15c
                       from private.stocks_le(p_depots, p_jour) x group by x.proprietaire_type) o))
    from private.stocks_le(p_depots, p_jour) s
$$;
comment on function private.stocks_du_jour(uuid[], date) is
  'Stock of some depots at the end of a day, all of it and by owner, and what the tanks that hold it could.';

create function private.camions_a_suivre(p_depots uuid[]) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object(
           'total_trucks', count(*), 'total_planned_volume', coalesce(sum(c.volume), 0),
           'trucks_loading', count(*) filter (where c.statut = 'CHARGEMENT'),
           'trucks_on_route', count(*) filter (where c.statut in ('TRANSIT', 'FRONTIERE')),
           'trucks_arrived', count(*) filter (where c.statut = 'ARRIVE'),
           'volume_loading', coalesce(sum(c.volume) filter (where c.statut = 'CHARGEMENT'), 0),
           'volume_on_route', coalesce(sum(c.volume) filter (where c.statut in ('TRANSIT', 'FRONTIERE')), 0),
           'volume_arrived', coalesce(sum(c.volume) filter (where c.statut = 'ARRIVE'), 0))
    from public.cours_de_route c
   where c.depot_destination_id = any (p_depots) and c.statut not in ('DECHARGE', 'ANNULE')
$$;
comment on function private.camions_a_suivre(uuid[]) is
  'Trucks on their way to some depots now, by step: how many, litres as announced.';

create function private.citernes_sous_seuil(p_depots uuid[], p_jour date) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(jsonb_agg(jsonb_build_object('citerne_id', c.id, 'nom', c.nom, 'stock', coalesce(s.stock, 0), 'seuil',
           c.capacite_securite, 'critique',
           private.niveau_citerne(coalesce(s.stock, 0), c.capacite_securite) = 'CRITIQUE')
           order by coalesce(s.stock, 0) / c.capacite_securite, c.nom, c.id), '[]')
    from public.citernes c
    left join (select x.citerne_id, sum(x.stock_ambiant) as stock from private.stocks_le(p_depots, p_jour) x
                group by x.citerne_id) s on s.citerne_id = c.id
   where c.depot_id = any (p_depots)
     and private.niveau_citerne(coalesce(s.stock, 0), c.capacite_securite) <> 'AU_DESSUS'
$$;
comment on function private.citernes_sous_seuil(uuid[], date) is
  'Tanks of some depots that hold less than their security capacity (ambient litres, all owners), the emptiest first; '
  'critique: less than a fifth of it.';

create function public.kpi_jour(p_depot_id uuid default null, p_jour date default null) returns jsonb
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_depot private.depot_vu;
  v_depots uuid[];
  v_jour date;
  v_recu jsonb;
  v_sorti jsonb;
begin
  perform private.exiger('lire_rapports');
  v_depot := private.depot_du_rapport(p_depot_id, 'UN_OU_TOUS');
  v_depots := case when v_depot.id is null then private.depots_visibles() else array[v_depot.id] end;
  v_jour := coalesce(p_jour, (now() at time zone v_depot.zone)::date);
  v_recu := private.volumes_du_jour(v_depots, v_jour, 'RECEPTIONS');
  v_sorti := private.volumes_du_jour(v_depots, v_jour, 'SORTIES');
  return jsonb_build_object('jour', v_jour, 'zone', v_depot.zone, 'depot_id', v_depot.id, 'depot_nom', v_depot.nom,
    'receptions_today', v_recu, 'sorties_today', v_sorti,
    'balance_today', jsonb_build_object(
      'delta_ambient', (v_recu ->> 'volume_ambient')::numeric - (v_sorti ->> 'volume_ambient')::numeric,
      'delta_15c', (v_recu ->> 'volume_15c')::numeric - (v_sorti ->> 'volume_15c')::numeric),
    'stocks', private.stocks_du_jour(v_depots, v_jour), 'trucks_to_follow', private.camions_a_suivre(v_depots),
    'citernes_sous_seuil', private.citernes_sous_seuil(v_depots, v_jour));
end;
$$;
comment on function public.kpi_jour(uuid, date) is
  'The figures of the app''s first page, of a depot (one''s own where none is named; all, for who sees them all) and a '
  'day there (today): réceptions, sorties and their balance on that day, stocks and tanks under their threshold at its '
  'end, trucks to follow now; litres. Raises ROLE_FORBIDDEN, INTROUVABLE, RAPPORT_PARAMETRE.';

-- Money ---------------------------------------------------------------------------------------------------------------

create function private.marge_connue(p_depot_id uuid, p_du date, p_au date)
returns table (vente_usd numeric, cout_usd numeric, sans_cout bigint)
language sql stable rows 1
set search_path = pg_catalog, pg_temp
as $$
  with lignes as (
    select f.depot_id, s.produit_id, s.date_jour, v.vente_usd, v.litres_15c
      from private.factures_connues(p_depot_id, p_du, p_au, statement_timestamp()) f
      join public.factures_client_lignes l on l.facture_id = f.id and l.nature = 'CARBURANT'
      join public.sorties_produit s on s.id = l.sortie_id
     cross join lateral private.vendu_par_ligne(l.id) v
     where f.type = 'FACTURE' and private.facture_de_sortie(l.sortie_id) = f.id
       and f.depot_id = any ((select private.depots_ou('lire_marges'))::uuid[])
  ), couts as materialized (
    -- Once a day and product, as v_marge_ventes does it once a line.
    select j.depot_id, j.produit_id, j.date_jour, k.usd_par_l15
      from (select distinct l.depot_id, l.produit_id, l.date_jour from lignes l) j
     cross join lateral private.cout_tenu(j.depot_id, j.produit_id, j.date_jour) k
  )
  select coalesce(sum(l.vente_usd) filter (where c.usd_par_l15 is not null), 0),
         coalesce(sum(round(l.litres_15c * c.usd_par_l15, 2)), 0), count(*) filter (where c.usd_par_l15 is null)
    from lignes l left join couts c using (depot_id, produit_id, date_jour)
$$;
comment on function private.marge_connue(uuid, date, date) is
  'What the deliveries invoiced on some days were sold for and what their fuel came to (USD), where that is known; of '
  'how many it is not. The sums of v_marge_ventes.';

create function public.kpi_finance(p_depot_id uuid default null, p_du date default null, p_au date default null)
returns jsonb
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_depot private.depot_vu;
  v_au date;
  v_du date;
begin
  perform private.exiger('lire_ventes');
  v_depot := private.depot_du_rapport(p_depot_id, 'UN_OU_TOUS');
  v_au := coalesce(p_au, (now() at time zone v_depot.zone)::date);
  v_du := coalesce(p_du, date_trunc('month', v_au)::date);
  perform private.exiger_jours(v_du, v_au, 366);
  return jsonb_build_object('du', v_du, 'au', v_au, 'zone', v_depot.zone, 'depot_id', v_depot.id, 'depot_nom',
    v_depot.nom,
    'creances', (select coalesce(jsonb_agg(to_jsonb(x) order by x.devise desc), '[]') from (
       select r.devise, sum(r.debit) as du, coalesce(sum(r.debit) filter (where r.echeance < v_au), 0) as echu,
              sum(r.credit) as avances, sum(r.debit - r.credit) as solde
         from private.restes_connus(v_depot.id, v_au, statement_timestamp()) r group by r.devise) x),
    'ventes', (select coalesce(jsonb_agg(to_jsonb(x) order by x.devise desc), '[]') from (
       select f.devise, count(*) as documents,
              sum(case f.type when 'AVOIR' then -1 else 1 end * f.total_ht) as ht,
              sum(case f.type when 'AVOIR' then -1 else 1 end * f.total_ttc) as ttc
         from private.factures_connues(v_depot.id, v_du, v_au, statement_timestamp()) f group by f.devise) x),
    'a_facturer', (select jsonb_build_object('sorties', count(*), 'volume_15c', coalesce(sum(s.volume_15c), 0))
                     from public.v_sorties_a_facturer s
                    where s.date_jour between v_du and v_au and (v_depot.id is null or s.depot_id = v_depot.id)),
    'dettes', case when private.peut('lire_comptes') then (
       select coalesce(jsonb_agg(to_jsonb(x) order by x.devise desc), '[]') from (
         select s.devise, sum(s.solde) as solde
           from public.v_soldes_tiers s where s.tiers_type = 'FOURNISSEUR' group by s.devise) x) end,
    'marge', case when private.peut('lire_marges') then (
       select jsonb_build_object('vente_usd', m.vente_usd, 'cout_usd', m.cout_usd, 'marge_usd',
         m.vente_usd - m.cout_usd,
                'livraisons_sans_cout', m.sans_cout)
         from private.marge_connue(v_depot.id, v_du, v_au) m) end,
    'gain_15c', case when v_depot.id is not null and private.peut('lire_ecarts')
       then private.section_pertes(v_depot.id, v_du, v_au, statement_timestamp()) #> '{totaux,gain}' end);
end;
$$;
comment on function public.kpi_finance(uuid, date, date) is
  'Money of a depot, or of all for who sees them all, over some days (this month): what clients owe and what of it is '
  'late at their end, sales invoiced, deliveries of these days nobody invoiced; debts to suppliers, margin and what the '
  'gauge gained or lost (litres at 15 °C) for who reads them, else null. Raises ROLE_FORBIDDEN, INTROUVABLE, '
  'RAPPORT_PERIODE, RAPPORT_TROP_GRAND, RAPPORT_PARAMETRE, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, '
  'ASTM_HORS_DOMAINE.';
revoke execute on function public.kpi_jour(uuid, date), public.kpi_finance(uuid, date, date) from public, anon;
grant execute on function public.kpi_jour(uuid, date), public.kpi_finance(uuid, date, date) to authenticated;
revoke execute on function
  private.volumes_du_jour(uuid[], date, text), private.stocks_le(uuid[], date), private.stocks_du_jour(uuid[], date),
  private.camions_a_suivre(uuid[]), private.citernes_sous_seuil(uuid[], date), private.marge_connue(uuid, date, date)
  from public;
grant execute on function
  private.volumes_du_jour(uuid[], date, text), private.stocks_le(uuid[], date), private.stocks_du_jour(uuid[], date),
  private.camions_a_suivre(uuid[]), private.citernes_sous_seuil(uuid[], date), private.marge_connue(uuid, date, date)
  to authenticated;
