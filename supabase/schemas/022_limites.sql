-- Limits: how often one person may ask one thing. Each process of the doors counts what it is asked and says it here
-- about once a second: nobody waits for a count to be written.

create table private.limites (
  route text primary key,
  par_minute int not null check (par_minute > 0)
);
comment on table private.limites is
  'Requests a minute that one user may send to one door. The longest route that fits counts: "POST sorties/", or its '
  'method alone.';
comment on column private.limites.route is
  'Method, space, function and path as its act declares it ("POST sorties/:id/valider"), or a method.';

-- Not in the write-ahead log: counting costs no wait for the disk, and a crash forgets a minute's counts.
create unlogged table private.limites_compteurs (
  user_id uuid not null,
  route text not null,
  minute timestamptz not null,
  nombre int not null,
  par_minute int,
  primary key (user_id, route)
) with (fillfactor = 50);
comment on table private.limites_compteurs is 'Requests of a user to a door in the last minute they sent any.';
comment on column private.limites_compteurs.minute is 'Start of the minute that is counted.';
comment on column private.limites_compteurs.par_minute is
  'The limit of this door when it was last counted, so that a request need not look for it; null where there was none.';

create function private.limite_de(p_route text) returns int
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce((select l.par_minute from private.limites l where l.route = p_route),
    (select l.par_minute from private.limites l where l.route = split_part(p_route, ' ', 1)));
end;
$$;
comment on function private.limite_de(text) is
  'Requests a minute that one person may send to this door: its own limit, or its method''s; null where neither has '
  'one.';

create function private.compter_demandes(p_demandes jsonb) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_maintenant constant timestamptz := clock_timestamp();
begin
  -- In one order, so that two who count the same persons wait for each other and never in a circle.
  insert into private.limites_compteurs as c (user_id, route, minute, nombre, par_minute)
  select d.user_id, d.route, date_trunc('minute', v_maintenant), sum(d.nombre), private.limite_de(d.route)
    from jsonb_to_recordset(p_demandes) d (user_id uuid, route text, nombre int)
   group by d.user_id, d.route order by d.user_id, d.route
  on conflict (user_id, route) do update
     set nombre = case when c.minute >= excluded.minute then c.nombre + excluded.nombre else excluded.nombre end,
         minute = greatest(c.minute, excluded.minute), par_minute = excluded.par_minute;

  delete from private.limites_compteurs c
   where (c.user_id, c.route) in (
     select v.user_id, v.route from private.limites_compteurs v
      where v.minute < v_maintenant - interval '1 hour' limit 100 for update skip locked);
end;
$$;
comment on function private.compter_demandes(jsonb) is
  'Adds what a process of the doors has been asked since it last said so, about once a second: [{user_id, route, '
  'nombre}]. A request that is refused or undone is among them. Forgets what is an hour old.';

create function private.exiger_demande(p_user_id uuid, p_route text, p_ici int) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_maintenant constant timestamptz := clock_timestamp();
  v_demandes int;
  v_limite int;
  v_actif boolean;
begin
  if pg_is_in_recovery() then
    -- A standby has no counts, which are not in the log that it follows: the primary judged before it sent anybody
    -- here.
    v_actif := (select p.desactive_le is null from public.profils p where p.user_id = p_user_id);
  else
    -- One question for both, of two tables: every request begins with it.
    select case when p.user_id is not null then p.desactive_le is null end,
      p_ici + case when c.minute >= date_trunc('minute', v_maintenant) then c.nombre else 0 end, c.par_minute
      into v_actif, v_demandes, v_limite
      from (select) une
      left join private.limites_compteurs c on c.user_id = p_user_id and c.route = p_route
      left join public.profils p on p.user_id = p_user_id;
    if v_limite is null then
      v_limite := private.limite_de(p_route);
    end if;
    if v_demandes > v_limite then
      perform private.refuser('TROP_DE_DEMANDES',
        jsonb_build_object('attendre_s', ceil(60 - extract(second from v_maintenant))::int, 'par_minute', v_limite));
    end if;
  end if;
  if v_actif then
    return;
  end if;
  perform private.refuser(case when v_actif is null then 'ROLE_FORBIDDEN' else 'COMPTE_DESACTIVE' end);
end;
$$;
comment on function private.exiger_demande(uuid, text, int) is
  'Refuses who asks one door too often in a minute, then who has no profile or is shut out. p_ici: their requests, '
  'this one included, that the process which asks has not counted here yet; those of another process count once it has '
  'said them, a second later at most, and so does a limit that has changed. Writes nothing; on a standby asks only who '
  'it is. Raises TROP_DE_DEMANDES, ROLE_FORBIDDEN, COMPTE_DESACTIVE.';
