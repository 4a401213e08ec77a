-- Integrity: everything that can be checked after the fact in one list, and one life for each alert.
--
-- OPEN → ACK → RESOLVED,  OPEN → RESOLVED   by a person;   RESOLVED when the cause is gone, OPEN when it is back, by
-- the system
--
-- Light checks are a view, each on an index that holds only what it looks for, so that a pass costs the same whatever
-- the history. Those that read all history run once a night and leave what they found in private.constats.

create table private.controles (
  code text primary key check (code ~ '^[A-Z0-9_]+$'),
  severity text not null check (severity in ('CRITICAL', 'WARN')),
  actif boolean not null default true,
  seuil numeric,
  dit text not null
);
comment on table private.controles is 'The checks. An environment may switch one off, or set its threshold.';
comment on column private.controles.seuil is 'Threshold, in the unit that dit says; null where there is none.';
comment on column private.controles.dit is 'In French: what it says, and the unit of its threshold.';

create function private.controle(p_code text) returns private.controles
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_controle private.controles;
begin
  select * into v_controle from private.controles c where c.code = p_code and c.actif;
  return v_controle;
end;
$$;
comment on function private.controle(text) is 'A check that is on; null of one that is off.';
grant execute on function private.controle(text) to authenticated, service_role;

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
comment on table private.passages is 'When each pass of the checks last ended, and how long it took.';

-- What an exception looks like is what the index holds: nothing else is read.
create index receptions_ecart_15c_idx on public.receptions (id)
  where abs(volume_ambiant - volume_15c) > 0.03 * volume_ambiant;
create index sorties_ecart_15c_idx on public.sorties_produit (id)
  where statut = 'validee' and abs(volume_ambiant - volume_15c) > 0.03 * volume_ambiant;
create index sorties_brouillon_idx on public.sorties_produit (created_at) where statut = 'brouillon';
create index cours_de_route_arrive_idx on public.cours_de_route (id) where statut = 'ARRIVE';
create index ecarts_ouverts_idx on public.ecarts (created_at) where statut <> 'TRAITE';

create function private.constats_vus() returns setof private.constats
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select c.* from private.constats c
     where auth.uid() is null
        or (c.depot_id is null and private.peut('voir_tous_depots'))
        or c.depot_id = any (private.depots_visibles());
  if auth.uid() is null or private.peut('voir_tous_depots') then
    return query
      select 'PASSAGE_ABSENT', 'PASSAGE', md5(p.nom)::uuid, k.severity,
             format('Le contrôle de la nuit n''a pas tourné depuis %s h.',
               round(extract(epoch from now() - p.le) / 3600)),
             jsonb_build_object('nom', p.nom, 'le', p.le), null::uuid, now()
        from private.passages p cross join lateral private.controle('PASSAGE_ABSENT') k
       where p.nom = 'nuit' and k.code is not null and p.le < now() - k.seuil * interval '1 hour';
  end if;
end;
$$;
comment on function private.constats_vus() is
  'What the last nightly pass found, of depots the caller sees; and that it is late, where it is.';
create function private.arrive_depuis(p_cours_de_route_id uuid) returns timestamptz
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce(
    (select max(l.created_at) from public.log_actions l
      where l.cible_id = p_cours_de_route_id and l.action = 'CDR_STATUT' and l.details ->> 'vers' = 'ARRIVE'),
    (select c.created_at from public.cours_de_route c where c.id = p_cours_de_route_id));
end;
$$;
comment on function private.arrive_depuis(uuid) is
  'Since when a truck has arrived, by the log; since it was announced, where the log does not say.';
grant execute on function private.constats_vus(), private.arrive_depuis(uuid) to authenticated, service_role;

create view public.v_integrity_checks with (security_invoker = true) as
  select c.code as check_code, c.severity, v.entity_type, v.entity_id, v.message, v.payload, now() as detected_at,
    v.depot_id
    from (
      select 'STOCK_NEGATIF' as code, 'CITERNE_STOCK' as entity_type, s.citerne_id as entity_id,
             format('Stock négatif : %s L mesurés, %s L à 15 °C.', s.stock_ambiant, s.stock_15c) as message,
             jsonb_build_object('citerne_id', s.citerne_id, 'produit_id', s.produit_id, 'proprietaire_type',
               s.proprietaire_type, 'stock_ambiant', s.stock_ambiant, 'stock_15c', s.stock_15c) as payload, s.depot_id
        from public.stocks_snapshot s where s.stock_ambiant < -0.01 or s.stock_15c < -0.01
      union all
      select 'STOCK_OVER_CAPACITY' as code, 'CITERNE_STOCK' as entity_type, c.id,
             format('%s contient %s L pour une capacité de %s L.', c.nom, sum(s.stock_ambiant), c.capacite_totale),
             jsonb_build_object('citerne_id', c.id, 'stock_ambiant', sum(s.stock_ambiant), 'capacite_totale',
               c.capacite_totale),
             c.depot_id
        from public.citernes c join public.stocks_snapshot s on s.citerne_id = c.id
       group by c.id having sum(s.stock_ambiant) > c.capacite_totale
      union all
      select 'CITERNE_SOUS_SECURITE' as code, 'CITERNE_STOCK' as entity_type, c.id,
             format('%s contient %s L, sous sa capacité de sécurité de %s L.', c.nom, sum(s.stock_ambiant),
               c.capacite_securite),
             jsonb_build_object('citerne_id', c.id, 'stock_ambiant', sum(s.stock_ambiant), 'capacite_securite',
               c.capacite_securite),
             c.depot_id
        from public.citernes c join public.stocks_snapshot s on s.citerne_id = c.id
       where c.statut = 'active' group by c.id having sum(s.stock_ambiant) < c.capacite_securite
      union all
      select 'CITERNE_INACTIVE_AVEC_STOCK' as code, 'CITERNE_STOCK' as entity_type, c.id,
             format('%s est %s et contient encore %s L.', c.nom, c.statut, sum(s.stock_ambiant)),
             jsonb_build_object('citerne_id', c.id, 'statut', c.statut, 'stock_ambiant', sum(s.stock_ambiant)),
             c.depot_id
        from public.citernes c join public.stocks_snapshot s on s.citerne_id = c.id
       where c.statut = 'inactive' group by c.id having sum(s.stock_ambiant) > 0
      union all
      select 'CDR_ARRIVE_STALE' as code, 'CDR' as entity_type, c.id,
             format('Le camion %s est arrivé depuis plus de %s jours et n''est pas déchargé.', c.plaque_camion,
               k.seuil),
             jsonb_build_object('cours_de_route_id', c.id, 'plaque_camion', c.plaque_camion,
               'depuis', private.arrive_depuis(c.id)), c.depot_destination_id
        from (select (select (private.controle('CDR_ARRIVE_STALE')).seuil) as seuil) k
        join public.cours_de_route c on c.statut = 'ARRIVE'
         and private.arrive_depuis(c.id) < now() - k.seuil * interval '1 day'
      union all
      select 'RECEPTION_ECART_15C' as code, 'RECEPTION' as entity_type, r.id,
             format('Réception de %s L mesurés pour %s L à 15 °C.', r.volume_ambiant, r.volume_15c),
             jsonb_build_object('reception_id', r.id, 'volume_ambiant', r.volume_ambiant, 'volume_15c', r.volume_15c),
             r.depot_id
        from (select (select (private.controle('RECEPTION_ECART_15C')).seuil) as seuil) k
        join public.receptions r on abs(r.volume_ambiant - r.volume_15c) > 0.03 * r.volume_ambiant
         and abs(r.volume_ambiant - r.volume_15c) > k.seuil / 100 * r.volume_ambiant
      union all
      select 'SORTIE_ECART_15C' as code, 'SORTIE' as entity_type, s.id,
             format('Sortie de %s L mesurés pour %s L à 15 °C.', s.volume_ambiant, s.volume_15c),
             jsonb_build_object('sortie_id', s.id, 'volume_ambiant', s.volume_ambiant, 'volume_15c', s.volume_15c),
             s.depot_id
        from (select (select (private.controle('SORTIE_ECART_15C')).seuil) as seuil) k
        join public.sorties_produit s on s.statut = 'validee' and abs(s.volume_ambiant - s.volume_15c) > 0.03 *
          s.volume_ambiant
         and abs(s.volume_ambiant - s.volume_15c) > k.seuil / 100 * s.volume_ambiant
      union all
      select 'SORTIE_BROUILLON_ANCIEN' as code, 'SORTIE' as entity_type, s.id,
             format('Un brouillon de sortie attend depuis plus de %s heures.', k.seuil),
             jsonb_build_object('sortie_id', s.id, 'created_at', s.created_at), s.depot_id
        from (select (select (private.controle('SORTIE_BROUILLON_ANCIEN')).seuil) as seuil) k
        join public.sorties_produit s on s.statut = 'brouillon' and s.created_at < now() - k.seuil * interval '1 hour'
      union all
      select 'ECART_ANCIEN' as code, 'ECART' as entity_type, e.id,
        format('Un écart attend depuis plus de %s jours.', k.seuil),
             jsonb_build_object('ecart_id', e.id, 'type', e.type, 'reference_type', e.reference_type, 'statut',
               e.statut), e.depot_id
        from (select (select (private.controle('ECART_ANCIEN')).seuil) as seuil) k
        join public.ecarts e on e.statut <> 'TRAITE' and e.created_at < now() - k.seuil * interval '1 day'
      union all
      select 'LOT_FACTURE_SANS_FACTURE' as code, 'LOT' as entity_type, l.id,
        format('Le lot %s est marqué facturé et n''a aucune facture.',
        l.reference),
             jsonb_build_object('fournisseur_lot_id', l.id, 'reference', l.reference), null as depot_id
        from public.fournisseur_lot l
       where l.statut = 'facture' and (select private.peut('lire_finance') or auth.uid() is null)
         and not exists (select from public.fournisseur_facture_lot_min f
                          where f.fournisseur_lot_id = l.id and f.type = 'FACTURE' and f.statut <> 'ANNULEE')
      union all
      select 'FACTURE_MOUVEMENT_CORRIGE' as code, 'FACTURE' as entity_type, f.id,
             format('Une réception de la facture %s a été corrigée depuis sa validation.', f.invoice_no),
             jsonb_build_object('facture_id', f.id, 'ajustements', jsonb_agg(a.id order by a.id)), null as depot_id
        from public.stocks_adjustments a
        join public.factures_fournisseur_receptions s on s.reception_id = a.mouvement_id
        join public.fournisseur_facture_lot_min f on f.id = s.facture_id and a.created_at > f.validated_at
       where a.mouvement_type = 'RECEPTION' and a.delta_15c <> 0
       group by f.id
    ) v (code, entity_type, entity_id, message, payload, depot_id)
   cross join lateral private.controle(v.code) c
   where c.code is not null
  union all
  select x.check_code, x.severity, x.entity_type, x.entity_id, x.message, x.payload, x.detected_at, x.depot_id
    from private.constats_vus() x;
comment on view public.v_integrity_checks is
  'What is wrong now, among what the caller sees, and what the last nightly pass found. A row a fact: one key may have '
  'several.';
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
create index system_alerts_page_idx on public.system_alerts (last_detected_at desc, id desc);
create index system_alerts_depot_id_idx on public.system_alerts (depot_id);
create index system_alerts_acknowledged_by_idx on public.system_alerts (acknowledged_by);
create index system_alerts_resolved_by_idx on public.system_alerts (resolved_by);
create index system_alerts_presentes_idx on public.system_alerts (check_code) where presente;

create table public.alertes_evenements (
  id uuid primary key default private.nouvel_id(),
  ordre bigint generated always as identity unique,
  alerte_id uuid not null references public.system_alerts (id),
  type text not null check (type in ('OPEN', 'ACK', 'RESOLVED', 'REOPEN')),
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

create function private.noter_evenement_alerte() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_type text;
begin
  if tg_op = 'UPDATE' and new.status = old.status then
    return null;
  end if;
  v_type := case when tg_op = 'UPDATE' and new.status = 'OPEN' then 'REOPEN' else new.status end;
  insert into public.alertes_evenements (alerte_id, depot_id, type, par, note)
  values (new.id, new.depot_id, v_type, case new.status when 'ACK' then new.acknowledged_by
    when 'RESOLVED' then new.resolved_by end,
          nullif(current_setting('app.note_alerte', true), ''));
  perform private.journaliser(case v_type when 'OPEN' then 'ALERTE_OUVERTE' when 'ACK' then 'ALERTE_ACQUITTEE'
      when 'RESOLVED' then 'ALERTE_RESOLUE' else 'ALERTE_ROUVERTE' end, 'alertes', 'INFO', new.id, new.depot_id,
    jsonb_build_object('check_code', new.check_code, 'severity', new.severity, 'entity_type', new.entity_type,
      'entity_id', new.entity_id));
  return null;
end;
$$;
comment on function private.noter_evenement_alerte() is 'Every change of status is an event, and a line of the log.';

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
  perform private.exiger('tenir_alertes');
  return private.faire_avancer_alerte(old, new.status);
end;
$$;
comment on function private.system_alerts_avant_update() is
  'A person moves an alert''s status, one way, and nothing else of it; who and when are written here. Raises '
  'ROLE_FORBIDDEN, ALERTE_ETAT.';
grant execute on function private.system_alerts_avant_update(), private.faire_avancer_alerte(public.system_alerts, text)
  to authenticated, service_role;
create trigger system_alerts_before_update before update on public.system_alerts
  for each row execute function private.system_alerts_avant_update();
create trigger system_alerts_after_write after insert or update on public.system_alerts
  for each row execute function private.noter_evenement_alerte();

create function private.deplacer_alerte(p_id uuid, p_status text, p_note text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_alerte public.system_alerts;
begin
  perform private.exiger('tenir_alertes');
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
