-- Sales as the tax office counts them (Z a day, X a period, A by article), tax by group and month, and the gaps.

create index factures_client_jour_idx on public.factures_client (depot_id, date_facture) where statut = 'EMISE';

create function private.factures_connues(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz)
returns setof public.factures_client
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select f.* from public.factures_client f
   where f.statut = 'EMISE' and f.date_facture between p_du and p_au and f.emise_le <= p_connu_a
     and f.depot_id = any (case when p_depot_id is null then private.depots_ou('lire_ventes')
       else array[p_depot_id] end)
$$;
comment on function private.factures_connues(uuid, date, date, timestamptz) is
  'Invoices and credit notes issued on some days, as they were known at a moment: of a depot, or of all whose sales one '
  'reads.';

create function private.section_factures(
  p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz, p_par_jour boolean
) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select private.section(case when p_par_jour then 'jours' else 'periode' end,
    case when p_par_jour then 'Rapport Z : factures et avoirs de chaque jour'
      else 'Rapport X : factures et avoirs de la période' end,
    case when p_par_jour then '{"jour": "date|Jour", "depot": "texte|Dépôt", "type": "texte|Document",
        "devise": "texte|Devise", "nombre": "entier|Nombre", "premier": "texte|Premier", "dernier": "texte|Dernier",
        "ht": "montant|Hors taxe", "tva": "montant|TVA", "ttc": "montant|TTC", "ttc_cdf": "montant:CDF|TTC en francs"}'
      else '{"depot": "texte|Dépôt", "type": "texte|Document", "devise": "texte|Devise", "nombre": "entier|Nombre",
        "premier": "texte|Premier", "dernier": "texte|Dernier", "ht": "montant|Hors taxe", "tva": "montant|TVA",
        "ttc": "montant|TTC", "ttc_cdf": "montant:CDF|TTC en francs"}' end::json,
    (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('jour', x.jour)) || jsonb_build_object('depot',
              private.nom_connu(d.id, d.nom, p_connu_a), 'type', private.mot(x.type), 'devise', x.devise, 'nombre',
              x.nombre,
              'premier', x.premier, 'dernier', x.dernier, 'ht', x.ht, 'tva', x.tva, 'ttc', x.ttc, 'ttc_cdf', x.ttc_cdf)
              order by x.jour, d.nom, x.type desc, x.devise desc)
       from (select case when p_par_jour then f.date_facture end as jour, f.depot_id, f.type, f.devise,
                    count(*) as nombre, (array_agg(f.numero order by f.exercice, f.sequence))[1] as premier,
                    (array_agg(f.numero order by f.exercice desc, f.sequence desc))[1] as dernier,
                    sum(s.signe * f.total_ht) as ht, sum(s.signe * f.total_tva) as tva, sum(s.signe * f.total_ttc) as
                      ttc, sum(s.signe * f.total_ttc_cdf) as ttc_cdf
               from private.factures_connues(p_depot_id, p_du, p_au, p_connu_a) f
              cross join lateral (select case f.type when 'AVOIR' then -1 else 1 end as signe) s
              group by 1, f.depot_id, f.type, f.devise) x
       join public.depots d on d.id = x.depot_id),
    '{nombre,ttc_cdf}')
$$;
comment on function private.section_factures(uuid, date, date, timestamptz, boolean) is
  'Invoices and credit notes (below zero) of some days, by depot, kind and currency, a line a day where it is asked: '
  'how many, the first and last numbers, totals.';

create function private.section_taxes(
  p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz, p_par_mois boolean
) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select private.section('tva', 'TVA par groupe' || case when p_par_mois then ' et par mois' else '' end,
    case when p_par_mois then '{"mois": "texte|Mois", "groupe": "texte|Groupe", "taux": "taux|Taux, %",
        "devise": "texte|Devise", "base_ht": "montant|Base hors taxe", "tva": "montant|TVA", "ttc": "montant|TTC"}'
      else '{"groupe": "texte|Groupe", "taux": "taux|Taux, %", "devise": "texte|Devise",
        "base_ht": "montant|Base hors taxe", "tva": "montant|TVA", "ttc": "montant|TTC"}' end::json,
    (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('mois', x.mois)) || jsonb_build_object('groupe', x.groupe,
              'taux', x.taux, 'devise', x.devise, 'base_ht', x.base_ht, 'tva', x.tva, 'ttc', x.base_ht + x.tva)
              order by x.mois, x.groupe, x.taux, x.devise desc)
       from (select case when p_par_mois then to_char(f.date_facture, 'YYYY-MM') end as mois, t.groupe, t.taux,
                    f.devise, sum(s.signe * t.base_ht) as base_ht, sum(s.signe * t.montant_tva) as tva
               from private.factures_connues(p_depot_id, p_du, p_au, p_connu_a) f
               join public.factures_client_taxes t on t.facture_id = f.id
              cross join lateral (select case f.type when 'AVOIR' then -1 else 1 end as signe) s
              group by 1, t.groupe, t.taux, f.devise) x))
$$;
comment on function private.section_taxes(uuid, date, date, timestamptz, boolean) is
  'Tax of some days by group, rate and currency, credit notes taken off; a line a month where it is asked.';

create function private.section_articles(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select private.section('articles', 'Rapport A : ventes par article',
    '{"article": "texte|Article", "nature": "texte|Nature", "base": "texte|Unité", "groupe": "texte|Groupe de TVA",
      "devise": "texte|Devise", "nombre": "entier|Lignes", "quantite": "taux|Quantité",
      "ht": "montant|Hors taxe"}',
    (select jsonb_agg(to_jsonb(x) || jsonb_build_object('nature', private.mot(x.nature), 'base', private.mot(x.base))
              order by x.article, x.nature, x.base, x.groupe, x.devise desc)
       from (select coalesce(private.nom_connu(p.id, p.nom, p_connu_a), l.designation) as article, l.nature, l.base,
                    l.tva_groupe as groupe, f.devise, count(*) as nombre, sum(s.signe * l.quantite) as quantite,
                    sum(s.signe * l.montant_ht) as ht
               from private.factures_connues(p_depot_id, p_du, p_au, p_connu_a) f
               join public.factures_client_lignes l on l.facture_id = f.id
               left join public.sorties_produit t on t.id = l.sortie_id
               left join public.produits p on p.id = t.produit_id
              cross join lateral (select case f.type when 'AVOIR' then -1 else 1 end as signe) s
              group by 1, l.nature, l.base, l.tva_groupe, f.devise) x),
    '{nombre}')
$$;
comment on function private.section_articles(uuid, date, date, timestamptz) is
  'Sales of some days by article, unit, tax group and currency, credit notes taken off.';

create function private.rapport_ventes(
  p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz, p_parametres jsonb
) returns jsonb
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_forme constant text := coalesce(p_parametres ->> 'forme', 'X');
begin
  if v_forme not in ('Z', 'X', 'A') then
    perform private.refuser('RAPPORT_PARAMETRE', '{"parametre":"forme","quoi":"Z, X ou A"}');
  end if;
  if v_forme = 'A' then
    return jsonb_build_array(private.section_articles(p_depot_id, p_du, p_au, p_connu_a));
  end if;
  return jsonb_build_array(private.section_factures(p_depot_id, p_du, p_au, p_connu_a, v_forme = 'Z'),
      private.section_taxes(p_depot_id, p_du, p_au, p_connu_a, false))
    || case when p_depot_id is not null and private.peut('lire_caisse')
         then jsonb_build_array(private.section_encaissements(p_depot_id, p_du, p_au, p_connu_a)) else '[]' end;
end;
$$;
comment on function private.rapport_ventes(uuid, date, date, timestamptz, jsonb) is
  'Rapports de vente: Z by day, X of the period, A by article; of a depot, or of all whose sales one reads. Raises '
  'RAPPORT_PARAMETRE.';

create function private.rapport_tva(
  p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz, p_parametres jsonb
) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_array(private.section_taxes(p_depot_id, p_du, p_au, p_connu_a, true),
    private.section('francs', 'TVA en francs, comme les factures la disent',
      '{"mois": "texte|Mois", "factures": "entier|Factures et avoirs", "tva_cdf": "montant:CDF|TVA en francs",
        "ttc_cdf": "montant:CDF|TTC en francs"}',
      (select jsonb_agg(to_jsonb(x) order by x.mois)
         from (select to_char(f.date_facture, 'YYYY-MM') as mois, count(*) as factures,
                      sum(case f.type when 'AVOIR' then -1 else 1 end * f.total_tva_cdf) as tva_cdf,
                      sum(case f.type when 'AVOIR' then -1 else 1 end * f.total_ttc_cdf) as ttc_cdf
                 from private.factures_connues(p_depot_id, p_du, p_au, p_connu_a) f group by 1) x),
      '{factures,tva_cdf,ttc_cdf}'))
$$;
comment on function private.rapport_tva(uuid, date, date, timestamptz, jsonb) is
  'TVA collectée: by month, group and rate, and in francs as the invoices say it.';

-- Gaps ----------------------------------------------------------------------------------------------------------------

create function private.ecarts_traites_apres(p_depot_id uuid, p_moment timestamptz) returns table (id uuid)
language sql stable security definer rows 20
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
set enable_bitmapscan = off
as $$
  select l.cible_id from public.log_actions l
   where l.created_at > p_moment and l.action = 'ECART_TRAITE' and (p_depot_id is null or l.depot_id = p_depot_id)
$$;
comment on function private.ecarts_traites_apres(uuid, timestamptz) is
  'Gaps that somebody, or the system, treated after a moment: open until then.';

create type private.ecart_connu as (
  statut text, attendu numeric, constate numeric, unite text, excedent numeric, impact_usd numeric, cause text,
  decision text
);
comment on type private.ecart_connu is 'What a gap was at a moment.';

create function private.ecart_a(p_id uuid, p_moment timestamptz) returns private.ecart_connu
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select case s.action when 'ECART_CREE' then coalesce(s.details ->> 'statut', 'OUVERT')
           when 'ECART_EN_REVUE' then 'EN_REVUE' when 'ECART_LITIGE' then 'LITIGE' else 'TRAITE' end,
         (f.details ->> 'attendu')::numeric, (f.details ->> 'constate')::numeric, f.details ->> 'unite',
         coalesce((f.details ->> 'excedent')::numeric, 0),
         coalesce((d.details ->> 'impact_usd')::numeric, (f.details ->> 'impact_usd')::numeric),
         coalesce(d.details ->> 'cause', f.details ->> 'cause'),
         coalesce(d.details ->> 'decision', f.details ->> 'decision')
    from (select l.action, l.details from public.log_actions l
           where l.cible_id = p_id and l.created_at <= p_moment
             and l.action in ('ECART_CREE', 'ECART_EN_REVUE', 'ECART_TRAITE', 'ECART_LITIGE')
           order by l.created_at desc, l.id desc limit 1) s
   cross join lateral (
     select l.details, l.created_at from public.log_actions l
      where l.cible_id = p_id and l.created_at <= p_moment and l.action = 'ECART_CREE'
      order by l.created_at desc, l.id desc limit 1) f
    left join lateral (
      select l.details from public.log_actions l
       where l.cible_id = p_id and l.created_at <= p_moment and l.created_at > f.created_at
         and l.action in ('ECART_TRAITE', 'ECART_LITIGE')
       order by l.created_at desc, l.id desc limit 1) d on true
$$;
comment on function private.ecart_a(uuid, timestamptz) is
  'What the log says a gap was at a moment: its figures as they were last found, what was said of them since.';

create function private.rapport_ecarts(
  p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz, p_parametres jsonb
) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with bornes as (
    select z.zone, p_du::timestamp at time zone z.zone as debut, private.fin_connue(p_au, z.zone, p_connu_a) as fin
      from (select private.fuseau_vu(p_depot_id) as zone) z
  ), choisis as (
    -- Found on these days, or found before and still open when they end.
    select e.*, b.zone, b.fin
      from bornes b
      join public.ecarts e on (p_depot_id is null or e.depot_id = p_depot_id)
       and ((e.created_at >= b.debut and e.created_at < b.fin)
            or (e.created_at < b.debut
                and (e.statut <> 'TRAITE'
                     or e.id in (select x.id from private.ecarts_traites_apres(p_depot_id, b.fin) x))))
  )
  select jsonb_build_array(private.section('ecarts', 'Écarts trouvés sur la période, ou encore ouverts à sa fin',
    '{"trouve_le": "instant|Trouvé le", "domaine": "texte|Domaine", "type": "texte|Type", "objet": "texte|Objet",
      "produit": "texte|Produit", "unite": "texte|Unité", "attendu": "taux|Attendu", "constate": "taux|Constaté",
      "ecart": "taux|Écart", "excedent": "taux|Au-delà de la franchise", "impact_usd": "montant:USD|Impact",
      "statut": "texte|État", "cause": "texte|Cause", "decision": "texte|Décision"}',
    (select jsonb_agg(jsonb_build_object('trouve_le', private.dire_instant(c.created_at, c.zone), 'domaine',
              private.mot(c.domaine), 'type', private.mot(c.type), 'objet', private.mot(c.reference_type), 'produit',
              private.nom_connu(p.id, p.nom, p_connu_a), 'unite',
              private.mot(k.unite), 'attendu', k.attendu, 'constate', k.constate, 'ecart', k.constate - k.attendu,
              'excedent',
              k.excedent, 'impact_usd', k.impact_usd, 'statut', private.mot(k.statut), 'cause',
              private.mot(k.cause), 'decision', private.mot(k.decision))
              order by c.created_at, c.id)
       from choisis c
      cross join lateral private.ecart_a(c.id, c.fin) k
       left join public.produits p on p.id = c.produit_id
      where k.statut is not null and (c.created_at >= (select b.debut from bornes b) or k.statut <> 'TRAITE')),
    '{impact_usd}'))
$$;
comment on function private.rapport_ecarts(uuid, date, date, timestamptz, jsonb) is
  'Écarts: found on these days, or still open when they end, as they were known.';

revoke execute on function
  private.factures_connues(uuid, date, date, timestamptz),
  private.section_factures(uuid, date, date, timestamptz, boolean),
  private.section_taxes(uuid, date, date, timestamptz, boolean),
  private.section_articles(uuid, date, date, timestamptz),
  private.rapport_ventes(uuid, date, date, timestamptz, jsonb),
  private.rapport_tva(uuid, date, date, timestamptz, jsonb), private.ecarts_traites_apres(uuid, timestamptz),
  private.ecart_a(uuid, timestamptz), private.rapport_ecarts(uuid, date, date, timestamptz, jsonb)
  from public;
grant execute on function
  private.factures_connues(uuid, date, date, timestamptz),
  private.section_factures(uuid, date, date, timestamptz, boolean),
  private.section_taxes(uuid, date, date, timestamptz, boolean),
  private.section_articles(uuid, date, date, timestamptz),
  private.rapport_ventes(uuid, date, date, timestamptz, jsonb),
  private.rapport_tva(uuid, date, date, timestamptz, jsonb), private.ecarts_traites_apres(uuid, timestamptz),
  private.ecart_a(uuid, timestamptz), private.rapport_ecarts(uuid, date, date, timestamptz, jsonb)
  to authenticated;
