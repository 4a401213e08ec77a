-- What is done of a transfer between depots: sent, received, lost; and corrected, by adjustments of its movements.

create function private.ecrire_transfert_depot(p_transfert public.transferts_depots) returns public.transferts_depots
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  insert into public.transferts_depots select (p_transfert).*
  on conflict (id) do update
     set (statut, expedie_ambiant, expedie_15c, citerne_destination_id, date_reception, recu_ambiant, recu_15c,
          recu_temperature_c, recu_densite_15_kgm3, recu_avertissements, franchise_pour_mille, note_reception,
          motif_perte, clos_par, clos_le)
       = (excluded.statut, excluded.expedie_ambiant, excluded.expedie_15c, excluded.citerne_destination_id,
          excluded.date_reception, excluded.recu_ambiant, excluded.recu_15c, excluded.recu_temperature_c,
          excluded.recu_densite_15_kgm3, excluded.recu_avertissements, excluded.franchise_pour_mille,
          excluded.note_reception, excluded.motif_perte, excluded.clos_par, excluded.clos_le)
  returning * into p_transfert;
  perform set_config('app.stocks_journaliers_allow_write', '', true);
  return p_transfert;
end;
$$;
comment on function private.ecrire_transfert_depot(public.transferts_depots) is
  'Writes a transfer between depots, new or as it has become. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

create function private.mesurer_transfert_depot(
  p_mouvement public.mouvements_transferts_depots, p_lieu private.emplacement, p_volume numeric,
  p_densite_citerne numeric
) returns public.mouvements_transferts_depots
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_sens constant int := case p_mouvement.sens when 'EXPEDITION' then -1 else 1 end;
  v_aujourdhui constant date := private.jour_local(p_lieu.fuseau, now());
  v_mesures private.mesures;
  v_corrige private.volume_corrige;
begin
  p_mouvement.date_jour := coalesce(p_mouvement.date_jour, v_aujourdhui);
  if p_mouvement.date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
  p_mouvement.densite_observee_kgm3 := private.en_kgm3(p_mouvement.densite_observee_kgm3);
  p_mouvement.densite_a_15_kgm3 := private.en_kgm3(p_mouvement.densite_a_15_kgm3);
  -- NaN is greater than any number: only a bound above tells it from one.
  if (p_volume < 1e9) is false then
    perform private.refuser('VOLUME_AMBIANT_NON_POSITIF', jsonb_build_object('volume_ambiant', p_volume));
  end if;
  v_mesures.volume_ambiant := private.volume_mesure(round(p_volume, 3), null, null, null);
  v_mesures.champ_volume := 'volume_ambiant';
  v_mesures.temperature_produit_c := p_mouvement.temperature_ambiante_c;
  v_mesures.temperature_echantillon_c := p_mouvement.temperature_echantillon_c;
  v_mesures.densite_observee_kgm3 := p_mouvement.densite_observee_kgm3;
  v_mesures.densite_a_15_kgm3 := p_mouvement.densite_a_15_kgm3;
  v_mesures.densite_citerne_kgm3 := p_densite_citerne;
  v_corrige := private.volume_15c(v_mesures, p_lieu);
  p_mouvement.citerne_id := p_lieu.citerne_id;
  p_mouvement.produit_id := p_lieu.produit_id;
  p_mouvement.depot_id := p_lieu.depot_id;
  p_mouvement.delta_ambiant := v_sens * v_mesures.volume_ambiant;
  p_mouvement.delta_15c := v_sens * v_corrige.volume_15c;
  p_mouvement.densite_a_15_kgm3 := v_corrige.densite_a_15_kgm3;
  p_mouvement.vcf := v_corrige.vcf;
  p_mouvement.methode_15c := v_corrige.methode_15c;
  p_mouvement.parametres_15c := v_corrige.parametres_15c;
  p_mouvement.avertissements := v_corrige.avertissements;
  p_mouvement.id := private.nouvel_id();
  p_mouvement.created_by := auth.uid();
  p_mouvement.created_at := now();
  return p_mouvement;
end;
$$;
comment on function private.mesurer_transfert_depot(public.mouvements_transferts_depots, private.emplacement, numeric,
  numeric)
  is
    'One end of a transfer between depots, at its tank: a day not in the future, litres above zero, as measured and at '
  '15 °C; the last argument: density that may serve where none was read (kg/m³). Raises DATE_FUTURE, and what '
  'private.volume_mesure and private.volume_15c raise.';

create function private.tracer_transfert_depot(
  p_mouvement public.mouvements_transferts_depots, p_action text, p_transfert public.transferts_depots
) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into public.mouvements_transferts_depots select (p_mouvement).*;
  perform private.journaliser(p_action, 'stocks', 'INFO', p_transfert.id, p_mouvement.depot_id,
    to_jsonb(p_mouvement) || jsonb_build_object('transfert', to_jsonb(p_transfert)));
end;
$$;
comment on function private.tracer_transfert_depot(public.mouvements_transferts_depots, text, public.transferts_depots)
  is 'Writes one end of a transfer between depots, and its line of the log: the whole movement, and the document as it '
  'is. The stock is the caller''s to move. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

create function private.exiger_expediable(
  p_lieu private.emplacement, p_transfert public.transferts_depots, p_proprietaire_type text
) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_transfert.depot_destination_id = p_lieu.depot_id then
    perform private.refuser('TRANSFERT_MEME_DEPOT');
  end if;
  if (p_proprietaire_type = 'PARTENAIRE') <> (p_transfert.partenaire_id is not null)
     or (p_transfert.partenaire_id is not null
         and not exists (select from public.partenaires p where p.id = p_transfert.partenaire_id)) then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;
  if not exists (select from public.depots d where d.id = p_transfert.depot_destination_id) then
    perform private.refuser('INTROUVABLE', '{"quoi":"le dépôt de destination"}');
  end if;
  perform private.exiger_actifs(p_lieu.produit_id, p_transfert.depot_destination_id,
    p_partenaire_id => p_transfert.partenaire_id);
  if not exists (select from public.citernes c
                  where c.depot_id = p_transfert.depot_destination_id and c.produit_id = p_lieu.produit_id
                    and c.statut <> 'inactive') then
    perform private.refuser('DESTINATION_SANS_CITERNE', jsonb_build_object('produit', p_lieu.produit_nom));
  end if;
end;
$$;
comment on function private.exiger_expediable(private.emplacement, public.transferts_depots, text) is
  'Whether what a tank holds may be sent to another depot: one that is not its own and in use, has a tank of this '
  'product; the partner whose it is. Raises TRANSFERT_MEME_DEPOT, PARTENAIRE_REQUIS, INTROUVABLE, '
  ' REFERENTIEL_INACTIF, DESTINATION_SANS_CITERNE.';

create function private.porter_transfert_depot(p_mouvement public.mouvements_transferts_depots) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_mouvement.proprietaire_type = 'PARTENAIRE' then
    perform private.porter_aux_comptes(array(
      select row(p_mouvement.depot_id, p_mouvement.produit_id, p_mouvement.partenaire_id, m.date_jour,
        m.delta_ambiant, m.delta_15c)::private.part
        from (select p_mouvement.date_jour, p_mouvement.delta_ambiant, p_mouvement.delta_15c
              union all
              select d.date_jour, d.delta_ambiant, 0 from public.dilatations d
               where d.mouvement_type = 'TRANSFERT_DEPOT' and d.mouvement_id = p_mouvement.transfert_id
                 and d.citerne_id = p_mouvement.citerne_id)
             m (date_jour, delta_ambiant, delta_15c)));
  end if;
end;
$$;
comment on function private.porter_transfert_depot(public.mouvements_transferts_depots) is
  'One end of a transfer between depots of a partner''s fuel, and the expansion it showed, on the account of that '
  'depot: what is on its way is on none. Raises PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE.';

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
  v_lieu private.emplacement;
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

create function private.transfert_depot_ouvert(p_id uuid) returns public.transferts_depots
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_transfert public.transferts_depots;
begin
  -- Whoever receives it too, or declares it lost, waits here.
  select * into v_transfert from public.transferts_depots t
   where t.id = p_id and array[t.depot_source_id, t.depot_destination_id] && private.depots_visibles() for update;
  if not found then
    perform private.refuser('INTROUVABLE', '{"quoi":"ce transfert"}');
  end if;
  if v_transfert.statut <> 'EXPEDIE' then
    perform private.refuser('TRANSFERT_ETAT', jsonb_build_object('statut', v_transfert.statut));
  end if;
  return v_transfert;
end;
$$;
comment on function private.transfert_depot_ouvert(uuid) is
  'A transfer between depots that is still on its way, locked, of a depot the caller sees. Raises INTROUVABLE, '
  'TRANSFERT_ETAT.';

create function private.clore_transfert_depot(p_transfert public.transferts_depots) returns public.transferts_depots
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  p_transfert.franchise_pour_mille := coalesce(
    (select p.franchise_pour_mille from public.produits p where p.id = p_transfert.produit_id), 3);
  p_transfert.clos_par := auth.uid();
  p_transfert.clos_le := clock_timestamp();
  return private.ecrire_transfert_depot(p_transfert);
end;
$$;
comment on function private.clore_transfert_depot(public.transferts_depots) is
  'Writes a transfer between depots that is on its way no more, with the loss allowance of its product today. Raises '
  'ECRITURES_GELEES, ISOLATION_INTERDITE.';

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
  -- A digit too many, or a decimal point that was lost.
  c_fois constant numeric := 10;
  v_transfert public.transferts_depots;
  v_lieu private.emplacement;
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
  if v_mouvement.delta_ambiant >= c_fois * v_transfert.expedie_ambiant then
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
  'Sends fuel (litres as measured) out of a tank to another depot (admin, directeur, gerant of the tank''s depot), on a '
  'day of the past or today, by the rules of a sortie; answers the transfer''s id. A partner''s fuel: its owner is '
  'PARTENAIRE and its partner named. Logs TRANSFERT_DEPOT_EXPEDIE. Raises '
  'ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, INDICES_MANQUANTS, INDEX_INCOHERENTS, '
  'VOLUME_AMBIANT_NON_POSITIF, INSUFFICIENT_STOCK, SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, '
  'SORTIE_CAPACITE_SECURITE, STOCK_FUTUR_NEGATIF, REFERENTIEL_INACTIF, PARTENAIRE_REQUIS, DENSITE_OBSERVEE_REQUISE, '
  'TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, VOLUME_15C_INCOHERENT, MESURES_INCOHERENTES, VOLUME_TROP_PETIT, '
  'ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES, DENSITE_HORS_PRODUIT, '
  'DEPOT_SANS_CODE, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL, '
  'TRANSFERT_MEME_DEPOT, DESTINATION_SANS_CITERNE.';
comment on function public.recevoir_transfert(uuid, uuid, numeric, numeric, numeric, numeric, numeric, date, text,
  boolean) is
  'Receives a transfer in a tank of the depot it was sent to (admin, directeur, gerant of that depot): the litres '
  'measured there, on its day or a later one. Ten times what was sent or more: only with p_confirmer, logged '
  'RECEPTION_CONFIRMEE as WARNING. What it lost on the way is a gap of the carrier''s. Logs TRANSFERT_DEPOT_RECU. '
  'Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, INDICES_MANQUANTS, INDEX_INCOHERENTS, '
  'VOLUME_AMBIANT_NON_POSITIF, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, '
  'TEMPERATURE_HORS_PLAGE, VOLUME_15C_INCOHERENT, MESURES_INCOHERENTES, VOLUME_TROP_PETIT, ASTM_HORS_DOMAINE, '
  'ISOLATION_INTERDITE, DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES, DENSITE_HORS_PRODUIT, '
  'PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL, TRANSFERT_ETAT, TRANSFERT_AUTRE_DEPOT, '
  'TRANSFERT_AVANT_EXPEDITION, VOLUME_HORS_ANNONCE.';
comment on function public.declarer_perdu(uuid, text) is
  'Says that a transfer will never arrive (admin, reason of 10 characters or more): all it carried is lost on the way. '
  'Logs TRANSFERT_DEPOT_PERDU as CRITICAL. Raises '
  'ROLE_FORBIDDEN, ISOLATION_INTERDITE, MOTIF_REQUIS, INTROUVABLE, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, '
  'TRANSFERT_ETAT.';
revoke execute on function public.expedier_transfert(uuid, uuid, numeric, numeric, numeric, numeric, numeric, text,
  uuid, date, text, text, text, text), public.recevoir_transfert(uuid, uuid, numeric, numeric, numeric, numeric,
  numeric, date, text, boolean), public.declarer_perdu(uuid, text), public.destinations_transfert(uuid)
  from public, anon;
grant execute on function public.expedier_transfert(uuid, uuid, numeric, numeric, numeric, numeric, numeric, text,
  uuid, date, text, text, text, text), public.recevoir_transfert(uuid, uuid, numeric, numeric, numeric, numeric,
  numeric, date, text, boolean), public.declarer_perdu(uuid, text), public.destinations_transfert(uuid)
  to authenticated;
