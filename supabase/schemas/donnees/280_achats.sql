-- The purchase's contract: who may do what, its refusals, and what products say of it.

insert into private.capacites as c (capacite, roles, second_facteur, dit, habilitations) values
  ('ecrire_contrats', '{admin,directeur,gerant}', false,
    'écrire, activer, clôturer et annuler une proforma, y rattacher un lot', '{finance}'),
  ('ecrire_sblc', '{admin,directeur}', false, 'enregistrer, prolonger et suspendre une SBLC', '{finance}'),
  ('annuler_sblc', '{admin}', false, 'annuler une SBLC', '{}'),
  ('ecrire_frais_lot', '{admin,directeur,gerant}', false, 'saisir et annuler les frais d''un lot', '{finance}'),
  ('ecrire_analyses', '{admin,directeur,gerant,operateur}', false, 'enregistrer une analyse de laboratoire', '{}'),
  ('regler_specifications', '{admin,directeur}', false, 'régler les spécifications d''un produit', '{}'),
  ('rattacher_cdr_decharge', '{admin}', false, 'rattacher à un lot un camion déjà déchargé', '{}')
on conflict (capacite) do update
   set (roles, second_facteur, dit, habilitations)
       = (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations)
 where (c.roles, c.second_facteur, c.dit, c.habilitations)
       is distinct from (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations);

insert into private.refus as r (code, statut_http, phrase, sens, conduite) values
  ('SBLC_EXISTANTE', 409, 'Cette banque a déjà une SBLC « {reference} ».',
    'Une référence de SBLC ne sert qu''une fois par banque.',
    'Reprendre la SBLC existante, ou corriger la référence.'),
  ('SBLC_ETAT', 409, 'Cette SBLC est au statut {statut} : cette action n''est pas possible.',
    'Une SBLC est active ou suspendue, puis annulée ; annulée, elle ne change plus (detail : statut).',
    'Relire la SBLC ; une nouvelle garantie est une nouvelle SBLC.'),
  ('PROFORMA_EXISTANTE', 409, 'Ce fournisseur a déjà une proforma « {reference} ».',
    'Une référence de proforma ne sert qu''une fois par fournisseur.',
    'Reprendre la proforma existante, ou l''annuler si aucun camion ne l''a rejointe.'),
  ('PROFORMA_ETAT', 409, 'La proforma est au statut {statut} : cette action n''est pas possible.',
    'L''acte demandé n''est pas du pas où en est la proforma ; les camions ne rejoignent qu''une proforma active ou en '
    'exécution, avant la fin de sa validité (detail : statut).',
    'Activer la proforma, ou choisir un lot d''une autre.'),
  ('PROFORMA_CAMIONS_EN_ROUTE', 409,
    'Des camions de cette proforma ne sont pas déchargés ({combien}) : recevez-les ou annulez-les avant de la '
    'clôturer.',
    'Une proforma se clôture quand tous ses camions sont reçus, annulés, ou excusés par un écart traité (detail : '
    'camions).',
    'Recevoir ou annuler ces camions.'),
  ('CHARGEMENT_FIGE', 409, 'Le bordereau du camion {plaque_camion} ne change plus.',
    'Le camion est annulé, ou la facture de son lot est validée.',
    'Aucune : la différence se règle par un avoir du fournisseur.'),
  ('SPECIFICATION_INVALIDE', 422, 'Le minimum ({minimum}) dépasse le maximum ({maximum}).',
    'Un paramètre est spécifié par un minimum, un maximum, ou les deux dans l''ordre.',
    'Corriger les bornes.'),
  ('TAUX_REQUIS', 422, 'Indiquez le taux : combien de CDF pour un USD.',
    'Des frais en CDF sont comptés en USD par le taux de leur document.',
    'Saisir le taux qui figure sur le document.'),
  ('FRAIS_ANNULE', 409, 'Ces frais sont déjà annulés.',
    'Des frais s''annulent une fois.',
    'Aucune : c''est déjà fait.'),
  ('ECART_DECISION_REQUISE', 422, 'Indiquez la cause de l''écart et la décision prise.',
    'Un écart se traite par une cause et une décision (ACCEPTE_AVEC_NOTE, AJUSTEMENT_REQUIS, LITIGE ou ANNULER).',
    'Choisir la cause et la décision.')
on conflict (code) do update
   set (statut_http, phrase, sens, conduite)
       = (excluded.statut_http, excluded.phrase, excluded.sens, excluded.conduite)
 where (r.statut_http, r.phrase, r.sens, r.conduite)
       is distinct from (excluded.statut_http, excluded.phrase, excluded.sens, excluded.conduite);

-- Products of before this column.
update public.produits set franchise_pour_mille = case code when 'ESS' then 5 else 3 end
 where franchise_pour_mille is null;
