-- Opening stock: fuel that was in a tank before its first movement, declared once and in the open.

create table public.stocks_initiaux (
  id uuid primary key default private.nouvel_id(),
  citerne_id uuid not null,
  produit_id uuid not null references public.produits (id),
  depot_id uuid not null references public.depots (id),
  proprietaire_type text not null check (proprietaire_type in ('MONALUXE', 'PARTENAIRE')),
  volume_ambiant numeric(15,3) not null check (volume_ambiant > 0 and volume_ambiant < 1e9),
  volume_15c numeric(15,3) not null check (volume_15c > 0 and volume_15c < 1e9),
  date_jour date not null check (date_jour >= '2020-01-01'),
  motif text not null,
  created_by uuid not null references auth.users (id),
  created_at timestamptz not null default now(),
  unique (citerne_id, produit_id, proprietaire_type),
  check (volume_15c / volume_ambiant between 0.5 and 1.5),
  constraint stocks_initiaux_citerne_id_fkey foreign key (citerne_id, produit_id, depot_id)
    references public.citernes (id, produit_id, depot_id)
);
comment on table public.stocks_initiaux is
  'Opening stock of a tank and owner, declared by an admin before any movement. Written by declarer_stock_initial '
  'only. Immutable.';
comment on column public.stocks_initiaux.volume_ambiant is 'Litres as measured.';
comment on column public.stocks_initiaux.volume_15c is 'Litres at 15 °C.';
comment on column public.stocks_initiaux.date_jour is 'Day it counts from, at the depot.';
comment on column public.stocks_initiaux.motif is 'Where the figure comes from.';
create index stocks_initiaux_depot_id_idx on public.stocks_initiaux (depot_id);
create index stocks_initiaux_produit_id_idx on public.stocks_initiaux (produit_id);
create index stocks_initiaux_created_by_idx on public.stocks_initiaux (created_by);

create function private.exiger_depuis_l_ouverture(
  p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date
) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ouverture date;
begin
  select i.date_jour into v_ouverture from public.stocks_initiaux i
   where i.citerne_id = p_citerne_id and i.produit_id = p_produit_id and i.proprietaire_type = p_proprietaire_type;
  if p_jour < v_ouverture then
    perform private.refuser('MOUVEMENT_AVANT_STOCK_INITIAL',
      jsonb_build_object('date_jour', p_jour, 'ouverture', v_ouverture));
  end if;
end;
$$;
comment on function private.exiger_depuis_l_ouverture(uuid, uuid, text, date) is
  'Refuses a day before the opening stock of a tank and owner, which counts all that had come until then. Raises '
  'MOUVEMENT_AVANT_STOCK_INITIAL.';

create trigger stocks_initiaux_block before update or delete or truncate on public.stocks_initiaux
  for each statement execute function private.interdire_ecriture();

create function public.declarer_stock_initial(
  p_citerne_id uuid, p_proprietaire_type text, p_volume_ambiant numeric, p_volume_15c numeric, p_motif text,
  p_date_jour date default null
) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_citerne public.citernes;
  v_aujourdhui date;
  v_initial public.stocks_initiaux;
begin
  perform private.exiger('ajuster_stock');
  perform private.exiger_motif(p_motif, 10);
  -- Its key first, as every movement does: it keeps its product from here on. What else it is, is asked again.
  select * into v_citerne from public.citernes c
   where c.id = p_citerne_id and c.depot_id = any (private.depots_visibles())
     for key share;
  if not found or v_citerne.statut <> 'active' then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_citerne_id));
  end if;
  perform private.exiger_actifs(v_citerne.produit_id, v_citerne.depot_id);
  -- NaN is greater than any number: only a bound above tells it from one.
  if (p_volume_ambiant > 0 and p_volume_15c > 0 and p_volume_ambiant < 1e9 and p_volume_15c < 1e9) is not true then
    perform private.refuser('VOLUME_AMBIANT_NON_POSITIF', jsonb_build_object('volume_ambiant', p_volume_ambiant));
  end if;
  v_aujourdhui := private.jour_au_depot(v_citerne.depot_id, now());
  if p_date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;

  perform private.verrouiller_citernes(p_citerne_id);
  perform private.exiger_en_service(p_citerne_id);
  if exists (select from public.stocks_snapshot s
             where s.citerne_id = p_citerne_id and s.proprietaire_type = p_proprietaire_type) then
    perform private.refuser('INVALID_ID_OR_STATE',
      jsonb_build_object('citerne_id', p_citerne_id, 'proprietaire_type', p_proprietaire_type, 'a_deja_un_stock',
        true));
  end if;

  insert into public.stocks_initiaux
    (citerne_id, produit_id, depot_id, proprietaire_type, volume_ambiant, volume_15c, date_jour, motif, created_by)
  values
    (p_citerne_id, v_citerne.produit_id, v_citerne.depot_id, p_proprietaire_type, p_volume_ambiant, p_volume_15c,
     coalesce(p_date_jour, v_aujourdhui), private.texte_net(p_motif), auth.uid())
  returning * into v_initial;
  perform private.appliquer_mouvement(v_initial.citerne_id, v_initial.produit_id, v_initial.depot_id,
    v_initial.proprietaire_type, v_initial.date_jour, v_initial.volume_ambiant, v_initial.volume_15c);
  perform private.exiger_contenance(v_initial.citerne_id, v_initial.date_jour, v_initial.volume_ambiant);
  perform private.melanger(v_initial.citerne_id, null, v_initial.volume_15c);
  if v_initial.proprietaire_type = 'PARTENAIRE' then
    perform private.porter_aux_comptes(array[row(v_initial.depot_id, v_initial.produit_id, null, v_initial.date_jour,
      v_initial.volume_ambiant, v_initial.volume_15c)::private.part]);
  end if;
  perform private.journaliser('STOCK_INITIAL_DECLARE', 'stocks', 'CRITICAL', v_initial.id, v_initial.depot_id,
    to_jsonb(v_initial) || jsonb_build_object(
      'delta_ambiant', v_initial.volume_ambiant, 'delta_15c', v_initial.volume_15c));
  return v_initial.id;
end;
$$;
comment on function public.declarer_stock_initial(uuid, text, numeric, numeric, text, date) is
  'Declares what a tank held for an owner before its first movement (admin, once, reason of 10 characters or '
  'more); litres as measured and at 15 °C. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, '
  'CITERNE_INACTIVE_OR_INCOMPATIBLE, VOLUME_AMBIANT_NON_POSITIF, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, '
  'REFERENTIEL_INACTIF, ISOLATION_INTERDITE, MOTIF_REQUIS, DATE_FUTURE, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, '
  'PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';
revoke execute on function public.declarer_stock_initial(uuid, text, numeric, numeric, text, date) from public, anon;
grant execute on function public.declarer_stock_initial(uuid, text, numeric, numeric, text, date) to authenticated;

alter table public.stocks_initiaux enable row level security;
grant select on public.stocks_initiaux to authenticated, service_role;
create policy stocks_initiaux_lecture on public.stocks_initiaux for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
