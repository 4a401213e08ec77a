-- Gèle l'ancienne base : à coller dans l'éditeur SQL de l'ancien projet, en une fois. Toute écriture est refusée, par
-- toutes les voies (REST, fonctions, service_role, psql) ; on lit encore. Attend d'abord les écritures commencées.
-- La sortie est degel.sql.
begin;
set local lock_timeout = '60s';

create or replace function public.reprise_gel() returns trigger
language plpgsql
as $$
begin
  raise exception 'Les saisies sont suspendues : le dépôt passe au nouveau système. Rien n''a été enregistré.'
    using errcode = 'P0001', hint = 'Notez l''opération sur papier ; elle sera saisie dans le nouveau système.';
end;
$$;

do $$
declare
  v_table record;
begin
  for v_table in
    select c.oid::regclass as nom from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
     order by c.relname
  loop
    execute format('create or replace trigger a_reprise_gel before insert or update or delete or truncate on %s
                    for each statement execute function public.reprise_gel()', v_table.nom);
  end loop;
end;
$$;
commit;

select count(*) || ' tables gelées' as resultat from pg_trigger where tgname = 'a_reprise_gel';
