-- Physical count: what a dip finds in a tank, beside what the books said when it was read. It moves no stock: a
-- régularisation does.
--
-- By heights, the whole chain of astm.jaugeage through the tank's gauge table; or, as the app of today writes it,
-- litres that somebody else computed. Compared at 15 °C wherever a temperature was read: warmer fuel is no more fuel.

alter table public.citernes
  add column tolerance_inventaire_pour_mille numeric(6,2) not null default 5
    check (tolerance_inventaire_pour_mille >= 0 and tolerance_inventaire_pour_mille <= 1000);
comment on column public.citernes.tolerance_inventaire_pour_mille is
  'Gap between dip and books, in thousandths of the books, beyond which a count is flagged.';

create trigger citernes_before_update_tolerance before update on public.citernes
  for each row when (old.tolerance_inventaire_pour_mille is distinct from new.tolerance_inventaire_pour_mille)
  execute function private.mesures_proteger();
create trigger citernes_journal_nom after update on public.citernes
  for each row when (old.tolerance_inventaire_pour_mille is not distinct from new.tolerance_inventaire_pour_mille)
  execute function private.referentiel_journaliser('CITERNE', 'INFO');
create trigger citernes_journal_mesure after update on public.citernes
  for each row when (old.tolerance_inventaire_pour_mille is distinct from new.tolerance_inventaire_pour_mille)
  execute function private.referentiel_journaliser('CITERNE', 'WARNING');

create table public.prises_de_hauteur (
  id uuid primary key default private.nouvel_id(),
  citerne_id uuid not null,
  produit_id uuid not null,
  depot_id uuid not null references public.depots (id),
  type text not null default 'INVENTAIRE'
    check (type in ('OUVERTURE', 'FERMETURE', 'AVANT', 'APRES', 'INVENTAIRE')),
  mesuree_le timestamptz,
  hauteur_totale_mm numeric(8,1) check (hauteur_totale_mm >= 0 and hauteur_totale_mm <= 100000),
  hauteur_eau_mm numeric(8,1) check (hauteur_eau_mm >= 0 and hauteur_eau_mm <= 100000),
  temperature_c numeric(6,2) check (temperature_c between -50 and 150),
  temperature_echantillon_c numeric(6,2) check (temperature_echantillon_c between -50 and 150),
  temperature_air_c numeric(6,2) check (temperature_air_c between -60 and 70),
  densite_observee_kgm3 numeric(10,6) check (densite_observee_kgm3 between 400 and 1300),
  densite_a_15_kgm3 numeric(10,6) check (densite_a_15_kgm3 between 400 and 1300),
  eau_sediments_pour_cent numeric(6,3) not null default 0
    check (eau_sediments_pour_cent >= 0 and eau_sediments_pour_cent < 100),
  bareme_id uuid references public.baremes (id),
  volume_total_l numeric(15,3) check (volume_total_l >= 0 and volume_total_l < 1e9),
  volume_eau_l numeric(15,3) check (volume_eau_l >= 0 and volume_eau_l < 1e9),
  ctsh numeric(10,8) check (ctsh between 0.9 and 1.1),
  volume_toit_l numeric(15,3) check (abs(volume_toit_l) < 1e9),
  volume_brut_l numeric(15,3) check (volume_brut_l >= 0 and volume_brut_l < 1e9),
  volume_mesure numeric(15,3) not null check (volume_mesure >= 0 and volume_mesure < 1e9),
  vcf numeric(12,8) check (vcf between 0.5 and 1.5),
  methode_15c text,
  parametres_15c jsonb,
  avertissements jsonb not null default '[]',
  volume_15c_brut numeric(15,3) check (volume_15c_brut >= 0 and volume_15c_brut < 1e9),
  volume_15c numeric(15,3) check (volume_15c >= 0 and volume_15c < 1e9),
  incertitude_15c numeric(15,3) check (incertitude_15c >= 0 and incertitude_15c < 1e9),
  stock_comptable numeric(15,3) not null,
  stock_comptable_15c numeric(15,3),
  tolerance_pour_mille numeric(6,2) not null,
  note text,
  created_by uuid not null references auth.users (id),
  created_at timestamptz not null default now(),
  constraint prises_de_hauteur_citerne_id_fkey foreign key (citerne_id, produit_id, depot_id)
    references public.citernes (id, produit_id, depot_id)
);
comment on table public.prises_de_hauteur is
  'Physical count of a tank by dipping: what is really there. Moves no stock. Immutable.';
comment on column public.prises_de_hauteur.type is
  'When it was taken: OUVERTURE and FERMETURE of a day, AVANT and APRES a movement, INVENTAIRE.';
comment on column public.prises_de_hauteur.mesuree_le is
  'Moment the gauge was read: the books are those of then. Null on a row of before: that of its writing.';
comment on column public.prises_de_hauteur.hauteur_totale_mm is 'Height of the liquid, water included, mm.';
comment on column public.prises_de_hauteur.hauteur_eau_mm is
  'Height of the free water under it, mm; null: none was found.';
comment on column public.prises_de_hauteur.temperature_c is 'Temperature of the product in the tank, °C.';
comment on column public.prises_de_hauteur.temperature_echantillon_c is
  'Temperature of the sample whose density was read, °C; null: the product''s.';
comment on column public.prises_de_hauteur.temperature_air_c is 'Temperature of the air outside, °C, for the shell.';
comment on column public.prises_de_hauteur.densite_observee_kgm3 is
  'Density read on the sample, kg/m³ (or kg/L below 2); null: the tank''s serves.';
comment on column public.prises_de_hauteur.densite_a_15_kgm3 is 'Density at 15 °C, kg/m³: sent, or computed.';
comment on column public.prises_de_hauteur.eau_sediments_pour_cent is
  'Sediment and water carried in the product, percent of its volume (S&W).';
comment on column public.prises_de_hauteur.bareme_id is 'Gauge table it was computed by; null where litres were sent.';
comment on column public.prises_de_hauteur.volume_total_l is 'Litres of the table at the height of the liquid (TOV).';
comment on column public.prises_de_hauteur.volume_eau_l is 'Litres of the table at the height of the water (FW).';
comment on column public.prises_de_hauteur.ctsh is 'Correction for the temperature of the shell.';
comment on column public.prises_de_hauteur.volume_toit_l is 'Litres added (negative: taken) for the floating roof.';
comment on column public.prises_de_hauteur.volume_brut_l is
  'Litres of product as measured, what it carries included (GOV).';
comment on column public.prises_de_hauteur.volume_mesure is
  'Litres of product as measured, without what it carries, all owners together.';
comment on column public.prises_de_hauteur.vcf is 'Correction factor to 15 °C.';
comment on column public.prises_de_hauteur.parametres_15c is 'How the method was set.';
comment on column public.prises_de_hauteur.avertissements is
  'What is possible but unlikely, [{code, phrase}]: those of a movement, BAREME_PERIME, ZONE_CRITIQUE.';
comment on column public.prises_de_hauteur.volume_15c_brut is 'Litres at 15 °C (GSV).';
comment on column public.prises_de_hauteur.volume_15c is
  'Litres at 15 °C without what it carries (NSV), all owners together; null where no temperature was read.';
comment on column public.prises_de_hauteur.incertitude_15c is
  'By how many litres at 15 °C the dip may be wrong, at 95 %; null where litres were sent.';
comment on column public.prises_de_hauteur.stock_comptable is
  'Litres the books gave at the moment it was read, as measured, all owners together; written by the database.';
comment on column public.prises_de_hauteur.stock_comptable_15c is
  'The same at 15 °C; null on a row of before.';
comment on column public.prises_de_hauteur.tolerance_pour_mille is
  'Tolerance of the tank at that moment, in thousandths of the books: one that changes since changes no verdict; '
  'written by the database.';
create index prises_de_hauteur_produit_id_idx on public.prises_de_hauteur (produit_id);
create index prises_de_hauteur_bareme_id_idx on public.prises_de_hauteur (bareme_id);
create index prises_de_hauteur_citerne_idx on public.prises_de_hauteur (citerne_id, created_at desc);
create index prises_de_hauteur_depot_idx on public.prises_de_hauteur (depot_id, created_at desc);
create index prises_de_hauteur_created_by_idx on public.prises_de_hauteur (created_by);

create function private.stock_citerne_au(p_citerne_id uuid, p_moment timestamptz)
returns table (stock_ambiant numeric, stock_15c numeric)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  -- One statement: what has just been validated is in both, or in neither.
  return query
    select coalesce(sum(l.ambiant), 0), coalesce(sum(l.a_15c), 0)
      from (select s.stock_ambiant as ambiant, s.stock_15c as a_15c
              from public.stocks_snapshot s where s.citerne_id = p_citerne_id
            union all
            select -m.delta_ambiant, -m.delta_15c
              from private.mouvements_du_journal() m
             where m.created_at > p_moment and m.fait_le > p_moment and m.citerne_id = p_citerne_id) l;
end;
$$;
comment on function private.stock_citerne_au(uuid, timestamptz) is
  'What the books said of a tank at a moment, all owners together, litres as measured and at 15 °C: the stock of now '
  'less what the log says was done since: what was done before and came later is counted. The caller reads the log '
  'whole.';

create function private.exiger_moment(p_moment timestamptz) returns timestamptz
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  c_horloge constant interval := interval '5 minutes';
  c_heures constant int := 12;
begin
  -- A tablet's clock is seldom that of the server.
  if p_moment > clock_timestamp() + c_horloge
     or p_moment < private.moment_de_l_acte() - make_interval(hours => c_heures) then
    perform private.refuser('JAUGE_HORS_DELAI', jsonb_build_object('heures', c_heures, 'mesuree_le', p_moment));
  end if;
  return least(p_moment, clock_timestamp());
end;
$$;
comment on function private.exiger_moment(timestamptz) is
  'The moment a gauge was read: within the 12 hours before it was written down. Raises JAUGE_HORS_DELAI.';
