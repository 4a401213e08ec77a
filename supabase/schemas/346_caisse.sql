-- The till: what cash of a day it should hold, and its closing; a day that is closed takes no cash.

create function private.cle_caisse(p_depot_id uuid, p_devise text, p_jour date) returns bigint
language sql immutable
return hashtextextended('caisse:' || p_depot_id::text || ':' || p_devise || ':' || (p_jour - '2000-01-01')::text, 0);
comment on function private.cle_caisse(uuid, text, date) is
  'Mutex of a day''s till: whoever pays in shares it, who closes it has it alone. Inlined where it is used.';

create function private.exiger_caisse_ouverte(p_depot_id uuid, p_devise text, p_jour date) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_pris text;
begin
  v_pris := pg_advisory_xact_lock_shared(private.cle_caisse(p_depot_id, p_devise, p_jour));
  if exists (select from public.clotures_caisse c
              where c.depot_id = p_depot_id and c.devise = p_devise and c.jour = p_jour) then
    perform private.refuser('CAISSE_CLOTUREE', jsonb_build_object('jour', p_jour, 'devise', p_devise));
  end if;
end;
$$;
comment on function private.exiger_caisse_ouverte(uuid, text, date) is
  'No cash moves in a till that is closed for the day; it stays open until this ends. Raises CAISSE_CLOTUREE.';

create function private.caisse_theorique(p_depot_id uuid, p_devise text, p_jour date) returns numeric
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select coalesce((select sum(e.montant) from public.encaissements e
                    where e.depot_id = p_depot_id and e.jour_caisse = p_jour and e.devise = p_devise
                      and e.mode = 'CASH' and e.statut = 'CONFIRME'), 0)
       - coalesce((select sum(r.montant) from public.remboursements r
                     join public.encaissements e on e.id = r.encaissement_id
                    where r.depot_id = p_depot_id and r.jour_caisse = p_jour and e.devise_compte = p_devise
                      and r.mode = 'CASH'), 0)
$$;
comment on function private.caisse_theorique(uuid, text, date) is
  'Cash that a day has brought to a depot''s till, in one currency, what was given back taken off.';
grant execute on function private.caisse_theorique(uuid, text, date) to authenticated, service_role;

create function public.cloturer_caisse(
  p_depot_id uuid, p_devise text, p_jour date, p_compte numeric, p_motif text default null
) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_theorique numeric;
  v_cloture public.clotures_caisse;
begin
  perform private.depot_d_acteur(private.exiger('encaisser'), p_depot_id);
  perform private.exiger_read_committed();
  if p_jour > private.jour_au_depot(p_depot_id, now()) then
    perform private.refuser('DATE_FUTURE',
      jsonb_build_object('aujourdhui', private.jour_au_depot(p_depot_id, now())));
  end if;
  perform pg_advisory_xact_lock(private.cle_caisse(p_depot_id, p_devise, p_jour));
  if exists (select from public.clotures_caisse c
              where c.depot_id = p_depot_id and c.devise = p_devise and c.jour = p_jour) then
    perform private.refuser('CAISSE_CLOTUREE', jsonb_build_object('jour', p_jour, 'devise', p_devise));
  end if;
  v_theorique := private.caisse_theorique(p_depot_id, p_devise, p_jour);
  if v_theorique <> round(p_compte, 2) then
    perform private.exiger_motif(p_motif, 10);
  end if;
  insert into public.clotures_caisse (depot_id, devise, jour, theorique, compte, motif, par)
  values (p_depot_id, p_devise, p_jour, v_theorique, p_compte, private.texte_net(p_motif), auth.uid())
  returning * into v_cloture;
  perform private.journaliser('CAISSE_CLOTUREE', 'ventes', case v_cloture.ecart when 0 then 'INFO' else 'WARNING' end,
    v_cloture.id, p_depot_id, to_jsonb(v_cloture));
  return v_cloture.id;
end;
$$;
comment on function public.cloturer_caisse(uuid, text, date, numeric, text) is
  'Closes the till of a day in one currency: what was counted against what was taken in; a gap wants a reason and is '
  'logged WARNING. No more cash then for that day. Raises ROLE_FORBIDDEN, INTROUVABLE, DATE_FUTURE, CAISSE_CLOTUREE, '
  'MOTIF_REQUIS, ISOLATION_INTERDITE, ECRITURES_GELEES, and 23xxx.';

revoke execute on function public.cloturer_caisse(uuid, text, date, numeric, text) from public, anon;
grant execute on function public.cloturer_caisse(uuid, text, date, numeric, text) to authenticated;
