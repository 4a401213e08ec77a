-- Who brings, keeps and purges documents; what is looked at; what may be wanted of an invoice.

insert into private.capacites as c (capacite, roles, second_facteur, dit, habilitations) values
  ('deposer_documents', '{admin,directeur,gerant,operateur}', false,
    'envoyer un document et le rattacher à ce que l''on peut écrire', '{finance,caisse}'),
  ('tenir_documents', '{admin}', false, 'voir et rattacher les documents qui ne le sont à rien', '{}'),
  ('geler_documents', '{admin,directeur}', false, 'mettre un document sous gel juridique, ou l''en sortir', '{}'),
  ('purger_documents', '{admin}', true, 'effacer les octets d''un document dont la conservation est échue', '{}')
on conflict (capacite) do update
   set (roles, second_facteur, dit, habilitations)
       = (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations)
 where (c.roles, c.second_facteur, c.dit, c.habilitations)
       is distinct from (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations);

insert into private.controles as c (code, severity, seuil, source, rythme, dit) values
  ('DOCUMENT_INFECTE', 'CRITICAL', null, 'controles_documents', 'MINUTE', 'un document qui porte un virus'),
  ('DOCUMENT_NON_ANALYSE', 'WARN', 1, 'controles_documents', 'MINUTE',
    'un document qui attend son analyse (heures)')
on conflict (code) do update set (dit, source, rythme) = (excluded.dit, excluded.source, excluded.rythme)
 where (c.dit, c.source, c.rythme) is distinct from (excluded.dit, excluded.source, excluded.rythme);

insert into public.feature_flags as f (key, description) values
  ('pieces_requises',
    'La facture d''un fournisseur se valide avec son document et un certificat de laboratoire, ou une note.')
on conflict (key) do update set description = excluded.description
  where f.description is distinct from excluded.description;

-- A page of documents is light; their bytes are not.
insert into private.limites (route, par_minute) values ('GET documents/:id/contenu', 120)
on conflict (route) do nothing;
