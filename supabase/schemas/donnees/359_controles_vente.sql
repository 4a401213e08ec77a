-- The checks of sales; FACTURE_MOUVEMENT_CORRIGE and FACTURE_ECHUE are those of suppliers' invoices.

insert into private.controles as c (code, severity, seuil, source, rythme, dit) values
  ('SORTIE_NON_FACTUREE', 'WARN', 7, 'controles_ventes', 'NUIT', 'une sortie qui attend sa facture (jours)'),
  ('CREDIT_DEPASSE', 'WARN', null, 'controles_credit', 'NUIT', 'un client qui doit plus que son plafond'),
  ('TAUX_ABSENT', 'WARN', 2, 'controles_taux', 'NUIT', 'un taux de change que personne n''a dit (jours)'),
  ('COMMANDE_DEPASSEE', 'WARN', null, 'controles_ventes', 'NUIT',
    'une commande livrée au-delà de sa quantité par une correction du stock'),
  ('FACTURE_CHAINE_ROMPUE', 'CRITICAL', null, 'controles_ventes', 'NUIT',
    'des factures qui ne concordent plus avec leurs empreintes, leurs totaux ou leurs comptes')
on conflict (code) do update set (dit, source, rythme) = (excluded.dit, excluded.source, excluded.rythme)
 where (c.dit, c.source, c.rythme) is distinct from (excluded.dit, excluded.source, excluded.rythme);
