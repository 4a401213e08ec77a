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

create function private.verrouiller_camions(p_ids uuid[]) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_cdr public.cours_de_route;
begin
  -- In one order, whichever their rows came in. Not "for update": whoever waits already holds each truck by its key.
  for v_cdr in select * from public.cours_de_route c where c.id = any (p_ids) order by c.id for no key update loop
    if v_cdr.statut <> 'ARRIVE' then
      perform private.refuser('CDR_NON_ARRIVE', jsonb_build_object('statut', v_cdr.statut));
    end if;
  end loop;
end;
$$;
comment on function private.verrouiller_camions(uuid[]) is
  'Takes the trucks of a statement, and asks each again whether it may be received: another may just have been '
  'quicker. Raises CDR_NON_ARRIVE.';
