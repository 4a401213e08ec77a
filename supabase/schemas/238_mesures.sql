-- What monitor asks the database of itself: what it is doing now, whether what was written is written everywhere, what
-- waits for somebody. Judged here, by the thresholds of who asks, which come as an object of numbers.

create type private.constatation as (constat text, alertes text[], valeurs jsonb);
comment on type private.constatation is
  'What was found, in a sentence; what crosses a threshold, a sentence each, none where all is well; the figures.';

create function private.debut_requete(p_requete text) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
return left(regexp_replace(coalesce(p_requete, ''), '\s+', ' ', 'g'), 80);
comment on function private.debut_requete(text) is 'Beginning of a statement, on a line: 80 characters.';

create function private.mesurer_connexions(p_seuils jsonb) returns private.constatation
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with c as (
    select count(*) as ouvertes, count(*) filter (where a.state = 'active') as actives,
           count(*) filter (where a.state like 'idle in transaction%') as en_attente,
           current_setting('max_connections')::int as maximum,
           round(100.0 * count(*) / current_setting('max_connections')::int) as pct
      from pg_stat_activity a where a.backend_type = 'client backend'
  )
  select format('%s sur %s (%s %%), %s actives, %s en attente dans une transaction', c.ouvertes, c.maximum, c.pct,
           c.actives, c.en_attente),
         case when c.pct > (p_seuils ->> 'connexions_max_pct')::numeric
              then array[format('%s %% des connexions sont prises', c.pct)] else '{}' end,
         to_jsonb(c) - 'pct'
    from c
$$;
comment on function private.mesurer_connexions(jsonb) is
  'How many of the connections that the server takes are open. Threshold: connexions_max_pct (%). Owner only.';

create function private.mesurer_verrous(p_seuils jsonb) returns private.constatation
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with bloques as materialized (
    select a.pid, coalesce(a.usename, '?') as qui, pg_blocking_pids(a.pid) as par,
           private.debut_requete(a.query) as requete,
           extract(epoch from clock_timestamp() - coalesce(l.depuis, a.query_start))::float8 as secondes
      from pg_stat_activity a
     cross join lateral (select min(l.waitstart) as depuis from pg_locks l where l.pid = a.pid and not l.granted) l
     where a.datname = current_database() and cardinality(pg_blocking_pids(a.pid)) > 0
  ), dits as (
    select b.*, (
             select string_agg(coalesce(format('%s (%s, %s : %s)', q.pid, coalesce(q.usename, '?'),
                      coalesce(q.state, '?'), private.debut_requete(q.query)), p.pid::text), ', ' order by p.rang)
               from unnest(b.par) with ordinality p (pid, rang)
               left join pg_stat_activity q on q.pid = p.pid) as bloquants
      from bloques b
  )
  select case count(*) when 0 then 'personne n''attend' else count(*) || ' session(s) en attente d''un verrou' end,
         coalesce(array_agg(format('la session %s (%s : %s) attend depuis %s s la session %s', d.pid, d.qui, d.requete,
                  round(d.secondes), d.bloquants) order by d.secondes desc)
           filter (where d.secondes > (p_seuils ->> 'blocage_max_s')::float8), '{}'),
         jsonb_build_object('bloques', coalesce(jsonb_agg(jsonb_build_object(
           'pid', d.pid, 'par', d.par, 'secondes', d.secondes) order by d.secondes desc), '[]'))
    from dits d
$$;
comment on function private.mesurer_verrous(jsonb) is
  'Who waits for whom, both named. Threshold: blocage_max_s (s). Owner only.';

create function private.mesurer_transactions(p_seuils jsonb) returns private.constatation
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with ages as (
    select a.pid, a.usename as qui, coalesce(a.state, '?') as etat, private.debut_requete(a.query) as requete,
           extract(epoch from clock_timestamp() - a.xact_start)::float8 as secondes
      from pg_stat_activity a
     where a.datname = current_database() and a.xact_start is not null and a.backend_type = 'client backend'
       and a.pid <> pg_backend_pid()
  )
  select case count(*) when 0 then 'aucune ouverte'
         else format('%s ouverte(s), la plus ancienne depuis %s s', count(*), round(max(a.secondes))) end,
         coalesce(array_agg(format('la session %s (%s) garde une transaction depuis %s s (%s : %s)', a.pid, a.qui,
                  round(a.secondes), a.etat, a.requete) order by a.secondes desc)
           filter (where a.secondes > (p_seuils ->> 'transaction_max_s')::float8), '{}'),
         jsonb_build_object('ouvertes', count(*), 'plus_ancienne_s', coalesce(max(a.secondes), 0))
    from ages a
$$;
comment on function private.mesurer_transactions(jsonb) is
  'What transactions are open, other than the one that asks. Threshold: transaction_max_s (s). Owner only.';

create function private.moyennes_requetes() returns jsonb
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ou constant name := (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace
                          where e.extname = 'pg_stat_statements');
  v_moyennes jsonb;
begin
  if v_ou is not null then
    execute format(
      'select coalesce(jsonb_agg(to_jsonb(m)), ''[]'')
         from (select s.query as requete, s.calls as appels, s.mean_exec_time as moyenne_ms
                 from %I.pg_stat_statements s join pg_roles r on r.oid = s.userid
                where r.rolname in (''anon'', ''authenticated'', ''service_role'') and s.calls >= 5
                  and s.dbid = (select oid from pg_database where datname = current_database())
                order by s.mean_exec_time desc limit 5) m', v_ou) into v_moyennes;
  end if;
  return v_moyennes;
-- There, and not loaded or not readable.
exception when object_not_in_prerequisite_state or insufficient_privilege then
  return null;
end;
$$;
comment on function private.moyennes_requetes() is
  'The five slowest statements of clients on average (requete, appels, moyenne_ms), by pg_stat_statements; null where '
  'that is not there or not readable.';

create function private.mesurer_requetes(p_seuils jsonb) returns private.constatation
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_max_s constant float8 := (p_seuils ->> 'requete_max_s')::float8;
  v_max_ms constant float8 := (p_seuils ->> 'requete_moyenne_max_ms')::float8;
  v_comptees constant jsonb := private.moyennes_requetes();
  v_en_cours text[];
  v_lentes text[];
begin
  select coalesce(array_agg(format('la session %s (%s) calcule depuis %s s : %s', a.pid, a.usename,
           round(extract(epoch from clock_timestamp() - a.query_start)), private.debut_requete(a.query))), '{}')
    into v_en_cours
    from pg_stat_activity a
   where a.datname = current_database() and a.state = 'active' and a.backend_type = 'client backend'
     and a.pid <> pg_backend_pid() and clock_timestamp() - a.query_start > make_interval(secs => v_max_s);
  select coalesce(array_agg(format('%s ms en moyenne sur %s appels : %s', round(m.moyenne_ms), m.appels,
           private.debut_requete(m.requete))), '{}')
    into v_lentes
    from jsonb_to_recordset(v_comptees) m (requete text, appels bigint, moyenne_ms float8)
   where m.moyenne_ms > v_max_ms;
  return row(
    format('%s en cours depuis plus de %s s (pg_stat_activity) ; ', cardinality(v_en_cours), v_max_s)
      || case when v_comptees is null then 'moyennes inconnues, pg_stat_statements n''est pas là'
              else format('%s de plus de %s ms en moyenne (pg_stat_statements)', cardinality(v_lentes), v_max_ms) end,
    v_en_cours || v_lentes,
    jsonb_build_object(
      'source', case when v_comptees is null then 'pg_stat_activity' else 'pg_stat_statements' end,
      'en_cours', cardinality(v_en_cours), 'comptees', v_comptees))::private.constatation;
end;
$$;
comment on function private.mesurer_requetes(jsonb) is
  'What statements run for long, and which are slow on average. Thresholds: requete_max_s (s), requete_moyenne_max_ms '
  '(ms). Owner only.';

create function private.mesurer_journal(p_seuils jsonb) returns private.constatation
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with mouvements as (
    select r.id, 'RECEPTION_CREEE' as action, r.citerne_id, r.produit_id, r.proprietaire_type,
           r.date_reception as date_jour, r.created_at
      from public.receptions r
     where r.statut = 'validee' and r.created_at > now() - interval '24 hours'
    union all
    select s.id, 'SORTIE_VALIDEE', s.citerne_id, s.produit_id, s.proprietaire_type, s.date_jour, null
      from public.sorties_produit s
     where s.statut = 'validee' and s.created_at > now() - interval '24 hours'
  ), suivis as (
    select m.*, l.lignes, l.ecrite_le,
           exists (select from public.stocks_journaliers j
                    where (j.citerne_id, j.produit_id, j.proprietaire_type, j.date_jour)
                          = (m.citerne_id, m.produit_id, m.proprietaire_type, m.date_jour)) as a_son_jour
      from mouvements m
     cross join lateral (select count(*) as lignes, max(l.created_at) as ecrite_le from public.log_actions l
                          where l.cible_id = m.id and l.action = m.action) l
  ), compte as (
    select count(*) as mouvements, count(*) filter (where s.lignes <> 1) as sans_ligne,
           count(*) filter (where not s.a_son_jour) as sans_jour,
           coalesce(max(extract(epoch from s.ecrite_le - s.created_at)), 0) as retard_s,
           (select count(*) from public.log_actions l
             where l.created_at > now() - interval '24 hours' and l.action in ('RECEPTION_CREEE', 'SORTIE_VALIDEE')
               and not exists (select from public.receptions r where r.id = l.cible_id)
               and not exists (select from public.sorties_produit s where s.id = l.cible_id)) as sans_mouvement
      from suivis s
  )
  select format('%s mouvement(s) en 24 h, retard du journal %s s au plus', c.mouvements, round(c.retard_s, 2)),
         array_remove(array[
           case when c.sans_ligne > 0 then
             format('%s mouvement(s) sans leur ligne (ou avec plusieurs) dans log_actions', c.sans_ligne) end,
           case when c.sans_jour > 0 then
             format('%s mouvement(s) sans leur jour dans stocks_journaliers', c.sans_jour) end,
           case when c.sans_mouvement > 0 then format('%s ligne(s) du journal sans mouvement', c.sans_mouvement) end,
           case when c.retard_s > (p_seuils ->> 'journal_retard_max_s')::numeric then
             format('le journal a %s s de retard', round(c.retard_s, 1)) end
         ], null), to_jsonb(c)
    from compte c
$$;
comment on function private.mesurer_journal(jsonb) is
  'Of the movements validated within 24 h: each has its one log line and its day, each such line its movement, and how '
  'long after it was written. Threshold: journal_retard_max_s (s). Owner only.';

create function private.mesurer_scellement(p_seuils jsonb) returns private.constatation
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with etat as (
    select e.bloc, e.lignes_en_attente as en_attente,
           coalesce(round(extract(epoch from clock_timestamp() - e.attend_depuis) / 60, 1), 0) as attente_min,
           'npm run ops -- journal:sceller, puis voyez pourquoi rien ne le fait chaque minute' as remede
      from private.etat_scellement() e
  )
  select format('%s, %s ligne(s) en attente%s', coalesce('dernier bloc ' || e.bloc, 'aucun bloc'), e.en_attente,
           case when e.en_attente > 0 then format(', la plus ancienne depuis %s min', e.attente_min) end),
         array_remove(array[
           case when e.bloc is null and e.en_attente > 0 then
             format('le journal n''a jamais été scellé : %s', e.remede) end,
           case when e.bloc is not null and e.attente_min > (p_seuils ->> 'scellement_max_min')::numeric then
             format('des lignes du journal attendent leur scellé depuis %s min : %s', e.attente_min, e.remede) end
         ], null), to_jsonb(e) - 'remede'
    from etat e
$$;
comment on function private.mesurer_scellement(jsonb) is
  'Whether the log is sealed: one that nobody seals proves nothing, however long it is. Threshold: scellement_max_min '
  '(min). Owner only.';

create function private.mesurer_tailles(p_seuils jsonb) returns private.constatation
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with base as (
    select round(pg_database_size(current_database()) / 1e6, 1) as mo
  ), tables as (
    select c.oid::regclass::text as nom, round(pg_total_relation_size(c.oid) / 1e6, 1) as mo
      from pg_class c
     where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text in ('public', 'private')
     order by pg_total_relation_size(c.oid) desc limit 5
  )
  select format('base %s Mo ; %s', b.mo, (select string_agg(t.nom || ' ' || t.mo, ', ' order by t.mo desc)
    from tables t)),
         case when b.mo > (p_seuils ->> 'taille_max_mo')::numeric
              then array[format('la base occupe %s Mo', b.mo)] else '{}' end,
         jsonb_build_object('base_mo', b.mo,
           'tables', (select jsonb_agg(to_jsonb(t) order by t.mo desc) from tables t))
    from base b
$$;
comment on function private.mesurer_tailles(jsonb) is
  'How large the base and its five largest tables are (Mo). Threshold: taille_max_mo. Owner only.';

create function private.mesurer_reseau(p_seuils jsonb) returns private.constatation
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with lecteurs as (
    select s.slot_name as nom, s.active as lit, coalesce(s.wal_status = 'lost', false) as perdu,
           coalesce(pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_replay_lsn()
             else pg_current_wal_lsn() end, s.restart_lsn) / 1048576, 0)::float8 as retenu_mo
      from pg_replication_slots s
     where s.slot_type = 'logical' and s.database = current_database() and s.slot_name ~ '^(depot|referentiels)_'
  ), receptions as (
    select s.subname as nom, s.subenabled and t.received_lsn is not null as suivie
      from pg_subscription s
      left join pg_stat_subscription t on t.subid = s.oid and t.relid is null and t.leader_pid is null
     where s.subdbid = (select oid from pg_database where datname = current_database())
       and s.subname ~ '^(depot|referentiels)_'
  ), alertes as (
    select 1 as ordre, l.nom,
           format('%s a perdu le fil : ce serveur a jeté ce qu''il n''avait pas lu (max_slot_wal_keep_size)', l.nom) as
             dit
      from lecteurs l where l.perdu
    union all
    select 1, l.nom, format('%s ne lit plus cette base : %s Mo de journal gardés pour lui sur ce disque '
             '(docs/continuite.md, Réseau de dépôts)', l.nom, round(l.retenu_mo))
      from lecteurs l where not l.perdu and not l.lit
    union all
    select 2, l.nom, format('%s a du retard : %s Mo de journal gardés pour lui sur ce disque', l.nom,
             round(l.retenu_mo))
      from lecteurs l where not l.perdu and l.retenu_mo > (p_seuils ->> 'reseau_retenu_max_mo')::float8
    union all
    select 3, r.nom, format('%s ne reçoit plus rien : la ligne est coupée, ou l''abonnement arrêté ; le journal de ce '
             'serveur dit pourquoi', r.nom)
      from receptions r where not r.suivie
  ), tous as (
    select (select coalesce(jsonb_agg(to_jsonb(l) order by l.nom), '[]') from lecteurs l) as lecteurs,
           (select coalesce(jsonb_agg(to_jsonb(r) order by r.nom), '[]') from receptions r) as receptions,
           (select count(*) from lecteurs) as lisent, (select count(*) from receptions) as recues
  )
  select case when t.lisent + t.recues = 0 then 'cette base n''est dans aucun réseau'
              else format('%s lecteur(s) de cette base, %s réception(s)', t.lisent, t.recues) end,
         (select coalesce(array_agg(a.dit order by a.ordre = 3, a.nom, a.ordre), '{}') from alertes a),
         case when t.lisent + t.recues > 0 then
           jsonb_build_object('lecteurs', t.lecteurs, 'receptions', t.receptions) end
    from tous t
$$;
comment on function private.mesurer_reseau(jsonb) is
  'Of a base in a network of depots, by the names that siege:* gives: who reads it still does, what waits for them fits '
  'the disk, what it receives still comes. Threshold: reseau_retenu_max_mo (Mo). Its figures are null where it is in '
  'none. Owner only.';

create function private.mesurer_alertes(p_seuils jsonb) returns private.constatation
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  -- As the check SURVEILLANCE_INTERROMPUE has it. No pass of its own tells of passes that do not run at all.
  c_passage_max_min constant int := 10;
  v_retard constant numeric := (select extract(epoch from now() - p.le) / 60 from private.passages p
                                 where p.nom = 'alertes');
  v_gel constant numeric := (select extract(epoch from now() - s.updated_at) / 3600 from public.app_settings s
                              where s.key = 'gel_ecritures');
  v_ecarts jsonb;
  v_alertes text[];
  v record;
begin
  select coalesce(jsonb_agg(jsonb_build_object(
           'citerne', e.citerne_nom, 'ecart', e.ecart_l, 'jour', e.created_at::date)), '[]'),
         coalesce(array_agg(format('%s : écart d''inventaire de %s L (prise de hauteur du %s)', e.citerne_nom,
           e.ecart_l::float8, e.created_at::date)), '{}')
    into v_ecarts, v_alertes
    from (select distinct on (i.citerne_id) i.* from public.v_ecarts_inventaire i
           order by i.citerne_id, i.created_at desc) e
   where e.hors_tolerance;
  select count(*) filter (where a.status <> 'RESOLVED') as ouvertes,
         count(*) filter (where a.status = 'OPEN' and a.severity = 'CRITICAL') as critiques
    into v from public.system_alerts a;
  return row(
    format('%s citerne(s) hors tolérance d''inventaire, saisies %s, %s alerte(s) en cours dont %s critique(s) que '
      'personne n''a prise(s)', jsonb_array_length(v_ecarts), case when v_gel is null then 'ouvertes' else 'gelées' end,
      v.ouvertes, v.critiques),
    v_alertes || array_remove(array[
      case when v_gel > (p_seuils ->> 'gel_max_h')::numeric then
        format('les saisies sont gelées depuis %s h', round(v_gel, 1)) end,
      case when v_retard > c_passage_max_min then
        format('les contrôles n''ont pas tourné depuis %s min : npm run ops -- surveiller', round(v_retard)) end
    ], null),
    jsonb_build_object('hors_tolerance', v_ecarts, 'gel', v_gel is not null, 'ouvertes', v.ouvertes, 'critiques',
      v.critiques, 'retard_min', v_retard))::private.constatation;
end;
$$;
comment on function private.mesurer_alertes(jsonb) is
  'What somebody must look at: a tank whose last dip is out of tolerance, a freeze that was forgotten, checks that do '
  'not run. Threshold: gel_max_h (h). Owner only.';
