-- 20261128151904_aube: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261128151904_aube');

DROP TRIGGER "fournisseur_lot_reserve" ON "public"."fournisseur_lot";

DROP FUNCTION "private"."dans_un_cercle"(uuid, uuid);

DROP FUNCTION "private"."fournisseur_lot_reserver"();

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

CREATE OR REPLACE FUNCTION private.exiger_a_l_ecriture()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- Without a user it is the server's own key or the project itself, which the grants answer for. The project's own
  -- functions have asked already, each what it does: a réception closes its truck, an invoice moves its lot.
  if auth.uid() is not null and not private.possede(tg_relid) then
    perform private.exiger(tg_argv[0]);
  end if;
  return null;
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

CREATE TRIGGER fournisseur_lot_reserve BEFORE DELETE OR UPDATE ON public.fournisseur_lot FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('tenir_lots');

CREATE TRIGGER profils_reserver BEFORE UPDATE ON public.profils FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('ecrire_profils');

CREATE TRIGGER sorties_produit_reserver BEFORE UPDATE ON public.sorties_produit FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('ecrire_sortie');

CREATE TRIGGER system_alerts_reserver BEFORE UPDATE ON public.system_alerts FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('tenir_alertes');

COMMENT ON FUNCTION "private"."acte_differe"(text) IS 'The act done without a line that a request of this number brings, where its caller has sent it and it is being done, or was and nobody knows whether it is; null for any other request, whatever its number.';

COMMENT ON FUNCTION "private"."dans_un_cercle"(uuid, uuid[]) IS 'Whether one of these acts, which this one waits for, waits for it, through however many others and whichever batches they came in: then none of them can be the first.';

COMMENT ON FUNCTION "private"."exiger_a_l_ecriture"() IS 'A policy hides the rows one may not change, so that the client says « enregistré » of nothing done: this refuses the statement of a person. Argument of the trigger: the capability that the policy asks for. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."reserver_lieux"(uuid[], uuid[], boolean) IS 'Keeps whoever changes these products and depots, alone, from whoever changes tanks of them, together, until the transaction ends; null: whoever changes what all tanks have of the rules, from everybody. Raises ISOLATION_INTERDITE.';

COMMENT ON FUNCTION "private"."system_alerts_avant_update"() IS 'A person moves an alert''s status, one way, and nothing else of it; who and when are written here. Raises ALERTE_ETAT.';

COMMENT ON FUNCTION "public"."rattacher_cdr_decharge"(uuid, uuid, text) IS 'A truck that was unloaded without its lot, or in another one that is still open, joins an open one (admin), with the reason, logged CRITICAL. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, PLAQUE_INVALIDE, ROLE_FORBIDDEN, REFERENTIEL_INACTIF, CDR_TRANSITION_INTERDITE, CDR_DEJA_OUVERT, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LOT_NON_OUVERT, LOT_INCOMPATIBLE, LOT_CDR_DECHARGE, PROFORMA_ETAT.';

REVOKE ALL ON FUNCTION "private"."dans_un_cercle"(uuid, uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dans_un_cercle"(uuid, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_a_l_ecriture"() FROM "authenticated";

GRANT EXECUTE ON FUNCTION "private"."exiger_a_l_ecriture"() TO "authenticated";

REVOKE ALL ON FUNCTION "private"."exiger_a_l_ecriture"() FROM "service_role";

GRANT EXECUTE ON FUNCTION "private"."exiger_a_l_ecriture"() TO "service_role";

reset check_function_bodies;
select private.noter_etat('20261128151904_aube');
