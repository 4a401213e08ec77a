-- 20261127170306_ecriture_reseau: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261127170306_ecriture_reseau');

DROP TRIGGER "cours_de_route_camions_insert" ON "public"."cours_de_route";

DROP TRIGGER "cours_de_route_camions_update" ON "public"."cours_de_route";

DROP TRIGGER "system_alerts_after_write" ON "public"."system_alerts";

DROP VIEW "public"."v_receptions";

DROP VIEW "public"."v_sorties";

ALTER TABLE "private"."actes_differes" DROP CONSTRAINT "actes_differes_pkey";

DROP FUNCTION "private"."adresser_envoi"(public.envois, uuid);

DROP FUNCTION "private"."noter_evenement_alerte"();

DROP FUNCTION "private"."reserver_camions"();

DROP FUNCTION "private"."section_receptions"(uuid, date, date, timestamp with time zone);

DROP FUNCTION "private"."section_sorties"(uuid, date, date, timestamp with time zone);

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
  on conflict (cle) do nothing;
end;
$function$;

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

CREATE OR REPLACE FUNCTION private.faite(p_fait text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ligne_dite(p_relation text, p_colonnes text, p_cle text, p_id uuid, p_quoi text)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ligne jsonb;
begin
  execute format('select to_jsonb(t) from (select %s from public.%I where %I = $1) t',
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

CREATE OR REPLACE FUNCTION private.lignes_dites(p_relation text, p_colonnes text, p_cle text, p_id uuid, p_ordre text)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lignes jsonb;
begin
  execute format('select coalesce(jsonb_agg(to_jsonb(t)), ''[]'') '
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

ALTER TABLE "private"."actes_differes" ADD CONSTRAINT "actes_differes_pkey" PRIMARY KEY (cle);

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

CREATE TRIGGER system_alerts_after_insert AFTER INSERT ON public.system_alerts REFERENCING NEW TABLE AS nouvelles FOR EACH STATEMENT EXECUTE FUNCTION private.noter_evenements_alertes();

CREATE TRIGGER system_alerts_after_update AFTER UPDATE ON public.system_alerts REFERENCING OLD TABLE AS anciennes NEW TABLE AS nouvelles FOR EACH STATEMENT EXECUTE FUNCTION private.noter_evenements_alertes();

COMMENT ON COLUMN "private"."actes_differes"."user_id" IS 'Who sent it first, and in whose name alone it is done.';

COMMENT ON COLUMN "public"."receptions"."methode_15c" IS 'Method that gave volume_15c: LEGACY or the name of a standard; null on a draft.';

COMMENT ON COLUMN "public"."receptions"."volume_15c" IS 'Litres at 15 °C: on a draft what the client sent, once validated what the database computed.';

COMMENT ON COLUMN "public"."receptions"."volume_ambiant" IS 'Litres as measured: sent, or the difference of the two meter indices, once it is validated.';

COMMENT ON COLUMN "public"."receptions"."volume_corrige_15c" IS 'volume_15c under its older name: always the same figure.';

COMMENT ON COLUMN "public"."sorties_produit"."methode_15c" IS 'Method that gave volume_15c: LEGACY or the name of a standard; null on a draft.';

COMMENT ON COLUMN "public"."sorties_produit"."temperature_ambiante_c" IS 'Temperature of the product in the tank or truck, °C: the volume is corrected from it.';

COMMENT ON COLUMN "public"."sorties_produit"."volume_ambiant" IS 'Litres as measured: sent, or the difference of the two meter indices, once it is validated.';

COMMENT ON FUNCTION "private"."adresser_envoi"(text, uuid, uuid, uuid, text, jsonb) IS 'A paper''s message to its client: the one that waits already, else one with its subject, letter, address and key, not yet written (no id). Raises what adresse_du_client does.';

COMMENT ON FUNCTION "private"."alertes_en_ordre"() IS 'People move alerts beside each other, and never during the pass, which is over all depots: before a row is locked, or it and they would wait for each other.';

COMMENT ON FUNCTION "private"."champs_mesures"() IS 'Columns that a client may write of any movement: those of mesures_lues.';

COMMENT ON FUNCTION "private"."colonnes_nommees"(text) IS 'Columns, told with commas between them, as a statement lists them.';

COMMENT ON FUNCTION "private"."document_lu"(jsonb, bytea) IS 'What a file says of itself once its bytes were read: type, name, size, hash; nothing is written. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, DOCUMENT_TROP_GROS, DOCUMENT_ALTERE, DOCUMENT_TYPE.';

COMMENT ON FUNCTION "private"."exiger_camion_libre"(public.cours_de_route) IS 'Refuses a truck that is already on its way to this depot, by the letters and digits of its plate. Whoever opens one there, or changes its plate, queues: the second reads what the first wrote. Raises CDR_DEJA_OUVERT.';

COMMENT ON FUNCTION "private"."faite"(text) IS 'True once its argument has been computed, whatever it is: a condition that no plan leaves out, asked before what it decides on.';

COMMENT ON FUNCTION "private"."ligne_dite"(text, text, text, uuid, text) IS 'One row of a table or view of public, as the caller sees it: p_cle, the column that is p_id; p_quoi, what it is called where it is not there. Raises INTROUVABLE.';

COMMENT ON FUNCTION "private"."ligne_modifiee"(text, uuid, jsonb, text) IS 'Changes p_colonnes of the row of a table of public whose id this is, as the caller, where they may change it. Raises what the table does.';

COMMENT ON FUNCTION "private"."lignes_dites"(text, text, text, uuid, text) IS 'The few rows of a table or view of public that belong to one thing, as the caller sees them, in order of one of their columns.';

COMMENT ON FUNCTION "private"."lignes_inserees"(text, jsonb, text, text) IS 'Inserts rows into a table of public as the caller, in one statement: p_colonnes of each, the others keep their defaults. Gives p_rendues of each, in their order. Raises what the table does.';

COMMENT ON FUNCTION "private"."lire_lot"(uuid) IS 'A batch of the caller''s own and how each of its acts ended, in the order sent; contre: the code that stands against one whose key was another act''s, or another person''s. Raises INTROUVABLE.';

COMMENT ON FUNCTION "private"."noter_evenement_alerte"(public.system_alerts, text) IS 'What happened to an alert: an event and a line of the log.';

COMMENT ON FUNCTION "private"."noter_evenements_alertes"() IS 'Every change of status, and every step of escalation, is an event and a line of the log.';

COMMENT ON FUNCTION "private"."preparer_acte"(uuid, integer, uuid[]) IS 'What the door of an act must know before it is asked: p_rang is its place in its batch, from 0; p_precedents the keys it depends on. {etat, statut, reponse} where it is done; else {etat, fait_le, jour (at its depot), reponses}. A refusal that its door has kept is forgotten. Raises CLE_D_AUTRUI, IDEMPOTENCE_CONFLIT, MOMENT_FUTUR, MOMENT_TROP_ANCIEN, ACTE_ATTENDU, ACTE_DEPENDANT.';

COMMENT ON FUNCTION "private"."refuser_autre_base"() IS 'In a network a depot is written in one base: the others refuse its rows by a trigger that knows their own depots (siege:rattacher). Argument of the trigger: the column that says the depot. Raises DEPOT_AUTRE_BASE.';

COMMENT ON FUNCTION "private"."section_tiers"(text, uuid, date, date, timestamp with time zone) IS 'What came to a depot over some days, by supplier (receptions), or left it, by client (sorties), or by partner, product and owner: how many, litres.';

COMMENT ON TABLE "private"."actes_differes" IS 'Acts done without a line, by the key of each, whoever sends it: a telephone that changes hands brings nothing twice. 60 days, twice as long as an act may be late, so that none is forgotten while it could still be sent again.';

COMMENT ON TYPE "private"."mesures_calculees" IS 'Columns of a movement that follow from what was read; the database''s.';

COMMENT ON TYPE "private"."mesures_lues" IS 'Columns of a movement that a client may write: what was read of it.';

COMMENT ON VIEW "public"."v_receptions" IS 'Réceptions with their mass in tonnes: in vacuum, and in air as a weighbridge shows it.';

COMMENT ON VIEW "public"."v_sorties" IS 'Sorties with their mass in tonnes once validated, and the litres as measured that were booked with them because the fuel left at another temperature than it came (dilatations).';

REVOKE ALL ON FUNCTION "private"."adresser_envoi"(text, uuid, uuid, uuid, text, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."adresser_envoi"(text, uuid, uuid, uuid, text, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."champs_mesures"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."champs_mesures"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."colonnes_nommees"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."colonnes_nommees"(text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."document_lu"(jsonb, bytea) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."document_lu"(jsonb, bytea) TO "postgres";

REVOKE ALL ON FUNCTION "private"."faite"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."faite"(text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."ligne_dite"(text, text, text, uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ligne_dite"(text, text, text, uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."ligne_modifiee"(text, uuid, jsonb, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ligne_modifiee"(text, uuid, jsonb, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."lignes_dites"(text, text, text, uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lignes_dites"(text, text, text, uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."lignes_inserees"(text, jsonb, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lignes_inserees"(text, jsonb, text, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."noter_evenement_alerte"(public.system_alerts, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_evenement_alerte"(public.system_alerts, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."noter_evenements_alertes"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_evenements_alertes"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."refuser_autre_base"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."refuser_autre_base"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."section_tiers"(text, uuid, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."section_tiers"(text, uuid, date, date, timestamp with time zone) TO "authenticated", "postgres";

GRANT USAGE ON TYPE "private"."mesures_calculees" TO "postgres";

GRANT USAGE ON TYPE "private"."mesures_lues" TO "postgres";

GRANT SELECT ON TABLE "public"."v_receptions" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_receptions" TO "postgres";

GRANT SELECT ON TABLE "public"."v_receptions" TO "service_role";

GRANT SELECT ON TABLE "public"."v_sorties" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_sorties" TO "postgres";

GRANT SELECT ON TABLE "public"."v_sorties" TO "service_role";

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
    'Le dépôt {depot} s''écrit dans une autre base : cet acte se fait là-bas. Rien n''a été enregistré.',
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
select private.noter_etat('20261127170306_ecriture_reseau');
