-- What is delivered of an order, counted from its sorties and never past it; and how an order ends.
--
-- Who changes what an order has had locks its row after the note's and the sortie's, before the client's account and
-- the tank: two sorties of one order cannot pass it together. A correction of stock is the truth of a tank and asks no
-- order: what passes one that way is said by the check COMMANDE_DEPASSEE.

create function private.plafond_commande(p_quantite numeric) returns numeric
language sql immutable
set search_path = pg_catalog, pg_temp
return round(p_quantite * 1.005, 3);
comment on function private.plafond_commande(numeric) is
  'Most that may be delivered of an order, litres: a meter cannot stop to the litre.';

create function private.livre_de_commande(p_commande_id uuid) returns numeric
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(sum(case v.base when 'L15' then v.volume_15c else v.volume_ambiant end), 0)
    from private.vendables(array(select l.sortie_id from public.sorties_commandes l
                                  where l.commande_id = p_commande_id)) v
   where v.raison is null or v.raison = 'DEJA_FACTUREE'
$$;
comment on function private.livre_de_commande(uuid) is
  'Litres of its base that are delivered of an order: those of each validated sortie''s confirmed note, else its own '
  'with its adjustments; nothing of one that is compensated.';

create function private.exiger_commande_non_depassee(p_commande public.commandes) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_livre constant numeric := private.livre_de_commande(p_commande.id);
begin
  if v_livre > private.plafond_commande(p_commande.quantite) then
    perform private.refuser('COMMANDE_DEPASSEE', jsonb_build_object('commande', p_commande.numero,
      'quantite', p_commande.quantite, 'livre', v_livre, 'plafond', private.plafond_commande(p_commande.quantite)));
  end if;
end;
$$;
comment on function private.exiger_commande_non_depassee(public.commandes) is
  'An order, locked, has not had more than it may, litres of its base. Raises COMMANDE_DEPASSEE.';

create function private.commande_de_sortie(p_sortie_id uuid) returns public.commandes
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_commande public.commandes;
begin
  select c.* into v_commande from public.sorties_commandes l join public.commandes c on c.id = l.commande_id
   where l.sortie_id = p_sortie_id for no key update of c;
  if found then
    -- Who waited counts what the other has delivered.
    perform private.exiger_read_committed();
  end if;
  return v_commande;
end;
$$;
comment on function private.commande_de_sortie(uuid) is
  'The order that a sortie delivers, locked; null: none. Raises ISOLATION_INTERDITE.';

create function private.exiger_sortie_de_la_commande(p_sortie public.sorties_produit, p_commande public.commandes)
  returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_commande.statut <> 'CONFIRMEE' then
    perform private.refuser('COMMANDE_ETAT', jsonb_build_object('commande', p_commande.numero,
      'statut', p_commande.statut));
  end if;
  if (p_sortie.client_id, p_sortie.depot_id, p_sortie.produit_id, p_sortie.proprietaire_type)
     is distinct from (p_commande.client_id, p_commande.depot_id, p_commande.produit_id, 'MONALUXE') then
    perform private.refuser('COMMANDE_INCOMPATIBLE', jsonb_build_object('commande', p_commande.numero));
  end if;
  if p_sortie.date_jour > p_commande.valide_jusqu_au then
    perform private.refuser('COMMANDE_EXPIREE', jsonb_build_object('commande', p_commande.numero,
      'valide_jusqu_au', p_commande.valide_jusqu_au));
  end if;
end;
$$;
comment on function private.exiger_sortie_de_la_commande(public.sorties_produit, public.commandes) is
  'A sortie may deliver an order: it is open, of the same client, depot and product, and of no later day. Raises '
  'COMMANDE_ETAT, COMMANDE_INCOMPATIBLE, COMMANDE_EXPIREE.';

create function private.exiger_commande(p_sortie public.sorties_produit) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_commande constant public.commandes := private.commande_de_sortie(p_sortie.id);
begin
  perform private.exiger_sortie_de_la_commande(p_sortie, v_commande);
  perform private.exiger_commande_non_depassee(v_commande);
end;
$$;
comment on function private.exiger_commande(public.sorties_produit) is
  'A sortie, written as validated, is within the order that it delivers. Raises COMMANDE_ETAT, '
  'COMMANDE_INCOMPATIBLE, COMMANDE_EXPIREE, COMMANDE_DEPASSEE, ISOLATION_INTERDITE.';

create function private.exiger_livraison_de_commande(p_sortie_id uuid) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_commande constant public.commandes := private.commande_de_sortie(p_sortie_id);
begin
  if v_commande.id is not null then
    perform private.exiger_commande_non_depassee(v_commande);
  end if;
end;
$$;
comment on function private.exiger_livraison_de_commande(uuid) is
  'What a delivery note has just changed leaves the order of its sortie within its litres, even one that has ended '
  'meanwhile. Raises COMMANDE_DEPASSEE, ISOLATION_INTERDITE.';

-- A sortie and its order ----------------------------------------------------------------------------------------------

create function private.sortie_rattachable(p_sortie_id uuid) returns public.sorties_produit
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('commander');
  v_sortie constant public.sorties_produit := private.sortie_tenue(p_sortie_id, v_acteur.depots);
begin
  if v_sortie.statut = 'rejetee' or private.facture_de_sortie(p_sortie_id) is not null then
    perform private.refuser('SORTIE_NON_LIVRABLE', jsonb_build_object('statut',
      case v_sortie.statut when 'rejetee' then 'rejetee' else 'facturee' end));
  end if;
  return v_sortie;
end;
$$;
comment on function private.sortie_rattachable(uuid) is
  'A sortie, locked, whose order may still be said or taken away: neither rejected nor invoiced. Raises '
  'ROLE_FORBIDDEN, INTROUVABLE, SORTIE_NON_LIVRABLE.';

create function public.rattacher_sortie(p_commande_id uuid, p_sortie_id uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_sortie public.sorties_produit;
  v_commande public.commandes;
begin
  v_sortie := private.sortie_rattachable(p_sortie_id);
  v_commande := private.commande_a_changer(p_commande_id, 'CONFIRMEE');
  perform private.exiger_sortie_de_la_commande(v_sortie, v_commande);
  -- Another price is another debt: whoever asks the client's limit meanwhile ends first.
  perform private.verrouiller_tiers('CLIENT', v_commande.client_id);
  insert into public.sorties_commandes (sortie_id, commande_id, depot_id, par)
  values (p_sortie_id, p_commande_id, v_commande.depot_id, auth.uid()) on conflict (sortie_id) do nothing;
  if not found then
    -- Said twice is said; of another order it is somebody's mistake.
    if (select l.commande_id from public.sorties_commandes l where l.sortie_id = p_sortie_id) = p_commande_id then
      return;
    end if;
    perform private.refuser('SORTIE_DEJA_COMMANDEE', jsonb_build_object('commande', (
      select c.numero from public.sorties_commandes l join public.commandes c on c.id = l.commande_id
       where l.sortie_id = p_sortie_id)));
  end if;
  perform private.exiger_commande_non_depassee(v_commande);
  perform private.journaliser('COMMANDE_SORTIE_RATTACHEE', 'ventes', 'INFO', p_commande_id, v_commande.depot_id,
    jsonb_build_object('commande', v_commande.numero, 'sortie_id', p_sortie_id, 'statut', v_sortie.statut));
end;
$$;
comment on function public.rattacher_sortie(uuid, uuid) is
  'A sortie, drafted or validated, delivers this order: it counts once validated, and is invoiced at the order''s '
  'price. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, INTROUVABLE, SORTIE_NON_LIVRABLE, COMMANDE_ETAT, '
  'COMMANDE_INCOMPATIBLE, COMMANDE_EXPIREE, SORTIE_DEJA_COMMANDEE, COMMANDE_DEPASSEE, ECRITURES_GELEES.';

create function public.detacher_sortie(p_commande_id uuid, p_sortie_id uuid, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_commande public.commandes;
begin
  perform private.sortie_rattachable(p_sortie_id);
  perform private.exiger_motif(p_motif, 3);
  v_commande := private.commande_a_changer(p_commande_id, 'CONFIRMEE', 'SOLDEE', 'ANNULEE');
  perform private.verrouiller_tiers('CLIENT', v_commande.client_id);
  delete from public.sorties_commandes l where l.sortie_id = p_sortie_id and l.commande_id = p_commande_id;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette sortie dans cette commande'));
  end if;
  perform private.journaliser('COMMANDE_SORTIE_DETACHEE', 'ventes', 'WARNING', p_commande_id, v_commande.depot_id,
    jsonb_build_object('commande', v_commande.numero, 'sortie_id', p_sortie_id, 'motif', p_motif));
end;
$$;
comment on function public.detacher_sortie(uuid, uuid, text) is
  'A sortie was not of this order: it no longer counts, and is invoiced at the tarif. Not once it is invoiced. Logged '
  'WARNING. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, MOTIF_REQUIS, INTROUVABLE, SORTIE_NON_LIVRABLE, '
  'COMMANDE_ETAT, ECRITURES_GELEES.';

-- Its end -------------------------------------------------------------------------------------------------------------

create function private.terminer_commande(p_commande public.commandes, p_statut text, p_motif text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  update public.commandes c
     set (statut, motif_fin, terminee_par, terminee_le) = (p_statut, private.texte_net(p_motif), auth.uid(), now())
   where c.id = p_commande.id;
  perform private.journaliser('COMMANDE_' || p_statut, 'ventes', case p_statut when 'SOLDEE' then 'INFO'
      else 'WARNING' end, p_commande.id, p_commande.depot_id, jsonb_build_object('commande', p_commande.numero,
      'motif', p_motif, 'quantite', p_commande.quantite, 'livre', private.livre_de_commande(p_commande.id)));
end;
$$;
comment on function private.terminer_commande(public.commandes, text, text) is
  'An order, locked, takes no more. Raises ECRITURE_INTERDITE, ECRITURES_GELEES.';

create function public.solder_commande(p_id uuid, p_motif text default null) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_commande constant public.commandes := private.commande_a_changer(p_id, 'CONFIRMEE');
begin
  -- What is given up is said why.
  if p_motif is not null or private.livre_de_commande(p_id) < v_commande.quantite then
    perform private.exiger_motif(p_motif, 10);
  end if;
  perform private.terminer_commande(v_commande, 'SOLDEE', p_motif);
end;
$$;
comment on function public.solder_commande(uuid, text) is
  'An order is done with; where something of it is left, with the reason. What it has delivered keeps its price. '
  'Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, ENV_INTERDIT, MOTIF_REQUIS, INTROUVABLE, '
  'COMMANDE_ETAT, ECRITURES_GELEES.';

create function public.annuler_commande(p_id uuid, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_commande constant public.commandes := private.commande_a_changer(p_id, 'CONFIRMEE');
begin
  perform private.exiger_motif(p_motif, 10);
  if private.livre_de_commande(p_id) > 0 then
    perform private.refuser('COMMANDE_LIVREE', jsonb_build_object('commande', v_commande.numero,
      'livre', private.livre_de_commande(p_id)));
  end if;
  perform private.terminer_commande(v_commande, 'ANNULEE', p_motif);
end;
$$;
comment on function public.annuler_commande(uuid, text) is
  'An order of which nothing was delivered is taken back; its number stays used. Raises ROLE_FORBIDDEN, '
  'ISOLATION_INTERDITE, ECRITURE_INTERDITE, ENV_INTERDIT, MOTIF_REQUIS, INTROUVABLE, COMMANDE_ETAT, COMMANDE_LIVREE, '
  'ECRITURES_GELEES.';

-- Reading -------------------------------------------------------------------------------------------------------------

grant execute on function private.livre_de_commande(uuid) to authenticated, service_role;

create view public.v_commandes with (security_invoker = true) as
  select c.id, c.numero, c.depot_id, c.client_id, n.nom as client_nom, c.produit_id, p.nom as produit_nom, c.quantite,
         c.devise, c.base, c.prix_ht, round(c.quantite * c.prix_ht, 2) as montant_ht, c.valide_jusqu_au,
         c.reference_client, c.note, c.statut, c.motif_fin, c.created_by, c.confirmee_par, c.confirmee_le,
         c.terminee_par, c.terminee_le, c.created_at, l.livre, greatest(c.quantite - l.livre, 0) as reste
    from public.commandes c
    join public.clients n on n.id = c.client_id
    join public.produits p on p.id = c.produit_id
   cross join lateral (select private.livre_de_commande(c.id) as livre) l;
comment on view public.v_commandes is
  'Orders of clients: what is delivered and left of each, litres of its base.';
grant select on public.v_commandes to authenticated, service_role;

revoke execute on function public.rattacher_sortie(uuid, uuid), public.detacher_sortie(uuid, uuid, text),
  public.solder_commande(uuid, text), public.annuler_commande(uuid, text) from public, anon;
grant execute on function public.rattacher_sortie(uuid, uuid), public.detacher_sortie(uuid, uuid, text),
  public.solder_commande(uuid, text), public.annuler_commande(uuid, text) to authenticated;
