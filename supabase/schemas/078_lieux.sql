-- Where a movement takes place: all that it asks of its tank, of the tank's depot, of its product, and of the rules in
-- force there, in one row.
--
-- private.lieux is a copy, so that a movement reads one row and joins no table. Triggers write it in the transaction
-- that changes what it copies. Nothing depends on a row being there: a tank without one, as a load with the triggers
-- off leaves it, is read in the tables themselves (private.lieux_vrais). private.ecarts_lieux() says which rows differ
-- from them, and private.recopier_lieux() makes them again.

create table private.lieux (
  citerne_id uuid primary key,
  nom text not null,
  statut text not null,
  logique boolean not null,
  depot_id uuid not null,
  depot_code text,
  fuseau text not null,
  temperature_min_c numeric(6,2) not null,
  temperature_max_c numeric(6,2) not null,
  produit_id uuid not null,
  produit_nom text not null,
  groupe_mpms text not null,
  alpha_historique numeric(8,6) not null,
  densite_15_min numeric(7,2),
  densite_15_max numeric(7,2),
  densite_melange_kgm3 numeric(9,4),
  -- A row that does not say them yet serves nobody: they are asked of the tables themselves.
  gele boolean not null default true,
  norme boolean not null default true,
  redacteurs text[] not null default '{}',
  validateurs text[] not null default '{}',
  clos_au date not null default '2049-12-31',
  reserve numeric(15,3) not null default 0,
  receveurs text[] not null default '{}',
  ouvert boolean not null default false,
  constraint lieux_citerne_id_fkey foreign key (citerne_id, produit_id, depot_id)
    references public.citernes (id, produit_id, depot_id) on update cascade on delete cascade
);
comment on table private.lieux is
  'What a movement asks of its tank: of citernes, depots, produits and stocks_snapshot, and of the rules in force. A '
  'copy, written by the functions below only.';
comment on column private.lieux.temperature_min_c is 'As depots.temperature_min_c, °C.';
comment on column private.lieux.temperature_max_c is 'As depots.temperature_max_c, °C.';
comment on column private.lieux.alpha_historique is 'As produits.alpha_historique, per °C.';
comment on column private.lieux.densite_15_min is 'As produits.densite_15_min, kg/m³.';
comment on column private.lieux.densite_15_max is 'As produits.densite_15_max, kg/m³.';
comment on column private.lieux.densite_melange_kgm3 is 'As stocks_snapshot.densite_melange_kgm3.';
comment on column private.lieux.gele is 'Whether a freeze is on, whoever its operator is.';
comment on column private.lieux.norme is 'Whether flag astm_53b is on for anybody.';
comment on column private.lieux.redacteurs is
  'Roles that may write a draft of a sortie (capacites), none where a second factor may be asked of them.';
comment on column private.lieux.validateurs is 'The same of those that may validate one.';
comment on column private.lieux.receveurs is 'The same of those that may write a réception.';
comment on column private.lieux.ouvert is 'Whether neither its product nor its depot is disabled.';
comment on column private.lieux.clos_au is 'Last closed day of the depot, flag or not; before the books where none is.';
comment on column private.lieux.reserve is
  'Litres that must stay in the tank: citernes.capacite_securite, 0 where it is logical.';
alter table private.lieux enable row level security;

create view private.lieux_vrais as
  select c.id as citerne_id, c.nom, c.statut, c.logique, c.depot_id, d.code as depot_code, d.fuseau,
         d.temperature_min_c, d.temperature_max_c, c.produit_id, p.nom as produit_nom, p.groupe_mpms,
         p.alpha_historique, p.densite_15_min, p.densite_15_max,
         (select max(s.densite_melange_kgm3) from public.stocks_snapshot s where s.citerne_id = c.id)
           as densite_melange_kgm3,
         exists (select from public.app_settings s where s.key = 'gel_ecritures') as gele,
         coalesce((select f.enabled from public.feature_flags f where f.key = 'astm_53b'), false) as norme,
         coalesce((select k.roles from private.capacites k where k.capacite = 'ecrire_sortie' and not k.second_facteur),
           '{}') as redacteurs,
         coalesce((select k.roles from private.capacites k where k.capacite = 'valider_sortie'
           and not k.second_facteur),
           '{}') as validateurs,
         coalesce(private.clos_jusqu_au(c.depot_id), '2019-12-31') as clos_au,
         case when c.logique then 0 else c.capacite_securite end as reserve,
         coalesce((select k.roles from private.capacites k where k.capacite = 'ecrire_reception'
           and not k.second_facteur),
           '{}') as receveurs,
         d.actif and p.actif as ouvert
    from public.citernes c
    join public.depots d on d.id = c.depot_id
    join public.produits p on p.id = c.produit_id;
comment on view private.lieux_vrais is 'What private.lieux holds, as the tables have it.';

create function private.ecarts_lieux() returns setof private.lieux
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  (select l.* from private.lieux l except select v.* from private.lieux_vrais v)
  union all
  (select v.* from private.lieux_vrais v where v.citerne_id in (select l.citerne_id from private.lieux l)
   except select l.* from private.lieux l)
$$;
comment on function private.ecarts_lieux() is
  'Rows of private.lieux that are not what they copy, and what they should be; a tank that has none is no difference.';
grant execute on function private.ecarts_lieux() to authenticated, service_role;

create function private.reserver_lieux(p_produits uuid[], p_depots uuid[], p_seul boolean) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- An older snapshot would not see what whoever was waited for has committed.
  perform private.exiger_read_committed();
  -- Before all others: who changes all of them keeps out a depot, too, that is not there yet for anybody to see.
  if p_produits is null then
    perform pg_advisory_xact_lock(hashtextextended('lieux', 0));
    return;
  end if;
  perform pg_advisory_xact_lock_shared(hashtextextended('lieux', 0));
  -- In one order: products, then depots.
  perform case when p_seul then pg_advisory_xact_lock(l.cle) else pg_advisory_xact_lock_shared(l.cle) end
     from (select r.rang, hashtextextended(format('lieux:%s', r.id), 0) as cle
             from (select unnest(p_produits), 1 union select unnest(p_depots), 2) r (id, rang)
            where r.id is not null order by 1, 2) l;
end;
$$;
comment on function private.reserver_lieux(uuid[], uuid[], boolean) is
  'Keeps whoever changes these products and depots, alone, from whoever changes tanks of them, together, until the '
  'transaction ends; null: whoever changes what all tanks have of the rules, from everybody. Raises '
  'ISOLATION_INTERDITE.';

create function private.recopier_lieux(p_citernes uuid[] default null) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_citernes is null then
    perform private.reserver_lieux(null, null, true);
  end if;
  delete from private.lieux l where p_citernes is null or l.citerne_id = any (p_citernes);
  insert into private.lieux
  select v.* from private.lieux_vrais v where p_citernes is null or v.citerne_id = any (p_citernes);
end;
$$;
comment on function private.recopier_lieux(uuid[]) is
  'Makes the rows of these tanks again, which the caller has reserved; null: of all. Raises ISOLATION_INTERDITE.';

create function private.lieux_reserver() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.reserver_lieux(array[old.produit_id, new.produit_id], array[old.depot_id, new.depot_id], false);
  return coalesce(new, old);
end;
$$;
comment on function private.lieux_reserver() is
  'Before a tank changes: nobody else changes what its copy is made of, and the copy is nobody else''s. Raises '
  'ISOLATION_INTERDITE.';

create function private.lieux_suivre() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Which tanks there are is asked once nobody can add one.
  if tg_table_name = 'citernes' then
    perform private.recopier_lieux(array[new.id]);
  elsif tg_table_name = 'depots' then
    perform private.reserver_lieux('{}', array[new.id], true);
    perform private.recopier_lieux(array(select c.id from public.citernes c where c.depot_id = new.id));
  else
    perform private.reserver_lieux(array[new.id], '{}', true);
    perform private.reserver_lieux('{}', array(select c.depot_id from public.citernes c where c.produit_id = new.id),
      true);
    perform private.recopier_lieux(array(select c.id from public.citernes c where c.produit_id = new.id));
  end if;
  return null;
end;
$$;
comment on function private.lieux_suivre() is
  'Keeps private.lieux as what it copies: of the tank, or of all tanks of the depot or of the product, that changed. '
  'Raises ISOLATION_INTERDITE.';

create function private.lieux_suivre_periodes() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_depot_id constant uuid := coalesce(new.depot_id, old.depot_id);
begin
  perform private.reserver_lieux('{}', array[v_depot_id], true);
  update private.lieux l set clos_au = v.clos_au
    from private.lieux_vrais v where v.citerne_id = l.citerne_id and l.depot_id = v_depot_id;
  return null;
end;
$$;
comment on function private.lieux_suivre_periodes() is
  'Keeps the last closed day of private.lieux as the depot has it whose days were closed or opened. Raises '
  'ISOLATION_INTERDITE.';

create function private.lieux_suivre_regles() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if to_jsonb(old) ->> tg_argv[0] = any (tg_argv[1]::text[]) or to_jsonb(new) ->> tg_argv[0] = any (tg_argv[1]::text[])
    then
    perform private.recopier_lieux();
  end if;
  return null;
end;
$$;
comment on function private.lieux_suivre_regles() is
  'Makes all of private.lieux again where a rule changed that it copies. Arguments of the trigger: the column that '
  'names '
  'rules, and which of them. Raises ISOLATION_INTERDITE.';

create function private.lieux_suivre_melange() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_citerne_id constant uuid := coalesce(new.citerne_id, old.citerne_id);
begin
  loop
    update private.lieux l
       set densite_melange_kgm3 = (
         select max(s.densite_melange_kgm3) from public.stocks_snapshot s where s.citerne_id = v_citerne_id)
     where l.citerne_id = v_citerne_id;
    -- Whoever was waited for may have made the row again: this statement did not see the new one, the next one does.
    exit when found or not exists (select from private.lieux l where l.citerne_id = v_citerne_id);
  end loop;
  return null;
end;
$$;
comment on function private.lieux_suivre_melange() is
  'Keeps the density of private.lieux as that of the stock which has just changed.';

create trigger citernes_lieux_reserver
  before insert or delete or update of id, nom, statut, logique, depot_id, produit_id, capacite_securite
  on public.citernes for each row execute function private.lieux_reserver();
create trigger citernes_lieux
  after insert or update of id, nom, statut, logique, depot_id, produit_id, capacite_securite on public.citernes
  for each row execute function private.lieux_suivre();
create trigger depots_lieux after update of code, fuseau, temperature_min_c, temperature_max_c, actif on public.depots
  for each row execute function private.lieux_suivre();
create trigger produits_lieux
  after update of nom, groupe_mpms, alpha_historique, densite_15_min, densite_15_max, actif on public.produits
  for each row execute function private.lieux_suivre();
create trigger periodes_closes_lieux after insert or update or delete on public.periodes_closes
  for each row execute function private.lieux_suivre_periodes();
create trigger capacites_lieux after insert or update or delete on private.capacites
  for each row execute function private.lieux_suivre_regles('capacite',
    '{ecrire_sortie,valider_sortie,ecrire_reception}');
create trigger feature_flags_lieux after insert or update or delete on public.feature_flags
  for each row execute function private.lieux_suivre_regles('key', '{astm_53b}');
create trigger app_settings_lieux after insert or update or delete on public.app_settings
  for each row execute function private.lieux_suivre_regles('key', '{gel_ecritures}');
create trigger stocks_snapshot_lieux after insert or delete or update of densite_melange_kgm3 on public.stocks_snapshot
  for each row execute function private.lieux_suivre_melange();
-- What a replica applies changes the copy too.
alter table public.citernes enable always trigger citernes_lieux_reserver;
alter table public.citernes enable always trigger citernes_lieux;
alter table public.depots enable always trigger depots_lieux;
alter table public.produits enable always trigger produits_lieux;
alter table public.stocks_snapshot enable always trigger stocks_snapshot_lieux;
alter table public.periodes_closes enable always trigger periodes_closes_lieux;
alter table private.capacites enable always trigger capacites_lieux;
alter table public.feature_flags enable always trigger feature_flags_lieux;
alter table public.app_settings enable always trigger app_settings_lieux;
