-- What this database is at, told by facts and not by a number: its catalogue and its reference rows, each under the
-- name a person knows it by. A database that lacks these functions is older than its own fingerprint, and is told so
-- (supabase/functions/_shared/etat_schema.ts).

create function private.referentiels() returns table (nom text, cle text[], sans text[], propre boolean)
language sql immutable
set search_path = pg_catalog, pg_temp
as $faits$
  values
    ('private.refus', '{code}'::text[], '{}'::text[], false),
    ('private.capacites', '{capacite}', '{}', false),
    ('private.controles', '{code}', '{severity,actif,seuil}', true),
    ('private.escalades', '{severity,niveau}', '{apres,roles}', true),
    ('private.limites', '{route}', '{}', true),
    ('public.feature_flags', '{key}', '{enabled,depots,users,updated_by}', true),
    ('astm.profils_calcul', '{nom}', '{id}', true),
    ('public.golden_cases', '{source,reference}', '{id}', true),
    ('public.taux_tva', '{groupe,valide_du}', '{par}', true),
    ('public.depots', '{nom}', '{}', true),
    ('public.produits', '{code}', '{}', true),
    ('public.citernes', '{nom,id}', '{}', true)
$faits$;
comment on function private.referentiels() is
  'Tables whose rows come with the schema: nom; cle, what a row is called by; sans, columns that are never compared; '
  'propre, true where an environment may have rows of its own, false where the rows of schemas/donnees are all there '
  'are.';

create function private.faits() returns table (objet text, parent text, fait jsonb, propre boolean)
language plpgsql stable
set search_path = pg_catalog, pg_temp
set quote_all_identifiers = off
as $faits$
declare
  v_ref record;
begin
  return query
with schemas (oid, nom) as (
  select n.oid, n.nspname::text from pg_namespace n where n.nspname in ('public', 'private', 'astm')
), extensions (classid, objid) as (
  -- What an extension brought is the extension's.
  select d.classid, d.objid from pg_depend d where d.deptype = 'e'
), relations as (
  select c.*, s.nom as schema,
         case c.relkind when 'v' then 'vue' when 'm' then 'vue matérialisée' when 'S' then 'séquence'
                        when 'f' then 'table étrangère' else 'table' end
           || ' ' || s.nom || '.' || c.relname as objet
    from pg_class c join schemas s on s.oid = c.relnamespace
   where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
     and not exists (select from extensions e where e.classid = 'pg_class'::regclass and e.objid = c.oid)
), fonctions as (
  select p.*, case p.prokind when 'a' then 'agrégat' when 'p' then 'procédure' else 'fonction' end
              || ' ' || n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as
                objet
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
   where (p.pronamespace in (select s.oid from schemas s)
          or (n.nspname = 'extensions' and p.proname = 'interdire_drop_en_prod'))
     and not exists (select from extensions e where e.classid = 'pg_proc'::regclass and e.objid = p.oid)
), types as (
  select t.*, case t.typtype when 'd' then 'domaine ' else 'type ' end || s.nom || '.' || t.typname as objet
    from pg_type t join schemas s on s.oid = t.typnamespace
    left join pg_class c on c.oid = t.typrelid
   where t.typcategory <> 'A' and (t.typrelid = 0 or c.relkind = 'c') and t.typtype <> 'm'
     and not exists (select from extensions e where e.classid = 'pg_type'::regclass and e.objid = t.oid)
), droits (objet, sur, acl) as (
  select 'schéma ' || s.nom, 'schéma ' || s.nom, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner)))
    from schemas s join pg_namespace n on n.oid = s.oid
  union all
  select r.objet, r.objet,
    aclexplode(coalesce(r.relacl, acldefault(case r.relkind when 'S' then 's' else 'r' end::"char", r.relowner)))
    from relations r
  union all
  select r.objet, r.objet || ', colonne ' || a.attname, aclexplode(a.attacl)
    from relations r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
      and a.attacl is not null
  union all
  select f.objet, f.objet, aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) from fonctions f
  union all
  select t.objet, t.objet, aclexplode(coalesce(t.typacl, acldefault('T', t.typowner))) from types t
), commentaires (objet, parent, texte) as (
  select 'schéma ' || s.nom, 'schéma ' || s.nom, d.description
    from schemas s join pg_description d on d.classoid = 'pg_namespace'::regclass and d.objoid = s.oid
   where s.nom <> 'public'
  union all
  select case when d.objsubid = 0 then r.objet else 'colonne ' || r.schema || '.' || r.relname || '.' || a.attname end,
    r.objet, d.description
    from relations r join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = r.oid
    left join pg_attribute a on a.attrelid = r.oid and a.attnum = d.objsubid and d.objsubid > 0
  union all
  select f.objet, f.objet, d.description from fonctions f join pg_description d on d.classoid = 'pg_proc'::regclass
    and d.objoid = f.oid
  union all
  select t.objet, t.objet, d.description from types t join pg_description d on d.classoid = 'pg_type'::regclass
    and d.objoid = t.oid
  union all
  select 'attribut ' || substr(t.objet, 6) || '.' || a.attname, t.objet, d.description
    from types t join pg_attribute a on a.attrelid = t.typrelid and a.attnum > 0
    join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = t.typrelid and d.objsubid = a.attnum
  union all
  select i.type || ' ' || i.identity, v.objet, v.description
    -- Named once it is known to be ours: of all that PostgreSQL says of itself, each would take its time.
    from (select d.classoid, d.objoid, d.objsubid, d.description, r.objet
            from pg_description d
            left join pg_constraint k on d.classoid = 'pg_constraint'::regclass and k.oid = d.objoid
            left join pg_trigger g on d.classoid = 'pg_trigger'::regclass and g.oid = d.objoid
            left join pg_policy p on d.classoid = 'pg_policy'::regclass and p.oid = d.objoid
            left join pg_index x on d.classoid = 'pg_class'::regclass and x.indexrelid = d.objoid
            join relations r on r.oid = coalesce(nullif(k.conrelid, 0), g.tgrelid, p.polrelid, x.indrelid)) v
    cross join lateral pg_identify_object(v.classoid, v.objoid, v.objsubid) i
)
select 'schéma ' || s.nom, null,
  jsonb_build_object('proprietaire', case when s.nom <> 'public' then pg_get_userbyid(n.nspowner) end), false
  from schemas s join pg_namespace n on n.oid = s.oid
union all
select r.objet, null, jsonb_strip_nulls(jsonb_build_object(
    'proprietaire', pg_get_userbyid(r.relowner),
    'persistance', nullif(r.relpersistence, 'p'),
    'options', (select array_agg(o order by o) from unnest(r.reloptions) o),
    'rls', nullif(r.relrowsecurity, false),
    'rls_force', nullif(r.relforcerowsecurity, false),
    'identite_replique', case when r.relkind = 'r' then nullif(r.relreplident, 'd') end,
    'partition', case when r.relkind = 'p' then pg_get_partkeydef(r.oid) end,
    'definition', case when r.relkind in ('v', 'm') then pg_get_viewdef(r.oid) end,
    'sequence', case when r.relkind = 'S' then
      (select to_jsonb(q) - 'seqrelid' || jsonb_build_object('seqtypid', q.seqtypid::regtype::text) from pg_sequence q
        where q.seqrelid = r.oid) end)), false
  from relations r
union all
select 'colonne ' || r.schema || '.' || r.relname || '.' || a.attname, r.objet, jsonb_strip_nulls(jsonb_build_object(
    'type', format_type(a.atttypid, a.atttypmod),
    'obligatoire', nullif(a.attnotnull, false),
    'defaut', pg_get_expr(d.adbin, d.adrelid),
    'engendree', nullif(a.attgenerated, ''),
    'identite', nullif(a.attidentity, ''),
    'collation', case when a.attcollation <> t.typcollation then a.attcollation::regcollation::text end)), false
  from relations r
  join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
 where r.relkind in ('r', 'p', 'f')
union all
select 'contrainte ' || s.nom || '.' || coalesce(r.relname, t.typname) || '.' || k.conname, coalesce(r.objet, t.objet),
       jsonb_build_object('definition', pg_get_constraintdef(k.oid), 'verifiee', k.convalidated), false
  from pg_constraint k join schemas s on s.oid = k.connamespace
  left join relations r on r.oid = k.conrelid
  left join types t on t.oid = k.contypid
 where k.contype in ('c', 'f', 'p', 'u', 'x') and coalesce(r.objet, t.objet) is not null
union all
select 'index ' || s.nom || '.' || c.relname, r.objet, jsonb_build_object('definition', pg_get_indexdef(i.indexrelid),
  'valide', i.indisvalid), false
  from pg_index i join relations r on r.oid = i.indrelid
  join pg_class c on c.oid = i.indexrelid join schemas s on s.oid = c.relnamespace
 where not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
union all
select f.objet, null, jsonb_build_object('proprietaire', pg_get_userbyid(f.proowner), 'definition',
    case f.prokind when 'a' then (select to_jsonb(g)::text from pg_aggregate g where g.aggfnoid = f.oid)
      else pg_get_functiondef(f.oid) end), false
  from fonctions f
union all
select 'trigger ' || n.nspname || '.' || c.relname || '.' || g.tgname, r.objet,
       jsonb_build_object('definition', pg_get_triggerdef(g.oid), 'actif', g.tgenabled), g.tgname ~ '^(zz_)?siege_'
  from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
  left join relations r on r.oid = g.tgrelid
 where not g.tgisinternal
   and
     (r.oid is not null
     or g.tgfoid in (select p.oid from pg_proc p where p.pronamespace in (select s.oid from schemas s)))
union all
select 'policy ' || r.schema || '.' || r.relname || '.' || p.polname, r.objet, jsonb_strip_nulls(jsonb_build_object(
    'verbe', p.polcmd, 'permissive', p.polpermissive,
    'roles', (select array_agg(q.nom order by q.nom collate "C")
      from (select case x when 0 then 'public' else pg_get_userbyid(x)::text end as nom from unnest(p.polroles) x) q),
    'usage', pg_get_expr(p.polqual, p.polrelid), 'controle', pg_get_expr(p.polwithcheck, p.polrelid))), false
  from pg_policy p join relations r on r.oid = p.polrelid
union all
select 'règle ' || r.schema || '.' || r.relname || '.' || w.rulename, r.objet,
  jsonb_build_object('definition', pg_get_ruledef(w.oid)), false
  from pg_rewrite w join relations r on r.oid = w.ev_class where w.rulename <> '_RETURN'
union all
select t.objet, null, jsonb_strip_nulls(jsonb_build_object(
    'proprietaire', pg_get_userbyid(t.typowner),
    'valeurs', (select array_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid),
    'attributs', (select jsonb_object_agg(a.attname, format_type(a.atttypid, a.atttypmod)) from pg_attribute a
                   where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped),
    'ordre', (select array_agg(a.attname order by a.attnum) from pg_attribute a
               where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped),
    'base', case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end,
    'obligatoire', nullif(t.typnotnull, false), 'defaut', t.typdefault,
    'intervalle', (select g.rngsubtype::regtype::text from pg_range g where g.rngtypid = t.oid))), false
  from types t
union all
select 'droits de ' || coalesce(g.rolname, 'public') || ' sur ' || d.sur, d.objet, jsonb_build_object('droits',
       string_agg((d.acl).privilege_type || case when (d.acl).is_grantable then '*' else '' end, ','
         order by (d.acl).privilege_type)), coalesce(g.rolname, '') ~ '^siege_'
  from droits d left join pg_roles g on g.oid = (d.acl).grantee
 -- Of the schema public, which the platform makes, what its makers may is theirs.
 where (d.objet <> 'schéma public' or coalesce(g.rolname, 'public') in ('public', 'anon', 'authenticated',
   'service_role'))
 group by 1, 2, 4
union all
select 'commentaire sur ' || m.objet, m.parent, jsonb_build_object('texte', m.texte), false from commentaires m
union all
select 'droits par défaut de ' || pg_get_userbyid(a.defaclrole) || ' sur ' || a.defaclobjtype::text ||
  coalesce(' du schéma ' || n.nspname, '')
       || ' pour ' || coalesce(g.rolname, 'public'), null,
       jsonb_build_object('droits', string_agg(x.privilege_type, ',' order by x.privilege_type)), false
  from pg_default_acl a left join pg_namespace n on n.oid = a.defaclnamespace
 cross join lateral aclexplode(a.defaclacl) x left join pg_roles g on g.oid = x.grantee
 where pg_get_userbyid(a.defaclrole) = 'postgres' and coalesce(n.nspname, 'public') in ('public', 'private', 'astm')
 group by 1
union all
select 'trigger d''événement ' || e.evtname, null,
       jsonb_build_object('evenement', e.evtevent, 'fonction', e.evtfoid::regprocedure::text, 'actif', e.evtenabled),
       false
  from pg_event_trigger e
 where e.evtname = 'interdire_drop_en_prod'
   or e.evtfoid in (select p.oid from pg_proc p where p.pronamespace in (select s.oid from schemas s))
union all
-- A server's own: a restore elsewhere finds that server's.
select 'réglage ' || split_part(c, '=', 1) || ' du rôle ' || r.rolname, null,
  jsonb_build_object('valeur', split_part(c, '=', 2)), true
  from pg_roles r, unnest(r.rolconfig) c
 where r.rolname in ('anon', 'authenticated', 'service_role')
   and split_part(c, '=', 1) in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout')
union all
select 'publication ' || p.pubname || ' de ' || t.schemaname || '.' || t.tablename, null,
       jsonb_strip_nulls(jsonb_build_object('colonnes', to_jsonb(t.attnames), 'filtre', t.rowfilter)),
       p.pubname ~ '^siege_'
  from pg_publication_tables t join pg_publication p on p.pubname = t.pubname
 where t.schemaname in (select s.nom from schemas s) and not p.puballtables
union all
-- Kinds of objects that nothing here makes: that there is one is told.
select distinct i.type || ' ' || i.identity, null, '{}'::jsonb, false
  from pg_depend d
 cross join lateral pg_identify_object(d.classid, d.objid, 0) i
 where d.refclassid = 'pg_namespace'::regclass and d.refobjid in (select s.oid from schemas s)
   and d.classid in ('pg_operator'::regclass, 'pg_opclass'::regclass, 'pg_opfamily'::regclass,
     'pg_conversion'::regclass,
                     'pg_statistic_ext'::regclass, 'pg_ts_config'::regclass, 'pg_ts_dict'::regclass,
                     'pg_ts_parser'::regclass,
                     'pg_ts_template'::regclass, 'pg_collation'::regclass)
   and not exists (select from extensions e where e.classid = d.classid and e.objid = d.objid);

  for v_ref in select * from private.referentiels() t where to_regclass(t.nom) is not null loop
    return query execute format(
      'select format(''ligne de %s « %%s »'', (select string_agg(r ->> c, '' '' order by n) from unnest(%L::text[]) with ordinality k (c, n))),
              null, jsonb_strip_nulls(r - %L::text[]), %L::boolean
         from (select to_jsonb(t) as r from %s t) lues',
      v_ref.nom, v_ref.cle, v_ref.sans || '{created_at,updated_at}', v_ref.propre, v_ref.nom);
  end loop;
end;
$faits$;
comment on function private.faits() is
  'Every fact of the schemas public, private and astm, of what the project put beside them, and of the reference rows: '
  'objet, the name a person knows it by; parent, the object it goes with; fait, its properties; propre, true of a row '
  'that an environment may have of its own, and of what siege:* puts on the base of a network. Owner only.';
