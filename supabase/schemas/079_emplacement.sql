-- How a movement reads its tank: as a row of private.lieux, among the depots its caller sees.

create function private.lieu(p_citerne_id uuid, p_depots uuid[]) returns private.lieux
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lieu private.lieux;
begin
  -- The copy counts where it says of the tank what the tank, once it is held, says of itself.
  select l.* into v_lieu
    from public.citernes c
    join private.lieux l on l.citerne_id = c.id and l.depot_id = c.depot_id and l.produit_id = c.produit_id
   where c.id = p_citerne_id and c.depot_id = any (p_depots)
     for key share of c;
  if not found then
    select l.* into v_lieu
      from public.citernes c join private.lieux_vrais l on l.citerne_id = c.id
     where c.id = p_citerne_id and c.depot_id = any (p_depots)
       for key share of c;
  end if;
  return v_lieu;
end;
$$;
comment on function private.lieu(uuid, uuid[]) is
  'The tank with all that its movements are measured by, among these depots; all null where it is not one of theirs. '
  'It keeps its product and depot while this transaction lasts.';

create function private.exiger_citerne(p_lieu private.lieux, p_citerne_id uuid, p_produit_id uuid) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_lieu.statut = 'active' then
    if p_lieu.produit_id = p_produit_id then
      return;
    end if;
  end if;
  perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_citerne_id));
end;
$$;
comment on function private.exiger_citerne(private.lieux, uuid, uuid) is
  'Refuses a tank that was not found (null), is not active or holds another product '
  '(CITERNE_INACTIVE_OR_INCOMPATIBLE).';

create function private.lieu_pour_mouvement(p_citerne_id uuid, p_produit_id uuid,
  p_depots uuid[] default private.depots_visibles())
returns private.lieux
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lieu constant private.lieux := private.lieu(p_citerne_id, p_depots);
  v_active text;
begin
  v_active := private.exiger_citerne(v_lieu, p_citerne_id, coalesce(p_produit_id, v_lieu.produit_id));
  return v_lieu;
end;
$$;
comment on function private.lieu_pour_mouvement(uuid, uuid, uuid[]) is
  'The tank, active, of that product where one is said, in one of these depots: those the caller sees. Raises '
  'CITERNE_INACTIVE_OR_INCOMPATIBLE.';
