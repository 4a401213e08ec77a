-- Who sells, collects and sets what a sale is made under.

insert into private.capacites as c (capacite, roles, second_facteur, dit, habilitations) values
  ('lire_ventes', '{admin,directeur,gerant,pca}', false,
    'lire les tarifs, factures, encaissements, conditions et relevés des clients', '{finance}'),
  ('lire_marges', '{admin,directeur,pca}', false, 'lire les marges des ventes', '{finance}'),
  ('lire_caisse', '{admin,directeur,gerant,pca}', false, 'lire les encaissements et la caisse', '{finance,caisse}'),
  ('regler_tarifs', '{admin,directeur}', false,
    'fixer et clore un tarif (celui de tous les dépôts : qui les voit tous)', '{finance}'),
  ('regler_taux', '{admin,directeur}', false, 'dire le taux de change du jour', '{finance}'),
  ('regler_tva', '{admin}', true, 'changer le taux d''un groupe de TVA', '{}'),
  ('regler_credit', '{admin,directeur}', false, 'fixer les conditions et le plafond d''un client', '{finance}'),
  ('deroger_credit', '{admin,directeur}', false, 'laisser une sortie dépasser le plafond de son client', '{}'),
  ('livrer', '{admin,directeur,gerant,operateur}', false, 'établir et confirmer un bon de livraison', '{finance}'),
  ('annuler_livraisons', '{admin,directeur}', false, 'annuler un bon de livraison', '{finance}'),
  ('commander', '{admin,directeur,gerant}', false,
    'prendre, confirmer, livrer et terminer une commande (à un autre prix que le tarif : qui fixe les tarifs)',
    '{finance}'),
  ('facturer', '{admin,directeur,gerant}', false, 'préparer et émettre une facture ou un avoir', '{finance}'),
  ('encaisser', '{admin,directeur,gerant}', false, 'encaisser un paiement et clôturer la caisse', '{finance,caisse}'),
  ('annuler_encaissements', '{admin,directeur}', false, 'annuler ou rembourser un encaissement', '{finance}'),
  ('transmettre_fiscal', '{admin,directeur,gerant}', false, 'transmettre les factures au dispositif fiscal',
    '{finance}')
on conflict (capacite) do update
   set (roles, second_facteur, dit, habilitations)
       = (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations)
 where (c.roles, c.second_facteur, c.dit, c.habilitations)
       is distinct from (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations);
