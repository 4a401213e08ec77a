-- The functions of the sorties that production replaces by name: this file alone makes them again, as often as it is
-- run, and touches no trigger and no policy.

create or replace function private.exiger_validable(p_sortie public.sorties_produit, p_lieu private.emplacement)
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
comment on function private.exiger_validable(public.sorties_produit, private.emplacement) is
  'A sortie has who receives it, leaves a tank that is in use and holds its product, on a day that has come. Raises '
  'BENEFICIAIRE_REQUIRED, PARTENAIRE_REQUIS, CITERNE_INACTIVE_OR_INCOMPATIBLE, NOTE_REQUISE, DATE_FUTURE.';

create or replace function private.mesurer_sortie(p_sortie public.sorties_produit, p_lu private.lecture)
  returns public.sorties_produit
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lieu constant private.emplacement := p_lu.lieu;
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
    p_sortie.index_avant is not null or p_sortie.index_apres is not null)::private.mesures, v_lieu, p_lu.norme);

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

create or replace function private.preparer_validation(
  p_sortie public.sorties_produit, p_lu private.lecture
) returns public.sorties_produit
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lieu constant private.emplacement := p_lu.lieu;
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
  if p_sortie.index_avant is null and p_sortie.index_apres is null and p_sortie.compteur_id is null
     and p_sortie.densite_observee_kgm3 is null and p_sortie.densite_a_15_kgm3 is null and p_sortie.volume_15c is null
     and p_sortie.temperature_echantillon_c is null and v_lieu.densite_melange_kgm3 is null and p_lu.norme is not true
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

create or replace function private.debiter_sortie(p_sortie public.sorties_produit) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_a_garder boolean;
  v_fait text;
begin
  if p_sortie.compteur_id is not null then
    perform private.exiger_index_libres(p_sortie.id, p_sortie.compteur_id, p_sortie.index_avant, p_sortie.index_apres);
  end if;
  v_fait := private.verrouiller_citerne(p_sortie.citerne_id);
  -- Of our own fuel, by the old formula, nearly always: the tank is in use, its days are open, and two rows are enough.
  select not c.logique and c.capacite_securite > 0 into v_a_garder
    from public.citernes c
   where c.id = p_sortie.citerne_id and c.statut = 'active' and p_sortie.methode_15c = 'LEGACY'
     and p_sortie.proprietaire_type = 'MONALUXE'
     and not exists (select from public.periodes_closes p where p.depot_id = c.depot_id and p.au >= p_sortie.date_jour);
  if v_a_garder is not null then
    if private.deplacer_jours(p_sortie.citerne_id, p_sortie.produit_id, 'MONALUXE', p_sortie.date_jour,
         p_sortie.date_jour, p_sortie.volume_ambiant, p_sortie.volume_15c, false) then
      if v_a_garder then
        v_fait := private.exiger_securite(p_sortie.citerne_id, p_sortie.date_jour);
      end if;
      return;
    end if;
  end if;
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
comment on function private.debiter_sortie(public.sorties_produit) is
  'Takes a prepared sortie out of snapshot and days: asks its meter, locks the tank, checks the stock, then every '
  'day''s security capacity; of a partner''s fuel, its account. Done last in its transaction, so that others wait for '
  'the tank as little as can be.';

create or replace function private.terminer_validation(
  p_sortie public.sorties_produit, p_creee boolean, p_payee boolean
) returns void
language plpgsql
-- The path of all that writes a sortie (private.valider_sortie).
set search_path = public, pg_temp
as $$
declare
  v_fait text;
begin
  v_fait := private.journaliser(case when p_creee then '{SORTIE_CREEE,SORTIE_VALIDEE}'
    else '{SORTIE_VALIDEE}' end::text[],
    'sorties', 'INFO', p_sortie.id, p_sortie.depot_id, to_jsonb(p_sortie), p_sortie.validated_by);
  -- One question, whether there is anything to ask: most sorties deliver no order, and few clients have terms.
  if exists (select from public.sorties_commandes l where l.sortie_id = p_sortie.id
             union all
             select from public.clients_conditions c where c.client_id = p_sortie.client_id) then
    v_fait := private.exiger_commande(p_sortie);
    if not p_payee then
      v_fait := private.exiger_credit(p_sortie);
    end if;
  end if;
  v_fait := private.debiter_sortie(p_sortie);
end;
$$;
comment on function private.terminer_validation(public.sorties_produit, boolean, boolean) is
  'What follows a sortie that has just been written as validated: logs it, asks the order it delivers and its client''s '
  'credit, debits it. p_creee: it was no draft before, and no order''s; p_payee: whoever validates it takes the money '
  'in the same act. Raises COMMANDE_ETAT, COMMANDE_INCOMPATIBLE, COMMANDE_EXPIREE, COMMANDE_DEPASSEE, and what '
  'private.exiger_credit and private.debiter_sortie raise.';

create or replace function private.refuser_validation(p_id uuid, p_version int) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('valider_sortie');
  v_sortie public.sorties_produit;
begin
  select * into v_sortie from public.sorties_produit s where s.id = p_id and s.depot_id = any (v_acteur.depots);
  if not found then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id), 404);
  end if;
  if v_sortie.statut = 'brouillon' then
    perform private.exiger_version(v_sortie, p_version);
  end if;
  perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id, 'statut', v_sortie.statut));
end;
$$;
comment on function private.refuser_validation(uuid, int) is
  'Says why a sortie was not there to be validated: who asks, none they see, no longer a draft, no longer the version '
  'that was read. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, VERSION_PERIMEE.';

-- What writes a sortie has the search_path of validate_sortie, which is also a client's: the plans of the table's
-- foreign keys are kept for one search_path, and a session that goes from one to another makes each of them again.

create or replace function private.valider_sortie(p_id uuid, p_version int default null) returns void
language plpgsql
set search_path = public, pg_temp
-- One row by its key, also where a plan was made when there were few.
set enable_seqscan = off
as $$
declare
  v_permis text;
begin
  v_permis := set_config('app.sorties_produit_allow_write', 'regle', true);
  -- The table's own triggers look at the draft, check everything, write its figures, log it and debit it.
  update public.sorties_produit s set statut = 'validee'
   where s.id = p_id and s.statut = 'brouillon' and (p_version is null or s.version = p_version);
  if not found then
    perform private.refuser_validation(p_id, p_version);
  end if;
  v_permis := set_config('app.sorties_produit_allow_write', '', true);
end;
$$;
comment on function private.valider_sortie(uuid, int) is
  'What validate_sortie and valider_sortie_lue do. p_version: the draft''s version that was read; null: whichever it '
  'has. Raises what they raise.';

create or replace function public.validate_sortie(p_id uuid) returns void
language plpgsql security definer
set search_path = 'public'
as $$
declare
  v_fait text;
begin
  -- With this search_path a caller's temporary objects would come first: the name below says its schema.
  perform private.valider_sortie(p_id);
end;
$$;
comment on function public.validate_sortie(uuid) is
  'Validates a draft (admin, directeur, gerant): locks it and the tank, checks everything, debits snapshot and days, '
  'logs SORTIE_VALIDEE. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, BENEFICIAIRE_REQUIRED, '
  'CITERNE_INACTIVE_OR_INCOMPATIBLE, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, '
  'INSUFFICIENT_STOCK, SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, SORTIE_CAPACITE_SECURITE, STOCK_FUTUR_NEGATIF, '
  'REFERENTIEL_INACTIF, PARTENAIRE_REQUIS, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, '
  'VOLUME_15C_INCOHERENT, MESURES_INCOHERENTES, VOLUME_TROP_PETIT, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, '
  'ECRITURE_INTERDITE, DATE_FUTURE, ECRITURES_GELEES, DENSITE_HORS_PRODUIT, TVA_NON_FIXEE, TAUX_ABSENT, TARIF_ABSENT, '
  'COMMANDE_ETAT, COMMANDE_DEVISE, COMMANDE_INCOMPATIBLE, COMMANDE_EXPIREE, COMMANDE_DEPASSEE, CREDIT_DEPASSE, '
  'CLIENT_SUSPENDU, COMPTEUR_INCONNU, COMPTEUR_CHEVAUCHEMENT, NOTE_REQUISE, '
  'PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';
revoke execute on function public.validate_sortie(uuid) from public, anon;
grant execute on function public.validate_sortie(uuid) to authenticated;

create or replace function public.valider_sortie_lue(p_id uuid, p_version int) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_fait text;
begin
  -- Versions begin at 1: one that was not read is no version at all.
  v_fait := private.valider_sortie(p_id, coalesce(p_version, 0));
end;
$$;
comment on function public.valider_sortie_lue(uuid, int) is
  'Validates a draft as it was read: validate_sortie, but refused with VERSION_PERIMEE where its version is no longer '
  'p_version. Raises VERSION_PERIMEE, and what validate_sortie raises.';
revoke execute on function public.valider_sortie_lue(uuid, int) from public, anon;
grant execute on function public.valider_sortie_lue(uuid, int) to authenticated;

create or replace function public.sorties_produit_block_update_delete() returns trigger
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  v_permis constant text := current_setting('app.sorties_produit_allow_write', true);
  v_lu private.lecture;
begin
  -- As for an insertion (private.sorties_avant_insert): the flag, said by a rule or by hand, and the owner.
  if v_permis <> '' then
    if private.possede(tg_relid) then
      if tg_op <> 'UPDATE' then
        return case tg_op when 'DELETE' then old end;
      end if;
      if v_permis = '1' then
        perform private.exiger_ouvert();
        perform private.exiger_sortie_entiere(new);
        return new;
      end if;
      v_lu := private.lire(new.citerne_id, new.client_id, true);
      if (v_lu.lieu).citerne_id is null then
        perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', new.id), 404);
      end if;
      -- Nothing has left yet: a client disabled since the draft was written stops it.
      if v_lu.client_actif is false then
        perform private.exiger_actifs(p_client_id => new.client_id);
      end if;
      return private.preparer_validation(new, v_lu);
    end if;
  end if;
  perform private.exiger_ouvert();
  if tg_op <> 'UPDATE' or old.statut <> 'brouillon' or new.statut <> 'brouillon' then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  -- A draft may be completed by who wrote it or who may validate it; who wrote it, where it belongs and what the server
  -- computes may not be touched.
  if old.created_by is distinct from auth.uid()
     and not private.peut('valider_sortie')
     and not (auth.uid() is null and private.possede(tg_relid)) then
    perform private.refuser('ROLE_FORBIDDEN', jsonb_build_object('redigee_par', old.created_by));
  end if;
  if new.produit_id is distinct from old.produit_id then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', old.citerne_id));
  end if;
  perform private.exiger_actifs(p_client_id => nullif(new.client_id, old.client_id));
  new.id := old.id;
  new.citerne_id := old.citerne_id;
  new.depot_id := old.depot_id;
  new.created_by := old.created_by;
  new.created_at := old.created_at;
  new.version := old.version;
  new.updated_by := old.updated_by;
  new.updated_at := old.updated_at;
  new.validated_by := old.validated_by;
  new.motif_rejet := old.motif_rejet;
  new.facteur_compteur := old.facteur_compteur;
  new.vcf := old.vcf;
  new.methode_15c := old.methode_15c;
  new.parametres_15c := old.parametres_15c;
  new.avertissements := old.avertissements;
  new.densite_observee_kgm3 := private.en_kgm3(new.densite_observee_kgm3);
  new.densite_a_15 := private.en_kgm3(new.densite_a_15);
  new.densite_a_15_kgm3 := private.en_kgm3(new.densite_a_15_kgm3);
  new.date_jour := private.jour_au_depot(old.depot_id, new.date_sortie);
  -- Of the two names of one figure, the one that was changed wins.
  if new.volume_corrige_15c is distinct from old.volume_corrige_15c then
    new.volume_15c := new.volume_corrige_15c;
  else
    new.volume_corrige_15c := new.volume_15c;
  end if;
  if new.densite_a_15 is distinct from old.densite_a_15 then
    new.densite_a_15_kgm3 := new.densite_a_15;
  else
    new.densite_a_15 := new.densite_a_15_kgm3;
  end if;
  perform private.exiger_sortie(new);
  if new is distinct from old then
    new.version := old.version + 1;
    new.updated_by := auth.uid();
    new.updated_at := now();
  end if;
  return new;
end;
$$;
comment on function public.sorties_produit_block_update_delete() is
  'Refuses every update, delete and truncate of a sortie (ECRITURE_INTERDITE), except completing a draft, by its '
  'author or a validator, which counts its version up; or the table''s owner in a transaction with '
  'app.sorties_produit_allow_write = 1, of whom it is asked as a whole; said by a rule, it validates the draft. Raises '
  'ECRITURE_INTERDITE, ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, DATE_IMPOSSIBLE, '
  'TEXTE_ILLISIBLE, PLAQUE_INVALIDE, INVALID_ID_OR_STATE, ISOLATION_INTERDITE, ECRITURES_GELEES.';
revoke execute on function public.sorties_produit_block_update_delete() from public, anon;
grant execute on function public.sorties_produit_block_update_delete() to authenticated, service_role;
