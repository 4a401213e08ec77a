-- 20261128092219_relecture: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261128092219_relecture');

DROP INDEX "public"."sorties_brouillon_idx";

DROP INDEX "public"."sorties_ecart_15c_idx";

DROP INDEX "public"."sorties_produit_references_idx";

DROP FUNCTION "private"."noter_envoi"(uuid, uuid, text, text, text);

ALTER TABLE "private"."limites_compteurs" ADD COLUMN "par_minute" integer;

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

CREATE OR REPLACE FUNCTION private.compter_demandes(p_demandes jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_maintenant constant timestamptz := clock_timestamp();
begin
  -- In one order, so that two who count the same persons wait for each other and never in a circle.
  insert into private.limites_compteurs as c (user_id, route, minute, nombre, par_minute)
  select d.user_id, d.route, date_trunc('minute', v_maintenant), sum(d.nombre), private.limite_de(d.route)
    from jsonb_to_recordset(p_demandes) d (user_id uuid, route text, nombre int)
   group by d.user_id, d.route order by d.user_id, d.route
  on conflict (user_id, route) do update
     set nombre = case when c.minute >= excluded.minute then c.nombre + excluded.nombre else excluded.nombre end,
         minute = greatest(c.minute, excluded.minute), par_minute = excluded.par_minute;

  delete from private.limites_compteurs c
   where (c.user_id, c.route) in (
     select v.user_id, v.route from private.limites_compteurs v
      where v.minute < v_maintenant - interval '1 hour' limit 100 for update skip locked);
end;
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

CREATE OR REPLACE FUNCTION private.exiger_demande(p_user_id uuid, p_route text, p_ici integer)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_maintenant constant timestamptz := clock_timestamp();
  v_demandes int;
  v_limite int;
  v_actif boolean;
begin
  if pg_is_in_recovery() then
    -- A standby has no counts, which are not in the log that it follows: the primary judged before it sent anybody
    -- here.
    v_actif := (select p.desactive_le is null from public.profils p where p.user_id = p_user_id);
  else
    -- One question for both, of two tables: every request begins with it.
    select case when p.user_id is not null then p.desactive_le is null end,
      p_ici + case when c.minute >= date_trunc('minute', v_maintenant) then c.nombre else 0 end, c.par_minute
      into v_actif, v_demandes, v_limite
      from (select) une
      left join private.limites_compteurs c on c.user_id = p_user_id and c.route = p_route
      left join public.profils p on p.user_id = p_user_id;
    if v_limite is null then
      v_limite := private.limite_de(p_route);
    end if;
    if v_demandes > v_limite then
      perform private.refuser('TROP_DE_DEMANDES',
        jsonb_build_object('attendre_s', ceil(60 - extract(second from v_maintenant))::int, 'par_minute', v_limite));
    end if;
  end if;
  if v_actif then
    return;
  end if;
  perform private.refuser(case when v_actif is null then 'ROLE_FORBIDDEN' else 'COMPTE_DESACTIVE' end);
end;
$function$;

CREATE OR REPLACE FUNCTION private.limite_de(p_route text)
 RETURNS integer
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return coalesce((select l.par_minute from private.limites l where l.route = p_route),
    (select l.par_minute from private.limites l where l.route = split_part(p_route, ' ', 1)));
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

CREATE OR REPLACE FUNCTION private.ouvrir(p_identite text, p_user_id uuid, p_route text, p_ici integer, p_session text, p_request_id text, p_trace text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_dites text;
begin
  v_dites := private.exiger_demande(p_user_id, p_route, p_ici);
  -- What a request may cost: one statement, one wait for a lock, and what a door does between two statements. Its own
  -- sessions have the three from their start (_shared/connection.ts); a pooler's have none, nor that value of the last.
  if current_setting('idle_in_transaction_session_timeout') <> '20s' then
    v_dites := concat(set_config('statement_timeout', '10s', true), set_config('lock_timeout', '5s', true),
      set_config('idle_in_transaction_session_timeout', '20s', true));
  end if;
  -- One expression: as queries they would cost as much as the rest.
  v_dites := concat(
    set_config('application_name', p_session, true), set_config('request.id', p_request_id, true),
    set_config('request.trace', p_trace, true), set_config('request.jwt.claims', p_identite, true),
    -- Who it is, apart: auth.uid() is asked a dozen times, and would read the claims each time.
    set_config('request.jwt.claim.sub', p_user_id::text, true),
    set_config('role', 'authenticated', true));
  return true;
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
  -- The last pages are still being written: where they are summed up, every sortie pays for it.
  v_pleines constant bigint :=
    pg_relation_size('public.sorties_produit') / current_setting('block_size')::bigint / c_pages * c_pages;
begin
  perform brin_desummarize_range(c_index, p.premiere)
     from (select distinct (s.ctid::text::point)[0]::bigint / c_pages * c_pages as premiere
             from public.log_actions l join public.sorties_produit s on s.id = l.cible_id
            where l.created_at > now() - interval '1 day' and l.action in ('SORTIE_VALIDEE', 'SORTIE_REJETEE')) p
    where p.premiere < v_pleines;
  perform brin_summarize_range(c_index, p.premiere)
     from generate_series(0, v_pleines - 1, c_pages) p (premiere);
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

CREATE OR REPLACE FUNCTION public.validate_sortie(p_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public'
AS $function$
declare
  v_fait pg_catalog.text;
begin
  -- With this search_path a caller's temporary objects would come first: the names here say their schema.
  v_fait := private.valider_sortie(p_id);
end;
$function$;

CREATE INDEX sorties_produit_rares_idx ON public.sorties_produit USING brin (statut, ((volume_15c / NULLIF(volume_ambiant, (0)::numeric))), produit_id, partenaire_id, compteur_id, created_by, validated_by) WITH (pages_per_range='32');

COMMENT ON COLUMN "private"."limites_compteurs"."par_minute" IS 'The limit of this door when it was last counted, so that a request need not look for it; null where there was none.';

COMMENT ON COLUMN "public"."envois"."restants" IS 'Of an e-mail that a server took for some and put off for others: whom it has not reached yet. Null: everybody.';

COMMENT ON FUNCTION "private"."brouillons_de"(uuid) IS 'The drafts that a depot has now.';

COMMENT ON FUNCTION "private"."exiger_demande"(uuid, text, integer) IS 'Refuses who asks one door too often in a minute, then who has no profile or is shut out. p_ici: their requests, this one included, that the process which asks has not counted here yet; those of another process count once it has said them, a second later at most, and so does a limit that has changed. Writes nothing; on a standby asks only who it is. Raises TROP_DE_DEMANDES, ROLE_FORBIDDEN, COMPTE_DESACTIVE.';

COMMENT ON FUNCTION "private"."limite_de"(text) IS 'Requests a minute that one person may send to this door: its own limit, or its method''s; null where neither has one.';

COMMENT ON FUNCTION "private"."noter_envoi"(uuid, uuid, text, text, text, text[]) IS 'What became of a message that was taken: ENVOYE, ECHEC (another try, later; of an e-mail that some have, for p_restants alone) or MORT. A failure told by who no longer has the lease changes nothing; that it arrived always counts. Answers what it is now.';

COMMENT ON FUNCTION "private"."resumer_sorties"() IS 'Has the index of rare sorties say what its full pages hold, again where a draft was decided since yesterday: a summary only grows, and they would be searched for drafts for good. It changes no answer, only how much is read for it. Owner only.';

COMMENT ON FUNCTION "private"."taches_periodiques"() IS 'Everything to be done every hour; run again, or twice at once, it does no harm. Forgets old answers to idempotent requests, and old batches of synchronisation; copies the tanks that have no copy (private.lieux); sums up the index of rare sorties.';

REVOKE ALL ON FUNCTION "private"."brouillons_de"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."brouillons_de"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."limite_de"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."limite_de"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."noter_envoi"(uuid, uuid, text, text, text, text[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_envoi"(uuid, uuid, text, text, text, text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."resumer_sorties"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."resumer_sorties"() TO "postgres";

reset check_function_bodies;
select private.noter_etat('20261128092219_relecture');
