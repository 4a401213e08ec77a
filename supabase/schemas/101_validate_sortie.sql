-- The functions of the sorties that production replaces by name: this file alone makes them again, as often as it is
-- run, and touches no trigger and no policy.

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
  v_fait pg_catalog.text;
begin
  -- With this search_path a caller's temporary objects would come first: the names here say their schema.
  v_fait := private.valider_sortie(p_id);
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
  'ROLE_FORBIDDEN, INVALID_ID_OR_STATE, BENEFICIAIRE_REQUIRED, CITERNE_INACTIVE_OR_INCOMPATIBLE, INDICES_MANQUANTS, '
  'INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, REFERENTIEL_INACTIF, TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, '
  'PLAQUE_INVALIDE, PARTENAIRE_REQUIS, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, '
  'VOLUME_15C_INCOHERENT, MESURES_INCOHERENTES, VOLUME_TROP_PETIT, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, '
  'ECRITURE_INTERDITE, DATE_FUTURE, ECRITURES_GELEES, DENSITE_HORS_PRODUIT, COMPTEUR_INCONNU, NOTE_REQUISE.';
revoke execute on function public.sorties_produit_block_update_delete() from public, anon;
grant execute on function public.sorties_produit_block_update_delete() to authenticated, service_role;
