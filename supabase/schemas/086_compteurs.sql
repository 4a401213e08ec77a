-- Meters: what a meter indicated is what passed once it is multiplied by its factor, and no litre is read twice.
--
--   GSV = (index_apres − index_avant) × MF × CTL × CPL
--
-- A row a calibration: the factor of a meter from a day on. A movement that names a meter is read by the one of its
-- day.

create table public.compteurs (
  id uuid primary key default private.nouvel_id(),
  numero text not null check (private.nom_lisible(numero) or private.refuser_valeur('NOM_INVALIDE', 'numero')),
  citerne_id uuid not null,
  produit_id uuid not null,
  depot_id uuid not null references public.depots (id),
  facteur numeric(7,6) not null check (facteur between 0.9 and 1.1),
  valide_du date not null,
  certificat text not null check (btrim(certificat) <> ''),
  created_by uuid not null references auth.users (id),
  created_at timestamptz not null default now(),
  constraint compteurs_citerne_id_fkey foreign key (citerne_id, produit_id, depot_id)
    references public.citernes (id, produit_id, depot_id)
);
comment on table public.compteurs is 'Meters and their factor, a row a calibration. Immutable.';
comment on column public.compteurs.numero is 'Number on the meter: what makes it one meter, at its depot.';
comment on column public.compteurs.citerne_id is 'Tank whose fuel it reads.';
comment on column public.compteurs.facteur is 'Meter factor (MF): litres that passed for a litre indicated.';
comment on column public.compteurs.valide_du is 'Day from which the factor counts, until the next one''s.';
comment on column public.compteurs.certificat is 'Number of the certificate of its calibration.';
create unique index compteurs_lu_key on public.compteurs
  (private.cle_au_depot(depot_id, private.cle_nom(numero)), valide_du);
create index compteurs_citerne_id_idx on public.compteurs (citerne_id);
create index compteurs_produit_id_idx on public.compteurs (produit_id);
create index compteurs_depot_id_idx on public.compteurs (depot_id);
create index compteurs_created_by_idx on public.compteurs (created_by);

create function private.compteurs_avant_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('tenir_compteurs');
  select c.produit_id, c.depot_id into new.produit_id, new.depot_id
    from public.citernes c
   where c.id = new.citerne_id and c.depot_id = any (private.depots_visibles())
     for key share;
  if not found then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', new.citerne_id));
  end if;
  new.created_by := auth.uid();
  new.created_at := now();
  return new;
end;
$$;
comment on function private.compteurs_avant_insert() is
  'A calibration of a meter, by who may, of a tank they see. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE.';

create trigger compteurs_before_insert before insert on public.compteurs
  for each row execute function private.compteurs_avant_insert();
create trigger compteurs_after_insert after insert on public.compteurs
  for each row execute function private.journaliser_creation('COMPTEUR_ETALONNE', 'compteurs', 'WARNING');
create trigger compteurs_block before update or delete or truncate on public.compteurs
  for each statement execute function private.interdire_ecriture();

create function private.etalonnages(p_compteur_id uuid) returns uuid[]
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return array(
    select a.id from public.compteurs c
      join public.compteurs a on a.depot_id = c.depot_id and private.cle_nom(a.numero) = private.cle_nom(c.numero)
     where c.id = p_compteur_id);
end;
$$;
comment on function private.etalonnages(uuid) is 'Every calibration of the meter that one of them names.';

create function private.lectures_du_compteur(p_compteur_id uuid)
returns table (mouvement_id uuid, index_avant numeric, index_apres numeric)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_etalonnages constant uuid[] := private.etalonnages(p_compteur_id);
begin
  return query
    select m.id, m.index_avant, m.index_apres
      from (select r.id, r.index_avant, r.index_apres, 'RECEPTION' as type from public.receptions r
             where r.compteur_id = any (v_etalonnages) and r.statut = 'validee'
            union all
            select s.id, s.index_avant, s.index_apres, 'SORTIE' as type from public.sorties_produit s
             where s.compteur_id = any (v_etalonnages) and s.statut = 'validee') m
     where not exists (select from public.stocks_adjustments a
                        where a.mouvement_type = m.type and a.mouvement_id = m.id and a.compensation);
end;
$$;
comment on function private.lectures_du_compteur(uuid) is
  'What was read on a meter by validated movements, but those that were compensated.';

create type private.releve as (volume numeric, compteur_id uuid, facteur numeric, avertissements jsonb);
comment on type private.releve is
  'Litres that passed, the calibration they were read by (null: no meter of the register), its factor, and what is to '
  'be looked at again.';

create function private.relever(
  p_compteur_id uuid, p_lieu private.lieux, p_jour date, p_index_avant numeric, p_index_apres numeric,
  p_volume numeric
) returns private.releve
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_compteur public.compteurs;
  v_dernier numeric;
  v_releve private.releve := row(p_volume, null, null, '[]'::jsonb);
begin
  if p_compteur_id is null then
    if p_index_apres is not null then
      v_releve.facteur := (astm.profil(p_lieu.depot_id, p_lieu.produit_id)).facteur_compteur;
      if v_releve.facteur <> 1 then
        v_releve.volume := round((p_index_apres - p_index_avant) * v_releve.facteur, 3);
      else
        v_releve.facteur := null;
      end if;
    end if;
    return v_releve;
  end if;
  select c.* into v_compteur from public.compteurs c
   where c.id = any (private.etalonnages(p_compteur_id)) and c.citerne_id = p_lieu.citerne_id and c.valide_du <= p_jour
   order by c.valide_du desc limit 1;
  if not found then
    perform private.refuser('COMPTEUR_INCONNU', jsonb_build_object('jour', p_jour));
  end if;
  if p_index_avant is null or p_index_apres is null then
    perform private.refuser('INDICES_MANQUANTS');
  end if;
  v_releve := row(round((p_index_apres - p_index_avant) * v_compteur.facteur, 3), v_compteur.id, v_compteur.facteur,
    '[]'::jsonb);
  select max(l.index_apres) into v_dernier from private.lectures_du_compteur(v_compteur.id) l
   where l.index_apres <= p_index_avant;
  if v_dernier < p_index_avant then
    v_releve.avertissements := jsonb_build_array(jsonb_build_object('code', 'COMPTEUR_TROU', 'phrase',
      format('Le compteur %s s''était arrêté à %s : %s L sont passés entre les deux sans mouvement.', v_compteur.numero,
        private.nombre_fr(v_dernier), private.nombre_fr(p_index_avant - v_dernier))));
  end if;
  return v_releve;
end;
$$;
comment on function private.relever(uuid, private.lieux, date, numeric, numeric, numeric) is
  'Litres that passed for what a meter indicated: × its factor of the day, or without a meter of the register × the '
  'depot''s (profils_calcul) where both indices were read, else the litres that were said. Where nothing read the '
  'litres since the last reading, its warning says so (COMPTEUR_TROU). Raises COMPTEUR_INCONNU, INDICES_MANQUANTS.';

create function private.exiger_index_libres(
  p_mouvement_id uuid, p_compteur_id uuid, p_index_avant numeric, p_index_apres numeric
) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_compteur public.compteurs;
  v_autre record;
begin
  select * into strict v_compteur from public.compteurs c where c.id = p_compteur_id;
  -- One at a time a meter: whoever reads it too waits here, and finds this reading.
  perform pg_advisory_xact_lock(hashtextextended(
    private.cle_au_depot(v_compteur.depot_id, private.cle_nom(v_compteur.numero)), 0));
  select l.index_avant, l.index_apres into v_autre from private.lectures_du_compteur(p_compteur_id) l
   where l.mouvement_id <> p_mouvement_id and l.index_avant < p_index_apres and l.index_apres > p_index_avant
   order by l.index_avant limit 1;
  if found then
    perform private.refuser('COMPTEUR_CHEVAUCHEMENT', jsonb_build_object('numero', v_compteur.numero,
      'index_avant', v_autre.index_avant, 'index_apres', v_autre.index_apres));
  end if;
end;
$$;
comment on function private.exiger_index_libres(uuid, uuid, numeric, numeric) is
  'No litre of a meter is read by two validated movements, but where one of them was compensated: asked of a movement '
  'that is written, before its tank is locked. Raises COMPTEUR_CHEVAUCHEMENT.';

create function private.receptions_lire_compteur() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger_index_libres(new.id, new.compteur_id, new.index_avant, new.index_apres);
  return null;
end;
$$;
comment on function private.receptions_lire_compteur() is
  'A réception read on a meter reads no litre that another movement has. Raises COMPTEUR_CHEVAUCHEMENT.';

alter table public.compteurs enable row level security;
grant select on public.compteurs to authenticated, service_role;
grant insert (id, numero, citerne_id, facteur, valide_du, certificat) on public.compteurs to authenticated;
create policy compteurs_lecture on public.compteurs for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
create policy compteurs_creation on public.compteurs for insert to authenticated
  with check ((select private.peut('tenir_compteurs')));
