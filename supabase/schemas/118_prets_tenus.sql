-- What is counted to a loan: cessions, movements that are attached to it, and what corrects them; its balance.

create function private.quantite_de_pret(p_pret public.prets, p_vers_monaluxe boolean, p_volume_15c numeric)
returns numeric
language sql immutable
set search_path = pg_catalog, pg_temp
return case when (p_pret.sens = 'EMPRUNTE') = p_vers_monaluxe then p_volume_15c else -p_volume_15c end;
comment on function private.quantite_de_pret(public.prets, boolean, numeric) is
  'What litres that came to Monaluxe (negative: came back out), or left it, make be owed of a loan; below zero: owed '
  'no more.';

create function private.tolerance_pret() returns numeric
language sql immutable
set search_path = pg_catalog, pg_temp
return 5;
comment on function private.tolerance_pret() is
  'Litres at 15 °C: left of a loan they are nothing, and it may be passed by them.';

create function private.noter_au_pret(
  p_pret public.prets, p_type text, p_id uuid, p_quantite_15c numeric, p_rendu boolean
) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_solde numeric;
  v_prete boolean;
  v_statut text;
begin
  if p_quantite_15c = 0 then
    return;
  end if;
  insert into public.prets_mouvements (pret_id, depot_id, mouvement_type, mouvement_id, quantite_15c, rendu,
    created_by)
  values (p_pret.id, p_pret.depot_id, p_type, p_id, p_quantite_15c, p_rendu, auth.uid());
  select sum(m.quantite_15c), coalesce(sum(m.quantite_15c) filter (where not m.rendu), 0) > 0 into v_solde, v_prete
    from public.prets_mouvements m where m.pret_id = p_pret.id;
  v_statut := case when v_prete and abs(v_solde) <= private.tolerance_pret() then 'SOLDE' else 'OUVERT' end;
  if v_statut <> p_pret.statut then
    update public.prets p set statut = v_statut, solde_le = case v_statut when 'SOLDE' then now() end
     where p.id = p_pret.id;
    perform private.journaliser(case v_statut when 'SOLDE' then 'PRET_SOLDE' else 'PRET_ROUVERT' end,
      'comptes_partenaires', case v_statut when 'SOLDE' then 'INFO' else 'WARNING' end, p_pret.id, p_pret.depot_id,
      jsonb_build_object('numero', p_pret.numero, 'solde_15c', v_solde, 'mouvement_type', p_type, 'mouvement_id',
        p_id));
  end if;
end;
$$;
comment on function private.noter_au_pret(public.prets, text, uuid, numeric, boolean) is
  'Adds a movement to a loan (litres at 15 °C that it makes be owed; whether it gives back) and its state with it: '
  'SOLDE at 5 litres or less, OUVERT again where a correction says otherwise. The caller has the loan''s row. Raises '
  'ECRITURES_GELEES, ISOLATION_INTERDITE.';

create function private.prendre_pret(p_id uuid, p_partenaire_id uuid, p_produit_id uuid, p_depot_id uuid,
  p_clos_aussi boolean) returns public.prets
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_pret public.prets;
begin
  select * into v_pret from public.prets p where p.id = p_id and p.depot_id = any (private.depots_visibles())
     for no key update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce prêt'));
  end if;
  if (v_pret.partenaire_id, v_pret.produit_id, v_pret.depot_id)
     is distinct from (p_partenaire_id, p_produit_id, p_depot_id) then
    perform private.refuser('PRET_INCOHERENT', jsonb_build_object('numero', v_pret.numero,
      'raison', 'le partenaire, le produit ou le dépôt n''est pas le sien'));
  end if;
  if v_pret.statut = 'SOLDE' and not p_clos_aussi then
    perform private.refuser('PRET_CLOS', jsonb_build_object('numero', v_pret.numero));
  end if;
  return v_pret;
end;
$$;
comment on function private.prendre_pret(uuid, uuid, uuid, uuid, boolean) is
  'A loan of this partner, product and depot, its row taken; one that was given back only where a correction may '
  'still come. Raises INTROUVABLE, PRET_INCOHERENT, PRET_CLOS.';

create function private.porter_au_pret(p_cession public.cessions) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_pret public.prets;
  v_quantite numeric;
  v_solde numeric;
  v_reste numeric;
begin
  if p_cession.pret_id is null then
    return;
  end if;
  v_pret := private.prendre_pret(p_cession.pret_id, p_cession.partenaire_id, p_cession.produit_id, p_cession.depot_id,
    p_cession.nature = 'CORRECTION');
  v_quantite := private.quantite_de_pret(v_pret, p_cession.sens = 'VERS_MONALUXE', p_cession.volume_15c);
  if (p_cession.nature = 'EMPRUNT' and v_quantite < 0) or (p_cession.nature = 'RESTITUTION' and v_quantite > 0) then
    perform private.refuser('PRET_INCOHERENT', jsonb_build_object('numero', v_pret.numero,
      'raison', 'le carburant irait dans l''autre sens'));
  end if;
  select coalesce(sum(m.quantite_15c), 0) into v_solde from public.prets_mouvements m where m.pret_id = v_pret.id;
  v_reste := case p_cession.nature when 'EMPRUNT' then v_pret.quantite_15c - v_solde
                                   when 'RESTITUTION' then v_solde end;
  if abs(v_quantite) > v_reste + private.tolerance_pret() then
    perform private.refuser('PRET_DEPASSE', jsonb_build_object('numero', v_pret.numero, 'demande', abs(v_quantite),
      'reste', greatest(v_reste, 0)));
  end if;
  perform private.noter_au_pret(v_pret, 'CESSION', p_cession.id, v_quantite,
    (v_quantite < 0) <> (p_cession.nature = 'CORRECTION'));
end;
$$;
comment on function private.porter_au_pret(public.cessions) is
  'Counts a cession to the loan it names: no more comes to be owed than was agreed, nor is given back than is owed, '
  'within 5 litres at 15 °C. The caller has the tank. Raises INTROUVABLE, PRET_INCOHERENT, PRET_CLOS, PRET_DEPASSE, '
  'ECRITURES_GELEES, ISOLATION_INTERDITE.';

create function public.rattacher_au_pret(p_pret_id uuid, p_mouvement_type text, p_mouvement_id uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_reste private.mouvement;
  v_partenaire_id uuid;
  v_pret public.prets;
  v_quantite numeric;
begin
  perform private.exiger('ceder_stock');
  select m.partenaire_id into v_partenaire_id
    from (select 'RECEPTION' as type, r.id, r.partenaire_id, r.depot_id from public.receptions r
           where r.statut = 'validee' and r.proprietaire_type = 'MONALUXE'
          union all
          select 'SORTIE', s.id, s.partenaire_id, s.depot_id from public.sorties_produit s
           where s.statut = 'validee' and s.proprietaire_type = 'MONALUXE') m
   where m.type = p_mouvement_type and m.id = p_mouvement_id and m.depot_id = any (private.depots_visibles());
  if not found then
    perform private.refuser('INVALID_ID_OR_STATE',
      jsonb_build_object('mouvement_type', p_mouvement_type, 'id', p_mouvement_id), 404);
  end if;
  -- Whoever corrects it, or counts it to a loan too, waits here for this one to end.
  v_reste := private.mouvement_valide(p_mouvement_type, p_mouvement_id);
  perform private.verrouiller_citernes(v_reste.citerne_id);
  v_reste := private.reste_du_mouvement(p_mouvement_type, p_mouvement_id);
  v_pret := private.prendre_pret(p_pret_id, v_partenaire_id, v_reste.produit_id, v_reste.depot_id, false);
  if v_reste.delta_15c = 0 or exists (select from public.prets_mouvements m where m.mouvement_id = p_mouvement_id) then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_mouvement_id, 'deja_rattache', true));
  end if;
  v_quantite := private.quantite_de_pret(v_pret, true, v_reste.delta_15c);
  perform private.noter_au_pret(v_pret, p_mouvement_type, p_mouvement_id, v_quantite, v_quantite < 0);
  perform private.journaliser('PRET_RATTACHE', 'comptes_partenaires', 'INFO', v_pret.id, v_pret.depot_id,
    jsonb_build_object('numero', v_pret.numero, 'mouvement_type', p_mouvement_type, 'mouvement_id', p_mouvement_id,
      'volume_15c', abs(v_reste.delta_15c)));
end;
$$;
comment on function public.rattacher_au_pret(uuid, text, uuid) is
  'Counts to a loan what was driven there or back: a réception of Monaluxe''s fuel that the partner brought, or a '
  'sortie of it that the partner took (both name it), once, with its corrections so far; those to come follow by '
  'themselves. Logs PRET_RATTACHE. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, INTROUVABLE, PRET_INCOHERENT, '
  'PRET_CLOS, ECRITURES_GELEES, ISOLATION_INTERDITE.';

create function private.corriger_prets(p_ajustement public.stocks_adjustments) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_porte public.prets_mouvements;
  v_pret public.prets;
begin
  select * into v_porte from public.prets_mouvements m
   where m.mouvement_id = p_ajustement.mouvement_id and m.mouvement_type = p_ajustement.mouvement_type;
  if found then
    select * into strict v_pret from public.prets p where p.id = v_porte.pret_id for no key update;
    perform private.noter_au_pret(v_pret, 'AJUSTEMENT', p_ajustement.id,
      private.quantite_de_pret(v_pret, true, p_ajustement.delta_15c), v_porte.rendu);
  end if;
end;
$$;
comment on function private.corriger_prets(public.stocks_adjustments) is
  'Counts an adjustment of a réception or a sortie to the loan its movement was counted to, if any. The caller has the '
  'tank. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

create view public.v_prets with (security_invoker = true) as
  select p.id, p.numero, p.depot_id, d.nom as depot_nom, p.produit_id, r.nom as produit_nom, p.partenaire_id,
         t.nom as partenaire_nom, p.sens, p.quantite_15c, p.echeance, p.statut, m.prete_15c, m.rendu_15c, m.solde_15c,
         p.statut = 'OUVERT' and m.solde_15c <> 0 and p.echeance < private.jour_au_depot(p.depot_id, now())
           as en_retard,
         p.motif, p.solde_le, p.created_by, p.created_at
    from public.prets p
    join public.depots d on d.id = p.depot_id
    join public.produits r on r.id = p.produit_id
    join public.partenaires t on t.id = p.partenaire_id
   cross join lateral (
     select coalesce(sum(x.quantite_15c) filter (where not x.rendu), 0) as prete_15c,
            -coalesce(sum(x.quantite_15c) filter (where x.rendu), 0) as rendu_15c,
            coalesce(sum(x.quantite_15c), 0) as solde_15c
       from public.prets_mouvements x where x.pret_id = p.id) m;
comment on view public.v_prets is
  'Loans with what was lent, given back and is still owed, litres at 15 °C: the sum of their movements; en_retard: '
  'still owed after their day.';

revoke execute on function public.ouvrir_pret(uuid, uuid, uuid, text, numeric, date, text),
  public.rattacher_au_pret(uuid, text, uuid) from public, anon;
grant execute on function public.ouvrir_pret(uuid, uuid, uuid, text, numeric, date, text),
  public.rattacher_au_pret(uuid, text, uuid) to authenticated;
alter table public.prets enable row level security;
alter table public.prets_mouvements enable row level security;
grant select on public.prets, public.prets_mouvements, public.v_prets to authenticated, service_role;
create policy prets_lecture on public.prets for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_comptes_partenaires'))::uuid[]));
create policy prets_mouvements_lecture on public.prets_mouvements for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_comptes_partenaires'))::uuid[]));
