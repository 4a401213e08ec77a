-- What the table's triggers ask of a sortie that is validated, and do: its measures before it is written; after, the
-- log, its order, its client's credit, the stock.

create function private.exiger_validable(p_sortie public.sorties_produit, p_lieu private.lieux)
  returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_aujourdhui constant date := private.jour_local(p_lieu.fuseau, now());
begin
  if p_sortie.client_id is null and p_sortie.partenaire_id is null then
    perform private.refuser('BENEFICIAIRE_REQUIRED');
  end if;
  if p_sortie.partenaire_id is null and p_sortie.proprietaire_type = 'PARTENAIRE' then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;
  perform private.exiger_citerne(p_lieu, p_sortie.citerne_id, p_sortie.produit_id);
  perform private.exiger_note(p_lieu, p_sortie.note);
  if p_sortie.date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
end;
$$;
comment on function private.exiger_validable(public.sorties_produit, private.lieux) is
  'A sortie has who receives it, leaves a tank that is in use and holds its product, on a day that has come. Raises '
  'BENEFICIAIRE_REQUIRED, PARTENAIRE_REQUIS, CITERNE_INACTIVE_OR_INCOMPATIBLE, NOTE_REQUISE, DATE_FUTURE.';

create function private.mesurer_sortie(p_sortie public.sorties_produit, p_lu private.lecture)
  returns public.sorties_produit
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lieu constant private.lieux := p_lu.lieu;
  v_volume numeric := private.volume_mesure(p_sortie.volume_ambiant, null, p_sortie.index_avant, p_sortie.index_apres);
  v_releve private.releve;
  v_corrige private.volume_corrige;
begin
  if p_sortie.compteur_id is not null or p_sortie.index_apres is not null then
    v_releve := private.relever(p_sortie.compteur_id, v_lieu, p_sortie.date_jour, p_sortie.index_avant,
      p_sortie.index_apres, v_volume);
    v_volume := v_releve.volume;
    p_sortie.compteur_id := v_releve.compteur_id;
    p_sortie.facteur_compteur := v_releve.facteur;
  end if;
  v_corrige := private.volume_15c(row(v_volume, private.champ_volume(p_sortie.volume_ambiant, null),
    p_sortie.temperature_ambiante_c, p_sortie.temperature_echantillon_c, p_sortie.densite_observee_kgm3,
    p_sortie.densite_a_15_kgm3, v_lieu.densite_melange_kgm3, p_sortie.volume_15c, null,
    p_sortie.index_avant is not null or p_sortie.index_apres is not null)::private.mesures, v_lieu, v_lieu.norme);

  p_sortie.volume_ambiant := v_volume;
  -- As for a réception: where no meter was read, two numbers that differ by the volume.
  p_sortie.index_avant := coalesce(p_sortie.index_avant, 0);
  p_sortie.index_apres := coalesce(p_sortie.index_apres, v_volume);
  p_sortie.parametres_15c := v_corrige.parametres_15c || jsonb_build_object('volume_15c_client', p_sortie.volume_15c);
  p_sortie.volume_15c := v_corrige.volume_15c;
  p_sortie.vcf := v_corrige.vcf;
  p_sortie.methode_15c := v_corrige.methode_15c;
  p_sortie.avertissements := v_corrige.avertissements || coalesce(v_releve.avertissements, '[]');
  p_sortie.densite_a_15_kgm3 := v_corrige.densite_a_15_kgm3;
  p_sortie.densite_a_15 := v_corrige.densite_a_15_kgm3;
  -- What was sent was asked when it was written: of what has just been computed, nobody has.
  perform private.exiger_mesures('sorties_produit', null, p_sortie.index_apres, p_sortie.volume_ambiant,
    p_sortie.volume_15c, null, null, null, p_sortie.densite_a_15_kgm3, p_sortie.vcf);
  return p_sortie;
end;
$$;
comment on function private.mesurer_sortie(public.sorties_produit, private.lecture) is
  'A draft with its volumes, measured and at 15 °C, and how they were computed; without a density of its own, that of '
  'its tank serves. Raises what private.volume_mesure, private.relever, private.volume_15c and private.exiger_mesures '
  'raise.';

create function private.preparer_validation(
  p_sortie public.sorties_produit, p_lu private.lecture
) returns public.sorties_produit
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lieu constant private.lieux := p_lu.lieu;
  v_15c numeric;
  v_possible text;
begin
  -- What nearly every sortie is; of any other it is asked which of these it is not. Not later than now is not later
  -- than today.
  if (p_sortie.client_id is not null and p_sortie.proprietaire_type = 'MONALUXE' and v_lieu.statut = 'active'
      and p_sortie.produit_id = v_lieu.produit_id and not v_lieu.logique and p_sortie.date_sortie <= now()) is not true
  then
    v_possible := private.exiger_validable(p_sortie, v_lieu);
  end if;
  -- Litres and their temperature, by the old formula: most of the sorties. Each question costs, whatever it finds: the
  -- rest is asked of what says more.
  if num_nonnulls(p_sortie.index_avant, p_sortie.index_apres, p_sortie.compteur_id, p_sortie.densite_observee_kgm3,
       p_sortie.densite_a_15_kgm3, p_sortie.volume_15c, p_sortie.temperature_echantillon_c,
       v_lieu.densite_melange_kgm3) = 0
     and not v_lieu.norme
     -- So that the factor lies between 0.5 and 1.5 wherever a depot may be, and a litre is left.
     and v_lieu.alpha_historique < 0.003 and p_sortie.volume_ambiant between 1 and 1e8
     and p_sortie.temperature_ambiante_c between v_lieu.temperature_min_c and v_lieu.temperature_max_c then
    v_15c := round(private.formule_historique(p_sortie.volume_ambiant, p_sortie.temperature_ambiante_c,
      v_lieu.alpha_historique), 3);
    p_sortie.index_avant := 0;
    p_sortie.index_apres := p_sortie.volume_ambiant;
    p_sortie.volume_15c := v_15c;
    p_sortie.vcf := round(v_15c / p_sortie.volume_ambiant, 8);
    p_sortie.methode_15c := 'LEGACY';
    p_sortie.parametres_15c := jsonb_build_object('du_client', false, 'alpha', v_lieu.alpha_historique,
      'volume_15c_client', null);
  else
    p_sortie := private.mesurer_sortie(p_sortie, p_lu);
  end if;
  p_sortie.volume_corrige_15c := p_sortie.volume_15c;
  p_sortie.depot_id := v_lieu.depot_id;
  p_sortie.statut := 'validee';
  p_sortie.validated_by := p_lu.user_id;
  if p_lu.gel is not null then
    perform private.exiger_non_gele(p_lu.gel);
  end if;
  return p_sortie;
end;
$$;
comment on function private.preparer_validation(public.sorties_produit, private.lecture) is
  'A draft as it is to be written once validated: checks everything but role, state and stock, computes its volumes; '
  'without a density of its own, that of its tank serves. Moves nothing. Raises BENEFICIAIRE_REQUIRED, '
  'PARTENAIRE_REQUIS, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, NOTE_REQUISE, DATE_FUTURE, '
  'ECRITURES_GELEES, and what private.volume_mesure and private.volume_15c raise.';

create function private.debiter_autrement(p_sortie public.sorties_produit) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_fait text;
begin
  v_fait := private.debiter_citerne('SORTIE', p_sortie.id, p_sortie.citerne_id, p_sortie.produit_id, p_sortie.depot_id,
    p_sortie.proprietaire_type, p_sortie.date_jour, p_sortie.volume_ambiant, p_sortie.volume_15c, p_sortie.methode_15c);
  v_fait := private.exiger_securite(p_sortie.citerne_id, p_sortie.date_jour,
    case when p_sortie.methode_15c <> 'LEGACY' then p_sortie.vcf end);
  if p_sortie.proprietaire_type = 'PARTENAIRE' then
    perform private.porter_aux_comptes(array(
      select row(p_sortie.depot_id, p_sortie.produit_id, p_sortie.partenaire_id, m.date_jour, m.delta_ambiant,
        m.delta_15c)::private.part
        from (select p_sortie.date_jour, -p_sortie.volume_ambiant, -p_sortie.volume_15c
              union all
              select d.date_jour, d.delta_ambiant, 0 from public.dilatations d
               where d.mouvement_type = 'SORTIE' and d.mouvement_id = p_sortie.id)
             m (date_jour, delta_ambiant, delta_15c)));
  end if;
end;
$$;
comment on function private.debiter_autrement(public.sorties_produit) is
  'Takes a prepared sortie out of snapshot and days of a tank that is held: checks the stock, then every day''s '
  'security capacity; of a partner''s fuel, its account.';

create function private.terminer_validation(
  p_sortie public.sorties_produit, p_creee boolean, p_payee boolean
) returns void
language plpgsql
-- The path of all that writes a sortie (private.valider_sortie).
set search_path = public, pg_temp
as $$
declare
  v_reserve numeric;
  v_fait text;
begin
  v_fait := private.journaliser(
    case when p_creee then '{SORTIE_CREEE,SORTIE_VALIDEE}'::text[] else '{SORTIE_VALIDEE}'::text[] end, 'sorties',
      'INFO', p_sortie.id, p_sortie.depot_id, to_jsonb(p_sortie), p_sortie.validated_by);
  -- Most sorties deliver no order, and few clients have a limit or are suspended: only of those is more asked.
  if not p_creee then
    if exists (select from public.sorties_commandes l where l.sortie_id = p_sortie.id) then
      v_fait := private.exiger_commande(p_sortie);
    end if;
  end if;
  if not p_payee then
    if exists (select from public.clients_conditions c
                where c.client_id = p_sortie.client_id and (c.plafond is not null or c.suspendu)) then
      v_fait := private.exiger_credit(p_sortie);
    end if;
  end if;
  if p_sortie.compteur_id is not null then
    perform private.exiger_index_libres(p_sortie.id, p_sortie.compteur_id, p_sortie.index_avant, p_sortie.index_apres);
  end if;
  -- Last, so that others wait for the tank as little as can be.
  v_fait := private.verrouiller_citerne(p_sortie.citerne_id);
  -- Of our own fuel, by the old formula: where the tank is in use, its days are open and its reserve is left by our own
  -- stock alone, two rows are all there is to do. Whoever changes any of that takes the tank's mutex too.
  if p_sortie.methode_15c = 'LEGACY' and p_sortie.proprietaire_type = 'MONALUXE' then
    select l.reserve into v_reserve from private.lieux l
     where l.citerne_id = p_sortie.citerne_id and l.statut = 'active' and l.clos_au < p_sortie.date_jour;
    if v_reserve is not null then
      if private.deplacer_jours(p_sortie.citerne_id, p_sortie.produit_id, 'MONALUXE', p_sortie.date_jour,
           p_sortie.date_jour, p_sortie.volume_ambiant, p_sortie.volume_15c, false, v_reserve) then
        return;
      end if;
    end if;
  end if;
  v_fait := private.debiter_autrement(p_sortie);
end;
$$;
comment on function private.terminer_validation(public.sorties_produit, boolean, boolean) is
  'What follows a sortie that has just been written as validated: logs it, asks the order it delivers, its client''s '
  'credit and its meter, and takes it out of its tank, which it locks last. p_creee: it was no draft before, and no '
  'order''s; p_payee: whoever validates it takes the money in the same act. Raises COMMANDE_ETAT, '
  'COMMANDE_INCOMPATIBLE, COMMANDE_EXPIREE, COMMANDE_DEPASSEE, and what '
  'private.exiger_credit, private.exiger_index_libres and private.debiter_autrement raise.';
