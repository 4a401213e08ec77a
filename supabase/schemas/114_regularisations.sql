-- What a dip found and the books had not, booked: the stock becomes what was measured.

create table public.regularisations (
  id uuid primary key default private.nouvel_id(),
  prise_de_hauteur_id uuid not null references public.prises_de_hauteur (id),
  citerne_id uuid not null,
  produit_id uuid not null,
  depot_id uuid not null references public.depots (id),
  proprietaire_type text not null check (proprietaire_type in ('MONALUXE', 'PARTENAIRE')),
  delta_ambiant numeric(15,3) not null check (abs(delta_ambiant) < 1e9),
  delta_15c numeric(15,3) not null check (abs(delta_15c) < 1e9),
  motif text not null,
  date_jour date not null check (date_jour >= '2020-01-01'),
  created_by uuid not null references auth.users (id),
  created_at timestamptz not null default now(),
  unique (prise_de_hauteur_id, proprietaire_type),
  check (delta_ambiant <> 0 or delta_15c <> 0),
  constraint regularisations_citerne_id_fkey foreign key (citerne_id, produit_id, depot_id)
    references public.citernes (id, produit_id, depot_id)
);
comment on table public.regularisations is
  'Gain or loss that a dip found, booked, a row an owner. Written by regulariser only. Immutable.';
comment on column public.regularisations.delta_ambiant is 'Litres as measured, negative: a loss.';
comment on column public.regularisations.delta_15c is 'The same at 15 °C.';
comment on column public.regularisations.date_jour is 'Day it counts from, at the depot: that on which it was decided.';
create index regularisations_page_idx on public.regularisations (date_jour desc, id desc);
create index regularisations_citerne_idx on public.regularisations (citerne_id, date_jour desc);
create index regularisations_depot_idx on public.regularisations (depot_id, date_jour desc);
create index regularisations_produit_id_idx on public.regularisations (produit_id);
create index regularisations_created_by_idx on public.regularisations (created_by);
create trigger regularisations_block before update or delete or truncate on public.regularisations
  for each statement execute function private.interdire_ecriture();

create function private.prise_a_regulariser(p_id uuid) returns public.prises_de_hauteur
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  c_heures constant int := 72;
  v_prise public.prises_de_hauteur;
begin
  select * into v_prise from public.prises_de_hauteur p where p.id = p_id
    and p.depot_id = any (private.depots_visibles());
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette prise de hauteur'));
  end if;
  -- Whoever books it too waits here for this one to end.
  perform private.verrouiller_citernes(v_prise.citerne_id);
  if exists (select from public.regularisations r where r.prise_de_hauteur_id = p_id) then
    perform private.refuser('REGULARISATION_DEJA_FAITE');
  end if;
  if v_prise.volume_15c is null or v_prise.stock_comptable_15c is null then
    perform private.refuser('REGULARISATION_SANS_15C');
  end if;
  if coalesce(v_prise.mesuree_le, v_prise.created_at) < clock_timestamp() - make_interval(hours => c_heures) then
    perform private.refuser('REGULARISATION_TARDIVE', jsonb_build_object('heures', c_heures));
  end if;
  -- What was corrected since may be the very litres that were missing.
  if exists (select from public.log_actions l
              where l.created_at > coalesce(v_prise.mesuree_le, v_prise.created_at)
                and l.details ->> 'citerne_id' = v_prise.citerne_id::text
                and l.action in ('STOCK_REGULARISE', 'STOCK_AJUSTE', 'RECEPTION_COMPENSEE', 'SORTIE_COMPENSEE',
                                 'STOCK_INITIAL_COMPENSEE', 'TRANSFERT_COMPENSEE')) then
    perform private.refuser('REGULARISATION_DEPASSEE');
  end if;
  if (v_prise.volume_mesure, v_prise.volume_15c) = (v_prise.stock_comptable, v_prise.stock_comptable_15c) then
    perform private.refuser('REGULARISATION_SANS_ECART');
  end if;
  return v_prise;
end;
$$;
comment on function private.prise_a_regulariser(uuid) is
  'A dip whose gap may be booked, its tank locked: read with a temperature, less than 72 hours ago, not booked yet, '
  'and no adjustment or régularisation of its tank since. Raises INTROUVABLE, REGULARISATION_DEJA_FAITE, '
  'REGULARISATION_SANS_15C, '
  'REGULARISATION_TARDIVE, REGULARISATION_DEPASSEE, REGULARISATION_SANS_ECART, ISOLATION_INTERDITE.';

create function private.ecarts_par_proprietaire(p_citerne_id uuid, p_delta_ambiant numeric, p_delta_15c numeric)
returns table (proprietaire_type text, delta_ambiant numeric, delta_15c numeric)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_plus public.stocks_snapshot;
  v_moins public.stocks_snapshot;
begin
  select * into v_plus from public.stocks_snapshot s where s.citerne_id = p_citerne_id
   order by s.stock_15c desc, s.proprietaire_type limit 1;
  if not found then
    perform private.refuser('SORTIE_STOCK_INTROUVABLE', jsonb_build_object('citerne_id', p_citerne_id));
  end if;
  select * into v_moins from public.stocks_snapshot s where s.citerne_id = p_citerne_id and s.id <> v_plus.id;
  proprietaire_type := v_moins.proprietaire_type;
  delta_ambiant := coalesce(round(p_delta_ambiant * v_moins.stock_ambiant
    / nullif(v_plus.stock_ambiant + v_moins.stock_ambiant, 0), 3), 0);
  delta_15c := coalesce(round(p_delta_15c * v_moins.stock_15c
    / nullif(v_plus.stock_15c + v_moins.stock_15c, 0), 3), 0);
  -- Rounded once: what one does not bear the other does, and neither more than it has.
  if delta_ambiant <> 0 or delta_15c <> 0 then
    return next;
  end if;
  proprietaire_type := v_plus.proprietaire_type;
  delta_ambiant := p_delta_ambiant - delta_ambiant;
  delta_15c := p_delta_15c - delta_15c;
  if delta_ambiant <> 0 or delta_15c <> 0 then
    return next;
  end if;
end;
$$;
comment on function private.ecarts_par_proprietaire(uuid, numeric, numeric) is
  'A gap of a tank shared between its owners by what each has of it now, exact to the millilitre, the remainder to who '
  'has most. A loss that the tank has takes nobody below zero. The caller has the lock. Raises '
  'SORTIE_STOCK_INTROUVABLE.';

create function private.exiger_perte(p_citerne_id uuid, p_delta_ambiant numeric, p_delta_15c numeric) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_stock record;
begin
  select coalesce(sum(s.stock_ambiant), 0) as ambiant, coalesce(sum(s.stock_15c), 0) as a_15c into v_stock
    from public.stocks_snapshot s where s.citerne_id = p_citerne_id;
  if v_stock.a_15c + p_delta_15c < 0 then
    perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object('mesure', 'volume à 15 °C',
      'demande', -p_delta_15c, 'disponible', v_stock.a_15c));
  end if;
  if v_stock.ambiant + p_delta_ambiant < 0 then
    perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object('mesure', 'volume ambiant',
      'demande', -p_delta_ambiant, 'disponible', v_stock.ambiant));
  end if;
end;
$$;
comment on function private.exiger_perte(uuid, numeric, numeric) is
  'Refuses a loss that the tank, all owners together, no longer has. The caller has the lock. Raises '
  'INSUFFICIENT_STOCK.';

create function public.regulariser(p_prise_de_hauteur_id uuid, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_prise public.prises_de_hauteur;
  v_ligne public.regularisations;
begin
  perform private.exiger('regulariser_stock');
  perform private.exiger_motif(p_motif, 10);
  v_prise := private.prise_a_regulariser(p_prise_de_hauteur_id);
  perform private.exiger_perte(v_prise.citerne_id, v_prise.volume_mesure - v_prise.stock_comptable,
    v_prise.volume_15c - v_prise.stock_comptable_15c);
  for v_ligne in
    insert into public.regularisations
      (prise_de_hauteur_id, citerne_id, produit_id, depot_id, proprietaire_type, delta_ambiant, delta_15c, motif,
       date_jour, created_by)
    select v_prise.id, v_prise.citerne_id, v_prise.produit_id, v_prise.depot_id, e.proprietaire_type, e.delta_ambiant,
           e.delta_15c, private.texte_net(p_motif), private.jour_au_depot(v_prise.depot_id, now()), auth.uid()
      from private.ecarts_par_proprietaire(v_prise.citerne_id, v_prise.volume_mesure - v_prise.stock_comptable,
             v_prise.volume_15c - v_prise.stock_comptable_15c) e
    returning *
  loop
    perform private.appliquer_mouvement(v_ligne.citerne_id, v_ligne.produit_id, v_ligne.depot_id,
      v_ligne.proprietaire_type, v_ligne.date_jour, v_ligne.delta_ambiant, v_ligne.delta_15c, true);
    if v_ligne.proprietaire_type = 'PARTENAIRE' then
      perform private.partager_entre_partenaires('REGULARISATION', v_ligne.id, v_ligne.depot_id, v_ligne.produit_id,
        v_ligne.date_jour, v_ligne.delta_ambiant, v_ligne.delta_15c);
    end if;
    perform private.journaliser('STOCK_REGULARISE', 'stocks', 'CRITICAL', v_ligne.id, v_ligne.depot_id,
      to_jsonb(v_ligne));
  end loop;
  if v_prise.volume_mesure > v_prise.stock_comptable then
    perform private.exiger_contenance(v_prise.citerne_id, private.jour_au_depot(v_prise.depot_id, now()),
      v_prise.volume_mesure - v_prise.stock_comptable);
  end if;
end;
$$;
comment on function public.regulariser(uuid, text) is
  'Books the gap that a dip found, in litres as measured and at 15 °C, shared between owners by their stock '
  '(admin, reason of 10 characters or more, once a dip, within 72 hours). Logs STOCK_REGULARISE, a line an owner. '
  'Raises ROLE_FORBIDDEN, INSUFFICIENT_STOCK, SORTIE_STOCK_INTROUVABLE, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, '
  'ISOLATION_INTERDITE, MOTIF_REQUIS, INTROUVABLE, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, '
  'REGULARISATION_DEJA_FAITE, REGULARISATION_SANS_15C, REGULARISATION_TARDIVE, REGULARISATION_DEPASSEE, '
  'REGULARISATION_SANS_ECART, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';
revoke execute on function public.regulariser(uuid, text) from public, anon;
grant execute on function public.regulariser(uuid, text) to authenticated;

create view public.v_ecarts_inventaire with (security_invoker = true) as
  select p.id as prise_de_hauteur_id, p.created_at, p.depot_id, p.citerne_id, c.nom as citerne_nom, p.produit_id,
         p.volume_mesure, p.stock_comptable,
         p.volume_mesure - p.stock_comptable as ecart_l,
         round(1000 * (p.volume_mesure - p.stock_comptable) / nullif(p.stock_comptable, 0), 2) as ecart_pour_mille,
         p.tolerance_pour_mille as tolerance_inventaire_pour_mille,
         -- Fuel where the books have none is beyond any tolerance. Warmer fuel is no more fuel: at 15 °C where it is
         -- known.
         case when p.volume_15c is null or p.stock_comptable_15c is null
              then abs(p.volume_mesure - p.stock_comptable) > p.stock_comptable * p.tolerance_pour_mille / 1000
              else abs(p.volume_15c - p.stock_comptable_15c) > p.stock_comptable_15c * p.tolerance_pour_mille / 1000
           end as hors_tolerance,
         p.note,
         p.type, p.mesuree_le, p.bareme_id, b.version as bareme_version, p.hauteur_totale_mm, p.hauteur_eau_mm,
         p.temperature_c, p.temperature_echantillon_c, p.temperature_air_c, p.densite_observee_kgm3,
         p.densite_a_15_kgm3, p.eau_sediments_pour_cent,
         p.volume_total_l, p.volume_eau_l, p.ctsh, p.volume_toit_l, p.volume_brut_l, p.vcf, p.methode_15c,
         p.volume_15c_brut, p.volume_15c,
         private.masse_vide_t(p.densite_a_15_kgm3, p.volume_15c) as masse_vide_t,
         private.masse_air_t(p.densite_a_15_kgm3, p.volume_15c) as masse_air_t,
         p.stock_comptable_15c,
         p.volume_15c - p.stock_comptable_15c as ecart_15c,
         round(1000 * (p.volume_15c - p.stock_comptable_15c) / nullif(p.stock_comptable_15c, 0), 2)
           as ecart_15c_pour_mille,
         p.incertitude_15c,
         abs(p.volume_15c - p.stock_comptable_15c) > p.incertitude_15c as au_dela_incertitude,
         p.avertissements, p.created_by,
         exists (select from public.regularisations r where r.prise_de_hauteur_id = p.id) as regularisee,
         private.jour_au_depot(p.depot_id, coalesce(p.mesuree_le, p.created_at)) as date_jour
    from public.prises_de_hauteur p
    join public.citernes c on c.id = p.citerne_id
    left join public.baremes b on b.id = p.bareme_id;
comment on view public.v_ecarts_inventaire is
  'Each dip beside the books of the moment it was read, litres as measured and at 15 °C, tonnes: gap in litres and '
  'thousandths; beyond the tolerance of its day (hors_tolerance), and beyond what the instruments may be wrong by '
  '(au_dela_incertitude: null where litres were sent).';

alter table public.regularisations enable row level security;
grant select on public.regularisations, public.v_ecarts_inventaire to authenticated, service_role;
create policy regularisations_lecture on public.regularisations for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
