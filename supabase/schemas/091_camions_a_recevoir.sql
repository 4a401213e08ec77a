-- The truck that brings a réception: whether it may, and that nobody else receives it meanwhile.

create function private.camion_a_recevoir(p_cours_de_route_id uuid, p_proprietaire_type text, p_depots uuid[])
  returns public.cours_de_route
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_cdr public.cours_de_route;
begin
  if p_cours_de_route_id is null then
    -- A partner's own trucks are none of ours.
    if p_proprietaire_type is distinct from 'PARTENAIRE' then
      perform private.refuser('CDR_REQUIS');
    end if;
    return null;
  end if;
  select * into v_cdr from public.cours_de_route c
   where c.id = p_cours_de_route_id and c.depot_destination_id = any (p_depots);
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce cours de route'));
  end if;
  if v_cdr.statut <> 'ARRIVE' then
    perform private.refuser('CDR_NON_ARRIVE', jsonb_build_object('statut', v_cdr.statut));
  end if;
  return v_cdr;
end;
$$;
comment on function private.camion_a_recevoir(uuid, text, uuid[]) is
  'The truck to one of these depots that brings a réception, which is asked again once it is locked; null for a '
  'partner''s fuel that comes without one. Raises CDR_REQUIS, INTROUVABLE, CDR_NON_ARRIVE.';

create function private.exiger_camion(p_reception public.receptions, p_cdr public.cours_de_route) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if (p_reception.produit_id, p_reception.depot_id) <> (p_cdr.produit_id, p_cdr.depot_destination_id) then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE',
      jsonb_build_object('citerne_id', p_reception.citerne_id));
  end if;
  if p_reception.date_reception < p_cdr.date_chargement and not p_cdr.date_chargement_presumee then
    perform private.refuser('RECEPTION_AVANT_CHARGEMENT',
      jsonb_build_object('date_chargement', p_cdr.date_chargement, 'date_reception', p_reception.date_reception));
  end if;
end;
$$;
comment on function private.exiger_camion(public.receptions, public.cours_de_route) is
  'Whether a truck (null: none) brings what is received, where and when it is. Raises '
  'CITERNE_INACTIVE_OR_INCOMPATIBLE, RECEPTION_AVANT_CHARGEMENT.';

create function private.verrouiller_camion(p_cours_de_route_id uuid) returns public.cours_de_route
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_cdr public.cours_de_route;
begin
  -- Not "for update": whoever waits already holds each truck by its key.
  select * into v_cdr from public.cours_de_route c where c.id = p_cours_de_route_id for no key update;
  if v_cdr.statut <> 'ARRIVE' then
    perform private.refuser('CDR_NON_ARRIVE', jsonb_build_object('statut', v_cdr.statut));
  end if;
  return v_cdr;
end;
$$;
comment on function private.verrouiller_camion(uuid) is
  'Takes a truck, those of a statement in one order, and asks it again whether it may be received: another may just '
  'have been quicker. Raises CDR_NON_ARRIVE.';

create function private.exiger_camions_distincts(p_receptions public.receptions[]) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from unnest(p_receptions) n where n.cours_de_route_id is not null
              group by n.cours_de_route_id, n.citerne_id, n.compartiment having count(*) > 1) then
    perform private.refuser('CDR_NON_ARRIVE', '{"statut":"DECHARGE"}');
  end if;
end;
$$;
comment on function private.exiger_camions_distincts(public.receptions[]) is
  'No truck fills one tank twice in one statement, but from compartments that are said. Raises CDR_NON_ARRIVE.';
