-- The daily backup says how it ended to whoever must know, and the log keeps it.

create function private.dire_sauvegarde(p_faite boolean, p_texte text) returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  c_issue constant text := case when p_faite then 'FAITE' else 'ECHOUEE' end;
  v_envoi public.envois;
begin
  perform private.journaliser('SAUVEGARDE_' || c_issue, 'exploitation',
    case when p_faite then 'INFO' else 'WARNING' end, null, null,
    jsonb_build_object('constat', left(private.texte_sur_une_ligne(p_texte), 500)));
  -- Outside PROD the people of the profiles are told nothing that nobody asked for.
  if not private.prevenus('profils_prevenus') then
    return null;
  end if;
  v_envoi.canal := 'EMAIL';
  v_envoi.objet_type := 'SAUVEGARDE';
  v_envoi.roles := (select c.roles from private.capacites c where c.capacite = 'apprendre_sauvegardes');
  -- One a day and issue: a command that is run again repeats nothing.
  v_envoi.cle := concat_ws('/', 'sauvegarde', private.env(),
    (clock_timestamp() at time zone private.fuseau_societe())::date, lower(c_issue));
  v_envoi.sujet := format('%s %s', private.enseigne(),
    case when p_faite then 'sauvegarde du jour faite et vérifiée' else 'LA SAUVEGARDE DU JOUR A ÉCHOUÉ' end);
  v_envoi.contenu := jsonb_build_object('texte', p_texte);
  return private.deposer_envoi(v_envoi);
end;
$$;
comment on function private.dire_sauvegarde(boolean, text) is
  'How the daily backup ended, told by e-mail to the administrators, once a day and issue. Logs SAUVEGARDE_FAITE, or '
  'SAUVEGARDE_ECHOUEE as WARNING. Owner only.';
