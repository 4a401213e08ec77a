-- Proof: that the figures of the stock, of the accounts and of the log agree.

create function public.verifier_stocks() returns table (
  probleme text, citerne_id uuid, produit_id uuid, proprietaire_type text, date_jour date,
  attendu_ambiant numeric, trouve_ambiant numeric, attendu_15c numeric, trouve_15c numeric
)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with par_jour as materialized (
    select m.citerne_id, m.produit_id, m.proprietaire_type, m.date_jour,
           sum(m.delta_ambiant) as ambiant, sum(m.delta_15c) as a_15c,
           coalesce(sum(m.delta_ambiant) filter (where m.mouvement_type in ('AJUSTEMENT', 'REGULARISATION')), 0)
             as ajuste_ambiant,
           coalesce(sum(m.delta_15c) filter (where m.mouvement_type in ('AJUSTEMENT', 'REGULARISATION')), 0)
             as ajuste_15c
      from public.v_mouvements_stock m
     group by 1, 2, 3, 4
  ), total as (
    select p.citerne_id, p.produit_id, p.proprietaire_type, sum(p.ambiant) as ambiant, sum(p.a_15c) as a_15c,
           sum(p.ajuste_ambiant) as ajuste_ambiant, sum(p.ajuste_15c) as ajuste_15c
      from par_jour p group by 1, 2, 3
  ), cumul as (
    select p.citerne_id, p.produit_id, p.proprietaire_type, p.date_jour,
           sum(p.ambiant) over depuis_le_debut as ambiant, sum(p.a_15c) over depuis_le_debut as a_15c
      from par_jour p
    window depuis_le_debut as (partition by p.citerne_id, p.produit_id, p.proprietaire_type order by p.date_jour)
  )
  select 'STOCK', citerne_id, produit_id, proprietaire_type, null::date,
         t.ambiant, s.stock_ambiant, t.a_15c, s.stock_15c
    from total t full join public.stocks_snapshot s using (citerne_id, produit_id, proprietaire_type)
   where (t.ambiant, t.a_15c) is distinct from (s.stock_ambiant, s.stock_15c)
  union all
  select 'AJUSTEMENTS', citerne_id, produit_id, proprietaire_type, null,
         t.ajuste_ambiant, s.delta_ambiant_total, t.ajuste_15c, s.delta_15c_total
    from total t join public.stocks_snapshot s using (citerne_id, produit_id, proprietaire_type)
   where (t.ajuste_ambiant, t.ajuste_15c) is distinct from (s.delta_ambiant_total, s.delta_15c_total)
  union all
  select 'DERNIER_JOUR', s.citerne_id, s.produit_id, s.proprietaire_type, s.dernier_jour, null, null, null, null
    from public.stocks_snapshot s
   where s.dernier_jour is distinct from (
     select max(j.date_jour) from public.stocks_journaliers j
      where j.citerne_id = s.citerne_id and j.produit_id = s.produit_id and j.proprietaire_type = s.proprietaire_type)
  union all
  select 'JOUR', citerne_id, produit_id, proprietaire_type, date_jour,
         c.ambiant, j.stock_ambiant, c.a_15c, j.stock_15c
    from cumul c full join public.stocks_journaliers j using (citerne_id, produit_id, proprietaire_type, date_jour)
   where (c.ambiant, c.a_15c) is distinct from (j.stock_ambiant, j.stock_15c)
  union all
  select 'NEGATIF', c.citerne_id, c.produit_id, c.proprietaire_type, c.date_jour, c.ambiant, null, c.a_15c, null
    from cumul c where c.ambiant < 0 or c.a_15c < 0
  union all
  select 'DILATATION', d.citerne_id, d.produit_id, d.proprietaire_type, d.date_jour, null, d.delta_ambiant, null, null
    from public.dilatations d
   where not exists (select from public.v_mouvements_stock m
                      where m.mouvement_type = d.mouvement_type and m.mouvement_id = d.mouvement_id and m.delta_15c < 0
                        and (m.citerne_id, m.produit_id, m.proprietaire_type)
                            = (d.citerne_id, d.produit_id, d.proprietaire_type))
  union all
  -- What the document says of an end, whose movement and adjustments the caller sees.
  select 'TRANSFERT_DEPOT', x.citerne_id, x.produit_id, x.proprietaire_type, x.date_jour,
         x.delta_ambiant + a.ambiant, d.ambiant, x.delta_15c + a.a_15c, d.a_15c
    from public.mouvements_transferts_depots x
    join public.transferts_depots t on t.id = x.transfert_id
   cross join lateral (
     select coalesce(sum(j.delta_ambiant), 0) as ambiant, coalesce(sum(j.delta_15c), 0) as a_15c
       from public.stocks_adjustments j
      where j.mouvement_type = 'TRANSFERT_DEPOT' and j.mouvement_id = t.id and j.citerne_id = x.citerne_id) a
   cross join lateral (
     select case x.sens when 'EXPEDITION' then -t.expedie_ambiant else t.recu_ambiant end as ambiant,
            case x.sens when 'EXPEDITION' then -t.expedie_15c else t.recu_15c end as a_15c) d
   where (x.delta_ambiant + a.ambiant, x.delta_15c + a.a_15c) is distinct from (d.ambiant, d.a_15c)
  union all
  select distinct 'CITERNE', r.citerne_id, r.produit_id, r.proprietaire_type, r.date_jour, null::numeric, null::numeric,
    null::numeric, null::numeric
    from (select m.citerne_id, m.produit_id, m.depot_id, m.proprietaire_type, m.date_jour
      from public.v_mouvements_stock m
          union all
          select s.citerne_id, s.produit_id, s.depot_id, s.proprietaire_type, null from public.stocks_snapshot s
          union all
          select j.citerne_id, j.produit_id, j.depot_id, j.proprietaire_type, j.date_jour
            from public.stocks_journaliers j) r
    join public.citernes c on c.id = r.citerne_id
   where (r.produit_id, r.depot_id) is distinct from (c.produit_id, c.depot_id)
  union all
  select distinct 'LIEU', c.id, c.produit_id, null, null::date, null::numeric, null::numeric, null::numeric,
    null::numeric
    from private.ecarts_lieux() e join public.citernes c on c.id = e.citerne_id
$$;
comment on function public.verifier_stocks() is
  'Every disagreement between movements, snapshot, journal and adjustments, among what the caller sees; no row: all is '
  'well. Litres. TRANSFERT_DEPOT: a transfer between depots says other litres than its movement. CITERNE: a movement '
  'or a stock says another product or depot than its tank. LIEU: what movements read of a tank is not what it is.';

create function public.verifier_comptes_partenaires() returns table (
  probleme text, depot_id uuid, produit_id uuid, partenaire_id uuid, date_jour date, attendu_ambiant numeric,
  trouve_ambiant numeric, attendu_15c numeric, trouve_15c numeric
)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  -- Whoever is not shown the accounts would take each for one that is missing.
  if auth.uid() is not null then
    perform private.exiger('lire_comptes_partenaires');
  end if;
  return query
  with par_jour as materialized (
    select m.depot_id, m.produit_id, coalesce(m.partenaire_id, '00000000-0000-0000-0000-000000000000') as partenaire_id,
           m.date_jour, sum(m.delta_ambiant) as ambiant, sum(m.delta_15c) as a_15c
      from public.v_mouvements_partenaires m group by 1, 2, 3, 4
  ), total as (
    select p.depot_id, p.produit_id, p.partenaire_id, sum(p.ambiant) as ambiant, sum(p.a_15c) as a_15c
      from par_jour p group by 1, 2, 3
  ), comptes as (
    select c.depot_id, c.produit_id, coalesce(c.partenaire_id, '00000000-0000-0000-0000-000000000000') as partenaire_id,
           c.id, c.solde_ambiant as ambiant, c.solde_15c as a_15c
      from public.comptes_partenaires c
  )
  select 'COMPTE', depot_id, produit_id, nullif(partenaire_id, '00000000-0000-0000-0000-000000000000'), null::date,
         t.ambiant, c.ambiant, t.a_15c, c.a_15c
    from total t full join comptes c using (depot_id, produit_id, partenaire_id)
   where (coalesce(t.ambiant, 0), coalesce(t.a_15c, 0)) is distinct from (coalesce(c.ambiant, 0), coalesce(c.a_15c, 0))
  union all
  select 'JOUR', depot_id, produit_id, nullif(partenaire_id, '00000000-0000-0000-0000-000000000000'), date_jour,
         p.ambiant, j.ambiant, p.a_15c, j.a_15c
    from par_jour p full join (
      select c.depot_id, c.produit_id, c.partenaire_id, j.date_jour, j.delta_ambiant as ambiant, j.delta_15c as a_15c
        from comptes c cross join lateral private.jours_du_compte(c.id) j) j
      using (depot_id, produit_id, partenaire_id, date_jour)
   where (coalesce(p.ambiant, 0), coalesce(p.a_15c, 0)) is distinct from (coalesce(j.ambiant, 0), coalesce(j.a_15c, 0))
  union all
  select 'STOCK', depot_id, produit_id, null, null, s.ambiant, c.ambiant, s.a_15c, c.a_15c
    from (select k.depot_id, k.produit_id, sum(k.stock_ambiant) as ambiant, sum(k.stock_15c) as a_15c
            from public.stocks_snapshot k where k.proprietaire_type = 'PARTENAIRE' group by 1, 2) s
    full join (select k.depot_id, k.produit_id, sum(k.ambiant) as ambiant, sum(k.a_15c) as a_15c
                 from comptes k group by 1, 2) c using (depot_id, produit_id)
   where (coalesce(s.ambiant, 0), coalesce(s.a_15c, 0)) is distinct from (coalesce(c.ambiant, 0), coalesce(c.a_15c, 0));
end;
$$;
comment on function public.verifier_comptes_partenaires() is
  'Every disagreement between the partners'' accounts, their days, their movements and the stock of owner PARTENAIRE, '
  'among what the caller sees; no row: all is well. Litres. Raises ROLE_FORBIDDEN.';

create function private.recalculer_comptes_partenaires() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  delete from private.comptes_partenaires_jours;
  delete from public.comptes_partenaires;
  perform set_config('app.stocks_journaliers_allow_write', '', true);
  perform private.porter_aux_comptes(array(
    select row(m.depot_id, m.produit_id, m.partenaire_id, m.date_jour, sum(m.delta_ambiant),
      sum(m.delta_15c))::private.part
      from public.v_mouvements_partenaires m group by m.depot_id, m.produit_id, m.partenaire_id, m.date_jour), false);
end;
$$;
comment on function private.recalculer_comptes_partenaires() is
  'Makes the partners'' accounts anew from their movements: for a database that comes from elsewhere, its movements '
  'already in it. Owner only, while nobody writes.';

create function private.mouvements_traces() returns table (mouvement_type text, dans regclass, actions text[])
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  values ('RECEPTION', 'public.receptions'::regclass, '{RECEPTION_CREEE}'::text[]),
         ('SORTIE', 'public.sorties_produit', '{SORTIE_VALIDEE}'),
         ('STOCK_INITIAL', 'public.stocks_initiaux', '{STOCK_INITIAL_DECLARE}'),
         ('TRANSFERT', 'public.transferts', '{TRANSFERT_CREE}'),
         ('TRANSFERT_DEPOT', 'public.mouvements_transferts_depots',
          '{TRANSFERT_DEPOT_EXPEDIE,TRANSFERT_DEPOT_RECU}'),
         ('DILATATION', 'public.dilatations', '{DILATATION}'),
         ('AJUSTEMENT', 'public.stocks_adjustments',
          '{STOCK_AJUSTE,RECEPTION_COMPENSEE,SORTIE_COMPENSEE,STOCK_INITIAL_COMPENSEE,TRANSFERT_COMPENSEE}'),
         ('REGULARISATION', 'public.regularisations', '{STOCK_REGULARISE}'),
         ('CESSION', 'public.cessions', '{CESSION_CREEE}'),
         ('ATTRIBUTION', 'public.attributions_partenaires', '{PARTENAIRE_ATTRIBUE}'),
         ('PRISE_DE_HAUTEUR', 'public.prises_de_hauteur', '{PRISE_DE_HAUTEUR}')
$$;
comment on function private.mouvements_traces() is
  'Rows that never change once written, and the action whose line of the log said them: one line a row, its details '
  'the whole row.';
grant execute on function private.mouvements_traces() to authenticated, service_role;

create function public.verifier_mouvements() returns table (
  probleme text, mouvement_type text, mouvement_id uuid, ligne_id uuid, constat jsonb
)
language plpgsql stable
set search_path = pg_catalog, pg_temp
set work_mem = '64MB'
as $$
declare
  v_trace record;
begin
  -- Whoever is not shown the lines would take every movement for one without.
  if row_security_active('public.log_actions'::regclass) then
    perform private.exiger_lecteur_journal();
  end if;
  for v_trace in select * from private.mouvements_traces() loop
    return query execute format($sql$
      with lignes as materialized (
        -- A line of another system says what it said there: the takeover wrote this database's own beside it.
        select l.id, coalesce((l.details ->> 'id')::uuid, l.cible_id) as de, l.details
          from public.log_actions l
         where l.action = any ($1) and l.details ->> 'reprise' is distinct from 'origine'
      ), compares as (
        -- What the line says, as a row: an older line that said less is held to what it said.
        select coalesce(t.id, l.de) as id, l.id as ligne_id, to_jsonb(t) as est,
               to_jsonb(jsonb_populate_record(t, l.details)) as dit
          from %s t full join lignes l on l.de = t.id
      ), juges as (
        select case when c.est is null then 'SANS_MOUVEMENT'
                    when c.ligne_id is null then 'SANS_LIGNE'
                    when c.est <> c.dit then 'MOUVEMENT_ALTERE'
                    when count(*) over (partition by c.id) > 1 then 'PLUSIEURS_LIGNES' end as probleme, c.*
          from compares c
         where c.ligne_id is not null or coalesce(c.est ->> 'statut', 'validee') = 'validee'
      )
      select j.probleme, $2, j.id, j.ligne_id,
             case when j.probleme = 'MOUVEMENT_ALTERE' then (
                    select jsonb_object_agg(e.key, jsonb_build_object('dit', j.dit -> e.key, 'est', e.value))
                      from jsonb_each(j.est) e where e.value is distinct from j.dit -> e.key)
                  else coalesce(j.est, j.dit) end
        from juges j where j.probleme is not null$sql$, v_trace.dans)
      using v_trace.actions, v_trace.mouvement_type;
  end loop;
end;
$$;
comment on function public.verifier_mouvements() is
  'Every movement and dip that no longer says what its line of the log said when it was validated, among what the '
  'caller sees (admin, directeur, pca; gerant: their depot); no row: none. probleme: MOUVEMENT_ALTERE (constat: each '
  'column, what the line said and what the row is), SANS_LIGNE (validated without a line), SANS_MOUVEMENT (a line '
  'whose row is gone), PLUSIEURS_LIGNES. The lines themselves are proved by verifier_journal. Raises ROLE_FORBIDDEN.';

revoke execute on function public.verifier_stocks(), public.verifier_comptes_partenaires(),
  public.verifier_mouvements() from public, anon;
grant execute on function public.verifier_stocks(), public.verifier_comptes_partenaires(), public.verifier_mouvements()
  to authenticated, service_role;
