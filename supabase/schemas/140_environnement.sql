-- Environment: what a database refuses by itself because of what it is. PROD is never reset, dropped or seeded, whoever
-- asks.

create function private.interdire_si_prod() returns void
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if private.env() = 'prod' then
    perform private.refuser('ENV_INTERDIT', jsonb_build_object('env', 'prod'));
  end if;
end;
$$;
comment on function private.interdire_si_prod() is
  'First line of whatever must never happen in PROD. A database that does not say what it is counts as PROD. Raises '
  'ENV_INTERDIT.';

-- PROD stays PROD -----------------------------------------------------------------------------------------------------

create function private.env_proteger() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Only who could drop the table may say that PROD is something else: a client with the service key may not.
  if old.key = 'env' and old.value = 'prod'
    and (tg_op = 'DELETE' or (new.key, new.value) is distinct from (old.key, old.value))
     and not private.possede(tg_relid) then
    perform private.refuser('ENV_INTERDIT', jsonb_build_object('env', 'prod'));
  end if;
  return case tg_op when 'DELETE' then old else new end;
end;
$$;
comment on function private.env_proteger() is
  'Keeps env = prod in app_settings from everybody but the owner of the table. Raises ENV_INTERDIT.';
grant execute on function private.env_proteger() to service_role;

create trigger app_settings_before_write before update or delete on public.app_settings
  for each row execute function private.env_proteger();

-- No drop in PROD -----------------------------------------------------------------------------------------------------

create function private.autoriser_drop(p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger_motif(p_motif, 10);
  perform set_config('app.drop_autorise', pg_current_xact_id()::text, true);
  perform private.journaliser('DROP_AUTORISE', 'environnement', 'CRITICAL', null, null,
    jsonb_build_object('motif', private.texte_net(p_motif), 'env', private.env()));
end;
$$;
comment on function private.autoriser_drop(text) is
  'The one way through extensions.interdire_drop_en_prod(), for this transaction and no other: a restore in PROD with '
  'writes frozen, or a migration that says why it drops. Owner only; logs DROP_AUTORISE as CRITICAL. Use: begin; '
  'select private.autoriser_drop(''restauration du dump J12, validée par …''); drop …; commit. Raises MOTIF_REQUIS '
  'under 10 characters.';

-- In extensions, which no reset drops: a function that goes with what is dropped would never be asked.
-- Text and not SQL that is checked: private.env() and its table may be what has just been dropped.
create or replace function extensions.interdire_drop_en_prod() returns event_trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_objet text;
  v_env text := 'prod';
begin
  select o.object_identity into v_objet from pg_event_trigger_dropped_objects() o
   where o.schema_name = 'public' or (o.object_type = 'schema' and o.object_name = 'public')
   order by o.original desc limit 1;
  if v_objet is null or current_setting('app.drop_autorise', true) = pg_current_xact_id()::text then
    return;
  end if;
  if to_regclass('public.app_settings') is not null and to_regprocedure('private.env()') is not null then
    execute 'select private.env()' into v_env;
  end if;
  if v_env = 'prod' then
    raise exception using errcode = 'PT403', message = 'ENV_INTERDIT',
      hint = 'Aucun DROP dans public en PROD. Une restauration ou une migration qui doit supprimer le dit d''abord, '
             || 'dans sa transaction : select private.autoriser_drop(''motif'').',
      detail = jsonb_build_object('env', v_env, 'objet', v_objet)::text;
  end if;
end;
$$;
comment on function extensions.interdire_drop_en_prod() is
  'Event trigger on sql_drop: in PROD nothing of public is dropped, cascades included, but in a transaction that '
  'called private.autoriser_drop. Raises ENV_INTERDIT.';
revoke execute on function extensions.interdire_drop_en_prod() from public;

-- A hosted project, and `supabase start`, let "postgres" create event triggers (supautils). Plain PostgreSQL lets only
-- its superuser: there the stack has made it already, on a function this file has just replaced.
do $$
begin
  if not exists (select from pg_event_trigger where evtname = 'interdire_drop_en_prod') then
    create event trigger interdire_drop_en_prod on sql_drop execute function extensions.interdire_drop_en_prod();
  end if;
end;
$$;

-- Reference rows ------------------------------------------------------------------------------------------------------

create function private.poser_referentiels() returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  -- A database that says nothing counts as PROD; but for one where nobody is yet: it is only being made.
  if exists (select from public.app_settings s where s.key = 'env') or exists (select from public.profils)
     or exists (select from public.cours_de_route) then
    perform private.interdire_si_prod();
  end if;
  insert into public.depots (id, nom, adresse) values
    ('11111111-1111-1111-1111-111111111111', 'Dépôt Daipn', 'Route Kipushi')
  on conflict do nothing;
  -- Without one nothing of it is numbered; one that somebody chose stays.
  update public.depots d set code = 'DAIPN'
   where d.id = '11111111-1111-1111-1111-111111111111' and d.code is null
     and not exists (select from public.depots x where x.code = 'DAIPN');

  insert into public.produits (id, nom, code, groupe_mpms) values
    ('640cf7ec-1616-4503-a484-0a61afb20005', 'Essence', 'ESS', 'B'),
    ('22222222-2222-2222-2222-222222222222', 'Gasoil/AGO', 'G.O', 'B')
  on conflict do nothing;

  insert into public.citernes (id, depot_id, produit_id, nom, capacite_totale, capacite_securite)
  select t.id::uuid, '11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222', t.nom, t.capacite,
    0
    from (values
      ('57da330a-1305-4582-be45-ceab0f1aa795', 'TANK1', 500000),
      ('905b3104-0324-4b5c-ba3d-ae1019746c70', 'TANK2', 500000),
      ('7bf64a46-ca77-4857-af89-2e14d9128473', 'TANK3', 500000),
      ('91d2078b-8e19-43c2-bf33-322a42cd4e94', 'TANK4', 500000),
      ('a76a08a6-9017-421e-b5d3-afe8129a8f9d', 'TANK5', 300000),
      ('6f3e0b4c-abfc-4b67-aaa0-2ca20a59ae1a', 'TANK6', 300000)
    ) as t (id, nom, capacite)
  on conflict do nothing;
end;
$$;
comment on function private.poser_referentiels() is
  'PROD''s depot, products and six tanks (litres), with their fixed ids, and no movement. What is already there stays '
  'as it is. Called by every reset and by the prod-like seed: in a database that says it is no PROD, or that says '
  'nothing and has nobody yet. Raises ENV_INTERDIT.';

create function private.citernes_fantomes() returns setof public.citernes
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select c.* from public.citernes c where private.citerne_fantome(c.id, c.nom)
$$;
comment on function private.citernes_fantomes() is 'Tanks that must never exist: left by old tests, they hold nothing.';

-- Purges of STAGING ---------------------------------------------------------------------------------------------------

create function private.empreinte_cours_de_route() returns text
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select encode(sha256(convert_to(coalesce(string_agg(to_jsonb(c)::text, E'\n' order by c.id), ''), 'UTF8')), 'hex')
    from public.cours_de_route c
$$;
comment on function private.empreinte_cours_de_route() is
  'SHA-256 of every CDR, every column: the same before and after, no CDR has changed.';

create function private.modules_des_mouvements() returns text[]
language sql immutable
set search_path = pg_catalog, pg_temp
return '{receptions,sorties,stocks,comptes_partenaires,periodes}'::text[];
comment on function private.modules_des_mouvements() is
  'Modules of the log whose lines tell of movements, and leave with them.';

create function private.compter_mouvements() returns table (quoi text, lignes bigint)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  -- In PL/pgSQL, because tables of later chapters are named.
  return query
  select 'ecarts_notes', count(*) from public.ecarts_notes
  union all select 'analyses', count(*) from public.analyses
  union all select 'credits_derogations', count(*) from public.credits_derogations
  union all select 'factures_fiscales', count(*) from public.factures_fiscales
  union all select 'factures_client_taxes', count(*) from public.factures_client_taxes
  union all select 'factures_client_lignes', count(*) from public.factures_client_lignes
  union all select 'paiements_en_ligne', count(*) from public.paiements_en_ligne
  union all select 'evenements_entrants', count(*) from public.evenements_entrants
  union all select 'rapprochements', count(*) from public.rapprochements
  union all select 'remboursements', count(*) from public.remboursements
  union all select 'encaissements', count(*) from public.encaissements
  union all select 'clotures_caisse', count(*) from public.clotures_caisse
  union all select 'factures_client', count(*) from public.factures_client
  union all select 'bons_livraison', count(*) from public.bons_livraison
  union all select 'releves_clients', count(*) from public.releves_clients
  union all select 'rapports', count(*) from public.rapports
  union all select 'sorties_commandes', count(*) from public.sorties_commandes
  union all select 'commandes', count(*) from public.commandes
  union all select 'factures_fournisseur_receptions', count(*) from public.factures_fournisseur_receptions
  union all select 'fournisseur_paiement_lot_min', count(*) from public.fournisseur_paiement_lot_min
  union all select 'fournisseur_facture_lot_min', count(*) from public.fournisseur_facture_lot_min
  union all select 'ecarts', count(*) from public.ecarts
  union all select 'ecritures_tiers', count(*) from public.ecritures_tiers
  union all select 'periodes_closes', count(*) from public.periodes_closes
  union all select 'prets_mouvements', count(*) from public.prets_mouvements
  union all select 'cessions', count(*) from public.cessions
  union all select 'prets', count(*) from public.prets
  union all select 'parts_partenaires', count(*) from public.parts_partenaires
  union all select 'attributions_partenaires', count(*) from public.attributions_partenaires
  union all select 'stocks_initiaux_partenaires', count(*) from public.stocks_initiaux_partenaires
  union all select 'comptes_partenaires', count(*) from public.comptes_partenaires
  union all select 'receptions', count(*) from public.receptions
  union all select 'sorties_produit', count(*) from public.sorties_produit
  union all select 'transferts', count(*) from public.transferts
  union all select 'mouvements_transferts_depots', count(*) from public.mouvements_transferts_depots
  union all select 'transferts_depots', count(*) from public.transferts_depots
  union all select 'dilatations', count(*) from public.dilatations
  union all select 'stocks_adjustments', count(*) from public.stocks_adjustments
  union all select 'stocks_initiaux', count(*) from public.stocks_initiaux
  union all select 'regularisations', count(*) from public.regularisations
  union all select 'prises_de_hauteur', count(*) from public.prises_de_hauteur
  union all select 'stocks_journaliers', count(*) from public.stocks_journaliers
  union all select 'stocks_snapshot', count(*) from public.stocks_snapshot
  union all select 'documents (de mouvements)', count(*) from public.documents d
             where d.id not in (select g.id from private.documents_durables() g)
  union all select 'log_actions (mouvements)', count(*) from public.log_actions l
             where l.module = any (private.modules_des_mouvements())
  union all select 'cours_de_route', count(*) from public.cours_de_route;
end;
$$;
comment on function private.compter_mouvements() is
  'Rows of every table that private.vider_mouvements() empties, in its order, and the CDR that it keeps.';

create function private.verrouiller_mouvements() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  lock table public.cours_de_route, public.citernes, public.receptions, public.sorties_produit, public.transferts,
    public.transferts_depots, public.mouvements_transferts_depots, public.dilatations, public.stocks_adjustments,
    public.stocks_initiaux, public.regularisations,
    public.prises_de_hauteur, public.cessions, public.prets, public.stocks_journaliers, public.stocks_snapshot,
    public.comptes_partenaires, public.log_actions in share row exclusive mode;
end;
$$;
comment on function private.verrouiller_mouvements() is
  'Until the transaction ends nobody else writes a movement, a stock, a tank or a CDR; readers go on.';

create function private.vider_journal_mouvements() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  delete from public.log_actions l where l.module = any (private.modules_des_mouvements());
  delete from private.blocs_journal;
end;
$$;
comment on function private.vider_journal_mouvements() is
  'The one place where lines leave the log: whatever proves the log''s lines to one another starts anew here. Called '
  'by private.vider_mouvements() only, which opens the way and has checked that this is not PROD.';

create function private.vider_mouvements() returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.interdire_si_prod();
  perform private.verrouiller_mouvements();
  perform set_config('app.purge_staging', pg_current_xact_id()::text, true);
  perform set_config('app.receptions_allow_write', '1', true);
  perform set_config('app.sorties_produit_allow_write', '1', true);
  perform set_config('app.stocks_journaliers_allow_write', '1', true);

  delete from public.ecarts_notes;
  delete from public.analyses;
  delete from private.impressions;
  delete from public.credits_derogations;
  delete from public.factures_fiscales;
  delete from private.facturations_sortie;
  delete from public.factures_client_taxes;
  delete from public.factures_client_lignes;
  delete from public.paiements_en_ligne;
  delete from public.evenements_entrants;
  delete from public.rapprochements;
  delete from private.evenements_simules;
  delete from private.sessions_simulees;
  delete from public.remboursements;
  delete from public.encaissements;
  delete from public.clotures_caisse;
  delete from private.restes_clients;
  delete from public.factures_client f where f.facture_origine_id is not null;
  delete from public.factures_client;
  delete from public.bons_livraison;
  delete from public.releves_clients;
  -- They say what moved, as it was known.
  delete from public.rapports;
  delete from public.sorties_commandes;
  delete from public.commandes;
  delete from public.factures_fournisseur_receptions;
  delete from public.fournisseur_paiement_lot_min;
  delete from public.fournisseur_facture_lot_min;
  delete from public.ecarts;
  delete from private.lettrages;
  delete from public.ecritures_tiers;
  -- Proformas stay, as lots do, and keep their numbers.
  delete from private.numeros n where n.serie <> 'PRF';
  delete from private.series_trous t where t.serie <> 'PRF';
  delete from private.series s where s.serie <> 'PRF';
  delete from public.periodes_closes;
  delete from public.prets_mouvements;
  delete from public.cessions;
  delete from public.prets;
  delete from public.parts_partenaires;
  delete from public.attributions_partenaires;
  delete from public.stocks_initiaux_partenaires;
  delete from private.comptes_partenaires_jours;
  delete from public.comptes_partenaires;
  delete from public.receptions;
  delete from public.sorties_produit;
  delete from public.transferts;
  delete from public.mouvements_transferts_depots;
  delete from public.transferts_depots;
  delete from public.dilatations;
  delete from public.stocks_adjustments;
  delete from public.stocks_initiaux;
  delete from public.regularisations;
  delete from public.prises_de_hauteur;
  delete from public.stocks_journaliers;
  delete from public.stocks_snapshot;
  perform private.vider_documents();
  perform private.vider_journal_mouvements();
  -- A key used again must not be answered with a movement that is no more.
  delete from private.idempotence;
  delete from private.actes_differes;
  delete from private.lots_differes;

  perform set_config('app.stocks_journaliers_allow_write', '', true);
  perform set_config('app.sorties_produit_allow_write', '', true);
  perform set_config('app.receptions_allow_write', '', true);
  perform set_config('app.purge_staging', '', true);
  perform private.journaliser('MOUVEMENTS_PURGES', 'environnement', 'CRITICAL', null, null,
    jsonb_build_object('env', private.env()));
end;
$$;
comment on function private.vider_mouvements() is
  'Deletes every movement, all stock, their lines of the log and the kept answers of idempotency keys; keeps every CDR '
  'as it is, a DECHARGE one included. Never in PROD. Owner only; logs MOUVEMENTS_PURGES. Raises ENV_INTERDIT.';

create function private.nettoyer_staging() returns table (quoi text, objet text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_citerne public.citernes;
  v_mouvements bigint;
begin
  perform private.interdire_si_prod();
  perform private.verrouiller_mouvements();

  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  return query
    delete from public.stocks_journaliers j
     where not exists (select from public.v_mouvements_stock m
                        where m.citerne_id = j.citerne_id and m.produit_id = j.produit_id
                          and m.proprietaire_type = j.proprietaire_type and m.date_jour = j.date_jour)
    returning 'stocks_journaliers', format('%s du %s : %s L', j.proprietaire_type, j.date_jour, j.stock_ambiant);
  return query
    delete from public.stocks_snapshot s
     where not exists (select from public.v_mouvements_stock m
                        where m.citerne_id = s.citerne_id and m.produit_id = s.produit_id
                          and m.proprietaire_type = s.proprietaire_type)
    returning 'stocks_snapshot', format('%s : %s L', s.proprietaire_type, s.stock_ambiant);
  update public.stocks_snapshot s
     set dernier_jour = j.dernier_jour
    from (select v.citerne_id, v.produit_id, v.proprietaire_type, max(v.date_jour) as dernier_jour
            from public.stocks_journaliers v group by 1, 2, 3) j
   where (s.citerne_id, s.produit_id, s.proprietaire_type) = (j.citerne_id, j.produit_id, j.proprietaire_type)
     and s.dernier_jour <> j.dernier_jour;
  perform set_config('app.stocks_journaliers_allow_write', '', true);

  for v_citerne in select * from private.citernes_fantomes() loop
    select (select count(*) from public.receptions r where r.citerne_id = v_citerne.id)
         + (select count(*) from public.sorties_produit s where s.citerne_id = v_citerne.id)
         + (select count(*) from public.transferts t
           where v_citerne.id in (t.citerne_source_id, t.citerne_destination_id))
         + (select count(*) from public.mouvements_transferts_depots t where t.citerne_id = v_citerne.id)
         + (select count(*) from public.stocks_initiaux i where i.citerne_id = v_citerne.id)
         + (select count(*) from public.cessions x where x.citerne_id = v_citerne.id)
         + (select count(*) from public.prises_de_hauteur p where p.citerne_id = v_citerne.id)
      into v_mouvements;
    if v_mouvements > 0 then
      perform private.refuser('CITERNE_AVEC_MOUVEMENTS',
        jsonb_build_object('nom', v_citerne.nom, 'mouvements', v_mouvements));
    end if;
    delete from public.citernes c where c.id = v_citerne.id;
    quoi := 'citerne fantôme';
    objet := format('%s (%s)', v_citerne.nom, v_citerne.id);
    return next;
  end loop;
end;
$$;
comment on function private.nettoyer_staging() is
  'Deletes the rows of stock that no movement stands behind, then the phantom tanks, and says each. A phantom tank '
  'with a movement, drafts and dips included, stops it all. Owner only. Raises ENV_INTERDIT, CITERNE_AVEC_MOUVEMENTS.';
