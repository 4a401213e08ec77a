-- Phone and recovery codes both lost: another admin, with their own factor, takes the lost one away. The last resort,
-- where there is no other, is the owner of the database's, by private.effacer_facteur().

create function private.effacer_facteur(p_user_id uuid, p_motif text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if btrim(coalesce(p_motif, '')) = '' then
    perform private.refuser('MOTIF_REQUIS');
  end if;
  -- Whoever has only Supabase Auth's own may have codes of ours.
  if not exists (select from private.facteurs_totp f where f.user_id = p_user_id)
     and not exists (select from private.codes_secours c where c.user_id = p_user_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce second facteur'));
  end if;
  perform private.ouvrir_essai(p_user_id, 'TOTP');
  delete from private.facteurs_totp f where f.user_id = p_user_id;
  delete from private.codes_secours c where c.user_id = p_user_id;
  delete from private.sessions_elevees s where s.user_id = p_user_id;
  delete from private.essais_facteur e where e.user_id = p_user_id;
  perform private.journaliser('FACTEUR_REINITIALISE', 'securite', 'CRITICAL', p_user_id, null,
    jsonb_build_object('motif', p_motif));
  perform private.prevenir_admins(p_user_id, 'second facteur réinitialisé',
    format('Le second facteur de {qui} vient d''être effacé. Motif : %s. Cette personne en inscrit un autre à sa '
      'prochaine connexion.', p_motif));
end;
$$;
comment on function private.effacer_facteur(uuid, text) is
  'Takes somebody''s factor away, with its codes and whatever they had raised. By the owner of the database only, where '
  'no admin is left who could; otherwise reinitialiser_facteur. Logs FACTEUR_REINITIALISE. Raises MOTIF_REQUIS, '
  'INTROUVABLE.';

create function private.reinitialiser_facteur(p_user_id uuid, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('reinitialiser_facteur');
  -- Whatever the flag says: a password alone takes nobody's factor away.
  perform private.exiger_second_facteur(true);
  if p_user_id = auth.uid() then
    perform private.refuser('FACTEUR_PERSONNEL');
  end if;
  perform private.effacer_facteur(p_user_id, p_motif);
end;
$$;
comment on function private.reinitialiser_facteur(uuid, text) is
  'Takes another person''s factor away, with the reason (admin, in a raised session); never one''s own. Raises '
  'ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, FACTEUR_PERSONNEL, MOTIF_REQUIS, INTROUVABLE.';
grant execute on function private.reinitialiser_facteur(uuid, text) to authenticated;
