-- The life of a gap: somebody declares one, writes what they found of it, disputes it.

create table public.ecarts_notes (
  id uuid primary key default private.nouvel_id(),
  ecart_id uuid not null references public.ecarts (id),
  depot_id uuid,
  texte text not null check (btrim(texte) <> ''),
  auteur uuid references auth.users (id),
  created_at timestamptz not null default clock_timestamp()
);
comment on table public.ecarts_notes is 'What people wrote of a gap, in order. Never changed.';
comment on column public.ecarts_notes.depot_id is 'Depot of the gap when it was written; null: none.';
create index ecarts_notes_ecart_id_idx on public.ecarts_notes (ecart_id, created_at);
create index ecarts_notes_depot_id_idx on public.ecarts_notes (depot_id);
create index ecarts_notes_auteur_idx on public.ecarts_notes (auteur);
create index ecarts_notes_page_idx on public.ecarts_notes (created_at desc, id desc);
create trigger ecarts_notes_gel before insert on public.ecarts_notes
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger ecarts_notes_block before update or delete or truncate on public.ecarts_notes
  for each statement execute function private.interdire_ecriture();
create trigger ecarts_block before delete or truncate on public.ecarts
  for each statement execute function private.interdire_ecriture();

create function public.noter_ecart(p_id uuid, p_texte text) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ecart public.ecarts;
  v_id uuid;
begin
  perform private.exiger('revoir_ecarts');
  perform private.exiger_motif(p_texte, 3);
  select * into v_ecart from public.ecarts e
   where e.id = p_id and (e.depot_id = any (private.depots_visibles())
     or (e.depot_id is null and private.peut('lire_finance')));
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cet écart'));
  end if;
  insert into public.ecarts_notes (ecart_id, depot_id, texte, auteur)
  values (p_id, v_ecart.depot_id, private.texte_net(p_texte), auth.uid()) returning id into v_id;
  perform private.journaliser('ECART_NOTE', 'ecarts', 'INFO', p_id, v_ecart.depot_id,
    jsonb_build_object('texte', p_texte));
  return v_id;
end;
$$;
comment on function public.noter_ecart(uuid, text) is
  'Writes what was found of a gap, treated or not (operateur too). Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, '
  'MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES.';

create function public.contester_ecart(p_id uuid, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ecart public.ecarts;
begin
  perform private.exiger('traiter_ecarts');
  perform private.exiger_motif(p_motif, 10);
  v_ecart := private.ecart_a_traiter(p_id, private.peut('lire_finance'));
  if v_ecart.statut = 'LITIGE' then
    perform private.refuser('ECART_ETAT', jsonb_build_object('statut', v_ecart.statut));
  end if;
  update public.ecarts e
     set statut = 'LITIGE', decision = 'LITIGE', justification = private.texte_net(p_motif)
   where e.id = p_id;
  perform private.journaliser('ECART_LITIGE', 'ecarts', 'WARNING', p_id, v_ecart.depot_id,
    jsonb_build_object('motif', p_motif, 'avant', to_jsonb(v_ecart)));
end;
$$;
comment on function public.contester_ecart(uuid, text) is
  'A gap is disputed: its invoice waits until it is treated. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, '
  'MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, ECART_ETAT.';

create function private.objet_de_l_ecart(p_ecart public.ecarts) returns public.ecarts
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  select o.depot, o.produit, o.lot into p_ecart.depot_id, p_ecart.produit_id, p_ecart.fournisseur_lot_id
    from (
      select c.depot_destination_id as depot, c.produit_id as produit, c.fournisseur_lot_id as lot
        from public.cours_de_route c where p_ecart.reference_type = 'CDR' and c.id = p_ecart.reference_id
      union all
      select r.depot_id, r.produit_id, c.fournisseur_lot_id
        from public.receptions r left join public.cours_de_route c on c.id = r.cours_de_route_id
       where p_ecart.reference_type = 'RECEPTION' and r.id = p_ecart.reference_id
      union all
      select s.depot_id, s.produit_id, null from public.sorties_produit s
       where p_ecart.reference_type = 'SORTIE' and s.id = p_ecart.reference_id
      union all
      select null, l.produit_id, l.id from public.fournisseur_lot l
       where p_ecart.reference_type = 'LOT' and l.id = p_ecart.reference_id
      union all
      select null, l.produit_id, l.id
        from public.fournisseur_facture_lot_min f join public.fournisseur_lot l on l.id = f.fournisseur_lot_id
       where p_ecart.reference_type = 'FACTURE' and f.id = p_ecart.reference_id
    ) o
   where o.depot = any (private.depots_visibles())
      or (o.depot is null and private.peut('lire_finance')
          and (private.peut('voir_tous_depots') or o.lot = any (private.lots_finances())));
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce qui fait l''écart'));
  end if;
  return p_ecart;
end;
$$;
comment on function private.objet_de_l_ecart(public.ecarts) is
  'Depot, product and lot of what a gap is about (truck, réception, sortie, lot, invoice), which the caller sees. '
  'Raises INTROUVABLE.';

create function public.declarer_ecart(p_ecart jsonb) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_e public.ecarts;
begin
  perform private.exiger('revoir_ecarts');
  v_e := private.objet_de_l_ecart(jsonb_populate_record(null::public.ecarts, private.seulement(p_ecart,
    '{domaine,type,reference_type,reference_id,attendu,constate,unite,impact_usd,impute_a,justification}')));
  perform private.exiger_motif(v_e.justification, 10);
  -- Held as whoever validates its invoice holds it: a gap declared before is seen by them, one after is dated so.
  perform from public.fournisseur_lot l where l.id = v_e.fournisseur_lot_id for share;
  insert into public.ecarts (domaine, type, depot_id, produit_id, fournisseur_lot_id, reference_type, reference_id,
    origine, attendu, constate, unite, excedent, impact_usd, impute_a, justification, created_by)
  values (v_e.domaine, v_e.type, v_e.depot_id, v_e.produit_id, v_e.fournisseur_lot_id, v_e.reference_type,
    v_e.reference_id, 'MANUEL', v_e.attendu, v_e.constate, v_e.unite, coalesce(abs(v_e.constate - v_e.attendu), 0),
    v_e.impact_usd, v_e.impute_a, private.texte_net(v_e.justification), auth.uid())
  returning * into v_e;
  perform private.journaliser('ECART_CREE', 'ecarts', 'INFO', v_e.id, v_e.depot_id, to_jsonb(v_e));
  return v_e.id;
end;
$$;
comment on function public.declarer_ecart(jsonb) is
  'Somebody found a gap {domaine, type, reference_type, reference_id, attendu, constate, unite, impact_usd, '
  'impute_a, justification} of a truck, réception, sortie, lot or invoice they see (operateur too). Raises '
  'ROLE_FORBIDDEN, FORME_INATTENDUE, ISOLATION_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES.';

-- An unloaded truck joins its lot after all ---------------------------------------------------------------------------

create table private.rattachements_decharges (
  id uuid primary key default private.nouvel_id(),
  cours_de_route_id uuid not null references public.cours_de_route (id),
  fournisseur_lot_id uuid not null references public.fournisseur_lot (id),
  motif text not null,
  par uuid not null,
  transaction xid8 not null default pg_current_xact_id(),
  le timestamptz not null default now()
);
comment on table private.rattachements_decharges is
  'Trucks that joined their lot once unloaded, and why. What lets the one transaction do it.';
create index rattachements_decharges_cdr_idx on private.rattachements_decharges (cours_de_route_id);
create index rattachements_decharges_lot_idx on private.rattachements_decharges (fournisseur_lot_id);

create function public.rattacher_cdr_decharge(p_cdr uuid, p_lot uuid, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_cdr public.cours_de_route;
begin
  perform private.exiger('rattacher_cdr_decharge');
  perform private.exiger_motif(p_motif, 10);
  perform private.exiger_read_committed();
  select * into v_cdr from public.cours_de_route c where c.id = p_cdr for no key update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce cours de route'));
  end if;
  if v_cdr.statut <> 'DECHARGE' or v_cdr.fournisseur_lot_id is not distinct from p_lot then
    perform private.refuser('CDR_TRANSITION_INTERDITE', jsonb_build_object('de', v_cdr.statut, 'vers', v_cdr.statut));
  end if;
  insert into private.rattachements_decharges (cours_de_route_id, fournisseur_lot_id, motif, par)
  values (p_cdr, p_lot, private.texte_net(p_motif), auth.uid());
  update public.cours_de_route c set fournisseur_lot_id = p_lot where c.id = p_cdr;
  perform private.journaliser('CDR_RATTACHE_APRES_DECHARGE', 'cours_de_route', 'CRITICAL', p_cdr,
    v_cdr.depot_destination_id, jsonb_build_object('de', v_cdr.fournisseur_lot_id, 'vers', p_lot, 'motif', p_motif));
  perform private.juger_transit(p_cdr);
end;
$$;
comment on function public.rattacher_cdr_decharge(uuid, uuid, text) is
  'A truck that was unloaded without its lot, or in another one that is still open, joins an open one (admin), with '
  'the reason, logged CRITICAL. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, PLAQUE_INVALIDE, ROLE_FORBIDDEN, '
  'REFERENTIEL_INACTIF, CDR_TRANSITION_INTERDITE, '
  'CDR_DEJA_OUVERT, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, '
  'ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LOT_NON_OUVERT, '
  'LOT_INCOMPATIBLE, LOT_CDR_DECHARGE, PROFORMA_ETAT.';

create function private.rattachement_force(p_cdr_id uuid) returns boolean
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return exists (select from private.rattachements_decharges r
                  where r.cours_de_route_id = p_cdr_id and r.transaction = pg_current_xact_id_if_assigned());
end;
$$;
comment on function private.rattachement_force(uuid) is
  'Whether this transaction is one of public.rattacher_cdr_decharge, for this truck.';

alter table public.ecarts_notes enable row level security;
grant select on public.ecarts_notes to authenticated, service_role;
create policy ecarts_notes_lecture on public.ecarts_notes for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_ecarts'))::uuid[])
         or (depot_id is null and (select private.peut('lire_finance'))));
revoke execute on function public.noter_ecart(uuid, text), public.contester_ecart(uuid, text),
  public.declarer_ecart(jsonb), public.rattacher_cdr_decharge(uuid, uuid, text) from public, anon;
grant execute on function public.noter_ecart(uuid, text), public.contester_ecart(uuid, text),
  public.declarer_ecart(jsonb), public.rattacher_cdr_decharge(uuid, uuid, text) to authenticated;
