-- What only a superuser may do outside Supabase: the event trigger that refuses drops in PROD. A hosted project lets
-- the migration make it. The function is a shell that the migration fills, as "postgres", who owns it.

do $$
begin
  -- One that is there has been filled already.
  if to_regprocedure('extensions.interdire_drop_en_prod()') is null then
    create function extensions.interdire_drop_en_prod() returns event_trigger
      language plpgsql security definer as 'begin end';
    alter function extensions.interdire_drop_en_prod() owner to postgres;
    revoke execute on function extensions.interdire_drop_en_prod() from public;
  end if;
end;
$$;
create event trigger interdire_drop_en_prod on sql_drop execute function extensions.interdire_drop_en_prod();
