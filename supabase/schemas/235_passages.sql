-- The passes: what the checks find becomes alerts every minute; once a night everything is proved from the beginning.

create function private.faits_integrite() returns table (
  check_code text, entity_type text, entity_id uuid, severity text, message text, payload jsonb, depot_id uuid
)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  -- Two owners of one tank are one fact: the worst of them, with all that was seen.
  select v.check_code, v.entity_type, v.entity_id, min(v.severity),
         (array_agg(v.message order by v.severity, v.message))[1],
         case count(*) when 1 then (array_agg(v.payload))[1]
           else (array_agg(v.payload order by v.severity, v.message))[1]
                || jsonb_build_object('groupe', jsonb_agg(v.payload order by v.severity, v.message)) end,
         (array_agg(v.depot_id))[1]
    from (select f.check_code, f.severity, f.entity_type, f.entity_id, f.message, f.payload, f.depot_id
            from private.faits_des_controles('MINUTE') f
          union all
          select c.check_code, c.severity, c.entity_type, c.entity_id, c.message, c.payload, c.depot_id
            from private.constats c join private.controles k on k.code = c.check_code and k.actif) v
   group by v.check_code, v.entity_type, v.entity_id
$$;
comment on function private.faits_integrite() is
  'What the checks find now, one row a key: the worst severity, and the payloads of all.';

create function private.noter_passage(p_nom text, p_debut timestamptz) returns void
language sql
set search_path = pg_catalog, pg_temp
as $$
  insert into private.passages as p (nom, le, duree) values (p_nom, clock_timestamp(), clock_timestamp() - p_debut)
  on conflict (nom) do update set (le, duree) = (excluded.le, excluded.duree)
$$;
comment on function private.noter_passage(text, timestamptz) is 'A pass of the checks has ended.';

create function private.noter_sauvegarde(p_moment timestamptz) returns void
language sql
set search_path = pg_catalog, pg_temp
as $$
  insert into private.passages as p (nom, le, duree) values ('sauvegarde', p_moment, '0')
  on conflict (nom) do update set le = greatest(p.le, excluded.le)
$$;
comment on function private.noter_sauvegarde(timestamptz) is
  'A backup taken at that moment has been verified: what SAUVEGARDE_ANCIENNE counts from.';

create function public.sync_system_alerts_from_integrity(p_limit int default 200) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_debut constant timestamptz := clock_timestamp();
  v_faits jsonb;
begin
  if auth.uid() is not null then
    perform private.exiger('tenir_alertes');
  end if;
  -- One at a time: a second one would find the same.
  if not pg_try_advisory_xact_lock(hashtextextended('alertes:sync', 0)) then
    return;
  end if;
  -- The worst first: what lies beyond the limit is neither opened nor resolved.
  select coalesce(jsonb_agg(to_jsonb(f) || jsonb_build_object('rang', f.rang)), '[]') into v_faits
    from (select t.*, row_number() over (order by t.severity, t.check_code, t.entity_type, t.entity_id) as rang
            from private.faits_integrite() t) f;

  update public.system_alerts a
     set presente = false, absente_depuis = now(), status = 'RESOLVED', updated_at = now(),
         resolved_by = case a.status when 'RESOLVED' then a.resolved_by end,
         resolved_at = case a.status when 'RESOLVED' then a.resolved_at else now() end
   where a.presente
     -- What could not be looked at is not gone.
     and not exists (select from private.controles k
                       join jsonb_to_recordset(v_faits) f (check_code text, payload jsonb)
                         on f.check_code = 'CONTROLE_EN_PANNE' and f.payload ->> 'source' = k.source
                      where k.code = a.check_code)
     and not exists (select from jsonb_to_recordset(v_faits) f (check_code text, entity_type text, entity_id uuid)
                      where (f.check_code, f.entity_type, f.entity_id) = (a.check_code, a.entity_type, a.entity_id));

  insert into public.system_alerts as a (check_code, entity_type, entity_id, severity, message, payload, depot_id)
  select f.check_code, f.entity_type, f.entity_id, f.severity, f.message, f.payload, f.depot_id
    from jsonb_to_recordset(v_faits) f (check_code text, entity_type text, entity_id uuid, severity text, message text,
                                        payload jsonb, depot_id uuid, rang bigint)
   where f.rang <= p_limit
  on conflict (check_code, entity_type, entity_id) do update
     set presente = true, absente_depuis = null, last_detected_at = now(), updated_at = now(),
         occurrences = a.occurrences + case when a.presente then 0 else 1 end,
         severity = excluded.severity, message = excluded.message, payload = excluded.payload,
         depot_id = excluded.depot_id,
         (status, acknowledged_by, acknowledged_at, resolved_by, resolved_at, ouverte_le, niveau_escalade) = (
           select case when r.rouverte then 'OPEN' else a.status end,
                  case when not r.rouverte then a.acknowledged_by end, case when not r.rouverte then a.acknowledged_at
                    end,
                  case when not r.rouverte then a.resolved_by end, case when not r.rouverte then a.resolved_at end,
                  case when r.rouverte then now() else a.ouverte_le end,
                  case when r.rouverte then 0 else a.niveau_escalade end
             -- What somebody resolved while it lasts stays so, until it is worse, comes back, or a day or a week has
             -- gone.
             from (select a.status = 'RESOLVED' and (not a.presente or excluded.severity < a.severity
                     or a.resolved_at < now() - case excluded.severity when 'CRITICAL' then interval '24 hours'
                                                                       else interval '7 days' end) as rouverte) r);
  perform private.noter_passage('alertes', v_debut);
end;
$$;
comment on function public.sync_system_alerts_from_integrity(int) is
  'What the checks find becomes alerts: new ones open, those gone are resolved, those back open again; p_limit at '
  'most, the worst first. One at a time, and without effect where nothing has changed (admin, directeur; every minute '
  'by itself). Raises ROLE_FORBIDDEN.';

create function private.controler_tout() returns bigint
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_debut constant timestamptz := clock_timestamp();
  v_faits jsonb;
  v_constats bigint;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('alertes:nuit', 0)) then
    return null;
  end if;
  select coalesce(jsonb_agg(to_jsonb(f)), '[]') into v_faits from private.faits_des_controles('NUIT') f;
  -- What could not be looked at stands as it was found last.
  delete from private.constats c
   where not exists (select from private.controles k
                       join jsonb_to_recordset(v_faits) f (check_code text, payload jsonb)
                         on f.check_code = 'CONTROLE_EN_PANNE' and f.payload ->> 'source' = k.source
                      where k.code = c.check_code);
  insert into private.constats (check_code, entity_type, entity_id, severity, message, payload, depot_id)
  select f.check_code, f.entity_type, f.entity_id, min(f.severity), min(f.message),
         case count(*) when 1 then min(f.payload::text)::jsonb
           else jsonb_build_object('groupe', jsonb_agg(f.payload)) end, (array_agg(f.depot_id))[1]
    from jsonb_to_recordset(v_faits) f (check_code text, entity_type text, entity_id uuid, severity text, message text,
                                        payload jsonb, depot_id uuid)
   group by f.check_code, f.entity_type, f.entity_id;
  get diagnostics v_constats = row_count;
  perform private.noter_passage('nuit', v_debut);
  return v_constats;
end;
$$;
comment on function private.controler_tout() is
  'The checks that read all history; what they find stands until the next time. Returns how many facts, null where '
  'another is at it.';

create function private.surveiller() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.remettre_a_l_heure();
  -- Each depot watches over itself; its head office reads what it found.
  if private.au_siege() then
    return;
  end if;
  -- The night's pass runs in the first minute after two o'clock, and whenever it is a day late.
  if not exists (select from private.passages p where p.nom = 'nuit'
                  and p.le > date_trunc('day', now() at time zone private.fuseau_societe() - interval '2 hours')
                             at time zone private.fuseau_societe() + interval '2 hours') then
    perform private.controler_tout();
  end if;
  perform public.sync_system_alerts_from_integrity();
  perform private.escalader();
  perform private.envoyer_rapports_abonnes();
end;
$$;
comment on function private.surveiller() is
  'Everything to be done every minute: what a clock put right left ahead of it, the alerts, the reports that are due, '
  'and once a night the whole proof. Run again, or twice at once, it does no harm.';

revoke execute on function public.sync_system_alerts_from_integrity(int), public.acquitter_alerte(uuid, text),
  public.resoudre_alerte(uuid, text) from public, anon;
grant execute on function public.sync_system_alerts_from_integrity(int) to authenticated, service_role;
grant execute on function public.acquitter_alerte(uuid, text), public.resoudre_alerte(uuid, text) to authenticated;

alter table public.system_alerts enable row level security;
alter table public.alertes_evenements enable row level security;
grant select on public.system_alerts, public.alertes_evenements to authenticated, service_role;
grant update (status, acknowledged_by, acknowledged_at, resolved_by, resolved_at)
  on public.system_alerts to authenticated;
create policy system_alerts_lecture on public.system_alerts for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_alertes'))::uuid[])
         or (depot_id is null and (select private.peut('lire_alertes')) and (select private.peut('voir_tous_depots'))));
create policy system_alerts_modification on public.system_alerts for update to authenticated
  using ((select private.peut('tenir_alertes'))) with check ((select private.peut('tenir_alertes')));
create trigger system_alerts_reserver before update on public.system_alerts
  for each statement execute function private.exiger_a_l_ecriture('tenir_alertes');
create policy alertes_evenements_lecture on public.alertes_evenements for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_alertes'))::uuid[])
         or (depot_id is null and (select private.peut('lire_alertes')) and (select private.peut('voir_tous_depots'))));
