-- Nothing that a client starts runs, waits or holds a lock for ever; nothing it writes is without end.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(22);

create function pg_temp.reglage(p_role text, p_nom text) returns interval language sql as $$
  select split_part(r, '=', 2)::interval
    from pg_db_role_setting s join pg_roles o on o.oid = s.setrole, unnest(s.setconfig) as r
   where s.setdatabase = 0 and o.rolname = p_role and r like p_nom || '=%'
$$;
select ok(pg_temp.reglage(r, n) between '1 ms' and '1 minute', format('%s has a %s of a minute at most', r, n))
  from unnest('{anon,authenticated,service_role}'::text[]) as r,
       unnest('{statement_timeout,lock_timeout,idle_in_transaction_session_timeout}'::text[]) as n;
select ok(pg_temp.reglage(r, 'lock_timeout') < pg_temp.reglage(r, 'statement_timeout'),
  r || ' waits for a lock less long than for an answer')
  from unnest('{anon,authenticated,service_role}'::text[]) as r;

select is_empty($$
  select c.relname, a.attname
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      and a.atttypid = 'text'::regtype
   where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
     and c.relname not in ('log_actions', 'sorties_produit')
     -- A table that asks its rows itself.
     and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = c.relname || '_garder')
     and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'
       and k.conkey = array[a.attnum]
                        and pg_get_constraintdef(k.oid) ~ '= ANY \(ARRAY\[|private.texte_admis\(')$$,
  'every text that is kept is a page at most, or one of a list');
select tests.depot('lubumbashi');
select tests.equipe('lubumbashi');
select lives_ok($$insert into public.clients (nom, note_supplementaire) values ('Client d''essai', repeat('é', 2000))$$,
  'a page is accepted');
select throws_ok($$update public.clients set note_supplementaire = repeat('x', 2001) where nom = 'Client d''essai'$$,
  '23514', null,
  'more is refused');

select tests.citerne('cuve', 'lubumbashi');
select tests.brouillon('cuve', 10);
select throws_ok(format('update public.sorties_produit set %I = repeat(''x'', 2001) where id = %L', c,
  tests.id('sortie')), '23514', null,
    format('a sortie whose %s is more than a page is refused', c))
  from unnest('{chauffeur_nom,plaque_camion,plaque_remorque,transporteur,note}'::text[]) c;
select lives_ok(format('update public.sorties_produit set note = repeat(''é'', 2000) where id = %L',
  tests.id('sortie')), 'a note of a page is accepted');

-- A session that has none of its own, as a pooler's.
select is(private.ouvrir('{}', tests.id('gerant'), 'GET essais/', 1, 'essai', 'essai', 'essai')::text || ' ' ||
  concat_ws(' ', current_setting('statement_timeout'), current_setting('lock_timeout'),
    current_setting('idle_in_transaction_session_timeout')),
  'true 10s 5s 20s', 'what a door does is bounded, whatever its session is');
reset role;

select * from finish();
rollback;
