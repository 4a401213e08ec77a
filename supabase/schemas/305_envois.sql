-- The outbox: every message that leaves, written in the transaction of what it says, sent by the worker afterwards.
--
--   A_ENVOYER → EN_COURS → ENVOYE,   EN_COURS → A_ENVOYER (later) → … → MORT,   MORT → A_ENVOYER by an administrator
--
-- At least once: a worker that dies between the receiver's yes and ours leaves a lease that ends, and the message goes
-- again under the same id. Nothing goes after ENVOYE.

create table public.envois (
  id uuid primary key default private.nouvel_id(),
  canal text not null check (canal in ('EMAIL', 'WEBHOOK', 'ANALYSE')),
  objet_type text not null,
  objet_id uuid,
  depot_id uuid references public.depots (id),
  regle_id uuid references public.notifications_regles (id),
  cle text not null unique,
  destination text,
  roles text[],
  secret_nom text,
  sujet text,
  contenu jsonb,
  statut text not null default 'A_ENVOYER' check (statut in ('A_ENVOYER', 'EN_COURS', 'ENVOYE', 'MORT')),
  essais int not null default 0,
  prochain_essai timestamptz not null default clock_timestamp(),
  bail uuid,
  bail_jusqu_au timestamptz,
  dernier_code text,
  derniere_erreur text,
  envoye_le timestamptz,
  env text not null default private.env(),
  created_at timestamptz not null default now(),
  check (num_nonnulls(destination, roles) = 1),
  check ((statut = 'EN_COURS') = (bail is not null)),
  check ((bail is null) = (bail_jusqu_au is null)),
  check ((statut = 'ENVOYE') = (envoye_le is not null))
);
comment on table public.envois is
  'Messages to send, one row each: e-mails and webhooks, of alerts and of whatever else is told, and documents to have '
  'analysed. Written by the rules and the worker only.';
comment on column public.envois.cle is
  'What it is about and to whom: the same is written once, whoever writes it again.';
comment on column public.envois.roles is 'Instead of an address: who has one of these roles when it is sent.';
comment on column public.envois.contenu is
  'texte of an e-mail, corps of a webhook; null for a digest that is still filling up.';
comment on column public.envois.essais is 'Times it was taken to be sent.';
comment on column public.envois.bail is 'Who has it in hand, until bail_jusqu_au.';
comment on column public.envois.env is
  'A copy of the database restored elsewhere sends nothing of where it comes from.';
create index envois_a_prendre_idx on public.envois (prochain_essai) where statut in ('A_ENVOYER', 'EN_COURS');
create index envois_morts_idx on public.envois (id) where statut = 'MORT';
create index envois_page_idx on public.envois (created_at desc, id desc);
create index envois_regle_id_idx on public.envois (regle_id);
create index envois_depot_id_idx on public.envois (depot_id);
create trigger envois_block before delete or truncate on public.envois
  for each statement execute function private.interdire_ecriture();

create table private.envois_evenements (
  evenement_id uuid not null references public.alertes_evenements (id),
  cible text not null,
  envoi_id uuid not null references public.envois (id),
  primary key (evenement_id, cible)
);
comment on table private.envois_evenements is
  'Which message tells an event to whom (a rule, or the roles of an escalation): one.';
create index envois_evenements_envoi_id_idx on private.envois_evenements (envoi_id);

-- Writing ------------------------------------------------------------------------------------------------------------

create function private.prevenus(p_reglage text) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select private.env() = 'prod'
         or exists (select from public.app_settings s where s.key = p_reglage and s.value = private.env())
$$;
comment on function private.prevenus(text) is
  'Whether the people of this database (profils_prevenus: of its profiles; clients_prevenus: its clients) may be '
  'written to: in PROD; elsewhere they may be PROD''s, brought by a copy, and are told nothing until the setting of '
  'that name names this very environment.';

create function private.prochain_resume(p_depot_id uuid, p_apres timestamptz) returns timestamptz
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select (date_trunc('day', l.heure) + case when l.heure::time < time '07:00' then interval '7 hours'
                                            else interval '31 hours' end) at time zone f.fuseau
    from (select coalesce((select d.fuseau from public.depots d where d.id = p_depot_id), 'Africa/Lubumbashi')) f
      (fuseau)
   cross join lateral (select p_apres at time zone f.fuseau) l (heure)
$$;
comment on function private.prochain_resume(uuid, timestamptz) is
  'The first seven o''clock at the depot after a moment: when its digest goes.';

create function private.joindre_resume(p_envoi public.envois, p_cible text) returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_envoi public.envois;
  v_quand timestamptz := private.prochain_resume(p_envoi.depot_id, clock_timestamp());
begin
  loop
    insert into public.envois as e (canal, objet_type, depot_id, regle_id, cle, destination, roles, prochain_essai)
    values (p_envoi.canal, 'RESUME', p_envoi.depot_id, p_envoi.regle_id,
            -- A copy's digests are its own: those it was brought are never sent.
            concat_ws('/', 'resume', private.env(), p_cible, p_envoi.depot_id, extract(epoch from v_quand)::bigint),
            p_envoi.destination, p_envoi.roles, v_quand)
    -- Its lock is the digest's: the worker passes over one that is being added to.
    on conflict (cle) do update set cle = excluded.cle
    returning * into v_envoi;
    exit when v_envoi.statut = 'A_ENVOYER' and v_envoi.essais = 0;
    -- It went while we waited: the next one.
    v_quand := private.prochain_resume(p_envoi.depot_id, v_quand);
  end loop;
  return v_envoi.id;
end;
$$;
comment on function private.joindre_resume(public.envois, text) is
  'The digest that is open for somebody at a depot, locked; a new one where there is none.';

create function private.alerte_bat(p_alerte_id uuid) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select count(*) > 4 from public.alertes_evenements e
   where e.alerte_id = p_alerte_id and e.par is null and e.le > clock_timestamp() - interval '1 hour'
$$;
comment on function private.alerte_bat(uuid) is
  'Whether an alert comes and goes by itself, again and again, within the hour: what then happens to it waits for the '
  'digest.';

create function private.texte_alerte(p_alerte public.system_alerts, p_type text) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format(E'%s — %s%s\n%s\nDepuis le %s. Contrôle %s, objet %s %s.',
    case p_type when 'OPEN' then 'Ouverte' when 'REOPEN' then 'Rouverte' when 'RESOLVED' then 'Résolue'
                when 'ACK' then 'Prise en compte' else 'Personne ne l''a prise en compte' end,
    case p_alerte.severity when 'CRITICAL' then 'CRITIQUE' else 'À surveiller' end,
    coalesce(' — ' || d.nom, ''), p_alerte.message,
    to_char(p_alerte.ouverte_le at time zone coalesce(d.fuseau, 'Africa/Lubumbashi'), 'DD/MM/YYYY HH24:MI'),
    p_alerte.check_code, p_alerte.entity_type, p_alerte.entity_id)
    from (select) un left join public.depots d on d.id = p_alerte.depot_id
$$;
comment on function private.texte_alerte(public.system_alerts, text) is 'What a person reads of an event of an alert.';

create function private.enseigne() returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$ select case private.env() when 'prod' then '[Monaluxe]' else format('[Monaluxe %s]', private.env()) end $$;
comment on function private.enseigne() is 'What a subject begins with: nobody takes a rehearsal for PROD.';

create function private.deposer_envoi(p_envoi public.envois) returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_id uuid;
begin
  insert into public.envois (canal, objet_type, objet_id, depot_id, regle_id, cle, destination, roles, secret_nom,
    sujet, contenu)
  values (p_envoi.canal, p_envoi.objet_type, p_envoi.objet_id, p_envoi.depot_id, p_envoi.regle_id, p_envoi.cle,
    p_envoi.destination, p_envoi.roles, p_envoi.secret_nom,
    -- A line of its own in the message: nothing in it ends the line.
    left(regexp_replace(p_envoi.sujet, '[[:cntrl:]]+', ' ', 'g'), 200), p_envoi.contenu)
  on conflict (cle) do nothing returning id into v_id;
  return coalesce(v_id, (select e.id from public.envois e where e.cle = p_envoi.cle));
end;
$$;
comment on function private.deposer_envoi(public.envois) is
  'Writes a message to send, in the transaction of what it tells; the same key again is the same message. Answers its '
  'id.';

create function private.notifier_evenement() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_alerte public.system_alerts;
  v_cible record;
  v_envoi public.envois;
  v_au_resume boolean;
begin
  select * into strict v_alerte from public.system_alerts a where a.id = new.alerte_id;
  -- What says that messages do not arrive sends none.
  if v_alerte.check_code = 'ENVOI_MORT' then
    return null;
  end if;
  v_au_resume := v_alerte.severity = 'WARN' or private.alerte_bat(v_alerte.id);
  for v_cible in
    select r.id::text as nom, r.id as regle_id, r.canal, r.destination, r.roles, r.secret_nom
      from public.notifications_regles r
     where r.actif and (r.env is null or r.env = private.env()) and new.type = any (r.evenements)
       and (r.severity_min = 'WARN' or v_alerte.severity = 'CRITICAL')
       and (r.codes is null or v_alerte.check_code = any (r.codes))
       and (r.depots is null or v_alerte.depot_id = any (r.depots))
       and (r.roles is null or private.prevenus('profils_prevenus'))
    union all
    select array_to_string(e.roles, '+'), null, 'EMAIL', null, e.roles, null
      from private.escalades e
     where new.type = 'ESCALADE' and (e.severity, e.niveau) = (v_alerte.severity, v_alerte.niveau_escalade)
       and private.prevenus('profils_prevenus')
  loop
    v_envoi := null;
    v_envoi.canal := v_cible.canal;
    v_envoi.regle_id := v_cible.regle_id;
    v_envoi.depot_id := v_alerte.depot_id;
    v_envoi.destination := v_cible.destination;
    v_envoi.roles := v_cible.roles;
    if v_cible.canal = 'EMAIL' and v_au_resume then
      v_envoi.id := private.joindre_resume(v_envoi, v_cible.nom);
    else
      v_envoi.objet_type := 'ALERTE';
      v_envoi.objet_id := v_alerte.id;
      v_envoi.cle := concat_ws('/', 'evenement', new.id, v_cible.nom);
      v_envoi.secret_nom := v_cible.secret_nom;
      v_envoi.sujet := format('%s %s : %s', private.enseigne(),
        case new.type when 'RESOLVED' then 'résolue' when 'ACK' then 'prise en compte' else v_alerte.check_code end,
        v_alerte.message);
      v_envoi.contenu := case v_cible.canal
        when 'EMAIL' then jsonb_build_object('texte', private.texte_alerte(v_alerte, new.type))
        else jsonb_build_object('corps', jsonb_build_object('type', 'alerte.' || lower(new.type), 'timestamp', new.le,
               'data', to_jsonb(v_alerte) || jsonb_build_object('evenement_id', new.id, 'note', new.note))) end;
      v_envoi.id := private.deposer_envoi(v_envoi);
    end if;
    insert into private.envois_evenements (evenement_id, cible, envoi_id) values (new.id, v_cible.nom, v_envoi.id);
  end loop;
  return null;
end;
$$;
comment on function private.notifier_evenement() is
  'An event of an alert is told, in its own transaction, once to each rule that matches and to the roles of an '
  'escalation: WARN, and what comes and goes, by e-mail in the digest of seven o''clock; the rest at once.';
create trigger alertes_evenements_after_insert after insert on public.alertes_evenements
  for each row execute function private.notifier_evenement();

-- Sending: the worker's three questions -------------------------------------------------------------------------------

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
      (select d.fuseau from public.depots d where d.id = p_envoi.depot_id), 'Africa/Lubumbashi'), 'DD/MM/YYYY'),
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
      case when v_envoi.roles is null then array[v_envoi.destination]
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

create function private.noter_envoi(p_id uuid, p_bail uuid, p_issue text, p_code text, p_erreur text) returns text
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
         prochain_essai = clock_timestamp() + private.attente_essai(v_envoi.essais)
   where e.id = p_id;
  return 'A_ENVOYER';
end;
$$;
comment on function private.noter_envoi(uuid, uuid, text, text, text) is
  'What became of a message that was taken: ENVOYE, ECHEC (another try, later) or MORT. A failure told by who no longer '
  'has the lease changes nothing; that it arrived always counts. Answers what it is now.';

-- People --------------------------------------------------------------------------------------------------------------

create function public.relancer_envoi(p_id uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_envoi public.envois;
begin
  perform private.exiger('tenir_notifications');
  select * into v_envoi from public.envois e where e.id = p_id for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cet envoi'));
  end if;
  if v_envoi.statut <> 'MORT' then
    perform private.refuser('ENVOI_ETAT', jsonb_build_object('statut', v_envoi.statut));
  end if;
  -- Of PROD, in a copy of it: whom it was for is nobody to try things on.
  if v_envoi.env <> private.env() then
    perform private.refuser('ENV_INTERDIT', jsonb_build_object('env', v_envoi.env));
  end if;
  update public.envois e
     set statut = 'A_ENVOYER', essais = 0, prochain_essai = clock_timestamp() where e.id = p_id;
  perform private.journaliser('ENVOI_RELANCE', 'alertes', 'WARNING', p_id, v_envoi.depot_id,
    jsonb_build_object('canal', v_envoi.canal, 'dernier_code', v_envoi.dernier_code));
end;
$$;
comment on function public.relancer_envoi(uuid) is
  'A dead message is tried again, from the first try, under the same id (admin). Logs ENVOI_RELANCE. Raises '
  'ROLE_FORBIDDEN, INTROUVABLE, SECOND_FACTEUR_REQUIS, ENVOI_ETAT, ENV_INTERDIT.';

create function private.controles_envois() returns setof private.fait_controle
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select 'ENVOI_MORT', 'ENVOI', e.id,
           format('Un message (%s, %s) n''est pas arrivé : %s', lower(e.canal), lower(e.objet_type), e.dernier_code),
           jsonb_build_object('envoi_id', e.id, 'canal', e.canal, 'dernier_code', e.dernier_code), null::uuid
      from public.envois e
     -- What its reader asked not to be sent is no fault.
     where e.statut = 'MORT' and e.dernier_code is distinct from 'DESABONNE' and e.env = private.env();
  return query
    select 'ENVOIS_EN_RETARD', 'ENVOI', md5('envois')::uuid,
           format('%s message(s) attendent un ouvrier, le plus ancien depuis %s min.', count(*),
             round(extract(epoch from now() - min(e.prochain_essai)) / 60)),
           jsonb_build_object('messages', count(*), 'depuis', min(e.prochain_essai)), null::uuid
      from public.envois e
     where e.statut in ('A_ENVOYER', 'EN_COURS') and e.env = private.env()
       and (e.roles is null or private.prevenus('profils_prevenus'))
       and e.prochain_essai < now() - private.seuil('ENVOIS_EN_RETARD') * interval '1 minute'
    having count(*) > 0;
end;
$$;
comment on function private.controles_envois() is
  'Messages given up, and messages nobody comes to send: an outbox that no worker drains is silent.';

alter table public.envois enable row level security;
alter table private.envois_evenements enable row level security;
grant select on public.envois to authenticated, service_role;
create policy envois_lecture on public.envois for select to authenticated
  using ((select private.peut('tenir_notifications')));
revoke execute on function public.relancer_envoi(uuid) from public, anon;
grant execute on function public.relancer_envoi(uuid) to authenticated;

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

do $$
begin
  if exists (select from pg_available_extensions where name = 'pg_cron')
     and exists (select from pg_available_extensions where name = 'pg_net') then
    create extension if not exists pg_cron;
    create extension if not exists pg_net;
    perform cron.schedule('envois', '* * * * *', 'select private.appeler_ouvrier()');
  end if;
exception when others then
  raise warning
    'pg_cron ou pg_net ne peut pas servir ici (%) : appelez la fonction envois/vider vous-même, chaque minute.',
    sqlerrm;
end;
$$;
