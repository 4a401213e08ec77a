-- The same things at two depots, as tests/domaine/acces/decor.ts names them.

create function pg_temp.ecrire_compte(p_depot_id uuid, p_fournisseur_id uuid) returns uuid language sql as $$
  select private.ecrire_compte(jsonb_populate_record(null::public.ecritures_tiers, jsonb_build_object(
    'tiers_type', 'FOURNISSEUR', 'fournisseur_id', p_fournisseur_id, 'depot_id', p_depot_id, 'devise', 'USD',
    'date_valeur', tests.jour(), 'type', 'FACTURE', 'credit', 100, 'libelle', 'Essai', 'source_type', 'essai',
    'source_id', gen_random_uuid())))
$$;
create function pg_temp.deposer_document(p_reception uuid) returns uuid language plpgsql as $$
declare
  c_octets constant bytea := convert_to('a;b' || gen_random_uuid(), 'UTF8');
  v_id uuid;
begin
  v_id := private.deposer_document(jsonb_build_object('categorie', 'AUTRE', 'nom', 'essai.csv', 'type_mime', 'text/csv',
    'sha256', encode(sha256(c_octets), 'hex'), 'objet_type', 'RECEPTION', 'objet_id', p_reception), c_octets);
  perform private.noter_analyse(v_id, 'SAIN', 'integre', null);
  return v_id;
end;
$$;
create function pg_temp.decor(p_suffixe text) returns void language plpgsql as $$
declare
  n record;
begin
  select 'depot' || p_suffixe as depot, 'citerne' || p_suffixe as citerne, 'citerne_vide' || p_suffixe as vide into n;
  perform tests.depot(n.depot), tests.citerne(n.citerne, n.depot), tests.citerne(n.vide, n.depot),
          tests.citerne('citerne_initiale', n.depot);
  perform tests.recevoir(n.citerne, 5000, p_nom => 'autre'), tests.recevoir(n.citerne, 1000, p_nom => 'reception' || p_suffixe);
  perform tests.cdr('cdr' || p_suffixe, n.depot, p_statut => 'CHARGEMENT'), tests.cdr('cdr_arrive' || p_suffixe, n.depot);
  perform tests.brouillon(n.citerne, 10, p_nom => 'sortie' || p_suffixe);
  perform tests.valider('sortie' || p_suffixe);
  perform tests.brouillon(n.citerne, 5, p_nom => 'brouillon' || p_suffixe);
  perform tests.passer_chef();
  perform tests.noter('document' || p_suffixe, pg_temp.deposer_document(tests.id('reception' || p_suffixe)));
  with fait as (
    insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
    values ('RECEPTION', tests.id('reception' || p_suffixe), 1, 1, 'Essai de la matrice') returning id)
  select tests.noter('ajustement' || p_suffixe, id) into n from fait;
  with fait as (
    insert into public.transferts (temperature_ambiante_c, citerne_source_id, citerne_destination_id, volume_ambiant)
    values (15, tests.id('citerne' || p_suffixe), tests.id('citerne_vide' || p_suffixe), 1) returning id)
  select tests.noter('transfert' || p_suffixe, id) into n from fait;
  perform tests.noter('transfert_depot' || p_suffixe, public.expedier_transfert(tests.id('citerne' || p_suffixe),
            tests.id('depot_lointain'), 1, 15)),
          tests.noter('transfert_attendu' || p_suffixe, public.expedier_transfert(tests.id('citerne_lointaine'),
            tests.id('depot' || p_suffixe), 1, 15));
  perform private.dilater('SORTIE', s.id, s.citerne_id, s.produit_id, s.depot_id, s.proprietaire_type, s.date_jour, 1),
          private.appliquer_mouvement(s.citerne_id, s.produit_id, s.depot_id, s.proprietaire_type, s.date_jour, 1, 0)
     from public.sorties_produit s where s.id = tests.id('sortie' || p_suffixe);
  perform tests.noter('dilatation' || p_suffixe, d.id) from public.dilatations d
    where d.mouvement_id = tests.id('sortie' || p_suffixe);
  with fait as (
    insert into public.prises_de_hauteur (citerne_id, volume_mesure)
    values (tests.id('citerne' || p_suffixe), 990) returning id)
  select tests.noter('prise' || p_suffixe, id) into n from fait;
  with fait as (
    insert into public.prises_de_hauteur (citerne_id, volume_mesure, temperature_c)
    values (tests.id('citerne_vide' || p_suffixe), 3, 15) returning id)
  select tests.noter('prise_regularisee' || p_suffixe, id) into n from fait;
  perform public.regulariser(tests.id('prise_regularisee' || p_suffixe), 'Essai de la matrice');
  perform tests.noter('regularisation' || p_suffixe, r.id) from public.regularisations r
    where r.prise_de_hauteur_id = tests.id('prise_regularisee' || p_suffixe);
  with fait as (
    insert into public.prises_de_hauteur (citerne_id, volume_mesure, temperature_c)
    values (tests.id('citerne_vide' || p_suffixe), 4, 15) returning id)
  select tests.noter('prise_a_regulariser' || p_suffixe, id) into n from fait;
  with fait as (
    insert into public.baremes (citerne_id, certificat, valide_du, hauteur_max_mm)
    values (tests.id('citerne' || p_suffixe), 'Essai', tests.jour(), 1000) returning id)
  select tests.noter('bareme' || p_suffixe, id) into n from fait;
  perform public.importer_bareme(tests.id('bareme' || p_suffixe), E'hauteur_mm;volume_l\n0;0\n1000;1000');
  with fait as (
    insert into public.compteurs (numero, citerne_id, facteur, valide_du, certificat)
    values ('Essai', tests.id('citerne' || p_suffixe), 1, tests.jour(), 'Essai') returning id)
  select tests.noter('compteur' || p_suffixe, id) into n from fait;
  perform tests.noter('initial' || p_suffixe, public.declarer_stock_initial(
    tests.id('citerne_initiale'), 'MONALUXE', 10, 9, 'Essai de la matrice'));
  perform tests.noter('initial_partenaire' || p_suffixe, public.declarer_stock_initial(
    tests.id('citerne_initiale'), 'PARTENAIRE', 100, 90, 'Essai de la matrice'));
  perform public.repartir_stock_initial(tests.id('initial_partenaire' || p_suffixe), jsonb_build_array(
    jsonb_build_object('partenaire_id', tests.tiers('partenaires'), 'volume_ambiant', 10, 'volume_15c', 9)));
  perform tests.noter('attribution' || p_suffixe, public.attribuer_stock_partenaire(
    tests.id('depot' || p_suffixe), tests.produit('G.O'), tests.id('partenaire'), 5, 'Essai de la matrice'));
  with fait as (
    insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
    values ('STOCK_INITIAL', tests.id('initial_partenaire' || p_suffixe), 1, 1, 'Essai de la matrice') returning id)
  select tests.noter('ajustement_partenaire' || p_suffixe, id) into n from fait;
  with fait as (
    insert into public.receptions (citerne_id, proprietaire_type, partenaire_id, volume_ambiant, temperature_ambiante_c)
    values (tests.id('citerne' || p_suffixe), 'PARTENAIRE', tests.id('partenaire'), 20, 15) returning id)
  select tests.noter('reception_partenaire' || p_suffixe, id) into n from fait;
  perform tests.noter('compte_partenaire' || p_suffixe, c.id) from public.comptes_partenaires c
    where c.depot_id = tests.id('depot' || p_suffixe) and c.partenaire_id = tests.id('partenaire');
  update public.depots set code = translate(upper(substr(md5(id::text), 1, 6)), '0123456789', 'GHIJKLMNOP')
   where id = tests.id('depot' || p_suffixe) and code is null;
  perform tests.noter('pret' || p_suffixe, public.ouvrir_pret(tests.id('depot' || p_suffixe), tests.produit('G.O'),
    tests.id('partenaire'), 'PRETE', 1000, '2035-01-01', 'Essai de la matrice'));
  perform tests.noter('cession' || p_suffixe, public.ceder(tests.id('citerne' || p_suffixe), tests.id('partenaire'),
    'VERS_PARTENAIRE', 'EMPRUNT', 20, 'Essai de la matrice', p_pret_id => tests.id('pret' || p_suffixe)));
  perform tests.noter('sortie_pretee' || p_suffixe, (public.creer_et_valider_sortie(jsonb_build_object('citerne_id',
    tests.id('citerne' || p_suffixe), 'partenaire_id', tests.id('partenaire'), 'volume_ambiant', 1,
    'temperature_ambiante_c', 15))).id);
  perform tests.noter('camion_decharge' || p_suffixe, r.cours_de_route_id) from public.receptions r
    where r.id = tests.id('reception' || p_suffixe);
  perform tests.noter('periode' || p_suffixe,
    public.clore_periode(tests.id('depot' || p_suffixe), p_jour => '2020-02-01'));
  perform tests.noter('alerte' || p_suffixe, pg_temp.alerte(tests.id('depot' || p_suffixe)));
  perform tests.noter('ecart' || p_suffixe, pg_temp.ecart(tests.id('depot' || p_suffixe)));
  perform public.noter_ecart(tests.id('ecart' || p_suffixe), 'Essai de la matrice');
  perform public.enregistrer_chargement(tests.id('cdr_arrive' || p_suffixe), jsonb_build_object('bl_numero', 'Essai',
    'date_bl', tests.jour(), 'quantite', 10));
  perform tests.noter('analyse' || p_suffixe, pg_temp.analyse(tests.id('citerne' || p_suffixe)));
  perform tests.noter('ecriture' || p_suffixe,
    pg_temp.ecrire_compte(tests.id('depot' || p_suffixe), tests.tiers('fournisseurs')));
  with fait as (
    insert into astm.profils_calcul (nom, depot_id)
    values ('Essai' || p_suffixe, tests.id('depot' || p_suffixe)) returning id)
  select tests.noter('profil_calcul' || p_suffixe, id) into n from fait;
end;
$$;
select tests.noter('partenaire', tests.tiers('partenaires')),
       tests.noter('depot_ami', tests.tiers('depots_amis'));
select tests.depot('depot_lointain'), tests.citerne('citerne_lointaine', 'depot_lointain'),
       tests.recevoir('citerne_lointaine', 1000, p_nom => 'autre');
select pg_temp.decor(''), pg_temp.decor('_ailleurs');
select tests.redevenir_systeme();
select tests.equipe('depot'), tests.acteur(null, null, 'sans_profil'), tests.acteur(null, null, 'sans_role'),
       tests.acteur('lecture', 'depot_ailleurs', 'collegue'), tests.noter('inconnu', gen_random_uuid()),
       tests.noter('produit', tests.produit('G.O')), tests.noter('client', tests.tiers('clients')),
       tests.noter('fournisseur', tests.tiers('fournisseurs')),
       tests.noter('cas', (select g.id from public.golden_cases g limit 1));
with fait as (
  insert into public.fournisseur_lot (fournisseur_id, produit_id, reference)
  values (tests.id('fournisseur'), tests.id('produit'), 'Essai') returning id)
select tests.noter('lot', id) from fait;
with fait as (
  insert into public.fournisseur_lot (fournisseur_id, produit_id, reference)
  values (tests.id('fournisseur'), tests.id('produit'), 'Essai clos') returning id)
select tests.noter('lot_cloture', id) from fait;
update public.fournisseur_lot set statut = 'cloture' where id = tests.id('lot_cloture');
select tests.passer_chef();
select tests.noter(t.nom, pg_temp.facture(tests.id('depot'), tests.id('citerne'), tests.id('fournisseur'),
    tests.id('produit'), t.statut))
  from (values ('facture', 'VALIDEE'), ('facture_calculee', 'CALCULEE'), ('facture_brouillon', 'DRAFT'),
               ('lot_a_facturer', 'AUCUNE')) as t (nom, statut);
select tests.noter('paiement', pg_temp.paiement(tests.id('facture'), 'CONFIRME')),
       tests.noter('paiement_attente', pg_temp.paiement(tests.id('facture'), 'EN_ATTENTE'));
select tests.noter(t.nom, pg_temp.proforma(tests.id('depot'), tests.id('fournisseur'), tests.id('produit'), t.statut))
  from (values ('proforma', 'ARRIVE'), ('proforma_brouillon', 'DRAFT'), ('proforma_a_clore', 'EN_EXECUTION'),
               ('proforma_close', 'CLOTUREE')) as t (nom, statut);
select tests.noter('sblc', p.sblc_id), tests.noter('frais', f.id)
  from public.proformas p join public.fournisseur_lot l on l.proforma_id = p.id join public.frais_lot f on f.lot_id = l.id
 where p.id = tests.id('proforma');
select tests.noter('avoir', public.enregistrer_avoir_fournisseur(tests.id('facture'), 'Essai', tests.jour(), 1,
  'Essai de la matrice'));
select tests.noter('cdr_decharge', pg_temp.camion_recu(tests.id('depot'), tests.id('citerne'), tests.id('fournisseur'),
  tests.id('produit'))), public.regler_specification(tests.id('produit'), 'Soufre', null, 50, 'ppm');
select tests.noter('client_neuf', tests.tiers('clients')),
       tests.noter('derogation', pg_temp.vente_derogation(tests.id('client')));
select tests.noter('tarif' || s, pg_temp.vente_conditions(tests.id('depot' || s), tests.id('client'), tests.id('produit'))),
       tests.noter('sortie_a_livrer' || s, pg_temp.vente_sortie(tests.id('citerne' || s), tests.id('client'))),
       tests.noter('commande_brouillon' || s,
         pg_temp.vente_commande(tests.id('depot' || s), tests.id('client'), tests.id('produit'), 'BROUILLON')),
       tests.noter('commande' || s,
         pg_temp.vente_commande(tests.id('depot' || s), tests.id('client'), tests.id('produit'), 'CONFIRMEE')),
       tests.noter('commande_livree' || s,
         pg_temp.vente_commande(tests.id('depot' || s), tests.id('client'), tests.id('produit'), 'CONFIRMEE')),
       tests.noter('bon_brouillon' || s, pg_temp.vente_bon(tests.id('citerne' || s), tests.id('client'))),
       tests.noter('bon' || s, pg_temp.vente_bon(tests.id('citerne' || s), tests.id('client'))),
       tests.noter('bon_confirme' || s, pg_temp.vente_bon_confirme(tests.id('citerne' || s), tests.id('client'))),
       tests.noter('facture_client' || s,
         pg_temp.vente_facture(tests.id('depot' || s), tests.id('citerne' || s), tests.id('client'), 'EMISE')),
       tests.noter('facture_client_brouillon' || s,
         pg_temp.vente_facture(tests.id('depot' || s), tests.id('citerne' || s), tests.id('client'), 'BROUILLON')),
       tests.noter('encaissement' || s,
         pg_temp.vente_encaissement(tests.id('depot' || s), tests.id('client'), 'CONFIRME')),
       tests.noter('encaissement_attente' || s,
         pg_temp.vente_encaissement(tests.id('depot' || s), tests.id('client'), 'EN_ATTENTE')),
       tests.noter('remboursement' || s, pg_temp.vente_remboursement(
         pg_temp.vente_encaissement(tests.id('depot' || s), tests.id('client'), 'CONFIRME'))),
       tests.noter('releve' || s, pg_temp.vente_releve(tests.id('depot' || s), tests.id('client'))),
       tests.noter('archive' || s, pg_temp.rapport_archive(tests.id('depot' || s))),
       tests.noter('cloture' || s, pg_temp.vente_cloture(tests.id('depot' || s)))
  from unnest(array['', '_ailleurs']) s;
select tests.noter('sortie_commandee' || s, pg_temp.vente_sortie_commandee(tests.id('commande_livree' || s),
         tests.id('citerne' || s), tests.id('client')))
  from unnest(array['', '_ailleurs']) s;
select tests.noter('paiement_en_ligne' || s, pg_temp.vente_paiement(tests.id('facture_client' || s)))
  from unnest(array['', '_ailleurs']) s;
select tests.noter('rapprochement', pg_temp.vente_rapprochement()), pg_temp.vente_evenement();
select tests.redevenir_systeme();
-- A draft is seen by who wrote it, and by who sees every depot.
update public.proformas set created_by = tests.id('gerant') where id = tests.id('proforma_brouillon');
select pg_temp.ecrire_compte(null, tests.id('fournisseur'));
insert into public.feature_flags (key, description) values ('essai_matrice', 'Essai');
with fait as (
  insert into public.notifications_regles (canal, destination, actif)
  values ('EMAIL', 'essai@exemple.cd', false) returning id)
select tests.noter('regle', id) from fait;
with fait as (
  insert into public.envois (canal, objet_type, regle_id, cle, destination, contenu, statut, envoye_le)
  select 'EMAIL', 'ESSAI', tests.id('regle'), s.statut, 'essai@exemple.cd', '{}', s.statut,
         case s.statut when 'ENVOYE' then now() end
    from unnest('{ENVOYE,MORT}'::text[]) s (statut) returning id, statut)
select tests.noter(case statut when 'MORT' then 'envoi_mort' else 'envoi' end, id) from fait;
with fait as (
  insert into public.abonnements_rapports (user_id, nom, rythme, prochain)
  values (tests.id('collegue'), 'journalier', 'JOUR', '2035-01-01') returning id)
select tests.noter('abonnement', id) from fait;
insert into public.app_settings (key, value) values ('essai_matrice', 'Essai');

create function pg_temp.essayer_comme(p_acteur text, p_sql text) returns jsonb language plpgsql as $$
declare
  v_essai jsonb;
begin
  if p_acteur in ('anon', 'service_role') then
    perform tests.agir_sans_compte(p_acteur);
  else
    perform tests.agir_comme(p_acteur);
  end if;
  v_essai := tests.essayer(p_sql);
  perform tests.redevenir_systeme();
  return v_essai;
end;
$$;

create function pg_temp.qui(p_sql text) returns text language plpgsql as $$
declare
  -- How access says no. 55000: a view that nobody could write through.
  c_refus constant text := '^(42501|55000)$|^(ROLE_FORBIDDEN|ECRITURE_INTERDITE|INTROUVABLE|INVALID_ID_OR_STATE|CITERNE_INACTIVE_OR_INCOMPATIBLE)$';
  v_acteur text;
  v_essai jsonb;
  v_qui text[];
begin
  foreach v_acteur in array '{admin,directeur,gerant,operateur,pca,lecture,sans_profil,anon,service_role}'::text[] loop
    v_essai := pg_temp.essayer_comme(v_acteur, p_sql);
    v_qui := v_qui || case
      when (v_essai ->> 'lignes')::bigint > 0 then v_acteur
      -- Others refer to the row: whoever was told so was let through.
      when v_essai ->> 'etat' = '23503' and p_sql like 'delete %' then v_acteur
      when v_essai ->> 'lignes' = '0' or v_essai ->> 'etat' ~ c_refus or v_essai ->> 'message' ~ c_refus then null
      else v_acteur || ': ' || (v_essai ->> 'message')
    end;
  end loop;
  return array_to_string(v_qui, ' ');
end;
$$;

create function pg_temp.reponses(p_sql text) returns text language sql as $$
  -- The id that was asked for comes back in some refusals: not what tells them apart.
  select string_agg(r || ': ' || regexp_replace(pg_temp.essayer_comme(r, p_sql)::text, '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', '?', 'g'), e'\n')
    from unnest('{gerant,operateur,lecture}'::text[]) r
$$;

create function pg_temp.executent(p_nom text) returns text language sql as $$
  select coalesce(string_agg(r, ' '), '') from unnest('{anon,authenticated,service_role}'::text[]) r
   where exists (select from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname = p_nom
                    and has_function_privilege(r, p.oid, 'execute'))
$$;
