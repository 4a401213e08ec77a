-- 20261126133543_litre_confiance_tiers: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261126133543_litre_confiance_tiers');

DROP TRIGGER "produits_before_update" ON "public"."produits";

DROP TRIGGER "produits_journal_mesure" ON "public"."produits";

DROP TRIGGER "produits_journal_nom" ON "public"."produits";

DROP VIEW "public"."v_mouvements_stock";

ALTER TABLE "public"."stocks_adjustments" DROP CONSTRAINT "stocks_adjustments_mouvement_type_check";

DROP FUNCTION "astm"."comparer"(text, text);

DROP FUNCTION "private"."debiter_sortie"(public.sorties_produit, public.citernes);

DROP FUNCTION "private"."exiger_disponible"(uuid, uuid, text, numeric, numeric);

DROP FUNCTION "private"."exiger_place"(uuid, numeric);

DROP FUNCTION "private"."exiger_securite"(public.citernes, numeric);

DROP FUNCTION "private"."exiger_stock"(public.sorties_produit);

DROP FUNCTION "private"."mouvement_valide"(text, uuid);

ALTER TABLE "public"."stocks_adjustments" ALTER COLUMN "delta_15c" DROP DEFAULT;

CREATE TABLE "private"."etats_schema" ("empreinte" text NOT NULL, "nom" text NOT NULL, "faits" jsonb, "note_le" timestamp with time zone NOT NULL, CONSTRAINT "etats_schema_nom_check" CHECK ((btrim(nom) <> ''::text)), CONSTRAINT "etats_schema_pkey" PRIMARY KEY (empreinte));

CREATE TABLE "private"."lettrages" ("debit_id" uuid NOT NULL, "credit_id" uuid NOT NULL, "montant" numeric(18,2) NOT NULL, "annule_id" uuid, "created_by" uuid, "created_at" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), CONSTRAINT "lettrages_annule_id_key" UNIQUE (annule_id), CONSTRAINT "lettrages_check" CHECK (((annule_id IS NOT NULL) = (montant < (0)::numeric))), CONSTRAINT "lettrages_montant_check" CHECK (((montant <> (0)::numeric) AND (abs(montant) < '10000000000000'::numeric))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "lettrages_pkey" PRIMARY KEY (id));

CREATE TABLE "private"."numeros" ("depot_id" uuid NOT NULL, "serie" text NOT NULL, "exercice" integer NOT NULL, "numero" bigint NOT NULL, "objet_id" uuid NOT NULL, "emis_le" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), CONSTRAINT "numeros_numero_check" CHECK ((numero > 0)), CONSTRAINT "numeros_pkey" PRIMARY KEY (depot_id, serie, exercice, numero));

CREATE TABLE "private"."series_trous" ("depot_id" uuid NOT NULL, "serie" text NOT NULL, "exercice" integer NOT NULL, "de" bigint NOT NULL, "a" bigint NOT NULL, "motif" text NOT NULL, "par" uuid NOT NULL, "le" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "series_trous_check" CHECK (((0 < de) AND (de <= a))), CONSTRAINT "series_trous_pkey" PRIMARY KEY (depot_id, serie, exercice, de));

CREATE TABLE "private"."series" ("depot_id" uuid NOT NULL, "serie" text NOT NULL, "exercice" integer NOT NULL, "dernier" bigint NOT NULL DEFAULT 0, CONSTRAINT "series_dernier_check" CHECK ((dernier >= 0)), CONSTRAINT "series_exercice_check" CHECK (((exercice >= 2000) AND (exercice <= 2999))), CONSTRAINT "series_pkey" PRIMARY KEY (depot_id, serie, exercice), CONSTRAINT "series_serie_check" CHECK ((serie ~ '^[A-Z]{2,4}$'::text)));

CREATE TABLE "public"."dilatations" ("mouvement_type" text NOT NULL, "mouvement_id" uuid NOT NULL, "citerne_id" uuid NOT NULL, "produit_id" uuid NOT NULL, "depot_id" uuid NOT NULL, "proprietaire_type" text NOT NULL, "delta_ambiant" numeric(15,3) NOT NULL, "date_jour" date NOT NULL, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "dilatations_date_jour_check" CHECK ((date_jour >= '2020-01-01'::date)), CONSTRAINT "dilatations_delta_ambiant_check" CHECK (((delta_ambiant <> (0)::numeric) AND (abs(delta_ambiant) < '1000000000'::numeric))), CONSTRAINT "dilatations_mouvement_type_check" CHECK ((mouvement_type = ANY (ARRAY['SORTIE'::text, 'TRANSFERT'::text]))), CONSTRAINT "dilatations_mouvement_type_mouvement_id_date_jour_key" UNIQUE (mouvement_type, mouvement_id, date_jour), CONSTRAINT "dilatations_proprietaire_type_check" CHECK ((proprietaire_type = ANY (ARRAY['MONALUXE'::text, 'PARTENAIRE'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "dilatations_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."dilatations" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."ecritures_tiers" ("ordre" bigint GENERATED ALWAYS AS IDENTITY NOT NULL, "tiers_type" text NOT NULL, "fournisseur_id" uuid, "client_id" uuid, "depot_id" uuid, "devise" text NOT NULL, "date_valeur" date NOT NULL, "echeance" date, "type" text NOT NULL, "debit" numeric(18,2) NOT NULL, "credit" numeric(18,2) NOT NULL, "reference" text, "libelle" text NOT NULL, "source_type" text NOT NULL, "source_id" uuid NOT NULL, "contrepasse_id" uuid, "created_by" uuid, "created_at" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), CONSTRAINT "ecritures_tiers_check1" CHECK (((debit > (0)::numeric) <> (credit > (0)::numeric))), CONSTRAINT "ecritures_tiers_check2" CHECK (((contrepasse_id IS NOT NULL) = (type = 'CONTREPASSATION'::text))), CONSTRAINT "ecritures_tiers_check3" CHECK (((num_nonnulls(fournisseur_id, client_id) = 1) AND ((fournisseur_id IS NOT NULL) = (tiers_type = 'FOURNISSEUR'::text)))), CONSTRAINT "ecritures_tiers_check" CHECK ((echeance >= date_valeur)), CONSTRAINT "ecritures_tiers_contrepasse_id_key" UNIQUE (contrepasse_id), CONSTRAINT "ecritures_tiers_credit_check" CHECK (((credit >= (0)::numeric) AND (credit < '10000000000000'::numeric))), CONSTRAINT "ecritures_tiers_debit_check" CHECK (((debit >= (0)::numeric) AND (debit < '10000000000000'::numeric))), CONSTRAINT "ecritures_tiers_devise_check" CHECK ((devise = ANY (ARRAY['USD'::text, 'CDF'::text]))), CONSTRAINT "ecritures_tiers_libelle_check2000" CHECK ((char_length(libelle) <= 2000)), CONSTRAINT "ecritures_tiers_ordre_key" UNIQUE (ordre), CONSTRAINT "ecritures_tiers_reference_check2000" CHECK ((char_length(reference) <= 2000)), CONSTRAINT "ecritures_tiers_source_type_check2000" CHECK ((char_length(source_type) <= 2000)), CONSTRAINT "ecritures_tiers_source_type_source_id_type_key" UNIQUE (source_type, source_id, type), CONSTRAINT "ecritures_tiers_tiers_type_check" CHECK ((tiers_type = ANY (ARRAY['FOURNISSEUR'::text, 'CLIENT'::text]))), CONSTRAINT "ecritures_tiers_type_check" CHECK ((type = ANY (ARRAY['FACTURE'::text, 'AVOIR'::text, 'PAIEMENT'::text, 'REMBOURSEMENT'::text, 'AVANCE'::text, 'DECOMPTE'::text, 'ARRONDI'::text, 'CONTREPASSATION'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "ecritures_tiers_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."ecritures_tiers" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "private"."capacites" ADD COLUMN "habilitations" text[] NOT NULL DEFAULT '{}'::text[];

ALTER TABLE "private"."idempotence" ADD COLUMN "habilitations" text[] NOT NULL DEFAULT '{}'::text[];

ALTER TABLE "private"."idempotence" ADD COLUMN "second_facteur" boolean NOT NULL DEFAULT false;

ALTER TABLE "public"."depots" ADD COLUMN "code" text;

ALTER TABLE "public"."ecritures_tiers" ADD COLUMN "tiers_id" uuid GENERATED ALWAYS AS (COALESCE(fournisseur_id, client_id)) STORED NOT NULL;

ALTER TABLE "public"."golden_cases" ADD COLUMN "temperature_produit_deduite" boolean NOT NULL DEFAULT false;

ALTER TABLE "public"."profils" ADD COLUMN "habilitations" text[] NOT NULL DEFAULT '{}'::text[];

ALTER TABLE "public"."stocks_adjustments" ADD COLUMN "contrepartie_de" uuid;

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
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_entetes constant json := nullif(current_setting('request.headers', true), '')::json;
begin
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

CREATE OR REPLACE FUNCTION private.compter_mouvements()
 RETURNS TABLE(quoi text, lignes bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select 'receptions', count(*) from public.receptions
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
  union all select 'cours_de_route', count(*) from public.cours_de_route
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

CREATE OR REPLACE FUNCTION private.exiger_camion_libre(p_plaque text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- The lock makes two requests for one truck queue, so that the second reads what the first wrote.
  perform pg_advisory_xact_lock(hashtextextended('cours_de_route:' || p_plaque, 0));
  if exists (select from public.cours_de_route c where c.plaque_camion = p_plaque
    and c.statut not in ('DECHARGE', 'ANNULE')) then
    perform private.refuser('CDR_DEJA_OUVERT', jsonb_build_object('plaque_camion', p_plaque));
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

CREATE OR REPLACE FUNCTION private.exiger_securite(p_citerne_id uuid, p_jour date, p_vcf numeric DEFAULT NULL::numeric)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_securite numeric;
  v_stock numeric;
  v_dernier_jour date;
begin
  select c.capacite_securite into v_securite from public.citernes c where c.id = p_citerne_id;
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
    new.created_by := auth.uid();
    new.created_at := now();
  else
    if new.statut <> old.statut and new.statut is distinct from c_suivant ->> old.statut then
      perform private.refuser_lot('LOT_TRANSITION_INTERDITE', jsonb_build_object('de', old.statut, 'vers', new.statut));
    end if;
    if old.statut <> 'ouvert'
       and (new.fournisseur_id, new.produit_id, new.reference, new.date_lot)
           is distinct from (old.fournisseur_id, old.produit_id, old.reference, old.date_lot) then
      perform private.refuser_lot('LOT_NON_OUVERT', jsonb_build_object('acte', 'modifier un', 'statut', old.statut));
    end if;
    if (new.fournisseur_id, new.produit_id) is distinct from (old.fournisseur_id, old.produit_id)
       and exists (select from public.cours_de_route c where c.fournisseur_lot_id = old.id) then
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

CREATE OR REPLACE FUNCTION private.histoire_brouillon(p_sortie public.sorties_produit)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN jsonb_build_object('version', (p_sortie).version, 'created_by', (p_sortie).created_by, 'updated_by', (p_sortie).updated_by, 'updated_at', (p_sortie).updated_at);

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

CREATE OR REPLACE FUNCTION private.receptions_apres_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_reception public.receptions;
begin
  perform private.verrouiller_citernes(variadic array(select n.citerne_id from nouvelles n));
  for v_reception in select * from nouvelles n order by n.citerne_id loop
    perform private.appliquer_mouvement(v_reception.citerne_id, v_reception.produit_id, v_reception.depot_id,
      v_reception.proprietaire_type, v_reception.date_reception, v_reception.volume_ambiant, v_reception.volume_15c);
    perform private.exiger_contenance(v_reception.citerne_id, v_reception.date_reception, v_reception.volume_ambiant);
    perform private.melanger(v_reception.citerne_id, v_reception.densite_a_15_kgm3, v_reception.volume_15c);
    perform private.journaliser('RECEPTION_CREEE', 'receptions', 'INFO', v_reception.id, v_reception.depot_id,
      to_jsonb(v_reception));
  end loop;
  update public.cours_de_route c set statut = 'DECHARGE'
   where c.id in (select n.cours_de_route_id from nouvelles n);
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
  if new.produit_id <> v_cdr.produit_id or (v_lieu.depot).id <> v_cdr.depot_destination_id then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', new.citerne_id));
  end if;
  if new.proprietaire_type = 'PARTENAIRE' and new.partenaire_id is null then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;

  v_aujourdhui := private.jour_local((v_lieu.depot).fuseau, now());
  new.date_reception := coalesce(new.date_reception, v_aujourdhui);
  if new.date_reception > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;

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

  new.depot_id := (v_lieu.depot).id;
  new.statut := 'validee';
  new.created_by := auth.uid();
  new.validated_by := auth.uid();
  new.created_at := now();

  return new;
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
    ('private.limites', '{route}', '{}', true),
    ('public.feature_flags', '{key}', '{enabled,depots,users,updated_by}', true),
    ('astm.profils_calcul', '{nom}', '{id}', true),
    ('public.golden_cases', '{source,reference}', '{id}', true),
    ('public.depots', '{nom}', '{}', true),
    ('public.produits', '{code}', '{}', true),
    ('public.citernes', '{nom,id}', '{}', true)
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
  select * into v_citerne from public.citernes c
   where c.id = p_citerne_id and c.depot_id = any (private.depots_visibles());
  if not found or v_citerne.statut <> 'active' then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_citerne_id));
  end if;
  -- NaN is greater than any number: only a bound above tells it from one.
  if (p_volume_ambiant > 0 and p_volume_15c > 0 and p_volume_ambiant < 1e9 and p_volume_15c < 1e9) is not true then
    perform private.refuser('VOLUME_AMBIANT_NON_POSITIF', jsonb_build_object('volume_ambiant', p_volume_ambiant));
  end if;
  v_aujourdhui := private.jour_au_depot(v_citerne.depot_id, now());
  if p_date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;

  perform private.verrouiller_citernes(p_citerne_id);
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

CREATE OR REPLACE FUNCTION public.rebuild_stocks_journaliers(p_depot_id uuid, p_start_date date, p_end_date date)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger('reconstruire_stock');
  if not exists (select from public.depots d where d.id = p_depot_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce dépôt'));
  end if;
  perform
    private.verrouiller_citernes(variadic array(select c.id from public.citernes c where c.depot_id = p_depot_id));

  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  delete from public.stocks_journaliers j
   where j.depot_id = p_depot_id and j.date_jour between p_start_date and p_end_date;
  insert into public.stocks_journaliers
    (citerne_id, produit_id, proprietaire_type, depot_id, date_jour, stock_ambiant, stock_15c)
  select jours.citerne_id, jours.produit_id, jours.proprietaire_type, p_depot_id, jours.date_jour,
         jours.stock_ambiant, jours.stock_15c
    from (
      select m.citerne_id, m.produit_id, m.proprietaire_type, m.date_jour,
             sum(sum(m.delta_ambiant)) over depuis_le_debut as stock_ambiant,
             sum(sum(m.delta_15c)) over depuis_le_debut as stock_15c
        from public.v_mouvements_stock m
       where m.depot_id = p_depot_id and m.date_jour <= p_end_date
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
$function$;

ALTER TABLE "private"."capacites" ADD CONSTRAINT "capacites_habilitations_check" CHECK ((habilitations <@ '{finance,caisse}'::text[]));

ALTER TABLE "private"."numeros" ADD CONSTRAINT "numeros_depot_id_serie_exercice_fkey" FOREIGN KEY (depot_id, serie, exercice) REFERENCES private.series(depot_id, serie, exercice);

ALTER TABLE "private"."series_trous" ADD CONSTRAINT "series_trous_depot_id_serie_exercice_fkey" FOREIGN KEY (depot_id, serie, exercice) REFERENCES private.series(depot_id, serie, exercice);

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_code_check2000" CHECK ((char_length(code) <= 2000));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_code_check" CHECK ((code ~ '^[A-Z]{2,6}$'::text));

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_code_key" UNIQUE (code);

ALTER TABLE "public"."dilatations" ADD CONSTRAINT "dilatations_citerne_id_fkey" FOREIGN KEY (citerne_id) REFERENCES public.citernes(id);

ALTER TABLE "public"."dilatations" ADD CONSTRAINT "dilatations_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."dilatations" ADD CONSTRAINT "dilatations_produit_id_fkey" FOREIGN KEY (produit_id) REFERENCES public.produits(id);

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_client_id_fkey" FOREIGN KEY (client_id) REFERENCES public.clients(id);

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_fournisseur_id_fkey" FOREIGN KEY (fournisseur_id) REFERENCES public.fournisseurs(id);

ALTER TABLE "public"."profils" ADD CONSTRAINT "profils_habilitations_check" CHECK ((habilitations <@ '{finance,caisse}'::text[]));

ALTER TABLE "public"."stocks_adjustments" ADD CONSTRAINT "stocks_adjustments_contrepartie_de_fkey" FOREIGN KEY (contrepartie_de) REFERENCES public.stocks_adjustments(id);

ALTER TABLE "public"."stocks_adjustments" ADD CONSTRAINT "stocks_adjustments_mouvement_type_check" CHECK ((mouvement_type = ANY (ARRAY['RECEPTION'::text, 'SORTIE'::text, 'STOCK_INITIAL'::text, 'TRANSFERT'::text])));

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

CREATE INDEX dilatations_citerne_idx ON public.dilatations USING btree (citerne_id, date_jour DESC);

CREATE INDEX dilatations_depot_idx ON public.dilatations USING btree (depot_id, date_jour DESC);

CREATE INDEX dilatations_produit_id_idx ON public.dilatations USING btree (produit_id);

CREATE INDEX ecritures_tiers_client_id_idx ON public.ecritures_tiers USING btree (client_id);

CREATE INDEX ecritures_tiers_compte_idx ON public.ecritures_tiers USING btree (tiers_type, tiers_id, devise, date_valeur, ordre);

CREATE INDEX ecritures_tiers_created_by_idx ON public.ecritures_tiers USING btree (created_by);

CREATE INDEX ecritures_tiers_depot_id_idx ON public.ecritures_tiers USING btree (depot_id);

CREATE INDEX ecritures_tiers_fournisseur_id_idx ON public.ecritures_tiers USING btree (fournisseur_id);

CREATE INDEX stocks_adjustments_contrepartie_de_idx ON public.stocks_adjustments USING btree (contrepartie_de);

CREATE TRIGGER lettrages_block BEFORE DELETE OR UPDATE OR TRUNCATE ON private.lettrages FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER numeros_block BEFORE DELETE OR UPDATE OR TRUNCATE ON private.numeros FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER series_trous_block BEFORE DELETE OR UPDATE OR TRUNCATE ON private.series_trous FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER dilatations_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.dilatations FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER dilatations_gel BEFORE INSERT ON public.dilatations FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER ecritures_tiers_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.ecritures_tiers FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER ecritures_tiers_gel BEFORE INSERT ON public.ecritures_tiers FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER produits_before_update BEFORE UPDATE ON public.produits FOR EACH ROW WHEN (((old.code IS DISTINCT FROM new.code) OR (old.groupe_mpms IS DISTINCT FROM new.groupe_mpms) OR (old.alpha_historique IS DISTINCT FROM new.alpha_historique) OR (old.densite_15_min IS DISTINCT FROM new.densite_15_min) OR (old.densite_15_max IS DISTINCT FROM new.densite_15_max))) EXECUTE FUNCTION private.produits_proteger();

CREATE TRIGGER produits_journal_mesure AFTER UPDATE ON public.produits FOR EACH ROW WHEN (((old.code IS DISTINCT FROM new.code) OR (old.groupe_mpms IS DISTINCT FROM new.groupe_mpms) OR (old.alpha_historique IS DISTINCT FROM new.alpha_historique) OR (old.densite_15_min IS DISTINCT FROM new.densite_15_min) OR (old.densite_15_max IS DISTINCT FROM new.densite_15_max))) EXECUTE FUNCTION private.referentiel_journaliser('PRODUIT', 'WARNING');

CREATE TRIGGER produits_journal_nom AFTER UPDATE ON public.produits FOR EACH ROW WHEN (((NOT (old.code IS DISTINCT FROM new.code)) AND (NOT (old.groupe_mpms IS DISTINCT FROM new.groupe_mpms)) AND (NOT (old.alpha_historique IS DISTINCT FROM new.alpha_historique)) AND (NOT (old.densite_15_min IS DISTINCT FROM new.densite_15_min)) AND (NOT (old.densite_15_max IS DISTINCT FROM new.densite_15_max)))) EXECUTE FUNCTION private.referentiel_journaliser('PRODUIT', 'INFO');

CREATE POLICY "dilatations_lecture" ON "public"."dilatations" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])));

CREATE POLICY "ecritures_tiers_lecture" ON "public"."ecritures_tiers" FOR SELECT TO "authenticated" USING ((((depot_id IS NULL) AND ( SELECT private.peut('lire_comptes'::text) AS peut)) OR (depot_id = ANY (( SELECT private.depots_ou('lire_comptes'::text) AS depots_ou)::uuid[]))));

COMMENT ON COLUMN "private"."capacites"."habilitations" IS 'Entries of profils.habilitations that give it too, whatever the role, inside the depots that the role sees.';

COMMENT ON COLUMN "private"."etats_schema"."empreinte" IS 'private.empreinte() when it was there.';

COMMENT ON COLUMN "private"."etats_schema"."faits" IS 'Of the last state only: each object, with the MD5 of its fact.';

COMMENT ON COLUMN "private"."etats_schema"."nom" IS 'What brought it: a migration''s name, or supabase/schemas.';

COMMENT ON COLUMN "private"."idempotence"."empreinte" IS 'SHA-256 of method, path, version read and body: the same key with another request is refused.';

COMMENT ON COLUMN "private"."idempotence"."habilitations" IS 'What they might do beside their role when they were answered.';

COMMENT ON COLUMN "private"."idempotence"."second_facteur" IS 'Whether their session had been raised to aal2.';

COMMENT ON COLUMN "private"."series"."depot_id" IS 'Depot whose series it is; the nil UUID: the company''s.';

COMMENT ON COLUMN "public"."depots"."code" IS 'Two to six capitals, what the numbers of its documents begin with; null: it issues none of its own yet.';

COMMENT ON COLUMN "public"."dilatations"."date_jour" IS 'Day it counts from, at the depot: the movement''s, or the tank''s last where what was left over is only then.';

COMMENT ON COLUMN "public"."dilatations"."delta_ambiant" IS 'Litres as measured: above zero where more left than the books had, below where the last litre at 15 °C left and the books still had some.';

COMMENT ON COLUMN "public"."dilatations"."mouvement_id" IS 'id of sorties_produit or of transferts, as mouvement_type says.';

COMMENT ON COLUMN "public"."ecritures_tiers"."contrepasse_id" IS 'Entry that this one is the exact opposite of.';

COMMENT ON COLUMN "public"."ecritures_tiers"."created_at" IS 'Moment of the entry itself, under the mutex of its account.';

COMMENT ON COLUMN "public"."ecritures_tiers"."date_valeur" IS 'Day it counts from.';

COMMENT ON COLUMN "public"."ecritures_tiers"."depot_id" IS 'Depot it is of; null: the company''s.';

COMMENT ON COLUMN "public"."ecritures_tiers"."ordre" IS 'Order they were written in: that of one account''s entries is the order they committed in.';

COMMENT ON COLUMN "public"."ecritures_tiers"."reference" IS 'Number of its document, as printed.';

COMMENT ON COLUMN "public"."ecritures_tiers"."source_id" IS 'Document it comes from, of the table source_type.';

COMMENT ON COLUMN "public"."ecritures_tiers"."tiers_id" IS 'The supplier or client, whichever it is.';

COMMENT ON COLUMN "public"."golden_cases"."temperature_produit_deduite" IS 'The source does not give the product''s temperature: it was deduced from the source''s own factor, and so proves less.';

COMMENT ON COLUMN "public"."profils"."habilitations" IS 'What this person may do beside their role, inside the depots it sees: finance, caisse. Given by an admin, never by oneself.';

COMMENT ON COLUMN "public"."stocks_adjustments"."compensation" IS 'Takes back what was left of its movement after its adjustments: at most one a movement.';

COMMENT ON COLUMN "public"."stocks_adjustments"."contrepartie_de" IS 'Of a transfer, whose two tanks are corrected together: the adjustment that this one is the other half of; written by the database.';

COMMENT ON COLUMN "public"."stocks_adjustments"."mouvement_id" IS 'id of receptions, sorties_produit, stocks_initiaux or transferts, as mouvement_type says.';

COMMENT ON FUNCTION "astm"."comparer"(text, text) IS 'Every golden case by a profile (default: the default one) and a method (default: the profile''s): litres the engine gives minus litres expected, tolerance ±5 L; and the same gap for the shortcut of one temperature (the sample''s for both) and for the historical formula; with what was measured of it (°C, kg/m³). A case that the standard refuses has refus, its sentence and no figures, and is out of tolerance. Raises INTROUVABLE.';

COMMENT ON FUNCTION "astm"."convertir"(double precision, text, text, double precision, double precision, double precision, double precision, double precision, double precision, text, boolean, boolean) IS 'A quantity of fuel in every unit it is traded in. p_unite: L (as measured at the product''s temperature), L_15C, L_20C, BARIL_60F, T_VIDE (tonnes in vacuum) or T_AIR. Density: observed (kg/m³, or kg/L below 2) on a sample, else at 15 °C, else degrees API at 60 °F; temperature in °C, else in °F. From L_15C, volume_observe_l is what to load. Raises DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, QUANTITE_INVALIDE.';

COMMENT ON FUNCTION "astm"."masse_air_t"(double precision, double precision) IS 'Apparent mass in tonnes, in air, what a weighbridge shows and an invoice says: fuel and brass weights (8100 kg/m³) both weighed in air of 1.22 kg/m³. Tables 56 to 58.';

COMMENT ON FUNCTION "private"."acteur_peut"(private.acteur, text) IS 'Whether somebody has a capability, by their role or beside it; false for nobody. A capability that is not in the list is a bug and raises P0002.';

COMMENT ON FUNCTION "private"."ambiant_disponible"(uuid, uuid, text, date) IS 'Litres as measured that an owner has in a tank on a day and on every later one: the least of them.';

COMMENT ON FUNCTION "private"."attendre_tiers"(text, uuid) IS 'Waits for whoever is writing in an account; readers do not wait for one another. Raises ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."avant_requete"() IS 'What PostgREST calls first, as the caller (db_pre_request): refuses whatever would tell the planner''s estimates, which know nothing of who may see what. Raises ESTIMATION_INTERDITE.';

COMMENT ON FUNCTION "private"."borne_scellement"(private.blocs_journal) IS 'The moment before which the last pass, the one that wrote this block, left no line to seal.';

COMMENT ON FUNCTION "private"."code_emetteur"(uuid) IS 'What the numbers of a depot begin with; of the company (the nil UUID): the setting societe_code, else MLX. Raises DEPOT_SANS_CODE.';

COMMENT ON FUNCTION "private"."compenser"(text, uuid, text) IS 'Takes back what is left of a movement after its adjustments, once. Raises what an adjustment raises, and INVALID_ID_OR_STATE the second time or where nothing is left.';

COMMENT ON FUNCTION "private"."contrepasser"(uuid, date, text) IS 'Takes an entry back by its exact opposite, once: what it had settled is open again, and the two settle one another. Raises ECRITURE_CONTREPASSEE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."debiter_citerne"(text, uuid, uuid, uuid, uuid, text, date, numeric, numeric, text) IS 'Takes litres out of a tank for a sortie or a transfer: as measured and at 15 °C. By a standard, stock is refused on the litres at 15 °C alone: where the ambient ones fall short the difference is booked as a dilatation, and where the last litre at 15 °C leaves, what ambient ones are left over. The caller has the lock. Raises SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, INSUFFICIENT_STOCK, STOCK_FUTUR_NEGATIF, ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."debiter_sortie"(public.sorties_produit) IS 'Takes a prepared sortie out of snapshot and days: locks the tank, checks the stock, then every day''s security capacity. Done last in its transaction, so that others wait for the tank as little as can be.';

COMMENT ON FUNCTION "private"."dilater"(text, uuid, uuid, uuid, uuid, text, date, numeric) IS 'Writes what a movement showed of its fuel''s expansion (litres as measured) and logs DILATATION; the stock is the caller''s to move. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."ecrire_compte"(public.ecritures_tiers) IS 'Writes an entry, under the mutex of its account, and gives its id. Raises ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."empreinte"() IS 'SHA-256 of every fact that two databases of one schema share: the same, they are at the same point. Owner only.';

COMMENT ON FUNCTION "private"."empreintes"() IS 'Every fact that two databases of one schema share, with its MD5. Owner only.';

COMMENT ON FUNCTION "private"."etat_scellement"() IS 'Last block, its hash and moment (null: none was ever written), how many lines wait for the next pass, and the oldest of them. Always one row.';

COMMENT ON FUNCTION "private"."etat_schema"() IS 'What this database is at: empreinte now; notee and nom, of the last state it was brought to; connues, every state it has been in; modifies, the objects changed since by other hands. Owner only.';

COMMENT ON FUNCTION "private"."exiger_ajustable"(public.stocks_adjustments) IS 'Whether an adjustment that is written may move the stock: its movement keeps its sense, the stock of its owner stays at or above zero and within 0.5 to 1.5 litres at 15 °C for one measured. The caller has the lock. Raises INVALID_ID_OR_STATE, AJUSTEMENT_EXCESSIF, INSUFFICIENT_STOCK, FACTEUR_HORS_BORNES.';

COMMENT ON FUNCTION "private"."exiger_contenance"(uuid, date, numeric) IS 'After litres came into a tank on a day, refuses where that day or a later one ends above what it can hold, all owners together, and names the first. The caller has the lock. Raises CITERNE_PLEINE.';

COMMENT ON FUNCTION "private"."exiger_disponible"(uuid, uuid, text, numeric, numeric, text) IS 'Refuses litres that the stock of a tank and owner does not have: at 15 °C, and by the method LEGACY as measured too. The caller has the lock. Raises SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, INSUFFICIENT_STOCK.';

COMMENT ON FUNCTION "private"."exiger_securite"(uuid, date, numeric) IS 'After litres left a tank on a day, refuses where that day or a later one ends below its security capacity, all owners together, and names the first: litres at 15 °C read at the temperature they left at where p_vcf, their correction factor, is given, else as measured. The caller has the lock. Raises SORTIE_CAPACITE_SECURITE.';

COMMENT ON FUNCTION "private"."exiger_version"(public.sorties_produit, integer) IS 'Refuses a draft, already locked, that is no longer the version which was read; null: whichever it is. Raises VERSION_PERIMEE.';

COMMENT ON FUNCTION "private"."faits"() IS 'Every fact of the schemas public, private and astm, of what the project put beside them, and of the reference rows: objet, the name a person knows it by; parent, the object it goes with; fait, its properties; propre, true of a row that an environment may have of its own. Owner only.';

COMMENT ON FUNCTION "private"."histoire_brouillon"(public.sorties_produit) IS 'Whose draft it is that is being decided: its version, who wrote it, who last changed it and when. Part of what the decision logs.';

COMMENT ON FUNCTION "private"."jours_citerne"(uuid, date) IS 'What a tank holds at the end of a day and of every later one that saw a movement, all owners together, litres as measured and at 15 °C. A day before any stock has no row.';

COMMENT ON FUNCTION "private"."lettrer"(uuid, uuid, numeric) IS 'Settles one entry by another of the same account and currency: never more than either. Raises LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."masse_air_t"(numeric, numeric) IS 'Tonnes in air of litres at 15 °C, to the kilogram; null where the density (kg/m³) is not known. Inlined where it is used.';

COMMENT ON FUNCTION "private"."masse_vide_t"(numeric, numeric) IS 'Tonnes in vacuum of litres at 15 °C, to the kilogram; null where the density (kg/m³) is not known. Inlined where it is used.';

COMMENT ON FUNCTION "private"."montant_lettre"(uuid) IS 'How much of an entry is settled, in its own currency.';

COMMENT ON FUNCTION "private"."mouvement_valide"(text, uuid, uuid) IS 'What a validated movement did to the stock: to that of p_citerne_id where a transfer is meant from that side. Needs no lock: it never changes. Raises INVALID_ID_OR_STATE.';

COMMENT ON FUNCTION "private"."mouvements_traces"() IS 'Rows that never change once written, and the action whose line of the log said them: one line a row, its details the whole row.';

COMMENT ON FUNCTION "private"."noter_etat"(text) IS 'Last statement of whatever brings this database to a state: notes what it is at, under the name of the migration (p_nom). Gives the fingerprint. Owner only.';

COMMENT ON FUNCTION "private"."patience_scellement"() IS 'How long a line may wait for a pass, of which there is one a minute. What waits longer proves nothing.';

COMMENT ON FUNCTION "private"."poser_referentiels"() IS 'PROD''s depot, products and six tanks (litres), with their fixed ids, and no movement. What is already there stays as it is. Called by every reset and by the prod-like seed: in a database that says it is no PROD, or that says nothing and has nobody yet. Raises ENV_INTERDIT.';

COMMENT ON FUNCTION "private"."prendre_numero"(uuid, text, integer, uuid) IS 'The next number of a series, printed, for a document that this transaction issues; its row stays locked until the end, so it is taken last. Raises DEPOT_SANS_CODE.';

COMMENT ON FUNCTION "private"."profils_avant_ecriture"() IS 'A profile keeps its account for good; nobody changes their own role, depot or habilitations, nor shuts themselves out; gerant, operateur and lecture have a depot. Says itself when and by whom somebody was shut out. Raises ECRITURE_INTERDITE, DEPOT_REQUIS, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."receptions_apres_insert"() IS 'Each réception of the statement: credits the stock, on every day the tank has room; logs RECEPTION_CREEE. Last, closes each CDR, once: one truck may fill several tanks, in one act. Raises CITERNE_PLEINE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."referentiels"() IS 'Tables whose rows come with the schema: nom; cle, what a row is called by; sans, columns that are never compared; propre, true where an environment may have rows of its own, false where the rows of schemas/donnees are all there are.';

COMMENT ON FUNCTION "private"."rejeter_sortie"(uuid, text, integer) IS 'What rejeter_sortie and rejeter_sortie_lue do. p_version: the draft''s version that was read; null: whichever it has. Raises what they raise.';

COMMENT ON FUNCTION "private"."reprendre_reponse"(text, text, jsonb) IS 'Reserves a key for this request and returns no row, or returns the answer it was already given, to a person who may still do and see all that they could then, in a session as well proved; a refusal only while their rights are the same. p_demande: method, path and version read. Raises IDEMPOTENCE_CONFLIT, ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."reste_du_mouvement"(text, uuid, uuid) IS 'What a movement comes to with all its adjustments so far; asked under the lock of its tank. Raises INVALID_ID_OR_STATE.';

COMMENT ON FUNCTION "private"."sceller_journal"() IS 'Seals every line of the log that is in no block yet; answers how many. Waits up to 30 s for a pass that is still open, then fails with 55P03. Slows no writer down: takes no lock that one waits for. Raises ISOLATION_INTERDITE outside read committed.';

COMMENT ON FUNCTION "private"."stocks_adjustments_apres_insert"() IS 'Each adjustment of the statement, under the lock of its tank: moves the stock where it may, within the bounds of the tank; logs STOCK_AJUSTE, RECEPTION_COMPENSEE or SORTIE_COMPENSEE as CRITICAL. Then the other half of those of a transfer. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, MOTIF_REQUIS, AJUSTEMENT_INCOMPLET, INVALID_ID_OR_STATE, AJUSTEMENT_EXCESSIF, INSUFFICIENT_STOCK, FACTEUR_HORS_BORNES, CITERNE_PLEINE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."stocks_adjustments_avant_insert"() IS 'An admin, a reason, both volumes, a validated movement. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, MOTIF_REQUIS, AJUSTEMENT_INCOMPLET, INVALID_ID_OR_STATE.';

COMMENT ON FUNCTION "private"."tableau"(uuid, text) IS 'The board of a depot as the caller may see it (one''s own, or the first, where none is named): tanks, trucks, the day so far, the last movements; litres. Null where p_connue is already its version. Raises INTROUVABLE.';

COMMENT ON FUNCTION "private"."tableau_camions"(uuid) IS 'Trucks on their way to a depot, nearest first; litres as announced.';

COMMENT ON FUNCTION "private"."tableau_citernes"(uuid) IS 'Tanks of a depot with their limits and stock, by owner too, litres; an inactive one only while it holds something.';

COMMENT ON FUNCTION "private"."tableau_jour"(uuid, date) IS 'What each tank of a depot held when the day began, and how that changed since, by the hour; ambient litres, by tank.';

COMMENT ON FUNCTION "private"."tableau_mouvements"(uuid, integer) IS 'The last movements of stock of a depot, latest first, litres, negative out: so many of them.';

COMMENT ON FUNCTION "private"."tracer_validation"(public.sorties_produit, text[]) IS 'Logs what was done to a sortie that is now validated: each line says the whole row, with who wrote the draft, who last changed it and when.';

COMMENT ON FUNCTION "private"."transferts_apres_insert"() IS 'Takes from one tank and gives to the other, or neither; logs TRANSFERT_CREE. Raises SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, INSUFFICIENT_STOCK, SORTIE_CAPACITE_SECURITE, CITERNE_PLEINE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."verifier_comptes"() IS 'Entries settled for more than they are, and reversals that are not the opposite of theirs: no row, all is well.';

COMMENT ON FUNCTION "private"."verifier_series"() IS 'Series whose numbers issued and explained holes are not 1 to the last: no row, no gap.';

COMMENT ON FUNCTION "private"."verrouiller_tiers"(text, uuid[]) IS 'Takes the mutex of these accounts until the transaction ends, in one order, after the rows of the documents and before the tanks. Raises ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."volume_15c"(private.mesures, private.lieu) IS 'Litres at 15 °C of a measured volume, by the way that flag astm_53b sets for this user at this depot; where the tank''s density served, its warnings say so (DENSITE_CITERNE). Raises TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, and what private.volume_15c_norme or private.volume_15c_historique raises.';

COMMENT ON FUNCTION "public"."admin_compensate_reception"(uuid, text) IS 'Takes back what is left of what a réception credited (admin, reason of 10 characters or more). See private.compenser. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, AJUSTEMENT_INCOMPLET, AJUSTEMENT_EXCESSIF, INSUFFICIENT_STOCK, FACTEUR_HORS_BORNES, CITERNE_PLEINE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, MOTIF_REQUIS, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."admin_compensate_sortie"(uuid, text) IS 'Gives back what is left of what a sortie debited (admin, reason of 10 characters or more). See private.compenser. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, AJUSTEMENT_INCOMPLET, AJUSTEMENT_EXCESSIF, INSUFFICIENT_STOCK, FACTEUR_HORS_BORNES, CITERNE_PLEINE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, MOTIF_REQUIS, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."avancer_serie"(uuid, text, integer, bigint, text) IS 'After a restore from an older backup: moves a series past the highest number known on paper, and writes the hole with its reason (admin; a null depot: the company). Logged CRITICAL. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, MOTIF_REQUIS, DEPOT_SANS_CODE, INTROUVABLE, SERIE_AVANCEE.';

COMMENT ON FUNCTION "public"."rejeter_sortie_lue"(uuid, text, integer) IS 'Rejects a draft as it was read: rejeter_sortie, but refused with VERSION_PERIMEE where its version is no longer p_version. Raises ROLE_FORBIDDEN, MOTIF_REQUIS, INVALID_ID_OR_STATE, VERSION_PERIMEE, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."releve_tiers"(text, uuid, text, date, date, timestamp with time zone) IS 'Statement of an account: the balance before p_du, then each entry with the balance after it, as it was known at p_connu_a (what was written later is not in it). Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "public"."verifier_journal"(bigint, text) IS 'Every sign that the log was tampered with, or could be unseen (admin, directeur); no row: none. probleme: LIGNE_ALTEREE, LIGNE_SUPPRIMEE, LIGNE_INSEREE (ligne_id says which, constat what it is now), BLOC_ALTERE, BLOC_SUPPRIME, CHAINE_ROMPUE; and that it is not sealed as it should be: JAMAIS_SCELLE, SCELLEMENT_EN_RETARD (lines that wait for longer than private.patience_scellement; constat how many, since when). With a head noted elsewhere (number and hash of a block, see tete_journal), also whether that block is still in the chain: BLOC_SUPPRIME, CHAINE_REFAITE (constat says of a restore since, from what and why). Raises ROLE_FORBIDDEN.';

COMMENT ON FUNCTION "public"."verifier_mouvements"() IS 'Every movement and dip that no longer says what its line of the log said when it was validated, among what the caller sees (admin, directeur, pca; gerant: their depot); no row: none. probleme: MOUVEMENT_ALTERE (constat: each column, what the line said and what the row is), SANS_LIGNE (validated without a line), SANS_MOUVEMENT (a line whose row is gone), PLUSIEURS_LIGNES. The lines themselves are proved by verifier_journal. Raises ROLE_FORBIDDEN.';

COMMENT ON TABLE "private"."etats_schema" IS 'States this database has been brought to, one row each: the last noted is the one it should still be in.';

COMMENT ON TABLE "private"."lettrages" IS 'Which debit settles which credit, and of how much. Taken back by the opposite row (annule_id). Immutable.';

COMMENT ON TABLE "private"."numeros" IS 'Every number issued, and the document that has it. Immutable.';

COMMENT ON TABLE "private"."series" IS 'Last number issued of each series, a depot and a year.';

COMMENT ON TABLE "private"."series_trous" IS 'Numbers, from de to a, that this database has no document for, and why: those printed before it was restored from an older backup. Immutable.';

COMMENT ON TABLE "public"."dilatations" IS 'Litres as measured that a tank''s fuel gained (negative: lost) by its temperature, booked with the movement that showed it; no litre at 15 °C moves. Written by private.debiter_citerne only. Immutable.';

COMMENT ON TABLE "public"."ecritures_tiers" IS 'Accounts of third parties, entry by entry. Written by the rules only; immutable. Of a supplier credit is what we owe, of a client debit is what is owed to us.';

COMMENT ON TYPE "private"."acteur" IS 'Who is asking, their role, the depots they see and what they may do beside. All null for a user without a profile or deactivated, and for no user.';

COMMENT ON VIEW "public"."v_etat_citernes" IS 'Each tank as it is now, all owners together: litres as measured and at 15 °C, density at 15 °C of the mix (kg/m³) and the tonnes it makes, temperature (°C) and day of the last movement that read one, last dip.';

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

REVOKE ALL ON FUNCTION "private"."attendre_tiers"(text, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."attendre_tiers"(text, uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."avant_requete"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."avant_requete"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."borne_scellement"(private.blocs_journal) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."borne_scellement"(private.blocs_journal) TO "postgres";

REVOKE ALL ON FUNCTION "private"."code_emetteur"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."code_emetteur"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."contrepasser"(uuid, date, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."contrepasser"(uuid, date, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."debiter_citerne"(text, uuid, uuid, uuid, uuid, text, date, numeric, numeric, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."debiter_citerne"(text, uuid, uuid, uuid, uuid, text, date, numeric, numeric, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."debiter_sortie"(public.sorties_produit) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."debiter_sortie"(public.sorties_produit) TO "postgres";

REVOKE ALL ON FUNCTION "private"."dilater"(text, uuid, uuid, uuid, uuid, text, date, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dilater"(text, uuid, uuid, uuid, uuid, text, date, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecrire_compte"(public.ecritures_tiers) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecrire_compte"(public.ecritures_tiers) TO "postgres";

REVOKE ALL ON FUNCTION "private"."empreinte"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."empreinte"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."empreintes"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."empreintes"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."etat_scellement"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."etat_scellement"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."etat_schema"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."etat_schema"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_ajustable"(public.stocks_adjustments) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_ajustable"(public.stocks_adjustments) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_contenance"(uuid, date, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_contenance"(uuid, date, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_disponible"(uuid, uuid, text, numeric, numeric, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_disponible"(uuid, uuid, text, numeric, numeric, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_securite"(uuid, date, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_securite"(uuid, date, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_version"(public.sorties_produit, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_version"(public.sorties_produit, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."faits"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."faits"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."histoire_brouillon"(public.sorties_produit) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."histoire_brouillon"(public.sorties_produit) TO "postgres";

REVOKE ALL ON FUNCTION "private"."jours_citerne"(uuid, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."jours_citerne"(uuid, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lettrer"(uuid, uuid, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lettrer"(uuid, uuid, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."masse_air_t"(numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."masse_air_t"(numeric, numeric) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."masse_vide_t"(numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."masse_vide_t"(numeric, numeric) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."montant_lettre"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."montant_lettre"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."mouvement_valide"(text, uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mouvement_valide"(text, uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mouvements_traces"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mouvements_traces"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."noter_etat"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_etat"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."patience_scellement"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."patience_scellement"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."prendre_numero"(uuid, text, integer, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."prendre_numero"(uuid, text, integer, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."referentiels"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."referentiels"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."rejeter_sortie"(uuid, text, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rejeter_sortie"(uuid, text, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."reste_du_mouvement"(text, uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."reste_du_mouvement"(text, uuid, uuid) TO "postgres";

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

REVOKE ALL ON FUNCTION "private"."verifier_comptes"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."verifier_comptes"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."verifier_series"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."verifier_series"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."verrouiller_tiers"(text, uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."verrouiller_tiers"(text, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "public"."avancer_serie"(uuid, text, integer, bigint, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."avancer_serie"(uuid, text, integer, bigint, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."rejeter_sortie_lue"(uuid, text, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."rejeter_sortie_lue"(uuid, text, integer) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."releve_tiers"(text, uuid, text, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."releve_tiers"(text, uuid, text, date, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."verifier_mouvements"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."verifier_mouvements"() TO "authenticated", "postgres", "service_role";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."etats_schema" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."lettrages" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."numeros" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."series" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."series_trous" TO "postgres";

GRANT SELECT ON TABLE "public"."dilatations" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."dilatations" TO "postgres";

GRANT SELECT ON TABLE "public"."dilatations" TO "service_role";

GRANT SELECT ON TABLE "public"."ecritures_tiers" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."ecritures_tiers" TO "postgres";

GRANT SELECT ON TABLE "public"."ecritures_tiers" TO "service_role";

GRANT SELECT ON TABLE "public"."v_etat_citernes" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_etat_citernes" TO "postgres";

GRANT SELECT ON TABLE "public"."v_etat_citernes" TO "service_role";

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

ALTER TABLE "private"."lettrages" ADD CONSTRAINT "lettrages_credit_id_fkey" FOREIGN KEY (credit_id) REFERENCES public.ecritures_tiers(id);

ALTER TABLE "private"."lettrages" ADD CONSTRAINT "lettrages_debit_id_fkey" FOREIGN KEY (debit_id) REFERENCES public.ecritures_tiers(id);

ALTER TABLE "public"."ecritures_tiers" ADD CONSTRAINT "ecritures_tiers_contrepasse_id_fkey" FOREIGN KEY (contrepasse_id) REFERENCES public.ecritures_tiers(id);

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
  ('CDR_DEJA_OUVERT', 409, 'Le camion {plaque_camion} a déjà un cours de route ouvert.',
    'Un camion n''a qu''un cours de route ouvert à la fois.',
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
  ('MOTIF_REQUIS', 422, 'Indiquez un motif d''au moins {minimum} caractères.',
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
  ('avancer_series', '{admin}', true, 'avancer une série de numéros après une restauration', '{}')
on conflict (capacite) do update
   set (roles, second_facteur, dit, habilitations)
       = (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations)
 where (c.roles, c.second_facteur, c.dit, c.habilitations)
       is distinct from (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations);

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

select private.noter_etat('20261126133543_litre_confiance_tiers');
