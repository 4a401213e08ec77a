-- What a sale is made under: who the client is for the tax office, the tax of a product, the day's rate, the seller,
-- and the terms that a client has.

alter table public.clients
  add column type_fiscal text not null default 'PP' check (type_fiscal in ('PP', 'PM', 'PC', 'PL', 'AO')),
  add column nif text,
  add column rccm text,
  add column id_nat text,
  add column ref_exoneration text;
comment on column public.clients.type_fiscal is
  'Class of the DGI: PP private person, PM company, PC trader, PL liberal profession, AO exempt body.';
comment on column public.clients.nif is 'Tax number; a PM, PC or PL is not invoiced without.';
comment on column public.clients.rccm is 'Number in the register of trade.';
comment on column public.clients.id_nat is 'National identification.';
comment on column public.clients.ref_exoneration is 'Act that exempts an AO, which is not invoiced without.';

alter table public.produits add column tva_groupe text not null default 'B' check (tva_groupe ~ '^[A-N]$');
comment on column public.produits.tva_groupe is 'Tax group of its sales: see taux_tva.';

-- Tax and currency ----------------------------------------------------------------------------------------------------

create table public.taux_tva (
  groupe text not null check (groupe ~ '^[A-N]$'),
  valide_du date not null,
  taux numeric(5,2) check (taux between 0 and 100),
  libelle text not null check (btrim(libelle) <> ''),
  par uuid,
  created_at timestamptz not null default now(),
  primary key (groupe, valide_du)
);
comment on table public.taux_tva is 'Rate of each tax group from a day on, per cent. A rate that changes is a new row.';
comment on column public.taux_tva.taux is 'Per cent; null: not fixed here, nothing is invoiced in the group.';

create table public.taux_change (
  devise text not null check (devise = 'USD'),
  jour date not null,
  version int not null default 1 check (version > 0),
  taux_cdf numeric(18,6) not null check (taux_cdf > 0 and taux_cdf < 1e9),
  source text not null check (source in ('BCC', 'MANUEL')),
  par uuid not null references auth.users (id),
  created_at timestamptz not null default now(),
  primary key (devise, jour, version)
);
comment on table public.taux_change is 'CDF for one unit of a currency, day by day; the highest version counts.';
create index taux_change_par_idx on public.taux_change (par);

create trigger taux_tva_block before update or delete or truncate on public.taux_tva
  for each statement execute function private.interdire_ecriture();
create trigger taux_change_block before update or delete or truncate on public.taux_change
  for each statement execute function private.interdire_ecriture();
create trigger taux_change_gel before insert on public.taux_change
  for each statement execute function private.exiger_ecritures_ouvertes();

create function private.taux_tva_du(p_groupe text, p_jour date) returns numeric
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_taux numeric;
begin
  select t.taux into v_taux from public.taux_tva t where t.groupe = p_groupe and t.valide_du <= p_jour
   order by t.valide_du desc limit 1;
  if v_taux is null then
    perform private.refuser('TVA_NON_FIXEE', jsonb_build_object('groupe', p_groupe, 'jour', p_jour));
  end if;
  return v_taux;
end;
$$;
comment on function private.taux_tva_du(text, date) is
  'Per cent of a tax group on a day. Raises TVA_NON_FIXEE.';

create function private.taux_du_jour(p_devise text, p_jour date) returns numeric
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  c_jours_valables constant int := 7;
  v_taux numeric;
begin
  if p_devise = 'CDF' then
    return 1;
  end if;
  select t.taux_cdf into v_taux from public.taux_change t
   where t.devise = p_devise and t.jour between p_jour - c_jours_valables and p_jour
   order by t.jour desc, t.version desc limit 1;
  if v_taux is null then
    perform private.refuser('TAUX_ABSENT', jsonb_build_object('devise', p_devise, 'jour', p_jour));
  end if;
  return v_taux;
end;
$$;
comment on function private.taux_du_jour(text, date) is
  'CDF for one unit of a currency on a day, at most seven days old. Raises TAUX_ABSENT.';

create function public.fixer_taux_change(p_devise text, p_jour date, p_taux_cdf numeric, p_source text) returns int
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_version int;
begin
  perform private.exiger('regler_taux');
  if p_jour > private.jour_local(private.fuseau_societe(), now()) then
    perform private.refuser('DATE_FUTURE',
      jsonb_build_object('aujourdhui', private.jour_local(private.fuseau_societe(), now())));
  end if;
  perform pg_advisory_xact_lock(hashtextextended(format('taux_change:%s:%s', p_devise, p_jour), 0));
  select coalesce(max(t.version), 0) + 1 into v_version from public.taux_change t
   where t.devise = p_devise and t.jour = p_jour;
  insert into public.taux_change (devise, jour, version, taux_cdf, source, par)
  values (p_devise, p_jour, v_version, p_taux_cdf, p_source, auth.uid());
  perform private.journaliser('TAUX_CHANGE_FIXE', 'ventes', case v_version when 1 then 'INFO' else 'WARNING' end, null,
    null, jsonb_build_object('devise', p_devise, 'jour', p_jour, 'version', v_version, 'taux_cdf', p_taux_cdf));
  return v_version;
end;
$$;
comment on function public.fixer_taux_change(text, date, numeric, text) is
  'Says the rate of a day, today at the latest: CDF for one unit. Said again it is a new version, and what was '
  'invoiced keeps the one it had. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, DATE_FUTURE, ECRITURES_GELEES, and '
  '23xxx.';

create function public.fixer_taux_tva(p_groupe text, p_valide_du date, p_taux numeric, p_libelle text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('regler_tva');
  if p_valide_du <= private.jour_local(private.fuseau_societe(), now()) then
    perform private.refuser('DATE_PASSEE');
  end if;
  insert into public.taux_tva (groupe, valide_du, taux, libelle, par)
  values (p_groupe, p_valide_du, p_taux, p_libelle, auth.uid());
  perform private.journaliser('TAUX_TVA_FIXE', 'ventes', 'WARNING', null, null,
    jsonb_build_object('groupe', p_groupe, 'valide_du', p_valide_du, 'taux', p_taux));
end;
$$;
comment on function public.fixer_taux_tva(text, date, numeric, text) is
  'Says the rate of a tax group from a day to come on, per cent. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, '
  'DATE_PASSEE, and 23xxx.';

-- The seller ----------------------------------------------------------------------------------------------------------

create function private.vendeur(p_depot_id uuid) returns jsonb
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return (
  select jsonb_build_object('nom', 'Monaluxe')
         || coalesce((select jsonb_build_object('depot', d.nom, 'depot_adresse', d.adresse)
                        from public.depots d where d.id = p_depot_id), '{}')
         || coalesce((select jsonb_object_agg(substr(s.key, 9), s.value) from public.app_settings s
                       where s.key in ('societe_nom', 'societe_adresse', 'societe_telephone', 'societe_email',
                                       'societe_nif', 'societe_rccm', 'societe_id_nat')), '{}'));
end;
$$;
comment on function private.vendeur(uuid) is
  'The seller as papers name it: the settings societe_* and the depot that sells, if it is one.';
grant execute on function private.vendeur(uuid) to authenticated;

-- Terms of a client ---------------------------------------------------------------------------------------------------

create table public.clients_conditions (
  client_id uuid primary key references public.clients (id),
  devise text not null default 'USD' check (devise in ('USD', 'CDF')),
  base text not null default 'L15' check (base in ('L15', 'AMB')),
  delai_jours int not null default 0 check (delai_jours between 0 and 365),
  plafond numeric(18,2) check (plafond >= 0 and plafond < 1e13),
  suspendu boolean not null default false,
  suivi_depuis date,
  updated_by uuid references auth.users (id),
  updated_at timestamptz not null default now(),
  created_at timestamptz not null default now()
);
comment on table public.clients_conditions is
  'Terms of a client: currency and litre they are invoiced in, days to pay, credit. Without a row: USD, litres at '
  '15 °C, at once, no limit.';
comment on column public.clients_conditions.base is 'L15: by litres at 15 °C; AMB: by litres as measured.';
comment on column public.clients_conditions.plafond is
  'Most they may owe, deliveries not yet invoiced included, in devise; null: no limit; 0: pays before.';
comment on column public.clients_conditions.suspendu is 'Under the flag credit_client_blocant nothing leaves for them.';
comment on column public.clients_conditions.suivi_depuis is
  'Deliveries before this day count as settled elsewhere; null: all count.';
create index clients_conditions_updated_by_idx on public.clients_conditions (updated_by);
create trigger clients_conditions_gel before insert or update on public.clients_conditions
  for each statement execute function private.exiger_ecritures_ouvertes();

create function private.conditions_de(p_client_id uuid) returns public.clients_conditions
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_conditions public.clients_conditions;
begin
  select * into v_conditions from public.clients_conditions c where c.client_id = p_client_id;
  if not found then
    v_conditions.client_id := p_client_id;
    v_conditions.devise := 'USD';
    v_conditions.base := 'L15';
    v_conditions.delai_jours := 0;
    v_conditions.suspendu := false;
  end if;
  return v_conditions;
end;
$$;
comment on function private.conditions_de(uuid) is
  'Terms of a client, those that go without saying where none were said.';

create function public.fixer_conditions_client(p_client_id uuid, p_conditions jsonb) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_avant public.clients_conditions;
  v_apres public.clients_conditions;
begin
  perform private.exiger('regler_credit');
  -- Whoever is counting this client's credit ends first.
  perform private.verrouiller_tiers('CLIENT', p_client_id);
  if not exists (select from public.clients c where c.id = p_client_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce client'));
  end if;
  v_avant := private.conditions_de(p_client_id);
  v_apres := jsonb_populate_record(v_avant, private.seulement(p_conditions,
    '{devise,base,delai_jours,plafond,suspendu,suivi_depuis}'));
  insert into public.clients_conditions as c
    (client_id, devise, base, delai_jours, plafond, suspendu, suivi_depuis, updated_by)
  values (p_client_id, v_apres.devise, v_apres.base, v_apres.delai_jours, v_apres.plafond, v_apres.suspendu,
    v_apres.suivi_depuis, auth.uid())
  on conflict (client_id) do update
     set (devise, base, delai_jours, plafond, suspendu, suivi_depuis, updated_by, updated_at)
         = (excluded.devise, excluded.base, excluded.delai_jours, excluded.plafond, excluded.suspendu,
            excluded.suivi_depuis, excluded.updated_by, now());
  perform private.journaliser('CREDIT_MODIFIE', 'ventes', 'WARNING', p_client_id, null,
    jsonb_build_object('avant', to_jsonb(v_avant), 'apres', to_jsonb(v_apres)));
end;
$$;
comment on function public.fixer_conditions_client(uuid, jsonb) is
  'Sets the terms of a client that the object names, and leaves the others: devise, base, delai_jours, plafond, '
  'suspendu, suivi_depuis. Logged WARNING, before and after. Raises ROLE_FORBIDDEN, FORME_INATTENDUE, INTROUVABLE, '
  'ISOLATION_INTERDITE, ECRITURES_GELEES, and 22xxx, 23xxx for a value the table would not take.';

-- Reading -------------------------------------------------------------------------------------------------------------

alter table public.taux_tva enable row level security;
alter table public.taux_change enable row level security;
alter table public.clients_conditions enable row level security;
grant select on public.taux_tva, public.taux_change, public.clients_conditions to authenticated, service_role;
create policy taux_tva_lecture on public.taux_tva for select to authenticated
  using ((select private.role()) is not null);
create policy taux_change_lecture on public.taux_change for select to authenticated
  using ((select private.role()) is not null);
create policy clients_conditions_lecture on public.clients_conditions for select to authenticated
  using ((select private.peut('lire_ventes')));

revoke execute on function public.fixer_taux_change(text, date, numeric, text),
  public.fixer_taux_tva(text, date, numeric, text), public.fixer_conditions_client(uuid, jsonb) from public, anon;
grant execute on function public.fixer_taux_change(text, date, numeric, text),
  public.fixer_taux_tva(text, date, numeric, text), public.fixer_conditions_client(uuid, jsonb) to authenticated;
