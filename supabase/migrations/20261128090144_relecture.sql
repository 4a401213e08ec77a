-- 20261128090144_relecture: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261128090144_relecture');

DROP INDEX "public"."sorties_brouillon_idx";

DROP INDEX "public"."sorties_ecart_15c_idx";

DROP INDEX "public"."sorties_produit_references_idx";

DROP FUNCTION "private"."noter_envoi"(uuid, uuid, text, text, text);

ALTER TABLE "public"."envois" ADD COLUMN "restants" text[];

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
    select b.id from private.brouillons_de(p_depot_id) b
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

CREATE OR REPLACE FUNCTION private.brouillons_de(p_depot_id uuid)
 RETURNS TABLE(id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 20
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_bitmapscan TO 'on'
AS $function$
  select s.id from public.sorties_produit s where s.statut = 'brouillon' and s.depot_id = p_depot_id
$function$;

CREATE OR REPLACE FUNCTION private.controles_mouvements()
 RETURNS SETOF private.fait_controle
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET max_parallel_workers_per_gather TO '0'
AS $function$
declare
  c_camion constant numeric := private.seuil('CDR_ARRIVE_STALE');
  c_reception constant numeric := private.seuil('RECEPTION_ECART_15C') / 100;
  c_sortie constant numeric := private.seuil('SORTIE_ECART_15C') / 100;
  c_brouillon constant numeric := private.seuil('SORTIE_BROUILLON_ANCIEN');
begin
  return query
    select 'CDR_ARRIVE_STALE', 'CDR', c.id,
           format('Le camion %s est arrivé depuis plus de %s jours et n''est pas déchargé.', c.plaque_camion, c_camion),
           jsonb_build_object('cours_de_route_id', c.id, 'plaque_camion', c.plaque_camion, 'depuis', a.depuis),
           c.depot_destination_id
      from public.cours_de_route c cross join lateral (select private.arrive_depuis(c.id) as depuis) a
     where c.statut = 'ARRIVE' and a.depuis < now() - c_camion * interval '1 day';
  return query
    select 'RECEPTION_ECART_15C', 'RECEPTION', r.id,
           format('Réception de %s L mesurés pour %s L à 15 °C.', r.volume_ambiant, r.volume_15c),
           jsonb_build_object('reception_id', r.id, 'volume_ambiant', r.volume_ambiant, 'volume_15c', r.volume_15c),
           r.depot_id
      from public.receptions r
     where abs(r.volume_ambiant - r.volume_15c) > 0.03 * r.volume_ambiant
       and abs(r.volume_ambiant - r.volume_15c) > c_reception * r.volume_ambiant;
  return query
    select 'SORTIE_ECART_15C', 'SORTIE', s.id,
           format('Sortie de %s L mesurés pour %s L à 15 °C.', s.volume_ambiant, s.volume_15c),
           jsonb_build_object('sortie_id', s.id, 'volume_ambiant', s.volume_ambiant, 'volume_15c', s.volume_15c),
           s.depot_id
      from public.sorties_produit s
     where s.statut = 'validee' and (s.volume_15c / nullif(s.volume_ambiant, 0) < 0.97
                                     or s.volume_15c / nullif(s.volume_ambiant, 0) > 1.03)
       and abs(s.volume_ambiant - s.volume_15c) > c_sortie * s.volume_ambiant;
  return query
    select 'SORTIE_BROUILLON_ANCIEN', 'SORTIE', s.id,
           format('Un brouillon de sortie attend depuis plus de %s heures.', c_brouillon),
           jsonb_build_object('sortie_id', s.id, 'created_at', s.created_at), s.depot_id
      from public.sorties_produit s
     where s.statut = 'brouillon' and s.created_at < now() - c_brouillon * interval '1 hour';
end;
$function$;

CREATE OR REPLACE FUNCTION private.noter_envoi(p_id uuid, p_bail uuid, p_issue text, p_code text, p_erreur text, p_restants text[] DEFAULT NULL::text[])
 RETURNS text
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_envoi public.envois;
begin
  select * into strict v_envoi from public.envois e where e.id = p_id for update;
  -- It arrived, whoever holds the lease by now.
  if p_issue = 'ENVOYE' and v_envoi.statut <> 'ENVOYE' then
    update public.envois e
       set statut = 'ENVOYE', envoye_le = clock_timestamp(), bail = null, bail_jusqu_au = null,
           dernier_code = left(p_code, 100), derniere_erreur = left(private.texte_sur_une_ligne(p_erreur), 500)
     where e.id = p_id;
    return 'ENVOYE';
  end if;
  if v_envoi.bail is distinct from p_bail then
    return v_envoi.statut;
  end if;
  if p_issue = 'MORT' or v_envoi.essais >= private.essais_max() then
    perform private.enterrer_envoi(v_envoi, p_code, p_erreur);
    -- Gone for good: nothing is sent there any more.
    if p_code = '410' then
      update public.notifications_regles r set actif = false, updated_at = now() where r.id = v_envoi.regle_id;
    end if;
    return 'MORT';
  end if;
  update public.envois e
     set statut = 'A_ENVOYER', bail = null, bail_jusqu_au = null, dernier_code = left(p_code, 100),
         derniere_erreur = left(private.texte_sur_une_ligne(p_erreur), 500),
         restants = coalesce(p_restants, e.restants),
         prochain_essai = clock_timestamp() + private.attente_essai(v_envoi.essais)
   where e.id = p_id;
  return 'A_ENVOYER';
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
      case when v_envoi.restants is not null then v_envoi.restants
           when v_envoi.roles is null then array[v_envoi.destination]
           else private.adresses_des_roles(v_envoi.roles, v_envoi.depot_id) end,
      v_envoi.secret_nom, v_envoi.sujet, v_envoi.contenu, v_envoi.created_at, private.env() in ('local', 'staging');
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.resumer_sorties()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_index constant regclass := 'public.sorties_produit_rares_idx';
  c_pages constant bigint := 32;
begin
  perform brin_desummarize_range(c_index, p.premiere)
     from (select distinct (s.ctid::text::point)[0]::bigint / c_pages * c_pages as premiere
             from public.log_actions l join public.sorties_produit s on s.id = l.cible_id
            where l.created_at > now() - interval '1 day' and l.action in ('SORTIE_VALIDEE', 'SORTIE_REJETEE')) p;
  perform brin_summarize_new_values(c_index);
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
  perform private.resumer_sorties();
end;
$function$;

CREATE INDEX sorties_produit_rares_idx ON public.sorties_produit USING brin (statut, ((volume_15c / NULLIF(volume_ambiant, (0)::numeric))), produit_id, partenaire_id, compteur_id, created_by, validated_by) WITH (pages_per_range='32');

COMMENT ON COLUMN "public"."envois"."restants" IS 'Of an e-mail that a server took for some and put off for others: whom it has not reached yet. Null: everybody.';

COMMENT ON FUNCTION "private"."brouillons_de"(uuid) IS 'The drafts that a depot has now.';

COMMENT ON FUNCTION "private"."noter_envoi"(uuid, uuid, text, text, text, text[]) IS 'What became of a message that was taken: ENVOYE, ECHEC (another try, later; of an e-mail that some have, for p_restants alone) or MORT. A failure told by who no longer has the lease changes nothing; that it arrived always counts. Answers what it is now.';

COMMENT ON FUNCTION "private"."resumer_sorties"() IS 'Has the index of rare sorties say again what its pages hold, where a draft was decided since yesterday: a summary only grows, and they would be searched for drafts for good. It changes no answer, only how much is read for it. Owner only.';

COMMENT ON FUNCTION "private"."taches_periodiques"() IS 'Everything to be done every hour; run again, or twice at once, it does no harm. Forgets old answers to idempotent requests, and old batches of synchronisation; copies the tanks that have no copy (private.lieux); sums up the index of rare sorties.';

REVOKE ALL ON FUNCTION "private"."brouillons_de"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."brouillons_de"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."noter_envoi"(uuid, uuid, text, text, text, text[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_envoi"(uuid, uuid, text, text, text, text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."resumer_sorties"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."resumer_sorties"() TO "postgres";

reset check_function_bodies;
select private.noter_etat('20261128090144_relecture');
