-- Sortie: fuel measured out of a tank, for a client or a partner.
--
--   brouillon → validee   (validate_sortie: locks, checks, debits, logs)
--             ↘ rejetee   (rejeter_sortie)
--
-- A draft is what a clerk wrote; it moves no litre. Everything is checked when it is validated.

create table public.sorties_produit (
  id uuid primary key default private.nouvel_id(),
  citerne_id uuid not null references public.citernes (id),
  produit_id uuid not null references public.produits (id),
  depot_id uuid not null,
  client_id uuid references public.clients (id),
  partenaire_id uuid references public.partenaires (id),
  proprietaire_type text not null default 'MONALUXE',
  like private.mesures_lues including comments,
  like private.mesures_calculees including comments,
  avertissements jsonb not null default '[]',
  date_sortie timestamptz not null default now(),
  date_jour date not null,
  statut text not null default 'brouillon',
  chauffeur_nom text,
  plaque_camion text,
  plaque_remorque text,
  transporteur text,
  note text,
  motif_rejet text,
  version int not null default 1,
  created_by uuid not null references auth.users (id),
  validated_by uuid references auth.users (id),
  updated_by uuid,
  updated_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  foreign key (compteur_id) references public.compteurs (id)
)
-- Room for the version that validating writes, on the page of the draft.
with (fillfactor = 80);
comment on table public.sorties_produit is
  'Fuel measured out of a tank. A draft until validate_sortie or rejeter_sortie; immutable afterwards.';
comment on column public.sorties_produit.citerne_id is
  'Refers to the tank alone: the client embeds it by this column, which a key of three would not allow. Its product '
  'and depot are those of its stock, whose key says all three, and a tank that has served keeps both.';
comment on column public.sorties_produit.depot_id is
  'Depot of the tank; written by the database, so that the tank''s own reference to it is enough.';
comment on column public.sorties_produit.avertissements is
  'What was possible but unlikely when it was validated, [{code, phrase}]: see private.avertissements; empty on a '
  'draft.';
comment on column public.sorties_produit.date_sortie is
  'Moment of the sortie: its day at the depot decides the day of stock. Never in the future.';
comment on column public.sorties_produit.date_jour is
  'Day of date_sortie at the depot, the day of stock; written by the database.';
comment on column public.sorties_produit.motif_rejet is 'Why it was rejected.';
comment on column public.sorties_produit.version is
  'Counts the changes of the draft, from 1: what was validated is the draft of this version. Written by the database.';
comment on column public.sorties_produit.updated_by is 'Who last changed the draft. Not a foreign key, as in the log.';
comment on column public.sorties_produit.updated_at is 'When the draft was last changed.';
create index sorties_produit_compteur_lu_idx on public.sorties_produit (compteur_id) where compteur_id is not null;
create index sorties_produit_citerne_idx on public.sorties_produit (citerne_id, date_jour desc, id desc);
create index sorties_produit_page_idx on public.sorties_produit (date_jour desc, id desc);
create index sorties_produit_client_id_idx on public.sorties_produit (client_id);
-- One BRIN, which serves each of its columns alike, for deleting what they refer to: an account, a partner or a
-- product, seldom. A tree would cost every sortie an entry, and one on validated_by, which validating writes, would
-- cost it an entry in each of the others too (no HOT update); a BRIN each, its opening and its page.
create index sorties_produit_references_idx on public.sorties_produit
  using brin (produit_id, partenaire_id, compteur_id, created_by, validated_by);

-- What a sortie holds is asked by the rules that write it, of what was sent, and not by checks: PostgreSQL reads the
-- text of each check again at every statement.

create function private.exiger_textes(
  p_chauffeur_nom text, p_plaque_camion text, p_plaque_remorque text, p_transporteur text, p_note text,
  p_motif_rejet text
) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if greatest(char_length(p_chauffeur_nom), char_length(p_plaque_camion), char_length(p_plaque_remorque),
              char_length(p_transporteur), char_length(p_note), char_length(p_motif_rejet)) > 2000 then
    raise check_violation using message = 'value too long for a text of sorties_produit: 2000 characters at most',
      hint = 'Texte trop long : 2000 caractères au plus.', table = 'sorties_produit', column = case
        when char_length(p_note) > 2000 then 'note'
        when char_length(p_motif_rejet) > 2000 then 'motif_rejet'
        when char_length(p_chauffeur_nom) > 2000 then 'chauffeur_nom'
        when char_length(p_transporteur) > 2000 then 'transporteur'
        when char_length(p_plaque_camion) > 2000 then 'plaque_camion'
        else 'plaque_remorque' end;
  end if;
  if not (private.texte_lisible(concat_ws(' ', p_chauffeur_nom, p_plaque_camion, p_plaque_remorque, p_transporteur))
          and private.texte_lisible(concat_ws(' ', p_note, p_motif_rejet), true)) then
    perform private.refuser_valeur('TEXTE_ILLISIBLE', case
      when not private.texte_lisible(p_note, true) then 'note'
      when not private.texte_lisible(p_motif_rejet, true) then 'motif_rejet'
      when not private.texte_lisible(p_chauffeur_nom) then 'chauffeur_nom'
      when not private.texte_lisible(p_transporteur) then 'transporteur'
      when not private.texte_lisible(p_plaque_camion) then 'plaque_camion'
      else 'plaque_remorque' end);
  end if;
  if not private.plaque_lisible(concat_ws(' ', p_plaque_camion, p_plaque_remorque)) then
    perform private.refuser_valeur('PLAQUE_INVALIDE',
      case when private.plaque_lisible(p_plaque_remorque) is false then 'plaque_remorque' else 'plaque_camion' end);
  end if;
end;
$$;
comment on function private.exiger_textes(text, text, text, text, text, text) is
  'Texts of a sortie: of a page at most, that people can read, plates too. Raises 23514 naming the text that is too '
  'long; TEXTE_ILLISIBLE, PLAQUE_INVALIDE.';

create function private.exiger_sortie(p_sortie public.sorties_produit) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_possible text;
begin
  v_possible := private.exiger_mesures('sorties_produit', p_sortie.index_avant, p_sortie.index_apres,
    p_sortie.volume_ambiant, p_sortie.volume_15c, p_sortie.temperature_ambiante_c, p_sortie.temperature_echantillon_c,
    p_sortie.densite_observee_kgm3, p_sortie.densite_a_15_kgm3, p_sortie.vcf);
  if p_sortie.date_sortie not between '2020-01-01 00:00+00' and '2049-12-31 23:59:59.999999+00' then
    if p_sortie.date_sortie < '2020-01-01 00:00+00' then
      raise check_violation using message = 'a sortie before the first day of the books',
        table = 'sorties_produit', column = 'date_sortie', constraint = 'sorties_produit_date_sortie_check';
    end if;
    perform private.refuser_valeur('DATE_IMPOSSIBLE', 'date_sortie');
  end if;
  if p_sortie.proprietaire_type not in ('MONALUXE', 'PARTENAIRE') then
    raise check_violation using message = 'an owner that is none', table = 'sorties_produit',
      column = 'proprietaire_type', constraint = 'sorties_produit_proprietaire_type_check';
  end if;
  if p_sortie.note is not null or p_sortie.motif_rejet is not null or p_sortie.chauffeur_nom is not null
     or p_sortie.transporteur is not null or p_sortie.plaque_camion is not null or p_sortie.plaque_remorque is not null
  then
    v_possible := private.exiger_textes(p_sortie.chauffeur_nom, p_sortie.plaque_camion, p_sortie.plaque_remorque,
      p_sortie.transporteur, p_sortie.note, p_sortie.motif_rejet);
  end if;
end;
$$;
comment on function private.exiger_sortie(public.sorties_produit) is
  'What every sortie holds, a draft too: measures that a depot reads, a day of this half-century, a known owner, texts '
  'that people can read. Asks nothing of what was not sent. Raises 23514 naming the column; DATE_IMPOSSIBLE, '
  'TEXTE_ILLISIBLE, PLAQUE_INVALIDE.';
grant execute on function private.exiger_textes(text, text, text, text, text, text),
  private.exiger_sortie(public.sorties_produit) to authenticated, service_role;

create function private.exiger_sortie_entiere(p_sortie public.sorties_produit) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger_sortie(p_sortie);
  if (p_sortie.statut in ('brouillon', 'rejetee')
      or (p_sortie.statut = 'validee' and p_sortie.volume_ambiant > 0
          and p_sortie.volume_corrige_15c = p_sortie.volume_15c
          and num_nulls(p_sortie.volume_ambiant, p_sortie.volume_15c, p_sortie.methode_15c, p_sortie.validated_by) = 0
          and num_nonnulls(p_sortie.client_id, p_sortie.partenaire_id) > 0)) is not true then
    raise check_violation using message = 'a sortie is not as its state wants it', table = 'sorties_produit',
      column = 'statut', constraint = 'sorties_produit_statut_check';
  end if;
end;
$$;
comment on function private.exiger_sortie_entiere(public.sorties_produit) is
  'What is asked of a sortie that the owner of the table writes past the rules: all that every sortie holds, a known '
  'state, and once validated both volumes, the method, who validated it and for whom it is. Raises 23514 naming the '
  'column; DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, PLAQUE_INVALIDE.';

create function private.exiger_version(p_sortie public.sorties_produit, p_version int) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_version <> p_sortie.version then
    perform private.refuser('VERSION_PERIMEE', jsonb_build_object('version', p_version, 'version_actuelle',
      p_sortie.version,
      'modifiee_par', p_sortie.updated_by, 'modifiee_le', p_sortie.updated_at));
  end if;
end;
$$;
comment on function private.exiger_version(public.sorties_produit, int) is
  'Refuses a draft, already locked, that is no longer the version which was read; null: whichever it is. Raises '
  'VERSION_PERIMEE.';

create function private.histoire_brouillon(p_sortie public.sorties_produit) returns jsonb
language sql immutable
set search_path = pg_catalog, pg_temp
return jsonb_build_object('version', p_sortie.version, 'created_by', p_sortie.created_by,
  'updated_by', p_sortie.updated_by, 'updated_at', p_sortie.updated_at);
comment on function private.histoire_brouillon(public.sorties_produit) is
  'Whose draft it is that is being decided: its version, who wrote it, who last changed it and when. Part of what the '
  'decision logs.';

create function private.completer_brouillon(
  p_sortie public.sorties_produit, p_auteur uuid, p_produit_id uuid, p_depot_id uuid, p_fuseau text
) returns public.sorties_produit
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_maintenant constant timestamptz := now();
  v_possible text;
begin
  if p_depot_id is null or p_sortie.produit_id <> p_produit_id then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_sortie.citerne_id));
  end if;
  if p_sortie.client_id is not null then
    v_possible := private.exiger_actifs(p_client_id => p_sortie.client_id);
  end if;
  p_sortie.depot_id := p_depot_id;
  p_sortie.produit_id := p_produit_id;
  p_sortie.date_sortie := coalesce(p_sortie.date_sortie, v_maintenant);
  p_sortie.date_jour := private.jour_local(p_fuseau, p_sortie.date_sortie);
  if p_sortie.densite_observee_kgm3 is not null or p_sortie.densite_a_15 is not null
     or p_sortie.densite_a_15_kgm3 is not null then
    p_sortie.densite_observee_kgm3 := private.en_kgm3(p_sortie.densite_observee_kgm3);
    p_sortie.densite_a_15 := private.en_kgm3(p_sortie.densite_a_15);
    p_sortie.densite_a_15_kgm3 := private.en_kgm3(p_sortie.densite_a_15_kgm3);
    perform private.exiger_accord('densite_a_15', p_sortie.densite_a_15, 'densite_a_15_kgm3',
      p_sortie.densite_a_15_kgm3);
    p_sortie.densite_a_15_kgm3 := coalesce(p_sortie.densite_a_15_kgm3, p_sortie.densite_a_15);
    p_sortie.densite_a_15 := p_sortie.densite_a_15_kgm3;
  end if;
  if p_sortie.volume_15c is not null or p_sortie.volume_corrige_15c is not null then
    perform private.exiger_accord('volume_15c', p_sortie.volume_15c, 'volume_corrige_15c', p_sortie.volume_corrige_15c);
    p_sortie.volume_15c := coalesce(p_sortie.volume_corrige_15c, p_sortie.volume_15c);
    p_sortie.volume_corrige_15c := p_sortie.volume_15c;
  end if;
  -- What only a rule writes; nobody sends it but a service that may write any column.
  if p_sortie.facteur_compteur is not null or p_sortie.vcf is not null or p_sortie.methode_15c is not null
     or p_sortie.parametres_15c is not null or p_sortie.motif_rejet is not null or p_sortie.validated_by is not null
  then
    p_sortie.facteur_compteur := null;
    p_sortie.vcf := null;
    p_sortie.methode_15c := null;
    p_sortie.parametres_15c := null;
    p_sortie.motif_rejet := null;
    p_sortie.validated_by := null;
  end if;
  p_sortie.avertissements := '[]';
  p_sortie.version := 1;
  p_sortie.created_by := p_auteur;
  p_sortie.updated_by := p_auteur;
  p_sortie.updated_at := v_maintenant;
  p_sortie.created_at := v_maintenant;
  v_possible := private.exiger_sortie(p_sortie);
  return p_sortie;
end;
$$;
comment on function private.completer_brouillon(public.sorties_produit, uuid, uuid, uuid, text) is
  'A draft with what the server writes of it: author, product, depot and time zone of its tank (null: none they see), '
  'day, densities in kg/m³; its client is not disabled. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, '
  'MESURES_INCOHERENTES, and what '
  'private.exiger_sortie raises.';

create function private.nouveau_brouillon(p_sortie public.sorties_produit) returns public.sorties_produit
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('ecrire_sortie');
  v_produit_id uuid;
  v_depot_id uuid;
  v_fuseau text;
begin
  -- Of its tank a draft wants no more than this, which keeps its product and depot while this transaction lasts.
  select c.produit_id, c.depot_id, d.fuseau into v_produit_id, v_depot_id, v_fuseau
    from public.citernes c join public.depots d on d.id = c.depot_id
   where c.id = p_sortie.citerne_id and c.depot_id = any (v_acteur.depots)
     for key share of c;
  return private.completer_brouillon(p_sortie, v_acteur.user_id, v_produit_id, v_depot_id, v_fuseau);
end;
$$;
comment on function private.nouveau_brouillon(public.sorties_produit) is
  'A draft of the calling user, completed. Moves nothing. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, '
  'REFERENTIEL_INACTIF, MESURES_INCOHERENTES, DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, PLAQUE_INVALIDE.';
grant execute on function private.nouveau_brouillon(public.sorties_produit) to authenticated, service_role;

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
begin
  if new.statut = 'validee' then
    -- The flag alone opens nothing: the writer must also be the table's owner, as the project's functions are. « regle
    -- » is said by a rule that has asked all there is to ask, « 1 » by whoever repairs by hand, of whom it is asked
    -- here.
    if current_setting('app.sorties_produit_allow_write', true) in ('regle', '1') and private.possede(tg_relid) then
      if current_setting('app.sorties_produit_allow_write') = '1' then
        perform private.exiger_sortie_entiere(new);
      end if;
      return new;
    end if;
  end if;
  new := private.nouveau_brouillon(new);
  if new.statut <> 'brouillon' then
    if new.statut <> 'validee' then
      perform private.refuser('SORTIE_VALIDATION_DIRECTE_INTERDITE');
    end if;
    perform private.sortie_a_valider(new.id, new.depot_id);
    new.statut := 'brouillon';
  end if;
  return new;
end;
$$;
comment on function private.sorties_avant_insert() is
  'Completes a draft: tank the caller sees, columns of the server. Raises ROLE_FORBIDDEN, '
  'CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, MESURES_INCOHERENTES, DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, '
  'PLAQUE_INVALIDE, SORTIE_VALIDATION_DIRECTE_INTERDITE.';
grant execute on function private.sorties_avant_insert() to authenticated, service_role;

create function private.sorties_apres_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_trace text;
begin
  -- One that creer_et_valider_sortie brings is logged there, with what its validation says.
  if new.statut = 'brouillon' then
    v_trace := private.journaliser('SORTIE_CREEE', 'sorties', 'INFO', new.id, new.depot_id,
      jsonb_build_object('citerne_id', new.citerne_id, 'volume_ambiant', new.volume_ambiant));
  end if;
  return null;
end;
$$;
comment on function private.sorties_apres_insert() is 'Logs SORTIE_CREEE.';

create function private.sorties_apres_ecriture() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'UPDATE' then
    if old.statut = 'brouillon' then
      if new.statut = 'brouillon' then
        if new is distinct from old then
          perform private.journaliser('SORTIE_MODIFIEE', 'sorties', 'INFO', new.id, new.depot_id,
            jsonb_build_object('table', tg_table_name, 'avant', to_jsonb(old), 'apres', to_jsonb(new)));
        end if;
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
  'the rules. What is validated or rejected is logged by its rule. One trigger: the text of a "when" is read again at '
  'every statement.';

-- After the statement and not each row: only here can the tanks of all its sorties be locked in one order.
create function private.sorties_valider_directes() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_notees constant text := current_setting('app.sorties_a_valider', true);
  v_ids uuid[];
  v_id uuid;
begin
  if v_notees is null or v_notees = '' then
    return null;
  end if;
  v_ids := string_to_array(btrim(v_notees), ' ');
  perform set_config('app.sorties_a_valider', '', true);
  perform private.verrouiller_credit(v_ids);
  perform private.verrouiller_citernes(variadic array(
    select s.citerne_id from public.sorties_produit s where s.id = any (v_ids)));
  foreach v_id in array v_ids loop
    perform public.validate_sortie(v_id);
  end loop;
  return null;
end;
$$;
comment on function private.sorties_valider_directes() is
  'Under the flag sortie_directe_compat, sends what an older client inserted as validated down the path of '
  'validate_sortie. Raises what validate_sortie raises.';
