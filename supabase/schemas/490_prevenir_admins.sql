-- What happens to somebody's second factor is told to every admin, by the outbox: the one it was not done by sees it.

create function private.prevenir_admins(p_user_id uuid, p_sujet text, p_texte text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_envoi public.envois;
  v_qui text;
begin
  if not private.prevenus('profils_prevenus') then
    return;
  end if;
  v_qui := coalesce(
    (select coalesce(p.nom_complet, p.email) from public.profils p where p.user_id = p_user_id), p_user_id::text);
  v_envoi.canal := 'EMAIL';
  v_envoi.objet_type := 'SECOND_FACTEUR';
  v_envoi.objet_id := p_user_id;
  v_envoi.cle := concat_ws('/', 'securite', private.nouvel_id());
  v_envoi.roles := (select c.roles from private.capacites c where c.capacite = 'reinitialiser_facteur');
  v_envoi.sujet := format('%s %s : %s', private.enseigne(), p_sujet, v_qui);
  v_envoi.contenu := jsonb_build_object('texte', replace(p_texte, '{qui}', v_qui));
  perform private.deposer_envoi(v_envoi);
end;
$$;
comment on function private.prevenir_admins(uuid, text, text) is
  'An e-mail to whoever may reset a factor, of what happened to this person''s ({qui} in the text), where the people of '
  'this database may be written to.';
