-- Cours de route: one truck on its way from a supplier.
--
--   CHARGEMENT → TRANSIT → FRONTIERE → ARRIVE → DECHARGE
--
-- One step at a time, forward only. The last step is not a person's: the réception takes it. A truck that will never
-- come is closed as ANNULE, from any of the others, with a reason.

create table public.cours_de_route (
  id uuid primary key default private.nouvel_id(),
  fournisseur_id uuid not null references public.fournisseurs (id),
  depot_destination_id uuid not null references public.depots (id),
  produit_id uuid not null references public.produits (id),
  plaque_camion text not null,
  plaque_remorque text,
  chauffeur_nom text,
  transporteur text,
  depart_pays text,
  date_chargement date not null,
  date_chargement_presumee boolean not null default false,
  volume numeric(15,3) not null,
  statut text not null default 'CHARGEMENT',
  fournisseur_lot_id uuid references public.fournisseur_lot (id),
  motif_annulation text,
  note text,
  created_by uuid references auth.users (id),
  created_at timestamptz not null default now()
);
comment on table public.cours_de_route is 'One truck on its way from a supplier to a depot.';
comment on column public.cours_de_route.volume is 'Litres announced by the supplier, not measured by us.';
comment on column public.cours_de_route.date_chargement is
  'Day the truck was loaded; today at the depot when not said.';
comment on column public.cours_de_route.date_chargement_presumee is
  'Nobody said the day of loading: it was taken to be the one of the announcement, and gives way to an earlier '
  'réception. Written by the database.';
comment on column public.cours_de_route.fournisseur_lot_id is
  'Lot this truck brings a part of; null while it is in none. Frozen once unloaded.';
comment on column public.cours_de_route.motif_annulation is 'Why the truck never came; null unless ANNULE.';
create unique index cours_de_route_camion_ouvert
  on public.cours_de_route (private.cle_au_depot(depot_destination_id, private.cle_plaque(plaque_camion)))
  where statut not in ('DECHARGE', 'ANNULE');
create index cours_de_route_page_idx on public.cours_de_route (date_chargement desc, id desc);
create index cours_de_route_fournisseur_id_idx on public.cours_de_route (fournisseur_id);
create index cours_de_route_depot_idx on public.cours_de_route (depot_destination_id, date_chargement desc, id desc);
-- As the app of today lists them: all, and those that are not over.
create index cours_de_route_created_at_idx on public.cours_de_route (created_at desc);
create index cours_de_route_non_decharges_idx on public.cours_de_route (created_at desc) where statut <> 'DECHARGE';
create index cours_de_route_produit_id_idx on public.cours_de_route (produit_id);
create index cours_de_route_fournisseur_lot_id_idx on public.cours_de_route (fournisseur_lot_id);
create index cours_de_route_created_by_idx on public.cours_de_route (created_by);

create function private.exiger_camion_libre(p_cdr public.cours_de_route) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
-- A table that was small when it was last counted would be read whole for each of a thousand trucks.
set enable_seqscan = off
as $$
begin
  -- One lock a depot, and not a truck: a thousand trucks of one statement would fill the server's table. Who opens
  -- trucks of several depots at once takes them as they come; of two that cross, PostgreSQL undoes one, which may be
  -- sent again.
  perform pg_advisory_xact_lock(hashtextextended('cours_de_route:' || p_cdr.depot_destination_id, 0));
  if exists (select from public.cours_de_route c
              where private.cle_au_depot(c.depot_destination_id, private.cle_plaque(c.plaque_camion))
                  = private.cle_au_depot(p_cdr.depot_destination_id, private.cle_plaque(p_cdr.plaque_camion))
                and c.statut not in ('DECHARGE', 'ANNULE') and c.id <> p_cdr.id) then
    perform private.refuser('CDR_DEJA_OUVERT', jsonb_build_object('plaque_camion', p_cdr.plaque_camion));
  end if;
end;
$$;
comment on function private.exiger_camion_libre(public.cours_de_route) is
  'Refuses a truck that is already on its way to this depot, by the letters and digits of its plate. Whoever opens one '
  'there, or changes its plate, queues: the second reads what the first wrote. Raises CDR_DEJA_OUVERT.';

create function private.cours_de_route_avant_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('ecrire_cours_de_route');
  if not coalesce(new.depot_destination_id = any (private.depots_visibles()), false) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'le dépôt de destination'));
  end if;
  if new.statut <> 'CHARGEMENT' then
    perform private.refuser('CDR_TRANSITION_INTERDITE', jsonb_build_object('de', '(nouveau)', 'vers', new.statut));
  end if;

  new.plaque_camion := upper(btrim(new.plaque_camion));
  new.date_chargement_presumee := new.date_chargement is null;
  new.date_chargement := coalesce(new.date_chargement, private.jour_au_depot(new.depot_destination_id, now()));
  new.created_by := auth.uid();
  new.created_at := now();

  new.motif_annulation := null;

  perform private.exiger_actifs(new.produit_id, new.depot_destination_id, null, new.fournisseur_id);
  perform private.exiger_camion_libre(new);
  perform private.exiger_rattachement(null, new);
  return new;
end;
$$;
comment on function private.cours_de_route_avant_insert() is
  'A new CDR starts at CHARGEMENT, at a depot its author sees, one open CDR a truck and depot, nothing disabled. '
  'Raises ROLE_FORBIDDEN, INTROUVABLE, REFERENTIEL_INACTIF, CDR_TRANSITION_INTERDITE, CDR_DEJA_OUVERT, '
  'LOT_NON_OUVERT, LOT_INCOMPATIBLE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, ECRITURES_GELEES, PROFORMA_ETAT.';

create function private.cours_de_route_avant_update() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  c_suivant constant jsonb := jsonb
    '{"CHARGEMENT":"TRANSIT","TRANSIT":"FRONTIERE","FRONTIERE":"ARRIVE","ARRIVE":"DECHARGE"}';
  v_permis text;
begin
  v_permis := private.exiger_rattachement(old, new);
  if old.statut in ('DECHARGE', 'ANNULE') and not private.rattachement_force(old.id) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', 'cours_de_route'));
  end if;
  if new.statut = 'ANNULE' then
    perform private.exiger('annuler_cours_de_route');
    perform private.exiger_motif(new.motif_annulation, 3);
    new.motif_annulation := private.texte_net(new.motif_annulation);
  else
    new.motif_annulation := null;
  end if;
  if new.statut not in (old.statut, 'ANNULE')
     and (new.statut is distinct from c_suivant ->> old.statut
          or (new.statut = 'DECHARGE'
              and not exists (select from public.receptions r where r.cours_de_route_id = new.id))) then
    perform private.refuser('CDR_TRANSITION_INTERDITE', jsonb_build_object('de', old.statut, 'vers', new.statut));
  end if;
  new.id := old.id;
  new.date_chargement_presumee := old.date_chargement_presumee
    and (new.date_chargement = old.date_chargement or new.statut = 'DECHARGE');
  new.plaque_camion := upper(btrim(new.plaque_camion));
  if (new.produit_id, new.depot_destination_id, new.fournisseur_id)
     is distinct from (old.produit_id, old.depot_destination_id, old.fournisseur_id) then
    v_permis := private.exiger_actifs(nullif(new.produit_id, old.produit_id),
      nullif(new.depot_destination_id, old.depot_destination_id),
      null, nullif(new.fournisseur_id, old.fournisseur_id));
  end if;
  if (new.plaque_camion, new.depot_destination_id) is distinct from (old.plaque_camion, old.depot_destination_id)
     and new.statut not in ('DECHARGE', 'ANNULE') then
    perform private.exiger_camion_libre(new);
  end if;
  new.created_by := old.created_by;
  new.created_at := old.created_at;
  return new;
end;
$$;
comment on function private.cours_de_route_avant_update() is
  'One step forward at a time; DECHARGE only once a réception exists, ANNULE with a reason; nothing changes after '
  'either. Raises CDR_TRANSITION_INTERDITE, CDR_DEJA_OUVERT, REFERENTIEL_INACTIF, ECRITURE_INTERDITE, '
  'ROLE_FORBIDDEN, MOTIF_REQUIS, INTROUVABLE, LOT_NON_OUVERT, LOT_INCOMPATIBLE, LOT_CDR_DECHARGE, '
  'ISOLATION_INTERDITE, ECRITURES_GELEES, PROFORMA_ETAT.';

create function private.cours_de_route_avant_suppression() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from public.receptions r where r.cours_de_route_id = old.id) then
    perform private.refuser('CDR_RECU', jsonb_build_object('plaque_camion', old.plaque_camion));
  end if;
  return old;
end;
$$;
comment on function private.cours_de_route_avant_suppression() is
  'Only a truck that nothing refers to may go. Raises CDR_RECU.';

create function private.cours_de_route_journaliser() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  -- A day that nobody had said, and that the réception moved.
  v_presumee constant boolean := tg_op = 'UPDATE' and new.statut = 'DECHARGE' and old.date_chargement_presumee
    and new.date_chargement <> old.date_chargement;
  v_autrement public.cours_de_route;
  v_dit text;
begin
  if tg_op = 'INSERT' then
    perform private.journaliser('CDR_CREE', 'cours_de_route', 'INFO', new.id, new.depot_destination_id,
      jsonb_build_object('plaque_camion', new.plaque_camion, 'volume', new.volume));
  elsif tg_op = 'DELETE' then
    perform private.journaliser('CDR_SUPPRIME', 'cours_de_route', 'CRITICAL', old.id, old.depot_destination_id,
      jsonb_build_object('avant', to_jsonb(old)));
    return null;
  elsif new.statut = 'ANNULE' and old.statut <> 'ANNULE' then
    perform private.journaliser('CDR_ANNULE', 'cours_de_route', 'WARNING', new.id, new.depot_destination_id,
      jsonb_build_object('de', old.statut, 'motif', new.motif_annulation, 'plaque_camion', new.plaque_camion));
  elsif new.statut <> old.statut then
    v_dit := private.journaliser('{CDR_STATUT}'::text[], 'cours_de_route', 'INFO', new.id, new.depot_destination_id,
      jsonb_build_object('de', old.statut, 'vers', new.statut)
        || case when v_presumee then jsonb_build_object('date_chargement', new.date_chargement) else '{}' end);
  end if;
  if new.fournisseur_lot_id is distinct from old.fournisseur_lot_id then
    perform private.journaliser(case when new.fournisseur_lot_id is null then 'CDR_DELIE_LOT' else 'CDR_LIE_LOT' end,
      'cours_de_route', 'INFO', new.id, new.depot_destination_id,
      jsonb_build_object('de', old.fournisseur_lot_id, 'vers', new.fournisseur_lot_id));
  end if;
  -- A move may bring along other changes.
  if tg_op = 'UPDATE' then
    v_autrement := new;
    v_autrement.statut := old.statut;
    v_autrement.motif_annulation := old.motif_annulation;
    v_autrement.fournisseur_lot_id := old.fournisseur_lot_id;
    if v_presumee then
      v_autrement.date_chargement := old.date_chargement;
    end if;
    if v_autrement is distinct from old then
      perform private.journaliser('CDR_MODIFIE', 'cours_de_route', 'INFO', new.id, new.depot_destination_id,
        jsonb_build_object('avant', to_jsonb(old), 'apres', to_jsonb(new)));
    end if;
  end if;
  return null;
end;
$$;
comment on function private.cours_de_route_journaliser() is
  'Logs CDR_CREE, CDR_STATUT, CDR_ANNULE, CDR_LIE_LOT, CDR_DELIE_LOT, CDR_MODIFIE and CDR_SUPPRIME.';

create function private.cours_de_route_garder() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_faute text;
  v_admis boolean;
begin
  v_faute := case
    when new.volume <= 0 or new.volume >= 1e9 then 'volume'
    when new.statut not in ('CHARGEMENT', 'TRANSIT', 'FRONTIERE', 'ARRIVE', 'DECHARGE', 'ANNULE') then 'statut'
    when (new.motif_annulation is not null) <> (new.statut = 'ANNULE') then 'motif_annulation' end;
  if v_faute is not null then
    perform private.refuser_ligne(tg_table_name, v_faute);
  end if;
  if private.date_possible(new.date_chargement) is not true then
    v_admis := private.date_admise(new.date_chargement, 'date_chargement');
  end if;
  -- A step changes no text.
  if tg_op = 'UPDATE' and (new.plaque_camion, new.plaque_remorque, new.chauffeur_nom, new.transporteur, new.depart_pays,
       new.note, new.motif_annulation, new.created_at) is not distinct from (old.plaque_camion, old.plaque_remorque,
       old.chauffeur_nom, old.transporteur, old.depart_pays, old.note, old.motif_annulation, old.created_at) then
    return new;
  end if;
  v_admis := private.plaque_admise(new.plaque_camion, 'plaque_camion')
    and private.texte_admis(new.plaque_camion, 'plaque_camion', false)
    and (private.cle_plaque(new.plaque_camion) <> '' or private.refuser_valeur('PLAQUE_INVALIDE', 'plaque_camion'));
  v_admis := private.plaque_admise(new.plaque_remorque, 'plaque_remorque')
    and private.texte_admis(new.plaque_remorque, 'plaque_remorque', false);
  v_admis := private.texte_admis(new.chauffeur_nom, 'chauffeur_nom', false);
  v_admis := private.texte_admis(new.transporteur, 'transporteur', false);
  v_admis := private.texte_admis(new.depart_pays, 'depart_pays', false);
  v_admis := private.texte_admis(new.note, 'note', true);
  v_admis := private.texte_admis(new.motif_annulation, 'motif_annulation', true);
  v_admis := private.date_admise(new.created_at, 'created_at');
  return new;
end;
$$;
comment on function private.cours_de_route_garder() is
  'What every truck holds, whoever writes it: litres that one carries, a known step, a reason where it never came, '
  'plates and texts that people read, days of this half-century. Raises DATE_IMPOSSIBLE, PLAQUE_INVALIDE, '
  'TEXTE_ILLISIBLE, 23514.';

create trigger cours_de_route_garder before insert or update on public.cours_de_route
  for each row execute function private.cours_de_route_garder();
create trigger cours_de_route_before_insert before insert on public.cours_de_route
  for each row execute function private.cours_de_route_avant_insert();
create trigger cours_de_route_before_update before update on public.cours_de_route
  for each row execute function private.cours_de_route_avant_update();
create trigger cours_de_route_before_delete before delete on public.cours_de_route
  for each row execute function private.cours_de_route_avant_suppression();
create trigger cours_de_route_modification before update on public.cours_de_route
  for each statement execute function private.exiger_a_l_ecriture('ecrire_cours_de_route');
create trigger cours_de_route_suppression before delete on public.cours_de_route
  for each statement execute function private.exiger_a_l_ecriture('supprimer_cours_de_route');
create trigger cours_de_route_after_write after insert or update or delete on public.cours_de_route
  for each row execute function private.cours_de_route_journaliser();
