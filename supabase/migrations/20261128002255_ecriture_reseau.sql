-- 20261128002255_ecriture_reseau: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261128002255_ecriture_reseau');

DROP POLICY "receptions_creation" ON "public"."receptions";

DROP POLICY "sorties_produit_creation" ON "public"."sorties_produit";

DROP TRIGGER "cours_de_route_camions_insert" ON "public"."cours_de_route";

DROP TRIGGER "cours_de_route_camions_update" ON "public"."cours_de_route";

DROP TRIGGER "log_actions_dater" ON "public"."log_actions";

DROP TRIGGER "a_lignes_bornees" ON "public"."sorties_produit";

DROP TRIGGER "sorties_produit_after_statement" ON "public"."sorties_produit";

DROP TRIGGER "sorties_produit_gel" ON "public"."sorties_produit";

DROP TRIGGER "system_alerts_after_write" ON "public"."system_alerts";

DROP INDEX "private"."idempotence_created_at_idx";

DROP VIEW "public"."v_marge_ventes";

DROP VIEW "public"."v_receptions";

DROP VIEW "public"."v_sorties_a_facturer";

DROP VIEW "public"."v_sorties";

ALTER TABLE "private"."actes_differes" DROP CONSTRAINT "actes_differes_pkey";

ALTER TABLE "public"."abonnements_rapports" DROP CONSTRAINT "abonnements_rapports_arrete_motif_check2000";

ALTER TABLE "public"."abonnements_rapports" DROP CONSTRAINT "abonnements_rapports_arrete_motif_lisible";

ALTER TABLE "public"."abonnements_rapports" DROP CONSTRAINT "abonnements_rapports_nom_check2000";

ALTER TABLE "public"."abonnements_rapports" DROP CONSTRAINT "abonnements_rapports_nom_lisible";

ALTER TABLE "public"."alertes_evenements" DROP CONSTRAINT "alertes_evenements_note_check2000";

ALTER TABLE "public"."alertes_evenements" DROP CONSTRAINT "alertes_evenements_note_lisible";

ALTER TABLE "public"."analyses" DROP CONSTRAINT "analyses_laboratoire_check2000";

ALTER TABLE "public"."analyses" DROP CONSTRAINT "analyses_laboratoire_lisible";

ALTER TABLE "public"."analyses" DROP CONSTRAINT "analyses_methode_check2000";

ALTER TABLE "public"."analyses" DROP CONSTRAINT "analyses_methode_lisible";

ALTER TABLE "public"."analyses" DROP CONSTRAINT "analyses_note_check2000";

ALTER TABLE "public"."analyses" DROP CONSTRAINT "analyses_note_lisible";

ALTER TABLE "public"."analyses" DROP CONSTRAINT "analyses_parametre_check2000";

ALTER TABLE "public"."analyses" DROP CONSTRAINT "analyses_parametre_lisible";

ALTER TABLE "public"."app_settings" DROP CONSTRAINT "app_settings_key_check2000";

ALTER TABLE "public"."app_settings" DROP CONSTRAINT "app_settings_key_lisible";

ALTER TABLE "public"."app_settings" DROP CONSTRAINT "app_settings_value_check2000";

ALTER TABLE "public"."app_settings" DROP CONSTRAINT "app_settings_value_lisible";

ALTER TABLE "public"."attributions_partenaires" DROP CONSTRAINT "attributions_partenaires_motif_check2000";

ALTER TABLE "public"."attributions_partenaires" DROP CONSTRAINT "attributions_partenaires_motif_lisible";

ALTER TABLE "public"."baremes" DROP CONSTRAINT "baremes_certificat_check2000";

ALTER TABLE "public"."baremes" DROP CONSTRAINT "baremes_certificat_lisible";

ALTER TABLE "public"."baremes" DROP CONSTRAINT "baremes_organisme_check2000";

ALTER TABLE "public"."baremes" DROP CONSTRAINT "baremes_organisme_lisible";

ALTER TABLE "public"."baremes" DROP CONSTRAINT "baremes_valide_au_possible";

ALTER TABLE "public"."baremes" DROP CONSTRAINT "baremes_valide_du_possible";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_date_livraison_possible";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_destinataire_check2000";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_destinataire_lisible";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_lieu_check2000";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_lieu_lisible";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_motif_annulation_check2000";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_motif_annulation_lisible";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_numero_check2000";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_numero_lisible";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_recu_par_check2000";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_recu_par_lisible";

ALTER TABLE "public"."cdr_etapes" DROP CONSTRAINT "cdr_etapes_statut_check2000";

ALTER TABLE "public"."cdr_etapes" DROP CONSTRAINT "cdr_etapes_statut_lisible";

ALTER TABLE "public"."cessions" DROP CONSTRAINT "cessions_motif_check2000";

ALTER TABLE "public"."cessions" DROP CONSTRAINT "cessions_motif_lisible";

ALTER TABLE "public"."chargements" DROP CONSTRAINT "chargements_bl_numero_check2000";

ALTER TABLE "public"."chargements" DROP CONSTRAINT "chargements_bl_numero_lisible";

ALTER TABLE "public"."chargements" DROP CONSTRAINT "chargements_date_bl_possible";

ALTER TABLE "public"."chargements" DROP CONSTRAINT "chargements_scelles_check2000";

ALTER TABLE "public"."chargements" DROP CONSTRAINT "chargements_scelles_lisible";

ALTER TABLE "public"."citernes" DROP CONSTRAINT "citernes_created_at_possible";

ALTER TABLE "public"."citernes" DROP CONSTRAINT "citernes_localisation_check2000";

ALTER TABLE "public"."citernes" DROP CONSTRAINT "citernes_localisation_lisible";

ALTER TABLE "public"."citernes" DROP CONSTRAINT "citernes_nom_check2000";

ALTER TABLE "public"."citernes" DROP CONSTRAINT "citernes_nom_lisible";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_adresse_check2000";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_adresse_lisible";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_contact_personne_check2000";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_contact_personne_lisible";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_created_at_possible";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_email_check2000";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_email_lisible";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_id_nat_check2000";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_id_nat_lisible";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_nif_check2000";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_nif_lisible";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_nom_check2000";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_nom_lisible";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_note_supplementaire_check2000";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_note_supplementaire_lisible";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_pays_check2000";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_pays_lisible";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_rccm_check2000";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_rccm_lisible";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_ref_exoneration_check2000";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_ref_exoneration_lisible";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_telephone_check2000";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_telephone_lisible";

ALTER TABLE "public"."clotures_caisse" DROP CONSTRAINT "clotures_caisse_motif_check2000";

ALTER TABLE "public"."clotures_caisse" DROP CONSTRAINT "clotures_caisse_motif_lisible";

ALTER TABLE "public"."commandes" DROP CONSTRAINT "commandes_motif_fin_check2000";

ALTER TABLE "public"."commandes" DROP CONSTRAINT "commandes_motif_fin_lisible";

ALTER TABLE "public"."commandes" DROP CONSTRAINT "commandes_note_check2000";

ALTER TABLE "public"."commandes" DROP CONSTRAINT "commandes_note_lisible";

ALTER TABLE "public"."commandes" DROP CONSTRAINT "commandes_numero_check2000";

ALTER TABLE "public"."commandes" DROP CONSTRAINT "commandes_numero_lisible";

ALTER TABLE "public"."commandes" DROP CONSTRAINT "commandes_reference_client_check2000";

ALTER TABLE "public"."commandes" DROP CONSTRAINT "commandes_reference_client_lisible";

ALTER TABLE "public"."compteurs" DROP CONSTRAINT "compteurs_certificat_check2000";

ALTER TABLE "public"."compteurs" DROP CONSTRAINT "compteurs_certificat_lisible";

ALTER TABLE "public"."compteurs" DROP CONSTRAINT "compteurs_numero_check2000";

ALTER TABLE "public"."compteurs" DROP CONSTRAINT "compteurs_numero_lisible";

ALTER TABLE "public"."compteurs" DROP CONSTRAINT "compteurs_valide_du_possible";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_chauffeur_nom_check2000";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_chauffeur_nom_lisible";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_created_at_possible";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_date_chargement_possible";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_depart_pays_check2000";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_depart_pays_lisible";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_motif_annulation_check2000";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_motif_annulation_lisible";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_note_check2000";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_note_lisible";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_plaque_camion_check2000";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_plaque_camion_check";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_plaque_camion_lisible";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_plaque_remorque_check2000";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_plaque_remorque_check";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_plaque_remorque_lisible";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_transporteur_check2000";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_transporteur_lisible";

ALTER TABLE "public"."credits_derogations" DROP CONSTRAINT "credits_derogations_motif_check2000";

ALTER TABLE "public"."credits_derogations" DROP CONSTRAINT "credits_derogations_motif_lisible";

ALTER TABLE "public"."depots" DROP CONSTRAINT "depots_adresse_check2000";

ALTER TABLE "public"."depots" DROP CONSTRAINT "depots_adresse_lisible";

ALTER TABLE "public"."depots" DROP CONSTRAINT "depots_code_check2000";

ALTER TABLE "public"."depots" DROP CONSTRAINT "depots_code_lisible";

ALTER TABLE "public"."depots" DROP CONSTRAINT "depots_created_at_possible";

ALTER TABLE "public"."depots" DROP CONSTRAINT "depots_fuseau_check2000";

ALTER TABLE "public"."depots" DROP CONSTRAINT "depots_fuseau_lisible";

ALTER TABLE "public"."depots" DROP CONSTRAINT "depots_nom_check2000";

ALTER TABLE "public"."depots" DROP CONSTRAINT "depots_nom_lisible";

ALTER TABLE "public"."depots_amis" DROP CONSTRAINT "depots_amis_contact_check2000";

ALTER TABLE "public"."depots_amis" DROP CONSTRAINT "depots_amis_contact_lisible";

ALTER TABLE "public"."depots_amis" DROP CONSTRAINT "depots_amis_created_at_possible";

ALTER TABLE "public"."depots_amis" DROP CONSTRAINT "depots_amis_nom_check2000";

ALTER TABLE "public"."depots_amis" DROP CONSTRAINT "depots_amis_nom_lisible";

ALTER TABLE "public"."documents" DROP CONSTRAINT "documents_moteur_check2000";

ALTER TABLE "public"."documents" DROP CONSTRAINT "documents_moteur_lisible";

ALTER TABLE "public"."documents" DROP CONSTRAINT "documents_nom_check2000";

ALTER TABLE "public"."documents" DROP CONSTRAINT "documents_nom_lisible";

ALTER TABLE "public"."documents" DROP CONSTRAINT "documents_signature_check2000";

ALTER TABLE "public"."documents" DROP CONSTRAINT "documents_signature_lisible";

ALTER TABLE "public"."ecarts" DROP CONSTRAINT "ecarts_justification_check2000";

ALTER TABLE "public"."ecarts" DROP CONSTRAINT "ecarts_justification_lisible";

ALTER TABLE "public"."ecarts_notes" DROP CONSTRAINT "ecarts_notes_texte_check2000";

ALTER TABLE "public"."ecarts_notes" DROP CONSTRAINT "ecarts_notes_texte_lisible";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_date_valeur_possible";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_echeance_possible";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_libelle_check2000";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_libelle_lisible";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_reference_check2000";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_reference_lisible";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_source_type_check2000";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_source_type_lisible";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_motif_annulation_check2000";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_motif_annulation_lisible";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_numero_recu_check2000";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_numero_recu_lisible";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_reference_check2000";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_reference_lisible";

ALTER TABLE "public"."envois" DROP CONSTRAINT "envois_cle_check2000";

ALTER TABLE "public"."envois" DROP CONSTRAINT "envois_cle_lisible";

ALTER TABLE "public"."envois" DROP CONSTRAINT "envois_dernier_code_check2000";

ALTER TABLE "public"."envois" DROP CONSTRAINT "envois_dernier_code_lisible";

ALTER TABLE "public"."envois" DROP CONSTRAINT "envois_derniere_erreur_check2000";

ALTER TABLE "public"."envois" DROP CONSTRAINT "envois_derniere_erreur_lisible";

ALTER TABLE "public"."envois" DROP CONSTRAINT "envois_destination_check2000";

ALTER TABLE "public"."envois" DROP CONSTRAINT "envois_destination_lisible";

ALTER TABLE "public"."envois" DROP CONSTRAINT "envois_env_check2000";

ALTER TABLE "public"."envois" DROP CONSTRAINT "envois_env_lisible";

ALTER TABLE "public"."envois" DROP CONSTRAINT "envois_objet_type_check2000";

ALTER TABLE "public"."envois" DROP CONSTRAINT "envois_objet_type_lisible";

ALTER TABLE "public"."envois" DROP CONSTRAINT "envois_secret_nom_check2000";

ALTER TABLE "public"."envois" DROP CONSTRAINT "envois_secret_nom_lisible";

ALTER TABLE "public"."envois" DROP CONSTRAINT "envois_sujet_check2000";

ALTER TABLE "public"."envois" DROP CONSTRAINT "envois_sujet_lisible";

ALTER TABLE "public"."evenements_entrants" DROP CONSTRAINT "evenements_entrants_evenement_id_check2000";

ALTER TABLE "public"."evenements_entrants" DROP CONSTRAINT "evenements_entrants_evenement_id_lisible";

ALTER TABLE "public"."evenements_entrants" DROP CONSTRAINT "evenements_entrants_resultat_check2000";

ALTER TABLE "public"."evenements_entrants" DROP CONSTRAINT "evenements_entrants_resultat_lisible";

ALTER TABLE "public"."evenements_entrants" DROP CONSTRAINT "evenements_entrants_type_check2000";

ALTER TABLE "public"."evenements_entrants" DROP CONSTRAINT "evenements_entrants_type_lisible";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_date_echeance_possible";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_date_facture_possible";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_motif_check2000";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_motif_lisible";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_numero_check2000";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_numero_lisible";

ALTER TABLE "public"."factures_client_lignes" DROP CONSTRAINT "factures_client_lignes_designation_check2000";

ALTER TABLE "public"."factures_client_lignes" DROP CONSTRAINT "factures_client_lignes_designation_lisible";

ALTER TABLE "public"."factures_client_lignes" DROP CONSTRAINT "factures_client_lignes_tva_groupe_check2000";

ALTER TABLE "public"."factures_client_lignes" DROP CONSTRAINT "factures_client_lignes_tva_groupe_lisible";

ALTER TABLE "public"."factures_client_taxes" DROP CONSTRAINT "factures_client_taxes_groupe_check2000";

ALTER TABLE "public"."factures_client_taxes" DROP CONSTRAINT "factures_client_taxes_groupe_lisible";

ALTER TABLE "public"."factures_fiscales" DROP CONSTRAINT "factures_fiscales_code_dgi_check2000";

ALTER TABLE "public"."factures_fiscales" DROP CONSTRAINT "factures_fiscales_code_dgi_lisible";

ALTER TABLE "public"."factures_fiscales" DROP CONSTRAINT "factures_fiscales_nid_check2000";

ALTER TABLE "public"."factures_fiscales" DROP CONSTRAINT "factures_fiscales_nid_lisible";

ALTER TABLE "public"."factures_fiscales" DROP CONSTRAINT "factures_fiscales_qr_check2000";

ALTER TABLE "public"."factures_fiscales" DROP CONSTRAINT "factures_fiscales_qr_lisible";

ALTER TABLE "public"."feature_flags" DROP CONSTRAINT "feature_flags_description_check2000";

ALTER TABLE "public"."feature_flags" DROP CONSTRAINT "feature_flags_description_lisible";

ALTER TABLE "public"."feature_flags" DROP CONSTRAINT "feature_flags_key_check2000";

ALTER TABLE "public"."feature_flags" DROP CONSTRAINT "feature_flags_key_lisible";

ALTER TABLE "public"."fournisseur_facture_lot_min" DROP CONSTRAINT "fournisseur_facture_lot_min_date_echeance_possible";

ALTER TABLE "public"."fournisseur_facture_lot_min" DROP CONSTRAINT "fournisseur_facture_lot_min_date_facture_possible";

ALTER TABLE "public"."fournisseur_facture_lot_min" DROP CONSTRAINT "fournisseur_facture_lot_min_deal_reference_check2000";

ALTER TABLE "public"."fournisseur_facture_lot_min" DROP CONSTRAINT "fournisseur_facture_lot_min_deal_reference_lisible";

ALTER TABLE "public"."fournisseur_facture_lot_min" DROP CONSTRAINT "fournisseur_facture_lot_min_invoice_no_check2000";

ALTER TABLE "public"."fournisseur_facture_lot_min" DROP CONSTRAINT "fournisseur_facture_lot_min_invoice_no_lisible";

ALTER TABLE "public"."fournisseur_facture_lot_min" DROP CONSTRAINT "fournisseur_facture_lot_min_justification_check2000";

ALTER TABLE "public"."fournisseur_facture_lot_min" DROP CONSTRAINT "fournisseur_facture_lot_min_justification_lisible";

ALTER TABLE "public"."fournisseur_facture_lot_min" DROP CONSTRAINT "fournisseur_facture_lot_min_numero_check2000";

ALTER TABLE "public"."fournisseur_facture_lot_min" DROP CONSTRAINT "fournisseur_facture_lot_min_numero_lisible";

ALTER TABLE "public"."fournisseur_lot" DROP CONSTRAINT "fournisseur_lot_created_at_possible";

ALTER TABLE "public"."fournisseur_lot" DROP CONSTRAINT "fournisseur_lot_date_lot_possible";

ALTER TABLE "public"."fournisseur_lot" DROP CONSTRAINT "fournisseur_lot_note_check2000";

ALTER TABLE "public"."fournisseur_lot" DROP CONSTRAINT "fournisseur_lot_note_lisible";

ALTER TABLE "public"."fournisseur_lot" DROP CONSTRAINT "fournisseur_lot_reference_check2000";

ALTER TABLE "public"."fournisseur_lot" DROP CONSTRAINT "fournisseur_lot_reference_lisible";

ALTER TABLE "public"."fournisseur_lot" DROP CONSTRAINT "fournisseur_lot_updated_at_possible";

ALTER TABLE "public"."fournisseur_paiement_lot_min" DROP CONSTRAINT "fournisseur_paiement_lot_min_date_paiement_possible";

ALTER TABLE "public"."fournisseur_paiement_lot_min" DROP CONSTRAINT "fournisseur_paiement_lot_min_mode_paiement_check2000";

ALTER TABLE "public"."fournisseur_paiement_lot_min" DROP CONSTRAINT "fournisseur_paiement_lot_min_mode_paiement_lisible";

ALTER TABLE "public"."fournisseur_paiement_lot_min" DROP CONSTRAINT "fournisseur_paiement_lot_min_motif_annulation_check2000";

ALTER TABLE "public"."fournisseur_paiement_lot_min" DROP CONSTRAINT "fournisseur_paiement_lot_min_motif_annulation_lisible";

ALTER TABLE "public"."fournisseur_paiement_lot_min" DROP CONSTRAINT "fournisseur_paiement_lot_min_note_check2000";

ALTER TABLE "public"."fournisseur_paiement_lot_min" DROP CONSTRAINT "fournisseur_paiement_lot_min_note_lisible";

ALTER TABLE "public"."fournisseur_paiement_lot_min" DROP CONSTRAINT "fournisseur_paiement_lot_min_numero_check2000";

ALTER TABLE "public"."fournisseur_paiement_lot_min" DROP CONSTRAINT "fournisseur_paiement_lot_min_numero_lisible";

ALTER TABLE "public"."fournisseur_paiement_lot_min" DROP CONSTRAINT "fournisseur_paiement_lot_min_reference_paiement_check2000";

ALTER TABLE "public"."fournisseur_paiement_lot_min" DROP CONSTRAINT "fournisseur_paiement_lot_min_reference_paiement_lisible";

ALTER TABLE "public"."fournisseurs" DROP CONSTRAINT "fournisseurs_adresse_check2000";

ALTER TABLE "public"."fournisseurs" DROP CONSTRAINT "fournisseurs_adresse_lisible";

ALTER TABLE "public"."fournisseurs" DROP CONSTRAINT "fournisseurs_contact_personne_check2000";

ALTER TABLE "public"."fournisseurs" DROP CONSTRAINT "fournisseurs_contact_personne_lisible";

ALTER TABLE "public"."fournisseurs" DROP CONSTRAINT "fournisseurs_created_at_possible";

ALTER TABLE "public"."fournisseurs" DROP CONSTRAINT "fournisseurs_email_check2000";

ALTER TABLE "public"."fournisseurs" DROP CONSTRAINT "fournisseurs_email_lisible";

ALTER TABLE "public"."fournisseurs" DROP CONSTRAINT "fournisseurs_nif_check2000";

ALTER TABLE "public"."fournisseurs" DROP CONSTRAINT "fournisseurs_nif_lisible";

ALTER TABLE "public"."fournisseurs" DROP CONSTRAINT "fournisseurs_nom_check2000";

ALTER TABLE "public"."fournisseurs" DROP CONSTRAINT "fournisseurs_nom_lisible";

ALTER TABLE "public"."fournisseurs" DROP CONSTRAINT "fournisseurs_note_supplementaire_check2000";

ALTER TABLE "public"."fournisseurs" DROP CONSTRAINT "fournisseurs_note_supplementaire_lisible";

ALTER TABLE "public"."fournisseurs" DROP CONSTRAINT "fournisseurs_pays_check2000";

ALTER TABLE "public"."fournisseurs" DROP CONSTRAINT "fournisseurs_pays_lisible";

ALTER TABLE "public"."fournisseurs" DROP CONSTRAINT "fournisseurs_telephone_check2000";

ALTER TABLE "public"."fournisseurs" DROP CONSTRAINT "fournisseurs_telephone_lisible";

ALTER TABLE "public"."frais_lot" DROP CONSTRAINT "frais_lot_motif_annulation_check2000";

ALTER TABLE "public"."frais_lot" DROP CONSTRAINT "frais_lot_motif_annulation_lisible";

ALTER TABLE "public"."frais_lot" DROP CONSTRAINT "frais_lot_reference_check2000";

ALTER TABLE "public"."frais_lot" DROP CONSTRAINT "frais_lot_reference_lisible";

ALTER TABLE "public"."frais_lot" DROP CONSTRAINT "frais_lot_tiers_check2000";

ALTER TABLE "public"."frais_lot" DROP CONSTRAINT "frais_lot_tiers_lisible";

ALTER TABLE "public"."golden_cases" DROP CONSTRAINT "golden_cases_created_at_possible";

ALTER TABLE "public"."golden_cases" DROP CONSTRAINT "golden_cases_date_mesure_possible";

ALTER TABLE "public"."golden_cases" DROP CONSTRAINT "golden_cases_note_check2000";

ALTER TABLE "public"."golden_cases" DROP CONSTRAINT "golden_cases_note_lisible";

ALTER TABLE "public"."golden_cases" DROP CONSTRAINT "golden_cases_produit_code_check2000";

ALTER TABLE "public"."golden_cases" DROP CONSTRAINT "golden_cases_produit_code_lisible";

ALTER TABLE "public"."golden_cases" DROP CONSTRAINT "golden_cases_reference_check2000";

ALTER TABLE "public"."golden_cases" DROP CONSTRAINT "golden_cases_reference_lisible";

ALTER TABLE "public"."golden_cases" DROP CONSTRAINT "golden_cases_source_check2000";

ALTER TABLE "public"."golden_cases" DROP CONSTRAINT "golden_cases_source_lisible";

ALTER TABLE "public"."log_actions" DROP CONSTRAINT "log_actions_niveau_check";

ALTER TABLE "public"."mouvements_transferts_depots" DROP CONSTRAINT "mouvements_transferts_depots_methode_15c_check2000";

ALTER TABLE "public"."mouvements_transferts_depots" DROP CONSTRAINT "mouvements_transferts_depots_methode_15c_lisible";

ALTER TABLE "public"."notifications_regles" DROP CONSTRAINT "notifications_regles_destination_check2000";

ALTER TABLE "public"."notifications_regles" DROP CONSTRAINT "notifications_regles_destination_lisible";

ALTER TABLE "public"."notifications_regles" DROP CONSTRAINT "notifications_regles_env_check2000";

ALTER TABLE "public"."notifications_regles" DROP CONSTRAINT "notifications_regles_env_lisible";

ALTER TABLE "public"."notifications_regles" DROP CONSTRAINT "notifications_regles_secret_nom_check2000";

ALTER TABLE "public"."notifications_regles" DROP CONSTRAINT "notifications_regles_secret_nom_lisible";

ALTER TABLE "public"."paiements_en_ligne" DROP CONSTRAINT "paiements_en_ligne_devise_check2000";

ALTER TABLE "public"."paiements_en_ligne" DROP CONSTRAINT "paiements_en_ligne_devise_lisible";

ALTER TABLE "public"."paiements_en_ligne" DROP CONSTRAINT "paiements_en_ligne_intention_id_check2000";

ALTER TABLE "public"."paiements_en_ligne" DROP CONSTRAINT "paiements_en_ligne_intention_id_lisible";

ALTER TABLE "public"."paiements_en_ligne" DROP CONSTRAINT "paiements_en_ligne_session_id_check2000";

ALTER TABLE "public"."paiements_en_ligne" DROP CONSTRAINT "paiements_en_ligne_session_id_lisible";

ALTER TABLE "public"."paiements_en_ligne" DROP CONSTRAINT "paiements_en_ligne_url_check2000";

ALTER TABLE "public"."paiements_en_ligne" DROP CONSTRAINT "paiements_en_ligne_url_lisible";

ALTER TABLE "public"."partenaires" DROP CONSTRAINT "partenaires_contact_check2000";

ALTER TABLE "public"."partenaires" DROP CONSTRAINT "partenaires_contact_lisible";

ALTER TABLE "public"."partenaires" DROP CONSTRAINT "partenaires_created_at_possible";

ALTER TABLE "public"."partenaires" DROP CONSTRAINT "partenaires_email_check2000";

ALTER TABLE "public"."partenaires" DROP CONSTRAINT "partenaires_email_lisible";

ALTER TABLE "public"."partenaires" DROP CONSTRAINT "partenaires_nom_check2000";

ALTER TABLE "public"."partenaires" DROP CONSTRAINT "partenaires_nom_lisible";

ALTER TABLE "public"."partenaires" DROP CONSTRAINT "partenaires_telephone_check2000";

ALTER TABLE "public"."partenaires" DROP CONSTRAINT "partenaires_telephone_lisible";

ALTER TABLE "public"."periodes_closes" DROP CONSTRAINT "periodes_closes_motif_reouverture_check2000";

ALTER TABLE "public"."periodes_closes" DROP CONSTRAINT "periodes_closes_motif_reouverture_lisible";

ALTER TABLE "public"."prets" DROP CONSTRAINT "prets_echeance_possible";

ALTER TABLE "public"."prets" DROP CONSTRAINT "prets_motif_check2000";

ALTER TABLE "public"."prets" DROP CONSTRAINT "prets_motif_lisible";

ALTER TABLE "public"."prets" DROP CONSTRAINT "prets_numero_check2000";

ALTER TABLE "public"."prets" DROP CONSTRAINT "prets_numero_lisible";

ALTER TABLE "public"."prises_de_hauteur" DROP CONSTRAINT "prises_de_hauteur_mesuree_le_possible";

ALTER TABLE "public"."prises_de_hauteur" DROP CONSTRAINT "prises_de_hauteur_methode_15c_check2000";

ALTER TABLE "public"."prises_de_hauteur" DROP CONSTRAINT "prises_de_hauteur_methode_15c_lisible";

ALTER TABLE "public"."prises_de_hauteur" DROP CONSTRAINT "prises_de_hauteur_note_check2000";

ALTER TABLE "public"."prises_de_hauteur" DROP CONSTRAINT "prises_de_hauteur_note_lisible";

ALTER TABLE "public"."produits" DROP CONSTRAINT "produits_code_check2000";

ALTER TABLE "public"."produits" DROP CONSTRAINT "produits_code_lisible";

ALTER TABLE "public"."produits" DROP CONSTRAINT "produits_created_at_possible";

ALTER TABLE "public"."produits" DROP CONSTRAINT "produits_description_check2000";

ALTER TABLE "public"."produits" DROP CONSTRAINT "produits_description_lisible";

ALTER TABLE "public"."produits" DROP CONSTRAINT "produits_nom_check2000";

ALTER TABLE "public"."produits" DROP CONSTRAINT "produits_nom_lisible";

ALTER TABLE "public"."produits" DROP CONSTRAINT "produits_tva_groupe_check2000";

ALTER TABLE "public"."produits" DROP CONSTRAINT "produits_tva_groupe_lisible";

ALTER TABLE "public"."profils" DROP CONSTRAINT "profils_created_at_possible";

ALTER TABLE "public"."profils" DROP CONSTRAINT "profils_desactive_le_possible";

ALTER TABLE "public"."profils" DROP CONSTRAINT "profils_email_check2000";

ALTER TABLE "public"."profils" DROP CONSTRAINT "profils_email_lisible";

ALTER TABLE "public"."profils" DROP CONSTRAINT "profils_nom_complet_check2000";

ALTER TABLE "public"."profils" DROP CONSTRAINT "profils_nom_complet_lisible";

ALTER TABLE "public"."proforma_clotures" DROP CONSTRAINT "proforma_clotures_justification_check2000";

ALTER TABLE "public"."proforma_clotures" DROP CONSTRAINT "proforma_clotures_justification_lisible";

ALTER TABLE "public"."proformas" DROP CONSTRAINT "proformas_date_proforma_possible";

ALTER TABLE "public"."proformas" DROP CONSTRAINT "proformas_date_validite_possible";

ALTER TABLE "public"."proformas" DROP CONSTRAINT "proformas_incoterm_check2000";

ALTER TABLE "public"."proformas" DROP CONSTRAINT "proformas_incoterm_lisible";

ALTER TABLE "public"."proformas" DROP CONSTRAINT "proformas_motif_annulation_check2000";

ALTER TABLE "public"."proformas" DROP CONSTRAINT "proformas_motif_annulation_lisible";

ALTER TABLE "public"."proformas" DROP CONSTRAINT "proformas_note_check2000";

ALTER TABLE "public"."proformas" DROP CONSTRAINT "proformas_note_lisible";

ALTER TABLE "public"."proformas" DROP CONSTRAINT "proformas_numero_check2000";

ALTER TABLE "public"."proformas" DROP CONSTRAINT "proformas_numero_lisible";

ALTER TABLE "public"."proformas" DROP CONSTRAINT "proformas_reference_check2000";

ALTER TABLE "public"."proformas" DROP CONSTRAINT "proformas_reference_lisible";

ALTER TABLE "public"."rapports" DROP CONSTRAINT "rapports_nom_check2000";

ALTER TABLE "public"."rapports" DROP CONSTRAINT "rapports_nom_lisible";

ALTER TABLE "public"."rapports" DROP CONSTRAINT "rapports_sha256_check2000";

ALTER TABLE "public"."rapports" DROP CONSTRAINT "rapports_sha256_lisible";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_date_reception_possible";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_methode_15c_check2000";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_methode_15c_lisible";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_note_check2000";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_note_lisible";

ALTER TABLE "public"."regularisations" DROP CONSTRAINT "regularisations_motif_check2000";

ALTER TABLE "public"."regularisations" DROP CONSTRAINT "regularisations_motif_lisible";

ALTER TABLE "public"."releves_clients" DROP CONSTRAINT "releves_clients_au_possible";

ALTER TABLE "public"."releves_clients" DROP CONSTRAINT "releves_clients_du_possible";

ALTER TABLE "public"."remboursements" DROP CONSTRAINT "remboursements_motif_check2000";

ALTER TABLE "public"."remboursements" DROP CONSTRAINT "remboursements_motif_lisible";

ALTER TABLE "public"."remboursements" DROP CONSTRAINT "remboursements_reference_check2000";

ALTER TABLE "public"."remboursements" DROP CONSTRAINT "remboursements_reference_lisible";

ALTER TABLE "public"."sblc" DROP CONSTRAINT "sblc_banque_check2000";

ALTER TABLE "public"."sblc" DROP CONSTRAINT "sblc_banque_lisible";

ALTER TABLE "public"."sblc" DROP CONSTRAINT "sblc_date_debut_possible";

ALTER TABLE "public"."sblc" DROP CONSTRAINT "sblc_date_fin_possible";

ALTER TABLE "public"."sblc" DROP CONSTRAINT "sblc_note_check2000";

ALTER TABLE "public"."sblc" DROP CONSTRAINT "sblc_note_lisible";

ALTER TABLE "public"."sblc" DROP CONSTRAINT "sblc_reference_check2000";

ALTER TABLE "public"."sblc" DROP CONSTRAINT "sblc_reference_lisible";

ALTER TABLE "public"."specifications" DROP CONSTRAINT "specifications_parametre_check2000";

ALTER TABLE "public"."specifications" DROP CONSTRAINT "specifications_parametre_lisible";

ALTER TABLE "public"."specifications" DROP CONSTRAINT "specifications_unite_check2000";

ALTER TABLE "public"."specifications" DROP CONSTRAINT "specifications_unite_lisible";

ALTER TABLE "public"."stocks_adjustments" DROP CONSTRAINT "stocks_adjustments_reason_check2000";

ALTER TABLE "public"."stocks_adjustments" DROP CONSTRAINT "stocks_adjustments_reason_lisible";

ALTER TABLE "public"."stocks_initiaux" DROP CONSTRAINT "stocks_initiaux_date_jour_possible";

ALTER TABLE "public"."stocks_initiaux" DROP CONSTRAINT "stocks_initiaux_motif_check2000";

ALTER TABLE "public"."stocks_initiaux" DROP CONSTRAINT "stocks_initiaux_motif_lisible";

ALTER TABLE "public"."system_alerts" DROP CONSTRAINT "system_alerts_acknowledged_at_possible";

ALTER TABLE "public"."system_alerts" DROP CONSTRAINT "system_alerts_check_code_check2000";

ALTER TABLE "public"."system_alerts" DROP CONSTRAINT "system_alerts_check_code_lisible";

ALTER TABLE "public"."system_alerts" DROP CONSTRAINT "system_alerts_entity_type_check2000";

ALTER TABLE "public"."system_alerts" DROP CONSTRAINT "system_alerts_entity_type_lisible";

ALTER TABLE "public"."system_alerts" DROP CONSTRAINT "system_alerts_message_check2000";

ALTER TABLE "public"."system_alerts" DROP CONSTRAINT "system_alerts_message_lisible";

ALTER TABLE "public"."system_alerts" DROP CONSTRAINT "system_alerts_resolved_at_possible";

ALTER TABLE "public"."tarifs" DROP CONSTRAINT "tarifs_motif_check2000";

ALTER TABLE "public"."tarifs" DROP CONSTRAINT "tarifs_motif_lisible";

ALTER TABLE "public"."taux_change" DROP CONSTRAINT "taux_change_devise_check2000";

ALTER TABLE "public"."taux_change" DROP CONSTRAINT "taux_change_devise_lisible";

ALTER TABLE "public"."taux_tva" DROP CONSTRAINT "taux_tva_groupe_check2000";

ALTER TABLE "public"."taux_tva" DROP CONSTRAINT "taux_tva_groupe_lisible";

ALTER TABLE "public"."taux_tva" DROP CONSTRAINT "taux_tva_libelle_check2000";

ALTER TABLE "public"."taux_tva" DROP CONSTRAINT "taux_tva_libelle_lisible";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_date_jour_possible";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_methode_15c_check2000";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_methode_15c_lisible";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_note_check2000";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_note_lisible";

ALTER TABLE "public"."transferts_depots" DROP CONSTRAINT "transferts_depots_chauffeur_nom_check2000";

ALTER TABLE "public"."transferts_depots" DROP CONSTRAINT "transferts_depots_chauffeur_nom_lisible";

ALTER TABLE "public"."transferts_depots" DROP CONSTRAINT "transferts_depots_date_expedition_possible";

ALTER TABLE "public"."transferts_depots" DROP CONSTRAINT "transferts_depots_date_reception_possible";

ALTER TABLE "public"."transferts_depots" DROP CONSTRAINT "transferts_depots_motif_perte_check2000";

ALTER TABLE "public"."transferts_depots" DROP CONSTRAINT "transferts_depots_motif_perte_lisible";

ALTER TABLE "public"."transferts_depots" DROP CONSTRAINT "transferts_depots_note_check2000";

ALTER TABLE "public"."transferts_depots" DROP CONSTRAINT "transferts_depots_note_lisible";

ALTER TABLE "public"."transferts_depots" DROP CONSTRAINT "transferts_depots_note_reception_check2000";

ALTER TABLE "public"."transferts_depots" DROP CONSTRAINT "transferts_depots_note_reception_lisible";

ALTER TABLE "public"."transferts_depots" DROP CONSTRAINT "transferts_depots_numero_check2000";

ALTER TABLE "public"."transferts_depots" DROP CONSTRAINT "transferts_depots_numero_lisible";

ALTER TABLE "public"."transferts_depots" DROP CONSTRAINT "transferts_depots_plaque_camion_check2000";

ALTER TABLE "public"."transferts_depots" DROP CONSTRAINT "transferts_depots_plaque_camion_lisible";

ALTER TABLE "public"."transferts_depots" DROP CONSTRAINT "transferts_depots_transporteur_check2000";

ALTER TABLE "public"."transferts_depots" DROP CONSTRAINT "transferts_depots_transporteur_lisible";

DROP FUNCTION "private"."adresser_envoi"(public.envois, uuid);

DROP FUNCTION "private"."calculer_15c_prise"(public.prises_de_hauteur, private.lieu);

DROP FUNCTION "private"."calculer_norme"(private.mesures, public.produits, astm.profils_calcul);

DROP FUNCTION "private"."camion_a_recevoir"(uuid, text);

DROP FUNCTION "private"."completer_brouillon"(public.sorties_produit, uuid, uuid, uuid, text);

DROP FUNCTION "private"."densite_15_historique"(private.mesures, private.lieu);

DROP FUNCTION "private"."deplacer_jours"(uuid, uuid, text, date, date, numeric, numeric, boolean);

DROP FUNCTION "private"."depots_de"(boolean, uuid);

DROP FUNCTION "private"."dire_facture"(public.factures_client);

DROP FUNCTION "private"."dispositif_fiscal"();

DROP FUNCTION "private"."dit_du_bon"(public.bons_livraison);

DROP FUNCTION "private"."dues"(public.encaissements, jsonb);

DROP FUNCTION "private"."empreinte_facture"(public.factures_client);

DROP FUNCTION "private"."exiger_citerne"(public.citernes, uuid, uuid);

DROP FUNCTION "private"."exiger_densite_du_produit"(numeric, public.produits);

DROP FUNCTION "private"."exiger_expediable"(private.lieu, public.transferts_depots, text);

DROP FUNCTION "private"."exiger_limite"(uuid, text, integer);

DROP FUNCTION "private"."exiger_note"(public.citernes, text);

DROP FUNCTION "private"."exiger_temperatures"(private.mesures, public.depots);

DROP FUNCTION "private"."facture_de_sortie"(uuid);

DROP FUNCTION "private"."garder_reponse"(text, integer, json);

DROP FUNCTION "private"."incertitude"(public.prises_de_hauteur, public.baremes, private.lieu, numeric, numeric);

DROP FUNCTION "private"."jauger"(public.prises_de_hauteur, private.lieu);

DROP FUNCTION "private"."journaliser"(text[], text, text, uuid, uuid, jsonb);

DROP FUNCTION "private"."lieu"(uuid, uuid[]);

DROP FUNCTION "private"."lieu_pour_mouvement"(uuid, uuid);

DROP FUNCTION "private"."lignes_de"(uuid[], public.clients_conditions);

DROP FUNCTION "private"."log_actions_dater"();

DROP FUNCTION "private"."mesurer_litres"(public.prises_de_hauteur, private.lieu);

DROP FUNCTION "private"."mesurer_transfert_depot"(public.mouvements_transferts_depots, private.lieu, numeric, numeric);

DROP FUNCTION "private"."montant_lettre"(uuid);

DROP FUNCTION "private"."noter_evenement_alerte"();

DROP FUNCTION "private"."nouveau_brouillon"(public.sorties_produit);

DROP FUNCTION "private"."ouvrir"(text, text, integer, text, text, text);

DROP FUNCTION "private"."porte_rediger_sortie"(jsonb, boolean);

DROP FUNCTION "private"."porte_rejeter_sortie"(uuid, text, integer);

DROP FUNCTION "private"."porte_valider_sortie"(uuid, integer);

DROP FUNCTION "private"."preparer_validation"(public.sorties_produit, uuid, private.lieu);

DROP FUNCTION "private"."prix_ou_rien"(uuid, uuid, uuid, date, text, text);

DROP FUNCTION "private"."relever"(uuid, public.citernes, date, numeric, numeric, numeric);

DROP FUNCTION "private"."reprendre_reponse"(text, text, jsonb);

DROP FUNCTION "private"."reserver_camions"();

DROP FUNCTION "private"."section_receptions"(uuid, date, date, timestamp with time zone);

DROP FUNCTION "private"."section_sorties"(uuid, date, date, timestamp with time zone);

DROP FUNCTION "private"."session_de"(jsonb);

DROP FUNCTION "private"."seulement"(jsonb, text[]);

DROP FUNCTION "private"."sortie_dite"(uuid);

DROP FUNCTION "private"."sorties_valider_directes"();

DROP FUNCTION "private"."vendables"(uuid[]);

DROP FUNCTION "private"."vendeur"(uuid);

DROP FUNCTION "private"."volume_15c"(private.mesures, private.lieu);

DROP FUNCTION "private"."volume_15c_historique"(private.mesures, private.lieu);

DROP FUNCTION "private"."volume_15c_norme"(private.mesures, private.lieu);

DROP TYPE "private"."lieu";

CREATE TABLE "private"."lieux" ("citerne_id" uuid NOT NULL, "nom" text NOT NULL, "statut" text NOT NULL, "logique" boolean NOT NULL, "depot_id" uuid NOT NULL, "depot_code" text, "fuseau" text NOT NULL, "temperature_min_c" numeric(6,2) NOT NULL, "temperature_max_c" numeric(6,2) NOT NULL, "produit_id" uuid NOT NULL, "produit_nom" text NOT NULL, "groupe_mpms" text NOT NULL, "alpha_historique" numeric(8,6) NOT NULL, "densite_15_min" numeric(7,2), "densite_15_max" numeric(7,2), CONSTRAINT "lieux_pkey" PRIMARY KEY (citerne_id));

ALTER TABLE "private"."lieux" ENABLE ROW LEVEL SECURITY;

CREATE TYPE "private"."emplacement" AS ("citerne_id" uuid, "nom" text, "statut" text, "logique" boolean, "depot_id" uuid, "depot_code" text, "fuseau" text, "temperature_min_c" numeric, "temperature_max_c" numeric, "produit_id" uuid, "produit_nom" text, "groupe_mpms" text, "alpha_historique" numeric, "densite_15_min" numeric, "densite_15_max" numeric, "densite_melange_kgm3" numeric);

CREATE TYPE "private"."lecture" AS ("user_id" uuid, "gel" jsonb, "norme" boolean, "client_actif" boolean, "lieu" private.emplacement);

CREATE TYPE "private"."mesures_calculees" AS ("facteur_compteur" numeric(7,6), "vcf" numeric(12,8), "methode_15c" text, "parametres_15c" jsonb);

CREATE TYPE "private"."mesures_lues" AS ("index_avant" numeric(15,3), "index_apres" numeric(15,3), "compteur_id" uuid, "volume_ambiant" numeric(15,3), "temperature_ambiante_c" numeric(6,2), "temperature_echantillon_c" numeric(6,2), "densite_observee_kgm3" numeric(10,6), "densite_a_15" numeric(10,6), "densite_a_15_kgm3" numeric(10,6), "volume_15c" numeric(15,3), "volume_corrige_15c" numeric(15,3));

CREATE OR REPLACE FUNCTION private.adresser_envoi(p_type text, p_id uuid, p_depot_id uuid, p_client_id uuid, p_sujet text, p_lettre jsonb)
 RETURNS public.envois
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_envoi public.envois;
  v_attend public.envois;
begin
  -- Two who send it at once send it once.
  perform pg_advisory_xact_lock(hashtextextended('envoi:' || p_id, 0));
  v_envoi.canal := 'EMAIL';
  v_envoi.objet_type := p_type;
  v_envoi.objet_id := p_id;
  v_envoi.depot_id := p_depot_id;
  v_envoi.sujet := format('%s %s', private.enseigne(), p_sujet);
  v_envoi.contenu := p_lettre;
  v_envoi.destination := private.adresse_du_client(p_client_id);
  -- Asked again while it waits it is the same message; once it has arrived, or has been given up, another.
  select format('%s/%s/%s/%s', lower(p_type), p_id, lower(v_envoi.destination), count(*) + 1)
    into v_envoi.cle
    from public.envois e
   where e.objet_type = p_type and e.objet_id = p_id
     and lower(e.destination) = lower(v_envoi.destination) and e.statut in ('ENVOYE', 'MORT');
  select * into v_attend from public.envois e where e.cle = v_envoi.cle;
  if found then
    return v_attend;
  end if;
  return v_envoi;
end;
$function$;

CREATE OR REPLACE FUNCTION private.alertes_en_ordre()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('alertes:sync', 0));
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.appliquer_mouvement(p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date, p_delta_ambiant numeric, p_delta_15c numeric, p_ajustement boolean DEFAULT false)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_jour_negatif date;
  v_dernier_jour date;
  v_ouverte text;
begin
  v_ouverte := private.exiger_periode_ouverte(p_depot_id, p_jour);
  -- Nearly every movement is of today, in a tank that today has already seen: two rows to update.
  if private.deplacer_jours(p_citerne_id, p_produit_id, p_proprietaire_type, p_jour, p_jour, -p_delta_ambiant,
       -p_delta_15c, p_ajustement) then
    return;
  end if;

  -- The others: the first of a tank or of a day, a back-dated one, or one that a day could not bear.
  perform private.exiger_depuis_l_ouverture(p_citerne_id, p_produit_id, p_proprietaire_type, p_jour);
  if p_delta_ambiant < 0 or p_delta_15c < 0 then
    v_jour_negatif := private.premier_jour_negatif(
      p_citerne_id, p_produit_id, p_proprietaire_type, p_jour, p_delta_ambiant, p_delta_15c);
    if v_jour_negatif is not null then
      perform private.refuser('STOCK_FUTUR_NEGATIF', jsonb_build_object('date_jour', v_jour_negatif));
    end if;
  end if;

  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  insert into public.stocks_snapshot as s
    (citerne_id, produit_id, proprietaire_type, depot_id, stock_ambiant, stock_15c, dernier_jour)
  values (p_citerne_id, p_produit_id, p_proprietaire_type, p_depot_id, 0, 0, p_jour)
  on conflict (citerne_id, produit_id, proprietaire_type) do update
     set dernier_jour = greatest(s.dernier_jour, p_jour)
  returning s.dernier_jour into v_dernier_jour;
  -- A day begins with the stock of the one before it.
  insert into public.stocks_journaliers
    (citerne_id, produit_id, proprietaire_type, date_jour, depot_id, stock_ambiant, stock_15c)
  select p_citerne_id, p_produit_id, p_proprietaire_type, p_jour, p_depot_id,
         coalesce(veille.stock_ambiant, 0), coalesce(veille.stock_15c, 0)
    from (select 1) un
    left join lateral (
      select v.stock_ambiant, v.stock_15c from public.stocks_journaliers v
       where v.citerne_id = p_citerne_id and v.produit_id = p_produit_id
         and v.proprietaire_type = p_proprietaire_type and v.date_jour < p_jour
       order by v.date_jour desc limit 1) veille on true
  on conflict (citerne_id, produit_id, proprietaire_type, date_jour) do nothing;
  perform set_config('app.stocks_journaliers_allow_write', '', true);

  if not private.deplacer_jours(p_citerne_id, p_produit_id, p_proprietaire_type, p_jour, v_dernier_jour,
       -p_delta_ambiant, -p_delta_15c, p_ajustement) then
    raise exception 'the last day of tank % for % holds another stock than its snapshot', p_citerne_id,
      p_proprietaire_type;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.arrondi_tolere(p_devise text)
 RETURNS numeric
 LANGUAGE sql
 IMMUTABLE
RETURN CASE p_devise WHEN 'USD'::text THEN 0.01 ELSE (50)::numeric END;

CREATE OR REPLACE FUNCTION private.auteur_de_cle(p_cle uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  -- Person by person, as the keys are kept: by the key alone all of thirty days would be read.
  select coalesce(
    (select p.user_id from public.profils p
      where exists (select from private.idempotence i
                     where i.user_id = p.user_id and i.cle = p_cle::text and i.statut_http < 400)
      order by p.user_id <> auth.uid() limit 1), auth.uid())
$function$;

CREATE OR REPLACE FUNCTION private.borner_lignes()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger_peu_de_lignes(tg_relid, (select count(*) from lignes));
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.calculer_15c_prise(p_prise public.prises_de_hauteur, p_lieu private.emplacement)
 RETURNS private.volume_corrige
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  -- A factor is what is wanted: of so many litres no rounding is left to see.
  c_litres constant numeric := 1000000;
  v_mesures private.mesures;
begin
  v_mesures.volume_ambiant := c_litres;
  v_mesures.champ_volume := 'volume_mesure';
  v_mesures.champ_temperature := 'temperature_c';
  v_mesures.temperature_produit_c := p_prise.temperature_c;
  v_mesures.temperature_echantillon_c := p_prise.temperature_echantillon_c;
  v_mesures.densite_observee_kgm3 := p_prise.densite_observee_kgm3;
  v_mesures.densite_a_15_kgm3 := p_prise.densite_a_15_kgm3;
  v_mesures.densite_citerne_kgm3 := p_lieu.densite_melange_kgm3;
  return private.volume_15c(v_mesures, p_lieu);
end;
$function$;

CREATE OR REPLACE FUNCTION private.calculer_norme(p_mesures private.mesures, p_lieu private.emplacement, p_profil astm.profils_calcul)
 RETURNS private.volume_corrige
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  -- A density at 15 °C is one observed at 15 °C, without glass to correct: the same engine serves.
  v_a_15 constant numeric := coalesce(p_mesures.densite_a_15_kgm3, p_mesures.densite_citerne_kgm3);
  v_observee constant boolean := p_mesures.densite_observee_kgm3 is not null;
  v_densite constant numeric := coalesce(p_mesures.densite_observee_kgm3, v_a_15);
  v_echantillon constant numeric := case when v_observee
    then coalesce(p_mesures.temperature_echantillon_c, p_mesures.temperature_produit_c) else 15 end;
  v_verre constant boolean := v_observee and p_profil.correction_verre;
  v_pression constant numeric := case when p_mesures.par_compteur then p_profil.pression_kpa else 0 end;
  v_calcul record;
  v_corrige private.volume_corrige;
begin
  if p_profil.arrondir and (p_profil.decimales_vcf <> 4 or p_profil.entrees_imprimees) then
    select c.* into v_calcul
      from astm.calculer_imprime(p_lieu.groupe_mpms, v_densite, v_echantillon, p_mesures.temperature_produit_c,
             p_mesures.volume_ambiant, p_profil.methode, v_verre, v_pression, p_profil.decimales_vcf,
             p_profil.entrees_imprimees) c;
  else
    select c.* into v_calcul
      from astm.calculer_15c(p_lieu.groupe_mpms, v_densite, v_echantillon, p_mesures.temperature_produit_c,
             p_mesures.volume_ambiant, p_profil.methode, v_verre, v_pression, p_profil.arrondir) c;
  end if;
  v_corrige.volume_15c := round(v_calcul.volume_15c_l::numeric, 3);
  v_corrige.vcf := round(v_calcul.vcf::numeric, 8);
  v_corrige.densite_a_15_kgm3 := case when v_observee then round(v_calcul.densite_15c_kgm3::numeric, 4) else v_a_15 end;
  v_corrige.methode_15c := p_profil.methode;
  v_corrige.parametres_15c := jsonb_build_object('profil', p_profil.nom, 'groupe', p_lieu.groupe_mpms,
    'arrondir', p_profil.arrondir, 'correction_verre', v_verre,
    'densite', case when v_observee then 'OBSERVEE' when p_mesures.densite_a_15_kgm3 is not null then 'A_15'
      else 'CITERNE' end,
    'temperature_echantillon', case when p_mesures.temperature_echantillon_c is null and v_observee then 'PRODUIT' end);
  -- What is as SEP does it needs no word.
  if p_profil.decimales_vcf <> 4 or p_profil.entrees_imprimees or v_pression <> 0 then
    v_corrige.parametres_15c := v_corrige.parametres_15c || jsonb_build_object('decimales_vcf', p_profil.decimales_vcf,
      'entrees_imprimees', p_profil.entrees_imprimees, 'pression_kpa', v_pression);
  end if;
  return v_corrige;
end;
$function$;

CREATE OR REPLACE FUNCTION private.camion_a_recevoir(p_cours_de_route_id uuid, p_proprietaire_type text, p_depots uuid[])
 RETURNS public.cours_de_route
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_cdr public.cours_de_route;
begin
  if p_cours_de_route_id is null then
    -- A partner's own trucks are none of ours.
    if p_proprietaire_type is distinct from 'PARTENAIRE' then
      perform private.refuser('CDR_REQUIS');
    end if;
    return null;
  end if;
  select * into v_cdr from public.cours_de_route c
   where c.id = p_cours_de_route_id and c.depot_destination_id = any (p_depots);
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce cours de route'));
  end if;
  if v_cdr.statut <> 'ARRIVE' then
    perform private.refuser('CDR_NON_ARRIVE', jsonb_build_object('statut', v_cdr.statut));
  end if;
  return v_cdr;
end;
$function$;

CREATE OR REPLACE FUNCTION private.champs_mesures()
 RETURNS text[]
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN ARRAY(SELECT (a.attname)::text AS attname FROM pg_attribute a WHERE ((a.attrelid = ('private.mesures_lues'::regclass)::oid) AND (NOT a.attisdropped)) ORDER BY a.attnum);

CREATE OR REPLACE FUNCTION private.champs_sortie()
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN '{index_avant,index_apres,compteur_id,volume_ambiant,temperature_ambiante_c,temperature_echantillon_c,densite_observee_kgm3,densite_a_15,densite_a_15_kgm3,volume_15c,volume_corrige_15c,id,citerne_id,produit_id,client_id,partenaire_id,proprietaire_type,date_sortie,statut,chauffeur_nom,plaque_camion,plaque_remorque,transporteur,note}'::text[];

CREATE OR REPLACE FUNCTION private.cle_caisse(p_depot_id uuid, p_devise text, p_jour date)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
RETURN hashtextextended(((((('caisse:'::text || (p_depot_id)::text) || ':'::text) || p_devise) || ':'::text) || ((p_jour - '2000-01-01'::date))::text), (0)::bigint);

CREATE OR REPLACE FUNCTION private.cle_compte(p_type text, p_id uuid)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
RETURN hashtextextended(((('tiers:'::text || p_type) || ':'::text) || (p_id)::text), (0)::bigint);

CREATE OR REPLACE FUNCTION private.colonnes_nommees(p_colonnes text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (select string_agg(quote_ident(c), ', ') from regexp_split_to_table(p_colonnes, ',') c);
end;
$function$;

CREATE OR REPLACE FUNCTION private.cours_de_route_avant_update()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_suivant constant jsonb := '{"CHARGEMENT":"TRANSIT","TRANSIT":"FRONTIERE","FRONTIERE":"ARRIVE","ARRIVE":"DECHARGE"}';
  v_permis text;
begin
  v_permis := private.exiger_rattachement(old, new);
  if old.statut in ('DECHARGE', 'ANNULE') and not private.rattachement_force(old.id) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', 'cours_de_route'));
  end if;
  if new.statut = 'ANNULE' then
    perform private.exiger('annuler_cours_de_route');
    perform private.exiger_motif(new.motif_annulation, 3);
    new.motif_annulation := private.texte_net(new.motif_annulation);
  else
    new.motif_annulation := null;
  end if;
  if new.statut not in (old.statut, 'ANNULE')
     and (new.statut is distinct from c_suivant ->> old.statut
          or (new.statut = 'DECHARGE'
              and not exists (select from public.receptions r where r.cours_de_route_id = new.id))) then
    perform private.refuser('CDR_TRANSITION_INTERDITE', jsonb_build_object('de', old.statut, 'vers', new.statut));
  end if;
  new.id := old.id;
  new.date_chargement_presumee := old.date_chargement_presumee
    and (new.date_chargement = old.date_chargement or new.statut = 'DECHARGE');
  new.plaque_camion := upper(btrim(new.plaque_camion));
  v_permis := private.exiger_actifs(nullif(new.produit_id, old.produit_id),
    nullif(new.depot_destination_id, old.depot_destination_id),
    null, nullif(new.fournisseur_id, old.fournisseur_id));
  if (new.plaque_camion, new.depot_destination_id) is distinct from (old.plaque_camion, old.depot_destination_id)
     and new.statut not in ('DECHARGE', 'ANNULE') then
    perform private.exiger_camion_libre(new);
  end if;
  new.created_by := old.created_by;
  new.created_at := old.created_at;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.creer_et_valider(p_sortie jsonb, p_payee boolean)
 RETURNS public.sorties_produit
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  v_sortie public.sorties_produit;
  v_ecrite record;
  v_permis text;
begin
  -- Who may is asked of the row; of what is no row, here.
  if jsonb_typeof(p_sortie) is distinct from 'object' then
    perform private.exiger('valider_sortie');
  end if;
  v_sortie := private.sortie_envoyee(p_sortie);
  v_sortie.statut := 'validee';
  v_permis := set_config('app.sorties_produit_allow_write', case when p_payee then 'comptant' else 'regle' end, true);
  -- The table's own triggers complete it, check everything, write its figures, log it and debit it.
  -- Answered as one value: column by column it would cost as much as all the rest of the insertion.
  insert into public.sorties_produit as s select v_sortie.* returning s as ligne into v_ecrite;
  v_permis := set_config('app.sorties_produit_allow_write', '', true);
  return v_ecrite.ligne;
end;
$function$;

CREATE OR REPLACE FUNCTION private.date_admise(p_moment timestamp with time zone, p_champ text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE STRICT
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return private.date_possible(p_moment) or private.refuser_valeur('DATE_IMPOSSIBLE', p_champ);
end;
$function$;

CREATE OR REPLACE FUNCTION private.date_admise(p_date date, p_champ text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE STRICT
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return private.date_possible(p_date) or private.refuser_valeur('DATE_IMPOSSIBLE', p_champ);
end;
$function$;

CREATE OR REPLACE FUNCTION private.debiter_citerne(p_type text, p_id uuid, p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date, p_volume numeric, p_volume_15c numeric, p_methode_15c text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_norme constant boolean := p_methode_15c <> 'LEGACY';
  v_dilatation numeric := 0;
  v_reste record;
  v_ouverte text;
begin
  v_ouverte := private.exiger_periode_ouverte(p_depot_id, p_jour);
  -- Debited at once where that is all it takes; anything else is looked at in its order before it is done or refused.
  if not private.deplacer_jours(p_citerne_id, p_produit_id, p_proprietaire_type, p_jour, p_jour, p_volume,
    p_volume_15c, false) then
    perform private.exiger_disponible(p_citerne_id, p_produit_id, p_proprietaire_type, p_volume, p_volume_15c,
      p_methode_15c);
    if v_norme then
      v_dilatation := greatest(0,
        p_volume - private.ambiant_disponible(p_citerne_id, p_produit_id, p_proprietaire_type, p_jour));
    end if;
    perform private.appliquer_mouvement(p_citerne_id, p_produit_id, p_depot_id, p_proprietaire_type, p_jour,
      v_dilatation - p_volume, -p_volume_15c);
    if v_dilatation > 0 then
      perform private.dilater(p_type, p_id, p_citerne_id, p_produit_id, p_depot_id, p_proprietaire_type, p_jour,
        v_dilatation);
    end if;
  end if;
  if not v_norme then
    return;
  end if;
  select s.stock_ambiant, s.dernier_jour into v_reste from public.stocks_snapshot s
   where s.citerne_id = p_citerne_id and s.produit_id = p_produit_id and s.proprietaire_type = p_proprietaire_type
     and s.stock_15c = 0 and s.stock_ambiant > 0;
  if found then
    -- Only the last day is sure to bear it: on the days between, others of today's movements were not yet made.
    perform private.appliquer_mouvement(p_citerne_id, p_produit_id, p_depot_id, p_proprietaire_type,
      v_reste.dernier_jour,
      -v_reste.stock_ambiant, 0);
    perform private.dilater(p_type, p_id, p_citerne_id, p_produit_id, p_depot_id, p_proprietaire_type,
      v_reste.dernier_jour,
      -v_reste.stock_ambiant);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.debiter_sortie(p_sortie public.sorties_produit)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_a_garder boolean;
  v_fait text;
begin
  if p_sortie.compteur_id is not null then
    perform private.exiger_index_libres(p_sortie.id, p_sortie.compteur_id, p_sortie.index_avant, p_sortie.index_apres);
  end if;
  v_fait := private.verrouiller_citerne(p_sortie.citerne_id);
  -- Of our own fuel, by the old formula: where the tank is in use and its days are open, two rows are nearly always
  -- enough.
  if p_sortie.methode_15c = 'LEGACY' and p_sortie.proprietaire_type = 'MONALUXE' then
    select not c.logique and c.capacite_securite > 0 into v_a_garder
      from public.citernes c
     where c.id = p_sortie.citerne_id and c.statut = 'active'
       and not exists (
         select from public.periodes_closes p where p.depot_id = c.depot_id and p.au >= p_sortie.date_jour);
  end if;
  if v_a_garder is not null then
    if private.deplacer_jours(p_sortie.citerne_id, p_sortie.produit_id, 'MONALUXE', p_sortie.date_jour,
         p_sortie.date_jour, p_sortie.volume_ambiant, p_sortie.volume_15c, false) then
      if v_a_garder then
        v_fait := private.exiger_securite(p_sortie.citerne_id, p_sortie.date_jour);
      end if;
      return;
    end if;
  end if;
  v_fait := private.debiter_citerne('SORTIE', p_sortie.id, p_sortie.citerne_id, p_sortie.produit_id, p_sortie.depot_id,
    p_sortie.proprietaire_type, p_sortie.date_jour, p_sortie.volume_ambiant, p_sortie.volume_15c, p_sortie.methode_15c);
  v_fait := private.exiger_securite(p_sortie.citerne_id, p_sortie.date_jour,
    case when p_sortie.methode_15c <> 'LEGACY' then p_sortie.vcf end);
  if p_sortie.proprietaire_type = 'PARTENAIRE' then
    perform private.porter_aux_comptes(array(
      select row(p_sortie.depot_id, p_sortie.produit_id, p_sortie.partenaire_id, m.date_jour, m.delta_ambiant,
        m.delta_15c)::private.part
        from (select p_sortie.date_jour, -p_sortie.volume_ambiant, -p_sortie.volume_15c
              union all
              select d.date_jour, d.delta_ambiant, 0 from public.dilatations d
               where d.mouvement_type = 'SORTIE' and d.mouvement_id = p_sortie.id)
             m (date_jour, delta_ambiant, delta_15c)));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.densite_15_historique(p_mesures private.mesures, p_lieu private.emplacement)
 RETURNS numeric
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (private.calculer_norme(p_mesures, p_lieu,
            astm.profil(p_lieu.depot_id, p_lieu.produit_id))).densite_a_15_kgm3;
exception
  -- The standard does not know this product (gas, additive): it never decided there, and so refuses nothing either.
  when sqlstate 'PT422' then
    return p_mesures.densite_a_15_kgm3;
end;
$function$;

CREATE OR REPLACE FUNCTION private.deplacer_alerte(p_id uuid, p_status text, p_note text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_alerte public.system_alerts;
begin
  perform private.exiger('tenir_alertes');
  perform pg_advisory_xact_lock_shared(hashtextextended('alertes:sync', 0));
  select * into v_alerte from public.system_alerts a
   where a.id = p_id and (a.depot_id is null or a.depot_id = any (private.depots_visibles())) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette alerte'));
  end if;
  v_alerte := private.faire_avancer_alerte(v_alerte, p_status);
  perform set_config('app.note_alerte', coalesce(private.texte_net(p_note), ''), true);
  update public.system_alerts a
     set (status, acknowledged_by, acknowledged_at, resolved_by, resolved_at, updated_at)
         = (v_alerte.status, v_alerte.acknowledged_by, v_alerte.acknowledged_at, v_alerte.resolved_by,
           v_alerte.resolved_at, now())
   where a.id = p_id;
  perform set_config('app.note_alerte', '', true);
end;
$function$;

CREATE OR REPLACE FUNCTION private.deplacer_jours(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date, p_dernier_jour date, p_pris_ambiant numeric, p_pris_15c numeric, p_ajustement boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_bitmapscan TO 'off'
AS $function$
declare
  v_maintenant constant timestamptz := now();
  v_permis text;
begin
  v_permis := set_config('app.stocks_journaliers_allow_write', '1', true);
  update public.stocks_snapshot s
     set stock_ambiant = s.stock_ambiant - p_pris_ambiant,
         stock_15c = s.stock_15c - p_pris_15c,
         last_movement_at = v_maintenant,
         updated_at = v_maintenant
   where s.citerne_id = p_citerne_id and s.produit_id = p_produit_id and s.proprietaire_type = p_proprietaire_type
     and s.dernier_jour = p_dernier_jour and s.stock_ambiant >= p_pris_ambiant and s.stock_15c >= p_pris_15c;
  if not found then
    v_permis := set_config('app.stocks_journaliers_allow_write', '', true);
    return false;
  end if;
  update public.stocks_journaliers j
     set stock_ambiant = j.stock_ambiant - p_pris_ambiant,
         stock_15c = j.stock_15c - p_pris_15c,
         updated_at = v_maintenant
   where j.citerne_id = p_citerne_id and j.produit_id = p_produit_id and j.proprietaire_type = p_proprietaire_type
     and j.date_jour between p_jour and p_dernier_jour;
  if p_ajustement then
    update public.stocks_snapshot s
       set delta_ambiant_total = s.delta_ambiant_total - p_pris_ambiant,
           delta_15c_total = s.delta_15c_total - p_pris_15c
     where s.citerne_id = p_citerne_id and s.produit_id = p_produit_id and s.proprietaire_type = p_proprietaire_type;
  end if;
  v_permis := set_config('app.stocks_journaliers_allow_write', '', true);
  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION private.depots_visibles()
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
AS $function$
declare
  v_depot_id uuid;
  v_tous boolean;
begin
  -- As private.acteur, of whom a policy wants no more than this.
  select p.depot_id, p.role = any (c.roles) into v_depot_id, v_tous
    from public.profils p join private.capacites c on c.capacite = 'voir_tous_depots'
   where p.user_id = auth.uid() and p.desactive_le is null;
  return coalesce(private.depots_de(v_tous, v_depot_id), '{}');
end;
$function$;

CREATE OR REPLACE FUNCTION private.details_differes(p_details jsonb, p_request_id text)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acte constant private.actes_differes := private.acte_differe(p_request_id);
begin
  return case when v_acte.cle is null then p_details
    else p_details || jsonb_build_object('synchronisation', private.dit_du_differe(v_acte)) end;
end;
$function$;

CREATE OR REPLACE FUNCTION private.dire_facture(p_facture public.factures_client)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return jsonb_build_object(
    'facture', to_jsonb(p_facture) - '{empreinte,precedent,emise_le,created_at}'::text[] || jsonb_build_object(
      'emise_le', to_char(p_facture.emise_le at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
    'lignes', (select jsonb_agg(to_jsonb(l) order by l.rang) from public.factures_client_lignes l
                where l.facture_id = p_facture.id),
    'taxes', (select jsonb_agg(to_jsonb(t) order by t.groupe) from public.factures_client_taxes t
               where t.facture_id = p_facture.id))::text;
end;
$function$;

CREATE OR REPLACE FUNCTION private.dispositif_fiscal()
 RETURNS text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return coalesce((select s.value from public.app_settings s where s.key = 'dispositif_fiscal'), 'aucun');
end;
$function$;

CREATE OR REPLACE FUNCTION private.dit_du_bon(p_bon public.bons_livraison)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (
  select jsonb_build_object('vendeur', private.vendeur(p_bon.depot_id), 'produit', p.nom,
      'client', coalesce((select jsonb_build_object('nom', c.nom, 'adresse', c.adresse, 'telephone', c.telephone,
          'nif', c.nif, 'rccm', c.rccm) from public.clients c where c.id = s.client_id),
        (select jsonb_build_object('nom', t.nom, 'telephone', t.telephone) from public.partenaires t
          where t.id = s.partenaire_id)),
      'sortie', jsonb_build_object('volume_ambiant', s.volume_ambiant, 'volume_15c', s.volume_15c,
        'temperature_ambiante_c', s.temperature_ambiante_c, 'densite_a_15_kgm3', s.densite_a_15_kgm3,
        'plaque_camion', s.plaque_camion, 'plaque_remorque', s.plaque_remorque, 'chauffeur_nom', s.chauffeur_nom,
        'transporteur', s.transporteur))
    from public.sorties_produit s join public.produits p on p.id = s.produit_id where s.id = p_bon.sortie_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.document_lu(p_demande jsonb, p_octets bytea)
 RETURNS public.documents
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_document public.documents;
begin
  perform private.exiger('deposer_documents');
  perform private.exiger_read_committed();
  v_document.type_mime := private.exiger_contenu(p_demande, p_octets);
  v_document.categorie := p_demande ->> 'categorie';
  v_document.nom := private.nom_de_fichier(p_demande ->> 'nom', v_document.type_mime);
  v_document.taille := octet_length(p_octets);
  v_document.sha256 := sha256(p_octets);
  return v_document;
end;
$function$;

CREATE OR REPLACE FUNCTION private.dues(p_encaissement public.encaissements, p_factures jsonb)
 RETURNS TABLE(ecriture_id uuid, facture_id uuid, numero text, du numeric, demande numeric)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
  select r.ecriture_id, e.source_id, e.reference, r.debit, d.montant
    from private.restes_clients r
    join public.ecritures_tiers e on e.id = r.ecriture_id
    left join lateral (
      select (j ->> 'montant')::numeric as montant, n from jsonb_array_elements(p_factures) with ordinality a (j, n)
       where (j ->> 'facture_id')::uuid = e.source_id limit 1) d on true
   where r.client_id = p_encaissement.client_id and r.devise = p_encaissement.devise_compte and r.debit > 0
     and (p_factures is null or d.n is not null)
   order by d.n, r.echeance, r.ordre;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ecarts_lieux()
 RETURNS SETOF private.lieux
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  (select l.* from private.lieux l except select v.* from private.lieux_vrais v)
  union all
  (select v.* from private.lieux_vrais v where v.citerne_id in (select l.citerne_id from private.lieux l)
   except select l.* from private.lieux l)
$function$;

CREATE OR REPLACE FUNCTION private.ecrire_actes_differes(p_lot uuid, p_actes jsonb, p_recu_le timestamp with time zone, p_avance interval)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_avenir_admis constant interval := '5 minutes';
  v_depots constant uuid[] := private.depots_visibles();
begin
  insert into private.actes_differes (user_id, cle, lot_id, acte, empreinte, moment, fait_le, depot_id, recu_le, etat,
    statut_http, reponse)
  select private.auteur_de_cle((a.acte ->> 'cle')::uuid), (a.acte ->> 'cle')::uuid, p_lot, a.acte ->> 'acte',
    private.empreinte_d_acte(a.acte), m.moment,
         case when m.moment - p_avance between p_recu_le and p_recu_le + c_avenir_admis then p_recu_le
              else m.moment - p_avance end,
         private.depot_du_lieu((a.acte ->> 'lieu')::uuid, v_depots), p_recu_le,
         case when a.acte ? 'probleme' then 'REFUSE' else 'RECU' end,
         (a.acte -> 'probleme' ->> 'status')::int, a.acte -> 'probleme'
    from jsonb_array_elements(p_actes) with ordinality a (acte, rang)
   cross join lateral (select case when not a.acte ? 'probleme' then (a.acte ->> 'moment')::timestamptz end as moment) m
   -- One order for everybody: two sendings of the same acts wait, and never for each other.
   order by a.acte ->> 'cle', a.rang
  on conflict (cle) do nothing;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ecrire_compte(p_ecriture public.ecritures_tiers)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_id uuid;
  v_pris text;
begin
  v_pris := private.verrouiller_tiers(p_ecriture.tiers_type,
    coalesce(p_ecriture.fournisseur_id, p_ecriture.client_id));
  insert into public.ecritures_tiers
    (tiers_type, fournisseur_id, client_id, depot_id, devise, date_valeur, echeance, type, debit, credit, reference,
     libelle, source_type, source_id, contrepasse_id, created_by)
  values (p_ecriture.tiers_type, p_ecriture.fournisseur_id, p_ecriture.client_id, p_ecriture.depot_id,
    p_ecriture.devise,
          p_ecriture.date_valeur, p_ecriture.echeance, p_ecriture.type, coalesce(p_ecriture.debit, 0),
          coalesce(p_ecriture.credit, 0), p_ecriture.reference, p_ecriture.libelle, p_ecriture.source_type,
          p_ecriture.source_id, p_ecriture.contrepasse_id, auth.uid())
  returning id into v_id;
  return v_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.emettre(p_facture public.factures_client)
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_client public.clients;
  v_conditions constant public.clients_conditions := private.conditions_de(p_facture.client_id);
begin
  select * into strict v_client from public.clients c where c.id = p_facture.client_id;
  perform private.exiger_client_complet(v_client);
  p_facture.client_fige := jsonb_build_object('nom', v_client.nom, 'adresse', v_client.adresse, 'pays', v_client.pays,
    'telephone', v_client.telephone, 'type_fiscal', v_client.type_fiscal, 'nif', v_client.nif, 'rccm', v_client.rccm,
    'id_nat', v_client.id_nat, 'ref_exoneration', v_client.ref_exoneration);
  p_facture.vendeur_fige := private.vendeur(p_facture.depot_id);
  p_facture.date_facture := private.jour_au_depot(p_facture.depot_id, clock_timestamp());
  p_facture.date_echeance := p_facture.date_facture + v_conditions.delai_jours;
  p_facture.taux_cdf := private.taux_du_jour(p_facture.devise, p_facture.date_facture);
  with taxes as (
    insert into public.factures_client_taxes (facture_id, depot_id, groupe, taux, base_ht, montant_tva)
    select p_facture.id, p_facture.depot_id, l.tva_groupe, l.tva_taux, sum(l.montant_ht),
           round(sum(l.montant_ht) * l.tva_taux / 100, 2)
      from public.factures_client_lignes l where l.facture_id = p_facture.id
     group by l.tva_groupe, l.tva_taux
    returning base_ht, montant_tva
  )
  select sum(t.base_ht), sum(t.montant_tva) into p_facture.total_ht, p_facture.total_tva from taxes t;
  p_facture.total_ttc := p_facture.total_ht + p_facture.total_tva;
  p_facture.total_ttc_cdf := round(p_facture.total_ttc * p_facture.taux_cdf, 2);
  p_facture.total_tva_cdf := round(p_facture.total_tva * p_facture.taux_cdf, 2);
  insert into private.facturations_sortie (sortie_id, facture_id, ajuste_15c)
  select l.sortie_id, p_facture.id, (select coalesce(sum(a.delta_15c), 0) from public.stocks_adjustments a
           where a.mouvement_type = 'SORTIE' and a.mouvement_id = l.sortie_id)
    from public.factures_client_lignes l
   where l.facture_id = p_facture.id and l.sortie_id is not null;
  return private.sceller_facture(p_facture);
end;
$function$;

CREATE OR REPLACE FUNCTION private.empreinte_facture(p_facture public.factures_client)
 RETURNS bytea
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return sha256(coalesce(p_facture.precedent, '') || convert_to(private.dire_facture(p_facture), 'UTF8'));
end;
$function$;

CREATE OR REPLACE FUNCTION private.en_devise(p_montant numeric, p_de text, p_vers text, p_taux_cdf numeric)
 RETURNS numeric
 LANGUAGE sql
 IMMUTABLE
RETURN round(CASE WHEN (p_de = p_vers) THEN p_montant WHEN (p_vers = 'CDF'::text) THEN (p_montant * p_taux_cdf) ELSE (p_montant / p_taux_cdf) END, 2);

CREATE OR REPLACE FUNCTION private.exiger_camion_libre(p_cdr public.cours_de_route)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
AS $function$
begin
  -- One lock a depot, and not a truck: a thousand trucks of one statement would fill the server's table. Who opens
  -- trucks of several depots at once takes them as they come; of two that cross, PostgreSQL undoes one, which may be
  -- sent again.
  perform pg_advisory_xact_lock(hashtextextended('cours_de_route:' || p_cdr.depot_destination_id, 0));
  if exists (select from public.cours_de_route c
              where private.cle_au_depot(c.depot_destination_id, private.cle_plaque(c.plaque_camion))
                  = private.cle_au_depot(p_cdr.depot_destination_id, private.cle_plaque(p_cdr.plaque_camion))
                and c.statut not in ('DECHARGE', 'ANNULE') and c.id <> p_cdr.id) then
    perform private.refuser('CDR_DEJA_OUVERT', jsonb_build_object('plaque_camion', p_cdr.plaque_camion));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_citerne(p_lieu private.emplacement, p_citerne_id uuid, p_produit_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_lieu.statut = 'active' then
    if p_lieu.produit_id = p_produit_id then
      return;
    end if;
  end if;
  perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_citerne_id));
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_credit(p_sortie public.sorties_produit)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_conditions public.clients_conditions;
  v_encours private.encours;
  v_depasse numeric;
begin
  if p_sortie.client_id is null then
    return;
  end if;
  if not exists (select from public.clients_conditions c
                  where c.client_id = p_sortie.client_id and (c.plafond is not null or c.suspendu)) then
    return;
  end if;
  if p_sortie.proprietaire_type <> 'MONALUXE' or not private.flag_actif('credit_client_blocant', p_sortie.depot_id)
  then
    return;
  end if;
  perform private.verrouiller_tiers('CLIENT', p_sortie.client_id);
  select * into v_conditions from public.clients_conditions c where c.client_id = p_sortie.client_id;
  perform private.exiger_non_suspendu(v_conditions, p_sortie);
  if v_conditions.plafond is null then
    return;
  end if;
  v_encours := private.encours(v_conditions);
  -- A delivery without a price would leak through the limit.
  if v_encours.sans_prix > 0 then
    perform private.demande_de(p_sortie, v_conditions);
    perform private.refuser('TARIF_ABSENT', jsonb_build_object('produit', 'des livraisons à facturer', 'jour',
      p_sortie.date_jour, 'devise', v_conditions.devise, 'base', v_conditions.base));
  end if;
  v_depasse := v_encours.solde + v_encours.non_facture - v_conditions.plafond;
  if v_depasse > 0 and not private.consommer_derogation(p_sortie, v_depasse) then
    perform private.refuser('CREDIT_DEPASSE', jsonb_build_object('client_id', p_sortie.client_id,
      'depot_id', p_sortie.depot_id, 'sortie_id', p_sortie.id, 'plafond', v_conditions.plafond,
      'encours', v_encours.solde + v_encours.non_facture, 'depassement', v_depasse, 'devise', v_conditions.devise,
      'demande', private.demande_de(p_sortie, v_conditions),
      'disponible', v_conditions.plafond - v_encours.solde - v_encours.non_facture
        + private.demande_de(p_sortie, v_conditions)));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_demande(p_user_id uuid, p_route text, p_ici integer)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_maintenant constant timestamptz := clock_timestamp();
  v_demandes int;
  v_limite int;
  v_actif boolean;
begin
  if pg_is_in_recovery() then
    -- A standby has no counts, which are not in the log that it follows: the primary judged before it sent anybody
    -- here.
    v_actif := (select p.desactive_le is null from public.profils p where p.user_id = p_user_id);
  else
    -- One question for both: every request begins with it.
    select case when p.user_id is not null then p.desactive_le is null end, p_ici + coalesce(c.nombre, 0),
      coalesce(propre.par_minute, commune.par_minute)
      into v_actif, v_demandes, v_limite
      from (select) une
      left join public.profils p on p.user_id = p_user_id
      left join private.limites_compteurs c
        on c.user_id = p_user_id and c.route = p_route and c.minute >= date_trunc('minute', v_maintenant)
      left join private.limites propre on propre.route = p_route
      left join private.limites commune on commune.route = split_part(p_route, ' ', 1);
    if v_demandes > v_limite then
      perform private.refuser('TROP_DE_DEMANDES',
        jsonb_build_object('attendre_s', ceil(60 - extract(second from v_maintenant))::int, 'par_minute', v_limite));
    end if;
  end if;
  if v_actif then
    return;
  end if;
  perform private.refuser(case when v_actif is null then 'ROLE_FORBIDDEN' else 'COMPTE_DESACTIVE' end);
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_densite_du_produit(p_densite_kgm3 numeric, p_lieu private.emplacement)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- A bound that is not set bounds nothing.
  if p_densite_kgm3 < p_lieu.densite_15_min or p_densite_kgm3 > p_lieu.densite_15_max then
    perform private.refuser('DENSITE_HORS_PRODUIT', jsonb_build_object('produit', p_lieu.produit_nom,
      'densite_a_15_kgm3', p_densite_kgm3, 'minimum', p_lieu.densite_15_min, 'maximum', p_lieu.densite_15_max));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_ecritures_ouvertes()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ouvertes text;
begin
  v_ouvertes := private.exiger_ouvert();
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_expediable(p_lieu private.emplacement, p_transfert public.transferts_depots, p_proprietaire_type text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_transfert.depot_destination_id = p_lieu.depot_id then
    perform private.refuser('TRANSFERT_MEME_DEPOT');
  end if;
  if (p_proprietaire_type = 'PARTENAIRE') <> (p_transfert.partenaire_id is not null)
     or (p_transfert.partenaire_id is not null
         and not exists (select from public.partenaires p where p.id = p_transfert.partenaire_id)) then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;
  if not exists (select from public.depots d where d.id = p_transfert.depot_destination_id) then
    perform private.refuser('INTROUVABLE', '{"quoi":"le dépôt de destination"}');
  end if;
  perform private.exiger_actifs(p_lieu.produit_id, p_transfert.depot_destination_id,
    p_partenaire_id => p_transfert.partenaire_id);
  if not exists (select from public.citernes c
                  where c.depot_id = p_transfert.depot_destination_id and c.produit_id = p_lieu.produit_id
                    and c.statut <> 'inactive') then
    perform private.refuser('DESTINATION_SANS_CITERNE', jsonb_build_object('produit', p_lieu.produit_nom));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_factures_du_client(p_encaissement public.encaissements, p_factures jsonb)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_introuvable boolean;
  v_autre_devise boolean;
begin
  if p_factures is null then
    return;
  end if;
  select bool_or(f.id is null), bool_or(f.devise <> p_encaissement.devise_compte)
    into v_introuvable, v_autre_devise
    from jsonb_array_elements(p_factures) j
    left join public.factures_client f on f.id = (j ->> 'facture_id')::uuid
      and f.client_id = p_encaissement.client_id and f.statut = 'EMISE' and f.type = 'FACTURE';
  if v_introuvable then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'une de ces factures'));
  end if;
  if v_autre_devise then
    perform private.refuser('DEVISE_DIFFERENTE', jsonb_build_object('devise', p_encaissement.devise_compte));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_mesures(p_table text, p_index_avant numeric, p_index_apres numeric, p_volume_ambiant numeric, p_volume_15c numeric, p_temperature_ambiante_c numeric, p_temperature_echantillon_c numeric, p_densite_observee_kgm3 numeric, p_densite_a_15_kgm3 numeric, p_vcf numeric)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_colonne text;
begin
  -- One expression, of null tests first: one that is not reached, because nobody sent its figure, costs nothing.
  if (p_volume_ambiant is null or p_volume_ambiant < 1e9)
     and (p_temperature_ambiante_c is null or p_temperature_ambiante_c between -50 and 150)
     and (p_temperature_echantillon_c is null or p_temperature_echantillon_c between -50 and 150)
     and (p_index_avant is null or p_index_avant <@ '[0,1e12)'::numrange)
     and (p_index_apres is null or p_index_apres <@ '[0,1e12)'::numrange)
     and (p_densite_observee_kgm3 is null or p_densite_observee_kgm3 between 400 and 1300)
     and (p_densite_a_15_kgm3 is null or p_densite_a_15_kgm3 between 400 and 1300)
     and (p_volume_15c is null or p_volume_15c > 0 and p_volume_15c < 1e9)
     and (p_vcf is null or p_vcf between 0.5 and 1.5)
  then
    return true;
  end if;
  v_colonne := case
    when not p_index_avant <@ '[0,1e12)'::numrange then 'index_avant'
    when not p_index_apres <@ '[0,1e12)'::numrange then 'index_apres'
    when not p_volume_ambiant < 1e9 then 'volume_ambiant'
    when not p_volume_15c <@ '(0,1e9)'::numrange then 'volume_corrige_15c'
    when not p_temperature_ambiante_c <@ '[-50,150]'::numrange then 'temperature_ambiante_c'
    when not p_temperature_echantillon_c <@ '[-50,150]'::numrange then 'temperature_echantillon_c'
    when not p_densite_observee_kgm3 <@ '[400,1300]'::numrange then 'densite_observee_kgm3'
    when not p_densite_a_15_kgm3 <@ '[400,1300]'::numrange then 'densite_a_15_kgm3'
    else 'vcf' end;
  raise check_violation using
    message = format('value of column %I is not one that a depot can measure', v_colonne),
    hint = format('Valeur impossible pour %s : vérifiez la saisie.', v_colonne),
    table = p_table, column = v_colonne;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_non_gele(p_gel jsonb)
 RETURNS void
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_gel is not null and (p_gel ->> 'operateur')::uuid is distinct from auth.uid() then
    perform private.refuser('ECRITURES_GELEES', p_gel - 'operateur');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_note(p_lieu private.emplacement, p_note text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_lieu.logique and coalesce(private.texte_net(p_note), '') = ''
     and private.flag_actif('citerne_logique_notes', p_lieu.depot_id) then
    perform private.refuser('NOTE_REQUISE', jsonb_build_object('nom', p_lieu.nom));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_ouvert()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_gel text;
begin
  -- An older snapshot of the database would not see a freeze declared since.
  if current_setting('transaction_isolation') <> 'read committed' then
    perform private.exiger_read_committed();
  end if;
  select s.value into v_gel from public.app_settings s where s.key = 'gel_ecritures';
  if v_gel is not null then
    perform private.exiger_non_gele(v_gel::jsonb);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_peu_de_lignes(p_table oid, p_lignes bigint)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- The owner of the tables brings whole databases.
  if p_lignes > private.lignes_au_plus() and not private.possede(p_table) then
    perform private.refuser('TROP_DE_LIGNES',
      jsonb_build_object('lignes', p_lignes, 'maximum', private.lignes_au_plus()));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_precedents(p_cles uuid[])
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_cle uuid;
  v_acte private.actes_differes;
  v_contre jsonb;
  v_reponses jsonb := '{}';
begin
  foreach v_cle in array p_cles loop
    select * into v_acte from private.actes_differes a where a.cle = v_cle;
    if not found then
      perform private.refuser('ACTE_ATTENDU', jsonb_build_object('depend_de', v_cle));
    elsif v_acte.user_id <> auth.uid() then
      perform private.refuser('ACTE_DEPENDANT', jsonb_build_object('depend_de', v_cle, 'acte', null,
        'code', 'CLE_D_AUTRUI', 'raison', private.phrase_de_refus('CLE_D_AUTRUI', '{}')));
    elsif v_acte.etat <> 'APPLIQUE' then
      -- Of a chain, what began it: a reason within a reason within a reason is read by nobody.
      v_contre := case v_acte.reponse ->> 'code' when 'ACTE_DEPENDANT' then v_acte.reponse -> 'valeurs'
        else jsonb_build_object('code', v_acte.reponse -> 'code',
          'raison', coalesce(v_acte.reponse ->> 'detail', 'il n''est pas encore traité.')) end;
      perform private.refuser('ACTE_DEPENDANT',
        v_contre || jsonb_build_object('depend_de', v_cle, 'acte', v_acte.acte));
    end if;
    v_reponses := v_reponses || jsonb_build_object(v_cle, v_acte.reponse);
  end loop;
  return v_reponses;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_temperatures(p_mesures private.mesures, p_lieu private.emplacement)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_champ text := coalesce(p_mesures.champ_temperature, 'temperature_ambiante_c');
  v_temperature numeric := p_mesures.temperature_produit_c;
begin
  if p_mesures.temperature_produit_c is null then
    perform private.refuser('TEMPERATURE_REQUISE', jsonb_build_object('champ', v_champ));
  end if;
  if p_mesures.temperature_produit_c between p_lieu.temperature_min_c and p_lieu.temperature_max_c then
    if p_mesures.temperature_echantillon_c is null then
      return;
    end if;
    if p_mesures.temperature_echantillon_c between p_lieu.temperature_min_c and p_lieu.temperature_max_c then
      return;
    end if;
  end if;
  if p_mesures.temperature_produit_c between p_lieu.temperature_min_c and p_lieu.temperature_max_c then
    v_champ := 'temperature_echantillon_c';
    v_temperature := p_mesures.temperature_echantillon_c;
  end if;
  perform private.refuser('TEMPERATURE_HORS_PLAGE', jsonb_build_object('champ', v_champ, 'temperature', v_temperature,
    'min', p_lieu.temperature_min_c, 'max', p_lieu.temperature_max_c));
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_validable(p_sortie public.sorties_produit, p_lieu private.emplacement)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_aujourdhui constant date := private.jour_local(p_lieu.fuseau, now());
begin
  if p_sortie.client_id is null and p_sortie.partenaire_id is null then
    perform private.refuser('BENEFICIAIRE_REQUIRED');
  end if;
  if p_sortie.partenaire_id is null and p_sortie.proprietaire_type = 'PARTENAIRE' then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;
  perform private.exiger_citerne(p_lieu, p_sortie.citerne_id, p_sortie.produit_id);
  perform private.exiger_note(p_lieu, p_sortie.note);
  if p_sortie.date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.facture_de_sortie(p_sortie_id uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (select f.facture_id from private.facturations_sortie f
           where f.sortie_id = p_sortie_id and f.libere_par is null);
end;
$function$;

CREATE OR REPLACE FUNCTION private.faite(p_fait text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION private.faits()
 RETURNS TABLE(objet text, parent text, fait jsonb, propre boolean)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET quote_all_identifiers TO 'off'
AS $function$
declare
  v_ref record;
begin
  return query
with schemas (oid, nom) as (
  select n.oid, n.nspname::text from pg_namespace n where n.nspname in ('public', 'private', 'astm')
), extensions (classid, objid) as (
  -- What an extension brought is the extension's.
  select d.classid, d.objid from pg_depend d where d.deptype = 'e'
), relations as (
  select c.*, s.nom as schema,
         case c.relkind when 'v' then 'vue' when 'm' then 'vue matérialisée' when 'S' then 'séquence'
                        when 'f' then 'table étrangère' else 'table' end
           || ' ' || s.nom || '.' || c.relname as objet
    from pg_class c join schemas s on s.oid = c.relnamespace
   where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
     and not exists (select from extensions e where e.classid = 'pg_class'::regclass and e.objid = c.oid)
), fonctions as (
  select p.*, case p.prokind when 'a' then 'agrégat' when 'p' then 'procédure' else 'fonction' end
              || ' ' || n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as
                objet
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
   where (p.pronamespace in (select s.oid from schemas s)
          or (n.nspname = 'extensions' and p.proname = 'interdire_drop_en_prod'))
     and not exists (select from extensions e where e.classid = 'pg_proc'::regclass and e.objid = p.oid)
), types as (
  select t.*, case t.typtype when 'd' then 'domaine ' else 'type ' end || s.nom || '.' || t.typname as objet
    from pg_type t join schemas s on s.oid = t.typnamespace
    left join pg_class c on c.oid = t.typrelid
   where t.typcategory <> 'A' and (t.typrelid = 0 or c.relkind = 'c') and t.typtype <> 'm'
     and not exists (select from extensions e where e.classid = 'pg_type'::regclass and e.objid = t.oid)
), droits (objet, sur, acl) as (
  select 'schéma ' || s.nom, 'schéma ' || s.nom, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner)))
    from schemas s join pg_namespace n on n.oid = s.oid
  union all
  select r.objet, r.objet,
    aclexplode(coalesce(r.relacl, acldefault(case r.relkind when 'S' then 's' else 'r' end::"char", r.relowner)))
    from relations r
  union all
  select r.objet, r.objet || ', colonne ' || a.attname, aclexplode(a.attacl)
    from relations r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
      and a.attacl is not null
  union all
  select f.objet, f.objet, aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) from fonctions f
  union all
  select t.objet, t.objet, aclexplode(coalesce(t.typacl, acldefault('T', t.typowner))) from types t
), commentaires (objet, parent, texte) as (
  select 'schéma ' || s.nom, 'schéma ' || s.nom, d.description
    from schemas s join pg_description d on d.classoid = 'pg_namespace'::regclass and d.objoid = s.oid
   where s.nom <> 'public'
  union all
  select case when d.objsubid = 0 then r.objet else 'colonne ' || r.schema || '.' || r.relname || '.' || a.attname end,
    r.objet, d.description
    from relations r join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = r.oid
    left join pg_attribute a on a.attrelid = r.oid and a.attnum = d.objsubid and d.objsubid > 0
  union all
  select f.objet, f.objet, d.description from fonctions f join pg_description d on d.classoid = 'pg_proc'::regclass
    and d.objoid = f.oid
  union all
  select t.objet, t.objet, d.description from types t join pg_description d on d.classoid = 'pg_type'::regclass
    and d.objoid = t.oid
  union all
  select 'attribut ' || substr(t.objet, 6) || '.' || a.attname, t.objet, d.description
    from types t join pg_attribute a on a.attrelid = t.typrelid and a.attnum > 0
    join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = t.typrelid and d.objsubid = a.attnum
  union all
  select i.type || ' ' || i.identity, r.objet, d.description
    from pg_description d
    cross join lateral pg_identify_object(d.classoid, d.objoid, d.objsubid) i
    left join pg_constraint k on d.classoid = 'pg_constraint'::regclass and k.oid = d.objoid
    left join pg_trigger g on d.classoid = 'pg_trigger'::regclass and g.oid = d.objoid
    left join pg_policy p on d.classoid = 'pg_policy'::regclass and p.oid = d.objoid
    left join pg_index x on d.classoid = 'pg_class'::regclass and x.indexrelid = d.objoid
    join relations r on r.oid = coalesce(nullif(k.conrelid, 0), g.tgrelid, p.polrelid, x.indrelid)
)
select 'schéma ' || s.nom, null,
  jsonb_build_object('proprietaire', case when s.nom <> 'public' then pg_get_userbyid(n.nspowner) end), false
  from schemas s join pg_namespace n on n.oid = s.oid
union all
select r.objet, null, jsonb_strip_nulls(jsonb_build_object(
    'proprietaire', pg_get_userbyid(r.relowner),
    'persistance', nullif(r.relpersistence, 'p'),
    'options', (select array_agg(o order by o) from unnest(r.reloptions) o),
    'rls', nullif(r.relrowsecurity, false),
    'rls_force', nullif(r.relforcerowsecurity, false),
    'identite_replique', case when r.relkind = 'r' then nullif(r.relreplident, 'd') end,
    'partition', case when r.relkind = 'p' then pg_get_partkeydef(r.oid) end,
    'definition', case when r.relkind in ('v', 'm') then pg_get_viewdef(r.oid) end,
    'sequence', case when r.relkind = 'S' then
      (select to_jsonb(q) - 'seqrelid' || jsonb_build_object('seqtypid', q.seqtypid::regtype::text) from pg_sequence q
        where q.seqrelid = r.oid) end)), false
  from relations r
union all
select 'colonne ' || r.schema || '.' || r.relname || '.' || a.attname, r.objet, jsonb_strip_nulls(jsonb_build_object(
    'type', format_type(a.atttypid, a.atttypmod),
    'obligatoire', nullif(a.attnotnull, false),
    'defaut', pg_get_expr(d.adbin, d.adrelid),
    'engendree', nullif(a.attgenerated, ''),
    'identite', nullif(a.attidentity, ''),
    'collation', case when a.attcollation <> t.typcollation then a.attcollation::regcollation::text end)), false
  from relations r
  join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
 where r.relkind in ('r', 'p', 'f')
union all
select 'contrainte ' || s.nom || '.' || coalesce(r.relname, t.typname) || '.' || k.conname, coalesce(r.objet, t.objet),
       jsonb_build_object('definition', pg_get_constraintdef(k.oid), 'verifiee', k.convalidated), false
  from pg_constraint k join schemas s on s.oid = k.connamespace
  left join relations r on r.oid = k.conrelid
  left join types t on t.oid = k.contypid
 where k.contype in ('c', 'f', 'p', 'u', 'x') and coalesce(r.objet, t.objet) is not null
union all
select 'index ' || s.nom || '.' || c.relname, r.objet, jsonb_build_object('definition', pg_get_indexdef(i.indexrelid),
  'valide', i.indisvalid), false
  from pg_index i join relations r on r.oid = i.indrelid
  join pg_class c on c.oid = i.indexrelid join schemas s on s.oid = c.relnamespace
 where not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
union all
select f.objet, null, jsonb_build_object('proprietaire', pg_get_userbyid(f.proowner), 'definition',
    case f.prokind when 'a' then (select to_jsonb(g)::text from pg_aggregate g where g.aggfnoid = f.oid)
      else pg_get_functiondef(f.oid) end), false
  from fonctions f
union all
select 'trigger ' || n.nspname || '.' || c.relname || '.' || g.tgname, r.objet,
       jsonb_build_object('definition', pg_get_triggerdef(g.oid), 'actif', g.tgenabled), g.tgname ~ '^(zz_)?siege_'
  from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
  left join relations r on r.oid = g.tgrelid
 where not g.tgisinternal
   and
     (r.oid is not null
     or g.tgfoid in (select p.oid from pg_proc p where p.pronamespace in (select s.oid from schemas s)))
union all
select 'policy ' || r.schema || '.' || r.relname || '.' || p.polname, r.objet, jsonb_strip_nulls(jsonb_build_object(
    'verbe', p.polcmd, 'permissive', p.polpermissive,
    'roles', (select array_agg(q.nom order by q.nom collate "C")
      from (select case x when 0 then 'public' else pg_get_userbyid(x)::text end as nom from unnest(p.polroles) x) q),
    'usage', pg_get_expr(p.polqual, p.polrelid), 'controle', pg_get_expr(p.polwithcheck, p.polrelid))), false
  from pg_policy p join relations r on r.oid = p.polrelid
union all
select 'règle ' || r.schema || '.' || r.relname || '.' || w.rulename, r.objet,
  jsonb_build_object('definition', pg_get_ruledef(w.oid)), false
  from pg_rewrite w join relations r on r.oid = w.ev_class where w.rulename <> '_RETURN'
union all
select t.objet, null, jsonb_strip_nulls(jsonb_build_object(
    'proprietaire', pg_get_userbyid(t.typowner),
    'valeurs', (select array_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid),
    'attributs', (select jsonb_object_agg(a.attname, format_type(a.atttypid, a.atttypmod)) from pg_attribute a
                   where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped),
    'ordre', (select array_agg(a.attname order by a.attnum) from pg_attribute a
               where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped),
    'base', case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end,
    'obligatoire', nullif(t.typnotnull, false), 'defaut', t.typdefault,
    'intervalle', (select g.rngsubtype::regtype::text from pg_range g where g.rngtypid = t.oid))), false
  from types t
union all
select 'droits de ' || coalesce(g.rolname, 'public') || ' sur ' || d.sur, d.objet, jsonb_build_object('droits',
       string_agg((d.acl).privilege_type || case when (d.acl).is_grantable then '*' else '' end, ','
         order by (d.acl).privilege_type)), coalesce(g.rolname, '') ~ '^siege_'
  from droits d left join pg_roles g on g.oid = (d.acl).grantee
 -- Of the schema public, which the platform makes, what its makers may is theirs.
 where (d.objet <> 'schéma public' or coalesce(g.rolname, 'public') in ('public', 'anon', 'authenticated',
   'service_role'))
 group by 1, 2, 4
union all
select 'commentaire sur ' || m.objet, m.parent, jsonb_build_object('texte', m.texte), false from commentaires m
union all
select 'droits par défaut de ' || pg_get_userbyid(a.defaclrole) || ' sur ' || a.defaclobjtype::text ||
  coalesce(' du schéma ' || n.nspname, '')
       || ' pour ' || coalesce(g.rolname, 'public'), null,
       jsonb_build_object('droits', string_agg(x.privilege_type, ',' order by x.privilege_type)), false
  from pg_default_acl a left join pg_namespace n on n.oid = a.defaclnamespace
 cross join lateral aclexplode(a.defaclacl) x left join pg_roles g on g.oid = x.grantee
 where pg_get_userbyid(a.defaclrole) = 'postgres' and coalesce(n.nspname, 'public') in ('public', 'private', 'astm')
 group by 1
union all
select 'trigger d''événement ' || e.evtname, null,
       jsonb_build_object('evenement', e.evtevent, 'fonction', e.evtfoid::regprocedure::text, 'actif', e.evtenabled),
       false
  from pg_event_trigger e
 where e.evtname = 'interdire_drop_en_prod'
   or e.evtfoid in (select p.oid from pg_proc p where p.pronamespace in (select s.oid from schemas s))
union all
-- A server's own: a restore elsewhere finds that server's.
select 'réglage ' || split_part(c, '=', 1) || ' du rôle ' || r.rolname, null,
  jsonb_build_object('valeur', split_part(c, '=', 2)), true
  from pg_roles r, unnest(r.rolconfig) c
 where r.rolname in ('anon', 'authenticated', 'service_role')
   and split_part(c, '=', 1) in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout')
union all
select 'publication ' || p.pubname || ' de ' || t.schemaname || '.' || t.tablename, null,
       jsonb_strip_nulls(jsonb_build_object('colonnes', to_jsonb(t.attnames), 'filtre', t.rowfilter)),
       p.pubname ~ '^siege_'
  from pg_publication_tables t join pg_publication p on p.pubname = t.pubname
 where t.schemaname in (select s.nom from schemas s) and not p.puballtables
union all
-- Kinds of objects that nothing here makes: that there is one is told.
select distinct i.type || ' ' || i.identity, null, '{}'::jsonb, false
  from pg_depend d
 cross join lateral pg_identify_object(d.classid, d.objid, 0) i
 where d.refclassid = 'pg_namespace'::regclass and d.refobjid in (select s.oid from schemas s)
   and d.classid in ('pg_operator'::regclass, 'pg_opclass'::regclass, 'pg_opfamily'::regclass,
     'pg_conversion'::regclass,
                     'pg_statistic_ext'::regclass, 'pg_ts_config'::regclass, 'pg_ts_dict'::regclass,
                     'pg_ts_parser'::regclass,
                     'pg_ts_template'::regclass, 'pg_collation'::regclass)
   and not exists (select from extensions e where e.classid = d.classid and e.objid = d.objid);

  for v_ref in select * from private.referentiels() t where to_regclass(t.nom) is not null loop
    return query execute format(
      'select format(''ligne de %s « %%s »'', (select string_agg(r ->> c, '' '' order by n) from unnest(%L::text[]) with ordinality k (c, n))),
              null, jsonb_strip_nulls(r - %L::text[]), %L::boolean
         from (select to_jsonb(t) as r from %s t) lues',
      v_ref.nom, v_ref.cle, v_ref.sans || '{created_at,updated_at}', v_ref.propre, v_ref.nom);
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.formule_historique(p_volume numeric, p_temperature_c numeric, p_alpha numeric)
 RETURNS numeric
 LANGUAGE sql
 IMMUTABLE
RETURN (p_volume * ((1)::numeric - (p_alpha * (p_temperature_c - (15)::numeric))));

CREATE OR REPLACE FUNCTION private.incertitude(p_prise public.prises_de_hauteur, p_bareme public.baremes, p_lieu private.emplacement, p_pente numeric, p_pente_eau numeric)
 RETURNS numeric
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN CASE WHEN ((p_prise).densite_a_15_kgm3 IS NULL) THEN sqrt((((((((p_prise).volume_15c * (p_bareme).incertitude_pour_mille) / (1000)::numeric) ^ (2)::numeric) + (((p_pente * (p_prise).vcf) * (p_bareme).incertitude_hauteur_mm) ^ (2)::numeric)) + (((p_pente_eau * (p_prise).vcf) * (p_bareme).incertitude_hauteur_mm) ^ (2)::numeric)) + ((((p_prise).volume_15c * (p_lieu).alpha_historique) * (p_bareme).incertitude_temperature_c) ^ (2)::numeric))) ELSE (astm.incertitude_15c((p_lieu).groupe_mpms, ((p_prise).densite_a_15_kgm3)::double precision, ((p_prise).temperature_c)::double precision, ((p_prise).volume_mesure)::double precision, ((p_prise).vcf)::double precision, (p_pente)::double precision, (p_pente_eau)::double precision, ((p_bareme).incertitude_pour_mille)::double precision, ((p_bareme).incertitude_hauteur_mm)::double precision, ((p_bareme).incertitude_temperature_c)::double precision, ((p_bareme).incertitude_densite_kgm3)::double precision))::numeric END;

CREATE OR REPLACE FUNCTION private.jauger(p_prise public.prises_de_hauteur, p_lieu private.emplacement)
 RETURNS public.prises_de_hauteur
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_bareme constant public.baremes := private.bareme_du_jour(p_prise.citerne_id,
    private.jour_local(p_lieu.fuseau, p_prise.mesuree_le));
  v_corrige constant private.volume_corrige := private.calculer_15c_prise(p_prise, p_lieu);
  v_part constant float8 := case when v_bareme.toit_masse_kg is null then 0 else
    astm.part_toit(p_prise.hauteur_totale_mm::float8, v_bareme.toit_repose_mm::float8, v_bareme.toit_flotte_mm::float8)
      end;
  v_table record;
  v_chaine record;
begin
  select * into v_table from private.volumes_au_bareme(p_prise, v_bareme);
  if v_part > 0 and v_corrige.densite_a_15_kgm3 is null then
    perform private.refuser('DENSITE_OBSERVEE_REQUISE');
  end if;
  select j.* into v_chaine
    from astm.jaugeage(v_table.total::float8, v_table.eau::float8,
           case when v_bareme.calorifugee then p_prise.temperature_c
             else astm.temperature_paroi(p_prise.temperature_c::float8, p_prise.temperature_air_c::float8) end::float8,
           v_bareme.temperature_reference_c::float8, v_bareme.coefficient_acier::float8,
           v_bareme.toit_masse_kg::float8 * v_part, v_bareme.toit_densite_kgm3::float8,
           v_corrige.densite_a_15_kgm3::float8, v_corrige.vcf::float8, p_prise.eau_sediments_pour_cent::float8,
           coalesce((v_corrige.parametres_15c ->> 'arrondir')::boolean, false)) j;
  if v_chaine.volume_brut_l < 0 then
    perform private.refuser('JAUGE_INCOHERENTE', jsonb_build_object('champ', 'hauteur_totale_mm',
      'eau', p_prise.hauteur_eau_mm, 'total', p_prise.hauteur_totale_mm));
  end if;
  p_prise.bareme_id := v_bareme.id;
  p_prise.volume_total_l := v_table.total;
  p_prise.volume_eau_l := v_table.eau;
  p_prise.ctsh := round(v_chaine.ctsh::numeric, 8);
  p_prise.volume_toit_l := round(v_chaine.volume_toit_l::numeric, 3);
  p_prise.volume_brut_l := round(v_chaine.volume_brut_l::numeric, 3);
  p_prise.volume_mesure := round(v_chaine.volume_net_l::numeric, 3);
  p_prise.volume_15c_brut := round(v_chaine.volume_15c_brut_l::numeric, 3);
  p_prise.volume_15c := round(v_chaine.volume_15c_l::numeric, 3);
  p_prise := private.noter_calcul(p_prise, v_corrige);
  p_prise.incertitude_15c := round(private.incertitude(p_prise, v_bareme, p_lieu, v_table.pente, v_table.pente_eau), 1);
  p_prise.avertissements := p_prise.avertissements
    || private.avertissements_jauge(v_bareme, v_part, private.jour_local(p_lieu.fuseau, p_prise.mesuree_le));
  return p_prise;
end;
$function$;

CREATE OR REPLACE FUNCTION private.journaliser(p_action text, p_module text, p_niveau text, p_cible_id uuid, p_depot_id uuid, p_details jsonb DEFAULT '{}'::jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.journaliser(array[p_action], p_module, p_niveau, p_cible_id, p_depot_id, p_details);
end;
$function$;

CREATE OR REPLACE FUNCTION private.journaliser(p_actions text[], p_module text, p_niveau text, p_cible_id uuid, p_depot_id uuid, p_details jsonb DEFAULT '{}'::jsonb, p_user_id uuid DEFAULT NULL::uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_demande text := nullif(current_setting('request.id', true), '');
  v_trace constant text := nullif(current_setting('request.trace', true), '');
begin
  if p_niveau not in ('INFO', 'WARNING', 'CRITICAL') then
    raise check_violation using message = 'a level that the log does not know', table = 'log_actions',
      column = 'niveau';
  end if;
  if p_user_id is null then
    p_user_id := auth.uid();
    if p_user_id is null then
      p_details := private.details_de_personne(p_details);
    end if;
  end if;
  if v_demande is null and current_setting('request.headers', true) is not null then
    v_demande := private.numero_demande();
  end if;
  if v_demande is not null then
    if v_demande like 'synchronisation-%' then
      p_details := private.details_differes(p_details, v_demande);
    end if;
  end if;
  insert into public.log_actions (id, user_id, action, module, niveau, cible_id, depot_id, details, request_id,
    trace_id)
  select private.uuid_v7(), p_user_id, a.action, p_module, p_niveau, p_cible_id, p_depot_id, p_details, v_demande,
    v_trace
    from unnest(p_actions) a (action);
end;
$function$;

CREATE OR REPLACE FUNCTION private.juger_transit(p_cours_de_route_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_ecart_densite constant numeric := 3;
  v_cdr public.cours_de_route;
  v_transit private.transit;
  v_ecart public.ecarts;
begin
  -- Last of all locks: what was received in two tanks may be corrected at once.
  perform pg_advisory_xact_lock(hashtextextended(format('transit:%s', p_cours_de_route_id), 0));
  if not exists (select from public.chargements h where h.cours_de_route_id = p_cours_de_route_id) then
    return;
  end if;
  select * into v_cdr from public.cours_de_route c where c.id = p_cours_de_route_id;
  v_transit := private.transit_du_camion(p_cours_de_route_id);
  if v_cdr.statut is distinct from 'DECHARGE' then
    return;
  end if;
  v_ecart.domaine := 'TRANSPORTEUR';
  v_ecart.depot_id := v_cdr.depot_destination_id;
  v_ecart.produit_id := v_cdr.produit_id;
  v_ecart.fournisseur_lot_id := v_cdr.fournisseur_lot_id;
  v_ecart.reference_type := 'CDR';
  v_ecart.reference_id := v_cdr.id;

  v_ecart.type := 'QUANTITE';
  v_ecart.attendu := v_transit.charge;
  v_ecart.constate := v_transit.recu;
  v_ecart.unite := v_transit.base;
  v_ecart.franchise := v_transit.franchise;
  v_ecart.excedent := v_transit.excedent;
  v_ecart.impact_usd := v_transit.impact_usd;
  if v_transit.recu = v_transit.charge then
    perform private.fermer_ecart_auto('QUANTITE', 'CDR', v_cdr.id, 'Le camion a apporté ce qui avait été chargé.');
  else
    if v_transit.excedent = 0 then
      v_ecart.statut := 'TRAITE';
      v_ecart.cause := case when v_transit.recu < v_transit.charge then 'PERTE_TRANSPORT'
        else 'DIFFERENCE_TEMPERATURE_DENSITE' end;
      v_ecart.decision := 'ACCEPTE_AVEC_NOTE';
      v_ecart.justification := 'Dans la franchise de transport.';
    end if;
    perform private.ouvrir_ecart(v_ecart);
  end if;

  if abs(v_transit.densite_recu - v_transit.densite_charge) > c_ecart_densite then
    v_ecart.domaine := 'FOURNISSEUR';
    v_ecart.type := 'QUALITE';
    v_ecart.attendu := v_transit.densite_charge;
    v_ecart.constate := v_transit.densite_recu;
    v_ecart.unite := 'KGM3';
    v_ecart.franchise := c_ecart_densite;
    v_ecart.excedent := abs(v_transit.densite_recu - v_transit.densite_charge) - c_ecart_densite;
    v_ecart.impact_usd := null;
    v_ecart.statut := null;
    v_ecart.cause := null;
    v_ecart.decision := null;
    v_ecart.justification := null;
    perform private.ouvrir_ecart(v_ecart);
  else
    perform private.fermer_ecart_auto('QUALITE', 'CDR', v_cdr.id, 'Les densités à 15 °C concordent.');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lettrer(p_debit_id uuid, p_credit_id uuid, p_montant numeric)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_debit public.ecritures_tiers;
  v_credit public.ecritures_tiers;
  v_pris text;
begin
  select * into strict v_debit from public.ecritures_tiers e where e.id = p_debit_id;
  select * into strict v_credit from public.ecritures_tiers e where e.id = p_credit_id;
  v_pris := private.verrouiller_tiers(v_debit.tiers_type, v_debit.tiers_id);
  if (v_debit.tiers_type, v_debit.tiers_id, v_debit.devise) is distinct
    from (v_credit.tiers_type, v_credit.tiers_id, v_credit.devise)
     or v_debit.debit = 0 or v_credit.credit = 0 then
    perform private.refuser('LETTRAGE_INCOMPATIBLE');
  end if;
  if not coalesce(p_montant > 0
       and private.montant_lettre(p_debit_id) + p_montant <= v_debit.debit
       and private.montant_lettre(p_credit_id) + p_montant <= v_credit.credit, false) then
    perform private.refuser('LETTRAGE_EXCESSIF', jsonb_build_object('montant', p_montant,
      'solde',
      least(v_debit.debit - private.montant_lettre(p_debit_id),
        v_credit.credit - private.montant_lettre(p_credit_id))));
  end if;
  insert into private.lettrages (debit_id, credit_id, montant, created_by)
    values (p_debit_id, p_credit_id, p_montant, auth.uid());
end;
$function$;

CREATE OR REPLACE FUNCTION private.lieu(p_citerne_id uuid, p_depots uuid[])
 RETURNS private.emplacement
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lieu private.emplacement;
begin
  -- The copy counts where it says of the tank what the tank, once it is held, says of itself.
  select l.*, (select max(s.densite_melange_kgm3) from public.stocks_snapshot s where s.citerne_id = c.id)
    into v_lieu
    from public.citernes c
    join private.lieux l on l.citerne_id = c.id and l.depot_id = c.depot_id and l.produit_id = c.produit_id
   where c.id = p_citerne_id and c.depot_id = any (p_depots)
     for key share of c;
  if not found then
    select l.*, (select max(s.densite_melange_kgm3) from public.stocks_snapshot s where s.citerne_id = c.id)
      into v_lieu
      from public.citernes c join private.lieux_vrais l on l.citerne_id = c.id
     where c.id = p_citerne_id and c.depot_id = any (p_depots)
       for key share of c;
  end if;
  return v_lieu;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lieu_pour_mouvement(p_citerne_id uuid, p_produit_id uuid, p_depots uuid[] DEFAULT private.depots_visibles())
 RETURNS private.emplacement
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lieu constant private.emplacement := private.lieu(p_citerne_id, p_depots);
  v_active text;
begin
  v_active := private.exiger_citerne(v_lieu, p_citerne_id, coalesce(p_produit_id, v_lieu.produit_id));
  return v_lieu;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lieux_reserver()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.reserver_lieux(array[old.produit_id, new.produit_id], array[old.depot_id, new.depot_id], false);
  return coalesce(new, old);
end;
$function$;

CREATE OR REPLACE FUNCTION private.lieux_suivre()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- Which tanks there are is asked once nobody can add one.
  if tg_table_name = 'citernes' then
    perform private.recopier_lieux(array[new.id]);
  elsif tg_table_name = 'depots' then
    perform private.reserver_lieux('{}', array[new.id], true);
    perform private.recopier_lieux(array(select c.id from public.citernes c where c.depot_id = new.id));
  else
    perform private.reserver_lieux(array[new.id], '{}', true);
    perform private.reserver_lieux('{}', array(select c.depot_id from public.citernes c where c.produit_id = new.id),
      true);
    perform private.recopier_lieux(array(select c.id from public.citernes c where c.produit_id = new.id));
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ligne_dite(p_relation text, p_colonnes text, p_cle text, p_id uuid, p_quoi text)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ligne json;
begin
  execute format('select to_json(t) from (select %s from public.%I where %I = $1) t',
                 private.colonnes_nommees(p_colonnes), p_relation, p_cle)
     into v_ligne using p_id;
  if v_ligne is null then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', p_quoi));
  end if;
  return v_ligne;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ligne_modifiee(p_table text, p_id uuid, p_changements jsonb, p_colonnes text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  execute format('update public.%1$I set (%2$s) = (select %2$s from jsonb_populate_record(null::public.%1$I, $1)) '
                 'where id = $2',
                 p_table, private.colonnes_nommees(p_colonnes))
    using p_changements, p_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lignes_au_plus()
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
RETURN 1000;

CREATE OR REPLACE FUNCTION private.lignes_de(p_sorties uuid[], p_conditions public.clients_conditions)
 RETURNS TABLE(rang integer, nature text, sortie_id uuid, bl_id uuid, designation text, base text, quantite numeric, prix_ht numeric, tva_groupe text, tva_taux numeric, montant_ht numeric)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
  select row_number() over (order by v.jour, v.sortie_id)::int, 'CARBURANT', v.sortie_id, v.bl_id,
         concat_ws(', ', v.produit, 'livraison du ' || to_char(v.jour, 'DD/MM/YYYY'), 'camion ' || v.plaque,
           'commande ' || v.commande),
         q.base, q.quantite, t.prix, v.tva_groupe,
         private.taux_tva_du(v.tva_groupe, private.jour_au_depot(v.depot_id, now())),
         round(q.quantite * t.prix, 2)
    from private.vendables(p_sorties) v
   cross join lateral (select coalesce(v.base, p_conditions.base),
     case coalesce(v.base, p_conditions.base) when 'L15' then v.volume_15c else v.volume_ambiant end) q (base, quantite)
   cross join lateral (select private.prix_de(v, p_conditions)) t (prix);
end;
$function$;

CREATE OR REPLACE FUNCTION private.lignes_dites(p_relation text, p_colonnes text, p_cle text, p_id uuid, p_ordre text)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lignes json;
begin
  execute format('select coalesce(json_agg(t), ''[]'') '
                 'from (select %s from public.%I where %I = $1 order by %I) t',
                 private.colonnes_nommees(p_colonnes), p_relation, p_cle, p_ordre)
     into v_lignes using p_id;
  return v_lignes;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lignes_inserees(p_table text, p_lignes jsonb, p_colonnes text, p_rendues text)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lignes jsonb;
begin
  execute format('with ecrites as (insert into public.%1$I (%2$s) select %2$s '
                 'from jsonb_populate_recordset(null::public.%1$I, $1) returning %3$s) '
                 'select jsonb_agg(to_jsonb(e)) from ecrites e',
                 p_table, private.colonnes_nommees(p_colonnes), private.colonnes_nommees(p_rendues))
     into v_lignes using p_lignes;
  return v_lignes;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lire(p_citerne_id uuid, p_client_id uuid, p_valider boolean)
 RETURNS private.lecture
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
AS $function$
declare
  v_capacite constant text := case when p_valider then 'valider_sortie' else 'ecrire_sortie' end;
  v_user_id constant uuid := auth.uid();
  v_acteur private.acteur;
  v_lu private.lecture;
begin
  -- An older snapshot of the database would not see a freeze declared since.
  if current_setting('transaction_isolation') <> 'read committed' then
    perform private.exiger_read_committed();
  end if;
  -- Somebody of the tank's own depot, no second factor: one question for who, where and how.
  select v_user_id,
         (select s.value::jsonb from public.app_settings s where s.key = 'gel_ecritures'),
         (select f.enabled from public.feature_flags f where f.key = 'astm_53b'),
         (select c.actif from public.clients c where c.id = p_client_id),
         row(l.*, (select max(s.densite_melange_kgm3) from public.stocks_snapshot s
                    where s.citerne_id = p_citerne_id))::private.emplacement
    into v_lu
    from public.profils p, private.capacites k, private.lieux l
   where p.user_id = v_user_id and p.desactive_le is null and k.capacite = v_capacite and p.role = any (k.roles)
     and not k.second_facteur and l.citerne_id = p_citerne_id and l.depot_id = p.depot_id;
  if found then
    if v_lu.gel is not null and not p_valider then
      perform private.exiger_non_gele(v_lu.gel);
    end if;
    return v_lu;
  end if;
  -- Anybody else.
  v_lu.gel := (select s.value::jsonb from public.app_settings s where s.key = 'gel_ecritures');
  if p_valider then
    v_acteur := private.exiger('valider_sortie');
  else
    perform private.exiger_non_gele(v_lu.gel);
    v_acteur := private.exiger('ecrire_sortie');
  end if;
  v_lu.user_id := v_acteur.user_id;
  v_lu.norme := (select f.enabled from public.feature_flags f where f.key = 'astm_53b');
  v_lu.client_actif := (select c.actif from public.clients c where c.id = p_client_id);
  v_lu.lieu := (
    select row(l.*, (select max(s.densite_melange_kgm3) from public.stocks_snapshot s
                      where s.citerne_id = p_citerne_id))::private.emplacement
      from private.lieux_vrais l where l.citerne_id = p_citerne_id and l.depot_id = any (v_acteur.depots));
  return v_lu;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lire_lot(p_lot uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lot private.lots_differes;
begin
  select * into v_lot from private.lots_differes l where l.user_id = auth.uid() and l.id = p_lot;
  if not found then
    perform private.refuser('INTROUVABLE', '{"quoi":"ce lot"}');
  end if;
  return jsonb_build_object('lot', v_lot.id, 'appareil', v_lot.appareil, 'recu_le', v_lot.recu_le,
    'ecart_horloge_s', round(extract(epoch from v_lot.ecart_horloge)), 'envois', v_lot.envois, 'actes', (
      select coalesce(jsonb_agg(jsonb_build_object('cle', a.cle, 'acte', d.dit ->> 'acte', 'recu_le', a.recu_le)
               || case when a.user_id <> v_lot.user_id then '{"contre": "CLE_D_AUTRUI"}'
                       when encode(a.empreinte, 'hex') <> d.dit ->> 'empreinte' then '{"contre": "IDEMPOTENCE_CONFLIT"}'
                       else jsonb_build_object('moment', a.moment, 'fait_le', a.fait_le, 'traite_le', a.traite_le,
                         'etat', a.etat, 'statut', a.statut_http, 'reponse', a.reponse) end order by d.rang), '[]')
        from jsonb_array_elements(v_lot.actes) with ordinality d (dit, rang)
        join private.actes_differes a on a.cle = (d.dit ->> 'cle')::uuid));
end;
$function$;

CREATE OR REPLACE FUNCTION private.melanger(p_citerne_id uuid, p_densite_kgm3 numeric, p_volume_15c numeric)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_apres numeric;
  v_avant numeric;
  v_melange numeric;
  v_permis text;
begin
  select sum(s.stock_15c), sum(s.stock_15c) - p_volume_15c, max(s.densite_melange_kgm3)
    into v_apres, v_avant, v_melange
    from public.stocks_snapshot s where s.citerne_id = p_citerne_id;
  v_melange := case
    when v_apres <= 0 then v_melange
    when v_avant <= 0 then p_densite_kgm3
    when p_densite_kgm3 is null then v_melange
    when v_melange is null then p_densite_kgm3
    else (v_melange * v_avant + p_densite_kgm3 * p_volume_15c) / v_apres end;
  -- What is taken back may have been a wrong density: what is left must still be one that fuel can have.
  if v_melange between 400 and 1300 or v_melange is null then
    v_permis := set_config('app.stocks_journaliers_allow_write', '1', true);
    update public.stocks_snapshot s set densite_melange_kgm3 = v_melange
     where s.citerne_id = p_citerne_id and s.densite_melange_kgm3 is distinct from round(v_melange, 4);
    v_permis := set_config('app.stocks_journaliers_allow_write', '', true);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.mesurer_litres(p_prise public.prises_de_hauteur, p_lieu private.emplacement)
 RETURNS public.prises_de_hauteur
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_corrige private.volume_corrige;
begin
  if p_prise.temperature_c is null then
    return p_prise;
  end if;
  v_corrige := private.calculer_15c_prise(p_prise, p_lieu);
  p_prise := private.noter_calcul(p_prise, v_corrige);
  p_prise.volume_15c_brut := round(p_prise.volume_mesure * v_corrige.vcf,
    case when (v_corrige.parametres_15c ->> 'arrondir')::boolean then 0 else 3 end);
  p_prise.volume_15c := p_prise.volume_15c_brut;
  return p_prise;
end;
$function$;

CREATE OR REPLACE FUNCTION private.mesurer_sortie(p_sortie public.sorties_produit, p_lu private.lecture)
 RETURNS public.sorties_produit
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lieu constant private.emplacement := p_lu.lieu;
  v_volume numeric := private.volume_mesure(p_sortie.volume_ambiant, null, p_sortie.index_avant, p_sortie.index_apres);
  v_releve private.releve;
  v_corrige private.volume_corrige;
begin
  if p_sortie.compteur_id is not null or p_sortie.index_apres is not null then
    v_releve := private.relever(p_sortie.compteur_id, v_lieu, p_sortie.date_jour, p_sortie.index_avant,
      p_sortie.index_apres, v_volume);
    v_volume := v_releve.volume;
    p_sortie.compteur_id := v_releve.compteur_id;
    p_sortie.facteur_compteur := v_releve.facteur;
  end if;
  v_corrige := private.volume_15c(row(v_volume, private.champ_volume(p_sortie.volume_ambiant, null),
    p_sortie.temperature_ambiante_c, p_sortie.temperature_echantillon_c, p_sortie.densite_observee_kgm3,
    p_sortie.densite_a_15_kgm3, v_lieu.densite_melange_kgm3, p_sortie.volume_15c, null,
    p_sortie.index_avant is not null or p_sortie.index_apres is not null)::private.mesures, v_lieu, p_lu.norme);

  p_sortie.volume_ambiant := v_volume;
  -- As for a réception: where no meter was read, two numbers that differ by the volume.
  p_sortie.index_avant := coalesce(p_sortie.index_avant, 0);
  p_sortie.index_apres := coalesce(p_sortie.index_apres, v_volume);
  p_sortie.parametres_15c := v_corrige.parametres_15c || jsonb_build_object('volume_15c_client', p_sortie.volume_15c);
  p_sortie.volume_15c := v_corrige.volume_15c;
  p_sortie.vcf := v_corrige.vcf;
  p_sortie.methode_15c := v_corrige.methode_15c;
  p_sortie.avertissements := v_corrige.avertissements || coalesce(v_releve.avertissements, '[]');
  p_sortie.densite_a_15_kgm3 := v_corrige.densite_a_15_kgm3;
  p_sortie.densite_a_15 := v_corrige.densite_a_15_kgm3;
  -- What was sent was asked when it was written: of what has just been computed, nobody has.
  perform private.exiger_mesures('sorties_produit', null, p_sortie.index_apres, p_sortie.volume_ambiant,
    p_sortie.volume_15c, null, null, null, p_sortie.densite_a_15_kgm3, p_sortie.vcf);
  return p_sortie;
end;
$function$;

CREATE OR REPLACE FUNCTION private.mesurer_transfert_depot(p_mouvement public.mouvements_transferts_depots, p_lieu private.emplacement, p_volume numeric, p_densite_citerne numeric)
 RETURNS public.mouvements_transferts_depots
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_sens constant int := case p_mouvement.sens when 'EXPEDITION' then -1 else 1 end;
  v_aujourdhui constant date := private.jour_local(p_lieu.fuseau, now());
  v_mesures private.mesures;
  v_corrige private.volume_corrige;
begin
  p_mouvement.date_jour := coalesce(p_mouvement.date_jour, v_aujourdhui);
  if p_mouvement.date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
  p_mouvement.densite_observee_kgm3 := private.en_kgm3(p_mouvement.densite_observee_kgm3);
  p_mouvement.densite_a_15_kgm3 := private.en_kgm3(p_mouvement.densite_a_15_kgm3);
  -- NaN is greater than any number: only a bound above tells it from one.
  if (p_volume < 1e9) is false then
    perform private.refuser('VOLUME_AMBIANT_NON_POSITIF', jsonb_build_object('volume_ambiant', p_volume));
  end if;
  v_mesures.volume_ambiant := private.volume_mesure(round(p_volume, 3), null, null, null);
  v_mesures.champ_volume := 'volume_ambiant';
  v_mesures.temperature_produit_c := p_mouvement.temperature_ambiante_c;
  v_mesures.temperature_echantillon_c := p_mouvement.temperature_echantillon_c;
  v_mesures.densite_observee_kgm3 := p_mouvement.densite_observee_kgm3;
  v_mesures.densite_a_15_kgm3 := p_mouvement.densite_a_15_kgm3;
  v_mesures.densite_citerne_kgm3 := p_densite_citerne;
  v_corrige := private.volume_15c(v_mesures, p_lieu);
  p_mouvement.citerne_id := p_lieu.citerne_id;
  p_mouvement.produit_id := p_lieu.produit_id;
  p_mouvement.depot_id := p_lieu.depot_id;
  p_mouvement.delta_ambiant := v_sens * v_mesures.volume_ambiant;
  p_mouvement.delta_15c := v_sens * v_corrige.volume_15c;
  p_mouvement.densite_a_15_kgm3 := v_corrige.densite_a_15_kgm3;
  p_mouvement.vcf := v_corrige.vcf;
  p_mouvement.methode_15c := v_corrige.methode_15c;
  p_mouvement.parametres_15c := v_corrige.parametres_15c;
  p_mouvement.avertissements := v_corrige.avertissements;
  p_mouvement.id := private.nouvel_id();
  p_mouvement.created_by := auth.uid();
  p_mouvement.created_at := now();
  return p_mouvement;
end;
$function$;

CREATE OR REPLACE FUNCTION private.montant_lettre(p_ecriture_id uuid)
 RETURNS numeric
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (select coalesce((select sum(d.montant) from private.lettrages d where d.debit_id = p_ecriture_id), 0)
               + coalesce((select sum(c.montant) from private.lettrages c where c.credit_id = p_ecriture_id), 0));
end;
$function$;

CREATE OR REPLACE FUNCTION private.noter_etat(p_nom text)
 RETURNS text
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_empreinte text;
  v_faits jsonb;
begin
  select encode(sha256(convert_to(string_agg(e.objet || ' ' || e.md5, E'\n' order by e.objet collate "C"), 'UTF8')),
    'hex'), jsonb_object_agg(e.objet, e.md5)
    into v_empreinte, v_faits
    from private.empreintes() e;
  update private.etats_schema e set faits = null where e.faits is not null;
  insert into private.etats_schema as e (empreinte, nom, faits, note_le)
  values (v_empreinte, p_nom, v_faits, clock_timestamp())
  on conflict (empreinte) do update
     set (nom, faits, note_le) = (excluded.nom, excluded.faits, excluded.note_le);
  perform private.recopier_lieux();
  return v_empreinte;
end;
$function$;

CREATE OR REPLACE FUNCTION private.noter_evenement_alerte(p_alerte public.system_alerts, p_type text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- A depot's digests are added to by one at a time.
  perform pg_advisory_xact_lock(hashtextextended('alertes:' || coalesce(p_alerte.depot_id::text, ''), 0));
  insert into public.alertes_evenements (alerte_id, depot_id, type, par, note)
  values (p_alerte.id, p_alerte.depot_id, p_type, case p_alerte.status when 'ACK' then p_alerte.acknowledged_by
    when 'RESOLVED' then p_alerte.resolved_by end,
          nullif(current_setting('app.note_alerte', true), ''));
  perform private.journaliser(case p_type when 'OPEN' then 'ALERTE_OUVERTE' when 'ACK' then 'ALERTE_ACQUITTEE'
      when 'RESOLVED' then 'ALERTE_RESOLUE' when 'ESCALADE' then 'ALERTE_ESCALADEE' else 'ALERTE_ROUVERTE' end,
    'alertes', 'INFO', p_alerte.id, p_alerte.depot_id,
    jsonb_build_object('check_code', p_alerte.check_code, 'severity', p_alerte.severity, 'entity_type',
      p_alerte.entity_type, 'entity_id', p_alerte.entity_id, 'niveau_escalade', p_alerte.niveau_escalade));
end;
$function$;

CREATE OR REPLACE FUNCTION private.noter_evenements_alertes()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- Once every row of the statement is locked, and one depot after another: no two wait for each other.
  if tg_op = 'INSERT' then
    perform private.noter_evenement_alerte(c.alerte, (c.alerte).status)
       from (select a as alerte from public.system_alerts a join nouvelles n using (id) order by a.depot_id, a.id) c;
    return null;
  end if;
  perform private.noter_evenement_alerte(c.alerte, c.type)
     from (select a as alerte, case when a.status <> o.status and a.status = 'OPEN' then 'REOPEN'
                                    when a.status <> o.status then a.status
                                    when a.niveau_escalade > o.niveau_escalade then 'ESCALADE' end as type
             from public.system_alerts a join nouvelles n using (id) join anciennes o using (id)
            order by a.depot_id, a.id) c
    where c.type is not null;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.nouvel_id()
 RETURNS uuid
 LANGUAGE plpgsql
 PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return private.uuid_v7();
end;
$function$;

CREATE OR REPLACE FUNCTION private.ouvrir(p_identite text, p_user_id uuid, p_route text, p_ici integer, p_session text, p_request_id text, p_trace text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_dites text;
begin
  v_dites := private.exiger_demande(p_user_id, p_route, p_ici);
  -- One expression: as queries they would cost as much as the rest.
  v_dites := concat(
    -- What a request may cost: one statement, one wait for a lock, and what a door does between two statements.
    set_config('statement_timeout', '10s', true), set_config('lock_timeout', '5s', true),
    set_config('idle_in_transaction_session_timeout', '20s', true),
    set_config('application_name', p_session, true), set_config('request.id', p_request_id, true),
    set_config('request.trace', p_trace, true), set_config('request.jwt.claims', p_identite, true),
    -- Who it is, apart: auth.uid() is asked a dozen times, and would read the claims each time.
    set_config('request.jwt.claim.sub', p_user_id::text, true),
    set_config('role', 'authenticated', true));
  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ouvrir_dossier_fiscal(p_facture public.factures_client)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_raccorde constant boolean := private.dispositif_fiscal() <> 'aucun';
begin
  insert into public.factures_fiscales (facture_id, depot_id, statut, demande)
  values (p_facture.id, p_facture.depot_id, case when v_raccorde then 'A_TRANSMETTRE' else 'NON_RACCORDE' end,
    case when v_raccorde then private.dire_facture(p_facture)::jsonb end);
end;
$function$;

CREATE OR REPLACE FUNCTION private.plaque_admise(p_plaque text, p_champ text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE STRICT
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return private.plaque_lisible(p_plaque) or private.refuser_valeur('PLAQUE_INVALIDE', p_champ);
end;
$function$;

CREATE OR REPLACE FUNCTION private.porte_rediger_sortie(p_sortie jsonb, p_valider boolean)
 RETURNS json
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  -- Apart from what reads it, which sees what was there when its expression began.
  v_id constant uuid := case when p_valider then (private.creer_et_valider(p_sortie, false)).id
                             else private.rediger_sortie(p_sortie) end;
begin
  return private.sortie_dite(v_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.porte_rejeter_sortie(p_id uuid, p_motif text, p_version integer DEFAULT NULL::integer)
 RETURNS json
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_version is null then
    perform public.rejeter_sortie(p_id, p_motif);
  else
    perform public.rejeter_sortie_lue(p_id, p_motif, p_version);
  end if;
  return private.sortie_dite(p_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.porte_valider_sortie(p_id uuid, p_version integer DEFAULT NULL::integer)
 RETURNS json
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_fait text;
begin
  v_fait := private.valider_sortie(p_id, p_version);
  return private.sortie_dite(p_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.premiere_reponse(p_cle text, p_demande text, p_corps jsonb)
 RETURNS json
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
AS $function$
declare
  v_user_id constant uuid := auth.uid();
  v_empreinte constant bytea := sha256(convert_to(p_demande || E'\n' || coalesce(p_corps::text, ''), 'UTF8'));
  v_fait text;
  v_acteur private.acteur;
  v_premiere private.idempotence;
begin
  -- A second request with the key waits here until the first has committed or rolled back; its answer is then read.
  v_fait := pg_advisory_xact_lock(hashtextextended(concat('cle:', v_user_id, p_cle), 0));
  select * into v_premiere from private.idempotence i where i.user_id = v_user_id and i.cle = p_cle;
  if not found then
    v_fait := set_config('request.empreinte', v_empreinte::text, true);
    return null;
  end if;
  if v_premiere.empreinte <> v_empreinte then
    perform private.refuser('IDEMPOTENCE_CONFLIT');
  end if;
  -- What was told to somebody is not told again to who they have become since.
  v_acteur := private.acteur();
  v_acteur.depots := coalesce(v_acteur.depots, '{}');
  if not private.peut_autant(v_acteur.role, v_premiere.role) or not v_premiere.depots <@ v_acteur.depots
     or not v_premiere.habilitations <@ coalesce(v_acteur.habilitations, '{}') then
    perform private.refuser('ROLE_FORBIDDEN',
      jsonb_build_object('role', v_acteur.role, 'role_d_alors', v_premiere.role));
  end if;
  if v_premiere.second_facteur
     and exists (select from private.capacites c where c.second_facteur and v_acteur.role = any (c.roles)) then
    perform private.exiger_second_facteur();
  end if;
  -- Nor is who may do or see more since held to what was refused them then: asked again, it is judged again.
  if v_premiere.statut_http >= 400
     and (v_premiere.role <> v_acteur.role or v_premiere.depots <> v_acteur.depots) then
    delete from private.idempotence i where i.user_id = v_user_id and i.cle = p_cle;
    v_fait := set_config('request.empreinte', v_empreinte::text, true);
    return null;
  end if;
  return json_build_object('statut', v_premiere.statut_http, 'corps', v_premiere.reponse, 'rejouee', true);
end;
$function$;

CREATE OR REPLACE FUNCTION private.preparer_acte(p_lot uuid, p_rang integer, p_precedents uuid[])
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  -- No longer than the door keeps the answer of a key.
  c_jours constant int := 30;
  v_dit constant jsonb :=
    (select l.actes -> p_rang from private.lots_differes l where l.user_id = auth.uid() and l.id = p_lot);
  v_acte private.actes_differes;
  v_reponses jsonb;
begin
  select * into strict v_acte from private.actes_differes a where a.cle = (v_dit ->> 'cle')::uuid for no key update;
  if v_acte.user_id <> auth.uid() then
    perform private.refuser('CLE_D_AUTRUI');
  elsif encode(v_acte.empreinte, 'hex') <> v_dit ->> 'empreinte' then
    perform private.refuser('IDEMPOTENCE_CONFLIT');
  end if;
  if v_acte.etat = 'APPLIQUE' or v_acte.moment is null then
    return jsonb_build_object('etat', v_acte.etat, 'statut', v_acte.statut_http, 'reponse', v_acte.reponse);
  end if;
  if v_acte.fait_le > v_acte.recu_le then
    perform private.refuser('MOMENT_FUTUR',
      jsonb_build_object('moment', v_acte.moment, 'fait_le', v_acte.fait_le, 'recu_le', v_acte.recu_le,
        'dit', private.heure_au_depot(v_acte.depot_id, v_acte.fait_le)));
  elsif v_acte.fait_le < v_acte.recu_le - make_interval(days => c_jours) then
    perform private.refuser('MOMENT_TROP_ANCIEN',
      jsonb_build_object('moment', v_acte.moment, 'jours', c_jours, 'recu_le', v_acte.recu_le));
  end if;
  v_reponses := private.exiger_precedents(p_precedents);
  update private.actes_differes a set etat = 'EN_COURS' where a.user_id = auth.uid() and a.cle = v_acte.cle;
  -- A refusal is judged again, what was done never is: the key holds, whoever else sends the same act at this moment.
  delete from private.idempotence i
   where i.user_id = auth.uid() and i.cle = v_acte.cle::text and i.statut_http >= 400;
  return jsonb_build_object('etat', 'EN_COURS', 'fait_le', v_acte.fait_le,
    'jour', coalesce(private.jour_au_depot(v_acte.depot_id, v_acte.fait_le),
      private.jour_local(private.fuseau_vu(null), v_acte.fait_le)), 'reponses', v_reponses);
end;
$function$;

CREATE OR REPLACE FUNCTION private.preparer_validation(p_sortie public.sorties_produit, p_lu private.lecture)
 RETURNS public.sorties_produit
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lieu constant private.emplacement := p_lu.lieu;
  v_15c numeric;
  v_possible text;
begin
  -- What nearly every sortie is; of any other it is asked which of these it is not. Not later than now is not later
  -- than today.
  if (p_sortie.client_id is not null and p_sortie.proprietaire_type = 'MONALUXE' and v_lieu.statut = 'active'
      and p_sortie.produit_id = v_lieu.produit_id and not v_lieu.logique and p_sortie.date_sortie <= now()) is not true
  then
    v_possible := private.exiger_validable(p_sortie, v_lieu);
  end if;
  -- Litres and their temperature, by the old formula: most of the sorties. Each question costs, whatever it finds: the
  -- rest is asked of what says more.
  if p_sortie.index_avant is null and p_sortie.index_apres is null and p_sortie.compteur_id is null
     and p_sortie.densite_observee_kgm3 is null and p_sortie.densite_a_15_kgm3 is null and p_sortie.volume_15c is null
     and p_sortie.temperature_echantillon_c is null and v_lieu.densite_melange_kgm3 is null and p_lu.norme is not true
     -- So that the factor lies between 0.5 and 1.5 wherever a depot may be, and a litre is left.
     and v_lieu.alpha_historique < 0.003 and p_sortie.volume_ambiant between 1 and 1e8
     and p_sortie.temperature_ambiante_c between v_lieu.temperature_min_c and v_lieu.temperature_max_c then
    v_15c := round(private.formule_historique(p_sortie.volume_ambiant, p_sortie.temperature_ambiante_c,
      v_lieu.alpha_historique), 3);
    p_sortie.index_avant := 0;
    p_sortie.index_apres := p_sortie.volume_ambiant;
    p_sortie.volume_15c := v_15c;
    p_sortie.vcf := round(v_15c / p_sortie.volume_ambiant, 8);
    p_sortie.methode_15c := 'LEGACY';
    p_sortie.parametres_15c := jsonb_build_object('du_client', false, 'alpha', v_lieu.alpha_historique,
      'volume_15c_client', null);
  else
    p_sortie := private.mesurer_sortie(p_sortie, p_lu);
  end if;
  p_sortie.volume_corrige_15c := p_sortie.volume_15c;
  p_sortie.depot_id := v_lieu.depot_id;
  p_sortie.statut := 'validee';
  p_sortie.validated_by := p_lu.user_id;
  if p_lu.gel is not null then
    perform private.exiger_non_gele(p_lu.gel);
  end if;
  return p_sortie;
end;
$function$;

CREATE OR REPLACE FUNCTION private.prises_de_hauteur_avant_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lieu private.emplacement;
  v_capacite numeric;
  v_dit constant numeric := new.volume_mesure;
begin
  perform private.exiger('mesurer_citerne');
  v_lieu := private.lieu(new.citerne_id, private.depots_visibles());
  if v_lieu.citerne_id is null then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', new.citerne_id));
  end if;
  if v_lieu.logique then
    perform private.refuser('JAUGE_CITERNE_LOGIQUE', jsonb_build_object('nom', v_lieu.nom));
  end if;
  new.produit_id := v_lieu.produit_id;
  new.depot_id := v_lieu.depot_id;
  select c.tolerance_inventaire_pour_mille, c.capacite_totale into new.tolerance_pour_mille, v_capacite
    from public.citernes c where c.id = v_lieu.citerne_id;
  new.mesuree_le := private.exiger_moment(coalesce(new.mesuree_le, clock_timestamp()));
  new.densite_observee_kgm3 := private.en_kgm3(new.densite_observee_kgm3);
  new.densite_a_15_kgm3 := private.en_kgm3(new.densite_a_15_kgm3);
  if new.hauteur_totale_mm is not null then
    new := private.jauger(new, v_lieu);
    perform private.exiger_accord('volume_mesure', v_dit, 'hauteur_totale_mm', new.volume_mesure);
  else
    new := private.mesurer_litres(new, v_lieu);
  end if;
  -- What is no number of litres at all is for the table to say.
  if new.volume_mesure > v_capacite and new.volume_mesure < 1e9 then
    perform private.refuser('JAUGE_SUPERIEURE_CAPACITE', jsonb_build_object(
      'champ', case when new.hauteur_totale_mm is null then 'volume_mesure' else 'hauteur_totale_mm' end,
      'volume', new.volume_mesure, 'capacite_totale', v_capacite));
  end if;
  -- Whoever moves that tank's fuel ends first: what they did is then in the books, or was done since.
  perform private.verrouiller_citernes(new.citerne_id);
  select s.stock_ambiant, s.stock_15c into new.stock_comptable, new.stock_comptable_15c
    from private.stock_citerne_au(new.citerne_id, new.mesuree_le) s;
  new.created_by := auth.uid();
  new.created_at := now();
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.prix_ou_rien(p_produit_id uuid, p_client_id uuid, p_depot_id uuid, p_jour date, p_devise text, p_base text)
 RETURNS numeric
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (
  select t.prix_ht from public.tarifs t
   where t.produit_id = p_produit_id and t.devise = p_devise and t.base = p_base
     and t.valide_du <= p_jour and (t.valide_au is null or t.valide_au >= p_jour)
     and (t.client_id is null or t.client_id = p_client_id) and (t.depot_id is null or t.depot_id = p_depot_id)
   order by t.client_id is null, t.depot_id is null limit 1);
end;
$function$;

CREATE OR REPLACE FUNCTION private.ranger_genere(p_demande jsonb, p_octets bytea)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_document public.documents := private.document_lu(p_demande, p_octets);
begin
  v_document.statut := 'DISPONIBLE';
  v_document.origine := 'GENERE';
  v_document.moteur := 'interne';
  v_document.analyse_le := now();
  perform private.verrouiller_contenu(v_document.sha256);
  perform private.ranger_contenu(p_octets);
  return (private.inscrire_document(v_document, p_demande ->> 'objet_type', (p_demande ->> 'objet_id')::uuid)).id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.rapport_journalier(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone, p_parametres jsonb)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_array(
      private.section_citernes(p_depot_id, p_au, p_connu_a, z.zone),
      private.section_stock('stock_15c', p_depot_id, p_du, p_au, p_connu_a),
      private.section_stock('stock_ambiant', p_depot_id, p_du, p_au, p_connu_a),
      private.section_stock('proprietaires', p_depot_id, p_du, p_au, p_connu_a),
      private.section_jaugeages(p_depot_id, p_du, p_au, p_connu_a, z.zone),
      private.section_tiers('receptions', p_depot_id, p_du, p_au, p_connu_a),
      private.section_tiers('sorties', p_depot_id, p_du, p_au, p_connu_a),
      private.section_brouillons(p_depot_id, p_au, p_connu_a, z.zone),
      private.section_camions(p_depot_id, p_du, p_au, p_connu_a, z.zone))
    || case when private.peut('lire_caisse')
         then jsonb_build_array(private.section_encaissements(p_depot_id, p_du, p_au, p_connu_a)) else '[]' end
    || case when private.peut('lire_ventes')
         then jsonb_build_array(private.section_a_facturer(p_depot_id, p_au, p_connu_a),
           private.section_creances(p_depot_id, p_au, p_connu_a)) else '[]' end
    || case when private.peut('lire_alertes')
         then jsonb_build_array(private.section_alertes(p_depot_id, p_au, p_connu_a, z.zone)) else '[]' end
    from (select private.fuseau_vu(p_depot_id) as zone) z
$function$;

CREATE OR REPLACE FUNCTION private.rapport_mensuel(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone, p_parametres jsonb)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_array(
      private.section_stock('stock_15c', p_depot_id, p_du, p_au, p_connu_a),
      private.section_stock('stock_ambiant', p_depot_id, p_du, p_au, p_connu_a),
      private.section_stock('proprietaires', p_depot_id, p_du, p_au, p_connu_a),
      private.section_moyennes(p_depot_id, p_du, p_au, p_connu_a),
      private.section_tiers('receptions', p_depot_id, p_du, p_au, p_connu_a),
      private.section_tiers('sorties', p_depot_id, p_du, p_au, p_connu_a),
      private.section_pertes(p_depot_id, p_du, p_au, p_connu_a))
    || case when private.peut('lire_caisse')
         then jsonb_build_array(private.section_encaissements(p_depot_id, p_du, p_au, p_connu_a)) else '[]' end
    || coalesce((select jsonb_agg(c) from private.courbes_de_stock(p_depot_id, p_du, p_au, p_connu_a) c), '[]')
$function$;

CREATE OR REPLACE FUNCTION private.receptions_apres_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_reception public.receptions;
  v_fait text;
begin
  v_fait := private.exiger_read_committed();
  perform private.verrouiller_camions(array(select n.cours_de_route_id from nouvelles n));
  perform private.exiger_camion(n, c) from nouvelles n join public.cours_de_route c on c.id = n.cours_de_route_id;
  if exists (select from nouvelles n where n.cours_de_route_id is not null
              group by n.cours_de_route_id, n.citerne_id, n.compartiment having count(*) > 1) then
    perform private.refuser('CDR_NON_ARRIVE', '{"statut":"DECHARGE"}');
  end if;
  perform private.exiger_volume_annonce(n.cours_de_route_id, sum(n.volume_ambiant), bool_and(n.confirmer))
     from nouvelles n where n.cours_de_route_id is not null group by n.cours_de_route_id;
  perform private.verrouiller_citernes(variadic array(select n.citerne_id from nouvelles n));
  for v_reception in select * from nouvelles n order by n.citerne_id loop
    v_fait := private.exiger_en_service(v_reception.citerne_id);
    v_fait := private.appliquer_mouvement(v_reception.citerne_id, v_reception.produit_id, v_reception.depot_id,
      v_reception.proprietaire_type, v_reception.date_reception, v_reception.volume_ambiant, v_reception.volume_15c);
    v_fait := private.exiger_contenance(v_reception.citerne_id, v_reception.date_reception, v_reception.volume_ambiant);
    v_fait := private.melanger(v_reception.citerne_id, v_reception.densite_a_15_kgm3, v_reception.volume_15c);
    v_fait := private.journaliser('RECEPTION_CREEE', 'receptions', 'INFO', v_reception.id, v_reception.depot_id,
      to_jsonb(v_reception));
  end loop;
  perform private.porter_aux_comptes(array(
    select row(n.depot_id, n.produit_id, n.partenaire_id, n.date_reception, n.volume_ambiant,
      n.volume_15c)::private.part
      from nouvelles n where n.proprietaire_type = 'PARTENAIRE'));
  update public.cours_de_route c
     set statut = 'DECHARGE', date_chargement = least(c.date_chargement, n.jour)
    from (select n.cours_de_route_id, min(n.date_reception) as jour from nouvelles n group by 1) n
   where c.id = n.cours_de_route_id;
  perform private.juger_transit(d.id)
     from (select distinct n.cours_de_route_id as id from nouvelles n where n.cours_de_route_id is not null
            order by 1) d;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.receptions_avant_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_cdr public.cours_de_route;
  v_lieu private.emplacement;
  v_aujourdhui date;
  v_mesures private.mesures;
  v_releve private.releve;
  v_corrige private.volume_corrige;
  v_depots constant uuid[] := (private.exiger('ecrire_reception')).depots;
  -- What a rule that only refuses answers: asked as a value it is no query.
  v_permis text;
begin
  v_cdr := private.camion_a_recevoir(new.cours_de_route_id, new.proprietaire_type, v_depots);
  v_lieu := private.lieu_pour_mouvement(new.citerne_id, coalesce(new.produit_id, v_cdr.produit_id), v_depots);
  new.produit_id := v_lieu.produit_id;
  new.depot_id := v_lieu.depot_id;
  if new.proprietaire_type = 'PARTENAIRE' and new.partenaire_id is null then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;
  v_permis := private.exiger_actifs(new.produit_id, new.depot_id, p_partenaire_id => new.partenaire_id);
  v_permis := private.exiger_note(v_lieu, new.note);

  v_aujourdhui := private.jour_local(v_lieu.fuseau, now());
  new.date_reception := coalesce(new.date_reception, v_aujourdhui);
  if new.date_reception > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
  v_permis := private.exiger_camion(new, v_cdr);

  new.densite_observee_kgm3 := private.en_kgm3(new.densite_observee_kgm3);
  new.densite_a_15 := private.en_kgm3(new.densite_a_15);
  new.densite_a_15_kgm3 := private.en_kgm3(new.densite_a_15_kgm3);
  v_permis := private.exiger_accord('densite_a_15', new.densite_a_15, 'densite_a_15_kgm3', new.densite_a_15_kgm3);
  v_permis := private.exiger_accord('volume_15c', new.volume_15c, 'volume_corrige_15c', new.volume_corrige_15c);
  new.densite_a_15_kgm3 := coalesce(new.densite_a_15_kgm3, new.densite_a_15);
  v_mesures := private.mesures_de(new);
  v_mesures.volume_ambiant := private.volume_mesure(
    new.volume_ambiant, new.volume_observe, new.index_avant, new.index_apres);
  v_releve := private.relever(new.compteur_id, v_lieu, new.date_reception, new.index_avant, new.index_apres,
    v_mesures.volume_ambiant);
  if v_releve.facteur is not null then
    new.volume_observe := coalesce(new.volume_observe, v_mesures.volume_ambiant);
  end if;
  v_mesures.volume_ambiant := v_releve.volume;
  v_corrige := private.volume_15c(v_mesures, v_lieu);

  new.volume_ambiant := v_mesures.volume_ambiant;
  new.volume_observe := coalesce(new.volume_observe, new.volume_ambiant);
  -- No meter was read: the client's model wants two numbers, and these differ by the volume.
  new.index_avant := coalesce(new.index_avant, 0);
  new.index_apres := coalesce(new.index_apres, new.volume_ambiant);
  new.volume_15c := v_corrige.volume_15c;
  new.volume_corrige_15c := v_corrige.volume_15c;
  new.vcf := v_corrige.vcf;
  new.methode_15c := v_corrige.methode_15c;
  new.parametres_15c := v_corrige.parametres_15c || jsonb_build_object('volume_15c_client',
    v_mesures.volume_15c_client);
  new.avertissements := v_corrige.avertissements || v_releve.avertissements;
  new.compteur_id := v_releve.compteur_id;
  new.facteur_compteur := v_releve.facteur;
  new.densite_a_15_kgm3 := v_corrige.densite_a_15_kgm3;
  new.densite_a_15 := v_corrige.densite_a_15_kgm3;

  new.statut := 'validee';
  new.created_by := auth.uid();
  new.validated_by := auth.uid();
  new.created_at := now();

  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.recevoir_document(p_demande jsonb, p_octets bytea, p_remplace_id uuid DEFAULT NULL::uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_document public.documents := private.document_lu(p_demande, p_octets);
begin
  v_document.statut := 'RECU';
  v_document.origine := 'TELEVERSE';
  v_document.remplace_id := p_remplace_id;
  perform private.exiger_quota(v_document.taille);
  perform private.verrouiller_contenu(v_document.sha256);
  perform private.ranger_contenu(p_octets);
  v_document := private.inscrire_document(v_document, p_demande ->> 'objet_type', (p_demande ->> 'objet_id')::uuid);
  perform private.demander_analyse(v_document);
  return v_document.id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.recevoir_lot(p_lot uuid, p_appareil text, p_maintenant timestamp with time zone, p_actes jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_horloge_juste constant interval := '2 minutes';
  c_horloge_fausse constant interval := '24 hours';
  v_recu_le constant timestamptz := clock_timestamp();
  v_ecart constant interval := p_maintenant - v_recu_le;
  v_envois int;
begin
  if v_ecart not between -c_horloge_fausse and c_horloge_fausse then
    perform private.refuser('HORLOGE_FAUSSE', jsonb_build_object('maintenant', p_maintenant, 'serveur', v_recu_le,
      'dit', private.heure_au_depot(null, p_maintenant), 'juste', private.heure_au_depot(null, v_recu_le)));
  end if;
  insert into private.lots_differes as l (user_id, id, appareil, actes, ecart_horloge, recu_le)
  select auth.uid(), p_lot, p_appareil, coalesce(jsonb_agg(jsonb_build_object('cle', a.acte ->> 'cle',
           'acte', a.acte ->> 'acte', 'empreinte', encode(private.empreinte_d_acte(a.acte), 'hex')) order by a.rang),
           '[]'), v_ecart, v_recu_le
    from jsonb_array_elements(p_actes) with ordinality a (acte, rang)
  on conflict (user_id, id) do update
     set actes = excluded.actes, appareil = coalesce(excluded.appareil, l.appareil), envois = l.envois + 1
  returning l.envois into v_envois;
  perform private.ecrire_actes_differes(p_lot, p_actes, v_recu_le,
    case when v_ecart between -c_horloge_juste and c_horloge_juste then interval '0' else v_ecart end);
  if v_envois = 1 then
    perform private.journaliser('SYNCHRONISATION_RECUE', 'synchronisation', 'INFO', p_lot,
      private.depot_du_lieu(null, private.depots_visibles()), jsonb_build_object('appareil', p_appareil,
      'actes', jsonb_array_length(p_actes), 'recu_le', v_recu_le, 'maintenant', p_maintenant,
      'ecart_horloge_s', round(extract(epoch from v_ecart))));
  end if;
  return private.lire_lot(p_lot);
end;
$function$;

CREATE OR REPLACE FUNCTION private.recopier_lieux(p_citernes uuid[] DEFAULT NULL::uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_citernes is null then
    perform private.reserver_lieux(array(select p.id from public.produits p), array(select d.id from public.depots d),
      true);
  end if;
  delete from private.lieux l where p_citernes is null or l.citerne_id = any (p_citernes);
  insert into private.lieux
  select v.* from private.lieux_vrais v where p_citernes is null or v.citerne_id = any (p_citernes);
end;
$function$;

CREATE OR REPLACE FUNCTION private.rediger_facture(p_depot_id uuid, p_client_id uuid, p_sorties uuid[], p_services jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_conditions constant public.clients_conditions := private.conditions_de(p_client_id);
  v_id constant uuid := private.nouvel_id();
begin
  with lignes as materialized (
    select l.rang, l.nature, l.sortie_id, l.bl_id, l.designation, l.base, l.quantite, l.prix_ht, l.tva_groupe,
           l.tva_taux, l.montant_ht
      from private.lignes_de(p_sorties, v_conditions) l
    union all
    select cardinality(p_sorties) + s.rang::int, 'SERVICE', null, null, s.ligne ->> 'designation', 'UNITE',
           (s.ligne ->> 'quantite')::numeric, (s.ligne ->> 'prix_ht')::numeric, coalesce(s.ligne ->> 'tva_groupe', 'B'),
           private.taux_tva_du(coalesce(s.ligne ->> 'tva_groupe', 'B'), private.jour_au_depot(p_depot_id, now())),
           round(round((s.ligne ->> 'quantite')::numeric, 3) * round((s.ligne ->> 'prix_ht')::numeric, 6), 2)
      from jsonb_array_elements(p_services) with ordinality s (ligne, rang)
  ), facture as (
    insert into public.factures_client (id, depot_id, client_id, devise, total_ht, created_by)
    select v_id, p_depot_id, p_client_id, v_conditions.devise, coalesce(sum(l.montant_ht), 0), auth.uid() from lignes l
  )
  insert into public.factures_client_lignes
    (facture_id, depot_id, rang, nature, sortie_id, bl_id, designation, base, quantite, prix_ht, tva_groupe, tva_taux,
     montant_ht)
  select v_id, p_depot_id, l.rang, l.nature, l.sortie_id, l.bl_id, l.designation, l.base, l.quantite, l.prix_ht,
         l.tva_groupe, l.tva_taux, l.montant_ht
    from lignes l;
  if not found then
    perform private.refuser('FACTURE_VIDE');
  end if;
  return v_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.refuser_autre_base()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.refuser('DEPOT_AUTRE_BASE', jsonb_build_object('depot', coalesce(
    (select d.nom from public.depots d where d.id = (to_jsonb(new) ->> tg_argv[0])::uuid),
    to_jsonb(new) ->> tg_argv[0])));
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.refuser_table_fermee()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_gel constant jsonb := (select s.value::jsonb from public.app_settings s where s.key = 'gel_ecritures');
begin
  if v_gel is not null then
    perform private.refuser('ECRITURES_GELEES', v_gel - 'operateur');
  end if;
  perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.refuser_validation(p_id uuid, p_version integer)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.exiger('valider_sortie');
  v_sortie public.sorties_produit;
begin
  select * into v_sortie from public.sorties_produit s where s.id = p_id and s.depot_id = any (v_acteur.depots);
  if not found then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id), 404);
  end if;
  if v_sortie.statut = 'brouillon' then
    perform private.exiger_version(v_sortie, p_version);
  end if;
  perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id, 'statut', v_sortie.statut));
end;
$function$;

CREATE OR REPLACE FUNCTION private.relever(p_compteur_id uuid, p_lieu private.emplacement, p_jour date, p_index_avant numeric, p_index_apres numeric, p_volume numeric)
 RETURNS private.releve
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_compteur public.compteurs;
  v_dernier numeric;
  v_releve private.releve := row(p_volume, null, null, '[]'::jsonb);
begin
  if p_compteur_id is null then
    if p_index_apres is not null then
      v_releve.facteur := (astm.profil(p_lieu.depot_id, p_lieu.produit_id)).facteur_compteur;
      if v_releve.facteur <> 1 then
        v_releve.volume := round((p_index_apres - p_index_avant) * v_releve.facteur, 3);
      else
        v_releve.facteur := null;
      end if;
    end if;
    return v_releve;
  end if;
  select c.* into v_compteur from public.compteurs c
   where c.id = any (private.etalonnages(p_compteur_id)) and c.citerne_id = p_lieu.citerne_id and c.valide_du <= p_jour
   order by c.valide_du desc limit 1;
  if not found then
    perform private.refuser('COMPTEUR_INCONNU', jsonb_build_object('jour', p_jour));
  end if;
  if p_index_avant is null or p_index_apres is null then
    perform private.refuser('INDICES_MANQUANTS');
  end if;
  v_releve := row(round((p_index_apres - p_index_avant) * v_compteur.facteur, 3), v_compteur.id, v_compteur.facteur,
    '[]'::jsonb);
  select max(l.index_apres) into v_dernier from private.lectures_du_compteur(v_compteur.id) l
   where l.index_apres <= p_index_avant;
  if v_dernier < p_index_avant then
    v_releve.avertissements := jsonb_build_array(jsonb_build_object('code', 'COMPTEUR_TROU', 'phrase',
      format('Le compteur %s s''était arrêté à %s : %s L sont passés entre les deux sans mouvement.', v_compteur.numero,
        private.nombre_fr(v_dernier), private.nombre_fr(p_index_avant - v_dernier))));
  end if;
  return v_releve;
end;
$function$;

CREATE OR REPLACE FUNCTION private.reponse_gardee(p_cle text, p_statut_http integer, p_reponse json)
 RETURNS json
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.acteur();
begin
  insert into private.idempotence (user_id, cle, empreinte, statut_http, reponse, role, depots, habilitations,
    second_facteur)
  values (auth.uid(), p_cle, current_setting('request.empreinte')::bytea, p_statut_http, p_reponse, v_acteur.role,
    coalesce(v_acteur.depots, '{}'), coalesce(v_acteur.habilitations, '{}'), private.second_facteur_prouve());
  return json_build_object('statut', p_statut_http, 'corps', p_reponse);
end;
$function$;

CREATE OR REPLACE FUNCTION private.reserver_lieux(p_produits uuid[], p_depots uuid[], p_seul boolean)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- An older snapshot would not see what whoever was waited for has committed.
  perform private.exiger_read_committed();
  -- In one order: products, then depots.
  perform case when p_seul then pg_advisory_xact_lock(l.cle) else pg_advisory_xact_lock_shared(l.cle) end
     from (select r.rang, hashtextextended(format('lieux:%s', r.id), 0) as cle
             from (select unnest(p_produits), 1 union select unnest(p_depots), 2) r (id, rang)
            where r.id is not null order by 1, 2) l;
end;
$function$;

CREATE OR REPLACE FUNCTION private.second_facteur_prouve()
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_jeton constant jsonb := auth.jwt();
begin
  if v_jeton ->> 'aal' = 'aal2' then
    return true;
  end if;
  -- Nearly nobody has raised a session: only of who has is it asked which.
  if not exists (select from private.sessions_elevees s where s.user_id = auth.uid()) then
    return false;
  end if;
  return exists (
    select from private.sessions_elevees s
     where s.user_id = auth.uid() and s.session = private.session_de(v_jeton) and s.jusqu_au > now());
end;
$function$;

CREATE OR REPLACE FUNCTION private.section_tiers(p_cle text, p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
AS $function$
  select private.section(p_cle, l.titre, format(
    '{"tiers": "texte|%s ou partenaire", "proprietaire": "texte|Propriétaire", "produit": "texte|Produit",
      "nombre": "entier|%s", "volume_ambiant": "litres|Litres ambiants", "volume_15c": "litres|Litres à 15 °C"}',
      l.tiers, l.nombre)::json,
    (select jsonb_agg(jsonb_build_object('tiers', n.tiers, 'proprietaire', private.mot(x.proprietaire_type),
              'produit', n.produit, 'nombre', x.nombre, 'volume_ambiant', x.ambiant, 'volume_15c', x.a_15c)
              order by x.a_15c desc, n.tiers, n.produit, x.proprietaire_type)
       from (select v.tiers_id, v.partenaire_id, v.produit_id, v.proprietaire_type, count(*) as nombre,
                    l.signe * sum(m.delta_ambiant) as ambiant, l.signe * sum(m.delta_15c) as a_15c
               from private.mouvements_connus(p_depot_id, p_du, p_au, p_connu_a) m
              cross join lateral (
                select s.client_id as tiers_id, s.partenaire_id, s.produit_id, s.proprietaire_type
                  from public.sorties_produit s where l.type = 'SORTIE' and s.id = m.mouvement_id
                union all
                select d.fournisseur_id, r.partenaire_id, r.produit_id, r.proprietaire_type
                  from public.receptions r
                  left join public.cours_de_route d on d.id = r.cours_de_route_id
                 where l.type = 'RECEPTION' and r.id = m.mouvement_id) v
              where m.mouvement_type = l.type
              group by v.tiers_id, v.partenaire_id, v.produit_id, v.proprietaire_type) x
       join public.produits p on p.id = x.produit_id
       left join lateral (
         select c.id, c.nom from public.clients c where l.type = 'SORTIE' and c.id = x.tiers_id
         union all
         select f.id, f.nom from public.fournisseurs f where l.type = 'RECEPTION' and f.id = x.tiers_id) t on true
       left join public.partenaires q on q.id = x.partenaire_id
      cross join lateral (select coalesce(private.nom_connu(t.id, t.nom, p_connu_a),
                                          private.nom_connu(q.id, q.nom, p_connu_a)) as tiers,
                                 private.nom_connu(p.id, p.nom, p_connu_a) as produit) n),
    '{nombre,volume_ambiant,volume_15c}')
    from (values ('sorties', 'SORTIE', -1, 'Sorties par client', 'Client', 'Sorties'),
                 ('receptions', 'RECEPTION', 1, 'Réceptions par fournisseur', 'Fournisseur', 'Réceptions'))
      l (cle, type, signe, titre, tiers, nombre)
   where l.cle = p_cle
$function$;

CREATE OR REPLACE FUNCTION private.session_de(p_jeton jsonb)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return coalesce(nullif(p_jeton ->> 'session_id', ''), encode(sha256(convert_to(p_jeton::text, 'UTF8')), 'hex'));
end;
$function$;

CREATE OR REPLACE FUNCTION private.seulement(p_objet jsonb, p_champs text[])
 RETURNS jsonb
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_objet = '{}' then
    return p_objet;
  end if;
  return (
  select coalesce(jsonb_object_agg(c.key, c.value), '{}')
    from jsonb_each(case jsonb_typeof(p_objet) when 'object' then p_objet else '{}' end) c
   where c.key = any (p_champs));
end;
$function$;

CREATE OR REPLACE FUNCTION private.sortie_dite(p_id uuid)
 RETURNS json
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (select to_json(s) from public.v_sorties s where s.id = p_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.sortie_envoyee(p_sortie jsonb)
 RETURNS public.sorties_produit
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_sortie public.sorties_produit;
begin
  -- Granted when the table was made, or since: of what is more than that, the grants are asked.
  if p_sortie - private.champs_sortie() <> '{}' then
    perform private.exiger_colonnes('public.sorties_produit', p_sortie);
  end if;
  -- As in an insertion, what was not sent has the column's default.
  v_sortie.id := private.uuid_v7();
  v_sortie.proprietaire_type := 'MONALUXE';
  v_sortie.statut := 'brouillon';
  v_sortie.version := 1;
  v_sortie.avertissements := '[]';
  return jsonb_populate_record(v_sortie, jsonb_strip_nulls(p_sortie));
end;
$function$;

CREATE OR REPLACE FUNCTION private.sortie_rangee(p_sortie public.sorties_produit)
 RETURNS public.sorties_produit
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  p_sortie.densite_observee_kgm3 := private.en_kgm3(p_sortie.densite_observee_kgm3);
  p_sortie.densite_a_15 := private.en_kgm3(p_sortie.densite_a_15);
  p_sortie.densite_a_15_kgm3 := private.en_kgm3(p_sortie.densite_a_15_kgm3);
  perform private.exiger_accord('densite_a_15', p_sortie.densite_a_15, 'densite_a_15_kgm3',
    p_sortie.densite_a_15_kgm3);
  p_sortie.densite_a_15_kgm3 := coalesce(p_sortie.densite_a_15_kgm3, p_sortie.densite_a_15);
  p_sortie.densite_a_15 := p_sortie.densite_a_15_kgm3;
  perform private.exiger_accord('volume_15c', p_sortie.volume_15c, 'volume_corrige_15c', p_sortie.volume_corrige_15c);
  p_sortie.volume_15c := coalesce(p_sortie.volume_corrige_15c, p_sortie.volume_15c);
  p_sortie.volume_corrige_15c := p_sortie.volume_15c;
  -- What only a rule writes; nobody sends it but a service that may write any column.
  p_sortie.facteur_compteur := null;
  p_sortie.vcf := null;
  p_sortie.methode_15c := null;
  p_sortie.parametres_15c := null;
  p_sortie.motif_rejet := null;
  p_sortie.validated_by := null;
  p_sortie.avertissements := '[]';
  p_sortie.version := 1;
  perform private.exiger_sortie(p_sortie);
  return p_sortie;
end;
$function$;

CREATE OR REPLACE FUNCTION private.sorties_apres_ecriture()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_fait text;
begin
  if tg_op = 'UPDATE' then
    if old.statut = 'brouillon' then
      if new.statut = 'validee' then
        if current_setting('app.sorties_produit_allow_write', true) = 'regle' then
          v_fait := private.terminer_validation(new, false, false);
        end if;
      elsif new.statut = 'brouillon' and new is distinct from old then
        perform private.journaliser('SORTIE_MODIFIEE', 'sorties', 'INFO', new.id, new.depot_id,
          jsonb_build_object('table', tg_table_name, 'avant', to_jsonb(old), 'apres', to_jsonb(new)));
      end if;
      return null;
    end if;
    -- Past the draft only the owner writes, with the transaction's flag: that is never routine.
    perform private.journaliser('SORTIE_FORCEE_MODIFIEE', 'sorties', 'CRITICAL', new.id, new.depot_id,
      jsonb_build_object('table', tg_table_name, 'avant', to_jsonb(old), 'apres', to_jsonb(new)));
    return null;
  end if;
  perform private.journaliser('SORTIE_FORCEE_SUPPRIMEE', 'sorties', 'CRITICAL', old.id, old.depot_id,
    jsonb_build_object('table', tg_table_name, 'avant', to_jsonb(old)));
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.sorties_apres_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_notees constant text := current_setting('app.sorties_a_valider', true);
  v_permis text;
begin
  if new.statut = 'validee' then
    v_permis := current_setting('app.sorties_produit_allow_write', true);
    if v_permis <> '1' then
      v_permis := private.terminer_validation(new, true, v_permis = 'comptant');
    end if;
    return null;
  end if;
  -- Held by its key since it was referred to: the tank is still of the depot and the product that were read.
  if not exists (select from public.citernes c
                  where c.id = new.citerne_id and c.depot_id = new.depot_id and c.produit_id = new.produit_id) then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', new.citerne_id));
  end if;
  v_permis := private.journaliser('{SORTIE_CREEE}'::text[], 'sorties', 'INFO', new.id, new.depot_id,
    jsonb_build_object('citerne_id', new.citerne_id, 'volume_ambiant', new.volume_ambiant), new.created_by);
  -- All rows of the statement are written: the last that an older client brought as validated sends them all.
  if v_notees is not null and v_notees <> '' then
    if right(v_notees, 36) = new.id::text then
      perform set_config('app.sorties_a_valider', '', true);
      perform private.valider_directes(string_to_array(btrim(v_notees), ' ')::uuid[]);
    end if;
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.sorties_avant_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_permis constant text := current_setting('app.sorties_produit_allow_write', true);
  v_maintenant constant timestamptz := now();
  v_valider boolean := false;
  v_directe boolean := false;
  v_lu private.lecture;
  v_lieu private.emplacement;
  v_possible text;
begin
  if new.statut <> 'brouillon' then
    -- The flag alone opens nothing: the writer must also be the table's owner, as the project's functions are. « 1 » is
    -- said by whoever repairs by hand, of whom all is asked that a table can ask; anything else by a rule.
    if new.statut = 'validee' and v_permis <> '' then
      if private.possede(tg_relid) then
        if v_permis = '1' then
          perform private.exiger_ouvert();
          perform private.exiger_sortie_entiere(new);
          return new;
        end if;
        v_valider := true;
      end if;
    end if;
    v_directe := not v_valider;
  end if;
  v_lu := private.lire(new.citerne_id, new.client_id, v_valider);
  v_lieu := v_lu.lieu;
  if v_lieu.citerne_id is null or new.produit_id <> v_lieu.produit_id then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', new.citerne_id));
  end if;
  if v_lu.client_actif is false then
    v_possible := private.exiger_actifs(p_client_id => new.client_id);
  end if;
  new.depot_id := v_lieu.depot_id;
  new.produit_id := v_lieu.produit_id;
  if new.date_sortie is null then
    new.date_sortie := v_maintenant;
  end if;
  new.date_jour := private.jour_local(v_lieu.fuseau, new.date_sortie);
  -- Nothing but litres and their temperature, of now: most of the sorties. Each question costs, whatever it finds: the
  -- rest is asked of what says more.
  if (new.index_avant is null and new.index_apres is null and new.temperature_echantillon_c is null
      and new.densite_observee_kgm3 is null and new.densite_a_15 is null and new.densite_a_15_kgm3 is null
      and new.volume_15c is null and new.volume_corrige_15c is null and new.facteur_compteur is null
      and new.vcf is null and new.methode_15c is null and new.parametres_15c is null and new.motif_rejet is null
      and new.validated_by is null and new.chauffeur_nom is null and new.plaque_camion is null
      and new.plaque_remorque is null and new.transporteur is null and new.note is null
      and new.proprietaire_type = 'MONALUXE' and new.version = 1 and new.date_sortie = v_maintenant
      and new.volume_ambiant < 1e9 and new.temperature_ambiante_c between -50 and 150) is not true then
    new := private.sortie_rangee(new);
  end if;
  new.created_by := v_lu.user_id;
  new.updated_by := v_lu.user_id;
  new.updated_at := v_maintenant;
  new.created_at := v_maintenant;
  if v_valider then
    return private.preparer_validation(new, v_lu);
  end if;
  if v_directe then
    if new.statut <> 'validee' then
      perform private.refuser('SORTIE_VALIDATION_DIRECTE_INTERDITE');
    end if;
    new.statut := 'brouillon';
    perform private.sortie_a_valider(new.id, new.depot_id);
  end if;
  -- Those of this transaction so far, of which a client's request has one.
  if pg_stat_get_xact_tuples_inserted(tg_relid) >= private.lignes_au_plus() then
    perform private.exiger_peu_de_lignes(tg_relid, pg_stat_get_xact_tuples_inserted(tg_relid) + 1);
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.stocks_garder()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- Nearly every row: one question for the writer, who they are and both litres, NaN refused as well. Said here and not
  -- as checks, whose text is read again at every movement.
  if current_setting('app.stocks_journaliers_allow_write', true) = '1' and private.possede(tg_relid)
     and least(new.stock_ambiant, new.stock_15c) >= 0 and greatest(new.stock_ambiant, new.stock_15c) < 1e12
     and new.proprietaire_type in ('MONALUXE', 'PARTENAIRE') then
    return new;
  end if;
  if (current_setting('app.stocks_journaliers_allow_write', true) = '1' and private.possede(tg_relid)) is not true then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  if (new.proprietaire_type in ('MONALUXE', 'PARTENAIRE')) is not true then
    raise check_violation using message = format('%s: an owner that is none', tg_table_name),
      table = tg_table_name, constraint = tg_table_name || '_proprietaire_type_check';
  end if;
  raise check_violation using message = format('%s: litres that no tank holds', tg_table_name),
    table = tg_table_name, constraint = tg_table_name || '_stock_check';
end;
$function$;

CREATE OR REPLACE FUNCTION private.taches_periodiques()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.purger_idempotence();
  perform private.purger_synchronisation();
  -- A load with the triggers off leaves tanks without their copy.
  if exists (select v.* from private.lieux_vrais v except select l.* from private.lieux l) then
    perform private.recopier_lieux();
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.terminer_validation(p_sortie public.sorties_produit, p_creee boolean, p_payee boolean)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  v_fait text;
begin
  v_fait := private.journaliser(case when p_creee then '{SORTIE_CREEE,SORTIE_VALIDEE}'
    else '{SORTIE_VALIDEE}' end::text[],
    'sorties', 'INFO', p_sortie.id, p_sortie.depot_id, to_jsonb(p_sortie), p_sortie.validated_by);
  -- One question, whether there is anything to ask: most sorties deliver no order, and few clients have terms.
  if exists (select from public.sorties_commandes l where l.sortie_id = p_sortie.id
             union all
             select from public.clients_conditions c where c.client_id = p_sortie.client_id) then
    v_fait := private.exiger_commande(p_sortie);
    if not p_payee then
      v_fait := private.exiger_credit(p_sortie);
    end if;
  end if;
  v_fait := private.debiter_sortie(p_sortie);
end;
$function$;

CREATE OR REPLACE FUNCTION private.texte_admis(p_texte text, p_champ text, p_lignes boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE STRICT
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if private.texte_lisible(p_texte, p_lignes) then
    if char_length(p_texte) <= 2000 then
      return true;
    end if;
    raise check_violation using message = format('value of column %I is longer than a page', p_champ),
      column = p_champ;
  end if;
  return private.refuser_valeur('TEXTE_ILLISIBLE', p_champ);
end;
$function$;

CREATE OR REPLACE FUNCTION private.tous_les_depots()
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (select array_agg(d.id) from public.depots d);
end;
$function$;

CREATE OR REPLACE FUNCTION private.depots_de(p_tous boolean, p_depot_id uuid)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
RETURN CASE WHEN p_tous THEN private.tous_les_depots() WHEN (p_depot_id IS NOT NULL) THEN ARRAY[p_depot_id] ELSE NULL::uuid[] END;

CREATE OR REPLACE FUNCTION private.transferts_avant_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_source private.emplacement;
  v_destination private.emplacement;
  v_aujourdhui date;
  v_mesures private.mesures;
  v_corrige private.volume_corrige;
begin
  perform private.exiger('transferer_stock');
  v_source := private.lieu_pour_mouvement(new.citerne_source_id, new.produit_id);
  new.produit_id := v_source.produit_id;
  v_destination := private.lieu_pour_mouvement(new.citerne_destination_id, new.produit_id);
  if v_source.depot_id <> v_destination.depot_id or new.citerne_source_id = new.citerne_destination_id then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE',
      jsonb_build_object('citerne_id', new.citerne_destination_id));
  end if;

  v_aujourdhui := private.jour_local(v_source.fuseau, now());
  new.date_jour := coalesce(new.date_jour, v_aujourdhui);
  if new.date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
  new.densite_observee_kgm3 := private.en_kgm3(new.densite_observee_kgm3);
  new.densite_a_15_kgm3 := private.en_kgm3(new.densite_a_15_kgm3);
  new.volume_ambiant := private.volume_mesure(new.volume_ambiant, null, null, null);
  v_mesures.volume_ambiant := new.volume_ambiant;
  v_mesures.champ_volume := 'volume_ambiant';
  v_mesures.temperature_produit_c := new.temperature_ambiante_c;
  v_mesures.temperature_echantillon_c := new.temperature_echantillon_c;
  v_mesures.densite_observee_kgm3 := new.densite_observee_kgm3;
  v_mesures.densite_a_15_kgm3 := new.densite_a_15_kgm3;
  v_mesures.densite_citerne_kgm3 := v_source.densite_melange_kgm3;
  -- Nobody tells the volume at 15 °C of what stays here: it is computed, whatever was sent.
  v_corrige := private.volume_15c(v_mesures, v_source);
  new.volume_15c := v_corrige.volume_15c;
  new.vcf := v_corrige.vcf;
  new.densite_a_15_kgm3 := v_corrige.densite_a_15_kgm3;
  new.methode_15c := v_corrige.methode_15c;
  new.parametres_15c := v_corrige.parametres_15c;
  new.avertissements := v_corrige.avertissements;
  new.depot_id := v_source.depot_id;
  new.created_by := auth.uid();
  new.created_at := now();
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.uuid_v7()
 RETURNS uuid
 LANGUAGE sql
 PARALLEL SAFE
RETURN (concat('0', to_hex(((date_part('epoch'::text, clock_timestamp()) * (1000)::double precision))::bigint), '7', substr((gen_random_uuid())::text, 16)))::uuid;

CREATE OR REPLACE FUNCTION private.valider_directes(p_ids uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_id uuid;
begin
  perform private.verrouiller_credit(p_ids);
  perform private.verrouiller_citernes(variadic array(
    select s.citerne_id from public.sorties_produit s where s.id = any (p_ids)));
  foreach v_id in array p_ids loop
    perform public.validate_sortie(v_id);
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.valider_sortie(p_id uuid, p_version integer DEFAULT NULL::integer)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
 SET enable_seqscan TO 'off'
AS $function$
declare
  v_permis text;
begin
  v_permis := set_config('app.sorties_produit_allow_write', 'regle', true);
  -- The table's own triggers look at the draft, check everything, write its figures, log it and debit it.
  update public.sorties_produit s set statut = 'validee'
   where s.id = p_id and s.statut = 'brouillon' and (p_version is null or s.version = p_version);
  if not found then
    perform private.refuser_validation(p_id, p_version);
  end if;
  v_permis := set_config('app.sorties_produit_allow_write', '', true);
end;
$function$;

CREATE OR REPLACE FUNCTION private.vendables(p_sorties uuid[])
 RETURNS SETOF private.vendable
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
  select s.id, b.id, s.client_id, s.depot_id, s.produit_id, p.nom, p.tva_groupe, s.date_jour, s.plaque_camion,
         coalesce(b.volume_livre_ambiant, s.volume_ambiant - a.ambiant),
         coalesce(b.volume_livre_15c, s.volume_15c - a.quinze),
         case when s.statut <> 'validee' then 'NON_VALIDEE' when s.proprietaire_type <> 'MONALUXE' then 'PARTENAIRE'
              when s.client_id is null then 'SANS_CLIENT'
              when a.compensee or s.volume_15c - a.quinze <= 0 then 'COMPENSEE'
              when private.facture_de_sortie(s.id) is not null then 'DEJA_FACTUREE' end,
         k.numero, k.devise, k.base, k.prix_ht
    from public.sorties_produit s
    join public.produits p on p.id = s.produit_id
    left join public.bons_livraison b on b.sortie_id = s.id and b.statut = 'CONFIRME'
    left join (public.sorties_commandes l join public.commandes k on k.id = l.commande_id) on l.sortie_id = s.id
   cross join lateral (
     select coalesce(sum(x.delta_ambiant), 0) as ambiant, coalesce(sum(x.delta_15c), 0) as quinze,
            coalesce(bool_or(x.compensation), false) as compensee
       from public.stocks_adjustments x where x.mouvement_type = 'SORTIE' and x.mouvement_id = s.id) a
   where s.id = any (p_sorties);
end;
$function$;

CREATE OR REPLACE FUNCTION private.vendeur(p_depot_id uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (
  select jsonb_build_object('nom', 'Monaluxe')
         || coalesce((select jsonb_build_object('depot', d.nom, 'depot_adresse', d.adresse)
                        from public.depots d where d.id = p_depot_id), '{}')
         || coalesce((select jsonb_object_agg(substr(s.key, 9), s.value) from public.app_settings s
                       where s.key in ('societe_nom', 'societe_adresse', 'societe_telephone', 'societe_email',
                                       'societe_nif', 'societe_rccm', 'societe_id_nat')), '{}'));
end;
$function$;

CREATE OR REPLACE FUNCTION private.verrouiller_citerne(p_citerne_id uuid)
 RETURNS void
 LANGUAGE sql
RETURN pg_advisory_xact_lock(uuid_hash_extended(p_citerne_id, (0)::bigint));

CREATE OR REPLACE FUNCTION private.verrouiller_citernes(VARIADIC p_citerne_ids uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_pris text;
begin
  -- With an older snapshot of the database, what another has just written would not be seen, lock or no lock.
  if current_setting('transaction_isolation') <> 'read committed' then
    perform private.exiger_read_committed();
  end if;
  if cardinality(p_citerne_ids) = 1 then
    v_pris := private.verrouiller_citerne(p_citerne_ids[1]);
  else
    perform pg_advisory_xact_lock(t.verrou)
       from (select distinct uuid_hash_extended(c.id, 0) as verrou from unnest(p_citerne_ids) c (id) order by 1) t;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.verrouiller_tiers(p_type text, VARIADIC p_ids uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_pris text;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    perform private.exiger_read_committed();
  end if;
  -- One account, nearly always, and asked of by each rule of an act: without a query.
  if cardinality(p_ids) = 1 then
    v_pris := pg_advisory_xact_lock(private.cle_compte(p_type, p_ids[1]));
  else
    perform pg_advisory_xact_lock(t.verrou)
       from (select distinct private.cle_compte(p_type, i.id) as verrou from unnest(p_ids) i (id)
         order by 1) t;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.volume_15c(p_mesures private.mesures, p_lieu private.emplacement, p_norme boolean DEFAULT true)
 RETURNS private.volume_corrige
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_corrige private.volume_corrige;
  v_plausibles text;
begin
  v_plausibles := private.exiger_temperatures(p_mesures, p_lieu);
  if p_norme then
    p_norme := private.flag_actif('astm_53b', p_lieu.depot_id);
  end if;
  if p_norme then
    v_corrige := private.volume_15c_norme(p_mesures, p_lieu);
  else
    v_corrige := private.volume_15c_historique(p_mesures, p_lieu);
  end if;
  v_corrige.avertissements := '[]';
  if v_corrige.densite_a_15_kgm3 is null and p_mesures.temperature_echantillon_c is null then
    return v_corrige;
  end if;
  if v_corrige.parametres_15c ->> 'densite' = 'CITERNE' then
    v_corrige.avertissements := jsonb_build_array(jsonb_build_object('code', 'DENSITE_CITERNE', 'phrase',
      format('Aucune densité n''a été saisie : celle de la citerne a servi (%s kg/m³ à 15 °C).',
             private.nombre_fr(round(v_corrige.densite_a_15_kgm3, 1)))));
  end if;
  if abs(p_mesures.temperature_echantillon_c - p_mesures.temperature_produit_c) > 10
     or abs(v_corrige.densite_a_15_kgm3 - p_lieu.densite_melange_kgm3) > 3 then
    v_corrige.avertissements := v_corrige.avertissements || private.avertissements(p_mesures,
      v_corrige.densite_a_15_kgm3, p_lieu.densite_melange_kgm3);
  end if;
  return v_corrige;
end;
$function$;

CREATE OR REPLACE FUNCTION private.volume_15c_historique(p_mesures private.mesures, p_lieu private.emplacement)
 RETURNS private.volume_corrige
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_ecart_admis constant numeric := 0.02;
  v_alpha constant numeric := p_lieu.alpha_historique;
  v_formule constant numeric := private.formule_historique(p_mesures.volume_ambiant, p_mesures.temperature_produit_c,
    v_alpha);
  v_densite numeric := coalesce(p_mesures.densite_a_15_kgm3, p_mesures.densite_citerne_kgm3);
  v_volume numeric;
begin
  if p_mesures.volume_15c_client is not null then
    -- Not "beyond": NaN is beyond nothing.
    if (abs(p_mesures.volume_15c_client - v_formule) <= c_ecart_admis * v_formule) is false then
      perform private.refuser('VOLUME_15C_INCOHERENT', jsonb_build_object(
        'envoye', p_mesures.volume_15c_client, 'calcule', round(v_formule, 3)));
    end if;
  end if;
  if p_mesures.densite_observee_kgm3 is not null then
    v_densite := private.densite_15_historique(p_mesures, p_lieu);
  end if;
  if v_densite is not null then
    perform private.exiger_densite_du_produit(v_densite, p_lieu);
  end if;
  v_volume := round(coalesce(p_mesures.volume_15c_client, v_formule), 3);
  if v_volume <= 0 then
    perform private.refuser('VOLUME_TROP_PETIT',
      jsonb_build_object('champ', p_mesures.champ_volume, 'volume', p_mesures.volume_ambiant));
  end if;
  return (v_volume, round(v_volume / p_mesures.volume_ambiant, 8), v_densite, 'LEGACY',
          jsonb_build_object('du_client', p_mesures.volume_15c_client is not null, 'alpha', v_alpha),
          null)::private.volume_corrige;
end;
$function$;

CREATE OR REPLACE FUNCTION private.volume_15c_norme(p_mesures private.mesures, p_lieu private.emplacement)
 RETURNS private.volume_corrige
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_corrige constant private.volume_corrige := private.calculer_norme(p_mesures, p_lieu,
    astm.profil(p_lieu.depot_id, p_lieu.produit_id));
begin
  perform private.exiger_densite_du_produit(v_corrige.densite_a_15_kgm3, p_lieu);
  if v_corrige.volume_15c <= 0 then
    perform private.refuser('VOLUME_TROP_PETIT',
      jsonb_build_object('champ', p_mesures.champ_volume, 'volume', p_mesures.volume_ambiant));
  end if;
  return v_corrige;
end;
$function$;

CREATE OR REPLACE FUNCTION public.ceder(p_citerne_id uuid, p_partenaire_id uuid, p_sens text, p_nature text, p_volume_15c numeric, p_motif text, p_volume_ambiant numeric DEFAULT NULL::numeric, p_pret_id uuid DEFAULT NULL::uuid, p_date_jour date DEFAULT NULL::date)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lieu private.emplacement;
  v_aujourdhui date;
  v_cession public.cessions;
begin
  perform private.exiger('ceder_stock');
  perform private.exiger_motif(p_motif, 10);
  -- No litre moves: whatever state a tank is in, what lies there may change hands.
  v_lieu := private.lieu(p_citerne_id, private.depots_visibles());
  if v_lieu.citerne_id is null then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_citerne_id));
  end if;
  if not exists (select from public.partenaires p where p.id = p_partenaire_id) then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;
  if p_nature <> 'CORRECTION' and (p_nature in ('EMPRUNT', 'RESTITUTION')) <> (p_pret_id is not null) then
    perform private.refuser('PRET_REQUIS');
  end if;
  if p_pret_id is not null
     and not exists (select from public.prets p where p.id = p_pret_id and p.depot_id = v_lieu.depot_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce prêt'));
  end if;
  if p_sens = 'VERS_PARTENAIRE' then
    perform private.exiger_actifs(p_partenaire_id => p_partenaire_id);
  end if;
  -- NaN is greater than any number: only a bound above tells it from one.
  if (p_volume_15c >= 0.001 and p_volume_15c < 1e9 and coalesce(p_volume_ambiant, 1) >= 0.001
      and coalesce(p_volume_ambiant, 1) < 1e9) is not true then
    perform private.refuser('VOLUME_AMBIANT_NON_POSITIF',
      jsonb_build_object('volume_ambiant', p_volume_ambiant, 'volume_15c', p_volume_15c));
  end if;
  v_aujourdhui := private.jour_local(v_lieu.fuseau, now());
  if p_date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
  perform private.verrouiller_citernes(p_citerne_id);
  insert into public.cessions
    (citerne_id, produit_id, depot_id, partenaire_id, sens, nature, volume_ambiant, volume_15c, densite_a_15_kgm3,
     date_jour, pret_id, motif, created_by)
  values
    (p_citerne_id, v_lieu.produit_id, v_lieu.depot_id, p_partenaire_id, p_sens, p_nature,
     private.volume_cede(p_citerne_id, private.cedant(p_sens), round(p_volume_ambiant, 3), round(p_volume_15c, 3)),
     p_volume_15c,
     (select max(s.densite_melange_kgm3) from public.stocks_snapshot s where s.citerne_id = p_citerne_id),
     coalesce(p_date_jour, v_aujourdhui), p_pret_id, private.texte_net(p_motif), auth.uid())
  returning * into v_cession;
  perform private.porter_au_pret(v_cession);
  perform private.appliquer_cession(v_cession);
  perform private.journaliser('CESSION_CREEE', 'stocks', 'INFO', v_cession.id, v_cession.depot_id,
    to_jsonb(v_cession));
  return v_cession.id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.envoyer_facture(p_id uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.exiger('facturer');
  v_facture public.factures_client;
  v_envoi public.envois;
begin
  perform private.exiger_read_committed();
  v_facture := private.facture_emise(p_id, v_acteur.depots);
  v_envoi := private.adresser_envoi('FACTURE', p_id, v_facture.depot_id, v_facture.client_id,
    format('%s %s', case v_facture.type when 'AVOIR' then 'Avoir' else 'Facture' end, v_facture.numero),
    private.lettre(format('Veuillez trouver ci-joint %s %s du %s, de %s %s toutes taxes comprises%s.',
      case v_facture.type when 'AVOIR' then 'l''avoir' else 'la facture' end, v_facture.numero,
      to_char(v_facture.date_facture, 'DD/MM/YYYY'), replace(v_facture.total_ttc::text, '.', ','), v_facture.devise,
      case when v_facture.type = 'FACTURE' then ', à payer au plus tard le '
        || to_char(v_facture.date_echeance, 'DD/MM/YYYY') end),
    v_facture.vendeur_fige));
  if v_envoi.id is null then
    v_envoi := private.poster_papier(v_envoi, v_facture.numero, public.imprimer_facture(p_id));
  end if;
  return private.dire_envoi(v_envoi);
end;
$function$;

CREATE OR REPLACE FUNCTION public.envoyer_recu(p_id uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.exiger('encaisser');
  v_enc public.encaissements;
  v_envoi public.envois;
begin
  perform private.exiger_read_committed();
  select * into v_enc from public.encaissements e where e.id = p_id and e.depot_id = any (v_acteur.depots);
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cet encaissement'));
  end if;
  if v_enc.statut <> 'CONFIRME' then
    perform private.refuser('ENCAISSEMENT_ETAT', jsonb_build_object('statut', v_enc.statut));
  end if;
  v_envoi := private.adresser_envoi('RECU', p_id, v_enc.depot_id, v_enc.client_id, 'Reçu ' || v_enc.numero_recu,
    private.lettre(format('Nous avons bien reçu votre paiement de %s %s. Veuillez en trouver ci-joint le reçu %s.',
      replace(v_enc.montant::text, '.', ','), v_enc.devise, v_enc.numero_recu),
    v_enc.vendeur_fige));
  if v_envoi.id is null then
    v_envoi := private.poster_papier(v_envoi, v_enc.numero_recu, public.imprimer_recu(p_id));
  end if;
  return private.dire_envoi(v_envoi);
end;
$function$;

CREATE OR REPLACE FUNCTION public.envoyer_releve(p_id uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.exiger('facturer');
  v_releve public.releves_clients;
  v_envoi public.envois;
begin
  perform private.exiger_read_committed();
  select * into v_releve from public.releves_clients r
   where r.id = p_id and (private.peut('voir_tous_depots') or r.depot_id = any (v_acteur.depots));
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce relevé'));
  end if;
  v_envoi := private.adresser_envoi('RELEVE', p_id, v_releve.depot_id, v_releve.client_id,
    'Relevé de compte au ' || to_char(v_releve.au, 'DD/MM/YYYY'),
    private.lettre(format('Veuillez trouver ci-joint le relevé de votre compte en %s au %s.', v_releve.devise,
      to_char(v_releve.au, 'DD/MM/YYYY')),
    v_releve.dit -> 'vendeur'));
  if v_envoi.id is null then
    v_envoi := private.poster_papier(v_envoi, 'releve-' || v_releve.au, public.imprimer_releve(p_id));
  end if;
  return private.dire_envoi(v_envoi);
end;
$function$;

CREATE OR REPLACE FUNCTION public.expedier_transfert(p_citerne_source_id uuid, p_depot_destination_id uuid, p_volume_ambiant numeric, p_temperature_ambiante_c numeric, p_temperature_echantillon_c numeric DEFAULT NULL::numeric, p_densite_observee_kgm3 numeric DEFAULT NULL::numeric, p_densite_a_15_kgm3 numeric DEFAULT NULL::numeric, p_proprietaire_type text DEFAULT 'MONALUXE'::text, p_partenaire_id uuid DEFAULT NULL::uuid, p_date_jour date DEFAULT NULL::date, p_plaque_camion text DEFAULT NULL::text, p_chauffeur_nom text DEFAULT NULL::text, p_transporteur text DEFAULT NULL::text, p_note text DEFAULT NULL::text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lieu private.emplacement;
  v_mouvement public.mouvements_transferts_depots;
  v_transfert public.transferts_depots;
begin
  perform private.exiger('transferer_stock');
  v_lieu := private.lieu_pour_mouvement(p_citerne_source_id, null);
  v_transfert.id := private.nouvel_id();
  v_transfert.partenaire_id := p_partenaire_id;
  v_transfert.depot_destination_id := p_depot_destination_id;
  perform private.exiger_expediable(v_lieu, v_transfert, coalesce(p_proprietaire_type, 'MONALUXE'));

  v_mouvement.sens := 'EXPEDITION';
  v_mouvement.temperature_ambiante_c := p_temperature_ambiante_c;
  v_mouvement.temperature_echantillon_c := p_temperature_echantillon_c;
  v_mouvement.densite_observee_kgm3 := p_densite_observee_kgm3;
  v_mouvement.densite_a_15_kgm3 := p_densite_a_15_kgm3;
  v_mouvement.date_jour := p_date_jour;
  v_mouvement := private.mesurer_transfert_depot(v_mouvement, v_lieu, p_volume_ambiant, v_lieu.densite_melange_kgm3);
  v_mouvement.transfert_id := v_transfert.id;
  v_mouvement.proprietaire_type := coalesce(p_proprietaire_type, 'MONALUXE');
  v_mouvement.partenaire_id := p_partenaire_id;

  v_transfert.statut := 'EXPEDIE';
  v_transfert.produit_id := v_mouvement.produit_id;
  v_transfert.proprietaire_type := v_mouvement.proprietaire_type;
  v_transfert.depot_source_id := v_mouvement.depot_id;
  v_transfert.citerne_source_id := v_mouvement.citerne_id;
  v_transfert.date_expedition := v_mouvement.date_jour;
  v_transfert.expedie_ambiant := -v_mouvement.delta_ambiant;
  v_transfert.expedie_15c := -v_mouvement.delta_15c;
  v_transfert.expedie_temperature_c := v_mouvement.temperature_ambiante_c;
  v_transfert.expedie_densite_15_kgm3 := v_mouvement.densite_a_15_kgm3;
  v_transfert.expedie_avertissements := v_mouvement.avertissements;
  v_transfert.recu_avertissements := '[]';
  v_transfert.plaque_camion := private.texte_net(p_plaque_camion);
  v_transfert.chauffeur_nom := private.texte_net(p_chauffeur_nom);
  v_transfert.transporteur := private.texte_net(p_transporteur);
  v_transfert.note := private.texte_net(p_note);
  v_transfert.expedie_par := v_mouvement.created_by;
  v_transfert.expedie_le := v_mouvement.created_at;
  v_transfert.created_at := v_mouvement.created_at;
  perform private.verrouiller_citernes(v_mouvement.citerne_id);
  perform private.debiter_citerne('TRANSFERT_DEPOT', v_transfert.id, v_mouvement.citerne_id, v_mouvement.produit_id,
    v_mouvement.depot_id, v_mouvement.proprietaire_type, v_mouvement.date_jour, -v_mouvement.delta_ambiant,
    -v_mouvement.delta_15c, v_mouvement.methode_15c);
  perform private.exiger_securite(v_mouvement.citerne_id, v_mouvement.date_jour,
    case when v_mouvement.methode_15c <> 'LEGACY' then v_mouvement.vcf end);
  perform private.porter_transfert_depot(v_mouvement);
  if v_lieu.depot_code is not null then
    v_transfert.numero := private.prendre_numero(v_mouvement.depot_id, 'TRD',
      extract(year from v_mouvement.date_jour)::int, v_transfert.id);
  end if;
  v_transfert := private.ecrire_transfert_depot(v_transfert);
  perform private.tracer_transfert_depot(v_mouvement, 'TRANSFERT_DEPOT_EXPEDIE', v_transfert);
  return v_transfert.id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.recevoir_transfert(p_id uuid, p_citerne_id uuid, p_volume_ambiant numeric, p_temperature_ambiante_c numeric, p_temperature_echantillon_c numeric DEFAULT NULL::numeric, p_densite_observee_kgm3 numeric DEFAULT NULL::numeric, p_densite_a_15_kgm3 numeric DEFAULT NULL::numeric, p_date_jour date DEFAULT NULL::date, p_note text DEFAULT NULL::text, p_confirmer boolean DEFAULT false)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  -- A digit too many, or a decimal point that was lost.
  c_fois constant numeric := 10;
  v_transfert public.transferts_depots;
  v_lieu private.emplacement;
  v_mouvement public.mouvements_transferts_depots;
begin
  perform private.exiger('transferer_stock');
  perform private.exiger_read_committed();
  v_transfert := private.transfert_depot_ouvert(p_id);
  if v_transfert.depot_destination_id <> all (private.depots_visibles()) then
    perform private.refuser('TRANSFERT_AUTRE_DEPOT');
  end if;
  v_lieu := private.lieu_pour_mouvement(p_citerne_id, v_transfert.produit_id);
  if v_lieu.depot_id <> v_transfert.depot_destination_id then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_citerne_id));
  end if;
  v_mouvement.sens := 'RECEPTION';
  v_mouvement.temperature_ambiante_c := p_temperature_ambiante_c;
  v_mouvement.temperature_echantillon_c := p_temperature_echantillon_c;
  v_mouvement.densite_observee_kgm3 := p_densite_observee_kgm3;
  v_mouvement.densite_a_15_kgm3 := p_densite_a_15_kgm3;
  v_mouvement.date_jour := p_date_jour;
  v_mouvement := private.mesurer_transfert_depot(v_mouvement, v_lieu, p_volume_ambiant, null);
  if v_mouvement.date_jour < v_transfert.date_expedition then
    perform private.refuser('TRANSFERT_AVANT_EXPEDITION', jsonb_build_object(
      'date_expedition', v_transfert.date_expedition, 'date_reception', v_mouvement.date_jour));
  end if;
  if v_mouvement.delta_ambiant >= c_fois * v_transfert.expedie_ambiant then
    if p_confirmer is not true then
      perform private.refuser('VOLUME_HORS_ANNONCE', jsonb_build_object('annonce', v_transfert.expedie_ambiant,
        'recu', v_mouvement.delta_ambiant, 'champ', 'confirmer'));
    end if;
    perform private.journaliser('RECEPTION_CONFIRMEE', 'stocks', 'WARNING', p_id, v_mouvement.depot_id,
      jsonb_build_object('annonce', v_transfert.expedie_ambiant, 'recu', v_mouvement.delta_ambiant));
  end if;
  v_mouvement.transfert_id := p_id;
  v_mouvement.proprietaire_type := v_transfert.proprietaire_type;
  v_mouvement.partenaire_id := v_transfert.partenaire_id;

  perform private.verrouiller_citernes(p_citerne_id);
  perform private.exiger_en_service(p_citerne_id);
  perform private.appliquer_mouvement(p_citerne_id, v_mouvement.produit_id, v_mouvement.depot_id,
    v_mouvement.proprietaire_type, v_mouvement.date_jour, v_mouvement.delta_ambiant, v_mouvement.delta_15c);
  perform private.exiger_contenance(p_citerne_id, v_mouvement.date_jour, v_mouvement.delta_ambiant);
  perform private.melanger(p_citerne_id, v_mouvement.densite_a_15_kgm3, v_mouvement.delta_15c);
  perform private.porter_transfert_depot(v_mouvement);

  v_transfert.statut := 'RECU';
  v_transfert.citerne_destination_id := p_citerne_id;
  v_transfert.date_reception := v_mouvement.date_jour;
  v_transfert.recu_ambiant := v_mouvement.delta_ambiant;
  v_transfert.recu_15c := v_mouvement.delta_15c;
  v_transfert.recu_temperature_c := v_mouvement.temperature_ambiante_c;
  v_transfert.recu_densite_15_kgm3 := v_mouvement.densite_a_15_kgm3;
  v_transfert.recu_avertissements := v_mouvement.avertissements;
  v_transfert.note_reception := private.texte_net(p_note);
  v_transfert := private.clore_transfert_depot(v_transfert);
  perform private.tracer_transfert_depot(v_mouvement, 'TRANSFERT_DEPOT_RECU', v_transfert);
  perform private.juger_transfert_depot(p_id);
end;
$function$;

CREATE OR REPLACE FUNCTION public.regler_specification(p_produit_id uuid, p_parametre text, p_minimum numeric, p_maximum numeric, p_unite text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_avant public.specifications;
begin
  perform private.exiger('regler_specifications');
  -- One at a time a product: whoever comes second finds what the first has set.
  perform from public.produits p where p.id = p_produit_id for no key update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce produit'));
  end if;
  if p_minimum > p_maximum then
    perform private.refuser('SPECIFICATION_INVALIDE', jsonb_build_object('minimum', p_minimum, 'maximum', p_maximum));
  end if;
  select * into v_avant from public.specifications s
   where s.produit_id = p_produit_id and private.cle_nom(s.parametre) = private.cle_nom(p_parametre) for update;
  if p_minimum is null and p_maximum is null then
    delete from public.specifications s where s.id = v_avant.id;
  elsif v_avant.id is not null then
    update public.specifications s
       set (minimum, maximum, unite, updated_at) = (p_minimum, p_maximum, p_unite, now())
     where s.id = v_avant.id;
  else
    insert into public.specifications (produit_id, parametre, minimum, maximum, unite)
    values (p_produit_id, btrim(p_parametre), p_minimum, p_maximum, p_unite);
  end if;
  perform private.journaliser('SPECIFICATION_REGLEE', 'qualite', 'WARNING', p_produit_id, null, jsonb_build_object(
    'avant', case when v_avant.id is not null then to_jsonb(v_avant) end, 'parametre', p_parametre,
    'minimum', p_minimum, 'maximum', p_maximum, 'unite', p_unite));
end;
$function$;

CREATE OR REPLACE FUNCTION public.sorties_produit_block_update_delete()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  v_permis constant text := current_setting('app.sorties_produit_allow_write', true);
  v_lu private.lecture;
begin
  -- As for an insertion (private.sorties_avant_insert): the flag, said by a rule or by hand, and the owner.
  if v_permis <> '' then
    if private.possede(tg_relid) then
      if tg_op <> 'UPDATE' then
        return case tg_op when 'DELETE' then old end;
      end if;
      if v_permis = '1' then
        perform private.exiger_ouvert();
        perform private.exiger_sortie_entiere(new);
        return new;
      end if;
      v_lu := private.lire(new.citerne_id, new.client_id, true);
      if (v_lu.lieu).citerne_id is null then
        perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', new.id), 404);
      end if;
      -- Nothing has left yet: a client disabled since the draft was written stops it.
      if v_lu.client_actif is false then
        perform private.exiger_actifs(p_client_id => new.client_id);
      end if;
      return private.preparer_validation(new, v_lu);
    end if;
  end if;
  perform private.exiger_ouvert();
  if tg_op <> 'UPDATE' or old.statut <> 'brouillon' or new.statut <> 'brouillon' then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  -- A draft may be completed by who wrote it or who may validate it; who wrote it, where it belongs and what the server
  -- computes may not be touched.
  if old.created_by is distinct from auth.uid()
     and not private.peut('valider_sortie')
     and not (auth.uid() is null and private.possede(tg_relid)) then
    perform private.refuser('ROLE_FORBIDDEN', jsonb_build_object('redigee_par', old.created_by));
  end if;
  if new.produit_id is distinct from old.produit_id then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', old.citerne_id));
  end if;
  perform private.exiger_actifs(p_client_id => nullif(new.client_id, old.client_id));
  new.id := old.id;
  new.citerne_id := old.citerne_id;
  new.depot_id := old.depot_id;
  new.created_by := old.created_by;
  new.created_at := old.created_at;
  new.version := old.version;
  new.updated_by := old.updated_by;
  new.updated_at := old.updated_at;
  new.validated_by := old.validated_by;
  new.motif_rejet := old.motif_rejet;
  new.facteur_compteur := old.facteur_compteur;
  new.vcf := old.vcf;
  new.methode_15c := old.methode_15c;
  new.parametres_15c := old.parametres_15c;
  new.avertissements := old.avertissements;
  new.densite_observee_kgm3 := private.en_kgm3(new.densite_observee_kgm3);
  new.densite_a_15 := private.en_kgm3(new.densite_a_15);
  new.densite_a_15_kgm3 := private.en_kgm3(new.densite_a_15_kgm3);
  new.date_jour := private.jour_au_depot(old.depot_id, new.date_sortie);
  -- Of the two names of one figure, the one that was changed wins.
  if new.volume_corrige_15c is distinct from old.volume_corrige_15c then
    new.volume_15c := new.volume_corrige_15c;
  else
    new.volume_corrige_15c := new.volume_15c;
  end if;
  if new.densite_a_15 is distinct from old.densite_a_15 then
    new.densite_a_15_kgm3 := new.densite_a_15;
  else
    new.densite_a_15 := new.densite_a_15_kgm3;
  end if;
  perform private.exiger_sortie(new);
  if new is distinct from old then
    new.version := old.version + 1;
    new.updated_by := auth.uid();
    new.updated_at := now();
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION public.validate_sortie(p_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
declare
  v_fait text;
begin
  -- With this search_path a caller's temporary objects would come first: the name below says its schema.
  perform private.valider_sortie(p_id);
end;
$function$;

CREATE OR REPLACE FUNCTION public.valider_sortie_lue(p_id uuid, p_version integer)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_fait text;
begin
  -- Versions begin at 1: one that was not read is no version at all.
  v_fait := private.valider_sortie(p_id, coalesce(p_version, 0));
end;
$function$;

CREATE OR REPLACE FUNCTION public.verifier_stocks()
 RETURNS TABLE(probleme text, citerne_id uuid, produit_id uuid, proprietaire_type text, date_jour date, attendu_ambiant numeric, trouve_ambiant numeric, attendu_15c numeric, trouve_15c numeric)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with par_jour as materialized (
    select m.citerne_id, m.produit_id, m.proprietaire_type, m.date_jour,
           sum(m.delta_ambiant) as ambiant, sum(m.delta_15c) as a_15c,
           coalesce(sum(m.delta_ambiant) filter (where m.mouvement_type in ('AJUSTEMENT', 'REGULARISATION')), 0)
             as ajuste_ambiant,
           coalesce(sum(m.delta_15c) filter (where m.mouvement_type in ('AJUSTEMENT', 'REGULARISATION')), 0)
             as ajuste_15c
      from public.v_mouvements_stock m
     group by 1, 2, 3, 4
  ), total as (
    select p.citerne_id, p.produit_id, p.proprietaire_type, sum(p.ambiant) as ambiant, sum(p.a_15c) as a_15c,
           sum(p.ajuste_ambiant) as ajuste_ambiant, sum(p.ajuste_15c) as ajuste_15c
      from par_jour p group by 1, 2, 3
  ), cumul as (
    select p.citerne_id, p.produit_id, p.proprietaire_type, p.date_jour,
           sum(p.ambiant) over depuis_le_debut as ambiant, sum(p.a_15c) over depuis_le_debut as a_15c
      from par_jour p
    window depuis_le_debut as (partition by p.citerne_id, p.produit_id, p.proprietaire_type order by p.date_jour)
  )
  select 'STOCK', citerne_id, produit_id, proprietaire_type, null::date,
         t.ambiant, s.stock_ambiant, t.a_15c, s.stock_15c
    from total t full join public.stocks_snapshot s using (citerne_id, produit_id, proprietaire_type)
   where (t.ambiant, t.a_15c) is distinct from (s.stock_ambiant, s.stock_15c)
  union all
  select 'AJUSTEMENTS', citerne_id, produit_id, proprietaire_type, null,
         t.ajuste_ambiant, s.delta_ambiant_total, t.ajuste_15c, s.delta_15c_total
    from total t join public.stocks_snapshot s using (citerne_id, produit_id, proprietaire_type)
   where (t.ajuste_ambiant, t.ajuste_15c) is distinct from (s.delta_ambiant_total, s.delta_15c_total)
  union all
  select 'DERNIER_JOUR', s.citerne_id, s.produit_id, s.proprietaire_type, s.dernier_jour, null, null, null, null
    from public.stocks_snapshot s
   where s.dernier_jour is distinct from (
     select max(j.date_jour) from public.stocks_journaliers j
      where j.citerne_id = s.citerne_id and j.produit_id = s.produit_id and j.proprietaire_type = s.proprietaire_type)
  union all
  select 'JOUR', citerne_id, produit_id, proprietaire_type, date_jour,
         c.ambiant, j.stock_ambiant, c.a_15c, j.stock_15c
    from cumul c full join public.stocks_journaliers j using (citerne_id, produit_id, proprietaire_type, date_jour)
   where (c.ambiant, c.a_15c) is distinct from (j.stock_ambiant, j.stock_15c)
  union all
  select 'NEGATIF', c.citerne_id, c.produit_id, c.proprietaire_type, c.date_jour, c.ambiant, null, c.a_15c, null
    from cumul c where c.ambiant < 0 or c.a_15c < 0
  union all
  select 'DILATATION', d.citerne_id, d.produit_id, d.proprietaire_type, d.date_jour, null, d.delta_ambiant, null, null
    from public.dilatations d
   where not exists (select from public.v_mouvements_stock m
                      where m.mouvement_type = d.mouvement_type and m.mouvement_id = d.mouvement_id and m.delta_15c < 0
                        and (m.citerne_id, m.produit_id, m.proprietaire_type)
                            = (d.citerne_id, d.produit_id, d.proprietaire_type))
  union all
  -- What the document says of an end, whose movement and adjustments the caller sees.
  select 'TRANSFERT_DEPOT', x.citerne_id, x.produit_id, x.proprietaire_type, x.date_jour,
         x.delta_ambiant + a.ambiant, d.ambiant, x.delta_15c + a.a_15c, d.a_15c
    from public.mouvements_transferts_depots x
    join public.transferts_depots t on t.id = x.transfert_id
   cross join lateral (
     select coalesce(sum(j.delta_ambiant), 0) as ambiant, coalesce(sum(j.delta_15c), 0) as a_15c
       from public.stocks_adjustments j
      where j.mouvement_type = 'TRANSFERT_DEPOT' and j.mouvement_id = t.id and j.citerne_id = x.citerne_id) a
   cross join lateral (
     select case x.sens when 'EXPEDITION' then -t.expedie_ambiant else t.recu_ambiant end as ambiant,
            case x.sens when 'EXPEDITION' then -t.expedie_15c else t.recu_15c end as a_15c) d
   where (x.delta_ambiant + a.ambiant, x.delta_15c + a.a_15c) is distinct from (d.ambiant, d.a_15c)
  union all
  select distinct 'CITERNE', r.citerne_id, r.produit_id, r.proprietaire_type, r.date_jour, null::numeric, null::numeric,
    null::numeric, null::numeric
    from (select m.citerne_id, m.produit_id, m.depot_id, m.proprietaire_type, m.date_jour
      from public.v_mouvements_stock m
          union all
          select s.citerne_id, s.produit_id, s.depot_id, s.proprietaire_type, null from public.stocks_snapshot s
          union all
          select j.citerne_id, j.produit_id, j.depot_id, j.proprietaire_type, j.date_jour
            from public.stocks_journaliers j) r
    join public.citernes c on c.id = r.citerne_id
   where (r.produit_id, r.depot_id) is distinct from (c.produit_id, c.depot_id)
  union all
  select distinct 'LIEU', c.id, c.produit_id, null, null::date, null::numeric, null::numeric, null::numeric,
    null::numeric
    from private.ecarts_lieux() e join public.citernes c on c.id = e.citerne_id
$function$;

ALTER TABLE "private"."actes_differes" ADD CONSTRAINT "actes_differes_pkey" PRIMARY KEY (cle);

ALTER TABLE "private"."lieux" ADD CONSTRAINT "lieux_citerne_id_fkey" FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id) ON UPDATE CASCADE ON DELETE CASCADE;

CREATE VIEW "private"."lieux_vrais" AS  SELECT c.id AS citerne_id,
    c.nom,
    c.statut,
    c.logique,
    c.depot_id,
    d.code AS depot_code,
    d.fuseau,
    d.temperature_min_c,
    d.temperature_max_c,
    c.produit_id,
    p.nom AS produit_nom,
    p.groupe_mpms,
    p.alpha_historique,
    p.densite_15_min,
    p.densite_15_max
   FROM ((public.citernes c
     JOIN public.depots d ON ((d.id = c.depot_id)))
     JOIN public.produits p ON ((p.id = c.produit_id)));;

CREATE VIEW "public"."v_marge_ventes" WITH (security_invoker=true) AS  SELECT l.id AS ligne_id,
    f.id AS facture_id,
    f.numero,
    f.date_facture,
    f.depot_id,
    f.client_id,
    c.nom AS client_nom,
    l.sortie_id,
    s.produit_id,
    p.nom AS produit_nom,
    s.date_jour,
    v.litres_15c,
    v.vente_usd,
    k.usd_par_l15 AS cout_usd_par_l15,
    round((v.litres_15c * k.usd_par_l15), 2) AS cout_usd,
    (v.vente_usd - round((v.litres_15c * k.usd_par_l15), 2)) AS marge_usd,
    round((((100)::numeric * (v.vente_usd - round((v.litres_15c * k.usd_par_l15), 2))) / NULLIF(v.vente_usd, (0)::numeric)), 2) AS marge_pct,
    k.part_connue,
    f.created_at
   FROM ((((((public.factures_client f
     JOIN public.factures_client_lignes l ON (((l.facture_id = f.id) AND (l.nature = 'CARBURANT'::text))))
     JOIN public.sorties_produit s ON ((s.id = l.sortie_id)))
     JOIN public.clients c ON ((c.id = f.client_id)))
     JOIN public.produits p ON ((p.id = s.produit_id)))
     CROSS JOIN LATERAL private.vendu_par_ligne(l.id) v(vente_usd, litres_15c))
     CROSS JOIN LATERAL private.cout_tenu(f.depot_id, s.produit_id, s.date_jour) k(usd_par_l15, part_connue))
  WHERE ((f.statut = 'EMISE'::text) AND (f.type = 'FACTURE'::text) AND (private.facture_de_sortie(l.sortie_id) = f.id) AND (f.depot_id = ANY (( SELECT private.depots_ou('lire_marges'::text) AS depots_ou)::uuid[])));;

CREATE VIEW "public"."v_receptions" WITH (security_invoker=true) AS  SELECT id,
    cours_de_route_id,
    citerne_id,
    produit_id,
    depot_id,
    partenaire_id,
    proprietaire_type,
    index_avant,
    index_apres,
    compteur_id,
    volume_ambiant,
    temperature_ambiante_c,
    temperature_echantillon_c,
    densite_observee_kgm3,
    densite_a_15,
    densite_a_15_kgm3,
    volume_15c,
    volume_corrige_15c,
    volume_observe,
    facteur_compteur,
    vcf,
    methode_15c,
    parametres_15c,
    date_reception,
    avertissements,
    compartiment,
    confirmer,
    statut,
    note,
    created_by,
    validated_by,
    created_at,
    private.masse_vide_t(densite_a_15_kgm3, volume_15c) AS masse_vide_t,
    private.masse_air_t(densite_a_15_kgm3, volume_15c) AS masse_air_t
   FROM public.receptions r;;

CREATE VIEW "public"."v_sorties_a_facturer" WITH (security_invoker=true) AS  SELECT s.id AS sortie_id,
    s.depot_id,
    s.client_id,
    c.nom AS client_nom,
    s.produit_id,
    p.nom AS produit_nom,
    s.date_jour,
    s.volume_ambiant,
    s.volume_15c,
    s.plaque_camion,
    b.id AS bl_id,
    b.numero AS bl_numero
   FROM (((public.sorties_produit s
     JOIN public.clients c ON ((c.id = s.client_id)))
     JOIN public.produits p ON ((p.id = s.produit_id)))
     LEFT JOIN public.bons_livraison b ON (((b.sortie_id = s.id) AND (b.statut = 'CONFIRME'::text))))
  WHERE ((s.statut = 'validee'::text) AND (s.proprietaire_type = 'MONALUXE'::text) AND (private.facture_de_sortie(s.id) IS NULL) AND (NOT (EXISTS ( SELECT
           FROM public.stocks_adjustments a
          WHERE ((a.mouvement_type = 'SORTIE'::text) AND (a.mouvement_id = s.id) AND a.compensation)))));;

CREATE VIEW "public"."v_sorties" WITH (security_invoker=true) AS  SELECT id,
    citerne_id,
    produit_id,
    depot_id,
    client_id,
    partenaire_id,
    proprietaire_type,
    index_avant,
    index_apres,
    compteur_id,
    volume_ambiant,
    temperature_ambiante_c,
    temperature_echantillon_c,
    densite_observee_kgm3,
    densite_a_15,
    densite_a_15_kgm3,
    volume_15c,
    volume_corrige_15c,
    facteur_compteur,
    vcf,
    methode_15c,
    parametres_15c,
    avertissements,
    date_sortie,
    date_jour,
    statut,
    chauffeur_nom,
    plaque_camion,
    plaque_remorque,
    transporteur,
    note,
    motif_rejet,
    version,
    created_by,
    validated_by,
    updated_by,
    updated_at,
    created_at,
        CASE statut
            WHEN 'validee'::text THEN private.masse_vide_t(densite_a_15_kgm3, volume_15c)
            ELSE NULL::numeric
        END AS masse_vide_t,
        CASE statut
            WHEN 'validee'::text THEN private.masse_air_t(densite_a_15_kgm3, volume_15c)
            ELSE NULL::numeric
        END AS masse_air_t,
    ( SELECT COALESCE(sum(d.delta_ambiant), (0)::numeric) AS "coalesce"
           FROM public.dilatations d
          WHERE ((d.mouvement_type = 'SORTIE'::text) AND (d.mouvement_id = s.id))) AS dilatation_ambiant
   FROM public.sorties_produit s;;

CREATE TRIGGER citernes_lieux_reserver BEFORE INSERT OR DELETE OR UPDATE OF id, nom, statut, logique, depot_id, produit_id ON public.citernes FOR EACH ROW EXECUTE FUNCTION private.lieux_reserver();

ALTER TABLE "public"."citernes" ENABLE ALWAYS TRIGGER "citernes_lieux_reserver";

CREATE TRIGGER citernes_lieux AFTER INSERT OR UPDATE OF id, nom, statut, logique, depot_id, produit_id ON public.citernes FOR EACH ROW EXECUTE FUNCTION private.lieux_suivre();

ALTER TABLE "public"."citernes" ENABLE ALWAYS TRIGGER "citernes_lieux";

CREATE TRIGGER depots_lieux AFTER UPDATE OF code, fuseau, temperature_min_c, temperature_max_c ON public.depots FOR EACH ROW EXECUTE FUNCTION private.lieux_suivre();

ALTER TABLE "public"."depots" ENABLE ALWAYS TRIGGER "depots_lieux";

CREATE TRIGGER produits_lieux AFTER UPDATE OF nom, groupe_mpms, alpha_historique, densite_15_min, densite_15_max ON public.produits FOR EACH ROW EXECUTE FUNCTION private.lieux_suivre();

ALTER TABLE "public"."produits" ENABLE ALWAYS TRIGGER "produits_lieux";

CREATE TRIGGER sorties_produit_gel BEFORE DELETE ON public.sorties_produit FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER system_alerts_after_insert AFTER INSERT ON public.system_alerts REFERENCING NEW TABLE AS nouvelles FOR EACH STATEMENT EXECUTE FUNCTION private.noter_evenements_alertes();

CREATE TRIGGER system_alerts_after_update AFTER UPDATE ON public.system_alerts REFERENCING OLD TABLE AS anciennes NEW TABLE AS nouvelles FOR EACH STATEMENT EXECUTE FUNCTION private.noter_evenements_alertes();

CREATE POLICY "receptions_creation" ON "public"."receptions" FOR INSERT TO "authenticated" WITH CHECK (((statut = 'validee'::text) AND (created_by IS NOT NULL)));

CREATE POLICY "sorties_produit_creation" ON "public"."sorties_produit" FOR INSERT TO "authenticated" WITH CHECK (((statut = 'brouillon'::text) AND (created_by IS NOT NULL)));

COMMENT ON COLUMN "private"."actes_differes"."user_id" IS 'Who did it under this key while there was a line, else who sent it first; in whose name alone it is done.';

COMMENT ON COLUMN "private"."idempotence"."statut_http" IS 'HTTP status of the first answer.';

COMMENT ON COLUMN "private"."lieux"."alpha_historique" IS 'As produits.alpha_historique, per °C.';

COMMENT ON COLUMN "private"."lieux"."densite_15_max" IS 'As produits.densite_15_max, kg/m³.';

COMMENT ON COLUMN "private"."lieux"."densite_15_min" IS 'As produits.densite_15_min, kg/m³.';

COMMENT ON COLUMN "private"."lieux"."temperature_max_c" IS 'As depots.temperature_max_c, °C.';

COMMENT ON COLUMN "private"."lieux"."temperature_min_c" IS 'As depots.temperature_min_c, °C.';

COMMENT ON COLUMN "public"."receptions"."methode_15c" IS 'Method that gave volume_15c: LEGACY or the name of a standard; null on a draft.';

COMMENT ON COLUMN "public"."receptions"."volume_15c" IS 'Litres at 15 °C: on a draft what the client sent, once validated what the database computed.';

COMMENT ON COLUMN "public"."receptions"."volume_ambiant" IS 'Litres as measured: sent, or the difference of the two meter indices, once it is validated.';

COMMENT ON COLUMN "public"."receptions"."volume_corrige_15c" IS 'volume_15c under its older name: always the same figure.';

COMMENT ON COLUMN "public"."sorties_produit"."methode_15c" IS 'Method that gave volume_15c: LEGACY or the name of a standard; null on a draft.';

COMMENT ON COLUMN "public"."sorties_produit"."temperature_ambiante_c" IS 'Temperature of the product in the tank or truck, °C: the volume is corrected from it.';

COMMENT ON COLUMN "public"."sorties_produit"."volume_ambiant" IS 'Litres as measured: sent, or the difference of the two meter indices, once it is validated.';

COMMENT ON FUNCTION "private"."adresser_envoi"(text, uuid, uuid, uuid, text, jsonb) IS 'A paper''s message to its client: the one that waits already, else one with its subject, letter, address and key, not yet written (no id). Raises what adresse_du_client does.';

COMMENT ON FUNCTION "private"."alertes_en_ordre"() IS 'People move alerts beside each other, and never during the pass, which is over all depots: before a row is locked, or it and they would wait for each other.';

COMMENT ON FUNCTION "private"."auteur_de_cle"(uuid) IS 'Whose an act is that comes for the first time: of who did it under this key while there was a line, else the caller''s.';

COMMENT ON FUNCTION "private"."borner_lignes"() IS 'Bounds the rows that one statement writes, which it knows as lignes. Raises TROP_DE_LIGNES.';

COMMENT ON FUNCTION "private"."calculer_15c_prise"(public.prises_de_hauteur, private.emplacement) IS 'Factor to 15 °C and density of what a dip found, by the way a movement of that tank takes. Raises what private.volume_15c raises.';

COMMENT ON FUNCTION "private"."calculer_norme"(private.mesures, private.emplacement, astm.profils_calcul) IS 'The standard''s way, set by a profile. parametres_15c says which density served (OBSERVEE: read on the sample; A_15: sent as it is at 15 °C; CITERNE: that of the tank) and where the sample''s temperature is taken to be the product''s (PRODUIT); decimals, printed entries and the pressure of the line only where the profile has others than SEP. Raises DENSITE_OBSERVEE_REQUISE, ASTM_HORS_DOMAINE.';

COMMENT ON FUNCTION "private"."camion_a_recevoir"(uuid, text, uuid[]) IS 'The truck to one of these depots that brings a réception, which is asked again once it is locked; null for a partner''s fuel that comes without one. Raises CDR_REQUIS, INTROUVABLE, CDR_NON_ARRIVE.';

COMMENT ON FUNCTION "private"."champs_mesures"() IS 'Columns that a client may write of any movement: those of mesures_lues.';

COMMENT ON FUNCTION "private"."cle_caisse"(uuid, text, date) IS 'Mutex of a day''s till: whoever pays in shares it, who closes it has it alone. Inlined where it is used.';

COMMENT ON FUNCTION "private"."cle_compte"(text, uuid) IS 'Key of the mutex of an account. Inlined where it is used.';

COMMENT ON FUNCTION "private"."colonnes_nommees"(text) IS 'Columns, told with commas between them, as a statement lists them.';

COMMENT ON FUNCTION "private"."date_admise"(timestamp with time zone, text) IS 'The same of a moment. Raises DATE_IMPOSSIBLE.';

COMMENT ON FUNCTION "private"."date_admise"(date, text) IS 'For the check of a day: true where a depot can mean it, null for null. Raises DATE_IMPOSSIBLE.';

COMMENT ON FUNCTION "private"."densite_15_historique"(private.mesures, private.emplacement) IS 'Density at 15 °C (kg/m³) from the one observed, of a movement whose volume the old way gives; as sent where the standard has none for its product.';

COMMENT ON FUNCTION "private"."deplacer_jours"(uuid, uuid, text, date, date, numeric, numeric, boolean) IS 'Takes litres (negative: adds) from the snapshot and from its days from p_jour to p_dernier_jour. False, and nothing done, where p_dernier_jour is not the last day it has, or its stock could not bear it. The caller has the lock.';

COMMENT ON FUNCTION "private"."depots_de"(boolean, uuid) IS 'Depots that somebody sees: every one, or their own; null for none. Inlined where it is used.';

COMMENT ON FUNCTION "private"."details_differes"(jsonb, text) IS 'Details of a line of an act done without a line: when it was done and when it came. The line''s own moment is that of its writing.';

COMMENT ON FUNCTION "private"."dire_facture"(public.factures_client) IS 'All that an invoice says, lines and taxes included, the same for ever: what its hash is of.';

COMMENT ON FUNCTION "private"."dispositif_fiscal"() IS 'Which fiscal device invoices are told to: aucun or simule.';

COMMENT ON FUNCTION "private"."dit_du_bon"(public.bons_livraison) IS 'What the paper of a note says beside the note: who sells, to whom, what, and what left the tank (litres, °C, kg/m³).';

COMMENT ON FUNCTION "private"."document_lu"(jsonb, bytea) IS 'What a file says of itself once its bytes were read: type, name, size, hash; nothing is written. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, DOCUMENT_TROP_GROS, DOCUMENT_ALTERE, DOCUMENT_TYPE.';

COMMENT ON FUNCTION "private"."dues"(public.encaissements, jsonb) IS 'What a payment settles, in order: the invoices that were named, else all that is due, oldest first.';

COMMENT ON FUNCTION "private"."ecarts_lieux"() IS 'Rows of private.lieux that are not what they copy, and what they should be; a tank that has none is no difference.';

COMMENT ON FUNCTION "private"."empreinte_facture"(public.factures_client) IS 'SHA-256 of the hash before it and of all the invoice says: a byte changed in one breaks it and each after it.';

COMMENT ON FUNCTION "private"."exiger_camion_libre"(public.cours_de_route) IS 'Refuses a truck that is already on its way to this depot, by the letters and digits of its plate. Whoever opens one there, or changes its plate, queues: the second reads what the first wrote. Raises CDR_DEJA_OUVERT.';

COMMENT ON FUNCTION "private"."exiger_citerne"(private.emplacement, uuid, uuid) IS 'Refuses a tank that was not found (null), is not active or holds another product (CITERNE_INACTIVE_OR_INCOMPATIBLE).';

COMMENT ON FUNCTION "private"."exiger_demande"(uuid, text, integer) IS 'Refuses who asks one door too often in a minute, then who has no profile or is shut out. p_ici: their requests, this one included, that the process which asks has not counted here yet; those of another process count once it has said them, a second later at most. Writes nothing; on a standby asks only who it is. Raises TROP_DE_DEMANDES, ROLE_FORBIDDEN, COMPTE_DESACTIVE.';

COMMENT ON FUNCTION "private"."exiger_densite_du_produit"(numeric, private.emplacement) IS 'Refuses a density at 15 °C (kg/m³) that the product cannot have. Raises DENSITE_HORS_PRODUIT.';

COMMENT ON FUNCTION "private"."exiger_expediable"(private.emplacement, public.transferts_depots, text) IS 'Whether what a tank holds may be sent to another depot: one that is not its own and in use, has a tank of this product; the partner whose it is. Raises TRANSFERT_MEME_DEPOT, PARTENAIRE_REQUIS, INTROUVABLE,  REFERENTIEL_INACTIF, DESTINATION_SANS_CITERNE.';

COMMENT ON FUNCTION "private"."exiger_non_gele"(jsonb) IS 'Refuses whoever is not the operator of this freeze; null: there is none. Raises ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."exiger_note"(private.emplacement, text) IS 'Under the flag citerne_logique_notes, what enters or leaves a logical tank is noted: there is no truck of ours and no dip to ask. Raises NOTE_REQUISE.';

COMMENT ON FUNCTION "private"."exiger_ouvert"() IS 'Refuses to write while a freeze is on, except its operator: asked once the statement has its table. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."exiger_peu_de_lignes"(oid, bigint) IS 'Bounds the rows that one request writes into a table, so that it never keeps the others waiting for long. Raises TROP_DE_LIGNES.';

COMMENT ON FUNCTION "private"."exiger_temperatures"(private.mesures, private.emplacement) IS 'The product''s temperature, and both within what the depot holds for plausible (°C). Raises TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE.';

COMMENT ON FUNCTION "private"."exiger_validable"(public.sorties_produit, private.emplacement) IS 'A sortie has who receives it, leaves a tank that is in use and holds its product, on a day that has come. Raises BENEFICIAIRE_REQUIRED, PARTENAIRE_REQUIS, CITERNE_INACTIVE_OR_INCOMPATIBLE, NOTE_REQUISE, DATE_FUTURE.';

COMMENT ON FUNCTION "private"."facture_de_sortie"(uuid) IS 'The invoice that sells a sortie; null: none yet.';

COMMENT ON FUNCTION "private"."faite"(text) IS 'True once its argument has been computed, whatever it is: a condition that no plan leaves out, asked before what it decides on.';

COMMENT ON FUNCTION "private"."faits"() IS 'Every fact of the schemas public, private and astm, of what the project put beside them, and of the reference rows: objet, the name a person knows it by; parent, the object it goes with; fait, its properties; propre, true of a row that an environment may have of its own, and of what siege:* puts on the base of a network. Owner only.';

COMMENT ON FUNCTION "private"."formule_historique"(numeric, numeric, numeric) IS 'Litres at 15 °C as the old system has them, not rounded; p_alpha per °C. Contract sections 6 and 7. Inlined where it is used.';

COMMENT ON FUNCTION "private"."incertitude"(public.prises_de_hauteur, public.baremes, private.emplacement, numeric, numeric) IS 'By how many litres at 15 °C a dip that is computed may be wrong, at 95 %: see astm.incertitude_15c.';

COMMENT ON FUNCTION "private"."jauger"(public.prises_de_hauteur, private.emplacement) IS 'The whole chain of a dip by heights, through the tank''s gauge table: TOV, less the water, shell, roof, GOV, GSV, NSV, and by how much it may be wrong. Raises BAREME_ABSENT, JAUGE_INCOHERENTE, JAUGE_HORS_BAREME, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, DENSITE_OBSERVEE_REQUISE, DENSITE_HORS_PRODUIT, ASTM_HORS_DOMAINE, VOLUME_15C_INCOHERENT, VOLUME_TROP_PETIT.';

COMMENT ON FUNCTION "private"."journaliser"(text[], text, text, uuid, uuid, jsonb, uuid) IS 'Writes the lines of what one call did to one target, in its order, in the name of p_user_id, whom the rule that calls has just read; null: of the calling user. Without one, details.role_sql says which database role, and acteur which system it acted for. Called by the rules only, who alone write here: the level is asked of them and not by a check, whose text is read again at every line.';

COMMENT ON FUNCTION "private"."lieu"(uuid, uuid[]) IS 'The tank with all that its movements are measured by, among these depots; all null where it is not one of theirs. It keeps its product and depot while this transaction lasts.';

COMMENT ON FUNCTION "private"."lieu_pour_mouvement"(uuid, uuid, uuid[]) IS 'The tank, active, of that product where one is said, in one of these depots: those the caller sees. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE.';

COMMENT ON FUNCTION "private"."lieux_reserver"() IS 'Before a tank changes: nobody else changes what its copy is made of, and the copy is nobody else''s. Raises ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."lieux_suivre"() IS 'Keeps private.lieux as what it copies: of the tank, or of all tanks of the depot or of the product, that changed. Raises ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."ligne_dite"(text, text, text, uuid, text) IS 'One row of a table or view of public, as the caller sees it: p_cle, the column that is p_id; p_quoi, what it is called where it is not there. Raises INTROUVABLE.';

COMMENT ON FUNCTION "private"."ligne_modifiee"(text, uuid, jsonb, text) IS 'Changes p_colonnes of the row of a table of public whose id this is, as the caller, where they may change it. Raises what the table does.';

COMMENT ON FUNCTION "private"."lignes_au_plus"() IS 'Rows that one request may write into a table. Inlined where it is used.';

COMMENT ON FUNCTION "private"."lignes_de"(uuid[], public.clients_conditions) IS 'Lines of sorties as they would be invoiced now, at the price of their order or of their day. Raises TARIF_ABSENT, COMMANDE_DEVISE, TVA_NON_FIXEE.';

COMMENT ON FUNCTION "private"."lignes_dites"(text, text, text, uuid, text) IS 'The few rows of a table or view of public that belong to one thing, as the caller sees them, in order of one of their columns.';

COMMENT ON FUNCTION "private"."lignes_inserees"(text, jsonb, text, text) IS 'Inserts rows into a table of public as the caller, in one statement: p_colonnes of each, the others keep their defaults. Gives p_rendues of each, in their order. Raises what the table does.';

COMMENT ON FUNCTION "private"."lire"(uuid, uuid, boolean) IS 'All that a sortie asks of who writes a draft of it or with p_valider validates it, of its tank and of its client (null: none). A freeze is refused here to a draft, before the role; for a validation it is the caller''s to ask, last. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."lire_lot"(uuid) IS 'A batch of the caller''s own and how each of its acts ended, in the order sent; contre: the code that stands against one whose key was another act''s, or another person''s. Raises INTROUVABLE.';

COMMENT ON FUNCTION "private"."mesurer_litres"(public.prises_de_hauteur, private.emplacement) IS 'A dip whose litres were sent: at 15 °C too, where its temperature was read. Raises what private.volume_15c raises.';

COMMENT ON FUNCTION "private"."mesurer_sortie"(public.sorties_produit, private.lecture) IS 'A draft with its volumes, measured and at 15 °C, and how they were computed; without a density of its own, that of its tank serves. Raises what private.volume_mesure, private.relever, private.volume_15c and private.exiger_mesures raise.';

COMMENT ON FUNCTION "private"."mesurer_transfert_depot"(public.mouvements_transferts_depots, private.emplacement, numeric, numeric) IS 'One end of a transfer between depots, at its tank: a day not in the future, litres above zero, as measured and at 15 °C; the last argument: density that may serve where none was read (kg/m³). Raises DATE_FUTURE, and what private.volume_mesure and private.volume_15c raise.';

COMMENT ON FUNCTION "private"."montant_lettre"(uuid) IS 'How much of an entry is settled, in its own currency.';

COMMENT ON FUNCTION "private"."noter_etat"(text) IS 'Last statement of whatever brings this database to a state: notes what it is at, under the name of the migration (p_nom), and makes the copy of the tanks again (private.lieux). Gives the fingerprint. Owner only.';

COMMENT ON FUNCTION "private"."noter_evenement_alerte"(public.system_alerts, text) IS 'What happened to an alert: an event and a line of the log.';

COMMENT ON FUNCTION "private"."noter_evenements_alertes"() IS 'Every change of status, and every step of escalation, is an event and a line of the log.';

COMMENT ON FUNCTION "private"."nouvel_id"() IS 'The same for a column''s default, which is planned anew at each client''s insertion: this one is not inlined there.';

COMMENT ON FUNCTION "private"."ouvrir"(text, uuid, text, integer, text, text, text) IS 'First word of a door''s transaction: all that follows in it is done as this person, within what one request may cost. Returns true, so that an expression may ask it first. p_identite: claims of a verified token, JSON; p_user_id: their sub; p_route: the act''s, as private.limites has it; p_ici: see exiger_demande; p_session: application_name of the log; p_trace: of the log of acts. Raises TROP_DE_DEMANDES, ROLE_FORBIDDEN, COMPTE_DESACTIVE.';

COMMENT ON FUNCTION "private"."plaque_admise"(text, text) IS 'For the check of a plate: true where it can be read, null for null. Raises PLAQUE_INVALIDE.';

COMMENT ON FUNCTION "private"."porte_rediger_sortie"(jsonb, boolean) IS 'POST sorties: writes a draft, or with p_valider writes and validates it at once. Answers as sortie_dite. Raises what rediger_sortie and creer_et_valider raise.';

COMMENT ON FUNCTION "private"."porte_rejeter_sortie"(uuid, text, integer) IS 'POST sorties/:id/rejeter: p_version, the draft''s that was read, where the client said so. Answers as sortie_dite. Raises what rejeter_sortie and rejeter_sortie_lue raise.';

COMMENT ON FUNCTION "private"."porte_valider_sortie"(uuid, integer) IS 'POST sorties/:id/valider: p_version, the draft''s that was read, where the client said so. Answers as sortie_dite. Raises what valider_sortie raises.';

COMMENT ON FUNCTION "private"."premiere_reponse"(text, text, jsonb) IS 'Null where the key is now held for this request until its transaction ends, otherwise the answer it was already given as {statut, corps, rejouee}, to a person who may still do and see all that they could then, in a session as well proved; a refusal only while their rights are the same. p_demande: method, path and version read. Raises IDEMPOTENCE_CONFLIT, ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."preparer_acte"(uuid, integer, uuid[]) IS 'What the door of an act must know before it is asked: p_rang is its place in its batch, from 0; p_precedents the keys it depends on. {etat, statut, reponse} where it is done; else {etat, fait_le, jour (at its depot), reponses}. A refusal that its door has kept is forgotten. Raises CLE_D_AUTRUI, IDEMPOTENCE_CONFLIT, MOMENT_FUTUR, MOMENT_TROP_ANCIEN, ACTE_ATTENDU, ACTE_DEPENDANT.';

COMMENT ON FUNCTION "private"."preparer_validation"(public.sorties_produit, private.lecture) IS 'A draft as it is to be written once validated: checks everything but role, state and stock, computes its volumes; without a density of its own, that of its tank serves. Moves nothing. Raises BENEFICIAIRE_REQUIRED, PARTENAIRE_REQUIS, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, NOTE_REQUISE, DATE_FUTURE, ECRITURES_GELEES, and what private.volume_mesure and private.volume_15c raise.';

COMMENT ON FUNCTION "private"."prix_ou_rien"(uuid, uuid, uuid, date, text, text) IS 'Price of a litre before tax, the nearest there is to this client and depot; null where there is none.';

COMMENT ON FUNCTION "private"."recopier_lieux"(uuid[]) IS 'Makes the rows of these tanks again, which the caller has reserved; null: of all. Raises ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."refuser_autre_base"() IS 'In a network a depot is written in one base: the others refuse its rows by a trigger that knows their own depots (siege:rattacher). Argument of the trigger: the column that says the depot. Raises DEPOT_AUTRE_BASE.';

COMMENT ON FUNCTION "private"."refuser_table_fermee"() IS 'In a network, a table that only replication writes here, or a base whose depot has moved: the freeze says where to. Raises ECRITURES_GELEES, ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."refuser_validation"(uuid, integer) IS 'Says why a sortie was not there to be validated: who asks, none they see, no longer a draft, no longer the version that was read. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, VERSION_PERIMEE.';

COMMENT ON FUNCTION "private"."relever"(uuid, private.emplacement, date, numeric, numeric, numeric) IS 'Litres that passed for what a meter indicated: × its factor of the day, or without a meter of the register × the depot''s (profils_calcul) where both indices were read, else the litres that were said. Where nothing read the litres since the last reading, its warning says so (COMPTEUR_TROU). Raises COMPTEUR_INCONNU, INDICES_MANQUANTS.';

COMMENT ON FUNCTION "private"."reponse_gardee"(text, integer, json) IS 'Keeps the answer of the key that premiere_reponse holds for this transaction, with its effect, and returns it as {statut, corps}.';

COMMENT ON FUNCTION "private"."reserver_lieux"(uuid[], uuid[], boolean) IS 'Keeps whoever changes these products and depots, alone, from whoever changes tanks of them, together, until the transaction ends. Raises ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."section_tiers"(text, uuid, date, date, timestamp with time zone) IS 'What came to a depot over some days, by supplier (receptions), or left it, by client (sorties), or by partner, product and owner: how many, litres.';

COMMENT ON FUNCTION "private"."session_de"(jsonb) IS 'The session a token is of, by its claims: session_id, which outlives a refresh; without one, the hash of the claims, so that what was raised is that very token.';

COMMENT ON FUNCTION "private"."seulement"(jsonb, text[]) IS 'The fields of an object that a client may say; anything but an object has none.';

COMMENT ON FUNCTION "private"."sortie_dite"(uuid) IS 'A sortie as every act on it answers it: its row of v_sorties. For who has just acted on it: asks nothing.';

COMMENT ON FUNCTION "private"."sortie_rangee"(public.sorties_produit) IS 'A sortie that says more than its litres and their temperature: densities in kg/m³, both names of a figure, nothing that only a rule writes. Raises MESURES_INCOHERENTES, and what private.exiger_sortie raises.';

COMMENT ON FUNCTION "private"."sorties_apres_ecriture"() IS 'Logs what became of a sortie: SORTIE_MODIFIEE of a draft, SORTIE_FORCEE_MODIFIEE and SORTIE_FORCEE_SUPPRIMEE past the rules; ends the validation of one that a rule has validated. A rejection is logged by its rule. One trigger: the text of a "when" is read again at every statement. Raises what private.terminer_validation raises.';

COMMENT ON FUNCTION "private"."sorties_apres_insert"() IS 'Logs SORTIE_CREEE; ends the validation of one that a rule has validated, begins that of those which an older client brought as validated. Raises what validate_sortie raises.';

COMMENT ON FUNCTION "private"."sorties_avant_insert"() IS 'Completes a sortie: tank the caller sees, columns of the server; validates one that a rule brings. Raises ROLE_FORBIDDEN, BENEFICIAIRE_REQUIRED, CITERNE_INACTIVE_OR_INCOMPATIBLE, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, REFERENTIEL_INACTIF, TROP_DE_LIGNES, TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, PLAQUE_INVALIDE, PARTENAIRE_REQUIS, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, VOLUME_15C_INCOHERENT, MESURES_INCOHERENTES, VOLUME_TROP_PETIT, ASTM_HORS_DOMAINE, SORTIE_VALIDATION_DIRECTE_INTERDITE, ISOLATION_INTERDITE, DATE_FUTURE, ECRITURES_GELEES, DENSITE_HORS_PRODUIT, COMPTEUR_INCONNU, NOTE_REQUISE.';

COMMENT ON FUNCTION "private"."taches_periodiques"() IS 'Everything to be done every hour; run again, or twice at once, it does no harm. Forgets old answers to idempotent requests, and old batches of synchronisation; copies the tanks that have no copy (private.lieux).';

COMMENT ON FUNCTION "private"."terminer_validation"(public.sorties_produit, boolean, boolean) IS 'What follows a sortie that has just been written as validated: logs it, asks the order it delivers and its client''s credit, debits it. p_creee: it was no draft before, and no order''s; p_payee: whoever validates it takes the money in the same act. Raises COMMANDE_ETAT, COMMANDE_INCOMPATIBLE, COMMANDE_EXPIREE, COMMANDE_DEPASSEE, and what private.exiger_credit and private.debiter_sortie raise.';

COMMENT ON FUNCTION "private"."texte_admis"(text, text, boolean) IS 'For the check of a text that people write: true where it is a page at most (2000 characters) and holds nothing but what they see, line breaks where p_lignes; null for null. One call, because each check''s text is read and planned again at every statement. Raises TEXTE_ILLISIBLE, 23514.';

COMMENT ON FUNCTION "private"."tous_les_depots"() IS 'Every depot; null where there is none. Apart: it is no part of the plan that those who see one of them run, several times a request.';

COMMENT ON FUNCTION "private"."uuid_v7"() IS 'A UUID of version 7 (RFC 9562, section 5.7): milliseconds since 1970, then 74 random bits. For rows that come in time, whose indexes then grow at one end instead of being rewritten everywhere. Inlined where a rule uses it.';

COMMENT ON FUNCTION "private"."valider_directes"(uuid[]) IS 'Under the flag sortie_directe_compat, sends what an older client inserted as validated down the path of validate_sortie: all of a statement, their tanks locked in one order. Raises what validate_sortie raises.';

COMMENT ON FUNCTION "private"."vendables"(uuid[]) IS 'Sorties as they may be sold now: litres, tax group, and why one may not.';

COMMENT ON FUNCTION "private"."vendeur"(uuid) IS 'The seller as papers name it: the settings societe_* and the depot that sells, if it is one.';

COMMENT ON FUNCTION "private"."verrouiller_citerne"(uuid) IS 'The mutex of one tank, of whoever has no other and has asked for the isolation. Inlined where it is used.';

COMMENT ON FUNCTION "private"."volume_15c"(private.mesures, private.emplacement, boolean) IS 'Litres at 15 °C of a measured volume, by the way that flag astm_53b sets for this user at this depot (p_norme false: the caller knows it off for everybody); where the tank''s density served, its warnings say so (DENSITE_CITERNE). Raises TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, and what private.volume_15c_norme or private.volume_15c_historique raises.';

COMMENT ON FUNCTION "private"."volume_15c_historique"(private.mesures, private.emplacement) IS 'The old system''s way: what the client sent, at most 2 % from the formula, or the formula: volume × (1 − α (T − 15)), α the product''s. Contract sections 6 and 7. Raises VOLUME_15C_INCOHERENT, DENSITE_HORS_PRODUIT, VOLUME_TROP_PETIT.';

COMMENT ON FUNCTION "private"."volume_15c_norme"(private.mesures, private.emplacement) IS 'The standard''s way at this tank. What the client computed does not count; the caller keeps it in the log. Raises DENSITE_OBSERVEE_REQUISE, ASTM_HORS_DOMAINE, DENSITE_HORS_PRODUIT, VOLUME_TROP_PETIT.';

COMMENT ON FUNCTION "public"."preparer_facture"(uuid, uuid, uuid[], jsonb) IS 'Drafts an invoice of deliveries of one client at one depot, and of services [{designation, quantite, prix_ht, tva_groupe}]. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, INTROUVABLE, ECRITURES_GELEES, TVA_NON_FIXEE, TARIF_ABSENT, COMMANDE_DEVISE, SORTIE_NON_FACTURABLE, FACTURE_VIDE, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "public"."sorties_produit_block_update_delete"() IS 'Refuses every update, delete and truncate of a sortie (ECRITURE_INTERDITE), except completing a draft, by its author or a validator, which counts its version up; or the table''s owner in a transaction with app.sorties_produit_allow_write = 1, of whom it is asked as a whole; said by a rule, it validates the draft. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, BENEFICIAIRE_REQUIRED, CITERNE_INACTIVE_OR_INCOMPATIBLE, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, REFERENTIEL_INACTIF, TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, PLAQUE_INVALIDE, PARTENAIRE_REQUIS, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, VOLUME_15C_INCOHERENT, MESURES_INCOHERENTES, VOLUME_TROP_PETIT, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, DATE_FUTURE, ECRITURES_GELEES, DENSITE_HORS_PRODUIT, COMPTEUR_INCONNU, NOTE_REQUISE.';

COMMENT ON FUNCTION "public"."verifier_stocks"() IS 'Every disagreement between movements, snapshot, journal and adjustments, among what the caller sees; no row: all is well. Litres. TRANSFERT_DEPOT: a transfer between depots says other litres than its movement. CITERNE: a movement or a stock says another product or depot than its tank. LIEU: what movements read of a tank is not what it is.';

COMMENT ON TABLE "private"."actes_differes" IS 'Acts done without a line, by the key of each, whoever sends it: a telephone that changes hands brings nothing twice. 60 days, twice as long as an act may be late, so that none is forgotten while it could still be sent again.';

COMMENT ON TABLE "private"."lieux" IS 'What a movement asks of its tank: of citernes, depots and produits. A copy, written by private.recopier_lieux only.';

COMMENT ON TYPE "private"."emplacement" IS 'Where a movement takes place: tank, its depot, its product, density at 15 °C of what it holds in kg/m³. All null where the caller does not see the tank.';

COMMENT ON TYPE "private"."lecture" IS 'Who writes a sortie, the freeze, whether flag astm_53b is on for anybody, whether its client is not disabled, and its tank, all null where it is none of theirs.';

COMMENT ON TYPE "private"."mesures_calculees" IS 'Columns of a movement that follow from what was read; the database''s.';

COMMENT ON TYPE "private"."mesures_lues" IS 'Columns of a movement that a client may write: what was read of it.';

COMMENT ON VIEW "private"."lieux_vrais" IS 'What private.lieux holds, as the tables have it.';

COMMENT ON VIEW "public"."v_marge_ventes" IS 'What each invoiced delivery leaves over what its fuel came to (USD): sold, credit notes taken off, less the average landed cost of what its depot held that day; null where nothing of that is known yet.';

COMMENT ON VIEW "public"."v_receptions" IS 'Réceptions with their mass in tonnes: in vacuum, and in air as a weighbridge shows it.';

COMMENT ON VIEW "public"."v_sorties" IS 'Sorties with their mass in tonnes once validated, and the litres as measured that were booked with them because the fuel left at another temperature than it came (dilatations).';

COMMENT ON VIEW "public"."v_sorties_a_facturer" IS 'Deliveries of Monaluxe''s fuel to clients that no invoice sells yet; litres as measured and at 15 °C.';

REVOKE ALL ON FUNCTION "private"."adresser_envoi"(text, uuid, uuid, uuid, text, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."adresser_envoi"(text, uuid, uuid, uuid, text, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."auteur_de_cle"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."auteur_de_cle"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."calculer_15c_prise"(public.prises_de_hauteur, private.emplacement) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."calculer_15c_prise"(public.prises_de_hauteur, private.emplacement) TO "postgres";

REVOKE ALL ON FUNCTION "private"."calculer_norme"(private.mesures, private.emplacement, astm.profils_calcul) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."calculer_norme"(private.mesures, private.emplacement, astm.profils_calcul) TO "postgres";

REVOKE ALL ON FUNCTION "private"."camion_a_recevoir"(uuid, text, uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."camion_a_recevoir"(uuid, text, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."champs_mesures"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."champs_mesures"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."colonnes_nommees"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."colonnes_nommees"(text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."date_admise"(timestamp with time zone, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."date_admise"(timestamp with time zone, text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."date_admise"(date, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."date_admise"(date, text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."densite_15_historique"(private.mesures, private.emplacement) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."densite_15_historique"(private.mesures, private.emplacement) TO "postgres";

REVOKE ALL ON FUNCTION "private"."deplacer_jours"(uuid, uuid, text, date, date, numeric, numeric, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."deplacer_jours"(uuid, uuid, text, date, date, numeric, numeric, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."depots_de"(boolean, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."depots_de"(boolean, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."details_differes"(jsonb, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."details_differes"(jsonb, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."dire_facture"(public.factures_client) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dire_facture"(public.factures_client) TO "postgres";

REVOKE ALL ON FUNCTION "private"."dispositif_fiscal"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dispositif_fiscal"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."dit_du_bon"(public.bons_livraison) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dit_du_bon"(public.bons_livraison) TO "postgres";

REVOKE ALL ON FUNCTION "private"."document_lu"(jsonb, bytea) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."document_lu"(jsonb, bytea) TO "postgres";

REVOKE ALL ON FUNCTION "private"."dues"(public.encaissements, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dues"(public.encaissements, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecarts_lieux"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecarts_lieux"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."empreinte_facture"(public.factures_client) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."empreinte_facture"(public.factures_client) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_citerne"(private.emplacement, uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_citerne"(private.emplacement, uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_demande"(uuid, text, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_demande"(uuid, text, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_densite_du_produit"(numeric, private.emplacement) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_densite_du_produit"(numeric, private.emplacement) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_expediable"(private.emplacement, public.transferts_depots, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_expediable"(private.emplacement, public.transferts_depots, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_non_gele"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_non_gele"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_note"(private.emplacement, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_note"(private.emplacement, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_ouvert"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_ouvert"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."exiger_peu_de_lignes"(oid, bigint) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_peu_de_lignes"(oid, bigint) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."exiger_temperatures"(private.mesures, private.emplacement) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_temperatures"(private.mesures, private.emplacement) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_validable"(public.sorties_produit, private.emplacement) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_validable"(public.sorties_produit, private.emplacement) TO "postgres";

REVOKE ALL ON FUNCTION "private"."facture_de_sortie"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facture_de_sortie"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."faite"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."faite"(text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."formule_historique"(numeric, numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."formule_historique"(numeric, numeric, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."incertitude"(public.prises_de_hauteur, public.baremes, private.emplacement, numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."incertitude"(public.prises_de_hauteur, public.baremes, private.emplacement, numeric, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."jauger"(public.prises_de_hauteur, private.emplacement) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."jauger"(public.prises_de_hauteur, private.emplacement) TO "postgres";

REVOKE ALL ON FUNCTION "private"."jour_local"(text, timestamp with time zone) FROM "authenticated";

GRANT EXECUTE ON FUNCTION "private"."jour_local"(text, timestamp with time zone) TO "authenticated";

REVOKE ALL ON FUNCTION "private"."jour_local"(text, timestamp with time zone) FROM "service_role";

GRANT EXECUTE ON FUNCTION "private"."jour_local"(text, timestamp with time zone) TO "service_role";

REVOKE ALL ON FUNCTION "private"."journaliser"(text[], text, text, uuid, uuid, jsonb, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."journaliser"(text[], text, text, uuid, uuid, jsonb, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lieu"(uuid, uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lieu"(uuid, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lieu_pour_mouvement"(uuid, uuid, uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lieu_pour_mouvement"(uuid, uuid, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lieux_reserver"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lieux_reserver"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."lieux_suivre"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lieux_suivre"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."ligne_dite"(text, text, text, uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ligne_dite"(text, text, text, uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."ligne_modifiee"(text, uuid, jsonb, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ligne_modifiee"(text, uuid, jsonb, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."lignes_au_plus"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lignes_au_plus"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."lignes_de"(uuid[], public.clients_conditions) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lignes_de"(uuid[], public.clients_conditions) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lignes_dites"(text, text, text, uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lignes_dites"(text, text, text, uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."lignes_inserees"(text, jsonb, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lignes_inserees"(text, jsonb, text, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."lire"(uuid, uuid, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lire"(uuid, uuid, boolean) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."mesurer_litres"(public.prises_de_hauteur, private.emplacement) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesurer_litres"(public.prises_de_hauteur, private.emplacement) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesurer_sortie"(public.sorties_produit, private.lecture) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesurer_sortie"(public.sorties_produit, private.lecture) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesurer_transfert_depot"(public.mouvements_transferts_depots, private.emplacement, numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesurer_transfert_depot"(public.mouvements_transferts_depots, private.emplacement, numeric, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."montant_lettre"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."montant_lettre"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."noter_evenement_alerte"(public.system_alerts, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_evenement_alerte"(public.system_alerts, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."noter_evenements_alertes"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_evenements_alertes"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."ouvrir"(text, uuid, text, integer, text, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ouvrir"(text, uuid, text, integer, text, text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."plaque_admise"(text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."plaque_admise"(text, text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."porte_rediger_sortie"(jsonb, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."porte_rediger_sortie"(jsonb, boolean) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."porte_rejeter_sortie"(uuid, text, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."porte_rejeter_sortie"(uuid, text, integer) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."porte_valider_sortie"(uuid, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."porte_valider_sortie"(uuid, integer) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."preparer_validation"(public.sorties_produit, private.lecture) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."preparer_validation"(public.sorties_produit, private.lecture) TO "postgres";

REVOKE ALL ON FUNCTION "private"."prix_ou_rien"(uuid, uuid, uuid, date, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."prix_ou_rien"(uuid, uuid, uuid, date, text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."recopier_lieux"(uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."recopier_lieux"(uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."refuser_autre_base"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."refuser_autre_base"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."refuser_table_fermee"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."refuser_table_fermee"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."refuser_validation"(uuid, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."refuser_validation"(uuid, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."relever"(uuid, private.emplacement, date, numeric, numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."relever"(uuid, private.emplacement, date, numeric, numeric, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."reserver_lieux"(uuid[], uuid[], boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."reserver_lieux"(uuid[], uuid[], boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."section_tiers"(text, uuid, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."section_tiers"(text, uuid, date, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."session_de"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."session_de"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."seulement"(jsonb, text[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."seulement"(jsonb, text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."sortie_dite"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."sortie_dite"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."sortie_rangee"(public.sorties_produit) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."sortie_rangee"(public.sorties_produit) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."terminer_validation"(public.sorties_produit, boolean, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."terminer_validation"(public.sorties_produit, boolean, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."texte_admis"(text, text, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."texte_admis"(text, text, boolean) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."tous_les_depots"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."tous_les_depots"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."uuid_v7"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."uuid_v7"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."valider_directes"(uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."valider_directes"(uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."vendables"(uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."vendables"(uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."vendeur"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."vendeur"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."verrouiller_citerne"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."verrouiller_citerne"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."volume_15c"(private.mesures, private.emplacement, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."volume_15c"(private.mesures, private.emplacement, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."volume_15c_historique"(private.mesures, private.emplacement) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."volume_15c_historique"(private.mesures, private.emplacement) TO "postgres";

REVOKE ALL ON FUNCTION "private"."volume_15c_norme"(private.mesures, private.emplacement) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."volume_15c_norme"(private.mesures, private.emplacement) TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."lieux" TO "postgres";

GRANT USAGE ON TYPE "private"."emplacement" TO "postgres";

GRANT USAGE ON TYPE "private"."lecture" TO "postgres";

GRANT USAGE ON TYPE "private"."mesures_calculees" TO "postgres";

GRANT USAGE ON TYPE "private"."mesures_lues" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."lieux_vrais" TO "postgres";

GRANT SELECT ON TABLE "public"."v_marge_ventes" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_marge_ventes" TO "postgres";

GRANT SELECT ON TABLE "public"."v_marge_ventes" TO "service_role";

GRANT SELECT ON TABLE "public"."v_receptions" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_receptions" TO "postgres";

GRANT SELECT ON TABLE "public"."v_receptions" TO "service_role";

GRANT SELECT ON TABLE "public"."v_sorties" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_sorties" TO "postgres";

GRANT SELECT ON TABLE "public"."v_sorties" TO "service_role";

GRANT SELECT ON TABLE "public"."v_sorties_a_facturer" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_sorties_a_facturer" TO "postgres";

GRANT SELECT ON TABLE "public"."v_sorties_a_facturer" TO "service_role";

ALTER TABLE "public"."abonnements_rapports" ADD CONSTRAINT "abonnements_rapports_arrete_motif_lisible" CHECK (private.texte_admis(arrete_motif, 'arrete_motif'::text, false));

ALTER TABLE "public"."abonnements_rapports" ADD CONSTRAINT "abonnements_rapports_nom_lisible" CHECK (private.texte_admis(nom, 'nom'::text, false));

ALTER TABLE "public"."alertes_evenements" ADD CONSTRAINT "alertes_evenements_note_lisible" CHECK (private.texte_admis(note, 'note'::text, true));

ALTER TABLE "public"."analyses" ADD CONSTRAINT "analyses_laboratoire_lisible" CHECK (private.texte_admis(laboratoire, 'laboratoire'::text, false));

ALTER TABLE "public"."analyses" ADD CONSTRAINT "analyses_methode_lisible" CHECK (private.texte_admis(methode, 'methode'::text, false));

ALTER TABLE "public"."analyses" ADD CONSTRAINT "analyses_note_lisible" CHECK (private.texte_admis(note, 'note'::text, true));

ALTER TABLE "public"."analyses" ADD CONSTRAINT "analyses_parametre_lisible" CHECK (private.texte_admis(parametre, 'parametre'::text, false));

ALTER TABLE "public"."app_settings" ADD CONSTRAINT "app_settings_key_lisible" CHECK (private.texte_admis(key, 'key'::text, false));

ALTER TABLE "public"."app_settings" ADD CONSTRAINT "app_settings_value_lisible" CHECK (private.texte_admis(value, 'value'::text, false));

ALTER TABLE "public"."attributions_partenaires" ADD CONSTRAINT "attributions_partenaires_motif_lisible" CHECK (private.texte_admis(motif, 'motif'::text, true));

ALTER TABLE "public"."baremes" ADD CONSTRAINT "baremes_certificat_lisible" CHECK (private.texte_admis(certificat, 'certificat'::text, false));

ALTER TABLE "public"."baremes" ADD CONSTRAINT "baremes_organisme_lisible" CHECK (private.texte_admis(organisme, 'organisme'::text, false));

ALTER TABLE "public"."baremes" ADD CONSTRAINT "baremes_valide_au_possible" CHECK (private.date_admise(valide_au, 'valide_au'::text));

ALTER TABLE "public"."baremes" ADD CONSTRAINT "baremes_valide_du_possible" CHECK (private.date_admise(valide_du, 'valide_du'::text));

ALTER TABLE "public"."bons_livraison" ADD CONSTRAINT "bons_livraison_date_livraison_possible" CHECK (private.date_admise(date_livraison, 'date_livraison'::text));

ALTER TABLE "public"."bons_livraison" ADD CONSTRAINT "bons_livraison_destinataire_lisible" CHECK (private.texte_admis(destinataire, 'destinataire'::text, false));

ALTER TABLE "public"."bons_livraison" ADD CONSTRAINT "bons_livraison_lieu_lisible" CHECK (private.texte_admis(lieu, 'lieu'::text, false));

ALTER TABLE "public"."bons_livraison" ADD CONSTRAINT "bons_livraison_motif_annulation_lisible" CHECK (private.texte_admis(motif_annulation, 'motif_annulation'::text, true));

ALTER TABLE "public"."bons_livraison" ADD CONSTRAINT "bons_livraison_numero_lisible" CHECK (private.texte_admis(numero, 'numero'::text, false));

ALTER TABLE "public"."bons_livraison" ADD CONSTRAINT "bons_livraison_recu_par_lisible" CHECK (private.texte_admis(recu_par, 'recu_par'::text, false));

ALTER TABLE "public"."cdr_etapes" ADD CONSTRAINT "cdr_etapes_statut_lisible" CHECK (private.texte_admis(statut, 'statut'::text, false));

ALTER TABLE "public"."cessions" ADD CONSTRAINT "cessions_motif_lisible" CHECK (private.texte_admis(motif, 'motif'::text, true));

ALTER TABLE "public"."chargements" ADD CONSTRAINT "chargements_bl_numero_lisible" CHECK (private.texte_admis(bl_numero, 'bl_numero'::text, false));

ALTER TABLE "public"."chargements" ADD CONSTRAINT "chargements_date_bl_possible" CHECK (private.date_admise(date_bl, 'date_bl'::text));

ALTER TABLE "public"."chargements" ADD CONSTRAINT "chargements_scelles_lisible" CHECK (private.texte_admis(scelles, 'scelles'::text, false));

ALTER TABLE "public"."citernes" ADD CONSTRAINT "citernes_created_at_possible" CHECK (private.date_admise(created_at, 'created_at'::text));

ALTER TABLE "public"."citernes" ADD CONSTRAINT "citernes_localisation_lisible" CHECK (private.texte_admis(localisation, 'localisation'::text, false));

ALTER TABLE "public"."citernes" ADD CONSTRAINT "citernes_nom_lisible" CHECK (private.texte_admis(nom, 'nom'::text, false));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_adresse_lisible" CHECK (private.texte_admis(adresse, 'adresse'::text, true));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_contact_personne_lisible" CHECK (private.texte_admis(contact_personne, 'contact_personne'::text, false));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_created_at_possible" CHECK (private.date_admise(created_at, 'created_at'::text));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_email_lisible" CHECK (private.texte_admis(email, 'email'::text, false));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_id_nat_lisible" CHECK (private.texte_admis(id_nat, 'id_nat'::text, false));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_nif_lisible" CHECK (private.texte_admis(nif, 'nif'::text, false));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_nom_lisible" CHECK (private.texte_admis(nom, 'nom'::text, false));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_note_supplementaire_lisible" CHECK (private.texte_admis(note_supplementaire, 'note_supplementaire'::text, true));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_pays_lisible" CHECK (private.texte_admis(pays, 'pays'::text, false));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_rccm_lisible" CHECK (private.texte_admis(rccm, 'rccm'::text, false));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_ref_exoneration_lisible" CHECK (private.texte_admis(ref_exoneration, 'ref_exoneration'::text, false));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_telephone_lisible" CHECK (private.texte_admis(telephone, 'telephone'::text, false));

ALTER TABLE "public"."clotures_caisse" ADD CONSTRAINT "clotures_caisse_motif_lisible" CHECK (private.texte_admis(motif, 'motif'::text, true));

ALTER TABLE "public"."commandes" ADD CONSTRAINT "commandes_motif_fin_lisible" CHECK (private.texte_admis(motif_fin, 'motif_fin'::text, true));

ALTER TABLE "public"."commandes" ADD CONSTRAINT "commandes_note_lisible" CHECK (private.texte_admis(note, 'note'::text, true));

ALTER TABLE "public"."commandes" ADD CONSTRAINT "commandes_numero_lisible" CHECK (private.texte_admis(numero, 'numero'::text, false));

ALTER TABLE "public"."commandes" ADD CONSTRAINT "commandes_reference_client_lisible" CHECK (private.texte_admis(reference_client, 'reference_client'::text, false));

ALTER TABLE "public"."compteurs" ADD CONSTRAINT "compteurs_certificat_lisible" CHECK (private.texte_admis(certificat, 'certificat'::text, false));

ALTER TABLE "public"."compteurs" ADD CONSTRAINT "compteurs_numero_lisible" CHECK (private.texte_admis(numero, 'numero'::text, false));

ALTER TABLE "public"."compteurs" ADD CONSTRAINT "compteurs_valide_du_possible" CHECK (private.date_admise(valide_du, 'valide_du'::text));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_chauffeur_nom_lisible" CHECK (private.texte_admis(chauffeur_nom, 'chauffeur_nom'::text, false));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_created_at_possible" CHECK (private.date_admise(created_at, 'created_at'::text));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_date_chargement_possible" CHECK (private.date_admise(date_chargement, 'date_chargement'::text));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_depart_pays_lisible" CHECK (private.texte_admis(depart_pays, 'depart_pays'::text, false));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_motif_annulation_lisible" CHECK (private.texte_admis(motif_annulation, 'motif_annulation'::text, true));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_note_lisible" CHECK (private.texte_admis(note, 'note'::text, true));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_plaque_camion_check" CHECK ((private.plaque_admise(plaque_camion, 'plaque_camion'::text) AND ((private.cle_plaque(plaque_camion) <> ''::text) OR private.refuser_valeur('PLAQUE_INVALIDE'::text, 'plaque_camion'::text))));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_plaque_camion_lisible" CHECK (private.texte_admis(plaque_camion, 'plaque_camion'::text, false));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_plaque_remorque_check" CHECK (private.plaque_admise(plaque_remorque, 'plaque_remorque'::text));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_plaque_remorque_lisible" CHECK (private.texte_admis(plaque_remorque, 'plaque_remorque'::text, false));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_transporteur_lisible" CHECK (private.texte_admis(transporteur, 'transporteur'::text, false));

ALTER TABLE "public"."credits_derogations" ADD CONSTRAINT "credits_derogations_motif_lisible" CHECK (private.texte_admis(motif, 'motif'::text, true));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_adresse_lisible" CHECK (private.texte_admis(adresse, 'adresse'::text, true));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_code_lisible" CHECK (private.texte_admis(code, 'code'::text, false));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_created_at_possible" CHECK (private.date_admise(created_at, 'created_at'::text));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_fuseau_lisible" CHECK (private.texte_admis(fuseau, 'fuseau'::text, false));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_nom_lisible" CHECK (private.texte_admis(nom, 'nom'::text, false));

ALTER TABLE "public"."depots_amis" ADD CONSTRAINT "depots_amis_contact_lisible" CHECK (private.texte_admis(contact, 'contact'::text, false));

ALTER TABLE "public"."depots_amis" ADD CONSTRAINT "depots_amis_created_at_possible" CHECK (private.date_admise(created_at, 'created_at'::text));

ALTER TABLE "public"."depots_amis" ADD CONSTRAINT "depots_amis_nom_lisible" CHECK (private.texte_admis(nom, 'nom'::text, false));

ALTER TABLE "public"."documents" ADD CONSTRAINT "documents_moteur_lisible" CHECK (private.texte_admis(moteur, 'moteur'::text, false));

ALTER TABLE "public"."documents" ADD CONSTRAINT "documents_nom_lisible" CHECK (private.texte_admis(nom, 'nom'::text, false));

ALTER TABLE "public"."documents" ADD CONSTRAINT "documents_signature_lisible" CHECK (private.texte_admis(signature, 'signature'::text, false));

ALTER TABLE "public"."ecarts" ADD CONSTRAINT "ecarts_justification_lisible" CHECK (private.texte_admis(justification, 'justification'::text, false));

ALTER TABLE "public"."ecarts_notes" ADD CONSTRAINT "ecarts_notes_texte_lisible" CHECK (private.texte_admis(texte, 'texte'::text, false));

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_date_valeur_possible" CHECK (private.date_admise(date_valeur, 'date_valeur'::text));

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_echeance_possible" CHECK (private.date_admise(echeance, 'echeance'::text));

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_libelle_lisible" CHECK (private.texte_admis(libelle, 'libelle'::text, false));

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_reference_lisible" CHECK (private.texte_admis(reference, 'reference'::text, false));

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_source_type_lisible" CHECK (private.texte_admis(source_type, 'source_type'::text, false));

ALTER TABLE "public"."encaissements" ADD CONSTRAINT "encaissements_motif_annulation_lisible" CHECK (private.texte_admis(motif_annulation, 'motif_annulation'::text, true));

ALTER TABLE "public"."encaissements" ADD CONSTRAINT "encaissements_numero_recu_lisible" CHECK (private.texte_admis(numero_recu, 'numero_recu'::text, false));

ALTER TABLE "public"."encaissements" ADD CONSTRAINT "encaissements_reference_lisible" CHECK (private.texte_admis(reference, 'reference'::text, false));

ALTER TABLE "public"."envois" ADD CONSTRAINT "envois_cle_lisible" CHECK (private.texte_admis(cle, 'cle'::text, false));

ALTER TABLE "public"."envois" ADD CONSTRAINT "envois_dernier_code_lisible" CHECK (private.texte_admis(dernier_code, 'dernier_code'::text, false));

ALTER TABLE "public"."envois" ADD CONSTRAINT "envois_derniere_erreur_lisible" CHECK (private.texte_admis(derniere_erreur, 'derniere_erreur'::text, false));

ALTER TABLE "public"."envois" ADD CONSTRAINT "envois_destination_lisible" CHECK (private.texte_admis(destination, 'destination'::text, false));

ALTER TABLE "public"."envois" ADD CONSTRAINT "envois_env_lisible" CHECK (private.texte_admis(env, 'env'::text, false));

ALTER TABLE "public"."envois" ADD CONSTRAINT "envois_objet_type_lisible" CHECK (private.texte_admis(objet_type, 'objet_type'::text, false));

ALTER TABLE "public"."envois" ADD CONSTRAINT "envois_secret_nom_lisible" CHECK (private.texte_admis(secret_nom, 'secret_nom'::text, false));

ALTER TABLE "public"."envois" ADD CONSTRAINT "envois_sujet_lisible" CHECK (private.texte_admis(sujet, 'sujet'::text, false));

ALTER TABLE "public"."evenements_entrants" ADD CONSTRAINT "evenements_entrants_evenement_id_lisible" CHECK (private.texte_admis(evenement_id, 'evenement_id'::text, false));

ALTER TABLE "public"."evenements_entrants" ADD CONSTRAINT "evenements_entrants_resultat_lisible" CHECK (private.texte_admis(resultat, 'resultat'::text, false));

ALTER TABLE "public"."evenements_entrants" ADD CONSTRAINT "evenements_entrants_type_lisible" CHECK (private.texte_admis(type, 'type'::text, false));

ALTER TABLE "public"."factures_client" ADD CONSTRAINT "factures_client_date_echeance_possible" CHECK (private.date_admise(date_echeance, 'date_echeance'::text));

ALTER TABLE "public"."factures_client" ADD CONSTRAINT "factures_client_date_facture_possible" CHECK (private.date_admise(date_facture, 'date_facture'::text));

ALTER TABLE "public"."factures_client" ADD CONSTRAINT "factures_client_motif_lisible" CHECK (private.texte_admis(motif, 'motif'::text, true));

ALTER TABLE "public"."factures_client" ADD CONSTRAINT "factures_client_numero_lisible" CHECK (private.texte_admis(numero, 'numero'::text, false));

ALTER TABLE "public"."factures_client_lignes" ADD CONSTRAINT "factures_client_lignes_designation_lisible" CHECK (private.texte_admis(designation, 'designation'::text, false));

ALTER TABLE "public"."factures_client_lignes" ADD CONSTRAINT "factures_client_lignes_tva_groupe_lisible" CHECK (private.texte_admis(tva_groupe, 'tva_groupe'::text, false));

ALTER TABLE "public"."factures_client_taxes" ADD CONSTRAINT "factures_client_taxes_groupe_lisible" CHECK (private.texte_admis(groupe, 'groupe'::text, false));

ALTER TABLE "public"."factures_fiscales" ADD CONSTRAINT "factures_fiscales_code_dgi_lisible" CHECK (private.texte_admis(code_dgi, 'code_dgi'::text, false));

ALTER TABLE "public"."factures_fiscales" ADD CONSTRAINT "factures_fiscales_nid_lisible" CHECK (private.texte_admis(nid, 'nid'::text, false));

ALTER TABLE "public"."factures_fiscales" ADD CONSTRAINT "factures_fiscales_qr_lisible" CHECK (private.texte_admis(qr, 'qr'::text, false));

ALTER TABLE "public"."feature_flags" ADD CONSTRAINT "feature_flags_description_lisible" CHECK (private.texte_admis(description, 'description'::text, true));

ALTER TABLE "public"."feature_flags" ADD CONSTRAINT "feature_flags_key_lisible" CHECK (private.texte_admis(key, 'key'::text, false));

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_date_echeance_possible" CHECK (private.date_admise(date_echeance, 'date_echeance'::text));

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_date_facture_possible" CHECK (private.date_admise(date_facture, 'date_facture'::text));

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_deal_reference_lisible" CHECK (private.texte_admis(deal_reference, 'deal_reference'::text, false));

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_invoice_no_lisible" CHECK (private.texte_admis(invoice_no, 'invoice_no'::text, false));

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_justification_lisible" CHECK (private.texte_admis(justification, 'justification'::text, false));

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_numero_lisible" CHECK (private.texte_admis(numero, 'numero'::text, false));

ALTER TABLE "public"."fournisseur_lot" ADD CONSTRAINT "fournisseur_lot_created_at_possible" CHECK (private.date_admise(created_at, 'created_at'::text));

ALTER TABLE "public"."fournisseur_lot" ADD CONSTRAINT "fournisseur_lot_date_lot_possible" CHECK (private.date_admise(date_lot, 'date_lot'::text));

ALTER TABLE "public"."fournisseur_lot" ADD CONSTRAINT "fournisseur_lot_note_lisible" CHECK (private.texte_admis(note, 'note'::text, true));

ALTER TABLE "public"."fournisseur_lot" ADD CONSTRAINT "fournisseur_lot_reference_lisible" CHECK (private.texte_admis(reference, 'reference'::text, false));

ALTER TABLE "public"."fournisseur_lot" ADD CONSTRAINT "fournisseur_lot_updated_at_possible" CHECK (private.date_admise(updated_at, 'updated_at'::text));

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_date_paiement_possible" CHECK (private.date_admise(date_paiement, 'date_paiement'::text));

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_mode_paiement_lisible" CHECK (private.texte_admis(mode_paiement, 'mode_paiement'::text, false));

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_motif_annulation_lisible" CHECK (private.texte_admis(motif_annulation, 'motif_annulation'::text, true));

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_note_lisible" CHECK (private.texte_admis(note, 'note'::text, true));

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_numero_lisible" CHECK (private.texte_admis(numero, 'numero'::text, false));

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_reference_paiement_lisible" CHECK (private.texte_admis(reference_paiement, 'reference_paiement'::text, false));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_adresse_lisible" CHECK (private.texte_admis(adresse, 'adresse'::text, true));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_contact_personne_lisible" CHECK (private.texte_admis(contact_personne, 'contact_personne'::text, false));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_created_at_possible" CHECK (private.date_admise(created_at, 'created_at'::text));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_email_lisible" CHECK (private.texte_admis(email, 'email'::text, false));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_nif_lisible" CHECK (private.texte_admis(nif, 'nif'::text, false));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_nom_lisible" CHECK (private.texte_admis(nom, 'nom'::text, false));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_note_supplementaire_lisible" CHECK (private.texte_admis(note_supplementaire, 'note_supplementaire'::text, true));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_pays_lisible" CHECK (private.texte_admis(pays, 'pays'::text, false));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_telephone_lisible" CHECK (private.texte_admis(telephone, 'telephone'::text, false));

ALTER TABLE "public"."frais_lot" ADD CONSTRAINT "frais_lot_motif_annulation_lisible" CHECK (private.texte_admis(motif_annulation, 'motif_annulation'::text, true));

ALTER TABLE "public"."frais_lot" ADD CONSTRAINT "frais_lot_reference_lisible" CHECK (private.texte_admis(reference, 'reference'::text, false));

ALTER TABLE "public"."frais_lot" ADD CONSTRAINT "frais_lot_tiers_lisible" CHECK (private.texte_admis(tiers, 'tiers'::text, false));

ALTER TABLE "public"."golden_cases" ADD CONSTRAINT "golden_cases_created_at_possible" CHECK (private.date_admise(created_at, 'created_at'::text));

ALTER TABLE "public"."golden_cases" ADD CONSTRAINT "golden_cases_date_mesure_possible" CHECK (private.date_admise(date_mesure, 'date_mesure'::text));

ALTER TABLE "public"."golden_cases" ADD CONSTRAINT "golden_cases_note_lisible" CHECK (private.texte_admis(note, 'note'::text, true));

ALTER TABLE "public"."golden_cases" ADD CONSTRAINT "golden_cases_produit_code_lisible" CHECK (private.texte_admis(produit_code, 'produit_code'::text, false));

ALTER TABLE "public"."golden_cases" ADD CONSTRAINT "golden_cases_reference_lisible" CHECK (private.texte_admis(reference, 'reference'::text, false));

ALTER TABLE "public"."golden_cases" ADD CONSTRAINT "golden_cases_source_lisible" CHECK (private.texte_admis(source, 'source'::text, false));

ALTER TABLE "public"."mouvements_transferts_depots" ADD CONSTRAINT "mouvements_transferts_depots_methode_15c_lisible" CHECK (private.texte_admis(methode_15c, 'methode_15c'::text, false));

ALTER TABLE "public"."notifications_regles" ADD CONSTRAINT "notifications_regles_destination_lisible" CHECK (private.texte_admis(destination, 'destination'::text, false));

ALTER TABLE "public"."notifications_regles" ADD CONSTRAINT "notifications_regles_env_lisible" CHECK (private.texte_admis(env, 'env'::text, false));

ALTER TABLE "public"."notifications_regles" ADD CONSTRAINT "notifications_regles_secret_nom_lisible" CHECK (private.texte_admis(secret_nom, 'secret_nom'::text, false));

ALTER TABLE "public"."paiements_en_ligne" ADD CONSTRAINT "paiements_en_ligne_devise_lisible" CHECK (private.texte_admis(devise, 'devise'::text, false));

ALTER TABLE "public"."paiements_en_ligne" ADD CONSTRAINT "paiements_en_ligne_intention_id_lisible" CHECK (private.texte_admis(intention_id, 'intention_id'::text, false));

ALTER TABLE "public"."paiements_en_ligne" ADD CONSTRAINT "paiements_en_ligne_session_id_lisible" CHECK (private.texte_admis(session_id, 'session_id'::text, false));

ALTER TABLE "public"."paiements_en_ligne" ADD CONSTRAINT "paiements_en_ligne_url_lisible" CHECK (private.texte_admis(url, 'url'::text, false));

ALTER TABLE "public"."partenaires" ADD CONSTRAINT "partenaires_contact_lisible" CHECK (private.texte_admis(contact, 'contact'::text, false));

ALTER TABLE "public"."partenaires" ADD CONSTRAINT "partenaires_created_at_possible" CHECK (private.date_admise(created_at, 'created_at'::text));

ALTER TABLE "public"."partenaires" ADD CONSTRAINT "partenaires_email_lisible" CHECK (private.texte_admis(email, 'email'::text, false));

ALTER TABLE "public"."partenaires" ADD CONSTRAINT "partenaires_nom_lisible" CHECK (private.texte_admis(nom, 'nom'::text, false));

ALTER TABLE "public"."partenaires" ADD CONSTRAINT "partenaires_telephone_lisible" CHECK (private.texte_admis(telephone, 'telephone'::text, false));

ALTER TABLE "public"."periodes_closes" ADD CONSTRAINT "periodes_closes_motif_reouverture_lisible" CHECK (private.texte_admis(motif_reouverture, 'motif_reouverture'::text, true));

ALTER TABLE "public"."prets" ADD CONSTRAINT "prets_echeance_possible" CHECK (private.date_admise(echeance, 'echeance'::text));

ALTER TABLE "public"."prets" ADD CONSTRAINT "prets_motif_lisible" CHECK (private.texte_admis(motif, 'motif'::text, true));

ALTER TABLE "public"."prets" ADD CONSTRAINT "prets_numero_lisible" CHECK (private.texte_admis(numero, 'numero'::text, false));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_mesuree_le_possible" CHECK (private.date_admise(mesuree_le, 'mesuree_le'::text));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_methode_15c_lisible" CHECK (private.texte_admis(methode_15c, 'methode_15c'::text, false));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_note_lisible" CHECK (private.texte_admis(note, 'note'::text, true));

ALTER TABLE "public"."produits" ADD CONSTRAINT "produits_code_lisible" CHECK (private.texte_admis(code, 'code'::text, false));

ALTER TABLE "public"."produits" ADD CONSTRAINT "produits_created_at_possible" CHECK (private.date_admise(created_at, 'created_at'::text));

ALTER TABLE "public"."produits" ADD CONSTRAINT "produits_description_lisible" CHECK (private.texte_admis(description, 'description'::text, true));

ALTER TABLE "public"."produits" ADD CONSTRAINT "produits_nom_lisible" CHECK (private.texte_admis(nom, 'nom'::text, false));

ALTER TABLE "public"."produits" ADD CONSTRAINT "produits_tva_groupe_lisible" CHECK (private.texte_admis(tva_groupe, 'tva_groupe'::text, false));

ALTER TABLE "public"."profils" ADD CONSTRAINT "profils_created_at_possible" CHECK (private.date_admise(created_at, 'created_at'::text));

ALTER TABLE "public"."profils" ADD CONSTRAINT "profils_desactive_le_possible" CHECK (private.date_admise(desactive_le, 'desactive_le'::text));

ALTER TABLE "public"."profils" ADD CONSTRAINT "profils_email_lisible" CHECK (private.texte_admis(email, 'email'::text, false));

ALTER TABLE "public"."profils" ADD CONSTRAINT "profils_nom_complet_lisible" CHECK (private.texte_admis(nom_complet, 'nom_complet'::text, false));

ALTER TABLE "public"."proforma_clotures" ADD CONSTRAINT "proforma_clotures_justification_lisible" CHECK (private.texte_admis(justification, 'justification'::text, false));

ALTER TABLE "public"."proformas" ADD CONSTRAINT "proformas_date_proforma_possible" CHECK (private.date_admise(date_proforma, 'date_proforma'::text));

ALTER TABLE "public"."proformas" ADD CONSTRAINT "proformas_date_validite_possible" CHECK (private.date_admise(date_validite, 'date_validite'::text));

ALTER TABLE "public"."proformas" ADD CONSTRAINT "proformas_incoterm_lisible" CHECK (private.texte_admis(incoterm, 'incoterm'::text, false));

ALTER TABLE "public"."proformas" ADD CONSTRAINT "proformas_motif_annulation_lisible" CHECK (private.texte_admis(motif_annulation, 'motif_annulation'::text, true));

ALTER TABLE "public"."proformas" ADD CONSTRAINT "proformas_note_lisible" CHECK (private.texte_admis(note, 'note'::text, true));

ALTER TABLE "public"."proformas" ADD CONSTRAINT "proformas_numero_lisible" CHECK (private.texte_admis(numero, 'numero'::text, false));

ALTER TABLE "public"."proformas" ADD CONSTRAINT "proformas_reference_lisible" CHECK (private.texte_admis(reference, 'reference'::text, false));

ALTER TABLE "public"."rapports" ADD CONSTRAINT "rapports_nom_lisible" CHECK (private.texte_admis(nom, 'nom'::text, false));

ALTER TABLE "public"."rapports" ADD CONSTRAINT "rapports_sha256_lisible" CHECK (private.texte_admis(sha256, 'sha256'::text, false));

ALTER TABLE "public"."receptions" ADD CONSTRAINT "receptions_date_reception_possible" CHECK (private.date_admise(date_reception, 'date_reception'::text));

ALTER TABLE "public"."receptions" ADD CONSTRAINT "receptions_methode_15c_lisible" CHECK (private.texte_admis(methode_15c, 'methode_15c'::text, false));

ALTER TABLE "public"."receptions" ADD CONSTRAINT "receptions_note_lisible" CHECK (private.texte_admis(note, 'note'::text, true));

ALTER TABLE "public"."regularisations" ADD CONSTRAINT "regularisations_motif_lisible" CHECK (private.texte_admis(motif, 'motif'::text, true));

ALTER TABLE "public"."releves_clients" ADD CONSTRAINT "releves_clients_au_possible" CHECK (private.date_admise(au, 'au'::text));

ALTER TABLE "public"."releves_clients" ADD CONSTRAINT "releves_clients_du_possible" CHECK (private.date_admise(du, 'du'::text));

ALTER TABLE "public"."remboursements" ADD CONSTRAINT "remboursements_motif_lisible" CHECK (private.texte_admis(motif, 'motif'::text, true));

ALTER TABLE "public"."remboursements" ADD CONSTRAINT "remboursements_reference_lisible" CHECK (private.texte_admis(reference, 'reference'::text, false));

ALTER TABLE "public"."sblc" ADD CONSTRAINT "sblc_banque_lisible" CHECK (private.texte_admis(banque, 'banque'::text, false));

ALTER TABLE "public"."sblc" ADD CONSTRAINT "sblc_date_debut_possible" CHECK (private.date_admise(date_debut, 'date_debut'::text));

ALTER TABLE "public"."sblc" ADD CONSTRAINT "sblc_date_fin_possible" CHECK (private.date_admise(date_fin, 'date_fin'::text));

ALTER TABLE "public"."sblc" ADD CONSTRAINT "sblc_note_lisible" CHECK (private.texte_admis(note, 'note'::text, true));

ALTER TABLE "public"."sblc" ADD CONSTRAINT "sblc_reference_lisible" CHECK (private.texte_admis(reference, 'reference'::text, false));

ALTER TABLE "public"."specifications" ADD CONSTRAINT "specifications_parametre_lisible" CHECK (private.texte_admis(parametre, 'parametre'::text, false));

ALTER TABLE "public"."specifications" ADD CONSTRAINT "specifications_unite_lisible" CHECK (private.texte_admis(unite, 'unite'::text, false));

ALTER TABLE "public"."stocks_adjustments" ADD CONSTRAINT "stocks_adjustments_reason_lisible" CHECK (private.texte_admis(reason, 'reason'::text, true));

ALTER TABLE "public"."stocks_initiaux" ADD CONSTRAINT "stocks_initiaux_date_jour_possible" CHECK (private.date_admise(date_jour, 'date_jour'::text));

ALTER TABLE "public"."stocks_initiaux" ADD CONSTRAINT "stocks_initiaux_motif_lisible" CHECK (private.texte_admis(motif, 'motif'::text, true));

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_acknowledged_at_possible" CHECK (private.date_admise(acknowledged_at, 'acknowledged_at'::text));

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_check_code_lisible" CHECK (private.texte_admis(check_code, 'check_code'::text, false));

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_entity_type_lisible" CHECK (private.texte_admis(entity_type, 'entity_type'::text, false));

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_message_lisible" CHECK (private.texte_admis(message, 'message'::text, false));

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_resolved_at_possible" CHECK (private.date_admise(resolved_at, 'resolved_at'::text));

ALTER TABLE "public"."tarifs" ADD CONSTRAINT "tarifs_motif_lisible" CHECK (private.texte_admis(motif, 'motif'::text, true));

ALTER TABLE "public"."taux_change" ADD CONSTRAINT "taux_change_devise_lisible" CHECK (private.texte_admis(devise, 'devise'::text, false));

ALTER TABLE "public"."taux_tva" ADD CONSTRAINT "taux_tva_groupe_lisible" CHECK (private.texte_admis(groupe, 'groupe'::text, false));

ALTER TABLE "public"."taux_tva" ADD CONSTRAINT "taux_tva_libelle_lisible" CHECK (private.texte_admis(libelle, 'libelle'::text, false));

ALTER TABLE "public"."transferts" ADD CONSTRAINT "transferts_date_jour_possible" CHECK (private.date_admise(date_jour, 'date_jour'::text));

ALTER TABLE "public"."transferts" ADD CONSTRAINT "transferts_methode_15c_lisible" CHECK (private.texte_admis(methode_15c, 'methode_15c'::text, false));

ALTER TABLE "public"."transferts" ADD CONSTRAINT "transferts_note_lisible" CHECK (private.texte_admis(note, 'note'::text, true));

ALTER TABLE "public"."transferts_depots" ADD CONSTRAINT "transferts_depots_chauffeur_nom_lisible" CHECK (private.texte_admis(chauffeur_nom, 'chauffeur_nom'::text, false));

ALTER TABLE "public"."transferts_depots" ADD CONSTRAINT "transferts_depots_date_expedition_possible" CHECK (private.date_admise(date_expedition, 'date_expedition'::text));

ALTER TABLE "public"."transferts_depots" ADD CONSTRAINT "transferts_depots_date_reception_possible" CHECK (private.date_admise(date_reception, 'date_reception'::text));

ALTER TABLE "public"."transferts_depots" ADD CONSTRAINT "transferts_depots_motif_perte_lisible" CHECK (private.texte_admis(motif_perte, 'motif_perte'::text, true));

ALTER TABLE "public"."transferts_depots" ADD CONSTRAINT "transferts_depots_note_lisible" CHECK (private.texte_admis(note, 'note'::text, true));

ALTER TABLE "public"."transferts_depots" ADD CONSTRAINT "transferts_depots_note_reception_lisible" CHECK (private.texte_admis(note_reception, 'note_reception'::text, true));

ALTER TABLE "public"."transferts_depots" ADD CONSTRAINT "transferts_depots_numero_lisible" CHECK (private.texte_admis(numero, 'numero'::text, false));

ALTER TABLE "public"."transferts_depots" ADD CONSTRAINT "transferts_depots_plaque_camion_lisible" CHECK (private.texte_admis(plaque_camion, 'plaque_camion'::text, false));

ALTER TABLE "public"."transferts_depots" ADD CONSTRAINT "transferts_depots_transporteur_lisible" CHECK (private.texte_admis(transporteur, 'transporteur'::text, false));

comment on column private.mesures_calculees.facteur_compteur is 'Meter factor that the litres indicated were multiplied by; null: none was.';

comment on column private.mesures_calculees.vcf is 'Volume correction factor to 15 °C that was used.';

comment on column private.mesures_calculees.methode_15c is 'Method that gave volume_15c: LEGACY or the name of a standard; null on a draft.';

comment on column private.mesures_calculees.parametres_15c is 'How the method was set, and what the client had computed: with the measures, all it takes to compute volume_15c again.';

comment on column private.mesures_lues.compteur_id is 'Calibration of the meter that read it (compteurs): whichever of that meter was sent, the database writes that of its day; null: none of the register.';

comment on column private.mesures_lues.volume_ambiant is 'Litres as measured: sent, or the difference of the two meter indices, once it is validated.';

comment on column private.mesures_lues.temperature_ambiante_c is 'Temperature of the product in the tank or truck, °C: the volume is corrected from it.';

comment on column private.mesures_lues.temperature_echantillon_c is 'Temperature of the sample whose density was read, °C.';

comment on column private.mesures_lues.densite_observee_kgm3 is 'Density read on the sample, kg/m³. One sent in kg/L (below 2) is multiplied by 1000: six decimals, so that none is lost before.';

comment on column private.mesures_lues.densite_a_15_kgm3 is 'Density at 15 °C, kg/m³; densite_a_15 is the same figure under its older name.';

comment on column private.mesures_lues.volume_15c is 'Litres at 15 °C: on a draft what the client sent, once validated what the database computed.';

comment on column private.mesures_lues.volume_corrige_15c is 'volume_15c under its older name: always the same figure.';

insert into private.refus as r (code, statut_http, phrase, sens, conduite) values
  ('DEPOT_AUTRE_BASE', 409,
    'Le dépôt « {depot} » s''écrit dans une autre base : cet acte se fait là-bas. Rien n''a été enregistré.',
    'Dans un réseau de dépôts, chaque dépôt s''écrit dans une seule base (detail : depot).',
    'Faire l''acte à l''adresse de ce dépôt, ou choisir un dépôt d''ici.'),
  ('HORLOGE_FAUSSE', 422,
    'L''horloge du téléphone est fausse de plus d''un jour : il dit {dit}, le serveur {juste}.',
    'Les actes faits sans ligne sont datés par le téléphone, dont l''écart au serveur ne peut dépasser 24 heures '
    '(detail : '
    'maintenant, serveur, et les mêmes à l''heure du dépôt : dit, juste). Rien du lot n''a été appliqué.',
    'Régler le téléphone sur l''heure automatique, vérifier le jour de chaque acte, puis renvoyer le lot.'),
  ('MOMENT_FUTUR', 422, 'Cet acte porte une heure qui n''est pas encore venue : {dit}.',
    'Le moment d''un acte fait sans ligne, corrigé de l''écart d''horloge du téléphone, est après sa réception (detail '
    ': moment, fait_le, recu_le ; dit : fait_le à l''heure du dépôt).',
    'Corriger l''heure de l''acte et le renvoyer avec une clé neuve.'),
  ('ACTE_DEPENDANT', 409, 'Cet acte en suit un autre, qui n''est pas fait : {raison}',
    'L''acte dont celui-ci dépend est refusé, ou attend lui-même (detail : depend_de, acte, code, raison : ceux du '
    'premier '
    'de la chaîne). Rien n''a été écrit.',
    'Régler d''abord le refus de l''acte cité, puis renvoyer le lot : celui-ci suivra.'),
  ('CLE_D_AUTRUI', 409, 'Cet acte a déjà été envoyé au nom de quelqu''un d''autre : il n''est pas refait au vôtre.',
    'La clé de cet acte fait sans ligne a été reçue d''une autre personne : sur un téléphone qui change de mains, ce '
    'que l''un '
    'a fait ne compte pas une seconde fois au nom de l''autre.',
    'Reconnecter sur ce téléphone la personne qui a fait l''acte, et renvoyer : elle seule lit comment il a fini.')
on conflict (code) do update
   set (statut_http, phrase, sens, conduite) = (excluded.statut_http, excluded.phrase, excluded.sens, excluded.conduite)
 where (r.statut_http, r.phrase, r.sens, r.conduite)
       is distinct from (excluded.statut_http, excluded.phrase, excluded.sens, excluded.conduite);

reset check_function_bodies;
select private.noter_etat('20261128002255_ecriture_reseau');
