-- The checks of the partners' accounts.

insert into private.controles as c (code, severity, seuil, source, rythme, dit) values
  ('PARTENAIRE_SOLDE_NEGATIF', 'WARN', null, 'controles_partenaires', 'MINUTE',
    'un partenaire qui a pris plus que son carburant'),
  ('PRET_ECHU', 'WARN', null, 'controles_partenaires', 'MINUTE', 'un prêt qui n''est pas rendu à son échéance'),
  ('TRANSFERT_DEPOT_LONG', 'WARN', 3, 'controles_transferts_depots', 'MINUTE',
    'un transfert entre dépôts qui n''arrive pas (jours)'),
  ('PARTENAIRE_COMPTE_INCOHERENT', 'CRITICAL', null, 'controles_comptes_partenaires', 'NUIT',
    'le compte d''un partenaire qui n''est pas la somme de ses mouvements')
on conflict (code) do update set (dit, source, rythme) = (excluded.dit, excluded.source, excluded.rythme)
 where (c.dit, c.source, c.rythme) is distinct from (excluded.dit, excluded.source, excluded.rythme);
