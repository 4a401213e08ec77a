-- Transfer between depots: fuel that leaves a tank here and enters one there. Between the two it is owned and counted,
-- and lies in no tank.
--
--   EXPEDIE → RECU | PERDU
--
-- The document (transferts_depots) is seen from both depots. Each of its two movements is of its own depot alone, as
-- any other stock is, and never changes. Lock order: the document's row, the tank, the accounts, the numbering row.

create table public.transferts_depots (
  id uuid primary key default private.nouvel_id(),
  numero text unique,
  statut text not null default 'EXPEDIE' check (statut in ('EXPEDIE', 'RECU', 'PERDU')),
  produit_id uuid not null references public.produits (id),
  proprietaire_type text not null check (proprietaire_type in ('MONALUXE', 'PARTENAIRE')),
  partenaire_id uuid references public.partenaires (id),
  depot_source_id uuid not null references public.depots (id),
  citerne_source_id uuid not null,
  depot_destination_id uuid not null references public.depots (id),
  citerne_destination_id uuid,
  date_expedition date not null check (date_expedition >= '2020-01-01'),
  expedie_ambiant numeric(15,3) not null check (expedie_ambiant >= 0 and expedie_ambiant < 1e9),
  expedie_15c numeric(15,3) not null check (expedie_15c >= 0 and expedie_15c < 1e9),
  expedie_temperature_c numeric(6,2),
  expedie_densite_15_kgm3 numeric(10,6),
  expedie_avertissements jsonb not null default '[]',
  date_reception date,
  recu_ambiant numeric(15,3) check (recu_ambiant >= 0 and recu_ambiant < 1e9),
  recu_15c numeric(15,3) check (recu_15c >= 0 and recu_15c < 1e9),
  recu_temperature_c numeric(6,2),
  recu_densite_15_kgm3 numeric(10,6),
  recu_avertissements jsonb not null default '[]',
  franchise_pour_mille numeric(4,1),
  plaque_camion text,
  chauffeur_nom text,
  transporteur text,
  note text,
  note_reception text,
  motif_perte text,
  expedie_par uuid not null references auth.users (id),
  expedie_le timestamptz not null default now(),
  clos_par uuid references auth.users (id),
  clos_le timestamptz,
  created_at timestamptz not null default now(),
  check (depot_source_id <> depot_destination_id),
  check ((proprietaire_type = 'PARTENAIRE') = (partenaire_id is not null)),
  check (date_reception >= date_expedition),
  check ((statut = 'RECU') = (num_nulls(citerne_destination_id, date_reception, recu_ambiant, recu_15c) = 0)),
  check ((statut = 'PERDU') = (motif_perte is not null)),
  check ((statut = 'EXPEDIE') = (clos_le is null) and (clos_par is null) = (clos_le is null)),
  constraint transferts_depots_citerne_source_id_fkey foreign key (citerne_source_id, produit_id, depot_source_id)
    references public.citernes (id, produit_id, depot_id),
  constraint transferts_depots_citerne_destination_id_fkey
    foreign key (citerne_destination_id, produit_id, depot_destination_id)
    references public.citernes (id, produit_id, depot_id)
);
comment on table public.transferts_depots is
  'Fuel sent from one depot to another, and what became of it. Seen from both. Written by expedier_transfert, '
  'recevoir_transfert, declarer_perdu and the adjustments of its movements only.';
comment on column public.transferts_depots.numero is
  '{code of the depot it left}-TRD-{year}-{number}; null where that depot has no code.';
comment on column public.transferts_depots.partenaire_id is 'Whose it is, where it is a partner''s.';
comment on column public.transferts_depots.date_expedition is 'Day it left, at the depot it left.';
comment on column public.transferts_depots.expedie_ambiant is 'Litres as measured when it left, adjustments counted.';
comment on column public.transferts_depots.expedie_15c is 'The same at 15 °C.';
comment on column public.transferts_depots.date_reception is 'Day it arrived, at the depot where it did.';
comment on column public.transferts_depots.recu_ambiant is
  'Litres as measured when it arrived, adjustments counted: not what was sent.';
comment on column public.transferts_depots.recu_15c is 'The same at 15 °C.';
comment on column public.transferts_depots.franchise_pour_mille is
  'Loss on the way that nobody answers for, thousandths of what was sent, as the product had it when it was closed.';
comment on column public.transferts_depots.expedie_avertissements is
  'What was possible but unlikely when it left, [{code, phrase}]; recu_avertissements: when it arrived.';
comment on column public.transferts_depots.clos_par is 'Who received it, or declared it lost.';
create index transferts_depots_page_idx on public.transferts_depots (date_expedition desc, id desc);
create index transferts_depots_source_idx on public.transferts_depots (depot_source_id, date_expedition desc);
create index transferts_depots_destination_idx
  on public.transferts_depots (depot_destination_id, date_expedition desc);
create index transferts_depots_en_transit_idx on public.transferts_depots (date_expedition, id)
  where statut = 'EXPEDIE';
create index transferts_depots_produit_id_idx on public.transferts_depots (produit_id);
create index transferts_depots_partenaire_id_idx on public.transferts_depots (partenaire_id);
create index transferts_depots_citerne_source_id_idx on public.transferts_depots (citerne_source_id);
create index transferts_depots_citerne_destination_id_idx on public.transferts_depots (citerne_destination_id);
create index transferts_depots_expedie_par_idx on public.transferts_depots (expedie_par);
create index transferts_depots_clos_par_idx on public.transferts_depots (clos_par);

create table public.mouvements_transferts_depots (
  id uuid primary key default private.nouvel_id(),
  transfert_id uuid not null references public.transferts_depots (id),
  sens text not null check (sens in ('EXPEDITION', 'RECEPTION')),
  citerne_id uuid not null,
  produit_id uuid not null references public.produits (id),
  depot_id uuid not null references public.depots (id),
  proprietaire_type text not null check (proprietaire_type in ('MONALUXE', 'PARTENAIRE')),
  partenaire_id uuid references public.partenaires (id),
  delta_ambiant numeric(15,3) not null check (sign(delta_ambiant) = case sens when 'EXPEDITION' then -1 else 1 end),
  delta_15c numeric(15,3) not null check (sign(delta_15c) = case sens when 'EXPEDITION' then -1 else 1 end),
  temperature_ambiante_c numeric(6,2),
  temperature_echantillon_c numeric(6,2),
  densite_observee_kgm3 numeric(10,6),
  densite_a_15_kgm3 numeric(10,6),
  vcf numeric(12,8),
  methode_15c text not null,
  parametres_15c jsonb not null,
  avertissements jsonb not null default '[]',
  date_jour date not null check (date_jour >= '2020-01-01'),
  created_by uuid not null references auth.users (id),
  created_at timestamptz not null default now(),
  unique (transfert_id, sens),
  check (private.exiger_mesures('mouvements_transferts_depots', null, null, abs(delta_ambiant), abs(delta_15c),
    temperature_ambiante_c, temperature_echantillon_c, densite_observee_kgm3, densite_a_15_kgm3, vcf)),
  constraint mouvements_transferts_depots_citerne_id_fkey foreign key (citerne_id, produit_id, depot_id)
    references public.citernes (id, produit_id, depot_id)
);
comment on table public.mouvements_transferts_depots is
  'The two movements of a transfer between depots, as they were measured: out of a tank here, into one there. Each of '
  'its own depot. Immutable.';
comment on column public.mouvements_transferts_depots.delta_ambiant is 'Litres as measured, negative out.';
comment on column public.mouvements_transferts_depots.delta_15c is 'The same at 15 °C, by private.volume_15c.';
comment on column public.mouvements_transferts_depots.temperature_ambiante_c is 'Temperature of the product, °C.';
comment on column public.mouvements_transferts_depots.temperature_echantillon_c is
  'Temperature of the sample whose density was read, °C.';
comment on column public.mouvements_transferts_depots.densite_observee_kgm3 is 'Density read on the sample, kg/m³.';
comment on column public.mouvements_transferts_depots.densite_a_15_kgm3 is
  'Density at 15 °C, kg/m³: from the one observed, else as sent; of what leaves a tank, else the tank''s.';
comment on column public.mouvements_transferts_depots.parametres_15c is 'How the method was set.';
comment on column public.mouvements_transferts_depots.date_jour is 'Day of stock, at its depot.';
create index mouvements_transferts_depots_page_idx
  on public.mouvements_transferts_depots (date_jour desc, transfert_id desc, citerne_id desc);
create index mouvements_transferts_depots_citerne_idx
  on public.mouvements_transferts_depots (citerne_id, date_jour desc);
create index mouvements_transferts_depots_depot_idx on public.mouvements_transferts_depots (depot_id, date_jour desc);
create index mouvements_transferts_depots_produit_id_idx on public.mouvements_transferts_depots (produit_id);
create index mouvements_transferts_depots_partenaire_id_idx on public.mouvements_transferts_depots (partenaire_id);
create index mouvements_transferts_depots_created_by_idx on public.mouvements_transferts_depots (created_by);

create trigger transferts_depots_block before insert or update or delete or truncate on public.transferts_depots
  for each statement execute function private.stocks_reserver_ecriture();
create trigger mouvements_transferts_depots_block before update or delete or truncate
  on public.mouvements_transferts_depots for each statement execute function private.interdire_ecriture();

create function private.nom_du_depot(p_depot_id uuid) returns text
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$ select d.nom from public.depots d where d.id = p_depot_id $$;
comment on function private.nom_du_depot(uuid) is
  'Name of a depot, for who sees a transfer from or to it and not the depot itself.';
grant execute on function private.nom_du_depot(uuid) to authenticated, service_role;

create view public.v_transferts_depots with (security_invoker = true) as
  select t.*, private.nom_du_depot(t.depot_source_id) as depot_source_nom,
         private.nom_du_depot(t.depot_destination_id) as depot_destination_nom,
         private.masse_air_t(t.expedie_densite_15_kgm3, t.expedie_15c) as expedie_masse_air_t,
         private.masse_air_t(t.recu_densite_15_kgm3, t.recu_15c) as recu_masse_air_t,
         case when t.statut <> 'EXPEDIE' then t.expedie_15c - coalesce(t.recu_15c, 0) end as perte_15c,
         case when t.statut <> 'EXPEDIE'
              then round(1000 * (t.expedie_15c - coalesce(t.recu_15c, 0)) / nullif(t.expedie_15c, 0), 2)
           end as perte_pour_mille,
         round(t.expedie_15c * t.franchise_pour_mille / 1000, 3) as franchise_15c,
         case when t.statut <> 'EXPEDIE'
              then greatest(abs(t.expedie_15c - coalesce(t.recu_15c, 0))
                            - round(t.expedie_15c * t.franchise_pour_mille / 1000, 3), 0)
           end as excedent_15c
    from public.transferts_depots t;
comment on view public.v_transferts_depots is
  'Transfers between depots, with tonnes in air and, once received or lost, the loss on the way: litres at 15 °C and '
  'thousandths of what was sent (negative: more arrived), what of it nobody answers for, what lies beyond.';

create view public.v_stock_en_transit with (security_invoker = true) as
  select t.id as transfert_id, t.numero, t.depot_source_id, private.nom_du_depot(t.depot_source_id) as depot_source_nom,
         t.depot_destination_id, private.nom_du_depot(t.depot_destination_id) as depot_destination_nom, t.produit_id,
         p.nom as produit_nom, t.proprietaire_type, t.partenaire_id, n.nom as partenaire_nom,
         t.expedie_ambiant as stock_ambiant, t.expedie_15c as stock_15c, t.expedie_densite_15_kgm3 as densite_15_kgm3,
         private.masse_vide_t(t.expedie_densite_15_kgm3, t.expedie_15c) as masse_vide_t,
         private.masse_air_t(t.expedie_densite_15_kgm3, t.expedie_15c) as masse_air_t,
         t.plaque_camion, t.date_expedition, t.expedie_le
    from public.transferts_depots t
    join public.produits p on p.id = t.produit_id
    left join public.partenaires n on n.id = t.partenaire_id
   where t.statut = 'EXPEDIE';
comment on view public.v_stock_en_transit is
  'Fuel on its way from one depot to another: owned and counted, in no tank and on no account. Litres as measured when '
  'it left and at 15 °C, tonnes. With the stocks of the depots it makes all that is owned.';

alter table public.transferts_depots enable row level security;
alter table public.mouvements_transferts_depots enable row level security;
grant select on public.transferts_depots, public.mouvements_transferts_depots, public.v_transferts_depots,
  public.v_stock_en_transit to authenticated, service_role;
create policy transferts_depots_lecture on public.transferts_depots for select to authenticated
  using (depot_source_id = any ((select private.depots_visibles())::uuid[])
         or depot_destination_id = any ((select private.depots_visibles())::uuid[]));
create policy mouvements_transferts_depots_lecture on public.mouvements_transferts_depots for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
