-- 20261127141617_continuite_reseau_synchronisation: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261127141617_continuite_reseau_synchronisation');

DROP POLICY "sorties_produit_creation" ON "public"."sorties_produit";

DROP TRIGGER "sorties_produit_after_delete" ON "public"."sorties_produit";

DROP TRIGGER "sorties_produit_after_forced_update" ON "public"."sorties_produit";

DROP TRIGGER "sorties_produit_after_insert" ON "public"."sorties_produit";

DROP TRIGGER "sorties_produit_after_update" ON "public"."sorties_produit";

DROP TRIGGER "stocks_journaliers_block" ON "public"."stocks_journaliers";

DROP TRIGGER "stocks_snapshot_block" ON "public"."stocks_snapshot";

DROP INDEX "public"."sorties_produit_compteur_id_idx";

DROP INDEX "public"."sorties_produit_created_by_idx";

DROP INDEX "public"."sorties_produit_partenaire_id_idx";

DROP INDEX "public"."sorties_produit_produit_id_idx";

DROP INDEX "public"."sorties_produit_validated_by_idx";

DROP VIEW "public"."v_balance_agee";

DROP VIEW "public"."v_factures_client";

ALTER TABLE "public"."depots" DROP CONSTRAINT "depots_fuseau_check";

ALTER TABLE "public"."sorties_produit" DROP CONSTRAINT "sorties_produit_check";

ALTER TABLE "public"."sorties_produit" DROP CONSTRAINT "sorties_produit_date_sortie_check";

ALTER TABLE "public"."sorties_produit" DROP CONSTRAINT "sorties_produit_date_sortie_possible";

ALTER TABLE "public"."sorties_produit" DROP CONSTRAINT "sorties_produit_statut_check";

ALTER TABLE "public"."stocks_journaliers" DROP CONSTRAINT "stocks_journaliers_proprietaire_type_check";

ALTER TABLE "public"."stocks_journaliers" DROP CONSTRAINT "stocks_journaliers_source_check2000";

ALTER TABLE "public"."stocks_journaliers" DROP CONSTRAINT "stocks_journaliers_source_lisible";

ALTER TABLE "public"."stocks_journaliers" DROP CONSTRAINT "stocks_journaliers_stock_check";

ALTER TABLE "public"."stocks_snapshot" DROP CONSTRAINT "stocks_snapshot_proprietaire_type_check";

ALTER TABLE "public"."stocks_snapshot" DROP CONSTRAINT "stocks_snapshot_stock_check";

DROP FUNCTION "private"."completer_brouillon"(public.sorties_produit, uuid, private.lieu);

DROP FUNCTION "private"."compter_demande"(uuid, text);

DROP FUNCTION "private"."mouvements_du_journal"();

DROP FUNCTION "private"."sortie_entiere"(text, text, numeric, numeric, numeric, text, uuid, uuid, uuid, text, text, text, text, text, text);

DROP FUNCTION "private"."tracer_validation"(public.sorties_produit, text[]);

ALTER TABLE "private"."facturations_sortie" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "private"."lettrages" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "private"."rattachements_decharges" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."abonnements_rapports" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."alertes_evenements" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."analyses" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."attributions_partenaires" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."baremes" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."bons_livraison" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."cessions" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."clotures_caisse" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."commandes" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."comptes_partenaires" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."compteurs" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."cours_de_route" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."credits_derogations" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."dilatations" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."documents" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."documents_liens" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."ecarts" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."ecarts_notes" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."ecritures_tiers" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."encaissements" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."envois" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."factures_client" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."factures_client_lignes" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."factures_fournisseur_receptions" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."fournisseur_facture_lot_min" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."fournisseur_lot" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."fournisseur_paiement_lot_min" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."frais_lot" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."log_actions" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."mouvements_transferts_depots" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."notifications_regles" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."paiements_en_ligne" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."parts_partenaires" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."periodes_closes" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."prets" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."prets_mouvements" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."prises_de_hauteur" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."proformas" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."rapports" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."rapprochements" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."receptions" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."regularisations" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."releves_clients" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."remboursements" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."sblc" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."sorties_produit" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."specifications" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."stocks_adjustments" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."stocks_initiaux" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."stocks_initiaux_partenaires" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."system_alerts" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."tarifs" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."transferts" ALTER COLUMN "id" DROP DEFAULT;

ALTER TABLE "public"."transferts_depots" ALTER COLUMN "id" DROP DEFAULT;

DROP FUNCTION "private"."nouvel_id"();

CREATE TABLE "private"."actes_differes" ("user_id" uuid NOT NULL, "cle" uuid NOT NULL, "lot_id" uuid NOT NULL, "acte" text NOT NULL, "empreinte" bytea NOT NULL, "moment" timestamp with time zone, "fait_le" timestamp with time zone, "depot_id" uuid, "recu_le" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), "etat" text NOT NULL DEFAULT 'RECU'::text, "statut_http" integer, "reponse" jsonb, "traite_le" timestamp with time zone, CONSTRAINT "actes_differes_etat_check" CHECK ((etat = ANY (ARRAY['RECU'::text, 'EN_COURS'::text, 'APPLIQUE'::text, 'REFUSE'::text, 'EN_ATTENTE'::text, 'NON_TRAITE'::text]))), CONSTRAINT "actes_differes_pkey" PRIMARY KEY (user_id, cle));

ALTER TABLE "private"."actes_differes" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "private"."lots_differes" ("user_id" uuid NOT NULL, "id" uuid NOT NULL, "appareil" text, "actes" jsonb NOT NULL, "ecart_horloge" interval NOT NULL, "recu_le" timestamp with time zone NOT NULL DEFAULT clock_timestamp(), "envois" integer NOT NULL DEFAULT 1, CONSTRAINT "lots_differes_pkey" PRIMARY KEY (user_id, id), CONSTRAINT "lots_differes_appareil_check" CHECK (((char_length(appareil) <= 200) AND private.texte_lisible(appareil))));

ALTER TABLE "private"."lots_differes" ENABLE ROW LEVEL SECURITY;

CREATE OR REPLACE FUNCTION private.a_l_heure(p_nom text, p_quand text, p_instruction text, p_sinon text, VARIADIC p_extensions text[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_extension text;
begin
  if exists (select from unnest(p_extensions) u (nom)
              where not exists (select from pg_available_extensions e where e.name = u.nom)) then
    return;
  end if;
  foreach v_extension in array p_extensions loop
    execute format('create extension if not exists %I', v_extension);
  end loop;
  execute 'select cron.schedule($1, $2, $3)' using p_nom, p_quand, p_instruction;
exception when others then
  raise warning '% ne peut pas servir ici (%) : %.', array_to_string(p_extensions, ' ou '), sqlerrm, p_sinon;
end;
$function$;

CREATE OR REPLACE FUNCTION private.acte_differe(p_request_id text)
 RETURNS private.actes_differes
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_prefixe constant text := 'synchronisation-';
  v_acte private.actes_differes;
begin
  if p_request_id ~ ('^' || c_prefixe || '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$') then
    select * into v_acte from private.actes_differes a
     where a.user_id = auth.uid() and a.cle = substr(p_request_id, length(c_prefixe) + 1)::uuid
       and a.etat <> 'APPLIQUE';
  end if;
  return v_acte;
end;
$function$;

CREATE OR REPLACE FUNCTION private.acteur()
 RETURNS private.acteur
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
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
  v_acteur.depots := private.depots_de(v_tous, v_depot_id);
  return v_acteur;
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

CREATE OR REPLACE FUNCTION private.aujourdhui()
 RETURNS date
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return private.jour_local(private.fuseau_societe(), now());
end;
$function$;

CREATE OR REPLACE FUNCTION private.champs_sortie()
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN '{id,citerne_id,produit_id,client_id,partenaire_id,proprietaire_type,index_avant,index_apres,compteur_id,volume_ambiant,volume_15c,volume_corrige_15c,temperature_ambiante_c,temperature_echantillon_c,densite_observee_kgm3,densite_a_15,densite_a_15_kgm3,date_sortie,statut,chauffeur_nom,plaque_camion,plaque_remorque,transporteur,note}'::text[];

CREATE OR REPLACE FUNCTION private.completer_brouillon(p_sortie public.sorties_produit, p_auteur uuid, p_produit_id uuid, p_depot_id uuid, p_fuseau text)
 RETURNS public.sorties_produit
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_maintenant constant timestamptz := now();
  v_possible text;
begin
  if p_depot_id is null or p_sortie.produit_id <> p_produit_id then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_sortie.citerne_id));
  end if;
  if p_sortie.client_id is not null then
    v_possible := private.exiger_actifs(p_client_id => p_sortie.client_id);
  end if;
  p_sortie.depot_id := p_depot_id;
  p_sortie.produit_id := p_produit_id;
  p_sortie.date_sortie := coalesce(p_sortie.date_sortie, v_maintenant);
  p_sortie.date_jour := private.jour_local(p_fuseau, p_sortie.date_sortie);
  if p_sortie.densite_observee_kgm3 is not null or p_sortie.densite_a_15 is not null
     or p_sortie.densite_a_15_kgm3 is not null then
    p_sortie.densite_observee_kgm3 := private.en_kgm3(p_sortie.densite_observee_kgm3);
    p_sortie.densite_a_15 := private.en_kgm3(p_sortie.densite_a_15);
    p_sortie.densite_a_15_kgm3 := private.en_kgm3(p_sortie.densite_a_15_kgm3);
    perform private.exiger_accord('densite_a_15', p_sortie.densite_a_15, 'densite_a_15_kgm3',
      p_sortie.densite_a_15_kgm3);
    p_sortie.densite_a_15_kgm3 := coalesce(p_sortie.densite_a_15_kgm3, p_sortie.densite_a_15);
    p_sortie.densite_a_15 := p_sortie.densite_a_15_kgm3;
  end if;
  if p_sortie.volume_15c is not null or p_sortie.volume_corrige_15c is not null then
    perform private.exiger_accord('volume_15c', p_sortie.volume_15c, 'volume_corrige_15c', p_sortie.volume_corrige_15c);
    p_sortie.volume_15c := coalesce(p_sortie.volume_corrige_15c, p_sortie.volume_15c);
    p_sortie.volume_corrige_15c := p_sortie.volume_15c;
  end if;
  -- What only a rule writes; nobody sends it but a service that may write any column.
  if p_sortie.facteur_compteur is not null or p_sortie.vcf is not null or p_sortie.methode_15c is not null
     or p_sortie.parametres_15c is not null or p_sortie.motif_rejet is not null or p_sortie.validated_by is not null
  then
    p_sortie.facteur_compteur := null;
    p_sortie.vcf := null;
    p_sortie.methode_15c := null;
    p_sortie.parametres_15c := null;
    p_sortie.motif_rejet := null;
    p_sortie.validated_by := null;
  end if;
  p_sortie.avertissements := '[]';
  p_sortie.version := 1;
  p_sortie.created_by := p_auteur;
  p_sortie.updated_by := p_auteur;
  p_sortie.updated_at := v_maintenant;
  p_sortie.created_at := v_maintenant;
  v_possible := private.exiger_sortie(p_sortie);
  return p_sortie;
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
      (select d.fuseau from public.depots d where d.id = p_envoi.depot_id), private.fuseau_societe()), 'DD/MM/YYYY'),
    coalesce(', ' || (select d.nom from public.depots d where d.id = p_envoi.depot_id), ''), v_combien);
  p_envoi.contenu := jsonb_build_object('texte', v_texte);
  return p_envoi;
end;
$function$;

CREATE OR REPLACE FUNCTION private.compter_demandes(p_demandes jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_maintenant constant timestamptz := clock_timestamp();
begin
  -- In one order, so that two who count the same persons wait for each other and never in a circle.
  insert into private.limites_compteurs as c (user_id, route, minute, nombre)
  select d.user_id, d.route, date_trunc('minute', v_maintenant), sum(d.nombre)
    from jsonb_to_recordset(p_demandes) d (user_id uuid, route text, nombre int)
   group by d.user_id, d.route order by d.user_id, d.route
  on conflict (user_id, route) do update
     set nombre = case when c.minute >= excluded.minute then c.nombre + excluded.nombre else excluded.nombre end,
         minute = greatest(c.minute, excluded.minute);

  delete from private.limites_compteurs c
   where (c.user_id, c.route) in (
     select v.user_id, v.route from private.limites_compteurs v
      where v.minute < v_maintenant - interval '1 hour' limit 100 for update skip locked);
end;
$function$;

CREATE OR REPLACE FUNCTION private.confirmer_facteur(p_jeton text, p_requete text, p_chiffre text, p_pas bigint, p_empreintes text[])
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_essai constant private.essais_facteur := private.ouvrir_essai(private.agir_pour(p_jeton, p_requete), 'TOTP');
  v_bloque constant jsonb := private.essai_bloque(v_essai);
  v_facteur private.facteurs_totp;
begin
  if v_bloque is not null then
    return v_bloque;
  end if;
  select * into v_facteur from private.facteurs_totp f where f.user_id = v_essai.user_id for update;
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
   where f.user_id = v_essai.user_id;
  -- What the factor before had raised was raised by what is no factor any more.
  delete from private.sessions_elevees s where s.user_id = v_essai.user_id;
  perform private.remplacer_codes_secours(v_essai.user_id, p_empreintes);
  perform private.journaliser('TOTP_INSCRIT', 'securite', 'WARNING', v_essai.user_id, null,
    jsonb_build_object('remplace', v_facteur.confirme_le is not null));
  perform private.prevenir_admins(v_essai.user_id, 'second facteur inscrit',
    '{qui} vient d''inscrire un second facteur. Si vous ne savez pas pourquoi, demandez-le-lui de vive voix.');
  return jsonb_build_object('eleve_jusqu_au', private.elever_session());
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
       and s.date_fin < private.jour_local(private.fuseau_societe(), now()) + private.seuil('SBLC_EXPIRE')::int;
  return query
    select 'PROFORMA_EXPIREE', 'PROFORMA', p.id,
           format('La proforma %s n''est plus valide depuis le %s et n''est pas close.', p.reference,
             to_char(p.date_validite, 'DD/MM/YYYY')),
           jsonb_build_object('proforma_id', p.id, 'date_validite', p.date_validite), null::uuid
      from public.proformas p
     where p.statut in ('ACTIVE', 'EN_EXECUTION')
       and p.date_validite < private.jour_local(private.fuseau_societe(), now());
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
       and f.date_echeance < private.jour_local(private.fuseau_societe(), now());
end;
$function$;

CREATE OR REPLACE FUNCTION private.controles_continuite()
 RETURNS SETOF private.fait_controle
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select c.controle, 'PASSAGE', md5(c.code)::uuid, format(c.dit, e.constat),
         jsonb_build_object('code', c.code, 'constat', e.constat), null::uuid
    from private.etat_continuite() e
    join (values
      ('ARCHIVAGE', 'ARCHIVAGE_ARRETE', 'Ce qui s''écrit ne quitte pas la machine : %s.'),
      ('SAUVEGARDE_PHYSIQUE', 'SAUVEGARDE_PHYSIQUE_ANCIENNE', 'Sauvegarde physique : %s.'),
      ('EXERCICE', 'EXERCICE_ANCIEN', 'Exercice de restauration : %s.')
    ) c (code, controle, dit) on c.code = e.code
   where e.verdict = 'NON'
$function$;

CREATE OR REPLACE FUNCTION private.controles_taux()
 RETURNS SETOF private.fait_controle
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_jours constant int := private.seuil('TAUX_ABSENT')::int;
begin
  return query
    select 'TAUX_ABSENT', 'DEVISE', md5('USD')::uuid,
           case when t.jour is null then 'Aucun taux du dollar n''a été dit.'
                else
                  format(
                  'Aucun taux du dollar n''a été dit depuis le %s : après sept jours plus rien ne se vend en USD.',
                  to_char(t.jour, 'DD/MM/YYYY')) end,
           jsonb_build_object('devise', 'USD', 'dernier', t.jour), null::uuid
      from (select max(x.jour) as jour from public.taux_change x where x.devise = 'USD') t
     where exists (select from public.tarifs f where f.devise = 'USD')
       and (t.jour is null or t.jour < private.jour_local(private.fuseau_societe(), now()) - c_jours);
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
    values (new.id, new.statut, new.depot_destination_id, private.moment_de_l_acte())
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

CREATE OR REPLACE FUNCTION private.creer_et_valider(p_sortie jsonb, p_payee boolean)
 RETURNS public.sorties_produit
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.exiger('valider_sortie');
  v_sortie public.sorties_produit;
  v_lieu private.lieu;
  v_fait text;
begin
  v_sortie := private.sortie_envoyee(p_sortie);
  v_lieu := private.lieu(v_sortie.citerne_id, v_acteur.depots);
  v_sortie := private.completer_brouillon(v_sortie, v_acteur.user_id, (v_lieu.citerne).produit_id,
    (v_lieu.citerne).depot_id, (v_lieu.depot).fuseau);
  v_sortie := private.preparer_validation(v_sortie, v_acteur.user_id, v_lieu);

  v_fait := set_config('app.sorties_produit_allow_write', 'regle', true);
  insert into public.sorties_produit select v_sortie.*;
  v_fait := set_config('app.sorties_produit_allow_write', '', true);
  v_fait := private.journaliser('{SORTIE_CREEE,SORTIE_VALIDEE}'::text[], 'sorties', 'INFO', v_sortie.id,
    v_sortie.depot_id, to_jsonb(v_sortie));
  if not p_payee then
    v_fait := private.exiger_credit(v_sortie);
  end if;
  v_fait := private.debiter_sortie(v_sortie);
  return v_sortie;
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
declare
  v_fait text;
begin
  if p_sortie.compteur_id is not null then
    perform private.exiger_index_libres(p_sortie.id, p_sortie.compteur_id, p_sortie.index_avant, p_sortie.index_apres);
  end if;
  v_fait := private.verrouiller_citernes(p_sortie.citerne_id);
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

CREATE OR REPLACE FUNCTION private.densite_15_historique(p_mesures private.mesures, p_lieu private.lieu)
 RETURNS numeric
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (private.calculer_norme(p_mesures, p_lieu.produit,
            astm.profil((p_lieu.depot).id, (p_lieu.produit).id))).densite_a_15_kgm3;
exception
  -- The standard does not know this product (gas, additive): it never decided there, and so refuses nothing either.
  when sqlstate 'PT422' then
    return p_mesures.densite_a_15_kgm3;
end;
$function$;

CREATE OR REPLACE FUNCTION private.deplacer_jours(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date, p_dernier_jour date, p_delta_ambiant numeric, p_delta_15c numeric, p_ajustement boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_bitmapscan TO 'off'
AS $function$
declare
  v_maintenant constant timestamptz := now();
  v_fait boolean;
  v_permis text;
begin
  v_permis := set_config('app.stocks_journaliers_allow_write', '1', true);
  update public.stocks_snapshot s
     set stock_ambiant = s.stock_ambiant + p_delta_ambiant,
         stock_15c = s.stock_15c + p_delta_15c,
         last_movement_at = v_maintenant,
         updated_at = v_maintenant
   where s.citerne_id = p_citerne_id and s.produit_id = p_produit_id and s.proprietaire_type = p_proprietaire_type
     and s.dernier_jour = p_dernier_jour
     and s.stock_ambiant + p_delta_ambiant >= 0 and s.stock_15c + p_delta_15c >= 0;
  v_fait := found;
  if v_fait then
    update public.stocks_journaliers j
       set stock_ambiant = j.stock_ambiant + p_delta_ambiant,
           stock_15c = j.stock_15c + p_delta_15c,
           updated_at = v_maintenant
     where j.citerne_id = p_citerne_id and j.produit_id = p_produit_id and j.proprietaire_type = p_proprietaire_type
       and j.date_jour between p_jour and p_dernier_jour;
    if p_ajustement then
      update public.stocks_snapshot s
         set delta_ambiant_total = s.delta_ambiant_total + p_delta_ambiant,
             delta_15c_total = s.delta_15c_total + p_delta_15c
       where s.citerne_id = p_citerne_id and s.produit_id = p_produit_id and s.proprietaire_type = p_proprietaire_type;
    end if;
  end if;
  v_permis := set_config('app.stocks_journaliers_allow_write', '', true);
  return v_fait;
end;
$function$;

CREATE OR REPLACE FUNCTION private.depot_du_lieu(p_lieu uuid, p_depots uuid[])
 RETURNS uuid
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce(
    (select c.depot_id from public.citernes c where c.id = p_lieu and c.depot_id = any (p_depots)),
    (select d.id from public.depots d where d.id = p_lieu and d.id = any (p_depots)),
    (select p.depot_id from public.profils p where p.user_id = auth.uid() and p.depot_id = any (p_depots)))
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
    return row(null, null, private.fuseau_societe())::private.depot_vu;
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

CREATE OR REPLACE FUNCTION private.depots_de(p_tous boolean, p_depot_id uuid)
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- Apart: the depots of those who see them all are no part of the plan that everyone else runs, several times a
  -- request.
  if p_tous then
    return (select array_agg(d.id) from public.depots d);
  end if;
  return case when p_depot_id is null then null else array[p_depot_id] end;
end;
$function$;

CREATE OR REPLACE FUNCTION private.details_de_personne(p_details jsonb)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select p_details || jsonb_strip_nulls(jsonb_build_object(
    'role_sql', coalesce(nullif(current_setting('role', true), 'none'), session_user),
    'acteur', nullif(current_setting('app.acteur', true), '')))
$function$;

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
    (clock_timestamp() at time zone private.fuseau_societe())::date, lower(c_issue));
  v_envoi.sujet := format('%s %s', private.enseigne(),
    case when p_faite then 'sauvegarde du jour faite et vérifiée' else 'LA SAUVEGARDE DU JOUR A ÉCHOUÉ' end);
  v_envoi.contenu := jsonb_build_object('texte', p_texte);
  return private.deposer_envoi(v_envoi);
end;
$function$;

CREATE OR REPLACE FUNCTION private.dit_du_differe(p_acte private.actes_differes)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_object('lot', l.id, 'cle', p_acte.cle, 'fait_le', p_acte.fait_le, 'moment', p_acte.moment,
           'recu_le', p_acte.recu_le, 'ecart_horloge_s', round(extract(epoch from l.ecart_horloge)),
           'appareil', l.appareil)
    from private.lots_differes l where l.user_id = p_acte.user_id and l.id = p_acte.lot_id
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
  select auth.uid(), (a.acte ->> 'cle')::uuid, p_lot, a.acte ->> 'acte', private.empreinte_d_acte(a.acte), m.moment,
         case when m.moment - p_avance between p_recu_le and p_recu_le + c_avenir_admis then p_recu_le
              else m.moment - p_avance end,
         private.depot_du_lieu((a.acte ->> 'lieu')::uuid, v_depots), p_recu_le,
         case when a.acte ? 'probleme' then 'REFUSE' else 'RECU' end,
         (a.acte -> 'probleme' ->> 'status')::int, a.acte -> 'probleme'
    from jsonb_array_elements(p_actes) with ordinality a (acte, rang)
   cross join lateral (select case when not a.acte ? 'probleme' then (a.acte ->> 'moment')::timestamptz end as moment) m
   -- One order for everybody: two sendings of the same acts wait, and never for each other.
   order by a.acte ->> 'cle', a.rang
  on conflict (user_id, cle) do nothing;
end;
$function$;

CREATE OR REPLACE FUNCTION private.empreinte_d_acte(p_acte jsonb)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN sha256(convert_to(((p_acte - '{cle,apres,lieu,probleme}'::text[]))::text, 'UTF8'::name));

CREATE OR REPLACE FUNCTION private.encours(p_conditions public.clients_conditions)
 RETURNS private.encours
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_encours private.encours;
  v_jour constant date := private.jour_local(private.fuseau_societe(), now());
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
      select case coalesce(v.base, p_conditions.base) when 'L15' then v.volume_15c
        else v.volume_ambiant end as quantite,
             private.prix_ou_rien_de(v, p_conditions) as prix,
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

CREATE OR REPLACE FUNCTION private.etat_archivage()
 RETURNS TABLE(actif boolean, delai_s integer, archive_le timestamp with time zone, echec_le timestamp with time zone, echecs bigint, en_attente bigint)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select current_setting('archive_mode') <> 'off',
         extract(epoch from current_setting('archive_timeout')::interval)::int,
         a.last_archived_time, a.last_failed_time, a.failed_count,
         -- Whole segments that have not left; the one being written leaves within archive_timeout.
         case when pg_is_in_recovery() then 0
              else greatest(0, (pg_split_walfile_name(pg_walfile_name(pg_current_wal_lsn()))).segment_number
                - coalesce((select (pg_split_walfile_name(left(a.last_archived_wal, 24))).segment_number
                             where a.last_archived_wal ~ '^[0-9A-F]{24}'), 0) - 1)::bigint end
    from pg_stat_archiver a
$function$;

CREATE OR REPLACE FUNCTION private.etat_continuite()
 RETURNS TABLE(code text, verdict text, constat text)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_prod constant boolean := private.env() = 'prod';
  v record;
begin
  select e.*, private.seuil('ARCHIVAGE_ARRETE') * interval '1 minute' as seuil,
         coalesce(e.archive_le, pg_postmaster_start_time()) as depuis
    into v from private.etat_archivage() e;
  return query
    select 'ARCHIVAGE',
           case when not v.actif then case when v_prod then 'NON' else 'SANS_OBJET' end
                when v.delai_s = 0 then 'NON'
                -- It fails now; one that failed once and passed since has passed.
                when v.echec_le > coalesce(v.archive_le, '-infinity') then 'NON'
                when v.en_attente > 0 and v.depuis < clock_timestamp() - v.seuil then 'NON' else 'OUI' end,
           case when not v.actif then 'le WAL n''est pas archivé : perdre le disque, c''est perdre tout depuis la '
                  || 'dernière sauvegarde'
                when v.delai_s = 0 then 'archive_timeout vaut 0 : une journée calme n''est pas archivée'
                else format('dernier segment archivé %s, un au moins toutes les %s s ; %s en attente, %s échec(s)%s',
                       coalesce('il y a ' || round(extract(epoch from clock_timestamp() - v.archive_le)) || ' s',
                         'jamais'), v.delai_s, v.en_attente, v.echecs,
                       case when v.echec_le is not null
                            then ', le dernier il y a ' || round(extract(epoch from clock_timestamp() - v.echec_le))
                                 || ' s' else '' end) end;
  return query
    select n.code,
           case when n.le > now() - private.seuil(n.controle) * n.unite then 'OUI'
                when v_prod then 'NON' else 'SANS_OBJET' end,
           case when n.le is null then n.jamais
                else format(n.dit, round(extract(epoch from now() - n.le) / extract(epoch from n.unite), 1),
                       private.seuil(n.controle)) end
      from (select c.*, (select p.le from private.passages p where p.nom = c.nom) as le
              from (values
                ('SAUVEGARDE_PHYSIQUE', 'SAUVEGARDE_PHYSIQUE_ANCIENNE', 'sauvegarde_physique', interval '1 hour',
                  'prise il y a %s h (%s h au plus)', 'aucune : une restauration n''aurait pas d''où partir'),
                ('EXERCICE', 'EXERCICE_ANCIEN', 'exercice', interval '1 day',
                  'fait il y a %s jour(s) (%s au plus)', 'aucun : personne n''a essayé de restaurer cette base')
              ) c (code, controle, nom, unite, dit, jamais)) n;
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
                     to_char(n.le at time zone private.fuseau_societe(), 'DD/MM/YYYY HH24:MI')) end
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

CREATE OR REPLACE FUNCTION private.exiger(p_capacite text)
 RETURNS private.acteur
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
AS $function$
declare
  v_acteur private.acteur;
  v_depot_id uuid;
  v_roles text[];
  v_second_facteur boolean;
  v_tous boolean;
  v_peut boolean;
begin
  -- One question for who it is and whether they may: every movement begins with it.
  select p.user_id, p.role, p.habilitations, p.depot_id, p.role = any (voir.roles), c.roles, c.second_facteur,
         p.role = any (c.roles) or p.habilitations && c.habilitations
    into strict v_acteur.user_id, v_acteur.role, v_acteur.habilitations, v_depot_id, v_tous, v_roles, v_second_facteur,
         v_peut
    from private.capacites c
    join private.capacites voir on voir.capacite = 'voir_tous_depots'
    left join public.profils p on p.user_id = auth.uid() and p.desactive_le is null
   where c.capacite = p_capacite;
  if v_peut is not true then
    perform private.refuser('ROLE_FORBIDDEN', jsonb_build_object('capacite', p_capacite, 'roles_admis', v_roles));
  end if;
  if v_second_facteur then
    perform private.exiger_second_facteur();
  end if;
  v_acteur.depots := private.depots_de(v_tous, v_depot_id);
  return v_acteur;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_actifs(p_produit_id uuid DEFAULT NULL::uuid, p_depot_id uuid DEFAULT NULL::uuid, p_client_id uuid DEFAULT NULL::uuid, p_fournisseur_id uuid DEFAULT NULL::uuid, p_partenaire_id uuid DEFAULT NULL::uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_quoi text;
  v_nom text;
begin
  if p_produit_id is not null then
    select 'le produit', p.nom into v_quoi, v_nom from public.produits p where p.id = p_produit_id and not p.actif;
  end if;
  if p_depot_id is not null and v_quoi is null then
    select 'le dépôt', d.nom into v_quoi, v_nom from public.depots d where d.id = p_depot_id and not d.actif;
  end if;
  if p_client_id is not null and v_quoi is null then
    select 'le client', c.nom into v_quoi, v_nom from public.clients c where c.id = p_client_id and not c.actif;
  end if;
  if p_fournisseur_id is not null and v_quoi is null then
    select 'le fournisseur', f.nom into v_quoi, v_nom
      from public.fournisseurs f where f.id = p_fournisseur_id and not f.actif;
  end if;
  if p_partenaire_id is not null and v_quoi is null then
    select 'le partenaire', t.nom into v_quoi, v_nom
      from public.partenaires t where t.id = p_partenaire_id and not t.actif;
  end if;
  if v_quoi is not null then
    perform private.refuser('REFERENTIEL_INACTIF', jsonb_build_object('quoi', v_quoi, 'nom', v_nom));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_commande(p_sortie public.sorties_produit)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_commande public.commandes;
begin
  if not exists (select from public.sorties_commandes l where l.sortie_id = p_sortie.id) then
    return;
  end if;
  v_commande := private.commande_de_sortie(p_sortie.id);
  perform private.exiger_sortie_de_la_commande(p_sortie, v_commande);
  perform private.exiger_commande_non_depassee(v_commande);
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
  if p_sortie.proprietaire_type <> 'MONALUXE' or not private.flag_actif('credit_client_blocant', p_sortie.depot_id)
  then
    return;
  end if;
  select * into v_conditions from public.clients_conditions c where c.client_id = p_sortie.client_id;
  if not found or (v_conditions.plafond is null and not v_conditions.suspendu) then
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

CREATE OR REPLACE FUNCTION private.exiger_ecritures_ouvertes()
 RETURNS trigger
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
    if (v_gel::jsonb ->> 'operateur')::uuid is distinct from auth.uid() then
      perform private.refuser('ECRITURES_GELEES', v_gel::jsonb - 'operateur');
    end if;
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_limite(p_user_id uuid, p_route text, p_ici integer)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_maintenant constant timestamptz := clock_timestamp();
  v_limite int;
begin
  -- A standby has no counts, which are not in the log that it follows: the primary judged before it sent anybody here.
  if pg_is_in_recovery() then
    return;
  end if;
  v_limite := (
    select l.par_minute
      from private.limites l
      left join private.limites_compteurs c
        on c.user_id = p_user_id and c.route = p_route and c.minute >= date_trunc('minute', v_maintenant)
     where l.route in (p_route, split_part(p_route, ' ', 1)) and p_ici + coalesce(c.nombre, 0) > l.par_minute
       and not exists (select from private.limites propre where propre.route = p_route and propre.route <> l.route));
  if v_limite is not null then
    perform private.refuser('TROP_DE_DEMANDES',
      jsonb_build_object('attendre_s', ceil(60 - extract(second from v_maintenant))::int, 'par_minute', v_limite));
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
  v_possible boolean := true;
begin
  -- Each question apart: one that is not reached, because nobody sent its figure, costs nothing.
  if p_volume_ambiant is not null then
    v_possible := p_volume_ambiant < 1e9;
  end if;
  if p_temperature_ambiante_c is not null and v_possible then
    v_possible := p_temperature_ambiante_c between -50 and 150;
  end if;
  if p_temperature_echantillon_c is not null and v_possible then
    v_possible := p_temperature_echantillon_c between -50 and 150;
  end if;
  if p_index_avant is not null and v_possible then
    v_possible := p_index_avant <@ '[0,1e12)'::numrange;
  end if;
  if p_index_apres is not null and v_possible then
    v_possible := p_index_apres <@ '[0,1e12)'::numrange;
  end if;
  if p_densite_observee_kgm3 is not null and v_possible then
    v_possible := p_densite_observee_kgm3 between 400 and 1300;
  end if;
  if p_densite_a_15_kgm3 is not null and v_possible then
    v_possible := p_densite_a_15_kgm3 between 400 and 1300;
  end if;
  if p_volume_15c is not null and v_possible then
    v_possible := p_volume_15c > 0 and p_volume_15c < 1e9;
  end if;
  if p_vcf is not null and v_possible then
    v_possible := p_vcf between 0.5 and 1.5;
  end if;
  if v_possible then
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
  if p_moment > clock_timestamp() + c_horloge
     or p_moment < private.moment_de_l_acte() - make_interval(hours => c_heures) then
    perform private.refuser('JAUGE_HORS_DELAI', jsonb_build_object('heures', c_heures, 'mesuree_le', p_moment));
  end if;
  return least(p_moment, clock_timestamp());
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_periode_ouverte(p_depot_id uuid, p_jour date)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- Asked first of the days that are closed, of which most depots have none: the flag is a question of its own.
  if not exists (select from public.periodes_closes c
                  where c.depot_id = p_depot_id and c.rouverte_le is null and c.au >= p_jour) then
    return;
  end if;
  if private.jour_clos(p_depot_id, p_jour) then
    perform private.refuser('PERIODE_CLOSE', jsonb_build_object('date_jour', p_jour,
      'clos_jusqu_au', private.clos_jusqu_au(p_depot_id)));
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
  v_reponses jsonb := '{}';
begin
  foreach v_cle in array p_cles loop
    select * into v_acte from private.actes_differes a where a.user_id = auth.uid() and a.cle = v_cle;
    if not found then
      perform private.refuser('ACTE_ATTENDU', jsonb_build_object('depend_de', v_cle));
    elsif v_acte.etat <> 'APPLIQUE' then
      perform private.refuser('ACTE_DEPENDANT', jsonb_build_object('depend_de', v_cle, 'acte', v_acte.acte,
        'code', v_acte.reponse ->> 'code', 'raison', coalesce(v_acte.reponse ->> 'detail', 'pas encore traité')));
    end if;
    v_reponses := v_reponses || jsonb_build_object(v_cle, v_acte.reponse);
  end loop;
  return v_reponses;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_quota(p_taille integer)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_maximum constant bigint := 524288000;
  v_debut constant timestamptz := private.aujourdhui()::timestamp at time zone private.fuseau_societe();
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

CREATE OR REPLACE FUNCTION private.exiger_sortie(p_sortie public.sorties_produit)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_possible text;
begin
  v_possible := private.exiger_mesures('sorties_produit', p_sortie.index_avant, p_sortie.index_apres,
    p_sortie.volume_ambiant, p_sortie.volume_15c, p_sortie.temperature_ambiante_c, p_sortie.temperature_echantillon_c,
    p_sortie.densite_observee_kgm3, p_sortie.densite_a_15_kgm3, p_sortie.vcf);
  if p_sortie.date_sortie not between '2020-01-01 00:00+00' and '2049-12-31 23:59:59.999999+00' then
    if p_sortie.date_sortie < '2020-01-01 00:00+00' then
      raise check_violation using message = 'a sortie before the first day of the books',
        table = 'sorties_produit', column = 'date_sortie', constraint = 'sorties_produit_date_sortie_check';
    end if;
    perform private.refuser_valeur('DATE_IMPOSSIBLE', 'date_sortie');
  end if;
  if p_sortie.proprietaire_type not in ('MONALUXE', 'PARTENAIRE') then
    raise check_violation using message = 'an owner that is none', table = 'sorties_produit',
      column = 'proprietaire_type', constraint = 'sorties_produit_proprietaire_type_check';
  end if;
  if p_sortie.note is not null or p_sortie.motif_rejet is not null or p_sortie.chauffeur_nom is not null
     or p_sortie.transporteur is not null or p_sortie.plaque_camion is not null or p_sortie.plaque_remorque is not null
  then
    v_possible := private.exiger_textes(p_sortie.chauffeur_nom, p_sortie.plaque_camion, p_sortie.plaque_remorque,
      p_sortie.transporteur, p_sortie.note, p_sortie.motif_rejet);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_sortie_entiere(p_sortie public.sorties_produit)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.exiger_sortie(p_sortie);
  if (p_sortie.statut in ('brouillon', 'rejetee')
      or (p_sortie.statut = 'validee' and p_sortie.volume_ambiant > 0
          and p_sortie.volume_corrige_15c = p_sortie.volume_15c
          and num_nulls(p_sortie.volume_ambiant, p_sortie.volume_15c, p_sortie.methode_15c, p_sortie.validated_by) = 0
          and num_nonnulls(p_sortie.client_id, p_sortie.partenaire_id) > 0)) is not true then
    raise check_violation using message = 'a sortie is not as its state wants it', table = 'sorties_produit',
      column = 'statut', constraint = 'sorties_produit_statut_check';
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
  if p_mesures.temperature_produit_c between p_depot.temperature_min_c and p_depot.temperature_max_c then
    if p_mesures.temperature_echantillon_c is null then
      return;
    end if;
    if p_mesures.temperature_echantillon_c between p_depot.temperature_min_c and p_depot.temperature_max_c then
      return;
    end if;
  end if;
  if p_mesures.temperature_produit_c between p_depot.temperature_min_c and p_depot.temperature_max_c then
    v_champ := 'temperature_echantillon_c';
    v_temperature := p_mesures.temperature_echantillon_c;
  end if;
  perform private.refuser('TEMPERATURE_HORS_PLAGE', jsonb_build_object('champ', v_champ, 'temperature', v_temperature,
    'min', p_depot.temperature_min_c, 'max', p_depot.temperature_max_c));
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_textes(p_chauffeur_nom text, p_plaque_camion text, p_plaque_remorque text, p_transporteur text, p_note text, p_motif_rejet text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
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
end;
$function$;

CREATE OR REPLACE FUNCTION private.facture_emise(p_id uuid, p_depots uuid[])
 RETURNS public.factures_client
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_facture public.factures_client;
begin
  select * into v_facture from public.factures_client f where f.id = p_id and f.depot_id = any (p_depots);
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette facture'));
  end if;
  if v_facture.statut <> 'EMISE' then
    perform private.refuser('FACTURE_ETAT', jsonb_build_object('statut', v_facture.statut));
  end if;
  return v_facture;
end;
$function$;

CREATE OR REPLACE FUNCTION private.fuseau_societe()
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN 'Africa/Lubumbashi'::text;

CREATE OR REPLACE FUNCTION private.fuseau_vu(p_depot_id uuid)
 RETURNS text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return coalesce(
    (select d.fuseau from public.depots d
      where d.id = any (private.depots_visibles())
      order by d.id = p_depot_id desc nulls last, d.created_at, d.id limit 1),
    private.fuseau_societe());
end;
$function$;

CREATE OR REPLACE FUNCTION private.journaliser(p_action text, p_module text, p_niveau text, p_cible_id uuid, p_depot_id uuid, p_details jsonb DEFAULT '{}'::jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_user_id constant uuid := auth.uid();
begin
  if v_user_id is null then
    p_details := private.details_de_personne(p_details);
  end if;
  insert into public.log_actions (user_id, action, module, niveau, cible_id, depot_id, details, request_id, trace_id)
  values (v_user_id, p_action, p_module, p_niveau, p_cible_id, p_depot_id, p_details, private.numero_demande(),
    nullif(current_setting('request.trace', true), ''));
end;
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
  if v_user_id is null then
    p_details := private.details_de_personne(p_details);
  end if;
  insert into public.log_actions (user_id, action, module, niveau, cible_id, depot_id, details, request_id, trace_id)
  select v_user_id, a.action, p_module, p_niveau, p_cible_id, p_depot_id, p_details, private.numero_demande(),
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
  v_essai constant private.essais_facteur := private.ouvrir_essai(private.agir_pour(p_jeton, p_requete), 'SECOURS');
  v_bloque constant jsonb := private.essai_bloque(v_essai);
  v_restants int;
begin
  if v_bloque is not null then
    return v_bloque;
  end if;
  update private.codes_secours c set utilise_le = clock_timestamp()
   where (c.user_id, c.empreinte) = (v_essai.user_id, decode(p_empreinte, 'hex')) and c.utilise_le is null;
  if not found then
    return private.compter_echec(v_essai, 'CODE_SECOURS_REFUSE');
  end if;
  v_restants := (select count(*) from private.codes_secours c
                  where c.user_id = v_essai.user_id and c.utilise_le is null);
  perform private.journaliser('CODE_SECOURS_UTILISE', 'securite', 'WARNING', v_essai.user_id, null,
    jsonb_build_object('restants', v_restants));
  perform private.prevenir_admins(v_essai.user_id, 'code de secours utilisé',
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
  v_essai constant private.essais_facteur := private.ouvrir_essai(private.agir_pour(p_jeton, p_requete), 'TOTP');
  v_bloque constant jsonb := private.essai_bloque(v_essai);
  v_facteur private.facteurs_totp;
begin
  if v_bloque is not null then
    return v_bloque;
  end if;
  select * into v_facteur from private.facteurs_totp f where f.user_id = v_essai.user_id for update;
  -- It was replaced, or encrypted anew, since the door read it.
  if v_facteur.secret_chiffre is distinct from p_chiffre then
    return jsonb_build_object('code', 'FACTEUR_CHANGE');
  end if;
  if not private.pas_possible(p_pas) then
    return private.compter_echec(v_essai, 'TOTP_REFUSE');
  end if;
  if p_pas <= v_facteur.dernier_pas then
    perform private.journaliser('TOTP_REFUSE', 'securite', 'WARNING', v_essai.user_id, null,
      jsonb_build_object('moyen', 'TOTP', 'code', 'TOTP_REJOUE'));
    return jsonb_build_object('code', 'TOTP_REJOUE', 'valeurs', '{}'::jsonb);
  end if;
  update private.facteurs_totp f set dernier_pas = p_pas, secret_chiffre = coalesce(p_rechiffre, f.secret_chiffre)
   where f.user_id = v_essai.user_id;
  perform private.journaliser('TOTP_REUSSI', 'securite', 'INFO', v_essai.user_id, null);
  return jsonb_build_object('eleve_jusqu_au', private.elever_session());
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
      select coalesce(jsonb_agg(jsonb_build_object('cle', a.cle, 'acte', d.dit ->> 'acte', 'moment', a.moment,
               'fait_le', a.fait_le, 'recu_le', a.recu_le, 'traite_le', a.traite_le, 'etat', a.etat,
               'statut', a.statut_http, 'reponse', a.reponse,
               'conflit', encode(a.empreinte, 'hex') <> d.dit ->> 'empreinte') order by d.rang), '[]')
        from jsonb_array_elements(v_lot.actes) with ordinality d (dit, rang)
        join private.actes_differes a on a.user_id = v_lot.user_id and a.cle = (d.dit ->> 'cle')::uuid));
end;
$function$;

CREATE OR REPLACE FUNCTION private.log_actions_dater()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acte constant private.actes_differes := private.acte_differe(new.request_id);
begin
  if v_acte.cle is not null then
    new.details := new.details || jsonb_build_object('synchronisation', private.dit_du_differe(v_acte));
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.mesures_replication()
 RETURNS SETOF private.mesure
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with secours as (
    select r.* from pg_stat_replication r
     where not exists (select from pg_replication_slots s where s.active_pid = r.pid and s.slot_type = 'logical')
  )
  select 'monaluxe_standbys', 'gauge', 'Standbys that are fed, by whether a commit waits for them',
         jsonb_build_object('sync', e.dit),
         (select count(*) from secours r
           where r.state = 'streaming' and (r.sync_state in ('sync', 'quorum')) = (e.dit = 'yes'))::float8
    from unnest(array['yes', 'no']) e (dit)
  union all
  select 'monaluxe_standby_lag_bytes', 'gauge', 'What a standby has not replayed yet of the log',
         jsonb_build_object('standby', r.application_name),
         pg_wal_lsn_diff(pg_current_wal_flush_lsn(), r.replay_lsn)::float8
    from secours r where r.replay_lsn is not null
  union all
  select 'monaluxe_standby_lag_seconds', 'gauge', 'Time a standby took to replay what it last told of; 0 while idle',
         jsonb_build_object('standby', r.application_name), coalesce(extract(epoch from r.replay_lag), 0)::float8
    from secours r where r.replay_lsn is not null
  union all
  select 'monaluxe_replication_slot_retained_bytes', 'gauge', 'Log kept on disk for a slot',
         jsonb_build_object('slot', s.slot_name), pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn)::float8
    from pg_replication_slots s where s.restart_lsn is not null
  union all
  select 'monaluxe_replication_slot_lost', 'gauge', '1 where a slot has lost its log: its standby is to be made anew',
         jsonb_build_object('slot', s.slot_name), (s.wal_status = 'lost')::int::float8
    from pg_replication_slots s
$function$;

CREATE OR REPLACE FUNCTION private.moment_de_l_acte()
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return coalesce((private.acte_differe(current_setting('request.id', true))).fait_le, now());
end;
$function$;

CREATE OR REPLACE FUNCTION private.mouvements_du_journal()
 RETURNS TABLE(created_at timestamp with time zone, depot_id uuid, date_jour date, citerne_id uuid, proprietaire_type text, delta_ambiant numeric, delta_15c numeric, fait_le timestamp with time zone)
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT l.created_at,
     l.depot_id,
     (COALESCE((l.details ->> 'date_reception'::text), (l.details ->> 'date_jour'::text)))::date AS "coalesce",
     (m.citerne_id)::uuid AS citerne_id,
     m.proprietaire_type,
     ((m.signe)::numeric * (COALESCE((l.details ->> 'delta_ambiant'::text), (l.details ->> 'volume_ambiant'::text)))::numeric),
     ((m.signe)::numeric * (COALESCE((l.details ->> 'delta_15c'::text), (l.details ->> 'volume_15c'::text)))::numeric),
     COALESCE((((l.details -> 'synchronisation'::text) ->> 'fait_le'::text))::timestamp with time zone, l.created_at) AS "coalesce"
    FROM (public.log_actions l
      CROSS JOIN LATERAL ( VALUES (
                 CASE l.action
                     WHEN 'TRANSFERT_CREE'::text THEN (l.details ->> 'citerne_source_id'::text)
                     ELSE (l.details ->> 'citerne_id'::text)
                 END,
                 CASE
                     WHEN (l.action = ANY (ARRAY['SORTIE_VALIDEE'::text, 'TRANSFERT_CREE'::text, 'CESSION_CREEE'::text])) THEN '-1'::integer
                     ELSE 1
                 END,COALESCE(private.cedant((l.details ->> 'sens'::text)), (l.details ->> 'proprietaire_type'::text))), (
                 CASE l.action
                     WHEN 'TRANSFERT_CREE'::text THEN (l.details ->> 'citerne_destination_id'::text)
                     WHEN 'CESSION_CREEE'::text THEN (l.details ->> 'citerne_id'::text)
                     ELSE NULL::text
                 END,1,COALESCE(private.cessionnaire((l.details ->> 'sens'::text)), (l.details ->> 'proprietaire_type'::text)))) m(citerne_id, signe, proprietaire_type))
   WHERE ((m.citerne_id IS NOT NULL) AND ((l.details ->> 'reprise'::text) IS DISTINCT FROM 'origine'::text) AND (l.action = ANY (ARRAY['RECEPTION_CREEE'::text, 'SORTIE_VALIDEE'::text, 'STOCK_AJUSTE'::text, 'RECEPTION_COMPENSEE'::text, 'SORTIE_COMPENSEE'::text, 'STOCK_INITIAL_COMPENSEE'::text, 'TRANSFERT_COMPENSEE'::text, 'STOCK_INITIAL_DECLARE'::text, 'TRANSFERT_CREE'::text, 'DILATATION'::text, 'STOCK_REGULARISE'::text, 'CESSION_CREEE'::text, 'TRANSFERT_DEPOT_EXPEDIE'::text, 'TRANSFERT_DEPOT_RECU'::text])));
END;

CREATE OR REPLACE FUNCTION private.noter_acte(p_cle uuid, p_etat text, p_statut_http integer, p_reponse jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_avant private.actes_differes;
  v_acte private.actes_differes;
begin
  select * into strict v_avant from private.actes_differes a
   where a.user_id = auth.uid() and a.cle = p_cle for no key update;
  -- Another sending of the same act may have been quicker.
  if v_avant.etat = 'APPLIQUE' then
    return;
  end if;
  update private.actes_differes a
     set (etat, statut_http, reponse, traite_le) = (p_etat, p_statut_http, p_reponse, clock_timestamp())
   where a.user_id = auth.uid() and a.cle = p_cle
  returning * into v_acte;
  -- Fuel may have moved that the books do not know: who answers for the depot must see it, once a reason.
  if p_etat = 'REFUSE' and v_avant.reponse ->> 'code' is distinct from p_reponse ->> 'code' then
    perform private.journaliser('ACTE_DIFFERE_REFUSE', 'synchronisation', 'WARNING', p_cle, v_acte.depot_id,
      private.dit_du_differe(v_acte)
      || jsonb_strip_nulls(jsonb_build_object('acte', v_acte.acte, 'code', p_reponse ->> 'code',
        'phrase', p_reponse ->> 'detail', 'errors', p_reponse -> 'errors')));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.noter_au_pret(p_pret public.prets, p_type text, p_id uuid, p_quantite_15c numeric, p_rendu boolean)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_solde numeric;
  v_prete boolean;
  v_statut text;
begin
  if p_quantite_15c = 0 then
    return;
  end if;
  insert into public.prets_mouvements (pret_id, depot_id, mouvement_type, mouvement_id, quantite_15c, rendu,
    created_by)
  values (p_pret.id, p_pret.depot_id, p_type, p_id, p_quantite_15c, p_rendu, auth.uid());
  select sum(m.quantite_15c), coalesce(sum(m.quantite_15c) filter (where not m.rendu), 0) > 0 into v_solde, v_prete
    from public.prets_mouvements m where m.pret_id = p_pret.id;
  v_statut := case when v_prete and abs(v_solde) <= private.tolerance_pret() then 'SOLDE' else 'OUVERT' end;
  if v_statut <> p_pret.statut then
    update public.prets p set statut = v_statut, solde_le = case v_statut when 'SOLDE' then now() end
     where p.id = p_pret.id;
    perform private.journaliser(case v_statut when 'SOLDE' then 'PRET_SOLDE' else 'PRET_ROUVERT' end,
      'comptes_partenaires', case v_statut when 'SOLDE' then 'INFO' else 'WARNING' end, p_pret.id, p_pret.depot_id,
      jsonb_build_object('numero', p_pret.numero, 'solde_15c', v_solde, 'mouvement_type', p_type, 'mouvement_id',
        p_id));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.noter_exercice(p_moment timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  insert into private.passages as p (nom, le, duree) values ('exercice', p_moment, '0')
  on conflict (nom) do update set le = greatest(p.le, excluded.le)
$function$;

CREATE OR REPLACE FUNCTION private.noter_sauvegarde_physique(p_moment timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  insert into private.passages as p (nom, le, duree) values ('sauvegarde_physique', p_moment, '0')
  on conflict (nom) do update set le = greatest(p.le, excluded.le)
$function$;

CREATE OR REPLACE FUNCTION private.nouveau_brouillon(p_sortie public.sorties_produit)
 RETURNS public.sorties_produit
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.exiger('ecrire_sortie');
  v_produit_id uuid;
  v_depot_id uuid;
  v_fuseau text;
begin
  -- Of its tank a draft wants no more than this, which keeps its product and depot while this transaction lasts.
  select c.produit_id, c.depot_id, d.fuseau into v_produit_id, v_depot_id, v_fuseau
    from public.citernes c join public.depots d on d.id = c.depot_id
   where c.id = p_sortie.citerne_id and c.depot_id = any (v_acteur.depots)
     for key share of c;
  return private.completer_brouillon(p_sortie, v_acteur.user_id, v_produit_id, v_depot_id, v_fuseau);
end;
$function$;

CREATE OR REPLACE FUNCTION private.nouvel_id()
 RETURNS uuid
 LANGUAGE plpgsql
 PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
    substring(int8send((extract(epoch from clock_timestamp()) * 1000)::int8) from 3) from 1 for 6), 52, 1), 53, 1),
      'hex')::uuid;
end;
$function$;

CREATE OR REPLACE FUNCTION private.numero_demande()
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_numero text := current_setting('request.id', true);
begin
  if v_numero is null or v_numero = '' then
    -- Through REST nobody says it: PostgREST hands on the headers as they came.
    v_numero := current_setting('request.headers', true);
    if v_numero is not null then
      v_numero := left(nullif(v_numero, '')::json ->> 'x-request-id', 100);
    end if;
  end if;
  return v_numero;
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
        v_objet ->> 'ouverte_le')::timestamptz at time zone private.fuseau_societe())::int)) end;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ouvrir(p_identite text, p_route text, p_ici integer, p_session text, p_request_id text, p_trace text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_dites text;
begin
  perform private.exiger_limite((p_identite::jsonb ->> 'sub')::uuid, p_route, p_ici);
  -- One expression: as queries they would cost as much as the rest.
  v_dites := concat(
    -- What a request may cost: one statement, one wait for a lock, and what a door does between two statements.
    set_config('statement_timeout', '10s', true), set_config('lock_timeout', '5s', true),
    set_config('idle_in_transaction_session_timeout', '20s', true),
    set_config('application_name', p_session, true), set_config('request.id', p_request_id, true),
    set_config('request.trace', p_trace, true), set_config('request.jwt.claims', p_identite, true),
    set_config('role', 'authenticated', true));
  perform private.exiger_profil();
  return true;
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
  perform private.date_de_document(private.jour_local(private.fuseau_societe(), new.date_paiement));
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
  v_ecriture.date_valeur := private.jour_local(private.fuseau_societe(), p_paiement.date_paiement);
  v_ecriture.type := 'PAIEMENT';
  v_ecriture.debit := p_paiement.montant_paye_usd;
  v_ecriture.reference := coalesce(p_paiement.reference_paiement, p_paiement.numero);
  v_ecriture.libelle := format('Paiement de la facture %s', v_facture.reference);
  v_ecriture.source_type := 'fournisseur_paiement_lot_min';
  v_ecriture.source_id := p_paiement.id;
  perform private.lettrer(private.ecrire_compte(v_ecriture), v_facture.id, p_paiement.montant_paye_usd);
end;
$function$;

CREATE OR REPLACE FUNCTION private.point_a_lire()
 RETURNS jsonb
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_object(
    'systeme', (select s.system_identifier::text from pg_control_system() s), 'base', current_database(),
    'ligne', substr(pg_walfile_name(pg_current_wal_flush_lsn()), 1, 8),
    -- Who is told before the disk is (synchronous_commit = off) is further than the disk.
    'position', case when current_setting('synchronous_commit') = 'off' then pg_current_wal_insert_lsn()
      else pg_current_wal_flush_lsn() end,
    'moment', clock_timestamp())
$function$;

CREATE OR REPLACE FUNCTION private.porte_rediger_sortie(p_sortie jsonb, p_valider boolean)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  -- Apart from what reads it, which sees what was there when its expression began.
  v_id constant uuid := case when p_valider then (public.creer_et_valider_sortie(p_sortie)).id
                             else private.rediger_sortie(p_sortie) end;
begin
  return private.sortie_dite(v_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.porte_rejeter_sortie(p_id uuid, p_motif text, p_version integer DEFAULT NULL::integer)
 RETURNS jsonb
 LANGUAGE plpgsql
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
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_version is null then
    perform public.validate_sortie(p_id);
  else
    perform public.valider_sortie_lue(p_id, p_version);
  end if;
  return private.sortie_dite(p_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.porter_au_pret(p_cession public.cessions)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_pret public.prets;
  v_quantite numeric;
  v_solde numeric;
  v_reste numeric;
begin
  if p_cession.pret_id is null then
    return;
  end if;
  v_pret := private.prendre_pret(p_cession.pret_id, p_cession.partenaire_id, p_cession.produit_id, p_cession.depot_id,
    p_cession.nature = 'CORRECTION');
  v_quantite := private.quantite_de_pret(v_pret, p_cession.sens = 'VERS_MONALUXE', p_cession.volume_15c);
  if (p_cession.nature = 'EMPRUNT' and v_quantite < 0) or (p_cession.nature = 'RESTITUTION' and v_quantite > 0) then
    perform private.refuser('PRET_INCOHERENT', jsonb_build_object('numero', v_pret.numero,
      'raison', 'le carburant irait dans l''autre sens'));
  end if;
  select coalesce(sum(m.quantite_15c), 0) into v_solde from public.prets_mouvements m where m.pret_id = v_pret.id;
  v_reste := case p_cession.nature when 'EMPRUNT' then v_pret.quantite_15c - v_solde
                                   when 'RESTITUTION' then v_solde end;
  if abs(v_quantite) > v_reste + private.tolerance_pret() then
    perform private.refuser('PRET_DEPASSE', jsonb_build_object('numero', v_pret.numero, 'demande', abs(v_quantite),
      'reste', greatest(v_reste, 0)));
  end if;
  perform private.noter_au_pret(v_pret, 'CESSION', p_cession.id, v_quantite,
    (v_quantite < 0) <> (p_cession.nature = 'CORRECTION'));
end;
$function$;

CREATE OR REPLACE FUNCTION private.premiere_reponse(p_cle text, p_demande text, p_corps jsonb)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (select json_build_object('statut', r.statut_http, 'corps', r.reponse, 'rejouee', true)
            from private.reprendre_reponse(p_cle, p_demande, p_corps) r);
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
  select * into strict v_acte from private.actes_differes a
   where a.user_id = auth.uid() and a.cle = (v_dit ->> 'cle')::uuid for no key update;
  if encode(v_acte.empreinte, 'hex') <> v_dit ->> 'empreinte' then
    perform private.refuser('IDEMPOTENCE_CONFLIT');
  end if;
  if v_acte.etat = 'APPLIQUE' or v_acte.moment is null then
    return jsonb_build_object('etat', v_acte.etat, 'statut', v_acte.statut_http, 'reponse', v_acte.reponse);
  end if;
  if v_acte.fait_le > v_acte.recu_le then
    perform private.refuser('MOMENT_FUTUR',
      jsonb_build_object('moment', v_acte.moment, 'fait_le', v_acte.fait_le, 'recu_le', v_acte.recu_le));
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
  v_possible text;
begin
  if p_sortie.client_id is null and p_sortie.partenaire_id is null then
    perform private.refuser('BENEFICIAIRE_REQUIRED');
  end if;
  if p_sortie.partenaire_id is null then
    if p_sortie.proprietaire_type = 'PARTENAIRE' then
      perform private.refuser('PARTENAIRE_REQUIS');
    end if;
  end if;
  v_possible := private.exiger_citerne(p_lieu.citerne, p_sortie.citerne_id, p_sortie.produit_id);
  if (p_lieu.citerne).logique then
    perform private.exiger_note(p_lieu.citerne, p_sortie.note);
  end if;
  v_aujourdhui := private.jour_local((p_lieu.depot).fuseau, now());
  if p_sortie.date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;

  v_mesures := row(
    private.volume_mesure(p_sortie.volume_ambiant, null, p_sortie.index_avant, p_sortie.index_apres),
    private.champ_volume(p_sortie.volume_ambiant, null),
    p_sortie.temperature_ambiante_c, p_sortie.temperature_echantillon_c, p_sortie.densite_observee_kgm3,
    p_sortie.densite_a_15_kgm3, p_lieu.densite_melange_kgm3, p_sortie.volume_15c, null,
    p_sortie.index_avant is not null and p_sortie.index_apres is not null);
  if p_sortie.compteur_id is not null or p_sortie.index_apres is not null then
    v_releve := private.relever(p_sortie.compteur_id, p_lieu.citerne, p_sortie.date_jour, p_sortie.index_avant,
      p_sortie.index_apres, v_mesures.volume_ambiant);
    v_mesures.volume_ambiant := v_releve.volume;
    p_sortie.compteur_id := v_releve.compteur_id;
    p_sortie.facteur_compteur := v_releve.facteur;
  end if;
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
  if v_releve.avertissements is not null then
    p_sortie.avertissements := p_sortie.avertissements || v_releve.avertissements;
  end if;
  p_sortie.densite_a_15_kgm3 := v_corrige.densite_a_15_kgm3;
  p_sortie.densite_a_15 := v_corrige.densite_a_15_kgm3;
  p_sortie.depot_id := (p_lieu.depot).id;
  p_sortie.statut := 'validee';
  p_sortie.validated_by := p_validateur;
  -- What was sent was asked when it was written: of what has just been computed, nobody has.
  v_possible := private.exiger_mesures('sorties_produit', null, p_sortie.index_apres, p_sortie.volume_ambiant,
    p_sortie.volume_15c, null, null, null, p_sortie.densite_a_15_kgm3, p_sortie.vcf);
  return p_sortie;
end;
$function$;

CREATE OR REPLACE FUNCTION private.prochain_resume(p_depot_id uuid, p_apres timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select (date_trunc('day', l.heure) + case when l.heure::time < time '07:00' then interval '7 hours'
                                            else interval '31 hours' end) at time zone f.fuseau
    from (select coalesce((select d.fuseau from public.depots d where d.id = p_depot_id), private.fuseau_societe())) f
      (fuseau)
   cross join lateral (select p_apres at time zone f.fuseau) l (heure)
$function$;

CREATE OR REPLACE FUNCTION private.purger_synchronisation()
 RETURNS bigint
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with lots as (
    delete from private.lots_differes l where l.recu_le < now() - interval '60 days' returning 1),
  actes as (
    delete from private.actes_differes a where a.recu_le < now() - interval '60 days' returning 1)
  select (select count(*) from lots) + (select count(*) from actes)
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
    perform private.refuser('HORLOGE_FAUSSE', jsonb_build_object('maintenant', p_maintenant, 'serveur', v_recu_le));
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

CREATE OR REPLACE FUNCTION private.rediger_sortie(p_sortie jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  v_sortie constant public.sorties_produit := private.sortie_envoyee(p_sortie);
begin
  -- Who may, and in which tank, the table's own trigger asks; it makes them the author.
  insert into public.sorties_produit select v_sortie.*;
  return v_sortie.id;
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
    return 'n''est pas une base de secours : elle écrit pour elle-même';
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

CREATE OR REPLACE FUNCTION private.reponse_gardee(p_cle text, p_statut_http integer, p_reponse json)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.garder_reponse(p_cle, p_statut_http, p_reponse);
  return json_build_object('statut', p_statut_http, 'corps', p_reponse);
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
     where l.created_at > least(p_connu_a, p_au::timestamp at time zone private.fuseau_societe())
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

CREATE OR REPLACE FUNCTION private.sortie_dite(p_id uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_sortie jsonb;
begin
  select to_jsonb(s) into v_sortie from public.v_sorties s where s.id = p_id;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette sortie'));
  end if;
  return v_sortie;
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
  v_sortie.id := private.nouvel_id();
  v_sortie.proprietaire_type := 'MONALUXE';
  v_sortie.statut := 'brouillon';
  return jsonb_populate_record(v_sortie, jsonb_strip_nulls(p_sortie));
end;
$function$;

CREATE OR REPLACE FUNCTION private.sorties_apres_ecriture()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if tg_op = 'UPDATE' then
    if old.statut = 'brouillon' then
      if new.statut = 'brouillon' then
        if new is distinct from old then
          perform private.journaliser('SORTIE_MODIFIEE', 'sorties', 'INFO', new.id, new.depot_id,
            jsonb_build_object('table', tg_table_name, 'avant', to_jsonb(old), 'apres', to_jsonb(new)));
        end if;
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
  v_trace text;
begin
  -- One that creer_et_valider_sortie brings is logged there, with what its validation says.
  if new.statut = 'brouillon' then
    v_trace := private.journaliser('SORTIE_CREEE', 'sorties', 'INFO', new.id, new.depot_id,
      jsonb_build_object('citerne_id', new.citerne_id, 'volume_ambiant', new.volume_ambiant));
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.sorties_avant_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if new.statut = 'validee' then
    -- The flag alone opens nothing: the writer must also be the table's owner, as the project's functions are. « regle
    -- » is said by a rule that has asked all there is to ask, « 1 » by whoever repairs by hand, of whom it is asked
    -- here.
    if current_setting('app.sorties_produit_allow_write', true) in ('regle', '1') and private.possede(tg_relid) then
      if current_setting('app.sorties_produit_allow_write') = '1' then
        perform private.exiger_sortie_entiere(new);
      end if;
      return new;
    end if;
  end if;
  new := private.nouveau_brouillon(new);
  if new.statut <> 'brouillon' then
    if new.statut <> 'validee' then
      perform private.refuser('SORTIE_VALIDATION_DIRECTE_INTERDITE');
    end if;
    perform private.sortie_a_valider(new.id, new.depot_id);
    new.statut := 'brouillon';
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.sorties_valider_directes()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_notees constant text := current_setting('app.sorties_a_valider', true);
  v_ids uuid[];
  v_id uuid;
begin
  if v_notees is null or v_notees = '' then
    return null;
  end if;
  v_ids := string_to_array(btrim(v_notees), ' ');
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
             where m.created_at > p_moment and m.fait_le > p_moment and m.citerne_id = p_citerne_id) l;
end;
$function$;

CREATE OR REPLACE FUNCTION private.stocks_garder()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if (current_setting('app.stocks_journaliers_allow_write', true) = '1' and private.possede(tg_relid)) is not true then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  -- Said here and not as checks, whose text is read again at every movement. Both litres at once, NaN refused as well.
  if (least(new.stock_ambiant, new.stock_15c) >= 0 and greatest(new.stock_ambiant, new.stock_15c) < 1e12) is not true
  then
    raise check_violation using message = format('%s: litres that no tank holds', tg_table_name),
      table = tg_table_name, constraint = tg_table_name || '_stock_check';
  end if;
  if new.proprietaire_type is distinct from old.proprietaire_type then
    if new.proprietaire_type not in ('MONALUXE', 'PARTENAIRE') then
      raise check_violation using message = format('%s: an owner that is none', tg_table_name),
        table = tg_table_name, constraint = tg_table_name || '_proprietaire_type_check';
    end if;
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.stocks_reserver_ecriture()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- The flag alone opens nothing: the writer must also be the owner of the tables, as the project's functions are.
  if current_setting('app.stocks_journaliers_allow_write', true) = '1' and private.possede(tg_relid) then
    return null;
  end if;
  perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  return null;
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
  perform private.purger_synchronisation();
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
    to_char(p_alerte.ouverte_le at time zone coalesce(d.fuseau, private.fuseau_societe()), 'DD/MM/YYYY HH24:MI'),
    p_alerte.check_code, p_alerte.entity_type, p_alerte.entity_id)
    from (select) un left join public.depots d on d.id = p_alerte.depot_id
$function$;

CREATE OR REPLACE FUNCTION private.tolerance_pret()
 RETURNS numeric
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN 5;

CREATE OR REPLACE FUNCTION private.valider_sortie(p_id uuid, p_version integer DEFAULT NULL::integer)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  v_acteur private.acteur;
  v_lu record;
  v_sortie public.sorties_produit;
  v_fait text;
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
  if p_version is not null then
    perform private.exiger_version(v_sortie, p_version);
  end if;

  -- Nothing has left yet: a client disabled since the draft was written stops it.
  if v_sortie.client_id is not null then
    v_fait := private.exiger_actifs(p_client_id => v_sortie.client_id);
  end if;
  v_sortie := private.preparer_validation(v_sortie, v_acteur.user_id, v_lu.lieu);

  v_fait := set_config('app.sorties_produit_allow_write', 'regle', true);
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
  v_fait := set_config('app.sorties_produit_allow_write', '', true);
  v_fait := private.journaliser('SORTIE_VALIDEE', 'sorties', 'INFO', p_id, v_sortie.depot_id, to_jsonb(v_sortie));
  v_fait := private.exiger_commande(v_sortie);
  v_fait := private.exiger_credit(v_sortie);
  v_fait := private.debiter_sortie(v_sortie);
end;
$function$;

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
    v_pris := pg_advisory_xact_lock(uuid_hash_extended(p_citerne_ids[1], 0));
  else
    perform pg_advisory_xact_lock(t.verrou)
       from (select distinct uuid_hash_extended(c.id, 0) as verrou from unnest(p_citerne_ids) c (id) order by 1) t;
  end if;
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
  delete from private.actes_differes;
  delete from private.lots_differes;

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
  v_plausibles text;
begin
  v_plausibles := private.exiger_temperatures(p_mesures, p_lieu.depot);
  if private.flag_actif('astm_53b', (p_lieu.depot).id) then
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

CREATE OR REPLACE FUNCTION private.volume_15c_historique(p_mesures private.mesures, p_lieu private.lieu)
 RETURNS private.volume_corrige
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_ecart_admis constant numeric := 0.02;
  v_alpha constant numeric := (p_lieu.produit).alpha_historique;
  v_formule constant numeric := p_mesures.volume_ambiant * (1 - v_alpha * (p_mesures.temperature_produit_c - 15));
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
    perform private.exiger_densite_du_produit(v_densite, p_lieu.produit);
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

CREATE OR REPLACE FUNCTION private.volume_mesure(p_volume numeric, p_volume_observe numeric, p_index_avant numeric, p_index_apres numeric)
 RETURNS numeric
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_indices constant numeric := p_index_apres - p_index_avant;
  v_volume constant numeric := coalesce(p_volume, p_volume_observe, v_indices);
begin
  -- Litres that were said, and nothing beside them: most of the movements.
  if p_volume_observe is null and p_index_avant is null and p_index_apres is null then
    if p_volume > 0 then
      return p_volume;
    end if;
  end if;
  if (p_index_avant is null) <> (p_index_apres is null) or v_volume is null then
    perform private.refuser('INDICES_MANQUANTS');
  end if;
  if v_indices <= 0 or abs(v_indices - v_volume) > private.ecart_admis(v_indices, v_volume) then
    perform private.refuser('INDEX_INCOHERENTS',
      jsonb_build_object('index_avant', p_index_avant, 'index_apres', p_index_apres, 'volume_ambiant', v_volume));
  end if;
  if v_volume <= 0 then
    perform private.refuser('VOLUME_AMBIANT_NON_POSITIF', jsonb_build_object(
      'champ', private.champ_volume(p_volume, p_volume_observe), 'volume_ambiant', v_volume));
  end if;
  perform private.exiger_accord('volume_ambiant', p_volume, 'volume_observe', p_volume_observe);
  return v_volume;
end;
$function$;

CREATE OR REPLACE FUNCTION private.zone_du_depot(p_depot_id uuid)
 RETURNS text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return coalesce((select d.fuseau from public.depots d where d.id = p_depot_id), private.fuseau_societe());
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
  if p_au < greatest(v_tarif.valide_du, private.jour_local(private.fuseau_societe(), now()) - 1)
     or p_au >= v_tarif.valide_au then
    perform private.refuser('TARIF_NON_CLOTURABLE', jsonb_build_object('au', p_au, 'valide_au', v_tarif.valide_au));
  end if;
  update public.tarifs t set valide_au = p_au where t.id = p_id;
  perform private.journaliser('TARIF_CLOS', 'ventes', 'INFO', p_id, v_tarif.depot_id,
    jsonb_build_object('avant', to_jsonb(v_tarif), 'valide_au', p_au, 'motif', p_motif));
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
  -- Two at once would each see no other: the prices of a product at a depot are said one after the other.
  perform private.exiger_read_committed();
  perform pg_advisory_xact_lock(hashtextextended(format('tarifs:%s:%s', p_produit_id, p_depot_id), 0));
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
  if p_jour > private.jour_local(private.fuseau_societe(), now()) then
    perform private.refuser('DATE_FUTURE',
      jsonb_build_object('aujourdhui', private.jour_local(private.fuseau_societe(), now())));
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
  if p_valide_du <= private.jour_local(private.fuseau_societe(), now()) then
    perform private.refuser('DATE_PASSEE');
  end if;
  insert into public.taux_tva (groupe, valide_du, taux, libelle, par)
  values (p_groupe, p_valide_du, p_taux, p_libelle, auth.uid());
  perform private.journaliser('TAUX_TVA_FIXE', 'ventes', 'WARNING', null, null,
    jsonb_build_object('groupe', p_groupe, 'valide_du', p_valide_du, 'taux', p_taux));
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
  v_facture constant public.factures_client := private.facture_emise(p_id, v_acteur.depots);
  v_fiscal public.factures_fiscales;
begin
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
    'au', coalesce(p_au, (p_connu_a at time zone private.fuseau_societe())::date),
    'connu_a', to_char(p_connu_a at time zone private.fuseau_societe(), 'DD/MM/YYYY HH24:MI'),
    'depot', (select d.nom from public.depots d
               where not private.peut('voir_tous_depots') and d.id = (private.depots_ou('lire_ventes'))[1]),
    'client', jsonb_build_object('nom', v_client.nom, 'adresse', v_client.adresse, 'telephone', v_client.telephone,
      'nif', v_client.nif),
    'lignes', (select coalesce(jsonb_agg(to_jsonb(r) order by r.rang), '[]')
                 from public.releve_tiers('CLIENT', p_client_id, p_devise, p_du, p_au, p_connu_a) r));
end;
$function$;

CREATE OR REPLACE FUNCTION public.sorties_produit_block_update_delete()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  -- As for an insertion (private.sorties_avant_insert): the flag, said by a rule or by hand, and the owner.
  if current_setting('app.sorties_produit_allow_write', true) in ('regle', '1') and private.possede(tg_relid) then
    if tg_op <> 'UPDATE' then
      return case tg_op when 'DELETE' then old end;
    end if;
    if current_setting('app.sorties_produit_allow_write') = '1' then
      perform private.exiger_sortie_entiere(new);
    end if;
    return new;
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
  perform private.exiger_sortie(new);
  if new is distinct from old then
    new.version := old.version + 1;
    new.updated_by := auth.uid();
    new.updated_at := now();
  end if;
  return new;
end;
$function$;

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
     CROSS JOIN LATERAL ( SELECT (((now() AT TIME ZONE private.fuseau_societe()))::date - r.echeance) AS retard) j)
  GROUP BY r.client_id, c.nom, r.devise;;

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
            WHEN ((f.statut = 'EMISE'::text) AND (f.type = 'FACTURE'::text) AND (r.regle < f.total_ttc)) THEN GREATEST((((now() AT TIME ZONE private.fuseau_societe()))::date - f.date_echeance), 0)
            ELSE 0
        END AS jours_retard
   FROM ((public.factures_client f
     JOIN public.clients c ON ((c.id = f.client_id)))
     CROSS JOIN LATERAL ( SELECT private.regle_facture_client(f.id) AS regle) r);;

CREATE INDEX actes_differes_recu_le_idx ON private.actes_differes USING btree (recu_le);

CREATE INDEX lots_differes_recu_le_idx ON private.lots_differes USING btree (recu_le);

CREATE INDEX sorties_produit_references_idx ON public.sorties_produit USING brin (produit_id, partenaire_id, compteur_id, created_by, validated_by);

CREATE TRIGGER log_actions_dater BEFORE INSERT ON public.log_actions FOR EACH ROW WHEN ((new.request_id ~~ 'synchronisation-%'::text)) EXECUTE FUNCTION private.log_actions_dater();

CREATE TRIGGER sorties_produit_after_insert AFTER INSERT ON public.sorties_produit FOR EACH ROW EXECUTE FUNCTION private.sorties_apres_insert();

CREATE TRIGGER sorties_produit_after_write AFTER DELETE OR UPDATE ON public.sorties_produit FOR EACH ROW EXECUTE FUNCTION private.sorties_apres_ecriture();

CREATE TRIGGER stocks_journaliers_block BEFORE DELETE OR TRUNCATE ON public.stocks_journaliers FOR EACH STATEMENT EXECUTE FUNCTION private.stocks_reserver_ecriture();

CREATE TRIGGER stocks_journaliers_garder BEFORE INSERT OR UPDATE ON public.stocks_journaliers FOR EACH ROW EXECUTE FUNCTION private.stocks_garder();

CREATE TRIGGER stocks_snapshot_block BEFORE DELETE OR TRUNCATE ON public.stocks_snapshot FOR EACH STATEMENT EXECUTE FUNCTION private.stocks_reserver_ecriture();

CREATE TRIGGER stocks_snapshot_garder BEFORE INSERT OR UPDATE ON public.stocks_snapshot FOR EACH ROW EXECUTE FUNCTION private.stocks_garder();

CREATE POLICY "sorties_produit_creation" ON "public"."sorties_produit" FOR INSERT TO "authenticated" WITH CHECK ((created_by = ( SELECT auth.uid() AS uid)));

COMMENT ON COLUMN "private"."actes_differes"."acte" IS 'Address of its door, below functions/v1, as it was sent.';

COMMENT ON COLUMN "private"."actes_differes"."depot_id" IS 'Depot of what it names where its author sees that, else theirs; null for who has none.';

COMMENT ON COLUMN "private"."actes_differes"."empreinte" IS 'SHA-256 of address, moment, version read and body.';

COMMENT ON COLUMN "private"."actes_differes"."fait_le" IS 'The same by the server''s clock: less the phone''s lead, where that is two minutes or more, and never to come.';

COMMENT ON COLUMN "private"."actes_differes"."lot_id" IS 'Batch it first came in.';

COMMENT ON COLUMN "private"."actes_differes"."moment" IS 'When it was done, by the phone''s clock; null where unreadable.';

COMMENT ON COLUMN "private"."actes_differes"."recu_le" IS 'When it first came. Kept at every repetition, as fait_le is.';

COMMENT ON COLUMN "private"."actes_differes"."reponse" IS 'The row its door answered, or the problem.';

COMMENT ON COLUMN "private"."lots_differes"."actes" IS 'In the order sent: key and fingerprint (SHA-256, hexadecimal) of each act.';

COMMENT ON COLUMN "private"."lots_differes"."ecart_horloge" IS 'The phone''s clock less the server''s, when the batch first came; its way through the network counted in.';

COMMENT ON COLUMN "private"."lots_differes"."envois" IS 'How many times it came.';

COMMENT ON FUNCTION "private"."a_l_heure"(text, text, text, text, text[]) IS 'Has the server''s own clock run an instruction (p_quand: as cron says it), where it has one and what the instruction needs (p_extensions, pg_cron first): a hosted project. Elsewhere nothing, and where that fails a warning: what to do instead (p_sinon).';

COMMENT ON FUNCTION "private"."acte_differe"(text) IS 'The act done without a line that a request of this number brings, where its caller has sent it and it is not done yet; null for any other request.';

COMMENT ON FUNCTION "private"."champs_sortie"() IS 'Columns that a client may write of a sortie.';

COMMENT ON FUNCTION "private"."completer_brouillon"(public.sorties_produit, uuid, uuid, uuid, text) IS 'A draft with what the server writes of it: author, product, depot and time zone of its tank (null: none they see), day, densities in kg/m³; its client is not disabled. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, MESURES_INCOHERENTES, and what private.exiger_sortie raises.';

COMMENT ON FUNCTION "private"."compter_demandes"(jsonb) IS 'Adds what a process of the doors has been asked since it last said so, about once a second: [{user_id, route, nombre}]. A request that is refused or undone is among them. Forgets what is an hour old.';

COMMENT ON FUNCTION "private"."controles_continuite"() IS 'What keeps this database from being had back as it was minutes ago.';

COMMENT ON FUNCTION "private"."densite_15_historique"(private.mesures, private.lieu) IS 'Density at 15 °C (kg/m³) from the one observed, of a movement whose volume the old way gives; as sent where the standard has none for its product.';

COMMENT ON FUNCTION "private"."depot_du_lieu"(uuid, uuid[]) IS 'Depot of a tank, or the depot itself, among those given; else the caller''s own; null where there is none.';

COMMENT ON FUNCTION "private"."depots_de"(boolean, uuid) IS 'Depots that somebody sees: every one, or their own; null for none.';

COMMENT ON FUNCTION "private"."details_de_personne"(jsonb) IS 'Details of an act in nobody''s account: which database role it was, and which system it acted for.';

COMMENT ON FUNCTION "private"."dit_du_differe"(private.actes_differes) IS 'What the log says of an act done without a line: its batch, both its moments, the phone and its lead in seconds.';

COMMENT ON FUNCTION "private"."ecrire_actes_differes"(uuid, jsonb, timestamp with time zone, interval) IS 'Writes the acts of a batch that had not come before. p_avance: the phone''s lead over the server.';

COMMENT ON FUNCTION "private"."empreinte_d_acte"(jsonb) IS 'What makes an act the same as another: its address, moment, version read and body.';

COMMENT ON FUNCTION "private"."etat_archivage"() IS 'Whether WAL is archived, after how many seconds a segment leaves at most (0: only when it is full), when one last left and last could not, how often it could not, and how many whole segments (16 MB each) wait.';

COMMENT ON FUNCTION "private"."etat_continuite"() IS 'Whether this database can be had back at a second of its past, one line each: its WAL is archived (ARCHIVAGE), a base backup is recent (SAUVEGARDE_PHYSIQUE), a restore was tried lately (EXERCICE). OUI, NON, or SANS_OBJET: only PROD must, and what archives anywhere must go on. Owner only.';

COMMENT ON FUNCTION "private"."exiger_limite"(uuid, text, integer) IS 'Refuses who asks one door too often in a minute. p_ici: their requests, this one included, that the process which asks has not counted here yet; those of another process count once it has said them, a second later at most. Writes nothing; on a standby asks nothing. Raises TROP_DE_DEMANDES.';

COMMENT ON FUNCTION "private"."exiger_mesures"(text, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric) IS 'For the check of a movement, and what a sortie asks of itself: true where every measure given is one that a depot can read (litres, °C, kg/m³; no product expands by half); raises 23514 naming the first column that is not. NaN is above every number, and so refused as well. One function, because each check''s text is read again at every statement.';

COMMENT ON FUNCTION "private"."exiger_moment"(timestamp with time zone) IS 'The moment a gauge was read: within the 12 hours before it was written down. Raises JAUGE_HORS_DELAI.';

COMMENT ON FUNCTION "private"."exiger_precedents"(uuid[]) IS 'What was answered to the acts that another depends on, by key; all of them must be done. Raises ACTE_ATTENDU, ACTE_DEPENDANT.';

COMMENT ON FUNCTION "private"."exiger_sortie"(public.sorties_produit) IS 'What every sortie holds, a draft too: measures that a depot reads, a day of this half-century, a known owner, texts that people can read. Asks nothing of what was not sent. Raises 23514 naming the column; DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, PLAQUE_INVALIDE.';

COMMENT ON FUNCTION "private"."exiger_sortie_entiere"(public.sorties_produit) IS 'What is asked of a sortie that the owner of the table writes past the rules: all that every sortie holds, a known state, and once validated both volumes, the method, who validated it and for whom it is. Raises 23514 naming the column; DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, PLAQUE_INVALIDE.';

COMMENT ON FUNCTION "private"."exiger_textes"(text, text, text, text, text, text) IS 'Texts of a sortie: of a page at most, that people can read, plates too. Raises 23514 naming the text that is too long; TEXTE_ILLISIBLE, PLAQUE_INVALIDE.';

COMMENT ON FUNCTION "private"."facture_emise"(uuid, uuid[]) IS 'An issued invoice or credit note of one of these depots: what may be shown or sent. Raises INTROUVABLE, FACTURE_ETAT.';

COMMENT ON FUNCTION "private"."fuseau_societe"() IS 'Time zone of the company, and of a depot that says no other.';

COMMENT ON FUNCTION "private"."lire_lot"(uuid) IS 'A batch of the caller''s own and how each of its acts ended, in the order sent; conflit: its key was another act''s. Raises INTROUVABLE.';

COMMENT ON FUNCTION "private"."log_actions_dater"() IS 'A line of an act done without a line says when it was done and when it came: its own moment is that of its writing.';

COMMENT ON FUNCTION "private"."mesures_replication"() IS 'Figures of the standbys and of what is kept for them. Nothing of slots where there is none.';

COMMENT ON FUNCTION "private"."moment_de_l_acte"() IS 'When what this transaction writes was done: now, but for what was done without a line.';

COMMENT ON FUNCTION "private"."mouvements_du_journal"() IS 'Every movement as the log says it, a row a tank and owner: when the line was written, day of stock, litres, negative out; when it was done, which is earlier for what was done without a line. Only what the caller reads of the log. A parsed body: it is inlined.';

COMMENT ON FUNCTION "private"."noter_acte"(uuid, text, integer, jsonb) IS 'Remembers how an act ended: its door''s answer, or the problem. What is APPLIQUE stays so. Logs ACTE_DIFFERE_REFUSE where it is refused for a reason it was not refused for before.';

COMMENT ON FUNCTION "private"."noter_exercice"(timestamp with time zone) IS 'A restore has been tried and proved, at that moment. Owner only.';

COMMENT ON FUNCTION "private"."noter_sauvegarde_physique"(timestamp with time zone) IS 'A base backup that a restore can start from ended at that moment. Owner only.';

COMMENT ON FUNCTION "private"."nouveau_brouillon"(public.sorties_produit) IS 'A draft of the calling user, completed. Moves nothing. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, MESURES_INCOHERENTES, DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, PLAQUE_INVALIDE.';

COMMENT ON FUNCTION "private"."nouvel_id"() IS 'A UUID of version 7 (RFC 9562, section 5.7): milliseconds since 1970, then 74 random bits. For rows that come in time, whose indexes then grow at one end instead of being rewritten everywhere.';

COMMENT ON FUNCTION "private"."numero_demande"() IS 'x-request-id of the HTTP request, null outside one.';

COMMENT ON FUNCTION "private"."ouvrir"(text, text, integer, text, text, text) IS 'First word of a door''s transaction: all that follows in it is done as this person, within what one request may cost. Returns true, so that an expression may ask it first. p_identite: claims of a verified token, JSON; p_route: the act''s, as private.limites has it; p_ici: see exiger_limite; p_session: application_name of the log; p_trace: of the log of acts. Raises TROP_DE_DEMANDES, ROLE_FORBIDDEN, COMPTE_DESACTIVE.';

COMMENT ON FUNCTION "private"."point_a_lire"() IS 'Where this database stands: which it is, its timeline, the position of its log that holds all that it has acknowledged, and its clock. Asked of the primary by the doors, as they let in a request that a standby may answer.';

COMMENT ON FUNCTION "private"."porte_rediger_sortie"(jsonb, boolean) IS 'POST sorties: writes a draft, or with p_valider writes and validates it at once. Answers as sortie_dite. Raises what rediger_sortie and creer_et_valider_sortie raise.';

COMMENT ON FUNCTION "private"."porte_rejeter_sortie"(uuid, text, integer) IS 'POST sorties/:id/rejeter: p_version, the draft''s that was read, where the client said so. Answers as sortie_dite. Raises what rejeter_sortie and rejeter_sortie_lue raise.';

COMMENT ON FUNCTION "private"."porte_valider_sortie"(uuid, integer) IS 'POST sorties/:id/valider: p_version, the draft''s that was read, where the client said so. Answers as sortie_dite. Raises what validate_sortie and valider_sortie_lue raise.';

COMMENT ON FUNCTION "private"."premiere_reponse"(text, text, jsonb) IS 'reprendre_reponse as one value: null where the key is now reserved for this request, otherwise its first answer as {statut, corps, rejouee}. Raises what reprendre_reponse raises.';

COMMENT ON FUNCTION "private"."preparer_acte"(uuid, integer, uuid[]) IS 'What the door of an act must know before it is asked: p_rang is its place in its batch, from 0; p_precedents the keys it depends on. {etat, statut, reponse} where it is done; else {etat, fait_le, jour (at its depot), reponses}. A refusal that its door has kept is forgotten. Raises IDEMPOTENCE_CONFLIT, MOMENT_FUTUR, MOMENT_TROP_ANCIEN, ACTE_ATTENDU, ACTE_DEPENDANT.';

COMMENT ON FUNCTION "private"."purger_synchronisation"() IS 'Forgets batches and acts that came 60 days ago. Returns how many. Part of private.taches_periodiques.';

COMMENT ON FUNCTION "private"."recevoir_lot"(uuid, text, timestamp with time zone, jsonb) IS 'Remembers a batch and its acts, each by its key: what came before stays as it was. p_maintenant: the phone''s clock; p_actes: [{cle, acte, moment, version, corps, lieu, probleme}], lieu the tank or depot it names, probleme where its shape was refused already. Answers as lire_lot does. Logs SYNCHRONISATION_RECUE, once. Called by the door only. Raises HORLOGE_FAUSSE.';

COMMENT ON FUNCTION "private"."rediger_sortie"(jsonb) IS 'Writes a draft of what was sent, as sortie_envoyee reads it. Gives its id. Raises what sortie_envoyee and sorties_avant_insert raise.';

COMMENT ON FUNCTION "private"."refus_de_lecture"(jsonb, integer) IS 'Asked of a standby before it is read: null where it holds all that private.point_a_lire() told of the primary, waiting p_patience_ms milliseconds at most for it; else why it must not be read, for an operator.';

COMMENT ON FUNCTION "private"."reponse_gardee"(text, integer, json) IS 'Keeps an answer as garder_reponse does, and returns it as {statut, corps}.';

COMMENT ON FUNCTION "private"."sortie_dite"(uuid) IS 'A sortie as every act on it answers it: its row of v_sorties, as the caller sees it. Raises INTROUVABLE.';

COMMENT ON FUNCTION "private"."sortie_envoyee"(jsonb) IS 'A sortie of the columns that a client may write, whichever they are: a null counts as not sent. Raises CHAMP_INCONNU, and 22xxx for a value that its column would not take.';

COMMENT ON FUNCTION "private"."sorties_apres_ecriture"() IS 'Logs what became of a sortie: SORTIE_MODIFIEE of a draft, SORTIE_FORCEE_MODIFIEE and SORTIE_FORCEE_SUPPRIMEE past the rules. What is validated or rejected is logged by its rule. One trigger: the text of a "when" is read again at every statement.';

COMMENT ON FUNCTION "private"."sorties_avant_insert"() IS 'Completes a draft: tank the caller sees, columns of the server. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, MESURES_INCOHERENTES, DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, PLAQUE_INVALIDE, SORTIE_VALIDATION_DIRECTE_INTERDITE.';

COMMENT ON FUNCTION "private"."stock_citerne_au"(uuid, timestamp with time zone) IS 'What the books said of a tank at a moment, all owners together, litres as measured and at 15 °C: the stock of now less what the log says was done since: what was done before and came later is counted. The caller reads the log whole.';

COMMENT ON FUNCTION "private"."stocks_garder"() IS 'Stock is written by the rules only; what a tank holds is never negative nor NaN (litres), and is ours or the partners''. Raises ECRITURE_INTERDITE, 23514.';

COMMENT ON FUNCTION "private"."taches_periodiques"() IS 'Everything to be done every hour; run again, or twice at once, it does no harm. Forgets old answers to idempotent requests, and old batches of synchronisation.';

COMMENT ON FUNCTION "private"."tolerance_pret"() IS 'Litres at 15 °C: left of a loan they are nothing, and it may be passed by them.';

COMMENT ON FUNCTION "public"."creer_et_valider_sortie"(jsonb) IS 'Writes a sortie and validates it at once (admin, directeur, gerant). Takes the columns a client may write of a draft, as one JSON object (litres, °C, kg/m³); a null counts as not sent, statut does not count. Answers with the whole row, validee. Logs SORTIE_CREEE and SORTIE_VALIDEE. Raises CHAMP_INCONNU, DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, PLAQUE_INVALIDE, all that validate_sortie raises but INVALID_ID_OR_STATE, and 22xxx, 23xxx for a value the table would not take.';

COMMENT ON FUNCTION "public"."sorties_produit_block_update_delete"() IS 'Refuses every update, delete and truncate of a sortie (ECRITURE_INTERDITE), except completing a draft, by its author or a validator, which counts its version up; or the table''s owner in a transaction with app.sorties_produit_allow_write = 1, of whom it is asked as a whole. Raises ECRITURE_INTERDITE, ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, PLAQUE_INVALIDE.';

COMMENT ON FUNCTION "public"."vendre_comptant"(jsonb) IS 'A sale at the counter: {sortie: as creer_et_valider_sortie takes it, bon_livraison: {destinataire, lieu, recu_par}, paiement: {mode, operateur_mobile, devise, montant_remis, reference}}. Makes and validates the sortie, confirms its note, issues its invoice, records its payment in full. Gives their ids. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, BENEFICIAIRE_REQUIRED, CITERNE_INACTIVE_OR_INCOMPATIBLE, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, INSUFFICIENT_STOCK, SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, SORTIE_CAPACITE_SECURITE, STOCK_FUTUR_NEGATIF, REFERENTIEL_INACTIF, PARTENAIRE_REQUIS, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, VOLUME_15C_INCOHERENT, MESURES_INCOHERENTES, VOLUME_TROP_PETIT, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, CHAMP_INCONNU, DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, PLAQUE_INVALIDE, DATE_FUTURE, INTROUVABLE, ENV_INTERDIT, ECRITURES_GELEES, DENSITE_HORS_PRODUIT, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, TVA_NON_FIXEE, TAUX_ABSENT, TARIF_ABSENT, BL_EXISTANT, SORTIE_NON_FACTURABLE, FACTURE_VIDE, CLIENT_INCOMPLET, HORLOGE_RECULEE, ENCAISSEMENT_ETAT, ENCAISSEMENT_EN_LIGNE, REFERENCE_REQUISE, OPERATEUR_REQUIS, REFERENCE_DEJA_UTILISEE, DEVISE_DIFFERENTE, CAISSE_CLOTUREE, COMMANDE_ETAT, COMMANDE_DEVISE, COMMANDE_INCOMPATIBLE, COMMANDE_EXPIREE, COMMANDE_DEPASSEE, CREDIT_DEPASSE, CLIENT_SUSPENDU, COMPTANT_INSUFFISANT, COMPTEUR_INCONNU, COMPTEUR_CHEVAUCHEMENT, NOTE_REQUISE, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';

COMMENT ON TABLE "private"."actes_differes" IS 'Acts done without a line, by the key of each: 60 days, twice as long as an act may be late, so that none is forgotten while it could still be sent again.';

COMMENT ON TABLE "private"."lots_differes" IS 'Batches of acts done without a line, as each person sent them last: 60 days (private.purger_synchronisation).';

COMMENT ON VIEW "public"."v_balance_agee" IS 'What each client owes by how many days it is late, and what they have paid ahead, per currency.';

COMMENT ON VIEW "public"."v_factures_client" IS 'Invoices and credit notes of clients: what is paid and left of each (devise), and how many days it is late.';

REVOKE ALL ON FUNCTION "private"."a_l_heure"(text, text, text, text, text[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."a_l_heure"(text, text, text, text, text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."acte_differe"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."acte_differe"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."champs_sortie"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."champs_sortie"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."completer_brouillon"(public.sorties_produit, uuid, uuid, uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."completer_brouillon"(public.sorties_produit, uuid, uuid, uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."compter_demandes"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."compter_demandes"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."controles_continuite"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."controles_continuite"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."depot_du_lieu"(uuid, uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."depot_du_lieu"(uuid, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."depots_de"(boolean, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."depots_de"(boolean, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."details_de_personne"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."details_de_personne"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."dit_du_differe"(private.actes_differes) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dit_du_differe"(private.actes_differes) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecrire_actes_differes"(uuid, jsonb, timestamp with time zone, interval) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecrire_actes_differes"(uuid, jsonb, timestamp with time zone, interval) TO "postgres";

REVOKE ALL ON FUNCTION "private"."empreinte_d_acte"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."empreinte_d_acte"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."etat_archivage"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."etat_archivage"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."etat_continuite"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."etat_continuite"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_limite"(uuid, text, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_limite"(uuid, text, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_precedents"(uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_precedents"(uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_sortie"(public.sorties_produit) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_sortie"(public.sorties_produit) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."exiger_sortie_entiere"(public.sorties_produit) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_sortie_entiere"(public.sorties_produit) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_textes"(text, text, text, text, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_textes"(text, text, text, text, text, text) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."facture_emise"(uuid, uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facture_emise"(uuid, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."fuseau_societe"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."fuseau_societe"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."lire_lot"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lire_lot"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."log_actions_dater"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."log_actions_dater"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesures_replication"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesures_replication"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."moment_de_l_acte"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."moment_de_l_acte"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."mouvements_du_journal"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mouvements_du_journal"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."noter_acte"(uuid, text, integer, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_acte"(uuid, text, integer, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."noter_exercice"(timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_exercice"(timestamp with time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."noter_sauvegarde_physique"(timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_sauvegarde_physique"(timestamp with time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."nouvel_id"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."nouvel_id"() TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."numero_demande"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."numero_demande"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."ouvrir"(text, text, integer, text, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ouvrir"(text, text, integer, text, text, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."point_a_lire"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."point_a_lire"() TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."porte_rediger_sortie"(jsonb, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."porte_rediger_sortie"(jsonb, boolean) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."porte_rejeter_sortie"(uuid, text, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."porte_rejeter_sortie"(uuid, text, integer) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."porte_valider_sortie"(uuid, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."porte_valider_sortie"(uuid, integer) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."premiere_reponse"(text, text, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."premiere_reponse"(text, text, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."preparer_acte"(uuid, integer, uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."preparer_acte"(uuid, integer, uuid[]) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."purger_synchronisation"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."purger_synchronisation"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."recevoir_lot"(uuid, text, timestamp with time zone, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."recevoir_lot"(uuid, text, timestamp with time zone, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."rediger_sortie"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rediger_sortie"(jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."refus_de_lecture"(jsonb, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."refus_de_lecture"(jsonb, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."reponse_gardee"(text, integer, json) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."reponse_gardee"(text, integer, json) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."sortie_dite"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."sortie_dite"(uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."sortie_envoyee"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."sortie_envoyee"(jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."sorties_apres_ecriture"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."sorties_apres_ecriture"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."stocks_garder"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."stocks_garder"() TO "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."tolerance_pret"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."tolerance_pret"() TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."actes_differes" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."lots_differes" TO "postgres";

GRANT SELECT ON TABLE "public"."v_balance_agee" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_balance_agee" TO "postgres";

GRANT SELECT ON TABLE "public"."v_balance_agee" TO "service_role";

GRANT SELECT ON TABLE "public"."v_factures_client" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_factures_client" TO "postgres";

GRANT SELECT ON TABLE "public"."v_factures_client" TO "service_role";

ALTER TABLE "private"."facturations_sortie" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "private"."lettrages" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "private"."rattachements_decharges" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."abonnements_rapports" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."alertes_evenements" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."analyses" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."attributions_partenaires" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."baremes" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."bons_livraison" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."cessions" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."clotures_caisse" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."commandes" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."comptes_partenaires" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."compteurs" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."cours_de_route" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."credits_derogations" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."depots" ALTER COLUMN "fuseau" SET DEFAULT private.fuseau_societe();

ALTER TABLE "public"."dilatations" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."documents" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."documents_liens" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."ecarts" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."ecarts_notes" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."ecritures_tiers" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."encaissements" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."envois" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."factures_client" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."factures_client_lignes" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."factures_fournisseur_receptions" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."fournisseur_facture_lot_min" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."fournisseur_lot" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."fournisseur_paiement_lot_min" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."frais_lot" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."log_actions" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."mouvements_transferts_depots" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."notifications_regles" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."paiements_en_ligne" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."parts_partenaires" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."periodes_closes" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."prets" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."prets_mouvements" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."prises_de_hauteur" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."proformas" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."rapports" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."rapprochements" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."receptions" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."regularisations" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."releves_clients" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."remboursements" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."sblc" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."sorties_produit" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."specifications" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."stocks_adjustments" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."stocks_initiaux" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."stocks_initiaux_partenaires" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."system_alerts" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."tarifs" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."transferts" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."transferts_depots" ALTER COLUMN "id" SET DEFAULT private.nouvel_id();

ALTER TABLE "public"."depots" ADD CONSTRAINT "depots_fuseau_check" CHECK (((fuseau = private.fuseau_societe()) OR private.fuseau_nomme(fuseau) OR private.refuser_valeur('FUSEAU_INCONNU'::text, 'fuseau'::text)));

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
    'Demander Prefer: count=exact.'),
  ('HORLOGE_FAUSSE', 422,
    'L''horloge du téléphone est fausse de plus d''un jour : il dit {maintenant}, le serveur {serveur}.',
    'Les actes faits sans ligne sont datés par le téléphone, dont l''écart au serveur ne peut dépasser 24 heures '
    '(detail : '
    'maintenant, serveur). Rien du lot n''a été appliqué.',
    'Régler le téléphone sur l''heure automatique, vérifier le jour de chaque acte, puis renvoyer le lot.'),
  ('MOMENT_FUTUR', 422, 'Cet acte porte une heure qui n''est pas encore venue : {moment}.',
    'Le moment d''un acte fait sans ligne, corrigé de l''écart d''horloge du téléphone, est après sa réception (detail '
    ': moment, '
    'fait_le, recu_le).',
    'Corriger l''heure de l''acte et le renvoyer avec une clé neuve.'),
  ('MOMENT_TROP_ANCIEN', 422, 'Cet acte date de plus de {jours} jours : saisissez-le comme une opération du passé.',
    'Un acte fait sans ligne se synchronise dans les 30 jours (detail : moment, jours, recu_le).',
    'Vérifier l''heure du téléphone ; sinon saisir l''opération en ligne, à sa date, après avoir vérifié qu''elle '
    'n''y est pas.'),
  ('ACTE_DEPENDANT', 409, 'Cet acte dépend d''un acte qui n''a pas été appliqué ({acte}) : {raison}',
    'L''acte dont celui-ci dépend est refusé, ou attend lui-même (detail : depend_de, acte, code, raison). Rien n''a '
    'été écrit.',
    'Régler d''abord le refus de l''acte cité, puis renvoyer le lot : celui-ci suivra.'),
  ('ACTE_ATTENDU', 409, 'Cet acte dépend d''un acte qui n''est pas encore arrivé.',
    'L''acte dont celui-ci dépend (detail : depend_de) n''est dans aucun lot reçu de cette personne.',
    'Envoyer le lot qui contient l''acte attendu, puis renvoyer celui-ci.')
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

-- What is looked at so that a lost machine costs minutes and not a day.

insert into private.controles as c (code, severity, seuil, source, rythme, dit) values
  ('ARCHIVAGE_ARRETE', 'CRITICAL', 10, 'controles_continuite', 'MINUTE',
    'un WAL qui n''est pas archivé, en PROD ou là où il l''était (minutes)'),
  ('SAUVEGARDE_PHYSIQUE_ANCIENNE', 'CRITICAL', 26, 'controles_continuite', 'MINUTE',
    'une base sans sauvegarde physique récente (heures)'),
  ('EXERCICE_ANCIEN', 'WARN', 92, 'controles_continuite', 'MINUTE',
    'une restauration que personne n''a essayée récemment (jours)')
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

reset check_function_bodies;
select private.noter_etat('20261127141617_continuite_reseau_synchronisation');
