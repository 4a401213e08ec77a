-- The book of movements, as a report.

create function private.rapport_livre(
  p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz, p_parametres jsonb
) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
as $$
  with lignes as (
    select m.*, private.nom_connu(c.id, c.nom, p_connu_a) as citerne,
           coalesce(o.stock_ambiant, 0) + sum(m.delta_ambiant) over w as solde_ambiant,
           coalesce(o.stock_15c, 0) + sum(m.delta_15c) over w as solde_15c,
           row_number() over (order by m.date_jour, m.created_at, m.mouvement_id, m.delta_15c, m.delta_ambiant) as rang
      from private.mouvements_connus(p_depot_id, p_du, p_au, p_connu_a) m
      join public.citernes c on c.id = m.citerne_id
      left join private.ouvertures_connues(p_depot_id, p_du, p_connu_a) o
        on (o.citerne_id, o.produit_id, o.proprietaire_type) = (m.citerne_id, m.produit_id, m.proprietaire_type)
    window w as (partition by m.citerne_id, m.produit_id, m.proprietaire_type
                     order by m.date_jour, m.created_at, m.mouvement_id, m.delta_15c, m.delta_ambiant
                     rows unbounded preceding)
  ), dites as (
    select jsonb_agg(jsonb_build_object('date_jour', l.date_jour, 'citerne', l.citerne, 'proprietaire',
             private.mot(l.proprietaire_type), 'mouvement', private.mot(l.mouvement_type), 'tiers', t.tiers, 'camion',
             t.camion, 'delta_ambiant',
             l.delta_ambiant, 'delta_15c', l.delta_15c, 'solde_ambiant', l.solde_ambiant, 'solde_15c', l.solde_15c)
             order by l.rang) as lignes
      from lignes l
      left join public.sorties_produit s on l.mouvement_type = 'SORTIE' and s.id = l.mouvement_id
      left join public.receptions r on l.mouvement_type = 'RECEPTION' and r.id = l.mouvement_id
      left join public.cours_de_route d on d.id = r.cours_de_route_id
      left join public.clients c on c.id = s.client_id
      left join public.fournisseurs f on f.id = d.fournisseur_id
      left join public.partenaires p on p.id = coalesce(s.partenaire_id, r.partenaire_id)
     cross join lateral (
       select case when c.id is not null then private.nom_connu(c.id, c.nom, p_connu_a)
                   when f.id is not null then private.nom_connu(f.id, f.nom, p_connu_a)
                   when p.id is not null then private.nom_connu(p.id, p.nom, p_connu_a) end as tiers,
              coalesce(s.plaque_camion, private.ligne_connue(d.id, to_jsonb(d), p_connu_a, 'CDR_MODIFIE') ->>
                'plaque_camion')
                as camion) t
  )
  select jsonb_build_array(
    private.section_stock('stock_15c', p_depot_id, p_du, p_au, p_connu_a),
    private.section('mouvements', 'Livre des mouvements', '{"date_jour": "date|Jour", "citerne": "texte|Citerne",
      "proprietaire": "texte|Propriétaire", "mouvement": "texte|Mouvement", "tiers": "texte|Tiers",
      "camion": "texte|Camion", "delta_ambiant": "litres|Litres ambiants", "delta_15c": "litres|Litres à 15 °C",
      "solde_ambiant": "litres|Solde ambiant", "solde_15c": "litres|Solde à 15 °C"}', d.lignes,
      '{delta_ambiant,delta_15c}'))
    from dites d
$$;
comment on function private.rapport_livre(uuid, date, date, timestamptz, jsonb) is
  'Livre des mouvements: every movement of a depot''s days with what its tank and owner had after it.';
revoke execute on function private.rapport_livre(uuid, date, date, timestamptz, jsonb) from public;
grant execute on function private.rapport_livre(uuid, date, date, timestamptz, jsonb) to authenticated;
