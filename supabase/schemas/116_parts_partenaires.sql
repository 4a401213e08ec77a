-- Whose part of it: what moves fuel of the partners without a name is shared among their accounts, to the millilitre.

create function private.repartir(p_total numeric, p_poids numeric[]) returns numeric[]
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  with poids as (
    select p.rang, p.poids, round(p_total * p.poids / sum(p.poids) over (), 3) as part,
           row_number() over (order by p.poids desc, p.rang) as place
      from unnest(p_poids) with ordinality p (poids, rang)
  )
  select array_agg(p.part + case p.place when 1 then p_total - (select sum(q.part) from poids q) else 0 end
    order by p.rang)
    from poids p
$$;
comment on function private.repartir(numeric, numeric[]) is
  'Litres shared by weights (their sum above zero), exact to the millilitre: the remainder goes to the heaviest.';

create function private.noter_parts(
  p_type text, p_id uuid, p_depot_id uuid, p_produit_id uuid, p_jour date, p_partenaires uuid[],
  p_ambiants numeric[], p_a_15c numeric[], p_controler boolean
) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into public.parts_partenaires
    (mouvement_type, mouvement_id, partenaire_id, depot_id, delta_ambiant, delta_15c)
  select p_type, p_id, p.partenaire_id, p_depot_id, p.ambiant, p.a_15c
    from unnest(p_partenaires, p_ambiants, p_a_15c) p (partenaire_id, ambiant, a_15c)
   where p.partenaire_id is not null and (p.ambiant <> 0 or p.a_15c <> 0);
  perform private.porter_aux_comptes(array(
    select row(p_depot_id, p_produit_id, p.partenaire_id, p_jour, p.ambiant, p.a_15c)::private.part
      from unnest(p_partenaires, p_ambiants, p_a_15c) p (partenaire_id, ambiant, a_15c)), p_controler);
end;
$$;
comment on function private.noter_parts(text, uuid, uuid, uuid, date, uuid[], numeric[], numeric[], boolean) is
  'Writes what each partner (null: none) bears of a movement that names none, litres, and moves their accounts, asking '
  'them as porter_aux_comptes does or not. Raises ECRITURES_GELEES, ISOLATION_INTERDITE, PERIODE_CLOSE, '
  'PARTENAIRE_SOLDE_INSUFFISANT.';

create function private.partager_entre_partenaires(
  p_type text, p_id uuid, p_depot_id uuid, p_produit_id uuid, p_jour date, p_delta_ambiant numeric, p_delta_15c numeric
) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_partenaires uuid[];
  v_poids numeric[];
begin
  -- Taken before they are read: what each has decides what each bears.
  perform from public.comptes_partenaires c where c.depot_id = p_depot_id and c.produit_id = p_produit_id
   order by c.partenaire_id for update;
  select array_agg(c.partenaire_id order by c.partenaire_id), array_agg(c.solde_15c order by c.partenaire_id)
    into v_partenaires, v_poids
    from public.comptes_partenaires c
   where c.depot_id = p_depot_id and c.produit_id = p_produit_id and c.solde_15c > 0;
  if v_poids is null then
    v_partenaires := array[null::uuid];
    v_poids := array[1];
  end if;
  perform private.noter_parts(p_type, p_id, p_depot_id, p_produit_id, p_jour, v_partenaires,
    private.repartir(p_delta_ambiant, v_poids), private.repartir(p_delta_15c, v_poids), false);
end;
$$;
comment on function private.partager_entre_partenaires(text, uuid, uuid, uuid, date, numeric, numeric) is
  'Shares litres of the partners'' fuel that no partner caused (p_type DILATATION or REGULARISATION, its id, its '
  'deltas) by what each owns at this depot, exact to the millilitre, the remainder to the largest. The caller has the '
  'tank. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

create function private.partager_ajustement_initial(p_ajustement public.stocks_adjustments) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_initial public.stocks_initiaux;
  v_reste constant private.mouvement := private.reste_du_mouvement('STOCK_INITIAL', p_ajustement.mouvement_id);
  v_partenaires uuid[];
  v_ambiants numeric[];
  v_a_15c numeric[];
  v_eu_ambiants numeric[];
  v_eu_15c numeric[];
begin
  select * into strict v_initial from public.stocks_initiaux i where i.id = p_ajustement.mouvement_id;
  -- Each keeps its part of what is left of the opening stock, whatever was adjusted of it before.
  select array_agg(s.partenaire_id order by s.partenaire_id), array_agg(s.ambiant order by s.partenaire_id),
         array_agg(s.a_15c order by s.partenaire_id), array_agg(s.ambiant + s.deja_ambiant order by s.partenaire_id),
         array_agg(s.a_15c + s.deja_15c order by s.partenaire_id)
    into v_partenaires, v_ambiants, v_a_15c, v_eu_ambiants, v_eu_15c
    from (
      select p.partenaire_id, p.volume_ambiant as ambiant, p.volume_15c as a_15c,
             coalesce(sum(d.delta_ambiant), 0) as deja_ambiant, coalesce(sum(d.delta_15c), 0) as deja_15c
        from public.stocks_initiaux_partenaires p
        left join (public.parts_partenaires d join public.stocks_adjustments a
                     on d.mouvement_type = 'AJUSTEMENT' and d.mouvement_id = a.id)
          on a.mouvement_type = 'STOCK_INITIAL' and a.mouvement_id = p.stock_initial_id
         and d.partenaire_id = p.partenaire_id
       where p.stock_initial_id = v_initial.id
       group by p.id) s;
  v_partenaires := v_partenaires || null::uuid;
  v_ambiants := v_ambiants || (v_initial.volume_ambiant - coalesce((select sum(x) from unnest(v_ambiants) x), 0));
  v_a_15c := v_a_15c || (v_initial.volume_15c - coalesce((select sum(x) from unnest(v_a_15c) x), 0));
  -- What no partner has had so far is what is left.
  v_eu_ambiants := v_eu_ambiants || (v_reste.delta_ambiant - p_ajustement.delta_ambiant
    - coalesce((select sum(x) from unnest(v_eu_ambiants) x), 0));
  v_eu_15c := v_eu_15c || (v_reste.delta_15c - p_ajustement.delta_15c
    - coalesce((select sum(x) from unnest(v_eu_15c) x), 0));
  perform private.noter_parts('AJUSTEMENT', p_ajustement.id, p_ajustement.depot_id, p_ajustement.produit_id,
    p_ajustement.date_jour, v_partenaires,
    array(select n.apres - n.avant from unnest(private.repartir(v_reste.delta_ambiant, v_ambiants), v_eu_ambiants)
            with ordinality n (apres, avant, rang) order by n.rang),
    array(select n.apres - n.avant from unnest(private.repartir(v_reste.delta_15c, v_a_15c), v_eu_15c)
            with ordinality n (apres, avant, rang) order by n.rang), true);
end;
$$;
comment on function private.partager_ajustement_initial(public.stocks_adjustments) is
  'Shares an adjustment of the partners'' opening stock, already written, as that stock was shared; no partner gives '
  'back what they have delivered since. Raises INVALID_ID_OR_STATE, ECRITURES_GELEES, ISOLATION_INTERDITE, '
  'PERIODE_CLOSE, PARTENAIRE_SOLDE_INSUFFISANT.';
