-- 20261128032906_chemin_court: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261128032906_chemin_court');

DROP TRIGGER "bons_livraison_gel" ON "public"."bons_livraison";

DROP TRIGGER "cdr_etapes_gel" ON "public"."cdr_etapes";

DROP TRIGGER "ecritures_tiers_gel" ON "public"."ecritures_tiers";

DROP TRIGGER "ecritures_tiers_restes" ON "public"."ecritures_tiers";

DROP TRIGGER "encaissements_gel" ON "public"."encaissements";

DROP TRIGGER "factures_client_gel" ON "public"."factures_client";

DROP TRIGGER "factures_client_lignes_gel" ON "public"."factures_client_lignes";

DROP TRIGGER "factures_client_taxes_gel" ON "public"."factures_client_taxes";

DROP TRIGGER "factures_fiscales_gel" ON "public"."factures_fiscales";

DROP INDEX "public"."factures_client_depot_id_idx";

DROP VIEW "private"."lieux_vrais";

ALTER TABLE "private"."facturations_sortie" DROP CONSTRAINT "facturations_sortie_facture_id_fkey";

ALTER TABLE "private"."lettrages" DROP CONSTRAINT "lettrages_check";

ALTER TABLE "private"."lettrages" DROP CONSTRAINT "lettrages_montant_check";

ALTER TABLE "private"."numeros" DROP CONSTRAINT "numeros_depot_id_serie_exercice_fkey";

ALTER TABLE "private"."numeros" DROP CONSTRAINT "numeros_numero_check";

ALTER TABLE "private"."restes_clients" DROP CONSTRAINT "restes_clients_check";

ALTER TABLE "private"."restes_clients" DROP CONSTRAINT "restes_clients_client_id_fkey";

ALTER TABLE "private"."restes_clients" DROP CONSTRAINT "restes_clients_credit_check";

ALTER TABLE "private"."restes_clients" DROP CONSTRAINT "restes_clients_debit_check";

ALTER TABLE "private"."restes_clients" DROP CONSTRAINT "restes_clients_ecriture_id_fkey";

ALTER TABLE "private"."series" DROP CONSTRAINT "series_dernier_check";

ALTER TABLE "private"."series" DROP CONSTRAINT "series_exercice_check";

ALTER TABLE "private"."series" DROP CONSTRAINT "series_serie_check";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_check1";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_check2";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_check";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_date_livraison_possible";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_destinataire_lisible";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_lieu_lisible";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_motif_annulation_lisible";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_numero_lisible";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_recu_par_lisible";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_statut_check";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_volume_livre_15c_check";

ALTER TABLE "public"."bons_livraison" DROP CONSTRAINT "bons_livraison_volume_livre_ambiant_check";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_chauffeur_nom_lisible";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_check";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_created_at_possible";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_date_chargement_possible";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_depart_pays_lisible";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_motif_annulation_lisible";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_note_lisible";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_plaque_camion_check";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_plaque_camion_lisible";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_plaque_remorque_check";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_plaque_remorque_lisible";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_statut_check";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_transporteur_lisible";

ALTER TABLE "public"."cours_de_route" DROP CONSTRAINT "cours_de_route_volume_check";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_check1";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_check2";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_check3";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_check";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_credit_check";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_date_valeur_possible";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_debit_check";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_devise_check";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_echeance_possible";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_libelle_lisible";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_reference_lisible";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_source_type_lisible";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_tiers_type_check";

ALTER TABLE "public"."ecritures_tiers" DROP CONSTRAINT "ecritures_tiers_type_check";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_check1";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_check2";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_check3";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_check4";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_check5";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_check6";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_check";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_devise_check";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_devise_compte_check";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_mode_check";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_montant_check";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_montant_compte_check";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_motif_annulation_lisible";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_numero_recu_lisible";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_operateur_mobile_check";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_reference_check";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_reference_lisible";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_statut_check";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_taux_cdf_check";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_check1";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_check2";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_check3";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_check4";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_check";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_date_echeance_possible";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_date_facture_possible";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_devise_check";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_motif_lisible";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_nature_check";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_numero_lisible";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_statut_check";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_taux_cdf_check";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_total_ht_check";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_total_ttc_cdf_check";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_total_ttc_check";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_total_tva_cdf_check";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_total_tva_check";

ALTER TABLE "public"."factures_client" DROP CONSTRAINT "factures_client_type_check";

ALTER TABLE "public"."factures_client_lignes" DROP CONSTRAINT "factures_client_lignes_base_check";

ALTER TABLE "public"."factures_client_lignes" DROP CONSTRAINT "factures_client_lignes_check";

ALTER TABLE "public"."factures_client_lignes" DROP CONSTRAINT "factures_client_lignes_designation_check";

ALTER TABLE "public"."factures_client_lignes" DROP CONSTRAINT "factures_client_lignes_designation_lisible";

ALTER TABLE "public"."factures_client_lignes" DROP CONSTRAINT "factures_client_lignes_facture_id_fkey";

ALTER TABLE "public"."factures_client_lignes" DROP CONSTRAINT "factures_client_lignes_montant_ht_check";

ALTER TABLE "public"."factures_client_lignes" DROP CONSTRAINT "factures_client_lignes_nature_check";

ALTER TABLE "public"."factures_client_lignes" DROP CONSTRAINT "factures_client_lignes_prix_ht_check";

ALTER TABLE "public"."factures_client_lignes" DROP CONSTRAINT "factures_client_lignes_quantite_check";

ALTER TABLE "public"."factures_client_lignes" DROP CONSTRAINT "factures_client_lignes_rang_check";

ALTER TABLE "public"."factures_client_lignes" DROP CONSTRAINT "factures_client_lignes_tva_groupe_check";

ALTER TABLE "public"."factures_client_lignes" DROP CONSTRAINT "factures_client_lignes_tva_groupe_lisible";

ALTER TABLE "public"."factures_client_lignes" DROP CONSTRAINT "factures_client_lignes_tva_taux_check";

ALTER TABLE "public"."factures_client_taxes" DROP CONSTRAINT "factures_client_taxes_base_ht_check";

ALTER TABLE "public"."factures_client_taxes" DROP CONSTRAINT "factures_client_taxes_facture_id_fkey";

ALTER TABLE "public"."factures_client_taxes" DROP CONSTRAINT "factures_client_taxes_groupe_check";

ALTER TABLE "public"."factures_client_taxes" DROP CONSTRAINT "factures_client_taxes_groupe_lisible";

ALTER TABLE "public"."factures_client_taxes" DROP CONSTRAINT "factures_client_taxes_montant_tva_check";

ALTER TABLE "public"."factures_client_taxes" DROP CONSTRAINT "factures_client_taxes_taux_check";

ALTER TABLE "public"."factures_fiscales" DROP CONSTRAINT "factures_fiscales_check";

ALTER TABLE "public"."factures_fiscales" DROP CONSTRAINT "factures_fiscales_code_dgi_lisible";

ALTER TABLE "public"."factures_fiscales" DROP CONSTRAINT "factures_fiscales_nid_lisible";

ALTER TABLE "public"."factures_fiscales" DROP CONSTRAINT "factures_fiscales_qr_lisible";

ALTER TABLE "public"."factures_fiscales" DROP CONSTRAINT "factures_fiscales_statut_check";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_check1";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_check2";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_check";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_compartiment_check";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_date_reception_check";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_date_reception_possible";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_facteur_compteur_check";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_methode_15c_lisible";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_note_lisible";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_proprietaire_type_check";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_statut_check";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_volume_ambiant_check";

ALTER TABLE "public"."receptions" DROP CONSTRAINT "receptions_volume_observe_check";

DROP FUNCTION "private"."emettre"(public.factures_client);

DROP FUNCTION "private"."empreintes"();

DROP FUNCTION "private"."exiger_precedents"(uuid[]);

DROP FUNCTION "private"."lignes_de"(uuid[], public.clients_conditions);

DROP FUNCTION "private"."nouvel_encaissement"(jsonb);

DROP FUNCTION "private"."preparer_acte"(uuid, integer, uuid[]);

DROP FUNCTION "private"."rediger_facture"(uuid, uuid, uuid[], jsonb);

DROP FUNCTION "private"."sceller_facture"(public.factures_client);

DROP FUNCTION "private"."sortie_envoyee"(jsonb);

DROP FUNCTION "private"."vendables"(uuid[]);

-- PERTE DE DONNÉES
ALTER TYPE "private"."lecture" DROP ATTRIBUTE "norme" CASCADE;

ALTER TABLE "private"."actes_differes" ADD COLUMN "precedents" uuid[] NOT NULL DEFAULT '{}'::uuid[];

ALTER TABLE "private"."lieux" ADD COLUMN "densite_melange_kgm3" numeric(9,4);

ALTER TABLE "private"."lieux" ADD COLUMN "gele" boolean NOT NULL DEFAULT true;

ALTER TABLE "private"."lieux" ADD COLUMN "norme" boolean NOT NULL DEFAULT true;

ALTER TABLE "private"."lieux" ADD COLUMN "redacteurs" text[] NOT NULL DEFAULT '{}'::text[];

ALTER TABLE "private"."lieux" ADD COLUMN "validateurs" text[] NOT NULL DEFAULT '{}'::text[];

CREATE TYPE "private"."constatation" AS ("constat" text, "alertes" text[], "valeurs" jsonb);

ALTER TYPE "private"."emplacement" ADD ATTRIBUTE "gele" boolean CASCADE;

ALTER TYPE "private"."emplacement" ADD ATTRIBUTE "norme" boolean CASCADE;

ALTER TYPE "private"."emplacement" ADD ATTRIBUTE "redacteurs" text[] CASCADE;

ALTER TYPE "private"."emplacement" ADD ATTRIBUTE "validateurs" text[] CASCADE;

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
           v_cas.densite_observee_kgm3,
           null::float8, null::float8, null::float8, null::numeric, null::numeric, null, null, false,
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
  v_arrondis jsonb := jsonb '[]';
  v_lettre jsonb := jsonb '[]';
  v_part numeric;
  v_fait text;
begin
  v_ecriture_id := private.ecriture_encaissement(p_encaissement, 'PAIEMENT', 'encaissements', p_encaissement.id,
    p_encaissement.montant_compte, 0, format('Reçu %s', p_encaissement.numero_recu));
  for v_due in select * from private.dues(p_encaissement, p_factures) loop
    v_part := least(v_reste, v_due.du, coalesce(v_due.demande, v_due.du));
    exit when v_part <= 0;
    v_fait := private.lettrer(v_due.ecriture_id, v_ecriture_id, v_part);
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

CREATE OR REPLACE FUNCTION private.au_siege()
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select to_regnamespace('siege') is not null $function$;

CREATE OR REPLACE FUNCTION private.avec_facteur(p_qui uuid[])
 RETURNS bigint
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_eux uuid[] := '{}'::uuid[];
  v_aussi uuid[];
begin
  -- Supabase Auth's, where it has them; and ours.
  if to_regclass('auth.mfa_factors') is not null then
    execute $sql$select coalesce(array_agg(f.user_id), '{}') from auth.mfa_factors f
      where f.status::text = 'verified'$sql$
      into v_aussi;
    v_eux := v_eux || v_aussi;
  elsif to_regclass('private.facteurs_totp') is null then
    return null;
  end if;
  if to_regclass('private.facteurs_totp') is not null then
    execute $sql$select coalesce(array_agg(f.user_id), '{}') from private.facteurs_totp f
                  where f.confirme_le is not null$sql$
      into v_aussi;
    v_eux := v_eux || v_aussi;
  end if;
  return (select count(*) from unnest(p_qui) q where q = any (v_eux));
end;
$function$;

CREATE OR REPLACE FUNCTION private.bon_garder()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_faute text;
  v_admis boolean;
  v_ouvertes text;
begin
  v_ouvertes := private.exiger_ouvert();
  v_faute := case
    when new.volume_livre_ambiant <= 0 or new.volume_livre_ambiant >= 1e9 then 'volume_livre_ambiant'
    when new.volume_livre_15c <= 0 or new.volume_livre_15c >= 1e9 then 'volume_livre_15c'
    when new.statut not in ('BROUILLON', 'CONFIRME', 'ANNULE')
      or new.statut = 'CONFIRME' and new.confirme_le is null then 'statut'
    when (new.motif_annulation is not null) <> (new.statut = 'ANNULE') then 'motif_annulation'
    when (new.numero is not null) <> (new.confirme_le is not null) then 'numero' end;
  if v_faute is not null then
    perform private.refuser_ligne(tg_table_name, v_faute);
  end if;
  v_admis := private.date_admise(new.date_livraison, 'date_livraison');
  if num_nonnulls(new.destinataire, new.lieu, new.recu_par, new.motif_annulation) > 0 then
    v_admis := private.texte_admis(new.destinataire, 'destinataire', false);
    v_admis := private.texte_admis(new.lieu, 'lieu', false);
    v_admis := private.texte_admis(new.recu_par, 'recu_par', false);
    v_admis := private.texte_admis(new.motif_annulation, 'motif_annulation', true);
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.cle_periodes(p_depot_id uuid)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
RETURN hashtextextended(('periodes:'::text || (p_depot_id)::text), (0)::bigint);

CREATE OR REPLACE FUNCTION private.cles_dites(p_cles jsonb)
 RETURNS uuid[]
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select coalesce(array_agg(c.cle::uuid order by c.rang), '{}')
        from jsonb_array_elements_text(p_cles) with ordinality c (cle, rang) $function$;

CREATE OR REPLACE FUNCTION private.commande_figer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_fin constant text[] := array['statut', 'motif_fin', 'terminee_par', 'terminee_le'];
begin
  if old.statut = 'BROUILLON' then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  if tg_op = 'DELETE' and current_setting('app.purge_staging', true) = pg_current_xact_id()::text then
    perform private.interdire_si_prod();
    return old;
  end if;
  if tg_op = 'UPDATE' and old.statut = 'CONFIRMEE' and to_jsonb(new) - c_fin = to_jsonb(old) - c_fin then
    return new;
  end if;
  perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
end;
$function$;

CREATE OR REPLACE FUNCTION private.completer_encaissement(p_encaissement public.encaissements)
 RETURNS public.encaissements
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_enc public.encaissements := p_encaissement;
  v_ouverte text;
begin
  if not exists (select from public.clients c where c.id = v_enc.client_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce client'));
  end if;
  v_enc.id := private.nouvel_id();
  v_enc.devise := coalesce(v_enc.devise, 'USD');
  v_enc.devise_compte := coalesce(v_enc.devise_compte, (private.conditions_de(v_enc.client_id)).devise);
  v_enc.jour_caisse := private.jour_au_depot(v_enc.depot_id, coalesce(v_enc.recu_le, now()));
  v_enc.statut := coalesce(v_enc.statut, 'CONFIRME');
  v_enc.created_at := clock_timestamp();
  v_enc.lettre := '[]';
  if v_enc.reference is not null then
    v_enc.reference := private.texte_net(v_enc.reference);
  end if;
  if v_enc.recu_le is null then
    v_enc.recu_le := now();
  elsif v_enc.jour_caisse > private.jour_au_depot(v_enc.depot_id, now()) then
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
    v_ouverte := private.exiger_caisse_ouverte(v_enc.depot_id, v_enc.devise, v_enc.jour_caisse);
  end if;
  v_enc.taux_cdf := case when v_enc.devise = v_enc.devise_compte then 1
    else private.taux_du_jour('USD', v_enc.jour_caisse) end;
  v_enc.montant_compte := private.en_devise(v_enc.montant, v_enc.devise, v_enc.devise_compte, v_enc.taux_cdf);
  return v_enc;
end;
$function$;

CREATE OR REPLACE FUNCTION private.compter_echec(p_essai private.essais_facteur, p_code text)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_echecs_max constant int := 5;
  c_blocage constant interval := interval '15 minutes';
begin
  update private.essais_facteur e
     set echecs = case when e.echecs + 1 < c_echecs_max then e.echecs + 1 else 0 end,
         bloque_jusqu_au = case when e.echecs + 1 >= c_echecs_max then clock_timestamp() + c_blocage end
   where (e.user_id, e.moyen) = (p_essai.user_id, p_essai.moyen) returning * into p_essai;
  perform private.journaliser('TOTP_REFUSE', 'securite', 'WARNING', p_essai.user_id, null,
    jsonb_build_object('moyen', p_essai.moyen, 'code', p_code));
  if p_essai.bloque_jusqu_au is null then
    return jsonb_build_object('code', p_code, 'valeurs',
      jsonb_build_object('essais_restants', c_echecs_max - p_essai.echecs));
  end if;
  perform private.journaliser('TOTP_BLOQUE', 'securite', 'WARNING', p_essai.user_id, null,
    jsonb_build_object('moyen', p_essai.moyen, 'jusqu_au', p_essai.bloque_jusqu_au));
  perform private.prevenir_admins(p_essai.user_id, 'second facteur bloqué',
    format('%s codes faux de suite pour {qui} : son second facteur est bloqué pendant 15 minutes. Si ce n''est pas '
      'cette personne, quelqu''un a son mot de passe : faites-le changer.', c_echecs_max));
  return private.essai_bloque(p_essai);
end;
$function$;

CREATE OR REPLACE FUNCTION private.confirmer(p_encaissement public.encaissements, p_factures jsonb)
 RETURNS public.encaissements
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_pris text;
begin
  v_pris := private.verrouiller_tiers('CLIENT', p_encaissement.client_id);
  p_encaissement.statut := 'CONFIRME';
  p_encaissement.confirme_par := auth.uid();
  -- Who sells and is paid in one act is asked once.
  p_encaissement.vendeur_fige := coalesce(p_encaissement.vendeur_fige, private.vendeur(p_encaissement.depot_id));
  select jsonb_build_object('nom', c.nom, 'adresse', c.adresse, 'nif', c.nif) into p_encaissement.client_fige
    from public.clients c where c.id = p_encaissement.client_id;
  p_encaissement.numero_recu := private.prendre_numero(p_encaissement.depot_id, 'REC', null, p_encaissement.id);
  p_encaissement.lettre := private.affecter_encaissement(p_encaissement, p_factures);
  return p_encaissement;
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
  -- Each depot has a chain of its own there.
  if private.au_siege() then
    return query execute
      'select v.probleme, v.bloc, v.ligne_id, jsonb_build_object(''base'', v.base) from siege.verifier_journal() v';
    return query select t.* from private.controler_temoin(p_bloc, p_empreinte) t;
    return;
  end if;
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
   where c.manquants > 0 or c.precedent is distinct from c.attendu;

  return query select t.* from private.controler_temoin(p_bloc, p_empreinte) t;

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

CREATE OR REPLACE FUNCTION private.controler_temoin(p_bloc bigint, p_empreinte text)
 RETURNS TABLE(probleme text, bloc bigint, ligne_id uuid, constat jsonb)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select case when d.numero is null or d.numero < p_bloc then 'BLOC_SUPPRIME' else 'CHAINE_REFAITE' end, p_bloc,
         null::uuid, jsonb_build_object('attendu', p_empreinte, 'dernier_bloc', d.numero)
           -- Restored since, it is the backup's chain: whoever compares a head is told so, by the log itself.
           || coalesce((select jsonb_build_object('restauree_le', l.created_at, 'restauration', l.details - 'perdus')
                          from public.log_actions l where l.action = 'BASE_RESTAUREE'
                         order by l.created_at desc limit 1), '{}')
    from (select max(b.numero) as numero from private.blocs_journal b) d
   where p_bloc is not null
     and not exists (select from private.blocs_journal b
                      where b.numero = p_bloc and encode(b.empreinte, 'hex') = lower(btrim(p_empreinte)))
$function$;

CREATE OR REPLACE FUNCTION private.controles_lus()
 RETURNS TABLE(code text, severity text, actif boolean, seuil numeric, rythme text, dit text, presentes bigint)
 LANGUAGE plpgsql
 SECURITY DEFINER
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

CREATE OR REPLACE FUNCTION private.controles_synchronisation()
 RETURNS SETOF private.fait_controle
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
    -- What is refused was told as it was refused (ACTE_DIFFERE_REFUSE); what waits is told by nobody but its phone.
    with suspens as (
      select a.user_id, a.lot_id, a.depot_id, count(*) as combien, min(a.fait_le) as depuis, min(a.recu_le) as recu_le,
             jsonb_agg(jsonb_build_object('cle', a.cle, 'acte', a.acte, 'fait_le', a.fait_le, 'etat', a.etat,
               'raison', a.reponse ->> 'detail') order by a.fait_le, a.cle) as actes
        from private.actes_differes a
       where a.etat not in ('APPLIQUE', 'REFUSE')
         and a.recu_le < now() - private.seuil('ACTES_EN_SUSPENS') * interval '1 hour'
       group by a.user_id, a.lot_id, a.depot_id)
    select 'ACTES_EN_SUSPENS', 'LOT_DIFFERE', md5(concat_ws(' ', s.user_id, s.lot_id, s.depot_id))::uuid,
           format(
             '%s acte(s) faits sans ligne par %s (%s) sont arrivés %s et ne sont pas faits ; le premier est de %s%s',
             s.combien, coalesce(p.nom_complet, p.email, 'un compte supprimé'),
             coalesce(l.appareil, 'téléphone non nommé'), private.heure_au_depot(s.depot_id, s.recu_le),
             private.heure_au_depot(s.depot_id, s.depuis), coalesce(' : ' || (s.actes -> 0 ->> 'raison'), '.')),
           jsonb_build_object('user_id', s.user_id, 'lot', s.lot_id, 'appareil', l.appareil, 'combien', s.combien,
             'actes', jsonb_path_query_array(s.actes, '$[0 to 19]')), s.depot_id
      from suspens s
      left join public.profils p on p.user_id = s.user_id
      left join private.lots_differes l on l.user_id = s.user_id and l.id = s.lot_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.cours_de_route_avant_update()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_suivant constant jsonb := jsonb
    '{"CHARGEMENT":"TRANSIT","TRANSIT":"FRONTIERE","FRONTIERE":"ARRIVE","ARRIVE":"DECHARGE"}';
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

CREATE OR REPLACE FUNCTION private.cours_de_route_garder()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_faute text;
  v_admis boolean;
begin
  v_faute := case
    when new.volume <= 0 or new.volume >= 1e9 then 'volume'
    when new.statut not in ('CHARGEMENT', 'TRANSIT', 'FRONTIERE', 'ARRIVE', 'DECHARGE', 'ANNULE') then 'statut'
    when (new.motif_annulation is not null) <> (new.statut = 'ANNULE') then 'motif_annulation' end;
  if v_faute is not null then
    perform private.refuser_ligne(tg_table_name, v_faute);
  end if;
  v_admis := private.date_admise(new.date_chargement, 'date_chargement');
  -- A step changes no text.
  if tg_op = 'UPDATE' and (new.plaque_camion, new.plaque_remorque, new.chauffeur_nom, new.transporteur, new.depart_pays,
       new.note, new.motif_annulation, new.created_at) is not distinct from (old.plaque_camion, old.plaque_remorque,
       old.chauffeur_nom, old.transporteur, old.depart_pays, old.note, old.motif_annulation, old.created_at) then
    return new;
  end if;
  v_admis := private.plaque_admise(new.plaque_camion, 'plaque_camion')
    and private.texte_admis(new.plaque_camion, 'plaque_camion', false)
    and (private.cle_plaque(new.plaque_camion) <> '' or private.refuser_valeur('PLAQUE_INVALIDE', 'plaque_camion'));
  v_admis := private.plaque_admise(new.plaque_remorque, 'plaque_remorque')
    and private.texte_admis(new.plaque_remorque, 'plaque_remorque', false);
  v_admis := private.texte_admis(new.chauffeur_nom, 'chauffeur_nom', false);
  v_admis := private.texte_admis(new.transporteur, 'transporteur', false);
  v_admis := private.texte_admis(new.depart_pays, 'depart_pays', false);
  v_admis := private.texte_admis(new.note, 'note', true);
  v_admis := private.texte_admis(new.motif_annulation, 'motif_annulation', true);
  v_admis := private.date_admise(new.created_at, 'created_at');
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
  v_autrement public.cours_de_route;
  v_dit text;
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
    v_dit := private.journaliser('CDR_STATUT', 'cours_de_route', 'INFO', new.id, new.depot_destination_id,
      jsonb_build_object('de', old.statut, 'vers', new.statut)
        || case when v_presumee then jsonb_build_object('date_chargement', new.date_chargement) else '{}' end);
  end if;
  if new.fournisseur_lot_id is distinct from old.fournisseur_lot_id then
    perform private.journaliser(case when new.fournisseur_lot_id is null then 'CDR_DELIE_LOT' else 'CDR_LIE_LOT' end,
      'cours_de_route', 'INFO', new.id, new.depot_destination_id,
      jsonb_build_object('de', old.fournisseur_lot_id, 'vers', new.fournisseur_lot_id));
  end if;
  -- A move may bring along other changes.
  if tg_op = 'UPDATE' then
    v_autrement := new;
    v_autrement.statut := old.statut;
    v_autrement.motif_annulation := old.motif_annulation;
    v_autrement.fournisseur_lot_id := old.fournisseur_lot_id;
    if v_presumee then
      v_autrement.date_chargement := old.date_chargement;
    end if;
    if v_autrement is distinct from old then
      perform private.journaliser('CDR_MODIFIE', 'cours_de_route', 'INFO', new.id, new.depot_destination_id,
        jsonb_build_object('avant', to_jsonb(old), 'apres', to_jsonb(new)));
    end if;
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.cout_tenu(p_depot_id uuid, p_produit_id uuid, p_jour date)
 RETURNS TABLE(usd_par_l15 numeric, part_connue numeric)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER COST 10000 ROWS 1
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_tenu constant numeric := private.tenu_le(p_depot_id, p_produit_id, p_jour);
  v_reste numeric := v_tenu;
  v_recue record;
  v_couts jsonb := jsonb '{}';
  v_connus numeric := 0;
  v_cout numeric := 0;
begin
  for v_recue in
    select c.fournisseur_lot_id as lot_id, (private.quantites_reception(r.id)).volume_15c as litres
      from public.receptions r left join public.cours_de_route c on c.id = r.cours_de_route_id
     where r.depot_id = p_depot_id and r.produit_id = p_produit_id and r.proprietaire_type = 'MONALUXE'
       and r.statut = 'validee' and r.date_reception <= p_jour
     order by r.date_reception desc, r.id desc
  loop
    exit when v_reste <= 0;
    if v_recue.lot_id is not null and not v_couts ? v_recue.lot_id::text then
      v_couts := v_couts || (
        select jsonb_build_object(v_recue.lot_id, (k.achat_usd + k.frais_usd) / nullif(k.volume_15c, 0))
          from private.cout_de_lot(v_recue.lot_id) k);
    end if;
    if v_couts ->> v_recue.lot_id::text is not null then
      v_connus := v_connus + least(v_reste, v_recue.litres);
      v_cout := v_cout + least(v_reste, v_recue.litres) * (v_couts ->> v_recue.lot_id::text)::numeric;
    end if;
    v_reste := v_reste - v_recue.litres;
  end loop;
  return query select round(v_cout / nullif(v_connus, 0), 6), round(v_connus / nullif(v_tenu, 0), 4);
end;
$function$;

CREATE OR REPLACE FUNCTION private.creer_et_valider(p_sortie jsonb, p_payee boolean)
 RETURNS public.sorties_produit
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  v_ecrite record;
  v_permis text;
begin
  -- Who may is asked of the row; of what is no row, here.
  if jsonb_typeof(p_sortie) is distinct from 'object' then
    perform private.exiger('valider_sortie');
    perform private.exiger_champs(p_sortie);
  end if;
  v_permis := set_config('app.sorties_produit_allow_write', case when p_payee then 'comptant' else 'regle' end, true);
  -- The table's own triggers complete it, check everything, write its figures, log it and debit it.
  -- What was sent is read as a row of a function, and answered as one value: column by column either would cost as
  -- much as a third of the insertion.
  insert into public.sorties_produit as s select e.* from private.sortie_envoyee(p_sortie, 'validee') e
    returning s as ligne into v_ecrite;
  v_permis := set_config('app.sorties_produit_allow_write', '', true);
  return v_ecrite.ligne;
end;
$function$;

CREATE OR REPLACE FUNCTION private.dans_un_cercle(p_cle uuid, p_precedent uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with recursive attendus as (
    select p_precedent as cle
    union
    select u.cle
      from attendus t
      join private.actes_differes a on a.cle = t.cle and a.user_id = auth.uid() and a.etat <> 'APPLIQUE'
     cross join unnest(a.precedents) u (cle))
  select exists (select from attendus t where t.cle = p_cle)
$function$;

CREATE OR REPLACE FUNCTION private.debut_requete(p_requete text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN "left"(regexp_replace(COALESCE(p_requete, ''::text), '\s+'::text, ' '::text, 'g'::text), 80);

CREATE OR REPLACE FUNCTION private.documents_figer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_changent constant text[] := array['statut', 'moteur', 'signature', 'analyse_le', 'conserver_jusqu_au',
    'gel_juridique'];
begin
  if to_jsonb(new) - c_changent <> to_jsonb(old) - c_changent
     or (new.statut <> old.statut and not (new.statut = 'PURGE'
         or (old.statut = 'RECU' and new.statut in ('DISPONIBLE', 'INFECTE', 'REJETE'))
         or (old.statut = 'DISPONIBLE' and new.statut = 'INFECTE')))
     or new.conserver_jusqu_au < old.conserver_jusqu_au
     or (old.statut = 'PURGE' and to_jsonb(new) <> to_jsonb(old)) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ecrire_actes_differes(p_lot uuid, p_actes jsonb, p_recu_le timestamp with time zone, p_avance interval)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_avenir_admis constant interval := interval '5 minutes';
  v_depots constant uuid[] := private.depots_visibles();
begin
  insert into private.actes_differes as d (user_id, cle, lot_id, acte, empreinte, precedents, moment, fait_le, depot_id,
    recu_le, etat, statut_http, reponse)
  select distinct on (a.acte ->> 'cle') private.auteur_de_cle((a.acte ->> 'cle')::uuid), (a.acte ->> 'cle')::uuid,
    p_lot,
    a.acte ->> 'acte', private.empreinte_d_acte(a.acte), private.cles_dites(a.acte -> 'precedents'), m.moment,
         case when m.moment - p_avance between p_recu_le and p_recu_le + c_avenir_admis then p_recu_le
              else m.moment - p_avance end,
         private.depot_du_lieu((a.acte ->> 'lieu')::uuid, v_depots), p_recu_le,
         case when a.acte ? 'probleme' then 'REFUSE' else 'RECU' end,
         (a.acte -> 'probleme' ->> 'status')::int, a.acte -> 'probleme'
    from jsonb_array_elements(p_actes) with ordinality a (acte, rang)
   cross join lateral (select case when not a.acte ? 'probleme' then (a.acte ->> 'moment')::timestamptz end as moment) m
   -- One order for everybody: two sendings of the same acts wait, and never for each other.
   order by a.acte ->> 'cle', a.rang
  on conflict (cle) do update set precedents = excluded.precedents
   where d.precedents <> excluded.precedents and d.etat <> 'APPLIQUE'
     and (d.user_id, d.empreinte) = (auth.uid(), excluded.empreinte);
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
end;
$function$;

CREATE OR REPLACE FUNCTION private.ecrire_encaissement(p_encaissement public.encaissements, p_factures jsonb)
 RETURNS public.encaissements
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_actions text[] := array['ENCAISSEMENT_ENREGISTRE'];
  v_fait text;
begin
  v_fait := private.verrouiller_tiers('CLIENT', p_encaissement.client_id);
  if p_encaissement.reference is not null then
    v_fait := private.exiger_reference_neuve(p_encaissement);
  end if;
  if p_encaissement.statut = 'CONFIRME' then
    p_encaissement := private.confirmer(p_encaissement, p_factures);
    v_actions := v_actions || '{ENCAISSEMENT_CONFIRME}'::text[];
  end if;
  insert into public.encaissements select p_encaissement.*;
  v_fait := private.journaliser(v_actions, 'ventes', 'INFO', p_encaissement.id, p_encaissement.depot_id,
    to_jsonb(p_encaissement) - '{client_fige,vendeur_fige}'::text[]);
  return p_encaissement;
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
  perform private.exiger_lignes(p_lignes);
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

CREATE OR REPLACE FUNCTION private.ecrire_lignes_facture(p_facture public.factures_client, p_conditions public.clients_conditions, p_sorties uuid[], p_services jsonb)
 RETURNS numeric
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_total numeric;
begin
  with lignes as materialized (
    select l.rang, l.nature, l.sortie_id, l.bl_id, l.designation, l.base, l.quantite, l.prix_ht, l.tva_groupe,
           l.tva_taux, l.montant_ht
      from private.lignes_de(p_sorties, p_conditions) l
    union all
    select cardinality(p_sorties) + s.rang::int, 'SERVICE', null, null, s.ligne ->> 'designation', 'UNITE',
           (s.ligne ->> 'quantite')::numeric, (s.ligne ->> 'prix_ht')::numeric, coalesce(s.ligne ->> 'tva_groupe', 'B'),
           private.taux_tva_du(coalesce(s.ligne ->> 'tva_groupe', 'B'),
             private.jour_au_depot(p_facture.depot_id, now())),
           round(round((s.ligne ->> 'quantite')::numeric, 3) * round((s.ligne ->> 'prix_ht')::numeric, 6), 2)
      from jsonb_array_elements(p_services) with ordinality s (ligne, rang)
  ), ecrites as (
    insert into public.factures_client_lignes
      (facture_id, depot_id, rang, nature, sortie_id, bl_id, designation, base, quantite, prix_ht, tva_groupe, tva_taux,
       montant_ht)
    select p_facture.id, p_facture.depot_id, l.rang, l.nature, l.sortie_id, l.bl_id, l.designation, l.base, l.quantite,
           l.prix_ht, l.tva_groupe, l.tva_taux, l.montant_ht
      from lignes l
    returning montant_ht
  )
  select sum(e.montant_ht) into v_total from ecrites e;
  if v_total is null then
    perform private.refuser('FACTURE_VIDE');
  end if;
  return v_total;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ecriture_garder()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_faute text;
  v_admis boolean;
  v_ouvertes text;
begin
  v_ouvertes := private.exiger_ouvert();
  v_faute := case
    when new.devise not in ('USD', 'CDF') then 'devise'
    when new.debit < 0 or new.debit >= 1e13 or (new.debit > 0) = (new.credit > 0) then 'debit'
    when new.credit < 0 or new.credit >= 1e13 then 'credit'
    when new.type not in ('FACTURE', 'AVOIR', 'PAIEMENT', 'REMBOURSEMENT', 'AVANCE', 'DECOMPTE', 'ARRONDI',
      'CONTREPASSATION') then 'type'
    when (new.contrepasse_id is not null) <> (new.type = 'CONTREPASSATION') then 'contrepasse_id'
    when case new.tiers_type when 'CLIENT' then new.client_id is null or new.fournisseur_id is not null
      when 'FOURNISSEUR' then new.fournisseur_id is null or new.client_id is not null else true end then 'tiers_type'
    when new.echeance < new.date_valeur then 'echeance' end;
  if v_faute is not null then
    perform private.refuser_ligne(tg_table_name, v_faute);
  end if;
  v_admis := private.date_admise(new.date_valeur, 'date_valeur');
  if new.echeance is not null then
    v_admis := private.date_admise(new.echeance, 'echeance');
  end if;
  v_admis := private.texte_admis(new.libelle, 'libelle', false);
  if new.reference is not null then
    v_admis := private.texte_admis(new.reference, 'reference', false);
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.emettre(p_facture public.factures_client, p_neuve boolean DEFAULT false)
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_client public.clients;
  v_conditions constant public.clients_conditions := private.conditions_de(p_facture.client_id);
  v_complet text;
begin
  select * into strict v_client from public.clients c where c.id = p_facture.client_id;
  v_complet := private.exiger_client_complet(v_client);
  p_facture.client_fige := jsonb_build_object('nom', v_client.nom, 'adresse', v_client.adresse, 'pays', v_client.pays,
    'telephone', v_client.telephone, 'type_fiscal', v_client.type_fiscal, 'nif', v_client.nif, 'rccm', v_client.rccm,
    'id_nat', v_client.id_nat, 'ref_exoneration', v_client.ref_exoneration);
  -- Who sells and delivers in one act is asked once.
  p_facture.vendeur_fige := coalesce(p_facture.vendeur_fige, private.vendeur(p_facture.depot_id));
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
  return private.sceller_facture(p_facture, p_neuve);
end;
$function$;

CREATE OR REPLACE FUNCTION private.empreinte_d_acte(p_acte jsonb)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN sha256(convert_to(((p_acte - '{cle,apres,lieu,precedents,probleme}'::text[]))::text, 'UTF8'::name));

CREATE OR REPLACE FUNCTION private.empreintes()
 RETURNS TABLE(objet text, md5 text)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if to_regclass('siege.ecarts_schema') is null then
    return query select f.objet, md5(f.fait::text) from private.faits() f where not f.propre;
    return;
  end if;
  -- What siege:preparer made otherwise counts as it is declared, for as long as it is as that made it.
  return query execute $siege$
    select e.objet, e.md5
      from (select coalesce(i.objet, s.objet) as objet,
                   case when s.objet is null then i.md5
                        when i.md5 is not distinct from s.ici then s.declare
                        else coalesce(nullif(i.md5, s.declare), '') end as md5
              from (select f.objet, md5(f.fait::text) as md5 from private.faits() f where not f.propre) i
              full join siege.ecarts_schema s on s.objet = i.objet) e
     where e.md5 is not null
  $siege$;
end;
$function$;

CREATE OR REPLACE FUNCTION private.encaissement_figer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_libres constant text[] := array['statut', 'motif_annulation', 'annule_par'];
begin
  if old.statut = 'ANNULE'
     or (old.statut = 'CONFIRME' and to_jsonb(new) - c_libres <> to_jsonb(old) - c_libres) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.encaissement_garder()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_faute text;
  v_admis boolean;
  v_ouvertes text;
begin
  v_ouvertes := private.exiger_ouvert();
  v_faute := case
    when new.mode not in ('CASH', 'VIREMENT', 'MOBILE_MONEY', 'CHEQUE', 'STRIPE') then 'mode'
    when (new.mode = 'MOBILE_MONEY') <> (new.operateur_mobile is not null) then 'operateur_mobile'
    when new.devise not in ('USD', 'CDF') then 'devise'
    when new.devise_compte not in ('USD', 'CDF') then 'devise_compte'
    when new.montant <= 0 or new.montant >= 1e13 then 'montant'
    when new.montant_compte <= 0 or new.montant_compte >= 1e13 then 'montant_compte'
    when new.taux_cdf <= 0 then 'taux_cdf'
    when new.statut not in ('EN_ATTENTE', 'CONFIRME', 'ANNULE')
      or new.statut = 'CONFIRME' and new.confirme_par is null and new.mode <> 'STRIPE' then 'statut'
    when new.confirme_par is not null and new.numero_recu is null
      or new.numero_recu is not null and new.confirme_par is null and new.mode <> 'STRIPE' then 'numero_recu'
    when (new.motif_annulation is not null) <> (new.statut = 'ANNULE') then 'motif_annulation' end;
  if new.montant_remis is not null then
    if new.montant_remis < new.montant or new.montant_remis >= 1e13 then
      v_faute := 'montant_remis';
    end if;
  end if;
  if new.operateur_mobile is not null then
    if new.operateur_mobile not in ('MPESA', 'ORANGE', 'AIRTEL', 'AFRIMONEY') then
      v_faute := 'operateur_mobile';
    end if;
  end if;
  if new.reference is not null then
    if btrim(new.reference) = '' then
      v_faute := 'reference';
    end if;
    v_admis := private.texte_admis(new.reference, 'reference', false);
  elsif new.mode <> 'CASH' then
    v_faute := 'reference';
  end if;
  if new.motif_annulation is not null then
    v_admis := private.texte_admis(new.motif_annulation, 'motif_annulation', true);
  end if;
  if v_faute is not null then
    perform private.refuser_ligne(tg_table_name, v_faute);
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.encaisser_en_ligne(p_paiement public.paiements_en_ligne, p_etat private.etat_en_ligne)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_facture public.factures_client;
  v_enc public.encaissements;
  v_factures jsonb;
begin
  select * into strict v_facture from public.factures_client f where f.id = p_paiement.facture_id;
  v_enc.depot_id := v_facture.depot_id;
  v_enc.client_id := v_facture.client_id;
  v_enc.mode := 'STRIPE';
  v_enc.devise := p_paiement.devise;
  v_enc.montant := p_paiement.montant_minime / 100.0;
  v_enc.devise_compte := p_paiement.devise;
  v_enc.reference := p_etat.intention_id;
  v_enc.recu_le := least(p_etat.paye_le, now());
  perform private.retenir_periodes(v_enc.depot_id);
  -- Money is a fact: told of too late for its day, it is of this one.
  if private.jour_clos(v_enc.depot_id, private.jour_au_depot(v_enc.depot_id, v_enc.recu_le)) then
    v_enc.recu_le := now();
  end if;
  v_enc.created_by := p_paiement.created_by;
  v_enc := private.completer_encaissement(v_enc);
  v_factures := jsonb_build_array(jsonb_build_object('facture_id', v_facture.id));
  perform private.exiger_factures_du_client(v_enc, v_factures);
  -- Paid meanwhile, nothing of it is due: what it does not settle stays as an advance.
  return (private.ecrire_encaissement(v_enc, v_factures)).id;
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
  -- The blocks of the head office are those of its depots: each has a head of its own.
  if private.au_siege() then
    return query select null::bigint, null::text, null::timestamptz, 0::bigint, null::timestamptz;
    return;
  end if;
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

CREATE OR REPLACE FUNCTION private.exiger_caisse_ouverte(p_depot_id uuid, p_devise text, p_jour date)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_pris text;
begin
  v_pris := pg_advisory_xact_lock_shared(private.cle_caisse(p_depot_id, p_devise, p_jour));
  if exists (select from public.clotures_caisse c
              where c.depot_id = p_depot_id and c.devise = p_devise and c.jour = p_jour) then
    perform private.refuser('CAISSE_CLOTUREE', jsonb_build_object('jour', p_jour, 'devise', p_devise));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_champs(p_objet jsonb)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if jsonb_typeof(p_objet) is distinct from 'object' then
    perform private.refuser('FORME_INATTENDUE', jsonb_build_object('attendu', 'des champs nommés'));
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
  perform private.exiger_lignes(p_factures);
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

CREATE OR REPLACE FUNCTION private.exiger_jour_ouvert(p_depot_id uuid, p_jour date)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ouverte text;
begin
  v_ouverte := private.retenir_periodes(p_depot_id);
  v_ouverte := private.exiger_periode_ouverte(p_depot_id, p_jour);
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_lignes(p_lignes jsonb)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if jsonb_typeof(p_lignes) <> 'array'
    or jsonb_path_exists(p_lignes, 'strict $[*] ? (@.type() != "object")', silent => true) then
    perform private.refuser('FORME_INATTENDUE', jsonb_build_object('attendu', 'une liste de lignes'));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_moment(p_moment timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_horloge constant interval := interval '5 minutes';
  c_heures constant int := 12;
begin
  -- A tablet's clock is seldom that of the server.
  if p_moment > clock_timestamp() + c_horloge
     or p_moment < private.moment_de_l_acte() - make_interval(hours => c_heures) then
    perform private.refuser('JAUGE_HORS_DELAI', jsonb_build_object('heures', c_heures, 'mesuree_le', p_moment));
  end if;
  return least(p_moment, clock_timestamp());
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_precedents(p_acte private.actes_differes, p_jours integer)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_cle uuid;
  v_avant private.actes_differes;
  v_contre jsonb;
  v_reponses jsonb := jsonb '{}';
begin
  -- Before what may still come: a circle never ends.
  select p.cle into v_cle from unnest(p_acte.precedents) with ordinality p (cle, rang)
   where private.dans_un_cercle(p_acte.cle, p.cle) order by p.rang limit 1;
  if found then
    perform private.refuser('ACTES_EN_CERCLE', jsonb_build_object('depend_de', v_cle));
  end if;
  foreach v_cle in array p_acte.precedents loop
    select * into v_avant from private.actes_differes a where a.cle = v_cle;
    if not found and p_acte.fait_le < now() - make_interval(days => p_jours) then
      perform private.refuser('PRECEDENT_PERDU', jsonb_build_object('depend_de', v_cle, 'jours', p_jours));
    elsif v_avant.cle is null then
      perform private.refuser('ACTE_ATTENDU', jsonb_build_object('depend_de', v_cle));
    elsif v_avant.user_id <> auth.uid() then
      perform private.refuser('PRECEDENT_D_AUTRUI', jsonb_build_object('depend_de', v_cle));
    elsif v_avant.etat <> 'APPLIQUE' then
      -- Of a chain, what began it: a reason within a reason within a reason is read by nobody.
      v_contre := case v_avant.reponse ->> 'code' when 'ACTE_DEPENDANT' then v_avant.reponse -> 'valeurs'
        else jsonb_build_object('code', v_avant.reponse -> 'code',
          'raison', coalesce(v_avant.reponse ->> 'detail', 'il n''est pas encore traité.')) end;
      perform private.refuser('ACTE_DEPENDANT',
        v_contre || jsonb_build_object('depend_de', v_cle, 'acte', v_avant.acte));
    end if;
    v_reponses := v_reponses || jsonb_build_object(v_cle, v_avant.reponse);
  end loop;
  return v_reponses;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_rapport(p_nom text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_capacite constant text := (select c.capacite from private.catalogue_rapports() c where c.nom = p_nom);
begin
  if v_capacite is null then
    perform private.refuser('INTROUVABLE', '{"quoi":"ce rapport"}');
  end if;
  if not exists (select from private.rapports_permis() p where p.nom = p_nom) then
    perform private.refuser('ROLE_FORBIDDEN', jsonb_build_object('capacite', v_capacite));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_reference_neuve(p_encaissement public.encaissements)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- Whoever writes the same reference, for another client, has committed or waits.
  perform pg_advisory_xact_lock(hashtextextended('reference:' || lower(btrim(p_encaissement.reference)), 0));
  if exists (
    select from public.encaissements e
     where e.mode = p_encaissement.mode and e.operateur_mobile is not distinct from p_encaissement.operateur_mobile
       and lower(btrim(e.reference)) = lower(btrim(p_encaissement.reference)) and e.statut <> 'ANNULE') then
    perform private.refuser('REFERENCE_DEJA_UTILISEE', jsonb_build_object('reference', p_encaissement.reference));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.facture_client_garder()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_faute text;
  v_admis boolean;
  v_ouvertes text;
begin
  v_ouvertes := private.exiger_ouvert();
  v_faute := case
    when new.devise not in ('USD', 'CDF') then 'devise'
    when case new.type when 'FACTURE' then num_nonnulls(new.facture_origine_id, new.nature, new.motif) > 0
      when 'AVOIR' then num_nulls(new.facture_origine_id, new.nature, new.motif) > 0 else true end then 'type'
    when new.total_ht < 0 or new.total_ht >= 1e13 then 'total_ht'
    when num_nonnulls(new.exercice, new.sequence, new.numero, new.client_fige, new.vendeur_fige, new.taux_cdf,
      new.date_facture, new.total_tva, new.total_ttc, new.total_tva_cdf, new.total_ttc_cdf, new.empreinte,
      new.emise_par, new.emise_le) <> case new.statut when 'BROUILLON' then 0 when 'EMISE' then 14 else -1 end
      then 'statut' end;
  if v_faute is null and new.statut = 'EMISE' then
    v_faute := case
      when new.taux_cdf <= 0 then 'taux_cdf'
      when new.date_echeance < new.date_facture then 'date_echeance'
      when new.total_tva < 0 then 'total_tva'
      when new.total_ttc <= 0 or new.total_ttc >= 1e13 or new.total_ttc <> new.total_ht + new.total_tva
        then 'total_ttc'
      when new.total_tva_cdf < 0 then 'total_tva_cdf'
      when new.total_ttc_cdf <= 0 or new.total_ttc_cdf >= 1e16 then 'total_ttc_cdf' end;
    v_admis := private.date_admise(new.date_facture, 'date_facture');
    v_admis := private.date_admise(new.date_echeance, 'date_echeance');
  end if;
  if new.motif is not null then
    if new.nature not in ('COR', 'RAN', 'RAM', 'RRR') then
      v_faute := 'nature';
    end if;
    v_admis := private.texte_admis(new.motif, 'motif', true);
  end if;
  if v_faute is not null then
    perform private.refuser_ligne(tg_table_name, v_faute);
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.facture_client_ligne_garder()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_faute text;
  v_admis boolean;
begin
  v_faute := case
    when new.rang <= 0 then 'rang'
    when new.nature not in ('CARBURANT', 'SERVICE', 'TAXE') then 'nature'
    when new.base not in ('L15', 'AMB', 'UNITE')
      or (new.nature = 'CARBURANT') <> (new.base <> 'UNITE') and new.ligne_origine_id is null then 'base'
    when new.quantite <= 0 or new.quantite >= 1e9 then 'quantite'
    when new.prix_ht <= 0 or new.prix_ht >= 1e9 then 'prix_ht'
    when new.tva_groupe !~ '^[A-N]$' then 'tva_groupe'
    when new.tva_taux not between 0 and 100 then 'tva_taux'
    when new.montant_ht < 0 or new.montant_ht >= 1e13 then 'montant_ht'
    when btrim(new.designation) = '' then 'designation' end;
  if v_faute is not null then
    perform private.refuser_ligne(tg_table_name, v_faute);
  end if;
  v_admis := private.texte_admis(new.designation, 'designation', false);
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.facture_client_taxe_garder()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if new.groupe !~ '^[A-N]$' or new.taux not between 0 and 100 or least(new.base_ht, new.montant_tva) < 0
     or greatest(new.base_ht, new.montant_tva) >= 1e16 then
    perform private.refuser_ligne(tg_table_name, 'groupe');
  end if;
  return new;
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
  select i.type || ' ' || i.identity, v.objet, v.description
    -- Named once it is known to be ours: of all that PostgreSQL says of itself, each would take its time.
    from (select d.classoid, d.objoid, d.objsubid, d.description, r.objet
            from pg_description d
            left join pg_constraint k on d.classoid = 'pg_constraint'::regclass and k.oid = d.objoid
            left join pg_trigger g on d.classoid = 'pg_trigger'::regclass and g.oid = d.objoid
            left join pg_policy p on d.classoid = 'pg_policy'::regclass and p.oid = d.objoid
            left join pg_index x on d.classoid = 'pg_class'::regclass and x.indexrelid = d.objoid
            join relations r on r.oid = coalesce(nullif(k.conrelid, 0), g.tgrelid, p.polrelid, x.indrelid)) v
    cross join lateral pg_identify_object(v.classoid, v.objoid, v.objsubid) i
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

CREATE OR REPLACE FUNCTION private.fermee(p_table text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select exists (select from pg_trigger t where t.tgrelid = p_table::regclass
                    and t.tgfoid = 'private.refuser_table_fermee()'::regprocedure)
$function$;

CREATE OR REPLACE FUNCTION private.fiscal_garder()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_admis boolean;
begin
  if new.statut not in ('NON_RACCORDE', 'A_TRANSMETTRE', 'CERTIFIEE', 'REJETEE')
     or (new.statut = 'CERTIFIEE') <> (num_nulls(new.nid, new.code_dgi, new.compteurs, new.horodatage, new.qr) = 0)
  then
    perform private.refuser_ligne(tg_table_name, 'statut');
  end if;
  if num_nonnulls(new.nid, new.code_dgi, new.qr) > 0 then
    v_admis := private.texte_admis(new.nid, 'nid', false);
    v_admis := private.texte_admis(new.code_dgi, 'code_dgi', false);
    v_admis := private.texte_admis(new.qr, 'qr', false);
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
  c_suivant constant jsonb := jsonb '{"ouvert":"cloture","cloture":"facture"}';
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

CREATE OR REPLACE FUNCTION private.lettrage_garder()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if new.montant = 0 or abs(new.montant) >= 1e13 or (new.annule_id is not null) <> (new.montant < 0) then
    perform private.refuser_ligne(tg_table_name, 'montant');
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lettrer(p_debit_id uuid, p_credit_id uuid, p_montant numeric)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_deux record;
  v_solde numeric;
  v_pris text;
begin
  select d.tiers_type, d.tiers_id, d.debit, c.credit,
         d.debit > 0 and c.credit > 0 and c.tiers_type = d.tiers_type and c.tiers_id = d.tiers_id
           and c.devise = d.devise as compatible
    into strict v_deux
    from public.ecritures_tiers d cross join public.ecritures_tiers c
   where d.id = p_debit_id and c.id = p_credit_id;
  v_pris := private.verrouiller_tiers(v_deux.tiers_type, v_deux.tiers_id);
  if not v_deux.compatible then
    perform private.refuser('LETTRAGE_INCOMPATIBLE');
  end if;
  -- A debit has been settled as one only, a credit as one only.
  v_solde := least(
    v_deux.debit - (select coalesce(sum(l.montant), 0) from private.lettrages l where l.debit_id = p_debit_id),
    v_deux.credit - (select coalesce(sum(l.montant), 0) from private.lettrages l where l.credit_id = p_credit_id));
  if (p_montant > 0 and p_montant <= v_solde) is not true then
    perform private.refuser('LETTRAGE_EXCESSIF', jsonb_build_object('montant', p_montant, 'solde', v_solde));
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
  select l.* into v_lieu
    from public.citernes c
    join private.lieux l on l.citerne_id = c.id and l.depot_id = c.depot_id and l.produit_id = c.produit_id
   where c.id = p_citerne_id and c.depot_id = any (p_depots)
     for key share of c;
  if not found then
    select l.* into v_lieu
      from public.citernes c join private.lieux_vrais l on l.citerne_id = c.id
     where c.id = p_citerne_id and c.depot_id = any (p_depots)
       for key share of c;
  end if;
  return v_lieu;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lieux_suivre_melange()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_citerne_id constant uuid := coalesce(new.citerne_id, old.citerne_id);
begin
  loop
    update private.lieux l
       set densite_melange_kgm3 = (
         select max(s.densite_melange_kgm3) from public.stocks_snapshot s where s.citerne_id = v_citerne_id)
     where l.citerne_id = v_citerne_id;
    -- Whoever was waited for may have made the row again: this statement did not see the new one, the next one does.
    exit when found or not exists (select from private.lieux l where l.citerne_id = v_citerne_id);
  end loop;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lieux_suivre_regles()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if to_jsonb(old) ->> tg_argv[0] = any (tg_argv[1]::text[]) or to_jsonb(new) ->> tg_argv[0] = any (tg_argv[1]::text[])
    then
    perform private.recopier_lieux();
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lire(p_citerne_id uuid, p_client_id uuid, p_valider boolean)
 RETURNS private.lecture
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_user_id constant uuid := auth.uid();
  v_acteur private.acteur;
  v_lu private.lecture;
begin
  -- An older snapshot of the database would not see a freeze declared since.
  if current_setting('transaction_isolation') <> 'read committed' then
    perform private.exiger_read_committed();
  end if;
  -- Somebody of the tank's own depot, no freeze, no second factor: one question for who, where and how.
  select v_user_id, null::jsonb, (select c.actif from public.clients c where c.id = p_client_id),
    row(l.*)::private.emplacement
    into v_lu
    from public.profils p join private.lieux l on l.depot_id = p.depot_id
   where p.user_id = v_user_id and p.desactive_le is null and l.citerne_id = p_citerne_id and not l.gele
     and p.role = any (case when p_valider then l.validateurs else l.redacteurs end);
  if found then
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
  v_lu.client_actif := (select c.actif from public.clients c where c.id = p_client_id);
  v_lu.lieu := (
    select row(l.*)::private.emplacement from private.lieux_vrais l
     where l.citerne_id = p_citerne_id and l.depot_id = any (v_acteur.depots));
  return v_lu;
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
    return '{}'::uuid[];
  end if;
  return coalesce((select array_agg(distinct c.fournisseur_lot_id) from public.cours_de_route c
                    where c.fournisseur_lot_id is not null
                      and c.depot_destination_id = any (private.depots_visibles())), '{}');
end;
$function$;

CREATE OR REPLACE FUNCTION private.mesurer_alertes(p_seuils jsonb)
 RETURNS private.constatation
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  -- As the check SURVEILLANCE_INTERROMPUE has it. No pass of its own tells of passes that do not run at all.
  c_passage_max_min constant int := 10;
  v_retard constant numeric := (select extract(epoch from now() - p.le) / 60 from private.passages p
                                 where p.nom = 'alertes');
  v_gel constant numeric := (select extract(epoch from now() - s.updated_at) / 3600 from public.app_settings s
                              where s.key = 'gel_ecritures');
  v_ecarts jsonb;
  v_alertes text[];
  v record;
begin
  select coalesce(jsonb_agg(jsonb_build_object(
           'citerne', e.citerne_nom, 'ecart', e.ecart_l, 'jour', e.created_at::date)), '[]'),
         coalesce(array_agg(format('%s : écart d''inventaire de %s L (prise de hauteur du %s)', e.citerne_nom,
           e.ecart_l::float8, e.created_at::date)), '{}')
    into v_ecarts, v_alertes
    from (select distinct on (i.citerne_id) i.* from public.v_ecarts_inventaire i
           order by i.citerne_id, i.created_at desc) e
   where e.hors_tolerance;
  select count(*) filter (where a.status <> 'RESOLVED') as ouvertes,
         count(*) filter (where a.status = 'OPEN' and a.severity = 'CRITICAL') as critiques
    into v from public.system_alerts a;
  return row(
    format('%s citerne(s) hors tolérance d''inventaire, saisies %s, %s alerte(s) en cours dont %s critique(s) que '
      'personne n''a prise(s)', jsonb_array_length(v_ecarts), case when v_gel is null then 'ouvertes' else 'gelées' end,
      v.ouvertes, v.critiques),
    v_alertes || array_remove(array[
      case when v_gel > (p_seuils ->> 'gel_max_h')::numeric then
        format('les saisies sont gelées depuis %s h', round(v_gel, 1)) end,
      case when v_retard > c_passage_max_min then
        format('les contrôles n''ont pas tourné depuis %s min : npm run ops -- surveiller', round(v_retard)) end
    ], null),
    jsonb_build_object('hors_tolerance', v_ecarts, 'gel', v_gel is not null, 'ouvertes', v.ouvertes, 'critiques',
      v.critiques, 'retard_min', v_retard))::private.constatation;
end;
$function$;

CREATE OR REPLACE FUNCTION private.mesurer_connexions(p_seuils jsonb)
 RETURNS private.constatation
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with c as (
    select count(*) as ouvertes, count(*) filter (where a.state = 'active') as actives,
           count(*) filter (where a.state like 'idle in transaction%') as en_attente,
           current_setting('max_connections')::int as maximum,
           round(100.0 * count(*) / current_setting('max_connections')::int) as pct
      from pg_stat_activity a where a.backend_type = 'client backend'
  )
  select format('%s sur %s (%s %%), %s actives, %s en attente dans une transaction', c.ouvertes, c.maximum, c.pct,
           c.actives, c.en_attente),
         case when c.pct > (p_seuils ->> 'connexions_max_pct')::numeric
              then array[format('%s %% des connexions sont prises', c.pct)] else '{}' end,
         to_jsonb(c) - 'pct'
    from c
$function$;

CREATE OR REPLACE FUNCTION private.mesurer_journal(p_seuils jsonb)
 RETURNS private.constatation
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with mouvements as (
    select r.id, 'RECEPTION_CREEE' as action, r.citerne_id, r.produit_id, r.proprietaire_type,
           r.date_reception as date_jour, r.created_at
      from public.receptions r
     where r.statut = 'validee' and r.created_at > now() - interval '24 hours'
    union all
    select s.id, 'SORTIE_VALIDEE', s.citerne_id, s.produit_id, s.proprietaire_type, s.date_jour, null
      from public.sorties_produit s
     where s.statut = 'validee' and s.created_at > now() - interval '24 hours'
  ), suivis as (
    select m.*, l.lignes, l.ecrite_le,
           exists (select from public.stocks_journaliers j
                    where (j.citerne_id, j.produit_id, j.proprietaire_type, j.date_jour)
                          = (m.citerne_id, m.produit_id, m.proprietaire_type, m.date_jour)) as a_son_jour
      from mouvements m
     cross join lateral (select count(*) as lignes, max(l.created_at) as ecrite_le from public.log_actions l
                          where l.cible_id = m.id and l.action = m.action) l
  ), compte as (
    select count(*) as mouvements, count(*) filter (where s.lignes <> 1) as sans_ligne,
           count(*) filter (where not s.a_son_jour) as sans_jour,
           coalesce(max(extract(epoch from s.ecrite_le - s.created_at)), 0) as retard_s,
           (select count(*) from public.log_actions l
             where l.created_at > now() - interval '24 hours' and l.action in ('RECEPTION_CREEE', 'SORTIE_VALIDEE')
               and not exists (select from public.receptions r where r.id = l.cible_id)
               and not exists (select from public.sorties_produit s where s.id = l.cible_id)) as sans_mouvement
      from suivis s
  )
  select format('%s mouvement(s) en 24 h, retard du journal %s s au plus', c.mouvements, round(c.retard_s, 2)),
         array_remove(array[
           case when c.sans_ligne > 0 then
             format('%s mouvement(s) sans leur ligne (ou avec plusieurs) dans log_actions', c.sans_ligne) end,
           case when c.sans_jour > 0 then
             format('%s mouvement(s) sans leur jour dans stocks_journaliers', c.sans_jour) end,
           case when c.sans_mouvement > 0 then format('%s ligne(s) du journal sans mouvement', c.sans_mouvement) end,
           case when c.retard_s > (p_seuils ->> 'journal_retard_max_s')::numeric then
             format('le journal a %s s de retard', round(c.retard_s, 1)) end
         ], null), to_jsonb(c)
    from compte c
$function$;

CREATE OR REPLACE FUNCTION private.mesurer_requetes(p_seuils jsonb)
 RETURNS private.constatation
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_max_s constant float8 := (p_seuils ->> 'requete_max_s')::float8;
  v_max_ms constant float8 := (p_seuils ->> 'requete_moyenne_max_ms')::float8;
  v_comptees constant jsonb := private.moyennes_requetes();
  v_en_cours text[];
  v_lentes text[];
begin
  select coalesce(array_agg(format('la session %s (%s) calcule depuis %s s : %s', a.pid, a.usename,
           round(extract(epoch from clock_timestamp() - a.query_start)), private.debut_requete(a.query))), '{}')
    into v_en_cours
    from pg_stat_activity a
   where a.datname = current_database() and a.state = 'active' and a.backend_type = 'client backend'
     and a.pid <> pg_backend_pid() and clock_timestamp() - a.query_start > make_interval(secs => v_max_s);
  select coalesce(array_agg(format('%s ms en moyenne sur %s appels : %s', round(m.moyenne_ms), m.appels,
           private.debut_requete(m.requete))), '{}')
    into v_lentes
    from jsonb_to_recordset(v_comptees) m (requete text, appels bigint, moyenne_ms float8)
   where m.moyenne_ms > v_max_ms;
  return row(
    format('%s en cours depuis plus de %s s (pg_stat_activity) ; ', cardinality(v_en_cours), v_max_s)
      || case when v_comptees is null then 'moyennes inconnues, pg_stat_statements n''est pas là'
              else format('%s de plus de %s ms en moyenne (pg_stat_statements)', cardinality(v_lentes), v_max_ms) end,
    v_en_cours || v_lentes,
    jsonb_build_object(
      'source', case when v_comptees is null then 'pg_stat_activity' else 'pg_stat_statements' end,
      'en_cours', cardinality(v_en_cours), 'comptees', v_comptees))::private.constatation;
end;
$function$;

CREATE OR REPLACE FUNCTION private.mesurer_reseau(p_seuils jsonb)
 RETURNS private.constatation
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with lecteurs as (
    select s.slot_name as nom, s.active as lit, coalesce(s.wal_status = 'lost', false) as perdu,
           coalesce(pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_replay_lsn()
             else pg_current_wal_lsn() end, s.restart_lsn) / 1048576, 0)::float8 as retenu_mo
      from pg_replication_slots s
     where s.slot_type = 'logical' and s.database = current_database() and s.slot_name ~ '^(depot|referentiels)_'
  ), receptions as (
    select s.subname as nom, s.subenabled and t.received_lsn is not null as suivie
      from pg_subscription s
      left join pg_stat_subscription t on t.subid = s.oid and t.relid is null and t.leader_pid is null
     where s.subdbid = (select oid from pg_database where datname = current_database())
       and s.subname ~ '^(depot|referentiels)_'
  ), alertes as (
    select 1 as ordre, l.nom,
           format('%s a perdu le fil : ce serveur a jeté ce qu''il n''avait pas lu (max_slot_wal_keep_size)', l.nom) as
             dit
      from lecteurs l where l.perdu
    union all
    select 1, l.nom, format('%s ne lit plus cette base : %s Mo de journal gardés pour lui sur ce disque '
             '(docs/continuite.md, Réseau de dépôts)', l.nom, round(l.retenu_mo))
      from lecteurs l where not l.perdu and not l.lit
    union all
    select 2, l.nom, format('%s a du retard : %s Mo de journal gardés pour lui sur ce disque', l.nom,
             round(l.retenu_mo))
      from lecteurs l where not l.perdu and l.retenu_mo > (p_seuils ->> 'reseau_retenu_max_mo')::float8
    union all
    select 3, r.nom, format('%s ne reçoit plus rien : la ligne est coupée, ou l''abonnement arrêté ; le journal de ce '
             'serveur dit pourquoi', r.nom)
      from receptions r where not r.suivie
  ), tous as (
    select (select coalesce(jsonb_agg(to_jsonb(l) order by l.nom), '[]') from lecteurs l) as lecteurs,
           (select coalesce(jsonb_agg(to_jsonb(r) order by r.nom), '[]') from receptions r) as receptions,
           (select count(*) from lecteurs) as lisent, (select count(*) from receptions) as recues
  )
  select case when t.lisent + t.recues = 0 then 'cette base n''est dans aucun réseau'
              else format('%s lecteur(s) de cette base, %s réception(s)', t.lisent, t.recues) end,
         (select coalesce(array_agg(a.dit order by a.ordre = 3, a.nom, a.ordre), '{}') from alertes a),
         case when t.lisent + t.recues > 0 then
           jsonb_build_object('lecteurs', t.lecteurs, 'receptions', t.receptions) end
    from tous t
$function$;

CREATE OR REPLACE FUNCTION private.mesurer_scellement(p_seuils jsonb)
 RETURNS private.constatation
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with etat as (
    select e.bloc, e.lignes_en_attente as en_attente,
           coalesce(round(extract(epoch from clock_timestamp() - e.attend_depuis) / 60, 1), 0) as attente_min,
           'npm run ops -- journal:sceller, puis voyez pourquoi rien ne le fait chaque minute' as remede
      from private.etat_scellement() e
  )
  select format('%s, %s ligne(s) en attente%s', coalesce('dernier bloc ' || e.bloc, 'aucun bloc'), e.en_attente,
           case when e.en_attente > 0 then format(', la plus ancienne depuis %s min', e.attente_min) end),
         array_remove(array[
           case when e.bloc is null and e.en_attente > 0 then
             format('le journal n''a jamais été scellé : %s', e.remede) end,
           case when e.bloc is not null and e.attente_min > (p_seuils ->> 'scellement_max_min')::numeric then
             format('des lignes du journal attendent leur scellé depuis %s min : %s', e.attente_min, e.remede) end
         ], null), to_jsonb(e) - 'remede'
    from etat e
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
    p_sortie.index_avant is not null or p_sortie.index_apres is not null)::private.mesures, v_lieu, v_lieu.norme);

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

CREATE OR REPLACE FUNCTION private.mesurer_tailles(p_seuils jsonb)
 RETURNS private.constatation
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with base as (
    select round(pg_database_size(current_database()) / 1e6, 1) as mo
  ), tables as (
    select c.oid::regclass::text as nom, round(pg_total_relation_size(c.oid) / 1e6, 1) as mo
      from pg_class c
     where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text in ('public', 'private')
     order by pg_total_relation_size(c.oid) desc limit 5
  )
  select format('base %s Mo ; %s', b.mo, (select string_agg(t.nom || ' ' || t.mo, ', ' order by t.mo desc)
    from tables t)),
         case when b.mo > (p_seuils ->> 'taille_max_mo')::numeric
              then array[format('la base occupe %s Mo', b.mo)] else '{}' end,
         jsonb_build_object('base_mo', b.mo,
           'tables', (select jsonb_agg(to_jsonb(t) order by t.mo desc) from tables t))
    from base b
$function$;

CREATE OR REPLACE FUNCTION private.mesurer_transactions(p_seuils jsonb)
 RETURNS private.constatation
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with ages as (
    select a.pid, a.usename as qui, coalesce(a.state, '?') as etat, private.debut_requete(a.query) as requete,
           extract(epoch from clock_timestamp() - a.xact_start)::float8 as secondes
      from pg_stat_activity a
     where a.datname = current_database() and a.xact_start is not null and a.backend_type = 'client backend'
       and a.pid <> pg_backend_pid()
  )
  select case count(*) when 0 then 'aucune ouverte'
         else format('%s ouverte(s), la plus ancienne depuis %s s', count(*), round(max(a.secondes))) end,
         coalesce(array_agg(format('la session %s (%s) garde une transaction depuis %s s (%s : %s)', a.pid, a.qui,
                  round(a.secondes), a.etat, a.requete) order by a.secondes desc)
           filter (where a.secondes > (p_seuils ->> 'transaction_max_s')::float8), '{}'),
         jsonb_build_object('ouvertes', count(*), 'plus_ancienne_s', coalesce(max(a.secondes), 0))
    from ages a
$function$;

CREATE OR REPLACE FUNCTION private.mesurer_verrous(p_seuils jsonb)
 RETURNS private.constatation
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with bloques as materialized (
    select a.pid, coalesce(a.usename, '?') as qui, pg_blocking_pids(a.pid) as par,
           private.debut_requete(a.query) as requete,
           extract(epoch from clock_timestamp() - coalesce(l.depuis, a.query_start))::float8 as secondes
      from pg_stat_activity a
     cross join lateral (select min(l.waitstart) as depuis from pg_locks l where l.pid = a.pid and not l.granted) l
     where a.datname = current_database() and cardinality(pg_blocking_pids(a.pid)) > 0
  ), dits as (
    select b.*, (
             select string_agg(coalesce(format('%s (%s, %s : %s)', q.pid, coalesce(q.usename, '?'),
                      coalesce(q.state, '?'), private.debut_requete(q.query)), p.pid::text), ', ' order by p.rang)
               from unnest(b.par) with ordinality p (pid, rang)
               left join pg_stat_activity q on q.pid = p.pid) as bloquants
      from bloques b
  )
  select case count(*) when 0 then 'personne n''attend' else count(*) || ' session(s) en attente d''un verrou' end,
         coalesce(array_agg(format('la session %s (%s : %s) attend depuis %s s la session %s', d.pid, d.qui, d.requete,
                  round(d.secondes), d.bloquants) order by d.secondes desc)
           filter (where d.secondes > (p_seuils ->> 'blocage_max_s')::float8), '{}'),
         jsonb_build_object('bloques', coalesce(jsonb_agg(jsonb_build_object(
           'pid', d.pid, 'par', d.par, 'secondes', d.secondes) order by d.secondes desc), '[]'))
    from dits d
$function$;

CREATE OR REPLACE FUNCTION private.moyennes_requetes()
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ou constant name := (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace
                          where e.extname = 'pg_stat_statements');
  v_moyennes jsonb;
begin
  if v_ou is not null then
    execute format(
      'select coalesce(jsonb_agg(to_jsonb(m)), ''[]'')
         from (select s.query as requete, s.calls as appels, s.mean_exec_time as moyenne_ms
                 from %I.pg_stat_statements s join pg_roles r on r.oid = s.userid
                where r.rolname in (''anon'', ''authenticated'', ''service_role'') and s.calls >= 5
                  and s.dbid = (select oid from pg_database where datname = current_database())
                order by s.mean_exec_time desc limit 5) m', v_ou) into v_moyennes;
  end if;
  return v_moyennes;
-- There, and not loaded or not readable.
exception when object_not_in_prerequisite_state or insufficient_privilege then
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
  v_ouvert text;
begin
  if p_bon <> '{}' then
    v_bon := jsonb_populate_record(v_bon, private.seulement(p_bon,
      '{date_livraison,destinataire,lieu,recu_par,volume_livre_ambiant,volume_livre_15c}'));
  end if;
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
  v_ouvert := private.exiger_jour_ouvert(v_bon.depot_id, v_bon.date_livraison);
  return v_bon;
end;
$function$;

CREATE OR REPLACE FUNCTION private.nouvel_encaissement(p_acteur private.acteur, p_encaissement jsonb)
 RETURNS public.encaissements
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_champs constant text[] := array['depot_id', 'client_id', 'mode', 'operateur_mobile', 'devise', 'montant',
    'montant_remis', 'devise_compte', 'reference', 'recu_le', 'statut'];
  v_enc public.encaissements;
  v_admis text;
begin
  v_enc := jsonb_populate_record(v_enc, private.seulement(p_encaissement, c_champs));
  v_admis := private.depot_d_acteur(p_acteur, v_enc.depot_id);
  -- What the provider received is said by its events, and by nobody else.
  if v_enc.mode = 'STRIPE' then
    perform private.refuser('ENCAISSEMENT_EN_LIGNE');
  end if;
  v_enc.created_by := p_acteur.user_id;
  v_enc := private.completer_encaissement(v_enc);
  v_admis := private.exiger_jour_ouvert(v_enc.depot_id, v_enc.jour_caisse);
  return v_enc;
end;
$function$;

CREATE OR REPLACE FUNCTION private.nouvelle_facture(p_depot_id uuid, p_client_id uuid, p_sorties uuid[], p_services jsonb)
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_conditions constant public.clients_conditions := private.conditions_de(p_client_id);
  v_facture public.factures_client;
begin
  v_facture.id := private.nouvel_id();
  v_facture.depot_id := p_depot_id;
  v_facture.client_id := p_client_id;
  v_facture.type := 'FACTURE';
  v_facture.statut := 'BROUILLON';
  v_facture.devise := v_conditions.devise;
  v_facture.total_ht := private.ecrire_lignes_facture(v_facture, v_conditions, p_sorties, p_services);
  v_facture.created_by := auth.uid();
  v_facture.created_at := now();
  return v_facture;
end;
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
  p_bon.numero := private.prendre_numero(p_bon.depot_id, 'BL', null, p_bon.id);
  return p_bon;
end;
$function$;

CREATE OR REPLACE FUNCTION private.paiement_en_ligne_figer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_libres constant text[] := array['session_id', 'intention_id', 'statut', 'url', 'expire_le', 'encaissement_id',
    'rembourse_minime', 'litige', 'ecart', 'updated_at'];
begin
  if to_jsonb(new) - c_libres <> to_jsonb(old) - c_libres
     or coalesce(old.session_id <> new.session_id, old.session_id is not null and new.session_id is null)
     or coalesce(old.intention_id <> new.intention_id, old.intention_id is not null and new.intention_id is null)
     or coalesce(old.encaissement_id <> new.encaissement_id,
          old.encaissement_id is not null and new.encaissement_id is null)
     or (new.statut <> old.statut and private.rang_en_ligne(new.statut) <= private.rang_en_ligne(old.statut))
     or new.rembourse_minime < old.rembourse_minime then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  new.updated_at := clock_timestamp();
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.prendre_numero(p_depot_id uuid, p_serie text, p_exercice integer, p_objet_id uuid)
 RETURNS text
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_code text;
  v_exercice int;
  v_numero bigint;
begin
  select d.code, coalesce(p_exercice, extract(year from private.jour_local(d.fuseau, now()))::int)
    into v_code, v_exercice from public.depots d where d.id = p_depot_id;
  if v_code is null then
    -- The company, or a depot that may issue nothing.
    v_code := private.code_emetteur(p_depot_id);
    v_exercice := p_exercice;
  end if;
  insert into private.series as s (depot_id, serie, exercice, dernier) values (p_depot_id, p_serie, v_exercice, 1)
  on conflict (depot_id, serie, exercice) do update set dernier = s.dernier + 1
  returning s.dernier into v_numero;
  insert into private.numeros (depot_id, serie, exercice, numero, objet_id)
  values (p_depot_id, p_serie, v_exercice, v_numero, p_objet_id);
  return format('%s-%s-%s-%s', v_code, p_serie, v_exercice,
    case when v_numero < 1000000 then lpad(v_numero::text, 6, '0') else v_numero::text end);
end;
$function$;

CREATE OR REPLACE FUNCTION private.preparer_acte(p_lot uuid, p_rang integer)
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
  v_reponses := private.exiger_precedents(v_acte, c_jours);
  update private.actes_differes a set etat = 'EN_COURS' where a.user_id = auth.uid() and a.cle = v_acte.cle;
  -- A refusal is judged again, what was done never is: the key holds, whoever else sends the same act at this moment.
  delete from private.idempotence i
   where i.user_id = auth.uid() and i.cle = v_acte.cle::text and i.statut_http >= 400;
  return jsonb_build_object('etat', 'EN_COURS', 'fait_le', v_acte.fait_le,
    'jour', coalesce(private.jour_au_depot(v_acte.depot_id, v_acte.fait_le),
      private.jour_local(private.fuseau_vu(null), v_acte.fait_le)), 'reponses', v_reponses);
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
  -- Said by the table too, but once an account would have been made.
  if private.fermee('public.profils') then
    perform private.refuser('REFERENTIEL_AUTRE_BASE', '{"table": "profils", "verbe": "INSERT"}');
  end if;
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
  if num_nonnulls(p_sortie.index_avant, p_sortie.index_apres, p_sortie.compteur_id, p_sortie.densite_observee_kgm3,
       p_sortie.densite_a_15_kgm3, p_sortie.volume_15c, p_sortie.temperature_echantillon_c,
       v_lieu.densite_melange_kgm3) = 0
     and not v_lieu.norme
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

CREATE OR REPLACE FUNCTION private.rapport(p_nom text, p_depot_id uuid DEFAULT NULL::uuid, p_du date DEFAULT NULL::date, p_au date DEFAULT NULL::date, p_connu_a timestamp with time zone DEFAULT NULL::timestamp with time zone, p_parametres jsonb DEFAULT '{}'::jsonb, p_maximum integer DEFAULT 50000)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_jours constant int := 366;
  v_rapport record;
  v_depot record;
  v_periode record;
  v_connu_a constant timestamptz :=
    least(coalesce(p_connu_a, statement_timestamp()), statement_timestamp());
  v_parametres jsonb;
  v_sections jsonb;
  v_lignes bigint;
  v_entete jsonb;
begin
  perform private.exiger_rapport(p_nom);
  select * into v_rapport from private.catalogue_rapports() c where c.nom = p_nom;
  v_depot := private.depot_du_rapport(p_depot_id, v_rapport.depots);
  select * into v_periode
    from private.periode_du_rapport(v_rapport.periode, (v_connu_a at time zone v_depot.zone)::date, p_du, p_au);
  perform private.exiger_jours(v_periode.du, v_periode.au, case when p_maximum is not null then c_jours end);
  v_parametres := private.parametres_du_rapport(v_rapport.parametres, p_parametres);
  if p_maximum is not null and p_nom = 'livre' then
    perform private.exiger_mesure(p_maximum, (select count(*) from (
      select from public.v_mouvements_stock m
       where m.citerne_id = any (array(select c.id from public.citernes c where c.depot_id = v_depot.id))
         and m.date_jour between v_periode.du and v_periode.au limit p_maximum + 1) x));
  end if;
  execute format('select private.rapport_%s($1, $2, $3, $4, $5)', v_rapport.nom) into v_sections
    using v_depot.id, v_periode.du, v_periode.au, v_connu_a, v_parametres;
  select sum(jsonb_array_length(s -> 'lignes')) into v_lignes from jsonb_array_elements(v_sections) s;
  perform private.exiger_mesure(p_maximum, v_lignes);
  v_entete := jsonb_build_object('nom', v_rapport.nom, 'titre', v_rapport.titre, 'zone', v_depot.zone,
    'depot', case when v_depot.id is not null then jsonb_build_object('id', v_depot.id, 'nom',
      private.nom_connu(v_depot.id, v_depot.nom, v_connu_a)) end,
    'du', v_periode.du, 'au', v_periode.au, 'parametres', v_parametres, 'version', v_rapport.version);
  return jsonb_build_object('sections', v_sections, 'entete', v_entete || jsonb_build_object(
    'connu_a', private.dire_moment(v_connu_a), 'signatures', to_jsonb(v_rapport.signatures), 'lignes', v_lignes,
    'genere_le', private.dire_moment(statement_timestamp()), 'genere_par', private.nom_de_l_appelant(),
    'sha256', encode(sha256(convert_to(jsonb_build_array(v_entete, v_sections)::text, 'UTF8')), 'hex')));
end;
$function$;

CREATE OR REPLACE FUNCTION private.rapprochement_du()
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select not private.au_siege()
         and exists (select from public.paiements_en_ligne p where p.created_at > now() - interval '7 days')
         and not exists (select from public.rapprochements r where r.le > now() - interval '23 hours')
$function$;

CREATE OR REPLACE FUNCTION private.reception_garder()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_faute text;
  v_admis boolean;
begin
  v_faute := case
    when new.proprietaire_type not in ('MONALUXE', 'PARTENAIRE') then 'proprietaire_type'
    when new.proprietaire_type = 'PARTENAIRE' and new.partenaire_id is null then 'partenaire_id'
    when new.statut not in ('validee', 'rejetee') then 'statut'
    when new.volume_ambiant <= 0 then 'volume_ambiant'
    when new.volume_observe <= 0 or new.volume_observe >= 1e9 then 'volume_observe'
    when new.volume_corrige_15c <> new.volume_15c then 'volume_corrige_15c'
    when new.date_reception < '2020-01-01' then 'date_reception' end;
  if new.compartiment is not null then
    if new.compartiment not between 1 and 20 then
      v_faute := 'compartiment';
    end if;
  end if;
  if new.facteur_compteur is not null then
    if new.facteur_compteur not between 0.9 and 1.1 then
      v_faute := 'facteur_compteur';
    end if;
  end if;
  if v_faute is not null then
    perform private.refuser_ligne(tg_table_name, v_faute);
  end if;
  v_admis := private.exiger_mesures('receptions', new.index_avant, new.index_apres, new.volume_ambiant,
    new.volume_15c, new.temperature_ambiante_c, new.temperature_echantillon_c, new.densite_observee_kgm3,
    new.densite_a_15_kgm3, new.vcf);
  v_admis := private.date_admise(new.date_reception, 'date_reception');
  if new.note is not null then
    v_admis := private.texte_admis(new.note, 'note', true);
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.recevoir_lot(p_lot uuid, p_appareil text, p_maintenant timestamp with time zone, p_actes jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_horloge_juste constant interval := interval '2 minutes';
  c_horloge_fausse constant interval := interval '24 hours';
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

CREATE OR REPLACE FUNCTION private.rediger_facture(p_depot_id uuid, p_client_id uuid, p_sorties uuid[], p_services jsonb)
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_facture constant public.factures_client :=
    private.nouvelle_facture(p_depot_id, p_client_id, p_sorties, p_services);
begin
  insert into public.factures_client select v_facture.*;
  return v_facture;
end;
$function$;

CREATE OR REPLACE FUNCTION private.rediger_sortie(p_sortie jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  v_id uuid;
begin
  -- Who may, and in which tank, the table's own trigger asks; it makes them the author.
  insert into public.sorties_produit as s select e.* from private.sortie_envoyee(p_sortie, 'brouillon') e
  returning s.id into v_id;
  return v_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.refus_de_lecture(p_point jsonb, p_patience_ms integer)
 RETURNS text
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_pause constant float8 := 0.001;
  v_position constant pg_lsn := (p_point ->> 'position')::pg_lsn;
  v_moment constant timestamptz := (p_point ->> 'moment')::timestamptz;
  v_ligne constant text := (select lpad(to_hex(c.timeline_id), 8, '0') from pg_control_checkpoint() c);
  v_fin constant timestamptz := clock_timestamp() + make_interval(secs => p_patience_ms / 1000.0);
begin
  if v_position is null or v_moment is null then
    return 'n''a pas reçu jusqu''où la base principale en est';
  elsif not pg_is_in_recovery() then
    return case when private.au_siege()
      then 'est la base consolidée d''un réseau : elle se lit à ses propres portes (SUPABASE_DB_URL)'
      else 'n''est pas une base de secours : elle écrit pour elle-même' end;
  elsif (select s.system_identifier::text from pg_control_system() s) is distinct from p_point ->> 'systeme'
     or current_database() is distinct from p_point ->> 'base' then
    return 'est la copie d''une autre base';
  elsif upper(v_ligne) is distinct from p_point ->> 'ligne' then
    return format('suit la ligne %s et la base principale la ligne %s : l''une des deux a été promue', upper(v_ligne),
      p_point ->> 'ligne');
  end if;
  -- Both: a standby whose clock is behind would hide, as not yet done, what was just recorded.
  while pg_last_wal_replay_lsn() < v_position or clock_timestamp() < v_moment loop
    if clock_timestamp() >= v_fin then
      return case when pg_last_wal_replay_lsn() < v_position
        then format('a %s octets de retard%s', pg_wal_lsn_diff(v_position, pg_last_wal_replay_lsn()),
               case when pg_is_wal_replay_paused() then ' : sa reprise du journal est suspendue' else '' end)
        else 'a son horloge en retard sur celle de la base principale' end;
    end if;
    perform pg_sleep(c_pause);
  end loop;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.refuser_ligne(p_table text, p_champ text)
 RETURNS void
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  raise check_violation using message = format('value of column %I of %I is not one that the table holds', p_champ,
    p_table), table = p_table, column = p_champ;
end;
$function$;

CREATE OR REPLACE FUNCTION private.refuser_table_fermee()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_au_siege constant boolean := to_regnamespace('siege') is not null;
  v_quoi constant text := coalesce(tg_argv[0], case when v_au_siege then 'depot' else 'reference' end);
  v_gel jsonb;
begin
  if v_quoi = 'reference' then
    perform private.refuser('REFERENTIEL_AUTRE_BASE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  elsif v_au_siege then
    perform private.refuser('SIEGE_LECTURE_SEULE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  select s.value::jsonb into v_gel from public.app_settings s where s.key = 'gel_ecritures';
  if v_gel is not null then
    perform private.refuser('ECRITURES_GELEES', v_gel - 'operateur');
  end if;
  perform private.refuser('DEPOT_AUTRE_BASE', jsonb_build_object('depot', (
    select string_agg(d.nom, ', ' order by d.nom) from public.depots d
     where d.id in (select c.depot_id from public.citernes c))));
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.reste_garder()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if least(new.debit, new.credit) < 0 or (new.debit > 0) = (new.credit > 0) then
    perform private.refuser_ligne(tg_table_name, 'debit');
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.restes_apres_ecriture()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if new.tiers_type <> 'CLIENT' then
    return null;
  end if;
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
  v_soldees int;
begin
  -- What is settled whole leaves; a settlement taken back brings it here again. Of a supplier there is nothing here.
  delete from private.restes_clients r
   where (r.ecriture_id = new.debit_id and r.debit = new.montant)
      or (r.ecriture_id = new.credit_id and r.credit = new.montant);
  get diagnostics v_soldees = row_count;
  if v_soldees = 2 then
    return null;
  end if;
  update private.restes_clients r
     set debit = r.debit - case r.ecriture_id when new.debit_id then new.montant else 0 end,
         credit = r.credit - case r.ecriture_id when new.credit_id then new.montant else 0 end
   where r.ecriture_id in (new.debit_id, new.credit_id);
  if new.montant < 0 then
    insert into private.restes_clients (ecriture_id, client_id, devise, echeance, ordre, debit, credit)
    select e.id, e.client_id, e.devise, coalesce(e.echeance, e.date_valeur), e.ordre,
           case when e.debit > 0 then -new.montant else 0 end, case when e.credit > 0 then -new.montant else 0 end
      from public.ecritures_tiers e where e.id in (new.debit_id, new.credit_id) and e.tiers_type = 'CLIENT'
    on conflict (ecriture_id) do nothing;
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.retenir_periodes(p_depot_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_pris text;
begin
  v_pris := pg_advisory_xact_lock_shared(private.cle_periodes(p_depot_id));
end;
$function$;

CREATE OR REPLACE FUNCTION private.sceller_facture(p_facture public.factures_client, p_neuve boolean DEFAULT false)
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_fuseau text;
  v_ecriture public.ecritures_tiers;
  v_fait text;
begin
  if p_facture.total_ttc <= 0 then
    perform private.refuser('FACTURE_VIDE', jsonb_build_object('total_ttc', p_facture.total_ttc));
  end if;
  select d.fuseau into strict v_fuseau from public.depots d where d.id = p_facture.depot_id;
  p_facture.statut := 'EMISE';
  p_facture.emise_par := auth.uid();
  p_facture.emise_le := clock_timestamp();
  p_facture.exercice := extract(year from p_facture.date_facture);
  v_fait := private.verrouiller_tiers('CLIENT', p_facture.client_id);
  -- From here to its end the transaction holds the series: nothing is looked for any more, it is only written.
  p_facture.numero := private.prendre_numero(p_facture.depot_id, case p_facture.type when 'AVOIR' then 'AVR'
    else 'FAC' end,
    p_facture.exercice, p_facture.id);
  p_facture.sequence := substring(p_facture.numero from '\d+$')::bigint;
  p_facture := private.suivre_derniere(p_facture, v_fuseau);
  p_facture.empreinte := private.empreinte_facture(p_facture);
  if p_neuve then
    insert into public.factures_client select p_facture.*;
  else
    update public.factures_client f
     set (statut, emise_par, emise_le, exercice, sequence, numero, precedent, empreinte, client_fige, vendeur_fige,
          taux_cdf, date_facture, date_echeance, total_ht, total_tva, total_ttc, total_tva_cdf, total_ttc_cdf)
         = (p_facture.statut, p_facture.emise_par, p_facture.emise_le, p_facture.exercice, p_facture.sequence,
            p_facture.numero, p_facture.precedent, p_facture.empreinte, p_facture.client_fige, p_facture.vendeur_fige,
            p_facture.taux_cdf, p_facture.date_facture, p_facture.date_echeance, p_facture.total_ht,
            p_facture.total_tva, p_facture.total_ttc, p_facture.total_tva_cdf, p_facture.total_ttc_cdf)
     where f.id = p_facture.id;
  end if;
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
  v_fait := private.ecrire_compte(v_ecriture);
  v_fait := private.ouvrir_dossier_fiscal(p_facture);
  v_fait := private.journaliser(case p_facture.type when 'AVOIR' then 'AVOIR_EMIS' else 'FACTURE_CLIENT_EMISE' end,
    'ventes',
    'INFO', p_facture.id, p_facture.depot_id, jsonb_build_object('numero', p_facture.numero,
      'client_id', p_facture.client_id, 'devise', p_facture.devise, 'total_ttc', p_facture.total_ttc,
      'empreinte', encode(p_facture.empreinte, 'hex')));
  return p_facture;
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
  if private.au_siege() then
    return 0;
  end if;
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

CREATE OR REPLACE FUNCTION private.seulement(p_objet jsonb, p_champs text[])
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_objet is null or p_objet = '{}' then
    return jsonb '{}';
  end if;
  perform private.exiger_champs(p_objet);
  return (
  select coalesce(jsonb_object_agg(c.key, c.value), '{}') from jsonb_each(p_objet) c where c.key = any (p_champs));
end;
$function$;

CREATE OR REPLACE FUNCTION private.sortie_envoyee(p_sortie jsonb, p_statut text)
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
  v_sortie.version := 1;
  v_sortie.avertissements := '[]';
  v_sortie := jsonb_populate_record(v_sortie, jsonb_strip_nulls(p_sortie));
  v_sortie.statut := p_statut;
  return v_sortie;
end;
$function$;

CREATE OR REPLACE FUNCTION private.sortie_livrable(p_sortie_id uuid)
 RETURNS public.sorties_produit
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.exiger('livrer');
  v_sortie constant public.sorties_produit := private.sortie_tenue(p_sortie_id, v_acteur.depots);
begin
  if v_sortie.statut <> 'validee' then
    perform private.refuser('SORTIE_NON_LIVRABLE', jsonb_build_object('statut', v_sortie.statut));
  end if;
  return v_sortie;
end;
$function$;

CREATE OR REPLACE FUNCTION private.sortie_rattachable(p_sortie_id uuid)
 RETURNS public.sorties_produit
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.exiger('commander');
  v_sortie constant public.sorties_produit := private.sortie_tenue(p_sortie_id, v_acteur.depots);
begin
  if v_sortie.statut = 'rejetee' or private.facture_de_sortie(p_sortie_id) is not null then
    perform private.refuser('SORTIE_NON_LIVRABLE', jsonb_build_object('statut',
      case v_sortie.statut when 'rejetee' then 'rejetee' else 'facturee' end));
  end if;
  return v_sortie;
end;
$function$;

CREATE OR REPLACE FUNCTION private.sortie_tenue(p_sortie_id uuid, p_depots uuid[])
 RETURNS public.sorties_produit
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_sortie public.sorties_produit;
begin
  select * into v_sortie from public.sorties_produit s
   where s.id = p_sortie_id and s.depot_id = any (p_depots) for no key update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette sortie'));
  end if;
  return v_sortie;
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
  if (num_nonnulls(new.index_avant, new.index_apres, new.temperature_echantillon_c, new.densite_observee_kgm3,
        new.densite_a_15, new.densite_a_15_kgm3, new.volume_15c, new.volume_corrige_15c, new.facteur_compteur, new.vcf,
        new.methode_15c, new.parametres_15c, new.motif_rejet, new.validated_by, new.chauffeur_nom, new.plaque_camion,
        new.plaque_remorque, new.transporteur, new.note) = 0
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

CREATE OR REPLACE FUNCTION private.suivre_derniere(p_facture public.factures_client, p_fuseau text)
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_avant record;
  v_derniere record;
begin
  -- Of a year that has begun too: a clock put back over a New Year would number in the old one again.
  select f.exercice, f.date_facture, f.numero, f.empreinte into v_derniere from public.factures_client f
   where f.depot_id = p_facture.depot_id and f.type = p_facture.type and f.exercice >= p_facture.exercice
     and f.sequence is not null
   order by f.exercice desc, f.sequence desc limit 1;
  if v_derniere.date_facture > private.jour_local(p_fuseau, clock_timestamp()) then
    perform private.refuser('HORLOGE_RECULEE', jsonb_build_object('derniere', v_derniere.date_facture,
      'aujourdhui', p_facture.date_facture, 'numero', v_derniere.numero));
  end if;
  v_avant := v_derniere;
  if v_derniere.exercice > p_facture.exercice then
    select f.exercice, f.date_facture, f.numero, f.empreinte into v_avant from public.factures_client f
     where f.depot_id = p_facture.depot_id and f.type = p_facture.type and f.exercice = p_facture.exercice
       and f.sequence is not null
     order by f.sequence desc limit 1;
  end if;
  p_facture.precedent := v_avant.empreinte;
  if v_avant.date_facture > p_facture.date_facture then
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
  -- Each depot watches over itself; its head office reads what it found.
  if private.au_siege() then
    return;
  end if;
  -- The night's pass runs in the first minute after two o'clock, and whenever it is a day late.
  if not exists (select from private.passages p where p.nom = 'nuit'
                  and p.le > date_trunc('day', now() at time zone private.fuseau_societe() - interval '2 hours')
                             at time zone private.fuseau_societe() + interval '2 hours') then
    perform private.controler_tout();
  end if;
  perform public.sync_system_alerts_from_integrity();
  perform private.escalader();
  perform private.envoyer_rapports_abonnes();
end;
$function$;

CREATE OR REPLACE FUNCTION private.taches_periodiques()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.purger_idempotence();
  -- What a depot purges, it purges at the head office too.
  if not private.au_siege() then
    perform private.purger_synchronisation();
  end if;
  -- A load with the triggers off leaves tanks without their copy.
  if exists (select v.* from private.lieux_vrais v except select l.* from private.lieux l) then
    perform private.recopier_lieux();
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.vendables(p_sorties uuid[])
 RETURNS SETOF private.vendable
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT s.id AS sortie_id,
     b.id AS bl_id,
     s.client_id,
     s.depot_id,
     s.produit_id,
     p.nom AS produit,
     p.tva_groupe,
     s.date_jour AS jour,
     s.plaque_camion AS plaque,
     COALESCE(b.volume_livre_ambiant, (s.volume_ambiant - a.ambiant)) AS volume_ambiant,
     COALESCE(b.volume_livre_15c, (s.volume_15c - a.quinze)) AS volume_15c,
         CASE
             WHEN (s.statut <> 'validee'::text) THEN 'NON_VALIDEE'::text
             WHEN (s.proprietaire_type <> 'MONALUXE'::text) THEN 'PARTENAIRE'::text
             WHEN (s.client_id IS NULL) THEN 'SANS_CLIENT'::text
             WHEN (a.compensee OR ((s.volume_15c - a.quinze) <= (0)::numeric)) THEN 'COMPENSEE'::text
             WHEN (EXISTS ( SELECT
                FROM private.facturations_sortie f
               WHERE ((f.sortie_id = s.id) AND (f.libere_par IS NULL)))) THEN 'DEJA_FACTUREE'::text
             ELSE NULL::text
         END AS raison,
     k.numero AS commande,
     k.devise,
     k.base,
     k.prix_ht
    FROM ((((public.sorties_produit s
      JOIN public.produits p ON ((p.id = s.produit_id)))
      LEFT JOIN public.bons_livraison b ON (((b.sortie_id = s.id) AND (b.statut = 'CONFIRME'::text))))
      LEFT JOIN (public.sorties_commandes l
      JOIN public.commandes k ON ((k.id = l.commande_id))) ON ((l.sortie_id = s.id)))
      CROSS JOIN LATERAL ( SELECT COALESCE(sum(x.delta_ambiant), (0)::numeric) AS ambiant,
             COALESCE(sum(x.delta_15c), (0)::numeric) AS quinze,
             COALESCE(bool_or(x.compensation), false) AS compensee
            FROM public.stocks_adjustments x
           WHERE ((x.mouvement_type = 'SORTIE'::text) AND (x.mouvement_id = s.id))) a)
   WHERE (s.id = ANY (vendables.p_sorties));
END;

CREATE OR REPLACE FUNCTION private.lignes_de(p_sorties uuid[], p_conditions public.clients_conditions)
 RETURNS TABLE(rang integer, nature text, sortie_id uuid, bl_id uuid, designation text, base text, quantite numeric, prix_ht numeric, tva_groupe text, tva_taux numeric, montant_ht numeric)
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT (row_number() OVER (ORDER BY v.jour, v.sortie_id))::integer AS rang,
     'CARBURANT'::text AS nature,
     v.sortie_id,
     v.bl_id,
     concat_ws(', '::text, v.produit, ('livraison du '::text || to_char((v.jour)::timestamp with time zone, 'DD/MM/YYYY'::text)), ('camion '::text || v.plaque), ('commande '::text || v.commande)) AS designation,
     q.base,
     q.quantite,
     t.prix AS prix_ht,
     v.tva_groupe,
     private.taux_tva_du(v.tva_groupe, private.jour_au_depot(v.depot_id, now())) AS tva_taux,
     round((q.quantite * t.prix), 2) AS montant_ht
    FROM ((private.vendables(lignes_de.p_sorties) v(sortie_id, bl_id, client_id, depot_id, produit_id, produit, tva_groupe, jour, plaque, volume_ambiant, volume_15c, raison, commande, devise, base, prix_ht)
      CROSS JOIN LATERAL ( SELECT COALESCE(v.base, (lignes_de.p_conditions).base) AS "coalesce",
                 CASE COALESCE(v.base, (lignes_de.p_conditions).base)
                     WHEN 'L15'::text THEN v.volume_15c
                     ELSE v.volume_ambiant
                 END AS volume_ambiant) q(base, quantite))
      CROSS JOIN LATERAL ( SELECT private.prix_de(v.*, lignes_de.p_conditions) AS prix_de
          OFFSET 0) t(prix));
END;

CREATE OR REPLACE FUNCTION public.abonner_rapport(p_nom text, p_depot_id uuid DEFAULT NULL::uuid, p_rythme text DEFAULT 'JOUR'::text, p_parametres jsonb DEFAULT '{}'::jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_par_personne constant int := 20;
  v_rapport record;
  v_acteur constant private.acteur := private.acteur();
  v_depot uuid;
  v_rythme text;
  v_parametres jsonb;
  v_courriel text;
  v_id uuid;
begin
  perform private.exiger_rapport(p_nom);
  select * into v_rapport from private.catalogue_rapports() c where c.nom = p_nom;
  v_depot := (private.depot_du_rapport(p_depot_id, v_rapport.depots)).id;
  v_parametres := private.parametres_du_rapport(v_rapport.parametres, p_parametres);
  if v_parametres <> '{}' then
    -- What would be refused at seven, when nobody looks, is refused now.
    perform private.rapport(p_nom, v_depot, current_date, current_date, null, v_parametres);
  end if;
  -- A report of a day, or of a month, comes at its own rhythm.
  v_rythme := case when v_rapport.periode in ('JOUR', 'MOIS') then v_rapport.periode else p_rythme end;
  select nullif(btrim(p.email), '') into v_courriel from public.profils p where p.user_id = v_acteur.user_id;
  if v_courriel is null then
    perform private.refuser('ABONNE_SANS_COURRIEL');
  end if;
  perform private.destination_permise('EMAIL', v_courriel);
  -- Two at once would each be the last one allowed.
  perform pg_advisory_xact_lock(hashtextextended('abonnements:' || v_acteur.user_id, 0));
  if (select count(*) from public.abonnements_rapports a
       where a.user_id = v_acteur.user_id and a.actif
         and (a.nom, a.depot_id, a.rythme, a.parametres) is distinct from (p_nom, v_depot, v_rythme, v_parametres))
     >= c_par_personne then
    perform private.refuser('ABONNEMENTS_TROP_NOMBREUX', jsonb_build_object('maximum', c_par_personne));
  end if;
  insert into public.abonnements_rapports as a (user_id, nom, depot_id, rythme, parametres, prochain)
  values (v_acteur.user_id, p_nom, v_depot, v_rythme, v_parametres,
    private.echeance_abonnement(v_rythme, private.zone_du_depot(v_depot), clock_timestamp()))
  on conflict (user_id, nom, depot_id, rythme, parametres) do update
     set actif = true, arrete_motif = null,
         prochain = case when a.actif then a.prochain else excluded.prochain end
  returning a.id into v_id;
  perform private.journaliser('ABONNEMENT_PRIS', 'rapports', 'INFO', v_id, v_depot,
    jsonb_build_object('rapport', p_nom, 'rythme', v_rythme, 'parametres', v_parametres));
  return v_id;
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
  perform pg_advisory_xact_lock(private.cle_periodes(p_depot_id));
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

CREATE OR REPLACE FUNCTION public.ecrire_proforma(p_proforma jsonb, p_id uuid DEFAULT NULL::uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_champs constant text[] := array['fournisseur_id', 'produit_id', 'reference', 'date_proforma', 'date_validite',
    'incoterm', 'base', 'quantite', 'prix_usd', 'franchise_pour_mille', 'jours_franchise', 'surestaries_usd_jour',
    'sblc_id', 'note'];
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
  c_champs constant text[] := array['fournisseur_id', 'banque', 'reference', 'montant', 'devise', 'date_debut',
    'date_fin', 'note'];
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

CREATE OR REPLACE FUNCTION public.encaisser(p_encaissement jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.exiger('encaisser');
  v_factures constant jsonb := nullif(p_encaissement -> 'factures', 'null');
  v_enc public.encaissements;
begin
  perform private.exiger_read_committed();
  v_enc := private.nouvel_encaissement(v_acteur, p_encaissement);
  perform private.exiger_factures_du_client(v_enc, v_factures);
  return (private.ecrire_encaissement(v_enc, v_factures)).id;
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
  -- Whoever writes another waits for the sortie's row.
  if exists (select from public.bons_livraison b where b.sortie_id = p_sortie_id and b.statut <> 'ANNULE') then
    perform private.refuser('BL_EXISTANT', jsonb_build_object('sortie_id', p_sortie_id));
  end if;
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
      v_facture := private.rediger_facture(p_depot_id, v_groupe.client_id, v_groupe.sorties, '[]');
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
    perform private.affecter_avances(v_facture.id);
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
  v_apres := jsonb_populate_record(v_avant, private.seulement(p_conditions,
    '{devise,base,delai_jours,plafond,suspendu,suivi_depuis}'));
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
  perform private.exiger_lignes(p_services);
  v_id := (private.rediger_facture(p_depot_id, p_client_id, v_sorties, p_services)).id;
  perform private.journaliser('FACTURE_CLIENT_PREPAREE', 'ventes', 'INFO', v_id, p_depot_id,
    jsonb_build_object('client_id', p_client_id, 'sorties', v_sorties, 'services', p_services));
  return v_id;
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
  perform private.exiger_lignes(p_parts);
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
  perform pg_advisory_xact_lock(private.cle_periodes(v_periode.depot_id));
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

CREATE OR REPLACE FUNCTION public.validate_sortie(p_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
begin
  -- With this search_path a caller's temporary objects would come first: the name below says its schema.
  perform private.valider_sortie(p_id);
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
$function$;

ALTER TABLE "private"."facturations_sortie" ADD CONSTRAINT "facturations_sortie_facture_id_fkey" FOREIGN KEY (facture_id) REFERENCES public.factures_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE "public"."factures_client_lignes" ADD CONSTRAINT "factures_client_lignes_facture_id_fkey" FOREIGN KEY (facture_id) REFERENCES public.factures_client(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE "public"."factures_client_taxes" ADD CONSTRAINT "factures_client_taxes_facture_id_fkey" FOREIGN KEY (facture_id) REFERENCES public.factures_client(id) DEFERRABLE INITIALLY DEFERRED;

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
    p.densite_15_max,
    ( SELECT max(s.densite_melange_kgm3) AS max
           FROM public.stocks_snapshot s
          WHERE (s.citerne_id = c.id)) AS densite_melange_kgm3,
    (EXISTS ( SELECT
           FROM public.app_settings s
          WHERE (s.key = 'gel_ecritures'::text))) AS gele,
    COALESCE(( SELECT f.enabled
           FROM public.feature_flags f
          WHERE (f.key = 'astm_53b'::text)), false) AS norme,
    COALESCE(( SELECT k.roles
           FROM private.capacites k
          WHERE ((k.capacite = 'ecrire_sortie'::text) AND (NOT k.second_facteur))), '{}'::text[]) AS redacteurs,
    COALESCE(( SELECT k.roles
           FROM private.capacites k
          WHERE ((k.capacite = 'valider_sortie'::text) AND (NOT k.second_facteur))), '{}'::text[]) AS validateurs
   FROM ((public.citernes c
     JOIN public.depots d ON ((d.id = c.depot_id)))
     JOIN public.produits p ON ((p.id = c.produit_id)));;

CREATE TRIGGER capacites_lieux AFTER INSERT OR DELETE OR UPDATE ON private.capacites FOR EACH ROW EXECUTE FUNCTION private.lieux_suivre_regles('capacite', '{ecrire_sortie,valider_sortie}');

ALTER TABLE "private"."capacites" ENABLE ALWAYS TRIGGER "capacites_lieux";

CREATE TRIGGER lettrages_garder BEFORE INSERT ON private.lettrages FOR EACH ROW EXECUTE FUNCTION private.lettrage_garder();

CREATE TRIGGER restes_clients_garder BEFORE UPDATE ON private.restes_clients FOR EACH ROW EXECUTE FUNCTION private.reste_garder();

CREATE TRIGGER series_block BEFORE DELETE OR TRUNCATE ON private.series FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER app_settings_lieux AFTER INSERT OR DELETE OR UPDATE ON public.app_settings FOR EACH ROW EXECUTE FUNCTION private.lieux_suivre_regles('key', '{gel_ecritures}');

ALTER TABLE "public"."app_settings" ENABLE ALWAYS TRIGGER "app_settings_lieux";

CREATE TRIGGER bons_livraison_garder BEFORE INSERT OR UPDATE ON public.bons_livraison FOR EACH ROW EXECUTE FUNCTION private.bon_garder();

CREATE TRIGGER bons_livraison_gel BEFORE UPDATE ON public.bons_livraison FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER cdr_etapes_gel BEFORE TRUNCATE ON public.cdr_etapes FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER cours_de_route_garder BEFORE INSERT OR UPDATE ON public.cours_de_route FOR EACH ROW EXECUTE FUNCTION private.cours_de_route_garder();

CREATE TRIGGER ecritures_tiers_garder BEFORE INSERT ON public.ecritures_tiers FOR EACH ROW EXECUTE FUNCTION private.ecriture_garder();

CREATE TRIGGER ecritures_tiers_gel BEFORE TRUNCATE ON public.ecritures_tiers FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER ecritures_tiers_restes AFTER INSERT ON public.ecritures_tiers FOR EACH ROW EXECUTE FUNCTION private.restes_apres_ecriture();

CREATE TRIGGER encaissements_garder BEFORE INSERT OR UPDATE ON public.encaissements FOR EACH ROW EXECUTE FUNCTION private.encaissement_garder();

CREATE TRIGGER encaissements_gel BEFORE UPDATE ON public.encaissements FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER factures_client_garder BEFORE INSERT OR UPDATE ON public.factures_client FOR EACH ROW EXECUTE FUNCTION private.facture_client_garder();

CREATE TRIGGER factures_client_gel BEFORE TRUNCATE ON public.factures_client FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER factures_client_lignes_garder BEFORE INSERT OR UPDATE ON public.factures_client_lignes FOR EACH ROW EXECUTE FUNCTION private.facture_client_ligne_garder();

CREATE TRIGGER factures_client_taxes_garder BEFORE INSERT OR UPDATE ON public.factures_client_taxes FOR EACH ROW EXECUTE FUNCTION private.facture_client_taxe_garder();

CREATE TRIGGER factures_fiscales_garder BEFORE INSERT OR UPDATE ON public.factures_fiscales FOR EACH ROW EXECUTE FUNCTION private.fiscal_garder();

CREATE TRIGGER factures_fiscales_gel BEFORE UPDATE ON public.factures_fiscales FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER feature_flags_lieux AFTER INSERT OR DELETE OR UPDATE ON public.feature_flags FOR EACH ROW EXECUTE FUNCTION private.lieux_suivre_regles('key', '{astm_53b}');

ALTER TABLE "public"."feature_flags" ENABLE ALWAYS TRIGGER "feature_flags_lieux";

CREATE TRIGGER receptions_garder BEFORE INSERT OR UPDATE ON public.receptions FOR EACH ROW EXECUTE FUNCTION private.reception_garder();

CREATE TRIGGER stocks_snapshot_lieux AFTER INSERT OR DELETE OR UPDATE OF densite_melange_kgm3 ON public.stocks_snapshot FOR EACH ROW EXECUTE FUNCTION private.lieux_suivre_melange();

ALTER TABLE "public"."stocks_snapshot" ENABLE ALWAYS TRIGGER "stocks_snapshot_lieux";

COMMENT ON COLUMN "private"."actes_differes"."precedents" IS 'Keys of the acts it depends on, as its batch said them last.';

COMMENT ON COLUMN "private"."lieux"."densite_melange_kgm3" IS 'As stocks_snapshot.densite_melange_kgm3.';

COMMENT ON COLUMN "private"."lieux"."gele" IS 'Whether a freeze is on, whoever its operator is.';

COMMENT ON COLUMN "private"."lieux"."norme" IS 'Whether flag astm_53b is on for anybody.';

COMMENT ON COLUMN "private"."lieux"."redacteurs" IS 'Roles that may write a draft of a sortie (capacites), none where a second factor may be asked of them.';

COMMENT ON COLUMN "private"."lieux"."validateurs" IS 'The same of those that may validate one.';

COMMENT ON FUNCTION "private"."au_siege"() IS 'Whether this is the consolidated database of a network of depots (siege:preparer), where only replication writes.';

COMMENT ON FUNCTION "private"."bon_garder"() IS 'What every note holds, whoever writes it: no freeze, litres that a truck takes, a number once it is confirmed, a reason once it is cancelled, texts that people read. Raises ECRITURES_GELEES, ISOLATION_INTERDITE, DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, 23514.';

COMMENT ON FUNCTION "private"."cle_periodes"(uuid) IS 'Mutex of a depot''s closed days: whoever writes on a day shares it, who closes or opens one has it alone. Inlined where it is used.';

COMMENT ON FUNCTION "private"."cles_dites"(jsonb) IS 'Keys of a JSON list, in its order; none where there is no list.';

COMMENT ON FUNCTION "private"."controler_journal"(bigint, text) IS 'What public.verifier_journal answers, for the project itself: no user, no role. At the head office of a network, base by base (siege.verifier_journal; constat says which).';

COMMENT ON FUNCTION "private"."controler_temoin"(bigint, text) IS 'Whether a head that was noted elsewhere is no longer in the chain: BLOC_SUPPRIME, CHAINE_REFAITE. No row: it is, or none was given.';

COMMENT ON FUNCTION "private"."controles_lus"() IS 'The checks there are, and how many facts each finds now among what the caller sees; volatile: read in the statement that changes them, it sees them changed. Raises ROLE_FORBIDDEN.';

COMMENT ON FUNCTION "private"."controles_synchronisation"() IS 'Batches with acts that came hours ago (threshold of the check) and wait still: its phone was not sent with again, or what they follow is not there. The first twenty acts of each, with the reason that was told.';

COMMENT ON FUNCTION "private"."cours_de_route_garder"() IS 'What every truck holds, whoever writes it: litres that one carries, a known step, a reason where it never came, plates and texts that people read, days of this half-century. Raises DATE_IMPOSSIBLE, PLAQUE_INVALIDE, TEXTE_ILLISIBLE, 23514.';

COMMENT ON FUNCTION "private"."dans_un_cercle"(uuid, uuid) IS 'Whether an act that waits for this one is waited for by it, through however many others and whichever batches they came in: then none of them can be the first.';

COMMENT ON FUNCTION "private"."debut_requete"(text) IS 'Beginning of a statement, on a line: 80 characters.';

COMMENT ON FUNCTION "private"."ecrire_actes_differes"(uuid, jsonb, timestamp with time zone, interval) IS 'Writes the acts of a batch that had not come before; of those that had, what they depend on. p_avance: the phone''s lead over the server.';

COMMENT ON FUNCTION "private"."ecrire_bon"(public.bons_livraison) IS 'Writes a note of a sortie that has none. Raises ECRITURES_GELEES, ISOLATION_INTERDITE, and 23xxx.';

COMMENT ON FUNCTION "private"."ecrire_encaissement"(public.encaissements, jsonb) IS 'Writes a payment of invoices that are its client''s, and where it is confirmed does what that means. Raises REFERENCE_DEJA_UTILISEE, DEPOT_SANS_CODE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "private"."ecrire_lignes_facture"(public.factures_client, public.clients_conditions, uuid[], jsonb) IS 'Writes the lines of an invoice that is not written yet, at these terms and the prices of each day, and gives their sum before tax. Raises FACTURE_VIDE, TARIF_ABSENT, COMMANDE_DEVISE, TVA_NON_FIXEE, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "private"."ecriture_garder"() IS 'What every entry holds, whoever writes it: no freeze, a known currency and type, an amount on one side, one third party, a due day not before its own, texts that people read. Raises ECRITURES_GELEES, ISOLATION_INTERDITE, DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, 23514.';

COMMENT ON FUNCTION "private"."emettre"(public.factures_client, boolean) IS 'Issues a draft whose lines are right, itself not yet written where p_neuve: client, day, rate, taxes, totals, then private.sceller_facture. Raises CLIENT_INCOMPLET, TAUX_ABSENT, and what private.sceller_facture raises.';

COMMENT ON FUNCTION "private"."empreintes"() IS 'Every fact that two databases of one schema share, with its MD5; the consolidated database of a network is at the schema that it was made from. Owner only.';

COMMENT ON FUNCTION "private"."encaissement_garder"() IS 'What every payment holds, whoever writes it: no freeze, a known mode and currency, amounts above zero, a reference unless it is cash, a receipt once a person has confirmed it, a reason once it is cancelled. Raises ECRITURES_GELEES, ISOLATION_INTERDITE, TEXTE_ILLISIBLE, 23514.';

COMMENT ON FUNCTION "private"."etat_scellement"() IS 'Last block, its hash and moment (null: none was ever written), how many lines wait for the next pass, and the oldest of them. Always one row; at the head office of a network, where nothing is sealed, one that says nothing.';

COMMENT ON FUNCTION "private"."exiger_champs"(jsonb) IS 'Refuses what is no JSON object, null among it. Raises FORME_INATTENDUE.';

COMMENT ON FUNCTION "private"."exiger_lignes"(jsonb) IS 'Refuses what is no JSON list of objects; null is no list that was said, and passes. Raises FORME_INATTENDUE.';

COMMENT ON FUNCTION "private"."exiger_precedents"(private.actes_differes, integer) IS 'What was answered to the acts that this one depends on, by key; all of them must be done. p_jours: how late an act may come; what was done before this one and is still not there then never will be. Raises ACTES_EN_CERCLE, PRECEDENT_PERDU, ACTE_ATTENDU, PRECEDENT_D_AUTRUI, ACTE_DEPENDANT.';

COMMENT ON FUNCTION "private"."exiger_rapport"(text) IS 'Refuses a report that there is not, or that the calling user may not run. Raises INTROUVABLE, ROLE_FORBIDDEN.';

COMMENT ON FUNCTION "private"."exiger_reference_neuve"(public.encaissements) IS 'No payment of the same mode and operator has this reference, and none will until this ends. After the account. Raises REFERENCE_DEJA_UTILISEE.';

COMMENT ON FUNCTION "private"."facture_client_garder"() IS 'What every invoice holds, whoever writes it: no freeze, a known currency; a credit note says what it takes from and why; a draft has nothing of what issuing gives, an issued one has all of it, and totals that agree. Raises ECRITURES_GELEES, ISOLATION_INTERDITE, DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, 23514.';

COMMENT ON FUNCTION "private"."facture_client_ligne_garder"() IS 'What every line of an invoice holds: fuel by the litre, what is not by the unit (a credit note takes an amount of either), a price, a tax. Raises TEXTE_ILLISIBLE, 23514.';

COMMENT ON FUNCTION "private"."facture_client_taxe_garder"() IS 'What the tax of an invoice holds: a known group, a rate, nothing below zero. Raises 23514.';

COMMENT ON FUNCTION "private"."facture_fournisseur_apres_insert"() IS 'Logs FACTURE_CREEE; under the flag facture_lot_directe_compat, calculates and validates at once. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, REFERENTIEL_INACTIF, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LOT_EXISTANT, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, DEPOT_SANS_CODE, FACTURE_ETAT, FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE, LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, PIECE_REQUISE, QUATRE_YEUX, LOT_INCOMPATIBLE, PROFORMA_ETAT.';

COMMENT ON FUNCTION "private"."fermee"(text) IS 'Whether only replication writes this table here: asked by a migration before it writes rows, which the base that writes them sends with the others; and by what would do something else first.';

COMMENT ON FUNCTION "private"."fiscal_garder"() IS 'A certified invoice has all that a device gives, and no other has; texts that people read. Raises TEXTE_ILLISIBLE, 23514.';

COMMENT ON FUNCTION "private"."lettrage_garder"() IS 'A settlement is of an amount; what takes one back, and nothing else, is below zero. Raises 23514.';

COMMENT ON FUNCTION "private"."lieux_suivre"() IS 'Keeps private.lieux as what it copies: of the tank, or of all tanks of the depot or of the product, that changed; of all, where the rules did. Raises ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."lieux_suivre_melange"() IS 'Keeps the density of private.lieux as that of the stock which has just changed.';

COMMENT ON FUNCTION "private"."lieux_suivre_regles"() IS 'Makes all of private.lieux again where a rule changed that it copies. Arguments of the trigger: the column that names rules, and which of them. Raises ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."lignes_de"(uuid[], public.clients_conditions) IS 'Lines of sorties as they would be invoiced now, at the price of their order or of their day. Raises TARIF_ABSENT, COMMANDE_DEVISE, TVA_NON_FIXEE. Inlined where it is used.';

COMMENT ON FUNCTION "private"."mesurer_alertes"(jsonb) IS 'What somebody must look at: a tank whose last dip is out of tolerance, a freeze that was forgotten, checks that do not run. Threshold: gel_max_h (h). Owner only.';

COMMENT ON FUNCTION "private"."mesurer_connexions"(jsonb) IS 'How many of the connections that the server takes are open. Threshold: connexions_max_pct (%). Owner only.';

COMMENT ON FUNCTION "private"."mesurer_journal"(jsonb) IS 'Of the movements validated within 24 h: each has its one log line and its day, each such line its movement, and how long after it was written. Threshold: journal_retard_max_s (s). Owner only.';

COMMENT ON FUNCTION "private"."mesurer_requetes"(jsonb) IS 'What statements run for long, and which are slow on average. Thresholds: requete_max_s (s), requete_moyenne_max_ms (ms). Owner only.';

COMMENT ON FUNCTION "private"."mesurer_reseau"(jsonb) IS 'Of a base in a network of depots, by the names that siege:* gives: who reads it still does, what waits for them fits the disk, what it receives still comes. Threshold: reseau_retenu_max_mo (Mo). Its figures are null where it is in none. Owner only.';

COMMENT ON FUNCTION "private"."mesurer_scellement"(jsonb) IS 'Whether the log is sealed: one that nobody seals proves nothing, however long it is. Threshold: scellement_max_min (min). Owner only.';

COMMENT ON FUNCTION "private"."mesurer_tailles"(jsonb) IS 'How large the base and its five largest tables are (Mo). Threshold: taille_max_mo. Owner only.';

COMMENT ON FUNCTION "private"."mesurer_transactions"(jsonb) IS 'What transactions are open, other than the one that asks. Threshold: transaction_max_s (s). Owner only.';

COMMENT ON FUNCTION "private"."mesurer_verrous"(jsonb) IS 'Who waits for whom, both named. Threshold: blocage_max_s (s). Owner only.';

COMMENT ON FUNCTION "private"."moyennes_requetes"() IS 'The five slowest statements of clients on average (requete, appels, moyenne_ms), by pg_stat_statements; null where that is not there or not readable.';

COMMENT ON FUNCTION "private"."nouvel_encaissement"(private.acteur, jsonb) IS 'A payment that a person says who may, checked and completed, not yet written. Raises INTROUVABLE, ENCAISSEMENT_EN_LIGNE, DATE_FUTURE, ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, CAISSE_CLOTUREE, PERIODE_CLOSE, TAUX_ABSENT, and 22xxx.';

COMMENT ON FUNCTION "private"."nouvelle_facture"(uuid, uuid, uuid[], jsonb) IS 'The draft of an invoice, at the terms of its client: its lines are written, it is not yet. Raises FACTURE_VIDE, TARIF_ABSENT, COMMANDE_DEVISE, TVA_NON_FIXEE, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "private"."paiement_fournisseur_apres_insert"() IS 'What the payment does to the account, where it is confirmed; logs PAIEMENT_ENREGISTRE and PAIEMENT_CONFIRME. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."prendre_numero"(uuid, text, integer, uuid) IS 'The next number of a series, printed, for a document that this transaction issues; its row stays locked until the end, so it is taken last. Without a year (p_exercice): of the one it is at the depot. Raises DEPOT_SANS_CODE.';

COMMENT ON FUNCTION "private"."preparer_acte"(uuid, integer) IS 'What the door of an act must know before it is asked: p_rang is its place in its batch, from 0. {etat, statut, reponse} where it is done; else {etat, fait_le, jour (at its depot), reponses: of the acts it depends on}. A refusal that its door has kept is forgotten. Raises CLE_D_AUTRUI, IDEMPOTENCE_CONFLIT, MOMENT_FUTUR, MOMENT_TROP_ANCIEN, ACTES_EN_CERCLE, PRECEDENT_PERDU, ACTE_ATTENDU, PRECEDENT_D_AUTRUI, ACTE_DEPENDANT.';

COMMENT ON FUNCTION "private"."preparer_profil"(text, text, uuid) IS 'Everything that could refuse a new profile, asked before an account is made for it. Returns the account this address already has, null where it has none. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, REFERENTIEL_AUTRE_BASE, DEPOT_REQUIS, INTROUVABLE, REFERENTIEL_INACTIF, PROFIL_EXISTANT.';

COMMENT ON FUNCTION "private"."rapprochement_du"() IS 'Whether the provider should be asked: something was opened in seven days, and nobody has asked for a day. Never at the head office of a network, where its depots do.';

COMMENT ON FUNCTION "private"."reception_garder"() IS 'What every réception holds, completed, whoever writes it: measures that a depot reads, a known owner and state, a day of the books, a note that people read. Raises DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, 23514 naming the column.';

COMMENT ON FUNCTION "private"."receptions_apres_insert"() IS 'Takes the trucks, then the tanks. Each réception of the statement: credits the stock, on every day the tank has room; logs RECEPTION_CREEE. Last, closes each CDR, once: one truck may fill several tanks, in one act, and none of them twice but from compartments that are said. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, PLAQUE_INVALIDE, CITERNE_INACTIVE_OR_INCOMPATIBLE, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, REFERENTIEL_INACTIF, RECEPTION_AVANT_CHARGEMENT, CDR_NON_ARRIVE, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURES_GELEES, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL, VOLUME_HORS_ANNONCE, PROFORMA_ETAT.';

COMMENT ON FUNCTION "private"."recevoir_lot"(uuid, text, timestamp with time zone, jsonb) IS 'Remembers a batch and its acts, each by its key: what came before stays as it was. p_maintenant: the phone''s clock; p_actes: [{cle, acte, moment, version, corps, lieu, precedents, probleme}], lieu the tank or depot it names, precedents the keys it depends on, probleme where its shape was refused already. Answers as lire_lot does. Logs SYNCHRONISATION_RECUE, once. Called by the door only. Raises HORLOGE_FAUSSE.';

COMMENT ON FUNCTION "private"."rediger_facture"(uuid, uuid, uuid[], jsonb) IS 'Writes the draft of an invoice, at the terms of its client and the prices of each day. Raises FACTURE_VIDE, TARIF_ABSENT, COMMANDE_DEVISE, TVA_NON_FIXEE, ECRITURES_GELEES, ISOLATION_INTERDITE, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "private"."refuser_ligne"(text, text) IS 'For the trigger of a table that asks its rows itself, because the text of each check is read again at every statement: what a check would say of this column. Raises 23514.';

COMMENT ON FUNCTION "private"."refuser_table_fermee"() IS 'In a network, a table that only replication writes here. Argument of the trigger: reference, of rows that the reference database writes; depot, of those that a depot''s base writes, at the head office or in a base whose depot has moved, where the freeze says where to. Raises REFERENTIEL_AUTRE_BASE, SIEGE_LECTURE_SEULE, ECRITURES_GELEES, DEPOT_AUTRE_BASE.';

COMMENT ON FUNCTION "private"."reste_garder"() IS 'What is left of an entry is on one side, above zero. Raises 23514.';

COMMENT ON FUNCTION "private"."sceller_facture"(public.factures_client, boolean) IS 'The last of issuing: account, number, hash, entry, log; p_neuve: the invoice itself, of which only lines and taxes are written. Raises FACTURE_VIDE, DEPOT_SANS_CODE, HORLOGE_RECULEE, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."sceller_journal"() IS 'Seals every line of the log that is in no block yet; answers how many. Waits up to 30 s for a pass that is still open, then fails with 55P03. Slows no writer down: takes no lock that one waits for. At the head office of a network seals nothing: its lines were sealed at the depots. Raises ISOLATION_INTERDITE outside read committed.';

COMMENT ON FUNCTION "private"."seulement"(jsonb, text[]) IS 'The fields of an object that a client may say; of null, none. Raises FORME_INATTENDUE for anything but an object.';

COMMENT ON FUNCTION "private"."sortie_envoyee"(jsonb, text) IS 'A sortie of the columns that a client may write, whichever they are: a null counts as not sent. Raises CHAMP_INCONNU, and 22xxx for a value that its column would not take.';

COMMENT ON FUNCTION "private"."sortie_livrable"(uuid) IS 'The validated sortie of a note, locked. Raises ROLE_FORBIDDEN, INTROUVABLE, SORTIE_NON_LIVRABLE.';

COMMENT ON FUNCTION "private"."sortie_tenue"(uuid, uuid[]) IS 'A sortie of these depots, locked: nobody corrects it meanwhile. Raises INTROUVABLE.';

COMMENT ON FUNCTION "private"."vendables"(uuid[]) IS 'Sorties as they may be sold now: litres, tax group, and why one may not. Inlined where it is used.';

COMMENT ON FUNCTION "public"."ajouter_frais_lot"(uuid, jsonb) IS 'A cost of a lot whose money the caller sees {type, montant, devise, taux_cdf, reference, tiers}. Raises ROLE_FORBIDDEN, FORME_INATTENDUE, ISOLATION_INTERDITE, INTROUVABLE, ECRITURES_GELEES, TAUX_REQUIS.';

COMMENT ON FUNCTION "public"."annuler_bl"(uuid, text) IS 'A note that is taken back, not once its sortie is invoiced; its number stays used. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, COMMANDE_DEPASSEE, BL_ETAT.';

COMMENT ON FUNCTION "public"."annuler_cours_de_route"(uuid, text) IS 'Closes a truck that will never come, with the reason (admin, directeur, gerant). Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, PLAQUE_INVALIDE, ROLE_FORBIDDEN, REFERENTIEL_INACTIF, MOTIF_REQUIS, INTROUVABLE, CDR_TRANSITION_INTERDITE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, ECRITURES_GELEES, PROFORMA_ETAT.';

COMMENT ON FUNCTION "public"."annuler_encaissement"(uuid, text) IS 'A payment that was none: the account has its opposite, its invoices are due again, its receipt''s number stays used. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, ECRITURE_CONTREPASSEE, ENCAISSEMENT_ETAT, ENCAISSEMENT_EN_LIGNE, CAISSE_CLOTUREE.';

COMMENT ON FUNCTION "public"."annuler_paiement"(uuid, text) IS 'A confirmed payment is taken back (admin): its invoice is owed again. Logged CRITICAL. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, MOTIF_REQUIS, INTROUVABLE, FACTURE_ETAT, PAIEMENT_ETAT, ECRITURE_CONTREPASSEE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."changer_statut_cours_de_route"(uuid, text) IS 'Moves a CDR one step. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, PLAQUE_INVALIDE, ROLE_FORBIDDEN, INTROUVABLE, REFERENTIEL_INACTIF, CDR_TRANSITION_INTERDITE, ECRITURE_INTERDITE, ISOLATION_INTERDITE, ECRITURES_GELEES, MOTIF_REQUIS, PROFORMA_ETAT.';

COMMENT ON FUNCTION "public"."confirmer_bl"(uuid, jsonb) IS 'The client has had it: recu_par, volume_livre_ambiant and volume_livre_15c as signed for. It gets its number; what is not what left the tank opens a gap. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, FORME_INATTENDUE, INVALID_ID_OR_STATE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ECRITURES_GELEES, DEPOT_SANS_CODE, SORTIE_NON_LIVRABLE, BL_ETAT, COMMANDE_DEPASSEE, PERIODE_CLOSE, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "public"."confirmer_encaissement"(uuid, jsonb) IS 'What was waited for has come: it has its receipt and settles what is due. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, FORME_INATTENDUE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ECRITURES_GELEES, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, ENCAISSEMENT_ETAT, DEVISE_DIFFERENTE, ENCAISSEMENT_EN_LIGNE, PERIODE_CLOSE, and 22xxx.';

COMMENT ON FUNCTION "public"."confirmer_paiement"(uuid) IS 'The bank has paid what was waiting. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, INTROUVABLE, FACTURE_ETAT, PAIEMENT_ETAT, PAIEMENT_FACTURE_NON_VALIDEE, PAIEMENT_EXCEDENTAIRE, DEPOT_SANS_CODE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."creer_et_valider_sortie"(jsonb) IS 'Writes a sortie and validates it at once (admin, directeur, gerant). Takes the columns a client may write of a draft, as one JSON object (litres, °C, kg/m³); a null counts as not sent, statut does not count. Answers with the whole row, validee. Logs SORTIE_CREEE and SORTIE_VALIDEE. Raises CHAMP_INCONNU, FORME_INATTENDUE, DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, PLAQUE_INVALIDE, all that validate_sortie raises but INVALID_ID_OR_STATE, and 22xxx, 23xxx for a value the table would not take.';

COMMENT ON FUNCTION "public"."declarer_ecart"(jsonb) IS 'Somebody found a gap {domaine, type, reference_type, reference_id, attendu, constate, unite, impact_usd, impute_a, justification} of a truck, réception, sortie, lot or invoice they see (operateur too). Raises ROLE_FORBIDDEN, FORME_INATTENDUE, ISOLATION_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."definir_flag"(text, boolean, uuid[], uuid[]) IS 'Turns a flag on or off (admin). A null list keeps the one in place. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, FLAG_INCONNU, and for the flag of the standard ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "public"."ecrire_proforma"(jsonb, uuid) IS 'Writes a proforma as a draft {fournisseur_id, produit_id, reference, date_proforma, date_validite, incoterm, base, quantite, prix_usd, franchise_pour_mille, jours_franchise, surestaries_usd_jour, sblc_id, note}, or changes what is said of the draft p_id. Raises ROLE_FORBIDDEN, FORME_INATTENDUE, REFERENTIEL_INACTIF, ISOLATION_INTERDITE, ECRITURE_INTERDITE, DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES, PROFORMA_EXISTANTE, PROFORMA_ETAT.';

COMMENT ON FUNCTION "public"."ecrire_sblc"(jsonb, uuid) IS 'Writes a guarantee {fournisseur_id, banque, reference, montant, devise, date_debut, date_fin, note}, or changes what is said of p_id, but its supplier. Raises ROLE_FORBIDDEN, FORME_INATTENDUE, REFERENTIEL_INACTIF, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ECRITURES_GELEES, SBLC_EXISTANTE, SBLC_ETAT.';

COMMENT ON FUNCTION "public"."emettre_avoir"(uuid, text, jsonb, text) IS 'Issues a credit note of an issued invoice at once: lines [{rang, quantite | montant_ht}], in its currency, at its rate and taxes; nature RAN takes all that is left and frees its sorties to be invoiced again. It settles its invoice first, the rest stays to the client''s credit. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, FORME_INATTENDUE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ENV_INTERDIT, ECRITURES_GELEES, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, FACTURE_ETAT, QUATRE_YEUX, FACTURE_VIDE, HORLOGE_RECULEE, AVOIR_EXCEDENTAIRE, AVOIR_LIGNE_REPETEE, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "public"."emettre_facture"(uuid) IS 'Issues a draft: dated today at the depot, numbered, hashed, owed. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ENV_INTERDIT, ECRITURES_GELEES, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, FACTURE_ETAT, QUATRE_YEUX, TVA_NON_FIXEE, TAUX_ABSENT, TARIF_ABSENT, COMMANDE_DEVISE, SORTIE_NON_FACTURABLE, FACTURE_VIDE, FACTURE_CLIENT_PERIMEE, CLIENT_INCOMPLET, HORLOGE_RECULEE.';

COMMENT ON FUNCTION "public"."encaisser"(jsonb) IS 'Records a payment: depot_id, client_id, mode, operateur_mobile, devise, montant, montant_remis, devise_compte, reference, recu_le, statut (CONFIRME, or EN_ATTENTE of the bank), factures [{facture_id, montant}]. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, FORME_INATTENDUE, ISOLATION_INTERDITE, DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, TAUX_ABSENT, ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, REFERENCE_DEJA_UTILISEE, DEVISE_DIFFERENTE, ENCAISSEMENT_EN_LIGNE, CAISSE_CLOTUREE, PERIODE_CLOSE, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "public"."enregistrer_analyse"(jsonb) IS 'What a laboratory found {objet_type, objet_id, parametre, valeur, methode, laboratoire, analysee_le, note}. Outside its specification it opens a gap. Raises ROLE_FORBIDDEN, FORME_INATTENDUE, ISOLATION_INTERDITE, DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."enregistrer_avoir_fournisseur"(uuid, text, date, numeric, text) IS 'The supplier takes back a part of a validated invoice, at most the whole: settles it as a payment does; what is paid already stays to their credit. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, REFERENTIEL_INACTIF, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES, LOT_EXISTANT, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, FACTURE_ETAT, FACTURE_EXISTANTE, FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE, LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, AVOIR_EXCESSIF, PIECE_REQUISE, QUATRE_YEUX, LOT_INCOMPATIBLE, PROFORMA_ETAT.';

COMMENT ON FUNCTION "public"."enregistrer_chargement"(uuid, jsonb) IS 'The bill of lading of a truck {bl_numero, date_bl, base, quantite, densite_15, temperature_c, scelles}, or what changes of it. Of an unloaded truck, it is compared at once with what came. Raises ROLE_FORBIDDEN, FORME_INATTENDUE, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES, CHARGEMENT_FIGE.';

COMMENT ON FUNCTION "public"."etablir_bl"(uuid, jsonb) IS 'Drafts the delivery note of a validated sortie: date_livraison, destinataire, lieu, recu_par, volume_livre_ambiant, volume_livre_15c, each the sortie''s where it is not said. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, FORME_INATTENDUE, ISOLATION_INTERDITE, INTROUVABLE, ECRITURES_GELEES, SORTIE_NON_LIVRABLE, BL_EXISTANT, PERIODE_CLOSE, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "public"."facturer_lot"(uuid, date, uuid[], boolean) IS 'Issues the invoices of all that a depot has delivered and not invoiced, up to a day, of these clients or all: one a client, or one a sortie. A client who cannot be invoiced has a row with the code and sentence why, and stops nobody else. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ENV_INTERDIT, ECRITURES_GELEES, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, QUATRE_YEUX, TVA_NON_FIXEE, TAUX_ABSENT, TARIF_ABSENT, COMMANDE_DEVISE, SORTIE_NON_FACTURABLE, FACTURE_VIDE, CLIENT_INCOMPLET, HORLOGE_RECULEE.';

COMMENT ON FUNCTION "public"."fixer_conditions_client"(uuid, jsonb) IS 'Sets the terms of a client that the object names, and leaves the others: devise, base, delai_jours, plafond, suspendu, suivi_depuis. Logged WARNING, before and after. Raises ROLE_FORBIDDEN, FORME_INATTENDUE, INTROUVABLE, ISOLATION_INTERDITE, ECRITURES_GELEES, and 22xxx, 23xxx for a value the table would not take.';

COMMENT ON FUNCTION "public"."passer_commande"(jsonb) IS 'Drafts an order: depot_id, client_id, produit_id, quantite (litres of base), devise and base (else the client''s terms), prix_ht (else the tarif of the day it is confirmed), valide_jusqu_au, reference_client, note. Raises ROLE_FORBIDDEN, FORME_INATTENDUE, ISOLATION_INTERDITE, INTROUVABLE, REFERENTIEL_INACTIF, COMMANDE_DEVISE, DATE_PASSEE, ECRITURES_GELEES, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "public"."preparer_facture"(uuid, uuid, uuid[], jsonb) IS 'Drafts an invoice of deliveries of one client at one depot, and of services [{designation, quantite, prix_ht, tva_groupe}]. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, FORME_INATTENDUE, ISOLATION_INTERDITE, INTROUVABLE, ECRITURES_GELEES, TVA_NON_FIXEE, TARIF_ABSENT, COMMANDE_DEVISE, SORTIE_NON_FACTURABLE, FACTURE_VIDE, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "public"."rattacher_cdr_decharge"(uuid, uuid, text) IS 'A truck that was unloaded without its lot, or in another one that is still open, joins an open one (admin), with the reason, logged CRITICAL. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, PLAQUE_INVALIDE, ROLE_FORBIDDEN, REFERENTIEL_INACTIF, CDR_TRANSITION_INTERDITE, CDR_DEJA_OUVERT, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, LOT_NON_OUVERT, LOT_INCOMPATIBLE, LOT_CDR_DECHARGE, PROFORMA_ETAT.';

COMMENT ON FUNCTION "public"."rembourser"(uuid, numeric, text, text, text) IS 'Gives back what of a payment settles nothing, in the currency of its account. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, INTROUVABLE, ENCAISSEMENT_ETAT, ENCAISSEMENT_EN_LIGNE, MOTIF_REQUIS, CAISSE_CLOTUREE, REMBOURSEMENT_EXCESSIF, REFERENCE_DEJA_UTILISEE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES, and 23xxx.';

COMMENT ON FUNCTION "public"."repartir_stock_initial"(uuid, jsonb) IS 'Says whose the partners'' opening stock was (admin): [{partenaire_id, volume_ambiant, volume_15c}], litres, each partner once, together at most that stock; what is left stays of no partner. Logs STOCK_INITIAL_REPARTI. Raises ROLE_FORBIDDEN, FORME_INATTENDUE, INVALID_ID_OR_STATE, VOLUME_AMBIANT_NON_POSITIF, PARTENAIRE_REQUIS, ISOLATION_INTERDITE, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, PARTAGE_INCOHERENT.';

COMMENT ON FUNCTION "public"."transmettre_fiscal"(integer) IS 'Tells the device what waits to be told, and keeps its answers; how many. Each once, whoever asks at once. Raises TEXTE_ILLISIBLE, ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "public"."valider_facture_fournisseur"(uuid, text) IS 'The invoice becomes a debt, and its closed lot invoiced. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, REFERENTIEL_INACTIF, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LOT_EXISTANT, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, DEPOT_SANS_CODE, FACTURE_ETAT, LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, PIECE_REQUISE, QUATRE_YEUX, LOT_INCOMPATIBLE, PROFORMA_ETAT.';

COMMENT ON FUNCTION "public"."vendre_comptant"(jsonb) IS 'A sale at the counter: {sortie: as creer_et_valider_sortie takes it, bon_livraison: {destinataire, lieu, recu_par}, paiement: {mode, operateur_mobile, devise, montant_remis, reference}}. Makes and validates the sortie, confirms its note, issues its invoice, records its payment in full. Gives their ids. Raises ROLE_FORBIDDEN, FORME_INATTENDUE, INVALID_ID_OR_STATE, BENEFICIAIRE_REQUIRED, CITERNE_INACTIVE_OR_INCOMPATIBLE, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, INSUFFICIENT_STOCK, SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, SORTIE_CAPACITE_SECURITE, STOCK_FUTUR_NEGATIF, REFERENTIEL_INACTIF, PARTENAIRE_REQUIS, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, VOLUME_15C_INCOHERENT, MESURES_INCOHERENTES, VOLUME_TROP_PETIT, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, CHAMP_INCONNU, DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, PLAQUE_INVALIDE, DATE_FUTURE, INTROUVABLE, ENV_INTERDIT, ECRITURES_GELEES, DENSITE_HORS_PRODUIT, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, TVA_NON_FIXEE, TAUX_ABSENT, TARIF_ABSENT, SORTIE_NON_FACTURABLE, FACTURE_VIDE, CLIENT_INCOMPLET, HORLOGE_RECULEE, ENCAISSEMENT_ETAT, ENCAISSEMENT_EN_LIGNE, REFERENCE_REQUISE, OPERATEUR_REQUIS, REFERENCE_DEJA_UTILISEE, CAISSE_CLOTUREE, COMMANDE_ETAT, COMMANDE_DEVISE, COMMANDE_INCOMPATIBLE, COMMANDE_EXPIREE, COMMANDE_DEPASSEE, CREDIT_DEPASSE, CLIENT_SUSPENDU, COMPTANT_INSUFFISANT, COMPTEUR_INCONNU, COMPTEUR_CHEVAUCHEMENT, NOTE_REQUISE, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';

COMMENT ON TABLE "private"."lieux" IS 'What a movement asks of its tank: of citernes, depots, produits and stocks_snapshot, and of the rules in force. A copy, written by the functions below only.';

COMMENT ON TYPE "private"."constatation" IS 'What was found, in a sentence; what crosses a threshold, a sentence each, none where all is well; the figures.';

COMMENT ON TYPE "private"."emplacement" IS 'Where a movement takes place: a row of private.lieux. All null where the caller does not see the tank.';

COMMENT ON TYPE "private"."lecture" IS 'Who writes a sortie, the freeze, whether its client is not disabled, and its tank, all null where it is none of theirs.';

COMMENT ON VIEW "private"."lieux_vrais" IS 'What private.lieux holds, as the tables have it.';

REVOKE ALL ON FUNCTION "private"."au_siege"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."au_siege"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."bon_garder"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."bon_garder"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."cle_periodes"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."cle_periodes"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."cles_dites"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."cles_dites"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."controler_temoin"(bigint, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controler_temoin"(bigint, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."controles_synchronisation"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controles_synchronisation"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."cours_de_route_garder"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."cours_de_route_garder"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."dans_un_cercle"(uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dans_un_cercle"(uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."debut_requete"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."debut_requete"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecrire_lignes_facture"(public.factures_client, public.clients_conditions, uuid[], jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecrire_lignes_facture"(public.factures_client, public.clients_conditions, uuid[], jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecriture_garder"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecriture_garder"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."emettre"(public.factures_client, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."emettre"(public.factures_client, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."empreintes"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."empreintes"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."encaissement_garder"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."encaissement_garder"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_champs"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_champs"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_lignes"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_lignes"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_precedents"(private.actes_differes, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_precedents"(private.actes_differes, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_reference_neuve"(public.encaissements) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_reference_neuve"(public.encaissements) TO "postgres";

REVOKE ALL ON FUNCTION "private"."facture_client_garder"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facture_client_garder"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."facture_client_ligne_garder"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facture_client_ligne_garder"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."facture_client_taxe_garder"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facture_client_taxe_garder"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."fermee"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."fermee"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."fiscal_garder"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."fiscal_garder"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."lettrage_garder"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lettrage_garder"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."lieux_suivre_melange"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lieux_suivre_melange"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."lieux_suivre_regles"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lieux_suivre_regles"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."lignes_de"(uuid[], public.clients_conditions) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lignes_de"(uuid[], public.clients_conditions) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesurer_alertes"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesurer_alertes"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesurer_connexions"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesurer_connexions"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesurer_journal"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesurer_journal"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesurer_requetes"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesurer_requetes"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesurer_reseau"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesurer_reseau"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesurer_scellement"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesurer_scellement"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesurer_tailles"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesurer_tailles"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesurer_transactions"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesurer_transactions"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesurer_verrous"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesurer_verrous"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."moyennes_requetes"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."moyennes_requetes"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."nouvel_encaissement"(private.acteur, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."nouvel_encaissement"(private.acteur, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."nouvelle_facture"(uuid, uuid, uuid[], jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."nouvelle_facture"(uuid, uuid, uuid[], jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."preparer_acte"(uuid, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."preparer_acte"(uuid, integer) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."reception_garder"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."reception_garder"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."rediger_facture"(uuid, uuid, uuid[], jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rediger_facture"(uuid, uuid, uuid[], jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."refuser_ligne"(text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."refuser_ligne"(text, text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."reste_garder"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."reste_garder"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."sceller_facture"(public.factures_client, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."sceller_facture"(public.factures_client, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."sortie_envoyee"(jsonb, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."sortie_envoyee"(jsonb, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."sortie_tenue"(uuid, uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."sortie_tenue"(uuid, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."vendables"(uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."vendables"(uuid[]) TO "postgres";

GRANT USAGE ON TYPE "private"."constatation" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."lieux_vrais" TO "postgres";

insert into private.refus as r (code, statut_http, phrase, sens, conduite) values
  ('FORME_INATTENDUE', 422, 'La demande ne peut pas être lue : il y faut {attendu}.',
    'Une valeur JSON est d''une autre sorte que celle qui est décrite (detail : attendu).',
    'Envoyer un objet là où un objet est décrit, une liste d''objets là où une liste l''est.'),
  ('REFERENTIEL_AUTRE_BASE', 409,
    'Dépôts, comptes, produits, clients, fournisseurs, partenaires, prix et options s''écrivent au siège, et '
    'arrivent ici d''eux-mêmes : demandez-lui ce changement. Rien n''a été enregistré.',
    'Dans un réseau de dépôts, ces lignes s''écrivent dans la seule base de référence (detail : table, verbe).',
    'Faire le changement à l''adresse de la base de référence, ou le demander au siège : il arrive ici en quelques '
    'secondes, dès que la ligne est là.'),
  ('SIEGE_LECTURE_SEULE', 409,
    'Cette adresse est celle du siège : elle montre ce que les dépôts écrivent, et n''écrit rien. Faites cet acte à '
    'l''adresse du dépôt. Rien n''a été enregistré.',
    'La base consolidée d''un réseau de dépôts se lit : seule la réplication l''écrit (detail : table, verbe).',
    'Faire l''acte à l''adresse du dépôt qu''il concerne : il se lit ici quelques secondes après.'),
  ('ACTE_ATTENDU', 409, 'Cet acte dépend d''un acte qui n''est pas encore arrivé.',
    'L''acte dont celui-ci dépend (detail : depend_de) n''est dans aucun lot reçu de cette personne.',
    'Envoyer le lot qui contient l''acte attendu, du téléphone où il a été fait et à la base du même dépôt, puis '
    'renvoyer celui-ci. S''il est perdu, le refaire, et celui-ci après lui, avec une clé neuve.'),
  ('ACTES_EN_CERCLE', 409,
    'Cet acte en attend un autre, qui l''attend lui-même : aucun des deux ne peut passer le premier.',
    'Des actes faits sans ligne, d''un lot ou de plusieurs, dépendent l''un de l''autre en rond (detail : depend_de, '
    'celui par lequel le cercle passe). Rien n''en a été écrit, et ils sont tous refusés.',
    'Refaire ces actes avec des clés neuves, le premier sans rien attendre des autres ; ou en retirer un et renvoyer : '
    'les autres suivent les règles.'),
  ('PRECEDENT_D_AUTRUI', 409,
    'Cet acte en suit un autre, envoyé au nom de quelqu''un d''autre : il ne peut pas le suivre.',
    'L''acte cité (detail : depend_de) a été reçu d''une autre personne, qui seule peut en lire la réponse. Attendre '
    'n''y change rien.',
    'Une fois l''acte de l''autre personne fait, refaire celui-ci en ligne, sur la fiche qu''il a créée ; ou le faire '
    'faire par elle.'),
  ('PRECEDENT_PERDU', 409,
    'Cet acte en suit un autre, qui n''est jamais arrivé et ne peut plus arriver : {jours} jours sont passés.',
    'L''acte cité (detail : depend_de) n''est dans aucun lot reçu, et daterait d''avant celui-ci : il serait refusé '
    '(MOMENT_TROP_ANCIEN).',
    'Chercher ce qui s''est passé, puis saisir les deux opérations en ligne, à leur date, après avoir vérifié '
    'qu''elles n''y sont pas.')
on conflict (code) do update
   set (statut_http, phrase, sens, conduite) = (excluded.statut_http, excluded.phrase, excluded.sens, excluded.conduite)
 where (r.statut_http, r.phrase, r.sens, r.conduite)
       is distinct from (excluded.statut_http, excluded.phrase, excluded.sens, excluded.conduite);

insert into private.controles as c (code, severity, seuil, source, rythme, dit) values
  ('ACTES_EN_SUSPENS', 'WARN', 12, 'controles_synchronisation', 'NUIT',
    'des actes faits sans ligne, arrivés et toujours pas faits (heures)')
on conflict (code) do update set (dit, source, rythme) = (excluded.dit, excluded.source, excluded.rythme)
 where (c.dit, c.source, c.rythme) is distinct from (excluded.dit, excluded.source, excluded.rythme);

reset check_function_bodies;
select private.noter_etat('20261128032906_chemin_court');
