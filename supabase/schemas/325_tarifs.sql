-- Prices: of a product, a litre and a currency, for a client, a depot, both or anybody. A price is ended, never edited;
-- creer_tarif alone writes them, so that no two hold on one day.

create table public.tarifs (
  id uuid primary key default private.nouvel_id(),
  produit_id uuid not null references public.produits (id),
  client_id uuid references public.clients (id),
  depot_id uuid references public.depots (id),
  devise text not null check (devise in ('USD', 'CDF')),
  base text not null check (base in ('L15', 'AMB')),
  prix_ht numeric(18,6) not null check (prix_ht > 0 and prix_ht < 1e6),
  valide_du date not null,
  valide_au date check (valide_au >= valide_du),
  motif text not null,
  par uuid not null references auth.users (id),
  created_at timestamptz not null default now()
);
comment on table public.tarifs is
  'Price of a litre before tax, from a day to a day. The price of a client at a depot comes before that of the client, '
  'of the depot, of anybody.';
comment on column public.tarifs.client_id is 'Whose price it is; null: anybody''s.';
comment on column public.tarifs.depot_id is 'Where; null: everywhere.';
comment on column public.tarifs.base is 'Litre it is the price of: L15 at 15 °C, AMB as measured.';
comment on column public.tarifs.prix_ht is 'For one litre, in devise, before tax.';
comment on column public.tarifs.valide_au is 'Last day; null: until it is ended.';
create index tarifs_produit_id_idx on public.tarifs (produit_id, devise, base, valide_du desc);
create index tarifs_client_id_idx on public.tarifs (client_id);
create index tarifs_depot_id_idx on public.tarifs (depot_id);
create index tarifs_par_idx on public.tarifs (par);
create index tarifs_page_idx on public.tarifs (created_at desc, id desc);

create function private.tarif_figer() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if to_jsonb(new) - 'valide_au' <> to_jsonb(old) - 'valide_au' then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return new;
end;
$$;
comment on function private.tarif_figer() is 'Of a price only the last day is ever written. Raises ECRITURE_INTERDITE.';
create trigger tarifs_figer before update on public.tarifs for each row execute function private.tarif_figer();
create trigger tarifs_block before delete or truncate on public.tarifs
  for each statement execute function private.interdire_ecriture();
create trigger tarifs_gel before insert or update on public.tarifs
  for each statement execute function private.exiger_ecritures_ouvertes();

create function private.prix_ou_rien(
  p_produit_id uuid, p_client_id uuid, p_depot_id uuid, p_jour date, p_devise text, p_base text
) returns numeric
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return (
  select t.prix_ht from public.tarifs t
   where t.produit_id = p_produit_id and t.devise = p_devise and t.base = p_base
     and t.valide_du <= p_jour and (t.valide_au is null or t.valide_au >= p_jour)
     and (t.client_id is null or t.client_id = p_client_id) and (t.depot_id is null or t.depot_id = p_depot_id)
   order by t.client_id is null, t.depot_id is null limit 1);
end;
$$;
comment on function private.prix_ou_rien(uuid, uuid, uuid, date, text, text) is
  'Price of a litre before tax, the nearest there is to this client and depot; null where there is none.';

create function private.prix(
  p_produit_id uuid, p_client_id uuid, p_depot_id uuid, p_jour date, p_devise text, p_base text
) returns numeric
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_prix constant numeric := private.prix_ou_rien(p_produit_id, p_client_id, p_depot_id, p_jour, p_devise, p_base);
begin
  if v_prix is null then
    perform private.refuser('TARIF_ABSENT', jsonb_build_object('produit_id', p_produit_id,
      'produit', (select p.nom from public.produits p where p.id = p_produit_id),
      'client_id', p_client_id, 'jour', p_jour, 'devise', p_devise, 'base', p_base));
  end if;
  return v_prix;
end;
$$;
comment on function private.prix(uuid, uuid, uuid, date, text, text) is
  'Price of a litre before tax. Raises TARIF_ABSENT.';

create function public.prix_applicable(
  p_produit uuid, p_client uuid, p_depot uuid, p_jour date, p_devise text default 'USD', p_base text default 'L15'
) returns numeric
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_depot <> all (coalesce((private.exiger('lire_ventes')).depots, '{}')) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce dépôt'));
  end if;
  return private.prix(p_produit, p_client, p_depot, p_jour, p_devise, p_base);
end;
$$;
comment on function public.prix_applicable(uuid, uuid, uuid, date, text, text) is
  'Price of a litre before tax, for a client at a depot on the day of a sortie: theirs there, else theirs, else the '
  'depot''s, else everybody''s. Raises ROLE_FORBIDDEN, INTROUVABLE, TARIF_ABSENT.';

create function private.exiger_portee_tarif(p_depot_id uuid) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('regler_tarifs');
begin
  if p_depot_id is not null and p_depot_id <> all (coalesce(v_acteur.depots, '{}')) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce dépôt'));
  end if;
  -- What holds everywhere is for who sees everywhere.
  if p_depot_id is null then
    perform private.exiger('voir_tous_depots');
  end if;
end;
$$;
comment on function private.exiger_portee_tarif(uuid) is
  'Who sets prices, of a depot they see; of all of them, who sees all. Raises ROLE_FORBIDDEN, INTROUVABLE.';

create function public.creer_tarif(
  p_produit_id uuid, p_client_id uuid, p_depot_id uuid, p_devise text, p_base text, p_prix_ht numeric, p_valide_du date,
  p_valide_au date, p_motif text
) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_tarif public.tarifs;
begin
  perform private.exiger_portee_tarif(p_depot_id);
  perform private.exiger_motif(p_motif, 3);
  perform private.exiger_actifs(p_produit_id, p_depot_id, p_client_id);
  -- Two at once would each see no other: the prices of a product at a depot are said one after the other.
  perform private.exiger_read_committed();
  perform pg_advisory_xact_lock(hashtextextended(format('tarifs:%s:%s', p_produit_id, p_depot_id), 0));
  -- The price that holds until somebody says another ends the day before it.
  update public.tarifs t set valide_au = p_valide_du - 1
   where t.produit_id = p_produit_id and t.client_id is not distinct from p_client_id
     and t.depot_id is not distinct from p_depot_id and t.devise = p_devise and t.base = p_base
     and t.valide_au is null and t.valide_du < p_valide_du;
  if exists (select from public.tarifs t
              where t.produit_id = p_produit_id and t.client_id is not distinct from p_client_id
                and t.depot_id is not distinct from p_depot_id and t.devise = p_devise and t.base = p_base
                and t.valide_du <= coalesce(p_valide_au, 'infinity') and coalesce(t.valide_au, 'infinity') >=
                  p_valide_du) then
    perform private.refuser('TARIF_CHEVAUCHE', jsonb_build_object('du', p_valide_du, 'au', p_valide_au));
  end if;
  insert into public.tarifs (produit_id, client_id, depot_id, devise, base, prix_ht, valide_du, valide_au, motif, par)
  values (p_produit_id, p_client_id, p_depot_id, p_devise, p_base, p_prix_ht, p_valide_du, p_valide_au,
    private.texte_net(p_motif), auth.uid())
  returning * into v_tarif;
  perform private.journaliser('TARIF_CREE', 'ventes', 'INFO', v_tarif.id, p_depot_id, to_jsonb(v_tarif));
  return v_tarif.id;
end;
$$;
comment on function public.creer_tarif(uuid, uuid, uuid, text, text, numeric, date, date, text) is
  'Says a price from a day on; the open one of the same product, client, depot, currency and litre ends the day '
  'before. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, '
  'INTROUVABLE, ECRITURES_GELEES, TARIF_CHEVAUCHE, and 23xxx.';

create function public.clore_tarif(p_id uuid, p_au date, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_tarif public.tarifs;
begin
  perform private.exiger('regler_tarifs');
  perform private.exiger_motif(p_motif, 3);
  select * into v_tarif from public.tarifs t where t.id = p_id for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce tarif'));
  end if;
  perform private.exiger_portee_tarif(v_tarif.depot_id);
  -- A day that has passed was sold at this price.
  if p_au < greatest(v_tarif.valide_du, private.jour_local(private.fuseau_societe(), now()) - 1)
     or p_au >= v_tarif.valide_au then
    perform private.refuser('TARIF_NON_CLOTURABLE', jsonb_build_object('au', p_au, 'valide_au', v_tarif.valide_au));
  end if;
  update public.tarifs t set valide_au = p_au where t.id = p_id;
  perform private.journaliser('TARIF_CLOS', 'ventes', 'INFO', p_id, v_tarif.depot_id,
    jsonb_build_object('avant', to_jsonb(v_tarif), 'valide_au', p_au, 'motif', p_motif));
end;
$$;
comment on function public.clore_tarif(uuid, date, text) is
  'Ends a price, yesterday at the earliest, before it would have ended. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, '
  'ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, TARIF_NON_CLOTURABLE.';

alter table public.tarifs enable row level security;
grant select on public.tarifs to authenticated, service_role;
create policy tarifs_lecture on public.tarifs for select to authenticated
  using ((depot_id is null and (select private.peut('lire_ventes')))
         or depot_id = any ((select private.depots_ou('lire_ventes'))::uuid[]));

revoke execute on function public.prix_applicable(uuid, uuid, uuid, date, text, text),
  public.creer_tarif(uuid, uuid, uuid, text, text, numeric, date, date, text), public.clore_tarif(uuid, date, text)
  from public, anon;
grant execute on function public.prix_applicable(uuid, uuid, uuid, date, text, text),
  public.creer_tarif(uuid, uuid, uuid, text, text, numeric, date, date, text), public.clore_tarif(uuid, date, text)
  to authenticated;
