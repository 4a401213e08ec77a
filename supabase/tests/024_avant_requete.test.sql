-- What PostgREST would tell from the planner's statistics, which know nothing of who may see what, is refused first.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(17);

create function pg_temp.demander(p_entetes json) returns text language plpgsql as $$
begin
  perform set_config('request.headers', p_entetes::text, true);
  perform private.avant_requete();
  return 'passe';
exception when others then
  return sqlstate || ' ' || sqlerrm;
end;
$$;
grant execute on function pg_temp.demander to authenticated, service_role;

select tests.depot('lubumbashi');
select tests.equipe('lubumbashi');
select tests.agir_comme('operateur');
select is(pg_temp.demander(json_build_object('prefer', p)), 'PT422 ESTIMATION_INTERDITE',
  format('Prefer: %s is refused', p))
  from unnest(array['count=planned', 'count=estimated', 'return=representation,count=planned',
    'count=planned, tx=commit', 'COUNT=Planned',
                    ' count = estimated ', 'count="planned"', 'count']) p;
select is(pg_temp.demander(json_build_object('accept', a)), 'PT422 ESTIMATION_INTERDITE',
  format('Accept: %s is refused', a))
  from unnest(array['application/vnd.pgrst.plan', 'application/vnd.pgrst.plan+json; options=analyze',
    'text/csv, application/vnd.pgrst.plan+text']) a;
select is(pg_temp.demander(json_build_object('prefer', p, 'accept', 'application/json')), 'passe',
  format('Prefer: %s passes', p))
  from unnest(array['count=exact', 'return=minimal', 'missing=default, count=exact,return=representation',
    'resolution=merge-duplicates']) p;
select is(pg_temp.demander('{}'), 'passe', 'so does a request that prefers nothing');
select tests.redevenir_systeme();
select ok((select 'pgrst.db_pre_request=private.avant_requete' = any (r.rolconfig) from pg_roles r
  where r.rolname = 'authenticator'),
  'PostgREST is told to ask it, before each request');

select * from finish();
rollback;
