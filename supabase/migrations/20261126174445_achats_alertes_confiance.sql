-- 20261126174445_achats_alertes_confiance: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261126174445_achats_alertes_confiance');

DROP TRIGGER "citernes_journal" ON "public"."citernes";

DROP TRIGGER "depots_journal" ON "public"."depots";

DROP TRIGGER "fournisseur_lot_reserve" ON "public"."fournisseur_lot";

DROP TRIGGER "produits_before_update" ON "public"."produits";

DROP TRIGGER "produits_journal_mesure" ON "public"."produits";

DROP TRIGGER "produits_journal_nom" ON "public"."produits";

DROP INDEX "public"."cours_de_route_camion_ouvert";

DROP VIEW "public"."v_ecarts_inventaire";

DROP VIEW "public"."v_fournisseurs";

DROP VIEW "public"."v_mouvements_stock";

ALTER TABLE "public"."citernes" DROP CONSTRAINT "citernes_nom_check";

ALTER TABLE "public"."clients" DROP CONSTRAINT "clients_nom_check";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_plaque_camion_check";

ALTER TABLE "public"."depots" DROP CONSTRAINT "depots_fuseau_check";

ALTER TABLE "public"."depots" DROP CONSTRAINT "depots_nom_check";

ALTER TABLE "public"."fournisseurs" DROP CONSTRAINT "fournisseurs_nom_check";

ALTER TABLE "public"."partenaires" DROP CONSTRAINT "partenaires_nom_check";

ALTER TABLE "public"."prises_de_hauteur" DROP CONSTRAINT "prises_de_hauteur_citerne_id_fkey";

ALTER TABLE "public"."produits" DROP CONSTRAINT "produits_code_check";

ALTER TABLE "public"."produits" DROP CONSTRAINT "produits_nom_check";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_citerne_id_fkey";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_cours_de_route_id_citerne_id_key";

ALTER TABLE "public"."stocks_adjustments" DROP CONSTRAINT "stocks_adjustments_citerne_id_fkey";

ALTER TABLE "public"."stocks_adjustments" DROP CONSTRAINT "stocks_adjustments_mouvement_type_check";

ALTER TABLE "public"."stocks_initiaux" DROP CONSTRAINT "stocks_initiaux_citerne_id_fkey";

ALTER TABLE "public"."stocks_journaliers" DROP CONSTRAINT "stocks_journaliers_citerne_id_fkey";

ALTER TABLE "public"."stocks_snapshot" DROP CONSTRAINT "stocks_snapshot_citerne_id_fkey";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_citerne_destination_id_fkey";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_citerne_source_id_fkey";

DROP FUNCTION "astm"."comparer"(text, text);

DROP FUNCTION "private"."compter_mouvements"();

DROP FUNCTION "private"."debiter_sortie"(public.sorties_produit, public.citernes);

DROP FUNCTION "private"."exiger_camion_libre"(text);

DROP FUNCTION "private"."exiger_disponible"(uuid, uuid, text, numeric, numeric);

DROP FUNCTION "private"."exiger_place"(uuid, numeric);

DROP FUNCTION "private"."exiger_securite"(public.citernes, numeric);

DROP FUNCTION "private"."exiger_stock"(public.sorties_produit);

DROP FUNCTION "private"."mouvement_valide"(text, uuid);

ALTER TABLE "public"."stocks_adjustments" ALTER COLUMN "delta_15c" DROP DEFAULT;

CREATE TABLE "private"."constats" ("check_code" text NOT NULL, "entity_type" text NOT NULL, "entity_id" uuid NOT NULL, "severity" text NOT NULL, "message" text NOT NULL, "payload" jsonb NOT NULL, "depot_id" uuid, "detected_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "constats_pkey" PRIMARY KEY (check_code, entity_type, entity_id));

CREATE TABLE "private"."controles" ("code" text NOT NULL, "severity" text NOT NULL, "actif" boolean NOT NULL DEFAULT true, "seuil" numeric, "dit" text NOT NULL, CONSTRAINT "controles_code_check" CHECK ((code ~ '^[A-Z0-9_]+$'::text)), CONSTRAINT "controles_pkey" PRIMARY KEY (code), CONSTRAINT "controles_severity_check" CHECK ((severity = ANY (ARRAY['CRITICAL'::text, 'WARN'::text]))));

CREATE TABLE "private"."etats_schema" ("empreinte" text NOT NULL, "nom" text NOT NULL, "faits" jsonb, "note_le" timestamp with time zone NOT NULL, CONSTRAINT "etats_schema_nom_check" CHECK ((btrim(nom) <> ''::text)), CONSTRAINT "etats_schema_pkey" PRIMARY KEY (empreinte));

CREATE TABLE "private"."lettrages" ("debit_id" uuid NOT NULL, "credit_id" uuid NOT NULL, "montant" numeric(18,2) NOT NULL, "annule_id" uuid, "created_by" uuid, "created_at" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), CONSTRAINT "lettrages_annule_id_key" UNIQUE (annule_id), CONSTRAINT "lettrages_check" CHECK (((annule_id IS NOT NULL) = (montant < (0)::numeric))), CONSTRAINT "lettrages_montant_check" CHECK (((montant <> (0)::numeric) AND (abs(montant) < '10000000000000'::numeric))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "lettrages_pkey" PRIMARY KEY (id));

CREATE TABLE "private"."numeros" ("depot_id" uuid NOT NULL, "serie" text NOT NULL, "exercice" integer NOT NULL, "numero" bigint NOT NULL, "objet_id" uuid NOT NULL, "emis_le" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), CONSTRAINT "numeros_numero_check" CHECK ((numero > 0)), CONSTRAINT "numeros_pkey" PRIMARY KEY (depot_id, serie, exercice, numero));

CREATE TABLE "private"."passages" ("nom" text NOT NULL, "le" timestamp with time zone NOT NULL, "duree" interval NOT NULL, CONSTRAINT "passages_pkey" PRIMARY KEY (nom));

CREATE TABLE "private"."series_trous" ("depot_id" uuid NOT NULL, "serie" text NOT NULL, "exercice" integer NOT NULL, "de" bigint NOT NULL, "a" bigint NOT NULL, "motif" text NOT NULL, "par" uuid NOT NULL, "le" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "series_trous_check" CHECK (((0 < de) AND (de <= a))), CONSTRAINT "series_trous_pkey" PRIMARY KEY (depot_id, serie, exercice, de));

CREATE TABLE "private"."series" ("depot_id" uuid NOT NULL, "serie" text NOT NULL, "exercice" integer NOT NULL, "dernier" bigint NOT NULL DEFAULT 0, CONSTRAINT "series_dernier_check" CHECK ((dernier >= 0)), CONSTRAINT "series_exercice_check" CHECK (((exercice >= 2000) AND (exercice <= 2999))), CONSTRAINT "series_pkey" PRIMARY KEY (depot_id, serie, exercice), CONSTRAINT "series_serie_check" CHECK ((serie ~ '^[A-Z]{2,4}$'::text)));

CREATE TABLE "public"."alertes_evenements" ("ordre" bigint GENERATED ALWAYS AS IDENTITY NOT NULL, "alerte_id" uuid NOT NULL, "type" text NOT NULL, "par" uuid, "note" text, "depot_id" uuid, "le" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), CONSTRAINT "alertes_evenements_note_check2000" CHECK ((char_length(note) <= 2000)), CONSTRAINT "alertes_evenements_ordre_key" UNIQUE (ordre), CONSTRAINT "alertes_evenements_type_check" CHECK ((type = ANY (ARRAY['OPEN'::text, 'ACK'::text, 'RESOLVED'::text, 'REOPEN'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "alertes_evenements_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."alertes_evenements" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."dilatations" ("mouvement_type" text NOT NULL, "mouvement_id" uuid NOT NULL, "citerne_id" uuid NOT NULL, "produit_id" uuid NOT NULL, "depot_id" uuid NOT NULL, "proprietaire_type" text NOT NULL, "delta_ambiant" numeric(15,3) NOT NULL, "date_jour" date NOT NULL, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "dilatations_date_jour_check" CHECK ((date_jour >= '2020-01-01'::date)), CONSTRAINT "dilatations_delta_ambiant_check" CHECK (((delta_ambiant <> (0)::numeric) AND (abs(delta_ambiant) < '1000000000'::numeric))), CONSTRAINT "dilatations_mouvement_type_check" CHECK ((mouvement_type = ANY (ARRAY['SORTIE'::text, 'TRANSFERT'::text]))), CONSTRAINT "dilatations_mouvement_type_mouvement_id_date_jour_key" UNIQUE (mouvement_type, mouvement_id, date_jour), CONSTRAINT "dilatations_proprietaire_type_check" CHECK ((proprietaire_type = ANY (ARRAY['MONALUXE'::text, 'PARTENAIRE'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "dilatations_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."dilatations" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."ecarts" ("domaine" text NOT NULL, "type" text NOT NULL, "depot_id" uuid, "produit_id" uuid, "fournisseur_lot_id" uuid, "reference_type" text NOT NULL, "reference_id" uuid NOT NULL, "origine" text NOT NULL DEFAULT 'AUTO'::text, "attendu" numeric(18,6), "constate" numeric(18,6), "unite" text, "franchise" numeric(18,6) NOT NULL DEFAULT 0, "excedent" numeric(18,6) NOT NULL DEFAULT 0, "impact_usd" numeric(18,2), "impute_a" text, "cause" text, "decision" text, "justification" text, "statut" text NOT NULL DEFAULT 'OUVERT'::text, "created_by" uuid, "traite_par" uuid, "traite_le" timestamp with time zone, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "ecarts_cause_check" CHECK ((cause = ANY (ARRAY['PERTE_TRANSPORT'::text, 'ERREUR_SAISIE'::text, 'DIFFERENCE_TEMPERATURE_DENSITE'::text, 'MANQUANT_FOURNISSEUR'::text, 'LIVRAISON_PARTIELLE'::text, 'AUTRE'::text]))), CONSTRAINT "ecarts_check" CHECK (((statut = 'TRAITE'::text) = (traite_le IS NOT NULL))), CONSTRAINT "ecarts_decision_check" CHECK ((decision = ANY (ARRAY['ACCEPTE_AVEC_NOTE'::text, 'AJUSTEMENT_REQUIS'::text, 'LITIGE'::text, 'ANNULER'::text]))), CONSTRAINT "ecarts_domaine_check" CHECK ((domaine = ANY (ARRAY['FOURNISSEUR'::text, 'CLIENT'::text, 'TRANSPORTEUR'::text, 'DEPOT'::text]))), CONSTRAINT "ecarts_excedent_check" CHECK ((excedent >= (0)::numeric)), CONSTRAINT "ecarts_franchise_check" CHECK ((franchise >= (0)::numeric)), CONSTRAINT "ecarts_impact_usd_check" CHECK ((abs(impact_usd) < '10000000000000'::numeric)), CONSTRAINT "ecarts_impute_a_check" CHECK ((impute_a = ANY (ARRAY['FOURNISSEUR'::text, 'TRANSPORTEUR'::text, 'MONALUXE'::text]))), CONSTRAINT "ecarts_justification_check2000" CHECK ((char_length(justification) <= 2000)), CONSTRAINT "ecarts_origine_check" CHECK ((origine = ANY (ARRAY['AUTO'::text, 'MANUEL'::text]))), CONSTRAINT "ecarts_reference_type_check" CHECK ((reference_type = ANY (ARRAY['PROFORMA'::text, 'LOT'::text, 'CDR'::text, 'RECEPTION'::text, 'SORTIE'::text, 'LIVRAISON'::text, 'FACTURE'::text, 'MISSION'::text]))), CONSTRAINT "ecarts_statut_check" CHECK ((statut = ANY (ARRAY['OUVERT'::text, 'EN_REVUE'::text, 'TRAITE'::text, 'LITIGE'::text]))), CONSTRAINT "ecarts_type_check" CHECK ((type = ANY (ARRAY['QUANTITE'::text, 'QUALITE'::text, 'LOGISTIQUE'::text, 'PRIX'::text, 'AUTRE'::text]))), CONSTRAINT "ecarts_unite_check" CHECK ((unite = ANY (ARRAY['L15'::text, 'L20'::text, 'TM_AIR'::text, 'USD'::text, 'KGM3'::text, 'JOUR'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "ecarts_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."ecarts" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."ecritures_tiers" ("ordre" bigint GENERATED ALWAYS AS IDENTITY NOT NULL, "tiers_type" text NOT NULL, "fournisseur_id" uuid, "client_id" uuid, "depot_id" uuid, "devise" text NOT NULL, "date_valeur" date NOT NULL, "echeance" date, "type" text NOT NULL, "debit" numeric(18,2) NOT NULL, "credit" numeric(18,2) NOT NULL, "reference" text, "libelle" text NOT NULL, "source_type" text NOT NULL, "source_id" uuid NOT NULL, "contrepasse_id" uuid, "created_by" uuid, "created_at" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), CONSTRAINT "ecritures_tiers_check1" CHECK (((debit > (0)::numeric) <> (credit > (0)::numeric))), CONSTRAINT "ecritures_tiers_check2" CHECK (((contrepasse_id IS NOT NULL) = (type = 'CONTREPASSATION'::text))), CONSTRAINT "ecritures_tiers_check3" CHECK (((num_nonnulls(fournisseur_id, client_id) = 1) AND ((fournisseur_id IS NOT NULL) = (tiers_type = 'FOURNISSEUR'::text)))), CONSTRAINT "ecritures_tiers_check" CHECK ((echeance >= date_valeur)), CONSTRAINT "ecritures_tiers_contrepasse_id_key" UNIQUE (contrepasse_id), CONSTRAINT "ecritures_tiers_credit_check" CHECK (((credit >= (0)::numeric) AND (credit < '10000000000000'::numeric))), CONSTRAINT "ecritures_tiers_debit_check" CHECK (((debit >= (0)::numeric) AND (debit < '10000000000000'::numeric))), CONSTRAINT "ecritures_tiers_devise_check" CHECK ((devise = ANY (ARRAY['USD'::text, 'CDF'::text]))), CONSTRAINT "ecritures_tiers_libelle_check2000" CHECK ((char_length(libelle) <= 2000)), CONSTRAINT "ecritures_tiers_ordre_key" UNIQUE (ordre), CONSTRAINT "ecritures_tiers_reference_check2000" CHECK ((char_length(reference) <= 2000)), CONSTRAINT "ecritures_tiers_source_type_check2000" CHECK ((char_length(source_type) <= 2000)), CONSTRAINT "ecritures_tiers_source_type_source_id_type_key" UNIQUE (source_type, source_id, type), CONSTRAINT "ecritures_tiers_tiers_type_check" CHECK ((tiers_type = ANY (ARRAY['FOURNISSEUR'::text, 'CLIENT'::text]))), CONSTRAINT "ecritures_tiers_type_check" CHECK ((type = ANY (ARRAY['FACTURE'::text, 'AVOIR'::text, 'PAIEMENT'::text, 'REMBOURSEMENT'::text, 'AVANCE'::text, 'DECOMPTE'::text, 'ARRONDI'::text, 'CONTREPASSATION'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "ecritures_tiers_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."ecritures_tiers" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."factures_fournisseur_receptions" ("facture_id" uuid NOT NULL, "reception_id" uuid NOT NULL, "volume_15c" numeric(15,3) NOT NULL, "densite_15" numeric(10,6), "volume_20c" numeric(15,3) NOT NULL, "tonnes_air" numeric(12,3), "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "factures_fournisseur_receptions_reception_id_key" UNIQUE (reception_id), CONSTRAINT "factures_fournisseur_receptions_volume_15c_check" CHECK ((volume_15c > (0)::numeric)), CONSTRAINT "factures_fournisseur_receptions_volume_20c_check" CHECK ((volume_20c > (0)::numeric)), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "factures_fournisseur_receptions_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."factures_fournisseur_receptions" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."fournisseur_facture_lot_min" ("fournisseur_lot_id" uuid NOT NULL, "fournisseur_id" uuid NOT NULL, "type" text NOT NULL DEFAULT 'FACTURE'::text, "facture_origine_id" uuid, "invoice_no" text NOT NULL, "deal_reference" text, "date_facture" date NOT NULL, "date_echeance" date, "quantite_facturee_20c" numeric(15,3) NOT NULL, "prix_unitaire_usd" numeric(18,6) NOT NULL, "base" text NOT NULL DEFAULT 'L20'::text, "quantite_base" numeric(15,3) NOT NULL, "prix_base_usd" numeric(18,6) NOT NULL, "montant_total_usd" numeric(18,2) NOT NULL, "statut" text NOT NULL DEFAULT 'DRAFT'::text, "numero" text, "justification" text, "created_by" uuid, "validated_by" uuid, "validated_at" timestamp with time zone, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "fournisseur_facture_lot_min_base_check" CHECK ((base = ANY (ARRAY['L20'::text, 'L15'::text, 'TM_AIR'::text]))), CONSTRAINT "fournisseur_facture_lot_min_check1" CHECK (((type = 'AVOIR'::text) = (facture_origine_id IS NOT NULL))), CONSTRAINT "fournisseur_facture_lot_min_check2" CHECK (((numero IS NULL) = (validated_at IS NULL))), CONSTRAINT "fournisseur_facture_lot_min_check3" CHECK (((validated_at IS NOT NULL) OR (statut <> 'VALIDEE'::text))), CONSTRAINT "fournisseur_facture_lot_min_check" CHECK ((date_echeance >= date_facture)), CONSTRAINT "fournisseur_facture_lot_min_date_facture_check" CHECK ((date_facture >= '2020-01-01'::date)), CONSTRAINT "fournisseur_facture_lot_min_deal_reference_check2000" CHECK ((char_length(deal_reference) <= 2000)), CONSTRAINT "fournisseur_facture_lot_min_invoice_no_check2000" CHECK ((char_length(invoice_no) <= 2000)), CONSTRAINT "fournisseur_facture_lot_min_invoice_no_check" CHECK ((btrim(invoice_no) <> ''::text)), CONSTRAINT "fournisseur_facture_lot_min_justification_check2000" CHECK ((char_length(justification) <= 2000)), CONSTRAINT "fournisseur_facture_lot_min_montant_total_usd_check" CHECK (((montant_total_usd > (0)::numeric) AND (montant_total_usd < '10000000000000'::numeric))), CONSTRAINT "fournisseur_facture_lot_min_numero_check2000" CHECK ((char_length(numero) <= 2000)), CONSTRAINT "fournisseur_facture_lot_min_numero_key" UNIQUE (numero), CONSTRAINT "fournisseur_facture_lot_min_prix_base_usd_check" CHECK (((prix_base_usd > (0)::numeric) AND (prix_base_usd < '10000000'::numeric))), CONSTRAINT "fournisseur_facture_lot_min_prix_unitaire_usd_check" CHECK (((prix_unitaire_usd > (0)::numeric) AND (prix_unitaire_usd < '1000000'::numeric))), CONSTRAINT "fournisseur_facture_lot_min_quantite_base_check" CHECK (((quantite_base > (0)::numeric) AND (quantite_base < '1000000000'::numeric))), CONSTRAINT "fournisseur_facture_lot_min_quantite_facturee_20c_check" CHECK (((quantite_facturee_20c > (0)::numeric) AND (quantite_facturee_20c < '1000000000'::numeric))), CONSTRAINT "fournisseur_facture_lot_min_statut_check" CHECK ((statut = ANY (ARRAY['DRAFT'::text, 'CALCULEE'::text, 'VALIDEE'::text, 'LITIGE'::text, 'ANNULEE'::text]))), CONSTRAINT "fournisseur_facture_lot_min_type_check" CHECK ((type = ANY (ARRAY['FACTURE'::text, 'AVOIR'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "fournisseur_facture_lot_min_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."fournisseur_facture_lot_min" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."fournisseur_paiement_lot_min" ("fournisseur_facture_id" uuid NOT NULL, "date_paiement" timestamp with time zone NOT NULL DEFAULT now(), "montant_paye_usd" numeric(18,2) NOT NULL, "mode_paiement" text, "reference_paiement" text, "note" text, "statut" text NOT NULL DEFAULT 'CONFIRME'::text, "numero" text, "motif_annulation" text, "created_by" uuid, "confirme_par" uuid, "annule_par" uuid, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "fournisseur_paiement_lot_min_check1" CHECK (((numero IS NOT NULL) = (confirme_par IS NOT NULL))), CONSTRAINT "fournisseur_paiement_lot_min_check" CHECK (((motif_annulation IS NOT NULL) = (statut = 'ANNULE'::text))), CONSTRAINT "fournisseur_paiement_lot_min_date_paiement_check" CHECK ((date_paiement >= '2020-01-01 00:00:00+00'::timestamp with time zone)), CONSTRAINT "fournisseur_paiement_lot_min_mode_paiement_check2000" CHECK ((char_length(mode_paiement) <= 2000)), CONSTRAINT "fournisseur_paiement_lot_min_montant_paye_usd_check" CHECK (((montant_paye_usd > (0)::numeric) AND (montant_paye_usd < '10000000000000'::numeric))), CONSTRAINT "fournisseur_paiement_lot_min_motif_annulation_check2000" CHECK ((char_length(motif_annulation) <= 2000)), CONSTRAINT "fournisseur_paiement_lot_min_note_check2000" CHECK ((char_length(note) <= 2000)), CONSTRAINT "fournisseur_paiement_lot_min_numero_check2000" CHECK ((char_length(numero) <= 2000)), CONSTRAINT "fournisseur_paiement_lot_min_numero_key" UNIQUE (numero), CONSTRAINT "fournisseur_paiement_lot_min_reference_paiement_check2000" CHECK ((char_length(reference_paiement) <= 2000)), CONSTRAINT "fournisseur_paiement_lot_min_statut_check" CHECK ((statut = ANY (ARRAY['EN_ATTENTE'::text, 'CONFIRME'::text, 'ANNULE'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "fournisseur_paiement_lot_min_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."fournisseur_paiement_lot_min" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."system_alerts" ("check_code" text NOT NULL, "severity" text NOT NULL, "entity_type" text NOT NULL, "entity_id" uuid NOT NULL, "message" text NOT NULL, "payload" jsonb NOT NULL DEFAULT '{}'::jsonb, "status" text NOT NULL DEFAULT 'OPEN'::text, "first_detected_at" timestamp with time zone NOT NULL DEFAULT now(), "last_detected_at" timestamp with time zone NOT NULL DEFAULT now(), "acknowledged_by" uuid, "acknowledged_at" timestamp with time zone, "resolved_by" uuid, "resolved_at" timestamp with time zone, "depot_id" uuid, "presente" boolean NOT NULL DEFAULT true, "absente_depuis" timestamp with time zone, "occurrences" integer NOT NULL DEFAULT 1, "created_at" timestamp with time zone NOT NULL DEFAULT now(), "updated_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "system_alerts_check1" CHECK ((presente OR (status = 'RESOLVED'::text))), CONSTRAINT "system_alerts_check2" CHECK (((status = 'RESOLVED'::text) = (resolved_at IS NOT NULL))), CONSTRAINT "system_alerts_check_code_check2000" CHECK ((char_length(check_code) <= 2000)), CONSTRAINT "system_alerts_check_code_entity_type_entity_id_key" UNIQUE (check_code, entity_type, entity_id), CONSTRAINT "system_alerts_check" CHECK ((presente = (absente_depuis IS NULL))), CONSTRAINT "system_alerts_entity_type_check2000" CHECK ((char_length(entity_type) <= 2000)), CONSTRAINT "system_alerts_message_check2000" CHECK ((char_length(message) <= 2000)), CONSTRAINT "system_alerts_severity_check" CHECK ((severity = ANY (ARRAY['CRITICAL'::text, 'WARN'::text]))), CONSTRAINT "system_alerts_status_check" CHECK ((status = ANY (ARRAY['OPEN'::text, 'ACK'::text, 'RESOLVED'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "system_alerts_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."system_alerts" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "private"."capacites" ADD COLUMN "habilitations" text[] NOT NULL DEFAULT '{}'::text[];

ALTER TABLE "private"."idempotence" ADD COLUMN "habilitations" text[] NOT NULL DEFAULT '{}'::text[];

ALTER TABLE "private"."idempotence" ADD COLUMN "second_facteur" boolean NOT NULL DEFAULT false;

ALTER TABLE "public"."clients" ADD COLUMN "actif" boolean NOT NULL DEFAULT true;

ALTER TABLE "public"."cours_de_route" ADD COLUMN "date_chargement_presumee" boolean NOT NULL DEFAULT false;

ALTER TABLE "public"."depots" ADD COLUMN "code" text;

ALTER TABLE "public"."depots" ADD COLUMN "actif" boolean NOT NULL DEFAULT true;

ALTER TABLE "public"."ecarts" ADD COLUMN "ecart" numeric(18,6) GENERATED ALWAYS AS ((constate - attendu)) STORED;

ALTER TABLE "public"."ecritures_tiers" ADD COLUMN "tiers_id" uuid GENERATED ALWAYS AS (COALESCE(fournisseur_id, client_id)) STORED NOT NULL;

ALTER TABLE "public"."fournisseurs" ADD COLUMN "actif" boolean NOT NULL DEFAULT true;

ALTER TABLE "public"."fournisseurs" ADD COLUMN "delai_paiement_jours" integer NOT NULL DEFAULT 30;

ALTER TABLE "public"."golden_cases" ADD COLUMN "temperature_produit_deduite" boolean NOT NULL DEFAULT false;

ALTER TABLE "public"."partenaires" ADD COLUMN "actif" boolean NOT NULL DEFAULT true;

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "produit_id" uuid NOT NULL;

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "tolerance_pour_mille" numeric(6,2) NOT NULL;

ALTER TABLE "public"."profils" ADD COLUMN "habilitations" text[] NOT NULL DEFAULT '{}'::text[];

ALTER TABLE "public"."stocks_adjustments" ADD COLUMN "contrepartie_de" uuid;

CREATE TYPE "private"."quantites" AS ("volume_15c" numeric, "volume_20c" numeric, "densite_15" numeric, "tonnes_air" numeric);

ALTER TYPE "private"."acteur" ADD ATTRIBUTE "habilitations" text[] CASCADE;

CREATE OR REPLACE FUNCTION astm.calculer_1980(groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean)
 RETURNS TABLE(densite_15c_kgm3 double precision, vcf double precision, volume_15c_l double precision)
 LANGUAGE sql
 STABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
 WITH mesure AS (
          SELECT (calculer_1980.t_echantillon - (15)::double precision) AS dt,
                 CASE
                     WHEN ((calculer_1980.volume > (0)::double precision) AND ((calculer_1980.densite >= (400)::double precision) AND (calculer_1980.densite <= (1400)::double precision)) AND ((calculer_1980.t_echantillon >= ('-18'::integer)::double precision) AND (calculer_1980.t_echantillon <= (150)::double precision)) AND ((calculer_1980.t_produit >= ('-18'::integer)::double precision) AND (calculer_1980.t_produit <= (150)::double precision)) AND (calculer_1980.volume < 'Infinity'::double precision) AND (calculer_1980.pression = (0)::double precision) AND ((calculer_1980.groupe = 'B'::text) OR (calculer_1980.groupe = 'A'::text) OR (calculer_1980.groupe = 'D'::text)) AND (calculer_1980.correction_verre IS NOT NULL) AND (calculer_1980.arrondir IS NOT NULL)) THEN
                     CASE
                         WHEN calculer_1980.correction_verre THEN astm.correction_verre(calculer_1980.densite, (calculer_1980.t_echantillon - (15)::double precision))
                         ELSE calculer_1980.densite
                     END
                     ELSE astm.refuser_entree('MPMS_11_1_1980'::text, calculer_1980.groupe, calculer_1980.densite, calculer_1980.t_echantillon, calculer_1980.t_produit, calculer_1980.volume, calculer_1980.correction_verre, calculer_1980.pression, calculer_1980.arrondir)
                 END AS observee
          OFFSET 0
         ), zone AS (
          SELECT mesure.observee,
             mesure.dt,
             astm.coefficients_1980(calculer_1980.groupe, mesure.observee, mesure.dt) AS k
            FROM mesure
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
             pas_1.rho AS avant,
             astm.approcher(pas_1.rho, pas_1.observee, pas_1.k0, pas_1.k1, pas_1.k2, pas_1.dt) AS rho
            FROM pas_1
          OFFSET 0
         ), pas_3 AS (
          SELECT pas_2.k0,
             pas_2.k1,
             pas_2.k2,
             LEAST(GREATEST(
                 CASE
                     WHEN (abs((pas_2.rho - pas_2.avant)) > ((0.0000001)::double precision * pas_2.rho)) THEN astm.approcher(pas_2.rho, pas_2.observee, pas_2.k0, pas_2.k1, pas_2.k2, pas_2.dt)
                     ELSE pas_2.rho
                 END, pas_2.k[4]), pas_2.k[5]) AS rho
            FROM pas_2
          OFFSET 0
         ), facteur AS (
          SELECT
                 CASE
                     WHEN astm.dans_domaine(pas_3.rho, 'MPMS_11_1_1980'::text, calculer_1980.groupe) THEN pas_3.rho
                     ELSE astm.refuser_densite('MPMS_11_1_1980'::text, calculer_1980.groupe, pas_3.rho)
                 END AS rho,
             astm.facteur_1980(astm.alpha(pas_3.k0, pas_3.k1, pas_3.k2, pas_3.rho), (calculer_1980.t_produit - (15)::double precision)) AS f
            FROM pas_3
          OFFSET 0
         ), imprime AS (
          SELECT
                 CASE
                     WHEN calculer_1980.arrondir THEN astm.arrondir(facteur.rho, (10)::double precision)
                     ELSE facteur.rho
                 END AS rho,
                 CASE
                     WHEN calculer_1980.arrondir THEN astm.arrondir(facteur.f, (10000)::double precision)
                     ELSE facteur.f
                 END AS f
            FROM facteur
          OFFSET 0
         )
  SELECT i.rho,
     i.f,
         CASE
             WHEN calculer_1980.arrondir THEN astm.au_litre((calculer_1980.volume * i.f))
             ELSE (calculer_1980.volume * i.f)
         END AS "case"
    FROM imprime i;
END;

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
                     WHEN (calculer_2004.pression = (0)::double precision) THEN (1)::double precision
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

CREATE OR REPLACE FUNCTION astm.comparer(p_methode text DEFAULT NULL::text, p_profil text DEFAULT NULL::text)
 RETURNS TABLE(source text, reference text, produit_code text, note text, volume_observe_l numeric, densite_15c_attendue_kgm3 numeric, vcf_attendu numeric, volume_15c_attendu_l numeric, densite_15c_kgm3 double precision, vcf double precision, volume_15c_l double precision, ecart_l numeric, dans_tolerance boolean, ecart_une_temperature_l numeric, ecart_historique_l numeric, temperature_echantillon_c numeric, temperature_produit_c numeric, temperature_produit_deduite boolean, densite_observee_kgm3 numeric, refus text, refus_phrase text)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_profil astm.profils_calcul;
  v_cas public.golden_cases;
begin
  select * into v_profil from astm.profils_calcul p
   where case when p_profil is null then p.depot_id is null and p.produit_id is null else p.nom = p_profil end;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', format('le profil de calcul « %s »', p_profil)));
  end if;
  for v_cas in select * from public.golden_cases g order by g.source, length(g.reference), g.reference loop
    select v_cas.source, v_cas.reference, v_cas.produit_code, v_cas.note, v_cas.volume_observe_l,
           v_cas.densite_15c_attendue_kgm3, v_cas.vcf_attendu, v_cas.volume_15c_attendu_l,
           v_cas.temperature_echantillon_c, v_cas.temperature_produit_c, v_cas.temperature_produit_deduite,
           v_cas.densite_observee_kgm3, null, null, null, null, null, null, null, false,
           round(v_cas.volume_observe_l * (1 - v_cas.alpha_historique * (v_cas.temperature_produit_c - 15))
                 - v_cas.volume_15c_attendu_l, 1)
      into source, reference, produit_code, note, volume_observe_l,
           densite_15c_attendue_kgm3, vcf_attendu, volume_15c_attendu_l,
           temperature_echantillon_c, temperature_produit_c, temperature_produit_deduite,
           densite_observee_kgm3, densite_15c_kgm3, vcf, volume_15c_l, ecart_l, ecart_une_temperature_l,
           refus, refus_phrase, dans_tolerance, ecart_historique_l;
    -- A case that the standard does not take is told as such: it says nothing of the others.
    begin
      select norme.densite_15c_kgm3, norme.vcf, norme.volume_15c_l,
             round(norme.volume_15c_l::numeric - v_cas.volume_15c_attendu_l, 1),
             abs(norme.volume_15c_l::numeric - v_cas.volume_15c_attendu_l) <= astm.tolerance_l(),
             round(raccourci.volume_15c_l::numeric - v_cas.volume_15c_attendu_l, 1)
        into strict densite_15c_kgm3, vcf, volume_15c_l, ecart_l, dans_tolerance, ecart_une_temperature_l
        from astm.calculer_15c(
               v_cas.groupe_mpms, v_cas.densite_observee_kgm3, v_cas.temperature_echantillon_c,
               v_cas.temperature_produit_c,
               v_cas.volume_observe_l, coalesce(p_methode, v_profil.methode), v_profil.correction_verre, 0,
               v_profil.arrondir) norme
       cross join lateral astm.calculer_15c(
               v_cas.groupe_mpms, v_cas.densite_observee_kgm3, v_cas.temperature_echantillon_c,
               v_cas.temperature_echantillon_c,
               v_cas.volume_observe_l, coalesce(p_methode, v_profil.methode), v_profil.correction_verre, 0,
               v_profil.arrondir) raccourci;
    exception when others then
      if sqlstate !~ '^PT' then
        raise;
      end if;
      get stacked diagnostics refus = message_text, refus_phrase = pg_exception_hint;
    end;
    return next;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION astm.convertir(p_quantite double precision, p_unite text, p_groupe text, p_densite_observee_kgm3 double precision DEFAULT NULL::double precision, p_temperature_echantillon_c double precision DEFAULT NULL::double precision, p_densite_a_15_kgm3 double precision DEFAULT NULL::double precision, p_api_60f double precision DEFAULT NULL::double precision, p_temperature_produit_c double precision DEFAULT NULL::double precision, p_temperature_produit_f double precision DEFAULT NULL::double precision, p_methode text DEFAULT 'MPMS_11_1_1980'::text, p_correction_verre boolean DEFAULT true, p_arrondir boolean DEFAULT true)
 RETURNS TABLE(densite_15c_kgm3 double precision, densite_20c_kgm3 double precision, degres_api double precision, temperature_c double precision, temperature_f double precision, vcf double precision, volume_observe_l double precision, volume_15c_l double precision, volume_20c_l double precision, barils_60f double precision, masse_vide_t double precision, masse_air_t double precision)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_60f constant float8 := 140 / 9.0::float8;
  c_eau_60f constant float8 := 999.016;
  c_litres_par_baril constant float8 := 158.987294928;
  v_observee constant boolean := p_densite_observee_kgm3 is not null;
  v_densite float8 := coalesce(p_densite_observee_kgm3, p_densite_a_15_kgm3, c_eau_60f * 141.5 / (p_api_60f + 131.5));
  v_a_60f float8;
  v_a_20 float8;
begin
  v_densite := private.en_kgm3(v_densite::numeric);
  -- No thermometer reads a millionth of a degree, and no exponential bears a smaller one.
  temperature_c :=
    round(coalesce(p_temperature_produit_c, (p_temperature_produit_f - 32) / 1.8, p_temperature_echantillon_c)
                         ::numeric, 6);
  temperature_f := temperature_c * 1.8 + 32;
  -- A density that is not observed is one at 15 °C, or at 60 °F where it came in degrees API: without glass.
  select c.densite_15c_kgm3, c.vcf into densite_15c_kgm3, vcf
    from astm.calculer_15c(p_groupe, v_densite,
           case when v_observee then p_temperature_echantillon_c when p_densite_a_15_kgm3 is null then c_60f
             else 15 end,
           temperature_c, 1, p_methode, v_observee and p_correction_verre, 0, p_arrondir) c;
  select c.vcf into v_a_60f
    from astm.calculer_15c(p_groupe, densite_15c_kgm3, 15, c_60f, 1, p_methode, false, 0, false) c;
  select c.vcf into v_a_20 from astm.calculer_15c(p_groupe, densite_15c_kgm3, 15, 20, 1, p_methode, false, 0, false) c;
  densite_20c_kgm3 := densite_15c_kgm3 * v_a_20;
  degres_api := 141.5 * c_eau_60f / (densite_15c_kgm3 * v_a_60f) - 131.5;
  volume_15c_l := case p_unite
    when 'L' then p_quantite * vcf
    when 'L_15C' then p_quantite
    when 'L_20C' then p_quantite * v_a_20
    when 'BARIL_60F' then p_quantite * c_litres_par_baril * v_a_60f
    when 'T_VIDE' then p_quantite / astm.masse_vide_t(densite_15c_kgm3, 1)
    when 'T_AIR' then p_quantite / astm.masse_air_t(densite_15c_kgm3, 1) end;
  if (volume_15c_l >= 0.001 and volume_15c_l < 1e12) is not true then
    perform private.refuser('QUANTITE_INVALIDE', jsonb_build_object('quantite', p_quantite, 'unite', p_unite));
  end if;
  volume_observe_l := case p_unite when 'L' then p_quantite else volume_15c_l / vcf end;
  volume_20c_l := volume_15c_l / v_a_20;
  barils_60f := volume_15c_l / v_a_60f / c_litres_par_baril;
  if p_arrondir then
    densite_20c_kgm3 := astm.arrondir(densite_20c_kgm3, 10);
    degres_api := astm.arrondir(degres_api, 10);
    volume_15c_l := astm.au_litre(volume_15c_l);
    volume_observe_l := case p_unite when 'L' then p_quantite else astm.au_litre(volume_observe_l) end;
    volume_20c_l := astm.au_litre(volume_20c_l);
    barils_60f := astm.arrondir(barils_60f, 100);
  end if;
  masse_vide_t := astm.masse_vide_t(densite_15c_kgm3, volume_15c_l);
  masse_air_t := astm.masse_air_t(densite_15c_kgm3, volume_15c_l);
  -- Tonnes that were given are what they are.
  if p_unite = 'T_VIDE' then
    masse_air_t := masse_air_t * p_quantite / masse_vide_t;
    masse_vide_t := p_quantite;
  elsif p_unite = 'T_AIR' then
    masse_vide_t := masse_vide_t * p_quantite / masse_air_t;
    masse_air_t := p_quantite;
  end if;
  if p_arrondir then
    masse_vide_t := astm.arrondir(masse_vide_t, 1000);
    masse_air_t := astm.arrondir(masse_air_t, 1000);
  end if;
  return next;
end;
$function$;

CREATE OR REPLACE FUNCTION astm.masse_air_t(densite_15c_kgm3 double precision, volume_15c_l double precision)
 RETURNS double precision
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (((volume_15c_l * (densite_15c_kgm3 - (1.22)::double precision)) / (((1)::numeric - (1.22 / (8100)::numeric)))::double precision) / (1000000)::double precision);

CREATE OR REPLACE FUNCTION astm.refuser_entree(methode text, groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean, alpha60 double precision DEFAULT 0.0005)
 RETURNS double precision
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_t constant float8[] := astm.domaine_temperature(methode);
  v_temperatures constant text := format('température de %s à %s °C', v_t[1], v_t[2]);
  v_pression_max constant float8 := case methode when 'MPMS_11_1_1980' then 0 else 10342 end;
begin
  if densite is null then
    perform private.refuser('DENSITE_OBSERVEE_REQUISE');
  elsif t_echantillon is null then
    perform private.refuser('TEMPERATURE_REQUISE');
  elsif astm.domaine_densite(methode, groupe) is null then
    perform astm.hors_domaine('groupe', null, null, null, format(
      'groupe de produit A, B ou D (indiqué : %s)', coalesce(groupe, 'aucun')));
  elsif not (densite > 0 and densite < 'Infinity') then
    perform astm.hors_domaine('densite_observee_kgm3', densite, 0, null,
      'densité observée supérieure à 0 kg/m³ et finie');
  elsif not (t_echantillon between v_t[1] and v_t[2]) then
    perform astm.hors_domaine('temperature_echantillon_c', t_echantillon, v_t[1], v_t[2],
                              v_temperatures || ' (échantillon)');
  elsif not (t_produit between v_t[1] and v_t[2]) then
    perform astm.hors_domaine('temperature_produit_c', t_produit, v_t[1], v_t[2], v_temperatures || ' (produit)');
  elsif (volume > 0 and volume < 'Infinity') is not true then
    perform astm.hors_domaine('volume_observe_l', volume, 0, null, 'volume observé supérieur à 0 L et fini');
  elsif (pression between 0 and v_pression_max) is not true then
    perform astm.hors_domaine('pression_kpa', pression, 0, v_pression_max,
      case v_pression_max when 0 then 'pression 0 kPa (l''édition de 1980 ne corrige pas la pression)'
                          else 'pression de 0 à 10 342 kPa' end);
  elsif (alpha60 between 230e-6 and 930e-6) is not true then
    perform astm.hors_domaine('alpha60', alpha60, 230e-6, 930e-6, 'α60 de 0,000 230 à 0,000 930 par °F (groupe C)');
  end if;
  if not (densite between 400 and 1400) then
    perform astm.refuser_densite(methode, groupe, densite);
  end if;
  perform astm.hors_domaine('options', null, null, null, 'correction du verre et arrondi : oui ou non');
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.acteur()
 RETURNS private.acteur
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur private.acteur;
  v_depot_id uuid;
  v_tous boolean;
begin
  select p.user_id, p.role, p.habilitations, p.depot_id, p.role = any (c.roles)
    into v_acteur.user_id, v_acteur.role, v_acteur.habilitations, v_depot_id, v_tous
    from public.profils p join private.capacites c on c.capacite = 'voir_tous_depots'
   where p.user_id = auth.uid() and p.desactive_le is null;
  -- Apart: the depots of those who see them all are no part of the plan that everyone else runs, several times a
  -- request.
  if v_tous then
    v_acteur.depots := (select array_agg(d.id) from public.depots d);
  elsif v_depot_id is not null then
    v_acteur.depots := array[v_depot_id];
  end if;
  return v_acteur;
end;
$function$;

CREATE OR REPLACE FUNCTION private.acteur_peut(p_acteur private.acteur, p_capacite text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_capacite private.capacites;
begin
  select * into strict v_capacite from private.capacites c where c.capacite = p_capacite;
  return coalesce(p_acteur.role = any (v_capacite.roles) or p_acteur.habilitations && v_capacite.habilitations, false);
end;
$function$;

CREATE OR REPLACE FUNCTION private.ambiant_disponible(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date)
 RETURNS numeric
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce(min(j.stock_ambiant), 0) from (
    (select coalesce((
       select v.stock_ambiant from public.stocks_journaliers v
        where v.citerne_id = p_citerne_id and v.produit_id = p_produit_id
          and v.proprietaire_type = p_proprietaire_type and v.date_jour <= p_jour
        order by v.date_jour desc limit 1), 0) as stock_ambiant)
    union all
    (select v.stock_ambiant from public.stocks_journaliers v
      where v.citerne_id = p_citerne_id and v.produit_id = p_produit_id
        and v.proprietaire_type = p_proprietaire_type and v.date_jour > p_jour)) j
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
  -- Nearly every movement is of today, in a tank that today has already seen: two rows to update.
  if private.deplacer_jours(p_citerne_id, p_produit_id, p_proprietaire_type, p_jour, p_jour, p_delta_ambiant,
    p_delta_15c,
                            p_ajustement) then
    return;
  end if;

  -- The others: the first of a tank or of a day, a back-dated one, or one that a day could not bear.
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

CREATE OR REPLACE FUNCTION private.attendre_tiers(p_type text, p_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger_read_committed();
  perform pg_advisory_xact_lock_shared(hashtextextended(format('tiers:%s:%s', p_type, p_id), 0));
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

CREATE OR REPLACE FUNCTION private.avertissements(p_mesures private.mesures, p_densite_a_15_kgm3 numeric, p_densite_melange_kgm3 numeric)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce(jsonb_agg(a), '[]') from (
    select jsonb_build_object('code', 'TEMPERATURES_ECARTEES', 'phrase',
             format(
               'L''échantillon (%s °C) et le produit (%s °C) ont plus de 10 °C d''écart : vérifiez les deux lectures.',
                    private.nombre_fr(p_mesures.temperature_echantillon_c),
                    private.nombre_fr(p_mesures.temperature_produit_c)))
     where abs(p_mesures.temperature_echantillon_c - p_mesures.temperature_produit_c) > 10
    union all
    select jsonb_build_object('code', 'DENSITE_ECARTEE', 'phrase',
             format(
               'La densité à 15 °C (%s kg/m³) s''écarte de plus de 3 kg/m³ de celle de la citerne (%s kg/m³) : '
               'vérifiez la lecture et le produit.',
                    private.nombre_fr(round(p_densite_a_15_kgm3, 1)),
                    private.nombre_fr(round(p_densite_melange_kgm3, 1))))
     where abs(p_densite_a_15_kgm3 - p_densite_melange_kgm3) > 3) a (a)
$function$;

CREATE OR REPLACE FUNCTION private.borne_scellement(p_dernier private.blocs_journal)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  -- The last pass that every transaction still open at the last one began to write after.
  select coalesce(max(b.scelle_le), '-infinity') - private.tolerance_horloge()
    from private.blocs_journal b
   where b.serveur = (p_dernier).serveur and b.txid <= pg_snapshot_xmin((p_dernier).instantane)
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
  v_corrige private.volume_corrige;
begin
  select round(c.volume_15c_l::numeric, 3), round(c.vcf::numeric, 8),
         case when v_observee then round(c.densite_15c_kgm3::numeric, 4) else v_a_15 end, p_profil.methode,
         jsonb_build_object('profil', p_profil.nom, 'groupe', p_produit.groupe_mpms, 'arrondir', p_profil.arrondir,
           'correction_verre', v_observee and p_profil.correction_verre,
           'densite', case when v_observee then 'OBSERVEE' when p_mesures.densite_a_15_kgm3 is not null then 'A_15'
             else 'CITERNE' end,
           'temperature_echantillon', case when p_mesures.temperature_echantillon_c is null
             and v_observee then 'PRODUIT' end)
    into v_corrige
    from astm.calculer_15c(p_produit.groupe_mpms, coalesce(p_mesures.densite_observee_kgm3, v_a_15),
           case when v_observee then coalesce(p_mesures.temperature_echantillon_c, p_mesures.temperature_produit_c)
             else 15 end,
           p_mesures.temperature_produit_c, p_mesures.volume_ambiant, p_profil.methode,
           v_observee and p_profil.correction_verre, 0, p_profil.arrondir) c;
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

CREATE OR REPLACE FUNCTION private.code_emetteur(p_depot_id uuid)
 RETURNS text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_code text;
begin
  if p_depot_id = '00000000-0000-0000-0000-000000000000' then
    return coalesce((select s.value from public.app_settings s where s.key = 'societe_code'), 'MLX');
  end if;
  select d.code into v_code from public.depots d where d.id = p_depot_id;
  if v_code is null then
    perform private.refuser('DEPOT_SANS_CODE');
  end if;
  return v_code;
end;
$function$;

CREATE OR REPLACE FUNCTION private.compenser(p_type text, p_id uuid, p_reason text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_reste private.mouvement;
begin
  perform private.exiger('ajuster_stock');
  v_reste := private.mouvement_valide(p_type, p_id);
  -- Whoever compensates or adjusts it too waits here for this one to end.
  perform private.verrouiller_citernes(v_reste.citerne_id);
  v_reste := private.reste_du_mouvement(p_type, p_id);
  if (v_reste.delta_ambiant = 0 and v_reste.delta_15c = 0)
     or exists (select from public.stocks_adjustments a
                where a.mouvement_type = p_type and a.mouvement_id = p_id and a.compensation) then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id, 'deja_compense', true));
  end if;
  insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason, compensation)
  values (p_type, p_id, -v_reste.delta_ambiant, -v_reste.delta_15c, p_reason, true);
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

CREATE OR REPLACE FUNCTION private.compter_mouvements()
 RETURNS TABLE(quoi text, lignes bigint)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- In PL/pgSQL, because tables of later chapters are named.
  return query
  select 'factures_fournisseur_receptions', count(*) from public.factures_fournisseur_receptions
  union all select 'fournisseur_paiement_lot_min', count(*) from public.fournisseur_paiement_lot_min
  union all select 'fournisseur_facture_lot_min', count(*) from public.fournisseur_facture_lot_min
  union all select 'ecarts', count(*) from public.ecarts
  union all select 'ecritures_tiers', count(*) from public.ecritures_tiers
  union all select 'receptions', count(*) from public.receptions
  union all select 'sorties_produit', count(*) from public.sorties_produit
  union all select 'transferts', count(*) from public.transferts
  union all select 'dilatations', count(*) from public.dilatations
  union all select 'stocks_adjustments', count(*) from public.stocks_adjustments
  union all select 'stocks_initiaux', count(*) from public.stocks_initiaux
  union all select 'prises_de_hauteur', count(*) from public.prises_de_hauteur
  union all select 'stocks_journaliers', count(*) from public.stocks_journaliers
  union all select 'stocks_snapshot', count(*) from public.stocks_snapshot
  union all select 'log_actions (mouvements)', count(*) from public.log_actions l
             where l.module in ('receptions', 'sorties', 'stocks')
  union all select 'cours_de_route', count(*) from public.cours_de_route;
end;
$function$;

CREATE OR REPLACE FUNCTION private.constats_vus()
 RETURNS SETOF private.constats
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
    select c.* from private.constats c
     where auth.uid() is null
        or (c.depot_id is null and private.peut('voir_tous_depots'))
        or c.depot_id = any (private.depots_visibles());
  if auth.uid() is null or private.peut('voir_tous_depots') then
    return query
      select 'PASSAGE_ABSENT', 'PASSAGE', md5(p.nom)::uuid, k.severity,
             format('Le contrôle de la nuit n''a pas tourné depuis %s h.',
               round(extract(epoch from now() - p.le) / 3600)),
             jsonb_build_object('nom', p.nom, 'le', p.le), null::uuid, now()
        from private.passages p cross join lateral private.controle('PASSAGE_ABSENT') k
       where p.nom = 'nuit' and k.code is not null and p.le < now() - k.seuil * interval '1 hour';
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.contrepasser(p_ecriture_id uuid, p_date_valeur date, p_libelle text)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ecriture public.ecritures_tiers;
  v_opposee public.ecritures_tiers;
  v_id uuid;
begin
  select * into strict v_ecriture from public.ecritures_tiers e where e.id = p_ecriture_id;
  perform private.verrouiller_tiers(v_ecriture.tiers_type, v_ecriture.tiers_id);
  if v_ecriture.type = 'CONTREPASSATION'
     or exists (select from public.ecritures_tiers e where e.contrepasse_id = p_ecriture_id) then
    perform private.refuser('ECRITURE_CONTREPASSEE', jsonb_build_object('reference', v_ecriture.reference));
  end if;
  insert into private.lettrages (debit_id, credit_id, montant, annule_id, created_by)
  select l.debit_id, l.credit_id, -l.montant, l.id, auth.uid()
    from private.lettrages l
   where p_ecriture_id in (l.debit_id, l.credit_id) and l.annule_id is null
     and not exists (select from private.lettrages a where a.annule_id = l.id);
  v_opposee := v_ecriture;
  v_opposee.type := 'CONTREPASSATION';
  v_opposee.contrepasse_id := p_ecriture_id;
  v_opposee.debit := v_ecriture.credit;
  v_opposee.credit := v_ecriture.debit;
  v_opposee.date_valeur := greatest(p_date_valeur, v_ecriture.date_valeur);
  v_opposee.echeance := null;
  v_opposee.libelle := p_libelle;
  v_id := private.ecrire_compte(v_opposee);
  -- The two settle one another: neither waits for anything more.
  if v_ecriture.debit > 0 then
    perform private.lettrer(p_ecriture_id, v_id, v_ecriture.debit);
  else
    perform private.lettrer(v_id, p_ecriture_id, v_ecriture.credit);
  end if;
  return v_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.controle(p_code text)
 RETURNS private.controles
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_controle private.controles;
begin
  select * into v_controle from private.controles c where c.code = p_code and c.actif;
  return v_controle;
end;
$function$;

CREATE OR REPLACE FUNCTION private.controler_journal(p_bloc bigint DEFAULT NULL::bigint, p_empreinte text DEFAULT NULL::text)
 RETURNS TABLE(probleme text, bloc bigint, ligne_id uuid, constat jsonb)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET work_mem TO '128MB'
AS $function$
declare
  v_serveur constant bigint := private.serveur();
  v_dernier private.blocs_journal;
begin
  select * into v_dernier from private.blocs_journal b order by b.numero desc limit 1;

  return query
  select 'BLOC_ALTERE', b.numero, null::uuid,
    jsonb_build_object('scelle_le', b.scelle_le, 'lignes', cardinality(b.lignes))
    from private.blocs_journal b where b.empreinte <> private.empreinte_bloc(b)
  union all
  select case when c.manquants > 0 then 'BLOC_SUPPRIME' else 'CHAINE_ROMPUE' end, c.numero - sign(c.manquants)::int,
    null,
         jsonb_build_object('avant_le_bloc', c.numero, 'manquants', c.manquants)
    from (
      select b.numero, b.precedent, b.numero - 1 - coalesce(lag(b.numero) over chaine, 0) as manquants,
             lag(b.empreinte) over chaine as attendu
        from private.blocs_journal b window chaine as (order by b.numero)
    ) c
   where c.manquants > 0 or c.precedent is distinct from c.attendu
  union all
  select case when v_dernier.numero is null or v_dernier.numero < p_bloc then 'BLOC_SUPPRIME' else 'CHAINE_REFAITE' end,
         p_bloc, null, jsonb_build_object('attendu', p_empreinte, 'dernier_bloc', v_dernier.numero)
           -- Restored since, it is the backup's chain: whoever compares a head is told so, by the log itself.
           || coalesce((select jsonb_build_object('restauree_le', l.created_at, 'restauration', l.details - 'perdus')
                          from public.log_actions l where l.action = 'BASE_RESTAUREE'
                         order by l.created_at desc limit 1), '{}')
   where p_bloc is not null
     and not exists (select from private.blocs_journal b
                      where b.numero = p_bloc and encode(b.empreinte, 'hex') = lower(btrim(p_empreinte)));

  -- What no block holds proves nothing: silence about it would read as proof.
  return query
  select case when e.bloc is null then 'JAMAIS_SCELLE' else 'SCELLEMENT_EN_RETARD' end, e.bloc, null::uuid,
         jsonb_build_object('lignes', e.lignes_en_attente, 'depuis', e.attend_depuis)
    from private.etat_scellement() e
   where e.lignes_en_attente > 0 and (e.bloc is null or e.attend_depuis < now() - private.patience_scellement());

  return query
  select case when s.id is null then 'LIGNE_INSEREE' when l.id is null then 'LIGNE_SUPPRIMEE' else 'LIGNE_ALTEREE' end,
         s.numero, coalesce(l.id, s.id),
         (select to_jsonb(t) from public.log_actions t where t.id = l.id)
    from (select b.numero, u.id, u.empreinte
            from private.blocs_journal b cross join unnest(b.lignes, b.empreintes) as u (id, empreinte)) s
    full join (select t.id, private.empreinte_ligne(t) as empreinte, private.ligne_recente(t, v_dernier, v_serveur) as
      recente
                 from public.log_actions t) l on l.id = s.id
   where l.id is null
      or (s.id is null and not l.recente)
      or s.empreinte <> l.empreinte;
end;
$function$;

CREATE OR REPLACE FUNCTION private.controler_tout()
 RETURNS bigint
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_debut constant timestamptz := clock_timestamp();
  v_constats bigint;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('alertes:nuit', 0)) then
    return null;
  end if;
  delete from private.constats;
  insert into private.constats (check_code, entity_type, entity_id, severity, message, payload, depot_id)
  select c.code, f.entity_type, f.entity_id, c.severity, f.message, f.payload, f.depot_id
    from (
      select 'STOCK_INCOHERENT' as code, 'CITERNE_STOCK' as entity_type, s.citerne_id as entity_id,
             format('Le stock ne concorde pas avec ses mouvements (%s).', string_agg(distinct s.probleme, ', ')) as
               message,
             jsonb_build_object('citerne_id', s.citerne_id, 'lignes', jsonb_agg(to_jsonb(s))) as payload,
             (select t.depot_id from public.citernes t where t.id = s.citerne_id) as depot_id
        from public.verifier_stocks() s group by s.citerne_id
      union all
      select 'MOUVEMENT_ALTERE', m.mouvement_type, m.mouvement_id,
        'Un mouvement n''est plus ce que le journal en a dit.',
             jsonb_build_object('lignes', jsonb_agg(to_jsonb(m))), null
        from public.verifier_mouvements() m where m.mouvement_id is not null group by m.mouvement_type, m.mouvement_id
      union all
      select 'NUMEROTATION_TROU', 'SERIE', md5(concat_ws('/', s.depot_id, s.serie, s.exercice))::uuid,
             format('La série %s %s a un trou : %s numéros émis, %s expliqués, dernier %s.', s.serie, s.exercice,
               s.emis,
                    s.expliques, s.dernier), to_jsonb(s), nullif(s.depot_id, '00000000-0000-0000-0000-000000000000')
        from private.verifier_series() s
      union all
      select 'COMPTE_TIERS_INCOHERENT', 'ECRITURE', v.ecriture_id, 'Le compte d''un tiers ne concorde pas.',
             jsonb_build_object('lignes', jsonb_agg(to_jsonb(v))), null
        from private.verifier_comptes() v group by v.ecriture_id
    ) f (code, entity_type, entity_id, message, payload, depot_id)
   cross join lateral private.controle(f.code) c
   where c.code is not null;
  get diagnostics v_constats = row_count;
  perform private.noter_passage('nuit', v_debut);
  return v_constats;
end;
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
  if old.statut in ('DECHARGE', 'ANNULE') then
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

CREATE OR REPLACE FUNCTION private.date_de_document(p_jour date)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_aujourdhui constant date := private.jour_local('Africa/Lubumbashi', now());
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
  perform private.verrouiller_citernes(p_sortie.citerne_id);
  perform private.debiter_citerne('SORTIE', p_sortie.id, p_sortie.citerne_id, p_sortie.produit_id, p_sortie.depot_id,
    p_sortie.proprietaire_type, p_sortie.date_jour, p_sortie.volume_ambiant, p_sortie.volume_15c, p_sortie.methode_15c);
  perform private.exiger_securite(p_sortie.citerne_id, p_sortie.date_jour,
    case when p_sortie.methode_15c <> 'LEGACY' then p_sortie.vcf end);
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

CREATE OR REPLACE FUNCTION private.depots_ou(p_capacite text)
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.acteur();
begin
  return case when private.acteur_peut(v_acteur, p_capacite) then coalesce(v_acteur.depots, '{}') else '{}' end;
end;
$function$;

CREATE OR REPLACE FUNCTION private.dilater(p_type text, p_id uuid, p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date, p_delta_ambiant numeric)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_dilatation public.dilatations;
begin
  insert into public.dilatations
    (mouvement_type, mouvement_id, citerne_id, produit_id, depot_id, proprietaire_type, delta_ambiant, date_jour)
  values (p_type, p_id, p_citerne_id, p_produit_id, p_depot_id, p_proprietaire_type, p_delta_ambiant, p_jour)
  returning * into v_dilatation;
  perform private.journaliser('DILATATION', 'stocks', 'INFO', p_id, p_depot_id,
    to_jsonb(v_dilatation) || jsonb_build_object('delta_15c', 0));
end;
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

CREATE OR REPLACE FUNCTION private.ecrire_compte(p_ecriture public.ecritures_tiers)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_id uuid;
begin
  perform private.verrouiller_tiers(p_ecriture.tiers_type, coalesce(p_ecriture.fournisseur_id, p_ecriture.client_id));
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

CREATE OR REPLACE FUNCTION private.ecriture_de_facture(p_facture_id uuid)
 RETURNS public.ecritures_tiers
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select e from public.ecritures_tiers e
   where e.source_type = 'fournisseur_facture_lot_min' and e.source_id = p_facture_id and e.type in ('FACTURE', 'AVOIR')
$function$;

CREATE OR REPLACE FUNCTION private.empreinte()
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select encode(sha256(convert_to(string_agg(e.objet || ' ' || e.md5, E'\n' order by e.objet collate "C"), 'UTF8')),
    'hex')
    from private.empreintes() e
$function$;

CREATE OR REPLACE FUNCTION private.empreintes()
 RETURNS TABLE(objet text, md5 text)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select f.objet, md5(f.fait::text) from private.faits() f where not f.propre $function$;

CREATE OR REPLACE FUNCTION private.env_proteger()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- Only who could drop the table may say that PROD is something else: a client with the service key may not.
  if old.key = 'env' and old.value = 'prod'
    and (tg_op = 'DELETE' or (new.key, new.value) is distinct from (old.key, old.value))
     and not private.possede(tg_relid) then
    perform private.refuser('ENV_INTERDIT', jsonb_build_object('env', 'prod'));
  end if;
  return case tg_op when 'DELETE' then old else new end;
end;
$function$;

CREATE OR REPLACE FUNCTION private.etat_scellement()
 RETURNS TABLE(bloc bigint, empreinte text, scelle_le timestamp with time zone, lignes_en_attente bigint, attend_depuis timestamp with time zone)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET work_mem TO '64MB'
AS $function$
declare
  v_dernier private.blocs_journal;
  v_borne timestamptz;
begin
  select * into v_dernier from private.blocs_journal b order by b.numero desc limit 1;
  v_borne := private.borne_scellement(v_dernier);
  return query
  select v_dernier.numero, encode(v_dernier.empreinte, 'hex'), v_dernier.scelle_le, count(*), min(l.created_at)
    from public.log_actions l
   where l.created_at >= v_borne
     and private.ligne_recente(l, v_dernier, private.serveur())
     and l.id not in (select unnest(b.lignes) from private.blocs_journal b
                       where b.scelle_le >= v_borne - private.tolerance_horloge());
end;
$function$;

CREATE OR REPLACE FUNCTION private.etat_schema()
 RETURNS TABLE(empreinte text, notee text, nom text, connues text[], modifies text[])
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with ici as materialized (
    select e.objet, e.md5 from private.empreintes() e
  ), dernier as (
    select e.* from private.etats_schema e order by e.note_le desc limit 1
  ), note as (
    select n.key as objet, n.value as md5 from dernier d cross join lateral jsonb_each_text(d.faits) n
  )
  select
    (select encode(sha256(convert_to(string_agg(i.objet || ' ' || i.md5, E'\n' order by i.objet collate "C"), 'UTF8')),
    'hex') from ici i),
         (select d.empreinte from dernier d),
         (select d.nom from dernier d),
         (select array_agg(e.empreinte order by e.note_le) from private.etats_schema e),
         (select coalesce(array_agg(coalesce(i.objet, n.objet) order by 1), '{}')
            from ici i full join note n using (objet) where i.md5 is distinct from n.md5)
$function$;

CREATE OR REPLACE FUNCTION private.exiger(p_capacite text)
 RETURNS private.acteur
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.acteur();
  v_capacite private.capacites;
begin
  select * into strict v_capacite from private.capacites c where c.capacite = p_capacite;
  if v_acteur.role = any (v_capacite.roles) or v_acteur.habilitations && v_capacite.habilitations then
    if v_capacite.second_facteur then
      perform private.exiger_second_facteur();
    end if;
    return v_acteur;
  end if;
  perform private.refuser('ROLE_FORBIDDEN',
    jsonb_build_object('capacite', p_capacite, 'roles_admis', v_capacite.roles));
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

CREATE OR REPLACE FUNCTION private.exiger_ajustable(p_ajustement public.stocks_adjustments)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_mouvement constant private.mouvement :=
    private.mouvement_valide(p_ajustement.mouvement_type, p_ajustement.mouvement_id, p_ajustement.citerne_id);
  v_reste constant private.mouvement :=
    private.reste_du_mouvement(p_ajustement.mouvement_type, p_ajustement.mouvement_id, p_ajustement.citerne_id);
  v_sens constant int := sign(v_mouvement.delta_ambiant);
  v_stock public.stocks_snapshot;
begin
  if v_sens * p_ajustement.delta_ambiant < 0 and v_sens * v_reste.delta_ambiant < 0 then
    perform private.refuser('AJUSTEMENT_EXCESSIF',
      jsonb_build_object('mesure', 'volume ambiant', 'reste', v_sens * v_reste.delta_ambiant));
  end if;
  if v_sens * p_ajustement.delta_15c < 0 and v_sens * v_reste.delta_15c < 0 then
    perform private.refuser('AJUSTEMENT_EXCESSIF',
      jsonb_build_object('mesure', 'volume à 15 °C', 'reste', v_sens * v_reste.delta_15c));
  end if;
  select * into strict v_stock from public.stocks_snapshot s
   where s.citerne_id = p_ajustement.citerne_id and s.produit_id = p_ajustement.produit_id
     and s.proprietaire_type = p_ajustement.proprietaire_type;
  if v_stock.stock_ambiant + p_ajustement.delta_ambiant < 0 then
    perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object('mesure', 'volume ambiant',
      'demande', -p_ajustement.delta_ambiant, 'disponible', v_stock.stock_ambiant));
  end if;
  if v_stock.stock_15c + p_ajustement.delta_15c < 0 then
    perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object('mesure', 'volume à 15 °C',
      'demande', -p_ajustement.delta_15c, 'disponible', v_stock.stock_15c));
  end if;
  v_stock.stock_ambiant := v_stock.stock_ambiant + p_ajustement.delta_ambiant;
  v_stock.stock_15c := v_stock.stock_15c + p_ajustement.delta_15c;
  if v_stock.stock_15c not between 0.5 * v_stock.stock_ambiant and 1.5 * v_stock.stock_ambiant then
    perform private.refuser('FACTEUR_HORS_BORNES',
      jsonb_build_object('stock_ambiant', v_stock.stock_ambiant, 'stock_15c', v_stock.stock_15c));
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

CREATE OR REPLACE FUNCTION private.exiger_colonnes(p_table regclass, p_ligne jsonb)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  -- Of the columns that were sent, those that a client's role may insert: the grants are the list.
  v_inconnus constant jsonb := p_ligne - array(
    select a.attname::text from pg_catalog.pg_attribute a
     where a.attrelid = p_table and p_ligne ? a.attname and has_column_privilege('authenticated', p_table, a.attnum,
       'insert'));
begin
  if v_inconnus <> '{}' then
    perform private.refuser('CHAMP_INCONNU',
      jsonb_build_object('champ', (select min(k) from jsonb_object_keys(v_inconnus) k)));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_contenance(p_citerne_id uuid, p_jour date, p_volume numeric)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_capacite numeric;
  v_stock numeric;
  v_dernier_jour date;
begin
  select c.capacite_totale, sum(s.stock_ambiant), max(s.dernier_jour) into v_capacite, v_stock, v_dernier_jour
    from public.citernes c join public.stocks_snapshot s on s.citerne_id = c.id
   where c.id = p_citerne_id group by c.id;
  if v_dernier_jour > p_jour then
    select j.date_jour, j.stock_ambiant into p_jour, v_stock
      from private.jours_citerne(p_citerne_id, p_jour) j where j.stock_ambiant > v_capacite order by j.date_jour
        limit 1;
  end if;
  if v_stock > v_capacite then
    perform private.refuser('CITERNE_PLEINE', jsonb_build_object('date_jour', p_jour, 'volume', p_volume,
      'libre', greatest(v_capacite - v_stock + p_volume, 0), 'capacite_totale', v_capacite));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_disponible(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_volume numeric, p_volume_15c numeric, p_methode_15c text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_stock public.stocks_snapshot;
begin
  select * into v_stock from public.stocks_snapshot s
   where s.citerne_id = p_citerne_id and s.produit_id = p_produit_id and s.proprietaire_type = p_proprietaire_type;
  if not found then
    perform private.refuser(
      case when exists (select from public.stocks_snapshot) then 'SORTIE_STOCK_INTROUVABLE' else 'SNAPSHOT_VIDE' end,
      jsonb_build_object('citerne_id', p_citerne_id, 'produit_id', p_produit_id, 'proprietaire_type',
        p_proprietaire_type));
  end if;
  -- The old formula is not one that a litre at 15 °C could be trusted to: there both figures bind.
  if p_methode_15c = 'LEGACY' and p_volume > v_stock.stock_ambiant then
    perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object(
      'mesure', 'volume ambiant', 'demande', p_volume, 'disponible', v_stock.stock_ambiant));
  end if;
  if p_volume_15c > v_stock.stock_15c then
    perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object(
      'mesure', 'volume à 15 °C', 'demande', p_volume_15c, 'disponible', v_stock.stock_15c));
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
     and not exists (select from public.ecarts e where e.type = 'LOGISTIQUE' and e.reference_type = 'CDR'
                        and e.reference_id = c.id and e.statut = 'TRAITE');
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

CREATE OR REPLACE FUNCTION private.exiger_profil()
 RETURNS void
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if private.role() is not null then
    return;
  end if;
  perform private.refuser(case
    when exists (select from public.profils p where p.user_id = auth.uid()) then 'COMPTE_DESACTIVE'
      else 'ROLE_FORBIDDEN' end);
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

CREATE OR REPLACE FUNCTION private.exiger_version(p_sortie public.sorties_produit, p_version integer)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_version <> p_sortie.version then
    perform private.refuser('VERSION_PERIMEE', jsonb_build_object('version', p_version, 'version_actuelle',
      p_sortie.version,
      'modifiee_par', p_sortie.updated_by, 'modifiee_le', p_sortie.updated_at));
  end if;
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
       jsonb_build_object('definition', pg_get_triggerdef(g.oid), 'actif', g.tgenabled), false
  from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
  left join relations r on r.oid = g.tgrelid
 where not g.tgisinternal
   and
     (r.oid is not null
     or g.tgfoid in (select p.oid from pg_proc p where p.pronamespace in (select s.oid from schemas s)))
union all
select 'policy ' || r.schema || '.' || r.relname || '.' || p.polname, r.objet, jsonb_strip_nulls(jsonb_build_object(
    'verbe', p.polcmd, 'permissive', p.polpermissive,
    'roles', (select array_agg(case x when 0 then 'public' else pg_get_userbyid(x)::text end order by 1)
      from unnest(p.polroles) x),
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
         order by (d.acl).privilege_type)), false
  from droits d left join pg_roles g on g.oid = (d.acl).grantee
 -- Of the schema public, which the platform makes, what its makers may is theirs.
 where (d.objet <> 'schéma public' or coalesce(g.rolname, 'public') in ('public', 'anon', 'authenticated',
   'service_role'))
 group by 1, 2
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
       jsonb_strip_nulls(jsonb_build_object('colonnes', to_jsonb(t.attnames), 'filtre', t.rowfilter)), false
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
    from public.v_integrity_checks v
   group by v.check_code, v.entity_type, v.entity_id
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
       and (new.fournisseur_id, new.produit_id, new.reference, new.date_lot)
           is distinct from (old.fournisseur_id, old.produit_id, old.reference, old.date_lot) then
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

CREATE OR REPLACE FUNCTION private.fournisseur_lot_journaliser()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if tg_op = 'INSERT' then
    perform private.journaliser('LOT_CREE', 'lots', 'INFO', new.id, null, jsonb_build_object('reference', new.reference,
      'fournisseur_id', new.fournisseur_id, 'produit_id', new.produit_id));
  elsif tg_op = 'DELETE' then
    perform private.journaliser('LOT_SUPPRIME', 'lots', 'WARNING', old.id, null,
      jsonb_build_object('avant', to_jsonb(old)));
  elsif new.statut <> old.statut then
    perform private.journaliser('LOT_STATUT', 'lots', 'INFO', new.id, null,
      jsonb_build_object('de', old.statut, 'vers', new.statut));
  elsif to_jsonb(new) - 'updated_at' <> to_jsonb(old) - 'updated_at' then
    perform private.journaliser('LOT_MODIFIE', 'lots', 'INFO', new.id, null,
      jsonb_build_object('avant', to_jsonb(old), 'apres', to_jsonb(new)));
  end if;
  return null;
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

CREATE OR REPLACE FUNCTION private.histoire_brouillon(p_sortie public.sorties_produit)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN jsonb_build_object('version', (p_sortie).version, 'created_by', (p_sortie).created_by, 'updated_by', (p_sortie).updated_by, 'updated_at', (p_sortie).updated_at);

CREATE OR REPLACE FUNCTION private.illisibles()
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN '[\u0001-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffd\U000e0000-\U000e0fff]'::text;

CREATE OR REPLACE FUNCTION private.journaliser_ligne()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ligne constant jsonb := to_jsonb(coalesce(new, old));
begin
  perform private.journaliser(
    tg_argv[1] || case tg_op when 'INSERT' then '_CREE' when 'UPDATE' then '_MODIFIE'
      else '_SUPPRIME' end || coalesce(tg_argv[3], ''),
    tg_argv[0], tg_argv[2], (v_ligne ->> 'id')::uuid, (v_ligne ->> 'depot_id')::uuid,
    jsonb_build_object('table', tg_table_name)
      || case when tg_op <> 'INSERT' then jsonb_build_object('avant', to_jsonb(old)) else '{}' end
      || case when tg_op <> 'DELETE' then jsonb_build_object('apres', to_jsonb(new)) else '{}' end);
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.jours_citerne(p_citerne_id uuid, p_jour date)
 RETURNS TABLE(date_jour date, stock_ambiant numeric, stock_15c numeric)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with comptes as (
    select s.produit_id, s.proprietaire_type from public.stocks_snapshot s where s.citerne_id = p_citerne_id
  ), jours as (
    select p_jour as date_jour
     union
    select v.date_jour
      from comptes c cross join lateral (
        select j.date_jour from public.stocks_journaliers j
         where j.citerne_id = p_citerne_id and j.produit_id = c.produit_id and j.proprietaire_type = c.proprietaire_type
           and j.date_jour > p_jour) v
  )
  select d.date_jour, sum(v.stock_ambiant), sum(v.stock_15c)
    from jours d cross join comptes c cross join lateral (
      select j.stock_ambiant, j.stock_15c from public.stocks_journaliers j
       where j.citerne_id = p_citerne_id and j.produit_id = c.produit_id and j.proprietaire_type = c.proprietaire_type
         and j.date_jour <= d.date_jour
       order by j.date_jour desc limit 1) v
   group by 1
$function$;

CREATE OR REPLACE FUNCTION private.lettrer(p_debit_id uuid, p_credit_id uuid, p_montant numeric)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_debit public.ecritures_tiers;
  v_credit public.ecritures_tiers;
begin
  select * into strict v_debit from public.ecritures_tiers e where e.id = p_debit_id;
  select * into strict v_credit from public.ecritures_tiers e where e.id = p_credit_id;
  perform private.verrouiller_tiers(v_debit.tiers_type, v_debit.tiers_id);
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

CREATE OR REPLACE FUNCTION private.masse_air_t(p_densite_a_15_kgm3 numeric, p_volume_15c numeric)
 RETURNS numeric
 LANGUAGE sql
 IMMUTABLE
RETURN round((astm.masse_air_t((p_densite_a_15_kgm3)::double precision, (p_volume_15c)::double precision))::numeric, 3);

CREATE OR REPLACE FUNCTION private.masse_vide_t(p_densite_a_15_kgm3 numeric, p_volume_15c numeric)
 RETURNS numeric
 LANGUAGE sql
 IMMUTABLE
RETURN round((astm.masse_vide_t((p_densite_a_15_kgm3)::double precision, (p_volume_15c)::double precision))::numeric, 3);

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

CREATE OR REPLACE FUNCTION private.montant_lettre(p_ecriture_id uuid)
 RETURNS numeric
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce((select sum(d.montant) from private.lettrages d where d.debit_id = p_ecriture_id), 0)
       + coalesce((select sum(c.montant) from private.lettrages c where c.credit_id = p_ecriture_id), 0)
$function$;

CREATE OR REPLACE FUNCTION private.mouvement_valide(p_type text, p_id uuid, p_citerne_id uuid DEFAULT NULL::uuid)
 RETURNS private.mouvement
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_mouvement private.mouvement;
begin
  select m.citerne_id, m.produit_id, m.depot_id, m.proprietaire_type, m.delta_ambiant, m.delta_15c into v_mouvement
    from (
      select 'RECEPTION' as type, r.id, r.citerne_id, r.produit_id, r.depot_id, r.proprietaire_type,
             r.volume_ambiant as delta_ambiant, r.volume_15c as delta_15c
        from public.receptions r where r.statut = 'validee'
      union all
      select 'SORTIE', s.id, s.citerne_id, s.produit_id, s.depot_id, s.proprietaire_type, -s.volume_ambiant,
        -s.volume_15c
        from public.sorties_produit s where s.statut = 'validee'
      union all
      select 'STOCK_INITIAL', i.id, i.citerne_id, i.produit_id, i.depot_id, i.proprietaire_type, i.volume_ambiant,
        i.volume_15c
        from public.stocks_initiaux i
      union all
      select 'TRANSFERT', t.id, t.citerne_destination_id, t.produit_id, t.depot_id, t.proprietaire_type,
        t.volume_ambiant, t.volume_15c
        from public.transferts t
      union all
      select 'TRANSFERT', t.id, t.citerne_source_id, t.produit_id, t.depot_id, t.proprietaire_type, -t.volume_ambiant,
        -t.volume_15c
        from public.transferts t) m
   where m.type = p_type and m.id = p_id
   -- Of the two tanks of a transfer: the one that is meant, else the one it went to.
   order by m.citerne_id = p_citerne_id desc nulls last, m.delta_ambiant desc limit 1;
  if not found then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('mouvement_type', p_type, 'id', p_id), 404);
  end if;
  return v_mouvement;
end;
$function$;

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
         ('PRISE_DE_HAUTEUR', 'public.prises_de_hauteur', '{PRISE_DE_HAUTEUR}')
$function$;

CREATE OR REPLACE FUNCTION private.nettoyer_staging()
 RETURNS TABLE(quoi text, objet text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_citerne public.citernes;
  v_mouvements bigint;
begin
  perform private.interdire_si_prod();
  perform private.verrouiller_mouvements();

  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  return query
    delete from public.stocks_journaliers j
     where not exists (select from public.v_mouvements_stock m
                        where m.citerne_id = j.citerne_id and m.produit_id = j.produit_id
                          and m.proprietaire_type = j.proprietaire_type and m.date_jour = j.date_jour)
    returning 'stocks_journaliers', format('%s du %s : %s L', j.proprietaire_type, j.date_jour, j.stock_ambiant);
  return query
    delete from public.stocks_snapshot s
     where not exists (select from public.v_mouvements_stock m
                        where m.citerne_id = s.citerne_id and m.produit_id = s.produit_id
                          and m.proprietaire_type = s.proprietaire_type)
    returning 'stocks_snapshot', format('%s : %s L', s.proprietaire_type, s.stock_ambiant);
  update public.stocks_snapshot s
     set dernier_jour = j.dernier_jour
    from (select v.citerne_id, v.produit_id, v.proprietaire_type, max(v.date_jour) as dernier_jour
            from public.stocks_journaliers v group by 1, 2, 3) j
   where (s.citerne_id, s.produit_id, s.proprietaire_type) = (j.citerne_id, j.produit_id, j.proprietaire_type)
     and s.dernier_jour <> j.dernier_jour;
  perform set_config('app.stocks_journaliers_allow_write', '', true);

  for v_citerne in select * from private.citernes_fantomes() loop
    select (select count(*) from public.receptions r where r.citerne_id = v_citerne.id)
         + (select count(*) from public.sorties_produit s where s.citerne_id = v_citerne.id)
         + (select count(*) from public.transferts t
           where v_citerne.id in (t.citerne_source_id, t.citerne_destination_id))
         + (select count(*) from public.stocks_initiaux i where i.citerne_id = v_citerne.id)
         + (select count(*) from public.prises_de_hauteur p where p.citerne_id = v_citerne.id)
      into v_mouvements;
    if v_mouvements > 0 then
      perform private.refuser('CITERNE_AVEC_MOUVEMENTS',
        jsonb_build_object('nom', v_citerne.nom, 'mouvements', v_mouvements));
    end if;
    delete from public.citernes c where c.id = v_citerne.id;
    quoi := 'citerne fantôme';
    objet := format('%s (%s)', v_citerne.nom, v_citerne.id);
    return next;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.nom_lisible(p_nom text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((private.cle_nom(p_nom) <> ''::text) AND (NORMALIZE(p_nom, NFKC) !~ '[\u0370-\u03ff\u0400-\u058f\u13a0-\u13ff\uab70-\uabbf]'::text));

CREATE OR REPLACE FUNCTION private.noter_etat(p_nom text)
 RETURNS text
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_empreinte constant text := private.empreinte();
begin
  update private.etats_schema e set faits = null where e.faits is not null;
  insert into private.etats_schema as e (empreinte, nom, faits, note_le)
  values (v_empreinte, p_nom, (select jsonb_object_agg(f.objet, f.md5) from private.empreintes() f), clock_timestamp())
  on conflict (empreinte) do update
     set (nom, faits, note_le) = (excluded.nom, excluded.faits, excluded.note_le);
  return v_empreinte;
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
  if tg_op = 'UPDATE' and new.status = old.status then
    return null;
  end if;
  v_type := case when tg_op = 'UPDATE' and new.status = 'OPEN' then 'REOPEN' else new.status end;
  insert into public.alertes_evenements (alerte_id, depot_id, type, par, note)
  values (new.id, new.depot_id, v_type, case new.status when 'ACK' then new.acknowledged_by
    when 'RESOLVED' then new.resolved_by end,
          nullif(current_setting('app.note_alerte', true), ''));
  perform private.journaliser(case v_type when 'OPEN' then 'ALERTE_OUVERTE' when 'ACK' then 'ALERTE_ACQUITTEE'
      when 'RESOLVED' then 'ALERTE_RESOLUE' else 'ALERTE_ROUVERTE' end, 'alertes', 'INFO', new.id, new.depot_id,
    jsonb_build_object('check_code', new.check_code, 'severity', new.severity, 'entity_type', new.entity_type,
      'entity_id', new.entity_id));
  return null;
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

CREATE OR REPLACE FUNCTION private.numero_de_paiement(p_id uuid)
 RETURNS text
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select private.prendre_numero('00000000-0000-0000-0000-000000000000', 'PAF',
    extract(year from private.jour_local('Africa/Lubumbashi', now()))::int, p_id)
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
     franchise, excedent, impact_usd, cause, decision, justification, statut, traite_le)
  values (p_ecart.domaine, p_ecart.type, p_ecart.depot_id, p_ecart.produit_id, p_ecart.fournisseur_lot_id,
          p_ecart.reference_type, p_ecart.reference_id, p_ecart.attendu, p_ecart.constate, p_ecart.unite,
          coalesce(p_ecart.franchise, 0), coalesce(p_ecart.excedent, 0), p_ecart.impact_usd, p_ecart.cause,
          p_ecart.decision,
          p_ecart.justification, coalesce(p_ecart.statut, 'OUVERT'), case when p_ecart.statut = 'TRAITE' then now() end)
  on conflict (type, reference_type, reference_id) where origine = 'AUTO' do update
     set attendu = excluded.attendu, constate = excluded.constate, franchise = excluded.franchise,
         excedent = excluded.excedent, impact_usd = excluded.impact_usd, cause = excluded.cause,
         decision = excluded.decision,
         justification = excluded.justification, statut = excluded.statut, traite_par = null,
         traite_le = excluded.traite_le
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
  v_numero := private.prendre_numero('00000000-0000-0000-0000-000000000000', 'FFO',
    extract(year from private.jour_local('Africa/Lubumbashi', now()))::int, p_facture.id);
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

CREATE OR REPLACE FUNCTION private.patience_scellement()
 RETURNS interval
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN '00:15:00'::interval;

CREATE OR REPLACE FUNCTION private.peut(p_capacite text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return private.acteur_peut(private.acteur(), p_capacite);
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

CREATE OR REPLACE FUNCTION private.prendre_numero(p_depot_id uuid, p_serie text, p_exercice integer, p_objet_id uuid)
 RETURNS text
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_code constant text := private.code_emetteur(p_depot_id);
  v_numero bigint;
begin
  insert into private.series as s (depot_id, serie, exercice, dernier) values (p_depot_id, p_serie, p_exercice, 1)
  on conflict (depot_id, serie, exercice) do update set dernier = s.dernier + 1
  returning s.dernier into v_numero;
  insert into private.numeros (depot_id, serie, exercice, numero, objet_id)
  values (p_depot_id, p_serie, p_exercice, v_numero, p_objet_id);
  return format('%s-%s-%s-%s', v_code, p_serie, p_exercice,
    case when v_numero < 1000000 then lpad(v_numero::text, 6, '0') else v_numero::text end);
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
  v_mesures.temperature_produit_c := p_sortie.temperature_ambiante_c;
  v_mesures.temperature_echantillon_c := p_sortie.temperature_echantillon_c;
  v_mesures.densite_observee_kgm3 := p_sortie.densite_observee_kgm3;
  v_mesures.densite_a_15_kgm3 := p_sortie.densite_a_15_kgm3;
  v_mesures.densite_citerne_kgm3 := p_lieu.densite_melange_kgm3;
  v_mesures.volume_15c_client := p_sortie.volume_15c;
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
  p_sortie.avertissements := v_corrige.avertissements;
  p_sortie.densite_a_15_kgm3 := v_corrige.densite_a_15_kgm3;
  p_sortie.densite_a_15 := v_corrige.densite_a_15_kgm3;
  p_sortie.depot_id := (p_lieu.depot).id;
  p_sortie.statut := 'validee';
  p_sortie.validated_by := p_validateur;
  return p_sortie;
end;
$function$;

CREATE OR REPLACE FUNCTION private.prises_de_hauteur_avant_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger('mesurer_citerne');
  select c.produit_id, c.depot_id, c.tolerance_inventaire_pour_mille
    into new.produit_id, new.depot_id, new.tolerance_pour_mille
    from public.citernes c
   where c.id = new.citerne_id and c.depot_id = any (private.depots_visibles())
     for key share;
  if not found then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', new.citerne_id));
  end if;
  select coalesce(sum(s.stock_ambiant), 0) into new.stock_comptable
    from public.stocks_snapshot s where s.citerne_id = new.citerne_id;
  new.created_by := auth.uid();
  new.created_at := now();
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

CREATE OR REPLACE FUNCTION private.purger_idempotence()
 RETURNS bigint
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with oubliees as (
    delete from private.idempotence i
     using (select k.user_id, k.cle, row_number() over (partition by k.user_id order by k.created_at desc, k.cle) as
       rang
              from private.idempotence k) r
     where r.user_id = i.user_id and r.cle = i.cle
       and (r.rang > 5000 or i.created_at < now() - interval '30 days')
    returning 1)
  select count(*) from oubliees
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
              group by n.cours_de_route_id, n.citerne_id having count(*) > 1) then
    perform private.refuser('CDR_NON_ARRIVE', '{"statut":"DECHARGE"}');
  end if;
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
  update public.cours_de_route c
     set statut = 'DECHARGE', date_chargement = least(c.date_chargement, n.jour)
    from (select n.cours_de_route_id, min(n.date_reception) as jour from nouvelles n group by 1) n
   where c.id = n.cours_de_route_id;
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
  new.avertissements := v_corrige.avertissements;
  new.densite_a_15_kgm3 := v_corrige.densite_a_15_kgm3;
  new.densite_a_15 := v_corrige.densite_a_15_kgm3;

  new.statut := 'validee';
  new.created_by := auth.uid();
  new.validated_by := auth.uid();
  new.created_at := now();

  return new;
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

CREATE OR REPLACE FUNCTION private.refuser_lot(p_code text, p_valeurs jsonb DEFAULT '{}'::jsonb)
 RETURNS void
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.refuser(p_code,
    p_valeurs || jsonb_build_object('message', private.phrase_de_refus(p_code, p_valeurs)));
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

CREATE OR REPLACE FUNCTION private.rejeter_sortie(p_id uuid, p_motif text, p_version integer DEFAULT NULL::integer)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_sortie public.sorties_produit;
begin
  perform private.exiger('valider_sortie');
  perform private.exiger_motif(p_motif, 3);
  select * into v_sortie from public.sorties_produit s
   where s.id = p_id and s.depot_id = any (private.depots_visibles())
     for update;
  if not found then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id), 404);
  end if;
  if v_sortie.statut <> 'brouillon' then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id, 'statut', v_sortie.statut));
  end if;
  perform private.exiger_version(v_sortie, p_version);

  perform set_config('app.sorties_produit_allow_write', '1', true);
  update public.sorties_produit set statut = 'rejetee', validated_by = auth.uid(),
    motif_rejet = private.texte_net(p_motif) where id = p_id;
  perform set_config('app.sorties_produit_allow_write', '', true);
  perform private.journaliser('SORTIE_REJETEE', 'sorties', 'WARNING', p_id, v_sortie.depot_id,
    jsonb_build_object('motif', private.texte_net(p_motif)) || private.histoire_brouillon(v_sortie));
end;
$function$;

CREATE OR REPLACE FUNCTION private.reprendre_reponse(p_cle text, p_demande text, p_corps jsonb)
 RETURNS TABLE(statut_http integer, reponse json)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_empreinte constant bytea := sha256(convert_to(p_demande || E'\n' || coalesce(p_corps::text, ''), 'UTF8'));
  v_acteur constant private.acteur := private.acteur();
  v_depots constant uuid[] := coalesce(v_acteur.depots, '{}');
  v_premiere private.idempotence;
begin
  -- A second request with the key waits here until the first has committed or rolled back.
  insert into private.idempotence (user_id, cle, empreinte, role, depots, habilitations, second_facteur)
  values (auth.uid(), p_cle, v_empreinte, v_acteur.role, v_depots, coalesce(v_acteur.habilitations, '{}'),
    private.second_facteur_prouve())
  on conflict (user_id, cle) do nothing;
  if found then
    return;
  end if;
  select * into strict v_premiere from private.idempotence i where i.user_id = auth.uid() and i.cle = p_cle;
  if v_premiere.empreinte <> v_empreinte then
    perform private.refuser('IDEMPOTENCE_CONFLIT');
  end if;
  -- What was told to somebody is not told again to who they have become since.
  if not private.peut_autant(v_acteur.role, v_premiere.role) or not v_premiere.depots <@ v_depots
     or not v_premiere.habilitations <@ coalesce(v_acteur.habilitations, '{}') then
    perform private.refuser('ROLE_FORBIDDEN',
      jsonb_build_object('role', v_acteur.role, 'role_d_alors', v_premiere.role));
  end if;
  if v_premiere.second_facteur
     and exists (select from private.capacites c where c.second_facteur and v_acteur.role = any (c.roles)) then
    perform private.exiger_second_facteur();
  end if;
  -- Nor is who may do or see more since held to what was refused them then: asked again, it is judged again.
  if v_premiere.statut_http >= 400 and (v_premiere.role <> v_acteur.role or v_premiere.depots <> v_depots) then
    update private.idempotence i
       set role = v_acteur.role, depots = v_depots, second_facteur = private.second_facteur_prouve()
     where i.user_id = auth.uid() and i.cle = p_cle;
    return;
  end if;
  return query select v_premiere.statut_http, v_premiere.reponse;
end;
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

CREATE OR REPLACE FUNCTION private.reste_du_mouvement(p_type text, p_id uuid, p_citerne_id uuid DEFAULT NULL::uuid)
 RETURNS private.mouvement
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_mouvement private.mouvement := private.mouvement_valide(p_type, p_id, p_citerne_id);
begin
  select v_mouvement.delta_ambiant + coalesce(sum(a.delta_ambiant), 0),
    v_mouvement.delta_15c + coalesce(sum(a.delta_15c), 0)
    into v_mouvement.delta_ambiant, v_mouvement.delta_15c
    from public.stocks_adjustments a
   where a.mouvement_type = p_type and a.mouvement_id = p_id and a.citerne_id = v_mouvement.citerne_id;
  return v_mouvement;
end;
$function$;

CREATE OR REPLACE FUNCTION private.sceller_journal()
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET work_mem TO '64MB'
 SET lock_timeout TO '30s'
AS $function$
declare
  c_lignes_par_bloc constant int := 10000;
  v_serveur constant bigint := private.serveur();
  v_dernier private.blocs_journal;
  v_bloc private.blocs_journal;
  v_borne timestamptz;
  v_tranche record;
  v_scellees bigint := 0;
begin
  -- An older snapshot than scelle_le would take what was committed in between for slipped in.
  perform private.exiger_read_committed();
  -- Writers never take this lock: it only keeps two passes from sealing the same lines. Waited for, or failed for: a
  -- pass that went away in silence would let whoever holds it keep the log unsealed.
  perform pg_advisory_xact_lock(hashtextextended('private.sceller_journal', 0));
  select * into v_dernier from private.blocs_journal b order by b.numero desc limit 1;
  v_borne := private.borne_scellement(v_dernier);

  v_bloc.passe := coalesce(v_dernier.numero, 0) + 1;
  v_bloc.numero := v_dernier.numero;
  v_bloc.precedent := v_dernier.empreinte;
  v_bloc.serveur := v_serveur;
  -- In this order: whoever gets a number after ours dates what they write after scelle_le.
  v_bloc.scelle_le := clock_timestamp();
  v_bloc.txid := pg_current_xact_id();
  for v_tranche in
    with nouvelles as materialized (
      select l.id, l.created_at, private.empreinte_ligne(l) as empreinte
        from public.log_actions l
       where l.created_at >= v_borne
         and private.ligne_recente(l, v_dernier, v_serveur)
         and l.id not in (select unnest(b.lignes) from private.blocs_journal b
                           where b.scelle_le >= v_borne - private.tolerance_horloge())
    ), rangees as (
      select n.*, (row_number() over (order by n.created_at, n.id) - 1) / c_lignes_par_bloc as tranche from nouvelles n
    )
    select array_agg(r.id order by r.created_at, r.id) as lignes,
           array_agg(r.empreinte order by r.created_at, r.id) as empreintes,
           -- Of this very statement: what it saw and what it says it saw are one.
           pg_current_snapshot() as instantane
      from rangees r group by r.tranche order by r.tranche
  loop
    v_bloc.numero := coalesce(v_bloc.numero, 0) + 1;
    v_bloc.lignes := v_tranche.lignes;
    v_bloc.empreintes := v_tranche.empreintes;
    v_bloc.instantane := v_tranche.instantane;
    v_bloc.empreinte := private.empreinte_bloc(v_bloc);
    insert into private.blocs_journal select v_bloc.*;
    v_bloc.precedent := v_bloc.empreinte;
    v_scellees := v_scellees + cardinality(v_bloc.lignes);
  end loop;
  return v_scellees;
end;
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

CREATE OR REPLACE FUNCTION private.sortie_a_valider(p_id uuid, p_depot_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if not private.flag_actif('sortie_directe_compat', p_depot_id) then
    perform private.refuser('SORTIE_VALIDATION_DIRECTE_INTERDITE');
  end if;
  -- What an operateur could not validate stays a draft, for somebody who can: the app of today has no other way to
  -- write.
  if private.peut('valider_sortie') then
    perform set_config('app.sorties_a_valider', concat_ws(' ', current_setting('app.sorties_a_valider', true), p_id),
      true);
  end if;
end;
$function$;

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
  end loop;
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

CREATE OR REPLACE FUNCTION private.tableau(p_depot_id uuid, p_connue text)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_derniers constant int := 12;
  v_depot record;
  v_jour date;
  v_citernes jsonb;
  v_camions jsonb;
  v_version text;
begin
  -- RLS says which depots there are; where none is named, one's own comes first.
  select d.id, d.nom, d.fuseau into v_depot
    from public.depots d
   where d.id = coalesce(p_depot_id, d.id)
   order by d.id = (select p.depot_id from public.profils p where p.user_id = auth.uid()) desc nulls last, d.nom
   limit 1;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce dépôt'));
  end if;
  v_jour := private.jour_au_depot(v_depot.id, now());
  v_citernes := private.tableau_citernes(v_depot.id);
  v_camions := private.tableau_camions(v_depot.id);
  -- A movement changes a stock: what it brings to the rest of the board needs no look of its own.
  v_version := md5(concat_ws('|', v_depot, v_jour, v_citernes, v_camions));
  if v_version = p_connue then
    return null;
  end if;
  return jsonb_build_object(
    'version', v_version, 'depot_id', v_depot.id, 'depot_nom', v_depot.nom, 'fuseau', v_depot.fuseau,
    'date_jour', v_jour, 'citernes', v_citernes, 'camions', v_camions,
    'jour', private.tableau_jour(v_depot.id, v_jour),
    'mouvements', private.tableau_mouvements(v_depot.id, c_derniers));
end;
$function$;

CREATE OR REPLACE FUNCTION private.tableau_camions(p_depot_id uuid)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce(jsonb_agg(jsonb_build_object(
           'id', c.id, 'statut', c.statut, 'plaque_camion', c.plaque_camion, 'plaque_remorque', c.plaque_remorque,
           'transporteur', c.transporteur, 'fournisseur_nom', f.nom, 'produit_nom', p.nom, 'volume', c.volume,
           'date_chargement', c.date_chargement)
           order by array_position('{ARRIVE,FRONTIERE,TRANSIT,CHARGEMENT}', c.statut), c.date_chargement, c.id), '[]')
    from public.cours_de_route c
    join public.produits p on p.id = c.produit_id
    left join public.fournisseurs f on f.id = c.fournisseur_id
   where c.depot_destination_id = p_depot_id and c.statut not in ('DECHARGE', 'ANNULE')
$function$;

CREATE OR REPLACE FUNCTION private.tableau_citernes(p_depot_id uuid)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce(jsonb_agg(jsonb_build_object(
           'citerne_id', c.id, 'citerne_nom', c.nom, 'statut', c.statut, 'logique', c.logique,
           'produit_id', c.produit_id, 'produit_nom', p.nom,
           'capacite_totale', c.capacite_totale, 'capacite_securite', c.capacite_securite,
           'stock_ambiant', coalesce(s.stock_ambiant, 0), 'stock_15c', coalesce(s.stock_15c, 0),
           'last_movement_at', s.last_movement_at, 'proprietaires', coalesce(s.proprietaires, '[]')) order by c.nom,
             c.id), '[]')
    from public.citernes c
    join public.produits p on p.id = c.produit_id
    left join (
      select n.citerne_id, sum(n.stock_ambiant) as stock_ambiant, sum(n.stock_15c) as stock_15c,
             max(n.last_movement_at) as last_movement_at,
             jsonb_agg(jsonb_build_object('proprietaire_type', n.proprietaire_type, 'stock_ambiant', n.stock_ambiant,
               'stock_15c', n.stock_15c) order by n.proprietaire_type) as proprietaires
        from public.stocks_snapshot n where n.depot_id = p_depot_id
       group by n.citerne_id) s on s.citerne_id = c.id
   where c.depot_id = p_depot_id and (c.statut <> 'inactive' or s.stock_ambiant <> 0 or s.stock_15c <> 0)
$function$;

CREATE OR REPLACE FUNCTION private.tableau_jour(p_depot_id uuid, p_jour date)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce(jsonb_object_agg(c.id, jsonb_build_object('ouverture_ambiant', o.stock_ambiant,
           'mouvements', coalesce(m.mouvements, '[]'))), '{}')
    from public.citernes c
   cross join lateral (
     select coalesce(sum(j.stock_ambiant), 0) as stock_ambiant
       from public.stocks_snapshot s
      cross join lateral (
        select v.stock_ambiant from public.stocks_journaliers v
         where v.citerne_id = s.citerne_id and v.produit_id = s.produit_id
           and v.proprietaire_type = s.proprietaire_type and v.date_jour < p_jour
         order by v.date_jour desc limit 1) j
      where s.citerne_id = c.id) o
   cross join lateral (
     select jsonb_agg(jsonb_build_object('a', x.a, 'delta_ambiant', x.delta_ambiant) order by x.a) as mouvements
       from (
         -- Fuel went out when the sortie says; for the rest, when it was written down.
         select coalesce(t.date_sortie, v.created_at) as a, v.delta_ambiant
           from public.v_mouvements_stock v
           left join public.sorties_produit t on t.id = v.mouvement_id and v.mouvement_type = 'SORTIE'
          where v.citerne_id = c.id and v.date_jour = p_jour) x) m
   where c.depot_id = p_depot_id
$function$;

CREATE OR REPLACE FUNCTION private.tableau_mouvements(p_depot_id uuid, p_nombre integer)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce(jsonb_agg(to_jsonb(d) order by d.date_jour desc, d.created_at desc, d.mouvement_id, d.delta_ambiant),
    '[]')
    from (
      select m.date_jour, m.created_at, m.mouvement_type, m.mouvement_id, c.nom as citerne_nom, p.nom as produit_nom,
             m.proprietaire_type, m.delta_ambiant, m.delta_15c
        from public.citernes c
       cross join lateral (
         select v.* from public.v_mouvements_stock v where v.citerne_id = c.id
          order by v.date_jour desc, v.created_at desc limit p_nombre) m
        join public.produits p on p.id = m.produit_id
       where c.depot_id = p_depot_id
       order by m.date_jour desc, m.created_at desc, m.mouvement_id, m.delta_ambiant
       limit p_nombre) d
$function$;

CREATE OR REPLACE FUNCTION private.texte_lisible(p_texte text, p_lignes boolean DEFAULT false)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (translate(p_texte, CASE WHEN p_lignes THEN '
	'::text ELSE ''::text END, ''::text) !~ private.illisibles());

CREATE OR REPLACE FUNCTION private.tracer_validation(p_sortie public.sorties_produit, p_actions text[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.journaliser(p_actions, 'sorties', 'INFO', p_sortie.id, p_sortie.depot_id,
    to_jsonb(p_sortie));
end;
$function$;

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
  end loop;
  return null;
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
  perform private.debiter_sortie(v_sortie);
end;
$function$;

CREATE OR REPLACE FUNCTION private.verifier_comptes()
 RETURNS TABLE(tiers_type text, tiers_id uuid, ecriture_id uuid, defaut text, attendu numeric, trouve numeric)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select e.tiers_type, e.tiers_id, e.id, 'LETTRAGE', e.debit + e.credit, l.lettre
    from public.ecritures_tiers e
   cross join lateral (select private.montant_lettre(e.id) as lettre) l
   where l.lettre not between 0 and e.debit + e.credit
  union all
  select c.tiers_type, c.tiers_id, c.id, 'CONTREPASSATION', o.credit - o.debit, c.debit - c.credit
    from public.ecritures_tiers c join public.ecritures_tiers o on o.id = c.contrepasse_id
   where (c.tiers_type, c.tiers_id, c.devise, c.debit, c.credit)
         is distinct from (o.tiers_type, o.tiers_id, o.devise, o.credit, o.debit)
$function$;

CREATE OR REPLACE FUNCTION private.verifier_series()
 RETURNS TABLE(depot_id uuid, serie text, exercice integer, dernier bigint, emis bigint, expliques bigint)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select s.depot_id, s.serie, s.exercice, s.dernier, n.emis, t.expliques
    from private.series s
   cross join lateral (
     select count(*) as emis, coalesce(max(x.numero), 0) as plus_haut from private.numeros x
      where x.depot_id = s.depot_id and x.serie = s.serie and x.exercice = s.exercice) n
   cross join lateral (
     select coalesce(sum(h.a - h.de + 1), 0)::bigint as expliques from private.series_trous h
      where h.depot_id = s.depot_id and h.serie = s.serie and h.exercice = s.exercice) t
   where s.dernier <> n.emis + t.expliques or n.plus_haut > s.dernier
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

CREATE OR REPLACE FUNCTION private.verrouiller_mouvements()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  lock table public.cours_de_route, public.citernes, public.receptions, public.sorties_produit, public.transferts,
    public.dilatations, public.stocks_adjustments, public.stocks_initiaux, public.prises_de_hauteur,
    public.stocks_journaliers, public.stocks_snapshot, public.log_actions in share row exclusive mode;
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
     from (select distinct hashtextextended(format('tiers:%s:%s', p_type, i.id), 0) as verrou from unnest(p_ids) i (id)
       order by 1) t;
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

  delete from public.factures_fournisseur_receptions;
  delete from public.fournisseur_paiement_lot_min;
  delete from public.fournisseur_facture_lot_min;
  delete from public.ecarts;
  delete from private.lettrages;
  delete from public.ecritures_tiers;
  delete from private.numeros;
  delete from private.series_trous;
  delete from private.series;
  delete from public.receptions;
  delete from public.sorties_produit;
  delete from public.transferts;
  delete from public.dilatations;
  delete from public.stocks_adjustments;
  delete from public.stocks_initiaux;
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

CREATE OR REPLACE FUNCTION private.volume_15c(p_mesures private.mesures, p_lieu private.lieu)
 RETURNS private.volume_corrige
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_corrige private.volume_corrige;
begin
  perform private.exiger_temperatures(p_mesures, p_lieu.depot);
  if private.flag_actif('astm_53b', (p_lieu.depot).id) then
    v_corrige := private.volume_15c_norme(p_mesures, p_lieu);
  else
    v_corrige := private.volume_15c_historique(p_mesures, p_lieu);
  end if;
  v_corrige.avertissements := '[]';
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

CREATE OR REPLACE FUNCTION public.acquitter_alerte(p_id uuid, p_note text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select private.deplacer_alerte(p_id, 'ACK', p_note) $function$;

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
  perform private.fermer_ecart_auto('QUANTITE', 'FACTURE', p_id, 'La facture a été annulée.');
  perform private.journaliser('FACTURE_ANNULEE', 'factures_fournisseur', 'WARNING', p_id, null,
    jsonb_build_object('motif', p_motif));
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
  perform private.contrepasser(e.id, private.jour_local('Africa/Lubumbashi', now()),
    format('Annulation : %s', left(p_motif, 500)))
     from public.ecritures_tiers e
    where e.source_type = 'fournisseur_paiement_lot_min' and e.source_id = p_id and e.type = 'PAIEMENT';
  update public.fournisseur_paiement_lot_min p
     set statut = 'ANNULE', annule_par = auth.uid(), motif_annulation = private.texte_net(p_motif) where p.id = p_id;
  perform private.journaliser('PAIEMENT_ANNULE', 'paiements_fournisseur', 'CRITICAL', p_id, null,
    jsonb_build_object('motif', p_motif, 'avant', to_jsonb(v_paiement)));
end;
$function$;

CREATE OR REPLACE FUNCTION public.avancer_serie(p_depot_id uuid, p_serie text, p_exercice integer, p_dernier_connu bigint, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_depot_id constant uuid := coalesce(p_depot_id, '00000000-0000-0000-0000-000000000000');
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
    nullif(v_depot_id, '00000000-0000-0000-0000-000000000000'), jsonb_build_object('serie', p_serie,
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
  perform private.journaliser('FACTURE_CALCULEE', 'factures_fournisseur', 'INFO', p_id, null, jsonb_build_object(
    'volume_20c', v_recu, 'quantite_facturee_20c', v_facture.quantite_facturee_20c, 'rapprochement', v_statut));
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
  perform private.debiter_sortie(v_sortie);
  return v_sortie;
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
  perform private.journaliser('STOCK_INITIAL_DECLARE', 'stocks', 'CRITICAL', v_initial.id, v_initial.depot_id,
    to_jsonb(v_initial) || jsonb_build_object(
      'delta_ambiant', v_initial.volume_ambiant, 'delta_15c', v_initial.volume_15c));
  return v_initial.id;
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

CREATE OR REPLACE FUNCTION public.rejeter_sortie(p_id uuid, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.rejeter_sortie(p_id, p_motif);
end;
$function$;

CREATE OR REPLACE FUNCTION public.rejeter_sortie_lue(p_id uuid, p_motif text, p_version integer)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.rejeter_sortie(p_id, p_motif, coalesce(p_version, 0));
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
  perform private.exiger('lire_comptes');
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
  with lignes as (
    select l.depot_id, l.details, l.action,
           coalesce(l.details ->> 'date_reception', l.details ->> 'date_jour')::date as date_jour
      from public.log_actions l
     where l.created_at <= p_moment
       -- A line of another system says what it said there: the takeover wrote this database's own beside it.
       and l.details ->> 'reprise' is distinct from 'origine'
       and l.action in ('RECEPTION_CREEE', 'SORTIE_VALIDEE', 'STOCK_AJUSTE', 'RECEPTION_COMPENSEE', 'SORTIE_COMPENSEE',
                        'STOCK_INITIAL_DECLARE', 'TRANSFERT_CREE', 'DILATATION')
  ), mouvements as (
    select l.depot_id, m.citerne_id::uuid as citerne_id, l.details ->> 'proprietaire_type' as proprietaire_type,
           m.signe * coalesce(l.details ->> 'delta_ambiant', l.details ->> 'volume_ambiant')::numeric as delta_ambiant,
           m.signe * coalesce(l.details ->> 'delta_15c', l.details ->> 'volume_15c')::numeric as delta_15c
      from lignes l
     cross join lateral (values
       (case l.action when 'TRANSFERT_CREE' then l.details ->> 'citerne_source_id' else l.details ->> 'citerne_id' end,
        case when l.action in ('SORTIE_VALIDEE', 'TRANSFERT_CREE') then -1 else 1 end),
       (case l.action when 'TRANSFERT_CREE' then l.details ->> 'citerne_destination_id' end, 1)) as m (citerne_id,
       signe)
     where l.date_jour <= p_date and m.citerne_id is not null
  )
  select m.depot_id, m.citerne_id, m.proprietaire_type, sum(m.delta_ambiant), sum(m.delta_15c)
    from mouvements m
   group by 1, 2, 3
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
         (status, acknowledged_by, acknowledged_at, resolved_by, resolved_at) = (
           select case when r.rouverte then 'OPEN' else a.status end,
                  case when not r.rouverte then a.acknowledged_by end, case when not r.rouverte then a.acknowledged_at
                    end,
                  case when not r.rouverte then a.resolved_by end, case when not r.rouverte then a.resolved_at end
             -- What somebody resolved while it lasts stays so, until it is worse, comes back, or a day or a week has
             -- gone.
             from (select a.status = 'RESOLVED' and (not a.presente or excluded.severity < a.severity
                     or a.resolved_at < now() - case excluded.severity when 'CRITICAL' then interval '24 hours'
                                                                       else interval '7 days' end) as rouverte) r);
  perform private.noter_passage('alertes', v_debut);
end;
$function$;

CREATE OR REPLACE FUNCTION public.tete_journal()
 RETURNS TABLE(bloc bigint, empreinte text, scelle_le timestamp with time zone, lignes_scellees bigint, lignes_en_attente bigint)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger('verifier_journal');
  return query
  select e.bloc, e.empreinte, e.scelle_le,
         (select coalesce(sum(cardinality(b.lignes)), 0)::bigint from private.blocs_journal b), e.lignes_en_attente
    from private.etat_scellement() e;
end;
$function$;

CREATE OR REPLACE FUNCTION public.traiter_ecart(p_id uuid, p_cause text, p_decision text, p_justification text, p_impact_usd numeric DEFAULT NULL::numeric)
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
  perform private.exiger_motif(p_justification, 10);
  v_ecart := private.ecart_a_traiter(p_id, private.peut('lire_finance'));
  if coalesce(p_impact_usd, v_ecart.impact_usd, 0) <> 0 and v_ecart.created_by = auth.uid() then
    perform private.exiger_quatre_yeux(v_ecart.created_by);
  end if;
  update public.ecarts e
     set cause = p_cause, decision = p_decision, justification = private.texte_net(p_justification),
         impact_usd = coalesce(p_impact_usd, e.impact_usd),
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
  v_facture := private.facture_a_changer(p_id, 'CALCULEE');
  perform private.exiger_quatre_yeux(v_facture.created_by);
  -- Nobody corrects a réception between the comparison and the debt.
  perform private.verrouiller_tiers('FOURNISSEUR', v_facture.fournisseur_id);
  perform private.verrouiller_citernes(variadic array(
    select distinct r.citerne_id from public.receptions r
      join public.factures_fournisseur_receptions f on f.reception_id = r.id where f.facture_id = p_id));
  perform private.exiger_facture_validable(v_facture, p_justification);
  perform private.passer_facture(v_facture, p_justification);
  update public.fournisseur_lot l set statut = 'facture' where l.id = v_facture.fournisseur_lot_id
    and l.statut = 'cloture';
  perform private.journaliser('FACTURE_VALIDEE', 'factures_fournisseur', 'INFO', p_id, null, jsonb_build_object(
    'montant_total_usd', v_facture.montant_total_usd, 'justification', p_justification));
end;
$function$;

CREATE OR REPLACE FUNCTION public.valider_sortie_lue(p_id uuid, p_version integer)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- Versions begin at 1: one that was not read is no version at all.
  perform private.valider_sortie(p_id, coalesce(p_version, 0));
end;
$function$;

CREATE OR REPLACE FUNCTION public.verifier_mouvements()
 RETURNS TABLE(probleme text, mouvement_type text, mouvement_id uuid, ligne_id uuid, constat jsonb)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET work_mem TO '64MB'
AS $function$
declare
  v_trace record;
begin
  -- Whoever is not shown the lines would take every movement for one without.
  if row_security_active('public.log_actions'::regclass) then
    perform private.exiger_lecteur_journal();
  end if;
  for v_trace in select * from private.mouvements_traces() loop
    return query execute format($sql$
      with lignes as materialized (
        -- A line of another system says what it said there: the takeover wrote this database's own beside it.
        select l.id, coalesce((l.details ->> 'id')::uuid, l.cible_id) as de, l.details
          from public.log_actions l
         where l.action = any ($1) and l.details ->> 'reprise' is distinct from 'origine'
      ), compares as (
        -- What the line says, as a row: an older line that said less is held to what it said.
        select coalesce(t.id, l.de) as id, l.id as ligne_id, to_jsonb(t) as est,
               to_jsonb(jsonb_populate_record(t, l.details)) as dit
          from %s t full join lignes l on l.de = t.id
      ), juges as (
        select case when c.est is null then 'SANS_MOUVEMENT'
                    when c.ligne_id is null then 'SANS_LIGNE'
                    when c.est <> c.dit then 'MOUVEMENT_ALTERE'
                    when count(*) over (partition by c.id) > 1 then 'PLUSIEURS_LIGNES' end as probleme, c.*
          from compares c
         where c.ligne_id is not null or coalesce(c.est ->> 'statut', 'validee') = 'validee'
      )
      select j.probleme, $2, j.id, j.ligne_id,
             case when j.probleme = 'MOUVEMENT_ALTERE' then (
                    select jsonb_object_agg(e.key, jsonb_build_object('dit', j.dit -> e.key, 'est', e.value))
                      from jsonb_each(j.est) e where e.value is distinct from j.dit -> e.key)
                  else coalesce(j.est, j.dit) end
        from juges j where j.probleme is not null$sql$, v_trace.dans)
      using v_trace.actions, v_trace.mouvement_type;
  end loop;
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
           coalesce(sum(m.delta_ambiant) filter (where m.mouvement_type = 'AJUSTEMENT'), 0) as ajuste_ambiant,
           coalesce(sum(m.delta_15c) filter (where m.mouvement_type = 'AJUSTEMENT'), 0) as ajuste_15c
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

ALTER TABLE "private"."capacites" ADD CONSTRAINT "capacites_habilitations_check" CHECK ((habilitations <@ '{finance,caisse}'::text[]));

ALTER TABLE "private"."numeros" ADD CONSTRAINT "numeros_depot_id_serie_exercice_fkey" FOREIGN KEY (depot_id, serie, exercice) REFERENCES private.series(depot_id, serie, exercice);

ALTER TABLE "private"."series_trous" ADD CONSTRAINT "series_trous_depot_id_serie_exercice_fkey" FOREIGN KEY (depot_id, serie, exercice) REFERENCES private.series(depot_id, serie, exercice);

ALTER TABLE "public"."alertes_evenements" ADD CONSTRAINT "alertes_evenements_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_code_check2000" CHECK ((char_length(code) <= 2000));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_code_check" CHECK ((code ~ '^[A-Z]{2,6}$'::text));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_code_key" UNIQUE (code);

ALTER TABLE "public"."dilatations" ADD CONSTRAINT "dilatations_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."dilatations" ADD CONSTRAINT "dilatations_produit_id_fkey" FOREIGN KEY (produit_id) REFERENCES public.produits(id);

ALTER TABLE "public"."ecarts" ADD CONSTRAINT "ecarts_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."ecarts" ADD CONSTRAINT "ecarts_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."ecarts" ADD CONSTRAINT "ecarts_fournisseur_lot_id_fkey" FOREIGN KEY (fournisseur_lot_id) REFERENCES public.fournisseur_lot(id);

ALTER TABLE "public"."ecarts" ADD CONSTRAINT "ecarts_produit_id_fkey" FOREIGN KEY (produit_id) REFERENCES public.produits(id);

ALTER TABLE "public"."ecarts" ADD CONSTRAINT "ecarts_traite_par_fkey" FOREIGN KEY (traite_par) REFERENCES auth.users(id);

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_client_id_fkey" FOREIGN KEY (client_id) REFERENCES public.clients(id);

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_fournisseur_id_fkey" FOREIGN KEY (fournisseur_id) REFERENCES public.fournisseurs(id);

ALTER TABLE "public"."factures_fournisseur_receptions" ADD CONSTRAINT "factures_fournisseur_receptions_reception_id_fkey" FOREIGN KEY (reception_id) REFERENCES public.receptions(id);

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_fournisseur_id_fkey" FOREIGN KEY (fournisseur_id) REFERENCES public.fournisseurs(id);

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_fournisseur_lot_id_fkey" FOREIGN KEY (fournisseur_lot_id) REFERENCES public.fournisseur_lot(id);

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_validated_by_fkey" FOREIGN KEY (validated_by) REFERENCES auth.users(id);

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_annule_par_fkey" FOREIGN KEY (annule_par) REFERENCES auth.users(id);

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_confirme_par_fkey" FOREIGN KEY (confirme_par) REFERENCES auth.users(id);

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_delai_paiement_jours_check" CHECK (((delai_paiement_jours >= 0) AND (delai_paiement_jours <= 365)));

ALTER TABLE "public"."profils" ADD CONSTRAINT "profils_habilitations_check" CHECK ((habilitations <@ '{finance,caisse}'::text[]));

ALTER TABLE "public"."stocks_adjustments" ADD CONSTRAINT "stocks_adjustments_contrepartie_de_fkey" FOREIGN KEY (contrepartie_de) REFERENCES public.stocks_adjustments(id);

ALTER TABLE "public"."stocks_adjustments" ADD CONSTRAINT "stocks_adjustments_mouvement_type_check" CHECK ((mouvement_type = ANY (ARRAY['RECEPTION'::text, 'SORTIE'::text, 'STOCK_INITIAL'::text, 'TRANSFERT'::text])));

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_acknowledged_by_fkey" FOREIGN KEY (acknowledged_by) REFERENCES auth.users(id);

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_resolved_by_fkey" FOREIGN KEY (resolved_by) REFERENCES auth.users(id);

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
    (abs((p.volume_mesure - p.stock_comptable)) > ((p.stock_comptable * p.tolerance_pour_mille) / (1000)::numeric)) AS hors_tolerance,
    p.note
   FROM (public.prises_de_hauteur p
     JOIN public.citernes c ON ((c.id = p.citerne_id)));;

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
    h.created_at AS derniere_prise_le
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
                  WHERE ((r.citerne_id = c.id) AND (r.temperature_ambiante_c IS NOT NULL))
                  ORDER BY r.date_reception DESC, r.id DESC
                 LIMIT 1)
                UNION ALL
                ( SELECT o.temperature_ambiante_c,
                    o.date_jour,
                    o.id
                   FROM public.sorties_produit o
                  WHERE ((o.citerne_id = c.id) AND (o.statut = 'validee'::text) AND (o.temperature_ambiante_c IS NOT NULL))
                  ORDER BY o.date_jour DESC, o.id DESC
                 LIMIT 1)) m
          ORDER BY m.temperature_le DESC, m.id DESC
         LIMIT 1) t ON (true))
     LEFT JOIN LATERAL ( SELECT p.volume_mesure,
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
    actif
   FROM private.coordonnees_fournisseurs() f(id, nom, actif, contact_personne, email, telephone, adresse, pays, note_supplementaire, created_at, delai_paiement_jours);;

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
    statut,
    note,
    created_by,
    validated_by,
    created_at,
    private.masse_vide_t(densite_a_15_kgm3, volume_15c) AS masse_vide_t,
    private.masse_air_t(densite_a_15_kgm3, volume_15c) AS masse_air_t
   FROM public.receptions r;;

CREATE VIEW "public"."v_soldes_tiers" WITH (security_invoker=true) AS  SELECT tiers_type,
    tiers_id,
    fournisseur_id,
    client_id,
    devise,
    sum(debit) AS debit,
    sum(credit) AS credit,
        CASE tiers_type
            WHEN 'CLIENT'::text THEN (sum(debit) - sum(credit))
            ELSE (sum(credit) - sum(debit))
        END AS solde,
    count(*) AS ecritures,
    max(date_valeur) AS derniere_date
   FROM public.ecritures_tiers e
  GROUP BY tiers_type, tiers_id, fournisseur_id, client_id, devise;;

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

CREATE VIEW "public"."v_sorties" WITH (security_invoker=true) AS  SELECT id,
    citerne_id,
    produit_id,
    depot_id,
    client_id,
    partenaire_id,
    proprietaire_type,
    index_avant,
    index_apres,
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

CREATE VIEW "public"."v_transferts" WITH (security_invoker=true) AS  SELECT id,
    citerne_source_id,
    citerne_destination_id,
    produit_id,
    depot_id,
    proprietaire_type,
    volume_ambiant,
    temperature_ambiante_c,
    temperature_echantillon_c,
    densite_observee_kgm3,
    densite_a_15_kgm3,
    vcf,
    methode_15c,
    parametres_15c,
    avertissements,
    volume_15c,
    date_jour,
    note,
    created_by,
    created_at,
    private.masse_vide_t(densite_a_15_kgm3, volume_15c) AS masse_vide_t,
    private.masse_air_t(densite_a_15_kgm3, volume_15c) AS masse_air_t,
    ( SELECT COALESCE(sum(d.delta_ambiant), (0)::numeric) AS "coalesce"
           FROM public.dilatations d
          WHERE ((d.mouvement_type = 'TRANSFERT'::text) AND (d.mouvement_id = t.id))) AS dilatation_ambiant
   FROM public.transferts t;;

CREATE INDEX lettrages_credit_id_idx ON private.lettrages USING btree (credit_id);

CREATE INDEX lettrages_debit_id_idx ON private.lettrages USING btree (debit_id);

CREATE UNIQUE INDEX numeros_objet_idx ON private.numeros USING btree (objet_id, serie);

CREATE INDEX alertes_evenements_alerte_id_idx ON public.alertes_evenements USING btree (alerte_id, ordre);

CREATE INDEX alertes_evenements_depot_id_idx ON public.alertes_evenements USING btree (depot_id);

CREATE UNIQUE INDEX citernes_cle ON public.citernes USING btree (id, produit_id, depot_id);

ALTER TABLE "public"."dilatations" ADD CONSTRAINT "dilatations_citerne_id_fkey" FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_citerne_id_fkey" FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

ALTER TABLE "public"."receptions" ADD CONSTRAINT "receptions_citerne_id_fkey" FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

ALTER TABLE "public"."stocks_adjustments" ADD CONSTRAINT "stocks_adjustments_citerne_id_fkey" FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

ALTER TABLE "public"."stocks_initiaux" ADD CONSTRAINT "stocks_initiaux_citerne_id_fkey" FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

ALTER TABLE "public"."stocks_journaliers" ADD CONSTRAINT "stocks_journaliers_citerne_id_fkey" FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

ALTER TABLE "public"."stocks_snapshot" ADD CONSTRAINT "stocks_snapshot_citerne_id_fkey" FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

ALTER TABLE "public"."transferts" ADD CONSTRAINT "transferts_citerne_destination_id_fkey" FOREIGN KEY (citerne_destination_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

ALTER TABLE "public"."transferts" ADD CONSTRAINT "transferts_citerne_source_id_fkey" FOREIGN KEY (citerne_source_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

CREATE INDEX cours_de_route_arrive_idx ON public.cours_de_route USING btree (id) WHERE (statut = 'ARRIVE'::text);

CREATE INDEX dilatations_citerne_idx ON public.dilatations USING btree (citerne_id, date_jour DESC);

CREATE INDEX dilatations_depot_idx ON public.dilatations USING btree (depot_id, date_jour DESC);

CREATE INDEX dilatations_produit_id_idx ON public.dilatations USING btree (produit_id);

CREATE UNIQUE INDEX ecarts_auto_unique ON public.ecarts USING btree (type, reference_type, reference_id) WHERE (origine = 'AUTO'::text);

CREATE INDEX ecarts_created_by_idx ON public.ecarts USING btree (created_by);

CREATE INDEX ecarts_depot_id_idx ON public.ecarts USING btree (depot_id);

CREATE INDEX ecarts_lot_idx ON public.ecarts USING btree (fournisseur_lot_id);

CREATE INDEX ecarts_ouverts_idx ON public.ecarts USING btree (created_at) WHERE (statut <> 'TRAITE'::text);

CREATE INDEX ecarts_produit_id_idx ON public.ecarts USING btree (produit_id);

CREATE INDEX ecarts_reference_idx ON public.ecarts USING btree (reference_type, reference_id);

CREATE INDEX ecarts_traite_par_idx ON public.ecarts USING btree (traite_par);

CREATE INDEX ecritures_tiers_client_id_idx ON public.ecritures_tiers USING btree (client_id);

CREATE INDEX ecritures_tiers_compte_idx ON public.ecritures_tiers USING btree (tiers_type, tiers_id, devise, date_valeur, ordre);

CREATE INDEX ecritures_tiers_created_by_idx ON public.ecritures_tiers USING btree (created_by);

CREATE INDEX ecritures_tiers_depot_id_idx ON public.ecritures_tiers USING btree (depot_id);

CREATE INDEX ecritures_tiers_fournisseur_id_idx ON public.ecritures_tiers USING btree (fournisseur_id);

CREATE INDEX factures_fournisseur_receptions_facture_idx ON public.factures_fournisseur_receptions USING btree (facture_id);

CREATE INDEX fournisseur_facture_created_by_idx ON public.fournisseur_facture_lot_min USING btree (created_by);

CREATE INDEX fournisseur_facture_fournisseur_id_idx ON public.fournisseur_facture_lot_min USING btree (fournisseur_id);

CREATE INDEX fournisseur_facture_lot_id_idx ON public.fournisseur_facture_lot_min USING btree (fournisseur_lot_id);

CREATE UNIQUE INDEX fournisseur_facture_lot_unique ON public.fournisseur_facture_lot_min USING btree (fournisseur_lot_id) WHERE ((type = 'FACTURE'::text) AND (statut <> 'ANNULEE'::text));

CREATE UNIQUE INDEX fournisseur_facture_numero_unique ON public.fournisseur_facture_lot_min USING btree (fournisseur_id, lower(btrim(invoice_no))) WHERE (statut <> 'ANNULEE'::text);

CREATE INDEX fournisseur_facture_origine_idx ON public.fournisseur_facture_lot_min USING btree (facture_origine_id);

CREATE INDEX fournisseur_facture_validated_by_idx ON public.fournisseur_facture_lot_min USING btree (validated_by);

CREATE INDEX fournisseur_paiement_annule_par_idx ON public.fournisseur_paiement_lot_min USING btree (annule_par);

CREATE INDEX fournisseur_paiement_confirme_par_idx ON public.fournisseur_paiement_lot_min USING btree (confirme_par);

CREATE INDEX fournisseur_paiement_created_by_idx ON public.fournisseur_paiement_lot_min USING btree (created_by);

CREATE INDEX fournisseur_paiement_facture_idx ON public.fournisseur_paiement_lot_min USING btree (fournisseur_facture_id, date_paiement DESC);

CREATE INDEX prises_de_hauteur_produit_id_idx ON public.prises_de_hauteur USING btree (produit_id);

CREATE INDEX receptions_cours_de_route_id_idx ON public.receptions USING btree (cours_de_route_id);

CREATE INDEX receptions_ecart_15c_idx ON public.receptions USING btree (id) WHERE (abs((volume_ambiant - volume_15c)) > (0.03 * volume_ambiant));

CREATE INDEX sorties_brouillon_idx ON public.sorties_produit USING btree (created_at) WHERE (statut = 'brouillon'::text);

CREATE INDEX sorties_ecart_15c_idx ON public.sorties_produit USING btree (id) WHERE ((statut = 'validee'::text) AND (abs((volume_ambiant - volume_15c)) > (0.03 * volume_ambiant)));

CREATE INDEX stocks_adjustments_contrepartie_de_idx ON public.stocks_adjustments USING btree (contrepartie_de);

CREATE INDEX system_alerts_acknowledged_by_idx ON public.system_alerts USING btree (acknowledged_by);

CREATE INDEX system_alerts_depot_id_idx ON public.system_alerts USING btree (depot_id);

CREATE INDEX system_alerts_presentes_idx ON public.system_alerts USING btree (check_code) WHERE presente;

CREATE INDEX system_alerts_resolved_by_idx ON public.system_alerts USING btree (resolved_by);

CREATE TRIGGER lettrages_block BEFORE DELETE OR UPDATE OR TRUNCATE ON private.lettrages FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER numeros_block BEFORE DELETE OR UPDATE OR TRUNCATE ON private.numeros FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER series_trous_block BEFORE DELETE OR UPDATE OR TRUNCATE ON private.series_trous FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER alertes_evenements_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.alertes_evenements FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.citernes REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER citernes_avant_ecriture BEFORE INSERT OR UPDATE OF id, nom, produit_id, depot_id ON public.citernes FOR EACH ROW EXECUTE FUNCTION private.citernes_avant_ecriture();

CREATE TRIGGER citernes_before_update_tolerance BEFORE UPDATE ON public.citernes FOR EACH ROW WHEN ((old.tolerance_inventaire_pour_mille IS DISTINCT FROM new.tolerance_inventaire_pour_mille)) EXECUTE FUNCTION private.mesures_proteger();

CREATE TRIGGER citernes_journal_mesure AFTER UPDATE ON public.citernes FOR EACH ROW WHEN ((old.tolerance_inventaire_pour_mille IS DISTINCT FROM new.tolerance_inventaire_pour_mille)) EXECUTE FUNCTION private.referentiel_journaliser('CITERNE', 'WARNING');

CREATE TRIGGER citernes_journal_nom AFTER UPDATE ON public.citernes FOR EACH ROW WHEN ((NOT (old.tolerance_inventaire_pour_mille IS DISTINCT FROM new.tolerance_inventaire_pour_mille))) EXECUTE FUNCTION private.referentiel_journaliser('CITERNE', 'INFO');

CREATE TRIGGER citernes_journal AFTER INSERT OR DELETE ON public.citernes FOR EACH ROW EXECUTE FUNCTION private.referentiel_journaliser('CITERNE', 'INFO');

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.clients REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.cours_de_route REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER cours_de_route_camions_insert BEFORE INSERT ON public.cours_de_route FOR EACH STATEMENT EXECUTE FUNCTION private.reserver_camions();

CREATE TRIGGER cours_de_route_camions_update BEFORE UPDATE OF plaque_camion, depot_destination_id ON public.cours_de_route FOR EACH STATEMENT EXECUTE FUNCTION private.reserver_camions();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.depots REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER depots_before_update BEFORE UPDATE ON public.depots FOR EACH ROW WHEN (((old.fuseau IS DISTINCT FROM new.fuseau) OR (old.temperature_min_c IS DISTINCT FROM new.temperature_min_c) OR (old.temperature_max_c IS DISTINCT FROM new.temperature_max_c))) EXECUTE FUNCTION private.mesures_proteger();

CREATE TRIGGER depots_journal_mesure AFTER UPDATE ON public.depots FOR EACH ROW WHEN (((old.fuseau IS DISTINCT FROM new.fuseau) OR (old.temperature_min_c IS DISTINCT FROM new.temperature_min_c) OR (old.temperature_max_c IS DISTINCT FROM new.temperature_max_c))) EXECUTE FUNCTION private.referentiel_journaliser('DEPOT', 'WARNING');

CREATE TRIGGER depots_journal_nom AFTER UPDATE ON public.depots FOR EACH ROW WHEN (((NOT (old.fuseau IS DISTINCT FROM new.fuseau)) AND (NOT (old.temperature_min_c IS DISTINCT FROM new.temperature_min_c)) AND (NOT (old.temperature_max_c IS DISTINCT FROM new.temperature_max_c)))) EXECUTE FUNCTION private.referentiel_journaliser('DEPOT', 'INFO');

CREATE TRIGGER depots_journal AFTER INSERT OR DELETE ON public.depots FOR EACH ROW EXECUTE FUNCTION private.referentiel_journaliser('DEPOT', 'INFO');

CREATE TRIGGER dilatations_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.dilatations FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER dilatations_gel BEFORE INSERT ON public.dilatations FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER ecarts_gel BEFORE INSERT OR UPDATE ON public.ecarts FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER ecritures_tiers_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.ecritures_tiers FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER ecritures_tiers_gel BEFORE INSERT ON public.ecritures_tiers FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

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

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.golden_cases REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.partenaires REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.prises_de_hauteur REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.produits REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER produits_before_update BEFORE UPDATE ON public.produits FOR EACH ROW WHEN (((old.code IS DISTINCT FROM new.code) OR (old.groupe_mpms IS DISTINCT FROM new.groupe_mpms) OR (old.alpha_historique IS DISTINCT FROM new.alpha_historique) OR (old.densite_15_min IS DISTINCT FROM new.densite_15_min) OR (old.densite_15_max IS DISTINCT FROM new.densite_15_max))) EXECUTE FUNCTION private.produits_proteger();

CREATE TRIGGER produits_journal_mesure AFTER UPDATE ON public.produits FOR EACH ROW WHEN (((old.code IS DISTINCT FROM new.code) OR (old.groupe_mpms IS DISTINCT FROM new.groupe_mpms) OR (old.alpha_historique IS DISTINCT FROM new.alpha_historique) OR (old.densite_15_min IS DISTINCT FROM new.densite_15_min) OR (old.densite_15_max IS DISTINCT FROM new.densite_15_max))) EXECUTE FUNCTION private.referentiel_journaliser('PRODUIT', 'WARNING');

CREATE TRIGGER produits_journal_nom AFTER UPDATE ON public.produits FOR EACH ROW WHEN (((NOT (old.code IS DISTINCT FROM new.code)) AND (NOT (old.groupe_mpms IS DISTINCT FROM new.groupe_mpms)) AND (NOT (old.alpha_historique IS DISTINCT FROM new.alpha_historique)) AND (NOT (old.densite_15_min IS DISTINCT FROM new.densite_15_min)) AND (NOT (old.densite_15_max IS DISTINCT FROM new.densite_15_max)))) EXECUTE FUNCTION private.referentiel_journaliser('PRODUIT', 'INFO');

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.profils REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.receptions REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.sorties_produit REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.stocks_adjustments REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER system_alerts_after_write AFTER INSERT OR UPDATE ON public.system_alerts FOR EACH ROW EXECUTE FUNCTION private.noter_evenement_alerte();

CREATE TRIGGER system_alerts_before_update BEFORE UPDATE ON public.system_alerts FOR EACH ROW EXECUTE FUNCTION private.system_alerts_avant_update();

CREATE TRIGGER system_alerts_block BEFORE DELETE OR TRUNCATE ON public.system_alerts FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.transferts REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE POLICY "alertes_evenements_lecture" ON "public"."alertes_evenements" FOR SELECT TO "authenticated" USING (((depot_id = ANY (( SELECT private.depots_ou('lire_alertes'::text) AS depots_ou)::uuid[])) OR ((depot_id IS NULL) AND ( SELECT private.peut('lire_alertes'::text) AS peut) AND ( SELECT private.peut('voir_tous_depots'::text) AS peut))));

CREATE POLICY "dilatations_lecture" ON "public"."dilatations" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])));

CREATE POLICY "ecarts_lecture" ON "public"."ecarts" FOR SELECT TO "authenticated" USING (((depot_id = ANY (( SELECT private.depots_ou('lire_ecarts'::text) AS depots_ou)::uuid[])) OR ((depot_id IS NULL) AND ( SELECT private.peut('lire_finance'::text) AS peut))));

CREATE POLICY "ecritures_tiers_lecture" ON "public"."ecritures_tiers" FOR SELECT TO "authenticated" USING ((((depot_id IS NULL) AND ( SELECT private.peut('lire_comptes'::text) AS peut)) OR (depot_id = ANY (( SELECT private.depots_ou('lire_comptes'::text) AS depots_ou)::uuid[]))));

CREATE POLICY "facture_fournisseur_creation" ON "public"."fournisseur_facture_lot_min" FOR INSERT TO "authenticated" WITH CHECK (( SELECT private.peut('ecrire_factures_fournisseur'::text) AS peut));

CREATE POLICY "facture_fournisseur_lecture" ON "public"."fournisseur_facture_lot_min" FOR SELECT TO "authenticated" USING ((( SELECT private.peut('lire_finance'::text) AS peut) AND (( SELECT private.peut('voir_tous_depots'::text) AS peut) OR (fournisseur_lot_id = ANY (ARRAY( SELECT c.fournisseur_lot_id
   FROM public.cours_de_route c
  WHERE (c.fournisseur_lot_id IS NOT NULL)))))));

CREATE POLICY "paiement_fournisseur_creation" ON "public"."fournisseur_paiement_lot_min" FOR INSERT TO "authenticated" WITH CHECK (( SELECT private.peut('ecrire_factures_fournisseur'::text) AS peut));

CREATE POLICY "system_alerts_lecture" ON "public"."system_alerts" FOR SELECT TO "authenticated" USING (((depot_id = ANY (( SELECT private.depots_ou('lire_alertes'::text) AS depots_ou)::uuid[])) OR ((depot_id IS NULL) AND ( SELECT private.peut('lire_alertes'::text) AS peut) AND ( SELECT private.peut('voir_tous_depots'::text) AS peut))));

CREATE POLICY "system_alerts_modification" ON "public"."system_alerts" FOR UPDATE TO "authenticated" USING (( SELECT private.peut('tenir_alertes'::text) AS peut)) WITH CHECK (( SELECT private.peut('tenir_alertes'::text) AS peut));

COMMENT ON COLUMN "private"."capacites"."habilitations" IS 'Entries of profils.habilitations that give it too, whatever the role, inside the depots that the role sees.';

COMMENT ON COLUMN "private"."controles"."dit" IS 'In French: what it says, and the unit of its threshold.';

COMMENT ON COLUMN "private"."controles"."seuil" IS 'Threshold, in the unit that dit says; null where there is none.';

COMMENT ON COLUMN "private"."etats_schema"."empreinte" IS 'private.empreinte() when it was there.';

COMMENT ON COLUMN "private"."etats_schema"."faits" IS 'Of the last state only: each object, with the MD5 of its fact.';

COMMENT ON COLUMN "private"."etats_schema"."nom" IS 'What brought it: a migration''s name, or supabase/schemas.';

COMMENT ON COLUMN "private"."idempotence"."empreinte" IS 'SHA-256 of method, path, version read and body: the same key with another request is refused.';

COMMENT ON COLUMN "private"."idempotence"."habilitations" IS 'What they might do beside their role when they were answered.';

COMMENT ON COLUMN "private"."idempotence"."second_facteur" IS 'Whether their session had been raised to aal2.';

COMMENT ON COLUMN "private"."series"."depot_id" IS 'Depot whose series it is; the nil UUID: the company''s.';

COMMENT ON COLUMN "public"."alertes_evenements"."depot_id" IS 'Depot of its alert, so that a policy asks nothing row by row.';

COMMENT ON COLUMN "public"."alertes_evenements"."par" IS 'Who; null for the system.';

COMMENT ON COLUMN "public"."clients"."actif" IS 'False: no new act names them.';

COMMENT ON COLUMN "public"."cours_de_route"."date_chargement_presumee" IS 'Nobody said the day of loading: it was taken to be the one of the announcement, and gives way to an earlier réception. Written by the database.';

COMMENT ON COLUMN "public"."depots"."actif" IS 'False: nothing new comes to it; what it holds may leave.';

COMMENT ON COLUMN "public"."depots"."code" IS 'Two to six capitals, what the numbers of its documents begin with; null: it issues none of its own yet.';

COMMENT ON COLUMN "public"."dilatations"."date_jour" IS 'Day it counts from, at the depot: the movement''s, or the tank''s last where what was left over is only then.';

COMMENT ON COLUMN "public"."dilatations"."delta_ambiant" IS 'Litres as measured: above zero where more left than the books had, below where the last litre at 15 °C left and the books still had some.';

COMMENT ON COLUMN "public"."dilatations"."mouvement_id" IS 'id of sorties_produit or of transferts, as mouvement_type says.';

COMMENT ON COLUMN "public"."ecarts"."depot_id" IS 'Depot it was found at; null: of a lot or an invoice as a whole.';

COMMENT ON COLUMN "public"."ecarts"."ecart" IS 'constate − attendu, in unite.';

COMMENT ON COLUMN "public"."ecarts"."excedent" IS 'What lies beyond franchise, in unite.';

COMMENT ON COLUMN "public"."ecarts"."fournisseur_lot_id" IS 'Lot that its truck, réception or invoice is of: the invoice of a lot waits for its gaps.';

COMMENT ON COLUMN "public"."ecarts"."traite_par" IS 'Who treated it; null for the system.';

COMMENT ON COLUMN "public"."ecritures_tiers"."contrepasse_id" IS 'Entry that this one is the exact opposite of.';

COMMENT ON COLUMN "public"."ecritures_tiers"."created_at" IS 'Moment of the entry itself, under the mutex of its account.';

COMMENT ON COLUMN "public"."ecritures_tiers"."date_valeur" IS 'Day it counts from.';

COMMENT ON COLUMN "public"."ecritures_tiers"."depot_id" IS 'Depot it is of; null: the company''s.';

COMMENT ON COLUMN "public"."ecritures_tiers"."ordre" IS 'Order they were written in: that of one account''s entries is the order they committed in.';

COMMENT ON COLUMN "public"."ecritures_tiers"."reference" IS 'Number of its document, as printed.';

COMMENT ON COLUMN "public"."ecritures_tiers"."source_id" IS 'Document it comes from, of the table source_type.';

COMMENT ON COLUMN "public"."ecritures_tiers"."tiers_id" IS 'The supplier or client, whichever it is.';

COMMENT ON COLUMN "public"."factures_fournisseur_receptions"."densite_15" IS 'kg/m³ at 15 °C; null where none is known.';

COMMENT ON COLUMN "public"."factures_fournisseur_receptions"."volume_15c" IS 'Litres at 15 °C, adjustments counted.';

COMMENT ON COLUMN "public"."factures_fournisseur_receptions"."volume_20c" IS 'Litres at 20 °C.';

COMMENT ON COLUMN "public"."fournisseur_facture_lot_min"."base" IS 'What it is invoiced by: litres at 20 or 15 °C, tonnes in air.';

COMMENT ON COLUMN "public"."fournisseur_facture_lot_min"."montant_total_usd" IS 'quantite_base × prix_base_usd, to the cent.';

COMMENT ON COLUMN "public"."fournisseur_facture_lot_min"."numero" IS 'Ours, given with its validation (series FFO).';

COMMENT ON COLUMN "public"."fournisseur_facture_lot_min"."prix_unitaire_usd" IS 'USD for one litre at 20 °C.';

COMMENT ON COLUMN "public"."fournisseur_facture_lot_min"."quantite_facturee_20c" IS 'Litres at 20 °C that the supplier invoices; in another base, what that quantity comes to at the lot''s own ratio.';

COMMENT ON COLUMN "public"."fournisseur_paiement_lot_min"."date_paiement" IS 'As the client says it, often a local time without its offset: judged by its day.';

COMMENT ON COLUMN "public"."fournisseur_paiement_lot_min"."numero" IS 'Ours, given when it is confirmed (series PAF).';

COMMENT ON COLUMN "public"."fournisseurs"."actif" IS 'False: no new act names them.';

COMMENT ON COLUMN "public"."fournisseurs"."delai_paiement_jours" IS 'Days to pay, where an invoice says no due date.';

COMMENT ON COLUMN "public"."golden_cases"."temperature_produit_deduite" IS 'The source does not give the product''s temperature: it was deduced from the source''s own factor, and so proves less.';

COMMENT ON COLUMN "public"."partenaires"."actif" IS 'False: no new act names them; their fuel may leave.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."tolerance_pour_mille" IS 'Tolerance of the tank at that moment, in thousandths of the books: one that changes since changes no verdict; written by the database.';

COMMENT ON COLUMN "public"."produits"."actif" IS 'False: nothing new comes of it; what is in stock may leave.';

COMMENT ON COLUMN "public"."profils"."habilitations" IS 'What this person may do beside their role, inside the depots it sees: finance, caisse. Given by an admin, never by oneself.';

COMMENT ON COLUMN "public"."sorties_produit"."citerne_id" IS 'Refers to the tank alone: the client embeds it by this column, which a key of three would not allow. Its product and depot are those of its stock, whose key says all three, and a tank that has served keeps both.';

COMMENT ON COLUMN "public"."stocks_adjustments"."compensation" IS 'Takes back what was left of its movement after its adjustments: at most one a movement.';

COMMENT ON COLUMN "public"."stocks_adjustments"."contrepartie_de" IS 'Of a transfer, whose two tanks are corrected together: the adjustment that this one is the other half of; written by the database.';

COMMENT ON COLUMN "public"."stocks_adjustments"."mouvement_id" IS 'id of receptions, sorties_produit, stocks_initiaux or transferts, as mouvement_type says.';

COMMENT ON COLUMN "public"."system_alerts"."depot_id" IS 'Depot of what it is about; null: of no depot.';

COMMENT ON COLUMN "public"."system_alerts"."occurrences" IS 'How many times it has come.';

COMMENT ON COLUMN "public"."system_alerts"."presente" IS 'Whether the last pass still found it.';

COMMENT ON COLUMN "public"."system_alerts"."resolved_by" IS 'Who resolved it; null: it had gone by itself.';

COMMENT ON FUNCTION "astm"."comparer"(text, text) IS 'Every golden case by a profile (default: the default one) and a method (default: the profile''s): litres the engine gives minus litres expected, tolerance ±5 L; and the same gap for the shortcut of one temperature (the sample''s for both) and for the historical formula; with what was measured of it (°C, kg/m³). A case that the standard refuses has refus, its sentence and no figures, and is out of tolerance. Raises INTROUVABLE.';

COMMENT ON FUNCTION "astm"."convertir"(double precision, text, text, double precision, double precision, double precision, double precision, double precision, double precision, text, boolean, boolean) IS 'A quantity of fuel in every unit it is traded in. p_unite: L (as measured at the product''s temperature), L_15C, L_20C, BARIL_60F, T_VIDE (tonnes in vacuum) or T_AIR. Density: observed (kg/m³, or kg/L below 2) on a sample, else at 15 °C, else degrees API at 60 °F; temperature in °C, else in °F. From L_15C, volume_observe_l is what to load. Raises DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, QUANTITE_INVALIDE.';

COMMENT ON FUNCTION "astm"."masse_air_t"(double precision, double precision) IS 'Apparent mass in tonnes, in air, what a weighbridge shows and an invoice says: fuel and brass weights (8100 kg/m³) both weighed in air of 1.22 kg/m³. Tables 56 to 58.';

COMMENT ON FUNCTION "private"."acteur_peut"(private.acteur, text) IS 'Whether somebody has a capability, by their role or beside it; false for nobody. A capability that is not in the list is a bug and raises P0002.';

COMMENT ON FUNCTION "private"."ambiant_disponible"(uuid, uuid, text, date) IS 'Litres as measured that an owner has in a tank on a day and on every later one: the least of them.';

COMMENT ON FUNCTION "private"."arrive_depuis"(uuid) IS 'Since when a truck has arrived, by the log; since it was announced, where the log does not say.';

COMMENT ON FUNCTION "private"."attendre_tiers"(text, uuid) IS 'Waits for whoever is writing in an account; readers do not wait for one another. Raises ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."avant_requete"() IS 'What PostgREST calls first, as the caller (db_pre_request): refuses whatever would tell the planner''s estimates, which know nothing of who may see what. PostgreSQL''s log names the request by its x-request-id. Raises ESTIMATION_INTERDITE.';

COMMENT ON FUNCTION "private"."borne_scellement"(private.blocs_journal) IS 'The moment before which the last pass, the one that wrote this block, left no line to seal.';

COMMENT ON FUNCTION "private"."borner_lignes"() IS 'Bounds the rows that one statement writes, which it knows as lignes: one request never keeps the others waiting for long. Raises TROP_DE_LIGNES.';

COMMENT ON FUNCTION "private"."camion_a_recevoir"(uuid, text) IS 'The truck that brings a réception, which is asked again once it is locked; null for a partner''s fuel that comes without one. Raises CDR_REQUIS, INTROUVABLE, CDR_NON_ARRIVE.';

COMMENT ON FUNCTION "private"."citerne_a_servi"(uuid) IS 'Whether anything refers to a tank: a movement, a draft included, a dip, stock. The keys say the same once it is too late for words.';

COMMENT ON FUNCTION "private"."citerne_fantome"(uuid, text) IS 'Whether a tank is one that must never exist: left by old tests, it holds nothing.';

COMMENT ON FUNCTION "private"."citernes_avant_ecriture"() IS 'No tank of old tests, and none of a product or at a depot that is disabled. Raises CITERNE_FANTOME, REFERENTIEL_INACTIF.';

COMMENT ON FUNCTION "private"."citernes_proteger"() IS 'A tank that has served keeps its product and its depot, and room for what it holds; what decides its movements changes between two of them. Raises ECRITURE_INTERDITE, CAPACITE_SOUS_LE_STOCK, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."cle_au_depot"(uuid, text) IS 'A key that is one of its depot only. One text, for the index to be of no column: one that begins with depot_id alone is read, by the local REST, as one row a depot.';

COMMENT ON FUNCTION "private"."cle_nom"(text) IS 'A name as people compare it: whatever its case, its blanks and the form its letters are written in.';

COMMENT ON FUNCTION "private"."cle_plaque"(text) IS 'A plate as it is compared: its letters and digits alone, upper case.';

COMMENT ON FUNCTION "private"."code_emetteur"(uuid) IS 'What the numbers of a depot begin with; of the company (the nil UUID): the setting societe_code, else MLX. Raises DEPOT_SANS_CODE.';

COMMENT ON FUNCTION "private"."compenser"(text, uuid, text) IS 'Takes back what is left of a movement after its adjustments, once. Raises what an adjustment raises, and INVALID_ID_OR_STATE the second time or where nothing is left.';

COMMENT ON FUNCTION "private"."completer_brouillon"(public.sorties_produit, uuid, private.lieu) IS 'A draft with what the server writes of it: product, depot, day, author, densities in kg/m³; its client is not disabled. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, MESURES_INCOHERENTES.';

COMMENT ON FUNCTION "private"."compter_mouvements"() IS 'Rows of every table that private.vider_mouvements() empties, in its order, and the CDR that it keeps.';

COMMENT ON FUNCTION "private"."constats_vus"() IS 'What the last nightly pass found, of depots the caller sees; and that it is late, where it is.';

COMMENT ON FUNCTION "private"."contrepasser"(uuid, date, text) IS 'Takes an entry back by its exact opposite, once: what it had settled is open again, and the two settle one another. Raises ECRITURE_CONTREPASSEE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."controle"(text) IS 'A check that is on; null of one that is off.';

COMMENT ON FUNCTION "private"."controler_tout"() IS 'The checks that read all history; what they find stands until the next time. Returns how many facts, null where another is at it.';

COMMENT ON FUNCTION "private"."cours_de_route_avant_insert"() IS 'A new CDR starts at CHARGEMENT, at a depot its author sees, one open CDR a truck and depot, nothing disabled. Raises ROLE_FORBIDDEN, INTROUVABLE, REFERENTIEL_INACTIF, CDR_TRANSITION_INTERDITE, CDR_DEJA_OUVERT, LOT_NON_OUVERT, LOT_INCOMPATIBLE.';

COMMENT ON FUNCTION "private"."cours_de_route_avant_update"() IS 'One step forward at a time; DECHARGE only once a réception exists, ANNULE with a reason; nothing changes after either. Raises CDR_TRANSITION_INTERDITE, CDR_DEJA_OUVERT, REFERENTIEL_INACTIF, ECRITURE_INTERDITE, ROLE_FORBIDDEN, MOTIF_REQUIS, INTROUVABLE, LOT_NON_OUVERT, LOT_INCOMPATIBLE, LOT_CDR_DECHARGE.';

COMMENT ON FUNCTION "private"."date_de_document"(date) IS 'A document is not of a day beyond tomorrow. Raises DATE_FUTURE.';

COMMENT ON FUNCTION "private"."date_possible"(timestamp with time zone) IS 'The same of a moment.';

COMMENT ON FUNCTION "private"."date_possible"(date) IS 'Whether a day is one that a depot can mean: finite, of this half century. Null for null.';

COMMENT ON FUNCTION "private"."debiter_citerne"(text, uuid, uuid, uuid, uuid, text, date, numeric, numeric, text) IS 'Takes litres out of a tank for a sortie or a transfer: as measured and at 15 °C. By a standard, stock is refused on the litres at 15 °C alone: where the ambient ones fall short the difference is booked as a dilatation, and where the last litre at 15 °C leaves, what ambient ones are left over. The caller has the lock. Raises SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, INSUFFICIENT_STOCK, STOCK_FUTUR_NEGATIF, ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."debiter_sortie"(public.sorties_produit) IS 'Takes a prepared sortie out of snapshot and days: locks the tank, checks the stock, then every day''s security capacity. Done last in its transaction, so that others wait for the tank as little as can be.';

COMMENT ON FUNCTION "private"."deplacer_alerte"(uuid, text, text) IS 'Moves an alert a step further, with a note. Raises ROLE_FORBIDDEN, INTROUVABLE, ALERTE_ETAT.';

COMMENT ON FUNCTION "private"."dilater"(text, uuid, uuid, uuid, uuid, text, date, numeric) IS 'Writes what a movement showed of its fuel''s expansion (litres as measured) and logs DILATATION; the stock is the caller''s to move. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."ecart_a_traiter"(uuid, boolean) IS 'The gap, locked, of a depot the caller sees, or of none where they may read those; not treated yet. Raises INTROUVABLE, ECART_ETAT.';

COMMENT ON FUNCTION "private"."ecrire_compte"(public.ecritures_tiers) IS 'Writes an entry, under the mutex of its account, and gives its id. Raises ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."ecriture_de_facture"(uuid) IS 'What a validated invoice or credit note wrote in the account; null before.';

COMMENT ON FUNCTION "private"."empreinte"() IS 'SHA-256 of every fact that two databases of one schema share: the same, they are at the same point. Owner only.';

COMMENT ON FUNCTION "private"."empreintes"() IS 'Every fact that two databases of one schema share, with its MD5. Owner only.';

COMMENT ON FUNCTION "private"."etat_scellement"() IS 'Last block, its hash and moment (null: none was ever written), how many lines wait for the next pass, and the oldest of them. Always one row.';

COMMENT ON FUNCTION "private"."etat_schema"() IS 'What this database is at: empreinte now; notee and nom, of the last state it was brought to; connues, every state it has been in; modifies, the objects changed since by other hands. Owner only.';

COMMENT ON FUNCTION "private"."exiger_actifs"(uuid, uuid, uuid, uuid, uuid) IS 'Refuses a new act that names what has been disabled; null is not looked at. Raises REFERENTIEL_INACTIF.';

COMMENT ON FUNCTION "private"."exiger_ajustable"(public.stocks_adjustments) IS 'Whether an adjustment that is written may move the stock: its movement keeps its sense, the stock of its owner stays at or above zero and within 0.5 to 1.5 litres at 15 °C for one measured. The caller has the lock. Raises INVALID_ID_OR_STATE, AJUSTEMENT_EXCESSIF, INSUFFICIENT_STOCK, FACTEUR_HORS_BORNES.';

COMMENT ON FUNCTION "private"."exiger_camion"(public.receptions, public.cours_de_route) IS 'Whether a truck (null: none) brings what is received, where and when it is. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE, RECEPTION_AVANT_CHARGEMENT.';

COMMENT ON FUNCTION "private"."exiger_camion_libre"(public.cours_de_route) IS 'Refuses a truck that is already on its way to this depot, by the letters and digits of its plate. The caller has reserved trucks. Raises CDR_DEJA_OUVERT.';

COMMENT ON FUNCTION "private"."exiger_contenance"(uuid, date, numeric) IS 'After litres came into a tank on a day, refuses where that day or a later one ends above what it can hold, all owners together, and names the first. The caller has the lock. Raises CITERNE_PLEINE.';

COMMENT ON FUNCTION "private"."exiger_disponible"(uuid, uuid, text, numeric, numeric, text) IS 'Refuses litres that the stock of a tank and owner does not have: at 15 °C, and by the method LEGACY as measured too. The caller has the lock. Raises SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, INSUFFICIENT_STOCK.';

COMMENT ON FUNCTION "private"."exiger_en_service"(uuid) IS 'Refuses a tank that has closed since it was read. The caller has the lock. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE.';

COMMENT ON FUNCTION "private"."exiger_facture_validable"(public.fournisseur_facture_lot_min, text) IS 'Its lot is closed, every truck in or excused, every gap treated, what it counts is what stands now; a reason where there were gaps. Raises LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, MOTIF_REQUIS.';

COMMENT ON FUNCTION "private"."exiger_lot_finance"(uuid) IS 'The lot, locked, of somebody who sees its money: who sees every depot, or one that a truck of it goes to. Raises INTROUVABLE.';

COMMENT ON FUNCTION "private"."exiger_motif"(text, integer) IS 'Refuses with MOTIF_REQUIS a reason shorter than p_minimum characters, or without words: fewer than three letters.';

COMMENT ON FUNCTION "private"."exiger_quatre_yeux"(uuid) IS 'Under the flag quatre_yeux_finance nobody decides on what they wrote themselves. Raises QUATRE_YEUX.';

COMMENT ON FUNCTION "private"."exiger_securite"(uuid, date, numeric) IS 'After litres left a tank on a day, refuses where that day or a later one ends below its security capacity, all owners together, and names the first: litres at 15 °C read at the temperature they left at where p_vcf, their correction factor, is given, else as measured; or where it has closed since it was read. The caller has the lock. Raises SORTIE_CAPACITE_SECURITE, CITERNE_INACTIVE_OR_INCOMPATIBLE.';

COMMENT ON FUNCTION "private"."exiger_solde"(public.fournisseur_facture_lot_min, numeric) IS 'An invoice is not paid beyond what is left of it; takes the mutex of the account. Raises PAIEMENT_EXCEDENTAIRE, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."exiger_version"(public.sorties_produit, integer) IS 'Refuses a draft, already locked, that is no longer the version which was read; null: whichever it is. Raises VERSION_PERIMEE.';

COMMENT ON FUNCTION "private"."facture_a_changer"(uuid, text[]) IS 'The invoice and its lot, locked, in one of these states. Raises INTROUVABLE, FACTURE_ETAT, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."facture_a_payer"(uuid) IS 'The invoice, locked: validated, and not disputed. Raises PAIEMENT_FACTURE_NON_VALIDEE, INTROUVABLE, FACTURE_ETAT, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."facture_en_20c"(public.fournisseur_facture_lot_min) IS 'Its quantity and price by litres at 20 °C, whatever base it is invoiced by, and its amount. Raises FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE.';

COMMENT ON FUNCTION "private"."facture_fournisseur_apres_insert"() IS 'Logs FACTURE_CREEE; under the flag facture_lot_directe_compat, calculates and validates at once. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LOT_EXISTANT, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, DEPOT_SANS_CODE, FACTURE_ETAT, FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE, LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, QUATRE_YEUX.';

COMMENT ON FUNCTION "private"."facture_fournisseur_avant_insert"() IS 'A supplier''s invoice begins as a draft, of a lot its author sees the money of; one live invoice a lot, one a number. Raises ROLE_FORBIDDEN, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, DATE_FUTURE, INTROUVABLE, FACTURE_EXISTANTE, FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE.';

COMMENT ON FUNCTION "private"."facture_fournisseur_figer"() IS 'What is validated keeps its figures: only a dispute still comes and goes. Raises ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."faire_avancer_alerte"(public.system_alerts, text) IS 'The alert a step further, in the caller''s name and now. Raises ALERTE_ETAT.';

COMMENT ON FUNCTION "private"."faits"() IS 'Every fact of the schemas public, private and astm, of what the project put beside them, and of the reference rows: objet, the name a person knows it by; parent, the object it goes with; fait, its properties; propre, true of a row that an environment may have of its own. Owner only.';

COMMENT ON FUNCTION "private"."faits_integrite"() IS 'What the checks find now, one row a key: the worst severity, and the payloads of all.';

COMMENT ON FUNCTION "private"."fermer_ecart_auto"(text, text, uuid, text) IS 'The system''s own gap is no more. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."fournisseur_lot_avant_ecriture"() IS 'A lot begins open and goes one step forward at a time; once closed only its note still changes; one that has trucks keeps its supplier and product; a new one names nothing disabled. Raises REFERENTIEL_INACTIF, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, LOT_EXISTANT.';

COMMENT ON FUNCTION "private"."fournisseur_lot_reserver"() IS 'A lot is changed and deleted by whoever keeps lots. Raises ROLE_FORBIDDEN.';

COMMENT ON FUNCTION "private"."fuseau_nomme"(text) IS 'Whether a time zone is one by its IANA name. PostgreSQL takes many another text for one: UTC+2 is four hours off what it looks like.';

COMMENT ON FUNCTION "private"."histoire_brouillon"(public.sorties_produit) IS 'Whose draft it is that is being decided: its version, who wrote it, who last changed it and when. Part of what the decision logs.';

COMMENT ON FUNCTION "private"."illisibles"() IS 'Characters that nobody sees, as a class of regular expressions: controls; marks that hide, or turn the direction of what follows; what stands for a byte that could not be read.';

COMMENT ON FUNCTION "private"."jours_citerne"(uuid, date) IS 'What a tank holds at the end of a day and of every later one that saw a movement, all owners together, litres as measured and at 15 °C. A day before any stock has no row.';

COMMENT ON FUNCTION "private"."lettrer"(uuid, uuid, numeric) IS 'Settles one entry by another of the same account and currency: never more than either. Raises LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."lieu"(uuid, uuid[]) IS 'The tank with all that its movements are measured by, among these depots; all null where it is not one of theirs. It keeps its product and depot while this transaction lasts.';

COMMENT ON FUNCTION "private"."lot_engage"(uuid) IS 'Whether a truck or an invoice refers to a lot.';

COMMENT ON FUNCTION "private"."masse_air_t"(numeric, numeric) IS 'Tonnes in air of litres at 15 °C, to the kilogram; null where the density (kg/m³) is not known. Inlined where it is used.';

COMMENT ON FUNCTION "private"."masse_vide_t"(numeric, numeric) IS 'Tonnes in vacuum of litres at 15 °C, to the kilogram; null where the density (kg/m³) is not known. Inlined where it is used.';

COMMENT ON FUNCTION "private"."mesures_proteger"() IS 'A zone decides days, a tolerance what is looked into: an act of its own, with the second factor where it is asked for. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."montant_lettre"(uuid) IS 'How much of an entry is settled, in its own currency.';

COMMENT ON FUNCTION "private"."mouvement_valide"(text, uuid, uuid) IS 'What a validated movement did to the stock: to that of p_citerne_id where a transfer is meant from that side. Needs no lock: it never changes. Raises INVALID_ID_OR_STATE.';

COMMENT ON FUNCTION "private"."mouvements_traces"() IS 'Rows that never change once written, and the action whose line of the log said them: one line a row, its details the whole row.';

COMMENT ON FUNCTION "private"."nom_lisible"(text) IS 'Whether a name is one, and has no letter of a script that looks like Latin: Greek, Cyrillic, Armenian, Cherokee.';

COMMENT ON FUNCTION "private"."noter_etat"(text) IS 'Last statement of whatever brings this database to a state: notes what it is at, under the name of the migration (p_nom). Gives the fingerprint. Owner only.';

COMMENT ON FUNCTION "private"."noter_evenement_alerte"() IS 'Every change of status is an event, and a line of the log.';

COMMENT ON FUNCTION "private"."noter_passage"(text, timestamp with time zone) IS 'A pass of the checks has ended.';

COMMENT ON FUNCTION "private"."nouveau_brouillon"(public.sorties_produit) IS 'A draft of the calling user, completed. Moves nothing. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, MESURES_INCOHERENTES.';

COMMENT ON FUNCTION "private"."numero_de_paiement"(uuid) IS 'The number of a payment that is confirmed. Raises DEPOT_SANS_CODE.';

COMMENT ON FUNCTION "private"."ouvrir_ecart"(public.ecarts) IS 'The system''s own gap of this kind on this document: opened, or opened again where its figures have changed since it was treated. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."paiement_a_changer"(uuid, text) IS 'The payment and its invoice, locked, in this state. Raises INTROUVABLE, FACTURE_ETAT, PAIEMENT_ETAT, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."paiement_fournisseur_apres_insert"() IS 'What the payment does to the account, where it is confirmed; logs PAIEMENT_ENREGISTRE and PAIEMENT_CONFIRME. Raises LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."paiement_fournisseur_avant_insert"() IS 'A payment of a validated invoice, not beyond what is left of it, not the same twice within two minutes (REST has no idempotency key). Raises ROLE_FORBIDDEN, INTROUVABLE, FACTURE_ETAT, PAIEMENT_FACTURE_NON_VALIDEE, DATE_FUTURE, PAIEMENT_ETAT, PAIEMENT_DOUBLE, PAIEMENT_EXCEDENTAIRE, DEPOT_SANS_CODE, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."passer_facture"(public.fournisseur_facture_lot_min, text) IS 'The invoice or credit note enters the supplier''s account and gets its number. Raises DEPOT_SANS_CODE, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."passer_paiement"(public.fournisseur_paiement_lot_min) IS 'A confirmed payment enters the account and settles its invoice. Raises LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."patience_scellement"() IS 'How long a line may wait for a pass, of which there is one a minute. What waits longer proves nothing.';

COMMENT ON FUNCTION "private"."plaque_lisible"(text) IS 'Whether a plate has Latin letters and digits only, and what may stand between them. Null for null.';

COMMENT ON FUNCTION "private"."poser_referentiels"() IS 'PROD''s depot, products and six tanks (litres), with their fixed ids, and no movement. What is already there stays as it is. Called by every reset and by the prod-like seed: in a database that says it is no PROD, or that says nothing and has nobody yet. Raises ENV_INTERDIT.';

COMMENT ON FUNCTION "private"."prendre_numero"(uuid, text, integer, uuid) IS 'The next number of a series, printed, for a document that this transaction issues; its row stays locked until the end, so it is taken last. Raises DEPOT_SANS_CODE.';

COMMENT ON FUNCTION "private"."preparer_profil"(text, text, uuid) IS 'Everything that could refuse a new profile, asked before an account is made for it. Returns the account this address already has, null where it has none. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, DEPOT_REQUIS, INTROUVABLE, REFERENTIEL_INACTIF, PROFIL_EXISTANT.';

COMMENT ON FUNCTION "private"."preparer_validation"(public.sorties_produit, uuid, private.lieu) IS 'A draft as it is to be written once validated: checks everything but role, state and stock, computes its volumes; without a density of its own, that of its tank serves. Moves nothing. Raises BENEFICIAIRE_REQUIRED, PARTENAIRE_REQUIS, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, DATE_FUTURE, and what private.volume_mesure and private.volume_15c raise.';

COMMENT ON FUNCTION "private"."prises_de_hauteur_avant_insert"() IS 'Notes beside the dip what the books say now, and the tolerance that judges it. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE.';

COMMENT ON FUNCTION "private"."profils_avant_ecriture"() IS 'A profile keeps its account for good; nobody changes their own role, depot or habilitations, nor shuts themselves out; gerant, operateur and lecture have a depot; nobody comes to one that is disabled. Says itself when and by whom somebody was shut out. Raises ECRITURE_INTERDITE, DEPOT_REQUIS, REFERENTIEL_INACTIF, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."quantites_reception"(uuid) IS 'What is left of a réception after its adjustments, in every base it may be bought by.';

COMMENT ON FUNCTION "private"."rapprochement"(numeric, numeric) IS 'OK, TOLERE or LITIGE: litres received against litres invoiced, within half a litre, or 50 L (or the setting facture_tolerance_pour_mille of what is invoiced).';

COMMENT ON FUNCTION "private"."receptions_a_facturer"(uuid, uuid) IS 'What the lot''s trucks brought of Monaluxe''s fuel, as it stands now, and no other invoice counts.';

COMMENT ON FUNCTION "private"."receptions_apres_insert"() IS 'Takes the trucks, then the tanks. Each réception of the statement: credits the stock, on every day the tank has room; logs RECEPTION_CREEE. Last, closes each CDR, once: one truck may fill several tanks, in one act, and none of them twice. Raises CDR_NON_ARRIVE, RECEPTION_AVANT_CHARGEMENT, REFERENTIEL_INACTIF, CITERNE_INACTIVE_OR_INCOMPATIBLE, CITERNE_PLEINE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."receptions_avant_insert"() IS 'Checks and completes a réception, in the order a clerk would: role, CDR, tank, owner, day, volume, volume at 15 °C. Raises ROLE_FORBIDDEN, CDR_REQUIS, INTROUVABLE, CDR_NON_ARRIVE, CITERNE_INACTIVE_OR_INCOMPATIBLE, PARTENAIRE_REQUIS, REFERENTIEL_INACTIF, DATE_FUTURE, RECEPTION_AVANT_CHARGEMENT, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, MESURES_INCOHERENTES, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, DENSITE_OBSERVEE_REQUISE, DENSITE_HORS_PRODUIT, ASTM_HORS_DOMAINE, VOLUME_15C_INCOHERENT, VOLUME_TROP_PETIT.';

COMMENT ON FUNCTION "private"."recu_de_facture"(uuid) IS 'What an invoice counts: réceptions, litres at 15 and at 20 °C; of a draft, what its lot has brought so far.';

COMMENT ON FUNCTION "private"."referentiels"() IS 'Tables whose rows come with the schema: nom; cle, what a row is called by; sans, columns that are never compared; propre, true where an environment may have rows of its own, false where the rows of schemas/donnees are all there are.';

COMMENT ON FUNCTION "private"."refuser_valeur"(text, text) IS 'For a check, where its condition does not hold: refuses the value of a column in words, without repeating it. Raises TEXTE_ILLISIBLE, NOM_INVALIDE, PLAQUE_INVALIDE, DATE_IMPOSSIBLE, FUSEAU_INCONNU.';

COMMENT ON FUNCTION "private"."regle_de_facture"(uuid) IS 'USD settled of an invoice, credit notes counted.';

COMMENT ON FUNCTION "private"."rejeter_sortie"(uuid, text, integer) IS 'What rejeter_sortie and rejeter_sortie_lue do. p_version: the draft''s version that was read; null: whichever it has. Raises what they raise.';

COMMENT ON FUNCTION "private"."reprendre_reponse"(text, text, jsonb) IS 'Reserves a key for this request and returns no row, or returns the answer it was already given, to a person who may still do and see all that they could then, in a session as well proved; a refusal only while their rights are the same. p_demande: method, path and version read. Raises IDEMPOTENCE_CONFLIT, ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."reserver_camions"() IS 'Makes two statements that open a truck, or change its plate, queue: the second reads what the first wrote.';

COMMENT ON FUNCTION "private"."reste_du_mouvement"(text, uuid, uuid) IS 'What a movement comes to with all its adjustments so far; asked under the lock of its tank. Raises INVALID_ID_OR_STATE.';

COMMENT ON FUNCTION "private"."sceller_journal"() IS 'Seals every line of the log that is in no block yet; answers how many. Waits up to 30 s for a pass that is still open, then fails with 55P03. Slows no writer down: takes no lock that one waits for. Raises ISOLATION_INTERDITE outside read committed.';

COMMENT ON FUNCTION "private"."snapshot_facture_figer"() IS 'What a validated invoice counts stays as it was. Raises ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."sortie_entiere"(text, text, numeric, numeric, numeric, text, uuid, uuid, uuid, text, text, text, text, text, text) IS 'For the check of a sortie: a known state and owner; texts of a page at most that people can read, plates too; once validated, both volumes, the method, who validated it and for whom it is. Raises 23514 naming the text that is too long; TEXTE_ILLISIBLE, PLAQUE_INVALIDE.';

COMMENT ON FUNCTION "private"."sorties_avant_insert"() IS 'Completes a draft: tank the caller sees, columns of the server. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, MESURES_INCOHERENTES, SORTIE_VALIDATION_DIRECTE_INTERDITE.';

COMMENT ON FUNCTION "private"."stocks_adjustments_apres_insert"() IS 'Each adjustment of the statement, under the lock of its tank: moves the stock where it may, within the bounds of the tank; logs STOCK_AJUSTE, RECEPTION_COMPENSEE or SORTIE_COMPENSEE as CRITICAL. Then the other half of those of a transfer. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, MOTIF_REQUIS, AJUSTEMENT_INCOMPLET, INVALID_ID_OR_STATE, AJUSTEMENT_EXCESSIF, INSUFFICIENT_STOCK, FACTEUR_HORS_BORNES, CITERNE_PLEINE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."stocks_adjustments_avant_insert"() IS 'An admin, a reason, both volumes, a validated movement. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, MOTIF_REQUIS, AJUSTEMENT_INCOMPLET, INVALID_ID_OR_STATE.';

COMMENT ON FUNCTION "private"."surveiller"() IS 'Everything to be done every minute: the alerts, and once a night the whole proof. Run again, or twice at once, it does no harm.';

COMMENT ON FUNCTION "private"."system_alerts_avant_update"() IS 'A person moves an alert''s status, one way, and nothing else of it; who and when are written here. Raises ROLE_FORBIDDEN, ALERTE_ETAT.';

COMMENT ON FUNCTION "private"."tableau"(uuid, text) IS 'The board of a depot as the caller may see it (one''s own, or the first, where none is named): tanks, trucks, the day so far, the last movements; litres. Null where p_connue is already its version. Raises INTROUVABLE.';

COMMENT ON FUNCTION "private"."tableau_camions"(uuid) IS 'Trucks on their way to a depot, nearest first; litres as announced.';

COMMENT ON FUNCTION "private"."tableau_citernes"(uuid) IS 'Tanks of a depot with their limits and stock, by owner too, litres; an inactive one only while it holds something.';

COMMENT ON FUNCTION "private"."tableau_jour"(uuid, date) IS 'What each tank of a depot held when the day began, and how that changed since, by the hour; ambient litres, by tank.';

COMMENT ON FUNCTION "private"."tableau_mouvements"(uuid, integer) IS 'The last movements of stock of a depot, latest first, litres, negative out: so many of them.';

COMMENT ON FUNCTION "private"."texte_lisible"(text, boolean) IS 'Whether a text holds nothing but what people see: no control, invisible or direction character, in a log, a terminal or a report; line breaks and tabs where p_lignes. Null for null.';

COMMENT ON FUNCTION "private"."tracer_validation"(public.sorties_produit, text[]) IS 'Logs what was done to a sortie that is now validated: each line says the whole row, with who wrote the draft, who last changed it and when.';

COMMENT ON FUNCTION "private"."transferts_apres_insert"() IS 'Takes from one tank and gives to the other, or neither; logs TRANSFERT_CREE. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE, SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, INSUFFICIENT_STOCK, SORTIE_CAPACITE_SECURITE, CITERNE_PLEINE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."verifier_comptes"() IS 'Entries settled for more than they are, and reversals that are not the opposite of theirs: no row, all is well.';

COMMENT ON FUNCTION "private"."verifier_series"() IS 'Series whose numbers issued and explained holes are not 1 to the last: no row, no gap.';

COMMENT ON FUNCTION "private"."verrouiller_camions"(uuid[]) IS 'Takes the trucks of a statement, and asks each again whether it may be received: another may just have been quicker. Raises CDR_NON_ARRIVE.';

COMMENT ON FUNCTION "private"."verrouiller_tiers"(text, uuid[]) IS 'Takes the mutex of these accounts until the transaction ends, in one order, after the rows of the documents and before the tanks. Raises ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."volume_15c"(private.mesures, private.lieu) IS 'Litres at 15 °C of a measured volume, by the way that flag astm_53b sets for this user at this depot; where the tank''s density served, its warnings say so (DENSITE_CITERNE). Raises TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, and what private.volume_15c_norme or private.volume_15c_historique raises.';

COMMENT ON FUNCTION "private"."volume_20c"(numeric, numeric, text, text, numeric) IS 'Litres at 20 °C of litres at 15 °C, to the millilitre: divided by the standard''s factor of this density (kg/m³) at 20 °C; without a density, by the product''s old coefficient.';

COMMENT ON FUNCTION "public"."acquitter_alerte"(uuid, text) IS 'Somebody takes an alert on (admin, directeur). Raises ROLE_FORBIDDEN, INTROUVABLE, ALERTE_ETAT.';

COMMENT ON FUNCTION "public"."admin_compensate_reception"(uuid, text) IS 'Takes back what is left of what a réception credited (admin, reason of 10 characters or more). See private.compenser. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, AJUSTEMENT_INCOMPLET, AJUSTEMENT_EXCESSIF, INSUFFICIENT_STOCK, FACTEUR_HORS_BORNES, CITERNE_PLEINE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, MOTIF_REQUIS, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."admin_compensate_sortie"(uuid, text) IS 'Gives back what is left of what a sortie debited (admin, reason of 10 characters or more). See private.compenser. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, AJUSTEMENT_INCOMPLET, AJUSTEMENT_EXCESSIF, INSUFFICIENT_STOCK, FACTEUR_HORS_BORNES, CITERNE_PLEINE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, MOTIF_REQUIS, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."annuler_cours_de_route"(uuid, text) IS 'Closes a truck that will never come, with the reason (admin, directeur, gerant). Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, MOTIF_REQUIS, INTROUVABLE, CDR_TRANSITION_INTERDITE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."annuler_facture_fournisseur"(uuid, text) IS 'A draft or calculated invoice is none; its number may be used again. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, FACTURE_ETAT.';

COMMENT ON FUNCTION "public"."annuler_paiement"(uuid, text) IS 'A confirmed payment is taken back (admin): its invoice is owed again. Logged CRITICAL. Raises ROLE_FORBIDDEN, MOTIF_REQUIS, INTROUVABLE, FACTURE_ETAT, PAIEMENT_ETAT, ECRITURE_CONTREPASSEE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."avancer_serie"(uuid, text, integer, bigint, text) IS 'After a restore from an older backup: moves a series past the highest number known on paper, and writes the hole with its reason (admin; a null depot: the company). Logged CRITICAL. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, MOTIF_REQUIS, DEPOT_SANS_CODE, INTROUVABLE, SERIE_AVANCEE.';

COMMENT ON FUNCTION "public"."calculer_facture_fournisseur"(uuid) IS 'Counts what the lot''s trucks brought and compares it with what is invoiced; again and again until it is validated. Beyond tolerance it opens a gap. Raises ROLE_FORBIDDEN, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ECRITURES_GELEES, FACTURE_ETAT, FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE.';

COMMENT ON FUNCTION "public"."changer_statut_cours_de_route"(uuid, text) IS 'Moves a CDR one step. Raises ROLE_FORBIDDEN, INTROUVABLE, REFERENTIEL_INACTIF, CDR_TRANSITION_INTERDITE, ECRITURE_INTERDITE, ISOLATION_INTERDITE, ECRITURES_GELEES, MOTIF_REQUIS.';

COMMENT ON FUNCTION "public"."compute_volume_20c_from_reception"(uuid) IS 'Litres at 20 °C of a réception that the caller sees. Raises INTROUVABLE.';

COMMENT ON FUNCTION "public"."confirmer_paiement"(uuid) IS 'The bank has paid what was waiting. Raises ROLE_FORBIDDEN, INTROUVABLE, FACTURE_ETAT, PAIEMENT_ETAT, PAIEMENT_FACTURE_NON_VALIDEE, PAIEMENT_EXCEDENTAIRE, DEPOT_SANS_CODE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."contester_facture_fournisseur"(uuid, boolean, text) IS 'Opens (true) or closes (false) a dispute on an invoice: nothing is paid on it meanwhile. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, FACTURE_ETAT.';

COMMENT ON FUNCTION "public"."declarer_stock_initial"(uuid, text, numeric, numeric, text, date) IS 'Declares what a tank held for an owner before its first movement (admin, once, reason of 10 characters or more); litres as measured and at 15 °C. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, MOTIF_REQUIS, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, VOLUME_AMBIANT_NON_POSITIF, DATE_FUTURE, CITERNE_PLEINE, INVALID_ID_OR_STATE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."enregistrer_avoir_fournisseur"(uuid, text, date, numeric, text) IS 'The supplier takes back a part of a validated invoice, at most the whole: settles it as a payment does; what is paid already stays to their credit. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES, LOT_EXISTANT, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, FACTURE_ETAT, FACTURE_EXISTANTE, FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE, LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, AVOIR_EXCESSIF, QUATRE_YEUX.';

COMMENT ON FUNCTION "public"."rejeter_sortie_lue"(uuid, text, integer) IS 'Rejects a draft as it was read: rejeter_sortie, but refused with VERSION_PERIMEE where its version is no longer p_version. Raises ROLE_FORBIDDEN, MOTIF_REQUIS, INVALID_ID_OR_STATE, VERSION_PERIMEE, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."releve_tiers"(text, uuid, text, date, date, timestamp with time zone) IS 'Statement of an account: the balance before p_du, then each entry with the balance after it, as it was known at p_connu_a (what was written later is not in it). Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "public"."resoudre_alerte"(uuid, text) IS 'Somebody says an alert is settled (admin, directeur). Raises ROLE_FORBIDDEN, INTROUVABLE, ALERTE_ETAT.';

COMMENT ON FUNCTION "public"."revoir_ecart"(uuid) IS 'Somebody looks into a gap (operateur too). Raises ROLE_FORBIDDEN, INTROUVABLE, ECART_ETAT, ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "public"."sorties_produit_block_update_delete"() IS 'Refuses every update, delete and truncate of a sortie (ECRITURE_INTERDITE), except completing a draft, by its author or a validator, which counts its version up; or the table''s owner in a transaction with app.sorties_produit_allow_write = 1. Raises ECRITURE_INTERDITE, ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF.';

COMMENT ON FUNCTION "public"."sync_system_alerts_from_integrity"(integer) IS 'What the checks find becomes alerts: new ones open, those gone are resolved, those back open again; p_limit at most, the worst first. One at a time, and without effect where nothing has changed (admin, directeur; every minute by itself). Raises ROLE_FORBIDDEN.';

COMMENT ON FUNCTION "public"."traiter_ecart"(uuid, text, text, text, numeric) IS 'Says what a gap is and what becomes of it (admin, directeur, gerant of its depot, or finance; ANNULER: admin); LITIGE leaves it open. Raises ROLE_FORBIDDEN, MOTIF_REQUIS, INTROUVABLE, ECART_ETAT, QUATRE_YEUX, ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "public"."validate_sortie"(uuid) IS 'Validates a draft (admin, directeur, gerant): locks it and the tank, checks everything, debits snapshot and days, logs SORTIE_VALIDEE. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, BENEFICIAIRE_REQUIRED, PARTENAIRE_REQUIS, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, DATE_FUTURE, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, MESURES_INCOHERENTES, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, DENSITE_OBSERVEE_REQUISE, DENSITE_HORS_PRODUIT, ASTM_HORS_DOMAINE, VOLUME_15C_INCOHERENT, VOLUME_TROP_PETIT, SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, INSUFFICIENT_STOCK, SORTIE_CAPACITE_SECURITE, STOCK_FUTUR_NEGATIF, ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "public"."valider_facture_fournisseur"(uuid, text) IS 'The invoice becomes a debt, and its closed lot invoiced. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LOT_EXISTANT, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, DEPOT_SANS_CODE, FACTURE_ETAT, LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, QUATRE_YEUX.';

COMMENT ON FUNCTION "public"."verifier_journal"(bigint, text) IS 'Every sign that the log was tampered with, or could be unseen (admin, directeur); no row: none. probleme: LIGNE_ALTEREE, LIGNE_SUPPRIMEE, LIGNE_INSEREE (ligne_id says which, constat what it is now), BLOC_ALTERE, BLOC_SUPPRIME, CHAINE_ROMPUE; and that it is not sealed as it should be: JAMAIS_SCELLE, SCELLEMENT_EN_RETARD (lines that wait for longer than private.patience_scellement; constat how many, since when). With a head noted elsewhere (number and hash of a block, see tete_journal), also whether that block is still in the chain: BLOC_SUPPRIME, CHAINE_REFAITE (constat says of a restore since, from what and why). Raises ROLE_FORBIDDEN.';

COMMENT ON FUNCTION "public"."verifier_mouvements"() IS 'Every movement and dip that no longer says what its line of the log said when it was validated, among what the caller sees (admin, directeur, pca; gerant: their depot); no row: none. probleme: MOUVEMENT_ALTERE (constat: each column, what the line said and what the row is), SANS_LIGNE (validated without a line), SANS_MOUVEMENT (a line whose row is gone), PLUSIEURS_LIGNES. The lines themselves are proved by verifier_journal. Raises ROLE_FORBIDDEN.';

COMMENT ON FUNCTION "public"."verifier_stocks"() IS 'Every disagreement between movements, snapshot, journal and adjustments, among what the caller sees; no row: all is well. Litres. CITERNE: a movement or a stock says another product or depot than its tank.';

COMMENT ON TABLE "private"."constats" IS 'What the last nightly pass found.';

COMMENT ON TABLE "private"."controles" IS 'The checks. An environment may switch one off, or set its threshold.';

COMMENT ON TABLE "private"."etats_schema" IS 'States this database has been brought to, one row each: the last noted is the one it should still be in.';

COMMENT ON TABLE "private"."lettrages" IS 'Which debit settles which credit, and of how much. Taken back by the opposite row (annule_id). Immutable.';

COMMENT ON TABLE "private"."numeros" IS 'Every number issued, and the document that has it. Immutable.';

COMMENT ON TABLE "private"."passages" IS 'When each pass of the checks last ended, and how long it took.';

COMMENT ON TABLE "private"."series" IS 'Last number issued of each series, a depot and a year.';

COMMENT ON TABLE "private"."series_trous" IS 'Numbers, from de to a, that this database has no document for, and why: those printed before it was restored from an older backup. Immutable.';

COMMENT ON TABLE "public"."alertes_evenements" IS 'What happened to each alert, in order. Append-only.';

COMMENT ON TABLE "public"."citernes" IS 'A tank. It holds one product; its stock is split by owner. Whatever refers to a tank says its product and depot with it, by one key: neither changes once the tank has served.';

COMMENT ON TABLE "public"."dilatations" IS 'Litres as measured that a tank''s fuel gained (negative: lost) by its temperature, booked with the movement that showed it; no litre at 15 °C moves. Written by private.debiter_citerne only. Immutable.';

COMMENT ON TABLE "public"."ecarts" IS 'Gaps between what was expected and what was found. Never deleted.';

COMMENT ON TABLE "public"."ecritures_tiers" IS 'Accounts of third parties, entry by entry. Written by the rules only; immutable. Of a supplier credit is what we owe, of a client debit is what is owed to us.';

COMMENT ON TABLE "public"."factures_fournisseur_receptions" IS 'What an invoice counts of each réception, as it was when it was calculated: each in one live invoice at most. Frozen with it.';

COMMENT ON TABLE "public"."fournisseur_facture_lot_min" IS 'Invoices and credit notes of suppliers, in USD, one live invoice a lot. Written by the client as a draft; frozen once validated.';

COMMENT ON TABLE "public"."fournisseur_paiement_lot_min" IS 'Payments of suppliers'' invoices, USD. One that the client inserts is confirmed at once; taken back only by its reversal.';

COMMENT ON TABLE "public"."system_alerts" IS 'One row a fact that a check found, for good: opened, acknowledged, resolved, opened again. Written by the passes; people move its status only.';

COMMENT ON TYPE "private"."acteur" IS 'Who is asking, their role, the depots they see and what they may do beside. All null for a user without a profile or deactivated, and for no user.';

COMMENT ON TYPE "private"."quantites" IS 'Litres at 15 and 20 °C, density at 15 °C (kg/m³) and tonnes in air of the same fuel; the last two null where no density is known.';

COMMENT ON VIEW "public"."v_compte_fournisseur" IS 'What we owe each supplier, for who reads accounts.';

COMMENT ON VIEW "public"."v_ecarts_inventaire" IS 'Each dip beside the books of its moment: gap in litres and thousandths, and whether it is beyond the tolerance of its day.';

COMMENT ON VIEW "public"."v_etat_citernes" IS 'Each tank as it is now, all owners together: litres as measured and at 15 °C, density at 15 °C of the mix (kg/m³) and the tonnes it makes, temperature (°C) and day of the last movement that read one, last dip.';

COMMENT ON VIEW "public"."v_fournisseurs" IS 'Suppliers whole: contact, address and notes too (admin, directeur, gerant, pca). Everybody reads id and nom in fournisseurs.';

COMMENT ON VIEW "public"."v_reception_20c" IS 'Each réception with its adjustments: litres at 15 and 20 °C, tonnes in air.';

COMMENT ON VIEW "public"."v_receptions" IS 'Réceptions with their mass in tonnes: in vacuum, and in air as a weighbridge shows it.';

COMMENT ON VIEW "public"."v_soldes_tiers" IS 'Balance of each account and currency: of a client what is owed to us, of a supplier what we owe.';

COMMENT ON VIEW "public"."v_sorties" IS 'Sorties with their mass in tonnes once validated, and the litres as measured that were booked with them because the fuel left at another temperature than it came (dilatations).';

COMMENT ON VIEW "public"."v_transferts" IS 'Transfers with their mass in tonnes, and what was booked with them in the tank they left because the fuel had another temperature than it came with (dilatations).';

REVOKE ALL ON FUNCTION "astm"."comparer"(text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "astm"."comparer"(text, text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "astm"."convertir"(double precision, text, text, double precision, double precision, double precision, double precision, double precision, double precision, text, boolean, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "astm"."convertir"(double precision, text, text, double precision, double precision, double precision, double precision, double precision, double precision, text, boolean, boolean) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."acteur_peut"(private.acteur, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."acteur_peut"(private.acteur, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ambiant_disponible"(uuid, uuid, text, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ambiant_disponible"(uuid, uuid, text, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."arrive_depuis"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."arrive_depuis"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."attendre_tiers"(text, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."attendre_tiers"(text, uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."avant_requete"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."avant_requete"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."borne_scellement"(private.blocs_journal) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."borne_scellement"(private.blocs_journal) TO "postgres";

REVOKE ALL ON FUNCTION "private"."borner_lignes"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."borner_lignes"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."citerne_a_servi"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."citerne_a_servi"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."citerne_fantome"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."citerne_fantome"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."citernes_avant_ecriture"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."citernes_avant_ecriture"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."cle_au_depot"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."cle_au_depot"(uuid, text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."cle_nom"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."cle_nom"(text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."cle_plaque"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."cle_plaque"(text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."code_emetteur"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."code_emetteur"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."compter_mouvements"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."compter_mouvements"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."constats_vus"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."constats_vus"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."contrepasser"(uuid, date, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."contrepasser"(uuid, date, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."controle"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controle"(text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."controler_tout"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controler_tout"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."date_de_document"(date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."date_de_document"(date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."date_possible"(timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."date_possible"(timestamp with time zone) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."date_possible"(date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."date_possible"(date) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."debiter_citerne"(text, uuid, uuid, uuid, uuid, text, date, numeric, numeric, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."debiter_citerne"(text, uuid, uuid, uuid, uuid, text, date, numeric, numeric, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."debiter_sortie"(public.sorties_produit) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."debiter_sortie"(public.sorties_produit) TO "postgres";

REVOKE ALL ON FUNCTION "private"."deplacer_alerte"(uuid, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."deplacer_alerte"(uuid, text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."dilater"(text, uuid, uuid, uuid, uuid, text, date, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dilater"(text, uuid, uuid, uuid, uuid, text, date, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecart_a_traiter"(uuid, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecart_a_traiter"(uuid, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecrire_compte"(public.ecritures_tiers) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecrire_compte"(public.ecritures_tiers) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecriture_de_facture"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecriture_de_facture"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."empreinte"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."empreinte"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."empreintes"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."empreintes"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."etat_scellement"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."etat_scellement"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."etat_schema"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."etat_schema"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_actifs"(uuid, uuid, uuid, uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_actifs"(uuid, uuid, uuid, uuid, uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."exiger_ajustable"(public.stocks_adjustments) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_ajustable"(public.stocks_adjustments) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_camion"(public.receptions, public.cours_de_route) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_camion"(public.receptions, public.cours_de_route) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_camion_libre"(public.cours_de_route) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_camion_libre"(public.cours_de_route) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_contenance"(uuid, date, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_contenance"(uuid, date, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_disponible"(uuid, uuid, text, numeric, numeric, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_disponible"(uuid, uuid, text, numeric, numeric, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_en_service"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_en_service"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_facture_validable"(public.fournisseur_facture_lot_min, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_facture_validable"(public.fournisseur_facture_lot_min, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_lot_finance"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_lot_finance"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_quatre_yeux"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_quatre_yeux"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_securite"(uuid, date, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_securite"(uuid, date, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_solde"(public.fournisseur_facture_lot_min, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_solde"(public.fournisseur_facture_lot_min, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_version"(public.sorties_produit, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_version"(public.sorties_produit, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."facture_a_changer"(uuid, text[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facture_a_changer"(uuid, text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."facture_a_payer"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facture_a_payer"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."facture_en_20c"(public.fournisseur_facture_lot_min) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facture_en_20c"(public.fournisseur_facture_lot_min) TO "postgres";

REVOKE ALL ON FUNCTION "private"."facture_fournisseur_apres_insert"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facture_fournisseur_apres_insert"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."facture_fournisseur_avant_insert"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facture_fournisseur_avant_insert"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."facture_fournisseur_figer"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facture_fournisseur_figer"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."faire_avancer_alerte"(public.system_alerts, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."faire_avancer_alerte"(public.system_alerts, text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."faits"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."faits"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."faits_integrite"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."faits_integrite"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."fermer_ecart_auto"(text, text, uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."fermer_ecart_auto"(text, text, uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."fournisseur_lot_reserver"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."fournisseur_lot_reserver"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."fuseau_nomme"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."fuseau_nomme"(text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."histoire_brouillon"(public.sorties_produit) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."histoire_brouillon"(public.sorties_produit) TO "postgres";

REVOKE ALL ON FUNCTION "private"."illisibles"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."illisibles"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."jours_citerne"(uuid, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."jours_citerne"(uuid, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lettrer"(uuid, uuid, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lettrer"(uuid, uuid, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lot_engage"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lot_engage"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."masse_air_t"(numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."masse_air_t"(numeric, numeric) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."masse_vide_t"(numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."masse_vide_t"(numeric, numeric) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."mesures_proteger"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesures_proteger"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."montant_lettre"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."montant_lettre"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."mouvement_valide"(text, uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mouvement_valide"(text, uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mouvements_traces"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mouvements_traces"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."nom_lisible"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."nom_lisible"(text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."noter_etat"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_etat"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."noter_evenement_alerte"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_evenement_alerte"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."noter_passage"(text, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_passage"(text, timestamp with time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."numero_de_paiement"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."numero_de_paiement"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ouvrir_ecart"(public.ecarts) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ouvrir_ecart"(public.ecarts) TO "postgres";

REVOKE ALL ON FUNCTION "private"."paiement_a_changer"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."paiement_a_changer"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."paiement_fournisseur_apres_insert"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."paiement_fournisseur_apres_insert"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."paiement_fournisseur_avant_insert"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."paiement_fournisseur_avant_insert"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."passer_facture"(public.fournisseur_facture_lot_min, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."passer_facture"(public.fournisseur_facture_lot_min, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."passer_paiement"(public.fournisseur_paiement_lot_min) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."passer_paiement"(public.fournisseur_paiement_lot_min) TO "postgres";

REVOKE ALL ON FUNCTION "private"."patience_scellement"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."patience_scellement"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."plaque_lisible"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."plaque_lisible"(text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."prendre_numero"(uuid, text, integer, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."prendre_numero"(uuid, text, integer, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."quantites_reception"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."quantites_reception"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."rapprochement"(numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rapprochement"(numeric, numeric) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."receptions_a_facturer"(uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."receptions_a_facturer"(uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."recu_de_facture"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."recu_de_facture"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."referentiels"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."referentiels"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."refuser_valeur"(text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."refuser_valeur"(text, text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."regle_de_facture"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."regle_de_facture"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."rejeter_sortie"(uuid, text, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rejeter_sortie"(uuid, text, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."reserver_camions"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."reserver_camions"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."reste_du_mouvement"(text, uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."reste_du_mouvement"(text, uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."snapshot_facture_figer"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."snapshot_facture_figer"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."surveiller"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."surveiller"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."system_alerts_avant_update"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."system_alerts_avant_update"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."tableau"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."tableau"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."tableau_camions"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."tableau_camions"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."tableau_citernes"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."tableau_citernes"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."tableau_jour"(uuid, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."tableau_jour"(uuid, date) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."tableau_mouvements"(uuid, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."tableau_mouvements"(uuid, integer) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."texte_lisible"(text, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."texte_lisible"(text, boolean) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."verifier_comptes"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."verifier_comptes"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."verifier_series"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."verifier_series"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."verrouiller_camions"(uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."verrouiller_camions"(uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."verrouiller_tiers"(text, uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."verrouiller_tiers"(text, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."volume_20c"(numeric, numeric, text, text, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."volume_20c"(numeric, numeric, text, text, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "public"."acquitter_alerte"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."acquitter_alerte"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."annuler_facture_fournisseur"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."annuler_facture_fournisseur"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."annuler_paiement"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."annuler_paiement"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."avancer_serie"(uuid, text, integer, bigint, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."avancer_serie"(uuid, text, integer, bigint, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."calculer_facture_fournisseur"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."calculer_facture_fournisseur"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."compute_volume_20c_from_reception"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."compute_volume_20c_from_reception"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "public"."confirmer_paiement"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."confirmer_paiement"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."contester_facture_fournisseur"(uuid, boolean, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."contester_facture_fournisseur"(uuid, boolean, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."enregistrer_avoir_fournisseur"(uuid, text, date, numeric, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."enregistrer_avoir_fournisseur"(uuid, text, date, numeric, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."rejeter_sortie_lue"(uuid, text, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."rejeter_sortie_lue"(uuid, text, integer) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."releve_tiers"(text, uuid, text, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."releve_tiers"(text, uuid, text, date, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."resoudre_alerte"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."resoudre_alerte"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."revoir_ecart"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."revoir_ecart"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."sync_system_alerts_from_integrity"(integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."sync_system_alerts_from_integrity"(integer) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "public"."traiter_ecart"(uuid, text, text, text, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."traiter_ecart"(uuid, text, text, text, numeric) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."valider_facture_fournisseur"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."valider_facture_fournisseur"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."verifier_mouvements"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."verifier_mouvements"() TO "authenticated", "postgres", "service_role";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."constats" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."controles" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."etats_schema" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."lettrages" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."numeros" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."passages" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."series" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."series_trous" TO "postgres";

GRANT SELECT ON TABLE "public"."alertes_evenements" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."alertes_evenements" TO "postgres";

GRANT SELECT ON TABLE "public"."alertes_evenements" TO "service_role";

GRANT SELECT ON TABLE "public"."dilatations" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."dilatations" TO "postgres";

GRANT SELECT ON TABLE "public"."dilatations" TO "service_role";

GRANT SELECT ON TABLE "public"."ecarts" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."ecarts" TO "postgres";

GRANT SELECT ON TABLE "public"."ecarts" TO "service_role";

GRANT SELECT ON TABLE "public"."ecritures_tiers" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."ecritures_tiers" TO "postgres";

GRANT SELECT ON TABLE "public"."ecritures_tiers" TO "service_role";

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

GRANT UPDATE ("acknowledged_at") ON TABLE "public"."system_alerts" TO "authenticated";

GRANT UPDATE ("acknowledged_by") ON TABLE "public"."system_alerts" TO "authenticated";

GRANT UPDATE ("resolved_at") ON TABLE "public"."system_alerts" TO "authenticated";

GRANT UPDATE ("resolved_by") ON TABLE "public"."system_alerts" TO "authenticated";

GRANT UPDATE ("status") ON TABLE "public"."system_alerts" TO "authenticated";

GRANT SELECT ON TABLE "public"."system_alerts" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."system_alerts" TO "postgres";

GRANT SELECT ON TABLE "public"."system_alerts" TO "service_role";

GRANT USAGE ON TYPE "private"."quantites" TO "postgres";

GRANT SELECT ON TABLE "public"."v_compte_fournisseur" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_compte_fournisseur" TO "postgres";

GRANT SELECT ON TABLE "public"."v_compte_fournisseur" TO "service_role";

GRANT SELECT ON TABLE "public"."v_ecarts_inventaire" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_ecarts_inventaire" TO "postgres";

GRANT SELECT ON TABLE "public"."v_ecarts_inventaire" TO "service_role";

GRANT SELECT ON TABLE "public"."v_etat_citernes" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_etat_citernes" TO "postgres";

GRANT SELECT ON TABLE "public"."v_etat_citernes" TO "service_role";

GRANT SELECT ON TABLE "public"."v_fournisseurs" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_fournisseurs" TO "postgres";

GRANT SELECT ON TABLE "public"."v_fournisseurs" TO "service_role";

GRANT SELECT ON TABLE "public"."v_reception_20c" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_reception_20c" TO "postgres";

GRANT SELECT ON TABLE "public"."v_reception_20c" TO "service_role";

GRANT SELECT ON TABLE "public"."v_receptions" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_receptions" TO "postgres";

GRANT SELECT ON TABLE "public"."v_receptions" TO "service_role";

GRANT SELECT ON TABLE "public"."v_soldes_tiers" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_soldes_tiers" TO "postgres";

GRANT SELECT ON TABLE "public"."v_soldes_tiers" TO "service_role";

GRANT SELECT ON TABLE "public"."v_sorties" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_sorties" TO "postgres";

GRANT SELECT ON TABLE "public"."v_sorties" TO "service_role";

GRANT SELECT ON TABLE "public"."v_transferts" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_transferts" TO "postgres";

GRANT SELECT ON TABLE "public"."v_transferts" TO "service_role";

ALTER TABLE "private"."lettrages" ADD CONSTRAINT "lettrages_annule_id_fkey" FOREIGN KEY (annule_id) REFERENCES private.lettrages(id);

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
            0 AS delta_15c,
            'DILATATION'::text AS mouvement_type,
            d.id,
            d.created_at,
            'validee'::text AS statut,
            NULL::numeric AS densite_a_15_kgm3
           FROM public.dilatations d) m
  WHERE (statut = 'validee'::text);;

CREATE INDEX dilatations_page_idx ON public.dilatations USING btree (date_jour DESC, id DESC);

COMMENT ON VIEW "public"."v_mouvements_stock" IS 'Everything that ever moved stock, litres, negative out. Its sum is the stock, to the millilitre. Tonnes beside them where a density is known.';

GRANT SELECT ON TABLE "public"."v_mouvements_stock" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_mouvements_stock" TO "postgres";

GRANT SELECT ON TABLE "public"."v_mouvements_stock" TO "service_role";

CREATE INDEX ecarts_page_idx ON public.ecarts USING btree (created_at DESC, id DESC);

ALTER TABLE "private"."lettrages" ADD CONSTRAINT "lettrages_credit_id_fkey" FOREIGN KEY (credit_id) REFERENCES public.ecritures_tiers(id);

ALTER TABLE "private"."lettrages" ADD CONSTRAINT "lettrages_debit_id_fkey" FOREIGN KEY (debit_id) REFERENCES public.ecritures_tiers(id);

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_contrepasse_id_fkey" FOREIGN KEY (contrepasse_id) REFERENCES public.ecritures_tiers(id);

ALTER TABLE "public"."factures_fournisseur_receptions" ADD CONSTRAINT "factures_fournisseur_receptions_facture_id_fkey" FOREIGN KEY (facture_id) REFERENCES public.fournisseur_facture_lot_min(id);

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_facture_origine_id_fkey" FOREIGN KEY (facture_origine_id) REFERENCES public.fournisseur_facture_lot_min(id);

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_fournisseur_facture_id_fkey" FOREIGN KEY (fournisseur_facture_id) REFERENCES public.fournisseur_facture_lot_min(id);

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

CREATE VIEW "public"."v_integrity_checks" WITH (security_invoker=true) AS  SELECT c.code AS check_code,
    c.severity,
    v.entity_type,
    v.entity_id,
    v.message,
    v.payload,
    now() AS detected_at,
    v.depot_id
   FROM (( SELECT 'STOCK_NEGATIF'::text AS code,
            'CITERNE_STOCK'::text AS entity_type,
            s.citerne_id AS entity_id,
            format('Stock négatif : %s L mesurés, %s L à 15 °C.'::text, s.stock_ambiant, s.stock_15c) AS message,
            jsonb_build_object('citerne_id', s.citerne_id, 'produit_id', s.produit_id, 'proprietaire_type', s.proprietaire_type, 'stock_ambiant', s.stock_ambiant, 'stock_15c', s.stock_15c) AS payload,
            s.depot_id
           FROM public.stocks_snapshot s
          WHERE ((s.stock_ambiant < '-0.01'::numeric) OR (s.stock_15c < '-0.01'::numeric))
        UNION ALL
         SELECT 'STOCK_OVER_CAPACITY'::text AS code,
            'CITERNE_STOCK'::text AS entity_type,
            c_1.id,
            format('%s contient %s L pour une capacité de %s L.'::text, c_1.nom, sum(s.stock_ambiant), c_1.capacite_totale) AS format,
            jsonb_build_object('citerne_id', c_1.id, 'stock_ambiant', sum(s.stock_ambiant), 'capacite_totale', c_1.capacite_totale) AS jsonb_build_object,
            c_1.depot_id
           FROM (public.citernes c_1
             JOIN public.stocks_snapshot s ON ((s.citerne_id = c_1.id)))
          GROUP BY c_1.id
         HAVING (sum(s.stock_ambiant) > c_1.capacite_totale)
        UNION ALL
         SELECT 'CITERNE_SOUS_SECURITE'::text AS code,
            'CITERNE_STOCK'::text AS entity_type,
            c_1.id,
            format('%s contient %s L, sous sa capacité de sécurité de %s L.'::text, c_1.nom, sum(s.stock_ambiant), c_1.capacite_securite) AS format,
            jsonb_build_object('citerne_id', c_1.id, 'stock_ambiant', sum(s.stock_ambiant), 'capacite_securite', c_1.capacite_securite) AS jsonb_build_object,
            c_1.depot_id
           FROM (public.citernes c_1
             JOIN public.stocks_snapshot s ON ((s.citerne_id = c_1.id)))
          WHERE (c_1.statut = 'active'::text)
          GROUP BY c_1.id
         HAVING (sum(s.stock_ambiant) < c_1.capacite_securite)
        UNION ALL
         SELECT 'CITERNE_INACTIVE_AVEC_STOCK'::text AS code,
            'CITERNE_STOCK'::text AS entity_type,
            c_1.id,
            format('%s est %s et contient encore %s L.'::text, c_1.nom, c_1.statut, sum(s.stock_ambiant)) AS format,
            jsonb_build_object('citerne_id', c_1.id, 'statut', c_1.statut, 'stock_ambiant', sum(s.stock_ambiant)) AS jsonb_build_object,
            c_1.depot_id
           FROM (public.citernes c_1
             JOIN public.stocks_snapshot s ON ((s.citerne_id = c_1.id)))
          WHERE (c_1.statut = 'inactive'::text)
          GROUP BY c_1.id
         HAVING (sum(s.stock_ambiant) > (0)::numeric)
        UNION ALL
         SELECT 'CDR_ARRIVE_STALE'::text AS code,
            'CDR'::text AS entity_type,
            c_1.id,
            format('Le camion %s est arrivé depuis plus de %s jours et n''est pas déchargé.'::text, c_1.plaque_camion, k.seuil) AS format,
            jsonb_build_object('cours_de_route_id', c_1.id, 'plaque_camion', c_1.plaque_camion, 'depuis', private.arrive_depuis(c_1.id)) AS jsonb_build_object,
            c_1.depot_destination_id
           FROM (( SELECT (private.controle('CDR_ARRIVE_STALE'::text)).seuil AS seuil
                 OFFSET 0) k
             JOIN public.cours_de_route c_1 ON (((c_1.statut = 'ARRIVE'::text) AND (private.arrive_depuis(c_1.id) < (now() - ((k.seuil)::double precision * '1 day'::interval))))))
        UNION ALL
         SELECT 'RECEPTION_ECART_15C'::text AS code,
            'RECEPTION'::text AS entity_type,
            r.id,
            format('Réception de %s L mesurés pour %s L à 15 °C.'::text, r.volume_ambiant, r.volume_15c) AS format,
            jsonb_build_object('reception_id', r.id, 'volume_ambiant', r.volume_ambiant, 'volume_15c', r.volume_15c) AS jsonb_build_object,
            r.depot_id
           FROM (( SELECT (private.controle('RECEPTION_ECART_15C'::text)).seuil AS seuil
                 OFFSET 0) k
             JOIN public.receptions r ON (((abs((r.volume_ambiant - r.volume_15c)) > (0.03 * r.volume_ambiant)) AND (abs((r.volume_ambiant - r.volume_15c)) > ((k.seuil / (100)::numeric) * r.volume_ambiant)))))
        UNION ALL
         SELECT 'SORTIE_ECART_15C'::text AS code,
            'SORTIE'::text AS entity_type,
            s.id,
            format('Sortie de %s L mesurés pour %s L à 15 °C.'::text, s.volume_ambiant, s.volume_15c) AS format,
            jsonb_build_object('sortie_id', s.id, 'volume_ambiant', s.volume_ambiant, 'volume_15c', s.volume_15c) AS jsonb_build_object,
            s.depot_id
           FROM (( SELECT (private.controle('SORTIE_ECART_15C'::text)).seuil AS seuil
                 OFFSET 0) k
             JOIN public.sorties_produit s ON (((s.statut = 'validee'::text) AND (abs((s.volume_ambiant - s.volume_15c)) > (0.03 * s.volume_ambiant)) AND (abs((s.volume_ambiant - s.volume_15c)) > ((k.seuil / (100)::numeric) * s.volume_ambiant)))))
        UNION ALL
         SELECT 'SORTIE_BROUILLON_ANCIEN'::text AS code,
            'SORTIE'::text AS entity_type,
            s.id,
            format('Un brouillon de sortie attend depuis plus de %s heures.'::text, k.seuil) AS format,
            jsonb_build_object('sortie_id', s.id, 'created_at', s.created_at) AS jsonb_build_object,
            s.depot_id
           FROM (( SELECT (private.controle('SORTIE_BROUILLON_ANCIEN'::text)).seuil AS seuil
                 OFFSET 0) k
             JOIN public.sorties_produit s ON (((s.statut = 'brouillon'::text) AND (s.created_at < (now() - ((k.seuil)::double precision * '01:00:00'::interval))))))
        UNION ALL
         SELECT 'ECART_ANCIEN'::text AS code,
            'ECART'::text AS entity_type,
            e.id,
            format('Un écart attend depuis plus de %s jours.'::text, k.seuil) AS format,
            jsonb_build_object('ecart_id', e.id, 'type', e.type, 'reference_type', e.reference_type, 'statut', e.statut) AS jsonb_build_object,
            e.depot_id
           FROM (( SELECT (private.controle('ECART_ANCIEN'::text)).seuil AS seuil
                 OFFSET 0) k
             JOIN public.ecarts e ON (((e.statut <> 'TRAITE'::text) AND (e.created_at < (now() - ((k.seuil)::double precision * '1 day'::interval))))))
        UNION ALL
         SELECT 'LOT_FACTURE_SANS_FACTURE'::text AS code,
            'LOT'::text AS entity_type,
            l.id,
            format('Le lot %s est marqué facturé et n''a aucune facture.'::text, l.reference) AS format,
            jsonb_build_object('fournisseur_lot_id', l.id, 'reference', l.reference) AS jsonb_build_object,
            NULL::uuid AS depot_id
           FROM public.fournisseur_lot l
          WHERE ((l.statut = 'facture'::text) AND ( SELECT (private.peut('lire_finance'::text) OR (auth.uid() IS NULL))) AND (NOT (EXISTS ( SELECT
                   FROM public.fournisseur_facture_lot_min f
                  WHERE ((f.fournisseur_lot_id = l.id) AND (f.type = 'FACTURE'::text) AND (f.statut <> 'ANNULEE'::text))))))
        UNION ALL
         SELECT 'FACTURE_MOUVEMENT_CORRIGE'::text AS code,
            'FACTURE'::text AS entity_type,
            f.id,
            format('Une réception de la facture %s a été corrigée depuis sa validation.'::text, f.invoice_no) AS format,
            jsonb_build_object('facture_id', f.id, 'ajustements', jsonb_agg(a.id ORDER BY a.id)) AS jsonb_build_object,
            NULL::uuid AS depot_id
           FROM ((public.stocks_adjustments a
             JOIN public.factures_fournisseur_receptions s ON ((s.reception_id = a.mouvement_id)))
             JOIN public.fournisseur_facture_lot_min f ON (((f.id = s.facture_id) AND (a.created_at > f.validated_at))))
          WHERE ((a.mouvement_type = 'RECEPTION'::text) AND (a.delta_15c <> (0)::numeric))
          GROUP BY f.id) v(code, entity_type, entity_id, message, payload, depot_id)
     CROSS JOIN LATERAL private.controle(v.code) c(code, severity, actif, seuil, dit))
  WHERE (c.code IS NOT NULL)
UNION ALL
 SELECT x.check_code,
    x.severity,
    x.entity_type,
    x.entity_id,
    x.message,
    x.payload,
    x.detected_at,
    x.depot_id
   FROM private.constats_vus() x(check_code, entity_type, entity_id, severity, message, payload, depot_id, detected_at);;

CREATE INDEX fournisseur_facture_page_idx ON public.fournisseur_facture_lot_min USING btree (created_at DESC, id DESC);

CREATE POLICY "factures_fournisseur_receptions_lecture" ON "public"."factures_fournisseur_receptions" FOR SELECT TO "authenticated" USING ((facture_id = ANY (ARRAY( SELECT f.id
   FROM public.fournisseur_facture_lot_min f))));

CREATE POLICY "paiement_fournisseur_lecture" ON "public"."fournisseur_paiement_lot_min" FOR SELECT TO "authenticated" USING ((fournisseur_facture_id = ANY (ARRAY( SELECT f.id
   FROM public.fournisseur_facture_lot_min f))));

COMMENT ON VIEW "public"."v_fournisseur_facture_lot" IS 'Each live supplier''s invoice: what came against what is invoiced (litres at 20 °C), what is paid and what is left (USD).';

COMMENT ON VIEW "public"."v_fournisseur_rapprochement_lot_min" IS 'What came against what is invoiced, invoice by invoice.';

COMMENT ON VIEW "public"."v_integrity_checks" IS 'What is wrong now, among what the caller sees, and what the last nightly pass found. A row a fact: one key may have several.';

GRANT SELECT ON TABLE "public"."v_fournisseur_facture_lot" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_fournisseur_facture_lot" TO "postgres";

GRANT SELECT ON TABLE "public"."v_fournisseur_facture_lot" TO "service_role";

GRANT SELECT ON TABLE "public"."v_fournisseur_rapprochement_lot_min" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_fournisseur_rapprochement_lot_min" TO "postgres";

GRANT SELECT ON TABLE "public"."v_fournisseur_rapprochement_lot_min" TO "service_role";

GRANT SELECT ON TABLE "public"."v_integrity_checks" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_integrity_checks" TO "postgres";

GRANT SELECT ON TABLE "public"."v_integrity_checks" TO "service_role";

CREATE INDEX fournisseur_paiement_page_idx ON public.fournisseur_paiement_lot_min USING btree (created_at DESC, id DESC);

ALTER TABLE "public"."alertes_evenements" ADD CONSTRAINT "alertes_evenements_alerte_id_fkey" FOREIGN KEY (alerte_id) REFERENCES public.system_alerts(id);

CREATE INDEX system_alerts_page_idx ON public.system_alerts USING btree (last_detected_at DESC, id DESC);

ALTER TABLE "public"."alertes_evenements" ADD CONSTRAINT "alertes_evenements_note_lisible" CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text)));

ALTER TABLE "public"."app_settings" ADD CONSTRAINT "app_settings_key_lisible" CHECK (((private.texte_lisible(key, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'key'::text)));

ALTER TABLE "public"."app_settings" ADD CONSTRAINT "app_settings_value_lisible" CHECK (((private.texte_lisible(value, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'value'::text)));

ALTER TABLE "public"."citernes" ADD CONSTRAINT "citernes_created_at_possible" CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text)));

ALTER TABLE "public"."citernes" ADD CONSTRAINT "citernes_localisation_lisible" CHECK (((private.texte_lisible(localisation, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'localisation'::text)));

ALTER TABLE "public"."citernes" ADD CONSTRAINT "citernes_nom_check" CHECK ((private.nom_lisible(nom) OR private.refuser_valeur('NOM_INVALIDE'::text, 'nom'::text)));

ALTER TABLE "public"."citernes" ADD CONSTRAINT "citernes_nom_lisible" CHECK (((private.texte_lisible(nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_adresse_lisible" CHECK (((private.texte_lisible(adresse, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'adresse'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_contact_personne_lisible" CHECK (((private.texte_lisible(contact_personne, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'contact_personne'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_created_at_possible" CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_email_lisible" CHECK (((private.texte_lisible(email, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'email'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_nom_check" CHECK ((private.nom_lisible(nom) OR private.refuser_valeur('NOM_INVALIDE'::text, 'nom'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_nom_lisible" CHECK (((private.texte_lisible(nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_note_supplementaire_lisible" CHECK (((private.texte_lisible(note_supplementaire, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note_supplementaire'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_pays_lisible" CHECK (((private.texte_lisible(pays, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'pays'::text)));

ALTER TABLE "public"."clients" ADD CONSTRAINT "clients_telephone_lisible" CHECK (((private.texte_lisible(telephone, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'telephone'::text)));

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

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_adresse_lisible" CHECK (((private.texte_lisible(adresse, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'adresse'::text)));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_code_lisible" CHECK (((private.texte_lisible(code, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'code'::text)));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_created_at_possible" CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text)));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_fuseau_check" CHECK (((fuseau = 'Africa/Lubumbashi'::text) OR private.fuseau_nomme(fuseau) OR private.refuser_valeur('FUSEAU_INCONNU'::text, 'fuseau'::text)));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_fuseau_lisible" CHECK (((private.texte_lisible(fuseau, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'fuseau'::text)));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_nom_check" CHECK ((private.nom_lisible(nom) OR private.refuser_valeur('NOM_INVALIDE'::text, 'nom'::text)));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_nom_lisible" CHECK (((private.texte_lisible(nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom'::text)));

ALTER TABLE "public"."ecarts" ADD CONSTRAINT "ecarts_justification_lisible" CHECK (((private.texte_lisible(justification, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'justification'::text)));

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_date_valeur_possible" CHECK (((private.date_possible(date_valeur) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_valeur'::text)));

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_echeance_possible" CHECK (((private.date_possible(echeance) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'echeance'::text)));

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_libelle_lisible" CHECK (((private.texte_lisible(libelle, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'libelle'::text)));

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_reference_lisible" CHECK (((private.texte_lisible(reference, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'reference'::text)));

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_source_type_lisible" CHECK (((private.texte_lisible(source_type, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'source_type'::text)));

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

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_nom_check" CHECK ((private.nom_lisible(nom) OR private.refuser_valeur('NOM_INVALIDE'::text, 'nom'::text)));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_nom_lisible" CHECK (((private.texte_lisible(nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom'::text)));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_note_supplementaire_lisible" CHECK (((private.texte_lisible(note_supplementaire, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note_supplementaire'::text)));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_pays_lisible" CHECK (((private.texte_lisible(pays, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'pays'::text)));

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_telephone_lisible" CHECK (((private.texte_lisible(telephone, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'telephone'::text)));

ALTER TABLE "public"."golden_cases" ADD CONSTRAINT "golden_cases_created_at_possible" CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text)));

ALTER TABLE "public"."golden_cases" ADD CONSTRAINT "golden_cases_date_mesure_possible" CHECK (((private.date_possible(date_mesure) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_mesure'::text)));

ALTER TABLE "public"."golden_cases" ADD CONSTRAINT "golden_cases_note_lisible" CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text)));

ALTER TABLE "public"."golden_cases" ADD CONSTRAINT "golden_cases_produit_code_lisible" CHECK (((private.texte_lisible(produit_code, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'produit_code'::text)));

ALTER TABLE "public"."golden_cases" ADD CONSTRAINT "golden_cases_reference_lisible" CHECK (((private.texte_lisible(reference, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'reference'::text)));

ALTER TABLE "public"."golden_cases" ADD CONSTRAINT "golden_cases_source_lisible" CHECK (((private.texte_lisible(source, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'source'::text)));

ALTER TABLE "public"."partenaires" ADD CONSTRAINT "partenaires_contact_lisible" CHECK (((private.texte_lisible(contact, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'contact'::text)));

ALTER TABLE "public"."partenaires" ADD CONSTRAINT "partenaires_created_at_possible" CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text)));

ALTER TABLE "public"."partenaires" ADD CONSTRAINT "partenaires_email_lisible" CHECK (((private.texte_lisible(email, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'email'::text)));

ALTER TABLE "public"."partenaires" ADD CONSTRAINT "partenaires_nom_check" CHECK ((private.nom_lisible(nom) OR private.refuser_valeur('NOM_INVALIDE'::text, 'nom'::text)));

ALTER TABLE "public"."partenaires" ADD CONSTRAINT "partenaires_nom_lisible" CHECK (((private.texte_lisible(nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom'::text)));

ALTER TABLE "public"."partenaires" ADD CONSTRAINT "partenaires_telephone_lisible" CHECK (((private.texte_lisible(telephone, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'telephone'::text)));

ALTER TABLE "public"."prises_de_hauteur" ADD CONSTRAINT "prises_de_hauteur_note_lisible" CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text)));

ALTER TABLE "public"."produits" ADD CONSTRAINT "produits_code_check" CHECK ((private.nom_lisible(code) OR private.refuser_valeur('NOM_INVALIDE'::text, 'code'::text)));

ALTER TABLE "public"."produits" ADD CONSTRAINT "produits_code_lisible" CHECK (((private.texte_lisible(code, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'code'::text)));

ALTER TABLE "public"."produits" ADD CONSTRAINT "produits_created_at_possible" CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text)));

ALTER TABLE "public"."produits" ADD CONSTRAINT "produits_description_lisible" CHECK (((private.texte_lisible(description, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'description'::text)));

ALTER TABLE "public"."produits" ADD CONSTRAINT "produits_nom_check" CHECK ((private.nom_lisible(nom) OR private.refuser_valeur('NOM_INVALIDE'::text, 'nom'::text)));

ALTER TABLE "public"."produits" ADD CONSTRAINT "produits_nom_lisible" CHECK (((private.texte_lisible(nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom'::text)));

ALTER TABLE "public"."profils" ADD CONSTRAINT "profils_created_at_possible" CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text)));

ALTER TABLE "public"."profils" ADD CONSTRAINT "profils_desactive_le_possible" CHECK (((private.date_possible(desactive_le) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'desactive_le'::text)));

ALTER TABLE "public"."profils" ADD CONSTRAINT "profils_email_lisible" CHECK (((private.texte_lisible(email, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'email'::text)));

ALTER TABLE "public"."profils" ADD CONSTRAINT "profils_nom_complet_lisible" CHECK (((private.texte_lisible(nom_complet, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom_complet'::text)));

ALTER TABLE "public"."receptions" ADD CONSTRAINT "receptions_date_reception_possible" CHECK (((private.date_possible(date_reception) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_reception'::text)));

ALTER TABLE "public"."receptions" ADD CONSTRAINT "receptions_methode_15c_lisible" CHECK (((private.texte_lisible(methode_15c, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'methode_15c'::text)));

ALTER TABLE "public"."receptions" ADD CONSTRAINT "receptions_note_lisible" CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text)));

ALTER TABLE "public"."sorties_produit" ADD CONSTRAINT "sorties_produit_date_sortie_possible" CHECK (((private.date_possible(date_sortie) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_sortie'::text)));

ALTER TABLE "public"."stocks_adjustments" ADD CONSTRAINT "stocks_adjustments_reason_lisible" CHECK (((private.texte_lisible(reason, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'reason'::text)));

ALTER TABLE "public"."stocks_initiaux" ADD CONSTRAINT "stocks_initiaux_date_jour_possible" CHECK (((private.date_possible(date_jour) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_jour'::text)));

ALTER TABLE "public"."stocks_initiaux" ADD CONSTRAINT "stocks_initiaux_motif_lisible" CHECK (((private.texte_lisible(motif, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'motif'::text)));

ALTER TABLE "public"."stocks_journaliers" ADD CONSTRAINT "stocks_journaliers_source_lisible" CHECK (((private.texte_lisible(source, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'source'::text)));

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_acknowledged_at_possible" CHECK (((private.date_possible(acknowledged_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'acknowledged_at'::text)));

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_check_code_lisible" CHECK (((private.texte_lisible(check_code, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'check_code'::text)));

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_entity_type_lisible" CHECK (((private.texte_lisible(entity_type, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'entity_type'::text)));

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_message_lisible" CHECK (((private.texte_lisible(message, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'message'::text)));

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_resolved_at_possible" CHECK (((private.date_possible(resolved_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'resolved_at'::text)));

ALTER TABLE "public"."transferts" ADD CONSTRAINT "transferts_date_jour_possible" CHECK (((private.date_possible(date_jour) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_jour'::text)));

ALTER TABLE "public"."transferts" ADD CONSTRAINT "transferts_methode_15c_lisible" CHECK (((private.texte_lisible(methode_15c, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'methode_15c'::text)));

ALTER TABLE "public"."transferts" ADD CONSTRAINT "transferts_note_lisible" CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text)));

CREATE UNIQUE INDEX citernes_nom_lu_key ON public.citernes USING btree (private.cle_au_depot(depot_id, private.cle_nom(nom)));

CREATE UNIQUE INDEX clients_nom_lu_key ON public.clients USING btree (private.cle_nom(nom));

CREATE UNIQUE INDEX cours_de_route_camion_ouvert ON public.cours_de_route USING btree (private.cle_au_depot(depot_destination_id, private.cle_plaque(plaque_camion))) WHERE (statut <> ALL (ARRAY['DECHARGE'::text, 'ANNULE'::text]));

CREATE UNIQUE INDEX depots_nom_lu_key ON public.depots USING btree (private.cle_nom(nom));

CREATE UNIQUE INDEX fournisseurs_nom_lu_key ON public.fournisseurs USING btree (private.cle_nom(nom));

CREATE UNIQUE INDEX partenaires_nom_lu_key ON public.partenaires USING btree (private.cle_nom(nom));

CREATE UNIQUE INDEX produits_code_lu_key ON public.produits USING btree (private.cle_nom(code));

CREATE UNIQUE INDEX produits_nom_lu_key ON public.produits USING btree (private.cle_nom(nom));

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
  ('ALERTE_ETAT', 409, 'Une alerte ne peut pas passer de {de} à {vers}.',
    'Une alerte ouverte est prise en compte, puis résolue ; elle ne se rouvre que d''elle-même.',
    'Relire l''alerte.'),
  ('QUATRE_YEUX', 403, 'Une autre personne que vous doit valider ce que vous avez saisi.',
    'L''option quatre_yeux_finance demande deux personnes.',
    'Demander à un collègue de valider.'),
  ('CDR_RECU', 409, 'Une réception a déchargé ce camion : il ne peut pas être supprimé.',
    'Le camion a été reçu : son cours de route est la pièce de la réception.',
    'Compenser la réception si elle est fausse ; le cours de route reste.'),
  ('ESTIMATION_INTERDITE', 422, 'Une estimation compterait aussi ce que vous ne voyez pas : demandez un compte exact.',
    'La demande veut une estimation du planificateur (Prefer: count=planned ou estimated, ou le plan d''une requête) : '
    'elle vient de la table entière.',
    'Demander Prefer: count=exact.')
on conflict (code) do update
   set (statut_http, phrase, sens, conduite) = (excluded.statut_http, excluded.phrase, excluded.sens, excluded.conduite)
 where (r.statut_http, r.phrase, r.sens, r.conduite)
       is distinct from (excluded.statut_http, excluded.phrase, excluded.sens, excluded.conduite);

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
  ('ajuster_stock', '{admin}', true, 'ajuster un stock, compenser un mouvement, déclarer un stock initial'),
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
  ('lire_alertes', '{admin,directeur,gerant,pca}', false, 'lire les alertes', '{}'),
  ('tenir_alertes', '{admin,directeur}', false, 'prendre en compte et résoudre une alerte', '{}'),
  ('avancer_series', '{admin}', true, 'avancer une série de numéros après une restauration', '{}')
on conflict (capacite) do update
   set (roles, second_facteur, dit, habilitations)
       = (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations)
 where (c.roles, c.second_facteur, c.dit, c.habilitations)
       is distinct from (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations);

-- The checks there are. Whether each is on, and its threshold, is the environment's own.

insert into private.controles as c (code, severity, seuil, dit) values
  ('STOCK_NEGATIF', 'CRITICAL', null, 'un stock sous zéro'),
  ('STOCK_OVER_CAPACITY', 'CRITICAL', null, 'une citerne au-delà de sa capacité'),
  ('STOCK_INCOHERENT', 'CRITICAL', null, 'un stock qui n''est pas la somme de ses mouvements (la nuit)'),
  ('MOUVEMENT_ALTERE', 'CRITICAL', null, 'un mouvement qui n''est plus ce que le journal en a dit (la nuit)'),
  ('NUMEROTATION_TROU', 'CRITICAL', null, 'un numéro qui manque dans une série (la nuit)'),
  ('COMPTE_TIERS_INCOHERENT', 'CRITICAL', null, 'le compte d''un tiers qui ne concorde pas (la nuit)'),
  ('FACTURE_MOUVEMENT_CORRIGE', 'CRITICAL', null, 'une réception corrigée après la validation de sa facture'),
  ('PASSAGE_ABSENT', 'CRITICAL', 26, 'le contrôle de la nuit qui n''a pas tourné (heures)'),
  ('CITERNE_SOUS_SECURITE', 'WARN', null, 'une citerne sous sa capacité de sécurité'),
  ('CITERNE_INACTIVE_AVEC_STOCK', 'WARN', null, 'une citerne inactive qui contient du carburant'),
  ('CDR_ARRIVE_STALE', 'WARN', 2, 'un camion arrivé et pas déchargé (jours)'),
  ('RECEPTION_ECART_15C', 'WARN', 5, 'une réception dont les deux volumes s''écartent (%, 3 au moins)'),
  ('SORTIE_ECART_15C', 'WARN', 5, 'une sortie dont les deux volumes s''écartent (%, 3 au moins)'),
  ('SORTIE_BROUILLON_ANCIEN', 'WARN', 24, 'un brouillon de sortie qui attend (heures)'),
  ('ECART_ANCIEN', 'WARN', 7, 'un écart qui n''est pas traité (jours)'),
  ('LOT_FACTURE_SANS_FACTURE', 'WARN', null, 'un lot marqué facturé sans facture')
on conflict (code) do update set dit = excluded.dit where c.dit is distinct from excluded.dit;

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
  ('facture_lot_directe_compat',
    'Une facture insérée par l''application est calculée et validée dans le même acte, au lieu de rester un brouillon.')
on conflict (key) do update set description = excluded.description
  where f.description is distinct from excluded.description;

-- Real trucks as SEP calculated them, that the engine is compared with. Cases imported since stay.

insert into public.golden_cases as g (
  source, reference, produit_code, volume_observe_l, temperature_echantillon_c, temperature_produit_c,
  temperature_produit_deduite, densite_observee_kgm3, densite_15c_attendue_kgm3, vcf_attendu, volume_15c_attendu_l, note
) values
  ('SEP', '1', 'G.O', 39296, 29.7, 22.5, true, 837.3, 847.6, 0.9937, 39048,
   'La température du produit (22,5 °C) est déduite du facteur imprimé par SEP. SEP imprime 847,6 pour la densité ; '
   'la norme donne 847,4 : le facteur et le volume n''en changent pas.'),
  ('SEP', '2', 'G.O', 39391, 23.5, 22.5, true, 837.5, 843.4, 0.9937, 39143,
   'La température du produit (22,5 °C) est déduite du facteur imprimé par SEP ; le reste est imprimé.'),
  ('SEP', '3', 'G.O', 39291, 23.2, 23.2, false, 837.6, 843.2, 0.9931, 39020,
   'La même température pour l''échantillon et le produit. SEP imprime 843,2 pour la densité ; la norme donne 843,3 '
   '(843,258).'),
  ('SEP', '4', 'G.O', 36971, 19.0, 19.0, false, 837.0, 839.8, 0.9966, 36845,
   'La même température pour l''échantillon et le produit ; tout est imprimé.'),
  ('SEP', '5', 'G.O', 38312, 20.0, 20.0, false, 836.0, 839.5, 0.9958, 38151,
   'La même température pour l''échantillon et le produit. Pour la densité, SEP donne 839,4 ou 839,5 ; la norme, '
   '839,5 (839,453).'),
  ('SEP', '6', 'G.O', 39330, 20.0, 20.0, false, 837.0, 840.5, 0.9958, 39165,
   'La même température pour l''échantillon et le produit. Pour la densité, SEP donne 840,4 ou 840,5 ; la norme, '
   '840,5 (840,451).'),
  ('SEP', '7', 'G.O', 37384, 20.0, 20.0, false, 836.0, 839.5, 0.9958, 37227,
   'La même température pour l''échantillon et le produit. Pour la densité, SEP donne 839,4 ou 839,5 ; la norme, '
   '839,5 (839,453).'),
  ('SEP', '8', 'G.O', 33445, 21.0, 21.0, false, 837.0, 841.1, 0.9949, 33274,
   'La même température pour l''échantillon et le produit. SEP imprime 840,1 pour la densité, une coquille pour 841,1, '
   'retenu ici.')
on conflict (source, reference) do update set
  produit_code = excluded.produit_code,
  volume_observe_l = excluded.volume_observe_l,
  temperature_echantillon_c = excluded.temperature_echantillon_c,
  temperature_produit_c = excluded.temperature_produit_c,
  temperature_produit_deduite = excluded.temperature_produit_deduite,
  densite_observee_kgm3 = excluded.densite_observee_kgm3,
  densite_15c_attendue_kgm3 = excluded.densite_15c_attendue_kgm3,
  vcf_attendu = excluded.vcf_attendu,
  volume_15c_attendu_l = excluded.volume_15c_attendu_l,
  note = excluded.note
where (g.produit_code, g.volume_observe_l, g.temperature_echantillon_c, g.temperature_produit_c,
  g.temperature_produit_deduite,
    g.densite_observee_kgm3, g.densite_15c_attendue_kgm3, g.vcf_attendu, g.volume_15c_attendu_l, g.note)
   is distinct from (excluded.produit_code, excluded.volume_observe_l, excluded.temperature_echantillon_c,
    excluded.temperature_produit_c, excluded.temperature_produit_deduite, excluded.densite_observee_kgm3,
    excluded.densite_15c_attendue_kgm3, excluded.vcf_attendu, excluded.volume_15c_attendu_l, excluded.note);

reset check_function_bodies;

-- By hand: a role's settings belong to the server, which both of the databases compared share.
-- Hosted, PostgREST reads its settings from the role it logs in as; the stack that npm start runs calls the function
-- itself. A role belongs to the whole server: what is already so is left alone, as in 023_bornes.sql.
do $$
begin
  if not exists (select from pg_roles r where r.rolname = 'authenticator'
                    and 'pgrst.db_pre_request=private.avant_requete' = any (r.rolconfig)) then
    alter role authenticator set pgrst.db_pre_request = 'private.avant_requete';
    notify pgrst, 'reload config';
  end if;
end;
$$;

select private.noter_etat('20261126174445_achats_alertes_confiance');
