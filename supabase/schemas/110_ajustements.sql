-- Corrections: what was validated never changes, so an error is corrected by a row of its own, in the open.

create table public.stocks_adjustments (
  id uuid primary key default private.nouvel_id(),
  mouvement_type text not null,
  mouvement_id uuid not null,
  delta_ambiant numeric(15,3) not null,
  delta_15c numeric(15,3) not null,
  reason text not null,
  compensation boolean not null default false,
  contrepartie_de uuid references public.stocks_adjustments (id),
  date_jour date not null,
  created_by uuid not null references auth.users (id),
  depot_id uuid not null references public.depots (id),
  citerne_id uuid not null,
  produit_id uuid not null references public.produits (id),
  proprietaire_type text not null,
  created_at timestamptz not null default now(),
  constraint stocks_adjustments_citerne_id_fkey foreign key (citerne_id, produit_id, depot_id)
    references public.citernes (id, produit_id, depot_id)
);
comment on table public.stocks_adjustments is
  'Correction of a movement, by an admin, with a reason. Counts from the day it is made. Immutable.';
comment on column public.stocks_adjustments.mouvement_id is
  'id of receptions, sorties_produit, stocks_initiaux, transferts or transferts_depots, as mouvement_type says; of a '
  'transfer the tank says which end.';
comment on column public.stocks_adjustments.delta_ambiant is
  'Litres added to (negative: taken from) the stock as measured.';
comment on column public.stocks_adjustments.delta_15c is 'The same at 15 °C.';
comment on column public.stocks_adjustments.compensation is
  'Takes back what was left of its movement after its adjustments: at most one a movement.';
comment on column public.stocks_adjustments.contrepartie_de is
  'Of a transfer, whose two tanks are corrected together: the adjustment that this one is the other half of; written '
  'by the database.';
comment on column public.stocks_adjustments.date_jour is 'Day it counts from, at the depot.';
create unique index stocks_adjustments_compensation_unique
  on public.stocks_adjustments (mouvement_type, mouvement_id) where compensation;
create index stocks_adjustments_mouvement_idx on public.stocks_adjustments (mouvement_type, mouvement_id);
create index stocks_adjustments_contrepartie_de_idx on public.stocks_adjustments (contrepartie_de);
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

create function private.mouvement_valide(p_type text, p_id uuid, p_citerne_id uuid default null)
  returns private.mouvement
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_mouvement private.mouvement;
begin
  -- Each by its own key: of all kinds at once it would begin to read six tables.
  case p_type
    when 'RECEPTION' then
      select r.citerne_id, r.produit_id, r.depot_id, r.proprietaire_type, r.volume_ambiant, r.volume_15c
        into v_mouvement from public.receptions r where r.id = p_id and r.statut = 'validee';
    when 'SORTIE' then
      select s.citerne_id, s.produit_id, s.depot_id, s.proprietaire_type, -s.volume_ambiant, -s.volume_15c
        into v_mouvement from public.sorties_produit s where s.id = p_id and s.statut = 'validee';
    when 'STOCK_INITIAL' then
      select i.citerne_id, i.produit_id, i.depot_id, i.proprietaire_type, i.volume_ambiant, i.volume_15c
        into v_mouvement from public.stocks_initiaux i where i.id = p_id;
    -- Of the two tanks of a transfer: the one that is meant, else the one it went to.
    when 'TRANSFERT' then
      select case when p_citerne_id = t.citerne_source_id then p_citerne_id else t.citerne_destination_id end,
             t.produit_id, t.depot_id, t.proprietaire_type,
             case when p_citerne_id = t.citerne_source_id then -t.volume_ambiant else t.volume_ambiant end,
             case when p_citerne_id = t.citerne_source_id then -t.volume_15c else t.volume_15c end
        into v_mouvement from public.transferts t where t.id = p_id;
    when 'TRANSFERT_DEPOT' then
      select d.citerne_id, d.produit_id, d.depot_id, d.proprietaire_type, d.delta_ambiant, d.delta_15c
        into v_mouvement from public.mouvements_transferts_depots d where d.transfert_id = p_id
       order by d.citerne_id = p_citerne_id desc nulls last, d.delta_ambiant desc limit 1;
    else
      v_mouvement := null;
  end case;
  if v_mouvement.citerne_id is null then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('mouvement_type', p_type, 'id', p_id), 404);
  end if;
  return v_mouvement;
end;
$$;
comment on function private.mouvement_valide(text, uuid, uuid) is
  'What a validated movement did to the stock: to that of p_citerne_id where a transfer is meant from that side. Needs '
  'no lock: it never changes. Raises INVALID_ID_OR_STATE.';

create function private.reste_du_mouvement(p_type text, p_id uuid, p_citerne_id uuid default null)
  returns private.mouvement
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_mouvement private.mouvement := private.mouvement_valide(p_type, p_id, p_citerne_id);
begin
  select v_mouvement.delta_ambiant + coalesce(sum(a.delta_ambiant), 0),
    v_mouvement.delta_15c + coalesce(sum(a.delta_15c), 0)
    into v_mouvement.delta_ambiant, v_mouvement.delta_15c
    from public.stocks_adjustments a
   where a.mouvement_type = p_type and a.mouvement_id = p_id and a.citerne_id = v_mouvement.citerne_id;
  return v_mouvement;
end;
$$;
comment on function private.reste_du_mouvement(text, uuid, uuid) is
  'What a movement comes to with all its adjustments so far; asked under the lock of its tank. Raises '
  'INVALID_ID_OR_STATE.';

create function private.stocks_adjustments_avant_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_mouvement private.mouvement;
  v_acteur private.acteur;
  v_fait text;
begin
  v_fait := private.exiger_ouvert();
  v_acteur := private.exiger('ajuster_stock');
  v_fait := private.exiger_motif(new.reason, 10);
  if num_nulls(new.delta_ambiant, new.delta_15c) > 0 then
    perform private.refuser('AJUSTEMENT_INCOMPLET',
      jsonb_build_object('champ', case when new.delta_ambiant is null then 'delta_ambiant' else 'delta_15c' end));
  end if;
  if new.delta_ambiant = 0 and new.delta_15c = 0 then
    perform private.refuser('AJUSTEMENT_NUL');
  end if;
  -- Whoever is invoicing this sortie, or confirming its note, ends first.
  if new.mouvement_type = 'SORTIE' then
    perform from public.sorties_produit s where s.id = new.mouvement_id for share;
  elsif new.mouvement_type = 'TRANSFERT_DEPOT' then
    perform from public.transferts_depots t where t.id = new.mouvement_id for update;
  end if;
  v_mouvement := private.mouvement_valide(new.mouvement_type, new.mouvement_id, new.citerne_id);

  new.citerne_id := v_mouvement.citerne_id;
  new.produit_id := v_mouvement.produit_id;
  new.depot_id := v_mouvement.depot_id;
  new.proprietaire_type := v_mouvement.proprietaire_type;
  new.date_jour := private.jour_au_depot(v_mouvement.depot_id, now());
  new.created_by := v_acteur.user_id;
  new.created_at := now();

  return new;
end;
$$;
comment on function private.stocks_adjustments_avant_insert() is
  'An admin, a reason, both volumes, a validated movement. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, MOTIF_REQUIS, '
  'AJUSTEMENT_INCOMPLET, AJUSTEMENT_NUL, INVALID_ID_OR_STATE, ECRITURES_GELEES, ISOLATION_INTERDITE.';

create function private.ajustement_garder() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_faute text;
  v_admis boolean;
begin
  v_faute := case
    when new.mouvement_type not in ('RECEPTION', 'SORTIE', 'STOCK_INITIAL', 'TRANSFERT', 'TRANSFERT_DEPOT')
      then 'mouvement_type'
    when new.proprietaire_type not in ('MONALUXE', 'PARTENAIRE') then 'proprietaire_type'
    when new.delta_ambiant = 0 and new.delta_15c = 0 or abs(new.delta_ambiant) >= 1e9 then 'delta_ambiant'
    when abs(new.delta_15c) >= 1e9 then 'delta_15c'
    when char_length(btrim(new.reason, E' \t\n\r')) < 10 then 'reason' end;
  if v_faute is not null then
    perform private.refuser_ligne(tg_table_name, v_faute);
  end if;
  v_admis := private.texte_admis(new.reason, 'reason', true);
  -- Those of this transaction so far, of which a client's request has one.
  if pg_stat_get_xact_tuples_inserted(tg_relid) >= private.lignes_au_plus() then
    perform private.exiger_peu_de_lignes(tg_relid, pg_stat_get_xact_tuples_inserted(tg_relid) + 1);
  end if;
  return new;
end;
$$;
comment on function private.ajustement_garder() is
  'What every adjustment holds, completed, whoever writes it: a known kind of movement and owner, litres, a reason '
  'that people read; so many a request. Raises TEXTE_ILLISIBLE, TROP_DE_LIGNES, 23514 naming the column.';

create function private.exiger_ajustable(p_ajustement public.stocks_adjustments) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_mouvement constant private.mouvement :=
    private.mouvement_valide(p_ajustement.mouvement_type, p_ajustement.mouvement_id, p_ajustement.citerne_id);
  v_reste constant private.mouvement :=
    private.reste_du_mouvement(p_ajustement.mouvement_type, p_ajustement.mouvement_id, p_ajustement.citerne_id);
  v_sens constant int := sign(v_mouvement.delta_ambiant);
  v_stock public.stocks_snapshot;
begin
  if v_sens * p_ajustement.delta_ambiant < 0 and v_sens * v_reste.delta_ambiant < 0 then
    perform private.refuser('AJUSTEMENT_EXCESSIF',
      jsonb_build_object('mesure', 'volume ambiant', 'reste', v_sens * v_reste.delta_ambiant));
  end if;
  if v_sens * p_ajustement.delta_15c < 0 and v_sens * v_reste.delta_15c < 0 then
    perform private.refuser('AJUSTEMENT_EXCESSIF',
      jsonb_build_object('mesure', 'volume à 15 °C', 'reste', v_sens * v_reste.delta_15c));
  end if;
  select * into strict v_stock from public.stocks_snapshot s
   where s.citerne_id = p_ajustement.citerne_id and s.produit_id = p_ajustement.produit_id
     and s.proprietaire_type = p_ajustement.proprietaire_type;
  if v_stock.stock_ambiant + p_ajustement.delta_ambiant < 0 then
    perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object('mesure', 'volume ambiant',
      'demande', -p_ajustement.delta_ambiant, 'disponible', v_stock.stock_ambiant));
  end if;
  if v_stock.stock_15c + p_ajustement.delta_15c < 0 then
    perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object('mesure', 'volume à 15 °C',
      'demande', -p_ajustement.delta_15c, 'disponible', v_stock.stock_15c));
  end if;
  v_stock.stock_ambiant := v_stock.stock_ambiant + p_ajustement.delta_ambiant;
  v_stock.stock_15c := v_stock.stock_15c + p_ajustement.delta_15c;
  if v_stock.stock_15c not between 0.5 * v_stock.stock_ambiant and 1.5 * v_stock.stock_ambiant then
    perform private.refuser('FACTEUR_HORS_BORNES',
      jsonb_build_object('stock_ambiant', v_stock.stock_ambiant, 'stock_15c', v_stock.stock_15c));
  end if;
end;
$$;
comment on function private.exiger_ajustable(public.stocks_adjustments) is
  'Whether an adjustment that is written may move the stock: its movement keeps its sense, the stock of its owner '
  'stays at or above zero and within 0.5 to 1.5 litres at 15 °C for one measured. The caller has the lock. Raises '
  'INVALID_ID_OR_STATE, AJUSTEMENT_EXCESSIF, INSUFFICIENT_STOCK, FACTEUR_HORS_BORNES.';

create function private.stocks_adjustments_apres_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ajustement public.stocks_adjustments;
  v_partage boolean := false;
  v_fait text;
begin
  -- A client who took more than was written owes more: whoever asks their limit meanwhile ends first.
  v_fait := private.verrouiller_tiers('CLIENT', variadic array(
    select s.client_id from nouveaux n
      join public.sorties_produit s on n.mouvement_type = 'SORTIE' and s.id = n.mouvement_id
     where s.client_id is not null and (n.delta_ambiant < 0 or n.delta_15c < 0)));
  v_fait := private.verrouiller_citernes(variadic array(
    select n.citerne_id from nouveaux n
     union select unnest(array[t.citerne_source_id, t.citerne_destination_id])
      from nouveaux n join public.transferts t on n.mouvement_type = 'TRANSFERT' and t.id = n.mouvement_id));
  perform private.corriger_prets(n) from nouveaux n where n.mouvement_type in ('RECEPTION', 'SORTIE');
  for v_ajustement in select * from nouveaux n order by n.citerne_id loop
    v_fait := private.exiger_ajustable(v_ajustement);
    v_fait := private.appliquer_mouvement(v_ajustement.citerne_id, v_ajustement.produit_id, v_ajustement.depot_id,
      v_ajustement.proprietaire_type, v_ajustement.date_jour, v_ajustement.delta_ambiant, v_ajustement.delta_15c, true);
    if v_ajustement.delta_ambiant > 0 then
      v_fait := private.exiger_contenance(v_ajustement.citerne_id, v_ajustement.date_jour, v_ajustement.delta_ambiant);
    end if;
    v_fait := private.journaliser(
      array[case when v_ajustement.compensation then v_ajustement.mouvement_type || '_COMPENSEE' else 'STOCK_AJUSTE'
        end], 'stocks', 'CRITICAL', v_ajustement.mouvement_id, v_ajustement.depot_id, to_jsonb(v_ajustement),
      v_ajustement.created_by);
    if v_ajustement.proprietaire_type = 'PARTENAIRE' then
      v_partage := true;
      if v_ajustement.mouvement_type = 'STOCK_INITIAL' then
        perform private.partager_ajustement_initial(v_ajustement);
      end if;
    end if;
  end loop;
  -- Those of a transfer between tanks leave an account as it was.
  if v_partage then
    perform private.porter_aux_comptes(array(
      select row(n.depot_id, n.produit_id, m.partenaire_id, n.date_jour, n.delta_ambiant, n.delta_15c)::private.part
        from nouveaux n
        join (select 'RECEPTION' as type, r.id, r.partenaire_id from public.receptions r
              union all select 'SORTIE', s.id, s.partenaire_id from public.sorties_produit s
              union all select 'TRANSFERT_DEPOT', t.id, t.partenaire_id from public.transferts_depots t) m
          on m.type = n.mouvement_type and m.id = n.mouvement_id
       where n.proprietaire_type = 'PARTENAIRE'));
  end if;
  -- What did not enter one tank of a transfer has not left the other. Asked first: an insertion of no row comes back
  -- here.
  if exists (select from nouveaux n where n.mouvement_type = 'TRANSFERT' and n.contrepartie_de is null) then
    insert into public.stocks_adjustments
      (mouvement_type, mouvement_id, citerne_id, delta_ambiant, delta_15c, reason, contrepartie_de)
    select n.mouvement_type, n.mouvement_id,
           case n.citerne_id when t.citerne_source_id then t.citerne_destination_id else t.citerne_source_id end,
           -n.delta_ambiant, -n.delta_15c, n.reason, n.id
      from nouveaux n join public.transferts t on t.id = n.mouvement_id
     where n.mouvement_type = 'TRANSFERT' and n.contrepartie_de is null;
  end if;
  return null;
end;
$$;
comment on function private.stocks_adjustments_apres_insert() is
  'Each adjustment of the statement, under the lock of its tank: moves the stock where it may, within the bounds of '
  'the tank; logs STOCK_AJUSTE, RECEPTION_COMPENSEE or SORTIE_COMPENSEE as CRITICAL. Then the other half of those of a '
  'transfer. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, INSUFFICIENT_STOCK, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, '
  'TROP_DE_LIGNES, TEXTE_ILLISIBLE, AJUSTEMENT_INCOMPLET, AJUSTEMENT_NUL, AJUSTEMENT_EXCESSIF, FACTEUR_HORS_BORNES, '
  'DENSITE_OBSERVEE_REQUISE, '
  'TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, MOTIF_REQUIS, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, '
  'PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';

create trigger stocks_adjustments_before_insert before insert on public.stocks_adjustments
  for each row execute function private.stocks_adjustments_avant_insert();
-- By its name after the one that completes.
create trigger stocks_adjustments_garder before insert on public.stocks_adjustments
  for each row execute function private.ajustement_garder();
create trigger stocks_adjustments_after_insert after insert on public.stocks_adjustments
  referencing new table as nouveaux for each statement execute function private.stocks_adjustments_apres_insert();
create trigger stocks_adjustments_block before update or delete or truncate on public.stocks_adjustments
  for each statement execute function private.interdire_ecriture();

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
