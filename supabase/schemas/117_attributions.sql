-- Whose an opening stock was, and whose the litres of no partner turn out to be: an admin says so, in the open.

create function private.parts_dites(p_parts jsonb)
returns table (partenaire_id uuid, volume_ambiant numeric, volume_15c numeric)
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select p.partenaire_id, round(p.volume_ambiant, 3), round(p.volume_15c, 3)
    from jsonb_to_recordset(p_parts) p (partenaire_id uuid, volume_ambiant numeric, volume_15c numeric)
$$;
comment on function private.parts_dites(jsonb) is
  'Parts of an opening stock as they were sent, litres to the millilitre.';

create function public.repartir_stock_initial(p_stock_initial_id uuid, p_parts jsonb) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_initial public.stocks_initiaux;
  v_reparti record;
  v_part record;
begin
  perform private.exiger('ajuster_stock');
  select * into v_initial from public.stocks_initiaux i
   where i.id = p_stock_initial_id and i.depot_id = any (private.depots_visibles());
  if not found or v_initial.proprietaire_type <> 'PARTENAIRE' then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_stock_initial_id), 404);
  end if;
  if jsonb_typeof(p_parts) is distinct from 'array' or p_parts = '[]' then
    perform private.refuser('PARTAGE_INCOHERENT', '{"champ":"partenaires"}');
  end if;
  perform private.exiger_lignes(p_parts);
  -- Whoever shares or adjusts it too waits here for this one to end.
  perform private.verrouiller_citernes(v_initial.citerne_id);
  for v_part in select * from private.parts_dites(p_parts) loop
    if not exists (select from public.partenaires p where p.id = v_part.partenaire_id) then
      perform private.refuser('PARTENAIRE_REQUIS');
    end if;
    -- NaN is greater than any number: only a bound above tells it from one.
    if (v_part.volume_ambiant > 0 and v_part.volume_15c > 0 and v_part.volume_ambiant < 1e9
        and v_part.volume_15c < 1e9) is not true then
      perform private.refuser('VOLUME_AMBIANT_NON_POSITIF',
        jsonb_build_object('volume_ambiant', v_part.volume_ambiant));
    end if;
    insert into public.stocks_initiaux_partenaires
      (stock_initial_id, partenaire_id, depot_id, volume_ambiant, volume_15c, created_by)
    values (v_initial.id, v_part.partenaire_id, v_initial.depot_id, v_part.volume_ambiant, v_part.volume_15c,
      auth.uid())
    on conflict (stock_initial_id, partenaire_id) do nothing;
    if not found then
      perform private.refuser('PARTAGE_INCOHERENT', jsonb_build_object('partenaire_id', v_part.partenaire_id));
    end if;
  end loop;
  perform private.porter_aux_comptes(array(
    select row(v_initial.depot_id, v_initial.produit_id, c.partenaire_id, v_initial.date_jour,
               c.sens * p.volume_ambiant, c.sens * p.volume_15c)::private.part
      from private.parts_dites(p_parts) p
     cross join lateral (values (p.partenaire_id, 1), (null, -1)) c (partenaire_id, sens)));
  select sum(s.volume_ambiant) as ambiant, sum(s.volume_15c) as a_15c into v_reparti
    from public.stocks_initiaux_partenaires s where s.stock_initial_id = v_initial.id;
  if v_reparti.ambiant > v_initial.volume_ambiant or v_reparti.a_15c > v_initial.volume_15c then
    perform private.refuser('PARTAGE_INCOHERENT', jsonb_build_object('reparti_15c', v_reparti.a_15c,
      'stock_initial_15c', v_initial.volume_15c));
  end if;
  perform private.exiger_compte_partenaire(
    row(v_initial.depot_id, v_initial.produit_id, null, v_initial.date_jour, 0, 0)::private.part);
  perform private.journaliser('STOCK_INITIAL_REPARTI', 'comptes_partenaires', 'CRITICAL', v_initial.id,
    v_initial.depot_id,
    jsonb_build_object('parts', p_parts));
end;
$$;
comment on function public.repartir_stock_initial(uuid, jsonb) is
  'Says whose the partners'' opening stock was (admin): [{partenaire_id, volume_ambiant, volume_15c}], litres, '
  'each partner once, together at most that stock; what is left stays of no partner. Logs STOCK_INITIAL_REPARTI. '
  'Raises ROLE_FORBIDDEN, FORME_INATTENDUE, INVALID_ID_OR_STATE, VOLUME_AMBIANT_NON_POSITIF, PARTENAIRE_REQUIS, '
  'ISOLATION_INTERDITE, '
  'SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, PARTAGE_INCOHERENT.';

create function public.attribuer_stock_partenaire(
  p_depot_id uuid, p_produit_id uuid, p_partenaire_id uuid, p_volume_15c numeric, p_motif text,
  p_date_jour date default null
) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_compte public.comptes_partenaires;
  v_aujourdhui date;
  v_attribution public.attributions_partenaires;
begin
  perform private.exiger('ajuster_stock');
  perform private.exiger_motif(p_motif, 10);
  if not exists (select from public.partenaires p where p.id = p_partenaire_id) then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;
  if (p_volume_15c > 0 and p_volume_15c < 1e9) is not true then
    perform private.refuser('VOLUME_AMBIANT_NON_POSITIF', jsonb_build_object('volume_15c', p_volume_15c));
  end if;
  v_aujourdhui := private.jour_au_depot(p_depot_id, now());
  if p_date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
  perform private.exiger_read_committed();
  if p_depot_id <> all (private.depots_visibles()) is not false
     or not exists (select from public.produits p where p.id = p_produit_id) then
    perform private.refuser('INTROUVABLE', '{"quoi":"ce dépôt ou ce produit"}');
  end if;
  -- Both accounts, in the order that everybody takes them in, before what they hold is read.
  perform private.porter_aux_comptes(array(
    select row(p_depot_id, p_produit_id, c.partenaire_id, coalesce(p_date_jour, v_aujourdhui), 0, 0)::private.part
      from (values (p_partenaire_id), (null)) c (partenaire_id)));
  select * into v_compte from public.comptes_partenaires c
   where c.depot_id = p_depot_id and c.produit_id = p_produit_id and c.partenaire_id is null;
  if v_compte.solde_15c < p_volume_15c then
    perform private.refuser('PARTENAIRE_SOLDE_INSUFFISANT', jsonb_build_object('compte', 'non attribué',
      'date_jour', coalesce(p_date_jour, v_aujourdhui), 'demande', p_volume_15c,
      'disponible', greatest(v_compte.solde_15c, 0)));
  end if;
  insert into public.attributions_partenaires
    (depot_id, produit_id, partenaire_id, volume_ambiant, volume_15c, date_jour, motif, created_by)
  values (p_depot_id, p_produit_id, p_partenaire_id,
    round(v_compte.solde_ambiant * p_volume_15c / v_compte.solde_15c, 3), p_volume_15c,
    coalesce(p_date_jour, v_aujourdhui), private.texte_net(p_motif), auth.uid())
  returning * into v_attribution;
  perform private.porter_aux_comptes(array[
    row(p_depot_id, p_produit_id, p_partenaire_id, v_attribution.date_jour, v_attribution.volume_ambiant,
      v_attribution.volume_15c)::private.part,
    row(p_depot_id, p_produit_id, null, v_attribution.date_jour, -v_attribution.volume_ambiant,
      -v_attribution.volume_15c)::private.part]);
  perform private.exiger_compte_partenaire(
    row(p_depot_id, p_produit_id, null, v_attribution.date_jour, 0, -v_attribution.volume_15c)::private.part);
  perform private.journaliser('PARTENAIRE_ATTRIBUE', 'comptes_partenaires', 'CRITICAL', v_attribution.id, p_depot_id,
    to_jsonb(v_attribution));
  return v_attribution.id;
end;
$$;
comment on function public.attribuer_stock_partenaire(uuid, uuid, uuid, numeric, text, date) is
  'Gives a partner litres at 15 °C that are of none (admin, reason of 10 characters or more), from a day of the '
  'past or today; the litres as measured follow in proportion. Logs PARTENAIRE_ATTRIBUE. Raises ROLE_FORBIDDEN, '
  'VOLUME_AMBIANT_NON_POSITIF, PARTENAIRE_REQUIS, ISOLATION_INTERDITE, MOTIF_REQUIS, DATE_FUTURE, INTROUVABLE, '
  'SECOND_FACTEUR_REQUIS, ECRITURES_GELEES, PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE.';
revoke execute on function public.repartir_stock_initial(uuid, jsonb),
  public.attribuer_stock_partenaire(uuid, uuid, uuid, numeric, text, date) from public, anon;
grant execute on function public.repartir_stock_initial(uuid, jsonb),
  public.attribuer_stock_partenaire(uuid, uuid, uuid, numeric, text, date) to authenticated;

alter table public.comptes_partenaires enable row level security;
alter table public.stocks_initiaux_partenaires enable row level security;
alter table public.attributions_partenaires enable row level security;
alter table public.parts_partenaires enable row level security;
grant select on public.comptes_partenaires, public.stocks_initiaux_partenaires, public.attributions_partenaires,
  public.parts_partenaires to authenticated, service_role;
create policy comptes_partenaires_lecture on public.comptes_partenaires for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_comptes_partenaires'))::uuid[]));
create policy stocks_initiaux_partenaires_lecture on public.stocks_initiaux_partenaires for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_comptes_partenaires'))::uuid[]));
create policy attributions_partenaires_lecture on public.attributions_partenaires for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_comptes_partenaires'))::uuid[]));
create policy parts_partenaires_lecture on public.parts_partenaires for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_comptes_partenaires'))::uuid[]));
