-- Reports that were kept: as they were said, whatever is known since.

create table public.rapports (
  id uuid primary key default private.nouvel_id(),
  nom text not null,
  depot_id uuid references public.depots (id),
  du date not null,
  au date not null check (au >= du),
  parametres jsonb not null default '{}' check (jsonb_typeof(parametres) = 'object'),
  version int not null,
  connu_a timestamptz not null,
  donnees jsonb not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  capacites text[] not null,
  finance boolean not null,
  genere_par uuid not null references auth.users (id),
  genere_le timestamptz not null default now(),
  created_at timestamptz not null default now()
);
comment on table public.rapports is
  'Reports that were kept: their data as they were run, immutable. Whoever could run it, and find as much in it, reads '
  'it. Written by archiver_rapport only.';
comment on column public.rapports.nom is 'Of private.catalogue_rapports().';
comment on column public.rapports.depot_id is 'Depot it is of; null: of all that who ran it sees, who sees them all.';
comment on column public.rapports.parametres is 'What else it was asked by, as it took it.';
comment on column public.rapports.version is 'Of its definition.';
comment on column public.rapports.connu_a is 'What was written later is not in it.';
comment on column public.rapports.donnees is '{entete, sections}: all that any format says.';
comment on column public.rapports.sha256 is 'Of its head and sections: see private.rapport.';
comment on column public.rapports.capacites is
  'What one must be able to read to find all that is in it: whoever lacks one of them is not shown it.';
comment on column public.rapports.finance is 'It is of money.';
create index rapports_page_idx on public.rapports (created_at desc, id desc);
create index rapports_depot_id_idx on public.rapports (depot_id, nom, du desc);
create index rapports_genere_par_idx on public.rapports (genere_par);
create trigger rapports_block before update or delete or truncate on public.rapports
  for each statement execute function private.interdire_ecriture();
create trigger rapports_gel before insert on public.rapports
  for each statement execute function private.exiger_ecritures_ouvertes();

create function private.capacites_de_lecture() returns text[]
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.acteur();
begin
  return array(
    select c.capacite from private.capacites c where private.admis(v_acteur.role, v_acteur.habilitations, c));
end;
$$;
comment on function private.capacites_de_lecture() is 'All that the calling user may do.';

create function private.garder_rapport(p_rapport jsonb) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_entete constant jsonb := p_rapport -> 'entete';
  v_rapport public.rapports;
  v_connu record;
begin
  select c.capacite, c.lues, c.finance into strict v_connu
    from private.catalogue_rapports() c where c.nom = v_entete ->> 'nom';
  insert into public.rapports
    (nom, depot_id, du, au, parametres, version, connu_a, donnees, sha256, capacites, finance, genere_par)
  values (v_entete ->> 'nom', (v_entete #>> '{depot,id}')::uuid, (v_entete ->> 'du')::date, (v_entete ->> 'au')::date,
    v_entete -> 'parametres', (v_entete ->> 'version')::int, (v_entete ->> 'connu_a')::timestamptz, p_rapport,
    v_entete ->> 'sha256', v_connu.capacite || array(
      select l.capacite from unnest(v_connu.lues) l (capacite)
       where l.capacite = any (private.capacites_de_lecture())),
    v_connu.finance, auth.uid())
  returning * into v_rapport;
  perform private.journaliser('RAPPORT_ARCHIVE', 'rapports', case when v_rapport.finance then 'WARNING' else 'INFO' end,
    v_rapport.id, v_rapport.depot_id, to_jsonb(v_rapport) - '{donnees,capacites}'::text[]);
  return v_rapport.id;
end;
$$;
comment on function private.garder_rapport(jsonb) is
  'Keeps a report that its caller has just run, and what one must be able to read to be shown it. Logs RAPPORT_ARCHIVE. '
  'Raises ECRITURES_GELEES.';

-- As the caller, on purpose: an archive holds what who keeps it may read, and no more.
create function public.archiver_rapport(
  p_nom text, p_depot_id uuid default null, p_du date default null, p_au date default null,
  p_connu_a timestamptz default null, p_parametres jsonb default '{}'
) returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  return private.garder_rapport(private.rapport(p_nom, p_depot_id, p_du, p_au, p_connu_a, p_parametres));
end;
$$;
comment on function public.archiver_rapport(text, uuid, date, date, timestamptz, jsonb) is
  'Runs a report as its caller and keeps it as it is said now. Raises INTROUVABLE, ROLE_FORBIDDEN, RAPPORT_PERIODE, '
  'RAPPORT_TROP_GRAND, RAPPORT_PARAMETRE, ECRITURES_GELEES, ISOLATION_INTERDITE.';
revoke execute on function public.archiver_rapport(text, uuid, date, date, timestamptz, jsonb) from public, anon;
grant execute on function public.archiver_rapport(text, uuid, date, date, timestamptz, jsonb) to authenticated;

alter table public.rapports enable row level security;
grant select on public.rapports to authenticated, service_role;
create policy rapports_lecture on public.rapports for select to authenticated
  using (capacites <@ (select private.capacites_de_lecture())
         and (depot_id = any ((select private.depots_visibles())::uuid[])
              or (depot_id is null and (select private.peut('voir_tous_depots')))));

create view public.v_rapports with (security_invoker = true) as
  select r.id, r.nom, r.donnees #>> '{entete,titre}' as titre, r.depot_id, r.donnees #>> '{entete,depot,nom}' as
    depot_nom,
         r.du, r.au, r.parametres, r.version, r.connu_a, (r.donnees #>> '{entete,lignes}')::int as lignes, r.sha256,
         r.finance, r.genere_par, r.donnees #>> '{entete,genere_par}' as genere_par_nom, r.genere_le,
         r.created_at
    from public.rapports r;
comment on view public.v_rapports is
  'Reports that were kept, without their data: which, of what, run when and by whom.';
grant select on public.v_rapports to authenticated, service_role;
revoke execute on function private.capacites_de_lecture(), private.garder_rapport(jsonb) from public;
grant execute on function private.capacites_de_lecture(), private.garder_rapport(jsonb) to authenticated;
