-- What every column of the contract holds, whoever writes it and by whichever way; last, so that every table is there.
--
--   texts   a page at most, and nothing that people do not see, where a list of values does not bound them already
--   dates   finite, and of this half-century
--   rows    so many a statement
--
-- The doors say the same before they ask (Texte, Jour and Instant, in functions/_shared/schemas.ts). The log is
-- written by the rules alone. A sortie (private.exiger_sortie), the stock, its movements, a truck and what a sale
-- writes ask it in a trigger of their own, <table>_garder, of what is sent: the text of each check would be read again
-- at every statement.

do $$
declare
  v_colonne record;
  c_plusieurs_lignes constant text := '^(note|adresse|description|reason|motif)';
begin
  for v_colonne in
    select c.relname as nom_table, a.attname as nom
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.atttypid = 'text'::regtype
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and c.relname not in ('log_actions', 'sorties_produit')
       -- A table that asks its rows itself.
       and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = c.relname || '_garder')
       and not exists (
         select from pg_constraint k
          where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
            and pg_get_constraintdef(k.oid) like '%= ANY (ARRAY[%')
  loop
    execute format('alter table public.%I add constraint %I check (private.texte_admis(%I, %L, %L))',
      v_colonne.nom_table, v_colonne.nom_table || '_' || v_colonne.nom || '_lisible', v_colonne.nom, v_colonne.nom,
      v_colonne.nom ~ c_plusieurs_lignes);
  end loop;
end;
$$;

do $$
declare
  v_colonne record;
begin
  for v_colonne in
    select c.relname as nom_table, a.attname as nom
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       and a.atttypid in ('date'::regtype, 'timestamptz'::regtype)
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'sorties_produit'
       and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = c.relname || '_garder')
       and (has_column_privilege('authenticated', c.oid, a.attnum, 'insert')
            or has_column_privilege('authenticated', c.oid, a.attnum, 'update')
            -- Said to a function: the day of an opening stock, the dates of an entry. Days of stock follow from others.
            or (a.attname ~ '^(date_|echeance)' and (a.attname <> 'date_jour' or c.relname = 'stocks_initiaux')))
  loop
    execute format('alter table public.%I add constraint %I check (private.date_admise(%I, %L))',
      v_colonne.nom_table, v_colonne.nom_table || '_' || v_colonne.nom || '_possible', v_colonne.nom, v_colonne.nom);
  end loop;
end;
$$;

do $$
declare
  v_table text;
begin
  for v_table in
    select c.relname from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and has_any_column_privilege('authenticated', c.oid, 'insert')
       -- These count their own, row by row (private.sorties_avant_insert): rows kept for a trigger cost as much as a
       -- sortie's log.
       and c.relname not in ('sorties_produit', 'receptions', 'transferts', 'stocks_adjustments')
  loop
    -- Named to come before what the rule itself does after a statement.
    execute format('create trigger a_lignes_bornees after insert on public.%I referencing new table as lignes
                    for each statement execute function private.borner_lignes()', v_table);
  end loop;
end;
$$;
