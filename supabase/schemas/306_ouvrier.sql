-- Sending: the worker's three questions, what it takes, what it tells of each, and who wakes it.

create function private.essais_max() returns int
language sql immutable
set search_path = pg_catalog, pg_temp
return 7;
comment on function private.essais_max() is 'Times a message is tried before it is dead.';

create function private.attente_essai(p_essais int) returns interval
language sql volatile
set search_path = pg_catalog, pg_temp
return (array[interval '1 minute', interval '5 minutes', interval '15 minutes', interval '1 hour', interval '4 hours',
              interval '12 hours'])[p_essais] * (0.9 + random() * 0.2);
comment on function private.attente_essai(int) is
  'How long a message waits after so many tries: 1, 5, 15 min, 1, 4, 12 h, a tenth more or less; then null.';

create function private.composer_resume(p_envoi public.envois) returns public.envois
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_combien int;
  v_texte text;
begin
  select count(*), string_agg(private.texte_alerte(a, e.type), E'\n\n' order by a.severity, e.ordre)
    into v_combien, v_texte
    from private.envois_evenements x
    join public.alertes_evenements e on e.id = x.evenement_id
    join public.system_alerts a on a.id = e.alerte_id
   where x.envoi_id = p_envoi.id;
  p_envoi.sujet := format('%s Résumé du %s%s : %s événement(s)', private.enseigne(),
    to_char(p_envoi.prochain_essai at time zone coalesce(
      (select d.fuseau from public.depots d where d.id = p_envoi.depot_id), private.fuseau_societe()), 'DD/MM/YYYY'),
    coalesce(', ' || (select d.nom from public.depots d where d.id = p_envoi.depot_id), ''), v_combien);
  p_envoi.contenu := jsonb_build_object('texte', v_texte);
  return p_envoi;
end;
$$;
comment on function private.composer_resume(public.envois) is
  'A digest as it goes: every event it holds. Composed once, so that a second try says the same.';

create function private.adresses_des_roles(p_roles text[], p_depot_id uuid) returns text[]
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(array_agg(d.email order by d.email), '{}')
    from (select distinct p.email from public.profils p
           where p.role = any (p_roles) and p.email is not null and p.desactive_le is null
             and (p_depot_id is null or p.depot_id = p_depot_id
                  or p.role = any
                    ((select c.roles from private.capacites c where c.capacite = 'voir_tous_depots')::text[]))
           limit 100) d
$$;
comment on function private.adresses_des_roles(text[], uuid) is
  'E-mail addresses of who has one of these roles, is not shut out and sees the depot; a hundred at most.';

create function private.texte_sur_une_ligne(p_texte text) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
as $$ select btrim(regexp_replace(regexp_replace(p_texte, private.illisibles(), ' ', 'g'), '\s+', ' ', 'g')) $$;
comment on function private.texte_sur_une_ligne(text) is 'What another machine said, as a line that may be kept.';

create function private.prendre_envois(p_combien int) returns table (
  id uuid, bail uuid, canal text, destinataires text[], secret_nom text, sujet text, contenu jsonb, cree_le timestamptz,
  locale boolean
)
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_envoi public.envois;
begin
  for v_envoi in
    select * from public.envois e
     where e.env = private.env() and e.statut in ('A_ENVOYER', 'EN_COURS') and e.prochain_essai <= clock_timestamp()
       and (e.roles is null or private.prevenus('profils_prevenus'))
     order by e.prochain_essai limit p_combien for update skip locked
  loop
    if v_envoi.essais >= private.essais_max() then
      v_envoi.statut := 'EN_COURS';
      perform private.enterrer_envoi(v_envoi, 'OUVRIER', 'L''ouvrier s''est arrêté à chaque essai.');
      continue;
    end if;
    if v_envoi.contenu is null then
      v_envoi := private.composer_resume(v_envoi);
    end if;
    -- Until then nobody else takes it: its next try is the end of its lease.
    update public.envois e
       set statut = 'EN_COURS', essais = e.essais + 1, bail = gen_random_uuid(),
           bail_jusqu_au = clock_timestamp() + interval '60 seconds',
           prochain_essai = clock_timestamp() + interval '60 seconds',
           sujet = v_envoi.sujet, contenu = v_envoi.contenu
     where e.id = v_envoi.id returning * into v_envoi;
    return query select v_envoi.id, v_envoi.bail, v_envoi.canal,
      case when v_envoi.restants is not null then v_envoi.restants
           when v_envoi.roles is null then array[v_envoi.destination]
           else private.adresses_des_roles(v_envoi.roles, v_envoi.depot_id) end,
      v_envoi.secret_nom, v_envoi.sujet, v_envoi.contenu, v_envoi.created_at, private.env() in ('local', 'staging');
  end loop;
end;
$$;
comment on function private.prendre_envois(int) is
  'Takes messages that are due, at most so many, under a lease of a minute; those another has in hand are left to it, '
  'those it died over are taken again. locale: whether this machine itself may be written to.';

create function private.enterrer_envoi(p_envoi public.envois, p_code text, p_erreur text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  update public.envois e
     set statut = 'MORT', bail = null, bail_jusqu_au = null, dernier_code = left(p_code, 100),
         derniere_erreur = left(private.texte_sur_une_ligne(p_erreur), 500)
   where e.id = p_envoi.id;
  perform private.journaliser('ENVOI_MORT', 'alertes', 'WARNING', p_envoi.id, p_envoi.depot_id,
    jsonb_build_object('canal', p_envoi.canal, 'objet_type', p_envoi.objet_type, 'essais', p_envoi.essais, 'code',
      p_code));
end;
$$;
comment on function private.enterrer_envoi(public.envois, text, text) is 'A message is given up. Logs ENVOI_MORT.';

create function private.noter_envoi(
  p_id uuid, p_bail uuid, p_issue text, p_code text, p_erreur text, p_restants text[] default null
) returns text
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_envoi public.envois;
begin
  select * into strict v_envoi from public.envois e where e.id = p_id for update;
  -- It arrived, whoever holds the lease by now.
  if p_issue = 'ENVOYE' and v_envoi.statut <> 'ENVOYE' then
    update public.envois e
       set statut = 'ENVOYE', envoye_le = clock_timestamp(), bail = null, bail_jusqu_au = null,
           dernier_code = left(p_code, 100), derniere_erreur = left(private.texte_sur_une_ligne(p_erreur), 500)
     where e.id = p_id;
    return 'ENVOYE';
  end if;
  if v_envoi.bail is distinct from p_bail then
    return v_envoi.statut;
  end if;
  if p_issue = 'MORT' or v_envoi.essais >= private.essais_max() then
    perform private.enterrer_envoi(v_envoi, p_code, p_erreur);
    -- Gone for good: nothing is sent there any more.
    if p_code = '410' then
      update public.notifications_regles r set actif = false, updated_at = now() where r.id = v_envoi.regle_id;
    end if;
    return 'MORT';
  end if;
  update public.envois e
     set statut = 'A_ENVOYER', bail = null, bail_jusqu_au = null, dernier_code = left(p_code, 100),
         derniere_erreur = left(private.texte_sur_une_ligne(p_erreur), 500),
         restants = coalesce(p_restants, e.restants),
         prochain_essai = clock_timestamp() + private.attente_essai(v_envoi.essais)
   where e.id = p_id;
  return 'A_ENVOYER';
end;
$$;
comment on function private.noter_envoi(uuid, uuid, text, text, text, text[]) is
  'What became of a message that was taken: ENVOYE, ECHEC (another try, later; of an e-mail that some have, for '
  'p_restants alone) or MORT. A failure told by who no longer has the lease changes nothing; that it arrived always '
  'counts. Answers what it is now.';

-- A hosted project calls its worker by itself: pg_cron and pg_net, the address and key in its vault (see the runbook).
create function private.appeler_fonction(p_chemin text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_url text;
  v_cle text;
begin
  execute $sql$select max(s.decrypted_secret) filter (where s.name = 'project_url'),
                      max(s.decrypted_secret) filter (where s.name = 'service_role_key')
                 from vault.decrypted_secrets s$sql$ into v_url, v_cle;
  if v_url is null or v_cle is null then
    raise exception 'Le coffre n''a pas project_url et service_role_key : % n''est pas appelé.', p_chemin;
  end if;
  execute 'select net.http_post(url := $1, headers := $2, body := ''{}''::jsonb, timeout_milliseconds := 30000)'
    using v_url || '/functions/v1/' || p_chemin,
          jsonb_build_object('authorization', 'Bearer ' || v_cle, 'content-type', 'application/json');
end;
$$;
comment on function private.appeler_fonction(text) is
  'Calls a function of this project with its own key. For a hosted project: vault secrets project_url and '
  'service_role_key, extension pg_net.';

create function private.appeler_ouvrier() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Nothing to send, nobody to wake.
  if exists (select from public.envois e where e.statut in ('A_ENVOYER', 'EN_COURS') and e.env = private.env()
              and e.prochain_essai <= clock_timestamp()) then
    perform private.appeler_fonction('envois/vider');
  end if;
end;
$$;
comment on function private.appeler_ouvrier() is
  'Has the worker called, where something is due. For a hosted project.';
