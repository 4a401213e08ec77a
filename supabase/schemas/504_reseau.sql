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
  v_au_siege constant boolean := to_regnamespace('siege') is not null;
  v_quoi constant text := coalesce(tg_argv[0], case when v_au_siege then 'depot' else 'reference' end);
  v_gel jsonb;
begin
  if v_quoi = 'reference' then
    perform private.refuser('REFERENTIEL_AUTRE_BASE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  elsif v_au_siege then
    perform private.refuser('SIEGE_LECTURE_SEULE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  select s.value::jsonb into v_gel from public.app_settings s where s.key = 'gel_ecritures';
  if v_gel is not null then
    perform private.refuser('ECRITURES_GELEES', v_gel - 'operateur');
  end if;
  perform private.refuser('DEPOT_AUTRE_BASE', jsonb_build_object('depot', (
    select string_agg(d.nom, ', ' order by d.nom) from public.depots d
     where d.id in (select c.depot_id from public.citernes c))));
  return null;
end;
$$;
comment on function private.refuser_table_fermee() is
  'In a network, a table that only replication writes here. Argument of the trigger: reference, of rows that the '
  'reference database writes; depot, of those that a depot''s base writes, at the head office or in a base whose depot '
  'has moved, where the freeze says where to. Raises REFERENTIEL_AUTRE_BASE, SIEGE_LECTURE_SEULE, ECRITURES_GELEES, '
  'DEPOT_AUTRE_BASE.';

create function private.fermee(p_table text) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select exists (select from pg_trigger t where t.tgrelid = p_table::regclass
                    and t.tgfoid = 'private.refuser_table_fermee()'::regprocedure)
$$;
comment on function private.fermee(text) is
  'Whether only replication writes this table here: asked by a migration before it writes rows, which the base that '
  'writes them sends with the others; and by what would do something else first.';
