-- Loans: fuel that Monaluxe lends a partner or borrows from one, in litres at 15 °C, until it was given back.
--
-- Nothing of a loan is counted but what was done for it: a cession that names it, fuel of Monaluxe that came from the
-- partner (réception) or left for it (sortie), and what corrects those. Its balance is their sum. Lock order: the tank,
-- then the loan, then the accounts.

create table public.prets (
  id uuid primary key default private.nouvel_id(),
  numero text not null unique,
  depot_id uuid not null references public.depots (id),
  produit_id uuid not null references public.produits (id),
  partenaire_id uuid not null references public.partenaires (id),
  sens text not null check (sens in ('PRETE', 'EMPRUNTE')),
  quantite_15c numeric(15,3) not null check (quantite_15c > 0 and quantite_15c < 1e9),
  echeance date not null,
  statut text not null default 'OUVERT' check (statut in ('OUVERT', 'SOLDE')),
  motif text not null,
  solde_le timestamptz,
  created_by uuid not null references auth.users (id),
  created_at timestamptz not null default now(),
  check ((statut = 'SOLDE') = (solde_le is not null))
);
comment on table public.prets is
  'Fuel lent to a partner (PRETE) or borrowed from one (EMPRUNTE). Written by ouvrir_pret; only its state changes, by '
  'its movements.';
comment on column public.prets.quantite_15c is 'Litres at 15 °C that were agreed on: no cession makes more be owed.';
comment on column public.prets.echeance is 'Day by which it is to be given back, at the depot.';
comment on column public.prets.statut is 'SOLDE: something was lent, and no more than 5 litres at 15 °C are left.';
create index prets_depot_id_idx on public.prets (depot_id);
create index prets_produit_id_idx on public.prets (produit_id);
create index prets_partenaire_id_idx on public.prets (partenaire_id);
create index prets_created_by_idx on public.prets (created_by);
create index prets_ouverts_idx on public.prets (echeance) where statut = 'OUVERT';
create trigger prets_block before delete or truncate on public.prets
  for each statement execute function private.interdire_ecriture();

create table public.prets_mouvements (
  id uuid primary key default private.nouvel_id(),
  pret_id uuid not null references public.prets (id),
  depot_id uuid not null references public.depots (id),
  mouvement_type text not null check (mouvement_type in ('CESSION', 'RECEPTION', 'SORTIE', 'AJUSTEMENT')),
  mouvement_id uuid not null unique,
  quantite_15c numeric(15,3) not null check (quantite_15c <> 0 and abs(quantite_15c) < 1e9),
  rendu boolean not null,
  created_by uuid not null references auth.users (id),
  created_at timestamptz not null default now()
);
comment on table public.prets_mouvements is 'What was lent and given back of a loan, movement by movement. Immutable.';
comment on column public.prets_mouvements.mouvement_id is
  'id of cessions, receptions, sorties_produit or stocks_adjustments, as mouvement_type says: one loan each.';
comment on column public.prets_mouvements.quantite_15c is
  'Litres at 15 °C: above zero what is owed by it, below what is owed no more.';
comment on column public.prets_mouvements.rendu is
  'It gives back, or corrects what was given back; false: it lends, or corrects what was lent.';
create index prets_mouvements_pret_id_idx on public.prets_mouvements (pret_id);
create index prets_mouvements_depot_id_idx on public.prets_mouvements (depot_id);
create index prets_mouvements_created_by_idx on public.prets_mouvements (created_by);
create trigger prets_mouvements_block before update or delete or truncate on public.prets_mouvements
  for each statement execute function private.interdire_ecriture();

alter table public.cessions add constraint cessions_pret_id_fkey foreign key (pret_id) references public.prets (id);
alter table public.cessions add constraint cessions_pret_check
  check (case nature when 'VENTE' then pret_id is null when 'CORRECTION' then true else pret_id is not null end);

create function public.ouvrir_pret(
  p_depot_id uuid, p_produit_id uuid, p_partenaire_id uuid, p_sens text, p_quantite_15c numeric, p_echeance date,
  p_motif text
) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_aujourdhui date;
  v_pret public.prets;
begin
  perform private.exiger('ceder_stock');
  perform private.exiger_motif(p_motif, 10);
  if p_depot_id <> all (private.depots_visibles()) is not false
     or not exists (select from public.produits p where p.id = p_produit_id) then
    perform private.refuser('INTROUVABLE', '{"quoi":"ce dépôt ou ce produit"}');
  end if;
  if not exists (select from public.partenaires p where p.id = p_partenaire_id) then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;
  perform private.exiger_actifs(p_produit_id, p_depot_id, p_partenaire_id => p_partenaire_id);
  if (p_quantite_15c >= 0.001 and p_quantite_15c < 1e9) is not true then
    perform private.refuser('VOLUME_AMBIANT_NON_POSITIF', jsonb_build_object('quantite_15c', p_quantite_15c));
  end if;
  v_aujourdhui := private.jour_au_depot(p_depot_id, now());
  if p_echeance < v_aujourdhui then
    perform private.refuser('DATE_PASSEE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
  v_pret.id := private.nouvel_id();
  insert into public.prets
    (id, numero, depot_id, produit_id, partenaire_id, sens, quantite_15c, echeance, motif, created_by)
  values
    (v_pret.id, private.prendre_numero(p_depot_id, 'PRT', extract(year from v_aujourdhui)::int, v_pret.id), p_depot_id,
     p_produit_id, p_partenaire_id, p_sens, p_quantite_15c, p_echeance, private.texte_net(p_motif), auth.uid())
  returning * into v_pret;
  perform private.journaliser('PRET_OUVERT', 'comptes_partenaires', 'INFO', v_pret.id, p_depot_id, to_jsonb(v_pret));
  return v_pret.id;
end;
$$;
comment on function public.ouvrir_pret(uuid, uuid, uuid, text, numeric, date, text) is
  'Opens a loan of litres at 15 °C to a partner (PRETE) or from one (EMPRUNTE), to be given back by a day (admin, '
  'directeur, gerant; reason of 10 characters or more). No litre moves yet. Logs PRET_OUVERT. Raises ROLE_FORBIDDEN, '
  'MOTIF_REQUIS, INTROUVABLE, PARTENAIRE_REQUIS, REFERENTIEL_INACTIF, VOLUME_AMBIANT_NON_POSITIF, DATE_PASSEE, '
  'DEPOT_SANS_CODE, ECRITURES_GELEES, ISOLATION_INTERDITE.';
