-- A client's invoices: drafted from deliveries, then issued once: dated by the database, numbered without a gap,
-- chained by its hash to the one before, owed, and never changed. An AVOIR takes from one.
--
--   BROUILLON → EMISE
--
-- Issuing takes its locks in one order: the draft, its sorties, the client's account, and last the series' number,
-- which alone makes those who issue at one depot wait for one another.

create table public.factures_client (
  id uuid primary key default private.nouvel_id(),
  depot_id uuid not null references public.depots (id),
  type text not null default 'FACTURE' check (type in ('FACTURE', 'AVOIR')),
  exercice int,
  sequence bigint,
  numero text unique,
  client_id uuid not null references public.clients (id),
  client_fige jsonb,
  vendeur_fige jsonb,
  devise text not null check (devise in ('USD', 'CDF')),
  taux_cdf numeric(18,6) check (taux_cdf > 0),
  date_facture date,
  date_echeance date check (date_echeance >= date_facture),
  statut text not null default 'BROUILLON' check (statut in ('BROUILLON', 'EMISE')),
  facture_origine_id uuid references public.factures_client (id),
  nature text check (nature in ('COR', 'RAN', 'RAM', 'RRR')),
  motif text,
  total_ht numeric(18,2) not null default 0 check (total_ht >= 0 and total_ht < 1e13),
  total_tva numeric(18,2) check (total_tva >= 0),
  total_ttc numeric(18,2) check (total_ttc > 0 and total_ttc < 1e13),
  total_tva_cdf numeric(18,2) check (total_tva_cdf >= 0),
  total_ttc_cdf numeric(18,2) check (total_ttc_cdf > 0 and total_ttc_cdf < 1e16),
  precedent bytea,
  empreinte bytea,
  created_by uuid not null references auth.users (id),
  emise_par uuid references auth.users (id),
  emise_le timestamptz,
  created_at timestamptz not null default now(),
  unique (depot_id, type, exercice, sequence),
  check ((type = 'AVOIR') = (facture_origine_id is not null)),
  check (num_nonnulls(nature, motif) = case type when 'AVOIR' then 2 else 0 end),
  check (case statut when 'BROUILLON' then 0 else 14 end = num_nonnulls(exercice, sequence, numero, client_fige,
    vendeur_fige, taux_cdf, date_facture, total_tva, total_ttc, total_tva_cdf, total_ttc_cdf, empreinte, emise_par,
    emise_le)),
  check (total_ttc = total_ht + total_tva)
);
comment on table public.factures_client is
  'Invoices and credit notes of clients. Frozen once issued; a draft has no number and may be deleted.';
comment on column public.factures_client.sequence is 'Its number in the series of its depot, type and year.';
comment on column public.factures_client.client_fige is 'The client as they were when it was issued.';
comment on column public.factures_client.vendeur_fige is 'The seller as they were when it was issued.';
comment on column public.factures_client.taux_cdf is 'CDF for one unit of devise on its day; 1 where it is in CDF.';
comment on column public.factures_client.date_facture is 'Day it was issued at the depot, by the database''s clock.';
comment on column public.factures_client.nature is
  'Of a credit note: COR correction, RAN cancelling, RAM return, RRR rebate.';
comment on column public.factures_client.total_ht is 'Sum of its lines, in devise.';
comment on column public.factures_client.precedent is
  'Hash of the one before it in its series; null for the first of a year.';
comment on column public.factures_client.empreinte is
  'SHA-256 of precedent and of all it says: see private.empreinte_facture.';
create index factures_client_depot_id_idx on public.factures_client (depot_id);
create index factures_client_client_id_idx on public.factures_client (client_id);
create index factures_client_origine_idx on public.factures_client (facture_origine_id);
create index factures_client_created_by_idx on public.factures_client (created_by);
create index factures_client_emise_par_idx on public.factures_client (emise_par);
create index factures_client_page_idx on public.factures_client (created_at desc, id desc);

create table public.factures_client_lignes (
  id uuid primary key default private.nouvel_id(),
  facture_id uuid not null references public.factures_client (id) on delete cascade,
  depot_id uuid not null references public.depots (id),
  rang int not null check (rang > 0),
  nature text not null default 'CARBURANT' check (nature in ('CARBURANT', 'SERVICE', 'TAXE')),
  sortie_id uuid references public.sorties_produit (id),
  bl_id uuid references public.bons_livraison (id),
  ligne_origine_id uuid references public.factures_client_lignes (id),
  designation text not null check (btrim(designation) <> ''),
  base text not null check (base in ('L15', 'AMB', 'UNITE')),
  quantite numeric(15,3) not null check (quantite > 0 and quantite < 1e9),
  prix_ht numeric(18,6) not null check (prix_ht > 0 and prix_ht < 1e9),
  tva_groupe text not null check (tva_groupe ~ '^[A-N]$'),
  tva_taux numeric(5,2) not null check (tva_taux between 0 and 100),
  montant_ht numeric(18,2) not null check (montant_ht >= 0 and montant_ht < 1e13),
  unique (facture_id, rang),
  check ((nature = 'CARBURANT') = (base <> 'UNITE') or ligne_origine_id is not null)
);
comment on table public.factures_client_lignes is
  'What an invoice sells, line by line: fuel of a sortie, by one kind of litre, or a service. Frozen with it.';
comment on column public.factures_client_lignes.ligne_origine_id is 'Of a credit note: the line it takes from.';
comment on column public.factures_client_lignes.quantite is 'Litres of base, or units.';
comment on column public.factures_client_lignes.prix_ht is 'For one, in the invoice''s currency, before tax.';
create index factures_client_lignes_depot_id_idx on public.factures_client_lignes (depot_id);
create index factures_client_lignes_sortie_id_idx on public.factures_client_lignes (sortie_id);
create index factures_client_lignes_bl_id_idx on public.factures_client_lignes (bl_id);
create index factures_client_lignes_origine_idx on public.factures_client_lignes (ligne_origine_id);

create table public.factures_client_taxes (
  facture_id uuid not null references public.factures_client (id),
  depot_id uuid not null references public.depots (id),
  groupe text not null check (groupe ~ '^[A-N]$'),
  taux numeric(5,2) not null check (taux between 0 and 100),
  base_ht numeric(18,2) not null check (base_ht >= 0),
  montant_tva numeric(18,2) not null check (montant_tva >= 0),
  primary key (facture_id, groupe)
);
comment on table public.factures_client_taxes is 'Tax of an invoice, group by group. Written when it is issued.';
create index factures_client_taxes_depot_id_idx on public.factures_client_taxes (depot_id);

create table private.facturations_sortie (
  id uuid primary key default private.nouvel_id(),
  sortie_id uuid not null references public.sorties_produit (id),
  facture_id uuid not null references public.factures_client (id),
  ajuste_15c numeric(15,3),
  libere_par uuid references public.factures_client (id)
);
comment on column private.facturations_sortie.ajuste_15c is
  'Litres at 15 °C by which the sortie had been corrected when it was invoiced; null: invoiced before this was kept.';
comment on table private.facturations_sortie is
  'Which invoice sells a sortie: one at a time; a cancelling credit note frees it (libere_par).';
create unique index facturations_sortie_unique on private.facturations_sortie (sortie_id) where libere_par is null;
create index facturations_sortie_sortie_idx on private.facturations_sortie (sortie_id);
create index facturations_sortie_facture_idx on private.facturations_sortie (facture_id);
create index facturations_sortie_libere_idx on private.facturations_sortie (libere_par);

create function private.facture_client_figer() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facture_id uuid;
begin
  if tg_table_name = 'factures_client' then
    if old.statut = 'BROUILLON' then
      return case tg_op when 'DELETE' then old else new end;
    end if;
  else
    v_facture_id := old.facture_id;
    -- Its own invoice is gone before a draft's line goes.
    if not exists (select from public.factures_client f where f.id = v_facture_id and f.statut <> 'BROUILLON') then
      return case tg_op when 'DELETE' then old else new end;
    end if;
  end if;
  if tg_op = 'DELETE' and current_setting('app.purge_staging', true) = pg_current_xact_id()::text then
    perform private.interdire_si_prod();
    return old;
  end if;
  perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
end;
$$;
comment on function private.facture_client_figer() is
  'What is issued is never changed nor deleted, lines and taxes included; but by a purge of STAGING. Raises '
  'ECRITURE_INTERDITE, ENV_INTERDIT.';
create trigger factures_client_figer before update or delete on public.factures_client
  for each row execute function private.facture_client_figer();
create trigger factures_client_lignes_figer before update or delete on public.factures_client_lignes
  for each row execute function private.facture_client_figer();
create trigger factures_client_taxes_figer before update or delete on public.factures_client_taxes
  for each row execute function private.facture_client_figer();
create trigger factures_client_gel before insert or update on public.factures_client
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger factures_client_lignes_gel before insert or update on public.factures_client_lignes
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger factures_client_taxes_gel before insert on public.factures_client_taxes
  for each statement execute function private.exiger_ecritures_ouvertes();

-- What may be sold ----------------------------------------------------------------------------------------------------

create function private.facture_de_sortie(p_sortie_id uuid) returns uuid
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select f.facture_id from private.facturations_sortie f where f.sortie_id = p_sortie_id and f.libere_par is null
$$;
comment on function private.facture_de_sortie(uuid) is 'The invoice that sells a sortie; null: none yet.';
grant execute on function private.facture_de_sortie(uuid) to authenticated, service_role;

create type private.vendable as (
  sortie_id uuid, bl_id uuid, client_id uuid, depot_id uuid, produit_id uuid, produit text, tva_groupe text,
  jour date, plaque text, volume_ambiant numeric, volume_15c numeric, raison text, commande text, devise text,
  base text, prix_ht numeric
);
comment on type private.vendable is
  'A sortie as it may be sold: litres of its confirmed note, else its own with its adjustments; raison: why it may '
  'not; commande, devise, base, prix_ht: number, currency, litre and price of the order it delivers, if it does.';

create function private.vendables(p_sorties uuid[]) returns setof private.vendable
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select s.id, b.id, s.client_id, s.depot_id, s.produit_id, p.nom, p.tva_groupe, s.date_jour, s.plaque_camion,
         coalesce(b.volume_livre_ambiant, s.volume_ambiant - a.ambiant),
         coalesce(b.volume_livre_15c, s.volume_15c - a.quinze),
         case when s.statut <> 'validee' then 'NON_VALIDEE' when s.proprietaire_type <> 'MONALUXE' then 'PARTENAIRE'
              when s.client_id is null then 'SANS_CLIENT'
              when a.compensee or s.volume_15c - a.quinze <= 0 then 'COMPENSEE'
              when private.facture_de_sortie(s.id) is not null then 'DEJA_FACTUREE' end,
         k.numero, k.devise, k.base, k.prix_ht
    from public.sorties_produit s
    join public.produits p on p.id = s.produit_id
    left join public.bons_livraison b on b.sortie_id = s.id and b.statut = 'CONFIRME'
    left join (public.sorties_commandes l join public.commandes k on k.id = l.commande_id) on l.sortie_id = s.id
   cross join lateral (
     select coalesce(sum(x.delta_ambiant), 0) as ambiant, coalesce(sum(x.delta_15c), 0) as quinze,
            coalesce(bool_or(x.compensation), false) as compensee
       from public.stocks_adjustments x where x.mouvement_type = 'SORTIE' and x.mouvement_id = s.id) a
   where s.id = any (p_sorties)
$$;
comment on function private.vendables(uuid[]) is
  'Sorties as they may be sold now: litres, tax group, and why one may not.';

create function private.prix_ou_rien_de(p_vendable private.vendable, p_conditions public.clients_conditions)
  returns numeric
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select case
    when p_vendable.commande is null then private.prix_ou_rien(p_vendable.produit_id, p_vendable.client_id,
      p_vendable.depot_id, p_vendable.jour, p_conditions.devise, p_conditions.base)
    when p_vendable.devise = p_conditions.devise then p_vendable.prix_ht end
$$;
comment on function private.prix_ou_rien_de(private.vendable, public.clients_conditions) is
  'Price of a litre of a sortie under these terms: its order''s, else the tarif of its day; null where there is none, '
  'or where its order is in another currency.';

create function private.prix_de(p_vendable private.vendable, p_conditions public.clients_conditions) returns numeric
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_vendable.commande is null then
    return private.prix(p_vendable.produit_id, p_vendable.client_id, p_vendable.depot_id, p_vendable.jour,
      p_conditions.devise, p_conditions.base);
  end if;
  if p_vendable.devise <> p_conditions.devise then
    perform private.refuser('COMMANDE_DEVISE', jsonb_build_object('commande', p_vendable.commande,
      'devise', p_vendable.devise, 'devise_client', p_conditions.devise));
  end if;
  return p_vendable.prix_ht;
end;
$$;
comment on function private.prix_de(private.vendable, public.clients_conditions) is
  'The same, which must be: raises TARIF_ABSENT, COMMANDE_DEVISE.';

create function private.lignes_de(p_sorties uuid[], p_conditions public.clients_conditions) returns table (
  rang int, nature text, sortie_id uuid, bl_id uuid, designation text, base text, quantite numeric, prix_ht numeric,
  tva_groupe text, tva_taux numeric, montant_ht numeric
)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select row_number() over (order by v.jour, v.sortie_id)::int, 'CARBURANT', v.sortie_id, v.bl_id,
         concat_ws(', ', v.produit, 'livraison du ' || to_char(v.jour, 'DD/MM/YYYY'), 'camion ' || v.plaque,
           'commande ' || v.commande),
         q.base, q.quantite, t.prix, v.tva_groupe,
         private.taux_tva_du(v.tva_groupe, private.jour_au_depot(v.depot_id, now())),
         round(q.quantite * t.prix, 2)
    from private.vendables(p_sorties) v
   cross join lateral (select coalesce(v.base, p_conditions.base),
     case coalesce(v.base, p_conditions.base) when 'L15' then v.volume_15c else v.volume_ambiant end) q (base, quantite)
   cross join lateral (select private.prix_de(v, p_conditions)) t (prix)
$$;
comment on function private.lignes_de(uuid[], public.clients_conditions) is
  'Lines of sorties as they would be invoiced now, at the price of their order or of their day. Raises TARIF_ABSENT, '
  'COMMANDE_DEVISE, TVA_NON_FIXEE.';

create function private.exiger_facturables(p_sorties uuid[], p_client_id uuid, p_depot_id uuid) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_trouvees int;
  v_refus jsonb;
begin
  -- Until this ends nobody corrects them, and nobody else invoices them.
  perform from public.sorties_produit s where s.id = any (p_sorties) order by s.id for no key update;
  select count(*), jsonb_agg(jsonb_build_object('sortie_id', v.sortie_id, 'raison', coalesce(v.raison,
           case when v.client_id <> p_client_id then 'AUTRE_CLIENT' else 'AUTRE_DEPOT' end)))
           filter (where v.raison is not null or v.client_id <> p_client_id or v.depot_id <> p_depot_id)
    into v_trouvees, v_refus from private.vendables(p_sorties) v;
  if v_refus is not null then
    perform private.refuser('SORTIE_NON_FACTURABLE',
      jsonb_build_object('raison', v_refus -> 0 ->> 'raison', 'sorties', v_refus));
  end if;
  if v_trouvees < cardinality(p_sorties) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'une de ces sorties'));
  end if;
end;
$$;
comment on function private.exiger_facturables(uuid[], uuid, uuid) is
  'These sorties, locked, may all be sold to this client by this depot. Raises SORTIE_NON_FACTURABLE, INTROUVABLE.';

-- Draft ---------------------------------------------------------------------------------------------------------------

create function private.depot_d_acteur(p_acteur private.acteur, p_depot_id uuid) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if not coalesce(p_depot_id = any (p_acteur.depots), false) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce dépôt'));
  end if;
end;
$$;
comment on function private.depot_d_acteur(private.acteur, uuid) is
  'A depot that this person sees. Raises INTROUVABLE.';

create function private.rediger_facture(
  p_depot_id uuid, p_client_id uuid, p_sorties uuid[], p_services jsonb
) returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_conditions constant public.clients_conditions := private.conditions_de(p_client_id);
  v_id constant uuid := private.nouvel_id();
begin
  insert into public.factures_client (id, depot_id, client_id, devise, created_by)
  values (v_id, p_depot_id, p_client_id, v_conditions.devise, auth.uid());
  insert into public.factures_client_lignes
    (facture_id, depot_id, rang, nature, sortie_id, bl_id, designation, base, quantite, prix_ht, tva_groupe, tva_taux,
     montant_ht)
  select v_id, p_depot_id, l.rang, l.nature, l.sortie_id, l.bl_id, l.designation, l.base, l.quantite, l.prix_ht,
         l.tva_groupe, l.tva_taux, l.montant_ht
    from private.lignes_de(p_sorties, v_conditions) l
  union all
  select v_id, p_depot_id, cardinality(p_sorties) + s.rang::int, 'SERVICE', null, null, s.ligne ->> 'designation',
         'UNITE', (s.ligne ->> 'quantite')::numeric, (s.ligne ->> 'prix_ht')::numeric,
         coalesce(s.ligne ->> 'tva_groupe', 'B'),
         private.taux_tva_du(coalesce(s.ligne ->> 'tva_groupe', 'B'), private.jour_au_depot(p_depot_id, now())),
         round(round((s.ligne ->> 'quantite')::numeric, 3) * round((s.ligne ->> 'prix_ht')::numeric, 6), 2)
    from jsonb_array_elements(p_services) with ordinality s (ligne, rang);
  if not found then
    perform private.refuser('FACTURE_VIDE');
  end if;
  update public.factures_client f
     set total_ht = (select sum(l.montant_ht) from public.factures_client_lignes l where l.facture_id = v_id)
   where f.id = v_id;
  return v_id;
end;
$$;
comment on function private.rediger_facture(uuid, uuid, uuid[], jsonb) is
  'Writes the draft of an invoice, at the terms of its client and the prices of each day. Raises FACTURE_VIDE, '
  'TARIF_ABSENT, COMMANDE_DEVISE, TVA_NON_FIXEE, ECRITURES_GELEES, and 22xxx, 23xxx.';

create function public.preparer_facture(
  p_client_id uuid, p_depot_id uuid, p_sorties uuid[] default '{}', p_services jsonb default '[]'
) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_sorties constant uuid[] := array(select distinct s from unnest(p_sorties) s);
  v_id uuid;
begin
  perform private.depot_d_acteur(private.exiger('facturer'), p_depot_id);
  if not exists (select from public.clients c where c.id = p_client_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce client'));
  end if;
  perform private.exiger_facturables(v_sorties, p_client_id, p_depot_id);
  v_id := private.rediger_facture(p_depot_id, p_client_id, v_sorties, p_services);
  perform private.journaliser('FACTURE_CLIENT_PREPAREE', 'ventes', 'INFO', v_id, p_depot_id,
    jsonb_build_object('client_id', p_client_id, 'sorties', v_sorties, 'services', p_services));
  return v_id;
end;
$$;
comment on function public.preparer_facture(uuid, uuid, uuid[], jsonb) is
  'Drafts an invoice of deliveries of one client at one depot, and of services [{designation, quantite, prix_ht, '
  'tva_groupe}]. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ENV_INTERDIT, '
  'ECRITURES_GELEES, TVA_NON_FIXEE, TARIF_ABSENT, COMMANDE_DEVISE, SORTIE_NON_FACTURABLE, FACTURE_VIDE, and 22xxx, '
  '23xxx.';

create function private.brouillon_facture(p_id uuid) returns public.factures_client
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('facturer');
  v_facture public.factures_client;
begin
  select * into v_facture from public.factures_client f
   where f.id = p_id and f.depot_id = any (v_acteur.depots) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette facture'));
  end if;
  if v_facture.statut <> 'BROUILLON' then
    perform private.refuser('FACTURE_ETAT', jsonb_build_object('statut', v_facture.statut));
  end if;
  return v_facture;
end;
$$;
comment on function private.brouillon_facture(uuid) is
  'A draft, locked, of somebody who may issue it. Raises ROLE_FORBIDDEN, INTROUVABLE, FACTURE_ETAT.';

create function public.supprimer_facture(p_id uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facture constant public.factures_client := private.brouillon_facture(p_id);
begin
  delete from public.factures_client f where f.id = p_id;
  perform private.journaliser('FACTURE_CLIENT_SUPPRIMEE', 'ventes', 'INFO', p_id, v_facture.depot_id,
    to_jsonb(v_facture));
end;
$$;
comment on function public.supprimer_facture(uuid) is
  'Deletes a draft; what is issued stays. Raises ROLE_FORBIDDEN, ECRITURE_INTERDITE, INTROUVABLE, ENV_INTERDIT, '
  'FACTURE_ETAT.';

-- Reading -------------------------------------------------------------------------------------------------------------

alter table public.factures_client enable row level security;
alter table public.factures_client_lignes enable row level security;
alter table public.factures_client_taxes enable row level security;
grant select on public.factures_client, public.factures_client_lignes, public.factures_client_taxes
  to authenticated, service_role;
create policy factures_client_lecture on public.factures_client for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_ventes'))::uuid[]));
create policy factures_client_lignes_lecture on public.factures_client_lignes for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_ventes'))::uuid[]));
create policy factures_client_taxes_lecture on public.factures_client_taxes for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_ventes'))::uuid[]));

revoke execute on function public.preparer_facture(uuid, uuid, uuid[], jsonb), public.supprimer_facture(uuid)
  from public, anon;
grant execute on function public.preparer_facture(uuid, uuid, uuid[], jsonb), public.supprimer_facture(uuid)
  to authenticated;
