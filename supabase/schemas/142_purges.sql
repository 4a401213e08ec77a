-- Purges of STAGING: what moved goes, what it refers to stays.

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
  delete from private.dates_fausses;
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
