-- The counter sale: fuel, delivery note, invoice, payment and receipt in one act, or nothing.

create function private.paiement_comptant(p_facture public.factures_client, p_paiement jsonb)
  returns public.encaissements
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_enc public.encaissements;
  v_taux numeric := 1;
begin
  if p_paiement <> '{}' then
    v_enc := jsonb_populate_record(v_enc,
      private.seulement(p_paiement, '{mode,operateur_mobile,devise,montant_remis,reference}'));
  end if;
  v_enc.mode := coalesce(v_enc.mode, 'CASH');
  v_enc.devise := coalesce(v_enc.devise, p_facture.devise);
  v_enc.devise_compte := p_facture.devise;
  if v_enc.devise <> p_facture.devise then
    v_taux := private.taux_du_jour('USD', p_facture.date_facture);
  end if;
  v_enc.montant := private.en_devise(p_facture.total_ttc, p_facture.devise, v_enc.devise, v_taux);
  if v_enc.montant_remis < v_enc.montant then
    perform private.refuser('COMPTANT_INSUFFISANT', jsonb_build_object('montant', v_enc.montant,
      'montant_remis', v_enc.montant_remis, 'devise', v_enc.devise));
  end if;
  -- What the provider received is said by its events, and by nobody else.
  if v_enc.mode = 'STRIPE' then
    perform private.refuser('ENCAISSEMENT_EN_LIGNE');
  end if;
  v_enc.depot_id := p_facture.depot_id;
  v_enc.client_id := p_facture.client_id;
  v_enc.vendeur_fige := p_facture.vendeur_fige;
  return v_enc;
end;
$$;
comment on function private.paiement_comptant(public.factures_client, jsonb) is
  'The payment of an invoice in full, now, in the currency that is handed over. Raises COMPTANT_INSUFFISANT, '
  'ENCAISSEMENT_EN_LIGNE, FORME_INATTENDUE, TAUX_ABSENT, and 22xxx.';

create function private.facturer_comptant(
  p_sortie public.sorties_produit, p_bon public.bons_livraison, p_client public.clients,
  p_conditions public.clients_conditions, p_depot public.depots, p_produit public.produits, p_jour date
) returns public.factures_client
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facture public.factures_client := private.nouvelle_facture(p_sortie.depot_id, p_sortie.client_id,
    p_conditions.devise);
  v_ligne public.factures_client_lignes;
  v_taxes public.factures_client_taxes[];
begin
  -- What has just left the tank nobody has corrected nor sold yet, and no order has it.
  v_ligne := private.ligne_de(row(p_sortie.id, p_bon.id, p_sortie.client_id, p_sortie.depot_id, p_sortie.produit_id,
    p_produit.nom, p_produit.tva_groupe, p_sortie.date_jour, p_sortie.plaque_camion, p_bon.volume_livre_ambiant,
    p_bon.volume_livre_15c, null, null, null, null, null)::private.vendable, p_conditions, p_jour, 1);
  v_ligne.id := private.nouvel_id();
  v_ligne.facture_id := v_facture.id;
  v_ligne.depot_id := v_facture.depot_id;
  insert into public.factures_client_lignes select v_ligne.*;
  v_facture := private.dater_facture(v_facture, p_client, p_conditions.delai_jours, p_jour);
  v_facture.vendeur_fige := p_bon.dit -> 'vendeur';
  v_taxes := private.taxes_de(v_facture, array[v_ligne]);
  v_facture := private.taxer(v_facture, v_taxes);
  insert into private.facturations_sortie (sortie_id, facture_id, ajuste_15c) values (p_sortie.id, v_facture.id, 0);
  return private.numeroter_facture(v_facture, array[v_ligne], v_taxes, true, p_depot.code);
end;
$$;
comment on function private.facturer_comptant(public.sorties_produit, public.bons_livraison, public.clients,
  public.clients_conditions, public.depots, public.produits, date) is
  'The invoice of a sortie just validated and of its note, written as issued, under the mutex of its client''s account. '
  'Raises TARIF_ABSENT, TVA_NON_FIXEE, CLIENT_INCOMPLET, TAUX_ABSENT, FACTURE_VIDE, DEPOT_SANS_CODE, '
  'HORLOGE_RECULEE, ISOLATION_INTERDITE, ECRITURES_GELEES, and 23xxx.';

create function private.payer_comptant(
  p_encaissement public.encaissements, p_facture public.factures_client, p_dette_id uuid, p_code text
) returns public.encaissements
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_enc public.encaissements := private.completer_encaissement(p_encaissement);
  v_fait text;
begin
  if v_enc.reference is not null then
    v_fait := private.exiger_reference_neuve(v_enc);
  end if;
  -- In full, to the cent of the account, whatever it is in the currency that was handed over.
  v_enc.montant_compte := p_facture.total_ttc;
  v_enc.confirme_par := v_enc.created_by;
  v_enc.client_fige := jsonb_build_object('nom', p_facture.client_fige -> 'nom',
    'adresse', p_facture.client_fige -> 'adresse', 'nif', p_facture.client_fige -> 'nif');
  v_enc.lettre := jsonb_build_array(private.dire_lettre(p_facture.id, p_facture.numero, p_facture.total_ttc, 0.00));
  v_enc.numero_recu := private.prendre_numero(v_enc.depot_id, 'REC', extract(year from v_enc.jour_caisse)::int,
    v_enc.id, p_code);
  v_fait := private.ecrire_lettrage(p_dette_id, private.ecriture_paiement(v_enc), p_facture.total_ttc);
  insert into public.encaissements select v_enc.*;
  return v_enc;
end;
$$;
comment on function private.payer_comptant(public.encaissements, public.factures_client, uuid, text) is
  'The payment of an invoice that this transaction has just issued: its receipt, its entry, which settles the '
  'invoice''s. Raises REFERENCE_REQUISE, OPERATEUR_REQUIS, REFERENCE_DEJA_UTILISEE, CAISSE_CLOTUREE, DEPOT_SANS_CODE, '
  'TAUX_ABSENT, ISOLATION_INTERDITE, ECRITURES_GELEES, and 23xxx.';

create function private.tracer_comptant(
  p_bon public.bons_livraison, p_facture public.factures_client, p_encaissement public.encaissements
) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_bon constant jsonb := to_jsonb(p_bon);
  v_encaissement constant jsonb := private.details_encaissement(p_encaissement);
  v_trace text;
begin
  v_trace := private.journaliser(
    '{BL_CREE,BL_CONFIRME,FACTURE_CLIENT_EMISE,ENCAISSEMENT_ENREGISTRE,ENCAISSEMENT_CONFIRME}'::text[], 'ventes',
    'INFO', null, p_bon.depot_id, p_user_id => p_encaissement.created_by,
    p_cibles => array[p_bon.id, p_bon.id, p_facture.id, p_encaissement.id, p_encaissement.id],
    p_leurs_details => array[v_bon, v_bon, private.details_facture(p_facture), v_encaissement, v_encaissement]);
end;
$$;
comment on function private.tracer_comptant(public.bons_livraison, public.factures_client, public.encaissements) is
  'The lines of a counter sale, its sortie''s apart: note, invoice and payment, as each by itself would have them.';

create function public.vendre_comptant(p_vente jsonb) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_sortie public.sorties_produit;
  v_bon public.bons_livraison;
  v_facture public.factures_client;
  v_enc public.encaissements;
  v_client public.clients;
  v_conditions public.clients_conditions;
  v_depot public.depots;
  v_produit public.produits;
  v_client_id constant uuid := (p_vente -> 'sortie' ->> 'client_id')::uuid;
  v_acteur private.acteur;
  v_jour date;
  v_dette_id uuid;
  v_fait text;
begin
  v_acteur := private.exiger_toutes('{facturer,livrer,encaisser}');
  if v_client_id is null then
    perform private.refuser('BENEFICIAIRE_REQUIRED');
  end if;
  if coalesce(p_vente -> 'sortie' ->> 'proprietaire_type', 'MONALUXE') <> 'MONALUXE' then
    perform private.refuser('SORTIE_NON_FACTURABLE', jsonb_build_object('raison', 'PARTENAIRE'));
  end if;
  -- The account before the tank, as whoever validates on credit takes them.
  v_fait := private.verrouiller_tiers('CLIENT', v_client_id);
  v_sortie := private.creer_et_valider(p_vente -> 'sortie', true);
  -- What the papers say of who sells what to whom, and when, is read once.
  select * into strict v_client from public.clients c where c.id = v_client_id;
  select * into strict v_depot from public.depots d where d.id = v_sortie.depot_id;
  select * into strict v_produit from public.produits p where p.id = v_sortie.produit_id;
  v_conditions := private.conditions_de(v_client_id);
  v_jour := private.jour_local(v_depot.fuseau, now());
  if v_conditions.suspendu then
    if private.flag_actif('credit_client_blocant', v_sortie.depot_id) then
      v_fait := private.exiger_non_suspendu(v_conditions, v_sortie);
    end if;
  end if;

  v_bon := private.nouveau_bon(v_sortie, coalesce(p_vente -> 'bon_livraison', '{}'));
  -- That of the sortie has just been asked, and nobody closes it before its tank is let go.
  if v_bon.date_livraison <> v_sortie.date_jour then
    v_fait := private.exiger_jour_ouvert(v_bon.depot_id, v_bon.date_livraison);
  end if;
  v_bon := private.numeroter_bon(v_bon, private.dire_bon(v_sortie, private.vendeur(v_sortie.depot_id), v_produit.nom,
    private.client_du_bon(v_client)), extract(year from v_jour)::int, v_depot.code);
  v_fait := private.ecrire_bon(v_bon);
  -- Nothing corrects what has just left the tank: it is all there is to compare.
  if v_bon.volume_livre_15c <> v_sortie.volume_15c then
    perform private.signaler_livraison(v_bon, v_sortie);
  end if;

  v_facture := private.facturer_comptant(v_sortie, v_bon, v_client, v_conditions, v_depot, v_produit, v_jour);
  v_dette_id := private.porter_facture(v_facture);

  v_enc := private.paiement_comptant(v_facture, coalesce(p_vente -> 'paiement', '{}'));
  v_enc.created_by := v_acteur.user_id;
  v_enc.jour_caisse := v_jour;
  if v_jour <> v_sortie.date_jour then
    v_fait := private.exiger_jour_ouvert(v_enc.depot_id, v_jour);
  end if;
  v_enc := private.payer_comptant(v_enc, v_facture, v_dette_id, v_depot.code);

  v_fait := private.tracer_comptant(v_bon, v_facture, v_enc);
  return jsonb_build_object('sortie_id', v_sortie.id, 'bon_livraison_id', v_bon.id, 'facture_id', v_facture.id,
    'encaissement_id', v_enc.id);
end;
$$;
comment on function public.vendre_comptant(jsonb) is
  'A sale at the counter: {sortie: as creer_et_valider_sortie takes it, bon_livraison: {destinataire, lieu, recu_par}, '
  'paiement: {mode, operateur_mobile, devise, montant_remis, reference}}. Makes and validates the sortie, confirms its '
  'note, issues its invoice, records its payment in full. Gives their ids. Raises ROLE_FORBIDDEN, '
  'SECOND_FACTEUR_REQUIS, FORME_INATTENDUE, INVALID_ID_OR_STATE, BENEFICIAIRE_REQUIRED, '
  'CITERNE_INACTIVE_OR_INCOMPATIBLE, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, '
  'INSUFFICIENT_STOCK, SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, SORTIE_CAPACITE_SECURITE, STOCK_FUTUR_NEGATIF, '
  'REFERENTIEL_INACTIF, PARTENAIRE_REQUIS, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, '
  'VOLUME_15C_INCOHERENT, MESURES_INCOHERENTES, VOLUME_TROP_PETIT, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, '
  'ECRITURE_INTERDITE, CHAMP_INCONNU, DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, PLAQUE_INVALIDE, DATE_FUTURE, ENV_INTERDIT, '
  'ECRITURES_GELEES, DENSITE_HORS_PRODUIT, DEPOT_SANS_CODE, TVA_NON_FIXEE, TAUX_ABSENT, TARIF_ABSENT, '
  'SORTIE_NON_FACTURABLE, FACTURE_VIDE, CLIENT_INCOMPLET, HORLOGE_RECULEE, ENCAISSEMENT_ETAT, ENCAISSEMENT_EN_LIGNE, '
  'REFERENCE_REQUISE, OPERATEUR_REQUIS, REFERENCE_DEJA_UTILISEE, CAISSE_CLOTUREE, COMMANDE_ETAT, COMMANDE_DEVISE, '
  'COMMANDE_INCOMPATIBLE, COMMANDE_EXPIREE, COMMANDE_DEPASSEE, CREDIT_DEPASSE, CLIENT_SUSPENDU, COMPTANT_INSUFFISANT, '
  'COMPTEUR_INCONNU, COMPTEUR_CHEVAUCHEMENT, NOTE_REQUISE, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, '
  'MOUVEMENT_AVANT_STOCK_INITIAL.';
revoke execute on function public.vendre_comptant(jsonb) from public, anon;
grant execute on function public.vendre_comptant(jsonb) to authenticated;
