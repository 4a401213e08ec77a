-- 20261126214542_le_depot_entier: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261126214542_le_depot_entier');

DROP POLICY "ecritures_tiers_lecture" ON "public"."ecritures_tiers";

DROP TRIGGER "citernes_journal" ON "public"."citernes";

DROP TRIGGER "depots_journal" ON "public"."depots";

DROP TRIGGER "fournisseur_lot_reserve" ON "public"."fournisseur_lot";

DROP TRIGGER "produits_before_update" ON "public"."produits";

DROP INDEX "public"."cours_de_route_camion_ouvert";

DROP INDEX "public"."receptions_citerne_idx";

DROP INDEX "public"."sorties_produit_citerne_idx";

DROP VIEW "public"."v_ecarts_inventaire";

DROP VIEW "public"."v_etat_citernes";

DROP VIEW "public"."v_fournisseurs";

DROP VIEW "public"."v_mouvements_stock";

DROP VIEW "public"."v_receptions";

DROP VIEW "public"."v_sorties";

DROP VIEW "public"."v_stock_actuel_owner_snapshot";

DROP VIEW "public"."v_stock_actuel_snapshot";

ALTER TABLE "public"."citernes" DROP CONSTRAINT "citernes_nom_check";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_nom_check";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_plaque_camion_check";

ALTER TABLE "public"."depots" DROP CONSTRAINT "depots_fuseau_check";

ALTER TABLE "public"."depots" DROP CONSTRAINT "depots_nom_check";

ALTER TABLE "public"."dilatations" DROP CONSTRAINT "dilatations_citerne_id_fkey";

ALTER TABLE "public"."fournisseurs" DROP CONSTRAINT "fournisseurs_nom_check";

ALTER TABLE "public"."partenaires" DROP CONSTRAINT "partenaires_nom_check";

ALTER TABLE "public"."prises_de_hauteur" DROP CONSTRAINT "prises_de_hauteur_citerne_id_fkey";

ALTER TABLE "public"."produits" DROP CONSTRAINT "produits_code_check";

ALTER TABLE "public"."produits" DROP CONSTRAINT "produits_nom_check";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_citerne_id_fkey";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_cours_de_route_id_citerne_id_key";

ALTER TABLE "public"."stocks_adjustments" DROP CONSTRAINT "stocks_adjustments_citerne_id_fkey";

ALTER TABLE "public"."stocks_initiaux" DROP CONSTRAINT "stocks_initiaux_citerne_id_fkey";

ALTER TABLE "public"."stocks_journaliers" DROP CONSTRAINT "stocks_journaliers_citerne_id_fkey";

ALTER TABLE "public"."stocks_snapshot" DROP CONSTRAINT "stocks_snapshot_citerne_id_fkey";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_citerne_destination_id_fkey";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_citerne_source_id_fkey";

DROP FUNCTION "private"."compter_mouvements"();

DROP FUNCTION "private"."coordonnees_fournisseurs"();

DROP FUNCTION "private"."exiger_camion_libre"(text);

DROP FUNCTION "private"."kpi_stock_a"(date);

DROP VIEW "public"."v_kpi_stock_global";

DROP FUNCTION "private"."stock_actuel_a"(date);

DROP VIEW "public"."v_stock_actuel";

CREATE TABLE "private"."comptes_partenaires_jours" ("compte_id" uuid NOT NULL, "date_jour" date NOT NULL, "delta_ambiant" numeric(15,3) NOT NULL, "delta_15c" numeric(15,3) NOT NULL, CONSTRAINT "comptes_partenaires_jours_pkey" PRIMARY KEY (compte_id, date_jour));

ALTER TABLE "private"."comptes_partenaires_jours" SET (fillfactor=70);

CREATE TABLE "private"."constats" ("check_code" text NOT NULL, "entity_type" text NOT NULL, "entity_id" uuid NOT NULL, "severity" text NOT NULL, "message" text NOT NULL, "payload" jsonb NOT NULL, "depot_id" uuid, "detected_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "constats_pkey" PRIMARY KEY (check_code, entity_type, entity_id));

CREATE TABLE "private"."controles" ("code" text NOT NULL, "severity" text NOT NULL, "actif" boolean NOT NULL DEFAULT true, "seuil" numeric, "source" text NOT NULL, "rythme" text NOT NULL DEFAULT 'MINUTE'::text, "dit" text NOT NULL, CONSTRAINT "controles_code_check" CHECK ((code ~ '^[A-Z0-9_]+$'::text)), CONSTRAINT "controles_pkey" PRIMARY KEY (code), CONSTRAINT "controles_rythme_check" CHECK ((rythme = ANY (ARRAY['MINUTE'::text, 'NUIT'::text]))), CONSTRAINT "controles_severity_check" CHECK ((severity = ANY (ARRAY['CRITICAL'::text, 'WARN'::text]))));

CREATE TABLE "private"."envois_evenements" ("evenement_id" uuid NOT NULL, "cible" text NOT NULL, "envoi_id" uuid NOT NULL, CONSTRAINT "envois_evenements_pkey" PRIMARY KEY (evenement_id, cible));

ALTER TABLE "private"."envois_evenements" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."escalades" ("severity" text NOT NULL, "niveau" integer NOT NULL, "apres" interval NOT NULL, "roles" text[] NOT NULL, CONSTRAINT "escalades_niveau_check" CHECK ((niveau > 0)), CONSTRAINT "escalades_pkey" PRIMARY KEY (severity, niveau), CONSTRAINT "escalades_severity_check" CHECK ((severity = ANY (ARRAY['CRITICAL'::text, 'WARN'::text]))));

ALTER TABLE "private"."escalades" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."facturations_sortie" ("sortie_id" uuid NOT NULL, "facture_id" uuid NOT NULL, "ajuste_15c" numeric(15,3), "libere_par" uuid, "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "facturations_sortie_pkey" PRIMARY KEY (id));

CREATE TABLE "private"."impressions" ("objet_id" uuid NOT NULL, "exemplaire" integer NOT NULL, "objet" text NOT NULL, "par" uuid NOT NULL, "le" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "impressions_exemplaire_check" CHECK ((exemplaire > 0)), CONSTRAINT "impressions_objet_check" CHECK ((objet = ANY (ARRAY['FACTURE'::text, 'RECU'::text, 'BON'::text]))), CONSTRAINT "impressions_pkey" PRIMARY KEY (objet_id, exemplaire));

CREATE TABLE "private"."passages" ("nom" text NOT NULL, "le" timestamp with time zone NOT NULL, "duree" interval NOT NULL, CONSTRAINT "passages_pkey" PRIMARY KEY (nom));

CREATE TABLE "private"."rattachements_decharges" ("cours_de_route_id" uuid NOT NULL, "fournisseur_lot_id" uuid NOT NULL, "motif" text NOT NULL, "par" uuid NOT NULL, "transaction" xid8 NOT NULL DEFAULT pg_current_xact_id(), "le" timestamp with time zone NOT NULL DEFAULT now(), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "rattachements_decharges_pkey" PRIMARY KEY (id));

CREATE TABLE "private"."restes_clients" ("ecriture_id" uuid NOT NULL, "client_id" uuid NOT NULL, "devise" text NOT NULL, "echeance" date NOT NULL, "ordre" bigint NOT NULL, "debit" numeric(18,2) NOT NULL DEFAULT 0, "credit" numeric(18,2) NOT NULL DEFAULT 0, CONSTRAINT "restes_clients_check" CHECK (((debit > (0)::numeric) <> (credit > (0)::numeric))), CONSTRAINT "restes_clients_credit_check" CHECK ((credit >= (0)::numeric)), CONSTRAINT "restes_clients_debit_check" CHECK ((debit >= (0)::numeric)), CONSTRAINT "restes_clients_pkey" PRIMARY KEY (ecriture_id));

CREATE TABLE "public"."alertes_evenements" ("ordre" bigint GENERATED ALWAYS AS IDENTITY NOT NULL, "alerte_id" uuid NOT NULL, "type" text NOT NULL, "par" uuid, "note" text, "depot_id" uuid, "le" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), CONSTRAINT "alertes_evenements_note_check2000" CHECK ((char_length(note) <= 2000)), CONSTRAINT "alertes_evenements_ordre_key" UNIQUE (ordre), CONSTRAINT "alertes_evenements_type_check" CHECK ((type = ANY (ARRAY['OPEN'::text, 'ACK'::text, 'RESOLVED'::text, 'REOPEN'::text, 'ESCALADE'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "alertes_evenements_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."alertes_evenements" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."analyses" ("objet_type" text NOT NULL, "objet_id" uuid NOT NULL, "cours_de_route_id" uuid, "depot_id" uuid NOT NULL, "produit_id" uuid NOT NULL, "parametre" text NOT NULL, "valeur" numeric(18,6) NOT NULL, "methode" text, "laboratoire" text, "analysee_le" date NOT NULL, "note" text, "created_by" uuid, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "analyses_analysee_le_check" CHECK (((analysee_le >= '2000-01-01'::date) AND (analysee_le <= '2049-12-31'::date))), CONSTRAINT "analyses_laboratoire_check2000" CHECK ((char_length(laboratoire) <= 2000)), CONSTRAINT "analyses_methode_check2000" CHECK ((char_length(methode) <= 2000)), CONSTRAINT "analyses_note_check2000" CHECK ((char_length(note) <= 2000)), CONSTRAINT "analyses_objet_type_check" CHECK ((objet_type = ANY (ARRAY['CDR'::text, 'RECEPTION'::text, 'CITERNE'::text]))), CONSTRAINT "analyses_parametre_check2000" CHECK ((char_length(parametre) <= 2000)), CONSTRAINT "analyses_parametre_check" CHECK ((btrim(parametre) <> ''::text)), CONSTRAINT "analyses_valeur_check" CHECK (((valeur > '-100000000000'::numeric) AND (valeur < '100000000000'::numeric))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "analyses_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."analyses" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."attributions_partenaires" ("depot_id" uuid NOT NULL, "produit_id" uuid NOT NULL, "partenaire_id" uuid NOT NULL, "volume_ambiant" numeric(15,3) NOT NULL, "volume_15c" numeric(15,3) NOT NULL, "date_jour" date NOT NULL, "motif" text NOT NULL, "created_by" uuid NOT NULL, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "attributions_partenaires_date_jour_check" CHECK ((date_jour >= '2020-01-01'::date)), CONSTRAINT "attributions_partenaires_motif_check2000" CHECK ((char_length(motif) <= 2000)), CONSTRAINT "attributions_partenaires_volume_15c_check" CHECK (((volume_15c > (0)::numeric) AND (volume_15c < '1000000000'::numeric))), CONSTRAINT "attributions_partenaires_volume_ambiant_check" CHECK ((abs(volume_ambiant) < '1000000000'::numeric)), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "attributions_partenaires_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."attributions_partenaires" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."baremes_points" ("bareme_id" uuid NOT NULL, "hauteur_mm" numeric(8,1) NOT NULL, "volume_l" numeric(15,3) NOT NULL, "depot_id" uuid NOT NULL, CONSTRAINT "baremes_points_hauteur_mm_check" CHECK (((hauteur_mm >= (0)::numeric) AND (hauteur_mm <= (100000)::numeric))), CONSTRAINT "baremes_points_pkey" PRIMARY KEY (bareme_id, hauteur_mm), CONSTRAINT "baremes_points_volume_l_check" CHECK (((volume_l >= (0)::numeric) AND (volume_l < '1000000000'::numeric))));

ALTER TABLE "public"."baremes_points" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."baremes" ("citerne_id" uuid NOT NULL, "produit_id" uuid NOT NULL, "depot_id" uuid NOT NULL, "version" integer NOT NULL, "statut" text NOT NULL DEFAULT 'BROUILLON'::text, "certificat" text NOT NULL, "organisme" text, "valide_du" date NOT NULL, "valide_au" date, "hauteur_max_mm" numeric(8,1) NOT NULL, "temperature_reference_c" numeric(5,2) NOT NULL DEFAULT 20, "coefficient_acier" numeric(10,9) NOT NULL DEFAULT 0.0000112, "calorifugee" boolean NOT NULL DEFAULT false, "toit_masse_kg" numeric(10,1), "toit_densite_kgm3" numeric(7,2), "toit_repose_mm" numeric(8,1), "toit_flotte_mm" numeric(8,1), "incertitude_pour_mille" numeric(6,2) NOT NULL DEFAULT 2, "incertitude_hauteur_mm" numeric(5,1) NOT NULL DEFAULT 3, "incertitude_temperature_c" numeric(4,2) NOT NULL DEFAULT 0.5, "incertitude_densite_kgm3" numeric(5,2) NOT NULL DEFAULT 0.5, "created_by" uuid NOT NULL, "active_par" uuid, "active_le" timestamp with time zone, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "baremes_certificat_check2000" CHECK ((char_length(certificat) <= 2000)), CONSTRAINT "baremes_certificat_check" CHECK ((btrim(certificat) <> ''::text)), CONSTRAINT "baremes_check1" CHECK ((num_nonnulls(toit_masse_kg, toit_repose_mm, toit_flotte_mm) = ANY (ARRAY[0, 3]))), CONSTRAINT "baremes_check2" CHECK (((toit_densite_kgm3 IS NULL) OR (toit_masse_kg IS NOT NULL))), CONSTRAINT "baremes_check3" CHECK (((toit_flotte_mm > toit_repose_mm) AND (toit_flotte_mm <= hauteur_max_mm))), CONSTRAINT "baremes_check4" CHECK (((statut = 'BROUILLON'::text) = (active_le IS NULL))), CONSTRAINT "baremes_check" CHECK ((valide_au > valide_du)), CONSTRAINT "baremes_citerne_id_version_key" UNIQUE (citerne_id, version), CONSTRAINT "baremes_coefficient_acier_check" CHECK (((coefficient_acier >= (0)::numeric) AND (coefficient_acier <= 0.0001))), CONSTRAINT "baremes_hauteur_max_mm_check" CHECK (((hauteur_max_mm > (0)::numeric) AND (hauteur_max_mm <= (100000)::numeric))), CONSTRAINT "baremes_incertitude_densite_kgm3_check" CHECK (((incertitude_densite_kgm3 >= (0)::numeric) AND (incertitude_densite_kgm3 <= (50)::numeric))), CONSTRAINT "baremes_incertitude_hauteur_mm_check" CHECK (((incertitude_hauteur_mm >= (0)::numeric) AND (incertitude_hauteur_mm <= (100)::numeric))), CONSTRAINT "baremes_incertitude_pour_mille_check" CHECK (((incertitude_pour_mille >= (0)::numeric) AND (incertitude_pour_mille <= (100)::numeric))), CONSTRAINT "baremes_incertitude_temperature_c_check" CHECK (((incertitude_temperature_c >= (0)::numeric) AND (incertitude_temperature_c <= (10)::numeric))), CONSTRAINT "baremes_organisme_check2000" CHECK ((char_length(organisme) <= 2000)), CONSTRAINT "baremes_statut_check" CHECK ((statut = ANY (ARRAY['BROUILLON'::text, 'ACTIF'::text, 'REMPLACE'::text]))), CONSTRAINT "baremes_temperature_reference_c_check" CHECK (((temperature_reference_c >= ('-50'::integer)::numeric) AND (temperature_reference_c <= (150)::numeric))), CONSTRAINT "baremes_toit_densite_kgm3_check" CHECK (((toit_densite_kgm3 >= (400)::numeric) AND (toit_densite_kgm3 <= (1300)::numeric))), CONSTRAINT "baremes_toit_masse_kg_check" CHECK (((toit_masse_kg > (0)::numeric) AND (toit_masse_kg < '10000000'::numeric))), CONSTRAINT "baremes_toit_repose_mm_check" CHECK ((toit_repose_mm >= (0)::numeric)), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "baremes_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."baremes" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."bons_livraison" ("numero" text, "depot_id" uuid NOT NULL, "sortie_id" uuid NOT NULL, "date_livraison" date NOT NULL, "destinataire" text, "lieu" text, "volume_livre_ambiant" numeric(15,3) NOT NULL, "volume_livre_15c" numeric(15,3) NOT NULL, "recu_par" text, "statut" text NOT NULL DEFAULT 'BROUILLON'::text, "motif_annulation" text, "created_by" uuid NOT NULL, "confirme_par" uuid, "confirme_le" timestamp with time zone, "dit" jsonb, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "bons_livraison_check1" CHECK (((numero IS NOT NULL) = (confirme_le IS NOT NULL))), CONSTRAINT "bons_livraison_check2" CHECK (((confirme_le IS NOT NULL) OR (statut <> 'CONFIRME'::text))), CONSTRAINT "bons_livraison_check" CHECK (((motif_annulation IS NOT NULL) = (statut = 'ANNULE'::text))), CONSTRAINT "bons_livraison_destinataire_check2000" CHECK ((char_length(destinataire) <= 2000)), CONSTRAINT "bons_livraison_lieu_check2000" CHECK ((char_length(lieu) <= 2000)), CONSTRAINT "bons_livraison_motif_annulation_check2000" CHECK ((char_length(motif_annulation) <= 2000)), CONSTRAINT "bons_livraison_numero_check2000" CHECK ((char_length(numero) <= 2000)), CONSTRAINT "bons_livraison_numero_key" UNIQUE (numero), CONSTRAINT "bons_livraison_recu_par_check2000" CHECK ((char_length(recu_par) <= 2000)), CONSTRAINT "bons_livraison_statut_check" CHECK ((statut = ANY (ARRAY['BROUILLON'::text, 'CONFIRME'::text, 'ANNULE'::text]))), CONSTRAINT "bons_livraison_volume_livre_15c_check" CHECK (((volume_livre_15c > (0)::numeric) AND (volume_livre_15c < '1000000000'::numeric))), CONSTRAINT "bons_livraison_volume_livre_ambiant_check" CHECK (((volume_livre_ambiant > (0)::numeric) AND (volume_livre_ambiant < '1000000000'::numeric))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "bons_livraison_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."bons_livraison" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."cdr_etapes" ("cours_de_route_id" uuid NOT NULL, "statut" text NOT NULL, "depot_id" uuid NOT NULL, "depuis" timestamp with time zone NOT NULL, CONSTRAINT "cdr_etapes_pkey" PRIMARY KEY (cours_de_route_id, statut), CONSTRAINT "cdr_etapes_statut_check2000" CHECK ((char_length(statut) <= 2000)));

ALTER TABLE "public"."cdr_etapes" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."chargements" ("cours_de_route_id" uuid NOT NULL, "depot_id" uuid NOT NULL, "bl_numero" text NOT NULL, "date_bl" date NOT NULL, "base" text NOT NULL DEFAULT 'L20'::text, "quantite" numeric(15,3) NOT NULL, "densite_15" numeric(10,6), "temperature_c" numeric(6,2), "scelles" text, "created_by" uuid, "created_at" timestamp with time zone NOT NULL DEFAULT now(), "updated_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "chargements_base_check" CHECK ((base = ANY (ARRAY['L20'::text, 'L15'::text, 'TM_AIR'::text]))), CONSTRAINT "chargements_bl_numero_check2000" CHECK ((char_length(bl_numero) <= 2000)), CONSTRAINT "chargements_bl_numero_check" CHECK ((btrim(bl_numero) <> ''::text)), CONSTRAINT "chargements_date_bl_check" CHECK (((date_bl >= '2000-01-01'::date) AND (date_bl <= '2049-12-31'::date))), CONSTRAINT "chargements_densite_15_check" CHECK (((densite_15 >= (400)::numeric) AND (densite_15 <= (1300)::numeric))), CONSTRAINT "chargements_pkey" PRIMARY KEY (cours_de_route_id), CONSTRAINT "chargements_quantite_check" CHECK (((quantite > (0)::numeric) AND (quantite < '1000000000'::numeric))), CONSTRAINT "chargements_scelles_check2000" CHECK ((char_length(scelles) <= 2000)), CONSTRAINT "chargements_temperature_c_check" CHECK (((temperature_c >= ('-50'::integer)::numeric) AND (temperature_c <= (150)::numeric))));

ALTER TABLE "public"."chargements" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."clients_conditions" ("client_id" uuid NOT NULL, "devise" text NOT NULL DEFAULT 'USD'::text, "base" text NOT NULL DEFAULT 'L15'::text, "delai_jours" integer NOT NULL DEFAULT 0, "plafond" numeric(18,2), "suspendu" boolean NOT NULL DEFAULT false, "suivi_depuis" date, "updated_by" uuid, "updated_at" timestamp with time zone NOT NULL DEFAULT now(), "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "clients_conditions_base_check" CHECK ((base = ANY (ARRAY['L15'::text, 'AMB'::text]))), CONSTRAINT "clients_conditions_delai_jours_check" CHECK (((delai_jours >= 0) AND (delai_jours <= 365))), CONSTRAINT "clients_conditions_devise_check" CHECK ((devise = ANY (ARRAY['USD'::text, 'CDF'::text]))), CONSTRAINT "clients_conditions_pkey" PRIMARY KEY (client_id), CONSTRAINT "clients_conditions_plafond_check" CHECK (((plafond >= (0)::numeric) AND (plafond < '10000000000000'::numeric))));

ALTER TABLE "public"."clients_conditions" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."clotures_caisse" ("depot_id" uuid NOT NULL, "devise" text NOT NULL, "jour" date NOT NULL, "theorique" numeric(18,2) NOT NULL, "compte" numeric(18,2) NOT NULL, "motif" text, "par" uuid NOT NULL, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "clotures_caisse_compte_check" CHECK (((compte >= (0)::numeric) AND (compte < '10000000000000'::numeric))), CONSTRAINT "clotures_caisse_depot_id_devise_jour_key" UNIQUE (depot_id, devise, jour), CONSTRAINT "clotures_caisse_devise_check" CHECK ((devise = ANY (ARRAY['USD'::text, 'CDF'::text]))), CONSTRAINT "clotures_caisse_motif_check2000" CHECK ((char_length(motif) <= 2000)), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "clotures_caisse_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."clotures_caisse" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."comptes_partenaires" ("depot_id" uuid NOT NULL, "produit_id" uuid NOT NULL, "partenaire_id" uuid, "solde_ambiant" numeric(15,3) NOT NULL, "solde_15c" numeric(15,3) NOT NULL, "dernier_jour" date NOT NULL, "last_movement_at" timestamp with time zone NOT NULL DEFAULT now(), "updated_at" timestamp with time zone NOT NULL DEFAULT now(), "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "comptes_partenaires_depot_id_produit_id_partenaire_id_key" UNIQUE NULLS NOT DISTINCT (depot_id, produit_id, partenaire_id), CONSTRAINT "comptes_partenaires_solde_15c_check" CHECK ((abs(solde_15c) < '1000000000000'::numeric)), CONSTRAINT "comptes_partenaires_solde_ambiant_check" CHECK ((abs(solde_ambiant) < '1000000000000'::numeric)), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "comptes_partenaires_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."comptes_partenaires" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."comptes_partenaires" SET (fillfactor=20);

CREATE TABLE "public"."compteurs" ("numero" text NOT NULL, "citerne_id" uuid NOT NULL, "produit_id" uuid NOT NULL, "depot_id" uuid NOT NULL, "facteur" numeric(7,6) NOT NULL, "valide_du" date NOT NULL, "certificat" text NOT NULL, "created_by" uuid NOT NULL, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "compteurs_certificat_check2000" CHECK ((char_length(certificat) <= 2000)), CONSTRAINT "compteurs_certificat_check" CHECK ((btrim(certificat) <> ''::text)), CONSTRAINT "compteurs_facteur_check" CHECK (((facteur >= 0.9) AND (facteur <= 1.1))), CONSTRAINT "compteurs_numero_check2000" CHECK ((char_length(numero) <= 2000)), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "compteurs_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."compteurs" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."credits_derogations" ("client_id" uuid NOT NULL, "montant_max" numeric(18,2) NOT NULL, "motif" text NOT NULL, "expire_le" timestamp with time zone NOT NULL, "sortie_id" uuid, "par" uuid NOT NULL, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "credits_derogations_montant_max_check" CHECK (((montant_max > (0)::numeric) AND (montant_max < '10000000000000'::numeric))), CONSTRAINT "credits_derogations_motif_check2000" CHECK ((char_length(motif) <= 2000)), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "credits_derogations_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."credits_derogations" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."ecarts_notes" ("ecart_id" uuid NOT NULL, "depot_id" uuid, "texte" text NOT NULL, "auteur" uuid, "created_at" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), CONSTRAINT "ecarts_notes_texte_check2000" CHECK ((char_length(texte) <= 2000)), CONSTRAINT "ecarts_notes_texte_check" CHECK ((btrim(texte) <> ''::text)), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "ecarts_notes_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."ecarts_notes" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."ecarts" ("domaine" text NOT NULL, "type" text NOT NULL, "depot_id" uuid, "produit_id" uuid, "fournisseur_lot_id" uuid, "reference_type" text NOT NULL, "reference_id" uuid NOT NULL, "origine" text NOT NULL DEFAULT 'AUTO'::text, "attendu" numeric(18,6), "constate" numeric(18,6), "unite" text, "franchise" numeric(18,6) NOT NULL DEFAULT 0, "excedent" numeric(18,6) NOT NULL DEFAULT 0, "impact_usd" numeric(18,2), "impute_a" text, "cause" text, "decision" text, "justification" text, "statut" text NOT NULL DEFAULT 'OUVERT'::text, "created_by" uuid, "traite_par" uuid, "traite_le" timestamp with time zone, "ouvert_le" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "ecarts_cause_check" CHECK ((cause = ANY (ARRAY['PERTE_TRANSPORT'::text, 'ERREUR_SAISIE'::text, 'DIFFERENCE_TEMPERATURE_DENSITE'::text, 'MANQUANT_FOURNISSEUR'::text, 'LIVRAISON_PARTIELLE'::text, 'AUTRE'::text]))), CONSTRAINT "ecarts_check" CHECK (((statut = 'TRAITE'::text) = (traite_le IS NOT NULL))), CONSTRAINT "ecarts_decision_check" CHECK ((decision = ANY (ARRAY['ACCEPTE_AVEC_NOTE'::text, 'AJUSTEMENT_REQUIS'::text, 'LITIGE'::text, 'ANNULER'::text]))), CONSTRAINT "ecarts_domaine_check" CHECK ((domaine = ANY (ARRAY['FOURNISSEUR'::text, 'CLIENT'::text, 'TRANSPORTEUR'::text, 'DEPOT'::text]))), CONSTRAINT "ecarts_excedent_check" CHECK ((excedent >= (0)::numeric)), CONSTRAINT "ecarts_franchise_check" CHECK ((franchise >= (0)::numeric)), CONSTRAINT "ecarts_impact_usd_check" CHECK ((abs(impact_usd) < '10000000000000'::numeric)), CONSTRAINT "ecarts_impute_a_check" CHECK ((impute_a = ANY (ARRAY['FOURNISSEUR'::text, 'TRANSPORTEUR'::text, 'MONALUXE'::text]))), CONSTRAINT "ecarts_justification_check2000" CHECK ((char_length(justification) <= 2000)), CONSTRAINT "ecarts_origine_check" CHECK ((origine = ANY (ARRAY['AUTO'::text, 'MANUEL'::text]))), CONSTRAINT "ecarts_reference_type_check" CHECK ((reference_type = ANY (ARRAY['PROFORMA'::text, 'LOT'::text, 'CDR'::text, 'RECEPTION'::text, 'ANALYSE'::text, 'SORTIE'::text, 'LIVRAISON'::text, 'FACTURE'::text, 'MISSION'::text]))), CONSTRAINT "ecarts_statut_check" CHECK ((statut = ANY (ARRAY['OUVERT'::text, 'EN_REVUE'::text, 'TRAITE'::text, 'LITIGE'::text]))), CONSTRAINT "ecarts_type_check" CHECK ((type = ANY (ARRAY['QUANTITE'::text, 'QUALITE'::text, 'LOGISTIQUE'::text, 'PRIX'::text, 'AUTRE'::text]))), CONSTRAINT "ecarts_unite_check" CHECK ((unite = ANY (ARRAY['L15'::text, 'L20'::text, 'TM_AIR'::text, 'USD'::text, 'KGM3'::text, 'JOUR'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "ecarts_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."ecarts" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."encaissements" ("numero_recu" text, "depot_id" uuid NOT NULL, "client_id" uuid NOT NULL, "mode" text NOT NULL, "operateur_mobile" text, "devise" text NOT NULL, "montant" numeric(18,2) NOT NULL, "montant_remis" numeric(18,2), "devise_compte" text NOT NULL, "taux_cdf" numeric(18,6) NOT NULL, "montant_compte" numeric(18,2) NOT NULL, "reference" text, "recu_le" timestamp with time zone NOT NULL DEFAULT now(), "jour_caisse" date NOT NULL, "statut" text NOT NULL DEFAULT 'CONFIRME'::text, "lettre" jsonb NOT NULL DEFAULT '[]'::jsonb, "client_fige" jsonb, "vendeur_fige" jsonb, "motif_annulation" text, "created_by" uuid NOT NULL, "confirme_par" uuid, "annule_par" uuid, "created_at" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), CONSTRAINT "encaissements_check1" CHECK (((motif_annulation IS NOT NULL) = (statut = 'ANNULE'::text))), CONSTRAINT "encaissements_check2" CHECK (((mode = 'MOBILE_MONEY'::text) = (operateur_mobile IS NOT NULL))), CONSTRAINT "encaissements_check3" CHECK (((mode = 'CASH'::text) OR (reference IS NOT NULL))), CONSTRAINT "encaissements_check4" CHECK (((numero_recu IS NOT NULL) = (confirme_par IS NOT NULL))), CONSTRAINT "encaissements_check5" CHECK (((confirme_par IS NOT NULL) OR (statut = 'EN_ATTENTE'::text) OR (statut = 'ANNULE'::text))), CONSTRAINT "encaissements_check" CHECK (((montant_remis >= montant) AND (montant_remis < '10000000000000'::numeric))), CONSTRAINT "encaissements_devise_check" CHECK ((devise = ANY (ARRAY['USD'::text, 'CDF'::text]))), CONSTRAINT "encaissements_devise_compte_check" CHECK ((devise_compte = ANY (ARRAY['USD'::text, 'CDF'::text]))), CONSTRAINT "encaissements_mode_check" CHECK ((mode = ANY (ARRAY['CASH'::text, 'VIREMENT'::text, 'MOBILE_MONEY'::text, 'CHEQUE'::text, 'STRIPE'::text]))), CONSTRAINT "encaissements_montant_check" CHECK (((montant > (0)::numeric) AND (montant < '10000000000000'::numeric))), CONSTRAINT "encaissements_montant_compte_check" CHECK (((montant_compte > (0)::numeric) AND (montant_compte < '10000000000000'::numeric))), CONSTRAINT "encaissements_motif_annulation_check2000" CHECK ((char_length(motif_annulation) <= 2000)), CONSTRAINT "encaissements_numero_recu_check2000" CHECK ((char_length(numero_recu) <= 2000)), CONSTRAINT "encaissements_numero_recu_key" UNIQUE (numero_recu), CONSTRAINT "encaissements_operateur_mobile_check" CHECK ((operateur_mobile = ANY (ARRAY['MPESA'::text, 'ORANGE'::text, 'AIRTEL'::text, 'AFRIMONEY'::text]))), CONSTRAINT "encaissements_reference_check2000" CHECK ((char_length(reference) <= 2000)), CONSTRAINT "encaissements_reference_check" CHECK ((btrim(reference) <> ''::text)), CONSTRAINT "encaissements_statut_check" CHECK ((statut = ANY (ARRAY['EN_ATTENTE'::text, 'CONFIRME'::text, 'ANNULE'::text]))), CONSTRAINT "encaissements_taux_cdf_check" CHECK ((taux_cdf > (0)::numeric)), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "encaissements_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."encaissements" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."envois" ("canal" text NOT NULL, "objet_type" text NOT NULL, "objet_id" uuid, "depot_id" uuid, "regle_id" uuid, "cle" text NOT NULL, "destination" text, "roles" text[], "secret_nom" text, "sujet" text, "contenu" jsonb, "statut" text NOT NULL DEFAULT 'A_ENVOYER'::text, "essais" integer NOT NULL DEFAULT 0, "prochain_essai" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), "bail" uuid, "bail_jusqu_au" timestamp with time zone, "dernier_code" text, "derniere_erreur" text, "envoye_le" timestamp with time zone, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "envois_canal_check" CHECK ((canal = ANY (ARRAY['EMAIL'::text, 'WEBHOOK'::text]))), CONSTRAINT "envois_check1" CHECK (((statut = 'EN_COURS'::text) = (bail IS NOT NULL))), CONSTRAINT "envois_check2" CHECK (((bail IS NULL) = (bail_jusqu_au IS NULL))), CONSTRAINT "envois_check3" CHECK (((statut = 'ENVOYE'::text) = (envoye_le IS NOT NULL))), CONSTRAINT "envois_check" CHECK ((num_nonnulls(destination, roles) = 1)), CONSTRAINT "envois_cle_check2000" CHECK ((char_length(cle) <= 2000)), CONSTRAINT "envois_cle_key" UNIQUE (cle), CONSTRAINT "envois_dernier_code_check2000" CHECK ((char_length(dernier_code) <= 2000)), CONSTRAINT "envois_derniere_erreur_check2000" CHECK ((char_length(derniere_erreur) <= 2000)), CONSTRAINT "envois_destination_check2000" CHECK ((char_length(destination) <= 2000)), CONSTRAINT "envois_objet_type_check2000" CHECK ((char_length(objet_type) <= 2000)), CONSTRAINT "envois_secret_nom_check2000" CHECK ((char_length(secret_nom) <= 2000)), CONSTRAINT "envois_statut_check" CHECK ((statut = ANY (ARRAY['A_ENVOYER'::text, 'EN_COURS'::text, 'ENVOYE'::text, 'MORT'::text]))), CONSTRAINT "envois_sujet_check2000" CHECK ((char_length(sujet) <= 2000)), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "envois_pkey" PRIMARY KEY (id), "env" text NOT NULL DEFAULT private.env(), CONSTRAINT "envois_env_check2000" CHECK ((char_length(env) <= 2000)));

ALTER TABLE "public"."envois" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."factures_client_lignes" ("facture_id" uuid NOT NULL, "depot_id" uuid NOT NULL, "rang" integer NOT NULL, "nature" text NOT NULL DEFAULT 'CARBURANT'::text, "sortie_id" uuid, "bl_id" uuid, "ligne_origine_id" uuid, "designation" text NOT NULL, "base" text NOT NULL, "quantite" numeric(15,3) NOT NULL, "prix_ht" numeric(18,6) NOT NULL, "tva_groupe" text NOT NULL, "tva_taux" numeric(5,2) NOT NULL, "montant_ht" numeric(18,2) NOT NULL, CONSTRAINT "factures_client_lignes_base_check" CHECK ((base = ANY (ARRAY['L15'::text, 'AMB'::text, 'UNITE'::text]))), CONSTRAINT "factures_client_lignes_check" CHECK ((((nature = 'CARBURANT'::text) = (base <> 'UNITE'::text)) OR (ligne_origine_id IS NOT NULL))), CONSTRAINT "factures_client_lignes_designation_check2000" CHECK ((char_length(designation) <= 2000)), CONSTRAINT "factures_client_lignes_designation_check" CHECK ((btrim(designation) <> ''::text)), CONSTRAINT "factures_client_lignes_facture_id_rang_key" UNIQUE (facture_id, rang), CONSTRAINT "factures_client_lignes_montant_ht_check" CHECK (((montant_ht >= (0)::numeric) AND (montant_ht < '10000000000000'::numeric))), CONSTRAINT "factures_client_lignes_nature_check" CHECK ((nature = ANY (ARRAY['CARBURANT'::text, 'SERVICE'::text, 'TAXE'::text]))), CONSTRAINT "factures_client_lignes_prix_ht_check" CHECK (((prix_ht > (0)::numeric) AND (prix_ht < '1000000000'::numeric))), CONSTRAINT "factures_client_lignes_quantite_check" CHECK (((quantite > (0)::numeric) AND (quantite < '1000000000'::numeric))), CONSTRAINT "factures_client_lignes_rang_check" CHECK ((rang > 0)), CONSTRAINT "factures_client_lignes_tva_groupe_check2000" CHECK ((char_length(tva_groupe) <= 2000)), CONSTRAINT "factures_client_lignes_tva_groupe_check" CHECK ((tva_groupe ~ '^[A-N]$'::text)), CONSTRAINT "factures_client_lignes_tva_taux_check" CHECK (((tva_taux >= (0)::numeric) AND (tva_taux <= (100)::numeric))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "factures_client_lignes_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."factures_client_lignes" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."factures_client_taxes" ("facture_id" uuid NOT NULL, "depot_id" uuid NOT NULL, "groupe" text NOT NULL, "taux" numeric(5,2) NOT NULL, "base_ht" numeric(18,2) NOT NULL, "montant_tva" numeric(18,2) NOT NULL, CONSTRAINT "factures_client_taxes_base_ht_check" CHECK ((base_ht >= (0)::numeric)), CONSTRAINT "factures_client_taxes_groupe_check2000" CHECK ((char_length(groupe) <= 2000)), CONSTRAINT "factures_client_taxes_groupe_check" CHECK ((groupe ~ '^[A-N]$'::text)), CONSTRAINT "factures_client_taxes_montant_tva_check" CHECK ((montant_tva >= (0)::numeric)), CONSTRAINT "factures_client_taxes_pkey" PRIMARY KEY (facture_id, groupe), CONSTRAINT "factures_client_taxes_taux_check" CHECK (((taux >= (0)::numeric) AND (taux <= (100)::numeric))));

ALTER TABLE "public"."factures_client_taxes" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."factures_client" ("depot_id" uuid NOT NULL, "type" text NOT NULL DEFAULT 'FACTURE'::text, "exercice" integer, "sequence" bigint, "numero" text, "client_id" uuid NOT NULL, "client_fige" jsonb, "vendeur_fige" jsonb, "devise" text NOT NULL, "taux_cdf" numeric(18,6), "date_facture" date, "date_echeance" date, "statut" text NOT NULL DEFAULT 'BROUILLON'::text, "facture_origine_id" uuid, "nature" text, "motif" text, "total_ht" numeric(18,2) NOT NULL DEFAULT 0, "total_tva" numeric(18,2), "total_ttc" numeric(18,2), "total_tva_cdf" numeric(18,2), "total_ttc_cdf" numeric(18,2), "precedent" bytea, "empreinte" bytea, "created_by" uuid NOT NULL, "emise_par" uuid, "emise_le" timestamp with time zone, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "factures_client_check1" CHECK (((type = 'AVOIR'::text) = (facture_origine_id IS NOT NULL))), CONSTRAINT "factures_client_check2" CHECK ((num_nonnulls(nature, motif) =
CASE type
    WHEN 'AVOIR'::text THEN 2
    ELSE 0
END)), CONSTRAINT "factures_client_check3" CHECK ((
CASE statut
    WHEN 'BROUILLON'::text THEN 0
    ELSE 14
END = num_nonnulls(exercice, sequence, numero, client_fige, vendeur_fige, taux_cdf, date_facture, total_tva, total_ttc, total_tva_cdf, total_ttc_cdf, empreinte, emise_par, emise_le))), CONSTRAINT "factures_client_check4" CHECK ((total_ttc = (total_ht + total_tva))), CONSTRAINT "factures_client_check" CHECK ((date_echeance >= date_facture)), CONSTRAINT "factures_client_depot_id_type_exercice_sequence_key" UNIQUE (depot_id, type, exercice, sequence), CONSTRAINT "factures_client_devise_check" CHECK ((devise = ANY (ARRAY['USD'::text, 'CDF'::text]))), CONSTRAINT "factures_client_motif_check2000" CHECK ((char_length(motif) <= 2000)), CONSTRAINT "factures_client_nature_check" CHECK ((nature = ANY (ARRAY['COR'::text, 'RAN'::text, 'RAM'::text, 'RRR'::text]))), CONSTRAINT "factures_client_numero_check2000" CHECK ((char_length(numero) <= 2000)), CONSTRAINT "factures_client_numero_key" UNIQUE (numero), CONSTRAINT "factures_client_statut_check" CHECK ((statut = ANY (ARRAY['BROUILLON'::text, 'EMISE'::text]))), CONSTRAINT "factures_client_taux_cdf_check" CHECK ((taux_cdf > (0)::numeric)), CONSTRAINT "factures_client_total_ht_check" CHECK (((total_ht >= (0)::numeric) AND (total_ht < '10000000000000'::numeric))), CONSTRAINT "factures_client_total_ttc_cdf_check" CHECK (((total_ttc_cdf > (0)::numeric) AND (total_ttc_cdf < '10000000000000000'::numeric))), CONSTRAINT "factures_client_total_ttc_check" CHECK (((total_ttc > (0)::numeric) AND (total_ttc < '10000000000000'::numeric))), CONSTRAINT "factures_client_total_tva_cdf_check" CHECK ((total_tva_cdf >= (0)::numeric)), CONSTRAINT "factures_client_total_tva_check" CHECK ((total_tva >= (0)::numeric)), CONSTRAINT "factures_client_type_check" CHECK ((type = ANY (ARRAY['FACTURE'::text, 'AVOIR'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "factures_client_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."factures_client" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."factures_fiscales" ("facture_id" uuid NOT NULL, "depot_id" uuid NOT NULL, "statut" text NOT NULL, "nid" text, "code_dgi" text, "compteurs" jsonb, "horodatage" timestamp with time zone, "qr" text, "demande" jsonb, "reponse" jsonb, "essais" integer NOT NULL DEFAULT 0, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "factures_fiscales_check" CHECK (((statut = 'CERTIFIEE'::text) = (num_nulls(nid, code_dgi, compteurs, horodatage, qr) = 0))), CONSTRAINT "factures_fiscales_code_dgi_check2000" CHECK ((char_length(code_dgi) <= 2000)), CONSTRAINT "factures_fiscales_nid_check2000" CHECK ((char_length(nid) <= 2000)), CONSTRAINT "factures_fiscales_pkey" PRIMARY KEY (facture_id), CONSTRAINT "factures_fiscales_qr_check2000" CHECK ((char_length(qr) <= 2000)), CONSTRAINT "factures_fiscales_statut_check" CHECK ((statut = ANY (ARRAY['NON_RACCORDE'::text, 'A_TRANSMETTRE'::text, 'CERTIFIEE'::text, 'REJETEE'::text]))));

ALTER TABLE "public"."factures_fiscales" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."factures_fournisseur_receptions" ("facture_id" uuid NOT NULL, "reception_id" uuid NOT NULL, "volume_15c" numeric(15,3) NOT NULL, "densite_15" numeric(10,6), "volume_20c" numeric(15,3) NOT NULL, "tonnes_air" numeric(12,3), "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "factures_fournisseur_receptions_reception_id_key" UNIQUE (reception_id), CONSTRAINT "factures_fournisseur_receptions_volume_15c_check" CHECK ((volume_15c > (0)::numeric)), CONSTRAINT "factures_fournisseur_receptions_volume_20c_check" CHECK ((volume_20c > (0)::numeric)), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "factures_fournisseur_receptions_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."factures_fournisseur_receptions" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."fournisseur_facture_lot_min" ("fournisseur_lot_id" uuid NOT NULL, "fournisseur_id" uuid NOT NULL, "type" text NOT NULL DEFAULT 'FACTURE'::text, "facture_origine_id" uuid, "invoice_no" text NOT NULL, "deal_reference" text, "date_facture" date NOT NULL, "date_echeance" date, "quantite_facturee_20c" numeric(15,3) NOT NULL, "prix_unitaire_usd" numeric(18,6) NOT NULL, "base" text NOT NULL DEFAULT 'L20'::text, "quantite_base" numeric(15,3) NOT NULL, "prix_base_usd" numeric(18,6) NOT NULL, "montant_total_usd" numeric(18,2) NOT NULL, "statut" text NOT NULL DEFAULT 'DRAFT'::text, "numero" text, "justification" text, "created_by" uuid, "validated_by" uuid, "validated_at" timestamp with time zone, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "fournisseur_facture_lot_min_base_check" CHECK ((base = ANY (ARRAY['L20'::text, 'L15'::text, 'TM_AIR'::text]))), CONSTRAINT "fournisseur_facture_lot_min_check1" CHECK (((type = 'AVOIR'::text) = (facture_origine_id IS NOT NULL))), CONSTRAINT "fournisseur_facture_lot_min_check2" CHECK (((numero IS NULL) = (validated_at IS NULL))), CONSTRAINT "fournisseur_facture_lot_min_check3" CHECK (((validated_at IS NOT NULL) OR (statut <> 'VALIDEE'::text))), CONSTRAINT "fournisseur_facture_lot_min_check" CHECK ((date_echeance >= date_facture)), CONSTRAINT "fournisseur_facture_lot_min_date_facture_check" CHECK ((date_facture >= '2020-01-01'::date)), CONSTRAINT "fournisseur_facture_lot_min_deal_reference_check2000" CHECK ((char_length(deal_reference) <= 2000)), CONSTRAINT "fournisseur_facture_lot_min_invoice_no_check2000" CHECK ((char_length(invoice_no) <= 2000)), CONSTRAINT "fournisseur_facture_lot_min_invoice_no_check" CHECK ((btrim(invoice_no) <> ''::text)), CONSTRAINT "fournisseur_facture_lot_min_justification_check2000" CHECK ((char_length(justification) <= 2000)), CONSTRAINT "fournisseur_facture_lot_min_montant_total_usd_check" CHECK (((montant_total_usd > (0)::numeric) AND (montant_total_usd < '10000000000000'::numeric))), CONSTRAINT "fournisseur_facture_lot_min_numero_check2000" CHECK ((char_length(numero) <= 2000)), CONSTRAINT "fournisseur_facture_lot_min_numero_key" UNIQUE (numero), CONSTRAINT "fournisseur_facture_lot_min_prix_base_usd_check" CHECK (((prix_base_usd > (0)::numeric) AND (prix_base_usd < '10000000'::numeric))), CONSTRAINT "fournisseur_facture_lot_min_prix_unitaire_usd_check" CHECK (((prix_unitaire_usd > (0)::numeric) AND (prix_unitaire_usd < '1000000'::numeric))), CONSTRAINT "fournisseur_facture_lot_min_quantite_base_check" CHECK (((quantite_base > (0)::numeric) AND (quantite_base < '1000000000'::numeric))), CONSTRAINT "fournisseur_facture_lot_min_quantite_facturee_20c_check" CHECK (((quantite_facturee_20c > (0)::numeric) AND (quantite_facturee_20c < '1000000000'::numeric))), CONSTRAINT "fournisseur_facture_lot_min_statut_check" CHECK ((statut = ANY (ARRAY['DRAFT'::text, 'CALCULEE'::text, 'VALIDEE'::text, 'LITIGE'::text, 'ANNULEE'::text]))), CONSTRAINT "fournisseur_facture_lot_min_type_check" CHECK ((type = ANY (ARRAY['FACTURE'::text, 'AVOIR'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "fournisseur_facture_lot_min_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."fournisseur_facture_lot_min" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."fournisseur_paiement_lot_min" ("fournisseur_facture_id" uuid NOT NULL, "date_paiement" timestamp with time zone NOT NULL DEFAULT now(), "montant_paye_usd" numeric(18,2) NOT NULL, "mode_paiement" text, "reference_paiement" text, "note" text, "statut" text NOT NULL DEFAULT 'CONFIRME'::text, "numero" text, "motif_annulation" text, "created_by" uuid, "confirme_par" uuid, "annule_par" uuid, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "fournisseur_paiement_lot_min_check1" CHECK (((numero IS NOT NULL) = (confirme_par IS NOT NULL))), CONSTRAINT "fournisseur_paiement_lot_min_check" CHECK (((motif_annulation IS NOT NULL) = (statut = 'ANNULE'::text))), CONSTRAINT "fournisseur_paiement_lot_min_date_paiement_check" CHECK ((date_paiement >= '2020-01-01 00:00:00+00'::timestamp with time zone)), CONSTRAINT "fournisseur_paiement_lot_min_mode_paiement_check2000" CHECK ((char_length(mode_paiement) <= 2000)), CONSTRAINT "fournisseur_paiement_lot_min_montant_paye_usd_check" CHECK (((montant_paye_usd > (0)::numeric) AND (montant_paye_usd < '10000000000000'::numeric))), CONSTRAINT "fournisseur_paiement_lot_min_motif_annulation_check2000" CHECK ((char_length(motif_annulation) <= 2000)), CONSTRAINT "fournisseur_paiement_lot_min_note_check2000" CHECK ((char_length(note) <= 2000)), CONSTRAINT "fournisseur_paiement_lot_min_numero_check2000" CHECK ((char_length(numero) <= 2000)), CONSTRAINT "fournisseur_paiement_lot_min_numero_key" UNIQUE (numero), CONSTRAINT "fournisseur_paiement_lot_min_reference_paiement_check2000" CHECK ((char_length(reference_paiement) <= 2000)), CONSTRAINT "fournisseur_paiement_lot_min_statut_check" CHECK ((statut = ANY (ARRAY['EN_ATTENTE'::text, 'CONFIRME'::text, 'ANNULE'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "fournisseur_paiement_lot_min_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."fournisseur_paiement_lot_min" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."frais_lot" ("lot_id" uuid NOT NULL, "type" text NOT NULL, "montant" numeric(18,2) NOT NULL, "devise" text NOT NULL DEFAULT 'USD'::text, "taux_cdf" numeric(18,6), "reference" text, "tiers" text, "motif_annulation" text, "annule_par" uuid, "created_by" uuid, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "frais_lot_check1" CHECK (((motif_annulation IS NULL) = (annule_par IS NULL))), CONSTRAINT "frais_lot_check" CHECK (((devise = 'USD'::text) OR (taux_cdf IS NOT NULL))), CONSTRAINT "frais_lot_devise_check" CHECK ((devise = ANY (ARRAY['USD'::text, 'CDF'::text]))), CONSTRAINT "frais_lot_montant_check" CHECK (((montant > (0)::numeric) AND (montant < '10000000000000'::numeric))), CONSTRAINT "frais_lot_motif_annulation_check2000" CHECK ((char_length(motif_annulation) <= 2000)), CONSTRAINT "frais_lot_reference_check2000" CHECK ((char_length(reference) <= 2000)), CONSTRAINT "frais_lot_taux_cdf_check" CHECK (((taux_cdf > (0)::numeric) AND (taux_cdf < '1000000000'::numeric))), CONSTRAINT "frais_lot_tiers_check2000" CHECK ((char_length(tiers) <= 2000)), CONSTRAINT "frais_lot_type_check" CHECK ((type = ANY (ARRAY['FRET'::text, 'DOUANE'::text, 'SURESTARIES'::text, 'STOCKAGE'::text, 'INSPECTION'::text, 'AUTRE'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "frais_lot_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."frais_lot" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."notifications_regles" ("canal" text NOT NULL, "severity_min" text NOT NULL DEFAULT 'CRITICAL'::text, "codes" text[], "depots" uuid[], "evenements" text[] NOT NULL DEFAULT '{OPEN,REOPEN,RESOLVED}'::text[], "destination" text, "roles" text[], "secret_nom" text, "actif" boolean NOT NULL DEFAULT true, "created_by" uuid, "created_at" timestamp with time zone NOT NULL DEFAULT now(), "updated_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "notifications_regles_canal_check" CHECK ((canal = ANY (ARRAY['EMAIL'::text, 'WEBHOOK'::text]))), CONSTRAINT "notifications_regles_check1" CHECK (
CASE canal
    WHEN 'WEBHOOK'::text THEN (num_nonnulls(destination, secret_nom) = 2)
    ELSE (secret_nom IS NULL)
END), CONSTRAINT "notifications_regles_check" CHECK ((num_nonnulls(destination, roles) = 1)), CONSTRAINT "notifications_regles_codes_check" CHECK ((cardinality(codes) > 0)), CONSTRAINT "notifications_regles_depots_check" CHECK ((cardinality(depots) > 0)), CONSTRAINT "notifications_regles_destination_check2000" CHECK ((char_length(destination) <= 2000)), CONSTRAINT "notifications_regles_evenements_check" CHECK (((cardinality(evenements) > 0) AND (evenements <@ '{OPEN,ACK,RESOLVED,REOPEN,ESCALADE}'::text[]))), CONSTRAINT "notifications_regles_secret_nom_check2000" CHECK ((char_length(secret_nom) <= 2000)), CONSTRAINT "notifications_regles_secret_nom_check" CHECK (((secret_nom ~ '^WEBHOOK_SECRET(_[A-Z0-9]+)*$'::text) AND (secret_nom !~ '_PRECEDENT$'::text))), CONSTRAINT "notifications_regles_severity_min_check" CHECK ((severity_min = ANY (ARRAY['CRITICAL'::text, 'WARN'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "notifications_regles_pkey" PRIMARY KEY (id), "env" text DEFAULT private.env(), CONSTRAINT "notifications_regles_env_check2000" CHECK ((char_length(env) <= 2000)));

ALTER TABLE "public"."notifications_regles" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."parts_partenaires" ("mouvement_type" text NOT NULL, "mouvement_id" uuid NOT NULL, "partenaire_id" uuid NOT NULL, "depot_id" uuid NOT NULL, "delta_ambiant" numeric(15,3) NOT NULL, "delta_15c" numeric(15,3) NOT NULL, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "parts_partenaires_check" CHECK (((delta_ambiant <> (0)::numeric) OR (delta_15c <> (0)::numeric))), CONSTRAINT "parts_partenaires_delta_15c_check" CHECK ((abs(delta_15c) < '1000000000'::numeric)), CONSTRAINT "parts_partenaires_delta_ambiant_check" CHECK ((abs(delta_ambiant) < '1000000000'::numeric)), CONSTRAINT "parts_partenaires_mouvement_type_check" CHECK ((mouvement_type = ANY (ARRAY['AJUSTEMENT'::text, 'DILATATION'::text, 'REGULARISATION'::text]))), CONSTRAINT "parts_partenaires_mouvement_type_mouvement_id_partenaire_id_key" UNIQUE (mouvement_type, mouvement_id, partenaire_id), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "parts_partenaires_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."parts_partenaires" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."periodes_closes" ("depot_id" uuid NOT NULL, "periode" text NOT NULL, "du" date NOT NULL, "au" date NOT NULL, "par" uuid NOT NULL, "le" timestamp with time zone NOT NULL DEFAULT now(), "rouverte_par" uuid, "rouverte_le" timestamp with time zone, "motif_reouverture" text, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "periodes_closes_check1" CHECK ((num_nonnulls(rouverte_par, rouverte_le, motif_reouverture) = ANY (ARRAY[0, 3]))), CONSTRAINT "periodes_closes_check" CHECK (((au >= du) AND ((periode = 'MOIS'::text) OR (au = du)))), CONSTRAINT "periodes_closes_du_check" CHECK ((du >= '2020-01-01'::date)), CONSTRAINT "periodes_closes_motif_reouverture_check2000" CHECK ((char_length(motif_reouverture) <= 2000)), CONSTRAINT "periodes_closes_periode_check" CHECK ((periode = ANY (ARRAY['JOUR'::text, 'MOIS'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "periodes_closes_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."periodes_closes" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."proforma_clotures" ("proforma_id" uuid NOT NULL, "instantane" jsonb NOT NULL, "justification" text NOT NULL, "par" uuid, "le" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "proforma_clotures_justification_check2000" CHECK ((char_length(justification) <= 2000)), CONSTRAINT "proforma_clotures_pkey" PRIMARY KEY (proforma_id));

ALTER TABLE "public"."proforma_clotures" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."proformas" ("numero" text, "fournisseur_id" uuid NOT NULL, "produit_id" uuid NOT NULL, "reference" text NOT NULL, "date_proforma" date NOT NULL, "date_validite" date, "incoterm" text, "base" text NOT NULL DEFAULT 'L20'::text, "quantite" numeric(15,3) NOT NULL, "prix_usd" numeric(18,6) NOT NULL, "franchise_pour_mille" numeric(4,1), "jours_franchise" integer NOT NULL DEFAULT 2, "surestaries_usd_jour" numeric(18,2) NOT NULL DEFAULT 0, "sblc_id" uuid, "statut" text NOT NULL DEFAULT 'DRAFT'::text, "motif_annulation" text, "note" text, "created_by" uuid, "created_at" timestamp with time zone NOT NULL DEFAULT now(), "updated_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "proformas_base_check" CHECK ((base = ANY (ARRAY['L20'::text, 'L15'::text, 'TM_AIR'::text]))), CONSTRAINT "proformas_check1" CHECK (((motif_annulation IS NOT NULL) = (statut = 'ANNULEE'::text))), CONSTRAINT "proformas_check2" CHECK (((numero IS NOT NULL) OR (statut = ANY (ARRAY['DRAFT'::text, 'ANNULEE'::text])))), CONSTRAINT "proformas_check" CHECK (((date_validite >= date_proforma) AND (date_validite <= '2049-12-31'::date))), CONSTRAINT "proformas_date_proforma_check" CHECK (((date_proforma >= '2000-01-01'::date) AND (date_proforma <= '2049-12-31'::date))), CONSTRAINT "proformas_franchise_pour_mille_check" CHECK (((franchise_pour_mille >= (0)::numeric) AND (franchise_pour_mille <= (50)::numeric))), CONSTRAINT "proformas_incoterm_check2000" CHECK ((char_length(incoterm) <= 2000)), CONSTRAINT "proformas_jours_franchise_check" CHECK (((jours_franchise >= 0) AND (jours_franchise <= 365))), CONSTRAINT "proformas_motif_annulation_check2000" CHECK ((char_length(motif_annulation) <= 2000)), CONSTRAINT "proformas_note_check2000" CHECK ((char_length(note) <= 2000)), CONSTRAINT "proformas_numero_check2000" CHECK ((char_length(numero) <= 2000)), CONSTRAINT "proformas_numero_key" UNIQUE (numero), CONSTRAINT "proformas_prix_usd_check" CHECK (((prix_usd > (0)::numeric) AND (prix_usd < '10000000'::numeric))), CONSTRAINT "proformas_quantite_check" CHECK (((quantite > (0)::numeric) AND (quantite < '1000000000'::numeric))), CONSTRAINT "proformas_reference_check2000" CHECK ((char_length(reference) <= 2000)), CONSTRAINT "proformas_reference_check" CHECK ((btrim(reference) <> ''::text)), CONSTRAINT "proformas_statut_check" CHECK ((statut = ANY (ARRAY['DRAFT'::text, 'ACTIVE'::text, 'EN_EXECUTION'::text, 'CLOTUREE'::text, 'ANNULEE'::text]))), CONSTRAINT "proformas_surestaries_usd_jour_check" CHECK (((surestaries_usd_jour >= (0)::numeric) AND (surestaries_usd_jour < '10000000'::numeric))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "proformas_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."proformas" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."regularisations" ("prise_de_hauteur_id" uuid NOT NULL, "citerne_id" uuid NOT NULL, "produit_id" uuid NOT NULL, "depot_id" uuid NOT NULL, "proprietaire_type" text NOT NULL, "delta_ambiant" numeric(15,3) NOT NULL, "delta_15c" numeric(15,3) NOT NULL, "motif" text NOT NULL, "date_jour" date NOT NULL, "created_by" uuid NOT NULL, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "regularisations_check" CHECK (((delta_ambiant <> (0)::numeric) OR (delta_15c <> (0)::numeric))), CONSTRAINT "regularisations_date_jour_check" CHECK ((date_jour >= '2020-01-01'::date)), CONSTRAINT "regularisations_delta_15c_check" CHECK ((abs(delta_15c) < '1000000000'::numeric)), CONSTRAINT "regularisations_delta_ambiant_check" CHECK ((abs(delta_ambiant) < '1000000000'::numeric)), CONSTRAINT "regularisations_motif_check2000" CHECK ((char_length(motif) <= 2000)), CONSTRAINT "regularisations_prise_de_hauteur_id_proprietaire_type_key" UNIQUE (prise_de_hauteur_id, proprietaire_type), CONSTRAINT "regularisations_proprietaire_type_check" CHECK ((proprietaire_type = ANY (ARRAY['MONALUXE'::text, 'PARTENAIRE'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "regularisations_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."regularisations" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."remboursements" ("encaissement_id" uuid NOT NULL, "depot_id" uuid NOT NULL, "montant" numeric(18,2) NOT NULL, "mode" text NOT NULL, "reference" text NOT NULL, "motif" text NOT NULL, "jour_caisse" date NOT NULL, "par" uuid NOT NULL, "created_at" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), CONSTRAINT "remboursements_mode_check" CHECK ((mode = ANY (ARRAY['CASH'::text, 'VIREMENT'::text, 'MOBILE_MONEY'::text, 'CHEQUE'::text]))), CONSTRAINT "remboursements_montant_check" CHECK (((montant > (0)::numeric) AND (montant < '10000000000000'::numeric))), CONSTRAINT "remboursements_motif_check2000" CHECK ((char_length(motif) <= 2000)), CONSTRAINT "remboursements_reference_check2000" CHECK ((char_length(reference) <= 2000)), CONSTRAINT "remboursements_reference_check" CHECK ((btrim(reference) <> ''::text)), CONSTRAINT "remboursements_reference_key" UNIQUE (reference), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "remboursements_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."remboursements" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."sblc" ("fournisseur_id" uuid NOT NULL, "banque" text NOT NULL, "reference" text NOT NULL, "montant" numeric(18,2) NOT NULL, "devise" character(3) NOT NULL DEFAULT 'USD'::bpchar, "date_debut" date NOT NULL, "date_fin" date NOT NULL, "statut" text NOT NULL DEFAULT 'ACTIVE'::text, "note" text, "created_by" uuid, "created_at" timestamp with time zone NOT NULL DEFAULT now(), "updated_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "sblc_banque_check2000" CHECK ((char_length(banque) <= 2000)), CONSTRAINT "sblc_banque_check" CHECK ((btrim(banque) <> ''::text)), CONSTRAINT "sblc_check" CHECK (((date_fin >= date_debut) AND (date_fin <= '2049-12-31'::date))), CONSTRAINT "sblc_date_debut_check" CHECK (((date_debut >= '2000-01-01'::date) AND (date_debut <= '2049-12-31'::date))), CONSTRAINT "sblc_devise_check" CHECK ((devise ~ '^[A-Z]{3}$'::text)), CONSTRAINT "sblc_montant_check" CHECK (((montant > (0)::numeric) AND (montant < '10000000000000'::numeric))), CONSTRAINT "sblc_note_check2000" CHECK ((char_length(note) <= 2000)), CONSTRAINT "sblc_reference_check2000" CHECK ((char_length(reference) <= 2000)), CONSTRAINT "sblc_reference_check" CHECK ((btrim(reference) <> ''::text)), CONSTRAINT "sblc_statut_check" CHECK ((statut = ANY (ARRAY['ACTIVE'::text, 'SUSPENDUE'::text, 'ANNULEE'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "sblc_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."sblc" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."specifications" ("produit_id" uuid NOT NULL, "parametre" text NOT NULL, "minimum" numeric(18,6), "maximum" numeric(18,6), "unite" text, "updated_at" timestamp with time zone NOT NULL DEFAULT now(), "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "specifications_check" CHECK (((num_nonnulls(minimum, maximum) > 0) AND COALESCE((minimum <= maximum), true))), CONSTRAINT "specifications_maximum_check" CHECK (((maximum IS NULL) OR ((maximum > '-100000000000'::numeric) AND (maximum < '100000000000'::numeric)))), CONSTRAINT "specifications_minimum_check" CHECK (((minimum IS NULL) OR ((minimum > '-100000000000'::numeric) AND (minimum < '100000000000'::numeric)))), CONSTRAINT "specifications_parametre_check2000" CHECK ((char_length(parametre) <= 2000)), CONSTRAINT "specifications_parametre_check" CHECK ((btrim(parametre) <> ''::text)), CONSTRAINT "specifications_unite_check2000" CHECK ((char_length(unite) <= 2000)), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "specifications_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."specifications" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."stocks_initiaux_partenaires" ("stock_initial_id" uuid NOT NULL, "partenaire_id" uuid NOT NULL, "depot_id" uuid NOT NULL, "volume_ambiant" numeric(15,3) NOT NULL, "volume_15c" numeric(15,3) NOT NULL, "created_by" uuid NOT NULL, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "stocks_initiaux_partenaires_stock_initial_id_partenaire_id_key" UNIQUE (stock_initial_id, partenaire_id), CONSTRAINT "stocks_initiaux_partenaires_volume_15c_check" CHECK (((volume_15c > (0)::numeric) AND (volume_15c < '1000000000'::numeric))), CONSTRAINT "stocks_initiaux_partenaires_volume_ambiant_check" CHECK (((volume_ambiant > (0)::numeric) AND (volume_ambiant < '1000000000'::numeric))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "stocks_initiaux_partenaires_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."stocks_initiaux_partenaires" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."system_alerts" ("check_code" text NOT NULL, "severity" text NOT NULL, "entity_type" text NOT NULL, "entity_id" uuid NOT NULL, "message" text NOT NULL, "payload" jsonb NOT NULL DEFAULT '{}'::jsonb, "status" text NOT NULL DEFAULT 'OPEN'::text, "first_detected_at" timestamp with time zone NOT NULL DEFAULT now(), "last_detected_at" timestamp with time zone NOT NULL DEFAULT now(), "acknowledged_by" uuid, "acknowledged_at" timestamp with time zone, "resolved_by" uuid, "resolved_at" timestamp with time zone, "depot_id" uuid, "presente" boolean NOT NULL DEFAULT true, "absente_depuis" timestamp with time zone, "occurrences" integer NOT NULL DEFAULT 1, "ouverte_le" timestamp with time zone NOT NULL DEFAULT now(), "niveau_escalade" integer NOT NULL DEFAULT 0, "created_at" timestamp with time zone NOT NULL DEFAULT now(), "updated_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "system_alerts_check1" CHECK ((presente OR (status = 'RESOLVED'::text))), CONSTRAINT "system_alerts_check2" CHECK (((status = 'RESOLVED'::text) = (resolved_at IS NOT NULL))), CONSTRAINT "system_alerts_check_code_check2000" CHECK ((char_length(check_code) <= 2000)), CONSTRAINT "system_alerts_check_code_entity_type_entity_id_key" UNIQUE (check_code, entity_type, entity_id), CONSTRAINT "system_alerts_check" CHECK ((presente = (absente_depuis IS NULL))), CONSTRAINT "system_alerts_entity_type_check2000" CHECK ((char_length(entity_type) <= 2000)), CONSTRAINT "system_alerts_message_check2000" CHECK ((char_length(message) <= 2000)), CONSTRAINT "system_alerts_niveau_escalade_check" CHECK ((niveau_escalade >= 0)), CONSTRAINT "system_alerts_severity_check" CHECK ((severity = ANY (ARRAY['CRITICAL'::text, 'WARN'::text]))), CONSTRAINT "system_alerts_status_check" CHECK ((status = ANY (ARRAY['OPEN'::text, 'ACK'::text, 'RESOLVED'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "system_alerts_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."system_alerts" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."tarifs" ("produit_id" uuid NOT NULL, "client_id" uuid, "depot_id" uuid, "devise" text NOT NULL, "base" text NOT NULL, "prix_ht" numeric(18,6) NOT NULL, "valide_du" date NOT NULL, "valide_au" date, "motif" text NOT NULL, "par" uuid NOT NULL, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "tarifs_base_check" CHECK ((base = ANY (ARRAY['L15'::text, 'AMB'::text]))), CONSTRAINT "tarifs_check" CHECK ((valide_au >= valide_du)), CONSTRAINT "tarifs_devise_check" CHECK ((devise = ANY (ARRAY['USD'::text, 'CDF'::text]))), CONSTRAINT "tarifs_motif_check2000" CHECK ((char_length(motif) <= 2000)), CONSTRAINT "tarifs_prix_ht_check" CHECK (((prix_ht > (0)::numeric) AND (prix_ht < '1000000'::numeric))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "tarifs_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."tarifs" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."taux_change" ("devise" text NOT NULL, "jour" date NOT NULL, "version" integer NOT NULL DEFAULT 1, "taux_cdf" numeric(18,6) NOT NULL, "source" text NOT NULL, "par" uuid NOT NULL, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "taux_change_devise_check2000" CHECK ((char_length(devise) <= 2000)), CONSTRAINT "taux_change_devise_check" CHECK ((devise = 'USD'::text)), CONSTRAINT "taux_change_pkey" PRIMARY KEY (devise, jour, version), CONSTRAINT "taux_change_source_check" CHECK ((source = ANY (ARRAY['BCC'::text, 'MANUEL'::text]))), CONSTRAINT "taux_change_taux_cdf_check" CHECK (((taux_cdf > (0)::numeric) AND (taux_cdf < '1000000000'::numeric))), CONSTRAINT "taux_change_version_check" CHECK ((version > 0)));

ALTER TABLE "public"."taux_change" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."taux_tva" ("groupe" text NOT NULL, "valide_du" date NOT NULL, "taux" numeric(5,2), "libelle" text NOT NULL, "par" uuid, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "taux_tva_groupe_check2000" CHECK ((char_length(groupe) <= 2000)), CONSTRAINT "taux_tva_groupe_check" CHECK ((groupe ~ '^[A-N]$'::text)), CONSTRAINT "taux_tva_libelle_check2000" CHECK ((char_length(libelle) <= 2000)), CONSTRAINT "taux_tva_libelle_check" CHECK ((btrim(libelle) <> ''::text)), CONSTRAINT "taux_tva_pkey" PRIMARY KEY (groupe, valide_du), CONSTRAINT "taux_tva_taux_check" CHECK (((taux >= (0)::numeric) AND (taux <= (100)::numeric))));

ALTER TABLE "public"."taux_tva" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "astm"."profils_calcul" ADD COLUMN "decimales_vcf" smallint NOT NULL DEFAULT 4;

ALTER TABLE "astm"."profils_calcul" ADD COLUMN "entrees_imprimees" boolean NOT NULL DEFAULT false;

ALTER TABLE "astm"."profils_calcul" ADD COLUMN "pression_kpa" numeric(8,2) NOT NULL DEFAULT 0;

ALTER TABLE "astm"."profils_calcul" ADD COLUMN "facteur_compteur" numeric(7,6) NOT NULL DEFAULT 1;

ALTER TABLE "public"."clients" ADD COLUMN "actif" boolean NOT NULL DEFAULT true;

ALTER TABLE "public"."clients" ADD COLUMN "type_fiscal" text NOT NULL DEFAULT 'PP'::text;

ALTER TABLE "public"."clients" ADD COLUMN "nif" text;

ALTER TABLE "public"."clients" ADD COLUMN "rccm" text;

ALTER TABLE "public"."clients" ADD COLUMN "id_nat" text;

ALTER TABLE "public"."clients" ADD COLUMN "ref_exoneration" text;

ALTER TABLE "public"."clotures_caisse" ADD COLUMN "ecart" numeric(18,2) GENERATED ALWAYS AS ((compte - theorique)) STORED NOT NULL;

ALTER TABLE "public"."cours_de_route" ADD COLUMN "date_chargement_presumee" boolean NOT NULL DEFAULT false;

ALTER TABLE "public"."depots" ADD COLUMN "actif" boolean NOT NULL DEFAULT true;

ALTER TABLE "public"."ecarts" ADD COLUMN "ecart" numeric(18,6) GENERATED ALWAYS AS ((constate - attendu)) STORED;

ALTER TABLE "public"."fournisseur_lot" ADD COLUMN "proforma_id" uuid;

ALTER TABLE "public"."fournisseurs" ADD COLUMN "actif" boolean NOT NULL DEFAULT true;

ALTER TABLE "public"."fournisseurs" ADD COLUMN "delai_paiement_jours" integer NOT NULL DEFAULT 30;

ALTER TABLE "public"."fournisseurs" ADD COLUMN "nif" text;

ALTER TABLE "public"."frais_lot" ADD COLUMN "montant_usd" numeric(18,2) GENERATED ALWAYS AS (
CASE devise
    WHEN 'USD'::text THEN montant
    ELSE round((montant / taux_cdf), 2)
END) STORED NOT NULL;

ALTER TABLE "public"."partenaires" ADD COLUMN "actif" boolean NOT NULL DEFAULT true;

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "produit_id" uuid;

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "type" text NOT NULL DEFAULT 'INVENTAIRE'::text;

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "mesuree_le" timestamp with time zone;

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "hauteur_totale_mm" numeric(8,1);

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "hauteur_eau_mm" numeric(8,1);

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "temperature_c" numeric(6,2);

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "temperature_echantillon_c" numeric(6,2);

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "temperature_air_c" numeric(6,2);

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "densite_observee_kgm3" numeric(10,6);

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "densite_a_15_kgm3" numeric(10,6);

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "eau_sediments_pour_cent" numeric(6,3) NOT NULL DEFAULT 0;

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "bareme_id" uuid;

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "volume_total_l" numeric(15,3);

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "volume_eau_l" numeric(15,3);

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "ctsh" numeric(10,8);

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "volume_toit_l" numeric(15,3);

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "volume_brut_l" numeric(15,3);

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "vcf" numeric(12,8);

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "methode_15c" text;

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "parametres_15c" jsonb;

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "avertissements" jsonb NOT NULL DEFAULT '[]'::jsonb;

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "volume_15c_brut" numeric(15,3);

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "volume_15c" numeric(15,3);

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "incertitude_15c" numeric(15,3);

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "stock_comptable_15c" numeric(15,3);

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "tolerance_pour_mille" numeric(6,2);

-- By hand: dips taken before take the product and tolerance of their tank, which until now no dip outlived a change of.
ALTER TABLE "public"."prises_de_hauteur" DISABLE TRIGGER USER;

UPDATE "public"."prises_de_hauteur" p
   SET "produit_id" = c.produit_id, "tolerance_pour_mille" = c.tolerance_inventaire_pour_mille
  FROM "public"."citernes" c
 WHERE c.id = p.citerne_id;

ALTER TABLE "public"."prises_de_hauteur" ENABLE TRIGGER USER;

ALTER TABLE "public"."prises_de_hauteur"
  ALTER COLUMN "produit_id" SET NOT NULL, ALTER COLUMN "tolerance_pour_mille" SET NOT NULL;

ALTER TABLE "public"."produits" ADD COLUMN "franchise_pour_mille" numeric(4,1);

ALTER TABLE "public"."produits" ADD COLUMN "tva_groupe" text NOT NULL DEFAULT 'B'::text;

ALTER TABLE "public"."receptions" ADD COLUMN "compteur_id" uuid;

ALTER TABLE "public"."receptions" ADD COLUMN "facteur_compteur" numeric(7,6);

ALTER TABLE "public"."receptions" ADD COLUMN "compartiment" smallint;

ALTER TABLE "public"."receptions" ADD COLUMN "confirmer" boolean NOT NULL DEFAULT false;

ALTER TABLE "public"."sorties_produit" ADD COLUMN "compteur_id" uuid;

ALTER TABLE "public"."sorties_produit" ADD COLUMN "facteur_compteur" numeric(7,6);

CREATE TYPE "private"."camion_recu" AS ("volume_annonce" numeric, "charge_15c" numeric, "recu_ambiant" numeric, "recu_15c" numeric, "perte_15c" numeric, "perte_pour_mille" numeric, "franchise_pour_mille" numeric, "franchise_15c" numeric, "excedent_15c" numeric);

CREATE TYPE "private"."encours" AS ("devise" text, "solde" numeric, "non_facture" numeric, "sans_prix" integer);

CREATE TYPE "private"."fait_controle" AS ("check_code" text, "entity_type" text, "entity_id" uuid, "message" text, "payload" jsonb, "depot_id" uuid);

CREATE TYPE "private"."part" AS ("depot_id" uuid, "produit_id" uuid, "partenaire_id" uuid, "date_jour" date, "delta_ambiant" numeric, "delta_15c" numeric);

CREATE TYPE "private"."quantites" AS ("volume_15c" numeric, "volume_20c" numeric, "densite_15" numeric, "tonnes_air" numeric);

CREATE TYPE "private"."releve" AS ("volume" numeric, "compteur_id" uuid, "facteur" numeric, "avertissements" jsonb);

CREATE TYPE "private"."transit" AS ("charge" numeric, "recu" numeric, "base" text, "franchise" numeric, "excedent" numeric, "impact_usd" numeric, "densite_charge" numeric, "densite_recu" numeric);

CREATE TYPE "private"."vendable" AS ("sortie_id" uuid, "bl_id" uuid, "client_id" uuid, "depot_id" uuid, "produit_id" uuid, "produit" text, "tva_groupe" text, "jour" date, "plaque" text, "volume_ambiant" numeric, "volume_15c" numeric, "raison" text);

ALTER TYPE "private"."mesures" ADD ATTRIBUTE "champ_temperature" text CASCADE;

ALTER TYPE "private"."mesures" ADD ATTRIBUTE "par_compteur" boolean CASCADE;

CREATE OR REPLACE FUNCTION astm.calculer_2004(groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean, alpha60 double precision DEFAULT 0.0005)
 RETURNS TABLE(densite_15c_kgm3 double precision, vcf double precision, volume_15c_l double precision)
 LANGUAGE sql
 STABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
 WITH mesure AS (
          SELECT
                 CASE
                     WHEN ((calculer_2004.volume > (0)::double precision) AND ((calculer_2004.densite >= (400)::double precision) AND (calculer_2004.densite <= (1400)::double precision)) AND ((calculer_2004.t_echantillon >= ('-50'::integer)::double precision) AND (calculer_2004.t_echantillon <= (150)::double precision)) AND ((calculer_2004.t_produit >= ('-50'::integer)::double precision) AND (calculer_2004.t_produit <= (150)::double precision)) AND (calculer_2004.volume < 'Infinity'::double precision) AND ((calculer_2004.pression >= (0)::double precision) AND (calculer_2004.pression <= (10342)::double precision)) AND ((calculer_2004.groupe = 'B'::text) OR (calculer_2004.groupe = 'A'::text) OR (calculer_2004.groupe = 'D'::text) OR (calculer_2004.groupe = 'C'::text)) AND ((calculer_2004.alpha60 >= (0.000230)::double precision) AND (calculer_2004.alpha60 <= (0.000930)::double precision)) AND (calculer_2004.correction_verre IS NOT NULL) AND (calculer_2004.arrondir IS NOT NULL)) THEN
                     CASE
                         WHEN calculer_2004.correction_verre THEN astm.correction_verre(calculer_2004.densite, (calculer_2004.t_echantillon - (15)::double precision))
                         ELSE calculer_2004.densite
                     END
                     ELSE astm.refuser_entree('MPMS_11_1_2004'::text, calculer_2004.groupe, calculer_2004.densite, calculer_2004.t_echantillon, calculer_2004.t_produit, calculer_2004.volume, calculer_2004.correction_verre, calculer_2004.pression, calculer_2004.arrondir, calculer_2004.alpha60)
                 END AS observee
          OFFSET 0
         ), ecarts AS (
          SELECT mesure.observee,
             astm.ecart_60f(calculer_2004.t_echantillon) AS dt
            FROM mesure
          OFFSET 0
         ), zone AS (
          SELECT ecarts.observee,
             ecarts.dt,
             astm.coefficients_2004(calculer_2004.groupe, ecarts.observee, ecarts.dt, calculer_2004.alpha60) AS k
            FROM ecarts
          OFFSET 0
         ), coefficients AS (
          SELECT zone.observee,
             zone.dt,
             zone.k[1] AS k0,
             zone.k[2] AS k1,
             zone.k[3] AS k2,
             zone.k
            FROM zone
          OFFSET 0
         ), estimation AS (
          SELECT coefficients.observee,
             coefficients.dt,
             coefficients.k0,
             coefficients.k1,
             coefficients.k2,
             coefficients.k,
             astm.estimer(coefficients.observee, coefficients.k0, coefficients.k1, coefficients.k2, coefficients.dt) AS rho
            FROM coefficients
          OFFSET 0
         ), pas_1 AS (
          SELECT estimation.observee,
             estimation.dt,
             estimation.k0,
             estimation.k1,
             estimation.k2,
             estimation.k,
             estimation.rho AS avant,
             astm.approcher(estimation.rho, estimation.observee, estimation.k0, estimation.k1, estimation.k2, estimation.dt) AS rho
            FROM estimation
          OFFSET 0
         ), pas_2 AS (
          SELECT pas_1.observee,
             pas_1.dt,
             pas_1.k0,
             pas_1.k1,
             pas_1.k2,
             pas_1.k,
                 CASE
                     WHEN (abs((pas_1.rho - pas_1.avant)) > ((0.0003)::double precision * pas_1.rho)) THEN astm.approcher(pas_1.rho, pas_1.observee, pas_1.k0, pas_1.k1, pas_1.k2, pas_1.dt)
                     ELSE pas_1.rho
                 END AS rho
            FROM pas_1
          OFFSET 0
         ), etoile_3 AS (
          SELECT pas_2.observee,
             pas_2.dt,
             pas_2.k0,
             pas_2.k1,
             pas_2.k2,
             pas_2.k,
             pas_2.rho,
             astm.densite_etoile(pas_2.rho, pas_2.k0, pas_2.k1, pas_2.k2) AS etoile
            FROM pas_2
          OFFSET 0
         ), pas_3 AS (
          SELECT etoile_3.observee,
             etoile_3.dt,
             etoile_3.k0,
             etoile_3.k1,
             etoile_3.k2,
             etoile_3.k,
             astm.approcher_2004(etoile_3.rho, etoile_3.etoile, etoile_3.observee, etoile_3.k0, etoile_3.k1, etoile_3.k2, etoile_3.dt) AS rho
            FROM etoile_3
          OFFSET 0
         ), etoile_4 AS (
          SELECT pas_3.observee,
             pas_3.dt,
             pas_3.k0,
             pas_3.k1,
             pas_3.k2,
             pas_3.k,
             pas_3.rho,
             astm.densite_etoile(pas_3.rho, pas_3.k0, pas_3.k1, pas_3.k2) AS etoile
            FROM pas_3
          OFFSET 0
         ), pas_4 AS (
          SELECT etoile_4.k0,
             etoile_4.k1,
             etoile_4.k2,
             LEAST(GREATEST(astm.approcher_2004(etoile_4.rho, etoile_4.etoile, etoile_4.observee, etoile_4.k0, etoile_4.k1, etoile_4.k2, etoile_4.dt), etoile_4.k[4]), etoile_4.k[5]) AS rho
            FROM etoile_4
          OFFSET 0
         ), base AS (
          SELECT
                 CASE
                     WHEN astm.dans_domaine(pas_4.rho, 'MPMS_11_1_2004'::text, calculer_2004.groupe) THEN pas_4.rho
                     ELSE astm.refuser_densite('MPMS_11_1_2004'::text, calculer_2004.groupe, pas_4.rho)
                 END AS rho,
             pas_4.k0,
             pas_4.k1,
             pas_4.k2,
             astm.densite_etoile(pas_4.rho, pas_4.k0, pas_4.k1, pas_4.k2) AS etoile,
             astm.ecart_60f(calculer_2004.t_produit) AS dt
            FROM pas_4
          OFFSET 0
         ), dilatation AS (
          SELECT base.rho,
             base.etoile,
             base.dt,
             astm.alpha(base.k0, base.k1, base.k2, base.etoile) AS alpha60
            FROM base
          OFFSET 0
         ), facteur AS (
          SELECT (dilatation.rho * exp((- astm.exposant_2004(dilatation.alpha60, astm.ecart_60f((15)::double precision))))) AS rho,
             (exp((astm.exposant_2004(dilatation.alpha60, astm.ecart_60f((15)::double precision)) - astm.exposant_2004(dilatation.alpha60, dilatation.dt))) *
                 CASE
                     WHEN (calculer_2004.pression < (0.000000001)::double precision) THEN (1)::double precision
                     ELSE astm.facteur_pression(dilatation.etoile, (dilatation.dt + (60.0068749)::double precision), calculer_2004.pression)
                 END) AS f
            FROM dilatation
          OFFSET 0
         ), imprime AS (
          SELECT
                 CASE
                     WHEN calculer_2004.arrondir THEN astm.arrondir(facteur.rho, (10)::double precision)
                     ELSE facteur.rho
                 END AS rho,
                 CASE
                     WHEN calculer_2004.arrondir THEN astm.arrondir(facteur.f, (10000)::double precision)
                     ELSE facteur.f
                 END AS f
            FROM facteur
          OFFSET 0
         )
  SELECT i.rho,
     i.f,
         CASE
             WHEN calculer_2004.arrondir THEN astm.au_litre((calculer_2004.volume * i.f))
             ELSE (calculer_2004.volume * i.f)
         END AS "case"
    FROM imprime i;
END;

CREATE OR REPLACE FUNCTION astm.calculer_imprime(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, methode text, correction_verre boolean, pression_kpa double precision, decimales integer, entrees_imprimees boolean)
 RETURNS TABLE(densite_15c_kgm3 double precision, vcf double precision, volume_15c_l double precision)
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
 WITH entrees AS (
          SELECT
                 CASE
                     WHEN calculer_imprime.entrees_imprimees THEN astm.arrondir(calculer_imprime.densite_observee_kgm3, (2)::double precision)
                     ELSE calculer_imprime.densite_observee_kgm3
                 END AS rho,
                 CASE
                     WHEN calculer_imprime.entrees_imprimees THEN (round((calculer_imprime.temperature_echantillon_c * (20)::double precision)) / (20)::double precision)
                     ELSE calculer_imprime.temperature_echantillon_c
                 END AS t_echantillon,
                 CASE
                     WHEN calculer_imprime.entrees_imprimees THEN (round((calculer_imprime.temperature_produit_c * (20)::double precision)) / (20)::double precision)
                     ELSE calculer_imprime.temperature_produit_c
                 END AS t_produit
          OFFSET 0
         ), base AS (
          SELECT c.densite_15c_kgm3 AS rho,
             c.vcf,
             e.t_produit
            FROM entrees e,
             LATERAL astm.calculer_15c(calculer_imprime.groupe, e.rho, e.t_echantillon, e.t_produit, calculer_imprime.volume_observe_l, calculer_imprime.methode, calculer_imprime.correction_verre, calculer_imprime.pression_kpa,
                 CASE
                     WHEN (calculer_imprime.decimales IS NOT NULL) THEN false
                     ELSE NULL::boolean
                 END) c(densite_15c_kgm3, vcf, volume_15c_l)
          OFFSET 0
         ), facteur AS (
          SELECT b.rho,
                 CASE
                     WHEN calculer_imprime.entrees_imprimees THEN ( SELECT d.vcf
                        FROM astm.calculer_15c(calculer_imprime.groupe, astm.arrondir(b.rho, (2)::double precision), (15)::double precision, b.t_produit, calculer_imprime.volume_observe_l, calculer_imprime.methode, false, calculer_imprime.pression_kpa, false) d(densite_15c_kgm3, vcf, volume_15c_l))
                     ELSE b.vcf
                 END AS vcf
            FROM base b
          OFFSET 0
         ), imprime AS (
          SELECT astm.arrondir(f.rho, (10)::double precision) AS rho,
             astm.arrondir(f.vcf, ((10.0)::double precision ^ (calculer_imprime.decimales)::double precision)) AS vcf
            FROM facteur f
          OFFSET 0
         )
  SELECT i.rho,
     i.vcf,
     astm.au_litre((calculer_imprime.volume_observe_l * i.vcf)) AS au_litre
    FROM imprime i;
END;

CREATE OR REPLACE FUNCTION astm.ctsh(coefficient double precision, ecart_c double precision)
 RETURNS double precision
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (((1)::double precision + (coefficient * ecart_c)) * ((1)::double precision + (coefficient * ecart_c)));

CREATE OR REPLACE FUNCTION astm.deplacement_toit_l(masse_kg double precision, densite_table_kgm3 double precision, densite_kgm3 double precision)
 RETURNS double precision
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (((1000)::double precision * masse_kg) * (COALESCE(((1)::double precision / densite_table_kgm3), (0)::double precision) - ((1)::double precision / densite_kgm3)));

CREATE OR REPLACE FUNCTION astm.ecart_60f(temperature_c double precision)
 RETURNS double precision
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((((temperature_c - astm.ipts68_ecart(((temperature_c + (0.000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001)::double precision) / (630)::double precision))) * (1.8)::double precision) + (32)::double precision) - (60.0068749)::double precision);

CREATE OR REPLACE FUNCTION astm.incertitude_15c(groupe text, densite_15c_kgm3 double precision, temperature_c double precision, volume_net_l double precision, vcf double precision, pente_l_mm double precision, pente_eau_l_mm double precision, u_bareme_pour_mille double precision, u_hauteur_mm double precision, u_temperature_c double precision, u_densite_kgm3 double precision)
 RETURNS double precision
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN sqrt(((((((((volume_net_l * vcf) * u_bareme_pour_mille) / (1000)::double precision) ^ (2)::double precision) + (((pente_l_mm * vcf) * u_hauteur_mm) ^ (2)::double precision)) + (((pente_eau_l_mm * vcf) * u_hauteur_mm) ^ (2)::double precision)) + ((((volume_net_l * vcf) * u_temperature_c) * astm.alpha((astm.coefficients_1980(groupe, densite_15c_kgm3, (0)::double precision))[1], (astm.coefficients_1980(groupe, densite_15c_kgm3, (0)::double precision))[2], (astm.coefficients_1980(groupe, densite_15c_kgm3, (0)::double precision))[3], densite_15c_kgm3)) ^ (2)::double precision)) + (((((((volume_net_l * vcf) * u_densite_kgm3) * (temperature_c - (15)::double precision)) / densite_15c_kgm3) * ((((2)::double precision * (astm.coefficients_1980(groupe, densite_15c_kgm3, (0)::double precision))[1]) / densite_15c_kgm3) + (astm.coefficients_1980(groupe, densite_15c_kgm3, (0)::double precision))[2])) / densite_15c_kgm3) ^ (2)::double precision)));

CREATE OR REPLACE FUNCTION astm.jaugeage(volume_total_l double precision, volume_eau_l double precision, temperature_paroi_c double precision, temperature_reference_c double precision, coefficient_acier double precision, masse_toit_kg double precision, densite_toit_kgm3 double precision, densite_15c_kgm3 double precision, vcf double precision, eau_sediments_pour_cent double precision, arrondir boolean)
 RETURNS TABLE(ctsh double precision, volume_toit_l double precision, volume_brut_l double precision, volume_15c_brut_l double precision, volume_net_l double precision, volume_15c_l double precision)
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
 WITH facteurs AS (
          SELECT
                 CASE
                     WHEN jaugeage.arrondir THEN astm.arrondir(f.ctsh, (100000)::double precision)
                     ELSE f.ctsh
                 END AS ctsh,
                 CASE
                     WHEN (jaugeage.masse_toit_kg > (0)::double precision) THEN astm.deplacement_toit_l(jaugeage.masse_toit_kg, jaugeage.densite_toit_kgm3, (jaugeage.densite_15c_kgm3 * jaugeage.vcf))
                     ELSE (0)::double precision
                 END AS toit
            FROM ( SELECT astm.ctsh(jaugeage.coefficient_acier, (jaugeage.temperature_paroi_c - jaugeage.temperature_reference_c)) AS ctsh) f
          OFFSET 0
         ), brut AS (
          SELECT f.ctsh,
             f.toit,
             (((jaugeage.volume_total_l - jaugeage.volume_eau_l) * f.ctsh) + f.toit) AS litres
            FROM facteurs f
          OFFSET 0
         ), observe AS (
          SELECT b.ctsh,
             b.toit,
                 CASE
                     WHEN jaugeage.arrondir THEN astm.au_litre(b.litres)
                     ELSE b.litres
                 END AS litres
            FROM brut b
          OFFSET 0
         ), standard AS (
          SELECT o.ctsh,
             o.toit,
             o.litres,
                 CASE
                     WHEN jaugeage.arrondir THEN astm.au_litre((o.litres * jaugeage.vcf))
                     ELSE (o.litres * jaugeage.vcf)
                 END AS a_15
            FROM observe o
          OFFSET 0
         ), net AS (
          SELECT s.ctsh,
             s.toit,
             s.litres,
             s.a_15,
             (s.litres * ((1)::double precision - (jaugeage.eau_sediments_pour_cent / (100)::double precision))) AS net,
             (s.a_15 * ((1)::double precision - (jaugeage.eau_sediments_pour_cent / (100)::double precision))) AS net_15
            FROM standard s
          OFFSET 0
         )
  SELECT n.ctsh,
     n.toit,
     n.litres,
     n.a_15,
         CASE
             WHEN jaugeage.arrondir THEN astm.au_litre(n.net)
             ELSE n.net
         END AS net,
         CASE
             WHEN jaugeage.arrondir THEN astm.au_litre(n.net_15)
             ELSE n.net_15
         END AS net_15
    FROM net n;
END;

CREATE OR REPLACE FUNCTION astm.part_toit(hauteur_mm double precision, repose_mm double precision, flotte_mm double precision)
 RETURNS double precision
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (hauteur_mm <= repose_mm) THEN (0)::double precision WHEN (hauteur_mm >= flotte_mm) THEN (1)::double precision ELSE ((hauteur_mm - repose_mm) / (flotte_mm - repose_mm)) END;

CREATE OR REPLACE FUNCTION astm.temperature_paroi(temperature_produit_c double precision, temperature_air_c double precision)
 RETURNS double precision
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((((7)::double precision * temperature_produit_c) + COALESCE(temperature_air_c, temperature_produit_c)) / (8)::double precision);

CREATE OR REPLACE FUNCTION private.adresses_des_roles(p_roles text[], p_depot_id uuid)
 RETURNS text[]
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce(array_agg(d.email order by d.email), '{}')
    from (select distinct p.email from public.profils p
           where p.role = any (p_roles) and p.email is not null and p.desactive_le is null
             and (p_depot_id is null or p.depot_id = p_depot_id
                  or p.role = any
                    ((select c.roles from private.capacites c where c.capacite = 'voir_tous_depots')::text[]))
           limit 100) d
$function$;

CREATE OR REPLACE FUNCTION private.affecter_avances(p_ecriture public.ecritures_tiers)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_reste numeric := p_ecriture.debit;
  v_avance record;
begin
  for v_avance in
    select r.ecriture_id, r.credit from private.restes_clients r
     where r.client_id = p_ecriture.client_id and r.devise = p_ecriture.devise and r.credit > 0 order by r.ordre
  loop
    perform private.lettrer(p_ecriture.id, v_avance.ecriture_id, least(v_reste, v_avance.credit));
    v_reste := v_reste - least(v_reste, v_avance.credit);
    exit when v_reste = 0;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.affecter_encaissement(p_encaissement public.encaissements, p_factures jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ecriture_id uuid;
  v_arrondi_id uuid;
  v_reste numeric := p_encaissement.montant_compte;
  v_due record;
  v_arrondis jsonb := '[]';
  v_lettre jsonb := '[]';
  v_part numeric;
begin
  perform private.verrouiller_tiers('CLIENT', p_encaissement.client_id);
  v_ecriture_id := private.ecriture_encaissement(p_encaissement, 'PAIEMENT', 'encaissements', p_encaissement.id,
    p_encaissement.montant_compte, 0, format('Reçu %s', p_encaissement.numero_recu));
  for v_due in select * from private.dues(p_encaissement, p_factures) loop
    v_part := least(v_reste, v_due.du, coalesce(v_due.demande, v_due.du));
    exit when v_part <= 0;
    perform private.lettrer(v_due.ecriture_id, v_ecriture_id, v_part);
    v_reste := v_reste - v_part;
    if v_due.du - v_part between 0.01 and private.arrondi_tolere(p_encaissement.devise_compte) then
      v_arrondis := v_arrondis || jsonb_build_object('id', v_due.ecriture_id, 'montant', v_due.du - v_part);
      v_part := v_due.du;
    end if;
    v_lettre := v_lettre || jsonb_build_object('facture_id', v_due.facture_id, 'numero', v_due.numero, 'paye', v_part,
      'reste', v_due.du - v_part);
  end loop;
  if v_arrondis <> '[]' then
    v_arrondi_id := private.ecriture_encaissement(p_encaissement, 'ARRONDI', 'arrondis', p_encaissement.id,
      (select sum((a ->> 'montant')::numeric) from jsonb_array_elements(v_arrondis) a), 0,
      format('Arrondi du reçu %s', p_encaissement.numero_recu));
    perform private.lettrer((a ->> 'id')::uuid, v_arrondi_id, (a ->> 'montant')::numeric)
       from jsonb_array_elements(v_arrondis) a;
  end if;
  return v_lettre;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ajustements_juger_transit()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.juger_transit(c.id)
     from (select distinct r.cours_de_route_id as id from nouveaux n
             join public.receptions r on r.id = n.mouvement_id
            where n.mouvement_type = 'RECEPTION' and r.cours_de_route_id is not null order by 1) c;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.alerte_bat(p_alerte_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select count(*) > 4 from public.alertes_evenements e
   where e.alerte_id = p_alerte_id and e.par is null and e.le > clock_timestamp() - interval '1 hour'
$function$;

CREATE OR REPLACE FUNCTION private.alertes_en_ordre()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform pg_advisory_xact_lock(hashtextextended('alertes:sync', 0));
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.appeler_ouvrier()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_url text;
  v_cle text;
begin
  -- Nothing to send, nobody to wake.
  if not exists (select from public.envois e where e.statut in ('A_ENVOYER', 'EN_COURS') and e.env = private.env()
                  and e.prochain_essai <= clock_timestamp()) then
    return;
  end if;
  execute $sql$select max(s.decrypted_secret) filter (where s.name = 'project_url'),
                      max(s.decrypted_secret) filter (where s.name = 'service_role_key')
                 from vault.decrypted_secrets s$sql$ into v_url, v_cle;
  if v_url is null or v_cle is null then
    raise exception 'Le coffre n''a pas project_url et service_role_key : aucun ouvrier n''est appelé.';
  end if;
  execute 'select net.http_post(url := $1, headers := $2, body := ''{}''::jsonb, timeout_milliseconds := 30000)'
    using v_url || '/functions/v1/envois/vider',
          jsonb_build_object('authorization', 'Bearer ' || v_cle, 'content-type', 'application/json');
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
begin
  perform private.exiger_periode_ouverte(p_depot_id, p_jour);
  -- Nearly every movement is of today, in a tank that today has already seen: two rows to update.
  if private.deplacer_jours(p_citerne_id, p_produit_id, p_proprietaire_type, p_jour, p_jour, p_delta_ambiant,
    p_delta_15c,
                            p_ajustement) then
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
    p_delta_ambiant,
                                p_delta_15c, p_ajustement) then
    raise exception 'the last day of tank % for % holds another stock than its snapshot', p_citerne_id,
      p_proprietaire_type;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.arrive_depuis(p_cours_de_route_id uuid)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return coalesce(
    (select max(l.created_at) from public.log_actions l
      where l.cible_id = p_cours_de_route_id and l.action = 'CDR_STATUT' and l.details ->> 'vers' = 'ARRIVE'),
    (select c.created_at from public.cours_de_route c where c.id = p_cours_de_route_id));
end;
$function$;

CREATE OR REPLACE FUNCTION private.arrondi_tolere(p_devise text)
 RETURNS numeric
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN CASE p_devise WHEN 'USD'::text THEN 0.01 ELSE (50)::numeric END;

CREATE OR REPLACE FUNCTION private.attendre_tiers(p_type text, p_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger_read_committed();
  perform pg_advisory_xact_lock_shared(private.cle_compte(p_type, p_id));
end;
$function$;

CREATE OR REPLACE FUNCTION private.attente_essai(p_essais integer)
 RETURNS interval
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN ((ARRAY['00:01:00'::interval, '00:05:00'::interval, '00:15:00'::interval, '01:00:00'::interval, '04:00:00'::interval, '12:00:00'::interval])[p_essais] * ((0.9)::double precision + (random() * (0.2)::double precision)));

CREATE OR REPLACE FUNCTION private.aujourdhui()
 RETURNS date
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return private.jour_local('Africa/Lubumbashi', now());
end;
$function$;

CREATE OR REPLACE FUNCTION private.avant_requete()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_entetes constant json := nullif(current_setting('request.headers', true), '')::json;
begin
  perform set_config('application_name', left('rest ' || (v_entetes ->> 'x-request-id'), 60), true);
  if v_entetes ->> 'accept' ~* 'vnd\.pgrst\.plan'
     or exists (select from regexp_split_to_table(v_entetes ->> 'prefer', ',') p (preference)
                 where p.preference ~* '^\s*count\M' and p.preference !~* '^\s*count\s*=\s*"?(exact|none)"?\s*$') then
    perform private.refuser('ESTIMATION_INTERDITE');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.avertissements_jauge(p_bareme public.baremes, p_part_toit double precision, p_jour date)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce(jsonb_agg(a), '[]') from (
    select jsonb_build_object('code', 'BAREME_PERIME', 'phrase',
             format('Le certificat %s du barème n''était valable que jusqu''au %s : faites recalibrer la citerne.',
               p_bareme.certificat, to_char(p_bareme.valide_au, 'DD/MM/YYYY')))
     where p_bareme.valide_au < p_jour
    union all
    select jsonb_build_object('code', 'ZONE_CRITIQUE', 'phrase',
             format('Le toit flottant n''est ni posé ni libre entre %s et %s mm : la jauge y est moins sûre.',
               private.nombre_fr(p_bareme.toit_repose_mm), private.nombre_fr(p_bareme.toit_flotte_mm)))
     where p_part_toit > 0 and p_part_toit < 1) a (a)
$function$;

CREATE OR REPLACE FUNCTION private.bareme_a_changer(p_id uuid)
 RETURNS public.baremes
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_bareme public.baremes;
begin
  perform private.exiger('tenir_baremes');
  select * into v_bareme from public.baremes b
   where b.id = p_id and b.depot_id = any (private.depots_visibles()) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce barème'));
  end if;
  if v_bareme.statut <> 'BROUILLON' then
    perform private.refuser('BAREME_ETAT', jsonb_build_object('statut', v_bareme.statut));
  end if;
  return v_bareme;
end;
$function$;

CREATE OR REPLACE FUNCTION private.bareme_du_jour(p_citerne_id uuid, p_jour date)
 RETURNS public.baremes
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_bareme public.baremes;
begin
  select * into v_bareme from public.baremes b
   where b.citerne_id = p_citerne_id and b.statut <> 'BROUILLON' and b.valide_du <= p_jour
   order by b.statut = 'ACTIF' desc, b.active_le desc limit 1;
  if not found then
    perform private.refuser('BAREME_ABSENT', jsonb_build_object('jour', p_jour));
  end if;
  return v_bareme;
end;
$function$;

CREATE OR REPLACE FUNCTION private.baremes_avant_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger('tenir_baremes');
  -- Versions of one tank are numbered one after the other.
  perform private.verrouiller_citernes(new.citerne_id);
  select c.produit_id, c.depot_id into new.produit_id, new.depot_id
    from public.citernes c
   where c.id = new.citerne_id and c.depot_id = any (private.depots_visibles())
     for key share;
  if not found then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', new.citerne_id));
  end if;
  select coalesce(max(b.version), 0) + 1 into new.version from public.baremes b where b.citerne_id = new.citerne_id;
  new.statut := 'BROUILLON';
  new.active_par := null;
  new.active_le := null;
  new.created_by := auth.uid();
  new.created_at := now();
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.baremes_journaliser()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.journaliser('BAREME_CREE', 'baremes', 'INFO', new.id, new.depot_id, to_jsonb(new));
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.baremes_proteger()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if current_setting('app.baremes_allow_write', true) is distinct from '1' or not private.possede(tg_relid) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.bon_figer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if old.statut <> 'BROUILLON' and (old.statut = 'ANNULE'
      or to_jsonb(new) - '{statut,motif_annulation}'::text[] <> to_jsonb(old) - '{statut,motif_annulation}'::text[])
        then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.borner_lignes()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_maximum constant int := 1000;
  v_lignes bigint;
begin
  select count(*) into v_lignes from lignes;
  -- The owner of the tables brings whole databases.
  if v_lignes > c_maximum and not private.possede(tg_relid) then
    perform private.refuser('TROP_DE_LIGNES', jsonb_build_object('lignes', v_lignes, 'maximum', c_maximum));
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.brouillon_facture(p_id uuid)
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.exiger('facturer');
  v_facture public.factures_client;
begin
  select * into v_facture from public.factures_client f
   where f.id = p_id and f.depot_id = any (v_acteur.depots) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette facture'));
  end if;
  if v_facture.statut <> 'BROUILLON' then
    perform private.refuser('FACTURE_ETAT', jsonb_build_object('statut', v_facture.statut));
  end if;
  return v_facture;
end;
$function$;

CREATE OR REPLACE FUNCTION private.caisse_theorique(p_depot_id uuid, p_devise text, p_jour date)
 RETURNS numeric
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce((select sum(e.montant) from public.encaissements e
                    where e.depot_id = p_depot_id and e.jour_caisse = p_jour and e.devise = p_devise
                      and e.mode = 'CASH' and e.statut = 'CONFIRME'), 0)
       - coalesce((select sum(r.montant) from public.remboursements r
                     join public.encaissements e on e.id = r.encaissement_id
                    where r.depot_id = p_depot_id and r.jour_caisse = p_jour and e.devise_compte = p_devise
                      and r.mode = 'CASH'), 0)
$function$;

CREATE OR REPLACE FUNCTION private.calculer_15c_prise(p_prise public.prises_de_hauteur, p_lieu private.lieu)
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

CREATE OR REPLACE FUNCTION private.calculer_norme(p_mesures private.mesures, p_produit public.produits, p_profil astm.profils_calcul)
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
      from astm.calculer_imprime(p_produit.groupe_mpms, v_densite, v_echantillon, p_mesures.temperature_produit_c,
             p_mesures.volume_ambiant, p_profil.methode, v_verre, v_pression, p_profil.decimales_vcf,
             p_profil.entrees_imprimees) c;
  else
    select c.* into v_calcul
      from astm.calculer_15c(p_produit.groupe_mpms, v_densite, v_echantillon, p_mesures.temperature_produit_c,
             p_mesures.volume_ambiant, p_profil.methode, v_verre, v_pression, p_profil.arrondir) c;
  end if;
  v_corrige.volume_15c := round(v_calcul.volume_15c_l::numeric, 3);
  v_corrige.vcf := round(v_calcul.vcf::numeric, 8);
  v_corrige.densite_a_15_kgm3 := case when v_observee then round(v_calcul.densite_15c_kgm3::numeric, 4) else v_a_15 end;
  v_corrige.methode_15c := p_profil.methode;
  v_corrige.parametres_15c := jsonb_build_object('profil', p_profil.nom, 'groupe', p_produit.groupe_mpms,
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

CREATE OR REPLACE FUNCTION private.camion_a_recevoir(p_cours_de_route_id uuid, p_proprietaire_type text)
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
   where c.id = p_cours_de_route_id and c.depot_destination_id = any (private.depots_visibles());
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce cours de route'));
  end if;
  if v_cdr.statut <> 'ARRIVE' then
    perform private.refuser('CDR_NON_ARRIVE', jsonb_build_object('statut', v_cdr.statut));
  end if;
  return v_cdr;
end;
$function$;

CREATE OR REPLACE FUNCTION private.camion_excuse(p_cours_de_route_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return exists (select from public.ecarts e where e.type = 'LOGISTIQUE' and e.reference_type = 'CDR'
                    and e.reference_id = p_cours_de_route_id and e.statut = 'TRAITE');
end;
$function$;

CREATE OR REPLACE FUNCTION private.camion_recu(p_cours_de_route_id uuid)
 RETURNS private.camion_recu
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_camion private.camion_recu;
  v_recu private.quantites;
  v_transit record;
begin
  select c.volume, sum(r.volume_ambiant + coalesce(a.delta_ambiant, 0)) into v_camion.volume_annonce,
    v_camion.recu_ambiant
    from public.cours_de_route c
    left join public.receptions r on r.cours_de_route_id = c.id and r.statut = 'validee'
    left join lateral (select sum(x.delta_ambiant) as delta_ambiant from public.stocks_adjustments x
                        where x.mouvement_type = 'RECEPTION' and x.mouvement_id = r.id) a on true
   where c.id = p_cours_de_route_id group by c.id;
  v_recu := private.recu_du_camion(p_cours_de_route_id);
  select t.* into v_transit from private.transit_du_camion(p_cours_de_route_id) t;
  v_camion.recu_15c := v_recu.volume_15c;
  -- What a bill of lading counts in another base is brought to litres at 15 °C by what was received of it.
  v_camion.charge_15c := round(v_transit.charge * v_recu.volume_15c / nullif(v_transit.recu, 0), 3);
  v_camion.perte_15c := v_camion.charge_15c - v_camion.recu_15c;
  v_camion.perte_pour_mille := round(1000 * v_camion.perte_15c / nullif(v_camion.charge_15c, 0), 2);
  v_camion.franchise_pour_mille := round(1000 * v_transit.franchise / v_transit.charge, 2);
  v_camion.franchise_15c := round(v_camion.charge_15c * v_transit.franchise / v_transit.charge, 3);
  v_camion.excedent_15c := greatest(abs(v_camion.perte_15c) - v_camion.franchise_15c, 0);
  return v_camion;
end;
$function$;

CREATE OR REPLACE FUNCTION private.citerne_a_servi(p_citerne_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return exists (select from public.receptions r where r.citerne_id = p_citerne_id)
      or exists (select from public.sorties_produit s where s.citerne_id = p_citerne_id)
      or exists (select from public.transferts t where p_citerne_id in (t.citerne_source_id, t.citerne_destination_id))
      or exists (select from public.stocks_initiaux i where i.citerne_id = p_citerne_id)
      or exists (select from public.prises_de_hauteur p where p.citerne_id = p_citerne_id)
      or exists (select from public.baremes b where b.citerne_id = p_citerne_id)
      or exists (select from public.compteurs k where k.citerne_id = p_citerne_id)
      or exists (select from public.stocks_snapshot s where s.citerne_id = p_citerne_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.citernes_avant_ecriture()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if private.citerne_fantome(new.id, new.nom) then
    perform private.refuser('CITERNE_FANTOME', jsonb_build_object('nom', new.nom));
  end if;
  perform private.exiger_actifs(new.produit_id, new.depot_id);
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.citernes_fantomes()
 RETURNS SETOF public.citernes
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select c.* from public.citernes c where private.citerne_fantome(c.id, c.nom)
$function$;

CREATE OR REPLACE FUNCTION private.citernes_proteger()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_stock numeric;
begin
  -- Whoever moves fuel there holds the tank's row by its key until they end: they have been waited for.
  if (new.depot_id, new.produit_id) is distinct from (old.depot_id, old.produit_id)
    and private.citerne_a_servi(old.id) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', 'citernes'));
  end if;
  if (new.statut, new.capacite_totale, new.capacite_securite) is distinct
    from (old.statut, old.capacite_totale, old.capacite_securite) then
    -- Who moves fuel meanwhile waits here, and then finds the tank as it has become.
    perform private.verrouiller_citernes(old.id);
    select coalesce(sum(s.stock_ambiant), 0) into v_stock from public.stocks_snapshot s where s.citerne_id = old.id;
    if v_stock > new.capacite_totale and new.capacite_totale < old.capacite_totale then
      perform private.refuser('CAPACITE_SOUS_LE_STOCK',
        jsonb_build_object('stock', v_stock, 'capacite_totale', new.capacite_totale));
    end if;
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.cle_au_depot(p_depot_id uuid, p_cle text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (((p_depot_id)::text || ' '::text) || p_cle);

CREATE OR REPLACE FUNCTION private.cle_caisse(p_depot_id uuid, p_devise text, p_jour date)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN hashtextextended(format('caisse:%s:%s:%s'::text, p_depot_id, p_devise, p_jour), (0)::bigint);

CREATE OR REPLACE FUNCTION private.cle_compte(p_type text, p_id uuid)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select hashtextextended(format('tiers:%s:%s', p_type, p_id), 0) $function$;

CREATE OR REPLACE FUNCTION private.cle_nom(p_nom text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN lower(btrim(regexp_replace((NORMALIZE(p_nom, NFKC) COLLATE pg_c_utf8), '\s+'::text, ' '::text, 'g'::text)));

CREATE OR REPLACE FUNCTION private.citerne_fantome(p_id uuid, p_nom text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
RETURN ((private.cle_nom(p_nom) = ANY (ARRAY['tank staging 1'::text, 'tank test'::text])) OR (p_id = ANY (ARRAY['33333333-3333-3333-3333-333333333333'::uuid, '44444444-4444-4444-4444-444444444444'::uuid])));

CREATE OR REPLACE FUNCTION private.cle_plaque(p_plaque text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(upper((NORMALIZE(p_plaque, NFKC) COLLATE "C")), '[^A-Z0-9]'::text, ''::text, 'g'::text);

CREATE OR REPLACE FUNCTION private.cle_recherche(p_texte text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select regexp_replace(normalize(private.cle_nom(p_texte), NFKD), '[\u0300-\u036f]', '', 'g') $function$;

CREATE OR REPLACE FUNCTION private.clos_jusqu_au(p_depot_id uuid)
 RETURNS date
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select c.au from public.periodes_closes c where c.depot_id = p_depot_id and c.rouverte_le is null
   order by c.au desc limit 1
$function$;

CREATE OR REPLACE FUNCTION private.code_emetteur(p_depot_id uuid)
 RETURNS text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_code text;
begin
  if p_depot_id = private.societe() then
    return coalesce((select s.value from public.app_settings s where s.key = 'societe_code'), 'MLX');
  end if;
  select d.code into v_code from public.depots d where d.id = p_depot_id;
  if v_code is null then
    perform private.refuser('DEPOT_SANS_CODE');
  end if;
  return v_code;
end;
$function$;

CREATE OR REPLACE FUNCTION private.completer_analyse(p_analyse public.analyses)
 RETURNS public.analyses
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  select o.cdr, o.depot, o.produit into p_analyse.cours_de_route_id, p_analyse.depot_id, p_analyse.produit_id
    from (select c.id as cdr, c.depot_destination_id as depot, c.produit_id as produit from public.cours_de_route c
           where p_analyse.objet_type = 'CDR' and c.id = p_analyse.objet_id
          union all
          select r.cours_de_route_id, r.depot_id, r.produit_id from public.receptions r
           where p_analyse.objet_type = 'RECEPTION' and r.id = p_analyse.objet_id
          union all
          select null, t.depot_id, t.produit_id from public.citernes t
           where p_analyse.objet_type = 'CITERNE' and t.id = p_analyse.objet_id) o
   where o.depot = any (private.depots_visibles());
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce qui a été analysé'));
  end if;
  p_analyse.analysee_le := coalesce(p_analyse.analysee_le, private.jour_au_depot(p_analyse.depot_id, now()));
  perform private.date_de_document(p_analyse.analysee_le);
  return p_analyse;
end;
$function$;

CREATE OR REPLACE FUNCTION private.completer_brouillon(p_sortie public.sorties_produit, p_auteur uuid, p_lieu private.lieu)
 RETURNS public.sorties_produit
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if (p_lieu.citerne).id is null or p_sortie.produit_id <> (p_lieu.citerne).produit_id then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_sortie.citerne_id));
  end if;
  perform private.exiger_actifs(p_client_id => p_sortie.client_id);
  p_sortie.depot_id := (p_lieu.citerne).depot_id;
  p_sortie.produit_id := coalesce(p_sortie.produit_id, (p_lieu.citerne).produit_id);
  p_sortie.date_sortie := coalesce(p_sortie.date_sortie, now());
  p_sortie.date_jour := private.jour_local((p_lieu.depot).fuseau, p_sortie.date_sortie);
  p_sortie.densite_observee_kgm3 := private.en_kgm3(p_sortie.densite_observee_kgm3);
  p_sortie.densite_a_15 := private.en_kgm3(p_sortie.densite_a_15);
  p_sortie.densite_a_15_kgm3 := private.en_kgm3(p_sortie.densite_a_15_kgm3);
  perform private.exiger_accord('densite_a_15', p_sortie.densite_a_15, 'densite_a_15_kgm3', p_sortie.densite_a_15_kgm3);
  perform private.exiger_accord('volume_15c', p_sortie.volume_15c, 'volume_corrige_15c', p_sortie.volume_corrige_15c);
  p_sortie.volume_15c := coalesce(p_sortie.volume_corrige_15c, p_sortie.volume_15c);
  p_sortie.volume_corrige_15c := p_sortie.volume_15c;
  p_sortie.densite_a_15_kgm3 := coalesce(p_sortie.densite_a_15_kgm3, p_sortie.densite_a_15);
  p_sortie.densite_a_15 := p_sortie.densite_a_15_kgm3;
  p_sortie.facteur_compteur := null;
  p_sortie.vcf := null;
  p_sortie.methode_15c := null;
  p_sortie.parametres_15c := null;
  p_sortie.avertissements := '[]';
  p_sortie.motif_rejet := null;
  p_sortie.version := 1;
  p_sortie.created_by := p_auteur;
  p_sortie.validated_by := null;
  p_sortie.updated_by := p_auteur;
  p_sortie.updated_at := now();
  p_sortie.created_at := now();
  return p_sortie;
end;
$function$;

CREATE OR REPLACE FUNCTION private.completer_etapes()
 RETURNS bigint
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lignes bigint;
begin
  insert into public.cdr_etapes (cours_de_route_id, statut, depot_id, depuis)
  select c.id, 'CHARGEMENT', c.depot_destination_id, c.created_at from public.cours_de_route c
  union all
  select c.id, l.details ->> 'vers', c.depot_destination_id, max(l.created_at)
    from public.cours_de_route c
    join public.log_actions l on l.cible_id = c.id and l.action = 'CDR_STATUT' and l.details ->> 'vers' is not null
   group by c.id, l.details ->> 'vers'
  on conflict do nothing;
  get diagnostics v_lignes = row_count;
  return v_lignes;
end;
$function$;

CREATE OR REPLACE FUNCTION private.composer_resume(p_envoi public.envois)
 RETURNS public.envois
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_combien int;
  v_texte text;
begin
  select count(*), string_agg(private.texte_alerte(a, e.type), E'\n\n' order by a.severity, e.ordre)
    into v_combien, v_texte
    from private.envois_evenements x
    join public.alertes_evenements e on e.id = x.evenement_id
    join public.system_alerts a on a.id = e.alerte_id
   where x.envoi_id = p_envoi.id;
  p_envoi.sujet := format('%s Résumé du %s%s : %s événement(s)', private.enseigne(),
    to_char(p_envoi.prochain_essai at time zone coalesce(
      (select d.fuseau from public.depots d where d.id = p_envoi.depot_id), 'Africa/Lubumbashi'), 'DD/MM/YYYY'),
    coalesce(', ' || (select d.nom from public.depots d where d.id = p_envoi.depot_id), ''), v_combien);
  p_envoi.contenu := jsonb_build_object('texte', v_texte);
  return p_envoi;
end;
$function$;

CREATE OR REPLACE FUNCTION private.compter_impression(p_objet text, p_id uuid, p_depot_id uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_exemplaire int;
begin
  perform pg_advisory_xact_lock(hashtextextended('impression:' || p_id, 0));
  select coalesce(max(i.exemplaire), 0) + 1 into v_exemplaire from private.impressions i where i.objet_id = p_id;
  insert into private.impressions (objet_id, exemplaire, objet, par) values (p_id, v_exemplaire, p_objet, auth.uid());
  perform private.journaliser(p_objet || '_IMPRIMEE', 'ventes', 'INFO', p_id, p_depot_id,
    jsonb_build_object('exemplaire', v_exemplaire));
  return v_exemplaire;
end;
$function$;

CREATE OR REPLACE FUNCTION private.compter_mouvements()
 RETURNS TABLE(quoi text, lignes bigint)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- In PL/pgSQL, because tables of later chapters are named.
  return query
  select 'ecarts_notes', count(*) from public.ecarts_notes
  union all select 'analyses', count(*) from public.analyses
  union all select 'credits_derogations', count(*) from public.credits_derogations
  union all select 'factures_fiscales', count(*) from public.factures_fiscales
  union all select 'factures_client_taxes', count(*) from public.factures_client_taxes
  union all select 'factures_client_lignes', count(*) from public.factures_client_lignes
  union all select 'remboursements', count(*) from public.remboursements
  union all select 'encaissements', count(*) from public.encaissements
  union all select 'clotures_caisse', count(*) from public.clotures_caisse
  union all select 'factures_client', count(*) from public.factures_client
  union all select 'bons_livraison', count(*) from public.bons_livraison
  union all select 'factures_fournisseur_receptions', count(*) from public.factures_fournisseur_receptions
  union all select 'fournisseur_paiement_lot_min', count(*) from public.fournisseur_paiement_lot_min
  union all select 'fournisseur_facture_lot_min', count(*) from public.fournisseur_facture_lot_min
  union all select 'ecarts', count(*) from public.ecarts
  union all select 'ecritures_tiers', count(*) from public.ecritures_tiers
  union all select 'periodes_closes', count(*) from public.periodes_closes
  union all select 'parts_partenaires', count(*) from public.parts_partenaires
  union all select 'attributions_partenaires', count(*) from public.attributions_partenaires
  union all select 'stocks_initiaux_partenaires', count(*) from public.stocks_initiaux_partenaires
  union all select 'comptes_partenaires', count(*) from public.comptes_partenaires
  union all select 'receptions', count(*) from public.receptions
  union all select 'sorties_produit', count(*) from public.sorties_produit
  union all select 'transferts', count(*) from public.transferts
  union all select 'dilatations', count(*) from public.dilatations
  union all select 'stocks_adjustments', count(*) from public.stocks_adjustments
  union all select 'stocks_initiaux', count(*) from public.stocks_initiaux
  union all select 'regularisations', count(*) from public.regularisations
  union all select 'prises_de_hauteur', count(*) from public.prises_de_hauteur
  union all select 'stocks_journaliers', count(*) from public.stocks_journaliers
  union all select 'stocks_snapshot', count(*) from public.stocks_snapshot
  union all select 'log_actions (mouvements)', count(*) from public.log_actions l
             where l.module = any (private.modules_des_mouvements())
  union all select 'cours_de_route', count(*) from public.cours_de_route;
end;
$function$;

CREATE OR REPLACE FUNCTION private.compteurs_avant_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger('tenir_compteurs');
  select c.produit_id, c.depot_id into new.produit_id, new.depot_id
    from public.citernes c
   where c.id = new.citerne_id and c.depot_id = any (private.depots_visibles())
     for key share;
  if not found then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', new.citerne_id));
  end if;
  new.created_by := auth.uid();
  new.created_at := now();
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.compteurs_journaliser()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.journaliser('COMPTEUR_ETALONNE', 'compteurs', 'WARNING', new.id, new.depot_id, to_jsonb(new));
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.conditions_de(p_client_id uuid)
 RETURNS public.clients_conditions
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_conditions public.clients_conditions;
begin
  select * into v_conditions from public.clients_conditions c where c.client_id = p_client_id;
  if not found then
    v_conditions.client_id := p_client_id;
    v_conditions.devise := 'USD';
    v_conditions.base := 'L15';
    v_conditions.delai_jours := 0;
    v_conditions.suspendu := false;
  end if;
  return v_conditions;
end;
$function$;

CREATE OR REPLACE FUNCTION private.confirmer(p_encaissement public.encaissements, p_factures jsonb)
 RETURNS public.encaissements
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.verrouiller_tiers('CLIENT', p_encaissement.client_id);
  p_encaissement.statut := 'CONFIRME';
  p_encaissement.confirme_par := auth.uid();
  p_encaissement.vendeur_fige := private.vendeur(p_encaissement.depot_id);
  select jsonb_build_object('nom', c.nom, 'adresse', c.adresse, 'nif', c.nif) into p_encaissement.client_fige
    from public.clients c where c.id = p_encaissement.client_id;
  p_encaissement.numero_recu := private.prendre_numero(p_encaissement.depot_id, 'REC',
    extract(year from private.jour_au_depot(p_encaissement.depot_id, now()))::int, p_encaissement.id);
  p_encaissement.lettre := private.affecter_encaissement(p_encaissement, p_factures);
  return p_encaissement;
end;
$function$;

CREATE OR REPLACE FUNCTION private.consommer_derogation(p_sortie public.sorties_produit, p_depasse numeric)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  update public.credits_derogations d set sortie_id = p_sortie.id
   where d.id = (select x.id from public.credits_derogations x
                  where x.client_id = p_sortie.client_id and x.sortie_id is null and x.expire_le > now()
                    and x.montant_max >= p_depasse
                  order by x.montant_max, x.created_at limit 1);
  return found;
end;
$function$;

CREATE OR REPLACE FUNCTION private.controler_tout()
 RETURNS bigint
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_debut constant timestamptz := clock_timestamp();
  v_faits jsonb;
  v_constats bigint;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('alertes:nuit', 0)) then
    return null;
  end if;
  select coalesce(jsonb_agg(to_jsonb(f)), '[]') into v_faits from private.faits_des_controles('NUIT') f;
  -- What could not be looked at stands as it was found last.
  delete from private.constats c
   where not exists (select from private.controles k
                       join jsonb_to_recordset(v_faits) f (check_code text, payload jsonb)
                         on f.check_code = 'CONTROLE_EN_PANNE' and f.payload ->> 'source' = k.source
                      where k.code = c.check_code);
  insert into private.constats (check_code, entity_type, entity_id, severity, message, payload, depot_id)
  select f.check_code, f.entity_type, f.entity_id, min(f.severity), min(f.message),
         case count(*) when 1 then min(f.payload::text)::jsonb
           else jsonb_build_object('groupe', jsonb_agg(f.payload)) end, (array_agg(f.depot_id))[1]
    from jsonb_to_recordset(v_faits) f (check_code text, entity_type text, entity_id uuid, severity text, message text,
                                        payload jsonb, depot_id uuid)
   group by f.check_code, f.entity_type, f.entity_id;
  get diagnostics v_constats = row_count;
  perform private.noter_passage('nuit', v_debut);
  return v_constats;
end;
$function$;

CREATE OR REPLACE FUNCTION private.controles_achats()
 RETURNS SETOF private.fait_controle
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_ecart constant numeric := private.seuil('ECART_ANCIEN');
begin
  return query
    select 'ECART_ANCIEN', 'ECART', e.id, format('Un écart attend depuis plus de %s jours.', c_ecart),
           jsonb_build_object('ecart_id', e.id, 'type', e.type, 'reference_type', e.reference_type, 'statut', e.statut),
           e.depot_id
      from public.ecarts e where e.statut <> 'TRAITE' and e.created_at < now() - c_ecart * interval '1 day';
  return query
    select 'LOT_FACTURE_SANS_FACTURE', 'LOT', l.id,
           format('Le lot %s est marqué facturé et n''a aucune facture.', l.reference),
           jsonb_build_object('fournisseur_lot_id', l.id, 'reference', l.reference), null::uuid
      from public.fournisseur_lot l
     where l.statut = 'facture'
       and not exists (select from public.fournisseur_facture_lot_min f
                        where f.fournisseur_lot_id = l.id and f.type = 'FACTURE' and f.statut <> 'ANNULEE');
  return query
    select 'FACTURE_MOUVEMENT_CORRIGE', 'FACTURE', f.id,
           format('Une réception de la facture %s a été corrigée depuis sa validation.', f.invoice_no),
           jsonb_build_object('facture_id', f.id, 'receptions', jsonb_agg(jsonb_build_object('reception_id', r.id,
             'delta_15c', r.volume_15c + a.delta - s.volume_15c) order by r.id)), null::uuid
      from (select x.mouvement_id, sum(x.delta_15c) as delta from public.stocks_adjustments x
             where x.mouvement_type = 'RECEPTION' group by x.mouvement_id) a
      join public.receptions r on r.id = a.mouvement_id
      join public.factures_fournisseur_receptions s on s.reception_id = r.id
      join public.fournisseur_facture_lot_min f on f.id = s.facture_id and f.validated_at is not null
     where r.volume_15c + a.delta <> s.volume_15c
     group by f.id;
  return query select * from private.factures_client_corrigees();
  return query
    select 'SBLC_EXPIRE', 'SBLC', s.id,
           format('La garantie %s (%s) finit le %s.', s.reference, s.banque, to_char(s.date_fin, 'DD/MM/YYYY')),
           jsonb_build_object('sblc_id', s.id, 'date_fin', s.date_fin), null::uuid
      from public.sblc s
     where s.statut = 'ACTIVE'
       and s.date_fin < private.jour_local('Africa/Lubumbashi', now()) + private.seuil('SBLC_EXPIRE')::int;
  return query
    select 'PROFORMA_EXPIREE', 'PROFORMA', p.id,
           format('La proforma %s n''est plus valide depuis le %s et n''est pas close.', p.reference,
             to_char(p.date_validite, 'DD/MM/YYYY')),
           jsonb_build_object('proforma_id', p.id, 'date_validite', p.date_validite), null::uuid
      from public.proformas p
     where p.statut in ('ACTIVE', 'EN_EXECUTION')
       and p.date_validite < private.jour_local('Africa/Lubumbashi', now());
end;
$function$;

CREATE OR REPLACE FUNCTION private.controles_citernes()
 RETURNS SETOF private.fait_controle
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
    select 'STOCK_NEGATIF', 'CITERNE_STOCK', s.citerne_id,
           format('Stock négatif : %s L mesurés, %s L à 15 °C.', s.stock_ambiant, s.stock_15c),
           jsonb_build_object('citerne_id', s.citerne_id, 'produit_id', s.produit_id, 'proprietaire_type',
             s.proprietaire_type, 'stock_ambiant', s.stock_ambiant, 'stock_15c', s.stock_15c), s.depot_id
      from public.stocks_snapshot s where s.stock_ambiant < -0.01 or s.stock_15c < -0.01;
  return query
    with contenu as (
      select c.*, sum(s.stock_ambiant) as stock
        from public.citernes c join public.stocks_snapshot s on s.citerne_id = c.id group by c.id
    ), juges as (
      select c.*, v.code, v.message
        from contenu c cross join lateral (values
          ('STOCK_OVER_CAPACITY', c.stock > c.capacite_totale,
           format('%s contient %s L pour une capacité de %s L.', c.nom, c.stock, c.capacite_totale)),
          -- What lies in a friend's tank has no bottom of ours to keep.
          ('CITERNE_SOUS_SECURITE', c.statut = 'active' and not c.logique and c.stock < c.capacite_securite,
           format('%s contient %s L, sous sa capacité de sécurité de %s L.', c.nom, c.stock, c.capacite_securite)),
          ('CITERNE_INACTIVE_AVEC_STOCK', c.statut = 'inactive' and c.stock > 0,
           format('%s est inactive et contient encore %s L.', c.nom, c.stock))) v (code, trouve, message)
       where v.trouve
    )
    select j.code, 'CITERNE_STOCK', j.id, j.message,
           jsonb_build_object('citerne_id', j.id, 'statut', j.statut, 'stock_ambiant', j.stock, 'capacite_totale',
             j.capacite_totale, 'capacite_securite', j.capacite_securite), j.depot_id
      from juges j;
end;
$function$;

CREATE OR REPLACE FUNCTION private.controles_comptes()
 RETURNS SETOF private.fait_controle
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
    select 'NUMEROTATION_TROU', 'SERIE', md5(concat_ws('/', s.depot_id, s.serie, s.exercice))::uuid,
           format('La série %s %s a un trou : %s numéros émis, %s expliqués, dernier %s.', s.serie, s.exercice, s.emis,
             s.expliques, s.dernier), to_jsonb(s), nullif(s.depot_id, private.societe())
      from private.verifier_series() s;
  return query
    select 'COMPTE_TIERS_INCOHERENT', 'ECRITURE', v.ecriture_id, 'Le compte d''un tiers ne concorde pas.',
           jsonb_build_object('lignes', jsonb_agg(to_jsonb(v))), null::uuid
      from private.verifier_comptes() v group by v.ecriture_id;
  return query
    select 'FACTURE_ECHUE', 'FACTURE', f.id,
           format('La facture %s est échue depuis le %s, reste %s USD à payer.', f.invoice_no,
             to_char(f.date_echeance, 'DD/MM/YYYY'), f.montant_total_usd - r.regle),
           jsonb_build_object('facture_id', f.id, 'date_echeance', f.date_echeance, 'solde_usd',
             f.montant_total_usd - r.regle), null::uuid
      from public.fournisseur_facture_lot_min f
     cross join lateral (select private.regle_de_facture(f.id) as regle) r
     where f.type = 'FACTURE' and f.statut = 'VALIDEE' and r.regle < f.montant_total_usd
       and f.date_echeance < private.jour_local('Africa/Lubumbashi', now());
end;
$function$;

CREATE OR REPLACE FUNCTION private.controles_comptes_partenaires()
 RETURNS SETOF private.fait_controle
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
    select 'PARTENAIRE_COMPTE_INCOHERENT', 'COMPTE_PARTENAIRE',
           md5(concat_ws('/', v.depot_id, v.produit_id, v.partenaire_id))::uuid,
           format('Le compte d''un partenaire ne concorde pas avec ses mouvements (%s).',
             string_agg(distinct v.probleme, ', ')),
           jsonb_build_object('depot_id', v.depot_id, 'produit_id', v.produit_id, 'partenaire_id', v.partenaire_id,
             'lignes', jsonb_agg(to_jsonb(v))), v.depot_id
      from public.verifier_comptes_partenaires() v
     group by v.depot_id, v.produit_id, v.partenaire_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.controles_credit()
 RETURNS SETOF private.fait_controle
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
    select 'CREDIT_DEPASSE', 'CLIENT', c.client_id,
           format('%s doit %s %s pour un plafond de %s.', n.nom, e.solde + e.non_facture, c.devise, c.plafond),
           jsonb_build_object('client_id', c.client_id, 'encours', e.solde + e.non_facture, 'plafond', c.plafond,
             'devise', c.devise, 'sans_prix', e.sans_prix), null::uuid
      from public.clients_conditions c
      join public.clients n on n.id = c.client_id
     cross join lateral private.encours(c) e
     where c.plafond is not null and e.solde + e.non_facture > c.plafond;
end;
$function$;

CREATE OR REPLACE FUNCTION private.controles_envois()
 RETURNS SETOF private.fait_controle
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
    select 'ENVOI_MORT', 'ENVOI', e.id,
           format('Un message (%s, %s) n''est pas arrivé : %s', lower(e.canal), lower(e.objet_type), e.dernier_code),
           jsonb_build_object('envoi_id', e.id, 'canal', e.canal, 'dernier_code', e.dernier_code), null::uuid
      from public.envois e where e.statut = 'MORT' and e.env = private.env();
  return query
    select 'ENVOIS_EN_RETARD', 'ENVOI', md5('envois')::uuid,
           format('%s message(s) attendent un ouvrier, le plus ancien depuis %s min.', count(*),
             round(extract(epoch from now() - min(e.prochain_essai)) / 60)),
           jsonb_build_object('messages', count(*), 'depuis', min(e.prochain_essai)), null::uuid
      from public.envois e
     where e.statut in ('A_ENVOYER', 'EN_COURS') and e.env = private.env()
       and (e.roles is null or private.profils_prevenus())
       and e.prochain_essai < now() - private.seuil('ENVOIS_EN_RETARD') * interval '1 minute'
    having count(*) > 0;
end;
$function$;

CREATE OR REPLACE FUNCTION private.controles_exploitation()
 RETURNS SETOF private.fait_controle
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
    select v.code, 'PASSAGE', md5(v.nom)::uuid,
           format(v.dit, case when p.le is null then 'depuis toujours'
                              else format('depuis %s h', round(extract(epoch from now() - p.le) / 3600, 1)) end),
           jsonb_build_object('nom', v.nom, 'le', p.le, 'duree_s', extract(epoch from p.duree)), null::uuid
      from (values
        -- Seen by the first pass that runs again, and until then by whoever reads the view, ops/ready and monitor.
        ('SURVEILLANCE_INTERROMPUE', 'alertes', interval '1 minute',
          'Les contrôles de chaque minute n''ont pas tourné %s.'),
        ('PASSAGE_ABSENT', 'nuit', interval '1 hour', 'Les contrôles de la nuit n''ont pas tourné %s.')
      ) v (code, nom, unite, dit)
      join private.passages p on p.nom = v.nom
     where p.le < now() - private.seuil(v.code) * v.unite;
  return query
    select 'SAUVEGARDE_ANCIENNE', 'PASSAGE', md5('sauvegarde')::uuid,
           case when p.le is null then 'Aucune sauvegarde vérifiée n''est connue.'
                else format('La dernière sauvegarde vérifiée a %s h.', round(extract(epoch from now() - p.le) / 3600))
                  end,
           jsonb_build_object('nom', 'sauvegarde', 'le', p.le), null::uuid
      from (select max(s.le) as le from private.passages s where s.nom = 'sauvegarde') p
     -- Only PROD must have one.
     where private.env() = 'prod'
       and (p.le is null or p.le < now() - private.seuil('SAUVEGARDE_ANCIENNE') * interval '1 hour');
  return query
    select 'SCELLEMENT_EN_RETARD', 'JOURNAL', md5('scellement')::uuid,
           format('%s ligne(s) du journal attendent leur scellé depuis %s min.', e.lignes_en_attente,
             round(extract(epoch from now() - e.attend_depuis) / 60)),
           jsonb_build_object('bloc', e.bloc, 'lignes', e.lignes_en_attente, 'depuis', e.attend_depuis), null::uuid
      from private.etat_scellement() e
     where e.lignes_en_attente > 0
       and e.attend_depuis < now() - private.seuil('SCELLEMENT_EN_RETARD') * interval '1 minute';
end;
$function$;

CREATE OR REPLACE FUNCTION private.controles_histoire()
 RETURNS SETOF private.fait_controle
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
    select 'STOCK_INCOHERENT', 'CITERNE_STOCK', s.citerne_id,
           format('Le stock ne concorde pas avec ses mouvements (%s).', string_agg(distinct s.probleme, ', ')),
           jsonb_build_object('citerne_id', s.citerne_id, 'lignes', jsonb_agg(to_jsonb(s))),
           (select t.depot_id from public.citernes t where t.id = s.citerne_id)
      from public.verifier_stocks() s group by s.citerne_id;
  return query
    select 'MOUVEMENT_ALTERE', m.mouvement_type, m.mouvement_id,
           format('Un mouvement n''est plus ce que le journal en a dit (%s).', string_agg(distinct m.probleme, ', ')),
           jsonb_build_object('lignes', jsonb_agg(to_jsonb(m))), null::uuid
      from public.verifier_mouvements() m where m.mouvement_id is not null
     group by m.mouvement_type, m.mouvement_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.controles_jaugeages()
 RETURNS SETOF private.fait_controle
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- Of each tank that holds fuel of ours to be measured, its last dip.
  return query
    with citernes as (
      select c.id, c.nom, c.depot_id, min(s.created_at) as depuis
        from public.citernes c join public.stocks_snapshot s on s.citerne_id = c.id
       where c.statut = 'active' and not c.logique group by c.id having sum(s.stock_ambiant) > 0
    )
    select v.code, 'CITERNE_STOCK', c.id, v.message,
           jsonb_build_object('citerne_id', c.id, 'prise_de_hauteur_id', p.prise_de_hauteur_id, 'le', p.created_at,
             'ecart_l', p.ecart_l, 'ecart_15c', p.ecart_15c), c.depot_id
      from citernes c
      left join lateral (select e.* from public.v_ecarts_inventaire e where e.citerne_id = c.id
                          order by e.created_at desc limit 1) p on true
     cross join lateral (values
       ('JAUGEAGE_ABSENT',
        coalesce(p.created_at, c.depuis) < now() - private.seuil('JAUGEAGE_ABSENT') * interval '1 hour',
        format('%s n''a pas été jaugée depuis plus de %s h.', c.nom, private.seuil('JAUGEAGE_ABSENT'))),
       ('JAUGEAGE_HORS_TOLERANCE', p.hors_tolerance and not p.regularisee,
        format('Le dernier jaugeage de %s s''écarte de %s L des livres.', c.nom, p.ecart_l))) v (code, trouve, message)
     where v.trouve;
end;
$function$;

CREATE OR REPLACE FUNCTION private.controles_journal()
 RETURNS SETOF private.fait_controle
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_montrees constant int := 50;
begin
  return query
    select 'JOURNAL_ALTERE', 'JOURNAL', md5(j.probleme)::uuid,
           format('Le journal a été touché : %s (%s).', j.probleme, count(*)),
           jsonb_build_object('probleme', j.probleme, 'combien', count(*), 'lignes',
             jsonb_agg(to_jsonb(j) - 'constat') filter (where j.rang <= c_montrees)), null::uuid
      from (select t.*, row_number() over (partition by t.probleme order by t.bloc, t.ligne_id) as rang
              from private.controler_journal() t
             -- Lines that wait are the minute's to say.
             where t.probleme not in ('JAMAIS_SCELLE', 'SCELLEMENT_EN_RETARD')) j
     group by j.probleme;
end;
$function$;

CREATE OR REPLACE FUNCTION private.controles_lus()
 RETURNS TABLE(code text, severity text, actif boolean, seuil numeric, rythme text, dit text, presentes bigint)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger('lire_alertes');
  return query
    select c.code, c.severity, c.actif, c.seuil, c.rythme, c.dit,
           (select count(*) from public.system_alerts a where a.check_code = c.code and a.presente
             and (a.depot_id = any (private.depots_visibles())
                  or a.depot_id is null and private.peut('voir_tous_depots')))
      from private.controles c order by c.severity, c.code;
end;
$function$;

CREATE OR REPLACE FUNCTION private.controles_mouvements()
 RETURNS SETOF private.fait_controle
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET max_parallel_workers_per_gather TO '0'
AS $function$
declare
  c_camion constant numeric := private.seuil('CDR_ARRIVE_STALE');
  c_reception constant numeric := private.seuil('RECEPTION_ECART_15C') / 100;
  c_sortie constant numeric := private.seuil('SORTIE_ECART_15C') / 100;
  c_brouillon constant numeric := private.seuil('SORTIE_BROUILLON_ANCIEN');
begin
  return query
    select 'CDR_ARRIVE_STALE', 'CDR', c.id,
           format('Le camion %s est arrivé depuis plus de %s jours et n''est pas déchargé.', c.plaque_camion, c_camion),
           jsonb_build_object('cours_de_route_id', c.id, 'plaque_camion', c.plaque_camion, 'depuis', a.depuis),
           c.depot_destination_id
      from public.cours_de_route c cross join lateral (select private.arrive_depuis(c.id) as depuis) a
     where c.statut = 'ARRIVE' and a.depuis < now() - c_camion * interval '1 day';
  return query
    select 'RECEPTION_ECART_15C', 'RECEPTION', r.id,
           format('Réception de %s L mesurés pour %s L à 15 °C.', r.volume_ambiant, r.volume_15c),
           jsonb_build_object('reception_id', r.id, 'volume_ambiant', r.volume_ambiant, 'volume_15c', r.volume_15c),
           r.depot_id
      from public.receptions r
     where abs(r.volume_ambiant - r.volume_15c) > 0.03 * r.volume_ambiant
       and abs(r.volume_ambiant - r.volume_15c) > c_reception * r.volume_ambiant;
  return query
    select 'SORTIE_ECART_15C', 'SORTIE', s.id,
           format('Sortie de %s L mesurés pour %s L à 15 °C.', s.volume_ambiant, s.volume_15c),
           jsonb_build_object('sortie_id', s.id, 'volume_ambiant', s.volume_ambiant, 'volume_15c', s.volume_15c),
           s.depot_id
      from public.sorties_produit s
     where s.statut = 'validee' and abs(s.volume_ambiant - s.volume_15c) > 0.03 * s.volume_ambiant
       and abs(s.volume_ambiant - s.volume_15c) > c_sortie * s.volume_ambiant;
  return query
    select 'SORTIE_BROUILLON_ANCIEN', 'SORTIE', s.id,
           format('Un brouillon de sortie attend depuis plus de %s heures.', c_brouillon),
           jsonb_build_object('sortie_id', s.id, 'created_at', s.created_at), s.depot_id
      from public.sorties_produit s
     where s.statut = 'brouillon' and s.created_at < now() - c_brouillon * interval '1 hour';
end;
$function$;

CREATE OR REPLACE FUNCTION private.controles_partenaires()
 RETURNS SETOF private.fait_controle
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
    select 'PARTENAIRE_SOLDE_NEGATIF', 'COMPTE_PARTENAIRE', c.id,
           format('Le compte de %s est à découvert : %s L à 15 °C.', coalesce(p.nom, 'personne'), c.solde_15c),
           jsonb_build_object('compte_id', c.id, 'partenaire_id', c.partenaire_id, 'produit_id', c.produit_id,
             'solde_15c', c.solde_15c), c.depot_id
      from public.comptes_partenaires c left join public.partenaires p on p.id = c.partenaire_id
     where c.solde_15c < 0;
end;
$function$;

CREATE OR REPLACE FUNCTION private.controles_ventes()
 RETURNS SETOF private.fait_controle
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_a_facturer constant int := private.seuil('SORTIE_NON_FACTUREE')::int;
begin
  return query
    select 'SORTIE_NON_FACTUREE', 'SORTIE', s.id,
           format('Une sortie de %s L à 15 °C attend sa facture depuis le %s.', s.volume_15c,
             to_char(s.date_jour, 'DD/MM/YYYY')),
           jsonb_build_object('sortie_id', s.id, 'client_id', s.client_id, 'date_jour', s.date_jour,
             'volume_15c', s.volume_15c), s.depot_id
      from public.depots d
     cross join lateral private.sorties_a_facturer(d.id, null) s
      left join public.clients_conditions c on c.client_id = s.client_id
     where s.date_jour < private.jour_au_depot(d.id, now()) - c_a_facturer
       and (c.suivi_depuis is null or s.date_jour >= c.suivi_depuis);
  return query
    select 'FACTURE_ECHUE', 'FACTURE', f.id,
           format('La facture %s de %s est échue depuis le %s, reste %s %s à payer.', f.numero,
             f.client_fige ->> 'nom', to_char(f.date_echeance, 'DD/MM/YYYY'), r.debit, r.devise),
           jsonb_build_object('facture_id', f.id, 'client_id', f.client_id, 'date_echeance', f.date_echeance, 'solde',
             r.debit, 'devise', r.devise), f.depot_id
      from private.restes_clients r
      join public.ecritures_tiers e on e.id = r.ecriture_id and e.type = 'FACTURE'
                                   and e.source_type = 'factures_client'
      join public.factures_client f on f.id = e.source_id
     where r.debit > 0 and f.date_echeance < private.jour_au_depot(f.depot_id, now());
  return query
    select 'FACTURE_CHAINE_ROMPUE', 'FACTURE', v.objet_id,
           format('Les ventes ne concordent pas (%s).', string_agg(distinct v.defaut, ', ')),
           jsonb_build_object('lignes', jsonb_agg(to_jsonb(v))), null::uuid
      from private.verifier_factures() v group by v.objet_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.coordonnees_fournisseurs()
 RETURNS TABLE(id uuid, nom text, contact_personne text, email text, telephone text, adresse text, pays text, note_supplementaire text, created_at timestamp with time zone, actif boolean, nif text, delai_paiement_jours integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select f.id, f.nom, f.contact_personne, f.email, f.telephone, f.adresse, f.pays, f.note_supplementaire, f.created_at,
         f.actif, f.nif, f.delai_paiement_jours
    from public.fournisseurs f
   where (select private.peut('lire_coordonnees_fournisseurs'))
$function$;

CREATE OR REPLACE FUNCTION private.cours_de_route_avant_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger('ecrire_cours_de_route');
  if not coalesce(new.depot_destination_id = any (private.depots_visibles()), false) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'le dépôt de destination'));
  end if;
  if new.statut <> 'CHARGEMENT' then
    perform private.refuser('CDR_TRANSITION_INTERDITE', jsonb_build_object('de', '(nouveau)', 'vers', new.statut));
  end if;

  new.plaque_camion := upper(btrim(new.plaque_camion));
  new.date_chargement_presumee := new.date_chargement is null;
  new.date_chargement := coalesce(new.date_chargement, private.jour_au_depot(new.depot_destination_id, now()));
  new.created_by := auth.uid();
  new.created_at := now();

  new.motif_annulation := null;

  perform private.exiger_actifs(new.produit_id, new.depot_destination_id, null, new.fournisseur_id);
  perform private.exiger_camion_libre(new);
  perform private.exiger_rattachement(null, new);
  return new;
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
begin
  perform private.exiger_rattachement(old, new);
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
  perform private.exiger_actifs(nullif(new.produit_id, old.produit_id),
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

CREATE OR REPLACE FUNCTION private.cours_de_route_journaliser()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  -- A day that nobody had said, and that the réception moved.
  v_presumee constant boolean := tg_op = 'UPDATE' and new.statut = 'DECHARGE' and old.date_chargement_presumee
    and new.date_chargement <> old.date_chargement;
  v_dites constant text[] := '{statut,motif_annulation,fournisseur_lot_id}'::text[]
    || case when v_presumee then '{date_chargement}'::text[] else '{}' end;
begin
  if tg_op = 'INSERT' then
    perform private.journaliser('CDR_CREE', 'cours_de_route', 'INFO', new.id, new.depot_destination_id,
      jsonb_build_object('plaque_camion', new.plaque_camion, 'volume', new.volume));
  elsif tg_op = 'DELETE' then
    perform private.journaliser('CDR_SUPPRIME', 'cours_de_route', 'CRITICAL', old.id, old.depot_destination_id,
      jsonb_build_object('avant', to_jsonb(old)));
    return null;
  elsif new.statut = 'ANNULE' and old.statut <> 'ANNULE' then
    perform private.journaliser('CDR_ANNULE', 'cours_de_route', 'WARNING', new.id, new.depot_destination_id,
      jsonb_build_object('de', old.statut, 'motif', new.motif_annulation, 'plaque_camion', new.plaque_camion));
  elsif new.statut <> old.statut then
    perform private.journaliser('CDR_STATUT', 'cours_de_route', 'INFO', new.id, new.depot_destination_id,
      jsonb_build_object('de', old.statut, 'vers', new.statut)
        || case when v_presumee then jsonb_build_object('date_chargement', new.date_chargement) else '{}' end);
  end if;
  if new.fournisseur_lot_id is distinct from old.fournisseur_lot_id then
    perform private.journaliser(case when new.fournisseur_lot_id is null then 'CDR_DELIE_LOT' else 'CDR_LIE_LOT' end,
      'cours_de_route', 'INFO', new.id, new.depot_destination_id,
      jsonb_build_object('de', old.fournisseur_lot_id, 'vers', new.fournisseur_lot_id));
  end if;
  -- A move may bring along other changes.
  if tg_op = 'UPDATE'
     and to_jsonb(new) - v_dites <> to_jsonb(old) - v_dites then
    perform private.journaliser('CDR_MODIFIE', 'cours_de_route', 'INFO', new.id, new.depot_destination_id,
      jsonb_build_object('avant', to_jsonb(old), 'apres', to_jsonb(new)));
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.cours_de_route_suivre()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if tg_op = 'INSERT' or new.statut <> old.statut then
    insert into public.cdr_etapes (cours_de_route_id, statut, depot_id, depuis)
    values (new.id, new.statut, new.depot_destination_id, now())
    on conflict (cours_de_route_id, statut) do update set depuis = excluded.depuis;
  end if;
  if tg_op = 'INSERT' then
    return null;
  end if;
  if new.depot_destination_id <> old.depot_destination_id then
    update public.cdr_etapes e set depot_id = new.depot_destination_id where e.cours_de_route_id = new.id;
    update public.chargements h set depot_id = new.depot_destination_id where h.cours_de_route_id = new.id;
  end if;
  if (new.depot_destination_id, new.fournisseur_lot_id)
     is distinct from (old.depot_destination_id, old.fournisseur_lot_id) then
    perform private.ecarts_suivent(new);
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.cout_de_lot(p_lot_id uuid)
 RETURNS TABLE(volume_15c numeric, achat_usd numeric, frais_usd numeric, surestaries_proposees_usd numeric)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
  select coalesce((select sum(q.volume_15c) from public.cours_de_route c
                     join public.receptions r on r.cours_de_route_id = c.id and r.statut = 'validee'
                      and r.proprietaire_type = 'MONALUXE'
                    cross join lateral private.quantites_reception(r.id) q where c.fournisseur_lot_id = p_lot_id), 0),
         (select sum(case f.type when 'AVOIR' then -f.montant_total_usd else f.montant_total_usd end)
            from public.fournisseur_facture_lot_min f
           where f.fournisseur_lot_id = p_lot_id and f.validated_at is not null),
         coalesce((select sum(x.montant_usd) from public.frais_lot x
                    where x.lot_id = p_lot_id and x.motif_annulation is null), 0),
         coalesce((select sum(s.montant_usd) from public.v_surestaries s where s.fournisseur_lot_id = p_lot_id), 0);
end;
$function$;

CREATE OR REPLACE FUNCTION private.creer_et_valider(p_sortie jsonb, p_payee boolean)
 RETURNS public.sorties_produit
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.exiger('valider_sortie');
  v_sortie public.sorties_produit;
  v_lieu private.lieu;
begin
  perform private.exiger_colonnes('public.sorties_produit', p_sortie);
  -- As in an insertion, what was not sent has the column's default.
  v_sortie.id := private.nouvel_id();
  v_sortie.proprietaire_type := 'MONALUXE';
  v_sortie := jsonb_populate_record(v_sortie, jsonb_strip_nulls(p_sortie));
  v_lieu := private.lieu(v_sortie.citerne_id, v_acteur.depots);
  v_sortie := private.completer_brouillon(v_sortie, v_acteur.user_id, v_lieu);
  v_sortie := private.preparer_validation(v_sortie, v_acteur.user_id, v_lieu);

  perform set_config('app.sorties_produit_allow_write', '1', true);
  insert into public.sorties_produit select v_sortie.*;
  perform set_config('app.sorties_produit_allow_write', '', true);
  perform private.tracer_validation(v_sortie, '{SORTIE_CREEE,SORTIE_VALIDEE}');
  if not p_payee then
    perform private.exiger_credit(v_sortie);
  end if;
  perform private.debiter_sortie(v_sortie);
  return v_sortie;
end;
$function$;

CREATE OR REPLACE FUNCTION private.date_de_document(p_jour date)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_aujourdhui constant date := private.aujourdhui();
begin
  -- The client sends local times without their offset: a day ahead is no future.
  if p_jour > v_aujourdhui + 1 then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.date_possible(p_moment timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((p_moment >= '2000-01-01 00:00:00+00'::timestamp with time zone) AND (p_moment < '2050-01-01 00:00:00+00'::timestamp with time zone));

CREATE OR REPLACE FUNCTION private.date_possible(p_date date)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((p_date >= '2000-01-01'::date) AND (p_date < '2050-01-01'::date));

CREATE OR REPLACE FUNCTION private.debiter_citerne(p_type text, p_id uuid, p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date, p_volume numeric, p_volume_15c numeric, p_methode_15c text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_norme constant boolean := p_methode_15c <> 'LEGACY';
  v_dilatation numeric := 0;
  v_reste record;
begin
  perform private.exiger_periode_ouverte(p_depot_id, p_jour);
  -- Debited at once where that is all it takes; anything else is looked at in its order before it is done or refused.
  if not private.deplacer_jours(p_citerne_id, p_produit_id, p_proprietaire_type, p_jour, p_jour, -p_volume,
    -p_volume_15c,
                                false) then
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
begin
  if p_sortie.compteur_id is not null then
    perform private.exiger_index_libres(p_sortie.id, p_sortie.compteur_id, p_sortie.index_avant, p_sortie.index_apres);
  end if;
  perform private.verrouiller_citernes(p_sortie.citerne_id);
  perform private.debiter_citerne('SORTIE', p_sortie.id, p_sortie.citerne_id, p_sortie.produit_id, p_sortie.depot_id,
    p_sortie.proprietaire_type, p_sortie.date_jour, p_sortie.volume_ambiant, p_sortie.volume_15c, p_sortie.methode_15c);
  perform private.exiger_securite(p_sortie.citerne_id, p_sortie.date_jour,
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

CREATE OR REPLACE FUNCTION private.demande_de(p_sortie public.sorties_produit, p_conditions public.clients_conditions)
 RETURNS numeric
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select round(case p_conditions.base when 'L15' then p_sortie.volume_15c else p_sortie.volume_ambiant end
    * private.prix(p_sortie.produit_id, p_sortie.client_id, p_sortie.depot_id, p_sortie.date_jour, p_conditions.devise,
        p_conditions.base)
    * (1 + private.taux_tva_du(p.tva_groupe, p_sortie.date_jour) / 100), 2)
    from public.produits p where p.id = p_sortie.produit_id
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
  perform pg_advisory_xact_lock(hashtextextended('alertes:sync', 0));
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

CREATE OR REPLACE FUNCTION private.deposer_envoi(p_envoi public.envois)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_id uuid;
begin
  insert into public.envois (canal, objet_type, objet_id, depot_id, regle_id, cle, destination, roles, secret_nom,
    sujet, contenu)
  values (p_envoi.canal, p_envoi.objet_type, p_envoi.objet_id, p_envoi.depot_id, p_envoi.regle_id, p_envoi.cle,
    p_envoi.destination, p_envoi.roles, p_envoi.secret_nom,
    -- A line of its own in the message: nothing in it ends the line.
    left(regexp_replace(p_envoi.sujet, '[[:cntrl:]]+', ' ', 'g'), 200), p_envoi.contenu)
  on conflict (cle) do nothing returning id into v_id;
  return coalesce(v_id, (select e.id from public.envois e where e.cle = p_envoi.cle));
end;
$function$;

CREATE OR REPLACE FUNCTION private.depot_d_acteur(p_acteur private.acteur, p_depot_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if not coalesce(p_depot_id = any (p_acteur.depots), false) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce dépôt'));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.derogation_figer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if old.sortie_id is not null or to_jsonb(new) - 'sortie_id' <> to_jsonb(old) - 'sortie_id' then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.destination_permise(p_canal text, p_destination text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_hote text;
  v_locale boolean;
begin
  if p_canal = 'EMAIL' then
    if p_destination !~ '^[^[:space:]@<>(),;:"\\]+@[^[:space:]@<>(),;:"\\]+\.[^[:space:]@<>(),;:"\\.]{2,}$'
       or char_length(p_destination) > 254 then
      perform private.refuser('ADRESSE_INTERDITE',
        jsonb_build_object('raison', 'ce n''est pas une adresse e-mail'));
    end if;
    return;
  end if;
  -- Whatever names another host than it seems to (a login before it, a control, a backslash) is refused whole.
  v_hote := lower(substring(p_destination from
    '^https?://(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(?::[0-9]{1,5})?(?:[/?]\S*)?$'));
  if v_hote is null or p_destination ~ '[\\@#]' or char_length(p_destination) > 2000 then
    perform private.refuser('ADRESSE_INTERDITE', jsonb_build_object('raison', 'une adresse https://… est attendue'));
  end if;
  v_locale := private.env() in ('local', 'staging') and v_hote in ('localhost', '127.0.0.1', '[::1]');
  if p_destination !~ '^https://' and not v_locale then
    perform private.refuser('ADRESSE_INTERDITE', jsonb_build_object('raison', 'https est attendu'));
  end if;
  -- A name that leads to one is found out when it is called. No public host is named by a number or a single word.
  if not v_locale and (v_hote like '[%' or v_hote !~ '\.[a-z]([a-z0-9-]*[a-z0-9])?\.?$'
     or v_hote ~ '(^|\.)(localhost|local|internal|home|lan|arpa)\.?$') then
    perform private.refuser('ADRESSE_INTERDITE', jsonb_build_object('raison', 'un nom public est attendu'));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.dire_facture(p_facture public.factures_client)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_object(
    'facture', to_jsonb(p_facture) - '{empreinte,precedent,emise_le,created_at}'::text[] || jsonb_build_object(
      'emise_le', to_char(p_facture.emise_le at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
    'lignes', (select jsonb_agg(to_jsonb(l) order by l.rang) from public.factures_client_lignes l
                where l.facture_id = p_facture.id),
    'taxes', (select jsonb_agg(to_jsonb(t) order by t.groupe) from public.factures_client_taxes t
               where t.facture_id = p_facture.id))::text
$function$;

CREATE OR REPLACE FUNCTION private.dispositif_fiscal()
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select coalesce((select s.value from public.app_settings s where s.key = 'dispositif_fiscal'), 'aucun') $function$;

CREATE OR REPLACE FUNCTION private.dit_du_bon(p_bon public.bons_livraison)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_object('vendeur', private.vendeur(p_bon.depot_id), 'produit', p.nom,
      'client', coalesce((select jsonb_build_object('nom', c.nom, 'adresse', c.adresse, 'telephone', c.telephone,
          'nif', c.nif, 'rccm', c.rccm) from public.clients c where c.id = s.client_id),
        (select jsonb_build_object('nom', t.nom, 'telephone', t.telephone) from public.partenaires t
          where t.id = s.partenaire_id)),
      'sortie', jsonb_build_object('volume_ambiant', s.volume_ambiant, 'volume_15c', s.volume_15c,
        'temperature_ambiante_c', s.temperature_ambiante_c, 'densite_a_15_kgm3', s.densite_a_15_kgm3,
        'plaque_camion', s.plaque_camion, 'plaque_remorque', s.plaque_remorque, 'chauffeur_nom', s.chauffeur_nom,
        'transporteur', s.transporteur))
    from public.sorties_produit s join public.produits p on p.id = s.produit_id where s.id = p_bon.sortie_id
$function$;

CREATE OR REPLACE FUNCTION private.dues(p_encaissement public.encaissements, p_factures jsonb)
 RETURNS TABLE(ecriture_id uuid, facture_id uuid, numero text, du numeric, demande numeric)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select r.ecriture_id, e.source_id, e.reference, r.debit, d.montant
    from private.restes_clients r
    join public.ecritures_tiers e on e.id = r.ecriture_id
    left join lateral (
      select (j ->> 'montant')::numeric as montant, n from jsonb_array_elements(p_factures) with ordinality a (j, n)
       where (j ->> 'facture_id')::uuid = e.source_id limit 1) d on true
   where r.client_id = p_encaissement.client_id and r.devise = p_encaissement.devise_compte and r.debit > 0
     and (p_factures is null or d.n is not null)
   order by d.n, r.echeance, r.ordre
$function$;

CREATE OR REPLACE FUNCTION private.ecart_a_traiter(p_id uuid, p_capacite_lue boolean)
 RETURNS public.ecarts
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ecart public.ecarts;
begin
  select * into v_ecart from public.ecarts e
   where e.id = p_id and (e.depot_id = any (private.depots_visibles())
     or (e.depot_id is null and p_capacite_lue)) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cet écart'));
  end if;
  if v_ecart.statut = 'TRAITE' then
    perform private.refuser('ECART_ETAT', jsonb_build_object('statut', v_ecart.statut));
  end if;
  return v_ecart;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ecarts_par_proprietaire(p_citerne_id uuid, p_delta_ambiant numeric, p_delta_15c numeric)
 RETURNS TABLE(proprietaire_type text, delta_ambiant numeric, delta_15c numeric)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_plus public.stocks_snapshot;
  v_moins public.stocks_snapshot;
begin
  select * into v_plus from public.stocks_snapshot s where s.citerne_id = p_citerne_id
   order by s.stock_15c desc, s.proprietaire_type limit 1;
  if not found then
    perform private.refuser('SORTIE_STOCK_INTROUVABLE', jsonb_build_object('citerne_id', p_citerne_id));
  end if;
  select * into v_moins from public.stocks_snapshot s where s.citerne_id = p_citerne_id and s.id <> v_plus.id;
  proprietaire_type := v_moins.proprietaire_type;
  delta_ambiant := coalesce(round(p_delta_ambiant * v_moins.stock_ambiant
    / nullif(v_plus.stock_ambiant + v_moins.stock_ambiant, 0), 3), 0);
  delta_15c := coalesce(round(p_delta_15c * v_moins.stock_15c
    / nullif(v_plus.stock_15c + v_moins.stock_15c, 0), 3), 0);
  -- Rounded once: what one does not bear the other does, and neither more than it has.
  if delta_ambiant <> 0 or delta_15c <> 0 then
    return next;
  end if;
  proprietaire_type := v_plus.proprietaire_type;
  delta_ambiant := p_delta_ambiant - delta_ambiant;
  delta_15c := p_delta_15c - delta_15c;
  if delta_ambiant <> 0 or delta_15c <> 0 then
    return next;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ecarts_suivent(p_cdr public.cours_de_route)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  update public.ecarts e
     set fournisseur_lot_id = p_cdr.fournisseur_lot_id, depot_id = p_cdr.depot_destination_id
   where (e.reference_type = 'CDR' and e.reference_id = p_cdr.id
          or e.reference_type = 'RECEPTION' and e.reference_id in (
            select r.id from public.receptions r where r.cours_de_route_id = p_cdr.id)
          or e.reference_type = 'ANALYSE' and e.reference_id in (
            select a.id from public.analyses a where a.cours_de_route_id = p_cdr.id))
     and (e.fournisseur_lot_id, e.depot_id) is distinct from (p_cdr.fournisseur_lot_id, p_cdr.depot_destination_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.ecrire_bon(p_bon public.bons_livraison)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  insert into public.bons_livraison
    (id, numero, depot_id, sortie_id, date_livraison, destinataire, lieu, volume_livre_ambiant, volume_livre_15c,
     recu_par, statut, created_by, confirme_par, confirme_le, dit, created_at)
  values (p_bon.id, p_bon.numero, p_bon.depot_id, p_bon.sortie_id, p_bon.date_livraison, p_bon.destinataire, p_bon.lieu,
    p_bon.volume_livre_ambiant, p_bon.volume_livre_15c, p_bon.recu_par, p_bon.statut, p_bon.created_by,
    p_bon.confirme_par, p_bon.confirme_le, p_bon.dit, p_bon.created_at);
exception
  when unique_violation then
    perform private.refuser('BL_EXISTANT', jsonb_build_object('sortie_id', p_bon.sortie_id));
end;
$function$;

CREATE OR REPLACE FUNCTION private.ecrire_encaissement(p_encaissement public.encaissements, p_factures jsonb)
 RETURNS public.encaissements
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_actions text[] := '{ENCAISSEMENT_ENREGISTRE}';
begin
  perform private.exiger_factures_du_client(p_encaissement, p_factures);
  perform private.verrouiller_tiers('CLIENT', p_encaissement.client_id);
  if p_encaissement.reference is not null and exists (
    select from public.encaissements e
     where e.mode = p_encaissement.mode and e.operateur_mobile is not distinct from p_encaissement.operateur_mobile
       and lower(btrim(e.reference)) = lower(btrim(p_encaissement.reference)) and e.statut <> 'ANNULE') then
    perform private.refuser('REFERENCE_DEJA_UTILISEE', jsonb_build_object('reference', p_encaissement.reference));
  end if;
  if p_encaissement.statut = 'CONFIRME' then
    p_encaissement := private.confirmer(p_encaissement, p_factures);
    v_actions := v_actions || '{ENCAISSEMENT_CONFIRME}'::text[];
  end if;
  begin
    insert into public.encaissements select p_encaissement.*;
  exception
    when unique_violation then
      -- Somebody else has just written the same reference, for another client.
      perform private.refuser('REFERENCE_DEJA_UTILISEE', jsonb_build_object('reference', p_encaissement.reference));
  end;
  perform private.journaliser(v_actions, 'ventes', 'INFO', p_encaissement.id, p_encaissement.depot_id,
    to_jsonb(p_encaissement) - '{client_fige,vendeur_fige}'::text[]);
  return p_encaissement;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ecrire_ligne_avoir(p_avoir public.factures_client, p_rang integer, p_ligne public.factures_client_lignes, p_demande jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_reste record;
  v_quantite numeric := round((p_demande ->> 'quantite')::numeric, 3);
  v_montant numeric := round((p_demande ->> 'montant_ht')::numeric, 2);
begin
  select * into v_reste from private.reste_de_ligne(p_ligne);
  if v_quantite is null and v_montant is null then
    v_quantite := v_reste.quantite;
  end if;
  if v_quantite is not null then
    -- The last of a line takes the cents that rounding left.
    v_montant := case when v_quantite = v_reste.quantite then v_reste.montant_ht
      else round(v_quantite * p_ligne.prix_ht, 2) end;
  end if;
  if not coalesce(v_montant > 0 and v_montant <= v_reste.montant_ht
       and (v_quantite is null or v_quantite between 0.001 and v_reste.quantite), false) then
    perform private.refuser('AVOIR_EXCEDENTAIRE', jsonb_build_object('rang', p_ligne.rang, 'montant', v_montant,
      'quantite', v_quantite, 'reste', v_reste.montant_ht, 'reste_quantite', v_reste.quantite));
  end if;
  insert into public.factures_client_lignes
    (facture_id, depot_id, rang, nature, sortie_id, bl_id, ligne_origine_id, designation, base, quantite, prix_ht,
     tva_groupe, tva_taux, montant_ht)
  values (p_avoir.id, p_avoir.depot_id, p_rang, p_ligne.nature, p_ligne.sortie_id, p_ligne.bl_id, p_ligne.id,
    p_ligne.designation, case when v_quantite is null then 'UNITE' else p_ligne.base end, coalesce(v_quantite, 1),
    case when v_quantite is null then v_montant else p_ligne.prix_ht end, p_ligne.tva_groupe, p_ligne.tva_taux,
    v_montant);
end;
$function$;

CREATE OR REPLACE FUNCTION private.ecrire_lignes_avoir(p_avoir public.factures_client, p_lignes jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ligne public.factures_client_lignes;
  v_demande jsonb;
  v_rang int := 0;
begin
  if p_avoir.nature = 'RAN' then
    for v_ligne in
      select l.* from public.factures_client_lignes l cross join lateral private.reste_de_ligne(l) r
       where l.facture_id = p_avoir.facture_origine_id and r.montant_ht > 0 order by l.rang
    loop
      v_rang := v_rang + 1;
      perform private.ecrire_ligne_avoir(p_avoir, v_rang, v_ligne, case
        when (select r.quantite from private.reste_de_ligne(v_ligne) r) > 0 then '{}'
        else (select jsonb_build_object('montant_ht', r.montant_ht) from private.reste_de_ligne(v_ligne) r) end);
    end loop;
  else
    for v_demande in select l from jsonb_array_elements(coalesce(p_lignes, '[]')) l loop
      select * into v_ligne from public.factures_client_lignes l
       where l.facture_id = p_avoir.facture_origine_id and l.rang = (v_demande ->> 'rang')::int;
      if not found then
        perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette ligne de la facture'));
      end if;
      v_rang := v_rang + 1;
      perform private.ecrire_ligne_avoir(p_avoir, v_rang, v_ligne, v_demande);
    end loop;
  end if;
  if v_rang = 0 then
    perform private.refuser('FACTURE_VIDE');
  end if;
  -- The same line said twice: each alone fits, not together.
  if exists (
    select from public.factures_client_lignes a join public.factures_client_lignes o on o.id = a.ligne_origine_id
     where a.facture_id = p_avoir.id group by o.id having count(*) > 1) then
    perform private.refuser('AVOIR_LIGNE_REPETEE');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ecriture_de_facture(p_facture_id uuid)
 RETURNS public.ecritures_tiers
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select e from public.ecritures_tiers e
   where e.source_type = 'fournisseur_facture_lot_min' and e.source_id = p_facture_id and e.type in ('FACTURE', 'AVOIR')
$function$;

CREATE OR REPLACE FUNCTION private.ecriture_encaissement(p_encaissement public.encaissements, p_type text, p_source_type text, p_source_id uuid, p_credit numeric, p_debit numeric, p_libelle text)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ecriture public.ecritures_tiers;
begin
  v_ecriture.tiers_type := 'CLIENT';
  v_ecriture.client_id := p_encaissement.client_id;
  v_ecriture.depot_id := p_encaissement.depot_id;
  v_ecriture.devise := p_encaissement.devise_compte;
  v_ecriture.date_valeur := case when p_type = 'PAIEMENT' then p_encaissement.jour_caisse
    else private.jour_au_depot(p_encaissement.depot_id, now()) end;
  v_ecriture.type := p_type;
  v_ecriture.credit := p_credit;
  v_ecriture.debit := p_debit;
  v_ecriture.reference := p_encaissement.numero_recu;
  v_ecriture.libelle := p_libelle;
  v_ecriture.source_type := p_source_type;
  v_ecriture.source_id := p_source_id;
  return private.ecrire_compte(v_ecriture);
end;
$function$;

CREATE OR REPLACE FUNCTION private.ecriture_facture_client(p_facture_id uuid)
 RETURNS public.ecritures_tiers
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select e from public.ecritures_tiers e
   where e.source_type = 'factures_client' and e.source_id = p_facture_id and e.type in ('FACTURE', 'AVOIR')
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
  insert into public.factures_client_taxes (facture_id, depot_id, groupe, taux, base_ht, montant_tva)
  select p_facture.id, p_facture.depot_id, l.tva_groupe, l.tva_taux, sum(l.montant_ht),
         round(sum(l.montant_ht) * l.tva_taux / 100, 2)
    from public.factures_client_lignes l where l.facture_id = p_facture.id
   group by l.tva_groupe, l.tva_taux;
  select sum(t.base_ht), sum(t.montant_tva) into p_facture.total_ht, p_facture.total_tva
    from public.factures_client_taxes t where t.facture_id = p_facture.id;
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
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select sha256(coalesce(p_facture.precedent, '') || convert_to(private.dire_facture(p_facture), 'UTF8'))
$function$;

CREATE OR REPLACE FUNCTION private.en_base(p_quantites private.quantites, p_base text)
 RETURNS numeric
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select case p_base when 'L15' then p_quantites.volume_15c when 'L20' then p_quantites.volume_20c
         when 'TM_AIR' then p_quantites.tonnes_air end
$function$;

CREATE OR REPLACE FUNCTION private.en_devise(p_montant numeric, p_de text, p_vers text, p_taux_cdf numeric)
 RETURNS numeric
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN round(CASE WHEN (p_de = p_vers) THEN p_montant WHEN (p_vers = 'CDF'::text) THEN (p_montant * p_taux_cdf) ELSE (p_montant / p_taux_cdf) END, 2);

CREATE OR REPLACE FUNCTION private.encaissement_a_changer(p_acteur private.acteur, p_id uuid, VARIADIC p_statuts text[])
 RETURNS public.encaissements
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_enc public.encaissements;
begin
  perform private.exiger_read_committed();
  select * into v_enc from public.encaissements e
   where e.id = p_id and e.depot_id = any (p_acteur.depots) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cet encaissement'));
  end if;
  if v_enc.statut <> all (p_statuts) then
    perform private.refuser('ENCAISSEMENT_ETAT', jsonb_build_object('statut', v_enc.statut));
  end if;
  return v_enc;
end;
$function$;

CREATE OR REPLACE FUNCTION private.encaissement_figer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_libres constant text[] := '{statut,motif_annulation,annule_par}';
begin
  if old.statut = 'ANNULE'
     or (old.statut = 'CONFIRME' and to_jsonb(new) - c_libres <> to_jsonb(old) - c_libres) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.encours(p_conditions public.clients_conditions)
 RETURNS private.encours
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_encours private.encours;
  v_jour constant date := private.jour_local('Africa/Lubumbashi', now());
begin
  v_encours.devise := p_conditions.devise;
  select coalesce(sum(case when r.devise = p_conditions.devise then r.debit - r.credit
      else private.en_devise(r.debit - r.credit, r.devise, p_conditions.devise, private.taux_du_jour('USD', v_jour))
        end), 0)
    into v_encours.solde
    from private.restes_clients r where r.client_id = p_conditions.client_id;
  select coalesce(sum(round(q.quantite * q.prix * (1 + q.taux / 100), 2)), 0), count(*) filter (where q.prix is null)
    into v_encours.non_facture, v_encours.sans_prix
    from (
      select case p_conditions.base when 'L15' then v.volume_15c else v.volume_ambiant end as quantite,
             private.prix_ou_rien(v.produit_id, v.client_id, v.depot_id, v.jour, p_conditions.devise,
               p_conditions.base) as prix,
             private.taux_tva_du(v.tva_groupe, v_jour) as taux
        from private.vendables(array(
          select s.id from public.sorties_produit s
           where s.client_id = p_conditions.client_id and s.statut = 'validee' and s.proprietaire_type = 'MONALUXE'
             and (p_conditions.suivi_depuis is null or s.date_jour >= p_conditions.suivi_depuis)
             and not exists (select from private.facturations_sortie f
                              where f.sortie_id = s.id and f.libere_par is null))) v
       where v.raison is null) q;
  return v_encours;
end;
$function$;

CREATE OR REPLACE FUNCTION private.encours_vu(p_conditions public.clients_conditions)
 RETURNS private.encours
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if private.peut('lire_ventes') then
    return private.encours(p_conditions);
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.engager_proforma(p_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_proforma public.proformas;
begin
  if p_id is null then
    return;
  end if;
  -- The first truck alone changes it; those that follow hold it together, and whoever closes it waits for them.
  select * into strict v_proforma from public.proformas p where p.id = p_id;
  if v_proforma.statut = 'ACTIVE' then
    select * into strict v_proforma from public.proformas p where p.id = p_id for update;
  else
    select * into strict v_proforma from public.proformas p where p.id = p_id for share;
  end if;
  perform private.exiger_proforma_en_cours(v_proforma);
  if v_proforma.statut = 'ACTIVE' then
    update public.proformas p set statut = 'EN_EXECUTION' where p.id = p_id;
    perform private.journaliser('PROFORMA_EN_EXECUTION', 'proformas', 'INFO', p_id, null);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.enseigne()
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select case private.env() when 'prod' then '[Monaluxe]' else format('[Monaluxe %s]', private.env()) end $function$;

CREATE OR REPLACE FUNCTION private.enterrer_envoi(p_envoi public.envois, p_code text, p_erreur text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  update public.envois e
     set statut = 'MORT', bail = null, bail_jusqu_au = null, dernier_code = left(p_code, 100),
         derniere_erreur = left(private.texte_sur_une_ligne(p_erreur), 500)
   where e.id = p_envoi.id;
  perform private.journaliser('ENVOI_MORT', 'alertes', 'WARNING', p_envoi.id, p_envoi.depot_id,
    jsonb_build_object('canal', p_envoi.canal, 'objet_type', p_envoi.objet_type, 'essais', p_envoi.essais, 'code',
      p_code));
end;
$function$;

CREATE OR REPLACE FUNCTION private.escalader()
 RETURNS bigint
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_combien bigint;
begin
  update public.system_alerts a
     set niveau_escalade = n.niveau, updated_at = now()
    from (select o.id, max(e.niveau) as niveau
            from public.system_alerts o join private.escalades e on e.severity = o.severity
           where o.status = 'OPEN' and o.ouverte_le <= now() - e.apres group by o.id) n
   where a.id = n.id and a.status = 'OPEN' and a.niveau_escalade < n.niveau;
  get diagnostics v_combien = row_count;
  return v_combien;
end;
$function$;

CREATE OR REPLACE FUNCTION private.essais_max()
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN 7;

CREATE OR REPLACE FUNCTION private.etalonnages(p_compteur_id uuid)
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return array(
    select a.id from public.compteurs c
      join public.compteurs a on a.depot_id = c.depot_id and private.cle_nom(a.numero) = private.cle_nom(c.numero)
     where c.id = p_compteur_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_actifs(p_produit_id uuid DEFAULT NULL::uuid, p_depot_id uuid DEFAULT NULL::uuid, p_client_id uuid DEFAULT NULL::uuid, p_fournisseur_id uuid DEFAULT NULL::uuid, p_partenaire_id uuid DEFAULT NULL::uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_inactif record;
begin
  if num_nonnulls(p_produit_id, p_depot_id, p_client_id, p_fournisseur_id, p_partenaire_id) = 0 then
    return;
  end if;
  select i.quoi, i.nom into v_inactif
    from (select 'le produit' as quoi, p.nom from public.produits p where p.id = p_produit_id and not p.actif
          union all select 'le dépôt', d.nom from public.depots d where d.id = p_depot_id and not d.actif
          union all select 'le client', c.nom from public.clients c where c.id = p_client_id and not c.actif
          union all select 'le fournisseur', f.nom from public.fournisseurs f where f.id = p_fournisseur_id
            and not f.actif
          union all select 'le partenaire', t.nom from public.partenaires t where t.id = p_partenaire_id
            and not t.actif) i
   limit 1;
  if found then
    perform private.refuser('REFERENTIEL_INACTIF', jsonb_build_object('quoi', v_inactif.quoi, 'nom', v_inactif.nom));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_caisse_ouverte(p_depot_id uuid, p_devise text, p_jour date)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform pg_advisory_xact_lock_shared(private.cle_caisse(p_depot_id, p_devise, p_jour));
  if exists (select from public.clotures_caisse c
              where c.depot_id = p_depot_id and c.devise = p_devise and c.jour = p_jour) then
    perform private.refuser('CAISSE_CLOTUREE', jsonb_build_object('jour', p_jour, 'devise', p_devise));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_camion(p_reception public.receptions, p_cdr public.cours_de_route)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if (p_reception.produit_id, p_reception.depot_id) <> (p_cdr.produit_id, p_cdr.depot_destination_id) then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE',
      jsonb_build_object('citerne_id', p_reception.citerne_id));
  end if;
  if p_reception.date_reception < p_cdr.date_chargement and not p_cdr.date_chargement_presumee then
    perform private.refuser('RECEPTION_AVANT_CHARGEMENT',
      jsonb_build_object('date_chargement', p_cdr.date_chargement, 'date_reception', p_reception.date_reception));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_camion_libre(p_cdr public.cours_de_route)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
AS $function$
begin
  if exists (select from public.cours_de_route c
              where private.cle_au_depot(c.depot_destination_id, private.cle_plaque(c.plaque_camion))
                  = private.cle_au_depot(p_cdr.depot_destination_id, private.cle_plaque(p_cdr.plaque_camion))
                and c.statut not in ('DECHARGE', 'ANNULE') and c.id <> p_cdr.id) then
    perform private.refuser('CDR_DEJA_OUVERT', jsonb_build_object('plaque_camion', p_cdr.plaque_camion));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_camions_arrives(p_proforma_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_camions jsonb;
begin
  select jsonb_agg(c.plaque_camion order by c.plaque_camion) into v_camions
    from public.fournisseur_lot l join public.cours_de_route c on c.fournisseur_lot_id = l.id
   where l.proforma_id = p_proforma_id and c.statut not in ('DECHARGE', 'ANNULE')
     and not private.camion_excuse(c.id);
  if v_camions is not null then
    perform private.refuser('PROFORMA_CAMIONS_EN_ROUTE',
      jsonb_build_object('combien', jsonb_array_length(v_camions), 'camions', v_camions));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_chargement_modifiable(p_cdr public.cours_de_route, p_avant public.chargements)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_cdr.statut = 'ANNULE' or exists (
    select from public.fournisseur_facture_lot_min f
     where f.fournisseur_lot_id = p_cdr.fournisseur_lot_id and f.type = 'FACTURE' and f.validated_at is not null) then
    perform private.refuser('CHARGEMENT_FIGE', jsonb_build_object('plaque_camion', p_cdr.plaque_camion));
  end if;
  -- What the comparison was made by is corrected by who may say what a gap is.
  if p_cdr.statut = 'DECHARGE' and p_avant.cours_de_route_id is not null then
    perform private.exiger('traiter_ecarts');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_client_complet(p_client public.clients)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_champs text[];
begin
  v_champs := array_remove(array[
    case when p_client.type_fiscal in ('PM', 'PC', 'PL') and coalesce(btrim(p_client.nif), '') = '' then 'nif' end,
    case when p_client.type_fiscal = 'AO' and coalesce(btrim(p_client.ref_exoneration), '') = ''
      then 'ref_exoneration' end], null);
  if v_champs <> '{}' then
    perform private.refuser('CLIENT_INCOMPLET', jsonb_build_object('client', p_client.nom,
      'type_fiscal', p_client.type_fiscal, 'champs', array_to_string(v_champs, ', ')));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_compte_partenaire(p_part private.part)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_jour record;
begin
  -- At the end of a day: the balance of now, less what the days after it moved.
  select j.date_jour, j.solde into v_jour
    from (select m.date_jour, c.solde_15c - coalesce(sum(m.delta_15c) over apres, 0) as solde
            from public.comptes_partenaires c
            join private.comptes_partenaires_jours m on m.compte_id = c.id and m.date_jour >= p_part.date_jour
           where c.depot_id = p_part.depot_id and c.produit_id = p_part.produit_id
             and c.partenaire_id is not distinct from p_part.partenaire_id
          window apres as (order by m.date_jour desc rows between unbounded preceding and 1 preceding)) j
   where j.solde < 0 order by j.date_jour limit 1;
  if found then
    perform private.refuser('PARTENAIRE_SOLDE_INSUFFISANT', jsonb_build_object(
      'partenaire_id', p_part.partenaire_id, 'date_jour', v_jour.date_jour, 'demande', -p_part.delta_15c,
      'disponible', greatest(v_jour.solde - p_part.delta_15c, 0),
      'compte', coalesce((select p.nom from public.partenaires p where p.id = p_part.partenaire_id), 'non attribué')));
  end if;
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
  if p_sortie.client_id is null or p_sortie.proprietaire_type <> 'MONALUXE'
     or not private.flag_actif('credit_client_blocant', p_sortie.depot_id) then
    return;
  end if;
  select * into v_conditions from public.clients_conditions c where c.client_id = p_sortie.client_id;
  if not found or (v_conditions.plafond is null and not v_conditions.suspendu) then
    return;
  end if;
  perform private.verrouiller_tiers('CLIENT', p_sortie.client_id);
  select * into v_conditions from public.clients_conditions c where c.client_id = p_sortie.client_id;
  perform private.exiger_non_suspendu(v_conditions);
  if v_conditions.plafond is null then
    return;
  end if;
  v_encours := private.encours(v_conditions);
  -- A delivery without a price would leak through the limit.
  if v_encours.sans_prix > 0 then
    perform private.prix(p_sortie.produit_id, p_sortie.client_id, p_sortie.depot_id, p_sortie.date_jour,
      v_conditions.devise, v_conditions.base);
    perform private.refuser('TARIF_ABSENT', jsonb_build_object('produit', 'des livraisons à facturer', 'jour',
      p_sortie.date_jour, 'devise', v_conditions.devise, 'base', v_conditions.base));
  end if;
  v_depasse := v_encours.solde + v_encours.non_facture - v_conditions.plafond;
  if v_depasse > 0 and not private.consommer_derogation(p_sortie, v_depasse) then
    perform private.refuser('CREDIT_DEPASSE', jsonb_build_object('plafond', v_conditions.plafond,
      'encours', v_encours.solde + v_encours.non_facture, 'depassement', v_depasse, 'devise', v_conditions.devise,
      'demande', private.demande_de(p_sortie, v_conditions),
      'disponible', v_conditions.plafond - v_encours.solde - v_encours.non_facture
        + private.demande_de(p_sortie, v_conditions)));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_depuis_l_ouverture(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ouverture date;
begin
  select i.date_jour into v_ouverture from public.stocks_initiaux i
   where i.citerne_id = p_citerne_id and i.produit_id = p_produit_id and i.proprietaire_type = p_proprietaire_type;
  if p_jour < v_ouverture then
    perform private.refuser('MOUVEMENT_AVANT_STOCK_INITIAL',
      jsonb_build_object('date_jour', p_jour, 'ouverture', v_ouverture));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_en_service(p_citerne_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if exists (select from public.citernes c where c.id = p_citerne_id and c.statut <> 'active') then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_citerne_id));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_facturables(p_sorties uuid[], p_client_id uuid, p_depot_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_trouvees int;
  v_refus jsonb;
begin
  -- Until this ends nobody corrects them, and nobody else invoices them.
  perform from public.sorties_produit s where s.id = any (p_sorties) order by s.id for no key update;
  select count(*), jsonb_agg(jsonb_build_object('sortie_id', v.sortie_id, 'raison', coalesce(v.raison,
           case when v.client_id <> p_client_id then 'AUTRE_CLIENT' else 'AUTRE_DEPOT' end)))
           filter (where v.raison is not null or v.client_id <> p_client_id or v.depot_id <> p_depot_id)
    into v_trouvees, v_refus from private.vendables(p_sorties) v;
  if v_refus is not null then
    perform private.refuser('SORTIE_NON_FACTURABLE',
      jsonb_build_object('raison', v_refus -> 0 ->> 'raison', 'sorties', v_refus));
  end if;
  if v_trouvees < cardinality(p_sorties) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'une de ces sorties'));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_facture_validable(p_facture public.fournisseur_facture_lot_min, p_justification text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lot_id constant uuid := p_facture.fournisseur_lot_id;
  v_ouverts jsonb;
  v_camions jsonb;
begin
  if exists (select from public.fournisseur_lot l where l.id = v_lot_id and l.statut = 'ouvert') then
    perform private.refuser('LOT_NON_CLOTURE');
  end if;
  select jsonb_agg(jsonb_build_object('id', e.id, 'type', e.type, 'reference_type', e.reference_type, 'statut',
    e.statut))
    into v_ouverts from public.ecarts e where e.fournisseur_lot_id = v_lot_id and e.statut <> 'TRAITE';
  if v_ouverts is not null then
    perform private.refuser('FACTURE_ECARTS_OUVERTS',
      jsonb_build_object('combien', jsonb_array_length(v_ouverts), 'ecarts', v_ouverts));
  end if;
  select jsonb_agg(c.plaque_camion order by c.plaque_camion) into v_camions
    from public.cours_de_route c
   where c.fournisseur_lot_id = v_lot_id and c.statut not in ('DECHARGE', 'ANNULE')
     and not private.camion_excuse(c.id);
  if v_camions is not null then
    perform private.refuser('FACTURE_CAMIONS_EN_ROUTE',
      jsonb_build_object('combien', jsonb_array_length(v_camions), 'camions', v_camions));
  end if;
  if exists (
    select from private.receptions_a_facturer(v_lot_id, p_facture.id) n
      full join (select * from public.factures_fournisseur_receptions r where r.facture_id = p_facture.id) s
        using (reception_id)
     where (n.volume_15c, n.volume_20c, n.densite_15) is distinct from (s.volume_15c, s.volume_20c, s.densite_15)) then
    perform private.refuser('FACTURE_PERIMEE');
  end if;
  if exists (select from public.ecarts e where e.fournisseur_lot_id = v_lot_id) then
    perform private.exiger_motif(p_justification, 10);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_factures_du_client(p_encaissement public.encaissements, p_factures jsonb)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if exists (
    select from jsonb_array_elements(p_factures) j
     where not exists (select from public.factures_client f
                        where f.id = (j ->> 'facture_id')::uuid and f.client_id = p_encaissement.client_id
                          and f.statut = 'EMISE' and f.type = 'FACTURE')) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'une de ces factures'));
  end if;
  if exists (
    select from jsonb_array_elements(p_factures) j
      join public.factures_client f on f.id = (j ->> 'facture_id')::uuid
     where f.devise <> p_encaissement.devise_compte) then
    perform private.refuser('DEVISE_DIFFERENTE', jsonb_build_object('devise', p_encaissement.devise_compte));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_index_libres(p_mouvement_id uuid, p_compteur_id uuid, p_index_avant numeric, p_index_apres numeric)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_compteur public.compteurs;
  v_autre record;
begin
  select * into strict v_compteur from public.compteurs c where c.id = p_compteur_id;
  -- One at a time a meter: whoever reads it too waits here, and finds this reading.
  perform pg_advisory_xact_lock(hashtextextended(
    private.cle_au_depot(v_compteur.depot_id, private.cle_nom(v_compteur.numero)), 0));
  select l.index_avant, l.index_apres into v_autre from private.lectures_du_compteur(p_compteur_id) l
   where l.mouvement_id <> p_mouvement_id and l.index_avant < p_index_apres and l.index_apres > p_index_avant
   order by l.index_avant limit 1;
  if found then
    perform private.refuser('COMPTEUR_CHEVAUCHEMENT', jsonb_build_object('numero', v_compteur.numero,
      'index_avant', v_autre.index_avant, 'index_apres', v_autre.index_apres));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_lignes_fraiches(p_facture public.factures_client)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_sorties constant uuid[] := array(select l.sortie_id from public.factures_client_lignes l
                                      where l.facture_id = p_facture.id and l.sortie_id is not null);
begin
  perform private.exiger_facturables(v_sorties, p_facture.client_id, p_facture.depot_id);
  if (private.conditions_de(p_facture.client_id)).devise <> p_facture.devise
     or exists (
       select from private.lignes_de(v_sorties, private.conditions_de(p_facture.client_id)) n
         join public.factures_client_lignes l on l.facture_id = p_facture.id and l.sortie_id = n.sortie_id
        where (n.bl_id, n.base, n.quantite, n.prix_ht, n.tva_groupe, n.tva_taux)
              is distinct from (l.bl_id, l.base, l.quantite, l.prix_ht, l.tva_groupe, l.tva_taux)) then
    perform private.refuser('FACTURE_CLIENT_PERIMEE');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_lot_finance(p_lot_id uuid)
 RETURNS public.fournisseur_lot
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lot public.fournisseur_lot;
begin
  select * into v_lot from public.fournisseur_lot l
   where l.id = p_lot_id
     and (private.peut('voir_tous_depots')
          or exists (select from public.cours_de_route c where c.fournisseur_lot_id = l.id
                      and c.depot_destination_id = any (private.depots_visibles()))) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce lot'));
  end if;
  return v_lot;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_moment(p_moment timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_horloge constant interval := '5 minutes';
  c_heures constant int := 12;
begin
  -- A tablet's clock is seldom that of the server.
  if p_moment > clock_timestamp() + c_horloge or p_moment < clock_timestamp() - make_interval(hours => c_heures) then
    perform private.refuser('JAUGE_HORS_DELAI', jsonb_build_object('heures', c_heures, 'mesuree_le', p_moment));
  end if;
  return least(p_moment, clock_timestamp());
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_motif(p_motif text, p_minimum integer)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_lettres constant int := 3;
begin
  if p_motif is null or char_length(private.texte_net(p_motif)) < p_minimum
     or regexp_count(p_motif collate pg_c_utf8, '[[:alpha:]]') < c_lettres then
    perform private.refuser('MOTIF_REQUIS', jsonb_build_object('minimum', p_minimum));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_non_suspendu(p_conditions public.clients_conditions)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_conditions.suspendu then
    perform private.refuser('CLIENT_SUSPENDU', jsonb_build_object('client',
      (select c.nom from public.clients c where c.id = p_conditions.client_id)));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_periode_ouverte(p_depot_id uuid, p_jour date)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_clos date;
begin
  if not private.flag_actif('cloture_mensuelle', p_depot_id) then
    return;
  end if;
  v_clos := private.clos_jusqu_au(p_depot_id);
  if p_jour <= v_clos then
    perform private.refuser('PERIODE_CLOSE', jsonb_build_object('date_jour', p_jour, 'clos_jusqu_au', v_clos));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_perte(p_citerne_id uuid, p_delta_ambiant numeric, p_delta_15c numeric)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_stock record;
begin
  select coalesce(sum(s.stock_ambiant), 0) as ambiant, coalesce(sum(s.stock_15c), 0) as a_15c into v_stock
    from public.stocks_snapshot s where s.citerne_id = p_citerne_id;
  if v_stock.a_15c + p_delta_15c < 0 then
    perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object('mesure', 'volume à 15 °C',
      'demande', -p_delta_15c, 'disponible', v_stock.a_15c));
  end if;
  if v_stock.ambiant + p_delta_ambiant < 0 then
    perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object('mesure', 'volume ambiant',
      'demande', -p_delta_ambiant, 'disponible', v_stock.ambiant));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_portee_tarif(p_depot_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.exiger('regler_tarifs');
begin
  if p_depot_id is not null and p_depot_id <> all (coalesce(v_acteur.depots, '{}')) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce dépôt'));
  end if;
  -- What holds everywhere is for who sees everywhere.
  if p_depot_id is null then
    perform private.exiger('voir_tous_depots');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_proforma_du_lot(p_avant public.fournisseur_lot, p_apres public.fournisseur_lot)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_proforma public.proformas;
  v_camions constant boolean := exists (
    select from public.cours_de_route c where c.fournisseur_lot_id = p_apres.id);
begin
  if p_avant.proforma_id is distinct from p_apres.proforma_id then
    if auth.uid() is not null then
      perform private.exiger('ecrire_contrats');
    end if;
    if v_camions and p_avant.proforma_id is not null then
      select * into strict v_proforma from public.proformas p where p.id = p_avant.proforma_id for share;
      if v_proforma.statut = 'CLOTUREE' then
        perform private.refuser_lot('PROFORMA_ETAT', jsonb_build_object('statut', v_proforma.statut));
      end if;
    end if;
  end if;
  if p_apres.proforma_id is null then
    return;
  end if;
  select * into v_proforma from public.proformas p where p.id = p_apres.proforma_id;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette proforma'));
  end if;
  if v_proforma.fournisseur_id <> p_apres.fournisseur_id then
    perform private.refuser_lot('LOT_INCOMPATIBLE', '{"quoi":"fournisseur"}');
  end if;
  if v_proforma.produit_id <> p_apres.produit_id then
    perform private.refuser_lot('LOT_INCOMPATIBLE', '{"quoi":"produit"}');
  end if;
  if p_avant.proforma_id is distinct from p_apres.proforma_id then
    perform private.exiger_proforma_en_cours(v_proforma);
    if v_camions then
      perform private.engager_proforma(p_apres.proforma_id);
    end if;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_proforma_en_cours(p_proforma public.proformas)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_proforma.statut not in ('ACTIVE', 'EN_EXECUTION') or p_proforma.date_validite < private.aujourdhui() then
    perform private.refuser_lot('PROFORMA_ETAT', jsonb_build_object('statut', case
      when p_proforma.statut in ('ACTIVE', 'EN_EXECUTION') then format('expirée depuis le %s', p_proforma.date_validite)
      else p_proforma.statut end));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_quatre_yeux(p_auteur uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_auteur = auth.uid() and private.flag_actif('quatre_yeux_finance', null) then
    perform private.refuser('QUATRE_YEUX');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_rattachement(p_avant public.cours_de_route, p_apres public.cours_de_route)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lot public.fournisseur_lot;
begin
  if (p_avant.fournisseur_lot_id, p_avant.fournisseur_id, p_avant.produit_id)
     is not distinct from (p_apres.fournisseur_lot_id, p_apres.fournisseur_id, p_apres.produit_id) then
    return;
  end if;
  if p_avant.fournisseur_lot_id is distinct from p_apres.fournisseur_lot_id then
    if p_avant.statut = 'DECHARGE' and not private.rattachement_force(p_avant.id) then
      perform private.refuser_lot('LOT_CDR_DECHARGE');
    end if;
    if p_avant.fournisseur_lot_id is not null then
      perform private.exiger_lot_ouvert(p_avant.fournisseur_lot_id, 'détacher un CDR d''un');
    end if;
  end if;
  if p_apres.fournisseur_lot_id is null then
    return;
  end if;
  v_lot := private.exiger_lot_ouvert(p_apres.fournisseur_lot_id, 'rattacher un CDR à un');
  if v_lot.fournisseur_id <> p_apres.fournisseur_id then
    perform private.refuser_lot('LOT_INCOMPATIBLE', '{"quoi":"fournisseur"}');
  end if;
  if v_lot.produit_id <> p_apres.produit_id then
    perform private.refuser_lot('LOT_INCOMPATIBLE', '{"quoi":"produit"}');
  end if;
  if p_avant.fournisseur_lot_id is distinct from p_apres.fournisseur_lot_id then
    perform private.engager_proforma(v_lot.proforma_id);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_securite(p_citerne_id uuid, p_jour date, p_vcf numeric DEFAULT NULL::numeric)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_statut text;
  v_securite numeric;
  v_stock numeric;
  v_dernier_jour date;
begin
  select c.statut, c.capacite_securite into v_statut, v_securite from public.citernes c where c.id = p_citerne_id;
  if v_statut <> 'active' then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_citerne_id));
  end if;
  if v_securite = 0 then
    return;
  end if;
  -- What is left, as it measures at the temperature of what has just left: the books' ambient litres are of other days.
  select sum(coalesce(s.stock_15c / p_vcf, s.stock_ambiant)), max(s.dernier_jour) into v_stock, v_dernier_jour
    from public.stocks_snapshot s where s.citerne_id = p_citerne_id;
  if v_dernier_jour > p_jour then
    select j.date_jour, coalesce(j.stock_15c / p_vcf, j.stock_ambiant) into p_jour, v_stock
      from private.jours_citerne(p_citerne_id, p_jour) j
     where coalesce(j.stock_15c / p_vcf, j.stock_ambiant) < v_securite order by j.date_jour limit 1;
  end if;
  if v_stock < v_securite then
    perform private.refuser('SORTIE_CAPACITE_SECURITE',
      jsonb_build_object('date_jour', p_jour, 'reste', round(v_stock, 3), 'capacite_securite', v_securite));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_solde(p_facture public.fournisseur_facture_lot_min, p_montant numeric)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_solde numeric;
begin
  perform private.verrouiller_tiers('FOURNISSEUR', p_facture.fournisseur_id);
  v_solde := p_facture.montant_total_usd - private.regle_de_facture(p_facture.id);
  if not coalesce(p_montant <= v_solde, false) then
    perform private.refuser('PAIEMENT_EXCEDENTAIRE', jsonb_build_object('montant', p_montant, 'solde', v_solde));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_temperatures(p_mesures private.mesures, p_depot public.depots)
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
  if p_mesures.temperature_produit_c between p_depot.temperature_min_c and p_depot.temperature_max_c
     and coalesce(p_mesures.temperature_echantillon_c, p_mesures.temperature_produit_c)
         between p_depot.temperature_min_c and p_depot.temperature_max_c then
    return;
  end if;
  if p_mesures.temperature_produit_c between p_depot.temperature_min_c and p_depot.temperature_max_c then
    v_champ := 'temperature_echantillon_c';
    v_temperature := p_mesures.temperature_echantillon_c;
  end if;
  perform private.refuser('TEMPERATURE_HORS_PLAGE', jsonb_build_object('champ', v_champ, 'temperature', v_temperature,
    'min', p_depot.temperature_min_c, 'max', p_depot.temperature_max_c));
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_volume_annonce(p_cours_de_route_id uuid, p_recu numeric, p_confirme boolean)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  -- A digit too many, or a decimal point that was lost.
  c_fois constant numeric := 10;
  v_cdr public.cours_de_route;
begin
  select * into strict v_cdr from public.cours_de_route c where c.id = p_cours_de_route_id;
  if p_recu < c_fois * v_cdr.volume then
    return;
  end if;
  if not p_confirme then
    perform private.refuser('VOLUME_HORS_ANNONCE', jsonb_build_object('annonce', v_cdr.volume, 'recu', p_recu,
      'champ', 'confirmer'));
  end if;
  perform private.journaliser('RECEPTION_CONFIRMEE', 'receptions', 'WARNING', v_cdr.id, v_cdr.depot_destination_id,
    jsonb_build_object('annonce', v_cdr.volume, 'recu', p_recu));
end;
$function$;

CREATE OR REPLACE FUNCTION private.facture_a_changer(p_id uuid, VARIADIC p_statuts text[])
 RETURNS public.fournisseur_facture_lot_min
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_facture public.fournisseur_facture_lot_min;
begin
  perform private.exiger_read_committed();
  select * into v_facture from public.fournisseur_facture_lot_min f where f.id = p_id for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette facture'));
  end if;
  perform private.exiger_lot_finance(v_facture.fournisseur_lot_id);
  if v_facture.type <> 'FACTURE' or v_facture.statut <> all (p_statuts) then
    perform private.refuser('FACTURE_ETAT', jsonb_build_object('statut', v_facture.statut));
  end if;
  return v_facture;
end;
$function$;

CREATE OR REPLACE FUNCTION private.facture_a_payer(p_id uuid)
 RETURNS public.fournisseur_facture_lot_min
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_facture public.fournisseur_facture_lot_min;
begin
  v_facture := private.facture_a_changer(p_id, 'DRAFT', 'CALCULEE', 'VALIDEE');
  if v_facture.statut <> 'VALIDEE' then
    perform private.refuser('PAIEMENT_FACTURE_NON_VALIDEE', jsonb_build_object('statut', v_facture.statut));
  end if;
  return v_facture;
end;
$function$;

CREATE OR REPLACE FUNCTION private.facture_client_figer()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_facture_id uuid;
begin
  if tg_table_name = 'factures_client' then
    if old.statut = 'BROUILLON' then
      return case tg_op when 'DELETE' then old else new end;
    end if;
  else
    v_facture_id := old.facture_id;
    -- Its own invoice is gone before a draft's line goes.
    if not exists (select from public.factures_client f where f.id = v_facture_id and f.statut <> 'BROUILLON') then
      return case tg_op when 'DELETE' then old else new end;
    end if;
  end if;
  if tg_op = 'DELETE' and current_setting('app.purge_staging', true) = pg_current_xact_id()::text then
    perform private.interdire_si_prod();
    return old;
  end if;
  perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
end;
$function$;

CREATE OR REPLACE FUNCTION private.facture_de_sortie(p_sortie_id uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select f.facture_id from private.facturations_sortie f where f.sortie_id = p_sortie_id and f.libere_par is null
$function$;

CREATE OR REPLACE FUNCTION private.facture_en_20c(p_facture public.fournisseur_facture_lot_min)
 RETURNS public.fournisseur_facture_lot_min
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_rapport numeric;
begin
  if p_facture.base <> 'L20' then
    if exists (select from private.receptions_a_facturer(p_facture.fournisseur_lot_id, p_facture.id) r
                where r.tonnes_air is null) and p_facture.base = 'TM_AIR' then
      perform private.refuser('TONNAGE_SANS_DENSITE');
    end if;
    select sum(r.volume_20c) / sum(case p_facture.base when 'L15' then r.volume_15c else r.tonnes_air end)
      into v_rapport
      from private.receptions_a_facturer(p_facture.fournisseur_lot_id, p_facture.id) r;
    if v_rapport is null then
      perform private.refuser('FACTURE_SANS_RECEPTION');
    end if;
    p_facture.quantite_facturee_20c := round(p_facture.quantite_base * v_rapport, 3);
    p_facture.prix_unitaire_usd := round(p_facture.prix_base_usd / v_rapport, 6);
  else
    p_facture.quantite_facturee_20c := p_facture.quantite_base;
    p_facture.prix_unitaire_usd := p_facture.prix_base_usd;
  end if;
  p_facture.montant_total_usd := round(p_facture.quantite_base * p_facture.prix_base_usd, 2);
  return p_facture;
end;
$function$;

CREATE OR REPLACE FUNCTION private.facture_fournisseur_apres_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if new.type = 'FACTURE' then
    perform private.journaliser('FACTURE_CREEE', 'factures_fournisseur', 'INFO', new.id, null, to_jsonb(new));
    -- The client of today has no screen to calculate and validate: one act does it all, or nothing.
    if private.flag_actif('facture_lot_directe_compat', null) then
      perform public.calculer_facture_fournisseur(new.id);
      perform public.valider_facture_fournisseur(new.id,
        format('Facture %s saisie dans l''application', new.invoice_no));
    end if;
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.facture_fournisseur_avant_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lot public.fournisseur_lot;
begin
  -- A credit note is written by its own rule, which has asked already.
  if new.type = 'AVOIR' then
    return new;
  end if;
  perform private.exiger('ecrire_factures_fournisseur');
  v_lot := private.exiger_lot_finance(new.fournisseur_lot_id);
  perform private.date_de_document(new.date_facture);
  new.fournisseur_id := v_lot.fournisseur_id;
  new.invoice_no := btrim(new.invoice_no);
  if exists (select from public.fournisseur_facture_lot_min f
              where f.statut <> 'ANNULEE'
                and (f.fournisseur_lot_id = new.fournisseur_lot_id and f.type = 'FACTURE'
                     or f.fournisseur_id = new.fournisseur_id
                        and lower(btrim(f.invoice_no)) = lower(new.invoice_no))) then
    perform private.refuser('FACTURE_EXISTANTE', jsonb_build_object('invoice_no', new.invoice_no));
  end if;
  new.base := coalesce(new.base, 'L20');
  if new.base = 'L20' then
    new.quantite_base := coalesce(new.quantite_base, new.quantite_facturee_20c);
    new.prix_base_usd := coalesce(new.prix_base_usd, new.prix_unitaire_usd);
  end if;
  new := private.facture_en_20c(new);
  new.date_echeance := coalesce(new.date_echeance, new.date_facture + (
    select f.delai_paiement_jours from public.fournisseurs f where f.id = new.fournisseur_id));
  new.statut := 'DRAFT';
  new.numero := null;
  new.facture_origine_id := null;
  new.validated_by := null;
  new.validated_at := null;
  new.justification := null;
  new.created_by := auth.uid();
  new.created_at := now();
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.facture_fournisseur_figer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if tg_op = 'UPDATE' and old.validated_at is not null
     and to_jsonb(new) - 'statut' <> to_jsonb(old) - 'statut' then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.factures_client_corrigees()
 RETURNS SETOF private.fait_controle
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- By what had been corrected when it was invoiced, not by when: a correction that waited for the invoice to end is
  -- older than it by the clock.
  return query
    select 'FACTURE_MOUVEMENT_CORRIGE', 'FACTURE', f.id,
           format('Une sortie de la facture %s a été corrigée depuis son émission.', f.numero),
           jsonb_build_object('facture_id', f.id, 'numero', f.numero, 'sorties', jsonb_agg(jsonb_build_object(
             'sortie_id', s.sortie_id, 'delta_15c', a.delta - coalesce(s.ajuste_15c, 0)) order by s.sortie_id)),
           f.depot_id
      from (select x.mouvement_id, sum(x.delta_15c) as delta from public.stocks_adjustments x
             where x.mouvement_type = 'SORTIE' group by x.mouvement_id) a
      join private.facturations_sortie s on s.sortie_id = a.mouvement_id and s.libere_par is null
      join public.factures_client f on f.id = s.facture_id
     where a.delta <> coalesce(s.ajuste_15c, 0)
     group by f.id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.faire_avancer_alerte(p_alerte public.system_alerts, p_status text)
 RETURNS public.system_alerts
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- Said twice, by one person or two: it is so already.
  if p_alerte.status = p_status then
    return p_alerte;
  end if;
  if not coalesce(p_alerte.status = 'OPEN' and p_status in ('ACK', 'RESOLVED')
                  or p_alerte.status = 'ACK' and p_status = 'RESOLVED', false) then
    perform private.refuser('ALERTE_ETAT', jsonb_build_object('de', p_alerte.status, 'vers', p_status));
  end if;
  p_alerte.status := p_status;
  p_alerte.updated_at := now();
  if p_status = 'ACK' then
    p_alerte.acknowledged_by := auth.uid();
    p_alerte.acknowledged_at := now();
  else
    p_alerte.resolved_by := auth.uid();
    p_alerte.resolved_at := now();
  end if;
  return p_alerte;
end;
$function$;

CREATE OR REPLACE FUNCTION private.faits_des_controles(p_rythme text)
 RETURNS TABLE(check_code text, severity text, entity_type text, entity_id uuid, message text, payload jsonb, depot_id uuid)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_source text;
  v_faits private.fait_controle[];
begin
  for v_source in
    select distinct c.source from private.controles c where c.actif and c.rythme = p_rythme order by 1
  loop
    -- One that fails keeps no other from looking, and says so itself.
    begin
      execute format('select array_agg(f) from private.%I() f', v_source) into v_faits;
      return query
        select c.code, c.severity, f.entity_type, f.entity_id, f.message, f.payload, f.depot_id
          from unnest(v_faits) f join private.controles c on c.code = f.check_code and c.actif;
    exception when others then
      return query
        select c.code, c.severity, 'CONTROLE', md5(v_source)::uuid,
               format('Le contrôle « %s » n''a pas pu regarder : %s', v_source, sqlerrm),
               jsonb_build_object('source', v_source, 'sqlstate', sqlstate), null::uuid
          from private.controles c where c.code = 'CONTROLE_EN_PANNE' and c.actif;
    end;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.faits_integrite()
 RETURNS TABLE(check_code text, entity_type text, entity_id uuid, severity text, message text, payload jsonb, depot_id uuid)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  -- Two owners of one tank are one fact: the worst of them, with all that was seen.
  select v.check_code, v.entity_type, v.entity_id, min(v.severity),
         (array_agg(v.message order by v.severity, v.message))[1],
         case count(*) when 1 then (array_agg(v.payload))[1]
           else (array_agg(v.payload order by v.severity, v.message))[1]
                || jsonb_build_object('groupe', jsonb_agg(v.payload order by v.severity, v.message)) end,
         (array_agg(v.depot_id))[1]
    from (select f.check_code, f.severity, f.entity_type, f.entity_id, f.message, f.payload, f.depot_id
            from private.faits_des_controles('MINUTE') f
          union all
          select c.check_code, c.severity, c.entity_type, c.entity_id, c.message, c.payload, c.depot_id
            from private.constats c join private.controles k on k.code = c.check_code and k.actif) v
   group by v.check_code, v.entity_type, v.entity_id
$function$;

CREATE OR REPLACE FUNCTION private.faits_vus()
 RETURNS TABLE(check_code text, severity text, entity_type text, entity_id uuid, message text, payload jsonb, detected_at timestamp with time zone, depot_id uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_tout constant boolean := auth.uid() is null or private.peut('lire_alertes') and private.peut('voir_tous_depots');
  v_depots constant uuid[] := private.depots_ou('lire_alertes');
begin
  return query
    select f.check_code, f.severity, f.entity_type, f.entity_id, f.message, f.payload, f.le, f.depot_id
      from (select m.*, now() as le from private.faits_des_controles('MINUTE') m
            union all
            select c.check_code, c.severity, c.entity_type, c.entity_id, c.message, c.payload, c.depot_id, c.detected_at
              from private.constats c) f
     where v_tout or f.depot_id = any (v_depots);
end;
$function$;

CREATE OR REPLACE FUNCTION private.fermer_ecart_auto(p_type text, p_reference_type text, p_reference_id uuid, p_justification text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ecart public.ecarts;
begin
  update public.ecarts e
     set statut = 'TRAITE', traite_par = null, traite_le = now(), decision = 'ACCEPTE_AVEC_NOTE',
       justification = p_justification
   where e.origine = 'AUTO' and (e.type, e.reference_type, e.reference_id) = (p_type, p_reference_type, p_reference_id)
     and e.statut <> 'TRAITE'
  returning * into v_ecart;
  if v_ecart.id is not null then
    perform private.journaliser('ECART_TRAITE', 'ecarts', 'INFO', v_ecart.id, v_ecart.depot_id,
      jsonb_build_object('justification', p_justification));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.fiscal_figer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if old.statut <> 'A_TRANSMETTRE' then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.fournisseur_lot_avant_ecriture()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_suivant constant jsonb := '{"ouvert":"cloture","cloture":"facture"}';
begin
  if new.statut is null or new.statut not in ('ouvert', 'cloture', 'facture') then
    perform private.refuser_lot('LOT_STATUT_INVALIDE', jsonb_build_object('statut', new.statut));
  end if;
  new.reference := btrim(new.reference);
  new.updated_at := now();
  if tg_op = 'INSERT' then
    if new.statut <> 'ouvert' then
      perform private.refuser_lot('LOT_TRANSITION_INTERDITE',
        jsonb_build_object('de', '(nouveau)', 'vers', new.statut));
    end if;
    perform private.exiger_actifs(p_produit_id => new.produit_id, p_fournisseur_id => new.fournisseur_id);
    new.created_by := auth.uid();
    new.created_at := now();
  else
    perform private.exiger_actifs(p_produit_id => nullif(new.produit_id, old.produit_id),
      p_fournisseur_id => nullif(new.fournisseur_id, old.fournisseur_id));
    if new.statut <> old.statut and new.statut is distinct from c_suivant ->> old.statut then
      perform private.refuser_lot('LOT_TRANSITION_INTERDITE', jsonb_build_object('de', old.statut, 'vers', new.statut));
    end if;
    if old.statut <> 'ouvert'
       and (new.fournisseur_id, new.produit_id, new.reference, new.date_lot, new.proforma_id)
           is distinct from (old.fournisseur_id, old.produit_id, old.reference, old.date_lot, old.proforma_id) then
      perform private.refuser_lot('LOT_NON_OUVERT', jsonb_build_object('acte', 'modifier un', 'statut', old.statut));
    end if;
    if (new.fournisseur_id, new.produit_id) is distinct from (old.fournisseur_id, old.produit_id)
       and private.lot_engage(old.id) then
      perform private.refuser_lot('LOT_NON_VIDE');
    end if;
    new.id := old.id;
    new.created_by := old.created_by;
    new.created_at := old.created_at;
  end if;
  if exists (select from public.fournisseur_lot l
              where l.fournisseur_id = new.fournisseur_id and l.produit_id = new.produit_id
                and l.reference = new.reference and l.id <> new.id) then
    perform private.refuser_lot('LOT_EXISTANT', jsonb_build_object('reference', new.reference));
  end if;
  if tg_op = 'INSERT' then
    perform private.exiger_proforma_du_lot(null, new);
  elsif (new.proforma_id, new.fournisseur_id, new.produit_id)
        is distinct from (old.proforma_id, old.fournisseur_id, old.produit_id) then
    perform private.exiger_proforma_du_lot(old, new);
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.fournisseur_lot_avant_suppression()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if old.statut <> 'ouvert' then
    perform private.refuser_lot('LOT_NON_OUVERT', jsonb_build_object('acte', 'supprimer un', 'statut', old.statut));
  end if;
  if private.lot_engage(old.id) then
    perform private.refuser_lot('LOT_NON_VIDE');
  end if;
  return old;
end;
$function$;

CREATE OR REPLACE FUNCTION private.fournisseur_lot_reserver()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- The project's own functions have asked already: validating its invoice moves a lot, whoever may validate.
  if auth.uid() is not null and not private.possede(tg_relid) then
    perform private.exiger('tenir_lots');
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.fuseau_nomme(p_fuseau text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
RETURN (EXISTS (SELECT FROM pg_timezone_names z WHERE (z.name = fuseau_nomme.p_fuseau)));

CREATE OR REPLACE FUNCTION private.hors_specification(p_produit_id uuid, p_parametre text, p_valeur numeric)
 RETURNS public.specifications
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select s from public.specifications s
   where s.produit_id = p_produit_id and private.cle_nom(s.parametre) = private.cle_nom(p_parametre)
     and (p_valeur < s.minimum or p_valeur > s.maximum)
$function$;

CREATE OR REPLACE FUNCTION private.illisibles()
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN '[\u0001-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffd\U000e0000-\U000e0fff]'::text;

CREATE OR REPLACE FUNCTION private.incertitude(p_prise public.prises_de_hauteur, p_bareme public.baremes, p_lieu private.lieu, p_pente numeric, p_pente_eau numeric)
 RETURNS numeric
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN CASE WHEN ((p_prise).densite_a_15_kgm3 IS NULL) THEN sqrt((((((((p_prise).volume_15c * (p_bareme).incertitude_pour_mille) / (1000)::numeric) ^ (2)::numeric) + (((p_pente * (p_prise).vcf) * (p_bareme).incertitude_hauteur_mm) ^ (2)::numeric)) + (((p_pente_eau * (p_prise).vcf) * (p_bareme).incertitude_hauteur_mm) ^ (2)::numeric)) + ((((p_prise).volume_15c * (p_lieu).produit.alpha_historique) * (p_bareme).incertitude_temperature_c) ^ (2)::numeric))) ELSE (astm.incertitude_15c((p_lieu).produit.groupe_mpms, ((p_prise).densite_a_15_kgm3)::double precision, ((p_prise).temperature_c)::double precision, ((p_prise).volume_mesure)::double precision, ((p_prise).vcf)::double precision, (p_pente)::double precision, (p_pente_eau)::double precision, ((p_bareme).incertitude_pour_mille)::double precision, ((p_bareme).incertitude_hauteur_mm)::double precision, ((p_bareme).incertitude_temperature_c)::double precision, ((p_bareme).incertitude_densite_kgm3)::double precision))::numeric END;

CREATE OR REPLACE FUNCTION private.jauger(p_prise public.prises_de_hauteur, p_lieu private.lieu)
 RETURNS public.prises_de_hauteur
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_bareme constant public.baremes := private.bareme_du_jour(p_prise.citerne_id,
    private.jour_local((p_lieu.depot).fuseau, p_prise.mesuree_le));
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
    || private.avertissements_jauge(v_bareme, v_part, private.jour_local((p_lieu.depot).fuseau, p_prise.mesuree_le));
  return p_prise;
end;
$function$;

CREATE OR REPLACE FUNCTION private.joindre_resume(p_envoi public.envois, p_cible text)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_envoi public.envois;
  v_quand timestamptz := private.prochain_resume(p_envoi.depot_id, clock_timestamp());
begin
  loop
    insert into public.envois as e (canal, objet_type, depot_id, regle_id, cle, destination, roles, prochain_essai)
    values (p_envoi.canal, 'RESUME', p_envoi.depot_id, p_envoi.regle_id,
            -- A copy's digests are its own: those it was brought are never sent.
            concat_ws('/', 'resume', private.env(), p_cible, p_envoi.depot_id, extract(epoch from v_quand)::bigint),
            p_envoi.destination, p_envoi.roles, v_quand)
    -- Its lock is the digest's: the worker passes over one that is being added to.
    on conflict (cle) do update set cle = excluded.cle
    returning * into v_envoi;
    exit when v_envoi.statut = 'A_ENVOYER' and v_envoi.essais = 0;
    -- It went while we waited: the next one.
    v_quand := private.prochain_resume(p_envoi.depot_id, v_quand);
  end loop;
  return v_envoi.id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.jours_du_compte(p_compte_id uuid)
 RETURNS TABLE(date_jour date, delta_ambiant numeric, delta_15c numeric)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
    select j.date_jour, j.delta_ambiant, j.delta_15c from private.comptes_partenaires_jours j
      join public.comptes_partenaires c on c.id = j.compte_id
     where j.compte_id = p_compte_id
       and (auth.uid() is null or c.depot_id = any (private.depots_ou('lire_comptes_partenaires')));
end;
$function$;

CREATE OR REPLACE FUNCTION private.juger_prix(p_facture public.fournisseur_facture_lot_min)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_proforma public.proformas;
  v_ecart public.ecarts;
  v_attendu numeric;
begin
  select p.* into v_proforma from public.proformas p join public.fournisseur_lot l on l.proforma_id = p.id
   where l.id = p_facture.fournisseur_lot_id;
  -- A price by another base is brought to the invoice's by what it counts.
  v_attendu := case when v_proforma.base = p_facture.base then v_proforma.prix_usd else (
    select round(v_proforma.prix_usd * private.en_base(t.total, v_proforma.base)
                 / nullif(private.en_base(t.total, p_facture.base), 0), 6)
      from (select row(sum(r.volume_15c), sum(r.volume_20c), null, sum(r.tonnes_air))::private.quantites as total
              from public.factures_fournisseur_receptions r where r.facture_id = p_facture.id) t) end;
  if v_attendu is null or v_attendu = p_facture.prix_base_usd then
    perform private.fermer_ecart_auto('PRIX', 'FACTURE', p_facture.id, 'Le prix est celui de la proforma.');
    return;
  end if;
  v_ecart.domaine := 'FOURNISSEUR';
  v_ecart.type := 'PRIX';
  v_ecart.produit_id := v_proforma.produit_id;
  v_ecart.fournisseur_lot_id := p_facture.fournisseur_lot_id;
  v_ecart.reference_type := 'FACTURE';
  v_ecart.reference_id := p_facture.id;
  v_ecart.attendu := v_attendu;
  v_ecart.constate := p_facture.prix_base_usd;
  v_ecart.unite := 'USD';
  v_ecart.excedent := abs(p_facture.prix_base_usd - v_attendu);
  v_ecart.impact_usd := round((v_attendu - p_facture.prix_base_usd) * p_facture.quantite_base, 2);
  perform private.ouvrir_ecart(v_ecart);
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
  select * into v_cdr from public.cours_de_route c where c.id = p_cours_de_route_id;
  v_transit := private.transit_du_camion(p_cours_de_route_id);
  if v_cdr.statut is distinct from 'DECHARGE' or v_transit.charge is null then
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

CREATE OR REPLACE FUNCTION private.lectures_du_compteur(p_compteur_id uuid)
 RETURNS TABLE(mouvement_id uuid, index_avant numeric, index_apres numeric)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_etalonnages constant uuid[] := private.etalonnages(p_compteur_id);
begin
  return query
    select m.id, m.index_avant, m.index_apres
      from (select r.id, r.index_avant, r.index_apres, 'RECEPTION' as type from public.receptions r
             where r.compteur_id = any (v_etalonnages) and r.statut = 'validee'
            union all
            select s.id, s.index_avant, s.index_apres, 'SORTIE' as type from public.sorties_produit s
             where s.compteur_id = any (v_etalonnages) and s.statut = 'validee') m
     where not exists (select from public.stocks_adjustments a
                        where a.mouvement_type = m.type and a.mouvement_id = m.id and a.compensation);
end;
$function$;

CREATE OR REPLACE FUNCTION private.lieu(p_citerne_id uuid, p_depots uuid[])
 RETURNS private.lieu
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lieu private.lieu;
begin
  select c, d, p, (select max(s.densite_melange_kgm3) from public.stocks_snapshot s where s.citerne_id = c.id)
    into v_lieu.citerne, v_lieu.depot, v_lieu.produit, v_lieu.densite_melange_kgm3
    from public.citernes c
    join public.depots d on d.id = c.depot_id
    join public.produits p on p.id = c.produit_id
   where c.id = p_citerne_id and c.depot_id = any (p_depots)
     for key share of c;
  return v_lieu;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lieu_pour_mouvement(p_citerne_id uuid, p_produit_id uuid)
 RETURNS private.lieu
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lieu constant private.lieu := private.lieu(p_citerne_id, private.depots_visibles());
begin
  perform private.exiger_citerne(v_lieu.citerne, p_citerne_id, coalesce(p_produit_id, (v_lieu.citerne).produit_id));
  return v_lieu;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lignes_de(p_sorties uuid[], p_conditions public.clients_conditions)
 RETURNS SETOF public.factures_client_lignes
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select null::uuid, null::uuid, v.depot_id, row_number() over (order by v.jour, v.sortie_id)::int, 'CARBURANT',
         v.sortie_id, v.bl_id, null::uuid,
         concat_ws(', ', v.produit, 'livraison du ' || to_char(v.jour, 'DD/MM/YYYY'), 'camion ' || v.plaque),
         p_conditions.base, q.quantite, t.prix, v.tva_groupe,
         private.taux_tva_du(v.tva_groupe, private.jour_au_depot(v.depot_id, now())),
         round(q.quantite * t.prix, 2)
    from private.vendables(p_sorties) v
   cross join lateral (select case p_conditions.base when 'L15' then v.volume_15c else v.volume_ambiant end) q
     (quantite)
   cross join lateral (select private.prix(v.produit_id, v.client_id, v.depot_id, v.jour, p_conditions.devise,
     p_conditions.base)) t (prix)
$function$;

CREATE OR REPLACE FUNCTION private.lire_bareme(p_csv text)
 RETURNS TABLE(ligne integer, hauteur_mm numeric, volume_l numeric, faute text)
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lignes constant text[] := string_to_array(replace(ltrim(p_csv, E'\ufeff'), E'\r', ''), E'\n');
  v_entete text[];
  v_separateur text;
  v_champs text[];
  v_hauteur numeric;
  v_volume numeric;
  v_ligne int;
  v_lues int := 0;
begin
  v_separateur := case when v_lignes[1] like '%;%' then ';' when v_lignes[1] like E'%\t%' then E'\t' else ',' end;
  v_entete := string_to_array(lower(regexp_replace(v_lignes[1], '[\s"]', '', 'g')), v_separateur);
  if v_separateur = E'\t' then
    v_entete := regexp_split_to_array(lower(btrim(replace(v_lignes[1], '"', ''))), '\t');
  end if;
  if cardinality(v_entete) is distinct from 2 or v_entete[1] not in ('hauteur_mm', 'hauteur_cm')
     or v_entete[2] not in ('volume_l', 'volume_m3') then
    return query select 1, null::numeric, null::numeric,
      'la première ligne doit nommer les deux colonnes : hauteur_mm (ou hauteur_cm) ; volume_l (ou volume_m3)';
    return;
  end if;
  for v_rang in 2..cardinality(v_lignes) loop
    continue when btrim(v_lignes[v_rang], E' \t;,"') = '';
    ligne := v_rang;
    v_champs := string_to_array(replace(v_lignes[v_rang], '"', ''), v_separateur);
    hauteur_mm := private.nombre_lu(v_champs[1]) * case v_entete[1] when 'hauteur_cm' then 10 else 1 end;
    volume_l := private.nombre_lu(v_champs[2]) * case v_entete[2] when 'volume_m3' then 1000 else 1 end;
    faute := case
      when cardinality(v_champs) <> 2 then format('deux nombres sont attendus, séparés par « %s »', v_separateur)
      when hauteur_mm is null then format('« %s » n''est pas une hauteur', left(btrim(v_champs[1]), 40))
      when volume_l is null then format('« %s » n''est pas un volume', left(btrim(v_champs[2]), 40))
      when hauteur_mm > 100000 or round(hauteur_mm, 1) <> hauteur_mm
        then 'une hauteur s''écrit au dixième de millimètre, sous 100 m'
      when volume_l >= 1e9 or round(volume_l, 3) <> volume_l then
        'un volume s''écrit au millilitre, sous un million de m³'
      when v_lues = 0 and hauteur_mm <> 0 then 'un barème commence à la hauteur 0'
      when hauteur_mm <= v_hauteur
        then format('la hauteur ne monte pas : %s mm à la ligne %s', private.nombre_fr(v_hauteur), v_ligne)
      when volume_l <= v_volume
        then format('le volume ne monte pas : %s L à la ligne %s', private.nombre_fr(v_volume), v_ligne) end;
    return next;
    v_lues := v_lues + 1;
    -- What is wrong is not compared with: one mistake is one fault.
    if faute is null then
      v_hauteur := hauteur_mm;
      v_volume := volume_l;
      v_ligne := ligne;
    end if;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lot_engage(p_lot_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return exists (select from public.cours_de_route c where c.fournisseur_lot_id = p_lot_id)
      or exists (select from public.fournisseur_facture_lot_min f where f.fournisseur_lot_id = p_lot_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.lots_finances()
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if not private.peut('lire_finance') or private.peut('voir_tous_depots') then
    return '{}';
  end if;
  return coalesce((select array_agg(distinct c.fournisseur_lot_id) from public.cours_de_route c
                    where c.fournisseur_lot_id is not null
                      and c.depot_destination_id = any (private.depots_visibles())), '{}');
end;
$function$;

CREATE OR REPLACE FUNCTION private.mesurer_litres(p_prise public.prises_de_hauteur, p_lieu private.lieu)
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

CREATE OR REPLACE FUNCTION private.mesures_de(p_reception public.receptions)
 RETURNS private.mesures
 LANGUAGE sql
 IMMUTABLE
RETURN ROW(((p_reception).volume_ambiant)::numeric, private.champ_volume((p_reception).volume_ambiant, (p_reception).volume_observe), ((p_reception).temperature_ambiante_c)::numeric, ((p_reception).temperature_echantillon_c)::numeric, ((p_reception).densite_observee_kgm3)::numeric, ((p_reception).densite_a_15_kgm3)::numeric, NULL::numeric, (COALESCE((p_reception).volume_corrige_15c, (p_reception).volume_15c))::numeric, NULL::text, (((p_reception).index_avant IS NOT NULL) AND ((p_reception).index_apres IS NOT NULL)))::private.mesures;

CREATE OR REPLACE FUNCTION private.mesures_proteger()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if auth.uid() is not null then
    perform private.exiger('regler_mesures');
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.modules_des_mouvements()
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN '{receptions,sorties,stocks,comptes_partenaires,periodes}'::text[];

CREATE OR REPLACE FUNCTION private.mouvements_du_journal()
 RETURNS TABLE(created_at timestamp with time zone, depot_id uuid, date_jour date, citerne_id uuid, proprietaire_type text, delta_ambiant numeric, delta_15c numeric)
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT l.created_at,
     l.depot_id,
     (COALESCE((l.details ->> 'date_reception'::text), (l.details ->> 'date_jour'::text)))::date AS "coalesce",
     (m.citerne_id)::uuid AS citerne_id,
     (l.details ->> 'proprietaire_type'::text),
     ((m.signe)::numeric * (COALESCE((l.details ->> 'delta_ambiant'::text), (l.details ->> 'volume_ambiant'::text)))::numeric),
     ((m.signe)::numeric * (COALESCE((l.details ->> 'delta_15c'::text), (l.details ->> 'volume_15c'::text)))::numeric)
    FROM (public.log_actions l
      CROSS JOIN LATERAL ( VALUES (
                 CASE l.action
                     WHEN 'TRANSFERT_CREE'::text THEN (l.details ->> 'citerne_source_id'::text)
                     ELSE (l.details ->> 'citerne_id'::text)
                 END,
                 CASE
                     WHEN (l.action = ANY (ARRAY['SORTIE_VALIDEE'::text, 'TRANSFERT_CREE'::text])) THEN '-1'::integer
                     ELSE 1
                 END), (
                 CASE l.action
                     WHEN 'TRANSFERT_CREE'::text THEN (l.details ->> 'citerne_destination_id'::text)
                     ELSE NULL::text
                 END,1)) m(citerne_id, signe))
   WHERE ((m.citerne_id IS NOT NULL) AND ((l.details ->> 'reprise'::text) IS DISTINCT FROM 'origine'::text) AND (l.action = ANY (ARRAY['RECEPTION_CREEE'::text, 'SORTIE_VALIDEE'::text, 'STOCK_AJUSTE'::text, 'RECEPTION_COMPENSEE'::text, 'SORTIE_COMPENSEE'::text, 'STOCK_INITIAL_DECLARE'::text, 'TRANSFERT_CREE'::text, 'DILATATION'::text, 'STOCK_REGULARISE'::text])));
END;

CREATE OR REPLACE FUNCTION private.mouvements_traces()
 RETURNS TABLE(mouvement_type text, dans regclass, actions text[])
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  values ('RECEPTION', 'public.receptions'::regclass, '{RECEPTION_CREEE}'::text[]),
         ('SORTIE', 'public.sorties_produit', '{SORTIE_VALIDEE}'),
         ('STOCK_INITIAL', 'public.stocks_initiaux', '{STOCK_INITIAL_DECLARE}'),
         ('TRANSFERT', 'public.transferts', '{TRANSFERT_CREE}'),
         ('DILATATION', 'public.dilatations', '{DILATATION}'),
         ('AJUSTEMENT', 'public.stocks_adjustments',
          '{STOCK_AJUSTE,RECEPTION_COMPENSEE,SORTIE_COMPENSEE,STOCK_INITIAL_COMPENSEE,TRANSFERT_COMPENSEE}'),
         ('REGULARISATION', 'public.regularisations', '{STOCK_REGULARISE}'),
         ('ATTRIBUTION', 'public.attributions_partenaires', '{PARTENAIRE_ATTRIBUE}'),
         ('PRISE_DE_HAUTEUR', 'public.prises_de_hauteur', '{PRISE_DE_HAUTEUR}')
$function$;

CREATE OR REPLACE FUNCTION private.nom_lisible(p_nom text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((private.cle_nom(p_nom) <> ''::text) AND (NORMALIZE(p_nom, NFKC) !~ '[\u0370-\u03ff\u0400-\u058f\u13a0-\u13ff\uab70-\uabbf]'::text));

CREATE OR REPLACE FUNCTION private.nombre_lu(p_texte text)
 RETURNS numeric
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN CASE WHEN (replace(regexp_replace(p_texte, '[\s\u00a0\u202f]'::text, ''::text, 'g'::text), ','::text, '.'::text) ~ '^\d{1,12}(\.\d{1,6})?$'::text) THEN (replace(regexp_replace(p_texte, '[\s\u00a0\u202f]'::text, ''::text, 'g'::text), ','::text, '.'::text))::numeric ELSE NULL::numeric END;

CREATE OR REPLACE FUNCTION private.noter_calcul(p_prise public.prises_de_hauteur, p_corrige private.volume_corrige)
 RETURNS public.prises_de_hauteur
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  p_prise.vcf := p_corrige.vcf;
  p_prise.densite_a_15_kgm3 := p_corrige.densite_a_15_kgm3;
  p_prise.methode_15c := p_corrige.methode_15c;
  p_prise.parametres_15c := p_corrige.parametres_15c;
  p_prise.avertissements := p_corrige.avertissements;
  return p_prise;
end;
$function$;

CREATE OR REPLACE FUNCTION private.noter_ecart_proforma(p_proforma public.proformas, p_recu numeric, p_justification text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ecart public.ecarts;
begin
  if p_recu = p_proforma.quantite then
    return;
  end if;
  v_ecart.domaine := 'FOURNISSEUR';
  v_ecart.type := 'QUANTITE';
  v_ecart.produit_id := p_proforma.produit_id;
  v_ecart.reference_type := 'PROFORMA';
  v_ecart.reference_id := p_proforma.id;
  v_ecart.attendu := p_proforma.quantite;
  v_ecart.constate := p_recu;
  v_ecart.unite := p_proforma.base;
  v_ecart.excedent := coalesce(abs(p_recu - p_proforma.quantite), 0);
  v_ecart.impact_usd := round((p_recu - p_proforma.quantite) * p_proforma.prix_usd, 2);
  v_ecart.cause := case when p_recu < p_proforma.quantite then 'LIVRAISON_PARTIELLE' else 'AUTRE' end;
  v_ecart.decision := 'ACCEPTE_AVEC_NOTE';
  v_ecart.justification := private.texte_net(p_justification);
  v_ecart.statut := 'TRAITE';
  v_ecart.traite_par := auth.uid();
  perform private.ouvrir_ecart(v_ecart);
end;
$function$;

CREATE OR REPLACE FUNCTION private.noter_envoi(p_id uuid, p_bail uuid, p_issue text, p_code text, p_erreur text)
 RETURNS text
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_envoi public.envois;
begin
  select * into strict v_envoi from public.envois e where e.id = p_id for update;
  -- It arrived, whoever holds the lease by now.
  if p_issue = 'ENVOYE' and v_envoi.statut <> 'ENVOYE' then
    update public.envois e
       set statut = 'ENVOYE', envoye_le = clock_timestamp(), bail = null, bail_jusqu_au = null,
           dernier_code = left(p_code, 100), derniere_erreur = left(private.texte_sur_une_ligne(p_erreur), 500)
     where e.id = p_id;
    return 'ENVOYE';
  end if;
  if v_envoi.bail is distinct from p_bail then
    return v_envoi.statut;
  end if;
  if p_issue = 'MORT' or v_envoi.essais >= private.essais_max() then
    perform private.enterrer_envoi(v_envoi, p_code, p_erreur);
    -- Gone for good: nothing is sent there any more.
    if p_code = '410' then
      update public.notifications_regles r set actif = false, updated_at = now() where r.id = v_envoi.regle_id;
    end if;
    return 'MORT';
  end if;
  update public.envois e
     set statut = 'A_ENVOYER', bail = null, bail_jusqu_au = null, dernier_code = left(p_code, 100),
         derniere_erreur = left(private.texte_sur_une_ligne(p_erreur), 500),
         prochain_essai = clock_timestamp() + private.attente_essai(v_envoi.essais)
   where e.id = p_id;
  return 'A_ENVOYER';
end;
$function$;

CREATE OR REPLACE FUNCTION private.noter_evenement_alerte()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_type text;
begin
  v_type := case when tg_op = 'INSERT' then new.status
                 when new.status <> old.status and new.status = 'OPEN' then 'REOPEN'
                 when new.status <> old.status then new.status
                 when new.niveau_escalade > old.niveau_escalade then 'ESCALADE' end;
  if v_type is null then
    return null;
  end if;
  insert into public.alertes_evenements (alerte_id, depot_id, type, par, note)
  values (new.id, new.depot_id, v_type, case new.status when 'ACK' then new.acknowledged_by
    when 'RESOLVED' then new.resolved_by end,
          nullif(current_setting('app.note_alerte', true), ''));
  perform private.journaliser(case v_type when 'OPEN' then 'ALERTE_OUVERTE' when 'ACK' then 'ALERTE_ACQUITTEE'
      when 'RESOLVED' then 'ALERTE_RESOLUE' when 'ESCALADE' then 'ALERTE_ESCALADEE' else 'ALERTE_ROUVERTE' end,
    'alertes', 'INFO', new.id, new.depot_id,
    jsonb_build_object('check_code', new.check_code, 'severity', new.severity, 'entity_type', new.entity_type,
      'entity_id', new.entity_id, 'niveau_escalade', new.niveau_escalade));
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.noter_parts(p_type text, p_id uuid, p_depot_id uuid, p_produit_id uuid, p_jour date, p_partenaires uuid[], p_ambiants numeric[], p_a_15c numeric[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  insert into public.parts_partenaires
    (mouvement_type, mouvement_id, partenaire_id, depot_id, delta_ambiant, delta_15c)
  select p_type, p_id, p.partenaire_id, p_depot_id, p.ambiant, p.a_15c
    from unnest(p_partenaires, p_ambiants, p_a_15c) p (partenaire_id, ambiant, a_15c)
   where p.partenaire_id is not null and (p.ambiant <> 0 or p.a_15c <> 0);
  perform private.porter_aux_comptes(array(
    select row(p_depot_id, p_produit_id, p.partenaire_id, p_jour, p.ambiant, p.a_15c)::private.part
      from unnest(p_partenaires, p_ambiants, p_a_15c) p (partenaire_id, ambiant, a_15c)), false);
end;
$function$;

CREATE OR REPLACE FUNCTION private.noter_passage(p_nom text, p_debut timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  insert into private.passages as p (nom, le, duree) values (p_nom, clock_timestamp(), clock_timestamp() - p_debut)
  on conflict (nom) do update set (le, duree) = (excluded.le, excluded.duree)
$function$;

CREATE OR REPLACE FUNCTION private.noter_sauvegarde(p_moment timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  insert into private.passages as p (nom, le, duree) values ('sauvegarde', p_moment, '0')
  on conflict (nom) do update set le = greatest(p.le, excluded.le)
$function$;

CREATE OR REPLACE FUNCTION private.notifier_evenement()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_alerte public.system_alerts;
  v_cible record;
  v_envoi public.envois;
  v_au_resume boolean;
begin
  select * into strict v_alerte from public.system_alerts a where a.id = new.alerte_id;
  -- What says that messages do not arrive sends none.
  if v_alerte.check_code = 'ENVOI_MORT' then
    return null;
  end if;
  v_au_resume := v_alerte.severity = 'WARN' or private.alerte_bat(v_alerte.id);
  for v_cible in
    select r.id::text as nom, r.id as regle_id, r.canal, r.destination, r.roles, r.secret_nom
      from public.notifications_regles r
     where r.actif and (r.env is null or r.env = private.env()) and new.type = any (r.evenements)
       and (r.severity_min = 'WARN' or v_alerte.severity = 'CRITICAL')
       and (r.codes is null or v_alerte.check_code = any (r.codes))
       and (r.depots is null or v_alerte.depot_id = any (r.depots))
       and (r.roles is null or private.profils_prevenus())
    union all
    select array_to_string(e.roles, '+'), null, 'EMAIL', null, e.roles, null
      from private.escalades e
     where new.type = 'ESCALADE' and (e.severity, e.niveau) = (v_alerte.severity, v_alerte.niveau_escalade)
       and private.profils_prevenus()
  loop
    v_envoi := null;
    v_envoi.canal := v_cible.canal;
    v_envoi.regle_id := v_cible.regle_id;
    v_envoi.depot_id := v_alerte.depot_id;
    v_envoi.destination := v_cible.destination;
    v_envoi.roles := v_cible.roles;
    if v_cible.canal = 'EMAIL' and v_au_resume then
      v_envoi.id := private.joindre_resume(v_envoi, v_cible.nom);
    else
      v_envoi.objet_type := 'ALERTE';
      v_envoi.objet_id := v_alerte.id;
      v_envoi.cle := concat_ws('/', 'evenement', new.id, v_cible.nom);
      v_envoi.secret_nom := v_cible.secret_nom;
      v_envoi.sujet := format('%s %s : %s', private.enseigne(),
        case new.type when 'RESOLVED' then 'résolue' when 'ACK' then 'prise en compte' else v_alerte.check_code end,
        v_alerte.message);
      v_envoi.contenu := case v_cible.canal
        when 'EMAIL' then jsonb_build_object('texte', private.texte_alerte(v_alerte, new.type))
        else jsonb_build_object('corps', jsonb_build_object('type', 'alerte.' || lower(new.type), 'timestamp', new.le,
               'data', to_jsonb(v_alerte) || jsonb_build_object('evenement_id', new.id, 'note', new.note))) end;
      v_envoi.id := private.deposer_envoi(v_envoi);
    end if;
    insert into private.envois_evenements (evenement_id, cible, envoi_id) values (new.id, v_cible.nom, v_envoi.id);
  end loop;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.nouveau_bon(p_sortie public.sorties_produit, p_bon jsonb)
 RETURNS public.bons_livraison
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_bon public.bons_livraison;
begin
  v_bon := jsonb_populate_record(v_bon, private.seulement(p_bon,
    '{date_livraison,destinataire,lieu,recu_par,volume_livre_ambiant,volume_livre_15c}'));
  v_bon.id := private.nouvel_id();
  v_bon.depot_id := p_sortie.depot_id;
  v_bon.sortie_id := p_sortie.id;
  v_bon.date_livraison := coalesce(v_bon.date_livraison, p_sortie.date_jour);
  v_bon.volume_livre_ambiant := coalesce(v_bon.volume_livre_ambiant, p_sortie.volume_ambiant);
  v_bon.volume_livre_15c := coalesce(v_bon.volume_livre_15c,
    round(v_bon.volume_livre_ambiant * p_sortie.volume_15c / p_sortie.volume_ambiant, 3));
  v_bon.statut := 'BROUILLON';
  v_bon.created_by := auth.uid();
  v_bon.created_at := now();
  return v_bon;
end;
$function$;

CREATE OR REPLACE FUNCTION private.nouveau_brouillon(p_sortie public.sorties_produit)
 RETURNS public.sorties_produit
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.exiger('ecrire_sortie');
begin
  return private.completer_brouillon(p_sortie, v_acteur.user_id, private.lieu(p_sortie.citerne_id, v_acteur.depots));
end;
$function$;

CREATE OR REPLACE FUNCTION private.nouvel_encaissement(p_encaissement jsonb)
 RETURNS public.encaissements
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.exiger('encaisser');
  c_champs constant text[] := '{depot_id,client_id,mode,operateur_mobile,devise,montant,montant_remis,devise_compte,'
    'reference,recu_le,statut}';
  v_enc public.encaissements;
begin
  v_enc := jsonb_populate_record(v_enc, private.seulement(p_encaissement, c_champs));
  perform private.depot_d_acteur(v_acteur, v_enc.depot_id);
  if not exists (select from public.clients c where c.id = v_enc.client_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce client'));
  end if;
  v_enc.id := private.nouvel_id();
  v_enc.devise := coalesce(v_enc.devise, 'USD');
  v_enc.devise_compte := coalesce(v_enc.devise_compte, (private.conditions_de(v_enc.client_id)).devise);
  v_enc.recu_le := coalesce(v_enc.recu_le, now());
  v_enc.jour_caisse := private.jour_au_depot(v_enc.depot_id, v_enc.recu_le);
  v_enc.statut := coalesce(v_enc.statut, 'CONFIRME');
  v_enc.reference := private.texte_net(v_enc.reference);
  v_enc.created_by := auth.uid();
  v_enc.created_at := clock_timestamp();
  v_enc.lettre := '[]';
  if v_enc.jour_caisse > private.jour_au_depot(v_enc.depot_id, now()) then
    perform private.refuser('DATE_FUTURE',
      jsonb_build_object('aujourdhui', private.jour_au_depot(v_enc.depot_id, now())));
  end if;
  if v_enc.statut not in ('EN_ATTENTE', 'CONFIRME') then
    perform private.refuser('ENCAISSEMENT_ETAT', jsonb_build_object('statut', v_enc.statut));
  end if;
  if v_enc.mode <> 'CASH' and coalesce(v_enc.reference, '') = '' then
    perform private.refuser('REFERENCE_REQUISE', jsonb_build_object('mode', v_enc.mode));
  end if;
  if v_enc.mode = 'MOBILE_MONEY' and v_enc.operateur_mobile is null then
    perform private.refuser('OPERATEUR_REQUIS');
  end if;
  if v_enc.mode = 'CASH' then
    perform private.exiger_caisse_ouverte(v_enc.depot_id, v_enc.devise, v_enc.jour_caisse);
  end if;
  v_enc.taux_cdf := case when v_enc.devise = v_enc.devise_compte then 1
    else private.taux_du_jour('USD', v_enc.jour_caisse) end;
  v_enc.montant_compte := private.en_devise(v_enc.montant, v_enc.devise, v_enc.devise_compte, v_enc.taux_cdf);
  return v_enc;
end;
$function$;

CREATE OR REPLACE FUNCTION private.numero_de_paiement(p_id uuid)
 RETURNS text
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select private.prendre_numero(private.societe(), 'PAF', extract(year from private.aujourdhui())::int, p_id)
$function$;

CREATE OR REPLACE FUNCTION private.numeroter_bon(p_bon public.bons_livraison)
 RETURNS public.bons_livraison
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  p_bon.statut := 'CONFIRME';
  p_bon.confirme_par := auth.uid();
  p_bon.confirme_le := now();
  p_bon.dit := private.dit_du_bon(p_bon);
  p_bon.numero := private.prendre_numero(p_bon.depot_id, 'BL',
    extract(year from private.jour_au_depot(p_bon.depot_id, now()))::int, p_bon.id);
  return p_bon;
end;
$function$;

CREATE OR REPLACE FUNCTION private.objet_de_l_ecart(p_ecart public.ecarts)
 RETURNS public.ecarts
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  select o.depot, o.produit, o.lot into p_ecart.depot_id, p_ecart.produit_id, p_ecart.fournisseur_lot_id
    from (
      select c.depot_destination_id as depot, c.produit_id as produit, c.fournisseur_lot_id as lot
        from public.cours_de_route c where p_ecart.reference_type = 'CDR' and c.id = p_ecart.reference_id
      union all
      select r.depot_id, r.produit_id, c.fournisseur_lot_id
        from public.receptions r left join public.cours_de_route c on c.id = r.cours_de_route_id
       where p_ecart.reference_type = 'RECEPTION' and r.id = p_ecart.reference_id
      union all
      select s.depot_id, s.produit_id, null from public.sorties_produit s
       where p_ecart.reference_type = 'SORTIE' and s.id = p_ecart.reference_id
      union all
      select null, l.produit_id, l.id from public.fournisseur_lot l
       where p_ecart.reference_type = 'LOT' and l.id = p_ecart.reference_id
      union all
      select null, l.produit_id, l.id
        from public.fournisseur_facture_lot_min f join public.fournisseur_lot l on l.id = f.fournisseur_lot_id
       where p_ecart.reference_type = 'FACTURE' and f.id = p_ecart.reference_id
    ) o
   where o.depot = any (private.depots_visibles())
      or (o.depot is null and private.peut('lire_finance')
          and (private.peut('voir_tous_depots') or o.lot = any (private.lots_finances())));
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce qui fait l''écart'));
  end if;
  return p_ecart;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ouvrir_dossier_fiscal(p_facture public.factures_client)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  insert into public.factures_fiscales (facture_id, depot_id, statut, demande)
  values (p_facture.id, p_facture.depot_id,
    case private.dispositif_fiscal() when 'aucun' then 'NON_RACCORDE' else 'A_TRANSMETTRE' end,
    case private.dispositif_fiscal() when 'aucun' then null else private.dire_facture(p_facture)::jsonb end);
end;
$function$;

CREATE OR REPLACE FUNCTION private.ouvrir_ecart(p_ecart public.ecarts)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ancien public.ecarts;
  v_id uuid;
begin
  select * into v_ancien from public.ecarts e
   where e.origine = 'AUTO' and (e.type, e.reference_type, e.reference_id)
         = (p_ecart.type, p_ecart.reference_type, p_ecart.reference_id) for update;
  if found and (v_ancien.attendu, v_ancien.constate) is not distinct
    from (round(p_ecart.attendu, 6), round(p_ecart.constate, 6)) then
    return v_ancien.id;
  end if;
  insert into public.ecarts as e
    (domaine, type, depot_id, produit_id, fournisseur_lot_id, reference_type, reference_id, attendu, constate, unite,
     franchise, excedent, impact_usd, cause, decision, justification, statut, traite_par, traite_le)
  values (p_ecart.domaine, p_ecart.type, p_ecart.depot_id, p_ecart.produit_id, p_ecart.fournisseur_lot_id,
          p_ecart.reference_type, p_ecart.reference_id, p_ecart.attendu, p_ecart.constate, p_ecart.unite,
          coalesce(p_ecart.franchise, 0), coalesce(p_ecart.excedent, 0), p_ecart.impact_usd, p_ecart.cause,
          p_ecart.decision,
          p_ecart.justification, coalesce(p_ecart.statut, 'OUVERT'), p_ecart.traite_par, case
            when p_ecart.statut = 'TRAITE' then now() end)
  on conflict (type, reference_type, reference_id) where origine = 'AUTO' do update
     set attendu = excluded.attendu, constate = excluded.constate, franchise = excluded.franchise,
         excedent = excluded.excedent, impact_usd = excluded.impact_usd, cause = excluded.cause,
         decision = excluded.decision,
         justification = excluded.justification, statut = excluded.statut, traite_par = excluded.traite_par,
         traite_le = excluded.traite_le, ouvert_le = excluded.ouvert_le,
         fournisseur_lot_id = excluded.fournisseur_lot_id,
         depot_id = excluded.depot_id, unite = excluded.unite
  returning e.id into v_id;
  perform private.journaliser(case when p_ecart.statut = 'TRAITE' then array['ECART_CREE', 'ECART_TRAITE']
    else array['ECART_CREE'] end,
    'ecarts', 'INFO', v_id, p_ecart.depot_id, jsonb_strip_nulls(to_jsonb(p_ecart)));
  return v_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.paiement_a_changer(p_id uuid, p_statut text)
 RETURNS public.fournisseur_paiement_lot_min
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_paiement public.fournisseur_paiement_lot_min;
begin
  select * into v_paiement from public.fournisseur_paiement_lot_min p where p.id = p_id;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce paiement'));
  end if;
  -- The invoice first, as whoever pays it does.
  perform private.facture_a_changer(v_paiement.fournisseur_facture_id, 'VALIDEE', 'LITIGE');
  select * into v_paiement from public.fournisseur_paiement_lot_min p where p.id = p_id for update;
  if v_paiement.statut <> p_statut then
    perform private.refuser('PAIEMENT_ETAT', jsonb_build_object('statut', v_paiement.statut));
  end if;
  return v_paiement;
end;
$function$;

CREATE OR REPLACE FUNCTION private.paiement_comptant(p_facture public.factures_client, p_paiement jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.paiement_fournisseur_apres_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if new.statut = 'CONFIRME' then
    perform private.passer_paiement(new);
  end if;
  perform private.journaliser(case new.statut when 'CONFIRME' then array['PAIEMENT_ENREGISTRE', 'PAIEMENT_CONFIRME']
    else array['PAIEMENT_ENREGISTRE'] end, 'paiements_fournisseur', 'INFO', new.id, null, to_jsonb(new));
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.paiement_fournisseur_avant_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_facture public.fournisseur_facture_lot_min;
begin
  perform private.exiger('ecrire_factures_fournisseur');
  v_facture := private.facture_a_payer(new.fournisseur_facture_id);
  new.date_paiement := coalesce(new.date_paiement, now());
  perform private.date_de_document(private.jour_local('Africa/Lubumbashi', new.date_paiement));
  new.statut := coalesce(new.statut, 'CONFIRME');
  if new.statut not in ('EN_ATTENTE', 'CONFIRME') then
    perform private.refuser('PAIEMENT_ETAT', jsonb_build_object('statut', new.statut));
  end if;
  if exists (select from public.fournisseur_paiement_lot_min p
              where p.fournisseur_facture_id = new.fournisseur_facture_id and p.montant_paye_usd = new.montant_paye_usd
                and p.reference_paiement is not distinct from new.reference_paiement and p.created_by = auth.uid()
                and p.statut <> 'ANNULE' and p.created_at > clock_timestamp() - interval '2 minutes') then
    perform private.refuser('PAIEMENT_DOUBLE', jsonb_build_object('montant', new.montant_paye_usd));
  end if;
  perform private.exiger_solde(v_facture, new.montant_paye_usd);
  new.motif_annulation := null;
  new.annule_par := null;
  new.created_by := auth.uid();
  new.created_at := clock_timestamp();
  new.confirme_par := case new.statut when 'CONFIRME' then auth.uid() end;
  new.numero := case new.statut when 'CONFIRME' then private.numero_de_paiement(new.id) end;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.partager_ajustement_initial(p_ajustement public.stocks_adjustments)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_initial public.stocks_initiaux;
  v_reste constant private.mouvement := private.reste_du_mouvement('STOCK_INITIAL', p_ajustement.mouvement_id);
  v_partenaires uuid[];
  v_ambiants numeric[];
  v_a_15c numeric[];
  v_eu_ambiants numeric[];
  v_eu_15c numeric[];
begin
  select * into strict v_initial from public.stocks_initiaux i where i.id = p_ajustement.mouvement_id;
  -- Each keeps its part of what is left of the opening stock, whatever was adjusted of it before.
  select array_agg(s.partenaire_id order by s.partenaire_id), array_agg(s.ambiant order by s.partenaire_id),
         array_agg(s.a_15c order by s.partenaire_id), array_agg(s.ambiant + s.deja_ambiant order by s.partenaire_id),
         array_agg(s.a_15c + s.deja_15c order by s.partenaire_id)
    into v_partenaires, v_ambiants, v_a_15c, v_eu_ambiants, v_eu_15c
    from (
      select p.partenaire_id, p.volume_ambiant as ambiant, p.volume_15c as a_15c,
             coalesce(sum(d.delta_ambiant), 0) as deja_ambiant, coalesce(sum(d.delta_15c), 0) as deja_15c
        from public.stocks_initiaux_partenaires p
        left join (public.parts_partenaires d join public.stocks_adjustments a
                     on d.mouvement_type = 'AJUSTEMENT' and d.mouvement_id = a.id)
          on a.mouvement_type = 'STOCK_INITIAL' and a.mouvement_id = p.stock_initial_id
         and d.partenaire_id = p.partenaire_id
       where p.stock_initial_id = v_initial.id
       group by p.id) s;
  v_partenaires := v_partenaires || null::uuid;
  v_ambiants := v_ambiants || (v_initial.volume_ambiant - coalesce((select sum(x) from unnest(v_ambiants) x), 0));
  v_a_15c := v_a_15c || (v_initial.volume_15c - coalesce((select sum(x) from unnest(v_a_15c) x), 0));
  -- What no partner has had so far is what is left.
  v_eu_ambiants := v_eu_ambiants || (v_reste.delta_ambiant - p_ajustement.delta_ambiant
    - coalesce((select sum(x) from unnest(v_eu_ambiants) x), 0));
  v_eu_15c := v_eu_15c || (v_reste.delta_15c - p_ajustement.delta_15c
    - coalesce((select sum(x) from unnest(v_eu_15c) x), 0));
  perform private.noter_parts('AJUSTEMENT', p_ajustement.id, p_ajustement.depot_id, p_ajustement.produit_id,
    p_ajustement.date_jour, v_partenaires,
    array(select n.apres - n.avant from unnest(private.repartir(v_reste.delta_ambiant, v_ambiants), v_eu_ambiants)
            with ordinality n (apres, avant, rang) order by n.rang),
    array(select n.apres - n.avant from unnest(private.repartir(v_reste.delta_15c, v_a_15c), v_eu_15c)
            with ordinality n (apres, avant, rang) order by n.rang));
end;
$function$;

CREATE OR REPLACE FUNCTION private.partager_entre_partenaires(p_type text, p_id uuid, p_depot_id uuid, p_produit_id uuid, p_jour date, p_delta_ambiant numeric, p_delta_15c numeric)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_partenaires uuid[];
  v_poids numeric[];
begin
  -- Taken before they are read: what each has decides what each bears.
  perform from public.comptes_partenaires c where c.depot_id = p_depot_id and c.produit_id = p_produit_id
   order by c.partenaire_id for update;
  select array_agg(c.partenaire_id order by c.partenaire_id), array_agg(c.solde_15c order by c.partenaire_id)
    into v_partenaires, v_poids
    from public.comptes_partenaires c
   where c.depot_id = p_depot_id and c.produit_id = p_produit_id and c.solde_15c > 0;
  if v_poids is null then
    v_partenaires := array[null::uuid];
    v_poids := array[1];
  end if;
  perform private.noter_parts(p_type, p_id, p_depot_id, p_produit_id, p_jour, v_partenaires,
    private.repartir(p_delta_ambiant, v_poids), private.repartir(p_delta_15c, v_poids));
end;
$function$;

CREATE OR REPLACE FUNCTION private.parts_dites(p_parts jsonb)
 RETURNS TABLE(partenaire_id uuid, volume_ambiant numeric, volume_15c numeric)
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select p.partenaire_id, round(p.volume_ambiant, 3), round(p.volume_15c, 3)
    from jsonb_to_recordset(p_parts) p (partenaire_id uuid, volume_ambiant numeric, volume_15c numeric)
$function$;

CREATE OR REPLACE FUNCTION private.passer_facture(p_facture public.fournisseur_facture_lot_min, p_justification text)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ecriture public.ecritures_tiers;
  v_numero text;
begin
  v_ecriture.tiers_type := 'FOURNISSEUR';
  v_ecriture.fournisseur_id := p_facture.fournisseur_id;
  v_ecriture.devise := 'USD';
  v_ecriture.date_valeur := p_facture.date_facture;
  v_ecriture.echeance := p_facture.date_echeance;
  v_ecriture.type := p_facture.type;
  v_ecriture.reference := p_facture.invoice_no;
  v_ecriture.libelle := format('%s %s', case p_facture.type when 'AVOIR' then 'Avoir' else 'Facture' end,
    p_facture.invoice_no);
  v_ecriture.source_type := 'fournisseur_facture_lot_min';
  v_ecriture.source_id := p_facture.id;
  if p_facture.type = 'AVOIR' then
    v_ecriture.debit := p_facture.montant_total_usd;
  else
    v_ecriture.credit := p_facture.montant_total_usd;
  end if;
  v_ecriture.id := private.ecrire_compte(v_ecriture);
  v_numero := private.prendre_numero(private.societe(), 'FFO', extract(year from private.aujourdhui())::int,
    p_facture.id);
  update public.fournisseur_facture_lot_min f
     set statut = 'VALIDEE', validated_by = auth.uid(), validated_at = now(), numero = v_numero,
         justification = private.texte_net(p_justification)
   where f.id = p_facture.id;
  return v_ecriture.id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.passer_paiement(p_paiement public.fournisseur_paiement_lot_min)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_facture constant public.ecritures_tiers := private.ecriture_de_facture(p_paiement.fournisseur_facture_id);
  v_ecriture public.ecritures_tiers;
begin
  v_ecriture.tiers_type := 'FOURNISSEUR';
  v_ecriture.fournisseur_id := v_facture.fournisseur_id;
  v_ecriture.devise := 'USD';
  v_ecriture.date_valeur := private.jour_local('Africa/Lubumbashi', p_paiement.date_paiement);
  v_ecriture.type := 'PAIEMENT';
  v_ecriture.debit := p_paiement.montant_paye_usd;
  v_ecriture.reference := coalesce(p_paiement.reference_paiement, p_paiement.numero);
  v_ecriture.libelle := format('Paiement de la facture %s', v_facture.reference);
  v_ecriture.source_type := 'fournisseur_paiement_lot_min';
  v_ecriture.source_id := p_paiement.id;
  perform private.lettrer(private.ecrire_compte(v_ecriture), v_facture.id, p_paiement.montant_paye_usd);
end;
$function$;

CREATE OR REPLACE FUNCTION private.phrase_de_refus(p_code text, p_valeurs jsonb)
 RETURNS text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_phrase text;
  v_cle text;
  v_valeur jsonb;
begin
  select r.phrase into strict v_phrase from private.refus r where r.code = p_code;
  for v_cle, v_valeur in select key, value from jsonb_each(p_valeurs) loop
    v_phrase := replace(v_phrase, '{' || v_cle || '}',
      case jsonb_typeof(v_valeur)
        when 'number' then private.nombre_fr((v_valeur #>> '{}')::numeric)
        else coalesce(v_valeur #>> '{}', '—')
      end);
  end loop;
  -- A value may be whatever was sent: what says no of it is still read as it stands, in a log too.
  return regexp_replace(v_phrase, private.illisibles(), '·', 'g');
end;
$function$;

CREATE OR REPLACE FUNCTION private.plaque_lisible(p_plaque text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((NORMALIZE(p_plaque, NFKC) COLLATE "C") ~ '^[ -~·•‐‑‒–—―‘’°]*$'::text);

CREATE OR REPLACE FUNCTION private.porter_aux_comptes(p_parts private.part[], p_controler boolean DEFAULT true)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_part private.part;
begin
  if coalesce(cardinality(p_parts), 0) = 0 then
    return;
  end if;
  if p_controler then
    perform private.exiger_periode_ouverte(p.depot_id, min(p.date_jour)) from unnest(p_parts) p group by p.depot_id;
  end if;
  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  insert into public.comptes_partenaires as c
    (depot_id, produit_id, partenaire_id, solde_ambiant, solde_15c, dernier_jour)
  select p.depot_id, p.produit_id, p.partenaire_id, sum(p.delta_ambiant), sum(p.delta_15c), max(p.date_jour)
    from unnest(p_parts) p group by 1, 2, 3 order by 1, 2, 3
  on conflict (depot_id, produit_id, partenaire_id) do update
     set solde_ambiant = c.solde_ambiant + excluded.solde_ambiant,
         solde_15c = c.solde_15c + excluded.solde_15c,
         dernier_jour = greatest(c.dernier_jour, excluded.dernier_jour),
         last_movement_at = now(),
         updated_at = now();
  insert into private.comptes_partenaires_jours as j (compte_id, date_jour, delta_ambiant, delta_15c)
  select c.id, p.date_jour, sum(p.delta_ambiant), sum(p.delta_15c)
    from unnest(p_parts) p
    join public.comptes_partenaires c on c.depot_id = p.depot_id and c.produit_id = p.produit_id
     and c.partenaire_id is not distinct from p.partenaire_id
   group by 1, 2
  on conflict (compte_id, date_jour) do update
     set delta_ambiant = j.delta_ambiant + excluded.delta_ambiant,
         delta_15c = j.delta_15c + excluded.delta_15c;
  perform set_config('app.stocks_journaliers_allow_write', '', true);
  if p_controler then
    for v_part in select * from unnest(p_parts) p where p.delta_15c < 0 and p.partenaire_id is not null loop
      if private.flag_actif('comptes_partenaires', v_part.depot_id) then
        perform private.exiger_compte_partenaire(v_part);
      end if;
    end loop;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.poser_referentiels()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- A database that says nothing counts as PROD; but for one where nobody is yet: it is only being made.
  if exists (select from public.app_settings s where s.key = 'env') or exists (select from public.profils)
     or exists (select from public.cours_de_route) then
    perform private.interdire_si_prod();
  end if;
  insert into public.depots (id, nom, adresse) values
    ('11111111-1111-1111-1111-111111111111', 'Dépôt Daipn', 'Route Kipushi')
  on conflict do nothing;
  -- Without one nothing of it is numbered; one that somebody chose stays.
  update public.depots d set code = 'DAIPN'
   where d.id = '11111111-1111-1111-1111-111111111111' and d.code is null
     and not exists (select from public.depots x where x.code = 'DAIPN');

  insert into public.produits (id, nom, code, groupe_mpms) values
    ('640cf7ec-1616-4503-a484-0a61afb20005', 'Essence', 'ESS', 'B'),
    ('22222222-2222-2222-2222-222222222222', 'Gasoil/AGO', 'G.O', 'B')
  on conflict do nothing;

  insert into public.citernes (id, depot_id, produit_id, nom, capacite_totale, capacite_securite)
  select t.id::uuid, '11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222', t.nom, t.capacite,
    0
    from (values
      ('57da330a-1305-4582-be45-ceab0f1aa795', 'TANK1', 500000),
      ('905b3104-0324-4b5c-ba3d-ae1019746c70', 'TANK2', 500000),
      ('7bf64a46-ca77-4857-af89-2e14d9128473', 'TANK3', 500000),
      ('91d2078b-8e19-43c2-bf33-322a42cd4e94', 'TANK4', 500000),
      ('a76a08a6-9017-421e-b5d3-afe8129a8f9d', 'TANK5', 300000),
      ('6f3e0b4c-abfc-4b67-aaa0-2ca20a59ae1a', 'TANK6', 300000)
    ) as t (id, nom, capacite)
  on conflict do nothing;
end;
$function$;

CREATE OR REPLACE FUNCTION private.prendre_envois(p_combien integer)
 RETURNS TABLE(id uuid, bail uuid, canal text, destinataires text[], secret_nom text, sujet text, contenu jsonb, cree_le timestamp with time zone, locale boolean)
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_envoi public.envois;
begin
  for v_envoi in
    select * from public.envois e
     where e.env = private.env() and e.statut in ('A_ENVOYER', 'EN_COURS') and e.prochain_essai <= clock_timestamp()
       and (e.roles is null or private.profils_prevenus())
     order by e.prochain_essai limit p_combien for update skip locked
  loop
    if v_envoi.essais >= private.essais_max() then
      v_envoi.statut := 'EN_COURS';
      perform private.enterrer_envoi(v_envoi, 'OUVRIER', 'L''ouvrier s''est arrêté à chaque essai.');
      continue;
    end if;
    if v_envoi.contenu is null then
      v_envoi := private.composer_resume(v_envoi);
    end if;
    -- Until then nobody else takes it: its next try is the end of its lease.
    update public.envois e
       set statut = 'EN_COURS', essais = e.essais + 1, bail = gen_random_uuid(),
           bail_jusqu_au = clock_timestamp() + interval '60 seconds',
           prochain_essai = clock_timestamp() + interval '60 seconds',
           sujet = v_envoi.sujet, contenu = v_envoi.contenu
     where e.id = v_envoi.id returning * into v_envoi;
    return query select v_envoi.id, v_envoi.bail, v_envoi.canal,
      case when v_envoi.roles is null then array[v_envoi.destination]
           else private.adresses_des_roles(v_envoi.roles, v_envoi.depot_id) end,
      v_envoi.secret_nom, v_envoi.sujet, v_envoi.contenu, v_envoi.created_at, private.env() in ('local', 'staging');
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.preparer_profil(p_email text, p_role text, p_depot_id uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_user_id uuid;
begin
  perform private.exiger('ecrire_profils');
  if private.depot_manque(p_role, p_depot_id) then
    perform private.refuser('DEPOT_REQUIS', jsonb_build_object('role', p_role));
  end if;
  if p_depot_id is not null and not exists (select from public.depots d where d.id = p_depot_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce dépôt'));
  end if;
  perform private.exiger_actifs(p_depot_id => p_depot_id);
  -- One at a time for an address: a request that is sent again finds what the first one made.
  perform pg_advisory_xact_lock(hashtextextended('profils:' || lower(p_email), 0));
  select u.id into v_user_id from auth.users u where u.email = lower(p_email) order by u.created_at limit 1;
  if exists (select from public.profils p where p.user_id = v_user_id) then
    perform private.refuser('PROFIL_EXISTANT');
  end if;
  return v_user_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.preparer_validation(p_sortie public.sorties_produit, p_validateur uuid, p_lieu private.lieu)
 RETURNS public.sorties_produit
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_mesures private.mesures;
  v_releve private.releve;
  v_corrige private.volume_corrige;
  v_aujourdhui date;
begin
  if p_sortie.client_id is null and p_sortie.partenaire_id is null then
    perform private.refuser('BENEFICIAIRE_REQUIRED');
  end if;
  if p_sortie.proprietaire_type = 'PARTENAIRE' and p_sortie.partenaire_id is null then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;
  perform private.exiger_citerne(p_lieu.citerne, p_sortie.citerne_id, p_sortie.produit_id);
  -- Nothing has left yet: a client disabled since the draft was written stops it.
  perform private.exiger_actifs(p_client_id => p_sortie.client_id);
  v_aujourdhui := private.jour_local((p_lieu.depot).fuseau, now());
  if p_sortie.date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;

  v_mesures.volume_ambiant := private.volume_mesure(p_sortie.volume_ambiant, null, p_sortie.index_avant,
    p_sortie.index_apres);
  v_mesures.champ_volume := private.champ_volume(p_sortie.volume_ambiant, null);
  v_releve := private.relever(p_sortie.compteur_id, p_lieu.citerne, p_sortie.date_jour, p_sortie.index_avant,
    p_sortie.index_apres, v_mesures.volume_ambiant);
  v_mesures.volume_ambiant := v_releve.volume;
  v_mesures.temperature_produit_c := p_sortie.temperature_ambiante_c;
  v_mesures.temperature_echantillon_c := p_sortie.temperature_echantillon_c;
  v_mesures.densite_observee_kgm3 := p_sortie.densite_observee_kgm3;
  v_mesures.densite_a_15_kgm3 := p_sortie.densite_a_15_kgm3;
  v_mesures.densite_citerne_kgm3 := p_lieu.densite_melange_kgm3;
  v_mesures.volume_15c_client := p_sortie.volume_15c;
  v_mesures.par_compteur := p_sortie.index_avant is not null and p_sortie.index_apres is not null;
  v_corrige := private.volume_15c(v_mesures, p_lieu);

  p_sortie.volume_ambiant := v_mesures.volume_ambiant;
  -- As for a réception: where no meter was read, two numbers that differ by the volume.
  p_sortie.index_avant := coalesce(p_sortie.index_avant, 0);
  p_sortie.index_apres := coalesce(p_sortie.index_apres, p_sortie.volume_ambiant);
  p_sortie.volume_15c := v_corrige.volume_15c;
  p_sortie.volume_corrige_15c := v_corrige.volume_15c;
  p_sortie.vcf := v_corrige.vcf;
  p_sortie.methode_15c := v_corrige.methode_15c;
  p_sortie.parametres_15c := v_corrige.parametres_15c || jsonb_build_object('volume_15c_client',
    v_mesures.volume_15c_client);
  p_sortie.avertissements := v_corrige.avertissements || v_releve.avertissements;
  p_sortie.compteur_id := v_releve.compteur_id;
  p_sortie.facteur_compteur := v_releve.facteur;
  p_sortie.densite_a_15_kgm3 := v_corrige.densite_a_15_kgm3;
  p_sortie.densite_a_15 := v_corrige.densite_a_15_kgm3;
  p_sortie.depot_id := (p_lieu.depot).id;
  p_sortie.statut := 'validee';
  p_sortie.validated_by := p_validateur;
  return p_sortie;
end;
$function$;

CREATE OR REPLACE FUNCTION private.prise_a_regulariser(p_id uuid)
 RETURNS public.prises_de_hauteur
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_heures constant int := 72;
  v_prise public.prises_de_hauteur;
begin
  select * into v_prise from public.prises_de_hauteur p where p.id = p_id
    and p.depot_id = any (private.depots_visibles());
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette prise de hauteur'));
  end if;
  -- Whoever books it too waits here for this one to end.
  perform private.verrouiller_citernes(v_prise.citerne_id);
  if exists (select from public.regularisations r where r.prise_de_hauteur_id = p_id) then
    perform private.refuser('REGULARISATION_DEJA_FAITE');
  end if;
  if v_prise.volume_15c is null or v_prise.stock_comptable_15c is null then
    perform private.refuser('REGULARISATION_SANS_15C');
  end if;
  if coalesce(v_prise.mesuree_le, v_prise.created_at) < clock_timestamp() - make_interval(hours => c_heures) then
    perform private.refuser('REGULARISATION_TARDIVE', jsonb_build_object('heures', c_heures));
  end if;
  -- What was corrected since may be the very litres that were missing.
  if exists (select from public.log_actions l
              where l.created_at > coalesce(v_prise.mesuree_le, v_prise.created_at)
                and l.details ->> 'citerne_id' = v_prise.citerne_id::text
                and l.action in ('STOCK_REGULARISE', 'STOCK_AJUSTE', 'RECEPTION_COMPENSEE', 'SORTIE_COMPENSEE',
                                 'STOCK_INITIAL_COMPENSEE', 'TRANSFERT_COMPENSEE')) then
    perform private.refuser('REGULARISATION_DEPASSEE');
  end if;
  if (v_prise.volume_mesure, v_prise.volume_15c) = (v_prise.stock_comptable, v_prise.stock_comptable_15c) then
    perform private.refuser('REGULARISATION_SANS_ECART');
  end if;
  return v_prise;
end;
$function$;

CREATE OR REPLACE FUNCTION private.prises_de_hauteur_avant_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lieu private.lieu;
  v_dit constant numeric := new.volume_mesure;
begin
  perform private.exiger('mesurer_citerne');
  v_lieu := private.lieu(new.citerne_id, private.depots_visibles());
  if (v_lieu.citerne).id is null then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', new.citerne_id));
  end if;
  if (v_lieu.citerne).logique then
    perform private.refuser('JAUGE_CITERNE_LOGIQUE', jsonb_build_object('nom', (v_lieu.citerne).nom));
  end if;
  new.produit_id := (v_lieu.citerne).produit_id;
  new.depot_id := (v_lieu.citerne).depot_id;
  new.tolerance_pour_mille := (v_lieu.citerne).tolerance_inventaire_pour_mille;
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
  if new.volume_mesure > (v_lieu.citerne).capacite_totale and new.volume_mesure < 1e9 then
    perform private.refuser('JAUGE_SUPERIEURE_CAPACITE', jsonb_build_object(
      'champ', case when new.hauteur_totale_mm is null then 'volume_mesure' else 'hauteur_totale_mm' end,
      'volume', new.volume_mesure, 'capacite_totale', (v_lieu.citerne).capacite_totale));
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

CREATE OR REPLACE FUNCTION private.prix(p_produit_id uuid, p_client_id uuid, p_depot_id uuid, p_jour date, p_devise text, p_base text)
 RETURNS numeric
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_prix constant numeric := private.prix_ou_rien(p_produit_id, p_client_id, p_depot_id, p_jour, p_devise, p_base);
begin
  if v_prix is null then
    perform private.refuser('TARIF_ABSENT', jsonb_build_object('produit_id', p_produit_id,
      'produit', (select p.nom from public.produits p where p.id = p_produit_id),
      'client_id', p_client_id, 'jour', p_jour, 'devise', p_devise, 'base', p_base));
  end if;
  return v_prix;
end;
$function$;

CREATE OR REPLACE FUNCTION private.prix_ou_rien(p_produit_id uuid, p_client_id uuid, p_depot_id uuid, p_jour date, p_devise text, p_base text)
 RETURNS numeric
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select t.prix_ht from public.tarifs t
   where t.produit_id = p_produit_id and t.devise = p_devise and t.base = p_base
     and t.valide_du <= p_jour and (t.valide_au is null or t.valide_au >= p_jour)
     and (t.client_id is null or t.client_id = p_client_id) and (t.depot_id is null or t.depot_id = p_depot_id)
   order by t.client_id is null, t.depot_id is null limit 1
$function$;

CREATE OR REPLACE FUNCTION private.prochain_resume(p_depot_id uuid, p_apres timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select (date_trunc('day', l.heure) + case when l.heure::time < time '07:00' then interval '7 hours'
                                            else interval '31 hours' end) at time zone f.fuseau
    from (select coalesce((select d.fuseau from public.depots d where d.id = p_depot_id), 'Africa/Lubumbashi')) f
      (fuseau)
   cross join lateral (select p_apres at time zone f.fuseau) l (heure)
$function$;

CREATE OR REPLACE FUNCTION private.produits_avant_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  new.code := coalesce(new.code, upper(btrim(new.nom)));
  new.alpha_historique := coalesce(new.alpha_historique, case new.code when 'ESS' then 0.00100 else 0.00085 end);
  new.franchise_pour_mille := coalesce(new.franchise_pour_mille, case new.code when 'ESS' then 5 else 3 end);
  new.densite_15_min := coalesce(new.densite_15_min, case new.code when 'ESS' then 700 when 'G.O' then 800 end);
  new.densite_15_max := coalesce(new.densite_15_max, case new.code when 'ESS' then 790 when 'G.O' then 890 end);
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.profils_avant_ecriture()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- Of anybody else, the policies make nothing.
  if private.peut('ecrire_profils') then
    perform private.exiger_second_facteur();
  end if;
  if private.depot_manque(new.role, new.depot_id) then
    perform private.refuser('DEPOT_REQUIS', jsonb_build_object('role', new.role));
  end if;
  if tg_op = 'INSERT' or new.depot_id is distinct from old.depot_id then
    perform private.exiger_actifs(p_depot_id => new.depot_id);
  end if;
  if tg_op = 'INSERT' then
    new.email := coalesce(new.email, (select u.email from auth.users u where u.id = new.user_id));
    new.desactive_le := null;
    new.desactive_par := null;
    new.created_at := now();
    return new;
  end if;

  if (new.id, new.user_id) is distinct from (old.id, old.user_id)
     or (old.user_id = auth.uid()
         and (new.role, new.depot_id, new.habilitations, new.desactive_le)
             is distinct from (old.role, old.depot_id, old.habilitations, old.desactive_le)) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', 'profils'));
  end if;
  new.created_at := old.created_at;
  if (new.desactive_le is null) <> (old.desactive_le is null) then
    new.desactive_le := case when new.desactive_le is not null then now() end;
    new.desactive_par := case when new.desactive_le is not null then auth.uid() end;
  else
    new.desactive_le := old.desactive_le;
    new.desactive_par := old.desactive_par;
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.profils_prevenus()
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select private.env() = 'prod'
         or exists (select from public.app_settings s where s.key = 'profils_prevenus' and s.value = private.env())
$function$;

CREATE OR REPLACE FUNCTION private.proforma_a_changer(p_id uuid, VARIADIC p_statuts text[])
 RETURNS public.proformas
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_proforma public.proformas;
begin
  perform private.exiger_read_committed();
  select * into v_proforma from public.proformas p
   where p.id = p_id and (private.peut('voir_tous_depots') or p.id = any (private.proformas_vues())) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette proforma'));
  end if;
  if v_proforma.statut <> all (p_statuts) then
    perform private.refuser_lot('PROFORMA_ETAT', jsonb_build_object('statut', v_proforma.statut));
  end if;
  return v_proforma;
end;
$function$;

CREATE OR REPLACE FUNCTION private.proformas_figer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if old.statut <> 'DRAFT'
     and to_jsonb(new) - '{statut,motif_annulation,updated_at}'::text[]
         <> to_jsonb(old) - '{statut,motif_annulation,updated_at}'::text[] then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  new.updated_at := now();
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.proformas_vues()
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return coalesce((select array_agg(distinct l.proforma_id) from public.fournisseur_lot l
                    where l.id = any (private.lots_finances()) and l.proforma_id is not null), '{}')
    || coalesce((select array_agg(p.id) from public.proformas p where p.created_by = auth.uid()), '{}');
end;
$function$;

CREATE OR REPLACE FUNCTION private.quantites_reception(p_reception_id uuid)
 RETURNS private.quantites
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_quantites private.quantites;
  v_groupe text;
  v_methode text;
  v_alpha numeric;
begin
  -- What an old row says of its density at 15 °C is whatever was sent, at times the observed one.
  select r.volume_15c + coalesce((select sum(a.delta_15c) from public.stocks_adjustments a
                                   where a.mouvement_type = 'RECEPTION' and a.mouvement_id = r.id), 0),
         case when r.methode_15c <> 'LEGACY' then r.densite_a_15_kgm3 end, p.groupe_mpms, r.methode_15c,
           p.alpha_historique
    into v_quantites.volume_15c, v_quantites.densite_15, v_groupe, v_methode, v_alpha
    from public.receptions r join public.produits p on p.id = r.produit_id where r.id = p_reception_id;
  v_quantites.volume_20c := private.volume_20c(
    v_quantites.volume_15c, v_quantites.densite_15, v_groupe, v_methode, v_alpha);
  v_quantites.tonnes_air := private.masse_air_t(v_quantites.densite_15, v_quantites.volume_15c);
  return v_quantites;
end;
$function$;

CREATE OR REPLACE FUNCTION private.rapprochement(p_recu numeric, p_facture numeric)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select case
    when abs(p_recu - p_facture) < 0.5 then 'OK'
    when abs(p_recu - p_facture) < greatest(50, p_facture * coalesce(
      (select s.value::numeric from public.app_settings s where s.key = 'facture_tolerance_pour_mille'),
      0) / 1000) then 'TOLERE'
    else 'LITIGE' end
$function$;

CREATE OR REPLACE FUNCTION private.rattachement_force(p_cdr_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return exists (select from private.rattachements_decharges r
                  where r.cours_de_route_id = p_cdr_id and r.transaction = pg_current_xact_id_if_assigned());
end;
$function$;

CREATE OR REPLACE FUNCTION private.recalculer_comptes_partenaires()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  delete from private.comptes_partenaires_jours;
  delete from public.comptes_partenaires;
  perform set_config('app.stocks_journaliers_allow_write', '', true);
  perform private.porter_aux_comptes(array(
    select row(m.depot_id, m.produit_id, m.partenaire_id, m.date_jour, sum(m.delta_ambiant),
      sum(m.delta_15c))::private.part
      from public.v_mouvements_partenaires m group by m.depot_id, m.produit_id, m.partenaire_id, m.date_jour), false);
end;
$function$;

CREATE OR REPLACE FUNCTION private.receptions_a_facturer(p_lot_id uuid, p_facture_id uuid)
 RETURNS TABLE(reception_id uuid, volume_15c numeric, densite_15 numeric, volume_20c numeric, tonnes_air numeric)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select r.id, q.volume_15c, q.densite_15, q.volume_20c, q.tonnes_air
    from public.cours_de_route c
    join public.receptions r on r.cours_de_route_id = c.id and r.statut = 'validee' and r.proprietaire_type = 'MONALUXE'
   cross join lateral private.quantites_reception(r.id) q
   where c.fournisseur_lot_id = p_lot_id and q.volume_15c > 0
     and not exists (select from public.factures_fournisseur_receptions f
                      where f.reception_id = r.id and f.facture_id is distinct from p_facture_id)
$function$;

CREATE OR REPLACE FUNCTION private.receptions_apres_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_reception public.receptions;
begin
  perform private.exiger_read_committed();
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
    perform private.exiger_en_service(v_reception.citerne_id);
    perform private.appliquer_mouvement(v_reception.citerne_id, v_reception.produit_id, v_reception.depot_id,
      v_reception.proprietaire_type, v_reception.date_reception, v_reception.volume_ambiant, v_reception.volume_15c);
    perform private.exiger_contenance(v_reception.citerne_id, v_reception.date_reception, v_reception.volume_ambiant);
    perform private.melanger(v_reception.citerne_id, v_reception.densite_a_15_kgm3, v_reception.volume_15c);
    perform private.journaliser('RECEPTION_CREEE', 'receptions', 'INFO', v_reception.id, v_reception.depot_id,
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
  v_lieu private.lieu;
  v_aujourdhui date;
  v_mesures private.mesures;
  v_releve private.releve;
  v_corrige private.volume_corrige;
begin
  perform private.exiger('ecrire_reception');

  v_cdr := private.camion_a_recevoir(new.cours_de_route_id, new.proprietaire_type);
  v_lieu := private.lieu_pour_mouvement(new.citerne_id, coalesce(new.produit_id, v_cdr.produit_id));
  new.produit_id := (v_lieu.citerne).produit_id;
  new.depot_id := (v_lieu.depot).id;
  if new.proprietaire_type = 'PARTENAIRE' and new.partenaire_id is null then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;
  perform private.exiger_actifs(new.produit_id, new.depot_id, p_partenaire_id => new.partenaire_id);

  v_aujourdhui := private.jour_local((v_lieu.depot).fuseau, now());
  new.date_reception := coalesce(new.date_reception, v_aujourdhui);
  if new.date_reception > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
  perform private.exiger_camion(new, v_cdr);

  new.densite_observee_kgm3 := private.en_kgm3(new.densite_observee_kgm3);
  new.densite_a_15 := private.en_kgm3(new.densite_a_15);
  new.densite_a_15_kgm3 := private.en_kgm3(new.densite_a_15_kgm3);
  perform private.exiger_accord('densite_a_15', new.densite_a_15, 'densite_a_15_kgm3', new.densite_a_15_kgm3);
  perform private.exiger_accord('volume_15c', new.volume_15c, 'volume_corrige_15c', new.volume_corrige_15c);
  new.densite_a_15_kgm3 := coalesce(new.densite_a_15_kgm3, new.densite_a_15);
  v_mesures := private.mesures_de(new);
  v_mesures.volume_ambiant := private.volume_mesure(
    new.volume_ambiant, new.volume_observe, new.index_avant, new.index_apres);
  v_releve := private.relever(new.compteur_id, v_lieu.citerne, new.date_reception, new.index_avant, new.index_apres,
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

CREATE OR REPLACE FUNCTION private.receptions_de_proforma(p_proforma_id uuid)
 RETURNS TABLE(reception_id uuid, fournisseur_lot_id uuid, cours_de_route_id uuid, volume_15c numeric, densite_15 numeric, volume_20c numeric, tonnes_air numeric)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select r.id, c.fournisseur_lot_id, c.id, q.volume_15c, q.densite_15, q.volume_20c, q.tonnes_air
    from public.fournisseur_lot l
    join public.cours_de_route c on c.fournisseur_lot_id = l.id
    join public.receptions r on r.cours_de_route_id = c.id and r.statut = 'validee' and r.proprietaire_type = 'MONALUXE'
   cross join lateral private.quantites_reception(r.id) q
   where l.proforma_id = p_proforma_id
$function$;

CREATE OR REPLACE FUNCTION private.receptions_lire_compteur()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger_index_libres(new.id, new.compteur_id, new.index_avant, new.index_apres);
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.recu_de_facture(p_facture_id uuid)
 RETURNS TABLE(nb_receptions integer, total_volume_15c numeric, total_volume_20c numeric)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lot_id uuid;
begin
  -- A draft counts what has come so far.
  select f.fournisseur_lot_id into v_lot_id from public.fournisseur_facture_lot_min f where f.id = p_facture_id
    and f.statut =
    'DRAFT';
  if v_lot_id is not null then
    return query select count(*)::int, coalesce(sum(r.volume_15c), 0), coalesce(sum(r.volume_20c), 0)
      from private.receptions_a_facturer(v_lot_id, p_facture_id) r;
  else
    return query select count(*)::int, coalesce(sum(r.volume_15c), 0), coalesce(sum(r.volume_20c), 0)
      from public.factures_fournisseur_receptions r where r.facture_id = p_facture_id;
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.recu_de_proforma(p_proforma_id uuid)
 RETURNS TABLE(nb_lots integer, nb_camions integer, nb_decharges integer, nb_receptions integer, volume_15c numeric, volume_20c numeric, tonnes_air numeric)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
  select (select count(*)::int from public.fournisseur_lot l where l.proforma_id = p_proforma_id),
         c.camions, c.decharges, r.receptions, r.v15, r.v20, r.tonnes
    from (select count(*) filter (where x.statut <> 'ANNULE')::int as camions,
                 count(*) filter (where x.statut = 'DECHARGE')::int as decharges
            from public.cours_de_route x join public.fournisseur_lot l on l.id = x.fournisseur_lot_id
           where l.proforma_id = p_proforma_id) c,
         (select count(*)::int as receptions, coalesce(sum(q.volume_15c), 0) as v15,
                 coalesce(sum(q.volume_20c), 0) as v20,
                 case when bool_and(q.tonnes_air is not null) then sum(q.tonnes_air) end as tonnes
            from private.receptions_de_proforma(p_proforma_id) q) r;
end;
$function$;

CREATE OR REPLACE FUNCTION private.recu_du_camion(p_cours_de_route_id uuid)
 RETURNS private.quantites
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_recu private.quantites;
begin
  select coalesce(sum(q.volume_15c), 0), coalesce(sum(q.volume_20c), 0),
         case when bool_and(q.densite_15 is not null) then sum(q.volume_15c * q.densite_15) / nullif(sum(q.volume_15c),
           0)
           end,
         case when bool_and(q.tonnes_air is not null) then sum(q.tonnes_air) end
    into v_recu
    from public.receptions r cross join lateral private.quantites_reception(r.id) q
   where r.cours_de_route_id = p_cours_de_route_id and r.statut = 'validee';
  return v_recu;
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
  insert into public.factures_client (id, depot_id, client_id, devise, created_by)
  values (v_id, p_depot_id, p_client_id, v_conditions.devise, auth.uid());
  insert into public.factures_client_lignes
    (facture_id, depot_id, rang, nature, sortie_id, bl_id, designation, base, quantite, prix_ht, tva_groupe, tva_taux,
     montant_ht)
  select v_id, p_depot_id, l.rang, l.nature, l.sortie_id, l.bl_id, l.designation, l.base, l.quantite, l.prix_ht,
         l.tva_groupe, l.tva_taux, l.montant_ht
    from private.lignes_de(p_sorties, v_conditions) l
  union all
  select v_id, p_depot_id, cardinality(p_sorties) + s.rang::int, 'SERVICE', null, null, s.ligne ->> 'designation',
         'UNITE', (s.ligne ->> 'quantite')::numeric, (s.ligne ->> 'prix_ht')::numeric,
         coalesce(s.ligne ->> 'tva_groupe', 'B'),
         private.taux_tva_du(coalesce(s.ligne ->> 'tva_groupe', 'B'), private.jour_au_depot(p_depot_id, now())),
         round(round((s.ligne ->> 'quantite')::numeric, 3) * round((s.ligne ->> 'prix_ht')::numeric, 6), 2)
    from jsonb_array_elements(p_services) with ordinality s (ligne, rang);
  if not found then
    perform private.refuser('FACTURE_VIDE');
  end if;
  update public.factures_client f
     set total_ht = (select sum(l.montant_ht) from public.factures_client_lignes l where l.facture_id = v_id)
   where f.id = v_id;
  return v_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.referentiels()
 RETURNS TABLE(nom text, cle text[], sans text[], propre boolean)
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  values
    ('private.refus', '{code}'::text[], '{}'::text[], false),
    ('private.capacites', '{capacite}', '{}', false),
    ('private.controles', '{code}', '{severity,actif,seuil}', true),
    ('private.limites', '{route}', '{}', true),
    ('public.feature_flags', '{key}', '{enabled,depots,users,updated_by}', true),
    ('astm.profils_calcul', '{nom}', '{id}', true),
    ('public.golden_cases', '{source,reference}', '{id}', true),
    ('public.depots', '{nom}', '{}', true),
    ('public.produits', '{code}', '{}', true),
    ('public.citernes', '{nom,id}', '{}', true)
$function$;

CREATE OR REPLACE FUNCTION private.refuser(p_code text, p_valeurs jsonb DEFAULT '{}'::jsonb, p_statut_http integer DEFAULT NULL::integer)
 RETURNS void
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  raise exception using
    hint = private.phrase_de_refus(p_code, p_valeurs),
    errcode = 'PT' || coalesce(p_statut_http, (select r.statut_http from private.refus r where r.code = p_code)),
    message = p_code,
    detail = regexp_replace(p_valeurs::text, private.illisibles(), '·', 'g');
end;
$function$;

CREATE OR REPLACE FUNCTION private.refuser_valeur(p_code text, p_champ text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.refuser(p_code, jsonb_build_object('champ', p_champ));
  return false;
end;
$function$;

CREATE OR REPLACE FUNCTION private.regle_de_facture(p_facture_id uuid)
 RETURNS numeric
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select coalesce(private.montant_lettre((private.ecriture_de_facture(p_facture_id)).id), 0) $function$;

CREATE OR REPLACE FUNCTION private.regle_facture_client(p_facture_id uuid)
 RETURNS numeric
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select coalesce(private.montant_lettre((private.ecriture_facture_client(p_facture_id)).id), 0) $function$;

CREATE OR REPLACE FUNCTION private.relever(p_compteur_id uuid, p_citerne public.citernes, p_jour date, p_index_avant numeric, p_index_apres numeric, p_volume numeric)
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
      v_releve.facteur := (astm.profil(p_citerne.depot_id, p_citerne.produit_id)).facteur_compteur;
      if v_releve.facteur <> 1 then
        v_releve.volume := round((p_index_apres - p_index_avant) * v_releve.facteur, 3);
      else
        v_releve.facteur := null;
      end if;
    end if;
    return v_releve;
  end if;
  select c.* into v_compteur from public.compteurs c
   where c.id = any (private.etalonnages(p_compteur_id)) and c.citerne_id = p_citerne.id and c.valide_du <= p_jour
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

CREATE OR REPLACE FUNCTION private.repartir(p_total numeric, p_poids numeric[])
 RETURNS numeric[]
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with poids as (
    select p.rang, p.poids, round(p_total * p.poids / sum(p.poids) over (), 3) as part,
           row_number() over (order by p.poids desc, p.rang) as place
      from unnest(p_poids) with ordinality p (poids, rang)
  )
  select array_agg(p.part + case p.place when 1 then p_total - (select sum(q.part) from poids q) else 0 end
    order by p.rang)
    from poids p
$function$;

CREATE OR REPLACE FUNCTION private.reserver_camions()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- One lock for all trucks, before the first row: one a truck would fill the server's table, and in any order.
  perform pg_advisory_xact_lock(hashtextextended('cours_de_route', 0));
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.reste_de_ligne(p_ligne public.factures_client_lignes)
 RETURNS TABLE(montant_ht numeric, quantite numeric)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select p_ligne.montant_ht - coalesce(sum(a.montant_ht), 0),
         p_ligne.quantite -
           coalesce(sum(a.quantite) filter (where a.base = p_ligne.base and a.prix_ht = p_ligne.prix_ht), 0)
    from public.factures_client_lignes a
    join public.factures_client f on f.id = a.facture_id and f.statut = 'EMISE'
   where a.ligne_origine_id = p_ligne.id
$function$;

CREATE OR REPLACE FUNCTION private.restes_apres_ecriture()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  insert into private.restes_clients (ecriture_id, client_id, devise, echeance, ordre, debit, credit)
  values (new.id, new.client_id, new.devise, coalesce(new.echeance, new.date_valeur), new.ordre, new.debit, new.credit);
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.restes_apres_lettrage()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_client boolean;
begin
  select e.tiers_type = 'CLIENT' into v_client from public.ecritures_tiers e where e.id = new.debit_id;
  if not v_client then
    return null;
  end if;
  -- What is settled whole leaves; a settlement taken back brings it here again.
  delete from private.restes_clients r
   where (r.ecriture_id = new.debit_id and r.debit = new.montant)
      or (r.ecriture_id = new.credit_id and r.credit = new.montant);
  update private.restes_clients r
     set debit = r.debit - case r.ecriture_id when new.debit_id then new.montant else 0 end,
         credit = r.credit - case r.ecriture_id when new.credit_id then new.montant else 0 end
   where r.ecriture_id in (new.debit_id, new.credit_id);
  if new.montant < 0 then
    insert into private.restes_clients (ecriture_id, client_id, devise, echeance, ordre, debit, credit)
    select e.id, e.client_id, e.devise, coalesce(e.echeance, e.date_valeur), e.ordre,
           case when e.debit > 0 then -new.montant else 0 end, case when e.credit > 0 then -new.montant else 0 end
      from public.ecritures_tiers e where e.id in (new.debit_id, new.credit_id)
    on conflict (ecriture_id) do nothing;
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.restes_vus()
 RETURNS TABLE(depot_id uuid, client_id uuid, devise text, echeance date, debit numeric, credit numeric)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select e.depot_id, r.client_id, r.devise, r.echeance, r.debit, r.credit
    from private.restes_clients r join public.ecritures_tiers e on e.id = r.ecriture_id
   where e.depot_id = any ((select private.depots_ou('lire_ventes'))::uuid[])
$function$;

CREATE OR REPLACE FUNCTION private.roles_possibles(p_roles text[])
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select bool_and(pg_get_constraintdef(k.oid) like '%''' || r || '''%')
    from pg_constraint k, unnest(p_roles) r
   where k.conrelid = 'public.profils'::regclass and k.conname = 'profils_role_check'
$function$;

CREATE OR REPLACE FUNCTION private.sblc_a_changer(p_id uuid)
 RETURNS public.sblc
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_sblc public.sblc;
begin
  select * into v_sblc from public.sblc s
   where s.id = p_id and (private.peut('voir_tous_depots') or s.id = any (private.sblc_vues())) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette SBLC'));
  end if;
  if v_sblc.statut = 'ANNULEE' then
    perform private.refuser('SBLC_ETAT', jsonb_build_object('statut', v_sblc.statut));
  end if;
  return v_sblc;
end;
$function$;

CREATE OR REPLACE FUNCTION private.sblc_vues()
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return coalesce((select array_agg(distinct p.sblc_id) from public.proformas p
                    where p.id = any (private.proformas_vues()) and p.sblc_id is not null), '{}')
    || coalesce((select array_agg(s.id) from public.sblc s where s.created_by = auth.uid()), '{}');
end;
$function$;

CREATE OR REPLACE FUNCTION private.sceller_facture(p_facture public.factures_client)
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_depot public.depots;
  v_ecriture public.ecritures_tiers;
begin
  if p_facture.total_ttc <= 0 then
    perform private.refuser('FACTURE_VIDE', jsonb_build_object('total_ttc', p_facture.total_ttc));
  end if;
  select * into strict v_depot from public.depots d where d.id = p_facture.depot_id;
  p_facture.statut := 'EMISE';
  p_facture.emise_par := auth.uid();
  p_facture.emise_le := clock_timestamp();
  p_facture.exercice := extract(year from p_facture.date_facture);
  perform private.verrouiller_tiers('CLIENT', p_facture.client_id);
  -- From here to its end the transaction holds the series: nothing is looked for any more, it is only written.
  p_facture.numero := private.prendre_numero(p_facture.depot_id, case p_facture.type when 'AVOIR' then 'AVR'
    else 'FAC' end,
    p_facture.exercice, p_facture.id);
  p_facture.sequence := substring(p_facture.numero from '\d+$')::bigint;
  p_facture := private.suivre_derniere(p_facture, v_depot.fuseau);
  p_facture.empreinte := private.empreinte_facture(p_facture);
  update public.factures_client f
     set (statut, emise_par, emise_le, exercice, sequence, numero, precedent, empreinte, client_fige, vendeur_fige,
          taux_cdf, date_facture, date_echeance, total_ht, total_tva, total_ttc, total_tva_cdf, total_ttc_cdf)
         = (p_facture.statut, p_facture.emise_par, p_facture.emise_le, p_facture.exercice, p_facture.sequence,
            p_facture.numero, p_facture.precedent, p_facture.empreinte, p_facture.client_fige, p_facture.vendeur_fige,
            p_facture.taux_cdf, p_facture.date_facture, p_facture.date_echeance, p_facture.total_ht,
            p_facture.total_tva, p_facture.total_ttc, p_facture.total_tva_cdf, p_facture.total_ttc_cdf)
   where f.id = p_facture.id;
  v_ecriture.tiers_type := 'CLIENT';
  v_ecriture.client_id := p_facture.client_id;
  v_ecriture.depot_id := p_facture.depot_id;
  v_ecriture.devise := p_facture.devise;
  v_ecriture.date_valeur := p_facture.date_facture;
  v_ecriture.echeance := p_facture.date_echeance;
  v_ecriture.type := p_facture.type;
  v_ecriture.reference := p_facture.numero;
  v_ecriture.libelle := format('%s %s', case p_facture.type when 'AVOIR' then 'Avoir' else 'Facture' end,
    p_facture.numero);
  v_ecriture.source_type := 'factures_client';
  v_ecriture.source_id := p_facture.id;
  v_ecriture.debit := case p_facture.type when 'FACTURE' then p_facture.total_ttc else 0 end;
  v_ecriture.credit := case p_facture.type when 'AVOIR' then p_facture.total_ttc else 0 end;
  v_ecriture.id := private.ecrire_compte(v_ecriture);
  if p_facture.type = 'FACTURE' then
    perform private.affecter_avances(v_ecriture);
  end if;
  perform private.ouvrir_dossier_fiscal(p_facture);
  perform private.journaliser(case p_facture.type when 'AVOIR' then 'AVOIR_EMIS' else 'FACTURE_CLIENT_EMISE' end,
    'ventes',
    'INFO', p_facture.id, p_facture.depot_id, jsonb_build_object('numero', p_facture.numero,
      'client_id', p_facture.client_id, 'devise', p_facture.devise, 'total_ttc', p_facture.total_ttc,
      'empreinte', encode(p_facture.empreinte, 'hex')));
  return p_facture;
end;
$function$;

CREATE OR REPLACE FUNCTION private.seuil(p_code text)
 RETURNS numeric
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select c.seuil from private.controles c where c.code = p_code $function$;

CREATE OR REPLACE FUNCTION private.seulement(p_objet jsonb, p_champs text[])
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce(jsonb_object_agg(c.key, c.value), '{}')
    from jsonb_each(case jsonb_typeof(p_objet) when 'object' then p_objet else '{}' end) c
   where c.key = any (p_champs)
$function$;

CREATE OR REPLACE FUNCTION private.signaler_livraison(p_bon public.bons_livraison, p_sortie public.sorties_produit)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ecart public.ecarts;
begin
  v_ecart.attendu := -(private.reste_du_mouvement('SORTIE', p_sortie.id)).delta_15c;
  if p_bon.volume_livre_15c = v_ecart.attendu then
    return;
  end if;
  v_ecart.domaine := 'CLIENT';
  v_ecart.type := 'QUANTITE';
  v_ecart.depot_id := p_bon.depot_id;
  v_ecart.produit_id := p_sortie.produit_id;
  v_ecart.reference_type := 'LIVRAISON';
  v_ecart.reference_id := p_bon.id;
  v_ecart.constate := p_bon.volume_livre_15c;
  v_ecart.unite := 'L15';
  v_ecart.excedent := abs(p_bon.volume_livre_15c - v_ecart.attendu);
  perform private.ouvrir_ecart(v_ecart);
end;
$function$;

CREATE OR REPLACE FUNCTION private.simuler_dispositif(p_demande jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select case
    when f.client ->> 'type_fiscal' in ('PM', 'PC', 'PL') and f.client ->> 'nif' !~ '^[A-Z]\d{7}[A-Z]$'
      then jsonb_build_object('accepte', false, 'motif', 'NIF du client mal formé')
    else jsonb_build_object('accepte', true, 'nid', 'SIMULE-0001', 'code_dgi', f.code, 'compteurs',
      jsonb_build_object('serie', f.facture ->> 'type', 'rang', f.facture -> 'sequence'), 'qr',
      concat_ws(';', 'SIMULE-0001', f.code, f.facture ->> 'numero', f.facture ->> 'total_ttc')) end
    from (select p_demande -> 'facture' as facture, p_demande -> 'facture' -> 'client_fige' as client,
                 upper(substr(encode(sha256(convert_to(p_demande::text, 'UTF8')), 'hex'), 1, 24)) as code) f
$function$;

CREATE OR REPLACE FUNCTION private.snapshot_facture_figer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if current_setting('app.purge_staging', true) is distinct from pg_current_xact_id()::text
     and exists (select from public.fournisseur_facture_lot_min f
                  where f.id = old.facture_id and f.validated_at is not null) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return case tg_op when 'DELETE' then old else new end;
end;
$function$;

CREATE OR REPLACE FUNCTION private.societe()
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select '00000000-0000-0000-0000-000000000000'::uuid $function$;

CREATE OR REPLACE FUNCTION private.sortie_entiere(p_statut text, p_proprietaire_type text, p_volume_ambiant numeric, p_volume_15c numeric, p_volume_corrige_15c numeric, p_methode_15c text, p_validated_by uuid, p_client_id uuid, p_partenaire_id uuid, p_chauffeur_nom text, p_plaque_camion text, p_plaque_remorque text, p_transporteur text, p_note text, p_motif_rejet text)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if greatest(char_length(p_chauffeur_nom), char_length(p_plaque_camion), char_length(p_plaque_remorque),
              char_length(p_transporteur), char_length(p_note), char_length(p_motif_rejet)) > 2000 then
    raise check_violation using message = 'value too long for a text of sorties_produit: 2000 characters at most',
      hint = 'Texte trop long : 2000 caractères au plus.', table = 'sorties_produit', column = case
        when char_length(p_note) > 2000 then 'note'
        when char_length(p_motif_rejet) > 2000 then 'motif_rejet'
        when char_length(p_chauffeur_nom) > 2000 then 'chauffeur_nom'
        when char_length(p_transporteur) > 2000 then 'transporteur'
        when char_length(p_plaque_camion) > 2000 then 'plaque_camion'
        else 'plaque_remorque' end;
  end if;
  if not (private.texte_lisible(concat_ws(' ', p_chauffeur_nom, p_plaque_camion, p_plaque_remorque, p_transporteur))
          and private.texte_lisible(concat_ws(' ', p_note, p_motif_rejet), true)) then
    perform private.refuser_valeur('TEXTE_ILLISIBLE', case
      when not private.texte_lisible(p_note, true) then 'note'
      when not private.texte_lisible(p_motif_rejet, true) then 'motif_rejet'
      when not private.texte_lisible(p_chauffeur_nom) then 'chauffeur_nom'
      when not private.texte_lisible(p_transporteur) then 'transporteur'
      when not private.texte_lisible(p_plaque_camion) then 'plaque_camion'
      else 'plaque_remorque' end);
  end if;
  if not private.plaque_lisible(concat_ws(' ', p_plaque_camion, p_plaque_remorque)) then
    perform private.refuser_valeur('PLAQUE_INVALIDE',
      case when private.plaque_lisible(p_plaque_remorque) is false then 'plaque_remorque' else 'plaque_camion' end);
  end if;
  return p_proprietaire_type in ('MONALUXE', 'PARTENAIRE')
    and (p_statut in ('brouillon', 'rejetee')
         or (p_statut = 'validee' and p_volume_ambiant > 0 and p_volume_corrige_15c = p_volume_15c
             and num_nulls(p_volume_ambiant, p_volume_15c, p_methode_15c, p_validated_by) = 0
             and num_nonnulls(p_client_id, p_partenaire_id) > 0));
end;
$function$;

CREATE OR REPLACE FUNCTION private.sortie_livrable(p_sortie_id uuid)
 RETURNS public.sorties_produit
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.exiger('livrer');
  v_sortie public.sorties_produit;
begin
  select * into v_sortie from public.sorties_produit s
   where s.id = p_sortie_id and s.depot_id = any (v_acteur.depots) for no key update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette sortie'));
  end if;
  if v_sortie.statut <> 'validee' then
    perform private.refuser('SORTIE_NON_LIVRABLE', jsonb_build_object('statut', v_sortie.statut));
  end if;
  return v_sortie;
end;
$function$;

CREATE OR REPLACE FUNCTION private.sorties_a_facturer(p_depot_id uuid, p_clients uuid[])
 RETURNS SETOF public.sorties_produit
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select s.* from public.sorties_produit s
   where s.depot_id = p_depot_id and s.statut = 'validee' and s.proprietaire_type = 'MONALUXE'
     and s.client_id is not null and (p_clients is null or s.client_id = any (p_clients))
     and not exists (select from private.facturations_sortie f where f.sortie_id = s.id and f.libere_par is null)
     and not exists (select from public.stocks_adjustments a
                      where a.mouvement_type = 'SORTIE' and a.mouvement_id = s.id and a.compensation)
$function$;

CREATE OR REPLACE FUNCTION private.sorties_valider_directes()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ids uuid[];
  v_id uuid;
begin
  if coalesce(current_setting('app.sorties_a_valider', true), '') = '' then
    return null;
  end if;
  v_ids := string_to_array(btrim(current_setting('app.sorties_a_valider')), ' ');
  perform set_config('app.sorties_a_valider', '', true);
  perform private.verrouiller_credit(v_ids);
  perform private.verrouiller_citernes(variadic array(
    select s.citerne_id from public.sorties_produit s where s.id = any (v_ids)));
  foreach v_id in array v_ids loop
    perform public.validate_sortie(v_id);
  end loop;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.stock_citerne_au(p_citerne_id uuid, p_moment timestamp with time zone)
 RETURNS TABLE(stock_ambiant numeric, stock_15c numeric)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- One statement: what has just been validated is in both, or in neither.
  return query
    select coalesce(sum(l.ambiant), 0), coalesce(sum(l.a_15c), 0)
      from (select s.stock_ambiant as ambiant, s.stock_15c as a_15c
              from public.stocks_snapshot s where s.citerne_id = p_citerne_id
            union all
            select -m.delta_ambiant, -m.delta_15c
              from private.mouvements_du_journal() m
             where m.created_at > p_moment and m.citerne_id = p_citerne_id) l;
end;
$function$;

CREATE OR REPLACE FUNCTION private.stocks_adjustments_apres_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ajustement public.stocks_adjustments;
begin
  perform private.verrouiller_citernes(variadic array(
    select n.citerne_id from nouveaux n
     union select unnest(array[t.citerne_source_id, t.citerne_destination_id])
      from nouveaux n join public.transferts t on n.mouvement_type = 'TRANSFERT' and t.id = n.mouvement_id));
  for v_ajustement in select * from nouveaux n order by n.citerne_id loop
    perform private.exiger_ajustable(v_ajustement);
    perform private.appliquer_mouvement(v_ajustement.citerne_id, v_ajustement.produit_id, v_ajustement.depot_id,
      v_ajustement.proprietaire_type, v_ajustement.date_jour, v_ajustement.delta_ambiant, v_ajustement.delta_15c, true);
    if v_ajustement.delta_ambiant > 0 then
      perform private.exiger_contenance(v_ajustement.citerne_id, v_ajustement.date_jour, v_ajustement.delta_ambiant);
    end if;
    perform private.journaliser(
      case when v_ajustement.compensation then v_ajustement.mouvement_type || '_COMPENSEE' else 'STOCK_AJUSTE' end,
      'stocks', 'CRITICAL', v_ajustement.mouvement_id, v_ajustement.depot_id, to_jsonb(v_ajustement));
    if v_ajustement.proprietaire_type = 'PARTENAIRE' and v_ajustement.mouvement_type = 'STOCK_INITIAL' then
      perform private.partager_ajustement_initial(v_ajustement);
    end if;
  end loop;
  -- Those of a transfer between tanks leave an account as it was.
  perform private.porter_aux_comptes(array(
    select row(n.depot_id, n.produit_id, m.partenaire_id, n.date_jour, n.delta_ambiant, n.delta_15c)::private.part
      from nouveaux n
      join (select 'RECEPTION' as type, r.id, r.partenaire_id from public.receptions r
            union all select 'SORTIE', s.id, s.partenaire_id from public.sorties_produit s) m
        on m.type = n.mouvement_type and m.id = n.mouvement_id
     where n.proprietaire_type = 'PARTENAIRE'));
  -- What did not enter one tank of a transfer has not left the other. Asked first: an insertion of no row comes back
  -- here.
  if exists (select from nouveaux n where n.mouvement_type = 'TRANSFERT' and n.contrepartie_de is null) then
    insert into public.stocks_adjustments
      (mouvement_type, mouvement_id, citerne_id, delta_ambiant, delta_15c, reason, contrepartie_de)
    select n.mouvement_type, n.mouvement_id,
           case n.citerne_id when t.citerne_source_id then t.citerne_destination_id else t.citerne_source_id end,
           -n.delta_ambiant, -n.delta_15c, n.reason, n.id
      from nouveaux n join public.transferts t on t.id = n.mouvement_id
     where n.mouvement_type = 'TRANSFERT' and n.contrepartie_de is null;
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.stocks_adjustments_avant_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_mouvement private.mouvement;
begin
  perform private.exiger('ajuster_stock');
  perform private.exiger_motif(new.reason, 10);
  if num_nulls(new.delta_ambiant, new.delta_15c) > 0 then
    perform private.refuser('AJUSTEMENT_INCOMPLET',
      jsonb_build_object('champ', case when new.delta_ambiant is null then 'delta_ambiant' else 'delta_15c' end));
  end if;
  -- Whoever is invoicing this sortie, or confirming its note, ends first.
  if new.mouvement_type = 'SORTIE' then
    perform from public.sorties_produit s where s.id = new.mouvement_id for share;
  end if;
  v_mouvement := private.mouvement_valide(new.mouvement_type, new.mouvement_id, new.citerne_id);

  new.citerne_id := v_mouvement.citerne_id;
  new.produit_id := v_mouvement.produit_id;
  new.depot_id := v_mouvement.depot_id;
  new.proprietaire_type := v_mouvement.proprietaire_type;
  new.date_jour := private.jour_au_depot(v_mouvement.depot_id, now());
  new.created_by := auth.uid();
  new.created_at := now();

  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.suivre_derniere(p_facture public.factures_client, p_fuseau text)
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_avant public.factures_client;
begin
  select * into v_avant from public.factures_client f
   where f.depot_id = p_facture.depot_id and f.type = p_facture.type and f.exercice = p_facture.exercice
     and f.sequence is not null
   order by f.sequence desc limit 1;
  p_facture.precedent := v_avant.empreinte;
  if v_avant.date_facture > p_facture.date_facture then
    if private.jour_local(p_fuseau, clock_timestamp()) < v_avant.date_facture then
      perform private.refuser('HORLOGE_RECULEE', jsonb_build_object('derniere', v_avant.date_facture,
        'aujourdhui', p_facture.date_facture, 'numero', v_avant.numero));
    end if;
    -- Midnight passed while it waited for its number: it is of the day it has one.
    p_facture.date_echeance := p_facture.date_echeance + (v_avant.date_facture - p_facture.date_facture);
    p_facture.date_facture := v_avant.date_facture;
  end if;
  return p_facture;
end;
$function$;

CREATE OR REPLACE FUNCTION private.surveiller()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- The night's pass runs in the first minute after two o'clock, and whenever it is a day late.
  if not exists (select from private.passages p where p.nom = 'nuit'
                  and p.le > date_trunc('day', now() at time zone 'Africa/Lubumbashi' - interval '2 hours')
                             at time zone 'Africa/Lubumbashi' + interval '2 hours') then
    perform private.controler_tout();
  end if;
  perform public.sync_system_alerts_from_integrity();
  perform private.escalader();
end;
$function$;

CREATE OR REPLACE FUNCTION private.system_alerts_avant_update()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- The project's own functions have asked already. Whatever else a client sends is not theirs to say.
  if private.possede(tg_relid) then
    return new;
  end if;
  perform private.exiger('tenir_alertes');
  return private.faire_avancer_alerte(old, new.status);
end;
$function$;

CREATE OR REPLACE FUNCTION private.tarif_figer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if to_jsonb(new) - 'valide_au' <> to_jsonb(old) - 'valide_au' then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.taux_du_jour(p_devise text, p_jour date)
 RETURNS numeric
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_jours_valables constant int := 7;
  v_taux numeric;
begin
  if p_devise = 'CDF' then
    return 1;
  end if;
  select t.taux_cdf into v_taux from public.taux_change t
   where t.devise = p_devise and t.jour between p_jour - c_jours_valables and p_jour
   order by t.jour desc, t.version desc limit 1;
  if v_taux is null then
    perform private.refuser('TAUX_ABSENT', jsonb_build_object('devise', p_devise, 'jour', p_jour));
  end if;
  return v_taux;
end;
$function$;

CREATE OR REPLACE FUNCTION private.taux_tva_du(p_groupe text, p_jour date)
 RETURNS numeric
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_taux numeric;
begin
  select t.taux into v_taux from public.taux_tva t where t.groupe = p_groupe and t.valide_du <= p_jour
   order by t.valide_du desc limit 1;
  if v_taux is null then
    perform private.refuser('TVA_NON_FIXEE', jsonb_build_object('groupe', p_groupe, 'jour', p_jour));
  end if;
  return v_taux;
end;
$function$;

CREATE OR REPLACE FUNCTION private.taxer_avoir(p_avoir public.factures_client, p_origine public.factures_client)
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_deja record;
begin
  insert into public.factures_client_taxes (facture_id, depot_id, groupe, taux, base_ht, montant_tva)
  select p_avoir.id, p_avoir.depot_id, l.tva_groupe, l.tva_taux, l.ht,
         round((l.ht + d.ht) * l.tva_taux / 100, 2) - d.tva
    from (select l.tva_groupe, l.tva_taux, sum(l.montant_ht) as ht from public.factures_client_lignes l
           where l.facture_id = p_avoir.id group by 1, 2) l
   cross join lateral (
     select coalesce(sum(t.base_ht), 0) as ht, coalesce(sum(t.montant_tva), 0) as tva
       from public.factures_client_taxes t join public.factures_client a on a.id = t.facture_id
      where a.facture_origine_id = p_origine.id and a.statut = 'EMISE' and t.groupe = l.tva_groupe) d;
  select sum(t.base_ht), sum(t.montant_tva) into p_avoir.total_ht, p_avoir.total_tva
    from public.factures_client_taxes t where t.facture_id = p_avoir.id;
  p_avoir.total_ttc := p_avoir.total_ht + p_avoir.total_tva;
  select coalesce(sum(a.total_ttc), 0) as ttc, coalesce(sum(a.total_tva), 0) as tva,
         coalesce(sum(a.total_ttc_cdf), 0) as ttc_cdf, coalesce(sum(a.total_tva_cdf), 0) as tva_cdf into v_deja
    from public.factures_client a where a.facture_origine_id = p_origine.id and a.statut = 'EMISE';
  p_avoir.total_ttc_cdf := round((v_deja.ttc + p_avoir.total_ttc) * p_avoir.taux_cdf, 2) - v_deja.ttc_cdf;
  p_avoir.total_tva_cdf := round((v_deja.tva + p_avoir.total_tva) * p_avoir.taux_cdf, 2) - v_deja.tva_cdf;
  return p_avoir;
end;
$function$;

CREATE OR REPLACE FUNCTION private.texte_alerte(p_alerte public.system_alerts, p_type text)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select format(E'%s — %s%s\n%s\nDepuis le %s. Contrôle %s, objet %s %s.',
    case p_type when 'OPEN' then 'Ouverte' when 'REOPEN' then 'Rouverte' when 'RESOLVED' then 'Résolue'
                when 'ACK' then 'Prise en compte' else 'Personne ne l''a prise en compte' end,
    case p_alerte.severity when 'CRITICAL' then 'CRITIQUE' else 'À surveiller' end,
    coalesce(' — ' || d.nom, ''), p_alerte.message,
    to_char(p_alerte.ouverte_le at time zone coalesce(d.fuseau, 'Africa/Lubumbashi'), 'DD/MM/YYYY HH24:MI'),
    p_alerte.check_code, p_alerte.entity_type, p_alerte.entity_id)
    from (select) un left join public.depots d on d.id = p_alerte.depot_id
$function$;

CREATE OR REPLACE FUNCTION private.texte_lisible(p_texte text, p_lignes boolean DEFAULT false)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (translate(p_texte, CASE WHEN p_lignes THEN '
	'::text ELSE ''::text END, ''::text) !~ private.illisibles());

CREATE OR REPLACE FUNCTION private.texte_sur_une_ligne(p_texte text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select btrim(regexp_replace(regexp_replace(p_texte, private.illisibles(), ' ', 'g'), '\s+', ' ', 'g')) $function$;

CREATE OR REPLACE FUNCTION private.transferts_apres_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_transfert public.transferts;
begin
  perform private.verrouiller_citernes(variadic array(
    select n.citerne_source_id from nouveaux n union select n.citerne_destination_id from nouveaux n));
  for v_transfert in select * from nouveaux loop
    perform private.debiter_citerne('TRANSFERT', v_transfert.id, v_transfert.citerne_source_id, v_transfert.produit_id,
      v_transfert.depot_id, v_transfert.proprietaire_type, v_transfert.date_jour, v_transfert.volume_ambiant,
      v_transfert.volume_15c, v_transfert.methode_15c);
    perform private.exiger_securite(v_transfert.citerne_source_id, v_transfert.date_jour,
      case when v_transfert.methode_15c <> 'LEGACY' then v_transfert.vcf end);
    perform private.exiger_en_service(v_transfert.citerne_destination_id);
    perform private.appliquer_mouvement(v_transfert.citerne_destination_id, v_transfert.produit_id,
      v_transfert.depot_id,
      v_transfert.proprietaire_type, v_transfert.date_jour, v_transfert.volume_ambiant, v_transfert.volume_15c);
    perform private.exiger_contenance(v_transfert.citerne_destination_id, v_transfert.date_jour,
      v_transfert.volume_ambiant);
    perform private.melanger(v_transfert.citerne_destination_id, v_transfert.densite_a_15_kgm3, v_transfert.volume_15c);
    perform private.journaliser('TRANSFERT_CREE', 'stocks', 'INFO', v_transfert.id, v_transfert.depot_id,
      to_jsonb(v_transfert));
    if v_transfert.proprietaire_type = 'PARTENAIRE' then
      perform private.partager_entre_partenaires('DILATATION', d.id, d.depot_id, d.produit_id, d.date_jour,
        d.delta_ambiant, 0)
         from public.dilatations d where d.mouvement_type = 'TRANSFERT' and d.mouvement_id = v_transfert.id;
    end if;
  end loop;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.transit_du_camion(p_cours_de_route_id uuid)
 RETURNS private.transit
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_transit private.transit;
  v_recu private.quantites;
  v_prix_usd numeric;
  v_base_prix text;
  v_pour_mille numeric;
begin
  select h.quantite, h.base, h.densite_15, p.prix_usd, p.base,
         coalesce(p.franchise_pour_mille, d.franchise_pour_mille, 3)
    into v_transit.charge, v_transit.base, v_transit.densite_charge, v_prix_usd, v_base_prix, v_pour_mille
    from public.chargements h
    join public.cours_de_route c on c.id = h.cours_de_route_id
    join public.produits d on d.id = c.produit_id
    left join public.fournisseur_lot l on l.id = c.fournisseur_lot_id
    left join public.proformas p on p.id = l.proforma_id
   where h.cours_de_route_id = p_cours_de_route_id;
  if not found then
    return null;
  end if;
  v_recu := private.recu_du_camion(p_cours_de_route_id);
  v_transit.densite_recu := round(v_recu.densite_15, 1);
  -- Tonnes of what has no density of its own are those of the bill of lading.
  v_recu.tonnes_air := coalesce(v_recu.tonnes_air, private.masse_air_t(v_transit.densite_charge, v_recu.volume_15c));
  v_transit.recu := private.en_base(v_recu, v_transit.base);
  v_transit.franchise := round(v_transit.charge * v_pour_mille / 1000, 3);
  v_transit.excedent := greatest(abs(v_transit.recu - v_transit.charge) - v_transit.franchise, 0);
  -- A price by another base is brought to this one by what was received.
  v_transit.impact_usd := round(sign(v_transit.recu - v_transit.charge) * v_transit.excedent * v_prix_usd
    * case when v_base_prix = v_transit.base then 1
        else private.en_base(v_recu, v_base_prix) / nullif(v_transit.recu, 0) end, 2);
  return v_transit;
end;
$function$;

CREATE OR REPLACE FUNCTION private.valider_sortie(p_id uuid, p_version integer DEFAULT NULL::integer)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur private.acteur;
  v_lu record;
  v_sortie public.sorties_produit;
begin
  v_acteur := private.exiger('valider_sortie');

  select s as sortie, row(c, d, p, (select max(k.densite_melange_kgm3) from public.stocks_snapshot k
                                    where k.citerne_id = c.id))::private.lieu as lieu
    into v_lu
    from public.sorties_produit s
    left join public.citernes c on c.id = s.citerne_id and c.depot_id = any (v_acteur.depots)
    left join public.depots d on d.id = c.depot_id
    left join public.produits p on p.id = c.produit_id
   where s.id = p_id and s.depot_id = any (v_acteur.depots)
     for update of s;
  if not found then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id), 404);
  end if;
  v_sortie := v_lu.sortie;
  if v_sortie.statut <> 'brouillon' then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id, 'statut', v_sortie.statut));
  end if;
  perform private.exiger_version(v_sortie, p_version);

  v_sortie := private.preparer_validation(v_sortie, v_acteur.user_id, v_lu.lieu);

  perform set_config('app.sorties_produit_allow_write', '1', true);
  update public.sorties_produit s
     set statut = v_sortie.statut,
         depot_id = v_sortie.depot_id,
         validated_by = v_sortie.validated_by,
         index_avant = v_sortie.index_avant,
         index_apres = v_sortie.index_apres,
         compteur_id = v_sortie.compteur_id,
         facteur_compteur = v_sortie.facteur_compteur,
         volume_ambiant = v_sortie.volume_ambiant,
         volume_15c = v_sortie.volume_15c,
         volume_corrige_15c = v_sortie.volume_corrige_15c,
         vcf = v_sortie.vcf,
         methode_15c = v_sortie.methode_15c,
         parametres_15c = v_sortie.parametres_15c,
         avertissements = v_sortie.avertissements,
         densite_a_15_kgm3 = v_sortie.densite_a_15_kgm3,
         densite_a_15 = v_sortie.densite_a_15
   where s.id = p_id;
  perform set_config('app.sorties_produit_allow_write', '', true);
  perform private.tracer_validation(v_sortie, '{SORTIE_VALIDEE}');
  perform private.exiger_credit(v_sortie);
  perform private.debiter_sortie(v_sortie);
end;
$function$;

CREATE OR REPLACE FUNCTION private.vendables(p_sorties uuid[])
 RETURNS SETOF private.vendable
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select s.id, b.id, s.client_id, s.depot_id, s.produit_id, p.nom, p.tva_groupe, s.date_jour, s.plaque_camion,
         coalesce(b.volume_livre_ambiant, s.volume_ambiant - a.ambiant),
         coalesce(b.volume_livre_15c, s.volume_15c - a.quinze),
         case when s.statut <> 'validee' then 'NON_VALIDEE' when s.proprietaire_type <> 'MONALUXE' then 'PARTENAIRE'
              when s.client_id is null then 'SANS_CLIENT'
              when a.compensee or s.volume_15c - a.quinze <= 0 then 'COMPENSEE'
              when private.facture_de_sortie(s.id) is not null then 'DEJA_FACTUREE' end
    from public.sorties_produit s
    join public.produits p on p.id = s.produit_id
    left join public.bons_livraison b on b.sortie_id = s.id and b.statut = 'CONFIRME'
   cross join lateral (
     select coalesce(sum(x.delta_ambiant), 0) as ambiant, coalesce(sum(x.delta_15c), 0) as quinze,
            coalesce(bool_or(x.compensation), false) as compensee
       from public.stocks_adjustments x where x.mouvement_type = 'SORTIE' and x.mouvement_id = s.id) a
   where s.id = any (p_sorties)
$function$;

CREATE OR REPLACE FUNCTION private.vendeur(p_depot_id uuid)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_object('nom', 'Monaluxe')
         || coalesce((select jsonb_build_object('depot', d.nom, 'depot_adresse', d.adresse)
                        from public.depots d where d.id = p_depot_id), '{}')
         || coalesce((select jsonb_object_agg(substr(s.key, 9), s.value) from public.app_settings s
                       where s.key in ('societe_nom', 'societe_adresse', 'societe_telephone', 'societe_email',
                                       'societe_nif', 'societe_rccm', 'societe_id_nat')), '{}')
$function$;

CREATE OR REPLACE FUNCTION private.verifier_factures()
 RETURNS TABLE(defaut text, objet_id uuid, attendu text, trouve text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select 'EMPREINTE', f.id, encode(private.empreinte_facture(f), 'hex'), encode(f.empreinte, 'hex')
    from public.factures_client f where f.statut = 'EMISE' and f.empreinte <> private.empreinte_facture(f)
  union all
  select 'CHAINE', f.id, encode(p.empreinte, 'hex'), encode(f.precedent, 'hex')
    from (select x.*, lag(x.empreinte) over w as avant, lag(x.date_facture) over w as jour_avant,
                 row_number() over w as rang
            from public.factures_client x where x.statut = 'EMISE'
          window w as (partition by x.depot_id, x.type, x.exercice order by x.sequence)) f
   cross join lateral (select f.avant as empreinte) p
   where f.precedent is distinct from f.avant or f.jour_avant > f.date_facture
  union all
  select 'TOTAUX', f.id, f.total_ht::text, l.ht::text
    from public.factures_client f
   cross join lateral (select sum(x.montant_ht) as ht from public.factures_client_lignes x where x.facture_id = f.id) l
   cross join lateral (select sum(x.base_ht) as ht, sum(x.montant_tva) as tva
                         from public.factures_client_taxes x where x.facture_id = f.id) t
   where f.statut = 'EMISE' and (f.total_ht, f.total_ht, f.total_tva, f.total_ttc)
         is distinct from (l.ht, t.ht, t.tva, t.ht + t.tva)
  union all
  select 'AVOIRS', f.id, f.total_ttc::text, a.ttc::text
    from public.factures_client f
   cross join lateral (select sum(x.total_ttc) as ttc, sum(x.total_ttc_cdf) as cdf from public.factures_client x
                        where x.facture_origine_id = f.id and x.statut = 'EMISE') a
   where a.ttc > f.total_ttc or a.cdf > f.total_ttc_cdf
  union all
  select 'COMPTE', f.id, f.total_ttc::text, (e.debit + e.credit)::text
    from public.factures_client f cross join lateral private.ecriture_facture_client(f.id) e
   where f.statut = 'EMISE' and f.total_ttc is distinct from e.debit + e.credit
  union all
  select 'RECU', e.id, e.montant_compte::text, p.credit::text
    from public.encaissements e
    left join public.ecritures_tiers p
      on p.source_type = 'encaissements' and p.source_id = e.id and p.type = 'PAIEMENT'
   where e.numero_recu is not null and e.montant_compte is distinct from p.credit
  union all
  select 'RESTE', e.id, (e.debit + e.credit - private.montant_lettre(e.id))::text, (r.debit + r.credit)::text
    from public.ecritures_tiers e left join private.restes_clients r on r.ecriture_id = e.id
   where e.tiers_type = 'CLIENT'
     and coalesce(r.debit + r.credit, 0) <> e.debit + e.credit - private.montant_lettre(e.id)
  union all
  select 'FACTURATION', l.sortie_id, 'une facturation vive', 'aucune'
    from public.factures_client_lignes l join public.factures_client f on f.id = l.facture_id
   where f.statut = 'EMISE' and f.type = 'FACTURE' and l.sortie_id is not null
     and not exists (select from private.facturations_sortie s where s.sortie_id = l.sortie_id and s.facture_id = f.id)
$function$;

CREATE OR REPLACE FUNCTION private.verrouiller_camions(p_ids uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_cdr public.cours_de_route;
begin
  -- In one order, whichever their rows came in. Not "for update": whoever waits already holds each truck by its key.
  for v_cdr in select * from public.cours_de_route c where c.id = any (p_ids) order by c.id for no key update loop
    if v_cdr.statut <> 'ARRIVE' then
      perform private.refuser('CDR_NON_ARRIVE', jsonb_build_object('statut', v_cdr.statut));
    end if;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.verrouiller_credit(p_sorties uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_clients uuid[];
begin
  if not exists (select from public.feature_flags f where f.key = 'credit_client_blocant' and f.enabled) then
    return;
  end if;
  select array_agg(distinct s.client_id) into v_clients
    from public.sorties_produit s join public.clients_conditions c on c.client_id = s.client_id
   where s.id = any (p_sorties);
  if v_clients is not null then
    perform private.verrouiller_tiers('CLIENT', variadic v_clients);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.verrouiller_mouvements()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  lock table public.cours_de_route, public.citernes, public.receptions, public.sorties_produit, public.transferts,
    public.dilatations, public.stocks_adjustments, public.stocks_initiaux, public.regularisations,
    public.prises_de_hauteur, public.stocks_journaliers, public.stocks_snapshot, public.comptes_partenaires,
    public.log_actions in share row exclusive mode;
end;
$function$;

CREATE OR REPLACE FUNCTION private.verrouiller_tiers(p_type text, VARIADIC p_ids uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger_read_committed();
  perform pg_advisory_xact_lock(t.verrou)
     from (select distinct private.cle_compte(p_type, i.id) as verrou from unnest(p_ids) i (id)
       order by 1) t;
end;
$function$;

CREATE OR REPLACE FUNCTION private.vider_journal_mouvements()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  delete from public.log_actions l where l.module = any (private.modules_des_mouvements());
  delete from private.blocs_journal;
end;
$function$;

CREATE OR REPLACE FUNCTION private.vider_mouvements()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.interdire_si_prod();
  perform private.verrouiller_mouvements();
  perform set_config('app.purge_staging', pg_current_xact_id()::text, true);
  perform set_config('app.receptions_allow_write', '1', true);
  perform set_config('app.sorties_produit_allow_write', '1', true);
  perform set_config('app.stocks_journaliers_allow_write', '1', true);

  delete from public.ecarts_notes;
  delete from public.analyses;
  delete from private.impressions;
  delete from public.credits_derogations;
  delete from public.factures_fiscales;
  delete from private.facturations_sortie;
  delete from public.factures_client_taxes;
  delete from public.factures_client_lignes;
  delete from public.remboursements;
  delete from public.encaissements;
  delete from public.clotures_caisse;
  delete from private.restes_clients;
  delete from public.factures_client f where f.facture_origine_id is not null;
  delete from public.factures_client;
  delete from public.bons_livraison;
  delete from public.factures_fournisseur_receptions;
  delete from public.fournisseur_paiement_lot_min;
  delete from public.fournisseur_facture_lot_min;
  delete from public.ecarts;
  delete from private.lettrages;
  delete from public.ecritures_tiers;
  -- Proformas stay, as lots do, and keep their numbers.
  delete from private.numeros n where n.serie <> 'PRF';
  delete from private.series_trous t where t.serie <> 'PRF';
  delete from private.series s where s.serie <> 'PRF';
  delete from public.periodes_closes;
  delete from public.parts_partenaires;
  delete from public.attributions_partenaires;
  delete from public.stocks_initiaux_partenaires;
  delete from private.comptes_partenaires_jours;
  delete from public.comptes_partenaires;
  delete from public.receptions;
  delete from public.sorties_produit;
  delete from public.transferts;
  delete from public.dilatations;
  delete from public.stocks_adjustments;
  delete from public.stocks_initiaux;
  delete from public.regularisations;
  delete from public.prises_de_hauteur;
  delete from public.stocks_journaliers;
  delete from public.stocks_snapshot;
  perform private.vider_journal_mouvements();
  -- A key used again must not be answered with a movement that is no more.
  delete from private.idempotence;

  perform set_config('app.stocks_journaliers_allow_write', '', true);
  perform set_config('app.sorties_produit_allow_write', '', true);
  perform set_config('app.receptions_allow_write', '', true);
  perform set_config('app.purge_staging', '', true);
  perform private.journaliser('MOUVEMENTS_PURGES', 'environnement', 'CRITICAL', null, null,
    jsonb_build_object('env', private.env()));
end;
$function$;

CREATE OR REPLACE FUNCTION private.volume_20c(p_volume_15c numeric, p_densite_15 numeric, p_groupe text, p_methode text, p_alpha numeric)
 RETURNS numeric
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_densite_15 is null then
    return round(p_volume_15c / (1 - 5 * p_alpha), 3);
  end if;
  return (select round((p_volume_15c::float8 / c.vcf)::numeric, 3)
            from astm.calculer_15c(p_groupe, p_densite_15::float8, 15, 20, 1000, p_methode, false, 0, false) c);
end;
$function$;

CREATE OR REPLACE FUNCTION private.volume_au_bareme(p_bareme_id uuid, p_hauteur_mm numeric)
 RETURNS TABLE(volume_l numeric, pente_l_mm numeric)
 LANGUAGE sql
 STABLE ROWS 1
BEGIN ATOMIC
 SELECT
         CASE
             WHEN (bas.hauteur_mm = volume_au_bareme.p_hauteur_mm) THEN bas.volume_l
             ELSE (bas.volume_l + (((haut.volume_l - bas.volume_l) * (volume_au_bareme.p_hauteur_mm - bas.hauteur_mm)) / (haut.hauteur_mm - bas.hauteur_mm)))
         END AS "case",
     COALESCE(((haut.volume_l - bas.volume_l) / (haut.hauteur_mm - bas.hauteur_mm)), ((bas.volume_l - avant.volume_l) / (bas.hauteur_mm - avant.hauteur_mm))) AS "coalesce"
    FROM ((( SELECT b.hauteur_mm,
             b.volume_l
            FROM public.baremes_points b
           WHERE ((b.bareme_id = volume_au_bareme.p_bareme_id) AND (b.hauteur_mm <= volume_au_bareme.p_hauteur_mm))
           ORDER BY b.hauteur_mm DESC
          LIMIT 1) bas
      LEFT JOIN LATERAL ( SELECT h.hauteur_mm,
             h.volume_l
            FROM public.baremes_points h
           WHERE ((h.bareme_id = volume_au_bareme.p_bareme_id) AND (h.hauteur_mm > volume_au_bareme.p_hauteur_mm))
           ORDER BY h.hauteur_mm
          LIMIT 1) haut ON (true))
      LEFT JOIN LATERAL ( SELECT a.hauteur_mm,
             a.volume_l
            FROM public.baremes_points a
           WHERE ((haut.hauteur_mm IS NULL) AND (a.bareme_id = volume_au_bareme.p_bareme_id) AND (a.hauteur_mm < bas.hauteur_mm))
           ORDER BY a.hauteur_mm DESC
          LIMIT 1) avant ON (true));
END;

CREATE OR REPLACE FUNCTION private.volumes_au_bareme(p_prise public.prises_de_hauteur, p_bareme public.baremes)
 RETURNS TABLE(total numeric, pente numeric, eau numeric, pente_eau numeric)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_prise.hauteur_eau_mm > p_prise.hauteur_totale_mm then
    perform private.refuser('JAUGE_INCOHERENTE', jsonb_build_object('champ', 'hauteur_eau_mm',
      'eau', p_prise.hauteur_eau_mm, 'total', p_prise.hauteur_totale_mm));
  end if;
  select round(v.volume_l, 3), v.pente_l_mm into total, pente
    from private.volume_au_bareme(p_bareme.id, p_prise.hauteur_totale_mm) v;
  if total is null or p_prise.hauteur_totale_mm > p_bareme.hauteur_max_mm then
    perform private.refuser('JAUGE_HORS_BAREME', jsonb_build_object('champ', 'hauteur_totale_mm',
      'hauteur', p_prise.hauteur_totale_mm, 'maximum', p_bareme.hauteur_max_mm));
  end if;
  select round(v.volume_l, 3), v.pente_l_mm into eau, pente_eau
    from private.volume_au_bareme(p_bareme.id, p_prise.hauteur_eau_mm) v where p_prise.hauteur_eau_mm > 0;
  eau := coalesce(eau, 0);
  pente_eau := coalesce(pente_eau, 0);
  return next;
end;
$function$;

CREATE OR REPLACE FUNCTION public.acquitter_alerte(p_id uuid, p_note text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select private.deplacer_alerte(p_id, 'ACK', p_note) $function$;

CREATE OR REPLACE FUNCTION public.activer_bareme(p_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_bareme public.baremes := private.bareme_a_changer(p_id);
  v_ancien uuid;
begin
  perform private.verrouiller_citernes(v_bareme.citerne_id);
  if not exists (select from public.baremes_points p where p.bareme_id = p_id) then
    perform private.refuser('BAREME_INVALIDE', jsonb_build_object('combien', 1, 'premiere',
      'aucun point n''a été importé', 'erreurs',
      '[{"path": "csv", "message": "aucun point n''a été importé"}]'::jsonb));
  end if;
  perform set_config('app.baremes_allow_write', '1', true);
  update public.baremes b set statut = 'REMPLACE'
   where b.citerne_id = v_bareme.citerne_id and b.statut = 'ACTIF' returning b.id into v_ancien;
  update public.baremes b set statut = 'ACTIF', active_par = auth.uid(), active_le = now()
   where b.id = p_id returning * into v_bareme;
  perform set_config('app.baremes_allow_write', '', true);
  perform private.journaliser('BAREME_ACTIVE', 'baremes', 'WARNING', p_id, v_bareme.depot_id,
    to_jsonb(v_bareme) || jsonb_build_object('remplace', v_ancien));
end;
$function$;

CREATE OR REPLACE FUNCTION public.activer_proforma(p_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_proforma public.proformas;
begin
  perform private.exiger('ecrire_contrats');
  v_proforma := private.proforma_a_changer(p_id, 'DRAFT');
  v_proforma.statut := 'ACTIVE';
  perform private.exiger_proforma_en_cours(v_proforma);
  perform private.exiger_actifs(p_produit_id => v_proforma.produit_id, p_fournisseur_id => v_proforma.fournisseur_id);
  update public.proformas p
     set statut = 'ACTIVE', numero = private.prendre_numero(private.societe(), 'PRF',
       extract(year from private.aujourdhui())::int, p.id)
   where p.id = p_id;
  perform private.journaliser('PROFORMA_ACTIVEE', 'proformas', 'INFO', p_id, null,
    jsonb_build_object('reference', v_proforma.reference));
end;
$function$;

CREATE OR REPLACE FUNCTION public.ajouter_frais_lot(p_lot_id uuid, p_frais jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_frais public.frais_lot;
begin
  perform private.exiger('ecrire_frais_lot');
  perform private.exiger_lot_finance(p_lot_id);
  v_frais := jsonb_populate_record(null::public.frais_lot,
    private.seulement(p_frais, '{type,montant,devise,taux_cdf,reference,tiers}'));
  if v_frais.devise = 'CDF' and v_frais.taux_cdf is null then
    perform private.refuser('TAUX_REQUIS');
  end if;
  insert into public.frais_lot (lot_id, type, montant, devise, taux_cdf, reference, tiers, created_by)
  values (p_lot_id, v_frais.type, v_frais.montant, coalesce(v_frais.devise, 'USD'), v_frais.taux_cdf, v_frais.reference,
    v_frais.tiers, auth.uid())
  returning * into v_frais;
  perform private.journaliser('FRAIS_AJOUTE', 'lots', 'INFO', v_frais.id, null, to_jsonb(v_frais));
  return v_frais.id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.annuler_bl(p_id uuid, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_bon public.bons_livraison;
begin
  perform private.exiger('annuler_livraisons');
  perform private.exiger_motif(p_motif, 10);
  select * into v_bon from public.bons_livraison b
   where b.id = p_id and b.depot_id = any (private.depots_visibles()) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce bon de livraison'));
  end if;
  -- Whoever is invoicing its sortie ends first.
  perform from public.sorties_produit s where s.id = v_bon.sortie_id for no key update;
  if v_bon.statut = 'ANNULE' or private.facture_de_sortie(v_bon.sortie_id) is not null then
    perform private.refuser('BL_ETAT', jsonb_build_object('statut',
      case v_bon.statut when 'ANNULE' then 'ANNULE' else 'FACTURE' end));
  end if;
  update public.bons_livraison b set statut = 'ANNULE', motif_annulation = private.texte_net(p_motif)
   where b.id = p_id;
  perform private.journaliser('BL_ANNULE', 'ventes', 'WARNING', p_id, v_bon.depot_id,
    jsonb_build_object('motif', p_motif, 'avant', to_jsonb(v_bon)));
end;
$function$;

CREATE OR REPLACE FUNCTION public.annuler_encaissement(p_id uuid, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_enc public.encaissements;
  v_jour date;
begin
  perform private.exiger('annuler_encaissements');
  perform private.exiger_motif(p_motif, 10);
  v_enc := private.encaissement_a_changer(private.exiger('annuler_encaissements'), p_id, 'EN_ATTENTE', 'CONFIRME');
  if v_enc.mode = 'CASH' then
    perform private.exiger_caisse_ouverte(v_enc.depot_id, v_enc.devise, v_enc.jour_caisse);
  end if;
  perform private.verrouiller_tiers('CLIENT', v_enc.client_id);
  if exists (select from public.remboursements r where r.encaissement_id = p_id) then
    perform private.refuser('ENCAISSEMENT_ETAT', jsonb_build_object('statut', 'REMBOURSE'));
  end if;
  v_jour := private.jour_au_depot(v_enc.depot_id, now());
  perform private.contrepasser(e.id, v_jour, format('Annulation : %s', left(p_motif, 500)))
     from public.ecritures_tiers e
    where e.source_type in ('encaissements', 'arrondis') and e.source_id = p_id and e.type in ('PAIEMENT', 'ARRONDI');
  update public.encaissements e
     set statut = 'ANNULE', annule_par = auth.uid(), motif_annulation = private.texte_net(p_motif) where e.id = p_id;
  perform private.journaliser('ENCAISSEMENT_ANNULE', 'ventes', 'WARNING', p_id, v_enc.depot_id,
    jsonb_build_object('motif', p_motif, 'avant', to_jsonb(v_enc) - '{client_fige,vendeur_fige}'::text[]));
end;
$function$;

CREATE OR REPLACE FUNCTION public.annuler_facture_fournisseur(p_id uuid, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger('ecrire_factures_fournisseur');
  perform private.exiger_motif(p_motif, 3);
  perform private.facture_a_changer(p_id, 'DRAFT', 'CALCULEE');
  delete from public.factures_fournisseur_receptions r where r.facture_id = p_id;
  update public.fournisseur_facture_lot_min f set statut = 'ANNULEE', justification = private.texte_net(p_motif)
    where f.id = p_id;
  perform private.fermer_ecart_auto(t.type, 'FACTURE', p_id, 'La facture a été annulée.')
     from (values ('QUANTITE'), ('PRIX')) t (type);
  perform private.journaliser('FACTURE_ANNULEE', 'factures_fournisseur', 'WARNING', p_id, null,
    jsonb_build_object('motif', p_motif));
end;
$function$;

CREATE OR REPLACE FUNCTION public.annuler_frais_lot(p_id uuid, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_frais public.frais_lot;
begin
  perform private.exiger('ecrire_frais_lot');
  perform private.exiger_motif(p_motif, 3);
  select * into v_frais from public.frais_lot f where f.id = p_id;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ces frais'));
  end if;
  perform private.exiger_lot_finance(v_frais.lot_id);
  update public.frais_lot f set motif_annulation = private.texte_net(p_motif), annule_par = auth.uid()
   where f.id = p_id and f.motif_annulation is null;
  if not found then
    perform private.refuser('FRAIS_ANNULE');
  end if;
  perform private.journaliser('FRAIS_ANNULE', 'lots', 'WARNING', p_id, null,
    jsonb_build_object('motif', p_motif, 'avant', to_jsonb(v_frais)));
end;
$function$;

CREATE OR REPLACE FUNCTION public.annuler_paiement(p_id uuid, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_paiement public.fournisseur_paiement_lot_min;
begin
  perform private.exiger('annuler_paiements_fournisseur');
  perform private.exiger_motif(p_motif, 10);
  v_paiement := private.paiement_a_changer(p_id, 'CONFIRME');
  perform private.contrepasser(e.id, private.aujourdhui(),
    format('Annulation : %s', left(p_motif, 500)))
     from public.ecritures_tiers e
    where e.source_type = 'fournisseur_paiement_lot_min' and e.source_id = p_id and e.type = 'PAIEMENT';
  update public.fournisseur_paiement_lot_min p
     set statut = 'ANNULE', annule_par = auth.uid(), motif_annulation = private.texte_net(p_motif) where p.id = p_id;
  perform private.journaliser('PAIEMENT_ANNULE', 'paiements_fournisseur', 'CRITICAL', p_id, null,
    jsonb_build_object('motif', p_motif, 'avant', to_jsonb(v_paiement)));
end;
$function$;

CREATE OR REPLACE FUNCTION public.annuler_proforma(p_id uuid, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger('ecrire_contrats');
  perform private.exiger_motif(p_motif, 3);
  perform private.proforma_a_changer(p_id, 'DRAFT', 'ACTIVE');
  update public.proformas p set statut = 'ANNULEE', motif_annulation = private.texte_net(p_motif) where p.id = p_id;
  perform private.journaliser('PROFORMA_ANNULEE', 'proformas', 'WARNING', p_id, null,
    jsonb_build_object('motif', p_motif));
end;
$function$;

CREATE OR REPLACE FUNCTION public.attribuer_stock_partenaire(p_depot_id uuid, p_produit_id uuid, p_partenaire_id uuid, p_volume_15c numeric, p_motif text, p_date_jour date DEFAULT NULL::date)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_compte public.comptes_partenaires;
  v_aujourdhui date;
  v_attribution public.attributions_partenaires;
begin
  perform private.exiger('ajuster_stock');
  perform private.exiger_motif(p_motif, 10);
  if not exists (select from public.partenaires p where p.id = p_partenaire_id) then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;
  if (p_volume_15c > 0 and p_volume_15c < 1e9) is not true then
    perform private.refuser('VOLUME_AMBIANT_NON_POSITIF', jsonb_build_object('volume_15c', p_volume_15c));
  end if;
  v_aujourdhui := private.jour_au_depot(p_depot_id, now());
  if p_date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
  perform private.exiger_read_committed();
  if p_depot_id <> all (private.depots_visibles()) is not false
     or not exists (select from public.produits p where p.id = p_produit_id) then
    perform private.refuser('INTROUVABLE', '{"quoi":"ce dépôt ou ce produit"}');
  end if;
  -- Both accounts, in the order that everybody takes them in, before what they hold is read.
  perform private.porter_aux_comptes(array(
    select row(p_depot_id, p_produit_id, c.partenaire_id, coalesce(p_date_jour, v_aujourdhui), 0, 0)::private.part
      from (values (p_partenaire_id), (null)) c (partenaire_id)));
  select * into v_compte from public.comptes_partenaires c
   where c.depot_id = p_depot_id and c.produit_id = p_produit_id and c.partenaire_id is null;
  if v_compte.solde_15c < p_volume_15c then
    perform private.refuser('PARTENAIRE_SOLDE_INSUFFISANT', jsonb_build_object('compte', 'non attribué',
      'date_jour', coalesce(p_date_jour, v_aujourdhui), 'demande', p_volume_15c,
      'disponible', greatest(v_compte.solde_15c, 0)));
  end if;
  insert into public.attributions_partenaires
    (depot_id, produit_id, partenaire_id, volume_ambiant, volume_15c, date_jour, motif, created_by)
  values (p_depot_id, p_produit_id, p_partenaire_id,
    round(v_compte.solde_ambiant * p_volume_15c / v_compte.solde_15c, 3), p_volume_15c,
    coalesce(p_date_jour, v_aujourdhui), private.texte_net(p_motif), auth.uid())
  returning * into v_attribution;
  perform private.porter_aux_comptes(array[
    row(p_depot_id, p_produit_id, p_partenaire_id, v_attribution.date_jour, v_attribution.volume_ambiant,
      v_attribution.volume_15c)::private.part,
    row(p_depot_id, p_produit_id, null, v_attribution.date_jour, -v_attribution.volume_ambiant,
      -v_attribution.volume_15c)::private.part]);
  perform private.exiger_compte_partenaire(
    row(p_depot_id, p_produit_id, null, v_attribution.date_jour, 0, -v_attribution.volume_15c)::private.part);
  perform private.journaliser('PARTENAIRE_ATTRIBUE', 'comptes_partenaires', 'CRITICAL', v_attribution.id, p_depot_id,
    to_jsonb(v_attribution));
  return v_attribution.id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.avancer_serie(p_depot_id uuid, p_serie text, p_exercice integer, p_dernier_connu bigint, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_depot_id constant uuid := coalesce(p_depot_id, private.societe());
  v_serie private.series;
begin
  perform private.exiger('avancer_series');
  perform private.exiger_motif(p_motif, 10);
  perform private.code_emetteur(v_depot_id);
  if not coalesce(p_serie ~ '^[A-Z]{2,4}$' and p_exercice between 2000 and 2999, false) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette série'));
  end if;
  insert into private.series (depot_id, serie, exercice) values (v_depot_id, p_serie, p_exercice)
    on conflict do nothing;
  select * into strict v_serie from private.series s
   where s.depot_id = v_depot_id and s.serie = p_serie and s.exercice = p_exercice for update;
  -- A million documents lost since the backup were mistyped.
  if not coalesce(p_dernier_connu > v_serie.dernier and p_dernier_connu <= v_serie.dernier + 1000000, false) then
    perform private.refuser('SERIE_AVANCEE', jsonb_build_object('serie', p_serie, 'dernier', v_serie.dernier));
  end if;
  insert into private.series_trous (depot_id, serie, exercice, de, a, motif, par)
  values (v_depot_id, p_serie, p_exercice, v_serie.dernier + 1, p_dernier_connu, private.texte_net(p_motif),
    auth.uid());
  update private.series s set dernier = p_dernier_connu
   where s.depot_id = v_depot_id and s.serie = p_serie and s.exercice = p_exercice;
  perform private.journaliser('SERIE_AVANCEE', 'comptes', 'CRITICAL', null,
    nullif(v_depot_id, private.societe()), jsonb_build_object('serie', p_serie,
      'exercice', p_exercice, 'de', v_serie.dernier + 1, 'a', p_dernier_connu, 'motif', p_motif));
end;
$function$;

CREATE OR REPLACE FUNCTION public.calculer_facture_fournisseur(p_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_facture public.fournisseur_facture_lot_min;
  v_ecart public.ecarts;
  v_recu numeric;
  v_statut text;
begin
  perform private.exiger('ecrire_factures_fournisseur');
  v_facture := private.facture_a_changer(p_id, 'DRAFT', 'CALCULEE');
  delete from public.factures_fournisseur_receptions r where r.facture_id = p_id;
  insert into public.factures_fournisseur_receptions (facture_id, reception_id, volume_15c, densite_15, volume_20c,
    tonnes_air)
  select p_id, r.reception_id, r.volume_15c, r.densite_15, r.volume_20c, r.tonnes_air
    from private.receptions_a_facturer(v_facture.fournisseur_lot_id, p_id) r;
  if not found then
    perform private.refuser('FACTURE_SANS_RECEPTION');
  end if;
  v_facture := private.facture_en_20c(v_facture);
  update public.fournisseur_facture_lot_min f
     set statut = 'CALCULEE', quantite_facturee_20c = v_facture.quantite_facturee_20c,
         prix_unitaire_usd = v_facture.prix_unitaire_usd, montant_total_usd = v_facture.montant_total_usd
   where f.id = p_id;
  select sum(r.volume_20c) into v_recu from public.factures_fournisseur_receptions r where r.facture_id = p_id;
  v_statut := private.rapprochement(v_recu, v_facture.quantite_facturee_20c);
  if v_statut = 'LITIGE' then
    v_ecart.domaine := 'FOURNISSEUR';
    v_ecart.type := 'QUANTITE';
    v_ecart.fournisseur_lot_id := v_facture.fournisseur_lot_id;
    v_ecart.reference_type := 'FACTURE';
    v_ecart.reference_id := p_id;
    v_ecart.attendu := v_facture.quantite_facturee_20c;
    v_ecart.constate := v_recu;
    v_ecart.unite := 'L20';
    v_ecart.excedent := abs(v_recu - v_facture.quantite_facturee_20c);
    v_ecart.impact_usd := round((v_recu - v_facture.quantite_facturee_20c) * v_facture.prix_unitaire_usd, 2);
    perform private.ouvrir_ecart(v_ecart);
  else
    perform private.fermer_ecart_auto('QUANTITE', 'FACTURE', p_id, 'Le nouveau calcul est dans la tolérance.');
  end if;
  perform private.juger_prix(v_facture);
  perform private.journaliser('FACTURE_CALCULEE', 'factures_fournisseur', 'INFO', p_id, null, jsonb_build_object(
    'volume_20c', v_recu, 'quantite_facturee_20c', v_facture.quantite_facturee_20c, 'rapprochement', v_statut));
end;
$function$;

CREATE OR REPLACE FUNCTION public.changer_statut_sblc(p_id uuid, p_statut text, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_sblc public.sblc;
begin
  if p_statut = 'ANNULEE' then
    perform private.exiger('annuler_sblc');
  else
    perform private.exiger('ecrire_sblc');
  end if;
  perform private.exiger_motif(p_motif, 3);
  v_sblc := private.sblc_a_changer(p_id);
  if p_statut is null or p_statut not in ('ACTIVE', 'SUSPENDUE', 'ANNULEE') or p_statut = v_sblc.statut then
    perform private.refuser('SBLC_ETAT', jsonb_build_object('statut', v_sblc.statut));
  end if;
  update public.sblc s set statut = p_statut, updated_at = now() where s.id = p_id;
  perform private.journaliser(case p_statut when 'ANNULEE' then 'SBLC_ANNULEE' else 'SBLC_MAJ' end, 'sblc',
    case p_statut when 'ANNULEE' then 'WARNING' else 'INFO' end, p_id, null,
    jsonb_build_object('de', v_sblc.statut, 'vers', p_statut, 'motif', p_motif));
end;
$function$;

CREATE OR REPLACE FUNCTION public.clore_periode(p_depot_id uuid, p_jour date DEFAULT NULL::date, p_mois date DEFAULT NULL::date)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_aujourdhui date;
  v_periode public.periodes_closes;
begin
  perform private.exiger('clore_periodes');
  if p_depot_id <> all (private.depots_visibles()) is not false then
    perform private.refuser('INTROUVABLE', '{"quoi":"ce dépôt"}');
  end if;
  if num_nonnulls(p_jour, p_mois) <> 1 then
    perform private.refuser('PERIODE_INVALIDE');
  end if;
  v_periode.periode := case when p_jour is null then 'MOIS' else 'JOUR' end;
  v_periode.du := coalesce(p_jour, date_trunc('month', p_mois)::date);
  v_periode.au := coalesce(p_jour, (v_periode.du + interval '1 month' - interval '1 day')::date);
  v_aujourdhui := private.jour_au_depot(p_depot_id, now());
  if v_periode.au > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
  -- Who moves fuel of those days ends first, or then finds them closed.
  perform
    private.verrouiller_citernes(variadic array(select c.id from public.citernes c where c.depot_id = p_depot_id));
  perform pg_advisory_xact_lock(hashtextextended(format('periodes:%s', p_depot_id), 0));
  -- Asked twice, it is closed once.
  select c.id into v_periode.id from public.periodes_closes c
   where c.depot_id = p_depot_id and (c.du, c.au) = (v_periode.du, v_periode.au) and c.rouverte_le is null;
  if found then
    return v_periode.id;
  end if;
  if v_periode.au <= private.clos_jusqu_au(p_depot_id) then
    perform private.refuser('INVALID_ID_OR_STATE',
      jsonb_build_object('clos_jusqu_au', private.clos_jusqu_au(p_depot_id)));
  end if;
  insert into public.periodes_closes (depot_id, periode, du, au, par)
  values (p_depot_id, v_periode.periode, v_periode.du, v_periode.au, auth.uid())
  returning * into v_periode;
  perform private.journaliser('PERIODE_CLOTUREE', 'periodes', 'INFO', v_periode.id, p_depot_id, to_jsonb(v_periode));
  return v_periode.id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.clore_tarif(p_id uuid, p_au date, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_tarif public.tarifs;
begin
  perform private.exiger('regler_tarifs');
  perform private.exiger_motif(p_motif, 3);
  select * into v_tarif from public.tarifs t where t.id = p_id for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce tarif'));
  end if;
  perform private.exiger_portee_tarif(v_tarif.depot_id);
  -- A day that has passed was sold at this price.
  if p_au < greatest(v_tarif.valide_du, private.jour_local('Africa/Lubumbashi', now()) - 1)
     or p_au >= v_tarif.valide_au then
    perform private.refuser('TARIF_NON_CLOTURABLE', jsonb_build_object('au', p_au, 'valide_au', v_tarif.valide_au));
  end if;
  update public.tarifs t set valide_au = p_au where t.id = p_id;
  perform private.journaliser('TARIF_CLOS', 'ventes', 'INFO', p_id, v_tarif.depot_id,
    jsonb_build_object('avant', to_jsonb(v_tarif), 'valide_au', p_au, 'motif', p_motif));
end;
$function$;

CREATE OR REPLACE FUNCTION public.cloturer_caisse(p_depot_id uuid, p_devise text, p_jour date, p_compte numeric, p_motif text DEFAULT NULL::text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_theorique numeric;
  v_cloture public.clotures_caisse;
begin
  perform private.depot_d_acteur(private.exiger('encaisser'), p_depot_id);
  perform private.exiger_read_committed();
  if p_jour > private.jour_au_depot(p_depot_id, now()) then
    perform private.refuser('DATE_FUTURE',
      jsonb_build_object('aujourdhui', private.jour_au_depot(p_depot_id, now())));
  end if;
  perform pg_advisory_xact_lock(private.cle_caisse(p_depot_id, p_devise, p_jour));
  if exists (select from public.clotures_caisse c
              where c.depot_id = p_depot_id and c.devise = p_devise and c.jour = p_jour) then
    perform private.refuser('CAISSE_CLOTUREE', jsonb_build_object('jour', p_jour, 'devise', p_devise));
  end if;
  v_theorique := private.caisse_theorique(p_depot_id, p_devise, p_jour);
  if v_theorique <> round(p_compte, 2) then
    perform private.exiger_motif(p_motif, 10);
  end if;
  insert into public.clotures_caisse (depot_id, devise, jour, theorique, compte, motif, par)
  values (p_depot_id, p_devise, p_jour, v_theorique, p_compte, private.texte_net(p_motif), auth.uid())
  returning * into v_cloture;
  perform private.journaliser('CAISSE_CLOTUREE', 'ventes', case v_cloture.ecart when 0 then 'INFO' else 'WARNING' end,
    v_cloture.id, p_depot_id, to_jsonb(v_cloture));
  return v_cloture.id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.cloturer_proforma(p_id uuid, p_justification text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_proforma public.proformas;
  v_avancement public.v_avancement_proforma;
  v_instantane jsonb;
begin
  perform private.exiger('ecrire_contrats');
  perform private.exiger_motif(p_justification, 10);
  v_proforma := private.proforma_a_changer(p_id, 'EN_EXECUTION');
  perform private.exiger_camions_arrives(p_id);
  select * into strict v_avancement from public.v_avancement_proforma v where v.proforma_id = p_id;
  v_instantane := to_jsonb(v_avancement) || jsonb_build_object(
    'volume_annonce', (select coalesce(sum(c.volume), 0) from public.cours_de_route c
                         join public.fournisseur_lot l on l.id = c.fournisseur_lot_id
                        where l.proforma_id = p_id and c.statut <> 'ANNULE'),
    'receptions', coalesce((select jsonb_agg(to_jsonb(r) order by r.reception_id)
                              from private.receptions_de_proforma(p_id) r), '[]'),
    'ecarts', coalesce((select jsonb_agg(to_jsonb(e) order by e.id) from public.ecarts e
                          join public.fournisseur_lot l on l.id = e.fournisseur_lot_id where l.proforma_id = p_id),
                            '[]'));
  update public.proformas p set statut = 'CLOTUREE' where p.id = p_id;
  insert into public.proforma_clotures (proforma_id, instantane, justification, par)
  values (p_id, v_instantane, private.texte_net(p_justification), auth.uid());
  perform private.noter_ecart_proforma(v_proforma, v_avancement.recu, p_justification);
  perform private.journaliser('PROFORMA_CLOTUREE', 'proformas', 'INFO', p_id, null,
    jsonb_build_object('justification', p_justification, 'recu', v_avancement.recu, 'quantite', v_proforma.quantite));
end;
$function$;

CREATE OR REPLACE FUNCTION public.compute_volume_20c_from_reception(p_reception_id uuid)
 RETURNS numeric
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_volume numeric;
begin
  select v.volume_20c into v_volume from public.v_reception_20c v where v.reception_id = p_reception_id;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette réception'));
  end if;
  return v_volume;
end;
$function$;

CREATE OR REPLACE FUNCTION public.confirmer_bl(p_id uuid, p_bon jsonb DEFAULT '{}'::jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_bon public.bons_livraison;
  v_sortie public.sorties_produit;
begin
  perform private.exiger('livrer');
  perform private.exiger_read_committed();
  select * into v_bon from public.bons_livraison b
   where b.id = p_id and b.depot_id = any (private.depots_visibles()) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce bon de livraison'));
  end if;
  if v_bon.statut <> 'BROUILLON' then
    perform private.refuser('BL_ETAT', jsonb_build_object('statut', v_bon.statut));
  end if;
  v_sortie := private.sortie_livrable(v_bon.sortie_id);
  v_bon := jsonb_populate_record(v_bon,
    jsonb_strip_nulls(private.seulement(p_bon, '{recu_par,volume_livre_ambiant,volume_livre_15c}')));
  -- A quantity said anew without its litres at 15 °C has them at the sortie's own ratio.
  if p_bon ->> 'volume_livre_ambiant' is not null and p_bon ->> 'volume_livre_15c' is null then
    v_bon.volume_livre_15c := round(v_bon.volume_livre_ambiant * v_sortie.volume_15c / v_sortie.volume_ambiant, 3);
  end if;
  v_bon := private.numeroter_bon(v_bon);
  update public.bons_livraison b
     set (statut, confirme_par, confirme_le, dit, numero, recu_par, volume_livre_ambiant, volume_livre_15c)
         = (v_bon.statut, v_bon.confirme_par, v_bon.confirme_le, v_bon.dit, v_bon.numero, v_bon.recu_par,
            v_bon.volume_livre_ambiant, v_bon.volume_livre_15c)
   where b.id = p_id;
  perform private.signaler_livraison(v_bon, v_sortie);
  perform private.journaliser('BL_CONFIRME', 'ventes', 'INFO', v_bon.id, v_bon.depot_id, to_jsonb(v_bon));
end;
$function$;

CREATE OR REPLACE FUNCTION public.confirmer_encaissement(p_id uuid, p_factures jsonb DEFAULT NULL::jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_enc public.encaissements;
begin
  v_enc := private.encaissement_a_changer(private.exiger('encaisser'), p_id, 'EN_ATTENTE');
  perform private.exiger_factures_du_client(v_enc, p_factures);
  v_enc := private.confirmer(v_enc, p_factures);
  update public.encaissements e
     set (statut, confirme_par, numero_recu, lettre, client_fige, vendeur_fige)
         = (v_enc.statut, v_enc.confirme_par, v_enc.numero_recu, v_enc.lettre, v_enc.client_fige, v_enc.vendeur_fige)
   where e.id = p_id;
  perform private.journaliser('ENCAISSEMENT_CONFIRME', 'ventes', 'INFO', p_id, v_enc.depot_id,
    to_jsonb(v_enc) - '{client_fige,vendeur_fige}'::text[]);
end;
$function$;

CREATE OR REPLACE FUNCTION public.confirmer_paiement(p_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_paiement public.fournisseur_paiement_lot_min;
begin
  perform private.exiger('ecrire_factures_fournisseur');
  v_paiement := private.paiement_a_changer(p_id, 'EN_ATTENTE');
  perform private.exiger_solde(private.facture_a_payer(v_paiement.fournisseur_facture_id), v_paiement.montant_paye_usd);
  update public.fournisseur_paiement_lot_min p
     set statut = 'CONFIRME', confirme_par = auth.uid(), numero = private.numero_de_paiement(p.id)
   where p.id = p_id returning * into v_paiement;
  perform private.passer_paiement(v_paiement);
  perform private.journaliser('PAIEMENT_CONFIRME', 'paiements_fournisseur', 'INFO', p_id, null, to_jsonb(v_paiement));
end;
$function$;

CREATE OR REPLACE FUNCTION public.contester_ecart(p_id uuid, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ecart public.ecarts;
begin
  perform private.exiger('traiter_ecarts');
  perform private.exiger_motif(p_motif, 10);
  v_ecart := private.ecart_a_traiter(p_id, private.peut('lire_finance'));
  if v_ecart.statut = 'LITIGE' then
    perform private.refuser('ECART_ETAT', jsonb_build_object('statut', v_ecart.statut));
  end if;
  update public.ecarts e
     set statut = 'LITIGE', decision = 'LITIGE', justification = private.texte_net(p_motif)
   where e.id = p_id;
  perform private.journaliser('ECART_LITIGE', 'ecarts', 'WARNING', p_id, v_ecart.depot_id,
    jsonb_build_object('motif', p_motif, 'avant', to_jsonb(v_ecart)));
end;
$function$;

CREATE OR REPLACE FUNCTION public.contester_facture_fournisseur(p_id uuid, p_en_litige boolean, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_facture public.fournisseur_facture_lot_min;
begin
  perform private.exiger('ecrire_factures_fournisseur');
  perform private.exiger_motif(p_motif, 10);
  if p_en_litige then
    v_facture := private.facture_a_changer(p_id, 'CALCULEE', 'VALIDEE');
  else
    v_facture := private.facture_a_changer(p_id, 'LITIGE');
  end if;
  update public.fournisseur_facture_lot_min f
     set statut = case when p_en_litige then 'LITIGE' when f.validated_at is not null then 'VALIDEE' else 'CALCULEE' end
   where f.id = p_id;
  perform private.journaliser('FACTURE_LITIGE', 'factures_fournisseur', 'WARNING', p_id, null,
    jsonb_build_object('en_litige', p_en_litige, 'motif', p_motif));
end;
$function$;

CREATE OR REPLACE FUNCTION public.creer_et_valider_sortie(p_sortie jsonb)
 RETURNS public.sorties_produit
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return private.creer_et_valider(p_sortie, false);
end;
$function$;

CREATE OR REPLACE FUNCTION public.creer_tarif(p_produit_id uuid, p_client_id uuid, p_depot_id uuid, p_devise text, p_base text, p_prix_ht numeric, p_valide_du date, p_valide_au date, p_motif text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_tarif public.tarifs;
begin
  perform private.exiger_portee_tarif(p_depot_id);
  perform private.exiger_motif(p_motif, 3);
  perform private.exiger_actifs(p_produit_id, p_depot_id, p_client_id);
  -- Two at once would each see no other: the prices of a product are said one after the other.
  perform private.exiger_read_committed();
  perform pg_advisory_xact_lock(hashtextextended(format('tarifs:%s', p_produit_id), 0));
  -- The price that holds until somebody says another ends the day before it.
  update public.tarifs t set valide_au = p_valide_du - 1
   where t.produit_id = p_produit_id and t.client_id is not distinct from p_client_id
     and t.depot_id is not distinct from p_depot_id and t.devise = p_devise and t.base = p_base
     and t.valide_au is null and t.valide_du < p_valide_du;
  if exists (select from public.tarifs t
              where t.produit_id = p_produit_id and t.client_id is not distinct from p_client_id
                and t.depot_id is not distinct from p_depot_id and t.devise = p_devise and t.base = p_base
                and t.valide_du <= coalesce(p_valide_au, 'infinity') and coalesce(t.valide_au, 'infinity') >=
                  p_valide_du) then
    perform private.refuser('TARIF_CHEVAUCHE', jsonb_build_object('du', p_valide_du, 'au', p_valide_au));
  end if;
  insert into public.tarifs (produit_id, client_id, depot_id, devise, base, prix_ht, valide_du, valide_au, motif, par)
  values (p_produit_id, p_client_id, p_depot_id, p_devise, p_base, p_prix_ht, p_valide_du, p_valide_au,
    private.texte_net(p_motif), auth.uid())
  returning * into v_tarif;
  perform private.journaliser('TARIF_CREE', 'ventes', 'INFO', v_tarif.id, p_depot_id, to_jsonb(v_tarif));
  return v_tarif.id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.declarer_ecart(p_ecart jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_e public.ecarts;
begin
  perform private.exiger('revoir_ecarts');
  v_e := private.objet_de_l_ecart(jsonb_populate_record(null::public.ecarts, private.seulement(p_ecart,
    '{domaine,type,reference_type,reference_id,attendu,constate,unite,impact_usd,impute_a,justification}')));
  perform private.exiger_motif(v_e.justification, 10);
  -- Held as whoever validates its invoice holds it: a gap declared before is seen by them, one after is dated so.
  perform from public.fournisseur_lot l where l.id = v_e.fournisseur_lot_id for share;
  insert into public.ecarts (domaine, type, depot_id, produit_id, fournisseur_lot_id, reference_type, reference_id,
    origine, attendu, constate, unite, excedent, impact_usd, impute_a, justification, created_by)
  values (v_e.domaine, v_e.type, v_e.depot_id, v_e.produit_id, v_e.fournisseur_lot_id, v_e.reference_type,
    v_e.reference_id, 'MANUEL', v_e.attendu, v_e.constate, v_e.unite, coalesce(abs(v_e.constate - v_e.attendu), 0),
    v_e.impact_usd, v_e.impute_a, private.texte_net(v_e.justification), auth.uid())
  returning * into v_e;
  perform private.journaliser('ECART_CREE', 'ecarts', 'INFO', v_e.id, v_e.depot_id, to_jsonb(v_e));
  return v_e.id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.declarer_stock_initial(p_citerne_id uuid, p_proprietaire_type text, p_volume_ambiant numeric, p_volume_15c numeric, p_motif text, p_date_jour date DEFAULT NULL::date)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_citerne public.citernes;
  v_aujourdhui date;
  v_initial public.stocks_initiaux;
begin
  perform private.exiger('ajuster_stock');
  perform private.exiger_motif(p_motif, 10);
  -- Its key first, as every movement does: it keeps its product from here on. What else it is, is asked again.
  select * into v_citerne from public.citernes c
   where c.id = p_citerne_id and c.depot_id = any (private.depots_visibles())
     for key share;
  if not found or v_citerne.statut <> 'active' then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_citerne_id));
  end if;
  perform private.exiger_actifs(v_citerne.produit_id, v_citerne.depot_id);
  -- NaN is greater than any number: only a bound above tells it from one.
  if (p_volume_ambiant > 0 and p_volume_15c > 0 and p_volume_ambiant < 1e9 and p_volume_15c < 1e9) is not true then
    perform private.refuser('VOLUME_AMBIANT_NON_POSITIF', jsonb_build_object('volume_ambiant', p_volume_ambiant));
  end if;
  v_aujourdhui := private.jour_au_depot(v_citerne.depot_id, now());
  if p_date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;

  perform private.verrouiller_citernes(p_citerne_id);
  perform private.exiger_en_service(p_citerne_id);
  if exists (select from public.stocks_snapshot s
             where s.citerne_id = p_citerne_id and s.proprietaire_type = p_proprietaire_type) then
    perform private.refuser('INVALID_ID_OR_STATE',
      jsonb_build_object('citerne_id', p_citerne_id, 'proprietaire_type', p_proprietaire_type, 'a_deja_un_stock',
        true));
  end if;

  insert into public.stocks_initiaux
    (citerne_id, produit_id, depot_id, proprietaire_type, volume_ambiant, volume_15c, date_jour, motif, created_by)
  values
    (p_citerne_id, v_citerne.produit_id, v_citerne.depot_id, p_proprietaire_type, p_volume_ambiant, p_volume_15c,
     coalesce(p_date_jour, v_aujourdhui), private.texte_net(p_motif), auth.uid())
  returning * into v_initial;
  perform private.appliquer_mouvement(v_initial.citerne_id, v_initial.produit_id, v_initial.depot_id,
    v_initial.proprietaire_type, v_initial.date_jour, v_initial.volume_ambiant, v_initial.volume_15c);
  perform private.exiger_contenance(v_initial.citerne_id, v_initial.date_jour, v_initial.volume_ambiant);
  perform private.melanger(v_initial.citerne_id, null, v_initial.volume_15c);
  if v_initial.proprietaire_type = 'PARTENAIRE' then
    perform private.porter_aux_comptes(array[row(v_initial.depot_id, v_initial.produit_id, null, v_initial.date_jour,
      v_initial.volume_ambiant, v_initial.volume_15c)::private.part]);
  end if;
  perform private.journaliser('STOCK_INITIAL_DECLARE', 'stocks', 'CRITICAL', v_initial.id, v_initial.depot_id,
    to_jsonb(v_initial) || jsonb_build_object(
      'delta_ambiant', v_initial.volume_ambiant, 'delta_15c', v_initial.volume_15c));
  return v_initial.id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.definir_regle_notification(p_id uuid, p_canal text, p_severity_min text, p_codes text[], p_depots uuid[], p_evenements text[], p_destination text, p_roles text[], p_secret_nom text, p_actif boolean)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_inconnus text[];
  v_id uuid := p_id;
begin
  perform private.exiger('tenir_notifications');
  if (p_destination is null) = (p_roles is null) or p_canal = 'WEBHOOK'
    and (p_destination is null or p_secret_nom is null)
     or p_canal = 'EMAIL' and p_secret_nom is not null then
    perform private.refuser('REGLE_INCOMPLETE');
  end if;
  if p_destination is not null then
    perform private.destination_permise(p_canal, p_destination);
  end if;
  select array_agg(c.code) into v_inconnus from unnest(p_codes) c (code)
   where not exists (select from private.controles k where k.code = c.code);
  if v_inconnus is not null then
    perform private.refuser('CONTROLE_INCONNU', jsonb_build_object('code', v_inconnus[1]));
  end if;
  if p_id is null then
    insert into public.notifications_regles (canal, severity_min, codes, depots, evenements, destination, roles,
      secret_nom, actif, created_by)
    values (p_canal, p_severity_min, p_codes, p_depots, p_evenements, p_destination, p_roles, p_secret_nom, p_actif,
      auth.uid()) returning id into v_id;
  else
    update public.notifications_regles r
       set canal = p_canal, severity_min = p_severity_min, codes = p_codes, depots = p_depots,
           evenements = p_evenements, destination = p_destination, roles = p_roles, secret_nom = p_secret_nom,
           actif = p_actif, env = private.env(), updated_at = now()
     where r.id = p_id;
    if not found then
      perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette règle'));
    end if;
  end if;
  return v_id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.deroger_credit(p_client_id uuid, p_montant_max numeric, p_expire_le timestamp with time zone, p_motif text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_derogation public.credits_derogations;
begin
  perform private.exiger('deroger_credit');
  perform private.exiger_motif(p_motif, 10);
  if not exists (select from public.clients c where c.id = p_client_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce client'));
  end if;
  if p_expire_le <= now() then
    perform private.refuser('DATE_PASSEE');
  end if;
  insert into public.credits_derogations (client_id, montant_max, motif, expire_le, par)
  values (p_client_id, p_montant_max, private.texte_net(p_motif), p_expire_le, auth.uid())
  returning * into v_derogation;
  perform private.journaliser('CREDIT_DEROGATION', 'ventes', 'WARNING', v_derogation.id, null, to_jsonb(v_derogation));
  return v_derogation.id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.ecrire_proforma(p_proforma jsonb, p_id uuid DEFAULT NULL::uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_champs constant text[] := '{fournisseur_id,produit_id,reference,date_proforma,date_validite,incoterm,base,quantite,'
    'prix_usd,franchise_pour_mille,jours_franchise,surestaries_usd_jour,sblc_id,note}';
  v_avant public.proformas;
  v_p public.proformas;
begin
  perform private.exiger('ecrire_contrats');
  perform private.exiger_read_committed();
  if p_id is not null then
    v_avant := private.proforma_a_changer(p_id, 'DRAFT');
  end if;
  v_p := jsonb_populate_record(v_avant, private.seulement(p_proforma, c_champs));
  perform private.exiger_actifs(p_produit_id => v_p.produit_id, p_fournisseur_id => v_p.fournisseur_id);
  perform private.date_de_document(v_p.date_proforma);
  if v_p.sblc_id is not null and not exists (select from public.sblc s
       where s.id = v_p.sblc_id and s.fournisseur_id = v_p.fournisseur_id and s.statut <> 'ANNULEE') then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette SBLC de ce fournisseur'));
  end if;
  if exists (select from public.proformas p
              where p.fournisseur_id = v_p.fournisseur_id and p.statut <> 'ANNULEE' and p.id is distinct from p_id
                and lower(btrim(p.reference)) = lower(btrim(v_p.reference))) then
    perform private.refuser('PROFORMA_EXISTANTE', jsonb_build_object('reference', v_p.reference));
  end if;
  if p_id is null then
    insert into public.proformas (fournisseur_id, produit_id, reference, date_proforma, base, quantite, prix_usd,
      jours_franchise, surestaries_usd_jour, created_by)
    values (v_p.fournisseur_id, v_p.produit_id, btrim(v_p.reference), v_p.date_proforma, coalesce(v_p.base, 'L20'),
      v_p.quantite, v_p.prix_usd, coalesce(v_p.jours_franchise, 2), coalesce(v_p.surestaries_usd_jour, 0), auth.uid())
    returning id into v_p.id;
  end if;
  update public.proformas p
     set (fournisseur_id, produit_id, reference, date_proforma, date_validite, incoterm, base, quantite, prix_usd,
          franchise_pour_mille, jours_franchise, surestaries_usd_jour, sblc_id, note)
         = (v_p.fournisseur_id, v_p.produit_id, btrim(v_p.reference), v_p.date_proforma, v_p.date_validite,
            v_p.incoterm, coalesce(v_p.base, 'L20'), v_p.quantite, v_p.prix_usd, v_p.franchise_pour_mille,
            coalesce(v_p.jours_franchise, 2), coalesce(v_p.surestaries_usd_jour, 0), v_p.sblc_id, v_p.note)
   where p.id = v_p.id returning * into v_p;
  perform private.journaliser(case when p_id is null then 'PROFORMA_CREEE' else 'PROFORMA_MODIFIEE' end, 'proformas',
    'INFO', v_p.id, null, jsonb_build_object('avant', case when p_id is not null then to_jsonb(v_avant) end,
      'apres', to_jsonb(v_p)));
  return v_p.id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.ecrire_sblc(p_sblc jsonb, p_id uuid DEFAULT NULL::uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_champs constant text[] := '{fournisseur_id,banque,reference,montant,devise,date_debut,date_fin,note}';
  v_avant public.sblc;
  v_sblc public.sblc;
begin
  perform private.exiger('ecrire_sblc');
  perform private.exiger_read_committed();
  if p_id is not null then
    v_avant := private.sblc_a_changer(p_id);
  end if;
  v_sblc := jsonb_populate_record(v_avant, private.seulement(p_sblc, c_champs));
  if p_id is not null and v_sblc.fournisseur_id <> v_avant.fournisseur_id then
    perform private.refuser('ECRITURE_INTERDITE', '{"table":"sblc","verbe":"UPDATE"}');
  end if;
  perform private.exiger_actifs(p_fournisseur_id => nullif(v_sblc.fournisseur_id, v_avant.fournisseur_id));
  if exists (select from public.sblc s where lower(btrim(s.banque)) = lower(btrim(v_sblc.banque))
              and lower(btrim(s.reference)) = lower(btrim(v_sblc.reference)) and s.id is distinct from p_id) then
    perform private.refuser('SBLC_EXISTANTE', jsonb_build_object('reference', v_sblc.reference));
  end if;
  if p_id is null then
    insert into public.sblc (fournisseur_id, banque, reference, montant, devise, date_debut, date_fin, note, created_by)
    values (v_sblc.fournisseur_id, btrim(v_sblc.banque), btrim(v_sblc.reference), v_sblc.montant,
      coalesce(v_sblc.devise, 'USD'), v_sblc.date_debut, v_sblc.date_fin, v_sblc.note, auth.uid())
    returning * into v_sblc;
  else
    update public.sblc s
       set (banque, reference, montant, devise, date_debut, date_fin, note, updated_at)
           = (btrim(v_sblc.banque), btrim(v_sblc.reference), v_sblc.montant, v_sblc.devise, v_sblc.date_debut,
              v_sblc.date_fin, v_sblc.note, now())
     where s.id = p_id returning * into v_sblc;
  end if;
  perform private.journaliser(case when p_id is null then 'SBLC_CREEE' else 'SBLC_MAJ' end, 'sblc', 'INFO', v_sblc.id,
    null, jsonb_build_object('avant', case when p_id is not null then to_jsonb(v_avant) end, 'apres',
      to_jsonb(v_sblc)));
  return v_sblc.id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.emettre_avoir(p_facture_id uuid, p_nature text, p_lignes jsonb, p_motif text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.exiger('facturer');
  v_origine public.factures_client;
  v_avoir public.factures_client;
  v_ecriture public.ecritures_tiers;
  v_reste numeric;
begin
  perform private.exiger_motif(p_motif, 10);
  perform private.exiger_read_committed();
  -- Credit notes of one invoice wait for one another here.
  select * into v_origine from public.factures_client f
   where f.id = p_facture_id and f.depot_id = any (v_acteur.depots) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette facture'));
  end if;
  if v_origine.statut <> 'EMISE' or v_origine.type <> 'FACTURE' then
    perform private.refuser('FACTURE_ETAT',
      jsonb_build_object('statut', case v_origine.type when 'AVOIR' then 'AVOIR' else v_origine.statut end));
  end if;
  perform private.exiger_quatre_yeux(v_origine.emise_par);
  perform private.verrouiller_tiers('CLIENT', v_origine.client_id);
  insert into public.factures_client (depot_id, type, client_id, devise, facture_origine_id, nature, motif, created_by)
  values (v_origine.depot_id, 'AVOIR', v_origine.client_id, v_origine.devise, v_origine.id, p_nature,
    private.texte_net(p_motif), v_acteur.user_id)
  returning * into v_avoir;
  perform private.ecrire_lignes_avoir(v_avoir, p_lignes);
  v_avoir.client_fige := v_origine.client_fige;
  v_avoir.vendeur_fige := private.vendeur(v_origine.depot_id);
  v_avoir.taux_cdf := v_origine.taux_cdf;
  v_avoir.date_facture := private.jour_au_depot(v_origine.depot_id, clock_timestamp());
  v_avoir := private.taxer_avoir(v_avoir, v_origine);
  if p_nature = 'RAN' then
    update private.facturations_sortie s set libere_par = v_avoir.id
     where s.facture_id = v_origine.id and s.libere_par is null;
  end if;
  v_avoir := private.sceller_facture(v_avoir);
  v_ecriture := private.ecriture_facture_client(v_origine.id);
  v_reste := least(v_avoir.total_ttc, v_ecriture.debit - private.montant_lettre(v_ecriture.id));
  if v_reste > 0 then
    perform private.lettrer(v_ecriture.id, (private.ecriture_facture_client(v_avoir.id)).id, v_reste);
  end if;
  return v_avoir.id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.emettre_facture(p_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_facture public.factures_client;
begin
  perform private.exiger('facturer');
  perform private.exiger_read_committed();
  v_facture := private.brouillon_facture(p_id);
  perform private.exiger_quatre_yeux(v_facture.created_by);
  perform private.exiger_lignes_fraiches(v_facture);
  perform private.emettre(v_facture);
end;
$function$;

CREATE OR REPLACE FUNCTION public.encaisser(p_encaissement jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger('encaisser');
  perform private.exiger_read_committed();
  return (private.ecrire_encaissement(private.nouvel_encaissement(p_encaissement), p_encaissement -> 'factures')).id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.enregistrer_analyse(p_analyse jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_a public.analyses;
  v_hors public.specifications;
  v_ecart public.ecarts;
begin
  perform private.exiger('ecrire_analyses');
  v_a := private.completer_analyse(jsonb_populate_record(null::public.analyses, private.seulement(p_analyse,
    '{objet_type,objet_id,parametre,valeur,methode,laboratoire,analysee_le,note}')));
  insert into public.analyses (objet_type, objet_id, cours_de_route_id, depot_id, produit_id, parametre, valeur,
    methode, laboratoire, analysee_le, note, created_by)
  values (v_a.objet_type, v_a.objet_id, v_a.cours_de_route_id, v_a.depot_id, v_a.produit_id, btrim(v_a.parametre),
    v_a.valeur, v_a.methode, v_a.laboratoire, v_a.analysee_le, v_a.note, auth.uid())
  returning * into v_a;
  perform private.journaliser('ANALYSE_ENREGISTREE', 'qualite', 'INFO', v_a.id, v_a.depot_id, to_jsonb(v_a));
  v_hors := private.hors_specification(v_a.produit_id, v_a.parametre, v_a.valeur);
  if v_hors.id is not null then
    select c.fournisseur_lot_id into v_ecart.fournisseur_lot_id from public.cours_de_route c
     where c.id = v_a.cours_de_route_id;
    -- Held as whoever validates its invoice holds it: they see the gap, or it is dated after.
    perform from public.fournisseur_lot l where l.id = v_ecart.fournisseur_lot_id for share;
    v_ecart.domaine := case v_a.objet_type when 'CITERNE' then 'DEPOT' else 'FOURNISSEUR' end;
    v_ecart.type := 'QUALITE';
    v_ecart.depot_id := v_a.depot_id;
    v_ecart.produit_id := v_a.produit_id;
    v_ecart.reference_type := 'ANALYSE';
    v_ecart.reference_id := v_a.id;
    v_ecart.attendu := case when v_a.valeur < v_hors.minimum then v_hors.minimum else v_hors.maximum end;
    v_ecart.constate := v_a.valeur;
    v_ecart.excedent := abs(v_ecart.constate - v_ecart.attendu);
    perform private.ouvrir_ecart(v_ecart);
  end if;
  return v_a.id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.enregistrer_avoir_fournisseur(p_facture_id uuid, p_invoice_no text, p_date_facture date, p_montant_usd numeric, p_justification text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_facture public.fournisseur_facture_lot_min;
  v_avoir public.fournisseur_facture_lot_min;
  v_deja numeric;
  v_ecriture uuid;
  v_solde numeric;
begin
  perform private.exiger('ecrire_factures_fournisseur');
  perform private.exiger_motif(p_justification, 10);
  v_facture := private.facture_a_changer(p_facture_id, 'VALIDEE', 'LITIGE');
  if v_facture.validated_at is null then
    perform private.refuser('FACTURE_ETAT', jsonb_build_object('statut', v_facture.statut));
  end if;
  perform private.exiger_quatre_yeux(v_facture.created_by);
  perform private.date_de_document(p_date_facture);
  perform private.verrouiller_tiers('FOURNISSEUR', v_facture.fournisseur_id);
  select coalesce(sum(a.montant_total_usd), 0) into v_deja
    from public.fournisseur_facture_lot_min a where a.facture_origine_id = p_facture_id;
  if not coalesce(p_montant_usd > 0 and v_deja + p_montant_usd <= v_facture.montant_total_usd, false) then
    perform private.refuser('AVOIR_EXCESSIF',
      jsonb_build_object('montant', p_montant_usd, 'reste', v_facture.montant_total_usd - v_deja));
  end if;
  if exists (select from public.fournisseur_facture_lot_min f where f.statut <> 'ANNULEE'
              and f.fournisseur_id = v_facture.fournisseur_id
                and lower(btrim(f.invoice_no)) = lower(btrim(p_invoice_no))) then
    perform private.refuser('FACTURE_EXISTANTE', jsonb_build_object('invoice_no', p_invoice_no));
  end if;
  insert into public.fournisseur_facture_lot_min
    (fournisseur_lot_id, fournisseur_id, type, facture_origine_id, invoice_no, date_facture, quantite_facturee_20c,
     prix_unitaire_usd, base, quantite_base, prix_base_usd, montant_total_usd, created_by)
  values (v_facture.fournisseur_lot_id, v_facture.fournisseur_id, 'AVOIR', p_facture_id, btrim(p_invoice_no),
    p_date_facture,
          greatest(round(p_montant_usd / v_facture.prix_unitaire_usd, 3), 0.001), v_facture.prix_unitaire_usd,
          v_facture.base,
          greatest(round(p_montant_usd / v_facture.prix_base_usd, 3), 0.001), v_facture.prix_base_usd,
          round(p_montant_usd, 2), auth.uid())
  returning * into v_avoir;
  v_ecriture := private.passer_facture(v_avoir, p_justification);
  v_solde := v_facture.montant_total_usd - private.regle_de_facture(p_facture_id);
  if v_solde > 0 then
    perform private.lettrer(v_ecriture, (private.ecriture_de_facture(p_facture_id)).id,
      least(v_solde, v_avoir.montant_total_usd));
  end if;
  perform private.journaliser('AVOIR_ENREGISTRE', 'factures_fournisseur', 'INFO', v_avoir.id, null,
    jsonb_build_object('facture_id', p_facture_id, 'montant_usd', v_avoir.montant_total_usd, 'justification',
      p_justification));
  return v_avoir.id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.enregistrer_chargement(p_cours_de_route_id uuid, p_chargement jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_cdr public.cours_de_route;
  v_avant public.chargements;
  v_c public.chargements;
begin
  perform private.exiger('ecrire_cours_de_route');
  perform private.exiger_read_committed();
  select * into v_cdr from public.cours_de_route c
   where c.id = p_cours_de_route_id and c.depot_destination_id = any (private.depots_visibles()) for no key update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce cours de route'));
  end if;
  select * into v_avant from public.chargements h where h.cours_de_route_id = p_cours_de_route_id;
  perform private.exiger_chargement_modifiable(v_cdr, v_avant);
  v_c := jsonb_populate_record(v_avant, private.seulement(p_chargement,
    '{bl_numero,date_bl,base,quantite,densite_15,temperature_c,scelles}'));
  v_c.densite_15 := private.en_kgm3(v_c.densite_15);
  perform private.date_de_document(v_c.date_bl);
  insert into public.chargements as h
    (cours_de_route_id, depot_id, bl_numero, date_bl, base, quantite, densite_15, temperature_c, scelles, created_by)
  values (v_cdr.id, v_cdr.depot_destination_id, btrim(v_c.bl_numero), v_c.date_bl, coalesce(v_c.base, 'L20'),
    v_c.quantite, v_c.densite_15, v_c.temperature_c, v_c.scelles, auth.uid())
  on conflict (cours_de_route_id) do update
     set (bl_numero, date_bl, base, quantite, densite_15, temperature_c, scelles, updated_at)
         = (excluded.bl_numero, excluded.date_bl, excluded.base, excluded.quantite, excluded.densite_15,
            excluded.temperature_c, excluded.scelles, now())
  returning * into v_c;
  perform private.journaliser(case when v_avant.cours_de_route_id is null then 'CHARGEMENT_ENREGISTRE'
    else 'CHARGEMENT_MODIFIE' end, 'cours_de_route', case v_cdr.statut when 'DECHARGE' then 'WARNING' else 'INFO' end,
    v_cdr.id, v_cdr.depot_destination_id, jsonb_build_object(
      'avant', case when v_avant.cours_de_route_id is not null then to_jsonb(v_avant) end, 'apres', to_jsonb(v_c)));
  if v_cdr.statut = 'DECHARGE' then
    perform private.juger_transit(v_cdr.id);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION public.etablir_bl(p_sortie_id uuid, p_bon jsonb DEFAULT '{}'::jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_bon public.bons_livraison;
begin
  v_bon := private.nouveau_bon(private.sortie_livrable(p_sortie_id), p_bon);
  perform private.ecrire_bon(v_bon);
  perform private.journaliser('BL_CREE', 'ventes', 'INFO', v_bon.id, v_bon.depot_id, to_jsonb(v_bon));
  return v_bon.id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.facturer_lot(p_depot_id uuid, p_au date DEFAULT NULL::date, p_clients uuid[] DEFAULT NULL::uuid[], p_une_par_sortie boolean DEFAULT false)
 RETURNS TABLE(client_id uuid, facture_id uuid, numero text, devise text, total_ttc numeric, sorties integer, code text, phrase text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
#variable_conflict use_column
declare
  v_groupe record;
  v_prets public.factures_client[];
  v_facture public.factures_client;
  v_id uuid;
begin
  perform private.depot_d_acteur(private.exiger('facturer'), p_depot_id);
  perform private.exiger_read_committed();
  -- First all that can be refused, client by client: one who cannot be invoiced stops nobody else.
  for v_groupe in
    select s.client_id, array_agg(s.id order by s.date_jour, s.id) as sorties
      from private.sorties_a_facturer(p_depot_id, p_clients) s
     where p_au is null or s.date_jour <= p_au
     group by s.client_id, case when p_une_par_sortie then s.id end
     order by s.client_id, min(s.date_jour)
  loop
    client_id := v_groupe.client_id;
    sorties := cardinality(v_groupe.sorties);
    begin
      perform private.exiger_facturables(v_groupe.sorties, v_groupe.client_id, p_depot_id);
      perform private.exiger_client_complet(c) from public.clients c where c.id = v_groupe.client_id;
      v_id := private.rediger_facture(p_depot_id, v_groupe.client_id, v_groupe.sorties, '[]');
      select * into strict v_facture from public.factures_client f where f.id = v_id;
      perform private.exiger_quatre_yeux(v_facture.created_by);
      perform private.taux_du_jour(v_facture.devise, private.jour_au_depot(p_depot_id, now()));
      v_prets := v_prets || v_facture;
    exception
      when sqlstate 'PT409' or sqlstate 'PT422' or sqlstate 'PT403' then
        get stacked diagnostics code = message_text, phrase = pg_exception_hint;
        return next;
        code := null;
        phrase := null;
    end;
  end loop;
  perform private.verrouiller_tiers('CLIENT', variadic array(select f.client_id from unnest(v_prets) f));
  -- Then their numbers, all in a row.
  foreach v_facture in array coalesce(v_prets, '{}') loop
    v_facture := private.emettre(v_facture);
    client_id := v_facture.client_id;
    facture_id := v_facture.id;
    numero := v_facture.numero;
    devise := v_facture.devise;
    total_ttc := v_facture.total_ttc;
    select count(*) into sorties from public.factures_client_lignes l where l.facture_id = v_facture.id;
    return next;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION public.fixer_conditions_client(p_client_id uuid, p_conditions jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_avant public.clients_conditions;
  v_apres public.clients_conditions;
begin
  perform private.exiger('regler_credit');
  -- Whoever is counting this client's credit ends first.
  perform private.verrouiller_tiers('CLIENT', p_client_id);
  if not exists (select from public.clients c where c.id = p_client_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce client'));
  end if;
  v_avant := private.conditions_de(p_client_id);
  v_apres := jsonb_populate_record(v_avant, p_conditions - '{client_id,created_at,updated_at,updated_by}'::text[]);
  insert into public.clients_conditions as c
    (client_id, devise, base, delai_jours, plafond, suspendu, suivi_depuis, updated_by)
  values (p_client_id, v_apres.devise, v_apres.base, v_apres.delai_jours, v_apres.plafond, v_apres.suspendu,
    v_apres.suivi_depuis, auth.uid())
  on conflict (client_id) do update
     set (devise, base, delai_jours, plafond, suspendu, suivi_depuis, updated_by, updated_at)
         = (excluded.devise, excluded.base, excluded.delai_jours, excluded.plafond, excluded.suspendu,
            excluded.suivi_depuis, excluded.updated_by, now());
  perform private.journaliser('CREDIT_MODIFIE', 'ventes', 'WARNING', p_client_id, null,
    jsonb_build_object('avant', to_jsonb(v_avant), 'apres', to_jsonb(v_apres)));
end;
$function$;

CREATE OR REPLACE FUNCTION public.fixer_taux_change(p_devise text, p_jour date, p_taux_cdf numeric, p_source text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_version int;
begin
  perform private.exiger('regler_taux');
  if p_jour > private.jour_local('Africa/Lubumbashi', now()) then
    perform private.refuser('DATE_FUTURE',
      jsonb_build_object('aujourdhui', private.jour_local('Africa/Lubumbashi', now())));
  end if;
  perform pg_advisory_xact_lock(hashtextextended(format('taux_change:%s:%s', p_devise, p_jour), 0));
  select coalesce(max(t.version), 0) + 1 into v_version from public.taux_change t
   where t.devise = p_devise and t.jour = p_jour;
  insert into public.taux_change (devise, jour, version, taux_cdf, source, par)
  values (p_devise, p_jour, v_version, p_taux_cdf, p_source, auth.uid());
  perform private.journaliser('TAUX_CHANGE_FIXE', 'ventes', case v_version when 1 then 'INFO' else 'WARNING' end, null,
    null, jsonb_build_object('devise', p_devise, 'jour', p_jour, 'version', v_version, 'taux_cdf', p_taux_cdf));
  return v_version;
end;
$function$;

CREATE OR REPLACE FUNCTION public.fixer_taux_tva(p_groupe text, p_valide_du date, p_taux numeric, p_libelle text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger('regler_tva');
  if p_valide_du <= private.jour_local('Africa/Lubumbashi', now()) then
    perform private.refuser('DATE_PASSEE');
  end if;
  insert into public.taux_tva (groupe, valide_du, taux, libelle, par)
  values (p_groupe, p_valide_du, p_taux, p_libelle, auth.uid());
  perform private.journaliser('TAUX_TVA_FIXE', 'ventes', 'WARNING', null, null,
    jsonb_build_object('groupe', p_groupe, 'valide_du', p_valide_du, 'taux', p_taux));
end;
$function$;

CREATE OR REPLACE FUNCTION public.importer_bareme(p_id uuid, p_csv text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_maximum constant int := 100000;
  v_bareme constant public.baremes := private.bareme_a_changer(p_id);
  v_fautes jsonb;
  v_points int;
  v_dernier numeric;
begin
  if char_length(p_csv) > 2e6 then
    perform private.refuser('TROP_DE_LIGNES', jsonb_build_object('lignes', regexp_count(p_csv, E'\n'),
      'maximum', c_maximum));
  end if;
  select count(*) filter (where l.faute is null), max(l.hauteur_mm) filter (where l.faute is null),
         jsonb_agg(jsonb_build_object('path', format('ligne %s', l.ligne), 'message', l.faute) order by l.ligne)
           filter (where l.faute is not null)
    into v_points, v_dernier, v_fautes
    from private.lire_bareme(coalesce(p_csv, '')) l;
  if v_fautes is null and v_points < 2 then
    v_fautes := '[{"path": "csv", "message": "un barème a deux points au moins"}]';
  elsif v_fautes is null and v_dernier < v_bareme.hauteur_max_mm then
    v_fautes := jsonb_build_array(jsonb_build_object('path', 'csv', 'message', format(
      'le barème s''arrête à %s mm, sous la hauteur maximale de %s mm', private.nombre_fr(v_dernier),
      private.nombre_fr(v_bareme.hauteur_max_mm))));
  end if;
  if v_fautes is not null then
    perform private.refuser('BAREME_INVALIDE', jsonb_build_object('combien', jsonb_array_length(v_fautes),
      'premiere', format('%s : %s', v_fautes -> 0 ->> 'path', v_fautes -> 0 ->> 'message'),
      'erreurs', (select jsonb_agg(f.faute order by f.rang) from jsonb_array_elements(v_fautes)
        with ordinality f (faute, rang)
                   where f.rang <= 200)));
  end if;
  perform set_config('app.baremes_allow_write', '1', true);
  delete from public.baremes_points p where p.bareme_id = p_id;
  insert into public.baremes_points (bareme_id, hauteur_mm, volume_l, depot_id)
  select p_id, l.hauteur_mm, l.volume_l, v_bareme.depot_id from private.lire_bareme(p_csv) l;
  perform set_config('app.baremes_allow_write', '', true);
  perform private.journaliser('BAREME_IMPORTE', 'baremes', 'INFO', p_id, v_bareme.depot_id, jsonb_build_object(
    'citerne_id', v_bareme.citerne_id, 'version', v_bareme.version, 'points', v_points,
    'empreinte', encode(sha256(convert_to(p_csv, 'UTF8')), 'hex')));
  return v_points;
end;
$function$;

CREATE OR REPLACE FUNCTION public.imprimer_bl(p_id uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.exiger('livrer');
  v_bon public.bons_livraison;
  v_dit jsonb;
begin
  select * into v_bon from public.bons_livraison b where b.id = p_id and b.depot_id = any (v_acteur.depots);
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce bon de livraison'));
  end if;
  if v_bon.numero is null then
    perform private.refuser('BL_ETAT', jsonb_build_object('statut', v_bon.statut));
  end if;
  -- A note of before notes kept what they say is printed as things stand.
  v_dit := jsonb_build_object('bon', to_jsonb(v_bon) - '{created_at,confirme_le,dit}'::text[])
    || coalesce(v_bon.dit, private.dit_du_bon(v_bon));
  return v_dit || jsonb_build_object('empreinte', encode(sha256(convert_to(
      (v_dit #- '{bon,statut}' #- '{bon,motif_annulation}')::text, 'UTF8')), 'hex'),
    'exemplaire', private.compter_impression('BON', p_id, v_bon.depot_id));
end;
$function$;

CREATE OR REPLACE FUNCTION public.imprimer_facture(p_id uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.exiger('lire_ventes');
  v_facture public.factures_client;
  v_fiscal public.factures_fiscales;
begin
  select * into v_facture from public.factures_client f where f.id = p_id and f.depot_id = any (v_acteur.depots);
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette facture'));
  end if;
  if v_facture.statut <> 'EMISE' then
    perform private.refuser('FACTURE_ETAT', jsonb_build_object('statut', v_facture.statut));
  end if;
  select * into strict v_fiscal from public.factures_fiscales f where f.facture_id = p_id;
  if v_fiscal.statut not in ('NON_RACCORDE', 'CERTIFIEE') then
    perform private.refuser('FACTURE_NON_CERTIFIEE', jsonb_build_object('statut', v_fiscal.statut));
  end if;
  return private.dire_facture(v_facture)::jsonb || jsonb_build_object(
    'empreinte', encode(v_facture.empreinte, 'hex'),
    'origine', (select jsonb_build_object('numero', o.numero, 'date_facture', o.date_facture)
                  from public.factures_client o where o.id = v_facture.facture_origine_id),
    'fiscal', jsonb_build_object('statut', v_fiscal.statut, 'nid', v_fiscal.nid, 'code_dgi', v_fiscal.code_dgi,
      'horodatage', to_char(v_fiscal.horodatage at time zone 'UTC', 'DD/MM/YYYY HH24:MI:SS'), 'qr', v_fiscal.qr),
    'exemplaire', private.compter_impression('FACTURE', p_id, v_facture.depot_id));
end;
$function$;

CREATE OR REPLACE FUNCTION public.imprimer_recu(p_id uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.exiger('lire_caisse');
  v_enc public.encaissements;
  v_recu jsonb;
begin
  select * into v_enc from public.encaissements e where e.id = p_id and e.depot_id = any (v_acteur.depots);
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cet encaissement'));
  end if;
  if v_enc.numero_recu is null then
    perform private.refuser('ENCAISSEMENT_ETAT', jsonb_build_object('statut', v_enc.statut));
  end if;
  v_recu := to_jsonb(v_enc) - '{recu_le,created_at}'::text[] || jsonb_build_object('heure', (
    select to_char(v_enc.recu_le at time zone d.fuseau, 'DD/MM/YYYY HH24:MI') from public.depots d
     where d.id = v_enc.depot_id));
  return jsonb_build_object('recu', v_recu,
    'empreinte', encode(sha256(convert_to((v_recu - '{statut,motif_annulation,annule_par}'::text[])::text, 'UTF8')),
      'hex'),
    'exemplaire', private.compter_impression('RECU', p_id, v_enc.depot_id));
end;
$function$;

CREATE OR REPLACE FUNCTION public.noter_ecart(p_id uuid, p_texte text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ecart public.ecarts;
  v_id uuid;
begin
  perform private.exiger('revoir_ecarts');
  perform private.exiger_motif(p_texte, 3);
  select * into v_ecart from public.ecarts e
   where e.id = p_id and (e.depot_id = any (private.depots_visibles())
     or (e.depot_id is null and private.peut('lire_finance')));
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cet écart'));
  end if;
  insert into public.ecarts_notes (ecart_id, depot_id, texte, auteur)
  values (p_id, v_ecart.depot_id, private.texte_net(p_texte), auth.uid()) returning id into v_id;
  perform private.journaliser('ECART_NOTE', 'ecarts', 'INFO', p_id, v_ecart.depot_id,
    jsonb_build_object('texte', p_texte));
  return v_id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.preparer_facture(p_client_id uuid, p_depot_id uuid, p_sorties uuid[] DEFAULT '{}'::uuid[], p_services jsonb DEFAULT '[]'::jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_sorties constant uuid[] := array(select distinct s from unnest(p_sorties) s);
  v_id uuid;
begin
  perform private.depot_d_acteur(private.exiger('facturer'), p_depot_id);
  if not exists (select from public.clients c where c.id = p_client_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce client'));
  end if;
  perform private.exiger_facturables(v_sorties, p_client_id, p_depot_id);
  v_id := private.rediger_facture(p_depot_id, p_client_id, v_sorties, p_services);
  perform private.journaliser('FACTURE_CLIENT_PREPAREE', 'ventes', 'INFO', v_id, p_depot_id,
    jsonb_build_object('client_id', p_client_id, 'sorties', v_sorties, 'services', p_services));
  return v_id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.prix_applicable(p_produit uuid, p_client uuid, p_depot uuid, p_jour date, p_devise text DEFAULT 'USD'::text, p_base text DEFAULT 'L15'::text)
 RETURNS numeric
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_depot <> all (coalesce((private.exiger('lire_ventes')).depots, '{}')) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce dépôt'));
  end if;
  return private.prix(p_produit, p_client, p_depot, p_jour, p_devise, p_base);
end;
$function$;

CREATE OR REPLACE FUNCTION public.rattacher_cdr_decharge(p_cdr uuid, p_lot uuid, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_cdr public.cours_de_route;
begin
  perform private.exiger('rattacher_cdr_decharge');
  perform private.exiger_motif(p_motif, 10);
  perform private.exiger_read_committed();
  select * into v_cdr from public.cours_de_route c where c.id = p_cdr for no key update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce cours de route'));
  end if;
  if v_cdr.statut <> 'DECHARGE' or v_cdr.fournisseur_lot_id is not distinct from p_lot then
    perform private.refuser('CDR_TRANSITION_INTERDITE', jsonb_build_object('de', v_cdr.statut, 'vers', v_cdr.statut));
  end if;
  insert into private.rattachements_decharges (cours_de_route_id, fournisseur_lot_id, motif, par)
  values (p_cdr, p_lot, private.texte_net(p_motif), auth.uid());
  update public.cours_de_route c set fournisseur_lot_id = p_lot where c.id = p_cdr;
  perform private.journaliser('CDR_RATTACHE_APRES_DECHARGE', 'cours_de_route', 'CRITICAL', p_cdr,
    v_cdr.depot_destination_id, jsonb_build_object('de', v_cdr.fournisseur_lot_id, 'vers', p_lot, 'motif', p_motif));
  perform private.juger_transit(p_cdr);
end;
$function$;

CREATE OR REPLACE FUNCTION public.rebuild_stocks_journaliers(p_depot_id uuid, p_start_date date, p_end_date date)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_citernes constant uuid[] := array(select c.id from public.citernes c where c.depot_id = p_depot_id);
begin
  perform private.exiger('reconstruire_stock');
  if not exists (select from public.depots d where d.id = p_depot_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce dépôt'));
  end if;
  -- A tank that is made meanwhile is not among those that are locked, and so not computed again.
  perform private.verrouiller_citernes(variadic v_citernes);

  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  delete from public.stocks_journaliers j
   where j.citerne_id = any (v_citernes) and j.date_jour between p_start_date and p_end_date;
  insert into public.stocks_journaliers
    (citerne_id, produit_id, proprietaire_type, depot_id, date_jour, stock_ambiant, stock_15c)
  select jours.citerne_id, jours.produit_id, jours.proprietaire_type, p_depot_id, jours.date_jour,
         jours.stock_ambiant, jours.stock_15c
    from (
      select m.citerne_id, m.produit_id, m.proprietaire_type, m.date_jour,
             sum(sum(m.delta_ambiant)) over depuis_le_debut as stock_ambiant,
             sum(sum(m.delta_15c)) over depuis_le_debut as stock_15c
        from public.v_mouvements_stock m
       where m.citerne_id = any (v_citernes) and m.date_jour <= p_end_date
       group by m.citerne_id, m.produit_id, m.proprietaire_type, m.date_jour
      window depuis_le_debut as (partition by m.citerne_id, m.produit_id, m.proprietaire_type order by m.date_jour)
    ) jours
   where jours.date_jour >= p_start_date;
  perform set_config('app.stocks_journaliers_allow_write', '', true);

  perform private.journaliser('STOCKS_JOURNALIERS_RECONSTRUITS', 'stocks', 'CRITICAL', null, p_depot_id,
    jsonb_build_object('du', p_start_date, 'au', p_end_date));
end;
$function$;

CREATE OR REPLACE FUNCTION public.regler_controle(p_code text, p_actif boolean, p_seuil numeric)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_avant private.controles;
begin
  perform private.exiger('tenir_notifications');
  select * into v_avant from private.controles c where c.code = p_code for update;
  if not found then
    perform private.refuser('CONTROLE_INCONNU', jsonb_build_object('code', p_code));
  end if;
  -- A threshold is a number of what the check counts; one that has none takes none.
  if (p_seuil is null) <> (v_avant.seuil is null) or not coalesce(p_seuil > 0 and p_seuil < 100000, true) then
    perform private.refuser('SEUIL_INVALIDE', jsonb_build_object('dit', v_avant.dit));
  end if;
  update private.controles c set actif = p_actif, seuil = p_seuil where c.code = p_code;
  perform private.journaliser('CONTROLE_REGLE', 'alertes', 'WARNING', null, null,
    jsonb_build_object('code', p_code, 'avant', to_jsonb(v_avant), 'actif', p_actif, 'seuil', p_seuil));
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
  if not exists (select from public.produits p where p.id = p_produit_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce produit'));
  end if;
  if p_minimum > p_maximum then
    perform private.refuser('SPECIFICATION_INVALIDE', jsonb_build_object('minimum', p_minimum, 'maximum', p_maximum));
  end if;
  select * into v_avant from public.specifications s
   where s.produit_id = p_produit_id and private.cle_nom(s.parametre) = private.cle_nom(p_parametre) for update;
  if p_minimum is null and p_maximum is null then
    delete from public.specifications s where s.id = v_avant.id;
  else
    insert into public.specifications as s (produit_id, parametre, minimum, maximum, unite)
    values (p_produit_id, btrim(p_parametre), p_minimum, p_maximum, p_unite)
    on conflict (produit_id, private.cle_nom(parametre)) do update
       set (minimum, maximum, unite, updated_at) = (excluded.minimum, excluded.maximum, excluded.unite, now());
  end if;
  perform private.journaliser('SPECIFICATION_REGLEE', 'qualite', 'WARNING', p_produit_id, null, jsonb_build_object(
    'avant', case when v_avant.id is not null then to_jsonb(v_avant) end, 'parametre', p_parametre,
    'minimum', p_minimum, 'maximum', p_maximum, 'unite', p_unite));
end;
$function$;

CREATE OR REPLACE FUNCTION public.regulariser(p_prise_de_hauteur_id uuid, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_prise public.prises_de_hauteur;
  v_ligne public.regularisations;
begin
  perform private.exiger('regulariser_stock');
  perform private.exiger_motif(p_motif, 10);
  v_prise := private.prise_a_regulariser(p_prise_de_hauteur_id);
  perform private.exiger_perte(v_prise.citerne_id, v_prise.volume_mesure - v_prise.stock_comptable,
    v_prise.volume_15c - v_prise.stock_comptable_15c);
  for v_ligne in
    insert into public.regularisations
      (prise_de_hauteur_id, citerne_id, produit_id, depot_id, proprietaire_type, delta_ambiant, delta_15c, motif,
       date_jour, created_by)
    select v_prise.id, v_prise.citerne_id, v_prise.produit_id, v_prise.depot_id, e.proprietaire_type, e.delta_ambiant,
           e.delta_15c, private.texte_net(p_motif), private.jour_au_depot(v_prise.depot_id, now()), auth.uid()
      from private.ecarts_par_proprietaire(v_prise.citerne_id, v_prise.volume_mesure - v_prise.stock_comptable,
             v_prise.volume_15c - v_prise.stock_comptable_15c) e
    returning *
  loop
    perform private.appliquer_mouvement(v_ligne.citerne_id, v_ligne.produit_id, v_ligne.depot_id,
      v_ligne.proprietaire_type, v_ligne.date_jour, v_ligne.delta_ambiant, v_ligne.delta_15c, true);
    if v_ligne.proprietaire_type = 'PARTENAIRE' then
      perform private.partager_entre_partenaires('REGULARISATION', v_ligne.id, v_ligne.depot_id, v_ligne.produit_id,
        v_ligne.date_jour, v_ligne.delta_ambiant, v_ligne.delta_15c);
    end if;
    perform private.journaliser('STOCK_REGULARISE', 'stocks', 'CRITICAL', v_ligne.id, v_ligne.depot_id,
      to_jsonb(v_ligne));
  end loop;
  if v_prise.volume_mesure > v_prise.stock_comptable then
    perform private.exiger_contenance(v_prise.citerne_id, private.jour_au_depot(v_prise.depot_id, now()),
      v_prise.volume_mesure - v_prise.stock_comptable);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION public.relancer_envoi(p_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_envoi public.envois;
begin
  perform private.exiger('tenir_notifications');
  select * into v_envoi from public.envois e where e.id = p_id for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cet envoi'));
  end if;
  if v_envoi.statut <> 'MORT' then
    perform private.refuser('ENVOI_ETAT', jsonb_build_object('statut', v_envoi.statut));
  end if;
  -- Of PROD, in a copy of it: whom it was for is nobody to try things on.
  if v_envoi.env <> private.env() then
    perform private.refuser('ENV_INTERDIT', jsonb_build_object('env', v_envoi.env));
  end if;
  update public.envois e
     set statut = 'A_ENVOYER', essais = 0, prochain_essai = clock_timestamp() where e.id = p_id;
  perform private.journaliser('ENVOI_RELANCE', 'alertes', 'WARNING', p_id, v_envoi.depot_id,
    jsonb_build_object('canal', v_envoi.canal, 'dernier_code', v_envoi.dernier_code));
end;
$function$;

CREATE OR REPLACE FUNCTION public.releve_a_imprimer(p_client_id uuid, p_devise text, p_du date, p_au date, p_connu_a timestamp with time zone DEFAULT now())
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_client public.clients;
begin
  select * into v_client from public.clients c where c.id = p_client_id;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce client'));
  end if;
  return jsonb_build_object('vendeur', private.vendeur(null), 'devise', p_devise, 'du', p_du,
    'au', coalesce(p_au, (p_connu_a at time zone 'Africa/Lubumbashi')::date),
    'connu_a', to_char(p_connu_a at time zone 'Africa/Lubumbashi', 'DD/MM/YYYY HH24:MI'),
    'client', jsonb_build_object('nom', v_client.nom, 'adresse', v_client.adresse, 'telephone', v_client.telephone,
      'nif', v_client.nif),
    'lignes', (select coalesce(jsonb_agg(to_jsonb(r) order by r.rang), '[]')
                 from public.releve_tiers('CLIENT', p_client_id, p_devise, p_du, p_au, p_connu_a) r));
end;
$function$;

CREATE OR REPLACE FUNCTION public.releve_partenaire(p_depot_id uuid, p_produit_id uuid, p_partenaire_id uuid, p_du date DEFAULT NULL::date, p_au date DEFAULT NULL::date)
 RETURNS TABLE(rang bigint, date_jour date, mouvement_type text, mouvement_id uuid, delta_ambiant numeric, delta_15c numeric, solde_ambiant numeric, solde_15c numeric)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_report record;
begin
  perform private.exiger('lire_comptes_partenaires');
  -- From the days, not from the movements: what it costs is the period that is asked for, not the history before it.
  select c.solde_ambiant - coalesce(sum(j.delta_ambiant), 0) as ambiant,
         c.solde_15c - coalesce(sum(j.delta_15c), 0) as a_15c
    into v_report
    from public.comptes_partenaires c
    left join lateral private.jours_du_compte(c.id) j on p_du is null or j.date_jour >= p_du
   where c.depot_id = p_depot_id and c.produit_id = p_produit_id
     and c.partenaire_id is not distinct from p_partenaire_id
   group by c.id;
  if not found then
    perform private.refuser('INTROUVABLE', '{"quoi":"ce compte"}');
  end if;
  return query
    select 0::bigint, p_du, 'REPORT', null::uuid, null::numeric, null::numeric, v_report.ambiant, v_report.a_15c
    union all
    (select row_number() over w, m.date_jour, m.mouvement_type, m.mouvement_id, m.delta_ambiant, m.delta_15c,
            v_report.ambiant + sum(m.delta_ambiant) over w, v_report.a_15c + sum(m.delta_15c) over w
       from public.v_mouvements_partenaires m
      where m.depot_id = p_depot_id and m.produit_id = p_produit_id
        and (m.partenaire_id = p_partenaire_id or (p_partenaire_id is null and m.partenaire_id is null))
        and (p_du is null or m.date_jour >= p_du) and (p_au is null or m.date_jour <= p_au)
     window w as (order by m.date_jour, m.created_at, m.mouvement_id, m.delta_15c rows unbounded preceding)
      order by m.date_jour, m.created_at, m.mouvement_id, m.delta_15c);
end;
$function$;

CREATE OR REPLACE FUNCTION public.releve_tiers(p_type text, p_id uuid, p_devise text, p_du date DEFAULT NULL::date, p_au date DEFAULT NULL::date, p_connu_a timestamp with time zone DEFAULT now())
 RETURNS TABLE(rang bigint, date_valeur date, type text, reference text, libelle text, debit numeric, credit numeric, solde numeric, devise text, source_type text, source_id uuid)
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_sens constant int := case p_type when 'CLIENT' then 1 else -1 end;
  v_report numeric;
begin
  if p_type = 'CLIENT' then
    perform private.exiger('lire_ventes');
  else
    perform private.exiger('lire_comptes');
  end if;
  -- Whoever is writing in this account has dated their entry, and not committed it yet: wait for them.
  if p_connu_a > clock_timestamp() - interval '1 minute' then
    perform private.attendre_tiers(p_type, p_id);
  end if;
  select v_sens * coalesce(sum(e.debit - e.credit), 0) into v_report from public.ecritures_tiers e
   where e.tiers_type = p_type and e.tiers_id = p_id and e.devise = p_devise
     and e.date_valeur < p_du and e.created_at <= p_connu_a;
  return query
    select 0::bigint, p_du, 'REPORT', null::text, 'Solde reporté', null::numeric, null::numeric, v_report, p_devise,
           null::text, null::uuid
    union all
    (select row_number() over w, e.date_valeur, e.type, e.reference, e.libelle, e.debit, e.credit,
            v_report + v_sens * sum(e.debit - e.credit) over w, e.devise, e.source_type, e.source_id
       from public.ecritures_tiers e
      where e.tiers_type = p_type and e.tiers_id = p_id and e.devise = p_devise
        and (p_du is null or e.date_valeur >= p_du) and (p_au is null or e.date_valeur <= p_au)
        and e.created_at <= p_connu_a
     window w as (order by e.date_valeur, e.ordre rows unbounded preceding)
      order by e.date_valeur, e.ordre);
end;
$function$;

CREATE OR REPLACE FUNCTION public.rembourser(p_encaissement_id uuid, p_montant numeric, p_mode text, p_reference text, p_motif text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_enc public.encaissements;
  v_paiement public.ecritures_tiers;
  v_ecriture_id uuid;
  v_reste numeric;
  v_remb public.remboursements;
begin
  v_enc := private.encaissement_a_changer(private.exiger('annuler_encaissements'), p_encaissement_id, 'CONFIRME');
  perform private.exiger_motif(p_motif, 10);
  v_remb.jour_caisse := private.jour_au_depot(v_enc.depot_id, now());
  if p_mode = 'CASH' then
    perform private.exiger_caisse_ouverte(v_enc.depot_id, v_enc.devise_compte, v_remb.jour_caisse);
  end if;
  perform private.verrouiller_tiers('CLIENT', v_enc.client_id);
  select * into strict v_paiement from public.ecritures_tiers e
   where e.source_type = 'encaissements' and e.source_id = p_encaissement_id and e.type = 'PAIEMENT';
  v_reste := v_paiement.credit - private.montant_lettre(v_paiement.id);
  if not coalesce(p_montant > 0 and round(p_montant, 2) <= v_reste, false) then
    perform private.refuser('REMBOURSEMENT_EXCESSIF', jsonb_build_object('montant', p_montant, 'reste', v_reste));
  end if;
  if exists (select from public.remboursements r where r.reference = private.texte_net(p_reference)) then
    perform private.refuser('REFERENCE_DEJA_UTILISEE', jsonb_build_object('reference', p_reference));
  end if;
  insert into public.remboursements (encaissement_id, depot_id, montant, mode, reference, motif, jour_caisse, par)
  values (p_encaissement_id, v_enc.depot_id, p_montant, p_mode, private.texte_net(p_reference),
    private.texte_net(p_motif), v_remb.jour_caisse, auth.uid())
  returning * into v_remb;
  v_ecriture_id := private.ecriture_encaissement(v_enc, 'REMBOURSEMENT', 'remboursements', v_remb.id, 0, v_remb.montant,
    format('Remboursement du reçu %s', v_enc.numero_recu));
  perform private.lettrer(v_ecriture_id, v_paiement.id, v_remb.montant);
  perform private.journaliser('REMBOURSEMENT_ENREGISTRE', 'ventes', 'WARNING', v_remb.id, v_enc.depot_id,
    to_jsonb(v_remb));
  return v_remb.id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.repartir_stock_initial(p_stock_initial_id uuid, p_parts jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_initial public.stocks_initiaux;
  v_reparti record;
  v_part record;
begin
  perform private.exiger('ajuster_stock');
  select * into v_initial from public.stocks_initiaux i
   where i.id = p_stock_initial_id and i.depot_id = any (private.depots_visibles());
  if not found or v_initial.proprietaire_type <> 'PARTENAIRE' then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_stock_initial_id), 404);
  end if;
  if jsonb_typeof(p_parts) is distinct from 'array' or p_parts = '[]' then
    perform private.refuser('PARTAGE_INCOHERENT', '{"champ":"partenaires"}');
  end if;
  -- Whoever shares or adjusts it too waits here for this one to end.
  perform private.verrouiller_citernes(v_initial.citerne_id);
  for v_part in select * from private.parts_dites(p_parts) loop
    if not exists (select from public.partenaires p where p.id = v_part.partenaire_id) then
      perform private.refuser('PARTENAIRE_REQUIS');
    end if;
    -- NaN is greater than any number: only a bound above tells it from one.
    if (v_part.volume_ambiant > 0 and v_part.volume_15c > 0 and v_part.volume_ambiant < 1e9
        and v_part.volume_15c < 1e9) is not true then
      perform private.refuser('VOLUME_AMBIANT_NON_POSITIF',
        jsonb_build_object('volume_ambiant', v_part.volume_ambiant));
    end if;
    insert into public.stocks_initiaux_partenaires
      (stock_initial_id, partenaire_id, depot_id, volume_ambiant, volume_15c, created_by)
    values (v_initial.id, v_part.partenaire_id, v_initial.depot_id, v_part.volume_ambiant, v_part.volume_15c,
      auth.uid())
    on conflict (stock_initial_id, partenaire_id) do nothing;
    if not found then
      perform private.refuser('PARTAGE_INCOHERENT', jsonb_build_object('partenaire_id', v_part.partenaire_id));
    end if;
  end loop;
  perform private.porter_aux_comptes(array(
    select row(v_initial.depot_id, v_initial.produit_id, c.partenaire_id, v_initial.date_jour,
               c.sens * p.volume_ambiant, c.sens * p.volume_15c)::private.part
      from private.parts_dites(p_parts) p
     cross join lateral (values (p.partenaire_id, 1), (null, -1)) c (partenaire_id, sens)));
  select sum(s.volume_ambiant) as ambiant, sum(s.volume_15c) as a_15c into v_reparti
    from public.stocks_initiaux_partenaires s where s.stock_initial_id = v_initial.id;
  if v_reparti.ambiant > v_initial.volume_ambiant or v_reparti.a_15c > v_initial.volume_15c then
    perform private.refuser('PARTAGE_INCOHERENT', jsonb_build_object('reparti_15c', v_reparti.a_15c,
      'stock_initial_15c', v_initial.volume_15c));
  end if;
  perform private.exiger_compte_partenaire(
    row(v_initial.depot_id, v_initial.produit_id, null, v_initial.date_jour, 0, 0)::private.part);
  perform private.journaliser('STOCK_INITIAL_REPARTI', 'comptes_partenaires', 'CRITICAL', v_initial.id,
    v_initial.depot_id,
    jsonb_build_object('parts', p_parts));
end;
$function$;

CREATE OR REPLACE FUNCTION public.resoudre_alerte(p_id uuid, p_note text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select private.deplacer_alerte(p_id, 'RESOLVED', p_note) $function$;

CREATE OR REPLACE FUNCTION public.revoir_ecart(p_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ecart public.ecarts;
begin
  perform private.exiger('revoir_ecarts');
  v_ecart := private.ecart_a_traiter(p_id, private.peut('lire_finance'));
  if v_ecart.statut <> 'OUVERT' then
    perform private.refuser('ECART_ETAT', jsonb_build_object('statut', v_ecart.statut));
  end if;
  update public.ecarts e set statut = 'EN_REVUE' where e.id = p_id;
  perform private.journaliser('ECART_EN_REVUE', 'ecarts', 'INFO', p_id, v_ecart.depot_id);
end;
$function$;

CREATE OR REPLACE FUNCTION public.rouvrir_periode(p_id uuid, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_periode public.periodes_closes;
begin
  perform private.exiger('rouvrir_periodes');
  perform private.exiger_motif(p_motif, 10);
  select * into v_periode from public.periodes_closes c
   where c.id = p_id and c.depot_id = any (private.depots_visibles());
  if not found then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id), 404);
  end if;
  perform pg_advisory_xact_lock(hashtextextended(format('periodes:%s', v_periode.depot_id), 0));
  select * into v_periode from public.periodes_closes c where c.id = p_id;
  if v_periode.rouverte_le is not null then
    perform private.refuser('INVALID_ID_OR_STATE',
      jsonb_build_object('id', p_id, 'rouverte_le', v_periode.rouverte_le));
  end if;
  -- Those after it with it: closed, they would keep its days closed.
  for v_periode in
    update public.periodes_closes c
       set (rouverte_par, rouverte_le, motif_reouverture) = (auth.uid(), now(), private.texte_net(p_motif))
     where c.depot_id = v_periode.depot_id and c.au >= v_periode.au and c.rouverte_le is null
    returning *
  loop
    perform private.journaliser('PERIODE_ROUVERTE', 'periodes', 'CRITICAL', v_periode.id, v_periode.depot_id,
      to_jsonb(v_periode));
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION public.sorties_produit_block_update_delete()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  -- The flag alone opens nothing: the writer must also be the table's owner, as the project's functions are.
  if current_setting('app.sorties_produit_allow_write', true) = '1'
     and private.possede(tg_relid) then
    return case tg_op when 'UPDATE' then new when 'DELETE' then old end;
  end if;
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
  if new is distinct from old then
    new.version := old.version + 1;
    new.updated_by := auth.uid();
    new.updated_at := now();
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION public.stock_connu_a(p_date date, p_moment timestamp with time zone)
 RETURNS TABLE(depot_id uuid, citerne_id uuid, proprietaire_type text, stock_ambiant numeric, stock_15c numeric)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select m.depot_id, m.citerne_id, m.proprietaire_type, sum(m.delta_ambiant), sum(m.delta_15c)
    from private.mouvements_du_journal() m
   where m.created_at <= p_moment and m.date_jour <= p_date
   group by 1, 2, 3
$function$;

CREATE OR REPLACE FUNCTION public.supprimer_facture(p_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_facture constant public.factures_client := private.brouillon_facture(p_id);
begin
  delete from public.factures_client f where f.id = p_id;
  perform private.journaliser('FACTURE_CLIENT_SUPPRIMEE', 'ventes', 'INFO', p_id, v_facture.depot_id,
    to_jsonb(v_facture));
end;
$function$;

CREATE OR REPLACE FUNCTION public.sync_system_alerts_from_integrity(p_limit integer DEFAULT 200)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_debut constant timestamptz := clock_timestamp();
  v_faits jsonb;
begin
  if auth.uid() is not null then
    perform private.exiger('tenir_alertes');
  end if;
  -- One at a time: a second one would find the same.
  if not pg_try_advisory_xact_lock(hashtextextended('alertes:sync', 0)) then
    return;
  end if;
  -- The worst first: what lies beyond the limit is neither opened nor resolved.
  select coalesce(jsonb_agg(to_jsonb(f) || jsonb_build_object('rang', f.rang)), '[]') into v_faits
    from (select t.*, row_number() over (order by t.severity, t.check_code, t.entity_type, t.entity_id) as rang
            from private.faits_integrite() t) f;

  update public.system_alerts a
     set presente = false, absente_depuis = now(), status = 'RESOLVED', updated_at = now(),
         resolved_by = case a.status when 'RESOLVED' then a.resolved_by end,
         resolved_at = case a.status when 'RESOLVED' then a.resolved_at else now() end
   where a.presente
     -- What could not be looked at is not gone.
     and not exists (select from private.controles k
                       join jsonb_to_recordset(v_faits) f (check_code text, payload jsonb)
                         on f.check_code = 'CONTROLE_EN_PANNE' and f.payload ->> 'source' = k.source
                      where k.code = a.check_code)
     and not exists (select from jsonb_to_recordset(v_faits) f (check_code text, entity_type text, entity_id uuid)
                      where (f.check_code, f.entity_type, f.entity_id) = (a.check_code, a.entity_type, a.entity_id));

  insert into public.system_alerts as a (check_code, entity_type, entity_id, severity, message, payload, depot_id)
  select f.check_code, f.entity_type, f.entity_id, f.severity, f.message, f.payload, f.depot_id
    from jsonb_to_recordset(v_faits) f (check_code text, entity_type text, entity_id uuid, severity text, message text,
                                        payload jsonb, depot_id uuid, rang bigint)
   where f.rang <= p_limit
  on conflict (check_code, entity_type, entity_id) do update
     set presente = true, absente_depuis = null, last_detected_at = now(), updated_at = now(),
         occurrences = a.occurrences + case when a.presente then 0 else 1 end,
         severity = excluded.severity, message = excluded.message, payload = excluded.payload,
         depot_id = excluded.depot_id,
         (status, acknowledged_by, acknowledged_at, resolved_by, resolved_at, ouverte_le, niveau_escalade) = (
           select case when r.rouverte then 'OPEN' else a.status end,
                  case when not r.rouverte then a.acknowledged_by end, case when not r.rouverte then a.acknowledged_at
                    end,
                  case when not r.rouverte then a.resolved_by end, case when not r.rouverte then a.resolved_at end,
                  case when r.rouverte then now() else a.ouverte_le end,
                  case when r.rouverte then 0 else a.niveau_escalade end
             -- What somebody resolved while it lasts stays so, until it is worse, comes back, or a day or a week has
             -- gone.
             from (select a.status = 'RESOLVED' and (not a.presente or excluded.severity < a.severity
                     or a.resolved_at < now() - case excluded.severity when 'CRITICAL' then interval '24 hours'
                                                                       else interval '7 days' end) as rouverte) r);
  perform private.noter_passage('alertes', v_debut);
end;
$function$;

CREATE OR REPLACE FUNCTION public.traiter_ecart(p_id uuid, p_cause text, p_decision text, p_justification text, p_impact_usd numeric DEFAULT NULL::numeric, p_impute_a text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ecart public.ecarts;
begin
  perform private.exiger('traiter_ecarts');
  if p_decision = 'ANNULER' then
    perform private.exiger('annuler_ecarts');
  end if;
  if p_cause is null or p_decision is null
     or p_decision not in ('ACCEPTE_AVEC_NOTE', 'AJUSTEMENT_REQUIS', 'LITIGE', 'ANNULER') then
    perform private.refuser('ECART_DECISION_REQUISE');
  end if;
  perform private.exiger_motif(p_justification, 10);
  v_ecart := private.ecart_a_traiter(p_id, private.peut('lire_finance'));
  if coalesce(p_impact_usd, v_ecart.impact_usd, 0) <> 0 and v_ecart.created_by = auth.uid() then
    perform private.exiger_quatre_yeux(v_ecart.created_by);
  end if;
  update public.ecarts e
     set cause = p_cause, decision = p_decision, justification = private.texte_net(p_justification),
         impact_usd = coalesce(p_impact_usd, e.impact_usd), impute_a = coalesce(p_impute_a, e.impute_a),
         statut = case p_decision when 'LITIGE' then 'LITIGE' else 'TRAITE' end,
         traite_par = case when p_decision <> 'LITIGE' then auth.uid() end,
         traite_le = case when p_decision <> 'LITIGE' then now() end
   where e.id = p_id;
  perform private.journaliser(case p_decision when 'LITIGE' then 'ECART_LITIGE' else 'ECART_TRAITE' end, 'ecarts',
    case p_decision when 'ANNULER' then 'WARNING' else 'INFO' end, p_id, v_ecart.depot_id,
    jsonb_build_object('cause', p_cause, 'decision', p_decision, 'justification', p_justification, 'impact_usd',
      p_impact_usd,
      'avant', to_jsonb(v_ecart)));
end;
$function$;

CREATE OR REPLACE FUNCTION public.transit_camion(p_cours_de_route_id uuid)
 RETURNS private.camion_recu
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- As the caller: a truck that is none of theirs has no figures.
  if not exists (select from public.cours_de_route c where c.id = p_cours_de_route_id and c.statut = 'DECHARGE') then
    perform private.refuser('INTROUVABLE', '{"quoi":"ce camion"}');
  end if;
  return private.camion_recu(p_cours_de_route_id);
end;
$function$;

CREATE OR REPLACE FUNCTION public.transmettre_fiscal(p_limite integer DEFAULT 100)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_dossier public.factures_fiscales;
  v_reponse jsonb;
  v_combien int := 0;
begin
  if auth.uid() is not null then
    perform private.exiger('transmettre_fiscal');
  end if;
  for v_dossier in
    select * from public.factures_fiscales f where f.statut = 'A_TRANSMETTRE' order by f.created_at
     limit least(p_limite, 1000) for update skip locked
  loop
    v_reponse := private.simuler_dispositif(v_dossier.demande);
    update public.factures_fiscales f
       set statut = case when (v_reponse ->> 'accepte')::boolean then 'CERTIFIEE' else 'REJETEE' end,
           nid = v_reponse ->> 'nid', code_dgi = v_reponse ->> 'code_dgi', compteurs = v_reponse -> 'compteurs',
           qr = v_reponse ->> 'qr', reponse = v_reponse, essais = f.essais + 1,
           horodatage = case when (v_reponse ->> 'accepte')::boolean then now() end
     where f.facture_id = v_dossier.facture_id;
    perform private.journaliser(
      case when (v_reponse ->> 'accepte')::boolean then 'FACTURE_CERTIFIEE' else 'FACTURE_REJETEE' end, 'ventes',
      case when (v_reponse ->> 'accepte')::boolean then 'INFO' else 'WARNING' end, v_dossier.facture_id,
      v_dossier.depot_id, v_reponse);
    v_combien := v_combien + 1;
  end loop;
  return v_combien;
end;
$function$;

CREATE OR REPLACE FUNCTION public.valider_facture_fournisseur(p_id uuid, p_justification text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_facture public.fournisseur_facture_lot_min;
begin
  perform private.exiger('ecrire_factures_fournisseur');
  -- Its trucks first, as whoever receives or moves one does: what they bring meanwhile is seen, or comes after.
  perform from public.cours_de_route c
   where c.fournisseur_lot_id = (select f.fournisseur_lot_id from public.fournisseur_facture_lot_min f
     where f.id = p_id)
   order by c.id for share;
  v_facture := private.facture_a_changer(p_id, 'CALCULEE');
  perform private.exiger_quatre_yeux(v_facture.created_by);
  -- Nobody corrects a réception between the comparison and the debt.
  perform private.verrouiller_tiers('FOURNISSEUR', v_facture.fournisseur_id);
  perform private.verrouiller_citernes(variadic array(
    select distinct r.citerne_id from public.receptions r join public.cours_de_route c on c.id = r.cours_de_route_id
     where c.fournisseur_lot_id = v_facture.fournisseur_lot_id));
  perform private.exiger_facture_validable(v_facture, p_justification);
  perform private.passer_facture(v_facture, p_justification);
  update public.fournisseur_lot l set statut = 'facture' where l.id = v_facture.fournisseur_lot_id
    and l.statut = 'cloture';
  perform private.journaliser('FACTURE_VALIDEE', 'factures_fournisseur', 'INFO', p_id, null, jsonb_build_object(
    'montant_total_usd', v_facture.montant_total_usd, 'justification', p_justification));
end;
$function$;

CREATE OR REPLACE FUNCTION public.vendre_comptant(p_vente jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_sortie public.sorties_produit;
  v_bon public.bons_livraison;
  v_facture public.factures_client;
  v_enc public.encaissements;
  v_client_id constant uuid := (p_vente -> 'sortie' ->> 'client_id')::uuid;
begin
  perform private.exiger('facturer');
  perform private.exiger('livrer');
  perform private.exiger('encaisser');
  perform private.exiger_read_committed();
  if v_client_id is null then
    perform private.refuser('BENEFICIAIRE_REQUIRED');
  end if;
  if coalesce(p_vente -> 'sortie' ->> 'proprietaire_type', 'MONALUXE') <> 'MONALUXE' then
    perform private.refuser('SORTIE_NON_FACTURABLE', jsonb_build_object('raison', 'PARTENAIRE'));
  end if;
  -- The account before the tank, as whoever validates on credit takes them.
  perform private.verrouiller_tiers('CLIENT', v_client_id);
  v_sortie := private.creer_et_valider(p_vente -> 'sortie', true);
  if private.flag_actif('credit_client_blocant', v_sortie.depot_id) then
    perform private.exiger_non_suspendu(private.conditions_de(v_client_id));
  end if;

  v_bon := private.numeroter_bon(private.nouveau_bon(v_sortie, coalesce(p_vente -> 'bon_livraison', '{}')));
  perform private.ecrire_bon(v_bon);
  perform private.signaler_livraison(v_bon, v_sortie);
  perform private.journaliser('{BL_CREE,BL_CONFIRME}'::text[], 'ventes', 'INFO', v_bon.id, v_bon.depot_id,
    to_jsonb(v_bon));

  v_facture.id := private.rediger_facture(v_sortie.depot_id, v_client_id, array[v_sortie.id], '[]');
  select * into strict v_facture from public.factures_client f where f.id = v_facture.id;
  v_facture := private.emettre(v_facture);

  v_enc := private.nouvel_encaissement(private.paiement_comptant(v_facture, coalesce(p_vente -> 'paiement', '{}')));
  v_enc.montant_compte := v_facture.total_ttc;
  v_enc := private.ecrire_encaissement(v_enc,
    jsonb_build_array(jsonb_build_object('facture_id', v_facture.id)));
  return jsonb_build_object('sortie_id', v_sortie.id, 'bon_livraison_id', v_bon.id, 'facture_id', v_facture.id,
    'encaissement_id', v_enc.id);
end;
$function$;

CREATE OR REPLACE FUNCTION public.verifier_comptes_partenaires()
 RETURNS TABLE(probleme text, depot_id uuid, produit_id uuid, partenaire_id uuid, date_jour date, attendu_ambiant numeric, trouve_ambiant numeric, attendu_15c numeric, trouve_15c numeric)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
#variable_conflict use_column
begin
  -- Whoever is not shown the accounts would take each for one that is missing.
  if auth.uid() is not null then
    perform private.exiger('lire_comptes_partenaires');
  end if;
  return query
  with par_jour as materialized (
    select m.depot_id, m.produit_id, coalesce(m.partenaire_id, '00000000-0000-0000-0000-000000000000') as partenaire_id,
           m.date_jour, sum(m.delta_ambiant) as ambiant, sum(m.delta_15c) as a_15c
      from public.v_mouvements_partenaires m group by 1, 2, 3, 4
  ), total as (
    select p.depot_id, p.produit_id, p.partenaire_id, sum(p.ambiant) as ambiant, sum(p.a_15c) as a_15c
      from par_jour p group by 1, 2, 3
  ), comptes as (
    select c.depot_id, c.produit_id, coalesce(c.partenaire_id, '00000000-0000-0000-0000-000000000000') as partenaire_id,
           c.id, c.solde_ambiant as ambiant, c.solde_15c as a_15c
      from public.comptes_partenaires c
  )
  select 'COMPTE', depot_id, produit_id, nullif(partenaire_id, '00000000-0000-0000-0000-000000000000'), null::date,
         t.ambiant, c.ambiant, t.a_15c, c.a_15c
    from total t full join comptes c using (depot_id, produit_id, partenaire_id)
   where (coalesce(t.ambiant, 0), coalesce(t.a_15c, 0)) is distinct from (coalesce(c.ambiant, 0), coalesce(c.a_15c, 0))
  union all
  select 'JOUR', depot_id, produit_id, nullif(partenaire_id, '00000000-0000-0000-0000-000000000000'), date_jour,
         p.ambiant, j.ambiant, p.a_15c, j.a_15c
    from par_jour p full join (
      select c.depot_id, c.produit_id, c.partenaire_id, j.date_jour, j.delta_ambiant as ambiant, j.delta_15c as a_15c
        from comptes c cross join lateral private.jours_du_compte(c.id) j) j
      using (depot_id, produit_id, partenaire_id, date_jour)
   where (coalesce(p.ambiant, 0), coalesce(p.a_15c, 0)) is distinct from (coalesce(j.ambiant, 0), coalesce(j.a_15c, 0))
  union all
  select 'STOCK', depot_id, produit_id, null, null, s.ambiant, c.ambiant, s.a_15c, c.a_15c
    from (select k.depot_id, k.produit_id, sum(k.stock_ambiant) as ambiant, sum(k.stock_15c) as a_15c
            from public.stocks_snapshot k where k.proprietaire_type = 'PARTENAIRE' group by 1, 2) s
    full join (select k.depot_id, k.produit_id, sum(k.ambiant) as ambiant, sum(k.a_15c) as a_15c
                 from comptes k group by 1, 2) c using (depot_id, produit_id)
   where (coalesce(s.ambiant, 0), coalesce(s.a_15c, 0)) is distinct from (coalesce(c.ambiant, 0), coalesce(c.a_15c, 0));
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
$function$;

ALTER TABLE "astm"."profils_calcul" ADD CONSTRAINT "profils_calcul_decimales_vcf_check" CHECK ((decimales_vcf = ANY (ARRAY[4, 5])));

ALTER TABLE "astm"."profils_calcul" ADD CONSTRAINT "profils_calcul_entrees_check" CHECK (((NOT entrees_imprimees) OR ((methode = 'MPMS_11_1_1980'::text) AND arrondir AND (decimales_vcf = 4))));

ALTER TABLE "astm"."profils_calcul" ADD CONSTRAINT "profils_calcul_facteur_compteur_check" CHECK (((facteur_compteur >= 0.9) AND (facteur_compteur <= 1.1)));

ALTER TABLE "astm"."profils_calcul" ADD CONSTRAINT "profils_calcul_pression_check" CHECK (((pression_kpa = (0)::numeric) OR (methode = 'MPMS_11_1_2004'::text)));

ALTER TABLE "astm"."profils_calcul" ADD CONSTRAINT "profils_calcul_pression_kpa_check" CHECK (((pression_kpa >= (0)::numeric) AND (pression_kpa <= (10342)::numeric)));

ALTER TABLE "private"."facturations_sortie" ADD CONSTRAINT "facturations_sortie_sortie_id_fkey" FOREIGN KEY (sortie_id) REFERENCES public.sorties_produit(id);

ALTER TABLE "private"."rattachements_decharges" ADD CONSTRAINT "rattachements_decharges_cours_de_route_id_fkey" FOREIGN KEY (cours_de_route_id) REFERENCES public.cours_de_route(id);

ALTER TABLE "private"."rattachements_decharges" ADD CONSTRAINT "rattachements_decharges_fournisseur_lot_id_fkey" FOREIGN KEY (fournisseur_lot_id) REFERENCES public.fournisseur_lot(id);

ALTER TABLE "private"."restes_clients" ADD CONSTRAINT "restes_clients_client_id_fkey" FOREIGN KEY (client_id) REFERENCES public.clients(id);

ALTER TABLE "private"."restes_clients" ADD CONSTRAINT "restes_clients_ecriture_id_fkey" FOREIGN KEY (ecriture_id) REFERENCES public.ecritures_tiers(id);

ALTER TABLE "public"."alertes_evenements" ADD CONSTRAINT "alertes_evenements_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."analyses" ADD CONSTRAINT "analyses_cours_de_route_id_fkey" FOREIGN KEY (cours_de_route_id) REFERENCES public.cours_de_route(id);

ALTER TABLE "public"."analyses" ADD CONSTRAINT "analyses_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."analyses" ADD CONSTRAINT "analyses_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."analyses" ADD CONSTRAINT "analyses_produit_id_fkey" FOREIGN KEY (produit_id) REFERENCES public.produits(id);

ALTER TABLE "public"."attributions_partenaires" ADD CONSTRAINT "attributions_partenaires_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."attributions_partenaires" ADD CONSTRAINT "attributions_partenaires_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."attributions_partenaires" ADD CONSTRAINT "attributions_partenaires_partenaire_id_fkey" FOREIGN KEY (partenaire_id) REFERENCES public.partenaires(id);

ALTER TABLE "public"."attributions_partenaires" ADD CONSTRAINT "attributions_partenaires_produit_id_fkey" FOREIGN KEY (produit_id) REFERENCES public.produits(id);

ALTER TABLE "public"."baremes" ADD CONSTRAINT "baremes_active_par_fkey" FOREIGN KEY (active_par) REFERENCES auth.users(id);

ALTER TABLE "public"."baremes" ADD CONSTRAINT "baremes_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."baremes" ADD CONSTRAINT "baremes_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."baremes_points" ADD CONSTRAINT "baremes_points_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."bons_livraison" ADD CONSTRAINT "bons_livraison_confirme_par_fkey" FOREIGN KEY (confirme_par) REFERENCES auth.users(id);

ALTER TABLE "public"."bons_livraison" ADD CONSTRAINT "bons_livraison_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."bons_livraison" ADD CONSTRAINT "bons_livraison_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."bons_livraison" ADD CONSTRAINT "bons_livraison_sortie_id_fkey" FOREIGN KEY (sortie_id) REFERENCES public.sorties_produit(id);

ALTER TABLE "public"."cdr_etapes" ADD CONSTRAINT "cdr_etapes_cours_de_route_id_fkey" FOREIGN KEY (cours_de_route_id) REFERENCES public.cours_de_route(id) ON DELETE CASCADE;

ALTER TABLE "public"."chargements" ADD CONSTRAINT "chargements_cours_de_route_id_fkey" FOREIGN KEY (cours_de_route_id) REFERENCES public.cours_de_route(id);

ALTER TABLE "public"."chargements" ADD CONSTRAINT "chargements_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_id_nat_check2000" CHECK ((char_length(id_nat) <= 2000));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_nif_check2000" CHECK ((char_length(nif) <= 2000));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_rccm_check2000" CHECK ((char_length(rccm) <= 2000));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_ref_exoneration_check2000" CHECK ((char_length(ref_exoneration) <= 2000));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_type_fiscal_check" CHECK ((type_fiscal = ANY (ARRAY['PP'::text, 'PM'::text, 'PC'::text, 'PL'::text, 'AO'::text])));

ALTER TABLE "public"."clients_conditions" ADD CONSTRAINT "clients_conditions_client_id_fkey" FOREIGN KEY (client_id) REFERENCES public.clients(id);

ALTER TABLE "public"."clients_conditions" ADD CONSTRAINT "clients_conditions_updated_by_fkey" FOREIGN KEY (updated_by) REFERENCES auth.users(id);

ALTER TABLE "public"."clotures_caisse" ADD CONSTRAINT "clotures_caisse_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."clotures_caisse" ADD CONSTRAINT "clotures_caisse_par_fkey" FOREIGN KEY (par) REFERENCES auth.users(id);

ALTER TABLE "public"."comptes_partenaires" ADD CONSTRAINT "comptes_partenaires_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."comptes_partenaires" ADD CONSTRAINT "comptes_partenaires_partenaire_id_fkey" FOREIGN KEY (partenaire_id) REFERENCES public.partenaires(id);

ALTER TABLE "public"."comptes_partenaires" ADD CONSTRAINT "comptes_partenaires_produit_id_fkey" FOREIGN KEY (produit_id) REFERENCES public.produits(id);

ALTER TABLE "public"."compteurs" ADD CONSTRAINT "compteurs_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."compteurs" ADD CONSTRAINT "compteurs_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."credits_derogations" ADD CONSTRAINT "credits_derogations_client_id_fkey" FOREIGN KEY (client_id) REFERENCES public.clients(id);

ALTER TABLE "public"."credits_derogations" ADD CONSTRAINT "credits_derogations_par_fkey" FOREIGN KEY (par) REFERENCES auth.users(id);

ALTER TABLE "public"."credits_derogations" ADD CONSTRAINT "credits_derogations_sortie_id_fkey" FOREIGN KEY (sortie_id) REFERENCES public.sorties_produit(id);

ALTER TABLE "public"."ecarts" ADD CONSTRAINT "ecarts_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."ecarts" ADD CONSTRAINT "ecarts_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."ecarts" ADD CONSTRAINT "ecarts_fournisseur_lot_id_fkey" FOREIGN KEY (fournisseur_lot_id) REFERENCES public.fournisseur_lot(id);

ALTER TABLE "public"."ecarts" ADD CONSTRAINT "ecarts_produit_id_fkey" FOREIGN KEY (produit_id) REFERENCES public.produits(id);

ALTER TABLE "public"."ecarts" ADD CONSTRAINT "ecarts_traite_par_fkey" FOREIGN KEY (traite_par) REFERENCES auth.users(id);

ALTER TABLE "public"."ecarts_notes" ADD CONSTRAINT "ecarts_notes_auteur_fkey" FOREIGN KEY (auteur) REFERENCES auth.users(id);

ALTER TABLE "public"."encaissements" ADD CONSTRAINT "encaissements_annule_par_fkey" FOREIGN KEY (annule_par) REFERENCES auth.users(id);

ALTER TABLE "public"."encaissements" ADD CONSTRAINT "encaissements_client_id_fkey" FOREIGN KEY (client_id) REFERENCES public.clients(id);

ALTER TABLE "public"."encaissements" ADD CONSTRAINT "encaissements_confirme_par_fkey" FOREIGN KEY (confirme_par) REFERENCES auth.users(id);

ALTER TABLE "public"."encaissements" ADD CONSTRAINT "encaissements_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."encaissements" ADD CONSTRAINT "encaissements_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."envois" ADD CONSTRAINT "envois_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."factures_client" ADD CONSTRAINT "factures_client_client_id_fkey" FOREIGN KEY (client_id) REFERENCES public.clients(id);

ALTER TABLE "public"."factures_client" ADD CONSTRAINT "factures_client_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."factures_client" ADD CONSTRAINT "factures_client_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."factures_client" ADD CONSTRAINT "factures_client_emise_par_fkey" FOREIGN KEY (emise_par) REFERENCES auth.users(id);

ALTER TABLE "public"."factures_client_lignes" ADD CONSTRAINT "factures_client_lignes_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."factures_client_lignes" ADD CONSTRAINT "factures_client_lignes_sortie_id_fkey" FOREIGN KEY (sortie_id) REFERENCES public.sorties_produit(id);

ALTER TABLE "public"."factures_client_taxes" ADD CONSTRAINT "factures_client_taxes_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."factures_fiscales" ADD CONSTRAINT "factures_fiscales_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."factures_fournisseur_receptions" ADD CONSTRAINT "factures_fournisseur_receptions_reception_id_fkey" FOREIGN KEY (reception_id) REFERENCES public.receptions(id);

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_fournisseur_id_fkey" FOREIGN KEY (fournisseur_id) REFERENCES public.fournisseurs(id);

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_fournisseur_lot_id_fkey" FOREIGN KEY (fournisseur_lot_id) REFERENCES public.fournisseur_lot(id);

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_validated_by_fkey" FOREIGN KEY (validated_by) REFERENCES auth.users(id);

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_annule_par_fkey" FOREIGN KEY (annule_par) REFERENCES auth.users(id);

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_confirme_par_fkey" FOREIGN KEY (confirme_par) REFERENCES auth.users(id);

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_delai_paiement_jours_check" CHECK (((delai_paiement_jours >= 0) AND (delai_paiement_jours <= 365)));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_nif_check2000" CHECK ((char_length(nif) <= 2000));

ALTER TABLE "public"."frais_lot" ADD CONSTRAINT "frais_lot_annule_par_fkey" FOREIGN KEY (annule_par) REFERENCES auth.users(id);

ALTER TABLE "public"."frais_lot" ADD CONSTRAINT "frais_lot_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."frais_lot" ADD CONSTRAINT "frais_lot_lot_id_fkey" FOREIGN KEY (lot_id) REFERENCES public.fournisseur_lot(id);

ALTER TABLE "public"."frais_lot" ADD CONSTRAINT "frais_lot_montant_usd_check" CHECK ((montant_usd < '10000000000000'::numeric));

ALTER TABLE "public"."notifications_regles" ADD CONSTRAINT "notifications_regles_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."parts_partenaires" ADD CONSTRAINT "parts_partenaires_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."parts_partenaires" ADD CONSTRAINT "parts_partenaires_partenaire_id_fkey" FOREIGN KEY (partenaire_id) REFERENCES public.partenaires(id);

ALTER TABLE "public"."periodes_closes" ADD CONSTRAINT "periodes_closes_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."periodes_closes" ADD CONSTRAINT "periodes_closes_par_fkey" FOREIGN KEY (par) REFERENCES auth.users(id);

ALTER TABLE "public"."periodes_closes" ADD CONSTRAINT "periodes_closes_rouverte_par_fkey" FOREIGN KEY (rouverte_par) REFERENCES auth.users(id);

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_ctsh_check" CHECK (((ctsh >= 0.9) AND (ctsh <= 1.1)));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_densite_a_15_kgm3_check" CHECK (((densite_a_15_kgm3 >= (400)::numeric) AND (densite_a_15_kgm3 <= (1300)::numeric)));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_densite_observee_kgm3_check" CHECK (((densite_observee_kgm3 >= (400)::numeric) AND (densite_observee_kgm3 <= (1300)::numeric)));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_eau_sediments_pour_cent_check" CHECK (((eau_sediments_pour_cent >= (0)::numeric) AND (eau_sediments_pour_cent < (100)::numeric)));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_hauteur_eau_mm_check" CHECK (((hauteur_eau_mm >= (0)::numeric) AND (hauteur_eau_mm <= (100000)::numeric)));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_hauteur_totale_mm_check" CHECK (((hauteur_totale_mm >= (0)::numeric) AND (hauteur_totale_mm <= (100000)::numeric)));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_incertitude_15c_check" CHECK (((incertitude_15c >= (0)::numeric) AND (incertitude_15c < '1000000000'::numeric)));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_methode_15c_check2000" CHECK ((char_length(methode_15c) <= 2000));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_temperature_air_c_check" CHECK (((temperature_air_c >= ('-60'::integer)::numeric) AND (temperature_air_c <= (70)::numeric)));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_temperature_c_check" CHECK (((temperature_c >= ('-50'::integer)::numeric) AND (temperature_c <= (150)::numeric)));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_temperature_echantillon_c_check" CHECK (((temperature_echantillon_c >= ('-50'::integer)::numeric) AND (temperature_echantillon_c <= (150)::numeric)));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_type_check" CHECK ((type = ANY (ARRAY['OUVERTURE'::text, 'FERMETURE'::text, 'AVANT'::text, 'APRES'::text, 'INVENTAIRE'::text])));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_vcf_check" CHECK (((vcf >= 0.5) AND (vcf <= 1.5)));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_volume_15c_brut_check" CHECK (((volume_15c_brut >= (0)::numeric) AND (volume_15c_brut < '1000000000'::numeric)));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_volume_15c_check" CHECK (((volume_15c >= (0)::numeric) AND (volume_15c < '1000000000'::numeric)));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_volume_brut_l_check" CHECK (((volume_brut_l >= (0)::numeric) AND (volume_brut_l < '1000000000'::numeric)));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_volume_eau_l_check" CHECK (((volume_eau_l >= (0)::numeric) AND (volume_eau_l < '1000000000'::numeric)));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_volume_toit_l_check" CHECK ((abs(volume_toit_l) < '1000000000'::numeric));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_volume_total_l_check" CHECK (((volume_total_l >= (0)::numeric) AND (volume_total_l < '1000000000'::numeric)));

ALTER TABLE "public"."produits" ADD CONSTRAINT "produits_franchise_pour_mille_check" CHECK (((franchise_pour_mille >= (0)::numeric) AND (franchise_pour_mille <= (50)::numeric)));

ALTER TABLE "public"."produits" ADD CONSTRAINT "produits_tva_groupe_check2000" CHECK ((char_length(tva_groupe) <= 2000));

ALTER TABLE "public"."produits" ADD CONSTRAINT "produits_tva_groupe_check" CHECK ((tva_groupe ~ '^[A-N]$'::text));

ALTER TABLE "public"."proforma_clotures" ADD CONSTRAINT "proforma_clotures_par_fkey" FOREIGN KEY (par) REFERENCES auth.users(id);

ALTER TABLE "public"."proformas" ADD CONSTRAINT "proformas_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."proformas" ADD CONSTRAINT "proformas_fournisseur_id_fkey" FOREIGN KEY (fournisseur_id) REFERENCES public.fournisseurs(id);

ALTER TABLE "public"."proformas" ADD CONSTRAINT "proformas_produit_id_fkey" FOREIGN KEY (produit_id) REFERENCES public.produits(id);

ALTER TABLE "public"."receptions" ADD CONSTRAINT "receptions_compartiment_check" CHECK (((compartiment >= 1) AND (compartiment <= 20)));

ALTER TABLE "public"."receptions" ADD CONSTRAINT "receptions_facteur_compteur_check" CHECK (((facteur_compteur >= 0.9) AND (facteur_compteur <= 1.1)));

ALTER TABLE "public"."regularisations" ADD CONSTRAINT "regularisations_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."regularisations" ADD CONSTRAINT "regularisations_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."regularisations" ADD CONSTRAINT "regularisations_prise_de_hauteur_id_fkey" FOREIGN KEY (prise_de_hauteur_id) REFERENCES public.prises_de_hauteur(id);

ALTER TABLE "public"."remboursements" ADD CONSTRAINT "remboursements_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."remboursements" ADD CONSTRAINT "remboursements_par_fkey" FOREIGN KEY (par) REFERENCES auth.users(id);

ALTER TABLE "public"."sblc" ADD CONSTRAINT "sblc_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."sblc" ADD CONSTRAINT "sblc_fournisseur_id_fkey" FOREIGN KEY (fournisseur_id) REFERENCES public.fournisseurs(id);

ALTER TABLE "public"."specifications" ADD CONSTRAINT "specifications_produit_id_fkey" FOREIGN KEY (produit_id) REFERENCES public.produits(id);

ALTER TABLE "public"."stocks_initiaux_partenaires" ADD CONSTRAINT "stocks_initiaux_partenaires_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."stocks_initiaux_partenaires" ADD CONSTRAINT "stocks_initiaux_partenaires_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."stocks_initiaux_partenaires" ADD CONSTRAINT "stocks_initiaux_partenaires_partenaire_id_fkey" FOREIGN KEY (partenaire_id) REFERENCES public.partenaires(id);

ALTER TABLE "public"."stocks_initiaux_partenaires" ADD CONSTRAINT "stocks_initiaux_partenaires_stock_initial_id_fkey" FOREIGN KEY (stock_initial_id) REFERENCES public.stocks_initiaux(id);

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_acknowledged_by_fkey" FOREIGN KEY (acknowledged_by) REFERENCES auth.users(id);

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_resolved_by_fkey" FOREIGN KEY (resolved_by) REFERENCES auth.users(id);

ALTER TABLE "public"."tarifs" ADD CONSTRAINT "tarifs_client_id_fkey" FOREIGN KEY (client_id) REFERENCES public.clients(id);

ALTER TABLE "public"."tarifs" ADD CONSTRAINT "tarifs_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."tarifs" ADD CONSTRAINT "tarifs_par_fkey" FOREIGN KEY (par) REFERENCES auth.users(id);

ALTER TABLE "public"."tarifs" ADD CONSTRAINT "tarifs_produit_id_fkey" FOREIGN KEY (produit_id) REFERENCES public.produits(id);

ALTER TABLE "public"."taux_change" ADD CONSTRAINT "taux_change_par_fkey" FOREIGN KEY (par) REFERENCES auth.users(id);

CREATE VIEW "public"."v_balance_agee" WITH (security_invoker=true) AS  SELECT r.client_id,
    c.nom AS client_nom,
    r.devise,
    COALESCE(sum(r.debit) FILTER (WHERE (j.retard <= 0)), (0)::numeric) AS non_echu,
    COALESCE(sum(r.debit) FILTER (WHERE ((j.retard >= 1) AND (j.retard <= 30))), (0)::numeric) AS de_1_a_30,
    COALESCE(sum(r.debit) FILTER (WHERE ((j.retard >= 31) AND (j.retard <= 60))), (0)::numeric) AS de_31_a_60,
    COALESCE(sum(r.debit) FILTER (WHERE ((j.retard >= 61) AND (j.retard <= 90))), (0)::numeric) AS de_61_a_90,
    COALESCE(sum(r.debit) FILTER (WHERE (j.retard > 90)), (0)::numeric) AS plus_de_90,
    sum(r.credit) AS avances,
    sum((r.debit - r.credit)) AS solde
   FROM ((private.restes_vus() r(depot_id, client_id, devise, echeance, debit, credit)
     JOIN public.clients c ON ((c.id = r.client_id)))
     CROSS JOIN LATERAL ( SELECT (((now() AT TIME ZONE 'Africa/Lubumbashi'::text))::date - r.echeance) AS retard) j)
  GROUP BY r.client_id, c.nom, r.devise;;

CREATE VIEW "public"."v_caisse_jour" WITH (security_invoker=true) AS  SELECT e.depot_id,
    e.jour_caisse AS jour,
    e.devise,
    count(*) AS encaissements,
    sum(e.montant) AS encaisse,
    private.caisse_theorique(e.depot_id, e.devise, e.jour_caisse) AS theorique,
    k.compte,
    k.ecart,
    k.par
   FROM (public.encaissements e
     LEFT JOIN public.clotures_caisse k ON (((k.depot_id = e.depot_id) AND (k.devise = e.devise) AND (k.jour = e.jour_caisse))))
  WHERE ((e.mode = 'CASH'::text) AND (e.statut = 'CONFIRME'::text))
  GROUP BY e.depot_id, e.jour_caisse, e.devise, k.compte, k.ecart, k.par;;

CREATE VIEW "public"."v_camions_recus" WITH (security_invoker=true) AS  SELECT c.id AS cours_de_route_id,
    c.depot_destination_id AS depot_id,
    c.produit_id,
    c.fournisseur_id,
    c.plaque_camion,
    c.transporteur,
    c.date_chargement,
    t.volume_annonce,
    t.charge_15c,
    t.recu_ambiant,
    t.recu_15c,
    t.perte_15c,
    t.perte_pour_mille,
    t.franchise_pour_mille,
    t.franchise_15c,
    t.excedent_15c
   FROM (public.cours_de_route c
     CROSS JOIN LATERAL private.camion_recu(c.id) t(volume_annonce, charge_15c, recu_ambiant, recu_15c, perte_15c, perte_pour_mille, franchise_pour_mille, franchise_15c, excedent_15c))
  WHERE (c.statut = 'DECHARGE'::text);;

CREATE VIEW "public"."v_compte_fournisseur" WITH (security_invoker=true) AS  SELECT f.id AS fournisseur_id,
    f.nom,
    s.devise,
    s.debit,
    s.credit,
    s.solde AS dette,
    s.ecritures,
    s.derniere_date
   FROM (public.v_soldes_tiers s
     JOIN public.fournisseurs f ON ((f.id = s.fournisseur_id)));;

CREATE VIEW "public"."v_cout_revient_lot" WITH (security_invoker=true) AS  SELECT l.id AS lot_id,
    l.fournisseur_id,
    l.produit_id,
    l.reference,
    l.statut,
    c.volume_15c,
    c.achat_usd,
    c.frais_usd,
    c.surestaries_proposees_usd,
    (c.achat_usd + c.frais_usd) AS cout_usd,
    round(((c.achat_usd + c.frais_usd) / NULLIF(c.volume_15c, (0)::numeric)), 6) AS usd_par_l15,
    l.created_at
   FROM (public.fournisseur_lot l
     CROSS JOIN LATERAL private.cout_de_lot(l.id) c(volume_15c, achat_usd, frais_usd, surestaries_proposees_usd))
  WHERE (( SELECT private.peut('lire_finance'::text) AS peut) AND (( SELECT private.peut('voir_tous_depots'::text) AS peut) OR (l.id = ANY (( SELECT private.lots_finances() AS lots_finances)::uuid[]))));;

CREATE VIEW "public"."v_encours_client" WITH (security_invoker=true) AS  SELECT c.client_id,
    n.nom AS client_nom,
    c.devise,
    c.base,
    c.delai_jours,
    c.plafond,
    c.suspendu,
    c.suivi_depuis,
    e.solde,
    e.non_facture,
    e.sans_prix,
    (e.solde + e.non_facture) AS encours,
    ((c.plafond - e.solde) - e.non_facture) AS disponible
   FROM ((public.clients_conditions c
     JOIN public.clients n ON ((n.id = c.client_id)))
     CROSS JOIN LATERAL private.encours_vu(c.*) e(devise, solde, non_facture, sans_prix));;

CREATE VIEW "public"."v_etat_citernes" WITH (security_invoker=true) AS  SELECT c.id AS citerne_id,
    c.nom AS citerne_nom,
    c.depot_id,
    c.produit_id,
    c.statut,
    c.capacite_totale,
    c.capacite_securite,
    s.stock_ambiant,
    s.stock_15c,
    s.densite_melange_kgm3,
    private.masse_vide_t(s.densite_melange_kgm3, s.stock_15c) AS masse_vide_t,
    private.masse_air_t(s.densite_melange_kgm3, s.stock_15c) AS masse_air_t,
    t.temperature_c,
    t.temperature_le,
    h.volume_mesure AS derniere_prise_l,
    h.created_at AS derniere_prise_le,
    h.id AS derniere_prise_id,
    h.mesuree_le AS derniere_prise_mesuree_le,
    h.hauteur_totale_mm AS derniere_hauteur_mm,
    h.hauteur_eau_mm AS derniere_hauteur_eau_mm,
    h.volume_15c AS derniere_prise_15c,
    (h.volume_15c - h.stock_comptable_15c) AS dernier_ecart_15c,
    h.incertitude_15c AS derniere_incertitude_15c,
    (c.capacite_totale - s.stock_ambiant) AS place_libre_l
   FROM (((public.citernes c
     CROSS JOIN LATERAL ( SELECT COALESCE(sum(k.stock_ambiant), (0)::numeric) AS stock_ambiant,
            COALESCE(sum(k.stock_15c), (0)::numeric) AS stock_15c,
            max(k.densite_melange_kgm3) AS densite_melange_kgm3
           FROM public.stocks_snapshot k
          WHERE (k.citerne_id = c.id)) s)
     LEFT JOIN LATERAL ( SELECT m.temperature_c,
            m.temperature_le
           FROM (( SELECT r.temperature_ambiante_c AS temperature_c,
                    r.date_reception AS temperature_le,
                    r.id
                   FROM public.receptions r
                  WHERE ((r.citerne_id = ANY (ARRAY[c.id])) AND (r.temperature_ambiante_c IS NOT NULL))
                  ORDER BY r.citerne_id, r.date_reception DESC, r.id DESC
                 LIMIT 1)
                UNION ALL
                ( SELECT o.temperature_ambiante_c,
                    o.date_jour,
                    o.id
                   FROM public.sorties_produit o
                  WHERE ((o.citerne_id = ANY (ARRAY[c.id])) AND (o.statut = 'validee'::text) AND (o.temperature_ambiante_c IS NOT NULL))
                  ORDER BY o.citerne_id, o.date_jour DESC, o.id DESC
                 LIMIT 1)
                UNION ALL
                ( SELECT p.temperature_c,
                    private.jour_au_depot(c.depot_id, COALESCE(p.mesuree_le, p.created_at)) AS jour_au_depot,
                    p.id
                   FROM public.prises_de_hauteur p
                  WHERE ((p.citerne_id = c.id) AND (p.temperature_c IS NOT NULL))
                  ORDER BY p.created_at DESC
                 LIMIT 1)) m
          ORDER BY m.temperature_le DESC, m.id DESC
         LIMIT 1) t ON (true))
     LEFT JOIN LATERAL ( SELECT p.id,
            p.citerne_id,
            p.produit_id,
            p.depot_id,
            p.type,
            p.mesuree_le,
            p.hauteur_totale_mm,
            p.hauteur_eau_mm,
            p.temperature_c,
            p.temperature_echantillon_c,
            p.temperature_air_c,
            p.densite_observee_kgm3,
            p.densite_a_15_kgm3,
            p.eau_sediments_pour_cent,
            p.bareme_id,
            p.volume_total_l,
            p.volume_eau_l,
            p.ctsh,
            p.volume_toit_l,
            p.volume_brut_l,
            p.volume_mesure,
            p.vcf,
            p.methode_15c,
            p.parametres_15c,
            p.avertissements,
            p.volume_15c_brut,
            p.volume_15c,
            p.incertitude_15c,
            p.stock_comptable,
            p.stock_comptable_15c,
            p.tolerance_pour_mille,
            p.note,
            p.created_by,
            p.created_at
           FROM public.prises_de_hauteur p
          WHERE (p.citerne_id = c.id)
          ORDER BY p.created_at DESC
         LIMIT 1) h ON (true));;

CREATE VIEW "public"."v_fournisseurs" WITH (security_invoker=true) AS  SELECT id,
    nom,
    contact_personne,
    email,
    telephone,
    adresse,
    pays,
    note_supplementaire,
    created_at,
    actif,
    nif,
    delai_paiement_jours
   FROM private.coordonnees_fournisseurs() f(id, nom, contact_personne, email, telephone, adresse, pays, note_supplementaire, created_at, actif, nif, delai_paiement_jours);;

CREATE VIEW "public"."v_integrity_checks" WITH (security_invoker=true) AS  SELECT check_code,
    severity,
    entity_type,
    entity_id,
    message,
    payload,
    detected_at,
    depot_id
   FROM private.faits_vus() f(check_code, severity, entity_type, entity_id, message, payload, detected_at, depot_id);;

CREATE VIEW "public"."v_reception_20c" WITH (security_invoker=true) AS  SELECT r.id AS reception_id,
    r.cours_de_route_id,
    r.depot_id,
    r.citerne_id,
    r.produit_id,
    r.date_reception,
    q.volume_15c,
    q.volume_20c,
    q.densite_15,
    q.tonnes_air
   FROM (public.receptions r
     CROSS JOIN LATERAL private.quantites_reception(r.id) q(volume_15c, volume_20c, densite_15, tonnes_air));;

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
    facteur_compteur,
    volume_ambiant,
    volume_observe,
    temperature_ambiante_c,
    temperature_echantillon_c,
    densite_observee_kgm3,
    densite_a_15,
    densite_a_15_kgm3,
    vcf,
    methode_15c,
    parametres_15c,
    volume_15c,
    volume_corrige_15c,
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
    facteur_compteur,
    volume_ambiant,
    temperature_ambiante_c,
    temperature_echantillon_c,
    densite_observee_kgm3,
    densite_a_15,
    densite_a_15_kgm3,
    vcf,
    methode_15c,
    parametres_15c,
    avertissements,
    volume_15c,
    volume_corrige_15c,
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

CREATE VIEW "public"."v_stock_actuel" WITH (security_invoker=true) AS  SELECT s.depot_id,
    d.nom AS depot_nom,
    s.citerne_id,
    c.nom AS citerne_nom,
    s.produit_id,
    p.nom AS produit_nom,
    s.proprietaire_type,
    s.stock_ambiant,
    s.stock_15c,
    (s.stock_ambiant - s.delta_ambiant_total) AS stock_ambiant_base,
    (s.stock_15c - s.delta_15c_total) AS stock_15c_base,
    s.delta_ambiant_total,
    s.delta_15c_total,
    c.capacite_totale,
    c.capacite_securite,
    s.last_movement_at,
    s.updated_at,
    s.densite_melange_kgm3,
    private.masse_vide_t(s.densite_melange_kgm3, s.stock_15c) AS masse_vide_t,
    private.masse_air_t(s.densite_melange_kgm3, s.stock_15c) AS masse_air_t
   FROM (((public.stocks_snapshot s
     JOIN public.depots d ON ((d.id = s.depot_id)))
     JOIN public.citernes c ON ((c.id = s.citerne_id)))
     JOIN public.produits p ON ((p.id = s.produit_id)));;

CREATE OR REPLACE FUNCTION private.stock_actuel_a(p_jour date)
 RETURNS SETOF public.v_stock_actuel
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select s.depot_id, s.depot_nom, s.citerne_id, s.citerne_nom, s.produit_id, s.produit_nom, s.proprietaire_type,
         j.stock_ambiant, j.stock_15c, j.stock_ambiant - a.delta_ambiant, j.stock_15c - a.delta_15c,
         a.delta_ambiant, a.delta_15c, s.capacite_totale, s.capacite_securite,
         (select max(m.created_at) from public.v_mouvements_stock m
           where m.citerne_id = s.citerne_id and m.produit_id = s.produit_id
             and m.proprietaire_type = s.proprietaire_type and m.date_jour = j.date_jour),
         j.updated_at, null::numeric(9,4), null::numeric, null::numeric
    from public.v_stock_actuel s
   cross join lateral (
     select v.date_jour, v.stock_ambiant, v.stock_15c, v.updated_at from public.stocks_journaliers v
      where v.citerne_id = s.citerne_id and v.produit_id = s.produit_id
        and v.proprietaire_type = s.proprietaire_type and v.date_jour <= p_jour
      order by v.date_jour desc limit 1) j
   cross join lateral (
     select coalesce(sum(x.delta_ambiant), 0) as delta_ambiant, coalesce(sum(x.delta_15c), 0) as delta_15c
       from (select z.delta_ambiant, z.delta_15c from public.stocks_adjustments z
              where z.citerne_id = s.citerne_id and z.produit_id = s.produit_id
                and z.proprietaire_type = s.proprietaire_type and z.date_jour <= p_jour
             union all
             select g.delta_ambiant, g.delta_15c from public.regularisations g
              where g.citerne_id = s.citerne_id and g.produit_id = s.produit_id
                and g.proprietaire_type = s.proprietaire_type and g.date_jour <= p_jour) x) a
$function$;

CREATE VIEW "public"."v_kpi_stock_global" WITH (security_invoker=true) AS  SELECT depot_id,
    depot_nom,
    produit_id,
    produit_nom,
    private.jour_au_depot(depot_id, max(updated_at)) AS date_jour,
    sum(stock_ambiant) AS stock_ambiant_total,
    sum(stock_15c) AS stock_15c_total,
    COALESCE(sum(stock_ambiant) FILTER (WHERE (proprietaire_type = 'MONALUXE'::text)), (0)::numeric) AS stock_ambiant_monaluxe,
    COALESCE(sum(stock_15c) FILTER (WHERE (proprietaire_type = 'MONALUXE'::text)), (0)::numeric) AS stock_15c_monaluxe,
    COALESCE(sum(stock_ambiant) FILTER (WHERE (proprietaire_type = 'PARTENAIRE'::text)), (0)::numeric) AS stock_ambiant_partenaire,
    COALESCE(sum(stock_15c) FILTER (WHERE (proprietaire_type = 'PARTENAIRE'::text)), (0)::numeric) AS stock_15c_partenaire,
        CASE
            WHEN bool_and(((masse_vide_t IS NOT NULL) OR (stock_15c = (0)::numeric))) THEN COALESCE(sum(masse_vide_t), (0)::numeric)
            ELSE NULL::numeric
        END AS masse_vide_t,
        CASE
            WHEN bool_and(((masse_air_t IS NOT NULL) OR (stock_15c = (0)::numeric))) THEN COALESCE(sum(masse_air_t), (0)::numeric)
            ELSE NULL::numeric
        END AS masse_air_t
   FROM public.v_stock_actuel
  GROUP BY depot_id, depot_nom, produit_id, produit_nom;;

CREATE OR REPLACE FUNCTION private.kpi_stock_a(p_jour date)
 RETURNS SETOF public.v_kpi_stock_global
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select s.depot_id, s.depot_nom, s.produit_id, s.produit_nom, p_jour, sum(s.stock_ambiant), sum(s.stock_15c),
         coalesce(sum(s.stock_ambiant) filter (where s.proprietaire_type = 'MONALUXE'), 0),
         coalesce(sum(s.stock_15c) filter (where s.proprietaire_type = 'MONALUXE'), 0),
         coalesce(sum(s.stock_ambiant) filter (where s.proprietaire_type = 'PARTENAIRE'), 0),
         coalesce(sum(s.stock_15c) filter (where s.proprietaire_type = 'PARTENAIRE'), 0),
         null::numeric, null::numeric
    from private.stock_actuel_a(p_jour) s
   group by s.depot_id, s.depot_nom, s.produit_id, s.produit_nom
$function$;

CREATE VIEW "public"."v_stock_actuel_owner_snapshot" WITH (security_invoker=true) AS  SELECT depot_id,
    depot_nom,
    proprietaire_type,
    produit_id,
    produit_nom,
    sum(stock_ambiant) AS stock_ambiant_total,
    sum(stock_15c) AS stock_15c_total,
    max(updated_at) AS snapshot_at
   FROM public.v_stock_actuel
  GROUP BY depot_id, depot_nom, proprietaire_type, produit_id, produit_nom;;

CREATE VIEW "public"."v_stock_actuel_snapshot" WITH (security_invoker=true) AS  SELECT citerne_id,
    citerne_nom,
    produit_id,
    produit_nom,
    depot_id,
    depot_nom,
    proprietaire_type,
    stock_ambiant,
    stock_15c,
    updated_at,
    capacite_totale,
    capacite_securite
   FROM public.v_stock_actuel;;

CREATE INDEX envois_evenements_envoi_id_idx ON private.envois_evenements USING btree (envoi_id);

CREATE INDEX facturations_sortie_facture_idx ON private.facturations_sortie USING btree (facture_id);

CREATE INDEX facturations_sortie_libere_idx ON private.facturations_sortie USING btree (libere_par);

CREATE INDEX facturations_sortie_sortie_idx ON private.facturations_sortie USING btree (sortie_id);

CREATE UNIQUE INDEX facturations_sortie_unique ON private.facturations_sortie USING btree (sortie_id) WHERE (libere_par IS NULL);

CREATE INDEX rattachements_decharges_cdr_idx ON private.rattachements_decharges USING btree (cours_de_route_id);

CREATE INDEX rattachements_decharges_lot_idx ON private.rattachements_decharges USING btree (fournisseur_lot_id);

CREATE INDEX restes_clients_client_idx ON private.restes_clients USING btree (client_id, devise, echeance, ordre);

CREATE INDEX alertes_evenements_alerte_id_idx ON public.alertes_evenements USING btree (alerte_id, ordre);

CREATE INDEX alertes_evenements_depot_id_idx ON public.alertes_evenements USING btree (depot_id);

CREATE INDEX analyses_cours_de_route_id_idx ON public.analyses USING btree (cours_de_route_id);

CREATE INDEX analyses_created_by_idx ON public.analyses USING btree (created_by);

CREATE INDEX analyses_depot_id_idx ON public.analyses USING btree (depot_id);

CREATE INDEX analyses_objet_idx ON public.analyses USING btree (objet_type, objet_id);

CREATE INDEX analyses_produit_id_idx ON public.analyses USING btree (produit_id);

CREATE INDEX attributions_partenaires_created_by_idx ON public.attributions_partenaires USING btree (created_by);

CREATE INDEX attributions_partenaires_depot_id_idx ON public.attributions_partenaires USING btree (depot_id);

CREATE INDEX attributions_partenaires_partenaire_id_idx ON public.attributions_partenaires USING btree (partenaire_id, date_jour);

CREATE INDEX attributions_partenaires_produit_id_idx ON public.attributions_partenaires USING btree (produit_id);

CREATE UNIQUE INDEX baremes_actif_key ON public.baremes USING btree (citerne_id) WHERE (statut = 'ACTIF'::text);

CREATE INDEX baremes_active_par_idx ON public.baremes USING btree (active_par);

CREATE INDEX baremes_created_by_idx ON public.baremes USING btree (created_by);

CREATE INDEX baremes_depot_id_idx ON public.baremes USING btree (depot_id);

CREATE INDEX baremes_points_depot_id_idx ON public.baremes_points USING btree (depot_id);

CREATE INDEX baremes_produit_id_idx ON public.baremes USING btree (produit_id);

CREATE INDEX bons_livraison_confirme_par_idx ON public.bons_livraison USING btree (confirme_par);

CREATE INDEX bons_livraison_created_by_idx ON public.bons_livraison USING btree (created_by);

CREATE INDEX bons_livraison_depot_id_idx ON public.bons_livraison USING btree (depot_id);

CREATE INDEX bons_livraison_sortie_id_idx ON public.bons_livraison USING btree (sortie_id);

CREATE UNIQUE INDEX bons_livraison_sortie_unique ON public.bons_livraison USING btree (sortie_id) WHERE (statut <> 'ANNULE'::text);

CREATE INDEX cdr_etapes_depot_id_idx ON public.cdr_etapes USING btree (depot_id);

CREATE INDEX chargements_created_by_idx ON public.chargements USING btree (created_by);

CREATE INDEX chargements_depot_id_idx ON public.chargements USING btree (depot_id);

CREATE UNIQUE INDEX citernes_cle ON public.citernes USING btree (id, produit_id, depot_id);

ALTER TABLE "public"."baremes" ADD CONSTRAINT "baremes_citerne_id_fkey" FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

ALTER TABLE "public"."compteurs" ADD CONSTRAINT "compteurs_citerne_id_fkey" FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

ALTER TABLE "public"."dilatations" ADD CONSTRAINT "dilatations_citerne_id_fkey" FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_citerne_id_fkey" FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

ALTER TABLE "public"."receptions" ADD CONSTRAINT "receptions_citerne_id_fkey" FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

ALTER TABLE "public"."regularisations" ADD CONSTRAINT "regularisations_citerne_id_fkey" FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

ALTER TABLE "public"."stocks_adjustments" ADD CONSTRAINT "stocks_adjustments_citerne_id_fkey" FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

ALTER TABLE "public"."stocks_initiaux" ADD CONSTRAINT "stocks_initiaux_citerne_id_fkey" FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

ALTER TABLE "public"."stocks_journaliers" ADD CONSTRAINT "stocks_journaliers_citerne_id_fkey" FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

ALTER TABLE "public"."stocks_snapshot" ADD CONSTRAINT "stocks_snapshot_citerne_id_fkey" FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

ALTER TABLE "public"."transferts" ADD CONSTRAINT "transferts_citerne_destination_id_fkey" FOREIGN KEY (citerne_destination_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

ALTER TABLE "public"."transferts" ADD CONSTRAINT "transferts_citerne_source_id_fkey" FOREIGN KEY (citerne_source_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

CREATE INDEX clients_conditions_updated_by_idx ON public.clients_conditions USING btree (updated_by);

CREATE INDEX clotures_caisse_par_idx ON public.clotures_caisse USING btree (par);

CREATE INDEX comptes_partenaires_partenaire_id_idx ON public.comptes_partenaires USING btree (partenaire_id);

CREATE INDEX comptes_partenaires_produit_id_idx ON public.comptes_partenaires USING btree (produit_id);

CREATE INDEX compteurs_citerne_id_idx ON public.compteurs USING btree (citerne_id);

CREATE INDEX compteurs_created_by_idx ON public.compteurs USING btree (created_by);

CREATE INDEX compteurs_depot_id_idx ON public.compteurs USING btree (depot_id);

CREATE INDEX compteurs_produit_id_idx ON public.compteurs USING btree (produit_id);

CREATE INDEX cours_de_route_arrive_idx ON public.cours_de_route USING btree (id) WHERE (statut = 'ARRIVE'::text);

CREATE INDEX credits_derogations_client_id_idx ON public.credits_derogations USING btree (client_id);

CREATE INDEX credits_derogations_par_idx ON public.credits_derogations USING btree (par);

CREATE INDEX credits_derogations_sortie_id_idx ON public.credits_derogations USING btree (sortie_id);

CREATE UNIQUE INDEX ecarts_auto_unique ON public.ecarts USING btree (type, reference_type, reference_id) WHERE (origine = 'AUTO'::text);

CREATE INDEX ecarts_created_by_idx ON public.ecarts USING btree (created_by);

CREATE INDEX ecarts_depot_id_idx ON public.ecarts USING btree (depot_id);

CREATE INDEX ecarts_lot_idx ON public.ecarts USING btree (fournisseur_lot_id);

CREATE INDEX ecarts_notes_auteur_idx ON public.ecarts_notes USING btree (auteur);

CREATE INDEX ecarts_notes_depot_id_idx ON public.ecarts_notes USING btree (depot_id);

CREATE INDEX ecarts_notes_ecart_id_idx ON public.ecarts_notes USING btree (ecart_id, created_at);

CREATE INDEX ecarts_ouverts_idx ON public.ecarts USING btree (created_at) WHERE (statut <> 'TRAITE'::text);

CREATE INDEX ecarts_produit_id_idx ON public.ecarts USING btree (produit_id);

CREATE INDEX ecarts_reference_idx ON public.ecarts USING btree (reference_type, reference_id);

CREATE INDEX ecarts_traite_par_idx ON public.ecarts USING btree (traite_par);

CREATE INDEX encaissements_annule_par_idx ON public.encaissements USING btree (annule_par);

CREATE INDEX encaissements_client_id_idx ON public.encaissements USING btree (client_id);

CREATE INDEX encaissements_confirme_par_idx ON public.encaissements USING btree (confirme_par);

CREATE INDEX encaissements_created_by_idx ON public.encaissements USING btree (created_by);

CREATE INDEX encaissements_depot_jour_idx ON public.encaissements USING btree (depot_id, jour_caisse, devise);

CREATE UNIQUE INDEX encaissements_reference_unique ON public.encaissements USING btree (mode, COALESCE(operateur_mobile, ''::text), lower(btrim(reference))) WHERE ((statut <> 'ANNULE'::text) AND (reference IS NOT NULL));

CREATE INDEX envois_a_prendre_idx ON public.envois USING btree (prochain_essai) WHERE (statut = ANY (ARRAY['A_ENVOYER'::text, 'EN_COURS'::text]));

CREATE INDEX envois_depot_id_idx ON public.envois USING btree (depot_id);

CREATE INDEX envois_regle_id_idx ON public.envois USING btree (regle_id);

CREATE INDEX factures_client_client_id_idx ON public.factures_client USING btree (client_id);

CREATE INDEX factures_client_created_by_idx ON public.factures_client USING btree (created_by);

CREATE INDEX factures_client_depot_id_idx ON public.factures_client USING btree (depot_id);

CREATE INDEX factures_client_emise_par_idx ON public.factures_client USING btree (emise_par);

CREATE INDEX factures_client_lignes_bl_id_idx ON public.factures_client_lignes USING btree (bl_id);

CREATE INDEX factures_client_lignes_depot_id_idx ON public.factures_client_lignes USING btree (depot_id);

CREATE INDEX factures_client_lignes_origine_idx ON public.factures_client_lignes USING btree (ligne_origine_id);

CREATE INDEX factures_client_lignes_sortie_id_idx ON public.factures_client_lignes USING btree (sortie_id);

CREATE INDEX factures_client_origine_idx ON public.factures_client USING btree (facture_origine_id);

CREATE INDEX factures_client_taxes_depot_id_idx ON public.factures_client_taxes USING btree (depot_id);

CREATE INDEX factures_fiscales_attente_idx ON public.factures_fiscales USING btree (created_at) WHERE (statut = 'A_TRANSMETTRE'::text);

CREATE INDEX factures_fiscales_depot_id_idx ON public.factures_fiscales USING btree (depot_id);

CREATE INDEX factures_fournisseur_receptions_facture_idx ON public.factures_fournisseur_receptions USING btree (facture_id);

CREATE INDEX fournisseur_facture_created_by_idx ON public.fournisseur_facture_lot_min USING btree (created_by);

CREATE INDEX fournisseur_facture_fournisseur_id_idx ON public.fournisseur_facture_lot_min USING btree (fournisseur_id);

CREATE INDEX fournisseur_facture_lot_id_idx ON public.fournisseur_facture_lot_min USING btree (fournisseur_lot_id);

CREATE UNIQUE INDEX fournisseur_facture_lot_unique ON public.fournisseur_facture_lot_min USING btree (fournisseur_lot_id) WHERE ((type = 'FACTURE'::text) AND (statut <> 'ANNULEE'::text));

CREATE UNIQUE INDEX fournisseur_facture_numero_unique ON public.fournisseur_facture_lot_min USING btree (fournisseur_id, lower(btrim(invoice_no))) WHERE (statut <> 'ANNULEE'::text);

CREATE INDEX fournisseur_facture_origine_idx ON public.fournisseur_facture_lot_min USING btree (facture_origine_id);

CREATE INDEX fournisseur_facture_validated_by_idx ON public.fournisseur_facture_lot_min USING btree (validated_by);

CREATE INDEX fournisseur_lot_proforma_id_idx ON public.fournisseur_lot USING btree (proforma_id);

CREATE INDEX fournisseur_paiement_annule_par_idx ON public.fournisseur_paiement_lot_min USING btree (annule_par);

CREATE INDEX fournisseur_paiement_confirme_par_idx ON public.fournisseur_paiement_lot_min USING btree (confirme_par);

CREATE INDEX fournisseur_paiement_created_by_idx ON public.fournisseur_paiement_lot_min USING btree (created_by);

CREATE INDEX fournisseur_paiement_facture_idx ON public.fournisseur_paiement_lot_min USING btree (fournisseur_facture_id, date_paiement DESC);

CREATE INDEX frais_lot_annule_par_idx ON public.frais_lot USING btree (annule_par);

CREATE INDEX frais_lot_created_by_idx ON public.frais_lot USING btree (created_by);

CREATE INDEX frais_lot_lot_id_idx ON public.frais_lot USING btree (lot_id);

CREATE INDEX notifications_regles_created_by_idx ON public.notifications_regles USING btree (created_by);

CREATE INDEX parts_partenaires_depot_id_idx ON public.parts_partenaires USING btree (depot_id);

CREATE INDEX parts_partenaires_partenaire_id_idx ON public.parts_partenaires USING btree (partenaire_id);

CREATE UNIQUE INDEX periodes_closes_depot_idx ON public.periodes_closes USING btree (depot_id, au DESC) WHERE (rouverte_le IS NULL);

CREATE INDEX periodes_closes_par_idx ON public.periodes_closes USING btree (par);

CREATE INDEX periodes_closes_rouverte_par_idx ON public.periodes_closes USING btree (rouverte_par);

CREATE INDEX prises_de_hauteur_bareme_id_idx ON public.prises_de_hauteur USING btree (bareme_id);

CREATE INDEX prises_de_hauteur_produit_id_idx ON public.prises_de_hauteur USING btree (produit_id);

CREATE INDEX proforma_clotures_par_idx ON public.proforma_clotures USING btree (par);

CREATE INDEX proformas_created_by_idx ON public.proformas USING btree (created_by);

CREATE INDEX proformas_fournisseur_id_idx ON public.proformas USING btree (fournisseur_id);

CREATE INDEX proformas_produit_id_idx ON public.proformas USING btree (produit_id);

CREATE UNIQUE INDEX proformas_reference_unique ON public.proformas USING btree (fournisseur_id, lower(btrim(reference))) WHERE (statut <> 'ANNULEE'::text);

CREATE INDEX proformas_sblc_id_idx ON public.proformas USING btree (sblc_id);

CREATE INDEX receptions_citerne_idx ON public.receptions USING btree (citerne_id, date_reception DESC, id DESC);

CREATE INDEX receptions_compteur_id_idx ON public.receptions USING btree (compteur_id);

CREATE INDEX receptions_cours_de_route_id_idx ON public.receptions USING btree (cours_de_route_id);

CREATE INDEX receptions_ecart_15c_idx ON public.receptions USING btree (id) WHERE (abs((volume_ambiant - volume_15c)) > (0.03 * volume_ambiant));

CREATE INDEX regularisations_citerne_idx ON public.regularisations USING btree (citerne_id, date_jour DESC);

CREATE INDEX regularisations_created_by_idx ON public.regularisations USING btree (created_by);

CREATE INDEX regularisations_depot_idx ON public.regularisations USING btree (depot_id, date_jour DESC);

CREATE INDEX regularisations_produit_id_idx ON public.regularisations USING btree (produit_id);

CREATE INDEX remboursements_depot_jour_idx ON public.remboursements USING btree (depot_id, jour_caisse);

CREATE INDEX remboursements_encaissement_idx ON public.remboursements USING btree (encaissement_id);

CREATE INDEX remboursements_par_idx ON public.remboursements USING btree (par);

CREATE INDEX sblc_created_by_idx ON public.sblc USING btree (created_by);

CREATE INDEX sblc_fournisseur_id_idx ON public.sblc USING btree (fournisseur_id);

CREATE UNIQUE INDEX sblc_reference_unique ON public.sblc USING btree (lower(btrim(banque)), lower(btrim(reference)));

CREATE INDEX sorties_brouillon_idx ON public.sorties_produit USING btree (created_at) WHERE (statut = 'brouillon'::text);

CREATE INDEX sorties_ecart_15c_idx ON public.sorties_produit USING btree (id) WHERE ((statut = 'validee'::text) AND (abs((volume_ambiant - volume_15c)) > (0.03 * volume_ambiant)));

CREATE INDEX sorties_produit_citerne_idx ON public.sorties_produit USING btree (citerne_id, date_jour DESC, id DESC);

CREATE INDEX sorties_produit_compte_partenaire_idx ON public.sorties_produit USING btree (partenaire_id, date_jour) WHERE (proprietaire_type = 'PARTENAIRE'::text);

CREATE INDEX sorties_produit_compteur_id_idx ON public.sorties_produit USING brin (compteur_id);

CREATE INDEX sorties_produit_compteur_lu_idx ON public.sorties_produit USING btree (compteur_id) WHERE (compteur_id IS NOT NULL);

CREATE INDEX stocks_initiaux_partenaires_created_by_idx ON public.stocks_initiaux_partenaires USING btree (created_by);

CREATE INDEX stocks_initiaux_partenaires_depot_id_idx ON public.stocks_initiaux_partenaires USING btree (depot_id);

CREATE INDEX stocks_initiaux_partenaires_partenaire_id_idx ON public.stocks_initiaux_partenaires USING btree (partenaire_id);

CREATE INDEX system_alerts_acknowledged_by_idx ON public.system_alerts USING btree (acknowledged_by);

CREATE INDEX system_alerts_depot_id_idx ON public.system_alerts USING btree (depot_id);

CREATE INDEX system_alerts_ouvertes_idx ON public.system_alerts USING btree (ouverte_le) WHERE (status = 'OPEN'::text);

CREATE INDEX system_alerts_presentes_idx ON public.system_alerts USING btree (check_code) WHERE presente;

CREATE INDEX system_alerts_resolved_by_idx ON public.system_alerts USING btree (resolved_by);

CREATE INDEX tarifs_client_id_idx ON public.tarifs USING btree (client_id);

CREATE INDEX tarifs_depot_id_idx ON public.tarifs USING btree (depot_id);

CREATE INDEX tarifs_par_idx ON public.tarifs USING btree (par);

CREATE INDEX tarifs_produit_id_idx ON public.tarifs USING btree (produit_id, devise, base, valide_du DESC);

CREATE INDEX taux_change_par_idx ON public.taux_change USING btree (par);

CREATE TRIGGER impressions_block BEFORE DELETE OR UPDATE OR TRUNCATE ON private.impressions FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER lettrages_restes AFTER INSERT ON private.lettrages FOR EACH ROW EXECUTE FUNCTION private.restes_apres_lettrage();

CREATE TRIGGER alertes_evenements_after_insert AFTER INSERT ON public.alertes_evenements FOR EACH ROW EXECUTE FUNCTION private.notifier_evenement();

CREATE TRIGGER alertes_evenements_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.alertes_evenements FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER analyses_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.analyses FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER analyses_gel BEFORE INSERT ON public.analyses FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER attributions_partenaires_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.attributions_partenaires FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER attributions_partenaires_gel BEFORE INSERT ON public.attributions_partenaires FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.baremes REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER baremes_after_insert AFTER INSERT ON public.baremes FOR EACH ROW EXECUTE FUNCTION private.baremes_journaliser();

CREATE TRIGGER baremes_before_insert BEFORE INSERT ON public.baremes FOR EACH ROW EXECUTE FUNCTION private.baremes_avant_insert();

CREATE TRIGGER baremes_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.baremes FOR EACH STATEMENT EXECUTE FUNCTION private.baremes_proteger();

CREATE TRIGGER baremes_gel BEFORE INSERT OR DELETE OR UPDATE ON public.baremes FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER baremes_points_block BEFORE INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.baremes_points FOR EACH STATEMENT EXECUTE FUNCTION private.baremes_proteger();

CREATE TRIGGER baremes_points_gel BEFORE INSERT OR DELETE OR UPDATE ON public.baremes_points FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER bons_livraison_block BEFORE DELETE OR TRUNCATE ON public.bons_livraison FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER bons_livraison_figer BEFORE UPDATE ON public.bons_livraison FOR EACH ROW EXECUTE FUNCTION private.bon_figer();

CREATE TRIGGER bons_livraison_gel BEFORE INSERT OR UPDATE ON public.bons_livraison FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER cdr_etapes_gel BEFORE INSERT OR UPDATE ON public.cdr_etapes FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER chargements_block BEFORE DELETE OR TRUNCATE ON public.chargements FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER chargements_gel BEFORE INSERT OR UPDATE ON public.chargements FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.citernes REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER citernes_avant_ecriture BEFORE INSERT OR UPDATE OF id, nom, produit_id, depot_id ON public.citernes FOR EACH ROW EXECUTE FUNCTION private.citernes_avant_ecriture();

CREATE TRIGGER citernes_before_update_tolerance BEFORE UPDATE ON public.citernes FOR EACH ROW WHEN ((old.tolerance_inventaire_pour_mille IS DISTINCT FROM new.tolerance_inventaire_pour_mille)) EXECUTE FUNCTION private.mesures_proteger();

CREATE TRIGGER citernes_journal_mesure AFTER UPDATE ON public.citernes FOR EACH ROW WHEN ((old.tolerance_inventaire_pour_mille IS DISTINCT FROM new.tolerance_inventaire_pour_mille)) EXECUTE FUNCTION private.referentiel_journaliser('CITERNE', 'WARNING');

CREATE TRIGGER citernes_journal_nom AFTER UPDATE ON public.citernes FOR EACH ROW WHEN ((NOT (old.tolerance_inventaire_pour_mille IS DISTINCT FROM new.tolerance_inventaire_pour_mille))) EXECUTE FUNCTION private.referentiel_journaliser('CITERNE', 'INFO');

CREATE TRIGGER citernes_journal AFTER INSERT OR DELETE ON public.citernes FOR EACH ROW EXECUTE FUNCTION private.referentiel_journaliser('CITERNE', 'INFO');

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.clients REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER clients_conditions_gel BEFORE INSERT OR UPDATE ON public.clients_conditions FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER clotures_caisse_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.clotures_caisse FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER clotures_caisse_gel BEFORE INSERT ON public.clotures_caisse FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER comptes_partenaires_block BEFORE INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.comptes_partenaires FOR EACH STATEMENT EXECUTE FUNCTION private.stocks_reserver_ecriture();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.compteurs REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER compteurs_after_insert AFTER INSERT ON public.compteurs FOR EACH ROW EXECUTE FUNCTION private.compteurs_journaliser();

CREATE TRIGGER compteurs_before_insert BEFORE INSERT ON public.compteurs FOR EACH ROW EXECUTE FUNCTION private.compteurs_avant_insert();

CREATE TRIGGER compteurs_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.compteurs FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER compteurs_gel BEFORE INSERT ON public.compteurs FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.cours_de_route REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER cours_de_route_camions_insert BEFORE INSERT ON public.cours_de_route FOR EACH STATEMENT EXECUTE FUNCTION private.reserver_camions();

CREATE TRIGGER cours_de_route_camions_update BEFORE UPDATE OF plaque_camion, depot_destination_id ON public.cours_de_route FOR EACH STATEMENT EXECUTE FUNCTION private.reserver_camions();

CREATE TRIGGER cours_de_route_suivre AFTER INSERT OR UPDATE ON public.cours_de_route FOR EACH ROW EXECUTE FUNCTION private.cours_de_route_suivre();

CREATE TRIGGER credits_derogations_block BEFORE DELETE OR TRUNCATE ON public.credits_derogations FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER credits_derogations_figer BEFORE UPDATE ON public.credits_derogations FOR EACH ROW EXECUTE FUNCTION private.derogation_figer();

CREATE TRIGGER credits_derogations_gel BEFORE INSERT OR UPDATE ON public.credits_derogations FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.depots REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER depots_before_update BEFORE UPDATE ON public.depots FOR EACH ROW WHEN (((old.fuseau IS DISTINCT FROM new.fuseau) OR (old.temperature_min_c IS DISTINCT FROM new.temperature_min_c) OR (old.temperature_max_c IS DISTINCT FROM new.temperature_max_c))) EXECUTE FUNCTION private.mesures_proteger();

CREATE TRIGGER depots_journal_mesure AFTER UPDATE ON public.depots FOR EACH ROW WHEN (((old.fuseau IS DISTINCT FROM new.fuseau) OR (old.temperature_min_c IS DISTINCT FROM new.temperature_min_c) OR (old.temperature_max_c IS DISTINCT FROM new.temperature_max_c))) EXECUTE FUNCTION private.referentiel_journaliser('DEPOT', 'WARNING');

CREATE TRIGGER depots_journal_nom AFTER UPDATE ON public.depots FOR EACH ROW WHEN (((NOT (old.fuseau IS DISTINCT FROM new.fuseau)) AND (NOT (old.temperature_min_c IS DISTINCT FROM new.temperature_min_c)) AND (NOT (old.temperature_max_c IS DISTINCT FROM new.temperature_max_c)))) EXECUTE FUNCTION private.referentiel_journaliser('DEPOT', 'INFO');

CREATE TRIGGER depots_journal AFTER INSERT OR DELETE ON public.depots FOR EACH ROW EXECUTE FUNCTION private.referentiel_journaliser('DEPOT', 'INFO');

CREATE TRIGGER ecarts_block BEFORE DELETE OR TRUNCATE ON public.ecarts FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER ecarts_gel BEFORE INSERT OR UPDATE ON public.ecarts FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER ecarts_notes_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.ecarts_notes FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER ecarts_notes_gel BEFORE INSERT ON public.ecarts_notes FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER ecritures_tiers_restes AFTER INSERT ON public.ecritures_tiers FOR EACH ROW WHEN ((new.tiers_type = 'CLIENT'::text)) EXECUTE FUNCTION private.restes_apres_ecriture();

CREATE TRIGGER encaissements_block BEFORE DELETE OR TRUNCATE ON public.encaissements FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER encaissements_figer BEFORE UPDATE ON public.encaissements FOR EACH ROW EXECUTE FUNCTION private.encaissement_figer();

CREATE TRIGGER encaissements_gel BEFORE INSERT OR UPDATE ON public.encaissements FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER envois_block BEFORE DELETE OR TRUNCATE ON public.envois FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER factures_client_figer BEFORE DELETE OR UPDATE ON public.factures_client FOR EACH ROW EXECUTE FUNCTION private.facture_client_figer();

CREATE TRIGGER factures_client_gel BEFORE INSERT OR UPDATE ON public.factures_client FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER factures_client_lignes_figer BEFORE DELETE OR UPDATE ON public.factures_client_lignes FOR EACH ROW EXECUTE FUNCTION private.facture_client_figer();

CREATE TRIGGER factures_client_lignes_gel BEFORE INSERT OR UPDATE ON public.factures_client_lignes FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER factures_client_taxes_figer BEFORE DELETE OR UPDATE ON public.factures_client_taxes FOR EACH ROW EXECUTE FUNCTION private.facture_client_figer();

CREATE TRIGGER factures_client_taxes_gel BEFORE INSERT ON public.factures_client_taxes FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER factures_fiscales_block BEFORE DELETE OR TRUNCATE ON public.factures_fiscales FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER factures_fiscales_figer BEFORE UPDATE ON public.factures_fiscales FOR EACH ROW EXECUTE FUNCTION private.fiscal_figer();

CREATE TRIGGER factures_fiscales_gel BEFORE INSERT OR UPDATE ON public.factures_fiscales FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER factures_fournisseur_receptions_figer BEFORE DELETE OR UPDATE ON public.factures_fournisseur_receptions FOR EACH ROW EXECUTE FUNCTION private.snapshot_facture_figer();

CREATE TRIGGER factures_fournisseur_receptions_gel BEFORE INSERT OR UPDATE ON public.factures_fournisseur_receptions FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.fournisseur_facture_lot_min REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER facture_fournisseur_after_insert AFTER INSERT ON public.fournisseur_facture_lot_min FOR EACH ROW EXECUTE FUNCTION private.facture_fournisseur_apres_insert();

CREATE TRIGGER facture_fournisseur_before_insert BEFORE INSERT ON public.fournisseur_facture_lot_min FOR EACH ROW EXECUTE FUNCTION private.facture_fournisseur_avant_insert();

CREATE TRIGGER facture_fournisseur_block BEFORE DELETE OR TRUNCATE ON public.fournisseur_facture_lot_min FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER facture_fournisseur_figer BEFORE UPDATE ON public.fournisseur_facture_lot_min FOR EACH ROW EXECUTE FUNCTION private.facture_fournisseur_figer();

CREATE TRIGGER facture_fournisseur_gel BEFORE INSERT OR UPDATE ON public.fournisseur_facture_lot_min FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.fournisseur_lot REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER fournisseur_lot_reserve BEFORE DELETE OR UPDATE ON public.fournisseur_lot FOR EACH STATEMENT EXECUTE FUNCTION private.fournisseur_lot_reserver();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.fournisseur_paiement_lot_min REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER paiement_fournisseur_after_insert AFTER INSERT ON public.fournisseur_paiement_lot_min FOR EACH ROW EXECUTE FUNCTION private.paiement_fournisseur_apres_insert();

CREATE TRIGGER paiement_fournisseur_before_insert BEFORE INSERT ON public.fournisseur_paiement_lot_min FOR EACH ROW EXECUTE FUNCTION private.paiement_fournisseur_avant_insert();

CREATE TRIGGER paiement_fournisseur_block BEFORE DELETE OR TRUNCATE ON public.fournisseur_paiement_lot_min FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER paiement_fournisseur_gel BEFORE INSERT OR UPDATE ON public.fournisseur_paiement_lot_min FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.fournisseurs REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER frais_lot_block BEFORE DELETE OR TRUNCATE ON public.frais_lot FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER frais_lot_gel BEFORE INSERT OR UPDATE ON public.frais_lot FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.golden_cases REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER notifications_regles_after_write AFTER INSERT OR DELETE OR UPDATE ON public.notifications_regles FOR EACH ROW EXECUTE FUNCTION private.journaliser_ligne('alertes', 'NOTIFICATION_REGLE', 'WARNING', 'E');

CREATE TRIGGER notifications_regles_gel BEFORE INSERT OR DELETE OR UPDATE ON public.notifications_regles FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.partenaires REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER parts_partenaires_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.parts_partenaires FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER parts_partenaires_gel BEFORE INSERT ON public.parts_partenaires FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER periodes_closes_block BEFORE DELETE OR TRUNCATE ON public.periodes_closes FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER periodes_closes_gel BEFORE INSERT OR UPDATE ON public.periodes_closes FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.prises_de_hauteur REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.produits REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER produits_before_update BEFORE UPDATE ON public.produits FOR EACH ROW WHEN (((old.code IS DISTINCT FROM new.code) OR (old.groupe_mpms IS DISTINCT FROM new.groupe_mpms) OR (old.alpha_historique IS DISTINCT FROM new.alpha_historique) OR (old.densite_15_min IS DISTINCT FROM new.densite_15_min) OR (old.densite_15_max IS DISTINCT FROM new.densite_15_max) OR (old.franchise_pour_mille IS DISTINCT FROM new.franchise_pour_mille))) EXECUTE FUNCTION private.produits_proteger();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.profils REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER proforma_clotures_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.proforma_clotures FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER proforma_clotures_gel BEFORE INSERT ON public.proforma_clotures FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER proformas_block BEFORE DELETE OR TRUNCATE ON public.proformas FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER proformas_figer BEFORE UPDATE ON public.proformas FOR EACH ROW EXECUTE FUNCTION private.proformas_figer();

CREATE TRIGGER proformas_gel BEFORE INSERT OR UPDATE ON public.proformas FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.receptions REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER receptions_after_insert_compteur AFTER INSERT ON public.receptions FOR EACH ROW WHEN ((new.compteur_id IS NOT NULL)) EXECUTE FUNCTION private.receptions_lire_compteur();

CREATE TRIGGER regularisations_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.regularisations FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER regularisations_gel BEFORE INSERT ON public.regularisations FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER remboursements_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.remboursements FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER remboursements_gel BEFORE INSERT ON public.remboursements FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER sblc_block BEFORE DELETE OR TRUNCATE ON public.sblc FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER sblc_gel BEFORE INSERT OR UPDATE ON public.sblc FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.sorties_produit REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER specifications_gel BEFORE INSERT OR DELETE OR UPDATE ON public.specifications FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.stocks_adjustments REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER stocks_adjustments_transit AFTER INSERT ON public.stocks_adjustments REFERENCING NEW TABLE AS nouveaux FOR EACH STATEMENT EXECUTE FUNCTION private.ajustements_juger_transit();

CREATE TRIGGER stocks_initiaux_partenaires_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.stocks_initiaux_partenaires FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER stocks_initiaux_partenaires_gel BEFORE INSERT ON public.stocks_initiaux_partenaires FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER system_alerts_after_write AFTER INSERT OR UPDATE ON public.system_alerts FOR EACH ROW EXECUTE FUNCTION private.noter_evenement_alerte();

CREATE TRIGGER system_alerts_before_update BEFORE UPDATE ON public.system_alerts FOR EACH ROW EXECUTE FUNCTION private.system_alerts_avant_update();

CREATE TRIGGER system_alerts_block BEFORE DELETE OR TRUNCATE ON public.system_alerts FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER system_alerts_en_ordre BEFORE INSERT OR UPDATE ON public.system_alerts FOR EACH STATEMENT EXECUTE FUNCTION private.alertes_en_ordre();

CREATE TRIGGER tarifs_block BEFORE DELETE OR TRUNCATE ON public.tarifs FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER tarifs_figer BEFORE UPDATE ON public.tarifs FOR EACH ROW EXECUTE FUNCTION private.tarif_figer();

CREATE TRIGGER tarifs_gel BEFORE INSERT OR UPDATE ON public.tarifs FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER taux_change_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.taux_change FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER taux_change_gel BEFORE INSERT ON public.taux_change FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER taux_tva_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.taux_tva FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.transferts REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE POLICY "alertes_evenements_lecture" ON "public"."alertes_evenements" FOR SELECT TO "authenticated" USING (((depot_id = ANY (( SELECT private.depots_ou('lire_alertes'::text) AS depots_ou)::uuid[])) OR ((depot_id IS NULL) AND ( SELECT private.peut('lire_alertes'::text) AS peut) AND ( SELECT private.peut('voir_tous_depots'::text) AS peut))));

CREATE POLICY "analyses_lecture" ON "public"."analyses" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_ou('lire_ecarts'::text) AS depots_ou)::uuid[])));

CREATE POLICY "attributions_partenaires_lecture" ON "public"."attributions_partenaires" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_ou('lire_comptes_partenaires'::text) AS depots_ou)::uuid[])));

CREATE POLICY "baremes_creation" ON "public"."baremes" FOR INSERT TO "authenticated" WITH CHECK (( SELECT private.peut('tenir_baremes'::text) AS peut));

CREATE POLICY "baremes_lecture" ON "public"."baremes" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])));

CREATE POLICY "baremes_points_lecture" ON "public"."baremes_points" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])));

CREATE POLICY "bons_livraison_lecture" ON "public"."bons_livraison" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])));

CREATE POLICY "cdr_etapes_lecture" ON "public"."cdr_etapes" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])));

CREATE POLICY "chargements_lecture" ON "public"."chargements" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])));

CREATE POLICY "clients_conditions_lecture" ON "public"."clients_conditions" FOR SELECT TO "authenticated" USING (( SELECT private.peut('lire_ventes'::text) AS peut));

CREATE POLICY "clotures_caisse_lecture" ON "public"."clotures_caisse" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_ou('lire_caisse'::text) AS depots_ou)::uuid[])));

CREATE POLICY "comptes_partenaires_lecture" ON "public"."comptes_partenaires" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_ou('lire_comptes_partenaires'::text) AS depots_ou)::uuid[])));

CREATE POLICY "compteurs_creation" ON "public"."compteurs" FOR INSERT TO "authenticated" WITH CHECK (( SELECT private.peut('tenir_compteurs'::text) AS peut));

CREATE POLICY "compteurs_lecture" ON "public"."compteurs" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])));

CREATE POLICY "credits_derogations_lecture" ON "public"."credits_derogations" FOR SELECT TO "authenticated" USING (( SELECT private.peut('lire_ventes'::text) AS peut));

CREATE POLICY "ecarts_lecture" ON "public"."ecarts" FOR SELECT TO "authenticated" USING (((depot_id = ANY (( SELECT private.depots_ou('lire_ecarts'::text) AS depots_ou)::uuid[])) OR ((depot_id IS NULL) AND ( SELECT private.peut('lire_finance'::text) AS peut))));

CREATE POLICY "ecarts_notes_lecture" ON "public"."ecarts_notes" FOR SELECT TO "authenticated" USING (((depot_id = ANY (( SELECT private.depots_ou('lire_ecarts'::text) AS depots_ou)::uuid[])) OR ((depot_id IS NULL) AND ( SELECT private.peut('lire_finance'::text) AS peut))));

CREATE POLICY "ecritures_tiers_lecture" ON "public"."ecritures_tiers" FOR SELECT TO "authenticated" USING ((((depot_id IS NULL) AND ( SELECT private.peut('lire_comptes'::text) AS peut)) OR (depot_id = ANY (( SELECT private.depots_ou('lire_comptes'::text) AS depots_ou)::uuid[])) OR ((tiers_type = 'CLIENT'::text) AND (depot_id = ANY (( SELECT private.depots_ou('lire_ventes'::text) AS depots_ou)::uuid[])))));

CREATE POLICY "encaissements_lecture" ON "public"."encaissements" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_ou('lire_caisse'::text) AS depots_ou)::uuid[])));

CREATE POLICY "envois_lecture" ON "public"."envois" FOR SELECT TO "authenticated" USING (( SELECT private.peut('tenir_notifications'::text) AS peut));

CREATE POLICY "factures_client_lecture" ON "public"."factures_client" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_ou('lire_ventes'::text) AS depots_ou)::uuid[])));

CREATE POLICY "factures_client_lignes_lecture" ON "public"."factures_client_lignes" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_ou('lire_ventes'::text) AS depots_ou)::uuid[])));

CREATE POLICY "factures_client_taxes_lecture" ON "public"."factures_client_taxes" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_ou('lire_ventes'::text) AS depots_ou)::uuid[])));

CREATE POLICY "factures_fiscales_lecture" ON "public"."factures_fiscales" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_ou('lire_ventes'::text) AS depots_ou)::uuid[])));

CREATE POLICY "facture_fournisseur_creation" ON "public"."fournisseur_facture_lot_min" FOR INSERT TO "authenticated" WITH CHECK (( SELECT private.peut('ecrire_factures_fournisseur'::text) AS peut));

CREATE POLICY "facture_fournisseur_lecture" ON "public"."fournisseur_facture_lot_min" FOR SELECT TO "authenticated" USING ((( SELECT private.peut('lire_finance'::text) AS peut) AND (( SELECT private.peut('voir_tous_depots'::text) AS peut) OR (fournisseur_lot_id = ANY (ARRAY( SELECT c.fournisseur_lot_id
   FROM public.cours_de_route c
  WHERE (c.fournisseur_lot_id IS NOT NULL)))))));

CREATE POLICY "paiement_fournisseur_creation" ON "public"."fournisseur_paiement_lot_min" FOR INSERT TO "authenticated" WITH CHECK (( SELECT private.peut('ecrire_factures_fournisseur'::text) AS peut));

CREATE POLICY "frais_lot_lecture" ON "public"."frais_lot" FOR SELECT TO "authenticated" USING ((( SELECT private.peut('lire_finance'::text) AS peut) AND (( SELECT private.peut('voir_tous_depots'::text) AS peut) OR (lot_id = ANY (( SELECT private.lots_finances() AS lots_finances)::uuid[])))));

CREATE POLICY "notifications_regles_lecture" ON "public"."notifications_regles" FOR SELECT TO "authenticated" USING (( SELECT private.peut('tenir_notifications'::text) AS peut));

CREATE POLICY "parts_partenaires_lecture" ON "public"."parts_partenaires" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_ou('lire_comptes_partenaires'::text) AS depots_ou)::uuid[])));

CREATE POLICY "periodes_closes_lecture" ON "public"."periodes_closes" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])));

CREATE POLICY "proforma_clotures_lecture" ON "public"."proforma_clotures" FOR SELECT TO "authenticated" USING ((( SELECT private.peut('lire_finance'::text) AS peut) AND (( SELECT private.peut('voir_tous_depots'::text) AS peut) OR (proforma_id = ANY (( SELECT private.proformas_vues() AS proformas_vues)::uuid[])))));

CREATE POLICY "regularisations_lecture" ON "public"."regularisations" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])));

CREATE POLICY "remboursements_lecture" ON "public"."remboursements" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_ou('lire_caisse'::text) AS depots_ou)::uuid[])));

CREATE POLICY "specifications_lecture" ON "public"."specifications" FOR SELECT TO "authenticated" USING ((( SELECT private.role() AS role) IS NOT NULL));

CREATE POLICY "stocks_initiaux_partenaires_lecture" ON "public"."stocks_initiaux_partenaires" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_ou('lire_comptes_partenaires'::text) AS depots_ou)::uuid[])));

CREATE POLICY "system_alerts_lecture" ON "public"."system_alerts" FOR SELECT TO "authenticated" USING (((depot_id = ANY (( SELECT private.depots_ou('lire_alertes'::text) AS depots_ou)::uuid[])) OR ((depot_id IS NULL) AND ( SELECT private.peut('lire_alertes'::text) AS peut) AND ( SELECT private.peut('voir_tous_depots'::text) AS peut))));

CREATE POLICY "system_alerts_modification" ON "public"."system_alerts" FOR UPDATE TO "authenticated" USING (( SELECT private.peut('tenir_alertes'::text) AS peut)) WITH CHECK (( SELECT private.peut('tenir_alertes'::text) AS peut));

CREATE POLICY "tarifs_lecture" ON "public"."tarifs" FOR SELECT TO "authenticated" USING ((((depot_id IS NULL) AND ( SELECT private.peut('lire_ventes'::text) AS peut)) OR (depot_id = ANY (( SELECT private.depots_ou('lire_ventes'::text) AS depots_ou)::uuid[]))));

CREATE POLICY "taux_change_lecture" ON "public"."taux_change" FOR SELECT TO "authenticated" USING ((( SELECT private.role() AS role) IS NOT NULL));

CREATE POLICY "taux_tva_lecture" ON "public"."taux_tva" FOR SELECT TO "authenticated" USING ((( SELECT private.role() AS role) IS NOT NULL));

COMMENT ON COLUMN "astm"."profils_calcul"."arrondir" IS 'Round as it is printed (density 0.1 kg/m³, factor to decimales_vcf, litres), or keep full precision.';

COMMENT ON COLUMN "astm"."profils_calcul"."decimales_vcf" IS 'Decimals of the printed factor: 4 as SEP and the tables of 1980, 5 as the edition of 2004.';

COMMENT ON COLUMN "astm"."profils_calcul"."entrees_imprimees" IS 'Enter the tables of 1980 as they are printed: densities to 0.5 kg/m³, temperatures to 0.05 °C.';

COMMENT ON COLUMN "astm"."profils_calcul"."facteur_compteur" IS 'Meter factor of the depot''s meters that have no row in compteurs: litres indicated × factor = litres passed.';

COMMENT ON COLUMN "astm"."profils_calcul"."pression_kpa" IS 'Gauge pressure of the line where a meter reads, kPa (edition of 2004 only): what a movement read on a meter is corrected by.';

COMMENT ON COLUMN "private"."comptes_partenaires_jours"."delta_15c" IS 'Litres at 15 °C.';

COMMENT ON COLUMN "private"."comptes_partenaires_jours"."delta_ambiant" IS 'Litres as measured.';

COMMENT ON COLUMN "private"."controles"."dit" IS 'In French: what it says, and the unit of its threshold.';

COMMENT ON COLUMN "private"."controles"."rythme" IS 'How often: each minute, or once a night where it reads all history.';

COMMENT ON COLUMN "private"."controles"."seuil" IS 'Threshold, in the unit that dit says; null where there is none.';

COMMENT ON COLUMN "private"."controles"."source" IS 'Function of private that answers its facts: no argument, rows of private.fait_controle.';

COMMENT ON COLUMN "private"."facturations_sortie"."ajuste_15c" IS 'Litres at 15 °C by which the sortie had been corrected when it was invoiced; null: invoiced before this was kept.';

COMMENT ON COLUMN "public"."alertes_evenements"."depot_id" IS 'Depot of its alert, so that a policy asks nothing row by row.';

COMMENT ON COLUMN "public"."alertes_evenements"."par" IS 'Who; null for the system.';

COMMENT ON COLUMN "public"."analyses"."cours_de_route_id" IS 'Truck it is of, or that brought the réception; written by the database.';

COMMENT ON COLUMN "public"."analyses"."valeur" IS 'In the unit of the product''s specification of this parameter.';

COMMENT ON COLUMN "public"."attributions_partenaires"."volume_15c" IS 'Litres at 15 °C.';

COMMENT ON COLUMN "public"."attributions_partenaires"."volume_ambiant" IS 'Litres as measured: the same part of those of no partner.';

COMMENT ON COLUMN "public"."baremes"."active_le" IS 'When it was put into force; null for a draft.';

COMMENT ON COLUMN "public"."baremes"."calorifugee" IS 'Insulated: its shell is as warm as its liquid.';

COMMENT ON COLUMN "public"."baremes"."certificat" IS 'Number of the certificate it comes from.';

COMMENT ON COLUMN "public"."baremes"."coefficient_acier" IS 'Linear expansion of the shell per °C: 1.12e-5 for mild steel.';

COMMENT ON COLUMN "public"."baremes"."hauteur_max_mm" IS 'Highest liquid that may be gauged, mm.';

COMMENT ON COLUMN "public"."baremes"."incertitude_densite_kgm3" IS 'The same of the hydrometer, kg/m³.';

COMMENT ON COLUMN "public"."baremes"."incertitude_hauteur_mm" IS 'What the tape and its reader may be wrong by, mm, at 95 %.';

COMMENT ON COLUMN "public"."baremes"."incertitude_pour_mille" IS 'What the certificate says the table may be wrong by, thousandths of the volume, at 95 %.';

COMMENT ON COLUMN "public"."baremes"."incertitude_temperature_c" IS 'The same of the tank''s thermometer, °C.';

COMMENT ON COLUMN "public"."baremes"."organisme" IS 'Who calibrated the tank.';

COMMENT ON COLUMN "public"."baremes"."temperature_reference_c" IS 'Temperature of the shell the table was made for, °C.';

COMMENT ON COLUMN "public"."baremes"."toit_densite_kgm3" IS 'Density that the table took the roof''s displacement off with, kg/m³; null: an open table, which took off nothing.';

COMMENT ON COLUMN "public"."baremes"."toit_flotte_mm" IS 'Height from which it floats; between the two no gauge is exact.';

COMMENT ON COLUMN "public"."baremes"."toit_masse_kg" IS 'Weight of its floating roof, kg; null: none.';

COMMENT ON COLUMN "public"."baremes"."toit_repose_mm" IS 'Height of liquid up to which the roof stands on its legs, mm.';

COMMENT ON COLUMN "public"."baremes"."valide_au" IS 'Last day of the certificate: a dip after it is warned of. Null: not said.';

COMMENT ON COLUMN "public"."baremes"."valide_du" IS 'Day from which it counts; until then the one before it does.';

COMMENT ON COLUMN "public"."baremes_points"."volume_l" IS 'Litres in the tank at this height; at 0 mm, what lies below the plate.';

COMMENT ON COLUMN "public"."bons_livraison"."dit" IS 'Who sells, to whom, what and with which truck, as they were when it was confirmed: what its paper says for ever.';

COMMENT ON COLUMN "public"."bons_livraison"."numero" IS 'Given when it is confirmed (series BL).';

COMMENT ON COLUMN "public"."bons_livraison"."volume_livre_15c" IS 'Litres at 15 °C that were delivered; where nobody said, those as measured at the sortie''s own ratio.';

COMMENT ON COLUMN "public"."bons_livraison"."volume_livre_ambiant" IS 'Litres as measured that were delivered.';

COMMENT ON COLUMN "public"."cdr_etapes"."depot_id" IS 'Depot the truck goes to; kept by the database.';

COMMENT ON COLUMN "public"."chargements"."base" IS 'What it counts in: litres at 20 or 15 °C, tonnes in air.';

COMMENT ON COLUMN "public"."chargements"."densite_15" IS 'Density at 15 °C it says, kg/m³.';

COMMENT ON COLUMN "public"."chargements"."depot_id" IS 'Depot its truck goes to; kept by the database.';

COMMENT ON COLUMN "public"."chargements"."quantite" IS 'Loaded, in units of base.';

COMMENT ON COLUMN "public"."chargements"."scelles" IS 'Numbers of the seals.';

COMMENT ON COLUMN "public"."chargements"."temperature_c" IS 'Temperature it was loaded at, °C.';

COMMENT ON COLUMN "public"."clients"."actif" IS 'False: no new act names them.';

COMMENT ON COLUMN "public"."clients"."id_nat" IS 'National identification.';

COMMENT ON COLUMN "public"."clients"."nif" IS 'Tax number; a PM, PC or PL is not invoiced without.';

COMMENT ON COLUMN "public"."clients"."rccm" IS 'Number in the register of trade.';

COMMENT ON COLUMN "public"."clients"."ref_exoneration" IS 'Act that exempts an AO, which is not invoiced without.';

COMMENT ON COLUMN "public"."clients"."type_fiscal" IS 'Class of the DGI: PP private person, PM company, PC trader, PL liberal profession, AO exempt body.';

COMMENT ON COLUMN "public"."clients_conditions"."base" IS 'L15: by litres at 15 °C; AMB: by litres as measured.';

COMMENT ON COLUMN "public"."clients_conditions"."plafond" IS 'Most they may owe, deliveries not yet invoiced included, in devise; null: no limit; 0: pays before.';

COMMENT ON COLUMN "public"."clients_conditions"."suivi_depuis" IS 'Deliveries before this day count as settled elsewhere; null: all count.';

COMMENT ON COLUMN "public"."clients_conditions"."suspendu" IS 'Under the flag credit_client_blocant nothing leaves for them.';

COMMENT ON COLUMN "public"."clotures_caisse"."ecart" IS 'compte − theorique: above zero, more than there should be.';

COMMENT ON COLUMN "public"."comptes_partenaires"."dernier_jour" IS 'Last day, at the depot, that moved it.';

COMMENT ON COLUMN "public"."comptes_partenaires"."partenaire_id" IS 'Null: what no partner was said to own yet.';

COMMENT ON COLUMN "public"."comptes_partenaires"."solde_15c" IS 'Litres at 15 °C: what is owned. Below zero: the partner has taken another''s fuel.';

COMMENT ON COLUMN "public"."comptes_partenaires"."solde_ambiant" IS 'Litres as measured: a sum of readings, of which those of an account that is empty need not be zero.';

COMMENT ON COLUMN "public"."compteurs"."certificat" IS 'Number of the certificate of its calibration.';

COMMENT ON COLUMN "public"."compteurs"."citerne_id" IS 'Tank whose fuel it reads.';

COMMENT ON COLUMN "public"."compteurs"."facteur" IS 'Meter factor (MF): litres that passed for a litre indicated.';

COMMENT ON COLUMN "public"."compteurs"."numero" IS 'Number on the meter: what makes it one meter, at its depot.';

COMMENT ON COLUMN "public"."compteurs"."valide_du" IS 'Day from which the factor counts, until the next one''s.';

COMMENT ON COLUMN "public"."cours_de_route"."date_chargement_presumee" IS 'Nobody said the day of loading: it was taken to be the one of the announcement, and gives way to an earlier réception. Written by the database.';

COMMENT ON COLUMN "public"."credits_derogations"."montant_max" IS 'Most by which the limit may be passed, in the currency of the client''s terms.';

COMMENT ON COLUMN "public"."credits_derogations"."sortie_id" IS 'Sortie that used it; null: not used yet.';

COMMENT ON COLUMN "public"."depots"."actif" IS 'False: nothing new comes to it; what it holds may leave.';

COMMENT ON COLUMN "public"."ecarts"."depot_id" IS 'Depot it was found at; null: of a lot or an invoice as a whole.';

COMMENT ON COLUMN "public"."ecarts"."ecart" IS 'constate − attendu, in unite.';

COMMENT ON COLUMN "public"."ecarts"."excedent" IS 'What lies beyond franchise, in unite.';

COMMENT ON COLUMN "public"."ecarts"."fournisseur_lot_id" IS 'Lot that its truck, réception or invoice is of: the invoice of a lot waits for its gaps.';

COMMENT ON COLUMN "public"."ecarts"."ouvert_le" IS 'Since when it has had these figures: it opens again where they change.';

COMMENT ON COLUMN "public"."ecarts"."traite_par" IS 'Who treated it; null for the system.';

COMMENT ON COLUMN "public"."ecarts_notes"."depot_id" IS 'Depot of the gap when it was written; null: none.';

COMMENT ON COLUMN "public"."encaissements"."devise_compte" IS 'Currency of the account it pays into.';

COMMENT ON COLUMN "public"."encaissements"."jour_caisse" IS 'Day at the depot whose till it is in; written by the database.';

COMMENT ON COLUMN "public"."encaissements"."lettre" IS 'What it closed when it was confirmed, as its receipt says it: [{facture_id, numero, paye, reste}].';

COMMENT ON COLUMN "public"."encaissements"."montant_compte" IS 'What it comes to in devise_compte.';

COMMENT ON COLUMN "public"."encaissements"."montant_remis" IS 'Cash that was handed over, in devise; the rest was given back.';

COMMENT ON COLUMN "public"."encaissements"."numero_recu" IS 'Number of its receipt, given when it is confirmed (series REC).';

COMMENT ON COLUMN "public"."encaissements"."taux_cdf" IS 'CDF for one USD at which it was counted; 1 where nothing is converted.';

COMMENT ON COLUMN "public"."envois"."bail" IS 'Who has it in hand, until bail_jusqu_au.';

COMMENT ON COLUMN "public"."envois"."cle" IS 'What it is about and to whom: the same is written once, whoever writes it again.';

COMMENT ON COLUMN "public"."envois"."contenu" IS 'texte of an e-mail, corps of a webhook; null for a digest that is still filling up.';

COMMENT ON COLUMN "public"."envois"."essais" IS 'Times it was taken to be sent.';

COMMENT ON COLUMN "public"."envois"."roles" IS 'Instead of an address: who has one of these roles when it is sent.';

COMMENT ON COLUMN "public"."factures_client"."client_fige" IS 'The client as they were when it was issued.';

COMMENT ON COLUMN "public"."factures_client"."date_facture" IS 'Day it was issued at the depot, by the database''s clock.';

COMMENT ON COLUMN "public"."factures_client"."empreinte" IS 'SHA-256 of precedent and of all it says: see private.empreinte_facture.';

COMMENT ON COLUMN "public"."factures_client"."nature" IS 'Of a credit note: COR correction, RAN cancelling, RAM return, RRR rebate.';

COMMENT ON COLUMN "public"."factures_client"."precedent" IS 'Hash of the one before it in its series; null for the first of a year.';

COMMENT ON COLUMN "public"."factures_client"."sequence" IS 'Its number in the series of its depot, type and year.';

COMMENT ON COLUMN "public"."factures_client"."taux_cdf" IS 'CDF for one unit of devise on its day; 1 where it is in CDF.';

COMMENT ON COLUMN "public"."factures_client"."total_ht" IS 'Sum of its lines, in devise.';

COMMENT ON COLUMN "public"."factures_client"."vendeur_fige" IS 'The seller as they were when it was issued.';

COMMENT ON COLUMN "public"."factures_client_lignes"."ligne_origine_id" IS 'Of a credit note: the line it takes from.';

COMMENT ON COLUMN "public"."factures_client_lignes"."prix_ht" IS 'For one, in the invoice''s currency, before tax.';

COMMENT ON COLUMN "public"."factures_client_lignes"."quantite" IS 'Litres of base, or units.';

COMMENT ON COLUMN "public"."factures_fiscales"."code_dgi" IS 'Code DEF/DGI of the certified invoice.';

COMMENT ON COLUMN "public"."factures_fiscales"."nid" IS 'Number of the device that certified it.';

COMMENT ON COLUMN "public"."factures_fournisseur_receptions"."densite_15" IS 'kg/m³ at 15 °C; null where none is known.';

COMMENT ON COLUMN "public"."factures_fournisseur_receptions"."volume_15c" IS 'Litres at 15 °C, adjustments counted.';

COMMENT ON COLUMN "public"."factures_fournisseur_receptions"."volume_20c" IS 'Litres at 20 °C.';

COMMENT ON COLUMN "public"."fournisseur_facture_lot_min"."base" IS 'What it is invoiced by: litres at 20 or 15 °C, tonnes in air.';

COMMENT ON COLUMN "public"."fournisseur_facture_lot_min"."montant_total_usd" IS 'quantite_base × prix_base_usd, to the cent.';

COMMENT ON COLUMN "public"."fournisseur_facture_lot_min"."numero" IS 'Ours, given with its validation (series FFO).';

COMMENT ON COLUMN "public"."fournisseur_facture_lot_min"."prix_unitaire_usd" IS 'USD for one litre at 20 °C.';

COMMENT ON COLUMN "public"."fournisseur_facture_lot_min"."quantite_facturee_20c" IS 'Litres at 20 °C that the supplier invoices; in another base, what that quantity comes to at the lot''s own ratio.';

COMMENT ON COLUMN "public"."fournisseur_lot"."proforma_id" IS 'Proforma that its trucks are bought by; null: none is known.';

COMMENT ON COLUMN "public"."fournisseur_paiement_lot_min"."date_paiement" IS 'As the client says it, often a local time without its offset: judged by its day.';

COMMENT ON COLUMN "public"."fournisseur_paiement_lot_min"."numero" IS 'Ours, given when it is confirmed (series PAF).';

COMMENT ON COLUMN "public"."fournisseurs"."actif" IS 'False: no new act names them.';

COMMENT ON COLUMN "public"."fournisseurs"."delai_paiement_jours" IS 'Days to pay, where an invoice says no due date.';

COMMENT ON COLUMN "public"."fournisseurs"."nif" IS 'Tax number.';

COMMENT ON COLUMN "public"."frais_lot"."taux_cdf" IS 'CDF for one USD, of costs in CDF.';

COMMENT ON COLUMN "public"."frais_lot"."tiers" IS 'Who is paid.';

COMMENT ON COLUMN "public"."notifications_regles"."codes" IS 'Checks it is limited to; null: all.';

COMMENT ON COLUMN "public"."notifications_regles"."depots" IS 'Depots it is limited to; null: all, and what is of no depot.';

COMMENT ON COLUMN "public"."notifications_regles"."destination" IS 'E-mail address, or address of a webhook.';

COMMENT ON COLUMN "public"."notifications_regles"."roles" IS 'Instead of an address: whoever has one of these roles and sees the depot, when it is sent.';

COMMENT ON COLUMN "public"."notifications_regles"."secret_nom" IS 'Name of the environment''s variable that signs (whsec_…); never the secret itself.';

COMMENT ON COLUMN "public"."notifications_regles"."severity_min" IS 'WARN: both; CRITICAL: that only.';

COMMENT ON COLUMN "public"."partenaires"."actif" IS 'False: no new act names them; their fuel may leave.';

COMMENT ON COLUMN "public"."parts_partenaires"."delta_15c" IS 'The same at 15 °C.';

COMMENT ON COLUMN "public"."parts_partenaires"."delta_ambiant" IS 'Litres as measured, negative where the partner loses.';

COMMENT ON COLUMN "public"."parts_partenaires"."mouvement_id" IS 'id of stocks_adjustments, dilatations or regularisations, as mouvement_type says.';

COMMENT ON COLUMN "public"."periodes_closes"."au" IS 'Last day, included: nothing dated up to it is written any more.';

COMMENT ON COLUMN "public"."periodes_closes"."du" IS 'First day, at the depot.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."avertissements" IS 'What is possible but unlikely, [{code, phrase}]: those of a movement, BAREME_PERIME, ZONE_CRITIQUE.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."bareme_id" IS 'Gauge table it was computed by; null where litres were sent.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."ctsh" IS 'Correction for the temperature of the shell.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."densite_a_15_kgm3" IS 'Density at 15 °C, kg/m³: sent, or computed.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."densite_observee_kgm3" IS 'Density read on the sample, kg/m³ (or kg/L below 2); null: the tank''s serves.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."eau_sediments_pour_cent" IS 'Sediment and water carried in the product, percent of its volume (S&W).';

COMMENT ON COLUMN "public"."prises_de_hauteur"."hauteur_eau_mm" IS 'Height of the free water under it, mm; null: none was found.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."hauteur_totale_mm" IS 'Height of the liquid, water included, mm.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."incertitude_15c" IS 'By how many litres at 15 °C the dip may be wrong, at 95 %; null where litres were sent.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."mesuree_le" IS 'Moment the gauge was read: the books are those of then. Null on a row of before: that of its writing.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."parametres_15c" IS 'How the method was set.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."stock_comptable" IS 'Litres the books gave at the moment it was read, as measured, all owners together; written by the database.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."stock_comptable_15c" IS 'The same at 15 °C; null on a row of before.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."temperature_air_c" IS 'Temperature of the air outside, °C, for the shell.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."temperature_c" IS 'Temperature of the product in the tank, °C.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."temperature_echantillon_c" IS 'Temperature of the sample whose density was read, °C; null: the product''s.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."tolerance_pour_mille" IS 'Tolerance of the tank at that moment, in thousandths of the books: one that changes since changes no verdict; written by the database.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."type" IS 'When it was taken: OUVERTURE and FERMETURE of a day, AVANT and APRES a movement, INVENTAIRE.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."vcf" IS 'Correction factor to 15 °C.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."volume_15c" IS 'Litres at 15 °C without what it carries (NSV), all owners together; null where no temperature was read.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."volume_15c_brut" IS 'Litres at 15 °C (GSV).';

COMMENT ON COLUMN "public"."prises_de_hauteur"."volume_brut_l" IS 'Litres of product as measured, what it carries included (GOV).';

COMMENT ON COLUMN "public"."prises_de_hauteur"."volume_eau_l" IS 'Litres of the table at the height of the water (FW).';

COMMENT ON COLUMN "public"."prises_de_hauteur"."volume_mesure" IS 'Litres of product as measured, without what it carries, all owners together.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."volume_toit_l" IS 'Litres added (negative: taken) for the floating roof.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."volume_total_l" IS 'Litres of the table at the height of the liquid (TOV).';

COMMENT ON COLUMN "public"."produits"."actif" IS 'False: nothing new comes of it; what is in stock may leave.';

COMMENT ON COLUMN "public"."produits"."franchise_pour_mille" IS 'Loss on the way that nobody answers for, per thousand of what was loaded, where a proforma says nothing; null: 3. Given when the product is created (5 for ESS, 3 otherwise).';

COMMENT ON COLUMN "public"."produits"."tva_groupe" IS 'Tax group of its sales: see taux_tva.';

COMMENT ON COLUMN "public"."proformas"."base" IS 'What it is sold by: litres at 20 or 15 °C, tonnes in air.';

COMMENT ON COLUMN "public"."proformas"."date_validite" IS 'Last day a truck may join it; null: no end.';

COMMENT ON COLUMN "public"."proformas"."franchise_pour_mille" IS 'Loss on the way that nobody answers for, per thousand of what was loaded; null: the product''s.';

COMMENT ON COLUMN "public"."proformas"."jours_franchise" IS 'Days a truck may wait at the depot before demurrage.';

COMMENT ON COLUMN "public"."proformas"."numero" IS 'Ours, given when it becomes active (series PRF).';

COMMENT ON COLUMN "public"."proformas"."prix_usd" IS 'USD for one unit of base.';

COMMENT ON COLUMN "public"."proformas"."quantite" IS 'In units of base.';

COMMENT ON COLUMN "public"."proformas"."surestaries_usd_jour" IS 'USD for each truck and day beyond them.';

COMMENT ON COLUMN "public"."receptions"."compartiment" IS 'Compartment of the truck it came out of, where that was said: several of one truck may fill one tank, in one act.';

COMMENT ON COLUMN "public"."receptions"."compteur_id" IS 'Calibration of the meter that read it (compteurs): whichever of that meter was sent, the database writes that of its day; null: none of the register.';

COMMENT ON COLUMN "public"."receptions"."confirmer" IS 'Whoever wrote it has read it again: ten times what its truck announced, and still right.';

COMMENT ON COLUMN "public"."receptions"."facteur_compteur" IS 'Meter factor that the litres indicated were multiplied by; null: none was.';

COMMENT ON COLUMN "public"."regularisations"."date_jour" IS 'Day it counts from, at the depot: that on which it was decided.';

COMMENT ON COLUMN "public"."regularisations"."delta_15c" IS 'The same at 15 °C.';

COMMENT ON COLUMN "public"."regularisations"."delta_ambiant" IS 'Litres as measured, negative: a loss.';

COMMENT ON COLUMN "public"."sblc"."montant" IS 'What the bank guarantees, in devise.';

COMMENT ON COLUMN "public"."sblc"."statut" IS 'EXPIREE is not stored: v_sblc reads it from date_fin.';

COMMENT ON COLUMN "public"."sorties_produit"."citerne_id" IS 'Refers to the tank alone: the client embeds it by this column, which a key of three would not allow. Its product and depot are those of its stock, whose key says all three, and a tank that has served keeps both.';

COMMENT ON COLUMN "public"."sorties_produit"."compteur_id" IS 'Calibration of the meter that read it (compteurs): whichever of that meter was sent, the database writes that of its day; null: none of the register.';

COMMENT ON COLUMN "public"."sorties_produit"."facteur_compteur" IS 'Meter factor that the litres indicated were multiplied by; null: none was.';

COMMENT ON COLUMN "public"."stocks_initiaux_partenaires"."volume_15c" IS 'Litres at 15 °C.';

COMMENT ON COLUMN "public"."stocks_initiaux_partenaires"."volume_ambiant" IS 'Litres as measured.';

COMMENT ON COLUMN "public"."system_alerts"."depot_id" IS 'Depot of what it is about; null: of no depot.';

COMMENT ON COLUMN "public"."system_alerts"."niveau_escalade" IS 'How far up it was told that nobody takes it on; only rises, and starts again when the alert opens again.';

COMMENT ON COLUMN "public"."system_alerts"."occurrences" IS 'How many times it has come.';

COMMENT ON COLUMN "public"."system_alerts"."ouverte_le" IS 'Since when it is open: what escalation counts from.';

COMMENT ON COLUMN "public"."system_alerts"."presente" IS 'Whether the last pass still found it.';

COMMENT ON COLUMN "public"."system_alerts"."resolved_by" IS 'Who resolved it; null: it had gone by itself.';

COMMENT ON COLUMN "public"."tarifs"."base" IS 'Litre it is the price of: L15 at 15 °C, AMB as measured.';

COMMENT ON COLUMN "public"."tarifs"."client_id" IS 'Whose price it is; null: anybody''s.';

COMMENT ON COLUMN "public"."tarifs"."depot_id" IS 'Where; null: everywhere.';

COMMENT ON COLUMN "public"."tarifs"."prix_ht" IS 'For one litre, in devise, before tax.';

COMMENT ON COLUMN "public"."tarifs"."valide_au" IS 'Last day; null: until it is ended.';

COMMENT ON COLUMN "public"."taux_tva"."taux" IS 'Per cent; null: not fixed here, nothing is invoiced in the group.';

COMMENT ON FUNCTION "astm"."calculer_imprime"(text, double precision, double precision, double precision, double precision, text, boolean, double precision, integer, boolean) IS 'astm.calculer_15c rounded otherwise than SEP prints: the factor to so many decimals (5 as the edition of 2004), or both tables of 1980 entered as they are printed: densities to 0.5 kg/m³, temperatures to 0.05 °C. Both temperatures are said. Raises DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE.';

COMMENT ON FUNCTION "astm"."ctsh"(double precision, double precision) IS 'Correction for the temperature of the shell: 1 + 2αΔT + α²ΔT², the area of the tank. coefficient: linear expansion of its steel per °C; ecart_c: shell less the reference of its gauge table. MPMS 12.1.1.';

COMMENT ON FUNCTION "astm"."deplacement_toit_l"(double precision, double precision, double precision) IS 'Litres to add to a gauge table for a floating roof in a liquid of this density (kg/m³, in the tank): what the table took off for it at its own density (null: an open table, it took off nothing), less what it displaces. MPMS 12.1.1.';

COMMENT ON FUNCTION "astm"."incertitude_15c"(text, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision) IS 'By how many litres at 15 °C a dip may be wrong: root of the sum of the squares of what each instrument may be wrong by (gauge table in thousandths, tape in mm at the slope of the table, the same on the water, thermometer in °C, hydrometer in kg/m³), each at 95 %, and so is the answer. What expands by 1 °C is taken from the tables of 1980.';

COMMENT ON FUNCTION "astm"."jaugeage"(double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, boolean) IS 'The chain of a dip: litres of the gauge table at the height of the liquid and at that of the water under it (TOV, FW), shell and reference in °C, linear expansion of the steel per °C, weight of the floating roof that floats (kg) and the density its table counted with, density at 15 °C and factor of the product, percent of sediment and water. Answers CTSh, the roof''s litres, GOV, GSV, and both without sediment and water (NSV). arrondir: CTSh to 5 decimals, litres. MPMS 12.1.1.';

COMMENT ON FUNCTION "astm"."part_toit"(double precision, double precision, double precision) IS 'Part of a floating roof''s weight that the liquid carries: none while it stands on its legs, all once it floats, in proportion between (the critical zone, where no gauge is exact).';

COMMENT ON FUNCTION "astm"."temperature_paroi"(double precision, double precision) IS 'Temperature of a tank''s shell that nothing insulates, °C: seven parts of the liquid''s, one of the air''s; the liquid''s where the air''s is null. MPMS 12.1.1.';

COMMENT ON FUNCTION "private"."adresses_des_roles"(text[], uuid) IS 'E-mail addresses of who has one of these roles, is not shut out and sees the depot; a hundred at most.';

COMMENT ON FUNCTION "private"."affecter_avances"(public.ecritures_tiers) IS 'What a client has paid ahead settles what they now owe, oldest first. Raises what private.lettrer raises.';

COMMENT ON FUNCTION "private"."affecter_encaissement"(public.encaissements, jsonb) IS 'A confirmed payment enters the account and settles what it was meant for, else what is due, oldest first; a rest of next to nothing is closed by one ARRONDI, what is too much stays as an advance. Gives what its receipt says. Raises LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."ajustements_juger_transit"() IS 'A réception corrected is compared again with what its truck was loaded with. Raises ECRITURES_GELEES, ISOLATION_INTERDITE, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE.';

COMMENT ON FUNCTION "private"."alerte_bat"(uuid) IS 'Whether an alert comes and goes by itself, again and again, within the hour: what then happens to it waits for the digest.';

COMMENT ON FUNCTION "private"."alertes_en_ordre"() IS 'Whoever moves alerts does so alone, people and passes alike: before a row or a digest is locked, or two of them would wait for each other.';

COMMENT ON FUNCTION "private"."appeler_ouvrier"() IS 'Has the worker called, where something is due. For a hosted project: vault secrets project_url and service_role_key, extension pg_net.';

COMMENT ON FUNCTION "private"."arrive_depuis"(uuid) IS 'Since when a truck has arrived, by the log; since it was announced, where the log does not say.';

COMMENT ON FUNCTION "private"."arrondi_tolere"(text) IS 'Rest of an invoice that nobody pays any more, a payment once made: 0,01 USD or 50 CDF.';

COMMENT ON FUNCTION "private"."attente_essai"(integer) IS 'How long a message waits after so many tries: 1, 5, 15 min, 1, 4, 12 h, a tenth more or less; then null.';

COMMENT ON FUNCTION "private"."aujourdhui"() IS 'Today where the company keeps its books: Lubumbashi.';

COMMENT ON FUNCTION "private"."avant_requete"() IS 'What PostgREST calls first, as the caller (db_pre_request): refuses whatever would tell the planner''s estimates, which know nothing of who may see what. PostgreSQL''s log names the request by its x-request-id. Raises ESTIMATION_INTERDITE.';

COMMENT ON FUNCTION "private"."avertissements_jauge"(public.baremes, double precision, date) IS 'What is to be known of a gauge table on that day, as [{code, phrase}]: its certificate is over (BAREME_PERIME), its roof neither stands nor floats (ZONE_CRITIQUE).';

COMMENT ON FUNCTION "private"."bareme_a_changer"(uuid) IS 'A draft of a gauge table, locked. Raises ROLE_FORBIDDEN, INTROUVABLE, BAREME_ETAT.';

COMMENT ON FUNCTION "private"."bareme_du_jour"(uuid, date) IS 'The gauge table a tank is read with on a day: the one in force, or where it counts from a later day only the one before it. Raises BAREME_ABSENT.';

COMMENT ON FUNCTION "private"."baremes_avant_insert"() IS 'A draft, the next version of its tank. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."baremes_journaliser"() IS 'Logs BAREME_CREE.';

COMMENT ON FUNCTION "private"."baremes_proteger"() IS 'Gauge tables change by importer_bareme and activer_bareme only, whoever writes. Raises ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."bon_figer"() IS 'A confirmed note keeps what it says; it is only ever cancelled. Raises ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."borner_lignes"() IS 'Bounds the rows that one statement writes, which it knows as lignes: one request never keeps the others waiting for long. Raises TROP_DE_LIGNES.';

COMMENT ON FUNCTION "private"."brouillon_facture"(uuid) IS 'A draft, locked, of somebody who may issue it. Raises ROLE_FORBIDDEN, INTROUVABLE, FACTURE_ETAT.';

COMMENT ON FUNCTION "private"."caisse_theorique"(uuid, text, date) IS 'Cash that a day has brought to a depot''s till, in one currency, what was given back taken off.';

COMMENT ON FUNCTION "private"."calculer_15c_prise"(public.prises_de_hauteur, private.lieu) IS 'Factor to 15 °C and density of what a dip found, by the way a movement of that tank takes. Raises what private.volume_15c raises.';

COMMENT ON FUNCTION "private"."calculer_norme"(private.mesures, public.produits, astm.profils_calcul) IS 'The standard''s way, set by a profile. parametres_15c says which density served (OBSERVEE: read on the sample; A_15: sent as it is at 15 °C; CITERNE: that of the tank) and where the sample''s temperature is taken to be the product''s (PRODUIT); decimals, printed entries and the pressure of the line only where the profile has others than SEP. Raises DENSITE_OBSERVEE_REQUISE, ASTM_HORS_DOMAINE.';

COMMENT ON FUNCTION "private"."camion_a_recevoir"(uuid, text) IS 'The truck that brings a réception, which is asked again once it is locked; null for a partner''s fuel that comes without one. Raises CDR_REQUIS, INTROUVABLE, CDR_NON_ARRIVE.';

COMMENT ON FUNCTION "private"."camion_excuse"(uuid) IS 'Whether a gap that somebody treated says why a truck has not come: its lot and its proforma do not wait for it.';

COMMENT ON FUNCTION "private"."camion_recu"(uuid) IS 'A truck, unloaded, in litres: what was announced, loaded and received of it, and lost.';

COMMENT ON FUNCTION "private"."citerne_a_servi"(uuid) IS 'Whether anything refers to a tank: a movement, a draft included, a dip, a gauge table, stock. The keys say the same once it is too late for words.';

COMMENT ON FUNCTION "private"."citerne_fantome"(uuid, text) IS 'Whether a tank is one that must never exist: left by old tests, it holds nothing.';

COMMENT ON FUNCTION "private"."citernes_avant_ecriture"() IS 'No tank of old tests, and none of a product or at a depot that is disabled. Raises CITERNE_FANTOME, REFERENTIEL_INACTIF.';

COMMENT ON FUNCTION "private"."citernes_proteger"() IS 'A tank that has served keeps its product and its depot, and room for what it holds; what decides its movements changes between two of them. Raises ECRITURE_INTERDITE, CAPACITE_SOUS_LE_STOCK, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."cle_au_depot"(uuid, text) IS 'A key that is one of its depot only. One text, for the index to be of no column: one that begins with depot_id alone is read, by the local REST, as one row a depot.';

COMMENT ON FUNCTION "private"."cle_caisse"(uuid, text, date) IS 'Mutex of a day''s till: whoever pays in shares it, who closes it has it alone.';

COMMENT ON FUNCTION "private"."cle_compte"(text, uuid) IS 'Key of the mutex of an account.';

COMMENT ON FUNCTION "private"."cle_nom"(text) IS 'A name as people compare it: whatever its case, its blanks and the form its letters are written in.';

COMMENT ON FUNCTION "private"."cle_plaque"(text) IS 'A plate as it is compared: its letters and digits alone, upper case.';

COMMENT ON FUNCTION "private"."cle_recherche"(text) IS 'A text as people search it: as private.cle_nom, and without accents.';

COMMENT ON FUNCTION "private"."clos_jusqu_au"(uuid) IS 'Last closed day of a depot; null where none is.';

COMMENT ON FUNCTION "private"."completer_analyse"(public.analyses) IS 'Its truck, depot and product, from what was analysed, which the caller sees; today where no day is said. Raises INTROUVABLE, DATE_FUTURE.';

COMMENT ON FUNCTION "private"."completer_brouillon"(public.sorties_produit, uuid, private.lieu) IS 'A draft with what the server writes of it: product, depot, day, author, densities in kg/m³; its client is not disabled. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, MESURES_INCOHERENTES.';

COMMENT ON FUNCTION "private"."completer_etapes"() IS 'The steps of trucks that moved before they were kept, from the log; returns how many it added. Run again, it adds none.';

COMMENT ON FUNCTION "private"."composer_resume"(public.envois) IS 'A digest as it goes: every event it holds. Composed once, so that a second try says the same.';

COMMENT ON FUNCTION "private"."compter_impression"(text, uuid, uuid) IS 'Which print of a document this one is, from 1.';

COMMENT ON FUNCTION "private"."compter_mouvements"() IS 'Rows of every table that private.vider_mouvements() empties, in its order, and the CDR that it keeps.';

COMMENT ON FUNCTION "private"."compteurs_avant_insert"() IS 'A calibration of a meter, by who may, of a tank they see. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE.';

COMMENT ON FUNCTION "private"."compteurs_journaliser"() IS 'Logs COMPTEUR_ETALONNE.';

COMMENT ON FUNCTION "private"."conditions_de"(uuid) IS 'Terms of a client, those that go without saying where none were said.';

COMMENT ON FUNCTION "private"."confirmer"(public.encaissements, jsonb) IS 'The payment as confirmed, with its receipt''s number, and what it settled. Raises DEPOT_SANS_CODE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."consommer_derogation"(public.sorties_produit, numeric) IS 'Uses the least dérogation that lets this sortie go; false: there is none. Under the mutex of the account. Raises ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."controler_tout"() IS 'The checks that read all history; what they find stands until the next time. Returns how many facts, null where another is at it.';

COMMENT ON FUNCTION "private"."controles_achats"() IS 'What gaps, lots, guarantees, proformas and invoices whose movements were corrected say.';

COMMENT ON FUNCTION "private"."controles_citernes"() IS 'What stocks and tanks say (litres as measured).';

COMMENT ON FUNCTION "private"."controles_comptes"() IS 'Series, accounts of third parties, suppliers'' invoices past their due date (USD).';

COMMENT ON FUNCTION "private"."controles_comptes_partenaires"() IS 'Accounts of partners that are not the sum of their movements, or not the partners'' stock: all history is read.';

COMMENT ON FUNCTION "private"."controles_credit"() IS 'Clients who owe beyond their limit, in the currency of their terms, whether or not the limit stops what leaves. Raises TAUX_ABSENT, TVA_NON_FIXEE.';

COMMENT ON FUNCTION "private"."controles_envois"() IS 'Messages given up, and messages nobody comes to send: an outbox that no worker drains is silent.';

COMMENT ON FUNCTION "private"."controles_exploitation"() IS 'What the machinery says of itself: passes, backups (PROD), sealing of the log.';

COMMENT ON FUNCTION "private"."controles_histoire"() IS 'Stocks against movements, movements against the log.';

COMMENT ON FUNCTION "private"."controles_jaugeages"() IS 'What dips say: none lately (hours), or the last one beyond tolerance and not booked (litres).';

COMMENT ON FUNCTION "private"."controles_journal"() IS 'What proves that the sealed log was touched: one fact a kind, its first lines in it.';

COMMENT ON FUNCTION "private"."controles_lus"() IS 'The checks there are, and how many facts each finds now among what the caller sees. Raises ROLE_FORBIDDEN.';

COMMENT ON FUNCTION "private"."controles_mouvements"() IS 'What trucks, réceptions and sorties say (litres as measured and at 15 °C).';

COMMENT ON FUNCTION "private"."controles_partenaires"() IS 'Partners who have taken more than was theirs (litres at 15 °C).';

COMMENT ON FUNCTION "private"."controles_ventes"() IS 'Sorties that wait for their invoice (days), invoices past due, and what private.verifier_factures finds.';

COMMENT ON FUNCTION "private"."coordonnees_fournisseurs"() IS 'Suppliers with their contacts, addresses and notes, for those who may read them; no row for anybody else.';

COMMENT ON FUNCTION "private"."cours_de_route_avant_insert"() IS 'A new CDR starts at CHARGEMENT, at a depot its author sees, one open CDR a truck and depot, nothing disabled. Raises ROLE_FORBIDDEN, INTROUVABLE, REFERENTIEL_INACTIF, CDR_TRANSITION_INTERDITE, CDR_DEJA_OUVERT, LOT_NON_OUVERT, LOT_INCOMPATIBLE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, ECRITURES_GELEES, PROFORMA_ETAT.';

COMMENT ON FUNCTION "private"."cours_de_route_avant_update"() IS 'One step forward at a time; DECHARGE only once a réception exists, ANNULE with a reason; nothing changes after either. Raises CDR_TRANSITION_INTERDITE, CDR_DEJA_OUVERT, REFERENTIEL_INACTIF, ECRITURE_INTERDITE, ROLE_FORBIDDEN, MOTIF_REQUIS, INTROUVABLE, LOT_NON_OUVERT, LOT_INCOMPATIBLE, LOT_CDR_DECHARGE, ISOLATION_INTERDITE, ECRITURES_GELEES, PROFORMA_ETAT.';

COMMENT ON FUNCTION "private"."cours_de_route_suivre"() IS 'Keeps since when a truck is where it is; what refers to it follows its depot and lot. Raises ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."cout_de_lot"(uuid) IS 'Of a lot: litres at 15 °C received for Monaluxe, adjustments counted; its validated invoice less credit notes (null before), its costs, and the demurrage proposed for its trucks (USD).';

COMMENT ON FUNCTION "private"."creer_et_valider"(jsonb, boolean) IS 'What creer_et_valider_sortie does; p_payee: its caller takes the money in the same act, and asks no credit of it. Raises what creer_et_valider_sortie raises.';

COMMENT ON FUNCTION "private"."date_de_document"(date) IS 'A document is not of a day beyond tomorrow. Raises DATE_FUTURE.';

COMMENT ON FUNCTION "private"."date_possible"(timestamp with time zone) IS 'The same of a moment.';

COMMENT ON FUNCTION "private"."date_possible"(date) IS 'Whether a day is one that a depot can mean: finite, of this half century. Null for null.';

COMMENT ON FUNCTION "private"."debiter_sortie"(public.sorties_produit) IS 'Takes a prepared sortie out of snapshot and days: asks its meter, locks the tank, checks the stock, then every day''s security capacity; of a partner''s fuel, its account. Done last in its transaction, so that others wait for the tank as little as can be.';

COMMENT ON FUNCTION "private"."demande_de"(public.sorties_produit, public.clients_conditions) IS 'What a sortie comes to, tax included, under these terms. Raises TARIF_ABSENT, TVA_NON_FIXEE.';

COMMENT ON FUNCTION "private"."deplacer_alerte"(uuid, text, text) IS 'Moves an alert a step further, with a note. Raises ROLE_FORBIDDEN, INTROUVABLE, ALERTE_ETAT.';

COMMENT ON FUNCTION "private"."deposer_envoi"(public.envois) IS 'Writes a message to send, in the transaction of what it tells; the same key again is the same message. Answers its id.';

COMMENT ON FUNCTION "private"."depot_d_acteur"(private.acteur, uuid) IS 'A depot that this person sees. Raises INTROUVABLE.';

COMMENT ON FUNCTION "private"."derogation_figer"() IS 'A dérogation is only ever used, once. Raises ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."destination_permise"(text, text) IS 'Refuses what no message may go to: no e-mail address; a webhook that is not https to a public name, but for this machine itself in local and staging. Raises ADRESSE_INTERDITE.';

COMMENT ON FUNCTION "private"."dire_facture"(public.factures_client) IS 'All that an invoice says, lines and taxes included, the same for ever: what its hash is of.';

COMMENT ON FUNCTION "private"."dispositif_fiscal"() IS 'Which fiscal device invoices are told to: aucun or simule.';

COMMENT ON FUNCTION "private"."dit_du_bon"(public.bons_livraison) IS 'What the paper of a note says beside the note: who sells, to whom, what, and what left the tank (litres, °C, kg/m³).';

COMMENT ON FUNCTION "private"."dues"(public.encaissements, jsonb) IS 'What a payment settles, in order: the invoices that were named, else all that is due, oldest first.';

COMMENT ON FUNCTION "private"."ecart_a_traiter"(uuid, boolean) IS 'The gap, locked, of a depot the caller sees, or of none where they may read those; not treated yet. Raises INTROUVABLE, ECART_ETAT.';

COMMENT ON FUNCTION "private"."ecarts_par_proprietaire"(uuid, numeric, numeric) IS 'A gap of a tank shared between its owners by what each has of it now, exact to the millilitre, the remainder to who has most. A loss that the tank has takes nobody below zero. The caller has the lock. Raises SORTIE_STOCK_INTROUVABLE.';

COMMENT ON FUNCTION "private"."ecarts_suivent"(public.cours_de_route) IS 'The gaps of a truck, its réceptions and its analyses are of its lot and depot. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."ecrire_bon"(public.bons_livraison) IS 'Writes a note. Raises BL_EXISTANT, ECRITURES_GELEES, and 23xxx.';

COMMENT ON FUNCTION "private"."ecrire_encaissement"(public.encaissements, jsonb) IS 'Writes a payment, and where it is confirmed does what that means. Raises INTROUVABLE, DEVISE_DIFFERENTE, REFERENCE_DEJA_UTILISEE, DEPOT_SANS_CODE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "private"."ecrire_ligne_avoir"(public.factures_client, integer, public.factures_client_lignes, jsonb) IS 'A line of a credit note: a quantity at the price of its line, or an amount before tax; what is left of it where neither is said. Raises AVOIR_EXCEDENTAIRE, and 22xxx.';

COMMENT ON FUNCTION "private"."ecrire_lignes_avoir"(public.factures_client, jsonb) IS 'Lines of a credit note: those that are said, each once; of a cancelling one, all that is left. Raises INTROUVABLE, FACTURE_VIDE, AVOIR_EXCEDENTAIRE, AVOIR_LIGNE_REPETEE, and 22xxx.';

COMMENT ON FUNCTION "private"."ecriture_de_facture"(uuid) IS 'What a validated invoice or credit note wrote in the account; null before.';

COMMENT ON FUNCTION "private"."ecriture_encaissement"(public.encaissements, text, text, uuid, numeric, numeric, text) IS 'What a payment writes in the account of its client. Raises ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."ecriture_facture_client"(uuid) IS 'What an issued invoice or credit note wrote in the account; null before.';

COMMENT ON FUNCTION "private"."emettre"(public.factures_client) IS 'Issues a draft whose lines are right: client, day, rate, taxes, totals, then private.sceller_facture. Raises CLIENT_INCOMPLET, TAUX_ABSENT, and what private.sceller_facture raises.';

COMMENT ON FUNCTION "private"."empreinte_facture"(public.factures_client) IS 'SHA-256 of the hash before it and of all the invoice says: a byte changed in one breaks it and each after it.';

COMMENT ON FUNCTION "private"."en_base"(private.quantites, text) IS 'The same fuel in one of the bases it is bought by.';

COMMENT ON FUNCTION "private"."en_devise"(numeric, text, text, numeric) IS 'An amount in another currency at CDF for one USD, to the cent.';

COMMENT ON FUNCTION "private"."encaissement_a_changer"(private.acteur, uuid, text[]) IS 'A payment, locked, in one of these states. Raises INTROUVABLE, ENCAISSEMENT_ETAT, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."encaissement_figer"() IS 'A receipt keeps what it says; it is only ever cancelled. Raises ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."encours"(public.clients_conditions) IS 'What a client owes under these terms; deliveries without a price count for nothing in it and are counted apart. Raises TAUX_ABSENT, TVA_NON_FIXEE.';

COMMENT ON FUNCTION "private"."encours_vu"(public.clients_conditions) IS 'What a client owes, for who may read sales. Raises TAUX_ABSENT, TVA_NON_FIXEE.';

COMMENT ON FUNCTION "private"."engager_proforma"(uuid) IS 'A truck joins a lot of this proforma (null: of none): from the first on it is being carried out. Raises PROFORMA_ETAT, ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."enseigne"() IS 'What a subject begins with: nobody takes a rehearsal for PROD.';

COMMENT ON FUNCTION "private"."enterrer_envoi"(public.envois, text, text) IS 'A message is given up. Logs ENVOI_MORT.';

COMMENT ON FUNCTION "private"."escalader"() IS 'Alerts that nobody took on in time go a level up: an event each. Returns how many.';

COMMENT ON FUNCTION "private"."essais_max"() IS 'Times a message is tried before it is dead.';

COMMENT ON FUNCTION "private"."etalonnages"(uuid) IS 'Every calibration of the meter that one of them names.';

COMMENT ON FUNCTION "private"."exiger_actifs"(uuid, uuid, uuid, uuid, uuid) IS 'Refuses a new act that names what has been disabled; null is not looked at. Raises REFERENTIEL_INACTIF.';

COMMENT ON FUNCTION "private"."exiger_caisse_ouverte"(uuid, text, date) IS 'No cash moves in a till that is closed for the day; it stays open until this ends. Raises CAISSE_CLOTUREE.';

COMMENT ON FUNCTION "private"."exiger_camion"(public.receptions, public.cours_de_route) IS 'Whether a truck (null: none) brings what is received, where and when it is. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE, RECEPTION_AVANT_CHARGEMENT.';

COMMENT ON FUNCTION "private"."exiger_camion_libre"(public.cours_de_route) IS 'Refuses a truck that is already on its way to this depot, by the letters and digits of its plate. The caller has reserved trucks. Raises CDR_DEJA_OUVERT.';

COMMENT ON FUNCTION "private"."exiger_camions_arrives"(uuid) IS 'Every truck of the proforma is unloaded, cancelled or excused. Raises PROFORMA_CAMIONS_EN_ROUTE.';

COMMENT ON FUNCTION "private"."exiger_chargement_modifiable"(public.cours_de_route, public.chargements) IS 'The bill of lading of a truck that came or will, whose lot is not invoiced yet; once it is unloaded, whoever treats gaps corrects it. Raises CHARGEMENT_FIGE, ROLE_FORBIDDEN.';

COMMENT ON FUNCTION "private"."exiger_client_complet"(public.clients) IS 'A client has what their class is invoiced with. Raises CLIENT_INCOMPLET.';

COMMENT ON FUNCTION "private"."exiger_compte_partenaire"(private.part) IS 'After an account has lost litres on a day, refuses where it ends that day or a later one below zero, at 15 °C, and names the first. The caller has the account. Raises PARTENAIRE_SOLDE_INSUFFISANT.';

COMMENT ON FUNCTION "private"."exiger_credit"(public.sorties_produit) IS 'Under the flag credit_client_blocant a sortie, written as validated and not yet debited, leaves its client within their limit, or uses a dérogation; takes the mutex of the account, before that of the tank. Nothing is asked of a client without terms. Raises CLIENT_SUSPENDU, CREDIT_DEPASSE, TARIF_ABSENT, TAUX_ABSENT, TVA_NON_FIXEE, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."exiger_depuis_l_ouverture"(uuid, uuid, text, date) IS 'Refuses a day before the opening stock of a tank and owner, which counts all that had come until then. Raises MOUVEMENT_AVANT_STOCK_INITIAL.';

COMMENT ON FUNCTION "private"."exiger_en_service"(uuid) IS 'Refuses a tank that has closed since it was read. The caller has the lock. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE.';

COMMENT ON FUNCTION "private"."exiger_facturables"(uuid[], uuid, uuid) IS 'These sorties, locked, may all be sold to this client by this depot. Raises SORTIE_NON_FACTURABLE, INTROUVABLE.';

COMMENT ON FUNCTION "private"."exiger_facture_validable"(public.fournisseur_facture_lot_min, text) IS 'Its lot is closed, every truck in or excused, every gap treated, what it counts is what stands now; a reason where there were gaps. Raises LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, MOTIF_REQUIS.';

COMMENT ON FUNCTION "private"."exiger_factures_du_client"(public.encaissements, jsonb) IS 'The invoices that a payment names are its client''s, issued, and of the account''s currency. Raises INTROUVABLE, DEVISE_DIFFERENTE, and 22xxx.';

COMMENT ON FUNCTION "private"."exiger_index_libres"(uuid, uuid, numeric, numeric) IS 'No litre of a meter is read by two validated movements, but where one of them was compensated: asked of a movement that is written, before its tank is locked. Raises COMPTEUR_CHEVAUCHEMENT.';

COMMENT ON FUNCTION "private"."exiger_lignes_fraiches"(public.factures_client) IS 'What a draft says is what stands now: litres, notes, prices, taxes, terms. Raises FACTURE_CLIENT_PERIMEE, SORTIE_NON_FACTURABLE, INTROUVABLE, TARIF_ABSENT, TVA_NON_FIXEE.';

COMMENT ON FUNCTION "private"."exiger_lot_finance"(uuid) IS 'The lot, locked, of somebody who sees its money: who sees every depot, or one that a truck of it goes to. Raises INTROUVABLE.';

COMMENT ON FUNCTION "private"."exiger_moment"(timestamp with time zone) IS 'The moment a gauge was read: within the last 12 hours. Raises JAUGE_HORS_DELAI.';

COMMENT ON FUNCTION "private"."exiger_motif"(text, integer) IS 'Refuses with MOTIF_REQUIS a reason shorter than p_minimum characters, or without words: fewer than three letters.';

COMMENT ON FUNCTION "private"."exiger_non_suspendu"(public.clients_conditions) IS 'Nothing leaves for a client who is suspended. Raises CLIENT_SUSPENDU.';

COMMENT ON FUNCTION "private"."exiger_periode_ouverte"(uuid, date) IS 'Under the flag cloture_mensuelle, refuses a day that is closed at a depot. The caller has the tank, whose mutex whoever closes takes too. Raises PERIODE_CLOSE.';

COMMENT ON FUNCTION "private"."exiger_perte"(uuid, numeric, numeric) IS 'Refuses a loss that the tank, all owners together, no longer has. The caller has the lock. Raises INSUFFICIENT_STOCK.';

COMMENT ON FUNCTION "private"."exiger_portee_tarif"(uuid) IS 'Who sets prices, of a depot they see; of all of them, who sees all. Raises ROLE_FORBIDDEN, INTROUVABLE.';

COMMENT ON FUNCTION "private"."exiger_proforma_du_lot"(public.fournisseur_lot, public.fournisseur_lot) IS 'A lot is of a proforma of its own supplier and product, in force when it joins; one that has trucks does not leave a closed one. Raises ROLE_FORBIDDEN, INTROUVABLE, LOT_INCOMPATIBLE, PROFORMA_ETAT, ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."exiger_proforma_en_cours"(public.proformas) IS 'Active or being carried out, and not past its last day. Raises PROFORMA_ETAT.';

COMMENT ON FUNCTION "private"."exiger_quatre_yeux"(uuid) IS 'Under the flag quatre_yeux_finance nobody decides on what they wrote themselves. Raises QUATRE_YEUX.';

COMMENT ON FUNCTION "private"."exiger_securite"(uuid, date, numeric) IS 'After litres left a tank on a day, refuses where that day or a later one ends below its security capacity, all owners together, and names the first: litres at 15 °C read at the temperature they left at where p_vcf, their correction factor, is given, else as measured; or where it has closed since it was read. The caller has the lock. Raises SORTIE_CAPACITE_SECURITE, CITERNE_INACTIVE_OR_INCOMPATIBLE.';

COMMENT ON FUNCTION "private"."exiger_solde"(public.fournisseur_facture_lot_min, numeric) IS 'An invoice is not paid beyond what is left of it; takes the mutex of the account. Raises PAIEMENT_EXCEDENTAIRE, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."exiger_volume_annonce"(uuid, numeric, boolean) IS 'Refuses ten times or more what a truck announced (litres), all its tanks together, unless that was confirmed: then logs RECEPTION_CONFIRMEE, WARNING. Raises VOLUME_HORS_ANNONCE.';

COMMENT ON FUNCTION "private"."facture_a_changer"(uuid, text[]) IS 'The invoice and its lot, locked, in one of these states. Raises INTROUVABLE, FACTURE_ETAT, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."facture_a_payer"(uuid) IS 'The invoice, locked: validated, and not disputed. Raises PAIEMENT_FACTURE_NON_VALIDEE, INTROUVABLE, FACTURE_ETAT, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."facture_client_figer"() IS 'What is issued is never changed nor deleted, lines and taxes included; but by a purge of STAGING. Raises ECRITURE_INTERDITE, ENV_INTERDIT.';

COMMENT ON FUNCTION "private"."facture_de_sortie"(uuid) IS 'The invoice that sells a sortie; null: none yet.';

COMMENT ON FUNCTION "private"."facture_en_20c"(public.fournisseur_facture_lot_min) IS 'Its quantity and price by litres at 20 °C, whatever base it is invoiced by, and its amount. Raises FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE.';

COMMENT ON FUNCTION "private"."facture_fournisseur_apres_insert"() IS 'Logs FACTURE_CREEE; under the flag facture_lot_directe_compat, calculates and validates at once. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LOT_EXISTANT, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, DEPOT_SANS_CODE, FACTURE_ETAT, FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE, LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, QUATRE_YEUX, LOT_INCOMPATIBLE, PROFORMA_ETAT.';

COMMENT ON FUNCTION "private"."facture_fournisseur_avant_insert"() IS 'A supplier''s invoice begins as a draft, of a lot its author sees the money of; one live invoice a lot, one a number. Raises ROLE_FORBIDDEN, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, DATE_FUTURE, INTROUVABLE, FACTURE_EXISTANTE, FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE.';

COMMENT ON FUNCTION "private"."facture_fournisseur_figer"() IS 'What is validated keeps its figures: only a dispute still comes and goes. Raises ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."factures_client_corrigees"() IS 'Invoices of clients whose sorties were corrected after they were issued (litres at 15 °C).';

COMMENT ON FUNCTION "private"."faire_avancer_alerte"(public.system_alerts, text) IS 'The alert a step further, in the caller''s name and now. Raises ALERTE_ETAT.';

COMMENT ON FUNCTION "private"."faits_des_controles"(text) IS 'What the checks of a rhythm find now, all depots: a row a fact, one key may have several. A source that fails is a fact too (CONTROLE_EN_PANNE).';

COMMENT ON FUNCTION "private"."faits_integrite"() IS 'What the checks find now, one row a key: the worst severity, and the payloads of all.';

COMMENT ON FUNCTION "private"."faits_vus"() IS 'What is wrong now and what the last nightly pass found, of depots where the caller reads alerts; of no depot, for who sees them all.';

COMMENT ON FUNCTION "private"."fermer_ecart_auto"(text, text, uuid, text) IS 'The system''s own gap is no more. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."fiscal_figer"() IS 'What the device has said stays as it said it. Raises ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."fournisseur_lot_avant_ecriture"() IS 'A lot begins open and goes one step forward at a time; once closed only its note still changes; one that has trucks keeps its supplier and product; a new one names nothing disabled. Raises REFERENTIEL_INACTIF, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, LOT_EXISTANT, ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ECRITURES_GELEES, LOT_INCOMPATIBLE, PROFORMA_ETAT.';

COMMENT ON FUNCTION "private"."fournisseur_lot_reserver"() IS 'A lot is changed and deleted by whoever keeps lots. Raises ROLE_FORBIDDEN.';

COMMENT ON FUNCTION "private"."fuseau_nomme"(text) IS 'Whether a time zone is one by its IANA name. PostgreSQL takes many another text for one: UTC+2 is four hours off what it looks like.';

COMMENT ON FUNCTION "private"."hors_specification"(uuid, text, numeric) IS 'The specification that a value does not meet; null where it does, or none is known.';

COMMENT ON FUNCTION "private"."illisibles"() IS 'Characters that nobody sees, as a class of regular expressions: controls; marks that hide, or turn the direction of what follows; what stands for a byte that could not be read.';

COMMENT ON FUNCTION "private"."incertitude"(public.prises_de_hauteur, public.baremes, private.lieu, numeric, numeric) IS 'By how many litres at 15 °C a dip that is computed may be wrong, at 95 %: see astm.incertitude_15c.';

COMMENT ON FUNCTION "private"."jauger"(public.prises_de_hauteur, private.lieu) IS 'The whole chain of a dip by heights, through the tank''s gauge table: TOV, less the water, shell, roof, GOV, GSV, NSV, and by how much it may be wrong. Raises BAREME_ABSENT, JAUGE_INCOHERENTE, JAUGE_HORS_BAREME, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, DENSITE_OBSERVEE_REQUISE, DENSITE_HORS_PRODUIT, ASTM_HORS_DOMAINE, VOLUME_15C_INCOHERENT, VOLUME_TROP_PETIT.';

COMMENT ON FUNCTION "private"."joindre_resume"(public.envois, text) IS 'The digest that is open for somebody at a depot, locked; a new one where there is none.';

COMMENT ON FUNCTION "private"."jours_du_compte"(uuid) IS 'What each day moved an account by, litres, if the caller may read it.';

COMMENT ON FUNCTION "private"."juger_prix"(public.fournisseur_facture_lot_min) IS 'A price that is not the proforma''s is a gap of the invoice (impact_usd negative: it costs more). Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."juger_transit"(uuid) IS 'The gaps of a truck that is unloaded and has a bill of lading: within its loss allowance the system treats it, beyond it somebody does; densities more than 3 kg/m³ apart are another. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."kpi_stock_a"(date) IS 'v_kpi_stock_global as it stood at the end of a day, litres.';

COMMENT ON FUNCTION "private"."lectures_du_compteur"(uuid) IS 'What was read on a meter by validated movements, but those that were compensated.';

COMMENT ON FUNCTION "private"."lieu"(uuid, uuid[]) IS 'The tank with all that its movements are measured by, among these depots; all null where it is not one of theirs. It keeps its product and depot while this transaction lasts.';

COMMENT ON FUNCTION "private"."lignes_de"(uuid[], public.clients_conditions) IS 'Lines of sorties as they would be invoiced now, at the price of their day. Raises TARIF_ABSENT, TVA_NON_FIXEE.';

COMMENT ON FUNCTION "private"."lire_bareme"(text) IS 'Points of a gauge table written as CSV, a row each with its line in the file: heights in mm (or cm), litres (or m³) as its first line names them, separated by semicolons, tabs or commas. faute says in French what is wrong of a line: no number, not rising, not from 0.';

COMMENT ON FUNCTION "private"."lot_engage"(uuid) IS 'Whether a truck or an invoice refers to a lot.';

COMMENT ON FUNCTION "private"."lots_finances"() IS 'Lots that a truck brings to a depot the caller sees: whose money they then see. Empty for who sees every depot, and needs no list.';

COMMENT ON FUNCTION "private"."mesurer_litres"(public.prises_de_hauteur, private.lieu) IS 'A dip whose litres were sent: at 15 °C too, where its temperature was read. Raises what private.volume_15c raises.';

COMMENT ON FUNCTION "private"."mesures_proteger"() IS 'A zone decides days, a tolerance what is looked into: an act of its own, with the second factor where it is asked for. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."modules_des_mouvements"() IS 'Modules of the log whose lines tell of movements, and leave with them.';

COMMENT ON FUNCTION "private"."mouvements_du_journal"() IS 'Every movement as the log says it, a row a tank: when the line was written, day of stock, litres, negative out. Only what the caller reads of the log. A parsed body: it is inlined.';

COMMENT ON FUNCTION "private"."nom_lisible"(text) IS 'Whether a name is one, and has no letter of a script that looks like Latin: Greek, Cyrillic, Armenian, Cherokee.';

COMMENT ON FUNCTION "private"."nombre_lu"(text) IS 'A number of zero or more as people write it in a table: decimal point or comma, blanks between thousands. Null where it is none.';

COMMENT ON FUNCTION "private"."noter_calcul"(public.prises_de_hauteur, private.volume_corrige) IS 'A dip with the factor it was computed by, and how.';

COMMENT ON FUNCTION "private"."noter_ecart_proforma"(public.proformas, numeric, text) IS 'What was received is not what was committed: a gap, treated by the reason of the closing. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."noter_envoi"(uuid, uuid, text, text, text) IS 'What became of a message that was taken: ENVOYE, ECHEC (another try, later) or MORT. A failure told by who no longer has the lease changes nothing; that it arrived always counts. Answers what it is now.';

COMMENT ON FUNCTION "private"."noter_evenement_alerte"() IS 'Every change of status, and every step of escalation, is an event and a line of the log.';

COMMENT ON FUNCTION "private"."noter_parts"(text, uuid, uuid, uuid, date, uuid[], numeric[], numeric[]) IS 'Writes what each partner (null: none) bears of a movement that names none, litres, and moves their accounts. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."noter_passage"(text, timestamp with time zone) IS 'A pass of the checks has ended.';

COMMENT ON FUNCTION "private"."noter_sauvegarde"(timestamp with time zone) IS 'A backup taken at that moment has been verified: what SAUVEGARDE_ANCIENNE counts from.';

COMMENT ON FUNCTION "private"."notifier_evenement"() IS 'An event of an alert is told, in its own transaction, once to each rule that matches and to the roles of an escalation: WARN, and what comes and goes, by e-mail in the digest of seven o''clock; the rest at once.';

COMMENT ON FUNCTION "private"."nouveau_bon"(public.sorties_produit, jsonb) IS 'A note of a sortie, not yet written: what is not said of it is the sortie''s.';

COMMENT ON FUNCTION "private"."nouveau_brouillon"(public.sorties_produit) IS 'A draft of the calling user, completed. Moves nothing. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, MESURES_INCOHERENTES.';

COMMENT ON FUNCTION "private"."nouvel_encaissement"(jsonb) IS 'A payment, checked and completed, not yet written. Raises ROLE_FORBIDDEN, INTROUVABLE, DATE_FUTURE, ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, CAISSE_CLOTUREE, TAUX_ABSENT, and 22xxx.';

COMMENT ON FUNCTION "private"."numero_de_paiement"(uuid) IS 'The number of a payment that is confirmed. Raises DEPOT_SANS_CODE.';

COMMENT ON FUNCTION "private"."numeroter_bon"(public.bons_livraison) IS 'The note as confirmed, with its number. Raises DEPOT_SANS_CODE.';

COMMENT ON FUNCTION "private"."objet_de_l_ecart"(public.ecarts) IS 'Depot, product and lot of what a gap is about (truck, réception, sortie, lot, invoice), which the caller sees. Raises INTROUVABLE.';

COMMENT ON FUNCTION "private"."ouvrir_dossier_fiscal"(public.factures_client) IS 'An issued invoice is to be told to the device, where there is one. Raises ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."ouvrir_ecart"(public.ecarts) IS 'The system''s own gap of this kind on this document: opened, or opened again where its figures have changed since it was treated. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."paiement_a_changer"(uuid, text) IS 'The payment and its invoice, locked, in this state. Raises INTROUVABLE, FACTURE_ETAT, PAIEMENT_ETAT, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."paiement_comptant"(public.factures_client, jsonb) IS 'The payment of an invoice in full, now, in the currency that is handed over. Raises COMPTANT_INSUFFISANT, TAUX_ABSENT, and 22xxx.';

COMMENT ON FUNCTION "private"."paiement_fournisseur_apres_insert"() IS 'What the payment does to the account, where it is confirmed; logs PAIEMENT_ENREGISTRE and PAIEMENT_CONFIRME. Raises LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."paiement_fournisseur_avant_insert"() IS 'A payment of a validated invoice, not beyond what is left of it, not the same twice within two minutes (REST has no idempotency key). Raises ROLE_FORBIDDEN, INTROUVABLE, FACTURE_ETAT, PAIEMENT_FACTURE_NON_VALIDEE, DATE_FUTURE, PAIEMENT_ETAT, PAIEMENT_DOUBLE, PAIEMENT_EXCEDENTAIRE, DEPOT_SANS_CODE, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."partager_ajustement_initial"(public.stocks_adjustments) IS 'Shares an adjustment of the partners'' opening stock, already written, as that stock was shared. Raises INVALID_ID_OR_STATE, ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."partager_entre_partenaires"(text, uuid, uuid, uuid, date, numeric, numeric) IS 'Shares litres of the partners'' fuel that no partner caused (p_type DILATATION or REGULARISATION, its id, its deltas) by what each owns at this depot, exact to the millilitre, the remainder to the largest. The caller has the tank. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."parts_dites"(jsonb) IS 'Parts of an opening stock as they were sent, litres to the millilitre.';

COMMENT ON FUNCTION "private"."passer_facture"(public.fournisseur_facture_lot_min, text) IS 'The invoice or credit note enters the supplier''s account and gets its number. Raises DEPOT_SANS_CODE, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."passer_paiement"(public.fournisseur_paiement_lot_min) IS 'A confirmed payment enters the account and settles its invoice. Raises LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."plaque_lisible"(text) IS 'Whether a plate has Latin letters and digits only, and what may stand between them. Null for null.';

COMMENT ON FUNCTION "private"."porter_aux_comptes"(private.part[], boolean) IS 'Adds what an act moved of the partners'' fuel to their accounts and to their days, all accounts in one order. Under the flag comptes_partenaires no account named may then be below zero on that day or a later one; p_controler false: what is shared by nobody''s will is not asked. The caller has the tanks. Raises PARTENAIRE_SOLDE_INSUFFISANT.';

COMMENT ON FUNCTION "private"."prendre_envois"(integer) IS 'Takes messages that are due, at most so many, under a lease of a minute; those another has in hand are left to it, those it died over are taken again. locale: whether this machine itself may be written to.';

COMMENT ON FUNCTION "private"."preparer_profil"(text, text, uuid) IS 'Everything that could refuse a new profile, asked before an account is made for it. Returns the account this address already has, null where it has none. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, DEPOT_REQUIS, INTROUVABLE, REFERENTIEL_INACTIF, PROFIL_EXISTANT.';

COMMENT ON FUNCTION "private"."preparer_validation"(public.sorties_produit, uuid, private.lieu) IS 'A draft as it is to be written once validated: checks everything but role, state and stock, computes its volumes; without a density of its own, that of its tank serves. Moves nothing. Raises BENEFICIAIRE_REQUIRED, PARTENAIRE_REQUIS, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, DATE_FUTURE, and what private.volume_mesure and private.volume_15c raise.';

COMMENT ON FUNCTION "private"."prise_a_regulariser"(uuid) IS 'A dip whose gap may be booked, its tank locked: read with a temperature, less than 72 hours ago, not booked yet, and no adjustment or régularisation of its tank since. Raises INTROUVABLE, REGULARISATION_DEJA_FAITE, REGULARISATION_SANS_15C, REGULARISATION_TARDIVE, REGULARISATION_DEPASSEE, REGULARISATION_SANS_ECART, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."prises_de_hauteur_avant_insert"() IS 'Computes a dip and notes beside it what the books said when it was read, and the tolerance that judges it. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, JAUGE_CITERNE_LOGIQUE, JAUGE_HORS_DELAI, BAREME_ABSENT, JAUGE_INCOHERENTE, JAUGE_HORS_BAREME, JAUGE_SUPERIEURE_CAPACITE, MESURES_INCOHERENTES, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, DENSITE_OBSERVEE_REQUISE, DENSITE_HORS_PRODUIT, ASTM_HORS_DOMAINE, VOLUME_15C_INCOHERENT, VOLUME_TROP_PETIT, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."prix"(uuid, uuid, uuid, date, text, text) IS 'Price of a litre before tax. Raises TARIF_ABSENT.';

COMMENT ON FUNCTION "private"."prix_ou_rien"(uuid, uuid, uuid, date, text, text) IS 'Price of a litre before tax, the nearest there is to this client and depot; null where there is none.';

COMMENT ON FUNCTION "private"."prochain_resume"(uuid, timestamp with time zone) IS 'The first seven o''clock at the depot after a moment: when its digest goes.';

COMMENT ON FUNCTION "private"."produits_avant_insert"() IS 'A product that comes without a code is called by its name. A new one of a known code has, where nothing else was said, its expansion coefficient, transport allowance and density range (ESS 700…790, G.O 800…890 kg/m³). Once: a code that changes later moves no litre.';

COMMENT ON FUNCTION "private"."produits_proteger"() IS 'Code, group, coefficient and density range decide litres, the allowance money: an act of its own, with the second factor where it is asked for. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."profils_avant_ecriture"() IS 'A profile keeps its account for good; nobody changes their own role, depot or habilitations, nor shuts themselves out; gerant, operateur and lecture have a depot; nobody comes to one that is disabled. Says itself when and by whom somebody was shut out. Raises ECRITURE_INTERDITE, DEPOT_REQUIS, REFERENTIEL_INACTIF, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."profils_prevenus"() IS 'Whether the people of this database''s profiles may be written to: in PROD; elsewhere they may be PROD''s, brought by a copy, and are told nothing until the setting profils_prevenus names this very environment.';

COMMENT ON FUNCTION "private"."proforma_a_changer"(uuid, text[]) IS 'The proforma, locked, in one of these states, of somebody who sees it. Raises INTROUVABLE, PROFORMA_ETAT, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."proformas_figer"() IS 'Only a draft changes its figures. Raises ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."proformas_vues"() IS 'Proformas of the lots whose money the caller sees, and those they wrote; read by who does not see every depot.';

COMMENT ON FUNCTION "private"."quantites_reception"(uuid) IS 'What is left of a réception after its adjustments, in every base it may be bought by.';

COMMENT ON FUNCTION "private"."rapprochement"(numeric, numeric) IS 'OK, TOLERE or LITIGE: litres received against litres invoiced, within half a litre, or 50 L (or the setting facture_tolerance_pour_mille of what is invoiced).';

COMMENT ON FUNCTION "private"."rattachement_force"(uuid) IS 'Whether this transaction is one of public.rattacher_cdr_decharge, for this truck.';

COMMENT ON FUNCTION "private"."recalculer_comptes_partenaires"() IS 'Makes the partners'' accounts anew from their movements: for a database that comes from elsewhere, its movements already in it. Owner only, while nobody writes.';

COMMENT ON FUNCTION "private"."receptions_a_facturer"(uuid, uuid) IS 'What the lot''s trucks brought of Monaluxe''s fuel, as it stands now, and no other invoice counts.';

COMMENT ON FUNCTION "private"."receptions_apres_insert"() IS 'Takes the trucks, then the tanks. Each réception of the statement: credits the stock, on every day the tank has room; logs RECEPTION_CREEE. Last, closes each CDR, once: one truck may fill several tanks, in one act, and none of them twice but from compartments that are said. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, REFERENTIEL_INACTIF, RECEPTION_AVANT_CHARGEMENT, CDR_NON_ARRIVE, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURES_GELEES, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL, VOLUME_HORS_ANNONCE, PROFORMA_ETAT.';

COMMENT ON FUNCTION "private"."receptions_avant_insert"() IS 'Checks and completes a réception, in the order a clerk would: role, CDR, tank, owner, day, volume, volume at 15 °C. Raises ROLE_FORBIDDEN, CDR_REQUIS, INTROUVABLE, CDR_NON_ARRIVE, CITERNE_INACTIVE_OR_INCOMPATIBLE, PARTENAIRE_REQUIS, REFERENTIEL_INACTIF, DATE_FUTURE, RECEPTION_AVANT_CHARGEMENT, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, MESURES_INCOHERENTES, COMPTEUR_INCONNU, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, DENSITE_OBSERVEE_REQUISE, DENSITE_HORS_PRODUIT, ASTM_HORS_DOMAINE, VOLUME_15C_INCOHERENT, VOLUME_TROP_PETIT.';

COMMENT ON FUNCTION "private"."receptions_de_proforma"(uuid) IS 'Each réception of Monaluxe''s fuel of a proforma''s lots.';

COMMENT ON FUNCTION "private"."receptions_lire_compteur"() IS 'A réception read on a meter reads no litre that another movement has. Raises COMPTEUR_CHEVAUCHEMENT.';

COMMENT ON FUNCTION "private"."recu_de_facture"(uuid) IS 'What an invoice counts: réceptions, litres at 15 and at 20 °C; of a draft, what its lot has brought so far.';

COMMENT ON FUNCTION "private"."recu_de_proforma"(uuid) IS 'What the lots of a proforma have brought of Monaluxe''s fuel, adjustments counted: litres at 15 and 20 °C, tonnes in air (null where one réception has no density).';

COMMENT ON FUNCTION "private"."recu_du_camion"(uuid) IS 'All that a truck brought, whoever owns it and whatever tanks it filled, adjustments counted. Density and tonnes are null where one réception has none.';

COMMENT ON FUNCTION "private"."rediger_facture"(uuid, uuid, uuid[], jsonb) IS 'Writes the draft of an invoice, at the terms of its client and the prices of each day. Raises FACTURE_VIDE, TARIF_ABSENT, TVA_NON_FIXEE, ECRITURES_GELEES, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "private"."refuser_valeur"(text, text) IS 'For a check, where its condition does not hold: refuses the value of a column in words, without repeating it. Raises TEXTE_ILLISIBLE, NOM_INVALIDE, PLAQUE_INVALIDE, DATE_IMPOSSIBLE, FUSEAU_INCONNU.';

COMMENT ON FUNCTION "private"."regle_de_facture"(uuid) IS 'USD settled of an invoice, credit notes counted.';

COMMENT ON FUNCTION "private"."regle_facture_client"(uuid) IS 'How much of an issued invoice is settled, credit notes counted; of a credit note, how much of it has settled.';

COMMENT ON FUNCTION "private"."relever"(uuid, public.citernes, date, numeric, numeric, numeric) IS 'Litres that passed for what a meter indicated: × its factor of the day, or without a meter of the register × the depot''s (profils_calcul) where both indices were read, else the litres that were said. Where nothing read the litres since the last reading, its warning says so (COMPTEUR_TROU). Raises COMPTEUR_INCONNU, INDICES_MANQUANTS.';

COMMENT ON FUNCTION "private"."repartir"(numeric, numeric[]) IS 'Litres shared by weights (their sum above zero), exact to the millilitre: the remainder goes to the heaviest.';

COMMENT ON FUNCTION "private"."reserver_camions"() IS 'Makes two statements that open a truck, or change its plate, queue: the second reads what the first wrote.';

COMMENT ON FUNCTION "private"."reste_de_ligne"(public.factures_client_lignes) IS 'What credit notes have left of a line: amount before tax, and quantity.';

COMMENT ON FUNCTION "private"."restes_apres_ecriture"() IS 'An entry of a client is open, whole, when it is written.';

COMMENT ON FUNCTION "private"."restes_apres_lettrage"() IS 'What a settlement, or one taken back, leaves open of its two entries.';

COMMENT ON FUNCTION "private"."restes_vus"() IS 'What is open of clients'' accounts at the depots whose sales one may read.';

COMMENT ON FUNCTION "private"."roles_possibles"(text[]) IS 'Whether a profile can have each of these roles: the list is the one that profiles are held to, said once.';

COMMENT ON FUNCTION "private"."sblc_a_changer"(uuid) IS 'The guarantee, locked, that the caller sees and nobody has cancelled. Raises INTROUVABLE, SBLC_ETAT.';

COMMENT ON FUNCTION "private"."sblc_vues"() IS 'The same of the guarantees behind them.';

COMMENT ON FUNCTION "private"."sceller_facture"(public.factures_client) IS 'The last of issuing: account, number, hash, entry, log. Raises FACTURE_VIDE, DEPOT_SANS_CODE, HORLOGE_RECULEE, ISOLATION_INTERDITE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."seuil"(text) IS 'Threshold of a check.';

COMMENT ON FUNCTION "private"."seulement"(jsonb, text[]) IS 'The fields of an object that a client may say; anything but an object has none.';

COMMENT ON FUNCTION "private"."signaler_livraison"(public.bons_livraison, public.sorties_produit) IS 'A delivery that is not what left the tank opens a gap. Raises ECRITURES_GELEES, ISOLATION_INTERDITE, INVALID_ID_OR_STATE.';

COMMENT ON FUNCTION "private"."simuler_dispositif"(jsonb) IS 'What a device would answer to an invoice: the same for the same one; no for a company whose NIF is not one.';

COMMENT ON FUNCTION "private"."snapshot_facture_figer"() IS 'What a validated invoice counts stays as it was. Raises ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."societe"() IS 'Whose series is no depot''s: the company''s.';

COMMENT ON FUNCTION "private"."sortie_entiere"(text, text, numeric, numeric, numeric, text, uuid, uuid, uuid, text, text, text, text, text, text) IS 'For the check of a sortie: a known state and owner; texts of a page at most that people can read, plates too; once validated, both volumes, the method, who validated it and for whom it is. Raises 23514 naming the text that is too long; TEXTE_ILLISIBLE, PLAQUE_INVALIDE.';

COMMENT ON FUNCTION "private"."sortie_livrable"(uuid) IS 'The validated sortie of a note, locked: nobody corrects it meanwhile. Raises ROLE_FORBIDDEN, INTROUVABLE, SORTIE_NON_LIVRABLE.';

COMMENT ON FUNCTION "private"."sorties_a_facturer"(uuid, uuid[]) IS 'What a depot has delivered of Monaluxe''s fuel, to these clients or all, and no invoice sells yet.';

COMMENT ON FUNCTION "private"."sorties_avant_insert"() IS 'Completes a draft: tank the caller sees, columns of the server. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, MESURES_INCOHERENTES, SORTIE_VALIDATION_DIRECTE_INTERDITE.';

COMMENT ON FUNCTION "private"."stock_actuel_a"(date) IS 'v_stock_actuel as it stood at the end of a day, litres, by all that is known today. A tank without stock by then has no row. No tonnes: the density of the mix is that of now.';

COMMENT ON FUNCTION "private"."stock_citerne_au"(uuid, timestamp with time zone) IS 'What the books said of a tank at a moment, all owners together, litres as measured and at 15 °C: the stock of now less what the log says was validated since. The caller reads the log whole.';

COMMENT ON FUNCTION "private"."stocks_adjustments_apres_insert"() IS 'Each adjustment of the statement, under the lock of its tank: moves the stock where it may, within the bounds of the tank; logs STOCK_AJUSTE, RECEPTION_COMPENSEE or SORTIE_COMPENSEE as CRITICAL. Then the other half of those of a transfer. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, INSUFFICIENT_STOCK, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, AJUSTEMENT_INCOMPLET, AJUSTEMENT_EXCESSIF, FACTEUR_HORS_BORNES, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, MOTIF_REQUIS, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';

COMMENT ON FUNCTION "private"."suivre_derniere"(public.factures_client, text) IS 'An invoice that has just had its number, chained to the last of its series and of no earlier day. Raises HORLOGE_RECULEE.';

COMMENT ON FUNCTION "private"."surveiller"() IS 'Everything to be done every minute: the alerts, and once a night the whole proof. Run again, or twice at once, it does no harm.';

COMMENT ON FUNCTION "private"."system_alerts_avant_update"() IS 'A person moves an alert''s status, one way, and nothing else of it; who and when are written here. Raises ROLE_FORBIDDEN, ALERTE_ETAT.';

COMMENT ON FUNCTION "private"."tarif_figer"() IS 'Of a price only the last day is ever written. Raises ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."taux_du_jour"(text, date) IS 'CDF for one unit of a currency on a day, at most seven days old. Raises TAUX_ABSENT.';

COMMENT ON FUNCTION "private"."taux_tva_du"(text, date) IS 'Per cent of a tax group on a day. Raises TVA_NON_FIXEE.';

COMMENT ON FUNCTION "private"."taxer_avoir"(public.factures_client, public.factures_client) IS 'Taxes and totals of a credit note: those of all so far less those before.';

COMMENT ON FUNCTION "private"."texte_alerte"(public.system_alerts, text) IS 'What a person reads of an event of an alert.';

COMMENT ON FUNCTION "private"."texte_lisible"(text, boolean) IS 'Whether a text holds nothing but what people see: no control, invisible or direction character, in a log, a terminal or a report; line breaks and tabs where p_lignes. Null for null.';

COMMENT ON FUNCTION "private"."texte_sur_une_ligne"(text) IS 'What another machine said, as a line that may be kept.';

COMMENT ON FUNCTION "private"."transferts_apres_insert"() IS 'Takes from one tank and gives to the other, or neither; logs TRANSFERT_CREE. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE, INSUFFICIENT_STOCK, SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, SORTIE_CAPACITE_SECURITE, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, ISOLATION_INTERDITE, ECRITURES_GELEES, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';

COMMENT ON FUNCTION "private"."transit_du_camion"(uuid) IS 'What a truck was loaded with and what it brought, in the base of its bill of lading; null without one. recu is null where tonnes cannot be told for want of a density.';

COMMENT ON FUNCTION "private"."vendables"(uuid[]) IS 'Sorties as they may be sold now: litres, tax group, and why one may not.';

COMMENT ON FUNCTION "private"."vendeur"(uuid) IS 'The seller as papers name it: the settings societe_* and the depot that sells, if it is one.';

COMMENT ON FUNCTION "private"."verifier_factures"() IS 'Invoices whose hash, chain, dates, totals, credit notes or account are not what they should be, receipts without their entry, and what is said to be open and is not: no row, all is well.';

COMMENT ON FUNCTION "private"."verrouiller_camions"(uuid[]) IS 'Takes the trucks of a statement, and asks each again whether it may be received: another may just have been quicker. Raises CDR_NON_ARRIVE.';

COMMENT ON FUNCTION "private"."verrouiller_credit"(uuid[]) IS 'Where several sorties are validated in one statement: the accounts of their clients, before any tank. Raises ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."volume_20c"(numeric, numeric, text, text, numeric) IS 'Litres at 20 °C of litres at 15 °C, to the millilitre: divided by the standard''s factor of this density (kg/m³) at 20 °C; without a density, by the product''s old coefficient.';

COMMENT ON FUNCTION "private"."volume_au_bareme"(uuid, numeric) IS 'Litres of a gauge table at a height (mm), on the straight line between its two points, and how many litres a millimetre is worth there; null above its last point. A parsed body: it is inlined.';

COMMENT ON FUNCTION "private"."volumes_au_bareme"(public.prises_de_hauteur, public.baremes) IS 'Litres of the gauge table at the height of the liquid and at that of the water, and what a millimetre is worth at each. Raises JAUGE_INCOHERENTE, JAUGE_HORS_BAREME.';

COMMENT ON FUNCTION "public"."acquitter_alerte"(uuid, text) IS 'Somebody takes an alert on (admin, directeur). Raises ROLE_FORBIDDEN, INTROUVABLE, ALERTE_ETAT.';

COMMENT ON FUNCTION "public"."activer_bareme"(uuid) IS 'Puts a draft into force (admin, directeur); the one that was is replaced. Logs BAREME_ACTIVE. Raises ROLE_FORBIDDEN, INTROUVABLE, BAREME_ETAT, BAREME_INVALIDE, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."activer_proforma"(uuid) IS 'A draft becomes a commitment, with its number: lots and trucks may join it. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ECRITURES_GELEES, DEPOT_SANS_CODE, PROFORMA_ETAT.';

COMMENT ON FUNCTION "public"."admin_compensate_reception"(uuid, text) IS 'Takes back what is left of what a réception credited (admin, reason of 10 characters or more). See private.compenser. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, INSUFFICIENT_STOCK, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, AJUSTEMENT_INCOMPLET, AJUSTEMENT_EXCESSIF, FACTEUR_HORS_BORNES, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, MOTIF_REQUIS, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';

COMMENT ON FUNCTION "public"."admin_compensate_sortie"(uuid, text) IS 'Gives back what is left of what a sortie debited (admin, reason of 10 characters or more). See private.compenser. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, INSUFFICIENT_STOCK, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, AJUSTEMENT_INCOMPLET, AJUSTEMENT_EXCESSIF, FACTEUR_HORS_BORNES, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, MOTIF_REQUIS, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';

COMMENT ON FUNCTION "public"."ajouter_frais_lot"(uuid, jsonb) IS 'A cost of a lot whose money the caller sees {type, montant, devise, taux_cdf, reference, tiers}. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, INTROUVABLE, ECRITURES_GELEES, TAUX_REQUIS.';

COMMENT ON FUNCTION "public"."annuler_bl"(uuid, text) IS 'A note that is taken back, not once its sortie is invoiced; its number stays used. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, BL_ETAT.';

COMMENT ON FUNCTION "public"."annuler_cours_de_route"(uuid, text) IS 'Closes a truck that will never come, with the reason (admin, directeur, gerant). Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, MOTIF_REQUIS, INTROUVABLE, CDR_TRANSITION_INTERDITE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, ECRITURES_GELEES, PROFORMA_ETAT.';

COMMENT ON FUNCTION "public"."annuler_encaissement"(uuid, text) IS 'A payment that was none: the account has its opposite, its invoices are due again, its receipt''s number stays used. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, ECRITURE_CONTREPASSEE, ENCAISSEMENT_ETAT, CAISSE_CLOTUREE.';

COMMENT ON FUNCTION "public"."annuler_facture_fournisseur"(uuid, text) IS 'A draft or calculated invoice is none; its number may be used again. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, FACTURE_ETAT.';

COMMENT ON FUNCTION "public"."annuler_frais_lot"(uuid, text) IS 'A cost typed wrong counts no more, with the reason. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, FRAIS_ANNULE.';

COMMENT ON FUNCTION "public"."annuler_paiement"(uuid, text) IS 'A confirmed payment is taken back (admin): its invoice is owed again. Logged CRITICAL. Raises ROLE_FORBIDDEN, MOTIF_REQUIS, INTROUVABLE, FACTURE_ETAT, PAIEMENT_ETAT, ECRITURE_CONTREPASSEE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."annuler_proforma"(uuid, text) IS 'A proforma that no truck has joined is none, with the reason. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, PROFORMA_ETAT.';

COMMENT ON FUNCTION "public"."attribuer_stock_partenaire"(uuid, uuid, uuid, numeric, text, date) IS 'Gives a partner litres at 15 °C that are of none (admin, reason of 10 characters or more), from a day of the past or today; the litres as measured follow in proportion. Logs PARTENAIRE_ATTRIBUE. Raises ROLE_FORBIDDEN, VOLUME_AMBIANT_NON_POSITIF, PARTENAIRE_REQUIS, ISOLATION_INTERDITE, MOTIF_REQUIS, DATE_FUTURE, INTROUVABLE, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE.';

COMMENT ON FUNCTION "public"."calculer_facture_fournisseur"(uuid) IS 'Counts what the lot''s trucks brought and compares it with what is invoiced; again and again until it is validated. Beyond tolerance it opens a gap. Raises ROLE_FORBIDDEN, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ECRITURES_GELEES, FACTURE_ETAT, FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE.';

COMMENT ON FUNCTION "public"."changer_statut_cours_de_route"(uuid, text) IS 'Moves a CDR one step. Raises ROLE_FORBIDDEN, INTROUVABLE, REFERENTIEL_INACTIF, CDR_TRANSITION_INTERDITE, ECRITURE_INTERDITE, ISOLATION_INTERDITE, ECRITURES_GELEES, MOTIF_REQUIS, PROFORMA_ETAT.';

COMMENT ON FUNCTION "public"."changer_statut_sblc"(uuid, text, text) IS 'Suspends a guarantee, takes it up again, or cancels it (admin), with the reason. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, SBLC_ETAT.';

COMMENT ON FUNCTION "public"."clore_periode"(uuid, date, date) IS 'Closes a day, or the month of a day, at a depot (admin, directeur, gerant, or finance): a period that is over, or today; closed already, it stays so. Logs PERIODE_CLOTUREE. Raises ROLE_FORBIDDEN, INTROUVABLE, PERIODE_INVALIDE, DATE_FUTURE, INVALID_ID_OR_STATE, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."clore_tarif"(uuid, date, text) IS 'Ends a price, yesterday at the earliest, before it would have ended. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, TARIF_NON_CLOTURABLE.';

COMMENT ON FUNCTION "public"."cloturer_caisse"(uuid, text, date, numeric, text) IS 'Closes the till of a day in one currency: what was counted against what was taken in; a gap wants a reason and is logged WARNING. No more cash then for that day. Raises ROLE_FORBIDDEN, INTROUVABLE, DATE_FUTURE, CAISSE_CLOTUREE, MOTIF_REQUIS, ISOLATION_INTERDITE, ECRITURES_GELEES, and 23xxx.';

COMMENT ON FUNCTION "public"."cloturer_proforma"(uuid, text) IS 'No truck joins a proforma any more: what it came to is frozen with the reason, and a difference is a gap treated by it. Raises ROLE_FORBIDDEN, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, PROFORMA_ETAT, PROFORMA_CAMIONS_EN_ROUTE.';

COMMENT ON FUNCTION "public"."compute_volume_20c_from_reception"(uuid) IS 'Litres at 20 °C of a réception that the caller sees. Raises INTROUVABLE.';

COMMENT ON FUNCTION "public"."confirmer_bl"(uuid, jsonb) IS 'The client has had it: recu_par, volume_livre_ambiant and volume_livre_15c as signed for. It gets its number; what is not what left the tank opens a gap. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ECRITURES_GELEES, DEPOT_SANS_CODE, SORTIE_NON_LIVRABLE, BL_ETAT, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "public"."confirmer_encaissement"(uuid, jsonb) IS 'What was waited for has come: it has its receipt and settles what is due. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ECRITURES_GELEES, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, ENCAISSEMENT_ETAT, DEVISE_DIFFERENTE, and 22xxx.';

COMMENT ON FUNCTION "public"."confirmer_paiement"(uuid) IS 'The bank has paid what was waiting. Raises ROLE_FORBIDDEN, INTROUVABLE, FACTURE_ETAT, PAIEMENT_ETAT, PAIEMENT_FACTURE_NON_VALIDEE, PAIEMENT_EXCEDENTAIRE, DEPOT_SANS_CODE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."contester_ecart"(uuid, text) IS 'A gap is disputed: its invoice waits until it is treated. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, ECART_ETAT.';

COMMENT ON FUNCTION "public"."contester_facture_fournisseur"(uuid, boolean, text) IS 'Opens (true) or closes (false) a dispute on an invoice: nothing is paid on it meanwhile. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, FACTURE_ETAT.';

COMMENT ON FUNCTION "public"."creer_tarif"(uuid, uuid, uuid, text, text, numeric, date, date, text) IS 'Says a price from a day on; the open one of the same product, client, depot, currency and litre ends the day before. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, TARIF_CHEVAUCHE, and 23xxx.';

COMMENT ON FUNCTION "public"."declarer_ecart"(jsonb) IS 'Somebody found a gap {domaine, type, reference_type, reference_id, attendu, constate, unite, impact_usd, impute_a, justification} of a truck, réception, sortie, lot or invoice they see (operateur too). Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."declarer_stock_initial"(uuid, text, numeric, numeric, text, date) IS 'Declares what a tank held for an owner before its first movement (admin, once, reason of 10 characters or more); litres as measured and at 15 °C. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, CITERNE_INACTIVE_OR_INCOMPATIBLE, VOLUME_AMBIANT_NON_POSITIF, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, REFERENTIEL_INACTIF, ISOLATION_INTERDITE, MOTIF_REQUIS, DATE_FUTURE, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';

COMMENT ON FUNCTION "public"."definir_regle_notification"(uuid, text, text, text[], uuid[], text[], text, text[], text, boolean) IS 'Writes a rule of notification whole, a new one where p_id is null (admin); answers its id. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, INTROUVABLE, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, ADRESSE_INTERDITE, REGLE_INCOMPLETE, CONTROLE_INCONNU.';

COMMENT ON FUNCTION "public"."deroger_credit"(uuid, numeric, timestamp with time zone, text) IS 'Lets one sortie pass the limit of its client by at most this much, until then (admin, directeur). Logged WARNING. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, DATE_PASSEE, and 23xxx.';

COMMENT ON FUNCTION "public"."ecrire_proforma"(jsonb, uuid) IS 'Writes a proforma as a draft {fournisseur_id, produit_id, reference, date_proforma, date_validite, incoterm, base, quantite, prix_usd, franchise_pour_mille, jours_franchise, surestaries_usd_jour, sblc_id, note}, or changes what is said of the draft p_id. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, ISOLATION_INTERDITE, ECRITURE_INTERDITE, DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES, PROFORMA_EXISTANTE, PROFORMA_ETAT.';

COMMENT ON FUNCTION "public"."ecrire_sblc"(jsonb, uuid) IS 'Writes a guarantee {fournisseur_id, banque, reference, montant, devise, date_debut, date_fin, note}, or changes what is said of p_id, but its supplier. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ECRITURES_GELEES, SBLC_EXISTANTE, SBLC_ETAT.';

COMMENT ON FUNCTION "public"."emettre_avoir"(uuid, text, jsonb, text) IS 'Issues a credit note of an issued invoice at once: lines [{rang, quantite | montant_ht}], in its currency, at its rate and taxes; nature RAN takes all that is left and frees its sorties to be invoiced again. It settles its invoice first, the rest stays to the client''s credit. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ENV_INTERDIT, ECRITURES_GELEES, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, FACTURE_ETAT, QUATRE_YEUX, FACTURE_VIDE, HORLOGE_RECULEE, AVOIR_EXCEDENTAIRE, AVOIR_LIGNE_REPETEE, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "public"."emettre_facture"(uuid) IS 'Issues a draft: dated today at the depot, numbered, hashed, owed. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ENV_INTERDIT, ECRITURES_GELEES, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, FACTURE_ETAT, QUATRE_YEUX, TVA_NON_FIXEE, TAUX_ABSENT, TARIF_ABSENT, SORTIE_NON_FACTURABLE, FACTURE_VIDE, FACTURE_CLIENT_PERIMEE, CLIENT_INCOMPLET, HORLOGE_RECULEE.';

COMMENT ON FUNCTION "public"."encaisser"(jsonb) IS 'Records a payment: depot_id, client_id, mode, operateur_mobile, devise, montant, montant_remis, devise_compte, reference, recu_le, statut (CONFIRME, or EN_ATTENTE of the bank), factures [{facture_id, montant}]. Raises ROLE_FORBIDDEN, INTROUVABLE, DATE_FUTURE, ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, REFERENCE_DEJA_UTILISEE, DEVISE_DIFFERENTE, CAISSE_CLOTUREE, TAUX_ABSENT, DEPOT_SANS_CODE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "public"."enregistrer_analyse"(jsonb) IS 'What a laboratory found {objet_type, objet_id, parametre, valeur, methode, laboratoire, analysee_le, note}. Outside its specification it opens a gap. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."enregistrer_avoir_fournisseur"(uuid, text, date, numeric, text) IS 'The supplier takes back a part of a validated invoice, at most the whole: settles it as a payment does; what is paid already stays to their credit. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES, LOT_EXISTANT, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, FACTURE_ETAT, FACTURE_EXISTANTE, FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE, LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, AVOIR_EXCESSIF, QUATRE_YEUX, LOT_INCOMPATIBLE, PROFORMA_ETAT.';

COMMENT ON FUNCTION "public"."enregistrer_chargement"(uuid, jsonb) IS 'The bill of lading of a truck {bl_numero, date_bl, base, quantite, densite_15, temperature_c, scelles}, or what changes of it. Of an unloaded truck, it is compared at once with what came. Raises ROLE_FORBIDDEN, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES, CHARGEMENT_FIGE.';

COMMENT ON FUNCTION "public"."etablir_bl"(uuid, jsonb) IS 'Drafts the delivery note of a validated sortie: date_livraison, destinataire, lieu, recu_par, volume_livre_ambiant, volume_livre_15c, each the sortie''s where it is not said. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, INTROUVABLE, ECRITURES_GELEES, SORTIE_NON_LIVRABLE, BL_EXISTANT, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "public"."facturer_lot"(uuid, date, uuid[], boolean) IS 'Issues the invoices of all that a depot has delivered and not invoiced, up to a day, of these clients or all: one a client, or one a sortie. A client who cannot be invoiced has a row with the code and sentence why, and stops nobody else. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ENV_INTERDIT, ECRITURES_GELEES, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, QUATRE_YEUX, TVA_NON_FIXEE, TAUX_ABSENT, TARIF_ABSENT, SORTIE_NON_FACTURABLE, FACTURE_VIDE, CLIENT_INCOMPLET, HORLOGE_RECULEE.';

COMMENT ON FUNCTION "public"."fixer_conditions_client"(uuid, jsonb) IS 'Sets the terms of a client that the object names, and leaves the others: devise, base, delai_jours, plafond, suspendu, suivi_depuis. Logged WARNING, before and after. Raises ROLE_FORBIDDEN, INTROUVABLE, ISOLATION_INTERDITE, ECRITURES_GELEES, and 22xxx, 23xxx for a value the table would not take.';

COMMENT ON FUNCTION "public"."fixer_taux_change"(text, date, numeric, text) IS 'Says the rate of a day, today at the latest: CDF for one unit. Said again it is a new version, and what was invoiced keeps the one it had. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, DATE_FUTURE, ECRITURES_GELEES, and 23xxx.';

COMMENT ON FUNCTION "public"."fixer_taux_tva"(text, date, numeric, text) IS 'Says the rate of a tax group from a day to come on, per cent. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, DATE_PASSEE, and 23xxx.';

COMMENT ON FUNCTION "public"."importer_bareme"(uuid, text) IS 'Puts the points of a CSV into a draft, in the place of those it had (admin, directeur): all of them or none. Answers with how many. Logs BAREME_IMPORTE with the sum of the file. Raises ROLE_FORBIDDEN, INTROUVABLE, BAREME_ETAT, TROP_DE_LIGNES, BAREME_INVALIDE (detail.erreurs: line by line), ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "public"."imprimer_bl"(uuid) IS 'What a confirmed delivery note says, its hash, and which print it is; counted. Raises ROLE_FORBIDDEN, INTROUVABLE, BL_ETAT.';

COMMENT ON FUNCTION "public"."imprimer_facture"(uuid) IS 'What the paper of an issued invoice or credit note says, and which print it is; counted. Raises ROLE_FORBIDDEN, INTROUVABLE, FACTURE_ETAT, FACTURE_NON_CERTIFIEE.';

COMMENT ON FUNCTION "public"."imprimer_recu"(uuid) IS 'What a receipt says, its hash, and which print it is; counted. Raises ROLE_FORBIDDEN, INTROUVABLE, ENCAISSEMENT_ETAT.';

COMMENT ON FUNCTION "public"."noter_ecart"(uuid, text) IS 'Writes what was found of a gap, treated or not (operateur too). Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."preparer_facture"(uuid, uuid, uuid[], jsonb) IS 'Drafts an invoice of deliveries of one client at one depot, and of services [{designation, quantite, prix_ht, tva_groupe}]. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ENV_INTERDIT, ECRITURES_GELEES, TVA_NON_FIXEE, TARIF_ABSENT, SORTIE_NON_FACTURABLE, FACTURE_VIDE, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "public"."prix_applicable"(uuid, uuid, uuid, date, text, text) IS 'Price of a litre before tax, for a client at a depot on the day of a sortie: theirs there, else theirs, else the depot''s, else everybody''s. Raises ROLE_FORBIDDEN, INTROUVABLE, TARIF_ABSENT.';

COMMENT ON FUNCTION "public"."rattacher_cdr_decharge"(uuid, uuid, text) IS 'A truck that was unloaded without its lot, or in another one that is still open, joins an open one (admin), with the reason, logged CRITICAL. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, CDR_TRANSITION_INTERDITE, CDR_DEJA_OUVERT, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, LOT_NON_OUVERT, LOT_INCOMPATIBLE, LOT_CDR_DECHARGE, PROFORMA_ETAT.';

COMMENT ON FUNCTION "public"."regler_controle"(text, boolean, numeric) IS 'Switches a check on or off and sets its threshold, in the check''s own unit (admin). Logged WARNING. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, CONTROLE_INCONNU, SEUIL_INVALIDE.';

COMMENT ON FUNCTION "public"."regler_specification"(uuid, text, numeric, numeric, text) IS 'Between what bounds a parameter of a product must lie (without any, it is no more specified). Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, INTROUVABLE, ECRITURES_GELEES, SPECIFICATION_INVALIDE.';

COMMENT ON FUNCTION "public"."regulariser"(uuid, text) IS 'Books the gap that a dip found, in litres as measured and at 15 °C, shared between owners by their stock (admin, reason of 10 characters or more, once a dip, within 72 hours). Logs STOCK_REGULARISE, a line an owner. Raises ROLE_FORBIDDEN, INSUFFICIENT_STOCK, SORTIE_STOCK_INTROUVABLE, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, ISOLATION_INTERDITE, MOTIF_REQUIS, INTROUVABLE, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, REGULARISATION_DEJA_FAITE, REGULARISATION_SANS_15C, REGULARISATION_TARDIVE, REGULARISATION_DEPASSEE, REGULARISATION_SANS_ECART, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';

COMMENT ON FUNCTION "public"."relancer_envoi"(uuid) IS 'A dead message is tried again, from the first try, under the same id (admin). Logs ENVOI_RELANCE. Raises ROLE_FORBIDDEN, INTROUVABLE, SECOND_FACTEUR_REQUIS, ENVOI_ETAT, ENV_INTERDIT.';

COMMENT ON FUNCTION "public"."releve_a_imprimer"(uuid, text, date, date, timestamp with time zone) IS 'What the paper of a client''s statement says, as it was known at a moment. Raises ROLE_FORBIDDEN, INTROUVABLE, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "public"."releve_partenaire"(uuid, uuid, uuid, date, date) IS 'Statement of a partner''s account (null: of no partner) at a depot, by product: the balance before p_du, then each movement with the balance after it, litres. Raises ROLE_FORBIDDEN, INTROUVABLE.';

COMMENT ON FUNCTION "public"."rembourser"(uuid, numeric, text, text, text) IS 'Gives back what of a payment settles nothing, in the currency of its account. Raises ROLE_FORBIDDEN, INTROUVABLE, ENCAISSEMENT_ETAT, MOTIF_REQUIS, CAISSE_CLOTUREE, REMBOURSEMENT_EXCESSIF, REFERENCE_DEJA_UTILISEE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES, and 23xxx.';

COMMENT ON FUNCTION "public"."repartir_stock_initial"(uuid, jsonb) IS 'Says whose the partners'' opening stock was (admin): [{partenaire_id, volume_ambiant, volume_15c}], litres, each partner once, together at most that stock; what is left stays of no partner. Logs STOCK_INITIAL_REPARTI. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, VOLUME_AMBIANT_NON_POSITIF, PARTENAIRE_REQUIS, ISOLATION_INTERDITE, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, PARTAGE_INCOHERENT.';

COMMENT ON FUNCTION "public"."resoudre_alerte"(uuid, text) IS 'Somebody says an alert is settled (admin, directeur). Raises ROLE_FORBIDDEN, INTROUVABLE, ALERTE_ETAT.';

COMMENT ON FUNCTION "public"."revoir_ecart"(uuid) IS 'Somebody looks into a gap (operateur too). Raises ROLE_FORBIDDEN, INTROUVABLE, ECART_ETAT, ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "public"."rouvrir_periode"(uuid, text) IS 'Opens a closed period of a depot again, and those after it (admin, reason of 10 characters or more). Logs each PERIODE_ROUVERTE, CRITICAL. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, MOTIF_REQUIS, INVALID_ID_OR_STATE, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."sorties_produit_block_update_delete"() IS 'Refuses every update, delete and truncate of a sortie (ECRITURE_INTERDITE), except completing a draft, by its author or a validator, which counts its version up; or the table''s owner in a transaction with app.sorties_produit_allow_write = 1. Raises ECRITURE_INTERDITE, ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF.';

COMMENT ON FUNCTION "public"."supprimer_facture"(uuid) IS 'Deletes a draft; what is issued stays. Raises ROLE_FORBIDDEN, ECRITURE_INTERDITE, INTROUVABLE, ENV_INTERDIT, FACTURE_ETAT.';

COMMENT ON FUNCTION "public"."sync_system_alerts_from_integrity"(integer) IS 'What the checks find becomes alerts: new ones open, those gone are resolved, those back open again; p_limit at most, the worst first. One at a time, and without effect where nothing has changed (admin, directeur; every minute by itself). Raises ROLE_FORBIDDEN.';

COMMENT ON FUNCTION "public"."traiter_ecart"(uuid, text, text, text, numeric, text) IS 'Says what a gap is, what becomes of it and who answers for it (admin, directeur, gerant of its depot, or finance, ANNULER: admin), LITIGE leaves it open. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, ECART_ETAT, QUATRE_YEUX, ECART_DECISION_REQUISE.';

COMMENT ON FUNCTION "public"."transit_camion"(uuid) IS 'A truck against the tanks it filled, in litres: see private.camion_recu. Raises DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, INTROUVABLE.';

COMMENT ON FUNCTION "public"."transmettre_fiscal"(integer) IS 'Tells the device what waits to be told, and keeps its answers; how many. Each once, whoever asks at once. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."validate_sortie"(uuid) IS 'Validates a draft (admin, directeur, gerant): locks it and the tank, checks everything, debits snapshot and days, logs SORTIE_VALIDEE. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, BENEFICIAIRE_REQUIRED, CITERNE_INACTIVE_OR_INCOMPATIBLE, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, INSUFFICIENT_STOCK, SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, SORTIE_CAPACITE_SECURITE, STOCK_FUTUR_NEGATIF, REFERENTIEL_INACTIF, PARTENAIRE_REQUIS, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, VOLUME_15C_INCOHERENT, MESURES_INCOHERENTES, VOLUME_TROP_PETIT, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, DATE_FUTURE, ECRITURES_GELEES, DENSITE_HORS_PRODUIT, TVA_NON_FIXEE, TAUX_ABSENT, TARIF_ABSENT, CREDIT_DEPASSE, CLIENT_SUSPENDU, COMPTEUR_INCONNU, COMPTEUR_CHEVAUCHEMENT, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';

COMMENT ON FUNCTION "public"."valider_facture_fournisseur"(uuid, text) IS 'The invoice becomes a debt, and its closed lot invoiced. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LOT_EXISTANT, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, DEPOT_SANS_CODE, FACTURE_ETAT, LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, QUATRE_YEUX, LOT_INCOMPATIBLE, PROFORMA_ETAT.';

COMMENT ON FUNCTION "public"."vendre_comptant"(jsonb) IS 'A sale at the counter: {sortie: as creer_et_valider_sortie takes it, bon_livraison: {destinataire, lieu, recu_par}, paiement: {mode, operateur_mobile, devise, montant_remis, reference}}. Makes and validates the sortie, confirms its note, issues its invoice, records its payment in full. Gives their ids. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, BENEFICIAIRE_REQUIRED, CITERNE_INACTIVE_OR_INCOMPATIBLE, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, INSUFFICIENT_STOCK, SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, SORTIE_CAPACITE_SECURITE, STOCK_FUTUR_NEGATIF, REFERENTIEL_INACTIF, PARTENAIRE_REQUIS, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, VOLUME_15C_INCOHERENT, MESURES_INCOHERENTES, VOLUME_TROP_PETIT, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, CHAMP_INCONNU, DATE_FUTURE, INTROUVABLE, ENV_INTERDIT, ECRITURES_GELEES, DENSITE_HORS_PRODUIT, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, TVA_NON_FIXEE, TAUX_ABSENT, TARIF_ABSENT, BL_EXISTANT, SORTIE_NON_FACTURABLE, FACTURE_VIDE, CLIENT_INCOMPLET, HORLOGE_RECULEE, ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, REFERENCE_DEJA_UTILISEE, DEVISE_DIFFERENTE, CAISSE_CLOTUREE, CREDIT_DEPASSE, CLIENT_SUSPENDU, COMPTANT_INSUFFISANT, COMPTEUR_INCONNU, COMPTEUR_CHEVAUCHEMENT, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';

COMMENT ON FUNCTION "public"."verifier_comptes_partenaires"() IS 'Every disagreement between the partners'' accounts, their days, their movements and the stock of owner PARTENAIRE, among what the caller sees; no row: all is well. Litres. Raises ROLE_FORBIDDEN.';

COMMENT ON FUNCTION "public"."verifier_stocks"() IS 'Every disagreement between movements, snapshot, journal and adjustments, among what the caller sees; no row: all is well. Litres. CITERNE: a movement or a stock says another product or depot than its tank.';

COMMENT ON TABLE "private"."comptes_partenaires_jours" IS 'What each day moved an account by, litres: its balance at the end of a day is that of now less the days after.';

COMMENT ON TABLE "private"."constats" IS 'What the last nightly pass found.';

COMMENT ON TABLE "private"."controles" IS 'The checks. An environment may switch one off, or set its threshold.';

COMMENT ON TABLE "private"."envois_evenements" IS 'Which message tells an event to whom (a rule, or the roles of an escalation): one.';

COMMENT ON TABLE "private"."escalades" IS 'Who is told that nobody takes an open alert on, and after how long. An environment may set its own delays.';

COMMENT ON TABLE "private"."facturations_sortie" IS 'Which invoice sells a sortie: one at a time; a cancelling credit note frees it (libere_par).';

COMMENT ON TABLE "private"."impressions" IS 'Each print of an invoice, receipt or delivery note. Immutable.';

COMMENT ON TABLE "private"."passages" IS 'When each pass last ended, and how long it took: alertes, nuit; sauvegarde: moment of the last verified backup.';

COMMENT ON TABLE "private"."rattachements_decharges" IS 'Trucks that joined their lot once unloaded, and why. What lets the one transaction do it.';

COMMENT ON TABLE "private"."restes_clients" IS 'What is not settled yet of each entry of a client; nothing of what is. Their sum is the balance, whatever the length of the account. Kept by the triggers below, held to the entries by private.verifier_factures.';

COMMENT ON TABLE "public"."alertes_evenements" IS 'What happened to each alert, in order. Append-only.';

COMMENT ON TABLE "public"."analyses" IS 'What a laboratory measured of a truck, a réception or a tank. Immutable: measured again, it is another row.';

COMMENT ON TABLE "public"."attributions_partenaires" IS 'Litres of no partner that were found to be one''s. No litre moves in a tank. Written by attribuer_stock_partenaire only. Immutable.';

COMMENT ON TABLE "public"."baremes" IS 'Gauge table of a tank, one version a calibration: its points in baremes_points. One in force a tank.';

COMMENT ON TABLE "public"."baremes_points" IS 'Points of a gauge table, strictly rising from 0 mm; between two it is a straight line. Written by importer_bareme.';

COMMENT ON TABLE "public"."bons_livraison" IS 'Delivery notes of validated sorties. Frozen once confirmed, but for its cancelling.';

COMMENT ON TABLE "public"."cdr_etapes" IS 'Since when a truck has been at each step of its way. Written by the database; those of before this table, from the log.';

COMMENT ON TABLE "public"."chargements" IS 'The bill of lading of a truck: what the supplier says was loaded.';

COMMENT ON TABLE "public"."citernes" IS 'A tank. It holds one product; its stock is split by owner. Whatever refers to a tank says its product and depot with it, by one key: neither changes once the tank has served.';

COMMENT ON TABLE "public"."clients_conditions" IS 'Terms of a client: currency and litre they are invoiced in, days to pay, credit. Without a row: USD, litres at 15 °C, at once, no limit.';

COMMENT ON TABLE "public"."clotures_caisse" IS 'What the till held at the end of a day against what was taken in and given back. Immutable.';

COMMENT ON TABLE "public"."comptes_partenaires" IS 'What each partner owns at a depot, by product: the sum of its movements. Written by private.porter_aux_comptes only.';

COMMENT ON TABLE "public"."compteurs" IS 'Meters and their factor, a row a calibration. Immutable.';

COMMENT ON TABLE "public"."credits_derogations" IS 'One sortie let go beyond the limit of its client, each used once.';

COMMENT ON TABLE "public"."ecarts" IS 'Gaps between what was expected and what was found. Never deleted.';

COMMENT ON TABLE "public"."ecarts_notes" IS 'What people wrote of a gap, in order. Never changed.';

COMMENT ON TABLE "public"."encaissements" IS 'Payments of clients, and their receipts. A receipt is never changed, only cancelled.';

COMMENT ON TABLE "public"."envois" IS 'Messages to send, one row each: e-mails and webhooks, of alerts and of whatever else is told. Written by the rules and the worker only.';

COMMENT ON TABLE "public"."factures_client" IS 'Invoices and credit notes of clients. Frozen once issued; a draft has no number and may be deleted.';

COMMENT ON TABLE "public"."factures_client_lignes" IS 'What an invoice sells, line by line: fuel of a sortie, by one kind of litre, or a service. Frozen with it.';

COMMENT ON TABLE "public"."factures_client_taxes" IS 'Tax of an invoice, group by group. Written when it is issued.';

COMMENT ON TABLE "public"."factures_fiscales" IS 'What the fiscal device has said of each issued invoice. Final once it has spoken.';

COMMENT ON TABLE "public"."factures_fournisseur_receptions" IS 'What an invoice counts of each réception, as it was when it was calculated: each in one live invoice at most. Frozen with it.';

COMMENT ON TABLE "public"."fournisseur_facture_lot_min" IS 'Invoices and credit notes of suppliers, in USD, one live invoice a lot. Written by the client as a draft; frozen once validated.';

COMMENT ON TABLE "public"."fournisseur_paiement_lot_min" IS 'Payments of suppliers'' invoices, USD. One that the client inserts is confirmed at once; taken back only by its reversal.';

COMMENT ON TABLE "public"."frais_lot" IS 'What a lot costs beyond its price. For its cost only: no account is written. One typed wrong is cancelled with its reason, and typed again.';

COMMENT ON TABLE "public"."notifications_regles" IS 'Who is told what: every event of an alert that a rule matches is one message. Written by an administrator.';

COMMENT ON TABLE "public"."parts_partenaires" IS 'Of a movement of the partners'' fuel that names none of them, what each bears: an adjustment of an opening stock, what a transfer showed of expansion, the gain or loss of a dip. What is left of it is of no partner. Immutable.';

COMMENT ON TABLE "public"."periodes_closes" IS 'Days and months that were closed at a depot, and which of them were opened again. Written by clore_periode and rouvrir_periode only.';

COMMENT ON TABLE "public"."proforma_clotures" IS 'What a proforma had come to when it was closed, réception by réception, and why it was. Immutable.';

COMMENT ON TABLE "public"."proformas" IS 'What a supplier commits to sell us: one product, a quantity, a price. Written as a draft; its figures are frozen once active.';

COMMENT ON TABLE "public"."regularisations" IS 'Gain or loss that a dip found, booked, a row an owner. Written by regulariser only. Immutable.';

COMMENT ON TABLE "public"."remboursements" IS 'What is given back of a payment that settles nothing yet, in the currency of its account. Immutable.';

COMMENT ON TABLE "public"."sblc" IS 'Standby letters of credit: what banks guarantee our suppliers. For information: no balance, debt or stock reads them.';

COMMENT ON TABLE "public"."specifications" IS 'Between what bounds each parameter of a product must lie, both included.';

COMMENT ON TABLE "public"."stocks_initiaux_partenaires" IS 'Of an opening stock, whose litres they were: what is left is of no partner. Written by repartir_stock_initial only. Immutable.';

COMMENT ON TABLE "public"."system_alerts" IS 'One row a fact that a check found, for good: opened, acknowledged, resolved, opened again. Written by the passes; people move its status only.';

COMMENT ON TABLE "public"."tarifs" IS 'Price of a litre before tax, from a day to a day. The price of a client at a depot comes before that of the client, of the depot, of anybody.';

COMMENT ON TABLE "public"."taux_change" IS 'CDF for one unit of a currency, day by day; the highest version counts.';

COMMENT ON TABLE "public"."taux_tva" IS 'Rate of each tax group from a day on, per cent. A rate that changes is a new row.';

COMMENT ON TYPE "private"."camion_recu" IS 'A truck in litres: announced (as said), loaded by its bill of lading (at 15 °C), received (as measured and at 15 °C, adjustments counted), lost on the way (at 15 °C and in thousandths of what was loaded, negative: gained), the loss nobody answers for and what lies beyond it. Null where there is no bill of lading.';

COMMENT ON TYPE "private"."encours" IS 'What a client owes, in the currency of their terms: account, advances taken off, and deliveries not yet invoiced, tax included; sans_prix: how many of those have no price.';

COMMENT ON TYPE "private"."fait_controle" IS 'Something a check found: of what, a French sentence, its figures, and the depot it is of (null: of none).';

COMMENT ON TYPE "private"."mesures" IS 'What was measured of a movement: litres and the column that said them, °C of product and sample, density read on the sample, density at 15 °C that was sent, density at 15 °C that may serve in its place (the tank''s, for what leaves it), litres at 15 °C that the client computed, the column that said the product''s temperature (null: a movement''s), and whether a meter read it (at the pressure of its line). Densities in kg/m³.';

COMMENT ON TYPE "private"."part" IS 'Litres that an account of a partner (null: of none) gains on a day, negative where it loses them.';

COMMENT ON TYPE "private"."quantites" IS 'Litres at 15 and 20 °C, density at 15 °C (kg/m³) and tonnes in air of the same fuel; the last two null where no density is known.';

COMMENT ON TYPE "private"."releve" IS 'Litres that passed, the calibration they were read by (null: no meter of the register), its factor, and what is to be looked at again.';

COMMENT ON TYPE "private"."transit" IS 'A truck unloaded: loaded and received, the loss nobody answers for and what lies beyond it, in units of base; what that is worth (USD, negative: short); densities at 15 °C, kg/m³.';

COMMENT ON TYPE "private"."vendable" IS 'A sortie as it may be sold: litres of its confirmed note, else its own with its adjustments; raison: why it may not.';

COMMENT ON VIEW "public"."v_balance_agee" IS 'What each client owes by how many days it is late, and what they have paid ahead, per currency.';

COMMENT ON VIEW "public"."v_caisse_jour" IS 'Cash of each day, depot and currency: taken in, what the till should hold, what was counted at its closing.';

COMMENT ON VIEW "public"."v_camions_recus" IS 'Each unloaded truck against the tanks it filled, litres: announced, loaded by its bill of lading, received; the loss on the way at 15 °C and in thousandths, against its allowance.';

COMMENT ON VIEW "public"."v_compte_fournisseur" IS 'What we owe each supplier, for who reads accounts.';

COMMENT ON VIEW "public"."v_cout_revient_lot" IS 'What each litre at 15 °C of a lot comes to (USD): its invoice and costs over what was received; null before it is invoiced.';

COMMENT ON VIEW "public"."v_encours_client" IS 'Terms of each client who has some, and what they owe: account and deliveries not yet invoiced, in devise.';

COMMENT ON VIEW "public"."v_etat_citernes" IS 'Each tank as it is now, all owners together: litres as measured and at 15 °C, room left, density at 15 °C of the mix (kg/m³) and the tonnes it makes, temperature (°C) and day of the last movement or dip that read one, last dip: heights (mm), litres, gap to the books of then at 15 °C and by how much it may be wrong.';

COMMENT ON VIEW "public"."v_fournisseurs" IS 'Suppliers whole: contact, address and notes too (admin, directeur, gerant, pca). Everybody reads id and nom in fournisseurs.';

COMMENT ON VIEW "public"."v_integrity_checks" IS 'What is wrong now, among what the caller reads the alerts of, and what the last nightly pass found. A row a fact: one key may have several.';

COMMENT ON VIEW "public"."v_kpi_stock_global" IS 'Current stock by depot and product, total and by owner, litres; tonnes of the total, null where a tank of it has no density.';

COMMENT ON VIEW "public"."v_reception_20c" IS 'Each réception with its adjustments: litres at 15 and 20 °C, tonnes in air.';

COMMENT ON VIEW "public"."v_receptions" IS 'Réceptions with their mass in tonnes: in vacuum, and in air as a weighbridge shows it.';

COMMENT ON VIEW "public"."v_sorties" IS 'Sorties with their mass in tonnes once validated, and the litres as measured that were booked with them because the fuel left at another temperature than it came (dilatations).';

COMMENT ON VIEW "public"."v_stock_actuel" IS 'Current stock by tank, product and owner: the only source of truth. Base = movements, delta = adjustments and régularisations, stock = base + delta; litres, and the tonnes they make at the density of the mix (kg/m³ at 15 °C; null where none is known).';

COMMENT ON VIEW "public"."v_stock_actuel_owner_snapshot" IS 'Current stock by depot, product and owner, litres.';

COMMENT ON VIEW "public"."v_stock_actuel_snapshot" IS 'v_stock_actuel under the name and columns older readers use.';

REVOKE ALL ON FUNCTION "astm"."calculer_imprime"(text, double precision, double precision, double precision, double precision, text, boolean, double precision, integer, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "astm"."calculer_imprime"(text, double precision, double precision, double precision, double precision, text, boolean, double precision, integer, boolean) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "astm"."ctsh"(double precision, double precision) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "astm"."ctsh"(double precision, double precision) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "astm"."deplacement_toit_l"(double precision, double precision, double precision) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "astm"."deplacement_toit_l"(double precision, double precision, double precision) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "astm"."incertitude_15c"(text, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "astm"."incertitude_15c"(text, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "astm"."jaugeage"(double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "astm"."jaugeage"(double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, boolean) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "astm"."part_toit"(double precision, double precision, double precision) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "astm"."part_toit"(double precision, double precision, double precision) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "astm"."temperature_paroi"(double precision, double precision) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "astm"."temperature_paroi"(double precision, double precision) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."adresses_des_roles"(text[], uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."adresses_des_roles"(text[], uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."affecter_avances"(public.ecritures_tiers) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."affecter_avances"(public.ecritures_tiers) TO "postgres";

REVOKE ALL ON FUNCTION "private"."affecter_encaissement"(public.encaissements, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."affecter_encaissement"(public.encaissements, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ajustements_juger_transit"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ajustements_juger_transit"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."alerte_bat"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."alerte_bat"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."alertes_en_ordre"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."alertes_en_ordre"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."appeler_ouvrier"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."appeler_ouvrier"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."arrive_depuis"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."arrive_depuis"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."arrondi_tolere"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."arrondi_tolere"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."attente_essai"(integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."attente_essai"(integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."aujourdhui"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."aujourdhui"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."avertissements_jauge"(public.baremes, double precision, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."avertissements_jauge"(public.baremes, double precision, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."bareme_a_changer"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."bareme_a_changer"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."bareme_du_jour"(uuid, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."bareme_du_jour"(uuid, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."baremes_avant_insert"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."baremes_avant_insert"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."baremes_journaliser"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."baremes_journaliser"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."baremes_proteger"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."baremes_proteger"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."bon_figer"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."bon_figer"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."borner_lignes"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."borner_lignes"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."brouillon_facture"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."brouillon_facture"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."caisse_theorique"(uuid, text, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."caisse_theorique"(uuid, text, date) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."calculer_15c_prise"(public.prises_de_hauteur, private.lieu) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."calculer_15c_prise"(public.prises_de_hauteur, private.lieu) TO "postgres";

REVOKE ALL ON FUNCTION "private"."camion_excuse"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."camion_excuse"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."camion_recu"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."camion_recu"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."citerne_a_servi"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."citerne_a_servi"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."citerne_fantome"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."citerne_fantome"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."citernes_avant_ecriture"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."citernes_avant_ecriture"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."cle_au_depot"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."cle_au_depot"(uuid, text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."cle_caisse"(uuid, text, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."cle_caisse"(uuid, text, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."cle_compte"(text, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."cle_compte"(text, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."cle_nom"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."cle_nom"(text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."cle_plaque"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."cle_plaque"(text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."cle_recherche"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."cle_recherche"(text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."clos_jusqu_au"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."clos_jusqu_au"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."completer_analyse"(public.analyses) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."completer_analyse"(public.analyses) TO "postgres";

REVOKE ALL ON FUNCTION "private"."completer_etapes"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."completer_etapes"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."composer_resume"(public.envois) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."composer_resume"(public.envois) TO "postgres";

REVOKE ALL ON FUNCTION "private"."compter_impression"(text, uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."compter_impression"(text, uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."compter_mouvements"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."compter_mouvements"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."compteurs_avant_insert"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."compteurs_avant_insert"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."compteurs_journaliser"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."compteurs_journaliser"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."conditions_de"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."conditions_de"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."confirmer"(public.encaissements, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."confirmer"(public.encaissements, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."consommer_derogation"(public.sorties_produit, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."consommer_derogation"(public.sorties_produit, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."controler_tout"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controler_tout"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."controles_achats"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controles_achats"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."controles_citernes"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controles_citernes"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."controles_comptes"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controles_comptes"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."controles_comptes_partenaires"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controles_comptes_partenaires"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."controles_credit"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controles_credit"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."controles_envois"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controles_envois"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."controles_exploitation"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controles_exploitation"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."controles_histoire"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controles_histoire"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."controles_jaugeages"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controles_jaugeages"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."controles_journal"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controles_journal"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."controles_lus"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controles_lus"() TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."controles_mouvements"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controles_mouvements"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."controles_partenaires"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controles_partenaires"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."controles_ventes"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controles_ventes"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."coordonnees_fournisseurs"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."coordonnees_fournisseurs"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."cours_de_route_suivre"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."cours_de_route_suivre"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."cout_de_lot"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."cout_de_lot"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."creer_et_valider"(jsonb, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."creer_et_valider"(jsonb, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."date_de_document"(date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."date_de_document"(date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."date_possible"(timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."date_possible"(timestamp with time zone) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."date_possible"(date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."date_possible"(date) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."demande_de"(public.sorties_produit, public.clients_conditions) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."demande_de"(public.sorties_produit, public.clients_conditions) TO "postgres";

REVOKE ALL ON FUNCTION "private"."deplacer_alerte"(uuid, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."deplacer_alerte"(uuid, text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."deposer_envoi"(public.envois) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."deposer_envoi"(public.envois) TO "postgres";

REVOKE ALL ON FUNCTION "private"."depot_d_acteur"(private.acteur, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."depot_d_acteur"(private.acteur, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."derogation_figer"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."derogation_figer"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."destination_permise"(text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."destination_permise"(text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."dire_facture"(public.factures_client) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dire_facture"(public.factures_client) TO "postgres";

REVOKE ALL ON FUNCTION "private"."dispositif_fiscal"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dispositif_fiscal"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."dit_du_bon"(public.bons_livraison) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dit_du_bon"(public.bons_livraison) TO "postgres";

REVOKE ALL ON FUNCTION "private"."dues"(public.encaissements, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dues"(public.encaissements, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecart_a_traiter"(uuid, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecart_a_traiter"(uuid, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecarts_par_proprietaire"(uuid, numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecarts_par_proprietaire"(uuid, numeric, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecarts_suivent"(public.cours_de_route) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecarts_suivent"(public.cours_de_route) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecrire_bon"(public.bons_livraison) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecrire_bon"(public.bons_livraison) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecrire_encaissement"(public.encaissements, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecrire_encaissement"(public.encaissements, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecrire_ligne_avoir"(public.factures_client, integer, public.factures_client_lignes, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecrire_ligne_avoir"(public.factures_client, integer, public.factures_client_lignes, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecrire_lignes_avoir"(public.factures_client, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecrire_lignes_avoir"(public.factures_client, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecriture_de_facture"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecriture_de_facture"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecriture_encaissement"(public.encaissements, text, text, uuid, numeric, numeric, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecriture_encaissement"(public.encaissements, text, text, uuid, numeric, numeric, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecriture_facture_client"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecriture_facture_client"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."emettre"(public.factures_client) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."emettre"(public.factures_client) TO "postgres";

REVOKE ALL ON FUNCTION "private"."empreinte_facture"(public.factures_client) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."empreinte_facture"(public.factures_client) TO "postgres";

REVOKE ALL ON FUNCTION "private"."en_base"(private.quantites, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."en_base"(private.quantites, text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."en_devise"(numeric, text, text, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."en_devise"(numeric, text, text, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."encaissement_a_changer"(private.acteur, uuid, text[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."encaissement_a_changer"(private.acteur, uuid, text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."encaissement_figer"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."encaissement_figer"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."encours"(public.clients_conditions) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."encours"(public.clients_conditions) TO "postgres";

REVOKE ALL ON FUNCTION "private"."encours_vu"(public.clients_conditions) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."encours_vu"(public.clients_conditions) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."engager_proforma"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."engager_proforma"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."enseigne"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."enseigne"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."enterrer_envoi"(public.envois, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."enterrer_envoi"(public.envois, text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."escalader"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."escalader"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."essais_max"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."essais_max"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."etalonnages"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."etalonnages"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_actifs"(uuid, uuid, uuid, uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_actifs"(uuid, uuid, uuid, uuid, uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."exiger_caisse_ouverte"(uuid, text, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_caisse_ouverte"(uuid, text, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_camion"(public.receptions, public.cours_de_route) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_camion"(public.receptions, public.cours_de_route) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_camion_libre"(public.cours_de_route) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_camion_libre"(public.cours_de_route) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_camions_arrives"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_camions_arrives"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_chargement_modifiable"(public.cours_de_route, public.chargements) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_chargement_modifiable"(public.cours_de_route, public.chargements) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_client_complet"(public.clients) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_client_complet"(public.clients) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_compte_partenaire"(private.part) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_compte_partenaire"(private.part) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_credit"(public.sorties_produit) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_credit"(public.sorties_produit) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_depuis_l_ouverture"(uuid, uuid, text, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_depuis_l_ouverture"(uuid, uuid, text, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_en_service"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_en_service"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_facturables"(uuid[], uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_facturables"(uuid[], uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_facture_validable"(public.fournisseur_facture_lot_min, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_facture_validable"(public.fournisseur_facture_lot_min, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_factures_du_client"(public.encaissements, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_factures_du_client"(public.encaissements, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_index_libres"(uuid, uuid, numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_index_libres"(uuid, uuid, numeric, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_lignes_fraiches"(public.factures_client) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_lignes_fraiches"(public.factures_client) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_lot_finance"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_lot_finance"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_moment"(timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_moment"(timestamp with time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_non_suspendu"(public.clients_conditions) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_non_suspendu"(public.clients_conditions) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_periode_ouverte"(uuid, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_periode_ouverte"(uuid, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_perte"(uuid, numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_perte"(uuid, numeric, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_portee_tarif"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_portee_tarif"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_proforma_du_lot"(public.fournisseur_lot, public.fournisseur_lot) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_proforma_du_lot"(public.fournisseur_lot, public.fournisseur_lot) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_proforma_en_cours"(public.proformas) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_proforma_en_cours"(public.proformas) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_quatre_yeux"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_quatre_yeux"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_solde"(public.fournisseur_facture_lot_min, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_solde"(public.fournisseur_facture_lot_min, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_volume_annonce"(uuid, numeric, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_volume_annonce"(uuid, numeric, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."facture_a_changer"(uuid, text[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facture_a_changer"(uuid, text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."facture_a_payer"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facture_a_payer"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."facture_client_figer"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facture_client_figer"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."facture_de_sortie"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facture_de_sortie"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."facture_en_20c"(public.fournisseur_facture_lot_min) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facture_en_20c"(public.fournisseur_facture_lot_min) TO "postgres";

REVOKE ALL ON FUNCTION "private"."facture_fournisseur_apres_insert"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facture_fournisseur_apres_insert"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."facture_fournisseur_avant_insert"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facture_fournisseur_avant_insert"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."facture_fournisseur_figer"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facture_fournisseur_figer"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."factures_client_corrigees"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."factures_client_corrigees"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."faire_avancer_alerte"(public.system_alerts, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."faire_avancer_alerte"(public.system_alerts, text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."faits_des_controles"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."faits_des_controles"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."faits_integrite"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."faits_integrite"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."faits_vus"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."faits_vus"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."fermer_ecart_auto"(text, text, uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."fermer_ecart_auto"(text, text, uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."fiscal_figer"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."fiscal_figer"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."fournisseur_lot_reserver"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."fournisseur_lot_reserver"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."fuseau_nomme"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."fuseau_nomme"(text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."hors_specification"(uuid, text, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."hors_specification"(uuid, text, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."illisibles"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."illisibles"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."incertitude"(public.prises_de_hauteur, public.baremes, private.lieu, numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."incertitude"(public.prises_de_hauteur, public.baremes, private.lieu, numeric, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."jauger"(public.prises_de_hauteur, private.lieu) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."jauger"(public.prises_de_hauteur, private.lieu) TO "postgres";

REVOKE ALL ON FUNCTION "private"."joindre_resume"(public.envois, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."joindre_resume"(public.envois, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."jours_du_compte"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."jours_du_compte"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."juger_prix"(public.fournisseur_facture_lot_min) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."juger_prix"(public.fournisseur_facture_lot_min) TO "postgres";

REVOKE ALL ON FUNCTION "private"."juger_transit"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."juger_transit"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."kpi_stock_a"(date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."kpi_stock_a"(date) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."lectures_du_compteur"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lectures_du_compteur"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lignes_de"(uuid[], public.clients_conditions) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lignes_de"(uuid[], public.clients_conditions) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lire_bareme"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lire_bareme"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lot_engage"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lot_engage"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lots_finances"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lots_finances"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."mesurer_litres"(public.prises_de_hauteur, private.lieu) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesurer_litres"(public.prises_de_hauteur, private.lieu) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesures_proteger"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesures_proteger"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."modules_des_mouvements"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."modules_des_mouvements"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."mouvements_du_journal"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mouvements_du_journal"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."nom_lisible"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."nom_lisible"(text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."nombre_lu"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."nombre_lu"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."noter_calcul"(public.prises_de_hauteur, private.volume_corrige) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_calcul"(public.prises_de_hauteur, private.volume_corrige) TO "postgres";

REVOKE ALL ON FUNCTION "private"."noter_ecart_proforma"(public.proformas, numeric, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_ecart_proforma"(public.proformas, numeric, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."noter_envoi"(uuid, uuid, text, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_envoi"(uuid, uuid, text, text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."noter_evenement_alerte"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_evenement_alerte"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."noter_parts"(text, uuid, uuid, uuid, date, uuid[], numeric[], numeric[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_parts"(text, uuid, uuid, uuid, date, uuid[], numeric[], numeric[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."noter_passage"(text, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_passage"(text, timestamp with time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."noter_sauvegarde"(timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_sauvegarde"(timestamp with time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."notifier_evenement"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."notifier_evenement"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."nouveau_bon"(public.sorties_produit, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."nouveau_bon"(public.sorties_produit, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."nouvel_encaissement"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."nouvel_encaissement"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."numero_de_paiement"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."numero_de_paiement"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."numeroter_bon"(public.bons_livraison) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."numeroter_bon"(public.bons_livraison) TO "postgres";

REVOKE ALL ON FUNCTION "private"."objet_de_l_ecart"(public.ecarts) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."objet_de_l_ecart"(public.ecarts) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ouvrir_dossier_fiscal"(public.factures_client) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ouvrir_dossier_fiscal"(public.factures_client) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ouvrir_ecart"(public.ecarts) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ouvrir_ecart"(public.ecarts) TO "postgres";

REVOKE ALL ON FUNCTION "private"."paiement_a_changer"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."paiement_a_changer"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."paiement_comptant"(public.factures_client, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."paiement_comptant"(public.factures_client, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."paiement_fournisseur_apres_insert"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."paiement_fournisseur_apres_insert"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."paiement_fournisseur_avant_insert"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."paiement_fournisseur_avant_insert"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."partager_ajustement_initial"(public.stocks_adjustments) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."partager_ajustement_initial"(public.stocks_adjustments) TO "postgres";

REVOKE ALL ON FUNCTION "private"."partager_entre_partenaires"(text, uuid, uuid, uuid, date, numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."partager_entre_partenaires"(text, uuid, uuid, uuid, date, numeric, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."parts_dites"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."parts_dites"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."passer_facture"(public.fournisseur_facture_lot_min, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."passer_facture"(public.fournisseur_facture_lot_min, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."passer_paiement"(public.fournisseur_paiement_lot_min) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."passer_paiement"(public.fournisseur_paiement_lot_min) TO "postgres";

REVOKE ALL ON FUNCTION "private"."plaque_lisible"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."plaque_lisible"(text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."porter_aux_comptes"(private.part[], boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."porter_aux_comptes"(private.part[], boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."prendre_envois"(integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."prendre_envois"(integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."prise_a_regulariser"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."prise_a_regulariser"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."prix"(uuid, uuid, uuid, date, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."prix"(uuid, uuid, uuid, date, text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."prix_ou_rien"(uuid, uuid, uuid, date, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."prix_ou_rien"(uuid, uuid, uuid, date, text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."prochain_resume"(uuid, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."prochain_resume"(uuid, timestamp with time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."profils_prevenus"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."profils_prevenus"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."proforma_a_changer"(uuid, text[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."proforma_a_changer"(uuid, text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."proformas_figer"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."proformas_figer"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."proformas_vues"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."proformas_vues"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."quantites_reception"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."quantites_reception"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."rapprochement"(numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rapprochement"(numeric, numeric) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."rattachement_force"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rattachement_force"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."recalculer_comptes_partenaires"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."recalculer_comptes_partenaires"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."receptions_a_facturer"(uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."receptions_a_facturer"(uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."receptions_de_proforma"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."receptions_de_proforma"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."receptions_lire_compteur"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."receptions_lire_compteur"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."recu_de_facture"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."recu_de_facture"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."recu_de_proforma"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."recu_de_proforma"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."recu_du_camion"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."recu_du_camion"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."rediger_facture"(uuid, uuid, uuid[], jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rediger_facture"(uuid, uuid, uuid[], jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."refuser_valeur"(text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."refuser_valeur"(text, text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."regle_de_facture"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."regle_de_facture"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."regle_facture_client"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."regle_facture_client"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."relever"(uuid, public.citernes, date, numeric, numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."relever"(uuid, public.citernes, date, numeric, numeric, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."repartir"(numeric, numeric[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."repartir"(numeric, numeric[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."reserver_camions"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."reserver_camions"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."reste_de_ligne"(public.factures_client_lignes) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."reste_de_ligne"(public.factures_client_lignes) TO "postgres";

REVOKE ALL ON FUNCTION "private"."restes_apres_ecriture"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."restes_apres_ecriture"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."restes_apres_lettrage"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."restes_apres_lettrage"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."restes_vus"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."restes_vus"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."roles_possibles"(text[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."roles_possibles"(text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."sblc_a_changer"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."sblc_a_changer"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."sblc_vues"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."sblc_vues"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."sceller_facture"(public.factures_client) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."sceller_facture"(public.factures_client) TO "postgres";

REVOKE ALL ON FUNCTION "private"."seuil"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."seuil"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."seulement"(jsonb, text[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."seulement"(jsonb, text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."signaler_livraison"(public.bons_livraison, public.sorties_produit) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."signaler_livraison"(public.bons_livraison, public.sorties_produit) TO "postgres";

REVOKE ALL ON FUNCTION "private"."simuler_dispositif"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."simuler_dispositif"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."snapshot_facture_figer"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."snapshot_facture_figer"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."societe"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."societe"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."sortie_livrable"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."sortie_livrable"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."sorties_a_facturer"(uuid, uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."sorties_a_facturer"(uuid, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."stock_actuel_a"(date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."stock_actuel_a"(date) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."stock_citerne_au"(uuid, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."stock_citerne_au"(uuid, timestamp with time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."suivre_derniere"(public.factures_client, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."suivre_derniere"(public.factures_client, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."surveiller"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."surveiller"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."system_alerts_avant_update"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."system_alerts_avant_update"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."tarif_figer"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."tarif_figer"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."taux_du_jour"(text, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."taux_du_jour"(text, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."taux_tva_du"(text, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."taux_tva_du"(text, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."taxer_avoir"(public.factures_client, public.factures_client) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."taxer_avoir"(public.factures_client, public.factures_client) TO "postgres";

REVOKE ALL ON FUNCTION "private"."texte_alerte"(public.system_alerts, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."texte_alerte"(public.system_alerts, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."texte_lisible"(text, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."texte_lisible"(text, boolean) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."texte_sur_une_ligne"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."texte_sur_une_ligne"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."transit_du_camion"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."transit_du_camion"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."vendables"(uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."vendables"(uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."vendeur"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."vendeur"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."verifier_factures"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."verifier_factures"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."verrouiller_camions"(uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."verrouiller_camions"(uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."verrouiller_credit"(uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."verrouiller_credit"(uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."volume_20c"(numeric, numeric, text, text, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."volume_20c"(numeric, numeric, text, text, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."volume_au_bareme"(uuid, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."volume_au_bareme"(uuid, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."volumes_au_bareme"(public.prises_de_hauteur, public.baremes) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."volumes_au_bareme"(public.prises_de_hauteur, public.baremes) TO "postgres";

REVOKE ALL ON FUNCTION "public"."acquitter_alerte"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."acquitter_alerte"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."activer_bareme"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."activer_bareme"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."activer_proforma"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."activer_proforma"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."ajouter_frais_lot"(uuid, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."ajouter_frais_lot"(uuid, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."annuler_bl"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."annuler_bl"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."annuler_encaissement"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."annuler_encaissement"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."annuler_facture_fournisseur"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."annuler_facture_fournisseur"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."annuler_frais_lot"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."annuler_frais_lot"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."annuler_paiement"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."annuler_paiement"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."annuler_proforma"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."annuler_proforma"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."attribuer_stock_partenaire"(uuid, uuid, uuid, numeric, text, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."attribuer_stock_partenaire"(uuid, uuid, uuid, numeric, text, date) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."calculer_facture_fournisseur"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."calculer_facture_fournisseur"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."changer_statut_sblc"(uuid, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."changer_statut_sblc"(uuid, text, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."clore_periode"(uuid, date, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."clore_periode"(uuid, date, date) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."clore_tarif"(uuid, date, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."clore_tarif"(uuid, date, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."cloturer_caisse"(uuid, text, date, numeric, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."cloturer_caisse"(uuid, text, date, numeric, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."cloturer_proforma"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."cloturer_proforma"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."compute_volume_20c_from_reception"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."compute_volume_20c_from_reception"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "public"."confirmer_bl"(uuid, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."confirmer_bl"(uuid, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."confirmer_encaissement"(uuid, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."confirmer_encaissement"(uuid, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."confirmer_paiement"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."confirmer_paiement"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."contester_ecart"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."contester_ecart"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."contester_facture_fournisseur"(uuid, boolean, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."contester_facture_fournisseur"(uuid, boolean, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."creer_tarif"(uuid, uuid, uuid, text, text, numeric, date, date, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."creer_tarif"(uuid, uuid, uuid, text, text, numeric, date, date, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."declarer_ecart"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."declarer_ecart"(jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."definir_regle_notification"(uuid, text, text, text[], uuid[], text[], text, text[], text, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."definir_regle_notification"(uuid, text, text, text[], uuid[], text[], text, text[], text, boolean) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."deroger_credit"(uuid, numeric, timestamp with time zone, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."deroger_credit"(uuid, numeric, timestamp with time zone, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."ecrire_proforma"(jsonb, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."ecrire_proforma"(jsonb, uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."ecrire_sblc"(jsonb, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."ecrire_sblc"(jsonb, uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."emettre_avoir"(uuid, text, jsonb, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."emettre_avoir"(uuid, text, jsonb, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."emettre_facture"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."emettre_facture"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."encaisser"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."encaisser"(jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."enregistrer_analyse"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."enregistrer_analyse"(jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."enregistrer_avoir_fournisseur"(uuid, text, date, numeric, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."enregistrer_avoir_fournisseur"(uuid, text, date, numeric, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."enregistrer_chargement"(uuid, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."enregistrer_chargement"(uuid, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."etablir_bl"(uuid, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."etablir_bl"(uuid, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."facturer_lot"(uuid, date, uuid[], boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."facturer_lot"(uuid, date, uuid[], boolean) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."fixer_conditions_client"(uuid, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."fixer_conditions_client"(uuid, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."fixer_taux_change"(text, date, numeric, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."fixer_taux_change"(text, date, numeric, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."fixer_taux_tva"(text, date, numeric, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."fixer_taux_tva"(text, date, numeric, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."importer_bareme"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."importer_bareme"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."imprimer_bl"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."imprimer_bl"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."imprimer_facture"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."imprimer_facture"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."imprimer_recu"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."imprimer_recu"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."noter_ecart"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."noter_ecart"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."preparer_facture"(uuid, uuid, uuid[], jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."preparer_facture"(uuid, uuid, uuid[], jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."prix_applicable"(uuid, uuid, uuid, date, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."prix_applicable"(uuid, uuid, uuid, date, text, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."rattacher_cdr_decharge"(uuid, uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."rattacher_cdr_decharge"(uuid, uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."regler_controle"(text, boolean, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."regler_controle"(text, boolean, numeric) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."regler_specification"(uuid, text, numeric, numeric, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."regler_specification"(uuid, text, numeric, numeric, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."regulariser"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."regulariser"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."relancer_envoi"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."relancer_envoi"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."releve_a_imprimer"(uuid, text, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."releve_a_imprimer"(uuid, text, date, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."releve_partenaire"(uuid, uuid, uuid, date, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."releve_partenaire"(uuid, uuid, uuid, date, date) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."rembourser"(uuid, numeric, text, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."rembourser"(uuid, numeric, text, text, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."repartir_stock_initial"(uuid, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."repartir_stock_initial"(uuid, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."resoudre_alerte"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."resoudre_alerte"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."revoir_ecart"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."revoir_ecart"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."rouvrir_periode"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."rouvrir_periode"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."supprimer_facture"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."supprimer_facture"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."sync_system_alerts_from_integrity"(integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."sync_system_alerts_from_integrity"(integer) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "public"."traiter_ecart"(uuid, text, text, text, numeric, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."traiter_ecart"(uuid, text, text, text, numeric, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."transit_camion"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."transit_camion"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "public"."transmettre_fiscal"(integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."transmettre_fiscal"(integer) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "public"."valider_facture_fournisseur"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."valider_facture_fournisseur"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."vendre_comptant"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."vendre_comptant"(jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."verifier_comptes_partenaires"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."verifier_comptes_partenaires"() TO "authenticated", "postgres", "service_role";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."comptes_partenaires_jours" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."constats" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."controles" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."envois_evenements" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."escalades" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."facturations_sortie" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."impressions" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."passages" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."rattachements_decharges" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."restes_clients" TO "postgres";

GRANT SELECT ON TABLE "public"."alertes_evenements" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."alertes_evenements" TO "postgres";

GRANT SELECT ON TABLE "public"."alertes_evenements" TO "service_role";

GRANT SELECT ON TABLE "public"."analyses" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."analyses" TO "postgres";

GRANT SELECT ON TABLE "public"."analyses" TO "service_role";

GRANT SELECT ON TABLE "public"."attributions_partenaires" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."attributions_partenaires" TO "postgres";

GRANT SELECT ON TABLE "public"."attributions_partenaires" TO "service_role";

GRANT INSERT ("calorifugee") ON TABLE "public"."baremes" TO "authenticated";

GRANT INSERT ("certificat") ON TABLE "public"."baremes" TO "authenticated";

GRANT INSERT ("citerne_id") ON TABLE "public"."baremes" TO "authenticated";

GRANT INSERT ("coefficient_acier") ON TABLE "public"."baremes" TO "authenticated";

GRANT INSERT ("hauteur_max_mm") ON TABLE "public"."baremes" TO "authenticated";

GRANT INSERT ("incertitude_densite_kgm3") ON TABLE "public"."baremes" TO "authenticated";

GRANT INSERT ("incertitude_hauteur_mm") ON TABLE "public"."baremes" TO "authenticated";

GRANT INSERT ("incertitude_pour_mille") ON TABLE "public"."baremes" TO "authenticated";

GRANT INSERT ("incertitude_temperature_c") ON TABLE "public"."baremes" TO "authenticated";

GRANT INSERT ("organisme") ON TABLE "public"."baremes" TO "authenticated";

GRANT INSERT ("temperature_reference_c") ON TABLE "public"."baremes" TO "authenticated";

GRANT INSERT ("toit_densite_kgm3") ON TABLE "public"."baremes" TO "authenticated";

GRANT INSERT ("toit_flotte_mm") ON TABLE "public"."baremes" TO "authenticated";

GRANT INSERT ("toit_masse_kg") ON TABLE "public"."baremes" TO "authenticated";

GRANT INSERT ("toit_repose_mm") ON TABLE "public"."baremes" TO "authenticated";

GRANT INSERT ("valide_au") ON TABLE "public"."baremes" TO "authenticated";

GRANT INSERT ("valide_du") ON TABLE "public"."baremes" TO "authenticated";

GRANT SELECT ON TABLE "public"."baremes" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."baremes" TO "postgres";

GRANT SELECT ON TABLE "public"."baremes" TO "service_role";

GRANT SELECT ON TABLE "public"."baremes_points" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."baremes_points" TO "postgres";

GRANT SELECT ON TABLE "public"."baremes_points" TO "service_role";

GRANT SELECT ON TABLE "public"."bons_livraison" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."bons_livraison" TO "postgres";

GRANT SELECT ON TABLE "public"."bons_livraison" TO "service_role";

GRANT SELECT ON TABLE "public"."cdr_etapes" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."cdr_etapes" TO "postgres";

GRANT SELECT ON TABLE "public"."cdr_etapes" TO "service_role";

GRANT SELECT ON TABLE "public"."chargements" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."chargements" TO "postgres";

GRANT SELECT ON TABLE "public"."chargements" TO "service_role";

GRANT SELECT ON TABLE "public"."clients_conditions" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."clients_conditions" TO "postgres";

GRANT SELECT ON TABLE "public"."clients_conditions" TO "service_role";

GRANT SELECT ON TABLE "public"."clotures_caisse" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."clotures_caisse" TO "postgres";

GRANT SELECT ON TABLE "public"."clotures_caisse" TO "service_role";

GRANT SELECT ON TABLE "public"."comptes_partenaires" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."comptes_partenaires" TO "postgres";

GRANT SELECT ON TABLE "public"."comptes_partenaires" TO "service_role";

GRANT INSERT ("certificat") ON TABLE "public"."compteurs" TO "authenticated";

GRANT INSERT ("citerne_id") ON TABLE "public"."compteurs" TO "authenticated";

GRANT INSERT ("facteur") ON TABLE "public"."compteurs" TO "authenticated";

GRANT INSERT ("numero") ON TABLE "public"."compteurs" TO "authenticated";

GRANT INSERT ("valide_du") ON TABLE "public"."compteurs" TO "authenticated";

GRANT SELECT ON TABLE "public"."compteurs" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."compteurs" TO "postgres";

GRANT SELECT ON TABLE "public"."compteurs" TO "service_role";

GRANT SELECT ON TABLE "public"."credits_derogations" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."credits_derogations" TO "postgres";

GRANT SELECT ON TABLE "public"."credits_derogations" TO "service_role";

GRANT SELECT ON TABLE "public"."ecarts" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."ecarts" TO "postgres";

GRANT SELECT ON TABLE "public"."ecarts" TO "service_role";

GRANT SELECT ON TABLE "public"."ecarts_notes" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."ecarts_notes" TO "postgres";

GRANT SELECT ON TABLE "public"."ecarts_notes" TO "service_role";

GRANT SELECT ON TABLE "public"."encaissements" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."encaissements" TO "postgres";

GRANT SELECT ON TABLE "public"."encaissements" TO "service_role";

GRANT SELECT ON TABLE "public"."envois" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."envois" TO "postgres";

GRANT SELECT ON TABLE "public"."envois" TO "service_role";

GRANT SELECT ON TABLE "public"."factures_client" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."factures_client" TO "postgres";

GRANT SELECT ON TABLE "public"."factures_client" TO "service_role";

GRANT SELECT ON TABLE "public"."factures_client_lignes" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."factures_client_lignes" TO "postgres";

GRANT SELECT ON TABLE "public"."factures_client_lignes" TO "service_role";

GRANT SELECT ON TABLE "public"."factures_client_taxes" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."factures_client_taxes" TO "postgres";

GRANT SELECT ON TABLE "public"."factures_client_taxes" TO "service_role";

GRANT SELECT ON TABLE "public"."factures_fiscales" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."factures_fiscales" TO "postgres";

GRANT SELECT ON TABLE "public"."factures_fiscales" TO "service_role";

GRANT SELECT ON TABLE "public"."factures_fournisseur_receptions" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."factures_fournisseur_receptions" TO "postgres";

GRANT SELECT ON TABLE "public"."factures_fournisseur_receptions" TO "service_role";

GRANT INSERT ("base") ON TABLE "public"."fournisseur_facture_lot_min" TO "authenticated";

GRANT INSERT ("date_echeance") ON TABLE "public"."fournisseur_facture_lot_min" TO "authenticated";

GRANT INSERT ("date_facture") ON TABLE "public"."fournisseur_facture_lot_min" TO "authenticated";

GRANT INSERT ("deal_reference") ON TABLE "public"."fournisseur_facture_lot_min" TO "authenticated";

GRANT INSERT ("fournisseur_lot_id") ON TABLE "public"."fournisseur_facture_lot_min" TO "authenticated";

GRANT INSERT ("invoice_no") ON TABLE "public"."fournisseur_facture_lot_min" TO "authenticated";

GRANT INSERT ("prix_base_usd") ON TABLE "public"."fournisseur_facture_lot_min" TO "authenticated";

GRANT INSERT ("prix_unitaire_usd") ON TABLE "public"."fournisseur_facture_lot_min" TO "authenticated";

GRANT INSERT ("quantite_base") ON TABLE "public"."fournisseur_facture_lot_min" TO "authenticated";

GRANT INSERT ("quantite_facturee_20c") ON TABLE "public"."fournisseur_facture_lot_min" TO "authenticated";

GRANT SELECT ON TABLE "public"."fournisseur_facture_lot_min" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."fournisseur_facture_lot_min" TO "postgres";

GRANT SELECT ON TABLE "public"."fournisseur_facture_lot_min" TO "service_role";

GRANT INSERT ("date_paiement") ON TABLE "public"."fournisseur_paiement_lot_min" TO "authenticated";

GRANT INSERT ("fournisseur_facture_id") ON TABLE "public"."fournisseur_paiement_lot_min" TO "authenticated";

GRANT INSERT ("mode_paiement") ON TABLE "public"."fournisseur_paiement_lot_min" TO "authenticated";

GRANT INSERT ("montant_paye_usd") ON TABLE "public"."fournisseur_paiement_lot_min" TO "authenticated";

GRANT INSERT ("note") ON TABLE "public"."fournisseur_paiement_lot_min" TO "authenticated";

GRANT INSERT ("reference_paiement") ON TABLE "public"."fournisseur_paiement_lot_min" TO "authenticated";

GRANT INSERT ("statut") ON TABLE "public"."fournisseur_paiement_lot_min" TO "authenticated";

GRANT SELECT ON TABLE "public"."fournisseur_paiement_lot_min" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."fournisseur_paiement_lot_min" TO "postgres";

GRANT SELECT ON TABLE "public"."fournisseur_paiement_lot_min" TO "service_role";

REVOKE ALL ("actif") ON TABLE "public"."fournisseurs" FROM "authenticated";

GRANT SELECT ("actif") ON TABLE "public"."fournisseurs" TO "authenticated";

GRANT SELECT ON TABLE "public"."frais_lot" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."frais_lot" TO "postgres";

GRANT SELECT ON TABLE "public"."frais_lot" TO "service_role";

GRANT SELECT ON TABLE "public"."notifications_regles" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."notifications_regles" TO "postgres";

GRANT SELECT ON TABLE "public"."notifications_regles" TO "service_role";

GRANT SELECT ON TABLE "public"."parts_partenaires" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."parts_partenaires" TO "postgres";

GRANT SELECT ON TABLE "public"."parts_partenaires" TO "service_role";

GRANT SELECT ON TABLE "public"."periodes_closes" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."periodes_closes" TO "postgres";

GRANT SELECT ON TABLE "public"."periodes_closes" TO "service_role";

REVOKE ALL ("densite_a_15_kgm3") ON TABLE "public"."prises_de_hauteur" FROM "authenticated";

GRANT INSERT ("densite_a_15_kgm3") ON TABLE "public"."prises_de_hauteur" TO "authenticated";

REVOKE ALL ("densite_observee_kgm3") ON TABLE "public"."prises_de_hauteur" FROM "authenticated";

GRANT INSERT ("densite_observee_kgm3") ON TABLE "public"."prises_de_hauteur" TO "authenticated";

REVOKE ALL ("eau_sediments_pour_cent") ON TABLE "public"."prises_de_hauteur" FROM "authenticated";

GRANT INSERT ("eau_sediments_pour_cent") ON TABLE "public"."prises_de_hauteur" TO "authenticated";

REVOKE ALL ("hauteur_eau_mm") ON TABLE "public"."prises_de_hauteur" FROM "authenticated";

GRANT INSERT ("hauteur_eau_mm") ON TABLE "public"."prises_de_hauteur" TO "authenticated";

REVOKE ALL ("hauteur_totale_mm") ON TABLE "public"."prises_de_hauteur" FROM "authenticated";

GRANT INSERT ("hauteur_totale_mm") ON TABLE "public"."prises_de_hauteur" TO "authenticated";

REVOKE ALL ("mesuree_le") ON TABLE "public"."prises_de_hauteur" FROM "authenticated";

GRANT INSERT ("mesuree_le") ON TABLE "public"."prises_de_hauteur" TO "authenticated";

REVOKE ALL ("temperature_air_c") ON TABLE "public"."prises_de_hauteur" FROM "authenticated";

GRANT INSERT ("temperature_air_c") ON TABLE "public"."prises_de_hauteur" TO "authenticated";

REVOKE ALL ("temperature_c") ON TABLE "public"."prises_de_hauteur" FROM "authenticated";

GRANT INSERT ("temperature_c") ON TABLE "public"."prises_de_hauteur" TO "authenticated";

REVOKE ALL ("temperature_echantillon_c") ON TABLE "public"."prises_de_hauteur" FROM "authenticated";

GRANT INSERT ("temperature_echantillon_c") ON TABLE "public"."prises_de_hauteur" TO "authenticated";

REVOKE ALL ("type") ON TABLE "public"."prises_de_hauteur" FROM "authenticated";

GRANT INSERT ("type") ON TABLE "public"."prises_de_hauteur" TO "authenticated";

GRANT SELECT ON TABLE "public"."proforma_clotures" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."proforma_clotures" TO "postgres";

GRANT SELECT ON TABLE "public"."proforma_clotures" TO "service_role";

GRANT SELECT ON TABLE "public"."proformas" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."proformas" TO "postgres";

GRANT SELECT ON TABLE "public"."proformas" TO "service_role";

REVOKE ALL ("compartiment") ON TABLE "public"."receptions" FROM "authenticated";

GRANT INSERT ("compartiment") ON TABLE "public"."receptions" TO "authenticated";

REVOKE ALL ("compteur_id") ON TABLE "public"."receptions" FROM "authenticated";

GRANT INSERT ("compteur_id") ON TABLE "public"."receptions" TO "authenticated";

REVOKE ALL ("confirmer") ON TABLE "public"."receptions" FROM "authenticated";

GRANT INSERT ("confirmer") ON TABLE "public"."receptions" TO "authenticated";

GRANT SELECT ON TABLE "public"."regularisations" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."regularisations" TO "postgres";

GRANT SELECT ON TABLE "public"."regularisations" TO "service_role";

GRANT SELECT ON TABLE "public"."remboursements" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."remboursements" TO "postgres";

GRANT SELECT ON TABLE "public"."remboursements" TO "service_role";

GRANT SELECT ON TABLE "public"."sblc" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."sblc" TO "postgres";

GRANT SELECT ON TABLE "public"."sblc" TO "service_role";

REVOKE ALL ("compteur_id") ON TABLE "public"."sorties_produit" FROM "authenticated";

GRANT INSERT ("compteur_id"), UPDATE ("compteur_id") ON TABLE "public"."sorties_produit" TO "authenticated";

GRANT SELECT ON TABLE "public"."specifications" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."specifications" TO "postgres";

GRANT SELECT ON TABLE "public"."specifications" TO "service_role";

GRANT SELECT ON TABLE "public"."stocks_initiaux_partenaires" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."stocks_initiaux_partenaires" TO "postgres";

GRANT SELECT ON TABLE "public"."stocks_initiaux_partenaires" TO "service_role";

GRANT UPDATE ("acknowledged_at") ON TABLE "public"."system_alerts" TO "authenticated";

GRANT UPDATE ("acknowledged_by") ON TABLE "public"."system_alerts" TO "authenticated";

GRANT UPDATE ("resolved_at") ON TABLE "public"."system_alerts" TO "authenticated";

GRANT UPDATE ("resolved_by") ON TABLE "public"."system_alerts" TO "authenticated";

GRANT UPDATE ("status") ON TABLE "public"."system_alerts" TO "authenticated";

GRANT SELECT ON TABLE "public"."system_alerts" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."system_alerts" TO "postgres";

GRANT SELECT ON TABLE "public"."system_alerts" TO "service_role";

GRANT SELECT ON TABLE "public"."tarifs" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."tarifs" TO "postgres";

GRANT SELECT ON TABLE "public"."tarifs" TO "service_role";

GRANT SELECT ON TABLE "public"."taux_change" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."taux_change" TO "postgres";

GRANT SELECT ON TABLE "public"."taux_change" TO "service_role";

GRANT SELECT ON TABLE "public"."taux_tva" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."taux_tva" TO "postgres";

GRANT SELECT ON TABLE "public"."taux_tva" TO "service_role";

GRANT USAGE ON TYPE "private"."camion_recu" TO "postgres";

GRANT USAGE ON TYPE "private"."encours" TO "postgres";

GRANT USAGE ON TYPE "private"."fait_controle" TO "postgres";

GRANT USAGE ON TYPE "private"."part" TO "postgres";

GRANT USAGE ON TYPE "private"."quantites" TO "postgres";

GRANT USAGE ON TYPE "private"."releve" TO "postgres";

GRANT USAGE ON TYPE "private"."transit" TO "postgres";

GRANT USAGE ON TYPE "private"."vendable" TO "postgres";

GRANT SELECT ON TABLE "public"."v_balance_agee" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_balance_agee" TO "postgres";

GRANT SELECT ON TABLE "public"."v_balance_agee" TO "service_role";

GRANT SELECT ON TABLE "public"."v_caisse_jour" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_caisse_jour" TO "postgres";

GRANT SELECT ON TABLE "public"."v_caisse_jour" TO "service_role";

GRANT SELECT ON TABLE "public"."v_camions_recus" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_camions_recus" TO "postgres";

GRANT SELECT ON TABLE "public"."v_camions_recus" TO "service_role";

GRANT SELECT ON TABLE "public"."v_compte_fournisseur" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_compte_fournisseur" TO "postgres";

GRANT SELECT ON TABLE "public"."v_compte_fournisseur" TO "service_role";

GRANT SELECT ON TABLE "public"."v_cout_revient_lot" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_cout_revient_lot" TO "postgres";

GRANT SELECT ON TABLE "public"."v_cout_revient_lot" TO "service_role";

GRANT SELECT ON TABLE "public"."v_encours_client" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_encours_client" TO "postgres";

GRANT SELECT ON TABLE "public"."v_encours_client" TO "service_role";

GRANT SELECT ON TABLE "public"."v_etat_citernes" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_etat_citernes" TO "postgres";

GRANT SELECT ON TABLE "public"."v_etat_citernes" TO "service_role";

GRANT SELECT ON TABLE "public"."v_fournisseurs" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_fournisseurs" TO "postgres";

GRANT SELECT ON TABLE "public"."v_fournisseurs" TO "service_role";

GRANT SELECT ON TABLE "public"."v_integrity_checks" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_integrity_checks" TO "postgres";

GRANT SELECT ON TABLE "public"."v_integrity_checks" TO "service_role";

GRANT SELECT ON TABLE "public"."v_kpi_stock_global" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_kpi_stock_global" TO "postgres";

GRANT SELECT ON TABLE "public"."v_kpi_stock_global" TO "service_role";

GRANT SELECT ON TABLE "public"."v_reception_20c" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_reception_20c" TO "postgres";

GRANT SELECT ON TABLE "public"."v_reception_20c" TO "service_role";

GRANT SELECT ON TABLE "public"."v_receptions" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_receptions" TO "postgres";

GRANT SELECT ON TABLE "public"."v_receptions" TO "service_role";

GRANT SELECT ON TABLE "public"."v_sorties" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_sorties" TO "postgres";

GRANT SELECT ON TABLE "public"."v_sorties" TO "service_role";

GRANT SELECT ON TABLE "public"."v_stock_actuel" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_stock_actuel" TO "postgres";

GRANT SELECT ON TABLE "public"."v_stock_actuel" TO "service_role";

GRANT SELECT ON TABLE "public"."v_stock_actuel_owner_snapshot" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_stock_actuel_owner_snapshot" TO "postgres";

GRANT SELECT ON TABLE "public"."v_stock_actuel_owner_snapshot" TO "service_role";

GRANT SELECT ON TABLE "public"."v_stock_actuel_snapshot" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_stock_actuel_snapshot" TO "postgres";

GRANT SELECT ON TABLE "public"."v_stock_actuel_snapshot" TO "service_role";

ALTER TABLE "private"."envois_evenements" ADD CONSTRAINT "envois_evenements_evenement_id_fkey" FOREIGN KEY (evenement_id) REFERENCES public.alertes_evenements(id);

CREATE INDEX analyses_page_idx ON public.analyses USING btree (created_at DESC, id DESC);

ALTER TABLE "public"."baremes_points" ADD CONSTRAINT "baremes_points_bareme_id_fkey" FOREIGN KEY (bareme_id) REFERENCES public.baremes(id);

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_bareme_id_fkey" FOREIGN KEY (bareme_id) REFERENCES public.baremes(id);

CREATE VIEW "public"."v_baremes" WITH (security_invoker=true) AS  SELECT b.id,
    b.citerne_id,
    b.produit_id,
    b.depot_id,
    b.version,
    b.statut,
    b.certificat,
    b.organisme,
    b.valide_du,
    b.valide_au,
    b.hauteur_max_mm,
    b.temperature_reference_c,
    b.coefficient_acier,
    b.calorifugee,
    b.toit_masse_kg,
    b.toit_densite_kgm3,
    b.toit_repose_mm,
    b.toit_flotte_mm,
    b.incertitude_pour_mille,
    b.incertitude_hauteur_mm,
    b.incertitude_temperature_c,
    b.incertitude_densite_kgm3,
    b.created_by,
    b.active_par,
    b.active_le,
    b.created_at,
    c.nom AS citerne_nom,
    p.points,
    p.volume_max_l
   FROM ((public.baremes b
     JOIN public.citernes c ON ((c.id = b.citerne_id)))
     CROSS JOIN LATERAL ( SELECT (count(*))::integer AS points,
            max(n.volume_l) AS volume_max_l
           FROM public.baremes_points n
          WHERE (n.bareme_id = b.id)) p);;

CREATE VIEW "public"."v_ecarts_inventaire" WITH (security_invoker=true) AS  SELECT p.id AS prise_de_hauteur_id,
    p.created_at,
    p.depot_id,
    p.citerne_id,
    c.nom AS citerne_nom,
    p.produit_id,
    p.volume_mesure,
    p.stock_comptable,
    (p.volume_mesure - p.stock_comptable) AS ecart_l,
    round((((1000)::numeric * (p.volume_mesure - p.stock_comptable)) / NULLIF(p.stock_comptable, (0)::numeric)), 2) AS ecart_pour_mille,
    p.tolerance_pour_mille AS tolerance_inventaire_pour_mille,
        CASE
            WHEN ((p.volume_15c IS NULL) OR (p.stock_comptable_15c IS NULL)) THEN (abs((p.volume_mesure - p.stock_comptable)) > ((p.stock_comptable * p.tolerance_pour_mille) / (1000)::numeric))
            ELSE (abs((p.volume_15c - p.stock_comptable_15c)) > ((p.stock_comptable_15c * p.tolerance_pour_mille) / (1000)::numeric))
        END AS hors_tolerance,
    p.note,
    p.type,
    p.mesuree_le,
    p.bareme_id,
    b.version AS bareme_version,
    p.hauteur_totale_mm,
    p.hauteur_eau_mm,
    p.temperature_c,
    p.temperature_echantillon_c,
    p.temperature_air_c,
    p.densite_observee_kgm3,
    p.densite_a_15_kgm3,
    p.eau_sediments_pour_cent,
    p.volume_total_l,
    p.volume_eau_l,
    p.ctsh,
    p.volume_toit_l,
    p.volume_brut_l,
    p.vcf,
    p.methode_15c,
    p.volume_15c_brut,
    p.volume_15c,
    private.masse_vide_t(p.densite_a_15_kgm3, p.volume_15c) AS masse_vide_t,
    private.masse_air_t(p.densite_a_15_kgm3, p.volume_15c) AS masse_air_t,
    p.stock_comptable_15c,
    (p.volume_15c - p.stock_comptable_15c) AS ecart_15c,
    round((((1000)::numeric * (p.volume_15c - p.stock_comptable_15c)) / NULLIF(p.stock_comptable_15c, (0)::numeric)), 2) AS ecart_15c_pour_mille,
    p.incertitude_15c,
    (abs((p.volume_15c - p.stock_comptable_15c)) > p.incertitude_15c) AS au_dela_incertitude,
    p.avertissements,
    p.created_by,
    (EXISTS ( SELECT
           FROM public.regularisations r
          WHERE (r.prise_de_hauteur_id = p.id))) AS regularisee
   FROM ((public.prises_de_hauteur p
     JOIN public.citernes c ON ((c.id = p.citerne_id)))
     LEFT JOIN public.baremes b ON ((b.id = p.bareme_id)));;

COMMENT ON VIEW "public"."v_baremes" IS 'Gauge tables with their tank''s name, how many points they have and their last, litres.';

COMMENT ON VIEW "public"."v_ecarts_inventaire" IS 'Each dip beside the books of the moment it was read, litres as measured and at 15 °C, tonnes: gap in litres and thousandths; beyond the tolerance of its day (hors_tolerance), and beyond what the instruments may be wrong by (au_dela_incertitude: null where litres were sent).';

GRANT INSERT ("id") ON TABLE "public"."baremes" TO "authenticated";

GRANT SELECT ON TABLE "public"."v_baremes" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_baremes" TO "postgres";

GRANT SELECT ON TABLE "public"."v_baremes" TO "service_role";

GRANT SELECT ON TABLE "public"."v_ecarts_inventaire" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_ecarts_inventaire" TO "postgres";

GRANT SELECT ON TABLE "public"."v_ecarts_inventaire" TO "service_role";

ALTER TABLE "public"."factures_client_lignes" ADD CONSTRAINT "factures_client_lignes_bl_id_fkey" FOREIGN KEY (bl_id) REFERENCES public.bons_livraison(id);

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

CREATE INDEX bons_livraison_page_idx ON public.bons_livraison USING btree (created_at DESC, id DESC);

COMMENT ON VIEW "public"."v_sorties_a_facturer" IS 'Deliveries of Monaluxe''s fuel to clients that no invoice sells yet; litres as measured and at 15 °C.';

GRANT SELECT ON TABLE "public"."v_sorties_a_facturer" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_sorties_a_facturer" TO "postgres";

GRANT SELECT ON TABLE "public"."v_sorties_a_facturer" TO "service_role";

CREATE INDEX clotures_caisse_page_idx ON public.clotures_caisse USING btree (created_at DESC, id DESC);

ALTER TABLE "private"."comptes_partenaires_jours" ADD CONSTRAINT "comptes_partenaires_jours_compte_id_fkey" FOREIGN KEY (compte_id) REFERENCES public.comptes_partenaires(id);

CREATE VIEW "public"."v_comptes_partenaires" WITH (security_invoker=true) AS  SELECT c.id AS compte_id,
    c.depot_id,
    d.nom AS depot_nom,
    c.produit_id,
    p.nom AS produit_nom,
    c.partenaire_id,
    COALESCE(t.nom, 'Non attribué'::text) AS partenaire_nom,
    c.solde_ambiant,
    c.solde_15c,
    c.dernier_jour,
    c.last_movement_at
   FROM (((public.comptes_partenaires c
     JOIN public.depots d ON ((d.id = c.depot_id)))
     JOIN public.produits p ON ((p.id = c.produit_id)))
     LEFT JOIN public.partenaires t ON ((t.id = c.partenaire_id)));;

CREATE INDEX comptes_partenaires_decouvert_idx ON public.comptes_partenaires USING btree (id) WHERE (solde_15c < (0)::numeric);

COMMENT ON VIEW "public"."v_comptes_partenaires" IS 'What each partner owns at each depot, by product, litres; without a partner, what is of none. Per depot and product they add up to the PARTENAIRE rows of v_stock_actuel.';

GRANT SELECT ON TABLE "public"."v_comptes_partenaires" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_comptes_partenaires" TO "postgres";

GRANT SELECT ON TABLE "public"."v_comptes_partenaires" TO "service_role";

ALTER TABLE "public"."receptions" ADD CONSTRAINT "receptions_compteur_id_fkey" FOREIGN KEY (compteur_id) REFERENCES public.compteurs(id);

ALTER TABLE "public"."sorties_produit" ADD CONSTRAINT "sorties_produit_compteur_id_fkey" FOREIGN KEY (compteur_id) REFERENCES public.compteurs(id);

GRANT INSERT ("id") ON TABLE "public"."compteurs" TO "authenticated";

ALTER TABLE "public"."ecarts_notes" ADD CONSTRAINT "ecarts_notes_ecart_id_fkey" FOREIGN KEY (ecart_id) REFERENCES public.ecarts(id);

CREATE VIEW "public"."v_ecarts_transit" WITH (security_invoker=true) AS  SELECT c.id AS cours_de_route_id,
    c.plaque_camion,
    c.fournisseur_id,
    c.produit_id,
    c.depot_destination_id AS depot_id,
    c.fournisseur_lot_id,
    h.bl_numero,
    COALESCE(t.base, 'L15'::text) AS base,
    COALESCE(t.charge, c.volume) AS charge,
    COALESCE(t.recu, r.volume_15c) AS recu,
    (COALESCE(t.recu, r.volume_15c) - COALESCE(t.charge, c.volume)) AS ecart,
    t.franchise,
    t.excedent,
    t.impact_usd,
    t.densite_charge,
    t.densite_recu,
    (t.charge IS NOT NULL) AS compare,
    e.id AS ecart_id,
    e.statut AS ecart_statut,
    s.depuis AS decharge_le,
    c.created_at
   FROM (((((public.cours_de_route c
     LEFT JOIN public.chargements h ON ((h.cours_de_route_id = c.id)))
     LEFT JOIN public.cdr_etapes s ON (((s.cours_de_route_id = c.id) AND (s.statut = 'DECHARGE'::text))))
     LEFT JOIN public.ecarts e ON (((e.reference_type = 'CDR'::text) AND (e.reference_id = c.id) AND (e.type = 'QUANTITE'::text) AND (e.origine = 'AUTO'::text))))
     CROSS JOIN LATERAL private.transit_du_camion(c.id) t(charge, recu, base, franchise, excedent, impact_usd, densite_charge, densite_recu))
     CROSS JOIN LATERAL private.recu_du_camion(c.id) r(volume_15c, volume_20c, densite_15, tonnes_air))
  WHERE (c.statut = 'DECHARGE'::text);;

CREATE INDEX ecarts_page_idx ON public.ecarts USING btree (created_at DESC, id DESC);

COMMENT ON VIEW "public"."v_ecarts_transit" IS 'Each unloaded truck: loaded against received, in the base of its bill of lading. Without one (compare is false) what was announced stands against litres at 15 °C, for information only.';

GRANT SELECT ON TABLE "public"."v_ecarts_transit" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_ecarts_transit" TO "postgres";

GRANT SELECT ON TABLE "public"."v_ecarts_transit" TO "service_role";

CREATE INDEX ecarts_notes_page_idx ON public.ecarts_notes USING btree (created_at DESC, id DESC);

ALTER TABLE "public"."remboursements" ADD CONSTRAINT "remboursements_encaissement_id_fkey" FOREIGN KEY (encaissement_id) REFERENCES public.encaissements(id);

CREATE INDEX encaissements_page_idx ON public.encaissements USING btree (created_at DESC, id DESC);

ALTER TABLE "private"."envois_evenements" ADD CONSTRAINT "envois_evenements_envoi_id_fkey" FOREIGN KEY (envoi_id) REFERENCES public.envois(id);

CREATE INDEX envois_morts_idx ON public.envois USING btree (id) WHERE (statut = 'MORT'::text);

CREATE INDEX envois_page_idx ON public.envois USING btree (created_at DESC, id DESC);

COMMENT ON COLUMN "public"."envois"."env" IS 'A copy of the database restored elsewhere sends nothing of where it comes from.';

ALTER TABLE "private"."facturations_sortie" ADD CONSTRAINT "facturations_sortie_facture_id_fkey" FOREIGN KEY (facture_id) REFERENCES public.factures_client(id);

ALTER TABLE "private"."facturations_sortie" ADD CONSTRAINT "facturations_sortie_libere_par_fkey" FOREIGN KEY (libere_par) REFERENCES public.factures_client(id);

ALTER TABLE "public"."factures_client" ADD CONSTRAINT "factures_client_facture_origine_id_fkey" FOREIGN KEY (facture_origine_id) REFERENCES public.factures_client(id);

ALTER TABLE "public"."factures_client_lignes" ADD CONSTRAINT "factures_client_lignes_facture_id_fkey" FOREIGN KEY (facture_id) REFERENCES public.factures_client(id) ON DELETE CASCADE;

ALTER TABLE "public"."factures_client_taxes" ADD CONSTRAINT "factures_client_taxes_facture_id_fkey" FOREIGN KEY (facture_id) REFERENCES public.factures_client(id);

ALTER TABLE "public"."factures_fiscales" ADD CONSTRAINT "factures_fiscales_facture_id_fkey" FOREIGN KEY (facture_id) REFERENCES public.factures_client(id);

CREATE VIEW "public"."v_factures_client" WITH (security_invoker=true) AS  SELECT f.id,
    f.depot_id,
    f.type,
    f.numero,
    f.client_id,
    c.nom AS client_nom,
    f.devise,
    f.taux_cdf,
    f.date_facture,
    f.date_echeance,
    f.statut,
    f.facture_origine_id,
    f.nature,
    f.motif,
    f.total_ht,
    f.total_tva,
    f.total_ttc,
    f.total_tva_cdf,
    f.total_ttc_cdf,
    encode(f.empreinte, 'hex'::text) AS empreinte,
    f.created_by,
    f.emise_par,
    f.emise_le,
    f.created_at,
    r.regle,
    (f.total_ttc - r.regle) AS solde,
        CASE
            WHEN (f.statut = 'BROUILLON'::text) THEN 'BROUILLON'::text
            WHEN (r.regle = (0)::numeric) THEN 'IMPAYEE'::text
            WHEN (r.regle < f.total_ttc) THEN 'PARTIELLE'::text
            ELSE 'PAYEE'::text
        END AS statut_paiement,
        CASE
            WHEN ((f.statut = 'EMISE'::text) AND (f.type = 'FACTURE'::text) AND (r.regle < f.total_ttc)) THEN GREATEST((((now() AT TIME ZONE 'Africa/Lubumbashi'::text))::date - f.date_echeance), 0)
            ELSE 0
        END AS jours_retard
   FROM ((public.factures_client f
     JOIN public.clients c ON ((c.id = f.client_id)))
     CROSS JOIN LATERAL ( SELECT private.regle_facture_client(f.id) AS regle) r);;

CREATE INDEX factures_client_page_idx ON public.factures_client USING btree (created_at DESC, id DESC);

COMMENT ON VIEW "public"."v_factures_client" IS 'Invoices and credit notes of clients: what is paid and left of each (devise), and how many days it is late.';

GRANT SELECT ON TABLE "public"."v_factures_client" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_factures_client" TO "postgres";

GRANT SELECT ON TABLE "public"."v_factures_client" TO "service_role";

ALTER TABLE "public"."factures_client_lignes" ADD CONSTRAINT "factures_client_lignes_ligne_origine_id_fkey" FOREIGN KEY (ligne_origine_id) REFERENCES public.factures_client_lignes(id);

ALTER TABLE "public"."factures_fournisseur_receptions" ADD CONSTRAINT "factures_fournisseur_receptions_facture_id_fkey" FOREIGN KEY (facture_id) REFERENCES public.fournisseur_facture_lot_min(id);

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_facture_origine_id_fkey" FOREIGN KEY (facture_origine_id) REFERENCES public.fournisseur_facture_lot_min(id);

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_fournisseur_facture_id_fkey" FOREIGN KEY (fournisseur_facture_id) REFERENCES public.fournisseur_facture_lot_min(id);

CREATE VIEW "public"."v_avoirs_fournisseur" WITH (security_invoker=true) AS  SELECT a.id,
    a.facture_origine_id,
    f.invoice_no AS facture_invoice_no,
    a.fournisseur_id,
    a.fournisseur_lot_id,
    a.invoice_no,
    a.numero,
    a.date_facture,
    a.montant_total_usd,
    a.justification,
    a.created_by,
    a.created_at
   FROM (public.fournisseur_facture_lot_min a
     JOIN public.fournisseur_facture_lot_min f ON ((f.id = a.facture_origine_id)));;

CREATE VIEW "public"."v_fournisseur_facture_lot" WITH (security_invoker=true) AS  SELECT f.id AS facture_id,
    f.invoice_no,
    f.deal_reference,
    f.fournisseur_lot_id,
    r.nb_receptions,
    r.total_volume_15c,
    r.total_volume_20c,
    f.quantite_facturee_20c,
    (r.total_volume_20c - f.quantite_facturee_20c) AS ecart_volume_20c,
    private.rapprochement(r.total_volume_20c, f.quantite_facturee_20c) AS statut_rapprochement,
    f.prix_unitaire_usd,
    f.montant_total_usd,
    p.regle AS montant_regle_usd,
    (f.montant_total_usd - p.regle) AS solde_restant_usd,
        CASE
            WHEN (f.validated_at IS NULL) THEN 'EN_ATTENTE'::text
            WHEN (p.regle = (0)::numeric) THEN 'IMPAYE'::text
            WHEN (p.regle < f.montant_total_usd) THEN 'PARTIEL'::text
            ELSE 'PAYE'::text
        END AS statut_paiement,
    f.date_facture,
    f.date_echeance,
    f.created_at,
    f.fournisseur_id,
    f.statut,
    f.numero,
    f.base,
    f.quantite_base,
    f.prix_base_usd,
    f.justification,
    f.created_by,
    f.validated_by,
    f.validated_at
   FROM ((public.fournisseur_facture_lot_min f
     CROSS JOIN LATERAL private.recu_de_facture(f.id) r(nb_receptions, total_volume_15c, total_volume_20c))
     CROSS JOIN LATERAL ( SELECT private.regle_de_facture(f.id) AS regle) p)
  WHERE ((f.type = 'FACTURE'::text) AND (f.statut <> 'ANNULEE'::text));;

CREATE VIEW "public"."v_fournisseur_rapprochement_lot_min" WITH (security_invoker=true) AS  SELECT facture_id,
    invoice_no,
    deal_reference,
    fournisseur_lot_id,
    nb_receptions,
    total_volume_15c,
    total_volume_20c,
    quantite_facturee_20c,
    ecart_volume_20c,
    prix_unitaire_usd,
    montant_total_usd,
    statut_rapprochement
   FROM public.v_fournisseur_facture_lot v;;

CREATE INDEX fournisseur_facture_page_idx ON public.fournisseur_facture_lot_min USING btree (created_at DESC, id DESC);

CREATE POLICY "factures_fournisseur_receptions_lecture" ON "public"."factures_fournisseur_receptions" FOR SELECT TO "authenticated" USING ((facture_id = ANY (ARRAY( SELECT f.id
   FROM public.fournisseur_facture_lot_min f))));

CREATE POLICY "paiement_fournisseur_lecture" ON "public"."fournisseur_paiement_lot_min" FOR SELECT TO "authenticated" USING ((fournisseur_facture_id = ANY (ARRAY( SELECT f.id
   FROM public.fournisseur_facture_lot_min f))));

COMMENT ON VIEW "public"."v_avoirs_fournisseur" IS 'Credit notes of suppliers, with the invoice each takes from (USD).';

COMMENT ON VIEW "public"."v_fournisseur_facture_lot" IS 'Each live supplier''s invoice: what came against what is invoiced (litres at 20 °C), what is paid and what is left (USD).';

COMMENT ON VIEW "public"."v_fournisseur_rapprochement_lot_min" IS 'What came against what is invoiced, invoice by invoice.';

GRANT SELECT ON TABLE "public"."v_avoirs_fournisseur" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_avoirs_fournisseur" TO "postgres";

GRANT SELECT ON TABLE "public"."v_avoirs_fournisseur" TO "service_role";

GRANT SELECT ON TABLE "public"."v_fournisseur_facture_lot" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_fournisseur_facture_lot" TO "postgres";

GRANT SELECT ON TABLE "public"."v_fournisseur_facture_lot" TO "service_role";

GRANT SELECT ON TABLE "public"."v_fournisseur_rapprochement_lot_min" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_fournisseur_rapprochement_lot_min" TO "postgres";

GRANT SELECT ON TABLE "public"."v_fournisseur_rapprochement_lot_min" TO "service_role";

CREATE VIEW "public"."v_paiements_fournisseur" WITH (security_invoker=true) AS  SELECT p.id,
    p.fournisseur_facture_id,
    f.invoice_no,
    f.fournisseur_id,
    f.fournisseur_lot_id,
    p.date_paiement,
    p.montant_paye_usd,
    p.mode_paiement,
    p.reference_paiement,
    p.note,
    p.statut,
    p.numero,
    p.motif_annulation,
    p.created_by,
    p.confirme_par,
    p.annule_par,
    p.created_at
   FROM (public.fournisseur_paiement_lot_min p
     JOIN public.fournisseur_facture_lot_min f ON ((f.id = p.fournisseur_facture_id)));;

CREATE INDEX fournisseur_paiement_page_idx ON public.fournisseur_paiement_lot_min USING btree (created_at DESC, id DESC);

COMMENT ON VIEW "public"."v_paiements_fournisseur" IS 'Payments to suppliers, with the invoice each pays (USD).';

GRANT SELECT ON TABLE "public"."v_paiements_fournisseur" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_paiements_fournisseur" TO "postgres";

GRANT SELECT ON TABLE "public"."v_paiements_fournisseur" TO "service_role";

CREATE INDEX frais_lot_page_idx ON public.frais_lot USING btree (created_at DESC, id DESC);

ALTER TABLE "public"."envois" ADD CONSTRAINT "envois_regle_id_fkey" FOREIGN KEY (regle_id) REFERENCES public.notifications_regles(id);

COMMENT ON COLUMN "public"."notifications_regles"."env" IS 'Environment it was made in: a copy of PROD restored elsewhere tells nobody of PROD. Null: wherever.';

CREATE INDEX periodes_closes_page_idx ON public.periodes_closes USING btree (depot_id, au DESC, id DESC);

ALTER TABLE "public"."fournisseur_lot" ADD CONSTRAINT "fournisseur_lot_proforma_id_fkey" FOREIGN KEY (proforma_id) REFERENCES public.proformas(id);

ALTER TABLE "public"."proforma_clotures" ADD CONSTRAINT "proforma_clotures_proforma_id_fkey" FOREIGN KEY (proforma_id) REFERENCES public.proformas(id);

CREATE VIEW "public"."v_avancement_proforma" WITH (security_invoker=true) AS  SELECT p.id AS proforma_id,
    p.numero,
    p.reference,
    p.fournisseur_id,
    p.produit_id,
    p.statut,
    p.base,
    p.quantite,
    p.prix_usd,
    r.nb_lots,
    r.nb_camions,
    r.nb_decharges,
    r.nb_receptions,
    r.volume_15c,
    r.volume_20c,
    r.tonnes_air,
    b.recu,
    (b.recu - p.quantite) AS ecart,
    round((((100)::numeric * b.recu) / p.quantite), 2) AS pour_cent,
    round((p.quantite * p.prix_usd), 2) AS montant_prevu_usd,
    round((b.recu * p.prix_usd), 2) AS montant_recu_usd,
    p.date_validite,
    p.created_at
   FROM ((public.proformas p
     CROSS JOIN LATERAL private.recu_de_proforma(p.id) r(nb_lots, nb_camions, nb_decharges, nb_receptions, volume_15c, volume_20c, tonnes_air))
     CROSS JOIN LATERAL ( SELECT private.en_base(ROW(r.volume_15c, r.volume_20c, NULL::numeric, COALESCE(r.tonnes_air, (
                CASE r.nb_receptions
                    WHEN 0 THEN 0
                    ELSE NULL::integer
                END)::numeric))::private.quantites, p.base) AS recu) b);;

CREATE VIEW "public"."v_couverture_sblc" WITH (security_invoker=true) AS  SELECT f.id AS fournisseur_id,
    f.nom,
    s.couverture_usd,
    e.dette_usd,
    e.engage_usd,
    (e.dette_usd + e.engage_usd) AS exposition_usd,
        CASE
            WHEN (s.couverture_usd >= (e.dette_usd + e.engage_usd)) THEN 'COUVERT'::text
            WHEN (s.couverture_usd > (0)::numeric) THEN 'PARTIEL'::text
            ELSE 'NON_COUVERT'::text
        END AS statut,
    s.prochaine_fin
   FROM ((public.fournisseurs f
     CROSS JOIN LATERAL ( SELECT COALESCE(sum(x.montant) FILTER (WHERE (x.devise = 'USD'::bpchar)), (0)::numeric) AS couverture_usd,
            min(x.date_fin) AS prochaine_fin
           FROM public.sblc x
          WHERE ((x.fournisseur_id = f.id) AND (x.statut = 'ACTIVE'::text) AND ((( SELECT private.aujourdhui() AS aujourdhui) >= x.date_debut) AND (( SELECT private.aujourdhui() AS aujourdhui) <= x.date_fin)))) s)
     CROSS JOIN LATERAL ( SELECT GREATEST(COALESCE(( SELECT t.solde
                   FROM public.v_soldes_tiers t
                  WHERE ((t.fournisseur_id = f.id) AND (t.devise = 'USD'::text))), (0)::numeric), (0)::numeric) AS dette_usd,
            COALESCE(( SELECT sum(GREATEST((round((p.quantite * p.prix_usd), 2) - COALESCE(( SELECT sum(i.montant_total_usd) AS sum
                           FROM (public.fournisseur_facture_lot_min i
                             JOIN public.fournisseur_lot l ON ((l.id = i.fournisseur_lot_id)))
                          WHERE ((l.proforma_id = p.id) AND (i.type = 'FACTURE'::text) AND (i.validated_at IS NOT NULL))), (0)::numeric)), (0)::numeric)) AS sum
                   FROM public.proformas p
                  WHERE ((p.fournisseur_id = f.id) AND (p.statut = ANY (ARRAY['ACTIVE'::text, 'EN_EXECUTION'::text])))), (0)::numeric) AS engage_usd) e)
  WHERE ( SELECT private.peut('lire_comptes'::text) AS peut);;

CREATE VIEW "public"."v_surestaries" WITH (security_invoker=true) AS  SELECT c.id AS cours_de_route_id,
    c.plaque_camion,
    l.id AS fournisseur_lot_id,
    p.id AS proforma_id,
    j.arrive_le,
    j.decharge_le,
    p.jours_franchise,
    (COALESCE(j.decharge_le, j.aujourdhui) - j.arrive_le) AS jours,
    GREATEST(((COALESCE(j.decharge_le, j.aujourdhui) - j.arrive_le) - p.jours_franchise), 0) AS jours_comptes,
    p.surestaries_usd_jour,
    ((GREATEST(((COALESCE(j.decharge_le, j.aujourdhui) - j.arrive_le) - p.jours_franchise), 0))::numeric * p.surestaries_usd_jour) AS montant_usd
   FROM (((((public.proformas p
     JOIN public.fournisseur_lot l ON ((l.proforma_id = p.id)))
     JOIN public.cours_de_route c ON (((c.fournisseur_lot_id = l.id) AND (c.statut = ANY (ARRAY['ARRIVE'::text, 'DECHARGE'::text])))))
     JOIN public.cdr_etapes a ON (((a.cours_de_route_id = c.id) AND (a.statut = 'ARRIVE'::text))))
     LEFT JOIN public.cdr_etapes d ON (((d.cours_de_route_id = c.id) AND (d.statut = 'DECHARGE'::text))))
     CROSS JOIN LATERAL ( SELECT private.jour_au_depot(c.depot_destination_id, a.depuis) AS arrive_le,
            private.jour_au_depot(c.depot_destination_id, d.depuis) AS decharge_le,
            private.jour_au_depot(c.depot_destination_id, now()) AS aujourdhui) j);;

CREATE INDEX proformas_page_idx ON public.proformas USING btree (created_at DESC, id DESC);

CREATE POLICY "proformas_lecture" ON "public"."proformas" FOR SELECT TO "authenticated" USING ((( SELECT private.peut('lire_finance'::text) AS peut) AND (( SELECT private.peut('voir_tous_depots'::text) AS peut) OR (id = ANY (( SELECT private.proformas_vues() AS proformas_vues)::uuid[])))));

COMMENT ON VIEW "public"."v_avancement_proforma" IS 'Each proforma: what it commits to and what its lots have brought, in its base (recu is null where tonnes cannot be told for want of a density), and what that is worth (USD).';

COMMENT ON VIEW "public"."v_couverture_sblc" IS 'What the banks guarantee each supplier against what we owe them and have committed to (USD). For information only.';

COMMENT ON VIEW "public"."v_surestaries" IS 'Days each truck waited at its depot between its arrival and its unloading (or today), by the depot''s calendar, and what those beyond the allowance cost by the proforma (USD): proposed, not yet a cost of the lot.';

GRANT SELECT ON TABLE "public"."v_avancement_proforma" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_avancement_proforma" TO "postgres";

GRANT SELECT ON TABLE "public"."v_avancement_proforma" TO "service_role";

GRANT SELECT ON TABLE "public"."v_couverture_sblc" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_couverture_sblc" TO "postgres";

GRANT SELECT ON TABLE "public"."v_couverture_sblc" TO "service_role";

GRANT SELECT ON TABLE "public"."v_surestaries" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_surestaries" TO "postgres";

GRANT SELECT ON TABLE "public"."v_surestaries" TO "service_role";

CREATE VIEW "public"."v_mouvements_sans_partenaire" WITH (security_invoker=true) AS  SELECT 'AJUSTEMENT'::text AS type,
    a.id,
    a.depot_id,
    a.produit_id,
    a.date_jour,
    a.delta_ambiant,
    a.delta_15c,
    a.created_at
   FROM public.stocks_adjustments a
  WHERE ((a.mouvement_type = 'STOCK_INITIAL'::text) AND (a.proprietaire_type = 'PARTENAIRE'::text))
UNION ALL
 SELECT 'DILATATION'::text AS type,
    d.id,
    d.depot_id,
    d.produit_id,
    d.date_jour,
    d.delta_ambiant,
    (0)::numeric AS delta_15c,
    d.created_at
   FROM public.dilatations d
  WHERE ((d.mouvement_type = 'TRANSFERT'::text) AND (d.proprietaire_type = 'PARTENAIRE'::text))
UNION ALL
 SELECT 'REGULARISATION'::text AS type,
    g.id,
    g.depot_id,
    g.produit_id,
    g.date_jour,
    g.delta_ambiant,
    g.delta_15c,
    g.created_at
   FROM public.regularisations g
  WHERE (g.proprietaire_type = 'PARTENAIRE'::text);;

CREATE VIEW "public"."v_mouvements_partenaires" WITH (security_invoker=true) AS  SELECT depot_id,
    produit_id,
    partenaire_id,
    date_jour,
    delta_ambiant,
    delta_15c,
    mouvement_type,
    mouvement_id,
    created_at
   FROM ( SELECT r.depot_id,
            r.produit_id,
            r.partenaire_id,
            r.date_reception AS date_jour,
            r.volume_ambiant AS delta_ambiant,
            r.volume_15c AS delta_15c,
            'RECEPTION'::text AS mouvement_type,
            r.id AS mouvement_id,
            r.created_at,
            r.statut,
            r.proprietaire_type
           FROM public.receptions r
        UNION ALL
         SELECT s.depot_id,
            s.produit_id,
            s.partenaire_id,
            s.date_jour,
            (- s.volume_ambiant),
            (- s.volume_15c),
            'SORTIE'::text AS mouvement_type,
            s.id,
            s.created_at,
            s.statut,
            s.proprietaire_type
           FROM public.sorties_produit s
        UNION ALL
         SELECT d.depot_id,
            d.produit_id,
            s.partenaire_id,
            d.date_jour,
            d.delta_ambiant,
            (0)::numeric AS delta_15c,
            'DILATATION'::text AS mouvement_type,
            d.id,
            d.created_at,
            s.statut,
            d.proprietaire_type
           FROM (public.dilatations d
             JOIN public.sorties_produit s ON (((d.mouvement_type = 'SORTIE'::text) AND (s.id = d.mouvement_id))))
        UNION ALL
         SELECT a.depot_id,
            a.produit_id,
            r.partenaire_id,
            a.date_jour,
            a.delta_ambiant,
            a.delta_15c,
            'AJUSTEMENT'::text AS mouvement_type,
            a.id,
            a.created_at,
            r.statut,
            a.proprietaire_type
           FROM (public.stocks_adjustments a
             JOIN public.receptions r ON (((a.mouvement_type = 'RECEPTION'::text) AND (r.id = a.mouvement_id))))
        UNION ALL
         SELECT a.depot_id,
            a.produit_id,
            s.partenaire_id,
            a.date_jour,
            a.delta_ambiant,
            a.delta_15c,
            'AJUSTEMENT'::text AS mouvement_type,
            a.id,
            a.created_at,
            s.statut,
            a.proprietaire_type
           FROM (public.stocks_adjustments a
             JOIN public.sorties_produit s ON (((a.mouvement_type = 'SORTIE'::text) AND (s.id = a.mouvement_id))))
        UNION ALL
         SELECT i.depot_id,
            i.produit_id,
            p.partenaire_id,
            i.date_jour,
            p.volume_ambiant,
            p.volume_15c,
            'STOCK_INITIAL'::text AS mouvement_type,
            i.id,
            p.created_at,
            'validee'::text AS statut,
            i.proprietaire_type
           FROM (public.stocks_initiaux_partenaires p
             JOIN public.stocks_initiaux i ON ((i.id = p.stock_initial_id)))
        UNION ALL
         SELECT i.depot_id,
            i.produit_id,
            NULL::uuid AS partenaire_id,
            i.date_jour,
            (i.volume_ambiant - COALESCE(p.volume_ambiant, (0)::numeric)),
            (i.volume_15c - COALESCE(p.volume_15c, (0)::numeric)),
            'STOCK_INITIAL'::text AS mouvement_type,
            i.id,
            i.created_at,
            'validee'::text AS statut,
            i.proprietaire_type
           FROM (public.stocks_initiaux i
             CROSS JOIN LATERAL ( SELECT sum(x.volume_ambiant) AS volume_ambiant,
                    sum(x.volume_15c) AS volume_15c
                   FROM public.stocks_initiaux_partenaires x
                  WHERE (x.stock_initial_id = i.id)) p)
        UNION ALL
         SELECT n.depot_id,
            n.produit_id,
            p.partenaire_id,
            n.date_jour,
            p.delta_ambiant,
            p.delta_15c,
            n.type,
            n.id,
            n.created_at,
            'validee'::text AS statut,
            'PARTENAIRE'::text AS proprietaire_type
           FROM (public.parts_partenaires p
             JOIN public.v_mouvements_sans_partenaire n ON (((n.type = p.mouvement_type) AND (n.id = p.mouvement_id))))
        UNION ALL
         SELECT n.depot_id,
            n.produit_id,
            NULL::uuid AS partenaire_id,
            n.date_jour,
            (n.delta_ambiant - COALESCE(p.delta_ambiant, (0)::numeric)),
            (n.delta_15c - COALESCE(p.delta_15c, (0)::numeric)),
            n.type,
            n.id,
            n.created_at,
            'validee'::text AS statut,
            'PARTENAIRE'::text AS proprietaire_type
           FROM (public.v_mouvements_sans_partenaire n
             CROSS JOIN LATERAL ( SELECT sum(x.delta_ambiant) AS delta_ambiant,
                    sum(x.delta_15c) AS delta_15c
                   FROM public.parts_partenaires x
                  WHERE ((x.mouvement_type = n.type) AND (x.mouvement_id = n.id))) p)
        UNION ALL
         SELECT a.depot_id,
            a.produit_id,
            a.partenaire_id,
            a.date_jour,
            a.volume_ambiant,
            a.volume_15c,
            'ATTRIBUTION'::text AS mouvement_type,
            a.id,
            a.created_at,
            'validee'::text AS statut,
            'PARTENAIRE'::text AS proprietaire_type
           FROM public.attributions_partenaires a
        UNION ALL
         SELECT a.depot_id,
            a.produit_id,
            NULL::uuid AS partenaire_id,
            a.date_jour,
            (- a.volume_ambiant),
            (- a.volume_15c),
            'ATTRIBUTION'::text AS mouvement_type,
            a.id,
            a.created_at,
            'validee'::text AS statut,
            'PARTENAIRE'::text AS proprietaire_type
           FROM public.attributions_partenaires a) m
  WHERE ((proprietaire_type = 'PARTENAIRE'::text) AND (statut = 'validee'::text) AND ((delta_ambiant <> (0)::numeric) OR (delta_15c <> (0)::numeric)));;

CREATE VIEW "public"."v_mouvements_stock" WITH (security_invoker=true) AS  SELECT date_jour,
    citerne_id,
    produit_id,
    depot_id,
    proprietaire_type,
    delta_ambiant,
    delta_15c,
    mouvement_type,
    mouvement_id,
    created_at,
    private.masse_vide_t(densite_a_15_kgm3, delta_15c) AS masse_vide_t,
    private.masse_air_t(densite_a_15_kgm3, delta_15c) AS masse_air_t
   FROM ( SELECT r.date_reception AS date_jour,
            r.citerne_id,
            r.produit_id,
            r.depot_id,
            r.proprietaire_type,
            r.volume_ambiant AS delta_ambiant,
            r.volume_15c AS delta_15c,
            'RECEPTION'::text AS mouvement_type,
            r.id AS mouvement_id,
            r.created_at,
            r.statut,
            r.densite_a_15_kgm3
           FROM public.receptions r
        UNION ALL
         SELECT s.date_jour,
            s.citerne_id,
            s.produit_id,
            s.depot_id,
            s.proprietaire_type,
            (- s.volume_ambiant),
            (- s.volume_15c),
            'SORTIE'::text AS mouvement_type,
            s.id,
            s.created_at,
            s.statut,
            s.densite_a_15_kgm3
           FROM public.sorties_produit s
        UNION ALL
         SELECT a.date_jour,
            a.citerne_id,
            a.produit_id,
            a.depot_id,
            a.proprietaire_type,
            a.delta_ambiant,
            a.delta_15c,
            'AJUSTEMENT'::text AS mouvement_type,
            a.id,
            a.created_at,
            'validee'::text AS statut,
            NULL::numeric AS densite_a_15_kgm3
           FROM public.stocks_adjustments a
        UNION ALL
         SELECT i.date_jour,
            i.citerne_id,
            i.produit_id,
            i.depot_id,
            i.proprietaire_type,
            i.volume_ambiant,
            i.volume_15c,
            'STOCK_INITIAL'::text AS mouvement_type,
            i.id,
            i.created_at,
            'validee'::text AS statut,
            NULL::numeric AS densite_a_15_kgm3
           FROM public.stocks_initiaux i
        UNION ALL
         SELECT t.date_jour,
            t.citerne_source_id,
            t.produit_id,
            t.depot_id,
            t.proprietaire_type,
            (- t.volume_ambiant),
            (- t.volume_15c),
            'TRANSFERT'::text AS mouvement_type,
            t.id,
            t.created_at,
            'validee'::text AS statut,
            t.densite_a_15_kgm3
           FROM public.transferts t
        UNION ALL
         SELECT t.date_jour,
            t.citerne_destination_id,
            t.produit_id,
            t.depot_id,
            t.proprietaire_type,
            t.volume_ambiant,
            t.volume_15c,
            'TRANSFERT'::text AS mouvement_type,
            t.id,
            t.created_at,
            'validee'::text AS statut,
            t.densite_a_15_kgm3
           FROM public.transferts t
        UNION ALL
         SELECT d.date_jour,
            d.citerne_id,
            d.produit_id,
            d.depot_id,
            d.proprietaire_type,
            d.delta_ambiant,
            (0)::numeric AS delta_15c,
            'DILATATION'::text AS mouvement_type,
            d.id,
            d.created_at,
            'validee'::text AS statut,
            NULL::numeric AS densite_a_15_kgm3
           FROM public.dilatations d
        UNION ALL
         SELECT g.date_jour,
            g.citerne_id,
            g.produit_id,
            g.depot_id,
            g.proprietaire_type,
            g.delta_ambiant,
            g.delta_15c,
            'REGULARISATION'::text AS mouvement_type,
            g.id,
            g.created_at,
            'validee'::text AS statut,
            NULL::numeric AS densite_a_15_kgm3
           FROM public.regularisations g) m
  WHERE (statut = 'validee'::text);;

CREATE INDEX regularisations_page_idx ON public.regularisations USING btree (date_jour DESC, id DESC);

COMMENT ON VIEW "public"."v_mouvements_partenaires" IS 'Everything that ever moved a partner''s account (partenaire_id null: of no partner), litres, negative where it loses. Its sum is the account, to the millilitre.';

COMMENT ON VIEW "public"."v_mouvements_sans_partenaire" IS 'Movements of the partners'' fuel that name none of them, litres: what each bears lies in parts_partenaires.';

COMMENT ON VIEW "public"."v_mouvements_stock" IS 'Everything that ever moved stock, litres, negative out. Its sum is the stock, to the millilitre. Tonnes beside them where a density is known.';

GRANT SELECT ON TABLE "public"."v_mouvements_partenaires" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_mouvements_partenaires" TO "postgres";

GRANT SELECT ON TABLE "public"."v_mouvements_partenaires" TO "service_role";

GRANT SELECT ON TABLE "public"."v_mouvements_sans_partenaire" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_mouvements_sans_partenaire" TO "postgres";

GRANT SELECT ON TABLE "public"."v_mouvements_sans_partenaire" TO "service_role";

GRANT SELECT ON TABLE "public"."v_mouvements_stock" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_mouvements_stock" TO "postgres";

GRANT SELECT ON TABLE "public"."v_mouvements_stock" TO "service_role";

ALTER TABLE "public"."proformas" ADD CONSTRAINT "proformas_sblc_id_fkey" FOREIGN KEY (sblc_id) REFERENCES public.sblc(id);

CREATE VIEW "public"."v_sblc" WITH (security_invoker=true) AS  SELECT s.id,
    s.fournisseur_id,
    s.banque,
    s.reference,
    s.montant,
    s.devise,
    s.date_debut,
    s.date_fin,
        CASE
            WHEN ((s.statut = ANY (ARRAY['ACTIVE'::text, 'SUSPENDUE'::text])) AND (s.date_fin < j.aujourdhui)) THEN 'EXPIREE'::text
            ELSE s.statut
        END AS statut,
    GREATEST((s.date_fin - j.aujourdhui), 0) AS jours_restants,
    s.note,
    s.created_by,
    s.created_at,
    s.updated_at
   FROM (public.sblc s
     CROSS JOIN ( SELECT private.aujourdhui() AS aujourdhui
         OFFSET 0) j);;

CREATE INDEX sblc_page_idx ON public.sblc USING btree (created_at DESC, id DESC);

CREATE POLICY "sblc_lecture" ON "public"."sblc" FOR SELECT TO "authenticated" USING ((( SELECT private.peut('lire_finance'::text) AS peut) AND (( SELECT private.peut('voir_tous_depots'::text) AS peut) OR (id = ANY (( SELECT private.sblc_vues() AS sblc_vues)::uuid[])))));

COMMENT ON VIEW "public"."v_sblc" IS 'Guarantees as they stand today: EXPIREE once date_fin is past; jours_restants: days before.';

GRANT SELECT ON TABLE "public"."v_sblc" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_sblc" TO "postgres";

GRANT SELECT ON TABLE "public"."v_sblc" TO "service_role";

CREATE VIEW "public"."v_analyses" WITH (security_invoker=true) AS  SELECT a.id,
    a.objet_type,
    a.objet_id,
    a.cours_de_route_id,
    a.depot_id,
    a.produit_id,
    a.parametre,
    a.valeur,
    s.unite,
    s.minimum,
    s.maximum,
        CASE
            WHEN (s.id IS NOT NULL) THEN (((a.valeur < s.minimum) OR (a.valeur > s.maximum)) IS NOT TRUE)
            ELSE NULL::boolean
        END AS conforme,
    a.methode,
    a.laboratoire,
    a.analysee_le,
    a.note,
    a.created_by,
    a.created_at
   FROM (public.analyses a
     LEFT JOIN public.specifications s ON (((s.produit_id = a.produit_id) AND (private.cle_nom(s.parametre) = private.cle_nom(a.parametre)))));;

COMMENT ON VIEW "public"."v_analyses" IS 'Analyses against the specification of today: conforme is null where the parameter is not specified.';

GRANT SELECT ON TABLE "public"."v_analyses" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_analyses" TO "postgres";

GRANT SELECT ON TABLE "public"."v_analyses" TO "service_role";

ALTER TABLE "public"."alertes_evenements" ADD CONSTRAINT "alertes_evenements_alerte_id_fkey" FOREIGN KEY (alerte_id) REFERENCES public.system_alerts(id);

CREATE INDEX system_alerts_page_idx ON public.system_alerts USING btree (last_detected_at DESC, id DESC);

CREATE INDEX tarifs_page_idx ON public.tarifs USING btree (created_at DESC, id DESC);

ALTER TABLE "public"."alertes_evenements" ADD CONSTRAINT "alertes_evenements_note_lisible" CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text)));

ALTER TABLE "public"."analyses" ADD CONSTRAINT "analyses_laboratoire_lisible" CHECK (((private.texte_lisible(laboratoire, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'laboratoire'::text)));

ALTER TABLE "public"."analyses" ADD CONSTRAINT "analyses_methode_lisible" CHECK (((private.texte_lisible(methode, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'methode'::text)));

ALTER TABLE "public"."analyses" ADD CONSTRAINT "analyses_note_lisible" CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text)));

ALTER TABLE "public"."analyses" ADD CONSTRAINT "analyses_parametre_lisible" CHECK (((private.texte_lisible(parametre, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'parametre'::text)));

ALTER TABLE "public"."app_settings" ADD CONSTRAINT "app_settings_key_lisible" CHECK (((private.texte_lisible(key, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'key'::text)));

ALTER TABLE "public"."app_settings" ADD CONSTRAINT "app_settings_value_lisible" CHECK (((private.texte_lisible(value, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'value'::text)));

ALTER TABLE "public"."attributions_partenaires" ADD CONSTRAINT "attributions_partenaires_motif_lisible" CHECK (((private.texte_lisible(motif, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'motif'::text)));

ALTER TABLE "public"."baremes" ADD CONSTRAINT "baremes_certificat_lisible" CHECK (((private.texte_lisible(certificat, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'certificat'::text)));

ALTER TABLE "public"."baremes" ADD CONSTRAINT "baremes_organisme_lisible" CHECK (((private.texte_lisible(organisme, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'organisme'::text)));

ALTER TABLE "public"."baremes" ADD CONSTRAINT "baremes_valide_au_possible" CHECK (((private.date_possible(valide_au) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'valide_au'::text)));

ALTER TABLE "public"."baremes" ADD CONSTRAINT "baremes_valide_du_possible" CHECK (((private.date_possible(valide_du) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'valide_du'::text)));

ALTER TABLE "public"."bons_livraison" ADD CONSTRAINT "bons_livraison_date_livraison_possible" CHECK (((private.date_possible(date_livraison) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_livraison'::text)));

ALTER TABLE "public"."bons_livraison" ADD CONSTRAINT "bons_livraison_destinataire_lisible" CHECK (((private.texte_lisible(destinataire, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'destinataire'::text)));

ALTER TABLE "public"."bons_livraison" ADD CONSTRAINT "bons_livraison_lieu_lisible" CHECK (((private.texte_lisible(lieu, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'lieu'::text)));

ALTER TABLE "public"."bons_livraison" ADD CONSTRAINT "bons_livraison_motif_annulation_lisible" CHECK (((private.texte_lisible(motif_annulation, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'motif_annulation'::text)));

ALTER TABLE "public"."bons_livraison" ADD CONSTRAINT "bons_livraison_numero_lisible" CHECK (((private.texte_lisible(numero, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'numero'::text)));

ALTER TABLE "public"."bons_livraison" ADD CONSTRAINT "bons_livraison_recu_par_lisible" CHECK (((private.texte_lisible(recu_par, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'recu_par'::text)));

ALTER TABLE "public"."cdr_etapes" ADD CONSTRAINT "cdr_etapes_statut_lisible" CHECK (((private.texte_lisible(statut, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'statut'::text)));

ALTER TABLE "public"."chargements" ADD CONSTRAINT "chargements_bl_numero_lisible" CHECK (((private.texte_lisible(bl_numero, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'bl_numero'::text)));

ALTER TABLE "public"."chargements" ADD CONSTRAINT "chargements_date_bl_possible" CHECK (((private.date_possible(date_bl) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_bl'::text)));

ALTER TABLE "public"."chargements" ADD CONSTRAINT "chargements_scelles_lisible" CHECK (((private.texte_lisible(scelles, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'scelles'::text)));

ALTER TABLE "public"."citernes" ADD CONSTRAINT "citernes_created_at_possible" CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text)));

ALTER TABLE "public"."citernes" ADD CONSTRAINT "citernes_localisation_lisible" CHECK (((private.texte_lisible(localisation, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'localisation'::text)));

ALTER TABLE "public"."citernes" ADD CONSTRAINT "citernes_nom_check" CHECK ((private.nom_lisible(nom) OR private.refuser_valeur('NOM_INVALIDE'::text, 'nom'::text)));

ALTER TABLE "public"."citernes" ADD CONSTRAINT "citernes_nom_lisible" CHECK (((private.texte_lisible(nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_adresse_lisible" CHECK (((private.texte_lisible(adresse, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'adresse'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_contact_personne_lisible" CHECK (((private.texte_lisible(contact_personne, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'contact_personne'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_created_at_possible" CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_email_lisible" CHECK (((private.texte_lisible(email, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'email'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_id_nat_lisible" CHECK (((private.texte_lisible(id_nat, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'id_nat'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_nif_lisible" CHECK (((private.texte_lisible(nif, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nif'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_nom_check" CHECK ((private.nom_lisible(nom) OR private.refuser_valeur('NOM_INVALIDE'::text, 'nom'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_nom_lisible" CHECK (((private.texte_lisible(nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_note_supplementaire_lisible" CHECK (((private.texte_lisible(note_supplementaire, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note_supplementaire'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_pays_lisible" CHECK (((private.texte_lisible(pays, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'pays'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_rccm_lisible" CHECK (((private.texte_lisible(rccm, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'rccm'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_ref_exoneration_lisible" CHECK (((private.texte_lisible(ref_exoneration, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'ref_exoneration'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_telephone_lisible" CHECK (((private.texte_lisible(telephone, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'telephone'::text)));

ALTER TABLE "public"."clotures_caisse" ADD CONSTRAINT "clotures_caisse_motif_lisible" CHECK (((private.texte_lisible(motif, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'motif'::text)));

ALTER TABLE "public"."compteurs" ADD CONSTRAINT "compteurs_certificat_lisible" CHECK (((private.texte_lisible(certificat, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'certificat'::text)));

ALTER TABLE "public"."compteurs" ADD CONSTRAINT "compteurs_numero_check" CHECK ((private.nom_lisible(numero) OR private.refuser_valeur('NOM_INVALIDE'::text, 'numero'::text)));

ALTER TABLE "public"."compteurs" ADD CONSTRAINT "compteurs_numero_lisible" CHECK (((private.texte_lisible(numero, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'numero'::text)));

ALTER TABLE "public"."compteurs" ADD CONSTRAINT "compteurs_valide_du_possible" CHECK (((private.date_possible(valide_du) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'valide_du'::text)));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_chauffeur_nom_lisible" CHECK (((private.texte_lisible(chauffeur_nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'chauffeur_nom'::text)));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_created_at_possible" CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text)));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_date_chargement_possible" CHECK (((private.date_possible(date_chargement) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_chargement'::text)));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_depart_pays_lisible" CHECK (((private.texte_lisible(depart_pays, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'depart_pays'::text)));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_motif_annulation_lisible" CHECK (((private.texte_lisible(motif_annulation, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'motif_annulation'::text)));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_note_lisible" CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text)));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_plaque_camion_check" CHECK (((private.plaque_lisible(plaque_camion) AND (private.cle_plaque(plaque_camion) <> ''::text)) OR private.refuser_valeur('PLAQUE_INVALIDE'::text, 'plaque_camion'::text)));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_plaque_camion_lisible" CHECK (((private.texte_lisible(plaque_camion, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'plaque_camion'::text)));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_plaque_remorque_check" CHECK (((private.plaque_lisible(plaque_remorque) IS NOT FALSE) OR private.refuser_valeur('PLAQUE_INVALIDE'::text, 'plaque_remorque'::text)));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_plaque_remorque_lisible" CHECK (((private.texte_lisible(plaque_remorque, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'plaque_remorque'::text)));

ALTER TABLE "public"."cours_de_route" ADD CONSTRAINT "cours_de_route_transporteur_lisible" CHECK (((private.texte_lisible(transporteur, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'transporteur'::text)));

ALTER TABLE "public"."credits_derogations" ADD CONSTRAINT "credits_derogations_motif_lisible" CHECK (((private.texte_lisible(motif, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'motif'::text)));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_adresse_lisible" CHECK (((private.texte_lisible(adresse, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'adresse'::text)));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_code_lisible" CHECK (((private.texte_lisible(code, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'code'::text)));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_created_at_possible" CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text)));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_fuseau_check" CHECK (((fuseau = 'Africa/Lubumbashi'::text) OR private.fuseau_nomme(fuseau) OR private.refuser_valeur('FUSEAU_INCONNU'::text, 'fuseau'::text)));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_fuseau_lisible" CHECK (((private.texte_lisible(fuseau, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'fuseau'::text)));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_nom_check" CHECK ((private.nom_lisible(nom) OR private.refuser_valeur('NOM_INVALIDE'::text, 'nom'::text)));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_nom_lisible" CHECK (((private.texte_lisible(nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom'::text)));

ALTER TABLE "public"."ecarts" ADD CONSTRAINT "ecarts_justification_lisible" CHECK (((private.texte_lisible(justification, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'justification'::text)));

ALTER TABLE "public"."ecarts_notes" ADD CONSTRAINT "ecarts_notes_texte_lisible" CHECK (((private.texte_lisible(texte, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'texte'::text)));

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_date_valeur_possible" CHECK (((private.date_possible(date_valeur) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_valeur'::text)));

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_echeance_possible" CHECK (((private.date_possible(echeance) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'echeance'::text)));

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_libelle_lisible" CHECK (((private.texte_lisible(libelle, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'libelle'::text)));

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_reference_lisible" CHECK (((private.texte_lisible(reference, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'reference'::text)));

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_source_type_lisible" CHECK (((private.texte_lisible(source_type, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'source_type'::text)));

ALTER TABLE "public"."encaissements" ADD CONSTRAINT "encaissements_motif_annulation_lisible" CHECK (((private.texte_lisible(motif_annulation, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'motif_annulation'::text)));

ALTER TABLE "public"."encaissements" ADD CONSTRAINT "encaissements_numero_recu_lisible" CHECK (((private.texte_lisible(numero_recu, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'numero_recu'::text)));

ALTER TABLE "public"."encaissements" ADD CONSTRAINT "encaissements_reference_lisible" CHECK (((private.texte_lisible(reference, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'reference'::text)));

ALTER TABLE "public"."envois" ADD CONSTRAINT "envois_cle_lisible" CHECK (((private.texte_lisible(cle, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'cle'::text)));

ALTER TABLE "public"."envois" ADD CONSTRAINT "envois_dernier_code_lisible" CHECK (((private.texte_lisible(dernier_code, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'dernier_code'::text)));

ALTER TABLE "public"."envois" ADD CONSTRAINT "envois_derniere_erreur_lisible" CHECK (((private.texte_lisible(derniere_erreur, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'derniere_erreur'::text)));

ALTER TABLE "public"."envois" ADD CONSTRAINT "envois_destination_lisible" CHECK (((private.texte_lisible(destination, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'destination'::text)));

ALTER TABLE "public"."envois" ADD CONSTRAINT "envois_env_lisible" CHECK (((private.texte_lisible(env, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'env'::text)));

ALTER TABLE "public"."envois" ADD CONSTRAINT "envois_objet_type_lisible" CHECK (((private.texte_lisible(objet_type, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'objet_type'::text)));

ALTER TABLE "public"."envois" ADD CONSTRAINT "envois_secret_nom_lisible" CHECK (((private.texte_lisible(secret_nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'secret_nom'::text)));

ALTER TABLE "public"."envois" ADD CONSTRAINT "envois_sujet_lisible" CHECK (((private.texte_lisible(sujet, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'sujet'::text)));

ALTER TABLE "public"."factures_client" ADD CONSTRAINT "factures_client_date_echeance_possible" CHECK (((private.date_possible(date_echeance) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_echeance'::text)));

ALTER TABLE "public"."factures_client" ADD CONSTRAINT "factures_client_date_facture_possible" CHECK (((private.date_possible(date_facture) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_facture'::text)));

ALTER TABLE "public"."factures_client" ADD CONSTRAINT "factures_client_motif_lisible" CHECK (((private.texte_lisible(motif, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'motif'::text)));

ALTER TABLE "public"."factures_client" ADD CONSTRAINT "factures_client_numero_lisible" CHECK (((private.texte_lisible(numero, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'numero'::text)));

ALTER TABLE "public"."factures_client_lignes" ADD CONSTRAINT "factures_client_lignes_designation_lisible" CHECK (((private.texte_lisible(designation, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'designation'::text)));

ALTER TABLE "public"."factures_client_lignes" ADD CONSTRAINT "factures_client_lignes_tva_groupe_lisible" CHECK (((private.texte_lisible(tva_groupe, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'tva_groupe'::text)));

ALTER TABLE "public"."factures_client_taxes" ADD CONSTRAINT "factures_client_taxes_groupe_lisible" CHECK (((private.texte_lisible(groupe, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'groupe'::text)));

ALTER TABLE "public"."factures_fiscales" ADD CONSTRAINT "factures_fiscales_code_dgi_lisible" CHECK (((private.texte_lisible(code_dgi, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'code_dgi'::text)));

ALTER TABLE "public"."factures_fiscales" ADD CONSTRAINT "factures_fiscales_nid_lisible" CHECK (((private.texte_lisible(nid, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nid'::text)));

ALTER TABLE "public"."factures_fiscales" ADD CONSTRAINT "factures_fiscales_qr_lisible" CHECK (((private.texte_lisible(qr, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'qr'::text)));

ALTER TABLE "public"."feature_flags" ADD CONSTRAINT "feature_flags_description_lisible" CHECK (((private.texte_lisible(description, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'description'::text)));

ALTER TABLE "public"."feature_flags" ADD CONSTRAINT "feature_flags_key_lisible" CHECK (((private.texte_lisible(key, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'key'::text)));

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_date_echeance_possible" CHECK (((private.date_possible(date_echeance) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_echeance'::text)));

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_date_facture_possible" CHECK (((private.date_possible(date_facture) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_facture'::text)));

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_deal_reference_lisible" CHECK (((private.texte_lisible(deal_reference, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'deal_reference'::text)));

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_invoice_no_lisible" CHECK (((private.texte_lisible(invoice_no, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'invoice_no'::text)));

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_justification_lisible" CHECK (((private.texte_lisible(justification, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'justification'::text)));

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_numero_lisible" CHECK (((private.texte_lisible(numero, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'numero'::text)));

ALTER TABLE "public"."fournisseur_lot" ADD CONSTRAINT "fournisseur_lot_created_at_possible" CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text)));

ALTER TABLE "public"."fournisseur_lot" ADD CONSTRAINT "fournisseur_lot_date_lot_possible" CHECK (((private.date_possible(date_lot) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_lot'::text)));

ALTER TABLE "public"."fournisseur_lot" ADD CONSTRAINT "fournisseur_lot_note_lisible" CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text)));

ALTER TABLE "public"."fournisseur_lot" ADD CONSTRAINT "fournisseur_lot_reference_lisible" CHECK (((private.texte_lisible(reference, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'reference'::text)));

ALTER TABLE "public"."fournisseur_lot" ADD CONSTRAINT "fournisseur_lot_updated_at_possible" CHECK (((private.date_possible(updated_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'updated_at'::text)));

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_date_paiement_possible" CHECK (((private.date_possible(date_paiement) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_paiement'::text)));

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_mode_paiement_lisible" CHECK (((private.texte_lisible(mode_paiement, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'mode_paiement'::text)));

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_motif_annulation_lisible" CHECK (((private.texte_lisible(motif_annulation, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'motif_annulation'::text)));

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_note_lisible" CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text)));

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_numero_lisible" CHECK (((private.texte_lisible(numero, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'numero'::text)));

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_reference_paiement_lisible" CHECK (((private.texte_lisible(reference_paiement, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'reference_paiement'::text)));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_adresse_lisible" CHECK (((private.texte_lisible(adresse, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'adresse'::text)));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_contact_personne_lisible" CHECK (((private.texte_lisible(contact_personne, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'contact_personne'::text)));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_created_at_possible" CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text)));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_email_lisible" CHECK (((private.texte_lisible(email, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'email'::text)));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_nif_lisible" CHECK (((private.texte_lisible(nif, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nif'::text)));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_nom_check" CHECK ((private.nom_lisible(nom) OR private.refuser_valeur('NOM_INVALIDE'::text, 'nom'::text)));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_nom_lisible" CHECK (((private.texte_lisible(nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom'::text)));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_note_supplementaire_lisible" CHECK (((private.texte_lisible(note_supplementaire, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note_supplementaire'::text)));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_pays_lisible" CHECK (((private.texte_lisible(pays, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'pays'::text)));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_telephone_lisible" CHECK (((private.texte_lisible(telephone, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'telephone'::text)));

ALTER TABLE "public"."frais_lot" ADD CONSTRAINT "frais_lot_motif_annulation_lisible" CHECK (((private.texte_lisible(motif_annulation, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'motif_annulation'::text)));

ALTER TABLE "public"."frais_lot" ADD CONSTRAINT "frais_lot_reference_lisible" CHECK (((private.texte_lisible(reference, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'reference'::text)));

ALTER TABLE "public"."frais_lot" ADD CONSTRAINT "frais_lot_tiers_lisible" CHECK (((private.texte_lisible(tiers, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'tiers'::text)));

ALTER TABLE "public"."golden_cases" ADD CONSTRAINT "golden_cases_created_at_possible" CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text)));

ALTER TABLE "public"."golden_cases" ADD CONSTRAINT "golden_cases_date_mesure_possible" CHECK (((private.date_possible(date_mesure) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_mesure'::text)));

ALTER TABLE "public"."golden_cases" ADD CONSTRAINT "golden_cases_note_lisible" CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text)));

ALTER TABLE "public"."golden_cases" ADD CONSTRAINT "golden_cases_produit_code_lisible" CHECK (((private.texte_lisible(produit_code, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'produit_code'::text)));

ALTER TABLE "public"."golden_cases" ADD CONSTRAINT "golden_cases_reference_lisible" CHECK (((private.texte_lisible(reference, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'reference'::text)));

ALTER TABLE "public"."golden_cases" ADD CONSTRAINT "golden_cases_source_lisible" CHECK (((private.texte_lisible(source, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'source'::text)));

ALTER TABLE "public"."notifications_regles" ADD CONSTRAINT "notifications_regles_destination_lisible" CHECK (((private.texte_lisible(destination, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'destination'::text)));

ALTER TABLE "public"."notifications_regles" ADD CONSTRAINT "notifications_regles_env_lisible" CHECK (((private.texte_lisible(env, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'env'::text)));

ALTER TABLE "public"."notifications_regles" ADD CONSTRAINT "notifications_regles_roles_check" CHECK (((cardinality(roles) > 0) AND private.roles_possibles(roles)));

ALTER TABLE "public"."notifications_regles" ADD CONSTRAINT "notifications_regles_secret_nom_lisible" CHECK (((private.texte_lisible(secret_nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'secret_nom'::text)));

ALTER TABLE "public"."partenaires" ADD CONSTRAINT "partenaires_contact_lisible" CHECK (((private.texte_lisible(contact, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'contact'::text)));

ALTER TABLE "public"."partenaires" ADD CONSTRAINT "partenaires_created_at_possible" CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text)));

ALTER TABLE "public"."partenaires" ADD CONSTRAINT "partenaires_email_lisible" CHECK (((private.texte_lisible(email, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'email'::text)));

ALTER TABLE "public"."partenaires" ADD CONSTRAINT "partenaires_nom_check" CHECK ((private.nom_lisible(nom) OR private.refuser_valeur('NOM_INVALIDE'::text, 'nom'::text)));

ALTER TABLE "public"."partenaires" ADD CONSTRAINT "partenaires_nom_lisible" CHECK (((private.texte_lisible(nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom'::text)));

ALTER TABLE "public"."partenaires" ADD CONSTRAINT "partenaires_telephone_lisible" CHECK (((private.texte_lisible(telephone, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'telephone'::text)));

ALTER TABLE "public"."periodes_closes" ADD CONSTRAINT "periodes_closes_motif_reouverture_lisible" CHECK (((private.texte_lisible(motif_reouverture, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'motif_reouverture'::text)));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_mesuree_le_possible" CHECK (((private.date_possible(mesuree_le) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'mesuree_le'::text)));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_methode_15c_lisible" CHECK (((private.texte_lisible(methode_15c, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'methode_15c'::text)));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_note_lisible" CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text)));

ALTER TABLE "public"."produits" ADD CONSTRAINT "produits_code_check" CHECK ((private.nom_lisible(code) OR private.refuser_valeur('NOM_INVALIDE'::text, 'code'::text)));

ALTER TABLE "public"."produits" ADD CONSTRAINT "produits_code_lisible" CHECK (((private.texte_lisible(code, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'code'::text)));

ALTER TABLE "public"."produits" ADD CONSTRAINT "produits_created_at_possible" CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text)));

ALTER TABLE "public"."produits" ADD CONSTRAINT "produits_description_lisible" CHECK (((private.texte_lisible(description, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'description'::text)));

ALTER TABLE "public"."produits" ADD CONSTRAINT "produits_nom_check" CHECK ((private.nom_lisible(nom) OR private.refuser_valeur('NOM_INVALIDE'::text, 'nom'::text)));

ALTER TABLE "public"."produits" ADD CONSTRAINT "produits_nom_lisible" CHECK (((private.texte_lisible(nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom'::text)));

ALTER TABLE "public"."produits" ADD CONSTRAINT "produits_tva_groupe_lisible" CHECK (((private.texte_lisible(tva_groupe, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'tva_groupe'::text)));

ALTER TABLE "public"."profils" ADD CONSTRAINT "profils_created_at_possible" CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text)));

ALTER TABLE "public"."profils" ADD CONSTRAINT "profils_desactive_le_possible" CHECK (((private.date_possible(desactive_le) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'desactive_le'::text)));

ALTER TABLE "public"."profils" ADD CONSTRAINT "profils_email_lisible" CHECK (((private.texte_lisible(email, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'email'::text)));

ALTER TABLE "public"."profils" ADD CONSTRAINT "profils_nom_complet_lisible" CHECK (((private.texte_lisible(nom_complet, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom_complet'::text)));

ALTER TABLE "public"."proforma_clotures" ADD CONSTRAINT "proforma_clotures_justification_lisible" CHECK (((private.texte_lisible(justification, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'justification'::text)));

ALTER TABLE "public"."proformas" ADD CONSTRAINT "proformas_date_proforma_possible" CHECK (((private.date_possible(date_proforma) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_proforma'::text)));

ALTER TABLE "public"."proformas" ADD CONSTRAINT "proformas_date_validite_possible" CHECK (((private.date_possible(date_validite) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_validite'::text)));

ALTER TABLE "public"."proformas" ADD CONSTRAINT "proformas_incoterm_lisible" CHECK (((private.texte_lisible(incoterm, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'incoterm'::text)));

ALTER TABLE "public"."proformas" ADD CONSTRAINT "proformas_motif_annulation_lisible" CHECK (((private.texte_lisible(motif_annulation, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'motif_annulation'::text)));

ALTER TABLE "public"."proformas" ADD CONSTRAINT "proformas_note_lisible" CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text)));

ALTER TABLE "public"."proformas" ADD CONSTRAINT "proformas_numero_lisible" CHECK (((private.texte_lisible(numero, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'numero'::text)));

ALTER TABLE "public"."proformas" ADD CONSTRAINT "proformas_reference_lisible" CHECK (((private.texte_lisible(reference, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'reference'::text)));

ALTER TABLE "public"."receptions" ADD CONSTRAINT "receptions_date_reception_possible" CHECK (((private.date_possible(date_reception) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_reception'::text)));

ALTER TABLE "public"."receptions" ADD CONSTRAINT "receptions_methode_15c_lisible" CHECK (((private.texte_lisible(methode_15c, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'methode_15c'::text)));

ALTER TABLE "public"."receptions" ADD CONSTRAINT "receptions_note_lisible" CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text)));

ALTER TABLE "public"."regularisations" ADD CONSTRAINT "regularisations_motif_lisible" CHECK (((private.texte_lisible(motif, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'motif'::text)));

ALTER TABLE "public"."remboursements" ADD CONSTRAINT "remboursements_motif_lisible" CHECK (((private.texte_lisible(motif, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'motif'::text)));

ALTER TABLE "public"."remboursements" ADD CONSTRAINT "remboursements_reference_lisible" CHECK (((private.texte_lisible(reference, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'reference'::text)));

ALTER TABLE "public"."sblc" ADD CONSTRAINT "sblc_banque_lisible" CHECK (((private.texte_lisible(banque, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'banque'::text)));

ALTER TABLE "public"."sblc" ADD CONSTRAINT "sblc_date_debut_possible" CHECK (((private.date_possible(date_debut) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_debut'::text)));

ALTER TABLE "public"."sblc" ADD CONSTRAINT "sblc_date_fin_possible" CHECK (((private.date_possible(date_fin) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_fin'::text)));

ALTER TABLE "public"."sblc" ADD CONSTRAINT "sblc_note_lisible" CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text)));

ALTER TABLE "public"."sblc" ADD CONSTRAINT "sblc_reference_lisible" CHECK (((private.texte_lisible(reference, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'reference'::text)));

ALTER TABLE "public"."sorties_produit" ADD CONSTRAINT "sorties_produit_date_sortie_possible" CHECK (((private.date_possible(date_sortie) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_sortie'::text)));

ALTER TABLE "public"."specifications" ADD CONSTRAINT "specifications_parametre_lisible" CHECK (((private.texte_lisible(parametre, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'parametre'::text)));

ALTER TABLE "public"."specifications" ADD CONSTRAINT "specifications_unite_lisible" CHECK (((private.texte_lisible(unite, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'unite'::text)));

ALTER TABLE "public"."stocks_adjustments" ADD CONSTRAINT "stocks_adjustments_reason_lisible" CHECK (((private.texte_lisible(reason, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'reason'::text)));

ALTER TABLE "public"."stocks_initiaux" ADD CONSTRAINT "stocks_initiaux_date_jour_possible" CHECK (((private.date_possible(date_jour) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_jour'::text)));

ALTER TABLE "public"."stocks_initiaux" ADD CONSTRAINT "stocks_initiaux_motif_lisible" CHECK (((private.texte_lisible(motif, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'motif'::text)));

ALTER TABLE "public"."stocks_journaliers" ADD CONSTRAINT "stocks_journaliers_source_lisible" CHECK (((private.texte_lisible(source, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'source'::text)));

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_acknowledged_at_possible" CHECK (((private.date_possible(acknowledged_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'acknowledged_at'::text)));

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_check_code_lisible" CHECK (((private.texte_lisible(check_code, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'check_code'::text)));

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_entity_type_lisible" CHECK (((private.texte_lisible(entity_type, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'entity_type'::text)));

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_message_lisible" CHECK (((private.texte_lisible(message, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'message'::text)));

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_resolved_at_possible" CHECK (((private.date_possible(resolved_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'resolved_at'::text)));

ALTER TABLE "public"."tarifs" ADD CONSTRAINT "tarifs_motif_lisible" CHECK (((private.texte_lisible(motif, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'motif'::text)));

ALTER TABLE "public"."taux_change" ADD CONSTRAINT "taux_change_devise_lisible" CHECK (((private.texte_lisible(devise, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'devise'::text)));

ALTER TABLE "public"."taux_tva" ADD CONSTRAINT "taux_tva_groupe_lisible" CHECK (((private.texte_lisible(groupe, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'groupe'::text)));

ALTER TABLE "public"."taux_tva" ADD CONSTRAINT "taux_tva_libelle_lisible" CHECK (((private.texte_lisible(libelle, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'libelle'::text)));

ALTER TABLE "public"."transferts" ADD CONSTRAINT "transferts_date_jour_possible" CHECK (((private.date_possible(date_jour) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_jour'::text)));

ALTER TABLE "public"."transferts" ADD CONSTRAINT "transferts_methode_15c_lisible" CHECK (((private.texte_lisible(methode_15c, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'methode_15c'::text)));

ALTER TABLE "public"."transferts" ADD CONSTRAINT "transferts_note_lisible" CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text)));

CREATE UNIQUE INDEX citernes_nom_lu_key ON public.citernes USING btree (private.cle_au_depot(depot_id, private.cle_nom(nom)));

CREATE UNIQUE INDEX clients_nom_lu_key ON public.clients USING btree (private.cle_nom(nom));

CREATE UNIQUE INDEX compteurs_lu_key ON public.compteurs USING btree (private.cle_au_depot(depot_id, private.cle_nom(numero)), valide_du);

CREATE UNIQUE INDEX cours_de_route_camion_ouvert ON public.cours_de_route USING btree (private.cle_au_depot(depot_destination_id, private.cle_plaque(plaque_camion))) WHERE (statut <> ALL (ARRAY['DECHARGE'::text, 'ANNULE'::text]));

CREATE UNIQUE INDEX depots_nom_lu_key ON public.depots USING btree (private.cle_nom(nom));

CREATE UNIQUE INDEX fournisseurs_nom_lu_key ON public.fournisseurs USING btree (private.cle_nom(nom));

CREATE UNIQUE INDEX partenaires_nom_lu_key ON public.partenaires USING btree (private.cle_nom(nom));

CREATE UNIQUE INDEX produits_code_lu_key ON public.produits USING btree (private.cle_nom(code));

CREATE UNIQUE INDEX produits_nom_lu_key ON public.produits USING btree (private.cle_nom(nom));

CREATE UNIQUE INDEX specifications_parametre_unique ON public.specifications USING btree (produit_id, private.cle_nom(parametre));

-- The refusals of the rules, one row each: the code a program reads, the HTTP status it travels with, the sentence a
-- clerk reads, what it means and what to do. Functions raise them by code (private.refuser); nothing else says them.

insert into private.refus as r (code, statut_http, phrase, sens, conduite) values
  ('ROLE_FORBIDDEN', 403, 'Votre rôle ne permet pas cette action.',
    'La personne est connue, mais son rôle n''a pas la capacité que l''acte demande (detail : capacite, roles_admis).',
    'Confier l''acte à quelqu''un dont le rôle le permet, ou demander à un administrateur de changer le rôle.'),
  ('INVALID_ID_OR_STATE', 409,
    'Cet enregistrement n''existe pas ou n''est plus dans l''état attendu : rechargez la page.',
    'L''enregistrement n''existe pas pour cette personne, ou quelqu''un l''a déjà validé, rejeté ou compensé.',
    'Recharger la page : si l''acte est déjà fait, il n''y a rien à refaire.'),
  ('BENEFICIAIRE_REQUIRED', 422, 'Indiquez le client ou le partenaire qui reçoit le carburant.',
    'Une sortie se valide pour quelqu''un : ni client ni partenaire n''est indiqué.',
    'Compléter le brouillon, puis valider.'),
  ('CITERNE_INACTIVE_OR_INCOMPATIBLE', 422, 'Cette citerne est inactive, inconnue ou contient un autre produit.',
    'La citerne n''est pas de ce dépôt, n''est pas active, ou contient un autre produit.',
    'Vérifier la citerne et le produit. Une citerne en maintenance se rouvre dans les référentiels.'),
  ('INDICES_MANQUANTS', 422, 'Indiquez le volume, ou les deux index du compteur (avant et après).',
    'Sans volume, il faut les deux index du compteur pour le calculer.',
    'Saisir le volume, ou l''index avant et l''index après.'),
  ('INDEX_INCOHERENTS', 422,
    'Les index du compteur ne concordent pas : vérifiez l''index avant, l''index après et le volume.',
    'L''index après est sous l''index avant, ou leur différence n''est pas le volume envoyé.',
    'Relire le compteur et corriger la saisie.'),
  ('VOLUME_AMBIANT_NON_POSITIF', 422, 'Le volume doit être supérieur à zéro.',
    'Un mouvement porte sur un volume de plus de zéro litre.',
    'Corriger le volume ou les index.'),
  ('INSUFFICIENT_STOCK', 409, 'Stock insuffisant : {demande} L demandés, {disponible} L disponibles ({mesure}).',
    'Ce propriétaire n''a pas assez de carburant dans cette citerne ; rien n''a été débité (detail : mesure, demande, '
    'disponible).',
    'Réduire le volume, choisir une autre citerne, ou recevoir d''abord. Si la jauge dit autre chose, faire une prise '
    'de hauteur et prévenir un administrateur.'),
  ('SNAPSHOT_VIDE', 409, 'Aucun stock n''existe encore : enregistrez d''abord une réception.',
    'La base n''a encore aucun stock : rien ne peut sortir.',
    'Enregistrer une réception, ou faire déclarer le stock initial par un administrateur.'),
  ('SORTIE_STOCK_INTROUVABLE', 409, 'Cette citerne n''a aucun stock pour ce propriétaire.',
    'Ce propriétaire n''a jamais eu de carburant dans cette citerne.',
    'Vérifier la citerne et le propriétaire (MONALUXE ou PARTENAIRE).'),
  ('SORTIE_CAPACITE_SECURITE', 409,
    'Cette sortie ferait descendre la citerne sous sa capacité de sécurité ({capacite_securite} L) le {date_jour} : il '
    'resterait {reste} L.',
    'Une sortie laisse dans la citerne sa capacité de sécurité, chaque jour depuis le sien, tous propriétaires '
    'ensemble (detail : date_jour, le premier jour qui ne l''aurait pas, reste, capacite_securite).',
    'Réduire le volume ou choisir une autre citerne.'),
  ('STOCK_FUTUR_NEGATIF', 409, 'À cette date, le stock du {date_jour} deviendrait négatif.',
    'À la date du mouvement, un jour passé ou suivant descendrait sous zéro (detail : date_jour).',
    'Vérifier la date. Si elle est juste, un mouvement plus ancien manque ou est faux : le corriger d''abord.'),
  ('CITERNE_PLEINE', 409,
    'La citerne n''a pas assez de place le {date_jour} : {volume} L à recevoir, {libre} L libres.',
    'Le volume dépasse la place qui reste, ce jour ou un jour suivant, tous propriétaires ensemble (detail : '
    'date_jour, le premier jour trop plein, volume, libre, capacite_totale).',
    'Répartir sur plusieurs citernes, ou transférer d''abord.'),
  ('REFERENTIEL_INACTIF', 422,
    'Désactivé : {quoi} {nom}. Plus rien de nouveau ne s''y rattache. Ce qui est en stock peut sortir.',
    'Le produit, le dépôt, le client, le fournisseur ou le partenaire est désactivé (detail : quoi, nom).',
    'En choisir un autre, ou le réactiver dans les référentiels.'),
  ('RECEPTION_AVANT_CHARGEMENT', 422,
    'Ce camion a été chargé le {date_chargement} : il ne peut pas être reçu le {date_reception}.',
    'La date de réception précède celle du chargement du camion (detail : date_chargement, date_reception).',
    'Vérifier les deux dates ; celle du chargement se corrige sur le cours de route.'),
  ('TROP_DE_LIGNES', 413,
    'Trop de lignes en une seule demande : {lignes}, pour {maximum} au plus. Rien n''a été enregistré.',
    'Une demande écrit un nombre borné de lignes, pour ne pas bloquer les autres (detail : lignes, maximum).',
    'Envoyer les lignes en plusieurs demandes.'),
  ('TEXTE_ILLISIBLE', 422, 'Le champ {champ} contient des caractères que personne ne voit : ressaisissez-le.',
    'Un texte ne contient ni caractère de commande, ni marque invisible ou de sens d''écriture, ni octet qui n''a pas '
    'pu se lire (detail : champ).',
    'Ressaisir le texte à la main plutôt que de le coller.'),
  ('NOM_INVALIDE', 422,
    'Ce nom ne peut pas servir (champ {champ}) : lettres latines, chiffres, espaces et ponctuation.',
    'Un nom n''est pas vide, et n''a aucune lettre d''une écriture qui ressemble à la nôtre sans l''être (detail : '
    'champ).',
    'Ressaisir le nom au clavier.'),
  ('DATE_IMPOSSIBLE', 422, 'Cette date n''est pas possible (champ {champ}) : vérifiez l''année.',
    'Une date est un jour de ce demi-siècle, de 2000 à 2049 (detail : champ).',
    'Corriger la date.'),
  ('FUSEAU_INCONNU', 422, 'Ce fuseau horaire n''est pas connu : indiquez son nom, comme Africa/Lubumbashi.',
    'Un fuseau se dit par son nom IANA ; UTC+2 et ses semblables se lisent à l''envers.',
    'Choisir un nom de la liste IANA : Africa/Lubumbashi, Africa/Kinshasa.'),
  ('PLAQUE_INVALIDE', 422,
    'Cette plaque ne peut pas se lire (champ {champ}) : lettres latines sans accent et chiffres, espaces et tirets.',
    'Une plaque se compare par ses lettres et ses chiffres : elle en a, latins, et aucun signe d''une autre écriture '
    'qui leur ressemble (detail : champ).',
    'Saisir la plaque telle qu''elle est écrite sur le camion.'),
  ('CITERNE_FANTOME', 422, 'La citerne « {nom} » est un reste d''essais qui ne doit jamais exister.',
    'Le nom ou l''identifiant est celui d''une citerne d''essai d''autrefois (TANK STAGING 1, TANK TEST).',
    'Choisir un autre nom.'),
  ('AJUSTEMENT_INCOMPLET', 422,
    'Indiquez les deux volumes de l''ajustement, mesuré et à 15 °C (0 si l''un ne change pas).',
    'Un ajustement dit ce qui change du volume mesuré et du volume à 15 °C : l''un des deux manque.',
    'Saisir les deux volumes.'),
  ('AJUSTEMENT_EXCESSIF', 409, 'Cet ajustement retire plus que son mouvement : il en resterait {reste} L ({mesure}).',
    'Un ajustement corrige un mouvement sans en changer le sens, corrections précédentes comprises (detail : mesure, '
    'reste).',
    'Réduire l''ajustement, ou compenser le mouvement.'),
  ('FACTEUR_HORS_BORNES', 422,
    'Le stock serait de {stock_ambiant} L mesurés pour {stock_15c} L à 15 °C, ce qu''aucun produit ne fait : vérifiez '
    'les deux volumes.',
    'Le stock qui résulte de la correction aurait un facteur à 15 °C hors de 0,5 à 1,5 (detail : stock_ambiant, '
    'stock_15c).',
    'Vérifier les deux volumes de l''ajustement.'),
  ('CDR_NON_ARRIVE', 409, 'Ce camion n''est pas au statut ARRIVE (statut actuel : {statut}).',
    'Un camion se reçoit une fois, quand son cours de route est ARRIVE.',
    'Faire avancer le cours de route jusqu''à ARRIVE ; s''il est DECHARGE, la réception est déjà faite.'),
  ('CDR_TRANSITION_INTERDITE', 409, 'Un cours de route ne peut pas passer de {de} à {vers}.',
    'Un cours de route avance d''un pas à la fois : CHARGEMENT, TRANSIT, FRONTIERE, ARRIVE. DECHARGE est écrit par la '
    'réception.',
    'Demander le pas suivant.'),
  ('CDR_DEJA_OUVERT', 409, 'Le camion {plaque_camion} a déjà un cours de route ouvert vers ce dépôt.',
    'Un camion n''a qu''un cours de route ouvert à la fois vers un dépôt ; sa plaque se compare par ses lettres et ses '
    'chiffres.',
    'Terminer le premier, ou vérifier la plaque.'),
  ('PARTENAIRE_REQUIS', 422, 'Le carburant d''un partenaire exige d''indiquer ce partenaire.',
    'Le carburant est à un PARTENAIRE sans que l''on sache lequel.',
    'Indiquer le partenaire.'),
  ('DENSITE_OBSERVEE_REQUISE', 422, 'Indiquez la densité observée.',
    'Le volume à 15 °C se calcule de la densité lue sur l''échantillon.',
    'Saisir la densité observée, en kg/m³.'),
  ('TEMPERATURE_REQUISE', 422, 'Indiquez la température du produit.',
    'Le volume à 15 °C se calcule de la température du produit ; celle de l''échantillon ne la remplace jamais.',
    'Saisir la température du produit, en °C.'),
  ('TEMPERATURE_HORS_PLAGE', 422,
    'Une température de {temperature} °C est invraisemblable dans ce dépôt (de {min} à {max} °C) : vérifiez la saisie.',
    'Une température sort de ce que le dépôt tient pour possible (detail : champ, temperature, min, max).',
    'Relire le thermomètre. La plage se règle dans le référentiel des dépôts.'),
  ('VOLUME_15C_INCOHERENT', 422,
    'Le volume à 15 °C envoyé ({envoye} L) s''écarte de plus de 2 % de celui que donne la température ({calcule} L).',
    'Sous le calcul historique, le volume à 15 °C du client est gardé s''il est à moins de 2 % de la formule.',
    'Vérifier le volume et la température, ou ne pas envoyer de volume à 15 °C.'),
  ('MESURES_INCOHERENTES', 422,
    'Deux valeurs disent la même chose et ne concordent pas : {champ} ({valeur}) et {autre} ({autre_valeur}).',
    'Deux colonnes d''un même chiffre s''écartent de plus d''une demi-unité, ou de plus de 0,5 %.',
    'Relire la mesure et n''en envoyer qu''une, ou deux qui concordent.'),
  ('VOLUME_TROP_PETIT', 422, 'Un volume de {volume} L fait 0 L à 15 °C : vérifiez la saisie.',
    'Le volume s''arrondit à zéro litre à 15 °C (detail : champ, volume).',
    'Vérifier l''unité et la virgule du volume saisi.'),
  ('QUANTITE_INVALIDE', 422, 'Cette quantité ne se convertit pas : {quantite} {unite}.',
    'Une quantité à convertir fait un millilitre au moins, dans une unité connue (detail : quantite, unite).',
    'Vérifier la quantité, et l''unité : L, L_15C, L_20C, BARIL_60F, T_VIDE ou T_AIR.'),
  ('ASTM_HORS_DOMAINE', 422, 'Valeur hors du domaine de la norme : {borne}.',
    'La norme ne donne pas de chiffre pour ces valeurs, et rien n''est extrapolé (detail : borne).',
    'Vérifier densité, température et produit.'),
  ('SORTIE_VALIDATION_DIRECTE_INTERDITE', 409, 'Une sortie se crée en brouillon, puis se valide.',
    'Une sortie naît en brouillon ; l''option sortie_directe_compat seule admet une sortie insérée comme validée, et '
    'rien n''admet une sortie insérée comme rejetée.',
    'Écrire le brouillon, puis le valider.'),
  ('VERSION_PERIMEE', 412, 'Ce brouillon a changé depuis que vous l''avez lu : relisez-le, puis validez de nouveau.',
    'Quelqu''un a modifié le brouillon entre la lecture et la validation : on ne valide que ce que l''on a lu (detail '
    ': version, version_actuelle).',
    'Relire le brouillon, puis valider la nouvelle version.'),
  ('ISOLATION_INTERDITE', 409, 'Cette écriture exige une transaction ordinaire (read committed).',
    'La transaction travaille sur une image ancienne de la base (repeatable read ou serializable) et ne verrait pas ce '
    'que d''autres viennent d''écrire.',
    'Recommencer dans une transaction ordinaire.'),
  ('ECRITURE_INTERDITE', 403, 'Cet enregistrement ne peut plus être modifié ni supprimé.',
    'Ce qui est validé ne change plus, et certaines lignes ne s''écrivent que par les règles.',
    'Corriger par une compensation ou un ajustement, avec son motif.'),
  ('CHAMP_INCONNU', 422, 'Le champ {champ} n''existe pas : vérifiez son nom.',
    'La demande porte un champ qui n''existe pas, ou que seule la base écrit (detail : champ).',
    'Corriger le nom, ou retirer le champ.'),
  ('MOTIF_REQUIS', 422, 'Indiquez un motif d''au moins {minimum} caractères, avec des mots.',
    'Un rejet, un ajustement et une compensation s''expliquent.',
    'Écrire un motif assez long pour être compris dans un an.'),
  ('DATE_FUTURE', 422, 'La date est dans le futur : nous sommes le {aujourdhui} au dépôt.',
    'Un mouvement est du jour même ou d''un jour passé, à l''heure du dépôt.',
    'Corriger la date.'),
  ('IDEMPOTENCE_CONFLIT', 409, 'Cette clé d''idempotence a déjà servi pour une autre demande.',
    'La même clé Idempotency-Key a été envoyée avec une autre demande.',
    'Une clé neuve pour chaque demande ; la même, seulement pour la renvoyer à l''identique.'),
  ('FLAG_INACTIF', 403, 'Cette fonction n''est pas encore ouverte pour vous.',
    'La fonction est derrière une option qui n''est pas ouverte pour cette personne ou ce dépôt.',
    'Demander à un administrateur d''ouvrir l''option.'),
  ('FLAG_INCONNU', 404, 'Cette option n''existe pas.',
    'Aucune option ne porte ce nom.',
    'Lire la liste des options (GET flags).'),
  ('INTROUVABLE', 404, 'Introuvable : {quoi}.',
    'L''objet n''existe pas, ou il est d''un dépôt que cette personne ne voit pas : la réponse est la même (detail : '
    'quoi).',
    'Vérifier l''identifiant.'),
  ('COMPTE_DESACTIVE', 403, 'Votre compte est désactivé : adressez-vous à un administrateur.',
    'Un administrateur a fermé l''accès de cette personne.',
    'S''adresser à un administrateur.'),
  ('DEPOT_REQUIS', 422, 'Ce rôle travaille dans un dépôt : indiquez lequel.',
    'Ce rôle ne voit que son dépôt : sans dépôt, il ne verrait rien.',
    'Indiquer le dépôt.'),
  ('PROFIL_EXISTANT', 409, 'Cette personne a déjà un profil : modifiez-le.',
    'Une personne a un seul profil.',
    'Modifier celui qu''elle a.'),
  ('DERNIER_ADMIN', 409, 'Il doit rester un administrateur actif : nommez-en un autre d''abord.',
    'Sans administrateur actif, plus personne ne pourrait ouvrir ni fermer d''accès.',
    'Nommer un autre administrateur d''abord.'),
  ('SECOND_FACTEUR_REQUIS', 403,
    'Cette action demande votre second facteur : saisissez le code de votre application, puis recommencez.',
    'L''option mfa_admin demande le second facteur pour cet acte, et la session n''en a pas.',
    'Saisir le code de l''application d''authentification, puis recommencer.'),
  ('TROP_DE_DEMANDES', 429, 'Trop de demandes en peu de temps : réessayez dans {attendre_s} s.',
    'La limite de demandes par minute de cette porte est atteinte.',
    'Attendre le délai de Retry-After.'),
  ('CAPACITE_SOUS_LE_STOCK', 409,
    'La citerne contient {stock} L : sa capacité ne peut pas descendre à {capacite_totale} L.',
    'La capacité demandée est sous ce que la citerne contient.',
    'Sortir ou transférer du carburant d''abord, ou corriger la capacité.'),
  ('CITERNE_AVEC_MOUVEMENTS', 409,
    'La citerne {nom} a {mouvements} mouvements : elle ne peut pas être retirée. Purgez d''abord les mouvements '
    '(staging:reset-mouvements).',
    'Une citerne qui a servi ne se retire pas : son histoire resterait sans citerne.',
    'En STAGING, purger d''abord les mouvements ; ailleurs, passer la citerne à inactive.'),
  ('ENV_INTERDIT', 403, 'Cette opération est interdite dans cet environnement.',
    'L''opération détruirait des données de production, ou l''environnement n''est pas déclaré.',
    'Vérifier la cible (app_settings, env).'),
  ('ECRITURES_GELEES', 423,
    'Les saisies sont suspendues depuis le {depuis} ({motif}). Rien n''a été enregistré : réessayez quand la reprise '
    'sera annoncée.',
    'Une intervention est en cours : seules les lectures passent (detail : motif, depuis).',
    'Attendre l''annonce de la reprise, puis renvoyer la même demande : elle n''a pas été gardée.'),
  ('DENSITE_HORS_PRODUIT', 422,
    'La densité à 15 °C ({densite_a_15_kgm3} kg/m³) n''est pas celle de {produit} : de {minimum} à {maximum} kg/m³.',
    'La densité à 15 °C sort de la plage du produit : une densité mal lue, ou un autre produit.',
    'Relire le densimètre et la température de l''échantillon, vérifier le produit. La plage se règle dans le '
    'référentiel des produits.'),
  ('CDR_REQUIS', 422, 'Le carburant de Monaluxe arrive par un cours de route : indiquez lequel.',
    'Une réception de carburant MONALUXE se rattache au camion qui l''a apporté ; seul un partenaire livre sans cours '
    'de route.',
    'Choisir le cours de route du camion, ou indiquer le propriétaire PARTENAIRE.'),
  ('LOT_EXISTANT', 409, 'Ce fournisseur a déjà un lot « {reference} » pour ce produit.',
    'Une référence de lot ne sert qu''une fois par fournisseur et produit.',
    'Choisir une autre référence, ou reprendre le lot existant.'),
  ('LOT_STATUT_INVALIDE', 422, 'Statut lot invalide : {statut}.',
    'Un lot est ouvert, cloture ou facture.',
    'Corriger le statut.'),
  ('LOT_TRANSITION_INTERDITE', 409, 'Transition de statut lot invalide : de {de} à {vers}.',
    'Un lot avance d''ouvert à cloture, puis à facture, et ne revient pas.',
    'Demander le pas suivant.'),
  ('LOT_NON_OUVERT', 409, 'Impossible de {acte} lot qui n''est pas ouvert (statut actuel : {statut}).',
    'Un camion ne rejoint et ne quitte qu''un lot ouvert.',
    'Choisir un lot ouvert.'),
  ('LOT_INCOMPATIBLE', 422, 'Impossible de rattacher : le {quoi} du CDR ne correspond pas à celui du lot.',
    'Le camion et le lot ne sont pas du même fournisseur ou du même produit.',
    'Vérifier le camion et le lot.'),
  ('LOT_CDR_DECHARGE', 409, 'Impossible de modifier le rattachement au lot pour un CDR au statut DECHARGE.',
    'Un camion déchargé garde son lot : ce qui a été reçu ne change plus.',
    'Aucune : corriger par les documents du lot.'),
  ('LOT_NON_VIDE', 409,
    'Des camions sont rattachés à ce lot : il ne peut être ni supprimé, ni changé de fournisseur ou de produit.',
    'Des camions sont rattachés au lot.',
    'Détacher d''abord les camions qui peuvent l''être.'),
  ('DEPOT_SANS_CODE', 409, 'Ce dépôt n''a pas encore de code : ses documents ne peuvent pas être numérotés.',
    'Le numéro d''un document commence par le code de son dépôt, deux à six majuscules, que ce dépôt n''a pas.',
    'Faire donner un code au dépôt dans les référentiels.'),
  ('SERIE_AVANCEE', 409,
    'La série {serie} en est au numéro {dernier} : on ne l''avance que vers un numéro plus haut, d''un million au '
    'plus.',
    'Une série ne revient jamais en arrière, et ne saute que ce que le papier connaît (detail : dernier).',
    'Relire sur le papier le plus haut numéro émis.'),
  ('LETTRAGE_EXCESSIF', 409, 'On ne peut solder que {solde} : {montant} demandés.',
    'Une écriture ne se solde pas pour plus que ce qui en reste, ni par plus que ce qui reste de l''autre (detail : '
    'montant, solde).',
    'Réduire le montant.'),
  ('LETTRAGE_INCOMPATIBLE', 409, 'Ces deux écritures ne se soldent pas l''une par l''autre.',
    'Un débit solde un crédit du même tiers, dans la même devise.',
    'Vérifier le tiers, la devise et le sens.'),
  ('ECRITURE_CONTREPASSEE', 409, 'L''écriture {reference} a déjà été contrepassée.',
    'Une écriture se reprend une fois, par son exact opposé.',
    'Aucune : c''est déjà fait.'),
  ('FACTURE_ETAT', 409, 'Cette facture est au statut {statut} : cette action n''est pas possible.',
    'L''acte demandé n''est pas du pas où en est la facture (detail : statut).',
    'Relire la facture ; une facture validée se corrige par un avoir.'),
  ('FACTURE_EXISTANTE', 409, 'Ce lot a déjà une facture, ou ce fournisseur a déjà une facture « {invoice_no} ».',
    'Un lot n''a qu''une facture vivante, et un numéro de facture ne sert qu''une fois par fournisseur.',
    'Reprendre la facture existante, ou l''annuler si elle n''est pas validée.'),
  ('FACTURE_SANS_RECEPTION', 409, 'Aucune réception de ce lot n''est à facturer.',
    'Rien de ce que les camions du lot ont apporté à Monaluxe n''attend de facture.',
    'Recevoir les camions du lot, ou vérifier le lot de la facture.'),
  ('TONNAGE_SANS_DENSITE', 422,
    'Le tonnage ne peut pas être calculé : une réception n''a pas de densité à 15 °C mesurée.',
    'Une facture en tonnes demande la densité de chaque réception, que l''ancien calcul ne donne pas.',
    'Facturer en litres à 20 °C.'),
  ('LOT_NON_CLOTURE', 409, 'Le lot est encore ouvert : clôturez-le avant de valider sa facture.',
    'La facture se valide quand plus aucun camion ne peut rejoindre le lot.',
    'Clôturer le lot.'),
  ('FACTURE_ECARTS_OUVERTS', 409,
    'Des écarts de ce lot ne sont pas traités ({combien}) : traitez-les avant de valider la facture.',
    'La facture attend que chaque écart du lot, de ses camions et de ses réceptions soit traité (detail : ecarts).',
    'Traiter les écarts de la liste.'),
  ('FACTURE_CAMIONS_EN_ROUTE', 409, 'Des camions de ce lot ne sont pas déchargés ({combien}).',
    'Tous les camions du lot sont reçus, annulés, ou excusés par un écart traité (detail : camions).',
    'Recevoir ou annuler ces camions.'),
  ('FACTURE_PERIMEE', 409,
    'Les réceptions ont changé depuis le calcul : recalculez la facture, relisez-la, puis validez.',
    'Une réception du lot a été ajoutée, corrigée ou compensée depuis le calcul.',
    'Recalculer la facture et la relire.'),
  ('PAIEMENT_FACTURE_NON_VALIDEE', 409,
    'Cette facture n''est pas validée (statut {statut}) : elle ne se paie pas encore.',
    'On ne paie qu''une dette, et la dette naît de la facture validée.',
    'Faire valider la facture.'),
  ('PAIEMENT_EXCEDENTAIRE', 409,
    'Le solde de cette facture est de {solde} USD : {montant} USD ne peuvent pas y être payés.',
    'Une facture ne se paie pas au-delà de ce qui en reste (detail : montant, solde).',
    'Corriger le montant.'),
  ('PAIEMENT_DOUBLE', 409,
    'Vous venez d''enregistrer ce même paiement de {montant} USD : il n''a pas été enregistré une seconde fois.',
    'Même facture, même montant, même référence, même auteur en moins de deux minutes.',
    'Relire les paiements de la facture. S''il y en a bien deux, indiquer leurs références.'),
  ('PAIEMENT_ETAT', 409, 'Ce paiement est au statut {statut} : cette action n''est pas possible.',
    'Un paiement attend, puis est confirmé ; confirmé, il peut être annulé.',
    'Relire le paiement.'),
  ('AVOIR_EXCESSIF', 409, 'Un avoir de {montant} USD dépasse ce qui reste de sa facture : {reste} USD.',
    'Les avoirs d''une facture ne dépassent pas son montant (detail : montant, reste).',
    'Corriger le montant.'),
  ('ECART_ETAT', 409, 'Cet écart est au statut {statut} : cette action n''est pas possible.',
    'Un écart traité ne se traite plus, et ne se met en revue qu''ouvert.',
    'Relire l''écart.'),
  ('ADRESSE_INTERDITE', 422, 'Aucun message ne peut partir vers cette adresse : {raison}.',
    'Une notification va à une adresse e-mail, ou en https à un nom public (detail : raison).',
    'Corriger l''adresse de la règle.'),
  ('REGLE_INCOMPLETE', 422, 'Dites à qui la règle s''adresse : une adresse ou des rôles, et le secret d''un webhook.',
    'Une règle a une destination ou des rôles, jamais les deux ; un webhook est signé d''un secret nommé.',
    'Compléter la règle.'),
  ('CONTROLE_INCONNU', 422, 'Le contrôle {code} n''existe pas.',
    'Le code n''est pas l''un des contrôles (GET alertes/controles les donne).',
    'Choisir un code de la liste.'),
  ('SEUIL_INVALIDE', 422, 'Ce seuil ne convient pas au contrôle : {dit}.',
    'Un contrôle qui a un seuil en garde un, supérieur à zéro ; un autre n''en prend pas.',
    'Donner un nombre dans l''unité du contrôle, ou aucun.'),
  ('ENVOI_ETAT', 409, 'Seul un envoi mort se relance : celui-ci est {statut}.',
    'L''envoi est encore en route, ou déjà arrivé.',
    'Relire la liste des envois morts.'),
  ('ALERTE_ETAT', 409, 'Une alerte ne peut pas passer de {de} à {vers}.',
    'Une alerte ouverte est prise en compte, puis résolue ; elle ne se rouvre que d''elle-même.',
    'Relire l''alerte.'),
  ('QUATRE_YEUX', 403, 'Une autre personne que vous doit valider ce que vous avez saisi.',
    'L''option quatre_yeux_finance demande deux personnes.',
    'Demander à un collègue de valider.'),
  ('DATE_PASSEE', 422,
    'Cette date est passée : indiquez une date à venir.',
    'L''acte ne vaut que pour la suite.',
    'Corriger la date.'),
  ('TVA_NON_FIXEE', 409,
    'Le taux de TVA du groupe {groupe} n''est pas fixé : rien ne peut y être facturé.',
    'Aucun taux de ce groupe ne vaut ce jour-là (detail : groupe, jour).',
    'Faire fixer le taux du groupe, ou changer le groupe du produit.'),
  ('TAUX_ABSENT', 409,
    'Le taux de change du {devise} n''est pas connu à sept jours près : saisissez le taux du jour.',
    'Une facture et un paiement en devise demandent un taux de sept jours au plus (detail : devise, jour).',
    'Saisir le taux du jour, puis recommencer.'),
  ('TARIF_ABSENT', 409,
    'Aucun tarif en {devise} pour {produit} au {jour} : fixez-le avant de vendre.',
    'Ni le client, ni le dépôt, ni le tarif général n''a de prix ce jour-là dans cette devise et ce litre (detail : '
    'produit_id, client_id, jour, devise, base).',
    'Faire fixer le tarif, puis recommencer.'),
  ('TARIF_CHEVAUCHE', 409,
    'Un autre tarif vaut déjà sur une partie de cette période.',
    'Même produit, même client, même dépôt, même devise, même litre : un seul prix par jour.',
    'Clore l''autre tarif, ou changer les dates.'),
  ('TARIF_NON_CLOTURABLE', 409,
    'Ce tarif ne peut pas se terminer ce jour-là.',
    'Un tarif se clôt à hier au plus tôt, et avant la fin qu''il a déjà.',
    'Choisir une autre date.'),
  ('SORTIE_NON_LIVRABLE', 409,
    'Cette sortie est au statut {statut} : elle n''a pas de bon de livraison.',
    'On ne livre que ce qui est validé.',
    'Valider la sortie d''abord.'),
  ('BL_EXISTANT', 409,
    'Cette sortie a déjà un bon de livraison.',
    'Une sortie, un bon.',
    'Reprendre le bon existant, ou l''annuler.'),
  ('BL_ETAT', 409,
    'Ce bon de livraison est au statut {statut} : cette action n''est pas possible.',
    'Un bon se confirme une fois, et ne s''annule plus une fois facturé.',
    'Relire le bon. S''il est facturé, émettre d''abord un avoir.'),
  ('SORTIE_NON_FACTURABLE', 409,
    'Une de ces sorties ne peut pas être facturée : {raison}.',
    'Seule se vend une sortie validée, de carburant Monaluxe, pour ce client, à ce dépôt, ni compensée ni déjà '
    'facturée (detail : raison, sorties).',
    'Retirer cette sortie, ou régler ce qui l''empêche.'),
  ('FACTURE_VIDE', 422,
    'Une facture sans ligne, ou qui arrive à zéro, ne dit rien : ajoutez une livraison ou un service.',
    'Ni sortie, ni service, ni reste à créditer ; ou ce qu''il y a s''arrondit à 0,00.',
    'Ajouter une ligne.'),
  ('FACTURE_CLIENT_PERIMEE', 409,
    'Ce que dit ce brouillon n''est plus ce qui est livré : supprimez-le et préparez la facture à nouveau.',
    'Une sortie a été corrigée, un bon confirmé, un prix ou des conditions changés depuis le brouillon.',
    'Supprimer le brouillon, le refaire, le relire.'),
  ('CLIENT_INCOMPLET', 422,
    'Il manque au client {client} : {champs}.',
    'La classe fiscale du client demande ces informations sur sa facture (detail : type_fiscal, champs).',
    'Compléter la fiche du client.'),
  ('HORLOGE_RECULEE', 409,
    'L''horloge du serveur est en retard : la dernière facture est du {derniere}.',
    'Les dates ne reculent pas quand les numéros avancent (detail : derniere, aujourdhui, numero).',
    'Mettre l''horloge du serveur à l''heure, puis recommencer.'),
  ('AVOIR_EXCEDENTAIRE', 409,
    'La ligne {rang} n''a plus que {reste} à créditer.',
    'Les avoirs d''une ligne ne dépassent pas la ligne (detail : rang, montant, quantite, reste, reste_quantite).',
    'Corriger la quantité ou le montant.'),
  ('AVOIR_LIGNE_REPETEE', 422,
    'Une même ligne de la facture est demandée deux fois.',
    'Un avoir prend une fois chaque ligne.',
    'Réunir les deux demandes en une.'),
  ('ENCAISSEMENT_ETAT', 409,
    'Cet encaissement est au statut {statut} : cette action n''est pas possible.',
    'Un encaissement attend, est confirmé, puis au besoin annulé ; remboursé, il ne s''annule plus.',
    'Relire l''encaissement.'),
  ('REFERENCE_REQUISE', 422,
    'Indiquez la référence du paiement.',
    'Tout paiement autre qu''en espèces a une référence : virement, chèque, mobile money.',
    'Saisir la référence.'),
  ('OPERATEUR_REQUIS', 422,
    'Indiquez l''opérateur de mobile money.',
    'Un paiement mobile dit par qui : MPESA, ORANGE, AIRTEL ou AFRIMONEY.',
    'Choisir l''opérateur.'),
  ('REFERENCE_DEJA_UTILISEE', 409,
    'La référence {reference} a déjà servi à un autre paiement.',
    'Une référence ne paie qu''une fois.',
    'Vérifier la référence ; si c''est le même paiement, il est déjà enregistré.'),
  ('DEVISE_DIFFERENTE', 422,
    'Une de ces factures n''est pas en {devise}.',
    'Un paiement règle les factures d''une seule devise, celle du compte où il entre.',
    'Choisir la devise du compte (devise_compte).'),
  ('REMBOURSEMENT_EXCESSIF', 409,
    'Il ne reste que {reste} de ce paiement à rembourser.',
    'Ne se rend que ce qui ne règle rien (detail : montant, reste).',
    'Corriger le montant, ou émettre d''abord un avoir.'),
  ('CAISSE_CLOTUREE', 409,
    'La caisse en {devise} du {jour} est clôturée.',
    'Plus d''espèces n''entrent ni ne sortent d''une caisse clôturée.',
    'Enregistrer au jour suivant.'),
  ('CREDIT_DEPASSE', 409,
    'Ce client dépasserait son plafond : encours {encours} pour {plafond} {devise}.',
    'Compte, livraisons à facturer et cette sortie ensemble dépassent le plafond (detail : plafond, encours, demande, '
    'disponible, depassement).',
    'Faire payer le client, ou demander une dérogation à un directeur.'),
  ('CLIENT_SUSPENDU', 409,
    'Le client {client} est suspendu : rien ne sort pour lui.',
    'Ses conditions le suspendent.',
    'Voir avec la direction.'),
  ('COMPTANT_INSUFFISANT', 409,
    'Il faut {montant} {devise} : {montant_remis} ne suffisent pas.',
    'Une vente au comptant se paie en entier.',
    'Compléter le paiement, ou vendre à crédit.'),
  ('FACTURE_NON_CERTIFIEE', 409,
    'Cette facture attend le dispositif fiscal (statut {statut}) : elle ne s''imprime pas encore.',
    'Avec un dispositif fiscal, une facture s''imprime une fois certifiée ; rejetée, elle se corrige par un avoir.',
    'Attendre une minute, ou émettre un avoir si elle est rejetée.'),
  ('CDR_RECU', 409, 'Une réception a déchargé ce camion : il ne peut pas être supprimé.',
    'Le camion a été reçu : son cours de route est la pièce de la réception.',
    'Compenser la réception si elle est fausse ; le cours de route reste.'),
  ('COMPTEUR_INCONNU', 422, 'Ce compteur n''est pas de cette citerne, ou n''avait aucun étalonnage le {jour}.',
    'Un mouvement ne nomme qu''un compteur inscrit pour sa citerne, étalonné ce jour-là.',
    'Vérifier le compteur ; faire inscrire son étalonnage par un directeur.'),
  ('COMPTEUR_CHEVAUCHEMENT', 409,
    'Le compteur {numero} a déjà été lu de {index_avant} à {index_apres} par un autre mouvement.',
    'Les litres de ces index sont déjà comptés par un mouvement validé.',
    'Relire le compteur. Si l''autre mouvement est faux, le faire compenser : ses index se libèrent.'),
  ('BAREME_INVALIDE', 422, 'Le barème a {combien} faute(s) ; la première : {premiere}.',
    'Le fichier n''est pas un barème : deux colonnes nommées, des hauteurs et des volumes qui montent depuis 0 mm '
    'jusqu''à '
    'la hauteur maximale (errors : ligne par ligne). Rien n''a été importé.',
    'Corriger les lignes citées dans le fichier, puis l''importer de nouveau.'),
  ('BAREME_ETAT', 409, 'Ce barème est au statut {statut} : seul un brouillon se change et se met en vigueur.',
    'Un barème en vigueur, ou remplacé, ne change plus : des jauges ont été calculées avec lui.',
    'Créer une nouvelle version.'),
  ('BAREME_ABSENT', 409, 'Cette citerne n''avait aucun barème en vigueur le {jour}.',
    'Une jauge par hauteurs se lit dans le barème de la citerne : aucun n''est en vigueur à ce jour.',
    'Faire importer et activer le barème par un directeur ; d''ici là, noter les litres lus dans le barème papier.'),
  ('JAUGE_HORS_BAREME', 422, 'La hauteur {hauteur} mm est hors du barème de la citerne (0 à {maximum} mm).',
    'La hauteur lue n''est pas de celles que le barème de la citerne couvre.',
    'Relire la jauge, en millimètres.'),
  ('JAUGE_INCOHERENTE', 422, 'La hauteur d''eau ({eau} mm) et la hauteur totale ({total} mm) ne vont pas ensemble.',
    'Plus d''eau que de liquide, ou un toit flottant plus lourd que ce qui est lu.',
    'Relire les deux hauteurs : la totale comprend l''eau.'),
  ('JAUGE_HORS_DELAI', 422,
    'Une jauge se note dans les {heures} heures, et jamais d''avance : vérifiez l''heure de lecture.',
    'Le moment de la lecture est dans le futur, ou trop ancien pour que les comptes de cet instant soient retrouvés.',
    'Corriger l''heure, ou jauger de nouveau.'),
  ('JAUGE_SUPERIEURE_CAPACITE', 422, 'La jauge donne {volume} L : la citerne n''en contient que {capacite_totale}.',
    'Plus que la citerne ne peut contenir.',
    'Relire la hauteur ; si elle est juste, le barème ou la capacité de la citerne est faux.'),
  ('JAUGE_CITERNE_LOGIQUE', 422, 'La citerne {nom} est chez un dépôt ami : elle ne se jauge pas.',
    'Une citerne logique n''a pas de cuve chez nous.',
    'Demander au dépôt ami son propre relevé.'),
  ('REGULARISATION_DEJA_FAITE', 409, 'L''écart de cette prise de hauteur est déjà passé en stock.',
    'Une prise de hauteur ne se régularise qu''une fois.',
    'Rien à refaire. Pour corriger encore, jauger de nouveau.'),
  ('REGULARISATION_SANS_15C', 422,
    'Cette prise de hauteur n''a pas de volume à 15 °C : elle ne peut pas être régularisée.',
    'Sans température, l''écart peut n''être que de la dilatation.',
    'Jauger de nouveau, avec la température du produit.'),
  ('REGULARISATION_TARDIVE', 409, 'Une prise de hauteur se régularise dans les {heures} heures.',
    'Trop de mouvements ont pu se faire depuis.',
    'Jauger de nouveau.'),
  ('REGULARISATION_DEPASSEE', 409, 'Le stock de cette citerne a été corrigé depuis cette prise de hauteur.',
    'Un ajustement ou une régularisation a été passé depuis : l''écart y est peut-être déjà compté.',
    'Jauger de nouveau : l''écart d''aujourd''hui dira ce qui manque encore.'),
  ('REGULARISATION_SANS_ECART', 409, 'Cette prise de hauteur n''a aucun écart : il n''y a rien à régulariser.',
    'Les comptes disent déjà ce que la jauge a trouvé.',
    'Rien à faire.'),
  ('PARTENAIRE_SOLDE_INSUFFISANT', 409,
    'Compte {compte} : {demande} L à 15 °C demandés, {disponible} L lui appartiennent dans ce dépôt le {date_jour}.',
    'Un partenaire ne prend pas le carburant d''un autre : son compte, dans ce dépôt et pour ce produit, finirait sous '
    'zéro ce jour-là ou un jour suivant (detail : compte, demande, disponible, date_jour, le premier jour à '
    'découvert).',
    'Réduire le volume, recevoir d''abord, céder au partenaire, ou lui attribuer ce qui n''est encore à personne.'),
  ('PERIODE_CLOSE', 409, 'Le {date_jour} est clos dans ce dépôt, jusqu''au {clos_jusqu_au} : plus rien ne s''y écrit.',
    'Le jour ou le mois de ce mouvement a été clos, ou un jour suivant, dont le stock en dépend (detail : date_jour, '
    'clos_jusqu_au).',
    'Dater le mouvement d''un jour ouvert. S''il appartient vraiment à ce jour, un administrateur rouvre la période.'),
  ('PERIODE_INVALIDE', 422, 'Indiquez le jour ou le mois à clore, l''un des deux.',
    'La clôture porte sur un jour, ou sur un mois entier.', 'Envoyer jour, ou mois, et pas les deux.'),
  ('MOUVEMENT_AVANT_STOCK_INITIAL', 409,
    'Le stock de cette citerne a été déclaré au {ouverture} : rien ne peut y entrer ni en sortir le {date_jour}.',
    'Le stock initial de la citerne et du propriétaire compte déjà tout ce qui était venu avant (detail : date_jour, '
    'ouverture).',
    'Vérifier la date. Si le stock initial était faux, un administrateur l''ajuste.'),
  ('VOLUME_HORS_ANNONCE', 409,
    'Ce camion annonçait {annonce} L et {recu} L seraient reçus : relisez, puis confirmez si c''est bien cela.',
    'Dix fois ce qui était annoncé, ou plus : un chiffre de trop, le plus souvent (detail : annonce, recu).',
    'Corriger le volume. S''il est juste, envoyer confirmer: true ; le journal le garde comme un avertissement.'),
  ('PARTAGE_INCOHERENT', 422,
    'Ce partage du stock initial ne convient pas : chaque partenaire une fois, et pas plus que le stock déclaré.',
    'Un partenaire y figure deux fois, a déjà sa part, ou la somme des parts dépasse le stock initial déclaré.',
    'Relire les parts : leur somme ne dépasse pas le stock initial, à l''ambiant comme à 15 °C.'),
  ('ESTIMATION_INTERDITE', 422, 'Une estimation compterait aussi ce que vous ne voyez pas : demandez un compte exact.',
    'La demande veut une estimation du planificateur (Prefer: count=planned ou estimated, ou le plan d''une requête) : '
    'elle vient de la table entière.',
    'Demander Prefer: count=exact.')
on conflict (code) do update
   set (statut_http, phrase, sens, conduite) = (excluded.statut_http, excluded.phrase, excluded.sens, excluded.conduite)
 where (r.statut_http, r.phrase, r.sens, r.conduite)
       is distinct from (excluded.statut_http, excluded.phrase, excluded.sens, excluded.conduite);

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

-- Who may do what, row by row (private.capacites). The list is whole here: a capability that is not on it is taken
-- away.

insert into private.capacites as c (capacite, roles, second_facteur, dit) values
  ('voir_tous_depots', '{admin,directeur,pca}', false, 'voir tous les dépôts, et pas seulement le sien'),
  ('ecrire_cours_de_route', '{admin,directeur,gerant,operateur}', false, 'annoncer un camion et le faire avancer'),
  ('annuler_cours_de_route', '{admin,directeur,gerant}', false, 'clore un camion qui n''arrivera pas'),
  ('supprimer_cours_de_route', '{admin}', false, 'supprimer un camion auquel rien ne se rattache'),
  ('tenir_lots', '{admin,directeur}', false, 'clôturer, facturer, corriger et supprimer un lot de fournisseur'),
  ('ecrire_reception', '{admin,directeur,gerant,operateur}', false, 'recevoir un camion'),
  ('ecrire_sortie', '{admin,directeur,gerant,operateur}', false, 'écrire le brouillon d''une sortie'),
  ('valider_sortie', '{admin,directeur,gerant}', false, 'valider ou rejeter une sortie'),
  ('transferer_stock', '{admin,directeur,gerant}', false, 'transférer d''une citerne à une autre'),
  ('mesurer_citerne', '{admin,directeur,gerant,operateur}', false, 'relever la hauteur d''une citerne'),
  ('tenir_baremes', '{admin,directeur}', false, 'importer le barème d''une citerne et le mettre en vigueur'),
  ('tenir_compteurs', '{admin,directeur}', false, 'inscrire un compteur et son étalonnage'),
  ('regulariser_stock', '{admin}', true, 'passer en stock l''écart d''une prise de hauteur'),
  ('ajuster_stock', '{admin}', true, 'ajuster un stock, compenser un mouvement, déclarer un stock initial'),
  ('lire_comptes_partenaires', '{admin,directeur,gerant,operateur,pca}', false, 'lire les comptes des partenaires'),
  ('rouvrir_periodes', '{admin}', true, 'rouvrir un jour ou un mois clos'),
  ('reconstruire_stock', '{admin}', true, 'recalculer le stock de chaque jour'),
  ('ecrire_referentiels', '{admin,directeur}', false,
    'tenir les dépôts, citernes, produits, clients, fournisseurs et partenaires'),
  ('lire_coordonnees_fournisseurs', '{admin,directeur,gerant,pca}', false,
    'lire les contacts, adresses et notes des fournisseurs'),
  ('lire_noms', '{admin,directeur,gerant,pca}', false, 'lire le nom et le rôle des autres personnes'),
  ('lire_journal', '{admin,directeur,gerant,pca}', false, 'lire le journal des actions'),
  ('verifier_journal', '{admin,directeur}', false, 'vérifier que le journal est intact'),
  ('regler_options', '{admin}', true, 'régler une option'),
  ('ecrire_profils', '{admin}', true, 'ouvrir, changer et fermer les accès'),
  ('regler_produits', '{admin}', true, 'changer le code, le groupe, le coefficient ou les densités d''un produit'),
  ('regler_mesures', '{admin}', true,
    'changer le fuseau ou les températures d''un dépôt, la tolérance d''inventaire d''une citerne'),
  ('regler_calcul', '{admin}', false, 'régler le calcul à 15 °C et ses cas de référence'),
  ('geler_ecritures', '{admin}', false, 'geler et rouvrir les écritures')
on conflict (capacite) do update
   set (roles, second_facteur, dit) = (excluded.roles, excluded.second_facteur, excluded.dit)
 where (c.roles, c.second_facteur, c.dit) is distinct from (excluded.roles, excluded.second_facteur, excluded.dit);

-- Who may do what with money: capabilities that an habilitation of a person gives too, beside their role.

insert into private.capacites as c (capacite, roles, second_facteur, dit, habilitations) values
  ('lire_finance', '{admin,directeur,gerant,pca}', false,
    'lire les factures et paiements des fournisseurs (qui ne voit qu''un dépôt : des lots dont un camion y va)',
    '{finance}'),
  ('lire_comptes', '{admin,directeur,pca}', false, 'lire le compte et le relevé d''un tiers', '{finance}'),
  ('ecrire_factures_fournisseur', '{admin,directeur,gerant}', false,
    'saisir, calculer et valider la facture d''un fournisseur, enregistrer ses paiements', '{finance}'),
  ('annuler_paiements_fournisseur', '{admin}', false, 'annuler un paiement confirmé', '{}'),
  ('lire_ecarts', '{admin,directeur,gerant,operateur,pca}', false, 'lire les écarts', '{finance}'),
  ('revoir_ecarts', '{admin,directeur,gerant,operateur}', false, 'mettre un écart en revue', '{finance}'),
  ('traiter_ecarts', '{admin,directeur,gerant}', false, 'traiter un écart', '{finance}'),
  ('annuler_ecarts', '{admin}', false, 'annuler un écart', '{}'),
  ('clore_periodes', '{admin,directeur,gerant}', false, 'clore un jour ou un mois', '{finance}'),
  ('lire_alertes', '{admin,directeur,gerant,pca}', false, 'lire les alertes', '{}'),
  ('tenir_alertes', '{admin,directeur}', false, 'prendre en compte et résoudre une alerte', '{}'),
  ('avancer_series', '{admin}', true, 'avancer une série de numéros après une restauration', '{}')
on conflict (capacite) do update
   set (roles, second_facteur, dit, habilitations)
       = (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations)
 where (c.roles, c.second_facteur, c.dit, c.habilitations)
       is distinct from (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations);

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

-- Who sells, collects and sets what a sale is made under.

insert into private.capacites as c (capacite, roles, second_facteur, dit, habilitations) values
  ('lire_ventes', '{admin,directeur,gerant,pca}', false,
    'lire les tarifs, factures, encaissements, conditions et relevés des clients', '{finance}'),
  ('lire_caisse', '{admin,directeur,gerant,pca}', false, 'lire les encaissements et la caisse', '{finance,caisse}'),
  ('regler_tarifs', '{admin,directeur}', false,
    'fixer et clore un tarif (celui de tous les dépôts : qui les voit tous)', '{finance}'),
  ('regler_taux', '{admin,directeur}', false, 'dire le taux de change du jour', '{finance}'),
  ('regler_tva', '{admin}', true, 'changer le taux d''un groupe de TVA', '{}'),
  ('regler_credit', '{admin,directeur}', false, 'fixer les conditions et le plafond d''un client', '{finance}'),
  ('deroger_credit', '{admin,directeur}', false, 'laisser une sortie dépasser le plafond de son client', '{}'),
  ('livrer', '{admin,directeur,gerant,operateur}', false, 'établir et confirmer un bon de livraison', '{finance}'),
  ('annuler_livraisons', '{admin,directeur}', false, 'annuler un bon de livraison', '{finance}'),
  ('facturer', '{admin,directeur,gerant}', false, 'préparer et émettre une facture ou un avoir', '{finance}'),
  ('encaisser', '{admin,directeur,gerant}', false, 'encaisser un paiement et clôturer la caisse', '{finance,caisse}'),
  ('annuler_encaissements', '{admin,directeur}', false, 'annuler ou rembourser un encaissement', '{finance}'),
  ('transmettre_fiscal', '{admin,directeur,gerant}', false, 'transmettre les factures au dispositif fiscal',
    '{finance}')
on conflict (capacite) do update
   set (roles, second_facteur, dit, habilitations)
       = (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations)
 where (c.roles, c.second_facteur, c.dit, c.habilitations)
       is distinct from (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations);

-- The checks there are, where each is looked for and how often. Whether each is on, and its threshold, is the
-- environment's own.

insert into private.controles as c (code, severity, seuil, source, rythme, dit) values
  ('STOCK_NEGATIF', 'CRITICAL', null, 'controles_citernes', 'MINUTE', 'un stock sous zéro'),
  ('STOCK_OVER_CAPACITY', 'CRITICAL', null, 'controles_citernes', 'MINUTE', 'une citerne au-delà de sa capacité'),
  ('CITERNE_SOUS_SECURITE', 'WARN', null, 'controles_citernes', 'MINUTE', 'une citerne sous sa capacité de sécurité'),
  ('CITERNE_INACTIVE_AVEC_STOCK', 'WARN', null, 'controles_citernes', 'MINUTE',
    'une citerne inactive qui contient du carburant'),
  ('CDR_ARRIVE_STALE', 'WARN', 2, 'controles_mouvements', 'MINUTE', 'un camion arrivé et pas déchargé (jours)'),
  ('RECEPTION_ECART_15C', 'WARN', 5, 'controles_mouvements', 'MINUTE',
    'une réception dont les deux volumes s''écartent (%, 3 au moins)'),
  ('SORTIE_ECART_15C', 'WARN', 5, 'controles_mouvements', 'MINUTE',
    'une sortie dont les deux volumes s''écartent (%, 3 au moins)'),
  ('SORTIE_BROUILLON_ANCIEN', 'WARN', 24, 'controles_mouvements', 'MINUTE',
    'un brouillon de sortie qui attend (heures)'),
  ('ECART_ANCIEN', 'WARN', 7, 'controles_achats', 'MINUTE', 'un écart qui n''est pas traité (jours)'),
  ('LOT_FACTURE_SANS_FACTURE', 'WARN', null, 'controles_achats', 'MINUTE', 'un lot marqué facturé sans facture'),
  ('SBLC_EXPIRE', 'WARN', 30, 'controles_achats', 'MINUTE', 'une garantie qui finit (jours avant)'),
  ('PROFORMA_EXPIREE', 'WARN', null, 'controles_achats', 'MINUTE', 'une proforma dont la validité est passée'),
  ('JAUGEAGE_ABSENT', 'WARN', 24, 'controles_jaugeages', 'MINUTE', 'une citerne pleine et pas jaugée (heures)'),
  ('JAUGEAGE_HORS_TOLERANCE', 'WARN', null, 'controles_jaugeages', 'MINUTE',
    'un jaugeage hors tolérance, pas régularisé'),
  ('FACTURE_MOUVEMENT_CORRIGE', 'CRITICAL', null, 'controles_achats', 'MINUTE',
    'une réception ou une sortie corrigée après sa facture'),
  ('SURVEILLANCE_INTERROMPUE', 'CRITICAL', 10, 'controles_exploitation', 'MINUTE',
    'les contrôles de chaque minute qui n''ont pas tourné (minutes)'),
  ('PASSAGE_ABSENT', 'CRITICAL', 26, 'controles_exploitation', 'MINUTE',
    'les contrôles de la nuit qui n''ont pas tourné (heures)'),
  ('SAUVEGARDE_ANCIENNE', 'CRITICAL', 26, 'controles_exploitation', 'MINUTE',
    'une PROD sans sauvegarde vérifiée récente (heures)'),
  ('SCELLEMENT_EN_RETARD', 'CRITICAL', 15, 'controles_exploitation', 'MINUTE',
    'des lignes du journal qui attendent leur scellé (minutes)'),
  ('CONTROLE_EN_PANNE', 'CRITICAL', null, 'controles_exploitation', 'MINUTE', 'un contrôle qui n''a pas pu regarder'),
  ('STOCK_INCOHERENT', 'CRITICAL', null, 'controles_histoire', 'NUIT',
    'un stock qui n''est pas la somme de ses mouvements'),
  ('MOUVEMENT_ALTERE', 'CRITICAL', null, 'controles_histoire', 'NUIT',
    'un mouvement qui n''est plus ce que le journal en a dit'),
  ('JOURNAL_ALTERE', 'CRITICAL', null, 'controles_journal', 'NUIT', 'un journal scellé qui a été touché'),
  ('NUMEROTATION_TROU', 'CRITICAL', null, 'controles_comptes', 'NUIT', 'un numéro qui manque dans une série'),
  ('COMPTE_TIERS_INCOHERENT', 'CRITICAL', null, 'controles_comptes', 'NUIT',
    'le compte d''un tiers qui ne concorde pas'),
  ('FACTURE_ECHUE', 'WARN', null, 'controles_comptes', 'NUIT', 'une facture échue et pas entièrement payée')
on conflict (code) do update set (dit, source, rythme) = (excluded.dit, excluded.source, excluded.rythme)
 where (c.dit, c.source, c.rythme) is distinct from (excluded.dit, excluded.source, excluded.rythme);

-- The checks of the partners' accounts.

insert into private.controles as c (code, severity, seuil, source, rythme, dit) values
  ('PARTENAIRE_SOLDE_NEGATIF', 'WARN', null, 'controles_partenaires', 'MINUTE',
    'un partenaire qui a pris plus que son carburant'),
  ('PARTENAIRE_COMPTE_INCOHERENT', 'CRITICAL', null, 'controles_comptes_partenaires', 'NUIT',
    'le compte d''un partenaire qui n''est pas la somme de ses mouvements')
on conflict (code) do update set (dit, source, rythme) = (excluded.dit, excluded.source, excluded.rythme)
 where (c.dit, c.source, c.rythme) is distinct from (excluded.dit, excluded.source, excluded.rythme);

-- The checks of sales; FACTURE_MOUVEMENT_CORRIGE and FACTURE_ECHUE are those of suppliers' invoices.

insert into private.controles as c (code, severity, seuil, source, rythme, dit) values
  ('SORTIE_NON_FACTUREE', 'WARN', 7, 'controles_ventes', 'NUIT', 'une sortie qui attend sa facture (jours)'),
  ('CREDIT_DEPASSE', 'WARN', null, 'controles_credit', 'NUIT', 'un client qui doit plus que son plafond'),
  ('FACTURE_CHAINE_ROMPUE', 'CRITICAL', null, 'controles_ventes', 'NUIT',
    'des factures qui ne concordent plus avec leurs empreintes, leurs totaux ou leurs comptes')
on conflict (code) do update set (dit, source, rythme) = (excluded.dit, excluded.source, excluded.rythme)
 where (c.dit, c.source, c.rythme) is distinct from (excluded.dit, excluded.source, excluded.rythme);

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
  ('cloture_mensuelle', 'Un jour ou un mois clos ne prend plus aucun mouvement, ni les jours qui le précèdent.'),
  ('facture_lot_directe_compat',
    'Une facture insérée par l''application est calculée et validée dans le même acte, au lieu de rester un brouillon.')
on conflict (key) do update set description = excluded.description
  where f.description is distinct from excluded.description;

-- The way of calculating that counts where no other does. What an administrator has made of it stays.

insert into astm.profils_calcul (nom) values ('SEP')
on conflict do nothing;

reset check_function_bodies;
-- By hand: what the movements of before say of the steps of their trucks and of the partners' accounts.
select private.completer_etapes();
select private.recalculer_comptes_partenaires();

select private.noter_etat('20261126214542_le_depot_entier');
