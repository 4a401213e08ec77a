-- The movements as they are read. Every view runs as its caller (security_invoker): it never shows a row its tables
-- would refuse.

create view public.v_mouvements_stock with (security_invoker = true) as
  -- Filtered out here and not in each branch: so the planner reads the branches in order, and a page costs a page.
  select m.date_jour, m.citerne_id, m.produit_id, m.depot_id, m.proprietaire_type, m.delta_ambiant, m.delta_15c,
         m.mouvement_type, m.mouvement_id, m.created_at,
         private.masse_vide_t(m.densite_a_15_kgm3, m.delta_15c) as masse_vide_t,
         private.masse_air_t(m.densite_a_15_kgm3, m.delta_15c) as masse_air_t
    from (
      select r.date_reception as date_jour, r.citerne_id, r.produit_id, r.depot_id, r.proprietaire_type,
             r.volume_ambiant as delta_ambiant, r.volume_15c as delta_15c,
             'RECEPTION' as mouvement_type, r.id as mouvement_id, r.created_at, r.statut, r.densite_a_15_kgm3
        from public.receptions r
      union all
      select s.date_jour, s.citerne_id, s.produit_id, s.depot_id, s.proprietaire_type,
             -s.volume_ambiant, -s.volume_15c, 'SORTIE' as mouvement_type, s.id, s.created_at, s.statut,
             s.densite_a_15_kgm3
        from public.sorties_produit s
      union all
      select a.date_jour, a.citerne_id, a.produit_id, a.depot_id, a.proprietaire_type,
             a.delta_ambiant, a.delta_15c, 'AJUSTEMENT' as mouvement_type, a.id, a.created_at, 'validee' as statut,
             null as densite_a_15_kgm3
        from public.stocks_adjustments a
      union all
      select i.date_jour, i.citerne_id, i.produit_id, i.depot_id, i.proprietaire_type,
             i.volume_ambiant, i.volume_15c, 'STOCK_INITIAL' as mouvement_type, i.id, i.created_at, 'validee' as statut,
             null as densite_a_15_kgm3
        from public.stocks_initiaux i
      union all
      select t.date_jour, t.citerne_source_id, t.produit_id, t.depot_id, t.proprietaire_type,
             -t.volume_ambiant, -t.volume_15c, 'TRANSFERT' as mouvement_type, t.id, t.created_at, 'validee' as statut,
             t.densite_a_15_kgm3
        from public.transferts t
      union all
      select t.date_jour, t.citerne_destination_id, t.produit_id, t.depot_id, t.proprietaire_type,
             t.volume_ambiant, t.volume_15c, 'TRANSFERT' as mouvement_type, t.id, t.created_at, 'validee' as statut,
             t.densite_a_15_kgm3
        from public.transferts t
      union all
      select d.date_jour, d.citerne_id, d.produit_id, d.depot_id, d.proprietaire_type,
             d.delta_ambiant, 0::numeric as delta_15c, 'DILATATION' as mouvement_type, d.id, d.created_at,
             'validee' as statut,
             null as densite_a_15_kgm3
        from public.dilatations d
      union all
      select g.date_jour, g.citerne_id, g.produit_id, g.depot_id, g.proprietaire_type,
             g.delta_ambiant, g.delta_15c, 'REGULARISATION' as mouvement_type, g.id, g.created_at, 'validee' as statut,
             null as densite_a_15_kgm3
        from public.regularisations g
      union all
      select x.date_jour, x.citerne_id, x.produit_id, x.depot_id, x.proprietaire_type,
             x.delta_ambiant, x.delta_15c, 'TRANSFERT_DEPOT' as mouvement_type, x.transfert_id, x.created_at,
             'validee' as statut, x.densite_a_15_kgm3
        from public.mouvements_transferts_depots x
      union all
      select c.date_jour, c.citerne_id, c.produit_id, c.depot_id, private.cedant(c.sens) as proprietaire_type,
             -c.volume_ambiant, -c.volume_15c, 'CESSION' as mouvement_type, c.id, c.created_at, 'validee' as statut,
             c.densite_a_15_kgm3
        from public.cessions c
      union all
      select c.date_jour, c.citerne_id, c.produit_id, c.depot_id, private.cessionnaire(c.sens) as proprietaire_type,
             c.volume_ambiant, c.volume_15c, 'CESSION' as mouvement_type, c.id, c.created_at, 'validee' as statut,
             c.densite_a_15_kgm3
        from public.cessions c) m
   where m.statut = 'validee';
comment on view public.v_mouvements_stock is
  'Everything that ever moved stock, litres, negative out. Its sum is the stock, to the millilitre. Tonnes beside them '
  'where a density is known.';

create view public.v_mouvements_sans_partenaire with (security_invoker = true) as
  select 'AJUSTEMENT' as type, a.id, a.depot_id, a.produit_id, a.date_jour, a.delta_ambiant, a.delta_15c, a.created_at
    from public.stocks_adjustments a
   where a.mouvement_type = 'STOCK_INITIAL' and a.proprietaire_type = 'PARTENAIRE'
  union all
  select 'DILATATION' as type, d.id, d.depot_id, d.produit_id, d.date_jour, d.delta_ambiant, 0::numeric as delta_15c,
         d.created_at
    from public.dilatations d where d.mouvement_type = 'TRANSFERT' and d.proprietaire_type = 'PARTENAIRE'
  union all
  select 'REGULARISATION' as type, g.id, g.depot_id, g.produit_id, g.date_jour, g.delta_ambiant, g.delta_15c,
         g.created_at
    from public.regularisations g where g.proprietaire_type = 'PARTENAIRE';
comment on view public.v_mouvements_sans_partenaire is
  'Movements of the partners'' fuel that name none of them, litres: what each bears lies in parts_partenaires.';

create view public.v_mouvements_partenaires with (security_invoker = true) as
  -- A transfer between two tanks of a depot moves no account; what it showed of expansion does.
  select m.depot_id, m.produit_id, m.partenaire_id, m.date_jour, m.delta_ambiant, m.delta_15c, m.mouvement_type,
         m.mouvement_id, m.created_at
    from (
      select r.depot_id, r.produit_id, r.partenaire_id, r.date_reception as date_jour,
        r.volume_ambiant as delta_ambiant,
             r.volume_15c as delta_15c, 'RECEPTION' as mouvement_type, r.id as mouvement_id, r.created_at, r.statut,
             r.proprietaire_type
        from public.receptions r
      union all
      select s.depot_id, s.produit_id, s.partenaire_id, s.date_jour, -s.volume_ambiant, -s.volume_15c,
             'SORTIE' as mouvement_type, s.id, s.created_at, s.statut, s.proprietaire_type
        from public.sorties_produit s
      union all
      select d.depot_id, d.produit_id, s.partenaire_id, d.date_jour, d.delta_ambiant, 0::numeric as delta_15c,
             'DILATATION' as mouvement_type, d.id, d.created_at, s.statut, d.proprietaire_type
        from public.dilatations d
        join public.sorties_produit s on d.mouvement_type = 'SORTIE' and s.id = d.mouvement_id
      union all
      select c.depot_id, c.produit_id, c.partenaire_id, c.date_jour,
             case c.sens when 'VERS_PARTENAIRE' then c.volume_ambiant else -c.volume_ambiant end,
             case c.sens when 'VERS_PARTENAIRE' then c.volume_15c else -c.volume_15c end,
             'CESSION' as mouvement_type, c.id, c.created_at, 'validee' as statut, 'PARTENAIRE' as proprietaire_type
        from public.cessions c
      union all
      select d.depot_id, d.produit_id, c.partenaire_id, d.date_jour, d.delta_ambiant, 0::numeric as delta_15c,
             'DILATATION' as mouvement_type, d.id, d.created_at, 'validee' as statut, d.proprietaire_type
        from public.dilatations d
        join public.cessions c on d.mouvement_type = 'CESSION' and c.id = d.mouvement_id
      union all
      select a.depot_id, a.produit_id, r.partenaire_id, a.date_jour, a.delta_ambiant, a.delta_15c,
             'AJUSTEMENT' as mouvement_type, a.id, a.created_at, r.statut, a.proprietaire_type
        from public.stocks_adjustments a
        join public.receptions r on a.mouvement_type = 'RECEPTION' and r.id = a.mouvement_id
      union all
      select a.depot_id, a.produit_id, s.partenaire_id, a.date_jour, a.delta_ambiant, a.delta_15c,
             'AJUSTEMENT' as mouvement_type, a.id, a.created_at, s.statut, a.proprietaire_type
        from public.stocks_adjustments a
        join public.sorties_produit s on a.mouvement_type = 'SORTIE' and s.id = a.mouvement_id
      union all
      select x.depot_id, x.produit_id, x.partenaire_id, x.date_jour, x.delta_ambiant, x.delta_15c,
             'TRANSFERT_DEPOT' as mouvement_type, x.transfert_id, x.created_at, 'validee' as statut, x.proprietaire_type
        from public.mouvements_transferts_depots x
      union all
      select d.depot_id, d.produit_id, t.partenaire_id, d.date_jour, d.delta_ambiant, 0::numeric as delta_15c,
             'DILATATION' as mouvement_type, d.id, d.created_at, 'validee' as statut, d.proprietaire_type
        from public.dilatations d
        join public.transferts_depots t on d.mouvement_type = 'TRANSFERT_DEPOT' and t.id = d.mouvement_id
      union all
      select a.depot_id, a.produit_id, t.partenaire_id, a.date_jour, a.delta_ambiant, a.delta_15c,
             'AJUSTEMENT' as mouvement_type, a.id, a.created_at, 'validee' as statut, a.proprietaire_type
        from public.stocks_adjustments a
        join public.transferts_depots t on a.mouvement_type = 'TRANSFERT_DEPOT' and t.id = a.mouvement_id
      union all
      select i.depot_id, i.produit_id, p.partenaire_id, i.date_jour, p.volume_ambiant, p.volume_15c,
             'STOCK_INITIAL' as mouvement_type, i.id, p.created_at, 'validee' as statut, i.proprietaire_type
        from public.stocks_initiaux_partenaires p join public.stocks_initiaux i on i.id = p.stock_initial_id
      union all
      -- Of none, less what was said since to be somebody's: a row each, for a statement is told as of a moment.
      select i.depot_id, i.produit_id, null as partenaire_id, i.date_jour, i.volume_ambiant, i.volume_15c,
             'STOCK_INITIAL' as mouvement_type, i.id, i.created_at, 'validee' as statut, i.proprietaire_type
        from public.stocks_initiaux i
      union all
      select i.depot_id, i.produit_id, null as partenaire_id, i.date_jour, -p.volume_ambiant, -p.volume_15c,
             'STOCK_INITIAL' as mouvement_type, p.id, p.created_at, 'validee' as statut, i.proprietaire_type
        from public.stocks_initiaux_partenaires p join public.stocks_initiaux i on i.id = p.stock_initial_id
      union all
      select n.depot_id, n.produit_id, p.partenaire_id, n.date_jour, p.delta_ambiant, p.delta_15c, n.type, n.id,
             n.created_at, 'validee' as statut, 'PARTENAIRE' as proprietaire_type
        from public.parts_partenaires p
        join public.v_mouvements_sans_partenaire n on n.type = p.mouvement_type and n.id = p.mouvement_id
      union all
      select n.depot_id, n.produit_id, null as partenaire_id, n.date_jour,
             n.delta_ambiant - coalesce(p.delta_ambiant, 0), n.delta_15c - coalesce(p.delta_15c, 0), n.type, n.id,
             n.created_at, 'validee' as statut, 'PARTENAIRE' as proprietaire_type
        from public.v_mouvements_sans_partenaire n
       cross join lateral (
         select sum(x.delta_ambiant) as delta_ambiant, sum(x.delta_15c) as delta_15c
           from public.parts_partenaires x where x.mouvement_type = n.type and x.mouvement_id = n.id) p
      union all
      select a.depot_id, a.produit_id, a.partenaire_id, a.date_jour, a.volume_ambiant, a.volume_15c,
             'ATTRIBUTION' as mouvement_type, a.id, a.created_at, 'validee' as statut, 'PARTENAIRE' as proprietaire_type
        from public.attributions_partenaires a
      union all
      select a.depot_id, a.produit_id, null as partenaire_id, a.date_jour, -a.volume_ambiant, -a.volume_15c,
             'ATTRIBUTION' as mouvement_type, a.id, a.created_at, 'validee' as statut, 'PARTENAIRE' as proprietaire_type
        from public.attributions_partenaires a) m
   where m.proprietaire_type = 'PARTENAIRE' and m.statut = 'validee' and (m.delta_ambiant <> 0 or m.delta_15c <> 0);
comment on view public.v_mouvements_partenaires is
  'Everything that ever moved a partner''s account (partenaire_id null: of no partner), litres, negative where it '
  'loses. Its sum is the account, to the millilitre.';

create view public.v_comptes_partenaires with (security_invoker = true) as
  select c.id as compte_id, c.depot_id, d.nom as depot_nom, c.produit_id, p.nom as produit_nom, c.partenaire_id,
         coalesce(t.nom, 'Non attribué') as partenaire_nom, c.solde_ambiant, c.solde_15c, c.dernier_jour,
         c.last_movement_at
    from public.comptes_partenaires c
    join public.depots d on d.id = c.depot_id
    join public.produits p on p.id = c.produit_id
    left join public.partenaires t on t.id = c.partenaire_id;
comment on view public.v_comptes_partenaires is
  'What each partner owns at each depot, by product, litres; without a partner, what is of none. Per depot and product '
  'they add up to the PARTENAIRE rows of v_stock_actuel.';

-- The movements as the doors tell them: with what follows from their figures.

create view public.v_receptions with (security_invoker = true) as
  select r.*, private.masse_vide_t(r.densite_a_15_kgm3, r.volume_15c) as masse_vide_t,
         private.masse_air_t(r.densite_a_15_kgm3, r.volume_15c) as masse_air_t
    from public.receptions r;
comment on view public.v_receptions is
  'Réceptions with their mass in tonnes: in vacuum, and in air as a weighbridge shows it.';

create view public.v_sorties with (security_invoker = true) as
  select s.*,
         case s.statut when 'validee' then private.masse_vide_t(s.densite_a_15_kgm3, s.volume_15c) end as masse_vide_t,
         case s.statut when 'validee' then private.masse_air_t(s.densite_a_15_kgm3, s.volume_15c) end as masse_air_t,
         (select coalesce(sum(d.delta_ambiant), 0) from public.dilatations d
           where d.mouvement_type = 'SORTIE' and d.mouvement_id = s.id) as dilatation_ambiant
    from public.sorties_produit s;
comment on view public.v_sorties is
  'Sorties with their mass in tonnes once validated, and the litres as measured that were booked with them because the '
  'fuel left at another temperature than it came (dilatations).';

create view public.v_transferts with (security_invoker = true) as
  select t.*, private.masse_vide_t(t.densite_a_15_kgm3, t.volume_15c) as masse_vide_t,
         private.masse_air_t(t.densite_a_15_kgm3, t.volume_15c) as masse_air_t,
         (select coalesce(sum(d.delta_ambiant), 0) from public.dilatations d
           where d.mouvement_type = 'TRANSFERT' and d.mouvement_id = t.id) as dilatation_ambiant
    from public.transferts t;
comment on view public.v_transferts is
  'Transfers with their mass in tonnes, and what was booked with them in the tank they left because the fuel had '
  'another temperature than it came with (dilatations).';

grant select on
  public.v_receptions, public.v_sorties, public.v_transferts, public.v_mouvements_stock,
  public.v_mouvements_sans_partenaire, public.v_mouvements_partenaires, public.v_comptes_partenaires
  to authenticated, service_role;
