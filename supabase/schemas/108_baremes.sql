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

create function private.baremes_journaliser() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.journaliser('BAREME_CREE', 'baremes', 'INFO', new.id, new.depot_id, to_jsonb(new));
  return null;
end;
$$;
comment on function private.baremes_journaliser() is 'Logs BAREME_CREE.';

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
  for each row execute function private.baremes_journaliser();
create trigger baremes_block before update or delete or truncate on public.baremes
  for each statement execute function private.baremes_proteger();
create trigger baremes_points_block before insert or update or delete or truncate on public.baremes_points
  for each statement execute function private.baremes_proteger();

create function private.bareme_a_changer(p_id uuid) returns public.baremes
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_bareme public.baremes;
begin
  perform private.exiger('tenir_baremes');
  select * into v_bareme from public.baremes b
   where b.id = p_id and b.depot_id = any (private.depots_visibles()) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce barème'));
  end if;
  if v_bareme.statut <> 'BROUILLON' then
    perform private.refuser('BAREME_ETAT', jsonb_build_object('statut', v_bareme.statut));
  end if;
  return v_bareme;
end;
$$;
comment on function private.bareme_a_changer(uuid) is
  'A draft of a gauge table, locked. Raises ROLE_FORBIDDEN, INTROUVABLE, BAREME_ETAT.';

create function private.nombre_lu(p_texte text) returns numeric
language sql immutable
set search_path = pg_catalog, pg_temp
return case when replace(regexp_replace(p_texte, '[\s\u00a0\u202f]', '', 'g'), ',', '.') ~ '^\d{1,12}(\.\d{1,6})?$'
  then replace(regexp_replace(p_texte, '[\s\u00a0\u202f]', '', 'g'), ',', '.')::numeric end;
comment on function private.nombre_lu(text) is
  'A number of zero or more as people write it in a table: decimal point or comma, blanks between thousands. Null '
  'where it is none.';

create function private.lire_bareme(p_csv text)
returns table (ligne int, hauteur_mm numeric, volume_l numeric, faute text)
language plpgsql immutable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lignes constant text[] := string_to_array(replace(ltrim(p_csv, E'\ufeff'), E'\r', ''), E'\n');
  v_entete text[];
  v_separateur text;
  v_champs text[];
  v_hauteur numeric;
  v_volume numeric;
  v_ligne int;
  v_lues int := 0;
begin
  v_separateur := case when v_lignes[1] like '%;%' then ';' when v_lignes[1] like E'%\t%' then E'\t' else ',' end;
  v_entete := string_to_array(lower(regexp_replace(v_lignes[1], '[\s"]', '', 'g')), v_separateur);
  if v_separateur = E'\t' then
    v_entete := regexp_split_to_array(lower(btrim(replace(v_lignes[1], '"', ''))), '\t');
  end if;
  if cardinality(v_entete) is distinct from 2 or v_entete[1] not in ('hauteur_mm', 'hauteur_cm')
     or v_entete[2] not in ('volume_l', 'volume_m3') then
    return query select 1, null::numeric, null::numeric,
      'la première ligne doit nommer les deux colonnes : hauteur_mm (ou hauteur_cm) ; volume_l (ou volume_m3)';
    return;
  end if;
  for v_rang in 2..cardinality(v_lignes) loop
    continue when btrim(v_lignes[v_rang], E' \t;,"') = '';
    ligne := v_rang;
    v_champs := string_to_array(replace(v_lignes[v_rang], '"', ''), v_separateur);
    hauteur_mm := private.nombre_lu(v_champs[1]) * case v_entete[1] when 'hauteur_cm' then 10 else 1 end;
    volume_l := private.nombre_lu(v_champs[2]) * case v_entete[2] when 'volume_m3' then 1000 else 1 end;
    faute := case
      when cardinality(v_champs) <> 2 then format('deux nombres sont attendus, séparés par « %s »', v_separateur)
      when hauteur_mm is null then format('« %s » n''est pas une hauteur', left(btrim(v_champs[1]), 40))
      when volume_l is null then format('« %s » n''est pas un volume', left(btrim(v_champs[2]), 40))
      when hauteur_mm > 100000 or round(hauteur_mm, 1) <> hauteur_mm
        then 'une hauteur s''écrit au dixième de millimètre, sous 100 m'
      when volume_l >= 1e9 or round(volume_l, 3) <> volume_l then
        'un volume s''écrit au millilitre, sous un million de m³'
      when v_lues = 0 and hauteur_mm <> 0 then 'un barème commence à la hauteur 0'
      when hauteur_mm <= v_hauteur
        then format('la hauteur ne monte pas : %s mm à la ligne %s', private.nombre_fr(v_hauteur), v_ligne)
      when volume_l <= v_volume
        then format('le volume ne monte pas : %s L à la ligne %s', private.nombre_fr(v_volume), v_ligne) end;
    return next;
    v_lues := v_lues + 1;
    -- What is wrong is not compared with: one mistake is one fault.
    if faute is null then
      v_hauteur := hauteur_mm;
      v_volume := volume_l;
      v_ligne := ligne;
    end if;
  end loop;
end;
$$;
comment on function private.lire_bareme(text) is
  'Points of a gauge table written as CSV, a row each with its line in the file: heights in mm (or cm), litres (or m³) '
  'as its first line names them, separated by semicolons, tabs or commas. faute says in French what is wrong of a '
  'line: no number, not rising, not from 0.';

create function public.importer_bareme(p_id uuid, p_csv text) returns int
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  c_maximum constant int := 100000;
  v_bareme constant public.baremes := private.bareme_a_changer(p_id);
  v_fautes jsonb;
  v_points int;
  v_dernier numeric;
begin
  if char_length(p_csv) > 2e6 then
    perform private.refuser('TROP_DE_LIGNES', jsonb_build_object('lignes', regexp_count(p_csv, E'\n'),
      'maximum', c_maximum));
  end if;
  select count(*) filter (where l.faute is null), max(l.hauteur_mm) filter (where l.faute is null),
         jsonb_agg(jsonb_build_object('path', format('ligne %s', l.ligne), 'message', l.faute) order by l.ligne)
           filter (where l.faute is not null)
    into v_points, v_dernier, v_fautes
    from private.lire_bareme(coalesce(p_csv, '')) l;
  if v_fautes is null and v_points < 2 then
    v_fautes := '[{"path": "csv", "message": "un barème a deux points au moins"}]';
  elsif v_fautes is null and v_dernier < v_bareme.hauteur_max_mm then
    v_fautes := jsonb_build_array(jsonb_build_object('path', 'csv', 'message', format(
      'le barème s''arrête à %s mm, sous la hauteur maximale de %s mm', private.nombre_fr(v_dernier),
      private.nombre_fr(v_bareme.hauteur_max_mm))));
  end if;
  if v_fautes is not null then
    perform private.refuser('BAREME_INVALIDE', jsonb_build_object('combien', jsonb_array_length(v_fautes),
      'premiere', format('%s : %s', v_fautes -> 0 ->> 'path', v_fautes -> 0 ->> 'message'),
      'erreurs', (select jsonb_agg(f.faute order by f.rang) from jsonb_array_elements(v_fautes)
        with ordinality f (faute, rang)
                   where f.rang <= 200)));
  end if;
  perform set_config('app.baremes_allow_write', '1', true);
  delete from public.baremes_points p where p.bareme_id = p_id;
  insert into public.baremes_points (bareme_id, hauteur_mm, volume_l, depot_id)
  select p_id, l.hauteur_mm, l.volume_l, v_bareme.depot_id from private.lire_bareme(p_csv) l;
  perform set_config('app.baremes_allow_write', '', true);
  perform private.journaliser('BAREME_IMPORTE', 'baremes', 'INFO', p_id, v_bareme.depot_id, jsonb_build_object(
    'citerne_id', v_bareme.citerne_id, 'version', v_bareme.version, 'points', v_points,
    'empreinte', encode(sha256(convert_to(p_csv, 'UTF8')), 'hex')));
  return v_points;
end;
$$;
comment on function public.importer_bareme(uuid, text) is
  'Puts the points of a CSV into a draft, in the place of those it had (admin, directeur): all of them or none. '
  'Answers with how many. Logs BAREME_IMPORTE with the sum of the file. Raises ROLE_FORBIDDEN, INTROUVABLE, '
  'BAREME_ETAT, TROP_DE_LIGNES, BAREME_INVALIDE (detail.erreurs: line by line), ECRITURES_GELEES, ISOLATION_INTERDITE.';

create function public.activer_bareme(p_id uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_bareme public.baremes := private.bareme_a_changer(p_id);
  v_ancien uuid;
begin
  perform private.verrouiller_citernes(v_bareme.citerne_id);
  if not exists (select from public.baremes_points p where p.bareme_id = p_id) then
    perform private.refuser('BAREME_INVALIDE', jsonb_build_object('combien', 1, 'premiere',
      'aucun point n''a été importé', 'erreurs',
      '[{"path": "csv", "message": "aucun point n''a été importé"}]'::jsonb));
  end if;
  perform set_config('app.baremes_allow_write', '1', true);
  update public.baremes b set statut = 'REMPLACE'
   where b.citerne_id = v_bareme.citerne_id and b.statut = 'ACTIF' returning b.id into v_ancien;
  update public.baremes b set statut = 'ACTIF', active_par = auth.uid(), active_le = now()
   where b.id = p_id returning * into v_bareme;
  perform set_config('app.baremes_allow_write', '', true);
  perform private.journaliser('BAREME_ACTIVE', 'baremes', 'WARNING', p_id, v_bareme.depot_id,
    to_jsonb(v_bareme) || jsonb_build_object('remplace', v_ancien));
end;
$$;
comment on function public.activer_bareme(uuid) is
  'Puts a draft into force (admin, directeur); the one that was is replaced. Logs BAREME_ACTIVE. Raises '
  'ROLE_FORBIDDEN, INTROUVABLE, BAREME_ETAT, BAREME_INVALIDE, ISOLATION_INTERDITE, ECRITURES_GELEES.';
revoke execute on function public.importer_bareme(uuid, text), public.activer_bareme(uuid) from public, anon;
grant execute on function public.importer_bareme(uuid, text), public.activer_bareme(uuid) to authenticated;

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
