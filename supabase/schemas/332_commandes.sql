-- Orders of clients: so many litres of a product at a price, delivered by sorties that name them.
--
--   BROUILLON → CONFIRMEE → SOLDEE | ANNULEE
--
-- Confirmed, an order is numbered, its price holds against every tarif, and it is frozen but for its end. What is
-- delivered of it is never written: it is counted from its sorties (see 341).

create table public.commandes (
  id uuid primary key default private.nouvel_id(),
  numero text unique,
  depot_id uuid not null references public.depots (id),
  client_id uuid not null references public.clients (id),
  produit_id uuid not null references public.produits (id),
  quantite numeric(15,3) not null check (quantite > 0 and quantite < 1e9),
  devise text not null check (devise in ('USD', 'CDF')),
  base text not null check (base in ('L15', 'AMB')),
  prix_ht numeric(18,6) check (prix_ht > 0 and prix_ht < 1e6),
  valide_jusqu_au date,
  reference_client text,
  note text,
  statut text not null default 'BROUILLON' check (statut in ('BROUILLON', 'CONFIRMEE', 'SOLDEE', 'ANNULEE')),
  motif_fin text check (motif_fin is null or statut in ('SOLDEE', 'ANNULEE')),
  created_by uuid not null references auth.users (id),
  confirmee_par uuid references auth.users (id),
  confirmee_le timestamptz,
  terminee_par uuid references auth.users (id),
  terminee_le timestamptz,
  dit jsonb,
  created_at timestamptz not null default now(),
  check (num_nulls(numero, confirmee_par, confirmee_le, dit) = case statut when 'BROUILLON' then 4 else 0 end),
  check (statut = 'BROUILLON' or prix_ht is not null),
  check (num_nonnulls(terminee_par, terminee_le) = case when statut in ('SOLDEE', 'ANNULEE') then 2 else 0 end)
);
comment on table public.commandes is
  'Orders of clients, one product each. Frozen once confirmed, but for its end; a draft has no number and may be '
  'deleted.';
comment on column public.commandes.numero is 'Given when it is confirmed (series CMD).';
comment on column public.commandes.quantite is 'Litres of base that are ordered.';
comment on column public.commandes.base is 'Litre it is counted and invoiced in: L15 at 15 °C, AMB as measured.';
comment on column public.commandes.prix_ht is
  'For one litre, in devise, before tax; null in a draft: the tarif of the day it is confirmed.';
comment on column public.commandes.valide_jusqu_au is 'Last day a sortie may deliver it; null: none.';
comment on column public.commandes.reference_client is 'How the client calls it.';
comment on column public.commandes.dit is
  'Who sells, to whom, what and under which tax, as they were when it was confirmed: what its paper says for ever.';
create index commandes_depot_id_idx on public.commandes (depot_id);
create index commandes_client_id_idx on public.commandes (client_id);
create index commandes_produit_id_idx on public.commandes (produit_id);
create index commandes_created_by_idx on public.commandes (created_by);
create index commandes_confirmee_par_idx on public.commandes (confirmee_par);
create index commandes_terminee_par_idx on public.commandes (terminee_par);
create index commandes_page_idx on public.commandes (created_at desc, id desc);

create table public.sorties_commandes (
  sortie_id uuid primary key references public.sorties_produit (id),
  commande_id uuid not null references public.commandes (id),
  depot_id uuid not null references public.depots (id),
  par uuid not null references auth.users (id),
  created_at timestamptz not null default now()
);
comment on table public.sorties_commandes is
  'Which order a sortie delivers. Taken away only before the sortie is invoiced; the log keeps what was.';
create index sorties_commandes_commande_id_idx on public.sorties_commandes (commande_id);
create index sorties_commandes_depot_id_idx on public.sorties_commandes (depot_id);
create index sorties_commandes_par_idx on public.sorties_commandes (par);

create function private.commande_figer() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  c_fin constant text[] := array['statut', 'motif_fin', 'terminee_par', 'terminee_le'];
begin
  if old.statut = 'BROUILLON' then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  if tg_op = 'DELETE' and current_setting('app.purge_staging', true) = pg_current_xact_id()::text then
    perform private.interdire_si_prod();
    return old;
  end if;
  if tg_op = 'UPDATE' and old.statut = 'CONFIRMEE' and to_jsonb(new) - c_fin = to_jsonb(old) - c_fin then
    return new;
  end if;
  perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
end;
$$;
comment on function private.commande_figer() is
  'A confirmed order is only ever ended, and never deleted but by a purge of STAGING. Raises ECRITURE_INTERDITE, '
  'ENV_INTERDIT.';
create trigger commandes_figer before update or delete on public.commandes
  for each row execute function private.commande_figer();
create trigger commandes_block before truncate on public.commandes
  for each statement execute function private.interdire_ecriture();
create trigger commandes_gel before insert or update on public.commandes
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger sorties_commandes_block before update or truncate on public.sorties_commandes
  for each statement execute function private.interdire_ecriture();
create trigger sorties_commandes_gel before insert or delete on public.sorties_commandes
  for each statement execute function private.exiger_ecritures_ouvertes();

-- Writing -------------------------------------------------------------------------------------------------------------

create function private.exiger_devise_des_conditions(p_commande public.commandes) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_devise constant text := (private.conditions_de(p_commande.client_id)).devise;
begin
  if p_commande.devise <> v_devise then
    perform private.refuser('COMMANDE_DEVISE', jsonb_build_object('commande', p_commande.numero,
      'devise', p_commande.devise, 'devise_client', v_devise));
  end if;
end;
$$;
comment on function private.exiger_devise_des_conditions(public.commandes) is
  'An order is in the currency its client is invoiced in. Raises COMMANDE_DEVISE.';

create function private.commande_valable(p_commande public.commandes) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger_actifs(p_commande.produit_id, p_commande.depot_id, p_commande.client_id);
  perform private.exiger_devise_des_conditions(p_commande);
  if p_commande.valide_jusqu_au < private.jour_au_depot(p_commande.depot_id, now()) then
    perform private.refuser('DATE_PASSEE');
  end if;
end;
$$;
comment on function private.commande_valable(public.commandes) is
  'An order as it may be taken or confirmed today. Raises REFERENTIEL_INACTIF, COMMANDE_DEVISE, DATE_PASSEE.';

create function public.passer_commande(p_commande jsonb) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('commander');
  v_commande public.commandes;
  v_conditions public.clients_conditions;
begin
  v_commande := jsonb_populate_record(v_commande, private.seulement(p_commande,
    '{depot_id,client_id,produit_id,quantite,devise,base,prix_ht,valide_jusqu_au,reference_client,note}'));
  perform private.depot_d_acteur(v_acteur, v_commande.depot_id);
  if not exists (select from public.clients c where c.id = v_commande.client_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce client'));
  end if;
  if not exists (select from public.produits p where p.id = v_commande.produit_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce produit'));
  end if;
  v_conditions := private.conditions_de(v_commande.client_id);
  v_commande.devise := coalesce(v_commande.devise, v_conditions.devise);
  v_commande.base := coalesce(v_commande.base, v_conditions.base);
  perform private.commande_valable(v_commande);
  insert into public.commandes (depot_id, client_id, produit_id, quantite, devise, base, prix_ht, valide_jusqu_au,
    reference_client, note, created_by)
  values (v_commande.depot_id, v_commande.client_id, v_commande.produit_id, v_commande.quantite, v_commande.devise,
    v_commande.base, v_commande.prix_ht, v_commande.valide_jusqu_au, private.texte_net(v_commande.reference_client),
    private.texte_net(v_commande.note), v_acteur.user_id)
  returning * into v_commande;
  perform private.journaliser('COMMANDE_CREEE', 'ventes', 'INFO', v_commande.id, v_commande.depot_id,
    to_jsonb(v_commande));
  return v_commande.id;
end;
$$;
comment on function public.passer_commande(jsonb) is
  'Drafts an order: depot_id, client_id, produit_id, quantite (litres of base), devise and base (else the client''s '
  'terms), prix_ht (else the tarif of the day it is confirmed), valide_jusqu_au, reference_client, note. Raises '
  'ROLE_FORBIDDEN, FORME_INATTENDUE, ISOLATION_INTERDITE, INTROUVABLE, REFERENTIEL_INACTIF, COMMANDE_DEVISE, '
  'DATE_PASSEE, ECRITURES_GELEES, and 22xxx, 23xxx.';

create function private.commande_a_changer(p_id uuid, variadic p_statuts text[]) returns public.commandes
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('commander');
  v_commande public.commandes;
begin
  perform private.exiger_read_committed();
  select * into v_commande from public.commandes c
   where c.id = p_id and c.depot_id = any (v_acteur.depots) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette commande'));
  end if;
  if v_commande.statut <> all (p_statuts) then
    perform private.refuser('COMMANDE_ETAT', jsonb_build_object('commande', v_commande.numero,
      'statut', v_commande.statut));
  end if;
  return v_commande;
end;
$$;
comment on function private.commande_a_changer(uuid, text[]) is
  'An order, locked, in one of these states, of somebody who takes orders there. Raises ROLE_FORBIDDEN, INTROUVABLE, '
  'COMMANDE_ETAT, ISOLATION_INTERDITE.';

create function private.dit_de_la_commande(p_commande public.commandes) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('vendeur', private.vendeur(p_commande.depot_id), 'produit', p.nom,
      'client', jsonb_build_object('nom', c.nom, 'adresse', c.adresse, 'pays', c.pays, 'telephone', c.telephone,
        'type_fiscal', c.type_fiscal, 'nif', c.nif, 'rccm', c.rccm, 'id_nat', c.id_nat),
      'jour', j.jour, 'tva_groupe', p.tva_groupe, 'tva_taux', j.taux, 'montant_ht', m.ht,
      'montant_tva', round(m.ht * j.taux / 100, 2), 'montant_ttc', m.ht + round(m.ht * j.taux / 100, 2))
    from public.produits p
    join public.clients c on c.id = p_commande.client_id
   cross join lateral (select private.jour_au_depot(p_commande.depot_id, now()) as jour,
                              private.taux_tva_du(p.tva_groupe, private.jour_au_depot(p_commande.depot_id, now()))
                                as taux) j
   cross join lateral (select round(p_commande.quantite * p_commande.prix_ht, 2) as ht) m
   where p.id = p_commande.produit_id
$$;
comment on function private.dit_de_la_commande(public.commandes) is
  'What the paper of an order says beside the order: who sells, to whom, what, the tax of the day (per cent), '
  'and what all of it comes to, in its currency. Raises TVA_NON_FIXEE.';

create function private.prix_de_commande(p_commande public.commandes) returns numeric
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_tarif constant numeric := private.prix_ou_rien(p_commande.produit_id, p_commande.client_id, p_commande.depot_id,
    private.jour_au_depot(p_commande.depot_id, now()), p_commande.devise, p_commande.base);
begin
  if p_commande.prix_ht is null then
    return private.prix(p_commande.produit_id, p_commande.client_id, p_commande.depot_id,
      private.jour_au_depot(p_commande.depot_id, now()), p_commande.devise, p_commande.base);
  end if;
  -- A price of its own is a price that is set: who may not write a tarif does not write one this way.
  if p_commande.prix_ht is distinct from v_tarif then
    perform private.exiger('regler_tarifs');
  end if;
  return p_commande.prix_ht;
end;
$$;
comment on function private.prix_de_commande(public.commandes) is
  'Price that an order is confirmed at: its own, which only who sets prices confirms where it is not the tarif of the '
  'day, else that tarif. Raises TARIF_ABSENT, ROLE_FORBIDDEN.';

create function public.confirmer_commande(p_id uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_commande public.commandes;
begin
  v_commande := private.commande_a_changer(p_id, 'BROUILLON');
  perform private.commande_valable(v_commande);
  v_commande.prix_ht := private.prix_de_commande(v_commande);
  v_commande.dit := private.dit_de_la_commande(v_commande);
  v_commande.numero := private.prendre_numero(v_commande.depot_id, 'CMD',
    extract(year from private.jour_au_depot(v_commande.depot_id, now()))::int, p_id);
  update public.commandes c
     set (statut, prix_ht, dit, numero, confirmee_par, confirmee_le)
         = ('CONFIRMEE', v_commande.prix_ht, v_commande.dit, v_commande.numero, auth.uid(), now())
   where c.id = p_id returning * into v_commande;
  perform private.journaliser('COMMANDE_CONFIRMEE', 'ventes', 'INFO', p_id, v_commande.depot_id,
    to_jsonb(v_commande) - 'dit');
end;
$$;
comment on function public.confirmer_commande(uuid) is
  'The order stands: it has its number, and its price, which beats the tarif from then on. Raises ROLE_FORBIDDEN, '
  'ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ENV_INTERDIT, ECRITURES_GELEES, REFERENTIEL_INACTIF, '
  'COMMANDE_ETAT, COMMANDE_DEVISE, DATE_PASSEE, TARIF_ABSENT, TVA_NON_FIXEE, DEPOT_SANS_CODE.';

create function public.supprimer_commande(p_id uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_commande constant public.commandes := private.commande_a_changer(p_id, 'BROUILLON');
begin
  delete from public.commandes c where c.id = p_id;
  perform private.journaliser('COMMANDE_SUPPRIMEE', 'ventes', 'INFO', p_id, v_commande.depot_id, to_jsonb(v_commande));
end;
$$;
comment on function public.supprimer_commande(uuid) is
  'Deletes a draft; what is confirmed stays. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, '
  'INTROUVABLE, ENV_INTERDIT, COMMANDE_ETAT.';

alter table public.commandes enable row level security;
alter table public.sorties_commandes enable row level security;
grant select on public.commandes, public.sorties_commandes to authenticated, service_role;
create policy commandes_lecture on public.commandes for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_ventes'))::uuid[]));
create policy sorties_commandes_lecture on public.sorties_commandes for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_ventes'))::uuid[]));

revoke execute on function public.passer_commande(jsonb), public.confirmer_commande(uuid),
  public.supprimer_commande(uuid) from public, anon;
grant execute on function public.passer_commande(jsonb), public.confirmer_commande(uuid),
  public.supprimer_commande(uuid) to authenticated;
