-- What is done of a transfer between depots: sent, received, lost; and corrected, by adjustments of its movements.

create function public.expedier_transfert(
  p_citerne_source_id uuid, p_depot_destination_id uuid, p_volume_ambiant numeric, p_temperature_ambiante_c numeric,
  p_temperature_echantillon_c numeric default null, p_densite_observee_kgm3 numeric default null,
  p_densite_a_15_kgm3 numeric default null, p_proprietaire_type text default 'MONALUXE',
  p_partenaire_id uuid default null, p_date_jour date default null, p_plaque_camion text default null,
  p_chauffeur_nom text default null, p_transporteur text default null, p_note text default null
) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lieu private.lieux;
  v_mouvement public.mouvements_transferts_depots;
  v_transfert public.transferts_depots;
begin
  perform private.exiger('transferer_stock');
  v_lieu := private.lieu_pour_mouvement(p_citerne_source_id, null);
  v_transfert.id := private.nouvel_id();
  v_transfert.partenaire_id := p_partenaire_id;
  v_transfert.depot_destination_id := p_depot_destination_id;
  perform private.exiger_expediable(v_lieu, v_transfert, coalesce(p_proprietaire_type, 'MONALUXE'));

  v_mouvement.sens := 'EXPEDITION';
  v_mouvement.temperature_ambiante_c := p_temperature_ambiante_c;
  v_mouvement.temperature_echantillon_c := p_temperature_echantillon_c;
  v_mouvement.densite_observee_kgm3 := p_densite_observee_kgm3;
  v_mouvement.densite_a_15_kgm3 := p_densite_a_15_kgm3;
  v_mouvement.date_jour := p_date_jour;
  v_mouvement := private.mesurer_transfert_depot(v_mouvement, v_lieu, p_volume_ambiant, v_lieu.densite_melange_kgm3);
  v_mouvement.transfert_id := v_transfert.id;
  v_mouvement.proprietaire_type := coalesce(p_proprietaire_type, 'MONALUXE');
  v_mouvement.partenaire_id := p_partenaire_id;

  v_transfert.statut := 'EXPEDIE';
  v_transfert.produit_id := v_mouvement.produit_id;
  v_transfert.proprietaire_type := v_mouvement.proprietaire_type;
  v_transfert.depot_source_id := v_mouvement.depot_id;
  v_transfert.citerne_source_id := v_mouvement.citerne_id;
  v_transfert.date_expedition := v_mouvement.date_jour;
  v_transfert.expedie_ambiant := -v_mouvement.delta_ambiant;
  v_transfert.expedie_15c := -v_mouvement.delta_15c;
  v_transfert.expedie_temperature_c := v_mouvement.temperature_ambiante_c;
  v_transfert.expedie_densite_15_kgm3 := v_mouvement.densite_a_15_kgm3;
  v_transfert.expedie_avertissements := v_mouvement.avertissements;
  v_transfert.recu_avertissements := '[]';
  v_transfert.plaque_camion := private.texte_net(p_plaque_camion);
  v_transfert.chauffeur_nom := private.texte_net(p_chauffeur_nom);
  v_transfert.transporteur := private.texte_net(p_transporteur);
  v_transfert.note := private.texte_net(p_note);
  v_transfert.expedie_par := v_mouvement.created_by;
  v_transfert.expedie_le := v_mouvement.created_at;
  v_transfert.created_at := v_mouvement.created_at;
  perform private.verrouiller_citernes(v_mouvement.citerne_id);
  perform private.debiter_citerne('TRANSFERT_DEPOT', v_transfert.id, v_mouvement.citerne_id, v_mouvement.produit_id,
    v_mouvement.depot_id, v_mouvement.proprietaire_type, v_mouvement.date_jour, -v_mouvement.delta_ambiant,
    -v_mouvement.delta_15c, v_mouvement.methode_15c);
  perform private.exiger_securite(v_mouvement.citerne_id, v_mouvement.date_jour,
    case when v_mouvement.methode_15c <> 'LEGACY' then v_mouvement.vcf end);
  perform private.porter_transfert_depot(v_mouvement);
  if v_lieu.depot_code is not null then
    v_transfert.numero := private.prendre_numero(v_mouvement.depot_id, 'TRD',
      extract(year from v_mouvement.date_jour)::int, v_transfert.id);
  end if;
  v_transfert := private.ecrire_transfert_depot(v_transfert);
  perform private.tracer_transfert_depot(v_mouvement, 'TRANSFERT_DEPOT_EXPEDIE', v_transfert);
  return v_transfert.id;
end;
$$;

create function public.recevoir_transfert(
  p_id uuid, p_citerne_id uuid, p_volume_ambiant numeric, p_temperature_ambiante_c numeric,
  p_temperature_echantillon_c numeric default null, p_densite_observee_kgm3 numeric default null,
  p_densite_a_15_kgm3 numeric default null, p_date_jour date default null, p_note text default null,
  p_confirmer boolean default false
) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_transfert public.transferts_depots;
  v_lieu private.lieux;
  v_mouvement public.mouvements_transferts_depots;
begin
  perform private.exiger('transferer_stock');
  perform private.exiger_read_committed();
  v_transfert := private.transfert_depot_ouvert(p_id);
  if v_transfert.depot_destination_id <> all (private.depots_visibles()) then
    perform private.refuser('TRANSFERT_AUTRE_DEPOT');
  end if;
  v_lieu := private.lieu_pour_mouvement(p_citerne_id, v_transfert.produit_id);
  if v_lieu.depot_id <> v_transfert.depot_destination_id then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_citerne_id));
  end if;
  v_mouvement.sens := 'RECEPTION';
  v_mouvement.temperature_ambiante_c := p_temperature_ambiante_c;
  v_mouvement.temperature_echantillon_c := p_temperature_echantillon_c;
  v_mouvement.densite_observee_kgm3 := p_densite_observee_kgm3;
  v_mouvement.densite_a_15_kgm3 := p_densite_a_15_kgm3;
  v_mouvement.date_jour := p_date_jour;
  v_mouvement := private.mesurer_transfert_depot(v_mouvement, v_lieu, p_volume_ambiant, null);
  if v_mouvement.date_jour < v_transfert.date_expedition then
    perform private.refuser('TRANSFERT_AVANT_EXPEDITION', jsonb_build_object(
      'date_expedition', v_transfert.date_expedition, 'date_reception', v_mouvement.date_jour));
  end if;
  if private.hors_annonce(v_transfert.expedie_ambiant, v_mouvement.delta_ambiant) then
    if p_confirmer is not true then
      perform private.refuser('VOLUME_HORS_ANNONCE', jsonb_build_object('annonce', v_transfert.expedie_ambiant,
        'recu', v_mouvement.delta_ambiant, 'champ', 'confirmer'));
    end if;
    perform private.journaliser('RECEPTION_CONFIRMEE', 'stocks', 'WARNING', p_id, v_mouvement.depot_id,
      jsonb_build_object('annonce', v_transfert.expedie_ambiant, 'recu', v_mouvement.delta_ambiant));
  end if;
  v_mouvement.transfert_id := p_id;
  v_mouvement.proprietaire_type := v_transfert.proprietaire_type;
  v_mouvement.partenaire_id := v_transfert.partenaire_id;

  perform private.verrouiller_citernes(p_citerne_id);
  perform private.exiger_en_service(p_citerne_id);
  perform private.appliquer_mouvement(p_citerne_id, v_mouvement.produit_id, v_mouvement.depot_id,
    v_mouvement.proprietaire_type, v_mouvement.date_jour, v_mouvement.delta_ambiant, v_mouvement.delta_15c);
  perform private.exiger_contenance(p_citerne_id, v_mouvement.date_jour, v_mouvement.delta_ambiant);
  perform private.melanger(p_citerne_id, v_mouvement.densite_a_15_kgm3, v_mouvement.delta_15c);
  perform private.porter_transfert_depot(v_mouvement);

  v_transfert.statut := 'RECU';
  v_transfert.citerne_destination_id := p_citerne_id;
  v_transfert.date_reception := v_mouvement.date_jour;
  v_transfert.recu_ambiant := v_mouvement.delta_ambiant;
  v_transfert.recu_15c := v_mouvement.delta_15c;
  v_transfert.recu_temperature_c := v_mouvement.temperature_ambiante_c;
  v_transfert.recu_densite_15_kgm3 := v_mouvement.densite_a_15_kgm3;
  v_transfert.recu_avertissements := v_mouvement.avertissements;
  v_transfert.note_reception := private.texte_net(p_note);
  v_transfert := private.clore_transfert_depot(v_transfert);
  perform private.tracer_transfert_depot(v_mouvement, 'TRANSFERT_DEPOT_RECU', v_transfert);
  perform private.juger_transfert_depot(p_id);
end;
$$;

create function public.declarer_perdu(p_id uuid, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_transfert public.transferts_depots;
begin
  perform private.exiger('ajuster_stock');
  perform private.exiger_motif(p_motif, 10);
  perform private.exiger_read_committed();
  v_transfert := private.transfert_depot_ouvert(p_id);
  v_transfert.statut := 'PERDU';
  v_transfert.motif_perte := private.texte_net(p_motif);
  v_transfert := private.clore_transfert_depot(v_transfert);
  perform private.journaliser('TRANSFERT_DEPOT_PERDU', 'stocks', 'CRITICAL', p_id, v_transfert.depot_source_id,
    to_jsonb(v_transfert));
  perform private.juger_transfert_depot(p_id);
end;
$$;

create function private.ajustements_corriger_transferts() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ajuste record;
  v_transfert public.transferts_depots;
begin
  for v_ajuste in
    select n.mouvement_id, n.citerne_id, sum(n.delta_ambiant) as ambiant, sum(n.delta_15c) as a_15c
      from nouveaux n where n.mouvement_type = 'TRANSFERT_DEPOT' group by 1, 2 order by 1, 2
  loop
    select * into strict v_transfert from public.transferts_depots t where t.id = v_ajuste.mouvement_id;
    if v_ajuste.citerne_id = v_transfert.citerne_source_id then
      v_transfert.expedie_ambiant := v_transfert.expedie_ambiant - v_ajuste.ambiant;
      v_transfert.expedie_15c := v_transfert.expedie_15c - v_ajuste.a_15c;
    else
      v_transfert.recu_ambiant := v_transfert.recu_ambiant + v_ajuste.ambiant;
      v_transfert.recu_15c := v_transfert.recu_15c + v_ajuste.a_15c;
    end if;
    perform private.ecrire_transfert_depot(v_transfert);
    perform private.juger_transfert_depot(v_transfert.id);
  end loop;
  return null;
end;
$$;
comment on function private.ajustements_corriger_transferts() is
  'Ends of transfers between depots that were adjusted, their stock already moved: what was sent, or received, becomes '
  'what it is with that, and the loss on the way is judged again. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';
-- After stocks_adjustments_after_insert, which refuses: triggers fire in the order of their names.
create trigger stocks_adjustments_transferts_depots after insert on public.stocks_adjustments
  referencing new table as nouveaux for each statement execute function private.ajustements_corriger_transferts();

create function public.destinations_transfert(p_citerne_source_id uuid) returns table (depot_id uuid, nom text)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('transferer_stock');
  return query
    select d.id, d.nom
      from public.citernes s
      join public.depots d on d.id <> s.depot_id and d.actif
     where s.id = p_citerne_source_id and s.depot_id = any (private.depots_visibles())
       and exists (select from public.citernes c
                    where c.depot_id = d.id and c.produit_id = s.produit_id and c.statut <> 'inactive')
     order by d.nom, d.id;
end;
$$;
comment on function public.destinations_transfert(uuid) is
  'Depots that what a tank holds may be sent to: in use, with a tank of its product. For who may send: they do not see '
  'the other depots. Raises ROLE_FORBIDDEN.';

comment on function public.expedier_transfert(uuid, uuid, numeric, numeric, numeric, numeric, numeric, text, uuid, date,
  text, text, text, text) is
  'Sends fuel (litres as measured) out of a tank to another depot (admin, directeur, gerant of the tank''s depot), on '
  'a day of the past or today, by the rules of a sortie; answers the transfer''s id. A partner''s fuel: its owner is '
  'PARTENAIRE and its partner named. Logs TRANSFERT_DEPOT_EXPEDIE. Raises ROLE_FORBIDDEN, '
  'CITERNE_INACTIVE_OR_INCOMPATIBLE, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, '
  'INSUFFICIENT_STOCK, SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, SORTIE_CAPACITE_SECURITE, STOCK_FUTUR_NEGATIF, '
  'REFERENTIEL_INACTIF, PARTENAIRE_REQUIS, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, '
  'VOLUME_15C_INCOHERENT, MESURES_INCOHERENTES, VOLUME_TROP_PETIT, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, '
  'DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES, DENSITE_HORS_PRODUIT, DEPOT_SANS_CODE, PARTENAIRE_SOLDE_INSUFFISANT, '
  'PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL, TRANSFERT_MEME_DEPOT, DESTINATION_SANS_CITERNE.';
comment on function public.recevoir_transfert(uuid, uuid, numeric, numeric, numeric, numeric, numeric, date, text,
  boolean) is
  'Receives a transfer in a tank of the depot it was sent to (admin, directeur, gerant of that depot): the litres '
  'measured there, on its day or a later one. What cannot be what was sent: only with p_confirmer, logged '
  'RECEPTION_CONFIRMEE as WARNING. What it lost on the way is a gap of the carrier''s. Logs TRANSFERT_DEPOT_RECU. '
  'Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, INDICES_MANQUANTS, INDEX_INCOHERENTS, '
  'VOLUME_AMBIANT_NON_POSITIF, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, '
  'TEMPERATURE_HORS_PLAGE, VOLUME_15C_INCOHERENT, MESURES_INCOHERENTES, VOLUME_TROP_PETIT, ASTM_HORS_DOMAINE, '
  'ISOLATION_INTERDITE, DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES, DENSITE_HORS_PRODUIT, '
  'PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL, TRANSFERT_ETAT, TRANSFERT_AUTRE_DEPOT, '
  'TRANSFERT_AVANT_EXPEDITION, VOLUME_HORS_ANNONCE.';
comment on function public.declarer_perdu(uuid, text) is
  'Says that a transfer will never arrive (admin, reason of 10 characters or more): all it carried is lost on the way. '
  'Logs TRANSFERT_DEPOT_PERDU as CRITICAL. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, MOTIF_REQUIS, INTROUVABLE, '
  'SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, TRANSFERT_ETAT.';
revoke execute on function public.expedier_transfert(uuid, uuid, numeric, numeric, numeric, numeric, numeric, text,
  uuid, date, text, text, text, text), public.recevoir_transfert(uuid, uuid, numeric, numeric, numeric, numeric,
  numeric, date, text, boolean), public.declarer_perdu(uuid, text), public.destinations_transfert(uuid)
  from public, anon;
grant execute on function public.expedier_transfert(uuid, uuid, numeric, numeric, numeric, numeric, numeric, text,
  uuid, date, text, text, text, text), public.recevoir_transfert(uuid, uuid, numeric, numeric, numeric, numeric,
  numeric, date, text, boolean), public.declarer_perdu(uuid, text), public.destinations_transfert(uuid)
  to authenticated;
