-- 20261127091436_preuves_rapports_paiements: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261127091436_preuves_rapports_paiements');

DROP VIEW "public"."logs";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_check4";

ALTER TABLE "public"."encaissements" DROP CONSTRAINT "encaissements_check5";

ALTER TABLE "public"."envois" DROP CONSTRAINT "envois_canal_check";

ALTER TABLE "public"."remboursements" DROP CONSTRAINT "remboursements_mode_check";

ALTER TABLE "public"."remboursements" DROP CONSTRAINT "remboursements_reference_key";

DROP FUNCTION "private"."clients_prevenus"();

DROP FUNCTION "private"."message_facture"(public.factures_client, text, text);

DROP FUNCTION "private"."profils_prevenus"();

DROP FUNCTION "private"."second_facteur_prouve"();

CREATE TABLE "private"."codes_secours" ("user_id" uuid NOT NULL, "empreinte" bytea NOT NULL, "cree_le" timestamp with time zone NOT NULL DEFAULT now(), "utilise_le" timestamp with time zone, CONSTRAINT "codes_secours_empreinte_check" CHECK ((octet_length(empreinte) = 32)), CONSTRAINT "codes_secours_pkey" PRIMARY KEY (user_id, empreinte));

ALTER TABLE "private"."codes_secours" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."contenus" ("sha256" bytea NOT NULL, "taille" integer NOT NULL, "octets" bytea, "magasin" text NOT NULL DEFAULT 'BASE'::text, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "contenus_check" CHECK (((octets IS NOT NULL) = (magasin = 'BASE'::text))), CONSTRAINT "contenus_entiers" CHECK (((octets IS NULL) OR ((sha256(octets) = sha256) AND (octet_length(octets) = taille)))), CONSTRAINT "contenus_magasin_check" CHECK ((magasin = ANY (ARRAY['BASE'::text, 'S3'::text]))), CONSTRAINT "contenus_pkey" PRIMARY KEY (sha256), CONSTRAINT "contenus_taille_check" CHECK (((taille >= 1) AND (taille <= 10485760))));

ALTER TABLE "private"."contenus" ENABLE ROW LEVEL SECURITY;

CREATE UNLOGGED TABLE "private"."demandes_comptees" ("fonction" text NOT NULL, "route" text NOT NULL, "classe" smallint NOT NULL, "nombre" bigint NOT NULL, "secondes" double precision NOT NULL, "paniers" bigint[] NOT NULL, CONSTRAINT "demandes_comptees_classe_check" CHECK (((classe >= 1) AND (classe <= 5))), CONSTRAINT "demandes_comptees_pkey" PRIMARY KEY (fonction, route, classe));

ALTER TABLE "private"."demandes_comptees" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "private"."demandes_comptees" SET (fillfactor=50);

CREATE TABLE "private"."essais_facteur" ("user_id" uuid NOT NULL, "moyen" text NOT NULL, "echecs" integer NOT NULL DEFAULT 0, "bloque_jusqu_au" timestamp with time zone, CONSTRAINT "essais_facteur_moyen_check" CHECK ((moyen = ANY (ARRAY['TOTP'::text, 'SECOURS'::text]))), CONSTRAINT "essais_facteur_pkey" PRIMARY KEY (user_id, moyen));

ALTER TABLE "private"."essais_facteur" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."evenements_simules" ("evenement_id" text NOT NULL, "session_id" text NOT NULL, "corps" jsonb NOT NULL, "created_at" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), CONSTRAINT "evenements_simules_pkey" PRIMARY KEY (evenement_id));

CREATE TABLE "private"."facteurs_totp" ("user_id" uuid NOT NULL, "secret_chiffre" text, "confirme_le" timestamp with time zone, "dernier_pas" bigint NOT NULL DEFAULT 0, "propose_chiffre" text, "propose_le" timestamp with time zone, CONSTRAINT "facteurs_totp_check1" CHECK (((propose_chiffre IS NULL) = (propose_le IS NULL))), CONSTRAINT "facteurs_totp_check" CHECK (((secret_chiffre IS NULL) = (confirme_le IS NULL))), CONSTRAINT "facteurs_totp_pkey" PRIMARY KEY (user_id), CONSTRAINT "facteurs_totp_propose_chiffre_check" CHECK ((propose_chiffre ~ '^s1\.[0-9a-f]{16}\.'::text)), CONSTRAINT "facteurs_totp_secret_chiffre_check" CHECK ((secret_chiffre ~ '^s1\.[0-9a-f]{16}\.'::text)));

ALTER TABLE "private"."facteurs_totp" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."sessions_elevees" ("user_id" uuid NOT NULL, "session" text NOT NULL, "jusqu_au" timestamp with time zone NOT NULL, CONSTRAINT "sessions_elevees_pkey" PRIMARY KEY (user_id, session));

ALTER TABLE "private"."sessions_elevees" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."sessions_simulees" ("session_id" text NOT NULL, "paiement_id" uuid NOT NULL, "intention_id" text NOT NULL, "numero" text, "devise" text NOT NULL, "montant_minime" bigint NOT NULL, "expire_le" timestamp with time zone NOT NULL, "session" text NOT NULL DEFAULT 'open'::text, "paiement" text NOT NULL DEFAULT 'unpaid'::text, "echec" boolean NOT NULL DEFAULT false, "paye_le" timestamp with time zone, "retours" jsonb NOT NULL DEFAULT '[]'::jsonb, "litige" text, "created_at" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), CONSTRAINT "sessions_simulees_intention_id_key" UNIQUE (intention_id), CONSTRAINT "sessions_simulees_litige_check" CHECK ((litige = ANY (ARRAY['OUVERT'::text, 'GAGNE'::text, 'PERDU'::text]))), CONSTRAINT "sessions_simulees_paiement_check" CHECK ((paiement = ANY (ARRAY['unpaid'::text, 'paid'::text]))), CONSTRAINT "sessions_simulees_paiement_id_key" UNIQUE (paiement_id), CONSTRAINT "sessions_simulees_pkey" PRIMARY KEY (session_id), CONSTRAINT "sessions_simulees_session_check" CHECK ((session = ANY (ARRAY['open'::text, 'complete'::text, 'expired'::text]))));

CREATE UNLOGGED TABLE "private"."signatures_refusees" ("jour" date NOT NULL, "nombre" bigint NOT NULL, CONSTRAINT "signatures_refusees_pkey" PRIMARY KEY (jour));

CREATE TABLE "public"."abonnements_rapports" ("user_id" uuid NOT NULL, "nom" text NOT NULL, "depot_id" uuid, "rythme" text NOT NULL, "parametres" jsonb NOT NULL DEFAULT '{}'::jsonb, "actif" boolean NOT NULL DEFAULT true, "prochain" timestamp with time zone NOT NULL, "dernier_envoi" timestamp with time zone, "arrete_motif" text, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "abonnements_rapports_arrete_motif_check2000" CHECK ((char_length(arrete_motif) <= 2000)), CONSTRAINT "abonnements_rapports_nom_check2000" CHECK ((char_length(nom) <= 2000)), CONSTRAINT "abonnements_rapports_rythme_check" CHECK ((rythme = ANY (ARRAY['JOUR'::text, 'SEMAINE'::text, 'MOIS'::text]))), CONSTRAINT "abonnements_rapports_user_id_nom_depot_id_rythme_parametres_key" UNIQUE NULLS NOT DISTINCT (user_id, nom, depot_id, rythme, parametres), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "abonnements_rapports_pkey" PRIMARY KEY (id), CONSTRAINT "abonnements_rapports_arrete_motif_lisible" CHECK (((private.texte_lisible(arrete_motif, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'arrete_motif'::text))), CONSTRAINT "abonnements_rapports_nom_lisible" CHECK (((private.texte_lisible(nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom'::text))));

ALTER TABLE "public"."abonnements_rapports" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."documents_liens" ("document_id" uuid NOT NULL, "objet_type" text NOT NULL, "objet_id" uuid NOT NULL, "par" uuid, "le" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "documents_liens_document_id_objet_type_objet_id_key" UNIQUE (document_id, objet_type, objet_id), CONSTRAINT "documents_liens_objet_type_check" CHECK ((objet_type = ANY (ARRAY['CDR'::text, 'RECEPTION'::text, 'SORTIE'::text, 'LOT'::text, 'FACTURE_FOURNISSEUR'::text, 'PAIEMENT_FOURNISSEUR'::text, 'PROFORMA'::text, 'SBLC'::text, 'FRAIS_LOT'::text, 'ECART'::text, 'ANALYSE'::text, 'FACTURE_CLIENT'::text, 'ENCAISSEMENT'::text, 'BON_LIVRAISON'::text, 'COMMANDE'::text, 'TRANSFERT_DEPOT'::text, 'PRISE'::text, 'BAREME'::text, 'COMPTEUR'::text, 'CITERNE'::text, 'INTERVENTION'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "documents_liens_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."documents_liens" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."documents" ("categorie" text NOT NULL, "nom" text NOT NULL, "type_mime" text NOT NULL, "taille" integer NOT NULL, "sha256" bytea NOT NULL, "statut" text NOT NULL DEFAULT 'RECU'::text, "origine" text NOT NULL DEFAULT 'TELEVERSE'::text, "depot_id" uuid, "moteur" text, "signature" text, "analyse_le" timestamp with time zone, "conserver_jusqu_au" date NOT NULL, "gel_juridique" boolean NOT NULL DEFAULT false, "remplace_id" uuid, "created_by" uuid, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "documents_categorie_check" CHECK ((categorie = ANY (ARRAY['CERTIFICAT'::text, 'BL'::text, 'PROFORMA'::text, 'SBLC'::text, 'FACTURE'::text, 'RECU'::text, 'PHOTO'::text, 'BAREME'::text, 'RAPPORT'::text, 'AUTRE'::text]))), CONSTRAINT "documents_check1" CHECK (((moteur IS NULL) = (analyse_le IS NULL))), CONSTRAINT "documents_check2" CHECK (((statut <> 'DISPONIBLE'::text) OR (moteur IS NOT NULL))), CONSTRAINT "documents_check" CHECK (((statut <> ALL (ARRAY['INFECTE'::text, 'REJETE'::text])) OR (signature IS NOT NULL))), CONSTRAINT "documents_moteur_check2000" CHECK ((char_length(moteur) <= 2000)), CONSTRAINT "documents_nom_check2000" CHECK ((char_length(nom) <= 2000)), CONSTRAINT "documents_nom_check" CHECK (((nom <> ''::text) AND (char_length(nom) <= 200))), CONSTRAINT "documents_origine_check" CHECK ((origine = ANY (ARRAY['TELEVERSE'::text, 'GENERE'::text]))), CONSTRAINT "documents_remplace_id_key" UNIQUE (remplace_id), CONSTRAINT "documents_sha256_check" CHECK ((octet_length(sha256) = 32)), CONSTRAINT "documents_signature_check2000" CHECK ((char_length(signature) <= 2000)), CONSTRAINT "documents_statut_check" CHECK ((statut = ANY (ARRAY['RECU'::text, 'DISPONIBLE'::text, 'INFECTE'::text, 'REJETE'::text, 'PURGE'::text]))), CONSTRAINT "documents_taille_check" CHECK (((taille >= 1) AND (taille <= 10485760))), CONSTRAINT "documents_type_mime_check" CHECK ((type_mime = ANY (ARRAY['application/pdf'::text, 'image/jpeg'::text, 'image/png'::text, 'image/webp'::text, 'text/csv'::text, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'::text]))), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "documents_pkey" PRIMARY KEY (id), CONSTRAINT "documents_moteur_lisible" CHECK (((private.texte_lisible(moteur, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'moteur'::text))), CONSTRAINT "documents_nom_lisible" CHECK (((private.texte_lisible(nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom'::text))), CONSTRAINT "documents_signature_lisible" CHECK (((private.texte_lisible(signature, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'signature'::text))));

ALTER TABLE "public"."documents" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."evenements_entrants" ("prestataire" text NOT NULL, "evenement_id" text NOT NULL, "type" text NOT NULL, "cree_le" timestamp with time zone NOT NULL, "recu_le" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), "traite_le" timestamp with time zone, "resultat" text, "corps" jsonb NOT NULL, "secret_version" text NOT NULL, CONSTRAINT "evenements_entrants_check" CHECK (((traite_le IS NULL) = (resultat IS NULL))), CONSTRAINT "evenements_entrants_evenement_id_check2000" CHECK ((char_length(evenement_id) <= 2000)), CONSTRAINT "evenements_entrants_evenement_id_check" CHECK ((evenement_id ~ '^[\x21-\x7e]{1,255}$'::text)), CONSTRAINT "evenements_entrants_pkey" PRIMARY KEY (prestataire, evenement_id), CONSTRAINT "evenements_entrants_prestataire_check" CHECK ((prestataire = ANY (ARRAY['STRIPE'::text, 'SIMULE'::text]))), CONSTRAINT "evenements_entrants_resultat_check2000" CHECK ((char_length(resultat) <= 2000)), CONSTRAINT "evenements_entrants_secret_version_check" CHECK ((secret_version = ANY (ARRAY['COURANT'::text, 'PRECEDENT'::text, 'RAPPROCHEMENT'::text]))), CONSTRAINT "evenements_entrants_type_check2000" CHECK ((char_length(type) <= 2000)), CONSTRAINT "evenements_entrants_evenement_id_lisible" CHECK (((private.texte_lisible(evenement_id, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'evenement_id'::text))), CONSTRAINT "evenements_entrants_resultat_lisible" CHECK (((private.texte_lisible(resultat, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'resultat'::text))), CONSTRAINT "evenements_entrants_type_lisible" CHECK (((private.texte_lisible(type, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'type'::text))));

ALTER TABLE "public"."evenements_entrants" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."paiements_en_ligne" ("facture_id" uuid NOT NULL, "depot_id" uuid NOT NULL, "prestataire" text NOT NULL, "session_id" text, "intention_id" text, "devise" text NOT NULL, "montant_minime" bigint NOT NULL, "statut" text NOT NULL DEFAULT 'CREE'::text, "url" text, "expire_le" timestamp with time zone NOT NULL, "encaissement_id" uuid, "rembourse_minime" bigint NOT NULL DEFAULT 0, "litige" text, "ecart" jsonb, "created_by" uuid NOT NULL, "created_at" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), "updated_at" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), CONSTRAINT "paiements_en_ligne_check1" CHECK (((encaissement_id IS NOT NULL) = (statut = ANY (ARRAY['REUSSI'::text, 'LITIGE'::text, 'REMBOURSE'::text])))), CONSTRAINT "paiements_en_ligne_check2" CHECK (((statut = ANY (ARRAY['CREE'::text, 'EXPIRE'::text])) OR (session_id IS NOT NULL))), CONSTRAINT "paiements_en_ligne_check3" CHECK (((encaissement_id IS NULL) OR (intention_id IS NOT NULL))), CONSTRAINT "paiements_en_ligne_check4" CHECK (((encaissement_id IS NOT NULL) OR ((rembourse_minime = 0) AND (litige IS NULL)))), CONSTRAINT "paiements_en_ligne_check5" CHECK (((statut <> 'REMBOURSE'::text) OR (rembourse_minime = montant_minime))), CONSTRAINT "paiements_en_ligne_check" CHECK (((rembourse_minime >= 0) AND (rembourse_minime <= montant_minime))), CONSTRAINT "paiements_en_ligne_devise_check2000" CHECK ((char_length(devise) <= 2000)), CONSTRAINT "paiements_en_ligne_devise_check" CHECK ((devise = 'USD'::text)), CONSTRAINT "paiements_en_ligne_encaissement_id_key" UNIQUE (encaissement_id), CONSTRAINT "paiements_en_ligne_intention_id_check2000" CHECK ((char_length(intention_id) <= 2000)), CONSTRAINT "paiements_en_ligne_intention_id_check" CHECK ((intention_id ~ '^[\x21-\x7e]{1,255}$'::text)), CONSTRAINT "paiements_en_ligne_intention_id_key" UNIQUE (intention_id), CONSTRAINT "paiements_en_ligne_litige_check" CHECK ((litige = ANY (ARRAY['OUVERT'::text, 'GAGNE'::text, 'PERDU'::text]))), CONSTRAINT "paiements_en_ligne_montant_minime_check" CHECK (((montant_minime >= 1) AND (montant_minime <= 99999999))), CONSTRAINT "paiements_en_ligne_prestataire_check" CHECK ((prestataire = ANY (ARRAY['STRIPE'::text, 'SIMULE'::text]))), CONSTRAINT "paiements_en_ligne_session_id_check2000" CHECK ((char_length(session_id) <= 2000)), CONSTRAINT "paiements_en_ligne_session_id_check" CHECK ((session_id ~ '^[\x21-\x7e]{1,255}$'::text)), CONSTRAINT "paiements_en_ligne_session_id_key" UNIQUE (session_id), CONSTRAINT "paiements_en_ligne_statut_check" CHECK ((statut = ANY (ARRAY['CREE'::text, 'OUVERT'::text, 'EN_ATTENTE'::text, 'EXPIRE'::text, 'ECHOUE'::text, 'REUSSI'::text, 'LITIGE'::text, 'REMBOURSE'::text]))), CONSTRAINT "paiements_en_ligne_url_check2000" CHECK ((char_length(url) <= 2000)), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "paiements_en_ligne_pkey" PRIMARY KEY (id), CONSTRAINT "paiements_en_ligne_devise_lisible" CHECK (((private.texte_lisible(devise, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'devise'::text))), CONSTRAINT "paiements_en_ligne_intention_id_lisible" CHECK (((private.texte_lisible(intention_id, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'intention_id'::text))), CONSTRAINT "paiements_en_ligne_session_id_lisible" CHECK (((private.texte_lisible(session_id, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'session_id'::text))), CONSTRAINT "paiements_en_ligne_url_lisible" CHECK (((private.texte_lisible(url, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'url'::text))));

ALTER TABLE "public"."paiements_en_ligne" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."rapports" ("nom" text NOT NULL, "depot_id" uuid, "du" date NOT NULL, "au" date NOT NULL, "parametres" jsonb NOT NULL DEFAULT '{}'::jsonb, "version" integer NOT NULL, "connu_a" timestamp with time zone NOT NULL, "donnees" jsonb NOT NULL, "sha256" text NOT NULL, "capacites" text[] NOT NULL, "finance" boolean NOT NULL, "genere_par" uuid NOT NULL, "genere_le" timestamp with time zone NOT NULL DEFAULT now(), "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "rapports_check" CHECK ((au >= du)), CONSTRAINT "rapports_nom_check2000" CHECK ((char_length(nom) <= 2000)), CONSTRAINT "rapports_parametres_check" CHECK ((jsonb_typeof(parametres) = 'object'::text)), CONSTRAINT "rapports_sha256_check2000" CHECK ((char_length(sha256) <= 2000)), CONSTRAINT "rapports_sha256_check" CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "rapports_pkey" PRIMARY KEY (id), CONSTRAINT "rapports_nom_lisible" CHECK (((private.texte_lisible(nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom'::text))), CONSTRAINT "rapports_sha256_lisible" CHECK (((private.texte_lisible(sha256, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'sha256'::text))));

ALTER TABLE "public"."rapports" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."rapprochements" ("prestataire" text NOT NULL, "du" timestamp with time zone NOT NULL, "au" timestamp with time zone NOT NULL, "lu" integer NOT NULL, "concordant" integer NOT NULL, "rejoues" integer NOT NULL, "ecarts" jsonb NOT NULL, "le" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), CONSTRAINT "rapprochements_check1" CHECK (((concordant >= 0) AND (concordant <= lu))), CONSTRAINT "rapprochements_check" CHECK ((au > du)), CONSTRAINT "rapprochements_lu_check" CHECK ((lu >= 0)), CONSTRAINT "rapprochements_prestataire_check" CHECK ((prestataire = ANY (ARRAY['STRIPE'::text, 'SIMULE'::text]))), CONSTRAINT "rapprochements_rejoues_check" CHECK ((rejoues >= 0)), "id" uuid NOT NULL DEFAULT private.nouvel_id(), CONSTRAINT "rapprochements_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."rapprochements" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."log_actions" ADD COLUMN "trace_id" text;

ALTER TABLE "public"."remboursements" ALTER COLUMN "par" DROP NOT NULL;

CREATE TYPE "private"."depot_vu" AS ("id" uuid, "nom" text, "zone" text);

CREATE TYPE "private"."ecart_connu" AS ("statut" text, "attendu" numeric, "constate" numeric, "unite" text, "excedent" numeric, "impact_usd" numeric, "cause" text, "decision" text);

CREATE TYPE "private"."etat_en_ligne" AS ("session_id" text, "paiement_id" uuid, "intention_id" text, "session" text, "paiement" text, "echec" boolean, "devise" text, "montant_minime" numeric, "paye_le" timestamp with time zone, "retours" jsonb, "revenus" jsonb, "litige" text);

CREATE TYPE "private"."mesure" AS ("nom" text, "genre" text, "aide" text, "etiquettes" jsonb, "valeur" double precision);

CREATE OR REPLACE FUNCTION private.a_facturer_connues(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone)
 RETURNS TABLE(client_id uuid, produit_id uuid, date_jour date, volume_ambiant numeric, volume_15c numeric)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
AS $function$
  with apres as materialized (
    select e.mouvement_id as id from private.ecrits_apres(p_depot_id, p_connu_a) e
  )
  -- v_sorties_a_facturer, as it was.
  select s.client_id, s.produit_id, s.date_jour, s.volume_ambiant, s.volume_15c
    from public.sorties_produit s
   where s.citerne_id = any (array(select c.id from public.citernes c where c.depot_id = p_depot_id))
     and s.date_jour between p_du and p_au and s.statut = 'validee' and s.proprietaire_type = 'MONALUXE'
     and s.client_id is not null and p_depot_id = any ((select private.depots_ou('lire_ventes'))::uuid[])
     and s.id not in (select a.id from apres a)
     -- Counted, so that it is looked up a delivery at a time, whatever the history.
     and (select count(*) from private.facturations_sortie f
            join public.factures_client e on e.id = f.facture_id and e.emise_le <= p_connu_a
            left join public.factures_client v on v.id = f.libere_par and v.emise_le <= p_connu_a
           where f.sortie_id = s.id and v.id is null) = 0
     and not exists (
       select from public.stocks_adjustments a
        where a.mouvement_type = 'SORTIE' and a.mouvement_id = s.id and a.compensation
          and a.id not in (select x.id from apres x))
$function$;

CREATE OR REPLACE FUNCTION private.admins_actifs()
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
    select p.user_id from public.profils p join auth.users u on u.id = p.user_id
     where private.role_peut(p.role, 'ecrire_profils') and p.desactive_le is null and u.encrypted_password <> ''
       and coalesce((to_jsonb(u) ->> 'banned_until')::timestamptz, '-infinity') < now()
       and to_jsonb(u) ->> 'deleted_at' is null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.adresse_du_client(p_client_id uuid)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_client public.clients;
  v_adresse text;
begin
  if not private.prevenus('clients_prevenus') then
    perform private.refuser('ENV_INTERDIT', jsonb_build_object('env', private.env()));
  end if;
  select * into strict v_client from public.clients c where c.id = p_client_id;
  v_adresse := nullif(private.texte_net(v_client.email), '');
  if v_adresse is null then
    perform private.refuser('CLIENT_SANS_COURRIEL', jsonb_build_object('client', v_client.nom));
  end if;
  perform private.destination_permise('EMAIL', v_adresse);
  return v_adresse;
end;
$function$;

CREATE OR REPLACE FUNCTION private.adresser_envoi(p_envoi public.envois, p_client_id uuid)
 RETURNS public.envois
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_envoi public.envois;
begin
  -- Two who send it at once send it once.
  perform pg_advisory_xact_lock(hashtextextended('envoi:' || p_envoi.objet_id, 0));
  p_envoi.canal := 'EMAIL';
  p_envoi.destination := private.adresse_du_client(p_client_id);
  -- Asked again while it waits it is the same message; once it has arrived, or has been given up, another.
  select format('%s/%s/%s/%s', lower(p_envoi.objet_type), p_envoi.objet_id, lower(p_envoi.destination), count(*) + 1)
    into p_envoi.cle
    from public.envois e
   where e.objet_type = p_envoi.objet_type and e.objet_id = p_envoi.objet_id
     and lower(e.destination) = lower(p_envoi.destination) and e.statut in ('ENVOYE', 'MORT');
  select * into v_envoi from public.envois e where e.cle = p_envoi.cle;
  if found then
    return v_envoi;
  end if;
  return p_envoi;
end;
$function$;

CREATE OR REPLACE FUNCTION private.agir_pour(p_jeton text, p_requete text)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform set_config('request.jwt.claims', p_jeton, true), set_config('request.id', p_requete, true);
  perform private.exiger_profil();
  perform private.exiger('tenir_son_facteur');
  return auth.uid();
end;
$function$;

CREATE OR REPLACE FUNCTION private.appeler_fonction(p_chemin text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_url text;
  v_cle text;
begin
  execute $sql$select max(s.decrypted_secret) filter (where s.name = 'project_url'),
                      max(s.decrypted_secret) filter (where s.name = 'service_role_key')
                 from vault.decrypted_secrets s$sql$ into v_url, v_cle;
  if v_url is null or v_cle is null then
    raise exception 'Le coffre n''a pas project_url et service_role_key : % n''est pas appelé.', p_chemin;
  end if;
  execute 'select net.http_post(url := $1, headers := $2, body := ''{}''::jsonb, timeout_milliseconds := 30000)'
    using v_url || '/functions/v1/' || p_chemin,
          jsonb_build_object('authorization', 'Bearer ' || v_cle, 'content-type', 'application/json');
end;
$function$;

CREATE OR REPLACE FUNCTION private.appeler_ouvrier()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- Nothing to send, nobody to wake.
  if exists (select from public.envois e where e.statut in ('A_ENVOYER', 'EN_COURS') and e.env = private.env()
              and e.prochain_essai <= clock_timestamp()) then
    perform private.appeler_fonction('envois/vider');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.appeler_rapprochement()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if private.rapprochement_du() then
    perform private.appeler_fonction('paiements/rapprocher');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.appliquer_etat(p_prestataire text, p_etat jsonb)
 RETURNS text
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET lock_timeout TO '5s'
AS $function$
declare
  v_etat constant private.etat_en_ligne := jsonb_populate_record(null::private.etat_en_ligne, p_etat);
  v_avant public.paiements_en_ligne;
  v_apres public.paiements_en_ligne;
  v_vise text;
begin
  perform private.exiger_read_committed();
  if p_prestataire = 'SIMULE' then
    perform private.interdire_si_prod();
  end if;
  perform set_config('app.acteur', 'stripe', true);
  v_avant := private.paiement_de(p_prestataire, v_etat);
  if v_avant.id is null then
    return 'INCONNU';
  end if;
  v_apres := v_avant;
  v_vise := case when v_etat.paiement = 'paid' then 'REUSSI' when v_etat.session = 'expired' then 'EXPIRE'
    when v_etat.session = 'complete' then case when v_etat.echec then 'ECHOUE' else 'EN_ATTENTE' end
    else 'OUVERT' end;
  if v_vise = 'REUSSI' then
    v_apres := private.reussir_en_ligne(v_apres, v_etat);
  elsif private.rang_en_ligne(v_vise) > private.rang_en_ligne(v_apres.statut) then
    update public.paiements_en_ligne p set statut = v_vise where p.id = v_apres.id returning * into v_apres;
  end if;
  if v_apres.encaissement_id is not null then
    v_apres := private.suivre_litige(v_apres, v_etat.litige);
    v_apres := private.suivre_retours(v_apres, v_etat);
  end if;
  return case when v_apres.ecart is distinct from v_avant.ecart then 'ECART'
              when v_apres is distinct from v_avant then 'APPLIQUE' else 'SANS_EFFET' end;
end;
$function$;

CREATE OR REPLACE FUNCTION private.attacher(p_document public.documents, p_type text, p_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_maximum constant int := 50;
begin
  perform pg_advisory_xact_lock(hashtextextended('documents:' || p_type || p_id, 0));
  if (select count(*) from public.documents_liens l
       where (l.objet_type, l.objet_id) = (p_type, p_id) and l.document_id <> p_document.id) >= c_maximum then
    perform private.refuser('DOCUMENT_OBJET_PLEIN', jsonb_build_object('maximum', c_maximum));
  end if;
  insert into public.documents_liens (document_id, objet_type, objet_id, par)
  values (p_document.id, p_type, p_id, auth.uid()) on conflict do nothing;
  if not found then
    return;
  end if;
  update public.documents d
     set conserver_jusqu_au = greatest(d.conserver_jusqu_au, private.conserver_jusqu_au(d.categorie, p_type, p_id))
   where d.id = p_document.id;
  perform private.journaliser('DOCUMENT_LIE', 'documents', 'INFO', p_document.id, p_document.depot_id,
    jsonb_build_object('objet_type', p_type, 'objet_id', p_id));
end;
$function$;

CREATE OR REPLACE FUNCTION private.avant_requete()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_entetes constant json := nullif(current_setting('request.headers', true), '')::json;
  v_donnee constant text := private.trace_donnee(v_entetes ->> 'traceparent');
  v_trace constant text := coalesce(v_donnee, replace(gen_random_uuid()::text, '-', ''));
begin
  perform set_config('application_name',
            left('rest ' || nullif(concat_ws(' ', v_donnee, v_entetes ->> 'x-request-id'), ''), 63), true),
          set_config('request.trace', v_trace, true),
          -- PostgREST answers with these.
          set_config('response.headers', json_build_array(json_build_object('traceparent',
            format('00-%s-%s-00', v_trace, left(replace(gen_random_uuid()::text, '-', ''), 16))))::text, true);
  if v_entetes ->> 'accept' ~* 'vnd\.pgrst\.plan'
     or exists (select from regexp_split_to_table(v_entetes ->> 'prefer', ',') p (preference)
                 where p.preference ~* '^\s*count\M' and p.preference !~* '^\s*count\s*=\s*"?(exact|none)"?\s*$') then
    perform private.refuser('ESTIMATION_INTERDITE');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.avec_facteur(p_qui uuid[])
 RETURNS bigint
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_eux uuid[] := '{}';
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

CREATE OR REPLACE FUNCTION private.brouillons_connus(p_depot_id uuid, p_au date, p_connu_a timestamp with time zone)
 RETURNS TABLE(sortie_id uuid, ligne jsonb, redige_le timestamp with time zone, volume_ambiant numeric)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 20
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
AS $function$
  with candidats as (
    -- A draft now, or decided since.
    select s.id from public.sorties_produit s where s.statut = 'brouillon' and s.depot_id = p_depot_id
    union
    select d.id from private.sorties_decidees_apres(p_depot_id, p_connu_a) d
  )
  select s.id, d.dite, c.created_at,
    coalesce(k.details #>> '{apres,volume_ambiant}', k.details ->> 'volume_ambiant')::numeric
    from candidats x
    join public.sorties_produit s on s.id = x.id
   cross join lateral (
     select private.ligne_connue(s.id, to_jsonb(s), p_connu_a, 'SORTIE\_MODIFIEE') as dite) d
   cross join lateral (
     select l.created_at from public.log_actions l
      where l.cible_id = s.id and l.created_at <= p_connu_a and l.action = 'SORTIE_CREEE'
      order by l.created_at limit 1) c
   cross join lateral (
     -- What a draft says is what was last written of it: its validation completes the row.
     select l.details from public.log_actions l
      where l.cible_id = s.id and l.created_at <= p_connu_a and l.action in ('SORTIE_CREEE', 'SORTIE_MODIFIEE')
      order by l.created_at desc, l.id desc limit 1) k
   where p_depot_id = any (private.depots_visibles()) and (d.dite ->> 'date_jour')::date <= p_au
$function$;

CREATE OR REPLACE FUNCTION private.camions_a_suivre(p_depots uuid[])
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_object(
           'total_trucks', count(*), 'total_planned_volume', coalesce(sum(c.volume), 0),
           'trucks_loading', count(*) filter (where c.statut = 'CHARGEMENT'),
           'trucks_on_route', count(*) filter (where c.statut in ('TRANSIT', 'FRONTIERE')),
           'trucks_arrived', count(*) filter (where c.statut = 'ARRIVE'),
           'volume_loading', coalesce(sum(c.volume) filter (where c.statut = 'CHARGEMENT'), 0),
           'volume_on_route', coalesce(sum(c.volume) filter (where c.statut in ('TRANSIT', 'FRONTIERE')), 0),
           'volume_arrived', coalesce(sum(c.volume) filter (where c.statut = 'ARRIVE'), 0))
    from public.cours_de_route c
   where c.depot_destination_id = any (p_depots) and c.statut not in ('DECHARGE', 'ANNULE')
$function$;

CREATE OR REPLACE FUNCTION private.camions_connus(p_depot_id uuid, p_depuis timestamp with time zone, p_fin timestamp with time zone)
 RETURNS TABLE(cours_de_route_id uuid, statut text, depuis timestamp with time zone)
 LANGUAGE sql
 STABLE ROWS 50
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select c.id, coalesce(e.statut, c.statut), coalesce(e.depuis, c.created_at)
    from (select o.id from public.cours_de_route o
           where o.depot_destination_id = p_depot_id and o.statut not in ('DECHARGE', 'ANNULE')
          union
          select x.cours_de_route_id from public.cdr_etapes x
           where x.depot_id = p_depot_id and x.statut in ('DECHARGE', 'ANNULE') and x.depuis >= p_depuis) k
    join public.cours_de_route c on c.id = k.id
    left join lateral (
      select x.statut, x.depuis from public.cdr_etapes x
       where x.cours_de_route_id = c.id and x.depuis < p_fin
       order by x.depuis desc, array_position('{CHARGEMENT,TRANSIT,FRONTIERE,ARRIVE,DECHARGE,ANNULE}', x.statut) desc
       limit 1) e on true
   where c.created_at < p_fin
$function$;

CREATE OR REPLACE FUNCTION private.capacites_de_lecture()
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.acteur();
begin
  return array(select c.capacite from private.capacites c where private.acteur_peut(v_acteur, c.capacite));
end;
$function$;

CREATE OR REPLACE FUNCTION private.catalogue_rapports()
 RETURNS TABLE(rang integer, nom text, titre text, capacite text, lues text[], periode text, version integer, finance boolean, depots text, parametres text[], signatures text[], dit text)
 LANGUAGE sql
 IMMUTABLE ROWS 12
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  values
    (1, 'journalier', 'Rapport journalier', 'lire_rapports', '{lire_caisse,lire_alertes,lire_ventes}'::text[], 'JOUR',
      2, false,
     'UN', '{}'::text[], '{Gérant du dépôt,Directeur}'::text[],
     'La journée d''un dépôt : état et stock des citernes, jaugeages, réceptions, sorties, brouillons, camions, caisse, '
     'ce qui reste à facturer et à encaisser, alertes'),
    (2, 'mensuel', 'Rapport mensuel', 'lire_rapports', '{lire_caisse}', 'MOIS', 2, false, 'UN', '{}',
     '{Gérant du dépôt,Directeur}',
     'Le mois d''un dépôt : les mêmes chiffres additionnés, les moyennes, les gains et pertes, la courbe de chaque '
     'citerne'),
    (3, 'livre', 'Livre des mouvements', 'lire_rapports', '{}', 'PERIODE', 2, false, 'UN', '{}', '{}',
     'Chaque mouvement, et ce qu''il laissait à sa citerne et à son propriétaire'),
    (4, 'gains_pertes', 'Gains et pertes', 'lire_ecarts', '{}', 'PERIODE', 2, false, 'UN', '{}', '{}',
     'Ce que la jauge a trouvé de plus ou de moins que les livres, et ce que les camions n''ont pas apporté'),
    (5, 'ecarts', 'Écarts', 'lire_ecarts', '{}', 'PERIODE', 2, false, 'UN_OU_TOUS', '{}', '{}',
     'Les écarts trouvés sur la période, et ceux qui restaient ouverts à sa fin'),
    (6, 'releve_partenaire', 'Relevé d''un partenaire', 'lire_comptes_partenaires', '{}', 'PERIODE', 2, false, 'UN',
     '{partenaire_id,produit_id}', '{}', 'Ce qu''un partenaire possède d''un produit dans un dépôt, mouvement par '
     'mouvement'),
    (7, 'releve_transporteur', 'Relevé d''un transporteur', 'lire_ecarts', '{}', 'PERIODE', 2, false, 'UN',
     '{transporteur}', '{}', 'Ce que chaque camion d''un transporteur avait chargé, et ce qu''il a apporté'),
    (8, 'releve_client', 'Relevé d''un client', 'lire_ventes', '{}', 'PERIODE', 2, true, 'VUS', '{client_id,devise?}',
     '{}', 'Ce qu''un client doit, écriture par écriture'),
    (9, 'releve_fournisseur', 'Relevé d''un fournisseur', 'lire_comptes', '{}', 'PERIODE', 2, true, 'VUS',
     '{fournisseur_id,devise?}', '{}', 'Ce que nous devons à un fournisseur, écriture par écriture'),
    (10, 'balance_agee', 'Balance âgée', 'lire_ventes', '{}', 'DATE', 1, true, 'UN_OU_TOUS', '{}', '{}',
     'Ce que chaque client devait au dernier jour, selon son retard'),
    (11, 'ventes', 'Rapport des ventes', 'lire_ventes', '{lire_caisse}', 'PERIODE', 2, true, 'UN_OU_TOUS', '{forme?}',
     '{}', 'Les ventes facturées : par jour (Z), de la période (X), par article (A)'),
    (12, 'tva', 'TVA collectée', 'lire_ventes', '{}', 'PERIODE', 1, true, 'UN_OU_TOUS', '{}', '{}',
     'La TVA des factures et avoirs, par mois et par groupe')
$function$;

CREATE OR REPLACE FUNCTION private.chiffres_documents()
 RETURNS TABLE(contenus bigint, octets bigint, empreinte text)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select count(*), coalesce(sum(c.taille), 0)::bigint,
         encode(sha256(convert_to(coalesce(string_agg(encode(c.sha256, 'hex'), E'\n' order by c.sha256), ''), 'UTF8')),
           'hex')
    from private.contenus c
$function$;

CREATE OR REPLACE FUNCTION private.citernes_sous_seuil(p_depots uuid[], p_jour date)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce(jsonb_agg(jsonb_build_object('citerne_id', c.id, 'nom', c.nom, 'stock', coalesce(s.stock, 0), 'seuil',
           c.capacite_securite, 'critique',
           private.niveau_citerne(coalesce(s.stock, 0), c.capacite_securite) = 'CRITIQUE')
           order by coalesce(s.stock, 0) / c.capacite_securite, c.nom, c.id), '[]')
    from public.citernes c
    left join (select x.citerne_id, sum(x.stock_ambiant) as stock from private.stocks_le(p_depots, p_jour) x
                group by x.citerne_id) s on s.citerne_id = c.id
   where c.depot_id = any (p_depots)
     and private.niveau_citerne(coalesce(s.stock, 0), c.capacite_securite) <> 'AU_DESSUS'
$function$;

CREATE OR REPLACE FUNCTION private.clore_abonnement(p_abonnement public.abonnements_rapports, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  update public.abonnements_rapports a set actif = false, arrete_motif = p_motif where a.id = p_abonnement.id;
  -- Nothing that still waits goes; what the worker has in hand is not tried again.
  update public.envois e
     set statut = 'MORT', bail = null, bail_jusqu_au = null, dernier_code = 'DESABONNE', derniere_erreur = null
   where e.objet_type = 'RAPPORT' and e.objet_id = p_abonnement.id and e.statut in ('A_ENVOYER', 'EN_COURS');
  perform private.journaliser('ABONNEMENT_ARRETE', 'rapports', case p_motif when 'ABONNE' then 'INFO'
    else 'WARNING' end,
    p_abonnement.id, p_abonnement.depot_id, jsonb_build_object('rapport', p_abonnement.nom, 'motif', p_motif));
end;
$function$;

CREATE OR REPLACE FUNCTION private.colonnes(p_dites json)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_agg(jsonb_build_object(
           'cle', c.key, 'libelle', split_part(c.value, '|', 2), 'type', t.type,
           'devise', nullif(split_part(split_part(c.value, '|', 1), ':', 2), ''),
           'decimales', case t.type when 'entier' then 0 when 'litres' then 3 when 'kg' then 3 when 'montant' then 2
             when 'taux' then 6 when 'pour_mille' then 2 when 'degres' then 2 when 'densite' then 4 end)
           order by c.ordinality)
    from json_each_text(p_dites) with ordinality c (key, value, ordinality)
   cross join lateral (select split_part(split_part(c.value, '|', 1), ':', 1) as type) t
$function$;

CREATE OR REPLACE FUNCTION private.completer_encaissement(p_encaissement public.encaissements)
 RETURNS public.encaissements
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_enc public.encaissements := p_encaissement;
begin
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

CREATE OR REPLACE FUNCTION private.compter_echec(p_essai private.essais_facteur, p_code text)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_echecs_max constant int := 5;
  c_blocage constant interval := '15 minutes';
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
  union all select 'paiements_en_ligne', count(*) from public.paiements_en_ligne
  union all select 'evenements_entrants', count(*) from public.evenements_entrants
  union all select 'rapprochements', count(*) from public.rapprochements
  union all select 'remboursements', count(*) from public.remboursements
  union all select 'encaissements', count(*) from public.encaissements
  union all select 'clotures_caisse', count(*) from public.clotures_caisse
  union all select 'factures_client', count(*) from public.factures_client
  union all select 'bons_livraison', count(*) from public.bons_livraison
  union all select 'releves_clients', count(*) from public.releves_clients
  union all select 'rapports', count(*) from public.rapports
  union all select 'sorties_commandes', count(*) from public.sorties_commandes
  union all select 'commandes', count(*) from public.commandes
  union all select 'factures_fournisseur_receptions', count(*) from public.factures_fournisseur_receptions
  union all select 'fournisseur_paiement_lot_min', count(*) from public.fournisseur_paiement_lot_min
  union all select 'fournisseur_facture_lot_min', count(*) from public.fournisseur_facture_lot_min
  union all select 'ecarts', count(*) from public.ecarts
  union all select 'ecritures_tiers', count(*) from public.ecritures_tiers
  union all select 'periodes_closes', count(*) from public.periodes_closes
  union all select 'prets_mouvements', count(*) from public.prets_mouvements
  union all select 'cessions', count(*) from public.cessions
  union all select 'prets', count(*) from public.prets
  union all select 'parts_partenaires', count(*) from public.parts_partenaires
  union all select 'attributions_partenaires', count(*) from public.attributions_partenaires
  union all select 'stocks_initiaux_partenaires', count(*) from public.stocks_initiaux_partenaires
  union all select 'comptes_partenaires', count(*) from public.comptes_partenaires
  union all select 'receptions', count(*) from public.receptions
  union all select 'sorties_produit', count(*) from public.sorties_produit
  union all select 'transferts', count(*) from public.transferts
  union all select 'mouvements_transferts_depots', count(*) from public.mouvements_transferts_depots
  union all select 'transferts_depots', count(*) from public.transferts_depots
  union all select 'dilatations', count(*) from public.dilatations
  union all select 'stocks_adjustments', count(*) from public.stocks_adjustments
  union all select 'stocks_initiaux', count(*) from public.stocks_initiaux
  union all select 'regularisations', count(*) from public.regularisations
  union all select 'prises_de_hauteur', count(*) from public.prises_de_hauteur
  union all select 'stocks_journaliers', count(*) from public.stocks_journaliers
  union all select 'stocks_snapshot', count(*) from public.stocks_snapshot
  union all select 'documents (de mouvements)', count(*) from public.documents d
             where d.id not in (select g.id from private.documents_durables() g)
  union all select 'log_actions (mouvements)', count(*) from public.log_actions l
             where l.module = any (private.modules_des_mouvements())
  union all select 'cours_de_route', count(*) from public.cours_de_route;
end;
$function$;

CREATE OR REPLACE FUNCTION private.compter_reponses(p_reponses jsonb)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  insert into private.demandes_comptees as d (fonction, route, classe, nombre, secondes, paniers)
  select r.fonction, r.route, r.classe, r.nombre, r.secondes, r.paniers
    from jsonb_to_recordset(p_reponses) r (fonction text, route text, classe smallint, nombre bigint, secondes float8,
                                           paniers bigint[])
   -- One order for everybody: two that add to the same rows wait, and never for each other.
   order by r.fonction, r.route, r.classe
  on conflict (fonction, route, classe) do update
     set nombre = d.nombre + excluded.nombre, secondes = d.secondes + excluded.secondes,
         -- Bounds that have changed start anew: what was counted by others means nothing by these.
         paniers = case when cardinality(d.paniers) = cardinality(excluded.paniers)
           then (select array_agg(a + b order by n)
                   from unnest(d.paniers, excluded.paniers) with ordinality u (a, b, n))
           else excluded.paniers end
$function$;

CREATE OR REPLACE FUNCTION private.compter_signature_refusee()
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  insert into private.signatures_refusees as s (jour, nombre) values ((now() at time zone 'UTC')::date, 1)
  on conflict (jour) do update set nombre = s.nombre + 1
$function$;

CREATE OR REPLACE FUNCTION private.confirmer_facteur(p_jeton text, p_requete text, p_chiffre text, p_pas bigint, p_empreintes text[])
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_user_id constant uuid := private.agir_pour(p_jeton, p_requete);
  v_essai constant private.essais_facteur := private.ouvrir_essai(v_user_id, 'TOTP');
  v_bloque constant jsonb := private.essai_bloque(v_essai);
  v_facteur private.facteurs_totp;
begin
  if v_bloque is not null then
    return v_bloque;
  end if;
  select * into v_facteur from private.facteurs_totp f where f.user_id = v_user_id for update;
  if v_facteur.propose_chiffre is distinct from p_chiffre then
    return jsonb_build_object('code', 'FACTEUR_CHANGE');
  end if;
  if v_facteur.confirme_le is not null then
    perform private.exiger_second_facteur(true);
  end if;
  if not private.pas_possible(p_pas) then
    return private.compter_echec(v_essai, 'TOTP_REFUSE');
  end if;
  update private.facteurs_totp f
     set secret_chiffre = f.propose_chiffre, confirme_le = now(), dernier_pas = p_pas, propose_chiffre = null,
         propose_le = null
   where f.user_id = v_user_id;
  -- What the factor before had raised was raised by what is no factor any more.
  delete from private.sessions_elevees s where s.user_id = v_user_id;
  perform private.remplacer_codes_secours(v_user_id, p_empreintes);
  perform private.journaliser('TOTP_INSCRIT', 'securite', 'WARNING', v_user_id, null,
    jsonb_build_object('remplace', v_facteur.confirme_le is not null));
  perform private.prevenir_admins(v_user_id, 'second facteur inscrit',
    '{qui} vient d''inscrire un second facteur. Si vous ne savez pas pourquoi, demandez-le-lui de vive voix.');
  return jsonb_build_object('eleve_jusqu_au', private.elever_session());
end;
$function$;

CREATE OR REPLACE FUNCTION private.conserver_jusqu_au(p_categorie text, p_type text, p_id uuid)
 RETURNS date
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return make_date(
    coalesce((private.objet(p_type, p_id) ->> 'annee')::int, extract(year from private.aujourdhui())::int)
    + greatest(case p_categorie when 'PHOTO' then 2 when 'CERTIFICAT' then 5 when 'BAREME' then 5 else 10 end,
        (select t.annees from private.types_objets() t where t.objet_type = p_type)), 12, 31);
end;
$function$;

CREATE OR REPLACE FUNCTION private.constater_ecart(p_paiement public.paiements_en_ligne, p_ecart jsonb)
 RETURNS public.paiements_en_ligne
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_paiement.ecart @> p_ecart then
    return p_paiement;
  end if;
  update public.paiements_en_ligne p
     set ecart = coalesce(p.ecart, '{}') || p_ecart,
         -- Over at the provider, and none of the money that was asked for.
         statut = case when private.rang_en_ligne(p.statut) < 3 then 'ECHOUE' else p.statut end
   where p.id = p_paiement.id returning * into p_paiement;
  perform private.journaliser('PAIEMENT_EN_LIGNE_ECART', 'paiements', 'CRITICAL', p_paiement.id, p_paiement.depot_id,
    p_ecart);
  return p_paiement;
end;
$function$;

CREATE OR REPLACE FUNCTION private.contenus_figer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- From here to the bucket and back, nothing else.
  if (new.sha256, new.taille, new.created_at) is distinct from (old.sha256, old.taille, old.created_at) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.controles_dits()
 RETURNS TABLE(code text, dit text)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 50
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select c.code, c.dit from private.controles c $function$;

CREATE OR REPLACE FUNCTION private.controles_documents()
 RETURNS SETOF private.fait_controle
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
    select 'DOCUMENT_INFECTE', 'DOCUMENT', d.id,
           format('Le document « %s » porte %s : personne ne peut le lire.', d.nom, d.signature),
           jsonb_build_object('document_id', d.id, 'signature', d.signature, 'sha256', encode(d.sha256, 'hex')),
           d.depot_id
      from public.documents d where d.statut = 'INFECTE';
  return query
    select 'DOCUMENT_NON_ANALYSE', 'DOCUMENT', d.id,
           format('Le document « %s » attend son analyse depuis plus de %s h.', d.nom,
             private.seuil('DOCUMENT_NON_ANALYSE')),
           jsonb_build_object('document_id', d.id, 'depuis', d.created_at), d.depot_id
      from public.documents d
     where d.statut = 'RECU' and d.created_at < now() - private.seuil('DOCUMENT_NON_ANALYSE') * interval '1 hour';
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
      from public.envois e
     -- What its reader asked not to be sent is no fault.
     where e.statut = 'MORT' and e.dernier_code is distinct from 'DESABONNE' and e.env = private.env();
  return query
    select 'ENVOIS_EN_RETARD', 'ENVOI', md5('envois')::uuid,
           format('%s message(s) attendent un ouvrier, le plus ancien depuis %s min.', count(*),
             round(extract(epoch from now() - min(e.prochain_essai)) / 60)),
           jsonb_build_object('messages', count(*), 'depuis', min(e.prochain_essai)), null::uuid
      from public.envois e
     where e.statut in ('A_ENVOYER', 'EN_COURS') and e.env = private.env()
       and (e.roles is null or private.prevenus('profils_prevenus'))
       and e.prochain_essai < now() - private.seuil('ENVOIS_EN_RETARD') * interval '1 minute'
    having count(*) > 0;
end;
$function$;

CREATE OR REPLACE FUNCTION private.controles_paiements()
 RETURNS SETOF private.fait_controle
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
    select v.code, 'PAIEMENT_EN_LIGNE', p.id, v.message,
           jsonb_build_object('paiement_id', p.id, 'facture_id', p.facture_id, 'intention_id', p.intention_id,
             'ecart', p.ecart, 'litige', p.litige), p.depot_id
      from public.paiements_en_ligne p
     cross join lateral (values
       ('PAIEMENT_EN_LIGNE_ECART', p.ecart is not null,
        'Le prestataire dit d''un paiement en ligne autre chose que ce qui était demandé.'),
       ('PAIEMENT_EN_LIGNE_LITIGE', coalesce(p.litige = 'OUVERT', false),
        'Un client conteste un paiement en ligne chez sa banque.')) v (code, trouve, message)
     where (p.ecart is not null or p.litige = 'OUVERT') and v.trouve;
  return query
    select 'RAPPROCHEMENT_ECART', 'RAPPROCHEMENT', md5('rapprochement')::uuid,
           format('Le dernier rapprochement des paiements en ligne a %s écart(s).', jsonb_array_length(r.ecarts)),
           jsonb_build_object('rapprochement_id', r.id, 'ecarts', r.ecarts), null::uuid
      from (select * from public.rapprochements x order by x.le desc, x.id desc limit 1) r where r.ecarts <> '[]';
  return query
    select 'RAPPROCHEMENT_ABSENT', 'RAPPROCHEMENT', md5('rapprochement')::uuid,
           format('Les paiements en ligne n''ont pas été rapprochés depuis %s h.',
             private.seuil('RAPPROCHEMENT_ABSENT')),
           '{}'::jsonb, null::uuid
     where exists (select from public.paiements_en_ligne p
                    where p.created_at between now() - interval '7 days'
                      and now() - private.seuil('RAPPROCHEMENT_ABSENT') * interval '1 hour')
       and not exists (select from public.rapprochements r
                        where r.le > now() - private.seuil('RAPPROCHEMENT_ABSENT') * interval '1 hour');
end;
$function$;

CREATE OR REPLACE FUNCTION private.controles_transferts_depots()
 RETURNS SETOF private.fait_controle
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_jours constant int := private.seuil('TRANSFERT_DEPOT_LONG');
begin
  return query
    select 'TRANSFERT_DEPOT_LONG', d.type, t.transfert_id,
           format('Le transfert %s (%s L à 15 °C vers %s) est parti le %s et n''est ni reçu, ni déclaré perdu.',
             t.numero,
             t.stock_15c, t.depot_destination_nom, t.date_expedition),
           jsonb_build_object('transfert_id', t.transfert_id, 'numero', t.numero, 'plaque_camion', t.plaque_camion,
             'stock_ambiant', t.stock_ambiant, 'stock_15c', t.stock_15c, 'date_expedition', t.date_expedition),
           d.depot_id
      from public.v_stock_en_transit t
     cross join lateral (values ('TRANSFERT_EXPEDIE', t.depot_source_id), ('TRANSFERT_ATTENDU', t.depot_destination_id))
           d (type, depot_id)
     where t.date_expedition < private.jour_au_depot(t.depot_source_id, now()) - c_jours;
end;
$function$;

CREATE OR REPLACE FUNCTION private.courbes_de_stock(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone)
 RETURNS SETOF jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with ouvertures as (
    select o.citerne_id, sum(o.stock_ambiant) as ambiant, sum(o.stock_15c) as a_15c
      from private.ouvertures_connues(p_depot_id, p_du, p_connu_a) o group by o.citerne_id
  ), par_jour as (
    select m.citerne_id, m.date_jour, sum(m.delta_ambiant) as ambiant, sum(m.delta_15c) as a_15c
      from private.mouvements_connus(p_depot_id, p_du, p_au, p_connu_a) m group by m.citerne_id, m.date_jour
  ), citernes as (
    select c.id, private.nom_connu(c.id, c.nom, p_connu_a) as nom
      from public.citernes c
     where c.id in (select o.citerne_id from ouvertures o where o.ambiant <> 0 or o.a_15c <> 0
                    union select p.citerne_id from par_jour p)
  ), jours as (
    select d::date as jour
      from generate_series(p_du, least(p_au, private.jour_au_depot(p_depot_id, p_connu_a)), interval '1 day') d
  ), stocks as (
    select c.id, c.nom, j.jour,
           coalesce(o.ambiant, 0) + sum(coalesce(p.ambiant, 0)) over w as ambiant,
           coalesce(o.a_15c, 0) + sum(coalesce(p.a_15c, 0)) over w as a_15c
      from citernes c
     cross join jours j
      left join ouvertures o on o.citerne_id = c.id
      left join par_jour p on p.citerne_id = c.id and p.date_jour = j.jour
    window w as (partition by c.id order by j.jour)
  )
  select private.section('courbe_' || row_number() over (order by s.nom, s.id), 'Stock de fin de jour : ' || s.nom,
    '{"jour": "date|Jour", "stock_15c": "litres|Stock à 15 °C", "stock_ambiant": "litres|Stock ambiant"}',
    jsonb_agg(jsonb_build_object('jour', s.jour, 'stock_15c', s.a_15c, 'stock_ambiant', s.ambiant) order by s.jour),
    null, '{"x": "jour", "series": ["stock_15c", "stock_ambiant"]}')
    from stocks s group by s.id, s.nom order by s.nom, s.id
$function$;

CREATE OR REPLACE FUNCTION private.declarer_infecte(p_document public.documents, p_moteur text, p_signature text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_document public.documents;
begin
  -- The same bytes are the same danger, whoever brought them.
  for v_document in
    select * from public.documents d
     where d.sha256 = p_document.sha256 and d.statut in ('RECU', 'DISPONIBLE') order by d.id for update
  loop
    update public.documents d
       set statut = 'INFECTE', moteur = p_moteur, signature = p_signature, analyse_le = now()
     where d.id = v_document.id;
    perform private.journaliser('DOCUMENT_INFECTE', 'documents', 'CRITICAL', v_document.id, v_document.depot_id,
      jsonb_build_object('de', v_document.statut, 'moteur', p_moteur, 'signature', p_signature, 'sha256',
        encode(v_document.sha256, 'hex')));
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.deltas_apres(p_depot_id uuid, p_connu_a timestamp with time zone)
 RETURNS TABLE(citerne_id uuid, proprietaire_type text, date_jour date, delta_ambiant numeric, delta_15c numeric)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 100
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
AS $function$
  select m.citerne_id, m.proprietaire_type, m.date_jour, coalesce(m.delta_ambiant, 0), coalesce(m.delta_15c, 0)
    from private.mouvements_du_journal() m
   where m.created_at > p_connu_a and m.depot_id = p_depot_id and p_depot_id = any (private.depots_visibles())
$function$;

CREATE OR REPLACE FUNCTION private.demander_analyse(p_document public.documents)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_envoi public.envois;
begin
  v_envoi.canal := 'ANALYSE';
  v_envoi.objet_type := 'DOCUMENT';
  v_envoi.objet_id := p_document.id;
  v_envoi.depot_id := p_document.depot_id;
  v_envoi.cle := format('analyse/%s', p_document.id);
  v_envoi.destination := 'analyse';
  v_envoi.sujet := format('Analyse de %s', p_document.nom);
  v_envoi.contenu := jsonb_build_object('document_id', p_document.id);
  perform private.deposer_envoi(v_envoi);
end;
$function$;

CREATE OR REPLACE FUNCTION private.deposer_document(p_demande jsonb, p_octets bytea)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger('deposer_documents');
  if p_demande ->> 'objet_type' is not null then
    perform private.exiger_objet(p_demande ->> 'objet_type', (p_demande ->> 'objet_id')::uuid);
  end if;
  return private.recevoir_document(p_demande, p_octets);
end;
$function$;

CREATE OR REPLACE FUNCTION private.depot_du_rapport(p_depot_id uuid, p_depots text)
 RETURNS private.depot_vu
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_depot private.depot_vu;
begin
  if p_depots = 'VUS' and p_depot_id is not null and private.peut('voir_tous_depots') then
    perform private.refuser('RAPPORT_PARAMETRE', '{"parametre":"depot_id","quoi":"ce rapport n''en prend pas"}');
  end if;
  if p_depot_id is null and p_depots <> 'UN' and private.peut('voir_tous_depots') then
    return row(null, null, 'Africa/Lubumbashi')::private.depot_vu;
  end if;
  select d.id, d.nom, d.fuseau into v_depot
    from public.depots d
   where d.id = coalesce(p_depot_id, d.id) and d.id = any (private.depots_visibles())
   order by d.id = (select p.depot_id from public.profils p where p.user_id = auth.uid()) desc nulls last, d.nom
   limit 1;
  if not found then
    perform private.refuser('INTROUVABLE', '{"quoi":"ce dépôt"}');
  end if;
  return v_depot;
end;
$function$;

CREATE OR REPLACE FUNCTION private.dire_envoi(p_envoi public.envois)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_object('envoi_id', p_envoi.id, 'destination', p_envoi.destination, 'sujet', p_envoi.sujet,
    'statut', p_envoi.statut, 'exemplaire', p_envoi.contenu #> '{papier,dit,exemplaire}')
$function$;

CREATE OR REPLACE FUNCTION private.dire_instant(p_moment timestamp with time zone, p_zone text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select to_char(p_moment at time zone p_zone, 'YYYY-MM-DD HH24:MI:SS') $function$;

CREATE OR REPLACE FUNCTION private.dire_moment(p_moment timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select to_char(p_moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $function$;

CREATE OR REPLACE FUNCTION private.dire_sauvegarde(p_faite boolean, p_texte text)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_issue constant text := case when p_faite then 'FAITE' else 'ECHOUEE' end;
  v_envoi public.envois;
begin
  perform private.journaliser('SAUVEGARDE_' || c_issue, 'exploitation',
    case when p_faite then 'INFO' else 'WARNING' end, null, null,
    jsonb_build_object('constat', left(private.texte_sur_une_ligne(p_texte), 500)));
  -- Outside PROD the people of the profiles are told nothing that nobody asked for.
  if not private.prevenus('profils_prevenus') then
    return null;
  end if;
  v_envoi.canal := 'EMAIL';
  v_envoi.objet_type := 'SAUVEGARDE';
  v_envoi.roles := (select c.roles from private.capacites c where c.capacite = 'apprendre_sauvegardes');
  -- One a day and issue: a command that is run again repeats nothing.
  v_envoi.cle := concat_ws('/', 'sauvegarde', private.env(),
    (clock_timestamp() at time zone 'Africa/Lubumbashi')::date, lower(c_issue));
  v_envoi.sujet := format('%s %s', private.enseigne(),
    case when p_faite then 'sauvegarde du jour faite et vérifiée' else 'LA SAUVEGARDE DU JOUR A ÉCHOUÉ' end);
  v_envoi.contenu := jsonb_build_object('texte', p_texte);
  return private.deposer_envoi(v_envoi);
end;
$function$;

CREATE OR REPLACE FUNCTION private.dit_la(p_etat jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN CASE WHEN (p_etat IS NOT NULL) THEN jsonb_build_object('paye', ((p_etat ->> 'paiement'::text) = 'paid'::text), 'montant_minime', (p_etat -> 'montant_minime'::text), 'rembourse_minime', (SELECT COALESCE(sum(((r.value ->> 'montant_minime'::text))::numeric), (0)::numeric) AS "coalesce" FROM jsonb_array_elements((dit_la.p_etat -> 'retours'::text)) r(value))) ELSE NULL::jsonb END;

CREATE OR REPLACE FUNCTION private.document_a_analyser(p_id uuid)
 RETURNS TABLE(id uuid, nom text, type_mime text, taille integer, sha256 text, magasin text, octets bytea, moteur text)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select d.id, d.nom, d.type_mime, d.taille, encode(d.sha256, 'hex'), c.magasin, c.octets, private.moteur_documents()
    from public.documents d join private.contenus c on c.sha256 = d.sha256
   where d.id = p_id and d.statut in ('RECU', 'DISPONIBLE')
$function$;

CREATE OR REPLACE FUNCTION private.document_lie(p_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return exists (select from public.documents_liens l
                  where l.document_id = p_id and private.objet(l.objet_type, l.objet_id) is not null);
end;
$function$;

CREATE OR REPLACE FUNCTION private.document_vu(p_id uuid)
 RETURNS public.documents
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_document public.documents;
begin
  select * into v_document from public.documents d where d.id = p_id;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce document'));
  end if;
  return v_document;
end;
$function$;

CREATE OR REPLACE FUNCTION private.documents_a_purger()
 RETURNS SETOF public.documents
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  -- What was refused or carries something proves nothing.
  select * from public.documents d
   where d.statut <> 'PURGE' and not d.gel_juridique
     and (d.conserver_jusqu_au < private.aujourdhui() or d.statut in ('INFECTE', 'REJETE'))
   order by d.id
$function$;

CREATE OR REPLACE FUNCTION private.documents_durables()
 RETURNS TABLE(id uuid)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with recursive gardes (id) as (
    select l.document_id from public.documents_liens l
     where l.objet_type in ('CDR', 'LOT', 'PROFORMA', 'SBLC', 'FRAIS_LOT', 'BAREME', 'COMPTEUR', 'CITERNE',
       'INTERVENTION')
    union
    select d.remplace_id from public.documents d join gardes g on g.id = d.id where d.remplace_id is not null
  )
  select g.id from gardes g
$function$;

CREATE OR REPLACE FUNCTION private.documents_figer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_changent constant text[] := '{statut,moteur,signature,analyse_le,conserver_jusqu_au,gel_juridique}';
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

CREATE OR REPLACE FUNCTION private.du_minime(p_facture_id uuid)
 RETURNS bigint
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select (100 * (f.total_ttc - private.regle_facture_client(f.id)))::bigint
    from public.factures_client f where f.id = p_facture_id
$function$;

CREATE OR REPLACE FUNCTION private.ecart_a(p_id uuid, p_moment timestamp with time zone)
 RETURNS private.ecart_connu
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select case s.action when 'ECART_CREE' then coalesce(s.details ->> 'statut', 'OUVERT')
           when 'ECART_EN_REVUE' then 'EN_REVUE' when 'ECART_LITIGE' then 'LITIGE' else 'TRAITE' end,
         (f.details ->> 'attendu')::numeric, (f.details ->> 'constate')::numeric, f.details ->> 'unite',
         coalesce((f.details ->> 'excedent')::numeric, 0),
         coalesce((d.details ->> 'impact_usd')::numeric, (f.details ->> 'impact_usd')::numeric),
         coalesce(d.details ->> 'cause', f.details ->> 'cause'),
         coalesce(d.details ->> 'decision', f.details ->> 'decision')
    from (select l.action, l.details from public.log_actions l
           where l.cible_id = p_id and l.created_at <= p_moment
             and l.action in ('ECART_CREE', 'ECART_EN_REVUE', 'ECART_TRAITE', 'ECART_LITIGE')
           order by l.created_at desc, l.id desc limit 1) s
   cross join lateral (
     select l.details, l.created_at from public.log_actions l
      where l.cible_id = p_id and l.created_at <= p_moment and l.action = 'ECART_CREE'
      order by l.created_at desc, l.id desc limit 1) f
    left join lateral (
      select l.details from public.log_actions l
       where l.cible_id = p_id and l.created_at <= p_moment and l.created_at > f.created_at
         and l.action in ('ECART_TRAITE', 'ECART_LITIGE')
       order by l.created_at desc, l.id desc limit 1) d on true
$function$;

CREATE OR REPLACE FUNCTION private.ecarts_traites_apres(p_depot_id uuid, p_moment timestamp with time zone)
 RETURNS TABLE(id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 20
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
AS $function$
  select l.cible_id from public.log_actions l
   where l.created_at > p_moment and l.action = 'ECART_TRAITE' and (p_depot_id is null or l.depot_id = p_depot_id)
$function$;

CREATE OR REPLACE FUNCTION private.echeance_abonnement(p_rythme text, p_zone text, p_apres timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select (e.quand + case when e.quand <= e.heure then private.pas_abonnement(p_rythme) else interval '0' end)
         at time zone p_zone
    from (select l.heure, date_trunc(case p_rythme when 'JOUR' then 'day' when 'SEMAINE' then 'week' else 'month' end,
            l.heure) + interval '7 hours' as quand
            from (select p_apres at time zone p_zone) l (heure)) e
$function$;

CREATE OR REPLACE FUNCTION private.ecrire_remboursement(p_encaissement public.encaissements, p_paiement_id uuid, p_remboursement public.remboursements)
 RETURNS public.remboursements
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_remb public.remboursements;
  v_ecriture_id uuid;
begin
  insert into public.remboursements (encaissement_id, depot_id, montant, mode, reference, motif, jour_caisse, par)
  values (p_encaissement.id, p_encaissement.depot_id, p_remboursement.montant, p_remboursement.mode,
    p_remboursement.reference, p_remboursement.motif, p_remboursement.jour_caisse, p_remboursement.par)
  returning * into v_remb;
  v_ecriture_id := private.ecriture_encaissement(p_encaissement, 'REMBOURSEMENT', 'remboursements', v_remb.id, 0,
    v_remb.montant, format('Remboursement du reçu %s', p_encaissement.numero_recu));
  perform private.lettrer(v_ecriture_id, p_paiement_id, v_remb.montant);
  perform private.journaliser('REMBOURSEMENT_ENREGISTRE', 'ventes', 'WARNING', v_remb.id, p_encaissement.depot_id,
    to_jsonb(v_remb));
  return v_remb;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ecrits_apres(p_depot_id uuid, p_connu_a timestamp with time zone)
 RETURNS TABLE(mouvement_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 100
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
AS $function$
  select case when l.action like 'TRANSFERT_DEPOT_%' then l.cible_id
           else coalesce((l.details ->> 'id')::uuid, l.cible_id) end
    from public.log_actions l
   where l.created_at > p_connu_a and l.depot_id = p_depot_id
     and l.action = any (array(select unnest(t.actions) from private.mouvements_traces() t))
     and l.details ->> 'reprise' is distinct from 'origine'
     and p_depot_id = any (private.depots_visibles())
$function$;

CREATE OR REPLACE FUNCTION private.effacer_facteur(p_user_id uuid, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if btrim(coalesce(p_motif, '')) = '' then
    perform private.refuser('MOTIF_REQUIS');
  end if;
  -- Whoever has only Supabase Auth's own may have codes of ours.
  if not exists (select from private.facteurs_totp f where f.user_id = p_user_id)
     and not exists (select from private.codes_secours c where c.user_id = p_user_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce second facteur'));
  end if;
  perform private.ouvrir_essai(p_user_id, 'TOTP');
  delete from private.facteurs_totp f where f.user_id = p_user_id;
  delete from private.codes_secours c where c.user_id = p_user_id;
  delete from private.sessions_elevees s where s.user_id = p_user_id;
  delete from private.essais_facteur e where e.user_id = p_user_id;
  perform private.journaliser('FACTEUR_REINITIALISE', 'securite', 'CRITICAL', p_user_id, null,
    jsonb_build_object('motif', p_motif));
  perform private.prevenir_admins(p_user_id, 'second facteur réinitialisé',
    format('Le second facteur de {qui} vient d''être effacé. Motif : %s. Cette personne en inscrit un autre à sa '
      'prochaine connexion.', p_motif));
end;
$function$;

CREATE OR REPLACE FUNCTION private.elever_session()
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_jusqu_au constant timestamptz := clock_timestamp() + interval '15 minutes';
begin
  update private.essais_facteur e set echecs = 0, bloque_jusqu_au = null where e.user_id = auth.uid();
  delete from private.sessions_elevees s where s.user_id = auth.uid() and s.jusqu_au <= now();
  insert into private.sessions_elevees as s (user_id, session, jusqu_au)
  values (auth.uid(), private.session_de(auth.jwt()), v_jusqu_au)
  on conflict (user_id, session) do update set jusqu_au = excluded.jusqu_au;
  return v_jusqu_au;
end;
$function$;

CREATE OR REPLACE FUNCTION private.empreinte_ligne(p_ligne public.log_actions)
 RETURNS bytea
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN sha256(convert_to(((ROW((p_ligne).id, (p_ligne).user_id, (p_ligne).action, (p_ligne).module, (p_ligne).niveau, (p_ligne).details, (p_ligne).cible_id, (p_ligne).depot_id, (p_ligne).request_id, (p_ligne).txid, EXTRACT(epoch FROM (p_ligne).created_at)))::text || COALESCE((p_ligne).trace_id, ''::text)), 'UTF8'::name));

CREATE OR REPLACE FUNCTION private.encaisse_connu(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone)
 RETURNS TABLE(mode text, devise text, encaissements bigint, encaisse numeric, rembourse numeric)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 20
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select x.mode, x.devise, count(*) filter (where x.recu), coalesce(sum(x.montant) filter (where x.recu), 0),
         coalesce(sum(x.montant) filter (where not x.recu), 0)
    from (
      -- Confirmed by then, and not yet taken back.
      select e.mode, e.devise, e.montant, true as recu
        from public.encaissements e
        join public.ecritures_tiers p
          on p.source_type = 'encaissements' and p.source_id = e.id and p.type = 'PAIEMENT'
            and p.created_at <= p_connu_a
       where e.depot_id = p_depot_id and e.jour_caisse between p_du and p_au
         and not exists (select from public.ecritures_tiers c
                          where c.contrepasse_id = p.id and c.created_at <= p_connu_a)
      union all
      select r.mode, e.devise_compte, r.montant, false
        from public.remboursements r join public.encaissements e on e.id = r.encaissement_id
       where r.depot_id = p_depot_id and r.jour_caisse between p_du and p_au and r.created_at <= p_connu_a) x
   where p_depot_id = any (private.depots_ou('lire_caisse'))
   group by x.mode, x.devise
$function$;

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
  if exists (select from public.paiements_en_ligne p where p.encaissement_id = p_id) then
    perform private.refuser('ENCAISSEMENT_EN_LIGNE');
  end if;
  if v_enc.statut <> all (p_statuts) then
    perform private.refuser('ENCAISSEMENT_ETAT', jsonb_build_object('statut', v_enc.statut));
  end if;
  return v_enc;
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
  -- Paid meanwhile, nothing of it is due: what it does not settle stays as an advance.
  return (private.ecrire_encaissement(private.completer_encaissement(v_enc),
    jsonb_build_array(jsonb_build_object('facture_id', v_facture.id)))).id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.envoyer_rapport(p_abonnement public.abonnements_rapports)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  -- As many lines as the worker draws within what it is given.
  c_lignes constant int := 3000;
  v_zone constant text := private.zone_du_depot(p_abonnement.depot_id);
  v_prochain constant timestamptz := private.echeance_abonnement(p_abonnement.rythme, v_zone, clock_timestamp());
  v_echu constant date := (v_prochain at time zone v_zone - private.pas_abonnement(p_abonnement.rythme))::date;
  v_du constant date := (v_echu - private.pas_abonnement(p_abonnement.rythme))::date;
  v_dit record;
  v_courriel text;
  v_rapport jsonb;
begin
  update public.abonnements_rapports a
     set prochain = v_prochain, dernier_envoi = clock_timestamp() where a.id = p_abonnement.id;
  select nullif(btrim(p.email), '') into v_courriel from public.profils p where p.user_id = p_abonnement.user_id;
  if v_courriel is null then
    perform private.refuser('ABONNE_SANS_COURRIEL');
  end if;
  perform private.destination_permise('EMAIL', v_courriel);
  begin
    v_rapport := private.tirer_pour(p_abonnement.user_id, p_abonnement.nom, p_abonnement.depot_id, v_du, v_echu - 1,
      p_abonnement.parametres, c_lignes);
  exception when sqlstate 'PT413' then
    v_rapport := null;
  end;
  select c.titre, c.periode into v_dit from private.catalogue_rapports() c where c.nom = p_abonnement.nom;
  perform private.deposer_envoi(private.message_rapport(p_abonnement, v_dit.titre, v_courriel,
    case v_dit.periode when 'DATE' then v_echu - 1 else v_du end, v_echu - 1, v_rapport));
end;
$function$;

CREATE OR REPLACE FUNCTION private.envoyer_rapports_abonnes()
 RETURNS bigint
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_abonnement public.abonnements_rapports;
  v_combien bigint := 0;
begin
  -- They wait for the end of a freeze, and in a copy of PROD for nobody.
  if not private.prevenus('profils_prevenus')
     or exists (select from public.app_settings s where s.key = 'gel_ecritures') then
    return 0;
  end if;
  for v_abonnement in
    select * from public.abonnements_rapports a where a.actif and a.prochain <= clock_timestamp()
     order by a.prochain limit 20 for update skip locked
  loop
    begin
      perform private.envoyer_rapport(v_abonnement);
      v_combien := v_combien + 1;
    exception
      when others then
        if sqlstate like 'PT%' then
          -- A refusal is an answer: it would be the same tomorrow.
          perform private.clore_abonnement(v_abonnement, sqlerrm);
        else
          raise warning 'abonnement % : % (nouvel essai dans une heure)', v_abonnement.id, sqlerrm;
          update public.abonnements_rapports a
             set prochain = clock_timestamp() + interval '1 hour' where a.id = v_abonnement.id;
        end if;
    end;
  end loop;
  return v_combien;
end;
$function$;

CREATE OR REPLACE FUNCTION private.essai_bloque(p_essai private.essais_facteur)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_object('code', 'TOTP_BLOQUE', 'valeurs', jsonb_build_object('attendre_s',
           ceil(extract(epoch from p_essai.bloque_jusqu_au - clock_timestamp()))::int, 'moyen', p_essai.moyen))
   where p_essai.bloque_jusqu_au > clock_timestamp()
$function$;

CREATE OR REPLACE FUNCTION private.est_csv(p_octets bytea)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_texte text;
begin
  if position('\x00'::bytea in p_octets) > 0 then
    return false;
  end if;
  -- Whatever its encoding: each byte as a letter.
  v_texte := convert_from(p_octets, 'LATIN1');
  return v_texte !~ E'[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f]'
         and left(v_texte, 1000) !~ E'^(\u00ef\u00bb\u00bf)?\\s*(<|#!|\\{)'
         and split_part(v_texte, E'\n', 1) ~ '[;,\t]';
end;
$function$;

CREATE OR REPLACE FUNCTION private.etat_facteur()
 RETURNS TABLE(confirme_le timestamp with time zone, propose_le timestamp with time zone, codes_secours integer, eleve_jusqu_au timestamp with time zone, bloque_jusqu_au timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger('tenir_son_facteur');
  return query
    select f.confirme_le, f.propose_le,
           (select count(*)::int from private.codes_secours c
             where c.user_id = auth.uid() and c.utilise_le is null),
           (select s.jusqu_au from private.sessions_elevees s
             where s.user_id = auth.uid() and s.session = private.session_de(auth.jwt()) and s.jusqu_au > now()),
           (select e.bloque_jusqu_au from private.essais_facteur e
             where (e.user_id, e.moyen) = (auth.uid(), 'TOTP') and e.bloque_jusqu_au > now())
      from (select) un left join private.facteurs_totp f on f.user_id = auth.uid();
end;
$function$;

CREATE OR REPLACE FUNCTION private.etat_production()
 RETURNS TABLE(code text, verdict text, constat text)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_prod constant boolean := private.env() = 'prod';
  v_admins constant uuid[] := array(select private.admins_actifs());
  v_facteurs constant bigint := private.avec_facteur(v_admins);
begin
  return query
    select 'ENVIRONNEMENT', 'OUI', private.env();
  return query
    select 'SAUVEGARDE', case when v_age <= private.seuil('SAUVEGARDE_ANCIENNE') then 'OUI' when v_prod then 'NON'
                              else 'SANS_OBJET' end,
           case when v_age is null then 'aucune sauvegarde vérifiée'
                else format('vérifiée, prise il y a %s h (%s h au plus)', round(v_age, 1),
                       private.seuil('SAUVEGARDE_ANCIENNE')) end
      from (select (select (extract(epoch from now() - p.le) / 3600)::numeric from private.passages p
                     where p.nom = 'sauvegarde')) s (v_age);
  return query
    select 'FILE', case count(*) when 0 then 'OUI' else 'NON' end,
           coalesce((array_agg(f.message order by f.check_code))[1],
             format('%s message(s) en attente, aucun en retard ni mort', (select count(*) from public.envois e
               where e.env = private.env() and e.statut in ('A_ENVOYER', 'EN_COURS'))))
      from private.controles_envois() f;
  return query
    select 'PASSAGES', case when p.le > now() - private.seuil('SURVEILLANCE_INTERROMPUE') * interval '1 minute' then
      'OUI'
                            else 'NON' end,
           coalesce(format('contrôles faits il y a %s min', round(extract(epoch from now() - p.le) / 60)),
             'les contrôles n''ont jamais tourné')
      from (select) un left join private.passages p on p.nom = 'alertes';
  return query
    select 'INTEGRITE', case when exists (select from private.constats c join private.controles k
      on k.code = c.check_code
                                           where k.severity = 'CRITICAL') then 'NON'
                             when n.le is null then 'NON' else 'OUI' end,
           case when n.le is null then 'l''histoire n''a jamais été vérifiée'
                else format('%s faute(s) à la preuve du %s', (select count(*) from private.constats c
                       join private.controles k on k.code = c.check_code where k.severity = 'CRITICAL'),
                     to_char(n.le at time zone 'Africa/Lubumbashi', 'DD/MM/YYYY HH24:MI')) end
      from (select) un left join private.passages n on n.nom = 'nuit';
  return query
    select 'ALERTES', case when count(*) > 0 then 'NON' else 'OUI' end,
           case count(*) when 0 then 'aucune alerte critique'
             else format('%s alerte(s) critique(s), la première : %s', count(*),
               (array_agg(a.message order by a.ouverte_le))[1]) end
      from public.system_alerts a where a.status <> 'RESOLVED' and a.severity = 'CRITICAL';
  return query
    select 'SAISIES', case when g.le is null then 'OUI' else 'NON' end,
           case when g.le is null then 'ouvertes' else 'gelées' end
      from (select (select s.updated_at from public.app_settings s where s.key = 'gel_ecritures')) g (le);
  return query
    select 'ADMINS', case when cardinality(v_admins) < 2 then 'NON' when v_prod and v_facteurs = 0 then 'NON'
      else 'OUI' end,
           format('%s compte(s) admin actif(s)%s', cardinality(v_admins),
             case when v_facteurs is null then ', sans service de second facteur ici'
                  else format(', %s avec un second facteur confirmé', v_facteurs) end)
             || case when cardinality(v_admins) < 2 then ' : 2 au moins, l''un peut être perdu ou absent' else '' end
             || case when v_prod and v_facteurs < cardinality(v_admins) then ' : chacun en PROD' else '' end;
  return query
    select 'OPTIONS', 'OUI', coalesce('allumées : ' || string_agg(f.key, ', ' order by f.key), 'aucune allumée')
      from public.feature_flags f where f.enabled;
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
         -- What is granted comes after the objects it is granted on.
         (select coalesce(array_agg(objet order by objet like 'droits %', objet collate "C"), '{}')
            from ici i full join note n using (objet) where i.md5 is distinct from n.md5)
$function$;

CREATE OR REPLACE FUNCTION private.etat_simule(p_nom text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_object('session_id', s.session_id, 'paiement_id', s.paiement_id, 'intention_id', s.intention_id,
           'session', s.session, 'paiement', s.paiement, 'echec', s.echec, 'devise', s.devise,
           'montant_minime', s.montant_minime, 'paye_le', s.paye_le, 'retours', s.retours, 'revenus', '[]'::jsonb,
           'litige', s.litige)
    from private.sessions_simulees s where p_nom in (s.session_id, s.intention_id)
$function$;

CREATE OR REPLACE FUNCTION private.evenement_figer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if old.traite_le is not null then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_contenu(p_demande jsonb, p_octets bytea)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_maximum constant int := 10485760;
  v_trouve text;
begin
  if octet_length(p_octets) > c_maximum then
    perform private.refuser('DOCUMENT_TROP_GROS', jsonb_build_object('octets', octet_length(p_octets),
      'maximum', c_maximum));
  end if;
  if encode(sha256(p_octets), 'hex') is distinct from lower(p_demande ->> 'sha256') then
    perform private.refuser('DOCUMENT_ALTERE', jsonb_build_object('attendu', p_demande ->> 'sha256', 'recu',
      encode(sha256(p_octets), 'hex')));
  end if;
  v_trouve := private.type_des_octets(p_octets);
  if not private.type_convient(p_demande ->> 'type_mime', v_trouve) then
    perform private.refuser('DOCUMENT_TYPE', jsonb_build_object('declare', p_demande ->> 'type_mime', 'trouve',
      coalesce(v_trouve, 'autre')));
  end if;
  return v_trouve;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_ecriture_document(p_document public.documents)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lien public.documents_liens;
begin
  -- Each object it proves, among those the caller sees: who may write one may.
  for v_lien in select * from public.documents_liens l where l.document_id = p_document.id loop
    if private.objet_ecrit(v_lien.objet_type) then
      return;
    end if;
  end loop;
  if p_document.created_by is distinct from auth.uid() then
    perform private.exiger('tenir_documents');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_jour_ouvert(p_depot_id uuid, p_jour date)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.retenir_periodes(p_depot_id);
  perform private.exiger_periode_ouverte(p_depot_id, p_jour);
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_jours(p_du date, p_au date, p_maximum integer)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_au < p_du then
    perform private.refuser('RAPPORT_PERIODE', jsonb_build_object('du', p_du, 'au', p_au));
  end if;
  if p_au - p_du >= p_maximum then
    perform private.refuser('RAPPORT_TROP_GRAND', jsonb_build_object('trouve', p_au - p_du + 1, 'quoi', 'jours',
      'maximum', p_maximum));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_mesure(p_maximum integer, p_lignes bigint)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_lignes > p_maximum then
    perform private.refuser('RAPPORT_TROP_GRAND', jsonb_build_object('trouve', p_lignes, 'quoi', 'lignes',
      'maximum', p_maximum));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_objet(p_type text, p_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- As the caller: what they do not see is not there.
  if private.objet_vu(p_type, p_id) is not true then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cet objet'));
  end if;
  if not private.objet_ecrit(p_type) then
    perform private.refuser('ROLE_FORBIDDEN', jsonb_build_object('objet_type', p_type));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_periode_ouverte(p_depot_id uuid, p_jour date)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if private.jour_clos(p_depot_id, p_jour) then
    perform private.refuser('PERIODE_CLOSE', jsonb_build_object('date_jour', p_jour,
      'clos_jusqu_au', private.clos_jusqu_au(p_depot_id)));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_pieces(p_facture public.fournisseur_facture_lot_min, p_justification text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_manque text;
begin
  if p_facture.type <> 'FACTURE' or not private.flag_actif('pieces_requises', null) then
    return;
  end if;
  with camions as (
    select c.id from public.cours_de_route c where c.fournisseur_lot_id = p_facture.fournisseur_lot_id
  ), objets (objet_type, objet_id) as (
    values ('FACTURE_FOURNISSEUR', p_facture.id), ('LOT', p_facture.fournisseur_lot_id)
    union all select 'CDR', c.id from camions c
    union all select 'RECEPTION', r.id from public.receptions r join camions c on c.id = r.cours_de_route_id
    union all select 'ANALYSE', a.id from public.analyses a join camions c on c.id = a.cours_de_route_id
  )
  select string_agg(c.categorie, ' et ') into v_manque
    from unnest('{FACTURE,CERTIFICAT}'::text[]) c (categorie)
   where (c.categorie = 'FACTURE' or private.texte_net(p_justification) is null
          or private.texte_net(p_justification) = '')
     and not exists (
       select from objets o join public.documents_liens l using (objet_type, objet_id)
         join public.documents d on d.id = l.document_id
        where d.categorie = c.categorie and d.statut = 'DISPONIBLE');
  if v_manque is not null then
    perform private.refuser('PIECE_REQUISE', jsonb_build_object('pieces', v_manque));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_quota(p_taille integer)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_maximum constant bigint := 524288000;
  v_debut constant timestamptz := private.aujourdhui()::timestamp at time zone 'Africa/Lubumbashi';
  v_octets bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('quota:' || auth.uid(), 0));
  select coalesce(sum(d.taille), 0) into v_octets from public.documents d
   where d.created_by = auth.uid() and d.created_at >= v_debut and d.origine = 'TELEVERSE';
  if v_octets + p_taille > c_maximum then
    perform private.refuser('DOCUMENT_QUOTA', jsonb_build_object('octets', v_octets, 'maximum', c_maximum,
      'attendre_s', greatest(1, ceil(extract(epoch from v_debut + interval '1 day' - now())))::int));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_rapport(p_nom text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if not exists (select from private.rapports_permis() p where p.nom = p_nom) then
    perform private.refuser('ROLE_FORBIDDEN', jsonb_build_object('capacite',
      (select c.capacite from private.catalogue_rapports() c where c.nom = p_nom)));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exporter_rapport(p_nom text, p_format text, p_depot_id uuid DEFAULT NULL::uuid, p_du date DEFAULT NULL::date, p_au date DEFAULT NULL::date, p_connu_a timestamp with time zone DEFAULT NULL::timestamp with time zone, p_parametres jsonb DEFAULT '{}'::jsonb, p_maximum integer DEFAULT 50000)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_rapport constant jsonb := private.rapport(p_nom, p_depot_id, p_du, p_au, p_connu_a, p_parametres, p_maximum);
begin
  perform private.noter_export(v_rapport -> 'entete', p_format);
  return v_rapport;
end;
$function$;

CREATE OR REPLACE FUNCTION private.facteur_a_prouver(p_user_id uuid, p_propose boolean)
 RETURNS TABLE(chiffre text, maintenant double precision)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select case when p_propose then f.propose_chiffre else f.secret_chiffre end, extract(epoch from clock_timestamp())
    from private.facteurs_totp f
   where f.user_id = p_user_id
     and case when p_propose then f.propose_le > now() - interval '1 hour' else f.confirme_le is not null end
$function$;

CREATE OR REPLACE FUNCTION private.facture_payable(p_facture_id uuid, p_prestataire text)
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.exiger('ouvrir_paiements_en_ligne');
  v_facture public.factures_client;
  v_du bigint;
begin
  select * into v_facture from public.factures_client f
   where f.id = p_facture_id and f.depot_id = any (v_acteur.depots);
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette facture'));
  end if;
  if not private.flag_actif('paiement_en_ligne', v_facture.depot_id) then
    perform private.refuser_en_ligne('OPTION', 'l''option n''est pas ouverte à ce dépôt');
  end if;
  if p_prestataire = 'SIMULE' and private.env() = 'prod' then
    perform private.refuser_en_ligne('PRESTATAIRE', 'aucun prestataire n''est réglé');
  end if;
  if v_facture.type <> 'FACTURE' or v_facture.statut <> 'EMISE' then
    perform private.refuser_en_ligne('ETAT', 'seule une facture émise se paie');
  end if;
  if v_facture.devise <> 'USD' then
    perform private.refuser_en_ligne('DEVISE', 'seul le dollar se paie en ligne');
  end if;
  v_du := private.du_minime(p_facture_id);
  if v_du <= 0 then
    perform private.refuser_en_ligne('SOLDEE', 'elle est déjà payée');
  end if;
  if v_du not between 50 and 99999999 then
    perform private.refuser_en_ligne('MONTANT', 'le prestataire prend de 0,50 à 999 999,99 USD');
  end if;
  return v_facture;
end;
$function$;

CREATE OR REPLACE FUNCTION private.factures_connues(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone)
 RETURNS SETOF public.factures_client
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select f.* from public.factures_client f
   where f.statut = 'EMISE' and f.date_facture between p_du and p_au and f.emise_le <= p_connu_a
     and f.depot_id = any (case when p_depot_id is null then private.depots_ou('lire_ventes')
       else array[p_depot_id] end)
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

CREATE OR REPLACE FUNCTION private.fin_connue(p_au date, p_zone text, p_connu_a timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select least((p_au + 1)::timestamp at time zone p_zone, p_connu_a) $function$;

CREATE OR REPLACE FUNCTION private.flux_connus(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone)
 RETURNS TABLE(citerne_id uuid, produit_id uuid, proprietaire_type text, ouverture_ambiant numeric, ouverture_15c numeric, receptions_ambiant numeric, receptions_15c numeric, sorties_ambiant numeric, sorties_15c numeric, transferts_ambiant numeric, transferts_15c numeric, cessions_ambiant numeric, cessions_15c numeric, initiaux_ambiant numeric, initiaux_15c numeric, ajustements_ambiant numeric, ajustements_15c numeric, dilatations_ambiant numeric, cloture_ambiant numeric, cloture_15c numeric)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with passes as (
    select m.citerne_id, m.produit_id, m.proprietaire_type, f.famille, sum(m.delta_ambiant) as ambiant,
           sum(m.delta_15c) as a_15c
      from private.mouvements_connus(p_depot_id, p_du, p_au, p_connu_a) m
     cross join lateral (
       select case m.mouvement_type when 'RECEPTION' then 'RECEPTION' when 'SORTIE' then 'SORTIE'
                when 'TRANSFERT' then 'TRANSFERT' when 'TRANSFERT_DEPOT' then 'TRANSFERT' when 'CESSION' then 'CESSION'
                when 'DILATATION' then 'DILATATION' when 'STOCK_INITIAL' then 'INITIAL'
                  else 'AJUSTEMENT' end as famille) f
     group by m.citerne_id, m.produit_id, m.proprietaire_type, f.famille
  ), par_compte as (
    select p.citerne_id, p.produit_id, p.proprietaire_type,
           coalesce(sum(p.ambiant) filter (where p.famille = 'RECEPTION'), 0) as receptions_ambiant,
           coalesce(sum(p.a_15c) filter (where p.famille = 'RECEPTION'), 0) as receptions_15c,
           coalesce(sum(p.ambiant) filter (where p.famille = 'SORTIE'), 0) as sorties_ambiant,
           coalesce(sum(p.a_15c) filter (where p.famille = 'SORTIE'), 0) as sorties_15c,
           coalesce(sum(p.ambiant) filter (where p.famille = 'TRANSFERT'), 0) as transferts_ambiant,
           coalesce(sum(p.a_15c) filter (where p.famille = 'TRANSFERT'), 0) as transferts_15c,
           coalesce(sum(p.ambiant) filter (where p.famille = 'CESSION'), 0) as cessions_ambiant,
           coalesce(sum(p.a_15c) filter (where p.famille = 'CESSION'), 0) as cessions_15c,
           coalesce(sum(p.ambiant) filter (where p.famille = 'INITIAL'), 0) as initiaux_ambiant,
           coalesce(sum(p.a_15c) filter (where p.famille = 'INITIAL'), 0) as initiaux_15c,
           coalesce(sum(p.ambiant) filter (where p.famille = 'AJUSTEMENT'), 0) as ajustements_ambiant,
           coalesce(sum(p.a_15c) filter (where p.famille = 'AJUSTEMENT'), 0) as ajustements_15c,
           coalesce(sum(p.ambiant) filter (where p.famille = 'DILATATION'), 0) as dilatations_ambiant,
           sum(p.ambiant) as tout_ambiant, sum(p.a_15c) as tout_15c
      from passes p group by p.citerne_id, p.produit_id, p.proprietaire_type
  )
  select citerne_id, produit_id, proprietaire_type, coalesce(o.stock_ambiant, 0), coalesce(o.stock_15c, 0),
         coalesce(m.receptions_ambiant, 0), coalesce(m.receptions_15c, 0), coalesce(m.sorties_ambiant, 0),
         coalesce(m.sorties_15c, 0), coalesce(m.transferts_ambiant, 0), coalesce(m.transferts_15c, 0),
         coalesce(m.cessions_ambiant, 0), coalesce(m.cessions_15c, 0), coalesce(m.initiaux_ambiant, 0),
         coalesce(m.initiaux_15c, 0), coalesce(m.ajustements_ambiant, 0),
         coalesce(m.ajustements_15c, 0), coalesce(m.dilatations_ambiant, 0),
         coalesce(o.stock_ambiant, 0) + coalesce(m.tout_ambiant, 0), coalesce(o.stock_15c, 0) + coalesce(m.tout_15c, 0)
    from private.ouvertures_connues(p_depot_id, p_du, p_connu_a) o
    full join par_compte m using (citerne_id, produit_id, proprietaire_type)
   where o.stock_ambiant <> 0 or o.stock_15c <> 0 or m.citerne_id is not null
$function$;

CREATE OR REPLACE FUNCTION private.garder_impression(p_demande jsonb, p_octets bytea)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger_objet(p_demande ->> 'objet_type', (p_demande ->> 'objet_id')::uuid);
  return private.ranger_genere(p_demande, p_octets);
end;
$function$;

CREATE OR REPLACE FUNCTION private.garder_rapport(p_rapport jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_entete constant jsonb := p_rapport -> 'entete';
  v_rapport public.rapports;
  v_connu record;
begin
  select c.capacite, c.lues, c.finance into strict v_connu
    from private.catalogue_rapports() c where c.nom = v_entete ->> 'nom';
  insert into public.rapports
    (nom, depot_id, du, au, parametres, version, connu_a, donnees, sha256, capacites, finance, genere_par)
  values (v_entete ->> 'nom', (v_entete #>> '{depot,id}')::uuid, (v_entete ->> 'du')::date, (v_entete ->> 'au')::date,
    v_entete -> 'parametres', (v_entete ->> 'version')::int, (v_entete ->> 'connu_a')::timestamptz, p_rapport,
    v_entete ->> 'sha256', v_connu.capacite || array(
      select l.capacite from unnest(v_connu.lues) l (capacite)
       where l.capacite = any (private.capacites_de_lecture())),
    v_connu.finance, auth.uid())
  returning * into v_rapport;
  perform private.journaliser('RAPPORT_ARCHIVE', 'rapports', case when v_rapport.finance then 'WARNING' else 'INFO' end,
    v_rapport.id, v_rapport.depot_id, to_jsonb(v_rapport) - '{donnees,capacites}'::text[]);
  return v_rapport.id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.id_du_parametre(p_parametres jsonb, p_nom text)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (p_parametres ->> p_nom)::uuid;
exception when invalid_text_representation then
  perform private.refuser('RAPPORT_PARAMETRE',
    jsonb_build_object('parametre', p_nom, 'quoi', 'ce n''est pas un identifiant'));
end;
$function$;

CREATE OR REPLACE FUNCTION private.inscrire_document(p_document public.documents, p_objet_type text, p_objet_id uuid)
 RETURNS public.documents
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_document public.documents := p_document;
begin
  v_document.depot_id := (private.objet(p_objet_type, p_objet_id) ->> 'depot_id')::uuid;
  insert into public.documents (categorie, nom, type_mime, taille, sha256, statut, origine, depot_id, moteur,
    analyse_le, conserver_jusqu_au, remplace_id, created_by)
  values (v_document.categorie, v_document.nom, v_document.type_mime, v_document.taille, v_document.sha256,
    v_document.statut, v_document.origine, v_document.depot_id, v_document.moteur, v_document.analyse_le,
    private.conserver_jusqu_au(v_document.categorie, p_objet_type, p_objet_id), v_document.remplace_id, auth.uid())
  returning * into v_document;
  perform private.journaliser('DOCUMENT_RECU', 'documents', 'INFO', v_document.id, v_document.depot_id,
    jsonb_build_object('categorie', v_document.categorie, 'nom', v_document.nom, 'taille', v_document.taille,
      'type_mime', v_document.type_mime, 'sha256', encode(v_document.sha256, 'hex'), 'origine', v_document.origine,
      'remplace_id', v_document.remplace_id));
  if p_objet_type is not null then
    perform private.attacher(v_document, p_objet_type, p_objet_id);
  end if;
  return v_document;
end;
$function$;

CREATE OR REPLACE FUNCTION private.jouer_session(p_session private.sessions_simulees, p_acte text, p_montant_minime bigint)
 RETURNS private.sessions_simulees
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_session private.sessions_simulees := p_session;
  v_payable constant boolean := p_session.paiement = 'unpaid' and p_session.session <> 'expired'
    and not p_session.echec;
  v_rendu constant bigint := (select coalesce(sum((r ->> 'montant_minime')::bigint), 0)
                                from jsonb_array_elements(p_session.retours) r);
  v_part constant bigint := coalesce(p_montant_minime, p_session.montant_minime - v_rendu);
begin
  case
    when p_acte = 'payer' and v_payable then
      v_session.session := 'complete';
      v_session.paiement := 'paid';
      v_session.paye_le := now();
    when p_acte = 'promettre' and v_payable and p_session.session = 'open' then v_session.session := 'complete';
    when p_acte = 'echouer' and v_payable and p_session.session = 'complete' then v_session.echec := true;
    when p_acte = 'expirer' and v_payable and p_session.session = 'open' then v_session.session := 'expired';
    when p_acte in ('rembourser', 'perdre') and p_session.paiement = 'paid'
      and v_part between 1 and p_session.montant_minime - v_rendu
      and (p_acte = 'rembourser' or p_session.litige = 'OUVERT') then
      v_session.retours := p_session.retours || jsonb_build_object(
        'id', case p_acte when 'perdre' then 'dp_simule_' else 're_simule_' end || replace(gen_random_uuid()::text, '-',
          ''),
        'genre', case p_acte when 'perdre' then 'LITIGE' else 'REMBOURSEMENT' end, 'devise', p_session.devise,
        'montant_minime', v_part);
      v_session.litige := case p_acte when 'perdre' then 'PERDU' else p_session.litige end;
    when p_acte = 'contester' and p_session.paiement = 'paid' and p_session.litige is null then
      v_session.litige := 'OUVERT';
    when p_acte = 'gagner' and p_session.litige = 'OUVERT' then v_session.litige := 'GAGNE';
    else perform private.refuser_en_ligne('SIMULATEUR', 'le simulateur ne peut pas « ' || p_acte || ' » maintenant');
  end case;
  return v_session;
end;
$function$;

CREATE OR REPLACE FUNCTION private.jour_clos(p_depot_id uuid, p_jour date)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select private.flag_actif('cloture_mensuelle', p_depot_id)
         and coalesce(p_jour <= private.clos_jusqu_au(p_depot_id), false)
$function$;

CREATE OR REPLACE FUNCTION private.journaliser(p_actions text[], p_module text, p_niveau text, p_cible_id uuid, p_depot_id uuid, p_details jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_user_id constant uuid := auth.uid();
begin
  -- Nobody's account: who it was is the database role that wrote.
  if v_user_id is null then
    p_details := p_details || jsonb_strip_nulls(jsonb_build_object(
      'role_sql', coalesce(nullif(current_setting('role', true), 'none'), session_user),
      'acteur', nullif(current_setting('app.acteur', true), '')));
  end if;
  insert into public.log_actions (user_id, action, module, niveau, cible_id, depot_id, details, request_id,
    trace_id)
  select v_user_id, a.action, p_module, p_niveau, p_cible_id, p_depot_id, p_details,
         coalesce(nullif(current_setting('request.id', true), ''),
           -- Through REST nobody says it: PostgREST hands on the headers as they came.
           left(nullif(current_setting('request.headers', true), '')::json ->> 'x-request-id', 100)),
         nullif(current_setting('request.trace', true), '')
    from unnest(p_actions) a (action);
end;
$function$;

CREATE OR REPLACE FUNCTION private.juger_code_secours(p_jeton text, p_requete text, p_empreinte text)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_user_id constant uuid := private.agir_pour(p_jeton, p_requete);
  v_essai constant private.essais_facteur := private.ouvrir_essai(v_user_id, 'SECOURS');
  v_bloque constant jsonb := private.essai_bloque(v_essai);
  v_restants int;
begin
  if v_bloque is not null then
    return v_bloque;
  end if;
  update private.codes_secours c set utilise_le = clock_timestamp()
   where (c.user_id, c.empreinte) = (v_user_id, decode(p_empreinte, 'hex')) and c.utilise_le is null;
  if not found then
    return private.compter_echec(v_essai, 'CODE_SECOURS_REFUSE');
  end if;
  v_restants := (select count(*) from private.codes_secours c
                  where c.user_id = v_user_id and c.utilise_le is null);
  perform private.journaliser('CODE_SECOURS_UTILISE', 'securite', 'WARNING', v_user_id, null,
    jsonb_build_object('restants', v_restants));
  perform private.prevenir_admins(v_user_id, 'code de secours utilisé',
    format('{qui} est entré avec un code de secours ; il en reste %s. Si ce n''est pas cette personne, fermez-lui '
      'l''accès.', v_restants));
  return jsonb_build_object('eleve_jusqu_au', private.elever_session(), 'codes_restants', v_restants);
end;
$function$;

CREATE OR REPLACE FUNCTION private.juger_totp(p_jeton text, p_requete text, p_chiffre text, p_pas bigint, p_rechiffre text DEFAULT NULL::text)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_user_id constant uuid := private.agir_pour(p_jeton, p_requete);
  v_essai constant private.essais_facteur := private.ouvrir_essai(v_user_id, 'TOTP');
  v_bloque constant jsonb := private.essai_bloque(v_essai);
  v_facteur private.facteurs_totp;
begin
  if v_bloque is not null then
    return v_bloque;
  end if;
  select * into v_facteur from private.facteurs_totp f where f.user_id = v_user_id for update;
  -- It was replaced, or encrypted anew, since the door read it.
  if v_facteur.secret_chiffre is distinct from p_chiffre then
    return jsonb_build_object('code', 'FACTEUR_CHANGE');
  end if;
  if not private.pas_possible(p_pas) then
    return private.compter_echec(v_essai, 'TOTP_REFUSE');
  end if;
  if p_pas <= v_facteur.dernier_pas then
    perform private.journaliser('TOTP_REFUSE', 'securite', 'WARNING', v_user_id, null,
      jsonb_build_object('moyen', 'TOTP', 'code', 'TOTP_REJOUE'));
    return jsonb_build_object('code', 'TOTP_REJOUE', 'valeurs', '{}'::jsonb);
  end if;
  update private.facteurs_totp f set dernier_pas = p_pas, secret_chiffre = coalesce(p_rechiffre, f.secret_chiffre)
   where f.user_id = v_user_id;
  perform private.journaliser('TOTP_REUSSI', 'securite', 'INFO', v_user_id, null);
  return jsonb_build_object('eleve_jusqu_au', private.elever_session());
end;
$function$;

CREATE OR REPLACE FUNCTION private.lettre(p_phrase text, p_vendeur jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_object('texte', concat_ws(E'\n\n', 'Bonjour,', p_phrase,
    concat_ws(E'\n', p_vendeur ->> 'nom', p_vendeur ->> 'telephone', p_vendeur ->> 'email')))
$function$;

CREATE OR REPLACE FUNCTION private.lettrer_avoirs(p_facture_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_facture constant public.ecritures_tiers := private.ecriture_facture_client(p_facture_id);
  v_reste numeric := v_facture.debit - private.montant_lettre(v_facture.id);
  v_avoir record;
begin
  for v_avoir in
    select r.ecriture_id, r.credit from public.factures_client a
      join private.restes_clients r on r.ecriture_id = (private.ecriture_facture_client(a.id)).id
     where a.facture_origine_id = p_facture_id and a.statut = 'EMISE' and r.credit > 0 order by r.ordre
  loop
    exit when v_reste <= 0;
    perform private.lettrer(v_facture.id, v_avoir.ecriture_id, least(v_reste, v_avoir.credit));
    v_reste := v_reste - v_avoir.credit;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.liberer_paiement(p_paiement public.ecritures_tiers, p_montant numeric)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_manque numeric := p_montant - (p_paiement.credit - private.montant_lettre(p_paiement.id));
  v_lettrage private.lettrages;
begin
  for v_lettrage in
    select l.* from private.lettrages l
      join public.ecritures_tiers d on d.id = l.debit_id and d.type <> 'REMBOURSEMENT'
     where l.credit_id = p_paiement.id and l.annule_id is null
       and not exists (select from private.lettrages a where a.annule_id = l.id)
     order by d.ordre desc, l.id desc
  loop
    exit when v_manque <= 0;
    insert into private.lettrages (debit_id, credit_id, montant, annule_id, created_by)
    values (v_lettrage.debit_id, v_lettrage.credit_id, -v_lettrage.montant, v_lettrage.id, auth.uid());
    if v_lettrage.montant > v_manque then
      perform private.lettrer(v_lettrage.debit_id, v_lettrage.credit_id, v_lettrage.montant - v_manque);
    end if;
    v_manque := v_manque - v_lettrage.montant;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.liberer_par_avoirs(p_paiement_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lettrage record;
  v_reste numeric;
begin
  for v_lettrage in
    select l.*, d.source_id as facture_id, d.debit from private.lettrages l
      join public.ecritures_tiers d on d.id = l.debit_id and d.type = 'FACTURE'
     where l.credit_id = p_paiement_id and l.annule_id is null
       and not exists (select from private.lettrages a where a.annule_id = l.id)
       and exists (select from public.factures_client a
                     join private.restes_clients r on r.ecriture_id = (private.ecriture_facture_client(a.id)).id
                    where a.facture_origine_id = d.source_id and r.credit > 0)
     order by d.ordre, l.id
  loop
    insert into private.lettrages (debit_id, credit_id, montant, annule_id, created_by)
    values (v_lettrage.debit_id, p_paiement_id, -v_lettrage.montant, v_lettrage.id, auth.uid());
    perform private.lettrer_avoirs(v_lettrage.facture_id);
    v_reste := v_lettrage.debit - private.montant_lettre(v_lettrage.debit_id);
    if v_reste > 0 then
      perform private.lettrer(v_lettrage.debit_id, p_paiement_id, least(v_reste, v_lettrage.montant));
    end if;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ligne_connue(p_id uuid, p_ligne jsonb, p_connu_a timestamp with time zone, p_action text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce((
    select l.details -> 'avant' from public.log_actions l
     where l.cible_id = p_id and l.created_at > p_connu_a and l.action like p_action
       and jsonb_typeof(l.details -> 'avant') = 'object'
     order by l.created_at, l.id limit 1), p_ligne)
$function$;

CREATE OR REPLACE FUNCTION private.lire_octets(p_id uuid)
 RETURNS TABLE(id uuid, nom text, type_mime text, taille integer, sha256 text, magasin text, octets bytea)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_document public.documents;
begin
  select * into strict v_document from public.documents d where d.id = p_id;
  if v_document.statut = 'INFECTE' then
    perform private.refuser('DOCUMENT_INFECTE');
  end if;
  if v_document.statut <> 'DISPONIBLE' then
    perform private.refuser('DOCUMENT_NON_DISPONIBLE', jsonb_build_object('statut', v_document.statut));
  end if;
  if v_document.categorie in ('FACTURE', 'RECU', 'PROFORMA', 'SBLC') then
    perform private.journaliser('DOCUMENT_LU', 'documents', 'INFO', p_id, v_document.depot_id,
      jsonb_build_object('categorie', v_document.categorie, 'nom', v_document.nom));
  end if;
  return query
    select v_document.id, v_document.nom, v_document.type_mime, v_document.taille, encode(v_document.sha256, 'hex'),
           c.magasin, c.octets
      from private.contenus c where c.sha256 = v_document.sha256;
end;
$function$;

CREATE OR REPLACE FUNCTION private.magasin_documents()
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select coalesce((select s.value from public.app_settings s where s.key = 'magasin_documents'), 'BASE') $function$;

CREATE OR REPLACE FUNCTION private.marge_connue(p_depot_id uuid, p_du date, p_au date)
 RETURNS TABLE(vente_usd numeric, cout_usd numeric, sans_cout bigint)
 LANGUAGE sql
 STABLE ROWS 1
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with lignes as (
    select f.depot_id, s.produit_id, s.date_jour, v.vente_usd, v.litres_15c
      from private.factures_connues(p_depot_id, p_du, p_au, statement_timestamp()) f
      join public.factures_client_lignes l on l.facture_id = f.id and l.nature = 'CARBURANT'
      join public.sorties_produit s on s.id = l.sortie_id
     cross join lateral private.vendu_par_ligne(l.id) v
     where f.type = 'FACTURE' and private.facture_de_sortie(l.sortie_id) = f.id
       and f.depot_id = any ((select private.depots_ou('lire_marges'))::uuid[])
  ), couts as materialized (
    -- Once a day and product, as v_marge_ventes does it once a line.
    select j.depot_id, j.produit_id, j.date_jour, k.usd_par_l15
      from (select distinct l.depot_id, l.produit_id, l.date_jour from lignes l) j
     cross join lateral private.cout_tenu(j.depot_id, j.produit_id, j.date_jour) k
  )
  select coalesce(sum(l.vente_usd) filter (where c.usd_par_l15 is not null), 0),
         coalesce(sum(round(l.litres_15c * c.usd_par_l15, 2)), 0), count(*) filter (where c.usd_par_l15 is null)
    from lignes l left join couts c using (depot_id, produit_id, date_jour)
$function$;

CREATE OR REPLACE FUNCTION private.message_rapport(p_abonnement public.abonnements_rapports, p_titre text, p_courriel text, p_du date, p_au date, p_rapport jsonb)
 RETURNS public.envois
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_envoi public.envois;
  v_periode constant text := case when p_du = p_au then 'du ' || to_char(p_au, 'DD/MM/YYYY')
    else format('du %s au %s', to_char(p_du, 'DD/MM/YYYY'), to_char(p_au, 'DD/MM/YYYY')) end;
  v_depot constant text := coalesce((select d.nom from public.depots d where d.id = p_abonnement.depot_id),
    'tous les dépôts');
begin
  v_envoi.canal := 'EMAIL';
  v_envoi.objet_type := 'RAPPORT';
  v_envoi.objet_id := p_abonnement.id;
  v_envoi.depot_id := p_abonnement.depot_id;
  v_envoi.cle := concat_ws('/', 'rapport', p_abonnement.id, p_du, p_au);
  v_envoi.destination := p_courriel;
  v_envoi.sujet := format('%s %s %s, %s', private.enseigne(), p_titre, v_periode, v_depot);
  v_envoi.contenu := jsonb_build_object('texte', concat_ws(E'\n\n', 'Bonjour,',
    case when p_rapport is null
      then
        format('%s %s (%s) a trop de lignes pour un courriel. Tirez-le depuis l''application, en CSV ou en classeur, '
        'ou demandez-le à l''exploitation.', p_titre, v_periode, v_depot)
      else format('Veuillez trouver ci-joint : %s %s (%s).', p_titre, v_periode, v_depot) end,
    format('Vous le recevez parce que vous y êtes abonné ; il s''arrête dès que vous arrêtez l''abonnement %s.',
      p_abonnement.id)));
  if p_rapport is not null then
    v_envoi.contenu := v_envoi.contenu || jsonb_build_object('papier', jsonb_build_object('genre', 'RAPPORT',
      'nom', concat_ws('_', p_abonnement.nom, p_du, nullif(p_au, p_du)) || '.pdf', 'dit', p_rapport));
  end if;
  return v_envoi;
end;
$function$;

CREATE OR REPLACE FUNCTION private.mesures()
 RETURNS SETOF private.mesure
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_source text;
  v_mesures private.mesure[];
  v_lue boolean;
begin
  for v_source in
    select p.proname from pg_proc p
     where p.pronamespace = 'private'::regnamespace and p.prorettype = 'private.mesure'::regtype and p.proretset
       and p.pronargs = 0 and p.proname <> 'mesures' order by 1
  loop
    -- One that fails keeps no other from being read, and says so itself.
    begin
      execute format('select array_agg(m) from private.%I() m', v_source) into v_mesures;
      v_lue := true;
    exception when others then
      v_mesures := null;
      v_lue := false;
    end;
    return query select * from unnest(v_mesures);
    return query
      select 'monaluxe_source_up', 'gauge', '0 where these figures could not be read',
             jsonb_build_object('source', v_source), v_lue::int::float8;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.mesures_base()
 RETURNS SETOF private.mesure
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with sessions as (
    select a.state, a.wait_event_type, a.xact_start
      from pg_stat_activity a
     where a.datname = current_database() and a.backend_type = 'client backend' and a.pid <> pg_backend_pid()
  )
  select 'monaluxe_db_connections', 'gauge', 'Connections to the database, by state',
    jsonb_build_object('state', e.etat),
         (select count(*) from sessions s where coalesce(s.state, 'unknown') = e.etat)::float8
    from unnest(array['active', 'idle', 'idle in transaction', 'unknown']) e (etat)
  union all
  select 'monaluxe_db_connections_max', 'gauge', 'Connections the server accepts', '{}',
         current_setting('max_connections')::float8
  union all
  select 'monaluxe_db_waiting_for_lock', 'gauge', 'Connections that wait for a lock', '{}',
         count(*) filter (where s.wait_event_type = 'Lock')::float8 from sessions s
  union all
  select 'monaluxe_db_oldest_transaction_seconds', 'gauge', 'Age of the oldest open transaction', '{}',
         coalesce(extract(epoch from clock_timestamp() - min(s.xact_start)), 0)::float8 from sessions s
  union all
  select 'monaluxe_db_size_bytes', 'gauge', 'Size of the database', '{}', pg_database_size(current_database())::float8
$function$;

CREATE OR REPLACE FUNCTION private.mesures_documents()
 RETURNS SETOF private.mesure
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select 'monaluxe_documents_to_look_at', 'gauge',
    'Documents that wait for their analysis, or in which something was found',
         jsonb_build_object('status', s.dit),
         (select count(*) from public.documents d
           where d.statut in ('RECU', 'INFECTE') and d.statut = s.statut)::float8
    from (values ('RECU', 'waiting'), ('INFECTE', 'infected')) s (statut, dit)
  union all
  select 'monaluxe_documents_oldest_waiting_seconds', 'gauge', 'How long the oldest of them has waited', '{}',
         coalesce(extract(epoch from clock_timestamp() - min(d.created_at)), 0)::float8
    from public.documents d where d.statut = 'RECU'
$function$;

CREATE OR REPLACE FUNCTION private.mesures_envois()
 RETURNS SETOF private.mesure
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select 'monaluxe_outbox_messages', 'gauge', 'Messages that wait to be sent, that are being sent, that are dead',
         jsonb_build_object('status', s.dit),
         (select count(*) from public.envois e where e.env = private.env() and e.statut = s.statut)::float8
    from (values ('A_ENVOYER', 'waiting'), ('EN_COURS', 'sending'), ('MORT', 'dead')) s (statut, dit)
  union all
  select 'monaluxe_outbox_oldest_seconds', 'gauge', 'How late the message is that should have gone first', '{}',
         greatest(0, coalesce(extract(epoch from clock_timestamp() - min(e.prochain_essai)), 0))::float8
    from public.envois e
   where e.env = private.env() and e.statut in ('A_ENVOYER', 'EN_COURS')
     and (e.roles is null or private.prevenus('profils_prevenus'))
$function$;

CREATE OR REPLACE FUNCTION private.mesures_integrite()
 RETURNS SETOF private.mesure
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select 'monaluxe_alerts_open', 'gauge', 'Alerts that nobody has resolved', jsonb_build_object('severity', g.severity),
         (select count(*) from public.system_alerts a
           where a.status <> 'RESOLVED' and a.severity = g.severity)::float8
    from unnest(array['CRITICAL', 'WARN']) g (severity)
  union all
  select 'monaluxe_integrity_faults', 'gauge',
         'What the last night''s proof of all history found: stock that is not its movements, lines that were touched',
         jsonb_build_object('check', c.code),
         (select count(*) from private.constats f where f.check_code = c.code)::float8
    from private.controles c where c.rythme = 'NUIT' and c.severity = 'CRITICAL' and c.actif
  union all
  select 'monaluxe_pass_age_seconds', 'gauge', 'Since the checks of each minute, and those of the night, last ended',
         jsonb_build_object('pass', p.nom), extract(epoch from clock_timestamp() - p.le)::float8
    from private.passages p where p.nom in ('alertes', 'nuit')
  union all
  select 'monaluxe_backup_last_verified_timestamp_seconds', 'gauge', 'Moment of the last verified backup', '{}',
         extract(epoch from p.le)::float8
    from private.passages p where p.nom = 'sauvegarde'
  union all
  select 'monaluxe_backup_age_seconds', 'gauge', 'Age of the last verified backup', '{}',
         extract(epoch from clock_timestamp() - p.le)::float8
    from private.passages p where p.nom = 'sauvegarde'
  union all
  select 'monaluxe_writes_frozen', 'gauge', '1 while writes are frozen', '{}',
         (exists (select from public.app_settings s where s.key = 'gel_ecritures'))::int::float8
$function$;

CREATE OR REPLACE FUNCTION private.mesures_journal()
 RETURNS SETOF private.mesure
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select m.nom, 'gauge', m.aide, '{}'::jsonb, m.valeur
    from private.etat_scellement() e
   cross join lateral (values
     ('monaluxe_log_blocks', 'Blocks of the sealed log', coalesce(e.bloc, 0)::float8),
     ('monaluxe_log_unsealed_lines', 'Lines of the log that wait for their seal', e.lignes_en_attente::float8),
     ('monaluxe_log_oldest_unsealed_seconds', 'How long the oldest of them has waited',
      coalesce(extract(epoch from clock_timestamp() - e.attend_depuis), 0)::float8)) m (nom, aide, valeur)
$function$;

CREATE OR REPLACE FUNCTION private.mesures_paiements()
 RETURNS SETOF private.mesure
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select 'monaluxe_online_payments', 'gauge', 'Online payments, by state', jsonb_build_object('status', s.statut),
         (select count(*) from public.paiements_en_ligne p where p.statut = s.statut)::float8
    from unnest(array['CREE', 'OUVERT', 'EN_ATTENTE', 'EXPIRE', 'ECHOUE', 'REUSSI', 'LITIGE', 'REMBOURSE']) s (statut)
  union all
  select 'monaluxe_provider_last_event_timestamp_seconds', 'gauge', 'Moment the provider last told something', '{}',
         extract(epoch from max(e.recu_le))::float8 from public.evenements_entrants e having count(*) > 0
  union all
  select 'monaluxe_reconciliation_age_seconds', 'gauge', 'Since payments were last compared with their provider', '{}',
         extract(epoch from clock_timestamp() - max(r.le))::float8 from public.rapprochements r having count(*) > 0
$function$;

CREATE OR REPLACE FUNCTION private.mot(p_code text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN CASE p_code WHEN 'MONALUXE'::text THEN 'Monaluxe'::text WHEN 'PARTENAIRE'::text THEN 'Partenaire'::text WHEN 'RECEPTION'::text THEN 'Réception'::text WHEN 'SORTIE'::text THEN 'Sortie'::text WHEN 'TRANSFERT'::text THEN 'Transfert'::text WHEN 'TRANSFERT_DEPOT'::text THEN 'Transfert entre dépôts'::text WHEN 'CESSION'::text THEN 'Cession'::text WHEN 'AJUSTEMENT'::text THEN 'Ajustement'::text WHEN 'STOCK_INITIAL'::text THEN 'Stock initial'::text WHEN 'DILATATION'::text THEN 'Dilatation'::text WHEN 'REGULARISATION'::text THEN 'Régularisation'::text WHEN 'ATTRIBUTION'::text THEN 'Attribution'::text WHEN 'REPORT'::text THEN 'Report'::text WHEN 'OUVERTURE'::text THEN 'Ouverture'::text WHEN 'FERMETURE'::text THEN 'Fermeture'::text WHEN 'AVANT'::text THEN 'Avant opération'::text WHEN 'APRES'::text THEN 'Après opération'::text WHEN 'INVENTAIRE'::text THEN 'Inventaire'::text WHEN 'AU_DESSUS'::text THEN 'Au-dessus'::text WHEN 'AU_DESSOUS'::text THEN 'Au-dessous'::text WHEN 'CRITIQUE'::text THEN 'Critique'::text WHEN 'CHARGEMENT'::text THEN 'Au chargement'::text WHEN 'TRANSIT'::text THEN 'En route'::text WHEN 'FRONTIERE'::text THEN 'À la frontière'::text WHEN 'ARRIVE'::text THEN 'Arrivé'::text WHEN 'DECHARGE'::text THEN 'Déchargé'::text WHEN 'ANNULE'::text THEN 'Annulé'::text WHEN 'OPEN'::text THEN 'Ouverte'::text WHEN 'REOPEN'::text THEN 'Ouverte'::text WHEN 'ACK'::text THEN 'Prise en compte'::text WHEN 'CASH'::text THEN 'Espèces'::text WHEN 'VIREMENT'::text THEN 'Virement'::text WHEN 'MOBILE_MONEY'::text THEN 'Mobile money'::text WHEN 'CHEQUE'::text THEN 'Chèque'::text WHEN 'STRIPE'::text THEN 'Carte'::text WHEN 'FACTURE'::text THEN 'Facture'::text WHEN 'AVOIR'::text THEN 'Avoir'::text WHEN 'PAIEMENT'::text THEN 'Paiement'::text WHEN 'REMBOURSEMENT'::text THEN 'Remboursement'::text WHEN 'AVANCE'::text THEN 'Avance'::text WHEN 'DECOMPTE'::text THEN 'Décompte'::text WHEN 'ARRONDI'::text THEN 'Arrondi'::text WHEN 'CONTREPASSATION'::text THEN 'Contrepassation'::text WHEN 'CARBURANT'::text THEN 'Carburant'::text WHEN 'SERVICE'::text THEN 'Service'::text WHEN 'TAXE'::text THEN 'Taxe'::text WHEN 'L15'::text THEN 'L à 15 °C'::text WHEN 'L20'::text THEN 'L à 20 °C'::text WHEN 'TM_AIR'::text THEN 't (air)'::text WHEN 'AMB'::text THEN 'L ambiants'::text WHEN 'UNITE'::text THEN 'unité'::text WHEN 'KGM3'::text THEN 'kg/m³'::text WHEN 'JOUR'::text THEN 'jours'::text WHEN 'FOURNISSEUR'::text THEN 'Fournisseur'::text WHEN 'CLIENT'::text THEN 'Client'::text WHEN 'TRANSPORTEUR'::text THEN 'Transporteur'::text WHEN 'DEPOT'::text THEN 'Dépôt'::text WHEN 'QUANTITE'::text THEN 'Quantité'::text WHEN 'QUALITE'::text THEN 'Qualité'::text WHEN 'LOGISTIQUE'::text THEN 'Logistique'::text WHEN 'PRIX'::text THEN 'Prix'::text WHEN 'AUTRE'::text THEN 'Autre'::text WHEN 'PROFORMA'::text THEN 'Proforma'::text WHEN 'LOT'::text THEN 'Lot'::text WHEN 'CDR'::text THEN 'Camion'::text WHEN 'ANALYSE'::text THEN 'Analyse'::text WHEN 'LIVRAISON'::text THEN 'Livraison'::text WHEN 'MISSION'::text THEN 'Mission'::text WHEN 'OUVERT'::text THEN 'Ouvert'::text WHEN 'EN_REVUE'::text THEN 'En revue'::text WHEN 'TRAITE'::text THEN 'Traité'::text WHEN 'LITIGE'::text THEN 'Litige'::text WHEN 'PERTE_TRANSPORT'::text THEN 'Perte au transport'::text WHEN 'ERREUR_SAISIE'::text THEN 'Erreur de saisie'::text WHEN 'DIFFERENCE_TEMPERATURE_DENSITE'::text THEN 'Température ou densité'::text WHEN 'MANQUANT_FOURNISSEUR'::text THEN 'Manquant du fournisseur'::text WHEN 'LIVRAISON_PARTIELLE'::text THEN 'Livraison partielle'::text WHEN 'ACCEPTE_AVEC_NOTE'::text THEN 'Accepté avec note'::text WHEN 'AJUSTEMENT_REQUIS'::text THEN 'Ajustement requis'::text WHEN 'ANNULER'::text THEN 'Annulé'::text ELSE p_code END;

CREATE OR REPLACE FUNCTION private.moteur_documents()
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select coalesce((select s.value from public.app_settings s where s.key = 'analyse_documents'), 'integre') $function$;

CREATE OR REPLACE FUNCTION private.mouvements_connus(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone)
 RETURNS TABLE(date_jour date, citerne_id uuid, produit_id uuid, proprietaire_type text, delta_ambiant numeric, delta_15c numeric, mouvement_type text, mouvement_id uuid, created_at timestamp with time zone)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
AS $function$
  select m.date_jour, m.citerne_id, m.produit_id, m.proprietaire_type, m.delta_ambiant, m.delta_15c, m.mouvement_type,
         m.mouvement_id, m.created_at
    from public.v_mouvements_stock m
   where m.citerne_id = any (array(select c.id from public.citernes c where c.depot_id = p_depot_id))
     and m.date_jour between p_du and p_au
     and not exists (select from private.ecrits_apres(p_depot_id, p_connu_a) e where e.mouvement_id = m.mouvement_id)
$function$;

CREATE OR REPLACE FUNCTION private.niveau_citerne(p_stock numeric, p_securite numeric)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN CASE WHEN (p_stock >= p_securite) THEN 'AU_DESSUS'::text WHEN (p_stock < (0.2 * p_securite)) THEN 'CRITIQUE'::text ELSE 'AU_DESSOUS'::text END;

CREATE OR REPLACE FUNCTION private.nom_connu(p_id uuid, p_nom text, p_connu_a timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select private.ligne_connue(p_id, jsonb_build_object('nom', p_nom), p_connu_a, '%\_MODIFIE') ->> 'nom' $function$;

CREATE OR REPLACE FUNCTION private.nom_de_fichier(p_nom text, p_type_mime text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select left(n.nom, 200 - case when n.dit then 0 else length(x.fins[1]) end)
         || case when n.dit then '' else x.fins[1] end
    from (select case p_type_mime when 'application/pdf' then '{.pdf}' when 'image/jpeg' then '{.jpg,.jpeg}'
                   when 'image/png' then '{.png}' when 'image/webp' then '{.webp}' when 'text/csv' then '{.csv}'
                   else '{.xlsx}' end::text[]) x (fins)
   cross join lateral (select coalesce(nullif(btrim(regexp_replace(regexp_replace(regexp_replace(p_nom,
       '^.*[/\\]', ''), private.illisibles() || '|["<>:|?*\n\r\t]', '', 'g'), '\s+', ' ', 'g'), ' .'), ''),
       'document')) b (nom)
   cross join lateral (select b.nom, char_length(b.nom) <= 200
       and exists (select from unnest(x.fins) f where lower(b.nom) like '%_' || f)) n (nom, dit)
$function$;

CREATE OR REPLACE FUNCTION private.nom_de_l_appelant()
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce((select coalesce(nullif(btrim(p.nom_complet), ''), p.email)
                     from public.profils p where p.user_id = auth.uid()), 'inconnu')
$function$;

CREATE OR REPLACE FUNCTION private.noter_analyse(p_id uuid, p_verdict text, p_moteur text, p_signature text)
 RETURNS text
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_moteur constant text := left(private.texte_sur_une_ligne(p_moteur), 100);
  v_signature constant text := left(private.texte_sur_une_ligne(p_signature), 200);
  v_document public.documents;
begin
  perform private.exiger_read_committed();
  perform private.verrouiller_contenu(d.sha256) from public.documents d where d.id = p_id;
  select * into v_document from public.documents d where d.id = p_id for update;
  if v_document.statut is null or v_document.statut not in ('RECU', 'DISPONIBLE') then
    return coalesce(v_document.statut, 'PURGE');
  end if;
  if p_verdict = 'INFECTE' then
    perform private.declarer_infecte(v_document, v_moteur, v_signature);
    return 'INFECTE';
  end if;
  if v_document.statut = 'RECU' and p_verdict = 'REJETE' then
    update public.documents d
       set statut = 'REJETE', moteur = v_moteur, signature = v_signature, analyse_le = now() where d.id = p_id;
    perform private.journaliser('DOCUMENT_REJETE', 'documents', 'WARNING', p_id, v_document.depot_id,
      jsonb_build_object('moteur', v_moteur, 'signature', v_signature));
    return 'REJETE';
  end if;
  -- Judged by less than is wanted now: it is judged again.
  if p_verdict = 'SAIN' and starts_with(lower(v_moteur), private.moteur_documents()) then
    update public.documents d
       set statut = 'DISPONIBLE', moteur = v_moteur, analyse_le = now() where d.id = p_id;
    if v_document.statut = 'RECU' then
      perform private.journaliser('DOCUMENT_DISPONIBLE', 'documents', 'INFO', p_id, v_document.depot_id,
        jsonb_build_object('moteur', v_moteur));
    end if;
    return 'DISPONIBLE';
  end if;
  return v_document.statut;
end;
$function$;

CREATE OR REPLACE FUNCTION private.noter_export(p_entete jsonb, p_format text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.journaliser('EXPORT_GENERE', 'rapports',
    case when (select c.finance from private.catalogue_rapports() c where c.nom = p_entete ->> 'nom')
      then 'WARNING' else 'INFO' end, null, (p_entete #>> '{depot,id}')::uuid,
    private.seulement(p_entete, '{nom,du,au,connu_a,parametres,version,lignes,sha256}')
      || jsonb_build_object('format', p_format));
end;
$function$;

CREATE OR REPLACE FUNCTION private.noter_rapprochement(p_prestataire text, p_du timestamp with time zone, p_au timestamp with time zone, p_rejoues integer, p_etats jsonb)
 RETURNS public.rapprochements
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_rapprochement public.rapprochements;
begin
  if p_prestataire = 'SIMULE' then
    perform private.interdire_si_prod();
  end if;
  insert into public.rapprochements (prestataire, du, au, rejoues, lu, concordant, ecarts)
  select p_prestataire, p_du, p_au, p_rejoues, count(*) filter (where c.la is not null),
         count(*) filter (where c.la is not null and c.la = c.ici),
         coalesce(jsonb_agg(jsonb_build_object('session_id', c.session_id, 'paiement_id', c.id, 'la', c.la,
           'ici', c.ici, 'defaut', case when c.la is null then 'ABSENT_LA' when c.ici is null then 'ABSENT_ICI'
                                        else 'DIFFERENT' end)
           order by c.session_id) filter (where c.la is distinct from c.ici), '[]')
    from (select coalesce(l.e ->> 'session_id', p.session_id) as session_id, p.id, private.dit_la(l.e) as la,
                 private.dit_ici(p) as ici
            from (select e from jsonb_array_elements(p_etats) e) l
            full join (select * from public.paiements_en_ligne x
                        where x.prestataire = p_prestataire and x.session_id is not null) p
              on p.session_id = l.e ->> 'session_id'
           -- What was opened at either end of that time may be missing there.
           where l.e is not null or p.created_at between p_du + interval '10 min' and p_au - interval '10 min') c
  returning * into v_rapprochement;
  perform private.journaliser('PAIEMENTS_RAPPROCHES', 'paiements',
    case v_rapprochement.ecarts when '[]' then 'INFO' else 'WARNING' end, v_rapprochement.id, null,
    to_jsonb(v_rapprochement));
  return v_rapprochement;
end;
$function$;

CREATE OR REPLACE FUNCTION private.noter_refus(p_user_id uuid, p_request_id text, p_porte text, p_code text, p_valeurs jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_code not in ('CREDIT_DEPASSE', 'CLIENT_SUSPENDU', 'DOCUMENT_TROP_GROS', 'DOCUMENT_ALTERE', 'DOCUMENT_TYPE',
    'DOCUMENT_QUOTA') then
    return;
  end if;
  perform set_config('request.jwt.claims', jsonb_build_object('sub', p_user_id)::text, true),
          set_config('request.id', p_request_id, true);
  if starts_with(p_code, 'DOCUMENT_') then
    perform private.journaliser('DOCUMENT_REFUSE', 'documents', 'WARNING', null, null,
      p_valeurs || jsonb_build_object('code', p_code, 'porte', p_porte));
    return;
  end if;
  perform private.journaliser('CREDIT_REFUSE', 'ventes', 'WARNING', (p_valeurs ->> 'client_id')::uuid,
    (p_valeurs ->> 'depot_id')::uuid, p_valeurs || jsonb_build_object('code', p_code, 'porte', p_porte));
end;
$function$;

CREATE OR REPLACE FUNCTION private.noter_session(p_id uuid, p_session_id text, p_url text, p_expire_le timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET lock_timeout TO '5s'
AS $function$
declare
  v_paiement public.paiements_en_ligne;
begin
  perform from public.factures_client f
   where f.id = (select p.facture_id from public.paiements_en_ligne p where p.id = p_id) for no key update;
  select * into strict v_paiement from public.paiements_en_ligne p where p.id = p_id for update;
  -- Told again, or after its first event: there is nothing to say of it any more but its address.
  if v_paiement.url is not null then
    return;
  end if;
  update public.paiements_en_ligne p
     set session_id = p_session_id, url = p_url, expire_le = p_expire_le,
         statut = case p.statut when 'CREE' then 'OUVERT' else p.statut end
   where p.id = p_id returning * into v_paiement;
  perform private.journaliser('PAIEMENT_EN_LIGNE_OUVERT', 'paiements', 'INFO', p_id, v_paiement.depot_id,
    to_jsonb(v_paiement) - 'url');
end;
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
       and (r.roles is null or private.prevenus('profils_prevenus'))
    union all
    select array_to_string(e.roles, '+'), null, 'EMAIL', null, e.roles, null
      from private.escalades e
     where new.type = 'ESCALADE' and (e.severity, e.niveau) = (v_alerte.severity, v_alerte.niveau_escalade)
       and private.prevenus('profils_prevenus')
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
  perform private.exiger_jour_ouvert(v_bon.depot_id, v_bon.date_livraison);
  return v_bon;
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
  -- What the provider received is said by its events, and by nobody else.
  if v_enc.mode = 'STRIPE' then
    perform private.refuser('ENCAISSEMENT_EN_LIGNE');
  end if;
  v_enc.created_by := auth.uid();
  v_enc := private.completer_encaissement(v_enc);
  perform private.exiger_jour_ouvert(v_enc.depot_id, v_enc.jour_caisse);
  return v_enc;
end;
$function$;

CREATE OR REPLACE FUNCTION private.objet(p_type text, p_id uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_relation text;
  v_objet jsonb;
begin
  select t.relation into v_relation from private.types_objets() t where t.objet_type = p_type;
  if v_relation is null or p_id is null then
    return null;
  end if;
  execute format('select to_jsonb(t) from %s t where t.id = $1', v_relation) into v_objet using p_id;
  return case when v_objet is not null then jsonb_build_object(
    'depot_id', coalesce(v_objet ->> 'depot_id', v_objet ->> 'depot_destination_id', v_objet ->> 'depot_source_id'),
    'annee', coalesce(left(coalesce(v_objet ->> 'date_facture', v_objet ->> 'date_reception',
        v_objet ->> 'date_paiement', v_objet ->> 'date_livraison', v_objet ->> 'date_fin',
        v_objet ->> 'date_proforma', v_objet ->> 'date_chargement', v_objet ->> 'date_lot'), 4)::int,
      extract(year from coalesce(v_objet ->> 'date_sortie', v_objet ->> 'recu_le', v_objet ->> 'created_at',
        v_objet ->> 'ouverte_le')::timestamptz at time zone 'Africa/Lubumbashi')::int)) end;
end;
$function$;

CREATE OR REPLACE FUNCTION private.objet_ecrit(p_type text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return coalesce(case
    when p_type in ('CDR', 'LOT') then private.peut('ecrire_cours_de_route')
    when p_type = 'RECEPTION' then private.peut('ecrire_reception')
    when p_type = 'SORTIE' then private.peut('ecrire_sortie')
    when p_type in ('FACTURE_FOURNISSEUR', 'PAIEMENT_FOURNISSEUR') then private.peut('ecrire_factures_fournisseur')
    when p_type = 'PROFORMA' then private.peut('ecrire_contrats')
    when p_type = 'SBLC' then private.peut('ecrire_sblc')
    when p_type = 'FRAIS_LOT' then private.peut('ecrire_frais_lot')
    when p_type = 'ECART' then private.peut('revoir_ecarts')
    when p_type = 'ANALYSE' then private.peut('ecrire_analyses')
    when p_type = 'FACTURE_CLIENT' then private.peut('facturer')
    when p_type = 'ENCAISSEMENT' then private.peut('encaisser')
    when p_type = 'BON_LIVRAISON' then private.peut('livrer')
    when p_type = 'COMMANDE' then private.peut('commander')
    when p_type = 'TRANSFERT_DEPOT' then private.peut('transferer_stock')
    when p_type = 'PRISE' then private.peut('mesurer_citerne')
    when p_type = 'BAREME' then private.peut('tenir_baremes')
    when p_type = 'COMPTEUR' then private.peut('tenir_compteurs')
    when p_type = 'CITERNE' then private.peut('ecrire_referentiels')
    when p_type = 'INTERVENTION' then private.peut('geler_ecritures') end, false);
end;
$function$;

CREATE OR REPLACE FUNCTION private.objet_vu(p_type text, p_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- As the caller, so that each table answers by its own policy.
  case p_type
    when 'CDR' then return exists (select from public.cours_de_route o where o.id = p_id);
    when 'RECEPTION' then return exists (select from public.receptions o where o.id = p_id);
    when 'SORTIE' then return exists (select from public.sorties_produit o where o.id = p_id);
    when 'LOT' then return exists (select from public.fournisseur_lot o where o.id = p_id);
    when 'FACTURE_FOURNISSEUR' then
      return exists (select from public.fournisseur_facture_lot_min o where o.id = p_id);
    when 'PAIEMENT_FOURNISSEUR' then
      return exists (select from public.fournisseur_paiement_lot_min o where o.id = p_id);
    when 'PROFORMA' then return exists (select from public.proformas o where o.id = p_id);
    when 'SBLC' then return exists (select from public.sblc o where o.id = p_id);
    when 'FRAIS_LOT' then return exists (select from public.frais_lot o where o.id = p_id);
    when 'ECART' then return exists (select from public.ecarts o where o.id = p_id);
    when 'ANALYSE' then return exists (select from public.analyses o where o.id = p_id);
    when 'FACTURE_CLIENT' then return exists (select from public.factures_client o where o.id = p_id);
    when 'ENCAISSEMENT' then return exists (select from public.encaissements o where o.id = p_id);
    when 'BON_LIVRAISON' then return exists (select from public.bons_livraison o where o.id = p_id);
    when 'COMMANDE' then return exists (select from public.commandes o where o.id = p_id);
    when 'TRANSFERT_DEPOT' then return exists (select from public.transferts_depots o where o.id = p_id);
    when 'PRISE' then return exists (select from public.prises_de_hauteur o where o.id = p_id);
    when 'BAREME' then return exists (select from public.baremes o where o.id = p_id);
    when 'COMPTEUR' then return exists (select from public.compteurs o where o.id = p_id);
    when 'CITERNE' then return exists (select from public.citernes o where o.id = p_id);
    -- Of the operators' own: a table that nobody reads through a door.
    when 'INTERVENTION' then return private.peut('geler_ecritures') and private.objet(p_type, p_id) is not null;
    else return false;
  end case;
end;
$function$;

CREATE OR REPLACE FUNCTION private.oter_contenu(p_sha256 bytea)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  delete from private.contenus c
   where c.sha256 = p_sha256
     and not exists (select from public.documents d where d.sha256 = p_sha256 and d.statut <> 'PURGE');
  return found;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ouvertures_connues(p_depot_id uuid, p_jour date, p_connu_a timestamp with time zone)
 RETURNS TABLE(citerne_id uuid, produit_id uuid, proprietaire_type text, stock_ambiant numeric, stock_15c numeric)
 LANGUAGE sql
 STABLE ROWS 20
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select s.citerne_id, s.produit_id, s.proprietaire_type, j.stock_ambiant - coalesce(a.delta_ambiant, 0),
         j.stock_15c - coalesce(a.delta_15c, 0)
    from public.stocks_snapshot s
   cross join lateral (
     select v.stock_ambiant, v.stock_15c from public.stocks_journaliers v
      where v.citerne_id = s.citerne_id and v.produit_id = s.produit_id
        and v.proprietaire_type = s.proprietaire_type and v.date_jour < p_jour
      order by v.date_jour desc limit 1) j
    left join (
      select d.citerne_id, d.proprietaire_type, sum(d.delta_ambiant) as delta_ambiant, sum(d.delta_15c) as delta_15c
        from private.deltas_apres(p_depot_id, p_connu_a) d where d.date_jour < p_jour
       group by d.citerne_id, d.proprietaire_type) a using (citerne_id, proprietaire_type)
   where s.depot_id = p_depot_id
$function$;

CREATE OR REPLACE FUNCTION private.ouvrir_document(p_id uuid)
 RETURNS TABLE(id uuid, nom text, type_mime text, taille integer, sha256 text, magasin text, octets bytea)
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.document_vu(p_id);
  return query select * from private.lire_octets(p_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.ouvrir_essai(p_user_id uuid, p_moyen text)
 RETURNS private.essais_facteur
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_essai private.essais_facteur;
begin
  insert into private.essais_facteur (user_id, moyen) values (p_user_id, 'SECOURS'), (p_user_id, 'TOTP')
  on conflict do nothing;
  perform from private.essais_facteur e where e.user_id = p_user_id order by e.moyen for update;
  select * into strict v_essai from private.essais_facteur e where (e.user_id, e.moyen) = (p_user_id, p_moyen);
  return v_essai;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ouvrir_session_simulee(p_paiement jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_session private.sessions_simulees;
  v_suite constant text := replace(gen_random_uuid()::text, '-', '');
begin
  perform private.interdire_si_prod();
  insert into private.sessions_simulees as s (session_id, paiement_id, intention_id, numero, devise, montant_minime,
    expire_le)
  values ('cs_simule_' || v_suite, (p_paiement ->> 'id')::uuid, 'pi_simule_' || v_suite, p_paiement ->> 'numero',
    p_paiement ->> 'devise', (p_paiement ->> 'montant_minime')::bigint, (p_paiement ->> 'expire_le')::timestamptz)
  -- The same request, sent again, is the same session.
  on conflict (paiement_id) do update set numero = s.numero
  returning * into v_session;
  return to_jsonb(v_session);
end;
$function$;

CREATE OR REPLACE FUNCTION private.paiement_de(p_prestataire text, p_etat private.etat_en_ligne)
 RETURNS public.paiements_en_ligne
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_id uuid;
  v_facture_id uuid;
  v_paiement public.paiements_en_ligne;
begin
  -- By its session; before that was written down, by our own name for it, which the provider keeps.
  select p.id, p.facture_id into v_id, v_facture_id from public.paiements_en_ligne p
   where p.prestataire = p_prestataire
     and (p.session_id = p_etat.session_id or (p.id = p_etat.paiement_id and p.session_id is null));
  if found then
    perform from public.factures_client f where f.id = v_facture_id for no key update;
    select * into strict v_paiement from public.paiements_en_ligne p where p.id = v_id for update;
    if v_paiement.session_id is null then
      update public.paiements_en_ligne p
         set session_id = p_etat.session_id, statut = case p.statut when 'CREE' then 'OUVERT' else p.statut end
       where p.id = v_id returning * into v_paiement;
    end if;
  end if;
  return v_paiement;
end;
$function$;

CREATE OR REPLACE FUNCTION private.paiement_en_ligne_figer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_libres constant text[] := '{session_id,intention_id,statut,url,expire_le,encaissement_id,rembourse_minime,litige,'
    'ecart,updated_at}';
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

CREATE OR REPLACE FUNCTION private.parametres_du_rapport(p_attendus text[], p_dits jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_attendus constant text[] := string_to_array(replace(array_to_string(p_attendus, ','), '?', ''), ',');
  v_parametres constant jsonb := (
    select coalesce(jsonb_object_agg(d.key, d.value), '{}')
      from jsonb_each_text(case jsonb_typeof(p_dits) when 'object' then p_dits else '{}' end) d
     where nullif(btrim(d.value), '') is not null);
begin
  -- Left aside, one would be taken for a filter: the sales of all, for those of a client.
  perform private.refuser('RAPPORT_PARAMETRE', jsonb_build_object('parametre', k.cle, 'quoi',
      'ce rapport n''en prend pas'))
    from jsonb_object_keys(v_parametres) k (cle) where k.cle <> all (v_attendus) order by k.cle limit 1;
  perform private.refuser('RAPPORT_PARAMETRE', jsonb_build_object('parametre', a.nom, 'quoi', 'il manque'))
    from unnest(p_attendus) with ordinality a (nom, rang)
   where a.nom not like '%?' and not v_parametres ? a.nom order by a.rang limit 1;
  return v_parametres;
end;
$function$;

CREATE OR REPLACE FUNCTION private.parts_apres(p_compte public.comptes_partenaires, p_connu_a timestamp with time zone)
 RETURNS TABLE(mouvement_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 20
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select e.mouvement_id from private.ecrits_apres(p_compte.depot_id, p_connu_a) e
  union
  select a.id from public.attributions_partenaires a
   where a.depot_id = p_compte.depot_id and a.created_at > p_connu_a
$function$;

CREATE OR REPLACE FUNCTION private.pas_abonnement(p_rythme text)
 RETURNS interval
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select case p_rythme when 'JOUR' then interval '1 day' when 'SEMAINE' then interval '7 days'
                       else interval '1 month' end
$function$;

CREATE OR REPLACE FUNCTION private.pas_possible(p_pas bigint)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select coalesce(abs(p_pas - floor(extract(epoch from clock_timestamp()) / 30)) <= 2, false) $function$;

CREATE OR REPLACE FUNCTION private.paye_comptant(p_facture public.factures_client)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_object('mode', e.mode, 'operateur_mobile', e.operateur_mobile, 'numero_recu', e.numero_recu)
    from public.encaissements e
   where e.depot_id = p_facture.depot_id and e.jour_caisse = p_facture.date_facture
     and e.client_id = p_facture.client_id and e.statut = 'CONFIRME'
     and e.lettre @> jsonb_build_array(jsonb_build_object('facture_id', p_facture.id, 'reste', 0))
   order by e.numero_recu limit 1
$function$;

CREATE OR REPLACE FUNCTION private.periode_du_rapport(p_periode text, p_aujourdhui date, p_du date, p_au date)
 RETURNS TABLE(du date, au date)
 LANGUAGE sql
 IMMUTABLE ROWS 1
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select d.du, case when p_periode in ('JOUR', 'DATE') then d.du
           when p_periode = 'MOIS' then (date_trunc('month', d.du) + interval '1 month' - interval '1 day')::date
           else coalesce(p_au, greatest(p_aujourdhui, d.du)) end
    from (select case p_periode when 'JOUR' then coalesce(p_du, p_au, p_aujourdhui)
                   when 'DATE' then coalesce(p_au, p_du, p_aujourdhui)
                   when 'MOIS' then date_trunc('month', coalesce(p_du, p_au, p_aujourdhui))::date
                   else coalesce(p_du, date_trunc('month', coalesce(p_au, p_aujourdhui))::date) end as du) d
$function$;

CREATE OR REPLACE FUNCTION private.poser_codes_secours(p_empreintes text[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger('tenir_son_facteur');
  perform private.exiger_second_facteur(true);
  perform private.remplacer_codes_secours(auth.uid(), p_empreintes);
  perform private.journaliser('CODES_SECOURS_REFAITS', 'securite', 'WARNING', auth.uid(), null,
    jsonb_build_object('codes', cardinality(p_empreintes)));
end;
$function$;

CREATE OR REPLACE FUNCTION private.poster_papier(p_envoi public.envois, p_nom text, p_dit jsonb)
 RETURNS public.envois
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  p_envoi.contenu := p_envoi.contenu || jsonb_build_object('papier', jsonb_build_object('genre', p_envoi.objet_type,
    'nom', p_nom || '.pdf', 'dit', p_dit));
  p_envoi.id := private.deposer_envoi(p_envoi);
  select * into strict p_envoi from public.envois e where e.id = p_envoi.id;
  perform private.journaliser(p_envoi.objet_type || '_ENVOYEE', 'ventes', 'INFO', p_envoi.objet_id, p_envoi.depot_id,
    jsonb_build_object('papier', p_nom, 'destination', p_envoi.destination, 'envoi_id', p_envoi.id));
  return p_envoi;
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
       and (e.roles is null or private.prevenus('profils_prevenus'))
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

CREATE OR REPLACE FUNCTION private.pret_production()
 RETURNS TABLE(code text, verdict text, constat text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger('preparer_production');
  return query select * from private.etat_production();
end;
$function$;

CREATE OR REPLACE FUNCTION private.prevenir_admins(p_user_id uuid, p_sujet text, p_texte text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_envoi public.envois;
  v_qui text;
begin
  if not private.prevenus('profils_prevenus') then
    return;
  end if;
  v_qui := coalesce(
    (select coalesce(p.nom_complet, p.email) from public.profils p where p.user_id = p_user_id), p_user_id::text);
  v_envoi.canal := 'EMAIL';
  v_envoi.objet_type := 'SECOND_FACTEUR';
  v_envoi.objet_id := p_user_id;
  v_envoi.cle := concat_ws('/', 'securite', private.nouvel_id());
  v_envoi.roles := (select c.roles from private.capacites c where c.capacite = 'reinitialiser_facteur');
  v_envoi.sujet := format('%s %s : %s', private.enseigne(), p_sujet, v_qui);
  v_envoi.contenu := jsonb_build_object('texte', replace(p_texte, '{qui}', v_qui));
  perform private.deposer_envoi(v_envoi);
end;
$function$;

CREATE OR REPLACE FUNCTION private.prevenus(p_reglage text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select private.env() = 'prod'
         or exists (select from public.app_settings s where s.key = p_reglage and s.value = private.env())
$function$;

CREATE OR REPLACE FUNCTION private.prises_connues(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone)
 RETURNS SETOF public.v_ecarts_inventaire
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  -- Written within twelve hours of the reading: that bounds where its index is read.
  select e.*
    from public.v_ecarts_inventaire e
   where e.depot_id = p_depot_id
     and e.created_at >= private.debut_du_jour(p_du, p_depot_id)
     and e.created_at < private.debut_du_jour(p_au + 1, p_depot_id) + interval '12 hours'
     and private.jour_au_depot(e.depot_id, coalesce(e.mesuree_le, e.created_at)) between p_du and p_au
     and not exists (select from private.ecrits_apres(p_depot_id, p_connu_a) a
                      where a.mouvement_id = e.prise_de_hauteur_id)
$function$;

CREATE OR REPLACE FUNCTION private.proposer_facteur(p_chiffre text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger('tenir_son_facteur');
  perform private.ouvrir_essai(auth.uid(), 'TOTP');
  -- A password that was stolen does not replace the phone.
  if exists (select from private.facteurs_totp f where f.user_id = auth.uid() and f.confirme_le is not null) then
    perform private.exiger_second_facteur(true);
  end if;
  insert into private.facteurs_totp as f (user_id, propose_chiffre, propose_le)
  values (auth.uid(), p_chiffre, now())
  on conflict (user_id) do update set (propose_chiffre, propose_le) = (excluded.propose_chiffre, excluded.propose_le);
end;
$function$;

CREATE OR REPLACE FUNCTION private.purger_document(p_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_document public.documents;
begin
  perform private.exiger('purger_documents');
  perform private.exiger_read_committed();
  perform private.verrouiller_contenu(d.sha256) from public.documents d where d.id = p_id;
  select * into v_document from public.documents d where d.id = p_id for update;
  if not exists (select from private.documents_a_purger() d where d.id = p_id) then
    perform private.refuser('DOCUMENT_CONSERVE', jsonb_build_object('nom', coalesce(v_document.nom, '—'),
      'conserver_jusqu_au', v_document.conserver_jusqu_au, 'gel_juridique', v_document.gel_juridique));
  end if;
  update public.documents d set statut = 'PURGE' where d.id = p_id;
  perform private.journaliser('DOCUMENT_PURGE', 'documents', 'WARNING', p_id, v_document.depot_id,
    jsonb_build_object('de', v_document.statut, 'nom', v_document.nom, 'sha256', encode(v_document.sha256, 'hex'),
      'conserver_jusqu_au', v_document.conserver_jusqu_au));
  return private.oter_contenu(v_document.sha256);
end;
$function$;

CREATE OR REPLACE FUNCTION private.quantites_connues(p_reception_id uuid, p_connu_a timestamp with time zone)
 RETURNS private.quantites
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_quantites private.quantites := private.quantites_reception(p_reception_id);
  v_depuis constant numeric := (
    select coalesce(sum(a.delta_15c), 0) from public.stocks_adjustments a
     where a.mouvement_type = 'RECEPTION' and a.mouvement_id = p_reception_id
       and a.id in (select e.mouvement_id from private.ecrits_apres(a.depot_id, p_connu_a) e));
begin
  if v_depuis <> 0 then
    v_quantites.volume_15c := v_quantites.volume_15c - v_depuis;
    select private.volume_20c(v_quantites.volume_15c, v_quantites.densite_15, p.groupe_mpms, r.methode_15c,
             p.alpha_historique)
      into v_quantites.volume_20c
      from public.receptions r join public.produits p on p.id = r.produit_id where r.id = p_reception_id;
    v_quantites.tonnes_air := private.masse_air_t(v_quantites.densite_15, v_quantites.volume_15c);
  end if;
  return v_quantites;
end;
$function$;

CREATE OR REPLACE FUNCTION private.rang_en_ligne(p_statut text)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN CASE p_statut WHEN 'CREE'::text THEN 0 WHEN 'OUVERT'::text THEN 1 WHEN 'EN_ATTENTE'::text THEN 2 WHEN 'EXPIRE'::text THEN 3 WHEN 'ECHOUE'::text THEN 3 WHEN 'REUSSI'::text THEN 4 WHEN 'LITIGE'::text THEN 5 WHEN 'REMBOURSE'::text THEN 6 ELSE NULL::integer END;

CREATE OR REPLACE FUNCTION private.ranger_contenu(p_octets bytea)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_magasin constant text := private.magasin_documents();
begin
  insert into private.contenus (sha256, taille, octets, magasin)
  values (sha256(p_octets), octet_length(p_octets), case v_magasin when 'BASE' then p_octets end, v_magasin)
  on conflict (sha256) do nothing;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ranger_genere(p_demande jsonb, p_octets bytea)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
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
  v_document.statut := 'DISPONIBLE';
  v_document.origine := 'GENERE';
  v_document.moteur := 'interne';
  v_document.analyse_le := now();
  perform private.verrouiller_contenu(v_document.sha256);
  perform private.ranger_contenu(p_octets);
  return (private.inscrire_document(v_document, p_demande ->> 'objet_type', (p_demande ->> 'objet_id')::uuid)).id;
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
  select * into v_rapport from private.catalogue_rapports() c where c.nom = p_nom;
  if not found then
    perform private.refuser('INTROUVABLE', '{"quoi":"ce rapport"}');
  end if;
  perform private.exiger_rapport(p_nom);
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

CREATE OR REPLACE FUNCTION private.rapport_balance_agee(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone, p_parametres jsonb)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with restes as (
    select r.*, p_au - r.echeance as retard from private.restes_connus(p_depot_id, p_au, p_connu_a) r
  ), clients as (
    select r.client_id, r.devise,
           coalesce(sum(r.debit) filter (where r.retard <= 0), 0) as non_echu,
           coalesce(sum(r.debit) filter (where r.retard between 1 and 30), 0) as de_1_a_30,
           coalesce(sum(r.debit) filter (where r.retard between 31 and 60), 0) as de_31_a_60,
           coalesce(sum(r.debit) filter (where r.retard between 61 and 90), 0) as de_61_a_90,
           coalesce(sum(r.debit) filter (where r.retard > 90), 0) as plus_de_90,
           sum(r.credit) as avances, sum(r.debit - r.credit) as solde
      from restes r group by r.client_id, r.devise
  )
  select jsonb_agg(private.section('balance_' || lower(d.devise), 'Balance âgée des clients, en ' || d.devise,
           format('{"client": "texte|Client", "non_echu": "montant:%1$s|Non échu", "de_1_a_30": "montant:%1$s|1 à 30 jours",
             "de_31_a_60": "montant:%1$s|31 à 60 jours", "de_61_a_90": "montant:%1$s|61 à 90 jours",
             "plus_de_90": "montant:%1$s|Plus de 90 jours", "avances": "montant:%1$s|Avances",
             "solde": "montant:%1$s|Solde"}', d.devise)::json,
           (select jsonb_agg(jsonb_build_object('client', n.nom, 'non_echu', c.non_echu, 'de_1_a_30', c.de_1_a_30,
                     'de_31_a_60', c.de_31_a_60, 'de_61_a_90', c.de_61_a_90, 'plus_de_90', c.plus_de_90, 'avances',
                     c.avances, 'solde', c.solde) order by c.solde desc, n.nom, c.client_id)
              from clients c
              join public.clients x on x.id = c.client_id
             cross join lateral (select private.nom_connu(x.id, x.nom, p_connu_a) as nom) n
             where c.devise = d.devise),
           '{non_echu,de_1_a_30,de_31_a_60,de_61_a_90,plus_de_90,avances,solde}') order by d.rang)
    from (values ('USD', 1), ('CDF', 2)) d (devise, rang)
$function$;

CREATE OR REPLACE FUNCTION private.rapport_ecarts(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone, p_parametres jsonb)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with bornes as (
    select z.zone, p_du::timestamp at time zone z.zone as debut, private.fin_connue(p_au, z.zone, p_connu_a) as fin
      from (select private.fuseau_vu(p_depot_id) as zone) z
  ), choisis as (
    -- Found on these days, or found before and still open when they end.
    select e.*, b.zone, b.fin
      from bornes b
      join public.ecarts e on (p_depot_id is null or e.depot_id = p_depot_id)
       and ((e.created_at >= b.debut and e.created_at < b.fin)
            or (e.created_at < b.debut
                and (e.statut <> 'TRAITE'
                     or e.id in (select x.id from private.ecarts_traites_apres(p_depot_id, b.fin) x))))
  )
  select jsonb_build_array(private.section('ecarts', 'Écarts trouvés sur la période, ou encore ouverts à sa fin',
    '{"trouve_le": "instant|Trouvé le", "domaine": "texte|Domaine", "type": "texte|Type", "objet": "texte|Objet",
      "produit": "texte|Produit", "unite": "texte|Unité", "attendu": "taux|Attendu", "constate": "taux|Constaté",
      "ecart": "taux|Écart", "excedent": "taux|Au-delà de la franchise", "impact_usd": "montant:USD|Impact",
      "statut": "texte|État", "cause": "texte|Cause", "decision": "texte|Décision"}',
    (select jsonb_agg(jsonb_build_object('trouve_le', private.dire_instant(c.created_at, c.zone), 'domaine',
              private.mot(c.domaine), 'type', private.mot(c.type), 'objet', private.mot(c.reference_type), 'produit',
              private.nom_connu(p.id, p.nom, p_connu_a), 'unite',
              private.mot(k.unite), 'attendu', k.attendu, 'constate', k.constate, 'ecart', k.constate - k.attendu,
              'excedent',
              k.excedent, 'impact_usd', k.impact_usd, 'statut', private.mot(k.statut), 'cause',
              private.mot(k.cause), 'decision', private.mot(k.decision))
              order by c.created_at, c.id)
       from choisis c
      cross join lateral private.ecart_a(c.id, c.fin) k
       left join public.produits p on p.id = c.produit_id
      where k.statut is not null and (c.created_at >= (select b.debut from bornes b) or k.statut <> 'TRAITE')),
    '{impact_usd}'))
$function$;

CREATE OR REPLACE FUNCTION private.rapport_gains_pertes(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone, p_parametres jsonb)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_array(private.section_pertes(p_depot_id, p_du, p_au, p_connu_a),
    private.section_jaugeages(p_depot_id, p_du, p_au, p_connu_a, private.fuseau_vu(p_depot_id)),
    private.section_transit(p_depot_id, p_du, p_au, p_connu_a))
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
      private.section_receptions(p_depot_id, p_du, p_au, p_connu_a),
      private.section_sorties(p_depot_id, p_du, p_au, p_connu_a),
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

CREATE OR REPLACE FUNCTION private.rapport_livre(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone, p_parametres jsonb)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
AS $function$
  with lignes as (
    select m.*, private.nom_connu(c.id, c.nom, p_connu_a) as citerne,
           coalesce(o.stock_ambiant, 0) + sum(m.delta_ambiant) over w as solde_ambiant,
           coalesce(o.stock_15c, 0) + sum(m.delta_15c) over w as solde_15c,
           row_number() over (order by m.date_jour, m.created_at, m.mouvement_id, m.delta_15c, m.delta_ambiant) as rang
      from private.mouvements_connus(p_depot_id, p_du, p_au, p_connu_a) m
      join public.citernes c on c.id = m.citerne_id
      left join private.ouvertures_connues(p_depot_id, p_du, p_connu_a) o
        on (o.citerne_id, o.produit_id, o.proprietaire_type) = (m.citerne_id, m.produit_id, m.proprietaire_type)
    window w as (partition by m.citerne_id, m.produit_id, m.proprietaire_type
                     order by m.date_jour, m.created_at, m.mouvement_id, m.delta_15c, m.delta_ambiant
                     rows unbounded preceding)
  ), dites as (
    select jsonb_agg(jsonb_build_object('date_jour', l.date_jour, 'citerne', l.citerne, 'proprietaire',
             private.mot(l.proprietaire_type), 'mouvement', private.mot(l.mouvement_type), 'tiers', t.tiers, 'camion',
             t.camion, 'delta_ambiant',
             l.delta_ambiant, 'delta_15c', l.delta_15c, 'solde_ambiant', l.solde_ambiant, 'solde_15c', l.solde_15c)
             order by l.rang) as lignes
      from lignes l
      left join public.sorties_produit s on l.mouvement_type = 'SORTIE' and s.id = l.mouvement_id
      left join public.receptions r on l.mouvement_type = 'RECEPTION' and r.id = l.mouvement_id
      left join public.cours_de_route d on d.id = r.cours_de_route_id
      left join public.clients c on c.id = s.client_id
      left join public.fournisseurs f on f.id = d.fournisseur_id
      left join public.partenaires p on p.id = coalesce(s.partenaire_id, r.partenaire_id)
     cross join lateral (
       select case when c.id is not null then private.nom_connu(c.id, c.nom, p_connu_a)
                   when f.id is not null then private.nom_connu(f.id, f.nom, p_connu_a)
                   when p.id is not null then private.nom_connu(p.id, p.nom, p_connu_a) end as tiers,
              coalesce(s.plaque_camion, private.ligne_connue(d.id, to_jsonb(d), p_connu_a, 'CDR_MODIFIE') ->>
                'plaque_camion')
                as camion) t
  )
  select jsonb_build_array(
    private.section_stock('stock_15c', p_depot_id, p_du, p_au, p_connu_a),
    private.section('mouvements', 'Livre des mouvements', '{"date_jour": "date|Jour", "citerne": "texte|Citerne",
      "proprietaire": "texte|Propriétaire", "mouvement": "texte|Mouvement", "tiers": "texte|Tiers",
      "camion": "texte|Camion", "delta_ambiant": "litres|Litres ambiants", "delta_15c": "litres|Litres à 15 °C",
      "solde_ambiant": "litres|Solde ambiant", "solde_15c": "litres|Solde à 15 °C"}', d.lignes,
      '{delta_ambiant,delta_15c}'))
    from dites d
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
      private.section_receptions(p_depot_id, p_du, p_au, p_connu_a),
      private.section_sorties(p_depot_id, p_du, p_au, p_connu_a),
      private.section_pertes(p_depot_id, p_du, p_au, p_connu_a))
    || case when private.peut('lire_caisse')
         then jsonb_build_array(private.section_encaissements(p_depot_id, p_du, p_au, p_connu_a)) else '[]' end
    || coalesce((select jsonb_agg(c) from private.courbes_de_stock(p_depot_id, p_du, p_au, p_connu_a) c), '[]')
$function$;

CREATE OR REPLACE FUNCTION private.rapport_releve_client(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone, p_parametres jsonb)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_array(private.section_compte('CLIENT', i.id, c.nom, coalesce(p_parametres ->> 'devise', 'USD'),
           p_du, p_au, p_connu_a))
    from (select private.id_du_parametre(p_parametres, 'client_id') as id) i left join public.clients c on c.id = i.id
$function$;

CREATE OR REPLACE FUNCTION private.rapport_releve_fournisseur(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone, p_parametres jsonb)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_array(private.section_compte('FOURNISSEUR', i.id, f.nom,
           coalesce(p_parametres ->> 'devise', 'USD'), p_du, p_au, p_connu_a))
    from (select private.id_du_parametre(p_parametres, 'fournisseur_id') as id) i
    left join public.fournisseurs f on f.id = i.id
$function$;

CREATE OR REPLACE FUNCTION private.rapport_releve_partenaire(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone, p_parametres jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_compte public.comptes_partenaires;
  v_noms record;
  v_lignes jsonb;
begin
  select * into v_compte from public.comptes_partenaires c
   where c.depot_id = p_depot_id and c.produit_id = private.id_du_parametre(p_parametres, 'produit_id')
     and c.partenaire_id = private.id_du_parametre(p_parametres, 'partenaire_id');
  if not found then
    perform private.refuser('INTROUVABLE', '{"quoi":"ce compte"}');
  end if;
  select private.nom_connu(n.id, n.nom, p_connu_a) as partenaire, private.nom_connu(p.id, p.nom, p_connu_a) as produit
    into v_noms
    from public.partenaires n, public.produits p where n.id = v_compte.partenaire_id and p.id = v_compte.produit_id;
  with releve as (
    select r.* from public.releve_partenaire(p_depot_id, v_compte.produit_id, v_compte.partenaire_id, p_du, p_au) r
  ), apres as (
    select x.mouvement_id from private.parts_apres(v_compte, p_connu_a) x
  ), report as (
    -- Brought forward, less what was written since of the days before.
    select r.solde_ambiant - coalesce(a.ambiant, 0) as ambiant, r.solde_15c - coalesce(a.a_15c, 0) as a_15c
      from releve r
     cross join lateral (
       select sum(m.delta_ambiant) as ambiant, sum(m.delta_15c) as a_15c
         from apres x join public.v_mouvements_partenaires m on m.mouvement_id = x.mouvement_id
        where m.depot_id = p_depot_id and m.produit_id = v_compte.produit_id
          and m.partenaire_id = v_compte.partenaire_id and m.date_jour < p_du) a
     where r.rang = 0
  ), connus as (
    select r.rang, r.date_jour, r.mouvement_type, r.delta_ambiant, r.delta_15c
      from releve r where r.rang > 0 and not exists (select from apres x where x.mouvement_id = r.mouvement_id)
    union all
    select 0, p_du, 'REPORT', null, null
  )
  select jsonb_agg(jsonb_build_object('jour', c.date_jour, 'mouvement', private.mot(c.mouvement_type), 'delta_ambiant',
           c.delta_ambiant, 'delta_15c', c.delta_15c, 'solde_ambiant', c.solde_ambiant, 'solde_15c', c.solde_15c)
           order by c.rang)
    into v_lignes
    from (select k.*, o.ambiant + sum(coalesce(k.delta_ambiant, 0)) over w as solde_ambiant,
                 o.a_15c + sum(coalesce(k.delta_15c, 0)) over w as solde_15c
            from connus k cross join report o window w as (order by k.rang rows unbounded preceding)) c;
  return jsonb_build_array(private.section('compte', format('Relevé de %s, %s', v_noms.partenaire, v_noms.produit),
    '{"jour": "date|Jour", "mouvement": "texte|Mouvement", "delta_ambiant": "litres|Litres ambiants",
      "delta_15c": "litres|Litres à 15 °C", "solde_ambiant": "litres|Solde ambiant",
      "solde_15c": "litres|Solde à 15 °C"}', v_lignes, '{delta_ambiant,delta_15c}'));
end;
$function$;

CREATE OR REPLACE FUNCTION private.rapport_releve_transporteur(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone, p_parametres jsonb)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_array(
    private.section_transit(p_depot_id, p_du, p_au, p_connu_a, p_parametres ->> 'transporteur'))
$function$;

CREATE OR REPLACE FUNCTION private.rapport_tva(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone, p_parametres jsonb)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_array(private.section_taxes(p_depot_id, p_du, p_au, p_connu_a, true),
    private.section('francs', 'TVA en francs, comme les factures la disent',
      '{"mois": "texte|Mois", "factures": "entier|Factures et avoirs", "tva_cdf": "montant:CDF|TVA en francs",
        "ttc_cdf": "montant:CDF|TTC en francs"}',
      (select jsonb_agg(to_jsonb(x) order by x.mois)
         from (select to_char(f.date_facture, 'YYYY-MM') as mois, count(*) as factures,
                      sum(case f.type when 'AVOIR' then -1 else 1 end * f.total_tva_cdf) as tva_cdf,
                      sum(case f.type when 'AVOIR' then -1 else 1 end * f.total_ttc_cdf) as ttc_cdf
                 from private.factures_connues(p_depot_id, p_du, p_au, p_connu_a) f group by 1) x),
      '{factures,tva_cdf,ttc_cdf}'))
$function$;

CREATE OR REPLACE FUNCTION private.rapport_ventes(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone, p_parametres jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_forme constant text := coalesce(p_parametres ->> 'forme', 'X');
begin
  if v_forme not in ('Z', 'X', 'A') then
    perform private.refuser('RAPPORT_PARAMETRE', '{"parametre":"forme","quoi":"Z, X ou A"}');
  end if;
  if v_forme = 'A' then
    return jsonb_build_array(private.section_articles(p_depot_id, p_du, p_au, p_connu_a));
  end if;
  return jsonb_build_array(private.section_factures(p_depot_id, p_du, p_au, p_connu_a, v_forme = 'Z'),
      private.section_taxes(p_depot_id, p_du, p_au, p_connu_a, false))
    || case when p_depot_id is not null and private.peut('lire_caisse')
         then jsonb_build_array(private.section_encaissements(p_depot_id, p_du, p_au, p_connu_a)) else '[]' end;
end;
$function$;

CREATE OR REPLACE FUNCTION private.rapports_permis()
 RETURNS TABLE(nom text, titre text, periode text, version integer, finance boolean, depots text, parametres text[], dit text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 12
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.acteur();
begin
  return query
    select c.nom, c.titre, c.periode, c.version, c.finance, c.depots, c.parametres, c.dit
      from private.catalogue_rapports() c where private.acteur_peut(v_acteur, c.capacite) order by c.rang;
end;
$function$;

CREATE OR REPLACE FUNCTION private.rapprochement_du()
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select exists (select from public.paiements_en_ligne p where p.created_at > now() - interval '7 days')
         and not exists (select from public.rapprochements r where r.le > now() - interval '23 hours')
$function$;

CREATE OR REPLACE FUNCTION private.recevoir_document(p_demande jsonb, p_octets bytea, p_remplace_id uuid DEFAULT NULL::uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
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

CREATE OR REPLACE FUNCTION private.recevoir_evenement(p_prestataire text, p_evenement jsonb, p_secret_version text, p_etat jsonb DEFAULT NULL::jsonb)
 RETURNS text
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET lock_timeout TO '5s'
AS $function$
declare
  v_resultat text;
begin
  if p_prestataire = 'SIMULE' then
    perform private.interdire_si_prod();
  end if;
  -- The same event, in hand elsewhere, is waited for here.
  insert into public.evenements_entrants (prestataire, evenement_id, type, cree_le, corps, secret_version)
  values (p_prestataire, p_evenement ->> 'id', p_evenement ->> 'type',
    to_timestamp((p_evenement ->> 'created')::double precision), p_evenement, p_secret_version)
  on conflict (prestataire, evenement_id) do nothing;
  if not found then
    return 'DEJA_RECU';
  end if;
  v_resultat := case when p_etat is null then 'IGNORE' else private.appliquer_etat(p_prestataire, p_etat) end;
  update public.evenements_entrants e set resultat = v_resultat, traite_le = clock_timestamp()
   where e.prestataire = p_prestataire and e.evenement_id = p_evenement ->> 'id';
  return v_resultat;
end;
$function$;

CREATE OR REPLACE FUNCTION private.refuser_en_ligne(p_cause text, p_raison text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.refuser('PAIEMENT_EN_LIGNE_INDISPONIBLE', jsonb_build_object('cause', p_cause, 'raison', p_raison));
end;
$function$;

CREATE OR REPLACE FUNCTION private.reinitialiser_facteur(p_user_id uuid, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger('reinitialiser_facteur');
  -- Whatever the flag says: a password alone takes nobody's factor away.
  perform private.exiger_second_facteur(true);
  if p_user_id = auth.uid() then
    perform private.refuser('FACTEUR_PERSONNEL');
  end if;
  perform private.effacer_facteur(p_user_id, p_motif);
end;
$function$;

CREATE OR REPLACE FUNCTION private.relier_document(p_id uuid, p_type text, p_objet_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_document public.documents;
begin
  perform private.exiger('deposer_documents');
  select * into strict v_document from public.documents d where d.id = p_id for update;
  if v_document.statut = 'PURGE' then
    perform private.refuser('DOCUMENT_NON_DISPONIBLE', jsonb_build_object('statut', v_document.statut));
  end if;
  perform private.attacher(v_document, p_type, p_objet_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.remplacer_codes_secours(p_user_id uuid, p_empreintes text[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.ouvrir_essai(p_user_id, 'SECOURS');
  delete from private.codes_secours c where c.user_id = p_user_id;
  insert into private.codes_secours (user_id, empreinte) select p_user_id, decode(e, 'hex') from unnest(p_empreintes) e;
end;
$function$;

CREATE OR REPLACE FUNCTION private.remplacer_document(p_id uuid, p_demande jsonb, p_octets bytea)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger_ecriture_document(private.document_vu(p_id));
  return private.succeder_document(p_id, p_demande, p_octets, array(
    select l.id from public.documents_liens l where l.document_id = p_id and private.objet_ecrit(l.objet_type)));
end;
$function$;

CREATE OR REPLACE FUNCTION private.rendre_en_ligne(p_paiement public.paiements_en_ligne, p_retour jsonb, p_montant numeric)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_enc public.encaissements;
  v_paiement public.ecritures_tiers;
  v_remb public.remboursements;
begin
  select * into strict v_enc from public.encaissements e where e.id = p_paiement.encaissement_id for update;
  perform private.verrouiller_tiers('CLIENT', v_enc.client_id);
  select * into strict v_paiement from public.ecritures_tiers e
   where e.source_type = 'encaissements' and e.source_id = v_enc.id and e.type = 'PAIEMENT';
  perform private.liberer_par_avoirs(v_paiement.id);
  perform private.liberer_paiement(v_paiement, p_montant);
  v_remb.montant := p_montant;
  v_remb.mode := 'STRIPE';
  v_remb.reference := p_retour ->> 'id';
  v_remb.motif := case p_retour ->> 'genre' when 'LITIGE' then 'Litige perdu chez le prestataire'
    else 'Remboursé chez le prestataire' end;
  v_remb.jour_caisse := private.jour_au_depot(v_enc.depot_id, now());
  v_remb := private.ecrire_remboursement(v_enc, v_paiement.id, v_remb);
  perform private.journaliser('PAIEMENT_EN_LIGNE_REMBOURSE', 'paiements', 'WARNING', p_paiement.id, p_paiement.depot_id,
    jsonb_build_object('remboursement_id', v_remb.id, 'montant', p_montant, 'retour', p_retour));
end;
$function$;

CREATE OR REPLACE FUNCTION private.reserver_paiement(p_facture_id uuid, p_prestataire text)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET lock_timeout TO '5s'
AS $function$
declare
  v_facture public.factures_client;
  v_paiement public.paiements_en_ligne;
  v_du bigint;
begin
  perform private.exiger_read_committed();
  perform from public.factures_client f where f.id = p_facture_id for no key update;
  v_facture := private.facture_payable(p_facture_id, p_prestataire);
  select * into v_paiement from public.paiements_en_ligne p
   where p.facture_id = p_facture_id and p.statut in ('CREE', 'OUVERT', 'EN_ATTENTE') for update;
  -- Nobody was ever given its address, and it is over.
  if v_paiement.session_id is null and v_paiement.expire_le <= now() then
    update public.paiements_en_ligne p set statut = 'EXPIRE' where p.id = v_paiement.id;
    v_paiement := null;
  end if;
  if v_paiement.statut = 'EN_ATTENTE' then
    perform private.refuser_en_ligne('EN_COURS', 'un paiement est en cours chez le prestataire');
  end if;
  perform private.verrouiller_tiers('CLIENT', v_facture.client_id);
  v_du := private.du_minime(p_facture_id);
  if v_paiement.id is null then
    insert into public.paiements_en_ligne (facture_id, depot_id, prestataire, devise, montant_minime, expire_le,
      created_by)
    -- The provider takes a day, by its own clock.
    values (p_facture_id, v_facture.depot_id, p_prestataire, v_facture.devise, v_du, now() + interval '23 hours 50 min',
      auth.uid())
    returning * into v_paiement;
  end if;
  return to_jsonb(v_paiement) || jsonb_build_object('numero', v_facture.numero, 'perime',
    v_paiement.montant_minime <> v_du or v_paiement.prestataire <> p_prestataire
      or v_paiement.expire_le < now() + interval '5 min');
end;
$function$;

CREATE OR REPLACE FUNCTION private.restes_connus(p_depot_id uuid, p_au date, p_connu_a timestamp with time zone)
 RETURNS TABLE(client_id uuid, devise text, echeance date, debit numeric, credit numeric)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
AS $function$
  with candidates as (
    -- Open now, or settled since.
    select r.ecriture_id as id from private.restes_clients r
    union
    select unnest(array[l.debit_id, l.credit_id]) from private.lettrages l
     where l.created_at > least(p_connu_a, p_au::timestamp at time zone 'Africa/Lubumbashi')
  )
  select e.client_id, e.devise, coalesce(e.echeance, e.date_valeur),
         case when e.debit > 0 then r.reste else 0 end, case when e.debit > 0 then 0 else r.reste end
    from candidates k
    join public.ecritures_tiers e on e.id = k.id
   cross join lateral (
     select e.debit + e.credit - coalesce(sum(x.montant), 0) as reste
       from (select l.montant, o.date_valeur from private.lettrages l
               join public.ecritures_tiers o on o.id = l.credit_id
              where l.debit_id = e.id and l.created_at <= p_connu_a
             union all
             select l.montant, o.date_valeur from private.lettrages l
               join public.ecritures_tiers o on o.id = l.debit_id
              where l.credit_id = e.id and l.created_at <= p_connu_a) x
      where x.date_valeur <= p_au) r
   where e.tiers_type = 'CLIENT' and e.date_valeur <= p_au and e.created_at <= p_connu_a and r.reste <> 0
     and e.depot_id = any (private.depots_ou('lire_ventes')) and (p_depot_id is null or e.depot_id = p_depot_id)
$function$;

CREATE OR REPLACE FUNCTION private.retenir_periodes(p_depot_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if private.flag_actif('cloture_mensuelle', p_depot_id) then
    perform pg_advisory_xact_lock_shared(hashtextextended(format('periodes:%s', p_depot_id), 0));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.reussir_en_ligne(p_paiement public.paiements_en_ligne, p_etat private.etat_en_ligne)
 RETURNS public.paiements_en_ligne
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_encaissement_id uuid;
begin
  if p_paiement.encaissement_id is not null then
    return p_paiement;
  end if;
  if p_etat.intention_id is null or p_etat.paye_le is null
     or (p_etat.montant_minime, p_etat.devise) is distinct from (p_paiement.montant_minime::numeric, p_paiement.devise)
  then
    return private.constater_ecart(p_paiement, jsonb_build_object('paye', jsonb_build_object(
      'intention_id', p_etat.intention_id, 'montant_minime', p_etat.montant_minime, 'devise', p_etat.devise,
      'attendu_minime', p_paiement.montant_minime)));
  end if;
  v_encaissement_id := private.encaisser_en_ligne(p_paiement, p_etat);
  update public.paiements_en_ligne p
     set statut = 'REUSSI', intention_id = p_etat.intention_id, encaissement_id = v_encaissement_id
   where p.id = p_paiement.id returning * into p_paiement;
  perform private.journaliser('PAIEMENT_EN_LIGNE_REUSSI', 'paiements', 'INFO', p_paiement.id, p_paiement.depot_id,
    to_jsonb(p_paiement) - 'url');
  return p_paiement;
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
  return coalesce(v_jeton ->> 'aal' = 'aal2', false) or exists (
    select from private.sessions_elevees s
     where s.user_id = auth.uid() and s.session = private.session_de(v_jeton) and s.jusqu_au > now());
end;
$function$;

CREATE OR REPLACE FUNCTION private.section(p_cle text, p_titre text, p_colonnes json, p_lignes jsonb, p_sommes text[] DEFAULT NULL::text[], p_courbe jsonb DEFAULT NULL::jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_object('cle', p_cle, 'titre', p_titre, 'colonnes', private.colonnes(p_colonnes),
    'lignes', coalesce(p_lignes, '[]'), 'courbe', p_courbe, 'totaux',
    case when p_sommes is not null then private.totaux(coalesce(p_lignes, '[]'), p_sommes) end)
$function$;

CREATE OR REPLACE FUNCTION private.section_a_facturer(p_depot_id uuid, p_au date, p_connu_a timestamp with time zone)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select private.section('a_facturer', 'Livraisons des 31 derniers jours non facturées',
    '{"client": "texte|Client", "produit": "texte|Produit", "depuis": "date|Depuis le", "nombre": "entier|Livraisons",
      "volume_ambiant": "litres|Litres ambiants", "volume_15c": "litres|Litres à 15 °C"}',
    (select jsonb_agg(jsonb_build_object('client', n.client, 'produit', n.produit, 'depuis', x.depuis, 'nombre',
              x.nombre, 'volume_ambiant', x.ambiant, 'volume_15c', x.a_15c)
              order by x.depuis, n.client, n.produit, x.client_id)
       from (select f.client_id, f.produit_id, min(f.date_jour) as depuis, count(*) as nombre,
                    sum(f.volume_ambiant) as ambiant, sum(f.volume_15c) as a_15c
               from private.a_facturer_connues(p_depot_id, p_au - 30, p_au, p_connu_a) f
              group by f.client_id, f.produit_id) x
       join public.clients c on c.id = x.client_id
       join public.produits p on p.id = x.produit_id
      cross join lateral (select private.nom_connu(c.id, c.nom, p_connu_a) as client,
                                 private.nom_connu(p.id, p.nom, p_connu_a) as produit) n),
    '{nombre,volume_ambiant,volume_15c}')
$function$;

CREATE OR REPLACE FUNCTION private.section_alertes(p_depot_id uuid, p_au date, p_connu_a timestamp with time zone, p_zone text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select private.section('alertes', 'Alertes ouvertes',
    '{"code": "texte|Contrôle", "sens": "texte|Ce qu''il dit", "etat": "texte|État", "depuis": "instant|Depuis"}',
    (select jsonb_agg(jsonb_build_object('code', a.check_code, 'sens', c.dit, 'etat',
              private.mot(e.type), 'depuis',
              private.dire_instant(o.le, p_zone)) order by o.le, a.check_code, a.id)
       from public.system_alerts a
       left join private.controles_dits() c on c.code = a.check_code
      cross join lateral (select private.fin_connue(p_au, p_zone, p_connu_a) as a) f
      cross join lateral (
        select v.type from public.alertes_evenements v
         where v.alerte_id = a.id and v.type <> 'ESCALADE' and v.le < f.a order by v.ordre desc limit 1) e
      cross join lateral (
        select max(v.le) as le from public.alertes_evenements v
         where v.alerte_id = a.id and v.type in ('OPEN', 'REOPEN') and v.le < f.a) o
      where a.depot_id = p_depot_id and (a.status <> 'RESOLVED' or a.resolved_at >= f.a) and e.type <> 'RESOLVED'))
$function$;

CREATE OR REPLACE FUNCTION private.section_articles(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select private.section('articles', 'Rapport A : ventes par article',
    '{"article": "texte|Article", "nature": "texte|Nature", "base": "texte|Unité", "groupe": "texte|Groupe de TVA",
      "devise": "texte|Devise", "nombre": "entier|Lignes", "quantite": "taux|Quantité",
      "ht": "montant|Hors taxe"}',
    (select jsonb_agg(to_jsonb(x) || jsonb_build_object('nature', private.mot(x.nature), 'base', private.mot(x.base))
              order by x.article, x.nature, x.base, x.groupe, x.devise desc)
       from (select coalesce(private.nom_connu(p.id, p.nom, p_connu_a), l.designation) as article, l.nature, l.base,
                    l.tva_groupe as groupe, f.devise, count(*) as nombre, sum(s.signe * l.quantite) as quantite,
                    sum(s.signe * l.montant_ht) as ht
               from private.factures_connues(p_depot_id, p_du, p_au, p_connu_a) f
               join public.factures_client_lignes l on l.facture_id = f.id
               left join public.sorties_produit t on t.id = l.sortie_id
               left join public.produits p on p.id = t.produit_id
              cross join lateral (select case f.type when 'AVOIR' then -1 else 1 end as signe) s
              group by 1, l.nature, l.base, l.tva_groupe, f.devise) x),
    '{nombre}')
$function$;

CREATE OR REPLACE FUNCTION private.section_brouillons(p_depot_id uuid, p_au date, p_connu_a timestamp with time zone, p_zone text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select private.section('brouillons', 'Sorties en attente de validation',
    '{"jour": "date|Jour", "redige_le": "instant|Rédigée le", "citerne": "texte|Citerne",
      "tiers": "texte|Client ou partenaire", "camion": "texte|Camion", "volume_ambiant": "litres|Litres ambiants"}',
    (select jsonb_agg(jsonb_build_object('jour', b.ligne ->> 'date_jour', 'redige_le',
              private.dire_instant(b.redige_le, p_zone), 'citerne', private.nom_connu(c.id, c.nom, p_connu_a), 'tiers',
              coalesce(private.nom_connu(l.id, l.nom, p_connu_a), private.nom_connu(n.id, n.nom, p_connu_a)), 'camion',
              b.ligne ->> 'plaque_camion', 'volume_ambiant', b.volume_ambiant)
              order by b.ligne ->> 'date_jour', b.redige_le, b.sortie_id)
       from private.brouillons_connus(p_depot_id, p_au, p_connu_a) b
       join public.citernes c on c.id = (b.ligne ->> 'citerne_id')::uuid
       left join public.clients l on l.id = (b.ligne ->> 'client_id')::uuid
       left join public.partenaires n on n.id = (b.ligne ->> 'partenaire_id')::uuid),
    '{volume_ambiant}')
$function$;

CREATE OR REPLACE FUNCTION private.section_camions(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone, p_zone text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select private.section('camions', 'Camions',
    '{"statut": "texte|Étape", "depuis": "instant|Depuis", "charge_le": "date|Chargé le",
      "jours": "entier|Jours de route", "camion": "texte|Camion", "transporteur": "texte|Transporteur",
      "fournisseur": "texte|Fournisseur", "produit": "texte|Produit", "volume": "litres|Litres annoncés"}',
    (select
      jsonb_agg(jsonb_build_object('statut', private.mot(k.statut), 'depuis', private.dire_instant(k.depuis, p_zone),
              'charge_le', l.dite ->> 'date_chargement', 'jours', case when k.statut not in ('DECHARGE', 'ANNULE')
                then greatest(p_au - (l.dite ->> 'date_chargement')::date, 0) end, 'camion', l.dite ->> 'plaque_camion',
                'transporteur', l.dite ->> 'transporteur', 'fournisseur',
              private.nom_connu(f.id, f.nom, p_connu_a), 'produit', private.nom_connu(p.id, p.nom, p_connu_a), 'volume',
              (l.dite ->> 'volume')::numeric)
              order by array_position('{ARRIVE,FRONTIERE,TRANSIT,CHARGEMENT,DECHARGE,ANNULE}', k.statut), k.depuis,
                k.cours_de_route_id)
       from private.camions_connus(p_depot_id, p_du::timestamp at time zone p_zone,
              private.fin_connue(p_au, p_zone, p_connu_a)) k
       join public.cours_de_route c on c.id = k.cours_de_route_id
       join public.fournisseurs f on f.id = c.fournisseur_id
       join public.produits p on p.id = c.produit_id
      cross join lateral (select private.ligne_connue(c.id, to_jsonb(c), p_connu_a, 'CDR_MODIFIE') as dite) l),
    '{volume}')
$function$;

CREATE OR REPLACE FUNCTION private.section_citernes(p_depot_id uuid, p_au date, p_connu_a timestamp with time zone, p_zone text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with stocks as (
    select f.citerne_id, sum(f.cloture_ambiant) as stock
      from private.flux_connus(p_depot_id, p_au, p_au, p_connu_a) f group by f.citerne_id
  ), prises as (
    select e.citerne_id, count(*) as nombre
      from private.prises_connues(p_depot_id, p_au, p_au, p_connu_a) e group by e.citerne_id
  ), citernes as (
    select c.id, d.dite ->> 'nom' as citerne, d.dite ->> 'statut' as statut, c.logique, p.id as produit_id,
           p.nom as produit, (d.dite ->> 'capacite_totale')::numeric as capacite,
           (d.dite ->> 'capacite_securite')::numeric as securite, coalesce(s.stock, 0) as stock,
           coalesce(n.nombre, 0) as jaugeages
      from public.citernes c
      join public.produits p on p.id = c.produit_id
     cross join lateral (
       select private.ligne_connue(c.id, to_jsonb(c), p_connu_a, 'CITERNE\_MODIFIE') as dite) d
      left join stocks s on s.citerne_id = c.id
      left join prises n on n.citerne_id = c.id
     -- One written down later may well hold what was dated of that day.
     where c.depot_id = p_depot_id and (s.stock <> 0
       or (c.created_at < private.fin_connue(p_au, p_zone, p_connu_a) and d.dite ->> 'statut' <> 'inactive'))
  )
  select private.section('citernes', 'Citernes à la fin du jour, litres ambiants',
    '{"citerne": "texte|Citerne", "produit": "texte|Produit", "stock": "litres|Stock",
      "remplissage": "taux|Remplissage, %", "place": "litres|Place libre", "niveau": "texte|Contre la sécurité",
      "jaugee": "texte|Jaugée ce jour", "securite": "litres|Sécurité", "capacite": "litres|Capacité"}',
    (select jsonb_agg(jsonb_build_object('citerne', c.citerne, 'produit',
              private.nom_connu(c.produit_id, c.produit, p_connu_a), 'capacite', c.capacite, 'stock', c.stock,
              'remplissage', round(100 * c.stock / c.capacite, 1), 'place', c.capacite - c.stock, 'securite',
              nullif(c.securite, 0), 'niveau', case
                when c.securite > 0 then private.mot(private.niveau_citerne(c.stock, c.securite)) end,
              'jaugee',
              case when c.jaugeages > 0 then 'oui' when c.logique then 'sans jauge' else 'non' end)
              order by c.citerne, c.id)
       from citernes c),
    '{capacite,stock,place}')
$function$;

CREATE OR REPLACE FUNCTION private.section_compte(p_type text, p_id uuid, p_nom text, p_devise text, p_du date, p_au date, p_connu_a timestamp with time zone)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_nom is null then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi',
      case p_type when 'CLIENT' then 'ce client' else 'ce fournisseur' end));
  end if;
  if p_devise not in ('USD', 'CDF') then
    perform private.refuser('RAPPORT_PARAMETRE', '{"parametre":"devise","quoi":"USD ou CDF"}');
  end if;
  return private.section('compte', format('Relevé de %s, en %s', private.nom_connu(p_id, p_nom, p_connu_a), p_devise),
    '{"jour": "date|Jour", "type": "texte|Écriture", "reference": "texte|Pièce", "libelle": "texte|Libellé",
      "devise": "texte|Devise", "debit": "montant|Débit", "credit": "montant|Crédit", "solde": "montant|Solde"}',
    (select jsonb_agg(jsonb_build_object('jour', r.date_valeur, 'type', private.mot(r.type), 'reference', r.reference,
      'libelle',
              r.libelle, 'devise', r.devise, 'debit', r.debit, 'credit', r.credit, 'solde', r.solde) order by r.rang)
       from public.releve_tiers(p_type, p_id, p_devise, p_du, p_au, p_connu_a) r),
    '{debit,credit}');
end;
$function$;

CREATE OR REPLACE FUNCTION private.section_creances(p_depot_id uuid, p_au date, p_connu_a timestamp with time zone)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select private.section('creances', 'Créances échues',
    '{"devise": "texte|Devise", "clients": "entier|Clients", "echu": "montant|Échu", "depuis": "date|Échu depuis le",
      "du": "montant|Dû en tout"}',
    (select jsonb_agg(to_jsonb(x) order by x.devise desc)
       from (select r.devise, count(distinct r.client_id) filter (where k.echu) as clients,
                    sum(r.debit) filter (where k.echu) as echu, min(r.echeance) filter (where k.echu) as depuis,
                    sum(r.debit) as du
               from private.restes_connus(p_depot_id, p_au, p_connu_a) r
              cross join lateral (select r.debit > 0 and r.echeance < p_au as echu) k
              group by r.devise having bool_or(k.echu)) x))
$function$;

CREATE OR REPLACE FUNCTION private.section_encaissements(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select private.section('encaissements', 'Encaissements par mode',
    '{"mode": "texte|Mode", "devise": "texte|Devise", "nombre": "entier|Encaissements", "encaisse": "montant|Encaissé",
      "rembourse": "montant|Remboursé"}',
    (select jsonb_agg(jsonb_build_object('mode', private.mot(e.mode), 'devise', e.devise, 'nombre', e.encaissements,
      'encaisse',
              e.encaisse, 'rembourse', e.rembourse) order by e.devise desc, e.mode)
       from private.encaisse_connu(p_depot_id, p_du, p_au, p_connu_a) e))
$function$;

CREATE OR REPLACE FUNCTION private.section_factures(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone, p_par_jour boolean)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select private.section(case when p_par_jour then 'jours' else 'periode' end,
    case when p_par_jour then 'Rapport Z : factures et avoirs de chaque jour'
      else 'Rapport X : factures et avoirs de la période' end,
    case when p_par_jour then '{"jour": "date|Jour", "depot": "texte|Dépôt", "type": "texte|Document",
        "devise": "texte|Devise", "nombre": "entier|Nombre", "premier": "texte|Premier", "dernier": "texte|Dernier",
        "ht": "montant|Hors taxe", "tva": "montant|TVA", "ttc": "montant|TTC", "ttc_cdf": "montant:CDF|TTC en francs"}'
      else '{"depot": "texte|Dépôt", "type": "texte|Document", "devise": "texte|Devise", "nombre": "entier|Nombre",
        "premier": "texte|Premier", "dernier": "texte|Dernier", "ht": "montant|Hors taxe", "tva": "montant|TVA",
        "ttc": "montant|TTC", "ttc_cdf": "montant:CDF|TTC en francs"}' end::json,
    (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('jour', x.jour)) || jsonb_build_object('depot',
              private.nom_connu(d.id, d.nom, p_connu_a), 'type', private.mot(x.type), 'devise', x.devise, 'nombre',
              x.nombre,
              'premier', x.premier, 'dernier', x.dernier, 'ht', x.ht, 'tva', x.tva, 'ttc', x.ttc, 'ttc_cdf', x.ttc_cdf)
              order by x.jour, d.nom, x.type desc, x.devise desc)
       from (select case when p_par_jour then f.date_facture end as jour, f.depot_id, f.type, f.devise,
                    count(*) as nombre, (array_agg(f.numero order by f.exercice, f.sequence))[1] as premier,
                    (array_agg(f.numero order by f.exercice desc, f.sequence desc))[1] as dernier,
                    sum(s.signe * f.total_ht) as ht, sum(s.signe * f.total_tva) as tva, sum(s.signe * f.total_ttc) as
                      ttc, sum(s.signe * f.total_ttc_cdf) as ttc_cdf
               from private.factures_connues(p_depot_id, p_du, p_au, p_connu_a) f
              cross join lateral (select case f.type when 'AVOIR' then -1 else 1 end as signe) s
              group by 1, f.depot_id, f.type, f.devise) x
       join public.depots d on d.id = x.depot_id),
    '{nombre,ttc_cdf}')
$function$;

CREATE OR REPLACE FUNCTION private.section_jaugeages(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone, p_zone text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select private.section('jaugeages', 'Jaugeages et écarts à 15 °C',
    '{"le": "instant|Mesuré le", "citerne": "texte|Citerne", "type": "texte|Prise", "theorique_15c": "litres|Livres",
      "mesure_15c": "litres|Mesuré", "ecart_15c": "litres|Écart", "ecart_pour_mille": "pour_mille|Écart, ‰ des livres",
      "tolerance": "pour_mille|Tolérance, ‰", "temperature": "degres|Température, °C",
      "hors_tolerance": "texte|Hors tolérance", "regularisee": "texte|Passé en stock"}',
    (select jsonb_agg(jsonb_build_object('le', private.dire_instant(coalesce(e.mesuree_le, e.created_at), p_zone),
              'citerne', private.nom_connu(e.citerne_id, e.citerne_nom, p_connu_a), 'type', private.mot(e.type),
              'theorique_15c',
              e.stock_comptable_15c, 'mesure_15c', e.volume_15c, 'ecart_15c', e.ecart_15c, 'ecart_pour_mille',
              e.ecart_15c_pour_mille, 'tolerance', e.tolerance_inventaire_pour_mille, 'temperature', e.temperature_c,
              'hors_tolerance', case when e.hors_tolerance then 'oui' else 'non' end, 'regularisee',
              case when exists (select from public.regularisations r
                                 where r.prise_de_hauteur_id = e.prise_de_hauteur_id
                                   and r.id not in (select a.mouvement_id
                                                      from private.ecrits_apres(p_depot_id, p_connu_a) a))
                   then 'oui' else 'non' end)
              order by coalesce(e.mesuree_le, e.created_at), e.prise_de_hauteur_id)
       from private.prises_connues(p_depot_id, p_du, p_au, p_connu_a) e),
    '{ecart_15c}')
$function$;

CREATE OR REPLACE FUNCTION private.section_moyennes(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select private.section('moyennes', 'Moyennes par jour',
    '{"produit": "texte|Produit", "jours": "entier|Jours", "receptions_15c": "litres|Réceptions par jour, à 15 °C",
      "sorties_15c": "litres|Sorties par jour, à 15 °C", "stock_15c": "litres|Stock de clôture, à 15 °C",
      "autonomie": "entier|Autonomie, jours"}',
    (select jsonb_agg(jsonb_build_object('produit', private.nom_connu(p.id, p.nom, p_connu_a), 'jours', j.jours,
              'receptions_15c', round(x.recu / j.jours, 3), 'sorties_15c', round(-x.sorti / j.jours, 3), 'stock_15c',
              x.stock, 'autonomie', floor(x.stock / nullif(-x.sorti / j.jours, 0))) order by p.nom, p.id)
       from (select f.produit_id, sum(f.receptions_15c) as recu, sum(f.sorties_15c) as sorti, sum(f.cloture_15c) as
               stock
               from private.flux_connus(p_depot_id, p_du, p_au, p_connu_a) f group by f.produit_id) x
       join public.produits p on p.id = x.produit_id
      -- Of a month that is not over, the days so far.
      cross join lateral (
        select greatest(least(p_au, private.jour_au_depot(p_depot_id, p_connu_a)) - p_du + 1, 1) as jours) j))
$function$;

CREATE OR REPLACE FUNCTION private.section_pertes(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with apres as materialized (
    select x.mouvement_id as id from private.ecrits_apres(p_depot_id, p_connu_a) x
  ), sorties as (
    select m.citerne_id, -sum(m.delta_15c) as debit
      from private.mouvements_connus(p_depot_id, p_du, p_au, p_connu_a) m
     where m.delta_15c < 0 and m.mouvement_type in ('SORTIE', 'TRANSFERT', 'TRANSFERT_DEPOT')
     group by m.citerne_id
  ), prises as (
    select e.citerne_id, count(*) as nombre,
           (array_agg(e.prise_de_hauteur_id order by e.created_at desc, e.prise_de_hauteur_id desc))[1] as derniere
      from private.prises_connues(p_depot_id, p_du, p_au, p_connu_a) e
     where e.ecart_15c is not null group by e.citerne_id
  ), comptes as (
    select c.id, private.nom_connu(c.id, c.nom, p_connu_a) as citerne, coalesce(n.nombre, 0) as nombre,
           coalesce(s.debit, 0) as debit, f.ecart_15c as ecart_final,
           -- Without a dip nothing is known of these days: that is not nought.
           case when n.nombre > 0 then coalesce(a.ecart_15c, 0) end as ecart_initial,
           case when n.nombre > 0 then coalesce(r.passe, 0) end as passe, f.tolerance_pour_mille as tolerance,
             f.hors as hors
      from public.citernes c
      left join prises n on n.citerne_id = c.id
      left join sorties s on s.citerne_id = c.id
      left join lateral (
        select p.volume_15c - p.stock_comptable_15c as ecart_15c, p.tolerance_pour_mille, p.created_at,
               abs(p.volume_15c - p.stock_comptable_15c) > p.stock_comptable_15c * p.tolerance_pour_mille / 1000 as hors
          from public.prises_de_hauteur p where p.id = n.derniere) f on true
      -- What the dip before these days had found is none of theirs, booked or not.
      left join lateral (
        select p.volume_15c - p.stock_comptable_15c as ecart_15c, p.created_at
          from public.prises_de_hauteur p
         where p.citerne_id = c.id and p.id not in (select x.id from apres x) and p.volume_15c is not null
           and p.stock_comptable_15c is not null
           and p.created_at < private.debut_du_jour(p_du, p_depot_id) + interval '12 hours'
           and private.jour_au_depot(c.depot_id, coalesce(p.mesuree_le, p.created_at)) < p_du
         order by p.created_at desc, p.id desc limit 1) a on true
      left join lateral (
        select sum(g.delta_15c) as passe from public.regularisations g
         where g.citerne_id = c.id and g.id not in (select x.id from apres x)
           and g.created_at < f.created_at and (a.created_at is null or g.created_at >= a.created_at)) r on true
     where c.depot_id = p_depot_id and (n.nombre > 0 or s.debit > 0)
  )
  select private.section('pertes', 'Gains et pertes du dépôt, litres à 15 °C',
    '{"citerne": "texte|Citerne", "jaugeages": "entier|Jaugeages", "debit": "litres|Sorti de la citerne",
      "ecart_initial": "litres|Écart d''avant", "passe": "litres|Passé en stock",
      "ecart_final": "litres|Écart au dernier jaugeage", "gain": "litres|Gain (+) ou perte (−)",
      "pour_mille": "pour_mille|‰ du sorti", "tolerance": "pour_mille|Tolérance, ‰ des livres",
      "hors_tolerance": "texte|Hors tolérance"}',
    (select jsonb_agg(jsonb_build_object('citerne', c.citerne, 'jaugeages', c.nombre, 'debit', c.debit, 'ecart_initial',
              c.ecart_initial, 'passe', c.passe, 'ecart_final', c.ecart_final, 'gain', g.gain, 'pour_mille',
              round(1000 * g.gain / nullif(c.debit, 0), 2), 'tolerance', c.tolerance, 'hors_tolerance',
              case when c.hors then 'oui' when c.hors is not null then 'non' end) order by c.citerne, c.id)
       from comptes c cross join lateral (select c.ecart_final - c.ecart_initial + c.passe as gain) g),
    '{debit,gain}')
$function$;

CREATE OR REPLACE FUNCTION private.section_receptions(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
AS $function$
  select private.section('receptions', 'Réceptions par fournisseur',
    '{"tiers": "texte|Fournisseur ou partenaire", "proprietaire": "texte|Propriétaire", "produit": "texte|Produit",
      "nombre": "entier|Réceptions", "volume_ambiant": "litres|Litres ambiants",
      "volume_15c": "litres|Litres à 15 °C"}',
    (select jsonb_agg(jsonb_build_object('tiers', t.nom, 'proprietaire', private.mot(x.proprietaire_type),
              'produit', t.produit, 'nombre', x.nombre, 'volume_ambiant', x.ambiant, 'volume_15c', x.a_15c)
              order by x.a_15c desc, t.nom, t.produit, x.proprietaire_type)
       from (select d.fournisseur_id, r.partenaire_id, r.produit_id, r.proprietaire_type, count(*) as nombre,
                    sum(m.delta_ambiant) as ambiant, sum(m.delta_15c) as a_15c
               from private.mouvements_connus(p_depot_id, p_du, p_au, p_connu_a) m
               join public.receptions r on r.id = m.mouvement_id
               left join public.cours_de_route d on d.id = r.cours_de_route_id
              where m.mouvement_type = 'RECEPTION'
              group by d.fournisseur_id, r.partenaire_id, r.produit_id, r.proprietaire_type) x
       join public.produits p on p.id = x.produit_id
       left join public.fournisseurs f on f.id = x.fournisseur_id
       left join public.partenaires n on n.id = x.partenaire_id
      cross join lateral (select coalesce(private.nom_connu(f.id, f.nom, p_connu_a),
                                          private.nom_connu(n.id, n.nom, p_connu_a)) as nom,
                                 private.nom_connu(p.id, p.nom, p_connu_a) as produit) t),
    '{nombre,volume_ambiant,volume_15c}')
$function$;

CREATE OR REPLACE FUNCTION private.section_sorties(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
AS $function$
  select private.section('sorties', 'Sorties par client',
    '{"tiers": "texte|Client ou partenaire", "proprietaire": "texte|Propriétaire", "produit": "texte|Produit",
      "nombre": "entier|Sorties", "volume_ambiant": "litres|Litres ambiants", "volume_15c": "litres|Litres à 15 °C"}',
    (select jsonb_agg(jsonb_build_object('tiers', t.nom, 'proprietaire', private.mot(x.proprietaire_type),
              'produit', t.produit, 'nombre', x.nombre, 'volume_ambiant', x.ambiant, 'volume_15c', x.a_15c)
              order by x.a_15c desc, t.nom, t.produit, x.proprietaire_type)
       from (select s.client_id, s.partenaire_id, s.produit_id, s.proprietaire_type, count(*) as nombre,
                    -sum(m.delta_ambiant) as ambiant, -sum(m.delta_15c) as a_15c
               from private.mouvements_connus(p_depot_id, p_du, p_au, p_connu_a) m
               join public.sorties_produit s on s.id = m.mouvement_id
              where m.mouvement_type = 'SORTIE'
              group by s.client_id, s.partenaire_id, s.produit_id, s.proprietaire_type) x
       join public.produits p on p.id = x.produit_id
       left join public.clients c on c.id = x.client_id
       left join public.partenaires n on n.id = x.partenaire_id
      cross join lateral (select coalesce(private.nom_connu(c.id, c.nom, p_connu_a),
                                          private.nom_connu(n.id, n.nom, p_connu_a)) as nom,
                                 private.nom_connu(p.id, p.nom, p_connu_a) as produit) t),
    '{nombre,volume_ambiant,volume_15c}')
$function$;

CREATE OR REPLACE FUNCTION private.section_stock(p_cle text, p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with flux as (
    select f.*, private.nom_connu(c.id, c.nom, p_connu_a) as citerne, private.nom_connu(p.id, p.nom, p_connu_a) as
      produit
      from private.flux_connus(p_depot_id, p_du, p_au, p_connu_a) f
      join public.citernes c on c.id = f.citerne_id
      join public.produits p on p.id = f.produit_id
  )
  select case p_cle
    when 'stock_15c' then private.section(p_cle, 'Stock par citerne et propriétaire, litres à 15 °C',
      '{"citerne": "texte|Citerne", "produit": "texte|Produit", "proprietaire": "texte|Propriétaire",
        "ouverture": "litres|Ouverture", "receptions": "litres|Réceptions", "sorties": "litres|Sorties",
        "transferts": "litres|Transferts", "cessions": "litres|Cessions", "initiaux": "litres|Stock initial",
        "ajustements": "litres|Ajustements", "cloture": "litres|Clôture"}',
      jsonb_agg(jsonb_build_object('citerne', f.citerne, 'produit', f.produit, 'proprietaire',
        private.mot(f.proprietaire_type),
        'ouverture', f.ouverture_15c, 'receptions', f.receptions_15c, 'sorties', f.sorties_15c, 'transferts',
        f.transferts_15c, 'cessions', f.cessions_15c, 'initiaux', f.initiaux_15c, 'ajustements', f.ajustements_15c,
        'cloture', f.cloture_15c)
        order by f.citerne, f.proprietaire_type, f.citerne_id, f.produit_id),
      '{ouverture,receptions,sorties,transferts,cessions,initiaux,ajustements,cloture}')
    when 'stock_ambiant' then private.section(p_cle, 'Stock par citerne et propriétaire, litres ambiants',
      '{"citerne": "texte|Citerne", "produit": "texte|Produit", "proprietaire": "texte|Propriétaire",
        "ouverture": "litres|Ouverture", "receptions": "litres|Réceptions", "sorties": "litres|Sorties",
        "transferts": "litres|Transferts", "cessions": "litres|Cessions", "initiaux": "litres|Stock initial",
        "ajustements": "litres|Ajustements", "dilatations": "litres|Dilatation", "cloture": "litres|Clôture"}',
      jsonb_agg(jsonb_build_object('citerne', f.citerne, 'produit', f.produit, 'proprietaire',
        private.mot(f.proprietaire_type),
        'ouverture', f.ouverture_ambiant, 'receptions', f.receptions_ambiant, 'sorties', f.sorties_ambiant,
        'transferts', f.transferts_ambiant, 'cessions', f.cessions_ambiant, 'initiaux', f.initiaux_ambiant,
        'ajustements', f.ajustements_ambiant,
        'dilatations', f.dilatations_ambiant, 'cloture', f.cloture_ambiant)
        order by f.citerne, f.proprietaire_type, f.citerne_id, f.produit_id),
      '{ouverture,receptions,sorties,transferts,cessions,initiaux,ajustements,dilatations,cloture}')
    else private.section(p_cle, 'Stock par propriétaire et produit',
      '{"proprietaire": "texte|Propriétaire", "produit": "texte|Produit",
        "ouverture_15c": "litres|Ouverture à 15 °C", "cloture_15c": "litres|Clôture à 15 °C",
        "ouverture_ambiant": "litres|Ouverture ambiante", "cloture_ambiant": "litres|Clôture ambiante"}',
      (select jsonb_agg(to_jsonb(x) order by x.proprietaire, x.produit)
         from (select private.mot(g.proprietaire_type) as proprietaire, g.produit,
           sum(g.ouverture_15c) as ouverture_15c,
                      sum(g.cloture_15c) as cloture_15c, sum(g.ouverture_ambiant) as ouverture_ambiant,
                      sum(g.cloture_ambiant) as cloture_ambiant
                 from flux g group by g.proprietaire_type, g.produit) x),
      '{ouverture_15c,cloture_15c,ouverture_ambiant,cloture_ambiant}') end
    from flux f
$function$;

CREATE OR REPLACE FUNCTION private.section_taxes(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone, p_par_mois boolean)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select private.section('tva', 'TVA par groupe' || case when p_par_mois then ' et par mois' else '' end,
    case when p_par_mois then '{"mois": "texte|Mois", "groupe": "texte|Groupe", "taux": "taux|Taux, %",
        "devise": "texte|Devise", "base_ht": "montant|Base hors taxe", "tva": "montant|TVA", "ttc": "montant|TTC"}'
      else '{"groupe": "texte|Groupe", "taux": "taux|Taux, %", "devise": "texte|Devise",
        "base_ht": "montant|Base hors taxe", "tva": "montant|TVA", "ttc": "montant|TTC"}' end::json,
    (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('mois', x.mois)) || jsonb_build_object('groupe', x.groupe,
              'taux', x.taux, 'devise', x.devise, 'base_ht', x.base_ht, 'tva', x.tva, 'ttc', x.base_ht + x.tva)
              order by x.mois, x.groupe, x.taux, x.devise desc)
       from (select case when p_par_mois then to_char(f.date_facture, 'YYYY-MM') end as mois, t.groupe, t.taux,
                    f.devise, sum(s.signe * t.base_ht) as base_ht, sum(s.signe * t.montant_tva) as tva
               from private.factures_connues(p_depot_id, p_du, p_au, p_connu_a) f
               join public.factures_client_taxes t on t.facture_id = f.id
              cross join lateral (select case f.type when 'AVOIR' then -1 else 1 end as signe) s
              group by 1, t.groupe, t.taux, f.devise) x))
$function$;

CREATE OR REPLACE FUNCTION private.section_transit(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone, p_transporteur text DEFAULT NULL::text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select private.section('transit', 'Écarts de transport : chargé et reçu',
    '{"jour": "date|Reçu le", "camion": "texte|Camion", "transporteur": "texte|Transporteur",
      "fournisseur": "texte|Fournisseur", "unite": "texte|Unité", "charge": "taux|Chargé", "recu": "taux|Reçu",
      "ecart": "taux|Écart", "pour_mille": "pour_mille|‰ du chargé", "franchise": "taux|Franchise",
      "excedent": "taux|Au-delà", "recu_15c": "litres|Reçu à 15 °C"}',
    (select jsonb_agg(jsonb_build_object('jour', t.date_jour, 'camion', l.dite ->> 'plaque_camion', 'transporteur',
              l.dite ->> 'transporteur', 'fournisseur', private.nom_connu(f.id, f.nom, p_connu_a), 'unite',
              private.mot(t.base),
              'charge', t.charge, 'recu', t.recu, 'ecart', t.recu - t.charge, 'pour_mille',
              round(1000 * (t.recu - t.charge) / nullif(t.charge, 0), 2), 'franchise', t.franchise, 'excedent',
              greatest(abs(t.recu - t.charge) - t.franchise, 0), 'recu_15c', t.recu_15c)
              order by t.date_jour, l.dite ->> 'plaque_camion', t.cours_de_route_id)
       from private.transits_connus(p_depot_id, p_du, p_au, p_connu_a) t
       join public.cours_de_route c on c.id = t.cours_de_route_id
       join public.fournisseurs f on f.id = c.fournisseur_id
      cross join lateral (
        select private.ligne_connue(c.id, to_jsonb(c), p_connu_a, 'CDR_MODIFIE') as dite) l
      where p_transporteur is null
         or private.cle_nom(l.dite ->> 'transporteur') = private.cle_nom(p_transporteur)),
    '{recu_15c}')
$function$;

CREATE OR REPLACE FUNCTION private.session_de(p_jeton jsonb)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce(nullif(p_jeton ->> 'session_id', ''), encode(sha256(convert_to(p_jeton::text, 'UTF8')), 'hex'))
$function$;

CREATE OR REPLACE FUNCTION private.simuler(p_session_id text, p_acte text, p_montant_minime bigint DEFAULT NULL::bigint)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_session private.sessions_simulees;
  v_corps jsonb;
begin
  perform private.interdire_si_prod();
  select * into v_session from private.sessions_simulees s where s.session_id = p_session_id for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette session'));
  end if;
  v_session := private.jouer_session(v_session, p_acte, p_montant_minime);
  update private.sessions_simulees s
     set (session, paiement, echec, paye_le, retours, litige) = (v_session.session, v_session.paiement, v_session.echec,
         v_session.paye_le, v_session.retours, v_session.litige)
   where s.session_id = p_session_id;
  v_corps := jsonb_build_object('id', 'evt_simule_' || replace(gen_random_uuid()::text, '-', ''), 'object', 'event',
    'livemode', false, 'created', floor(extract(epoch from clock_timestamp()))::bigint,
    'type', case p_acte when 'payer' then 'checkout.session.completed'
      when 'promettre' then 'checkout.session.completed' when 'echouer' then 'checkout.session.async_payment_failed'
      when 'expirer' then 'checkout.session.expired' when 'rembourser' then 'charge.refunded'
      when 'contester' then 'charge.dispute.created' else 'charge.dispute.closed' end,
    'data', jsonb_build_object('object', case
      when p_acte in ('payer', 'promettre', 'echouer', 'expirer')
        then jsonb_build_object('id', p_session_id, 'object', 'checkout.session')
      else jsonb_build_object('id', 'ch_simule', 'object', 'charge', 'payment_intent', v_session.intention_id) end));
  insert into private.evenements_simules (evenement_id, session_id, corps)
  values (v_corps ->> 'id', p_session_id, v_corps);
  return v_corps;
end;
$function$;

CREATE OR REPLACE FUNCTION private.sorti_15c(p_citerne_id uuid, p_du date, p_au date)
 RETURNS numeric
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce(-sum(m.delta_15c), 0)
    from public.v_mouvements_stock m
   where m.citerne_id = p_citerne_id and m.date_jour between p_du and p_au and m.delta_15c < 0
     and m.mouvement_type in ('SORTIE', 'TRANSFERT', 'TRANSFERT_DEPOT')
$function$;

CREATE OR REPLACE FUNCTION private.sorties_decidees_apres(p_depot_id uuid, p_moment timestamp with time zone)
 RETURNS TABLE(id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 20
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
AS $function$
  select l.cible_id from public.log_actions l
   where l.created_at > p_moment and l.depot_id = p_depot_id and l.action in ('SORTIE_VALIDEE', 'SORTIE_REJETEE')
$function$;

CREATE OR REPLACE FUNCTION private.stocks_du_jour(p_depots uuid[], p_jour date)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_object('total_ambient', coalesce(sum(s.stock_ambiant), 0), 'total_15c',
           coalesce(sum(s.stock_15c), 0),
           -- Of the tanks that ever held some, as the app adds them.
           'capacity_total', (select coalesce(sum(c.capacite_totale), 0) from public.citernes c
                               where c.id in (select x.citerne_id from private.stocks_le(p_depots, p_jour) x)),
           'par_proprietaire', (
             select coalesce(jsonb_agg(to_jsonb(o) order by o.proprietaire_type), '[]')
               from (select x.proprietaire_type, sum(x.stock_ambiant) as stock_ambiant, sum(x.stock_15c) as stock_15c
                       from private.stocks_le(p_depots, p_jour) x group by x.proprietaire_type) o))
    from private.stocks_le(p_depots, p_jour) s
$function$;

CREATE OR REPLACE FUNCTION private.stocks_le(p_depots uuid[], p_jour date)
 RETURNS TABLE(citerne_id uuid, proprietaire_type text, stock_ambiant numeric, stock_15c numeric)
 LANGUAGE sql
 STABLE ROWS 20
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select s.citerne_id, s.proprietaire_type, j.stock_ambiant, j.stock_15c
    from public.stocks_snapshot s
   cross join lateral (
     select v.stock_ambiant, v.stock_15c from public.stocks_journaliers v
      where v.citerne_id = s.citerne_id and v.produit_id = s.produit_id
        and v.proprietaire_type = s.proprietaire_type and v.date_jour <= p_jour
      order by v.date_jour desc limit 1) j
   where s.depot_id = any (p_depots)
$function$;

CREATE OR REPLACE FUNCTION private.succeder_document(p_id uuid, p_demande jsonb, p_octets bytea, p_liens uuid[])
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ancien public.documents;
  v_nouveau public.documents;
begin
  select * into strict v_ancien from public.documents d where d.id = p_id for update;
  if v_ancien.statut = 'PURGE' or exists (select from public.documents d where d.remplace_id = p_id) then
    perform private.refuser('DOCUMENT_REMPLACE');
  end if;
  -- It would stand for objects that they may not write, or do not even see.
  if exists (select from public.documents_liens l
              where l.document_id = p_id and l.id <> all (p_liens)
                and private.objet(l.objet_type, l.objet_id) is not null) then
    perform private.refuser('ROLE_FORBIDDEN');
  end if;
  v_nouveau.id := private.recevoir_document(p_demande || jsonb_build_object('categorie', v_ancien.categorie,
    'objet_type', null, 'objet_id', null), p_octets, p_id);
  select * into strict v_nouveau from public.documents d where d.id = v_nouveau.id;
  perform private.attacher(v_nouveau, l.objet_type, l.objet_id)
     from (select * from public.documents_liens l where l.document_id = p_id order by l.objet_type, l.objet_id) l;
  return v_nouveau.id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.suivre_derniere(p_facture public.factures_client, p_fuseau text)
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_avant public.factures_client;
  v_derniere public.factures_client;
begin
  -- Of a year that has begun too: a clock put back over a New Year would number in the old one again.
  select * into v_derniere from public.factures_client f
   where f.depot_id = p_facture.depot_id and f.type = p_facture.type and f.exercice >= p_facture.exercice
     and f.sequence is not null
   order by f.exercice desc, f.sequence desc limit 1;
  if v_derniere.date_facture > private.jour_local(p_fuseau, clock_timestamp()) then
    perform private.refuser('HORLOGE_RECULEE', jsonb_build_object('derniere', v_derniere.date_facture,
      'aujourdhui', p_facture.date_facture, 'numero', v_derniere.numero));
  end if;
  select * into v_avant from public.factures_client f
   where f.depot_id = p_facture.depot_id and f.type = p_facture.type and f.exercice = p_facture.exercice
     and f.sequence is not null
   order by f.sequence desc limit 1;
  p_facture.precedent := v_avant.empreinte;
  if v_avant.date_facture > p_facture.date_facture then
    -- Midnight passed while it waited for its number: it is of the day it has one.
    p_facture.date_echeance := p_facture.date_echeance + (v_avant.date_facture - p_facture.date_facture);
    p_facture.date_facture := v_avant.date_facture;
  end if;
  return p_facture;
end;
$function$;

CREATE OR REPLACE FUNCTION private.suivre_litige(p_paiement public.paiements_en_ligne, p_litige text)
 RETURNS public.paiements_en_ligne
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_litige is null or p_litige = p_paiement.litige or (p_litige = 'OUVERT' and p_paiement.litige is not null) then
    return p_paiement;
  end if;
  update public.paiements_en_ligne p
     set litige = p_litige, statut = case p.statut when 'REUSSI' then 'LITIGE' else p.statut end
   where p.id = p_paiement.id returning * into p_paiement;
  perform private.journaliser('PAIEMENT_EN_LIGNE_LITIGE', 'paiements',
    case p_litige when 'GAGNE' then 'INFO' else 'WARNING' end, p_paiement.id, p_paiement.depot_id,
    jsonb_build_object('litige', p_litige));
  return p_paiement;
end;
$function$;

CREATE OR REPLACE FUNCTION private.suivre_retours(p_paiement public.paiements_en_ligne, p_etat private.etat_en_ligne)
 RETURNS public.paiements_en_ligne
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_retour jsonb;
  v_part bigint;
begin
  for v_retour in
    select r from jsonb_array_elements(p_etat.retours) r
     where not exists (select from public.remboursements x where x.mode = 'STRIPE' and x.reference = r ->> 'id')
     order by r ->> 'id'
  loop
    v_part := case when v_retour ->> 'devise' = p_paiement.devise
      then least((v_retour ->> 'montant_minime')::numeric, p_paiement.montant_minime - p_paiement.rembourse_minime)
      else 0 end;
    if v_part is distinct from (v_retour ->> 'montant_minime')::numeric then
      p_paiement := private.constater_ecart(p_paiement, jsonb_build_object(v_retour ->> 'id', v_retour));
    end if;
    continue when v_part <= 0;
    perform private.rendre_en_ligne(p_paiement, v_retour, v_part / 100.0);
    update public.paiements_en_ligne p
       set rembourse_minime = p.rembourse_minime + v_part,
           statut = case when p.rembourse_minime + v_part = p.montant_minime then 'REMBOURSE' else p.statut end
     where p.id = p_paiement.id returning * into p_paiement;
  end loop;
  -- Booked as given back, and it came back to us: rare enough for a person.
  for v_retour in
    select r from jsonb_array_elements(p_etat.revenus) r
     where exists (select from public.remboursements x where x.mode = 'STRIPE' and x.reference = r #>> '{}')
  loop
    p_paiement := private.constater_ecart(p_paiement, jsonb_build_object(v_retour #>> '{}', 'REVENU'));
  end loop;
  return p_paiement;
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
  perform private.envoyer_rapports_abonnes();
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
  v_alertes jsonb;
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
  v_alertes := private.tableau_alertes(v_depot.id, c_derniers);
  -- A movement changes a stock: what it brings to the rest of the board needs no look of its own.
  v_version := md5(concat_ws('|', v_depot, v_jour, v_citernes, v_camions, v_alertes));
  if v_version = p_connue then
    return null;
  end if;
  return jsonb_build_object(
    'version', v_version, 'depot_id', v_depot.id, 'depot_nom', v_depot.nom, 'fuseau', v_depot.fuseau,
    'date_jour', v_jour, 'citernes', v_citernes, 'camions', v_camions, 'alertes', v_alertes,
    'jour', private.tableau_jour(v_depot.id, v_jour),
    'mouvements', private.tableau_mouvements(v_depot.id, c_derniers));
end;
$function$;

CREATE OR REPLACE FUNCTION private.tableau_alertes(p_depot_id uuid, p_nombre integer)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if not private.peut('lire_alertes') then
    return null;
  end if;
  return (
    select jsonb_build_object('nombre', count(*), 'critiques', count(*) filter (where a.severity = 'CRITICAL'),
             'premieres', coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'check_code', a.check_code,
               'severity', a.severity, 'status', a.status, 'message', a.message, 'ouverte_le', a.ouverte_le)
               order by a.rang) filter (where a.rang <= p_nombre), '[]'))
      from (
        select s.id, s.check_code, s.severity, s.status, s.message, s.ouverte_le,
               row_number() over (order by s.severity = 'CRITICAL' desc, s.status = 'OPEN' desc, s.ouverte_le desc,
                 s.id)
                 as rang
          from public.system_alerts s where s.depot_id = p_depot_id and s.status <> 'RESOLVED') a);
end;
$function$;

CREATE OR REPLACE FUNCTION private.tableau_mouvements(p_depot_id uuid, p_nombre integer)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  -- By the days that the journal knows each tank moved on: a tank that rests is not looked for through all history.
  with jours as (
    select distinct s.citerne_id, j.date_jour
      from public.stocks_snapshot s
     cross join lateral (
       select v.date_jour from public.stocks_journaliers v
        where v.citerne_id = s.citerne_id and v.produit_id = s.produit_id
          and v.proprietaire_type = s.proprietaire_type
        order by v.date_jour desc limit p_nombre) j
     where s.depot_id = p_depot_id
  ), derniers as (
    select x.citerne_id, x.date_jour from jours x order by x.date_jour desc fetch first (p_nombre) rows with ties
  )
  select coalesce(jsonb_agg(to_jsonb(d) order by d.date_jour desc, d.created_at desc, d.mouvement_id, d.delta_ambiant),
    '[]')
    from (
      select m.date_jour, m.created_at, m.mouvement_type, m.mouvement_id, c.nom as citerne_nom, p.nom as produit_nom,
             m.proprietaire_type, m.delta_ambiant, m.delta_15c
        from derniers x
       cross join lateral (
         select v.* from public.v_mouvements_stock v
          where v.citerne_id = x.citerne_id and v.date_jour = x.date_jour) m
        join public.citernes c on c.id = x.citerne_id
        join public.produits p on p.id = m.produit_id
       order by m.date_jour desc, m.created_at desc, m.mouvement_id, m.delta_ambiant
       limit p_nombre) d
$function$;

CREATE OR REPLACE FUNCTION private.tenir_gel_document(p_id uuid, p_gel boolean, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_document public.documents;
begin
  perform private.exiger('geler_documents');
  perform private.exiger_motif(p_motif, 10);
  select * into strict v_document from public.documents d where d.id = p_id for update;
  if v_document.statut = 'PURGE' then
    perform private.refuser('DOCUMENT_NON_DISPONIBLE', jsonb_build_object('statut', v_document.statut));
  end if;
  update public.documents d set gel_juridique = p_gel where d.id = p_id;
  perform private.journaliser(case when p_gel then 'DOCUMENT_GELE' else 'DOCUMENT_DEGELE' end, 'documents', 'WARNING',
    p_id, v_document.depot_id, jsonb_build_object('motif', private.texte_net(p_motif)));
end;
$function$;

CREATE OR REPLACE FUNCTION private.tirer_pour(p_user_id uuid, p_nom text, p_depot_id uuid, p_du date, p_au date, p_parametres jsonb, p_maximum integer)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_role constant text := current_setting('role');
  v_jeton constant text := coalesce(current_setting('request.jwt.claims', true), '');
  v_rapport jsonb;
begin
  -- Where it is refused, the caller's own are restored with all that was undone.
  perform set_config('request.jwt.claims',
    jsonb_build_object('sub', p_user_id, 'role', 'authenticated')::text, true);
  perform set_config('role', 'authenticated', true);
  perform private.exiger_profil();
  v_rapport := private.exporter_rapport(p_nom, 'pdf', p_depot_id, p_du, p_au, null, p_parametres, p_maximum);
  perform set_config('role', v_role, true);
  perform set_config('request.jwt.claims', v_jeton, true);
  return v_rapport;
end;
$function$;

CREATE OR REPLACE FUNCTION private.totaux(p_lignes jsonb, p_cles text[])
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_object_agg(k.cle,

           (select case when count(*) = 0 then 0 else sum((l ->> k.cle)::numeric) end
              from jsonb_array_elements(p_lignes) l))
    from unnest(p_cles) k (cle)
$function$;

CREATE OR REPLACE FUNCTION private.trace_donnee(p_traceparent text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select m[2]
    from regexp_match(p_traceparent, '^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-[\x21-\x7e]*)?$') m
   where m[1] <> 'ff' and (m[1] <> '00' or m[4] is null) and m[2] !~ '^0+$' and m[3] !~ '^0+$'
$function$;

CREATE OR REPLACE FUNCTION private.transits_connus(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone)
 RETURNS TABLE(cours_de_route_id uuid, date_jour date, base text, charge numeric, recu numeric, recu_15c numeric, franchise numeric)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select x.id, x.jour, h.dite ->> 'base', (h.dite ->> 'quantite')::numeric, q.recu, x.recu_15c,
         round((h.dite ->> 'quantite')::numeric * coalesce(f.pour_mille, 3) / 1000, 3)
    from (
      select r.cours_de_route_id as id, max(r.date_reception) as jour, sum((k.q).volume_15c) as recu_15c,
             sum((k.q).volume_20c) as recu_20c,
             case when bool_and((k.q).tonnes_air is not null) then sum((k.q).tonnes_air) end as recu_t
        from public.receptions r
       cross join lateral (select private.quantites_connues(r.id, p_connu_a) as q) k
       where r.depot_id = p_depot_id and r.date_reception between p_du and p_au and r.statut = 'validee'
         and r.cours_de_route_id is not null
         and not exists (select from private.ecrits_apres(p_depot_id, p_connu_a) e where e.mouvement_id = r.id)
       group by r.cours_de_route_id) x
    join public.cours_de_route c on c.id = x.id
    left join public.chargements b on b.cours_de_route_id = x.id and b.created_at <= p_connu_a
   cross join lateral (
     select private.ligne_connue(x.id, to_jsonb(b), p_connu_a, 'CHARGEMENT_MODIFIE') as dite) h
   cross join lateral (
     select case h.dite ->> 'base' when 'L15' then x.recu_15c when 'L20' then x.recu_20c
              when 'TM_AIR' then coalesce(x.recu_t,
                private.masse_air_t((h.dite ->> 'densite_15')::numeric, x.recu_15c)) end as recu) q
    left join lateral (
      select coalesce(p.franchise_pour_mille, d.franchise_pour_mille) as pour_mille
        from public.produits d
        left join public.fournisseur_lot l on l.id = c.fournisseur_lot_id
        left join public.proformas p on p.id = l.proforma_id
       where d.id = c.produit_id) f on true
   where p_depot_id = any (private.depots_visibles())
$function$;

CREATE OR REPLACE FUNCTION private.type_convient(p_dit text, p_trouve text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN COALESCE((lower(split_part(p_dit, ';'::text, 1)) = ANY (CASE p_trouve WHEN 'text/csv'::text THEN '{text/csv,application/csv,application/vnd.ms-excel}'::text[] WHEN 'image/jpeg'::text THEN '{image/jpeg,image/jpg}'::text[] ELSE ARRAY[p_trouve] END)), false);

CREATE OR REPLACE FUNCTION private.type_des_octets(p_octets bytea)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_tete constant bytea := substring(p_octets from 1 for 12);
begin
  return case
    when substring(v_tete from 1 for 5) = '\x255044462d' then 'application/pdf'
    when substring(v_tete from 1 for 3) = '\xffd8ff' then 'image/jpeg'
    when substring(v_tete from 1 for 8) = '\x89504e470d0a1a0a' then 'image/png'
    when substring(v_tete from 1 for 4) = '\x52494646' and substring(v_tete from 9 for 4) = '\x57454250'
      then 'image/webp'
    when substring(v_tete from 1 for 4) = '\x504b0304' then
      case when position('[Content_Types].xml'::bytea in p_octets) > 0
             and position('xl/workbook.xml'::bytea in p_octets) > 0
           then 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' end
    when private.est_csv(p_octets) then 'text/csv'
  end;
end;
$function$;

CREATE OR REPLACE FUNCTION private.types_objets()
 RETURNS TABLE(objet_type text, relation text, annees integer)
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  values
    ('CDR', 'public.cours_de_route', 0),
    ('RECEPTION', 'public.receptions', 0),
    ('SORTIE', 'public.sorties_produit', 0),
    ('LOT', 'public.fournisseur_lot', 0),
    ('FACTURE_FOURNISSEUR', 'public.fournisseur_facture_lot_min', 10),
    ('PAIEMENT_FOURNISSEUR', 'public.fournisseur_paiement_lot_min', 10),
    ('PROFORMA', 'public.proformas', 10),
    ('SBLC', 'public.sblc', 10),
    ('FRAIS_LOT', 'public.frais_lot', 10),
    ('ECART', 'public.ecarts', 0),
    ('ANALYSE', 'public.analyses', 0),
    ('FACTURE_CLIENT', 'public.factures_client', 10),
    ('ENCAISSEMENT', 'public.encaissements', 10),
    ('BON_LIVRAISON', 'public.bons_livraison', 10),
    ('COMMANDE', 'public.commandes', 10),
    ('TRANSFERT_DEPOT', 'public.transferts_depots', 0),
    ('PRISE', 'public.prises_de_hauteur', 0),
    ('BAREME', 'public.baremes', 0),
    ('COMPTEUR', 'public.compteurs', 0),
    ('CITERNE', 'public.citernes', 0),
    ('INTERVENTION', 'private.interventions', 10)
$function$;

CREATE OR REPLACE FUNCTION private.vendu_par_ligne(p_ligne_id uuid)
 RETURNS TABLE(vente_usd numeric, litres_15c numeric)
 LANGUAGE sql
 STABLE SECURITY DEFINER COST 1000 ROWS 1
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  -- An invoice in francs says no rate: that of its day, or the last one before it.
  select private.en_devise(r.montant_ht, f.devise, 'USD', case f.devise when 'CDF' then (
           select t.taux_cdf from public.taux_change t where t.devise = 'USD' and t.jour <= f.date_facture
            order by t.jour desc, t.version desc limit 1) else f.taux_cdf end),
         s.volume_15c - coalesce((select sum(a.delta_15c) from public.stocks_adjustments a
                                   where a.mouvement_type = 'SORTIE' and a.mouvement_id = s.id), 0)
    from public.factures_client_lignes l
    join public.factures_client f on f.id = l.facture_id
    join public.sorties_produit s on s.id = l.sortie_id
   cross join lateral private.reste_de_ligne(l) r
   where l.id = p_ligne_id
$function$;

CREATE OR REPLACE FUNCTION private.verifier_documents()
 RETURNS TABLE(regle text, sha256 text, document_id uuid, constat text)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select 'D1', encode(c.sha256, 'hex'), null::uuid, 'le contenu n''est pas ce que dit son empreinte'
    from private.contenus c
   where c.octets is not null and (sha256(c.octets) <> c.sha256 or octet_length(c.octets) <> c.taille)
  union all
  select 'D3', encode(d.sha256, 'hex'), d.id, 'le document n''a pas son contenu'
    from public.documents d
   where d.statut <> 'PURGE' and not exists (select from private.contenus c
           where c.sha256 = d.sha256 and c.taille = d.taille)
  union all
  select 'D3', encode(c.sha256, 'hex'), null, 'le contenu n''est d''aucun document'
    from private.contenus c
   where not exists (select from public.documents d where d.sha256 = c.sha256 and d.statut <> 'PURGE')
$function$;

CREATE OR REPLACE FUNCTION private.verifier_paiement_en_ligne(p_facture_id uuid, p_prestataire text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger('ouvrir_paiements_en_ligne');
  perform private.facture_payable(p_facture_id, p_prestataire);
  return auth.uid();
end;
$function$;

CREATE OR REPLACE FUNCTION private.verrouiller_contenu(p_sha256 bytea)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select pg_advisory_xact_lock(hashtextextended('contenu:' || encode(p_sha256, 'hex'), 0)) $function$;

CREATE OR REPLACE FUNCTION private.vider_documents()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.interdire_si_prod();
  delete from public.documents_liens l where private.objet(l.objet_type, l.objet_id) is null;
  delete from public.documents d where d.id not in (select g.id from private.documents_durables() g);
  delete from private.contenus c where not exists (select from public.documents d
    where d.sha256 = c.sha256 and d.statut <> 'PURGE');
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
  delete from public.paiements_en_ligne;
  delete from public.evenements_entrants;
  delete from public.rapprochements;
  delete from private.evenements_simules;
  delete from private.sessions_simulees;
  delete from public.remboursements;
  delete from public.encaissements;
  delete from public.clotures_caisse;
  delete from private.restes_clients;
  delete from public.factures_client f where f.facture_origine_id is not null;
  delete from public.factures_client;
  delete from public.bons_livraison;
  delete from public.releves_clients;
  -- They say what moved, as it was known.
  delete from public.rapports;
  delete from public.sorties_commandes;
  delete from public.commandes;
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
  delete from public.prets_mouvements;
  delete from public.cessions;
  delete from public.prets;
  delete from public.parts_partenaires;
  delete from public.attributions_partenaires;
  delete from public.stocks_initiaux_partenaires;
  delete from private.comptes_partenaires_jours;
  delete from public.comptes_partenaires;
  delete from public.receptions;
  delete from public.sorties_produit;
  delete from public.transferts;
  delete from public.mouvements_transferts_depots;
  delete from public.transferts_depots;
  delete from public.dilatations;
  delete from public.stocks_adjustments;
  delete from public.stocks_initiaux;
  delete from public.regularisations;
  delete from public.prises_de_hauteur;
  delete from public.stocks_journaliers;
  delete from public.stocks_snapshot;
  perform private.vider_documents();
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

CREATE OR REPLACE FUNCTION private.volumes_du_jour(p_depots uuid[], p_jour date, p_sens text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_object('count', count(*), 'volume_ambient', coalesce(sum(m.volume_ambiant), 0), 'volume_15c',
           coalesce(sum(coalesce(m.volume_15c, m.volume_corrige_15c)), 0), 'count_monaluxe',
           count(*) filter (where m.proprietaire_type = 'MONALUXE'), 'count_partenaire',
           count(*) filter (where m.proprietaire_type = 'PARTENAIRE'))
    from (
      select r.volume_ambiant, r.volume_15c, r.volume_corrige_15c, r.proprietaire_type
        from public.receptions r
       where p_sens = 'RECEPTIONS' and r.depot_id = any (p_depots) and r.date_reception = p_jour
         and r.statut = 'validee'
      union all
      select s.volume_ambiant, s.volume_15c, s.volume_corrige_15c, s.proprietaire_type
        from public.sorties_produit s
       where p_sens = 'SORTIES' and s.citerne_id = any (array(select c.id from public.citernes c
                                                              where c.depot_id = any (p_depots)))
         and s.date_jour = p_jour and s.statut = 'validee') m
$function$;

CREATE OR REPLACE FUNCTION private.zone_du_depot(p_depot_id uuid)
 RETURNS text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return coalesce((select d.fuseau from public.depots d where d.id = p_depot_id), 'Africa/Lubumbashi');
end;
$function$;

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
  select * into v_rapport from private.catalogue_rapports() c where c.nom = p_nom;
  if not found then
    perform private.refuser('INTROUVABLE', '{"quoi":"ce rapport"}');
  end if;
  perform private.exiger_rapport(p_nom);
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

CREATE OR REPLACE FUNCTION public.annuler_encaissement(p_id uuid, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_enc public.encaissements;
  v_jour date;
  v_factures uuid[];
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
  v_factures := array(
    select distinct d.source_id from public.ecritures_tiers c
      join private.lettrages l on l.credit_id = c.id
      join public.ecritures_tiers d on d.id = l.debit_id and d.type = 'FACTURE'
     where c.source_type = 'encaissements' and c.source_id = p_id);
  v_jour := private.jour_au_depot(v_enc.depot_id, now());
  perform private.contrepasser(e.id, v_jour, format('Annulation : %s', left(p_motif, 500)))
     from public.ecritures_tiers e
    where e.source_type in ('encaissements', 'arrondis') and e.source_id = p_id and e.type in ('PAIEMENT', 'ARRONDI');
  -- What was credited of them meanwhile is not due again.
  perform private.lettrer_avoirs(f) from unnest(v_factures) f;
  update public.encaissements e
     set statut = 'ANNULE', annule_par = auth.uid(), motif_annulation = private.texte_net(p_motif) where e.id = p_id;
  perform private.journaliser('ENCAISSEMENT_ANNULE', 'ventes', 'WARNING', p_id, v_enc.depot_id,
    jsonb_build_object('motif', p_motif, 'avant', to_jsonb(v_enc) - '{client_fige,vendeur_fige}'::text[]));
end;
$function$;

CREATE OR REPLACE FUNCTION public.archiver_rapport(p_nom text, p_depot_id uuid DEFAULT NULL::uuid, p_du date DEFAULT NULL::date, p_au date DEFAULT NULL::date, p_connu_a timestamp with time zone DEFAULT NULL::timestamp with time zone, p_parametres jsonb DEFAULT '{}'::jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return private.garder_rapport(private.rapport(p_nom, p_depot_id, p_du, p_au, p_connu_a, p_parametres));
end;
$function$;

CREATE OR REPLACE FUNCTION public.arreter_abonnement(p_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_abonnement public.abonnements_rapports;
begin
  perform private.exiger_profil();
  select * into v_abonnement from public.abonnements_rapports a where a.id = p_id and a.user_id = auth.uid() for update;
  if not found then
    perform private.refuser('INTROUVABLE', '{"quoi":"cet abonnement"}');
  end if;
  if v_abonnement.actif then
    perform private.clore_abonnement(v_abonnement, 'ABONNE');
  end if;
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
  perform private.exiger_jour_ouvert(v_bon.depot_id, v_bon.date_livraison);
  v_bon := jsonb_populate_record(v_bon,
    jsonb_strip_nulls(private.seulement(p_bon, '{recu_par,volume_livre_ambiant,volume_livre_15c}')));
  -- A quantity said anew without its litres at 15 °C has them at the sortie's own ratio.
  if p_bon ->> 'volume_livre_ambiant' is not null and p_bon ->> 'volume_livre_15c' is null then
    v_bon.volume_livre_15c := round(v_bon.volume_livre_ambiant * v_sortie.volume_15c / v_sortie.volume_ambiant, 3);
  end if;
  -- The order it is of before the account, as whoever validates takes them.
  perform private.commande_de_sortie(v_sortie.id);
  -- It may say more than left the tank: whoever asks the client's limit meanwhile ends first.
  perform private.verrouiller_tiers('CLIENT', v_sortie.client_id);
  v_bon := private.numeroter_bon(v_bon);
  update public.bons_livraison b
     set (statut, confirme_par, confirme_le, dit, numero, recu_par, volume_livre_ambiant, volume_livre_15c)
         = (v_bon.statut, v_bon.confirme_par, v_bon.confirme_le, v_bon.dit, v_bon.numero, v_bon.recu_par,
            v_bon.volume_livre_ambiant, v_bon.volume_livre_15c)
   where b.id = p_id;
  perform private.exiger_livraison_de_commande(v_sortie.id);
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
  perform private.exiger_jour_ouvert(v_enc.depot_id, v_enc.jour_caisse);
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
  perform private.lettrer_avoirs(v_origine.id);
  return v_avoir.id;
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
  select * into v_facture from public.factures_client f where f.id = p_id and f.depot_id = any (v_acteur.depots);
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette facture'));
  end if;
  if v_facture.statut <> 'EMISE' then
    perform private.refuser('FACTURE_ETAT', jsonb_build_object('statut', v_facture.statut));
  end if;
  v_envoi.objet_type := 'FACTURE';
  v_envoi.objet_id := p_id;
  v_envoi.depot_id := v_facture.depot_id;
  v_envoi.sujet := format('%s %s %s', private.enseigne(),
    case v_facture.type when 'AVOIR' then 'Avoir' else 'Facture' end, v_facture.numero);
  v_envoi.contenu := private.lettre(
    format('Veuillez trouver ci-joint %s %s du %s, de %s %s toutes taxes comprises%s.',
      case v_facture.type when 'AVOIR' then 'l''avoir' else 'la facture' end, v_facture.numero,
      to_char(v_facture.date_facture, 'DD/MM/YYYY'), replace(v_facture.total_ttc::text, '.', ','), v_facture.devise,
      case when v_facture.type = 'FACTURE' then ', à payer au plus tard le '
        || to_char(v_facture.date_echeance, 'DD/MM/YYYY') end),
    v_facture.vendeur_fige);
  v_envoi := private.adresser_envoi(v_envoi, v_facture.client_id);
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
  v_envoi.objet_type := 'RECU';
  v_envoi.objet_id := p_id;
  v_envoi.depot_id := v_enc.depot_id;
  v_envoi.sujet := format('%s Reçu %s', private.enseigne(), v_enc.numero_recu);
  v_envoi.contenu := private.lettre(
    format('Nous avons bien reçu votre paiement de %s %s. Veuillez en trouver ci-joint le reçu %s.',
      replace(v_enc.montant::text, '.', ','), v_enc.devise, v_enc.numero_recu),
    v_enc.vendeur_fige);
  v_envoi := private.adresser_envoi(v_envoi, v_enc.client_id);
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
  v_envoi.objet_type := 'RELEVE';
  v_envoi.objet_id := p_id;
  v_envoi.depot_id := v_releve.depot_id;
  v_envoi.sujet := format('%s Relevé de compte au %s', private.enseigne(), to_char(v_releve.au, 'DD/MM/YYYY'));
  v_envoi.contenu := private.lettre(
    format('Veuillez trouver ci-joint le relevé de votre compte en %s au %s.', v_releve.devise,
      to_char(v_releve.au, 'DD/MM/YYYY')),
    v_releve.dit -> 'vendeur');
  v_envoi := private.adresser_envoi(v_envoi, v_releve.client_id);
  if v_envoi.id is null then
    v_envoi := private.poster_papier(v_envoi, 'releve-' || v_releve.au, public.imprimer_releve(p_id));
  end if;
  return private.dire_envoi(v_envoi);
end;
$function$;

CREATE OR REPLACE FUNCTION public.geler_document(p_id uuid, p_gel boolean, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger('geler_documents');
  perform private.document_vu(p_id);
  perform private.tenir_gel_document(p_id, p_gel, p_motif);
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
    'comptant', private.paye_comptant(v_facture),
    'exemplaire', private.compter_impression('FACTURE', p_id, v_facture.depot_id));
end;
$function$;

CREATE OR REPLACE FUNCTION public.kpi_finance(p_depot_id uuid DEFAULT NULL::uuid, p_du date DEFAULT NULL::date, p_au date DEFAULT NULL::date)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_depot private.depot_vu;
  v_au date;
  v_du date;
begin
  perform private.exiger('lire_ventes');
  v_depot := private.depot_du_rapport(p_depot_id, 'UN_OU_TOUS');
  v_au := coalesce(p_au, (now() at time zone v_depot.zone)::date);
  v_du := coalesce(p_du, date_trunc('month', v_au)::date);
  perform private.exiger_jours(v_du, v_au, 366);
  return jsonb_build_object('du', v_du, 'au', v_au, 'zone', v_depot.zone, 'depot_id', v_depot.id, 'depot_nom',
    v_depot.nom,
    'creances', (select coalesce(jsonb_agg(to_jsonb(x) order by x.devise desc), '[]') from (
       select r.devise, sum(r.debit) as du, coalesce(sum(r.debit) filter (where r.echeance < v_au), 0) as echu,
              sum(r.credit) as avances, sum(r.debit - r.credit) as solde
         from private.restes_connus(v_depot.id, v_au, statement_timestamp()) r group by r.devise) x),
    'ventes', (select coalesce(jsonb_agg(to_jsonb(x) order by x.devise desc), '[]') from (
       select f.devise, count(*) as documents,
              sum(case f.type when 'AVOIR' then -1 else 1 end * f.total_ht) as ht,
              sum(case f.type when 'AVOIR' then -1 else 1 end * f.total_ttc) as ttc
         from private.factures_connues(v_depot.id, v_du, v_au, statement_timestamp()) f group by f.devise) x),
    'a_facturer', (select jsonb_build_object('sorties', count(*), 'volume_15c', coalesce(sum(s.volume_15c), 0))
                     from public.v_sorties_a_facturer s
                    where s.date_jour between v_du and v_au and (v_depot.id is null or s.depot_id = v_depot.id)),
    'dettes', case when private.peut('lire_comptes') then (
       select coalesce(jsonb_agg(to_jsonb(x) order by x.devise desc), '[]') from (
         select s.devise, sum(s.solde) as solde
           from public.v_soldes_tiers s where s.tiers_type = 'FOURNISSEUR' group by s.devise) x) end,
    'marge', case when private.peut('lire_marges') then (
       select jsonb_build_object('vente_usd', m.vente_usd, 'cout_usd', m.cout_usd, 'marge_usd',
         m.vente_usd - m.cout_usd,
                'livraisons_sans_cout', m.sans_cout)
         from private.marge_connue(v_depot.id, v_du, v_au) m) end,
    'gain_15c', case when v_depot.id is not null and private.peut('lire_ecarts')
       then private.section_pertes(v_depot.id, v_du, v_au, statement_timestamp()) #> '{totaux,gain}' end);
end;
$function$;

CREATE OR REPLACE FUNCTION public.kpi_jour(p_depot_id uuid DEFAULT NULL::uuid, p_jour date DEFAULT NULL::date)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_depot private.depot_vu;
  v_depots uuid[];
  v_jour date;
  v_recu jsonb;
  v_sorti jsonb;
begin
  perform private.exiger('lire_rapports');
  v_depot := private.depot_du_rapport(p_depot_id, 'UN_OU_TOUS');
  v_depots := case when v_depot.id is null then private.depots_visibles() else array[v_depot.id] end;
  v_jour := coalesce(p_jour, (now() at time zone v_depot.zone)::date);
  v_recu := private.volumes_du_jour(v_depots, v_jour, 'RECEPTIONS');
  v_sorti := private.volumes_du_jour(v_depots, v_jour, 'SORTIES');
  return jsonb_build_object('jour', v_jour, 'zone', v_depot.zone, 'depot_id', v_depot.id, 'depot_nom', v_depot.nom,
    'receptions_today', v_recu, 'sorties_today', v_sorti,
    'balance_today', jsonb_build_object(
      'delta_ambient', (v_recu ->> 'volume_ambient')::numeric - (v_sorti ->> 'volume_ambient')::numeric,
      'delta_15c', (v_recu ->> 'volume_15c')::numeric - (v_sorti ->> 'volume_15c')::numeric),
    'stocks', private.stocks_du_jour(v_depots, v_jour), 'trucks_to_follow', private.camions_a_suivre(v_depots),
    'citernes_sous_seuil', private.citernes_sous_seuil(v_depots, v_jour));
end;
$function$;

CREATE OR REPLACE FUNCTION public.lier_document(p_id uuid, p_objet_type text, p_objet_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger_ecriture_document(private.document_vu(p_id));
  perform private.exiger_objet(p_objet_type, p_objet_id);
  perform private.relier_document(p_id, p_objet_type, p_objet_id);
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
    'depot', (select d.nom from public.depots d
               where not private.peut('voir_tous_depots') and d.id = (private.depots_ou('lire_ventes'))[1]),
    'client', jsonb_build_object('nom', v_client.nom, 'adresse', v_client.adresse, 'telephone', v_client.telephone,
      'nif', v_client.nif),
    'lignes', (select coalesce(jsonb_agg(to_jsonb(r) order by r.rang), '[]')
                 from public.releve_tiers('CLIENT', p_client_id, p_devise, p_du, p_au, p_connu_a) r));
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
  perform private.liberer_par_avoirs(v_paiement.id);
  v_reste := v_paiement.credit - private.montant_lettre(v_paiement.id);
  if not coalesce(p_montant > 0 and round(p_montant, 2) <= v_reste, false) then
    perform private.refuser('REMBOURSEMENT_EXCESSIF', jsonb_build_object('montant', p_montant, 'reste', v_reste));
  end if;
  if exists (select from public.remboursements r where r.reference = private.texte_net(p_reference)) then
    perform private.refuser('REFERENCE_DEJA_UTILISEE', jsonb_build_object('reference', p_reference));
  end if;
  v_remb.montant := p_montant;
  v_remb.mode := p_mode;
  v_remb.reference := private.texte_net(p_reference);
  v_remb.motif := private.texte_net(p_motif);
  v_remb.par := auth.uid();
  v_remb := private.ecrire_remboursement(v_enc, v_paiement.id, v_remb);
  return v_remb.id;
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
  perform private.exiger_pieces(v_facture, p_justification);
  perform private.passer_facture(v_facture, p_justification);
  update public.fournisseur_lot l set statut = 'facture' where l.id = v_facture.fournisseur_lot_id
    and l.statut = 'cloture';
  perform private.journaliser('FACTURE_VALIDEE', 'factures_fournisseur', 'INFO', p_id, null, jsonb_build_object(
    'montant_total_usd', v_facture.montant_total_usd, 'justification', p_justification));
end;
$function$;

ALTER TABLE "private"."codes_secours" ADD CONSTRAINT "codes_secours_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE "private"."essais_facteur" ADD CONSTRAINT "essais_facteur_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE "private"."facteurs_totp" ADD CONSTRAINT "facteurs_totp_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE "private"."sessions_elevees" ADD CONSTRAINT "sessions_elevees_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE "private"."evenements_simules" ADD CONSTRAINT "evenements_simules_session_id_fkey" FOREIGN KEY (session_id) REFERENCES private.sessions_simulees(session_id);

ALTER TABLE "public"."abonnements_rapports" ADD CONSTRAINT "abonnements_rapports_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."abonnements_rapports" ADD CONSTRAINT "abonnements_rapports_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE "public"."app_settings" ADD CONSTRAINT "app_settings_analyse_check" CHECK (((key <> 'analyse_documents'::text) OR (value = ANY (ARRAY['integre'::text, 'clamd'::text]))));

ALTER TABLE "public"."app_settings" ADD CONSTRAINT "app_settings_magasin_check" CHECK (((key <> 'magasin_documents'::text) OR (value = ANY (ARRAY['BASE'::text, 'S3'::text]))));

ALTER TABLE "public"."documents" ADD CONSTRAINT "documents_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."documents" ADD CONSTRAINT "documents_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."documents_liens" ADD CONSTRAINT "documents_liens_par_fkey" FOREIGN KEY (par) REFERENCES auth.users(id);

ALTER TABLE "public"."encaissements" ADD CONSTRAINT "encaissements_check4" CHECK (((confirme_par IS NULL) OR (numero_recu IS NOT NULL)));

ALTER TABLE "public"."encaissements" ADD CONSTRAINT "encaissements_check5" CHECK (((numero_recu IS NULL) OR (confirme_par IS NOT NULL) OR (mode = 'STRIPE'::text)));

ALTER TABLE "public"."encaissements" ADD CONSTRAINT "encaissements_check6" CHECK (((confirme_par IS NOT NULL) OR (statut = 'EN_ATTENTE'::text) OR (statut = 'ANNULE'::text) OR (mode = 'STRIPE'::text)));

ALTER TABLE "public"."envois" ADD CONSTRAINT "envois_canal_check" CHECK ((canal = ANY (ARRAY['EMAIL'::text, 'WEBHOOK'::text, 'ANALYSE'::text])));

ALTER TABLE "public"."paiements_en_ligne" ADD CONSTRAINT "paiements_en_ligne_created_by_fkey" FOREIGN KEY (created_by) REFERENCES auth.users(id);

ALTER TABLE "public"."paiements_en_ligne" ADD CONSTRAINT "paiements_en_ligne_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."paiements_en_ligne" ADD CONSTRAINT "paiements_en_ligne_encaissement_id_fkey" FOREIGN KEY (encaissement_id) REFERENCES public.encaissements(id);

ALTER TABLE "public"."paiements_en_ligne" ADD CONSTRAINT "paiements_en_ligne_facture_id_fkey" FOREIGN KEY (facture_id) REFERENCES public.factures_client(id);

ALTER TABLE "public"."rapports" ADD CONSTRAINT "rapports_depot_id_fkey" FOREIGN KEY (depot_id) REFERENCES public.depots(id);

ALTER TABLE "public"."rapports" ADD CONSTRAINT "rapports_genere_par_fkey" FOREIGN KEY (genere_par) REFERENCES auth.users(id);

ALTER TABLE "public"."remboursements" ADD CONSTRAINT "remboursements_check" CHECK (((par IS NULL) = (mode = 'STRIPE'::text)));

ALTER TABLE "public"."remboursements" ADD CONSTRAINT "remboursements_mode_check" CHECK ((mode = ANY (ARRAY['CASH'::text, 'VIREMENT'::text, 'MOBILE_MONEY'::text, 'CHEQUE'::text, 'STRIPE'::text])));

CREATE VIEW "public"."logs" WITH (security_invoker=true) AS  SELECT id,
    created_at,
    user_id,
    action,
    module,
    niveau,
    details,
    cible_id,
    depot_id,
    request_id,
    trace_id
   FROM public.log_actions;;

CREATE VIEW "public"."v_gains_pertes" WITH (security_invoker=true) AS  SELECT 'DEPOT'::text AS nature,
    e.depot_id,
    e.produit_id,
    e.citerne_id,
    e.prise_de_hauteur_id AS reference_id,
    private.jour_au_depot(e.depot_id, COALESCE(e.mesuree_le, e.created_at)) AS date_jour,
    'L15'::text AS unite,
    e.stock_comptable_15c AS attendu,
    e.volume_15c AS constate,
    e.ecart_15c AS ecart,
    d.debit,
    round((((1000)::numeric * e.ecart_15c) / NULLIF(d.debit, (0)::numeric)), 2) AS pour_mille,
    e.tolerance_inventaire_pour_mille AS tolerance_pour_mille,
    e.hors_tolerance,
    e.created_at
   FROM ((public.v_ecarts_inventaire e
     LEFT JOIN LATERAL ( SELECT private.jour_au_depot(p.depot_id, COALESCE(p.mesuree_le, p.created_at)) AS jour
           FROM public.prises_de_hauteur p
          WHERE ((p.citerne_id = e.citerne_id) AND (p.created_at < e.created_at) AND (p.volume_15c IS NOT NULL))
          ORDER BY p.created_at DESC
         LIMIT 1) a ON (true))
     CROSS JOIN LATERAL ( SELECT private.sorti_15c(e.citerne_id, (a.jour + 1), private.jour_au_depot(e.depot_id, COALESCE(e.mesuree_le, e.created_at))) AS debit) d)
  WHERE ((e.volume_15c IS NOT NULL) AND (e.stock_comptable_15c IS NOT NULL))
UNION ALL
 SELECT 'TRANSIT'::text AS nature,
    t.depot_id,
    t.produit_id,
    NULL::uuid AS citerne_id,
    t.cours_de_route_id AS reference_id,
    private.jour_au_depot(t.depot_id, t.decharge_le) AS date_jour,
    t.base AS unite,
    t.charge AS attendu,
    t.recu AS constate,
    t.ecart,
    t.charge AS debit,
    round((((1000)::numeric * t.ecart) / NULLIF(t.charge, (0)::numeric)), 2) AS pour_mille,
    round((((1000)::numeric * t.franchise) / NULLIF(t.charge, (0)::numeric)), 2) AS tolerance_pour_mille,
    (COALESCE(t.excedent, (0)::numeric) > (0)::numeric) AS hors_tolerance,
    t.created_at
   FROM public.v_ecarts_transit t
  WHERE t.compare;;

CREATE VIEW "public"."v_livre_mouvements" WITH (security_invoker=true) AS  SELECT m.depot_id,
    m.citerne_id,
    m.produit_id,
    m.proprietaire_type,
    m.date_jour,
    m.created_at,
    m.mouvement_type,
    m.mouvement_id,
    m.delta_ambiant,
    m.delta_15c,
    (COALESCE(o.stock_ambiant, (0)::numeric) + sum(m.delta_ambiant) OVER w) AS solde_ambiant,
    (COALESCE(o.stock_15c, (0)::numeric) + sum(m.delta_15c) OVER w) AS solde_15c
   FROM (public.v_mouvements_stock m
     LEFT JOIN LATERAL ( SELECT j.stock_ambiant,
            j.stock_15c
           FROM public.stocks_journaliers j
          WHERE ((j.citerne_id = m.citerne_id) AND (j.produit_id = m.produit_id) AND (j.proprietaire_type = m.proprietaire_type) AND (j.date_jour < m.date_jour))
          ORDER BY j.date_jour DESC
         LIMIT 1) o ON (true))
  WINDOW w AS (PARTITION BY m.citerne_id, m.produit_id, m.proprietaire_type, m.date_jour ORDER BY m.created_at, m.mouvement_id, m.delta_15c, m.delta_ambiant ROWS UNBOUNDED PRECEDING);;

CREATE INDEX evenements_simules_session_id_idx ON private.evenements_simules USING btree (session_id);

CREATE INDEX lettrages_created_at_idx ON private.lettrages USING btree (created_at DESC);

CREATE INDEX abonnements_rapports_depot_id_idx ON public.abonnements_rapports USING btree (depot_id);

CREATE INDEX abonnements_rapports_prochain_idx ON public.abonnements_rapports USING btree (prochain) WHERE actif;

CREATE INDEX cdr_etapes_clos_idx ON public.cdr_etapes USING btree (depot_id, depuis DESC) WHERE (statut = ANY (ARRAY['DECHARGE'::text, 'ANNULE'::text]));

CREATE INDEX documents_a_purger_idx ON public.documents USING btree (conserver_jusqu_au) WHERE (statut <> 'PURGE'::text);

CREATE INDEX documents_created_by_idx ON public.documents USING btree (created_by, created_at);

CREATE INDEX documents_depot_id_idx ON public.documents USING btree (depot_id);

CREATE INDEX documents_liens_objet_idx ON public.documents_liens USING btree (objet_type, objet_id);

CREATE INDEX documents_liens_par_idx ON public.documents_liens USING btree (par);

CREATE INDEX documents_sha256_idx ON public.documents USING btree (sha256);

CREATE INDEX evenements_entrants_recu_le_idx ON public.evenements_entrants USING btree (recu_le DESC);

CREATE INDEX factures_client_jour_idx ON public.factures_client USING btree (depot_id, date_facture) WHERE (statut = 'EMISE'::text);

CREATE INDEX paiements_en_ligne_created_by_idx ON public.paiements_en_ligne USING btree (created_by);

CREATE INDEX paiements_en_ligne_depot_id_idx ON public.paiements_en_ligne USING btree (depot_id);

CREATE INDEX paiements_en_ligne_facture_id_idx ON public.paiements_en_ligne USING btree (facture_id);

CREATE UNIQUE INDEX paiements_en_ligne_vif_unique ON public.paiements_en_ligne USING btree (facture_id) WHERE (statut = ANY (ARRAY['CREE'::text, 'OUVERT'::text, 'EN_ATTENTE'::text]));

CREATE INDEX rapports_depot_id_idx ON public.rapports USING btree (depot_id, nom, du DESC);

CREATE INDEX rapports_genere_par_idx ON public.rapports USING btree (genere_par);

CREATE UNIQUE INDEX remboursements_reference_unique ON public.remboursements USING btree (((mode = 'STRIPE'::text)), reference);

CREATE INDEX system_alerts_tableau_idx ON public.system_alerts USING btree (depot_id) WHERE (status <> 'RESOLVED'::text);

CREATE TRIGGER contenus_block BEFORE TRUNCATE ON private.contenus FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER contenus_figer BEFORE UPDATE ON private.contenus FOR EACH ROW EXECUTE FUNCTION private.contenus_figer();

CREATE TRIGGER contenus_gel BEFORE INSERT OR DELETE OR UPDATE ON private.contenus FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER abonnements_rapports_gel BEFORE INSERT OR DELETE OR UPDATE ON public.abonnements_rapports FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER documents_block BEFORE DELETE OR TRUNCATE ON public.documents FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER documents_figer BEFORE UPDATE ON public.documents FOR EACH ROW EXECUTE FUNCTION private.documents_figer();

CREATE TRIGGER documents_gel BEFORE INSERT OR UPDATE ON public.documents FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER documents_liens_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.documents_liens FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER documents_liens_gel BEFORE INSERT ON public.documents_liens FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER evenements_entrants_block BEFORE DELETE OR TRUNCATE ON public.evenements_entrants FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER evenements_entrants_figer BEFORE UPDATE ON public.evenements_entrants FOR EACH ROW EXECUTE FUNCTION private.evenement_figer();

CREATE TRIGGER evenements_entrants_gel BEFORE INSERT ON public.evenements_entrants FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER paiements_en_ligne_block BEFORE DELETE OR TRUNCATE ON public.paiements_en_ligne FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER paiements_en_ligne_figer BEFORE UPDATE ON public.paiements_en_ligne FOR EACH ROW EXECUTE FUNCTION private.paiement_en_ligne_figer();

CREATE TRIGGER paiements_en_ligne_gel BEFORE INSERT OR UPDATE ON public.paiements_en_ligne FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER rapports_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.rapports FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER rapports_gel BEFORE INSERT ON public.rapports FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER rapprochements_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.rapprochements FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER rapprochements_gel BEFORE INSERT ON public.rapprochements FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE POLICY "abonnements_rapports_lecture" ON "public"."abonnements_rapports" FOR SELECT TO "authenticated" USING ((user_id = ( SELECT auth.uid() AS uid)));

CREATE POLICY "documents_liens_lecture" ON "public"."documents_liens" FOR SELECT TO "authenticated" USING (private.objet_vu(objet_type, objet_id));

CREATE POLICY "evenements_entrants_lecture" ON "public"."evenements_entrants" FOR SELECT TO "authenticated" USING (( SELECT private.peut('lire_evenements_entrants'::text) AS peut));

CREATE POLICY "paiements_en_ligne_lecture" ON "public"."paiements_en_ligne" FOR SELECT TO "authenticated" USING ((depot_id = ANY (( SELECT private.depots_ou('lire_paiements_en_ligne'::text) AS depots_ou)::uuid[])));

CREATE POLICY "rapports_lecture" ON "public"."rapports" FOR SELECT TO "authenticated" USING (((capacites <@ ( SELECT private.capacites_de_lecture() AS capacites_de_lecture)) AND ((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])) OR ((depot_id IS NULL) AND ( SELECT private.peut('voir_tous_depots'::text) AS peut)))));

CREATE POLICY "rapprochements_lecture" ON "public"."rapprochements" FOR SELECT TO "authenticated" USING (( SELECT private.peut('lire_rapprochements'::text) AS peut));

COMMENT ON COLUMN "private"."codes_secours"."empreinte" IS 'SHA-256 of the code. Of eighty random bits, none is found by trying.';

COMMENT ON COLUMN "private"."codes_secours"."utilise_le" IS 'When it was used: it is good no more.';

COMMENT ON COLUMN "private"."demandes_comptees"."classe" IS 'First digit of the HTTP status.';

COMMENT ON COLUMN "private"."demandes_comptees"."paniers" IS 'Answers by time, one number for each bound of the doors'' histogram and one beyond; each answer in one of them.';

COMMENT ON COLUMN "private"."demandes_comptees"."route" IS 'Method and address as the act declares it; « ? » for no address of ours.';

COMMENT ON COLUMN "private"."demandes_comptees"."secondes" IS 'Sum of the times to answer, in seconds.';

COMMENT ON COLUMN "private"."essais_facteur"."bloque_jusqu_au" IS 'Until when no code is even looked at.';

COMMENT ON COLUMN "private"."facteurs_totp"."dernier_pas" IS 'Last step (thirty seconds since 1970) that was accepted: it and those before are over.';

COMMENT ON COLUMN "private"."facteurs_totp"."secret_chiffre" IS 'AES-256-GCM under CLE_SECRETS, bound to the person: s1.<which key>.<nonce>.<text>. Never in clear.';

COMMENT ON COLUMN "private"."sessions_elevees"."session" IS 'As private.session_de() names it.';

COMMENT ON COLUMN "public"."abonnements_rapports"."arrete_motif" IS 'Why it ended: ABONNE, as they asked; else the refusal that the report met.';

COMMENT ON COLUMN "public"."abonnements_rapports"."depot_id" IS 'null: all that the subscriber sees.';

COMMENT ON COLUMN "public"."abonnements_rapports"."parametres" IS 'What else the report takes.';

COMMENT ON COLUMN "public"."abonnements_rapports"."prochain" IS 'When the next one is due.';

COMMENT ON COLUMN "public"."abonnements_rapports"."rythme" IS 'JOUR: each morning, the day before; SEMAINE: on Mondays, the week before; MOIS: on the first, the month before.';

COMMENT ON COLUMN "public"."documents"."conserver_jusqu_au" IS 'Last day it must be kept: the longest of what it proves.';

COMMENT ON COLUMN "public"."documents"."depot_id" IS 'Depot of the first object it was attached to; null: of none.';

COMMENT ON COLUMN "public"."documents"."gel_juridique" IS 'Kept whatever its age, until somebody lifts it.';

COMMENT ON COLUMN "public"."documents"."moteur" IS 'What analysed it, with its version; of a paper we drew, interne.';

COMMENT ON COLUMN "public"."documents"."remplace_id" IS 'The document that this one takes the place of, which stays.';

COMMENT ON COLUMN "public"."documents"."sha256" IS 'Of its bytes: what it is, also once they are gone.';

COMMENT ON COLUMN "public"."documents"."signature" IS 'What was found in it; null for nothing.';

COMMENT ON COLUMN "public"."documents"."taille" IS 'Bytes; ten mebibytes at most.';

COMMENT ON COLUMN "public"."encaissements"."confirme_par" IS 'Who confirmed it; null where the provider of online payments did (created_by: who asked for it).';

COMMENT ON COLUMN "public"."evenements_entrants"."cree_le" IS 'When it happened, by the provider''s clock.';

COMMENT ON COLUMN "public"."evenements_entrants"."resultat" IS 'What it did: APPLIQUE, SANS_EFFET (what it says was known), ECART, IGNORE (a type that means nothing here), INCONNU (of a session that is none of ours).';

COMMENT ON COLUMN "public"."evenements_entrants"."secret_version" IS 'Which secret it was signed with; RAPPROCHEMENT: fetched at the provider, it never came by itself.';

COMMENT ON COLUMN "public"."log_actions"."trace_id" IS 'Trace of the HTTP request (W3C traceparent, 32 hexadecimal digits), null outside one.';

COMMENT ON COLUMN "public"."paiements_en_ligne"."ecart" IS 'What the provider says and this session does not: a person looks at it. Null: they agree.';

COMMENT ON COLUMN "public"."paiements_en_ligne"."encaissement_id" IS 'The payment it became, once it succeeded.';

COMMENT ON COLUMN "public"."paiements_en_ligne"."intention_id" IS 'Name of the payment itself at the provider (pi_…): the reference of its receipt.';

COMMENT ON COLUMN "public"."paiements_en_ligne"."litige" IS 'How a dispute of it stands; null: none.';

COMMENT ON COLUMN "public"."paiements_en_ligne"."montant_minime" IS 'What is asked, in cents.';

COMMENT ON COLUMN "public"."paiements_en_ligne"."rembourse_minime" IS 'What went back through the provider, refunds and lost disputes, in cents.';

COMMENT ON COLUMN "public"."paiements_en_ligne"."session_id" IS 'Name of the session at the provider (cs_…).';

COMMENT ON COLUMN "public"."paiements_en_ligne"."url" IS 'Where the client pays.';

COMMENT ON COLUMN "public"."rapports"."capacites" IS 'What one must be able to read to find all that is in it: whoever lacks one of them is not shown it.';

COMMENT ON COLUMN "public"."rapports"."connu_a" IS 'What was written later is not in it.';

COMMENT ON COLUMN "public"."rapports"."depot_id" IS 'Depot it is of; null: of all that who ran it sees, who sees them all.';

COMMENT ON COLUMN "public"."rapports"."donnees" IS '{entete, sections}: all that any format says.';

COMMENT ON COLUMN "public"."rapports"."finance" IS 'It is of money.';

COMMENT ON COLUMN "public"."rapports"."nom" IS 'Of private.catalogue_rapports().';

COMMENT ON COLUMN "public"."rapports"."parametres" IS 'What else it was asked by, as it took it.';

COMMENT ON COLUMN "public"."rapports"."sha256" IS 'Of its head and sections: see private.rapport.';

COMMENT ON COLUMN "public"."rapports"."version" IS 'Of its definition.';

COMMENT ON COLUMN "public"."rapprochements"."concordant" IS 'Of those, which stand here as they stand there.';

COMMENT ON COLUMN "public"."rapprochements"."ecarts" IS '[{defaut, session_id, paiement_id, la, ici}]: what still differs.';

COMMENT ON COLUMN "public"."rapprochements"."lu" IS 'Sessions of ours that the provider has of that time.';

COMMENT ON COLUMN "public"."rapprochements"."rejoues" IS 'Events that had never come, and payments that stood elsewhere by then: dealt with now.';

COMMENT ON COLUMN "public"."remboursements"."par" IS 'Who gave it back; null: the provider of online payments.';

COMMENT ON FUNCTION "private"."a_facturer_connues"(uuid, date, date, timestamp with time zone) IS 'Deliveries of Monaluxe''s fuel on some days of a depot that no invoice sold at a moment (v_sorties_a_facturer, now); for who reads its sales.';

COMMENT ON FUNCTION "private"."admins_actifs"() IS 'Who may sign in as an admin today.';

COMMENT ON FUNCTION "private"."adresser_envoi"(public.envois, uuid) IS 'A paper''s message to its client: the one that waits already, else this one with its address and its key, not yet written (no id). Raises what adresse_du_client does.';

COMMENT ON FUNCTION "private"."agir_pour"(text, text) IS 'For the judges, which are called by the project: until the end of the transaction it is this person, of these claims, who acts. Raises ROLE_FORBIDDEN, COMPTE_DESACTIVE, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."appeler_fonction"(text) IS 'Calls a function of this project with its own key. For a hosted project: vault secrets project_url and service_role_key, extension pg_net.';

COMMENT ON FUNCTION "private"."appeler_ouvrier"() IS 'Has the worker called, where something is due. For a hosted project.';

COMMENT ON FUNCTION "private"."appeler_rapprochement"() IS 'Has the provider asked, where that is due. For a hosted project.';

COMMENT ON FUNCTION "private"."appliquer_etat"(text, jsonb) IS 'Takes a session to where it stands at the provider, never back, and the account with it: told twice, or late, it changes nothing. The system acts, nobody. Answers what it did. Raises ECRITURE_INTERDITE, ENV_INTERDIT, INTROUVABLE, DATE_FUTURE, ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, REFERENCE_DEJA_UTILISEE, DEVISE_DIFFERENTE, CAISSE_CLOTUREE, TAUX_ABSENT, DEPOT_SANS_CODE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "private"."attacher"(public.documents, text, uuid) IS 'The document proves this object too, and is kept as long as it wants; already so, nothing changes. Raises DOCUMENT_OBJET_PLEIN, ISOLATION_INTERDITE, ECRITURES_GELEES, ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."avant_requete"() IS 'What PostgREST calls first, as the caller (db_pre_request): refuses whatever would tell the planner''s estimates, which know nothing of who may see what. PostgreSQL''s log names the request by the trace that it was given and its x-request-id; the log of acts and the answer bear its trace, made here where none was given. Raises ESTIMATION_INTERDITE.';

COMMENT ON FUNCTION "private"."avec_facteur"(uuid[]) IS 'How many of these people have a confirmed second factor; null where nothing here keeps one.';

COMMENT ON FUNCTION "private"."brouillons_connus"(uuid, date, timestamp with time zone) IS 'Sorties of a depot the caller sees, of a day or before it, that nobody had decided at a moment: the draft as it was, when it was written, litres it says.';

COMMENT ON FUNCTION "private"."camions_a_suivre"(uuid[]) IS 'Trucks on their way to some depots now, by step: how many, litres as announced.';

COMMENT ON FUNCTION "private"."camions_connus"(uuid, timestamp with time zone, timestamp with time zone) IS 'Trucks of a depot that were on their way at a moment, or were unloaded or given up since another: their step then, and since when.';

COMMENT ON FUNCTION "private"."capacites_de_lecture"() IS 'All that the calling user may do.';

COMMENT ON FUNCTION "private"."catalogue_rapports"() IS 'The reports: capability that each asks for, others that open more of it (lues), what its period is (JOUR, DATE, MOIS, PERIODE), the version of its definition, whether it is of money, of which depots (UN; UN_OU_TOUS that one sees; VUS, whatever one sees, none is named), what else it must be told.';

COMMENT ON FUNCTION "private"."chiffres_documents"() IS 'What a backup''s manifest says of contents: how many, their bytes, and the SHA-256 of their hashes, in order.';

COMMENT ON FUNCTION "private"."citernes_sous_seuil"(uuid[], date) IS 'Tanks of some depots that hold less than their security capacity (ambient litres, all owners), the emptiest first; critique: less than a fifth of it.';

COMMENT ON FUNCTION "private"."clore_abonnement"(public.abonnements_rapports, text) IS 'Ends a subscription and whatever of it has not left yet.';

COMMENT ON FUNCTION "private"."colonnes"(json) IS 'Columns of a section, in their order: {"key": "type|words"}, the type of an amount with its currency (montant:USD) where the line does not say it.';

COMMENT ON FUNCTION "private"."completer_encaissement"(public.encaissements) IS 'A payment, checked and completed, not yet written, whoever says it. Raises INTROUVABLE, DATE_FUTURE, ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, CAISSE_CLOTUREE, TAUX_ABSENT.';

COMMENT ON FUNCTION "private"."compter_echec"(private.essais_facteur, text) IS 'A wrong code more; the fifth of a row blocks for a quarter of an hour, and tells every admin. Answers the verdict: the code given, or TOTP_BLOQUE. Logs TOTP_REFUSE, TOTP_BLOQUE.';

COMMENT ON FUNCTION "private"."compter_reponses"(jsonb) IS 'Adds what a process of a function has answered since it last said so. Called by the doors, apart from any request.';

COMMENT ON FUNCTION "private"."compter_signature_refusee"() IS 'One more event that nobody of ours has signed.';

COMMENT ON FUNCTION "private"."confirmer_facteur"(text, text, text, bigint, text[]) IS 'A code of the proposed factor makes it the factor, with ten recovery codes (their SHA-256, in hexadecimal), raises this session and no other, and tells every admin. Answers as juger_totp does. Logs TOTP_INSCRIT, TOTP_REFUSE, TOTP_BLOQUE. Raises ROLE_FORBIDDEN, COMPTE_DESACTIVE, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."conserver_jusqu_au"(text, text, uuid) IS 'Last day a document of this category must be kept for this object, or for none: certificates five years, photos two, accounting papers and whatever proves an account ten, from the end of the object''s year.';

COMMENT ON FUNCTION "private"."constater_ecart"(public.paiements_en_ligne, jsonb) IS 'What the provider says does not agree with the session: nothing is booked, somebody is told. Raises ECRITURE_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."contenus_figer"() IS 'A content changes the place where it lies, and nothing else. Raises ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."controles_dits"() IS 'What each check says, in French.';

COMMENT ON FUNCTION "private"."controles_documents"() IS 'Documents that carry something, until they are purged; documents that nobody has analysed (hours).';

COMMENT ON FUNCTION "private"."controles_paiements"() IS 'Online payments that do not agree with their provider, that a bank contests, and reconciliations that found something or did not take place (hours).';

COMMENT ON FUNCTION "private"."controles_transferts_depots"() IS 'Fuel between two depots for longer than it should be (litres at 15 °C): told to both.';

COMMENT ON FUNCTION "private"."courbes_de_stock"(uuid, date, date, timestamp with time zone) IS 'A section a tank: what it held at the end of each day, all owners together, litres, and its curve.';

COMMENT ON FUNCTION "private"."declarer_infecte"(public.documents, text, text) IS 'Every document of this content is INFECTE, those that could be read until now included. Raises ECRITURES_GELEES, ISOLATION_INTERDITE, ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."deltas_apres"(uuid, timestamp with time zone) IS 'The same, as litres of a tank, owner and day, negative out: what a later figure of the journal has too much.';

COMMENT ON FUNCTION "private"."demander_analyse"(public.documents) IS 'Asks the worker, in the transaction that brings the document: neither comes without the other.';

COMMENT ON FUNCTION "private"."deposer_document"(jsonb, bytea) IS 'Keeps a file {categorie, nom, type_mime, sha256, objet_type, objet_id}: RECU until it is analysed. Raises ROLE_FORBIDDEN, INTROUVABLE, ISOLATION_INTERDITE, DOCUMENT_TROP_GROS, DOCUMENT_ALTERE, DOCUMENT_TYPE, DOCUMENT_QUOTA, DOCUMENT_OBJET_PLEIN, ECRITURES_GELEES, ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."depot_du_rapport"(uuid, text) IS 'The depot a report is of, as its caller sees it: the one named; else all, where it may be of all and they see all; else their own, or the first. Raises INTROUVABLE, RAPPORT_PARAMETRE.';

COMMENT ON FUNCTION "private"."dire_envoi"(public.envois) IS '{envoi_id, destination, sujet, statut, exemplaire}: what who sends a paper is told.';

COMMENT ON FUNCTION "private"."dire_instant"(timestamp with time zone, text) IS 'A moment as the clock on the wall of a zone says it: the same text whatever the session''s own zone.';

COMMENT ON FUNCTION "private"."dire_moment"(timestamp with time zone) IS 'A moment as ISO 8601 writes it, to the microsecond, in UTC.';

COMMENT ON FUNCTION "private"."dire_sauvegarde"(boolean, text) IS 'How the daily backup ended, told by e-mail to the administrators, once a day and issue. Logs SAUVEGARDE_FAITE, or SAUVEGARDE_ECHOUEE as WARNING. Owner only.';

COMMENT ON FUNCTION "private"."dit_la"(jsonb) IS 'The same of a session as the provider has it.';

COMMENT ON FUNCTION "private"."document_a_analyser"(uuid) IS 'What the worker looks at, and by which engine; none where nothing is left to say of it.';

COMMENT ON FUNCTION "private"."document_lie"(uuid) IS 'Whether a document is attached to something that there still is, seen or not by the caller.';

COMMENT ON FUNCTION "private"."document_vu"(uuid) IS 'A document that the caller sees. Raises INTROUVABLE.';

COMMENT ON FUNCTION "private"."documents_a_purger"() IS 'Documents whose retention is over, and those refused or infected; none that is held.';

COMMENT ON FUNCTION "private"."documents_durables"() IS 'Documents of what a purge of movements keeps: trucks, lots, contracts, tanks; and those whose place they have taken.';

COMMENT ON FUNCTION "private"."documents_figer"() IS 'What a document is never changes; its state only as the chapter says, its retention only to later. Raises ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."du_minime"(uuid) IS 'What is left to pay of an issued invoice, in cents.';

COMMENT ON FUNCTION "private"."ecart_a"(uuid, timestamp with time zone) IS 'What the log says a gap was at a moment: its figures as they were last found, what was said of them since.';

COMMENT ON FUNCTION "private"."ecarts_traites_apres"(uuid, timestamp with time zone) IS 'Gaps that somebody, or the system, treated after a moment: open until then.';

COMMENT ON FUNCTION "private"."echeance_abonnement"(text, text, timestamp with time zone) IS 'The first seven o''clock of a rhythm after a moment, by the clock of a zone.';

COMMENT ON FUNCTION "private"."ecrire_remboursement"(public.encaissements, uuid, public.remboursements) IS 'What is given back of a payment leaves its account, against the part that settles nothing. Raises LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES, and 23xxx.';

COMMENT ON FUNCTION "private"."ecrits_apres"(uuid, timestamp with time zone) IS 'Movements and dips of a depot the caller sees that the log knows only since after a moment.';

COMMENT ON FUNCTION "private"."effacer_facteur"(uuid, text) IS 'Takes somebody''s factor away, with its codes and whatever they had raised. By the owner of the database only, where no admin is left who could; otherwise reinitialiser_facteur. Logs FACTEUR_REINITIALISE. Raises MOTIF_REQUIS, INTROUVABLE.';

COMMENT ON FUNCTION "private"."elever_session"() IS 'Raises the calling session for fifteen minutes, after a good code, which forgives those that were wrong: until when.';

COMMENT ON FUNCTION "private"."empreinte_ligne"(public.log_actions) IS 'SHA-256 of a line: of all its columns as one record in PostgreSQL''s own text, the moment in seconds since 1970. The same whatever the session''s settings; the same as before there were traces, of a line without one.';

COMMENT ON FUNCTION "private"."encaisse_connu"(uuid, date, date, timestamp with time zone) IS 'What was taken in and given back at a depot''s tills over some days, by mode and currency, as it was known at a moment; for who reads the till.';

COMMENT ON FUNCTION "private"."encaissement_a_changer"(private.acteur, uuid, text[]) IS 'A payment, locked, in one of these states, that a person may change. Raises INTROUVABLE, ENCAISSEMENT_EN_LIGNE, ENCAISSEMENT_ETAT, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."encaisser_en_ligne"(public.paiements_en_ligne, private.etat_en_ligne) IS 'What was paid online becomes a payment with its receipt, against its invoice. Raises INTROUVABLE, DATE_FUTURE, ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, REFERENCE_DEJA_UTILISEE, DEVISE_DIFFERENTE, CAISSE_CLOTUREE, TAUX_ABSENT, DEPOT_SANS_CODE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "private"."envoyer_rapport"(public.abonnements_rapports) IS 'Writes the message of the latest time a subscription was due, and says when the next one is. Raises ABONNE_SANS_COURRIEL, ADRESSE_INTERDITE, ROLE_FORBIDDEN, COMPTE_DESACTIVE, INTROUVABLE, RAPPORT_PERIODE, RAPPORT_PARAMETRE, RAPPORT_TROP_GRAND, ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."envoyer_rapports_abonnes"() IS 'Writes the message of every report that is due, one each whatever was missed; a subscription whose report is refused to its subscriber ends, and says why. Run again, or twice at once, it does no harm. Returns how many.';

COMMENT ON FUNCTION "private"."essai_bloque"(private.essais_facteur) IS 'The verdict on any code while this is blocked; null where it is not.';

COMMENT ON FUNCTION "private"."est_csv"(bytea) IS 'Whether bytes are a table in text: no control character, a separator in the first line, and no page nor script.';

COMMENT ON FUNCTION "private"."etat_facteur"() IS 'One''s own factor: confirmed and proposed since when, recovery codes left, until when this session is raised, and its codes blocked. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."etat_production"() IS 'What a go-live asks of this database: a code, OUI, NON or SANS_OBJET, and what was seen, in French. Owner only.';

COMMENT ON FUNCTION "private"."etat_simule"(text) IS 'How a session stands at the simulated provider, by its name or its payment''s; null: it has none of that name.';

COMMENT ON FUNCTION "private"."evenement_figer"() IS 'An event that was dealt with stays what it was. Raises ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."exiger_contenu"(jsonb, bytea) IS 'What a file is, once it is neither too large nor altered and is what it is said to be. Raises DOCUMENT_TROP_GROS, DOCUMENT_ALTERE, DOCUMENT_TYPE.';

COMMENT ON FUNCTION "private"."exiger_ecriture_document"(public.documents) IS 'Who may write one of the objects it proves, who brought it, or who keeps documents. Raises ROLE_FORBIDDEN.';

COMMENT ON FUNCTION "private"."exiger_jour_ouvert"(uuid, date) IS 'The same for what moves no fuel: a delivery note, a payment. Raises PERIODE_CLOSE.';

COMMENT ON FUNCTION "private"."exiger_jours"(date, date, integer) IS 'Refuses days that end before they begin, or of more than so many (null: any). Raises RAPPORT_PERIODE, RAPPORT_TROP_GRAND.';

COMMENT ON FUNCTION "private"."exiger_mesure"(integer, bigint) IS 'Refuses a report of more lines than a door may give; null: any. Raises RAPPORT_TROP_GRAND.';

COMMENT ON FUNCTION "private"."exiger_objet"(text, uuid) IS 'Who attaches a document sees the object and may write it. Raises INTROUVABLE, ROLE_FORBIDDEN.';

COMMENT ON FUNCTION "private"."exiger_pieces"(public.fournisseur_facture_lot_min, text) IS 'Under the flag pieces_requises: a supplier''s invoice is validated with its own paper, and with a laboratory certificate or a note that says why there is none; attached to it, to its lot, to a truck of it, to what a truck brought or to an analysis of that. Raises PIECE_REQUISE.';

COMMENT ON FUNCTION "private"."exiger_quota"(integer) IS 'What one person may send a day, by the days of Lubumbashi: 500 MiB. Two at once are counted one after the other. Raises DOCUMENT_QUOTA.';

COMMENT ON FUNCTION "private"."exiger_rapport"(text) IS 'Refuses a report that the calling user may not run. Raises ROLE_FORBIDDEN.';

COMMENT ON FUNCTION "private"."exporter_rapport"(text, text, uuid, date, date, timestamp with time zone, jsonb, integer) IS 'A report (private.rapport) for a file of this format, and its line of the log. Raises INTROUVABLE, ROLE_FORBIDDEN, RAPPORT_PERIODE, RAPPORT_TROP_GRAND, RAPPORT_PARAMETRE.';

COMMENT ON FUNCTION "private"."facteur_a_prouver"(uuid, boolean) IS 'What a code is judged by, and the one clock that says the step (seconds since 1970). A proposal lives an hour. No row where there is none.';

COMMENT ON FUNCTION "private"."facture_fournisseur_apres_insert"() IS 'Logs FACTURE_CREEE; under the flag facture_lot_directe_compat, calculates and validates at once. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LOT_EXISTANT, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, DEPOT_SANS_CODE, FACTURE_ETAT, FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE, LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, PIECE_REQUISE, QUATRE_YEUX, LOT_INCOMPATIBLE, PROFORMA_ETAT.';

COMMENT ON FUNCTION "private"."facture_payable"(uuid, text) IS 'An invoice that may be paid online now, by the calling user''s word. Raises ROLE_FORBIDDEN, INTROUVABLE, PAIEMENT_EN_LIGNE_INDISPONIBLE.';

COMMENT ON FUNCTION "private"."factures_connues"(uuid, date, date, timestamp with time zone) IS 'Invoices and credit notes issued on some days, as they were known at a moment: of a depot, or of all whose sales one reads.';

COMMENT ON FUNCTION "private"."fin_connue"(date, text, timestamp with time zone) IS 'The end of a day in a zone, or the moment what is known stops, whichever is first.';

COMMENT ON FUNCTION "private"."flux_connus"(uuid, date, date, timestamp with time zone) IS 'Of each tank and owner that had or moved something: what it began with, what came and went by kind (negative out; transfers of both kinds; initiaux: opening stocks; ajustements: adjustments and régularisations), what was left; litres as measured and at 15 °C.';

COMMENT ON FUNCTION "private"."garder_impression"(jsonb, bytea) IS 'Keeps a paper that the door has just drawn {categorie, nom, type_mime, sha256, objet_type, objet_id}, with what it prints: DISPONIBLE at once, nobody sent it. Raises INTROUVABLE, ROLE_FORBIDDEN, ISOLATION_INTERDITE, DOCUMENT_TROP_GROS, DOCUMENT_ALTERE, DOCUMENT_TYPE, DOCUMENT_OBJET_PLEIN, ECRITURES_GELEES, ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."garder_rapport"(jsonb) IS 'Keeps a report that its caller has just run, and what one must be able to read to be shown it. Logs RAPPORT_ARCHIVE. Raises ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."id_du_parametre"(jsonb, text) IS 'A parameter that names a row. Raises RAPPORT_PARAMETRE where it is no id.';

COMMENT ON FUNCTION "private"."inscrire_document"(public.documents, text, uuid) IS 'Writes the row of a document whose content is kept, and attaches it to its first object. Raises DOCUMENT_OBJET_PLEIN, ISOLATION_INTERDITE, ECRITURES_GELEES, ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."jouer_session"(private.sessions_simulees, text, bigint) IS 'What somebody does with a simulated session: payer, promettre, echouer, expirer, rembourser, contester, perdre, gagner (amounts in cents, null: all that is left). Raises PAIEMENT_EN_LIGNE_INDISPONIBLE.';

COMMENT ON FUNCTION "private"."jour_clos"(uuid, date) IS 'Whether a day of a depot takes nothing any more: it is closed, under the flag cloture_mensuelle.';

COMMENT ON FUNCTION "private"."journaliser"(text[], text, text, uuid, uuid, jsonb) IS 'Writes the lines of what one call did to one target, in its order, in the name of the calling user; without one, details.role_sql says which database role, and acteur which system it acted for. Called by the rules only.';

COMMENT ON FUNCTION "private"."juger_code_secours"(text, text, text) IS 'A recovery code, by its SHA-256: raises the session once, tells every admin, counts what is wrong. A phone whose codes are blocked blocks none of these. Answers eleve_jusqu_au and codes_restants, or the refusal''s code and values. Logs CODE_SECOURS_UTILISE, TOTP_REFUSE, TOTP_BLOQUE. Raises ROLE_FORBIDDEN, COMPTE_DESACTIVE, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."juger_totp"(text, text, text, bigint, text) IS 'A code of the confirmed factor, by its step (null: of none): raises the session once a step, counts what is wrong. p_rechiffre: the same secret under the key that replaces the one it lies under. Answers eleve_jusqu_au, or the refusal''s code and values, so that what was counted stays. Logs TOTP_REUSSI, TOTP_REFUSE, TOTP_BLOQUE. Raises ROLE_FORBIDDEN, COMPTE_DESACTIVE, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."lettre"(text, jsonb) IS 'What a message that carries a paper says, signed by the seller.';

COMMENT ON FUNCTION "private"."lettrer_avoirs"(uuid) IS 'What is due of an invoice is settled first by its own credit notes, as far as they settle nothing yet. Raises LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."liberer_paiement"(public.ecritures_tiers, numeric) IS 'Takes back what a payment settles, the latest invoice first, until so much of it settles nothing: those are due again by as much. Raises LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."liberer_par_avoirs"(uuid) IS 'Credit notes that settle nothing yet take the place of a payment (its entry) in what it settles of their invoices: so much of it may be given back. Raises LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."ligne_connue"(uuid, jsonb, timestamp with time zone, text) IS 'A row that may be changed (reference data, a truck) as it was at a moment: what the log says it was before its first change since, by an action like this one.';

COMMENT ON FUNCTION "private"."lire_octets"(uuid) IS 'What ouvrir_document does once the caller sees the document; who reads a paper of finance is logged. Raises DOCUMENT_INFECTE, DOCUMENT_NON_DISPONIBLE.';

COMMENT ON FUNCTION "private"."magasin_documents"() IS 'Where new contents go: BASE, rows of this database; S3, a bucket that the doors are told of.';

COMMENT ON FUNCTION "private"."marge_connue"(uuid, date, date) IS 'What the deliveries invoiced on some days were sold for and what their fuel came to (USD), where that is known; of how many it is not. The sums of v_marge_ventes.';

COMMENT ON FUNCTION "private"."message_rapport"(public.abonnements_rapports, text, text, date, date, jsonb) IS 'The message of a report, its paper in it; without one where it has too many lines for a paper.';

COMMENT ON FUNCTION "private"."mesures"() IS 'Every figure of every domain. Called by ops/metrics only.';

COMMENT ON FUNCTION "private"."mesures_base"() IS 'Figures of the server: connections, locks, transactions, size.';

COMMENT ON FUNCTION "private"."mesures_documents"() IS 'Figures of the documents.';

COMMENT ON FUNCTION "private"."mesures_envois"() IS 'Figures of the outbox.';

COMMENT ON FUNCTION "private"."mesures_integrite"() IS 'Figures of the checks: alerts, the proof of the night, the passes, the backups, the freeze.';

COMMENT ON FUNCTION "private"."mesures_journal"() IS 'Figures of the log and its sealing.';

COMMENT ON FUNCTION "private"."mesures_paiements"() IS 'Figures of online payments.';

COMMENT ON FUNCTION "private"."mot"(text) IS 'A code of the tables in the words that reports say it by; one that has none (USD, A) as it is.';

COMMENT ON FUNCTION "private"."moteur_documents"() IS 'Engine that decides: integre, or clamd on top of it.';

COMMENT ON FUNCTION "private"."mouvements_connus"(uuid, date, date, timestamp with time zone) IS 'Movements of stock of a depot''s days, litres, negative out, as they were known at a moment.';

COMMENT ON FUNCTION "private"."niveau_citerne"(numeric, numeric) IS 'Where a tank stands against its security capacity, ambient litres of all owners: AU_DESSUS, AU_DESSOUS, or CRITIQUE under a fifth of it.';

COMMENT ON FUNCTION "private"."nom_connu"(uuid, text, timestamp with time zone) IS 'Name of a tank, client, supplier… as it was at a moment.';

COMMENT ON FUNCTION "private"."nom_de_fichier"(text, text) IS 'What a file is called here: no folder, nothing that nobody sees or that a system would take for more, two hundred characters, and the ending of what it is.';

COMMENT ON FUNCTION "private"."nom_de_l_appelant"() IS 'Name of the calling user, else their address.';

COMMENT ON FUNCTION "private"."noter_analyse"(uuid, text, text, text) IS 'What an engine found: SAIN, INFECTE or REJETE, with what it calls it. Only the engine that the setting names makes a document readable. Answers what the document is now. Owner only. Raises ISOLATION_INTERDITE, ECRITURES_GELEES, ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."noter_export"(jsonb, text) IS 'Logs EXPORT_GENERE: which report, of which days, in which format, how many lines, its hash; WARNING of money.';

COMMENT ON FUNCTION "private"."noter_rapprochement"(text, timestamp with time zone, timestamp with time zone, integer, jsonb) IS 'Writes what a reconciliation found, from the sessions that the provider has of that time. Raises ENV_INTERDIT, ECRITURES_GELEES, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "private"."noter_refus"(uuid, text, text, text, jsonb) IS 'What is kept of a refusal that a door has just given, in the name of whom it refused: for credit, a line of the log with the limit, what was owed and asked; for a file, one with what was wrong with it; of any other, nothing. Called by the doors only, apart from the transaction that was undone.';

COMMENT ON FUNCTION "private"."noter_session"(uuid, text, text, timestamp with time zone) IS 'The provider has opened a session: its name and where the client pays. Raises ECRITURE_INTERDITE, ECRITURES_GELEES, and 23xxx.';

COMMENT ON FUNCTION "private"."nouveau_bon"(public.sorties_produit, jsonb) IS 'A note of a sortie, not yet written: what is not said of it is the sortie''s. Raises PERIODE_CLOSE.';

COMMENT ON FUNCTION "private"."nouvel_encaissement"(jsonb) IS 'A payment that a person says, checked and completed, not yet written. Raises ROLE_FORBIDDEN, INTROUVABLE, ENCAISSEMENT_EN_LIGNE, DATE_FUTURE, ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, CAISSE_CLOTUREE, PERIODE_CLOSE, TAUX_ABSENT, and 22xxx.';

COMMENT ON FUNCTION "private"."objet"(text, uuid) IS 'Depot and year of an object; null where there is none. Whoever asks: never shown, only counted with.';

COMMENT ON FUNCTION "private"."objet_ecrit"(text) IS 'Whether the caller may write such an object.';

COMMENT ON FUNCTION "private"."objet_vu"(text, uuid) IS 'Whether the caller sees this object: its own table says, under its own policy.';

COMMENT ON FUNCTION "private"."oter_contenu"(bytea) IS 'A content goes with the last document that has it. Raises ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."ouvertures_connues"(uuid, date, timestamp with time zone) IS 'What each tank and owner of a depot had when a day began, litres, as it was known at a moment.';

COMMENT ON FUNCTION "private"."ouvrir_document"(uuid) IS 'The bytes of a document that the caller sees and that is DISPONIBLE; octets is null where they lie in the bucket. Raises INTROUVABLE, DOCUMENT_INFECTE, DOCUMENT_NON_DISPONIBLE.';

COMMENT ON FUNCTION "private"."ouvrir_essai"(uuid, text) IS 'The count of a person''s wrong codes, locked, of both kinds: proofs of one person are judged one after the other.';

COMMENT ON FUNCTION "private"."ouvrir_session_simulee"(jsonb) IS 'The simulated provider opens a session, once each of ours. Raises ENV_INTERDIT, and 22xxx.';

COMMENT ON FUNCTION "private"."paiement_de"(text, private.etat_en_ligne) IS 'The session that the provider speaks of, locked after its invoice; null where it is none of ours. Raises ECRITURE_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."paiement_en_ligne_figer"() IS 'What was asked never changes, and what was said of it only goes further. Raises ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."parametres_du_rapport"(text[], jsonb) IS 'What was said, where a report takes it; one that it must be told (no ? behind its name) is asked for, one that it does not take is refused. Raises RAPPORT_PARAMETRE.';

COMMENT ON FUNCTION "private"."parts_apres"(public.comptes_partenaires, timestamp with time zone) IS 'What moved a partner''s account and was only written after a moment.';

COMMENT ON FUNCTION "private"."pas_abonnement"(text) IS 'How long from one to the next.';

COMMENT ON FUNCTION "private"."pas_possible"(bigint) IS 'Whether a step may be accepted now: of the door''s own, one more, which what it asked in between took.';

COMMENT ON FUNCTION "private"."paye_comptant"(public.factures_client) IS 'How an invoice was closed on its own day, and the receipt that says it: {mode, operateur_mobile, numero_recu}; null where it was not.';

COMMENT ON FUNCTION "private"."periode_du_rapport"(text, date, date, date) IS 'The days of a report: of a JOUR that day (today where none is said), of a DATE the last one said, of a MOIS all of the month of that day, else from the first to the last said (from the first of the month, to today).';

COMMENT ON FUNCTION "private"."poser_codes_secours"(text[]) IS 'New recovery codes for oneself, in a raised session: those before are good no more. Logs CODES_SECOURS_REFAITS. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."poster_papier"(public.envois, text, jsonb) IS 'Writes a message with what its paper says, and its line of the log.';

COMMENT ON FUNCTION "private"."pret_production"() IS 'private.etat_production(), for who prepares a go-live (admin, directeur). Raises ROLE_FORBIDDEN.';

COMMENT ON FUNCTION "private"."prevenir_admins"(uuid, text, text) IS 'An e-mail to whoever may reset a factor, of what happened to this person''s ({qui} in the text), where the people of this database may be written to.';

COMMENT ON FUNCTION "private"."prevenus"(text) IS 'Whether the people of this database (profils_prevenus: of its profiles; clients_prevenus: its clients) may be written to: in PROD; elsewhere they may be PROD''s, brought by a copy, and are told nothing until the setting of that name names this very environment.';

COMMENT ON FUNCTION "private"."prises_connues"(uuid, date, date, timestamp with time zone) IS 'Dips that were read on some days of a depot, as they were known at a moment; but for regularisee, which is of now.';

COMMENT ON FUNCTION "private"."proposer_facteur"(text) IS 'Proposes a factor, instead of one proposed before; who has one already proves it first. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."purger_document"(uuid) IS 'The bytes go, the row and its hash stay (admin). Answers whether the content itself has gone: another document may have it. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, ISOLATION_INTERDITE, DOCUMENT_CONSERVE, ECRITURES_GELEES, ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."quantites_connues"(uuid, timestamp with time zone) IS 'What a réception brought, the adjustments known at a moment counted. Raises what private.volume_20c raises.';

COMMENT ON FUNCTION "private"."rang_en_ligne"(text) IS 'How far a state is: an online payment only ever goes further, in whatever order it is told.';

COMMENT ON FUNCTION "private"."ranger_contenu"(bytea) IS 'Keeps a content, once. Raises ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."ranger_genere"(jsonb, bytea) IS 'What garder_impression does once the caller may. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, DOCUMENT_TROP_GROS, DOCUMENT_ALTERE, DOCUMENT_TYPE, DOCUMENT_OBJET_PLEIN, ECRITURES_GELEES, ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."rapport"(text, uuid, date, date, timestamp with time zone, jsonb, integer) IS 'A report as its caller may read it, {entete, sections}: p_depot_id (their own, or all, where none is named), the days p_du to p_au, as it was known at p_connu_a (now; exact once it is a minute old). p_maximum lines and 366 days at most; null: any. sha256 is of the head and the sections, not of who asked, nor of the two moments. Raises INTROUVABLE, ROLE_FORBIDDEN, RAPPORT_PERIODE, RAPPORT_TROP_GRAND, RAPPORT_PARAMETRE.';

COMMENT ON FUNCTION "private"."rapport_balance_agee"(uuid, date, date, timestamp with time zone, jsonb) IS 'Balance âgée: what each client owed at the end of the last day, by how many days it was late, a section a currency.';

COMMENT ON FUNCTION "private"."rapport_ecarts"(uuid, date, date, timestamp with time zone, jsonb) IS 'Écarts: found on these days, or still open when they end, as they were known.';

COMMENT ON FUNCTION "private"."rapport_gains_pertes"(uuid, date, date, timestamp with time zone, jsonb) IS 'Gains et pertes: of the depot, tank by tank, and of the way, truck by truck, apart.';

COMMENT ON FUNCTION "private"."rapport_journalier"(uuid, date, date, timestamp with time zone, jsonb) IS 'Rapport journalier: how the tanks stand, stock by tank and owner, dips, what came, what left, what waits, trucks; the till, what is to invoice and late, the alerts for who reads them.';

COMMENT ON FUNCTION "private"."rapport_livre"(uuid, date, date, timestamp with time zone, jsonb) IS 'Livre des mouvements: every movement of a depot''s days with what its tank and owner had after it.';

COMMENT ON FUNCTION "private"."rapport_mensuel"(uuid, date, date, timestamp with time zone, jsonb) IS 'Rapport mensuel: the days of a month summed, averages, gains and losses of each tank, its curve; the till for who reads it.';

COMMENT ON FUNCTION "private"."rapport_releve_client"(uuid, date, date, timestamp with time zone, jsonb) IS 'Relevé d''un client: what they owe, entry by entry. Raises INTROUVABLE, RAPPORT_PARAMETRE.';

COMMENT ON FUNCTION "private"."rapport_releve_fournisseur"(uuid, date, date, timestamp with time zone, jsonb) IS 'Relevé d''un fournisseur: what we owe them, entry by entry. Raises INTROUVABLE, RAPPORT_PARAMETRE.';

COMMENT ON FUNCTION "private"."rapport_releve_partenaire"(uuid, date, date, timestamp with time zone, jsonb) IS 'Relevé d''un partenaire: what is his of a product at a depot, movement by movement, litres. Raises INTROUVABLE, RAPPORT_PARAMETRE, ROLE_FORBIDDEN.';

COMMENT ON FUNCTION "private"."rapport_releve_transporteur"(uuid, date, date, timestamp with time zone, jsonb) IS 'Relevé d''un transporteur: what each of their trucks was loaded with and what it brought.';

COMMENT ON FUNCTION "private"."rapport_tva"(uuid, date, date, timestamp with time zone, jsonb) IS 'TVA collectée: by month, group and rate, and in francs as the invoices say it.';

COMMENT ON FUNCTION "private"."rapport_ventes"(uuid, date, date, timestamp with time zone, jsonb) IS 'Rapports de vente: Z by day, X of the period, A by article; of a depot, or of all whose sales one reads. Raises RAPPORT_PARAMETRE.';

COMMENT ON FUNCTION "private"."rapports_permis"() IS 'The reports that the calling user may run.';

COMMENT ON FUNCTION "private"."rapprochement_du"() IS 'Whether the provider should be asked: something was opened in seven days, and nobody has asked for a day.';

COMMENT ON FUNCTION "private"."recevoir_document"(jsonb, bytea, uuid) IS 'What the three functions below do once the caller may: content, row, link, and the analysis that is asked for, in one transaction. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, DOCUMENT_TROP_GROS, DOCUMENT_ALTERE, DOCUMENT_TYPE, DOCUMENT_QUOTA, DOCUMENT_OBJET_PLEIN, ECRITURES_GELEES, ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."recevoir_evenement"(text, jsonb, text, jsonb) IS 'An event and its effect, once, in one transaction; without a state of its payment it is kept and means nothing. Called by the door, which has checked who signed it, and by nobody else. Answers what it did. Raises ECRITURE_INTERDITE, ENV_INTERDIT, INTROUVABLE, DATE_FUTURE, ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, REFERENCE_DEJA_UTILISEE, DEVISE_DIFFERENTE, CAISSE_CLOTUREE, TAUX_ABSENT, DEPOT_SANS_CODE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "private"."refuser_en_ligne"(text, text) IS 'Why an invoice cannot be paid online, as a word and as a clause. Raises PAIEMENT_EN_LIGNE_INDISPONIBLE.';

COMMENT ON FUNCTION "private"."reinitialiser_facteur"(uuid, text) IS 'Takes another person''s factor away, with the reason (admin, in a raised session); never one''s own. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, FACTEUR_PERSONNEL, MOTIF_REQUIS, INTROUVABLE.';

COMMENT ON FUNCTION "private"."relier_document"(uuid, text, uuid) IS 'What lier_document does once the caller may. Raises ROLE_FORBIDDEN, DOCUMENT_NON_DISPONIBLE, DOCUMENT_OBJET_PLEIN, ISOLATION_INTERDITE, ECRITURES_GELEES, ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."remplacer_codes_secours"(uuid, text[]) IS 'These codes instead of all those before, used or not; two at once, the last.';

COMMENT ON FUNCTION "private"."remplacer_document"(uuid, jsonb, bytea) IS 'A better copy {nom, type_mime, sha256} takes the place of a document, with its category and all it proves; the former stays. Once, and by who may write all it proves. Raises INTROUVABLE, DOCUMENT_REMPLACE, ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, ISOLATION_INTERDITE, DOCUMENT_TROP_GROS, DOCUMENT_ALTERE, DOCUMENT_TYPE, DOCUMENT_QUOTA, DOCUMENT_OBJET_PLEIN, ECRITURES_GELEES, ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."rendre_en_ligne"(public.paiements_en_ligne, jsonb, numeric) IS 'What went back through the provider leaves the account, and its invoice is due again by as much. Raises LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES, and 23xxx.';

COMMENT ON FUNCTION "private"."reserver_paiement"(uuid, text) IS 'The session that is alive for an invoice, else a new one for what is due of it now; perime: it must be closed at the provider first, because it asks for something else, of another or for too little time. Asked by the door, in the name of who asks it. Raises ROLE_FORBIDDEN, INTROUVABLE, PAIEMENT_EN_LIGNE_INDISPONIBLE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, ECRITURES_GELEES, and 23xxx.';

COMMENT ON FUNCTION "private"."restes_connus"(uuid, date, timestamp with time zone) IS 'What was open of clients'' accounts at the end of a day, as it was known at a moment, at the depots whose sales one reads; of one of them where it is named.';

COMMENT ON FUNCTION "private"."retenir_periodes"(uuid) IS 'Whoever closes a day of this depot waits until this ends, or has closed it already.';

COMMENT ON FUNCTION "private"."reussir_en_ligne"(public.paiements_en_ligne, private.etat_en_ligne) IS 'A session was paid: once, and only what it asked for. Raises ECRITURE_INTERDITE, INTROUVABLE, DATE_FUTURE, ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, REFERENCE_DEJA_UTILISEE, DEVISE_DIFFERENTE, CAISSE_CLOTUREE, TAUX_ABSENT, DEPOT_SANS_CODE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "private"."second_facteur_prouve"() IS 'Whether this session was raised: to aal2 by Supabase Auth, or by a code of ours less than fifteen minutes ago.';

COMMENT ON FUNCTION "private"."section"(text, text, json, jsonb, text[], jsonb) IS 'A section of a report: its columns, its lines, the sums of those of p_sommes, and what a chart of it draws.';

COMMENT ON FUNCTION "private"."section_a_facturer"(uuid, date, timestamp with time zone) IS 'Deliveries of a day and of the thirty before it that were not invoiced, by client and product, the oldest first.';

COMMENT ON FUNCTION "private"."section_alertes"(uuid, date, timestamp with time zone, text) IS 'Alerts of a depot that were open at the end of a day.';

COMMENT ON FUNCTION "private"."section_articles"(uuid, date, date, timestamp with time zone) IS 'Sales of some days by article, unit, tax group and currency, credit notes taken off.';

COMMENT ON FUNCTION "private"."section_brouillons"(uuid, date, timestamp with time zone, text) IS 'Drafts of sorties of a day or before it that wait for somebody to validate or reject them.';

COMMENT ON FUNCTION "private"."section_camions"(uuid, date, date, timestamp with time zone, text) IS 'Trucks at the end of some days: on their way, at the gate, and those unloaded or given up meanwhile; when each was loaded, and for how many days it has been on its way; litres as announced.';

COMMENT ON FUNCTION "private"."section_citernes"(uuid, date, timestamp with time zone, text) IS 'What each tank of a depot held at the end of a day, all owners: how full, what room is left, against its security capacity, and whether it was dipped that day; an inactive one only while it holds something.';

COMMENT ON FUNCTION "private"."section_compte"(text, uuid, text, text, date, date, timestamp with time zone) IS 'Statement of an account in a currency: the balance brought forward, each entry, the balance after it. Raises INTROUVABLE, RAPPORT_PARAMETRE, ROLE_FORBIDDEN, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."section_creances"(uuid, date, timestamp with time zone) IS 'What clients of a depot owed and was late at the end of a day, a line a currency.';

COMMENT ON FUNCTION "private"."section_encaissements"(uuid, date, date, timestamp with time zone) IS 'What the tills of a depot took in and gave back over some days, by mode and currency.';

COMMENT ON FUNCTION "private"."section_factures"(uuid, date, date, timestamp with time zone, boolean) IS 'Invoices and credit notes (below zero) of some days, by depot, kind and currency, a line a day where it is asked: how many, the first and last numbers, totals.';

COMMENT ON FUNCTION "private"."section_jaugeages"(uuid, date, date, timestamp with time zone, text) IS 'Dips of some days beside the books of the moment they were read, at 15 °C.';

COMMENT ON FUNCTION "private"."section_moyennes"(uuid, date, date, timestamp with time zone) IS 'What came and left a day on average, by product, litres at 15 °C, and how many days what is left would last.';

COMMENT ON FUNCTION "private"."section_pertes"(uuid, date, date, timestamp with time zone) IS 'What each tank gained or lost over some days, litres at 15 °C: the gap of its last dip, less that of the dip before these days, plus what was booked between the two; in thousandths of what left it.';

COMMENT ON FUNCTION "private"."section_receptions"(uuid, date, date, timestamp with time zone) IS 'What came to a depot over some days, by supplier or partner, product and owner: how many, litres.';

COMMENT ON FUNCTION "private"."section_sorties"(uuid, date, date, timestamp with time zone) IS 'What left a depot over some days, by client or partner, product and owner: how many, litres.';

COMMENT ON FUNCTION "private"."section_stock"(text, uuid, date, date, timestamp with time zone) IS 'What a depot had, received and gave over some days, by tank and owner at 15 °C (stock_15c) or as measured (stock_ambiant), or by owner and product (proprietaires).';

COMMENT ON FUNCTION "private"."section_taxes"(uuid, date, date, timestamp with time zone, boolean) IS 'Tax of some days by group, rate and currency, credit notes taken off; a line a month where it is asked.';

COMMENT ON FUNCTION "private"."section_transit"(uuid, date, date, timestamp with time zone, text) IS 'Trucks received on some days: loaded against received, in the unit of the bill of lading; of one carrier where one is named.';

COMMENT ON FUNCTION "private"."session_de"(jsonb) IS 'The session a token is of, by its claims: session_id, which outlives a refresh; without one, the hash of the claims, so that what was raised is that very token.';

COMMENT ON FUNCTION "private"."simuler"(text, text, bigint) IS 'Somebody acts at the simulated provider; answers the event it then tells, to be signed and sent. Raises ENV_INTERDIT, INTROUVABLE, PAIEMENT_EN_LIGNE_INDISPONIBLE.';

COMMENT ON FUNCTION "private"."sorti_15c"(uuid, date, date) IS 'What left a tank through its pump on some days, litres at 15 °C: what a loss is told against.';

COMMENT ON FUNCTION "private"."sorties_decidees_apres"(uuid, timestamp with time zone) IS 'Sorties of a depot that somebody validated or rejected after a moment: drafts until then, if they were there.';

COMMENT ON FUNCTION "private"."stocks_du_jour"(uuid[], date) IS 'Stock of some depots at the end of a day, all of it and by owner, and what the tanks that hold it could.';

COMMENT ON FUNCTION "private"."stocks_le"(uuid[], date) IS 'What each tank and owner of some depots had at the end of a day, litres: of today, v_stock_actuel.';

COMMENT ON FUNCTION "private"."succeder_document"(uuid, jsonb, bytea, uuid[]) IS 'What remplacer_document does once the caller may, who may write what these links are to: all of its links, or none is replaced. Raises DOCUMENT_REMPLACE, ROLE_FORBIDDEN, ISOLATION_INTERDITE, DOCUMENT_TROP_GROS, DOCUMENT_ALTERE, DOCUMENT_TYPE, DOCUMENT_QUOTA, DOCUMENT_OBJET_PLEIN, ECRITURES_GELEES, ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."suivre_litige"(public.paiements_en_ligne, text) IS 'A dispute was opened, won or lost. Raises ECRITURE_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."suivre_retours"(public.paiements_en_ligne, private.etat_en_ligne) IS 'Each refund and lost dispute of a payment once, never more than it was. Raises ECRITURE_INTERDITE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "private"."surveiller"() IS 'Everything to be done every minute: the alerts, the reports that are due, and once a night the whole proof. Run again, or twice at once, it does no harm.';

COMMENT ON FUNCTION "private"."tableau"(uuid, text) IS 'The board of a depot as the caller may see it (one''s own, or the first, where none is named): tanks, trucks, alerts, the day so far, the last movements; litres. Null where p_connue is already its version. Raises INTROUVABLE.';

COMMENT ON FUNCTION "private"."tableau_alertes"(uuid, integer) IS 'Alerts of a depot that are not resolved: how many, how many of them critical, and the first so many, gravest, not yet taken on, latest first; null for who may not read alerts.';

COMMENT ON FUNCTION "private"."tenir_gel_document"(uuid, boolean, text) IS 'What geler_document does once the caller sees the document. Raises ROLE_FORBIDDEN, MOTIF_REQUIS, DOCUMENT_NON_DISPONIBLE, ISOLATION_INTERDITE, ECRITURES_GELEES, ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."tirer_pour"(uuid, text, uuid, date, date, jsonb, integer) IS 'A report as this user may read it, run under their role and policies, and logged in their name. Raises ROLE_FORBIDDEN, COMPTE_DESACTIVE, INTROUVABLE, RAPPORT_PERIODE, RAPPORT_TROP_GRAND, RAPPORT_PARAMETRE.';

COMMENT ON FUNCTION "private"."totaux"(jsonb, text[]) IS 'Sums of the columns that add up, of the lines as they are said; null where no line says any.';

COMMENT ON FUNCTION "private"."trace_donnee"(text) IS 'Trace of a W3C traceparent header, 32 hexadecimal digits; null where it is badly formed, which is to be ignored.';

COMMENT ON FUNCTION "private"."transits_connus"(uuid, date, date, timestamp with time zone) IS 'Trucks received on some days of a depot the caller sees: loaded, by their bill of lading, and received, in its unit and in litres at 15 °C, as it was known at a moment; and the loss on the way that nobody answers for.';

COMMENT ON FUNCTION "private"."type_convient"(text, text) IS 'Whether what a client declares is what the bytes are.';

COMMENT ON FUNCTION "private"."type_des_octets"(bytea) IS 'What bytes are by their own beginning, whatever they are said to be; null for what is not kept here.';

COMMENT ON FUNCTION "private"."types_objets"() IS 'What a document may be attached to: where it lies, and the years that the law wants its papers kept (0: as the document''s own category).';

COMMENT ON FUNCTION "private"."vendu_par_ligne"(uuid) IS 'What a line of an invoice sells, credit notes taken off, before tax (USD, at the invoice''s rate, of one in francs at that of its day), and what of it has left the tank, adjustments counted (litres at 15 °C).';

COMMENT ON FUNCTION "private"."verifier_documents"() IS 'Hashes every content again, and looks for documents without one and for contents without a document: no row is what there should be. Owner only.';

COMMENT ON FUNCTION "private"."verifier_paiement_en_ligne"(uuid, text) IS 'Whether the calling user may have this invoice paid online; changes nothing. Gives who is asking. Raises ROLE_FORBIDDEN, INTROUVABLE, PAIEMENT_EN_LIGNE_INDISPONIBLE.';

COMMENT ON FUNCTION "private"."verrouiller_contenu"(bytea) IS 'Until the transaction ends nobody else brings, judges or takes away this very content.';

COMMENT ON FUNCTION "private"."vider_documents"() IS 'Part of private.vider_mouvements(): documents of what is no more go with it; those of trucks, lots, contracts and tanks stay. Raises ENV_INTERDIT, ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "private"."volumes_du_jour"(uuid[], date, text) IS 'Réceptions or sorties of a day at some depots: how many, litres as measured and at 15 °C (never the one for the other), how many of each owner.';

COMMENT ON FUNCTION "private"."zone_du_depot"(uuid) IS 'Time zone of a depot; the company''s where it is of none.';

COMMENT ON FUNCTION "public"."abonner_rapport"(text, uuid, text, jsonb) IS 'The calling user is sent a report they may run, at seven o''clock at the depot; asked again it is the same subscription. Of a report of a day or of a month, p_rythme is its own. Raises INTROUVABLE, ROLE_FORBIDDEN, RAPPORT_PERIODE, RAPPORT_PARAMETRE, RAPPORT_TROP_GRAND, ABONNE_SANS_COURRIEL, ADRESSE_INTERDITE, ABONNEMENTS_TROP_NOMBREUX, ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "public"."annuler_encaissement"(uuid, text) IS 'A payment that was none: the account has its opposite, its invoices are due again, its receipt''s number stays used. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, ECRITURE_CONTREPASSEE, ENCAISSEMENT_ETAT, ENCAISSEMENT_EN_LIGNE, CAISSE_CLOTUREE.';

COMMENT ON FUNCTION "public"."archiver_rapport"(text, uuid, date, date, timestamp with time zone, jsonb) IS 'Runs a report as its caller and keeps it as it is said now. Raises INTROUVABLE, ROLE_FORBIDDEN, RAPPORT_PERIODE, RAPPORT_TROP_GRAND, RAPPORT_PARAMETRE, ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "public"."arreter_abonnement"(uuid) IS 'The calling user is sent a report no more, from now on: what waits in the outbox does not go either. Raises ROLE_FORBIDDEN, COMPTE_DESACTIVE, INTROUVABLE, ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "public"."confirmer_bl"(uuid, jsonb) IS 'The client has had it: recu_par, volume_livre_ambiant and volume_livre_15c as signed for. It gets its number; what is not what left the tank opens a gap. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ECRITURES_GELEES, DEPOT_SANS_CODE, SORTIE_NON_LIVRABLE, BL_ETAT, COMMANDE_DEPASSEE, PERIODE_CLOSE, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "public"."confirmer_encaissement"(uuid, jsonb) IS 'What was waited for has come: it has its receipt and settles what is due. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ECRITURES_GELEES, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, ENCAISSEMENT_ETAT, DEVISE_DIFFERENTE, ENCAISSEMENT_EN_LIGNE, PERIODE_CLOSE, and 22xxx.';

COMMENT ON FUNCTION "public"."encaisser"(jsonb) IS 'Records a payment: depot_id, client_id, mode, operateur_mobile, devise, montant, montant_remis, devise_compte, reference, recu_le, statut (CONFIRME, or EN_ATTENTE of the bank), factures [{facture_id, montant}]. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, TAUX_ABSENT, ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, REFERENCE_DEJA_UTILISEE, DEVISE_DIFFERENTE, ENCAISSEMENT_EN_LIGNE, CAISSE_CLOTUREE, PERIODE_CLOSE, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "public"."enregistrer_avoir_fournisseur"(uuid, text, date, numeric, text) IS 'The supplier takes back a part of a validated invoice, at most the whole: settles it as a payment does; what is paid already stays to their credit. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES, LOT_EXISTANT, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, FACTURE_ETAT, FACTURE_EXISTANTE, FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE, LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, AVOIR_EXCESSIF, PIECE_REQUISE, QUATRE_YEUX, LOT_INCOMPATIBLE, PROFORMA_ETAT.';

COMMENT ON FUNCTION "public"."envoyer_recu"(uuid) IS 'Sends the receipt of a confirmed payment to its client by e-mail, its paper attached, which counts as a print. Asked again while the message waits, it is that message. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, INTROUVABLE, ENV_INTERDIT, ENCAISSEMENT_ETAT, CLIENT_SANS_COURRIEL, ADRESSE_INTERDITE.';

COMMENT ON FUNCTION "public"."envoyer_releve"(uuid) IS 'Sends a statement that was drawn up to its client by e-mail, its paper attached, which counts as a print. Asked again while the message waits, it is that message. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, INTROUVABLE, ENV_INTERDIT, CLIENT_SANS_COURRIEL, ADRESSE_INTERDITE.';

COMMENT ON FUNCTION "public"."etablir_bl"(uuid, jsonb) IS 'Drafts the delivery note of a validated sortie: date_livraison, destinataire, lieu, recu_par, volume_livre_ambiant, volume_livre_15c, each the sortie''s where it is not said. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, INTROUVABLE, ECRITURES_GELEES, SORTIE_NON_LIVRABLE, BL_EXISTANT, PERIODE_CLOSE, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "public"."geler_document"(uuid, boolean, text) IS 'Keeps a document whatever its age (p_gel), or no longer, with the reason. Raises ROLE_FORBIDDEN, INTROUVABLE, MOTIF_REQUIS, DOCUMENT_NON_DISPONIBLE, ISOLATION_INTERDITE, ECRITURES_GELEES, ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "public"."kpi_finance"(uuid, date, date) IS 'Money of a depot, or of all for who sees them all, over some days (this month): what clients owe and what of it is late at their end, sales invoiced, deliveries of these days nobody invoiced; debts to suppliers, margin and what the gauge gained or lost (litres at 15 °C) for who reads them, else null. Raises ROLE_FORBIDDEN, INTROUVABLE, RAPPORT_PERIODE, RAPPORT_TROP_GRAND, RAPPORT_PARAMETRE, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE.';

COMMENT ON FUNCTION "public"."kpi_jour"(uuid, date) IS 'The figures of the app''s first page, of a depot (one''s own where none is named; all, for who sees them all) and a day there (today): réceptions, sorties and their balance on that day, stocks and tanks under their threshold at its end, trucks to follow now; litres. Raises ROLE_FORBIDDEN, INTROUVABLE, RAPPORT_PARAMETRE.';

COMMENT ON FUNCTION "public"."lier_document"(uuid, text, uuid) IS 'A document proves another object too, of one who sees both and may write them. Raises INTROUVABLE, ROLE_FORBIDDEN, DOCUMENT_NON_DISPONIBLE, DOCUMENT_OBJET_PLEIN, ISOLATION_INTERDITE, ECRITURES_GELEES, ECRITURE_INTERDITE.';

COMMENT ON FUNCTION "public"."releve_a_imprimer"(uuid, text, date, date, timestamp with time zone) IS 'What the paper of a client''s statement says, as it was known at a moment; depot: the one whose entries alone it holds, where its reader sees no other. Raises ROLE_FORBIDDEN, INTROUVABLE, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "public"."rembourser"(uuid, numeric, text, text, text) IS 'Gives back what of a payment settles nothing, in the currency of its account. Raises ROLE_FORBIDDEN, INTROUVABLE, ENCAISSEMENT_ETAT, ENCAISSEMENT_EN_LIGNE, MOTIF_REQUIS, CAISSE_CLOTUREE, REMBOURSEMENT_EXCESSIF, REFERENCE_DEJA_UTILISEE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES, and 23xxx.';

COMMENT ON FUNCTION "public"."valider_facture_fournisseur"(uuid, text) IS 'The invoice becomes a debt, and its closed lot invoiced. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LOT_EXISTANT, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, DEPOT_SANS_CODE, FACTURE_ETAT, LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, PIECE_REQUISE, QUATRE_YEUX, LOT_INCOMPATIBLE, PROFORMA_ETAT.';

COMMENT ON FUNCTION "public"."vendre_comptant"(jsonb) IS 'A sale at the counter: {sortie: as creer_et_valider_sortie takes it, bon_livraison: {destinataire, lieu, recu_par}, paiement: {mode, operateur_mobile, devise, montant_remis, reference}}. Makes and validates the sortie, confirms its note, issues its invoice, records its payment in full. Gives their ids. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, BENEFICIAIRE_REQUIRED, CITERNE_INACTIVE_OR_INCOMPATIBLE, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, INSUFFICIENT_STOCK, SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, SORTIE_CAPACITE_SECURITE, STOCK_FUTUR_NEGATIF, REFERENTIEL_INACTIF, PARTENAIRE_REQUIS, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, VOLUME_15C_INCOHERENT, MESURES_INCOHERENTES, VOLUME_TROP_PETIT, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, CHAMP_INCONNU, DATE_FUTURE, INTROUVABLE, ENV_INTERDIT, ECRITURES_GELEES, DENSITE_HORS_PRODUIT, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, TVA_NON_FIXEE, TAUX_ABSENT, TARIF_ABSENT, BL_EXISTANT, SORTIE_NON_FACTURABLE, FACTURE_VIDE, CLIENT_INCOMPLET, HORLOGE_RECULEE, ENCAISSEMENT_ETAT, ENCAISSEMENT_EN_LIGNE, REFERENCE_REQUISE, OPERATEUR_REQUIS, REFERENCE_DEJA_UTILISEE, DEVISE_DIFFERENTE, CAISSE_CLOTUREE, COMMANDE_ETAT, COMMANDE_DEVISE, COMMANDE_INCOMPATIBLE, COMMANDE_EXPIREE, COMMANDE_DEPASSEE, CREDIT_DEPASSE, CLIENT_SUSPENDU, COMPTANT_INSUFFISANT, COMPTEUR_INCONNU, COMPTEUR_CHEVAUCHEMENT, NOTE_REQUISE, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';

COMMENT ON TABLE "private"."codes_secours" IS 'Recovery codes of a person, ten at a time: the last ten that were made.';

COMMENT ON TABLE "private"."contenus" IS 'The bytes, one copy a content: here, or (S3) in a bucket under the hash. A restore checks each again: they are what their hash says or they do not enter.';

COMMENT ON TABLE "private"."demandes_comptees" IS 'Answers of the doors since the counters began, by function, route, class.';

COMMENT ON TABLE "private"."essais_facteur" IS 'Wrong codes of a person since the last good one, by kind. Apart from the factor, which another may replace: enrolling again forgives nothing. Its row is the lock of whatever is proved.';

COMMENT ON TABLE "private"."evenements_simules" IS 'Events that the simulated provider has to tell, as Stripe writes them.';

COMMENT ON TABLE "private"."facteurs_totp" IS 'Second factors of our own, one a person: what was confirmed, and what is proposed until a code confirms it.';

COMMENT ON TABLE "private"."sessions_elevees" IS 'Sessions that a code of the second factor has raised, each until a moment. Written by the rules of 042 and 043 only.';

COMMENT ON TABLE "private"."sessions_simulees" IS 'Sessions of the simulated provider: what it knows, and we ask it.';

COMMENT ON TABLE "private"."signatures_refusees" IS 'Events that were not signed by one of our secrets, a count a day: nothing else is kept of them.';

COMMENT ON TABLE "public"."abonnements_rapports" IS 'Who is sent which report at seven o''clock. Written by its subscriber, by the rules of this chapter only.';

COMMENT ON TABLE "public"."documents" IS 'Papers and pictures, kept with what they prove. Written by rules only; once written, only its state, its analysis, its hold and its retention change.';

COMMENT ON TABLE "public"."documents_liens" IS 'What a document proves. Immutable: a link widens who sees the document, never who sees the object.';

COMMENT ON TABLE "public"."envois" IS 'Messages to send, one row each: e-mails and webhooks, of alerts and of whatever else is told, and documents to have analysed. Written by the rules and the worker only.';

COMMENT ON TABLE "public"."evenements_entrants" IS 'Events of the provider of online payments, each once, as they came. Written by the door only; immutable.';

COMMENT ON TABLE "public"."paiements_en_ligne" IS 'Sessions of online payment, one alive an invoice. Opened by people; every later step is said by the provider.';

COMMENT ON TABLE "public"."rapports" IS 'Reports that were kept: their data as they were run, immutable. Whoever could run it, and find as much in it, reads it. Written by archiver_rapport only.';

COMMENT ON TABLE "public"."rapprochements" IS 'Reconciliations of online payments with their provider. Written by the door only; immutable.';

COMMENT ON TABLE "public"."remboursements" IS 'What is given back of a payment, in the currency of its account: by a person what settles nothing yet, by the provider of online payments any of it (STRIPE). Immutable.';

COMMENT ON TYPE "private"."depot_vu" IS 'A depot, its name and its time zone; no id: all of them.';

COMMENT ON TYPE "private"."ecart_connu" IS 'What a gap was at a moment.';

COMMENT ON TYPE "private"."etat_en_ligne" IS 'How a session stands at the provider now. session: open, complete, expired; paiement: paid, unpaid; echec: it was tried and will not be paid; retours: [{id, genre REMBOURSEMENT|LITIGE, devise, montant_minime}] that went back for good; revenus: names of those that were to and did not; litige: OUVERT, GAGNE, PERDU or null.';

COMMENT ON TYPE "private"."mesure" IS 'A figure: its name as Prometheus has names (base unit last), gauge or counter, what it says, its labels, its value.';

COMMENT ON VIEW "public"."logs" IS 'log_actions under the name older readers use.';

COMMENT ON VIEW "public"."v_gains_pertes" IS 'Each dip against the books of its moment (DEPOT, litres at 15 °C) and each unloaded truck against its bill of lading (TRANSIT, in its unit): found less expected, in thousandths of what left the tank since the dip before it, or of what was loaded, and whether that is beyond tolerance.';

COMMENT ON VIEW "public"."v_livre_mouvements" IS 'Every movement of stock with what its tank and owner had after it, litres, negative out. Of a day the last balance is that of stocks_journaliers.';

REVOKE ALL ON FUNCTION "private"."a_facturer_connues"(uuid, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."a_facturer_connues"(uuid, date, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."admins_actifs"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."admins_actifs"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."adresser_envoi"(public.envois, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."adresser_envoi"(public.envois, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."agir_pour"(text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."agir_pour"(text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."appeler_fonction"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."appeler_fonction"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."appeler_rapprochement"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."appeler_rapprochement"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."appliquer_etat"(text, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."appliquer_etat"(text, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."attacher"(public.documents, text, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."attacher"(public.documents, text, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."avec_facteur"(uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."avec_facteur"(uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."brouillons_connus"(uuid, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."brouillons_connus"(uuid, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."camions_a_suivre"(uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."camions_a_suivre"(uuid[]) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."camions_connus"(uuid, timestamp with time zone, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."camions_connus"(uuid, timestamp with time zone, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."capacites_de_lecture"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."capacites_de_lecture"() TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."catalogue_rapports"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."catalogue_rapports"() TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."chiffres_documents"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."chiffres_documents"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."citernes_sous_seuil"(uuid[], date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."citernes_sous_seuil"(uuid[], date) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."clore_abonnement"(public.abonnements_rapports, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."clore_abonnement"(public.abonnements_rapports, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."colonnes"(json) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."colonnes"(json) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."completer_encaissement"(public.encaissements) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."completer_encaissement"(public.encaissements) TO "postgres";

REVOKE ALL ON FUNCTION "private"."compter_echec"(private.essais_facteur, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."compter_echec"(private.essais_facteur, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."compter_reponses"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."compter_reponses"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."compter_signature_refusee"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."compter_signature_refusee"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."confirmer_facteur"(text, text, text, bigint, text[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."confirmer_facteur"(text, text, text, bigint, text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."conserver_jusqu_au"(text, text, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."conserver_jusqu_au"(text, text, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."constater_ecart"(public.paiements_en_ligne, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."constater_ecart"(public.paiements_en_ligne, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."contenus_figer"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."contenus_figer"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."controles_dits"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controles_dits"() TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."controles_documents"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controles_documents"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."controles_paiements"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controles_paiements"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."controles_transferts_depots"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controles_transferts_depots"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."courbes_de_stock"(uuid, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."courbes_de_stock"(uuid, date, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."declarer_infecte"(public.documents, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."declarer_infecte"(public.documents, text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."deltas_apres"(uuid, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."deltas_apres"(uuid, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."demander_analyse"(public.documents) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."demander_analyse"(public.documents) TO "postgres";

REVOKE ALL ON FUNCTION "private"."deposer_document"(jsonb, bytea) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."deposer_document"(jsonb, bytea) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."depot_du_rapport"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."depot_du_rapport"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."dire_envoi"(public.envois) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dire_envoi"(public.envois) TO "postgres";

REVOKE ALL ON FUNCTION "private"."dire_instant"(timestamp with time zone, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dire_instant"(timestamp with time zone, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."dire_moment"(timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dire_moment"(timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."dire_sauvegarde"(boolean, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dire_sauvegarde"(boolean, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."dit_la"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dit_la"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."document_a_analyser"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."document_a_analyser"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."document_lie"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."document_lie"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."document_vu"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."document_vu"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."documents_a_purger"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."documents_a_purger"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."documents_durables"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."documents_durables"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."documents_figer"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."documents_figer"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."du_minime"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."du_minime"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecart_a"(uuid, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecart_a"(uuid, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."ecarts_traites_apres"(uuid, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecarts_traites_apres"(uuid, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."echeance_abonnement"(text, text, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."echeance_abonnement"(text, text, timestamp with time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecrire_remboursement"(public.encaissements, uuid, public.remboursements) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecrire_remboursement"(public.encaissements, uuid, public.remboursements) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecrits_apres"(uuid, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecrits_apres"(uuid, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."effacer_facteur"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."effacer_facteur"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."elever_session"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."elever_session"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."encaisse_connu"(uuid, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."encaisse_connu"(uuid, date, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."encaisser_en_ligne"(public.paiements_en_ligne, private.etat_en_ligne) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."encaisser_en_ligne"(public.paiements_en_ligne, private.etat_en_ligne) TO "postgres";

REVOKE ALL ON FUNCTION "private"."envoyer_rapport"(public.abonnements_rapports) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."envoyer_rapport"(public.abonnements_rapports) TO "postgres";

REVOKE ALL ON FUNCTION "private"."envoyer_rapports_abonnes"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."envoyer_rapports_abonnes"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."essai_bloque"(private.essais_facteur) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."essai_bloque"(private.essais_facteur) TO "postgres";

REVOKE ALL ON FUNCTION "private"."est_csv"(bytea) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."est_csv"(bytea) TO "postgres";

REVOKE ALL ON FUNCTION "private"."etat_facteur"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."etat_facteur"() TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."etat_production"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."etat_production"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."etat_simule"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."etat_simule"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."evenement_figer"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."evenement_figer"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_contenu"(jsonb, bytea) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_contenu"(jsonb, bytea) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_ecriture_document"(public.documents) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_ecriture_document"(public.documents) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_jour_ouvert"(uuid, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_jour_ouvert"(uuid, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_jours"(date, date, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_jours"(date, date, integer) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_mesure"(integer, bigint) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_mesure"(integer, bigint) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_objet"(text, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_objet"(text, uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_pieces"(public.fournisseur_facture_lot_min, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_pieces"(public.fournisseur_facture_lot_min, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_quota"(integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_quota"(integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_rapport"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_rapport"(text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."exporter_rapport"(text, text, uuid, date, date, timestamp with time zone, jsonb, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exporter_rapport"(text, text, uuid, date, date, timestamp with time zone, jsonb, integer) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."facteur_a_prouver"(uuid, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facteur_a_prouver"(uuid, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."facture_payable"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facture_payable"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."factures_connues"(uuid, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."factures_connues"(uuid, date, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."fin_connue"(date, text, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."fin_connue"(date, text, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."flux_connus"(uuid, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."flux_connus"(uuid, date, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."garder_impression"(jsonb, bytea) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."garder_impression"(jsonb, bytea) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."garder_rapport"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."garder_rapport"(jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."id_du_parametre"(jsonb, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."id_du_parametre"(jsonb, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."inscrire_document"(public.documents, text, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."inscrire_document"(public.documents, text, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."jouer_session"(private.sessions_simulees, text, bigint) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."jouer_session"(private.sessions_simulees, text, bigint) TO "postgres";

REVOKE ALL ON FUNCTION "private"."jour_clos"(uuid, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."jour_clos"(uuid, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."juger_code_secours"(text, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."juger_code_secours"(text, text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."juger_totp"(text, text, text, bigint, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."juger_totp"(text, text, text, bigint, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lettre"(text, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lettre"(text, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lettrer_avoirs"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lettrer_avoirs"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."liberer_paiement"(public.ecritures_tiers, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."liberer_paiement"(public.ecritures_tiers, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."liberer_par_avoirs"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."liberer_par_avoirs"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ligne_connue"(uuid, jsonb, timestamp with time zone, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ligne_connue"(uuid, jsonb, timestamp with time zone, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."lire_octets"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lire_octets"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."magasin_documents"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."magasin_documents"() TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."marge_connue"(uuid, date, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."marge_connue"(uuid, date, date) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."message_rapport"(public.abonnements_rapports, text, text, date, date, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."message_rapport"(public.abonnements_rapports, text, text, date, date, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesures"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesures"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesures_base"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesures_base"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesures_documents"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesures_documents"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesures_envois"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesures_envois"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesures_integrite"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesures_integrite"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesures_journal"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesures_journal"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesures_paiements"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesures_paiements"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."mot"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mot"(text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."moteur_documents"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."moteur_documents"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."mouvements_connus"(uuid, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mouvements_connus"(uuid, date, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."niveau_citerne"(numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."niveau_citerne"(numeric, numeric) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."nom_connu"(uuid, text, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."nom_connu"(uuid, text, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."nom_de_fichier"(text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."nom_de_fichier"(text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."nom_de_l_appelant"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."nom_de_l_appelant"() TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."noter_analyse"(uuid, text, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_analyse"(uuid, text, text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."noter_export"(jsonb, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_export"(jsonb, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."noter_rapprochement"(text, timestamp with time zone, timestamp with time zone, integer, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_rapprochement"(text, timestamp with time zone, timestamp with time zone, integer, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."noter_session"(uuid, text, text, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_session"(uuid, text, text, timestamp with time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."objet"(text, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."objet"(text, uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."objet_ecrit"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."objet_ecrit"(text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."objet_vu"(text, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."objet_vu"(text, uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."oter_contenu"(bytea) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."oter_contenu"(bytea) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ouvertures_connues"(uuid, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ouvertures_connues"(uuid, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."ouvrir_document"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ouvrir_document"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."ouvrir_essai"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ouvrir_essai"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ouvrir_session_simulee"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ouvrir_session_simulee"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."paiement_de"(text, private.etat_en_ligne) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."paiement_de"(text, private.etat_en_ligne) TO "postgres";

REVOKE ALL ON FUNCTION "private"."paiement_en_ligne_figer"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."paiement_en_ligne_figer"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."parametres_du_rapport"(text[], jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."parametres_du_rapport"(text[], jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."parts_apres"(public.comptes_partenaires, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."parts_apres"(public.comptes_partenaires, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."pas_abonnement"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."pas_abonnement"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."pas_possible"(bigint) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."pas_possible"(bigint) TO "postgres";

REVOKE ALL ON FUNCTION "private"."paye_comptant"(public.factures_client) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."paye_comptant"(public.factures_client) TO "postgres";

REVOKE ALL ON FUNCTION "private"."periode_du_rapport"(text, date, date, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."periode_du_rapport"(text, date, date, date) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."poser_codes_secours"(text[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."poser_codes_secours"(text[]) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."poster_papier"(public.envois, text, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."poster_papier"(public.envois, text, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."pret_production"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."pret_production"() TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."prevenir_admins"(uuid, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."prevenir_admins"(uuid, text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."prevenus"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."prevenus"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."prises_connues"(uuid, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."prises_connues"(uuid, date, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."proposer_facteur"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."proposer_facteur"(text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."purger_document"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."purger_document"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."quantites_connues"(uuid, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."quantites_connues"(uuid, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."rang_en_ligne"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rang_en_ligne"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ranger_contenu"(bytea) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ranger_contenu"(bytea) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ranger_genere"(jsonb, bytea) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ranger_genere"(jsonb, bytea) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."rapport"(text, uuid, date, date, timestamp with time zone, jsonb, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rapport"(text, uuid, date, date, timestamp with time zone, jsonb, integer) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."rapport_balance_agee"(uuid, date, date, timestamp with time zone, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rapport_balance_agee"(uuid, date, date, timestamp with time zone, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."rapport_ecarts"(uuid, date, date, timestamp with time zone, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rapport_ecarts"(uuid, date, date, timestamp with time zone, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."rapport_gains_pertes"(uuid, date, date, timestamp with time zone, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rapport_gains_pertes"(uuid, date, date, timestamp with time zone, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."rapport_journalier"(uuid, date, date, timestamp with time zone, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rapport_journalier"(uuid, date, date, timestamp with time zone, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."rapport_livre"(uuid, date, date, timestamp with time zone, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rapport_livre"(uuid, date, date, timestamp with time zone, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."rapport_mensuel"(uuid, date, date, timestamp with time zone, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rapport_mensuel"(uuid, date, date, timestamp with time zone, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."rapport_releve_client"(uuid, date, date, timestamp with time zone, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rapport_releve_client"(uuid, date, date, timestamp with time zone, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."rapport_releve_fournisseur"(uuid, date, date, timestamp with time zone, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rapport_releve_fournisseur"(uuid, date, date, timestamp with time zone, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."rapport_releve_partenaire"(uuid, date, date, timestamp with time zone, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rapport_releve_partenaire"(uuid, date, date, timestamp with time zone, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."rapport_releve_transporteur"(uuid, date, date, timestamp with time zone, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rapport_releve_transporteur"(uuid, date, date, timestamp with time zone, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."rapport_tva"(uuid, date, date, timestamp with time zone, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rapport_tva"(uuid, date, date, timestamp with time zone, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."rapport_ventes"(uuid, date, date, timestamp with time zone, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rapport_ventes"(uuid, date, date, timestamp with time zone, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."rapports_permis"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rapports_permis"() TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."rapprochement_du"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rapprochement_du"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."recevoir_document"(jsonb, bytea, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."recevoir_document"(jsonb, bytea, uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."recevoir_evenement"(text, jsonb, text, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."recevoir_evenement"(text, jsonb, text, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."refuser_en_ligne"(text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."refuser_en_ligne"(text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."reinitialiser_facteur"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."reinitialiser_facteur"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."relier_document"(uuid, text, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."relier_document"(uuid, text, uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."remplacer_codes_secours"(uuid, text[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."remplacer_codes_secours"(uuid, text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."remplacer_document"(uuid, jsonb, bytea) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."remplacer_document"(uuid, jsonb, bytea) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."rendre_en_ligne"(public.paiements_en_ligne, jsonb, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rendre_en_ligne"(public.paiements_en_ligne, jsonb, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."reserver_paiement"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."reserver_paiement"(uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."restes_connus"(uuid, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."restes_connus"(uuid, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."retenir_periodes"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."retenir_periodes"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."reussir_en_ligne"(public.paiements_en_ligne, private.etat_en_ligne) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."reussir_en_ligne"(public.paiements_en_ligne, private.etat_en_ligne) TO "postgres";

REVOKE ALL ON FUNCTION "private"."second_facteur_prouve"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."second_facteur_prouve"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."section"(text, text, json, jsonb, text[], jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."section"(text, text, json, jsonb, text[], jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."section_a_facturer"(uuid, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."section_a_facturer"(uuid, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."section_alertes"(uuid, date, timestamp with time zone, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."section_alertes"(uuid, date, timestamp with time zone, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."section_articles"(uuid, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."section_articles"(uuid, date, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."section_brouillons"(uuid, date, timestamp with time zone, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."section_brouillons"(uuid, date, timestamp with time zone, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."section_camions"(uuid, date, date, timestamp with time zone, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."section_camions"(uuid, date, date, timestamp with time zone, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."section_citernes"(uuid, date, timestamp with time zone, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."section_citernes"(uuid, date, timestamp with time zone, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."section_compte"(text, uuid, text, text, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."section_compte"(text, uuid, text, text, date, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."section_creances"(uuid, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."section_creances"(uuid, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."section_encaissements"(uuid, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."section_encaissements"(uuid, date, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."section_factures"(uuid, date, date, timestamp with time zone, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."section_factures"(uuid, date, date, timestamp with time zone, boolean) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."section_jaugeages"(uuid, date, date, timestamp with time zone, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."section_jaugeages"(uuid, date, date, timestamp with time zone, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."section_moyennes"(uuid, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."section_moyennes"(uuid, date, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."section_pertes"(uuid, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."section_pertes"(uuid, date, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."section_receptions"(uuid, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."section_receptions"(uuid, date, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."section_sorties"(uuid, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."section_sorties"(uuid, date, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."section_stock"(text, uuid, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."section_stock"(text, uuid, date, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."section_taxes"(uuid, date, date, timestamp with time zone, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."section_taxes"(uuid, date, date, timestamp with time zone, boolean) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."section_transit"(uuid, date, date, timestamp with time zone, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."section_transit"(uuid, date, date, timestamp with time zone, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."session_de"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."session_de"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."simuler"(text, text, bigint) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."simuler"(text, text, bigint) TO "postgres";

REVOKE ALL ON FUNCTION "private"."sorti_15c"(uuid, date, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."sorti_15c"(uuid, date, date) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."sorties_decidees_apres"(uuid, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."sorties_decidees_apres"(uuid, timestamp with time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."stocks_du_jour"(uuid[], date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."stocks_du_jour"(uuid[], date) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."stocks_le"(uuid[], date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."stocks_le"(uuid[], date) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."succeder_document"(uuid, jsonb, bytea, uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."succeder_document"(uuid, jsonb, bytea, uuid[]) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."suivre_litige"(public.paiements_en_ligne, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."suivre_litige"(public.paiements_en_ligne, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."suivre_retours"(public.paiements_en_ligne, private.etat_en_ligne) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."suivre_retours"(public.paiements_en_ligne, private.etat_en_ligne) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tableau_alertes"(uuid, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."tableau_alertes"(uuid, integer) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."tenir_gel_document"(uuid, boolean, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."tenir_gel_document"(uuid, boolean, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."tirer_pour"(uuid, text, uuid, date, date, jsonb, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."tirer_pour"(uuid, text, uuid, date, date, jsonb, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."totaux"(jsonb, text[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."totaux"(jsonb, text[]) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."trace_donnee"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."trace_donnee"(text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."transits_connus"(uuid, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."transits_connus"(uuid, date, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."type_convient"(text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."type_convient"(text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."type_des_octets"(bytea) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."type_des_octets"(bytea) TO "postgres";

REVOKE ALL ON FUNCTION "private"."types_objets"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."types_objets"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."verifier_documents"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."verifier_documents"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."verifier_paiement_en_ligne"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."verifier_paiement_en_ligne"(uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."verrouiller_contenu"(bytea) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."verrouiller_contenu"(bytea) TO "postgres";

REVOKE ALL ON FUNCTION "private"."vider_documents"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."vider_documents"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."volumes_du_jour"(uuid[], date, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."volumes_du_jour"(uuid[], date, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."zone_du_depot"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."zone_du_depot"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "public"."abonner_rapport"(text, uuid, text, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."abonner_rapport"(text, uuid, text, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."archiver_rapport"(text, uuid, date, date, timestamp with time zone, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."archiver_rapport"(text, uuid, date, date, timestamp with time zone, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."arreter_abonnement"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."arreter_abonnement"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."envoyer_recu"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."envoyer_recu"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."envoyer_releve"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."envoyer_releve"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."geler_document"(uuid, boolean, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."geler_document"(uuid, boolean, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."kpi_finance"(uuid, date, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."kpi_finance"(uuid, date, date) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."kpi_jour"(uuid, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."kpi_jour"(uuid, date) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "public"."lier_document"(uuid, text, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."lier_document"(uuid, text, uuid) TO "authenticated", "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."codes_secours" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."contenus" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."demandes_comptees" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."essais_facteur" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."evenements_simules" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."facteurs_totp" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."sessions_elevees" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."sessions_simulees" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."signatures_refusees" TO "postgres";

GRANT SELECT ON TABLE "public"."abonnements_rapports" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."abonnements_rapports" TO "postgres";

GRANT SELECT ON TABLE "public"."abonnements_rapports" TO "service_role";

GRANT SELECT ON TABLE "public"."documents" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."documents" TO "postgres";

GRANT SELECT ON TABLE "public"."documents" TO "service_role";

GRANT SELECT ON TABLE "public"."documents_liens" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."documents_liens" TO "postgres";

GRANT SELECT ON TABLE "public"."documents_liens" TO "service_role";

GRANT SELECT ON TABLE "public"."evenements_entrants" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."evenements_entrants" TO "postgres";

GRANT SELECT ON TABLE "public"."evenements_entrants" TO "service_role";

GRANT SELECT ON TABLE "public"."paiements_en_ligne" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."paiements_en_ligne" TO "postgres";

GRANT SELECT ON TABLE "public"."paiements_en_ligne" TO "service_role";

GRANT SELECT ON TABLE "public"."rapports" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."rapports" TO "postgres";

GRANT SELECT ON TABLE "public"."rapports" TO "service_role";

GRANT SELECT ON TABLE "public"."rapprochements" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."rapprochements" TO "postgres";

GRANT SELECT ON TABLE "public"."rapprochements" TO "service_role";

GRANT USAGE ON TYPE "private"."depot_vu" TO "postgres";

GRANT USAGE ON TYPE "private"."ecart_connu" TO "postgres";

GRANT USAGE ON TYPE "private"."etat_en_ligne" TO "postgres";

GRANT USAGE ON TYPE "private"."mesure" TO "postgres";

GRANT SELECT ON TABLE "public"."logs" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."logs" TO "postgres";

GRANT SELECT ON TABLE "public"."logs" TO "service_role";

GRANT SELECT ON TABLE "public"."v_gains_pertes" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_gains_pertes" TO "postgres";

GRANT SELECT ON TABLE "public"."v_gains_pertes" TO "service_role";

GRANT SELECT ON TABLE "public"."v_livre_mouvements" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_livre_mouvements" TO "postgres";

GRANT SELECT ON TABLE "public"."v_livre_mouvements" TO "service_role";

ALTER TABLE "public"."documents" ADD CONSTRAINT "documents_remplace_id_fkey" FOREIGN KEY (remplace_id) REFERENCES public.documents(id);

ALTER TABLE "public"."documents_liens" ADD CONSTRAINT "documents_liens_document_id_fkey" FOREIGN KEY (document_id) REFERENCES public.documents(id);

CREATE VIEW "public"."v_documents" WITH (security_invoker=true) AS  SELECT id,
    categorie,
    nom,
    type_mime,
    taille,
    encode(sha256, 'hex'::text) AS sha256,
    statut,
    origine,
    depot_id,
    moteur,
    signature,
    analyse_le,
    conserver_jusqu_au,
    gel_juridique,
    remplace_id,
    ( SELECT s.id
           FROM public.documents s
          WHERE (s.remplace_id = d.id)) AS remplace_par,
    created_by,
    created_at
   FROM public.documents d;;

CREATE INDEX documents_a_voir_idx ON public.documents USING btree (id) WHERE (statut = ANY (ARRAY['RECU'::text, 'INFECTE'::text]));

CREATE INDEX documents_page_idx ON public.documents USING btree (created_at DESC, id DESC);

CREATE POLICY "documents_lecture" ON "public"."documents" FOR SELECT TO "authenticated" USING (((EXISTS ( SELECT
   FROM public.documents_liens l
  WHERE (l.document_id = documents.id))) OR (((created_by = ( SELECT auth.uid() AS uid)) OR ( SELECT private.peut('tenir_documents'::text) AS peut)) AND (NOT private.document_lie(id)))));

COMMENT ON VIEW "public"."v_documents" IS 'Documents as they are read: the hash in hexadecimal, and which one has taken its place.';

GRANT SELECT ON TABLE "public"."v_documents" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_documents" TO "postgres";

GRANT SELECT ON TABLE "public"."v_documents" TO "service_role";

CREATE VIEW "public"."v_documents_objet" WITH (security_invoker=true) AS  SELECT l.id AS lien_id,
    l.objet_type,
    l.objet_id,
    l.par,
    l.le,
    d.id AS document_id,
    d.categorie,
    d.nom,
    d.type_mime,
    d.taille,
    encode(d.sha256, 'hex'::text) AS sha256,
    d.statut,
    d.origine,
    d.depot_id,
    d.conserver_jusqu_au,
    d.gel_juridique,
    ( SELECT s.id
           FROM public.documents s
          WHERE (s.remplace_id = d.id)) AS remplace_par,
    d.created_by,
    d.created_at
   FROM (public.documents_liens l
     JOIN public.documents d ON ((d.id = l.document_id)));;

CREATE INDEX documents_liens_page_idx ON public.documents_liens USING btree (le DESC, id DESC);

COMMENT ON VIEW "public"."v_documents_objet" IS 'What is attached to what: one row a link.';

GRANT SELECT ON TABLE "public"."v_documents_objet" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_documents_objet" TO "postgres";

GRANT SELECT ON TABLE "public"."v_documents_objet" TO "service_role";

CREATE OR REPLACE FUNCTION private.dit_ici(p_paiement public.paiements_en_ligne)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN CASE WHEN ((p_paiement).id IS NOT NULL) THEN jsonb_build_object('paye', ((p_paiement).encaissement_id IS NOT NULL), 'montant_minime', (p_paiement).montant_minime, 'rembourse_minime', (p_paiement).rembourse_minime) ELSE NULL::jsonb END;

CREATE VIEW "public"."v_paiements_en_ligne" WITH (security_invoker=true) AS  SELECT p.id,
    p.facture_id,
    f.numero AS facture_numero,
    p.depot_id,
    f.client_id,
    p.prestataire,
    p.session_id,
    p.intention_id,
    p.devise,
    round(((p.montant_minime)::numeric / 100.0), 2) AS montant,
    p.montant_minime,
    p.statut,
    p.url,
    p.expire_le,
    p.encaissement_id,
    e.numero_recu,
    round(((p.rembourse_minime)::numeric / 100.0), 2) AS rembourse,
    p.litige,
    p.ecart,
    p.created_by,
    p.created_at,
    p.updated_at
   FROM ((public.paiements_en_ligne p
     LEFT JOIN public.factures_client f ON ((f.id = p.facture_id)))
     LEFT JOIN public.encaissements e ON ((e.id = p.encaissement_id)));;

CREATE INDEX paiements_en_ligne_alertes_idx ON public.paiements_en_ligne USING btree (id) WHERE ((ecart IS NOT NULL) OR (litige = 'OUVERT'::text));

CREATE INDEX paiements_en_ligne_page_idx ON public.paiements_en_ligne USING btree (created_at DESC, id DESC);

COMMENT ON FUNCTION "private"."dit_ici"(public.paiements_en_ligne) IS 'What a reconciliation compares of a session, in cents; null: there is none.';

COMMENT ON VIEW "public"."v_paiements_en_ligne" IS 'Sessions of online payment with their invoice and receipt, where the reader may read those; amounts in devise.';

REVOKE ALL ON FUNCTION "private"."dit_ici"(public.paiements_en_ligne) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dit_ici"(public.paiements_en_ligne) TO "postgres";

GRANT SELECT ON TABLE "public"."v_paiements_en_ligne" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_paiements_en_ligne" TO "postgres";

GRANT SELECT ON TABLE "public"."v_paiements_en_ligne" TO "service_role";

CREATE VIEW "public"."v_rapports" WITH (security_invoker=true) AS  SELECT id,
    nom,
    (donnees #>> '{entete,titre}'::text[]) AS titre,
    depot_id,
    (donnees #>> '{entete,depot,nom}'::text[]) AS depot_nom,
    du,
    au,
    parametres,
    version,
    connu_a,
    ((donnees #>> '{entete,lignes}'::text[]))::integer AS lignes,
    sha256,
    finance,
    genere_par,
    (donnees #>> '{entete,genere_par}'::text[]) AS genere_par_nom,
    genere_le,
    created_at
   FROM public.rapports r;;

CREATE INDEX rapports_page_idx ON public.rapports USING btree (created_at DESC, id DESC);

COMMENT ON VIEW "public"."v_rapports" IS 'Reports that were kept, without their data: which, of what, run when and by whom.';

GRANT SELECT ON TABLE "public"."v_rapports" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_rapports" TO "postgres";

GRANT SELECT ON TABLE "public"."v_rapports" TO "service_role";

CREATE INDEX rapprochements_page_idx ON public.rapprochements USING btree (le DESC, id DESC);

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
  ('AJUSTEMENT_NUL', 422, 'Un ajustement de 0 L ne corrige rien : indiquez ce qui change.',
    'Les deux volumes de l''ajustement sont nuls.', 'Saisir ce qu''il faut ajouter, ou retrancher (négatif).'),
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
  ('FACTEUR_ABSENT', 409, 'Aucun second facteur n''est inscrit pour vous : inscrivez votre téléphone d''abord.',
    'Un code est donné, mais aucun facteur n''est inscrit, ou l''inscription a plus d''une heure.',
    'POST securite/totp/inscrire, puis confirmer avec le premier code.'),
  ('TOTP_REFUSE', 403, 'Ce code n''est pas le bon : encore {essais_restants} essai(s).',
    'Le code n''est d''aucune des trois tranches de trente secondes autour de maintenant (detail : essais_restants). '
    'Au cinquième de suite, les codes sont bloqués 15 minutes.',
    'Saisir le code que le téléphone montre maintenant. S''il est toujours refusé, mettre l''heure du téléphone à '
    'l''heure automatique.'),
  ('TOTP_REJOUE', 403, 'Ce code a déjà servi : attendez le suivant (30 secondes au plus).',
    'Un code ne sert qu''une fois, ni après un code plus récent.',
    'Attendre que le téléphone en montre un autre. Si vous ne l''avez pas saisi vous-même, changer le mot de passe.'),
  ('TOTP_BLOQUE', 429, 'Trop de codes faux : réessayez dans {attendre_s} s.',
    'Cinq codes faux de suite : plus aucun n''est regardé pendant 15 minutes (detail : attendre_s, moyen).',
    'Attendre, ou utiliser un code de secours si ce sont ceux du téléphone qui sont bloqués. Si les essais ne sont pas '
    'de vous, changer le mot de passe.'),
  ('CODE_SECOURS_REFUSE', 403,
    'Ce code de secours n''est pas bon, ou a déjà servi : encore {essais_restants} essai(s).',
    'Le code n''est d''aucun de vos codes de secours encore valables (detail : essais_restants).',
    'Vérifier la liste : des codes refaits depuis remplacent tous les précédents. Sans aucun code, un autre '
    'administrateur réinitialise le facteur.'),
  ('FACTEUR_ILLISIBLE', 409,
    'Votre second facteur a été inscrit sous une clé que ce serveur n''a plus : faites-le réinitialiser.',
    'Le secret ne se déchiffre ni avec CLE_SECRETS ni avec CLE_SECRETS_PRECEDENT : une copie d''un autre '
    'environnement, ou une clé retirée trop tôt.',
    'Remettre la clé d''avant en CLE_SECRETS_PRECEDENT. Dans une copie : faire réinitialiser le facteur.'),
  ('FACTEUR_PERSONNEL', 403, 'Votre propre second facteur ne se réinitialise pas par vous.',
    'Celui qui a perdu son facteur entre avec un code de secours ; sinon un autre administrateur l''efface.',
    'Utiliser un code de secours, ou demander à un autre administrateur.'),
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
    'L''opération détruirait des données de production, écrirait à ses clients depuis une copie, ou l''environnement '
    'n''est pas déclaré.',
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
    'Corriger l''adresse de la règle, ou celle du client.'),
  ('REGLE_INCOMPLETE', 422, 'Dites à qui la règle s''adresse : une adresse ou des rôles, et le secret d''un webhook.',
    'Une règle a une destination ou des rôles, jamais les deux ; un webhook est signé d''un secret nommé.',
    'Compléter la règle.'),
  ('CONTROLE_INCONNU', 422, 'Le contrôle {code} n''existe pas.',
    'Le code n''est pas l''un des contrôles (GET alertes/controles les donne).',
    'Choisir un code de la liste.'),
  ('SEUIL_INVALIDE', 422, 'Ce seuil ne convient pas au contrôle : {dit}.',
    'Un contrôle qui a un seuil en garde un, supérieur à zéro ; un autre n''en prend pas.',
    'Donner un nombre dans l''unité du contrôle, ou aucun.'),
  ('DOCUMENT_TROP_GROS', 413, 'Ce fichier est trop gros : 10 Mio au plus.',
    'Un document pèse au plus dix mébioctets (detail : maximum).',
    'Réduire la définition de la photo ou du scan, ou séparer les pages, puis renvoyer.'),
  ('DOCUMENT_ALTERE', 422, 'Le fichier reçu n''est pas celui qui a été envoyé : renvoyez-le.',
    'L''empreinte SHA-256 annoncée n''est pas celle des octets reçus (detail : attendu, recu).',
    'Renvoyer le fichier ; si cela dure, le rouvrir et l''enregistrer à nouveau.'),
  ('DOCUMENT_TYPE', 415,
    'Ce fichier doit être un PDF, JPEG, PNG, WebP, Excel (xlsx) ou CSV, et être envoyé pour ce qu''il est.',
    'Les premiers octets ne sont d''aucun de ces types, ou pas de celui qui est déclaré (detail : declare, trouve).',
    'Enregistrer le document en PDF ou en image, et le renvoyer sous son vrai type.'),
  ('DOCUMENT_QUOTA', 429, 'Vous avez envoyé 500 Mio aujourd''hui : reprenez demain.',
    'Une personne envoie au plus 500 Mio de documents par jour (detail : octets, maximum).',
    'Attendre le lendemain, ou confier la suite à un collègue.'),
  ('DOCUMENT_OBJET_PLEIN', 409, 'Déjà {maximum} documents rattachés ici : pas un de plus.',
    'Un objet porte au plus cinquante documents, remplacés compris.',
    'Réunir plusieurs pages en un seul PDF.'),
  ('DOCUMENT_NON_DISPONIBLE', 409, 'Ce document ne peut pas être lu : {statut}.',
    'Un document se lit une fois analysé (RECU : pas encore ; REJETE : refusé par l''analyse ; PURGE : ses octets ont '
    'été '
    'effacés).',
    'RECU : réessayer dans une minute. REJETE : renvoyer un fichier sans script ni fichier caché, ni chiffré.'),
  ('DOCUMENT_INFECTE', 403, 'Ce document porte un programme malveillant : personne ne peut le lire.',
    'L''analyse a trouvé dans ses octets une signature connue.',
    'Prévenir un administrateur, qui lit son empreinte, et demander à l''expéditeur un fichier sain.'),
  ('DOCUMENT_REMPLACE', 409, 'Ce document a déjà été remplacé, ou n''est plus là.',
    'Un document se remplace une fois ; son remplaçant se remplace à son tour.',
    'Ouvrir le plus récent, et remplacer celui-là.'),
  ('DOCUMENT_CONSERVE', 409, 'Ce document doit être gardé ({nom}, jusqu''au {conserver_jusqu_au}).',
    'Sa durée de conservation n''est pas échue, ou il est sous gel juridique (detail : conserver_jusqu_au, '
    'gel_juridique).',
    'Attendre l''échéance, ou faire lever le gel par qui l''a demandé.'),
  ('PIECE_REQUISE', 409, 'Il manque à cette facture : {pieces}.',
    'L''option pieces_requises demande, pour valider la facture d''un fournisseur, son document FACTURE et un '
    'CERTIFICAT '
    '(ou une note qui dit pourquoi il manque), analysés et rattachés à elle, à son lot ou à ses camions.',
    'Joindre les documents qui manquent et attendre leur analyse, ou justifier l''absence du certificat.'),
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
  ('CLIENT_SANS_COURRIEL', 409,
    'Le client {client} n''a pas d''adresse e-mail.',
    'Une facture part à l''adresse e-mail de la fiche du client, qui n''en a pas.',
    'Compléter la fiche du client, ou imprimer la facture.'),
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
  ('ENCAISSEMENT_EN_LIGNE', 409,
    'Un paiement en ligne ne se saisit, ne s''annule ni ne se rembourse ici.',
    'Ce que le prestataire a reçu ou rendu, lui seul le dit.',
    'Rembourser chez le prestataire : la facture sera due à nouveau d''autant. Un paiement reçu autrement a un autre '
    'mode.'),
  ('PAIEMENT_EN_LIGNE_INDISPONIBLE', 409,
    'Cette facture ne peut pas être payée en ligne : {raison}.',
    'Une facture émise, en USD, pas encore payée, se paie en ligne là où l''option est ouverte (detail : cause, '
    'raison).',
    'Encaisser autrement, ou attendre la fin du paiement en cours.'),
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
  ('COMMANDE_ETAT', 409,
    'La commande est au statut {statut} : cette action n''est pas possible.',
    'Une commande se prend, se confirme, se livre, puis se solde ou s''annule (detail : commande, statut).',
    'Relire la commande.'),
  ('COMMANDE_DEVISE', 409,
    'La commande est en {devise}, et ce client se facture en {devise_client}.',
    'Une commande et les conditions de son client sont d''une même devise (detail : commande).',
    'Prendre la commande dans la devise du client, ou détacher la sortie de la commande.'),
  ('COMMANDE_INCOMPATIBLE', 422,
    'Cette sortie n''est pas du client, du dépôt et du produit de la commande {commande}.',
    'Une sortie livre une commande du même client, au même dépôt, du même produit, et du carburant de Monaluxe.',
    'Choisir l''autre commande, ou corriger le brouillon de la sortie.'),
  ('COMMANDE_EXPIREE', 409,
    'La commande {commande} n''est plus valable après le {valide_jusqu_au}.',
    'Son dernier jour de livraison est passé.',
    'Solder la commande et en prendre une nouvelle, au prix du jour.'),
  ('COMMANDE_DEPASSEE', 409,
    'La commande {commande} est de {quantite} L : {livre} L seraient livrés.',
    'Une commande ne se livre pas au-delà de 100,5 % de sa quantité, dans son litre (detail : quantite, livre, '
    'plafond).',
    'Réduire la sortie, la détacher de la commande, ou prendre une commande du reste.'),
  ('COMMANDE_LIVREE', 409,
    'La commande {commande} a déjà livré {livre} L : elle ne s''annule plus.',
    'Une commande dont quelque chose est livré se solde.',
    'Solder la commande : ce qui reste n''est plus dû.'),
  ('SORTIE_DEJA_COMMANDEE', 409,
    'Cette sortie livre déjà la commande {commande}.',
    'Une sortie livre une commande à la fois.',
    'La détacher d''abord de l''autre commande.'),
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
  ('NOTE_REQUISE', 422, 'La citerne {nom} est chez un dépôt ami : notez le camion et le bon.',
    'Ni camion de chez nous ni jauge ne pourront être relus : la note est la seule trace (option '
    'citerne_logique_notes).',
    'Écrire dans la note le camion, le bon du dépôt ami et qui l''a vu.'),
  ('CITERNE_NON_VIDE', 409, 'La citerne {nom} ne se ferme pas : il y reste {stock_15c} L à 15 °C.',
    'Une citerne logique fermée ne se verrait plus, ni ce que le dépôt ami y garde.',
    'Sortir, transférer ou céder ce qui reste, puis la fermer.'),
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
  ('PRET_REQUIS', 422,
    'Un emprunt et une restitution se rattachent à un prêt ; une vente n''en a pas.',
    'La nature de la cession demande un prêt qui n''est pas indiqué, ou n''en admet pas.',
    'Indiquer le prêt, l''ouvrir d''abord, ou changer la nature.'),
  ('PRET_INCOHERENT', 422, 'Ce mouvement n''est pas du prêt {numero} : {raison}.',
    'Un prêt est d''un partenaire, d''un produit et d''un dépôt, et le carburant y va dans un sens (detail : numero, '
    'raison).',
    'Choisir l''autre prêt, ou corriger le partenaire, la nature ou le sens.'),
  ('PRET_CLOS', 409, 'Le prêt {numero} est soldé : il ne prend plus que des corrections.',
    'Ce qui était prêté a été rendu, à 5 litres à 15 °C près (detail : numero).',
    'Ouvrir un nouveau prêt, ou passer une correction.'),
  ('PRET_DEPASSE', 409, 'Prêt {numero} : {demande} L à 15 °C demandés, {reste} L possibles.',
    'Un emprunt ne porte pas ce qui est dû au-delà de la quantité convenue, et une restitution ne rend pas plus que '
    'ce qui est dû, à 5 litres à 15 °C près (detail : numero, demande, reste).',
    'Réduire le volume. Ce qui vient en plus est une vente, ou un autre prêt.'),
  ('PERIODE_CLOSE', 409, 'Le {date_jour} est clos dans ce dépôt, jusqu''au {clos_jusqu_au} : plus rien ne s''y écrit.',
    'Le jour ou le mois de ce mouvement a été clos, ou un jour suivant, dont le stock en dépend (detail : date_jour, '
    'clos_jusqu_au).',
    'Dater le mouvement d''un jour ouvert. S''il appartient vraiment à ce jour, un administrateur rouvre la période.'),
  ('PERIODE_INVALIDE', 422, 'Indiquez le jour ou le mois à clore, l''un des deux.',
    'La clôture porte sur un jour, ou sur un mois entier.', 'Envoyer jour, ou mois, et pas les deux.'),
  ('RAPPORT_TROP_GRAND', 413, 'Ce rapport ferait {trouve} {quoi} : {maximum} au plus par cette porte.',
    'La période ou le nombre de lignes dépasse ce qu''une porte rend (detail : trouve, quoi, maximum).',
    'Demander une période plus courte, ou faire tirer le rapport par l''exploitation : npm run ops -- rapport.'),
  ('RAPPORT_PERIODE', 422, 'Un rapport qui finit le {au} ne peut pas commencer le {du}.',
    'Le dernier jour précède le premier (detail : du, au).', 'Vérifier les deux jours.'),
  ('RAPPORT_PARAMETRE', 422, 'Paramètre {parametre} de ce rapport : {quoi}.',
    'Un relevé est celui de quelqu''un, et un rapport ne prend que ses paramètres : la demande n''en dit pas un, le dit '
    'mal, ou en dit un de trop (detail : parametre, quoi).',
    'GET rapports dit ceux que chaque rapport prend ; ajouter, corriger ou retirer celui-ci.'),
  ('ABONNE_SANS_COURRIEL', 409, 'Votre profil n''a pas d''adresse e-mail : rien ne peut y être envoyé.',
    'Un rapport part à l''adresse du profil de qui s''y abonne.',
    'Demander à un administrateur d''écrire l''adresse dans le profil, puis s''abonner.'),
  ('ABONNEMENTS_TROP_NOMBREUX', 409, 'Vous avez déjà {maximum} abonnements : arrêtez-en un.',
    'Une personne a vingt abonnements en cours au plus (detail : maximum).',
    'Arrêter un abonnement qui ne sert plus.'),
  ('MOUVEMENT_AVANT_STOCK_INITIAL', 409,
    'Le stock de cette citerne a été déclaré au {ouverture} : rien ne peut y entrer ni en sortir le {date_jour}.',
    'Le stock initial de la citerne et du propriétaire compte déjà tout ce qui était venu avant (detail : date_jour, '
    'ouverture).',
    'Vérifier la date. Si le stock initial était faux, un administrateur l''ajuste.'),
  ('TRANSFERT_MEME_DEPOT', 422, 'Cette citerne est déjà à ce dépôt : pompez d''une citerne à l''autre.',
    'Un transfert entre dépôts quitte un dépôt pour un autre.',
    'Choisir un autre dépôt, ou faire un transfert entre deux citernes du même dépôt.'),
  ('DESTINATION_SANS_CITERNE', 422,
    'Le dépôt de destination n''a pas de citerne de {produit} : rien ne pourrait y entrer.',
    'Aucune citerne de ce produit n''est en service là-bas (detail : produit).',
    'Choisir un autre dépôt, ou y faire ouvrir une citerne.'),
  ('TRANSFERT_ETAT', 409, 'Ce transfert est au statut {statut} : il n''est plus en route.',
    'Un transfert se reçoit une fois, ou se déclare perdu une fois.',
    'Recharger la page : si l''acte est déjà fait, il n''y a rien à refaire. Une mesure fausse se corrige par un '
    'ajustement.'),
  ('TRANSFERT_AUTRE_DEPOT', 403, 'Ce transfert va à un autre dépôt : c''est là-bas qu''il se reçoit.',
    'Le dépôt qui a expédié voit le transfert, celui qui l''attend le reçoit.',
    'Demander au gérant du dépôt de destination de le recevoir.'),
  ('TRANSFERT_AVANT_EXPEDITION', 422,
    'Ce transfert est parti le {date_expedition} : il ne peut pas être arrivé le {date_reception}.',
    'La date de réception précède celle de l''expédition (detail : date_expedition, date_reception).',
    'Vérifier la date de réception.'),
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
  ('ceder_stock', '{admin,directeur,gerant}', false,
    'céder du carburant entre Monaluxe et un partenaire, ouvrir un prêt et y rattacher ses mouvements'),
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

-- Who has a second factor of our own, and how often a code may be tried.

insert into private.capacites as c (capacite, roles, second_facteur, dit, habilitations) values
  ('tenir_son_facteur', '{admin}', false, 'inscrire et prouver son second facteur, refaire ses codes de secours', '{}'),
  ('reinitialiser_facteur', '{admin}', true, 'effacer le second facteur perdu d''un autre administrateur', '{}')
on conflict (capacite) do update
   set (roles, second_facteur, dit, habilitations)
       = (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations)
 where (c.roles, c.second_facteur, c.dit, c.habilitations)
       is distinct from (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations);

insert into private.limites (route, par_minute) values
  ('POST securite/totp/prouver', 20),
  ('POST securite/totp/confirmer', 20),
  ('POST securite/totp/inscrire', 20),
  ('POST securite/codes-secours', 20),
  ('POST securite/codes-secours/prouver', 20)
on conflict (route) do nothing;

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
  ('lire_marges', '{admin,directeur,pca}', false, 'lire les marges des ventes', '{finance}'),
  ('lire_caisse', '{admin,directeur,gerant,pca}', false, 'lire les encaissements et la caisse', '{finance,caisse}'),
  ('regler_tarifs', '{admin,directeur}', false,
    'fixer et clore un tarif (celui de tous les dépôts : qui les voit tous)', '{finance}'),
  ('regler_taux', '{admin,directeur}', false, 'dire le taux de change du jour', '{finance}'),
  ('regler_tva', '{admin}', true, 'changer le taux d''un groupe de TVA', '{}'),
  ('regler_credit', '{admin,directeur}', false, 'fixer les conditions et le plafond d''un client', '{finance}'),
  ('deroger_credit', '{admin,directeur}', false, 'laisser une sortie dépasser le plafond de son client', '{}'),
  ('livrer', '{admin,directeur,gerant,operateur}', false, 'établir et confirmer un bon de livraison', '{finance}'),
  ('annuler_livraisons', '{admin,directeur}', false, 'annuler un bon de livraison', '{finance}'),
  ('commander', '{admin,directeur,gerant}', false,
    'prendre, confirmer, livrer et terminer une commande (à un autre prix que le tarif : qui fixe les tarifs)',
    '{finance}'),
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

-- Who runs reports.

insert into private.capacites as c (capacite, roles, second_facteur, dit, habilitations) values
  ('lire_rapports', '{admin,directeur,gerant,operateur,pca,lecture}', false,
    'tirer un rapport (chacun y trouve ce qu''il peut lire)', '{}')
on conflict (capacite) do update
   set (roles, second_facteur, dit, habilitations)
       = (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations)
 where (c.roles, c.second_facteur, c.dit, c.habilitations)
       is distinct from (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations);

-- Who brings, keeps and purges documents; what is looked at; what may be wanted of an invoice.

insert into private.capacites as c (capacite, roles, second_facteur, dit, habilitations) values
  ('deposer_documents', '{admin,directeur,gerant,operateur}', false,
    'envoyer un document et le rattacher à ce que l''on peut écrire', '{finance,caisse}'),
  ('tenir_documents', '{admin}', false, 'voir et rattacher les documents qui ne le sont à rien', '{}'),
  ('geler_documents', '{admin,directeur}', false, 'mettre un document sous gel juridique, ou l''en sortir', '{}'),
  ('purger_documents', '{admin}', true, 'effacer les octets d''un document dont la conservation est échue', '{}')
on conflict (capacite) do update
   set (roles, second_facteur, dit, habilitations)
       = (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations)
 where (c.roles, c.second_facteur, c.dit, c.habilitations)
       is distinct from (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations);

insert into private.controles as c (code, severity, seuil, source, rythme, dit) values
  ('DOCUMENT_INFECTE', 'CRITICAL', null, 'controles_documents', 'MINUTE', 'un document qui porte un virus'),
  ('DOCUMENT_NON_ANALYSE', 'WARN', 1, 'controles_documents', 'MINUTE',
    'un document qui attend son analyse (heures)')
on conflict (code) do update set (dit, source, rythme) = (excluded.dit, excluded.source, excluded.rythme)
 where (c.dit, c.source, c.rythme) is distinct from (excluded.dit, excluded.source, excluded.rythme);

insert into public.feature_flags as f (key, description) values
  ('pieces_requises',
    'La facture d''un fournisseur se valide avec son document et un certificat de laboratoire, ou une note.')
on conflict (key) do update set description = excluded.description
  where f.description is distinct from excluded.description;

-- A page of documents is light; their bytes are not.
insert into private.limites (route, par_minute) values ('GET documents/:id/contenu', 120)
on conflict (route) do nothing;

-- Who opens and reads online payments, and their checks.

insert into private.capacites as c (capacite, roles, second_facteur, dit, habilitations) values
  ('ouvrir_paiements_en_ligne', '{admin,directeur,gerant}', false, 'faire payer une facture en ligne',
    '{finance,caisse}'),
  ('lire_paiements_en_ligne', '{admin,directeur,gerant,pca}', false, 'lire les paiements en ligne',
    '{finance,caisse}'),
  ('lire_rapprochements', '{admin,directeur,pca}', false,
    'lire les rapprochements des paiements en ligne, tous dépôts', '{}'),
  ('lire_evenements_entrants', '{admin}', false, 'lire ce que le prestataire de paiement a dit, tel quel', '{}')
on conflict (capacite) do update
   set (roles, second_facteur, dit, habilitations)
       = (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations)
 where (c.roles, c.second_facteur, c.dit, c.habilitations)
       is distinct from (excluded.roles, excluded.second_facteur, excluded.dit, excluded.habilitations);

insert into private.controles as c (code, severity, seuil, source, rythme, dit) values
  ('PAIEMENT_EN_LIGNE_ECART', 'CRITICAL', null, 'controles_paiements', 'MINUTE',
    'un paiement en ligne qui n''est pas ce qui était demandé'),
  ('PAIEMENT_EN_LIGNE_LITIGE', 'CRITICAL', null, 'controles_paiements', 'MINUTE',
    'un paiement en ligne contesté par sa banque'),
  ('RAPPROCHEMENT_ECART', 'CRITICAL', null, 'controles_paiements', 'MINUTE',
    'des paiements en ligne qui ne sont pas chez nous comme chez le prestataire'),
  ('RAPPROCHEMENT_ABSENT', 'WARN', 26, 'controles_paiements', 'MINUTE',
    'des paiements en ligne que personne n''a rapprochés (heures)')
on conflict (code) do update set (dit, source, rythme) = (excluded.dit, excluded.source, excluded.rythme)
 where (c.dit, c.source, c.rythme) is distinct from (excluded.dit, excluded.source, excluded.rythme);

-- Who may look whether everything is ready for production, and who is told how the daily backup ended.

insert into private.capacites as c (capacite, roles, second_facteur, dit) values
  ('preparer_production', '{admin,directeur}', false, 'voir si tout est prêt pour la production'),
  ('apprendre_sauvegardes', '{admin}', false, 'apprendre par e-mail comment la sauvegarde du jour a fini')
on conflict (capacite) do update
   set (roles, second_facteur, dit) = (excluded.roles, excluded.second_facteur, excluded.dit)
 where (c.roles, c.second_facteur, c.dit) is distinct from (excluded.roles, excluded.second_facteur, excluded.dit);

-- Each has this server knock at the mail server and the scanner.
insert into private.limites (route, par_minute) values
  ('GET ops/pret-production', 20)
on conflict (route) do nothing;

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
  ('PRET_ECHU', 'WARN', null, 'controles_partenaires', 'MINUTE', 'un prêt qui n''est pas rendu à son échéance'),
  ('TRANSFERT_DEPOT_LONG', 'WARN', 3, 'controles_transferts_depots', 'MINUTE',
    'un transfert entre dépôts qui n''arrive pas (jours)'),
  ('PARTENAIRE_COMPTE_INCOHERENT', 'CRITICAL', null, 'controles_comptes_partenaires', 'NUIT',
    'le compte d''un partenaire qui n''est pas la somme de ses mouvements')
on conflict (code) do update set (dit, source, rythme) = (excluded.dit, excluded.source, excluded.rythme)
 where (c.dit, c.source, c.rythme) is distinct from (excluded.dit, excluded.source, excluded.rythme);

-- The checks of sales; FACTURE_MOUVEMENT_CORRIGE and FACTURE_ECHUE are those of suppliers' invoices.

insert into private.controles as c (code, severity, seuil, source, rythme, dit) values
  ('SORTIE_NON_FACTUREE', 'WARN', 7, 'controles_ventes', 'NUIT', 'une sortie qui attend sa facture (jours)'),
  ('CREDIT_DEPASSE', 'WARN', null, 'controles_credit', 'NUIT', 'un client qui doit plus que son plafond'),
  ('TAUX_ABSENT', 'WARN', 2, 'controles_taux', 'NUIT', 'un taux de change que personne n''a dit (jours)'),
  ('COMMANDE_DEPASSEE', 'WARN', null, 'controles_ventes', 'NUIT',
    'une commande livrée au-delà de sa quantité par une correction du stock'),
  ('FACTURE_CHAINE_ROMPUE', 'CRITICAL', null, 'controles_ventes', 'NUIT',
    'des factures qui ne concordent plus avec leurs empreintes, leurs totaux ou leurs comptes')
on conflict (code) do update set (dit, source, rythme) = (excluded.dit, excluded.source, excluded.rythme)
 where (c.dit, c.source, c.rythme) is distinct from (excluded.dit, excluded.source, excluded.rythme);

-- How often one person may ask one thing, a minute. A limit that an environment has tuned, or added, stays its own.

insert into private.limites (route, par_minute) values
  ('GET', 1200),
  ('POST', 600),
  ('PUT', 600)
on conflict (route) do nothing;

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
  ('citerne_logique_notes',
    'Ce qui entre dans une citerne logique (dépôt ami) ou en sort porte une note : quel camion, quel bon.'),
  ('paiement_en_ligne',
    'Une facture en USD peut être payée en ligne par son client, par le prestataire réglé (simulé sans internet).'),
  ('cloture_mensuelle', 'Un jour ou un mois clos ne prend plus aucun mouvement, ni les jours qui le précèdent.'),
  ('facture_lot_directe_compat',
    'Une facture insérée par l''application est calculée et validée dans le même acte, au lieu de rester un brouillon.')
on conflict (key) do update set description = excluded.description
  where f.description is distinct from excluded.description;

reset check_function_bodies;
select private.noter_etat('20261127091436_preuves_rapports_paiements');
