-- What a partner reads of its account: the balance a day ended with, and each movement with the balance after it.

create function public.releve_partenaire(
  p_depot_id uuid, p_produit_id uuid, p_partenaire_id uuid, p_du date default null, p_au date default null
) returns table (
  rang bigint, date_jour date, mouvement_type text, mouvement_id uuid, delta_ambiant numeric, delta_15c numeric,
  solde_ambiant numeric, solde_15c numeric
)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_report record;
begin
  perform private.exiger('lire_comptes_partenaires');
  -- From the days, not from the movements: what it costs is the period that is asked for, not the history before it.
  select c.solde_ambiant - coalesce(sum(j.delta_ambiant), 0) as ambiant,
         c.solde_15c - coalesce(sum(j.delta_15c), 0) as a_15c
    into v_report
    from public.comptes_partenaires c
    left join lateral private.jours_du_compte(c.id) j on p_du is null or j.date_jour >= p_du
   where c.depot_id = p_depot_id and c.produit_id = p_produit_id
     and c.partenaire_id is not distinct from p_partenaire_id
   group by c.id;
  if not found then
    perform private.refuser('INTROUVABLE', '{"quoi":"ce compte"}');
  end if;
  return query
    select 0::bigint, p_du, 'REPORT', null::uuid, null::numeric, null::numeric, v_report.ambiant, v_report.a_15c
    union all
    (select row_number() over w, m.date_jour, m.mouvement_type, m.mouvement_id, m.delta_ambiant, m.delta_15c,
            v_report.ambiant + sum(m.delta_ambiant) over w, v_report.a_15c + sum(m.delta_15c) over w
       from public.v_mouvements_partenaires m
      where m.depot_id = p_depot_id and m.produit_id = p_produit_id
        and (m.partenaire_id = p_partenaire_id or (p_partenaire_id is null and m.partenaire_id is null))
        and (p_du is null or m.date_jour >= p_du) and (p_au is null or m.date_jour <= p_au)
     window w as (order by m.date_jour, m.created_at, m.mouvement_id, m.delta_15c rows unbounded preceding)
      order by m.date_jour, m.created_at, m.mouvement_id, m.delta_15c);
end;
$$;
comment on function public.releve_partenaire(uuid, uuid, uuid, date, date) is
  'Statement of a partner''s account (null: of no partner) at a depot, by product: the balance before p_du, then each '
  'movement with the balance after it, litres. Raises ROLE_FORBIDDEN, INTROUVABLE.';
revoke execute on function public.releve_partenaire(uuid, uuid, uuid, date, date) from public, anon;
grant execute on function public.releve_partenaire(uuid, uuid, uuid, date, date) to authenticated;
