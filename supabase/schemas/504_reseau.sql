-- A network of depots: what a base refuses because it is another's to write.

create function private.refuser_autre_base() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.refuser('DEPOT_AUTRE_BASE', jsonb_build_object('depot', coalesce(
    (select d.nom from public.depots d where d.id = (to_jsonb(new) ->> tg_argv[0])::uuid),
    to_jsonb(new) ->> tg_argv[0])));
  return null;
end;
$$;
comment on function private.refuser_autre_base() is
  'In a network a depot is written in one base: the others refuse its rows by a trigger that knows their own depots '
  '(siege:rattacher). Argument of the trigger: the column that says the depot. Raises DEPOT_AUTRE_BASE.';

create function private.refuser_table_fermee() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_gel constant jsonb := (select s.value::jsonb from public.app_settings s where s.key = 'gel_ecritures');
begin
  if v_gel is not null then
    perform private.refuser('ECRITURES_GELEES', v_gel - 'operateur');
  end if;
  perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  return null;
end;
$$;
comment on function private.refuser_table_fermee() is
  'In a network, a table that only replication writes here, or a base whose depot has moved: the freeze says where to. '
  'Raises ECRITURES_GELEES, ECRITURE_INTERDITE.';
