-- 20261128073543_affinage: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261128073543_affinage');

DROP TRIGGER "citernes_lieux_reserver" ON "public"."citernes";

DROP TRIGGER "citernes_lieux" ON "public"."citernes";

DROP TRIGGER "a_lignes_bornees" ON "public"."receptions";

DROP TRIGGER "receptions_gel" ON "public"."receptions";

DROP VIEW "private"."lieux_vrais";

ALTER TABLE "private"."actes_differes" DROP CONSTRAINT "actes_differes_etat_check";

DROP FUNCTION "private"."colonnes_nommees"(text);

DROP FUNCTION "private"."deplacer_jours"(uuid, uuid, text, date, date, numeric, numeric, boolean);

DROP FUNCTION "private"."dit_du_bon"(public.bons_livraison);

DROP FUNCTION "private"."dues"(public.encaissements, jsonb);

DROP FUNCTION "private"."emettre"(public.factures_client, boolean);

DROP FUNCTION "private"."exiger_lignes_fraiches"(public.factures_client);

DROP FUNCTION "private"."exiger_precedents"(private.actes_differes, integer);

DROP FUNCTION "private"."exiger_volume_annonce"(uuid, numeric, boolean);

DROP FUNCTION "private"."journaliser"(text[], text, text, uuid, uuid, jsonb, uuid);

DROP FUNCTION "private"."ligne_dite"(text, text, text, uuid, text);

DROP FUNCTION "private"."lignes_de"(uuid[], public.clients_conditions);

DROP FUNCTION "private"."lignes_dites"(text, text, text, uuid, text);

DROP FUNCTION "private"."nouvelle_facture"(uuid, uuid, uuid[], jsonb);

DROP FUNCTION "private"."numeroter_bon"(public.bons_livraison);

DROP FUNCTION "private"."paiement_comptant"(public.factures_client, jsonb);

DROP FUNCTION "private"."prendre_numero"(uuid, text, integer, uuid);

DROP FUNCTION "private"."sceller_facture"(public.factures_client, boolean);

DROP FUNCTION "private"."suivre_derniere"(public.factures_client, text);

DROP FUNCTION "private"."verrouiller_camions"(uuid[]);

ALTER TABLE "private"."lieux" ADD COLUMN "clos_au" date NOT NULL DEFAULT '2049-12-31'::date;

ALTER TABLE "private"."lieux" ADD COLUMN "reserve" numeric(15,3) NOT NULL DEFAULT 0;

CREATE TYPE "private"."due" AS ("ecriture_id" uuid, "facture_id" uuid, "numero" text, "du" numeric, "demande" numeric);

ALTER TYPE "private"."emplacement" ADD ATTRIBUTE "clos_au" date CASCADE;

ALTER TYPE "private"."emplacement" ADD ATTRIBUTE "reserve" numeric CASCADE;

CREATE OR REPLACE FUNCTION private.abandonner_acte(p_lot uuid, p_cle uuid, p_motif text)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.acteur();
  v_acte private.actes_differes;
begin
  -- As its door holds it: what it is doing under this key ends first, and what it is asked afterwards is refused.
  perform pg_advisory_xact_lock(hashtextextended(concat('cle:', auth.uid(), p_cle), 0));
  -- Its batch may be on its way still.
  insert into private.actes_differes (user_id, cle, lot_id, acte, empreinte, depot_id)
  values (private.auteur_de_cle(p_cle), p_cle, p_lot, '?', '', private.depot_du_lieu(null, private.depots_visibles()))
  on conflict (cle) do nothing;
  select * into strict v_acte from private.actes_differes a where a.cle = p_cle for no key update;
  if v_acte.user_id <> auth.uid() then
    perform private.refuser('CLE_D_AUTRUI');
  elsif v_acte.etat = 'APPLIQUE' or exists (select from private.idempotence i
      where i.user_id = auth.uid() and i.cle = p_cle::text and i.statut_http < 400) then
    perform private.refuser('ACTE_DEJA_FAIT');
  elsif v_acte.etat <> 'ABANDONNE' then
    insert into private.idempotence as i (user_id, cle, empreinte, statut_http, reponse, role, depots, habilitations)
    values (auth.uid(), p_cle::text, '', 409, json_build_object('motif', p_motif), v_acteur.role,
      coalesce(v_acteur.depots, '{}'), coalesce(v_acteur.habilitations, '{}'))
    on conflict (user_id, cle) do update
       set (empreinte, statut_http, reponse) = (excluded.empreinte, excluded.statut_http, excluded.reponse);
    perform private.journaliser('ACTE_DIFFERE_ABANDONNE', 'synchronisation', 'WARNING', p_cle, v_acte.depot_id,
      coalesce(private.dit_du_differe(v_acte), jsonb_build_object('lot', p_lot, 'cle', p_cle))
      || jsonb_strip_nulls(jsonb_build_object('acte', v_acte.acte, 'motif', p_motif,
        'raison', v_acte.reponse ->> 'detail')));
    update private.actes_differes a
       set (etat, statut_http, reponse, traite_le)
         = ('ABANDONNE', null, jsonb_build_object('motif', p_motif), clock_timestamp())
     where a.cle = p_cle
    returning * into v_acte;
  end if;
  return private.dit_de_l_abandon(v_acte)
    || jsonb_build_object('cle', v_acte.cle, 'acte', v_acte.acte, 'recu_le', v_acte.recu_le);
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
  return private.admis(p_acteur.role, p_acteur.habilitations, v_capacite);
end;
$function$;

CREATE OR REPLACE FUNCTION private.admis(p_role text, p_habilitations text[], p_capacite private.capacites)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
RETURN COALESCE(((p_role = ANY ((p_capacite).roles)) OR (p_habilitations && (p_capacite).habilitations)), false);

CREATE OR REPLACE FUNCTION private.affecter_encaissement(p_encaissement public.encaissements, p_factures jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ecriture_id uuid;
  v_arrondi_id uuid;
  v_reste numeric := p_encaissement.montant_compte;
  v_dues refcursor;
  v_due private.due;
  v_arrondis jsonb := jsonb '[]';
  v_lettre jsonb := jsonb '[]';
  v_part numeric;
  v_fait text;
begin
  v_ecriture_id := private.ecriture_paiement(p_encaissement);
  v_dues := private.ouvrir_dues(p_encaissement, p_factures);
  loop
    fetch v_dues into v_due;
    exit when not found;
    v_part := least(v_reste, v_due.du, coalesce(v_due.demande, v_due.du));
    exit when v_part <= 0;
    v_fait := private.lettrer(v_due.ecriture_id, v_ecriture_id, v_part);
    v_reste := v_reste - v_part;
    if v_due.du - v_part between 0.01 and private.arrondi_tolere(p_encaissement.devise_compte) then
      v_arrondis := v_arrondis || jsonb_build_object('id', v_due.ecriture_id, 'montant', v_due.du - v_part);
      v_part := v_due.du;
    end if;
    v_lettre := v_lettre || private.dire_lettre(v_due.facture_id, v_due.numero, v_part, v_due.du - v_part);
  end loop;
  close v_dues;
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
  if private.date_possible(new.date_livraison) is not true then
    v_admis := private.date_admise(new.date_livraison, 'date_livraison');
  end if;
  if num_nonnulls(new.destinataire, new.lieu, new.recu_par, new.motif_annulation) > 0 then
    v_admis := private.texte_admis(new.destinataire, 'destinataire', false);
    v_admis := private.texte_admis(new.lieu, 'lieu', false);
    v_admis := private.texte_admis(new.recu_par, 'recu_par', false);
    v_admis := private.texte_admis(new.motif_annulation, 'motif_annulation', true);
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.client_du_bon(p_client public.clients)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
RETURN jsonb_build_object('nom', (p_client).nom, 'adresse', (p_client).adresse, 'telephone', (p_client).telephone, 'nif', (p_client).nif, 'rccm', (p_client).rccm);

CREATE OR REPLACE FUNCTION private.colonnes_nommees(p_colonnes text, p_avant text DEFAULT ''::text, p_apres text DEFAULT ''::text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
RETURN ((((p_avant || '"'::text) || replace(replace(p_colonnes, '"'::text, '""'::text), ','::text, (((('"'::text || p_apres) || ', '::text) || p_avant) || '"'::text))) || '"'::text) || p_apres);

CREATE OR REPLACE FUNCTION private.colonnes_vues(p_colonnes text, p_heures text, p_depot text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_depot constant text := case when p_depot is null then 'null' else format('t.%I', p_depot) end;
begin
  if p_heures is null then
    return private.colonnes_nommees(p_colonnes, 't.');
  end if;
  return (select string_agg(case when c = any (string_to_array(p_heures, ','))
                              then format('private.heure_au_depot(%s, t.%I)', v_depot, c) else format('t.%I', c) end,
                              ', ')
            from unnest(string_to_array(p_colonnes, ',')) c);
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
  v_enc.id := private.nouvel_id();
  v_enc.devise := coalesce(v_enc.devise, 'USD');
  v_enc.devise_compte := coalesce(v_enc.devise_compte, (private.conditions_de(v_enc.client_id)).devise);
  v_enc.jour_caisse := coalesce(v_enc.jour_caisse,
    private.jour_au_depot(v_enc.depot_id, coalesce(v_enc.recu_le, now())));
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

CREATE OR REPLACE FUNCTION private.condition_dite(p_condition jsonb)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_colonne constant text := format('t.%I', p_condition #>> '{colonnes,0}');
  v_valeur constant text := p_condition ->> 'valeur';
begin
  return case p_condition ->> 'sorte'
    when 'est' then
      (select string_agg(format('t.%I = %L', c, v_valeur), ' or ')
         from jsonb_array_elements_text(p_condition -> 'colonnes') c)
    when 'contient' then
      (select format('position(private.cle_recherche(%L) in private.cle_recherche(concat_ws('' | '', %s))) > 0',
                v_valeur, string_agg(format('t.%I', c), ', '))
         from jsonb_array_elements_text(p_condition -> 'colonnes') c)
    when 'depuis' then format('%s >= %L', v_colonne, v_valeur)
    when 'jusqu_a' then format('%s <= %L', v_colonne, v_valeur)
    when 'depuis_le_jour' then
      format('%s >= private.debut_du_jour(%L, %L)', v_colonne, v_valeur, p_condition ->> 'depot_id')
    when 'jusqu_au_jour' then
      format('%s < private.debut_du_jour(%L::date + 1, %L)', v_colonne, v_valeur, p_condition ->> 'depot_id')
  end;
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
       where a.etat not in ('APPLIQUE', 'REFUSE', 'ABANDONNE')
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
  if (new.produit_id, new.depot_destination_id, new.fournisseur_id)
     is distinct from (old.produit_id, old.depot_destination_id, old.fournisseur_id) then
    v_permis := private.exiger_actifs(nullif(new.produit_id, old.produit_id),
      nullif(new.depot_destination_id, old.depot_destination_id),
      null, nullif(new.fournisseur_id, old.fournisseur_id));
  end if;
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
  if private.date_possible(new.date_chargement) is not true then
    v_admis := private.date_admise(new.date_chargement, 'date_chargement');
  end if;
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
    v_dit := private.journaliser('{CDR_STATUT}'::text[], 'cours_de_route', 'INFO', new.id, new.depot_destination_id,
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
      join private.actes_differes a on a.cle = t.cle and a.user_id = auth.uid()
        and a.etat not in ('APPLIQUE', 'ABANDONNE')
     cross join unnest(a.precedents) u (cle))
  select exists (select from attendus t where t.cle = p_cle)
$function$;

CREATE OR REPLACE FUNCTION private.dater_facture(p_facture public.factures_client, p_client public.clients, p_delai_jours integer, p_jour date)
 RETURNS public.factures_client
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_complet text;
begin
  v_complet := private.exiger_client_complet(p_client);
  p_facture.client_fige := jsonb_build_object('nom', p_client.nom, 'adresse', p_client.adresse, 'pays', p_client.pays,
    'telephone', p_client.telephone, 'type_fiscal', p_client.type_fiscal, 'nif', p_client.nif, 'rccm', p_client.rccm,
    'id_nat', p_client.id_nat, 'ref_exoneration', p_client.ref_exoneration);
  p_facture.date_facture := p_jour;
  p_facture.date_echeance := p_jour + p_delai_jours;
  p_facture.taux_cdf := private.taux_du_jour(p_facture.devise, p_jour);
  return p_facture;
end;
$function$;

CREATE OR REPLACE FUNCTION private.debiter_sortie(p_sortie public.sorties_produit)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_reserve numeric;
  v_fait text;
begin
  if p_sortie.compteur_id is not null then
    perform private.exiger_index_libres(p_sortie.id, p_sortie.compteur_id, p_sortie.index_avant, p_sortie.index_apres);
  end if;
  v_fait := private.verrouiller_citerne(p_sortie.citerne_id);
  -- Of our own fuel, by the old formula: where the tank is in use, its days are open and its reserve is left by our own
  -- stock alone, two rows are all there is to do. Whoever changes any of that takes the tank's mutex too.
  if p_sortie.methode_15c = 'LEGACY' and p_sortie.proprietaire_type = 'MONALUXE' then
    select l.reserve into v_reserve from private.lieux l
     where l.citerne_id = p_sortie.citerne_id and l.statut = 'active' and l.clos_au < p_sortie.date_jour;
    if v_reserve is not null then
      if private.deplacer_jours(p_sortie.citerne_id, p_sortie.produit_id, 'MONALUXE', p_sortie.date_jour,
           p_sortie.date_jour, p_sortie.volume_ambiant, p_sortie.volume_15c, false, v_reserve) then
        return;
      end if;
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

CREATE OR REPLACE FUNCTION private.decharger(p_cours_de_route_id uuid, p_jour date)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_juge text;
begin
  update public.cours_de_route c
     set statut = 'DECHARGE', date_chargement = least(c.date_chargement, p_jour)
   where c.id = p_cours_de_route_id;
  v_juge := private.juger_transit(p_cours_de_route_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.deplacer_jours(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date, p_dernier_jour date, p_pris_ambiant numeric, p_pris_15c numeric, p_ajustement boolean, p_reserve numeric DEFAULT 0)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_bitmapscan TO 'off'
AS $function$
declare
  v_maintenant constant timestamptz := now();
  v_au_moins constant numeric := p_pris_ambiant + p_reserve;
  v_permis text;
begin
  v_permis := set_config('app.stocks_journaliers_allow_write', '1', true);
  update public.stocks_snapshot s
     set stock_ambiant = s.stock_ambiant - p_pris_ambiant,
         stock_15c = s.stock_15c - p_pris_15c,
         last_movement_at = v_maintenant,
         updated_at = v_maintenant
   where s.citerne_id = p_citerne_id and s.produit_id = p_produit_id and s.proprietaire_type = p_proprietaire_type
     and s.dernier_jour = p_dernier_jour and s.stock_ambiant >= v_au_moins and s.stock_15c >= p_pris_15c;
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

CREATE OR REPLACE FUNCTION private.details_encaissement(p_encaissement public.encaissements)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
RETURN (to_jsonb(p_encaissement) - '{client_fige,vendeur_fige}'::text[]);

CREATE OR REPLACE FUNCTION private.details_facture(p_facture public.factures_client)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
RETURN jsonb_build_object('numero', (p_facture).numero, 'client_id', (p_facture).client_id, 'devise', (p_facture).devise, 'total_ttc', (p_facture).total_ttc, 'empreinte', encode((p_facture).empreinte, 'hex'::text));

CREATE OR REPLACE FUNCTION private.dire_bon(p_sortie public.sorties_produit, p_vendeur jsonb, p_produit text, p_client jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return jsonb_build_object('vendeur', p_vendeur, 'produit', p_produit, 'client', p_client,
    'sortie', jsonb_build_object('volume_ambiant', p_sortie.volume_ambiant, 'volume_15c', p_sortie.volume_15c,
      'temperature_ambiante_c', p_sortie.temperature_ambiante_c, 'densite_a_15_kgm3', p_sortie.densite_a_15_kgm3,
      'plaque_camion', p_sortie.plaque_camion, 'plaque_remorque', p_sortie.plaque_remorque,
      'chauffeur_nom', p_sortie.chauffeur_nom, 'transporteur', p_sortie.transporteur));
end;
$function$;

CREATE OR REPLACE FUNCTION private.dire_facture(p_facture public.factures_client)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return private.dire_facture(p_facture, private.lignes_facture(p_facture.id), private.taxes_facture(p_facture.id));
end;
$function$;

CREATE OR REPLACE FUNCTION private.dire_facture(p_facture public.factures_client, p_lignes public.factures_client_lignes[], p_taxes public.factures_client_taxes[])
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return jsonb_build_object(
    'facture', to_jsonb(p_facture) - '{empreinte,precedent,emise_le,created_at}'::text[] || jsonb_build_object(
      'emise_le', to_char(p_facture.emise_le at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
    'lignes', to_jsonb(p_lignes), 'taxes', to_jsonb(p_taxes))::text;
end;
$function$;

CREATE OR REPLACE FUNCTION private.dire_lettre(p_facture_id uuid, p_numero text, p_paye numeric, p_reste numeric)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
RETURN jsonb_build_object('facture_id', p_facture_id, 'numero', p_numero, 'paye', p_paye, 'reste', p_reste);

CREATE OR REPLACE FUNCTION private.dit_de_l_abandon(p_acte private.actes_differes)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_object('moment', p_acte.moment, 'fait_le', p_acte.fait_le, 'traite_le', p_acte.traite_le,
    'etat', 'ABANDONNE', 'statut', null, 'reponse', null, 'motif', p_acte.reponse -> 'motif')
$function$;

CREATE OR REPLACE FUNCTION private.dit_du_bon(p_sortie public.sorties_produit)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return private.dire_bon(p_sortie, private.vendeur(p_sortie.depot_id),
    (select p.nom from public.produits p where p.id = p_sortie.produit_id),
    coalesce((select private.client_du_bon(c) from public.clients c where c.id = p_sortie.client_id),
      (select jsonb_build_object('nom', t.nom, 'telephone', t.telephone) from public.partenaires t
        where t.id = p_sortie.partenaire_id)));
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
    private.details_encaissement(p_encaissement));
  return p_encaissement;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ecrire_lettrage(p_debit_id uuid, p_credit_id uuid, p_montant numeric)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  insert into private.lettrages (debit_id, credit_id, montant, created_by)
    values (p_debit_id, p_credit_id, p_montant, auth.uid());
end;
$function$;

CREATE OR REPLACE FUNCTION private.ecrire_lignes_facture(p_facture public.factures_client, p_conditions public.clients_conditions, p_sorties uuid[], p_services jsonb)
 RETURNS numeric
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_jour constant date := private.jour_au_depot(p_facture.depot_id, now());
  v_total numeric;
begin
  with lignes as materialized (
    select l.rang, l.nature, l.sortie_id, l.bl_id, l.designation, l.base, l.quantite, l.prix_ht, l.tva_groupe,
           l.tva_taux, l.montant_ht
      from private.lignes_de(p_sorties, p_conditions, v_jour) l
    union all
    select cardinality(p_sorties) + s.rang::int, 'SERVICE', null, null, s.ligne ->> 'designation', 'UNITE',
           (s.ligne ->> 'quantite')::numeric, (s.ligne ->> 'prix_ht')::numeric, coalesce(s.ligne ->> 'tva_groupe', 'B'),
           private.taux_tva_du(coalesce(s.ligne ->> 'tva_groupe', 'B'), v_jour),
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
  -- All at once, and one by one where that does not hold.
  if (private.date_possible(new.date_valeur) and private.date_possible(coalesce(new.echeance, new.date_valeur))
      and private.ligne_admise(new.libelle) and private.ligne_admise(coalesce(new.reference, ''))) is not true then
    v_admis := private.date_admise(new.date_valeur, 'date_valeur');
    v_admis := private.date_admise(new.echeance, 'echeance');
    v_admis := private.texte_admis(new.libelle, 'libelle', false);
    v_admis := private.texte_admis(new.reference, 'reference', false);
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ecriture_paiement(p_encaissement public.encaissements)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return private.ecriture_encaissement(p_encaissement, 'PAIEMENT', 'encaissements', p_encaissement.id,
    p_encaissement.montant_compte, 0, 'Reçu ' || p_encaissement.numero_recu);
end;
$function$;

CREATE OR REPLACE FUNCTION private.emettre(p_facture public.factures_client, p_lignes public.factures_client_lignes[])
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_client public.clients;
  v_delai_jours constant int := (private.conditions_de(p_facture.client_id)).delai_jours;
  v_taxes public.factures_client_taxes[];
begin
  select * into strict v_client from public.clients c where c.id = p_facture.client_id;
  p_facture := private.dater_facture(p_facture, v_client, v_delai_jours,
    private.jour_au_depot(p_facture.depot_id, clock_timestamp()));
  p_facture.vendeur_fige := private.vendeur(p_facture.depot_id);
  v_taxes := private.taxes_de(p_facture, p_lignes);
  p_facture := private.taxer(p_facture, v_taxes);
  insert into private.facturations_sortie (sortie_id, facture_id, ajuste_15c)
  select l.sortie_id, p_facture.id, (select coalesce(sum(a.delta_15c), 0) from public.stocks_adjustments a
           where a.mouvement_type = 'SORTIE' and a.mouvement_id = l.sortie_id)
    from unnest(p_lignes) l where l.sortie_id is not null;
  return private.sceller_facture(p_facture, p_lignes, v_taxes);
end;
$function$;

CREATE OR REPLACE FUNCTION private.empreinte_d_acte(p_acte jsonb)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN sha256(convert_to(((p_acte - '{cle,apres,exiges,lieu,precedents,probleme}'::text[]))::text, 'UTF8'::name));

CREATE OR REPLACE FUNCTION private.empreinte_facture(p_facture public.factures_client)
 RETURNS bytea
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return private.empreinte_suivante(p_facture.precedent, private.dire_facture(p_facture));
end;
$function$;

CREATE OR REPLACE FUNCTION private.empreinte_suivante(p_precedent bytea, p_dit text)
 RETURNS bytea
 LANGUAGE sql
 STABLE
RETURN sha256((COALESCE(p_precedent, '\x'::bytea) || convert_to(p_dit, 'UTF8'::name)));

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
         private.admis(p.role, p.habilitations, c)
    into strict v_acteur.user_id, v_acteur.role, v_acteur.habilitations, v_depot_id, v_tous, v_roles, v_second_facteur,
         v_peut
    from private.capacites c
    join private.capacites voir on voir.capacite = 'voir_tous_depots'
    left join public.profils p on p.user_id = auth.uid() and p.desactive_le is null
   where c.capacite = p_capacite;
  if not v_peut then
    perform private.refuser('ROLE_FORBIDDEN', jsonb_build_object('capacite', p_capacite, 'roles_admis', v_roles));
  end if;
  if v_second_facteur then
    perform private.exiger_second_facteur();
  end if;
  v_acteur.depots := private.depots_de(v_tous, v_depot_id);
  return v_acteur;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_a_l_ecriture()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur private.acteur;
begin
  -- Without a user it is the server's own key or the project itself, which the grants answer for. What another
  -- table's trigger writes here, a réception that closes its truck, was asked there.
  if pg_trigger_depth() = 1 and auth.uid() is not null then
    v_acteur := private.exiger(tg_argv[0]);
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_camion_du_lot(p_cdr uuid, p_lot uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if not exists (select from public.cours_de_route c where c.id = p_cdr and c.fournisseur_lot_id = p_lot) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce camion du lot'));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_camions_distincts(p_receptions public.receptions[])
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if exists (select from unnest(p_receptions) n where n.cours_de_route_id is not null
              group by n.cours_de_route_id, n.citerne_id, n.compartiment having count(*) > 1) then
    perform private.refuser('CDR_NON_ARRIVE', '{"statut":"DECHARGE"}');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_lignes_fraiches(p_facture public.factures_client, p_lignes public.factures_client_lignes[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_sorties constant uuid[] := array(select l.sortie_id from unnest(p_lignes) l where l.sortie_id is not null);
  v_conditions constant public.clients_conditions := private.conditions_de(p_facture.client_id);
  v_jour constant date := private.jour_au_depot(p_facture.depot_id, now());
  v_faites text;
begin
  v_faites := private.exiger_facturables(v_sorties, p_facture.client_id, p_facture.depot_id);
  if v_conditions.devise <> p_facture.devise
     or exists (
       select from private.lignes_de(v_sorties, v_conditions, v_jour) n
         join unnest(p_lignes) l on l.sortie_id = n.sortie_id
        where (n.bl_id, n.base, n.quantite, n.prix_ht, n.tva_groupe, n.tva_taux)
              is distinct from (l.bl_id, l.base, l.quantite, l.prix_ht, l.tva_groupe, l.tva_taux)) then
    perform private.refuser('FACTURE_CLIENT_PERIMEE');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_precedents(p_acte private.actes_differes, p_exiges uuid[], p_jours integer)
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
    elsif v_avant.etat = 'ABANDONNE' then
      -- What came before it on the same row only, and was withdrawn, is nothing to wait for: the rules say the rest.
      continue when not v_cle = any (p_exiges);
      perform private.refuser('PRECEDENT_ABANDONNE', jsonb_build_object('depend_de', v_cle, 'acte', v_avant.acte,
        'motif', v_avant.reponse ->> 'motif'));
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

CREATE OR REPLACE FUNCTION private.exiger_toutes(p_capacites text[])
 RETURNS private.acteur
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
AS $function$
declare
  v_acteur private.acteur := private.acteur();
  v_capacite text;
  v_admises int;
begin
  select count(*) into v_admises from private.capacites c
   where c.capacite = any (p_capacites) and not c.second_facteur
     and private.admis(v_acteur.role, v_acteur.habilitations, c);
  if v_admises < cardinality(p_capacites) then
    foreach v_capacite in array p_capacites loop
      v_acteur := private.exiger(v_capacite);
    end loop;
  end if;
  return v_acteur;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_volume_annonce(p_cdr public.cours_de_route, p_recu numeric, p_confirme boolean)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  -- A digit too many, or a decimal point that was lost.
  c_fois constant numeric := 10;
begin
  if p_recu < c_fois * p_cdr.volume then
    return;
  end if;
  if not p_confirme then
    perform private.refuser('VOLUME_HORS_ANNONCE', jsonb_build_object('annonce', p_cdr.volume, 'recu', p_recu,
      'champ', 'confirmer'));
  end if;
  perform private.journaliser('RECEPTION_CONFIRMEE', 'receptions', 'WARNING', p_cdr.id, p_cdr.depot_destination_id,
    jsonb_build_object('annonce', p_cdr.volume, 'recu', p_recu));
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
    if (private.date_possible(new.date_facture) and private.date_possible(new.date_echeance)) is not true then
      v_admis := private.date_admise(new.date_facture, 'date_facture');
      v_admis := private.date_admise(new.date_echeance, 'date_echeance');
    end if;
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
  if private.ligne_admise(new.designation) is not true then
    v_admis := private.texte_admis(new.designation, 'designation', false);
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.facturer_comptant(p_sortie public.sorties_produit, p_bon public.bons_livraison, p_client public.clients, p_conditions public.clients_conditions, p_depot public.depots, p_produit public.produits, p_jour date)
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
  v_facture := private.dater_facture(v_facture, p_client, p_conditions.delai_jours,
    private.jour_local(p_depot.fuseau, clock_timestamp()));
  v_facture.vendeur_fige := p_bon.dit -> 'vendeur';
  v_taxes := private.taxes_de(v_facture, array[v_ligne]);
  v_facture := private.taxer(v_facture, v_taxes);
  insert into private.facturations_sortie (sortie_id, facture_id, ajuste_15c) values (p_sortie.id, v_facture.id, 0);
  return private.numeroter_facture(v_facture, array[v_ligne], v_taxes, true, p_depot.code);
end;
$function$;

CREATE OR REPLACE FUNCTION private.illisibles()
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN '[\u0001-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]'::text;

CREATE OR REPLACE FUNCTION private.journaliser(p_actions text[], p_module text, p_niveau text, p_cible_id uuid, p_depot_id uuid, p_details jsonb DEFAULT '{}'::jsonb, p_user_id uuid DEFAULT NULL::uuid, p_cibles uuid[] DEFAULT NULL::uuid[], p_leurs_details jsonb[] DEFAULT NULL::jsonb[])
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
  -- Apart: nearly every act has one target, and then no more than its actions is to be taken apart.
  if p_cibles is not null then
    insert into public.log_actions (id, user_id, action, module, niveau, cible_id, depot_id, details, request_id,
      trace_id)
    select private.uuid_v7(), p_user_id, a.action, p_module, p_niveau, a.cible_id, p_depot_id, a.details || p_details,
      v_demande, v_trace
      from unnest(p_actions, p_cibles, p_leurs_details) a (action, cible_id, details);
    return;
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
  v_pris text;
begin
  -- Last of all locks: what was received in two tanks may be corrected at once.
  v_pris := pg_advisory_xact_lock(hashtextextended('transit:' || p_cours_de_route_id::text, 0));
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

CREATE OR REPLACE FUNCTION private.lecture_tenue(p_requete text, p_valeur text DEFAULT NULL::text)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_nom constant text := 'lecture ' || hashtextextended(p_requete, 0);
  v_lire constant text := format('execute %I', v_nom) || coalesce(format('(%L)', p_valeur), '');
  v_lu json;
begin
  begin
    execute v_lire into v_lu;
  exception when invalid_sql_statement_name then
    execute format('prepare %I as %s', v_nom, p_requete);
    execute v_lire into v_lu;
  end;
  return v_lu;
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
  v_pris := private.ecrire_lettrage(p_debit_id, p_credit_id, p_montant);
end;
$function$;

CREATE OR REPLACE FUNCTION private.lieux_suivre_periodes()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_depot_id constant uuid := coalesce(new.depot_id, old.depot_id);
begin
  perform private.reserver_lieux('{}', array[v_depot_id], true);
  update private.lieux l set clos_au = v.clos_au
    from private.lieux_vrais v where v.citerne_id = l.citerne_id and l.depot_id = v_depot_id;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ligne_admise(p_texte text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((char_length(p_texte) <= 2000) AND private.texte_lisible(p_texte, false));

CREATE OR REPLACE FUNCTION private.ligne_de(p_vendable private.vendable, p_conditions public.clients_conditions, p_jour date, p_rang integer)
 RETURNS public.factures_client_lignes
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ligne public.factures_client_lignes;
begin
  v_ligne.rang := p_rang;
  v_ligne.nature := 'CARBURANT';
  v_ligne.sortie_id := p_vendable.sortie_id;
  v_ligne.bl_id := p_vendable.bl_id;
  v_ligne.designation := concat_ws(', ', p_vendable.produit,
    'livraison du ' || to_char(p_vendable.jour, 'DD/MM/YYYY'), 'camion ' || p_vendable.plaque,
    'commande ' || p_vendable.commande);
  v_ligne.base := coalesce(p_vendable.base, p_conditions.base);
  v_ligne.quantite := case v_ligne.base when 'L15' then p_vendable.volume_15c else p_vendable.volume_ambiant end;
  v_ligne.prix_ht := private.prix_de(p_vendable, p_conditions);
  v_ligne.tva_groupe := p_vendable.tva_groupe;
  v_ligne.tva_taux := private.taux_tva_du(p_vendable.tva_groupe, p_jour);
  v_ligne.montant_ht := round(v_ligne.quantite * v_ligne.prix_ht, 2);
  return v_ligne;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ligne_dite(p_relation text, p_colonnes text, p_cle text, p_id text, p_quoi text)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ligne constant json := private.lecture_tenue(
    format('select to_json(t) from (select %s from public.%I where %I = $1) t', private.colonnes_nommees(p_colonnes),
      p_relation, p_cle), p_id);
begin
  if v_ligne is null then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', p_quoi));
  end if;
  return v_ligne;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lignes_de(p_sorties uuid[], p_conditions public.clients_conditions, p_jour date)
 RETURNS SETOF public.factures_client_lignes
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT l.id,
     l.facture_id,
     l.depot_id,
     l.rang,
     l.nature,
     l.sortie_id,
     l.bl_id,
     l.ligne_origine_id,
     l.designation,
     l.base,
     l.quantite,
     l.prix_ht,
     l.tva_groupe,
     l.tva_taux,
     l.montant_ht
    FROM (( SELECT v.*::private.vendable AS vendable,
             (row_number() OVER (ORDER BY v.jour, v.sortie_id))::integer AS rang
            FROM private.vendables(lignes_de.p_sorties) v(sortie_id, bl_id, client_id, depot_id, produit_id, produit, tva_groupe, jour, plaque, volume_ambiant, volume_15c, raison, commande, devise, base, prix_ht)) n
      CROSS JOIN LATERAL private.ligne_de(n.vendable, lignes_de.p_conditions, lignes_de.p_jour, n.rang) l(id, facture_id, depot_id, rang, nature, sortie_id, bl_id, ligne_origine_id, designation, base, quantite, prix_ht, tva_groupe, tva_taux, montant_ht));
END;

CREATE OR REPLACE FUNCTION private.lignes_dites(p_relation text, p_colonnes text, p_cle text, p_id text, p_ordre text)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return private.lecture_tenue(
    format('select coalesce(json_agg(t), ''[]'') from (select %s from public.%I where %I = $1 order by %I) t',
      private.colonnes_nommees(p_colonnes), p_relation, p_cle, p_ordre), p_id);
end;
$function$;

CREATE OR REPLACE FUNCTION private.lignes_facture(p_facture_id uuid)
 RETURNS public.factures_client_lignes[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (select array_agg(l order by l.rang) from public.factures_client_lignes l where l.facture_id = p_facture_id);
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
                       when a.etat = 'ABANDONNE' then private.dit_de_l_abandon(a)
                       when encode(a.empreinte, 'hex') <> d.dit ->> 'empreinte' then '{"contre": "IDEMPOTENCE_CONFLIT"}'
                       else jsonb_build_object('moment', a.moment, 'fait_le', a.fait_le, 'traite_le', a.traite_le,
                         'etat', a.etat, 'statut', a.statut_http, 'reponse', a.reponse) end order by d.rang), '[]')
        from jsonb_array_elements(v_lot.actes) with ordinality d (dit, rang)
        join private.actes_differes a on a.cle = (d.dit ->> 'cle')::uuid));
end;
$function$;

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
  -- Another sending of the same act may have been quicker, or its author have withdrawn it meanwhile.
  if v_avant.etat in ('APPLIQUE', 'ABANDONNE') then
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
  perform private.regler_horloge();
  return v_empreinte;
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
  if not exists (select from public.clients c where c.id = v_enc.client_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce client'));
  end if;
  v_enc.created_by := p_acteur.user_id;
  v_enc := private.completer_encaissement(v_enc);
  v_admis := private.exiger_jour_ouvert(v_enc.depot_id, v_enc.jour_caisse);
  return v_enc;
end;
$function$;

CREATE OR REPLACE FUNCTION private.nouvelle_facture(p_depot_id uuid, p_client_id uuid, p_devise text)
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_facture public.factures_client;
begin
  v_facture.id := private.nouvel_id();
  v_facture.depot_id := p_depot_id;
  v_facture.client_id := p_client_id;
  v_facture.type := 'FACTURE';
  v_facture.statut := 'BROUILLON';
  v_facture.devise := p_devise;
  v_facture.created_by := auth.uid();
  v_facture.created_at := now();
  return v_facture;
end;
$function$;

CREATE OR REPLACE FUNCTION private.numeroter_bon(p_bon public.bons_livraison, p_dit jsonb, p_exercice integer DEFAULT NULL::integer, p_code text DEFAULT NULL::text)
 RETURNS public.bons_livraison
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  p_bon.statut := 'CONFIRME';
  p_bon.confirme_par := auth.uid();
  p_bon.confirme_le := now();
  p_bon.dit := p_dit;
  p_bon.numero := private.prendre_numero(p_bon.depot_id, 'BL', p_exercice, p_bon.id, p_code);
  return p_bon;
end;
$function$;

CREATE OR REPLACE FUNCTION private.numeroter_facture(p_facture public.factures_client, p_lignes public.factures_client_lignes[], p_taxes public.factures_client_taxes[], p_neuve boolean, p_code text)
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_facture.total_ttc <= 0 then
    perform private.refuser('FACTURE_VIDE', jsonb_build_object('total_ttc', p_facture.total_ttc));
  end if;
  p_facture.statut := 'EMISE';
  p_facture.emise_par := auth.uid();
  p_facture.emise_le := clock_timestamp();
  p_facture.exercice := extract(year from p_facture.date_facture);
  -- From here to its end the transaction holds the series: nothing is looked for any more, it is only written.
  p_facture.numero := private.prendre_numero(p_facture.depot_id,
    case p_facture.type when 'AVOIR' then 'AVR' else 'FAC' end, p_facture.exercice, p_facture.id, p_code);
  p_facture.sequence := substring(p_facture.numero from '\d+$')::bigint;
  p_facture := private.suivre_derniere(p_facture);
  p_facture.empreinte := private.empreinte_suivante(p_facture.precedent,
    private.dire_facture(p_facture, p_lignes, p_taxes));
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
  return p_facture;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ouvrir_dues(p_encaissement public.encaissements, p_factures jsonb)
 RETURNS refcursor
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_dues refcursor;
begin
  if p_factures is null then
    -- One by one: a payment seldom settles more than the oldest of many.
    open v_dues for
      select r.ecriture_id, e.source_id as facture_id, e.reference as numero, r.debit as du, null::numeric as demande
        from private.restes_clients r join public.ecritures_tiers e on e.id = r.ecriture_id
       where r.client_id = p_encaissement.client_id and r.devise = p_encaissement.devise_compte and r.debit > 0
       order by r.client_id, r.devise, r.echeance, r.ordre;
    return v_dues;
  end if;
  open v_dues for
    select r.ecriture_id, e.source_id as facture_id, e.reference as numero, r.debit as du, d.montant as demande
      from (select distinct on (x.facture_id) x.*
              from (select (j ->> 'facture_id')::uuid as facture_id, (j ->> 'montant')::numeric as montant, n
                      from jsonb_array_elements(p_factures) with ordinality a (j, n)) x
             order by x.facture_id, x.n) d
      join public.ecritures_tiers e on e.source_type = 'factures_client' and e.source_id = d.facture_id
      join private.restes_clients r on r.ecriture_id = e.id
     where r.client_id = p_encaissement.client_id and r.devise = p_encaissement.devise_compte and r.debit > 0
     order by d.n, r.echeance, r.ordre;
  return v_dues;
end;
$function$;

CREATE OR REPLACE FUNCTION private.page_choisie(p_source text, p_colonnes text, p_heures text, p_depot text, p_cles text, p_sens text, p_lignes integer, p_conditions jsonb, p_apres jsonb, p_au text)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_page json;
begin
  -- Planned for the values it asks about: a plan that suits any tank looks for the few movements of a quiet one through
  -- the whole history. Row by row: there a plan of so many aggregates would cost more than they save.
  execute format('select json_agg(s.ligne) from (select json_build_array(%s, %s) as ligne from %s t where true%s%s '
    'order by %s limit %s) s',
    private.colonnes_vues(p_colonnes, p_heures, p_depot), private.colonnes_nommees(p_cles, 't.', '::text'),
    case when p_au is null then format('public.%I', p_source) else format('private.%I(%L)', p_source, p_au) end,
    (select string_agg(' and (' || private.condition_dite(c) || ')', '') from jsonb_array_elements(p_conditions) c),
    (select format(' and row(%s) %s row(%s)', private.colonnes_nommees(p_cles, 't.'),
              case p_sens when 'asc' then '>' else '<' end, string_agg(quote_literal(v), ', '))
       from jsonb_array_elements_text(p_apres) v having count(*) > 0),
    private.colonnes_nommees(p_cles, 't.', ' ' || p_sens), p_lignes)
    into v_page;
  return v_page;
end;
$function$;

CREATE OR REPLACE FUNCTION private.page_dite(p_relation text, p_colonnes text, p_cachees text, p_cles text, p_sens text, p_lignes integer)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- Column by column: of each it is then asked once what it is and how it is written, and its name is said by nobody.
  return private.lecture_tenue(format('select json_build_array(%s, %s) from (select %s from public.%I t order by %s '
    'limit %s) s',
    private.colonnes_nommees(p_colonnes, 'json_agg(s.', ')'),
    private.colonnes_nommees(p_cles, 'json_agg(s.', '::text)'),
    private.colonnes_nommees(concat_ws(',', p_colonnes, p_cachees), 't.'), p_relation,
    private.colonnes_nommees(p_cles, 't.', ' ' || p_sens), p_lignes));
end;
$function$;

CREATE OR REPLACE FUNCTION private.paiement_comptant(p_facture public.factures_client, p_paiement jsonb)
 RETURNS public.encaissements
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.payer_comptant(p_encaissement public.encaissements, p_facture public.factures_client, p_dette_id uuid, p_code text)
 RETURNS public.encaissements
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.porter_facture(p_facture public.factures_client)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ecriture public.ecritures_tiers;
  v_fait text;
begin
  v_ecriture.tiers_type := 'CLIENT';
  v_ecriture.client_id := p_facture.client_id;
  v_ecriture.depot_id := p_facture.depot_id;
  v_ecriture.devise := p_facture.devise;
  v_ecriture.date_valeur := p_facture.date_facture;
  v_ecriture.echeance := p_facture.date_echeance;
  v_ecriture.type := p_facture.type;
  v_ecriture.reference := p_facture.numero;
  v_ecriture.source_type := 'factures_client';
  v_ecriture.source_id := p_facture.id;
  if p_facture.type = 'AVOIR' then
    v_ecriture.libelle := 'Avoir ' || p_facture.numero;
    v_ecriture.credit := p_facture.total_ttc;
  else
    v_ecriture.libelle := 'Facture ' || p_facture.numero;
    v_ecriture.debit := p_facture.total_ttc;
  end if;
  v_fait := private.ouvrir_dossier_fiscal(p_facture);
  return private.ecrire_compte(v_ecriture);
end;
$function$;

CREATE OR REPLACE FUNCTION private.porter_receptions(p_receptions public.receptions[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_porte text;
begin
  v_porte := private.porter_aux_comptes(array(
    select row(n.depot_id, n.produit_id, n.partenaire_id, n.date_reception, n.volume_ambiant,
      n.volume_15c)::private.part
      from unnest(p_receptions) n where n.proprietaire_type = 'PARTENAIRE'));
end;
$function$;

CREATE OR REPLACE FUNCTION private.prendre_numero(p_depot_id uuid, p_serie text, p_exercice integer, p_objet_id uuid, p_code text DEFAULT NULL::text)
 RETURNS text
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_code text := p_code;
  v_exercice int := p_exercice;
  v_numero bigint;
begin
  if p_code is null or p_exercice is null then
    select d.code, coalesce(p_exercice, extract(year from private.jour_local(d.fuseau, now()))::int)
      into v_code, v_exercice from public.depots d where d.id = p_depot_id;
    if v_code is null then
      -- The company, or a depot that may issue nothing.
      v_code := private.code_emetteur(p_depot_id);
      v_exercice := p_exercice;
    end if;
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
  elsif v_acte.etat = 'ABANDONNE' then
    return private.dit_de_l_abandon(v_acte);
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
  v_reponses := private.exiger_precedents(v_acte,
    case when jsonb_typeof(v_dit -> 'exiges') = 'array' then private.cles_dites(v_dit -> 'exiges')
         else v_acte.precedents end, c_jours);
  update private.actes_differes a set etat = 'EN_COURS' where a.user_id = auth.uid() and a.cle = v_acte.cle;
  -- A refusal is judged again, what was done never is: the key holds, whoever else sends the same act at this moment.
  delete from private.idempotence i
   where i.user_id = auth.uid() and i.cle = v_acte.cle::text and i.statut_http >= 400;
  return jsonb_build_object('etat', 'EN_COURS', 'fait_le', v_acte.fait_le,
    'jour', coalesce(private.jour_au_depot(v_acte.depot_id, v_acte.fait_le),
      private.jour_local(private.fuseau_vu(null), v_acte.fait_le)), 'reponses', v_reponses);
end;
$function$;

CREATE OR REPLACE FUNCTION private.prix_de(p_vendable private.vendable, p_conditions public.clients_conditions)
 RETURNS numeric
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_prix numeric;
begin
  if p_vendable.commande is null then
    v_prix := private.prix_ou_rien(p_vendable.produit_id, p_vendable.client_id, p_vendable.depot_id, p_vendable.jour,
      p_conditions.devise, p_conditions.base);
    if v_prix is null then
      v_prix := private.prix(p_vendable.produit_id, p_vendable.client_id, p_vendable.depot_id, p_vendable.jour,
        p_conditions.devise, p_conditions.base);
    end if;
    return v_prix;
  end if;
  if p_vendable.devise <> p_conditions.devise then
    perform private.refuser('COMMANDE_DEVISE', jsonb_build_object('commande', p_vendable.commande,
      'devise', p_vendable.devise, 'devise_client', p_conditions.devise));
  end if;
  return p_vendable.prix_ht;
end;
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
  -- Those of this transaction so far, of which a client's request has one.
  if pg_stat_get_xact_tuples_inserted(tg_relid) >= private.lignes_au_plus() and tg_op = 'INSERT' then
    perform private.exiger_peu_de_lignes(tg_relid, pg_stat_get_xact_tuples_inserted(tg_relid) + 1);
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.receptions_apres_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_reception public.receptions;
  v_cdr public.cours_de_route;
  v_toutes public.receptions[];
  v_partagee boolean := false;
  v_fait text;
begin
  v_fait := private.exiger_read_committed();
  -- Their trucks in one order, whichever order their rows came in.
  for v_reception in select * from nouvelles n order by n.cours_de_route_id loop
    v_toutes := v_toutes || v_reception;
    v_partagee := v_partagee or v_reception.proprietaire_type = 'PARTENAIRE';
    if v_reception.cours_de_route_id is not null then
      v_cdr := private.verrouiller_camion(v_reception.cours_de_route_id);
      v_fait := private.exiger_camion(v_reception, v_cdr);
    end if;
  end loop;
  -- One, as nearly always: nothing to gather.
  if cardinality(v_toutes) = 1 then
    if v_cdr.id is not null then
      v_fait := private.exiger_volume_annonce(v_cdr, v_reception.volume_ambiant, v_reception.confirmer);
    end if;
    v_fait := private.verrouiller_citernes(v_reception.citerne_id);
  else
    v_fait := private.exiger_camions_distincts(v_toutes);
    perform private.exiger_volume_annonce(c, sum(n.volume_ambiant), bool_and(n.confirmer))
       from unnest(v_toutes) n join public.cours_de_route c on c.id = n.cours_de_route_id group by c.id;
    perform private.verrouiller_citernes(variadic array(select n.citerne_id from unnest(v_toutes) n));
    v_toutes := array(select n from unnest(v_toutes) n order by n.citerne_id);
  end if;
  foreach v_reception in array coalesce(v_toutes, '{}') loop
    v_fait := private.recevoir(v_reception);
    v_fait := private.journaliser('{RECEPTION_CREEE}'::text[], 'receptions', 'INFO', v_reception.id,
      v_reception.depot_id, to_jsonb(v_reception), v_reception.created_by);
  end loop;
  if v_partagee then
    v_fait := private.porter_receptions(v_toutes);
  end if;
  if cardinality(v_toutes) > 1 then
    perform private.decharger(n.cours_de_route_id, min(n.date_reception))
       from unnest(v_toutes) n where n.cours_de_route_id is not null
      group by n.cours_de_route_id order by n.cours_de_route_id;
  elsif v_cdr.id is not null then
    v_fait := private.decharger(v_cdr.id, v_reception.date_reception);
  end if;
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
  v_depots uuid[];
  -- What a rule that only refuses answers: asked as a value it is no query.
  v_permis text;
begin
  v_permis := private.exiger_ouvert();
  v_depots := (private.exiger('ecrire_reception')).depots;
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
  v_corrige := private.volume_15c(v_mesures, v_lieu, v_lieu.norme);

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

CREATE OR REPLACE FUNCTION private.recevoir(p_reception public.receptions)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_fait text;
begin
  v_fait := private.exiger_en_service(p_reception.citerne_id);
  v_fait := private.appliquer_mouvement(p_reception.citerne_id, p_reception.produit_id, p_reception.depot_id,
    p_reception.proprietaire_type, p_reception.date_reception, p_reception.volume_ambiant, p_reception.volume_15c);
  v_fait := private.exiger_contenance(p_reception.citerne_id, p_reception.date_reception, p_reception.volume_ambiant);
  v_fait := private.melanger(p_reception.citerne_id, p_reception.densite_a_15_kgm3, p_reception.volume_15c);
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
           'acte', a.acte ->> 'acte', 'exiges', a.acte -> 'exiges',
           'empreinte', encode(private.empreinte_d_acte(a.acte), 'hex')) order by a.rang),
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
  v_conditions constant public.clients_conditions := private.conditions_de(p_client_id);
  v_facture public.factures_client := private.nouvelle_facture(p_depot_id, p_client_id, v_conditions.devise);
begin
  v_facture.total_ht := private.ecrire_lignes_facture(v_facture, v_conditions, p_sorties, p_services);
  insert into public.factures_client select v_facture.*;
  return v_facture;
end;
$function$;

CREATE OR REPLACE FUNCTION private.regler_horloge()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- The stack that npm start runs does the same by itself (ops/pile/scheduled.ts).
  perform private.a_l_heure('sceller_journal', '* * * * *', 'select private.sceller_journal()',
    'appelez private.sceller_journal() vous-même, chaque minute', 'pg_cron');
  perform private.a_l_heure('surveiller', '* * * * *', 'select private.surveiller()',
    'appelez private.surveiller() vous-même, chaque minute', 'pg_cron');
  perform private.a_l_heure('taches_periodiques', '7 * * * *', 'select private.taches_periodiques()',
    'appelez private.taches_periodiques() vous-même, chaque heure', 'pg_cron');
  perform private.a_l_heure('envois', '* * * * *', 'select private.appeler_ouvrier()',
    'appelez la fonction envois/vider vous-même, chaque minute', 'pg_cron', 'pg_net');
  perform private.a_l_heure('rapprochement', '23 * * * *', 'select private.appeler_rapprochement()',
    'faites npm run ops -- paiements:rapprocher vous-même, chaque jour', 'pg_cron', 'pg_net');
end;
$function$;

CREATE OR REPLACE FUNCTION private.sceller_facture(p_facture public.factures_client, p_lignes public.factures_client_lignes[], p_taxes public.factures_client_taxes[])
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_fait text;
begin
  v_fait := private.verrouiller_tiers('CLIENT', p_facture.client_id);
  p_facture := private.numeroter_facture(p_facture, p_lignes, p_taxes, false, null);
  v_fait := private.porter_facture(p_facture);
  v_fait := private.journaliser(
    array[case p_facture.type when 'AVOIR' then 'AVOIR_EMIS' else 'FACTURE_CLIENT_EMISE' end], 'ventes', 'INFO',
    p_facture.id, p_facture.depot_id, private.details_facture(p_facture));
  return p_facture;
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
  v_sortie.avertissements := '[]'::jsonb;
  v_sortie := jsonb_populate_record(v_sortie, jsonb_strip_nulls(p_sortie));
  v_sortie.statut := p_statut;
  return v_sortie;
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
  p_sortie.avertissements := '[]'::jsonb;
  p_sortie.version := 1;
  perform private.exiger_sortie(p_sortie);
  return p_sortie;
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
     and 0 <= all (array[new.stock_ambiant, new.stock_15c]) and 'NaN' <> all (array[new.stock_ambiant, new.stock_15c])
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

CREATE OR REPLACE FUNCTION private.suivre_derniere(p_facture public.factures_client)
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
  v_avant := v_derniere;
  if v_derniere.date_facture > p_facture.date_facture then
    if v_derniere.date_facture > private.jour_au_depot(p_facture.depot_id, clock_timestamp()) then
      perform private.refuser('HORLOGE_RECULEE', jsonb_build_object('derniere', v_derniere.date_facture,
        'aujourdhui', p_facture.date_facture, 'numero', v_derniere.numero));
    end if;
    if v_derniere.exercice > p_facture.exercice then
      select f.exercice, f.date_facture, f.numero, f.empreinte into v_avant from public.factures_client f
       where f.depot_id = p_facture.depot_id and f.type = p_facture.type and f.exercice = p_facture.exercice
         and f.sequence is not null
       order by f.sequence desc limit 1;
    end if;
    if v_avant.date_facture > p_facture.date_facture then
      -- Midnight passed while it waited for its number: it is of the day it has one.
      p_facture.date_echeance := p_facture.date_echeance + (v_avant.date_facture - p_facture.date_facture);
      p_facture.date_facture := v_avant.date_facture;
    end if;
  end if;
  p_facture.precedent := v_avant.empreinte;
  return p_facture;
end;
$function$;

CREATE OR REPLACE FUNCTION private.taxe_de(p_facture public.factures_client, p_groupe text, p_taux numeric, p_base_ht numeric)
 RETURNS public.factures_client_taxes
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_taxe public.factures_client_taxes;
begin
  v_taxe.facture_id := p_facture.id;
  v_taxe.depot_id := p_facture.depot_id;
  v_taxe.groupe := p_groupe;
  v_taxe.taux := p_taux;
  v_taxe.base_ht := p_base_ht;
  v_taxe.montant_tva := private.tva(p_base_ht, p_taux);
  return v_taxe;
end;
$function$;

CREATE OR REPLACE FUNCTION private.taxer(p_facture public.factures_client, p_taxes public.factures_client_taxes[])
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_taxe public.factures_client_taxes;
begin
  p_facture.total_ht := 0;
  p_facture.total_tva := 0;
  foreach v_taxe in array p_taxes loop
    insert into public.factures_client_taxes select v_taxe.*;
    p_facture.total_ht := p_facture.total_ht + v_taxe.base_ht;
    p_facture.total_tva := p_facture.total_tva + v_taxe.montant_tva;
  end loop;
  p_facture.total_ttc := p_facture.total_ht + p_facture.total_tva;
  p_facture.total_ttc_cdf := round(p_facture.total_ttc * p_facture.taux_cdf, 2);
  p_facture.total_tva_cdf := round(p_facture.total_tva * p_facture.taux_cdf, 2);
  return p_facture;
end;
$function$;

CREATE OR REPLACE FUNCTION private.taxes_de(p_facture public.factures_client, p_lignes public.factures_client_lignes[])
 RETURNS public.factures_client_taxes[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if cardinality(p_lignes) > 1 then
    return array(
      select private.taxe_de(p_facture, l.tva_groupe, l.tva_taux, sum(l.montant_ht))
        from unnest(p_lignes) l group by l.tva_groupe, l.tva_taux order by l.tva_groupe);
  end if;
  -- One line, as at the counter: without a query.
  return array[private.taxe_de(p_facture, p_lignes[1].tva_groupe, p_lignes[1].tva_taux, p_lignes[1].montant_ht)];
end;
$function$;

CREATE OR REPLACE FUNCTION private.taxes_facture(p_facture_id uuid)
 RETURNS public.factures_client_taxes[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (select array_agg(t order by t.groupe) from public.factures_client_taxes t where t.facture_id = p_facture_id);
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
  v_fait := private.journaliser(
    case when p_creee then '{SORTIE_CREEE,SORTIE_VALIDEE}'::text[] else '{SORTIE_VALIDEE}'::text[] end, 'sorties',
      'INFO', p_sortie.id, p_sortie.depot_id, to_jsonb(p_sortie), p_sortie.validated_by);
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

CREATE OR REPLACE FUNCTION private.tracer_comptant(p_bon public.bons_livraison, p_facture public.factures_client, p_encaissement public.encaissements)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$;

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
  v_corrige := private.volume_15c(v_mesures, v_source, v_source.norme);
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

CREATE OR REPLACE FUNCTION private.tva(p_base_ht numeric, p_taux numeric)
 RETURNS numeric
 LANGUAGE sql
 IMMUTABLE
RETURN round(((p_base_ht * p_taux) / (100)::numeric), 2);

CREATE OR REPLACE FUNCTION private.verrouiller_camion(p_cours_de_route_id uuid)
 RETURNS public.cours_de_route
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_cdr public.cours_de_route;
begin
  -- Not "for update": whoever waits already holds each truck by its key.
  select * into v_cdr from public.cours_de_route c where c.id = p_cours_de_route_id for no key update;
  if v_cdr.statut <> 'ARRIVE' then
    perform private.refuser('CDR_NON_ARRIVE', jsonb_build_object('statut', v_cdr.statut));
  end if;
  return v_cdr;
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
  -- One account, nearly always, and asked of by each rule of an act: without a query.
  if cardinality(p_ids) = 1 and current_setting('transaction_isolation') = 'read committed' then
    v_pris := pg_advisory_xact_lock(private.cle_compte(p_type, p_ids[1]));
    return;
  end if;
  v_pris := private.exiger_read_committed();
  perform pg_advisory_xact_lock(t.verrou)
     from (select distinct private.cle_compte(p_type, i.id) as verrou from unnest(p_ids) i (id)
       order by 1) t;
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
  -- Ahead of the tanks, as whoever changes one.
  perform private.reserver_lieux('{}', array[p_depot_id], true);
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
  v_bon := private.numeroter_bon(v_bon, private.dit_du_bon(v_sortie));
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
  v_avoir := private.sceller_facture(v_avoir, private.lignes_facture(v_avoir.id), private.taxes_facture(v_avoir.id));
  perform private.lettrer_avoirs(v_origine.id);
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
  v_lignes public.factures_client_lignes[];
  v_fait text;
begin
  v_fait := private.exiger_read_committed();
  v_facture := private.brouillon_facture(p_id);
  v_fait := private.exiger_quatre_yeux(v_facture.created_by);
  v_lignes := private.lignes_facture(p_id);
  v_fait := private.exiger_lignes_fraiches(v_facture, v_lignes);
  v_facture := private.emettre(v_facture, v_lignes);
  v_fait := private.affecter_avances(v_facture.id);
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
  perform private.exiger_jour_ouvert(v_bon.depot_id, v_bon.date_livraison);
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
    v_facture := private.emettre(v_facture, private.lignes_facture(v_facture.id));
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
    || coalesce(v_bon.dit, (select private.dit_du_bon(s) from public.sorties_produit s where s.id = v_bon.sortie_id));
  return v_dit || jsonb_build_object('empreinte', encode(sha256(convert_to(
      (v_dit #- '{bon,statut}' #- '{bon,motif_annulation}')::text, 'UTF8')), 'hex'),
    'exemplaire', private.compter_impression('BON', p_id, v_bon.depot_id));
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
  -- In the order of clore_periode.
  perform private.reserver_lieux('{}', array[v_periode.depot_id], true);
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
$function$;

ALTER TABLE "private"."actes_differes" ADD CONSTRAINT "actes_differes_etat_check" CHECK ((etat = ANY (ARRAY['RECU'::text, 'EN_COURS'::text, 'APPLIQUE'::text, 'REFUSE'::text, 'EN_ATTENTE'::text, 'NON_TRAITE'::text, 'ABANDONNE'::text])));

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
          WHERE ((k.capacite = 'valider_sortie'::text) AND (NOT k.second_facteur))), '{}'::text[]) AS validateurs,
    COALESCE(private.clos_jusqu_au(c.depot_id), '2019-12-31'::date) AS clos_au,
        CASE
            WHEN c.logique THEN (0)::numeric
            ELSE c.capacite_securite
        END AS reserve
   FROM ((public.citernes c
     JOIN public.depots d ON ((d.id = c.depot_id)))
     JOIN public.produits p ON ((p.id = c.produit_id)));;

CREATE TRIGGER citernes_lieux_reserver BEFORE INSERT OR DELETE OR UPDATE OF id, nom, statut, logique, depot_id, produit_id, capacite_securite ON public.citernes FOR EACH ROW EXECUTE FUNCTION private.lieux_reserver();

ALTER TABLE "public"."citernes" ENABLE ALWAYS TRIGGER "citernes_lieux_reserver";

CREATE TRIGGER citernes_lieux AFTER INSERT OR UPDATE OF id, nom, statut, logique, depot_id, produit_id, capacite_securite ON public.citernes FOR EACH ROW EXECUTE FUNCTION private.lieux_suivre();

ALTER TABLE "public"."citernes" ENABLE ALWAYS TRIGGER "citernes_lieux";

CREATE TRIGGER periodes_closes_lieux AFTER INSERT OR DELETE OR UPDATE ON public.periodes_closes FOR EACH ROW EXECUTE FUNCTION private.lieux_suivre_periodes();

ALTER TABLE "public"."periodes_closes" ENABLE ALWAYS TRIGGER "periodes_closes_lieux";

CREATE TRIGGER receptions_gel BEFORE DELETE OR UPDATE ON public.receptions FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

COMMENT ON COLUMN "private"."actes_differes"."reponse" IS 'The row its door answered, or the problem; of one that was withdrawn, why.';

COMMENT ON COLUMN "private"."lieux"."clos_au" IS 'Last closed day of the depot, flag or not; before the books where none is.';

COMMENT ON COLUMN "private"."lieux"."reserve" IS 'Litres that must stay in the tank: citernes.capacite_securite, 0 where it is logical.';

COMMENT ON COLUMN "private"."lots_differes"."actes" IS 'In the order sent: key and fingerprint (SHA-256, hexadecimal) of each act, and the keys of those it cannot be done without (exiges).';

COMMENT ON FUNCTION "private"."abandonner_acte"(uuid, uuid, text) IS 'Withdraws, for good, an act of the caller''s own that is not done, whether its batch has come or not: its key is of no more use to its door. p_lot: its batch; p_motif: why. Answers as lire_lot does of one act; said again, the first reason stands. Logs ACTE_DIFFERE_ABANDONNE. Raises CLE_D_AUTRUI, ACTE_DEJA_FAIT.';

COMMENT ON FUNCTION "private"."admis"(text, text[], private.capacites) IS 'Whether a role, or what is given to somebody beside it, has a capability; false for nobody. Inlined where it is used.';

COMMENT ON FUNCTION "private"."client_du_bon"(public.clients) IS 'A client as a delivery note names them. Inlined where it is used.';

COMMENT ON FUNCTION "private"."colonnes_nommees"(text, text, text) IS 'Columns, told with commas between them, as a statement lists them; each between p_avant and p_apres. Inlined where it is used.';

COMMENT ON FUNCTION "private"."colonnes_vues"(text, text, text) IS 'Columns of the rows t of a page, as its query has them: those of p_heures as the clock of the depot p_depot said them; of a depot that is none, the company''s.';

COMMENT ON FUNCTION "private"."completer_encaissement"(public.encaissements) IS 'A payment, checked and completed, not yet written, whoever says it; its client is the caller''s to ask. Raises DATE_FUTURE, ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, CAISSE_CLOTUREE, TAUX_ABSENT.';

COMMENT ON FUNCTION "private"."condition_dite"(jsonb) IS 'A condition on the rows t of a page, as its query has it. {sorte, colonnes, valeur}: any of the columns est, all of them together contient, the first is depuis or jusqu_a; or a moment, depuis_le_jour and jusqu_au_jour, days of depot_id. Null for another sorte: the query is then none.';

COMMENT ON FUNCTION "private"."dater_facture"(public.factures_client, public.clients, integer, date) IS 'An invoice as of the day it is issued: its client as they are, its due day, the rate. Raises CLIENT_INCOMPLET, TAUX_ABSENT.';

COMMENT ON FUNCTION "private"."decharger"(uuid, date) IS 'Closes a truck that was received on a day, and judges what was lost on its way. Raises ROLE_FORBIDDEN, PROFORMA_ETAT, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."deplacer_jours"(uuid, uuid, text, date, date, numeric, numeric, boolean, numeric) IS 'Takes litres (negative: adds) from the snapshot and from its days from p_jour to p_dernier_jour. False, and nothing done, where p_dernier_jour is not the last day it has, or where less than p_reserve litres as measured, or less than none at 15 °C, would be left. The caller has the lock.';

COMMENT ON FUNCTION "private"."details_encaissement"(public.encaissements) IS 'What the log keeps of a payment. Inlined where it is used.';

COMMENT ON FUNCTION "private"."details_facture"(public.factures_client) IS 'What the log keeps of an invoice just issued. Inlined where it is used.';

COMMENT ON FUNCTION "private"."dire_bon"(public.sorties_produit, jsonb, text, jsonb) IS 'What the paper of a note says beside the note: who sells, to whom, what, and what left the tank (litres, °C, kg/m³).';

COMMENT ON FUNCTION "private"."dire_facture"(public.factures_client) IS 'All that an invoice says, its lines and taxes as they are written.';

COMMENT ON FUNCTION "private"."dire_facture"(public.factures_client, public.factures_client_lignes[], public.factures_client_taxes[]) IS 'All that an invoice says, with its lines by rank and its taxes by group, the same for ever: what its hash is of.';

COMMENT ON FUNCTION "private"."dire_lettre"(uuid, text, numeric, numeric) IS 'What a receipt says of an invoice that it closes, wholly or in part. Inlined where it is used.';

COMMENT ON FUNCTION "private"."dit_de_l_abandon"(private.actes_differes) IS 'What is answered of an act that was withdrawn: when, and why (motif).';

COMMENT ON FUNCTION "private"."dit_du_bon"(public.sorties_produit) IS 'private.dire_bon of a sortie, as things stand.';

COMMENT ON FUNCTION "private"."ecrire_lettrage"(uuid, uuid, numeric) IS 'Settles two entries of whoever has looked at both, or has just written both, under the mutex of their account.';

COMMENT ON FUNCTION "private"."ecriture_paiement"(public.encaissements) IS 'A payment in the account of its client, under its receipt''s number; gives its id. Raises ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."emettre"(public.factures_client, public.factures_client_lignes[]) IS 'Issues a draft whose lines are right: client, day, rate, taxes, totals, then private.sceller_facture. Raises CLIENT_INCOMPLET, TAUX_ABSENT, and what private.sceller_facture raises.';

COMMENT ON FUNCTION "private"."empreinte_suivante"(bytea, text) IS 'SHA-256 of the hash before it and of what is said. Inlined where it is used.';

COMMENT ON FUNCTION "private"."exiger_a_l_ecriture"() IS 'A policy hides the rows one may not change, so that the client says « enregistré » of nothing done: this refuses the statement, but what a trigger says. Argument of the trigger: the capability. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."exiger_camion_du_lot"(uuid, uuid) IS 'Refuses to take a truck out of a lot that it is not in, as the caller sees it. Raises INTROUVABLE.';

COMMENT ON FUNCTION "private"."exiger_camions_distincts"(public.receptions[]) IS 'No truck fills one tank twice in one statement, but from compartments that are said. Raises CDR_NON_ARRIVE.';

COMMENT ON FUNCTION "private"."exiger_lignes_fraiches"(public.factures_client, public.factures_client_lignes[]) IS 'What a draft says is what stands now: litres, notes, prices, taxes, terms. Raises FACTURE_CLIENT_PERIMEE, SORTIE_NON_FACTURABLE, INTROUVABLE, TARIF_ABSENT, COMMANDE_DEVISE, TVA_NON_FIXEE.';

COMMENT ON FUNCTION "private"."exiger_precedents"(private.actes_differes, uuid[], integer) IS 'What was answered to the acts that this one depends on, by key; all of them must be done, but for what was withdrawn and it does not need. p_exiges: what it needs. p_jours: how late an act may come; what was done before this one and is still not there then never will be. Raises ACTES_EN_CERCLE, PRECEDENT_PERDU, ACTE_ATTENDU, PRECEDENT_D_AUTRUI, PRECEDENT_ABANDONNE, ACTE_DEPENDANT.';

COMMENT ON FUNCTION "private"."exiger_toutes"(text[]) IS 'Who is asking, who may all of these: asked at once, and one by one only where that does not settle it. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."exiger_volume_annonce"(public.cours_de_route, numeric, boolean) IS 'Refuses ten times or more what a truck announced (litres), all its tanks together, unless that was confirmed: then logs RECEPTION_CONFIRMEE, WARNING. Raises VOLUME_HORS_ANNONCE.';

COMMENT ON FUNCTION "private"."facturer_comptant"(public.sorties_produit, public.bons_livraison, public.clients, public.clients_conditions, public.depots, public.produits, date) IS 'The invoice of a sortie just validated and of its note, written as issued, under the mutex of its client''s account. Raises TARIF_ABSENT, TVA_NON_FIXEE, CLIENT_INCOMPLET, TAUX_ABSENT, FACTURE_VIDE, DEPOT_SANS_CODE, HORLOGE_RECULEE, ISOLATION_INTERDITE, ECRITURES_GELEES, and 23xxx.';

COMMENT ON FUNCTION "private"."journaliser"(text[], text, text, uuid, uuid, jsonb, uuid, uuid[], jsonb[]) IS 'Writes the lines of what one call did to one target, in its order, in the name of p_user_id, whom the rule that calls has just read; null: of the calling user. Without one, details.role_sql says which database role, and acteur which system it acted for. p_cibles, p_leurs_details: a target and details a line, of an act that has several; what p_details says is said of each. Called by the rules only, who alone write here: the level is asked of them and not by a check, whose text is read again at every line.';

COMMENT ON FUNCTION "private"."lecture_tenue"(text, text) IS 'What a query of one JSON value reads, as the caller, by a plan that the session keeps: p_valeur is its $1. Behind a pooler too, whoever has the session next. For the queries that are few, of our own making: each stays for as long as its session. PostgreSQL makes the plan again for another role, and where what it reads has changed.';

COMMENT ON FUNCTION "private"."lieux_suivre"() IS 'Keeps private.lieux as what it copies: of the tank, or of all tanks of the depot or of the product, that changed. Raises ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."lieux_suivre_periodes"() IS 'Keeps the last closed day of private.lieux as the depot has it whose days were closed or opened. Raises ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."ligne_admise"(text) IS 'Whether private.texte_admis takes a text of one line, of whoever asks several things in one condition; null for null. Inlined where it is used.';

COMMENT ON FUNCTION "private"."ligne_de"(private.vendable, public.clients_conditions, date, integer) IS 'The line of a sortie as it is invoiced on a day, at the price of its order or of its own day; its invoice is the caller''s to say. Raises TARIF_ABSENT, COMMANDE_DEVISE, TVA_NON_FIXEE.';

COMMENT ON FUNCTION "private"."ligne_dite"(text, text, text, text, text) IS 'One row of a table or view of public, as the caller sees it: p_cle, the column that is p_id; p_quoi, what it is called where it is not there. Raises INTROUVABLE.';

COMMENT ON FUNCTION "private"."lignes_de"(uuid[], public.clients_conditions, date) IS 'Lines of sorties as they are invoiced on a day, in their order. Raises TARIF_ABSENT, COMMANDE_DEVISE, TVA_NON_FIXEE. Inlined where it is used.';

COMMENT ON FUNCTION "private"."lignes_dites"(text, text, text, text, text) IS 'The few rows of a table or view of public that belong to one thing, as the caller sees them, in order of one of their columns.';

COMMENT ON FUNCTION "private"."lignes_facture"(uuid) IS 'Lines of an invoice, by rank; null for none.';

COMMENT ON FUNCTION "private"."noter_acte"(uuid, text, integer, jsonb) IS 'Remembers how an act ended: its door''s answer, or the problem. What is APPLIQUE or ABANDONNE stays so. Logs ACTE_DIFFERE_REFUSE where it is refused for a reason it was not refused for before.';

COMMENT ON FUNCTION "private"."noter_etat"(text) IS 'Last statement of whatever brings this database to a state: notes what it is at, under the name of the migration (p_nom), makes the copy of the tanks again (private.lieux), and sets the server''s clock (private.regler_horloge). Gives the fingerprint. Owner only.';

COMMENT ON FUNCTION "private"."nouveau_bon"(public.sorties_produit, jsonb) IS 'A note of a sortie, not yet written: what is not said of it is the sortie''s. Its day is the caller''s to ask.';

COMMENT ON FUNCTION "private"."nouvelle_facture"(uuid, uuid, text) IS 'The draft of an invoice in a currency, not yet written and without lines.';

COMMENT ON FUNCTION "private"."numeroter_bon"(public.bons_livraison, jsonb, integer, text) IS 'The note as confirmed, with its number, of this year and depot''s code where the caller has read them. Raises DEPOT_SANS_CODE.';

COMMENT ON FUNCTION "private"."numeroter_facture"(public.factures_client, public.factures_client_lignes[], public.factures_client_taxes[], boolean, text) IS 'An invoice with its number and its hash, written as issued, under the mutex of its client''s account; p_neuve: of it only lines and taxes were written; p_code: the depot''s own, of whoever has read it. Raises FACTURE_VIDE, DEPOT_SANS_CODE, HORLOGE_RECULEE, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."ouvrir_dues"(public.encaissements, jsonb) IS 'What a payment settles, in order, row by row (private.due): the invoices that were named, else all that is due, oldest first.';

COMMENT ON FUNCTION "private"."page_choisie"(text, text, text, text, text, text, integer, jsonb, jsonb, text) IS 'Rows of a table or view of public as the caller sees them, p_lignes at most, in the order of p_cles, asc or desc (p_sens): of each row the values of p_colonnes, then as text those of p_cles; null where there is no row. p_conditions: see condition_dite; p_apres: the keys of the row before the first; p_heures: columns told by the clock of the depot p_depot. p_au: p_source is a function of private that gives the same rows as they stood at the end of that day.';

COMMENT ON FUNCTION "private"."page_dite"(text, text, text, text, text, integer) IS 'The first rows of a table or view of public as the caller sees them, p_lignes at most, in the order of p_cles, asc or desc (p_sens): of each of p_colonnes, then as text of each of p_cles, the values of all rows in their order; null where there is no row. p_cachees: those of p_cles that are not of p_colonnes. Its plan is kept: what is asked without a value is of one form a list.';

COMMENT ON FUNCTION "private"."paiement_comptant"(public.factures_client, jsonb) IS 'The payment of an invoice in full, now, in the currency that is handed over. Raises COMPTANT_INSUFFISANT, ENCAISSEMENT_EN_LIGNE, FORME_INATTENDUE, TAUX_ABSENT, and 22xxx.';

COMMENT ON FUNCTION "private"."payer_comptant"(public.encaissements, public.factures_client, uuid, text) IS 'The payment of an invoice that this transaction has just issued: its receipt, its entry, which settles the invoice''s. Raises REFERENCE_REQUISE, OPERATEUR_REQUIS, REFERENCE_DEJA_UTILISEE, CAISSE_CLOTUREE, DEPOT_SANS_CODE, TAUX_ABSENT, ISOLATION_INTERDITE, ECRITURES_GELEES, and 23xxx.';

COMMENT ON FUNCTION "private"."porter_facture"(public.factures_client) IS 'What an invoice just issued is owed: its entry, whose id it gives, and its fiscal file. Raises ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."porter_receptions"(public.receptions[]) IS 'What partners received enters their accounts. Raises ISOLATION_INTERDITE, ECRITURES_GELEES, PERIODE_CLOSE, PARTENAIRE_SOLDE_INSUFFISANT.';

COMMENT ON FUNCTION "private"."prendre_numero"(uuid, text, integer, uuid, text) IS 'The next number of a series, printed, for a document that this transaction issues; its row stays locked until the end, so it is taken last. Without a year (p_exercice): of the one it is at the depot. p_code: the depot''s own, of whoever has just read it. Raises DEPOT_SANS_CODE.';

COMMENT ON FUNCTION "private"."preparer_acte"(uuid, integer) IS 'What the door of an act must know before it is asked: p_rang is its place in its batch, from 0. {etat, statut, reponse} where it is done, motif where it was withdrawn; else {etat, fait_le, jour (at its depot), reponses: of the acts it depends on}. A refusal that its door has kept is forgotten. Raises CLE_D_AUTRUI, IDEMPOTENCE_CONFLIT, MOMENT_FUTUR, MOMENT_TROP_ANCIEN, ACTES_EN_CERCLE, PRECEDENT_PERDU, ACTE_ATTENDU, PRECEDENT_D_AUTRUI, PRECEDENT_ABANDONNE, ACTE_DEPENDANT.';

COMMENT ON FUNCTION "private"."reception_garder"() IS 'What every réception holds, completed, whoever writes it: measures that a depot reads, a known owner and state, a day of the books, a note that people read; so many a request. Raises DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, TROP_DE_LIGNES, 23514 naming the column.';

COMMENT ON FUNCTION "private"."receptions_avant_insert"() IS 'Checks and completes a réception, in the order a clerk would: role, CDR, tank, owner, day, volume, volume at 15 °C. Raises ROLE_FORBIDDEN, CDR_REQUIS, INTROUVABLE, CDR_NON_ARRIVE, CITERNE_INACTIVE_OR_INCOMPATIBLE, PARTENAIRE_REQUIS, REFERENTIEL_INACTIF, NOTE_REQUISE, DATE_FUTURE, RECEPTION_AVANT_CHARGEMENT, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, MESURES_INCOHERENTES, COMPTEUR_INCONNU, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, DENSITE_OBSERVEE_REQUISE, DENSITE_HORS_PRODUIT, ASTM_HORS_DOMAINE, VOLUME_15C_INCOHERENT, VOLUME_TROP_PETIT, ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."recevoir"(public.receptions) IS 'Credits the stock of a tank that is held with a réception, on every day it has room. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';

COMMENT ON FUNCTION "private"."recevoir_lot"(uuid, text, timestamp with time zone, jsonb) IS 'Remembers a batch and its acts, each by its key: what came before stays as it was. p_maintenant: the phone''s clock; p_actes: [{cle, acte, moment, version, corps, lieu, precedents, exiges, probleme}], lieu the tank or depot it names, precedents the keys it depends on, exiges those of them it cannot be done without, probleme where its shape was refused already. Answers as lire_lot does. Logs SYNCHRONISATION_RECUE, once. Called by the door only. Raises HORLOGE_FAUSSE.';

COMMENT ON FUNCTION "private"."regler_horloge"() IS 'Tells the server''s own clock, where it has one, all that is to be done from time to time. Each migration ends with it (private.noter_etat): what is scheduled is no object that a migration could be made from. Run again it does no harm. Owner only.';

COMMENT ON FUNCTION "private"."sceller_facture"(public.factures_client, public.factures_client_lignes[], public.factures_client_taxes[]) IS 'The last of issuing a draft: account, number, hash, entry, log. Raises FACTURE_VIDE, DEPOT_SANS_CODE, HORLOGE_RECULEE, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."suivre_derniere"(public.factures_client) IS 'An invoice that has just had its number, chained to the last of its series and of no earlier day. Raises HORLOGE_RECULEE.';

COMMENT ON FUNCTION "private"."taxe_de"(public.factures_client, text, numeric, numeric) IS 'Tax of an invoice for one group, of what is owed before it.';

COMMENT ON FUNCTION "private"."taxer"(public.factures_client, public.factures_client_taxes[]) IS 'Writes the taxes of an invoice, and gives it its totals, in its currency and in francs.';

COMMENT ON FUNCTION "private"."taxes_de"(public.factures_client, public.factures_client_lignes[]) IS 'Tax of the lines of an invoice, group by group.';

COMMENT ON FUNCTION "private"."taxes_facture"(uuid) IS 'Taxes of an invoice, by group; null for none.';

COMMENT ON FUNCTION "private"."tracer_comptant"(public.bons_livraison, public.factures_client, public.encaissements) IS 'The lines of a counter sale, its sortie''s apart: note, invoice and payment, as each by itself would have them.';

COMMENT ON FUNCTION "private"."tva"(numeric, numeric) IS 'Tax of an amount, to the cent. Inlined where it is used.';

COMMENT ON FUNCTION "private"."verrouiller_camion"(uuid) IS 'Takes a truck, those of a statement in one order, and asks it again whether it may be received: another may just have been quicker. Raises CDR_NON_ARRIVE.';

COMMENT ON FUNCTION "public"."vendre_comptant"(jsonb) IS 'A sale at the counter: {sortie: as creer_et_valider_sortie takes it, bon_livraison: {destinataire, lieu, recu_par}, paiement: {mode, operateur_mobile, devise, montant_remis, reference}}. Makes and validates the sortie, confirms its note, issues its invoice, records its payment in full. Gives their ids. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, FORME_INATTENDUE, INVALID_ID_OR_STATE, BENEFICIAIRE_REQUIRED, CITERNE_INACTIVE_OR_INCOMPATIBLE, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, INSUFFICIENT_STOCK, SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, SORTIE_CAPACITE_SECURITE, STOCK_FUTUR_NEGATIF, REFERENTIEL_INACTIF, PARTENAIRE_REQUIS, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, VOLUME_15C_INCOHERENT, MESURES_INCOHERENTES, VOLUME_TROP_PETIT, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, CHAMP_INCONNU, DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, PLAQUE_INVALIDE, DATE_FUTURE, ENV_INTERDIT, ECRITURES_GELEES, DENSITE_HORS_PRODUIT, DEPOT_SANS_CODE, TVA_NON_FIXEE, TAUX_ABSENT, TARIF_ABSENT, SORTIE_NON_FACTURABLE, FACTURE_VIDE, CLIENT_INCOMPLET, HORLOGE_RECULEE, ENCAISSEMENT_ETAT, ENCAISSEMENT_EN_LIGNE, REFERENCE_REQUISE, OPERATEUR_REQUIS, REFERENCE_DEJA_UTILISEE, CAISSE_CLOTUREE, COMMANDE_ETAT, COMMANDE_DEVISE, COMMANDE_INCOMPATIBLE, COMMANDE_EXPIREE, COMMANDE_DEPASSEE, CREDIT_DEPASSE, CLIENT_SUSPENDU, COMPTANT_INSUFFISANT, COMPTEUR_INCONNU, COMPTEUR_CHEVAUCHEMENT, NOTE_REQUISE, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';

COMMENT ON TYPE "private"."due" IS 'An invoice that a payment may settle: its entry, what is due of it, and what of the payment was said to be for it.';

COMMENT ON VIEW "private"."lieux_vrais" IS 'What private.lieux holds, as the tables have it.';

REVOKE ALL ON FUNCTION "private"."abandonner_acte"(uuid, uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."abandonner_acte"(uuid, uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."admis"(text, text[], private.capacites) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."admis"(text, text[], private.capacites) TO "postgres";

REVOKE ALL ON FUNCTION "private"."client_du_bon"(public.clients) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."client_du_bon"(public.clients) TO "postgres";

REVOKE ALL ON FUNCTION "private"."colonnes_nommees"(text, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."colonnes_nommees"(text, text, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."colonnes_vues"(text, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."colonnes_vues"(text, text, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."condition_dite"(jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."condition_dite"(jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."dater_facture"(public.factures_client, public.clients, integer, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dater_facture"(public.factures_client, public.clients, integer, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."decharger"(uuid, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."decharger"(uuid, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."deplacer_jours"(uuid, uuid, text, date, date, numeric, numeric, boolean, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."deplacer_jours"(uuid, uuid, text, date, date, numeric, numeric, boolean, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."details_encaissement"(public.encaissements) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."details_encaissement"(public.encaissements) TO "postgres";

REVOKE ALL ON FUNCTION "private"."details_facture"(public.factures_client) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."details_facture"(public.factures_client) TO "postgres";

REVOKE ALL ON FUNCTION "private"."dire_bon"(public.sorties_produit, jsonb, text, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dire_bon"(public.sorties_produit, jsonb, text, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."dire_facture"(public.factures_client, public.factures_client_lignes[], public.factures_client_taxes[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dire_facture"(public.factures_client, public.factures_client_lignes[], public.factures_client_taxes[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."dire_lettre"(uuid, text, numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dire_lettre"(uuid, text, numeric, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."dit_de_l_abandon"(private.actes_differes) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dit_de_l_abandon"(private.actes_differes) TO "postgres";

REVOKE ALL ON FUNCTION "private"."dit_du_bon"(public.sorties_produit) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dit_du_bon"(public.sorties_produit) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecrire_lettrage"(uuid, uuid, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecrire_lettrage"(uuid, uuid, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecriture_paiement"(public.encaissements) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecriture_paiement"(public.encaissements) TO "postgres";

REVOKE ALL ON FUNCTION "private"."emettre"(public.factures_client, public.factures_client_lignes[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."emettre"(public.factures_client, public.factures_client_lignes[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."empreinte_suivante"(bytea, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."empreinte_suivante"(bytea, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_camion_du_lot"(uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_camion_du_lot"(uuid, uuid) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_camions_distincts"(public.receptions[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_camions_distincts"(public.receptions[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_lignes_fraiches"(public.factures_client, public.factures_client_lignes[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_lignes_fraiches"(public.factures_client, public.factures_client_lignes[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_precedents"(private.actes_differes, uuid[], integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_precedents"(private.actes_differes, uuid[], integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_toutes"(text[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_toutes"(text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_volume_annonce"(public.cours_de_route, numeric, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_volume_annonce"(public.cours_de_route, numeric, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."facturer_comptant"(public.sorties_produit, public.bons_livraison, public.clients, public.clients_conditions, public.depots, public.produits, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facturer_comptant"(public.sorties_produit, public.bons_livraison, public.clients, public.clients_conditions, public.depots, public.produits, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."journaliser"(text[], text, text, uuid, uuid, jsonb, uuid, uuid[], jsonb[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."journaliser"(text[], text, text, uuid, uuid, jsonb, uuid, uuid[], jsonb[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lecture_tenue"(text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lecture_tenue"(text, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."lieux_suivre_periodes"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lieux_suivre_periodes"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."ligne_admise"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ligne_admise"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ligne_de"(private.vendable, public.clients_conditions, date, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ligne_de"(private.vendable, public.clients_conditions, date, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ligne_dite"(text, text, text, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ligne_dite"(text, text, text, text, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."lignes_de"(uuid[], public.clients_conditions, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lignes_de"(uuid[], public.clients_conditions, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lignes_dites"(text, text, text, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lignes_dites"(text, text, text, text, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."lignes_facture"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lignes_facture"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."nouvelle_facture"(uuid, uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."nouvelle_facture"(uuid, uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."numeroter_bon"(public.bons_livraison, jsonb, integer, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."numeroter_bon"(public.bons_livraison, jsonb, integer, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."numeroter_facture"(public.factures_client, public.factures_client_lignes[], public.factures_client_taxes[], boolean, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."numeroter_facture"(public.factures_client, public.factures_client_lignes[], public.factures_client_taxes[], boolean, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ouvrir_dues"(public.encaissements, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ouvrir_dues"(public.encaissements, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."page_choisie"(text, text, text, text, text, text, integer, jsonb, jsonb, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."page_choisie"(text, text, text, text, text, text, integer, jsonb, jsonb, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."page_dite"(text, text, text, text, text, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."page_dite"(text, text, text, text, text, integer) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."paiement_comptant"(public.factures_client, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."paiement_comptant"(public.factures_client, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."payer_comptant"(public.encaissements, public.factures_client, uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."payer_comptant"(public.encaissements, public.factures_client, uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."porter_facture"(public.factures_client) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."porter_facture"(public.factures_client) TO "postgres";

REVOKE ALL ON FUNCTION "private"."porter_receptions"(public.receptions[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."porter_receptions"(public.receptions[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."prendre_numero"(uuid, text, integer, uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."prendre_numero"(uuid, text, integer, uuid, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."recevoir"(public.receptions) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."recevoir"(public.receptions) TO "postgres";

REVOKE ALL ON FUNCTION "private"."regler_horloge"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."regler_horloge"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."sceller_facture"(public.factures_client, public.factures_client_lignes[], public.factures_client_taxes[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."sceller_facture"(public.factures_client, public.factures_client_lignes[], public.factures_client_taxes[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."suivre_derniere"(public.factures_client) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."suivre_derniere"(public.factures_client) TO "postgres";

REVOKE ALL ON FUNCTION "private"."taxe_de"(public.factures_client, text, numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."taxe_de"(public.factures_client, text, numeric, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."taxer"(public.factures_client, public.factures_client_taxes[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."taxer"(public.factures_client, public.factures_client_taxes[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."taxes_de"(public.factures_client, public.factures_client_lignes[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."taxes_de"(public.factures_client, public.factures_client_lignes[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."taxes_facture"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."taxes_facture"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tracer_comptant"(public.bons_livraison, public.factures_client, public.encaissements) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."tracer_comptant"(public.bons_livraison, public.factures_client, public.encaissements) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tva"(numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."tva"(numeric, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."verrouiller_camion"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."verrouiller_camion"(uuid) TO "postgres";

GRANT USAGE ON TYPE "private"."due" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."lieux_vrais" TO "postgres";

insert into private.refus as r (code, statut_http, phrase, sens, conduite) values
  ('PRECEDENT_ABANDONNE', 409, 'Cet acte en suit un autre, qui a été abandonné (« {motif} »).',
    'L''acte que celui-ci cite, ou qu''il dit suivre (detail : depend_de, acte, motif), a été retiré par qui l''avait '
    'fait. Rien n''a été écrit.',
    'Abandonner aussi celui-ci, ou le refaire avec une clé neuve sans ce qui a été abandonné.'),
  ('ACTE_DEJA_FAIT', 409, 'Cet acte est déjà fait : il ne s''abandonne plus.',
    'L''acte fait sans ligne a été appliqué avant d''être abandonné.',
    'Renvoyer ou relire le lot pour voir ce qu''il a écrit ; s''il est faux, le corriger en ligne (annulation, '
    'ajustement).')
on conflict (code) do update
   set (statut_http, phrase, sens, conduite) = (excluded.statut_http, excluded.phrase, excluded.sens, excluded.conduite)
 where (r.statut_http, r.phrase, r.sens, r.conduite)
       is distinct from (excluded.statut_http, excluded.phrase, excluded.sens, excluded.conduite);

reset check_function_bodies;
select private.noter_etat('20261128073543_affinage');
