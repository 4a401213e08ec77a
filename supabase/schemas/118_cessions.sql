-- Cession: litres change owner without moving. Two movements of one tank, one act; what one owner loses the other
-- gains.

create table public.cessions (
  id uuid primary key default private.nouvel_id(),
  citerne_id uuid not null,
  produit_id uuid not null references public.produits (id),
  depot_id uuid not null references public.depots (id),
  partenaire_id uuid not null references public.partenaires (id),
  sens text not null check (sens in ('VERS_MONALUXE', 'VERS_PARTENAIRE')),
  nature text not null check (nature in ('VENTE', 'EMPRUNT', 'RESTITUTION', 'CORRECTION')),
  volume_ambiant numeric(15,3) not null check (volume_ambiant > 0 and volume_ambiant < 1e9),
  volume_15c numeric(15,3) not null check (volume_15c > 0 and volume_15c < 1e9),
  densite_a_15_kgm3 numeric(10,6) check (densite_a_15_kgm3 between 400 and 1300),
  date_jour date not null check (date_jour >= '2020-01-01'),
  pret_id uuid,
  motif text not null,
  created_by uuid not null references auth.users (id),
  created_at timestamptz not null default now(),
  check (volume_15c / volume_ambiant between 0.5 and 1.5),
  constraint cessions_citerne_id_fkey foreign key (citerne_id, produit_id, depot_id)
    references public.citernes (id, produit_id, depot_id)
);
comment on table public.cessions is
  'Litres of a tank that went from Monaluxe to a partner or back, and stayed where they were. Written by ceder only; '
  'corrected by the opposite one. Immutable.';
comment on column public.cessions.volume_ambiant is
  'Litres as measured: as sent, else the same part of those of the owner that cedes as of the litres at 15 °C.';
comment on column public.cessions.volume_15c is 'Litres at 15 °C: what is ceded.';
comment on column public.cessions.densite_a_15_kgm3 is 'Density at 15 °C of the tank''s mix then, kg/m³, if known.';
comment on column public.cessions.date_jour is 'Day it counts from, at the depot.';
comment on column public.cessions.pret_id is 'Loan that it carries out, gives back or corrects.';
create index cessions_page_idx on public.cessions (date_jour desc, id desc);
create index cessions_citerne_idx on public.cessions (citerne_id, date_jour desc);
create index cessions_depot_idx on public.cessions (depot_id, date_jour desc);
create index cessions_partenaire_idx on public.cessions (partenaire_id, date_jour);
create index cessions_produit_id_idx on public.cessions (produit_id);
create index cessions_pret_id_idx on public.cessions (pret_id);
create index cessions_created_by_idx on public.cessions (created_by);
create trigger cessions_block before update or delete or truncate on public.cessions
  for each statement execute function private.interdire_ecriture();

create function private.cedant(p_sens text) returns text
language sql immutable
return case p_sens when 'VERS_MONALUXE' then 'PARTENAIRE' when 'VERS_PARTENAIRE' then 'MONALUXE' end;
comment on function private.cedant(text) is 'Owner that loses the litres of a cession of this sense.';

create function private.cessionnaire(p_sens text) returns text
language sql immutable
return case p_sens when 'VERS_MONALUXE' then 'MONALUXE' when 'VERS_PARTENAIRE' then 'PARTENAIRE' end;
comment on function private.cessionnaire(text) is 'Owner that gains the litres of a cession of this sense.';
grant execute on function private.cedant(text), private.cessionnaire(text) to authenticated, service_role;

create function private.volume_cede(p_citerne_id uuid, p_proprietaire_type text, p_volume_ambiant numeric,
  p_volume_15c numeric) returns numeric
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facteur numeric;
begin
  if p_volume_ambiant is null then
    -- Nothing is measured: the same part of both. Beyond a tenth the books' own reading is not one to hand on.
    select s.stock_ambiant / nullif(s.stock_15c, 0) into v_facteur from public.stocks_snapshot s
     where s.citerne_id = p_citerne_id and s.proprietaire_type = p_proprietaire_type;
    return greatest(0.001, round(p_volume_15c * case when v_facteur between 0.9 and 1.1 then v_facteur else 1 end, 3));
  end if;
  if p_volume_15c not between 0.5 * p_volume_ambiant and 1.5 * p_volume_ambiant then
    perform private.refuser('FACTEUR_HORS_BORNES',
      jsonb_build_object('stock_ambiant', p_volume_ambiant, 'stock_15c', p_volume_15c));
  end if;
  return p_volume_ambiant;
end;
$$;
comment on function private.volume_cede(uuid, text, numeric, numeric) is
  'Litres as measured of a cession: those that were sent, else in the proportion of what its owner has in the tank. '
  'The caller has the lock. Raises FACTEUR_HORS_BORNES.';

create function private.appliquer_cession(p_cession public.cessions) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  c_signe constant int := case p_cession.sens when 'VERS_PARTENAIRE' then 1 else -1 end;
  v_dilatation numeric;
begin
  perform private.debiter_citerne('CESSION', p_cession.id, p_cession.citerne_id, p_cession.produit_id,
    p_cession.depot_id, private.cedant(p_cession.sens), p_cession.date_jour, p_cession.volume_ambiant,
    p_cession.volume_15c, 'CESSION');
  perform private.appliquer_mouvement(p_cession.citerne_id, p_cession.produit_id, p_cession.depot_id,
    private.cessionnaire(p_cession.sens), p_cession.date_jour, p_cession.volume_ambiant, p_cession.volume_15c);
  select sum(d.delta_ambiant) into v_dilatation from public.dilatations d
   where d.mouvement_type = 'CESSION' and d.mouvement_id = p_cession.id;
  if v_dilatation > 0 then
    perform private.exiger_contenance(p_cession.citerne_id, p_cession.date_jour, v_dilatation);
  end if;
  perform private.porter_aux_comptes(array(
    select row(p_cession.depot_id, p_cession.produit_id, p_cession.partenaire_id, m.date_jour, m.delta_ambiant,
      m.delta_15c)::private.part
      from (select p_cession.date_jour, c_signe * p_cession.volume_ambiant, c_signe * p_cession.volume_15c
            union all
            select d.date_jour, d.delta_ambiant, 0 from public.dilatations d
             where d.mouvement_type = 'CESSION' and d.mouvement_id = p_cession.id
               and d.proprietaire_type = 'PARTENAIRE')
           m (date_jour, delta_ambiant, delta_15c)));
  -- What is not one's own is not given away, option or not: no fuel has left that the books would have to follow.
  if p_cession.sens = 'VERS_MONALUXE' then
    perform private.exiger_compte_partenaire(row(p_cession.depot_id, p_cession.produit_id, p_cession.partenaire_id,
      p_cession.date_jour, 0, -p_cession.volume_15c)::private.part);
  end if;
end;
$$;
comment on function private.appliquer_cession(public.cessions) is
  'Moves the litres of a cession that is written from one owner of its tank to the other, and on the partner''s '
  'account; the litre at 15 °C decides, what the ambient ones lack is booked as a dilatation. The caller has the '
  'tank. Raises SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, INSUFFICIENT_STOCK, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, '
  'PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL, ECRITURES_GELEES, ISOLATION_INTERDITE.';

create function public.ceder(
  p_citerne_id uuid, p_partenaire_id uuid, p_sens text, p_nature text, p_volume_15c numeric, p_motif text,
  p_volume_ambiant numeric default null, p_pret_id uuid default null, p_date_jour date default null
) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lieu private.lieux;
  v_aujourdhui date;
  v_cession public.cessions;
begin
  perform private.exiger('ceder_stock');
  perform private.exiger_motif(p_motif, 10);
  -- No litre moves: whatever state a tank is in, what lies there may change hands.
  v_lieu := private.lieu(p_citerne_id, private.depots_visibles());
  if v_lieu.citerne_id is null then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_citerne_id));
  end if;
  if not exists (select from public.partenaires p where p.id = p_partenaire_id) then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;
  if p_nature <> 'CORRECTION' and (p_nature in ('EMPRUNT', 'RESTITUTION')) <> (p_pret_id is not null) then
    perform private.refuser('PRET_REQUIS');
  end if;
  if p_pret_id is not null
     and not exists (select from public.prets p where p.id = p_pret_id and p.depot_id = v_lieu.depot_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce prêt'));
  end if;
  if p_sens = 'VERS_PARTENAIRE' then
    perform private.exiger_actifs(p_partenaire_id => p_partenaire_id);
  end if;
  -- NaN is greater than any number: only a bound above tells it from one.
  if (p_volume_15c >= 0.001 and p_volume_15c < 1e9 and coalesce(p_volume_ambiant, 1) >= 0.001
      and coalesce(p_volume_ambiant, 1) < 1e9) is not true then
    perform private.refuser('VOLUME_AMBIANT_NON_POSITIF',
      jsonb_build_object('volume_ambiant', p_volume_ambiant, 'volume_15c', p_volume_15c));
  end if;
  v_aujourdhui := private.jour_local(v_lieu.fuseau, now());
  if p_date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
  perform private.verrouiller_citernes(p_citerne_id);
  insert into public.cessions
    (citerne_id, produit_id, depot_id, partenaire_id, sens, nature, volume_ambiant, volume_15c, densite_a_15_kgm3,
     date_jour, pret_id, motif, created_by)
  values
    (p_citerne_id, v_lieu.produit_id, v_lieu.depot_id, p_partenaire_id, p_sens, p_nature,
     private.volume_cede(p_citerne_id, private.cedant(p_sens), round(p_volume_ambiant, 3), round(p_volume_15c, 3)),
     p_volume_15c,
     (select max(s.densite_melange_kgm3) from public.stocks_snapshot s where s.citerne_id = p_citerne_id),
     coalesce(p_date_jour, v_aujourdhui), p_pret_id, private.texte_net(p_motif), auth.uid())
  returning * into v_cession;
  perform private.porter_au_pret(v_cession);
  perform private.appliquer_cession(v_cession);
  perform private.journaliser('CESSION_CREEE', 'stocks', 'INFO', v_cession.id, v_cession.depot_id,
    to_jsonb(v_cession));
  return v_cession.id;
end;
$$;
comment on function public.ceder(uuid, uuid, text, text, numeric, text, numeric, uuid, date) is
  'Cedes litres at 15 °C of a tank between Monaluxe and a partner (admin, directeur, gerant; reason of 10 characters '
  'or more), from a day of the past or today: no more than the owner that cedes has there, and than the partner''s '
  'account has where it cedes. EMPRUNT and RESTITUTION name the loan they carry out or give back. Logs CESSION_CREEE. '
  'Raises ROLE_FORBIDDEN, MOTIF_REQUIS, CITERNE_INACTIVE_OR_INCOMPATIBLE, PARTENAIRE_REQUIS, REFERENTIEL_INACTIF, '
  'VOLUME_AMBIANT_NON_POSITIF, DATE_FUTURE, FACTEUR_HORS_BORNES, ISOLATION_INTERDITE, PRET_REQUIS, INTROUVABLE, '
  'PRET_INCOHERENT, PRET_CLOS, PRET_DEPASSE, SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, INSUFFICIENT_STOCK, '
  'STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL, '
  'ECRITURES_GELEES.';
revoke execute on function public.ceder(uuid, uuid, text, text, numeric, text, numeric, uuid, date) from public, anon;
grant execute on function public.ceder(uuid, uuid, text, text, numeric, text, numeric, uuid, date) to authenticated;

alter table public.cessions enable row level security;
grant select on public.cessions to authenticated, service_role;
create policy cessions_lecture on public.cessions for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
