-- A truck joins its supplier's lot, and leaves it.

create function private.exiger_lot_ouvert(p_lot_id uuid, p_acte text) returns public.fournisseur_lot
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lot public.fournisseur_lot;
begin
  -- Shared: trucks join side by side, whoever closes the lot waits for them, and they for whoever has.
  select * into v_lot from public.fournisseur_lot l where l.id = p_lot_id for share;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce lot'));
  end if;
  if v_lot.statut <> 'ouvert' then
    perform private.refuser_lot('LOT_NON_OUVERT', jsonb_build_object('acte', p_acte, 'statut', v_lot.statut));
  end if;
  return v_lot;
end;
$$;
comment on function private.exiger_lot_ouvert(uuid, text) is
  'The lot, locked while this transaction lasts, if trucks may still join and leave it; p_acte says in French what was '
  'wanted of it. Raises INTROUVABLE, LOT_NON_OUVERT.';

create function private.exiger_rattachement(p_avant public.cours_de_route, p_apres public.cours_de_route) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lot public.fournisseur_lot;
begin
  if (p_avant.fournisseur_lot_id, p_avant.fournisseur_id, p_avant.produit_id)
     is not distinct from (p_apres.fournisseur_lot_id, p_apres.fournisseur_id, p_apres.produit_id) then
    return;
  end if;
  if p_avant.fournisseur_lot_id is distinct from p_apres.fournisseur_lot_id then
    if p_avant.statut = 'DECHARGE' and not private.rattachement_force(p_avant.id) then
      perform private.refuser_lot('LOT_CDR_DECHARGE');
    end if;
    if p_avant.fournisseur_lot_id is not null then
      perform private.exiger_lot_ouvert(p_avant.fournisseur_lot_id, 'détacher un CDR d''un');
    end if;
  end if;
  if p_apres.fournisseur_lot_id is null then
    return;
  end if;
  v_lot := private.exiger_lot_ouvert(p_apres.fournisseur_lot_id, 'rattacher un CDR à un');
  if v_lot.fournisseur_id <> p_apres.fournisseur_id then
    perform private.refuser_lot('LOT_INCOMPATIBLE', '{"quoi":"fournisseur"}');
  end if;
  if v_lot.produit_id <> p_apres.produit_id then
    perform private.refuser_lot('LOT_INCOMPATIBLE', '{"quoi":"produit"}');
  end if;
  if p_avant.fournisseur_lot_id is distinct from p_apres.fournisseur_lot_id then
    perform private.engager_proforma(v_lot.proforma_id);
  end if;
end;
$$;
comment on function private.exiger_rattachement(public.cours_de_route, public.cours_de_route) is
  'Whether a truck may join, leave or change its lot, or its supplier and product within one: open lots only, same '
  'supplier and product, never once unloaded. Raises INTROUVABLE, LOT_NON_OUVERT, LOT_INCOMPATIBLE, LOT_CDR_DECHARGE.';

create function private.exiger_camion_du_lot(p_cdr uuid, p_lot uuid) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from public.cours_de_route c where c.id = p_cdr and c.fournisseur_lot_id = p_lot) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce camion du lot'));
  end if;
end;
$$;
comment on function private.exiger_camion_du_lot(uuid, uuid) is
  'Refuses to take a truck out of a lot that it is not in, as the caller sees it. Raises INTROUVABLE.';
grant execute on function private.exiger_camion_du_lot(uuid, uuid) to authenticated;
