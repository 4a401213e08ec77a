-- Corrections: what was validated never changes, so an error is corrected by a row of its own, in the open.

create table public.stocks_adjustments (
  id uuid primary key default private.nouvel_id(),
  mouvement_type text not null check (mouvement_type in ('RECEPTION', 'SORTIE')),
  mouvement_id uuid not null,
  delta_ambiant numeric(15,3) not null check (abs(delta_ambiant) < 1e9),
  delta_15c numeric(15,3) not null default 0 check (abs(delta_15c) < 1e9),
  reason text not null check (char_length(btrim(reason, E' \t\n\r')) >= 10),
  compensation boolean not null default false,
  date_jour date not null,
  created_by uuid not null references auth.users (id),
  depot_id uuid not null references public.depots (id),
  citerne_id uuid not null references public.citernes (id),
  produit_id uuid not null references public.produits (id),
  proprietaire_type text not null check (proprietaire_type in ('MONALUXE', 'PARTENAIRE')),
  created_at timestamptz not null default now(),
  check (delta_ambiant <> 0 or delta_15c <> 0)
);
comment on table public.stocks_adjustments is 'Correction of a movement, by an admin, with a reason. Counts from the day it is made. Immutable.';
comment on column public.stocks_adjustments.mouvement_id is 'receptions.id or sorties_produit.id, as mouvement_type says.';
comment on column public.stocks_adjustments.delta_ambiant is 'Litres added to (negative: taken from) the stock as measured.';
comment on column public.stocks_adjustments.delta_15c is 'The same at 15 °C.';
comment on column public.stocks_adjustments.compensation is 'Exact opposite of its movement: at most one a movement.';
comment on column public.stocks_adjustments.date_jour is 'Day it counts from, at the depot.';
create unique index stocks_adjustments_compensation_unique
  on public.stocks_adjustments (mouvement_type, mouvement_id) where compensation;
create index stocks_adjustments_mouvement_idx on public.stocks_adjustments (mouvement_type, mouvement_id);
create index stocks_adjustments_citerne_idx on public.stocks_adjustments (citerne_id, date_jour desc);
create index stocks_adjustments_depot_id_idx on public.stocks_adjustments (depot_id);
create index stocks_adjustments_produit_id_idx on public.stocks_adjustments (produit_id);
create index stocks_adjustments_created_by_idx on public.stocks_adjustments (created_by);

create type private.mouvement as (
  citerne_id uuid,
  produit_id uuid,
  depot_id uuid,
  proprietaire_type text,
  delta_ambiant numeric,
  delta_15c numeric
);
comment on type private.mouvement is 'What a validated movement did to the stock: litres, negative for a sortie.';

create function private.mouvement_valide(p_type text, p_id uuid) returns private.mouvement
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_mouvement private.mouvement;
begin
  if p_type = 'RECEPTION' then
    select r.citerne_id, r.produit_id, r.depot_id, r.proprietaire_type, r.volume_ambiant, r.volume_15c
      into v_mouvement
      from public.receptions r where r.id = p_id and r.statut = 'validee';
  else
    select s.citerne_id, s.produit_id, s.depot_id, s.proprietaire_type, -s.volume_ambiant, -s.volume_15c
      into v_mouvement
      from public.sorties_produit s where s.id = p_id and s.statut = 'validee';
  end if;
  if not found then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('mouvement_type', p_type, 'id', p_id), 404);
  end if;
  return v_mouvement;
end;
$$;
comment on function private.mouvement_valide(text, uuid) is
  'What a validated movement did to the stock. Needs no lock: it never changes. Raises INVALID_ID_OR_STATE.';

create function private.stocks_adjustments_avant_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_mouvement private.mouvement;
begin
  perform private.exiger('ajuster_stock');
  perform private.exiger_motif(new.reason, 10);
  v_mouvement := private.mouvement_valide(new.mouvement_type, new.mouvement_id);

  new.citerne_id := v_mouvement.citerne_id;
  new.produit_id := v_mouvement.produit_id;
  new.depot_id := v_mouvement.depot_id;
  new.proprietaire_type := v_mouvement.proprietaire_type;
  new.date_jour := private.jour_au_depot(v_mouvement.depot_id, now());
  new.created_by := auth.uid();
  new.created_at := now();

  return new;
end;
$$;
comment on function private.stocks_adjustments_avant_insert() is
  'An admin, a reason, a validated movement. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, MOTIF_REQUIS, INVALID_ID_OR_STATE.';

create function private.stocks_adjustments_apres_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ajustement public.stocks_adjustments;
  v_stock public.stocks_snapshot;
begin
  perform private.verrouiller_citernes(variadic array(select n.citerne_id from nouveaux n));
  for v_ajustement in select * from nouveaux n order by n.citerne_id loop
    select * into strict v_stock from public.stocks_snapshot s
     where s.citerne_id = v_ajustement.citerne_id and s.produit_id = v_ajustement.produit_id
       and s.proprietaire_type = v_ajustement.proprietaire_type;
    if v_stock.stock_ambiant + v_ajustement.delta_ambiant < 0 then
      perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object('mesure', 'volume ambiant',
        'demande', -v_ajustement.delta_ambiant, 'disponible', v_stock.stock_ambiant));
    end if;
    if v_stock.stock_15c + v_ajustement.delta_15c < 0 then
      perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object('mesure', 'volume à 15 °C',
        'demande', -v_ajustement.delta_15c, 'disponible', v_stock.stock_15c));
    end if;
    perform private.appliquer_mouvement(v_ajustement.citerne_id, v_ajustement.produit_id, v_ajustement.depot_id,
      v_ajustement.proprietaire_type, v_ajustement.date_jour, v_ajustement.delta_ambiant, v_ajustement.delta_15c, true);
    perform private.journaliser(
      case when v_ajustement.compensation then v_ajustement.mouvement_type || '_COMPENSEE' else 'STOCK_AJUSTE' end,
      'stocks', 'CRITICAL', v_ajustement.mouvement_id, v_ajustement.depot_id, to_jsonb(v_ajustement));
  end loop;
  return null;
end;
$$;
comment on function private.stocks_adjustments_apres_insert() is
  'Each adjustment of the statement: would the stock stay at or above zero? Then moves it; logs STOCK_AJUSTE, RECEPTION_COMPENSEE or SORTIE_COMPENSEE as CRITICAL. Raises INSUFFICIENT_STOCK, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE.';

create trigger stocks_adjustments_before_insert before insert on public.stocks_adjustments
  for each row execute function private.stocks_adjustments_avant_insert();
create trigger stocks_adjustments_after_insert after insert on public.stocks_adjustments
  referencing new table as nouveaux for each statement execute function private.stocks_adjustments_apres_insert();
create trigger stocks_adjustments_block before update or delete or truncate on public.stocks_adjustments
  for each statement execute function private.interdire_ecriture();

create function private.compenser(p_type text, p_id uuid, p_reason text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_mouvement private.mouvement;
begin
  perform private.exiger('ajuster_stock');
  v_mouvement := private.mouvement_valide(p_type, p_id);
  -- Whoever compensates it too waits here for this one to end.
  perform private.verrouiller_citernes(v_mouvement.citerne_id);
  if exists (select from public.stocks_adjustments a
             where a.mouvement_type = p_type and a.mouvement_id = p_id and a.compensation) then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id, 'deja_compense', true));
  end if;
  insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason, compensation)
  values (p_type, p_id, -v_mouvement.delta_ambiant, -v_mouvement.delta_15c, p_reason, true);
end;
$$;
comment on function private.compenser(text, uuid, text) is
  'Writes the exact opposite of a movement, once. Raises what an adjustment raises, and INVALID_ID_OR_STATE the second time.';

create function public.admin_compensate_reception(p_id uuid, p_reason text) returns void
language sql security definer
set search_path = pg_catalog, pg_temp
as $$ select private.compenser('RECEPTION', p_id, p_reason) $$;
comment on function public.admin_compensate_reception(uuid, text) is
  'Takes back what a réception credited (admin, reason of 10 characters or more). See private.compenser. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, INSUFFICIENT_STOCK, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, MOTIF_REQUIS, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES.';

create function public.admin_compensate_sortie(p_id uuid, p_reason text) returns void
language sql security definer
set search_path = pg_catalog, pg_temp
as $$ select private.compenser('SORTIE', p_id, p_reason) $$;
comment on function public.admin_compensate_sortie(uuid, text) is
  'Gives back what a sortie debited (admin, reason of 10 characters or more). See private.compenser. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, INSUFFICIENT_STOCK, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, MOTIF_REQUIS, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES.';
revoke execute on function public.admin_compensate_reception(uuid, text), public.admin_compensate_sortie(uuid, text)
  from public, anon;
grant execute on function public.admin_compensate_reception(uuid, text), public.admin_compensate_sortie(uuid, text)
  to authenticated;

alter table public.stocks_adjustments enable row level security;
grant select on public.stocks_adjustments to authenticated;
-- Not the column "compensation": only admin_compensate_* write it.
grant insert (id, mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason, created_by, depot_id, citerne_id,
              produit_id, proprietaire_type)
  on public.stocks_adjustments to authenticated;
grant select, insert, update, delete on public.stocks_adjustments to service_role;
create policy stocks_adjustments_lecture on public.stocks_adjustments for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
create policy stocks_adjustments_creation on public.stocks_adjustments for insert to authenticated
  with check ((select private.peut('ajuster_stock')));
create policy stocks_adjustments_creation_second_facteur on public.stocks_adjustments as restrictive
  for insert to authenticated with check ((select private.second_facteur_suffit()));
