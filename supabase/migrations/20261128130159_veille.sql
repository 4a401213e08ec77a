-- 20261128130159_veille: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261128130159_veille');

DROP VIEW "public"."v_mouvements_partenaires";

DROP FUNCTION "private"."calculer_15c_prise"(public.prises_de_hauteur, private.emplacement);

DROP FUNCTION "private"."calculer_norme"(private.mesures, private.emplacement, astm.profils_calcul);

DROP FUNCTION "private"."debiter_sortie"(public.sorties_produit);

DROP FUNCTION "private"."densite_15_historique"(private.mesures, private.emplacement);

DROP FUNCTION "private"."exiger_citerne"(private.emplacement, uuid, uuid);

DROP FUNCTION "private"."exiger_densite_du_produit"(numeric, private.emplacement);

DROP FUNCTION "private"."exiger_expediable"(private.emplacement, public.transferts_depots, text);

DROP FUNCTION "private"."exiger_note"(private.emplacement, text);

DROP FUNCTION "private"."exiger_temperatures"(private.mesures, private.emplacement);

DROP FUNCTION "private"."exiger_validable"(public.sorties_produit, private.emplacement);

DROP FUNCTION "private"."incertitude"(public.prises_de_hauteur, public.baremes, private.emplacement, numeric, numeric);

DROP FUNCTION "private"."jauger"(public.prises_de_hauteur, private.emplacement);

DROP FUNCTION "private"."lieu"(uuid, uuid[]);

DROP FUNCTION "private"."lieu_pour_mouvement"(uuid, uuid, uuid[]);

DROP FUNCTION "private"."mesurer_litres"(public.prises_de_hauteur, private.emplacement);

DROP FUNCTION "private"."mesurer_transfert_depot"(public.mouvements_transferts_depots, private.emplacement, numeric, numeric);

DROP FUNCTION "private"."relever"(uuid, private.emplacement, date, numeric, numeric, numeric);

DROP FUNCTION "private"."volume_15c"(private.mesures, private.emplacement, boolean);

DROP FUNCTION "private"."volume_15c_historique"(private.mesures, private.emplacement);

DROP FUNCTION "private"."volume_15c_norme"(private.mesures, private.emplacement);

ALTER TYPE "private"."lecture" ALTER ATTRIBUTE "lieu" TYPE private.lieux CASCADE;

DROP TYPE "private"."emplacement";

CREATE OR REPLACE FUNCTION private.alerte_bat(p_alerte_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select count(*) > 4 from public.alertes_evenements e
   where e.alerte_id = p_alerte_id and e.par is null and e.le between clock_timestamp() - interval '1 hour'
     and clock_timestamp()
$function$;

CREATE OR REPLACE FUNCTION private.borne_scellement(p_dernier private.blocs_journal)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  -- From the last pass that every transaction still open at the last one began to write after; the earliest since,
  -- where the clock was put back.
  select coalesce(min(least(b.scelle_le, (p_dernier).scelle_le)), '-infinity') - private.tolerance_horloge()
    from private.blocs_journal b
   where b.numero >= (select max(d.numero) from private.blocs_journal d
                       where d.serveur = (p_dernier).serveur and d.txid <= pg_snapshot_xmin((p_dernier).instantane))
$function$;

CREATE OR REPLACE FUNCTION private.calculer_15c_prise(p_prise public.prises_de_hauteur, p_lieu private.lieux)
 RETURNS private.volume_corrige
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  -- A factor is what is wanted: of so many litres no rounding is left to see.
  c_litres constant numeric := 1000000;
  v_mesures private.mesures;
begin
  v_mesures.volume_ambiant := c_litres;
  v_mesures.champ_volume := 'volume_mesure';
  v_mesures.champ_temperature := 'temperature_c';
  v_mesures.temperature_produit_c := p_prise.temperature_c;
  v_mesures.temperature_echantillon_c := p_prise.temperature_echantillon_c;
  v_mesures.densite_observee_kgm3 := p_prise.densite_observee_kgm3;
  v_mesures.densite_a_15_kgm3 := p_prise.densite_a_15_kgm3;
  v_mesures.densite_citerne_kgm3 := p_lieu.densite_melange_kgm3;
  return private.volume_15c(v_mesures, p_lieu);
end;
$function$;

CREATE OR REPLACE FUNCTION private.calculer_norme(p_mesures private.mesures, p_lieu private.lieux, p_profil astm.profils_calcul)
 RETURNS private.volume_corrige
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  -- A density at 15 °C is one observed at 15 °C, without glass to correct: the same engine serves.
  v_a_15 constant numeric := coalesce(p_mesures.densite_a_15_kgm3, p_mesures.densite_citerne_kgm3);
  v_observee constant boolean := p_mesures.densite_observee_kgm3 is not null;
  v_densite constant numeric := coalesce(p_mesures.densite_observee_kgm3, v_a_15);
  v_echantillon constant numeric := case when v_observee
    then coalesce(p_mesures.temperature_echantillon_c, p_mesures.temperature_produit_c) else 15 end;
  v_verre constant boolean := v_observee and p_profil.correction_verre;
  v_pression constant numeric := case when p_mesures.par_compteur then p_profil.pression_kpa else 0 end;
  v_calcul record;
  v_corrige private.volume_corrige;
begin
  if p_profil.arrondir and (p_profil.decimales_vcf <> 4 or p_profil.entrees_imprimees) then
    select c.* into v_calcul
      from astm.calculer_imprime(p_lieu.groupe_mpms, v_densite, v_echantillon, p_mesures.temperature_produit_c,
             p_mesures.volume_ambiant, p_profil.methode, v_verre, v_pression, p_profil.decimales_vcf,
             p_profil.entrees_imprimees) c;
  else
    select c.* into v_calcul
      from astm.calculer_15c(p_lieu.groupe_mpms, v_densite, v_echantillon, p_mesures.temperature_produit_c,
             p_mesures.volume_ambiant, p_profil.methode, v_verre, v_pression, p_profil.arrondir) c;
  end if;
  v_corrige.volume_15c := round(v_calcul.volume_15c_l::numeric, 3);
  v_corrige.vcf := round(v_calcul.vcf::numeric, 8);
  v_corrige.densite_a_15_kgm3 := case when v_observee then round(v_calcul.densite_15c_kgm3::numeric, 4) else v_a_15 end;
  v_corrige.methode_15c := p_profil.methode;
  v_corrige.parametres_15c := jsonb_build_object('profil', p_profil.nom, 'groupe', p_lieu.groupe_mpms,
    'arrondir', p_profil.arrondir, 'correction_verre', v_verre,
    'densite', case when v_observee then 'OBSERVEE' when p_mesures.densite_a_15_kgm3 is not null then 'A_15'
      else 'CITERNE' end,
    'temperature_echantillon', case when p_mesures.temperature_echantillon_c is null and v_observee then 'PRODUIT' end);
  -- What is as SEP does it needs no word.
  if p_profil.decimales_vcf <> 4 or p_profil.entrees_imprimees or v_pression <> 0 then
    v_corrige.parametres_15c := v_corrige.parametres_15c || jsonb_build_object('decimales_vcf', p_profil.decimales_vcf,
      'entrees_imprimees', p_profil.entrees_imprimees, 'pression_kpa', v_pression);
  end if;
  return v_corrige;
end;
$function$;

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

CREATE OR REPLACE FUNCTION private.controler_journal(p_bloc bigint DEFAULT NULL::bigint, p_empreinte text DEFAULT NULL::text)
 RETURNS TABLE(probleme text, bloc bigint, ligne_id uuid, constat jsonb)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET work_mem TO '128MB'
AS $function$
declare
  v_serveur constant bigint := private.serveur();
  v_dernier private.blocs_journal;
begin
  -- Each depot has a chain of its own there.
  if private.au_siege() then
    return query execute
      'select v.probleme, v.bloc, v.ligne_id, jsonb_build_object(''base'', v.base) from siege.verifier_journal() v';
    return query select t.* from private.controler_temoin(p_bloc, p_empreinte) t;
    return;
  end if;
  v_dernier := private.dernier_bloc();

  return query
  select 'BLOC_ALTERE', b.numero, null::uuid,
    jsonb_build_object('scelle_le', b.scelle_le, 'lignes', cardinality(b.lignes))
    from private.blocs_journal b where b.empreinte <> private.empreinte_bloc(b)
  union all
  select case when c.manquants > 0 then 'BLOC_SUPPRIME' else 'CHAINE_ROMPUE' end, c.numero - sign(c.manquants)::int,
    null,
         jsonb_build_object('avant_le_bloc', c.numero, 'manquants', c.manquants)
    from (
      select b.numero, b.precedent, b.numero - 1 - coalesce(lag(b.numero) over chaine, 0) as manquants,
             lag(b.empreinte) over chaine as attendu
        from private.blocs_journal b window chaine as (order by b.numero)
    ) c
   where c.manquants > 0 or c.precedent is distinct from c.attendu;

  return query select t.* from private.controler_temoin(p_bloc, p_empreinte) t;

  -- What no block holds proves nothing: silence about it would read as proof.
  return query
  select case when e.bloc is null then 'JAMAIS_SCELLE' else 'SCELLEMENT_EN_RETARD' end, e.bloc, null::uuid,
         jsonb_build_object('lignes', e.lignes_en_attente, 'depuis', e.attend_depuis)
    from private.etat_scellement() e
   where e.lignes_en_attente > 0 and (e.bloc is null or e.attend_depuis < now() - private.patience_scellement());

  return query
  select case when s.id is null then 'LIGNE_INSEREE' when l.id is null then 'LIGNE_SUPPRIMEE' else 'LIGNE_ALTEREE' end,
         s.numero, coalesce(l.id, s.id),
         (select to_jsonb(t) from public.log_actions t where t.id = l.id)
    from (select b.numero, u.id, u.empreinte
            from private.blocs_journal b cross join unnest(b.lignes, b.empreintes) as u (id, empreinte)) s
    full join (select t.id, private.empreinte_ligne(t) as empreinte, private.ligne_recente(t, v_dernier, v_serveur) as
      recente
                 from public.log_actions t) l on l.id = s.id
   where l.id is null
      or (s.id is null and not l.recente)
      or s.empreinte <> l.empreinte;
end;
$function$;

CREATE OR REPLACE FUNCTION private.controles_paiements()
 RETURNS SETOF private.fait_controle
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
    select v.code, 'PAIEMENT_EN_LIGNE', p.id, v.message,
           jsonb_build_object('paiement_id', p.id, 'facture_id', p.facture_id, 'intention_id', p.intention_id,
             'ecart', p.ecart, 'litige', p.litige), p.depot_id
      from public.paiements_en_ligne p
     cross join lateral (values
       ('PAIEMENT_EN_LIGNE_ECART', p.ecart is not null,
        'Le prestataire dit d''un paiement en ligne autre chose que ce qui était demandé.'),
       ('PAIEMENT_EN_LIGNE_LITIGE', coalesce(p.litige = 'OUVERT', false),
        'Un client conteste un paiement en ligne chez sa banque.')) v (code, trouve, message)
     where (p.ecart is not null or p.litige = 'OUVERT') and v.trouve;
  return query
    select 'RAPPROCHEMENT_ECART', 'RAPPROCHEMENT', md5('rapprochement')::uuid,
           format('Le dernier rapprochement des paiements en ligne a %s écart(s).', jsonb_array_length(r.ecarts)),
           jsonb_build_object('rapprochement_id', r.id, 'ecarts', r.ecarts), null::uuid
      from (select * from public.rapprochements x order by x.le desc, x.id desc limit 1) r where r.ecarts <> '[]';
  return query
    select 'RAPPROCHEMENT_ABSENT', 'RAPPROCHEMENT', md5('rapprochement')::uuid,
           format('Les paiements en ligne n''ont pas été rapprochés depuis %s h.',
             private.seuil('RAPPROCHEMENT_ABSENT')),
           '{}'::jsonb, null::uuid
     where exists (select from public.paiements_en_ligne p
                    where p.created_at between now() - interval '7 days'
                      and now() - private.seuil('RAPPROCHEMENT_ABSENT') * interval '1 hour')
       and not exists (select from public.rapprochements r
                        where r.le between now() - private.seuil('RAPPROCHEMENT_ABSENT') * interval '1 hour'
                                        and clock_timestamp());
end;
$function$;

CREATE OR REPLACE FUNCTION private.debiter_autrement(p_sortie public.sorties_produit)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_fait text;
begin
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

CREATE OR REPLACE FUNCTION private.densite_15_historique(p_mesures private.mesures, p_lieu private.lieux)
 RETURNS numeric
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (private.calculer_norme(p_mesures, p_lieu,
            astm.profil(p_lieu.depot_id, p_lieu.produit_id))).densite_a_15_kgm3;
exception
  -- The standard does not know this product (gas, additive): it never decided there, and so refuses nothing either.
  when sqlstate 'PT422' then
    return p_mesures.densite_a_15_kgm3;
end;
$function$;

CREATE OR REPLACE FUNCTION private.dernier_bloc()
 RETURNS private.blocs_journal
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_dernier private.blocs_journal;
begin
  select * into v_dernier from private.blocs_journal b order by b.numero desc limit 1;
  -- The clock was put back since: what was honestly written since then is dated before that block, and waits no longer
  -- than lines do. Whoever owns the tables dates lines, and never the server's clock.
  if v_dernier.scelle_le > clock_timestamp() then
    v_dernier.scelle_le := clock_timestamp() - private.patience_scellement();
  end if;
  return v_dernier;
end;
$function$;

CREATE OR REPLACE FUNCTION private.envoyer_rapports_abonnes()
 RETURNS bigint
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_abonnement public.abonnements_rapports;
  v_combien bigint := 0;
begin
  -- They wait for the end of a freeze, and in a copy of PROD for nobody.
  if not private.prevenus('profils_prevenus')
     or exists (select from public.app_settings s where s.key = 'gel_ecritures') then
    return 0;
  end if;
  -- Later than the next one: the server's clock had run ahead.
  update public.abonnements_rapports a set prochain = e.prochain
    from (select b.id, private.echeance_abonnement(b.rythme, private.zone_du_depot(b.depot_id), clock_timestamp()) as
            prochain
            from public.abonnements_rapports b where b.actif) e
   where e.id = a.id and a.prochain > e.prochain;
  for v_abonnement in
    select * from public.abonnements_rapports a where a.actif and a.prochain <= clock_timestamp()
     order by a.prochain limit 20 for update skip locked
  loop
    begin
      perform private.envoyer_rapport(v_abonnement);
      v_combien := v_combien + 1;
    exception
      when others then
        if sqlstate like 'PT%' then
          -- A refusal is an answer: it would be the same tomorrow.
          perform private.clore_abonnement(v_abonnement, sqlerrm);
        else
          raise warning 'abonnement % : % (nouvel essai dans une heure)', v_abonnement.id, sqlerrm;
          update public.abonnements_rapports a
             set prochain = clock_timestamp() + interval '1 hour' where a.id = v_abonnement.id;
        end if;
    end;
  end loop;
  return v_combien;
end;
$function$;

CREATE OR REPLACE FUNCTION private.etat_scellement()
 RETURNS TABLE(bloc bigint, empreinte text, scelle_le timestamp with time zone, lignes_en_attente bigint, attend_depuis timestamp with time zone)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET work_mem TO '64MB'
AS $function$
declare
  v_dernier private.blocs_journal;
  v_borne timestamptz;
begin
  -- The blocks of the head office are those of its depots: each has a head of its own.
  if private.au_siege() then
    return query select null::bigint, null::text, null::timestamptz, 0::bigint, null::timestamptz;
    return;
  end if;
  v_dernier := private.dernier_bloc();
  v_borne := private.borne_scellement(v_dernier);
  return query
  select v_dernier.numero, encode(v_dernier.empreinte, 'hex'),
         (select b.scelle_le from private.blocs_journal b where b.numero = v_dernier.numero), count(*),
         min(l.created_at)
    from public.log_actions l
   where l.created_at >= v_borne
     and private.ligne_recente(l, v_dernier, private.serveur())
     and l.id not in (select unnest(b.lignes) from private.blocs_journal b
                       where b.scelle_le >= v_borne - private.tolerance_horloge());
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_citerne(p_lieu private.lieux, p_citerne_id uuid, p_produit_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_lieu.statut = 'active' then
    if p_lieu.produit_id = p_produit_id then
      return;
    end if;
  end if;
  perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_citerne_id));
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_densite_du_produit(p_densite_kgm3 numeric, p_lieu private.lieux)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- A bound that is not set bounds nothing.
  if p_densite_kgm3 < p_lieu.densite_15_min or p_densite_kgm3 > p_lieu.densite_15_max then
    perform private.refuser('DENSITE_HORS_PRODUIT', jsonb_build_object('produit', p_lieu.produit_nom,
      'densite_a_15_kgm3', p_densite_kgm3, 'minimum', p_lieu.densite_15_min, 'maximum', p_lieu.densite_15_max));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_expediable(p_lieu private.lieux, p_transfert public.transferts_depots, p_proprietaire_type text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_transfert.depot_destination_id = p_lieu.depot_id then
    perform private.refuser('TRANSFERT_MEME_DEPOT');
  end if;
  if (p_proprietaire_type = 'PARTENAIRE') <> (p_transfert.partenaire_id is not null)
     or (p_transfert.partenaire_id is not null
         and not exists (select from public.partenaires p where p.id = p_transfert.partenaire_id)) then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;
  if not exists (select from public.depots d where d.id = p_transfert.depot_destination_id) then
    perform private.refuser('INTROUVABLE', '{"quoi":"le dépôt de destination"}');
  end if;
  perform private.exiger_actifs(p_lieu.produit_id, p_transfert.depot_destination_id,
    p_partenaire_id => p_transfert.partenaire_id);
  if not exists (select from public.citernes c
                  where c.depot_id = p_transfert.depot_destination_id and c.produit_id = p_lieu.produit_id
                    and c.statut <> 'inactive') then
    perform private.refuser('DESTINATION_SANS_CITERNE', jsonb_build_object('produit', p_lieu.produit_nom));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_note(p_lieu private.lieux, p_note text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if p_lieu.logique and coalesce(private.texte_net(p_note), '') = ''
     and private.flag_actif('citerne_logique_notes', p_lieu.depot_id) then
    perform private.refuser('NOTE_REQUISE', jsonb_build_object('nom', p_lieu.nom));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_quota(p_taille integer)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_maximum constant bigint := 524288000;
  v_debut constant timestamptz := private.aujourdhui()::timestamp at time zone private.fuseau_societe();
  v_octets bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('quota:' || auth.uid(), 0));
  select coalesce(sum(d.taille), 0) into v_octets from public.documents d
   where d.created_by = auth.uid() and d.created_at >= v_debut and d.created_at < v_debut + interval '1 day'
     and d.origine = 'TELEVERSE';
  if v_octets + p_taille > c_maximum then
    perform private.refuser('DOCUMENT_QUOTA', jsonb_build_object('octets', v_octets, 'maximum', c_maximum,
      'attendre_s', greatest(1, ceil(extract(epoch from v_debut + interval '1 day' - now())))::int));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_temperatures(p_mesures private.mesures, p_lieu private.lieux)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_champ text := coalesce(p_mesures.champ_temperature, 'temperature_ambiante_c');
  v_temperature numeric := p_mesures.temperature_produit_c;
begin
  if p_mesures.temperature_produit_c is null then
    perform private.refuser('TEMPERATURE_REQUISE', jsonb_build_object('champ', v_champ));
  end if;
  if p_mesures.temperature_produit_c between p_lieu.temperature_min_c and p_lieu.temperature_max_c then
    if p_mesures.temperature_echantillon_c is null then
      return;
    end if;
    if p_mesures.temperature_echantillon_c between p_lieu.temperature_min_c and p_lieu.temperature_max_c then
      return;
    end if;
  end if;
  if p_mesures.temperature_produit_c between p_lieu.temperature_min_c and p_lieu.temperature_max_c then
    v_champ := 'temperature_echantillon_c';
    v_temperature := p_mesures.temperature_echantillon_c;
  end if;
  perform private.refuser('TEMPERATURE_HORS_PLAGE', jsonb_build_object('champ', v_champ, 'temperature', v_temperature,
    'min', p_lieu.temperature_min_c, 'max', p_lieu.temperature_max_c));
end;
$function$;

CREATE OR REPLACE FUNCTION private.exiger_validable(p_sortie public.sorties_produit, p_lieu private.lieux)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_aujourdhui constant date := private.jour_local(p_lieu.fuseau, now());
begin
  if p_sortie.client_id is null and p_sortie.partenaire_id is null then
    perform private.refuser('BENEFICIAIRE_REQUIRED');
  end if;
  if p_sortie.partenaire_id is null and p_sortie.proprietaire_type = 'PARTENAIRE' then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;
  perform private.exiger_citerne(p_lieu, p_sortie.citerne_id, p_sortie.produit_id);
  perform private.exiger_note(p_lieu, p_sortie.note);
  if p_sortie.date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.horloge_suivie()
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_avant constant timestamptz := (select p.le from private.passages p where p.nom = 'heure');
  v_maintenant constant timestamptz := clock_timestamp();
begin
  if v_avant < v_maintenant - interval '15 days' then
    perform private.noter_passage('saut', v_maintenant);
  end if;
  perform private.noter_passage('heure', v_maintenant);
  return not exists (
    select from private.passages p where p.nom = 'saut' and p.le > v_maintenant - interval '1 day');
end;
$function$;

CREATE OR REPLACE FUNCTION private.id_de_ligne()
 RETURNS uuid
 LANGUAGE sql
RETURN (concat('0', to_hex(((date_part('epoch'::text, clock_timestamp()) * (1000)::double precision))::bigint), '7000', to_hex(random('-9223372036854775808'::bigint, '-4611686018427387905'::bigint))))::uuid;

CREATE OR REPLACE FUNCTION private.incertitude(p_prise public.prises_de_hauteur, p_bareme public.baremes, p_lieu private.lieux, p_pente numeric, p_pente_eau numeric)
 RETURNS numeric
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN CASE WHEN ((p_prise).densite_a_15_kgm3 IS NULL) THEN sqrt((((((((p_prise).volume_15c * (p_bareme).incertitude_pour_mille) / (1000)::numeric) ^ (2)::numeric) + (((p_pente * (p_prise).vcf) * (p_bareme).incertitude_hauteur_mm) ^ (2)::numeric)) + (((p_pente_eau * (p_prise).vcf) * (p_bareme).incertitude_hauteur_mm) ^ (2)::numeric)) + ((((p_prise).volume_15c * (p_lieu).alpha_historique) * (p_bareme).incertitude_temperature_c) ^ (2)::numeric))) ELSE (astm.incertitude_15c((p_lieu).groupe_mpms, ((p_prise).densite_a_15_kgm3)::double precision, ((p_prise).temperature_c)::double precision, ((p_prise).volume_mesure)::double precision, ((p_prise).vcf)::double precision, (p_pente)::double precision, (p_pente_eau)::double precision, ((p_bareme).incertitude_pour_mille)::double precision, ((p_bareme).incertitude_hauteur_mm)::double precision, ((p_bareme).incertitude_temperature_c)::double precision, ((p_bareme).incertitude_densite_kgm3)::double precision))::numeric END;

CREATE OR REPLACE FUNCTION private.jauger(p_prise public.prises_de_hauteur, p_lieu private.lieux)
 RETURNS public.prises_de_hauteur
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_bareme constant public.baremes := private.bareme_du_jour(p_prise.citerne_id,
    private.jour_local(p_lieu.fuseau, p_prise.mesuree_le));
  v_corrige constant private.volume_corrige := private.calculer_15c_prise(p_prise, p_lieu);
  v_part constant float8 := case when v_bareme.toit_masse_kg is null then 0 else
    astm.part_toit(p_prise.hauteur_totale_mm::float8, v_bareme.toit_repose_mm::float8, v_bareme.toit_flotte_mm::float8)
      end;
  v_table record;
  v_chaine record;
begin
  select * into v_table from private.volumes_au_bareme(p_prise, v_bareme);
  if v_part > 0 and v_corrige.densite_a_15_kgm3 is null then
    perform private.refuser('DENSITE_OBSERVEE_REQUISE');
  end if;
  select j.* into v_chaine
    from astm.jaugeage(v_table.total::float8, v_table.eau::float8,
           case when v_bareme.calorifugee then p_prise.temperature_c
             else astm.temperature_paroi(p_prise.temperature_c::float8, p_prise.temperature_air_c::float8) end::float8,
           v_bareme.temperature_reference_c::float8, v_bareme.coefficient_acier::float8,
           v_bareme.toit_masse_kg::float8 * v_part, v_bareme.toit_densite_kgm3::float8,
           v_corrige.densite_a_15_kgm3::float8, v_corrige.vcf::float8, p_prise.eau_sediments_pour_cent::float8,
           coalesce((v_corrige.parametres_15c ->> 'arrondir')::boolean, false)) j;
  if v_chaine.volume_brut_l < 0 then
    perform private.refuser('JAUGE_INCOHERENTE', jsonb_build_object('champ', 'hauteur_totale_mm',
      'eau', p_prise.hauteur_eau_mm, 'total', p_prise.hauteur_totale_mm));
  end if;
  p_prise.bareme_id := v_bareme.id;
  p_prise.volume_total_l := v_table.total;
  p_prise.volume_eau_l := v_table.eau;
  p_prise.ctsh := round(v_chaine.ctsh::numeric, 8);
  p_prise.volume_toit_l := round(v_chaine.volume_toit_l::numeric, 3);
  p_prise.volume_brut_l := round(v_chaine.volume_brut_l::numeric, 3);
  p_prise.volume_mesure := round(v_chaine.volume_net_l::numeric, 3);
  p_prise.volume_15c_brut := round(v_chaine.volume_15c_brut_l::numeric, 3);
  p_prise.volume_15c := round(v_chaine.volume_15c_l::numeric, 3);
  p_prise := private.noter_calcul(p_prise, v_corrige);
  p_prise.incertitude_15c := round(private.incertitude(p_prise, v_bareme, p_lieu, v_table.pente, v_table.pente_eau), 1);
  p_prise.avertissements := p_prise.avertissements
    || private.avertissements_jauge(v_bareme, v_part, private.jour_local(p_lieu.fuseau, p_prise.mesuree_le));
  return p_prise;
end;
$function$;

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
  -- Apart: nearly every act has one action and one target, and then nothing is to be taken apart.
  if p_cibles is not null then
    insert into public.log_actions (id, user_id, action, module, niveau, cible_id, depot_id, details, request_id,
      trace_id)
    select private.id_de_ligne(), p_user_id, a.action, p_module, p_niveau, a.cible_id, p_depot_id,
      a.details || p_details,
      v_demande, v_trace
      from unnest(p_actions, p_cibles, p_leurs_details) a (action, cible_id, details);
    return;
  end if;
  if p_actions[2] is null then
    insert into public.log_actions (id, user_id, action, module, niveau, cible_id, depot_id, details, request_id,
      trace_id)
    values (private.id_de_ligne(), p_user_id, p_actions[1], p_module, p_niveau, p_cible_id, p_depot_id, p_details,
      v_demande, v_trace);
    return;
  end if;
  insert into public.log_actions (id, user_id, action, module, niveau, cible_id, depot_id, details, request_id,
    trace_id)
  select private.id_de_ligne(), p_user_id, a.action, p_module, p_niveau, p_cible_id, p_depot_id, p_details, v_demande,
    v_trace
    from unnest(p_actions) a (action);
end;
$function$;

CREATE OR REPLACE FUNCTION private.lieu(p_citerne_id uuid, p_depots uuid[])
 RETURNS private.lieux
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lieu private.lieux;
begin
  -- The copy counts where it says of the tank what the tank, once it is held, says of itself.
  select l.* into v_lieu
    from public.citernes c
    join private.lieux l on l.citerne_id = c.id and l.depot_id = c.depot_id and l.produit_id = c.produit_id
   where c.id = p_citerne_id and c.depot_id = any (p_depots)
     for key share of c;
  if not found then
    select l.* into v_lieu
      from public.citernes c join private.lieux_vrais l on l.citerne_id = c.id
     where c.id = p_citerne_id and c.depot_id = any (p_depots)
       for key share of c;
  end if;
  return v_lieu;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lieu_pour_mouvement(p_citerne_id uuid, p_produit_id uuid, p_depots uuid[] DEFAULT private.depots_visibles())
 RETURNS private.lieux
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lieu constant private.lieux := private.lieu(p_citerne_id, p_depots);
  v_active text;
begin
  v_active := private.exiger_citerne(v_lieu, p_citerne_id, coalesce(p_produit_id, v_lieu.produit_id));
  return v_lieu;
end;
$function$;

CREATE OR REPLACE FUNCTION private.lire(p_citerne_id uuid, p_client_id uuid, p_valider boolean)
 RETURNS private.lecture
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_user_id constant uuid := auth.uid();
  v_acteur private.acteur;
  v_lu private.lecture;
begin
  -- An older snapshot of the database would not see a freeze declared since.
  if current_setting('transaction_isolation') <> 'read committed' then
    perform private.exiger_read_committed();
  end if;
  -- Somebody of the tank's own depot, no freeze, no second factor: one question for who, where and how.
  select v_user_id, null::jsonb, (select c.actif from public.clients c where c.id = p_client_id), l
    into v_lu
    from public.profils p join private.lieux l on l.depot_id = p.depot_id
   where p.user_id = v_user_id and p.desactive_le is null and l.citerne_id = p_citerne_id and not l.gele
     and p.role = any (case when p_valider then l.validateurs else l.redacteurs end);
  if found then
    return v_lu;
  end if;
  -- Anybody else.
  v_lu.gel := (select s.value::jsonb from public.app_settings s where s.key = 'gel_ecritures');
  if p_valider then
    v_acteur := private.exiger('valider_sortie');
  else
    perform private.exiger_non_gele(v_lu.gel);
    v_acteur := private.exiger('ecrire_sortie');
  end if;
  v_lu.user_id := v_acteur.user_id;
  v_lu.client_actif := (select c.actif from public.clients c where c.id = p_client_id);
  v_lu.lieu := (
    select row(l.*)::private.lieux from private.lieux_vrais l
     where l.citerne_id = p_citerne_id and l.depot_id = any (v_acteur.depots));
  return v_lu;
end;
$function$;

CREATE OR REPLACE FUNCTION private.mesurer_litres(p_prise public.prises_de_hauteur, p_lieu private.lieux)
 RETURNS public.prises_de_hauteur
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_corrige private.volume_corrige;
begin
  if p_prise.temperature_c is null then
    return p_prise;
  end if;
  v_corrige := private.calculer_15c_prise(p_prise, p_lieu);
  p_prise := private.noter_calcul(p_prise, v_corrige);
  p_prise.volume_15c_brut := round(p_prise.volume_mesure * v_corrige.vcf,
    case when (v_corrige.parametres_15c ->> 'arrondir')::boolean then 0 else 3 end);
  p_prise.volume_15c := p_prise.volume_15c_brut;
  return p_prise;
end;
$function$;

CREATE OR REPLACE FUNCTION private.mesurer_sortie(p_sortie public.sorties_produit, p_lu private.lecture)
 RETURNS public.sorties_produit
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lieu constant private.lieux := p_lu.lieu;
  v_volume numeric := private.volume_mesure(p_sortie.volume_ambiant, null, p_sortie.index_avant, p_sortie.index_apres);
  v_releve private.releve;
  v_corrige private.volume_corrige;
begin
  if p_sortie.compteur_id is not null or p_sortie.index_apres is not null then
    v_releve := private.relever(p_sortie.compteur_id, v_lieu, p_sortie.date_jour, p_sortie.index_avant,
      p_sortie.index_apres, v_volume);
    v_volume := v_releve.volume;
    p_sortie.compteur_id := v_releve.compteur_id;
    p_sortie.facteur_compteur := v_releve.facteur;
  end if;
  v_corrige := private.volume_15c(row(v_volume, private.champ_volume(p_sortie.volume_ambiant, null),
    p_sortie.temperature_ambiante_c, p_sortie.temperature_echantillon_c, p_sortie.densite_observee_kgm3,
    p_sortie.densite_a_15_kgm3, v_lieu.densite_melange_kgm3, p_sortie.volume_15c, null,
    p_sortie.index_avant is not null or p_sortie.index_apres is not null)::private.mesures, v_lieu, v_lieu.norme);

  p_sortie.volume_ambiant := v_volume;
  -- As for a réception: where no meter was read, two numbers that differ by the volume.
  p_sortie.index_avant := coalesce(p_sortie.index_avant, 0);
  p_sortie.index_apres := coalesce(p_sortie.index_apres, v_volume);
  p_sortie.parametres_15c := v_corrige.parametres_15c || jsonb_build_object('volume_15c_client', p_sortie.volume_15c);
  p_sortie.volume_15c := v_corrige.volume_15c;
  p_sortie.vcf := v_corrige.vcf;
  p_sortie.methode_15c := v_corrige.methode_15c;
  p_sortie.avertissements := v_corrige.avertissements || coalesce(v_releve.avertissements, '[]');
  p_sortie.densite_a_15_kgm3 := v_corrige.densite_a_15_kgm3;
  p_sortie.densite_a_15 := v_corrige.densite_a_15_kgm3;
  -- What was sent was asked when it was written: of what has just been computed, nobody has.
  perform private.exiger_mesures('sorties_produit', null, p_sortie.index_apres, p_sortie.volume_ambiant,
    p_sortie.volume_15c, null, null, null, p_sortie.densite_a_15_kgm3, p_sortie.vcf);
  return p_sortie;
end;
$function$;

CREATE OR REPLACE FUNCTION private.mesurer_transfert_depot(p_mouvement public.mouvements_transferts_depots, p_lieu private.lieux, p_volume numeric, p_densite_citerne numeric)
 RETURNS public.mouvements_transferts_depots
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_sens constant int := case p_mouvement.sens when 'EXPEDITION' then -1 else 1 end;
  v_aujourdhui constant date := private.jour_local(p_lieu.fuseau, now());
  v_mesures private.mesures;
  v_corrige private.volume_corrige;
begin
  p_mouvement.date_jour := coalesce(p_mouvement.date_jour, v_aujourdhui);
  if p_mouvement.date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
  p_mouvement.densite_observee_kgm3 := private.en_kgm3(p_mouvement.densite_observee_kgm3);
  p_mouvement.densite_a_15_kgm3 := private.en_kgm3(p_mouvement.densite_a_15_kgm3);
  -- NaN is greater than any number: only a bound above tells it from one.
  if (p_volume < 1e9) is false then
    perform private.refuser('VOLUME_AMBIANT_NON_POSITIF', jsonb_build_object('volume_ambiant', p_volume));
  end if;
  v_mesures.volume_ambiant := private.volume_mesure(round(p_volume, 3), null, null, null);
  v_mesures.champ_volume := 'volume_ambiant';
  v_mesures.temperature_produit_c := p_mouvement.temperature_ambiante_c;
  v_mesures.temperature_echantillon_c := p_mouvement.temperature_echantillon_c;
  v_mesures.densite_observee_kgm3 := p_mouvement.densite_observee_kgm3;
  v_mesures.densite_a_15_kgm3 := p_mouvement.densite_a_15_kgm3;
  v_mesures.densite_citerne_kgm3 := p_densite_citerne;
  v_corrige := private.volume_15c(v_mesures, p_lieu);
  p_mouvement.citerne_id := p_lieu.citerne_id;
  p_mouvement.produit_id := p_lieu.produit_id;
  p_mouvement.depot_id := p_lieu.depot_id;
  p_mouvement.delta_ambiant := v_sens * v_mesures.volume_ambiant;
  p_mouvement.delta_15c := v_sens * v_corrige.volume_15c;
  p_mouvement.densite_a_15_kgm3 := v_corrige.densite_a_15_kgm3;
  p_mouvement.vcf := v_corrige.vcf;
  p_mouvement.methode_15c := v_corrige.methode_15c;
  p_mouvement.parametres_15c := v_corrige.parametres_15c;
  p_mouvement.avertissements := v_corrige.avertissements;
  p_mouvement.id := private.nouvel_id();
  p_mouvement.created_by := auth.uid();
  p_mouvement.created_at := now();
  return p_mouvement;
end;
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
                and p.statut <> 'ANNULE' and p.created_at between clock_timestamp() - interval '2 minutes'
                  and clock_timestamp() + interval '2 minutes') then
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

CREATE OR REPLACE FUNCTION private.preparer_validation(p_sortie public.sorties_produit, p_lu private.lecture)
 RETURNS public.sorties_produit
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lieu constant private.lieux := p_lu.lieu;
  v_15c numeric;
  v_possible text;
begin
  -- What nearly every sortie is; of any other it is asked which of these it is not. Not later than now is not later
  -- than today.
  if (p_sortie.client_id is not null and p_sortie.proprietaire_type = 'MONALUXE' and v_lieu.statut = 'active'
      and p_sortie.produit_id = v_lieu.produit_id and not v_lieu.logique and p_sortie.date_sortie <= now()) is not true
  then
    v_possible := private.exiger_validable(p_sortie, v_lieu);
  end if;
  -- Litres and their temperature, by the old formula: most of the sorties. Each question costs, whatever it finds: the
  -- rest is asked of what says more.
  if num_nonnulls(p_sortie.index_avant, p_sortie.index_apres, p_sortie.compteur_id, p_sortie.densite_observee_kgm3,
       p_sortie.densite_a_15_kgm3, p_sortie.volume_15c, p_sortie.temperature_echantillon_c,
       v_lieu.densite_melange_kgm3) = 0
     and not v_lieu.norme
     -- So that the factor lies between 0.5 and 1.5 wherever a depot may be, and a litre is left.
     and v_lieu.alpha_historique < 0.003 and p_sortie.volume_ambiant between 1 and 1e8
     and p_sortie.temperature_ambiante_c between v_lieu.temperature_min_c and v_lieu.temperature_max_c then
    v_15c := round(private.formule_historique(p_sortie.volume_ambiant, p_sortie.temperature_ambiante_c,
      v_lieu.alpha_historique), 3);
    p_sortie.index_avant := 0;
    p_sortie.index_apres := p_sortie.volume_ambiant;
    p_sortie.volume_15c := v_15c;
    p_sortie.vcf := round(v_15c / p_sortie.volume_ambiant, 8);
    p_sortie.methode_15c := 'LEGACY';
    p_sortie.parametres_15c := jsonb_build_object('du_client', false, 'alpha', v_lieu.alpha_historique,
      'volume_15c_client', null);
  else
    p_sortie := private.mesurer_sortie(p_sortie, p_lu);
  end if;
  p_sortie.volume_corrige_15c := p_sortie.volume_15c;
  p_sortie.depot_id := v_lieu.depot_id;
  p_sortie.statut := 'validee';
  p_sortie.validated_by := p_lu.user_id;
  if p_lu.gel is not null then
    perform private.exiger_non_gele(p_lu.gel);
  end if;
  return p_sortie;
end;
$function$;

CREATE OR REPLACE FUNCTION private.prises_de_hauteur_avant_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lieu private.lieux;
  v_capacite numeric;
  v_dit constant numeric := new.volume_mesure;
begin
  perform private.exiger('mesurer_citerne');
  v_lieu := private.lieu(new.citerne_id, private.depots_visibles());
  if v_lieu.citerne_id is null then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', new.citerne_id));
  end if;
  if v_lieu.logique then
    perform private.refuser('JAUGE_CITERNE_LOGIQUE', jsonb_build_object('nom', v_lieu.nom));
  end if;
  new.produit_id := v_lieu.produit_id;
  new.depot_id := v_lieu.depot_id;
  select c.tolerance_inventaire_pour_mille, c.capacite_totale into new.tolerance_pour_mille, v_capacite
    from public.citernes c where c.id = v_lieu.citerne_id;
  new.mesuree_le := private.exiger_moment(coalesce(new.mesuree_le, clock_timestamp()));
  new.densite_observee_kgm3 := private.en_kgm3(new.densite_observee_kgm3);
  new.densite_a_15_kgm3 := private.en_kgm3(new.densite_a_15_kgm3);
  if new.hauteur_totale_mm is not null then
    new := private.jauger(new, v_lieu);
    perform private.exiger_accord('volume_mesure', v_dit, 'hauteur_totale_mm', new.volume_mesure);
  else
    new := private.mesurer_litres(new, v_lieu);
  end if;
  -- What is no number of litres at all is for the table to say.
  if new.volume_mesure > v_capacite and new.volume_mesure < 1e9 then
    perform private.refuser('JAUGE_SUPERIEURE_CAPACITE', jsonb_build_object(
      'champ', case when new.hauteur_totale_mm is null then 'volume_mesure' else 'hauteur_totale_mm' end,
      'volume', new.volume_mesure, 'capacite_totale', v_capacite));
  end if;
  -- Whoever moves that tank's fuel ends first: what they did is then in the books, or was done since.
  perform private.verrouiller_citernes(new.citerne_id);
  select s.stock_ambiant, s.stock_15c into new.stock_comptable, new.stock_comptable_15c
    from private.stock_citerne_au(new.citerne_id, new.mesuree_le) s;
  new.created_by := auth.uid();
  new.created_at := now();
  return new;
end;
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

CREATE OR REPLACE FUNCTION private.rapprochement_du()
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select not private.au_siege()
         and exists (select from public.paiements_en_ligne p where p.created_at > now() - interval '7 days')
         and not exists (select from public.rapprochements r where r.le between now() - interval '23 hours'
           and clock_timestamp())
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
  v_aujourdhui date;
  v_mesures private.mesures;
  v_releve private.releve;
  v_corrige private.volume_corrige;
  v_acteur private.acteur;
  v_maintenant constant timestamptz := now();
  -- What a rule that only refuses answers: asked as a value it is no query.
  v_permis text;
begin
  v_permis := private.exiger_ouvert();
  v_acteur := private.exiger('ecrire_reception');
  v_cdr := private.camion_a_recevoir(new.cours_de_route_id, new.proprietaire_type, v_acteur.depots);
  v_lieu := private.lieu_pour_mouvement(new.citerne_id, coalesce(new.produit_id, v_cdr.produit_id), v_acteur.depots);
  new.produit_id := v_lieu.produit_id;
  new.depot_id := v_lieu.depot_id;
  if new.proprietaire_type = 'PARTENAIRE' and new.partenaire_id is null then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;
  v_permis := private.exiger_actifs(new.produit_id, new.depot_id, p_partenaire_id => new.partenaire_id);
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

CREATE OR REPLACE FUNCTION private.relever(p_compteur_id uuid, p_lieu private.lieux, p_jour date, p_index_avant numeric, p_index_apres numeric, p_volume numeric)
 RETURNS private.releve
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_compteur public.compteurs;
  v_dernier numeric;
  v_releve private.releve := row(p_volume, null, null, '[]'::jsonb);
begin
  if p_compteur_id is null then
    if p_index_apres is not null then
      v_releve.facteur := (astm.profil(p_lieu.depot_id, p_lieu.produit_id)).facteur_compteur;
      if v_releve.facteur <> 1 then
        v_releve.volume := round((p_index_apres - p_index_avant) * v_releve.facteur, 3);
      else
        v_releve.facteur := null;
      end if;
    end if;
    return v_releve;
  end if;
  select c.* into v_compteur from public.compteurs c
   where c.id = any (private.etalonnages(p_compteur_id)) and c.citerne_id = p_lieu.citerne_id and c.valide_du <= p_jour
   order by c.valide_du desc limit 1;
  if not found then
    perform private.refuser('COMPTEUR_INCONNU', jsonb_build_object('jour', p_jour));
  end if;
  if p_index_avant is null or p_index_apres is null then
    perform private.refuser('INDICES_MANQUANTS');
  end if;
  v_releve := row(round((p_index_apres - p_index_avant) * v_compteur.facteur, 3), v_compteur.id, v_compteur.facteur,
    '[]'::jsonb);
  select max(l.index_apres) into v_dernier from private.lectures_du_compteur(v_compteur.id) l
   where l.index_apres <= p_index_avant;
  if v_dernier < p_index_avant then
    v_releve.avertissements := jsonb_build_array(jsonb_build_object('code', 'COMPTEUR_TROU', 'phrase',
      format('Le compteur %s s''était arrêté à %s : %s L sont passés entre les deux sans mouvement.', v_compteur.numero,
        private.nombre_fr(v_dernier), private.nombre_fr(p_index_avant - v_dernier))));
  end if;
  return v_releve;
end;
$function$;

CREATE OR REPLACE FUNCTION private.remettre_a_l_heure()
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_maintenant constant timestamptz := clock_timestamp();
  v_bientot constant timestamptz := v_maintenant + private.tolerance_horloge();
  c_quart_d_heure constant interval := interval '15 minutes';
  v_remis jsonb;
begin
  with
  -- A backup is dated by whoever took it: of an hour to come it hides that there has been none since.
  passages as (delete from private.passages p where p.le > v_maintenant + interval '1 hour' returning p.nom),
  -- A minute that is not over for years is one in which everybody asks too often.
  demandes as (delete from private.limites_compteurs c where c.minute > v_bientot returning 1),
  sessions as (delete from private.sessions_elevees s where s.jusqu_au > v_bientot + c_quart_d_heure returning 1),
  facteurs as (
    update private.facteurs_totp f set propose_chiffre = null, propose_le = null where f.propose_le > v_bientot
    returning 1),
  essais as (
    update private.essais_facteur e set bloque_jusqu_au = v_maintenant + c_quart_d_heure
     where e.bloque_jusqu_au > v_bientot + c_quart_d_heure returning 1),
  -- No try is further away than the last one is, no digest than the next seven o'clock.
  envois as (
    update public.envois e set prochain_essai = v_maintenant
     where e.statut in ('A_ENVOYER', 'EN_COURS') and e.prochain_essai > v_maintenant + interval '14 hours'
       and e.prochain_essai > private.prochain_resume(e.depot_id, v_maintenant) returning 1)
  select jsonb_strip_nulls(jsonb_build_object('passages', (select jsonb_agg(p.nom order by p.nom) from passages p),
           'demandes', (select nullif(count(*), 0) from demandes),
           'sessions', (select nullif(count(*), 0) from sessions),
           'facteurs', (select nullif((select count(*) from facteurs) + (select count(*) from essais), 0)),
           'envois', (select nullif(count(*), 0) from envois)))
    into v_remis;
  if private.au_siege() then
    return v_remis;
  end if;
  v_remis := v_remis
    || jsonb_strip_nulls(jsonb_build_object('alertes', nullif(private.remettre_alertes_a_l_heure(v_bientot), 0)));
  if v_remis <> '{}' then
    perform private.journaliser('HORLOGE_REMISE', 'exploitation', 'WARNING', null, null, v_remis);
  end if;
  return v_remis;
end;
$function$;

CREATE OR REPLACE FUNCTION private.remettre_alertes_a_l_heure(p_maintenant timestamp with time zone)
 RETURNS bigint
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_remises bigint := 0;
begin
  -- Asked first: whoever writes alerts waits for who else does.
  if exists (select from public.system_alerts a where greatest(a.ouverte_le, a.resolved_at) > p_maintenant) then
    update public.system_alerts a
       set ouverte_le = least(a.ouverte_le, now()), resolved_at = case
         when a.resolved_at is not null then least(a.resolved_at, now()) end
     where greatest(a.ouverte_le, a.resolved_at) > p_maintenant;
    get diagnostics v_remises = row_count;
  end if;
  return v_remises;
end;
$function$;

CREATE OR REPLACE FUNCTION private.sceller_journal()
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET work_mem TO '64MB'
 SET lock_timeout TO '30s'
AS $function$
declare
  c_lignes_par_bloc constant int := 10000;
  v_serveur constant bigint := private.serveur();
  v_dernier private.blocs_journal;
  v_bloc private.blocs_journal;
  v_borne timestamptz;
  v_tranche record;
  v_scellees bigint := 0;
begin
  if private.au_siege() then
    return 0;
  end if;
  -- An older snapshot than scelle_le would take what was committed in between for slipped in.
  perform private.exiger_read_committed();
  -- Writers never take this lock: it only keeps two passes from sealing the same lines. Waited for, or failed for: a
  -- pass that went away in silence would let whoever holds it keep the log unsealed.
  perform pg_advisory_xact_lock(hashtextextended('private.sceller_journal', 0));
  v_dernier := private.dernier_bloc();
  v_borne := private.borne_scellement(v_dernier);

  v_bloc.passe := coalesce(v_dernier.numero, 0) + 1;
  v_bloc.numero := v_dernier.numero;
  v_bloc.precedent := v_dernier.empreinte;
  v_bloc.serveur := v_serveur;
  -- In this order: whoever gets a number after ours dates what they write after scelle_le.
  v_bloc.scelle_le := clock_timestamp();
  v_bloc.txid := pg_current_xact_id();
  for v_tranche in
    with nouvelles as materialized (
      select l.id, l.created_at, private.empreinte_ligne(l) as empreinte
        from public.log_actions l
       where l.created_at >= v_borne
         and private.ligne_recente(l, v_dernier, v_serveur)
         and l.id not in (select unnest(b.lignes) from private.blocs_journal b
                           where b.scelle_le >= v_borne - private.tolerance_horloge())
    ), rangees as (
      select n.*, (row_number() over (order by n.created_at, n.id) - 1) / c_lignes_par_bloc as tranche from nouvelles n
    )
    select array_agg(r.id order by r.created_at, r.id) as lignes,
           array_agg(r.empreinte order by r.created_at, r.id) as empreintes,
           -- Of this very statement: what it saw and what it says it saw are one.
           pg_current_snapshot() as instantane
      from rangees r group by r.tranche order by r.tranche
  loop
    v_bloc.numero := coalesce(v_bloc.numero, 0) + 1;
    v_bloc.lignes := v_tranche.lignes;
    v_bloc.empreintes := v_tranche.empreintes;
    v_bloc.instantane := v_tranche.instantane;
    v_bloc.empreinte := private.empreinte_bloc(v_bloc);
    insert into private.blocs_journal select v_bloc.*;
    v_bloc.precedent := v_bloc.empreinte;
    v_scellees := v_scellees + cardinality(v_bloc.lignes);
  end loop;
  return v_scellees;
end;
$function$;

CREATE OR REPLACE FUNCTION private.sorties_avant_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_permis constant text := current_setting('app.sorties_produit_allow_write', true);
  v_maintenant constant timestamptz := now();
  v_valider boolean := false;
  v_directe boolean := false;
  v_lu private.lecture;
  v_lieu private.lieux;
  v_possible text;
begin
  if new.statut <> 'brouillon' then
    -- The flag alone opens nothing: the writer must also be the table's owner, as the project's functions are. « 1 » is
    -- said by whoever repairs by hand, of whom all is asked that a table can ask; anything else by a rule.
    if new.statut = 'validee' and v_permis <> '' then
      if private.possede(tg_relid) then
        if v_permis = '1' then
          perform private.exiger_ouvert();
          perform private.exiger_sortie_entiere(new);
          return new;
        end if;
        v_valider := true;
      end if;
    end if;
    v_directe := not v_valider;
  end if;
  v_lu := private.lire(new.citerne_id, new.client_id, v_valider);
  v_lieu := v_lu.lieu;
  if v_lieu.citerne_id is null or new.produit_id <> v_lieu.produit_id then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', new.citerne_id));
  end if;
  if v_lu.client_actif is false then
    v_possible := private.exiger_actifs(p_client_id => new.client_id);
  end if;
  new.depot_id := v_lieu.depot_id;
  new.produit_id := v_lieu.produit_id;
  if new.date_sortie is null then
    new.date_sortie := v_maintenant;
  end if;
  new.date_jour := private.jour_local(v_lieu.fuseau, new.date_sortie);
  -- Nothing but litres and their temperature, of now: most of the sorties. Each question costs, whatever it finds: the
  -- rest is asked of what says more.
  if (num_nonnulls(new.index_avant, new.index_apres, new.temperature_echantillon_c, new.densite_observee_kgm3,
        new.densite_a_15, new.densite_a_15_kgm3, new.volume_15c, new.volume_corrige_15c, new.facteur_compteur, new.vcf,
        new.methode_15c, new.parametres_15c, new.motif_rejet, new.validated_by, new.chauffeur_nom, new.plaque_camion,
        new.plaque_remorque, new.transporteur, new.note) = 0
      and new.proprietaire_type = 'MONALUXE' and new.version = 1 and new.date_sortie = v_maintenant
      and new.volume_ambiant < 1e9 and new.temperature_ambiante_c between -50 and 150) is not true then
    new := private.sortie_rangee(new);
  end if;
  new.created_by := v_lu.user_id;
  new.updated_by := v_lu.user_id;
  new.updated_at := v_maintenant;
  new.created_at := v_maintenant;
  if v_valider then
    return private.preparer_validation(new, v_lu);
  end if;
  if v_directe then
    if new.statut <> 'validee' then
      perform private.refuser('SORTIE_VALIDATION_DIRECTE_INTERDITE');
    end if;
    new.statut := 'brouillon';
    perform private.sortie_a_valider(new.id, new.depot_id);
  end if;
  -- Those of this transaction so far, of which a client's request has one.
  if pg_stat_get_xact_tuples_inserted(tg_relid) >= private.lignes_au_plus() then
    perform private.exiger_peu_de_lignes(tg_relid, pg_stat_get_xact_tuples_inserted(tg_relid) + 1);
  end if;
  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION private.surveiller()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform private.remettre_a_l_heure();
  -- Each depot watches over itself; its head office reads what it found.
  if private.au_siege() then
    return;
  end if;
  -- The night's pass runs in the first minute after two o'clock, and whenever it is a day late.
  if not exists (select from private.passages p where p.nom = 'nuit'
                  and p.le > date_trunc('day', now() at time zone private.fuseau_societe() - interval '2 hours')
                             at time zone private.fuseau_societe() + interval '2 hours') then
    perform private.controler_tout();
  end if;
  perform public.sync_system_alerts_from_integrity();
  perform private.escalader();
  perform private.envoyer_rapports_abonnes();
end;
$function$;

CREATE OR REPLACE FUNCTION private.taches_periodiques()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- A year set wrong would make every key old at once, and what is sent again would be done again.
  if private.horloge_suivie() then
    perform private.purger_idempotence();
    -- What a depot purges, it purges at the head office too.
    if not private.au_siege() then
      perform private.purger_synchronisation();
    end if;
  end if;
  -- A load with the triggers off leaves tanks without their copy.
  if exists (select v.* from private.lieux_vrais v except select l.* from private.lieux l) then
    perform private.recopier_lieux();
  end if;
  perform private.resumer_sorties();
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
  -- One question, whether there is anything to ask: most sorties deliver no order, and few clients have a limit.
  if exists (select from public.sorties_commandes l where l.sortie_id = p_sortie.id
             union all
             select from public.clients_conditions c
              where c.client_id = p_sortie.client_id and (c.plafond is not null or c.suspendu)) then
    v_fait := private.exiger_commande(p_sortie);
    if not p_payee then
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

CREATE OR REPLACE FUNCTION private.tolerance_horloge()
 RETURNS interval
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN '00:02:00'::interval;

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

CREATE OR REPLACE FUNCTION private.volume_15c(p_mesures private.mesures, p_lieu private.lieux, p_norme boolean DEFAULT true)
 RETURNS private.volume_corrige
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_corrige private.volume_corrige;
  v_plausibles text;
begin
  v_plausibles := private.exiger_temperatures(p_mesures, p_lieu);
  if p_norme then
    p_norme := private.flag_actif('astm_53b', p_lieu.depot_id);
  end if;
  if p_norme then
    v_corrige := private.volume_15c_norme(p_mesures, p_lieu);
  else
    v_corrige := private.volume_15c_historique(p_mesures, p_lieu);
  end if;
  v_corrige.avertissements := '[]';
  if v_corrige.densite_a_15_kgm3 is null and p_mesures.temperature_echantillon_c is null then
    return v_corrige;
  end if;
  if v_corrige.parametres_15c ->> 'densite' = 'CITERNE' then
    v_corrige.avertissements := jsonb_build_array(jsonb_build_object('code', 'DENSITE_CITERNE', 'phrase',
      format('Aucune densité n''a été saisie : celle de la citerne a servi (%s kg/m³ à 15 °C).',
             private.nombre_fr(round(v_corrige.densite_a_15_kgm3, 1)))));
  end if;
  if abs(p_mesures.temperature_echantillon_c - p_mesures.temperature_produit_c) > 10
     or abs(v_corrige.densite_a_15_kgm3 - p_lieu.densite_melange_kgm3) > 3 then
    v_corrige.avertissements := v_corrige.avertissements || private.avertissements(p_mesures,
      v_corrige.densite_a_15_kgm3, p_lieu.densite_melange_kgm3);
  end if;
  return v_corrige;
end;
$function$;

CREATE OR REPLACE FUNCTION private.volume_15c_historique(p_mesures private.mesures, p_lieu private.lieux)
 RETURNS private.volume_corrige
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  c_ecart_admis constant numeric := 0.02;
  v_alpha constant numeric := p_lieu.alpha_historique;
  v_formule constant numeric := private.formule_historique(p_mesures.volume_ambiant, p_mesures.temperature_produit_c,
    v_alpha);
  v_densite numeric := coalesce(p_mesures.densite_a_15_kgm3, p_mesures.densite_citerne_kgm3);
  v_volume numeric;
begin
  if p_mesures.volume_15c_client is not null then
    -- Not "beyond": NaN is beyond nothing.
    if (abs(p_mesures.volume_15c_client - v_formule) <= c_ecart_admis * v_formule) is false then
      perform private.refuser('VOLUME_15C_INCOHERENT', jsonb_build_object(
        'envoye', p_mesures.volume_15c_client, 'calcule', round(v_formule, 3)));
    end if;
  end if;
  if p_mesures.densite_observee_kgm3 is not null then
    v_densite := private.densite_15_historique(p_mesures, p_lieu);
  end if;
  if v_densite is not null then
    perform private.exiger_densite_du_produit(v_densite, p_lieu);
  end if;
  v_volume := round(coalesce(p_mesures.volume_15c_client, v_formule), 3);
  if v_volume <= 0 then
    perform private.refuser('VOLUME_TROP_PETIT',
      jsonb_build_object('champ', p_mesures.champ_volume, 'volume', p_mesures.volume_ambiant));
  end if;
  return (v_volume, round(v_volume / p_mesures.volume_ambiant, 8), v_densite, 'LEGACY',
          jsonb_build_object('du_client', p_mesures.volume_15c_client is not null, 'alpha', v_alpha),
          null)::private.volume_corrige;
end;
$function$;

CREATE OR REPLACE FUNCTION private.volume_15c_norme(p_mesures private.mesures, p_lieu private.lieux)
 RETURNS private.volume_corrige
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_corrige constant private.volume_corrige := private.calculer_norme(p_mesures, p_lieu,
    astm.profil(p_lieu.depot_id, p_lieu.produit_id));
begin
  perform private.exiger_densite_du_produit(v_corrige.densite_a_15_kgm3, p_lieu);
  if v_corrige.volume_15c <= 0 then
    perform private.refuser('VOLUME_TROP_PETIT',
      jsonb_build_object('champ', p_mesures.champ_volume, 'volume', p_mesures.volume_ambiant));
  end if;
  return v_corrige;
end;
$function$;

CREATE OR REPLACE FUNCTION public.ceder(p_citerne_id uuid, p_partenaire_id uuid, p_sens text, p_nature text, p_volume_15c numeric, p_motif text, p_volume_ambiant numeric DEFAULT NULL::numeric, p_pret_id uuid DEFAULT NULL::uuid, p_date_jour date DEFAULT NULL::date)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lieu private.lieux;
  v_aujourdhui date;
  v_cession public.cessions;
begin
  perform private.exiger('ceder_stock');
  perform private.exiger_motif(p_motif, 10);
  -- No litre moves: whatever state a tank is in, what lies there may change hands.
  v_lieu := private.lieu(p_citerne_id, private.depots_visibles());
  if v_lieu.citerne_id is null then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_citerne_id));
  end if;
  if not exists (select from public.partenaires p where p.id = p_partenaire_id) then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;
  if p_nature <> 'CORRECTION' and (p_nature in ('EMPRUNT', 'RESTITUTION')) <> (p_pret_id is not null) then
    perform private.refuser('PRET_REQUIS');
  end if;
  if p_pret_id is not null
     and not exists (select from public.prets p where p.id = p_pret_id and p.depot_id = v_lieu.depot_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce prêt'));
  end if;
  if p_sens = 'VERS_PARTENAIRE' then
    perform private.exiger_actifs(p_partenaire_id => p_partenaire_id);
  end if;
  -- NaN is greater than any number: only a bound above tells it from one.
  if (p_volume_15c >= 0.001 and p_volume_15c < 1e9 and coalesce(p_volume_ambiant, 1) >= 0.001
      and coalesce(p_volume_ambiant, 1) < 1e9) is not true then
    perform private.refuser('VOLUME_AMBIANT_NON_POSITIF',
      jsonb_build_object('volume_ambiant', p_volume_ambiant, 'volume_15c', p_volume_15c));
  end if;
  v_aujourdhui := private.jour_local(v_lieu.fuseau, now());
  if p_date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
  perform private.verrouiller_citernes(p_citerne_id);
  insert into public.cessions
    (citerne_id, produit_id, depot_id, partenaire_id, sens, nature, volume_ambiant, volume_15c, densite_a_15_kgm3,
     date_jour, pret_id, motif, created_by)
  values
    (p_citerne_id, v_lieu.produit_id, v_lieu.depot_id, p_partenaire_id, p_sens, p_nature,
     private.volume_cede(p_citerne_id, private.cedant(p_sens), round(p_volume_ambiant, 3), round(p_volume_15c, 3)),
     p_volume_15c,
     (select max(s.densite_melange_kgm3) from public.stocks_snapshot s where s.citerne_id = p_citerne_id),
     coalesce(p_date_jour, v_aujourdhui), p_pret_id, private.texte_net(p_motif), auth.uid())
  returning * into v_cession;
  perform private.porter_au_pret(v_cession);
  perform private.appliquer_cession(v_cession);
  perform private.journaliser('CESSION_CREEE', 'stocks', 'INFO', v_cession.id, v_cession.depot_id,
    to_jsonb(v_cession));
  return v_cession.id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.expedier_transfert(p_citerne_source_id uuid, p_depot_destination_id uuid, p_volume_ambiant numeric, p_temperature_ambiante_c numeric, p_temperature_echantillon_c numeric DEFAULT NULL::numeric, p_densite_observee_kgm3 numeric DEFAULT NULL::numeric, p_densite_a_15_kgm3 numeric DEFAULT NULL::numeric, p_proprietaire_type text DEFAULT 'MONALUXE'::text, p_partenaire_id uuid DEFAULT NULL::uuid, p_date_jour date DEFAULT NULL::date, p_plaque_camion text DEFAULT NULL::text, p_chauffeur_nom text DEFAULT NULL::text, p_transporteur text DEFAULT NULL::text, p_note text DEFAULT NULL::text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_lieu private.lieux;
  v_mouvement public.mouvements_transferts_depots;
  v_transfert public.transferts_depots;
begin
  perform private.exiger('transferer_stock');
  v_lieu := private.lieu_pour_mouvement(p_citerne_source_id, null);
  v_transfert.id := private.nouvel_id();
  v_transfert.partenaire_id := p_partenaire_id;
  v_transfert.depot_destination_id := p_depot_destination_id;
  perform private.exiger_expediable(v_lieu, v_transfert, coalesce(p_proprietaire_type, 'MONALUXE'));

  v_mouvement.sens := 'EXPEDITION';
  v_mouvement.temperature_ambiante_c := p_temperature_ambiante_c;
  v_mouvement.temperature_echantillon_c := p_temperature_echantillon_c;
  v_mouvement.densite_observee_kgm3 := p_densite_observee_kgm3;
  v_mouvement.densite_a_15_kgm3 := p_densite_a_15_kgm3;
  v_mouvement.date_jour := p_date_jour;
  v_mouvement := private.mesurer_transfert_depot(v_mouvement, v_lieu, p_volume_ambiant, v_lieu.densite_melange_kgm3);
  v_mouvement.transfert_id := v_transfert.id;
  v_mouvement.proprietaire_type := coalesce(p_proprietaire_type, 'MONALUXE');
  v_mouvement.partenaire_id := p_partenaire_id;

  v_transfert.statut := 'EXPEDIE';
  v_transfert.produit_id := v_mouvement.produit_id;
  v_transfert.proprietaire_type := v_mouvement.proprietaire_type;
  v_transfert.depot_source_id := v_mouvement.depot_id;
  v_transfert.citerne_source_id := v_mouvement.citerne_id;
  v_transfert.date_expedition := v_mouvement.date_jour;
  v_transfert.expedie_ambiant := -v_mouvement.delta_ambiant;
  v_transfert.expedie_15c := -v_mouvement.delta_15c;
  v_transfert.expedie_temperature_c := v_mouvement.temperature_ambiante_c;
  v_transfert.expedie_densite_15_kgm3 := v_mouvement.densite_a_15_kgm3;
  v_transfert.expedie_avertissements := v_mouvement.avertissements;
  v_transfert.recu_avertissements := '[]';
  v_transfert.plaque_camion := private.texte_net(p_plaque_camion);
  v_transfert.chauffeur_nom := private.texte_net(p_chauffeur_nom);
  v_transfert.transporteur := private.texte_net(p_transporteur);
  v_transfert.note := private.texte_net(p_note);
  v_transfert.expedie_par := v_mouvement.created_by;
  v_transfert.expedie_le := v_mouvement.created_at;
  v_transfert.created_at := v_mouvement.created_at;
  perform private.verrouiller_citernes(v_mouvement.citerne_id);
  perform private.debiter_citerne('TRANSFERT_DEPOT', v_transfert.id, v_mouvement.citerne_id, v_mouvement.produit_id,
    v_mouvement.depot_id, v_mouvement.proprietaire_type, v_mouvement.date_jour, -v_mouvement.delta_ambiant,
    -v_mouvement.delta_15c, v_mouvement.methode_15c);
  perform private.exiger_securite(v_mouvement.citerne_id, v_mouvement.date_jour,
    case when v_mouvement.methode_15c <> 'LEGACY' then v_mouvement.vcf end);
  perform private.porter_transfert_depot(v_mouvement);
  if v_lieu.depot_code is not null then
    v_transfert.numero := private.prendre_numero(v_mouvement.depot_id, 'TRD',
      extract(year from v_mouvement.date_jour)::int, v_transfert.id);
  end if;
  v_transfert := private.ecrire_transfert_depot(v_transfert);
  perform private.tracer_transfert_depot(v_mouvement, 'TRANSFERT_DEPOT_EXPEDIE', v_transfert);
  return v_transfert.id;
end;
$function$;

CREATE OR REPLACE FUNCTION public.recevoir_transfert(p_id uuid, p_citerne_id uuid, p_volume_ambiant numeric, p_temperature_ambiante_c numeric, p_temperature_echantillon_c numeric DEFAULT NULL::numeric, p_densite_observee_kgm3 numeric DEFAULT NULL::numeric, p_densite_a_15_kgm3 numeric DEFAULT NULL::numeric, p_date_jour date DEFAULT NULL::date, p_note text DEFAULT NULL::text, p_confirmer boolean DEFAULT false)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  -- A digit too many, or a decimal point that was lost.
  c_fois constant numeric := 10;
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
  if v_mouvement.delta_ambiant >= c_fois * v_transfert.expedie_ambiant then
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

CREATE TRIGGER citernes_reserver BEFORE DELETE OR UPDATE ON public.citernes FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('ecrire_referentiels');

CREATE TRIGGER clients_reserver BEFORE DELETE OR UPDATE ON public.clients FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('ecrire_referentiels');

CREATE TRIGGER depots_reserver BEFORE UPDATE ON public.depots FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('ecrire_referentiels');

CREATE TRIGGER depots_amis_reserver BEFORE DELETE OR UPDATE ON public.depots_amis FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('ecrire_referentiels');

CREATE TRIGGER fournisseurs_reserver BEFORE DELETE OR UPDATE ON public.fournisseurs FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('ecrire_referentiels');

CREATE TRIGGER golden_cases_reserver BEFORE UPDATE ON public.golden_cases FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('regler_calcul');

CREATE TRIGGER partenaires_reserver BEFORE DELETE OR UPDATE ON public.partenaires FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('ecrire_referentiels');

CREATE TRIGGER produits_reserver BEFORE DELETE OR UPDATE ON public.produits FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('ecrire_referentiels');

COMMENT ON FUNCTION "private"."calculer_15c_prise"(public.prises_de_hauteur, private.lieux) IS 'Factor to 15 °C and density of what a dip found, by the way a movement of that tank takes. Raises what private.volume_15c raises.';

COMMENT ON FUNCTION "private"."calculer_norme"(private.mesures, private.lieux, astm.profils_calcul) IS 'The standard''s way, set by a profile. parametres_15c says which density served (OBSERVEE: read on the sample; A_15: sent as it is at 15 °C; CITERNE: that of the tank) and where the sample''s temperature is taken to be the product''s (PRODUIT); decimals, printed entries and the pressure of the line only where the profile has others than SEP. Raises DENSITE_OBSERVEE_REQUISE, ASTM_HORS_DOMAINE.';

COMMENT ON FUNCTION "private"."debiter_autrement"(public.sorties_produit) IS 'Takes a prepared sortie out of snapshot and days of a tank that is held: checks the stock, then every day''s security capacity; of a partner''s fuel, its account.';

COMMENT ON FUNCTION "private"."densite_15_historique"(private.mesures, private.lieux) IS 'Density at 15 °C (kg/m³) from the one observed, of a movement whose volume the old way gives; as sent where the standard has none for its product.';

COMMENT ON FUNCTION "private"."dernier_bloc"() IS 'The last block; where the server''s clock has been put back since, dated as long ago by that clock as a line may wait. Its hash is not of that date.';

COMMENT ON FUNCTION "private"."exiger_citerne"(private.lieux, uuid, uuid) IS 'Refuses a tank that was not found (null), is not active or holds another product (CITERNE_INACTIVE_OR_INCOMPATIBLE).';

COMMENT ON FUNCTION "private"."exiger_densite_du_produit"(numeric, private.lieux) IS 'Refuses a density at 15 °C (kg/m³) that the product cannot have. Raises DENSITE_HORS_PRODUIT.';

COMMENT ON FUNCTION "private"."exiger_expediable"(private.lieux, public.transferts_depots, text) IS 'Whether what a tank holds may be sent to another depot: one that is not its own and in use, has a tank of this product; the partner whose it is. Raises TRANSFERT_MEME_DEPOT, PARTENAIRE_REQUIS, INTROUVABLE,  REFERENTIEL_INACTIF, DESTINATION_SANS_CITERNE.';

COMMENT ON FUNCTION "private"."exiger_note"(private.lieux, text) IS 'Under the flag citerne_logique_notes, what enters or leaves a logical tank is noted: there is no truck of ours and no dip to ask. Raises NOTE_REQUISE.';

COMMENT ON FUNCTION "private"."exiger_temperatures"(private.mesures, private.lieux) IS 'The product''s temperature, and both within what the depot holds for plausible (°C). Raises TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE.';

COMMENT ON FUNCTION "private"."exiger_validable"(public.sorties_produit, private.lieux) IS 'A sortie has who receives it, leaves a tank that is in use and holds its product, on a day that has come. Raises BENEFICIAIRE_REQUIRED, PARTENAIRE_REQUIS, CITERNE_INACTIVE_OR_INCOMPATIBLE, NOTE_REQUISE, DATE_FUTURE.';

COMMENT ON FUNCTION "private"."horloge_suivie"() IS 'Called each hour: whether the clock has gone on as clocks do. Where it leapt by more than a fortnight, or the machine was off for so long, not for a day, within which people see a wrong year.';

COMMENT ON FUNCTION "private"."id_de_ligne"() IS 'A UUID of version 7 for a line of the log: milliseconds since 1970, then 62 bits of the session''s own generator, which costs a third of what nobody can guess costs (private.uuid_v7): no client sends or guesses the id of a line. Inlined where it is used.';

COMMENT ON FUNCTION "private"."incertitude"(public.prises_de_hauteur, public.baremes, private.lieux, numeric, numeric) IS 'By how many litres at 15 °C a dip that is computed may be wrong, at 95 %: see astm.incertitude_15c.';

COMMENT ON FUNCTION "private"."jauger"(public.prises_de_hauteur, private.lieux) IS 'The whole chain of a dip by heights, through the tank''s gauge table: TOV, less the water, shell, roof, GOV, GSV, NSV, and by how much it may be wrong. Raises BAREME_ABSENT, JAUGE_INCOHERENTE, JAUGE_HORS_BAREME, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, DENSITE_OBSERVEE_REQUISE, DENSITE_HORS_PRODUIT, ASTM_HORS_DOMAINE, VOLUME_15C_INCOHERENT, VOLUME_TROP_PETIT.';

COMMENT ON FUNCTION "private"."lieu"(uuid, uuid[]) IS 'The tank with all that its movements are measured by, among these depots; all null where it is not one of theirs. It keeps its product and depot while this transaction lasts.';

COMMENT ON FUNCTION "private"."lieu_pour_mouvement"(uuid, uuid, uuid[]) IS 'The tank, active, of that product where one is said, in one of these depots: those the caller sees. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE.';

COMMENT ON FUNCTION "private"."mesurer_litres"(public.prises_de_hauteur, private.lieux) IS 'A dip whose litres were sent: at 15 °C too, where its temperature was read. Raises what private.volume_15c raises.';

COMMENT ON FUNCTION "private"."mesurer_transfert_depot"(public.mouvements_transferts_depots, private.lieux, numeric, numeric) IS 'One end of a transfer between depots, at its tank: a day not in the future, litres above zero, as measured and at 15 °C; the last argument: density that may serve where none was read (kg/m³). Raises DATE_FUTURE, and what private.volume_mesure and private.volume_15c raise.';

COMMENT ON FUNCTION "private"."rapport_releve_partenaire"(uuid, date, date, timestamp with time zone, jsonb) IS 'Relevé d''un partenaire: what is his (without one, of none) of a product at a depot, movement by movement, litres. Raises INTROUVABLE, RAPPORT_PARAMETRE, ROLE_FORBIDDEN.';

COMMENT ON FUNCTION "private"."relever"(uuid, private.lieux, date, numeric, numeric, numeric) IS 'Litres that passed for what a meter indicated: × its factor of the day, or without a meter of the register × the depot''s (profils_calcul) where both indices were read, else the litres that were said. Where nothing read the litres since the last reading, its warning says so (COMPTEUR_TROU). Raises COMPTEUR_INCONNU, INDICES_MANQUANTS.';

COMMENT ON FUNCTION "private"."remettre_a_l_heure"() IS 'Each minute: what the server''s clock, while it ran ahead, wrote of passes, of requests counted, of the second factor, of messages and alerts is as of now, or forgotten. Answers how much, by kind; nothing where the clock was right. Logs HORLOGE_REMISE.';

COMMENT ON FUNCTION "private"."remettre_alertes_a_l_heure"(timestamp with time zone) IS 'Alerts opened or resolved after this moment are so now: else they would neither escalate nor open again.';

COMMENT ON FUNCTION "private"."surveiller"() IS 'Everything to be done every minute: what a clock put right left ahead of it, the alerts, the reports that are due, and once a night the whole proof. Run again, or twice at once, it does no harm.';

COMMENT ON FUNCTION "private"."taches_periodiques"() IS 'Everything to be done every hour; run again, or twice at once, it does no harm. Forgets old answers to idempotent requests, and old batches of synchronisation, unless the clock has just leapt; copies the tanks that have no copy (private.lieux); sums up the index of rare sorties.';

COMMENT ON FUNCTION "private"."terminer_validation"(public.sorties_produit, boolean, boolean) IS 'What follows a sortie that has just been written as validated: logs it, asks the order it delivers, its client''s credit and its meter, and takes it out of its tank, which it locks last. p_creee: it was no draft before, and no order''s; p_payee: whoever validates it takes the money in the same act. Raises COMMANDE_ETAT, COMMANDE_INCOMPATIBLE, COMMANDE_EXPIREE, COMMANDE_DEPASSEE, and what private.exiger_credit, private.exiger_index_libres and private.debiter_autrement raise.';

COMMENT ON FUNCTION "private"."tolerance_horloge"() IS 'How far back a server''s clock may be set between two passes, of which there is one a minute, without a line looking older than it is. Set back further, the next pass knows it: private.dernier_bloc().';

COMMENT ON FUNCTION "private"."volume_15c"(private.mesures, private.lieux, boolean) IS 'Litres at 15 °C of a measured volume, by the way that flag astm_53b sets for this user at this depot (p_norme false: the caller knows it off for everybody); where the tank''s density served, its warnings say so (DENSITE_CITERNE). Raises TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, and what private.volume_15c_norme or private.volume_15c_historique raises.';

COMMENT ON FUNCTION "private"."volume_15c_historique"(private.mesures, private.lieux) IS 'The old system''s way: what the client sent, at most 2 % from the formula, or the formula: volume × (1 − α (T − 15)), α the product''s. Contract sections 6 and 7. Raises VOLUME_15C_INCOHERENT, DENSITE_HORS_PRODUIT, VOLUME_TROP_PETIT.';

COMMENT ON FUNCTION "private"."volume_15c_norme"(private.mesures, private.lieux) IS 'The standard''s way at this tank. What the client computed does not count; the caller keeps it in the log. Raises DENSITE_OBSERVEE_REQUISE, ASTM_HORS_DOMAINE, DENSITE_HORS_PRODUIT, VOLUME_TROP_PETIT.';

COMMENT ON TABLE "private"."passages" IS 'When each pass last ended, and how long it took: alertes, nuit, heure; sauvegarde: moment of the last verified backup; saut: when the clock was last seen to leap.';

COMMENT ON VIEW "public"."v_mouvements_partenaires" IS 'Everything that ever moved a partner''s account (partenaire_id null: of no partner), litres, negative where it loses. Its sum is the account, to the millilitre.';

REVOKE ALL ON FUNCTION "private"."calculer_15c_prise"(public.prises_de_hauteur, private.lieux) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."calculer_15c_prise"(public.prises_de_hauteur, private.lieux) TO "postgres";

REVOKE ALL ON FUNCTION "private"."calculer_norme"(private.mesures, private.lieux, astm.profils_calcul) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."calculer_norme"(private.mesures, private.lieux, astm.profils_calcul) TO "postgres";

REVOKE ALL ON FUNCTION "private"."debiter_autrement"(public.sorties_produit) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."debiter_autrement"(public.sorties_produit) TO "postgres";

REVOKE ALL ON FUNCTION "private"."densite_15_historique"(private.mesures, private.lieux) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."densite_15_historique"(private.mesures, private.lieux) TO "postgres";

REVOKE ALL ON FUNCTION "private"."dernier_bloc"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dernier_bloc"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_citerne"(private.lieux, uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_citerne"(private.lieux, uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_densite_du_produit"(numeric, private.lieux) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_densite_du_produit"(numeric, private.lieux) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_expediable"(private.lieux, public.transferts_depots, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_expediable"(private.lieux, public.transferts_depots, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_note"(private.lieux, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_note"(private.lieux, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_temperatures"(private.mesures, private.lieux) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_temperatures"(private.mesures, private.lieux) TO "postgres";

REVOKE ALL ON FUNCTION "private"."exiger_validable"(public.sorties_produit, private.lieux) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."exiger_validable"(public.sorties_produit, private.lieux) TO "postgres";

REVOKE ALL ON FUNCTION "private"."horloge_suivie"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."horloge_suivie"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."id_de_ligne"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."id_de_ligne"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."incertitude"(public.prises_de_hauteur, public.baremes, private.lieux, numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."incertitude"(public.prises_de_hauteur, public.baremes, private.lieux, numeric, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."jauger"(public.prises_de_hauteur, private.lieux) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."jauger"(public.prises_de_hauteur, private.lieux) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lieu"(uuid, uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lieu"(uuid, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."lieu_pour_mouvement"(uuid, uuid, uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."lieu_pour_mouvement"(uuid, uuid, uuid[]) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesurer_litres"(public.prises_de_hauteur, private.lieux) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesurer_litres"(public.prises_de_hauteur, private.lieux) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mesurer_transfert_depot"(public.mouvements_transferts_depots, private.lieux, numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."mesurer_transfert_depot"(public.mouvements_transferts_depots, private.lieux, numeric, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."relever"(uuid, private.lieux, date, numeric, numeric, numeric) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."relever"(uuid, private.lieux, date, numeric, numeric, numeric) TO "postgres";

REVOKE ALL ON FUNCTION "private"."remettre_a_l_heure"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."remettre_a_l_heure"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."remettre_alertes_a_l_heure"(timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."remettre_alertes_a_l_heure"(timestamp with time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."volume_15c"(private.mesures, private.lieux, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."volume_15c"(private.mesures, private.lieux, boolean) TO "postgres";

REVOKE ALL ON FUNCTION "private"."volume_15c_historique"(private.mesures, private.lieux) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."volume_15c_historique"(private.mesures, private.lieux) TO "postgres";

REVOKE ALL ON FUNCTION "private"."volume_15c_norme"(private.mesures, private.lieux) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."volume_15c_norme"(private.mesures, private.lieux) TO "postgres";

GRANT SELECT ON TABLE "public"."v_mouvements_partenaires" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_mouvements_partenaires" TO "postgres";

GRANT SELECT ON TABLE "public"."v_mouvements_partenaires" TO "service_role";

reset check_function_bodies;
select private.noter_etat('20261128130159_veille');
