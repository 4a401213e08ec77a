-- What a lot costs beyond its price, and what each litre then comes to: freight, customs, demurrage.

create table public.frais_lot (
  id uuid primary key default private.nouvel_id(),
  lot_id uuid not null references public.fournisseur_lot (id),
  type text not null check (type in ('FRET', 'DOUANE', 'SURESTARIES', 'STOCKAGE', 'INSPECTION', 'AUTRE')),
  montant numeric(18,2) not null check (montant > 0 and montant < 1e13),
  devise text not null default 'USD' check (devise in ('USD', 'CDF')),
  taux_cdf numeric(18,6) check (taux_cdf > 0 and taux_cdf < 1e9),
  montant_usd numeric(18,2) not null generated always as
    (case devise when 'USD' then montant else round(montant / taux_cdf, 2) end) stored check (montant_usd < 1e13),
  reference text,
  tiers text,
  motif_annulation text,
  annule_par uuid references auth.users (id),
  created_by uuid references auth.users (id),
  created_at timestamptz not null default now(),
  check (devise = 'USD' or taux_cdf is not null),
  check ((motif_annulation is null) = (annule_par is null))
);
comment on table public.frais_lot is
  'What a lot costs beyond its price. For its cost only: no account is written. One typed wrong is cancelled with its '
  'reason, and typed again.';
comment on column public.frais_lot.taux_cdf is 'CDF for one USD, of costs in CDF.';
comment on column public.frais_lot.tiers is 'Who is paid.';
create index frais_lot_lot_id_idx on public.frais_lot (lot_id);
create index frais_lot_annule_par_idx on public.frais_lot (annule_par);
create index frais_lot_created_by_idx on public.frais_lot (created_by);
create index frais_lot_page_idx on public.frais_lot (created_at desc, id desc);
create trigger frais_lot_gel before insert or update on public.frais_lot
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger frais_lot_block before delete or truncate on public.frais_lot
  for each statement execute function private.interdire_ecriture();

create function public.ajouter_frais_lot(p_lot_id uuid, p_frais jsonb) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_frais public.frais_lot;
begin
  perform private.exiger('ecrire_frais_lot');
  perform private.exiger_lot_finance(p_lot_id);
  v_frais := jsonb_populate_record(null::public.frais_lot,
    private.seulement(p_frais, '{type,montant,devise,taux_cdf,reference,tiers}'));
  if v_frais.devise = 'CDF' and v_frais.taux_cdf is null then
    perform private.refuser('TAUX_REQUIS');
  end if;
  insert into public.frais_lot (lot_id, type, montant, devise, taux_cdf, reference, tiers, created_by)
  values (p_lot_id, v_frais.type, v_frais.montant, coalesce(v_frais.devise, 'USD'), v_frais.taux_cdf, v_frais.reference,
    v_frais.tiers, auth.uid())
  returning * into v_frais;
  perform private.journaliser('FRAIS_AJOUTE', 'lots', 'INFO', v_frais.id, null, to_jsonb(v_frais));
  return v_frais.id;
end;
$$;
comment on function public.ajouter_frais_lot(uuid, jsonb) is
  'A cost of a lot whose money the caller sees {type, montant, devise, taux_cdf, reference, tiers}. Raises '
  'ROLE_FORBIDDEN, FORME_INATTENDUE, ISOLATION_INTERDITE, INTROUVABLE, ECRITURES_GELEES, TAUX_REQUIS.';

create function public.annuler_frais_lot(p_id uuid, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_frais public.frais_lot;
begin
  perform private.exiger('ecrire_frais_lot');
  perform private.exiger_motif(p_motif, 3);
  select * into v_frais from public.frais_lot f where f.id = p_id;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ces frais'));
  end if;
  perform private.exiger_lot_finance(v_frais.lot_id);
  update public.frais_lot f set motif_annulation = private.texte_net(p_motif), annule_par = auth.uid()
   where f.id = p_id and f.motif_annulation is null;
  if not found then
    perform private.refuser('FRAIS_ANNULE');
  end if;
  perform private.journaliser('FRAIS_ANNULE', 'lots', 'WARNING', p_id, null,
    jsonb_build_object('motif', p_motif, 'avant', to_jsonb(v_frais)));
end;
$$;
comment on function public.annuler_frais_lot(uuid, text) is
  'A cost typed wrong counts no more, with the reason. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, MOTIF_REQUIS, '
  'INTROUVABLE, ECRITURES_GELEES, FRAIS_ANNULE.';

alter table public.frais_lot enable row level security;
grant select on public.frais_lot to authenticated, service_role;
create policy frais_lot_lecture on public.frais_lot for select to authenticated
  using ((select private.peut('lire_finance'))
         and ((select private.peut('voir_tous_depots')) or lot_id = any ((select private.lots_finances())::uuid[])));

-- Demurrage and cost --------------------------------------------------------------------------------------------------

create view public.v_surestaries with (security_invoker = true) as
  select c.id as cours_de_route_id, c.plaque_camion, l.id as fournisseur_lot_id,
         p.id as proforma_id, j.arrive_le, j.decharge_le, p.jours_franchise,
         coalesce(j.decharge_le, j.aujourdhui) - j.arrive_le as jours,
         greatest(coalesce(j.decharge_le, j.aujourdhui) - j.arrive_le - p.jours_franchise, 0) as jours_comptes,
         p.surestaries_usd_jour,
         greatest(coalesce(j.decharge_le, j.aujourdhui) - j.arrive_le - p.jours_franchise, 0)
           * p.surestaries_usd_jour as montant_usd
    from public.proformas p
    join public.fournisseur_lot l on l.proforma_id = p.id
    join public.cours_de_route c on c.fournisseur_lot_id = l.id and c.statut in ('ARRIVE', 'DECHARGE')
    join public.cdr_etapes a on a.cours_de_route_id = c.id and a.statut = 'ARRIVE'
    left join public.cdr_etapes d on d.cours_de_route_id = c.id and d.statut = 'DECHARGE'
   cross join lateral (select private.jour_au_depot(c.depot_destination_id, a.depuis) as arrive_le,
                              private.jour_au_depot(c.depot_destination_id, d.depuis) as decharge_le,
                              private.jour_au_depot(c.depot_destination_id, now()) as aujourdhui) j;
comment on view public.v_surestaries is
  'Days each truck waited at its depot between its arrival and its unloading (or today), by the depot''s calendar, and '
  'what those beyond the allowance cost by the proforma (USD): proposed, not yet a cost of the lot.';

create function private.cout_de_lot(p_lot_id uuid)
returns table (volume_15c numeric, achat_usd numeric, frais_usd numeric, surestaries_proposees_usd numeric)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  select coalesce((select sum(q.volume_15c) from public.cours_de_route c
                     join public.receptions r on r.cours_de_route_id = c.id and r.statut = 'validee'
                      and r.proprietaire_type = 'MONALUXE'
                    cross join lateral private.quantites_reception(r.id) q where c.fournisseur_lot_id = p_lot_id), 0),
         (select sum(case f.type when 'AVOIR' then -f.montant_total_usd else f.montant_total_usd end)
            from public.fournisseur_facture_lot_min f
           where f.fournisseur_lot_id = p_lot_id and f.validated_at is not null),
         coalesce((select sum(x.montant_usd) from public.frais_lot x
                    where x.lot_id = p_lot_id and x.motif_annulation is null), 0),
         coalesce((select sum(s.montant_usd) from public.v_surestaries s where s.fournisseur_lot_id = p_lot_id), 0);
end;
$$;
comment on function private.cout_de_lot(uuid) is
  'Of a lot: litres at 15 °C received for Monaluxe, adjustments counted; its validated invoice less credit notes (null '
  'before), its costs, and the demurrage proposed for its trucks (USD).';
grant execute on function private.cout_de_lot(uuid) to authenticated, service_role;

create view public.v_cout_revient_lot with (security_invoker = true) as
  select l.id as lot_id, l.fournisseur_id, l.produit_id, l.reference, l.statut, c.volume_15c, c.achat_usd, c.frais_usd,
         c.surestaries_proposees_usd, c.achat_usd + c.frais_usd as cout_usd,
         round((c.achat_usd + c.frais_usd) / nullif(c.volume_15c, 0), 6) as usd_par_l15, l.created_at
    from public.fournisseur_lot l cross join lateral private.cout_de_lot(l.id) c
   where (select private.peut('lire_finance'))
     and ((select private.peut('voir_tous_depots')) or l.id = any ((select private.lots_finances())::uuid[]));
comment on view public.v_cout_revient_lot is
  'What each litre at 15 °C of a lot comes to (USD): its invoice and costs over what was received; null before it is '
  'invoiced.';

create view public.v_couverture_sblc with (security_invoker = true) as
  select f.id as fournisseur_id, f.nom, s.couverture_usd, e.dette_usd, e.engage_usd, e.dette_usd + e.engage_usd as
           exposition_usd,
         case when s.couverture_usd >= e.dette_usd + e.engage_usd then 'COUVERT'
              when s.couverture_usd > 0 then 'PARTIEL' else 'NON_COUVERT' end as statut, s.prochaine_fin
    from public.fournisseurs f
   cross join lateral (
     select coalesce(sum(x.montant) filter (where x.devise = 'USD'), 0) as couverture_usd,
            min(x.date_fin) as prochaine_fin
       from public.sblc x
      where x.fournisseur_id = f.id and x.statut = 'ACTIVE'
        and (select private.aujourdhui()) between x.date_debut and x.date_fin) s
   cross join lateral (
     select greatest(coalesce((select t.solde from public.v_soldes_tiers t
                                where t.fournisseur_id = f.id and t.devise = 'USD'), 0), 0) as dette_usd,
            coalesce((select sum(greatest(round(p.quantite * p.prix_usd, 2) - coalesce((
                        select sum(i.montant_total_usd) from public.fournisseur_facture_lot_min i
                          join public.fournisseur_lot l on l.id = i.fournisseur_lot_id
                         where l.proforma_id = p.id and i.type = 'FACTURE' and i.validated_at is not null), 0), 0))
                        from public.proformas p
                       where p.fournisseur_id = f.id and p.statut in ('ACTIVE', 'EN_EXECUTION')), 0) as engage_usd) e
   where (select private.peut('lire_comptes'));
comment on view public.v_couverture_sblc is
  'What the banks guarantee each supplier against what we owe them and have committed to (USD). For information only.';
grant select on public.v_surestaries, public.v_cout_revient_lot, public.v_couverture_sblc
  to authenticated, service_role;

revoke execute on function public.ajouter_frais_lot(uuid, jsonb), public.annuler_frais_lot(uuid, text)
  from public, anon;
grant execute on function public.ajouter_frais_lot(uuid, jsonb), public.annuler_frais_lot(uuid, text)
  to authenticated;
