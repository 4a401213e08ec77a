-- Who may do what with sorties, what happens around each, and how a draft is rejected.

create trigger sorties_produit_before_insert before insert on public.sorties_produit
  for each row execute function private.sorties_avant_insert();
create trigger sorties_produit_block before update or delete on public.sorties_produit
  for each row execute function public.sorties_produit_block_update_delete();
create trigger sorties_produit_after_insert after insert on public.sorties_produit
  for each row execute function private.sorties_apres_insert();
create trigger sorties_produit_after_write after update or delete on public.sorties_produit
  for each row execute function private.sorties_apres_ecriture();
create trigger sorties_produit_block_truncate before truncate on public.sorties_produit
  for each statement execute function public.sorties_produit_block_update_delete();

create function private.texte_net(p_texte text) returns text
language sql immutable
return regexp_replace(p_texte, '^\s+|\s+$', '', 'g');
comment on function private.texte_net(text) is
  'A text without the blanks around it: spaces, tabs, line breaks. Inlined where it is used.';

create function private.exiger_motif(p_motif text, p_minimum int) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  c_lettres constant int := 3;
begin
  if p_motif is null or char_length(private.texte_net(p_motif)) < p_minimum
     or regexp_count(p_motif collate pg_c_utf8, '[[:alpha:]]') < c_lettres then
    perform private.refuser('MOTIF_REQUIS', jsonb_build_object('minimum', p_minimum));
  end if;
end;
$$;
comment on function private.exiger_motif(text, int) is
  'Refuses with MOTIF_REQUIS a reason shorter than p_minimum characters, or without words: fewer than three letters.';

create function private.rejeter_sortie(p_id uuid, p_motif text, p_version int default null) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_sortie public.sorties_produit;
begin
  perform private.exiger('valider_sortie');
  perform private.exiger_motif(p_motif, 3);
  select * into v_sortie from public.sorties_produit s
   where s.id = p_id and s.depot_id = any (private.depots_visibles())
     for update;
  if not found then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id), 404);
  end if;
  if v_sortie.statut <> 'brouillon' then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id, 'statut', v_sortie.statut));
  end if;
  perform private.exiger_version(v_sortie, p_version);

  perform set_config('app.sorties_produit_allow_write', '1', true);
  update public.sorties_produit set statut = 'rejetee', validated_by = auth.uid(),
    motif_rejet = private.texte_net(p_motif) where id = p_id;
  perform set_config('app.sorties_produit_allow_write', '', true);
  perform private.journaliser('SORTIE_REJETEE', 'sorties', 'WARNING', p_id, v_sortie.depot_id,
    jsonb_build_object('motif', private.texte_net(p_motif)) || private.histoire_brouillon(v_sortie));
end;
$$;
comment on function private.rejeter_sortie(uuid, text, int) is
  'What rejeter_sortie and rejeter_sortie_lue do. p_version: the draft''s version that was read; null: whichever it '
  'has. Raises what they raise.';

create function public.rejeter_sortie(p_id uuid, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.rejeter_sortie(p_id, p_motif);
end;
$$;
comment on function public.rejeter_sortie(uuid, text) is
  'Rejects a draft with a reason of at least 3 characters (admin, directeur, gerant). Raises ROLE_FORBIDDEN, '
  'MOTIF_REQUIS, INVALID_ID_OR_STATE, ISOLATION_INTERDITE, ECRITURES_GELEES.';

create function public.rejeter_sortie_lue(p_id uuid, p_motif text, p_version int) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.rejeter_sortie(p_id, p_motif, coalesce(p_version, 0));
end;
$$;
comment on function public.rejeter_sortie_lue(uuid, text, int) is
  'Rejects a draft as it was read: rejeter_sortie, but refused with VERSION_PERIMEE where its version is no longer '
  'p_version. Raises ROLE_FORBIDDEN, MOTIF_REQUIS, INVALID_ID_OR_STATE, VERSION_PERIMEE, ISOLATION_INTERDITE, '
  'ECRITURES_GELEES.';
revoke execute on function public.rejeter_sortie(uuid, text), public.rejeter_sortie_lue(uuid, text, int) from public,
  anon;
grant execute on function public.rejeter_sortie(uuid, text), public.rejeter_sortie_lue(uuid, text, int) to
  authenticated;

alter table public.sorties_produit enable row level security;
grant select on public.sorties_produit to authenticated;
-- What a client may write, column by column: the doors, REST and creer_et_valider_sortie all go by it. Not of a draft
-- that is there: which one it is, and in which tank.
do $$
declare
  c_champs constant text[] := private.champs_mesures() || '{id,citerne_id,produit_id,client_id,partenaire_id,'
    'proprietaire_type,date_sortie,statut,chauffeur_nom,plaque_camion,plaque_remorque,transporteur,note}'::text[];
begin
  -- Written down as it stands: a sortie asks for it, and reads no catalogue.
  execute format('create function private.champs_sortie() returns text[] language sql immutable
    set search_path = pg_catalog, pg_temp return %L::text[]', c_champs);
  execute format('grant insert (%s) on public.sorties_produit to authenticated', array_to_string(c_champs, ', '));
  execute format('grant update (%s) on public.sorties_produit to authenticated',
    array_to_string(array_remove(array_remove(c_champs, 'id'), 'citerne_id'), ', '));
end;
$$;
comment on function private.champs_sortie() is 'Columns that a client may write of a sortie.';
grant select, insert, update, delete on public.sorties_produit to service_role;
create policy sorties_produit_lecture on public.sorties_produit for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
-- Who may, and in which tank, the table's own trigger has just asked, of everybody: what it lets a client write is a
-- draft. A question of who is asking would be planned again at each insertion.
create policy sorties_produit_creation on public.sorties_produit for insert to authenticated
  with check (statut = 'brouillon' and created_by is not null);
create policy sorties_produit_modification on public.sorties_produit for update to authenticated
  using (depot_id = any ((select private.depots_ou('ecrire_sortie'))::uuid[]))
  with check (depot_id = any ((select private.depots_ou('ecrire_sortie'))::uuid[]));
create trigger sorties_produit_reserver before update on public.sorties_produit
  for each statement execute function private.exiger_a_l_ecriture('ecrire_sortie');
