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
select 'citerne fantôme : ' || f.nom from private.citernes_fantomes() f
union all
select 'aucun administrateur actif : personne ne pourrait tenir la base'
 where not exists (select from public.profils p where private.role_peut(p.role, 'ecrire_profils')
   and p.desactive_le is null);
