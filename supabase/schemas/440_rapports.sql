-- Reports: which there are, who may run each, and what every one of them says of itself.
--
-- A report runs as its caller, under their own policies: it holds what they may read, and no more. Its figures are
-- computed here; formats draw them.

create function private.catalogue_rapports() returns table (
  rang int, nom text, titre text, capacite text, lues text[], periode text, version int, finance boolean,
  depots text, parametres text[], signatures text[], dit text
)
language sql immutable rows 12
set search_path = pg_catalog, pg_temp
as $$
  values
    (1, 'journalier', 'Rapport journalier', 'lire_rapports', '{lire_caisse,lire_alertes,lire_ventes}'::text[], 'JOUR',
      2, false,
     'UN', '{}'::text[], '{Gérant du dépôt,Directeur}'::text[],
     'La journée d''un dépôt : état et stock des citernes, jaugeages, réceptions, sorties, brouillons, camions, caisse, '
     'ce qui reste à facturer et à encaisser, alertes'),
    (2, 'mensuel', 'Rapport mensuel', 'lire_rapports', '{lire_caisse}', 'MOIS', 2, false, 'UN', '{}',
     '{Gérant du dépôt,Directeur}',
     'Le mois d''un dépôt : les mêmes chiffres additionnés, les moyennes, les gains et pertes, la courbe de chaque '
     'citerne'),
    (3, 'livre', 'Livre des mouvements', 'lire_rapports', '{}', 'PERIODE', 2, false, 'UN', '{}', '{}',
     'Chaque mouvement, et ce qu''il laissait à sa citerne et à son propriétaire'),
    (4, 'gains_pertes', 'Gains et pertes', 'lire_ecarts', '{}', 'PERIODE', 2, false, 'UN', '{}', '{}',
     'Ce que la jauge a trouvé de plus ou de moins que les livres, et ce que les camions n''ont pas apporté'),
    (5, 'ecarts', 'Écarts', 'lire_ecarts', '{}', 'PERIODE', 2, false, 'UN_OU_TOUS', '{}', '{}',
     'Les écarts trouvés sur la période, et ceux qui restaient ouverts à sa fin'),
    (6, 'releve_partenaire', 'Relevé d''un partenaire', 'lire_comptes_partenaires', '{}', 'PERIODE', 2, false, 'UN',
     '{partenaire_id?,produit_id}', '{}', 'Ce qu''un partenaire possède d''un produit dans un dépôt, mouvement par '
     'mouvement ; sans partenaire, ce qui n''est à aucun'),
    (7, 'releve_transporteur', 'Relevé d''un transporteur', 'lire_ecarts', '{}', 'PERIODE', 2, false, 'UN',
     '{transporteur}', '{}', 'Ce que chaque camion d''un transporteur avait chargé, et ce qu''il a apporté'),
    (8, 'releve_client', 'Relevé d''un client', 'lire_ventes', '{}', 'PERIODE', 2, true, 'VUS', '{client_id,devise?}',
     '{}', 'Ce qu''un client doit, écriture par écriture'),
    (9, 'releve_fournisseur', 'Relevé d''un fournisseur', 'lire_comptes', '{}', 'PERIODE', 2, true, 'VUS',
     '{fournisseur_id,devise?}', '{}', 'Ce que nous devons à un fournisseur, écriture par écriture'),
    (10, 'balance_agee', 'Balance âgée', 'lire_ventes', '{}', 'DATE', 1, true, 'UN_OU_TOUS', '{}', '{}',
     'Ce que chaque client devait au dernier jour, selon son retard'),
    (11, 'ventes', 'Rapport des ventes', 'lire_ventes', '{lire_caisse}', 'PERIODE', 2, true, 'UN_OU_TOUS', '{forme?}',
     '{}', 'Les ventes facturées : par jour (Z), de la période (X), par article (A)'),
    (12, 'tva', 'TVA collectée', 'lire_ventes', '{}', 'PERIODE', 1, true, 'UN_OU_TOUS', '{}', '{}',
     'La TVA des factures et avoirs, par mois et par groupe')
$$;
comment on function private.catalogue_rapports() is
  'The reports: capability that each asks for, others that open more of it (lues), what its period is (JOUR, DATE, '
  'MOIS, PERIODE), the version of its definition, whether it is of money, of which depots (UN; UN_OU_TOUS that one '
  'sees; VUS, whatever one sees, none is named), what else it must be told.';

create function private.rapports_permis() returns table (
  nom text, titre text, periode text, version int, finance boolean, depots text, parametres text[], dit text
)
language plpgsql stable security definer rows 12
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.acteur();
begin
  return query
    select c.nom, c.titre, c.periode, c.version, c.finance, c.depots, c.parametres, c.dit
      from private.catalogue_rapports() c join private.capacites k on k.capacite = c.capacite
     where private.admis(v_acteur.role, v_acteur.habilitations, k) order by c.rang;
end;
$$;
comment on function private.rapports_permis() is 'The reports that the calling user may run.';

create function private.exiger_rapport(p_nom text) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_capacite constant text := (select c.capacite from private.catalogue_rapports() c where c.nom = p_nom);
begin
  if v_capacite is null then
    perform private.refuser('INTROUVABLE', '{"quoi":"ce rapport"}');
  end if;
  if not exists (select from private.rapports_permis() p where p.nom = p_nom) then
    perform private.refuser('ROLE_FORBIDDEN', jsonb_build_object('capacite', v_capacite));
  end if;
end;
$$;
comment on function private.exiger_rapport(text) is
  'Refuses a report that there is not, or that the calling user may not run. Raises INTROUVABLE, ROLE_FORBIDDEN.';

create function private.periode_du_rapport(p_periode text, p_aujourdhui date, p_du date, p_au date)
returns table (du date, au date)
language sql immutable rows 1
set search_path = pg_catalog, pg_temp
as $$
  select d.du, case when p_periode in ('JOUR', 'DATE') then d.du
           when p_periode = 'MOIS' then (date_trunc('month', d.du) + interval '1 month' - interval '1 day')::date
           else coalesce(p_au, greatest(p_aujourdhui, d.du)) end
    from (select case p_periode when 'JOUR' then coalesce(p_du, p_au, p_aujourdhui)
                   when 'DATE' then coalesce(p_au, p_du, p_aujourdhui)
                   when 'MOIS' then date_trunc('month', coalesce(p_du, p_au, p_aujourdhui))::date
                   else coalesce(p_du, date_trunc('month', coalesce(p_au, p_aujourdhui))::date) end as du) d
$$;
comment on function private.periode_du_rapport(text, date, date, date) is
  'The days of a report: of a JOUR that day (today where none is said), of a DATE the last one said, of a MOIS all '
  'of the month of that day, else from the first to the last said (from the first of the month, to today).';

create function private.dire_moment(p_moment timestamptz) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
as $$ select to_char(p_moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$;
comment on function private.dire_moment(timestamptz) is 'A moment as ISO 8601 writes it, to the microsecond, in UTC.';

create function private.nom_de_l_appelant() returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce((select coalesce(nullif(btrim(p.nom_complet), ''), p.email)
                     from public.profils p where p.user_id = auth.uid()), 'inconnu')
$$;
comment on function private.nom_de_l_appelant() is 'Name of the calling user, else their address.';

create type private.depot_vu as (id uuid, nom text, zone text);
comment on type private.depot_vu is 'A depot, its name and its time zone; no id: all of them.';

create function private.depot_du_rapport(p_depot_id uuid, p_depots text) returns private.depot_vu
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_depot private.depot_vu;
begin
  if p_depots = 'VUS' and p_depot_id is not null and private.peut('voir_tous_depots') then
    perform private.refuser('RAPPORT_PARAMETRE', '{"parametre":"depot_id","quoi":"ce rapport n''en prend pas"}');
  end if;
  if p_depot_id is null and p_depots <> 'UN' and private.peut('voir_tous_depots') then
    return row(null, null, private.fuseau_societe())::private.depot_vu;
  end if;
  select d.id, d.nom, d.fuseau into v_depot
    from public.depots d
   where d.id = coalesce(p_depot_id, d.id) and d.id = any (private.depots_visibles())
   order by d.id = (select p.depot_id from public.profils p where p.user_id = auth.uid()) desc nulls last, d.nom
   limit 1;
  if not found then
    perform private.refuser('INTROUVABLE', '{"quoi":"ce dépôt"}');
  end if;
  return v_depot;
end;
$$;
comment on function private.depot_du_rapport(uuid, text) is
  'The depot a report is of, as its caller sees it: the one named; else all, where it may be of all and they see all; '
  'else their own, or the first. Raises INTROUVABLE, RAPPORT_PARAMETRE.';

create function private.exiger_mesure(p_maximum int, p_lignes bigint) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_lignes > p_maximum then
    perform private.refuser('RAPPORT_TROP_GRAND', jsonb_build_object('trouve', p_lignes, 'quoi', 'lignes',
      'maximum', p_maximum));
  end if;
end;
$$;
comment on function private.exiger_mesure(int, bigint) is
  'Refuses a report of more lines than a door may give; null: any. Raises RAPPORT_TROP_GRAND.';

create function private.exiger_jours(p_du date, p_au date, p_maximum int) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_au < p_du then
    perform private.refuser('RAPPORT_PERIODE', jsonb_build_object('du', p_du, 'au', p_au));
  end if;
  if p_au - p_du >= p_maximum then
    perform private.refuser('RAPPORT_TROP_GRAND', jsonb_build_object('trouve', p_au - p_du + 1, 'quoi', 'jours',
      'maximum', p_maximum));
  end if;
end;
$$;
comment on function private.exiger_jours(date, date, int) is
  'Refuses days that end before they begin, or of more than so many (null: any). Raises RAPPORT_PERIODE, '
  'RAPPORT_TROP_GRAND.';

create function private.parametres_du_rapport(p_attendus text[], p_dits jsonb) returns jsonb
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_attendus constant text[] := string_to_array(replace(array_to_string(p_attendus, ','), '?', ''), ',');
  v_parametres constant jsonb := (
    select coalesce(jsonb_object_agg(d.key, d.value), '{}')
      from jsonb_each_text(case jsonb_typeof(p_dits) when 'object' then p_dits else '{}' end) d
     where nullif(btrim(d.value), '') is not null);
begin
  -- Left aside, one would be taken for a filter: the sales of all, for those of a client.
  perform private.refuser('RAPPORT_PARAMETRE', jsonb_build_object('parametre', k.cle, 'quoi',
      'ce rapport n''en prend pas'))
    from jsonb_object_keys(v_parametres) k (cle) where k.cle <> all (v_attendus) order by k.cle limit 1;
  perform private.refuser('RAPPORT_PARAMETRE', jsonb_build_object('parametre', a.nom, 'quoi', 'il manque'))
    from unnest(p_attendus) with ordinality a (nom, rang)
   where a.nom not like '%?' and not v_parametres ? a.nom order by a.rang limit 1;
  return v_parametres;
end;
$$;
comment on function private.parametres_du_rapport(text[], jsonb) is
  'What was said, where a report takes it; one that it must be told (no ? behind its name) is asked for, one that it '
  'does not take is refused. Raises RAPPORT_PARAMETRE.';

create function private.rapport(
  p_nom text, p_depot_id uuid default null, p_du date default null, p_au date default null,
  p_connu_a timestamptz default null, p_parametres jsonb default '{}', p_maximum int default 50000
) returns jsonb
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  c_jours constant int := 366;
  v_rapport record;
  v_depot record;
  v_periode record;
  v_connu_a constant timestamptz :=
    least(coalesce(p_connu_a, statement_timestamp()), statement_timestamp());
  v_parametres jsonb;
  v_sections jsonb;
  v_lignes bigint;
  v_entete jsonb;
begin
  perform private.exiger_rapport(p_nom);
  select * into v_rapport from private.catalogue_rapports() c where c.nom = p_nom;
  v_depot := private.depot_du_rapport(p_depot_id, v_rapport.depots);
  select * into v_periode
    from private.periode_du_rapport(v_rapport.periode, (v_connu_a at time zone v_depot.zone)::date, p_du, p_au);
  perform private.exiger_jours(v_periode.du, v_periode.au, case when p_maximum is not null then c_jours end);
  v_parametres := private.parametres_du_rapport(v_rapport.parametres, p_parametres);
  if p_maximum is not null and p_nom = 'livre' then
    perform private.exiger_mesure(p_maximum, (select count(*) from (
      select from public.v_mouvements_stock m
       where m.citerne_id = any (array(select c.id from public.citernes c where c.depot_id = v_depot.id))
         and m.date_jour between v_periode.du and v_periode.au limit p_maximum + 1) x));
  end if;
  execute format('select private.rapport_%s($1, $2, $3, $4, $5)', v_rapport.nom) into v_sections
    using v_depot.id, v_periode.du, v_periode.au, v_connu_a, v_parametres;
  select sum(jsonb_array_length(s -> 'lignes')) into v_lignes from jsonb_array_elements(v_sections) s;
  perform private.exiger_mesure(p_maximum, v_lignes);
  v_entete := jsonb_build_object('nom', v_rapport.nom, 'titre', v_rapport.titre, 'zone', v_depot.zone,
    'depot', case when v_depot.id is not null then jsonb_build_object('id', v_depot.id, 'nom',
      private.nom_connu(v_depot.id, v_depot.nom, v_connu_a)) end,
    'du', v_periode.du, 'au', v_periode.au, 'parametres', v_parametres, 'version', v_rapport.version);
  return jsonb_build_object('sections', v_sections, 'entete', v_entete || jsonb_build_object(
    'connu_a', private.dire_moment(v_connu_a), 'signatures', to_jsonb(v_rapport.signatures), 'lignes', v_lignes,
    'genere_le', private.dire_moment(statement_timestamp()), 'genere_par', private.nom_de_l_appelant(),
    'sha256', encode(sha256(convert_to(jsonb_build_array(v_entete, v_sections)::text, 'UTF8')), 'hex')));
end;
$$;
comment on function private.rapport(text, uuid, date, date, timestamptz, jsonb, int) is
  'A report as its caller may read it, {entete, sections}: p_depot_id (their own, or all, where none is named), the '
  'days p_du to p_au, as it was known at p_connu_a (now; exact once it is a minute old). p_maximum lines and 366 days '
  'at most; null: any. sha256 is of the head and the sections, not of who asked, nor of the two moments. Raises '
  'INTROUVABLE, ROLE_FORBIDDEN, RAPPORT_PERIODE, RAPPORT_TROP_GRAND, RAPPORT_PARAMETRE.';

revoke execute on function
  private.catalogue_rapports(), private.rapports_permis(), private.exiger_rapport(text),
  private.periode_du_rapport(text, date, date, date),
  private.dire_moment(timestamptz), private.nom_de_l_appelant(), private.depot_du_rapport(uuid, text),
  private.exiger_mesure(int, bigint), private.exiger_jours(date, date, int),
  private.parametres_du_rapport(text[], jsonb),
  private.rapport(text, uuid, date, date, timestamptz, jsonb, int)
  from public;
grant execute on function
  private.catalogue_rapports(), private.rapports_permis(), private.exiger_rapport(text),
  private.periode_du_rapport(text, date, date, date),
  private.dire_moment(timestamptz), private.nom_de_l_appelant(), private.depot_du_rapport(uuid, text),
  private.exiger_mesure(int, bigint), private.exiger_jours(date, date, int),
  private.parametres_du_rapport(text[], jsonb),
  private.rapport(text, uuid, date, date, timestamptz, jsonb, int)
  to authenticated;
