-- 20261126185533_achats_alertes_confiance: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261126185533_achats_alertes_confiance');

DROP TRIGGER "citernes_journal" ON "public"."citernes";

DROP TRIGGER "depots_journal" ON "public"."depots";

DROP TRIGGER "fournisseur_lot_reserve" ON "public"."fournisseur_lot";

DROP INDEX "public"."cours_de_route_camion_ouvert";

DROP VIEW "public"."v_ecarts_inventaire";

DROP VIEW "public"."v_fournisseurs";

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

CREATE TABLE "private"."constats" ("check_code" text NOT NULL, "entity_type" text NOT NULL, "entity_id" uuid NOT NULL, "severity" text NOT NULL, "message" text NOT NULL, "payload" jsonb NOT NULL, "depot_id" uuid, "detected_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "constats_pkey" PRIMARY KEY (check_code, entity_type, entity_id));

CREATE TABLE "private"."controles" ("code" text NOT NULL, "severity" text NOT NULL, "actif" boolean NOT NULL DEFAULT true, "seuil" numeric, "dit" text NOT NULL, CONSTRAINT "controles_code_check" CHECK ((code ~ '^[A-Z0-9_]+$'::text)), CONSTRAINT "controles_pkey" PRIMARY KEY (code), CONSTRAINT "controles_severity_check" CHECK ((severity = ANY (ARRAY['CRITICAL'::text, 'WARN'::text]))));

CREATE TABLE "private"."passages" ("nom" text NOT NULL, "le" timestamp with time zone NOT NULL, "duree" interval NOT NULL, CONSTRAINT "passages_pkey" PRIMARY KEY (nom));

CREATE TABLE "public"."alertes_evenements" ("ordre" bigint GENERATED ALWAYS AS IDENTITY NOT NULL, "alerte_id" uuid NOT NULL, "type" text NOT NULL, "par" uuid, "note" text, "depot_id" uuid, "le" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), CONSTRAINT "alertes_evenements_note_check2000" CHECK ((char_length(note) <= 2000)), CONSTRAINT "alertes_evenements_ordre_key" UNIQUE (ordre), CONSTRAINT "alertes_evenements_type_check" CHECK ((type = ANY (ARRAY['OPEN'::text, 'ACK'::text, 'RESOLVED'::text, 'REOPEN'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "alertes_evenements_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."alertes_evenements" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."ecarts" ("domaine" text NOT NULL, "type" text NOT NULL, "depot_id" uuid, "produit_id" uuid, "fournisseur_lot_id" uuid, "reference_type" text NOT NULL, "reference_id" uuid NOT NULL, "origine" text NOT NULL DEFAULT 'AUTO'::text, "attendu" numeric(18,6), "constate" numeric(18,6), "unite" text, "franchise" numeric(18,6) NOT NULL DEFAULT 0, "excedent" numeric(18,6) NOT NULL DEFAULT 0, "impact_usd" numeric(18,2), "impute_a" text, "cause" text, "decision" text, "justification" text, "statut" text NOT NULL DEFAULT 'OUVERT'::text, "created_by" uuid, "traite_par" uuid, "traite_le" timestamp with time zone, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "ecarts_cause_check" CHECK ((cause = ANY (ARRAY['PERTE_TRANSPORT'::text, 'ERREUR_SAISIE'::text, 'DIFFERENCE_TEMPERATURE_DENSITE'::text, 'MANQUANT_FOURNISSEUR'::text, 'LIVRAISON_PARTIELLE'::text, 'AUTRE'::text]))), CONSTRAINT "ecarts_check" CHECK (((statut = 'TRAITE'::text) = (traite_le IS NOT NULL))), CONSTRAINT "ecarts_decision_check" CHECK ((decision = ANY (ARRAY['ACCEPTE_AVEC_NOTE'::text, 'AJUSTEMENT_REQUIS'::text, 'LITIGE'::text, 'ANNULER'::text]))), CONSTRAINT "ecarts_domaine_check" CHECK ((domaine = ANY (ARRAY['FOURNISSEUR'::text, 'CLIENT'::text, 'TRANSPORTEUR'::text, 'DEPOT'::text]))), CONSTRAINT "ecarts_excedent_check" CHECK ((excedent >= (0)::numeric)), CONSTRAINT "ecarts_franchise_check" CHECK ((franchise >= (0)::numeric)), CONSTRAINT "ecarts_impact_usd_check" CHECK ((abs(impact_usd) < '10000000000000'::numeric)), CONSTRAINT "ecarts_impute_a_check" CHECK ((impute_a = ANY (ARRAY['FOURNISSEUR'::text, 'TRANSPORTEUR'::text, 'MONALUXE'::text]))), CONSTRAINT "ecarts_justification_check2000" CHECK ((char_length(justification) <= 2000)), CONSTRAINT "ecarts_origine_check" CHECK ((origine = ANY (ARRAY['AUTO'::text, 'MANUEL'::text]))), CONSTRAINT "ecarts_reference_type_check" CHECK ((reference_type = ANY (ARRAY['PROFORMA'::text, 'LOT'::text, 'CDR'::text, 'RECEPTION'::text, 'SORTIE'::text, 'LIVRAISON'::text, 'FACTURE'::text, 'MISSION'::text]))), CONSTRAINT "ecarts_statut_check" CHECK ((statut = ANY (ARRAY['OUVERT'::text, 'EN_REVUE'::text, 'TRAITE'::text, 'LITIGE'::text]))), CONSTRAINT "ecarts_type_check" CHECK ((type = ANY (ARRAY['QUANTITE'::text, 'QUALITE'::text, 'LOGISTIQUE'::text, 'PRIX'::text, 'AUTRE'::text]))), CONSTRAINT "ecarts_unite_check" CHECK ((unite = ANY (ARRAY['L15'::text, 'L20'::text, 'TM_AIR'::text, 'USD'::text, 'KGM3'::text, 'JOUR'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "ecarts_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."ecarts" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."factures_fournisseur_receptions" ("facture_id" uuid NOT NULL, "reception_id" uuid NOT NULL, "volume_15c" numeric(15,3) NOT NULL, "densite_15" numeric(10,6), "volume_20c" numeric(15,3) NOT NULL, "tonnes_air" numeric(12,3), "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "factures_fournisseur_receptions_reception_id_key" UNIQUE (reception_id), CONSTRAINT "factures_fournisseur_receptions_volume_15c_check" CHECK ((volume_15c > (0)::numeric)), CONSTRAINT "factures_fournisseur_receptions_volume_20c_check" CHECK ((volume_20c > (0)::numeric)), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "factures_fournisseur_receptions_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."factures_fournisseur_receptions" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."fournisseur_facture_lot_min" ("fournisseur_lot_id" uuid NOT NULL, "fournisseur_id" uuid NOT NULL, "type" text NOT NULL DEFAULT 'FACTURE'::text, "facture_origine_id" uuid, "invoice_no" text NOT NULL, "deal_reference" text, "date_facture" date NOT NULL, "date_echeance" date, "quantite_facturee_20c" numeric(15,3) NOT NULL, "prix_unitaire_usd" numeric(18,6) NOT NULL, "base" text NOT NULL DEFAULT 'L20'::text, "quantite_base" numeric(15,3) NOT NULL, "prix_base_usd" numeric(18,6) NOT NULL, "montant_total_usd" numeric(18,2) NOT NULL, "statut" text NOT NULL DEFAULT 'DRAFT'::text, "numero" text, "justification" text, "created_by" uuid, "validated_by" uuid, "validated_at" timestamp with time zone, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "fournisseur_facture_lot_min_base_check" CHECK ((base = ANY (ARRAY['L20'::text, 'L15'::text, 'TM_AIR'::text]))), CONSTRAINT "fournisseur_facture_lot_min_check1" CHECK (((type = 'AVOIR'::text) = (facture_origine_id IS NOT NULL))), CONSTRAINT "fournisseur_facture_lot_min_check2" CHECK (((numero IS NULL) = (validated_at IS NULL))), CONSTRAINT "fournisseur_facture_lot_min_check3" CHECK (((validated_at IS NOT NULL) OR (statut <> 'VALIDEE'::text))), CONSTRAINT "fournisseur_facture_lot_min_check" CHECK ((date_echeance >= date_facture)), CONSTRAINT "fournisseur_facture_lot_min_date_facture_check" CHECK ((date_facture >= '2020-01-01'::date)), CONSTRAINT "fournisseur_facture_lot_min_deal_reference_check2000" CHECK ((char_length(deal_reference) <= 2000)), CONSTRAINT "fournisseur_facture_lot_min_invoice_no_check2000" CHECK ((char_length(invoice_no) <= 2000)), CONSTRAINT "fournisseur_facture_lot_min_invoice_no_check" CHECK ((btrim(invoice_no) <> ''::text)), CONSTRAINT "fournisseur_facture_lot_min_justification_check2000" CHECK ((char_length(justification) <= 2000)), CONSTRAINT "fournisseur_facture_lot_min_montant_total_usd_check" CHECK (((montant_total_usd > (0)::numeric) AND (montant_total_usd < '10000000000000'::numeric))), CONSTRAINT "fournisseur_facture_lot_min_numero_check2000" CHECK ((char_length(numero) <= 2000)), CONSTRAINT "fournisseur_facture_lot_min_numero_key" UNIQUE (numero), CONSTRAINT "fournisseur_facture_lot_min_prix_base_usd_check" CHECK (((prix_base_usd > (0)::numeric) AND (prix_base_usd < '10000000'::numeric))), CONSTRAINT "fournisseur_facture_lot_min_prix_unitaire_usd_check" CHECK (((prix_unitaire_usd > (0)::numeric) AND (prix_unitaire_usd < '1000000'::numeric))), CONSTRAINT "fournisseur_facture_lot_min_quantite_base_check" CHECK (((quantite_base > (0)::numeric) AND (quantite_base < '1000000000'::numeric))), CONSTRAINT "fournisseur_facture_lot_min_quantite_facturee_20c_check" CHECK (((quantite_facturee_20c > (0)::numeric) AND (quantite_facturee_20c < '1000000000'::numeric))), CONSTRAINT "fournisseur_facture_lot_min_statut_check" CHECK ((statut = ANY (ARRAY['DRAFT'::text, 'CALCULEE'::text, 'VALIDEE'::text, 'LITIGE'::text, 'ANNULEE'::text]))), CONSTRAINT "fournisseur_facture_lot_min_type_check" CHECK ((type = ANY (ARRAY['FACTURE'::text, 'AVOIR'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "fournisseur_facture_lot_min_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."fournisseur_facture_lot_min" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."fournisseur_paiement_lot_min" ("fournisseur_facture_id" uuid NOT NULL, "date_paiement" timestamp with time zone NOT NULL DEFAULT now(), "montant_paye_usd" numeric(18,2) NOT NULL, "mode_paiement" text, "reference_paiement" text, "note" text, "statut" text NOT NULL DEFAULT 'CONFIRME'::text, "numero" text, "motif_annulation" text, "created_by" uuid, "confirme_par" uuid, "annule_par" uuid, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "fournisseur_paiement_lot_min_check1" CHECK (((numero IS NOT NULL) = (confirme_par IS NOT NULL))), CONSTRAINT "fournisseur_paiement_lot_min_check" CHECK (((motif_annulation IS NOT NULL) = (statut = 'ANNULE'::text))), CONSTRAINT "fournisseur_paiement_lot_min_date_paiement_check" CHECK ((date_paiement >= '2020-01-01 00:00:00+00'::timestamp with time zone)), CONSTRAINT "fournisseur_paiement_lot_min_mode_paiement_check2000" CHECK ((char_length(mode_paiement) <= 2000)), CONSTRAINT "fournisseur_paiement_lot_min_montant_paye_usd_check" CHECK (((montant_paye_usd > (0)::numeric) AND (montant_paye_usd < '10000000000000'::numeric))), CONSTRAINT "fournisseur_paiement_lot_min_motif_annulation_check2000" CHECK ((char_length(motif_annulation) <= 2000)), CONSTRAINT "fournisseur_paiement_lot_min_note_check2000" CHECK ((char_length(note) <= 2000)), CONSTRAINT "fournisseur_paiement_lot_min_numero_check2000" CHECK ((char_length(numero) <= 2000)), CONSTRAINT "fournisseur_paiement_lot_min_numero_key" UNIQUE (numero), CONSTRAINT "fournisseur_paiement_lot_min_reference_paiement_check2000" CHECK ((char_length(reference_paiement) <= 2000)), CONSTRAINT "fournisseur_paiement_lot_min_statut_check" CHECK ((statut = ANY (ARRAY['EN_ATTENTE'::text, 'CONFIRME'::text, 'ANNULE'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "fournisseur_paiement_lot_min_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."fournisseur_paiement_lot_min" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."system_alerts" ("check_code" text NOT NULL, "severity" text NOT NULL, "entity_type" text NOT NULL, "entity_id" uuid NOT NULL, "message" text NOT NULL, "payload" jsonb NOT NULL DEFAULT '{}'::jsonb, "status" text NOT NULL DEFAULT 'OPEN'::text, "first_detected_at" timestamp with time zone NOT NULL DEFAULT now(), "last_detected_at" timestamp with time zone NOT NULL DEFAULT now(), "acknowledged_by" uuid, "acknowledged_at" timestamp with time zone, "resolved_by" uuid, "resolved_at" timestamp with time zone, "depot_id" uuid, "presente" boolean NOT NULL DEFAULT true, "absente_depuis" timestamp with time zone, "occurrences" integer NOT NULL DEFAULT 1, "created_at" timestamp with time zone NOT NULL DEFAULT now(), "updated_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "system_alerts_check1" CHECK ((presente OR (status = 'RESOLVED'::text))), CONSTRAINT "system_alerts_check2" CHECK (((status = 'RESOLVED'::text) = (resolved_at IS NOT NULL))), CONSTRAINT "system_alerts_check_code_check2000" CHECK ((char_length(check_code) <= 2000)), CONSTRAINT "system_alerts_check_code_entity_type_entity_id_key" UNIQUE (check_code, entity_type, entity_id), CONSTRAINT "system_alerts_check" CHECK ((presente = (absente_depuis IS NULL))), CONSTRAINT "system_alerts_entity_type_check2000" CHECK ((char_length(entity_type) <= 2000)), CONSTRAINT "system_alerts_message_check2000" CHECK ((char_length(message) <= 2000)), CONSTRAINT "system_alerts_severity_check" CHECK ((severity = ANY (ARRAY['CRITICAL'::text, 'WARN'::text]))), CONSTRAINT "system_alerts_status_check" CHECK ((status = ANY (ARRAY['OPEN'::text, 'ACK'::text, 'RESOLVED'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "system_alerts_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."system_alerts" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."clients" ADD COLUMN "actif" boolean NOT NULL DEFAULT true;

ALTER TABLE "public"."cours_de_route" ADD COLUMN "date_chargement_presumee" boolean NOT NULL DEFAULT false;

ALTER TABLE "public"."depots" ADD COLUMN "actif" boolean NOT NULL DEFAULT true;

ALTER TABLE "public"."ecarts" ADD COLUMN "ecart" numeric(18,6) GENERATED ALWAYS AS ((constate - attendu)) STORED;

ALTER TABLE "public"."fournisseurs" ADD COLUMN "actif" boolean NOT NULL DEFAULT true;

ALTER TABLE "public"."fournisseurs" ADD COLUMN "delai_paiement_jours" integer NOT NULL DEFAULT 30;

ALTER TABLE "public"."partenaires" ADD COLUMN "actif" boolean NOT NULL DEFAULT true;

-- By hand: dips taken before take the product and tolerance of their tank, which until now no dip outlived a change of.
ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "produit_id" uuid;

ALTER TABLE "public"."prises_de_hauteur" ADD COLUMN "tolerance_pour_mille" numeric(6,2);

ALTER TABLE "public"."prises_de_hauteur" DISABLE TRIGGER USER;

UPDATE "public"."prises_de_hauteur" p
   SET "produit_id" = c.produit_id, "tolerance_pour_mille" = c.tolerance_inventaire_pour_mille
  FROM "public"."citernes" c
 WHERE c.id = p.citerne_id;

ALTER TABLE "public"."prises_de_hauteur" ENABLE TRIGGER USER;

ALTER TABLE "public"."prises_de_hauteur"
  ALTER COLUMN "produit_id" SET NOT NULL, ALTER COLUMN "tolerance_pour_mille" SET NOT NULL;

CREATE TYPE "private"."quantites" AS ("volume_15c" numeric, "volume_20c" numeric, "densite_15" numeric, "tonnes_air" numeric);

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

CREATE OR REPLACE FUNCTION private.coordonnees_fournisseurs()
 RETURNS TABLE(id uuid, nom text, contact_personne text, email text, telephone text, adresse text, pays text, note_supplementaire text, created_at timestamp with time zone, actif boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select f.id, f.nom, f.contact_personne, f.email, f.telephone, f.adresse, f.pays, f.note_supplementaire, f.created_at,
         f.actif
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

CREATE OR REPLACE FUNCTION private.ecriture_de_facture(p_facture_id uuid)
 RETURNS public.ecritures_tiers
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select e from public.ecritures_tiers e
   where e.source_type = 'fournisseur_facture_lot_min' and e.source_id = p_facture_id and e.type in ('FACTURE', 'AVOIR')
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

CREATE OR REPLACE FUNCTION private.illisibles()
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN '[\u0001-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffd\U000e0000-\U000e0fff]'::text;

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

CREATE OR REPLACE FUNCTION private.nom_lisible(p_nom text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((private.cle_nom(p_nom) <> ''::text) AND (NORMALIZE(p_nom, NFKC) !~ '[\u0370-\u03ff\u0400-\u058f\u13a0-\u13ff\uab70-\uabbf]'::text));

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

CREATE OR REPLACE FUNCTION private.texte_lisible(p_texte text, p_lignes boolean DEFAULT false)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (translate(p_texte, CASE WHEN p_lignes THEN '
	'::text ELSE ''::text END, ''::text) !~ private.illisibles());

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

ALTER TABLE "public"."alertes_evenements" ADD CONSTRAINT "alertes_evenements_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."ecarts" ADD CONSTRAINT "ecarts_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."ecarts" ADD CONSTRAINT "ecarts_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."ecarts" ADD CONSTRAINT "ecarts_fournisseur_lot_id_fkey" FOREIGN KEY (fournisseur_lot_id) REFERENCES public.fournisseur_lot(id);

ALTER TABLE "public"."ecarts" ADD CONSTRAINT "ecarts_produit_id_fkey" FOREIGN KEY (produit_id) REFERENCES public.produits(id);

ALTER TABLE "public"."ecarts" ADD CONSTRAINT "ecarts_traite_par_fkey" FOREIGN KEY (traite_par) REFERENCES auth.users(id);

ALTER TABLE "public"."factures_fournisseur_receptions" ADD CONSTRAINT "factures_fournisseur_receptions_reception_id_fkey" FOREIGN KEY (reception_id) REFERENCES public.receptions(id);

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_fournisseur_id_fkey" FOREIGN KEY (fournisseur_id) REFERENCES public.fournisseurs(id);

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_fournisseur_lot_id_fkey" FOREIGN KEY (fournisseur_lot_id) REFERENCES public.fournisseur_lot(id);

ALTER TABLE "public"."fournisseur_facture_lot_min" ADD CONSTRAINT "fournisseur_facture_lot_min_validated_by_fkey" FOREIGN KEY (validated_by) REFERENCES auth.users(id);

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_annule_par_fkey" FOREIGN KEY (annule_par) REFERENCES auth.users(id);

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_confirme_par_fkey" FOREIGN KEY (confirme_par) REFERENCES auth.users(id);

ALTER TABLE "public"."fournisseur_paiement_lot_min" ADD CONSTRAINT "fournisseur_paiement_lot_min_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."fournisseurs" ADD CONSTRAINT "fournisseurs_delai_paiement_jours_check" CHECK (((delai_paiement_jours >= 0) AND (delai_paiement_jours <= 365)));

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_acknowledged_by_fkey" FOREIGN KEY (acknowledged_by) REFERENCES auth.users(id);

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."system_alerts" ADD CONSTRAINT "system_alerts_resolved_by_fkey" FOREIGN KEY (resolved_by) REFERENCES auth.users(id);

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
   FROM private.coordonnees_fournisseurs() f(id, nom, contact_personne, email, telephone, adresse, pays, note_supplementaire, created_at, actif);;

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

CREATE UNIQUE INDEX ecarts_auto_unique ON public.ecarts USING btree (type, reference_type, reference_id) WHERE (origine = 'AUTO'::text);

CREATE INDEX ecarts_created_by_idx ON public.ecarts USING btree (created_by);

CREATE INDEX ecarts_depot_id_idx ON public.ecarts USING btree (depot_id);

CREATE INDEX ecarts_lot_idx ON public.ecarts USING btree (fournisseur_lot_id);

CREATE INDEX ecarts_ouverts_idx ON public.ecarts USING btree (created_at) WHERE (statut <> 'TRAITE'::text);

CREATE INDEX ecarts_produit_id_idx ON public.ecarts USING btree (produit_id);

CREATE INDEX ecarts_reference_idx ON public.ecarts USING btree (reference_type, reference_id);

CREATE INDEX ecarts_traite_par_idx ON public.ecarts USING btree (traite_par);

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

CREATE INDEX system_alerts_acknowledged_by_idx ON public.system_alerts USING btree (acknowledged_by);

CREATE INDEX system_alerts_depot_id_idx ON public.system_alerts USING btree (depot_id);

CREATE INDEX system_alerts_presentes_idx ON public.system_alerts USING btree (check_code) WHERE presente;

CREATE INDEX system_alerts_resolved_by_idx ON public.system_alerts USING btree (resolved_by);

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

CREATE TRIGGER ecarts_gel BEFORE INSERT OR UPDATE ON public.ecarts FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

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

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.profils REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.receptions REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.sorties_produit REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.stocks_adjustments REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE TRIGGER system_alerts_after_write AFTER INSERT OR UPDATE ON public.system_alerts FOR EACH ROW EXECUTE FUNCTION private.noter_evenement_alerte();

CREATE TRIGGER system_alerts_before_update BEFORE UPDATE ON public.system_alerts FOR EACH ROW EXECUTE FUNCTION private.system_alerts_avant_update();

CREATE TRIGGER system_alerts_block BEFORE DELETE OR TRUNCATE ON public.system_alerts FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.transferts REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

CREATE POLICY "alertes_evenements_lecture" ON "public"."alertes_evenements" FOR SELECT TO "authenticated" USING (((depot_id = ANY (( SELECT private.depots_ou('lire_alertes'::text) AS depots_ou)::uuid[])) OR ((depot_id IS NULL) AND ( SELECT private.peut('lire_alertes'::text) AS peut) AND ( SELECT private.peut('voir_tous_depots'::text) AS peut))));

CREATE POLICY "ecarts_lecture" ON "public"."ecarts" FOR SELECT TO "authenticated" USING (((depot_id = ANY (( SELECT private.depots_ou('lire_ecarts'::text) AS depots_ou)::uuid[])) OR ((depot_id IS NULL) AND ( SELECT private.peut('lire_finance'::text) AS peut))));

CREATE POLICY "facture_fournisseur_creation" ON "public"."fournisseur_facture_lot_min" FOR INSERT TO "authenticated" WITH CHECK (( SELECT private.peut('ecrire_factures_fournisseur'::text) AS peut));

CREATE POLICY "facture_fournisseur_lecture" ON "public"."fournisseur_facture_lot_min" FOR SELECT TO "authenticated" USING ((( SELECT private.peut('lire_finance'::text) AS peut) AND (( SELECT private.peut('voir_tous_depots'::text) AS peut) OR (fournisseur_lot_id = ANY (ARRAY( SELECT c.fournisseur_lot_id
   FROM public.cours_de_route c
  WHERE (c.fournisseur_lot_id IS NOT NULL)))))));

CREATE POLICY "paiement_fournisseur_creation" ON "public"."fournisseur_paiement_lot_min" FOR INSERT TO "authenticated" WITH CHECK (( SELECT private.peut('ecrire_factures_fournisseur'::text) AS peut));

CREATE POLICY "system_alerts_lecture" ON "public"."system_alerts" FOR SELECT TO "authenticated" USING (((depot_id = ANY (( SELECT private.depots_ou('lire_alertes'::text) AS depots_ou)::uuid[])) OR ((depot_id IS NULL) AND ( SELECT private.peut('lire_alertes'::text) AS peut) AND ( SELECT private.peut('voir_tous_depots'::text) AS peut))));

CREATE POLICY "system_alerts_modification" ON "public"."system_alerts" FOR UPDATE TO "authenticated" USING (( SELECT private.peut('tenir_alertes'::text) AS peut)) WITH CHECK (( SELECT private.peut('tenir_alertes'::text) AS peut));

COMMENT ON COLUMN "private"."controles"."dit" IS 'In French: what it says, and the unit of its threshold.';

COMMENT ON COLUMN "private"."controles"."seuil" IS 'Threshold, in the unit that dit says; null where there is none.';

COMMENT ON COLUMN "public"."alertes_evenements"."depot_id" IS 'Depot of its alert, so that a policy asks nothing row by row.';

COMMENT ON COLUMN "public"."alertes_evenements"."par" IS 'Who; null for the system.';

COMMENT ON COLUMN "public"."clients"."actif" IS 'False: no new act names them.';

COMMENT ON COLUMN "public"."cours_de_route"."date_chargement_presumee" IS 'Nobody said the day of loading: it was taken to be the one of the announcement, and gives way to an earlier réception. Written by the database.';

COMMENT ON COLUMN "public"."depots"."actif" IS 'False: nothing new comes to it; what it holds may leave.';

COMMENT ON COLUMN "public"."ecarts"."depot_id" IS 'Depot it was found at; null: of a lot or an invoice as a whole.';

COMMENT ON COLUMN "public"."ecarts"."ecart" IS 'constate − attendu, in unite.';

COMMENT ON COLUMN "public"."ecarts"."excedent" IS 'What lies beyond franchise, in unite.';

COMMENT ON COLUMN "public"."ecarts"."fournisseur_lot_id" IS 'Lot that its truck, réception or invoice is of: the invoice of a lot waits for its gaps.';

COMMENT ON COLUMN "public"."ecarts"."traite_par" IS 'Who treated it; null for the system.';

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

COMMENT ON COLUMN "public"."partenaires"."actif" IS 'False: no new act names them; their fuel may leave.';

COMMENT ON COLUMN "public"."prises_de_hauteur"."tolerance_pour_mille" IS 'Tolerance of the tank at that moment, in thousandths of the books: one that changes since changes no verdict; written by the database.';

COMMENT ON COLUMN "public"."produits"."actif" IS 'False: nothing new comes of it; what is in stock may leave.';

COMMENT ON COLUMN "public"."sorties_produit"."citerne_id" IS 'Refers to the tank alone: the client embeds it by this column, which a key of three would not allow. Its product and depot are those of its stock, whose key says all three, and a tank that has served keeps both.';

COMMENT ON COLUMN "public"."system_alerts"."depot_id" IS 'Depot of what it is about; null: of no depot.';

COMMENT ON COLUMN "public"."system_alerts"."occurrences" IS 'How many times it has come.';

COMMENT ON COLUMN "public"."system_alerts"."presente" IS 'Whether the last pass still found it.';

COMMENT ON COLUMN "public"."system_alerts"."resolved_by" IS 'Who resolved it; null: it had gone by itself.';

COMMENT ON FUNCTION "private"."arrive_depuis"(uuid) IS 'Since when a truck has arrived, by the log; since it was announced, where the log does not say.';

COMMENT ON FUNCTION "private"."avant_requete"() IS 'What PostgREST calls first, as the caller (db_pre_request): refuses whatever would tell the planner''s estimates, which know nothing of who may see what. PostgreSQL''s log names the request by its x-request-id. Raises ESTIMATION_INTERDITE.';

COMMENT ON FUNCTION "private"."borner_lignes"() IS 'Bounds the rows that one statement writes, which it knows as lignes: one request never keeps the others waiting for long. Raises TROP_DE_LIGNES.';

COMMENT ON FUNCTION "private"."camion_a_recevoir"(uuid, text) IS 'The truck that brings a réception, which is asked again once it is locked; null for a partner''s fuel that comes without one. Raises CDR_REQUIS, INTROUVABLE, CDR_NON_ARRIVE.';

COMMENT ON FUNCTION "private"."citerne_a_servi"(uuid) IS 'Whether anything refers to a tank: a movement, a draft included, a dip, stock. The keys say the same once it is too late for words.';

COMMENT ON FUNCTION "private"."citerne_fantome"(uuid, text) IS 'Whether a tank is one that must never exist: left by old tests, it holds nothing.';

COMMENT ON FUNCTION "private"."citernes_avant_ecriture"() IS 'No tank of old tests, and none of a product or at a depot that is disabled. Raises CITERNE_FANTOME, REFERENTIEL_INACTIF.';

COMMENT ON FUNCTION "private"."citernes_proteger"() IS 'A tank that has served keeps its product and its depot, and room for what it holds; what decides its movements changes between two of them. Raises ECRITURE_INTERDITE, CAPACITE_SOUS_LE_STOCK, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."cle_au_depot"(uuid, text) IS 'A key that is one of its depot only. One text, for the index to be of no column: one that begins with depot_id alone is read, by the local REST, as one row a depot.';

COMMENT ON FUNCTION "private"."cle_nom"(text) IS 'A name as people compare it: whatever its case, its blanks and the form its letters are written in.';

COMMENT ON FUNCTION "private"."cle_plaque"(text) IS 'A plate as it is compared: its letters and digits alone, upper case.';

COMMENT ON FUNCTION "private"."completer_brouillon"(public.sorties_produit, uuid, private.lieu) IS 'A draft with what the server writes of it: product, depot, day, author, densities in kg/m³; its client is not disabled. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, MESURES_INCOHERENTES.';

COMMENT ON FUNCTION "private"."compter_mouvements"() IS 'Rows of every table that private.vider_mouvements() empties, in its order, and the CDR that it keeps.';

COMMENT ON FUNCTION "private"."constats_vus"() IS 'What the last nightly pass found, of depots the caller sees; and that it is late, where it is.';

COMMENT ON FUNCTION "private"."controle"(text) IS 'A check that is on; null of one that is off.';

COMMENT ON FUNCTION "private"."controler_tout"() IS 'The checks that read all history; what they find stands until the next time. Returns how many facts, null where another is at it.';

COMMENT ON FUNCTION "private"."coordonnees_fournisseurs"() IS 'Suppliers with their contacts, addresses and notes, for those who may read them; no row for anybody else.';

COMMENT ON FUNCTION "private"."cours_de_route_avant_insert"() IS 'A new CDR starts at CHARGEMENT, at a depot its author sees, one open CDR a truck and depot, nothing disabled. Raises ROLE_FORBIDDEN, INTROUVABLE, REFERENTIEL_INACTIF, CDR_TRANSITION_INTERDITE, CDR_DEJA_OUVERT, LOT_NON_OUVERT, LOT_INCOMPATIBLE.';

COMMENT ON FUNCTION "private"."cours_de_route_avant_update"() IS 'One step forward at a time; DECHARGE only once a réception exists, ANNULE with a reason; nothing changes after either. Raises CDR_TRANSITION_INTERDITE, CDR_DEJA_OUVERT, REFERENTIEL_INACTIF, ECRITURE_INTERDITE, ROLE_FORBIDDEN, MOTIF_REQUIS, INTROUVABLE, LOT_NON_OUVERT, LOT_INCOMPATIBLE, LOT_CDR_DECHARGE.';

COMMENT ON FUNCTION "private"."date_de_document"(date) IS 'A document is not of a day beyond tomorrow. Raises DATE_FUTURE.';

COMMENT ON FUNCTION "private"."date_possible"(timestamp with time zone) IS 'The same of a moment.';

COMMENT ON FUNCTION "private"."date_possible"(date) IS 'Whether a day is one that a depot can mean: finite, of this half century. Null for null.';

COMMENT ON FUNCTION "private"."deplacer_alerte"(uuid, text, text) IS 'Moves an alert a step further, with a note. Raises ROLE_FORBIDDEN, INTROUVABLE, ALERTE_ETAT.';

COMMENT ON FUNCTION "private"."ecart_a_traiter"(uuid, boolean) IS 'The gap, locked, of a depot the caller sees, or of none where they may read those; not treated yet. Raises INTROUVABLE, ECART_ETAT.';

COMMENT ON FUNCTION "private"."ecriture_de_facture"(uuid) IS 'What a validated invoice or credit note wrote in the account; null before.';

COMMENT ON FUNCTION "private"."exiger_actifs"(uuid, uuid, uuid, uuid, uuid) IS 'Refuses a new act that names what has been disabled; null is not looked at. Raises REFERENTIEL_INACTIF.';

COMMENT ON FUNCTION "private"."exiger_camion"(public.receptions, public.cours_de_route) IS 'Whether a truck (null: none) brings what is received, where and when it is. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE, RECEPTION_AVANT_CHARGEMENT.';

COMMENT ON FUNCTION "private"."exiger_camion_libre"(public.cours_de_route) IS 'Refuses a truck that is already on its way to this depot, by the letters and digits of its plate. The caller has reserved trucks. Raises CDR_DEJA_OUVERT.';

COMMENT ON FUNCTION "private"."exiger_en_service"(uuid) IS 'Refuses a tank that has closed since it was read. The caller has the lock. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE.';

COMMENT ON FUNCTION "private"."exiger_facture_validable"(public.fournisseur_facture_lot_min, text) IS 'Its lot is closed, every truck in or excused, every gap treated, what it counts is what stands now; a reason where there were gaps. Raises LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, MOTIF_REQUIS.';

COMMENT ON FUNCTION "private"."exiger_lot_finance"(uuid) IS 'The lot, locked, of somebody who sees its money: who sees every depot, or one that a truck of it goes to. Raises INTROUVABLE.';

COMMENT ON FUNCTION "private"."exiger_motif"(text, integer) IS 'Refuses with MOTIF_REQUIS a reason shorter than p_minimum characters, or without words: fewer than three letters.';

COMMENT ON FUNCTION "private"."exiger_quatre_yeux"(uuid) IS 'Under the flag quatre_yeux_finance nobody decides on what they wrote themselves. Raises QUATRE_YEUX.';

COMMENT ON FUNCTION "private"."exiger_securite"(uuid, date, numeric) IS 'After litres left a tank on a day, refuses where that day or a later one ends below its security capacity, all owners together, and names the first: litres at 15 °C read at the temperature they left at where p_vcf, their correction factor, is given, else as measured; or where it has closed since it was read. The caller has the lock. Raises SORTIE_CAPACITE_SECURITE, CITERNE_INACTIVE_OR_INCOMPATIBLE.';

COMMENT ON FUNCTION "private"."exiger_solde"(public.fournisseur_facture_lot_min, numeric) IS 'An invoice is not paid beyond what is left of it; takes the mutex of the account. Raises PAIEMENT_EXCEDENTAIRE, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."facture_a_changer"(uuid, text[]) IS 'The invoice and its lot, locked, in one of these states. Raises INTROUVABLE, FACTURE_ETAT, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."facture_a_payer"(uuid) IS 'The invoice, locked: validated, and not disputed. Raises PAIEMENT_FACTURE_NON_VALIDEE, INTROUVABLE, FACTURE_ETAT, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."facture_en_20c"(public.fournisseur_facture_lot_min) IS 'Its quantity and price by litres at 20 °C, whatever base it is invoiced by, and its amount. Raises FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE.';

COMMENT ON FUNCTION "private"."facture_fournisseur_apres_insert"() IS 'Logs FACTURE_CREEE; under the flag facture_lot_directe_compat, calculates and validates at once. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LOT_EXISTANT, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, DEPOT_SANS_CODE, FACTURE_ETAT, FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE, LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, QUATRE_YEUX.';

COMMENT ON FUNCTION "private"."facture_fournisseur_avant_insert"() IS 'A supplier''s invoice begins as a draft, of a lot its author sees the money of; one live invoice a lot, one a number. Raises ROLE_FORBIDDEN, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, DATE_FUTURE, INTROUVABLE, FACTURE_EXISTANTE, FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE.';

COMMENT ON FUNCTION "private"."facture_fournisseur_figer"() IS 'What is validated keeps its figures: only a dispute still comes and goes. Raises ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."faire_avancer_alerte"(public.system_alerts, text) IS 'The alert a step further, in the caller''s name and now. Raises ALERTE_ETAT.';

COMMENT ON FUNCTION "private"."faits_integrite"() IS 'What the checks find now, one row a key: the worst severity, and the payloads of all.';

COMMENT ON FUNCTION "private"."fermer_ecart_auto"(text, text, uuid, text) IS 'The system''s own gap is no more. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."fournisseur_lot_avant_ecriture"() IS 'A lot begins open and goes one step forward at a time; once closed only its note still changes; one that has trucks keeps its supplier and product; a new one names nothing disabled. Raises REFERENTIEL_INACTIF, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, LOT_EXISTANT.';

COMMENT ON FUNCTION "private"."fournisseur_lot_reserver"() IS 'A lot is changed and deleted by whoever keeps lots. Raises ROLE_FORBIDDEN.';

COMMENT ON FUNCTION "private"."fuseau_nomme"(text) IS 'Whether a time zone is one by its IANA name. PostgreSQL takes many another text for one: UTC+2 is four hours off what it looks like.';

COMMENT ON FUNCTION "private"."illisibles"() IS 'Characters that nobody sees, as a class of regular expressions: controls; marks that hide, or turn the direction of what follows; what stands for a byte that could not be read.';

COMMENT ON FUNCTION "private"."lieu"(uuid, uuid[]) IS 'The tank with all that its movements are measured by, among these depots; all null where it is not one of theirs. It keeps its product and depot while this transaction lasts.';

COMMENT ON FUNCTION "private"."lot_engage"(uuid) IS 'Whether a truck or an invoice refers to a lot.';

COMMENT ON FUNCTION "private"."mesures_proteger"() IS 'A zone decides days, a tolerance what is looked into: an act of its own, with the second factor where it is asked for. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."nom_lisible"(text) IS 'Whether a name is one, and has no letter of a script that looks like Latin: Greek, Cyrillic, Armenian, Cherokee.';

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

COMMENT ON FUNCTION "private"."plaque_lisible"(text) IS 'Whether a plate has Latin letters and digits only, and what may stand between them. Null for null.';

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

COMMENT ON FUNCTION "private"."refuser_valeur"(text, text) IS 'For a check, where its condition does not hold: refuses the value of a column in words, without repeating it. Raises TEXTE_ILLISIBLE, NOM_INVALIDE, PLAQUE_INVALIDE, DATE_IMPOSSIBLE, FUSEAU_INCONNU.';

COMMENT ON FUNCTION "private"."regle_de_facture"(uuid) IS 'USD settled of an invoice, credit notes counted.';

COMMENT ON FUNCTION "private"."reserver_camions"() IS 'Makes two statements that open a truck, or change its plate, queue: the second reads what the first wrote.';

COMMENT ON FUNCTION "private"."snapshot_facture_figer"() IS 'What a validated invoice counts stays as it was. Raises ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."sortie_entiere"(text, text, numeric, numeric, numeric, text, uuid, uuid, uuid, text, text, text, text, text, text) IS 'For the check of a sortie: a known state and owner; texts of a page at most that people can read, plates too; once validated, both volumes, the method, who validated it and for whom it is. Raises 23514 naming the text that is too long; TEXTE_ILLISIBLE, PLAQUE_INVALIDE.';

COMMENT ON FUNCTION "private"."sorties_avant_insert"() IS 'Completes a draft: tank the caller sees, columns of the server. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, MESURES_INCOHERENTES, SORTIE_VALIDATION_DIRECTE_INTERDITE.';

COMMENT ON FUNCTION "private"."surveiller"() IS 'Everything to be done every minute: the alerts, and once a night the whole proof. Run again, or twice at once, it does no harm.';

COMMENT ON FUNCTION "private"."system_alerts_avant_update"() IS 'A person moves an alert''s status, one way, and nothing else of it; who and when are written here. Raises ROLE_FORBIDDEN, ALERTE_ETAT.';

COMMENT ON FUNCTION "private"."texte_lisible"(text, boolean) IS 'Whether a text holds nothing but what people see: no control, invisible or direction character, in a log, a terminal or a report; line breaks and tabs where p_lignes. Null for null.';

COMMENT ON FUNCTION "private"."transferts_apres_insert"() IS 'Takes from one tank and gives to the other, or neither; logs TRANSFERT_CREE. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE, SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, INSUFFICIENT_STOCK, SORTIE_CAPACITE_SECURITE, CITERNE_PLEINE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."verrouiller_camions"(uuid[]) IS 'Takes the trucks of a statement, and asks each again whether it may be received: another may just have been quicker. Raises CDR_NON_ARRIVE.';

COMMENT ON FUNCTION "private"."volume_20c"(numeric, numeric, text, text, numeric) IS 'Litres at 20 °C of litres at 15 °C, to the millilitre: divided by the standard''s factor of this density (kg/m³) at 20 °C; without a density, by the product''s old coefficient.';

COMMENT ON FUNCTION "public"."acquitter_alerte"(uuid, text) IS 'Somebody takes an alert on (admin, directeur). Raises ROLE_FORBIDDEN, INTROUVABLE, ALERTE_ETAT.';

COMMENT ON FUNCTION "public"."annuler_cours_de_route"(uuid, text) IS 'Closes a truck that will never come, with the reason (admin, directeur, gerant). Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, MOTIF_REQUIS, INTROUVABLE, CDR_TRANSITION_INTERDITE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."annuler_facture_fournisseur"(uuid, text) IS 'A draft or calculated invoice is none; its number may be used again. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, FACTURE_ETAT.';

COMMENT ON FUNCTION "public"."annuler_paiement"(uuid, text) IS 'A confirmed payment is taken back (admin): its invoice is owed again. Logged CRITICAL. Raises ROLE_FORBIDDEN, MOTIF_REQUIS, INTROUVABLE, FACTURE_ETAT, PAIEMENT_ETAT, ECRITURE_CONTREPASSEE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."calculer_facture_fournisseur"(uuid) IS 'Counts what the lot''s trucks brought and compares it with what is invoiced; again and again until it is validated. Beyond tolerance it opens a gap. Raises ROLE_FORBIDDEN, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ECRITURES_GELEES, FACTURE_ETAT, FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE.';

COMMENT ON FUNCTION "public"."changer_statut_cours_de_route"(uuid, text) IS 'Moves a CDR one step. Raises ROLE_FORBIDDEN, INTROUVABLE, REFERENTIEL_INACTIF, CDR_TRANSITION_INTERDITE, ECRITURE_INTERDITE, ISOLATION_INTERDITE, ECRITURES_GELEES, MOTIF_REQUIS.';

COMMENT ON FUNCTION "public"."compute_volume_20c_from_reception"(uuid) IS 'Litres at 20 °C of a réception that the caller sees. Raises INTROUVABLE.';

COMMENT ON FUNCTION "public"."confirmer_paiement"(uuid) IS 'The bank has paid what was waiting. Raises ROLE_FORBIDDEN, INTROUVABLE, FACTURE_ETAT, PAIEMENT_ETAT, PAIEMENT_FACTURE_NON_VALIDEE, PAIEMENT_EXCEDENTAIRE, DEPOT_SANS_CODE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."contester_facture_fournisseur"(uuid, boolean, text) IS 'Opens (true) or closes (false) a dispute on an invoice: nothing is paid on it meanwhile. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, FACTURE_ETAT.';

COMMENT ON FUNCTION "public"."declarer_stock_initial"(uuid, text, numeric, numeric, text, date) IS 'Declares what a tank held for an owner before its first movement (admin, once, reason of 10 characters or more); litres as measured and at 15 °C. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, MOTIF_REQUIS, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, VOLUME_AMBIANT_NON_POSITIF, DATE_FUTURE, CITERNE_PLEINE, INVALID_ID_OR_STATE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."enregistrer_avoir_fournisseur"(uuid, text, date, numeric, text) IS 'The supplier takes back a part of a validated invoice, at most the whole: settles it as a payment does; what is paid already stays to their credit. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES, LOT_EXISTANT, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, FACTURE_ETAT, FACTURE_EXISTANTE, FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE, LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, AVOIR_EXCESSIF, QUATRE_YEUX.';

COMMENT ON FUNCTION "public"."resoudre_alerte"(uuid, text) IS 'Somebody says an alert is settled (admin, directeur). Raises ROLE_FORBIDDEN, INTROUVABLE, ALERTE_ETAT.';

COMMENT ON FUNCTION "public"."revoir_ecart"(uuid) IS 'Somebody looks into a gap (operateur too). Raises ROLE_FORBIDDEN, INTROUVABLE, ECART_ETAT, ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "public"."sorties_produit_block_update_delete"() IS 'Refuses every update, delete and truncate of a sortie (ECRITURE_INTERDITE), except completing a draft, by its author or a validator, which counts its version up; or the table''s owner in a transaction with app.sorties_produit_allow_write = 1. Raises ECRITURE_INTERDITE, ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF.';

COMMENT ON FUNCTION "public"."sync_system_alerts_from_integrity"(integer) IS 'What the checks find becomes alerts: new ones open, those gone are resolved, those back open again; p_limit at most, the worst first. One at a time, and without effect where nothing has changed (admin, directeur; every minute by itself). Raises ROLE_FORBIDDEN.';

COMMENT ON FUNCTION "public"."traiter_ecart"(uuid, text, text, text, numeric) IS 'Says what a gap is and what becomes of it (admin, directeur, gerant of its depot, or finance; ANNULER: admin); LITIGE leaves it open. Raises ROLE_FORBIDDEN, MOTIF_REQUIS, INTROUVABLE, ECART_ETAT, QUATRE_YEUX, ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "public"."validate_sortie"(uuid) IS 'Validates a draft (admin, directeur, gerant): locks it and the tank, checks everything, debits snapshot and days, logs SORTIE_VALIDEE. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, BENEFICIAIRE_REQUIRED, PARTENAIRE_REQUIS, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, DATE_FUTURE, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, MESURES_INCOHERENTES, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, DENSITE_OBSERVEE_REQUISE, DENSITE_HORS_PRODUIT, ASTM_HORS_DOMAINE, VOLUME_15C_INCOHERENT, VOLUME_TROP_PETIT, SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, INSUFFICIENT_STOCK, SORTIE_CAPACITE_SECURITE, STOCK_FUTUR_NEGATIF, ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "public"."valider_facture_fournisseur"(uuid, text) IS 'The invoice becomes a debt, and its closed lot invoiced. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LOT_EXISTANT, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, DEPOT_SANS_CODE, FACTURE_ETAT, LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, QUATRE_YEUX.';

COMMENT ON FUNCTION "public"."verifier_stocks"() IS 'Every disagreement between movements, snapshot, journal and adjustments, among what the caller sees; no row: all is well. Litres. CITERNE: a movement or a stock says another product or depot than its tank.';

COMMENT ON TABLE "private"."constats" IS 'What the last nightly pass found.';

COMMENT ON TABLE "private"."controles" IS 'The checks. An environment may switch one off, or set its threshold.';

COMMENT ON TABLE "private"."passages" IS 'When each pass of the checks last ended, and how long it took.';

COMMENT ON TABLE "public"."alertes_evenements" IS 'What happened to each alert, in order. Append-only.';

COMMENT ON TABLE "public"."citernes" IS 'A tank. It holds one product; its stock is split by owner. Whatever refers to a tank says its product and depot with it, by one key: neither changes once the tank has served.';

COMMENT ON TABLE "public"."ecarts" IS 'Gaps between what was expected and what was found. Never deleted.';

COMMENT ON TABLE "public"."factures_fournisseur_receptions" IS 'What an invoice counts of each réception, as it was when it was calculated: each in one live invoice at most. Frozen with it.';

COMMENT ON TABLE "public"."fournisseur_facture_lot_min" IS 'Invoices and credit notes of suppliers, in USD, one live invoice a lot. Written by the client as a draft; frozen once validated.';

COMMENT ON TABLE "public"."fournisseur_paiement_lot_min" IS 'Payments of suppliers'' invoices, USD. One that the client inserts is confirmed at once; taken back only by its reversal.';

COMMENT ON TABLE "public"."system_alerts" IS 'One row a fact that a check found, for good: opened, acknowledged, resolved, opened again. Written by the passes; people move its status only.';

COMMENT ON TYPE "private"."quantites" IS 'Litres at 15 and 20 °C, density at 15 °C (kg/m³) and tonnes in air of the same fuel; the last two null where no density is known.';

COMMENT ON VIEW "public"."v_compte_fournisseur" IS 'What we owe each supplier, for who reads accounts.';

COMMENT ON VIEW "public"."v_ecarts_inventaire" IS 'Each dip beside the books of its moment: gap in litres and thousandths, and whether it is beyond the tolerance of its day.';

COMMENT ON VIEW "public"."v_fournisseurs" IS 'Suppliers whole: contact, address and notes too (admin, directeur, gerant, pca). Everybody reads id and nom in fournisseurs.';

COMMENT ON VIEW "public"."v_reception_20c" IS 'Each réception with its adjustments: litres at 15 and 20 °C, tonnes in air.';

REVOKE ALL ON FUNCTION "private"."arrive_depuis"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."arrive_depuis"(uuid) TO "authenticated", "postgres", "service_role";

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

REVOKE ALL ON FUNCTION "private"."compter_mouvements"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."compter_mouvements"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."constats_vus"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."constats_vus"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."controle"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controle"(text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."controler_tout"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controler_tout"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."coordonnees_fournisseurs"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."coordonnees_fournisseurs"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."date_de_document"(date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."date_de_document"(date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."date_possible"(timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."date_possible"(timestamp with time zone) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."date_possible"(date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."date_possible"(date) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."deplacer_alerte"(uuid, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."deplacer_alerte"(uuid, text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecart_a_traiter"(uuid, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecart_a_traiter"(uuid, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecriture_de_facture"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecriture_de_facture"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_actifs"(uuid, uuid, uuid, uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_actifs"(uuid, uuid, uuid, uuid, uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."exiger_camion"(public.receptions, public.cours_de_route) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_camion"(public.receptions, public.cours_de_route) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_camion_libre"(public.cours_de_route) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_camion_libre"(public.cours_de_route) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_en_service"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_en_service"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_facture_validable"(public.fournisseur_facture_lot_min, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_facture_validable"(public.fournisseur_facture_lot_min, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_lot_finance"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_lot_finance"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_quatre_yeux"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_quatre_yeux"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_solde"(public.fournisseur_facture_lot_min, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_solde"(public.fournisseur_facture_lot_min, numeric) TO "postgres";

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

REVOKE ALL ON FUNCTION "private"."faits_integrite"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."faits_integrite"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."fermer_ecart_auto"(text, text, uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."fermer_ecart_auto"(text, text, uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."fournisseur_lot_reserver"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."fournisseur_lot_reserver"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."fuseau_nomme"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."fuseau_nomme"(text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."illisibles"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."illisibles"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."lot_engage"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lot_engage"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesures_proteger"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesures_proteger"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."nom_lisible"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."nom_lisible"(text) TO "authenticated", "postgres", "service_role";

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

REVOKE ALL ON FUNCTION "private"."plaque_lisible"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."plaque_lisible"(text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."quantites_reception"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."quantites_reception"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."rapprochement"(numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rapprochement"(numeric, numeric) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."receptions_a_facturer"(uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."receptions_a_facturer"(uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."recu_de_facture"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."recu_de_facture"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."refuser_valeur"(text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."refuser_valeur"(text, text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."regle_de_facture"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."regle_de_facture"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."reserver_camions"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."reserver_camions"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."snapshot_facture_figer"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."snapshot_facture_figer"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."surveiller"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."surveiller"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."system_alerts_avant_update"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."system_alerts_avant_update"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."texte_lisible"(text, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."texte_lisible"(text, boolean) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."verrouiller_camions"(uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."verrouiller_camions"(uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."volume_20c"(numeric, numeric, text, text, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."volume_20c"(numeric, numeric, text, text, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "public"."acquitter_alerte"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."acquitter_alerte"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."annuler_facture_fournisseur"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."annuler_facture_fournisseur"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."annuler_paiement"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."annuler_paiement"(uuid, text) TO "authenticated", "postgres";

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

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."constats" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."controles" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."passages" TO "postgres";

GRANT SELECT ON TABLE "public"."alertes_evenements" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."alertes_evenements" TO "postgres";

GRANT SELECT ON TABLE "public"."alertes_evenements" TO "service_role";

GRANT SELECT ON TABLE "public"."ecarts" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."ecarts" TO "postgres";

GRANT SELECT ON TABLE "public"."ecarts" TO "service_role";

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

GRANT SELECT ON TABLE "public"."v_fournisseurs" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_fournisseurs" TO "postgres";

GRANT SELECT ON TABLE "public"."v_fournisseurs" TO "service_role";

GRANT SELECT ON TABLE "public"."v_reception_20c" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_reception_20c" TO "postgres";

GRANT SELECT ON TABLE "public"."v_reception_20c" TO "service_role";

CREATE INDEX ecarts_page_idx ON public.ecarts USING btree (created_at DESC, id DESC);

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
           FROM (( SELECT ( SELECT (private.controle('CDR_ARRIVE_STALE'::text)).seuil AS seuil) AS seuil) k
             JOIN public.cours_de_route c_1 ON (((c_1.statut = 'ARRIVE'::text) AND (private.arrive_depuis(c_1.id) < (now() - ((k.seuil)::double precision * '1 day'::interval))))))
        UNION ALL
         SELECT 'RECEPTION_ECART_15C'::text AS code,
            'RECEPTION'::text AS entity_type,
            r.id,
            format('Réception de %s L mesurés pour %s L à 15 °C.'::text, r.volume_ambiant, r.volume_15c) AS format,
            jsonb_build_object('reception_id', r.id, 'volume_ambiant', r.volume_ambiant, 'volume_15c', r.volume_15c) AS jsonb_build_object,
            r.depot_id
           FROM (( SELECT ( SELECT (private.controle('RECEPTION_ECART_15C'::text)).seuil AS seuil) AS seuil) k
             JOIN public.receptions r ON (((abs((r.volume_ambiant - r.volume_15c)) > (0.03 * r.volume_ambiant)) AND (abs((r.volume_ambiant - r.volume_15c)) > ((k.seuil / (100)::numeric) * r.volume_ambiant)))))
        UNION ALL
         SELECT 'SORTIE_ECART_15C'::text AS code,
            'SORTIE'::text AS entity_type,
            s.id,
            format('Sortie de %s L mesurés pour %s L à 15 °C.'::text, s.volume_ambiant, s.volume_15c) AS format,
            jsonb_build_object('sortie_id', s.id, 'volume_ambiant', s.volume_ambiant, 'volume_15c', s.volume_15c) AS jsonb_build_object,
            s.depot_id
           FROM (( SELECT ( SELECT (private.controle('SORTIE_ECART_15C'::text)).seuil AS seuil) AS seuil) k
             JOIN public.sorties_produit s ON (((s.statut = 'validee'::text) AND (abs((s.volume_ambiant - s.volume_15c)) > (0.03 * s.volume_ambiant)) AND (abs((s.volume_ambiant - s.volume_15c)) > ((k.seuil / (100)::numeric) * s.volume_ambiant)))))
        UNION ALL
         SELECT 'SORTIE_BROUILLON_ANCIEN'::text AS code,
            'SORTIE'::text AS entity_type,
            s.id,
            format('Un brouillon de sortie attend depuis plus de %s heures.'::text, k.seuil) AS format,
            jsonb_build_object('sortie_id', s.id, 'created_at', s.created_at) AS jsonb_build_object,
            s.depot_id
           FROM (( SELECT ( SELECT (private.controle('SORTIE_BROUILLON_ANCIEN'::text)).seuil AS seuil) AS seuil) k
             JOIN public.sorties_produit s ON (((s.statut = 'brouillon'::text) AND (s.created_at < (now() - ((k.seuil)::double precision * '01:00:00'::interval))))))
        UNION ALL
         SELECT 'ECART_ANCIEN'::text AS code,
            'ECART'::text AS entity_type,
            e.id,
            format('Un écart attend depuis plus de %s jours.'::text, k.seuil) AS format,
            jsonb_build_object('ecart_id', e.id, 'type', e.type, 'reference_type', e.reference_type, 'statut', e.statut) AS jsonb_build_object,
            e.depot_id
           FROM (( SELECT ( SELECT (private.controle('ECART_ANCIEN'::text)).seuil AS seuil) AS seuil) k
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

reset check_function_bodies;
select private.noter_etat('20261126185533_achats_alertes_confiance');
