-- 20261128123933_veille: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261128123933_veille');

DROP VIEW "public"."v_mouvements_partenaires";

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

CREATE OR REPLACE FUNCTION private.tolerance_horloge()
 RETURNS interval
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN '00:02:00'::interval;

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

COMMENT ON FUNCTION "private"."dernier_bloc"() IS 'The last block; where the server''s clock has been put back since, dated as long ago by that clock as a line may wait. Its hash is not of that date.';

COMMENT ON FUNCTION "private"."horloge_suivie"() IS 'Called each hour: whether the clock has gone on as clocks do. Where it leapt by more than a fortnight, or the machine was off for so long, not for a day, within which people see a wrong year.';

COMMENT ON FUNCTION "private"."rapport_releve_partenaire"(uuid, date, date, timestamp with time zone, jsonb) IS 'Relevé d''un partenaire: what is his (without one, of none) of a product at a depot, movement by movement, litres. Raises INTROUVABLE, RAPPORT_PARAMETRE, ROLE_FORBIDDEN.';

COMMENT ON FUNCTION "private"."remettre_a_l_heure"() IS 'Each minute: what the server''s clock, while it ran ahead, wrote of passes, of requests counted, of the second factor, of messages and alerts is as of now, or forgotten. Answers how much, by kind; nothing where the clock was right. Logs HORLOGE_REMISE.';

COMMENT ON FUNCTION "private"."remettre_alertes_a_l_heure"(timestamp with time zone) IS 'Alerts opened or resolved after this moment are so now: else they would neither escalate nor open again.';

COMMENT ON FUNCTION "private"."surveiller"() IS 'Everything to be done every minute: what a clock put right left ahead of it, the alerts, the reports that are due, and once a night the whole proof. Run again, or twice at once, it does no harm.';

COMMENT ON FUNCTION "private"."taches_periodiques"() IS 'Everything to be done every hour; run again, or twice at once, it does no harm. Forgets old answers to idempotent requests, and old batches of synchronisation, unless the clock has just leapt; copies the tanks that have no copy (private.lieux); sums up the index of rare sorties.';

COMMENT ON FUNCTION "private"."tolerance_horloge"() IS 'How far back a server''s clock may be set between two passes, of which there is one a minute, without a line looking older than it is. Set back further, the next pass knows it: private.dernier_bloc().';

COMMENT ON TABLE "private"."passages" IS 'When each pass last ended, and how long it took: alertes, nuit, heure; sauvegarde: moment of the last verified backup; saut: when the clock was last seen to leap.';

COMMENT ON VIEW "public"."v_mouvements_partenaires" IS 'Everything that ever moved a partner''s account (partenaire_id null: of no partner), litres, negative where it loses. Its sum is the account, to the millilitre.';

REVOKE ALL ON FUNCTION "private"."dernier_bloc"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."dernier_bloc"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."horloge_suivie"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."horloge_suivie"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."remettre_a_l_heure"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."remettre_a_l_heure"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."remettre_alertes_a_l_heure"(timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."remettre_alertes_a_l_heure"(timestamp with time zone) TO "postgres";

GRANT SELECT ON TABLE "public"."v_mouvements_partenaires" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_mouvements_partenaires" TO "postgres";

GRANT SELECT ON TABLE "public"."v_mouvements_partenaires" TO "service_role";

reset check_function_bodies;
select private.noter_etat('20261128123933_veille');
