-- What monitor asks of what is written: the log and its sealing, how much room it takes, whether it is written
-- everywhere, what waits for somebody. Judged as in 238_mesures.sql.

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
