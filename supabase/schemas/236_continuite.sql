-- Whether this database could be had back as it was minutes ago: its WAL leaves, a base backup waits for it, somebody
-- has tried. Judged here once, for the alerts, monitor and golive.

create function private.noter_sauvegarde_physique(p_moment timestamptz) returns void
language sql
set search_path = pg_catalog, pg_temp
as $$
  insert into private.passages as p (nom, le, duree) values ('sauvegarde_physique', p_moment, '0')
  on conflict (nom) do update set le = greatest(p.le, excluded.le)
$$;
comment on function private.noter_sauvegarde_physique(timestamptz) is
  'A base backup that a restore can start from ended at that moment. Owner only.';

create function private.noter_exercice(p_moment timestamptz) returns void
language sql
set search_path = pg_catalog, pg_temp
as $$
  insert into private.passages as p (nom, le, duree) values ('exercice', p_moment, '0')
  on conflict (nom) do update set le = greatest(p.le, excluded.le)
$$;
comment on function private.noter_exercice(timestamptz) is
  'A restore has been tried and proved, at that moment. Owner only.';

create function private.etat_archivage() returns table (
  actif boolean, delai_s int, archive_le timestamptz, echec_le timestamptz, echecs bigint, en_attente bigint
)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select current_setting('archive_mode') <> 'off',
         extract(epoch from current_setting('archive_timeout')::interval)::int,
         a.last_archived_time, a.last_failed_time, a.failed_count,
         -- Whole segments that have not left; the one being written leaves within archive_timeout.
         case when pg_is_in_recovery() then 0
              else greatest(0, (pg_split_walfile_name(pg_walfile_name(pg_current_wal_lsn()))).segment_number
                - coalesce((select (pg_split_walfile_name(left(a.last_archived_wal, 24))).segment_number
                             where a.last_archived_wal ~ '^[0-9A-F]{24}'), 0) - 1)::bigint end
    from pg_stat_archiver a
$$;
comment on function private.etat_archivage() is
  'Whether WAL is archived, after how many seconds a segment leaves at most (0: only when it is full), when one last '
  'left and last could not, how often it could not, and how many whole segments (16 MB each) wait.';

create function private.etat_continuite() returns table (code text, verdict text, constat text)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_prod constant boolean := private.env() = 'prod';
  v record;
begin
  select e.*, private.seuil('ARCHIVAGE_ARRETE') * interval '1 minute' as seuil,
         coalesce(e.archive_le, pg_postmaster_start_time()) as depuis
    into v from private.etat_archivage() e;
  return query
    select 'ARCHIVAGE',
           case when not v.actif then case when v_prod then 'NON' else 'SANS_OBJET' end
                when v.delai_s = 0 then 'NON'
                -- It fails now; one that failed once and passed since has passed.
                when v.echec_le > coalesce(v.archive_le, '-infinity') then 'NON'
                when v.en_attente > 0 and v.depuis < clock_timestamp() - v.seuil then 'NON' else 'OUI' end,
           case when not v.actif then 'le WAL n''est pas archivé : perdre le disque, c''est perdre tout depuis la '
                  || 'dernière sauvegarde'
                when v.delai_s = 0 then 'archive_timeout vaut 0 : une journée calme n''est pas archivée'
                else format('dernier segment archivé %s, un au moins toutes les %s s ; %s en attente, %s échec(s)%s',
                       coalesce('il y a ' || round(extract(epoch from clock_timestamp() - v.archive_le)) || ' s',
                         'jamais'), v.delai_s, v.en_attente, v.echecs,
                       case when v.echec_le is not null
                            then ', le dernier il y a ' || round(extract(epoch from clock_timestamp() - v.echec_le))
                                 || ' s' else '' end) end;
  return query
    select n.code,
           case when n.le > now() - private.seuil(n.controle) * n.unite then 'OUI'
                when v_prod then 'NON' else 'SANS_OBJET' end,
           case when n.le is null then n.jamais
                else format(n.dit, round(extract(epoch from now() - n.le) / extract(epoch from n.unite), 1),
                       private.seuil(n.controle)) end
      from (select c.*, (select p.le from private.passages p where p.nom = c.nom) as le
              from (values
                ('SAUVEGARDE_PHYSIQUE', 'SAUVEGARDE_PHYSIQUE_ANCIENNE', 'sauvegarde_physique', interval '1 hour',
                  'prise il y a %s h (%s h au plus)', 'aucune : une restauration n''aurait pas d''où partir'),
                ('EXERCICE', 'EXERCICE_ANCIEN', 'exercice', interval '1 day',
                  'fait il y a %s jour(s) (%s au plus)', 'aucun : personne n''a essayé de restaurer cette base')
              ) c (code, controle, nom, unite, dit, jamais)) n;
end;
$$;
comment on function private.etat_continuite() is
  'Whether this database can be had back at a second of its past, one line each: its WAL is archived (ARCHIVAGE), a '
  'base backup is recent (SAUVEGARDE_PHYSIQUE), a restore was tried lately (EXERCICE). OUI, NON, or SANS_OBJET: only '
  'PROD must, and what archives anywhere must go on. Owner only.';

create function private.controles_continuite() returns setof private.fait_controle
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select c.controle, 'PASSAGE', md5(c.code)::uuid, format(c.dit, e.constat),
         jsonb_build_object('code', c.code, 'constat', e.constat), null::uuid
    from private.etat_continuite() e
    join (values
      ('ARCHIVAGE', 'ARCHIVAGE_ARRETE', 'Ce qui s''écrit ne quitte pas la machine : %s.'),
      ('SAUVEGARDE_PHYSIQUE', 'SAUVEGARDE_PHYSIQUE_ANCIENNE', 'Sauvegarde physique : %s.'),
      ('EXERCICE', 'EXERCICE_ANCIEN', 'Exercice de restauration : %s.')
    ) c (code, controle, dit) on c.code = e.code
   where e.verdict = 'NON'
$$;
comment on function private.controles_continuite() is
  'What keeps this database from being had back as it was minutes ago.';
