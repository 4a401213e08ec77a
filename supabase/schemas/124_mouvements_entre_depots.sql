-- What every act of a transfer between depots has in common: its row, its measures, its movements, its line of the log.

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
  p_mouvement public.mouvements_transferts_depots, p_lieu private.lieux, p_volume numeric,
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
comment on function private.mesurer_transfert_depot(public.mouvements_transferts_depots, private.lieux, numeric,
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
  p_lieu private.lieux, p_transfert public.transferts_depots, p_proprietaire_type text
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
comment on function private.exiger_expediable(private.lieux, public.transferts_depots, text) is
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
