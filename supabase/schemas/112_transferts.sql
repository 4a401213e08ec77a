-- Transfer: fuel pumped from one tank to another of the same depot. Two movements, one act.

create table public.transferts (
  id uuid primary key default private.nouvel_id(),
  citerne_source_id uuid not null,
  citerne_destination_id uuid not null,
  produit_id uuid not null references public.produits (id),
  depot_id uuid not null references public.depots (id),
  proprietaire_type text not null default 'MONALUXE',
  volume_ambiant numeric(15,3) not null,
  temperature_ambiante_c numeric(6,2),
  temperature_echantillon_c numeric(6,2),
  densite_observee_kgm3 numeric(10,6),
  densite_a_15_kgm3 numeric(10,6),
  vcf numeric(12,8),
  methode_15c text not null,
  parametres_15c jsonb not null,
  avertissements jsonb not null default '[]',
  volume_15c numeric(15,3) not null,
  date_jour date not null,
  note text,
  created_by uuid not null references auth.users (id),
  created_at timestamptz not null default now(),
  constraint transferts_citerne_source_id_fkey foreign key (citerne_source_id, produit_id, depot_id)
    references public.citernes (id, produit_id, depot_id),
  constraint transferts_citerne_destination_id_fkey foreign key (citerne_destination_id, produit_id, depot_id)
    references public.citernes (id, produit_id, depot_id)
);
comment on table public.transferts is
  'Fuel pumped from one tank to another of the same depot: what leaves one enters the other. Immutable.';
comment on column public.transferts.volume_ambiant is 'Litres as measured.';
comment on column public.transferts.temperature_ambiante_c is 'Temperature of the product, °C.';
comment on column public.transferts.temperature_echantillon_c is
  'Temperature of the sample whose density was read, °C.';
comment on column public.transferts.densite_observee_kgm3 is 'Density read on the sample, kg/m³.';
comment on column public.transferts.densite_a_15_kgm3 is
  'Density at 15 °C, kg/m³: from the one observed, else as sent, else that of the tank it leaves.';
comment on column public.transferts.avertissements is
  'What was possible but unlikely, [{code, phrase}]: see private.avertissements.';
comment on column public.transferts.parametres_15c is 'How the method was set.';
comment on column public.transferts.volume_15c is
  'Litres at 15 °C, by private.volume_15c: the same out of one tank and into the other.';
comment on column public.transferts.date_jour is 'Day of stock at the depot; may lie in the past, never in the future.';
create index transferts_source_idx on public.transferts (citerne_source_id, date_jour desc);
create index transferts_destination_idx on public.transferts (citerne_destination_id, date_jour desc);
create index transferts_depot_idx on public.transferts (depot_id, date_jour desc);
create index transferts_produit_id_idx on public.transferts (produit_id);
create index transferts_created_by_idx on public.transferts (created_by);

create function private.transferts_avant_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_source private.lieux;
  v_destination private.lieux;
  v_aujourdhui date;
  v_mesures private.mesures;
  v_corrige private.volume_corrige;
  v_acteur private.acteur;
  v_fait text;
begin
  v_fait := private.exiger_ouvert();
  v_acteur := private.exiger('transferer_stock');
  v_source := private.lieu_pour_mouvement(new.citerne_source_id, new.produit_id, v_acteur.depots);
  new.produit_id := v_source.produit_id;
  v_destination := private.lieu_pour_mouvement(new.citerne_destination_id, new.produit_id, v_acteur.depots);
  if v_source.depot_id <> v_destination.depot_id or new.citerne_source_id = new.citerne_destination_id then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE',
      jsonb_build_object('citerne_id', new.citerne_destination_id));
  end if;

  v_aujourdhui := private.jour_local(v_source.fuseau, now());
  new.date_jour := coalesce(new.date_jour, v_aujourdhui);
  if new.date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
  new.densite_observee_kgm3 := private.en_kgm3(new.densite_observee_kgm3);
  new.densite_a_15_kgm3 := private.en_kgm3(new.densite_a_15_kgm3);
  new.volume_ambiant := private.volume_mesure(new.volume_ambiant, null, null, null);
  v_mesures.volume_ambiant := new.volume_ambiant;
  v_mesures.champ_volume := 'volume_ambiant';
  v_mesures.temperature_produit_c := new.temperature_ambiante_c;
  v_mesures.temperature_echantillon_c := new.temperature_echantillon_c;
  v_mesures.densite_observee_kgm3 := new.densite_observee_kgm3;
  v_mesures.densite_a_15_kgm3 := new.densite_a_15_kgm3;
  v_mesures.densite_citerne_kgm3 := v_source.densite_melange_kgm3;
  -- Nobody tells the volume at 15 °C of what stays here: it is computed, whatever was sent.
  v_corrige := private.volume_15c(v_mesures, v_source, v_source.norme);
  new.volume_15c := v_corrige.volume_15c;
  new.vcf := v_corrige.vcf;
  new.densite_a_15_kgm3 := v_corrige.densite_a_15_kgm3;
  new.methode_15c := v_corrige.methode_15c;
  new.parametres_15c := v_corrige.parametres_15c;
  new.avertissements := v_corrige.avertissements;
  new.depot_id := v_source.depot_id;
  new.created_by := v_acteur.user_id;
  new.created_at := now();
  return new;
end;
$$;
comment on function private.transferts_avant_insert() is
  'Two different active tanks of one product and one depot, a day not in the future, litres above zero. Raises '
  'ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, DATE_FUTURE, INDICES_MANQUANTS, INDEX_INCOHERENTS, '
  'VOLUME_AMBIANT_NON_POSITIF, MESURES_INCOHERENTES, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, '
  'DENSITE_OBSERVEE_REQUISE, DENSITE_HORS_PRODUIT, ASTM_HORS_DOMAINE, VOLUME_15C_INCOHERENT, VOLUME_TROP_PETIT, '
  'ECRITURES_GELEES, ISOLATION_INTERDITE.';

create function private.transfert_garder() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_faute text;
  v_admis boolean;
begin
  v_faute := case
    when new.citerne_source_id = new.citerne_destination_id then 'citerne_destination_id'
    when new.proprietaire_type not in ('MONALUXE', 'PARTENAIRE') then 'proprietaire_type'
    when new.volume_ambiant <= 0 then 'volume_ambiant'
    when new.date_jour < '2020-01-01' then 'date_jour' end;
  if v_faute is not null then
    perform private.refuser_ligne(tg_table_name, v_faute);
  end if;
  v_admis := private.exiger_mesures('transferts', null, null, new.volume_ambiant, new.volume_15c,
    new.temperature_ambiante_c, new.temperature_echantillon_c, new.densite_observee_kgm3, new.densite_a_15_kgm3,
    new.vcf);
  v_admis := private.date_admise(new.date_jour, 'date_jour');
  if new.note is not null then
    v_admis := private.texte_admis(new.note, 'note', true);
  end if;
  -- Those of this transaction so far, of which a client's request has one.
  if pg_stat_get_xact_tuples_inserted(tg_relid) >= private.lignes_au_plus() then
    perform private.exiger_peu_de_lignes(tg_relid, pg_stat_get_xact_tuples_inserted(tg_relid) + 1);
  end if;
  return new;
end;
$$;
comment on function private.transfert_garder() is
  'What every transfer holds, completed, whoever writes it: two tanks, a known owner, measures that a depot reads, a '
  'day of the books, a note that people read; so many a request. Raises DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, '
  'TROP_DE_LIGNES, 23514 naming the column.';

create function private.transferts_apres_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_transfert public.transferts;
  v_fait text;
begin
  v_fait := private.verrouiller_citernes(variadic array(
    select n.citerne_source_id from nouveaux n union select n.citerne_destination_id from nouveaux n));
  for v_transfert in select * from nouveaux loop
    v_fait := private.debiter_citerne('TRANSFERT', v_transfert.id, v_transfert.citerne_source_id,
      v_transfert.produit_id,
      v_transfert.depot_id, v_transfert.proprietaire_type, v_transfert.date_jour, v_transfert.volume_ambiant,
      v_transfert.volume_15c, v_transfert.methode_15c);
    v_fait := private.exiger_securite(v_transfert.citerne_source_id, v_transfert.date_jour,
      case when v_transfert.methode_15c <> 'LEGACY' then v_transfert.vcf end);
    v_fait := private.appliquer_mouvement(v_transfert.citerne_destination_id, v_transfert.produit_id,
      v_transfert.depot_id,
      v_transfert.proprietaire_type, v_transfert.date_jour, v_transfert.volume_ambiant, v_transfert.volume_15c);
    if private.exiger_contenance(v_transfert.citerne_destination_id, v_transfert.date_jour, v_transfert.volume_ambiant)
       <> 'active' then
      perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE',
        jsonb_build_object('citerne_id', v_transfert.citerne_destination_id));
    end if;
    v_fait := private.melanger(v_transfert.citerne_destination_id, v_transfert.densite_a_15_kgm3,
      v_transfert.volume_15c);
    v_fait := private.journaliser('{TRANSFERT_CREE}'::text[], 'stocks', 'INFO', v_transfert.id, v_transfert.depot_id,
      to_jsonb(v_transfert), v_transfert.created_by);
    if v_transfert.proprietaire_type = 'PARTENAIRE' then
      perform private.partager_entre_partenaires('DILATATION', d.id, d.depot_id, d.produit_id, d.date_jour,
        d.delta_ambiant, 0)
         from public.dilatations d where d.mouvement_type = 'TRANSFERT' and d.mouvement_id = v_transfert.id;
    end if;
  end loop;
  return null;
end;
$$;
comment on function private.transferts_apres_insert() is
  'Takes from one tank and gives to the other, or neither; logs TRANSFERT_CREE. Raises '
  'CITERNE_INACTIVE_OR_INCOMPATIBLE, INSUFFICIENT_STOCK, SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, '
  'SORTIE_CAPACITE_SECURITE, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, ISOLATION_INTERDITE, ECRITURES_GELEES, '
  'PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL.';

create trigger transferts_before_insert before insert on public.transferts
  for each row execute function private.transferts_avant_insert();
-- By its name after the one that completes.
create trigger transferts_garder before insert on public.transferts
  for each row execute function private.transfert_garder();
create trigger transferts_after_insert after insert on public.transferts
  referencing new table as nouveaux for each statement execute function private.transferts_apres_insert();
create trigger transferts_block before update or delete or truncate on public.transferts
  for each statement execute function private.interdire_ecriture();

alter table public.transferts enable row level security;
grant select on public.transferts to authenticated;
grant insert (id, citerne_source_id, citerne_destination_id, produit_id, proprietaire_type, volume_ambiant,
              temperature_ambiante_c, temperature_echantillon_c, densite_observee_kgm3, volume_15c, date_jour, note)
  on public.transferts to authenticated;
grant select, insert on public.transferts to service_role;
create policy transferts_lecture on public.transferts for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
-- Who may, and between which tanks, the table's own trigger has just asked, of everybody.
create policy transferts_creation on public.transferts for insert to authenticated
  with check (created_by is not null);
