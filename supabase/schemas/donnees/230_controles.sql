-- The checks there are. Whether each is on, and its threshold, is the environment's own.

insert into private.controles as c (code, severity, seuil, dit) values
  ('STOCK_NEGATIF', 'CRITICAL', null, 'un stock sous zéro'),
  ('STOCK_OVER_CAPACITY', 'CRITICAL', null, 'une citerne au-delà de sa capacité'),
  ('STOCK_INCOHERENT', 'CRITICAL', null, 'un stock qui n''est pas la somme de ses mouvements (la nuit)'),
  ('MOUVEMENT_ALTERE', 'CRITICAL', null, 'un mouvement qui n''est plus ce que le journal en a dit (la nuit)'),
  ('NUMEROTATION_TROU', 'CRITICAL', null, 'un numéro qui manque dans une série (la nuit)'),
  ('COMPTE_TIERS_INCOHERENT', 'CRITICAL', null, 'le compte d''un tiers qui ne concorde pas (la nuit)'),
  ('FACTURE_MOUVEMENT_CORRIGE', 'CRITICAL', null, 'une réception corrigée après la validation de sa facture'),
  ('PASSAGE_ABSENT', 'CRITICAL', 26, 'le contrôle de la nuit qui n''a pas tourné (heures)'),
  ('CITERNE_SOUS_SECURITE', 'WARN', null, 'une citerne sous sa capacité de sécurité'),
  ('CITERNE_INACTIVE_AVEC_STOCK', 'WARN', null, 'une citerne inactive qui contient du carburant'),
  ('CDR_ARRIVE_STALE', 'WARN', 2, 'un camion arrivé et pas déchargé (jours)'),
  ('RECEPTION_ECART_15C', 'WARN', 5, 'une réception dont les deux volumes s''écartent (%, 3 au moins)'),
  ('SORTIE_ECART_15C', 'WARN', 5, 'une sortie dont les deux volumes s''écartent (%, 3 au moins)'),
  ('SORTIE_BROUILLON_ANCIEN', 'WARN', 24, 'un brouillon de sortie qui attend (heures)'),
  ('ECART_ANCIEN', 'WARN', 7, 'un écart qui n''est pas traité (jours)'),
  ('LOT_FACTURE_SANS_FACTURE', 'WARN', null, 'un lot marqué facturé sans facture')
on conflict (code) do update set dit = excluded.dit where c.dit is distinct from excluded.dit;
