-- What must be true before anything is committed, and is proved again afterwards; one row a fault, none: all is well.
select 'verifier_stocks : ' || v.probleme || ' ' || coalesce(c.nom, v.citerne_id::text) || ' ' || v.proprietaire_type
       || coalesce(' le ' || v.date_jour, '') as faute
  from public.verifier_stocks() v left join public.citernes c on c.id = v.citerne_id
union all
select 'verifier_mouvements : ' || v.probleme || ' ' || v.mouvement_type || ' ' || v.mouvement_id
  from public.verifier_mouvements() v
union all
select 'capacité dépassée : ' || c.nom || ' le ' || j.date_jour
  from (select distinct citerne_id, date_jour from public.stocks_journaliers) j
  join public.citernes c on c.id = j.citerne_id
 cross join lateral (
   select sum(dernier.stock_ambiant) as stock
     from public.stocks_snapshot s
    cross join lateral (
      select v.stock_ambiant from public.stocks_journaliers v
       where v.citerne_id = s.citerne_id and v.produit_id = s.produit_id
         and v.proprietaire_type = s.proprietaire_type and v.date_jour <= j.date_jour
       order by v.date_jour desc limit 1) dernier
    where s.citerne_id = j.citerne_id) t
 where t.stock > c.capacite_totale
union all
select 'la réception ' || r.id || ' n''a pas ses deux index : l''application ne lirait plus sa liste'
  from public.receptions r where r.index_avant is null or r.index_apres is null
union all
select 'la sortie ' || s.id || ' n''a pas ses deux index : l''application ne lirait plus sa liste'
  from public.sorties_produit s where s.statut = 'validee' and (s.index_avant is null or s.index_apres is null)
union all
select 'la ligne ' || l.id || ' de ' || l.nom || ' n''a pas de moment que l''application puisse lire'
  from (select id, created_at, 'cours_de_route' as nom from public.cours_de_route
        union all select id, created_at, 'log_actions' from public.log_actions
        union all select id, created_at, 'receptions' from public.receptions
        union all select id, created_at, 'sorties_produit' from public.sorties_produit
        union all select id, created_at, 'stocks_adjustments' from public.stocks_adjustments) l
 where not isfinite(l.created_at) or l.created_at is null
union all
select 'citerne fantôme : ' || f.nom from private.citernes_fantomes() f
union all
select 'aucun administrateur actif : personne ne pourrait tenir la base'
 where not exists (select from public.profils p where private.role_peut(p.role, 'ecrire_profils')
   and p.desactive_le is null);
