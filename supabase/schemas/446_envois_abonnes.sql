-- Each minute: the reports that are due leave, as their subscribers may read them.

create function private.tirer_pour(
  p_user_id uuid, p_nom text, p_depot_id uuid, p_du date, p_au date, p_parametres jsonb, p_maximum int
) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_role constant text := current_setting('role');
  v_jeton constant text := coalesce(current_setting('request.jwt.claims', true), '');
  v_rapport jsonb;
begin
  -- Where it is refused, the caller's own are restored with all that was undone.
  perform set_config('request.jwt.claims',
    jsonb_build_object('sub', p_user_id, 'role', 'authenticated')::text, true);
  perform set_config('role', 'authenticated', true);
  perform private.exiger_profil();
  v_rapport := private.exporter_rapport(p_nom, 'pdf', p_depot_id, p_du, p_au, null, p_parametres, p_maximum);
  perform set_config('role', v_role, true);
  perform set_config('request.jwt.claims', v_jeton, true);
  return v_rapport;
end;
$$;
comment on function private.tirer_pour(uuid, text, uuid, date, date, jsonb, int) is
  'A report as this user may read it, run under their role and policies, and logged in their name. Raises '
  'ROLE_FORBIDDEN, COMPTE_DESACTIVE, INTROUVABLE, RAPPORT_PERIODE, RAPPORT_TROP_GRAND, RAPPORT_PARAMETRE.';

create function private.message_rapport(
  p_abonnement public.abonnements_rapports, p_titre text, p_courriel text, p_du date, p_au date, p_rapport jsonb
) returns public.envois
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_envoi public.envois;
  v_periode constant text := case when p_du = p_au then 'du ' || to_char(p_au, 'DD/MM/YYYY')
    else format('du %s au %s', to_char(p_du, 'DD/MM/YYYY'), to_char(p_au, 'DD/MM/YYYY')) end;
  v_depot constant text := coalesce((select d.nom from public.depots d where d.id = p_abonnement.depot_id),
    'tous les dépôts');
begin
  v_envoi.canal := 'EMAIL';
  v_envoi.objet_type := 'RAPPORT';
  v_envoi.objet_id := p_abonnement.id;
  v_envoi.depot_id := p_abonnement.depot_id;
  v_envoi.cle := concat_ws('/', 'rapport', p_abonnement.id, p_du, p_au);
  v_envoi.destination := p_courriel;
  v_envoi.sujet := format('%s %s %s, %s', private.enseigne(), p_titre, v_periode, v_depot);
  v_envoi.contenu := jsonb_build_object('texte', concat_ws(E'\n\n', 'Bonjour,',
    case when p_rapport is null
      then
        format('%s %s (%s) a trop de lignes pour un courriel. Tirez-le depuis l''application, en CSV ou en classeur, '
        'ou demandez-le à l''exploitation.', p_titre, v_periode, v_depot)
      else format('Veuillez trouver ci-joint : %s %s (%s).', p_titre, v_periode, v_depot) end,
    format('Vous le recevez parce que vous y êtes abonné ; il s''arrête dès que vous arrêtez l''abonnement %s.',
      p_abonnement.id)));
  if p_rapport is not null then
    v_envoi.contenu := v_envoi.contenu || jsonb_build_object('papier', jsonb_build_object('genre', 'RAPPORT',
      'nom', concat_ws('_', p_abonnement.nom, p_du, nullif(p_au, p_du)) || '.pdf', 'dit', p_rapport));
  end if;
  return v_envoi;
end;
$$;
comment on function private.message_rapport(public.abonnements_rapports, text, text, date, date, jsonb) is
  'The message of a report, its paper in it; without one where it has too many lines for a paper.';

create function private.envoyer_rapport(p_abonnement public.abonnements_rapports) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  -- As many lines as the worker draws within what it is given.
  c_lignes constant int := 3000;
  v_zone constant text := private.zone_du_depot(p_abonnement.depot_id);
  v_prochain constant timestamptz := private.echeance_abonnement(p_abonnement.rythme, v_zone, clock_timestamp());
  v_echu constant date := (v_prochain at time zone v_zone - private.pas_abonnement(p_abonnement.rythme))::date;
  v_du constant date := (v_echu - private.pas_abonnement(p_abonnement.rythme))::date;
  v_dit record;
  v_courriel text;
  v_rapport jsonb;
begin
  update public.abonnements_rapports a
     set prochain = v_prochain, dernier_envoi = clock_timestamp() where a.id = p_abonnement.id;
  select nullif(btrim(p.email), '') into v_courriel from public.profils p where p.user_id = p_abonnement.user_id;
  if v_courriel is null then
    perform private.refuser('ABONNE_SANS_COURRIEL');
  end if;
  perform private.destination_permise('EMAIL', v_courriel);
  begin
    v_rapport := private.tirer_pour(p_abonnement.user_id, p_abonnement.nom, p_abonnement.depot_id, v_du, v_echu - 1,
      p_abonnement.parametres, c_lignes);
  exception when sqlstate 'PT413' then
    v_rapport := null;
  end;
  select c.titre, c.periode into v_dit from private.catalogue_rapports() c where c.nom = p_abonnement.nom;
  perform private.deposer_envoi(private.message_rapport(p_abonnement, v_dit.titre, v_courriel,
    case v_dit.periode when 'DATE' then v_echu - 1 else v_du end, v_echu - 1, v_rapport));
end;
$$;
comment on function private.envoyer_rapport(public.abonnements_rapports) is
  'Writes the message of the latest time a subscription was due, and says when the next one is. Raises '
  'ABONNE_SANS_COURRIEL, ADRESSE_INTERDITE, ROLE_FORBIDDEN, COMPTE_DESACTIVE, INTROUVABLE, RAPPORT_PERIODE, '
  'RAPPORT_PARAMETRE, RAPPORT_TROP_GRAND, ECRITURES_GELEES, ISOLATION_INTERDITE.';

create function private.envoyer_rapports_abonnes() returns bigint
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_abonnement public.abonnements_rapports;
  v_combien bigint := 0;
begin
  -- They wait for the end of a freeze, and in a copy of PROD for nobody.
  if not private.prevenus('profils_prevenus')
     or exists (select from public.app_settings s where s.key = 'gel_ecritures') then
    return 0;
  end if;
  -- Later than the next one: the server's clock had run ahead.
  update public.abonnements_rapports a set prochain = e.prochain
    from (select b.id, private.echeance_abonnement(b.rythme, private.zone_du_depot(b.depot_id), clock_timestamp()) as
            prochain
            from public.abonnements_rapports b where b.actif) e
   where e.id = a.id and a.prochain > e.prochain;
  for v_abonnement in
    select * from public.abonnements_rapports a where a.actif and a.prochain <= clock_timestamp()
     order by a.prochain limit 20 for update skip locked
  loop
    begin
      perform private.envoyer_rapport(v_abonnement);
      v_combien := v_combien + 1;
    exception
      when others then
        if sqlstate like 'PT%' then
          -- A refusal is an answer: it would be the same tomorrow.
          perform private.clore_abonnement(v_abonnement, sqlerrm);
        else
          raise warning 'abonnement % : % (nouvel essai dans une heure)', v_abonnement.id, sqlerrm;
          update public.abonnements_rapports a
             set prochain = clock_timestamp() + interval '1 hour' where a.id = v_abonnement.id;
        end if;
    end;
  end loop;
  return v_combien;
end;
$$;
comment on function private.envoyer_rapports_abonnes() is
  'Writes the message of every report that is due, one each whatever was missed; a subscription whose report is '
  'refused to its subscriber ends, and says why. Run again, or twice at once, it does no harm. Returns how many.';
