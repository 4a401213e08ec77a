-- 20261128092949_relecture: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261128092949_relecture');

DROP TRIGGER "baremes_after_insert" ON "public"."baremes";

DROP TRIGGER "compteurs_after_insert" ON "public"."compteurs";

DROP TRIGGER "prises_de_hauteur_after_insert" ON "public"."prises_de_hauteur";

DROP INDEX "public"."sorties_brouillon_idx";

DROP INDEX "public"."sorties_ecart_15c_idx";

DROP INDEX "public"."sorties_produit_references_idx";

DROP VIEW "public"."v_caisse_jour";

DROP FUNCTION "private"."baremes_journaliser"();

DROP FUNCTION "private"."compteurs_journaliser"();

DROP FUNCTION "private"."ecrire_lignes_facture"(public.factures_client, public.clients_conditions, uuid[], jsonb);

DROP FUNCTION "private"."ecriture_facture_client"(uuid);

DROP FUNCTION "private"."emettre"(public.factures_client, public.factures_client_lignes[]);

DROP FUNCTION "private"."exiger_facturables"(uuid[], uuid, uuid);

DROP FUNCTION "private"."exiger_lignes_fraiches"(public.factures_client, public.factures_client_lignes[]);

DROP FUNCTION "private"."lignes_de"(uuid[], public.clients_conditions, date);

DROP FUNCTION "private"."noter_envoi"(uuid, uuid, text, text, text);

DROP FUNCTION "private"."prises_de_hauteur_journaliser"();

DROP FUNCTION "private"."rediger_facture"(uuid, uuid, uuid[], jsonb);

ALTER TABLE "private"."limites_compteurs" ADD COLUMN "par_minute" integer;

ALTER TABLE "public"."envois" ADD COLUMN "restants" text[];

CREATE OR REPLACE FUNCTION private.affecter_avances(p_facture_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_ecriture constant public.ecritures_tiers := private.ecriture_facture_client(p_facture_id);
  v_reste numeric := v_ecriture.debit;
  v_avance record;
  v_fait text;
begin
  for v_avance in
    select r.ecriture_id, r.credit from private.restes_clients r
     where r.client_id = v_ecriture.client_id and r.devise = v_ecriture.devise and r.credit > 0 order by r.ordre
  loop
    v_fait := private.lettrer(v_ecriture.id, v_avance.ecriture_id, least(v_reste, v_avance.credit));
    v_reste := v_reste - least(v_reste, v_avance.credit);
    exit when v_reste = 0;
  end loop;
end;
$function$;

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

CREATE OR REPLACE FUNCTION private.ecrire_lignes_facture(p_facture public.factures_client, p_conditions public.clients_conditions, p_vendables private.vendable[], p_services jsonb)
 RETURNS numeric
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_jour constant date := private.jour_au_depot(p_facture.depot_id, now());
  v_lignes public.factures_client_lignes[] := private.lignes_de(p_vendables, p_conditions, v_jour);
  v_total numeric := 0;
begin
  if p_services <> '[]' then
    v_lignes := v_lignes || private.lignes_de_services(p_services, cardinality(v_lignes), v_jour);
  end if;
  if cardinality(v_lignes) = 0 then
    perform private.refuser('FACTURE_VIDE');
  end if;
  for v_rang in 1 .. cardinality(v_lignes) loop
    v_lignes[v_rang].id := private.nouvel_id();
    v_lignes[v_rang].facture_id := p_facture.id;
    v_lignes[v_rang].depot_id := p_facture.depot_id;
    v_total := v_total + v_lignes[v_rang].montant_ht;
  end loop;
  -- As the table has its columns: one that migrations made has them in another order than its chapter.
  insert into public.factures_client_lignes select l.* from unnest(v_lignes) l;
  return v_total;
end;
$function$;

CREATE OR REPLACE FUNCTION private.ecriture_facture_client(p_facture_id uuid)
 RETURNS public.ecritures_tiers
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (select e from public.ecritures_tiers e
           where e.source_type = 'factures_client' and e.source_id = p_facture_id and e.type in ('FACTURE', 'AVOIR'));
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
  return private.sceller_facture(p_facture, p_lignes, v_taxes);
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

CREATE OR REPLACE FUNCTION private.exiger_facturables(p_sorties uuid[], p_client_id uuid, p_depot_id uuid)
 RETURNS private.vendable[]
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
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

CREATE OR REPLACE FUNCTION private.exiger_lignes_fraiches(p_facture public.factures_client, p_lignes public.factures_client_lignes[], p_conditions public.clients_conditions, p_jour date)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_sorties uuid[] := array[]::uuid[];
  v_vendables private.vendable[];
  v_fraiche public.factures_client_lignes;
  v_ligne public.factures_client_lignes;
  v_perimee boolean := p_conditions.devise <> p_facture.devise;
begin
  foreach v_ligne in array p_lignes loop
    if v_ligne.sortie_id is not null then
      v_sorties := v_sorties || v_ligne.sortie_id;
    else
      v_perimee := v_perimee or v_ligne.tva_taux <> private.taux_tva_du(v_ligne.tva_groupe, p_jour);
    end if;
  end loop;
  v_vendables := private.exiger_facturables(v_sorties, p_facture.client_id, p_facture.depot_id);
  if not v_perimee then
    -- Fuel comes first, in one order, in the draft as now.
    foreach v_fraiche in array private.lignes_de(v_vendables, p_conditions, p_jour) loop
      v_ligne := p_lignes[v_fraiche.rang];
      v_perimee := v_perimee
        or (v_fraiche.sortie_id, v_fraiche.bl_id, v_fraiche.base, v_fraiche.quantite, v_fraiche.prix_ht,
            v_fraiche.tva_groupe, v_fraiche.tva_taux)
           is distinct from (v_ligne.sortie_id, v_ligne.bl_id, v_ligne.base, v_ligne.quantite, v_ligne.prix_ht,
                             v_ligne.tva_groupe, v_ligne.tva_taux);
    end loop;
  end if;
  if v_perimee then
    perform private.refuser('FACTURE_CLIENT_PERIMEE');
  end if;
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
  v_facture := private.dater_facture(v_facture, p_client, p_conditions.delai_jours, p_jour);
  v_facture.vendeur_fige := p_bon.dit -> 'vendeur';
  v_taxes := private.taxes_de(v_facture, array[v_ligne]);
  v_facture := private.taxer(v_facture, v_taxes);
  insert into private.facturations_sortie (sortie_id, facture_id, ajuste_15c) values (p_sortie.id, v_facture.id, 0);
  return private.numeroter_facture(v_facture, array[v_ligne], v_taxes, true, p_depot.code);
end;
$function$;

CREATE OR REPLACE FUNCTION private.journaliser(p_action text, p_module text, p_niveau text, p_cible_id uuid, p_depot_id uuid, p_details jsonb DEFAULT '{}'::jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_trace text;
begin
  v_trace := private.journaliser(array[p_action], p_module, p_niveau, p_cible_id, p_depot_id, p_details);
end;
$function$;

CREATE OR REPLACE FUNCTION private.journaliser_creation()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_trace text;
begin
  v_trace := private.journaliser(tg_argv[0], tg_argv[1], tg_argv[2], new.id, new.depot_id, to_jsonb(new));
  return null;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lignes_de(p_vendables private.vendable[], p_conditions public.clients_conditions, p_jour date)
 RETURNS public.factures_client_lignes[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lignes public.factures_client_lignes[] := array[]::public.factures_client_lignes[];
  v_vendable private.vendable;
begin
  foreach v_vendable in array p_vendables loop
    v_lignes := v_lignes || private.ligne_de(v_vendable, p_conditions, p_jour, cardinality(v_lignes) + 1);
  end loop;
  return v_lignes;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lignes_de_services(p_services jsonb, p_apres integer, p_jour date)
 RETURNS public.factures_client_lignes[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lignes public.factures_client_lignes[] := array[]::public.factures_client_lignes[];
  v_ligne public.factures_client_lignes;
  v_service jsonb;
begin
  for v_service in select s.ligne from jsonb_array_elements(p_services) with ordinality s (ligne, rang) order by s.rang
  loop
    v_ligne.rang := p_apres + cardinality(v_lignes) + 1;
    v_ligne.nature := 'SERVICE';
    v_ligne.designation := v_service ->> 'designation';
    v_ligne.base := 'UNITE';
    v_ligne.quantite := (v_service ->> 'quantite')::numeric;
    v_ligne.prix_ht := (v_service ->> 'prix_ht')::numeric;
    v_ligne.tva_groupe := coalesce(v_service ->> 'tva_groupe', 'B');
    v_ligne.tva_taux := private.taux_tva_du(v_ligne.tva_groupe, p_jour);
    v_ligne.montant_ht := round(v_ligne.quantite * v_ligne.prix_ht, 2);
    v_lignes := v_lignes || v_ligne;
  end loop;
  return v_lignes;
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

CREATE OR REPLACE FUNCTION private.rediger_facture(p_depot_id uuid, p_client_id uuid, p_vendables private.vendable[], p_services jsonb)
 RETURNS public.factures_client
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_conditions constant public.clients_conditions := private.conditions_de(p_client_id);
  v_facture public.factures_client := private.nouvelle_facture(p_depot_id, p_client_id, v_conditions.devise);
begin
  v_facture.total_ht := private.ecrire_lignes_facture(v_facture, v_conditions, p_vendables, p_services);
  insert into public.factures_client select v_facture.*;
  return v_facture;
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

CREATE OR REPLACE FUNCTION public.annuler_encaissement(p_id uuid, p_motif text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_enc public.encaissements;
  v_jour date;
  v_factures uuid[];
begin
  perform private.exiger('annuler_encaissements');
  perform private.exiger_motif(p_motif, 10);
  v_enc := private.encaissement_a_changer(private.exiger('annuler_encaissements'), p_id, 'EN_ATTENTE', 'CONFIRME');
  if v_enc.mode = 'CASH' then
    perform private.exiger_caisse_ouverte(v_enc.depot_id, v_enc.devise, v_enc.jour_caisse);
    -- The till of a closed day has had it: it is given back today, not taken out of that day.
    if v_enc.statut = 'CONFIRME' then
      perform private.exiger_jour_ouvert(v_enc.depot_id, v_enc.jour_caisse);
    end if;
  end if;
  perform private.verrouiller_tiers('CLIENT', v_enc.client_id);
  if exists (select from public.remboursements r where r.encaissement_id = p_id) then
    perform private.refuser('ENCAISSEMENT_ETAT', jsonb_build_object('statut', 'REMBOURSE'));
  end if;
  v_factures := array(
    select distinct d.source_id from public.ecritures_tiers c
      join private.lettrages l on l.credit_id = c.id
      join public.ecritures_tiers d on d.id = l.debit_id and d.type = 'FACTURE'
     where c.source_type = 'encaissements' and c.source_id = p_id);
  v_jour := private.jour_au_depot(v_enc.depot_id, now());
  perform private.contrepasser(e.id, v_jour, format('Annulation : %s', left(p_motif, 500)))
     from public.ecritures_tiers e
    where e.source_type in ('encaissements', 'arrondis') and e.source_id = p_id and e.type in ('PAIEMENT', 'ARRONDI');
  -- What was credited of them meanwhile is not due again.
  perform private.lettrer_avoirs(f) from unnest(v_factures) f;
  update public.encaissements e
     set statut = 'ANNULE', annule_par = auth.uid(), motif_annulation = private.texte_net(p_motif) where e.id = p_id;
  perform private.journaliser('ENCAISSEMENT_ANNULE', 'ventes', 'WARNING', p_id, v_enc.depot_id,
    jsonb_build_object('motif', p_motif, 'avant', to_jsonb(v_enc) - '{client_fige,vendeur_fige}'::text[]));
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
  v_conditions public.clients_conditions;
  v_jour date;
  v_fait text;
begin
  v_fait := private.exiger_read_committed();
  v_facture := private.brouillon_facture(p_id);
  v_fait := private.exiger_quatre_yeux(v_facture.created_by);
  v_lignes := private.lignes_facture(p_id);
  v_conditions := private.conditions_de(v_facture.client_id);
  -- Read once: what is taxed at the rate of a day is dated that day, also at midnight.
  v_jour := private.jour_au_depot(v_facture.depot_id, clock_timestamp());
  v_fait := private.exiger_lignes_fraiches(v_facture, v_lignes, v_conditions, v_jour);
  v_facture := private.emettre(v_facture, v_lignes, v_conditions.delai_jours, v_jour);
  v_fait := private.affecter_avances(v_facture.id);
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
  v_jour constant date := private.jour_au_depot(p_depot_id, now());
  v_groupe record;
  v_vendables private.vendable[];
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
      v_vendables := private.exiger_facturables(v_groupe.sorties, v_groupe.client_id, p_depot_id);
      perform private.exiger_client_complet(c) from public.clients c where c.id = v_groupe.client_id;
      v_facture := private.rediger_facture(p_depot_id, v_groupe.client_id, v_vendables, '[]');
      perform private.exiger_quatre_yeux(v_facture.created_by);
      perform private.taux_du_jour(v_facture.devise, v_jour);
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
    v_facture := private.emettre(v_facture, private.lignes_facture(v_facture.id),
      (private.conditions_de(v_facture.client_id)).delai_jours, v_jour);
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

CREATE OR REPLACE FUNCTION public.preparer_facture(p_client_id uuid, p_depot_id uuid, p_sorties uuid[] DEFAULT '{}'::uuid[], p_services jsonb DEFAULT '[]'::jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_acteur constant private.acteur := private.exiger('facturer');
  v_sorties uuid[] := coalesce(p_sorties, '{}');
  v_vendables private.vendable[];
  v_id uuid;
  v_fait text;
begin
  v_fait := private.depot_d_acteur(v_acteur, p_depot_id);
  if not exists (select from public.clients c where c.id = p_client_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce client'));
  end if;
  if cardinality(v_sorties) > 1 then
    v_sorties := array(select distinct s from unnest(v_sorties) s);
  end if;
  v_vendables := private.exiger_facturables(v_sorties, p_client_id, p_depot_id);
  v_fait := private.exiger_lignes(p_services);
  v_id := (private.rediger_facture(p_depot_id, p_client_id, v_vendables, p_services)).id;
  v_fait := private.journaliser('FACTURE_CLIENT_PREPAREE', 'ventes', 'INFO', v_id, p_depot_id,
    jsonb_build_object('client_id', p_client_id, 'sorties', v_sorties, 'services', p_services));
  return v_id;
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

CREATE VIEW "public"."v_caisse_jour" WITH (security_invoker=true) AS  SELECT m.depot_id,
    m.jour,
    m.devise,
    sum(m.encaissements) AS encaissements,
    sum(m.encaisse) AS encaisse,
    private.caisse_theorique(m.depot_id, m.devise, m.jour) AS theorique,
    k.compte,
    k.ecart,
    k.par
   FROM (( SELECT e.depot_id,
            e.jour_caisse AS jour,
            e.devise,
            1 AS encaissements,
            e.montant AS encaisse
           FROM public.encaissements e
          WHERE ((e.mode = 'CASH'::text) AND (e.statut = 'CONFIRME'::text))
        UNION ALL
         SELECT r.depot_id,
            r.jour_caisse,
            e.devise_compte,
            0,
            0
           FROM (public.remboursements r
             JOIN public.encaissements e ON ((e.id = r.encaissement_id)))
          WHERE (r.mode = 'CASH'::text)
        UNION ALL
         SELECT c.depot_id,
            c.jour,
            c.devise,
            0,
            0
           FROM public.clotures_caisse c) m
     LEFT JOIN public.clotures_caisse k ON (((k.depot_id = m.depot_id) AND (k.devise = m.devise) AND (k.jour = m.jour))))
  GROUP BY m.depot_id, m.jour, m.devise, k.compte, k.ecart, k.par;;

CREATE INDEX restes_clients_avances_idx ON private.restes_clients USING btree (client_id, devise, ordre) WHERE (credit > (0)::numeric);

CREATE INDEX sorties_produit_rares_idx ON public.sorties_produit USING brin (statut, ((volume_15c / NULLIF(volume_ambiant, (0)::numeric))), produit_id, partenaire_id, compteur_id, created_by, validated_by) WITH (pages_per_range='32');

CREATE TRIGGER baremes_after_insert AFTER INSERT ON public.baremes FOR EACH ROW EXECUTE FUNCTION private.journaliser_creation('BAREME_CREE', 'baremes', 'INFO');

CREATE TRIGGER compteurs_after_insert AFTER INSERT ON public.compteurs FOR EACH ROW EXECUTE FUNCTION private.journaliser_creation('COMPTEUR_ETALONNE', 'compteurs', 'WARNING');

CREATE TRIGGER prises_de_hauteur_after_insert AFTER INSERT ON public.prises_de_hauteur FOR EACH ROW EXECUTE FUNCTION private.journaliser_creation('PRISE_DE_HAUTEUR', 'stocks', 'INFO');

COMMENT ON COLUMN "private"."limites_compteurs"."par_minute" IS 'The limit of this door when it was last counted, so that a request need not look for it; null where there was none.';

COMMENT ON COLUMN "public"."envois"."restants" IS 'Of an e-mail that a server took for some and put off for others: whom it has not reached yet. Null: everybody.';

COMMENT ON FUNCTION "private"."brouillons_de"(uuid) IS 'The drafts that a depot has now.';

COMMENT ON FUNCTION "private"."ecrire_lignes_facture"(public.factures_client, public.clients_conditions, private.vendable[], jsonb) IS 'Writes the lines of an invoice that is not written yet, at these terms and the prices of each day, and gives their sum before tax. Raises FACTURE_VIDE, TARIF_ABSENT, COMMANDE_DEVISE, TVA_NON_FIXEE, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "private"."ecriture_facture_client"(uuid) IS 'What an issued invoice or credit note wrote in the account; null before.';

COMMENT ON FUNCTION "private"."emettre"(public.factures_client, public.factures_client_lignes[], integer, date) IS 'Issues a draft whose lines are right on this day: client, day, rate, taxes, totals, then private.sceller_facture. Raises CLIENT_INCOMPLET, TAUX_ABSENT, and what private.sceller_facture raises.';

COMMENT ON FUNCTION "private"."exiger_demande"(uuid, text, integer) IS 'Refuses who asks one door too often in a minute, then who has no profile or is shut out. p_ici: their requests, this one included, that the process which asks has not counted here yet; those of another process count once it has said them, a second later at most, and so does a limit that has changed. Writes nothing; on a standby asks only who it is. Raises TROP_DE_DEMANDES, ROLE_FORBIDDEN, COMPTE_DESACTIVE.';

COMMENT ON FUNCTION "private"."exiger_facturables"(uuid[], uuid, uuid) IS 'These sorties, locked, in the order of their lines: all may be sold to this client by this depot. Raises SORTIE_NON_FACTURABLE, INTROUVABLE.';

COMMENT ON FUNCTION "private"."exiger_lignes_fraiches"(public.factures_client, public.factures_client_lignes[], public.clients_conditions, date) IS 'What a draft says is what stands on the day it is issued: litres, notes, prices, taxes, terms. Raises FACTURE_CLIENT_PERIMEE, SORTIE_NON_FACTURABLE, INTROUVABLE, TARIF_ABSENT, COMMANDE_DEVISE, TVA_NON_FIXEE.';

COMMENT ON FUNCTION "private"."journaliser_creation"() IS 'Logs a row of a depot that was written, whole, for a table whose rows are written once. Arguments of the trigger: action, module, level.';

COMMENT ON FUNCTION "private"."lignes_de"(private.vendable[], public.clients_conditions, date) IS 'Lines of sorties as they are invoiced on a day, in their order; their invoice is the caller''s to say. Raises TARIF_ABSENT, COMMANDE_DEVISE, TVA_NON_FIXEE.';

COMMENT ON FUNCTION "private"."lignes_de_services"(jsonb, integer, date) IS 'Lines of services [{designation, quantite, prix_ht, tva_groupe}], after so many others. Raises TVA_NON_FIXEE, and 22xxx.';

COMMENT ON FUNCTION "private"."limite_de"(text) IS 'Requests a minute that one person may send to this door: its own limit, or its method''s; null where neither has one.';

COMMENT ON FUNCTION "private"."noter_envoi"(uuid, uuid, text, text, text, text[]) IS 'What became of a message that was taken: ENVOYE, ECHEC (another try, later; of an e-mail that some have, for p_restants alone) or MORT. A failure told by who no longer has the lease changes nothing; that it arrived always counts. Answers what it is now.';

COMMENT ON FUNCTION "private"."rediger_facture"(uuid, uuid, private.vendable[], jsonb) IS 'Writes the draft of an invoice, at the terms of its client and the prices of each day. Raises FACTURE_VIDE, TARIF_ABSENT, COMMANDE_DEVISE, TVA_NON_FIXEE, ECRITURES_GELEES, ISOLATION_INTERDITE, and 22xxx, 23xxx.';

COMMENT ON FUNCTION "private"."resumer_sorties"() IS 'Has the index of rare sorties say what its full pages hold, again where a draft was decided since yesterday: a summary only grows, and they would be searched for drafts for good. It changes no answer, only how much is read for it. Owner only.';

COMMENT ON FUNCTION "private"."taches_periodiques"() IS 'Everything to be done every hour; run again, or twice at once, it does no harm. Forgets old answers to idempotent requests, and old batches of synchronisation; copies the tanks that have no copy (private.lieux); sums up the index of rare sorties.';

COMMENT ON FUNCTION "public"."annuler_encaissement"(uuid, text) IS 'A payment that was none: the account has its opposite, its invoices are due again, its receipt''s number stays used. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, ECRITURE_CONTREPASSEE, ENCAISSEMENT_ETAT, ENCAISSEMENT_EN_LIGNE, CAISSE_CLOTUREE, PERIODE_CLOSE.';

COMMENT ON VIEW "public"."v_caisse_jour" IS 'Cash of each day, depot and currency, where any was taken in, given back or counted: taken in, what the till should hold, what was counted at its closing.';

REVOKE ALL ON FUNCTION "private"."brouillons_de"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."brouillons_de"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecrire_lignes_facture"(public.factures_client, public.clients_conditions, private.vendable[], jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecrire_lignes_facture"(public.factures_client, public.clients_conditions, private.vendable[], jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."ecriture_facture_client"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ecriture_facture_client"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."emettre"(public.factures_client, public.factures_client_lignes[], integer, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."emettre"(public.factures_client, public.factures_client_lignes[], integer, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_facturables"(uuid[], uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_facturables"(uuid[], uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_lignes_fraiches"(public.factures_client, public.factures_client_lignes[], public.clients_conditions, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_lignes_fraiches"(public.factures_client, public.factures_client_lignes[], public.clients_conditions, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."journaliser_creation"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."journaliser_creation"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."lignes_de"(private.vendable[], public.clients_conditions, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lignes_de"(private.vendable[], public.clients_conditions, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lignes_de_services"(jsonb, integer, date) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lignes_de_services"(jsonb, integer, date) TO "postgres";

REVOKE ALL ON FUNCTION "private"."limite_de"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."limite_de"(text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."noter_envoi"(uuid, uuid, text, text, text, text[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."noter_envoi"(uuid, uuid, text, text, text, text[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."rediger_facture"(uuid, uuid, private.vendable[], jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."rediger_facture"(uuid, uuid, private.vendable[], jsonb) TO "postgres";

REVOKE ALL ON FUNCTION "private"."resumer_sorties"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."resumer_sorties"() TO "postgres";

GRANT SELECT ON TABLE "public"."v_caisse_jour" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_caisse_jour" TO "postgres";

GRANT SELECT ON TABLE "public"."v_caisse_jour" TO "service_role";

reset check_function_bodies;
select private.noter_etat('20261128092949_relecture');
