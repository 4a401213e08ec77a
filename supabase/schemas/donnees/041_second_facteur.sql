-- Who has a second factor of our own, and how often a code may be tried.

insert into private.capacites as c (capacite, roles, second_facteur, dit, habilitations) values
  ('tenir_son_facteur', '{admin}', false, 'inscrire et prouver son second facteur, refaire ses codes de secours', '{}'),
  ('reinitialiser_facteur', '{admin}', true, 'effacer le second facteur perdu d''un autre administrateur', '{}')
on conflict (capacite) do update
   set (roles, second_facteur, dit, habilitations)
       = (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations)
 where (c.roles, c.second_facteur, c.dit, c.habilitations)
       is distinct from (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations);

insert into private.limites (route, par_minute) values
  ('POST securite/totp/prouver', 20),
  ('POST securite/totp/confirmer', 20),
  ('POST securite/totp/inscrire', 20),
  ('POST securite/codes-secours', 20),
  ('POST securite/codes-secours/prouver', 20)
on conflict (route) do nothing;
