-- 20261128052216_affinage: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261128052216_affinage');

DROP TRIGGER "citernes_lieux_reserver" ON "public"."citernes";

DROP TRIGGER "citernes_lieux" ON "public"."citernes";

DROP VIEW "private"."lieux_vrais";

ALTER TABLE "private"."actes_differes" DROP CONSTRAINT "actes_differes_etat_check";

DROP FUNCTION "private"."deplacer_jours"(uuid, uuid, text, date, date, numeric, numeric, boolean);

DROP FUNCTION "private"."exiger_precedents"(private.actes_differes, integer);

ALTER TABLE "private"."lieux" ADD COLUMN "clos_au" date NOT NULL DEFAULT '2049-12-31'::date;

ALTER TABLE "private"."lieux" ADD COLUMN "reserve" numeric(15,3) NOT NULL DEFAULT 0;

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

CREATE OR REPLACE FUNCTION private.dit_de_l_abandon(p_acte private.actes_differes)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select jsonb_build_object('moment', p_acte.moment, 'fait_le', p_acte.fait_le, 'traite_le', p_acte.traite_le,
    'etat', 'ABANDONNE', 'statut', null, 'reponse', null, 'motif', p_acte.reponse -> 'motif')
$function$;

CREATE OR REPLACE FUNCTION private.empreinte_d_acte(p_acte jsonb)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN sha256(convert_to(((p_acte - '{cle,apres,exiges,lieu,precedents,probleme}'::text[]))::text, 'UTF8'::name));

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

COMMENT ON COLUMN "private"."actes_differes"."reponse" IS 'The row its door answered, or the problem; of one that was withdrawn, why.';

COMMENT ON COLUMN "private"."lieux"."clos_au" IS 'Last closed day of the depot, flag or not; before the books where none is.';

COMMENT ON COLUMN "private"."lieux"."reserve" IS 'Litres that must stay in the tank: citernes.capacite_securite, 0 where it is logical.';

COMMENT ON COLUMN "private"."lots_differes"."actes" IS 'In the order sent: key and fingerprint (SHA-256, hexadecimal) of each act, and the keys of those it cannot be done without (exiges).';

COMMENT ON FUNCTION "private"."abandonner_acte"(uuid, uuid, text) IS 'Withdraws, for good, an act of the caller''s own that is not done, whether its batch has come or not: its key is of no more use to its door. p_lot: its batch; p_motif: why. Answers as lire_lot does of one act; said again, the first reason stands. Logs ACTE_DIFFERE_ABANDONNE. Raises CLE_D_AUTRUI, ACTE_DEJA_FAIT.';

COMMENT ON FUNCTION "private"."deplacer_jours"(uuid, uuid, text, date, date, numeric, numeric, boolean, numeric) IS 'Takes litres (negative: adds) from the snapshot and from its days from p_jour to p_dernier_jour. False, and nothing done, where p_dernier_jour is not the last day it has, or where less than p_reserve litres as measured, or less than none at 15 °C, would be left. The caller has the lock.';

COMMENT ON FUNCTION "private"."dit_de_l_abandon"(private.actes_differes) IS 'What is answered of an act that was withdrawn: when, and why (motif).';

COMMENT ON FUNCTION "private"."exiger_precedents"(private.actes_differes, uuid[], integer) IS 'What was answered to the acts that this one depends on, by key; all of them must be done, but for what was withdrawn and it does not need. p_exiges: what it needs. p_jours: how late an act may come; what was done before this one and is still not there then never will be. Raises ACTES_EN_CERCLE, PRECEDENT_PERDU, ACTE_ATTENDU, PRECEDENT_D_AUTRUI, PRECEDENT_ABANDONNE, ACTE_DEPENDANT.';

COMMENT ON FUNCTION "private"."lieux_suivre"() IS 'Keeps private.lieux as what it copies: of the tank, or of all tanks of the depot or of the product, that changed. Raises ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."lieux_suivre_periodes"() IS 'Keeps the last closed day of private.lieux as the depot has it whose days were closed or opened. Raises ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."noter_acte"(uuid, text, integer, jsonb) IS 'Remembers how an act ended: its door''s answer, or the problem. What is APPLIQUE or ABANDONNE stays so. Logs ACTE_DIFFERE_REFUSE where it is refused for a reason it was not refused for before.';

COMMENT ON FUNCTION "private"."noter_etat"(text) IS 'Last statement of whatever brings this database to a state: notes what it is at, under the name of the migration (p_nom), makes the copy of the tanks again (private.lieux), and sets the server''s clock (private.regler_horloge). Gives the fingerprint. Owner only.';

COMMENT ON FUNCTION "private"."preparer_acte"(uuid, integer) IS 'What the door of an act must know before it is asked: p_rang is its place in its batch, from 0. {etat, statut, reponse} where it is done, motif where it was withdrawn; else {etat, fait_le, jour (at its depot), reponses: of the acts it depends on}. A refusal that its door has kept is forgotten. Raises CLE_D_AUTRUI, IDEMPOTENCE_CONFLIT, MOMENT_FUTUR, MOMENT_TROP_ANCIEN, ACTES_EN_CERCLE, PRECEDENT_PERDU, ACTE_ATTENDU, PRECEDENT_D_AUTRUI, PRECEDENT_ABANDONNE, ACTE_DEPENDANT.';

COMMENT ON FUNCTION "private"."recevoir_lot"(uuid, text, timestamp with time zone, jsonb) IS 'Remembers a batch and its acts, each by its key: what came before stays as it was. p_maintenant: the phone''s clock; p_actes: [{cle, acte, moment, version, corps, lieu, precedents, exiges, probleme}], lieu the tank or depot it names, precedents the keys it depends on, exiges those of them it cannot be done without, probleme where its shape was refused already. Answers as lire_lot does. Logs SYNCHRONISATION_RECUE, once. Called by the door only. Raises HORLOGE_FAUSSE.';

COMMENT ON FUNCTION "private"."regler_horloge"() IS 'Tells the server''s own clock, where it has one, all that is to be done from time to time. Each migration ends with it (private.noter_etat): what is scheduled is no object that a migration could be made from. Run again it does no harm. Owner only.';

COMMENT ON VIEW "private"."lieux_vrais" IS 'What private.lieux holds, as the tables have it.';

REVOKE ALL ON FUNCTION "private"."abandonner_acte"(uuid, uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."abandonner_acte"(uuid, uuid, text) TO "authenticated", "postgres";

REVOKE ALL ON FUNCTION "private"."deplacer_jours"(uuid, uuid, text, date, date, numeric, numeric, boolean, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."deplacer_jours"(uuid, uuid, text, date, date, numeric, numeric, boolean, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."dit_de_l_abandon"(private.actes_differes) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dit_de_l_abandon"(private.actes_differes) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_precedents"(private.actes_differes, uuid[], integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_precedents"(private.actes_differes, uuid[], integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lieux_suivre_periodes"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lieux_suivre_periodes"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."regler_horloge"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."regler_horloge"() TO "postgres";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "private"."lieux_vrais" TO "postgres";

insert into private.refus as r (code, statut_http, phrase, sens, conduite) values
  ('PRECEDENT_ABANDONNE', 409, 'Cet acte en suit un autre, qui a été abandonné : {motif}',
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
select private.noter_etat('20261128052216_affinage');
