-- Réception: fuel measured into a tank. Inserted means validated; never changed afterwards.

create table public.receptions (
  id uuid primary key default private.nouvel_id(),
  cours_de_route_id uuid references public.cours_de_route (id),
  citerne_id uuid not null,
  produit_id uuid not null references public.produits (id),
  depot_id uuid not null references public.depots (id),
  partenaire_id uuid references public.partenaires (id),
  proprietaire_type text not null default 'MONALUXE',
  like private.mesures_lues including comments,
  volume_observe numeric(15,3),
  like private.mesures_calculees including comments,
  date_reception date not null,
  avertissements jsonb not null default '[]',
  compartiment smallint,
  confirmer boolean not null default false,
  statut text not null default 'validee',
  note text,
  created_by uuid not null references auth.users (id),
  validated_by uuid references auth.users (id),
  created_at timestamptz not null default now(),
  foreign key (compteur_id) references public.compteurs (id),
  constraint receptions_citerne_id_fkey foreign key (citerne_id, produit_id, depot_id)
    references public.citernes (id, produit_id, depot_id)
);
alter table public.receptions
  alter volume_ambiant set not null, alter volume_15c set not null, alter volume_corrige_15c set not null,
  alter methode_15c set not null, alter parametres_15c set not null;
comment on table public.receptions is
  'Fuel measured into a tank: credits stock and closes its CDR. One truck may fill several tanks, in one statement. '
  'Immutable.';
comment on column public.receptions.cours_de_route_id is
  'The truck that brought it; null for a partner''s fuel that came without one.';
comment on column public.receptions.depot_id is 'Depot of the tank; written by the database.';
comment on column public.receptions.volume_observe is
  'Litres as read at the meter; the same figure as volume_ambiant where only one was sent.';
comment on column public.receptions.avertissements is
  'What was possible but unlikely when it was written, [{code, phrase}]: see private.avertissements.';
comment on column public.receptions.compartiment is
  'Compartment of the truck it came out of, where that was said: several of one truck may fill one tank, in one act.';
comment on column public.receptions.confirmer is
  'Whoever wrote it has read it again: ten times what its truck announced, and still right.';
comment on column public.receptions.date_reception is
  'Day in the depot''s time zone; may lie in the past, never in the future.';
create index receptions_compteur_id_idx on public.receptions (compteur_id);
create index receptions_cours_de_route_id_idx on public.receptions (cours_de_route_id);
create index receptions_citerne_idx on public.receptions (citerne_id, date_reception desc, id desc);
create index receptions_depot_idx on public.receptions (depot_id, date_reception desc, id desc);
create index receptions_page_idx on public.receptions (date_reception desc, id desc);
-- As the app of today lists them.
create index receptions_created_at_idx on public.receptions (created_at desc);
create index receptions_produit_id_idx on public.receptions (produit_id);
create index receptions_partenaire_id_idx on public.receptions (partenaire_id);
create index receptions_created_by_idx on public.receptions (created_by);
create index receptions_validated_by_idx on public.receptions (validated_by);

create function private.mesures_de(p_reception public.receptions) returns private.mesures
language sql immutable
return row(
  p_reception.volume_ambiant, private.champ_volume(p_reception.volume_ambiant, p_reception.volume_observe),
  p_reception.temperature_ambiante_c, p_reception.temperature_echantillon_c, p_reception.densite_observee_kgm3,
  p_reception.densite_a_15_kgm3, null,
  coalesce(p_reception.volume_corrige_15c, p_reception.volume_15c), null,
  p_reception.index_avant is not null and p_reception.index_apres is not null)::private.mesures;
comment on function private.mesures_de(public.receptions) is
  'What was measured of a réception, as sent. The tank''s density does not serve: it is what was there before.';

create function private.receptions_avant_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_cdr public.cours_de_route;
  v_lieu private.lieux;
  v_lu record;
  v_aujourdhui date;
  v_mesures private.mesures;
  v_releve private.releve;
  v_corrige private.volume_corrige;
  v_acteur private.acteur;
  v_user_id constant uuid := auth.uid();
  v_maintenant constant timestamptz := now();
  -- What a rule that only refuses answers: asked as a value it is no query.
  v_permis text;
begin
  -- An older snapshot of the database would not see a freeze declared since.
  v_permis := private.exiger_read_committed();
  -- Somebody of the tank's own depot, no freeze, no second factor: who and where is one question, as for a sortie
  -- (private.lire), and the tank is kept as private.lieu keeps it.
  select p.user_id, l as lieu into v_lu
    from public.profils p
    join private.lieux l on l.depot_id = p.depot_id
    join public.citernes c on c.id = l.citerne_id and c.depot_id = l.depot_id and c.produit_id = l.produit_id
   where p.user_id = v_user_id and p.desactive_le is null and l.citerne_id = new.citerne_id and not l.gele
     and p.role = any (l.receveurs)
     for key share of c;
  if found then
    v_lieu := v_lu.lieu;
    v_acteur.user_id := v_lu.user_id;
    v_acteur.depots := array[v_lieu.depot_id];
  else
    v_permis := private.exiger_ouvert();
    v_acteur := private.exiger('ecrire_reception');
  end if;
  v_cdr := private.camion_a_recevoir(new.cours_de_route_id, new.proprietaire_type, v_acteur.depots);
  if v_lieu.citerne_id is null then
    v_lieu := private.lieu(new.citerne_id, v_acteur.depots);
  end if;
  v_permis := private.exiger_citerne(v_lieu, new.citerne_id,
    coalesce(new.produit_id, v_cdr.produit_id, v_lieu.produit_id));
  new.produit_id := v_lieu.produit_id;
  new.depot_id := v_lieu.depot_id;
  if new.proprietaire_type = 'PARTENAIRE' and new.partenaire_id is null then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;
  if not v_lieu.ouvert or new.partenaire_id is not null then
    v_permis := private.exiger_actifs(new.produit_id, new.depot_id, p_partenaire_id => new.partenaire_id);
  end if;
  v_permis := private.exiger_note(v_lieu, new.note);

  v_aujourdhui := private.jour_local(v_lieu.fuseau, v_maintenant);
  new.date_reception := coalesce(new.date_reception, v_aujourdhui);
  if new.date_reception > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
  v_permis := private.exiger_camion(new, v_cdr);

  new.densite_observee_kgm3 := private.en_kgm3(new.densite_observee_kgm3);
  new.densite_a_15 := private.en_kgm3(new.densite_a_15);
  new.densite_a_15_kgm3 := private.en_kgm3(new.densite_a_15_kgm3);
  v_permis := private.exiger_accord('densite_a_15', new.densite_a_15, 'densite_a_15_kgm3', new.densite_a_15_kgm3);
  v_permis := private.exiger_accord('volume_15c', new.volume_15c, 'volume_corrige_15c', new.volume_corrige_15c);
  new.densite_a_15_kgm3 := coalesce(new.densite_a_15_kgm3, new.densite_a_15);
  v_mesures := private.mesures_de(new);
  v_mesures.volume_ambiant := private.volume_mesure(
    new.volume_ambiant, new.volume_observe, new.index_avant, new.index_apres);
  v_releve := private.relever(new.compteur_id, v_lieu, new.date_reception, new.index_avant, new.index_apres,
    v_mesures.volume_ambiant);
  if v_releve.facteur is not null then
    new.volume_observe := coalesce(new.volume_observe, v_mesures.volume_ambiant);
  end if;
  v_mesures.volume_ambiant := v_releve.volume;
  v_corrige := private.volume_15c(v_mesures, v_lieu, v_lieu.norme);

  new.volume_ambiant := v_mesures.volume_ambiant;
  new.volume_observe := coalesce(new.volume_observe, new.volume_ambiant);
  -- No meter was read: the client's model wants two numbers, and these differ by the volume.
  new.index_avant := coalesce(new.index_avant, 0);
  new.index_apres := coalesce(new.index_apres, new.volume_ambiant);
  new.volume_15c := v_corrige.volume_15c;
  new.volume_corrige_15c := v_corrige.volume_15c;
  new.vcf := v_corrige.vcf;
  new.methode_15c := v_corrige.methode_15c;
  new.parametres_15c := v_corrige.parametres_15c || jsonb_build_object('volume_15c_client',
    v_mesures.volume_15c_client);
  new.avertissements := v_corrige.avertissements || v_releve.avertissements;
  new.compteur_id := v_releve.compteur_id;
  new.facteur_compteur := v_releve.facteur;
  new.densite_a_15_kgm3 := v_corrige.densite_a_15_kgm3;
  new.densite_a_15 := v_corrige.densite_a_15_kgm3;

  new.statut := 'validee';
  new.created_by := v_acteur.user_id;
  new.validated_by := v_acteur.user_id;
  new.created_at := v_maintenant;

  return new;
end;
$$;
comment on function private.receptions_avant_insert() is
  'Checks and completes a réception, in the order a clerk would: role, CDR, tank, owner, day, volume, volume at 15 °C. '
  'Raises ROLE_FORBIDDEN, CDR_REQUIS, INTROUVABLE, CDR_NON_ARRIVE, CITERNE_INACTIVE_OR_INCOMPATIBLE, '
  'PARTENAIRE_REQUIS, REFERENTIEL_INACTIF, NOTE_REQUISE, DATE_FUTURE, RECEPTION_AVANT_CHARGEMENT, INDICES_MANQUANTS, '
  'INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, MESURES_INCOHERENTES, COMPTEUR_INCONNU, TEMPERATURE_REQUISE, '
  'TEMPERATURE_HORS_PLAGE, DENSITE_OBSERVEE_REQUISE, DENSITE_HORS_PRODUIT, ASTM_HORS_DOMAINE, VOLUME_15C_INCOHERENT, '
  'VOLUME_TROP_PETIT, ECRITURES_GELEES, ISOLATION_INTERDITE.';

create function private.reception_garder() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_faute text;
  v_admis boolean;
begin
  v_faute := case
    when new.proprietaire_type not in ('MONALUXE', 'PARTENAIRE') then 'proprietaire_type'
    when new.proprietaire_type = 'PARTENAIRE' and new.partenaire_id is null then 'partenaire_id'
    when new.statut not in ('validee', 'rejetee') then 'statut'
    when new.volume_ambiant <= 0 then 'volume_ambiant'
    when new.volume_observe <= 0 or new.volume_observe >= 1e9 then 'volume_observe'
    when new.volume_corrige_15c <> new.volume_15c then 'volume_corrige_15c'
    when new.date_reception < '2020-01-01' then 'date_reception' end;
  if new.compartiment is not null then
    if new.compartiment not between 1 and 20 then
      v_faute := 'compartiment';
    end if;
  end if;
  if new.facteur_compteur is not null then
    if new.facteur_compteur not between 0.9 and 1.1 then
      v_faute := 'facteur_compteur';
    end if;
  end if;
  if v_faute is not null then
    perform private.refuser_ligne(tg_table_name, v_faute);
  end if;
  v_admis := private.exiger_mesures('receptions', new.index_avant, new.index_apres, new.volume_ambiant,
    new.volume_15c, new.temperature_ambiante_c, new.temperature_echantillon_c, new.densite_observee_kgm3,
    new.densite_a_15_kgm3, new.vcf);
  v_admis := private.date_admise(new.date_reception, 'date_reception');
  if new.note is not null then
    v_admis := private.texte_admis(new.note, 'note', true);
  end if;
  -- Those of this transaction so far, of which a client's request has one.
  if pg_stat_get_xact_tuples_inserted(tg_relid) >= private.lignes_au_plus() and tg_op = 'INSERT' then
    perform private.exiger_peu_de_lignes(tg_relid, pg_stat_get_xact_tuples_inserted(tg_relid) + 1);
  end if;
  return new;
end;
$$;
comment on function private.reception_garder() is
  'What every réception holds, completed, whoever writes it: measures that a depot reads, a known owner and state, a '
  'day of the books, a note that people read; so many a request. Raises DATE_IMPOSSIBLE, TEXTE_ILLISIBLE, '
  'TROP_DE_LIGNES, 23514 naming the column.';

create function private.recevoir(p_reception public.receptions) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_fait text;
begin
  v_fait := private.appliquer_mouvement(p_reception.citerne_id, p_reception.produit_id, p_reception.depot_id,
    p_reception.proprietaire_type, p_reception.date_reception, p_reception.volume_ambiant, p_reception.volume_15c);
  if private.exiger_contenance(p_reception.citerne_id, p_reception.date_reception, p_reception.volume_ambiant)
     <> 'active' then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE',
      jsonb_build_object('citerne_id', p_reception.citerne_id));
  end if;
  v_fait := private.melanger(p_reception.citerne_id, p_reception.densite_a_15_kgm3, p_reception.volume_15c);
end;
$$;
comment on function private.recevoir(public.receptions) is
  'Credits the stock of a tank that is held with a réception, on every day it has room. Raises '
  'CITERNE_INACTIVE_OR_INCOMPATIBLE, STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, PERIODE_CLOSE, '
  'MOUVEMENT_AVANT_STOCK_INITIAL.';

create function private.decharger(p_cours_de_route_id uuid, p_jour date) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_juge text;
begin
  update public.cours_de_route c
     set statut = 'DECHARGE', date_chargement = least(c.date_chargement, p_jour)
   where c.id = p_cours_de_route_id;
  v_juge := private.juger_transit(p_cours_de_route_id);
end;
$$;
comment on function private.decharger(uuid, date) is
  'Closes a truck that was received on a day, and judges what was lost on its way. Raises ROLE_FORBIDDEN, '
  'PROFORMA_ETAT, ISOLATION_INTERDITE, ECRITURES_GELEES.';

create function private.porter_receptions(p_receptions public.receptions[]) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_porte text;
begin
  v_porte := private.porter_aux_comptes(array(
    select row(n.depot_id, n.produit_id, n.partenaire_id, n.date_reception, n.volume_ambiant,
      n.volume_15c)::private.part
      from unnest(p_receptions) n where n.proprietaire_type = 'PARTENAIRE'));
end;
$$;
comment on function private.porter_receptions(public.receptions[]) is
  'What partners received enters their accounts. Raises ISOLATION_INTERDITE, ECRITURES_GELEES, PERIODE_CLOSE, '
  'PARTENAIRE_SOLDE_INSUFFISANT.';

-- After the statement and not before each row: rows of one statement are all checked before any is written, so only
-- here does each see what the one before it did, and can all their tanks be locked in one order.
create function private.receptions_apres_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_reception public.receptions;
  v_cdr public.cours_de_route;
  v_toutes public.receptions[];
  v_partagee boolean := false;
  v_fait text;
begin
  v_fait := private.exiger_read_committed();
  -- Their trucks in one order, whichever order their rows came in.
  for v_reception in select * from nouvelles n order by n.cours_de_route_id loop
    v_toutes := v_toutes || v_reception;
    v_partagee := v_partagee or v_reception.proprietaire_type = 'PARTENAIRE';
    if v_reception.cours_de_route_id is not null then
      v_cdr := private.verrouiller_camion(v_reception.cours_de_route_id);
      v_fait := private.exiger_camion(v_reception, v_cdr);
    end if;
  end loop;
  -- One, as nearly always: nothing to gather.
  if cardinality(v_toutes) = 1 then
    if v_cdr.id is not null then
      v_fait := private.exiger_volume_annonce(v_cdr, v_reception.volume_ambiant, v_reception.confirmer);
    end if;
    v_fait := private.verrouiller_citernes(v_reception.citerne_id);
  else
    v_fait := private.exiger_camions_distincts(v_toutes);
    perform private.exiger_volume_annonce(c, sum(n.volume_ambiant), bool_and(n.confirmer))
       from unnest(v_toutes) n join public.cours_de_route c on c.id = n.cours_de_route_id group by c.id;
    perform private.verrouiller_citernes(variadic array(select n.citerne_id from unnest(v_toutes) n));
    v_toutes := array(select n from unnest(v_toutes) n order by n.citerne_id);
  end if;
  foreach v_reception in array coalesce(v_toutes, '{}') loop
    v_fait := private.recevoir(v_reception);
    v_fait := private.journaliser('{RECEPTION_CREEE}'::text[], 'receptions', 'INFO', v_reception.id,
      v_reception.depot_id, to_jsonb(v_reception), v_reception.created_by);
  end loop;
  if v_partagee then
    v_fait := private.porter_receptions(v_toutes);
  end if;
  if cardinality(v_toutes) > 1 then
    perform private.decharger(n.cours_de_route_id, min(n.date_reception))
       from unnest(v_toutes) n where n.cours_de_route_id is not null
      group by n.cours_de_route_id order by n.cours_de_route_id;
  elsif v_cdr.id is not null then
    v_fait := private.decharger(v_cdr.id, v_reception.date_reception);
  end if;
  return null;
end;
$$;
comment on function private.receptions_apres_insert() is
  'Takes the trucks, then the tanks. Each réception of the statement: credits the stock, on every day the tank has '
  'room; logs RECEPTION_CREEE. Last, closes each CDR, once: one truck may fill several tanks, in one act, and none '
  'of them twice but from compartments that are said. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, PLAQUE_INVALIDE, '
  'CITERNE_INACTIVE_OR_INCOMPATIBLE, '
  'STOCK_FUTUR_NEGATIF, CITERNE_PLEINE, REFERENTIEL_INACTIF, RECEPTION_AVANT_CHARGEMENT, CDR_NON_ARRIVE, '
  'DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURES_GELEES, '
  'PARTENAIRE_SOLDE_INSUFFISANT, PERIODE_CLOSE, MOUVEMENT_AVANT_STOCK_INITIAL, VOLUME_HORS_ANNONCE, PROFORMA_ETAT.';

create function public.receptions_block_update_delete() returns trigger
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  -- The flag alone opens nothing: the writer must also be the table's owner, as the project's functions are.
  if current_setting('app.receptions_allow_write', true) is distinct from '1'
     or not private.possede(tg_relid) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return case tg_op when 'UPDATE' then new when 'DELETE' then old end;
end;
$$;
comment on function public.receptions_block_update_delete() is
  'Refuses every update, delete and truncate of a réception (ECRITURE_INTERDITE), except to the table''s owner in a '
  'transaction with app.receptions_allow_write = 1.';
revoke execute on function public.receptions_block_update_delete() from public, anon;
grant execute on function public.receptions_block_update_delete() to service_role;

create trigger receptions_before_insert before insert on public.receptions
  for each row execute function private.receptions_avant_insert();
-- By its name after the one that completes.
create trigger receptions_garder before insert or update on public.receptions
  for each row execute function private.reception_garder();
create trigger receptions_after_insert after insert on public.receptions
  referencing new table as nouvelles for each statement execute function private.receptions_apres_insert();
create trigger receptions_after_insert_compteur after insert on public.receptions
  for each row when (new.compteur_id is not null) execute function private.receptions_lire_compteur();
create trigger receptions_block before update or delete on public.receptions
  for each row execute function public.receptions_block_update_delete();
create trigger receptions_after_write after update or delete on public.receptions
  for each row execute function private.journaliser_ligne('receptions', 'RECEPTION_FORCEE', 'CRITICAL', 'E');
create trigger receptions_block_truncate before truncate on public.receptions
  for each statement execute function public.receptions_block_update_delete();

create function public.validate_reception(p_reception_id uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform private.exiger('ecrire_reception');
  if not exists (select from public.receptions r where r.id = p_reception_id and r.statut = 'validee'
                 and r.depot_id = any (private.depots_visibles())) then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_reception_id), 404);
  end if;
end;
$$;
comment on function public.validate_reception(uuid) is
  'Kept for older clients: a réception is validated when it is inserted, so this changes nothing. Raises '
  'ROLE_FORBIDDEN, INVALID_ID_OR_STATE.';
revoke execute on function public.validate_reception(uuid) from public, anon;
grant execute on function public.validate_reception(uuid) to authenticated;

alter table public.receptions enable row level security;
grant select on public.receptions to authenticated;
-- Of created_by and validated_by the client says null: they are whoever is asking, whatever is sent.
do $$
begin
  execute format('grant insert (id, cours_de_route_id, citerne_id, produit_id, partenaire_id, proprietaire_type,
    volume_observe, date_reception, statut, note, created_by, validated_by, compartiment, confirmer, %s)
    on public.receptions to authenticated', array_to_string(private.champs_mesures(), ', '));
end;
$$;
grant select, insert, update, delete on public.receptions to service_role;
create policy receptions_lecture on public.receptions for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
-- Who may, and into which tank, the table's own trigger has just asked, of everybody.
create policy receptions_creation on public.receptions for insert to authenticated
  with check (statut = 'validee' and created_by is not null);
