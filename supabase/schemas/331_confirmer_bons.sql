-- What becomes of a delivery note: confirmed, it says for ever what its paper says and may open a gap; or cancelled.

create function private.signaler_livraison(p_bon public.bons_livraison, p_sortie public.sorties_produit) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ecart public.ecarts;
begin
  v_ecart.attendu := -(private.reste_du_mouvement('SORTIE', p_sortie.id)).delta_15c;
  if p_bon.volume_livre_15c = v_ecart.attendu then
    return;
  end if;
  v_ecart.domaine := 'CLIENT';
  v_ecart.type := 'QUANTITE';
  v_ecart.depot_id := p_bon.depot_id;
  v_ecart.produit_id := p_sortie.produit_id;
  v_ecart.reference_type := 'LIVRAISON';
  v_ecart.reference_id := p_bon.id;
  v_ecart.constate := p_bon.volume_livre_15c;
  v_ecart.unite := 'L15';
  v_ecart.excedent := abs(p_bon.volume_livre_15c - v_ecart.attendu);
  perform private.ouvrir_ecart(v_ecart);
end;
$$;
comment on function private.signaler_livraison(public.bons_livraison, public.sorties_produit) is
  'A delivery that is not what left the tank opens a gap. Raises ECRITURES_GELEES, ISOLATION_INTERDITE, '
  'INVALID_ID_OR_STATE.';

create function private.dire_bon(p_sortie public.sorties_produit, p_vendeur jsonb, p_produit text, p_client jsonb)
  returns jsonb
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return jsonb_build_object('vendeur', p_vendeur, 'produit', p_produit, 'client', p_client,
    'sortie', jsonb_build_object('volume_ambiant', p_sortie.volume_ambiant, 'volume_15c', p_sortie.volume_15c,
      'temperature_ambiante_c', p_sortie.temperature_ambiante_c, 'densite_a_15_kgm3', p_sortie.densite_a_15_kgm3,
      'plaque_camion', p_sortie.plaque_camion, 'plaque_remorque', p_sortie.plaque_remorque,
      'chauffeur_nom', p_sortie.chauffeur_nom, 'transporteur', p_sortie.transporteur));
end;
$$;
comment on function private.dire_bon(public.sorties_produit, jsonb, text, jsonb) is
  'What the paper of a note says beside the note: who sells, to whom, what, and what left the tank (litres, °C, '
  'kg/m³).';

create function private.client_du_bon(p_client public.clients) returns jsonb
language sql stable
return jsonb_build_object('nom', p_client.nom, 'adresse', p_client.adresse, 'telephone', p_client.telephone,
  'nif', p_client.nif, 'rccm', p_client.rccm);
comment on function private.client_du_bon(public.clients) is
  'A client as a delivery note names them. Inlined where it is used.';

create function private.dit_du_bon(p_sortie public.sorties_produit) returns jsonb
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return private.dire_bon(p_sortie, private.vendeur(p_sortie.depot_id),
    (select p.nom from public.produits p where p.id = p_sortie.produit_id),
    coalesce((select private.client_du_bon(c) from public.clients c where c.id = p_sortie.client_id),
      (select jsonb_build_object('nom', t.nom, 'telephone', t.telephone) from public.partenaires t
        where t.id = p_sortie.partenaire_id)));
end;
$$;
comment on function private.dit_du_bon(public.sorties_produit) is
  'private.dire_bon of a sortie, as things stand.';

create function private.numeroter_bon(
  p_bon public.bons_livraison, p_dit jsonb, p_exercice int default null, p_code text default null
) returns public.bons_livraison
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  p_bon.statut := 'CONFIRME';
  p_bon.confirme_par := auth.uid();
  p_bon.confirme_le := now();
  p_bon.dit := p_dit;
  p_bon.numero := private.prendre_numero(p_bon.depot_id, 'BL', p_exercice, p_bon.id, p_code);
  return p_bon;
end;
$$;
comment on function private.numeroter_bon(public.bons_livraison, jsonb, int, text) is
  'The note as confirmed, with its number, of this year and depot''s code where the caller has read them. Raises '
  'DEPOT_SANS_CODE.';

create function public.confirmer_bl(p_id uuid, p_bon jsonb default '{}') returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_bon public.bons_livraison;
  v_sortie public.sorties_produit;
begin
  perform private.exiger('livrer');
  perform private.exiger_read_committed();
  select * into v_bon from public.bons_livraison b
   where b.id = p_id and b.depot_id = any (private.depots_visibles()) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce bon de livraison'));
  end if;
  if v_bon.statut <> 'BROUILLON' then
    perform private.refuser('BL_ETAT', jsonb_build_object('statut', v_bon.statut));
  end if;
  v_sortie := private.sortie_livrable(v_bon.sortie_id);
  perform private.exiger_jour_ouvert(v_bon.depot_id, v_bon.date_livraison);
  v_bon := jsonb_populate_record(v_bon,
    jsonb_strip_nulls(private.seulement(p_bon, '{recu_par,volume_livre_ambiant,volume_livre_15c}')));
  -- A quantity said anew without its litres at 15 °C has them at the sortie's own ratio.
  if p_bon ->> 'volume_livre_ambiant' is not null and p_bon ->> 'volume_livre_15c' is null then
    v_bon.volume_livre_15c := round(v_bon.volume_livre_ambiant * v_sortie.volume_15c / v_sortie.volume_ambiant, 3);
  end if;
  -- The order it is of before the account, as whoever validates takes them.
  perform private.commande_de_sortie(v_sortie.id);
  -- It may say more than left the tank: whoever asks the client's limit meanwhile ends first.
  perform private.verrouiller_tiers('CLIENT', v_sortie.client_id);
  v_bon := private.numeroter_bon(v_bon, private.dit_du_bon(v_sortie));
  update public.bons_livraison b
     set (statut, confirme_par, confirme_le, dit, numero, recu_par, volume_livre_ambiant, volume_livre_15c)
         = (v_bon.statut, v_bon.confirme_par, v_bon.confirme_le, v_bon.dit, v_bon.numero, v_bon.recu_par,
            v_bon.volume_livre_ambiant, v_bon.volume_livre_15c)
   where b.id = p_id;
  perform private.exiger_livraison_de_commande(v_sortie.id);
  perform private.signaler_livraison(v_bon, v_sortie);
  perform private.journaliser('BL_CONFIRME', 'ventes', 'INFO', v_bon.id, v_bon.depot_id, to_jsonb(v_bon));
end;
$$;
comment on function public.confirmer_bl(uuid, jsonb) is
  'The client has had it: recu_par, volume_livre_ambiant and volume_livre_15c as signed for. It gets its number; what '
  'is not what left the tank opens a gap. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, FORME_INATTENDUE, '
  'INVALID_ID_OR_STATE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ECRITURES_GELEES, DEPOT_SANS_CODE, '
  'SORTIE_NON_LIVRABLE, BL_ETAT, COMMANDE_DEPASSEE, PERIODE_CLOSE, and 22xxx, 23xxx.';

create function public.annuler_bl(p_id uuid, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_bon public.bons_livraison;
  v_client_id uuid;
begin
  perform private.exiger('annuler_livraisons');
  perform private.exiger_motif(p_motif, 10);
  select * into v_bon from public.bons_livraison b
   where b.id = p_id and b.depot_id = any (private.depots_visibles()) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce bon de livraison'));
  end if;
  -- Whoever is invoicing its sortie ends first.
  select s.client_id into v_client_id from public.sorties_produit s where s.id = v_bon.sortie_id for no key update;
  if v_bon.statut = 'ANNULE' or private.facture_de_sortie(v_bon.sortie_id) is not null then
    perform private.refuser('BL_ETAT', jsonb_build_object('statut',
      case v_bon.statut when 'ANNULE' then 'ANNULE' else 'FACTURE' end));
  end if;
  perform private.commande_de_sortie(v_bon.sortie_id);
  -- It may have said less than left the tank.
  perform private.verrouiller_tiers('CLIENT', v_client_id);
  update public.bons_livraison b set statut = 'ANNULE', motif_annulation = private.texte_net(p_motif)
   where b.id = p_id;
  perform private.exiger_livraison_de_commande(v_bon.sortie_id);
  perform private.journaliser('BL_ANNULE', 'ventes', 'WARNING', p_id, v_bon.depot_id,
    jsonb_build_object('motif', p_motif, 'avant', to_jsonb(v_bon)));
end;
$$;
comment on function public.annuler_bl(uuid, text) is
  'A note that is taken back, not once its sortie is invoiced; its number stays used. Raises TEXTE_ILLISIBLE, '
  'DATE_IMPOSSIBLE, ROLE_FORBIDDEN, '
  'ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, COMMANDE_DEPASSEE, BL_ETAT.';

revoke execute on function public.confirmer_bl(uuid, jsonb), public.annuler_bl(uuid, text) from public, anon;
grant execute on function public.confirmer_bl(uuid, jsonb), public.annuler_bl(uuid, text) to authenticated;
