-- Credit, watched before fuel leaves: what a client owes, deliveries not yet invoiced included, against their limit.
--
-- Only under the flag credit_client_blocant, and only for a client who has terms. Asked under the mutex of the account:
-- two who validate at once cannot pass the limit together.

create table public.credits_derogations (
  id uuid primary key default private.nouvel_id(),
  client_id uuid not null references public.clients (id),
  montant_max numeric(18,2) not null check (montant_max > 0 and montant_max < 1e13),
  motif text not null,
  expire_le timestamptz not null,
  sortie_id uuid references public.sorties_produit (id),
  par uuid not null references auth.users (id),
  created_at timestamptz not null default now()
);
comment on table public.credits_derogations is
  'One sortie let go beyond the limit of its client, each used once.';
comment on column public.credits_derogations.montant_max is
  'Most by which the limit may be passed, in the currency of the client''s terms.';
comment on column public.credits_derogations.sortie_id is 'Sortie that used it; null: not used yet.';
create index credits_derogations_client_id_idx on public.credits_derogations (client_id);
create index credits_derogations_sortie_id_idx on public.credits_derogations (sortie_id);
create index credits_derogations_par_idx on public.credits_derogations (par);

create function private.derogation_figer() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if old.sortie_id is not null or to_jsonb(new) - 'sortie_id' <> to_jsonb(old) - 'sortie_id' then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return new;
end;
$$;
comment on function private.derogation_figer() is 'A dérogation is only ever used, once. Raises ECRITURE_INTERDITE.';
create trigger credits_derogations_figer before update on public.credits_derogations
  for each row execute function private.derogation_figer();
create trigger credits_derogations_block before delete or truncate on public.credits_derogations
  for each statement execute function private.interdire_ecriture();
create trigger credits_derogations_gel before insert or update on public.credits_derogations
  for each statement execute function private.exiger_ecritures_ouvertes();

create type private.encours as (devise text, solde numeric, non_facture numeric, sans_prix int);
comment on type private.encours is
  'What a client owes, in the currency of their terms: account, advances taken off, and deliveries not yet invoiced, '
  'tax included; sans_prix: how many of those have no price.';

create function private.encours(p_conditions public.clients_conditions) returns private.encours
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_encours private.encours;
  v_jour constant date := private.jour_local(private.fuseau_societe(), now());
begin
  v_encours.devise := p_conditions.devise;
  select coalesce(sum(case when r.devise = p_conditions.devise then r.debit - r.credit
      else private.en_devise(r.debit - r.credit, r.devise, p_conditions.devise, private.taux_du_jour('USD', v_jour))
        end), 0)
    into v_encours.solde
    from private.restes_clients r where r.client_id = p_conditions.client_id;
  select coalesce(sum(round(q.quantite * q.prix * (1 + q.taux / 100), 2)), 0), count(*) filter (where q.prix is null)
    into v_encours.non_facture, v_encours.sans_prix
    from (
      select case coalesce(v.base, p_conditions.base) when 'L15' then v.volume_15c
        else v.volume_ambiant end as quantite,
             private.prix_ou_rien_de(v, p_conditions) as prix,
             private.taux_tva_du(v.tva_groupe, v_jour) as taux
        from private.vendables(array(
          select s.id from public.sorties_produit s
           where s.client_id = p_conditions.client_id and s.statut = 'validee' and s.proprietaire_type = 'MONALUXE'
             and (p_conditions.suivi_depuis is null or s.date_jour >= p_conditions.suivi_depuis)
             and not exists (select from private.facturations_sortie f
                              where f.sortie_id = s.id and f.libere_par is null))) v
       where v.raison is null) q;
  return v_encours;
end;
$$;
comment on function private.encours(public.clients_conditions) is
  'What a client owes under these terms; deliveries without a price count for nothing in it and are counted apart. '
  'Raises TAUX_ABSENT, TVA_NON_FIXEE.';

create function private.exiger_credit(p_sortie public.sorties_produit) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_conditions public.clients_conditions;
  v_encours private.encours;
  v_depasse numeric;
begin
  if p_sortie.proprietaire_type <> 'MONALUXE' or not private.flag_actif('credit_client_blocant', p_sortie.depot_id)
  then
    return;
  end if;
  perform private.verrouiller_tiers('CLIENT', p_sortie.client_id);
  select * into v_conditions from public.clients_conditions c where c.client_id = p_sortie.client_id;
  perform private.exiger_non_suspendu(v_conditions, p_sortie);
  if v_conditions.plafond is null then
    return;
  end if;
  v_encours := private.encours(v_conditions);
  -- A delivery without a price would leak through the limit.
  if v_encours.sans_prix > 0 then
    perform private.demande_de(p_sortie, v_conditions);
    perform private.refuser('TARIF_ABSENT', jsonb_build_object('produit', 'des livraisons à facturer', 'jour',
      p_sortie.date_jour, 'devise', v_conditions.devise, 'base', v_conditions.base));
  end if;
  v_depasse := v_encours.solde + v_encours.non_facture - v_conditions.plafond;
  if v_depasse > 0 and not private.consommer_derogation(p_sortie, v_depasse) then
    perform private.refuser('CREDIT_DEPASSE', jsonb_build_object('client_id', p_sortie.client_id,
      'depot_id', p_sortie.depot_id, 'sortie_id', p_sortie.id, 'plafond', v_conditions.plafond,
      'encours', v_encours.solde + v_encours.non_facture, 'depassement', v_depasse, 'devise', v_conditions.devise,
      'demande', private.demande_de(p_sortie, v_conditions),
      'disponible', v_conditions.plafond - v_encours.solde - v_encours.non_facture
        + private.demande_de(p_sortie, v_conditions)));
  end if;
end;
$$;
comment on function private.exiger_credit(public.sorties_produit) is
  'Under the flag credit_client_blocant a sortie, written as validated and not yet debited, leaves its client within '
  'their limit, or uses a dérogation; takes the mutex of the account, before that of the tank. Asked only of a client '
  'who has a limit or is suspended (private.terminer_validation). Raises CLIENT_SUSPENDU, CREDIT_DEPASSE, TARIF_ABSENT, '
  'TAUX_ABSENT, TVA_NON_FIXEE, '
  'ISOLATION_INTERDITE, ECRITURES_GELEES.';

create function private.exiger_non_suspendu(p_conditions public.clients_conditions, p_sortie public.sorties_produit)
  returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_conditions.suspendu then
    perform private.refuser('CLIENT_SUSPENDU', jsonb_build_object('client_id', p_conditions.client_id,
      'depot_id', p_sortie.depot_id, 'sortie_id', p_sortie.id,
      'client', (select c.nom from public.clients c where c.id = p_conditions.client_id)));
  end if;
end;
$$;
comment on function private.exiger_non_suspendu(public.clients_conditions, public.sorties_produit) is
  'No sortie leaves for a client who is suspended. Raises CLIENT_SUSPENDU.';

create function private.demande_de(p_sortie public.sorties_produit, p_conditions public.clients_conditions)
  returns numeric
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select round(case coalesce(v.base, p_conditions.base) when 'L15' then v.volume_15c else v.volume_ambiant end
    * private.prix_de(v, p_conditions) * (1 + private.taux_tva_du(v.tva_groupe, v.jour) / 100), 2)
    from private.vendables(array[p_sortie.id]) v
$$;
comment on function private.demande_de(public.sorties_produit, public.clients_conditions) is
  'What a sortie comes to, tax included, under these terms. Raises TARIF_ABSENT, COMMANDE_DEVISE, '
  'TVA_NON_FIXEE.';

create function private.consommer_derogation(p_sortie public.sorties_produit, p_depasse numeric) returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  update public.credits_derogations d set sortie_id = p_sortie.id
   where d.id = (select x.id from public.credits_derogations x
                  where x.client_id = p_sortie.client_id and x.sortie_id is null and x.expire_le > now()
                    and x.montant_max >= p_depasse
                  order by x.montant_max, x.created_at limit 1);
  return found;
end;
$$;
comment on function private.consommer_derogation(public.sorties_produit, numeric) is
  'Uses the least dérogation that lets this sortie go; false: there is none. Under the mutex of the account. Raises '
  'ECRITURES_GELEES.';

create function private.verrouiller_credit(p_sorties uuid[]) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_clients uuid[];
begin
  if not exists (select from public.feature_flags f where f.key = 'credit_client_blocant' and f.enabled) then
    return;
  end if;
  select array_agg(distinct s.client_id) into v_clients
    from public.sorties_produit s join public.clients_conditions c on c.client_id = s.client_id
   where s.id = any (p_sorties);
  if v_clients is not null then
    perform private.verrouiller_tiers('CLIENT', variadic v_clients);
  end if;
end;
$$;
comment on function private.verrouiller_credit(uuid[]) is
  'Where several sorties are validated in one statement: the accounts of their clients, before any tank. Raises '
  'ISOLATION_INTERDITE.';

create function public.deroger_credit(p_client_id uuid, p_montant_max numeric, p_expire_le timestamptz, p_motif text)
  returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_derogation public.credits_derogations;
begin
  perform private.exiger('deroger_credit');
  perform private.exiger_motif(p_motif, 10);
  if not exists (select from public.clients c where c.id = p_client_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce client'));
  end if;
  if p_expire_le <= now() then
    perform private.refuser('DATE_PASSEE');
  end if;
  insert into public.credits_derogations (client_id, montant_max, motif, expire_le, par)
  values (p_client_id, p_montant_max, private.texte_net(p_motif), p_expire_le, auth.uid())
  returning * into v_derogation;
  perform private.journaliser('CREDIT_DEROGATION', 'ventes', 'WARNING', v_derogation.id, null, to_jsonb(v_derogation));
  return v_derogation.id;
end;
$$;
comment on function public.deroger_credit(uuid, numeric, timestamptz, text) is
  'Lets one sortie pass the limit of its client by at most this much, until then (admin, directeur). Logged WARNING. '
  'Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, DATE_PASSEE, and 23xxx.';

alter table public.credits_derogations enable row level security;
grant select on public.credits_derogations to authenticated, service_role;
create policy credits_derogations_lecture on public.credits_derogations for select to authenticated
  using ((select private.peut('lire_ventes')));
revoke execute on function public.deroger_credit(uuid, numeric, timestamptz, text) from public, anon;
grant execute on function public.deroger_credit(uuid, numeric, timestamptz, text) to authenticated;
