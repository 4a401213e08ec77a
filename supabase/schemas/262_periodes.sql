-- Closing: a day or a month that was closed takes no new movement, nor does any day before it, whose stock the closed
-- ones carry. An admin reopens, which reopens what was closed after it too.

create trigger periodes_closes_block before delete or truncate on public.periodes_closes
  for each statement execute function private.interdire_ecriture();
create trigger periodes_closes_gel before insert or update on public.periodes_closes
  for each statement execute function private.exiger_ecritures_ouvertes();

create function private.jour_clos(p_depot_id uuid, p_jour date) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select private.flag_actif('cloture_mensuelle', p_depot_id)
         and coalesce(p_jour <= private.clos_jusqu_au(p_depot_id), false)
$$;
comment on function private.jour_clos(uuid, date) is
  'Whether a day of a depot takes nothing any more: it is closed, under the flag cloture_mensuelle.';

create function private.exiger_periode_ouverte(p_depot_id uuid, p_jour date) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Asked first of the days that are closed, of which most depots have none: the flag is a question of its own.
  if not exists (select from public.periodes_closes c
                  where c.depot_id = p_depot_id and c.rouverte_le is null and c.au >= p_jour) then
    return;
  end if;
  if private.jour_clos(p_depot_id, p_jour) then
    perform private.refuser('PERIODE_CLOSE', jsonb_build_object('date_jour', p_jour,
      'clos_jusqu_au', private.clos_jusqu_au(p_depot_id)));
  end if;
end;
$$;
comment on function private.exiger_periode_ouverte(uuid, date) is
  'Under the flag cloture_mensuelle, refuses a day that is closed at a depot. The caller has the tank, whose mutex '
  'whoever closes takes too. Raises PERIODE_CLOSE.';

create function private.cle_periodes(p_depot_id uuid) returns bigint
language sql immutable
return hashtextextended('periodes:' || p_depot_id::text, 0);
comment on function private.cle_periodes(uuid) is
  'Mutex of a depot''s closed days: whoever writes on a day shares it, who closes or opens one has it alone. Inlined '
  'where it is used.';

create function private.retenir_periodes(p_depot_id uuid) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_pris text;
begin
  v_pris := pg_advisory_xact_lock_shared(private.cle_periodes(p_depot_id));
end;
$$;
comment on function private.retenir_periodes(uuid) is
  'Whoever closes a day of this depot waits until this ends, or has closed it already.';

create function private.exiger_jour_ouvert(p_depot_id uuid, p_jour date) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ouverte text;
begin
  v_ouverte := private.retenir_periodes(p_depot_id);
  v_ouverte := private.exiger_periode_ouverte(p_depot_id, p_jour);
end;
$$;
comment on function private.exiger_jour_ouvert(uuid, date) is
  'The same for what moves no fuel: a delivery note, a payment. Raises PERIODE_CLOSE.';

create function public.clore_periode(p_depot_id uuid, p_jour date default null, p_mois date default null) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_aujourdhui date;
  v_periode public.periodes_closes;
begin
  perform private.exiger('clore_periodes');
  if p_depot_id <> all (private.depots_visibles()) is not false then
    perform private.refuser('INTROUVABLE', '{"quoi":"ce dépôt"}');
  end if;
  if num_nonnulls(p_jour, p_mois) <> 1 then
    perform private.refuser('PERIODE_INVALIDE');
  end if;
  v_periode.periode := case when p_jour is null then 'MOIS' else 'JOUR' end;
  v_periode.du := coalesce(p_jour, date_trunc('month', p_mois)::date);
  v_periode.au := coalesce(p_jour, (v_periode.du + interval '1 month' - interval '1 day')::date);
  v_aujourdhui := private.jour_au_depot(p_depot_id, now());
  if v_periode.au > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
  -- Ahead of the tanks, as whoever changes one.
  perform private.reserver_lieux('{}', array[p_depot_id], true);
  -- Who moves fuel of those days ends first, or then finds them closed.
  perform
    private.verrouiller_citernes(variadic array(select c.id from public.citernes c where c.depot_id = p_depot_id));
  perform pg_advisory_xact_lock(private.cle_periodes(p_depot_id));
  -- Asked twice, it is closed once.
  select c.id into v_periode.id from public.periodes_closes c
   where c.depot_id = p_depot_id and (c.du, c.au) = (v_periode.du, v_periode.au) and c.rouverte_le is null;
  if found then
    return v_periode.id;
  end if;
  if v_periode.au <= private.clos_jusqu_au(p_depot_id) then
    perform private.refuser('INVALID_ID_OR_STATE',
      jsonb_build_object('clos_jusqu_au', private.clos_jusqu_au(p_depot_id)));
  end if;
  insert into public.periodes_closes (depot_id, periode, du, au, par)
  values (p_depot_id, v_periode.periode, v_periode.du, v_periode.au, auth.uid())
  returning * into v_periode;
  perform private.journaliser('PERIODE_CLOTUREE', 'periodes', 'INFO', v_periode.id, p_depot_id, to_jsonb(v_periode));
  return v_periode.id;
end;
$$;
comment on function public.clore_periode(uuid, date, date) is
  'Closes a day, or the month of a day, at a depot (admin, directeur, gerant, or finance): a period that is over, or '
  'today; closed already, it stays so. Logs PERIODE_CLOTUREE. Raises ROLE_FORBIDDEN, INTROUVABLE, PERIODE_INVALIDE, '
  'DATE_FUTURE, INVALID_ID_OR_STATE, ISOLATION_INTERDITE, ECRITURES_GELEES.';

create function public.rouvrir_periode(p_id uuid, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_periode public.periodes_closes;
begin
  perform private.exiger('rouvrir_periodes');
  perform private.exiger_motif(p_motif, 10);
  select * into v_periode from public.periodes_closes c
   where c.id = p_id and c.depot_id = any (private.depots_visibles());
  if not found then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id), 404);
  end if;
  -- In the order of clore_periode.
  perform private.reserver_lieux('{}', array[v_periode.depot_id], true);
  perform pg_advisory_xact_lock(private.cle_periodes(v_periode.depot_id));
  select * into v_periode from public.periodes_closes c where c.id = p_id;
  if v_periode.rouverte_le is not null then
    perform private.refuser('INVALID_ID_OR_STATE',
      jsonb_build_object('id', p_id, 'rouverte_le', v_periode.rouverte_le));
  end if;
  -- Those after it with it: closed, they would keep its days closed.
  for v_periode in
    update public.periodes_closes c
       set (rouverte_par, rouverte_le, motif_reouverture) = (auth.uid(), now(), private.texte_net(p_motif))
     where c.depot_id = v_periode.depot_id and c.au >= v_periode.au and c.rouverte_le is null
    returning *
  loop
    perform private.journaliser('PERIODE_ROUVERTE', 'periodes', 'CRITICAL', v_periode.id, v_periode.depot_id,
      to_jsonb(v_periode));
  end loop;
end;
$$;
comment on function public.rouvrir_periode(uuid, text) is
  'Opens a closed period of a depot again, and those after it (admin, reason of 10 characters or more). Logs each '
  'PERIODE_ROUVERTE, CRITICAL. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, MOTIF_REQUIS, INVALID_ID_OR_STATE, '
  'ISOLATION_INTERDITE, ECRITURES_GELEES.';
revoke execute on function public.clore_periode(uuid, date, date), public.rouvrir_periode(uuid, text)
  from public, anon;
grant execute on function public.clore_periode(uuid, date, date), public.rouvrir_periode(uuid, text) to authenticated;

alter table public.periodes_closes enable row level security;
grant select on public.periodes_closes to authenticated, service_role;
create policy periodes_closes_lecture on public.periodes_closes for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
