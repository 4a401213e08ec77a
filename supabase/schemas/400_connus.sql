-- What was known at a moment: a report of a past day, drawn up again, says what it said then.
--
-- A movement is known from the line that the log wrote of it, which is later than its draft and never moves. A stock is
-- the journal's figure of today less what was written since; a name, a truck, is what the log says it was before it was
-- changed. Exact once the moment is a minute old: longer than any transaction.

-- A moment that is not known when the plan is made is taken to leave a third of the log behind it: told nothing else,
-- the planner would read it whole for the few lines there are.
create function private.ecrits_apres(p_depot_id uuid, p_connu_a timestamptz) returns table (mouvement_id uuid)
language sql stable security definer rows 100
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
set enable_bitmapscan = off
as $$
  select case when l.action like 'TRANSFERT_DEPOT_%' then l.cible_id
           else coalesce((l.details ->> 'id')::uuid, l.cible_id) end
    from public.log_actions l
   where l.created_at > p_connu_a and l.depot_id = p_depot_id
     and l.action = any (array(select unnest(t.actions) from private.mouvements_traces() t))
     and l.details ->> 'reprise' is distinct from 'origine'
     and p_depot_id = any (private.depots_visibles())
$$;
comment on function private.ecrits_apres(uuid, timestamptz) is
  'Movements and dips of a depot the caller sees that the log knows only since after a moment.';

create function private.deltas_apres(p_depot_id uuid, p_connu_a timestamptz)
returns table (citerne_id uuid, proprietaire_type text, date_jour date, delta_ambiant numeric, delta_15c numeric)
language sql stable security definer rows 100
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
set enable_bitmapscan = off
as $$
  select m.citerne_id, m.proprietaire_type, m.date_jour, coalesce(m.delta_ambiant, 0), coalesce(m.delta_15c, 0)
    from private.mouvements_du_journal() m
   where m.created_at > p_connu_a and m.depot_id = p_depot_id and p_depot_id = any (private.depots_visibles())
$$;
comment on function private.deltas_apres(uuid, timestamptz) is
  'The same, as litres of a tank, owner and day, negative out: what a later figure of the journal has too much.';

create function private.ouvertures_connues(p_depot_id uuid, p_jour date, p_connu_a timestamptz)
returns table (citerne_id uuid, produit_id uuid, proprietaire_type text, stock_ambiant numeric, stock_15c numeric)
language sql stable rows 20
set search_path = pg_catalog, pg_temp
as $$
  select s.citerne_id, s.produit_id, s.proprietaire_type, j.stock_ambiant - coalesce(a.delta_ambiant, 0),
         j.stock_15c - coalesce(a.delta_15c, 0)
    from public.stocks_snapshot s
   cross join lateral (
     select v.stock_ambiant, v.stock_15c from public.stocks_journaliers v
      where v.citerne_id = s.citerne_id and v.produit_id = s.produit_id
        and v.proprietaire_type = s.proprietaire_type and v.date_jour < p_jour
      order by v.date_jour desc limit 1) j
    left join (
      select d.citerne_id, d.proprietaire_type, sum(d.delta_ambiant) as delta_ambiant, sum(d.delta_15c) as delta_15c
        from private.deltas_apres(p_depot_id, p_connu_a) d where d.date_jour < p_jour
       group by d.citerne_id, d.proprietaire_type) a using (citerne_id, proprietaire_type)
   where s.depot_id = p_depot_id
$$;
comment on function private.ouvertures_connues(uuid, date, timestamptz) is
  'What each tank and owner of a depot had when a day began, litres, as it was known at a moment.';

create function private.mouvements_connus(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz)
returns table (
  date_jour date, citerne_id uuid, produit_id uuid, proprietaire_type text, delta_ambiant numeric, delta_15c numeric,
  mouvement_type text, mouvement_id uuid, created_at timestamptz
)
language sql stable
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
as $$
  select m.date_jour, m.citerne_id, m.produit_id, m.proprietaire_type, m.delta_ambiant, m.delta_15c, m.mouvement_type,
         m.mouvement_id, m.created_at
    from public.v_mouvements_stock m
   where m.citerne_id = any (array(select c.id from public.citernes c where c.depot_id = p_depot_id))
     and m.date_jour between p_du and p_au
     and not exists (select from private.ecrits_apres(p_depot_id, p_connu_a) e where e.mouvement_id = m.mouvement_id)
$$;
comment on function private.mouvements_connus(uuid, date, date, timestamptz) is
  'Movements of stock of a depot''s days, litres, negative out, as they were known at a moment.';

create function private.ligne_connue(p_id uuid, p_ligne jsonb, p_connu_a timestamptz, p_action text) returns jsonb
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select coalesce((
    select l.details -> 'avant' from public.log_actions l
     where l.cible_id = p_id and l.created_at > p_connu_a and l.action like p_action
       and jsonb_typeof(l.details -> 'avant') = 'object'
     order by l.created_at, l.id limit 1), p_ligne)
$$;
comment on function private.ligne_connue(uuid, jsonb, timestamptz, text) is
  'A row that may be changed (reference data, a truck) as it was at a moment: what the log says it was before its first '
  'change since, by an action like this one.';

create function private.nom_connu(p_id uuid, p_nom text, p_connu_a timestamptz) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$ select private.ligne_connue(p_id, jsonb_build_object('nom', p_nom), p_connu_a, '%\_MODIFIE') ->> 'nom' $$;
comment on function private.nom_connu(uuid, text, timestamptz) is
  'Name of a tank, client, supplier… as it was at a moment.';

create function private.dire_instant(p_moment timestamptz, p_zone text) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
as $$ select to_char(p_moment at time zone p_zone, 'YYYY-MM-DD HH24:MI:SS') $$;
comment on function private.dire_instant(timestamptz, text) is
  'A moment as the clock on the wall of a zone says it: the same text whatever the session''s own zone.';

create function private.fin_connue(p_au date, p_zone text, p_connu_a timestamptz) returns timestamptz
language sql immutable
set search_path = pg_catalog, pg_temp
as $$ select least((p_au + 1)::timestamp at time zone p_zone, p_connu_a) $$;
comment on function private.fin_connue(date, text, timestamptz) is
  'The end of a day in a zone, or the moment what is known stops, whichever is first.';

-- How a section is written --------------------------------------------------------------------------------------------

create function private.colonnes(p_dites json) returns jsonb
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_agg(jsonb_build_object(
           'cle', c.key, 'libelle', split_part(c.value, '|', 2), 'type', t.type,
           'devise', nullif(split_part(split_part(c.value, '|', 1), ':', 2), ''),
           'decimales', case t.type when 'entier' then 0 when 'litres' then 3 when 'kg' then 3 when 'montant' then 2
             when 'taux' then 6 when 'pour_mille' then 2 when 'degres' then 2 when 'densite' then 4 end)
           order by c.ordinality)
    from json_each_text(p_dites) with ordinality c (key, value, ordinality)
   cross join lateral (select split_part(split_part(c.value, '|', 1), ':', 1) as type) t
$$;
comment on function private.colonnes(json) is
  'Columns of a section, in their order: {"key": "type|words"}, the type of an amount with its currency (montant:USD) '
  'where the line does not say it.';

create function private.totaux(p_lignes jsonb, p_cles text[]) returns jsonb
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_object_agg(k.cle,

           (select case when count(*) = 0 then 0 else sum((l ->> k.cle)::numeric) end
              from jsonb_array_elements(p_lignes) l))
    from unnest(p_cles) k (cle)
$$;
comment on function private.totaux(jsonb, text[]) is
  'Sums of the columns that add up, of the lines as they are said; null where no line says any.';

create function private.section(
  p_cle text, p_titre text, p_colonnes json, p_lignes jsonb, p_sommes text[] default null, p_courbe jsonb default null
) returns jsonb
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('cle', p_cle, 'titre', p_titre, 'colonnes', private.colonnes(p_colonnes),
    'lignes', coalesce(p_lignes, '[]'), 'courbe', p_courbe, 'totaux',
    case when p_sommes is not null then private.totaux(coalesce(p_lignes, '[]'), p_sommes) end)
$$;
comment on function private.section(text, text, json, jsonb, text[], jsonb) is
  'A section of a report: its columns, its lines, the sums of those of p_sommes, and what a chart of it draws.';

revoke execute on function
  private.ecrits_apres(uuid, timestamptz), private.deltas_apres(uuid, timestamptz),
  private.ouvertures_connues(uuid, date, timestamptz), private.mouvements_connus(uuid, date, date, timestamptz),
  private.ligne_connue(uuid, jsonb, timestamptz, text), private.nom_connu(uuid, text, timestamptz),
  private.dire_instant(timestamptz, text), private.fin_connue(date, text, timestamptz), private.colonnes(json),
  private.totaux(jsonb, text[]), private.section(text, text, json, jsonb, text[], jsonb)
  from public;
grant execute on function
  private.ecrits_apres(uuid, timestamptz), private.deltas_apres(uuid, timestamptz),
  private.ouvertures_connues(uuid, date, timestamptz), private.mouvements_connus(uuid, date, date, timestamptz),
  private.ligne_connue(uuid, jsonb, timestamptz, text), private.nom_connu(uuid, text, timestamptz),
  private.dire_instant(timestamptz, text), private.fin_connue(date, text, timestamptz), private.colonnes(json),
  private.totaux(jsonb, text[]), private.section(text, text, json, jsonb, text[], jsonb)
  to authenticated;
