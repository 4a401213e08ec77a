-- The counter sale: fuel, delivery note, invoice, payment and receipt in one act, or nothing.

create function private.paiement_comptant(p_facture public.factures_client, p_paiement jsonb) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_devise constant text := coalesce(p_paiement ->> 'devise', p_facture.devise);
  v_montant numeric;
begin
  v_montant := private.en_devise(p_facture.total_ttc, p_facture.devise, v_devise,
    case when v_devise = p_facture.devise then 1 else private.taux_du_jour('USD', p_facture.date_facture) end);
  if (p_paiement ->> 'montant_remis')::numeric < v_montant then
    perform private.refuser('COMPTANT_INSUFFISANT', jsonb_build_object('montant', v_montant,
      'montant_remis', (p_paiement ->> 'montant_remis')::numeric, 'devise', v_devise));
  end if;
  return jsonb_build_object('mode', 'CASH') || p_paiement || jsonb_build_object('depot_id', p_facture.depot_id,
    'client_id', p_facture.client_id, 'devise', v_devise, 'montant', v_montant, 'devise_compte', p_facture.devise,
    'statut', 'CONFIRME', 'recu_le', null);
end;
$$;
comment on function private.paiement_comptant(public.factures_client, jsonb) is
  'The payment of an invoice in full, now, in the currency that is handed over. Raises COMPTANT_INSUFFISANT, '
  'TAUX_ABSENT, and 22xxx.';

create function public.vendre_comptant(p_vente jsonb) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_sortie public.sorties_produit;
  v_bon public.bons_livraison;
  v_facture public.factures_client;
  v_enc public.encaissements;
  v_client_id constant uuid := (p_vente -> 'sortie' ->> 'client_id')::uuid;
  v_acteur private.acteur;
  v_fait text;
begin
  v_acteur := private.exiger('facturer');
  v_acteur := private.exiger('livrer');
  v_acteur := private.exiger('encaisser');
  v_fait := private.exiger_read_committed();
  if v_client_id is null then
    perform private.refuser('BENEFICIAIRE_REQUIRED');
  end if;
  if coalesce(p_vente -> 'sortie' ->> 'proprietaire_type', 'MONALUXE') <> 'MONALUXE' then
    perform private.refuser('SORTIE_NON_FACTURABLE', jsonb_build_object('raison', 'PARTENAIRE'));
  end if;
  -- The account before the tank, as whoever validates on credit takes them.
  v_fait := private.verrouiller_tiers('CLIENT', v_client_id);
  v_sortie := private.creer_et_valider(p_vente -> 'sortie', true);
  if private.flag_actif('credit_client_blocant', v_sortie.depot_id) then
    perform private.exiger_non_suspendu(private.conditions_de(v_client_id), v_sortie);
  end if;

  v_bon := private.numeroter_bon(private.nouveau_bon(v_sortie, coalesce(p_vente -> 'bon_livraison', '{}')));
  v_fait := private.ecrire_bon(v_bon);
  -- Nothing corrects what has just left the tank: it is all there is to compare.
  if v_bon.volume_livre_15c <> v_sortie.volume_15c then
    perform private.signaler_livraison(v_bon, v_sortie);
  end if;
  v_fait := private.journaliser('{BL_CREE,BL_CONFIRME}'::text[], 'ventes', 'INFO', v_bon.id, v_bon.depot_id,
    to_jsonb(v_bon));

  v_facture := private.nouvelle_facture(v_sortie.depot_id, v_client_id, array[v_sortie.id], '[]');
  v_facture.vendeur_fige := v_bon.dit -> 'vendeur';
  v_facture := private.emettre(v_facture, true);

  v_enc := private.nouvel_encaissement(v_acteur,
    private.paiement_comptant(v_facture, coalesce(p_vente -> 'paiement', '{}')));
  v_enc.montant_compte := v_facture.total_ttc;
  v_enc.vendeur_fige := v_facture.vendeur_fige;
  v_enc := private.ecrire_encaissement(v_enc,
    jsonb_build_array(jsonb_build_object('facture_id', v_facture.id)));
  return jsonb_build_object('sortie_id', v_sortie.id, 'bon_livraison_id', v_bon.id, 'facture_id', v_facture.id,
    'encaissement_id', v_enc.id);
end;
$$;
comment on function public.vendre_comptant(jsonb) is
  'A sale at the counter: {sortie: as creer_et_valider_sortie takes it, bon_livraison: {destinataire, lieu, '
  'recu_par}, paiement: {mode, operateur_mobile, devise, montant_remis, reference}}. Makes and validates the '
  'sortie, confirms its note, issues its invoice, records its payment in full. Gives their ids. Raises '
  'ROLE_FORBIDDEN, FORME_INATTENDUE, INVALID_ID_OR_STATE, BENEFICIAIRE_REQUIRED, CITERNE_INACTIVE_OR_INCOMPATIBLE, '
  'INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, INSUFFICIENT_STOCK, SNAPSHOT_VIDE, '
  'SORTIE_STOCK_INTROUVABLE, SORTIE_CAPACITE_SECURITE, STOCK_FUTUR_NEGATIF, REFERENTIEL_INACTIF, '
  'PARTENAIRE_REQUIS, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, '
  'VOLUME_15C_INCOHERENT, MESURES_INCOHERENTES, VOLUME_TROP_PETIT, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, '
  'ECRITURE_INTERDITE, CHAMP_INCONNU, DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, PLAQUE_INVALIDE, DATE_FUTURE, INTROUVABLE, '
  'ENV_INTERDIT, ECRITURES_GELEES, '
  'DENSITE_HORS_PRODUIT, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, TVA_NON_FIXEE, TAUX_ABSENT, '
  'TARIF_ABSENT, SORTIE_NON_FACTURABLE, FACTURE_VIDE, CLIENT_INCOMPLET, HORLOGE_RECULEE, '
  'ENCAISSEMENT_ETAT, ENCAISSEMENT_EN_LIGNE, REFERENCE_REQUISE, OPERATEUR_REQUIS, REFERENCE_DEJA_UTILISEE, '
  'CAISSE_CLOTUREE, COMMANDE_ETAT, COMMANDE_DEVISE, COMMANDE_INCOMPATIBLE, COMMANDE_EXPIREE, COMMANDE_DEPASSEE, '
  'CREDIT_DEPASSE, CLIENT_SUSPENDU, COMPTANT_INSUFFISANT, COMPTEUR_INCONNU, '
  'COMPTEUR_CHEVAUCHEMENT, NOTE_REQUISE, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, '
  'MOUVEMENT_AVANT_STOCK_INITIAL.';
revoke execute on function public.vendre_comptant(jsonb) from public, anon;
grant execute on function public.vendre_comptant(jsonb) to authenticated;
