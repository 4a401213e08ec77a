-- 20261128145839_aube: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261128145839_aube');

DROP TRIGGER "fournisseur_lot_reserve" ON "public"."fournisseur_lot";

DROP FUNCTION "private"."fournisseur_lot_reserver"();

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

COMMENT ON FUNCTION "private"."exiger_a_l_ecriture"() IS 'A policy hides the rows one may not change, so that the client says « enregistré » of nothing done: this refuses the statement of a person. Argument of the trigger: the capability that the policy asks for. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

COMMENT ON FUNCTION "private"."system_alerts_avant_update"() IS 'A person moves an alert''s status, one way, and nothing else of it; who and when are written here. Raises ALERTE_ETAT.';

COMMENT ON FUNCTION "public"."rattacher_cdr_decharge"(uuid, uuid, text) IS 'A truck that was unloaded without its lot, or in another one that is still open, joins an open one (admin), with the reason, logged CRITICAL. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, PLAQUE_INVALIDE, ROLE_FORBIDDEN, REFERENTIEL_INACTIF, CDR_TRANSITION_INTERDITE, CDR_DEJA_OUVERT, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LOT_NON_OUVERT, LOT_INCOMPATIBLE, LOT_CDR_DECHARGE, PROFORMA_ETAT.';

REVOKE ALL ON FUNCTION "private"."exiger_a_l_ecriture"() FROM "authenticated";

GRANT EXECUTE ON FUNCTION "private"."exiger_a_l_ecriture"() TO "authenticated";

REVOKE ALL ON FUNCTION "private"."exiger_a_l_ecriture"() FROM "service_role";

GRANT EXECUTE ON FUNCTION "private"."exiger_a_l_ecriture"() TO "service_role";

reset check_function_bodies;
select private.noter_etat('20261128145839_aube');
