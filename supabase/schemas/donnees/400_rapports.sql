-- Who runs reports.

insert into private.capacites as c (capacite, roles, second_facteur, dit, habilitations) values
  ('lire_rapports', '{admin,directeur,gerant,operateur,pca,lecture}', false,
    'tirer un rapport (chacun y trouve ce qu''il peut lire)', '{}')
on conflict (capacite) do update
   set (roles, second_facteur, dit, habilitations)
       = (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations)
 where (c.roles, c.second_facteur, c.dit, c.habilitations)
       is distinct from (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations);
