-- Validating a draft writes its row and no index entry: whatever it changes stands in no tree of the table.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(2);

select tests.depot(), tests.equipe(), tests.citerne('cuve'), tests.recevoir('cuve', 10000);

create temp table lignes as select null::jsonb as brouillon, null::jsonb as validee;
select tests.brouillon('cuve', 100);
update lignes set brouillon = (select to_jsonb(s) from public.sorties_produit s where s.id = tests.id('sortie'));
select tests.valider();
update lignes set validee = (select to_jsonb(s) from public.sorties_produit s where s.id = tests.id('sortie'));

select is(brouillon -> 'statut' || (validee -> 'statut'), '["brouillon", "validee"]'::jsonb, 'a draft was validated')
  from lignes;
select is_empty($$
  select d.objid::regclass, a.attname
    from pg_catalog.pg_depend d
    join pg_catalog.pg_class c on c.oid = d.objid and c.relkind = 'i'
    join pg_catalog.pg_am m on m.oid = c.relam and m.amname <> 'brin'
    join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
   cross join lignes l
   where d.classid = 'pg_catalog.pg_class'::regclass and d.refobjid = 'public.sorties_produit'::regclass
     and l.brouillon -> a.attname is distinct from l.validee -> a.attname
  $$, 'no tree of sorties_produit, nor its condition, holds a column that validating changes');

select * from finish();
rollback;
