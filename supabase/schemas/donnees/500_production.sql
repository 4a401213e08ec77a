-- Who may look whether everything is ready for production, and who is told how the daily backup ended.

insert into private.capacites as c (capacite, roles, second_facteur, dit) values
  ('preparer_production', '{admin,directeur}', false, 'voir si tout est prêt pour la production'),
  ('apprendre_sauvegardes', '{admin}', false, 'apprendre par e-mail comment la sauvegarde du jour a fini')
on conflict (capacite) do update
   set (roles, second_facteur, dit) = (excluded.roles, excluded.second_facteur, excluded.dit)
 where (c.roles, c.second_facteur, c.dit) is distinct from (excluded.roles, excluded.second_facteur, excluded.dit);

-- Each has this server knock at the mail server and the scanner.
insert into private.limites (route, par_minute) values
  ('GET ops/pret-production', 20)
on conflict (route) do nothing;
