-- What is looked at so that a lost machine costs minutes and not a day.

insert into private.controles as c (code, severity, seuil, source, rythme, dit) values
  ('ARCHIVAGE_ARRETE', 'CRITICAL', 10, 'controles_continuite', 'MINUTE',
    'un WAL qui n''est pas archivé, en PROD ou là où il l''était (minutes)'),
  ('SAUVEGARDE_PHYSIQUE_ANCIENNE', 'CRITICAL', 26, 'controles_continuite', 'MINUTE',
    'une base sans sauvegarde physique récente (heures)'),
  ('EXERCICE_ANCIEN', 'WARN', 92, 'controles_continuite', 'MINUTE',
    'une restauration que personne n''a essayée récemment (jours)')
on conflict (code) do update set (dit, source, rythme) = (excluded.dit, excluded.source, excluded.rythme)
 where (c.dit, c.source, c.rythme) is distinct from (excluded.dit, excluded.source, excluded.rythme);
