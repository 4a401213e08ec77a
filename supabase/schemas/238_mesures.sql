-- What monitor asks the database of what it is doing now. Judged here, by the thresholds of who asks, which come as an
-- object of numbers.

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
