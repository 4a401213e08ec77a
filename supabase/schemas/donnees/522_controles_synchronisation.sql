-- What is looked at of acts done without a line.

insert into private.controles as c (code, severity, seuil, source, rythme, dit) values
  ('ACTES_EN_SUSPENS', 'WARN', 12, 'controles_synchronisation', 'NUIT',
    'des actes faits sans ligne, arrivés et toujours pas faits (heures)')
on conflict (code) do update set (dit, source, rythme) = (excluded.dit, excluded.source, excluded.rythme)
 where (c.dit, c.source, c.rythme) is distinct from (excluded.dit, excluded.source, excluded.rythme);
