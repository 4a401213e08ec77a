-- Who opens and reads online payments, and their checks.

insert into private.capacites as c (capacite, roles, second_facteur, dit, habilitations) values
  ('ouvrir_paiements_en_ligne', '{admin,directeur,gerant}', false, 'faire payer une facture en ligne',
    '{finance,caisse}'),
  ('lire_paiements_en_ligne', '{admin,directeur,gerant,pca}', false, 'lire les paiements en ligne',
    '{finance,caisse}'),
  ('lire_rapprochements', '{admin,directeur,pca}', false,
    'lire les rapprochements des paiements en ligne, tous dépôts', '{}'),
  ('lire_evenements_entrants', '{admin}', false, 'lire ce que le prestataire de paiement a dit, tel quel', '{}')
on conflict (capacite) do update
   set (roles, second_facteur, dit, habilitations)
       = (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations)
 where (c.roles, c.second_facteur, c.dit, c.habilitations)
       is distinct from (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations);

insert into private.controles as c (code, severity, seuil, source, rythme, dit) values
  ('PAIEMENT_EN_LIGNE_ECART', 'CRITICAL', null, 'controles_paiements', 'MINUTE',
    'un paiement en ligne qui n''est pas ce qui était demandé'),
  ('PAIEMENT_EN_LIGNE_LITIGE', 'CRITICAL', null, 'controles_paiements', 'MINUTE',
    'un paiement en ligne contesté par sa banque'),
  ('RAPPROCHEMENT_ECART', 'CRITICAL', null, 'controles_paiements', 'MINUTE',
    'des paiements en ligne qui ne sont pas chez nous comme chez le prestataire'),
  ('RAPPROCHEMENT_ABSENT', 'WARN', 26, 'controles_paiements', 'MINUTE',
    'des paiements en ligne que personne n''a rapprochés (heures)')
on conflict (code) do update set (dit, source, rythme) = (excluded.dit, excluded.source, excluded.rythme)
 where (c.dit, c.source, c.rythme) is distinct from (excluded.dit, excluded.source, excluded.rythme);
