-- The feature flags there are. Whether each is on, and for whom, is the environment's own.

insert into public.feature_flags as f (key, description) values
  ('astm_53b', 'Volumes à 15 °C calculés par la norme API MPMS 11.1 (tables 53B/54B) au lieu du calcul historique.'),
  ('sortie_directe_compat',
    'Une sortie insérée avec le statut « validee » suit le chemin de validation au lieu d''être refusée.'),
  ('mfa_admin',
    'Les actes d''administrateur demandent le second facteur (ajustement, compensation, stock initial, options, '
    'profils).'),
  ('quatre_yeux_finance',
    'Une facture, un avoir ou un écart chiffré est validé par quelqu''un d''autre que son auteur.'),
  ('credit_client_blocant',
    'Une sortie qui ferait dépasser à son client son plafond de crédit est refusée avant de toucher la citerne.'),
  ('comptes_partenaires',
    'Un partenaire ne sort pas plus de carburant que son propre compte n''en a ; sans l''option, une alerte le dit.'),
  ('citerne_logique_notes',
    'Ce qui entre dans une citerne logique (dépôt ami) ou en sort porte une note : quel camion, quel bon.'),
  ('paiement_en_ligne',
    'Une facture en USD peut être payée en ligne par son client, par le prestataire réglé (simulé sans internet).'),
  ('cloture_mensuelle', 'Un jour ou un mois clos ne prend plus aucun mouvement, ni les jours qui le précèdent.'),
  ('facture_lot_directe_compat',
    'Une facture insérée par l''application est calculée et validée dans le même acte, au lieu de rester un brouillon.')
on conflict (key) do update set description = excluded.description
  where f.description is distinct from excluded.description;
