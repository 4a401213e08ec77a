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
  restants text[],
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
comment on column public.envois.restants is
  'Of an e-mail that a server took for some and put off for others: whom it has not reached yet. Null: everybody.';
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
    from (select coalesce((select d.fuseau from public.depots d where d.id = p_depot_id), private.fuseau_societe())) f
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
   where e.alerte_id = p_alerte_id and e.par is null and e.le between clock_timestamp() - interval '1 hour'
     and clock_timestamp()
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
    to_char(p_alerte.ouverte_le at time zone coalesce(d.fuseau, private.fuseau_societe()), 'DD/MM/YYYY HH24:MI'),
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
