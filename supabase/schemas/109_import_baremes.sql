-- A gauge table comes as a file: read line by line, refused where a line is not one, put into force whole.

create function private.bareme_a_changer(p_id uuid) returns public.baremes
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_bareme public.baremes;
begin
  perform private.exiger('tenir_baremes');
  select * into v_bareme from public.baremes b
   where b.id = p_id and b.depot_id = any (private.depots_visibles()) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce barème'));
  end if;
  if v_bareme.statut <> 'BROUILLON' then
    perform private.refuser('BAREME_ETAT', jsonb_build_object('statut', v_bareme.statut));
  end if;
  return v_bareme;
end;
$$;
comment on function private.bareme_a_changer(uuid) is
  'A draft of a gauge table, locked. Raises ROLE_FORBIDDEN, INTROUVABLE, BAREME_ETAT.';

create function private.nombre_lu(p_texte text) returns numeric
language sql immutable
set search_path = pg_catalog, pg_temp
return case when replace(regexp_replace(p_texte, '[\s\u00a0\u202f]', '', 'g'), ',', '.') ~ '^\d{1,12}(\.\d{1,6})?$'
  then replace(regexp_replace(p_texte, '[\s\u00a0\u202f]', '', 'g'), ',', '.')::numeric end;
comment on function private.nombre_lu(text) is
  'A number of zero or more as people write it in a table: decimal point or comma, blanks between thousands. Null '
  'where it is none.';

create function private.lire_bareme(p_csv text)
returns table (ligne int, hauteur_mm numeric, volume_l numeric, faute text)
language plpgsql immutable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lignes constant text[] := string_to_array(replace(ltrim(p_csv, E'\ufeff'), E'\r', ''), E'\n');
  v_entete text[];
  v_separateur text;
  v_champs text[];
  v_hauteur numeric;
  v_volume numeric;
  v_ligne int;
  v_lues int := 0;
begin
  v_separateur := case when v_lignes[1] like '%;%' then ';' when v_lignes[1] like E'%\t%' then E'\t' else ',' end;
  v_entete := string_to_array(lower(regexp_replace(v_lignes[1], '[\s"]', '', 'g')), v_separateur);
  if v_separateur = E'\t' then
    v_entete := regexp_split_to_array(lower(btrim(replace(v_lignes[1], '"', ''))), '\t');
  end if;
  if cardinality(v_entete) is distinct from 2 or v_entete[1] not in ('hauteur_mm', 'hauteur_cm')
     or v_entete[2] not in ('volume_l', 'volume_m3') then
    return query select 1, null::numeric, null::numeric,
      'la première ligne doit nommer les deux colonnes : hauteur_mm (ou hauteur_cm) ; volume_l (ou volume_m3)';
    return;
  end if;
  for v_rang in 2..cardinality(v_lignes) loop
    continue when btrim(v_lignes[v_rang], E' \t;,"') = '';
    ligne := v_rang;
    v_champs := string_to_array(replace(v_lignes[v_rang], '"', ''), v_separateur);
    hauteur_mm := private.nombre_lu(v_champs[1]) * case v_entete[1] when 'hauteur_cm' then 10 else 1 end;
    volume_l := private.nombre_lu(v_champs[2]) * case v_entete[2] when 'volume_m3' then 1000 else 1 end;
    faute := case
      when cardinality(v_champs) <> 2 then format('deux nombres sont attendus, séparés par « %s »', v_separateur)
      when hauteur_mm is null then format('« %s » n''est pas une hauteur', left(btrim(v_champs[1]), 40))
      when volume_l is null then format('« %s » n''est pas un volume', left(btrim(v_champs[2]), 40))
      when hauteur_mm > 100000 or round(hauteur_mm, 1) <> hauteur_mm
        then 'une hauteur s''écrit au dixième de millimètre, sous 100 m'
      when volume_l >= 1e9 or round(volume_l, 3) <> volume_l then
        'un volume s''écrit au millilitre, sous un million de m³'
      when v_lues = 0 and hauteur_mm <> 0 then 'un barème commence à la hauteur 0'
      when hauteur_mm <= v_hauteur
        then format('la hauteur ne monte pas : %s mm à la ligne %s', private.nombre_fr(v_hauteur), v_ligne)
      when volume_l <= v_volume
        then format('le volume ne monte pas : %s L à la ligne %s', private.nombre_fr(v_volume), v_ligne) end;
    return next;
    v_lues := v_lues + 1;
    -- What is wrong is not compared with: one mistake is one fault.
    if faute is null then
      v_hauteur := hauteur_mm;
      v_volume := volume_l;
      v_ligne := ligne;
    end if;
  end loop;
end;
$$;
comment on function private.lire_bareme(text) is
  'Points of a gauge table written as CSV, a row each with its line in the file: heights in mm (or cm), litres (or m³) '
  'as its first line names them, separated by semicolons, tabs or commas. faute says in French what is wrong of a '
  'line: no number, not rising, not from 0.';

create function public.importer_bareme(p_id uuid, p_csv text) returns int
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  c_maximum constant int := 100000;
  v_bareme constant public.baremes := private.bareme_a_changer(p_id);
  v_fautes jsonb;
  v_points int;
  v_dernier numeric;
begin
  if char_length(p_csv) > 2e6 then
    perform private.refuser('TROP_DE_LIGNES', jsonb_build_object('lignes', regexp_count(p_csv, E'\n'),
      'maximum', c_maximum));
  end if;
  select count(*) filter (where l.faute is null), max(l.hauteur_mm) filter (where l.faute is null),
         jsonb_agg(jsonb_build_object('path', format('ligne %s', l.ligne), 'message', l.faute) order by l.ligne)
           filter (where l.faute is not null)
    into v_points, v_dernier, v_fautes
    from private.lire_bareme(coalesce(p_csv, '')) l;
  if v_fautes is null and v_points < 2 then
    v_fautes := '[{"path": "csv", "message": "un barème a deux points au moins"}]';
  elsif v_fautes is null and v_dernier < v_bareme.hauteur_max_mm then
    v_fautes := jsonb_build_array(jsonb_build_object('path', 'csv', 'message', format(
      'le barème s''arrête à %s mm, sous la hauteur maximale de %s mm', private.nombre_fr(v_dernier),
      private.nombre_fr(v_bareme.hauteur_max_mm))));
  end if;
  if v_fautes is not null then
    perform private.refuser('BAREME_INVALIDE', jsonb_build_object('combien', jsonb_array_length(v_fautes),
      'premiere', format('%s : %s', v_fautes -> 0 ->> 'path', v_fautes -> 0 ->> 'message'),
      'erreurs', (select jsonb_agg(f.faute order by f.rang) from jsonb_array_elements(v_fautes)
        with ordinality f (faute, rang)
                   where f.rang <= 200)));
  end if;
  perform set_config('app.baremes_allow_write', '1', true);
  delete from public.baremes_points p where p.bareme_id = p_id;
  insert into public.baremes_points (bareme_id, hauteur_mm, volume_l, depot_id)
  select p_id, l.hauteur_mm, l.volume_l, v_bareme.depot_id from private.lire_bareme(p_csv) l;
  perform set_config('app.baremes_allow_write', '', true);
  perform private.journaliser('BAREME_IMPORTE', 'baremes', 'INFO', p_id, v_bareme.depot_id, jsonb_build_object(
    'citerne_id', v_bareme.citerne_id, 'version', v_bareme.version, 'points', v_points,
    'empreinte', encode(sha256(convert_to(p_csv, 'UTF8')), 'hex')));
  return v_points;
end;
$$;
comment on function public.importer_bareme(uuid, text) is
  'Puts the points of a CSV into a draft, in the place of those it had (admin, directeur): all of them or none. '
  'Answers with how many. Logs BAREME_IMPORTE with the sum of the file. Raises ROLE_FORBIDDEN, INTROUVABLE, '
  'BAREME_ETAT, TROP_DE_LIGNES, BAREME_INVALIDE (detail.erreurs: line by line), ECRITURES_GELEES, ISOLATION_INTERDITE.';

create function public.activer_bareme(p_id uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_bareme public.baremes := private.bareme_a_changer(p_id);
  v_ancien uuid;
begin
  perform private.verrouiller_citernes(v_bareme.citerne_id);
  if not exists (select from public.baremes_points p where p.bareme_id = p_id) then
    perform private.refuser('BAREME_INVALIDE', jsonb_build_object('combien', 1, 'premiere',
      'aucun point n''a été importé', 'erreurs',
      '[{"path": "csv", "message": "aucun point n''a été importé"}]'::jsonb));
  end if;
  perform set_config('app.baremes_allow_write', '1', true);
  update public.baremes b set statut = 'REMPLACE'
   where b.citerne_id = v_bareme.citerne_id and b.statut = 'ACTIF' returning b.id into v_ancien;
  update public.baremes b set statut = 'ACTIF', active_par = auth.uid(), active_le = now()
   where b.id = p_id returning * into v_bareme;
  perform set_config('app.baremes_allow_write', '', true);
  perform private.journaliser('BAREME_ACTIVE', 'baremes', 'WARNING', p_id, v_bareme.depot_id,
    to_jsonb(v_bareme) || jsonb_build_object('remplace', v_ancien));
end;
$$;
comment on function public.activer_bareme(uuid) is
  'Puts a draft into force (admin, directeur); the one that was is replaced. Logs BAREME_ACTIVE. Raises '
  'ROLE_FORBIDDEN, INTROUVABLE, BAREME_ETAT, BAREME_INVALIDE, ISOLATION_INTERDITE, ECRITURES_GELEES.';
revoke execute on function public.importer_bareme(uuid, text), public.activer_bareme(uuid) from public, anon;
grant execute on function public.importer_bareme(uuid, text), public.activer_bareme(uuid) to authenticated;
