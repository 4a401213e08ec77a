-- What follows from the movements taken over: stock, days, and the log's line of each movement, dated as it was
-- written. The triggers that reserve these tables are off in this transaction alone.

insert into public.stocks_snapshot
  (citerne_id, produit_id, proprietaire_type, depot_id, stock_ambiant, stock_15c, delta_ambiant_total, delta_15c_total,
   dernier_jour, last_movement_at)
select m.citerne_id, m.produit_id, m.proprietaire_type, m.depot_id, sum(m.delta_ambiant), sum(m.delta_15c),
       coalesce(sum(m.delta_ambiant) filter (where m.mouvement_type = 'AJUSTEMENT'), 0),
       coalesce(sum(m.delta_15c) filter (where m.mouvement_type = 'AJUSTEMENT'), 0),
       max(m.date_jour), max(m.created_at)
  from public.v_mouvements_stock m
 group by 1, 2, 3, 4;

insert into public.stocks_journaliers
  (citerne_id, produit_id, proprietaire_type, depot_id, date_jour, stock_ambiant, stock_15c)
select m.citerne_id, m.produit_id, m.proprietaire_type, m.depot_id, m.date_jour,
       sum(sum(m.delta_ambiant)) over depuis_le_debut, sum(sum(m.delta_15c)) over depuis_le_debut
  from public.v_mouvements_stock m
 group by m.citerne_id, m.produit_id, m.proprietaire_type, m.depot_id, m.date_jour
window depuis_le_debut as (partition by m.citerne_id, m.produit_id, m.proprietaire_type order by m.date_jour);

select private.recalculer_comptes_partenaires();

insert into public.log_actions (user_id, action, module, niveau, cible_id, depot_id, details, created_at)
select r.created_by, 'RECEPTION_CREEE', 'receptions', 'INFO', r.id, r.depot_id,
       to_jsonb(r) || '{"reprise":"mouvement"}', r.created_at
  from public.receptions r where r.statut = 'validee'
union all
select s.validated_by, 'SORTIE_VALIDEE', 'sorties', 'INFO', s.id, s.depot_id,
       to_jsonb(s) || '{"reprise":"mouvement"}', s.created_at
  from public.sorties_produit s where s.statut = 'validee'
union all
select a.created_by, 'STOCK_AJUSTE', 'stocks', 'CRITICAL', a.mouvement_id, a.depot_id,
       to_jsonb(a) || '{"reprise":"mouvement"}', a.created_at
  from public.stocks_adjustments a
union all
select i.created_by, 'STOCK_INITIAL_DECLARE', 'stocks', 'CRITICAL', i.id, i.depot_id,
       to_jsonb(i) || jsonb_build_object('delta_ambiant', i.volume_ambiant, 'delta_15c', i.volume_15c,
         'reprise', 'mouvement'), i.created_at
  from public.stocks_initiaux i
union all
select p.created_by, 'PRISE_DE_HAUTEUR', 'stocks', 'INFO', p.id, p.depot_id,
       to_jsonb(p) || '{"reprise":"mouvement"}', p.created_at
  from public.prises_de_hauteur p;
