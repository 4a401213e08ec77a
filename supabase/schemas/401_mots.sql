-- What reports call what the tables name by a code.

create function private.mot(p_code text) returns text
language sql immutable parallel safe
set search_path = pg_catalog, pg_temp
return case p_code
  -- Whose fuel, and what moves it.
  when 'MONALUXE' then 'Monaluxe' when 'PARTENAIRE' then 'Partenaire'
  when 'RECEPTION' then 'Réception' when 'SORTIE' then 'Sortie' when 'TRANSFERT' then 'Transfert'
  when 'TRANSFERT_DEPOT' then 'Transfert entre dépôts' when 'CESSION' then 'Cession' when 'AJUSTEMENT' then 'Ajustement'
  when 'STOCK_INITIAL' then 'Stock initial' when 'DILATATION' then 'Dilatation'
  when 'REGULARISATION' then 'Régularisation' when 'ATTRIBUTION' then 'Attribution' when 'REPORT' then 'Report'
  -- Dips, tanks, trucks.
  when 'OUVERTURE' then 'Ouverture' when 'FERMETURE' then 'Fermeture' when 'AVANT' then 'Avant opération'
  when 'APRES' then 'Après opération' when 'INVENTAIRE' then 'Inventaire'
  when 'AU_DESSUS' then 'Au-dessus' when 'AU_DESSOUS' then 'Au-dessous' when 'CRITIQUE' then 'Critique'
  when 'CHARGEMENT' then 'Au chargement' when 'TRANSIT' then 'En route' when 'FRONTIERE' then 'À la frontière'
  when 'ARRIVE' then 'Arrivé' when 'DECHARGE' then 'Déchargé' when 'ANNULE' then 'Annulé'
  -- Alerts.
  when 'OPEN' then 'Ouverte' when 'REOPEN' then 'Ouverte' when 'ACK' then 'Prise en compte'
  -- Money: how it is paid, what it is written as.
  when 'CASH' then 'Espèces' when 'VIREMENT' then 'Virement' when 'MOBILE_MONEY' then 'Mobile money'
  when 'CHEQUE' then 'Chèque' when 'STRIPE' then 'Carte'
  when 'FACTURE' then 'Facture' when 'AVOIR' then 'Avoir' when 'PAIEMENT' then 'Paiement'
  when 'REMBOURSEMENT' then 'Remboursement' when 'AVANCE' then 'Avance' when 'DECOMPTE' then 'Décompte'
  when 'ARRONDI' then 'Arrondi' when 'CONTREPASSATION' then 'Contrepassation'
  when 'CARBURANT' then 'Carburant' when 'SERVICE' then 'Service' when 'TAXE' then 'Taxe'
  -- Units.
  when 'L15' then 'L à 15 °C' when 'L20' then 'L à 20 °C' when 'TM_AIR' then 't (air)' when 'AMB' then 'L ambiants'
  when 'UNITE' then 'unité' when 'KGM3' then 'kg/m³' when 'JOUR' then 'jours'
  -- Gaps.
  when 'FOURNISSEUR' then 'Fournisseur' when 'CLIENT' then 'Client' when 'TRANSPORTEUR' then 'Transporteur'
  when 'DEPOT' then 'Dépôt' when 'QUANTITE' then 'Quantité' when 'QUALITE' then 'Qualité'
  when 'LOGISTIQUE' then 'Logistique' when 'PRIX' then 'Prix' when 'AUTRE' then 'Autre'
  when 'PROFORMA' then 'Proforma' when 'LOT' then 'Lot' when 'CDR' then 'Camion' when 'ANALYSE' then 'Analyse'
  when 'LIVRAISON' then 'Livraison' when 'MISSION' then 'Mission'
  when 'OUVERT' then 'Ouvert' when 'EN_REVUE' then 'En revue' when 'TRAITE' then 'Traité' when 'LITIGE' then 'Litige'
  when 'PERTE_TRANSPORT' then 'Perte au transport' when 'ERREUR_SAISIE' then 'Erreur de saisie'
  when 'DIFFERENCE_TEMPERATURE_DENSITE' then 'Température ou densité'
  when 'MANQUANT_FOURNISSEUR' then 'Manquant du fournisseur' when 'LIVRAISON_PARTIELLE' then 'Livraison partielle'
  when 'ACCEPTE_AVEC_NOTE' then 'Accepté avec note' when 'AJUSTEMENT_REQUIS' then 'Ajustement requis'
  when 'ANNULER' then 'Annulé'
  else p_code end;
comment on function private.mot(text) is
  'A code of the tables in the words that reports say it by; one that has none (USD, A) as it is.';
revoke execute on function private.mot(text) from public;
grant execute on function private.mot(text) to authenticated;
