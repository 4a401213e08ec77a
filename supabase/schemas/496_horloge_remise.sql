-- The server's clock, put right after it had run ahead: what waits for a moment, or says that something was done of
-- late, would wait or say so until that day comes. It is brought back each minute; facts keep the date they were given.
-- And what is forgotten by its age is not where the clock has just leapt: its age says nothing then.

create function private.remettre_alertes_a_l_heure(p_maintenant timestamptz) returns bigint
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_remises bigint := 0;
begin
  -- Asked first: whoever writes alerts waits for who else does.
  if exists (select from public.system_alerts a where greatest(a.ouverte_le, a.resolved_at) > p_maintenant) then
    update public.system_alerts a
       set ouverte_le = least(a.ouverte_le, now()), resolved_at = case
         when a.resolved_at is not null then least(a.resolved_at, now()) end
     where greatest(a.ouverte_le, a.resolved_at) > p_maintenant;
    get diagnostics v_remises = row_count;
  end if;
  return v_remises;
end;
$$;
comment on function private.remettre_alertes_a_l_heure(timestamptz) is
  'Alerts opened or resolved after this moment are so now: else they would neither escalate nor open again.';

create function private.remettre_a_l_heure() returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_maintenant constant timestamptz := clock_timestamp();
  v_bientot constant timestamptz := v_maintenant + private.tolerance_horloge();
  c_quart_d_heure constant interval := interval '15 minutes';
  v_remis jsonb;
begin
  with
  -- A backup is dated by whoever took it: of an hour to come it hides that there has been none since.
  passages as (delete from private.passages p where p.le > v_maintenant + interval '1 hour' returning p.nom),
  -- A minute that is not over for years is one in which everybody asks too often.
  demandes as (delete from private.limites_compteurs c where c.minute > v_bientot returning 1),
  sessions as (delete from private.sessions_elevees s where s.jusqu_au > v_bientot + c_quart_d_heure returning 1),
  facteurs as (
    update private.facteurs_totp f set propose_chiffre = null, propose_le = null where f.propose_le > v_bientot
    returning 1),
  essais as (
    update private.essais_facteur e set bloque_jusqu_au = v_maintenant + c_quart_d_heure
     where e.bloque_jusqu_au > v_bientot + c_quart_d_heure returning 1),
  -- No try is further away than the last one is, no digest than the next seven o'clock.
  envois as (
    update public.envois e set prochain_essai = v_maintenant
     where e.statut in ('A_ENVOYER', 'EN_COURS') and e.prochain_essai > v_maintenant + interval '14 hours'
       and e.prochain_essai > private.prochain_resume(e.depot_id, v_maintenant) returning 1)
  select jsonb_strip_nulls(jsonb_build_object('passages', (select jsonb_agg(p.nom order by p.nom) from passages p),
           'demandes', (select nullif(count(*), 0) from demandes),
           'sessions', (select nullif(count(*), 0) from sessions),
           'facteurs', (select nullif((select count(*) from facteurs) + (select count(*) from essais), 0)),
           'envois', (select nullif(count(*), 0) from envois)))
    into v_remis;
  if private.au_siege() then
    return v_remis;
  end if;
  v_remis := v_remis
    || jsonb_strip_nulls(jsonb_build_object('alertes', nullif(private.remettre_alertes_a_l_heure(v_bientot), 0)));
  if v_remis <> '{}' then
    perform private.journaliser('HORLOGE_REMISE', 'exploitation', 'WARNING', null, null, v_remis);
  end if;
  return v_remis;
end;
$$;
comment on function private.remettre_a_l_heure() is
  'Each minute: what the server''s clock, while it ran ahead, wrote of passes, of requests counted, of the second '
  'factor, of messages and alerts is as of now, or forgotten. Answers how much, by kind; nothing where the clock was '
  'right. Logs HORLOGE_REMISE.';

create function private.horloge_suivie() returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_avant constant timestamptz := (select p.le from private.passages p where p.nom = 'heure');
  v_maintenant constant timestamptz := clock_timestamp();
begin
  if v_avant < v_maintenant - interval '15 days' then
    perform private.noter_passage('saut', v_maintenant);
  end if;
  perform private.noter_passage('heure', v_maintenant);
  return not exists (
    select from private.passages p where p.nom = 'saut' and p.le > v_maintenant - interval '1 day');
end;
$$;
comment on function private.horloge_suivie() is
  'Called each hour: whether the clock has gone on as clocks do. Where it leapt by more than a fortnight, or the '
  'machine was off for so long, not for a day, within which people see a wrong year.';
