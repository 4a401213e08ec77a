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
create index sorties_produit_depot_idx on public.sorties_produit (depot_id, date_jour desc, id desc);
-- As the app of today lists them, and counts those of a day.
create index sorties_produit_date_sortie_idx on public.sorties_produit (date_sortie desc);
create index sorties_produit_client_id_idx on public.sorties_produit (client_id);
-- One BRIN for whatever is rare: a draft that waits, litres at 15 °C far from those measured, and, for deleting what
-- they refer to, an account, a partner, a product. A tree would cost every sortie an entry, and one of what validating
-- writes would cost it an entry in each of the others too: no HOT update. private.resumer_sorties() keeps it exact.
create index sorties_produit_rares_idx on public.sorties_produit
  using brin (statut, (volume_15c / nullif(volume_ambiant, 0)), produit_id, partenaire_id, compteur_id, created_by,
    validated_by) with (pages_per_range = 32);

create function private.resumer_sorties() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  c_index constant regclass := 'public.sorties_produit_rares_idx';
  c_pages constant bigint := 32;
  -- The last pages are still being written: where they are summed up, every sortie pays for it.
  v_pleines constant bigint :=
    pg_relation_size('public.sorties_produit') / current_setting('block_size')::bigint / c_pages * c_pages;
begin
  perform brin_desummarize_range(c_index, p.premiere)
     from (select distinct (s.ctid::text::point)[0]::bigint / c_pages * c_pages as premiere
             from public.log_actions l join public.sorties_produit s on s.id = l.cible_id
            where l.created_at > now() - interval '1 day' and l.action in ('SORTIE_VALIDEE', 'SORTIE_REJETEE')) p
    where p.premiere < v_pleines;
  perform brin_summarize_range(c_index, p.premiere)
     from generate_series(0, v_pleines - 1, c_pages) p (premiere);
end;
$$;
comment on function private.resumer_sorties() is
  'Has the index of rare sorties say what its full pages hold, again where a draft was decided since yesterday: a '
  'summary only grows, and they would be searched for drafts for good. It changes no answer, only how much is read for '
  'it. Owner only.';

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
