-- Sources of the checks: each answers the facts of a few of them (private.controles.source). In PL/pgSQL, so that a
-- table of a later chapter may be named; a domain has its own in its own chapter.

-- What an exception looks like is what the index holds: nothing else is read. That of sorties is in their chapter.
create index receptions_ecart_15c_idx on public.receptions (id)
  where abs(volume_ambiant - volume_15c) > 0.03 * volume_ambiant;
create index cours_de_route_arrive_idx on public.cours_de_route (id) where statut = 'ARRIVE';
create index ecarts_ouverts_idx on public.ecarts (created_at) where statut <> 'TRAITE';

create function private.arrive_depuis(p_cours_de_route_id uuid) returns timestamptz
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce(
    (select max(l.created_at) from public.log_actions l
      where l.cible_id = p_cours_de_route_id and l.action = 'CDR_STATUT' and l.details ->> 'vers' = 'ARRIVE'),
    (select c.created_at from public.cours_de_route c where c.id = p_cours_de_route_id));
end;
$$;
comment on function private.arrive_depuis(uuid) is
  'Since when a truck has arrived, by the log; since it was announced, where the log does not say.';

create function private.controles_citernes() returns setof private.fait_controle
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select 'STOCK_NEGATIF', 'CITERNE_STOCK', s.citerne_id,
           format('Stock négatif : %s L mesurés, %s L à 15 °C.', s.stock_ambiant, s.stock_15c),
           jsonb_build_object('citerne_id', s.citerne_id, 'produit_id', s.produit_id, 'proprietaire_type',
             s.proprietaire_type, 'stock_ambiant', s.stock_ambiant, 'stock_15c', s.stock_15c), s.depot_id
      from public.stocks_snapshot s where s.stock_ambiant < -0.01 or s.stock_15c < -0.01;
  return query
    with contenu as (
      select c.*, sum(s.stock_ambiant) as stock
        from public.citernes c join public.stocks_snapshot s on s.citerne_id = c.id group by c.id
    ), juges as (
      select c.*, v.code, v.message
        from contenu c cross join lateral (values
          ('STOCK_OVER_CAPACITY', c.stock > c.capacite_totale,
           format('%s contient %s L pour une capacité de %s L.', c.nom, c.stock, c.capacite_totale)),
          -- What lies in a friend's tank has no bottom of ours to keep.
          ('CITERNE_SOUS_SECURITE', c.statut = 'active' and not c.logique and c.stock < c.capacite_securite,
           format('%s contient %s L, sous sa capacité de sécurité de %s L.', c.nom, c.stock, c.capacite_securite)),
          ('CITERNE_INACTIVE_AVEC_STOCK', c.statut = 'inactive' and c.stock > 0,
           format('%s est inactive et contient encore %s L.', c.nom, c.stock))) v (code, trouve, message)
       where v.trouve
    )
    select j.code, 'CITERNE_STOCK', j.id, j.message,
           jsonb_build_object('citerne_id', j.id, 'statut', j.statut, 'stock_ambiant', j.stock, 'capacite_totale',
             j.capacite_totale, 'capacite_securite', j.capacite_securite), j.depot_id
      from juges j;
end;
$$;
comment on function private.controles_citernes() is 'What stocks and tanks say (litres as measured).';

create function private.controles_jaugeages() returns setof private.fait_controle
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Of each tank that holds fuel of ours to be measured, its last dip.
  return query
    with citernes as (
      select c.id, c.nom, c.depot_id, min(s.created_at) as depuis
        from public.citernes c join public.stocks_snapshot s on s.citerne_id = c.id
       where c.statut = 'active' and not c.logique group by c.id having sum(s.stock_ambiant) > 0
    )
    select v.code, 'CITERNE_STOCK', c.id, v.message,
           jsonb_build_object('citerne_id', c.id, 'prise_de_hauteur_id', p.prise_de_hauteur_id, 'le', p.created_at,
             'ecart_l', p.ecart_l, 'ecart_15c', p.ecart_15c), c.depot_id
      from citernes c
      left join lateral (select e.* from public.v_ecarts_inventaire e where e.citerne_id = c.id
                          order by e.created_at desc limit 1) p on true
     cross join lateral (values
       ('JAUGEAGE_ABSENT',
        coalesce(p.created_at, c.depuis) < now() - private.seuil('JAUGEAGE_ABSENT') * interval '1 hour',
        format('%s n''a pas été jaugée depuis plus de %s h.', c.nom, private.seuil('JAUGEAGE_ABSENT'))),
       ('JAUGEAGE_HORS_TOLERANCE', p.hors_tolerance and not p.regularisee,
        format('Le dernier jaugeage de %s s''écarte de %s L des livres.', c.nom, p.ecart_l))) v (code, trouve, message)
     where v.trouve;
end;
$$;
comment on function private.controles_jaugeages() is
  'What dips say: none lately (hours), or the last one beyond tolerance and not booked (litres).';

-- Told nothing of a comparison of two columns, the planner takes it to be true of a third of the rows, and among
-- millions starts workers for an index that holds nearly none: starting them is what takes the time.
create function private.controles_mouvements() returns setof private.fait_controle
language plpgsql stable
set search_path = pg_catalog, pg_temp
set max_parallel_workers_per_gather = 0
as $$
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
$$;
comment on function private.controles_mouvements() is
  'What trucks, réceptions and sorties say (litres as measured and at 15 °C).';

create function private.controles_achats() returns setof private.fait_controle
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  c_ecart constant numeric := private.seuil('ECART_ANCIEN');
begin
  return query
    select 'ECART_ANCIEN', 'ECART', e.id, format('Un écart attend depuis plus de %s jours.', c_ecart),
           jsonb_build_object('ecart_id', e.id, 'type', e.type, 'reference_type', e.reference_type, 'statut', e.statut),
           e.depot_id
      from public.ecarts e where e.statut <> 'TRAITE' and e.created_at < now() - c_ecart * interval '1 day';
  return query
    select 'LOT_FACTURE_SANS_FACTURE', 'LOT', l.id,
           format('Le lot %s est marqué facturé et n''a aucune facture.', l.reference),
           jsonb_build_object('fournisseur_lot_id', l.id, 'reference', l.reference), null::uuid
      from public.fournisseur_lot l
     where l.statut = 'facture'
       and not exists (select from public.fournisseur_facture_lot_min f
                        where f.fournisseur_lot_id = l.id and f.type = 'FACTURE' and f.statut <> 'ANNULEE');
  return query
    select 'FACTURE_MOUVEMENT_CORRIGE', 'FACTURE', f.id,
           format('Une réception de la facture %s a été corrigée depuis sa validation.', f.invoice_no),
           jsonb_build_object('facture_id', f.id, 'receptions', jsonb_agg(jsonb_build_object('reception_id', r.id,
             'delta_15c', r.volume_15c + a.delta - s.volume_15c) order by r.id)), null::uuid
      from (select x.mouvement_id, sum(x.delta_15c) as delta, max(x.created_at) as le from public.stocks_adjustments x
             where x.mouvement_type = 'RECEPTION' group by x.mouvement_id) a
      join public.receptions r on r.id = a.mouvement_id
      join public.factures_fournisseur_receptions s on s.reception_id = r.id
      join public.fournisseur_facture_lot_min f on f.id = s.facture_id and f.validated_at is not null
     where r.volume_15c + a.delta <> s.volume_15c
       -- What the supplier gave back since settles it.
       and not exists (select from public.fournisseur_facture_lot_min v
                        where v.facture_origine_id = f.id and v.statut <> 'ANNULEE' and v.created_at > a.le)
     group by f.id;
  return query select * from private.factures_client_corrigees();
  return query
    select 'SBLC_EXPIRE', 'SBLC', s.id,
           format('La garantie %s (%s) finit le %s.', s.reference, s.banque, to_char(s.date_fin, 'DD/MM/YYYY')),
           jsonb_build_object('sblc_id', s.id, 'date_fin', s.date_fin), null::uuid
      from public.sblc s
     where s.statut = 'ACTIVE'
       and s.date_fin < private.jour_local(private.fuseau_societe(), now()) + private.seuil('SBLC_EXPIRE')::int;
  return query
    select 'PROFORMA_EXPIREE', 'PROFORMA', p.id,
           format('La proforma %s n''est plus valide depuis le %s et n''est pas close.', p.reference,
             to_char(p.date_validite, 'DD/MM/YYYY')),
           jsonb_build_object('proforma_id', p.id, 'date_validite', p.date_validite), null::uuid
      from public.proformas p
     where p.statut in ('ACTIVE', 'EN_EXECUTION')
       and p.date_validite < private.jour_local(private.fuseau_societe(), now());
end;
$$;
comment on function private.controles_achats() is
  'What gaps, lots, guarantees, proformas and invoices whose movements were corrected say.';

create function private.controles_exploitation() returns setof private.fait_controle
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select v.code, 'PASSAGE', md5(v.nom)::uuid,
           format(v.dit, case when p.le is null then 'depuis toujours'
                              else format('depuis %s h', round(extract(epoch from now() - p.le) / 3600, 1)) end),
           jsonb_build_object('nom', v.nom, 'le', p.le, 'duree_s', extract(epoch from p.duree)), null::uuid
      from (values
        -- Seen by the first pass that runs again, and until then by whoever reads the view, ops/ready and monitor.
        ('SURVEILLANCE_INTERROMPUE', 'alertes', interval '1 minute',
          'Les contrôles de chaque minute n''ont pas tourné %s.'),
        ('PASSAGE_ABSENT', 'nuit', interval '1 hour', 'Les contrôles de la nuit n''ont pas tourné %s.')
      ) v (code, nom, unite, dit)
      join private.passages p on p.nom = v.nom
     where p.le < now() - private.seuil(v.code) * v.unite;
  return query
    select 'SAUVEGARDE_ANCIENNE', 'PASSAGE', md5('sauvegarde')::uuid,
           case when p.le is null then 'Aucune sauvegarde vérifiée n''est connue.'
                else format('La dernière sauvegarde vérifiée a %s h.', round(extract(epoch from now() - p.le) / 3600))
                  end,
           jsonb_build_object('nom', 'sauvegarde', 'le', p.le), null::uuid
      from (select max(s.le) as le from private.passages s where s.nom = 'sauvegarde') p
     -- Only PROD must have one.
     where private.env() = 'prod'
       and (p.le is null or p.le < now() - private.seuil('SAUVEGARDE_ANCIENNE') * interval '1 hour');
  return query
    select 'SCELLEMENT_EN_RETARD', 'JOURNAL', md5('scellement')::uuid,
           format('%s ligne(s) du journal attendent leur scellé depuis %s min.', e.lignes_en_attente,
             round(extract(epoch from now() - e.attend_depuis) / 60)),
           jsonb_build_object('bloc', e.bloc, 'lignes', e.lignes_en_attente, 'depuis', e.attend_depuis), null::uuid
      from private.etat_scellement() e
     where e.lignes_en_attente > 0
       and e.attend_depuis < now() - private.seuil('SCELLEMENT_EN_RETARD') * interval '1 minute';
end;
$$;
comment on function private.controles_exploitation() is
  'What the machinery says of itself: passes, backups (PROD), sealing of the log.';

-- The night: all history ----------------------------------------------------------------------------------------------

create function private.controles_histoire() returns setof private.fait_controle
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select 'STOCK_INCOHERENT', 'CITERNE_STOCK', s.citerne_id,
           format('Le stock ne concorde pas avec ses mouvements (%s).', string_agg(distinct s.probleme, ', ')),
           jsonb_build_object('citerne_id', s.citerne_id, 'lignes', jsonb_agg(to_jsonb(s))),
           (select t.depot_id from public.citernes t where t.id = s.citerne_id)
      from public.verifier_stocks() s group by s.citerne_id;
  return query
    select 'MOUVEMENT_ALTERE', m.mouvement_type, m.mouvement_id,
           format('Un mouvement n''est plus ce que le journal en a dit (%s).', string_agg(distinct m.probleme, ', ')),
           jsonb_build_object('lignes', jsonb_agg(to_jsonb(m))), null::uuid
      from public.verifier_mouvements() m where m.mouvement_id is not null
     group by m.mouvement_type, m.mouvement_id;
end;
$$;
comment on function private.controles_histoire() is 'Stocks against movements, movements against the log.';

create function private.controles_journal() returns setof private.fait_controle
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  c_montrees constant int := 50;
begin
  return query
    select 'JOURNAL_ALTERE', 'JOURNAL', md5(j.probleme)::uuid,
           format('Le journal a été touché : %s (%s).', j.probleme, count(*)),
           jsonb_build_object('probleme', j.probleme, 'combien', count(*), 'lignes',
             jsonb_agg(to_jsonb(j) - 'constat') filter (where j.rang <= c_montrees)), null::uuid
      from (select t.*, row_number() over (partition by t.probleme order by t.bloc, t.ligne_id) as rang
              from private.controler_journal() t
             -- Lines that wait are the minute's to say.
             where t.probleme not in ('JAMAIS_SCELLE', 'SCELLEMENT_EN_RETARD')) j
     group by j.probleme;
end;
$$;
comment on function private.controles_journal() is
  'What proves that the sealed log was touched: one fact a kind, its first lines in it.';

create function private.controles_comptes() returns setof private.fait_controle
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select 'NUMEROTATION_TROU', 'SERIE', md5(concat_ws('/', s.depot_id, s.serie, s.exercice))::uuid,
           format('La série %s %s a un trou : %s numéros émis, %s expliqués, dernier %s.', s.serie, s.exercice, s.emis,
             s.expliques, s.dernier), to_jsonb(s), nullif(s.depot_id, private.societe())
      from private.verifier_series() s;
  return query
    select 'COMPTE_TIERS_INCOHERENT', 'ECRITURE', v.ecriture_id, 'Le compte d''un tiers ne concorde pas.',
           jsonb_build_object('lignes', jsonb_agg(to_jsonb(v))), null::uuid
      from private.verifier_comptes() v group by v.ecriture_id;
  return query
    select 'FACTURE_ECHUE', 'FACTURE', f.id,
           format('La facture %s est échue depuis le %s, reste %s USD à payer.', f.invoice_no,
             to_char(f.date_echeance, 'DD/MM/YYYY'), f.montant_total_usd - r.regle),
           jsonb_build_object('facture_id', f.id, 'date_echeance', f.date_echeance, 'solde_usd',
             f.montant_total_usd - r.regle), null::uuid
      from public.fournisseur_facture_lot_min f
     cross join lateral (select private.regle_de_facture(f.id) as regle) r
     where f.type = 'FACTURE' and f.statut = 'VALIDEE' and r.regle < f.montant_total_usd
       and f.date_echeance < private.jour_local(private.fuseau_societe(), now());
end;
$$;
comment on function private.controles_comptes() is
  'Series, accounts of third parties, suppliers'' invoices past their due date (USD).';
