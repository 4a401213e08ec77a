-- Reports that come by themselves: at seven o'clock at the depot, by e-mail, their paper attached.
--
-- A report runs as its subscriber, under their own policies, on the day it is due: who has lost the right to read it
-- has it no more. Times that were missed are caught up by one message, of the latest of them.

create table public.abonnements_rapports (
  id uuid primary key default private.nouvel_id(),
  user_id uuid not null references auth.users (id) on delete cascade,
  nom text not null,
  depot_id uuid references public.depots (id),
  rythme text not null check (rythme in ('JOUR', 'SEMAINE', 'MOIS')),
  parametres jsonb not null default '{}',
  actif boolean not null default true,
  prochain timestamptz not null,
  dernier_envoi timestamptz,
  arrete_motif text,
  created_at timestamptz not null default now(),
  unique nulls not distinct (user_id, nom, depot_id, rythme, parametres)
);
comment on table public.abonnements_rapports is
  'Who is sent which report at seven o''clock. Written by its subscriber, by the rules of this chapter only.';
comment on column public.abonnements_rapports.depot_id is 'null: all that the subscriber sees.';
comment on column public.abonnements_rapports.rythme is
  'JOUR: each morning, the day before; SEMAINE: on Mondays, the week before; MOIS: on the first, the month before.';
comment on column public.abonnements_rapports.parametres is 'What else the report takes.';
comment on column public.abonnements_rapports.prochain is 'When the next one is due.';
comment on column public.abonnements_rapports.arrete_motif is
  'Why it ended: ABONNE, as they asked; else the refusal that the report met.';
create index abonnements_rapports_prochain_idx on public.abonnements_rapports (prochain) where actif;
create index abonnements_rapports_depot_id_idx on public.abonnements_rapports (depot_id);
create trigger abonnements_rapports_gel before insert or update or delete on public.abonnements_rapports
  for each statement execute function private.exiger_ecritures_ouvertes();

create function private.pas_abonnement(p_rythme text) returns interval
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select case p_rythme when 'JOUR' then interval '1 day' when 'SEMAINE' then interval '7 days'
                       else interval '1 month' end
$$;
comment on function private.pas_abonnement(text) is 'How long from one to the next.';

create function private.echeance_abonnement(p_rythme text, p_zone text, p_apres timestamptz) returns timestamptz
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select (e.quand + case when e.quand <= e.heure then private.pas_abonnement(p_rythme) else interval '0' end)
         at time zone p_zone
    from (select l.heure, date_trunc(case p_rythme when 'JOUR' then 'day' when 'SEMAINE' then 'week' else 'month' end,
            l.heure) + interval '7 hours' as quand
            from (select p_apres at time zone p_zone) l (heure)) e
$$;
comment on function private.echeance_abonnement(text, text, timestamptz) is
  'The first seven o''clock of a rhythm after a moment, by the clock of a zone.';

create function private.zone_du_depot(p_depot_id uuid) returns text
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce((select d.fuseau from public.depots d where d.id = p_depot_id), private.fuseau_societe());
end;
$$;
comment on function private.zone_du_depot(uuid) is 'Time zone of a depot; the company''s where it is of none.';

-- People --------------------------------------------------------------------------------------------------------------

create function public.abonner_rapport(
  p_nom text, p_depot_id uuid default null, p_rythme text default 'JOUR', p_parametres jsonb default '{}'
) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  c_par_personne constant int := 20;
  v_rapport record;
  v_acteur constant private.acteur := private.acteur();
  v_depot uuid;
  v_rythme text;
  v_parametres jsonb;
  v_courriel text;
  v_id uuid;
begin
  perform private.exiger_rapport(p_nom);
  select * into v_rapport from private.catalogue_rapports() c where c.nom = p_nom;
  v_depot := (private.depot_du_rapport(p_depot_id, v_rapport.depots)).id;
  v_parametres := private.parametres_du_rapport(v_rapport.parametres, p_parametres);
  if v_parametres <> '{}' then
    -- What would be refused at seven, when nobody looks, is refused now.
    perform private.rapport(p_nom, v_depot, current_date, current_date, null, v_parametres);
  end if;
  -- A report of a day, or of a month, comes at its own rhythm.
  v_rythme := case when v_rapport.periode in ('JOUR', 'MOIS') then v_rapport.periode else p_rythme end;
  select nullif(btrim(p.email), '') into v_courriel from public.profils p where p.user_id = v_acteur.user_id;
  if v_courriel is null then
    perform private.refuser('ABONNE_SANS_COURRIEL');
  end if;
  perform private.destination_permise('EMAIL', v_courriel);
  -- Two at once would each be the last one allowed.
  perform pg_advisory_xact_lock(hashtextextended('abonnements:' || v_acteur.user_id, 0));
  if (select count(*) from public.abonnements_rapports a
       where a.user_id = v_acteur.user_id and a.actif
         and (a.nom, a.depot_id, a.rythme, a.parametres) is distinct from (p_nom, v_depot, v_rythme, v_parametres))
     >= c_par_personne then
    perform private.refuser('ABONNEMENTS_TROP_NOMBREUX', jsonb_build_object('maximum', c_par_personne));
  end if;
  insert into public.abonnements_rapports as a (user_id, nom, depot_id, rythme, parametres, prochain)
  values (v_acteur.user_id, p_nom, v_depot, v_rythme, v_parametres,
    private.echeance_abonnement(v_rythme, private.zone_du_depot(v_depot), clock_timestamp()))
  on conflict (user_id, nom, depot_id, rythme, parametres) do update
     set actif = true, arrete_motif = null,
         prochain = case when a.actif then a.prochain else excluded.prochain end
  returning a.id into v_id;
  perform private.journaliser('ABONNEMENT_PRIS', 'rapports', 'INFO', v_id, v_depot,
    jsonb_build_object('rapport', p_nom, 'rythme', v_rythme, 'parametres', v_parametres));
  return v_id;
end;
$$;
comment on function public.abonner_rapport(text, uuid, text, jsonb) is
  'The calling user is sent a report they may run, at seven o''clock at the depot; asked again it is the same '
  'subscription. Of a report of a day or of a month, p_rythme is its own. Raises INTROUVABLE, ROLE_FORBIDDEN, '
  'RAPPORT_PERIODE, RAPPORT_PARAMETRE, RAPPORT_TROP_GRAND, ABONNE_SANS_COURRIEL, ADRESSE_INTERDITE, '
  'ABONNEMENTS_TROP_NOMBREUX, ECRITURES_GELEES, ISOLATION_INTERDITE.';

create function private.clore_abonnement(p_abonnement public.abonnements_rapports, p_motif text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  update public.abonnements_rapports a set actif = false, arrete_motif = p_motif where a.id = p_abonnement.id;
  -- Nothing that still waits goes; what the worker has in hand is not tried again.
  update public.envois e
     set statut = 'MORT', bail = null, bail_jusqu_au = null, dernier_code = 'DESABONNE', derniere_erreur = null
   where e.objet_type = 'RAPPORT' and e.objet_id = p_abonnement.id and e.statut in ('A_ENVOYER', 'EN_COURS');
  perform private.journaliser('ABONNEMENT_ARRETE', 'rapports', case p_motif when 'ABONNE' then 'INFO'
    else 'WARNING' end,
    p_abonnement.id, p_abonnement.depot_id, jsonb_build_object('rapport', p_abonnement.nom, 'motif', p_motif));
end;
$$;
comment on function private.clore_abonnement(public.abonnements_rapports, text) is
  'Ends a subscription and whatever of it has not left yet.';

create function public.arreter_abonnement(p_id uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_abonnement public.abonnements_rapports;
begin
  perform private.exiger_profil();
  select * into v_abonnement from public.abonnements_rapports a where a.id = p_id and a.user_id = auth.uid() for update;
  if not found then
    perform private.refuser('INTROUVABLE', '{"quoi":"cet abonnement"}');
  end if;
  if v_abonnement.actif then
    perform private.clore_abonnement(v_abonnement, 'ABONNE');
  end if;
end;
$$;
comment on function public.arreter_abonnement(uuid) is
  'The calling user is sent a report no more, from now on: what waits in the outbox does not go either. Raises '
  'ROLE_FORBIDDEN, COMPTE_DESACTIVE, INTROUVABLE, ECRITURES_GELEES, ISOLATION_INTERDITE.';

alter table public.abonnements_rapports enable row level security;
grant select on public.abonnements_rapports to authenticated, service_role;
create policy abonnements_rapports_lecture on public.abonnements_rapports for select to authenticated
  using (user_id = (select auth.uid()));
revoke execute on function public.abonner_rapport(text, uuid, text, jsonb), public.arreter_abonnement(uuid)
  from public, anon;
grant execute on function public.abonner_rapport(text, uuid, text, jsonb), public.arreter_abonnement(uuid)
  to authenticated;
