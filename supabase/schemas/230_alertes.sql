-- Integrity: everything that can be checked after the fact in one list, and one life for each alert.
--
-- OPEN → ACK → RESOLVED,  OPEN → RESOLVED   by a person;   RESOLVED when the cause is gone, OPEN when it is back, by
-- the system
--
-- A check is a row of private.controles; its source is a function of private, which answers the facts of a few checks.
-- Sources of each minute read an index that holds only what they look for, so that a pass costs the same whatever the
-- history. Those that read all history run once a night and leave what they found in private.constats.

create table private.controles (
  code text primary key check (code ~ '^[A-Z0-9_]+$'),
  severity text not null check (severity in ('CRITICAL', 'WARN')),
  actif boolean not null default true,
  seuil numeric,
  source text not null,
  rythme text not null default 'MINUTE' check (rythme in ('MINUTE', 'NUIT')),
  dit text not null
);
comment on table private.controles is 'The checks. An environment may switch one off, or set its threshold.';
comment on column private.controles.seuil is 'Threshold, in the unit that dit says; null where there is none.';
comment on column private.controles.source is
  'Function of private that answers its facts: no argument, rows of private.fait_controle.';
comment on column private.controles.rythme is 'How often: each minute, or once a night where it reads all history.';
comment on column private.controles.dit is 'In French: what it says, and the unit of its threshold.';

create type private.fait_controle as (
  check_code text, entity_type text, entity_id uuid, message text, payload jsonb, depot_id uuid
);
comment on type private.fait_controle is
  'Something a check found: of what, a French sentence, its figures, and the depot it is of (null: of none).';

create function private.seuil(p_code text) returns numeric
language sql stable
set search_path = pg_catalog, pg_temp
as $$ select c.seuil from private.controles c where c.code = p_code $$;
comment on function private.seuil(text) is 'Threshold of a check.';

create table private.constats (
  check_code text not null,
  entity_type text not null,
  entity_id uuid not null,
  severity text not null,
  message text not null,
  payload jsonb not null,
  depot_id uuid,
  detected_at timestamptz not null default now(),
  primary key (check_code, entity_type, entity_id)
);
comment on table private.constats is 'What the last nightly pass found.';

create table private.passages (
  nom text primary key,
  le timestamptz not null,
  duree interval not null
);
comment on table private.passages is
  'When each pass last ended, and how long it took: alertes, nuit, heure; sauvegarde: moment of the last verified '
  'backup; saut: when the clock was last seen to leap.';

create function private.faits_des_controles(p_rythme text) returns table (
  check_code text, severity text, entity_type text, entity_id uuid, message text, payload jsonb, depot_id uuid
)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_source text;
  v_faits private.fait_controle[];
begin
  for v_source in
    select distinct c.source from private.controles c where c.actif and c.rythme = p_rythme order by 1
  loop
    -- One that fails keeps no other from looking, and says so itself.
    begin
      execute format('select array_agg(f) from private.%I() f', v_source) into v_faits;
      return query
        select c.code, c.severity, f.entity_type, f.entity_id, f.message, f.payload, f.depot_id
          from unnest(v_faits) f join private.controles c on c.code = f.check_code and c.actif;
    exception when others then
      return query
        select c.code, c.severity, 'CONTROLE', md5(v_source)::uuid,
               format('Le contrôle « %s » n''a pas pu regarder : %s', v_source, sqlerrm),
               jsonb_build_object('source', v_source, 'sqlstate', sqlstate), null::uuid
          from private.controles c where c.code = 'CONTROLE_EN_PANNE' and c.actif;
    end;
  end loop;
end;
$$;
comment on function private.faits_des_controles(text) is
  'What the checks of a rhythm find now, all depots: a row a fact, one key may have several. A source that fails is a '
  'fact too (CONTROLE_EN_PANNE).';

create function private.faits_vus() returns table (
  check_code text, severity text, entity_type text, entity_id uuid, message text, payload jsonb,
  detected_at timestamptz, depot_id uuid
)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_tout constant boolean := auth.uid() is null or private.peut('lire_alertes') and private.peut('voir_tous_depots');
  v_depots constant uuid[] := private.depots_ou('lire_alertes');
begin
  return query
    select f.check_code, f.severity, f.entity_type, f.entity_id, f.message, f.payload, f.le, f.depot_id
      from (select m.*, now() as le from private.faits_des_controles('MINUTE') m
            union all
            select c.check_code, c.severity, c.entity_type, c.entity_id, c.message, c.payload, c.depot_id, c.detected_at
              from private.constats c) f
     where v_tout or f.depot_id = any (v_depots);
end;
$$;
comment on function private.faits_vus() is
  'What is wrong now and what the last nightly pass found, of depots where the caller reads alerts; of no depot, for '
  'who sees them all.';
grant execute on function private.faits_vus() to authenticated, service_role;

create view public.v_integrity_checks with (security_invoker = true) as
  select f.check_code, f.severity, f.entity_type, f.entity_id, f.message, f.payload, f.detected_at, f.depot_id
    from private.faits_vus() f;
comment on view public.v_integrity_checks is
  'What is wrong now, among what the caller reads the alerts of, and what the last nightly pass found. A row a fact: '
  'one key may have several.';
grant select on public.v_integrity_checks to authenticated, service_role;

create table public.system_alerts (
  id uuid primary key default private.nouvel_id(),
  check_code text not null,
  severity text not null check (severity in ('CRITICAL', 'WARN')),
  entity_type text not null,
  entity_id uuid not null,
  message text not null,
  payload jsonb not null default '{}',
  status text not null default 'OPEN' check (status in ('OPEN', 'ACK', 'RESOLVED')),
  first_detected_at timestamptz not null default now(),
  last_detected_at timestamptz not null default now(),
  acknowledged_by uuid references auth.users (id),
  acknowledged_at timestamptz,
  resolved_by uuid references auth.users (id),
  resolved_at timestamptz,
  depot_id uuid references public.depots (id),
  presente boolean not null default true,
  absente_depuis timestamptz,
  occurrences int not null default 1,
  ouverte_le timestamptz not null default now(),
  niveau_escalade int not null default 0 check (niveau_escalade >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (check_code, entity_type, entity_id),
  check (presente = (absente_depuis is null)),
  check (presente or status = 'RESOLVED'),
  check ((status = 'RESOLVED') = (resolved_at is not null))
);
comment on table public.system_alerts is
  'One row a fact that a check found, for good: opened, acknowledged, resolved, opened again. Written by the passes; '
  'people move its status only.';
comment on column public.system_alerts.depot_id is 'Depot of what it is about; null: of no depot.';
comment on column public.system_alerts.presente is 'Whether the last pass still found it.';
comment on column public.system_alerts.resolved_by is 'Who resolved it; null: it had gone by itself.';
comment on column public.system_alerts.occurrences is 'How many times it has come.';
comment on column public.system_alerts.ouverte_le is 'Since when it is open: what escalation counts from.';
comment on column public.system_alerts.niveau_escalade is
  'How far up it was told that nobody takes it on; only rises, and starts again when the alert opens again.';
create index system_alerts_page_idx on public.system_alerts (last_detected_at desc, id desc);
create index system_alerts_depot_id_idx on public.system_alerts (depot_id);
create index system_alerts_tableau_idx on public.system_alerts (depot_id) where status <> 'RESOLVED';
create index system_alerts_acknowledged_by_idx on public.system_alerts (acknowledged_by);
create index system_alerts_resolved_by_idx on public.system_alerts (resolved_by);
create index system_alerts_presentes_idx on public.system_alerts (check_code) where presente;
create index system_alerts_ouvertes_idx on public.system_alerts (ouverte_le) where status = 'OPEN';

create table public.alertes_evenements (
  id uuid primary key default private.nouvel_id(),
  ordre bigint generated always as identity unique,
  alerte_id uuid not null references public.system_alerts (id),
  type text not null check (type in ('OPEN', 'ACK', 'RESOLVED', 'REOPEN', 'ESCALADE')),
  par uuid,
  note text,
  depot_id uuid references public.depots (id),
  le timestamptz not null default clock_timestamp()
);
comment on table public.alertes_evenements is 'What happened to each alert, in order. Append-only.';
comment on column public.alertes_evenements.par is 'Who; null for the system.';
comment on column public.alertes_evenements.depot_id is 'Depot of its alert, so that a policy asks nothing row by row.';
create index alertes_evenements_depot_id_idx on public.alertes_evenements (depot_id);
create index alertes_evenements_alerte_id_idx on public.alertes_evenements (alerte_id, ordre);
create trigger alertes_evenements_block before update or delete or truncate on public.alertes_evenements
  for each statement execute function private.interdire_ecriture();
create trigger system_alerts_block before delete or truncate on public.system_alerts
  for each statement execute function private.interdire_ecriture();
