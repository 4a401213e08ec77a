-- Who sees trucks and may write them, and the two acts that are no plain writing: a step, and giving one up.

alter table public.cours_de_route enable row level security;
grant select, insert, update, delete on public.cours_de_route to authenticated;
grant select, insert, update, delete on public.cours_de_route to service_role;
create policy cours_de_route_lecture on public.cours_de_route for select to authenticated
  using (depot_destination_id = any ((select private.depots_visibles())::uuid[]));
create policy cours_de_route_creation on public.cours_de_route for insert to authenticated
  with check (depot_destination_id = any ((select private.depots_ou('ecrire_cours_de_route'))::uuid[]));
create policy cours_de_route_modification on public.cours_de_route for update to authenticated
  using (depot_destination_id = any ((select private.depots_ou('ecrire_cours_de_route'))::uuid[]))
  with check (depot_destination_id = any ((select private.depots_ou('ecrire_cours_de_route'))::uuid[]));

create policy cours_de_route_suppression on public.cours_de_route for delete to authenticated
  using (depot_destination_id = any ((select private.depots_ou('supprimer_cours_de_route'))::uuid[]));

create function public.changer_statut_cours_de_route(p_id uuid, p_statut text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_cdr public.cours_de_route;
begin
  perform private.exiger('ecrire_cours_de_route');
  select * into v_cdr from public.cours_de_route c
   where c.id = p_id and c.depot_destination_id = any (private.depots_visibles())
     for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce cours de route'));
  end if;
  -- Asking for the state it is already in is a move that is not one step forward.
  if p_statut is null or p_statut = v_cdr.statut then
    perform private.refuser('CDR_TRANSITION_INTERDITE', jsonb_build_object('de', v_cdr.statut, 'vers', p_statut));
  end if;
  update public.cours_de_route set statut = p_statut where id = p_id;
end;
$$;
comment on function public.changer_statut_cours_de_route(uuid, text) is
  'Moves a CDR one step. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, PLAQUE_INVALIDE, ROLE_FORBIDDEN, INTROUVABLE, '
  'REFERENTIEL_INACTIF, CDR_TRANSITION_INTERDITE, '
  'ECRITURE_INTERDITE, ISOLATION_INTERDITE, ECRITURES_GELEES, MOTIF_REQUIS, PROFORMA_ETAT.';
revoke execute on function public.changer_statut_cours_de_route(uuid, text) from public, anon;
grant execute on function public.changer_statut_cours_de_route(uuid, text) to authenticated;

create function public.annuler_cours_de_route(p_id uuid, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_cdr public.cours_de_route;
begin
  perform private.exiger('annuler_cours_de_route');
  perform private.exiger_motif(p_motif, 3);
  select * into v_cdr from public.cours_de_route c
   where c.id = p_id and c.depot_destination_id = any (private.depots_visibles())
     for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce cours de route'));
  end if;
  if v_cdr.statut in ('DECHARGE', 'ANNULE') then
    perform private.refuser('CDR_TRANSITION_INTERDITE', jsonb_build_object('de', v_cdr.statut, 'vers', 'ANNULE'));
  end if;
  update public.cours_de_route set statut = 'ANNULE', motif_annulation = p_motif where id = p_id;
end;
$$;
comment on function public.annuler_cours_de_route(uuid, text) is
  'Closes a truck that will never come, with the reason (admin, directeur, gerant). Raises TEXTE_ILLISIBLE, '
  'DATE_IMPOSSIBLE, PLAQUE_INVALIDE, ROLE_FORBIDDEN, REFERENTIEL_INACTIF, MOTIF_REQUIS, INTROUVABLE, '
  'CDR_TRANSITION_INTERDITE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, ECRITURES_GELEES, PROFORMA_ETAT.';
revoke execute on function public.annuler_cours_de_route(uuid, text) from public, anon;
grant execute on function public.annuler_cours_de_route(uuid, text) to authenticated;
