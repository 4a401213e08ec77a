-- What leaves a tank. The litre at 15 °C decides; where the books' ambient litres then fall short, or are left over,
-- only because the fuel leaves at another temperature than it came, the difference is booked at once, in the open.

create table public.dilatations (
  id uuid primary key default private.nouvel_id(),
  mouvement_type text not null check (mouvement_type in ('SORTIE', 'TRANSFERT', 'TRANSFERT_DEPOT', 'CESSION')),
  mouvement_id uuid not null,
  citerne_id uuid not null,
  produit_id uuid not null references public.produits (id),
  depot_id uuid not null references public.depots (id),
  proprietaire_type text not null check (proprietaire_type in ('MONALUXE', 'PARTENAIRE')),
  delta_ambiant numeric(15,3) not null check (delta_ambiant <> 0 and abs(delta_ambiant) < 1e9),
  date_jour date not null check (date_jour >= '2020-01-01'),
  created_at timestamptz not null default now(),
  unique (mouvement_type, mouvement_id, date_jour),
  constraint dilatations_citerne_id_fkey foreign key (citerne_id, produit_id, depot_id)
    references public.citernes (id, produit_id, depot_id)
);
comment on table public.dilatations is
  'Litres as measured that a tank''s fuel gained (negative: lost) by its temperature, booked with the movement that '
  'showed it; no litre at 15 °C moves. Written by private.debiter_citerne only. Immutable.';
comment on column public.dilatations.mouvement_id is
  'id of sorties_produit, transferts, transferts_depots or cessions, as mouvement_type says.';
comment on column public.dilatations.delta_ambiant is
  'Litres as measured: above zero where more left than the books had, below where the last litre at 15 °C left and the '
  'books still had some.';
comment on column public.dilatations.date_jour is
  'Day it counts from, at the depot: the movement''s, or the tank''s last where what was left over is only then.';
create index dilatations_page_idx on public.dilatations (date_jour desc, id desc);
create index dilatations_citerne_idx on public.dilatations (citerne_id, date_jour desc);
create index dilatations_depot_idx on public.dilatations (depot_id, date_jour desc);
create index dilatations_produit_id_idx on public.dilatations (produit_id);

create function private.exiger_disponible(
  p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_volume numeric, p_volume_15c numeric,
  p_methode_15c text
) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock public.stocks_snapshot;
begin
  select * into v_stock from public.stocks_snapshot s
   where s.citerne_id = p_citerne_id and s.produit_id = p_produit_id and s.proprietaire_type = p_proprietaire_type;
  if not found then
    perform private.refuser(
      case when exists (select from public.stocks_snapshot) then 'SORTIE_STOCK_INTROUVABLE' else 'SNAPSHOT_VIDE' end,
      jsonb_build_object('citerne_id', p_citerne_id, 'produit_id', p_produit_id, 'proprietaire_type',
        p_proprietaire_type));
  end if;
  -- The old formula is not one that a litre at 15 °C could be trusted to: there both figures bind.
  if p_methode_15c = 'LEGACY' and p_volume > v_stock.stock_ambiant then
    perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object(
      'mesure', 'volume ambiant', 'demande', p_volume, 'disponible', v_stock.stock_ambiant));
  end if;
  if p_volume_15c > v_stock.stock_15c then
    perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object(
      'mesure', 'volume à 15 °C', 'demande', p_volume_15c, 'disponible', v_stock.stock_15c));
  end if;
end;
$$;
comment on function private.exiger_disponible(uuid, uuid, text, numeric, numeric, text) is
  'Refuses litres that the stock of a tank and owner does not have: at 15 °C, and by the method LEGACY as measured '
  'too. The caller has the lock. Raises SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, INSUFFICIENT_STOCK.';

create function private.ambiant_disponible(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date)
returns numeric
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(min(j.stock_ambiant), 0) from (
    (select coalesce((
       select v.stock_ambiant from public.stocks_journaliers v
        where v.citerne_id = p_citerne_id and v.produit_id = p_produit_id
          and v.proprietaire_type = p_proprietaire_type and v.date_jour <= p_jour
        order by v.date_jour desc limit 1), 0) as stock_ambiant)
    union all
    (select v.stock_ambiant from public.stocks_journaliers v
      where v.citerne_id = p_citerne_id and v.produit_id = p_produit_id
        and v.proprietaire_type = p_proprietaire_type and v.date_jour > p_jour)) j
$$;
comment on function private.ambiant_disponible(uuid, uuid, text, date) is
  'Litres as measured that an owner has in a tank on a day and on every later one: the least of them.';

create function private.dilater(
  p_type text, p_id uuid, p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date,
  p_delta_ambiant numeric
) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_dilatation public.dilatations;
begin
  insert into public.dilatations
    (mouvement_type, mouvement_id, citerne_id, produit_id, depot_id, proprietaire_type, delta_ambiant, date_jour)
  values (p_type, p_id, p_citerne_id, p_produit_id, p_depot_id, p_proprietaire_type, p_delta_ambiant, p_jour)
  returning * into v_dilatation;
  perform private.journaliser('DILATATION', 'stocks', 'INFO', p_id, p_depot_id,
    to_jsonb(v_dilatation) || jsonb_build_object('delta_15c', 0));
end;
$$;
comment on function private.dilater(text, uuid, uuid, uuid, uuid, text, date, numeric) is
  'Writes what a movement showed of its fuel''s expansion (litres as measured) and logs DILATATION; the stock is the '
  'caller''s to move. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

create function private.debiter_citerne(
  p_type text, p_id uuid, p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date,
  p_volume numeric, p_volume_15c numeric, p_methode_15c text
) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_norme constant boolean := p_methode_15c <> 'LEGACY';
  v_dilatation numeric := 0;
  v_reste record;
  v_ouverte text;
begin
  v_ouverte := private.exiger_periode_ouverte(p_depot_id, p_jour);
  -- Debited at once where that is all it takes; anything else is looked at in its order before it is done or refused.
  if not private.deplacer_jours(p_citerne_id, p_produit_id, p_proprietaire_type, p_jour, p_jour, p_volume,
    p_volume_15c, false) then
    perform private.exiger_disponible(p_citerne_id, p_produit_id, p_proprietaire_type, p_volume, p_volume_15c,
      p_methode_15c);
    if v_norme then
      v_dilatation := greatest(0,
        p_volume - private.ambiant_disponible(p_citerne_id, p_produit_id, p_proprietaire_type, p_jour));
    end if;
    perform private.appliquer_mouvement(p_citerne_id, p_produit_id, p_depot_id, p_proprietaire_type, p_jour,
      v_dilatation - p_volume, -p_volume_15c);
    if v_dilatation > 0 then
      perform private.dilater(p_type, p_id, p_citerne_id, p_produit_id, p_depot_id, p_proprietaire_type, p_jour,
        v_dilatation);
    end if;
  end if;
  if not v_norme then
    return;
  end if;
  select s.stock_ambiant, s.dernier_jour into v_reste from public.stocks_snapshot s
   where s.citerne_id = p_citerne_id and s.produit_id = p_produit_id and s.proprietaire_type = p_proprietaire_type
     and s.stock_15c = 0 and s.stock_ambiant > 0;
  if found then
    -- Only the last day is sure to bear it: on the days between, others of today's movements were not yet made.
    perform private.appliquer_mouvement(p_citerne_id, p_produit_id, p_depot_id, p_proprietaire_type,
      v_reste.dernier_jour,
      -v_reste.stock_ambiant, 0);
    perform private.dilater(p_type, p_id, p_citerne_id, p_produit_id, p_depot_id, p_proprietaire_type,
      v_reste.dernier_jour,
      -v_reste.stock_ambiant);
  end if;
end;
$$;
comment on function private.debiter_citerne(text, uuid, uuid, uuid, uuid, text, date, numeric, numeric, text) is
  'Takes litres from an owner''s in a tank for a sortie, a transfer or a cession: as measured and at 15 °C. By a '
  'standard, stock is refused on '
  'the litres at 15 °C alone: where the ambient ones fall short the difference is booked as a dilatation, and where '
  'the last litre at 15 °C leaves, what ambient ones are left over. The caller has the lock. Raises SNAPSHOT_VIDE, '
  'SORTIE_STOCK_INTROUVABLE, INSUFFICIENT_STOCK, STOCK_FUTUR_NEGATIF, ECRITURES_GELEES, ISOLATION_INTERDITE.';

create trigger dilatations_block before update or delete or truncate on public.dilatations
  for each statement execute function private.interdire_ecriture();

alter table public.dilatations enable row level security;
grant select on public.dilatations to authenticated, service_role;
create policy dilatations_lecture on public.dilatations for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
