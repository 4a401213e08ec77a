-- 20261128160342_aube: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261128160342_aube');

DROP POLICY "transferts_creation" ON "public"."transferts";

DROP TRIGGER "capacites_lieux" ON "private"."capacites";

DROP TRIGGER "depots_lieux" ON "public"."depots";

DROP TRIGGER "fournisseur_lot_reserve" ON "public"."fournisseur_lot";

DROP TRIGGER "produits_lieux" ON "public"."produits";

DROP TRIGGER "a_lignes_bornees" ON "public"."stocks_adjustments";

DROP TRIGGER "stocks_adjustments_gel" ON "public"."stocks_adjustments";

DROP TRIGGER "a_lignes_bornees" ON "public"."transferts";

DROP TRIGGER "transferts_gel" ON "public"."transferts";

DROP INDEX "public"."cours_de_route_depot_idx";

DROP INDEX "public"."receptions_depot_idx";

DROP INDEX "public"."stocks_journaliers_depot_idx";

DROP VIEW "private"."lieux_vrais";

DROP VIEW "public"."v_gains_pertes";

DROP VIEW "public"."v_ecarts_transit";

ALTER TABLE "public"."stocks_adjustments" DROP CONSTRAINT "stocks_adjustments_check";

ALTER TABLE "public"."stocks_adjustments" DROP CONSTRAINT "stocks_adjustments_delta_15c_check";

ALTER TABLE "public"."stocks_adjustments" DROP CONSTRAINT "stocks_adjustments_delta_ambiant_check";

ALTER TABLE "public"."stocks_adjustments" DROP CONSTRAINT "stocks_adjustments_mouvement_type_check";

ALTER TABLE "public"."stocks_adjustments" DROP CONSTRAINT "stocks_adjustments_proprietaire_type_check";

ALTER TABLE "public"."stocks_adjustments" DROP CONSTRAINT "stocks_adjustments_reason_check";

ALTER TABLE "public"."stocks_adjustments" DROP CONSTRAINT "stocks_adjustments_reason_lisible";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_check";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_date_jour_check";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_date_jour_possible";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_densite_a_15_kgm3_check";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_densite_observee_kgm3_check";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_methode_15c_lisible";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_note_lisible";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_proprietaire_type_check";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_temperature_ambiante_c_check";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_temperature_echantillon_c_check";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_vcf_check";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_volume_15c_check";

ALTER TABLE "public"."transferts" DROP CONSTRAINT "transferts_volume_ambiant_check";

DROP FUNCTION "private"."acteur_peut"(private.acteur, text);

DROP FUNCTION "private"."condition_dite"(jsonb);

DROP FUNCTION "private"."dans_un_cercle"(uuid, uuid);

DROP FUNCTION "private"."ecrire_ligne_avoir"(public.factures_client, integer, public.factures_client_lignes, jsonb);

DROP FUNCTION "private"."ecrire_lignes_avoir"(public.factures_client, jsonb);

DROP FUNCTION "private"."exiger_contenance"(uuid, date, numeric);

DROP FUNCTION "private"."fournisseur_lot_reserver"();

DROP FUNCTION "private"."lecture_tenue"(text, text);

DROP FUNCTION "private"."page_dite"(text, text, text, text, text, integer);

DROP FUNCTION "private"."prises_connues"(uuid, date, date, timestamp with time zone);

DROP VIEW "public"."v_ecarts_inventaire";

DROP FUNCTION "private"."reste_de_ligne"(public.factures_client_lignes);

DROP FUNCTION "private"."sceller_facture"(public.factures_client, public.factures_client_lignes[], public.factures_client_taxes[]);

DROP FUNCTION "private"."taxer_avoir"(public.factures_client, public.factures_client);

CREATE TABLE "private"."dates_fausses" ("facture_id" uuid NOT NULL, "motif" text NOT NULL, "par" uuid NOT NULL, "le" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "dates_fausses_pkey" PRIMARY KEY (facture_id));

ALTER TABLE "private"."lieux" ADD COLUMN "receveurs" text[] NOT NULL DEFAULT '{}'::text[];

ALTER TABLE "private"."lieux" ADD COLUMN "ouvert" boolean NOT NULL DEFAULT false;

CREATE TYPE "private"."reste_ligne" AS ("montant_ht" numeric, "quantite" numeric);

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
       -- Its moment was judged, which that of an act that is refused was not: any client may number its request so.
       and a.etat in ('EN_COURS', 'NON_TRAITE');
  end if;
  return v_acte;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ajustement_garder()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_faute text;
  v_admis boolean;
begin
  v_faute := case
    when new.mouvement_type not in ('RECEPTION', 'SORTIE', 'STOCK_INITIAL', 'TRANSFERT', 'TRANSFERT_DEPOT')
      then 'mouvement_type'
    when new.proprietaire_type not in ('MONALUXE', 'PARTENAIRE') then 'proprietaire_type'
    when new.delta_ambiant = 0 and new.delta_15c = 0 or abs(new.delta_ambiant) >= 1e9 then 'delta_ambiant'
    when abs(new.delta_15c) >= 1e9 then 'delta_15c'
    when char_length(btrim(new.reason, E' \t\n\r')) < 10 then 'reason' end;
  if v_faute is not null then
    perform private.refuser_ligne(tg_table_name, v_faute);
  end if;
  v_admis := private.texte_admis(new.reason, 'reason', true);
  -- Those of this transaction so far, of which a client's request has one.
  if pg_stat_get_xact_tuples_inserted(tg_relid) >= private.lignes_au_plus() then
    perform private.exiger_peu_de_lignes(tg_relid, pg_stat_get_xact_tuples_inserted(tg_relid) + 1);
  end if;
  return new;
end;
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
  return array(
    select c.capacite from private.capacites c where private.admis(v_acteur.role, v_acteur.habilitations, c));
end;
$function$;

CREATE OR REPLACE FUNCTION private.cles_choisies(p_relation text, p_conditions text, p_ordre text, p_lignes integer)
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_cles uuid[];
begin
  execute format('select array(select t.id from public.%I t where %s order by %s limit %s)', p_relation, p_conditions,
    p_ordre, p_lignes)
    into v_cles;
  return v_cles;
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
    v_enc.reference := private.reference_nette(v_enc.reference);
  end if;
  -- Before anything is made of it: its entry in the account would be refused by names that nobody typed.
  if v_enc.montant <= 0 or v_enc.montant >= 1e13 then
    perform private.refuser_ligne('encaissements', 'montant');
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

CREATE OR REPLACE FUNCTION private.condition_dite(p_condition jsonb, p_valeur text, p_depot text)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_colonne constant text := format('t.%I', p_condition #>> '{colonnes,0}');
begin
  return case p_condition ->> 'sorte'
    when 'est' then
      case when jsonb_array_length(p_condition -> 'colonnes') = 1 then format('%s = %s', v_colonne, p_valeur)
        else (select string_agg(format('t.%I = %s', c, p_valeur), ' or ')
                from jsonb_array_elements_text(p_condition -> 'colonnes') c) end
    when 'tete' then format('%s = any (array[%s]::uuid[])', v_colonne, p_valeur)
    when 'contient' then
      (select format('position(private.cle_recherche(%s) in private.cle_recherche(concat_ws('' | '', %s))) > 0',
                p_valeur, string_agg(format('t.%I', c), ', '))
         from jsonb_array_elements_text(p_condition -> 'colonnes') c)
    when 'depuis' then format('%s >= %s', v_colonne, p_valeur)
    when 'jusqu_a' then format('%s <= %s', v_colonne, p_valeur)
    when 'depuis_le_jour' then format('%s >= private.debut_du_jour(%s, %s)', v_colonne, p_valeur, p_depot)
    when 'jusqu_au_jour' then format('%s < private.debut_du_jour(%s::date + 1, %s)', v_colonne, p_valeur, p_depot)
  end;
end;
$function$;

CREATE OR REPLACE FUNCTION private.conditions_choisies(p_conditions jsonb, p_apres jsonb, p_cles text, p_sens text)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return concat(
    'true',
    (select string_agg(format(' and (%s)',
              private.condition_dite(c, quote_literal(c ->> 'valeur'), quote_nullable(c ->> 'depot_id'))), '')
       from jsonb_array_elements(p_conditions) c),
    (select format(' and row(%s) %s row(%s)', private.colonnes_nommees(p_cles, 't.'),
              case p_sens when 'asc' then '>' else '<' end, string_agg(quote_literal(v), ', '))
       from jsonb_array_elements_text(p_apres) v having count(*) > 0));
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
      from (select x.mouvement_id, sum(x.delta_15c) as delta, max(x.created_at) as le from public.stocks_adjustments x
             where x.mouvement_type = 'RECEPTION' group by x.mouvement_id) a
      join public.receptions r on r.id = a.mouvement_id
      join public.factures_fournisseur_receptions s on s.reception_id = r.id
      join public.fournisseur_facture_lot_min f on f.id = s.facture_id and f.validated_at is not null
     where r.volume_15c + a.delta <> s.volume_15c
       -- What the supplier gave back since settles it.
       and not exists (select from public.fournisseur_facture_lot_min v
                        where v.facture_origine_id = f.id and v.statut <> 'ANNULEE' and v.created_at > a.le)
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

CREATE OR REPLACE FUNCTION private.dans_un_cercle(p_cle uuid, p_precedents uuid[])
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with recursive attendus as (
    select p.cle from unnest(p_precedents) p (cle)
    union
    select u.cle
      from attendus t
      join private.actes_differes a on a.cle = t.cle and a.user_id = auth.uid()
        and a.etat not in ('APPLIQUE', 'ABANDONNE')
     cross join unnest(a.precedents) u (cle))
  select exists (select from attendus t where t.cle = p_cle)
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
  -- Written once: a row that its own transaction has written before asks its foreign keys again.
  if p_ajustement then
    update public.stocks_snapshot s
       set stock_ambiant = s.stock_ambiant - p_pris_ambiant,
           stock_15c = s.stock_15c - p_pris_15c,
           delta_ambiant_total = s.delta_ambiant_total - p_pris_ambiant,
           delta_15c_total = s.delta_15c_total - p_pris_15c,
           last_movement_at = v_maintenant,
           updated_at = v_maintenant
     where s.citerne_id = p_citerne_id and s.produit_id = p_produit_id and s.proprietaire_type = p_proprietaire_type
       and s.dernier_jour = p_dernier_jour and s.stock_ambiant >= v_au_moins and s.stock_15c >= p_pris_15c;
  else
    update public.stocks_snapshot s
       set stock_ambiant = s.stock_ambiant - p_pris_ambiant,
           stock_15c = s.stock_15c - p_pris_15c,
           last_movement_at = v_maintenant,
           updated_at = v_maintenant
     where s.citerne_id = p_citerne_id and s.produit_id = p_produit_id and s.proprietaire_type = p_proprietaire_type
       and s.dernier_jour = p_dernier_jour and s.stock_ambiant >= v_au_moins and s.stock_15c >= p_pris_15c;
  end if;
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
  v_permis := set_config('app.stocks_journaliers_allow_write', '', true);
  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION private.depots_ou(p_capacite text)
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
AS $function$
declare
  v_depot_id uuid;
  v_tous boolean;
  v_peut boolean;
begin
  select p.depot_id, p.role = any (voir.roles), private.admis(p.role, p.habilitations, c)
    into strict v_depot_id, v_tous, v_peut
    from private.capacites c
    join private.capacites voir on voir.capacite = 'voir_tous_depots'
    left join public.profils p on p.user_id = auth.uid() and p.desactive_le is null
   where c.capacite = p_capacite;
  return case when v_peut then coalesce(private.depots_de(v_tous, v_depot_id), '{}') else '{}' end;
end;
$function$;

CREATE OR REPLACE FUNCTION private.emettre(p_facture public.factures_client, p_lignes public.factures_client_lignes[], p_delai_jours integer, p_jour date)
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_client public.clients;
  v_taxes public.factures_client_taxes[];
begin
  select * into strict v_client from public.clients c where c.id = p_facture.client_id;
  p_facture := private.dater_facture(p_facture, v_client, p_delai_jours, p_jour);
  p_facture.vendeur_fige := private.vendeur(p_facture.depot_id);
  v_taxes := private.taxes_de(p_facture, p_lignes);
  p_facture := private.taxer(p_facture, v_taxes);
  insert into private.facturations_sortie (sortie_id, facture_id, ajuste_15c)
  select l.sortie_id, p_facture.id, (select coalesce(sum(a.delta_15c), 0) from public.stocks_adjustments a
           where a.mouvement_type = 'SORTIE' and a.mouvement_id = l.sortie_id)
    from unnest(p_lignes) l where l.sortie_id is not null;
  return private.sceller_facture(p_facture, p_lignes, v_taxes, false);
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_a_l_ecriture()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- Without a user it is the server's own key or the project itself, which the grants answer for. The project's own
  -- functions, which write nearly every row, have asked already, each what it does: a réception closes its truck, an
  -- invoice moves its lot.
  if not private.possede(tg_relid) then
    if auth.uid() is not null then
      perform private.exiger(tg_argv[0]);
    end if;
  end if;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_commande(p_sortie public.sorties_produit)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_commande constant public.commandes := private.commande_de_sortie(p_sortie.id);
begin
  perform private.exiger_sortie_de_la_commande(p_sortie, v_commande);
  perform private.exiger_commande_non_depassee(v_commande);
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_contenance(p_citerne_id uuid, p_jour date, p_volume numeric)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_statut text;
  v_capacite numeric;
  v_stock numeric;
  v_dernier_jour date;
begin
  select c.statut, c.capacite_totale, sum(s.stock_ambiant), max(s.dernier_jour)
    into v_statut, v_capacite, v_stock, v_dernier_jour
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
  return v_statut;
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

CREATE OR REPLACE FUNCTION private.exiger_facturables(p_sorties uuid[], p_client_id uuid, p_depot_id uuid)
 RETURNS private.vendable[]
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
AS $function$
declare
  v_vendables private.vendable[] := array[]::private.vendable[];
  v_vendable private.vendable;
  v_refus jsonb;
begin
  -- Until this ends nobody corrects them, and nobody else invoices them. One, nearly always, has a plan that is kept:
  -- that of a list whose length nobody knows is made again at each call, ten times what reading one costs.
  if cardinality(p_sorties) = 1 then
    perform from public.sorties_produit s where s.id = p_sorties[1] for no key update;
    v_vendables := array(select v from private.vendables(array[p_sorties[1]]) v);
  elsif p_sorties <> '{}' then
    perform from public.sorties_produit s where s.id = any (p_sorties) order by s.id for no key update;
    v_vendables := array(select v from private.vendables(p_sorties) v order by v.jour, v.sortie_id);
  end if;
  foreach v_vendable in array v_vendables loop
    if v_vendable.raison is not null or v_vendable.client_id <> p_client_id or v_vendable.depot_id <> p_depot_id then
      v_refus := coalesce(v_refus, '[]') || jsonb_build_object('sortie_id', v_vendable.sortie_id,
        'raison', coalesce(v_vendable.raison,
          case when v_vendable.client_id <> p_client_id then 'AUTRE_CLIENT' else 'AUTRE_DEPOT' end));
    end if;
  end loop;
  if v_refus is not null then
    perform private.refuser('SORTIE_NON_FACTURABLE',
      jsonb_build_object('raison', v_refus -> 0 ->> 'raison', 'sorties', v_refus));
  end if;
  if cardinality(v_vendables) < cardinality(p_sorties) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'une de ces sorties'));
  end if;
  return v_vendables;
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
  if private.dans_un_cercle(p_acte.cle, p_acte.precedents) then
    foreach v_cle in array p_acte.precedents loop
      exit when private.dans_un_cercle(p_acte.cle, array[v_cle]);
    end loop;
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

CREATE OR REPLACE FUNCTION private.exiger_second_facteur(p_toujours boolean DEFAULT false)
 RETURNS void
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if not (case when p_toujours then private.second_facteur_prouve() else private.second_facteur_suffit() end) then
    perform private.refuser('SECOND_FACTEUR_REQUIS');
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_volume_annonce(p_cdr public.cours_de_route, p_recu numeric, p_confirme boolean)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if not private.hors_annonce(p_cdr.volume, p_recu) then
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

CREATE OR REPLACE FUNCTION private.facturee_a_nouveau(p_sortie_id uuid, p_facture_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (
    select bool_and(r.quantite < l.quantite and r.quantite = case l.base when 'L15' then s.volume_15c - d.delta_15c
             else s.volume_ambiant - d.delta_ambiant end)
      from public.factures_client_lignes l
      join public.sorties_produit s on s.id = l.sortie_id
     cross join lateral private.reste_de_ligne(l) r
     cross join lateral (
       select sum(x.delta_15c) as delta_15c, sum(x.delta_ambiant) as delta_ambiant from public.stocks_adjustments x
        where x.mouvement_type = 'SORTIE' and x.mouvement_id = s.id) d
     where l.facture_id = p_facture_id and l.sortie_id = p_sortie_id);
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
       and private.facturee_a_nouveau(s.sortie_id, f.id) is not true
     group by f.id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.hors_annonce(p_annonce numeric, p_recu numeric)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$ select p_recu >= 10 * p_annonce or p_annonce between 900 * p_recu and 1100 * p_recu $function$;

CREATE OR REPLACE FUNCTION private.illisibles()
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN '[\u0001-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]'::text;

CREATE OR REPLACE FUNCTION private.jour_avant_elle(p_facture public.factures_client, p_annees integer DEFAULT 0)
 RETURNS date
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (
    select f.date_facture from public.factures_client f
     where f.depot_id = p_facture.depot_id and f.type = p_facture.type and f.sequence is not null
       and f.exercice between p_facture.exercice and p_facture.exercice + p_annees
       and not exists (select from private.dates_fausses x where x.facture_id = f.id)
     order by f.exercice desc, f.sequence desc limit 1);
end;
$function$;

CREATE OR REPLACE FUNCTION private.jour_du_camion(p_cours_de_route_id uuid)
 RETURNS date
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select max(r.date_reception) from public.receptions r
   where r.cours_de_route_id = p_cours_de_route_id and r.statut = 'validee'
$function$;

CREATE OR REPLACE FUNCTION private.lecture_tenue(p_requete text, p_valeurs text)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  v_nom constant text := 'lecture ' || hashtextextended(p_requete, 0);
  v_lire constant text := format('execute %I(%s)', v_nom, p_valeurs);
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
 SET enable_seqscan TO 'off'
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

CREATE OR REPLACE FUNCTION private.lettrer_avoirs(p_facture_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_facture constant public.ecritures_tiers := private.ecriture_facture_client(p_facture_id);
  v_reste numeric := v_facture.debit - private.montant_lettre(v_facture.id);
  v_avoir record;
  v_fait text;
begin
  for v_avoir in
    select r.ecriture_id, r.credit from public.factures_client a
      join private.restes_clients r on r.ecriture_id = (private.ecriture_facture_client(a.id)).id
     where a.facture_origine_id = p_facture_id and a.statut = 'EMISE' and r.credit > 0 order by r.ordre
  loop
    exit when v_reste <= 0;
    v_fait := private.lettrer(v_facture.id, v_avoir.ecriture_id, least(v_reste, v_avoir.credit));
    v_reste := v_reste - v_avoir.credit;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ligne_d_avoir(p_avoir public.factures_client, p_rang integer, p_origine public.factures_client_lignes, p_demande jsonb)
 RETURNS public.factures_client_lignes
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ligne public.factures_client_lignes := p_origine;
  v_reste constant private.reste_ligne := private.reste_de_ligne(p_origine);
  v_quantite numeric := round((p_demande ->> 'quantite')::numeric, 3);
  v_montant numeric := round((p_demande ->> 'montant_ht')::numeric, 2);
begin
  if v_quantite is null and v_montant is null then
    -- All that is left; of which no litre may be.
    if v_reste.quantite > 0 or p_avoir.nature <> 'RAN' then
      v_quantite := v_reste.quantite;
    else
      v_montant := v_reste.montant_ht;
    end if;
  end if;
  if v_quantite is not null then
    -- The last of a line takes the cents that rounding left.
    v_montant := case when v_quantite = v_reste.quantite then v_reste.montant_ht
      else round(v_quantite * p_origine.prix_ht, 2) end;
  end if;
  if not coalesce(v_montant > 0 and v_montant <= v_reste.montant_ht
       and (v_quantite is null or v_quantite between 0.001 and v_reste.quantite), false) then
    perform private.refuser('AVOIR_EXCEDENTAIRE', jsonb_build_object('rang', p_origine.rang, 'montant', v_montant,
      'quantite', v_quantite, 'reste', v_reste.montant_ht, 'reste_quantite', v_reste.quantite));
  end if;
  v_ligne.id := private.nouvel_id();
  v_ligne.facture_id := p_avoir.id;
  v_ligne.depot_id := p_avoir.depot_id;
  v_ligne.rang := p_rang;
  v_ligne.ligne_origine_id := p_origine.id;
  v_ligne.montant_ht := v_montant;
  v_ligne.quantite := coalesce(v_quantite, 1);
  if v_quantite is null then
    v_ligne.base := 'UNITE';
    v_ligne.prix_ht := v_montant;
  end if;
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
      p_relation, p_cle), quote_nullable(p_id));
begin
  if v_ligne is null then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', p_quoi));
  end if;
  return v_ligne;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lignes_d_avoir(p_avoir public.factures_client, p_lignes jsonb)
 RETURNS public.factures_client_lignes[]
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_origine public.factures_client_lignes;
  v_lignes public.factures_client_lignes[] := array[]::public.factures_client_lignes[];
  v_demande jsonb;
  v_fait text;
begin
  v_fait := private.exiger_lignes(p_lignes);
  if p_avoir.nature = 'RAN' then
    for v_origine in
      select l.* from public.factures_client_lignes l cross join lateral private.reste_de_ligne(l) r
       where l.facture_id = p_avoir.facture_origine_id and r.montant_ht > 0 order by l.rang
    loop
      v_lignes := v_lignes || private.ligne_d_avoir(p_avoir, cardinality(v_lignes) + 1, v_origine, '{}');
    end loop;
  else
    for v_demande in select l from jsonb_array_elements(coalesce(p_lignes, '[]')) l loop
      select * into v_origine from public.factures_client_lignes l
       where l.facture_id = p_avoir.facture_origine_id and l.rang = (v_demande ->> 'rang')::int;
      if not found then
        perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette ligne de la facture'));
      end if;
      v_lignes := v_lignes || private.ligne_d_avoir(p_avoir, cardinality(v_lignes) + 1, v_origine, v_demande);
    end loop;
  end if;
  if cardinality(v_lignes) = 0 then
    perform private.refuser('FACTURE_VIDE');
  end if;
  -- The same line said twice: each alone fits, not together.
  if cardinality(v_lignes) > 1 then
    if (select count(distinct l.ligne_origine_id) from unnest(v_lignes) l) < cardinality(v_lignes) then
      perform private.refuser('AVOIR_LIGNE_REPETEE');
    end if;
  end if;
  return v_lignes;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lignes_dites(p_relation text, p_colonnes text, p_cle text, p_id text, p_ordre text)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return private.lecture_tenue(
    format('select coalesce(json_agg(t), ''[]'') from (select %s from public.%I where %I = $1 order by %I) t',
      private.colonnes_nommees(p_colonnes), p_relation, p_cle, p_ordre), quote_nullable(p_id));
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
  -- Of none of it was a density ever known.
  if num_nonnulls(v_melange, p_densite_kgm3) = 0 then
    return;
  end if;
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

CREATE OR REPLACE FUNCTION private.montant_lettre(p_ecriture_id uuid)
 RETURNS numeric
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
AS $function$
begin
  return (select coalesce((select sum(d.montant) from private.lettrages d where d.debit_id = p_ecriture_id), 0)
               + coalesce((select sum(c.montant) from private.lettrages c where c.credit_id = p_ecriture_id), 0));
end;
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
  -- Each by its own key: of all kinds at once it would begin to read six tables.
  case p_type
    when 'RECEPTION' then
      select r.citerne_id, r.produit_id, r.depot_id, r.proprietaire_type, r.volume_ambiant, r.volume_15c
        into v_mouvement from public.receptions r where r.id = p_id and r.statut = 'validee';
    when 'SORTIE' then
      select s.citerne_id, s.produit_id, s.depot_id, s.proprietaire_type, -s.volume_ambiant, -s.volume_15c
        into v_mouvement from public.sorties_produit s where s.id = p_id and s.statut = 'validee';
    when 'STOCK_INITIAL' then
      select i.citerne_id, i.produit_id, i.depot_id, i.proprietaire_type, i.volume_ambiant, i.volume_15c
        into v_mouvement from public.stocks_initiaux i where i.id = p_id;
    -- Of the two tanks of a transfer: the one that is meant, else the one it went to.
    when 'TRANSFERT' then
      select case when p_citerne_id = t.citerne_source_id then p_citerne_id else t.citerne_destination_id end,
             t.produit_id, t.depot_id, t.proprietaire_type,
             case when p_citerne_id = t.citerne_source_id then -t.volume_ambiant else t.volume_ambiant end,
             case when p_citerne_id = t.citerne_source_id then -t.volume_15c else t.volume_15c end
        into v_mouvement from public.transferts t where t.id = p_id;
    when 'TRANSFERT_DEPOT' then
      select d.citerne_id, d.produit_id, d.depot_id, d.proprietaire_type, d.delta_ambiant, d.delta_15c
        into v_mouvement from public.mouvements_transferts_depots d where d.transfert_id = p_id
       order by d.citerne_id = p_citerne_id desc nulls last, d.delta_ambiant desc limit 1;
    else
      v_mouvement := null;
  end case;
  if v_mouvement.citerne_id is null then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('mouvement_type', p_type, 'id', p_id), 404);
  end if;
  return v_mouvement;
end;
$function$;

CREATE OR REPLACE FUNCTION private.nom_lisible(p_nom text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((private.cle_nom(p_nom) <> ''::text) AND (NORMALIZE(p_nom, NFKC) !~ '[\u0370-\u058f\u13a0-\u167f\u18b0-\u18ff\u1c80-\u1c8f\u1d26-\u1d2b\u1f00-\u1fff\u2c80-\u2cff\u2de0-\u2dff\ua4d0-\ua4ff\ua640-\ua69f\uab65\uab70-\uabbf\ufe00-\ufe0f\ufe2e\ufe2f\U00010000-\U00011fff\U0001d200-\U0001d24f\U0001e030-\U0001e08f]'::text));

CREATE OR REPLACE FUNCTION private.ouvrir_dues(p_encaissement public.encaissements, p_factures jsonb)
 RETURNS refcursor
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
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
  -- Row by row: there a plan of so many aggregates would cost more than they save.
  execute format('select json_agg(s.ligne) from (select json_build_array(%s, %s) as ligne from %s t where %s '
    'order by %s limit %s) s',
    private.colonnes_vues(p_colonnes, p_heures, p_depot), private.colonnes_nommees(p_cles, 't.', '::text'),
    case when p_au is null then format('public.%I', p_source) else format('private.%I(%L)', p_source, p_au) end,
    private.conditions_choisies(p_conditions, coalesce(p_apres, '[]'), p_cles, p_sens),
    private.colonnes_nommees(p_cles, 't.', ' ' || p_sens), p_lignes)
    into v_page;
  return v_page;
end;
$function$;

CREATE OR REPLACE FUNCTION private.page_dite(p_relation text, p_colonnes text, p_cachees text, p_cles text, p_sens text, p_lignes integer, p_conditions jsonb, p_apres jsonb, p_seul text)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_valeurs text[] := array[quote_literal(p_lignes)];
  v_conditions text := 'true';
  v_places text[];
  v_condition jsonb;
  v_depots uuid[];
  v_ordre text := private.colonnes_nommees(p_cles, 't.', ' ' || p_sens);
begin
  for i in 0 .. jsonb_array_length(p_conditions) - 1 loop
    v_condition := p_conditions -> i;
    v_valeurs := v_valeurs || quote_literal(v_condition ->> 'valeur');
    v_conditions := format('%s and (%s)', v_conditions,
      private.condition_dite(v_condition, '$' || cardinality(v_valeurs), '$' || cardinality(v_valeurs) + 1));
    if v_condition ->> 'sorte' = 'tete' then
      v_ordre := format('t.%I, %s', v_condition #>> '{colonnes,0}', v_ordre);
    elsif v_condition ->> 'sorte' in ('depuis_le_jour', 'jusqu_au_jour') then
      v_valeurs := v_valeurs || quote_nullable(v_condition ->> 'depot_id');
    end if;
  end loop;
  if p_seul is not null then
    v_depots := private.depots_visibles();
    if cardinality(v_depots) = 1 then
      v_valeurs := v_valeurs || quote_literal(v_depots[1]);
      v_conditions := format('%s and t.%I = any (array[$%s]::uuid[])', v_conditions, p_seul, cardinality(v_valeurs));
      v_ordre := format('t.%I, %s', p_seul, v_ordre);
    end if;
  end if;
  if p_apres is not null then
    for i in 0 .. jsonb_array_length(p_apres) - 1 loop
      v_valeurs := v_valeurs || quote_literal(p_apres ->> i);
      v_places := v_places || ('$' || cardinality(v_valeurs));
    end loop;
    v_conditions := format('%s and row(%s) %s row(%s)', v_conditions, private.colonnes_nommees(p_cles, 't.'),
      case p_sens when 'asc' then '>' else '<' end, array_to_string(v_places, ', '));
  end if;
  -- The plan is made for the usual page, or the longest: it reads in order, and stops where a shorter one does.
  return private.page_lue(p_relation, p_colonnes, p_cachees, p_cles, v_ordre, v_conditions,
    case when p_lignes <= 51 then 'limit 51' else 'limit 501' end, array_to_string(v_valeurs, ', '));
end;
$function$;

CREATE OR REPLACE FUNCTION private.page_lue(p_relation text, p_colonnes text, p_cachees text, p_cles text, p_ordre text, p_conditions text, p_limite text, p_valeurs text)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- Column by column: of each it is then asked once what it is and how it is written, and its name is said by nobody.
  return private.lecture_tenue(format('select json_build_array(%s, %s) from (select * from (select %s from public.%I t '
    'where %s order by %s %s) p limit $1) s',
    private.colonnes_nommees(p_colonnes, 'json_agg(s.', ')'),
    private.colonnes_nommees(p_cles, 'json_agg(s.', '::text)'),
    private.colonnes_nommees(concat_ws(',', p_colonnes, p_cachees), 't.'), p_relation, p_conditions, p_ordre,
    p_limite), p_valeurs);
end;
$function$;

CREATE OR REPLACE FUNCTION private.page_trouvee(p_relation text, p_colonnes text, p_cachees text, p_cles text, p_sens text, p_lignes integer, p_conditions jsonb, p_apres jsonb)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return private.page_lue(p_relation, p_colonnes, p_cachees, p_cles,
    private.colonnes_nommees(p_cles, 't.', ' ' || p_sens),
    format('t.id = any ((select private.cles_choisies(%L, $2, $3, $4))::uuid[])', p_relation), '',
    format('%1$s, %2$L, %3$L, %1$s', p_lignes,
      private.conditions_choisies(p_conditions, coalesce(p_apres, '[]'), p_cles, p_sens),
      private.colonnes_nommees(p_cles, 't.', ' ' || p_sens)));
end;
$function$;

CREATE OR REPLACE FUNCTION private.peut(p_capacite text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
AS $function$
declare
  v_peut boolean;
begin
  select private.admis(p.role, p.habilitations, c) into strict v_peut
    from private.capacites c left join public.profils p on p.user_id = auth.uid() and p.desactive_le is null
   where c.capacite = p_capacite;
  return v_peut;
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
      from private.catalogue_rapports() c join private.capacites k on k.capacite = c.capacite
     where private.admis(v_acteur.role, v_acteur.habilitations, k) order by c.rang;
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
  v_lieu private.lieux;
  v_lu record;
  v_aujourdhui date;
  v_mesures private.mesures;
  v_releve private.releve;
  v_corrige private.volume_corrige;
  v_acteur private.acteur;
  v_user_id constant uuid := auth.uid();
  v_maintenant constant timestamptz := now();
  -- What a rule that only refuses answers: asked as a value it is no query.
  v_permis text;
begin
  -- An older snapshot of the database would not see a freeze declared since.
  v_permis := private.exiger_read_committed();
  -- Somebody of the tank's own depot, no freeze, no second factor: who and where is one question, as for a sortie
  -- (private.lire), and the tank is kept as private.lieu keeps it.
  select p.user_id, l as lieu into v_lu
    from public.profils p
    join private.lieux l on l.depot_id = p.depot_id
    join public.citernes c on c.id = l.citerne_id and c.depot_id = l.depot_id and c.produit_id = l.produit_id
   where p.user_id = v_user_id and p.desactive_le is null and l.citerne_id = new.citerne_id and not l.gele
     and p.role = any (l.receveurs)
     for key share of c;
  if found then
    v_lieu := v_lu.lieu;
    v_acteur.user_id := v_lu.user_id;
    v_acteur.depots := array[v_lieu.depot_id];
  else
    v_permis := private.exiger_ouvert();
    v_acteur := private.exiger('ecrire_reception');
  end if;
  v_cdr := private.camion_a_recevoir(new.cours_de_route_id, new.proprietaire_type, v_acteur.depots);
  if v_lieu.citerne_id is null then
    v_lieu := private.lieu(new.citerne_id, v_acteur.depots);
  end if;
  v_permis := private.exiger_citerne(v_lieu, new.citerne_id,
    coalesce(new.produit_id, v_cdr.produit_id, v_lieu.produit_id));
  new.produit_id := v_lieu.produit_id;
  new.depot_id := v_lieu.depot_id;
  if new.proprietaire_type = 'PARTENAIRE' and new.partenaire_id is null then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;
  if not v_lieu.ouvert or new.partenaire_id is not null then
    v_permis := private.exiger_actifs(new.produit_id, new.depot_id, p_partenaire_id => new.partenaire_id);
  end if;
  v_permis := private.exiger_note(v_lieu, new.note);

  v_aujourdhui := private.jour_local(v_lieu.fuseau, v_maintenant);
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
  new.created_by := v_acteur.user_id;
  new.validated_by := v_acteur.user_id;
  new.created_at := v_maintenant;

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
  v_fait := private.appliquer_mouvement(p_reception.citerne_id, p_reception.produit_id, p_reception.depot_id,
    p_reception.proprietaire_type, p_reception.date_reception, p_reception.volume_ambiant, p_reception.volume_15c);
  if private.exiger_contenance(p_reception.citerne_id, p_reception.date_reception, p_reception.volume_ambiant)
     <> 'active' then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE',
      jsonb_build_object('citerne_id', p_reception.citerne_id));
  end if;
  v_fait := private.melanger(p_reception.citerne_id, p_reception.densite_a_15_kgm3, p_reception.volume_15c);
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
    perform private.reserver_lieux(null, null, true);
  end if;
  delete from private.lieux l where p_citernes is null or l.citerne_id = any (p_citernes);
  insert into private.lieux
  select v.* from private.lieux_vrais v where p_citernes is null or v.citerne_id = any (p_citernes);
end;
$function$;

CREATE OR REPLACE FUNCTION private.refuser_ligne(p_table text, p_champ text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  raise check_violation using message = format('value of column %I of %I is not one that the table holds', p_champ,
    p_table), table = p_table, column = p_champ;
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
  -- Before all others: who changes all of them keeps out a depot, too, that is not there yet for anybody to see.
  if p_produits is null then
    perform pg_advisory_xact_lock(hashtextextended('lieux', 0));
    return;
  end if;
  perform pg_advisory_xact_lock_shared(hashtextextended('lieux', 0));
  -- In one order: products, then depots.
  perform case when p_seul then pg_advisory_xact_lock(l.cle) else pg_advisory_xact_lock_shared(l.cle) end
     from (select r.rang, hashtextextended(format('lieux:%s', r.id), 0) as cle
             from (select unnest(p_produits), 1 union select unnest(p_depots), 2) r (id, rang)
            where r.id is not null order by 1, 2) l;
end;
$function$;

CREATE OR REPLACE FUNCTION private.reste_de_ligne(p_ligne public.factures_client_lignes)
 RETURNS private.reste_ligne
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_reste private.reste_ligne;
begin
  select p_ligne.montant_ht - coalesce(sum(a.montant_ht), 0),
         p_ligne.quantite -
           coalesce(sum(a.quantite) filter (where a.base = p_ligne.base and a.prix_ht = p_ligne.prix_ht), 0)
    into v_reste
    from public.factures_client_lignes a
    join public.factures_client f on f.id = a.facture_id and f.statut = 'EMISE'
   where a.ligne_origine_id = p_ligne.id;
  return v_reste;
end;
$function$;

CREATE OR REPLACE FUNCTION private.sceller_facture(p_facture public.factures_client, p_lignes public.factures_client_lignes[], p_taxes public.factures_client_taxes[], p_neuve boolean)
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_fait text;
begin
  v_fait := private.verrouiller_tiers('CLIENT', p_facture.client_id);
  p_facture := private.numeroter_facture(p_facture, p_lignes, p_taxes, p_neuve, null);
  v_fait := private.porter_facture(p_facture);
  v_fait := private.journaliser(
    array[case p_facture.type when 'AVOIR' then 'AVOIR_EMIS' else 'FACTURE_CLIENT_EMISE' end], 'ventes', 'INFO',
    p_facture.id, p_facture.depot_id, private.details_facture(p_facture));
  return p_facture;
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
  v_partage boolean := false;
  v_fait text;
begin
  -- A client who took more than was written owes more: whoever asks their limit meanwhile ends first.
  v_fait := private.verrouiller_tiers('CLIENT', variadic array(
    select s.client_id from nouveaux n
      join public.sorties_produit s on n.mouvement_type = 'SORTIE' and s.id = n.mouvement_id
     where s.client_id is not null and (n.delta_ambiant < 0 or n.delta_15c < 0)));
  v_fait := private.verrouiller_citernes(variadic array(
    select n.citerne_id from nouveaux n
     union select unnest(array[t.citerne_source_id, t.citerne_destination_id])
      from nouveaux n join public.transferts t on n.mouvement_type = 'TRANSFERT' and t.id = n.mouvement_id));
  perform private.corriger_prets(n) from nouveaux n where n.mouvement_type in ('RECEPTION', 'SORTIE');
  for v_ajustement in select * from nouveaux n order by n.citerne_id loop
    v_fait := private.exiger_ajustable(v_ajustement);
    v_fait := private.appliquer_mouvement(v_ajustement.citerne_id, v_ajustement.produit_id, v_ajustement.depot_id,
      v_ajustement.proprietaire_type, v_ajustement.date_jour, v_ajustement.delta_ambiant, v_ajustement.delta_15c, true);
    if v_ajustement.delta_ambiant > 0 then
      v_fait := private.exiger_contenance(v_ajustement.citerne_id, v_ajustement.date_jour, v_ajustement.delta_ambiant);
    end if;
    v_fait := private.journaliser(
      array[case when v_ajustement.compensation then v_ajustement.mouvement_type || '_COMPENSEE' else 'STOCK_AJUSTE'
        end], 'stocks', 'CRITICAL', v_ajustement.mouvement_id, v_ajustement.depot_id, to_jsonb(v_ajustement),
      v_ajustement.created_by);
    if v_ajustement.proprietaire_type = 'PARTENAIRE' then
      v_partage := true;
      if v_ajustement.mouvement_type = 'STOCK_INITIAL' then
        perform private.partager_ajustement_initial(v_ajustement);
      end if;
    end if;
  end loop;
  -- Those of a transfer between tanks leave an account as it was.
  if v_partage then
    perform private.porter_aux_comptes(array(
      select row(n.depot_id, n.produit_id, m.partenaire_id, n.date_jour, n.delta_ambiant, n.delta_15c)::private.part
        from nouveaux n
        join (select 'RECEPTION' as type, r.id, r.partenaire_id from public.receptions r
              union all select 'SORTIE', s.id, s.partenaire_id from public.sorties_produit s
              union all select 'TRANSFERT_DEPOT', t.id, t.partenaire_id from public.transferts_depots t) m
          on m.type = n.mouvement_type and m.id = n.mouvement_id
       where n.proprietaire_type = 'PARTENAIRE'));
  end if;
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
  v_acteur private.acteur;
  v_fait text;
begin
  v_fait := private.exiger_ouvert();
  v_acteur := private.exiger('ajuster_stock');
  v_fait := private.exiger_motif(new.reason, 10);
  if num_nulls(new.delta_ambiant, new.delta_15c) > 0 then
    perform private.refuser('AJUSTEMENT_INCOMPLET',
      jsonb_build_object('champ', case when new.delta_ambiant is null then 'delta_ambiant' else 'delta_15c' end));
  end if;
  if new.delta_ambiant = 0 and new.delta_15c = 0 then
    perform private.refuser('AJUSTEMENT_NUL');
  end if;
  -- Whoever is invoicing this sortie, or confirming its note, ends first.
  if new.mouvement_type = 'SORTIE' then
    perform from public.sorties_produit s where s.id = new.mouvement_id for share;
  elsif new.mouvement_type = 'TRANSFERT_DEPOT' then
    perform from public.transferts_depots t where t.id = new.mouvement_id for update;
  end if;
  v_mouvement := private.mouvement_valide(new.mouvement_type, new.mouvement_id, new.citerne_id);

  new.citerne_id := v_mouvement.citerne_id;
  new.produit_id := v_mouvement.produit_id;
  new.depot_id := v_mouvement.depot_id;
  new.proprietaire_type := v_mouvement.proprietaire_type;
  new.date_jour := private.jour_au_depot(v_mouvement.depot_id, now());
  new.created_by := v_acteur.user_id;
  new.created_at := now();

  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.suivre_derniere(p_facture public.factures_client)
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_toutes constant int := 1000;
  v_avant record;
  v_jour date;
begin
  -- Of a year that has begun too: a clock put back over a New Year would number in the old one again.
  select f.exercice, f.date_facture, f.numero, f.empreinte into v_avant from public.factures_client f
   where f.depot_id = p_facture.depot_id and f.type = p_facture.type and f.exercice >= p_facture.exercice
     and f.sequence is not null
   order by f.exercice desc, f.sequence desc limit 1;
  if v_avant.date_facture > p_facture.date_facture then
    if private.jour_avant_elle(p_facture, c_toutes)
       > private.jour_au_depot(p_facture.depot_id, clock_timestamp()) then
      perform private.refuser('HORLOGE_RECULEE', jsonb_build_object('derniere', v_avant.date_facture,
        'aujourdhui', p_facture.date_facture, 'numero', v_avant.numero));
    end if;
    if v_avant.exercice > p_facture.exercice then
      select f.exercice, f.date_facture, f.numero, f.empreinte into v_avant from public.factures_client f
       where f.depot_id = p_facture.depot_id and f.type = p_facture.type and f.exercice = p_facture.exercice
         and f.sequence is not null
       order by f.sequence desc limit 1;
    end if;
    v_jour := private.jour_avant_elle(p_facture);
    if v_jour > p_facture.date_facture then
      -- Midnight passed while it waited for its number: it is of the day it has one.
      p_facture.date_echeance := p_facture.date_echeance + (v_jour - p_facture.date_facture);
      p_facture.date_facture := v_jour;
    end if;
  end if;
  p_facture.precedent := v_avant.empreinte;
  return p_facture;
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
  return private.faire_avancer_alerte(old, new.status);
end;
$function$;

CREATE OR REPLACE FUNCTION private.taxer_avoir(p_avoir public.factures_client, p_taxes public.factures_client_taxes[])
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ttc numeric;
  v_tva numeric;
  v_ttc_cdf numeric;
  v_tva_cdf numeric;
begin
  p_avoir := private.taxer(p_avoir, p_taxes);
  select coalesce(sum(a.total_ttc), 0), coalesce(sum(a.total_tva), 0), coalesce(sum(a.total_ttc_cdf), 0),
         coalesce(sum(a.total_tva_cdf), 0)
    into v_ttc, v_tva, v_ttc_cdf, v_tva_cdf
    from public.factures_client a where a.facture_origine_id = p_avoir.facture_origine_id and a.statut = 'EMISE';
  p_avoir.total_ttc_cdf := round((v_ttc + p_avoir.total_ttc) * p_avoir.taux_cdf, 2) - v_ttc_cdf;
  p_avoir.total_tva_cdf := round((v_tva + p_avoir.total_tva) * p_avoir.taux_cdf, 2) - v_tva_cdf;
  return p_avoir;
end;
$function$;

CREATE OR REPLACE FUNCTION private.taxes_d_avoir(p_avoir public.factures_client, p_lignes public.factures_client_lignes[])
 RETURNS public.factures_client_taxes[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_taxe public.factures_client_taxes;
  v_taxes public.factures_client_taxes[];
  v_ht numeric;
  v_tva numeric;
begin
  foreach v_taxe in array private.taxes_de(p_avoir, p_lignes) loop
    select coalesce(sum(t.base_ht), 0), coalesce(sum(t.montant_tva), 0) into v_ht, v_tva
      from public.factures_client_taxes t join public.factures_client a on a.id = t.facture_id
     where a.facture_origine_id = p_avoir.facture_origine_id and a.statut = 'EMISE' and t.groupe = v_taxe.groupe;
    v_taxe.montant_tva := private.tva(v_taxe.base_ht + v_ht, v_taxe.taux) - v_tva;
    v_taxes := v_taxes || v_taxe;
  end loop;
  return v_taxes;
end;
$function$;

CREATE OR REPLACE FUNCTION private.terminer_validation(p_sortie public.sorties_produit, p_creee boolean, p_payee boolean)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  v_reserve numeric;
  v_fait text;
begin
  v_fait := private.journaliser(
    case when p_creee then '{SORTIE_CREEE,SORTIE_VALIDEE}'::text[] else '{SORTIE_VALIDEE}'::text[] end, 'sorties',
      'INFO', p_sortie.id, p_sortie.depot_id, to_jsonb(p_sortie), p_sortie.validated_by);
  -- Most sorties deliver no order, and few clients have a limit or are suspended: only of those is more asked.
  if not p_creee then
    if exists (select from public.sorties_commandes l where l.sortie_id = p_sortie.id) then
      v_fait := private.exiger_commande(p_sortie);
    end if;
  end if;
  if not p_payee then
    if exists (select from public.clients_conditions c
                where c.client_id = p_sortie.client_id and (c.plafond is not null or c.suspendu)) then
      v_fait := private.exiger_credit(p_sortie);
    end if;
  end if;
  if p_sortie.compteur_id is not null then
    perform private.exiger_index_libres(p_sortie.id, p_sortie.compteur_id, p_sortie.index_avant, p_sortie.index_apres);
  end if;
  -- Last, so that others wait for the tank as little as can be.
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
  v_fait := private.debiter_autrement(p_sortie);
end;
$function$;

CREATE OR REPLACE FUNCTION private.texte_net(p_texte text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
RETURN regexp_replace(p_texte, '^\s+|\s+$'::text, ''::text, 'g'::text);

CREATE OR REPLACE FUNCTION private.reference_nette(p_reference text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN regexp_replace(private.texte_net(p_reference), '\s+'::text, ' '::text, 'g'::text);

CREATE OR REPLACE FUNCTION private.transfert_garder()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_faute text;
  v_admis boolean;
begin
  v_faute := case
    when new.citerne_source_id = new.citerne_destination_id then 'citerne_destination_id'
    when new.proprietaire_type not in ('MONALUXE', 'PARTENAIRE') then 'proprietaire_type'
    when new.volume_ambiant <= 0 then 'volume_ambiant'
    when new.date_jour < '2020-01-01' then 'date_jour' end;
  if v_faute is not null then
    perform private.refuser_ligne(tg_table_name, v_faute);
  end if;
  v_admis := private.exiger_mesures('transferts', null, null, new.volume_ambiant, new.volume_15c,
    new.temperature_ambiante_c, new.temperature_echantillon_c, new.densite_observee_kgm3, new.densite_a_15_kgm3,
    new.vcf);
  v_admis := private.date_admise(new.date_jour, 'date_jour');
  if new.note is not null then
    v_admis := private.texte_admis(new.note, 'note', true);
  end if;
  -- Those of this transaction so far, of which a client's request has one.
  if pg_stat_get_xact_tuples_inserted(tg_relid) >= private.lignes_au_plus() then
    perform private.exiger_peu_de_lignes(tg_relid, pg_stat_get_xact_tuples_inserted(tg_relid) + 1);
  end if;
  return new;
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
  v_fait text;
begin
  v_fait := private.verrouiller_citernes(variadic array(
    select n.citerne_source_id from nouveaux n union select n.citerne_destination_id from nouveaux n));
  for v_transfert in select * from nouveaux loop
    v_fait := private.debiter_citerne('TRANSFERT', v_transfert.id, v_transfert.citerne_source_id,
      v_transfert.produit_id,
      v_transfert.depot_id, v_transfert.proprietaire_type, v_transfert.date_jour, v_transfert.volume_ambiant,
      v_transfert.volume_15c, v_transfert.methode_15c);
    v_fait := private.exiger_securite(v_transfert.citerne_source_id, v_transfert.date_jour,
      case when v_transfert.methode_15c <> 'LEGACY' then v_transfert.vcf end);
    v_fait := private.appliquer_mouvement(v_transfert.citerne_destination_id, v_transfert.produit_id,
      v_transfert.depot_id,
      v_transfert.proprietaire_type, v_transfert.date_jour, v_transfert.volume_ambiant, v_transfert.volume_15c);
    if private.exiger_contenance(v_transfert.citerne_destination_id, v_transfert.date_jour, v_transfert.volume_ambiant)
       <> 'active' then
      perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE',
        jsonb_build_object('citerne_id', v_transfert.citerne_destination_id));
    end if;
    v_fait := private.melanger(v_transfert.citerne_destination_id, v_transfert.densite_a_15_kgm3,
      v_transfert.volume_15c);
    v_fait := private.journaliser('{TRANSFERT_CREE}'::text[], 'stocks', 'INFO', v_transfert.id, v_transfert.depot_id,
      to_jsonb(v_transfert), v_transfert.created_by);
    if v_transfert.proprietaire_type = 'PARTENAIRE' then
      perform private.partager_entre_partenaires('DILATATION', d.id, d.depot_id, d.produit_id, d.date_jour,
        d.delta_ambiant, 0)
         from public.dilatations d where d.mouvement_type = 'TRANSFERT' and d.mouvement_id = v_transfert.id;
    end if;
  end loop;
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.transferts_avant_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_source private.lieux;
  v_destination private.lieux;
  v_aujourdhui date;
  v_mesures private.mesures;
  v_corrige private.volume_corrige;
  v_acteur private.acteur;
  v_fait text;
begin
  v_fait := private.exiger_ouvert();
  v_acteur := private.exiger('transferer_stock');
  v_source := private.lieu_pour_mouvement(new.citerne_source_id, new.produit_id, v_acteur.depots);
  new.produit_id := v_source.produit_id;
  v_destination := private.lieu_pour_mouvement(new.citerne_destination_id, new.produit_id, v_acteur.depots);
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
  new.created_by := v_acteur.user_id;
  new.created_at := now();
  return new;
end;
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
       -- All of a truck that filled its tanks over two days, on the day the last of it came.
       where r.cours_de_route_id in (
           select d.cours_de_route_id from public.receptions d
            where d.depot_id = p_depot_id and d.date_reception between p_du and p_au)
         and r.statut = 'validee'
         and not exists (select from private.ecrits_apres(p_depot_id, p_connu_a) e where e.mouvement_id = r.id)
       group by r.cours_de_route_id having max(r.date_reception) between p_du and p_au) x
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
    from (select x.*, lag(x.empreinte) over w as avant,
                 max(case when y.facture_id is null then x.date_facture end)
                   over (w rows between unbounded preceding and 1 preceding) as jour_avant, row_number() over w as rang
            from public.factures_client x
            left join private.dates_fausses y on y.facture_id = x.id
           where x.statut = 'EMISE'
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
  delete from private.dates_fausses;
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

CREATE OR REPLACE FUNCTION public.dire_date_fausse(p_facture_id uuid, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_facture public.factures_client;
begin
  perform private.exiger('avancer_series');
  perform private.exiger_motif(p_motif, 10);
  select * into v_facture from public.factures_client f where f.id = p_facture_id;
  if v_facture.sequence is null
     or v_facture.date_facture < private.jour_au_depot(v_facture.depot_id, clock_timestamp()) then
    perform private.refuser('INTROUVABLE', '{"quoi":"une facture ou un avoir émis, daté d''un jour à venir"}');
  end if;
  insert into private.dates_fausses (facture_id, motif, par)
  values (v_facture.id, private.texte_net(p_motif), auth.uid()) on conflict do nothing;
  if found then
    perform private.journaliser('DATE_FAUSSE_DITE', 'ventes', 'CRITICAL', v_facture.id, v_facture.depot_id,
      jsonb_build_object('numero', v_facture.numero, 'date_facture', v_facture.date_facture, 'motif', p_motif));
  end if;
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
  v_lignes public.factures_client_lignes[];
  v_taxes public.factures_client_taxes[];
  v_fait text;
begin
  v_fait := private.exiger_motif(p_motif, 10);
  v_fait := private.exiger_read_committed();
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
  v_fait := private.exiger_quatre_yeux(v_origine.emise_par);
  v_fait := private.verrouiller_tiers('CLIENT', v_origine.client_id);
  v_avoir := private.nouvelle_facture(v_origine.depot_id, v_origine.client_id, v_origine.devise);
  v_avoir.type := 'AVOIR';
  v_avoir.facture_origine_id := v_origine.id;
  v_avoir.nature := p_nature;
  v_avoir.motif := private.texte_net(p_motif);
  v_avoir.client_fige := v_origine.client_fige;
  v_avoir.vendeur_fige := private.vendeur(v_origine.depot_id);
  v_avoir.taux_cdf := v_origine.taux_cdf;
  v_avoir.date_facture := private.jour_au_depot(v_origine.depot_id, clock_timestamp());
  v_lignes := private.lignes_d_avoir(v_avoir, p_lignes);
  v_taxes := private.taxes_d_avoir(v_avoir, v_lignes);
  insert into public.factures_client_lignes select l.* from unnest(v_lignes) l;
  v_avoir := private.taxer_avoir(v_avoir, v_taxes);
  v_avoir := private.sceller_facture(v_avoir, v_lignes, v_taxes, true);
  if p_nature = 'RAN' then
    update private.facturations_sortie s set libere_par = v_avoir.id
     where s.facture_id = v_origine.id and s.libere_par is null;
  end if;
  v_fait := private.lettrer_avoirs(v_origine.id);
  return v_avoir.id;
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
  v_fait text;
begin
  v_fait := private.exiger_read_committed();
  v_enc := private.nouvel_encaissement(v_acteur, p_encaissement);
  v_fait := private.exiger_factures_du_client(v_enc, v_factures);
  return (private.ecrire_encaissement(v_enc, v_factures)).id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.recevoir_transfert(p_id uuid, p_citerne_id uuid, p_volume_ambiant numeric, p_temperature_ambiante_c numeric, p_temperature_echantillon_c numeric DEFAULT NULL::numeric, p_densite_observee_kgm3 numeric DEFAULT NULL::numeric, p_densite_a_15_kgm3 numeric DEFAULT NULL::numeric, p_date_jour date DEFAULT NULL::date, p_note text DEFAULT NULL::text, p_confirmer boolean DEFAULT false)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_transfert public.transferts_depots;
  v_lieu private.lieux;
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
  if private.hors_annonce(v_transfert.expedie_ambiant, v_mouvement.delta_ambiant) then
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
  if exists (select from public.remboursements r
              where lower(r.reference) = lower(private.reference_nette(p_reference))) then
    perform private.refuser('REFERENCE_DEJA_UTILISEE', jsonb_build_object('reference', p_reference));
  end if;
  v_remb.montant := p_montant;
  v_remb.mode := p_mode;
  v_remb.reference := private.reference_nette(p_reference);
  v_remb.motif := private.texte_net(p_motif);
  v_remb.par := auth.uid();
  v_remb := private.ecrire_remboursement(v_enc, v_paiement.id, v_remb);
  return v_remb.id;
end;
$function$;

ALTER TABLE "private"."dates_fausses" ADD CONSTRAINT "dates_fausses_facture_id_fkey" FOREIGN KEY (facture_id) REFERENCES public.factures_client(id);

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
        END AS reserve,
    COALESCE(( SELECT k.roles
           FROM private.capacites k
          WHERE ((k.capacite = 'ecrire_reception'::text) AND (NOT k.second_facteur))), '{}'::text[]) AS receveurs,
    (d.actif AND p.actif) AS ouvert
   FROM ((public.citernes c
     JOIN public.depots d ON ((d.id = c.depot_id)))
     JOIN public.produits p ON ((p.id = c.produit_id)));;

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
          WHERE (r.prise_de_hauteur_id = p.id))) AS regularisee,
    private.jour_au_depot(p.depot_id, COALESCE(p.mesuree_le, p.created_at)) AS date_jour
   FROM ((public.prises_de_hauteur p
     JOIN public.citernes c ON ((c.id = p.citerne_id)))
     LEFT JOIN public.baremes b ON ((b.id = p.bareme_id)));;

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
     and e.date_jour between p_du and p_au
     and not exists (select from private.ecrits_apres(p_depot_id, p_connu_a) a
                      where a.mouvement_id = e.prise_de_hauteur_id)
$function$;

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
    c.created_at,
    private.jour_du_camion(c.id) AS date_jour
   FROM (((((public.cours_de_route c
     LEFT JOIN public.chargements h ON ((h.cours_de_route_id = c.id)))
     LEFT JOIN public.cdr_etapes s ON (((s.cours_de_route_id = c.id) AND (s.statut = 'DECHARGE'::text))))
     LEFT JOIN public.ecarts e ON (((e.reference_type = 'CDR'::text) AND (e.reference_id = c.id) AND (e.type = 'QUANTITE'::text) AND (e.origine = 'AUTO'::text))))
     CROSS JOIN LATERAL private.transit_du_camion(c.id) t(charge, recu, base, franchise, excedent, impact_usd, densite_charge, densite_recu))
     CROSS JOIN LATERAL private.recu_du_camion(c.id) r(volume_15c, volume_20c, densite_15, tonnes_air))
  WHERE (c.statut = 'DECHARGE'::text);;

CREATE VIEW "public"."v_gains_pertes" WITH (security_invoker=true) AS  SELECT 'DEPOT'::text AS nature,
    e.depot_id,
    e.produit_id,
    e.citerne_id,
    e.prise_de_hauteur_id AS reference_id,
    e.date_jour,
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
     CROSS JOIN LATERAL ( SELECT private.sorti_15c(e.citerne_id, (a.jour + 1), e.date_jour) AS debit) d)
  WHERE ((e.volume_15c IS NOT NULL) AND (e.stock_comptable_15c IS NOT NULL))
UNION ALL
 SELECT 'TRANSIT'::text AS nature,
    t.depot_id,
    t.produit_id,
    NULL::uuid AS citerne_id,
    t.cours_de_route_id AS reference_id,
    t.date_jour,
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

CREATE INDEX cours_de_route_created_at_idx ON public.cours_de_route USING btree (created_at DESC);

CREATE INDEX cours_de_route_depot_idx ON public.cours_de_route USING btree (depot_destination_id, date_chargement DESC, id DESC);

CREATE INDEX cours_de_route_non_decharges_idx ON public.cours_de_route USING btree (created_at DESC) WHERE (statut <> 'DECHARGE'::text);

CREATE INDEX receptions_created_at_idx ON public.receptions USING btree (created_at DESC);

CREATE INDEX receptions_depot_idx ON public.receptions USING btree (depot_id, date_reception DESC, id DESC);

CREATE INDEX sorties_produit_date_sortie_idx ON public.sorties_produit USING btree (date_sortie DESC);

CREATE INDEX sorties_produit_depot_idx ON public.sorties_produit USING btree (depot_id, date_jour DESC, id DESC);

CREATE INDEX stocks_journaliers_depot_idx ON public.stocks_journaliers USING btree (depot_id, date_jour DESC, id DESC);

CREATE TRIGGER capacites_lieux AFTER INSERT OR DELETE OR UPDATE ON private.capacites FOR EACH ROW EXECUTE FUNCTION private.lieux_suivre_regles('capacite', '{ecrire_sortie,valider_sortie,ecrire_reception}');

ALTER TABLE "private"."capacites" ENABLE ALWAYS TRIGGER "capacites_lieux";

CREATE TRIGGER dates_fausses_block BEFORE DELETE OR UPDATE OR TRUNCATE ON private.dates_fausses FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

CREATE TRIGGER depots_lieux AFTER UPDATE OF code, fuseau, temperature_min_c, temperature_max_c, actif ON public.depots FOR EACH ROW EXECUTE FUNCTION private.lieux_suivre();

ALTER TABLE "public"."depots" ENABLE ALWAYS TRIGGER "depots_lieux";

CREATE TRIGGER fournisseur_lot_reserve BEFORE DELETE OR UPDATE ON public.fournisseur_lot FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('tenir_lots');

CREATE TRIGGER produits_lieux AFTER UPDATE OF nom, groupe_mpms, alpha_historique, densite_15_min, densite_15_max, actif ON public.produits FOR EACH ROW EXECUTE FUNCTION private.lieux_suivre();

ALTER TABLE "public"."produits" ENABLE ALWAYS TRIGGER "produits_lieux";

CREATE TRIGGER profils_reserver BEFORE UPDATE ON public.profils FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('ecrire_profils');

CREATE TRIGGER sorties_produit_reserver BEFORE UPDATE ON public.sorties_produit FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('ecrire_sortie');

CREATE TRIGGER stocks_adjustments_garder BEFORE INSERT ON public.stocks_adjustments FOR EACH ROW EXECUTE FUNCTION private.ajustement_garder();

CREATE TRIGGER stocks_adjustments_gel BEFORE TRUNCATE ON public.stocks_adjustments FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE TRIGGER system_alerts_reserver BEFORE UPDATE ON public.system_alerts FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('tenir_alertes');

CREATE TRIGGER transferts_garder BEFORE INSERT ON public.transferts FOR EACH ROW EXECUTE FUNCTION private.transfert_garder();

CREATE TRIGGER transferts_gel BEFORE TRUNCATE ON public.transferts FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

CREATE POLICY "transferts_creation" ON "public"."transferts" FOR INSERT TO "authenticated" WITH CHECK ((created_by IS NOT NULL));

COMMENT ON COLUMN "private"."lieux"."ouvert" IS 'Whether neither its product nor its depot is disabled.';

COMMENT ON COLUMN "private"."lieux"."receveurs" IS 'The same of those that may write a réception.';

COMMENT ON FUNCTION "private"."acte_differe"(text) IS 'The act done without a line that a request of this number brings, where its caller has sent it and it is being done, or was and nobody knows whether it is; null for any other request, whatever its number.';

COMMENT ON FUNCTION "private"."ajustement_garder"() IS 'What every adjustment holds, completed, whoever writes it: a known kind of movement and owner, litres, a reason that people read; so many a request. Raises TEXTE_ILLISIBLE, TROP_DE_LIGNES, 23514 naming the column.';

COMMENT ON FUNCTION "private"."cles_choisies"(text, text, text, integer) IS 'Ids of the rows of a page as the caller sees them, by a plan that is made for the values of its conditions; seen as whatever asks it sees the tables.';

COMMENT ON FUNCTION "private"."completer_encaissement"(public.encaissements) IS 'A payment, checked and completed, not yet written, whoever says it; its client is the caller''s to ask. Raises DATE_FUTURE, ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, CAISSE_CLOTUREE, TAUX_ABSENT, and 23514.';

COMMENT ON FUNCTION "private"."condition_dite"(jsonb, text, text) IS 'A condition on the rows t of a page, as its query has it. {sorte, colonnes}: any of the columns est p_valeur, the first is it and heads the order (tete: see page_dite), all of them together contient it, the first is depuis or jusqu_a it; or a moment, depuis_le_jour and jusqu_au_jour, days of p_depot. Both as the query says them, a value or the place of one. Null for another sorte: the query is then none.';

COMMENT ON FUNCTION "private"."conditions_choisies"(jsonb, jsonb, text, text) IS 'All that is asked of the rows t of a page, its values in it: p_conditions (condition_dite, with valeur and depot_id in each), and to come after the keys p_apres.';

COMMENT ON FUNCTION "private"."dans_un_cercle"(uuid, uuid[]) IS 'Whether one of these acts, which this one waits for, waits for it, through however many others and whichever batches they came in: then none of them can be the first.';

COMMENT ON FUNCTION "private"."exiger_a_l_ecriture"() IS 'A policy hides the rows one may not change, so that the client says « enregistré » of nothing done: this refuses the statement of a person. Argument of the trigger: the capability that the policy asks for. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."exiger_commande"(public.sorties_produit) IS 'A sortie, written as validated, is within the order that it delivers. Raises COMMANDE_ETAT, COMMANDE_INCOMPATIBLE, COMMANDE_EXPIREE, COMMANDE_DEPASSEE, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."exiger_contenance"(uuid, date, numeric) IS 'After litres came into a tank on a day, refuses where that day or a later one ends above what it can hold, all owners together, and names the first. Gives the state of the tank, which may have closed since it was read. The caller has the lock. Raises CITERNE_PLEINE.';

COMMENT ON FUNCTION "private"."exiger_credit"(public.sorties_produit) IS 'Under the flag credit_client_blocant a sortie, written as validated and not yet debited, leaves its client within their limit, or uses a dérogation; takes the mutex of the account, before that of the tank. Asked only of a client who has a limit or is suspended (private.terminer_validation). Raises CLIENT_SUSPENDU, CREDIT_DEPASSE, TARIF_ABSENT, TAUX_ABSENT, TVA_NON_FIXEE, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."exiger_volume_annonce"(public.cours_de_route, numeric, boolean) IS 'Refuses what cannot be what a truck announced (litres), all its tanks together, unless that was confirmed: then logs RECEPTION_CONFIRMEE, WARNING. Raises VOLUME_HORS_ANNONCE.';

COMMENT ON FUNCTION "private"."facturee_a_nouveau"(uuid, uuid) IS 'Whether credit notes of quantity have brought what an invoice sells of a sortie to what the sortie is once corrected.';

COMMENT ON FUNCTION "private"."factures_client_corrigees"() IS 'Invoices of clients whose sorties were corrected after they were issued (litres at 15 °C), until credit notes say the same.';

COMMENT ON FUNCTION "private"."hors_annonce"(numeric, numeric) IS 'Whether litres received cannot be those announced: ten times as many or more, a digit too many or a decimal point that was lost; a thousandth, give or take a tenth, cubic metres typed as litres.';

COMMENT ON FUNCTION "private"."illisibles"() IS 'Characters that nobody sees, as a class of regular expressions: controls; marks that hide, or turn the direction of what follows; what stands for nothing, or for a byte that could not be read. Not the marks of a variant, which a telephone puts after many a sign.';

COMMENT ON FUNCTION "private"."jour_avant_elle"(public.factures_client, integer) IS 'Day of the last of its series, and of the series of so many years after it, whose date nobody has said to be false; null for none.';

COMMENT ON FUNCTION "private"."jour_du_camion"(uuid) IS 'The day all that a truck brought was in: what it lost on its way is told of that day, whenever it was typed; null where nothing was received of it.';

COMMENT ON FUNCTION "private"."lecture_tenue"(text, text) IS 'What a query of one JSON value reads, as the caller, by a plan that the session keeps and that suits any value: p_valeurs, quoted, with commas between them, are its $1 and after. Behind a pooler too, whoever has the session next. For the queries that are few, of our own making: each stays for as long as its session. PostgreSQL makes the plan again for another role, and where what it reads has changed.';

COMMENT ON FUNCTION "private"."ligne_d_avoir"(public.factures_client, integer, public.factures_client_lignes, jsonb) IS 'A line of a credit note, not yet written: a quantity at the price of its line, or an amount before tax; what is left of it where neither is said. Raises AVOIR_EXCEDENTAIRE, and 22xxx.';

COMMENT ON FUNCTION "private"."lignes_d_avoir"(public.factures_client, jsonb) IS 'Lines of a credit note, not yet written: those that are said, each once; of a cancelling one, all that is left. Raises INTROUVABLE, FORME_INATTENDUE, FACTURE_VIDE, AVOIR_EXCEDENTAIRE, AVOIR_LIGNE_REPETEE, and 22xxx.';

COMMENT ON FUNCTION "private"."nom_lisible"(text) IS 'Whether a name is one, has no letter of a script that looks like Latin (Greek, Cyrillic, Armenian, Cherokee, Coptic, Lisu, Canadian syllabics, scripts of antiquity), and no mark of a variant, by which two that look alike would differ.';

COMMENT ON FUNCTION "private"."page_choisie"(text, text, text, text, text, text, integer, jsonb, jsonb, text) IS 'Rows of a table or view of public as the caller sees them, p_lignes at most, in the order of p_cles, asc or desc (p_sens): of each row the values of p_colonnes, then as text those of p_cles; null where there is no row. Planned for the values of p_conditions (condition_dite, with valeur and depot_id in each) and p_apres, the keys of the row before the first; p_heures: columns told by the clock of the depot p_depot. p_au: p_source is a function of private that gives the same rows as they stood at the end of that day.';

COMMENT ON FUNCTION "private"."page_dite"(text, text, text, text, text, integer, jsonb, jsonb, text) IS 'A page as page_lue gives it, p_lignes at most, by a plan that suits any value: p_conditions (condition_dite, with valeur and depot_id in each) are those that an index holds before the keys, or bounds of the first of these. p_apres: the keys of the row before the first, or null. p_seul: the column that is the depot, where nobody says it and who sees one depot sees its rows alone. What has one value may head the order, and is said in a way that leaves it there: no index then gives that order but the one that begins with it, and the page of a tank or a depot that moves little is not looked for among what all others have moved since.';

COMMENT ON FUNCTION "private"."page_lue"(text, text, text, text, text, text, text, text) IS 'The first rows t of a table or view of public as the caller sees them, in p_ordre: of each of p_colonnes, then as text of each of p_cles, the values of all rows in their order; null where there is no row. p_cachees: those of p_cles that are not of p_colonnes. Its plan is kept, one for each text: p_conditions on the rows t say the place of a value ($2 and after) and not the value; p_valeurs: these, quoted, $1 first, which is how many rows at most. p_limite: a limit for the plan, above it.';

COMMENT ON FUNCTION "private"."page_trouvee"(text, text, text, text, text, integer, jsonb, jsonb) IS 'A page as page_lue gives it, p_lignes at most, for conditions that no index holds: a plan that suits any tank looks for the few movements of a quiet one through the whole history. So its ids are found by a plan made for the values, and its rows read by one that is kept, both in one look at the tables. The arguments are those of page_dite.';

COMMENT ON FUNCTION "private"."peut"(text) IS 'Whether the calling user has a capability, by their role or beside it; false for nobody. Read in policies as a sub-select, so that it runs once a statement. A capability that is not in the list is a bug and raises P0002.';

COMMENT ON FUNCTION "private"."prises_connues"(uuid, date, date, timestamp with time zone) IS 'Dips that were read on some days of a depot, as they were known at a moment; but for regularisee, which is of now.';

COMMENT ON FUNCTION "private"."reference_nette"(text) IS 'The reference of a payment as one types it: no blanks around it, single ones within, so that two people who copy it write the same.';

COMMENT ON FUNCTION "private"."reserver_lieux"(uuid[], uuid[], boolean) IS 'Keeps whoever changes these products and depots, alone, from whoever changes tanks of them, together, until the transaction ends; null: whoever changes what all tanks have of the rules, from everybody. Raises ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."reste_de_ligne"(public.factures_client_lignes) IS 'What credit notes have left of a line.';

COMMENT ON FUNCTION "private"."sceller_facture"(public.factures_client, public.factures_client_lignes[], public.factures_client_taxes[], boolean) IS 'The last of issuing: account, number, hash, entry, log; p_neuve as private.numeroter_facture has it. Raises FACTURE_VIDE, DEPOT_SANS_CODE, HORLOGE_RECULEE, ISOLATION_INTERDITE, ECRITURES_GELEES.';

COMMENT ON FUNCTION "private"."stocks_adjustments_apres_insert"() IS 'Each adjustment of the statement, under the lock of its tank: moves the stock where it may, within the bounds of the tank; logs STOCK_AJUSTE, RECEPTION_COMPENSEE or SORTIE_COMPENSEE as CRITICAL. Then the other half of those of a transfer. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, INSUFFICIENT_STOCK, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, TROP_DE_LIGNES, TEXTE_ILLISIBLE, AJUSTEMENT_INCOMPLET, AJUSTEMENT_NUL, AJUSTEMENT_EXCESSIF, FACTEUR_HORS_BORNES, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, MOTIF_REQUIS, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';

COMMENT ON FUNCTION "private"."stocks_adjustments_avant_insert"() IS 'An admin, a reason, both volumes, a validated movement. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, MOTIF_REQUIS, AJUSTEMENT_INCOMPLET, AJUSTEMENT_NUL, INVALID_ID_OR_STATE, ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."suivre_derniere"(public.factures_client) IS 'An invoice that has just had its number, chained to the last of its series and of no earlier day than those whose date is true. Raises HORLOGE_RECULEE.';

COMMENT ON FUNCTION "private"."system_alerts_avant_update"() IS 'A person moves an alert''s status, one way, and nothing else of it; who and when are written here. Raises ALERTE_ETAT.';

COMMENT ON FUNCTION "private"."taxer_avoir"(public.factures_client, public.factures_client_taxes[]) IS 'Writes the taxes of a credit note and gives it its totals, in francs those of all so far less those before.';

COMMENT ON FUNCTION "private"."taxes_d_avoir"(public.factures_client, public.factures_client_lignes[]) IS 'Tax of the lines of a credit note, group by group: that of all so far less those before.';

COMMENT ON FUNCTION "private"."texte_net"(text) IS 'A text without the blanks around it: spaces, tabs, line breaks. Inlined where it is used.';

COMMENT ON FUNCTION "private"."transfert_garder"() IS 'What every transfer holds, completed, whoever writes it: two tanks, a known owner, measures that a depot reads, a day of the books, a note that people read; so many a request. Raises DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, TROP_DE_LIGNES, 23514 naming the column.';

COMMENT ON FUNCTION "private"."transferts_avant_insert"() IS 'Two different active tanks of one product and one depot, a day not in the future, litres above zero. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, DATE_FUTURE, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, MESURES_INCOHERENTES, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, DENSITE_OBSERVEE_REQUISE, DENSITE_HORS_PRODUIT, ASTM_HORS_DOMAINE, VOLUME_15C_INCOHERENT, VOLUME_TROP_PETIT, ECRITURES_GELEES, ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "public"."admin_compensate_reception"(uuid, text) IS 'Takes back what is left of what a réception credited (admin, reason of 10 characters or more). See private.compenser. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, INSUFFICIENT_STOCK, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, TROP_DE_LIGNES, TEXTE_ILLISIBLE, AJUSTEMENT_INCOMPLET, AJUSTEMENT_NUL, AJUSTEMENT_EXCESSIF, FACTEUR_HORS_BORNES, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, MOTIF_REQUIS, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';

COMMENT ON FUNCTION "public"."admin_compensate_sortie"(uuid, text) IS 'Gives back what is left of what a sortie debited (admin, reason of 10 characters or more). See private.compenser. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, INSUFFICIENT_STOCK, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, TROP_DE_LIGNES, TEXTE_ILLISIBLE, AJUSTEMENT_INCOMPLET, AJUSTEMENT_NUL, AJUSTEMENT_EXCESSIF, FACTEUR_HORS_BORNES, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, MOTIF_REQUIS, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';

COMMENT ON FUNCTION "public"."dire_date_fausse"(uuid, text) IS 'Says of an issued invoice or credit note that a clock running ahead has dated it (admin), in days to come: it stays as it is, and no longer holds back those of today. Said again, it changes nothing. Logged CRITICAL. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, MOTIF_REQUIS, INTROUVABLE.';

COMMENT ON FUNCTION "public"."rattacher_cdr_decharge"(uuid, uuid, text) IS 'A truck that was unloaded without its lot, or in another one that is still open, joins an open one (admin), with the reason, logged CRITICAL. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, PLAQUE_INVALIDE, ROLE_FORBIDDEN, REFERENTIEL_INACTIF, CDR_TRANSITION_INTERDITE, CDR_DEJA_OUVERT, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LOT_NON_OUVERT, LOT_INCOMPATIBLE, LOT_CDR_DECHARGE, PROFORMA_ETAT.';

COMMENT ON FUNCTION "public"."recevoir_transfert"(uuid, uuid, numeric, numeric, numeric, numeric, numeric, date, text, boolean) IS 'Receives a transfer in a tank of the depot it was sent to (admin, directeur, gerant of that depot): the litres measured there, on its day or a later one. What cannot be what was sent: only with p_confirmer, logged RECEPTION_CONFIRMEE as WARNING. What it lost on the way is a gap of the carrier''s. Logs TRANSFERT_DEPOT_RECU. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, VOLUME_15C_INCOHERENT, MESURES_INCOHERENTES, VOLUME_TROP_PETIT, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES, DENSITE_HORS_PRODUIT, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL, TRANSFERT_ETAT, TRANSFERT_AUTRE_DEPOT, TRANSFERT_AVANT_EXPEDITION, VOLUME_HORS_ANNONCE.';

COMMENT ON TABLE "private"."dates_fausses" IS 'Invoices and credit notes that a clock running ahead has dated in days to come, and who says so: they keep number, date and hash, and hold no other back. Immutable.';

COMMENT ON TYPE "private"."reste_ligne" IS 'What is left of a line of an invoice: amount before tax, and quantity.';

COMMENT ON VIEW "private"."lieux_vrais" IS 'What private.lieux holds, as the tables have it.';

COMMENT ON VIEW "public"."v_ecarts_inventaire" IS 'Each dip beside the books of the moment it was read, litres as measured and at 15 °C, tonnes: gap in litres and thousandths; beyond the tolerance of its day (hors_tolerance), and beyond what the instruments may be wrong by (au_dela_incertitude: null where litres were sent).';

COMMENT ON VIEW "public"."v_ecarts_transit" IS 'Each unloaded truck: loaded against received, in the base of its bill of lading. Without one (compare is false) what was announced stands against litres at 15 °C, for information only. date_jour: the day it was received.';

COMMENT ON VIEW "public"."v_gains_pertes" IS 'Each dip against the books of its moment (DEPOT, litres at 15 °C) and each unloaded truck against its bill of lading (TRANSIT, in its unit): found less expected, in thousandths of what left the tank since the dip before it, or of what was loaded, and whether that is beyond tolerance.';

REVOKE ALL ON FUNCTION "private"."ajustement_garder"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ajustement_garder"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."cles_choisies"(text, text, text, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."cles_choisies"(text, text, text, integer) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."condition_dite"(jsonb, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."condition_dite"(jsonb, text, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."conditions_choisies"(jsonb, jsonb, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."conditions_choisies"(jsonb, jsonb, text, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."dans_un_cercle"(uuid, uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dans_un_cercle"(uuid, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_a_l_ecriture"() FROM "authenticated";

GRANT EXECUTE ON FUNCTION "private"."exiger_a_l_ecriture"() TO "authenticated";

REVOKE ALL ON FUNCTION "private"."exiger_a_l_ecriture"() FROM "service_role";

GRANT EXECUTE ON FUNCTION "private"."exiger_a_l_ecriture"() TO "service_role";

REVOKE ALL ON FUNCTION "private"."exiger_contenance"(uuid, date, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_contenance"(uuid, date, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."facturee_a_nouveau"(uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."facturee_a_nouveau"(uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."hors_annonce"(numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."hors_annonce"(numeric, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."jour_avant_elle"(public.factures_client, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."jour_avant_elle"(public.factures_client, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."jour_du_camion"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."jour_du_camion"(uuid) TO "authenticated", "postgres", "service_role";

REVOKE ALL ON FUNCTION "private"."lecture_tenue"(text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lecture_tenue"(text, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."ligne_d_avoir"(public.factures_client, integer, public.factures_client_lignes, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ligne_d_avoir"(public.factures_client, integer, public.factures_client_lignes, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lignes_d_avoir"(public.factures_client, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lignes_d_avoir"(public.factures_client, jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."page_dite"(text, text, text, text, text, integer, jsonb, jsonb, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."page_dite"(text, text, text, text, text, integer, jsonb, jsonb, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."page_lue"(text, text, text, text, text, text, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."page_lue"(text, text, text, text, text, text, text, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."page_trouvee"(text, text, text, text, text, integer, jsonb, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."page_trouvee"(text, text, text, text, text, integer, jsonb, jsonb) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."prises_connues"(uuid, date, date, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."prises_connues"(uuid, date, date, timestamp with time zone) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."reference_nette"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."reference_nette"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."reste_de_ligne"(public.factures_client_lignes) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."reste_de_ligne"(public.factures_client_lignes) TO "postgres";

REVOKE ALL ON FUNCTION "private"."sceller_facture"(public.factures_client, public.factures_client_lignes[], public.factures_client_taxes[], boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."sceller_facture"(public.factures_client, public.factures_client_lignes[], public.factures_client_taxes[], boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."taxer_avoir"(public.factures_client, public.factures_client_taxes[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."taxer_avoir"(public.factures_client, public.factures_client_taxes[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."taxes_d_avoir"(public.factures_client, public.factures_client_lignes[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."taxes_d_avoir"(public.factures_client, public.factures_client_lignes[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."transfert_garder"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."transfert_garder"() TO "postgres";

REVOKE ALL ON FUNCTION "public"."dire_date_fausse"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."dire_date_fausse"(uuid, text) TO "authenticated", "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."dates_fausses" TO "postgres";

GRANT USAGE ON TYPE "private"."reste_ligne" TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."lieux_vrais" TO "postgres";

GRANT SELECT ON TABLE "public"."v_ecarts_inventaire" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_ecarts_inventaire" TO "postgres";

GRANT SELECT ON TABLE "public"."v_ecarts_inventaire" TO "service_role";

GRANT SELECT ON TABLE "public"."v_ecarts_transit" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_ecarts_transit" TO "postgres";

GRANT SELECT ON TABLE "public"."v_ecarts_transit" TO "service_role";

GRANT SELECT ON TABLE "public"."v_gains_pertes" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_gains_pertes" TO "postgres";

GRANT SELECT ON TABLE "public"."v_gains_pertes" TO "service_role";

insert into private.refus as r (code, statut_http, phrase, sens, conduite) values
  ('HORLOGE_RECULEE', 409,
    'Le serveur se croit le {aujourdhui} et {numero} porte la date du {derniere} : l''une des deux est fausse.',
    'Les dates ne reculent pas quand les numéros avancent (detail : derniere, aujourdhui, numero).',
    'Regarder un calendrier. Si le serveur est en retard, le mettre à l''heure, puis recommencer. S''il est juste, '
    'c''est '
    'lui qui était en avance quand {numero} a été émis : un administrateur le dit une fois '
    '(`npm run ops -- ventes:date-fausse`), puis on recommence ; aucun numéro n''est perdu.'),
  ('VOLUME_HORS_ANNONCE', 409,
    'Ce camion annonçait {annonce} L et {recu} L seraient reçus : relisez, puis confirmez si c''est bien cela.',
    'Dix fois ce qui était annoncé, ou plus : un chiffre de trop, le plus souvent. Le millième, à peu près : des mètres '
    'cubes écrits pour des litres (detail : annonce, recu).',
    'Corriger le volume. S''il est juste, envoyer confirmer: true ; le journal le garde comme un avertissement.'),
  ('HORLOGE_FAUSSE', 422,
    'Le téléphone dit {dit} et le serveur {juste}, plus d''un jour d''écart : l''une des deux horloges est fausse.',
    'Les actes faits sans ligne sont datés par le téléphone, dont l''écart au serveur ne peut dépasser 24 heures '
    '(detail : maintenant, serveur, et les mêmes à l''heure du dépôt : dit, juste). Rien du lot n''a été appliqué.',
    'Comparer à une montre. Si c''est le téléphone, le régler sur l''heure automatique, vérifier le jour de chaque '
    'acte, puis renvoyer le lot. Si c''est le serveur, ne rien changer au téléphone : prévenir l''exploitation, et '
    'renvoyer le lot une fois le serveur à l''heure.')
on conflict (code) do update
   set (statut_http, phrase, sens, conduite) = (excluded.statut_http, excluded.phrase, excluded.sens, excluded.conduite)
 where (r.statut_http, r.phrase, r.sens, r.conduite)
       is distinct from (excluded.statut_http, excluded.phrase, excluded.sens, excluded.conduite);

reset check_function_bodies;
select private.noter_etat('20261128160342_aube');
