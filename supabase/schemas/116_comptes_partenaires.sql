-- Whose litres they are: fuel in a tank is one liquid, what each partner owns of it is a book entry.
--
-- A partner has one account a depot and product, whatever tanks its fuel lies in; what nobody was said to own is the
-- account without a partner (« non attribué »). Like stock, an account is the sum of its movements
-- (v_mouvements_partenaires), kept beside them so that it reads in the same time whatever the history. Lock order: the
-- tanks, then the accounts, all those of an act in one order.

create table public.comptes_partenaires (
  id uuid primary key default private.nouvel_id(),
  depot_id uuid not null references public.depots (id),
  produit_id uuid not null references public.produits (id),
  partenaire_id uuid references public.partenaires (id),
  solde_ambiant numeric(15,3) not null check (abs(solde_ambiant) < 1e12),
  solde_15c numeric(15,3) not null check (abs(solde_15c) < 1e12),
  dernier_jour date not null,
  last_movement_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  unique nulls not distinct (depot_id, produit_id, partenaire_id)
) with (fillfactor = 20);
comment on table public.comptes_partenaires is
  'What each partner owns at a depot, by product: the sum of its movements. Written by private.porter_aux_comptes '
  'only.';
comment on column public.comptes_partenaires.partenaire_id is 'Null: what no partner was said to own yet.';
comment on column public.comptes_partenaires.solde_ambiant is
  'Litres as measured: a sum of readings, of which those of an account that is empty need not be zero.';
comment on column public.comptes_partenaires.solde_15c is
  'Litres at 15 °C: what is owned. Below zero: the partner has taken another''s fuel.';
comment on column public.comptes_partenaires.dernier_jour is 'Last day, at the depot, that moved it.';
create index comptes_partenaires_produit_id_idx on public.comptes_partenaires (produit_id);
create index comptes_partenaires_partenaire_id_idx on public.comptes_partenaires (partenaire_id);
create index comptes_partenaires_decouvert_idx on public.comptes_partenaires (id) where solde_15c < 0;
create trigger comptes_partenaires_block before insert or update or delete or truncate on public.comptes_partenaires
  for each statement execute function private.stocks_reserver_ecriture();

create table private.comptes_partenaires_jours (
  compte_id uuid not null references public.comptes_partenaires (id),
  date_jour date not null,
  delta_ambiant numeric(15,3) not null,
  delta_15c numeric(15,3) not null,
  primary key (compte_id, date_jour)
) with (fillfactor = 70);
comment on table private.comptes_partenaires_jours is
  'What each day moved an account by, litres: its balance at the end of a day is that of now less the days after.';
comment on column private.comptes_partenaires_jours.delta_ambiant is 'Litres as measured.';
comment on column private.comptes_partenaires_jours.delta_15c is 'Litres at 15 °C.';

create table public.stocks_initiaux_partenaires (
  id uuid primary key default private.nouvel_id(),
  stock_initial_id uuid not null references public.stocks_initiaux (id),
  partenaire_id uuid not null references public.partenaires (id),
  depot_id uuid not null references public.depots (id),
  volume_ambiant numeric(15,3) not null check (volume_ambiant > 0 and volume_ambiant < 1e9),
  volume_15c numeric(15,3) not null check (volume_15c > 0 and volume_15c < 1e9),
  created_by uuid not null references auth.users (id),
  created_at timestamptz not null default now(),
  unique (stock_initial_id, partenaire_id)
);
comment on table public.stocks_initiaux_partenaires is
  'Of an opening stock, whose litres they were: what is left is of no partner. Written by repartir_stock_initial only. '
  'Immutable.';
comment on column public.stocks_initiaux_partenaires.volume_ambiant is 'Litres as measured.';
comment on column public.stocks_initiaux_partenaires.volume_15c is 'Litres at 15 °C.';
create index stocks_initiaux_partenaires_partenaire_id_idx on public.stocks_initiaux_partenaires (partenaire_id);
create index stocks_initiaux_partenaires_depot_id_idx on public.stocks_initiaux_partenaires (depot_id);
create index stocks_initiaux_partenaires_created_by_idx on public.stocks_initiaux_partenaires (created_by);

create table public.attributions_partenaires (
  id uuid primary key default private.nouvel_id(),
  depot_id uuid not null references public.depots (id),
  produit_id uuid not null references public.produits (id),
  partenaire_id uuid not null references public.partenaires (id),
  volume_ambiant numeric(15,3) not null check (abs(volume_ambiant) < 1e9),
  volume_15c numeric(15,3) not null check (volume_15c > 0 and volume_15c < 1e9),
  date_jour date not null check (date_jour >= '2020-01-01'),
  motif text not null,
  created_by uuid not null references auth.users (id),
  created_at timestamptz not null default now()
);
comment on table public.attributions_partenaires is
  'Litres of no partner that were found to be one''s. No litre moves in a tank. Written by attribuer_stock_partenaire '
  'only. Immutable.';
comment on column public.attributions_partenaires.volume_ambiant is
  'Litres as measured: the same part of those of no partner.';
comment on column public.attributions_partenaires.volume_15c is 'Litres at 15 °C.';
create index attributions_partenaires_depot_id_idx on public.attributions_partenaires (depot_id);
create index attributions_partenaires_produit_id_idx on public.attributions_partenaires (produit_id);
create index attributions_partenaires_partenaire_id_idx on public.attributions_partenaires (partenaire_id, date_jour);
create index attributions_partenaires_created_by_idx on public.attributions_partenaires (created_by);

create table public.parts_partenaires (
  id uuid primary key default private.nouvel_id(),
  mouvement_type text not null check (mouvement_type in ('AJUSTEMENT', 'DILATATION', 'REGULARISATION')),
  mouvement_id uuid not null,
  partenaire_id uuid not null references public.partenaires (id),
  depot_id uuid not null references public.depots (id),
  delta_ambiant numeric(15,3) not null check (abs(delta_ambiant) < 1e9),
  delta_15c numeric(15,3) not null check (abs(delta_15c) < 1e9),
  created_at timestamptz not null default now(),
  unique (mouvement_type, mouvement_id, partenaire_id),
  check (delta_ambiant <> 0 or delta_15c <> 0)
);
comment on table public.parts_partenaires is
  'Of a movement of the partners'' fuel that names none of them, what each bears: an adjustment of an opening stock, '
  'what a transfer showed of expansion, the gain or loss of a dip. What is left of it is of no partner. Immutable.';
comment on column public.parts_partenaires.mouvement_id is
  'id of stocks_adjustments, dilatations or regularisations, as mouvement_type says.';
comment on column public.parts_partenaires.delta_ambiant is 'Litres as measured, negative where the partner loses.';
comment on column public.parts_partenaires.delta_15c is 'The same at 15 °C.';
create index parts_partenaires_partenaire_id_idx on public.parts_partenaires (partenaire_id);
create index parts_partenaires_depot_id_idx on public.parts_partenaires (depot_id);

create trigger stocks_initiaux_partenaires_block before update or delete or truncate
  on public.stocks_initiaux_partenaires for each statement execute function private.interdire_ecriture();
create trigger attributions_partenaires_block before update or delete or truncate
  on public.attributions_partenaires for each statement execute function private.interdire_ecriture();
create trigger parts_partenaires_block before update or delete or truncate
  on public.parts_partenaires for each statement execute function private.interdire_ecriture();

-- For the statement of a partner; the owner of a sortie is not written again, so validating one stays as cheap.
create index sorties_produit_compte_partenaire_idx on public.sorties_produit (partenaire_id, date_jour)
  where proprietaire_type = 'PARTENAIRE';

create type private.part as (
  depot_id uuid,
  produit_id uuid,
  partenaire_id uuid,
  date_jour date,
  delta_ambiant numeric,
  delta_15c numeric
);
comment on type private.part is
  'Litres that an account of a partner (null: of none) gains on a day, negative where it loses them.';

create function private.exiger_compte_partenaire(p_part private.part) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_jour record;
begin
  -- At the end of a day: the balance of now, less what the days after it moved.
  select j.date_jour, j.solde into v_jour
    from (select m.date_jour, c.solde_15c - coalesce(sum(m.delta_15c) over apres, 0) as solde
            from public.comptes_partenaires c
            join private.comptes_partenaires_jours m on m.compte_id = c.id and m.date_jour >= p_part.date_jour
           where c.depot_id = p_part.depot_id and c.produit_id = p_part.produit_id
             and c.partenaire_id is not distinct from p_part.partenaire_id
          window apres as (order by m.date_jour desc rows between unbounded preceding and 1 preceding)) j
   where j.solde < 0 order by j.date_jour limit 1;
  if found then
    perform private.refuser('PARTENAIRE_SOLDE_INSUFFISANT', jsonb_build_object(
      'partenaire_id', p_part.partenaire_id, 'date_jour', v_jour.date_jour, 'demande', -p_part.delta_15c,
      'disponible', greatest(v_jour.solde - p_part.delta_15c, 0),
      'compte', coalesce((select p.nom from public.partenaires p where p.id = p_part.partenaire_id), 'non attribué')));
  end if;
end;
$$;
comment on function private.exiger_compte_partenaire(private.part) is
  'After an account has lost litres on a day, refuses where it ends that day or a later one below zero, at 15 °C, and '
  'names the first. The caller has the account. Raises PARTENAIRE_SOLDE_INSUFFISANT.';

create function private.porter_aux_comptes(p_parts private.part[], p_controler boolean default true) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_part private.part;
begin
  if coalesce(cardinality(p_parts), 0) = 0 then
    return;
  end if;
  if p_controler then
    perform private.exiger_periode_ouverte(p.depot_id, min(p.date_jour)) from unnest(p_parts) p group by p.depot_id;
  end if;
  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  insert into public.comptes_partenaires as c
    (depot_id, produit_id, partenaire_id, solde_ambiant, solde_15c, dernier_jour)
  select p.depot_id, p.produit_id, p.partenaire_id, sum(p.delta_ambiant), sum(p.delta_15c), max(p.date_jour)
    from unnest(p_parts) p group by 1, 2, 3 order by 1, 2, 3
  on conflict (depot_id, produit_id, partenaire_id) do update
     set solde_ambiant = c.solde_ambiant + excluded.solde_ambiant,
         solde_15c = c.solde_15c + excluded.solde_15c,
         dernier_jour = greatest(c.dernier_jour, excluded.dernier_jour),
         last_movement_at = now(),
         updated_at = now();
  insert into private.comptes_partenaires_jours as j (compte_id, date_jour, delta_ambiant, delta_15c)
  select c.id, p.date_jour, sum(p.delta_ambiant), sum(p.delta_15c)
    from unnest(p_parts) p
    join public.comptes_partenaires c on c.depot_id = p.depot_id and c.produit_id = p.produit_id
     and c.partenaire_id is not distinct from p.partenaire_id
   group by 1, 2
  on conflict (compte_id, date_jour) do update
     set delta_ambiant = j.delta_ambiant + excluded.delta_ambiant,
         delta_15c = j.delta_15c + excluded.delta_15c;
  perform set_config('app.stocks_journaliers_allow_write', '', true);
  if p_controler then
    for v_part in select * from unnest(p_parts) p where p.delta_15c < 0 and p.partenaire_id is not null loop
      if private.flag_actif('comptes_partenaires', v_part.depot_id) then
        perform private.exiger_compte_partenaire(v_part);
      end if;
    end loop;
  end if;
end;
$$;
comment on function private.porter_aux_comptes(private.part[], boolean) is
  'Adds what an act moved of the partners'' fuel to their accounts and to their days, all accounts in one order. Under '
  'the flag comptes_partenaires no account named may then be below zero on that day or a later one; p_controler false: '
  'what is shared by nobody''s will is not asked. The caller has the tanks. Raises PARTENAIRE_SOLDE_INSUFFISANT.';

create function private.jours_du_compte(p_compte_id uuid)
returns table (date_jour date, delta_ambiant numeric, delta_15c numeric)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select j.date_jour, j.delta_ambiant, j.delta_15c from private.comptes_partenaires_jours j
      join public.comptes_partenaires c on c.id = j.compte_id
     where j.compte_id = p_compte_id
       and (auth.uid() is null or c.depot_id = any (private.depots_ou('lire_comptes_partenaires')));
end;
$$;
comment on function private.jours_du_compte(uuid) is
  'What each day moved an account by, litres, if the caller may read it.';
grant execute on function private.jours_du_compte(uuid) to authenticated, service_role;
