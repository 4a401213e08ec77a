-- Rouvre l'ancienne base, telle qu'elle était avant gel.sql : le retour arrière, tant que le nouveau système n'a rien
-- reçu.
begin;
drop function if exists public.reprise_gel() cascade;
commit;

select case when exists (select from pg_trigger where tgname = 'a_reprise_gel') then 'encore gelée' else 'rouverte' end
       as resultat;
