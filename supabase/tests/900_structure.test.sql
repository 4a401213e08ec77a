-- Promises of the whole catalogue: what is true of every table, view and function, also of those not yet written.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(34);

create view pg_temp.relations as
  select c.oid, c.oid::regclass::text as nom, c.relkind, c.relrowsecurity, c.reloptions, c.relacl, n.nspname as schema
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname in ('public', 'private') and c.relkind in ('r', 'p', 'v', 'm', 'f');
create view pg_temp.fonctions as
  select p.oid, p.oid::regprocedure::text as nom, p.prosecdef, p.proconfig, p.prosrc
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
   where n.nspname in ('public', 'private') and not exists (select from pg_depend d where d.objid = p.oid
     and d.deptype = 'e');

-- Explained -----------------------------------------------------------------------------------------------------------

select is_empty($$select nom from pg_temp.relations where coalesce(obj_description(oid, 'pg_class'), '') = ''$$,
  'every table and view has a comment');
select is_empty($$select nom from pg_temp.fonctions where coalesce(obj_description(oid, 'pg_proc'), '') = ''$$,
  'every function has a comment');
select is_empty($$select t.oid::regtype from pg_type t join pg_namespace n on n.oid = t.typnamespace left
  join pg_class c on c.oid = t.typrelid
   where n.nspname in ('public', 'private') and t.typcategory <> 'A' and (t.typrelid = 0 or c.relkind = 'c')
     and coalesce(obj_description(t.oid, 'pg_type'), '') = ''$$, 'every type has a comment');
select is_empty($$select r.nom, a.attname from pg_temp.relations r join pg_attribute a on a.attrelid = r.oid
   where r.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.atttypid = 'numeric'::regtype
     and a.attname ~ '^(volume|stock|delta|capacite|temperature|densite)'
     and coalesce(col_description(r.oid, a.attnum), '') = ''
     and not exists (select from pg_attribute b where b.attrelid = r.oid
                       and col_description(r.oid, b.attnum) ~ ('\m' || a.attname || '\M.*same figure'))$$,
  'every quantity has a comment, or is the same figure as one that has');
select is_empty($$select n.nspname from pg_namespace n where n.nspname in ('private')
  and obj_description(n.oid, 'pg_namespace') is null$$,
  'the schema of the rules has a comment');

-- Fast --------------------------------------------------------------------------------------------------------------

select is_empty($$
  select k.conrelid::regclass, k.conname from pg_constraint k
   where k.contype = 'f' and k.connamespace in ('public'::regnamespace, 'private'::regnamespace)
     and not exists (
       select from pg_index i
        where i.indrelid = k.conrelid and i.indisvalid and i.indpred is null
          -- A BRIN serves each of its columns alike.
          and ((select a.amname = 'brin' from pg_class x join pg_am a on a.oid = x.relam where x.oid = i.indexrelid)
                 and cardinality(k.conkey) = 1 and k.conkey[1] = any (i.indkey::int2[])
            or i.indkey[0] = (select k.conkey[n] from pg_index u, generate_subscripts(k.conkey, 1) n
                               where u.indrelid = k.confrelid and u.indisprimary and u.indnatts = 1
                                 and u.indkey[0] = k.confkey[n])
            or (select array_agg(c order by c) from unnest((i.indkey::int2[])[0:cardinality(k.conkey) - 1]) as c)
             = (select array_agg(c order by c) from unnest(k.conkey) as c)))$$,
  'every foreign key has an index that begins with its columns, or with the one that alone says the row');
select is_empty($$select r.nom from pg_temp.relations r
   where r.relkind = 'r' and not exists (select from pg_index i where i.indrelid = r.oid and i.indisprimary)$$,
   'every table has a primary key');
select is_empty($$select nom, tgname from pg_temp.relations r join pg_trigger t on t.tgrelid = r.oid
  where not t.tgisinternal and t.tgenabled not in ('O', 'A')$$,
  'every trigger is on');

-- Closed --------------------------------------------------------------------------------------------------------------

select is_empty($$select nom from pg_temp.relations where schema = 'public' and relkind in ('r', 'p')
  and not relrowsecurity$$,
  'row level security is on for every table of public');
select is_empty($$select nom from pg_temp.relations where schema = 'public' and relkind = 'v'
  and not coalesce('security_invoker=true' = any (reloptions), false)$$,
  'every view of public runs as its caller');
select is_empty($$select tablename, policyname from pg_policies where schemaname in ('public', 'private')
  and roles && '{public,anon}'$$,
  'no policy is for everybody, nor for anon');
select is_empty($$select tablename, cmd from pg_policies where schemaname = 'public' group by 1, 2, permissive
  having count(*) > 1$$,
  'one policy a table and verb that opens, and at most one that narrows it');
select is_empty($$select tablename, policyname from pg_policies where schemaname = 'public' and cmd = 'ALL'$$,
  'a policy is for one verb');
select is_empty($$select tablename, policyname from pg_policies where schemaname = 'public'
   and regexp_count(coalesce(qual, '') || coalesce(with_check, ''),
     'private\.(role|peut|depots_visibles|depots_ou|second_facteur_suffit)\(|auth\.uid\(')
    <> regexp_count(coalesce(qual, '') || coalesce(with_check, ''),
      'SELECT (private\.(role|peut|depots_visibles|depots_ou|second_facteur_suffit)|auth\.uid)\(', 1, 'i')$$,
  'every policy asks who the caller is once a statement, not once a row');
select is_empty($$select r.nom, v.verbe from pg_temp.relations r,
    unnest('{select,insert,update,delete,truncate,references,trigger}'::text[]) as v (verbe)
   where has_table_privilege('anon', r.oid, v.verbe)
     or (v.verbe in ('select', 'insert', 'update', 'references')
     and has_any_column_privilege('anon', r.oid, v.verbe))$$,
  'anon has no privilege on any table or view');
select is_empty($$select c.oid::regclass from pg_class c
  where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind = 'S'
   and (has_sequence_privilege('anon', c.oid, 'usage') or has_sequence_privilege('anon', c.oid, 'select'))$$,
     'anon has no privilege on any sequence');
select is_empty($$select nom from pg_temp.fonctions where has_function_privilege('anon', oid, 'execute')$$,
  'anon executes no function');
select is_empty($$select nom from pg_temp.relations where relkind in ('r', 'v')
  and has_table_privilege('authenticated', oid, 'truncate, trigger, references')$$,
  'no client truncates, hooks or references a table');
select is_empty(format($$select nom from pg_temp.relations where schema = 'private'
   and has_table_privilege(%L, oid, 'select, insert, update, delete, truncate')$$, r),
  r || ' has no privilege on any table of private') from unnest('{authenticated,service_role}'::text[]) as r;
select is_empty($$select nom from pg_temp.relations where schema = 'public'
  and has_table_privilege('authenticated', oid, 'delete')
   and nom not in ('produits', 'citernes', 'clients', 'fournisseurs', 'partenaires', 'depots_amis', 'fournisseur_lot',
     'cours_de_route')$$,
  'a client deletes nothing but reference data, an empty lot and a truck that nothing refers to');
-- Two foreign keys from one table to another make an embed of the pair ambiguous, and the client names none.
select is_empty($$select k.conrelid::regclass, k.confrelid::regclass, array_agg(k.conname)
    from pg_constraint k join pg_class a on a.oid = k.conrelid join pg_class b on b.oid = k.confrelid
   where k.contype = 'f' and a.relnamespace = 'public'::regnamespace and b.relnamespace = 'public'::regnamespace
     and a.relname not in ('transferts', 'transferts_depots')
   group by 1, 2 having count(*) > 1$$,
     'one foreign key between two tables of the client, so that embedding one in the other is never ambiguous');
select is_empty($$select x.conrelid::regclass
    from pg_constraint p
    join pg_constraint x on x.conrelid = p.conrelid and x.contype = 'f' and x.conkey <@ p.conkey
    join pg_constraint y on y.conrelid = p.conrelid and y.contype = 'f' and y.conkey <@ p.conkey and y.oid <> x.oid
    join pg_constraint d on d.contype = 'f' and d.conrelid = x.confrelid and d.confrelid = y.confrelid
   where p.contype = 'p' and p.connamespace = 'public'::regnamespace$$,
  'no table whose primary key is made of foreign keys stands between two tables that refer to one another');
select is_empty($$select nom from pg_temp.relations where schema = 'public' and relkind = 'v'
  and has_table_privilege('authenticated', oid, 'insert, update, delete')$$,
  'no client writes through a view');

-- Who may, in one list ------------------------------------------------------------------------------------------------

create temporary table textes as
  select p.oid::regprocedure::text as ou, p.prosrc as texte from pg_proc p
   where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace, 'astm'::regnamespace)
     and p.prosqlbody is null
     and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  union all
  select p.oid::regprocedure::text, pg_get_functiondef(p.oid) from pg_proc p
   where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace, 'astm'::regnamespace)
     and p.prosqlbody is not null
  union all
  select format('%s, %s', tablename, policyname), concat_ws(' ', qual, with_check) from pg_policies
    where schemaname in ('public', 'private', 'astm')
  union all
  select format('%s, %s', tgrelid::regclass, tgname), pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c
    on c.oid = t.tgrelid
   where not tgisinternal and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace, 'astm'::regnamespace)
  union all
  select format('%s, %s', conrelid::regclass, conname), pg_get_constraintdef(k.oid) from pg_constraint k
   where connamespace in ('public'::regnamespace, 'private'::regnamespace, 'astm'::regnamespace)
     and conname <> 'profils_role_check'
  union all
  select format('%s.%s', adrelid::regclass, adnum), pg_get_expr(adbin, adrelid) from pg_attrdef d join pg_class c
    on c.oid = d.adrelid
   where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace, 'astm'::regnamespace)
  union all
  select c.oid::regclass::text, pg_get_viewdef(c.oid) from pg_class c
   where c.relkind in ('v', 'm') and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace,
     'astm'::regnamespace);
create view pg_temp.roles as
  select distinct r[1] as role from pg_constraint k, regexp_matches(pg_get_constraintdef(k.oid), '''([a-z]+)''::text',
    'g') as r
   where k.conname = 'profils_role_check';

-- The key of a JSON object is none: {operateur, motif, depuis} says whose freeze it is.
select is_empty($$select t.ou, d.dits from pg_temp.textes t,
    lateral
      (select regexp_match(regexp_replace(t.texte, '((->> ?|- )|\mjsonb_build_object\(\s*)\(?''\w+''', '', 'g'),
        (select format('[''{,"](%s)[''},"]', string_agg(r.role, '|')) from pg_temp.roles r)) as dits offset 0) d
   where d.dits is not null$$,
  'no function, policy, trigger, check, default or view names a role: it asks for a capability of private.capacites');
select is_empty($$select t.ou, c.nom from pg_temp.textes t,
    lateral
      (select x[1] as nom
      from regexp_matches(t.texte,
      'private\.(?:exiger|peut|depots_ou|role_peut|exiger_a_l_ecriture)\((?:[^'',()]+, *)?''(\w+)''', 'g') as x
      union all
      select unnest(string_to_array(x[1], ','))
      from regexp_matches(t.texte, 'private\.exiger_toutes\(''\{([\w,]+)\}''', 'g') as x) c
   where not exists (select from private.capacites k where k.capacite = c.nom)$$,
   'every capability that is asked for is in the list');
select is_empty($$select t.ou from pg_temp.textes t
   where regexp_count(t.texte, 'private\.(exiger|peut|depots_ou|role_peut)\(')
      <> regexp_count(t.texte, 'private\.(?:exiger|peut|depots_ou|role_peut)\((?:[^'',()]+, *)?''\w+''')
     and t.ou not in ('private.peut(text)', 'private.depots_ou(text)', 'private.exiger_a_l_ecriture()',
       'private.exiger_toutes(text[])')$$,
  'a capability is asked for by its name, written where it is asked');
select is_empty($$select c.capacite, r from private.capacites c, unnest(c.roles) r
  where r not in (select role from pg_temp.roles)$$,
  'every role of the list is one that a profile can have');

-- A policy hides what one may not change, and nothing says so: the client would show « enregistré ».
select is_empty($$select p.polrelid::regclass, p.polcmd, c.capacite from pg_policy p
   cross join lateral (select (regexp_match(pg_get_expr(p.polqual, p.polrelid), '(?:peut|depots_ou)\(''(\w+)'))[1]) c
     (capacite)
   where p.polrelid in (select oid from pg_temp.relations where schema = 'public') and p.polpermissive
     and p.polcmd in ('w', 'd', '*')
     and not exists (
       select from pg_trigger t where t.tgrelid = p.polrelid and t.tgfoid = 'private.exiger_a_l_ecriture'::regproc
          and t.tgargs = convert_to(c.capacite, 'UTF8') || '\x00' and t.tgtype & 3 = 2
          and t.tgtype & (case p.polcmd when 'w' then 16 else 8 end) <> 0)$$,
  'whoever may not change the rows that a policy hides is refused by the statement, for the capability it asks for');

-- Which columns, in the grants ----------------------------------------------------------------------------------------

select is_empty($$select r.nom, v.verbe from pg_temp.relations r, unnest('{insert,update}'::text[]) as v (verbe)
   where r.schema = 'public' and r.relkind = 'r' and has_table_privilege('authenticated', r.oid, v.verbe)
     and exists (select from pg_attribute a where a.attrelid = r.oid and a.attname = 'volume_15c')$$,
  'of a movement, a client writes the columns that are granted by name and no other');

-- Safe to run as the owner --------------------------------------------------------------------------------------------

select is_empty($$select nom from pg_temp.fonctions where prosecdef
  and not exists (select from unnest(proconfig) s where s like 'search_path=%')$$,
  'every function that runs as its owner pins its search_path');
select is_empty($$select nom from pg_temp.fonctions f join pg_proc p on p.oid = f.oid join pg_language l
  on l.oid = p.prolang
   where p.prosqlbody is null and not exists (select from unnest(f.proconfig) s where s ~
     '^search_path=.*, *"?pg_temp"?$')
   -- The contract fixes search_path = 'public' for this one: its body says the schema of every name instead.
   and f.nom <> 'validate_sortie(uuid)'$$,
  'every function looks at temporary objects last, not first: what a caller brings along stands in for nothing');
select is_empty($$select nom from pg_temp.fonctions where prosrc ~* '\mraise exception\M' and nom not like '%refuser(%'
   -- Not a refusal: snapshot and journal that disagree are a bug.
   and nom not like '%appliquer_mouvement(%'
   -- Nor is a worker that nobody can call: no request is answered with it, the clock's own log says it.
   and nom not like '%appeler_fonction(%'$$,
  'every refusal goes through private.refuser');
select is_empty($$select f.nom, m.code from pg_temp.fonctions f,
    lateral (select x[1] as code from regexp_matches(f.prosrc, 'private\.refuser\(\s*''([A-Z_0-9]+)''', 'g') as x) m
   where not exists (select from private.refus r where r.code = m.code)$$,
   'every code that a function raises is in the catalogue');

select * from finish();
rollback;
