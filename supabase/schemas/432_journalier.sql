-- The daily report: a day of a depot on a page or two, with what its morning meeting asks next.

create function private.niveau_citerne(p_stock numeric, p_securite numeric) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
return case when p_stock >= p_securite then 'AU_DESSUS' when p_stock < 0.2 * p_securite then 'CRITIQUE'
         else 'AU_DESSOUS' end;
comment on function private.niveau_citerne(numeric, numeric) is
  'Where a tank stands against its security capacity, ambient litres of all owners: AU_DESSUS, AU_DESSOUS, or CRITIQUE '
  'under a fifth of it.';

create function private.section_citernes(p_depot_id uuid, p_au date, p_connu_a timestamptz, p_zone text) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with stocks as (
    select f.citerne_id, sum(f.cloture_ambiant) as stock
      from private.flux_connus(p_depot_id, p_au, p_au, p_connu_a) f group by f.citerne_id
  ), prises as (
    select e.citerne_id, count(*) as nombre
      from private.prises_connues(p_depot_id, p_au, p_au, p_connu_a) e group by e.citerne_id
  ), citernes as (
    select c.id, d.dite ->> 'nom' as citerne, d.dite ->> 'statut' as statut, c.logique, p.id as produit_id,
           p.nom as produit, (d.dite ->> 'capacite_totale')::numeric as capacite,
           (d.dite ->> 'capacite_securite')::numeric as securite, coalesce(s.stock, 0) as stock,
           coalesce(n.nombre, 0) as jaugeages
      from public.citernes c
      join public.produits p on p.id = c.produit_id
     cross join lateral (
       select private.ligne_connue(c.id, to_jsonb(c), p_connu_a, 'CITERNE\_MODIFIE') as dite) d
      left join stocks s on s.citerne_id = c.id
      left join prises n on n.citerne_id = c.id
     -- One written down later may well hold what was dated of that day.
     where c.depot_id = p_depot_id and (s.stock <> 0
       or (c.created_at < private.fin_connue(p_au, p_zone, p_connu_a) and d.dite ->> 'statut' <> 'inactive'))
  )
  select private.section('citernes', 'Citernes à la fin du jour, litres ambiants',
    '{"citerne": "texte|Citerne", "produit": "texte|Produit", "stock": "litres|Stock",
      "remplissage": "taux|Remplissage, %", "place": "litres|Place libre", "niveau": "texte|Contre la sécurité",
      "jaugee": "texte|Jaugée ce jour", "securite": "litres|Sécurité", "capacite": "litres|Capacité"}',
    (select jsonb_agg(jsonb_build_object('citerne', c.citerne, 'produit',
              private.nom_connu(c.produit_id, c.produit, p_connu_a), 'capacite', c.capacite, 'stock', c.stock,
              'remplissage', round(100 * c.stock / c.capacite, 1), 'place', c.capacite - c.stock, 'securite',
              nullif(c.securite, 0), 'niveau', case
                when c.securite > 0 then private.mot(private.niveau_citerne(c.stock, c.securite)) end,
              'jaugee',
              case when c.jaugeages > 0 then 'oui' when c.logique then 'sans jauge' else 'non' end)
              order by c.citerne, c.id)
       from citernes c),
    '{capacite,stock,place}')
$$;
comment on function private.section_citernes(uuid, date, timestamptz, text) is
  'What each tank of a depot held at the end of a day, all owners: how full, what room is left, against its security '
  'capacity, and whether it was dipped that day; an inactive one only while it holds something.';

create function private.sorties_decidees_apres(p_depot_id uuid, p_moment timestamptz) returns table (id uuid)
language sql stable security definer rows 20
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
set enable_bitmapscan = off
as $$
  select l.cible_id from public.log_actions l
   where l.created_at > p_moment and l.depot_id = p_depot_id and l.action in ('SORTIE_VALIDEE', 'SORTIE_REJETEE')
$$;
comment on function private.sorties_decidees_apres(uuid, timestamptz) is
  'Sorties of a depot that somebody validated or rejected after a moment: drafts until then, if they were there.';

create function private.brouillons_de(p_depot_id uuid) returns table (id uuid)
language sql stable security definer rows 20
set search_path = pg_catalog, pg_temp
-- The index of rare sorties is one that only a bitmap reads.
set enable_bitmapscan = on
as $$
  select s.id from public.sorties_produit s where s.statut = 'brouillon' and s.depot_id = p_depot_id
$$;
comment on function private.brouillons_de(uuid) is 'The drafts that a depot has now.';

create function private.brouillons_connus(p_depot_id uuid, p_au date, p_connu_a timestamptz)
returns table (sortie_id uuid, ligne jsonb, redige_le timestamptz, volume_ambiant numeric)
language sql stable security definer rows 20
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
set enable_bitmapscan = off
as $$
  with candidats as (
    -- A draft now, or decided since.
    select b.id from private.brouillons_de(p_depot_id) b
    union
    select d.id from private.sorties_decidees_apres(p_depot_id, p_connu_a) d
  )
  select s.id, d.dite, c.created_at,
    coalesce(k.details #>> '{apres,volume_ambiant}', k.details ->> 'volume_ambiant')::numeric
    from candidats x
    join public.sorties_produit s on s.id = x.id
   cross join lateral (
     select private.ligne_connue(s.id, to_jsonb(s), p_connu_a, 'SORTIE\_MODIFIEE') as dite) d
   cross join lateral (
     select l.created_at from public.log_actions l
      where l.cible_id = s.id and l.created_at <= p_connu_a and l.action = 'SORTIE_CREEE'
      order by l.created_at limit 1) c
   cross join lateral (
     -- What a draft says is what was last written of it: its validation completes the row.
     select l.details from public.log_actions l
      where l.cible_id = s.id and l.created_at <= p_connu_a and l.action in ('SORTIE_CREEE', 'SORTIE_MODIFIEE')
      order by l.created_at desc, l.id desc limit 1) k
   where p_depot_id = any (private.depots_visibles()) and (d.dite ->> 'date_jour')::date <= p_au
$$;
comment on function private.brouillons_connus(uuid, date, timestamptz) is
  'Sorties of a depot the caller sees, of a day or before it, that nobody had decided at a moment: the draft as it was, '
  'when it was written, litres it says.';

create function private.section_brouillons(p_depot_id uuid, p_au date, p_connu_a timestamptz, p_zone text)
returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select private.section('brouillons', 'Sorties en attente de validation',
    '{"jour": "date|Jour", "redige_le": "instant|Rédigée le", "citerne": "texte|Citerne",
      "tiers": "texte|Client ou partenaire", "camion": "texte|Camion", "volume_ambiant": "litres|Litres ambiants"}',
    (select jsonb_agg(jsonb_build_object('jour', b.ligne ->> 'date_jour', 'redige_le',
              private.dire_instant(b.redige_le, p_zone), 'citerne', private.nom_connu(c.id, c.nom, p_connu_a), 'tiers',
              coalesce(private.nom_connu(l.id, l.nom, p_connu_a), private.nom_connu(n.id, n.nom, p_connu_a)), 'camion',
              b.ligne ->> 'plaque_camion', 'volume_ambiant', b.volume_ambiant)
              order by b.ligne ->> 'date_jour', b.redige_le, b.sortie_id)
       from private.brouillons_connus(p_depot_id, p_au, p_connu_a) b
       join public.citernes c on c.id = (b.ligne ->> 'citerne_id')::uuid
       left join public.clients l on l.id = (b.ligne ->> 'client_id')::uuid
       left join public.partenaires n on n.id = (b.ligne ->> 'partenaire_id')::uuid),
    '{volume_ambiant}')
$$;
comment on function private.section_brouillons(uuid, date, timestamptz, text) is
  'Drafts of sorties of a day or before it that wait for somebody to validate or reject them.';

create function private.a_facturer_connues(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz)
returns table (client_id uuid, produit_id uuid, date_jour date, volume_ambiant numeric, volume_15c numeric)
language sql stable security definer
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
as $$
  with apres as materialized (
    select e.mouvement_id as id from private.ecrits_apres(p_depot_id, p_connu_a) e
  )
  -- v_sorties_a_facturer, as it was.
  select s.client_id, s.produit_id, s.date_jour, s.volume_ambiant, s.volume_15c
    from public.sorties_produit s
   where s.citerne_id = any (array(select c.id from public.citernes c where c.depot_id = p_depot_id))
     and s.date_jour between p_du and p_au and s.statut = 'validee' and s.proprietaire_type = 'MONALUXE'
     and s.client_id is not null and p_depot_id = any ((select private.depots_ou('lire_ventes'))::uuid[])
     and s.id not in (select a.id from apres a)
     -- Counted, so that it is looked up a delivery at a time, whatever the history.
     and (select count(*) from private.facturations_sortie f
            join public.factures_client e on e.id = f.facture_id and e.emise_le <= p_connu_a
            left join public.factures_client v on v.id = f.libere_par and v.emise_le <= p_connu_a
           where f.sortie_id = s.id and v.id is null) = 0
     and not exists (
       select from public.stocks_adjustments a
        where a.mouvement_type = 'SORTIE' and a.mouvement_id = s.id and a.compensation
          and a.id not in (select x.id from apres x))
$$;
comment on function private.a_facturer_connues(uuid, date, date, timestamptz) is
  'Deliveries of Monaluxe''s fuel on some days of a depot that no invoice sold at a moment (v_sorties_a_facturer, now); '
  'for who reads its sales.';

create function private.section_a_facturer(p_depot_id uuid, p_au date, p_connu_a timestamptz) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select private.section('a_facturer', 'Livraisons des 31 derniers jours non facturées',
    '{"client": "texte|Client", "produit": "texte|Produit", "depuis": "date|Depuis le", "nombre": "entier|Livraisons",
      "volume_ambiant": "litres|Litres ambiants", "volume_15c": "litres|Litres à 15 °C"}',
    (select jsonb_agg(jsonb_build_object('client', n.client, 'produit', n.produit, 'depuis', x.depuis, 'nombre',
              x.nombre, 'volume_ambiant', x.ambiant, 'volume_15c', x.a_15c)
              order by x.depuis, n.client, n.produit, x.client_id)
       from (select f.client_id, f.produit_id, min(f.date_jour) as depuis, count(*) as nombre,
                    sum(f.volume_ambiant) as ambiant, sum(f.volume_15c) as a_15c
               from private.a_facturer_connues(p_depot_id, p_au - 30, p_au, p_connu_a) f
              group by f.client_id, f.produit_id) x
       join public.clients c on c.id = x.client_id
       join public.produits p on p.id = x.produit_id
      cross join lateral (select private.nom_connu(c.id, c.nom, p_connu_a) as client,
                                 private.nom_connu(p.id, p.nom, p_connu_a) as produit) n),
    '{nombre,volume_ambiant,volume_15c}')
$$;
comment on function private.section_a_facturer(uuid, date, timestamptz) is
  'Deliveries of a day and of the thirty before it that were not invoiced, by client and product, the oldest first.';

create function private.section_creances(p_depot_id uuid, p_au date, p_connu_a timestamptz) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select private.section('creances', 'Créances échues',
    '{"devise": "texte|Devise", "clients": "entier|Clients", "echu": "montant|Échu", "depuis": "date|Échu depuis le",
      "du": "montant|Dû en tout"}',
    (select jsonb_agg(to_jsonb(x) order by x.devise desc)
       from (select r.devise, count(distinct r.client_id) filter (where k.echu) as clients,
                    sum(r.debit) filter (where k.echu) as echu, min(r.echeance) filter (where k.echu) as depuis,
                    sum(r.debit) as du
               from private.restes_connus(p_depot_id, p_au, p_connu_a) r
              cross join lateral (select r.debit > 0 and r.echeance < p_au as echu) k
              group by r.devise having bool_or(k.echu)) x))
$$;
comment on function private.section_creances(uuid, date, timestamptz) is
  'What clients of a depot owed and was late at the end of a day, a line a currency.';

create function private.rapport_journalier(
  p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz, p_parametres jsonb
) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_array(
      private.section_citernes(p_depot_id, p_au, p_connu_a, z.zone),
      private.section_stock('stock_15c', p_depot_id, p_du, p_au, p_connu_a),
      private.section_stock('stock_ambiant', p_depot_id, p_du, p_au, p_connu_a),
      private.section_stock('proprietaires', p_depot_id, p_du, p_au, p_connu_a),
      private.section_jaugeages(p_depot_id, p_du, p_au, p_connu_a, z.zone),
      private.section_tiers('receptions', p_depot_id, p_du, p_au, p_connu_a),
      private.section_tiers('sorties', p_depot_id, p_du, p_au, p_connu_a),
      private.section_brouillons(p_depot_id, p_au, p_connu_a, z.zone),
      private.section_camions(p_depot_id, p_du, p_au, p_connu_a, z.zone))
    || case when private.peut('lire_caisse')
         then jsonb_build_array(private.section_encaissements(p_depot_id, p_du, p_au, p_connu_a)) else '[]' end
    || case when private.peut('lire_ventes')
         then jsonb_build_array(private.section_a_facturer(p_depot_id, p_au, p_connu_a),
           private.section_creances(p_depot_id, p_au, p_connu_a)) else '[]' end
    || case when private.peut('lire_alertes')
         then jsonb_build_array(private.section_alertes(p_depot_id, p_au, p_connu_a, z.zone)) else '[]' end
    from (select private.fuseau_vu(p_depot_id) as zone) z
$$;
comment on function private.rapport_journalier(uuid, date, date, timestamptz, jsonb) is
  'Rapport journalier: how the tanks stand, stock by tank and owner, dips, what came, what left, what waits, trucks; '
  'the till, what is to invoice and late, the alerts for who reads them.';
revoke execute on function
  private.niveau_citerne(numeric, numeric), private.section_citernes(uuid, date, timestamptz, text),
  private.sorties_decidees_apres(uuid, timestamptz), private.brouillons_de(uuid),
  private.brouillons_connus(uuid, date, timestamptz),
  private.section_brouillons(uuid, date, timestamptz, text),
  private.a_facturer_connues(uuid, date, date, timestamptz), private.section_a_facturer(uuid, date, timestamptz),
  private.section_creances(uuid, date, timestamptz),
  private.rapport_journalier(uuid, date, date, timestamptz, jsonb)
  from public;
grant execute on function
  private.niveau_citerne(numeric, numeric), private.section_citernes(uuid, date, timestamptz, text),
  private.brouillons_connus(uuid, date, timestamptz), private.section_brouillons(uuid, date, timestamptz, text),
  private.a_facturer_connues(uuid, date, date, timestamptz), private.section_a_facturer(uuid, date, timestamptz),
  private.section_creances(uuid, date, timestamptz),
  private.rapport_journalier(uuid, date, date, timestamptz, jsonb)
  to authenticated;
