-- When nobody takes an alert on (the runbook's delays), and who is told of a critical one where nobody said otherwise.

insert into private.escalades (severity, niveau, apres, roles) values
  ('CRITICAL', 1, interval '1 hour', '{directeur}'),
  ('CRITICAL', 2, interval '4 hours', '{pca,admin}'),
  ('WARN', 1, interval '48 hours', '{directeur}')
on conflict do nothing;

insert into private.capacites as c (capacite, roles, second_facteur, dit, habilitations) values
  ('tenir_notifications', '{admin}', true,
    'dire qui est prévenu des alertes, régler les contrôles, lire et relancer les envois', '{}')
on conflict (capacite) do update
   set (roles, second_facteur, dit, habilitations)
       = (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations)
 where (c.roles, c.second_facteur, c.dit, c.habilitations)
       is distinct from (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations);

insert into private.controles as c (code, severity, seuil, source, rythme, dit) values
  ('ENVOI_MORT', 'WARN', null, 'controles_envois', 'MINUTE', 'un message qui n''est pas arrivé'),
  ('ENVOIS_EN_RETARD', 'CRITICAL', 10, 'controles_envois', 'MINUTE', 'des messages que personne n''envoie (minutes)')
on conflict (code) do update set (dit, source, rythme) = (excluded.dit, excluded.source, excluded.rythme)
 where (c.dit, c.source, c.rythme) is distinct from (excluded.dit, excluded.source, excluded.rythme);

-- Only where there is no rule yet: an administrator's own stand.
insert into public.notifications_regles (canal, severity_min, roles, env)
select 'EMAIL', r.severity_min, r.roles, null
  from (values ('CRITICAL', '{admin}'::text[]), ('WARN', '{directeur}')) r (severity_min, roles)
 where not exists (select from public.notifications_regles);
