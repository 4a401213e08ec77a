-- How a sortie comes into its table, and what is done once it is there. Whoever writes one, the table's own triggers
-- ask all there is to ask: validate_sortie is an update of its state, creer_et_valider_sortie an insertion, and no
-- more.
--
--   before   who, where, what was sent; for one that is validated its figures (private.preparer_validation)
--   after    the log; for one that is validated its order, its credit, the stock (private.terminer_validation)

create type private.lecture as (user_id uuid, gel jsonb, client_actif boolean, lieu private.lieux);
comment on type private.lecture is
  'Who writes a sortie, the freeze, whether its client is not disabled, and its tank, all null where it is none of '
  'theirs.';

create function private.lire(p_citerne_id uuid, p_client_id uuid, p_valider boolean)
  returns private.lecture
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_user_id constant uuid := auth.uid();
  v_acteur private.acteur;
  v_lu private.lecture;
begin
  -- An older snapshot of the database would not see a freeze declared since.
  if current_setting('transaction_isolation') <> 'read committed' then
    perform private.exiger_read_committed();
  end if;
  -- Somebody of the tank's own depot, no freeze, no second factor: one question for who, where and how.
  select v_user_id, null::jsonb, (select c.actif from public.clients c where c.id = p_client_id), l
    into v_lu
    from public.profils p join private.lieux l on l.depot_id = p.depot_id
   where p.user_id = v_user_id and p.desactive_le is null and l.citerne_id = p_citerne_id and not l.gele
     and p.role = any (case when p_valider then l.validateurs else l.redacteurs end);
  if found then
    return v_lu;
  end if;
  -- Anybody else.
  v_lu.gel := (select s.value::jsonb from public.app_settings s where s.key = 'gel_ecritures');
  if p_valider then
    v_acteur := private.exiger('valider_sortie');
  else
    perform private.exiger_non_gele(v_lu.gel);
    v_acteur := private.exiger('ecrire_sortie');
  end if;
  v_lu.user_id := v_acteur.user_id;
  v_lu.client_actif := (select c.actif from public.clients c where c.id = p_client_id);
  v_lu.lieu := (
    select row(l.*)::private.lieux from private.lieux_vrais l
     where l.citerne_id = p_citerne_id and l.depot_id = any (v_acteur.depots));
  return v_lu;
end;
$$;
comment on function private.lire(uuid, uuid, boolean) is
  'All that a sortie asks of who writes a draft of it or with p_valider validates it, of its tank and of its client '
  '(null: none). A freeze is refused here to a draft, before the role; for a validation it is the caller''s to ask, '
  'last. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, ISOLATION_INTERDITE.';
grant execute on function private.lire(uuid, uuid, boolean) to authenticated, service_role;

create function private.sortie_rangee(p_sortie public.sorties_produit) returns public.sorties_produit
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  p_sortie.densite_observee_kgm3 := private.en_kgm3(p_sortie.densite_observee_kgm3);
  p_sortie.densite_a_15 := private.en_kgm3(p_sortie.densite_a_15);
  p_sortie.densite_a_15_kgm3 := private.en_kgm3(p_sortie.densite_a_15_kgm3);
  perform private.exiger_accord('densite_a_15', p_sortie.densite_a_15, 'densite_a_15_kgm3',
    p_sortie.densite_a_15_kgm3);
  p_sortie.densite_a_15_kgm3 := coalesce(p_sortie.densite_a_15_kgm3, p_sortie.densite_a_15);
  p_sortie.densite_a_15 := p_sortie.densite_a_15_kgm3;
  perform private.exiger_accord('volume_15c', p_sortie.volume_15c, 'volume_corrige_15c', p_sortie.volume_corrige_15c);
  p_sortie.volume_15c := coalesce(p_sortie.volume_corrige_15c, p_sortie.volume_15c);
  p_sortie.volume_corrige_15c := p_sortie.volume_15c;
  -- What only a rule writes; nobody sends it but a service that may write any column.
  p_sortie.facteur_compteur := null;
  p_sortie.vcf := null;
  p_sortie.methode_15c := null;
  p_sortie.parametres_15c := null;
  p_sortie.motif_rejet := null;
  p_sortie.validated_by := null;
  p_sortie.avertissements := '[]'::jsonb;
  p_sortie.version := 1;
  perform private.exiger_sortie(p_sortie);
  return p_sortie;
end;
$$;
comment on function private.sortie_rangee(public.sorties_produit) is
  'A sortie that says more than its litres and their temperature: densities in kg/m³, both names of a figure, nothing '
  'that only a rule writes. Raises MESURES_INCOHERENTES, and what private.exiger_sortie raises.';
grant execute on function private.sortie_rangee(public.sorties_produit) to authenticated, service_role;

create function private.sortie_a_valider(p_id uuid, p_depot_id uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if not private.flag_actif('sortie_directe_compat', p_depot_id) then
    perform private.refuser('SORTIE_VALIDATION_DIRECTE_INTERDITE');
  end if;
  -- What an operateur could not validate stays a draft, for somebody who can: the app of today has no other way to
  -- write.
  if private.peut('valider_sortie') then
    perform set_config('app.sorties_a_valider', concat_ws(' ', current_setting('app.sorties_a_valider', true), p_id),
      true);
  end if;
end;
$$;
comment on function private.sortie_a_valider(uuid, uuid) is
  'A sortie that is inserted as validated, under flag sortie_directe_compat: by who may validate, it is noted for the '
  'path of validate_sortie once inserted; by an operateur, it stays a draft. Raises '
  'SORTIE_VALIDATION_DIRECTE_INTERDITE.';
grant execute on function private.sortie_a_valider(uuid, uuid) to authenticated, service_role;

-- Not SECURITY DEFINER: it must see who is inserting.
create function private.sorties_avant_insert() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_permis constant text := current_setting('app.sorties_produit_allow_write', true);
  v_maintenant constant timestamptz := now();
  v_valider boolean := false;
  v_directe boolean := false;
  v_lu private.lecture;
  v_lieu private.lieux;
  v_possible text;
begin
  if new.statut <> 'brouillon' then
    -- The flag alone opens nothing: the writer must also be the table's owner, as the project's functions are. « 1 » is
    -- said by whoever repairs by hand, of whom all is asked that a table can ask; anything else by a rule.
    if new.statut = 'validee' and v_permis <> '' then
      if private.possede(tg_relid) then
        if v_permis = '1' then
          perform private.exiger_ouvert();
          perform private.exiger_sortie_entiere(new);
          return new;
        end if;
        v_valider := true;
      end if;
    end if;
    v_directe := not v_valider;
  end if;
  v_lu := private.lire(new.citerne_id, new.client_id, v_valider);
  v_lieu := v_lu.lieu;
  if v_lieu.citerne_id is null or new.produit_id <> v_lieu.produit_id then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', new.citerne_id));
  end if;
  if v_lu.client_actif is false then
    v_possible := private.exiger_actifs(p_client_id => new.client_id);
  end if;
  new.depot_id := v_lieu.depot_id;
  new.produit_id := v_lieu.produit_id;
  if new.date_sortie is null then
    new.date_sortie := v_maintenant;
  end if;
  new.date_jour := private.jour_local(v_lieu.fuseau, new.date_sortie);
  -- Nothing but litres and their temperature, of now: most of the sorties. Each question costs, whatever it finds: the
  -- rest is asked of what says more.
  if (num_nonnulls(new.index_avant, new.index_apres, new.temperature_echantillon_c, new.densite_observee_kgm3,
        new.densite_a_15, new.densite_a_15_kgm3, new.volume_15c, new.volume_corrige_15c, new.facteur_compteur, new.vcf,
        new.methode_15c, new.parametres_15c, new.motif_rejet, new.validated_by, new.chauffeur_nom, new.plaque_camion,
        new.plaque_remorque, new.transporteur, new.note) = 0
      and new.proprietaire_type = 'MONALUXE' and new.version = 1 and new.date_sortie = v_maintenant
      and new.volume_ambiant < 1e9 and new.temperature_ambiante_c between -50 and 150) is not true then
    new := private.sortie_rangee(new);
  end if;
  new.created_by := v_lu.user_id;
  new.updated_by := v_lu.user_id;
  new.updated_at := v_maintenant;
  new.created_at := v_maintenant;
  if v_valider then
    return private.preparer_validation(new, v_lu);
  end if;
  if v_directe then
    if new.statut <> 'validee' then
      perform private.refuser('SORTIE_VALIDATION_DIRECTE_INTERDITE');
    end if;
    new.statut := 'brouillon';
    perform private.sortie_a_valider(new.id, new.depot_id);
  end if;
  -- Those of this transaction so far, of which a client's request has one.
  if pg_stat_get_xact_tuples_inserted(tg_relid) >= private.lignes_au_plus() then
    perform private.exiger_peu_de_lignes(tg_relid, pg_stat_get_xact_tuples_inserted(tg_relid) + 1);
  end if;
  return new;
end;
$$;
comment on function private.sorties_avant_insert() is
  'Completes a sortie: tank the caller sees, columns of the server; validates one that a rule brings. Raises '
  'ROLE_FORBIDDEN, BENEFICIAIRE_REQUIRED, CITERNE_INACTIVE_OR_INCOMPATIBLE, INDICES_MANQUANTS, INDEX_INCOHERENTS, '
  'VOLUME_AMBIANT_NON_POSITIF, REFERENTIEL_INACTIF, TROP_DE_LIGNES, TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, PLAQUE_INVALIDE, '
  'PARTENAIRE_REQUIS, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, VOLUME_15C_INCOHERENT, '
  'MESURES_INCOHERENTES, VOLUME_TROP_PETIT, ASTM_HORS_DOMAINE, SORTIE_VALIDATION_DIRECTE_INTERDITE, '
  'ISOLATION_INTERDITE, DATE_FUTURE, ECRITURES_GELEES, DENSITE_HORS_PRODUIT, COMPTEUR_INCONNU, NOTE_REQUISE.';
grant execute on function private.sorties_avant_insert() to authenticated, service_role;

create function private.valider_directes(p_ids uuid[]) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_id uuid;
begin
  perform private.verrouiller_credit(p_ids);
  perform private.verrouiller_citernes(variadic array(
    select s.citerne_id from public.sorties_produit s where s.id = any (p_ids)));
  foreach v_id in array p_ids loop
    perform public.validate_sortie(v_id);
  end loop;
end;
$$;
comment on function private.valider_directes(uuid[]) is
  'Under the flag sortie_directe_compat, sends what an older client inserted as validated down the path of '
  'validate_sortie: all of a statement, their tanks locked in one order. Raises what validate_sortie raises.';

create function private.sorties_apres_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_notees constant text := current_setting('app.sorties_a_valider', true);
  v_permis text;
begin
  if new.statut = 'validee' then
    v_permis := current_setting('app.sorties_produit_allow_write', true);
    if v_permis <> '1' then
      v_permis := private.terminer_validation(new, true, v_permis = 'comptant');
    end if;
    return null;
  end if;
  -- Held by its key since it was referred to: the tank is still of the depot and the product that were read.
  if not exists (select from public.citernes c
                  where c.id = new.citerne_id and c.depot_id = new.depot_id and c.produit_id = new.produit_id) then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', new.citerne_id));
  end if;
  v_permis := private.journaliser('{SORTIE_CREEE}'::text[], 'sorties', 'INFO', new.id, new.depot_id,
    jsonb_build_object('citerne_id', new.citerne_id, 'volume_ambiant', new.volume_ambiant), new.created_by);
  -- All rows of the statement are written: the last that an older client brought as validated sends them all.
  if v_notees is not null and v_notees <> '' then
    if right(v_notees, 36) = new.id::text then
      perform set_config('app.sorties_a_valider', '', true);
      perform private.valider_directes(string_to_array(btrim(v_notees), ' ')::uuid[]);
    end if;
  end if;
  return null;
end;
$$;
comment on function private.sorties_apres_insert() is
  'Logs SORTIE_CREEE; ends the validation of one that a rule has validated, begins that of those which an older client '
  'brought as validated. Raises what validate_sortie raises.';

create function private.sorties_apres_ecriture() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_fait text;
begin
  if tg_op = 'UPDATE' then
    if old.statut = 'brouillon' then
      if new.statut = 'validee' then
        if current_setting('app.sorties_produit_allow_write', true) = 'regle' then
          v_fait := private.terminer_validation(new, false, false);
        end if;
      elsif new.statut = 'brouillon' and new is distinct from old then
        perform private.journaliser('SORTIE_MODIFIEE', 'sorties', 'INFO', new.id, new.depot_id,
          jsonb_build_object('table', tg_table_name, 'avant', to_jsonb(old), 'apres', to_jsonb(new)));
      end if;
      return null;
    end if;
    -- Past the draft only the owner writes, with the transaction's flag: that is never routine.
    perform private.journaliser('SORTIE_FORCEE_MODIFIEE', 'sorties', 'CRITICAL', new.id, new.depot_id,
      jsonb_build_object('table', tg_table_name, 'avant', to_jsonb(old), 'apres', to_jsonb(new)));
    return null;
  end if;
  perform private.journaliser('SORTIE_FORCEE_SUPPRIMEE', 'sorties', 'CRITICAL', old.id, old.depot_id,
    jsonb_build_object('table', tg_table_name, 'avant', to_jsonb(old)));
  return null;
end;
$$;
comment on function private.sorties_apres_ecriture() is
  'Logs what became of a sortie: SORTIE_MODIFIEE of a draft, SORTIE_FORCEE_MODIFIEE and SORTIE_FORCEE_SUPPRIMEE past '
  'the rules; ends the validation of one that a rule has validated. A rejection is logged by its rule. One trigger: '
  'the text of a "when" is read again at every statement. Raises what private.terminer_validation raises.';
