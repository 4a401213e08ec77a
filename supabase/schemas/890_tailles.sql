-- Sizes: no text that anybody writes, by whichever way, is longer than a page.
--
-- One rule for every text column of the contract, where a list of values does not bound it already. The doors say the
-- same before they ask (Texte, in functions/_shared/schemas.ts); the log is written by the rules alone, and a sortie's
-- texts are measured by its own check (private.sortie_entiere): each check costs every sortie its reading again.

do $$
declare
  v_colonne record;
begin
  for v_colonne in
    select c.relname as nom_table, a.attname as nom
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.atttypid = 'text'::regtype
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and c.relname not in ('log_actions', 'sorties_produit')
       and not exists (
         select from pg_constraint k
          where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
            and pg_get_constraintdef(k.oid) like '%= ANY (ARRAY[%')
  loop
    execute format('alter table public.%I add constraint %I check (char_length(%I) <= 2000)',
                   v_colonne.nom_table, v_colonne.nom_table || '_' || v_colonne.nom || '_check2000', v_colonne.nom);
  end loop;
end;
$$;
