-- 20261128051137_affinage: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261128051137_affinage');

DROP TRIGGER "citernes_lieux_reserver" ON "public"."citernes";

DROP TRIGGER "citernes_lieux" ON "public"."citernes";

DROP VIEW "private"."lieux_vrais";

DROP FUNCTION "private"."deplacer_jours"(uuid, uuid, text, date, date, numeric, numeric, boolean);

ALTER TABLE "private"."lieux" ADD COLUMN "clos_au" date NOT NULL DEFAULT '2049-12-31'::date;

ALTER TABLE "private"."lieux" ADD COLUMN "reserve" numeric(15,3) NOT NULL DEFAULT 0;

ALTER TYPE "private"."emplacement" ADD ATTRIBUTE "clos_au" date CASCADE;

ALTER TYPE "private"."emplacement" ADD ATTRIBUTE "reserve" numeric CASCADE;

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

COMMENT ON COLUMN "private"."lieux"."clos_au" IS 'Last closed day of the depot, flag or not; before the books where none is.';

COMMENT ON COLUMN "private"."lieux"."reserve" IS 'Litres that must stay in the tank: citernes.capacite_securite, 0 where it is logical.';

COMMENT ON FUNCTION "private"."deplacer_jours"(uuid, uuid, text, date, date, numeric, numeric, boolean, numeric) IS 'Takes litres (negative: adds) from the snapshot and from its days from p_jour to p_dernier_jour. False, and nothing done, where p_dernier_jour is not the last day it has, or where less than p_reserve litres as measured, or less than none at 15 °C, would be left. The caller has the lock.';

COMMENT ON FUNCTION "private"."lieux_suivre"() IS 'Keeps private.lieux as what it copies: of the tank, or of all tanks of the depot or of the product, that changed. Raises ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."lieux_suivre_periodes"() IS 'Keeps the last closed day of private.lieux as the depot has it whose days were closed or opened. Raises ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."noter_etat"(text) IS 'Last statement of whatever brings this database to a state: notes what it is at, under the name of the migration (p_nom), makes the copy of the tanks again (private.lieux), and sets the server''s clock (private.regler_horloge). Gives the fingerprint. Owner only.';

COMMENT ON FUNCTION "private"."regler_horloge"() IS 'Tells the server''s own clock, where it has one, all that is to be done from time to time. Each migration ends with it (private.noter_etat): what is scheduled is no object that a migration could be made from. Run again it does no harm. Owner only.';

COMMENT ON VIEW "private"."lieux_vrais" IS 'What private.lieux holds, as the tables have it.';

REVOKE ALL ON FUNCTION "private"."deplacer_jours"(uuid, uuid, text, date, date, numeric, numeric, boolean, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."deplacer_jours"(uuid, uuid, text, date, date, numeric, numeric, boolean, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lieux_suivre_periodes"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lieux_suivre_periodes"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."regler_horloge"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."regler_horloge"() TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."lieux_vrais" TO "postgres";

reset check_function_bodies;
select private.noter_etat('20261128051137_affinage');
