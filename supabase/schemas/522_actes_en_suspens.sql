-- Acts that came and are not done: whoever sent them may never send them again, and fuel has moved that no book knows.

create function private.controles_synchronisation() returns setof private.fait_controle
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    -- What is refused was told as it was refused (ACTE_DIFFERE_REFUSE); what waits is told by nobody but its phone.
    with suspens as (
      select a.user_id, a.lot_id, a.depot_id, count(*) as combien, min(a.fait_le) as depuis, min(a.recu_le) as recu_le,
             jsonb_agg(jsonb_build_object('cle', a.cle, 'acte', a.acte, 'fait_le', a.fait_le, 'etat', a.etat,
               'raison', a.reponse ->> 'detail') order by a.fait_le, a.cle) as actes
        from private.actes_differes a
       where a.etat not in ('APPLIQUE', 'REFUSE', 'ABANDONNE')
         and a.recu_le < now() - private.seuil('ACTES_EN_SUSPENS') * interval '1 hour'
       group by a.user_id, a.lot_id, a.depot_id)
    select 'ACTES_EN_SUSPENS', 'LOT_DIFFERE', md5(concat_ws(' ', s.user_id, s.lot_id, s.depot_id))::uuid,
           format(
             '%s acte(s) faits sans ligne par %s (%s) sont arrivés %s et ne sont pas faits ; le premier est de %s%s',
             s.combien, coalesce(p.nom_complet, p.email, 'un compte supprimé'),
             coalesce(l.appareil, 'téléphone non nommé'), private.heure_au_depot(s.depot_id, s.recu_le),
             private.heure_au_depot(s.depot_id, s.depuis), coalesce(' : ' || (s.actes -> 0 ->> 'raison'), '.')),
           jsonb_build_object('user_id', s.user_id, 'lot', s.lot_id, 'appareil', l.appareil, 'combien', s.combien,
             'actes', jsonb_path_query_array(s.actes, '$[0 to 19]')), s.depot_id
      from suspens s
      left join public.profils p on p.user_id = s.user_id
      left join private.lots_differes l on l.user_id = s.user_id and l.id = s.lot_id;
end;
$$;
comment on function private.controles_synchronisation() is
  'Batches with acts that came hours ago (threshold of the check) and wait still: its phone was not sent with again, or '
  'what they follow is not there. The first twenty acts of each, with the reason that was told.';
