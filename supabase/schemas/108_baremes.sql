-- Gauge tables: how many litres stand in a tank at each height, as whoever calibrated it measured.
--
--   BROUILLON → ACTIF → REMPLACE   a version is imported, put into force (admin, directeur), then replaced by the next
--
-- What a dip was computed by never changes: only a draft's points do.

create table public.baremes (
  id uuid primary key default private.nouvel_id(),
  citerne_id uuid not null,
  produit_id uuid not null,
  depot_id uuid not null references public.depots (id),
  version int not null,
  statut text not null default 'BROUILLON' check (statut in ('BROUILLON', 'ACTIF', 'REMPLACE')),
  certificat text not null check (btrim(certificat) <> ''),
  organisme text,
  valide_du date not null,
  valide_au date check (valide_au > valide_du),
  hauteur_max_mm numeric(8,1) not null check (hauteur_max_mm > 0 and hauteur_max_mm <= 100000),
  temperature_reference_c numeric(5,2) not null default 20 check (temperature_reference_c between -50 and 150),
  coefficient_acier numeric(10,9) not null default 0.0000112 check (coefficient_acier between 0 and 0.0001),
  calorifugee boolean not null default false,
  toit_masse_kg numeric(10,1) check (toit_masse_kg > 0 and toit_masse_kg < 1e7),
  toit_densite_kgm3 numeric(7,2) check (toit_densite_kgm3 between 400 and 1300),
  toit_repose_mm numeric(8,1) check (toit_repose_mm >= 0),
  toit_flotte_mm numeric(8,1),
  incertitude_pour_mille numeric(6,2) not null default 2 check (incertitude_pour_mille between 0 and 100),
  incertitude_hauteur_mm numeric(5,1) not null default 3 check (incertitude_hauteur_mm between 0 and 100),
  incertitude_temperature_c numeric(4,2) not null default 0.5 check (incertitude_temperature_c between 0 and 10),
  incertitude_densite_kgm3 numeric(5,2) not null default 0.5 check (incertitude_densite_kgm3 between 0 and 50),
  created_by uuid not null references auth.users (id),
  active_par uuid references auth.users (id),
  active_le timestamptz,
  created_at timestamptz not null default now(),
  unique (citerne_id, version),
  check (num_nonnulls(toit_masse_kg, toit_repose_mm, toit_flotte_mm) in (0, 3)),
  check (toit_densite_kgm3 is null or toit_masse_kg is not null),
  check (toit_flotte_mm > toit_repose_mm and toit_flotte_mm <= hauteur_max_mm),
  check ((statut = 'BROUILLON') = (active_le is null)),
  constraint baremes_citerne_id_fkey foreign key (citerne_id, produit_id, depot_id)
    references public.citernes (id, produit_id, depot_id)
);
comment on table public.baremes is
  'Gauge table of a tank, one version a calibration: its points in baremes_points. One in force a tank.';
comment on column public.baremes.certificat is 'Number of the certificate it comes from.';
comment on column public.baremes.organisme is 'Who calibrated the tank.';
comment on column public.baremes.valide_du is 'Day from which it counts; until then the one before it does.';
comment on column public.baremes.valide_au is
  'Last day of the certificate: a dip after it is warned of. Null: not said.';
comment on column public.baremes.hauteur_max_mm is 'Highest liquid that may be gauged, mm.';
comment on column public.baremes.temperature_reference_c is 'Temperature of the shell the table was made for, °C.';
comment on column public.baremes.coefficient_acier is 'Linear expansion of the shell per °C: 1.12e-5 for mild steel.';
comment on column public.baremes.calorifugee is 'Insulated: its shell is as warm as its liquid.';
comment on column public.baremes.toit_masse_kg is 'Weight of its floating roof, kg; null: none.';
comment on column public.baremes.toit_densite_kgm3 is
  'Density that the table took the roof''s displacement off with, kg/m³; null: an open table, which took off nothing.';
comment on column public.baremes.toit_repose_mm is 'Height of liquid up to which the roof stands on its legs, mm.';
comment on column public.baremes.toit_flotte_mm is 'Height from which it floats; between the two no gauge is exact.';
comment on column public.baremes.incertitude_pour_mille is
  'What the certificate says the table may be wrong by, thousandths of the volume, at 95 %.';
comment on column public.baremes.incertitude_hauteur_mm is 'What the tape and its reader may be wrong by, mm, at 95 %.';
comment on column public.baremes.incertitude_temperature_c is 'The same of the tank''s thermometer, °C.';
comment on column public.baremes.incertitude_densite_kgm3 is 'The same of the hydrometer, kg/m³.';
comment on column public.baremes.active_le is 'When it was put into force; null for a draft.';
create unique index baremes_actif_key on public.baremes (citerne_id) where statut = 'ACTIF';
create index baremes_produit_id_idx on public.baremes (produit_id);
create index baremes_depot_id_idx on public.baremes (depot_id);
create index baremes_created_by_idx on public.baremes (created_by);
create index baremes_active_par_idx on public.baremes (active_par);

create table public.baremes_points (
  bareme_id uuid not null references public.baremes (id),
  hauteur_mm numeric(8,1) not null check (hauteur_mm >= 0 and hauteur_mm <= 100000),
  volume_l numeric(15,3) not null check (volume_l >= 0 and volume_l < 1e9),
  depot_id uuid not null references public.depots (id),
  primary key (bareme_id, hauteur_mm)
);
comment on table public.baremes_points is
  'Points of a gauge table, strictly rising from 0 mm; between two it is a straight line. Written by importer_bareme.';
comment on column public.baremes_points.volume_l is
  'Litres in the tank at this height; at 0 mm, what lies below the plate.';
create index baremes_points_depot_id_idx on public.baremes_points (depot_id);

create function private.volume_au_bareme(p_bareme_id uuid, p_hauteur_mm numeric)
returns table (volume_l numeric, pente_l_mm numeric)
language sql stable rows 1
begin atomic
  select case when bas.hauteur_mm = p_hauteur_mm then bas.volume_l
              else bas.volume_l + (haut.volume_l - bas.volume_l) * (p_hauteur_mm - bas.hauteur_mm)
                / (haut.hauteur_mm - bas.hauteur_mm) end,
         coalesce((haut.volume_l - bas.volume_l) / (haut.hauteur_mm - bas.hauteur_mm),
           (bas.volume_l - avant.volume_l) / (bas.hauteur_mm - avant.hauteur_mm))
    from (select b.hauteur_mm, b.volume_l from public.baremes_points b
           where b.bareme_id = p_bareme_id and b.hauteur_mm <= p_hauteur_mm
           order by b.hauteur_mm desc limit 1) bas
    left join lateral (select h.hauteur_mm, h.volume_l from public.baremes_points h
           where h.bareme_id = p_bareme_id and h.hauteur_mm > p_hauteur_mm
           order by h.hauteur_mm limit 1) haut on true
    left join lateral (select a.hauteur_mm, a.volume_l from public.baremes_points a
           where haut.hauteur_mm is null and a.bareme_id = p_bareme_id and a.hauteur_mm < bas.hauteur_mm
           order by a.hauteur_mm desc limit 1) avant on true;
end;
comment on function private.volume_au_bareme(uuid, numeric) is
  'Litres of a gauge table at a height (mm), on the straight line between its two points, and how many litres a '
  'millimetre is worth there; null above its last point. A parsed body: it is inlined.';

create function private.bareme_du_jour(p_citerne_id uuid, p_jour date) returns public.baremes
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_bareme public.baremes;
begin
  select * into v_bareme from public.baremes b
   where b.citerne_id = p_citerne_id and b.statut <> 'BROUILLON' and b.valide_du <= p_jour
   order by b.statut = 'ACTIF' desc, b.active_le desc limit 1;
  if not found then
    perform private.refuser('BAREME_ABSENT', jsonb_build_object('jour', p_jour));
  end if;
  return v_bareme;
end;
$$;
comment on function private.bareme_du_jour(uuid, date) is
  'The gauge table a tank is read with on a day: the one in force, or where it counts from a later day only the one '
  'before it. Raises BAREME_ABSENT.';

create function private.baremes_avant_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('tenir_baremes');
  -- Versions of one tank are numbered one after the other.
  perform private.verrouiller_citernes(new.citerne_id);
  select c.produit_id, c.depot_id into new.produit_id, new.depot_id
    from public.citernes c
   where c.id = new.citerne_id and c.depot_id = any (private.depots_visibles())
     for key share;
  if not found then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', new.citerne_id));
  end if;
  select coalesce(max(b.version), 0) + 1 into new.version from public.baremes b where b.citerne_id = new.citerne_id;
  new.statut := 'BROUILLON';
  new.active_par := null;
  new.active_le := null;
  new.created_by := auth.uid();
  new.created_at := now();
  return new;
end;
$$;
comment on function private.baremes_avant_insert() is
  'A draft, the next version of its tank. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, '
  'ISOLATION_INTERDITE.';

create function private.baremes_proteger() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if current_setting('app.baremes_allow_write', true) is distinct from '1' or not private.possede(tg_relid) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return null;
end;
$$;
comment on function private.baremes_proteger() is
  'Gauge tables change by importer_bareme and activer_bareme only, whoever writes. Raises ECRITURE_INTERDITE.';
grant execute on function private.baremes_proteger() to authenticated, service_role;

create trigger baremes_before_insert before insert on public.baremes
  for each row execute function private.baremes_avant_insert();
create trigger baremes_after_insert after insert on public.baremes
  for each row execute function private.journaliser_creation('BAREME_CREE', 'baremes', 'INFO');
create trigger baremes_block before update or delete or truncate on public.baremes
  for each statement execute function private.baremes_proteger();
create trigger baremes_points_block before insert or update or delete or truncate on public.baremes_points
  for each statement execute function private.baremes_proteger();

create view public.v_baremes with (security_invoker = true) as
  select b.*, c.nom as citerne_nom, p.points, p.volume_max_l
    from public.baremes b
    join public.citernes c on c.id = b.citerne_id
   cross join lateral (select count(*)::int as points, max(n.volume_l) as volume_max_l
                         from public.baremes_points n where n.bareme_id = b.id) p;
comment on view public.v_baremes is
  'Gauge tables with their tank''s name, how many points they have and their last, litres.';

alter table public.baremes enable row level security;
alter table public.baremes_points enable row level security;
grant select on public.baremes, public.baremes_points, public.v_baremes to authenticated, service_role;
grant insert (id, citerne_id, certificat, organisme, valide_du, valide_au, hauteur_max_mm, temperature_reference_c,
              coefficient_acier, calorifugee, toit_masse_kg, toit_densite_kgm3, toit_repose_mm, toit_flotte_mm,
              incertitude_pour_mille, incertitude_hauteur_mm, incertitude_temperature_c, incertitude_densite_kgm3)
  on public.baremes to authenticated;
create policy baremes_lecture on public.baremes for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
create policy baremes_creation on public.baremes for insert to authenticated
  with check ((select private.peut('tenir_baremes')));
create policy baremes_points_lecture on public.baremes_points for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
