-- A dip as it is written: its volumes by the gauge table or as they were said, beside the books; then never changed.

create function private.volumes_au_bareme(p_prise public.prises_de_hauteur, p_bareme public.baremes)
returns table (total numeric, pente numeric, eau numeric, pente_eau numeric)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_prise.hauteur_eau_mm > p_prise.hauteur_totale_mm then
    perform private.refuser('JAUGE_INCOHERENTE', jsonb_build_object('champ', 'hauteur_eau_mm',
      'eau', p_prise.hauteur_eau_mm, 'total', p_prise.hauteur_totale_mm));
  end if;
  select round(v.volume_l, 3), v.pente_l_mm into total, pente
    from private.volume_au_bareme(p_bareme.id, p_prise.hauteur_totale_mm) v;
  if total is null or p_prise.hauteur_totale_mm > p_bareme.hauteur_max_mm then
    perform private.refuser('JAUGE_HORS_BAREME', jsonb_build_object('champ', 'hauteur_totale_mm',
      'hauteur', p_prise.hauteur_totale_mm, 'maximum', p_bareme.hauteur_max_mm));
  end if;
  select round(v.volume_l, 3), v.pente_l_mm into eau, pente_eau
    from private.volume_au_bareme(p_bareme.id, p_prise.hauteur_eau_mm) v where p_prise.hauteur_eau_mm > 0;
  eau := coalesce(eau, 0);
  pente_eau := coalesce(pente_eau, 0);
  return next;
end;
$$;
comment on function private.volumes_au_bareme(public.prises_de_hauteur, public.baremes) is
  'Litres of the gauge table at the height of the liquid and at that of the water, and what a millimetre is worth at '
  'each. Raises JAUGE_INCOHERENTE, JAUGE_HORS_BAREME.';

create function private.calculer_15c_prise(p_prise public.prises_de_hauteur, p_lieu private.lieux)
returns private.volume_corrige
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  -- A factor is what is wanted: of so many litres no rounding is left to see.
  c_litres constant numeric := 1000000;
  v_mesures private.mesures;
begin
  v_mesures.volume_ambiant := c_litres;
  v_mesures.champ_volume := 'volume_mesure';
  v_mesures.champ_temperature := 'temperature_c';
  v_mesures.temperature_produit_c := p_prise.temperature_c;
  v_mesures.temperature_echantillon_c := p_prise.temperature_echantillon_c;
  v_mesures.densite_observee_kgm3 := p_prise.densite_observee_kgm3;
  v_mesures.densite_a_15_kgm3 := p_prise.densite_a_15_kgm3;
  v_mesures.densite_citerne_kgm3 := p_lieu.densite_melange_kgm3;
  return private.volume_15c(v_mesures, p_lieu);
end;
$$;
comment on function private.calculer_15c_prise(public.prises_de_hauteur, private.lieux) is
  'Factor to 15 °C and density of what a dip found, by the way a movement of that tank takes. Raises what '
  'private.volume_15c raises.';

create function private.jauger(p_prise public.prises_de_hauteur, p_lieu private.lieux)
  returns public.prises_de_hauteur
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_bareme constant public.baremes := private.bareme_du_jour(p_prise.citerne_id,
    private.jour_local(p_lieu.fuseau, p_prise.mesuree_le));
  v_corrige constant private.volume_corrige := private.calculer_15c_prise(p_prise, p_lieu);
  v_part constant float8 := case when v_bareme.toit_masse_kg is null then 0 else
    astm.part_toit(p_prise.hauteur_totale_mm::float8, v_bareme.toit_repose_mm::float8, v_bareme.toit_flotte_mm::float8)
      end;
  v_table record;
  v_chaine record;
begin
  select * into v_table from private.volumes_au_bareme(p_prise, v_bareme);
  if v_part > 0 and v_corrige.densite_a_15_kgm3 is null then
    perform private.refuser('DENSITE_OBSERVEE_REQUISE');
  end if;
  select j.* into v_chaine
    from astm.jaugeage(v_table.total::float8, v_table.eau::float8,
           case when v_bareme.calorifugee then p_prise.temperature_c
             else astm.temperature_paroi(p_prise.temperature_c::float8, p_prise.temperature_air_c::float8) end::float8,
           v_bareme.temperature_reference_c::float8, v_bareme.coefficient_acier::float8,
           v_bareme.toit_masse_kg::float8 * v_part, v_bareme.toit_densite_kgm3::float8,
           v_corrige.densite_a_15_kgm3::float8, v_corrige.vcf::float8, p_prise.eau_sediments_pour_cent::float8,
           coalesce((v_corrige.parametres_15c ->> 'arrondir')::boolean, false)) j;
  if v_chaine.volume_brut_l < 0 then
    perform private.refuser('JAUGE_INCOHERENTE', jsonb_build_object('champ', 'hauteur_totale_mm',
      'eau', p_prise.hauteur_eau_mm, 'total', p_prise.hauteur_totale_mm));
  end if;
  p_prise.bareme_id := v_bareme.id;
  p_prise.volume_total_l := v_table.total;
  p_prise.volume_eau_l := v_table.eau;
  p_prise.ctsh := round(v_chaine.ctsh::numeric, 8);
  p_prise.volume_toit_l := round(v_chaine.volume_toit_l::numeric, 3);
  p_prise.volume_brut_l := round(v_chaine.volume_brut_l::numeric, 3);
  p_prise.volume_mesure := round(v_chaine.volume_net_l::numeric, 3);
  p_prise.volume_15c_brut := round(v_chaine.volume_15c_brut_l::numeric, 3);
  p_prise.volume_15c := round(v_chaine.volume_15c_l::numeric, 3);
  p_prise := private.noter_calcul(p_prise, v_corrige);
  p_prise.incertitude_15c := round(private.incertitude(p_prise, v_bareme, p_lieu, v_table.pente, v_table.pente_eau), 1);
  p_prise.avertissements := p_prise.avertissements
    || private.avertissements_jauge(v_bareme, v_part, private.jour_local(p_lieu.fuseau, p_prise.mesuree_le));
  return p_prise;
end;
$$;
comment on function private.jauger(public.prises_de_hauteur, private.lieux) is
  'The whole chain of a dip by heights, through the tank''s gauge table: TOV, less the water, shell, roof, GOV, GSV, '
  'NSV, and by how much it may be wrong. Raises BAREME_ABSENT, JAUGE_INCOHERENTE, JAUGE_HORS_BAREME, '
  'TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, DENSITE_OBSERVEE_REQUISE, DENSITE_HORS_PRODUIT, ASTM_HORS_DOMAINE, '
  'VOLUME_15C_INCOHERENT, VOLUME_TROP_PETIT.';

create function private.noter_calcul(p_prise public.prises_de_hauteur, p_corrige private.volume_corrige)
returns public.prises_de_hauteur
language plpgsql immutable
set search_path = pg_catalog, pg_temp
as $$
begin
  p_prise.vcf := p_corrige.vcf;
  p_prise.densite_a_15_kgm3 := p_corrige.densite_a_15_kgm3;
  p_prise.methode_15c := p_corrige.methode_15c;
  p_prise.parametres_15c := p_corrige.parametres_15c;
  p_prise.avertissements := p_corrige.avertissements;
  return p_prise;
end;
$$;
comment on function private.noter_calcul(public.prises_de_hauteur, private.volume_corrige) is
  'A dip with the factor it was computed by, and how.';

create function private.incertitude(
  p_prise public.prises_de_hauteur, p_bareme public.baremes, p_lieu private.lieux, p_pente numeric,
  p_pente_eau numeric
) returns numeric
language sql immutable
set search_path = pg_catalog, pg_temp
return case when p_prise.densite_a_15_kgm3 is null
  -- What it expands by is then the product's own coefficient, and no density counts.
  then sqrt((p_prise.volume_15c * p_bareme.incertitude_pour_mille / 1000) ^ 2
    + (p_pente * p_prise.vcf * p_bareme.incertitude_hauteur_mm) ^ 2
    + (p_pente_eau * p_prise.vcf * p_bareme.incertitude_hauteur_mm) ^ 2
    + (p_prise.volume_15c * p_lieu.alpha_historique * p_bareme.incertitude_temperature_c) ^ 2)
  else astm.incertitude_15c(p_lieu.groupe_mpms, p_prise.densite_a_15_kgm3::float8,
    p_prise.temperature_c::float8,
    p_prise.volume_mesure::float8, p_prise.vcf::float8, p_pente::float8, p_pente_eau::float8,
    p_bareme.incertitude_pour_mille::float8, p_bareme.incertitude_hauteur_mm::float8,
    p_bareme.incertitude_temperature_c::float8, p_bareme.incertitude_densite_kgm3::float8)::numeric end;
comment on function private.incertitude(public.prises_de_hauteur, public.baremes, private.lieux, numeric, numeric)
  is
  'By how many litres at 15 °C a dip that is computed may be wrong, at 95 %: see astm.incertitude_15c.';

create function private.avertissements_jauge(p_bareme public.baremes, p_part_toit float8, p_jour date) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(jsonb_agg(a), '[]') from (
    select jsonb_build_object('code', 'BAREME_PERIME', 'phrase',
             format('Le certificat %s du barème n''était valable que jusqu''au %s : faites recalibrer la citerne.',
               p_bareme.certificat, to_char(p_bareme.valide_au, 'DD/MM/YYYY')))
     where p_bareme.valide_au < p_jour
    union all
    select jsonb_build_object('code', 'ZONE_CRITIQUE', 'phrase',
             format('Le toit flottant n''est ni posé ni libre entre %s et %s mm : la jauge y est moins sûre.',
               private.nombre_fr(p_bareme.toit_repose_mm), private.nombre_fr(p_bareme.toit_flotte_mm)))
     where p_part_toit > 0 and p_part_toit < 1) a (a)
$$;
comment on function private.avertissements_jauge(public.baremes, float8, date) is
  'What is to be known of a gauge table on that day, as [{code, phrase}]: its certificate is over (BAREME_PERIME), its '
  'roof neither stands nor floats (ZONE_CRITIQUE).';

create function private.mesurer_litres(p_prise public.prises_de_hauteur, p_lieu private.lieux)
returns public.prises_de_hauteur
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_corrige private.volume_corrige;
begin
  if p_prise.temperature_c is null then
    return p_prise;
  end if;
  v_corrige := private.calculer_15c_prise(p_prise, p_lieu);
  p_prise := private.noter_calcul(p_prise, v_corrige);
  p_prise.volume_15c_brut := round(p_prise.volume_mesure * v_corrige.vcf,
    case when (v_corrige.parametres_15c ->> 'arrondir')::boolean then 0 else 3 end);
  p_prise.volume_15c := p_prise.volume_15c_brut;
  return p_prise;
end;
$$;
comment on function private.mesurer_litres(public.prises_de_hauteur, private.lieux) is
  'A dip whose litres were sent: at 15 °C too, where its temperature was read. Raises what private.volume_15c raises.';

create function private.prises_de_hauteur_avant_insert() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lieu private.lieux;
  v_capacite numeric;
  v_dit constant numeric := new.volume_mesure;
begin
  perform private.exiger('mesurer_citerne');
  v_lieu := private.lieu(new.citerne_id, private.depots_visibles());
  if v_lieu.citerne_id is null then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', new.citerne_id));
  end if;
  if v_lieu.logique then
    perform private.refuser('JAUGE_CITERNE_LOGIQUE', jsonb_build_object('nom', v_lieu.nom));
  end if;
  new.produit_id := v_lieu.produit_id;
  new.depot_id := v_lieu.depot_id;
  select c.tolerance_inventaire_pour_mille, c.capacite_totale into new.tolerance_pour_mille, v_capacite
    from public.citernes c where c.id = v_lieu.citerne_id;
  new.mesuree_le := private.exiger_moment(coalesce(new.mesuree_le, clock_timestamp()));
  new.densite_observee_kgm3 := private.en_kgm3(new.densite_observee_kgm3);
  new.densite_a_15_kgm3 := private.en_kgm3(new.densite_a_15_kgm3);
  if new.hauteur_totale_mm is not null then
    new := private.jauger(new, v_lieu);
    perform private.exiger_accord('volume_mesure', v_dit, 'hauteur_totale_mm', new.volume_mesure);
  else
    new := private.mesurer_litres(new, v_lieu);
  end if;
  -- What is no number of litres at all is for the table to say.
  if new.volume_mesure > v_capacite and new.volume_mesure < 1e9 then
    perform private.refuser('JAUGE_SUPERIEURE_CAPACITE', jsonb_build_object(
      'champ', case when new.hauteur_totale_mm is null then 'volume_mesure' else 'hauteur_totale_mm' end,
      'volume', new.volume_mesure, 'capacite_totale', v_capacite));
  end if;
  -- Whoever moves that tank's fuel ends first: what they did is then in the books, or was done since.
  perform private.verrouiller_citernes(new.citerne_id);
  select s.stock_ambiant, s.stock_15c into new.stock_comptable, new.stock_comptable_15c
    from private.stock_citerne_au(new.citerne_id, new.mesuree_le) s;
  new.created_by := auth.uid();
  new.created_at := now();
  return new;
end;
$$;
comment on function private.prises_de_hauteur_avant_insert() is
  'Computes a dip and notes beside it what the books said when it was read, and the tolerance that judges it. Raises '
  'ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, JAUGE_CITERNE_LOGIQUE, JAUGE_HORS_DELAI, BAREME_ABSENT, '
  'JAUGE_INCOHERENTE, JAUGE_HORS_BAREME, JAUGE_SUPERIEURE_CAPACITE, MESURES_INCOHERENTES, TEMPERATURE_REQUISE, '
  'TEMPERATURE_HORS_PLAGE, DENSITE_OBSERVEE_REQUISE, DENSITE_HORS_PRODUIT, ASTM_HORS_DOMAINE, VOLUME_15C_INCOHERENT, '
  'VOLUME_TROP_PETIT, ISOLATION_INTERDITE.';

create trigger prises_de_hauteur_before_insert before insert on public.prises_de_hauteur
  for each row execute function private.prises_de_hauteur_avant_insert();
create trigger prises_de_hauteur_after_insert after insert on public.prises_de_hauteur
  for each row execute function private.journaliser_creation('PRISE_DE_HAUTEUR', 'stocks', 'INFO');
create trigger prises_de_hauteur_block before update or delete or truncate on public.prises_de_hauteur
  for each statement execute function private.interdire_ecriture();

alter table public.prises_de_hauteur enable row level security;
grant select on public.prises_de_hauteur to authenticated, service_role;
grant insert (id, citerne_id, volume_mesure, note, type, mesuree_le, hauteur_totale_mm, hauteur_eau_mm, temperature_c,
              temperature_echantillon_c, temperature_air_c, densite_observee_kgm3, densite_a_15_kgm3,
              eau_sediments_pour_cent)
  on public.prises_de_hauteur to authenticated;
grant insert on public.prises_de_hauteur to service_role;
create policy prises_de_hauteur_lecture on public.prises_de_hauteur for select to authenticated
  using (depot_id = any ((select private.depots_visibles())::uuid[]));
create policy prises_de_hauteur_creation on public.prises_de_hauteur for insert to authenticated
  with check (depot_id = any ((select private.depots_ou('mesurer_citerne'))::uuid[]));
