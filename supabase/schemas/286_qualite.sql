-- Quality: what a product must be, and what laboratories found it to be.

create table public.specifications (
  id uuid primary key default private.nouvel_id(),
  produit_id uuid not null references public.produits (id),
  parametre text not null check (btrim(parametre) <> ''),
  minimum numeric(18,6),
  maximum numeric(18,6),
  unite text,
  updated_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  check (num_nonnulls(minimum, maximum) > 0 and coalesce(minimum <= maximum, true)),
  check (minimum is null or minimum > -1e11 and minimum < 1e11),
  check (maximum is null or maximum > -1e11 and maximum < 1e11)
);
comment on table public.specifications is 'Between what bounds each parameter of a product must lie, both included.';
create unique index specifications_parametre_unique on public.specifications (produit_id, private.cle_nom(parametre));

create table public.analyses (
  id uuid primary key default private.nouvel_id(),
  objet_type text not null check (objet_type in ('CDR', 'RECEPTION', 'CITERNE')),
  objet_id uuid not null,
  cours_de_route_id uuid references public.cours_de_route (id),
  depot_id uuid not null references public.depots (id),
  produit_id uuid not null references public.produits (id),
  parametre text not null check (btrim(parametre) <> ''),
  valeur numeric(18,6) not null check (valeur > -1e11 and valeur < 1e11),
  methode text,
  laboratoire text,
  analysee_le date not null check (analysee_le between '2000-01-01' and '2049-12-31'),
  note text,
  created_by uuid references auth.users (id),
  created_at timestamptz not null default now()
);
comment on table public.analyses is
  'What a laboratory measured of a truck, a réception or a tank. Immutable: measured again, it is another row.';
comment on column public.analyses.cours_de_route_id is
  'Truck it is of, or that brought the réception; written by the database.';
comment on column public.analyses.valeur is 'In the unit of the product''s specification of this parameter.';
create index analyses_objet_idx on public.analyses (objet_type, objet_id);
create index analyses_cours_de_route_id_idx on public.analyses (cours_de_route_id);
create index analyses_depot_id_idx on public.analyses (depot_id);
create index analyses_produit_id_idx on public.analyses (produit_id);
create index analyses_created_by_idx on public.analyses (created_by);
create index analyses_page_idx on public.analyses (created_at desc, id desc);

create trigger specifications_gel before insert or update or delete on public.specifications
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger analyses_gel before insert on public.analyses
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger analyses_block before update or delete or truncate on public.analyses
  for each statement execute function private.interdire_ecriture();

create function public.regler_specification(
  p_produit_id uuid, p_parametre text, p_minimum numeric, p_maximum numeric, p_unite text default null
) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_avant public.specifications;
begin
  perform private.exiger('regler_specifications');
  -- One at a time a product: whoever comes second finds what the first has set.
  perform from public.produits p where p.id = p_produit_id for no key update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce produit'));
  end if;
  if p_minimum > p_maximum then
    perform private.refuser('SPECIFICATION_INVALIDE', jsonb_build_object('minimum', p_minimum, 'maximum', p_maximum));
  end if;
  select * into v_avant from public.specifications s
   where s.produit_id = p_produit_id and private.cle_nom(s.parametre) = private.cle_nom(p_parametre) for update;
  if p_minimum is null and p_maximum is null then
    delete from public.specifications s where s.id = v_avant.id;
  elsif v_avant.id is not null then
    update public.specifications s
       set (minimum, maximum, unite, updated_at) = (p_minimum, p_maximum, p_unite, now())
     where s.id = v_avant.id;
  else
    insert into public.specifications (produit_id, parametre, minimum, maximum, unite)
    values (p_produit_id, btrim(p_parametre), p_minimum, p_maximum, p_unite);
  end if;
  perform private.journaliser('SPECIFICATION_REGLEE', 'qualite', 'WARNING', p_produit_id, null, jsonb_build_object(
    'avant', case when v_avant.id is not null then to_jsonb(v_avant) end, 'parametre', p_parametre,
    'minimum', p_minimum, 'maximum', p_maximum, 'unite', p_unite));
end;
$$;
comment on function public.regler_specification(uuid, text, numeric, numeric, text) is
  'Between what bounds a parameter of a product must lie (without any, it is no more specified). Raises '
  'ROLE_FORBIDDEN, ISOLATION_INTERDITE, INTROUVABLE, ECRITURES_GELEES, SPECIFICATION_INVALIDE.';

create function private.hors_specification(p_produit_id uuid, p_parametre text, p_valeur numeric)
  returns public.specifications
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select s from public.specifications s
   where s.produit_id = p_produit_id and private.cle_nom(s.parametre) = private.cle_nom(p_parametre)
     and (p_valeur < s.minimum or p_valeur > s.maximum)
$$;
comment on function private.hors_specification(uuid, text, numeric) is
  'The specification that a value does not meet; null where it does, or none is known.';

create function private.completer_analyse(p_analyse public.analyses) returns public.analyses
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  select o.cdr, o.depot, o.produit into p_analyse.cours_de_route_id, p_analyse.depot_id, p_analyse.produit_id
    from (select c.id as cdr, c.depot_destination_id as depot, c.produit_id as produit from public.cours_de_route c
           where p_analyse.objet_type = 'CDR' and c.id = p_analyse.objet_id
          union all
          select r.cours_de_route_id, r.depot_id, r.produit_id from public.receptions r
           where p_analyse.objet_type = 'RECEPTION' and r.id = p_analyse.objet_id
          union all
          select null, t.depot_id, t.produit_id from public.citernes t
           where p_analyse.objet_type = 'CITERNE' and t.id = p_analyse.objet_id) o
   where o.depot = any (private.depots_visibles());
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce qui a été analysé'));
  end if;
  p_analyse.analysee_le := coalesce(p_analyse.analysee_le, private.jour_au_depot(p_analyse.depot_id, now()));
  perform private.date_de_document(p_analyse.analysee_le);
  return p_analyse;
end;
$$;
comment on function private.completer_analyse(public.analyses) is
  'Its truck, depot and product, from what was analysed, which the caller sees; today where no day is said. Raises '
  'INTROUVABLE, DATE_FUTURE.';

create function public.enregistrer_analyse(p_analyse jsonb) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_a public.analyses;
  v_hors public.specifications;
  v_ecart public.ecarts;
begin
  perform private.exiger('ecrire_analyses');
  v_a := private.completer_analyse(jsonb_populate_record(null::public.analyses, private.seulement(p_analyse,
    '{objet_type,objet_id,parametre,valeur,methode,laboratoire,analysee_le,note}')));
  insert into public.analyses (objet_type, objet_id, cours_de_route_id, depot_id, produit_id, parametre, valeur,
    methode, laboratoire, analysee_le, note, created_by)
  values (v_a.objet_type, v_a.objet_id, v_a.cours_de_route_id, v_a.depot_id, v_a.produit_id, btrim(v_a.parametre),
    v_a.valeur, v_a.methode, v_a.laboratoire, v_a.analysee_le, v_a.note, auth.uid())
  returning * into v_a;
  perform private.journaliser('ANALYSE_ENREGISTREE', 'qualite', 'INFO', v_a.id, v_a.depot_id, to_jsonb(v_a));
  v_hors := private.hors_specification(v_a.produit_id, v_a.parametre, v_a.valeur);
  if v_hors.id is not null then
    select c.fournisseur_lot_id into v_ecart.fournisseur_lot_id from public.cours_de_route c
     where c.id = v_a.cours_de_route_id;
    -- Held as whoever validates its invoice holds it: they see the gap, or it is dated after.
    perform from public.fournisseur_lot l where l.id = v_ecart.fournisseur_lot_id for share;
    v_ecart.domaine := case v_a.objet_type when 'CITERNE' then 'DEPOT' else 'FOURNISSEUR' end;
    v_ecart.type := 'QUALITE';
    v_ecart.depot_id := v_a.depot_id;
    v_ecart.produit_id := v_a.produit_id;
    v_ecart.reference_type := 'ANALYSE';
    v_ecart.reference_id := v_a.id;
    v_ecart.attendu := case when v_a.valeur < v_hors.minimum then v_hors.minimum else v_hors.maximum end;
    v_ecart.constate := v_a.valeur;
    v_ecart.excedent := abs(v_ecart.constate - v_ecart.attendu);
    perform private.ouvrir_ecart(v_ecart);
  end if;
  return v_a.id;
end;
$$;
comment on function public.enregistrer_analyse(jsonb) is
  'What a laboratory found {objet_type, objet_id, parametre, valeur, methode, laboratoire, analysee_le, note}. Outside '
  'its specification it opens a gap. Raises ROLE_FORBIDDEN, FORME_INATTENDUE, ISOLATION_INTERDITE, DATE_FUTURE, '
  'INTROUVABLE, ECRITURES_GELEES.';

alter table public.specifications enable row level security;
alter table public.analyses enable row level security;
grant select on public.specifications, public.analyses to authenticated, service_role;
create policy specifications_lecture on public.specifications for select to authenticated
  using ((select private.role()) is not null);
create policy analyses_lecture on public.analyses for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_ecarts'))::uuid[]));

create view public.v_analyses with (security_invoker = true) as
  select a.id, a.objet_type, a.objet_id, a.cours_de_route_id, a.depot_id, a.produit_id, a.parametre, a.valeur, s.unite,
         s.minimum, s.maximum,
         case when s.id is not null
           then (a.valeur < s.minimum or a.valeur > s.maximum) is not true end as conforme,
         a.methode, a.laboratoire, a.analysee_le, a.note, a.created_by, a.created_at
    from public.analyses a
    left join public.specifications s on s.produit_id = a.produit_id
      and private.cle_nom(s.parametre) = private.cle_nom(a.parametre);
comment on view public.v_analyses is
  'Analyses against the specification of today: conforme is null where the parameter is not specified.';
grant select on public.v_analyses to authenticated, service_role;
revoke execute on function public.regler_specification(uuid, text, numeric, numeric, text),
  public.enregistrer_analyse(jsonb) from public, anon;
grant execute on function public.regler_specification(uuid, text, numeric, numeric, text),
  public.enregistrer_analyse(jsonb) to authenticated;
