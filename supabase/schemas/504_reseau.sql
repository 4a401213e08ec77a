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
