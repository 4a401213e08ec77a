-- Which way of calculating counts where, and the real trucks the engine is compared with.

create table astm.profils_calcul (
  id uuid primary key default gen_random_uuid(),
  nom text not null unique check (btrim(nom) <> ''),
  depot_id uuid references public.depots (id),
  produit_id uuid references public.produits (id),
  methode text not null default 'MPMS_11_1_1980' check (methode in ('MPMS_11_1_1980', 'MPMS_11_1_2004')),
  arrondir boolean not null default true,
  correction_verre boolean not null default true,
  decimales_vcf smallint not null default 4 check (decimales_vcf in (4, 5)),
  entrees_imprimees boolean not null default false,
  pression_kpa numeric(8,2) not null default 0 check (pression_kpa between 0 and 10342),
  facteur_compteur numeric(7,6) not null default 1 check (facteur_compteur between 0.9 and 1.1),
  created_at timestamptz not null default now(),
  unique nulls not distinct (depot_id, produit_id),
  constraint profils_calcul_entrees_check
    check (not entrees_imprimees or (methode = 'MPMS_11_1_1980' and arrondir and decimales_vcf = 4)),
  constraint profils_calcul_pression_check check (pression_kpa = 0 or methode = 'MPMS_11_1_2004')
);
comment on table astm.profils_calcul is
  'How volumes at 15 °C are calculated, by depot and product. The row without either is the default: SEP''s way.';
comment on column astm.profils_calcul.depot_id is 'Depot it is for; null: any.';
comment on column astm.profils_calcul.produit_id is 'Product it is for; null: any.';
comment on column astm.profils_calcul.arrondir is
  'Round as it is printed (density 0.1 kg/m³, factor to decimales_vcf, litres), or keep full precision.';
comment on column astm.profils_calcul.correction_verre is
  'The density is read on a glass hydrometer; false for a densitometer or a density already corrected.';
comment on column astm.profils_calcul.decimales_vcf is
  'Decimals of the printed factor: 4 as SEP and the tables of 1980, 5 as the edition of 2004.';
comment on column astm.profils_calcul.entrees_imprimees is
  'Enter the tables of 1980 as they are printed: densities to 0.5 kg/m³, temperatures to 0.05 °C.';
comment on column astm.profils_calcul.pression_kpa is
  'Gauge pressure of the line where a meter reads, kPa (edition of 2004 only): what a movement read on a meter is '
  'corrected by.';
comment on column astm.profils_calcul.facteur_compteur is
  'Meter factor of the depot''s meters that have no row in compteurs: litres indicated × factor = litres passed.';
create index profils_calcul_produit_id_idx on astm.profils_calcul (produit_id);

create function astm.profil(p_depot_id uuid, p_produit_id uuid) returns astm.profils_calcul
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select p from astm.profils_calcul p
   where (p.depot_id = p_depot_id or p.depot_id is null) and (p.produit_id = p_produit_id or p.produit_id is null)
   order by p.depot_id is null, p.produit_id is null
   limit 1
$$;
comment on function astm.profil(uuid, uuid) is
  'The profile that counts: this depot and product, else this depot, else this product, else the default.';
grant execute on function astm.profil(uuid, uuid) to authenticated, service_role;

create function private.profils_calcul_garder_defaut() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if old.depot_id is null and old.produit_id is null
     and (tg_op = 'DELETE' or new.depot_id is not null or new.produit_id is not null) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', 'profils_calcul', 'verbe', tg_op));
  end if;
  return coalesce(new, old);
end;
$$;
comment on function private.profils_calcul_garder_defaut() is
  'There is always a default profile. Raises ECRITURE_INTERDITE.';
grant execute on function private.profils_calcul_garder_defaut() to authenticated, service_role;

create trigger profils_calcul_before_write before update or delete on astm.profils_calcul
  for each row execute function private.profils_calcul_garder_defaut();

create function private.profils_calcul_journaliser() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.journaliser('PROFIL_CALCUL_MODIFIE', 'astm', 'WARNING', coalesce(new.id, old.id),
    coalesce(new.depot_id, old.depot_id), jsonb_build_object('avant', to_jsonb(old), 'apres', to_jsonb(new)));
  return null;
end;
$$;
comment on function private.profils_calcul_journaliser() is
  'Logs every change of a calculation profile: it changes the litres of the movements to come.';

create trigger profils_calcul_after_write after insert or update or delete on astm.profils_calcul
  for each row execute function private.profils_calcul_journaliser();

create table public.golden_cases (
  id uuid primary key default gen_random_uuid(),
  source text not null check (btrim(source) <> ''),
  reference text not null check (btrim(reference) <> ''),
  date_mesure date,
  produit_code text not null check (btrim(produit_code) <> ''),
  groupe_mpms text not null default 'B' check (groupe_mpms in ('A', 'B', 'D')),
  alpha_historique numeric(8,6) not null default 0.00085 check (alpha_historique > 0 and alpha_historique < 0.01),
  volume_observe_l numeric(15,3) not null check (volume_observe_l > 0),
  temperature_echantillon_c numeric(6,2) not null,
  temperature_produit_c numeric(6,2) not null,
  temperature_produit_deduite boolean not null default false,
  densite_observee_kgm3 numeric(8,2) not null check (densite_observee_kgm3 > 0),
  densite_15c_attendue_kgm3 numeric(8,2) check (densite_15c_attendue_kgm3 > 0),
  vcf_attendu numeric(8,6) check (vcf_attendu > 0),
  volume_15c_attendu_l numeric(15,3) not null check (volume_15c_attendu_l > 0),
  note text,
  created_at timestamptz not null default now(),
  unique (source, reference)
);
comment on table public.golden_cases is
  'Real trucks and what another application calculated for them, to compare the engine with. Tolerance ±5 L.';
comment on column public.golden_cases.source is 'Application the expected figures come from: SEP.';
comment on column public.golden_cases.reference is
  'Number of the case at its source; with source, what makes an import repeatable.';
comment on column public.golden_cases.date_mesure is 'Day of the measurement; null where the source does not give it.';
comment on column public.golden_cases.produit_code is
  'produits.code. Not a foreign key: a case outlives the reference data of a database.';
comment on column public.golden_cases.groupe_mpms is
  'Product group of API MPMS 11.1: A crude, B refined, D lubricating.';
comment on column public.golden_cases.volume_observe_l is 'Litres as measured, at the product''s temperature.';
comment on column public.golden_cases.temperature_echantillon_c is '°C of the sample when its density was read.';
comment on column public.golden_cases.temperature_produit_c is '°C of the product when its volume was read.';
comment on column public.golden_cases.temperature_produit_deduite is
  'The source does not give the product''s temperature: it was deduced from the source''s own factor, and so proves '
  'less.';
comment on column public.golden_cases.densite_observee_kgm3 is 'kg/m³ read on the hydrometer, not corrected.';
comment on column public.golden_cases.densite_15c_attendue_kgm3 is
  'Density at 15 °C the source gives, kg/m³; null: not given.';
comment on column public.golden_cases.vcf_attendu is 'Volume correction factor the source gives; null: not given.';
comment on column public.golden_cases.volume_15c_attendu_l is 'Litres at 15 °C the source gives: what is compared.';
comment on column public.golden_cases.alpha_historique is
  'Expansion per °C that the old system''s formula has for this product.';
comment on column public.golden_cases.note is 'In French: what was printed, what was inferred.';

create trigger golden_cases_after_write after insert or update or delete on public.golden_cases
  for each row execute function private.journaliser_ligne('astm', 'CAS_REFERENCE', 'WARNING');

alter table astm.profils_calcul enable row level security;
alter table public.golden_cases enable row level security;
grant select, insert, update, delete on astm.profils_calcul to authenticated, service_role;
grant select, insert, update on public.golden_cases to authenticated;
grant select, insert, update, delete on public.golden_cases to service_role;

create policy profils_calcul_lecture on astm.profils_calcul for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[])
         or (depot_id is null and (select private.role()) is not null));
create policy profils_calcul_creation on astm.profils_calcul for insert to authenticated
  with check ((select private.peut('regler_calcul')));
create policy profils_calcul_modification on astm.profils_calcul for update to authenticated
  using ((select private.peut('regler_calcul'))) with check ((select private.peut('regler_calcul')));
create policy profils_calcul_suppression on astm.profils_calcul for delete to authenticated
  using ((select private.peut('regler_calcul')));

create policy golden_cases_lecture on public.golden_cases for select to authenticated
  using ((select private.role()) is not null);
create policy golden_cases_creation on public.golden_cases for insert to authenticated
  with check ((select private.peut('regler_calcul')));
create policy golden_cases_modification on public.golden_cases for update to authenticated
  using ((select private.peut('regler_calcul'))) with check ((select private.peut('regler_calcul')));
create trigger golden_cases_reserver before update on public.golden_cases
  for each statement execute function private.exiger_a_l_ecriture('regler_calcul');

create policy profils_calcul_creation_second_facteur on astm.profils_calcul as restrictive for insert to authenticated
  with check ((select private.second_facteur_suffit()));
create policy profils_calcul_modification_second_facteur on astm.profils_calcul as restrictive
  for update to authenticated
  with check ((select private.second_facteur_suffit()));
create policy profils_calcul_suppression_second_facteur on astm.profils_calcul as restrictive
  for delete to authenticated
  using ((select private.second_facteur_suffit()));
create policy golden_cases_creation_second_facteur on public.golden_cases as restrictive for insert to authenticated
  with check ((select private.second_facteur_suffit()));
create policy golden_cases_modification_second_facteur on public.golden_cases as restrictive for update to authenticated
  with check ((select private.second_facteur_suffit()));
