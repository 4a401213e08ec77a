-- Delivery notes: what a client has had of a sortie, signed for. One sortie, one note.
--
--   BROUILLON → CONFIRME → ANNULE

create table public.bons_livraison (
  id uuid primary key default private.nouvel_id(),
  numero text unique,
  depot_id uuid not null references public.depots (id),
  sortie_id uuid not null references public.sorties_produit (id),
  date_livraison date not null,
  destinataire text,
  lieu text,
  volume_livre_ambiant numeric(15,3) not null,
  volume_livre_15c numeric(15,3) not null,
  recu_par text,
  statut text not null default 'BROUILLON',
  motif_annulation text,
  created_by uuid not null references auth.users (id),
  confirme_par uuid references auth.users (id),
  confirme_le timestamptz,
  dit jsonb,
  created_at timestamptz not null default now()
);
comment on table public.bons_livraison is
  'Delivery notes of validated sorties. Frozen once confirmed, but for its cancelling.';
comment on column public.bons_livraison.numero is 'Given when it is confirmed (series BL).';
comment on column public.bons_livraison.dit is
  'Who sells, to whom, what and with which truck, as they were when it was confirmed: what its paper says for ever.';
comment on column public.bons_livraison.volume_livre_ambiant is 'Litres as measured that were delivered.';
comment on column public.bons_livraison.volume_livre_15c is
  'Litres at 15 °C that were delivered; where nobody said, those as measured at the sortie''s own ratio.';
create unique index bons_livraison_sortie_unique on public.bons_livraison (sortie_id) where statut <> 'ANNULE';
create index bons_livraison_sortie_id_idx on public.bons_livraison (sortie_id);
create index bons_livraison_depot_id_idx on public.bons_livraison (depot_id);
create index bons_livraison_created_by_idx on public.bons_livraison (created_by);
create index bons_livraison_confirme_par_idx on public.bons_livraison (confirme_par);
create index bons_livraison_page_idx on public.bons_livraison (created_at desc, id desc);

create function private.bon_figer() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if old.statut <> 'BROUILLON' and (old.statut = 'ANNULE'
      or to_jsonb(new) - '{statut,motif_annulation}'::text[] <> to_jsonb(old) - '{statut,motif_annulation}'::text[])
        then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return new;
end;
$$;
comment on function private.bon_figer() is
  'A confirmed note keeps what it says; it is only ever cancelled. Raises ECRITURE_INTERDITE.';
create trigger bons_livraison_figer before update on public.bons_livraison
  for each row execute function private.bon_figer();
create trigger bons_livraison_block before delete or truncate on public.bons_livraison
  for each statement execute function private.interdire_ecriture();
create trigger bons_livraison_gel before update on public.bons_livraison
  for each statement execute function private.exiger_ecritures_ouvertes();

create function private.bon_garder() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_faute text;
  v_admis boolean;
  v_ouvertes text;
begin
  v_ouvertes := private.exiger_ouvert();
  v_faute := case
    when new.volume_livre_ambiant <= 0 or new.volume_livre_ambiant >= 1e9 then 'volume_livre_ambiant'
    when new.volume_livre_15c <= 0 or new.volume_livre_15c >= 1e9 then 'volume_livre_15c'
    when new.statut not in ('BROUILLON', 'CONFIRME', 'ANNULE')
      or new.statut = 'CONFIRME' and new.confirme_le is null then 'statut'
    when (new.motif_annulation is not null) <> (new.statut = 'ANNULE') then 'motif_annulation'
    when (new.numero is not null) <> (new.confirme_le is not null) then 'numero' end;
  if v_faute is not null then
    perform private.refuser_ligne(tg_table_name, v_faute);
  end if;
  if private.date_possible(new.date_livraison) is not true then
    v_admis := private.date_admise(new.date_livraison, 'date_livraison');
  end if;
  if num_nonnulls(new.destinataire, new.lieu, new.recu_par, new.motif_annulation) > 0 then
    v_admis := private.texte_admis(new.destinataire, 'destinataire', false);
    v_admis := private.texte_admis(new.lieu, 'lieu', false);
    v_admis := private.texte_admis(new.recu_par, 'recu_par', false);
    v_admis := private.texte_admis(new.motif_annulation, 'motif_annulation', true);
  end if;
  return new;
end;
$$;
comment on function private.bon_garder() is
  'What every note holds, whoever writes it: no freeze, litres that a truck takes, a number once it is confirmed, a '
  'reason once it is cancelled, texts that people read. Raises ECRITURES_GELEES, ISOLATION_INTERDITE, '
  'DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, 23514.';
create trigger bons_livraison_garder before insert or update on public.bons_livraison
  for each row execute function private.bon_garder();

create function private.sortie_tenue(p_sortie_id uuid, p_depots uuid[]) returns public.sorties_produit
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_sortie public.sorties_produit;
begin
  select * into v_sortie from public.sorties_produit s
   where s.id = p_sortie_id and s.depot_id = any (p_depots) for no key update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette sortie'));
  end if;
  return v_sortie;
end;
$$;
comment on function private.sortie_tenue(uuid, uuid[]) is
  'A sortie of these depots, locked: nobody corrects it meanwhile. Raises INTROUVABLE.';

create function private.sortie_livrable(p_sortie_id uuid) returns public.sorties_produit
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('livrer');
  v_sortie constant public.sorties_produit := private.sortie_tenue(p_sortie_id, v_acteur.depots);
begin
  if v_sortie.statut <> 'validee' then
    perform private.refuser('SORTIE_NON_LIVRABLE', jsonb_build_object('statut', v_sortie.statut));
  end if;
  return v_sortie;
end;
$$;
comment on function private.sortie_livrable(uuid) is
  'The validated sortie of a note, locked. Raises ROLE_FORBIDDEN, INTROUVABLE, SORTIE_NON_LIVRABLE.';

create function private.nouveau_bon(p_sortie public.sorties_produit, p_bon jsonb) returns public.bons_livraison
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_bon public.bons_livraison;
begin
  if p_bon <> '{}' then
    v_bon := jsonb_populate_record(v_bon, private.seulement(p_bon,
      '{date_livraison,destinataire,lieu,recu_par,volume_livre_ambiant,volume_livre_15c}'));
  end if;
  v_bon.id := private.nouvel_id();
  v_bon.depot_id := p_sortie.depot_id;
  v_bon.sortie_id := p_sortie.id;
  v_bon.date_livraison := coalesce(v_bon.date_livraison, p_sortie.date_jour);
  v_bon.volume_livre_ambiant := coalesce(v_bon.volume_livre_ambiant, p_sortie.volume_ambiant);
  v_bon.volume_livre_15c := coalesce(v_bon.volume_livre_15c,
    round(v_bon.volume_livre_ambiant * p_sortie.volume_15c / p_sortie.volume_ambiant, 3));
  v_bon.statut := 'BROUILLON';
  v_bon.created_by := auth.uid();
  v_bon.created_at := now();
  return v_bon;
end;
$$;
comment on function private.nouveau_bon(public.sorties_produit, jsonb) is
  'A note of a sortie, not yet written: what is not said of it is the sortie''s. Its day is the caller''s to ask.';

create function private.ecrire_bon(p_bon public.bons_livraison) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into public.bons_livraison
    (id, numero, depot_id, sortie_id, date_livraison, destinataire, lieu, volume_livre_ambiant, volume_livre_15c,
     recu_par, statut, created_by, confirme_par, confirme_le, dit, created_at)
  values (p_bon.id, p_bon.numero, p_bon.depot_id, p_bon.sortie_id, p_bon.date_livraison, p_bon.destinataire, p_bon.lieu,
    p_bon.volume_livre_ambiant, p_bon.volume_livre_15c, p_bon.recu_par, p_bon.statut, p_bon.created_by,
    p_bon.confirme_par, p_bon.confirme_le, p_bon.dit, p_bon.created_at);
end;
$$;
comment on function private.ecrire_bon(public.bons_livraison) is
  'Writes a note of a sortie that has none. Raises ECRITURES_GELEES, ISOLATION_INTERDITE, and 23xxx.';

create function public.etablir_bl(p_sortie_id uuid, p_bon jsonb default '{}') returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_bon public.bons_livraison;
begin
  v_bon := private.nouveau_bon(private.sortie_livrable(p_sortie_id), p_bon);
  perform private.exiger_jour_ouvert(v_bon.depot_id, v_bon.date_livraison);
  -- Whoever writes another waits for the sortie's row.
  if exists (select from public.bons_livraison b where b.sortie_id = p_sortie_id and b.statut <> 'ANNULE') then
    perform private.refuser('BL_EXISTANT', jsonb_build_object('sortie_id', p_sortie_id));
  end if;
  perform private.ecrire_bon(v_bon);
  perform private.journaliser('BL_CREE', 'ventes', 'INFO', v_bon.id, v_bon.depot_id, to_jsonb(v_bon));
  return v_bon.id;
end;
$$;
comment on function public.etablir_bl(uuid, jsonb) is
  'Drafts the delivery note of a validated sortie: date_livraison, destinataire, lieu, recu_par, volume_livre_ambiant, '
  'volume_livre_15c, each the sortie''s where it is not said. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, '
  'FORME_INATTENDUE, ISOLATION_INTERDITE, INTROUVABLE, ECRITURES_GELEES, SORTIE_NON_LIVRABLE, BL_EXISTANT, '
  'PERIODE_CLOSE, and 22xxx, 23xxx.';

alter table public.bons_livraison enable row level security;
grant select on public.bons_livraison to authenticated, service_role;
create policy bons_livraison_lecture on public.bons_livraison for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));

revoke execute on function public.etablir_bl(uuid, jsonb) from public, anon;
grant execute on function public.etablir_bl(uuid, jsonb) to authenticated;
