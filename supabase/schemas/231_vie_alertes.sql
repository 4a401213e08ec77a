-- The life of an alert: each of its steps is written down, and only a person or what has ended moves it.

create function private.alertes_en_ordre() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('alertes:sync', 0));
  return null;
end;
$$;
comment on function private.alertes_en_ordre() is
  'People move alerts beside each other, and never during the pass, which is over all depots: before a row is locked, '
  'or it and they would wait for each other.';
grant execute on function private.alertes_en_ordre() to authenticated, service_role;

create function private.noter_evenement_alerte(p_alerte public.system_alerts, p_type text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- A depot's digests are added to by one at a time.
  perform pg_advisory_xact_lock(hashtextextended('alertes:' || coalesce(p_alerte.depot_id::text, ''), 0));
  insert into public.alertes_evenements (alerte_id, depot_id, type, par, note)
  values (p_alerte.id, p_alerte.depot_id, p_type, case p_alerte.status when 'ACK' then p_alerte.acknowledged_by
    when 'RESOLVED' then p_alerte.resolved_by end,
          nullif(current_setting('app.note_alerte', true), ''));
  perform private.journaliser(case p_type when 'OPEN' then 'ALERTE_OUVERTE' when 'ACK' then 'ALERTE_ACQUITTEE'
      when 'RESOLVED' then 'ALERTE_RESOLUE' when 'ESCALADE' then 'ALERTE_ESCALADEE' else 'ALERTE_ROUVERTE' end,
    'alertes', 'INFO', p_alerte.id, p_alerte.depot_id,
    jsonb_build_object('check_code', p_alerte.check_code, 'severity', p_alerte.severity, 'entity_type',
      p_alerte.entity_type, 'entity_id', p_alerte.entity_id, 'niveau_escalade', p_alerte.niveau_escalade));
end;
$$;
comment on function private.noter_evenement_alerte(public.system_alerts, text) is
  'What happened to an alert: an event and a line of the log.';

create function private.noter_evenements_alertes() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Once every row of the statement is locked, and one depot after another: no two wait for each other.
  if tg_op = 'INSERT' then
    perform private.noter_evenement_alerte(c.alerte, (c.alerte).status)
       from (select a as alerte from public.system_alerts a join nouvelles n using (id) order by a.depot_id, a.id) c;
    return null;
  end if;
  perform private.noter_evenement_alerte(c.alerte, c.type)
     from (select a as alerte, case when a.status <> o.status and a.status = 'OPEN' then 'REOPEN'
                                    when a.status <> o.status then a.status
                                    when a.niveau_escalade > o.niveau_escalade then 'ESCALADE' end as type
             from public.system_alerts a join nouvelles n using (id) join anciennes o using (id)
            order by a.depot_id, a.id) c
    where c.type is not null;
  return null;
end;
$$;
comment on function private.noter_evenements_alertes() is
  'Every change of status, and every step of escalation, is an event and a line of the log.';

create function private.faire_avancer_alerte(p_alerte public.system_alerts, p_status text) returns public.system_alerts
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Said twice, by one person or two: it is so already.
  if p_alerte.status = p_status then
    return p_alerte;
  end if;
  if not coalesce(p_alerte.status = 'OPEN' and p_status in ('ACK', 'RESOLVED')
                  or p_alerte.status = 'ACK' and p_status = 'RESOLVED', false) then
    perform private.refuser('ALERTE_ETAT', jsonb_build_object('de', p_alerte.status, 'vers', p_status));
  end if;
  p_alerte.status := p_status;
  p_alerte.updated_at := now();
  if p_status = 'ACK' then
    p_alerte.acknowledged_by := auth.uid();
    p_alerte.acknowledged_at := now();
  else
    p_alerte.resolved_by := auth.uid();
    p_alerte.resolved_at := now();
  end if;
  return p_alerte;
end;
$$;
comment on function private.faire_avancer_alerte(public.system_alerts, text) is
  'The alert a step further, in the caller''s name and now. Raises ALERTE_ETAT.';

create function private.system_alerts_avant_update() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- The project's own functions have asked already. Whatever else a client sends is not theirs to say.
  if private.possede(tg_relid) then
    return new;
  end if;
  return private.faire_avancer_alerte(old, new.status);
end;
$$;
comment on function private.system_alerts_avant_update() is
  'A person moves an alert''s status, one way, and nothing else of it; who and when are written here. Raises '
  'ALERTE_ETAT.';
grant execute on function private.system_alerts_avant_update(), private.faire_avancer_alerte(public.system_alerts, text)
  to authenticated, service_role;
create trigger system_alerts_en_ordre before insert or update on public.system_alerts
  for each statement execute function private.alertes_en_ordre();
create trigger system_alerts_before_update before update on public.system_alerts
  for each row execute function private.system_alerts_avant_update();
create trigger system_alerts_after_insert after insert on public.system_alerts
  referencing new table as nouvelles for each statement execute function private.noter_evenements_alertes();
create trigger system_alerts_after_update after update on public.system_alerts
  referencing old table as anciennes new table as nouvelles
  for each statement execute function private.noter_evenements_alertes();

create function private.deplacer_alerte(p_id uuid, p_status text, p_note text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_alerte public.system_alerts;
begin
  perform private.exiger('tenir_alertes');
  perform pg_advisory_xact_lock_shared(hashtextextended('alertes:sync', 0));
  select * into v_alerte from public.system_alerts a
   where a.id = p_id and (a.depot_id is null or a.depot_id = any (private.depots_visibles())) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette alerte'));
  end if;
  v_alerte := private.faire_avancer_alerte(v_alerte, p_status);
  perform set_config('app.note_alerte', coalesce(private.texte_net(p_note), ''), true);
  update public.system_alerts a
     set (status, acknowledged_by, acknowledged_at, resolved_by, resolved_at, updated_at)
         = (v_alerte.status, v_alerte.acknowledged_by, v_alerte.acknowledged_at, v_alerte.resolved_by,
           v_alerte.resolved_at, now())
   where a.id = p_id;
  perform set_config('app.note_alerte', '', true);
end;
$$;
comment on function private.deplacer_alerte(uuid, text, text) is
  'Moves an alert a step further, with a note. Raises ROLE_FORBIDDEN, INTROUVABLE, ALERTE_ETAT.';
create function public.acquitter_alerte(p_id uuid, p_note text default null) returns void
language sql security definer
set search_path = pg_catalog, pg_temp
as $$ select private.deplacer_alerte(p_id, 'ACK', p_note) $$;
comment on function public.acquitter_alerte(uuid, text) is
  'Somebody takes an alert on (admin, directeur). Raises ROLE_FORBIDDEN, INTROUVABLE, ALERTE_ETAT.';
create function public.resoudre_alerte(p_id uuid, p_note text default null) returns void
language sql security definer
set search_path = pg_catalog, pg_temp
as $$ select private.deplacer_alerte(p_id, 'RESOLVED', p_note) $$;
comment on function public.resoudre_alerte(uuid, text) is
  'Somebody says an alert is settled (admin, directeur). Raises ROLE_FORBIDDEN, INTROUVABLE, ALERTE_ETAT.';
