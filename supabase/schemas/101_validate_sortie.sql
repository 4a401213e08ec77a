-- The functions of the sorties that production replaces by name: this file alone makes them again, as often as it is
-- run, and touches no trigger and no policy.

create or replace function private.preparer_validation(
  p_sortie public.sorties_produit, p_validateur uuid, p_lieu private.lieu
) returns public.sorties_produit
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_mesures private.mesures;
  v_releve private.releve;
  v_corrige private.volume_corrige;
  v_aujourdhui date;
  v_possible text;
begin
  if p_sortie.client_id is null and p_sortie.partenaire_id is null then
    perform private.refuser('BENEFICIAIRE_REQUIRED');
  end if;
  if p_sortie.partenaire_id is null then
    if p_sortie.proprietaire_type = 'PARTENAIRE' then
      perform private.refuser('PARTENAIRE_REQUIS');
    end if;
  end if;
  v_possible := private.exiger_citerne(p_lieu.citerne, p_sortie.citerne_id, p_sortie.produit_id);
  if (p_lieu.citerne).logique then
    perform private.exiger_note(p_lieu.citerne, p_sortie.note);
  end if;
  v_aujourdhui := private.jour_local((p_lieu.depot).fuseau, now());
  if p_sortie.date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;

  v_mesures := row(
    private.volume_mesure(p_sortie.volume_ambiant, null, p_sortie.index_avant, p_sortie.index_apres),
    private.champ_volume(p_sortie.volume_ambiant, null),
    p_sortie.temperature_ambiante_c, p_sortie.temperature_echantillon_c, p_sortie.densite_observee_kgm3,
    p_sortie.densite_a_15_kgm3, p_lieu.densite_melange_kgm3, p_sortie.volume_15c, null,
    p_sortie.index_avant is not null and p_sortie.index_apres is not null);
  if p_sortie.compteur_id is not null or p_sortie.index_apres is not null then
    v_releve := private.relever(p_sortie.compteur_id, p_lieu.citerne, p_sortie.date_jour, p_sortie.index_avant,
      p_sortie.index_apres, v_mesures.volume_ambiant);
    v_mesures.volume_ambiant := v_releve.volume;
    p_sortie.compteur_id := v_releve.compteur_id;
    p_sortie.facteur_compteur := v_releve.facteur;
  end if;
  v_corrige := private.volume_15c(v_mesures, p_lieu);

  p_sortie.volume_ambiant := v_mesures.volume_ambiant;
  -- As for a réception: where no meter was read, two numbers that differ by the volume.
  p_sortie.index_avant := coalesce(p_sortie.index_avant, 0);
  p_sortie.index_apres := coalesce(p_sortie.index_apres, p_sortie.volume_ambiant);
  p_sortie.volume_15c := v_corrige.volume_15c;
  p_sortie.volume_corrige_15c := v_corrige.volume_15c;
  p_sortie.vcf := v_corrige.vcf;
  p_sortie.methode_15c := v_corrige.methode_15c;
  p_sortie.parametres_15c := v_corrige.parametres_15c || jsonb_build_object('volume_15c_client',
    v_mesures.volume_15c_client);
  p_sortie.avertissements := v_corrige.avertissements;
  if v_releve.avertissements is not null then
    p_sortie.avertissements := p_sortie.avertissements || v_releve.avertissements;
  end if;
  p_sortie.densite_a_15_kgm3 := v_corrige.densite_a_15_kgm3;
  p_sortie.densite_a_15 := v_corrige.densite_a_15_kgm3;
  p_sortie.depot_id := (p_lieu.depot).id;
  p_sortie.statut := 'validee';
  p_sortie.validated_by := p_validateur;
  -- What was sent was asked when it was written: of what has just been computed, nobody has.
  v_possible := private.exiger_mesures('sorties_produit', null, p_sortie.index_apres, p_sortie.volume_ambiant,
    p_sortie.volume_15c, null, null, null, p_sortie.densite_a_15_kgm3, p_sortie.vcf);
  return p_sortie;
end;
$$;
comment on function private.preparer_validation(public.sorties_produit, uuid, private.lieu) is
  'A draft as it is to be written once validated: checks everything but role, state and stock, computes its volumes; '
  'without a density of its own, that of its tank serves. Moves nothing. Raises BENEFICIAIRE_REQUIRED, '
  'PARTENAIRE_REQUIS, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, NOTE_REQUISE, DATE_FUTURE, and what '
  'private.volume_mesure and private.volume_15c raise.';

create or replace function private.debiter_sortie(p_sortie public.sorties_produit) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_fait text;
begin
  if p_sortie.compteur_id is not null then
    perform private.exiger_index_libres(p_sortie.id, p_sortie.compteur_id, p_sortie.index_avant, p_sortie.index_apres);
  end if;
  v_fait := private.verrouiller_citernes(p_sortie.citerne_id);
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

-- What writes a sortie has the search_path of validate_sortie, which is also a client's: the plans of the table's
-- foreign keys are kept for one search_path, and a session that goes from one to another makes each of them again.

create or replace function private.valider_sortie(p_id uuid, p_version int default null) returns void
language plpgsql
set search_path = public, pg_temp
as $$
declare
  v_acteur private.acteur;
  v_lu record;
  v_sortie public.sorties_produit;
  v_fait text;
begin
  v_acteur := private.exiger('valider_sortie');

  select s as sortie, row(c, d, p, (select max(k.densite_melange_kgm3) from public.stocks_snapshot k
                                    where k.citerne_id = c.id))::private.lieu as lieu
    into v_lu
    from public.sorties_produit s
    left join public.citernes c on c.id = s.citerne_id and c.depot_id = any (v_acteur.depots)
    left join public.depots d on d.id = c.depot_id
    left join public.produits p on p.id = c.produit_id
   where s.id = p_id and s.depot_id = any (v_acteur.depots)
     for update of s;
  if not found then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id), 404);
  end if;
  v_sortie := v_lu.sortie;
  if v_sortie.statut <> 'brouillon' then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id, 'statut', v_sortie.statut));
  end if;
  if p_version is not null then
    perform private.exiger_version(v_sortie, p_version);
  end if;

  -- Nothing has left yet: a client disabled since the draft was written stops it.
  if v_sortie.client_id is not null then
    v_fait := private.exiger_actifs(p_client_id => v_sortie.client_id);
  end if;
  v_sortie := private.preparer_validation(v_sortie, v_acteur.user_id, v_lu.lieu);

  v_fait := set_config('app.sorties_produit_allow_write', 'regle', true);
  update public.sorties_produit s
     set statut = v_sortie.statut,
         depot_id = v_sortie.depot_id,
         validated_by = v_sortie.validated_by,
         index_avant = v_sortie.index_avant,
         index_apres = v_sortie.index_apres,
         compteur_id = v_sortie.compteur_id,
         facteur_compteur = v_sortie.facteur_compteur,
         volume_ambiant = v_sortie.volume_ambiant,
         volume_15c = v_sortie.volume_15c,
         volume_corrige_15c = v_sortie.volume_corrige_15c,
         vcf = v_sortie.vcf,
         methode_15c = v_sortie.methode_15c,
         parametres_15c = v_sortie.parametres_15c,
         avertissements = v_sortie.avertissements,
         densite_a_15_kgm3 = v_sortie.densite_a_15_kgm3,
         densite_a_15 = v_sortie.densite_a_15
   where s.id = p_id;
  v_fait := set_config('app.sorties_produit_allow_write', '', true);
  v_fait := private.journaliser('SORTIE_VALIDEE', 'sorties', 'INFO', p_id, v_sortie.depot_id, to_jsonb(v_sortie));
  v_fait := private.exiger_commande(v_sortie);
  v_fait := private.exiger_credit(v_sortie);
  v_fait := private.debiter_sortie(v_sortie);
end;
$$;
comment on function private.valider_sortie(uuid, int) is
  'What validate_sortie and valider_sortie_lue do. p_version: the draft''s version that was read; null: whichever it '
  'has. Raises what they raise.';

create or replace function public.validate_sortie(p_id uuid) returns void
language plpgsql security definer
set search_path = 'public'
as $$
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
begin
  -- Versions begin at 1: one that was not read is no version at all.
  perform private.valider_sortie(p_id, coalesce(p_version, 0));
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
begin
  -- As for an insertion (private.sorties_avant_insert): the flag, said by a rule or by hand, and the owner.
  if current_setting('app.sorties_produit_allow_write', true) in ('regle', '1') and private.possede(tg_relid) then
    if tg_op <> 'UPDATE' then
      return case tg_op when 'DELETE' then old end;
    end if;
    if current_setting('app.sorties_produit_allow_write') = '1' then
      perform private.exiger_sortie_entiere(new);
    end if;
    return new;
  end if;
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
  'app.sorties_produit_allow_write = 1, of whom it is asked as a whole. Raises ECRITURE_INTERDITE, ROLE_FORBIDDEN, '
  'CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, PLAQUE_INVALIDE.';
revoke execute on function public.sorties_produit_block_update_delete() from public, anon;
grant execute on function public.sorties_produit_block_update_delete() to authenticated, service_role;
