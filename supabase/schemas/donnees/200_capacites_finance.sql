-- Who may do what with money: capabilities that an habilitation of a person gives too, beside their role.

insert into private.capacites as c (capacite, roles, second_facteur, dit, habilitations) values
  ('lire_finance', '{admin,directeur,gerant,pca}', false,
    'lire les factures et paiements des fournisseurs (qui ne voit qu''un dépôt : des lots dont un camion y va)',
    '{finance}'),
  ('lire_comptes', '{admin,directeur,pca}', false, 'lire le compte et le relevé d''un tiers', '{finance}'),
  ('ecrire_factures_fournisseur', '{admin,directeur,gerant}', false,
    'saisir, calculer et valider la facture d''un fournisseur, enregistrer ses paiements', '{finance}'),
  ('annuler_paiements_fournisseur', '{admin}', false, 'annuler un paiement confirmé', '{}'),
  ('lire_ecarts', '{admin,directeur,gerant,operateur,pca}', false, 'lire les écarts', '{finance}'),
  ('revoir_ecarts', '{admin,directeur,gerant,operateur}', false, 'mettre un écart en revue', '{finance}'),
  ('traiter_ecarts', '{admin,directeur,gerant}', false, 'traiter un écart', '{finance}'),
  ('annuler_ecarts', '{admin}', false, 'annuler un écart', '{}'),
  ('clore_periodes', '{admin,directeur,gerant}', false, 'clore un jour ou un mois', '{finance}'),
  ('lire_alertes', '{admin,directeur,gerant,pca}', false, 'lire les alertes', '{}'),
  ('tenir_alertes', '{admin,directeur}', false, 'prendre en compte et résoudre une alerte', '{}'),
  ('avancer_series', '{admin}', true, 'avancer une série de numéros après une restauration', '{}')
on conflict (capacite) do update
   set (roles, second_facteur, dit, habilitations)
       = (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations)
 where (c.roles, c.second_facteur, c.dit, c.habilitations)
       is distinct from (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations);
