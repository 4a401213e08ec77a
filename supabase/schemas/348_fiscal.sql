-- The fiscal device, as a port: what an issued invoice is told to the tax office, and what comes back.
--
-- Setting dispositif_fiscal: aucun (default; papers say « Document non normalisé »), simule (answers as a device
-- would). Told after the invoice is issued, never within: a device that is slow or down stops no sale. Its paper is
-- printed once it is certified; one that is refused is corrected by a credit note, its number stays.

create table public.factures_fiscales (
  facture_id uuid primary key references public.factures_client (id),
  depot_id uuid not null references public.depots (id),
  statut text not null,
  nid text,
  code_dgi text,
  compteurs jsonb,
  horodatage timestamptz,
  qr text,
  demande jsonb,
  reponse jsonb,
  essais int not null default 0,
  created_at timestamptz not null default now()
);
comment on table public.factures_fiscales is
  'What the fiscal device has said of each issued invoice. Final once it has spoken.';
comment on column public.factures_fiscales.nid is 'Number of the device that certified it.';
comment on column public.factures_fiscales.code_dgi is 'Code DEF/DGI of the certified invoice.';
create index factures_fiscales_depot_id_idx on public.factures_fiscales (depot_id);
create index factures_fiscales_attente_idx on public.factures_fiscales (created_at) where statut = 'A_TRANSMETTRE';

create function private.fiscal_figer() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if old.statut <> 'A_TRANSMETTRE' then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return new;
end;
$$;
comment on function private.fiscal_figer() is
  'What the device has said stays as it said it. Raises ECRITURE_INTERDITE.';
create trigger factures_fiscales_figer before update on public.factures_fiscales
  for each row execute function private.fiscal_figer();
create trigger factures_fiscales_block before delete or truncate on public.factures_fiscales
  for each statement execute function private.interdire_ecriture();
-- Written with its invoice, which asks the freeze of itself.
create trigger factures_fiscales_gel before update on public.factures_fiscales
  for each statement execute function private.exiger_ecritures_ouvertes();

create function private.fiscal_garder() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_admis boolean;
begin
  if new.statut not in ('NON_RACCORDE', 'A_TRANSMETTRE', 'CERTIFIEE', 'REJETEE')
     or (new.statut = 'CERTIFIEE') <> (num_nulls(new.nid, new.code_dgi, new.compteurs, new.horodatage, new.qr) = 0)
  then
    perform private.refuser_ligne(tg_table_name, 'statut');
  end if;
  if num_nonnulls(new.nid, new.code_dgi, new.qr) > 0 then
    v_admis := private.texte_admis(new.nid, 'nid', false);
    v_admis := private.texte_admis(new.code_dgi, 'code_dgi', false);
    v_admis := private.texte_admis(new.qr, 'qr', false);
  end if;
  return new;
end;
$$;
comment on function private.fiscal_garder() is
  'A certified invoice has all that a device gives, and no other has; texts that people read. Raises '
  'TEXTE_ILLISIBLE, 23514.';
create trigger factures_fiscales_garder before insert or update on public.factures_fiscales
  for each row execute function private.fiscal_garder();

create function private.dispositif_fiscal() returns text
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce((select s.value from public.app_settings s where s.key = 'dispositif_fiscal'), 'aucun');
end;
$$;
comment on function private.dispositif_fiscal() is 'Which fiscal device invoices are told to: aucun or simule.';

create function private.ouvrir_dossier_fiscal(p_facture public.factures_client) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_raccorde constant boolean := private.dispositif_fiscal() <> 'aucun';
begin
  insert into public.factures_fiscales (facture_id, depot_id, statut, demande)
  values (p_facture.id, p_facture.depot_id, case when v_raccorde then 'A_TRANSMETTRE' else 'NON_RACCORDE' end,
    case when v_raccorde then private.dire_facture(p_facture)::jsonb end);
end;
$$;
comment on function private.ouvrir_dossier_fiscal(public.factures_client) is
  'An issued invoice is to be told to the device, where there is one. Raises ECRITURES_GELEES.';

create function private.simuler_dispositif(p_demande jsonb) returns jsonb
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select case
    when f.client ->> 'type_fiscal' in ('PM', 'PC', 'PL') and f.client ->> 'nif' !~ '^[A-Z]\d{7}[A-Z]$'
      then jsonb_build_object('accepte', false, 'motif', 'NIF du client mal formé')
    else jsonb_build_object('accepte', true, 'nid', 'SIMULE-0001', 'code_dgi', f.code, 'compteurs',
      jsonb_build_object('serie', f.facture ->> 'type', 'rang', f.facture -> 'sequence'), 'qr',
      concat_ws(';', 'SIMULE-0001', f.code, f.facture ->> 'numero', f.facture ->> 'total_ttc')) end
    from (select p_demande -> 'facture' as facture, p_demande -> 'facture' -> 'client_fige' as client,
                 upper(substr(encode(sha256(convert_to(p_demande::text, 'UTF8')), 'hex'), 1, 24)) as code) f
$$;
comment on function private.simuler_dispositif(jsonb) is
  'What a device would answer to an invoice: the same for the same one; no for a company whose NIF is not one.';

create function public.transmettre_fiscal(p_limite int default 100) returns int
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_dossier public.factures_fiscales;
  v_reponse jsonb;
  v_combien int := 0;
begin
  if auth.uid() is not null then
    perform private.exiger('transmettre_fiscal');
  end if;
  for v_dossier in
    select * from public.factures_fiscales f where f.statut = 'A_TRANSMETTRE' order by f.created_at
     limit least(p_limite, 1000) for update skip locked
  loop
    v_reponse := private.simuler_dispositif(v_dossier.demande);
    update public.factures_fiscales f
       set statut = case when (v_reponse ->> 'accepte')::boolean then 'CERTIFIEE' else 'REJETEE' end,
           nid = v_reponse ->> 'nid', code_dgi = v_reponse ->> 'code_dgi', compteurs = v_reponse -> 'compteurs',
           qr = v_reponse ->> 'qr', reponse = v_reponse, essais = f.essais + 1,
           horodatage = case when (v_reponse ->> 'accepte')::boolean then now() end
     where f.facture_id = v_dossier.facture_id;
    perform private.journaliser(
      case when (v_reponse ->> 'accepte')::boolean then 'FACTURE_CERTIFIEE' else 'FACTURE_REJETEE' end, 'ventes',
      case when (v_reponse ->> 'accepte')::boolean then 'INFO' else 'WARNING' end, v_dossier.facture_id,
      v_dossier.depot_id, v_reponse);
    v_combien := v_combien + 1;
  end loop;
  return v_combien;
end;
$$;
comment on function public.transmettre_fiscal(int) is
  'Tells the device what waits to be told, and keeps its answers; how many. Each once, whoever asks at once. Raises '
  'TEXTE_ILLISIBLE, ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, ECRITURES_GELEES.';

alter table public.factures_fiscales enable row level security;
grant select on public.factures_fiscales to authenticated, service_role;
create policy factures_fiscales_lecture on public.factures_fiscales for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_ventes'))::uuid[]));
revoke execute on function public.transmettre_fiscal(int) from public, anon;
grant execute on function public.transmettre_fiscal(int) to authenticated, service_role;
