-- Who is told of an alert, by which way, and when: rules for what happens to it, escalation for what nobody takes on.
--
-- WARN waits for the digest of seven o'clock at the depot, CRITICAL is told at once. A machine (webhook) is always told
-- at once: it does not sleep.

create function private.roles_possibles(p_roles text[]) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select bool_and(pg_get_constraintdef(k.oid) like '%''' || r || '''%')
    from pg_constraint k, unnest(p_roles) r
   where k.conrelid = 'public.profils'::regclass and k.conname = 'profils_role_check'
$$;
comment on function private.roles_possibles(text[]) is
  'Whether a profile can have each of these roles: the list is the one that profiles are held to, said once.';

create table public.notifications_regles (
  id uuid primary key default private.nouvel_id(),
  canal text not null check (canal in ('EMAIL', 'WEBHOOK')),
  severity_min text not null default 'CRITICAL' check (severity_min in ('CRITICAL', 'WARN')),
  codes text[] check (cardinality(codes) > 0),
  depots uuid[] check (cardinality(depots) > 0),
  evenements text[] not null default '{OPEN,REOPEN,RESOLVED}' check (
    cardinality(evenements) > 0 and evenements <@ '{OPEN,ACK,RESOLVED,REOPEN,ESCALADE}'::text[]),
  destination text,
  roles text[] check (cardinality(roles) > 0 and private.roles_possibles(roles)),
  secret_nom text check (secret_nom ~ '^WEBHOOK_SECRET(_[A-Z0-9]+)*$' and secret_nom !~ '_PRECEDENT$'),
  actif boolean not null default true,
  env text default private.env(),
  created_by uuid references auth.users (id),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (num_nonnulls(destination, roles) = 1),
  check (case canal when 'WEBHOOK' then num_nonnulls(destination, secret_nom) = 2 else secret_nom is null end)
);
comment on table public.notifications_regles is
  'Who is told what: every event of an alert that a rule matches is one message. Written by an administrator.';
comment on column public.notifications_regles.severity_min is 'WARN: both; CRITICAL: that only.';
comment on column public.notifications_regles.codes is 'Checks it is limited to; null: all.';
comment on column public.notifications_regles.depots is
  'Depots it is limited to; null: all, and what is of no depot.';
comment on column public.notifications_regles.destination is 'E-mail address, or address of a webhook.';
comment on column public.notifications_regles.roles is
  'Instead of an address: whoever has one of these roles and sees the depot, when it is sent.';
comment on column public.notifications_regles.secret_nom is
  'Name of the environment''s variable that signs (whsec_…); never the secret itself.';
comment on column public.notifications_regles.env is
  'Environment it was made in: a copy of PROD restored elsewhere tells nobody of PROD. Null: wherever.';
create index notifications_regles_created_by_idx on public.notifications_regles (created_by);
create trigger notifications_regles_gel before insert or update or delete on public.notifications_regles
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger notifications_regles_after_write after insert or update or delete on public.notifications_regles
  for each row execute function private.journaliser_ligne('alertes', 'NOTIFICATION_REGLE', 'WARNING', 'E');

create table private.escalades (
  severity text not null check (severity in ('CRITICAL', 'WARN')),
  niveau int not null check (niveau > 0),
  apres interval not null,
  roles text[] not null,
  primary key (severity, niveau)
);
comment on table private.escalades is
  'Who is told that nobody takes an open alert on, and after how long. An environment may set its own delays.';

create function private.escalader() returns bigint
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_combien bigint;
begin
  update public.system_alerts a
     set niveau_escalade = n.niveau, updated_at = now()
    from (select o.id, max(e.niveau) as niveau
            from public.system_alerts o join private.escalades e on e.severity = o.severity
           where o.status = 'OPEN' and o.ouverte_le <= now() - e.apres group by o.id) n
   where a.id = n.id and a.status = 'OPEN' and a.niveau_escalade < n.niveau;
  get diagnostics v_combien = row_count;
  return v_combien;
end;
$$;
comment on function private.escalader() is
  'Alerts that nobody took on in time go a level up: an event each. Returns how many.';

create function private.destination_permise(p_canal text, p_destination text) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_hote text;
  v_locale boolean;
begin
  if p_canal = 'EMAIL' then
    if p_destination !~ '^[^[:space:]@<>(),;:"\\]+@[^[:space:]@<>(),;:"\\]+\.[^[:space:]@<>(),;:"\\.]{2,}$'
       or char_length(p_destination) > 254 then
      perform private.refuser('ADRESSE_INTERDITE',
        jsonb_build_object('raison', 'ce n''est pas une adresse e-mail'));
    end if;
    return;
  end if;
  -- Whatever names another host than it seems to (a login before it, a control, a backslash) is refused whole.
  v_hote := lower(substring(p_destination from
    '^https?://(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(?::[0-9]{1,5})?(?:[/?]\S*)?$'));
  if v_hote is null or p_destination ~ '[\\@#]' or char_length(p_destination) > 2000 then
    perform private.refuser('ADRESSE_INTERDITE', jsonb_build_object('raison', 'une adresse https://… est attendue'));
  end if;
  v_locale := private.env() in ('local', 'staging') and v_hote in ('localhost', '127.0.0.1', '[::1]');
  if p_destination !~ '^https://' and not v_locale then
    perform private.refuser('ADRESSE_INTERDITE', jsonb_build_object('raison', 'https est attendu'));
  end if;
  -- A name that leads to one is found out when it is called. No public host is named by a number or a single word.
  if not v_locale and (v_hote like '[%' or v_hote !~ '\.[a-z]([a-z0-9-]*[a-z0-9])?\.?$'
     or v_hote ~ '(^|\.)(localhost|local|internal|home|lan|arpa)\.?$') then
    perform private.refuser('ADRESSE_INTERDITE', jsonb_build_object('raison', 'un nom public est attendu'));
  end if;
end;
$$;
comment on function private.destination_permise(text, text) is
  'Refuses what no message may go to: no e-mail address; a webhook that is not https to a public name, but for this '
  'machine itself in local and staging. Raises ADRESSE_INTERDITE.';

create function public.definir_regle_notification(
  p_id uuid, p_canal text, p_severity_min text, p_codes text[], p_depots uuid[], p_evenements text[],
  p_destination text, p_roles text[], p_secret_nom text, p_actif boolean
) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_inconnus text[];
  v_id uuid := p_id;
begin
  perform private.exiger('tenir_notifications');
  if (p_destination is null) = (p_roles is null) or p_canal = 'WEBHOOK'
    and (p_destination is null or p_secret_nom is null)
     or p_canal = 'EMAIL' and p_secret_nom is not null then
    perform private.refuser('REGLE_INCOMPLETE');
  end if;
  if p_destination is not null then
    perform private.destination_permise(p_canal, p_destination);
  end if;
  select array_agg(c.code) into v_inconnus from unnest(p_codes) c (code)
   where not exists (select from private.controles k where k.code = c.code);
  if v_inconnus is not null then
    perform private.refuser('CONTROLE_INCONNU', jsonb_build_object('code', v_inconnus[1]));
  end if;
  if p_id is null then
    insert into public.notifications_regles (canal, severity_min, codes, depots, evenements, destination, roles,
      secret_nom, actif, created_by)
    values (p_canal, p_severity_min, p_codes, p_depots, p_evenements, p_destination, p_roles, p_secret_nom, p_actif,
      auth.uid()) returning id into v_id;
  else
    update public.notifications_regles r
       set canal = p_canal, severity_min = p_severity_min, codes = p_codes, depots = p_depots,
           evenements = p_evenements, destination = p_destination, roles = p_roles, secret_nom = p_secret_nom,
           actif = p_actif, env = private.env(), updated_at = now()
     where r.id = p_id;
    if not found then
      perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette règle'));
    end if;
  end if;
  return v_id;
end;
$$;
comment on function public.definir_regle_notification(uuid, text, text, text[], uuid[], text[], text, text[], text,
  boolean) is
  'Writes a rule of notification whole, a new one where p_id is null (admin); answers its id. Raises '
  'ROLE_FORBIDDEN, ISOLATION_INTERDITE, INTROUVABLE, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, ADRESSE_INTERDITE, '
  'REGLE_INCOMPLETE, CONTROLE_INCONNU.';

create function public.regler_controle(p_code text, p_actif boolean, p_seuil numeric) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_avant private.controles;
begin
  perform private.exiger('tenir_notifications');
  select * into v_avant from private.controles c where c.code = p_code for update;
  if not found then
    perform private.refuser('CONTROLE_INCONNU', jsonb_build_object('code', p_code));
  end if;
  -- A threshold is a number of what the check counts; one that has none takes none.
  if (p_seuil is null) <> (v_avant.seuil is null) or not coalesce(p_seuil > 0 and p_seuil < 100000, true) then
    perform private.refuser('SEUIL_INVALIDE', jsonb_build_object('dit', v_avant.dit));
  end if;
  update private.controles c set actif = p_actif, seuil = p_seuil where c.code = p_code;
  perform private.journaliser('CONTROLE_REGLE', 'alertes', 'WARNING', null, null,
    jsonb_build_object('code', p_code, 'avant', to_jsonb(v_avant), 'actif', p_actif, 'seuil', p_seuil));
end;
$$;
comment on function public.regler_controle(text, boolean, numeric) is
  'Switches a check on or off and sets its threshold, in the check''s own unit (admin). Logged WARNING. Raises '
  'ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, CONTROLE_INCONNU, SEUIL_INVALIDE.';

create function private.controles_lus() returns table (
  code text, severity text, actif boolean, seuil numeric, rythme text, dit text, presentes bigint
)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('lire_alertes');
  return query
    select c.code, c.severity, c.actif, c.seuil, c.rythme, c.dit,
           (select count(*) from public.system_alerts a where a.check_code = c.code and a.presente
             and (a.depot_id = any (private.depots_visibles())
                  or a.depot_id is null and private.peut('voir_tous_depots')))
      from private.controles c order by c.severity, c.code;
end;
$$;
comment on function private.controles_lus() is
  'The checks there are, and how many facts each finds now among what the caller sees; volatile: read in the statement '
  'that changes them, it sees them changed. Raises ROLE_FORBIDDEN.';

alter table public.notifications_regles enable row level security;
alter table private.escalades enable row level security;
grant select on public.notifications_regles to authenticated, service_role;
create policy notifications_regles_lecture on public.notifications_regles for select to authenticated
  using ((select private.peut('tenir_notifications')));
revoke execute on function public.definir_regle_notification(uuid, text, text, text[], uuid[], text[], text, text[],
  text, boolean), public.regler_controle(text, boolean, numeric) from public, anon;
grant execute on function public.definir_regle_notification(uuid, text, text, text[], uuid[], text[], text, text[],
  text, boolean), public.regler_controle(text, boolean, numeric) to authenticated;
grant execute on function private.controles_lus() to authenticated;
