-- 20261128122620_veille: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261128122620_veille');

DROP VIEW "public"."v_mouvements_partenaires";

CREATE OR REPLACE FUNCTION private.catalogue_rapports()
 RETURNS TABLE(rang integer, nom text, titre text, capacite text, lues text[], periode text, version integer, finance boolean, depots text, parametres text[], signatures text[], dit text)
 LANGUAGE sql
 IMMUTABLE ROWS 12
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  values
    (1, 'journalier', 'Rapport journalier', 'lire_rapports', '{lire_caisse,lire_alertes,lire_ventes}'::text[], 'JOUR',
      2, false,
     'UN', '{}'::text[], '{Gérant du dépôt,Directeur}'::text[],
     'La journée d''un dépôt : état et stock des citernes, jaugeages, réceptions, sorties, brouillons, camions, caisse, '
     'ce qui reste à facturer et à encaisser, alertes'),
    (2, 'mensuel', 'Rapport mensuel', 'lire_rapports', '{lire_caisse}', 'MOIS', 2, false, 'UN', '{}',
     '{Gérant du dépôt,Directeur}',
     'Le mois d''un dépôt : les mêmes chiffres additionnés, les moyennes, les gains et pertes, la courbe de chaque '
     'citerne'),
    (3, 'livre', 'Livre des mouvements', 'lire_rapports', '{}', 'PERIODE', 2, false, 'UN', '{}', '{}',
     'Chaque mouvement, et ce qu''il laissait à sa citerne et à son propriétaire'),
    (4, 'gains_pertes', 'Gains et pertes', 'lire_ecarts', '{}', 'PERIODE', 2, false, 'UN', '{}', '{}',
     'Ce que la jauge a trouvé de plus ou de moins que les livres, et ce que les camions n''ont pas apporté'),
    (5, 'ecarts', 'Écarts', 'lire_ecarts', '{}', 'PERIODE', 2, false, 'UN_OU_TOUS', '{}', '{}',
     'Les écarts trouvés sur la période, et ceux qui restaient ouverts à sa fin'),
    (6, 'releve_partenaire', 'Relevé d''un partenaire', 'lire_comptes_partenaires', '{}', 'PERIODE', 2, false, 'UN',
     '{partenaire_id?,produit_id}', '{}', 'Ce qu''un partenaire possède d''un produit dans un dépôt, mouvement par '
     'mouvement ; sans partenaire, ce qui n''est à aucun'),
    (7, 'releve_transporteur', 'Relevé d''un transporteur', 'lire_ecarts', '{}', 'PERIODE', 2, false, 'UN',
     '{transporteur}', '{}', 'Ce que chaque camion d''un transporteur avait chargé, et ce qu''il a apporté'),
    (8, 'releve_client', 'Relevé d''un client', 'lire_ventes', '{}', 'PERIODE', 2, true, 'VUS', '{client_id,devise?}',
     '{}', 'Ce qu''un client doit, écriture par écriture'),
    (9, 'releve_fournisseur', 'Relevé d''un fournisseur', 'lire_comptes', '{}', 'PERIODE', 2, true, 'VUS',
     '{fournisseur_id,devise?}', '{}', 'Ce que nous devons à un fournisseur, écriture par écriture'),
    (10, 'balance_agee', 'Balance âgée', 'lire_ventes', '{}', 'DATE', 1, true, 'UN_OU_TOUS', '{}', '{}',
     'Ce que chaque client devait au dernier jour, selon son retard'),
    (11, 'ventes', 'Rapport des ventes', 'lire_ventes', '{lire_caisse}', 'PERIODE', 2, true, 'UN_OU_TOUS', '{forme?}',
     '{}', 'Les ventes facturées : par jour (Z), de la période (X), par article (A)'),
    (12, 'tva', 'TVA collectée', 'lire_ventes', '{}', 'PERIODE', 1, true, 'UN_OU_TOUS', '{}', '{}',
     'La TVA des factures et avoirs, par mois et par groupe')
$function$;

CREATE OR REPLACE FUNCTION private.paiement_fournisseur_avant_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_facture public.fournisseur_facture_lot_min;
  v_au_mur timestamptz;
begin
  perform private.exiger('ecrire_factures_fournisseur');
  v_facture := private.facture_a_payer(new.fournisseur_facture_id);
  new.date_paiement := coalesce(new.date_paiement, now());
  -- The client sends the hour on the wall without its offset: late in the evening it would be of tomorrow.
  v_au_mur := (new.date_paiement at time zone 'UTC') at time zone private.fuseau_societe();
  if private.jour_local(private.fuseau_societe(), new.date_paiement) > private.aujourdhui()
     and private.jour_local(private.fuseau_societe(), v_au_mur) <= private.aujourdhui() then
    new.date_paiement := v_au_mur;
  end if;
  perform private.date_de_document(private.jour_local(private.fuseau_societe(), new.date_paiement));
  new.statut := coalesce(new.statut, 'CONFIRME');
  if new.statut not in ('EN_ATTENTE', 'CONFIRME') then
    perform private.refuser('PAIEMENT_ETAT', jsonb_build_object('statut', new.statut));
  end if;
  if exists (select from public.fournisseur_paiement_lot_min p
              where p.fournisseur_facture_id = new.fournisseur_facture_id and p.montant_paye_usd = new.montant_paye_usd
                and p.reference_paiement is not distinct from new.reference_paiement and p.created_by = auth.uid()
                and p.statut <> 'ANNULE' and p.created_at > clock_timestamp() - interval '2 minutes') then
    perform private.refuser('PAIEMENT_DOUBLE', jsonb_build_object('montant', new.montant_paye_usd));
  end if;
  perform private.exiger_solde(v_facture, new.montant_paye_usd);
  new.motif_annulation := null;
  new.annule_par := null;
  new.created_by := auth.uid();
  new.created_at := clock_timestamp();
  new.confirme_par := case new.statut when 'CONFIRME' then auth.uid() end;
  new.numero := case new.statut when 'CONFIRME' then private.numero_de_paiement(new.id) end;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.parts_apres(p_compte public.comptes_partenaires, p_connu_a timestamp with time zone)
 RETURNS TABLE(mouvement_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 20
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select e.mouvement_id from private.ecrits_apres(p_compte.depot_id, p_connu_a) e
  union
  select a.id from public.attributions_partenaires a
   where a.depot_id = p_compte.depot_id and a.created_at > p_connu_a
  union
  -- A share of an opening stock bears its id where it is a partner's, its own where it leaves what is of none.
  select case when p_compte.partenaire_id is null then x.id else x.stock_initial_id end
    from public.stocks_initiaux_partenaires x join public.stocks_initiaux i on i.id = x.stock_initial_id
   where i.depot_id = p_compte.depot_id and x.created_at > p_connu_a
     and (p_compte.partenaire_id is null or x.partenaire_id = p_compte.partenaire_id)
$function$;

CREATE OR REPLACE FUNCTION private.rapport_releve_partenaire(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamp with time zone, p_parametres jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_compte public.comptes_partenaires;
  v_noms record;
  v_lignes jsonb;
begin
  select * into v_compte from public.comptes_partenaires c
   where c.depot_id = p_depot_id and c.produit_id = private.id_du_parametre(p_parametres, 'produit_id')
     and c.partenaire_id is not distinct from private.id_du_parametre(p_parametres, 'partenaire_id');
  if not found then
    perform private.refuser('INTROUVABLE', '{"quoi":"ce compte"}');
  end if;
  select case when n.id is null then 'ce qui n''est à aucun partenaire' else private.nom_connu(n.id, n.nom, p_connu_a)
    end
           as partenaire, private.nom_connu(p.id, p.nom, p_connu_a) as produit
    into v_noms
    from public.produits p left join public.partenaires n on n.id = v_compte.partenaire_id
   where p.id = v_compte.produit_id;
  with releve as (
    select r.* from public.releve_partenaire(p_depot_id, v_compte.produit_id, v_compte.partenaire_id, p_du, p_au) r
  ), apres as (
    select x.mouvement_id from private.parts_apres(v_compte, p_connu_a) x
  ), report as (
    -- Brought forward, less what was written since of the days before.
    select r.solde_ambiant - coalesce(a.ambiant, 0) as ambiant, r.solde_15c - coalesce(a.a_15c, 0) as a_15c
      from releve r
     cross join lateral (
       select sum(m.delta_ambiant) as ambiant, sum(m.delta_15c) as a_15c
         from apres x join public.v_mouvements_partenaires m on m.mouvement_id = x.mouvement_id
        where m.depot_id = p_depot_id and m.produit_id = v_compte.produit_id
          and m.partenaire_id is not distinct from v_compte.partenaire_id and m.date_jour < p_du) a
     where r.rang = 0
  ), connus as (
    select r.rang, r.date_jour, r.mouvement_type, r.delta_ambiant, r.delta_15c
      from releve r where r.rang > 0 and not exists (select from apres x where x.mouvement_id = r.mouvement_id)
    union all
    select 0, p_du, 'REPORT', null, null
  )
  select jsonb_agg(jsonb_build_object('jour', c.date_jour, 'mouvement', private.mot(c.mouvement_type), 'delta_ambiant',
           c.delta_ambiant, 'delta_15c', c.delta_15c, 'solde_ambiant', c.solde_ambiant, 'solde_15c', c.solde_15c)
           order by c.rang)
    into v_lignes
    from (select k.*, o.ambiant + sum(coalesce(k.delta_ambiant, 0)) over w as solde_ambiant,
                 o.a_15c + sum(coalesce(k.delta_15c, 0)) over w as solde_15c
            from connus k cross join report o window w as (order by k.rang rows unbounded preceding)) c;
  return jsonb_build_array(private.section('compte', format('Relevé de %s, %s', v_noms.partenaire, v_noms.produit),
    '{"jour": "date|Jour", "mouvement": "texte|Mouvement", "delta_ambiant": "litres|Litres ambiants",
      "delta_15c": "litres|Litres à 15 °C", "solde_ambiant": "litres|Solde ambiant",
      "solde_15c": "litres|Solde à 15 °C"}', v_lignes, '{delta_ambiant,delta_15c}'));
end;
$function$;

CREATE VIEW "public"."v_mouvements_partenaires" WITH (security_invoker=true) AS  SELECT depot_id,
    produit_id,
    partenaire_id,
    date_jour,
    delta_ambiant,
    delta_15c,
    mouvement_type,
    mouvement_id,
    created_at
   FROM ( SELECT r.depot_id,
            r.produit_id,
            r.partenaire_id,
            r.date_reception AS date_jour,
            r.volume_ambiant AS delta_ambiant,
            r.volume_15c AS delta_15c,
            'RECEPTION'::text AS mouvement_type,
            r.id AS mouvement_id,
            r.created_at,
            r.statut,
            r.proprietaire_type
           FROM public.receptions r
        UNION ALL
         SELECT s.depot_id,
            s.produit_id,
            s.partenaire_id,
            s.date_jour,
            (- s.volume_ambiant),
            (- s.volume_15c),
            'SORTIE'::text AS mouvement_type,
            s.id,
            s.created_at,
            s.statut,
            s.proprietaire_type
           FROM public.sorties_produit s
        UNION ALL
         SELECT d.depot_id,
            d.produit_id,
            s.partenaire_id,
            d.date_jour,
            d.delta_ambiant,
            (0)::numeric AS delta_15c,
            'DILATATION'::text AS mouvement_type,
            d.id,
            d.created_at,
            s.statut,
            d.proprietaire_type
           FROM (public.dilatations d
             JOIN public.sorties_produit s ON (((d.mouvement_type = 'SORTIE'::text) AND (s.id = d.mouvement_id))))
        UNION ALL
         SELECT c.depot_id,
            c.produit_id,
            c.partenaire_id,
            c.date_jour,
                CASE c.sens
                    WHEN 'VERS_PARTENAIRE'::text THEN c.volume_ambiant
                    ELSE (- c.volume_ambiant)
                END AS "case",
                CASE c.sens
                    WHEN 'VERS_PARTENAIRE'::text THEN c.volume_15c
                    ELSE (- c.volume_15c)
                END AS "case",
            'CESSION'::text AS mouvement_type,
            c.id,
            c.created_at,
            'validee'::text AS statut,
            'PARTENAIRE'::text AS proprietaire_type
           FROM public.cessions c
        UNION ALL
         SELECT d.depot_id,
            d.produit_id,
            c.partenaire_id,
            d.date_jour,
            d.delta_ambiant,
            (0)::numeric AS delta_15c,
            'DILATATION'::text AS mouvement_type,
            d.id,
            d.created_at,
            'validee'::text AS statut,
            d.proprietaire_type
           FROM (public.dilatations d
             JOIN public.cessions c ON (((d.mouvement_type = 'CESSION'::text) AND (c.id = d.mouvement_id))))
        UNION ALL
         SELECT a.depot_id,
            a.produit_id,
            r.partenaire_id,
            a.date_jour,
            a.delta_ambiant,
            a.delta_15c,
            'AJUSTEMENT'::text AS mouvement_type,
            a.id,
            a.created_at,
            r.statut,
            a.proprietaire_type
           FROM (public.stocks_adjustments a
             JOIN public.receptions r ON (((a.mouvement_type = 'RECEPTION'::text) AND (r.id = a.mouvement_id))))
        UNION ALL
         SELECT a.depot_id,
            a.produit_id,
            s.partenaire_id,
            a.date_jour,
            a.delta_ambiant,
            a.delta_15c,
            'AJUSTEMENT'::text AS mouvement_type,
            a.id,
            a.created_at,
            s.statut,
            a.proprietaire_type
           FROM (public.stocks_adjustments a
             JOIN public.sorties_produit s ON (((a.mouvement_type = 'SORTIE'::text) AND (s.id = a.mouvement_id))))
        UNION ALL
         SELECT x.depot_id,
            x.produit_id,
            x.partenaire_id,
            x.date_jour,
            x.delta_ambiant,
            x.delta_15c,
            'TRANSFERT_DEPOT'::text AS mouvement_type,
            x.transfert_id,
            x.created_at,
            'validee'::text AS statut,
            x.proprietaire_type
           FROM public.mouvements_transferts_depots x
        UNION ALL
         SELECT d.depot_id,
            d.produit_id,
            t.partenaire_id,
            d.date_jour,
            d.delta_ambiant,
            (0)::numeric AS delta_15c,
            'DILATATION'::text AS mouvement_type,
            d.id,
            d.created_at,
            'validee'::text AS statut,
            d.proprietaire_type
           FROM (public.dilatations d
             JOIN public.transferts_depots t ON (((d.mouvement_type = 'TRANSFERT_DEPOT'::text) AND (t.id = d.mouvement_id))))
        UNION ALL
         SELECT a.depot_id,
            a.produit_id,
            t.partenaire_id,
            a.date_jour,
            a.delta_ambiant,
            a.delta_15c,
            'AJUSTEMENT'::text AS mouvement_type,
            a.id,
            a.created_at,
            'validee'::text AS statut,
            a.proprietaire_type
           FROM (public.stocks_adjustments a
             JOIN public.transferts_depots t ON (((a.mouvement_type = 'TRANSFERT_DEPOT'::text) AND (t.id = a.mouvement_id))))
        UNION ALL
         SELECT i.depot_id,
            i.produit_id,
            p.partenaire_id,
            i.date_jour,
            p.volume_ambiant,
            p.volume_15c,
            'STOCK_INITIAL'::text AS mouvement_type,
            i.id,
            p.created_at,
            'validee'::text AS statut,
            i.proprietaire_type
           FROM (public.stocks_initiaux_partenaires p
             JOIN public.stocks_initiaux i ON ((i.id = p.stock_initial_id)))
        UNION ALL
         SELECT i.depot_id,
            i.produit_id,
            NULL::uuid AS partenaire_id,
            i.date_jour,
            i.volume_ambiant,
            i.volume_15c,
            'STOCK_INITIAL'::text AS mouvement_type,
            i.id,
            i.created_at,
            'validee'::text AS statut,
            i.proprietaire_type
           FROM public.stocks_initiaux i
        UNION ALL
         SELECT i.depot_id,
            i.produit_id,
            NULL::uuid AS partenaire_id,
            i.date_jour,
            (- p.volume_ambiant),
            (- p.volume_15c),
            'STOCK_INITIAL'::text AS mouvement_type,
            p.id,
            p.created_at,
            'validee'::text AS statut,
            i.proprietaire_type
           FROM (public.stocks_initiaux_partenaires p
             JOIN public.stocks_initiaux i ON ((i.id = p.stock_initial_id)))
        UNION ALL
         SELECT n.depot_id,
            n.produit_id,
            p.partenaire_id,
            n.date_jour,
            p.delta_ambiant,
            p.delta_15c,
            n.type,
            n.id,
            n.created_at,
            'validee'::text AS statut,
            'PARTENAIRE'::text AS proprietaire_type
           FROM (public.parts_partenaires p
             JOIN public.v_mouvements_sans_partenaire n ON (((n.type = p.mouvement_type) AND (n.id = p.mouvement_id))))
        UNION ALL
         SELECT n.depot_id,
            n.produit_id,
            NULL::uuid AS partenaire_id,
            n.date_jour,
            (n.delta_ambiant - COALESCE(p.delta_ambiant, (0)::numeric)),
            (n.delta_15c - COALESCE(p.delta_15c, (0)::numeric)),
            n.type,
            n.id,
            n.created_at,
            'validee'::text AS statut,
            'PARTENAIRE'::text AS proprietaire_type
           FROM (public.v_mouvements_sans_partenaire n
             CROSS JOIN LATERAL ( SELECT sum(x.delta_ambiant) AS delta_ambiant,
                    sum(x.delta_15c) AS delta_15c
                   FROM public.parts_partenaires x
                  WHERE ((x.mouvement_type = n.type) AND (x.mouvement_id = n.id))) p)
        UNION ALL
         SELECT a.depot_id,
            a.produit_id,
            a.partenaire_id,
            a.date_jour,
            a.volume_ambiant,
            a.volume_15c,
            'ATTRIBUTION'::text AS mouvement_type,
            a.id,
            a.created_at,
            'validee'::text AS statut,
            'PARTENAIRE'::text AS proprietaire_type
           FROM public.attributions_partenaires a
        UNION ALL
         SELECT a.depot_id,
            a.produit_id,
            NULL::uuid AS partenaire_id,
            a.date_jour,
            (- a.volume_ambiant),
            (- a.volume_15c),
            'ATTRIBUTION'::text AS mouvement_type,
            a.id,
            a.created_at,
            'validee'::text AS statut,
            'PARTENAIRE'::text AS proprietaire_type
           FROM public.attributions_partenaires a) m
  WHERE ((proprietaire_type = 'PARTENAIRE'::text) AND (statut = 'validee'::text) AND ((delta_ambiant <> (0)::numeric) OR (delta_15c <> (0)::numeric)));;

COMMENT ON FUNCTION "private"."rapport_releve_partenaire"(uuid, date, date, timestamp with time zone, jsonb) IS 'Relevé d''un partenaire: what is his (without one, of none) of a product at a depot, movement by movement, litres. Raises INTROUVABLE, RAPPORT_PARAMETRE, ROLE_FORBIDDEN.';

COMMENT ON VIEW "public"."v_mouvements_partenaires" IS 'Everything that ever moved a partner''s account (partenaire_id null: of no partner), litres, negative where it loses. Its sum is the account, to the millilitre.';

GRANT SELECT ON TABLE "public"."v_mouvements_partenaires" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_mouvements_partenaires" TO "postgres";

GRANT SELECT ON TABLE "public"."v_mouvements_partenaires" TO "service_role";

reset check_function_bodies;
select private.noter_etat('20261128122620_veille');
