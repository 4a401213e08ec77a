-- The sections that the daily and the monthly report are made of.

create function private.section_stock(
  p_cle text, p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz
) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with flux as (
    select f.*, private.nom_connu(c.id, c.nom, p_connu_a) as citerne, private.nom_connu(p.id, p.nom, p_connu_a) as
      produit
      from private.flux_connus(p_depot_id, p_du, p_au, p_connu_a) f
      join public.citernes c on c.id = f.citerne_id
      join public.produits p on p.id = f.produit_id
  )
  select case p_cle
    when 'stock_15c' then private.section(p_cle, 'Stock par citerne et propriétaire, litres à 15 °C',
      '{"citerne": "texte|Citerne", "produit": "texte|Produit", "proprietaire": "texte|Propriétaire",
        "ouverture": "litres|Ouverture", "receptions": "litres|Réceptions", "sorties": "litres|Sorties",
        "transferts": "litres|Transferts", "cessions": "litres|Cessions", "initiaux": "litres|Stock initial",
        "ajustements": "litres|Ajustements", "cloture": "litres|Clôture"}',
      jsonb_agg(jsonb_build_object('citerne', f.citerne, 'produit', f.produit, 'proprietaire',
        private.mot(f.proprietaire_type),
        'ouverture', f.ouverture_15c, 'receptions', f.receptions_15c, 'sorties', f.sorties_15c, 'transferts',
        f.transferts_15c, 'cessions', f.cessions_15c, 'initiaux', f.initiaux_15c, 'ajustements', f.ajustements_15c,
        'cloture', f.cloture_15c)
        order by f.citerne, f.proprietaire_type, f.citerne_id, f.produit_id),
      '{ouverture,receptions,sorties,transferts,cessions,initiaux,ajustements,cloture}')
    when 'stock_ambiant' then private.section(p_cle, 'Stock par citerne et propriétaire, litres ambiants',
      '{"citerne": "texte|Citerne", "produit": "texte|Produit", "proprietaire": "texte|Propriétaire",
        "ouverture": "litres|Ouverture", "receptions": "litres|Réceptions", "sorties": "litres|Sorties",
        "transferts": "litres|Transferts", "cessions": "litres|Cessions", "initiaux": "litres|Stock initial",
        "ajustements": "litres|Ajustements", "dilatations": "litres|Dilatation", "cloture": "litres|Clôture"}',
      jsonb_agg(jsonb_build_object('citerne', f.citerne, 'produit', f.produit, 'proprietaire',
        private.mot(f.proprietaire_type),
        'ouverture', f.ouverture_ambiant, 'receptions', f.receptions_ambiant, 'sorties', f.sorties_ambiant,
        'transferts', f.transferts_ambiant, 'cessions', f.cessions_ambiant, 'initiaux', f.initiaux_ambiant,
        'ajustements', f.ajustements_ambiant,
        'dilatations', f.dilatations_ambiant, 'cloture', f.cloture_ambiant)
        order by f.citerne, f.proprietaire_type, f.citerne_id, f.produit_id),
      '{ouverture,receptions,sorties,transferts,cessions,initiaux,ajustements,dilatations,cloture}')
    else private.section(p_cle, 'Stock par propriétaire et produit',
      '{"proprietaire": "texte|Propriétaire", "produit": "texte|Produit",
        "ouverture_15c": "litres|Ouverture à 15 °C", "cloture_15c": "litres|Clôture à 15 °C",
        "ouverture_ambiant": "litres|Ouverture ambiante", "cloture_ambiant": "litres|Clôture ambiante"}',
      (select jsonb_agg(to_jsonb(x) order by x.proprietaire, x.produit)
         from (select private.mot(g.proprietaire_type) as proprietaire, g.produit,
           sum(g.ouverture_15c) as ouverture_15c,
                      sum(g.cloture_15c) as cloture_15c, sum(g.ouverture_ambiant) as ouverture_ambiant,
                      sum(g.cloture_ambiant) as cloture_ambiant
                 from flux g group by g.proprietaire_type, g.produit) x),
      '{ouverture_15c,cloture_15c,ouverture_ambiant,cloture_ambiant}') end
    from flux f
$$;
comment on function private.section_stock(text, uuid, date, date, timestamptz) is
  'What a depot had, received and gave over some days, by tank and owner at 15 °C (stock_15c) or as measured '
  '(stock_ambiant), or by owner and product (proprietaires).';

create function private.section_tiers(p_cle text, p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz)
returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
as $$
  select private.section(p_cle, l.titre, format(
    '{"tiers": "texte|%s ou partenaire", "proprietaire": "texte|Propriétaire", "produit": "texte|Produit",
      "nombre": "entier|%s", "volume_ambiant": "litres|Litres ambiants", "volume_15c": "litres|Litres à 15 °C"}',
      l.tiers, l.nombre)::json,
    (select jsonb_agg(jsonb_build_object('tiers', n.tiers, 'proprietaire', private.mot(x.proprietaire_type),
              'produit', n.produit, 'nombre', x.nombre, 'volume_ambiant', x.ambiant, 'volume_15c', x.a_15c)
              order by x.a_15c desc, n.tiers, n.produit, x.proprietaire_type)
       from (select v.tiers_id, v.partenaire_id, v.produit_id, v.proprietaire_type, count(*) as nombre,
                    l.signe * sum(m.delta_ambiant) as ambiant, l.signe * sum(m.delta_15c) as a_15c
               from private.mouvements_connus(p_depot_id, p_du, p_au, p_connu_a) m
              cross join lateral (
                select s.client_id as tiers_id, s.partenaire_id, s.produit_id, s.proprietaire_type
                  from public.sorties_produit s where l.type = 'SORTIE' and s.id = m.mouvement_id
                union all
                select d.fournisseur_id, r.partenaire_id, r.produit_id, r.proprietaire_type
                  from public.receptions r
                  left join public.cours_de_route d on d.id = r.cours_de_route_id
                 where l.type = 'RECEPTION' and r.id = m.mouvement_id) v
              where m.mouvement_type = l.type
              group by v.tiers_id, v.partenaire_id, v.produit_id, v.proprietaire_type) x
       join public.produits p on p.id = x.produit_id
       left join lateral (
         select c.id, c.nom from public.clients c where l.type = 'SORTIE' and c.id = x.tiers_id
         union all
         select f.id, f.nom from public.fournisseurs f where l.type = 'RECEPTION' and f.id = x.tiers_id) t on true
       left join public.partenaires q on q.id = x.partenaire_id
      cross join lateral (select coalesce(private.nom_connu(t.id, t.nom, p_connu_a),
                                          private.nom_connu(q.id, q.nom, p_connu_a)) as tiers,
                                 private.nom_connu(p.id, p.nom, p_connu_a) as produit) n),
    '{nombre,volume_ambiant,volume_15c}')
    from (values ('sorties', 'SORTIE', -1, 'Sorties par client', 'Client', 'Sorties'),
                 ('receptions', 'RECEPTION', 1, 'Réceptions par fournisseur', 'Fournisseur', 'Réceptions'))
      l (cle, type, signe, titre, tiers, nombre)
   where l.cle = p_cle
$$;
comment on function private.section_tiers(text, uuid, date, date, timestamptz) is
  'What came to a depot over some days, by supplier (receptions), or left it, by client (sorties), or by partner, '
  'product and owner: how many, litres.';

create function private.prises_connues(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz)
returns setof public.v_ecarts_inventaire
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  -- Written within twelve hours of the reading: that bounds where its index is read.
  select e.*
    from public.v_ecarts_inventaire e
   where e.depot_id = p_depot_id
     and e.created_at >= private.debut_du_jour(p_du, p_depot_id)
     and e.created_at < private.debut_du_jour(p_au + 1, p_depot_id) + interval '12 hours'
     and e.date_jour between p_du and p_au
     and not exists (select from private.ecrits_apres(p_depot_id, p_connu_a) a
                      where a.mouvement_id = e.prise_de_hauteur_id)
$$;
comment on function private.prises_connues(uuid, date, date, timestamptz) is
  'Dips that were read on some days of a depot, as they were known at a moment; but for regularisee, which is of now.';

create function private.section_jaugeages(
  p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz, p_zone text
) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select private.section('jaugeages', 'Jaugeages et écarts à 15 °C',
    '{"le": "instant|Mesuré le", "citerne": "texte|Citerne", "type": "texte|Prise", "theorique_15c": "litres|Livres",
      "mesure_15c": "litres|Mesuré", "ecart_15c": "litres|Écart", "ecart_pour_mille": "pour_mille|Écart, ‰ des livres",
      "tolerance": "pour_mille|Tolérance, ‰", "temperature": "degres|Température, °C",
      "hors_tolerance": "texte|Hors tolérance", "regularisee": "texte|Passé en stock"}',
    (select jsonb_agg(jsonb_build_object('le', private.dire_instant(coalesce(e.mesuree_le, e.created_at), p_zone),
              'citerne', private.nom_connu(e.citerne_id, e.citerne_nom, p_connu_a), 'type', private.mot(e.type),
              'theorique_15c',
              e.stock_comptable_15c, 'mesure_15c', e.volume_15c, 'ecart_15c', e.ecart_15c, 'ecart_pour_mille',
              e.ecart_15c_pour_mille, 'tolerance', e.tolerance_inventaire_pour_mille, 'temperature', e.temperature_c,
              'hors_tolerance', case when e.hors_tolerance then 'oui' else 'non' end, 'regularisee',
              case when exists (select from public.regularisations r
                                 where r.prise_de_hauteur_id = e.prise_de_hauteur_id
                                   and r.id not in (select a.mouvement_id
                                                      from private.ecrits_apres(p_depot_id, p_connu_a) a))
                   then 'oui' else 'non' end)
              order by coalesce(e.mesuree_le, e.created_at), e.prise_de_hauteur_id)
       from private.prises_connues(p_depot_id, p_du, p_au, p_connu_a) e),
    '{ecart_15c}')
$$;
comment on function private.section_jaugeages(uuid, date, date, timestamptz, text) is
  'Dips of some days beside the books of the moment they were read, at 15 °C.';

-- The few that were closed lately, among all that ever were.
create index cdr_etapes_clos_idx on public.cdr_etapes (depot_id, depuis desc) where statut in ('DECHARGE', 'ANNULE');

create function private.camions_connus(p_depot_id uuid, p_depuis timestamptz, p_fin timestamptz)
returns table (cours_de_route_id uuid, statut text, depuis timestamptz)
language sql stable rows 50
set search_path = pg_catalog, pg_temp
as $$
  select c.id, coalesce(e.statut, c.statut), coalesce(e.depuis, c.created_at)
    from (select o.id from public.cours_de_route o
           where o.depot_destination_id = p_depot_id and o.statut not in ('DECHARGE', 'ANNULE')
          union
          select x.cours_de_route_id from public.cdr_etapes x
           where x.depot_id = p_depot_id and x.statut in ('DECHARGE', 'ANNULE') and x.depuis >= p_depuis) k
    join public.cours_de_route c on c.id = k.id
    left join lateral (
      select x.statut, x.depuis from public.cdr_etapes x
       where x.cours_de_route_id = c.id and x.depuis < p_fin
       order by x.depuis desc, array_position('{CHARGEMENT,TRANSIT,FRONTIERE,ARRIVE,DECHARGE,ANNULE}', x.statut) desc
       limit 1) e on true
   where c.created_at < p_fin
$$;
comment on function private.camions_connus(uuid, timestamptz, timestamptz) is
  'Trucks of a depot that were on their way at a moment, or were unloaded or given up since another: their step then, '
  'and since when.';

create function private.section_camions(
  p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz, p_zone text
) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select private.section('camions', 'Camions',
    '{"statut": "texte|Étape", "depuis": "instant|Depuis", "charge_le": "date|Chargé le",
      "jours": "entier|Jours de route", "camion": "texte|Camion", "transporteur": "texte|Transporteur",
      "fournisseur": "texte|Fournisseur", "produit": "texte|Produit", "volume": "litres|Litres annoncés"}',
    (select
      jsonb_agg(jsonb_build_object('statut', private.mot(k.statut), 'depuis', private.dire_instant(k.depuis, p_zone),
              'charge_le', l.dite ->> 'date_chargement', 'jours', case when k.statut not in ('DECHARGE', 'ANNULE')
                then greatest(p_au - (l.dite ->> 'date_chargement')::date, 0) end, 'camion', l.dite ->> 'plaque_camion',
                'transporteur', l.dite ->> 'transporteur', 'fournisseur',
              private.nom_connu(f.id, f.nom, p_connu_a), 'produit', private.nom_connu(p.id, p.nom, p_connu_a), 'volume',
              (l.dite ->> 'volume')::numeric)
              order by array_position('{ARRIVE,FRONTIERE,TRANSIT,CHARGEMENT,DECHARGE,ANNULE}', k.statut), k.depuis,
                k.cours_de_route_id)
       from private.camions_connus(p_depot_id, p_du::timestamp at time zone p_zone,
              private.fin_connue(p_au, p_zone, p_connu_a)) k
       join public.cours_de_route c on c.id = k.cours_de_route_id
       join public.fournisseurs f on f.id = c.fournisseur_id
       join public.produits p on p.id = c.produit_id
      cross join lateral (select private.ligne_connue(c.id, to_jsonb(c), p_connu_a, 'CDR_MODIFIE') as dite) l),
    '{volume}')
$$;
comment on function private.section_camions(uuid, date, date, timestamptz, text) is
  'Trucks at the end of some days: on their way, at the gate, and those unloaded or given up meanwhile; when each was '
  'loaded, and for how many days it has been on its way; litres as announced.';

create function private.encaisse_connu(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz)
returns table (mode text, devise text, encaissements bigint, encaisse numeric, rembourse numeric)
language sql stable security definer rows 20
set search_path = pg_catalog, pg_temp
as $$
  select x.mode, x.devise, count(*) filter (where x.recu), coalesce(sum(x.montant) filter (where x.recu), 0),
         coalesce(sum(x.montant) filter (where not x.recu), 0)
    from (
      -- Confirmed by then, and not yet taken back.
      select e.mode, e.devise, e.montant, true as recu
        from public.encaissements e
        join public.ecritures_tiers p
          on p.source_type = 'encaissements' and p.source_id = e.id and p.type = 'PAIEMENT'
            and p.created_at <= p_connu_a
       where e.depot_id = p_depot_id and e.jour_caisse between p_du and p_au
         and not exists (select from public.ecritures_tiers c
                          where c.contrepasse_id = p.id and c.created_at <= p_connu_a)
      union all
      select r.mode, e.devise_compte, r.montant, false
        from public.remboursements r join public.encaissements e on e.id = r.encaissement_id
       where r.depot_id = p_depot_id and r.jour_caisse between p_du and p_au and r.created_at <= p_connu_a) x
   where p_depot_id = any (private.depots_ou('lire_caisse'))
   group by x.mode, x.devise
$$;
comment on function private.encaisse_connu(uuid, date, date, timestamptz) is
  'What was taken in and given back at a depot''s tills over some days, by mode and currency, as it was known at a '
  'moment; for who reads the till.';

create function private.section_encaissements(p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz)
returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select private.section('encaissements', 'Encaissements par mode',
    '{"mode": "texte|Mode", "devise": "texte|Devise", "nombre": "entier|Encaissements", "encaisse": "montant|Encaissé",
      "rembourse": "montant|Remboursé"}',
    (select jsonb_agg(jsonb_build_object('mode', private.mot(e.mode), 'devise', e.devise, 'nombre', e.encaissements,
      'encaisse',
              e.encaisse, 'rembourse', e.rembourse) order by e.devise desc, e.mode)
       from private.encaisse_connu(p_depot_id, p_du, p_au, p_connu_a) e))
$$;
comment on function private.section_encaissements(uuid, date, date, timestamptz) is
  'What the tills of a depot took in and gave back over some days, by mode and currency.';

create function private.controles_dits() returns table (code text, dit text)
language sql stable security definer rows 50
set search_path = pg_catalog, pg_temp
as $$ select c.code, c.dit from private.controles c $$;
comment on function private.controles_dits() is 'What each check says, in French.';

create function private.section_alertes(p_depot_id uuid, p_au date, p_connu_a timestamptz, p_zone text)
returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select private.section('alertes', 'Alertes ouvertes',
    '{"code": "texte|Contrôle", "sens": "texte|Ce qu''il dit", "etat": "texte|État", "depuis": "instant|Depuis"}',
    (select jsonb_agg(jsonb_build_object('code', a.check_code, 'sens', c.dit, 'etat',
              private.mot(e.type), 'depuis',
              private.dire_instant(o.le, p_zone)) order by o.le, a.check_code, a.id)
       from public.system_alerts a
       left join private.controles_dits() c on c.code = a.check_code
      cross join lateral (select private.fin_connue(p_au, p_zone, p_connu_a) as a) f
      cross join lateral (
        select v.type from public.alertes_evenements v
         where v.alerte_id = a.id and v.type <> 'ESCALADE' and v.le < f.a order by v.ordre desc limit 1) e
      cross join lateral (
        select max(v.le) as le from public.alertes_evenements v
         where v.alerte_id = a.id and v.type in ('OPEN', 'REOPEN') and v.le < f.a) o
      where a.depot_id = p_depot_id and (a.status <> 'RESOLVED' or a.resolved_at >= f.a) and e.type <> 'RESOLVED'))
$$;
comment on function private.section_alertes(uuid, date, timestamptz, text) is
  'Alerts of a depot that were open at the end of a day.';

revoke execute on function
  private.section_stock(text, uuid, date, date, timestamptz),
  private.section_tiers(text, uuid, date, date, timestamptz),
  private.prises_connues(uuid, date, date, timestamptz),
  private.section_jaugeages(uuid, date, date, timestamptz, text),
  private.camions_connus(uuid, timestamptz, timestamptz),
  private.section_camions(uuid, date, date, timestamptz, text),
  private.encaisse_connu(uuid, date, date, timestamptz), private.section_encaissements(uuid, date, date, timestamptz),
  private.controles_dits(), private.section_alertes(uuid, date, timestamptz, text)
  from public;
grant execute on function
  private.section_stock(text, uuid, date, date, timestamptz),
  private.section_tiers(text, uuid, date, date, timestamptz),
  private.prises_connues(uuid, date, date, timestamptz),
  private.section_jaugeages(uuid, date, date, timestamptz, text),
  private.camions_connus(uuid, timestamptz, timestamptz),
  private.section_camions(uuid, date, date, timestamptz, text),
  private.encaisse_connu(uuid, date, date, timestamptz), private.section_encaissements(uuid, date, date, timestamptz),
  private.controles_dits(), private.section_alertes(uuid, date, timestamptz, text)
  to authenticated;
