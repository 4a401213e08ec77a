-- Limits: how often one person may ask one thing, counted here and on no other server.

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
  primary key (user_id, route)
) with (fillfactor = 50);
comment on table private.limites_compteurs is 'Requests of a user to a door in the last minute they sent any.';
comment on column private.limites_compteurs.minute is 'Start of the minute that is counted.';

create function private.compter_demande(p_user_id uuid, p_route text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_maintenant constant timestamptz := clock_timestamp();
  v_nombre int;
  v_limite int;
begin
  insert into private.limites_compteurs as c (user_id, route, minute, nombre)
  values (p_user_id, p_route, date_trunc('minute', v_maintenant), 1)
  on conflict (user_id, route) do update
     set nombre = case when c.minute >= excluded.minute then c.nombre + 1 else 1 end,
         minute = greatest(c.minute, excluded.minute)
  returning nombre into v_nombre;

  if v_nombre = 1 then
    delete from private.limites_compteurs c
     where (c.user_id, c.route) in (
       select v.user_id, v.route from private.limites_compteurs v
        where v.minute < v_maintenant - interval '1 hour' limit 100 for update skip locked);
  end if;

  select l.par_minute into v_limite from private.limites l
   where l.route in (p_route, split_part(p_route, ' ', 1)) order by length(l.route) desc limit 1;
  if v_nombre > v_limite then
    perform private.refuser('TROP_DE_DEMANDES',
      jsonb_build_object('attendre_s', ceil(60 - extract(second from v_maintenant))::int, 'par_minute', v_limite));
  end if;
end;
$$;
comment on function private.compter_demande(uuid, text) is
  'Counts one request of a user to a door. Called by the doors before anything else, in a transaction of its own: a '
  'request that is refused later has been counted, and nobody waits for it. Forgets what is an hour old. Raises '
  'TROP_DE_DEMANDES.';
